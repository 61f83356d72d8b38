(** Near c/k = 0, and how eps_cr falls with Delta: orders of magnitude, with constants in closed form. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Window Loss Curvature Slope Curve Evaluated Stretches Ends Shape.
From Claims Require Import Tools Radius Scaled FirstTurn SmallMass SmallConstants PowerBound.
Open Scope R_scope.

(** Where y Delta <= 1/5: x is of the order of y^2, c/k of that of x^2. *)
Lemma orders delta e : 3 / 2 <= delta -> in_domain delta e -> reach_in_units delta e <= 1 / 5 ->
  let x := radius_on delta e in let y := reach_on delta e in
  0 < x <= 4 / 100 /\ 0 < y <= 2 / 15 /\ e <= 2 * density delta * delta ^ 3 * y ^ 4 /\
  99 / 100 * (delta * density delta * x ^ 2) <= e /\ y ^ 4 <= 52 / 100 * x ^ 2.
Proof.
  intros Hd H Hu x y. have dp : 0 < delta by lra. have [x0 [y0 _]] := curve_pos delta dp e H. fold x y in x0, y0.
  have [He _] := H. have p := density_pos delta. have R := radius_upper delta e dp H. fold x y in R.
  have [E _] := on_curve delta dp e H. fold x y in E. unfold estimate_at in E. unfold reach_in_units in Hu. fold y in Hu.
  have Qx := deficit_quadratic delta x dp ltac:(lra). have Qy := deficit_quadratic delta y dp ltac:(lra).
  have [_ Ex] := filter_radius_spec delta dp e ltac:(lra). change (filter_radius delta e) with x in Ex.
  set s := x * delta. set u := y * delta in Hu. have u0 : 0 < u by apply Rmult_lt_0_compat. have s0 : 0 < s by apply Rmult_lt_0_compat.
  have y1 : y <= 2 / 15 by unfold u in Hu; nra.
  have su : s <= u ^ 2 * exp u.
  { have : x * delta <= delta * y ^ 2 * exp (y * delta) * delta by apply Rmult_le_compat_r; lra.
    replace (delta * y ^ 2 * exp (y * delta) * delta) with (u ^ 2 * exp u) by (unfold u; ring). by []. }
  have s1 : s <= 5 / 100 by (apply Rle_trans with (1 := su); clear - u0 Hu; interval with (i_prec 40)).
  have x1 : x <= 4 / 100 by unfold s in s1; nra.
  have B := deficit_bowl delta x dp ltac:(lra). fold s in B. have bs := bowl_square s ltac:(lra). rewrite Ex in B.
  have unit0 : 0 < density delta / delta by apply Rdiv_lt_0_compat.
  have top : e <= density delta / delta * (103 / 100 * s ^ 2).
  { apply Rle_trans with (1 := B). apply Rmult_le_compat_l; lra. }
  have bx : 99 / 100 <= exp (- x ^ 2 / 2) by clear - x0 x1; interval with (i_prec 40).
  have by' : 99 / 100 <= exp (- y ^ 2 / 2) by clear - y0 y1; interval with (i_prec 40).
  have a0 : 0 < delta * density delta * x ^ 2 by apply Rmult_lt_0_compat; [by apply Rmult_lt_0_compat | by apply pow_lt].
  have b0 : 0 < delta * density delta * y ^ 2 by apply Rmult_lt_0_compat; [by apply Rmult_lt_0_compat | by apply pow_lt].
  split; [lra|]. split; [lra|]. split; [|split].
  - apply Rle_trans with (1 := top). have s2 : s ^ 2 <= (u ^ 2 * exp u) ^ 2 by apply pow_incr; lra.
    have e2 : 103 / 100 * exp u ^ 2 <= 2 by clear - u0 Hu; interval with (i_prec 40).
    replace (2 * density delta * delta ^ 3 * y ^ 4) with (density delta / delta * (u ^ 4 * 2)) by (unfold u; field; lra).
    apply Rmult_le_compat_l; [lra|]. have u4 : 0 <= u ^ 4 by apply pow_le; lra.
    apply Rle_trans with (u ^ 4 * (103 / 100 * exp u ^ 2)); [|by apply Rmult_le_compat_l].
    replace (u ^ 4 * (103 / 100 * exp u ^ 2)) with (103 / 100 * (u ^ 2 * exp u) ^ 2) by ring. lra.
  - rewrite -{1}Ex. apply Rle_trans with (2 := Qx).
    replace (delta * density delta * exp (- x ^ 2 / 2) * x ^ 2) with (exp (- x ^ 2 / 2) * (delta * density delta * x ^ 2)) by ring.
    apply Rmult_le_compat_r; lra.
  - have sx : density delta / delta * (103 / 100 * s ^ 2) <= 52 / 1000 * (density delta * x).
    { replace (density delta / delta * (103 / 100 * s ^ 2)) with (103 / 100 * s * (density delta * x)) by (unfold s; field; lra).
      apply Rmult_le_compat_r; [left; by apply Rmult_lt_0_compat | lra]. }
    have low : 99 / 100 * (delta * density delta * y ^ 2) <= 1052 / 1000 * (density delta * x).
    { apply Rle_trans with (mass_deficit delta y); [|rewrite E Ex; lra]. apply Rle_trans with (2 := Qy).
      replace (delta * density delta * exp (- y ^ 2 / 2) * y ^ 2) with (exp (- y ^ 2 / 2) * (delta * density delta * y ^ 2)) by ring.
      apply Rmult_le_compat_r; lra. }
    have l2 : delta * y ^ 2 <= 107 / 100 * x.
    { apply (Rmult_le_reg_l (density delta)) => //. lra. }
    have l3 : 3 / 2 * y ^ 2 <= delta * y ^ 2 by apply Rmult_le_compat_r; [apply pow2_ge_0 | lra].
    have l4 : y ^ 2 <= 72 / 100 * x by lra. have y2 := pow2_ge_0 y.
    have : y ^ 2 * y ^ 2 <= 72 / 100 * x * (72 / 100 * x) by apply Rmult_le_compat; lra. 
    replace (y ^ 4) with (y ^ 2 * y ^ 2) by ring. have := pow2_ge_0 x. lra.
Qed.
Lemma near_zero delta top : 3 / 2 <= delta -> 0 < top -> exists e0, 0 < e0 /\ forall kappa, 0 < kappa <= e0 ->
  in_domain delta kappa /\ reach_in_units delta kappa <= 1 / 5 /\ reach_on delta kappa <= top.
Proof.
  intros Hd t0. have dp : 0 < delta by lra. have y0 : 0 < Rmin (1 / (5 * delta)) top by (apply Rmin_pos => //; apply Rdiv_lt_0_compat; lra).
  destruct (reach_onto delta dp _ y0) as [e0 [H E]]. have [[p0 _] _] := H. exists e0. split => //. intros kappa Hk.
  have Hk' := in_domain_before delta dp kappa e0 Hk H. split => //.
  have Y : reach_on delta kappa <= Rmin (1 / (5 * delta)) top.
  { rewrite -E. destruct (proj2 Hk) as [K| ->]; [left; by apply reach_increasing | lra]. }
  have m1 := Rmin_l (1 / (5 * delta)) top. have m2 := Rmin_r (1 / (5 * delta)) top. split; [|lra].
  unfold reach_in_units. have : reach_on delta kappa * delta <= 1 / (5 * delta) * delta by apply Rmult_le_compat_r; lra.
  have -> : 1 / (5 * delta) * delta = 1 / 5 by field; lra. by [].
Qed.
(** g is at most the radius that it belongs to, where that is small. *)
Lemma shift_below_radius delta z g : 3 / 2 <= delta -> 0 < z <= 2 / 15 -> 0 <= g -> cdf g = shift_mass delta z -> g <= z.
Proof.
  intros Hd Hz g0 E. have [_ P] := passed_below delta z ltac:(lra). unfold shift_mass in E.
  have d0 : density (z - delta) <= density 0 by (rewrite -density_even; apply density_antitone_le; lra).
  have f0 : density 0 <= 4 / 10 by unfold density; interval with (i_prec 30).
  have zp : z * density (z - delta) <= z * (4 / 10) by apply Rmult_le_compat_l; lra.
  have c := cdf_1. have g1 : g <= 1 by apply cdf_le_inv; lra.
  have [st _] := cdf_step 0 g ltac:(lra) g0. rewrite cdf_0 Rminus_0_r in st.
  have d1 := density_antitone_le g 1 g0 g1. have f1 : 24 / 100 <= density 1 by unfold density; interval with (i_prec 30).
  have : g * (24 / 100) <= g * density g by apply Rmult_le_compat_l; lra. lra.
Qed.

(** claim: almost-linear
    paper: Abstract, the error "depends almost linearly on the ratio of corrupted to uncorrupted samples"
    proves: part: for every Delta >= 3/2 the printed bound over c/k grows without limit as c/k falls to 0, while line 3 of the proof of Lemma 4 is at most 2/(Delta phi(Delta)) c/k next to 0; not that another algorithm's error is
    seeded: <= 2 / (delta * density delta) * kappa) ==> <= 2 / (delta * density delta) * kappa ^ 2) *)
Theorem almost_linear delta : 3 / 2 <= delta ->
  (forall C, exists e0, 0 < e0 /\ forall kappa, 0 < kappa <= e0 -> C * kappa < loss delta kappa) /\
  (exists e0, 0 < e0 /\ (forall kappa, 0 < kappa <= e0 ->
    let own := median_shift delta kappa in let hat := median_shift delta (mass_estimate delta kappa) in
    (own ^ 2 + hat ^ 4) / (1 + hat ^ 2) ^ 2 <= 2 / (delta * density delta) * kappa)).
Proof.
  intros Hd. have dp : 0 < delta by lra. have p := density_pos delta. split.
  - intros C. pose C1 := Rmax C 1. have c1 : 1 <= C1 by apply Rmax_r. have cC : C <= C1 by apply Rmax_l.
    have d3 : 0 < delta ^ 3 by apply pow_lt. have q0 : 0 < 4 * C1 * delta ^ 3 by repeat apply Rmult_lt_0_compat; lra.
    destruct (near_zero delta (density delta / (4 * C1 * delta ^ 3)) Hd) as [e0 [e0p H]]; [by apply Rdiv_lt_0_compat|].
    exists e0. split => //. intros kappa Hk. have [Hd' [Hu Hy]] := H kappa Hk.
    have [_ [Yb [top _]]] := orders delta kappa Hd Hd' Hu. have S := shift_lower delta kappa dp Hd' ltac:(lra).
    have [_ [_ g0]] := curve_pos delta dp kappa Hd'.
    change (loss delta kappa) with (loss_of_shift (shift_on delta kappa)).
    move: (reach_on delta kappa) (shift_on delta kappa) Yb top S g0 Hy => y g Yb top S g0 Hy.
    have f0 : density 0 <= 4 / 10 by unfold density; interval with (i_prec 30).
    have low : y * density delta <= g by nra.
    have small : 4 * C1 * delta ^ 3 * y <= density delta.
    { have := Rmult_le_compat_l (4 * C1 * delta ^ 3) _ _ ltac:(lra) Hy. 
      have -> : 4 * C1 * delta ^ 3 * (density delta / (4 * C1 * delta ^ 3)) = density delta by field; split; lra. by []. }
    have d1 : density delta <= 4 / 10 by (apply Rle_trans with (density 0) => //; apply density_antitone_le; lra).
    have k0 : 0 < y * density delta by apply Rmult_lt_0_compat; lra.
    have k1 : y * density delta <= 2 / 15 * (4 / 10) by apply Rmult_le_compat; lra.
    (* the loss is at least (y phi)^2/2 *)
    have ll : (y * density delta) ^ 2 / 2 < loss_of_shift g.
    { have a : (y * density delta) ^ 2 <= g ^ 2 by apply pow_incr; lra.
      have b : 0 < (y * density delta) ^ 2 by apply pow_lt.
      have c : (y * density delta) ^ 2 <= 1 / 10 by nra.
      unfold loss_of_shift. apply (Rmult_lt_reg_r (1 + g ^ 2)); [lra|]. rewrite div_mul; [|lra].
      move: ((y * density delta) ^ 2) (g ^ 2) a b c => v w a b c. have : v * w <= 1 / 10 * w by apply Rmult_le_compat_r; lra. lra. }
    apply Rle_lt_trans with (2 := ll).
    apply Rle_trans with (C1 * (2 * density delta * delta ^ 3 * y ^ 4)).
    { apply Rle_trans with (C1 * kappa); [apply Rmult_le_compat_r; lra | apply Rmult_le_compat_l; lra]. }
    have y3 : 0 < y ^ 3 by apply pow_lt; lra. have z0 : 0 <= density delta * y ^ 3 / 2 by nra.
    apply Rle_trans with (density delta * y ^ 3 / 2 * (4 * C1 * delta ^ 3 * y)); [right; field|].
    apply Rle_trans with (density delta * y ^ 3 / 2 * density delta); [by apply Rmult_le_compat_l|].
    have y2 : y ^ 3 <= y ^ 2 by (replace (y ^ 3) with (y * y ^ 2) by ring; have := pow2_ge_0 y; nra).
    have pp : 0 < density delta * density delta / 2 by nra.
    apply Rle_trans with (density delta * density delta / 2 * y ^ 3); [right; field|].
    apply Rle_trans with (density delta * density delta / 2 * y ^ 2); [by apply Rmult_le_compat_l; lra | right; field].
  - destruct (near_zero delta 1 Hd ltac:(lra)) as [e0 [e0p H]]. exists e0. split => //. intros kappa Hk own hat.
    have [Hd' [Hu _]] := H kappa Hk. have [Xb [Yb [_ [low fourth]]]] := orders delta kappa Hd Hd' Hu.
    have [_ [_ g0]] := curve_pos delta dp kappa Hd'. have [_ E] := on_curve delta dp kappa Hd'. have [Hk' _] := Hd'.
    have [o0 Eo] := median_shift_spec delta dp kappa Hk'.
    have h1 := shift_below_radius delta (reach_on delta kappa) (shift_on delta kappa) Hd Yb ltac:(lra) E. change (shift_on delta kappa) with hat in h1, g0.
    have o1 := shift_below_radius delta (radius_on delta kappa) own Hd ltac:(lra) ltac:(unfold own; lra) Eo. fold own in o0.
    move: (radius_on delta kappa) (reach_on delta kappa) Xb Yb low fourth h1 o1 => x y Xb Yb low fourth h1 o1.
    have o2 : own ^ 2 <= x ^ 2 by apply pow_incr; lra. have h4 : hat ^ 4 <= y ^ 4 by apply pow_incr; lra.
    have dd : 0 < delta * density delta by apply Rmult_lt_0_compat.
    have one : 1 <= (1 + hat ^ 2) ^ 2 by (have := pow2_ge_0 hat; nra).
    apply (Rmult_le_reg_r ((1 + hat ^ 2) ^ 2)); [lra|]. rewrite div_mul; [|lra].
    have num : own ^ 2 + hat ^ 4 <= 2 / (delta * density delta) * kappa.
    { apply (Rmult_le_reg_l (delta * density delta)) => //.
      have -> : delta * density delta * (2 / (delta * density delta) * kappa) = 2 * kappa by field; lra.
      have : delta * density delta * (own ^ 2 + hat ^ 4) <= delta * density delta * (152 / 100 * x ^ 2) by apply Rmult_le_compat_l; lra.
      lra. }
    have a2 := pow2_ge_0 own. have a4 : 0 <= hat ^ 4 by apply pow_le; lra.
    have k0 : 0 <= 2 / (delta * density delta) * kappa by lra.
    have : 2 / (delta * density delta) * kappa * 1 <= 2 / (delta * density delta) * kappa * (1 + hat ^ 2) ^ 2 by apply Rmult_le_compat_l. lra.
Qed.

(** eps_cr in units of phi(Delta)/Delta. *)
Lemma critical_order delta e_cr : 3 / 2 <= delta -> first_turn delta e_cr ->
  107 / 1000 * (density delta / delta) < e_cr < 7 / 40 * (density delta / delta).
Proof.
  intros Hd T. have dp : 0 < delta by lra. have [H _] := T. have [_ up] := C_2_share delta e_cr Hd T. split => //.
  destruct (first_turn_exists delta Hd) as [t [Ht U]]. rewrite -(first_turn_only delta e_cr t T Ht) in U.
  have Hs : slice (3 / 2) 0 delta by split => //; left; apply Rinv_0_lt_compat, pow_lt; lra.
  have S : 332 / 1000 <= radius_on delta e_cr * delta <= 48 / 100.
  { apply (s_between (3 / 2) 0 (4 / 9) (67 / 100) (4 / 5) (332 / 1000) (48 / 100)) => //; first [lra | numbers]. }
  have db := d_between (3 / 2) 0 (4 / 9) ltac:(lra) ltac:(lra) delta Hs.
  have Em := deficit_scaled delta (radius_on delta e_cr) dp. have [He _] := H.
  have [_ Ex] := filter_radius_spec delta dp e_cr ltac:(lra). change (filter_radius delta e_cr) with (radius_on delta e_cr) in Ex. rewrite Ex in Em.
  have [K1 _] := kern_integral_between (/ delta ^ 2) 0 (4 / 9) 0 (332 / 1000) db ltac:(lra) ltac:(lra).
  have K2 := kern_integral_wider (/ delta ^ 2) 0 0 (332 / 1000) (radius_on delta e_cr * delta) ltac:(lra) ltac:(lra) ltac:(lra).
  have v : 107 / 1000 < kern_low (4 / 9) (332 / 1000) - kern_low (4 / 9) 0 by unfold kern_low; interval with (i_prec 50).
  have p0 : 0 < density delta / delta by apply Rdiv_lt_0_compat => //; apply density_pos.
  rewrite Em Rmult_comm. apply Rmult_lt_compat_l; lra.
Qed.

(** claim: eps-cr-decreases
    paper: Section III, after Theorem 2, eps_cr "is very small and decreases quickly to 0" as Delta -> infinity
    proves: part: for every Delta >= 3/2 between 0.107 and 0.175 phi(Delta)/Delta, so it tends to 0, and smaller by the factor exp(-(b^2 - a^2)/2)/0.61 at least at b > a, less than 1 from b = a + 3/10 on; not that it falls for smaller steps
    seeded: e_b < e_a) /\ ==> 3 * e_b < e_a) /\ *)
Theorem eps_cr_decreases :
  (forall delta e_cr, 3 / 2 <= delta -> first_turn delta e_cr ->
    107 / 1000 * (density delta / delta) < e_cr < 7 / 40 * (density delta / delta)) /\
  (forall a b e_a e_b, 3 / 2 <= a -> a <= b -> first_turn a e_a -> first_turn b e_b -> 61 / 100 * e_b < exp (- (b ^ 2 - a ^ 2) / 2) * e_a) /\
  (forall a b e_a e_b, 3 / 2 <= a -> a + 3 / 10 <= b -> first_turn a e_a -> first_turn b e_b -> e_b < e_a) /\
  (forall least, 0 < least -> exists D, forall delta e_cr, D <= delta -> first_turn delta e_cr -> 0 < e_cr < least).
Proof.
  have fall : forall a b e_a e_b, 3 / 2 <= a -> a <= b -> first_turn a e_a -> first_turn b e_b -> 61 / 100 * e_b < exp (- (b ^ 2 - a ^ 2) / 2) * e_a.
  { intros a b e_a e_b Ha Hab Ta Tb. have [A _] := critical_order a e_a Ha Ta. have [_ B] := critical_order b e_b ltac:(lra) Tb.
    have E : density b = density a * exp (- (b ^ 2 - a ^ 2) / 2).
    { replace b with (a + (b - a)) at 1 by ring. rewrite density_shift. do 2 f_equal. field. }
    have p := density_pos a. have x0 := exp_pos (- (b ^ 2 - a ^ 2) / 2). have i : / b <= / a by apply Rinv_le_contravar; lra.
    have q : density b / b <= exp (- (b ^ 2 - a ^ 2) / 2) * (density a / a).
    { rewrite E. have -> : exp (- (b ^ 2 - a ^ 2) / 2) * (density a / a) = density a * exp (- (b ^ 2 - a ^ 2) / 2) * / a by field; lra.
      apply Rmult_le_compat_l => //. left. by apply Rmult_lt_0_compat. }
    have pos : 0 < exp (- (b ^ 2 - a ^ 2) / 2) * (density a / a) by apply Rmult_lt_0_compat => //; apply Rdiv_lt_0_compat; lra.
    have : exp (- (b ^ 2 - a ^ 2) / 2) * (107 / 1000 * (density a / a)) < exp (- (b ^ 2 - a ^ 2) / 2) * e_a by apply Rmult_lt_compat_l. lra. }
  split; [exact critical_order|]. split; [exact fall|]. split.
  - intros a b e_a e_b Ha Hab Ta Tb. have F := fall a b e_a e_b Ha ltac:(lra) Ta Tb. have [[[e0 _] _] _] := Ta.
    have : exp (- (b ^ 2 - a ^ 2) / 2) <= 61 / 100.
    { apply Rle_trans with (exp (- (495 / 1000))); [apply exp_monotone; nra | interval with (i_prec 40)]. }
    intros K. have : exp (- (b ^ 2 - a ^ 2) / 2) * e_a <= 61 / 100 * e_a by apply Rmult_le_compat_r; lra. lra.
  - intros least l0. exists (3 / 2 + 1 / least). intros delta e_cr H T. have q : 0 < 1 / least by apply Rdiv_lt_0_compat; lra.
    have [[[e0 _] _] _] := T. have [_ B] := critical_order delta e_cr ltac:(lra) T. split => //.
    have v : density delta <= 4 / 10.
    { apply Rle_trans with (density 0); [apply density_antitone_le; lra | unfold density; interval with (i_prec 30)]. }
    have j : 0 < / delta by apply Rinv_0_lt_compat; lra. have one : density delta / delta <= 4 / 10 * / delta by apply Rmult_le_compat_r; lra.
    have k : / delta <= least.
    { apply (Rmult_le_reg_r delta); [lra|]. rewrite Rinv_l; [|lra]. have -> : 1 = least * (1 / least) by field; lra. apply Rmult_le_compat_l; lra. }
    lra.
Qed.
