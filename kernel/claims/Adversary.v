(** Where the adversary spends its mass: at the true eps_cr the loss is less than what the same mass earns by
    taking whole components, for every Delta >= 3/2; and the bounds near c/k = 0. *)
From Coq Require Import Reals Lra Psatz List ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Improper Window Loss Curvature FarSample Slope Curve Evaluated Stretches Ends Shape TwoPoint.
From Claims Require Import Tools Radius Domain FarClients Scaled FirstTurn SmallMass SmallConstants PowerBound.
Import ListNotations.
Open Scope R_scope.

(** rho - f(2 Delta): with this mass the estimate is beyond Phi(Delta), where the bound of a component is 1. *)
Definition lost delta := mass_deficit delta (2 * delta).
Lemma lost_form delta : lost delta = 1 - 3 * cdf (- delta) + cdf (- (3 * delta)).
Proof.
  unfold lost, mass_deficit. rewrite central_mass_cdf. unfold window_mass. replace (2 * delta + delta) with (3 * delta) by ring.
  replace (2 * delta - delta) with delta by ring. rewrite !cdf_reflection. ring.
Qed.
Lemma lost_all delta : 1 <= delta -> 0 < lost delta < 1 /\ lost delta < central_mass delta /\ cdf delta < mass_estimate delta (lost delta).
Proof.
  intros H. have dp : 0 < delta by lra. have B := mass_deficit_below delta (2 * delta) dp. fold (lost delta) in B.
  have P := mass_deficit_increasing delta dp 0 (2 * delta) ltac:(lra) ltac:(lra). rewrite mass_deficit_0 in P. fold (lost delta) in P.
  have [_ r1] := rho_pos delta dp. split; [lra|]. split => //. unfold mass_estimate.
  rewrite {2}/lost filter_radius_of_deficit //; [|lra]. have F := lost_form delta. have R := cdf_reflection delta.
  have M := mills delta dp. have c := cdf_below_1 delta. have a := cdf_above_0 (- (3 * delta)).
  have : 1 * (1 - cdf delta) <= delta * (1 - cdf delta) by apply Rmult_le_compat_r; lra. have p := density_pos delta.
  have : 1 * density delta <= delta * density delta by apply Rmult_le_compat_r; lra. lra.
Qed.
Lemma lost_below D delta : 0 < D -> delta <= D -> 0 < delta -> lost delta <= 1 - 3 * (1 - cdf D) + cdf (- (3 * delta)).
Proof. intros H K _. rewrite lost_form. have := cdf_monotone delta D K. rewrite (cdf_reflection delta). lra. Qed.

(** * The loss for each unit of mass, at the turn: at most (pi/2) (phi(Delta)/Delta) G(u)^2/K(s). *)
Lemma loss_per_mass D0 d0 d1 ua ub sl su r :
  3 / 2 <= D0 -> 0 <= d0 /\ / D0 ^ 2 <= d1 -> 0 <= ua <= ub -> 0 <= sl <= ua -> sl <= kern_low d1 ua - kern_low d1 sl ->
  0 <= su <= ub -> kern_up d0 ub - kern_up d0 su <= su -> 0 <= r ->
  (growth_up d0 ub - growth_up d0 0) ^ 2 * (density D0 / D0) < r * (4 * density 0 ^ 2 * (kern_low d1 sl - kern_low d1 0)) ->
  forall delta e_cr, slice D0 d0 delta -> first_turn delta e_cr -> ua <= reach_in_units delta e_cr <= ub -> loss delta e_cr < r * e_cr.
Proof.
  intros H1 H2 H3 H4 H5 H6 H7 r0 H8 delta e_cr Hs T U. have [Hd _] := Hs. have dp : 0 < delta by lra. have [H _] := T.
  have S := s_between D0 d0 d1 ua ub sl su ltac:(lra) H2 H4 H5 H6 H7 delta e_cr Hs H U.
  have db := d_between D0 d0 d1 ltac:(lra) H2 delta Hs. have [p0 p1] := unit_falls D0 d0 ltac:(lra) delta Hs.
  have L := loss_up_to_turn delta e_cr e_cr ltac:(lra) T ltac:(destruct H as [[e0 _] _]; lra).
  have E := scaled_shift delta e_cr dp H. have [_ C] := on_curve delta dp e_cr H.
  have M : 2 * moved delta e_cr = density delta / delta * RInt (growth (/ delta ^ 2)) 0 (reach_on delta e_cr * delta) by rewrite -E C.
  have J0 : 0 <= RInt (growth (/ delta ^ 2)) 0 (reach_on delta e_cr * delta).
  { apply RInt_ge_0; [|apply growth_integrable|]. unfold reach_in_units in U; lra. intros v _. left. apply exp_pos. }
  have J1 := growth_integral_longer (/ delta ^ 2) (reach_on delta e_cr * delta) ub ltac:(unfold reach_in_units in U; lra).
  have [_ J2] := growth_integral_between (/ delta ^ 2) d0 d1 ub db (proj1 H2) ltac:(lra).
  have Em := deficit_scaled delta (radius_on delta e_cr) dp. have [He _] := H.
  have [_ Ex] := filter_radius_spec delta dp e_cr ltac:(lra). change (filter_radius delta e_cr) with (radius_on delta e_cr) in Ex. rewrite Ex in Em.
  have [K1 _] := kern_integral_between (/ delta ^ 2) d0 d1 0 sl db (proj1 H2) ltac:(lra).
  have K2 := kern_integral_wider (/ delta ^ 2) 0 0 sl (radius_on delta e_cr * delta) ltac:(lra) ltac:(lra) ltac:(lra).
  move: (RInt (growth (/ delta ^ 2)) 0 (reach_on delta e_cr * delta)) (RInt (kern (/ delta ^ 2)) 0 (radius_on delta e_cr * delta))
    (density delta / delta) (growth_up d0 ub - growth_up d0 0) (kern_low d1 sl - kern_low d1 0) (density D0 / D0) (moved delta e_cr) (loss delta e_cr)
    p0 p1 L M J0 J1 J2 Em K1 K2 H8 => J K p G k p' m l p0 p1 L M J0 J1 J2 Em K1 K2 H8.
  have f0 : 0 < density 0 ^ 2 by apply pow_lt, density_pos.
  have JG : J ^ 2 <= G ^ 2 by apply pow_incr; lra. have G2 := pow2_ge_0 G.
  have m2 : 4 * m ^ 2 = p * (p * J ^ 2). { replace (4 * m ^ 2) with ((2 * m) ^ 2) by ring. rewrite M. ring. }
  have a : p * J ^ 2 <= p' * G ^ 2 by apply Rmult_le_compat; try lra; apply pow2_ge_0.
  have b : r * (4 * density 0 ^ 2 * k) <= r * (4 * density 0 ^ 2 * K) by apply Rmult_le_compat_l => //; apply Rmult_le_compat_l; lra.
  have c : p * (p * J ^ 2) < p * (r * (4 * density 0 ^ 2 * K)) by apply Rmult_lt_compat_l; lra.
  apply (Rmult_lt_reg_l (4 * density 0 ^ 2)); [lra|]. rewrite Em. lra.
Qed.
Ltac by_mass := unfold growth_up, kern_up, growth_low, kern_low, density; interval with (i_prec 50).

Lemma loss_at_turn_ratio delta e_cr : 3 / 2 <= delta -> first_turn delta e_cr ->
  loss delta e_cr * lost delta < e_cr /\ (2 <= delta -> loss delta e_cr < 66 / 100 * e_cr).
Proof.
  intros Hd T. have dp : 0 < delta by lra. have [[[e0 _] _] _] := T. have [l0 _] := lost_all delta ltac:(lra).
  destruct (first_turn_exists delta Hd) as [t [Ht U]]. rewrite -(first_turn_only delta e_cr t T Ht) in U. clear t Ht.
  have below a : delta <= a -> / a ^ 2 <= / delta ^ 2.
  { intros Ha. apply Rinv_le_contravar; [apply pow_lt; lra | apply pow_incr; lra]. }
  have far : cdf (- (3 * delta)) <= 1 / 100000.
  { apply Rle_trans with (cdf (- (9 / 2))); [apply cdf_monotone; lra|]. rewrite cdf_reflection. have M := mills (9 / 2) ltac:(lra).
    have v : density (9 / 2) < 2 / 100000 by unfold density; interval with (i_prec 40). lra. }
  have ratio r : loss delta e_cr < r * e_cr -> 0 <= r -> r * lost delta <= 1 -> loss delta e_cr * lost delta < e_cr.
  { intros A r0 B. have : loss delta e_cr * lost delta < r * e_cr * lost delta by apply Rmult_lt_compat_r; lra.
    have : e_cr * (r * lost delta) <= e_cr * 1 by apply Rmult_le_compat_l; lra. lra. }
  destruct (Rle_lt_dec 2 delta) as [K|K].
  - have S : slice 2 0 delta by split => //; left; apply Rinv_0_lt_compat, pow_lt.
    have A : loss delta e_cr < 66 / 100 * e_cr.
    { apply (loss_per_mass 2 0 (1 / 4) (67 / 100) (4 / 5) (33 / 100) (48 / 100)) => //; first [lra | numbers]. }
    split => //. apply (ratio (66 / 100)) => //; lra.
  - split; [|lra]. destruct (Rle_lt_dec (8 / 5) delta) as [K'|K'].
    + have S : slice (8 / 5) (1 / 4) delta by (split => //; have := below 2 ltac:(lra); lra).
      apply (ratio (107 / 100)); [|lra|].
      * destruct (Rle_lt_dec (reach_in_units delta e_cr) (72 / 100)) as [V|V].
        { apply (loss_per_mass (8 / 5) (1 / 4) (25 / 64) (67 / 100) (72 / 100) (333 / 1000) (39 / 100)) => //; first [lra | numbers]. }
        destruct (Rle_lt_dec (reach_in_units delta e_cr) (76 / 100)) as [W|W].
        { apply (loss_per_mass (8 / 5) (1 / 4) (25 / 64) (72 / 100) (76 / 100) (372 / 1000) (43 / 100)) => //; first [lra | numbers]. }
        apply (loss_per_mass (8 / 5) (1 / 4) (25 / 64) (76 / 100) (80 / 100) (403 / 1000) (46 / 100)) => //; first [lra | numbers].
      * have := lost_below 2 delta ltac:(lra) ltac:(lra) dp. have : cdf 2 <= 97726 / 100000.
        { unfold cdf. have : RInt density 0 2 <= 47726 / 100000 by unfold density; integral with (i_prec 40). lra. } lra.
    + have S : slice (3 / 2) (25 / 64) delta by (split => //; have := below (8 / 5) ltac:(lra); lra).
      apply (ratio (119 / 100)); [|lra|].
      * destruct (Rle_lt_dec (reach_in_units delta e_cr) (69 / 100)) as [V|V].
        { apply (loss_per_mass (3 / 2) (25 / 64) (4 / 9) (67 / 100) (69 / 100) (332 / 1000) (36 / 100)) => //; first [lra | numbers]. }
        destruct (Rle_lt_dec (reach_in_units delta e_cr) (72 / 100)) as [W|W].
        { apply (loss_per_mass (3 / 2) (25 / 64) (4 / 9) (69 / 100) (72 / 100) (348 / 1000) (39 / 100)) => //; first [lra | numbers]. }
        destruct (Rle_lt_dec (reach_in_units delta e_cr) (76 / 100)) as [X|X].
        { apply (loss_per_mass (3 / 2) (25 / 64) (4 / 9) (72 / 100) (76 / 100) (371 / 1000) (42 / 100)) => //; first [lra | numbers]. }
        apply (loss_per_mass (3 / 2) (25 / 64) (4 / 9) (76 / 100) (80 / 100) (402 / 1000) (46 / 100)) => //; first [lra | numbers].
      * have := lost_below (8 / 5) delta ltac:(lra) ltac:(lra) dp. have : cdf (8 / 5) <= 94521 / 100000.
        { unfold cdf. have : RInt density 0 (8 / 5) <= 44521 / 100000 by unfold density; integral with (i_prec 40). lra. } lra.
Qed.
Lemma turn_below_lost delta e_cr : 3 / 2 <= delta -> first_turn delta e_cr -> e_cr < 3 / 10 /\ 79 / 100 < lost delta.
Proof.
  intros Hd T. have [[[e0 _] _] _] := T. have dp : 0 < delta by lra. split.
  - have [He [_ [_ [_ top]]]] := up_to_first_turn delta e_cr e_cr Hd T ltac:(lra). have := mass_estimate_above delta dp e_cr He.
    have I := estimate_inside delta dp e_cr (proj1 T). have [y0 _] := filter_radius_spec delta dp (mass_estimate delta e_cr) ltac:(lra).
    have p := density_pos delta. have : 0 <= filter_radius delta (mass_estimate delta e_cr) * density delta by apply Rmult_le_pos; lra. lra.
  - rewrite lost_form. have a := cdf_above_0 (- (3 * delta)). have m := cdf_monotone (- delta) (- (3 / 2)) ltac:(lra).
    rewrite (cdf_reflection (3 / 2)) in m. have : 933 / 1000 <= cdf (3 / 2); [|lra].
    unfold cdf. have : 433 / 1000 <= RInt density 0 (3 / 2) by unfold density; integral with (i_prec 40). lra.
Qed.

(** claim: concave-adversary
    paper: Section V and Appendix B, "When c/k is smaller than eps_cr, the best adversarial strategy is to attack all components equally"
    proves: printed refuted, for every Delta >= 3/2: next below eps_cr, losing the share kappa/m of the components, m = rho - f(2 Delta), and leaving the others alone does more
    seeded: loss delta kappa < kappa / lost delta) ==> kappa / lost delta < loss delta kappa) *)
Theorem concave_adversary delta e_cr : 3 / 2 <= delta -> first_turn delta e_cr ->
  (0 < lost delta < 1 /\ cdf delta < mass_estimate delta (lost delta)) /\
  exists start, 0 < start < e_cr /\ (forall kappa, start < kappa <= e_cr -> kappa / lost delta < 1 /\ loss delta kappa < kappa / lost delta).
Proof.
  intros Hd T. have [l01 [_ full]] := lost_all delta ltac:(lra). have [ratio _] := loss_at_turn_ratio delta e_cr Hd T.
  have dp : 0 < delta by lra. have [H _] := T. have [[e0 _] _] := H. have [L0 _] := loss_grows delta e_cr e_cr dp H ltac:(lra).
  have [small big] := turn_below_lost delta e_cr Hd T.
  split => //. exists (loss delta e_cr * lost delta). split; [split => //; apply Rmult_lt_0_compat; lra|].
  intros kappa Hk. have k0 : 0 < kappa by (have : 0 < loss delta e_cr * lost delta by apply Rmult_lt_0_compat; lra); lra.
  have [_ L] := loss_grows delta kappa e_cr dp H ltac:(lra).
  have : loss delta kappa * lost delta <= loss delta e_cr * lost delta by apply Rmult_le_compat_r; lra.
  split; apply (Rmult_lt_reg_r (lost delta)); try lra; rewrite div_mul; lra.
Qed.

(** claim: convex-adversary
    paper: Section V and Appendix B, "When c/k is larger than eps_cr, the best adversarial strategy is to focus on a few components", the others at eps_cr
    proves: printed refuted, for every Delta >= 3/2: with a share of components lost and the others at eps_cr, it does more to leave those alone and to lose others with their mass
    seeded: share + (1 - share) * loss delta e_cr < kappa / lost delta ==> share + (1 - share) * loss delta e_cr < kappa * lost delta *)
Theorem convex_adversary delta e_cr share : 3 / 2 <= delta -> first_turn delta e_cr -> 0 <= share < 1 ->
  let kappa := share * lost delta + (1 - share) * e_cr in
  cdf delta < mass_estimate delta (lost delta) /\ share < kappa / lost delta < 1 /\
  share + (1 - share) * loss delta e_cr < kappa / lost delta.
Proof.
  intros Hd T Hs kappa. have [l01 [_ full]] := lost_all delta ltac:(lra). have [ratio _] := loss_at_turn_ratio delta e_cr Hd T.
  have [[[e0 _] _] _] := T. have [small big] := turn_below_lost delta e_cr Hd T. split => //.
  have E : kappa / lost delta = share + (1 - share) * (e_cr / lost delta) by unfold kappa; field; lra.
  have q : e_cr / lost delta < 1 by apply (Rmult_lt_reg_r (lost delta)); [lra | rewrite div_mul; lra].
  have q0 : 0 < e_cr / lost delta by apply Rdiv_lt_0_compat; lra.
  have m : loss delta e_cr < e_cr / lost delta by apply (Rmult_lt_reg_r (lost delta)); [lra | rewrite div_mul; lra].
  rewrite E. split; [split; nra|]. apply Rplus_lt_compat_l, Rmult_lt_compat_l; lra.
Qed.

(** claim: even-attack-bound
    paper: Appendix B, after Lemma 5, "lim K(m) <= g(eps-hat)^2/(1 + g(eps-hat)^2)", c/k < eps_cr
    proves: part: for every Delta >= 2, next below eps_cr, the loss is below what the Bayes risk at two means earns with the same mass; not that no algorithm errs by less than that
    seeded: loss delta kappa < B / (2 * cdf t - 1) * kappa) ==> B / (2 * cdf t - 1) * kappa < loss delta kappa) *)
Theorem even_attack_bound : exists t B, line_integral (bayes t) B /\ 0 < 2 * cdf t - 1 /\ forall delta e_cr, 2 <= delta -> first_turn delta e_cr ->
  exists start, start < e_cr /\ (forall kappa, start < kappa <= e_cr -> 0 < kappa -> loss delta kappa < B / (2 * cdf t - 1) * kappa).
Proof.
  destruct two_point_ratio as [B [HB r]]. exists (937 / 1000), B. split => //. have c := cdf_above_half (937 / 1000) ltac:(lra). split; [lra|].
  intros delta e_cr Hd T. have [_ K] := loss_at_turn_ratio delta e_cr ltac:(lra) T. have {}K := K Hd.
  have dp : 0 < delta by lra. have [H _] := T. have [[e0 _] _] := H.
  move: (B / (2 * cdf (937 / 1000) - 1)) r => b r. exists (loss delta e_cr / b). split.
  - apply (Rmult_lt_reg_r b); [lra|]. rewrite div_mul; [|lra]. have : e_cr * (66 / 100) < e_cr * b by apply Rmult_lt_compat_l; lra. lra.
  - intros kappa Hk k0. have [_ L] := loss_grows delta kappa e_cr dp H ltac:(lra). apply Rle_lt_trans with (1 := L).
    have := Rmult_lt_compat_r b _ _ ltac:(lra) (proj1 Hk). rewrite div_mul; lra.
Qed.

(** * The adversary's best value. *)
Lemma loss_below_certainty g : 0 <= g -> loss_of_shift g <= 2 * cdf g - 1.
Proof.
  intros Hg. have q : 0 < 1 + g ^ 2 by (have := pow2_ge_0 g; lra). unfold loss_of_shift.
  apply (Rmult_le_reg_r (1 + g ^ 2)) => //. rewrite div_mul //. destruct (Rle_lt_dec g 1) as [K|K].
  - have C := cdf_cubic g Hg. have f : 39 / 100 <= density 0 by unfold density; interval with (i_prec 30).
    have g2 : 0 <= g ^ 2 <= 1 by (split; [apply pow2_ge_0 | rewrite -(pow1 2); apply pow_incr; lra]).
    have low : 78 / 100 * (g * (1 - g ^ 2 / 6)) <= 2 * cdf g - 1.
    { have : 0 <= g * (1 - g ^ 2 / 6) by apply Rmult_le_pos; lra. intros P.
      have : 39 / 100 * (g * (1 - g ^ 2 / 6)) <= density 0 * (g * (1 - g ^ 2 / 6)) by apply Rmult_le_compat_r.
      replace (g - g ^ 3 / 6) with (g * (1 - g ^ 2 / 6)) in C by field. lra. }
    apply Rle_trans with (78 / 100 * (g * (1 - g ^ 2 / 6)) * (1 + g ^ 2)); [|apply Rmult_le_compat_r; lra].
    replace (g ^ 2) with (g * g) at 1 by ring. replace (78 / 100 * (g * (1 - g ^ 2 / 6)) * (1 + g ^ 2)) with (g * (78 / 100 * (1 - g ^ 2 / 6) * (1 + g ^ 2))) by ring.
    apply Rmult_le_compat_l => //. clear - K Hg. apply Rminus_le. interval with (i_prec 40, i_bisect g).
  - have M := mills g ltac:(lra). have c := cdf_below_1 g.
    have p : density g <= density 0 * exp (- 1 / 2).
    { rewrite (density_exp0 g). apply Rmult_le_compat_l; [left; apply density_pos | apply exp_monotone; nra]. }
    have : 2 * (1 - cdf g) * (1 + g ^ 2) <= 1; [|lra].
    (* (1 + g^2)/g phi(g) falls from 1 on *)
    have fall : (1 + g ^ 2) * density g / g <= 2 * density 1.
    { have D : forall z, 1 <= z <= g -> is_derive (fun z => - ((/ z + z) * density z)) z ((/ z ^ 2 + z ^ 2) * density z).
      { intros z Hz. have dd := density_derive z. auto_derive; [repeat split; [lra | by eexists; eassumption]|].
        rewrite (is_derive_unique _ _ _ dd). field. lra. }
      have up : forall z, 1 < z < g -> 0 <= (/ z ^ 2 + z ^ 2) * density z.
      { intros z Hz. have z2 : 0 < z ^ 2 by apply pow_lt; lra. have := Rinv_0_lt_compat _ z2. have := density_pos z.
        intros a b. apply Rmult_le_pos; lra. }
      have := increases_weakly _ _ 1 g D up
        1 g ltac:(lra) ltac:(lra) ltac:(lra).
      have -> : (1 + g ^ 2) * density g / g = (/ g + g) * density g by field; lra. rewrite Rinv_1. lra. }
    have d1 : density 1 < 1 / 4 by unfold density; interval with (i_prec 30).
    apply (Rmult_le_reg_r g); [lra|].
    have : (1 + g ^ 2) * (g * (1 - cdf g)) <= (1 + g ^ 2) * density g by apply Rmult_le_compat_l; lra.
    have : (1 + g ^ 2) * density g / g * g <= 2 * density 1 * g by apply Rmult_le_compat_r; lra. rewrite div_mul; [|lra].
    have : density 1 * g <= 1 / 4 * g by apply Rmult_le_compat_r; lra. lra.
Qed.

(** What one component earns: 1 from [full] on, where eps-hat is Phi(Delta); before, the loss, with g beyond rho
    as in Domain.v. *)
Definition earned delta full e :=
  match Rle_dec full e with left _ => 1 | right _ =>
  match Rlt_dec (mass_estimate delta e) (central_mass delta) with left _ => loss delta e
  | right _ => loss_of_shift (quantile (extended_level delta (mass_estimate delta e))) end end.
Lemma earned_below delta full e : 0 < delta -> 0 < full < central_mass delta -> mass_estimate delta full = cdf delta ->
  0 <= e -> earned delta full e <= e + (1 - full).
Proof.
  intros dp Hf Ef He. unfold earned. have p := density_pos delta. destruct (Rle_dec full e) as [K|K]; [lra|].
  have grows : density delta * filter_radius delta e <= cdf delta - full.
  { have := radius_le delta dp e full He ltac:(lra) (proj2 Hf). unfold mass_estimate in Ef. intros R.
    have : density delta * filter_radius delta e <= density delta * filter_radius delta full by apply Rmult_le_compat_l; lra. lra. }
  have [l0 _] := filter_radius_spec delta dp e ltac:(lra). have m0 : 0 <= density delta * filter_radius delta e by apply Rmult_le_pos; lra.
  have hat : mass_estimate delta e <= e + (cdf delta - full) by unfold mass_estimate; lra.
  destruct (Rlt_dec (mass_estimate delta e) (central_mass delta)) as [L|L].
  - have [g0 E] := shift_spec delta dp (mass_estimate delta e) ltac:(unfold mass_estimate in *; lra).
    have [_ Ey] := filter_radius_spec delta dp (mass_estimate delta e) ltac:(unfold mass_estimate in *; lra).
    have B := loss_below_certainty _ g0. rewrite E shift_mass_deficit Ey in B.
    have c := cdf_below_1 (filter_radius delta (mass_estimate delta e) + delta).
    change (loss delta e) with (loss_of_shift (median_shift delta (mass_estimate delta e))). lra.
  - have [r0 r1] := rho_pos delta dp. have c := cdf_below_1 delta. have lev : 1 / 2 < extended_level delta (mass_estimate delta e) < 1.
    { unfold extended_level. lra. }
    have Q := quantile_spec (extended_level delta (mass_estimate delta e)) ltac:(lra).
    have q0 : 0 <= quantile (extended_level delta (mass_estimate delta e)) by apply cdf_le_inv; rewrite cdf_0 Q; lra.
    have B := loss_below_certainty _ q0. rewrite Q in B. unfold extended_level in *. lra.
Qed.
Lemma full_exists delta : 0 < delta -> exists full, 0 < full < central_mass delta /\ mass_estimate delta full = cdf delta.
Proof.
  intros dp. have p := density_pos delta. have c := cdf_below_1 delta. have a := cdf_above_0 delta.
  have z0 : 0 < / density delta by apply Rinv_0_lt_compat.
  destruct (value_between (estimate_at delta) 0 (/ density delta) (cdf delta)) as [x [Hx E]]; [lra | by apply estimate_at_continuous | |].
  - have := mass_deficit_nonneg delta dp (/ density delta) ltac:(lra). unfold estimate_at. rewrite mass_deficit_0 Rinv_r; lra.
  - have x0 : 0 < x. { destruct (proj1 Hx) as [K|K] => //. rewrite -K /estimate_at mass_deficit_0 in E. lra. }
    have d0 := mass_deficit_increasing delta dp 0 x ltac:(lra) x0. rewrite mass_deficit_0 in d0. have d1 := mass_deficit_below delta x dp.
    exists (mass_deficit delta x). split => //. unfold mass_estimate. rewrite filter_radius_of_deficit //; lra.
Qed.

(** claim: upper-majorant
    paper: Theorem 2 and Appendix B, C_0 c/k + C_1 above the adversary's best value, c/k > eps_cr
    proves: printed refuted, for every Delta >= 3/2, at c/k = rho - f(2 Delta), where every component's bound is 1; part: the best value is at most c/k + 1 - eps_full, eps-hat(eps_full) = Phi(Delta), for every Delta > 0; not its exact value
    seeded: C_0 delta * lost delta + loss delta e_cr < 1) /\ ==> 1 < C_0 delta * lost delta + loss delta e_cr) /\ *)
Theorem upper_majorant :
  (forall delta e_cr, 3 / 2 <= delta -> first_turn delta e_cr ->
    e_cr < lost delta < 1 /\ cdf delta < mass_estimate delta (lost delta) /\ C_0 delta * lost delta + loss delta e_cr < 1) /\
  (forall delta, 0 < delta -> exists full, 0 < full < central_mass delta /\ mass_estimate delta full = cdf delta /\
    forall es, (forall e, In e es -> 0 <= e) -> Domain.sum (map (earned delta full) es) <= Domain.sum es + INR (length es) * (1 - full)).
Proof.
  split.
  - intros delta e_cr Hd T. have dp : 0 < delta by lra. have [l01 [_ full]] := lost_all delta ltac:(lra). have [small big] := turn_below_lost delta e_cr Hd T.
    split; [lra|]. split => //. have L := loss_at_turn delta e_cr Hd T. have F := lost_form delta. have P := price_missing delta.
    have [P0 _] := price_bounds delta dp. have c4 := cdf_below_1 (4 * delta).
    have t := tail_above delta ltac:(lra). rewrite !cdf_reflection in F, P. have p := density_pos delta.
    have low : 69 / 100 * (density delta / delta) <= 1 - cdf delta.
    { apply Rle_trans with (2 := t). replace (69 / 100 * (density delta / delta)) with (density delta * (69 / 100 / delta)) by (field; lra).
      apply Rmult_le_compat_l; [lra|]. unfold convergent. apply (Rmult_le_reg_r (delta * (delta ^ 6 + 15 * delta ^ 4 + 45 * delta ^ 2 + 15))).
      { apply Rmult_lt_0_compat => //. apply denominator_pos. }
      have D := denominator_pos delta.
      have -> : 69 / 100 / delta * (delta * (delta ^ 6 + 15 * delta ^ 4 + 45 * delta ^ 2 + 15)) = 69 / 100 * (delta ^ 6 + 15 * delta ^ 4 + 45 * delta ^ 2 + 15) by field; lra.
      have -> : (delta ^ 5 + 14 * delta ^ 3 + 33 * delta) / (delta ^ 6 + 15 * delta ^ 4 + 45 * delta ^ 2 + 15) * (delta * (delta ^ 6 + 15 * delta ^ 4 + 45 * delta ^ 2 + 15))
        = delta ^ 6 + 14 * delta ^ 4 + 33 * delta ^ 2 by field; lra.
      have s : 9 / 4 <= delta ^ 2 by nra. replace (delta ^ 6) with (delta ^ 2 * (delta ^ 2 * delta ^ 2)) by ring. replace (delta ^ 4) with (delta ^ 2 * delta ^ 2) by ring.
      move: (delta ^ 2) s => s Hs. have q : 9 / 4 * (9 / 4) <= s * s by apply Rmult_le_compat; lra.
      have c : 9 / 4 * (9 / 4 * (9 / 4)) <= s * (s * s) by apply Rmult_le_compat; lra. lra. }
    have two := mills (2 * delta) ltac:(lra). have three := mills (3 * delta) ltac:(lra).
    have d2 : density (2 * delta) <= density delta * (4 / 100).
    { replace (2 * delta) with (delta + delta) by ring. rewrite density_shift. apply Rmult_le_compat_l; [lra|].
      apply Rle_trans with (exp (- (27 / 8))); [apply exp_monotone; nra | interval with (i_prec 30)]. }
    have d3 : density (3 * delta) <= density (2 * delta) by apply density_antitone_le; lra.
    have i : density delta / delta * delta = density delta by field; lra.
    have b2 : 1 - cdf (2 * delta) <= 2 / 100 * (density delta / delta).
    { apply (Rmult_le_reg_l (2 * delta)); [lra|]. lra. }
    have b3 : 1 - cdf (3 * delta) <= 2 / 100 * (density delta / delta).
    { apply (Rmult_le_reg_l (3 * delta)); [lra|]. lra. }
    have v : density delta / delta <= 13 / 100 * / (3 / 2).
    { apply Rmult_le_compat; [lra | left; by apply Rinv_0_lt_compat | | apply Rinv_le_contravar; lra].
      apply Rle_trans with (density (3 / 2)); [apply density_antitone_le; lra | unfold density; interval with (i_prec 30)]. }
    have q0 : 0 < density delta / delta by apply Rdiv_lt_0_compat.
    have sq : 2 * (density delta / delta) ^ 2 <= 1 / 5 * (density delta / delta) by nra.
    have c3 : lost delta + loss delta e_cr < price delta by lra.
    have l0 : 0 <= loss delta e_cr by apply nonneg_fraction; [apply pow2_ge_0 | have := pow2_ge_0 (median_shift delta (mass_estimate delta e_cr)); lra].
    unfold C_0. apply (Rmult_lt_reg_l (price delta)); [lra|].
    have -> : price delta * (/ price delta * lost delta + loss delta e_cr) = lost delta + price delta * loss delta e_cr by field; lra.
    have : price delta * loss delta e_cr <= 1 * loss delta e_cr by apply Rmult_le_compat_r; lra. lra.
  - intros delta H. destruct (full_exists delta H) as [full [Hf Ef]]. exists full. split => //. split => //.
    elim=> [|e es IH] nonneg; [simpl; lra|]. 
    have one := earned_below delta full e ltac:(lra) Hf Ef (nonneg e (or_introl eq_refl)).
    have rest := IH (fun z Hz => nonneg z (or_intror Hz)).
    change (earned delta full e + Domain.sum (map (earned delta full) es) <= e + Domain.sum es + INR (S (length es)) * (1 - full)).
    rewrite S_INR. lra.
Qed.
