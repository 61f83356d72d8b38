(** The two ends of the domain, for every delta. Near eps = 0 the criterion tends to -2; near eps_max it
    falls without bound, as the last term of its bracket grows like e^{y(y/2 - 3 delta)}. *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Window Loss Curvature Slope Curve Evaluated Stretches.
Open Scope R_scope.

(** The sign up to, and from, a value of y. *)
Definition keeps_before (s d0 d1 y : R) : Prop := forall delta eps, d0 <= delta <= d1 ->
  in_domain delta eps -> reach_on delta eps <= y -> 0 < s * criterion_on delta eps.
Definition keeps_beyond (s d0 d1 y : R) : Prop := forall delta eps, d0 <= delta <= d1 ->
  in_domain delta eps -> y <= reach_on delta eps -> 0 < s * criterion_on delta eps.

Lemma decay_upper t : 0 <= t -> decay t <= 2 * t.
Proof. intros _. have := exp_ineq1_le (- 2 * t). unfold decay. lra. Qed.

Lemma decay_lower t : 2 * t * exp (- 2 * t) <= decay t.
Proof.
  have E : exp (- 2 * t) * exp (2 * t) = 1 by rewrite -exp_plus -exp_0; f_equal; ring.
  have := exp_ineq1_le (2 * t). have := exp_pos (- 2 * t). unfold decay. nra.
Qed.

Lemma decay_increasing s t : s <= t -> decay s <= decay t.
Proof. intros H. have := exp_monotone (- 2 * t) (- 2 * s) ltac:(lra). unfold decay. lra. Qed.

(** coth t >= 1/t, so tanh t <= t. *)
Lemma decay_coth t : 0 < t -> decay t <= t * (2 - decay t).
Proof.
  intros t0. pose F s := s * (1 + exp (- 2 * s)) - (1 - exp (- 2 * s)).
  pose F' s := 1 - exp (- 2 * s) * (1 + 2 * s).
  suff : F 0 <= F t by unfold F, decay; rewrite Rmult_0_r exp_0; lra.
  have dF s : is_derive F s (F' s) by unfold F, F'; auto_derive => //; ring.
  destruct (MVT_gen F 0 t F') as [z [Hz E]].
  - intros; apply dF.
  - intros s _. exact: (derivable_continuous _ _ _ (dF s)).
  - have e1 : exp (- 2 * z) * exp (2 * z) = 1 by rewrite -exp_plus -exp_0; f_equal; ring.
    have e2 := exp_ineq1_le (2 * z). have e3 := exp_pos (- 2 * z).
    have : 0 <= F' z by unfold F'; nra. nra.
Qed.

Lemma coth_lower t : 0 < t -> / t <= coth t.
Proof.
  intros t0. have q0 := decay_pos t t0. have H := decay_coth t t0.
  apply (Rmult_le_reg_r t) => //. rewrite Rinv_l; [|lra].
  apply (Rmult_le_reg_r (decay t)) => //. unfold coth.
  replace ((2 - decay t) / decay t * t * decay t) with (t * (2 - decay t)) by (field; lra). lra.
Qed.

(** 2 sinh(t delta) <= 2 t delta e^{y delta} for t <= y. *)
Lemma pull_upper delta t y : 0 < delta -> 0 <= t <= y -> pull delta t <= 2 * t * delta * exp (y * delta).
Proof.
  intros delta_pos Ht. have q := decay_upper (t * delta) ltac:(nra).
  have e1 := exp_pos (t * delta). have e2 := exp_monotone (t * delta) (y * delta) ltac:(nra).
  have bell1 : exp (- t ^ 2 / 2) <= 1 by rewrite -exp_0; apply exp_monotone; nra.
  have bell0 := exp_pos (- t ^ 2 / 2).
  have split_off : exp (t * delta) - exp (- (t * delta)) = exp (t * delta) * decay (t * delta).
  { unfold decay. rewrite Rmult_minus_distr_l Rmult_1_r -exp_plus. do 2 f_equal. ring. }
  have td : 0 <= t * delta by nra.
  have q0 : 0 <= decay (t * delta).
  { have := exp_monotone (- 2 * (t * delta)) 0 ltac:(lra). rewrite exp_0. unfold decay. lra. }
  unfold pull. rewrite split_off.
  have P0 : 0 <= exp (t * delta) * decay (t * delta) by apply Rmult_le_pos; lra.
  apply Rle_trans with (1 * (exp (t * delta) * decay (t * delta))); [by apply Rmult_le_compat_r|].
  rewrite Rmult_1_l. apply Rle_trans with (exp (t * delta) * (2 * (t * delta))).
  - apply Rmult_le_compat_l; lra.
  - replace (2 * t * delta * exp (y * delta)) with (exp (y * delta) * (2 * (t * delta))) by ring.
    apply Rmult_le_compat_r; lra.
Qed.

Lemma pull_nonneg delta t : 0 < delta -> 0 <= t -> 0 <= pull delta t.
Proof.
  intros delta_pos t0. apply Rmult_le_pos; [left; apply exp_pos|].
  have := exp_monotone (- (t * delta)) (t * delta) ltac:(nra). lra.
Qed.

(** Near 0: x <= delta y^2 e^{y delta}, and g >= y phi(delta)/(2 phi(0)). *)
Lemma radius_upper delta eps : 0 < delta -> in_domain delta eps ->
  radius_on delta eps <= delta * reach_on delta eps ^ 2 * exp (reach_on delta eps * delta).
Proof.
  intros delta_pos H. have [x0 [y0 _]] := curve_pos delta delta_pos eps H.
  have [E _] := on_curve delta delta_pos eps H. have p0 := density_pos delta.
  move: (radius_on delta eps) (reach_on delta eps) x0 y0 E => x y x0 y0 E.
  have E0 := pull_integral delta 0 y. rewrite mass_deficit_0 in E0.
  have dx := mass_deficit_nonneg delta delta_pos x ltac:(lra). unfold estimate_at in E.
  have : RInt (pull delta) 0 y <= delta * y ^ 2 * exp (y * delta).
  { have I : is_RInt (fun t => 2 * t * delta * exp (y * delta)) 0 y
      (delta * y ^ 2 * exp (y * delta) - delta * 0 ^ 2 * exp (y * delta)).
    { apply (is_RInt_derive (fun t => delta * t ^ 2 * exp (y * delta))); intros t _.
      - auto_derive => //. ring.
      - apply: ex_derive_continuous. auto_derive => //. }
    rewrite /minus /plus /opp /= in I. apply Rle_trans with (RInt (fun t => 2 * t * delta * exp (y * delta)) 0 y).
    - apply RInt_le; [lra | apply pull_integrable | by eexists; apply I |]. intros t Ht. apply pull_upper => //; lra.
    - rewrite (is_RInt_unique _ _ _ _ I). right. ring. }
  intros bound. apply (Rmult_le_reg_l (density delta)) => //. nra.
Qed.

Lemma shift_lower delta eps : 0 < delta -> in_domain delta eps -> reach_on delta eps <= 2 * delta ->
  reach_on delta eps * density delta <= 2 * (shift_on delta eps * density 0).
Proof.
  intros delta_pos H short. have [_ [y0 h0]] := curve_pos delta delta_pos eps H.
  have [_ E] := on_curve delta delta_pos eps H.
  move: (reach_on delta eps) (shift_on delta eps) y0 h0 E short => y h y0 h0 E short.
  have lower : y * density delta <= cdf (y - delta) - cdf (- delta).
  { rewrite cdf_difference. replace (y * density delta) with (RInt (fun _ => density delta) (- delta) (y - delta)).
    - apply RInt_le; [lra | apply ex_RInt_const | apply density_integrable |].
      intros t Ht. left. apply density_antitone. nra.
    - rewrite RInt_const /scal /= /mult /=. ring. }
  have upper : cdf h - cdf 0 <= h * density 0.
  { rewrite cdf_difference. replace (h * density 0) with (RInt (fun _ => density 0) 0 h).
    - apply RInt_le; [lra | apply density_integrable | apply ex_RInt_const |].
      intros t Ht. left. apply density_antitone. nra.
    - rewrite RInt_const /scal /= /mult /=. ring. }
  rewrite cdf_0 E in upper. unfold shift_mass in upper. lra.
Qed.

(** The criterion near 0, from what is left of 1 - 3 at the corner (xu, y1, gu). *)
Lemma criterion_near_zero delta x y g : 0 < delta -> 0 < x < 1 -> 0 < y -> 0 < g <= 1 ->
  x <= delta * y ^ 2 * exp (y * delta) -> y * density delta <= 2 * (g * density 0) ->
  curvature_criterion_at delta x y g
    <= 1 - exp (- g ^ 2 / 2 - 3 * (y * delta)) * (1 + 2 * (1 - x ^ 2) / (1 + pull delta x) ^ 2).
Proof.
  intros delta_pos Hx y0 Hg radius shift. have p0 := density_pos delta.
  rewrite criterion_factors. unfold criterion_bracket. rewrite relative_steepness_pull -/(radius_bend delta x).
  have r0 := pull_nonneg delta x delta_pos ltac:(lra). move: (pull delta x) r0 => r r0.
  have yd : 0 < y * delta by nra.
  have q1 := decay_upper (y * delta) ltac:(lra). have q2 := decay_lower (y * delta).
  have q0 := decay_pos (y * delta) yd.
  (* the scale is at least y e^{-g^2/2} *)
  have scale : y * exp (- g ^ 2 / 2) <= criterion_scale delta g.
  { have dg : density g = density 0 * exp (- g ^ 2 / 2).
    { rewrite -{1}(Rplus_0_l g) density_shift. do 2 f_equal. field. }
    have b0 := exp_pos (- g ^ 2 / 2). unfold criterion_scale. rewrite dg.
    have w : y <= 2 * g * density 0 / density delta.
    { apply (Rmult_le_reg_r (density delta)) => //. rewrite div_mul //. lra. }
    replace (2 * g * (density 0 * exp (- g ^ 2 / 2)) / density delta)
      with (2 * g * density 0 / density delta * exp (- g ^ 2 / 2)) by (field; lra).
    have g2 : 0 <= g ^ 2 by apply pow2_ge_0.
    move: (g ^ 2) (exp (- g ^ 2 / 2)) (2 * g * density 0 / density delta) w b0 g2 => s b W w b0 s0.
    have : y * b <= W * b by apply Rmult_le_compat_r; lra.
    have : 0 <= s * (W * b) by apply Rmult_le_pos => //; apply Rmult_le_pos; lra. lra. }
  (* minus the bend is at least 1/x - x *)
  have bend : (1 - x ^ 2) / x <= - radius_bend delta x.
  { have := coth_lower (x * delta) ltac:(nra). unfold radius_bend => H.
    replace ((1 - x ^ 2) / x) with (delta * / (x * delta) - x) by (field; lra). nra. }
  pose e3 := exp (- 3 * (y * delta)).
  have first : e3 / y * (2 * (1 - x ^ 2) / (1 + r) ^ 2)
    <= - (decay (y * delta) * radius_bend delta x / (1 + r) ^ 2).
  { have inv_x : exp (- (y * delta)) <= delta * y ^ 2 / x.
    { have inv : exp (- (y * delta)) * exp (y * delta) = 1 by rewrite -exp_plus -exp_0; f_equal; ring.
      have e0 := exp_pos (- (y * delta)). apply (Rmult_le_reg_r x); [lra|]. rewrite div_mul; [|lra].
      apply Rle_trans with (exp (- (y * delta)) * (delta * y ^ 2 * exp (y * delta))).
      - apply Rmult_le_compat_l; lra.
      - replace (exp (- (y * delta)) * (delta * y ^ 2 * exp (y * delta)))
          with (delta * y ^ 2 * (exp (- (y * delta)) * exp (y * delta))) by ring. rewrite inv. lra. }
    have parts : e3 = exp (- 2 * (y * delta)) * exp (- (y * delta)).
    { unfold e3. rewrite -exp_plus. f_equal. ring. }
    have e2 := exp_pos (- 2 * (y * delta)). have x2 : 0 < 1 - x ^ 2 by nra.
    have step : e3 / y * (2 * (1 - x ^ 2)) <= decay (y * delta) * ((1 - x ^ 2) / x).
    { apply Rle_trans with (2 * (y * delta) * exp (- 2 * (y * delta)) * ((1 - x ^ 2) / x)).
      - rewrite parts. replace (exp (- 2 * (y * delta)) * exp (- (y * delta)) / y * (2 * (1 - x ^ 2)))
          with (2 * exp (- 2 * (y * delta)) * (1 - x ^ 2) / y * exp (- (y * delta))) by (field; lra).
        replace (2 * (y * delta) * exp (- 2 * (y * delta)) * ((1 - x ^ 2) / x))
          with (2 * exp (- 2 * (y * delta)) * (1 - x ^ 2) / y * (delta * y ^ 2 / x)) by (field; lra).
        apply Rmult_le_compat_l => //. apply Rdiv_le_0_compat => //. nra.
      - apply Rmult_le_compat_r => //. apply Rdiv_le_0_compat; lra. }
    have rr : 0 < (1 + r) ^ 2 by apply pow_lt; lra.
    apply (Rmult_le_reg_r ((1 + r) ^ 2)) => //.
    replace (e3 / y * (2 * (1 - x ^ 2) / (1 + r) ^ 2) * (1 + r) ^ 2) with (e3 / y * (2 * (1 - x ^ 2))) by (field; lra).
    replace (- (decay (y * delta) * radius_bend delta x / (1 + r) ^ 2) * (1 + r) ^ 2)
      with (decay (y * delta) * - radius_bend delta x) by (field; lra).
    apply Rle_trans with (1 := step). apply Rmult_le_compat_l; lra. }
  have second : e3 / y <= 2 * delta * exp (y * (y / 2 - 3 * delta)) / decay (y * delta).
  { have grows : e3 <= exp (y * (y / 2 - 3 * delta)).
    { apply exp_monotone. have := Rle_0_sqr y. unfold Rsqr. lra. }
    have e0 : 0 < e3 by apply exp_pos.
    apply (Rmult_le_reg_r (decay (y * delta))) => //. rewrite div_mul //.
    apply Rle_trans with (e3 / y * (2 * (y * delta))).
    - apply Rmult_le_compat_l => //. apply Rdiv_le_0_compat; lra.
    - replace (e3 / y * (2 * (y * delta))) with (2 * delta * e3) by (field; lra).
      apply Rmult_le_compat_l; lra. }
  have square : (1 - g ^ 2) ^ 2 <= 1.
  { clear - Hg. have : 0 <= g ^ 2 <= 1 by nra. nra. }
  have parts : exp (- g ^ 2 / 2 - 3 * (y * delta)) = y * exp (- g ^ 2 / 2) * (e3 / y).
  { unfold e3, Rminus. rewrite exp_plus. replace (- (3 * (y * delta))) with (- 3 * (y * delta)) by ring. field. lra. }
  rewrite parts.
  pose c := 2 * (1 - x ^ 2) / (1 + r) ^ 2.
  have c0 : 0 < c by apply Rdiv_lt_0_compat; [clear - Hg Hx; nra | apply pow_lt; lra].
  fold c in first |- *.
  pose A := decay (y * delta) * radius_bend delta x / (1 + r) ^ 2.
  pose B := 2 * delta * exp (y * (y / 2 - 3 * delta)) / decay (y * delta).
  fold A in first |- *. fold B in second |- *.
  have bracket : e3 / y * (1 + c) <= - (A - B) by lra.
  have e0 : 0 < e3 / y by apply Rdiv_lt_0_compat; [apply exp_pos | lra].
  have s0 : 0 < y * exp (- g ^ 2 / 2) by apply Rmult_lt_0_compat; [lra | apply exp_pos].
  have : y * exp (- g ^ 2 / 2) * (e3 / y * (1 + c)) <= criterion_scale delta g * - (A - B).
  { apply Rmult_le_compat => //; [lra|]. apply Rmult_le_pos; lra. }
  lra.
Qed.

(** The loss is concave near 0. *)
Lemma keeps_near_zero d0 d1 y xu gu : d0 <= d1 -> before d0 d1 y xu gu ->
  y <= 2 * d0 -> xu < 1 -> gu <= 1 ->
  1 < exp (- gu ^ 2 / 2 - 3 * (y * d1))
    * (1 + 2 * (1 - xu ^ 2) / (1 + (exp (xu * d1) - exp (- (xu * d1)))) ^ 2) ->
  keeps_before (-1) d0 d1 y.
Proof.
  intros Hdd B short xu1 gu1 corner delta eps Hd He Hy.
  have [d0_pos [y0' [xu0 _]]] := B. have delta_pos : 0 < delta by lra.
  have [x1 g1] := before_bounds d0 d1 delta eps Hd He _ _ _ B Hy.
  have [x0 [y0 g0]] := curve_pos delta delta_pos eps He.
  have radius := radius_upper delta eps delta_pos He.
  have shift := shift_lower delta eps delta_pos He ltac:(lra).
  unfold criterion_on.
  move: (radius_on delta eps) (reach_on delta eps) (shift_on delta eps) x1 g1 x0 y0 g0 radius shift Hy
    => x t g x1 g1 x0 t0 g0 radius shift Hy.
  have bound := criterion_near_zero delta x t g delta_pos ltac:(lra) t0 ltac:(lra) radius shift.
  have r0 := pull_nonneg delta x delta_pos ltac:(lra).
  pose ru := exp (xu * d1) - exp (- (xu * d1)).
  have r1 : pull delta x <= ru.
  { have m1 := pull_monotone delta d1 x ltac:(lra) (proj2 Hd).
    have bell1 : exp (- x ^ 2 / 2) <= 1.
    { rewrite -exp_0. apply exp_monotone. have := pow2_ge_0 x. lra. }
    have e1 := exp_monotone (x * d1) (xu * d1) ltac:(apply Rmult_le_compat; lra).
    have e2 := exp_monotone (- (xu * d1)) (- (x * d1)) ltac:(apply Ropp_le_contravar, Rmult_le_compat; lra).
    have e3 : exp (- (x * d1)) <= exp (x * d1).
    { apply exp_monotone. have : 0 <= x * d1 by apply Rmult_le_pos; lra. lra. }
    unfold ru. unfold pull at 2 in m1. clear - m1 bell1 e1 e2 e3.
    have : exp (- x ^ 2 / 2) * (exp (x * d1) - exp (- (x * d1))) <= 1 * (exp (x * d1) - exp (- (x * d1))).
    { apply Rmult_le_compat_r; lra. }
    lra. }
  fold ru in corner.
  have e : exp (- gu ^ 2 / 2 - 3 * (y * d1)) <= exp (- g ^ 2 / 2 - 3 * (t * delta)).
  { apply exp_monotone. have : g ^ 2 <= gu ^ 2 by apply pow_incr; lra.
    have : t * delta <= y * d1 by apply Rmult_le_compat; lra. lra. }
  have c : 2 * (1 - xu ^ 2) / (1 + ru) ^ 2 <= 2 * (1 - x ^ 2) / (1 + pull delta x) ^ 2.
  { have : x ^ 2 <= xu ^ 2 by apply pow_incr; lra.
    have : xu ^ 2 < 1 by (clear - xu0 xu1; nra). intros.
    apply Rmult_le_compat; [lra | left; apply Rinv_0_lt_compat, pow_lt; lra | lra |].
    apply Rinv_le_contravar; [apply pow_lt; lra|]. apply pow_incr; lra. }
  have e0 := exp_pos (- gu ^ 2 / 2 - 3 * (y * d1)).
  have c0 : 0 <= 2 * (1 - xu ^ 2) / (1 + ru) ^ 2 by apply Rdiv_le_0_compat; [clear - xu0 xu1; nra | apply pow_lt; lra].
  move: (2 * (1 - xu ^ 2) / (1 + ru) ^ 2) (2 * (1 - x ^ 2) / (1 + pull delta x) ^ 2)
    (exp (- gu ^ 2 / 2 - 3 * (y * d1))) (exp (- g ^ 2 / 2 - 3 * (t * delta))) e e0 c c0 corner bound
    => cu cx eu ex e e0 c c0 corner bound.
  clear - e e0 c c0 corner bound. nra.
Qed.

(** The loss is concave near eps_max: from y >= 3 delta on, the last term of the bracket grows. *)
Lemma keeps_near_end d0 d1 y xl gl xm gm : beyond d0 d1 y xl gl -> (forall z, 0 < z -> before d0 d1 z xm gm) ->
  3 * d1 <= y ->
  (forall delta x q g, d0 <= delta <= d1 -> xl <= x <= xm -> decay (y * d0) <= q <= 1 -> gl <= g <= gm ->
    (1 - g ^ 2) ^ 2 + (1 + g ^ 2) * weight delta g * (q * bend delta x / (1 + steep delta x) ^ 2
      - late delta y) < 0) ->
  keeps_beyond (-1) d0 d1 y.
Proof.
  intros Bl Bu far sign delta eps Hd He Hy.
  have [d0_pos [y0' [xu0 _]]] := Bl. have delta_pos : 0 < delta by lra.
  have [x0 [y0 g0]] := curve_pos delta delta_pos eps He.
  have [x1 g1] := beyond_bounds d0 d1 delta eps Hd He _ _ _ Bl Hy.
  have [x2 g2] := before_bounds d0 d1 delta eps Hd He _ _ _ (Bu _ y0) (Rle_refl _).
  unfold criterion_on. rewrite criterion_factors.
  move: (radius_on delta eps) (reach_on delta eps) (shift_on delta eps) x1 g1 x0 y0 g0 x2 g2 Hy
    => x t g x1 g1 x0 t0 g0 x2 g2 Hy.
  have q_low : decay (y * d0) <= decay (t * delta) by apply decay_increasing; nra.
  have q_pos := decay_pos (t * delta) ltac:(nra).
  have q_up : decay (t * delta) <= 1 by have := exp_pos (- 2 * (t * delta)); unfold decay; lra.
  have := sign delta x (decay (t * delta)) g Hd (conj x1 x2) (conj q_low q_up) (conj g1 g2).
  rewrite -(scale_is delta) -(steep_is delta) -(bend_is delta) //. unfold late.
  have late : 2 * delta * exp (y * (y / 2 - 3 * delta))
    <= 2 * delta * exp (t * (t / 2 - 3 * delta)) / decay (t * delta).
  { have e := exp_monotone (y * (y / 2 - 3 * delta)) (t * (t / 2 - 3 * delta)) ltac:(nra).
    have e0 := exp_pos (y * (y / 2 - 3 * delta)).
    have small : exp (y * (y / 2 - 3 * delta)) * decay (t * delta) <= exp (y * (y / 2 - 3 * delta)) * 1.
    { apply Rmult_le_compat_l; lra. }
    apply (Rmult_le_reg_r (decay (t * delta))) => //. rewrite div_mul //. rewrite !Rmult_assoc.
    apply Rmult_le_compat_l; [lra|]. apply Rmult_le_compat_l; lra. }
  have s0 : 0 < criterion_scale delta g.
  { apply Rmult_lt_0_compat; [nra|]. apply Rdiv_lt_0_compat; [|apply density_pos].
    apply Rmult_lt_0_compat; [lra | apply density_pos]. }
  unfold criterion_bracket. nra.
Qed.
