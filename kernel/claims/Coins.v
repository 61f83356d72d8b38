(** Clients that are corrupted, or assigned to a phase, by independent coins: expectations over n of them, as
    finite sums; the mean and the variance of a count, and Chebyshev's inequality. *)
From Coq Require Import Reals Lra Psatz Lia List ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Window Loss Curve.
From Claims Require Import Tools Radius LowerBound.
Import ListNotations.
Open Scope R_scope.

(** The expectation of f over n independent coins, each true with chance p; the chance of an event. *)
Fixpoint expect (p : R) (n : nat) (f : list bool -> R) : R :=
  match n with
  | O => f []
  | S n' => p * expect p n' (fun l => f (true :: l)) + (1 - p) * expect p n' (fun l => f (false :: l))
  end.
Definition indicator (b : bool) : R := match b with true => 1 | false => 0 end.
Definition chance (p : R) (n : nat) (event : list bool -> bool) : R := expect p n (fun l => indicator (event l)).
Fixpoint count (l : list bool) : R := match l with [] => 0 | b :: l' => indicator b + count l' end.

Lemma expect_ext p n f h : (forall l, f l = h l) -> expect p n f = expect p n h.
Proof. elim: n f h => [|n IH] f h H /=; [apply H|]. by rewrite (IH (fun l => f (true :: l)) (fun l => h (true :: l))) // (IH (fun l => f (false :: l)) (fun l => h (false :: l))). Qed.
Lemma expect_const p n v : expect p n (fun _ => v) = v.
Proof. elim: n => [|n IH] //=. rewrite IH. ring. Qed.
Lemma expect_sum p n f h : expect p n (fun l => f l + h l) = expect p n f + expect p n h.
Proof. elim: n f h => [|n IH] f h //=. rewrite (IH (fun l => f (true :: l))) (IH (fun l => f (false :: l))). ring. Qed.
Lemma expect_scale p n v f : expect p n (fun l => v * f l) = v * expect p n f.
Proof. elim: n f => [|n IH] f //=. rewrite (IH (fun l => f (true :: l))) (IH (fun l => f (false :: l))). ring. Qed.
Lemma expect_le p n f h : 0 <= p <= 1 -> (forall l, f l <= h l) -> expect p n f <= expect p n h.
Proof.
  intros Hp. elim: n f h => [|n IH] f h H /=; [apply H|].
  have a := IH (fun l => f (true :: l)) (fun l => h (true :: l)) (fun l => H _).
  have b := IH (fun l => f (false :: l)) (fun l => h (false :: l)) (fun l => H _).
  apply Rplus_le_compat; apply Rmult_le_compat_l; lra.
Qed.

Lemma count_mean p n : expect p n count = INR n * p.
Proof.
  elim: n => [|n IH]; [simpl; ring|]. rewrite S_INR /=. rewrite !expect_sum !expect_const IH. simpl. ring.
Qed.
Lemma count_variance p n : expect p n (fun l => (count l - INR n * p) ^ 2) = INR n * p * (1 - p).
Proof.
  elim: n => [|n IH]; [simpl; ring|]. rewrite S_INR. 
  have E b : expect p n (fun l => (count (b :: l) - (INR n + 1) * p) ^ 2) = (indicator b - p) ^ 2 + INR n * p * (1 - p).
  { rewrite (expect_ext p n _ (fun l => ((indicator b - p) ^ 2 + 2 * (indicator b - p) * (- (INR n * p)))
      + (2 * (indicator b - p) * count l + (count l - INR n * p) ^ 2))).
    - rewrite !expect_sum (expect_scale p n (2 * (indicator b - p)) count) !expect_const count_mean IH. ring.
    - intros l. rewrite [count (b :: l)]/=. ring. }
  change (p * expect p n (fun l => (count (true :: l) - (INR n + 1) * p) ^ 2)
    + (1 - p) * expect p n (fun l => (count (false :: l) - (INR n + 1) * p) ^ 2) = (INR n + 1) * p * (1 - p)).
  rewrite !E. simpl. ring.
Qed.
Definition exceeds (t x : R) : bool := match Rlt_dec t x with left _ => true | right _ => false end.
Lemma chebyshev p n d : 0 < p <= 1 -> (0 < n)%nat -> 0 < d ->
  chance p n (fun l => exceeds ((1 + d) * (INR n * p)) (count l)) <= (1 - p) / (d ^ 2 * (INR n * p)).
Proof.
  intros Hp Hn d0. have n0 : 0 < INR n by apply lt_0_INR. have m0 : 0 < INR n * p by apply Rmult_lt_0_compat; lra.
  have a0 : 0 < (d * (INR n * p)) ^ 2 by apply pow_lt, Rmult_lt_0_compat.
  apply (Rmult_le_reg_l ((d * (INR n * p)) ^ 2)) => //.
  have -> : (d * (INR n * p)) ^ 2 * ((1 - p) / (d ^ 2 * (INR n * p))) = INR n * p * (1 - p) by field; lra.
  rewrite -(count_variance p n) -expect_scale. apply expect_le; [lra|]. intros l. unfold exceeds.
  destruct (Rlt_dec ((1 + d) * (INR n * p)) (count l)) as [K|K] => /=.
  - have c0 : 0 < d * (INR n * p) by apply Rmult_lt_0_compat. nra.
  - have := pow2_ge_0 (count l - INR n * p). simpl. lra.
Qed.

(** The chance that none of n coins is true. *)
Definition none (l : list bool) : bool := negb (existsb (fun b => b) l).
Lemma none_chance p n : chance p n none = (1 - p) ^ n.
Proof.
  unfold chance. elim: n => [|n IH] //. change (p * expect p n (fun _ => 0) + (1 - p) * expect p n (fun l => indicator (none l)) = (1 - p) * (1 - p) ^ n).
  rewrite IH expect_const. ring.
Qed.

(** claim: objective
    paper: Section II, "K(m) := min max E[1/|U| sum over i in U ...]", U the uncorrupted clients
    proves: printed refuted: with a positive chance there is no uncorrupted client, and 1/|U| does not exist; repaired statement: that chance is (c/(k + c))^n, which tends to 0 as the number n of clients grows
    seeded: n none = (c / (k + c)) ^ n ==> n none = (k / (k + c)) ^ n *)
Theorem objective k c : 0 < k -> 0 < c ->
  (forall n, chance (k / (k + c)) n none = (c / (k + c)) ^ n /\ 0 < chance (k / (k + c)) n none) /\
  (forall least, 0 < least -> exists N, forall n, (N <= n)%nat -> (c / (k + c)) ^ n < least).
Proof.
  intros Hk Hc. have q0 : 0 < c / (k + c) by apply Rdiv_lt_0_compat; lra.
  have E : 1 - k / (k + c) = c / (k + c) by field; lra. split.
  - intros n. rewrite none_chance E. split => //. by apply pow_lt.
  - intros least l0. have q1 : c / (k + c) < 1 by (apply (Rmult_lt_reg_r (k + c)); [lra|]; rewrite div_mul; lra).
    destruct (pow_lt_1_zero (c / (k + c)) ltac:(rewrite Rabs_pos_eq; lra) least l0) as [N H]. exists N => n Hn.
    have := H n Hn. rewrite Rabs_pos_eq; [by [] | left; by apply pow_lt].
Qed.

(** claim: lower-bound-reduction
    paper: Section IV and Appendix A, "K(m) >= max (1/k) sum h(eps_i)"
    proves: part: with one component, c = 2 and one client, the chance that some client is uncorrupted, which own samples make an upper bound of K(m), is below h(c); not the limit of large m, nor that labels may be given away
    seeded: chance (1 / (1 + 2)) 1 (fun uncorrupted => negb (none uncorrupted)) < ==> chance (1 / (1 + 2)) 2 (fun uncorrupted => negb (none uncorrupted)) < *)
Theorem lower_bound_reduction :
  (forall k c n, 0 < k -> 0 < c -> chance (k / (k + c)) n (fun uncorrupted => negb (none uncorrupted)) = 1 - (c / (k + c)) ^ n) /\
  chance (1 / (1 + 2)) 1 (fun uncorrupted => negb (none uncorrupted)) < h 2.
Proof.
  have E p n : chance p n (fun l => negb (none l)) = 1 - (1 - p) ^ n.
  { rewrite -none_chance -{1}(expect_const p n 1) /chance.
    have S := expect_sum p n (fun l => indicator (negb (none l))) (fun l => indicator (none l)).
    rewrite (expect_ext p n _ (fun _ => 1)) in S; [rewrite S; ring|]. intros l. destruct (none l) => /=; ring. }
  split.
  - intros k c n Hk Hc. rewrite E. do 2 f_equal. field. lra.
  - rewrite E. unfold h. interval with (i_prec 40).
Qed.

(** claim: phase-counts
    paper: Appendix B, proof of Lemma 1, "m_1 + m_2 = m_1' + m_2' = m, E[m_1] = E[m_1'] = lambda m"
    proves: printed refuted (two clients, k = c = m = 1: with chance 1/2 the genuine are not one); repaired statement, in expectation
    seeded: = lambda * m /\ ==> = lambda * m / k /\ *)
Theorem phase_counts :
  chance (1 / 2) 2 (fun genuine => exceeds 0 (Rabs (count genuine - 1))) = 1 / 2 /\
  (forall k c m lambda n, 0 < k -> 0 < c -> INR n = (k + c) * m ->
    expect (k / (k + c) * lambda) n (fun l => count l / k) = lambda * m /\
    expect (c / (k + c) * lambda) n (fun l => count l / c) = lambda * m /\
    expect (k / (k + c)) n (fun l => count l / k) = m /\ expect (c / (k + c)) n (fun l => count l / c) = m).
Proof.
  have Z : Rabs 0 = 0 by apply Rabs_R0. have O : Rabs (-1) = 1 by (rewrite Rabs_left; lra). have I : Rabs 1 = 1 by apply Rabs_R1.
  unfold chance, exceeds. simpl. replace (1 + (1 + 0) - 1) with 1 by ring. replace (1 + (0 + 0) - 1) with 0 by ring.
  replace (0 + (1 + 0) - 1) with 0 by ring. replace (0 + (0 + 0) - 1) with (-1) by ring. rewrite Z O I.
  split.
  - repeat (destruct (Rlt_dec _ _); simpl); lra.
  - intros k c m lambda n Hk Hc Hn.
    have S p v : v <> 0 -> expect p n (fun l => count l / v) = INR n * p / v.
    { intros v0. rewrite (expect_ext p n _ (fun l => / v * count l)); [|intros l; rewrite /Rdiv; ring]. rewrite (expect_scale p n (/ v) count) count_mean. field. exact v0. }
    rewrite !S; try lra. rewrite Hn. repeat split; field; lra.
Qed.

(** claim: budget
    paper: Appendix B, proof of Lemma 1, condition 1, "c_1 + sum eps_i <= c m_2'/((1 - lambda) m) <= c (1 + o(1))" with high probability
    proves: part: the number of adversarial points of phase 2, in units of (1 - lambda) m, exceeds c (1 + d) with a chance of at most 1/(d^2 c (1 - lambda) m); not that each is counted at most once
    seeded: <= / (d ^ 2 * c * (1 - lambda) * m) ==> <= / (2 * d ^ 2 * c * (1 - lambda) * m) *)
Theorem budget k c m lambda n d : 0 < k -> 0 < c -> 0 < m -> 0 <= lambda < 1 -> INR n = (k + c) * m -> 0 < d ->
  let p := c / (k + c) * (1 - lambda) in
  expect p n (fun l => count l / ((1 - lambda) * m)) = c /\
  chance p n (fun l => exceeds (c * (1 + d)) (count l / ((1 - lambda) * m))) <= (1 - p) / (d ^ 2 * c * (1 - lambda) * m) /\
  (1 - p) / (d ^ 2 * c * (1 - lambda) * m) <= / (d ^ 2 * c * (1 - lambda) * m).
Proof.
  intros Hk Hc Hm Hl Hn d0 p. have q0 : 0 < c / (k + c) by apply Rdiv_lt_0_compat; lra.
  have q1 : c / (k + c) < 1 by (apply (Rmult_lt_reg_r (k + c)); [lra|]; rewrite div_mul; lra).
  have p0 : 0 < p by apply Rmult_lt_0_compat; lra. have p1 : p <= 1 by unfold p; nra.
  have u0 : 0 < (1 - lambda) * m by apply Rmult_lt_0_compat; lra.
  have mean : INR n * p = c * ((1 - lambda) * m) by rewrite Hn /p; field; lra.
  have n0 : (0 < n)%nat.
  { apply INR_lt. simpl. rewrite Hn. apply Rmult_lt_0_compat; lra. }
  have d2 : 0 < d ^ 2 by apply pow_lt.
  have cu : 0 < d ^ 2 * c * (1 - lambda) * m by repeat apply Rmult_lt_0_compat; lra.
  split; [|split].
  - rewrite (expect_ext p n _ (fun l => / ((1 - lambda) * m) * count l)); [|intros l; rewrite /Rdiv; ring].
    rewrite (expect_scale p n (/ ((1 - lambda) * m)) count) count_mean mean. field. lra.
  - have C := chebyshev p n d (conj p0 p1) n0 d0. rewrite mean in C.
    have -> : d ^ 2 * c * (1 - lambda) * m = d ^ 2 * (c * ((1 - lambda) * m)) by ring.
    apply Rle_trans with (2 := C). unfold chance. apply expect_le; [lra|]. intros l. unfold exceeds.
    destruct (Rlt_dec (c * (1 + d)) (count l / ((1 - lambda) * m))) as [K|K];
      destruct (Rlt_dec ((1 + d) * (c * ((1 - lambda) * m))) (count l)) as [L|L] => /=; try lra.
    exfalso. apply L. have := Rmult_lt_compat_r _ _ _ u0 K. rewrite div_mul //. lra.
  - apply (Rmult_le_reg_r (d ^ 2 * c * (1 - lambda) * m)) => //. rewrite div_mul // Rinv_l; lra.
Qed.

(** |z phi(z)| <= phi(1), so d(x) <= phi(1) x^2. *)
Lemma bell_slope z : z * density z <= density 1.
Proof.
  have -> : density z = density 1 * exp (- ((z ^ 2 - 1) / 2)).
  { replace z with (1 + (z - 1)) at 1 by ring. rewrite density_shift. do 2 f_equal. field. }
  have e := exp_ineq1_le ((z ^ 2 - 1) / 2). have p := density_pos 1. have q := exp_pos (- ((z ^ 2 - 1) / 2)).
  have i : exp (- ((z ^ 2 - 1) / 2)) * exp ((z ^ 2 - 1) / 2) = 1 by rewrite -exp_plus -exp_0; f_equal; ring.
  have : z <= exp ((z ^ 2 - 1) / 2) by have := pow2_ge_0 (z - 1); lra. intros K.
  have : z * exp (- ((z ^ 2 - 1) / 2)) <= exp ((z ^ 2 - 1) / 2) * exp (- ((z ^ 2 - 1) / 2)) by apply Rmult_le_compat_r; lra.
  intros M. have : density 1 * (z * exp (- ((z ^ 2 - 1) / 2))) <= density 1 * 1 by apply Rmult_le_compat_l; lra. lra.
Qed.
Lemma deficit_above_square delta x : 0 <= x -> mass_deficit delta x <= density 1 * x ^ 2.
Proof.
  intros Hx. have slope : forall z, 0 <= z <= x -> steepness delta z <= 2 * density 1 * z.
  { apply (compare (steepness delta) (fun t => (t + delta) * density (t + delta) - (t - delta) * density (t - delta))
      (fun z => 2 * density 1 * z) (fun _ => 2 * density 1) 0 x); try lra.
    - intros z _. apply steepness_derive.
    - intros z _. auto_derive => //. ring.
    - intros z _. have a := bell_slope (z + delta). have b := bell_slope (- (z - delta)). rewrite density_even in b. lra.
    - unfold steepness. rewrite Rplus_0_l. replace (0 - delta) with (- delta) by ring. rewrite density_even. lra. }
  apply (compare (mass_deficit delta) (steepness delta) (fun z => density 1 * z ^ 2) (fun z => 2 * density 1 * z) 0 x); try lra.
  - intros z _. apply mass_deficit_derive.
  - intros z _. auto_derive => //. ring.
  - intros z Hz. apply slope. lra.
  - rewrite mass_deficit_0. lra.
Qed.
Lemma misses p n : 0 <= p <= 1 -> (1 - p) ^ n <= exp (- (INR n * p)).
Proof.
  intros Hp. elim: n => [|n IH]; [rewrite /= Rmult_0_l Ropp_0 exp_0; lra|]. rewrite S_INR.
  replace (- ((INR n + 1) * p)) with (- p + - (INR n * p)) by ring. rewrite exp_plus. apply Rmult_le_compat => //; [lra | apply pow_le; lra |].
  have := exp_ineq1_le (- p). lra.
Qed.

(** claim: hypothesis-count
    paper: Algorithm 1, line 2, "m_h = (2/delta^2) log(k/delta)"
    proves: whole claim, with the union bound: k times the chance that all of m_h independent hypotheses of a component lie farther than 5 delta^2/4 from its mean is at most delta, and a window that near lacks at most delta/2
    seeded: 2 / d ^ 2 * ln (k / d) <= INR n -> ==> 1 / d ^ 2 * ln (k / d) <= INR n -> *)
Theorem hypothesis_count k d n : 1 <= k -> 0 < d <= 1 -> 2 / d ^ 2 * ln (k / d) <= INR n ->
  let r := 5 / 4 * d ^ 2 in let near := cdf r - cdf (- r) in
  k * chance near n none <= d /\ (forall delta x, Rabs x <= r -> central_mass delta - d / 2 <= window_mass delta x).
Proof.
  intros Hk Hd Hn r near. have d2 : 0 < d ^ 2 <= 1 by (split; [apply pow_lt; lra | rewrite -(pow1 2); apply pow_incr; lra]).
  have r0 : 0 < r <= 5 / 4 by unfold r; lra. split.
  - have hit : d ^ 2 / 2 <= near.
    { have C := cdf_cubic r ltac:(lra). have f : 39 / 100 <= density 0 by unfold density; interval with (i_prec 30).
      have r2 : r ^ 2 <= (5 / 4) ^ 2 by apply pow_incr; lra.
      have low : 73 / 100 * r <= r - r ^ 3 / 6 by replace (r - r ^ 3 / 6) with (r * (1 - r ^ 2 / 6)) by field; nra.
      have : 39 / 100 * (73 / 100 * r) <= density 0 * (r - r ^ 3 / 6) by apply Rmult_le_compat; lra.
      unfold near. rewrite cdf_reflection. unfold r in *. lra. }
    have c := cdf_below_1 r. have a := cdf_above_0 (- r). have M := misses near n ltac:(unfold near in *; lra).
    rewrite none_chance. have q : 1 <= k / d by (apply (Rmult_le_reg_r d); [lra|]; rewrite div_mul; lra).
    have l0 : 0 <= ln (k / d) by rewrite -ln_1; apply Rcomplements.ln_le; lra.
    have n0 := pos_INR n.
    have enough : ln (k / d) <= INR n * near.
    { have : 2 / d ^ 2 * ln (k / d) * (d ^ 2 / 2) <= INR n * near by apply Rmult_le_compat; try lra; apply Rmult_le_pos => //; left; apply Rdiv_lt_0_compat; lra.
      have -> : 2 / d ^ 2 * ln (k / d) * (d ^ 2 / 2) = ln (k / d) by field; lra. by []. }
    have E := exp_monotone _ _ (Ropp_le_contravar _ _ enough). rewrite (exp_Ropp (ln (k / d))) exp_ln in E; [|lra].
    have : k * (1 - near) ^ n <= k * / (k / d) by apply Rmult_le_compat_l; lra.
    have -> : k * / (k / d) = d by field; lra. by [].
  - intros delta x Hx. have D := deficit_above_square delta (Rabs x) (Rabs_pos x).
    have W : window_mass delta x = window_mass delta (Rabs x) by unfold Rabs; destruct (Rcase_abs x); rewrite ?window_even.
    have r4 : Rabs x ^ 2 <= r ^ 2 by apply pow_incr; have := Rabs_pos x; lra.
    have f : density 1 <= 1 / 4 by unfold density; interval with (i_prec 30). have p := density_pos 1.
    have : density 1 * Rabs x ^ 2 <= 1 / 4 * r ^ 2 by apply Rmult_le_compat => //; [lra | apply pow2_ge_0].
    have d4 : d ^ 2 * d ^ 2 <= d * 1 by (replace (d ^ 2) with (d * d) by ring; nra).
    unfold mass_deficit in D. rewrite W. unfold r in *. lra.
Qed.
