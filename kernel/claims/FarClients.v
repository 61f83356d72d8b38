(** Appendix B, the last display: clients whose sample is far from its mean. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Improper FarSample.
From Claims Require Import Tools Radius Attack.
Open Scope R_scope.

Lemma tail_unique f a u v : tail_integral f a u -> tail_integral f a v -> u = v.
Proof.
  intros Hu Hv. have <- := is_RInt_gen_unique (V := R_CompleteNormedModule) f u Hu.
  by have <- := is_RInt_gen_unique (V := R_CompleteNormedModule) f v Hv.
Qed.
Lemma tail_scale (f : R -> R) a c u : tail_integral f a u -> tail_integral (fun x => c * f x) a (c * u).
Proof. intros H. unfold tail_integral. apply (is_RInt_gen_scal (V := R_NormedModule) f c u H). Qed.
Lemma tail_add (f h : R -> R) a u v : tail_integral f a u -> tail_integral h a v -> tail_integral (fun x => f x + h x) a (u + v).
Proof. intros Hf Hh. unfold tail_integral. apply (is_RInt_gen_plus (V := R_NormedModule) f h u v Hf Hh). Qed.
Lemma tail_ext (f h : R -> R) a u : (forall x, f x = h x) -> tail_integral f a u -> tail_integral h a u.
Proof. intros E. unfold tail_integral. apply (is_RInt_gen_ext (V := R_NormedModule) f h). apply filter_forall => ab x _. apply E. Qed.

Lemma bell_is t : bell t = sqrt (2 * PI) * density t.
Proof. rewrite density_bell. have := root_2pi_pos. intros. field. lra. Qed.
Lemma bell_derive t : is_derive bell t (- t * bell t).
Proof. unfold bell. auto_derive => //. simpl. unfold Rdiv. field. Qed.
Lemma bell_cont t : continuous bell t.
Proof. apply: ex_derive_continuous. eexists. apply bell_derive. Qed.
Lemma bell_power_limit n : (n <= 5)%nat -> is_lim (fun t => t ^ n * bell t) p_infty 0.
Proof.
  intros Hn. apply (is_lim_ext (fun t => sqrt (2 * PI) * (t ^ n * density t))). { intros t. rewrite bell_is. ring. }
  replace (Finite 0) with (Rbar_mult (sqrt (2 * PI)) 0) by (simpl; f_equal; ring).
  apply is_lim_scal_l. by apply density_power_limit.
Qed.
Lemma bell_tail a : tail_integral bell a (sqrt (2 * PI) * (1 - cdf a)).
Proof. apply (tail_ext (fun x => sqrt (2 * PI) * density x)). intros x; by rewrite bell_is. apply tail_scale, density_tail. Qed.
(** The first and the second moment beyond a. *)
Lemma bell_tail_1 a : tail_integral (fun x => x * bell x) a (bell a).
Proof.
  replace (bell a) with (- 0 - - bell a) by ring.
  apply (tail_of_antiderivative (fun x => - bell x)).
  - intros x _. have d := bell_derive x. auto_derive. by eexists; eassumption. rewrite (is_derive_unique _ _ _ d). ring.
  - intros x _. apply: ex_derive_continuous. have d := bell_derive x. auto_derive. by eexists; eassumption.
  - have := is_lim_opp _ _ _ (bell_power_limit 0 ltac:(apply le_0_n)). apply is_lim_ext. intros; ring.
Qed.
Lemma bell_tail_2 a : tail_integral (fun x => x ^ 2 * bell x) a (a * bell a + sqrt (2 * PI) * (1 - cdf a)).
Proof.
  replace (a * bell a + sqrt (2 * PI) * (1 - cdf a)) with (sqrt (2 * PI) * 1 - 0 - (sqrt (2 * PI) * cdf a - a * bell a)) by ring.
  apply (tail_of_antiderivative (fun x => sqrt (2 * PI) * cdf x - x * bell x)).
  - intros x _. have d := bell_derive x. have c := cdf_derive x. auto_derive. repeat split; by eexists; eassumption.
    rewrite (is_derive_unique _ _ _ d) (is_derive_unique _ _ _ c) bell_is. ring.
  - intros x _. apply: ex_derive_continuous. have d := bell_derive x. auto_derive. by eexists; eassumption.
  - apply (is_lim_minus' (fun x => sqrt (2 * PI) * cdf x) (fun x => x * bell x)).
    + apply (is_lim_scal_l cdf (sqrt (2 * PI)) p_infty 1), cdf_limit.
    + have := bell_power_limit 1 ltac:(by apply le_n_S, le_0_n). apply is_lim_ext. intros; ring.
Qed.
Lemma bell_tail_square a s : tail_integral (fun x => (x + s) ^ 2 * bell x) a
  (a * bell a + sqrt (2 * PI) * (1 - cdf a) + 2 * s * bell a + s ^ 2 * (sqrt (2 * PI) * (1 - cdf a))).
Proof.
  apply (tail_ext (fun x => x ^ 2 * bell x + 2 * s * (x * bell x) + s ^ 2 * bell x)). intros; ring.
  apply tail_add. apply tail_add. apply bell_tail_2. apply tail_scale, bell_tail_1. apply tail_scale, bell_tail.
Qed.
Lemma tail_mass_pos a : 0 < sqrt (2 * PI) * (1 - cdf a).
Proof. apply Rmult_lt_0_compat. apply root_2pi_pos. have := cdf_below_1 a. lra. Qed.

(** claim: far-sample-chain-1
    paper: Appendix B, last display, line 1
    proves: whole claim: the sample's own error and the error of the client's estimate are below the integral
    seeded: own / mass <= N / mass ==> 2 * own / mass <= N / mass *)
Theorem far_sample_chain_1 delta own mass N : 0 < delta -> let a := 3 / 2 * delta in
  tail_integral (fun x => x ^ 2 * bell x) a own -> tail_integral bell a mass ->
  tail_integral (fun x => (x + 3 / 2 * delta) ^ 2 * bell x) a N ->
  own / mass <= N / mass /\
  (forall s x, Rabs (s - x) < 3 / 2 * delta -> a <= x -> forall w, 0 <= w <= 1 -> (w * s + (1 - w) * x) ^ 2 <= (x + 3 / 2 * delta) ^ 2).
Proof.
  intros Hd a Ho Hm HN. rewrite (tail_unique _ _ _ _ Ho (bell_tail_2 a)) (tail_unique _ _ _ _ Hm (bell_tail a)) (tail_unique _ _ _ _ HN (bell_tail_square a (3 / 2 * delta))).
  have m := tail_mass_pos a. have b := exp_pos (- a ^ 2 / 2). fold (bell a) in b. split.
  - apply Rmult_le_compat_r. left. by apply Rinv_0_lt_compat. nra.
  - intros s x Hs Hx w Hw. apply Rabs_lt_between in Hs. unfold a in Hx.
    have A : - (x + 3 / 2 * delta) <= w * s + (1 - w) * x <= x + 3 / 2 * delta by nra. nra.
Qed.

(** claim: far-sample-chain-2
    paper: Appendix B, last display, line 2
    proves: whole claim
    seeded: N / mass = (I2 + I1 + I0) / mass ==> N / mass = (I2 + 2 * I1 + I0) / mass *)
Theorem far_sample_chain_2 delta N mass I2 I1 I0 : 0 < delta -> let a := 3 / 2 * delta in
  tail_integral bell a mass -> tail_integral (fun x => (x + 3 / 2 * delta) ^ 2 * bell x) a N ->
  tail_integral (fun x => x ^ 2 * bell x) a I2 -> tail_integral (fun x => 3 * x * delta * bell x) a I1 ->
  tail_integral (fun x => (3 / 2 * delta) ^ 2 * bell x) a I0 -> N / mass = (I2 + I1 + I0) / mass.
Proof.
  intros Hd a Hm HN H2 H1 H0. f_equal. apply (tail_unique _ a _ _ HN).
  apply (tail_ext (fun x => x ^ 2 * bell x + 3 * x * delta * bell x + (3 / 2 * delta) ^ 2 * bell x)). intros; field.
  apply tail_add => //. by apply tail_add.
Qed.

(** The bracket [F(x)] from a to infinity, of the paper. *)
Definition bracket (F : R -> R) (a v : R) := exists top, is_lim F p_infty (Finite top) /\ v = top - F a.

(** claim: far-sample-chain-3
    paper: Appendix B, last display, line 3
    proves: whole claim
    seeded: + 1 + 9 / 4 * delta ^ 2 ==> + 2 + 9 / 4 * delta ^ 2 *)
Theorem far_sample_chain_3 delta mass I2 I1 I0 B : 0 < delta -> let a := 3 / 2 * delta in
  tail_integral bell a mass -> tail_integral (fun x => x ^ 2 * bell x) a I2 ->
  tail_integral (fun x => 3 * x * delta * bell x) a I1 ->
  tail_integral (fun x => (3 / 2 * delta) ^ 2 * bell x) a I0 -> bracket (fun x => x * exp (- x ^ 2 / 2)) a B ->
  (I2 + I1 + I0) / mass = (- B + I1) / mass + 1 + 9 / 4 * delta ^ 2.
Proof.
  intros Hd a Hm H2 H1 H0 [top [Ht ->]].
  have L : is_lim (fun x => x * exp (- x ^ 2 / 2)) p_infty 0.
  { have := bell_power_limit 1 ltac:(by apply le_n_S, le_0_n). apply is_lim_ext. intros; unfold bell; ring. }
  have T0 : top = 0. { have := is_lim_unique _ _ _ Ht. rewrite (is_lim_unique _ _ _ L). by case. }
  rewrite T0 (tail_unique _ _ _ _ H2 (bell_tail_2 a)) (tail_unique _ _ _ _ H0 (tail_scale _ _ _ _ (bell_tail a))) (tail_unique _ _ _ _ Hm (bell_tail a)).
  have c := cdf_below_1 a. have r := root_2pi_pos. unfold bell. field. split; lra.
Qed.

(** claim: far-sample-chain-4
    paper: Appendix B, last display, line 4
    proves: whole claim
    seeded: bracket (fun x => (x + 3 * delta) * ==> bracket (fun x => (x + 2 * delta) * *)
Theorem far_sample_chain_4 delta mass I1 B B' : 0 < delta -> let a := 3 / 2 * delta in
  tail_integral bell a mass -> tail_integral (fun x => 3 * x * delta * bell x) a I1 ->
  bracket (fun x => x * exp (- x ^ 2 / 2)) a B -> bracket (fun x => (x + 3 * delta) * exp (- x ^ 2 / 2)) a B' ->
  (- B + I1) / mass + 1 + 9 / 4 * delta ^ 2 = - B' / mass + 1 + 9 / 4 * delta ^ 2.
Proof.
  intros Hd a Hm H1 [top [Ht ->]] [top' [Ht' ->]].
  have L : is_lim (fun x => x * exp (- x ^ 2 / 2)) p_infty 0.
  { have := bell_power_limit 1 ltac:(by apply le_n_S, le_0_n). apply is_lim_ext. intros; unfold bell; ring. }
  have L' : is_lim (fun x => (x + 3 * delta) * exp (- x ^ 2 / 2)) p_infty 0.
  { apply (is_lim_ext (fun x => x * exp (- x ^ 2 / 2) + 3 * delta * (x ^ 0 * bell x))). intros; unfold bell; ring.
    evar_last. apply (is_lim_plus' _ _ p_infty 0 (3 * delta * 0)). exact L.
    apply (is_lim_scal_l (fun x => x ^ 0 * bell x) (3 * delta) p_infty 0), bell_power_limit, le_0_n. f_equal. ring. }
  have T0 : top = 0. { have := is_lim_unique _ _ _ Ht. rewrite (is_lim_unique _ _ _ L). by case. }
  have T1 : top' = 0. { have := is_lim_unique _ _ _ Ht'. rewrite (is_lim_unique _ _ _ L'). by case. }
  have E : tail_integral (fun x => 3 * x * delta * bell x) a (3 * delta * bell a).
  { apply (tail_ext (fun x => 3 * delta * (x * bell x))). intros; ring. apply tail_scale, bell_tail_1. }
  rewrite T0 T1 (tail_unique _ _ _ _ H1 E) (tail_unique _ _ _ _ Hm (bell_tail a)).
  have c := cdf_below_1 a. have r := root_2pi_pos. unfold bell. field. split; lra.
Qed.

(** The tail lies above phi(a) times the sixth convergent of its continued fraction. *)
Definition convergent (x : R) : R := (x ^ 5 + 14 * x ^ 3 + 33 * x) / (x ^ 6 + 15 * x ^ 4 + 45 * x ^ 2 + 15).
Lemma denominator_pos x : 0 < x ^ 6 + 15 * x ^ 4 + 45 * x ^ 2 + 15.
Proof. have := pow2_ge_0 x. have := pow2_ge_0 (x ^ 2). have := pow2_ge_0 (x ^ 3). nra. Qed.
Lemma convergent_derive x :
  is_derive convergent x (x * convergent x - 1 + 720 / (x ^ 6 + 15 * x ^ 4 + 45 * x ^ 2 + 15) ^ 2).
Proof.
  have q := denominator_pos x. unfold convergent. auto_derive; [simpl in *; lra|]. field. lra.
Qed.
Lemma tail_above a : 1 <= a -> density a * convergent a <= 1 - cdf a.
Proof.
  intros a1. apply Rnot_lt_le => K.
  have c0 : 0 < density a * convergent a - (1 - cdf a) by lra.
  have L := density_limit. apply is_lim_spec in L. destruct (L (mkposreal _ c0)) as [M HM]. simpl in HM.
  pose x := Rmax M a + 1. have xM : M < x by (have := Rmax_l M a; unfold x; lra). have xa : a < x by (have := Rmax_r M a; unfold x; lra).
  have far := HM x xM. apply Rabs_lt_between in far.
  have D z : is_derive (fun z => cdf z + density z * convergent z) z (density z * (720 / (z ^ 6 + 15 * z ^ 4 + 45 * z ^ 2 + 15) ^ 2)).
  { have dc := cdf_derive z. have dd := density_derive z. have dk := convergent_derive z. auto_derive.
    - repeat split; eexists; eassumption.
    - rewrite (is_derive_unique _ _ _ dc) (is_derive_unique _ _ _ dd) (is_derive_unique _ _ _ dk). ring. }
  have grow := increases _ _ a x (fun z _ => D z) _ a x ltac:(lra) xa ltac:(lra). cbv beta in grow.
  have {}grow := grow ltac:(intros z _; apply Rmult_lt_0_compat; [apply density_pos |
    apply Rdiv_lt_0_compat; [lra | apply pow_lt, denominator_pos]]).
  have small : convergent x <= 1.
  { apply (Rmult_le_reg_r _ _ _ (denominator_pos x)). unfold convergent. rewrite div_mul; [|apply denominator_pos].
    have x1 : 1 < x by lra. have : 0 <= x ^ 5 * (x - 1) by apply Rmult_le_pos; [apply pow_le|]; lra.
    have : 0 <= x ^ 3 * (x - 1) by apply Rmult_le_pos; [apply pow_le|]; lra.
    have : 0 <= x ^ 4 by apply pow_le; lra. nra. }
  have below := cdf_below_1 x. have p := density_pos x. nra.
Qed.
Lemma hazard_bound a : 9 / 4 <= a -> 1 + a ^ 2 + 3 * a * (density a / (1 - cdf a)) <= 1049 / 100 * (4 / 9 * a ^ 2).
Proof.
  intros Ha. have T := tail_above a ltac:(lra). have c := cdf_below_1 a. have p := density_pos a. have q := denominator_pos a.
  pose P := a ^ 5 + 14 * a ^ 3 + 33 * a. pose Q := a ^ 6 + 15 * a ^ 4 + 45 * a ^ 2 + 15.
  have P0 : 0 < P. { have : 0 < a ^ 5 by apply pow_lt; lra. have : 0 < a ^ 3 by apply pow_lt; lra. unfold P. lra. }
  have H : density a / (1 - cdf a) <= Q / P.
  { apply (Rmult_le_reg_r (1 - cdf a)); [lra|]. have -> : density a / (1 - cdf a) * (1 - cdf a) = density a by field; lra.
    apply (Rmult_le_reg_r (P / Q)); [by apply Rdiv_lt_0_compat|].
    have -> : Q / P * (1 - cdf a) * (P / Q) = 1 - cdf a by field; unfold P, Q in *; lra. exact T. }
  have key : 3 * a * Q <= (1049 / 225 * a ^ 2 - 1 - a ^ 2) * P.
  { apply Rminus_le_0. pose t := a - 9 / 4. have t0 : 0 <= t by (unfold t; lra). have pow n : 0 <= t ^ n by apply pow_le.
    have -> : (1049 / 225 * a ^ 2 - 1 - a ^ 2) * P - 3 * a * Q = 149 / 225 * t ^ 7 + 1043 / 100 * t ^ 6 + 10897 / 144 * t ^ 5
      + 103459 / 320 * t ^ 4 + 15988309 / 19200 * t ^ 3 + 6207237 / 5120 * t ^ 2 + 78994731 / 102400 * t + 480357 / 409600.
    { unfold P, Q, t. field. }
    have := pow 7%nat. have := pow 6%nat. have := pow 5%nat. have := pow 4%nat. have := pow 3%nat. have := pow 2%nat. lra. }
  have : 3 * a * (density a / (1 - cdf a)) <= 3 * a * (Q / P) by apply Rmult_le_compat_l; lra.
  have : 3 * a * (Q / P) <= 1049 / 225 * a ^ 2 - 1 - a ^ 2.
  { apply (Rmult_le_reg_r P) => //. have -> : 3 * a * (Q / P) * P = 3 * a * Q by field; lra. exact key. }
  lra.
Qed.

(** claim: far-sample
    paper: Appendix B, last display, "<= 3.25 Delta^2"
    proves: printed refuted, for every Delta > 0; repaired statement: the exact value, above 9 Delta^2 for every Delta > 0 and at most 10.49 Delta^2 for every Delta >= 3/2
    seeded: N / mass <= 1049 / 100 * delta ^ 2 ==> N / mass <= 1048 / 100 * delta ^ 2 *)
Theorem far_sample_claim delta : 0 < delta -> let a := 3 / 2 * delta in exists mass N,
  tail_integral bell a mass /\ tail_integral (fun x => (x + 3 / 2 * delta) ^ 2 * bell x) a N /\ 0 < mass /\
  N / mass = 1 + 9 / 4 * delta ^ 2 + 9 / 2 * delta * (density (3 / 2 * delta) / cdf (- (3 / 2 * delta))) /\
  9 * delta ^ 2 < N / mass /\ ~ N / mass <= 13 / 4 * delta ^ 2 /\ (3 / 2 <= delta -> N / mass <= 1049 / 100 * delta ^ 2).
Proof.
  intros Hd a. eexists. eexists. split; [apply bell_tail|]. split; [apply bell_tail_square|]. have m := tail_mass_pos a. split => //.
  have E : (a * bell a + sqrt (2 * PI) * (1 - cdf a) + 2 * (3 / 2 * delta) * bell a + (3 / 2 * delta) ^ 2 * (sqrt (2 * PI) * (1 - cdf a))) / (sqrt (2 * PI) * (1 - cdf a))
    = 1 + 9 / 4 * delta ^ 2 + 9 / 2 * delta * (density (3 / 2 * delta) / cdf (- (3 / 2 * delta))).
  { rewrite cdf_reflection bell_is. fold a. have c := cdf_below_1 a. have r := root_2pi_pos. unfold a in *. field. split; lra. }
  rewrite E. split => //.
  have K : 9 * delta ^ 2 < 1 + 9 / 4 * delta ^ 2 + 9 / 2 * delta * (density (3 / 2 * delta) / cdf (- (3 / 2 * delta))).
  { rewrite cdf_reflection. have M := mills (3 / 2 * delta) ltac:(lra). have c := cdf_below_1 (3 / 2 * delta).
    have H : 3 / 2 * delta < density (3 / 2 * delta) / (1 - cdf (3 / 2 * delta)).
    { apply (Rmult_lt_reg_r (1 - cdf (3 / 2 * delta))). lra. have -> : density (3 / 2 * delta) / (1 - cdf (3 / 2 * delta)) * (1 - cdf (3 / 2 * delta)) = density (3 / 2 * delta) by field; lra. lra. }
    have : 9 / 2 * delta * (3 / 2 * delta) < 9 / 2 * delta * (density (3 / 2 * delta) / (1 - cdf (3 / 2 * delta))) by apply Rmult_lt_compat_l; lra. nra. }
  split => //. split; [nra|]. intros H. have B := hazard_bound (3 / 2 * delta) ltac:(lra). rewrite cdf_reflection.
  replace (1049 / 100 * delta ^ 2) with (1049 / 100 * (4 / 9 * (3 / 2 * delta) ^ 2)) by field. nra.
Qed.

(** 2 (1 - Phi(x)) < exp(-x^2/2) for x > 0. *)
Lemma tail_below_bell x : 0 < x -> 2 * (1 - cdf x) < bell x.
Proof.
  intros Hx. have p3 : 3 < PI by interval with (i_prec 60). have p4 : PI < 4 by interval with (i_prec 60).
  have r := root_2pi_pos. have r2 : sqrt (2 * PI) * sqrt (2 * PI) = 2 * PI by apply sqrt_sqrt; lra.
  set s := / sqrt (2 * PI). have s0 : 0 < s by apply Rinv_0_lt_compat.
  have ds : forall t, density t = s * bell t by intros; apply density_bell.
  destruct (Rle_lt_dec x (2 * s)) as [K|K].
  - (* bell - 2 (1 - Phi) grows from 0 while x < 2 phi(0) *)
    have D : forall t, 0 <= t <= x -> is_derive (fun t => bell t + 2 * cdf t) t ((2 * s - t) * bell t).
    { intros t _. have d := bell_derive t. have c := cdf_derive t. auto_derive. repeat split; by eexists; eassumption.
      rewrite (is_derive_unique _ _ _ d) (is_derive_unique _ _ _ c) ds. ring. }
    have I := increases _ _ 0 x D. have J := I ltac:(intros t Ht; have := exp_pos (- t ^ 2 / 2); fold (bell t); intros; nra) 0 x ltac:(lra) Hx ltac:(lra).
    cbv beta in J. rewrite cdf_0 in J. have b0 : bell 0 = 1. { unfold bell. replace (- 0 ^ 2 / 2) with 0 by field. apply exp_0. } lra.
  - have M := mills x Hx. rewrite ds in M. have b := exp_pos (- x ^ 2 / 2). fold (bell x) in b. have c := cdf_below_1 x.
    have : 2 * s * (1 - cdf x) <= x * (1 - cdf x) by apply Rmult_le_compat_r; lra. nra.
Qed.

(** claim: far-probability
    paper: Section V, "the probability of this event is exponentially (in Delta) small"
    proves: whole claim
    seeded: < exp (- 9 / 8 * delta ^ 2) ==> < exp (- 9 / 4 * delta ^ 2) *)
Theorem far_probability delta : 0 < delta -> 2 * cdf (- (3 / 2 * delta)) < exp (- 9 / 8 * delta ^ 2).
Proof.
  intros Hd. rewrite cdf_reflection. have := tail_below_bell (3 / 2 * delta) ltac:(lra). unfold bell.
  by replace (- (3 / 2 * delta) ^ 2 / 2) with (- 9 / 8 * delta ^ 2) by field.
Qed.

(** claim: far-term
    paper: Theorem 2, the term 2 Phi(-3 Delta/2) C_3 Delta^2 in one case only
    proves: part: the exact far term, for every Delta, and its value at Delta = 2
    seeded: 106771 / 1000000 < far < 106772 / 1000000 ==> 106772 / 1000000 < far < 106773 / 1000000 *)
Theorem far_term :
  (forall delta, 0 < delta -> tail_integral (fun x => 2 * ((x + 3 / 2 * delta) ^ 2 * density x)) (3 / 2 * delta)
    (2 * ((1 + 9 / 4 * delta ^ 2) * cdf (- (3 / 2 * delta)) + 9 / 2 * delta * density (3 / 2 * delta)))) /\
  (let far := 2 * ((1 + 9 / 4 * 2 ^ 2) * cdf (- (3 / 2 * 2)) + 9 / 2 * 2 * density (3 / 2 * 2)) in
   106771 / 1000000 < far < 106772 / 1000000).
Proof.
  split.
  - intros delta Hd. apply tail_scale. have := far_error_integral (3 / 2 * delta). unfold far_error.
    rewrite cdf_reflection. have -> : (1 + (3 / 2 * delta) ^ 2) * (1 - cdf (3 / 2 * delta)) + 3 * (3 / 2 * delta) * density (3 / 2 * delta)
      = (1 + 9 / 4 * delta ^ 2) * (1 - cdf (3 / 2 * delta)) + 9 / 2 * delta * density (3 / 2 * delta) by field. done.
  - cbv zeta. rewrite cdf_reflection. replace (3 / 2 * 2) with 3 by field. unfold cdf.
    have I : 4986501 / 10000000 < RInt density 0 3 < 498650102 / 1000000000.
    { unfold density. split; integral with (i_prec 60, i_fuel 500, i_degree 12). }
    have d : 44318484 / 10000000000 < density 3 < 44318485 / 10000000000 by (unfold density; split; interval with (i_prec 60)).
    lra.
Qed.
