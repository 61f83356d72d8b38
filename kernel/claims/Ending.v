(** Next to eps_max the loss is concave, for every Delta > 0: the last term of the criterion's bracket grows
    without bound as y = l(eps-hat) does, and all else stays bounded. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Gauss Window Loss Curvature Slope Curve Stretches Ends Shape.
From Claims Require Import Tools Radius.
Open Scope R_scope.

Section Ending.
Variables delta start : R.
Hypothesis delta_pos : 0 < delta.
Hypothesis inside : in_domain delta start.
Notation p := (density delta).
Notation g0 := (shift_on delta start).

(** What bounds g: Phi(g) < 1 - Phi(-Delta)/2. *)
Definition most : R := quantile (1 - cdf (- delta) / 2).
Lemma shift_below e : in_domain delta e -> shift_on delta e < most.
Proof.
  intros He. have [_ E] := on_curve delta delta_pos e He. have a := cdf_above_0 (- delta). have b := cdf_below_1 (- delta).
  apply cdf_lt_inv. unfold most. rewrite quantile_spec; [|lra]. rewrite E. unfold shift_mass.
  have := cdf_below_1 (reach_on delta e - delta). lra.
Qed.
Lemma shift_above e : in_domain delta e -> start < e -> g0 <= shift_on delta e.
Proof.
  intros He K. have [h0 _] := inside. have [k0 k1] := He. have up := mass_estimate_above delta delta_pos start h0.
  apply (shift_le delta delta_pos); [lra | left; apply mass_estimate_increasing; lra | exact k1].
Qed.
Lemma radius_below e : in_domain delta e -> radius_on delta e <= / p.
Proof.
  intros He. have [E _] := on_curve delta delta_pos e He. have [x0 _] := curve_pos delta delta_pos e He.
  have d0 := mass_deficit_nonneg delta delta_pos (radius_on delta e) ltac:(lra).
  have d1 := mass_deficit_below delta (reach_on delta e) delta_pos. have r := rho_pos delta delta_pos.
  have pp := density_pos delta. unfold estimate_at in E. apply (Rmult_le_reg_l p) => //. rewrite Rinv_r; lra.
Qed.
Lemma bracket_below e : in_domain delta e ->
  criterion_bracket delta (radius_on delta e) (reach_on delta e)
    <= / p - 2 * delta * exp (reach_on delta e * (reach_on delta e / 2 - 3 * delta)).
Proof.
  intros He. have [x0 [y0 _]] := curve_pos delta delta_pos e He. have X := radius_below e He.
  unfold criterion_bracket. rewrite relative_steepness_pull.
  have r0 := pull_nonneg delta (radius_on delta e) delta_pos ltac:(lra).
  have q0 := decay_pos (reach_on delta e * delta) ltac:(nra).
  have q1 : decay (reach_on delta e * delta) <= 1 by (have := exp_pos (- 2 * (reach_on delta e * delta)); unfold decay; lra).
  have bend : radius_bend delta (radius_on delta e) <= radius_on delta e.
  { have s0 : 0 < radius_on delta e * delta by nra. have := coth_lower _ s0. have := Rinv_0_lt_compat _ s0.
    unfold radius_bend. nra. }
  have late0 := exp_pos (reach_on delta e * (reach_on delta e / 2 - 3 * delta)).
  move: (radius_bend delta (radius_on delta e)) (decay (reach_on delta e * delta)) (pull delta (radius_on delta e))
    (exp (reach_on delta e * (reach_on delta e / 2 - 3 * delta))) bend q0 q1 r0 late0 => b q r late bend q0 q1 r0 late0.
  have square : 1 <= (1 + r) ^ 2 by (rewrite -(pow1 2); apply pow_incr; lra).
  have first : q * b / (1 + r) ^ 2 <= radius_on delta e.
  { apply (Rmult_le_reg_r ((1 + r) ^ 2)); [lra|]. rewrite div_mul; [|lra].
    have : q * b <= q * radius_on delta e by apply Rmult_le_compat_l; lra.
    have : q * radius_on delta e <= 1 * radius_on delta e by apply Rmult_le_compat_r; lra.
    have : radius_on delta e * 1 <= radius_on delta e * (1 + r) ^ 2 by apply Rmult_le_compat_l; lra. lra. }
  have second : 2 * delta * late <= 2 * delta * late / q.
  { apply (Rmult_le_reg_r q) => //. rewrite div_mul //.
    have : 0 <= 2 * delta * late by apply Rmult_le_pos; lra. nra. }
  lra.
Qed.

(** The loss is concave somewhere beyond [start]. *)
Lemma concave_beyond : exists e, start < e /\ in_domain delta e /\ loss_curvature delta e < 0.
Proof.
  have pp := density_pos delta. have [_ [y0 h0]] := curve_pos delta delta_pos start inside.
  have top := shift_below start inside.
  pose least := 2 * g0 * density most / p.
  have least0 : 0 < least by (apply Rdiv_lt_0_compat => //; apply Rmult_lt_0_compat; [lra | apply density_pos]).
  pose room := / p + (1 + most ^ 2) ^ 2 / least + 1.
  have room0 : / p + (1 + most ^ 2) ^ 2 / least < room by (unfold room; lra).
  have ip := Rinv_0_lt_compat _ pp.
  have sq : 0 < (1 + most ^ 2) ^ 2 by apply pow_lt; have := pow2_ge_0 most; lra.
  have frac := Rdiv_lt_0_compat _ _ sq least0.
  pose y := reach_on delta start + 6 * delta + 2 + room / (2 * delta).
  have q0 : 0 < room / (2 * delta) by apply Rdiv_lt_0_compat; lra.
  destruct (reach_onto delta delta_pos y ltac:(unfold y; lra)) as [e [He Ey]].
  have later : start < e by (apply (reach_lt_inv delta delta_pos) => //; rewrite Ey; unfold y; lra).
  exists e. split => //. split => //.
  have [_ [neg _]] := curvature_sign delta e delta_pos He. apply neg. unfold criterion_on. rewrite criterion_factors.
  have B := bracket_below e He. rewrite Ey in B |- *.
  have late : room <= 2 * delta * exp (y * (y / 2 - 3 * delta)).
  { have up : y <= y * (y / 2 - 3 * delta) by (rewrite -{1}(Rmult_1_r y); apply Rmult_le_compat_l; unfold y; lra).
    have grow := exp_ineq1_le (y * (y / 2 - 3 * delta)).
    have : room / (2 * delta) <= exp (y * (y / 2 - 3 * delta)) by (unfold y in *; lra).
    intros K. have : 2 * delta * (room / (2 * delta)) <= 2 * delta * exp (y * (y / 2 - 3 * delta)) by apply Rmult_le_compat_l; lra.
    have -> : 2 * delta * (room / (2 * delta)) = room by field; lra. by []. }
  have low := shift_above e He later. have high := shift_below e He.
  move: (shift_on delta e) low high => g low high. clear neg.
  have gd : density most <= density g by apply density_antitone_le; lra.
  have scale : least <= criterion_scale delta g.
  { unfold criterion_scale, least. have dm := density_pos most.
    have a : 2 * g0 * density most <= 2 * g * density g by apply Rmult_le_compat; lra.
    have b : 2 * g0 * density most / p <= 2 * g * density g / p by (apply Rmult_le_compat_r; lra).
    have c : 0 <= g ^ 2 * (2 * g * density g / p).
    { apply Rmult_le_pos; [apply pow2_ge_0|]. apply Rmult_le_pos; [|lra]. apply Rmult_le_pos; [lra | left; apply density_pos]. }
    lra. }
  have start_term : (1 - g ^ 2) ^ 2 <= (1 + most ^ 2) ^ 2.
  { have g2 : 0 <= g ^ 2 <= most ^ 2 by (split; [apply pow2_ge_0 | apply pow_incr; lra]). clear - g2. nra. }
  have E : (1 + most ^ 2) ^ 2 / least * least = (1 + most ^ 2) ^ 2 by (field; lra).
  move: (criterion_bracket delta (radius_on delta e) y) (criterion_scale delta g) (exp (y * (y / 2 - 3 * delta)))
    B late scale => K S L B late scale.
  have down : K < - ((1 + most ^ 2) ^ 2 / least) by lra.
  have : S * - K >= least * - K by (apply Rle_ge, Rmult_le_compat_r; lra).
  have : least * - K > least * ((1 + most ^ 2) ^ 2 / least) by (apply Rlt_gt, Rmult_lt_compat_l; lra).
  lra.
Qed.
End Ending.
