(** The first turn of the loss, for every Delta >= 3/2: with u = l(eps-hat) Delta, the loss is concave up to
    u = 67/100, turns to convex once before u = 4/5, and is convex from there to u = 4/5. Boxes in
    (d, s, u, g, w) of Scaled.v, whose decimals are guesses that Coq proves, show the signs. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Window Loss Curvature Slope Curve Evaluated Stretches Ends Shape.
From Claims Require Import Tools Radius Scaled.
Open Scope R_scope.

Definition reach_in_units (delta eps : R) : R := reach_on delta eps * delta.
Definition slice (D0 d0 delta : R) : Prop := D0 <= delta /\ d0 <= / delta ^ 2.

Section Box.
Variables D0 d0 d1 G ua ub sl su wl wu : R.
Hypothesis D0_pos : 0 < D0.
Hypothesis d_ends : 0 <= d0 /\ / D0 ^ 2 <= d1.
Hypothesis G_small : 0 <= G <= 1.
Hypothesis s_low : 0 <= sl <= ua.
Hypothesis s_low_bound : sl <= kern_low d1 ua - kern_low d1 sl.
Hypothesis s_up : 0 <= su <= ub.
Hypothesis s_up_bound : kern_up d0 ub - kern_up d0 su <= su.
Hypothesis g_bound : (growth_up d0 ub - growth_up d0 0) * (density D0 / D0) <= 2 * (G * density G).
Hypothesis w_low_bound : 0 <= wl <= (1 - G ^ 2 / 2) * (growth_low d1 ua - growth_low d1 0).
Hypothesis w_up_bound : growth_up d0 ub - growth_up d0 0 <= wu.

Section Point.
Variables delta eps : R.
Hypothesis in_slice : slice D0 d0 delta.
Hypothesis inside : in_domain delta eps.
Hypothesis between : ua <= reach_in_units delta eps <= ub.
Notation d := (/ delta ^ 2).
Notation x := (radius_on delta eps).
Notation y := (reach_on delta eps).
Notation g := (shift_on delta eps).
Notation w := (scaled_weight delta eps).

Lemma slice_pos : 0 < delta. Proof. destruct in_slice. lra. Qed.
Lemma d_between : d0 <= d <= d1.
Proof.
  destruct in_slice as [H1 H2]. split => //. apply Rle_trans with (2 := proj2 d_ends).
  apply Rinv_le_contravar; [by apply pow_lt | apply pow_incr; lra].
Qed.

Lemma s_between : sl <= x * delta <= su.
Proof.
  have dp := slice_pos. have [x0 _] := curve_pos delta dp eps inside.
  have xy := radius_before_reach delta dp eps inside. have E := scaled_curve delta eps dp inside.
  have s0 : 0 < x * delta by apply Rmult_lt_0_compat. have su' : x * delta < y * delta by apply Rmult_lt_compat_r.
  have db := d_between. have d00 := proj1 d_ends. unfold reach_in_units in between.
  split; apply Rnot_lt_le => K.
  - have A := kern_integral_between d d0 d1 sl ua db d00 s_low.
    have B := kern_integral_wider d (x * delta) sl ua (y * delta) ltac:(lra) ltac:(lra) ltac:(lra). lra.
  - have A := kern_integral_between d d0 d1 su ub db d00 s_up.
    have B := kern_integral_wider d su (x * delta) (y * delta) ub ltac:(lra) ltac:(lra) ltac:(lra). lra.
Qed.

Lemma growth_between :
  growth_low d1 ua - growth_low d1 0 <= RInt (growth d) 0 (y * delta) <= growth_up d0 ub - growth_up d0 0.
Proof.
  have db := d_between. have d00 := proj1 d_ends. unfold reach_in_units in between.
  have A := growth_integral_between d d0 d1 ua db d00 ltac:(lra).
  have B := growth_integral_between d d0 d1 ub db d00 ltac:(lra).
  have C := growth_integral_longer d ua (y * delta) ltac:(lra).
  have D := growth_integral_longer d (y * delta) ub ltac:(lra). lra.
Qed.

Lemma unit_falls : 0 < density delta / delta <= density D0 / D0.
Proof.
  have dp := slice_pos. have p0 := density_pos delta. have p1 := density_pos D0. destruct in_slice as [H _]. split.
  - by apply Rdiv_lt_0_compat.
  - apply Rmult_le_compat; [lra | left; by apply Rinv_0_lt_compat | apply density_antitone_le; lra | by apply Rinv_le_contravar].
Qed.

Lemma g_between : 0 < g <= G.
Proof.
  have dp := slice_pos. have [_ [_ g0]] := curve_pos delta dp eps inside. split => //.
  have E := scaled_shift delta eps dp inside. have J := growth_between. have U := unit_falls.
  have [low _] := cdf_step 0 G ltac:(lra) (proj1 G_small). rewrite cdf_0 Rminus_0_r in low.
  have J0 : 0 <= RInt (growth d) 0 (y * delta).
  { apply RInt_ge_0; [|apply growth_integrable|]. have [_ [y0 _]] := curve_pos delta dp eps inside. nra.
    intros v _. left. apply exp_pos. }
  have : density delta / delta * RInt (growth d) 0 (y * delta)
    <= density D0 / D0 * (growth_up d0 ub - growth_up d0 0) by apply Rmult_le_compat; lra.
  intros M. apply cdf_le_inv. lra.
Qed.

Lemma w_between : wl <= w <= wu.
Proof.
  have dp := slice_pos. have [g0 gG] := g_between. have E := scaled_shift delta eps dp inside.
  have J := growth_between. have U := proj1 unit_falls.
  have W : w * (density delta / delta) = 2 * (g * density g).
  { unfold scaled_weight, weight. rewrite -density_quotient. have := density_pos delta. intros. field. lra. }
  have [low up] := cdf_step 0 g ltac:(lra) (Rlt_le _ _ g0). rewrite cdf_0 !Rminus_0_r in low up.
  have fall : density 0 * (1 - g ^ 2 / 2) <= density g.
  { replace (density g) with (density 0 * exp (- g ^ 2 / 2)).
    - apply Rmult_le_compat_l; [left; apply density_pos|]. have := exp_ineq1_le (- g ^ 2 / 2). lra.
    - rewrite -{2}(Rplus_0_l g) density_shift. do 2 f_equal. field. }
  have g2 : 0 <= g ^ 2 <= G ^ 2 by (split; [apply pow2_ge_0 | apply pow_incr; lra]).
  have G2 : G ^ 2 <= 1 by (rewrite -(pow1 2); apply pow_incr; lra).
  have p0 := density_pos 0.
  move: (RInt (growth d) 0 (y * delta)) (density delta / delta) E J U W => I c E J U W.
  split; apply (Rmult_le_reg_r c) => //; rewrite W.
  - have a : (1 - G ^ 2 / 2) * (c * I) <= (1 - g ^ 2 / 2) * (c * I).
    { apply Rmult_le_compat_r; [|lra]. rewrite -E. nra. }
    have b : (1 - g ^ 2 / 2) * (c * I) <= (1 - g ^ 2 / 2) * (2 * (g * density 0)) by apply Rmult_le_compat_l; lra.
    have e : g * (density 0 * (1 - g ^ 2 / 2)) <= g * density g by apply Rmult_le_compat_l; lra.
    have f : wl * c <= (1 - G ^ 2 / 2) * I * c.
    { apply Rmult_le_compat_r; [lra|]. apply Rle_trans with (1 := proj2 w_low_bound).
      apply Rmult_le_compat_l; lra. }
    lra.
  - have : I * c <= wu * c by apply Rmult_le_compat_r; lra. lra.
Qed.
End Point.

Lemma negative_box :
  (forall d s u g w, d0 <= d <= d1 -> sl <= s <= su -> ua <= u <= ub -> 0 <= g <= G -> wl <= w <= wu ->
    scaled_criterion d s u g w < 0) ->
  forall delta eps, slice D0 d0 delta -> in_domain delta eps -> ua <= reach_in_units delta eps <= ub ->
    criterion_on delta eps < 0.
Proof.
  intros H delta eps Hd He Hu. rewrite criterion_scaled; [|by apply slice_pos | by []].
  have := g_between delta eps Hd He Hu => Hg.
  apply H; [by apply d_between | by apply s_between | by [] | lra | by apply w_between].
Qed.
Lemma positive_box :
  (forall d s u g w, d0 <= d <= d1 -> sl <= s <= su -> ua <= u <= ub -> 0 <= g <= G -> wl <= w <= wu ->
    0 < scaled_criterion d s u g w) ->
  forall delta eps, slice D0 d0 delta -> in_domain delta eps -> ua <= reach_in_units delta eps <= ub ->
    0 < criterion_on delta eps.
Proof.
  intros H delta eps Hd He Hu. rewrite criterion_scaled; [|by apply slice_pos | by []].
  have := g_between delta eps Hd He Hu => Hg.
  apply H; [by apply d_between | by apply s_between | by [] | lra | by apply w_between].
Qed.
Lemma rising_box :
  (forall d s u g w, d0 <= d <= d1 -> sl <= s <= su -> ua <= u <= ub -> 0 <= g <= G -> wl <= w <= wu ->
    0 < scaled_slope d s u g w) ->
  forall delta eps, slice D0 d0 delta -> in_domain delta eps -> ua <= reach_in_units delta eps <= ub ->
    0 < criterion_slope delta (radius_on delta eps) (reach_on delta eps) (shift_on delta eps).
Proof.
  intros H delta eps Hd He Hu. have dp := slice_pos delta Hd. rewrite slope_scaled //.
  have := g_between delta eps Hd He Hu => Hg.
  apply Rmult_lt_0_compat; [by apply pow_lt|].
  apply H; [by apply d_between | by apply s_between | by [] | lra | by apply w_between].
Qed.
End Box.

(** The loss is concave up to u = 1/4. *)
Lemma concave_at_first delta eps : 3 / 2 <= delta -> in_domain delta eps -> reach_in_units delta eps <= 1 / 4 ->
  criterion_on delta eps < 0.
Proof.
  intros Hd He Hu. have dp : 0 < delta by lra. have [x0 [y0 g0]] := curve_pos delta dp eps He.
  have xy := radius_before_reach delta dp eps He.
  have R := radius_upper delta eps dp He. unfold reach_in_units in Hu.
  have y1 : reach_on delta eps <= 1 / 6 by nra.
  have S := shift_lower delta eps dp He ltac:(lra).
  (* s <= u^2 e^u, and e^(1/4) <= 13/10 *)
  have e4 : exp (reach_on delta eps * delta) <= 13 / 10.
  { apply Rle_trans with (exp (1 / 4)); [by apply exp_monotone | interval with (i_prec 40)]. }
  have s1 : radius_on delta eps * delta <= 82 / 1000.
  { have : radius_on delta eps * delta <= delta * reach_on delta eps ^ 2 * exp (reach_on delta eps * delta) * delta.
    { apply Rmult_le_compat_r; lra. }
    replace (delta * reach_on delta eps ^ 2 * exp (reach_on delta eps * delta) * delta)
      with ((reach_on delta eps * delta) ^ 2 * exp (reach_on delta eps * delta)) by ring.
    have : (reach_on delta eps * delta) ^ 2 * exp (reach_on delta eps * delta) <= (1 / 4) ^ 2 * (13 / 10).
    { apply Rmult_le_compat; [apply pow2_ge_0 | left; apply exp_pos | apply pow_incr; nra | by []]. }
    lra. }
  have x1 : radius_on delta eps <= 55 / 1000 by nra.
  have g1 : shift_on delta eps <= 1 / 10.
  { have E := scaled_shift delta eps dp He.
    have B := growth_integral_between (/ delta ^ 2) 0 (/ delta ^ 2) (1 / 4) ltac:(split; [left; apply Rinv_0_lt_compat; nra | lra]) ltac:(lra) ltac:(lra).
    have C := growth_integral_longer (/ delta ^ 2) (reach_on delta eps * delta) (1 / 4) ltac:(split; [nra | lra]).
    have V : growth_up 0 (1 / 4) - growth_up 0 0 <= 3 / 10 by unfold growth_up, growth_low; interval with (i_prec 40).
    have c : 0 < density delta / delta <= density (3 / 2) / (3 / 2).
    { split; [apply Rdiv_lt_0_compat => //; apply density_pos|].
      apply Rmult_le_compat; [left; apply density_pos | left; by apply Rinv_0_lt_compat | apply density_antitone_le; lra
        | apply Rinv_le_contravar; lra]. }
    have c1 : density (3 / 2) / (3 / 2) <= 9 / 100 by unfold density; interval with (i_prec 40).
    have low : 39 / 1000 <= 1 / 10 * density (1 / 10) by unfold density; interval with (i_prec 40).
    have [st _] := cdf_step 0 (1 / 10) ltac:(lra) ltac:(lra). rewrite cdf_0 Rminus_0_r in st.
    apply cdf_le_inv.
    have : density delta / delta * RInt (growth (/ delta ^ 2)) 0 (reach_on delta eps * delta) <= 9 / 100 * (3 / 10).
    { apply Rle_trans with (density delta / delta * (3 / 10)); [apply Rmult_le_compat_l; lra | apply Rmult_le_compat_r; lra]. }
    lra. }
  have K := criterion_near_zero delta _ _ _ dp (conj x0 (Rle_lt_trans _ _ 1 x1 ltac:(lra))) y0 (conj g0 (Rle_trans _ _ 1 g1 ltac:(lra))) R S.
  apply Rle_lt_trans with (1 := K).
  have r0 := pull_nonneg delta (radius_on delta eps) dp ltac:(lra).
  have r1 : pull delta (radius_on delta eps) <= 17 / 100.
  { rewrite pull_scaled //. unfold kern. have d2 : 0 < / delta ^ 2 by apply Rinv_0_lt_compat, pow_lt.
    have b : exp (- / delta ^ 2 * (radius_on delta eps * delta) ^ 2 / 2) <= 1.
    { rewrite -exp_0. apply exp_monotone. have := pow2_ge_0 (radius_on delta eps * delta). nra. }
    have s0 : 0 <= radius_on delta eps * delta by nra.
    have n := sinh_nonneg _ s0.
    have m : exp (radius_on delta eps * delta) - exp (- (radius_on delta eps * delta)) <= 17 / 100.
    { move: (radius_on delta eps * delta) s0 s1 => s s0 s1. interval with (i_prec 40). }
    have b0 := exp_pos (- / delta ^ 2 * (radius_on delta eps * delta) ^ 2 / 2). nra. }
  have bound : 1 < exp (- shift_on delta eps ^ 2 / 2 - 3 * (reach_on delta eps * delta))
    * (1 + 2 * (1 - radius_on delta eps ^ 2) / (1 + pull delta (radius_on delta eps)) ^ 2).
  { have u0 : 0 <= reach_on delta eps * delta by nra.
    move: (shift_on delta eps) (reach_on delta eps * delta) (radius_on delta eps) (pull delta (radius_on delta eps)) g0 g1 u0 Hu x0 x1 r0 r1
      => g u x r g0 g1 u0 Hu x0 x1 r0 r1. interval with (i_prec 40). }
  lra.
Qed.

(** A turn from boxes. *)
Definition first_turn (delta e_cr : R) : Prop := in_domain delta e_cr /\ loss_curvature delta e_cr = 0 /\
  (forall e, in_domain delta e -> e < e_cr -> loss_curvature delta e < 0) /\
  exists e_b, e_cr < e_b /\ in_domain delta e_b /\ forall e, e_cr < e <= e_b -> 0 < loss_curvature delta e.

Definition concave_to (D0 d0 ua ub : R) : Prop := forall delta eps, slice D0 d0 delta -> in_domain delta eps ->
  ua <= reach_in_units delta eps <= ub -> criterion_on delta eps < 0.
Definition rising_to (D0 d0 ua ub : R) : Prop := forall delta eps, slice D0 d0 delta -> in_domain delta eps ->
  ua <= reach_in_units delta eps <= ub ->
  0 < criterion_slope delta (radius_on delta eps) (reach_on delta eps) (shift_on delta eps).
Lemma concave_join D0 d0 a b c : concave_to D0 d0 a b -> concave_to D0 d0 b c -> concave_to D0 d0 a c.
Proof. intros H K delta eps Hd He Hu. destruct (Rle_lt_dec (reach_in_units delta eps) b); [apply H | apply K] => //; lra. Qed.
Lemma rising_join D0 d0 a b c : rising_to D0 d0 a b -> rising_to D0 d0 b c -> rising_to D0 d0 a c.
Proof. intros H K delta eps Hd He Hu. destruct (Rle_lt_dec (reach_in_units delta eps) b); [apply H | apply K] => //; lra. Qed.

Lemma first_turn_intro D0 d0 : 3 / 2 <= D0 -> concave_to D0 d0 (1 / 4) (67 / 100) -> rising_to D0 d0 (67 / 100) (4 / 5) ->
  (forall delta eps, slice D0 d0 delta -> in_domain delta eps -> 4 / 5 <= reach_in_units delta eps <= 4 / 5 -> 0 < criterion_on delta eps) ->
  forall delta, slice D0 d0 delta -> exists e_cr, first_turn delta e_cr /\ 67 / 100 < reach_in_units delta e_cr < 4 / 5.
Proof.
  intros HD concave rising positive delta Hd. have D := proj1 Hd. have dp : 0 < delta by lra.
  have onto u : 0 < u -> exists e, in_domain delta e /\ reach_in_units delta e = u.
  { intros u0. destruct (reach_onto delta dp (u / delta)) as [e [He E]]; [by apply Rdiv_lt_0_compat|].
    exists e. split => //. rewrite /reach_in_units E. field. lra. }
  destruct (onto (67 / 100) ltac:(lra)) as [a [Ha Ea]]. destruct (onto (4 / 5) ltac:(lra)) as [b [Hb Eb]].
  have mono e e' : in_domain delta e -> in_domain delta e' -> e < e' -> reach_in_units delta e < reach_in_units delta e'.
  { intros H H' K. apply Rmult_lt_compat_r => //. by apply reach_increasing. }
  have back e e' : in_domain delta e -> in_domain delta e' -> reach_in_units delta e < reach_in_units delta e' -> e < e'.
  { intros H H' K. apply (reach_lt_inv delta dp) => //. by apply (Rmult_lt_reg_r delta). }
  have ab : a < b by apply back => //; lra.
  have within e : a <= e <= b -> in_domain delta e.
  { intros He. apply (in_domain_before delta dp e b) => //. destruct Ha. lra. }
  have units e : a <= e <= b -> 67 / 100 <= reach_in_units delta e <= 4 / 5.
  { intros He. have He' := within e He. rewrite -Ea -Eb. split.
    - destruct (proj1 He) as [K| ->]; [left; by apply mono | lra].
    - destruct (proj2 He) as [K| ->]; [left; by apply mono | lra]. }
  pose F e := criterion_on delta e.
  pose F' e := reach_rate delta e * (criterion_scale delta (shift_on delta e)
    * criterion_slope delta (radius_on delta e) (reach_on delta e) (shift_on delta e)).
  have dF e : a <= e <= b -> is_derive F e (F' e) by (intros He; apply criterion_on_derive => //; by apply within).
  have F'0 e : a <= e <= b -> 0 < F' e.
  { intros He. have He' := within e He. have [x0 [y0 h0]] := curve_pos delta dp e He'.
    apply Rmult_lt_0_compat; [by apply reach_rate_pos|]. apply Rmult_lt_0_compat; [|by apply rising => //; apply units].
    apply Rmult_lt_0_compat; [nra|]. apply Rdiv_lt_0_compat; [|apply density_pos].
    apply Rmult_lt_0_compat; [lra | apply density_pos]. }
  have rise := increase_of_slope F F' a b dF F'0.
  have Fa : F a < 0 by apply concave => //; lra.
  have Fb : 0 < F b by apply positive => //; lra.
  destruct (zero_between F a b ab) as [t [Ht zero]] => //.
  { intros e He. apply (derivable_continuous _ _ (F' e)). by apply dF. }
  have Dt : in_domain delta t by apply within; lra.
  have sign e (He : in_domain delta e) := curvature_sign delta e dp He.
  exists t. split; [|split; [rewrite -Ea | rewrite -Eb]; apply mono => //; lra].
  split; [exact Dt|]. split; [by apply sign|]. split.
  - intros e He K. apply (proj1 (proj2 (sign e He))). destruct (Rle_lt_dec a e) as [L|L].
    + have := rise e t L K ltac:(lra). unfold F in *. lra.
    + have U := mono e a He Ha L. destruct (Rle_lt_dec (1 / 4) (reach_in_units delta e)).
      * apply concave => //. lra.
      * apply concave_at_first => //; lra.
  - exists b. split; [lra|]. split; [exact Hb|]. intros e He. have He' : in_domain delta e by apply within; lra.
    apply (proj1 (sign e He')). have := rise t e ltac:(lra) (proj1 He) (proj2 He). unfold F in *. lra.
Qed.

(** The boxes. *)
Ltac numbers := first [lra | unfold growth_up, kern_up, growth_low, kern_low, density; interval with (i_prec 50)
  | unfold growth_up, kern_up, growth_low, kern_low, density; split; interval with (i_prec 50)
  | intros; unfold scaled_criterion, scaled_slope, scaled_bracket, scaled_late, scaled_bend, growth, kern; interval with (i_prec 40)].

(* Delta from 3 on, d from 0 on *)
Lemma concave_0_0 : concave_to 3 0 (1 / 4) (169 / 500).
Proof. refine (negative_box 3 0 (1 / 9) (89 / 50000) (1 / 4) (169 / 500) (37 / 625) (10443 / 100000) (28367 / 100000) (8043 / 20000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_0_1 : concave_to 3 0 (169 / 500) (17 / 40).
Proof. refine (negative_box 3 0 (1 / 9) (89 / 50000) (169 / 500) (17 / 40) (10411 / 100000) (15827 / 100000) (40121 / 100000) (331 / 625) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_0_2 : concave_to 3 0 (17 / 40) (101 / 200).
Proof. refine (negative_box 3 0 (1 / 9) (89 / 50000) (17 / 40) (101 / 200) (15757 / 100000) (21437 / 100000) (26381 / 50000) (65699 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_0_3 : concave_to 3 0 (101 / 200) (573 / 1000).
Proof. refine (negative_box 3 0 (1 / 9) (89 / 50000) (101 / 200) (573 / 1000) (2131 / 10000) (3327 / 12500) (16337 / 25000) (77359 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_0_4 : concave_to 3 0 (573 / 1000) (613 / 1000).
Proof. refine (negative_box 3 0 (1 / 9) (89 / 50000) (573 / 1000) (613 / 1000) (13211 / 50000) (14907 / 50000) (76819 / 100000) (84597 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_0_5 : concave_to 3 0 (613 / 1000) (321 / 500).
Proof. refine (negative_box 3 0 (1 / 9) (89 / 50000) (613 / 1000) (321 / 500) (29571 / 100000) (32197 / 100000) (16783 / 20000) (22507 / 25000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_0_6 : concave_to 3 0 (321 / 500) (83 / 125).
Proof. refine (negative_box 3 0 (1 / 9) (89 / 50000) (321 / 500) (83 / 125) (15957 / 50000) (34037 / 100000) (22307 / 25000) (18851 / 20000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_0_7 : concave_to 3 0 (83 / 125) (67 / 100).
Proof. refine (negative_box 3 0 (1 / 9) (89 / 50000) (83 / 125) (67 / 100) (16861 / 50000) (2159 / 6250) (18671 / 20000) (2982 / 3125) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma rising_0_0 : rising_to 3 0 (67 / 100) (723 / 1000).
Proof. refine (rising_box 3 0 (1 / 9) (57 / 25000) (67 / 100) (723 / 1000) (34219 / 100000) (1222 / 3125) (18899 / 20000) (106061 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma rising_0_1 : rising_to 3 0 (723 / 1000) (193 / 250).
Proof. refine (rising_box 3 0 (1 / 9) (57 / 25000) (723 / 1000) (193 / 250) (38691 / 100000) (8689 / 20000) (20969 / 20000) (11641 / 10000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma rising_0_2 : rising_to 3 0 (193 / 250) (4 / 5).
Proof. refine (rising_box 3 0 (1 / 9) (57 / 25000) (193 / 250) (4 / 5) (21469 / 50000) (5747 / 12500) (114871 / 100000) (24511 / 20000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma positive_0 : forall delta eps, slice 3 0 delta -> in_domain delta eps ->
  (4 / 5) <= reach_in_units delta eps <= (4 / 5) -> 0 < criterion_on delta eps.
Proof. refine (positive_box 3 0 (1 / 9) (57 / 25000) (4 / 5) (4 / 5) (45409 / 100000) (5747 / 12500) (60403 / 50000) (24511 / 20000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Definition turn_0 := first_turn_intro 3 0 ltac:(lra)
  (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ concave_0_0 concave_0_1) concave_0_2) concave_0_3) concave_0_4) concave_0_5) concave_0_6) concave_0_7)
  (rising_join _ _ _ _ _ (rising_join _ _ _ _ _ rising_0_0 rising_0_1) rising_0_2) positive_0.

(* Delta from 2 on, d from (1 / 9) on *)
Lemma concave_1_0 : concave_to 2 (1 / 9) (1 / 4) (9 / 25).
Proof. refine (negative_box 2 (1 / 9) (1 / 4) (1621 / 50000) (1 / 4) (9 / 25) (1477 / 25000) (11687 / 100000) (7077 / 25000) (2161 / 5000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_1_1 : concave_to 2 (1 / 9) (9 / 25) (231 / 500).
Proof. refine (negative_box 2 (1 / 9) (1 / 4) (1621 / 50000) (9 / 25) (231 / 500) (5819 / 50000) (18259 / 100000) (21527 / 50000) (58467 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_1_2 : concave_to 2 (1 / 9) (231 / 500) (53 / 100).
Proof. refine (negative_box 2 (1 / 9) (1 / 4) (1621 / 50000) (231 / 500) (53 / 100) (18141 / 100000) (23153 / 100000) (5811 / 10000) (17371 / 25000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_1_3 : concave_to 2 (1 / 9) (53 / 100) (587 / 1000).
Proof. refine (negative_box 2 (1 / 9) (1 / 4) (1621 / 50000) (53 / 100) (587 / 1000) (4593 / 20000) (6879 / 25000) (2154 / 3125) (79277 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_1_4 : concave_to 2 (1 / 9) (587 / 1000) (629 / 1000).
Proof. refine (negative_box 2 (1 / 9) (1 / 4) (1621 / 50000) (587 / 1000) (629 / 1000) (27249 / 100000) (30861 / 100000) (78499 / 100000) (17367 / 20000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_1_5 : concave_to 2 (1 / 9) (629 / 1000) (131 / 200).
Proof. refine (negative_box 2 (1 / 9) (1 / 4) (1621 / 50000) (629 / 1000) (131 / 200) (15263 / 50000) (32983 / 100000) (42927 / 50000) (5729 / 6250) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_1_6 : concave_to 2 (1 / 9) (131 / 200) (67 / 100).
Proof. refine (negative_box 2 (1 / 9) (1 / 4) (1621 / 50000) (131 / 200) (67 / 100) (163 / 500) (2139 / 6250) (90537 / 100000) (11813 / 12500) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma rising_1_0 : rising_to 2 (1 / 9) (67 / 100) (713 / 1000).
Proof. refine (rising_box 2 (1 / 9) (1 / 4) (1041 / 25000) (67 / 100) (713 / 1000) (33811 / 100000) (18921 / 50000) (46627 / 50000) (20573 / 20000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma rising_1_1 : rising_to 2 (1 / 9) (713 / 1000) (379 / 500).
Proof. refine (rising_box 2 (1 / 9) (1 / 4) (1041 / 25000) (713 / 1000) (379 / 500) (18669 / 50000) (41721 / 100000) (2533 / 2500) (111977 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma rising_1_2 : rising_to 2 (1 / 9) (379 / 500) (4 / 5).
Proof. refine (rising_box 2 (1 / 9) (1 / 4) (1041 / 25000) (379 / 500) (4 / 5) (41107 / 100000) (22709 / 50000) (110067 / 100000) (120827 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma positive_1 : forall delta eps, slice 2 (1 / 9) delta -> in_domain delta eps ->
  (4 / 5) <= reach_in_units delta eps <= (4 / 5) -> 0 < criterion_on delta eps.
Proof. refine (positive_box 2 (1 / 9) (1 / 4) (1041 / 25000) (4 / 5) (4 / 5) (44689 / 100000) (22709 / 50000) (118519 / 100000) (120827 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Definition turn_1 := first_turn_intro 2 (1 / 9) ltac:(lra)
  (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ concave_1_0 concave_1_1) concave_1_2) concave_1_3) concave_1_4) concave_1_5) concave_1_6)
  (rising_join _ _ _ _ _ (rising_join _ _ _ _ _ rising_1_0 rising_1_1) rising_1_2) positive_1.

(* Delta from (7 / 4) on, d from (1 / 4) on *)
Lemma concave_2_0 : concave_to (7 / 4) (1 / 4) (1 / 4) (9 / 25).
Proof. refine (negative_box (7 / 4) (1 / 4) (16 / 49) (5921 / 100000) (1 / 4) (9 / 25) (5901 / 100000) (291 / 2500) (113 / 400) (1077 / 2500) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_2_1 : concave_to (7 / 4) (1 / 4) (9 / 25) (231 / 500).
Proof. refine (negative_box (7 / 4) (1 / 4) (16 / 49) (5921 / 100000) (9 / 25) (231 / 500) (2903 / 25000) (567 / 3125) (42923 / 100000) (58147 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_2_2 : concave_to (7 / 4) (1 / 4) (231 / 500) (53 / 100).
Proof. refine (negative_box (7 / 4) (1 / 4) (16 / 49) (5921 / 100000) (231 / 500) (53 / 100) (18077 / 100000) (2297 / 10000) (2893 / 5000) (4311 / 6250) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_2_3 : concave_to (7 / 4) (1 / 4) (53 / 100) (587 / 1000).
Proof. refine (negative_box (7 / 4) (1 / 4) (16 / 49) (5921 / 100000) (53 / 100) (587 / 1000) (22861 / 100000) (13629 / 50000) (857 / 1250) (491 / 625) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_2_4 : concave_to (7 / 4) (1 / 4) (587 / 1000) (629 / 1000).
Proof. refine (negative_box (7 / 4) (1 / 4) (16 / 49) (5921 / 100000) (587 / 1000) (629 / 1000) (27103 / 100000) (15269 / 50000) (78001 / 100000) (42963 / 50000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_2_5 : concave_to (7 / 4) (1 / 4) (629 / 1000) (131 / 200).
Proof. refine (negative_box (7 / 4) (1 / 4) (16 / 49) (5921 / 100000) (629 / 1000) (131 / 200) (15171 / 50000) (6523 / 20000) (85237 / 100000) (90619 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_2_6 : concave_to (7 / 4) (1 / 4) (131 / 200) (67 / 100).
Proof. refine (negative_box (7 / 4) (1 / 4) (16 / 49) (5921 / 100000) (131 / 200) (67 / 100) (3239 / 10000) (33827 / 100000) (89837 / 100000) (93373 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma rising_2_0 : rising_to (7 / 4) (1 / 4) (67 / 100) (713 / 1000).
Proof. refine (rising_box (7 / 4) (1 / 4) (16 / 49) (1901 / 25000) (67 / 100) (713 / 1000) (6717 / 20000) (37359 / 100000) (23107 / 25000) (50731 / 50000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma rising_2_1 : rising_to (7 / 4) (1 / 4) (713 / 1000) (379 / 500).
Proof. refine (rising_box (7 / 4) (1 / 4) (16 / 49) (1901 / 25000) (713 / 1000) (379 / 500) (37059 / 100000) (2571 / 6250) (627 / 625) (55119 / 50000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma rising_2_2 : rising_to (7 / 4) (1 / 4) (379 / 500) (4 / 5).
Proof. refine (rising_box (7 / 4) (1 / 4) (16 / 49) (1901 / 25000) (379 / 500) (4 / 5) (40767 / 100000) (5591 / 12500) (13607 / 12500) (118723 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma positive_2 : forall delta eps, slice (7 / 4) (1 / 4) delta -> in_domain delta eps ->
  (4 / 5) <= reach_in_units delta eps <= (4 / 5) -> 0 < criterion_on delta eps.
Proof. refine (positive_box (7 / 4) (1 / 4) (16 / 49) (1901 / 25000) (4 / 5) (4 / 5) (8857 / 20000) (5591 / 12500) (58539 / 50000) (118723 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Definition turn_2 := first_turn_intro (7 / 4) (1 / 4) ltac:(lra)
  (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ concave_2_0 concave_2_1) concave_2_2) concave_2_3) concave_2_4) concave_2_5) concave_2_6)
  (rising_join _ _ _ _ _ (rising_join _ _ _ _ _ rising_2_0 rising_2_1) rising_2_2) positive_2.

(* Delta from (3 / 2) on, d from (16 / 49) on *)
Lemma concave_3_0 : concave_to (3 / 2) (16 / 49) (1 / 4) (169 / 500).
Proof. refine (negative_box (3 / 2) (16 / 49) (4 / 9) (10473 / 100000) (1 / 4) (169 / 500) (5891 / 100000) (2071 / 20000) (28107 / 100000) (7989 / 20000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_3_1 : concave_to (3 / 2) (16 / 49) (169 / 500) (17 / 40).
Proof. refine (negative_box (3 / 2) (16 / 49) (4 / 9) (10473 / 100000) (169 / 500) (17 / 40) (10321 / 100000) (7813 / 50000) (317 / 800) (52389 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_3_2 : concave_to (3 / 2) (16 / 49) (17 / 40) (101 / 200).
Proof. refine (negative_box (3 / 2) (16 / 49) (4 / 9) (10473 / 100000) (17 / 40) (101 / 200) (15549 / 100000) (21071 / 100000) (3243 / 6250) (16171 / 25000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_3_3 : concave_to (3 / 2) (16 / 49) (101 / 200) (573 / 1000).
Proof. refine (negative_box (3 / 2) (16 / 49) (4 / 9) (10473 / 100000) (101 / 200) (573 / 1000) (2093 / 10000) (3257 / 12500) (12789 / 20000) (37901 / 50000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_3_4 : concave_to (3 / 2) (16 / 49) (573 / 1000) (613 / 1000).
Proof. refine (negative_box (3 / 2) (16 / 49) (4 / 9) (10473 / 100000) (573 / 1000) (613 / 1000) (6459 / 25000) (5823 / 20000) (7479 / 10000) (82637 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_3_5 : concave_to (3 / 2) (16 / 49) (613 / 1000) (321 / 500).
Proof. refine (negative_box (3 / 2) (16 / 49) (4 / 9) (10473 / 100000) (613 / 1000) (321 / 500) (7209 / 25000) (3923 / 12500) (40713 / 50000) (8773 / 10000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_3_6 : concave_to (3 / 2) (16 / 49) (321 / 500) (83 / 125).
Proof. refine (negative_box (3 / 2) (16 / 49) (4 / 9) (10473 / 100000) (321 / 500) (83 / 125) (31057 / 100000) (33131 / 100000) (17271 / 20000) (91673 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma concave_3_7 : concave_to (3 / 2) (16 / 49) (83 / 125) (67 / 100).
Proof. refine (negative_box (3 / 2) (16 / 49) (4 / 9) (10473 / 100000) (83 / 125) (67 / 100) (8191 / 25000) (33611 / 100000) (1127 / 1250) (2319 / 2500) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma rising_3_0 : rising_to (3 / 2) (16 / 49) (67 / 100) (88 / 125).
Proof. refine (rising_box (3 / 2) (16 / 49) (4 / 9) (269 / 2000) (67 / 100) (88 / 125) (2077 / 6250) (909 / 2500) (90881 / 100000) (49509 / 50000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma rising_3_1 : rising_to (3 / 2) (16 / 49) (88 / 125) (743 / 1000).
Proof. refine (rising_box (3 / 2) (16 / 49) (4 / 9) (269 / 2000) (88 / 125) (743 / 1000) (35911 / 100000) (39569 / 100000) (24219 / 25000) (106401 / 100000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma rising_3_2 : rising_to (3 / 2) (16 / 49) (743 / 1000) (779 / 1000).
Proof. refine (rising_box (3 / 2) (16 / 49) (4 / 9) (269 / 2000) (743 / 1000) (779 / 1000) (9757 / 25000) (42577 / 100000) (103917 / 100000) (28353 / 25000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma rising_3_3 : rising_to (3 / 2) (16 / 49) (779 / 1000) (4 / 5).
Proof. refine (rising_box (3 / 2) (16 / 49) (4 / 9) (269 / 2000) (779 / 1000) (4 / 5) (41941 / 100000) (44351 / 100000) (11057 / 10000) (11759 / 10000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Lemma positive_3 : forall delta eps, slice (3 / 2) (16 / 49) delta -> in_domain delta eps ->
  (4 / 5) <= reach_in_units delta eps <= (4 / 5) -> 0 < criterion_on delta eps.
Proof. refine (positive_box (3 / 2) (16 / 49) (4 / 9) (269 / 2000) (4 / 5) (4 / 5) (21827 / 50000) (44351 / 100000) (57259 / 50000) (11759 / 10000) _ _ _ _ _ _ _ _ _ _ _); numbers. Qed.
Definition turn_3 := first_turn_intro (3 / 2) (16 / 49) ltac:(lra)
  (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ (concave_join _ _ _ _ _ concave_3_0 concave_3_1) concave_3_2) concave_3_3) concave_3_4) concave_3_5) concave_3_6) concave_3_7)
  (rising_join _ _ _ _ _ (rising_join _ _ _ _ _ (rising_join _ _ _ _ _ rising_3_0 rising_3_1) rising_3_2) rising_3_3) positive_3.

(** The first turn exists for every Delta >= 3/2, and l(eps_cr) <= l(eps-hat(eps_cr)) < 4/(5 Delta). *)
Lemma first_turn_exists delta : 3 / 2 <= delta ->
  exists e_cr, first_turn delta e_cr /\ 67 / 100 < reach_in_units delta e_cr < 4 / 5.
Proof.
  intros H. have square a : 0 < a -> a <= delta -> / delta ^ 2 <= / a ^ 2.
  { intros a0 Ha. apply Rinv_le_contravar; [by apply pow_lt | apply pow_incr; lra]. }
  have below a : delta <= a -> / a ^ 2 <= / delta ^ 2.
  { intros Ha. apply Rinv_le_contravar; [apply pow_lt; lra | apply pow_incr; lra]. }
  destruct (Rle_lt_dec 3 delta) as [K|K].
  { apply turn_0. split => //. left. apply Rinv_0_lt_compat, pow_lt. lra. }
  destruct (Rle_lt_dec 2 delta) as [L|L].
  { apply turn_1. split => //. have := below 3 ltac:(lra). lra. }
  destruct (Rle_lt_dec (7 / 4) delta) as [M|M].
  { apply turn_2. split => //. have := below 2 ltac:(lra). lra. }
  apply turn_3. split => //. have := below (7 / 4) ltac:(lra). lra.
Qed.
Lemma first_turn_only delta a b : first_turn delta a -> first_turn delta b -> a = b.
Proof.
  intros [Ha [za [na _]]] [Hb [zb [nb _]]]. destruct (Rtotal_order a b) as [K|[K|K]] => //.
  - have := nb a Ha K. lra.
  - have := na b Hb K. lra.
Qed.
Lemma first_of_turns delta e1 e2 : 0 < delta -> turns_at delta e1 e2 -> first_turn delta e1.
Proof.
  intros dp [H1 [H2 [L [z1 [_ S]]]]]. have e0 : 0 < e1 by destruct H1 as [[e0 _] _].
  have inside e : e1 < e <= (e1 + e2) / 2 -> in_domain delta e.
  { intros He. apply (in_domain_before delta dp e e2) => //. lra. }
  split; [exact H1|]. split; [exact z1|]. split.
  - intros e He K. have [_ [_ [n _]]] := S e He. by apply n.
  - exists ((e1 + e2) / 2). split; [lra|]. split; [apply inside; lra|]. intros e He.
    have [_ [_ [_ [p _]]]] := S e (inside e He). apply p. lra.
Qed.

(** What is used of it: x and y stay below 4/(5 Delta) up to eps_cr. *)
Lemma first_turn_radii delta e_cr : 3 / 2 <= delta -> first_turn delta e_cr ->
  0 < e_cr < central_mass delta /\ mass_estimate delta e_cr < central_mass delta /\
  filter_radius delta e_cr * delta < 4 / 5 /\ filter_radius delta (mass_estimate delta e_cr) * delta < 4 / 5.
Proof.
  intros Hd T. have dp : 0 < delta by lra. destruct (first_turn_exists delta Hd) as [t [Ht [_ U]]].
  rewrite (first_turn_only delta e_cr t T Ht). have D : in_domain delta t by destruct Ht.
  split; [exact (proj1 D)|]. split; [exact (proj2 D)|].
  have xy := radius_before_reach delta dp t D. unfold reach_in_units, reach_on, radius_on in *.
  have : filter_radius delta t * delta < filter_radius delta (mass_estimate delta t) * delta by apply Rmult_lt_compat_r.
  lra.
Qed.
