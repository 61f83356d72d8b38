(** The bound C_2 kappa^(2/9): it holds up to the true eps_cr for every Delta >= 3/2, and C_2 is small. What the
    loss moves in mass, tau = Phi(g(eps-hat)) - 1/2, is between: the loss is at most (tau/phi(0))^2, tau over
    kappa^(1/9) increases, and at eps_cr it is at most what C_2 is made of. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Window Loss Curvature Slope Curve Evaluated Stretches Ends Shape.
From Claims Require Import Tools Radius Scaled FirstTurn SmallMass SmallConstants.
Open Scope R_scope.

(** C_2 of the display, and what it has at c/k = eps_cr in the density's argument. *)
Definition C_2 delta e := C_bar delta e ^ 2 / density (C_bar delta e * Rpower e (1 / 9)) ^ 2.
Definition end_mass delta e := C_bar delta e * Rpower e (1 / 9).
Definition moved delta e := shift_mass delta (reach_on delta e) - 1 / 2.

Lemma C_2_power delta e kappa : 0 < kappa ->
  C_2 delta e * Rpower kappa (2 / 9) = (C_bar delta e * Rpower kappa (1 / 9) / density (end_mass delta e)) ^ 2.
Proof. intros H. symmetry. apply c2_chain_6 => //. apply density_pos. Qed.

(** * The mass moved, over kappa^(1/9), increases while x Delta <= 1 and y <= Delta. *)
Section Increase.
Variable delta : R.
Hypothesis delta_pos : 0 < delta.

Lemma deficit_below_chord x : 0 <= x <= delta -> mass_deficit delta x <= x * steepness delta x.
Proof.
  intros Hx. apply (compare (mass_deficit delta) (steepness delta) (fun z => z * steepness delta z)
    (fun z => steepness delta z + z * ((z + delta) * density (z + delta) - (z - delta) * density (z - delta))) 0 x); try lra.
  - intros z _. apply mass_deficit_derive.
  - intros z _. have D := steepness_derive delta z. auto_derive; [by eexists; eassumption|].
    rewrite (is_derive_unique _ _ _ D). ring.
  - intros z Hz. have p := density_pos (z + delta). have q := density_pos (z - delta).
    have : 0 <= z * ((z + delta) * density (z + delta) - (z - delta) * density (z - delta)) by apply Rmult_le_pos; nra. lra.
  - rewrite mass_deficit_0. lra.
Qed.

Notation passed y := (cdf (y - delta) - cdf (- delta)).
Lemma passed_below y : 0 <= y <= delta -> 0 <= passed y <= y * density (y - delta).
Proof.
  intros Hy. replace (y - delta) with (- (delta - y)) by ring. rewrite !cdf_reflection density_even.
  have [a b] := cdf_step (delta - y) delta ltac:(lra) ltac:(lra). have p := density_pos delta.
  replace (delta - (delta - y)) with y in a, b by ring. have : 0 <= y * density delta by apply Rmult_le_pos; lra. lra.
Qed.
Lemma passed_and_deficit y : 0 <= y <= delta -> decay (y * delta) * passed y <= 3 * mass_deficit delta y.
Proof.
  intros Hy. apply (compare (fun z => decay (z * delta) * passed z)
    (fun z => 2 * delta * exp (- 2 * (z * delta)) * passed z + decay (z * delta) * density (z - delta))
    (fun z => 3 * mass_deficit delta z) (fun z => 3 * steepness delta z) 0 y); try lra.
  - intros z _. have D := decay_derive delta z. have C := cdf_shift_derive (- delta) z.
    have K : is_derive (fun z => decay (z * delta) * (cdf (z + - delta) - cdf (- delta))) z
      (2 * delta * exp (- 2 * (z * delta)) * (cdf (z + - delta) - cdf (- delta)) + decay (z * delta) * density (z + - delta)).
    { have [q [Eq dq]] := renamed _ _ _ D. have [c [Ec dc]] := renamed _ _ _ C.
      apply (is_derive_ext (fun t => q t * (c t - cdf (- delta)))); [by intros t; rewrite Eq Ec|].
      auto_derive; [repeat split; eexists; eassumption|].
      rewrite (is_derive_unique _ _ _ dq) (is_derive_unique _ _ _ dc) Eq Ec. ring. }
    exact K.
  - intros z _. apply (is_derive_scal (mass_deficit delta)), mass_deficit_derive.
  - intros z Hz. have [_ b] := passed_below z ltac:(lra). have low := decay_lower (z * delta).
    have e0 := exp_pos (- 2 * (z * delta)). have p := density_pos (z - delta). rewrite steepness_decay.
    have : 2 * delta * exp (- 2 * (z * delta)) * passed z <= 2 * delta * exp (- 2 * (z * delta)) * (z * density (z - delta)).
    { apply Rmult_le_compat_l => //. apply Rmult_le_pos; lra. }
    have : 2 * (z * delta) * exp (- 2 * (z * delta)) * density (z - delta) <= decay (z * delta) * density (z - delta).
    { apply Rmult_le_compat_r; lra. }
    have : 0 < decay (z * delta) * density (z - delta) by apply Rmult_lt_0_compat => //; apply decay_pos; nra.
    lra.
  - rewrite mass_deficit_0 Rmult_0_l. replace (0 - delta) with (- delta) by ring. lra.
Qed.

Definition moved_slope e := density (reach_on delta e - delta) / 2
  * (mass_estimate_slope delta e / steepness delta (reach_on delta e)).
Lemma moved_derive e : in_domain delta e -> is_derive (moved delta) e (moved_slope e).
Proof.
  intros H. unfold moved. evar_last.
  - apply (is_derive_minus (fun t => shift_mass delta (reach_on delta t)) (fun _ => 1 / 2)); [|apply is_derive_const].
    apply (is_derive_comp (shift_mass delta) (reach_on delta)); [apply shift_mass_derive | by apply reach_on_derive].
  - rewrite /minus /plus /opp /zero /scal /= /mult /=. unfold moved_slope. ring.
Qed.
Lemma moved_elasticity e : in_domain delta e -> radius_on delta e * delta <= 1 -> reach_on delta e <= delta ->
  moved delta e <= 9 * e * moved_slope e.
Proof.
  intros H X Y. have [sx [sy [_ [pd [_ py]]]]] := factors_pos delta delta_pos e H.
  have [x0 [y0 _]] := curve_pos delta delta_pos e H. have [E _] := on_curve delta delta_pos e H.
  have xy := radius_before_reach delta delta_pos e H.
  have e1 : e = mass_deficit delta (radius_on delta e).
  { destruct H as [H _]. by have [_ ->] := filter_radius_spec delta delta_pos e ltac:(lra). }
  have cubic := deficit_below_cubic delta _ delta_pos x0 X. have chord := deficit_below_chord (radius_on delta e) ltac:(lra).
  have P := passed_and_deficit (reach_on delta e) ltac:(lra).
  have q0 : 0 < decay (reach_on delta e * delta) by apply decay_pos; nra.
  suff : moved delta e <= 9 * mass_deficit delta (radius_on delta e) * moved_slope e by rewrite -e1.
  clear e1. unfold moved, moved_slope, mass_estimate_slope, shift_mass. rewrite (steepness_decay delta (reach_on delta e)).
  change (filter_radius delta e) with (radius_on delta e).
  unfold estimate_at in E. rewrite E in P.
  move: (radius_on delta e) (density delta) (steepness delta (radius_on delta e)) (mass_deficit delta (radius_on delta e))
    (density (reach_on delta e - delta)) (decay (reach_on delta e * delta)) (cdf (reach_on delta e - delta) - cdf (- delta))
    P q0 py sx pd cubic chord x0 => x p s m f q T P q0 py sx pd cubic chord x0.
  have -> : 9 * m * (f / 2 * ((1 + p / s) / (f * q))) = 9 * m * (s + p) / (2 * q * s) by field; lra.
  have -> : (1 + T) / 2 - 1 / 2 = T / 2 by field.
  apply (Rmult_le_reg_r (2 * q * s)); [nra|]. rewrite div_mul; [|nra].
  replace (T / 2 * (2 * q * s)) with (q * T * s) by field.
  apply Rle_trans with (3 * (m + p * x) * s); [apply Rmult_le_compat_r; lra|].
  apply Rle_trans with (3 * (x * s) * (s + p)); [|apply Rmult_le_compat_r; lra]. 
  have : m * s <= x * s * s by apply Rmult_le_compat_r; lra. lra.
Qed.
Lemma moved_share e e' : 0 < e -> e <= e' -> in_domain delta e' -> radius_on delta e' * delta <= 1 -> reach_on delta e' <= delta ->
  moved delta e * Rpower e' (1 / 9) <= moved delta e' * Rpower e (1 / 9).
Proof.
  intros e0 ee H X Y.
  have inside z : e <= z <= e' -> in_domain delta z by intros Hz; apply (in_domain_before delta delta_pos z e') => //; lra.
  have mono : moved delta e * exp (- (1 / 9) * ln e) <= moved delta e' * exp (- (1 / 9) * ln e').
  { apply (increases_weakly (fun z => moved delta z * exp (- (1 / 9) * ln z))
      (fun z => (9 * z * moved_slope z - moved delta z) * (exp (- (1 / 9) * ln z) / (9 * z))) e e'); try lra.
    - intros z Hz. have D := moved_derive z (inside z Hz). auto_derive.
      + repeat split; [by eexists; eassumption | lra].
      + rewrite (is_derive_unique _ _ _ D). field. lra.
    - intros z Hz. have Hz' := inside z ltac:(lra).
      have x1 := radius_le delta delta_pos z e' ltac:(lra) ltac:(lra) (proj2 (proj1 H)).
      have y1 := reach_increasing delta delta_pos z e' Hz' H ltac:(lra).
      have K := moved_elasticity z Hz' ltac:(unfold radius_on in *; nra) ltac:(lra).
      apply Rmult_le_pos; [lra|]. apply Rmult_le_pos; [left; apply exp_pos | left; apply Rinv_0_lt_compat; lra]. }
  unfold Rpower.
  have inv z : exp (- (1 / 9) * ln z) * exp (1 / 9 * ln z) = 1 by rewrite -exp_plus -exp_0; f_equal; ring.
  have a := exp_pos (1 / 9 * ln e). have b := exp_pos (1 / 9 * ln e').
  have M : moved delta e * exp (- (1 / 9) * ln e) * (exp (1 / 9 * ln e) * exp (1 / 9 * ln e'))
    <= moved delta e' * exp (- (1 / 9) * ln e') * (exp (1 / 9 * ln e) * exp (1 / 9 * ln e')).
  { apply Rmult_le_compat_r => //. left. by apply Rmult_lt_0_compat. }
  replace (moved delta e * exp (- (1 / 9) * ln e) * (exp (1 / 9 * ln e) * exp (1 / 9 * ln e')))
    with (moved delta e * exp (1 / 9 * ln e') * (exp (- (1 / 9) * ln e) * exp (1 / 9 * ln e))) in M by ring.
  replace (moved delta e' * exp (- (1 / 9) * ln e') * (exp (1 / 9 * ln e) * exp (1 / 9 * ln e')))
    with (moved delta e' * exp (1 / 9 * ln e) * (exp (- (1 / 9) * ln e') * exp (1 / 9 * ln e'))) in M by ring.
  rewrite !inv !Rmult_1_r in M. exact M.
Qed.
End Increase.

(** * The loss is at most (tau/phi(0))^2 where g <= 1. *)
Lemma loss_below_mass g : 0 <= g <= 1 -> density 0 ^ 2 * loss_of_shift g <= (cdf g - 1 / 2) ^ 2.
Proof.
  intros Hg. have C := cdf_cubic g (proj1 Hg). have p := density_pos 0.
  have g3 : 0 <= g - g ^ 3 / 6.
  { have : 0 <= g ^ 2 <= 1 by (split; [apply pow2_ge_0 | rewrite -(pow1 2); apply pow_incr; lra]). nra. }
  apply Rle_trans with ((density 0 * (g - g ^ 3 / 6)) ^ 2).
  - rewrite Rpow_mult_distr. apply Rmult_le_compat_l; [apply pow2_ge_0|]. unfold loss_of_shift.
    have a0 : 0 <= g ^ 2 <= 1 by (split; [apply pow2_ge_0 | rewrite -(pow1 2); apply pow_incr; lra]).
    replace ((g - g ^ 3 / 6) ^ 2) with (g ^ 2 * (1 - g ^ 2 / 6) ^ 2) by field.
    apply (Rmult_le_reg_r (1 + g ^ 2)); [lra|]. rewrite div_mul; [|lra].
    move: (g ^ 2) a0 => a a0. 
    have : 1 <= (1 - a / 6) ^ 2 * (1 + a).
    { replace ((1 - a / 6) ^ 2 * (1 + a)) with (1 + a * (2 / 3 - 11 / 36 * a + a ^ 2 / 36)) by field.
      have := pow2_ge_0 a. have : 0 <= a * (2 / 3 - 11 / 36 * a + a ^ 2 / 36) by apply Rmult_le_pos; nra. lra. }
    intros K. have : a * 1 <= a * ((1 - a / 6) ^ 2 * (1 + a)) by apply Rmult_le_compat_l; lra. lra.
  - apply pow_incr. split => //. apply Rmult_le_pos; lra.
Qed.

(** * At the turn: tau <= C-bar eps_cr^(1/9). *)
Lemma end_mass_form delta e : 0 < delta -> 0 < e < central_mass delta ->
  2 * end_mass delta e = mass_estimate delta e + density delta * filter_radius delta e * cbrt (mass_estimate delta e / e).
Proof.
  intros dp He. rewrite /end_mass C_bar_at_end //. have x0 := filter_radius_pos delta dp e He.
  have up := mass_estimate_above delta dp e He. have x3 : 0 < filter_radius delta e ^ 3 by apply pow_lt.
  have -> : mass_estimate delta e / lemma_6_C delta e = filter_radius delta e ^ 3 * (mass_estimate delta e / e).
  { unfold lemma_6_C. field. lra. }
  have r0 : 0 < mass_estimate delta e / e by apply Rdiv_lt_0_compat; lra.
  have -> : cbrt (filter_radius delta e ^ 3 * (mass_estimate delta e / e))
    = cbrt (filter_radius delta e ^ 3) * cbrt (mass_estimate delta e / e) by unfold cbrt; rewrite Rpower_mult_distr.
  rewrite cbrt_cube //. ring.
Qed.
Lemma moved_form delta e : 0 < delta -> in_domain delta e ->
  2 * moved delta e = mass_estimate delta e + (cdf (reach_on delta e + delta) - cdf delta).
Proof.
  intros dp H. have I := estimate_inside delta dp e H.
  have [_ E] := filter_radius_spec delta dp (mass_estimate delta e) ltac:(lra).
  change (filter_radius delta (mass_estimate delta e)) with (reach_on delta e) in E.
  unfold moved. rewrite shift_mass_deficit E. field.
Qed.

(** Phi(y + Delta) - Phi(Delta) and d in units of phi(Delta)/Delta, without the factor e^(-t^2/2). *)
Lemma tail_below delta y : 0 < delta -> 0 <= y -> cdf (y + delta) - cdf delta <= density delta / delta * (1 - exp (- (y * delta))).
Proof.
  intros dp Hy. apply (compare (fun z => cdf (z + delta) - cdf delta) (fun z => density (z + delta))
    (fun z => density delta / delta * (1 - exp (- (z * delta)))) (fun z => density delta * exp (- (z * delta))) 0 y); try lra.
  - intros z _. evar_last.
    + apply (is_derive_minus (fun z => cdf (z + delta)) (fun _ => cdf delta)); [apply cdf_shift_derive | apply is_derive_const].
    + rewrite /minus /plus /opp /zero /=. ring.
  - intros z _. auto_derive => //. field. lra.
  - intros z Hz. rewrite Rplus_comm density_shift. apply Rmult_le_compat_l; [left; apply density_pos|].
    apply exp_monotone. nra.
  - rewrite Rplus_0_l Rmult_0_l Ropp_0 exp_0. lra.
Qed.
Definition bowl s := exp s + exp (- s) - 2.
Lemma bowl_pos s : 0 < s -> 0 < bowl s.
Proof.
  intros s0. have e := exp_ineq1 s ltac:(lra). have i : exp (- s) * exp s = 1 by rewrite -exp_plus -exp_0; f_equal; ring.
  have p := exp_pos (- s). have q : 0 < exp (- s) * (exp s - 1) ^ 2 by apply Rmult_lt_0_compat => //; apply pow_lt; lra.
  unfold bowl. nra.
Qed.
Lemma deficit_bowl delta x : 0 < delta -> 0 <= x -> mass_deficit delta x <= density delta / delta * bowl (x * delta).
Proof.
  intros dp Hx. apply (compare (mass_deficit delta) (steepness delta) (fun z => density delta / delta * bowl (z * delta))
    (fun z => density delta * (exp (z * delta) - exp (- (z * delta)))) 0 x); try lra.
  - intros z _. apply mass_deficit_derive.
  - intros z _. unfold bowl. auto_derive => //. field. lra.
  - intros z Hz. rewrite steepness_pull. apply Rmult_le_compat_l; [left; apply density_pos|].
    have n := sinh_nonneg (z * delta) ltac:(nra). have b : exp (- z ^ 2 / 2) <= 1 by rewrite -exp_0; apply exp_monotone; nra.
    unfold pull. nra.
  - rewrite mass_deficit_0 /bowl Rmult_0_l Ropp_0 exp_0. lra.
Qed.

Lemma moved_at delta e : 0 < delta -> in_domain delta e ->
  let s := radius_on delta e * delta in
  ((1 - exp (- reach_in_units delta e)) / s) ^ 3 <= 1 + s / bowl s -> moved delta e <= end_mass delta e.
Proof.
  intros dp H s K. have [x0 [y0 _]] := curve_pos delta dp e H. have p := density_pos delta. have [He _] := H.
  have T := tail_below delta (reach_on delta e) dp ltac:(lra). have B := deficit_bowl delta (radius_on delta e) dp ltac:(lra).
  have [_ E] := filter_radius_spec delta dp e ltac:(lra). unfold radius_on in s, x0, B, K. rewrite E in B. fold s in B.
  have s0 : 0 < s by apply Rmult_lt_0_compat. have b0 := bowl_pos s s0.
  have ratio : 1 + s / bowl s <= mass_estimate delta e / e.
  { unfold mass_estimate. replace ((e + density delta * filter_radius delta e) / e) with (1 + density delta * filter_radius delta e / e) by (field; lra).
    apply Rplus_le_compat_l, (Rmult_le_reg_r (e * bowl s)); [apply Rmult_lt_0_compat; lra|].
    replace (s / bowl s * (e * bowl s)) with (s * e) by (field; lra).
    replace (density delta * filter_radius delta e / e * (e * bowl s)) with (s * (density delta / delta * bowl s)) by (unfold s; field; lra).
    apply Rmult_le_compat_l; lra. }
  have r0 : 0 < mass_estimate delta e / e by (have := Rdiv_lt_0_compat s (bowl s) s0 b0; lra).
  have q0 : 0 < 1 - exp (- reach_in_units delta e).
  { have : exp (- reach_in_units delta e) < exp 0; [|rewrite exp_0; lra]. apply exp_increasing.
    unfold reach_in_units. have : 0 < reach_on delta e * delta by apply Rmult_lt_0_compat. lra. }
  have c : (1 - exp (- reach_in_units delta e)) / s <= cbrt (mass_estimate delta e / e).
  { rewrite -(cbrt_cube ((1 - exp (- reach_in_units delta e)) / s)); [|by apply Rdiv_lt_0_compat].
    apply cbrt_le; [apply pow_lt; by apply Rdiv_lt_0_compat | lra]. }
  have M := moved_form delta e dp H. have F := end_mass_form delta e dp He.
  have : density delta / delta * (1 - exp (- (reach_on delta e * delta))) <= density delta * filter_radius delta e * cbrt (mass_estimate delta e / e).
  { replace (density delta / delta * (1 - exp (- (reach_on delta e * delta))))
      with (density delta * filter_radius delta e * ((1 - exp (- reach_in_units delta e)) / s)) by (unfold s, reach_in_units; field; lra).
    apply Rmult_le_compat_l => //. apply Rmult_le_pos; lra. }
  lra.
Qed.

(** The boxes of FirstTurn.v, for all these Delta at once: s = x Delta is above 0.332 from u = 0.67 on. *)
Lemma moved_at_turn delta e_cr : 3 / 2 <= delta -> first_turn delta e_cr -> moved delta e_cr <= end_mass delta e_cr.
Proof.
  intros Hd T. have dp : 0 < delta by lra. have [H _] := T.
  destruct (first_turn_exists delta Hd) as [t [Ht U]]. rewrite -(first_turn_only delta e_cr t T Ht) in U.
  apply moved_at => //.
  have Hs : slice (3 / 2) 0 delta by split => //; left; apply Rinv_0_lt_compat, pow_lt; lra.
  unfold bowl. destruct (Rle_lt_dec (reach_in_units delta e_cr) (37 / 50)) as [K|K].
  - have S : 33 / 100 <= radius_on delta e_cr * delta <= 42 / 100.
    { apply (s_between (3 / 2) 0 (4 / 9) (67 / 100) (37 / 50) (33 / 100) (42 / 100)) => //; first [lra | numbers]. }
    move: (radius_on delta e_cr * delta) (reach_in_units delta e_cr) S U K => s u S U K.
    apply Rminus_le. interval with (i_prec 40, i_bisect s, i_depth 12).
  - have S : 38 / 100 <= radius_on delta e_cr * delta <= 47 / 100.
    { apply (s_between (3 / 2) 0 (4 / 9) (37 / 50) (4 / 5) (38 / 100) (47 / 100)) => //; first [lra | numbers]. }
    move: (radius_on delta e_cr * delta) (reach_in_units delta e_cr) S U K => s u S U K.
    apply Rminus_le. interval with (i_prec 40, i_bisect s, i_depth 12).
Qed.

Lemma cdf_1 : 13 / 20 < cdf 1.
Proof.
  have [s _] := cdf_step_strict 0 1 ltac:(lra) ltac:(lra). rewrite cdf_0 in s.
  have d1 : 24 / 100 <= density 1 by unfold density; interval with (i_prec 30). lra.
Qed.
Lemma loss_up_to_turn delta e_cr kappa : 3 / 2 <= delta -> first_turn delta e_cr -> 0 < kappa <= e_cr ->
  density 0 ^ 2 * loss delta kappa <= moved delta kappa ^ 2.
Proof.
  intros Hd T Hk. have dp : 0 < delta by lra. have H := in_domain_before delta dp kappa e_cr Hk (proj1 T).
  have [_ [_ g0]] := curve_pos delta dp kappa H. have [_ E] := on_curve delta dp kappa H.
  have [_ [_ [_ [_ top]]]] := up_to_first_turn delta e_cr kappa Hd T Hk.
  change (filter_radius delta (mass_estimate delta kappa)) with (reach_on delta kappa) in top.
  have [_ [y0 _]] := curve_pos delta dp kappa H. have M := moved_form delta kappa dp H.
  have [_ st] := cdf_step delta (reach_on delta kappa + delta) ltac:(lra) ltac:(lra).
  replace (reach_on delta kappa + delta - delta) with (reach_on delta kappa) in st by ring.
  have c := cdf_1. change (loss delta kappa) with (loss_of_shift (shift_on delta kappa)).
  have -> : moved delta kappa = cdf (shift_on delta kappa) - 1 / 2 by rewrite E.
  apply loss_below_mass. split; [lra|]. apply cdf_le_inv. rewrite E. unfold moved in M. lra.
Qed.

Lemma C_2_holds delta e_cr kappa : 3 / 2 <= delta -> first_turn delta e_cr -> 0 < kappa <= e_cr ->
  loss delta kappa <= C_2 delta e_cr * Rpower kappa (2 / 9).
Proof.
  intros Hd T Hk. have dp : 0 < delta by lra. have [c0 _] := C_bar_small delta e_cr e_cr Hd T ltac:(lra).
  have [Hc [Hm [Hx Hy]]] := first_turn_radii delta e_cr Hd T.
  have L := loss_up_to_turn delta e_cr kappa Hd T Hk. have M := moved_at_turn delta e_cr Hd T.
  have S := moved_share delta dp kappa e_cr (proj1 Hk) (proj2 Hk) (proj1 T) ltac:(unfold radius_on; lra)
    ltac:(unfold reach_on; nra).
  rewrite C_2_power; [|lra]. have k0 : 0 < Rpower kappa (1 / 9) by apply exp_pos. have e0 : 0 < Rpower e_cr (1 / 9) by apply exp_pos.
  have m0 : 0 <= moved delta kappa.
  { have H := in_domain_before delta dp kappa e_cr Hk (proj1 T). have [_ [y0 _]] := curve_pos delta dp kappa H.
    have := shift_mass_above delta (reach_on delta kappa) y0. unfold moved. lra. }
  have below : moved delta kappa <= C_bar delta e_cr * Rpower kappa (1 / 9).
  { apply (Rmult_le_reg_r (Rpower e_cr (1 / 9))) => //. apply Rle_trans with (1 := S).
    replace (C_bar delta e_cr * Rpower kappa (1 / 9) * Rpower e_cr (1 / 9)) with (end_mass delta e_cr * Rpower kappa (1 / 9))
      by (unfold end_mass; ring). apply Rmult_le_compat_r; lra. }
  have t0 : 0 < end_mass delta e_cr by apply Rmult_lt_0_compat.
  have p := density_pos (end_mass delta e_cr). have q := density_antitone_le 0 (end_mass delta e_cr) ltac:(lra) ltac:(lra).
  move: (C_bar delta e_cr * Rpower kappa (1 / 9)) (density (end_mass delta e_cr)) (density 0) (moved delta kappa) L m0 below p q
    => a f f0 m L m0 below p q. replace ((a / f) ^ 2) with (a ^ 2 / f ^ 2) by (field; lra).
  have l0 : 0 <= loss delta kappa by apply nonneg_fraction; [apply pow2_ge_0 | have := pow2_ge_0 (shift_on delta kappa); unfold shift_on; lra].
  have f2 : f ^ 2 <= f0 ^ 2 by apply pow_incr; lra. have m2 : m ^ 2 <= a ^ 2 by apply pow_incr; lra.
  have f20 : 0 < f ^ 2 by apply pow_lt.
  apply (Rmult_le_reg_r (f ^ 2)) => //. rewrite div_mul //.
  have : loss delta kappa * f ^ 2 <= loss delta kappa * f0 ^ 2 by apply Rmult_le_compat_l. lra.
Qed.

(** * Where l(eps-hat) Delta <= 1/5, as with the printed eps_cr: too small an eps for the display. *)
Lemma bowl_square u : 0 <= u <= 1 / 5 -> bowl u <= 103 / 100 * u ^ 2.
Proof.
  have slope : forall z, 0 <= z <= 1 / 5 -> exp z - exp (- z) <= 206 / 100 * z.
  { apply (compare (fun z => exp z - exp (- z)) (fun z => exp z + exp (- z)) (fun z => 206 / 100 * z) (fun _ => 206 / 100) 0 (1 / 5)).
    - intros z _. auto_derive => //. ring.
    - intros z _. auto_derive => //. ring.
    - intros z Hz. interval with (i_prec 40, i_bisect z).
    - rewrite Ropp_0. lra. }
  intros Hu. apply (compare bowl (fun z => exp z - exp (- z)) (fun z => 103 / 100 * z ^ 2) (fun z => 206 / 100 * z) 0 (1 / 5)) => //.
  - intros z _. unfold bowl. auto_derive => //. ring.
  - intros z _. auto_derive => //. field.
  - intros z Hz. apply slope. lra.
  - rewrite /bowl Ropp_0 exp_0. lra.
Qed.
Lemma early_sign t f f0 m g : 0 < t <= 1 / 100 -> 39 / 100 <= f0 -> f0 * (1 - t ^ 2 / 2) <= f -> 11 / 10 * t <= m -> m <= g * f0 ->
  (t / f) ^ 2 < loss_of_shift g.
Proof.
  intros Ht F0 F M G. have t2 : 0 <= t ^ 2 <= 1 / 10000 by split; [apply pow2_ge_0 | nra].
  have f1 : 99 / 100 * f0 <= f by nra.
  have k : 11 / 10 * (t / f0) <= g.
  { apply (Rmult_le_reg_r f0); [lra|]. have -> : 11 / 10 * (t / f0) * f0 = 11 / 10 * t by field; lra. lra. }
  have q0 : 0 < t / f0 by apply Rdiv_lt_0_compat; lra.
  have q1 : t / f0 <= 1 / 30.
  { apply (Rmult_le_reg_r f0); [lra|]. rewrite div_mul; lra. }
  have small : t / f <= 100 / 99 * (t / f0).
  { apply (Rmult_le_reg_r (f * f0)); [nra|]. have -> : t / f * (f * f0) = t * f0 by field; lra.
    have -> : 100 / 99 * (t / f0) * (f * f0) = t * (100 / 99 * f) by field; lra. apply Rmult_le_compat_l; lra. }
  have pos : 0 < t / f by apply Rdiv_lt_0_compat; lra.
  move: (t / f0) (t / f) k q0 q1 small pos => k q kg k0 k1 qk q0. clear - kg k0 k1 qk q0.
  have a : q ^ 2 <= (100 / 99 * k) ^ 2 by apply pow_incr; lra.
  have b : (11 / 10 * k) ^ 2 <= g ^ 2 by apply pow_incr; lra.
  have c : 0 < k ^ 2 by apply pow_lt. have k2 : k ^ 2 <= (1 / 30) ^ 2 by apply pow_incr; lra.
  rewrite Rpow_mult_distr in a. rewrite Rpow_mult_distr in b.
  unfold loss_of_shift. apply (Rmult_lt_reg_r (1 + g ^ 2)); [lra|]. rewrite div_mul; [|lra].
  move: (q ^ 2) (g ^ 2) (k ^ 2) a b c k2 => u v w a b c k2.
  have : u <= 12 / 10000 by lra. intros K.
  have : u * v <= 12 / 10000 * v by apply Rmult_le_compat_r; lra. lra.
Qed.
Lemma C_2_fails_early delta e : 3 / 2 <= delta -> in_domain delta e -> reach_in_units delta e <= 1 / 5 ->
  C_2 delta e * Rpower e (2 / 9) < loss delta e.
Proof.
  intros Hd H Hu. have dp : 0 < delta by lra. have [x0 [y0 g0]] := curve_pos delta dp e H. have [He _] := H.
  have p := density_pos delta. have R := radius_upper delta e dp H. have M := moved_form delta e dp H.
  have F := end_mass_form delta e dp He. have Q := deficit_quadratic delta (radius_on delta e) dp ltac:(lra).
  have [_ Ex] := filter_radius_spec delta dp e ltac:(lra). change (filter_radius delta e) with (radius_on delta e) in Ex, F. rewrite Ex in Q.
  have I := estimate_inside delta dp e H. have [_ Ey] := filter_radius_spec delta dp (mass_estimate delta e) ltac:(lra).
  change (filter_radius delta (mass_estimate delta e)) with (reach_on delta e) in Ey.
  have B := deficit_bowl delta (reach_on delta e) dp ltac:(lra). rewrite Ey in B.
  have [st _] := cdf_step delta (reach_on delta e + delta) ltac:(lra) ltac:(lra).
  replace (reach_on delta e + delta - delta) with (reach_on delta e) in st by ring.
  have [_ E] := on_curve delta dp e H. unfold reach_in_units in Hu.
  set x := radius_on delta e in x0 R Q F Ex |- *. set y := reach_on delta e in y0 Hu R B st M E |- *.
  set s := x * delta. set u := y * delta in Hu. have u0 : 0 < u by apply Rmult_lt_0_compat. have s0 : 0 < s by apply Rmult_lt_0_compat.
  have y1 : y <= 2 / 15 by unfold u in Hu; nra.
  have su : s <= u ^ 2 * exp u.
  { have : x * delta <= delta * y ^ 2 * exp (y * delta) * delta by apply Rmult_le_compat_r; lra.
    replace (delta * y ^ 2 * exp (y * delta) * delta) with (u ^ 2 * exp u) by (unfold u; ring). by []. }
  have s1 : s <= 5 / 100.
  { apply Rle_trans with (1 := su). clear - u0 Hu. interval with (i_prec 40). }
  have x1 : x <= 4 / 100 by unfold s in s1; nra.
  (* the tail between Delta and y + Delta *)
  have low : 81 / 100 * (density delta * y) <= cdf (y + delta) - cdf delta.
  { have : 81 / 100 * density delta <= density (y + delta); [|nra]. rewrite Rplus_comm density_shift Rmult_comm.
    apply Rmult_le_compat_l; [lra|]. replace (- y * (delta + y / 2)) with (- u - y ^ 2 / 2) by (unfold u; field).
    clear - u0 Hu y0 y1. interval with (i_prec 40). }
  (* the cube root *)
  have ratio : mass_estimate delta e / e <= 1 + 1001 / 1000 / s.
  { unfold mass_estimate. change (filter_radius delta e) with x.
    replace ((e + density delta * x) / e) with (1 + density delta * x / e) by (field; lra). apply Rplus_le_compat_l.
    have bell : 1 <= 1001 / 1000 * exp (- x ^ 2 / 2) by clear - x0 x1; interval with (i_prec 40).
    apply (Rmult_le_reg_r (e * s)); [apply Rmult_lt_0_compat; lra|].
    replace (density delta * x / e * (e * s)) with (delta * density delta * x ^ 2 * 1) by (unfold s; field; lra).
    replace (1001 / 1000 / s * (e * s)) with (1001 / 1000 * e) by (field; lra).
    apply Rle_trans with (delta * density delta * x ^ 2 * (1001 / 1000 * exp (- x ^ 2 / 2))).
    - apply Rmult_le_compat_l => //. apply Rmult_le_pos; [|apply pow2_ge_0]. apply Rmult_le_pos; lra.
    - have : 1001 / 1000 * (delta * density delta * exp (- x ^ 2 / 2) * x ^ 2) <= 1001 / 1000 * e by apply Rmult_le_compat_l; lra. lra. }
  have r0 : 0 < mass_estimate delta e / e by apply Rdiv_lt_0_compat; lra.
  have root : x * cbrt (mass_estimate delta e / e) <= 69 / 100 * y.
  { have c : cbrt (mass_estimate delta e / e) <= 69 / 100 * (u / s).
    { have q0 : 0 < 69 / 100 * (u / s) by apply Rmult_lt_0_compat; [lra | by apply Rdiv_lt_0_compat].
      rewrite -(cbrt_cube (69 / 100 * (u / s))) //. apply cbrt_le => //. apply Rle_trans with (1 := ratio).
      apply (Rmult_le_reg_r (s ^ 3)); [by apply pow_lt|].
      replace ((1 + 1001 / 1000 / s) * s ^ 3) with (s ^ 2 * (s + 1001 / 1000)) by (field; lra).
      replace ((69 / 100 * (u / s)) ^ 3 * s ^ 3) with ((69 / 100) ^ 3 * u ^ 3) by (field; lra).
      apply Rle_trans with ((u ^ 2 * exp u) ^ 2 * (105101 / 100000)).
      - apply Rmult_le_compat; [apply pow2_ge_0 | lra | apply pow_incr; lra | lra].
      - replace ((u ^ 2 * exp u) ^ 2 * (105101 / 100000)) with (u ^ 3 * (u * exp u ^ 2 * (105101 / 100000))) by ring.
        rewrite (Rmult_comm ((69 / 100) ^ 3)). apply Rmult_le_compat_l; [left; by apply pow_lt|].
        clear - u0 Hu. interval with (i_prec 40). }
    apply Rle_trans with (x * (69 / 100 * (u / s))); [apply Rmult_le_compat_l; lra|]. right. unfold u, s. field. lra. }
  (* so C-bar eps^(1/9) is less than 10/11 of tau *)
  have hat : mass_estimate delta e <= 21 / 100 * (density delta * y).
  { apply Rle_trans with (1 := B). have : bowl u <= 21 / 100 * u by have := bowl_square u ltac:(lra); nra.
    fold u. intros K. replace (21 / 100 * (density delta * y)) with (density delta / delta * (21 / 100 * u)) by (unfold u; field; lra).
    apply Rmult_le_compat_l => //. apply Rlt_le, Rdiv_lt_0_compat; lra. }
  have ft : 0 < density delta * y <= 2 / 100.
  { split; [by apply Rmult_lt_0_compat|]. have d1 : density delta <= 13 / 100.
    { apply Rle_trans with (density (3 / 2)); [apply density_antitone_le; lra | unfold density; interval with (i_prec 30)]. }
    apply Rle_trans with (13 / 100 * (2 / 15)); [apply Rmult_le_compat; lra | lra]. }
  have rp : density delta * x * cbrt (mass_estimate delta e / e) <= 69 / 100 * (density delta * y).
  { rewrite Rmult_assoc. replace (69 / 100 * (density delta * y)) with (density delta * (69 / 100 * y)) by ring. apply Rmult_le_compat_l; lra. }
  have t0 : 0 < end_mass delta e.
  { have : 0 < density delta * x * cbrt (mass_estimate delta e / e) by apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat | apply cbrt_pos]. lra. }
  have wide : 11 / 10 * end_mass delta e <= moved delta e by lra.
  have t1 : end_mass delta e <= 1 / 100 by lra.
  have Hm : moved delta e = cdf (shift_on delta e) - 1 / 2 by rewrite E.
  have [_ gs] := cdf_step 0 (shift_on delta e) ltac:(lra) ltac:(lra). rewrite cdf_0 Rminus_0_r -Hm in gs.
  rewrite C_2_power; [|lra]. change (C_bar delta e * Rpower e (1 / 9)) with (end_mass delta e).
  change (loss delta e) with (loss_of_shift (shift_on delta e)).
  have near : density 0 * (1 - end_mass delta e ^ 2 / 2) <= density (end_mass delta e).
  { rewrite (density_exp0 (end_mass delta e)). apply Rmult_le_compat_l; [left; apply density_pos|]. have := exp_ineq1_le (- end_mass delta e ^ 2 / 2). lra. }
  have f0 : 39 / 100 <= density 0 by unfold density; interval with (i_prec 30).
  apply early_sign with (density 0) (moved delta e) => //; lra.
Qed.

(** The printed values are as early as that. *)
Lemma early delta e x : 0 < delta -> 0 < e -> 0 < x -> e <= delta * density delta * exp (- x ^ 2 / 2) * x ^ 2 ->
  e + density delta * x <= delta * density delta * exp (- (1 / (5 * delta)) ^ 2 / 2) * (1 / (5 * delta)) ^ 2 ->
  in_domain delta e /\ reach_in_units delta e <= 1 / 5.
Proof.
  intros dp e0 x0 A B. have y0 : 0 < 1 / (5 * delta) by apply Rdiv_lt_0_compat; lra.
  have Qx := deficit_quadratic delta x dp ltac:(lra). have Qy := deficit_quadratic delta (1 / (5 * delta)) dp ltac:(lra).
  have Bx := mass_deficit_below delta x dp. have By := mass_deficit_below delta (1 / (5 * delta)) dp.
  have He : 0 < e < central_mass delta by lra. have p := density_pos delta.
  have [l0 El] := filter_radius_spec delta dp e ltac:(lra).
  have lx : filter_radius delta e <= x by apply (mass_deficit_le_inv delta dp); lra.
  have hat : mass_estimate delta e <= mass_deficit delta (1 / (5 * delta)).
  { unfold mass_estimate. have : density delta * filter_radius delta e <= density delta * x by apply Rmult_le_compat_l; lra. lra. }
  have H : in_domain delta e by split => //; lra. split => //.
  have I := estimate_inside delta dp e H. have [y1 Ey] := filter_radius_spec delta dp (mass_estimate delta e) ltac:(lra).
  have : reach_on delta e <= 1 / (5 * delta) by apply (mass_deficit_le_inv delta dp); [by [] | lra | unfold reach_on; lra].
  intros K. unfold reach_in_units. have : reach_on delta e * delta <= 1 / (5 * delta) * delta by apply Rmult_le_compat_r; lra.
  have -> : 1 / (5 * delta) * delta = 1 / 5 by field; lra. by [].
Qed.
Lemma printed_early delta e : (delta = 2 /\ e = 81 / 10 ^ 7) \/ (delta = 3 /\ e = 12 / 10 ^ 10) \/ (delta = 4 /\ e = 14 / 10 ^ 15) ->
  in_domain delta e /\ reach_in_units delta e <= 1 / 5.
Proof.
  intros [[-> ->]|[[-> ->]|[-> ->]]]; (apply (early _ _ (1 / 110)); [lra | lra | lra | |]); unfold density; interval with (i_prec 60).
Qed.

(** claim: c2-bound
    paper: Section III and Appendix B, "we further upper bound this function by C_2(Delta) (c/k)^(2/9)"
    proves: repaired statement, for every Delta >= 3/2, with the true eps_cr; printed refuted, at c/k = eps_cr, for the printed ones, and for every Delta >= 3/2 and every eps with l(eps-hat) Delta <= 1/5 in the place of eps_cr
    seeded: loss delta kappa <= C_2 delta e_cr * Rpower kappa (2 / 9)) /\ ==> loss delta kappa <= C_2 delta e_cr * Rpower kappa (1 / 2)) /\ *)
Theorem c2_bound :
  (forall delta e_cr kappa, 3 / 2 <= delta -> first_turn delta e_cr -> 0 < kappa <= e_cr ->
    loss delta kappa <= C_2 delta e_cr * Rpower kappa (2 / 9)) /\
  (forall delta e, 3 / 2 <= delta -> in_domain delta e -> reach_in_units delta e <= 1 / 5 ->
    C_2 delta e * Rpower e (2 / 9) < loss delta e) /\
  C_2 2 (81 / 10 ^ 7) * Rpower (81 / 10 ^ 7) (2 / 9) < loss 2 (81 / 10 ^ 7) /\
  C_2 3 (12 / 10 ^ 10) * Rpower (12 / 10 ^ 10) (2 / 9) < loss 3 (12 / 10 ^ 10) /\
  C_2 4 (14 / 10 ^ 15) * Rpower (14 / 10 ^ 15) (2 / 9) < loss 4 (14 / 10 ^ 15).
Proof.
  split; [exact C_2_holds|]. split; [exact C_2_fails_early|].
  split; [|split]; (apply C_2_fails_early; [lra | apply printed_early; lra | apply printed_early; lra]).
Qed.

(** * C_2 is small: in units of (phi(Delta)/Delta)^(16/9) it is a function of s = x Delta and d = 1/Delta^2 at the
    turn, which grows with s. *)
Lemma deficit_scaled delta x : 0 < delta -> mass_deficit delta x = density delta / delta * RInt (kern (/ delta ^ 2)) 0 (x * delta).
Proof.
  intros dp. have P := pull_integral delta 0 x. rewrite mass_deficit_0 Rminus_0_r in P. rewrite P.
  have C := is_RInt_comp_lin (V := R_NormedModule) (kern (/ delta ^ 2)) delta 0 0 x.
  rewrite !Rplus_0_r Rmult_0_r (Rmult_comm delta) in C.
  have K := C _ (RInt_correct (V := R_CompleteNormedModule) _ _ _ (kern_integrable _ _ _)).
  have L := is_RInt_scal _ 0 x delta _ (RInt_correct (V := R_CompleteNormedModule) _ _ _ (pull_integrable delta 0 x)).
  apply integral_value in K. apply integral_value in L. rewrite -K.
  have -> : RInt (fun y => scal delta (kern (/ delta ^ 2) (delta * y + 0))) 0 x = RInt (fun t => scal delta (pull delta t)) 0 x.
  { apply RInt_ext => t _. rewrite pull_scaled //. do 2 f_equal. ring. }
  rewrite L /scal /= /mult /=. field. lra.
Qed.

(** Above ((K + s) + s (1 + s/K)^(1/3))/K^(1/9), K = eps Delta/phi(Delta). *)
Definition share_up d0 d1 s := Rpower (kern_up d0 s - kern_up d0 0) (8 / 9)
  + (s + s * Rpower (1 + s / (kern_low d1 s - kern_low d1 0)) (1 / 3)) / Rpower (kern_low d1 s - kern_low d1 0) (1 / 9).
Lemma share_bound d0 d1 d s : 0 <= d0 -> d0 <= d <= d1 -> 0 < s -> 0 < kern_low d1 s - kern_low d1 0 ->
  let K := RInt (kern d) 0 s in 0 < K /\ K + s + s * cbrt (1 + s / K) <= share_up d0 d1 s * Rpower K (1 / 9).
Proof.
  intros H0 Hd s0 low K. have [Kl Ku] := kern_integral_between d d0 d1 0 s Hd H0 ltac:(lra). fold K in Kl, Ku.
  have K0 : 0 < K by lra. split => //. unfold share_up.
  set a := kern_low d1 s - kern_low d1 0 in low, Kl |- *. set b := kern_up d0 s - kern_up d0 0 in Ku |- *.
  have k0 : 0 < Rpower K (1 / 9) by apply exp_pos. have a0 : 0 < Rpower a (1 / 9) by apply exp_pos.
  have ak : Rpower a (1 / 9) <= Rpower K (1 / 9) by apply Rle_Rpower_l; lra.
  have first : K <= Rpower b (8 / 9) * Rpower K (1 / 9).
  { have split_off : Rpower K (8 / 9) * Rpower K (1 / 9) = K.
    { rewrite -Rpower_plus. have -> : 8 / 9 + 1 / 9 = 1 by field. by apply Rpower_1. }
    apply Rle_trans with (Rpower K (8 / 9) * Rpower K (1 / 9)); [lra|]. apply Rmult_le_compat_r; [lra | apply Rle_Rpower_l; lra]. }
  have root : cbrt (1 + s / K) <= Rpower (1 + s / a) (1 / 3).
  { have q : 0 < s / K by apply Rdiv_lt_0_compat. apply Rle_Rpower_l; [lra|]. split; [lra|]. apply Rplus_le_compat_l, Rmult_le_compat_l; [lra|].
    apply Rinv_le_contravar; lra. }
  have c0 := cbrt_pos (1 + s / K).
  have second : s + s * cbrt (1 + s / K) <= (s + s * Rpower (1 + s / a) (1 / 3)) / Rpower a (1 / 9) * Rpower K (1 / 9).
  { have m : s + s * cbrt (1 + s / K) <= s + s * Rpower (1 + s / a) (1 / 3) by apply Rplus_le_compat_l, Rmult_le_compat_l; lra.
    have n : 0 < s * cbrt (1 + s / K) by apply Rmult_lt_0_compat.
    apply (Rmult_le_reg_r (Rpower a (1 / 9))) => //.
    replace ((s + s * Rpower (1 + s / a) (1 / 3)) / Rpower a (1 / 9) * Rpower K (1 / 9) * Rpower a (1 / 9))
      with ((s + s * Rpower (1 + s / a) (1 / 3)) * Rpower K (1 / 9)) by (field; lra).
    apply Rmult_le_compat; lra. }
  lra.
Qed.

Lemma C_2_slice D0 d0 d1 ub sl su :
  3 / 2 <= D0 -> 0 <= d0 /\ / D0 ^ 2 <= d1 -> 67 / 100 <= ub -> 0 < sl <= 67 / 100 ->
  sl <= kern_low d1 (67 / 100) - kern_low d1 sl -> 0 <= su <= ub /\ su <= 415 / 1000 -> kern_up d0 ub - kern_up d0 su <= su ->
  (forall s, sl <= s <= su -> 0 < kern_low d1 s - kern_low d1 0 /\ share_up d0 d1 s <= 1453 / 1000) ->
  (forall delta eps, slice D0 d0 delta -> in_domain delta eps -> ub <= reach_in_units delta eps <= ub ->
    0 < criterion_on delta eps) ->
  forall delta e_cr, slice D0 d0 delta -> first_turn delta e_cr ->
    C_2 delta e_cr < 10 / 3 * Rpower (density delta / delta) (16 / 9) /\ e_cr < 7 / 40 * (density delta / delta).
Proof.
  intros H1 H2 wide H3 H4 H5 H6 share positive delta e_cr Hs T. have [Hd _] := Hs. have dp : 0 < delta by lra. have [H _] := T.
  have below := turn_before D0 d0 ub ltac:(lra) ltac:(lra) positive delta e_cr Hs T.
  destruct (first_turn_exists delta ltac:(lra)) as [e [He [low _]]]. rewrite -(first_turn_only delta e_cr e T He) in low.
  have S := s_between D0 d0 d1 (67 / 100) ub sl su ltac:(lra) H2 ltac:(lra) H4 ltac:(lra) H6 delta e_cr Hs H ltac:(lra).
  have db := d_between D0 d0 d1 ltac:(lra) H2 delta Hs.
  have p0 : 0 < density delta / delta by apply Rdiv_lt_0_compat => //; apply density_pos.
  have p1 : density delta / delta <= 87 / 1000.
  { apply Rle_trans with (13 / 100 * / (3 / 2)); [|lra]. apply Rmult_le_compat; [left; apply density_pos | left; by apply Rinv_0_lt_compat | | apply Rinv_le_contravar; lra].
    apply Rle_trans with (density (3 / 2)); [apply density_antitone_le; lra | unfold density; interval with (i_prec 30)]. }
  clear e He. have [He _] := H. have F := end_mass_form delta e_cr dp He.
  have E := deficit_scaled delta (radius_on delta e_cr) dp. unfold radius_on in E, S.
  have [_ Ex] := filter_radius_spec delta dp e_cr ltac:(lra). rewrite Ex in E.
  have sx : density delta * filter_radius delta e_cr = density delta / delta * (filter_radius delta e_cr * delta) by field; lra.
  unfold mass_estimate in F. rewrite sx in F.
  have top : RInt (kern (/ delta ^ 2)) 0 (filter_radius delta e_cr * delta) <= bowl (filter_radius delta e_cr * delta).
  { apply (Rmult_le_reg_l (density delta / delta)) => //. rewrite -E -{1}Ex. apply deficit_bowl => //. left. by apply filter_radius_pos. }
  have [K0 M] := share_bound d0 d1 (/ delta ^ 2) (filter_radius delta e_cr * delta) (proj1 H2) db ltac:(lra) (proj1 (share _ S)).
  have B := proj2 (share _ S).
  move: (filter_radius delta e_cr * delta) (RInt (kern (/ delta ^ 2)) 0 (filter_radius delta e_cr * delta)) (density delta / delta)
    S E F K0 M top p0 p1 B => s K p S E F K0 M top p0 p1 B.
  have K1 : K < 7 / 40.
  { apply Rle_lt_trans with (1 := top). unfold bowl. have s5 : sl <= s <= 415 / 1000 by lra. have s6 : 0 <= s <= 415 / 1000 by lra.
    clear - s6. interval with (i_prec 40, i_bisect s). }
  have r : (e_cr + p * s) / e_cr = 1 + s / K by rewrite E; field; lra. rewrite r in F.
  have k0 : 0 < Rpower K (1 / 9) by apply exp_pos.
  have k1 : Rpower K (1 / 9) <= 1.
  { apply Rle_trans with (Rpower 1 (1 / 9)); [apply Rle_Rpower_l; lra | rewrite /Rpower ln_1 Rmult_0_r exp_0; lra]. }
  have t1 : 2 * end_mass delta e_cr <= p * (1453 / 1000 * Rpower K (1 / 9)).
  { have : p * (K + s + s * cbrt (1 + s / K)) <= p * (1453 / 1000 * Rpower K (1 / 9)).
    { apply Rmult_le_compat_l; [lra|]. apply Rle_trans with (1 := M). apply Rmult_le_compat_r; lra. } lra. }
  have t0 : 0 < end_mass delta e_cr.
  { have : 0 < p * s * cbrt (1 + s / K) by apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; lra | apply cbrt_pos].
    have : 0 < p * K + p * s by nra. lra. }
  have e9 : Rpower e_cr (2 / 9) = Rpower p (2 / 9) * Rpower K (1 / 9) ^ 2.
  { rewrite E -Rpower_mult_distr //. f_equal. have -> : 2 / 9 = 1 / 9 + 1 / 9 by field. rewrite Rpower_plus. ring. }
  have p2 : Rpower p (16 / 9) * Rpower p (2 / 9) = p ^ 2.
  { rewrite -Rpower_plus. have -> : 16 / 9 + 2 / 9 = INR 2 by simpl; field. by rewrite Rpower_pow. }
  have e0 : 0 < Rpower e_cr (2 / 9) by apply exp_pos.
  split; [|rewrite E Rmult_comm; apply Rmult_lt_compat_r; lra].
  apply (Rmult_lt_reg_r (Rpower e_cr (2 / 9))) => //. rewrite C_2_power; [|lra].
  change (C_bar delta e_cr * Rpower e_cr (1 / 9)) with (end_mass delta e_cr).
  rewrite e9. replace (10 / 3 * Rpower p (16 / 9) * (Rpower p (2 / 9) * Rpower K (1 / 9) ^ 2))
    with (10 / 3 * (Rpower p (16 / 9) * Rpower p (2 / 9)) * Rpower K (1 / 9) ^ 2) by ring. rewrite p2.
  have f : density 0 * (1 - end_mass delta e_cr ^ 2 / 2) <= density (end_mass delta e_cr).
  { rewrite (density_exp0 (end_mass delta e_cr)). apply Rmult_le_compat_l; [left; apply density_pos|]. have := exp_ineq1_le (- end_mass delta e_cr ^ 2 / 2). lra. }
  have f0 : 39894 / 100000 <= density 0 by unfold density; interval with (i_prec 40).
  move: (end_mass delta e_cr) (density (end_mass delta e_cr)) (density 0) (Rpower K (1 / 9)) t0 t1 k0 k1 f f0 => t ft z k t0 t1 k0 k1 f f0.
  clear - t0 t1 k0 k1 f f0 p0 p1.
  have pk : 0 < p * k by apply Rmult_lt_0_compat. have pk1 : p * k <= 87 / 1000 * 1 by apply Rmult_le_compat; lra.
  have t2 : t ^ 2 <= (1453 / 2000 * (87 / 1000)) ^ 2 by apply pow_incr; lra.
  have ft1 : 39894 / 100000 * (998 / 1000) <= ft.
  { apply Rle_trans with (2 := f). apply Rmult_le_compat; lra. }
  have tk : t ^ 2 <= (1453 / 2000) ^ 2 * (p * k) ^ 2 by rewrite -Rpow_mult_distr; apply pow_incr; lra.
  have f2 : (39894 / 100000 * (998 / 1000)) ^ 2 <= ft ^ 2 by apply pow_incr; lra.
  have pk2 : 0 < (p * k) ^ 2 by apply pow_lt.
  replace ((t / ft) ^ 2) with (t ^ 2 / ft ^ 2) by (field; lra).
  replace (10 / 3 * p ^ 2 * k ^ 2) with (10 / 3 * (p * k) ^ 2) by ring.
  apply (Rmult_lt_reg_r (ft ^ 2)); [lra|]. rewrite div_mul; [|lra].
  have : 10 / 3 * (p * k) ^ 2 * (39894 / 100000 * (998 / 1000)) ^ 2 <= 10 / 3 * (p * k) ^ 2 * ft ^ 2 by apply Rmult_le_compat_l; lra.
  lra.
Qed.
Ltac share := intros; unfold share_up, Rpower, kern_up, kern_low; split;
  match goal with s : R |- _ => interval with (i_prec 50, i_bisect s, i_taylor s, i_degree 8, i_depth 14) end.


Lemma convex_0 : forall delta eps, slice 3 0 delta -> in_domain delta eps ->
  (367 / 500) <= reach_in_units delta eps <= (367 / 500) -> 0 < criterion_on delta eps.
Proof. refine (positive_box 3 0 (1 / 9) (201 / 100000) (367 / 500) (367 / 500) (7927 / 20000) (10017 / 25000) (107057 / 100000) (5417 / 5000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma C_2_0 : forall delta e_cr, slice 3 0 delta -> first_turn delta e_cr ->
  C_2 delta e_cr < 10 / 3 * Rpower (density delta / delta) (16 / 9) /\ e_cr < 7 / 40 * (density delta / delta).
Proof. refine (C_2_slice 3 0 (1 / 9) (367 / 500) (17 / 50) (10017 / 25000) _ _ _ _ _ _ _ _ convex_0); first [numbers | share]. Qed.

Lemma convex_1 : forall delta eps, slice (9 / 4) (1 / 9) delta -> in_domain delta eps ->
  (367 / 500) <= reach_in_units delta eps <= (367 / 500) -> 0 < criterion_on delta eps.
Proof. refine (positive_box (9 / 4) (1 / 9) (16 / 81) (947 / 50000) (367 / 500) (367 / 500) (7859 / 20000) (39641 / 100000) (106041 / 100000) (10707 / 10000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma C_2_1 : forall delta e_cr, slice (9 / 4) (1 / 9) delta -> first_turn delta e_cr ->
  C_2 delta e_cr < 10 / 3 * Rpower (density delta / delta) (16 / 9) /\ e_cr < 7 / 40 * (density delta / delta).
Proof. refine (C_2_slice (9 / 4) (1 / 9) (16 / 81) (367 / 500) (33 / 100) (39641 / 100000) _ _ _ _ _ _ _ _ convex_1); first [numbers | share]. Qed.

Lemma convex_2 : forall delta eps, slice (15 / 8) (16 / 81) delta -> in_domain delta eps ->
  (741 / 1000) <= reach_in_units delta eps <= (741 / 1000) -> 0 < criterion_on delta eps.
Proof. refine (positive_box (15 / 8) (16 / 81) (64 / 225) (4949 / 100000) (741 / 1000) (741 / 1000) (39533 / 100000) (7981 / 20000) (106277 / 100000) (53743 / 50000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma C_2_2 : forall delta e_cr, slice (15 / 8) (16 / 81) delta -> first_turn delta e_cr ->
  C_2 delta e_cr < 10 / 3 * Rpower (density delta / delta) (16 / 9) /\ e_cr < 7 / 40 * (density delta / delta).
Proof. refine (C_2_slice (15 / 8) (16 / 81) (64 / 225) (741 / 1000) (33 / 100) (7981 / 20000) _ _ _ _ _ _ _ _ convex_2); first [numbers | share]. Qed.

Lemma convex_3 : forall delta eps, slice (17 / 10) (64 / 225) delta -> in_domain delta eps ->
  (747 / 1000) <= reach_in_units delta eps <= (747 / 1000) -> 0 < criterion_on delta eps.
Proof. refine (positive_box (17 / 10) (64 / 225) (100 / 289) (3743 / 50000) (747 / 1000) (747 / 1000) (9943 / 25000) (10017 / 25000) (53257 / 50000) (107659 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma C_2_3 : forall delta e_cr, slice (17 / 10) (64 / 225) delta -> first_turn delta e_cr ->
  C_2 delta e_cr < 10 / 3 * Rpower (density delta / delta) (16 / 9) /\ e_cr < 7 / 40 * (density delta / delta).
Proof. refine (C_2_slice (17 / 10) (64 / 225) (100 / 289) (747 / 1000) (33 / 100) (10017 / 25000) _ _ _ _ _ _ _ _ convex_3); first [numbers | share]. Qed.

Lemma convex_4 : forall delta eps, slice (8 / 5) (100 / 289) delta -> in_domain delta eps ->
  (753 / 1000) <= reach_in_units delta eps <= (753 / 1000) -> 0 < criterion_on delta eps.
Proof. refine (positive_box (8 / 5) (100 / 289) (25 / 64) (1887 / 20000) (753 / 1000) (753 / 1000) (5009 / 12500) (40321 / 100000) (53459 / 50000) (108097 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma C_2_4 : forall delta e_cr, slice (8 / 5) (100 / 289) delta -> first_turn delta e_cr ->
  C_2 delta e_cr < 10 / 3 * Rpower (density delta / delta) (16 / 9) /\ e_cr < 7 / 40 * (density delta / delta).
Proof. refine (C_2_slice (8 / 5) (100 / 289) (25 / 64) (753 / 1000) (33 / 100) (40321 / 100000) _ _ _ _ _ _ _ _ convex_4); first [numbers | share]. Qed.

Lemma convex_5 : forall delta eps, slice (31 / 20) (25 / 64) delta -> in_domain delta eps ->
  (151 / 200) <= reach_in_units delta eps <= (151 / 200) -> 0 < criterion_on delta eps.
Proof. refine (positive_box (31 / 20) (25 / 64) (400 / 961) (5267 / 50000) (151 / 200) (151 / 200) (40121 / 100000) (8061 / 20000) (106851 / 100000) (107951 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma C_2_5 : forall delta e_cr, slice (31 / 20) (25 / 64) delta -> first_turn delta e_cr ->
  C_2 delta e_cr < 10 / 3 * Rpower (density delta / delta) (16 / 9) /\ e_cr < 7 / 40 * (density delta / delta).
Proof. refine (C_2_slice (31 / 20) (25 / 64) (400 / 961) (151 / 200) (33 / 100) (8061 / 20000) _ _ _ _ _ _ _ _ convex_5); first [numbers | share]. Qed.

Lemma convex_6 : forall delta eps, slice (38 / 25) (400 / 961) delta -> in_domain delta eps ->
  (379 / 500) <= reach_in_units delta eps <= (379 / 500) -> 0 < criterion_on delta eps.
Proof. refine (positive_box (38 / 25) (400 / 961) (625 / 1444) (2257 / 20000) (379 / 500) (379 / 500) (40291 / 100000) (20223 / 50000) (107109 / 100000) (13527 / 12500) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma C_2_6 : forall delta e_cr, slice (38 / 25) (400 / 961) delta -> first_turn delta e_cr ->
  C_2 delta e_cr < 10 / 3 * Rpower (density delta / delta) (16 / 9) /\ e_cr < 7 / 40 * (density delta / delta).
Proof. refine (C_2_slice (38 / 25) (400 / 961) (625 / 1444) (379 / 500) (33 / 100) (20223 / 50000) _ _ _ _ _ _ _ _ convex_6); first [numbers | share]. Qed.

Lemma convex_7 : forall delta eps, slice (3 / 2) (625 / 1444) delta -> in_domain delta eps ->
  (19 / 25) <= reach_in_units delta eps <= (19 / 25) -> 0 < criterion_on delta eps.
Proof. refine (positive_box (3 / 2) (625 / 1444) (4 / 9) (11813 / 100000) (19 / 25) (19 / 25) (101 / 250) (20271 / 50000) (3352 / 3125) (21679 / 20000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma C_2_7 : forall delta e_cr, slice (3 / 2) (625 / 1444) delta -> first_turn delta e_cr ->
  C_2 delta e_cr < 10 / 3 * Rpower (density delta / delta) (16 / 9) /\ e_cr < 7 / 40 * (density delta / delta).
Proof. refine (C_2_slice (3 / 2) (625 / 1444) (4 / 9) (19 / 25) (33 / 100) (20271 / 50000) _ _ _ _ _ _ _ _ convex_7); first [numbers | share]. Qed.

Lemma C_2_share delta e_cr : 3 / 2 <= delta -> first_turn delta e_cr ->
  C_2 delta e_cr < 10 / 3 * Rpower (density delta / delta) (16 / 9) /\ e_cr < 7 / 40 * (density delta / delta).
Proof.
  intros H T. have below a : delta <= a -> / a ^ 2 <= / delta ^ 2.
  { intros Ha. apply Rinv_le_contravar; [apply pow_lt; lra | apply pow_incr; lra]. }
  destruct (Rle_lt_dec 3 delta) as [K0|K0].
  { apply C_2_0 => //. split => //. left. apply Rinv_0_lt_compat, pow_lt. lra. }
  destruct (Rle_lt_dec (9 / 4) delta) as [K1|K1].
  { apply C_2_1 => //. split => //. have := below 3 ltac:(lra). lra. }
  destruct (Rle_lt_dec (15 / 8) delta) as [K2|K2].
  { apply C_2_2 => //. split => //. have := below (9 / 4) ltac:(lra). lra. }
  destruct (Rle_lt_dec (17 / 10) delta) as [K3|K3].
  { apply C_2_3 => //. split => //. have := below (15 / 8) ltac:(lra). lra. }
  destruct (Rle_lt_dec (8 / 5) delta) as [K4|K4].
  { apply C_2_4 => //. split => //. have := below (17 / 10) ltac:(lra). lra. }
  destruct (Rle_lt_dec (31 / 20) delta) as [K5|K5].
  { apply C_2_5 => //. split => //. have := below (8 / 5) ltac:(lra). lra. }
  destruct (Rle_lt_dec (38 / 25) delta) as [K6|K6].
  { apply C_2_6 => //. split => //. have := below (31 / 20) ltac:(lra). lra. }
  apply C_2_7 => //. split => //. have := below (38 / 25) ltac:(lra). lra.
Qed.

(** claim: c2-small
    paper: Section III, "C_2(Delta) << 1, and C_2(Delta) -> 0 as Delta -> infinity"
    proves: whole claim, with the true eps_cr: C_2 < 1/20 and C_2 < 10/3 (phi(Delta)/Delta)^(16/9) for every Delta >= 3/2, so C_2 -> 0
    seeded: C_2 delta e_cr < 1 / 20 /\ ==> C_2 delta e_cr < 1 / 25 /\ *)
Theorem c2_small :
  (forall delta, 3 / 2 <= delta -> exists e_cr, first_turn delta e_cr) /\
  (forall delta e_cr, 3 / 2 <= delta -> first_turn delta e_cr ->
    C_2 delta e_cr < 1 / 20 /\ C_2 delta e_cr < 10 / 3 * Rpower (density delta / delta) (16 / 9)) /\
  (forall least, 0 < least -> exists D, forall delta e_cr, D <= delta -> first_turn delta e_cr -> C_2 delta e_cr < least).
Proof.
  split; [|split].
  - intros delta H. destruct (first_turn_exists delta H) as [t [T _]]. by exists t.
  - intros delta e_cr H T. have [B _] := C_2_share delta e_cr H T. split => //. apply Rlt_trans with (1 := B).
    have p : 0 < density delta / delta by apply Rdiv_lt_0_compat; [apply density_pos | lra].
    have v : density delta / delta <= 864 / 10000.
    { apply Rle_trans with (1296 / 10000 * / (3 / 2)); [|lra]. apply Rmult_le_compat; [left; apply density_pos | left; apply Rinv_0_lt_compat; lra | | apply Rinv_le_contravar; lra].
      apply Rle_trans with (density (3 / 2)); [apply density_antitone_le; lra | unfold density; interval with (i_prec 40)]. }
    have m : Rpower (density delta / delta) (16 / 9) <= Rpower (864 / 10000) (16 / 9) by apply Rle_Rpower_l; lra.
    have n : Rpower (864 / 10000) (16 / 9) < 13 / 1000 by unfold Rpower; interval with (i_prec 40). lra.
  - intros least l0. exists (3 / 2 + 4 / 3 / least). intros delta e_cr H T.
    have q : 0 < 4 / 3 / least by apply Rdiv_lt_0_compat; lra.
    have [B _] := C_2_share delta e_cr ltac:(lra) T. apply Rlt_le_trans with (1 := B).
    have p : 0 < density delta / delta by apply Rdiv_lt_0_compat; [apply density_pos | lra].
    have v : density delta <= 4 / 10.
    { apply Rle_trans with (density 0); [apply density_antitone_le; lra | unfold density; interval with (i_prec 30)]. }
    have i : / delta <= 1 by rewrite -Rinv_1; apply Rinv_le_contravar; lra.
    have j : 0 < / delta by apply Rinv_0_lt_compat; lra.
    have one : density delta / delta <= 4 / 10 * / delta by apply Rmult_le_compat_r; lra.
    have m : Rpower (density delta / delta) (16 / 9) <= density delta / delta.
    { rewrite -{2}(Rpower_1 (density delta / delta)) //. unfold Rpower. apply exp_monotone.
      have : ln (density delta / delta) <= 0 by rewrite -ln_1; apply Rcomplements.ln_le; lra. lra. }
    have k : 4 / 3 * / delta <= least.
    { apply (Rmult_le_reg_r delta); [lra|]. have -> : 4 / 3 * / delta * delta = 4 / 3 / least * least by field; lra. 
      rewrite (Rmult_comm least). apply Rmult_le_compat_r; lra. }
    lra.
Qed.

