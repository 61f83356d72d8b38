(** The curve in units of Delta: s = x Delta, u = y Delta and w = 2 g phi(g) Delta/phi(Delta), with d = 1/Delta^2.
    So the curves of all Delta from 3/2 on, however large, are those of d in (0, 4/9], and differ little. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Gauss Window Loss Curvature Slope Curve Evaluated Stretches Ends.
From Claims Require Import Tools Radius.
Open Scope R_scope.

Definition kern (d v : R) : R := exp (- d * v ^ 2 / 2) * (exp v - exp (- v)).
Definition growth (d v : R) : R := exp (v - d * v ^ 2 / 2).

Definition scaled_bend (d s : R) : R := s * d - (2 / (1 - exp (- 2 * s)) - 1).
Definition scaled_late (d u : R) : R := 2 * exp (d * u ^ 2 / 2 - 3 * u).
Definition scaled_bracket (d s u : R) : R :=
  (1 - exp (- 2 * u)) * scaled_bend d s / (1 + kern d s) ^ 2 - scaled_late d u / (1 - exp (- 2 * u)).
Definition scaled_criterion (d s u g w : R) : R := (1 - g ^ 2) ^ 2 + (1 + g ^ 2) * w * scaled_bracket d s u.
Definition scaled_slope (d s u g w : R) : R :=
  (1 - exp (- 2 * u)) / (1 + kern d s) ^ 2
    * (d + 4 / (exp s - exp (- s)) ^ 2 + 2 * scaled_bend d s ^ 2 * (1 - / (1 + kern d s)))
    * (kern d u / (1 + kern d s))
  + (2 * exp (- 2 * u) * scaled_bend d s / (1 + kern d s) ^ 2
     - scaled_late d u / (1 - exp (- 2 * u)) * (u * d - 3 - 2 / (exp (2 * u) - 1)))
  + growth d u * ((2 * g ^ 2 / (1 + g ^ 2) + 1 - g ^ 2) * scaled_bracket d s u / w
     - 4 * g ^ 2 * (1 - g ^ 2) / (1 + g ^ 2) / w ^ 2).

Lemma kern_continuous d v : continuous (kern d) v.
Proof. apply: ex_derive_continuous. unfold kern. auto_derive => //. Qed.
Lemma kern_integrable d a b : ex_RInt (kern d) a b.
Proof. apply (ex_RInt_continuous (V := R_CompleteNormedModule)) => v _. apply kern_continuous. Qed.
Lemma growth_integrable d a b : ex_RInt (growth d) a b.
Proof.
  apply (ex_RInt_continuous (V := R_CompleteNormedModule)) => v _. apply: ex_derive_continuous.
  unfold growth. auto_derive => //.
Qed.

Lemma integral_value (f : R -> R) a b (v : R) : is_RInt f a b v -> RInt f a b = v.
Proof. exact: (is_RInt_unique (V := R_CompleteNormedModule)). Qed.

Section Curve.
Variables delta eps : R.
Hypothesis delta_pos : 0 < delta.
Hypothesis inside : in_domain delta eps.
Notation x := (radius_on delta eps).
Notation y := (reach_on delta eps).
Notation g := (shift_on delta eps).
Notation d := (/ delta ^ 2).
Definition scaled_weight : R := weight delta g * delta.

Lemma d_square : d * delta ^ 2 = 1. Proof. field. lra. Qed.

Lemma pull_scaled t : pull delta t = kern d (t * delta).
Proof. unfold pull, kern. do 2 f_equal. field. lra. Qed.
Lemma steep_scaled t : steep delta t = kern d (t * delta).
Proof. by rewrite -steep_is // relative_steepness_pull pull_scaled. Qed.

Lemma scaled_curve : RInt (kern d) (x * delta) (y * delta) = x * delta.
Proof.
  have [E _] := on_curve delta delta_pos eps inside. have P := pull_integral delta x y.
  have p0 := density_pos delta. unfold estimate_at in E.
  have I : RInt (pull delta) x y = x by apply (Rmult_eq_reg_l (density delta)); lra.
  have C := is_RInt_comp_lin (V := R_NormedModule) (kern d) delta 0 x y.
  rewrite !Rplus_0_r !(Rmult_comm delta) in C.
  have K := C _ (RInt_correct (V := R_CompleteNormedModule) _ _ _ (kern_integrable d _ _)).
  have L := is_RInt_scal _ x y delta _ (RInt_correct (V := R_CompleteNormedModule) _ _ _ (pull_integrable delta x y)).
  apply integral_value in K. apply integral_value in L. rewrite -K.
  transitivity (RInt (fun t => scal delta (pull delta t)) x y).
  - apply RInt_ext => t _. rewrite pull_scaled. do 2 f_equal. ring.
  - rewrite L I /scal /= /mult /=. ring.
Qed.

Lemma scaled_shift : 2 * (cdf g - 1 / 2) = density delta / delta * RInt (growth d) 0 (y * delta).
Proof.
  have [_ E] := on_curve delta delta_pos eps inside.
  have C := is_RInt_comp_lin (V := R_NormedModule) density (/ delta) (- delta) 0 (y * delta).
  have e1 : / delta * 0 + - delta = - delta by ring.
  have e2 : / delta * (y * delta) + - delta = y - delta by field; lra.
  rewrite e1 e2 in C. have K := C _ (RInt_correct (V := R_CompleteNormedModule) _ _ _ (density_integrable _ _)).
  have L := is_RInt_scal _ 0 (y * delta) (density delta / delta) _
    (RInt_correct (V := R_CompleteNormedModule) _ _ _ (growth_integrable d _ _)).
  apply integral_value in K. apply integral_value in L.
  change (RInt (fun v => density delta / delta * growth d v) 0 (y * delta)
    = density delta / delta * RInt (growth d) 0 (y * delta)) in L.
  rewrite -L E. unfold shift_mass.
  have -> : 2 * ((1 + (cdf (y - delta) - cdf (- delta))) / 2 - 1 / 2) = cdf (y - delta) - cdf (- delta) by field.
  rewrite cdf_difference -K. apply RInt_ext => v _. 
  change (/ delta * density (/ delta * v + - delta) = density delta / delta * growth d v).
  rewrite (Rplus_comm _ (- delta)) density_shift density_even. unfold growth.
  replace (- (/ delta * v) * (- delta + / delta * v / 2)) with (v - / delta ^ 2 * v ^ 2 / 2) by (field; lra).
  field. lra.
Qed.

Lemma bend_scaled t : bend delta t = delta * scaled_bend d (t * delta).
Proof.
  unfold bend, scaled_bend. replace (t * delta * / delta ^ 2) with (t / delta) by (field; lra).
  rewrite (Rmult_minus_distr_l delta (t / delta)). f_equal. field. lra.
Qed.
Lemma late_scaled : late delta y = delta * scaled_late d (y * delta).
Proof.
  unfold late, scaled_late. replace (/ delta ^ 2 * (y * delta) ^ 2 / 2 - 3 * (y * delta)) with (y * (y / 2 - 3 * delta)).
  ring. field. lra.
Qed.
Lemma bracket_scaled : bracket delta x y (1 - exp (- 2 * (y * delta))) = delta * scaled_bracket d (x * delta) (y * delta).
Proof.
  unfold bracket, scaled_bracket. rewrite bend_scaled late_scaled steep_scaled. unfold Rdiv. ring.
Qed.

Lemma criterion_scaled :
  criterion_on delta eps = scaled_criterion d (x * delta) (y * delta) g scaled_weight.
Proof.
  have [x0 _] := curve_pos delta delta_pos eps inside. unfold criterion_on. rewrite criterion_is //.
  unfold evaluated_criterion, scaled_criterion, scaled_weight. rewrite bracket_scaled. ring.
Qed.

Lemma weight_pos : 0 < weight delta g.
Proof.
  have [_ [_ g0]] := curve_pos delta delta_pos eps inside. apply Rmult_lt_0_compat; [lra | apply exp_pos].
Qed.

Lemma slope_scaled :
  criterion_slope delta x y g = delta ^ 2 * scaled_slope d (x * delta) (y * delta) g scaled_weight.
Proof.
  have [x0 [y0 g0]] := curve_pos delta delta_pos eps inside. have w0 := weight_pos. rewrite slope_is //.
  unfold evaluated_slope, scaled_slope, scaled_weight.
  rewrite bracket_scaled late_scaled !steep_scaled bend_scaled.
  have s0 : 0 < x * delta by nra. have u0 : 0 < y * delta by nra.
  have r0 : 0 < kern d (x * delta) by (rewrite -pull_scaled; apply Rmult_lt_0_compat; [apply exp_pos|];
    have := exp_increasing (- (x * delta)) (x * delta); lra).
  have W : exp ((g ^ 2 - delta ^ 2) / 2) = 2 * g / weight delta g.
  { unfold weight. replace ((delta ^ 2 - g ^ 2) / 2) with (- ((g ^ 2 - delta ^ 2) / 2)) by field.
    rewrite exp_Ropp. have := exp_pos ((g ^ 2 - delta ^ 2) / 2). intros. field. lra. }
  have V : exp ((g ^ 2 - (y - delta) ^ 2) / 2) = 2 * g / weight delta g * growth d (y * delta).
  { rewrite -W /growth -exp_plus. f_equal. field. lra. }
  rewrite V W.
  have q0 := decay_pos (y * delta) u0. unfold decay in q0.
  have e2 : 0 < exp (2 * (y * delta)) - 1 by (have := exp_increasing 0 (2 * (y * delta)); rewrite exp_0; lra).
  have h0 : 0 < exp (x * delta) - exp (- (x * delta)) by (have := exp_increasing (- (x * delta)) (x * delta); lra).
  move: (scaled_bracket d (x * delta) (y * delta)) (scaled_bend d (x * delta)) (scaled_late d (y * delta))
    (growth d (y * delta)) (kern d (x * delta)) (kern d (y * delta)) (weight delta g) r0 w0 => B b L J r ry w r0 w0.
  move: (exp (- 2 * (y * delta))) (exp (2 * (y * delta))) (exp (x * delta) - exp (- (x * delta))) q0 e2 h0
    => f e h q0 e2 h0.
  move: (y) (g) y0 g0 => z k z0 k0. field. repeat split; nra.
Qed.
End Curve.

(** * Bounds of s, u and w in closed form: e^-a lies between 1 - a and 1 - a + a^2/2. *)
Lemma exp_below a : 0 <= a -> exp (- a) <= 1 - a + a ^ 2 / 2.
Proof.
  intros Ha. apply (compare (fun z => exp (- z)) (fun z => - exp (- z)) (fun z => 1 - z + z ^ 2 / 2) (fun z => - 1 + z) 0 a) => //; try lra.
  - intros z _. auto_derive => //. ring.
  - intros z _. auto_derive => //. field.
  - intros z Hz. have := exp_ineq1_le (- z). lra.
  - rewrite Ropp_0 exp_0. lra.
Qed.
Lemma bell_between d d0 d1 v : d0 <= d <= d1 -> 0 <= d0 ->
  1 - d1 * v ^ 2 / 2 <= exp (- d * v ^ 2 / 2) <= 1 - d0 * v ^ 2 / 2 + d0 ^ 2 * v ^ 4 / 8.
Proof.
  intros H H0. have v2 := pow2_ge_0 v. split.
  - have := exp_ineq1_le (- d * v ^ 2 / 2). nra.
  - have E := exp_below (d0 * v ^ 2 / 2) ltac:(nra).
    have M := exp_monotone (- d * v ^ 2 / 2) (- (d0 * v ^ 2 / 2)) ltac:(nra).
    apply Rle_trans with (1 := M). apply Rle_trans with (1 := E). right. field.
Qed.

(** Antiderivatives of (e^v - e^-v)(1 - d v^2/2) and of e^v (1 - d v^2/2), and what d^2 v^4/8 adds. *)
Definition kern_low (d v : R) : R := exp v + exp (- v)
  - d / 2 * (v ^ 2 * (exp v + exp (- v)) - 2 * v * (exp v - exp (- v)) + 2 * (exp v + exp (- v))).
Definition kern_up (d v : R) : R := kern_low d v + d ^ 2 / 8 * (v ^ 4 * (exp v + exp (- v)) - 4 * v ^ 3 * (exp v - exp (- v))
  + 12 * v ^ 2 * (exp v + exp (- v)) - 24 * v * (exp v - exp (- v)) + 24 * (exp v + exp (- v))).
Definition growth_low (d v : R) : R := exp v - d / 2 * ((v ^ 2 - 2 * v + 2) * exp v).
Definition growth_up (d v : R) : R := growth_low d v
  + d ^ 2 / 8 * ((v ^ 4 - 4 * v ^ 3 + 12 * v ^ 2 - 24 * v + 24) * exp v).

Lemma integral_of (F f : R -> R) a b : (forall v, is_derive F v (f v)) -> (forall v, continuous f v) ->
  is_RInt f a b (F b - F a).
Proof. intros D C. apply (is_RInt_derive (V := R_CompleteNormedModule) F f) => v _; [apply D | apply C]. Qed.

Lemma kern_low_integral d a b :
  is_RInt (fun v => (1 - d * v ^ 2 / 2) * (exp v - exp (- v))) a b (kern_low d b - kern_low d a).
Proof.
  apply integral_of => v; [unfold kern_low; auto_derive => //; field | apply: ex_derive_continuous; auto_derive => //].
Qed.
Lemma kern_up_integral d a b :
  is_RInt (fun v => (1 - d * v ^ 2 / 2 + d ^ 2 * v ^ 4 / 8) * (exp v - exp (- v))) a b (kern_up d b - kern_up d a).
Proof.
  apply integral_of => v; [unfold kern_up, kern_low; auto_derive => //; field | apply: ex_derive_continuous; auto_derive => //].
Qed.
Lemma growth_low_integral d a b :
  is_RInt (fun v => (1 - d * v ^ 2 / 2) * exp v) a b (growth_low d b - growth_low d a).
Proof.
  apply integral_of => v; [unfold growth_low; auto_derive => //; field | apply: ex_derive_continuous; auto_derive => //].
Qed.
Lemma growth_up_integral d a b :
  is_RInt (fun v => (1 - d * v ^ 2 / 2 + d ^ 2 * v ^ 4 / 8) * exp v) a b (growth_up d b - growth_up d a).
Proof.
  apply integral_of => v; [unfold growth_up, growth_low; auto_derive => //; field | apply: ex_derive_continuous; auto_derive => //].
Qed.

Lemma sinh_nonneg v : 0 <= v -> 0 <= exp v - exp (- v).
Proof. intros H. have := exp_monotone (- v) v. lra. Qed.
Lemma kern_nonneg d v : 0 <= v -> 0 <= kern d v.
Proof. intros H. apply Rmult_le_pos; [left; apply exp_pos | by apply sinh_nonneg]. Qed.
Lemma growth_bell d v : growth d v = exp (- d * v ^ 2 / 2) * exp v.
Proof. unfold growth. rewrite -exp_plus. f_equal. field. Qed.

Lemma kern_integral_between d d0 d1 a b : d0 <= d <= d1 -> 0 <= d0 -> 0 <= a <= b ->
  kern_low d1 b - kern_low d1 a <= RInt (kern d) a b <= kern_up d0 b - kern_up d0 a.
Proof.
  intros H H0 Hab. have L := kern_low_integral d1 a b. have U := kern_up_integral d0 a b.
  rewrite -(integral_value _ _ _ _ L) -(integral_value _ _ _ _ U).
  have I := kern_integrable d a b. have ab := proj2 Hab.
  split; (apply RInt_le; [exact ab | first [exact I | exact (ex_intro _ _ L)] | first [exact I | exact (ex_intro _ _ U)] |]);
    intros v Hv; (apply Rmult_le_compat_r; [apply sinh_nonneg; lra | by apply (bell_between d d0 d1)]).
Qed.
Lemma growth_integral_between d d0 d1 b : d0 <= d <= d1 -> 0 <= d0 -> 0 <= b ->
  growth_low d1 b - growth_low d1 0 <= RInt (growth d) 0 b <= growth_up d0 b - growth_up d0 0.
Proof.
  intros H H0 Hb. have L := growth_low_integral d1 0 b. have U := growth_up_integral d0 0 b.
  rewrite -(integral_value _ _ _ _ L) -(integral_value _ _ _ _ U).
  have I := growth_integrable d 0 b.
  split; (apply RInt_le; [exact Hb | first [exact I | exact (ex_intro _ _ L)] | first [exact I | exact (ex_intro _ _ U)] |]);
    intros v Hv; rewrite growth_bell; (apply Rmult_le_compat_r; [left; apply exp_pos | by apply (bell_between d d0 d1)]).
Qed.
Lemma kern_integral_wider d a a' b' b : 0 <= a <= a' -> a' <= b' -> b' <= b -> RInt (kern d) a' b' <= RInt (kern d) a b.
Proof.
  intros Ha Hab Hb.
  have I := kern_integrable d. have P u v : 0 <= u <= v -> 0 <= RInt (kern d) u v.
  { intros Huv. apply RInt_ge_0 => //; [lra|]. intros z Hz. apply kern_nonneg. lra. }
  have C1 := RInt_Chasles (V := R_CompleteNormedModule) (kern d) a a' b (I _ _) (I _ _).
  have C2 := RInt_Chasles (V := R_CompleteNormedModule) (kern d) a' b' b (I _ _) (I _ _).
  rewrite /plus /= in C1, C2. have := P a a' ltac:(lra). have := P b' b ltac:(lra). lra.
Qed.
Lemma growth_integral_longer d b b' : 0 <= b <= b' -> RInt (growth d) 0 b <= RInt (growth d) 0 b'.
Proof.
  intros Hb. have I := growth_integrable d.
  have C := RInt_Chasles (V := R_CompleteNormedModule) (growth d) 0 b b' (I _ _) (I _ _). rewrite /plus /= in C.
  have : 0 <= RInt (growth d) b b'. { apply RInt_ge_0 => //; [lra|]. intros v _. left. apply exp_pos. } lra.
Qed.
