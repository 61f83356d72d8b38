(** Phi goes to 1: half the Gaussian integral is 1/2. With A(x) the integral of e^{-t^2/2} over [0, x]
    and B(x) that of e^{-x^2 (1 + t^2)/2}/(1 + t^2) over [0, 1], A^2 + 2B does not change with x. *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal.
Open Scope R_scope.

Definition bell (t : R) : R := exp (- t ^ 2 / 2).
Definition fan (x t : R) : R := exp (- x ^ 2 * (1 + t ^ 2) / 2) / (1 + t ^ 2).

Lemma bell_continuous t : continuous bell t.
Proof. apply: ex_derive_continuous. unfold bell. auto_derive => //. Qed.

Lemma bell_integrable a b : ex_RInt bell a b.
Proof. apply (ex_RInt_continuous (V := R_CompleteNormedModule)) => t _. apply bell_continuous. Qed.

Lemma fan_continuous x t : continuous (fan x) t.
Proof. apply: ex_derive_continuous. unfold fan. auto_derive. nra. Qed.

Lemma fan_integrable x a b : ex_RInt (fan x) a b.
Proof. apply (ex_RInt_continuous (V := R_CompleteNormedModule)) => t _. apply fan_continuous. Qed.

Lemma fan_derive x t : is_derive (fun z => fan z t) x (- x * exp (- x ^ 2 * (1 + t ^ 2) / 2)).
Proof. unfold fan. auto_derive; [nra|]. simpl. unfold Rdiv. field. nra. Qed.

Lemma bell_integral_derive x : is_derive (RInt bell 0) x (bell x).
Proof.
  apply (is_derive_RInt bell _ 0); [|apply bell_continuous].
  apply filter_forall => y. apply (RInt_correct (V := R_CompleteNormedModule)), bell_integrable.
Qed.

Lemma fan_slope x : RInt (fun t => - x * exp (- x ^ 2 * (1 + t ^ 2) / 2)) 0 1 = - bell x * RInt bell 0 x.
Proof.
  have split_off t : - x * exp (- x ^ 2 * (1 + t ^ 2) / 2) = - bell x * (x * bell (x * t + 0)).
  { unfold bell. replace (- x ^ 2 * (1 + t ^ 2) / 2) with (- x ^ 2 / 2 + - (x * t + 0) ^ 2 / 2) by field.
    rewrite exp_plus. ring. }
  rewrite (RInt_ext _ (fun t => scal (- bell x) (scal x (bell (x * t + 0))))).
  2: { intros t _. apply split_off. }
  rewrite (RInt_scal (V := R_CompleteNormedModule)).
  { rewrite (RInt_comp_lin (V := R_CompleteNormedModule) bell x 0 0 1);
      rewrite Rmult_0_r Rmult_1_r !Rplus_0_r //. apply bell_integrable. }
  apply (ex_RInt_comp_lin (V := R_NormedModule) bell x 0 0 1). apply bell_integrable.
Qed.

Lemma fan_integral_derive x : is_derive (fun z => RInt (fan z) 0 1) x (- bell x * RInt bell 0 x).
Proof.
  rewrite -fan_slope.
  rewrite -(RInt_ext (fun t => Derive (fun z => fan z t) x)).
  2: { intros t _. by apply is_derive_unique, fan_derive. }
  apply (is_derive_RInt_param fan 0 1).
  - apply filter_forall => z t _. eexists. apply fan_derive.
  - intros t _.
    apply (continuity_2d_pt_ext (fun z s => - z * exp (- z ^ 2 * (1 + s ^ 2) / 2))).
    { intros z s. symmetry. apply is_derive_unique, fan_derive. }
    apply continuity_2d_pt_mult; [apply continuity_2d_pt_opp, continuity_2d_pt_id1|].
    apply (continuity_1d_2d_pt_comp exp (fun z s => - z ^ 2 * (1 + s ^ 2) / 2)).
    { apply derivable_continuous_pt, derivable_pt_exp. }
    apply (continuity_2d_pt_ext (fun z s => - / 2 * (z * z * (1 + s * s)))).
    { intros z s. field. }
    apply continuity_2d_pt_mult; [apply continuity_2d_pt_const|].
    repeat first [apply continuity_2d_pt_mult | apply continuity_2d_pt_plus | apply continuity_2d_pt_id1
      | apply continuity_2d_pt_id2 | apply continuity_2d_pt_const].
  - apply filter_forall => z. apply fan_integrable.
Qed.

Lemma fan_at_0 : RInt (fan 0) 0 1 = PI / 4.
Proof.
  have H : is_RInt (fan 0) 0 1 (minus (atan 1) (atan 0)).
  { apply (is_RInt_derive atan).
    - intros t _. have E : fan 0 t = / (1 + t ^ 2).
      { unfold fan. replace (- 0 ^ 2 * (1 + t ^ 2) / 2) with 0 by field. rewrite exp_0. unfold Rdiv. ring. }
      rewrite E. apply is_derive_Reals. have := derivable_pt_lim_atan t.
      by replace (t ^ 2) with (t²) by (unfold Rsqr; ring).
    - intros t _. apply fan_continuous. }
  rewrite (is_RInt_unique _ _ _ _ H) atan_1 atan_0 /minus /plus /opp /=. ring.
Qed.

Lemma bell_fan x : RInt bell 0 x ^ 2 + 2 * RInt (fan x) 0 1 = PI / 2.
Proof.
  pose F z := RInt bell 0 z ^ 2 + 2 * RInt (fan z) 0 1.
  have slope z : is_derive F z 0.
  { have da := bell_integral_derive z. have db := fan_integral_derive z.
    unfold F. evar_last.
    - apply (is_derive_plus (fun z => RInt bell 0 z ^ 2) (fun z => 2 * RInt (fan z) 0 1)).
      + apply (is_derive_pow (RInt bell 0) 2). exact da.
      + apply (is_derive_scal (fun z => RInt (fan z) 0 1)). exact db.
    - rewrite /plus /=. ring. }
  have E0 : F 0 = PI / 2.
  { unfold F. rewrite fan_at_0 RInt_point /zero /=. field. }
  destruct (MVT_gen F 0 x (fun _ => 0)) as [z [_ E]].
  - intros; apply slope.
  - intros z _. apply (derivable_continuous _ _ 0), slope.
  - fold (F x). lra.
Qed.

(** The defect of Phi - 1/2 from its limit, squared. *)
Lemma cdf_square x : (cdf x - 1 / 2) ^ 2 = 1 / 4 - RInt (fan x) 0 1 / PI.
Proof.
  have root0 := root_2pi_pos. have pi0 := PI_RGT_0.
  have -> : cdf x - 1 / 2 = / sqrt (2 * PI) * RInt bell 0 x.
  { have E := RInt_scal (V := R_CompleteNormedModule) bell 0 x (/ sqrt (2 * PI)) (bell_integrable 0 x).
    rewrite /scal /= /mult /= in E. unfold cdf. rewrite -E.
    have split_off t : density t = / sqrt (2 * PI) * bell t by (unfold density, bell, Rdiv; ring).
    rewrite (RInt_ext density (fun t => / sqrt (2 * PI) * bell t)); [ring|].
    intros t _. apply split_off. }
  have root2 : sqrt (2 * PI) ^ 2 = 2 * PI by (apply pow2_sqrt; lra).
  rewrite Rpow_mult_distr pow_inv root2.
  have := bell_fan x. intros E. replace (RInt bell 0 x ^ 2) with (PI / 2 - 2 * RInt (fan x) 0 1) by lra.
  field. lra.
Qed.

Lemma fan_small x : 0 <= RInt (fan x) 0 1 <= bell x.
Proof.
  have at_most t : 0 <= fan x t <= bell x.
  { have e0 := exp_pos (- x ^ 2 * (1 + t ^ 2) / 2). unfold fan, bell. split.
    - apply Rlt_le, Rdiv_lt_0_compat; nra.
    - apply Rle_trans with (exp (- x ^ 2 * (1 + t ^ 2) / 2)).
      + apply (Rmult_le_reg_r (1 + t ^ 2)); [nra|]. rewrite div_mul; nra.
      + have := pow2_ge_0 (x * t).
        intros [K|K]; [left; apply exp_increasing; nra | right; f_equal; nra]. }
  split.
  - apply RInt_ge_0; [lra | apply fan_integrable |]. intros. apply at_most.
  - replace (bell x) with (RInt (fun _ => bell x) 0 1).
    + apply RInt_le; [lra | apply fan_integrable | apply ex_RInt_const |]. intros. apply at_most.
    + rewrite RInt_const /scal /= /mult /=. ring.
Qed.

Lemma cdf_below_1 x : cdf x < 1.
Proof.
  have square := cdf_square x. have [fan0 _] := fan_small x.
  have not_1 z : cdf z <= 1.
  { have sq := cdf_square z. have [f0 _] := fan_small z. have p0 := PI_RGT_0.
    have : 0 <= RInt (fan z) 0 1 / PI by apply Rdiv_le_0_compat. nra. }
  have := not_1 (x + 1). have := cdf_increasing x (x + 1). lra.
Qed.

Lemma cdf_above_0 x : 0 < cdf x.
Proof. have := cdf_below_1 (- x). rewrite cdf_reflection. lra. Qed.

(** 1 - Phi(x) is at most e^{-x^2/2}: enough for limits. *)
Lemma cdf_upper_tail x : 0 <= x -> 1 - bell x <= cdf x.
Proof.
  intros x0. have square := cdf_square x. have [_ small] := fan_small x. have b0 := exp_pos (- x ^ 2 / 2).
  have half : 1 / 2 <= cdf x by (rewrite -cdf_0; apply cdf_monotone).
  have below := cdf_below_1 x. fold (bell x) in b0.
  have pi2 : 2 < PI by have := PI2_1; lra.
  have : RInt (fan x) 0 1 / PI <= bell x / 2.
  { apply (Rmult_le_reg_r PI); [lra|]. rewrite div_mul; nra. }
  nra.
Qed.
