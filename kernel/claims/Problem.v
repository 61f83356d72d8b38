(** The problem's own reductions: units, and several observations of one client. *)
From Coq Require Import Reals Lra Psatz List ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Gauss Window.
From Claims Require Import Tools Scaled.
Import ListNotations.
Open Scope R_scope.

(** The density of N(mu, sigma^2). *)
Definition normal (mu sigma x : R) : R := density ((x - mu) / sigma) / sigma.

(** claim: unit-variance
    paper: Section II, "the variances are identical and assumed to be known (set to unity without loss of generality)"
    proves: part: what lies between sigma a and sigma b under N(mu, sigma^2) lies between a and b under N(mu/sigma, 1); errors are in units of sigma^2, separations in units of sigma; not that K(m) scales so
    seeded: = sigma ^ 2 * (estimate / sigma - mu / sigma) ^ 2 ==> = sigma * (estimate / sigma - mu / sigma) ^ 2 *)
Theorem unit_variance mu sigma : 0 < sigma ->
  (forall a b, is_RInt (normal mu sigma) (sigma * a) (sigma * b) (cdf (b - mu / sigma) - cdf (a - mu / sigma))) /\
  (forall a b, is_RInt (fun x => density (x - mu / sigma)) a b (cdf (b - mu / sigma) - cdf (a - mu / sigma))) /\
  (forall estimate, (estimate - mu) ^ 2 = sigma ^ 2 * (estimate / sigma - mu / sigma) ^ 2) /\
  (forall other D, D <= Rabs (mu - other) <-> D / sigma <= Rabs (mu / sigma - other / sigma)).
Proof.
  intros s0. split; [|split; [|split]].
  - intros a b. replace (b - mu / sigma) with ((sigma * b - mu) / sigma) by (field; lra). replace (a - mu / sigma) with ((sigma * a - mu) / sigma) by (field; lra).
    apply (integral_of (fun x => cdf ((x - mu) / sigma)) (normal mu sigma)) => v.
    + have D := cdf_derive ((v - mu) / sigma). unfold normal. auto_derive; [by eexists; eassumption|].
      rewrite (is_derive_unique _ _ _ D). field. lra.
    + apply: ex_derive_continuous. have D := density_derive ((v - mu) / sigma). unfold normal. auto_derive. by eexists; eassumption.
  - intros a b. apply (integral_of (fun x => cdf (x - mu / sigma)) (fun x => density (x - mu / sigma))) => v.
    + apply (cdf_shift_derive (- (mu / sigma)) v).
    + apply: ex_derive_continuous. have D := density_derive (v - mu / sigma). auto_derive. by eexists; eassumption.
  - intros estimate. field. lra.
  - intros other D. have -> : mu / sigma - other / sigma = (mu - other) / sigma by field; lra.
    rewrite Rabs_div; [|lra]. rewrite (Rabs_pos_eq sigma); [|lra]. split; intros H.
    + apply Rmult_le_compat_r => //. left. by apply Rinv_0_lt_compat.
    + apply (Rmult_le_reg_r (/ sigma)) => //. by apply Rinv_0_lt_compat.
Qed.

(** The joint density of independent observations, their sum and that of their squares. *)
Definition joint (mu : R) (xs : list R) : R := fold_right (fun x rest => density (x - mu) * rest) 1 xs.
Definition total (xs : list R) : R := fold_right Rplus 0 xs.
Definition squares (xs : list R) : R := fold_right (fun x rest => x ^ 2 + rest) 0 xs.
Definition number (xs : list R) : R := INR (length xs).
Definition average (xs : list R) : R := total xs / number xs.
(** The factor without mu: what the observations say beyond their average. *)
Definition beyond_average (xs : list R) : R :=
  density 0 ^ length xs * exp (- (squares xs - total xs ^ 2 / number xs) / 2) / density 0.

Lemma joint_form mu xs : joint mu xs = density 0 ^ length xs * exp (- (squares xs - 2 * mu * total xs + number xs * mu ^ 2) / 2).
Proof.
  elim: xs => [|x xs IH].
  - unfold joint, squares, total, number. simpl. replace (- (0 - 2 * mu * 0 + 0 * (mu * (mu * 1))) / 2) with 0 by field. rewrite exp_0. ring.
  - change (joint mu (x :: xs)) with (density (x - mu) * joint mu xs). rewrite IH.
    have E : density (x - mu) = density 0 * exp (- (x - mu) ^ 2 / 2).
    { rewrite -{1}(Rplus_0_l (x - mu)) density_shift. do 2 f_equal. field. }
    have N : number (x :: xs) = number xs + 1 by (unfold number; rewrite -S_INR).
    have S : squares (x :: xs) = x ^ 2 + squares xs by []. have T : total (x :: xs) = x + total xs by [].
    rewrite E N S T. change (density 0 ^ length (x :: xs)) with (density 0 * density 0 ^ length xs).
    replace (- (x ^ 2 + squares xs - 2 * mu * (x + total xs) + (number xs + 1) * mu ^ 2) / 2)
      with (- (x - mu) ^ 2 / 2 + - (squares xs - 2 * mu * total xs + number xs * mu ^ 2) / 2) by field.
    rewrite exp_plus. ring.
Qed.

(** claim: sample-average
    paper: Section II, footnote 1, the "sample average may serve as a sufficient statistic"
    proves: part: the likelihood of n observations is a factor without mu times the density of N(sqrt(n) mu, 1) at sqrt(n) times their average; not what an algorithm and the adversary make of it
    seeded: joint mu xs = beyond_average xs * density (sqrt (number xs) * average xs - sqrt (number xs) * mu) ==> joint mu xs = beyond_average xs * density (average xs - mu) *)
Theorem sample_average mu xs : xs <> nil ->
  joint mu xs = beyond_average xs * density (sqrt (number xs) * average xs - sqrt (number xs) * mu).
Proof.
  intros some. have n0 : 0 < number xs by (destruct xs => //; unfold number; apply lt_0_INR; simpl; apply Nat.lt_0_succ).
  rewrite joint_form. unfold beyond_average. set z := sqrt (number xs) * average xs - sqrt (number xs) * mu.
  have E : density z = density 0 * exp (- z ^ 2 / 2).
  { rewrite -{1}(Rplus_0_l z) density_shift. do 2 f_equal. field. }
  have sq : z ^ 2 = number xs * (average xs - mu) ^ 2.
  { unfold z. rewrite -{3}(sqrt_sqrt (number xs)); [|lra]. ring. }
  rewrite E sq. unfold average. 
  replace (- (squares xs - 2 * mu * total xs + number xs * mu ^ 2) / 2)
    with (- (squares xs - total xs ^ 2 / number xs) / 2 + - (number xs * (total xs / number xs - mu) ^ 2) / 2) by (field; lra).
  rewrite exp_plus. field. have := density_pos 0. lra.
Qed.

(** claim: lemma-1-condition-3
    paper: Appendix B, proof of Lemma 1, condition 3, "there are at most eps_i adversarial points contributing to the i-th component, if it forms a clique"
    proves: printed refuted, wherever phase 2 has more than one genuine point of a component; repaired statement, by the definition of eps_i as a mass
    seeded: (points <= eps <-> phase_2 <= 1) ==> (points <= eps <-> phase_2 <= 2) *)
Theorem lemma_1_condition_3 points m_1 m_2 m_h : 0 < points -> 0 < m_2 -> 0 <= m_1 -> 0 <= m_h ->
  let m := m_h + m_1 + m_2 in let phase_2 := (1 - (m_h + m_1) / m) * m in let eps := points / phase_2 in
  phase_2 = m_2 /\ points = eps * phase_2 /\ (points <= eps <-> phase_2 <= 1).
Proof.
  intros Hp H2 H1 Hh m phase_2. have E : phase_2 = m_2 by unfold phase_2, m; field; lra. rewrite E. move=> eps.
  have P : points = eps * m_2 by unfold eps; field; lra. split => //. split => //.
  have e0 : 0 < eps by apply Rdiv_lt_0_compat. split; intros H.
  - apply Rnot_lt_le => K. have : eps * 1 < eps * m_2 by apply Rmult_lt_compat_l. lra.
  - rewrite P. have : eps * m_2 <= eps * 1 by apply Rmult_le_compat_l; lra. lra.
Qed.
