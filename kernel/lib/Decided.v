(** The steps of files that prove a reader's own inequality: signs from parts, derivatives by
    structure,
    equalities of fields, monotone stretches. Each step ends, or fails within its limit of time. *)
From Coq Require Export Reals Lra Lia List.
From Coquelicot Require Export Coquelicot.
From Interval Require Export Tactic.
From Bounds Require Export Calculus Normal Gauss Improper Variations Limits.
Export ListNotations.
Open Scope R_scope.

Definition whole (x : R) : Prop := exists k : Z, x = IZR k.
Definition erf (x : R) : R := 2 / sqrt PI * RInt (fun t => exp (- t ^ 2)) 0 x.
Definition erfc (x : R) : R := 1 - erf x.
Definition mills (x : R) : R := (1 - cdf x) / density x.

(** * Signs of products, quotients and powers *)

Lemma mul_pp a b : 0 < a -> 0 < b -> 0 < a * b. Proof. apply Rmult_lt_0_compat. Qed.
Lemma mul_nn a b : a < 0 -> b < 0 -> 0 < a * b. Proof. nra. Qed.
Lemma mul_pn a b : 0 < a -> b < 0 -> a * b < 0. Proof. nra. Qed.
Lemma mul_np a b : a < 0 -> 0 < b -> a * b < 0. Proof. nra. Qed.
Lemma mul_ww a b : 0 <= a -> 0 <= b -> 0 <= a * b. Proof. apply Rmult_le_pos. Qed.
Lemma mul_vv a b : a <= 0 -> b <= 0 -> 0 <= a * b. Proof. nra. Qed.
Lemma mul_wv a b : 0 <= a -> b <= 0 -> a * b <= 0. Proof. nra. Qed.
Lemma mul_vw a b : a <= 0 -> 0 <= b -> a * b <= 0. Proof. nra. Qed.
Lemma mul_zz a b : a <> 0 -> b <> 0 -> a * b <> 0. Proof.
    apply Rmult_integral_contrapositive_currified. Qed.
Lemma plus_nn a b : a < 0 -> b < 0 -> a + b < 0. Proof. lra. Qed.
Lemma opp_p a : a < 0 -> 0 < - a. Proof. lra. Qed.
Lemma opp_n a : 0 < a -> - a < 0. Proof. lra. Qed.
Lemma opp_v a : a <= 0 -> 0 <= - a. Proof. lra. Qed.
Lemma opp_w a : 0 <= a -> - a <= 0. Proof. lra. Qed.
Lemma inv_p a : 0 < a -> 0 < / a. Proof. apply Rinv_0_lt_compat. Qed.
Lemma inv_n a : a < 0 -> / a < 0. Proof. apply Rinv_lt_0_compat. Qed.
Lemma inv_w a : 0 <= a -> 0 <= / a.
Proof. intros [H| <-]; [left; apply inv_p; exact H | rewrite Rinv_0; lra]. Qed.
Lemma pow_p a n : 0 < a -> 0 < a ^ n. Proof. apply pow_lt. Qed.
Lemma pow_w a n : 0 <= a -> 0 <= a ^ n. Proof. apply pow_le. Qed.
Lemma pow_z a n : a <> 0 -> a ^ n <> 0. Proof. apply pow_nonzero. Qed.
Lemma pow_even a n : 0 <= a ^ (2 * n). Proof. rewrite pow_mult. apply pow_le. nra. Qed.
Lemma pow_even_z a n : a <> 0 -> 0 < a ^ (2 * n).
Proof. intros H. rewrite pow_mult. apply pow_lt. nra. Qed.
Lemma pow_odd_n a n : a < 0 -> a ^ (S (2 * n)) < 0.
Proof. intros H. simpl. apply mul_np; [exact H|]. apply pow_even_z. lra. Qed.
Lemma pow_odd_v a n : a <= 0 -> a ^ (S (2 * n)) <= 0.
Proof. intros H. simpl. apply mul_vw; [exact H | apply pow_even]. Qed.
Lemma exp_above u : 0 < u -> 1 < exp u. Proof. intros. rewrite <- exp_0. apply exp_increasing.
    assumption. Qed.
Lemma exp_below u : u < 0 -> exp u < 1. Proof. intros. rewrite <- exp_0. apply exp_increasing.
    assumption. Qed.
Lemma exp_above_w u : 0 <= u -> 1 <= exp u.
Proof. intros [H| <-]; [left; apply exp_above; exact H | rewrite exp_0; lra]. Qed.
Lemma exp_below_w u : u <= 0 -> exp u <= 1.
Proof. intros [H| ->]; [left; apply exp_below; exact H | rewrite exp_0; lra]. Qed.
Lemma ln_above u : 1 < u -> 0 < ln u. Proof. intros. rewrite <- ln_1. apply ln_increasing; lra. Qed.
Lemma ln_below u : 0 < u < 1 -> ln u < 0. Proof. intros. rewrite <- ln_1. apply ln_increasing;
    lra. Qed.
Lemma ln_above_w u : 1 <= u -> 0 <= ln u.
Proof. intros [H| <-]; [left; apply ln_above; exact H | rewrite ln_1; lra]. Qed.
Lemma ln_below_w u : 0 < u <= 1 -> ln u <= 0.
Proof. intros [A [H| ->]]; [left; apply ln_below; lra | rewrite ln_1; lra]. Qed.
Lemma sin_p u : 0 < u < PI -> 0 < sin u. Proof. intros []. apply sin_gt_0; assumption. Qed.
Lemma cos_p u : - PI / 2 < u < PI / 2 -> 0 < cos u. Proof. intros []. apply cos_gt_0; lra. Qed.
Lemma atan_p u : 0 < u -> 0 < atan u. Proof. intros. rewrite <- atan_0. apply atan_increasing.
    assumption. Qed.
Lemma atan_n u : u < 0 -> atan u < 0. Proof. intros. rewrite <- atan_0. apply atan_increasing.
    assumption. Qed.

(** Facts about parts are in the context; signs of what is made of them follow by structure. *)
Ltac small_angle := first [assumption | lra | timeout 5 (interval with (i_prec 40))].
Ltac pos := lazymatch goal with
  | H : 0 < ?a |- 0 < ?a => exact H
  | |- 0 < exp _ => apply exp_pos
  | |- 0 < density _ => apply density_pos
  | |- 0 < PI => exact PI_RGT_0
  | |- 0 < sqrt _ => apply sqrt_lt_R0; pos
  | |- 0 < _ / _ => first [apply mul_pp; [pos | apply inv_p; pos] | apply mul_nn; [neg
      | apply inv_n; neg]]
  | |- 0 < _ * _ => first [apply mul_pp; [pos|pos] | apply mul_nn; [neg|neg]]
  | |- 0 < / _ => apply inv_p; pos
  | |- 0 < - _ => apply opp_p; neg
  | |- 0 < ?a ^ ?n => first [apply pow_p; pos |
      let m := eval compute in (Nat.div2 n) in apply (pow_even_z a m); nzero]
  | |- 0 < _ + _ => first [apply Rplus_lt_0_compat; [pos|pos] | apply Rplus_lt_le_0_compat;
      [pos|npos]
      | apply Rplus_le_lt_0_compat; [npos|pos]]
  | |- 0 < atan _ => apply atan_p; pos
  | |- 0 < sin _ => apply sin_p; split; [pos | small_angle]
  | |- 0 < cos _ => apply cos_p; split; small_angle
  | |- 0 < Rmin _ _ => apply Rmin_glb_lt; pos
  | |- 0 < cdf _ => apply cdf_above_0
  | |- 0 < ln _ => apply ln_above; lra
  | |- 0 < Rabs _ => apply Rabs_pos_lt; nzero
  | |- _ => lra end
with neg := lazymatch goal with
  | H : ?a < 0 |- ?a < 0 => exact H
  | |- _ / _ < 0 => first [apply mul_np; [neg | apply inv_p; pos] | apply mul_pn; [pos
      | apply inv_n; neg]]
  | |- _ * _ < 0 => first [apply mul_np; [neg|pos] | apply mul_pn; [pos|neg]]
  | |- / _ < 0 => apply inv_n; neg
  | |- - _ < 0 => apply opp_n; pos
  | |- ?a ^ ?n < 0 => let m := eval compute in (Nat.div2 n) in apply (pow_odd_n a m); neg
  | |- _ + _ < 0 => first [apply plus_nn; [neg|neg] | lra]
  | |- atan _ < 0 => apply atan_n; neg
  | |- ln _ < 0 => apply ln_below; split; [pos | lra]
  | |- _ => lra end
with npos := lazymatch goal with
  | H : 0 <= ?a |- 0 <= ?a => exact H
  | H : 0 < ?a |- 0 <= ?a => left; exact H
  | |- 0 <= sqrt _ => apply sqrt_pos
  | |- 0 <= Rabs _ => apply Rabs_pos
  | |- 0 <= _ / _ => first [apply mul_ww; [npos | apply inv_w; npos] | left; pos]
  | |- 0 <= _ * _ => first [apply mul_ww; [npos|npos] | apply mul_vv; [nneg|nneg]]
  | |- 0 <= / _ => apply inv_w; npos
  | |- 0 <= ?a ^ ?n => first [apply pow_w; npos |
      let m := eval compute in (Nat.div2 n) in apply (pow_even a m)]
  | |- 0 <= - _ => apply opp_v; nneg
  | |- 0 <= _ + _ => first [apply Rplus_le_le_0_compat; [npos|npos] | lra]
  | |- 0 <= ln _ => apply ln_above_w; lra
  | |- _ => first [lra | left; pos] end
with nneg := lazymatch goal with
  | H : ?a <= 0 |- ?a <= 0 => exact H
  | H : ?a < 0 |- ?a <= 0 => left; exact H
  | |- _ / _ <= 0 => first [apply mul_vw; [nneg | apply inv_w; npos] | left; neg]
  | |- _ * _ <= 0 => first [apply mul_vw; [nneg|npos] | apply mul_wv; [npos|nneg]]
  | |- ?a ^ ?n <= 0 => let m := eval compute in (Nat.div2 n) in apply (pow_odd_v a m); nneg
  | |- - _ <= 0 => apply opp_w; npos
  | |- ln _ <= 0 => apply ln_below_w; split; [pos | lra]
  | |- _ => first [lra | left; neg] end
with nzero := lazymatch goal with
  | H : ?a <> 0 |- ?a <> 0 => exact H
  | |- _ * _ <> 0 => apply mul_zz; [nzero|nzero]
  | |- _ / _ <> 0 => apply mul_zz; [nzero | apply Rinv_neq_0_compat; nzero]
  | |- / _ <> 0 => apply Rinv_neq_0_compat; nzero
  | |- _ ^ _ <> 0 => apply pow_z; nzero
  | |- _ => first [apply Rgt_not_eq; pos | apply Rlt_not_eq; neg | lra] end.

Ltac by_sign := lazymatch goal with
  | |- 0 < _ => pos | |- _ < 0 => neg | |- 0 <= _ => npos | |- _ <= 0 => nneg | |- _ <> 0 => nzero
  | |- _ > 0 => pos | |- _ >= 0 => apply Rle_ge; npos | |- _ => lra end.

Lemma density_alt u : density u = exp (- u ^ 2 / 2) / (sqrt 2 * sqrt PI).
Proof. unfold density. rewrite sqrt_mult; [reflexivity | lra | left; exact PI_RGT_0]. Qed.
Lemma mills_alt u : mills u = (1 - cdf u) * (exp (u ^ 2 / 2) * sqrt 2 * sqrt PI).
Proof.
  unfold mills. rewrite density_alt. replace (- u ^ 2 / 2) with (- (u ^ 2 / 2)) by field.
      rewrite exp_Ropp.
  assert (0 < sqrt 2) by (apply sqrt_lt_R0; lra).
      assert (0 < sqrt PI) by apply sqrt_lt_R0, PI_RGT_0.
  assert (0 < exp (u ^ 2 / 2)) by apply exp_pos. field. repeat split; apply Rgt_not_eq; assumption.
Qed.
Lemma tanh_alt u : tanh u = (exp u - exp (- u)) / (exp u + exp (- u)).
Proof.
  unfold tanh, sinh, cosh. assert (0 < exp u) by apply exp_pos.
      assert (0 < exp (- u)) by apply exp_pos.
  field. lra.
Qed.
Ltac unfold_all := rewrite ?tanh_alt, ?mills_alt, ?density_alt in *;
    unfold tan, sinh, cosh, erfc in *.

(** * Derivatives by structure *)

Lemma D_eq (f : R -> R) (x a c : R) : is_derive f x a -> a = c -> is_derive f x c. Proof.
    intros H <-. exact H. Qed.
Lemma D_const c x : is_derive (fun _ : R => c) x 0. Proof. apply (is_derive_const c x). Qed.
Lemma D_id x : is_derive (fun t : R => t) x 1. Proof. apply (is_derive_id x). Qed.

Section Derivatives.
Variables (f g : R -> R) (x a b : R).
Hypotheses (Df : is_derive f x a) (Dg : is_derive g x b).
Lemma D_chain F c : is_derive F (f x) c -> is_derive (fun t => F (f t)) x (a * c).
Proof. intros H. apply (is_derive_comp F f); assumption. Qed.
Lemma D_opp : is_derive (fun t => - f t) x (- a). Proof. apply (is_derive_opp f x a Df). Qed.
Lemma D_plus : is_derive (fun t => f t + g t) x (a + b). Proof.
    apply (is_derive_plus f g x a b Df Dg). Qed.
Lemma D_minus : is_derive (fun t => f t - g t) x (a - b). Proof.
    apply (is_derive_minus f g x a b Df Dg). Qed.
Lemma D_mult : is_derive (fun t => f t * g t) x (a * g x + f x * b).
Proof. apply (is_derive_mult f g x a b Df Dg). intros; apply Rmult_comm. Qed.
Lemma D_pow n k : Z.of_nat (S n) = k -> is_derive (fun t => f t ^ S n) x (IZR k * a * f x ^ n).
Proof.
  intros <-. apply (D_eq _ _ (INR (S n) * a * f x ^ Nat.pred (S n)));
    [apply (is_derive_pow f (S n) x a Df) | rewrite INR_IZR_INZ; reflexivity].
Qed.
Lemma D_inv : f x <> 0 -> is_derive (fun t => / f t) x (- a / f x ^ 2).
Proof. intros H. apply (is_derive_inv f x a Df H). Qed.
Lemma D_div : g x <> 0 -> is_derive (fun t => f t / g t) x ((a * g x - f x * b) / g x ^ 2).
Proof. intros H. apply (is_derive_div f g x a b Df Dg H). Qed.
Lemma D_exp : is_derive (fun t => exp (f t)) x (a * exp (f x)).
Proof. apply D_chain, is_derive_Reals, derivable_pt_lim_exp. Qed.
Lemma D_ln : 0 < f x -> is_derive (fun t => ln (f t)) x (a * / f x).
Proof. intros H. apply (D_chain ln), is_derive_Reals, derivable_pt_lim_ln; assumption. Qed.
Lemma D_sqrt : 0 < f x -> is_derive (fun t => sqrt (f t)) x (a * / (2 * sqrt (f x))).
Proof. intros H. apply (D_chain sqrt), is_derive_Reals, derivable_pt_lim_sqrt; assumption. Qed.
Lemma D_sin : is_derive (fun t => sin (f t)) x (a * cos (f x)).
Proof. apply D_chain, is_derive_Reals, derivable_pt_lim_sin. Qed.
Lemma D_cos : is_derive (fun t => cos (f t)) x (a * - sin (f x)).
Proof. apply D_chain, is_derive_Reals, derivable_pt_lim_cos. Qed.
Lemma D_atan : is_derive (fun t => atan (f t)) x (a * / (1 + f x ^ 2)).
Proof.
  apply D_chain, is_derive_Reals, derivable_pt_lim_atan.
Qed.
Lemma D_cdf : is_derive (fun t => cdf (f t)) x
    (a * (exp ((- (1 / 2)) * f x ^ 2) / (sqrt 2 * sqrt PI))).
Proof.
  apply (D_chain cdf). replace ((- (1 / 2)) * f x ^ 2) with (- f x ^ 2 / 2) by field.
  rewrite <- density_alt. apply cdf_derive.
Qed.
Lemma D_density : is_derive (fun t => density (f t)) x (a * (- f x * density (f x))).
Proof. apply (D_chain density), density_derive. Qed.
End Derivatives.

Lemma erf_derive x : is_derive erf x (2 / sqrt PI * exp (- x ^ 2)).
Proof.
  unfold erf. apply (is_derive_scal (RInt (fun t => exp (- t ^ 2)) 0)).
  assert (C : forall t, continuous (fun t => exp (- t ^ 2)) t).
  { intros t. apply (ex_derive_continuous (fun t => exp (- t ^ 2))). auto_derive. exact I. }
  apply (is_derive_RInt (fun t => exp (- t ^ 2)) _ 0); [|apply C].
  apply filter_forall. intros y. apply (RInt_correct (V := R_CompleteNormedModule)).
  apply (ex_RInt_continuous (V := R_CompleteNormedModule)). intros; apply C.
Qed.
Lemma erf_0 : erf 0 = 0.
Proof. unfold erf. rewrite RInt_point. unfold zero. simpl. ring. Qed.
Lemma D_erf (f : R -> R) (x a : R) : is_derive f x a
    -> is_derive (fun t => erf (f t)) x (a * (2 / sqrt PI * exp (- f x ^ 2))).
Proof. intros H. apply (D_chain f x a H erf), erf_derive. Qed.

(** The derivative of what is written on the left, by its form;
    conditions are facts of the context. *)
Ltac derive := lazymatch goal with
  | |- is_derive (fun t => t) _ _ => apply D_id
  | |- is_derive (fun _ => ?c) _ _ => apply (D_const c)
  | |- is_derive (fun t => - @?u t) _ _ => eapply (D_opp u); derive
  | |- is_derive (fun t => @?u t + @?v t) _ _ => eapply (D_plus u v); [derive|derive]
  | |- is_derive (fun t => @?u t - @?v t) _ _ => eapply (D_minus u v); [derive|derive]
  | |- is_derive (fun t => @?u t * @?v t) _ _ => eapply (D_mult u v); [derive|derive]
  | |- is_derive (fun t => @?u t / @?v t) _ _ => eapply (D_div u v); [derive|derive|cbv beta; nzero]
  | |- is_derive (fun t => / @?u t) _ _ => eapply (D_inv u); [derive|cbv beta; nzero]
  | |- is_derive (fun t => @?u t ^ S ?n) _ _ => eapply (D_pow u); [derive|reflexivity]
  | |- is_derive (fun t => exp (@?u t)) _ _ => eapply (D_exp u); derive
  | |- is_derive (fun t => ln (@?u t)) _ _ => eapply (D_ln u); [derive|cbv beta; pos]
  | |- is_derive (fun t => sqrt (@?u t)) _ _ => eapply (D_sqrt u); [derive|cbv beta; pos]
  | |- is_derive (fun t => sin (@?u t)) _ _ => eapply (D_sin u); derive
  | |- is_derive (fun t => cos (@?u t)) _ _ => eapply (D_cos u); derive
  | |- is_derive (fun t => atan (@?u t)) _ _ => eapply (D_atan u); derive
  | |- is_derive (fun t => cdf (@?u t)) _ _ => eapply (D_cdf u); derive
  | |- is_derive (fun t => density (@?u t)) _ _ => eapply (D_density u); derive
  | |- is_derive (fun t => erf (@?u t)) _ _ => eapply (D_erf u); derive
  end.

(** * Equalities *)

Lemma exp_power a n : exp a ^ n = exp (INR n * a).
Proof.
  induction n as [|n IH]; [simpl; rewrite Rmult_0_l, exp_0; reflexivity|].
  rewrite <- tech_pow_Rmult, IH, <- exp_plus, S_INR. f_equal. ring.
Qed.
Ltac units := rewrite ?INR_IZR_INZ; cbn [Z.of_nat Pos.of_succ_nat Pos.succ].
Ltac defined := repeat split; cbv beta; first [assumption | nzero
    | timeout 10 (interval with (i_prec 60)) | idtac].
Ltac by_exp := rewrite ?exp_power, <- ?exp_Ropp, <- ?exp_plus, ?INR_IZR_INZ; f_equal;
  cbn [Z.of_nat Pos.of_succ_nat Pos.succ]; first [ring | field; defined].
Ltac same := cbv beta; first [reflexivity | timeout 20 ring | timeout 40 (field; defined; fail)
  | timeout 20 (unfold Rdiv in *; ring)].

(** Values of functions at simple points. *)
Ltac values := repeat (progress (rewrite ?Ropp_0, ?Rmult_0_l, ?Rmult_0_r, ?Rplus_0_l, ?Rplus_0_r,
    ?exp_0, ?ln_1,
  ?sin_0, ?cos_0, ?atan_0, ?sqrt_0, ?sqrt_1, ?cdf_0, ?erf_0, ?sin_PI2, ?cos_PI2, ?sin_PI, ?cos_PI));
  repeat match goal with
  | |- context [exp ?u] => progress (replace u with 0 by (field; defined; fail)); rewrite exp_0
  | |- context [ln ?u] => progress (replace u with 1 by (field; defined; fail)); rewrite ln_1
  | |- context [sqrt ?u] => first [progress (replace u with 1 by (field; defined; fail));
      rewrite sqrt_1
      | progress (replace u with 0 by (field; defined; fail)); rewrite sqrt_0]
  | |- context [sin ?u] => progress (replace u with 0 by (field; defined; fail)); rewrite sin_0
  | |- context [cos ?u] => progress (replace u with 0 by (field; defined; fail)); rewrite cos_0
  | |- context [atan ?u] => progress (replace u with 0 by (field; defined; fail)); rewrite atan_0
  | |- context [cdf ?u] => progress (replace u with 0 by (field; defined; fail)); rewrite cdf_0 end.

(** Continuity by structure. *)
Ltac continuity_by := match goal with
  | |- continuity_pt (fun t => t) _ => apply derivable_continuous_pt, derivable_pt_id
  | |- continuity_pt (fun _ => ?c) _ => apply continuity_pt_const; intros ? ?; reflexivity
  | |- continuity_pt (fun t => - @?u t) _ => apply (continuity_pt_opp u); continuity_by
  | |- continuity_pt (fun t => @?u t + @?v t) _ => apply (continuity_pt_plus u v); continuity_by
  | |- continuity_pt (fun t => @?u t - @?v t) _ => apply (continuity_pt_minus u v); continuity_by
  | |- continuity_pt (fun t => @?u t * @?v t) _ => apply (continuity_pt_mult u v); continuity_by
  | |- continuity_pt (fun t => @?u t / @?v t) _ => apply (continuity_pt_div u v);
      [continuity_by|continuity_by|cbv beta; defined]
  | |- continuity_pt (fun t => / @?u t) _ => apply (continuity_pt_inv u);
      [continuity_by|cbv beta; defined]
  | |- continuity_pt (fun t => @?u t ^ ?n) ?x =>
      apply (continuity_pt_comp u (fun t => t ^ n)); [continuity_by
          | apply derivable_continuous_pt, derivable_pt_pow]
  | |- continuity_pt (fun t => exp (@?u t)) _ =>
      apply (continuity_pt_comp u exp); [continuity_by
          | apply derivable_continuous_pt, derivable_pt_exp]
  | |- continuity_pt (fun t => ln (@?u t)) _ =>
      apply (continuity_pt_comp u ln); [continuity_by | apply derivable_continuous_pt; eexists;
          apply derivable_pt_lim_ln; cbv beta; defined]
  | |- continuity_pt (fun t => sqrt (@?u t)) _ =>
      apply (continuity_pt_comp u sqrt); [continuity_by | apply continuity_pt_sqrt; cbv beta;
          defined]
  | |- continuity_pt (fun t => sin (@?u t)) _ => apply (continuity_pt_comp u sin);
      [continuity_by | apply continuity_sin]
  | |- continuity_pt (fun t => cos (@?u t)) _ => apply (continuity_pt_comp u cos);
      [continuity_by | apply continuity_cos]
  | |- continuity_pt (fun t => atan (@?u t)) _ =>
      apply (continuity_pt_comp u atan); [continuity_by
          | apply derivable_continuous_pt, derivable_pt_atan]
  | |- continuity_pt (fun t => cdf (@?u t)) _ => apply (continuity_pt_comp u cdf);
      [continuity_by | apply cdf_continuous]
  | |- continuity_pt (fun t => density (@?u t)) _ => apply (continuity_pt_comp u density);
      [continuity_by | eapply derivable_continuous, density_derive]
  | |- continuity_pt (fun t => erf (@?u t)) _ => apply (continuity_pt_comp u erf);
      [continuity_by | eapply derivable_continuous, erf_derive]
  | |- continuity_pt (fun t => Rabs (@?u t)) _ => apply (continuity_pt_comp u Rabs);
      [continuity_by | apply Rcontinuity_abs]
  end.

(** A sign of what is equal to something of which it is seen. *)
Lemma as_positive e a : 0 < e -> a = e -> 0 < a. Proof. intros H ->. exact H. Qed.
Lemma as_negative e a : 0 < e -> a = - e -> a < 0. Proof. intros H ->. lra. Qed.
Lemma as_negative_ e a : e < 0 -> a = e -> a < 0. Proof. intros H ->. exact H. Qed.

Lemma cdf_above u : 0 < u -> 1 / 2 < cdf u. Proof. intros. rewrite <- cdf_0.
    apply cdf_increasing. assumption. Qed.
Lemma cdf_below u : u < 0 -> cdf u < 1 / 2. Proof. intros. rewrite <- cdf_0.
    apply cdf_increasing. assumption. Qed.
Lemma cdf_range u : 0 < cdf u < 1. Proof. split; [apply cdf_above_0 | apply cdf_below_1]. Qed.

(** Where points lie: facts of intervals taken apart. *)
Ltac apart := repeat match goal with H : _ /\ _ |- _ => destruct H end.
Ltac place := intros; cbv beta in *; apart; repeat split; first [exact I | assumption | lra
    | timeout 10 (interval with (i_prec 60))].
Ltac is_convex := intros ?; intros; cbv beta in *; apart; repeat split; lra.
Ltac signs := unfold has, weak, negb in *; cbv beta in *; cbv iota in *.

(** Logarithms of products, quotients and powers of what is positive. *)
Lemma ln_over a b : 0 < a -> 0 < b -> ln (a / b) = ln a - ln b.
Proof. intros. unfold Rdiv. rewrite ln_mult, ln_Rinv; try assumption; [ring | apply inv_p;
    assumption]. Qed.
Lemma ln_sqrt_half a : 0 < a -> ln (sqrt a) = ln a / 2.
Proof.
  intros H. assert (S : 0 < sqrt a) by (apply sqrt_lt_R0; exact H).
  assert (E : ln a = ln (sqrt a) + ln (sqrt a)) by (rewrite <- ln_mult, sqrt_sqrt; lra). lra.
Qed.
Lemma ln_power a n : 0 < a -> ln (a ^ n) = INR n * ln a.
Proof.
  intros H. induction n as [|n IH]; [simpl; rewrite ln_1; ring|].
  rewrite <- tech_pow_Rmult, ln_mult, IH, S_INR; [ring | exact H | apply pow_lt; exact H].
Qed.
Ltac lns := repeat first [rewrite ln_exp | rewrite ln_1 | rewrite ln_over; [|pos|pos]
    | rewrite ln_mult; [|pos|pos]
  | rewrite ln_Rinv; [|pos] | rewrite ln_power; [|pos] | rewrite ln_sqrt_half; [|pos]]; units.
Ltac by_ln := first [solve [f_equal; same] | solve [lns; same]].
Ltac square_of_sine u := generalize (sin2_cos2 u); unfold Rsqr; lra.
Ltac zero_here := first [ring | solve [values; first [ring | field | lra]] | solve [lns; values;
    first [ring | field]] | solve [field; defined]].
Ltac inverse_here := first [apply exp_ln; lra | apply pow2_sqrt; lra | apply ln_exp
    | apply Rinv_involutive; lra | field; lra].
Lemma ln_less a x : 0 < x -> x < a -> ln x < ln a. Proof. intros. apply ln_increasing;
    assumption. Qed.
Ltac inverse_place := repeat split; first [lra | solve [by_sign]
  | rewrite <- ln_1; apply ln_increasing; lra | rewrite <- exp_0; apply exp_increasing; lra
  | apply Rinv_0_lt_compat; lra | apply sqrt_lt_R0; lra | rewrite <- sqrt_1; apply sqrt_lt_1_alt;
      lra
  | timeout 10 (interval with (i_prec 60))].
Ltac at_number := first [lra | timeout 20 (interval with (i_prec 80)) | solve [values; lra]
    | by_sign].
Ltac value_here := first [solve [values; lra] | by_sign].
Ltac here := cbv beta; repeat match goal with H : _ /\ _ |- _ => destruct H end; repeat split;
    cbv beta; first [assumption | lra | place].
Ltac within := cbv beta in *; apart; repeat split; first [assumption | lra | left; assumption
    | right; reflexivity | place].
Ltac value := first [assumption | signs; cbv beta in *; lra | signs; at_number].

(** Limits by structure. *)
Lemma T_minus (F : (R -> Prop) -> Prop) {FF : Filter F} f g l m n : tends f F l -> tends g F m ->
  is_Rbar_plus l (Rbar_opp m) n -> tends (fun t => f t - g t) F n.
Proof. intros A B P. apply (T_plus f (fun t => - g t) l (Rbar_opp m)); [exact A | apply T_opp;
    exact B | exact P]. Qed.
Lemma T_div (F : (R -> Prop) -> Prop) {FF : Filter F} f g l m n : tends f F l -> tends g F m
    -> m <> 0 ->
  is_Rbar_mult l (Rbar_inv m) n -> tends (fun t => f t / g t) F n.
Proof. intros A B Z P. apply (T_mult f (fun t => / g t) l (Rbar_inv m)); [exact A | apply T_inv;
    assumption | exact P]. Qed.
Lemma T_exp_p (F : (R -> Prop) -> Prop) {FF : Filter F} f : tends f F p_infty
    -> tends (fun t => exp (f t)) F p_infty.
Proof. intros H. apply (T_is_lim f exp true); [exact H | apply is_lim_exp_p]. Qed.
Lemma T_exp_m (F : (R -> Prop) -> Prop) {FF : Filter F} f : tends f F m_infty
    -> tends (fun t => exp (f t)) F 0.
Proof. intros H. apply (T_is_lim f exp false); [exact H | apply is_lim_exp_m]. Qed.
Lemma T_ln_p (F : (R -> Prop) -> Prop) {FF : Filter F} f : tends f F p_infty
    -> tends (fun t => ln (f t)) F p_infty.
Proof. intros H. apply (T_is_lim f ln true); [exact H | apply is_lim_ln_p]. Qed.
Lemma T_cdf_p (F : (R -> Prop) -> Prop) {FF : Filter F} f : tends f F p_infty
    -> tends (fun t => cdf (f t)) F 1.
Proof. intros H. apply (T_is_lim f cdf true); [exact H | apply cdf_limit]. Qed.
Lemma T_cdf_m (F : (R -> Prop) -> Prop) {FF : Filter F} f : tends f F m_infty
    -> tends (fun t => cdf (f t)) F 0.
Proof. intros H. apply (T_is_lim f cdf false); [exact H | apply cdf_limit_0]. Qed.
Lemma T_density_p (F : (R -> Prop) -> Prop) {FF : Filter F} f : tends f F p_infty
    -> tends (fun t => density (f t)) F 0.
Proof. intros H. apply (T_is_lim f density true); [exact H | apply density_limit]. Qed.

Ltac finite_sign := first [lra | by_sign | timeout 10 (interval with (i_prec 60))].
Ltac product_of := first [ reflexivity
  | apply mult_pos_l; finite_sign | apply mult_pos_m; finite_sign | apply mult_neg_l; finite_sign
  | apply mult_neg_m; finite_sign
  | apply is_Rbar_mult_sym; first [apply mult_pos_l; finite_sign | apply mult_pos_m; finite_sign
      | apply mult_neg_l; finite_sign | apply mult_neg_m; finite_sign]
  | apply is_Rbar_mult_p_infty_pos; simpl; exact I ].
Ltac not_zero := first [discriminate | let E := fresh in intros E; apply Rbar_finite_eq in E;
    revert E;
  first [apply Rgt_not_eq; finite_sign | apply Rlt_not_eq; finite_sign]].
Ltac limit_of := lazymatch goal with
  | |- tends (fun t => t) (Rbar_locally _) _ => apply T_id
  | |- tends (fun t => t) (at_right _) _ => apply T_id_right
  | |- tends (fun t => t) (at_left _) _ => apply T_id_left
  | |- tends (fun _ => ?c) _ _ => apply (T_const c)
  | |- tends (fun t => / t) (at_right 0) _ => apply T_inv_right
  | |- tends (fun t => ln t) (at_right 0) _ => apply T_ln_right
  | |- tends (fun t => - @?u t) _ _ => eapply (T_opp u); limit_of
  | |- tends (fun t => @?u t + @?v t) _ _ => eapply (T_plus u v); [limit_of | limit_of
      | reflexivity]
  | |- tends (fun t => @?u t - @?v t) _ _ => eapply (T_minus _ u v); [limit_of | limit_of
      | reflexivity]
  | |- tends (fun t => @?u t * @?v t) _ _ => eapply (T_mult u v); [limit_of | limit_of | product_of]
  | |- tends (fun t => @?u t / @?v t) _ _ => eapply (T_div _ u v); [limit_of | limit_of
      | not_zero | product_of]
  | |- tends (fun t => / @?u t) _ _ => eapply (T_inv u); [limit_of | not_zero]
  | |- tends (fun t => @?u t ^ S ?n) _ _ => first [
        eapply (T_continuous u (fun v => v ^ S n)); [limit_of
            | apply derivable_continuous_pt, derivable_pt_pow]
      | apply (T_pow_infinite _ _ u n); limit_of]
  | |- tends (fun t => exp (@?u t)) _ _ => first [apply (T_exp_p _ u); limit_of
      | apply (T_exp_m _ u); limit_of
      | eapply (T_continuous u exp); [limit_of | apply derivable_continuous_pt, derivable_pt_exp]]
  | |- tends (fun t => ln (@?u t)) _ _ => first [apply (T_ln_p _ u); limit_of
      | eapply (T_continuous u ln); [limit_of | apply derivable_continuous_pt; eexists;
          apply derivable_pt_lim_ln; finite_sign]]
  | |- tends (fun t => sqrt (@?u t)) _ _ => first [apply (T_sqrt_infinite _ _ u); limit_of
      | eapply (T_continuous u sqrt); [limit_of | apply continuity_pt_sqrt; finite_sign]]
  | |- tends (fun t => cdf (@?u t)) _ _ => first [apply (T_cdf_p _ u); limit_of
      | apply (T_cdf_m _ u); limit_of
      | eapply (T_continuous u cdf); [limit_of | apply cdf_continuous]]
  | |- tends (fun t => density (@?u t)) _ _ => first [apply (T_density_p _ u); limit_of
      | eapply (T_continuous u density); [limit_of | eapply derivable_continuous, density_derive]]
  | |- tends (fun t => sin (@?u t)) _ _ => eapply (T_continuous u sin); [limit_of
      | apply continuity_sin]
  | |- tends (fun t => cos (@?u t)) _ _ => eapply (T_continuous u cos); [limit_of
      | apply continuity_cos]
  | |- tends (fun t => atan (@?u t)) _ _ => eapply (T_continuous u atan); [limit_of
      | apply derivable_continuous_pt, derivable_pt_atan]
  | |- tends (fun t => erf (@?u t)) _ _ => eapply (T_continuous u erf); [limit_of
      | eapply derivable_continuous, erf_derive]
  end.
Ltac limit_sign := simpl; first [reflexivity | signs; first [lra | values; lra | by_sign
  | match goal with |- 0 <= ?a => replace a with 0 by (symmetry; zero_here); lra
                  | |- ?a <= 0 => replace a with 0 by (symmetry; zero_here); lra end
  | left; finite_sign]].

(** The facts of a region, and values at its ends. *)
Ltac hyp_one := first [assumption | lra | by_sign | timeout 5 nra
    | timeout 10 (interval with (i_prec 60))].
Ltac hyp := repeat split; hyp_one.
Ltac hyps H := repeat match type of H with ?A -> _ => let K
    := fresh in assert (K : A) by hyp_one; specialize (H K); clear K end.
Ltac zero_value := first [lra | match goal with
  | |- ?r 0 ?a => replace a with 0 by (symmetry; zero_here); lra | |- ?a = 0 => zero_here end].
Ltac at_value := first [lra | timeout 20 (interval with (i_prec 80)) | solve [values; lra]
    | by_sign | zero_value].
Ltac minus_form := first [apply Rlt_minus_l | apply Rminus_le_0 | idtac].
Ltac pieces := repeat match goal with
  | |- context [Rabs ?a] => first [rewrite (Rabs_pos_eq a) in * by hyp_one
      | rewrite (Rabs_left1 a) in * by hyp_one]
  | |- context [Rmin ?a ?b] => first [rewrite (Rmin_left a b) in * by hyp_one
      | rewrite (Rmin_right a b) in * by hyp_one]
  | |- context [Rmax ?a ?b] => first [rewrite (Rmax_left a b) in * by hyp_one
      | rewrite (Rmax_right a b) in * by hyp_one] end.
Ltac map_log := match goal with
  | |- ?a < ?b => apply ln_lt_inv; [by_sign | by_sign | ]
  | |- ?a <= ?b => apply Rnot_lt_le; intros Wrong; apply (ln_increasing b a) in Wrong; [|by_sign]
  | |- ?a = ?b => apply ln_inv; [by_sign | by_sign | ] end.
Ltac map_square := match goal with
  | |- ?a < ?b => apply Rnot_le_lt; intros Wrong; assert (b ^ 2 <= a ^ 2) by (apply pow_incr;
      split; by_sign)
  | |- ?a <= ?b => apply Rnot_lt_le; intros Wrong; assert (b ^ 2 < a ^ 2) by nra end.
Ltac map_exp := match goal with
  | |- ?a < ?b => apply exp_lt_inv
  | |- ?a <= ?b => apply Rnot_lt_le; intros Wrong; apply exp_increasing in Wrong
  | |- ?a = ?b => apply exp_inv end.
Ltac map_sqrt := match goal with
  | |- ?a < ?b => apply Rnot_le_lt; intros Wrong; apply sqrt_le_1_alt in Wrong
  | |- ?a <= ?b => apply Rnot_lt_le; intros Wrong; apply sqrt_lt_1_alt in Wrong; [|split;
      by_sign] end.
Ltac map_inverse := match goal with
  | |- ?a < ?b => apply Rnot_le_lt; intros Wrong; apply Rinv_le_contravar in Wrong; [|by_sign]
  | |- ?a <= ?b => apply Rnot_lt_le; intros Wrong; apply Rinv_lt_contravar in Wrong; [|by_sign] end.
Ltac finish := first [lra | timeout 10 nra | solve [unfold Rdiv in *; lra]].
