(** The Gaussian integral: Phi tends to 1, and the tail of the normal law is below exp(-x^2/2)/2. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal.
From Claims Require Import Tools.
Open Scope R_scope.

(** J x = int_0^1 exp(-x^2 (1 + t^2)/2)/(1 + t^2) dt; (int_0^x exp(-t^2/2) dt)^2/2 + J x does not depend on x. *)
Definition bell (t : R) := exp (- t ^ 2 / 2).
Definition kern (x t : R) := exp (- x ^ 2 * (1 + t ^ 2) / 2) / (1 + t ^ 2).
Definition kern' (x t : R) := - x * exp (- x ^ 2 * (1 + t ^ 2) / 2).
Definition J (x : R) := RInt (kern x) 0 1.
Definition half (x : R) := RInt bell 0 x.

Lemma bell_continuous t : continuous bell t.
Proof. apply: ex_derive_continuous. unfold bell. auto_derive. done. Qed.
Lemma bell_integrable a b : ex_RInt bell a b.
Proof. apply (ex_RInt_continuous (V := R_CompleteNormedModule)). intros; apply bell_continuous. Qed.
Lemma half_deriv x : is_derive half x (bell x).
Proof.
  apply (is_derive_RInt bell half 0 x). 2: apply bell_continuous.
  apply filter_forall => y. apply (RInt_correct (V := R_CompleteNormedModule)), bell_integrable.
Qed.
Lemma kern_deriv x t : is_derive (fun u => kern u t) x (kern' x t).
Proof.
  have P : 0 < 1 + t ^ 2 by nra. unfold kern, kern'. auto_derive. lra.
  unfold Rdiv. change (x ^ 2) with (x * (x * 1)). change (t ^ 2) with (t * (t * 1)) in P |- *. field. lra.
Qed.
Lemma kern_continuous x t : continuous (kern x) t.
Proof. apply: ex_derive_continuous. unfold kern. auto_derive. nra. Qed.
Lemma kern_integrable x : ex_RInt (kern x) 0 1.
Proof. apply (ex_RInt_continuous (V := R_CompleteNormedModule)). intros; apply kern_continuous. Qed.

Lemma kern'_continuity_2d x t : continuity_2d_pt kern' x t.
Proof.
  unfold kern'.
  apply (continuity_2d_pt_ext (fun u v => (-1 * u) * exp (/ -2 * (u * u) * (1 + v * v)))).
  { intros u v. f_equal. ring. f_equal. field. }
  apply continuity_2d_pt_mult.
  - apply continuity_2d_pt_mult. apply continuity_2d_pt_const. apply continuity_2d_pt_id1.
  - apply (continuity_1d_2d_pt_comp exp).
    + apply derivable_continuous_pt, derivable_pt_exp.
    + apply continuity_2d_pt_mult; [apply continuity_2d_pt_mult|].
      apply continuity_2d_pt_const. apply continuity_2d_pt_mult; apply continuity_2d_pt_id1.
      apply continuity_2d_pt_plus. apply continuity_2d_pt_const. apply continuity_2d_pt_mult; apply continuity_2d_pt_id2.
Qed.

Lemma J_deriv x : is_derive J x (RInt (fun t => kern' x t) 0 1).
Proof.
  unfold J. evar_last.
  - apply (is_derive_RInt_param kern 0 1 x).
    + apply filter_forall => u t _. exists (kern' u t). apply kern_deriv.
    + intros t _. apply (continuity_2d_pt_ext kern').
      { intros u v. symmetry. apply is_derive_unique, kern_deriv. }
      apply kern'_continuity_2d.
    + apply filter_forall => u. apply kern_integrable.
  - apply RInt_ext => t _. apply is_derive_unique, kern_deriv.
Qed.

(** exp(-x^2 (1 + t^2)/2) x is exp(-x^2/2) times the slope of half (x t). *)
Lemma J_slope x : RInt (fun t => kern' x t) 0 1 = - (bell x * half x).
Proof.
  have D : forall t, is_derive (fun t => - (bell x * half (x * t))) t (kern' x t).
  { intros t. evar_last. apply (is_derive_opp (fun t => bell x * half (x * t))).
    apply (is_derive_scal (fun t => half (x * t))). apply (is_derive_comp half (fun t => x * t)). apply half_deriv.
    auto_derive => //. rewrite /opp /scal /= /mult /= /kern' /bell.
    have -> : - x ^ 2 * (1 + t ^ 2) / 2 = - x ^ 2 / 2 + - (x * t) ^ 2 / 2 by field. rewrite exp_plus. simpl. ring. }
  have C : forall t, continuous (fun t => kern' x t) t.
  { intros t. apply: ex_derive_continuous. unfold kern'. auto_derive. done. }
  have H := is_RInt_derive (fun t => - (bell x * half (x * t))) (fun t => kern' x t) 0 1 (fun t _ => D t) (fun t _ => C t).
  rewrite (is_RInt_unique _ _ _ _ H) /minus /plus /opp /= Rmult_1_r Rmult_0_r.
  have -> : half 0 = 0 by unfold half; rewrite RInt_point. ring.
Qed.

Lemma constant x : 0 <= x -> half x ^ 2 / 2 + J x = PI / 4.
Proof.
  intros Hx.
  have D : forall u, is_derive (fun u => half u ^ 2 / 2 + J u) u 0.
  { intros u. evar_last. apply (is_derive_plus (fun u => half u ^ 2 / 2) J). 2: apply J_deriv.
    apply (is_derive_ext (fun u => / 2 * (half u * half u))). { intros w. rewrite /= /Rdiv. ring. }
    apply (is_derive_scal (fun u => half u * half u)). apply (is_derive_mult half half). 1,2: apply half_deriv.
    intros; apply Rmult_comm. rewrite J_slope /plus /mult /=. field. }
  have E : half x ^ 2 / 2 + J x = half 0 ^ 2 / 2 + J 0.
  { destruct Hx as [Hx|<-] => //.
    destruct (MVT_cor2 (fun u => half u ^ 2 / 2 + J u) (fun _ => 0) 0 x Hx) as [c [Ec _]].
    intros; apply is_derive_Reals, D. lra. }
  rewrite E. have -> : half 0 = 0 by unfold half; rewrite RInt_point.
  have -> : J 0 = PI / 4.
  { unfold J. rewrite (RInt_ext _ (fun t => / (1 + t ^ 2))).
    2: { intros t _. unfold kern. replace (- 0 ^ 2 * (1 + t ^ 2) / 2) with 0 by field. rewrite exp_0. by rewrite /Rdiv Rmult_1_l. }
    have H : is_RInt (fun t => / (1 + t ^ 2)) 0 1 (minus (atan 1) (atan 0)).
    { apply (is_RInt_derive atan).
      - intros t _. apply is_derive_Reals. have := derivable_pt_lim_atan t. rewrite /Rsqr. by replace (t * t) with (t ^ 2) by ring.
      - intros t _. apply: ex_derive_continuous. auto_derive. nra. }
    rewrite (is_RInt_unique _ _ _ _ H) /minus /plus /opp /= atan_0 atan_1. ring. }
  field.
Qed.

Lemma J_bounds x : 0 <= J x <= bell x * (PI / 4).
Proof.
  have K : forall t, 0 <= t <= 1 -> 0 <= kern x t <= bell x * / (1 + t ^ 2).
  { intros t Ht. unfold kern. have P : 0 < 1 + t ^ 2 by nra. split.
    - left. apply Rdiv_lt_0_compat => //. apply exp_pos.
    - apply Rmult_le_compat_r. left; by apply Rinv_0_lt_compat. unfold bell.
      apply Raux.exp_le. nra. }
  have At : is_RInt (fun t => / (1 + t ^ 2)) 0 1 (PI / 4).
  { replace (PI / 4) with (minus (atan 1) (atan 0)) by (rewrite /minus /plus /opp /= atan_0 atan_1; ring).
    apply (is_RInt_derive atan).
    - intros t _. apply is_derive_Reals. have := derivable_pt_lim_atan t. rewrite /Rsqr. by replace (t * t) with (t ^ 2) by ring.
    - intros t _. apply: ex_derive_continuous. auto_derive. nra. }
  have Sc := is_RInt_scal (fun t => / (1 + t ^ 2)) 0 1 (bell x) _ At.
  unfold J. split.
  - apply RInt_ge_0. lra. apply kern_integrable. intros t Ht. apply K; lra.
  - change (RInt (kern x) 0 1 <= scal (bell x) (PI / 4)). rewrite -(is_RInt_unique _ _ _ _ Sc). apply RInt_le. lra. apply kern_integrable. by exists (scal (bell x) (PI / 4)).
    intros t Ht. apply K. lra.
Qed.

Lemma density_bell t : density t = / sqrt (2 * PI) * bell t.
Proof. unfold density, bell, Rdiv. ring. Qed.
Lemma cdf_half x : cdf x = 1 / 2 + / sqrt (2 * PI) * half x.
Proof.
  unfold cdf, half. f_equal.
  rewrite (RInt_ext _ (fun t => scal (/ sqrt (2 * PI)) (bell t))). 2: { intros; apply density_bell. }
  apply (RInt_scal (V := R_CompleteNormedModule)). apply bell_integrable.
Qed.

(** Phi (-x) < exp (-x^2/2)/2 for x >= 0: with I = half x, I^2 = pi/2 - 2 J. *)
Lemma half_square x : 0 <= x -> PI / 2 * (1 - bell x) <= half x ^ 2 <= PI / 2.
Proof. intros Hx. have := constant x Hx. have := J_bounds x. lra. Qed.
Lemma half_nonneg x : 0 <= x -> 0 <= half x.
Proof. intros Hx. apply RInt_ge_0 => //. apply bell_integrable. intros; left; apply exp_pos. Qed.

Lemma central_square x : 0 <= x -> 1 - bell x <= (2 * cdf x - 1) ^ 2 <= 1.
Proof.
  intros Hx. have p := PI_RGT_0. have H := half_square x Hx.
  have S : sqrt (2 * PI) * sqrt (2 * PI) = 2 * PI by apply sqrt_sqrt; lra.
  have S0 := root_2pi_pos.
  have -> : (2 * cdf x - 1) ^ 2 = 2 / PI * half x ^ 2.
  { rewrite cdf_half. replace (2 * (1 / 2 + / sqrt (2 * PI) * half x) - 1) with (2 * half x / sqrt (2 * PI)) by (field; lra).
    replace ((2 * half x / sqrt (2 * PI)) ^ 2) with (4 * half x ^ 2 / (sqrt (2 * PI) * sqrt (2 * PI))) by (field; lra). rewrite S. field. lra. }
  have q : 0 < 2 / PI by apply Rdiv_lt_0_compat; lra.
  have E : 2 / PI * (PI / 2) = 1 by field; lra. nra.
Qed.
Lemma cdf_lt_1 x : cdf x < 1.
Proof.
  have H : forall y, 0 < y -> cdf y <= 1.
  { intros y Hy. have := central_square y ltac:(lra). have := cdf_increasing 0 y Hy. rewrite cdf_0. nra. }
  apply Rlt_le_trans with (cdf (Rmax x 0 + 1)). apply cdf_increasing. have := Rmax_l x 0; lra.
  apply H. have := Rmax_r x 0; lra.
Qed.
Lemma cdf_gt_0 x : 0 < cdf x.
Proof. have := cdf_reflection x. have := cdf_lt_1 (- x). lra. Qed.
Lemma bell_pos x : 0 < bell x. Proof. apply exp_pos. Qed.
Lemma upper_tail x : 0 <= x -> 1 - cdf x <= bell x / 2.
Proof.
  intros Hx. have H := central_square x Hx. have c := cdf_lt_1 x.
  have : cdf 0 <= cdf x by apply cdf_monotone. rewrite cdf_0 => K.
  have s : 0 <= 2 * cdf x - 1 <= 1 by lra.
  (* 1 - e <= s^2 <= s *) nra.
Qed.

Lemma cdf_limit : forall e, 0 < e -> exists M, 0 < M /\ forall x, M <= x -> 1 - e < cdf x.
Proof.
  intros e He. exists (1 + 1 / e). have q : 0 < 1 / e by apply Rdiv_lt_0_compat; lra. split. lra.
  intros x Hx. have := upper_tail x ltac:(lra).
  have : bell x < e; [|lra].
  have b0 := bell_pos x. have g := exp_ineq1_le (x ^ 2 / 2).
  have E : bell x * exp (x ^ 2 / 2) = 1. { unfold bell. rewrite -exp_plus. replace (- x ^ 2 / 2 + x ^ 2 / 2) with 0 by field. apply exp_0. }
  have h1 : 1 / e < x ^ 2 / 2 + 1 by nra.
  have h2 : 1 < e * (x ^ 2 / 2 + 1). { have E1 : e * (1 / e) = 1 by field; lra. have := Rmult_lt_compat_l e _ _ He h1. lra. }
  nra.
Qed.
Theorem cdf_tends_to_1 : filterlim cdf (Rbar_locally p_infty) (locally 1).
Proof.
  apply filterlim_locally => e. destruct (cdf_limit e (cond_pos e)) as [M [_ HM]].
  exists M => x Hx. rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /=.
  have := HM x ltac:(lra). have := cdf_lt_1 x. intros. apply Rabs_def1; lra.
Qed.
Theorem cdf_tends_to_0 : filterlim cdf (Rbar_locally m_infty) (locally 0).
Proof.
  apply filterlim_locally => e. destruct (cdf_limit e (cond_pos e)) as [M [_ HM]].
  exists (- M) => x Hx. rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /=.
  have := HM (- x) ltac:(lra). rewrite cdf_reflection. have := cdf_gt_0 x. intros. apply Rabs_def1; lra.
Qed.
