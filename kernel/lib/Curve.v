(** The curve (x, y, g) = (l(eps), l(eps-hat), g(eps-hat)) with y as its parameter: every y > 0 is
    reached by one eps, and x and g grow with y. So decimals that bound x and g at one y bound them
    before or after it, for a whole range [d0, d1] of delta at once: the bounds are monotone in delta.
    Each bound rests on one integral, which loses no digits. *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Gauss Window Loss Curvature.
Open Scope R_scope.

(** The relative steepness as exponentials: it grows with delta. *)
Definition pull (delta t : R) : R := exp (- t ^ 2 / 2) * (exp (t * delta) - exp (- (t * delta))).

Lemma steepness_pull delta t : steepness delta t = density delta * pull delta t.
Proof.
  unfold steepness, pull. replace (t - delta) with (- delta + t) by ring. rewrite (Rplus_comm t delta).
  rewrite !density_shift density_even.
  replace (- t * (- delta + t / 2)) with (- t ^ 2 / 2 + t * delta) by field.
  replace (- t * (delta + t / 2)) with (- t ^ 2 / 2 + - (t * delta)) by field.
  rewrite !exp_plus. ring.
Qed.

Lemma relative_steepness_pull delta t : relative_steepness delta t = pull delta t.
Proof. unfold relative_steepness. rewrite steepness_pull. field. have := density_pos delta. lra. Qed.

Lemma pull_continuous delta t : continuous (pull delta) t.
Proof. apply: ex_derive_continuous. unfold pull. auto_derive => //. Qed.

Lemma pull_integrable delta a b : ex_RInt (pull delta) a b.
Proof. apply (ex_RInt_continuous (V := R_CompleteNormedModule)) => t _. apply pull_continuous. Qed.

Lemma exp_monotone a b : a <= b -> exp a <= exp b.
Proof. intros [ab| ->]; [left; by apply exp_increasing | lra]. Qed.

Lemma pull_monotone delta delta' t : 0 <= t -> delta <= delta' -> pull delta t <= pull delta' t.
Proof.
  intros t0 H. apply Rmult_le_compat_l; [left; apply exp_pos|].
  have := exp_monotone (t * delta) (t * delta') ltac:(nra).
  have := exp_monotone (- (t * delta')) (- (t * delta)) ltac:(nra). lra.
Qed.

Lemma pull_integral delta a b :
  mass_deficit delta b - mass_deficit delta a = density delta * RInt (pull delta) a b.
Proof.
  have E := RInt_scal (V := R_CompleteNormedModule) (pull delta) a b (density delta) (pull_integrable delta a b).
  rewrite /scal /= /mult /= in E. rewrite -E mass_deficit_integral.
  apply RInt_ext => t _. apply steepness_pull.
Qed.

Lemma pull_integral_monotone delta delta' a b : 0 <= a <= b -> delta <= delta' ->
  RInt (pull delta) a b <= RInt (pull delta') a b.
Proof.
  intros ab H. apply RInt_le; try apply pull_integrable; [lra|]. intros t Ht. apply pull_monotone; lra.
Qed.

(** The estimate that belongs to x, so the deficit at y. *)
Definition estimate_at (delta x : R) : R := mass_deficit delta x + density delta * x.

Section PositiveDelta.
Variable delta : R.
Hypothesis delta_pos : 0 < delta.

Notation rho := (central_mass delta).
Notation d := (mass_deficit delta).

Lemma estimate_at_increasing a b : 0 <= a -> a < b -> estimate_at delta a < estimate_at delta b.
Proof.
  intros a0 ab. have := mass_deficit_increasing delta delta_pos a b a0 ab.
  have := density_pos delta. unfold estimate_at. nra.
Qed.

Lemma estimate_at_le_inv a b : 0 <= b -> estimate_at delta a <= estimate_at delta b -> a <= b.
Proof. intros b0 H. apply Rnot_lt_le => K. have := estimate_at_increasing b a b0 K. lra. Qed.

Lemma estimate_at_continuous x : continuity_pt (estimate_at delta) x.
Proof.
  apply (continuity_pt_plus d (fun x => density delta * x)); [apply mass_deficit_continuous|].
  apply (continuity_pt_scal id), derivable_continuous_pt, derivable_pt_id.
Qed.

Lemma on_curve eps : in_domain delta eps ->
  d (reach_on delta eps) = estimate_at delta (radius_on delta eps) /\
  cdf (shift_on delta eps) = shift_mass delta (reach_on delta eps).
Proof.
  intros H. have He := estimate_inside delta delta_pos eps H. split.
  - have [_ E] := filter_radius_spec delta delta_pos _ (conj (Rlt_le _ _ (proj1 He)) (proj2 He)).
    destruct H as [He' _].
    have [_ E'] := filter_radius_spec delta delta_pos _ (conj (Rlt_le _ _ (proj1 He')) (proj2 He')).
    unfold reach_on, estimate_at, radius_on. rewrite E E'. by [].
  - by apply median_shift_spec.
Qed.

Lemma radius_before_reach eps : in_domain delta eps -> radius_on delta eps < reach_on delta eps.
Proof.
  intros H. have [x0 [y0 _]] := curve_pos delta delta_pos eps H. have [E _] := on_curve eps H.
  have p0 := density_pos delta. apply Rnot_le_lt => K.
  have : d (reach_on delta eps) <= d (radius_on delta eps).
  { destruct K as [K| ->]; [left; apply mass_deficit_increasing; lra | lra]. }
  rewrite E. unfold estimate_at. nra.
Qed.

(** Every y > 0 is reached. *)
Lemma reach_onto y : 0 < y -> exists eps, in_domain delta eps /\ reach_on delta eps = y.
Proof.
  intros y0. have p0 := density_pos delta. have dy := mass_deficit_increasing delta delta_pos 0 y ltac:(lra) y0.
  rewrite mass_deficit_0 in dy.
  destruct (value_between (estimate_at delta) 0 y (d y)) as [x [Hx E]]; try lra.
  - apply estimate_at_continuous.
  - unfold estimate_at. rewrite mass_deficit_0. nra.
  - have x0 : 0 < x.
    { destruct (Rle_lt_or_eq_dec 0 x) as [|K] => //; [lra|].
      rewrite -K /estimate_at mass_deficit_0 in E. lra. }
    have dx := mass_deficit_increasing delta delta_pos 0 x ltac:(lra) x0. rewrite mass_deficit_0 in dx.
    have below := mass_deficit_below delta.
    have hat : mass_estimate delta (d x) = d y.
    { unfold mass_estimate. rewrite filter_radius_of_deficit //; lra. }
    exists (d x). split.
    + split; [split => //; by apply below | rewrite hat; by apply below].
    + unfold reach_on. rewrite hat filter_radius_of_deficit //; lra.
Qed.

Lemma mass_estimate_increasing e e' : 0 < e -> e < e' -> e' < rho ->
  mass_estimate delta e < mass_estimate delta e'.
Proof.
  intros e0 ee e1. apply (increase_of_slope _ (mass_estimate_slope delta) e e'); try lra; intros z Hz.
  - apply mass_estimate_derive => //; lra.
  - apply mass_estimate_slope_pos => //; lra.
Qed.

Lemma in_domain_before e e' : 0 < e <= e' -> in_domain delta e' -> in_domain delta e.
Proof.
  intros He [H H']. split; [lra|]. destruct He as [e0 [K| ->]] => //.
  have := mass_estimate_increasing e e' e0 K (proj2 H). lra.
Qed.

Lemma reach_increasing e e' : in_domain delta e -> in_domain delta e' -> e < e' ->
  reach_on delta e < reach_on delta e'.
Proof.
  intros H H' ee. apply (increase_of_slope _ (fun z => mass_estimate_slope delta z
    / steepness delta (reach_on delta z)) e e'); try lra; intros z Hz.
  - apply reach_on_derive => //. apply (in_domain_before z e') => //. destruct H. lra.
  - have Hz' : in_domain delta z by (apply (in_domain_before z e') => //; destruct H; lra).
    have [_ [sy [_ [_ [e0 _]]]]] := factors_pos delta delta_pos z Hz'. by apply Rdiv_lt_0_compat.
Qed.

Lemma reach_le_inv e e' : in_domain delta e -> in_domain delta e' ->
  reach_on delta e <= reach_on delta e' -> e <= e'.
Proof. intros H H' K. apply Rnot_lt_le => L. have := reach_increasing e' e H' H L. lra. Qed.

Lemma reach_lt_inv e e' : in_domain delta e -> in_domain delta e' ->
  reach_on delta e < reach_on delta e' -> e < e'.
Proof.
  intros H H' K. apply Rnot_le_lt => [[L|E]]; [|rewrite E in K; lra].
  have := reach_increasing e' e H' H L. lra.
Qed.

(** The domain is an interval (0, eps_max), at whose end the estimate uses up rho. *)
Theorem domain_interval : exists eps_max, 0 < eps_max < rho /\ mass_estimate delta eps_max = rho /\
  forall eps, in_domain delta eps <-> 0 < eps < eps_max.
Proof.
  have p0 := density_pos delta.
  pose z := (rho + 1) / density delta.
  have rho0 : 0 < rho by have := mass_deficit_below delta 0 delta_pos; rewrite mass_deficit_0.
  have z0 : 0 < z by apply Rdiv_lt_0_compat; lra.
  have big : rho < estimate_at delta z.
  { have := mass_deficit_nonneg delta delta_pos z ltac:(lra). unfold estimate_at.
    have : density delta * z = rho + 1 by (unfold z; field; lra). lra. }
  destruct (value_between (estimate_at delta) 0 z rho) as [x [Hx E]]; try lra.
  { apply estimate_at_continuous. }
  { rewrite {1}/estimate_at mass_deficit_0. lra. }
  have x0 : 0 < x.
  { destruct (Rle_lt_or_eq_dec 0 x) as [|K] => //; [lra|]. rewrite -K /estimate_at mass_deficit_0 in E. lra. }
  have dx := mass_deficit_increasing delta delta_pos 0 x ltac:(lra) x0. rewrite mass_deficit_0 in dx.
  have dr := mass_deficit_below delta x delta_pos.
  have hat : mass_estimate delta (d x) = rho.
  { unfold mass_estimate. rewrite filter_radius_of_deficit //; lra. }
  exists (d x). split; [lra|]. split => // eps. split.
  - intros [He below]. split; [lra|]. apply Rnot_le_lt => [[K|K]].
    + have := mass_estimate_increasing (d x) eps dx K (proj2 He). lra.
    + rewrite -K in below. lra.
  - intros He. split; [lra|]. rewrite -hat. apply mass_estimate_increasing; lra.
Qed.

(** The mass that fixes g, as a window of half-width y/2 seen from delta: largest where delta = y/2. *)
Lemma shift_mass_window y : shift_mass delta y = (1 + window_mass (y / 2) (delta - y / 2)) / 2.
Proof.
  unfold shift_mass, window_mass. replace (delta - y / 2 + y / 2) with delta by field.
  replace (delta - y / 2 - y / 2) with (- (y - delta)) by field. rewrite !cdf_reflection. field.
Qed.
End PositiveDelta.

Lemma window_mass_even h t : window_mass h (- t) = window_mass h t.
Proof.
  unfold window_mass. replace (- t + h) with (- (t - h)) by ring. replace (- t - h) with (- (t + h)) by ring.
  rewrite !cdf_reflection. ring.
Qed.

Lemma window_mass_abs h t : window_mass h t = window_mass h (Rabs t).
Proof. unfold Rabs. destruct (Rcase_abs t) => //. by rewrite window_mass_even. Qed.

Lemma shift_mass_farther delta delta' y : 0 < y ->
  Rabs (delta - y / 2) <= Rabs (delta' - y / 2) -> shift_mass delta' y <= shift_mass delta y.
Proof.
  intros y0 H. rewrite !shift_mass_window (window_mass_abs _ (delta - _)) (window_mass_abs _ (delta' - _)).
  destruct H as [H| ->]; [|lra].
  have := mass_deficit_increasing (y / 2) ltac:(lra) _ _ (Rabs_pos _) H. unfold mass_deficit. lra.
Qed.

(** What the interval between -delta and y - delta holds beyond twice that between 0 and g, over [0, 1]. *)
Definition shift_gap (delta y g s : R) : R := y * density (y * s - delta) - 2 * g * density (g * s).

Lemma density_line u v : is_RInt (fun s => u * density (u * s + v)) 0 1 (cdf (u + v) - cdf v).
Proof.
  have H := is_RInt_comp_lin (V := R_NormedModule) density u v 0 1.
  rewrite Rmult_0_r Rmult_1_r Rplus_0_l in H. apply H. rewrite cdf_difference.
  apply (RInt_correct (V := R_CompleteNormedModule)), density_integrable.
Qed.

Lemma RInt_of (f h : R -> R) a b v w : (forall s, f s = h s) -> is_RInt h a b v -> v = w -> RInt f a b = w.
Proof.
  intros same H <-. rewrite (RInt_ext _ _ _ _ (fun s _ => same s)).
  exact: (is_RInt_unique (V := R_CompleteNormedModule) _ _ _ _ H).
Qed.

Lemma shift_gap_integral delta y g :
  RInt (shift_gap delta y g) 0 1 = 2 * (shift_mass delta y - cdf g).
Proof.
  apply: (RInt_of _ _ _ _ _ _ _ (is_RInt_minus _ _ 0 1 _ _ (density_line y (- delta))
    (is_RInt_scal _ 0 1 2 _ (density_line g 0)))).
  - intros s. rewrite /minus /plus /opp /scal /= /mult /= /shift_gap /Rminus Rplus_0_r. ring.
  - rewrite /minus /plus /opp /scal /= /mult /= Rplus_0_r cdf_0. unfold shift_mass, Rminus. field.
Qed.

(** f(x) less phi(delta) x, which is 0 at the end of the domain; and what 2 Phi(g) has beyond 1/2 + Phi(delta). *)
Definition last_radius_gap (delta x s : R) : R :=
  2 * delta * density (2 * delta * s + (x - delta)) - density delta * x.
Definition last_shift_gap (delta g s : R) : R := 2 * g * density (g * s) - delta * density (delta * s).

Lemma last_radius_gap_integral delta x :
  RInt (last_radius_gap delta x) 0 1 = window_mass delta x - density delta * x.
Proof.
  apply: (RInt_of _ _ _ _ _ _ _ (is_RInt_minus _ _ 0 1 _ _ (density_line (2 * delta) (x - delta))
    (is_RInt_const 0 1 (density delta * x)))).
  - intros s. by [].
  - rewrite /minus /plus /opp /scal /= /mult /=. unfold window_mass.
    replace (2 * delta + (x - delta)) with (x + delta) by ring. ring.
Qed.

Lemma last_shift_gap_integral delta g :
  RInt (last_shift_gap delta g) 0 1 = 2 * cdf g - cdf delta - 1 / 2.
Proof.
  apply: (RInt_of _ _ _ _ _ _ _ (is_RInt_minus _ _ 0 1 _ _
    (is_RInt_scal _ 0 1 2 _ (density_line g 0)) (density_line delta 0))).
  - intros s. rewrite /minus /plus /opp /scal /= /mult /= /last_shift_gap /Rminus !Rplus_0_r. ring.
  - rewrite /minus /plus /opp /scal /= /mult /= !Rplus_0_r cdf_0. field.
Qed.

(** Decimals that bound x and g beyond, and before, one value of y, for delta in [d0, d1]. *)
Definition beyond (d0 d1 y xl gl : R) : Prop :=
  0 < d0 /\ 0 < y /\ 0 <= xl /\ forall delta, d0 <= delta <= d1 ->
  estimate_at delta xl <= mass_deficit delta y /\ cdf gl <= shift_mass delta y.

Definition before (d0 d1 y xu gu : R) : Prop :=
  0 < d0 /\ 0 < y /\ 0 <= xu /\ forall delta, d0 <= delta <= d1 ->
  mass_deficit delta y <= estimate_at delta xu /\ shift_mass delta y <= cdf gu.

(** delta or its opposite end where the shift is smallest, and largest. *)
Definition farthest (d0 d1 y c : R) : Prop :=
  Rabs (d0 - y / 2) <= Rabs (c - y / 2) /\ Rabs (d1 - y / 2) <= Rabs (c - y / 2).
Definition nearest (d0 d1 y c : R) : Prop :=
  (y / 2 <= d0 /\ c = d0) \/ (d1 <= y / 2 /\ c = d1) \/ c = y / 2.

Lemma farthest_bound d0 d1 y c delta : farthest d0 d1 y c -> d0 <= delta <= d1 ->
  Rabs (delta - y / 2) <= Rabs (c - y / 2).
Proof.
  intros [H0 H1] H. apply Rabs_le. split.
  - have := Rle_abs (- (d0 - y / 2)). rewrite Rabs_Ropp. lra.
  - have := Rle_abs (d1 - y / 2). lra.
Qed.

Lemma nearest_bound d0 d1 y c delta : nearest d0 d1 y c -> d0 <= delta <= d1 ->
  Rabs (c - y / 2) <= Rabs (delta - y / 2).
Proof.
  intros [[K ->]|[[K ->]| ->]] H.
  - rewrite !Rabs_right; lra.
  - rewrite !Rabs_left1; lra.
  - rewrite Rminus_eq_0 Rabs_R0. apply Rabs_pos.
Qed.

Lemma beyond_intro d0 d1 y xl gl c : 0 < d0 -> 0 <= xl <= y -> 0 < y -> farthest d0 d1 y c ->
  xl <= RInt (pull d0) xl y -> 0 <= RInt (shift_gap c y gl) 0 1 -> beyond d0 d1 y xl gl.
Proof.
  intros d0_pos Hx y0 far radius shift. repeat split => //; try lra.
  - have p0 := density_pos delta. have mono := pull_integral_monotone d0 delta xl y Hx (proj1 H).
    have E := pull_integral delta xl y. unfold estimate_at. nra.
  - rewrite shift_gap_integral in shift.
    have := shift_mass_farther delta c y y0 (farthest_bound _ _ _ _ _ far H). lra.
Qed.

Lemma before_intro d0 d1 y xu gu c : 0 < d0 -> 0 <= xu <= y -> 0 < y -> nearest d0 d1 y c ->
  RInt (pull d1) xu y <= xu -> RInt (shift_gap c y gu) 0 1 <= 0 -> before d0 d1 y xu gu.
Proof.
  intros d0_pos Hx y0 near radius shift. repeat split => //; try lra.
  - have p0 := density_pos delta. have mono := pull_integral_monotone delta d1 xu y Hx (proj2 H).
    have E := pull_integral delta xu y. unfold estimate_at. nra.
  - rewrite shift_gap_integral in shift.
    have := shift_mass_farther c delta y y0 (nearest_bound _ _ _ _ _ near H). lra.
Qed.

(** x < y everywhere; where x is as good as y, that is bound enough. *)
Lemma before_by_reach d0 d1 y gu c : 0 < d0 -> 0 < y -> nearest d0 d1 y c ->
  RInt (shift_gap c y gu) 0 1 <= 0 -> before d0 d1 y y gu.
Proof.
  intros d0_pos y0 near shift. apply (before_intro d0 d1 y y gu c) => //; [lra|].
  rewrite RInt_point /zero /=. lra.
Qed.

(** Bounds that hold before every y: x_max and g_max at the end of the domain. *)
Lemma before_end d0 d1 xm gm : 0 < d0 <= d1 -> 0 <= xm ->
  RInt (last_radius_gap d1 xm) 0 1 <= 0 -> 1 / 2 <= RInt (last_shift_gap d1 gm) 0 1 ->
  forall y, 0 < y -> before d0 d1 y xm gm.
Proof.
  intros Hd x0 radius shift y y0. rewrite last_radius_gap_integral in radius.
  rewrite last_shift_gap_integral in shift. unfold before.
  split; [lra|]. split => //. split => // delta H. have p0 := density_pos delta. split.
  - destruct (Rle_lt_dec y xm) as [K|K].
    + have : mass_deficit delta y <= mass_deficit delta xm.
      { destruct K as [K| ->]; [left; apply mass_deficit_increasing; lra | lra]. }
      unfold estimate_at. nra.
    + have E := pull_integral delta xm y. have E1 := pull_integral d1 xm y. have p1 := density_pos d1.
      have mono := pull_integral_monotone delta d1 xm y ltac:(lra) (proj2 H).
      have below := mass_deficit_below d1 y ltac:(lra).
      have short : RInt (pull d1) xm y <= xm.
      { apply (Rmult_le_reg_l (density d1)) => //. have W : mass_deficit d1 xm = central_mass d1 - window_mass d1 xm by []. lra. }
      unfold estimate_at. nra.
  - have c1 := cdf_below_1 (y - delta). have c2 := cdf_monotone delta d1 (proj2 H).
    unfold shift_mass. rewrite cdf_reflection. lra.
Qed.

Lemma beyond_later d0 d1 y y' xl gl : y <= y' -> beyond d0 d1 y xl gl -> beyond d0 d1 y' xl gl.
Proof.
  intros yy [d0_pos [y0 [x0 H]]]. unfold beyond. split => //. split; [lra|]. split => // delta Hd.
  have [H1 H2] := H delta Hd. split.
  - have : mass_deficit delta y <= mass_deficit delta y'.
    { destruct yy as [K| ->]; [left; apply mass_deficit_increasing; lra | lra]. }
    lra.
  - have := cdf_monotone (y - delta) (y' - delta) ltac:(lra). unfold shift_mass in *. lra.
Qed.

Section Use.
Variables (d0 d1 delta eps : R).
Hypothesis range : d0 <= delta <= d1.
Hypothesis inside : in_domain delta eps.

Lemma beyond_bounds y xl gl : beyond d0 d1 y xl gl -> y <= reach_on delta eps ->
  xl <= radius_on delta eps /\ gl <= shift_on delta eps.
Proof.
  intros B Hy. have [d0_pos [y0 [x0 H]]] := beyond_later _ _ _ _ _ _ Hy B.
  have delta_pos : 0 < delta by lra. have [H1 H2] := H delta range.
  have [x0' [_ _]] := curve_pos delta delta_pos eps inside.
  have [E1 E2] := on_curve delta delta_pos eps inside. split.
  - apply (estimate_at_le_inv delta delta_pos); lra.
  - apply cdf_le_inv. lra.
Qed.

Lemma before_bounds y xu gu : before d0 d1 y xu gu -> reach_on delta eps <= y ->
  radius_on delta eps <= xu /\ shift_on delta eps <= gu.
Proof.
  intros [d0_pos [y0 [x0 H]]] Hy. have delta_pos : 0 < delta by lra. have [H1 H2] := H delta range.
  have [_ [y1 _]] := curve_pos delta delta_pos eps inside.
  have [E1 E2] := on_curve delta delta_pos eps inside.
  have D : mass_deficit delta (reach_on delta eps) <= mass_deficit delta y.
  { destruct Hy as [K| ->]; [left; apply mass_deficit_increasing; lra | lra]. }
  have C := cdf_monotone (reach_on delta eps - delta) (y - delta) ltac:(lra). split.
  - apply (estimate_at_le_inv delta delta_pos); lra.
  - apply cdf_le_inv. unfold shift_mass in *. lra.
Qed.
End Use.
