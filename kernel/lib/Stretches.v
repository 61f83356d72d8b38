(** Stretches of the curve on which the criterion keeps its sign s (1 or -1), and turns, where it changes
    it once; for every delta in [d0, d1]. *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Window Loss Curvature Slope Curve Evaluated.
Open Scope R_scope.

Definition keeps (s d0 d1 ya yb : R) : Prop := forall delta eps, d0 <= delta <= d1 ->
  in_domain delta eps -> ya <= reach_on delta eps <= yb -> 0 < s * criterion_on delta eps.

Lemma keeps_join s d0 d1 ya yb yc : keeps s d0 d1 ya yb -> keeps s d0 d1 yb yc -> keeps s d0 d1 ya yc.
Proof.
  intros H1 H2 delta eps Hd He Hy. destruct (Rle_lt_dec (reach_on delta eps) yb).
  - apply H1 => //; lra.
  - apply H2 => //; lra.
Qed.

(** A stretch from bounds before and beyond it, and the sign on the box that they make. *)
Lemma keeps_intro s d0 d1 ya yb xl gl xu gu : beyond d0 d1 ya xl gl -> before d0 d1 yb xu gu ->
  (forall delta x y g, d0 <= delta <= d1 -> xl <= x <= xu -> ya <= y <= yb -> gl <= g <= gu ->
    0 < s * evaluated_criterion delta x y g) -> keeps s d0 d1 ya yb.
Proof.
  intros Ha Hb sign delta eps Hd He Hy.
  have [x1 g1] := beyond_bounds d0 d1 delta eps Hd He _ _ _ Ha (proj1 Hy).
  have [x2 g2] := before_bounds d0 d1 delta eps Hd He _ _ _ Hb (proj2 Hy).
  have delta_pos : 0 < delta by (destruct Ha; lra).
  have [x0 _] := curve_pos delta delta_pos eps He.
  unfold criterion_on. rewrite criterion_is //. by apply sign.
Qed.

(** One change of sign, from -s to s. *)
Definition turns (s d0 d1 ya yb : R) : Prop := forall delta, d0 <= delta <= d1 ->
  exists turn, in_domain delta turn /\ ya < reach_on delta turn < yb /\ criterion_on delta turn = 0 /\
  forall eps, in_domain delta eps -> ya <= reach_on delta eps <= yb ->
    (eps < turn -> s * criterion_on delta eps < 0) /\ (turn < eps -> 0 < s * criterion_on delta eps).

Lemma turns_intro s d0 d1 ya yb xal gal xau gau xbl gbl xbu gbu : 0 < d0 -> 0 < ya < yb ->
  beyond d0 d1 ya xal gal -> before d0 d1 ya xau gau ->
  beyond d0 d1 yb xbl gbl -> before d0 d1 yb xbu gbu ->
  (forall delta x g, d0 <= delta <= d1 -> xal <= x <= xau -> gal <= g <= gau ->
    s * evaluated_criterion delta x ya g < 0) ->
  (forall delta x g, d0 <= delta <= d1 -> xbl <= x <= xbu -> gbl <= g <= gbu ->
    0 < s * evaluated_criterion delta x yb g) ->
  (forall delta x y g, d0 <= delta <= d1 -> xal <= x <= xbu -> ya <= y <= yb -> gal <= g <= gbu ->
    0 < s * evaluated_slope delta x y g) -> turns s d0 d1 ya yb.
Proof.
  intros d0_pos [ya0 yab] la ua lb ub at_a at_b climb delta Hd.
  have delta_pos : 0 < delta by lra.
  destruct (reach_onto delta delta_pos ya ya0) as [a [Ha Ea]].
  destruct (reach_onto delta delta_pos yb ltac:(lra)) as [b [Hb Eb]].
  have ab : a < b by apply (reach_lt_inv delta delta_pos) => //; lra.
  have inside e : a <= e <= b -> in_domain delta e.
  { intros He. apply (in_domain_before delta delta_pos e b) => //. destruct Ha. lra. }
  have between e : a <= e <= b -> ya <= reach_on delta e <= yb.
  { intros He. have He' := inside e He. split; [rewrite -Ea | rewrite -Eb].
    - destruct (proj1 He) as [K|<-]; [left; by apply reach_increasing | lra].
    - destruct (proj2 He) as [K| ->]; [left; by apply reach_increasing | lra]. }
  pose F e := s * criterion_on delta e.
  pose F' e := s * (reach_rate delta e * (criterion_scale delta (shift_on delta e)
    * criterion_slope delta (radius_on delta e) (reach_on delta e) (shift_on delta e))).
  have dF e : a <= e <= b -> is_derive F e (F' e).
  { intros He. apply (is_derive_scal (criterion_on delta) e s). by apply criterion_on_derive, inside. }
  have F'0 e : a <= e <= b -> 0 < F' e.
  { intros He. have He' := inside e He. have Hy := between e He.
    have [x1 g1] := beyond_bounds d0 d1 delta e Hd He' _ _ _ la (proj1 Hy).
    have [x2 g2] := before_bounds d0 d1 delta e Hd He' _ _ _ ub (proj2 Hy).
    have [x0 [y0 h0]] := curve_pos delta delta_pos e He'.
    have r0 := reach_rate_pos delta delta_pos e He'.
    have S := climb delta _ _ _ Hd (conj x1 x2) Hy (conj g1 g2).
    rewrite -slope_is // in S.
    have w0 : 0 < criterion_scale delta (shift_on delta e).
    { apply Rmult_lt_0_compat; [nra|]. apply Rdiv_lt_0_compat; [|apply density_pos].
      apply Rmult_lt_0_compat; [lra | apply density_pos]. }
    unfold F'. replace (s * _) with (reach_rate delta e * (criterion_scale delta (shift_on delta e)
      * (s * criterion_slope delta (radius_on delta e) (reach_on delta e) (shift_on delta e)))) by ring.
    apply Rmult_lt_0_compat => //. by apply Rmult_lt_0_compat. }
  have mono := increase_of_slope F F' a b dF F'0.
  have Fa : F a < 0.
  { have [x1 g1] := beyond_bounds d0 d1 delta a Hd Ha _ _ _ la ltac:(lra).
    have [x2 g2] := before_bounds d0 d1 delta a Hd Ha _ _ _ ua ltac:(lra).
    have [x0 _] := curve_pos delta delta_pos a Ha.
    unfold F, criterion_on. rewrite Ea criterion_is //. by apply at_a. }
  have Fb : 0 < F b.
  { have [x1 g1] := beyond_bounds d0 d1 delta b Hd Hb _ _ _ lb ltac:(lra).
    have [x2 g2] := before_bounds d0 d1 delta b Hd Hb _ _ _ ub ltac:(lra).
    have [x0 _] := curve_pos delta delta_pos b Hb.
    unfold F, criterion_on. rewrite Eb criterion_is //. by apply at_b. }
  destruct (zero_between F a b ab) as [turn [Ht zero]] => //.
  { intros e He. apply (derivable_continuous _ _ (F' e)). by apply dF. }
  have s0 : s <> 0 by (intros E; unfold F in Fb; rewrite E in Fb; lra).
  have inside_t : in_domain delta turn by apply inside; lra.
  exists turn. split => //. split; [|split].
  - split; [rewrite -Ea | rewrite -Eb]; apply reach_increasing => //; lra.
  - unfold F in zero. destruct (Rmult_integral _ _ zero) => //.
  - intros e He Hy.
    have ae : a <= e by apply (reach_le_inv delta delta_pos) => //; lra.
    have eb : e <= b by apply (reach_le_inv delta delta_pos) => //; lra.
    split => K.
    + have := mono e turn ae K ltac:(lra). unfold F in *. lra.
    + have := mono turn e ltac:(lra) K eb. unfold F in *. lra.
Qed.

(** Where a decimal eps lies on the curve. *)
Definition located (delta eps xl xu yl yu gl gu : R) : Prop := in_domain delta eps /\
  xl <= radius_on delta eps <= xu /\ yl <= reach_on delta eps <= yu /\ gl <= shift_on delta eps <= gu.

Lemma located_intro delta eps xl xu yl yu gl gu :
  0 < delta -> 0 < eps -> 0 <= xl <= yl -> xu <= yu -> 0 < yl -> 0 < yu ->
  RInt (steepness delta) 0 xl <= eps -> eps <= RInt (steepness delta) 0 xu ->
  RInt (pull delta) xl yl <= xl -> xu <= RInt (pull delta) xu yu ->
  0 <= RInt (shift_gap delta yl gl) 0 1 -> RInt (shift_gap delta yu gu) 0 1 <= 0 ->
  0 <= xu -> located delta eps xl xu yl yu gl gu.
Proof.
  intros delta_pos eps0 Hx xy yl0 yu0 X0 X1 Y0 Y1 G0 G1 xu0.
  rewrite -!mass_deficit_from_0 in X0 X1. rewrite !shift_gap_integral in G0 G1.
  have p0 := density_pos delta.
  have El := pull_integral delta xl yl. have Eu := pull_integral delta xu yu.
  have He : 0 < eps < central_mass delta by have := mass_deficit_below delta xu delta_pos; lra.
  have [x0 Ex] := filter_radius_spec delta delta_pos eps ltac:(lra).
  have Bx : xl <= radius_on delta eps <= xu.
  { split; apply (mass_deficit_le_inv delta delta_pos) => //; unfold radius_on; lra. }
  have hat : mass_deficit delta yl <= mass_estimate delta eps <= mass_deficit delta yu.
  { unfold mass_estimate. fold (radius_on delta eps). split; nra. }
  have inside : in_domain delta eps.
  { split => //. have := mass_deficit_below delta yu delta_pos. lra. }
  have Hh := estimate_inside delta delta_pos eps inside.
  have [y0 Ey] := filter_radius_spec delta delta_pos _ (conj (Rlt_le _ _ (proj1 Hh)) (proj2 Hh)).
  have By : yl <= reach_on delta eps <= yu.
  { split; apply (mass_deficit_le_inv delta delta_pos) => //; unfold reach_on; lra. }
  have [_ Eg] := on_curve delta delta_pos eps inside.
  have C0 := cdf_monotone (yl - delta) (reach_on delta eps - delta) ltac:(lra).
  have C1 := cdf_monotone (reach_on delta eps - delta) (yu - delta) ltac:(lra).
  split => //. split => //. split => //. unfold shift_mass in *. split; apply cdf_le_inv; lra.
Qed.

(** The second derivative of the loss has the sign of the criterion. *)
Lemma curvature_sign delta eps : 0 < delta -> in_domain delta eps ->
  (0 < criterion_on delta eps -> 0 < Derive (Derive (loss delta)) eps) /\
  (criterion_on delta eps < 0 -> Derive (Derive (loss delta)) eps < 0) /\
  (criterion_on delta eps = 0 -> Derive (Derive (loss delta)) eps = 0).
Proof.
  intros delta_pos H. have s0 := curvature_scale_pos delta delta_pos eps H.
  rewrite (is_derive_unique _ _ _ (loss_derive2 delta delta_pos eps H)).
  split; [|split]; intros; [nra | nra | rewrite H0; ring].
Qed.

Lemma loss_smooth delta eps : 0 < delta -> in_domain delta eps ->
  ex_derive (loss delta) eps /\ ex_derive (Derive (loss delta)) eps.
Proof.
  intros delta_pos H. split.
  - eexists. by apply loss_derive.
  - eexists. by apply loss_derive2.
Qed.
