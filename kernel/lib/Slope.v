(** The slope of the criterion along the curve (bounds.functions.criterion, gradient): its sign. *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Window Loss Curvature.
Open Scope R_scope.

Definition radius_bend (delta x : R) : R := x - delta * coth (x * delta).

Definition criterion_bracket (delta x y : R) : R :=
  decay (y * delta) * radius_bend delta x / (1 + relative_steepness delta x) ^ 2
  - 2 * delta * exp (y * (y / 2 - 3 * delta)) / decay (y * delta).

Definition criterion_scale (delta g : R) : R := (1 + g ^ 2) * (2 * g * density g / density delta).

(** The partial derivatives of the criterion in units of its scale. *)
Definition criterion_by_radius (delta x y : R) : R :=
  decay (y * delta) * (1 + delta ^ 2 * (coth (x * delta) ^ 2 - 1)
    + 2 * relative_steepness delta x * radius_bend delta x ^ 2 / (1 + relative_steepness delta x))
  / (1 + relative_steepness delta x) ^ 2.

Definition criterion_by_reach (delta x y : R) : R :=
  2 * delta * exp (- 2 * (y * delta)) * radius_bend delta x / (1 + relative_steepness delta x) ^ 2
  - 2 * delta * exp (y * (y / 2 - 3 * delta)) / decay (y * delta)
    * (y - 3 * delta - 2 * delta * exp (- 2 * (y * delta)) / decay (y * delta)).

Definition criterion_by_shift (delta x y g : R) : R :=
  (2 * g / (1 + g ^ 2) + / g - g) * criterion_bracket delta x y
  - 4 * g * (1 - g ^ 2) / criterion_scale delta g.

(** dK/dy along the curve, in units of the scale. *)
Definition criterion_slope (delta x y g : R) : R :=
  criterion_by_radius delta x y * (relative_steepness delta y / (1 + relative_steepness delta x))
  + criterion_by_reach delta x y
  + criterion_by_shift delta x y g * (density (y - delta) / (2 * density g)).

Lemma criterion_factors delta x y g : curvature_criterion_at delta x y g =
  (1 - g ^ 2) ^ 2 + criterion_scale delta g * criterion_bracket delta x y.
Proof. by []. Qed.

Section PositiveDelta.
Variable delta : R.
Hypothesis delta_pos : 0 < delta.

Notation x := (radius_on delta).
Notation y := (reach_on delta).
Notation h := (shift_on delta).

Lemma decay_derive t : is_derive (fun s => decay (s * delta)) t (2 * delta * exp (- 2 * (t * delta))).
Proof. unfold decay. auto_derive => //. ring. Qed.

Lemma coth_of_densities t : 0 < t ->
  coth (t * delta) = (density (t - delta) + density (t + delta)) / steepness delta t.
Proof.
  intros t0. have D := decay_pos (t * delta) ltac:(nra). have P := density_pos (t - delta).
  have E : density (t + delta) = density (t - delta) - steepness delta t by (unfold steepness; ring).
  rewrite E steepness_decay. unfold coth. field. lra.
Qed.

Lemma relative_steepness_derive t : 0 < t ->
  is_derive (relative_steepness delta) t (- relative_steepness delta t * radius_bend delta t).
Proof.
  intros t0. have s0 := steepness_pos delta delta_pos t t0. have p0 := density_pos delta.
  evar_last.
  - apply (is_derive_ext (fun s => / density delta * steepness delta s)).
    { intros s. unfold relative_steepness. rewrite Rmult_comm //. }
    apply (is_derive_scal (steepness delta)), steepness_derive.
  - unfold radius_bend. rewrite coth_of_densities //. unfold relative_steepness.
    unfold steepness in *. field. lra.
Qed.

Lemma radius_bend_derive t : 0 < t ->
  is_derive (radius_bend delta) t (1 + delta ^ 2 * (coth (t * delta) ^ 2 - 1)).
Proof.
  intros t0. have D := decay_pos (t * delta) ltac:(nra). unfold radius_bend, coth, decay in *.
  auto_derive; [lra|]. field. lra.
Qed.

Lemma late_term_derive t :
  is_derive (fun s => 2 * delta * exp (s * (s / 2 - 3 * delta))) t
    (2 * delta * exp (t * (t / 2 - 3 * delta)) * (t - 3 * delta)).
Proof. auto_derive => //. unfold Rminus, Rdiv. field. Qed.

(** How fast y moves with eps. *)
Definition reach_rate (eps : R) : R := mass_estimate_slope delta eps / steepness delta (y eps).

Lemma reach_rate_pos eps : in_domain delta eps -> 0 < reach_rate eps.
Proof.
  intros H. have [_ [sy [_ [_ [e0 _]]]]] := factors_pos delta delta_pos eps H.
  by apply Rdiv_lt_0_compat.
Qed.

Lemma criterion_on_derive eps : in_domain delta eps ->
  is_derive (criterion_on delta) eps
    (reach_rate eps * (criterion_scale delta (h eps) * criterion_slope delta (x eps) (y eps) (h eps))).
Proof.
  intros H. have [x0 [y0 h0]] := curve_pos delta delta_pos eps H.
  have [sx [sy [ph [pd [e0 py]]]]] := factors_pos delta delta_pos eps H.
  have dx := radius_on_derive delta delta_pos eps H. have dy := reach_on_derive delta delta_pos eps H.
  have dh := shift_on_derive delta delta_pos eps H.
  have q0 := decay_pos (y eps * delta) ltac:(nra).
  have r0 : 0 < relative_steepness delta (x eps) by apply Rdiv_lt_0_compat.
  (* the four composites, as functions of eps *)
  have [b [Eb db]] := renamed _ _ _ (compose_derive (radius_bend delta) x eps _ _ (radius_bend_derive _ x0) dx).
  have [r [Er dr]] := renamed _ _ _
    (compose_derive (relative_steepness delta) x eps _ _ (relative_steepness_derive _ x0) dx).
  have [q [Eq dq]] := renamed _ _ _ (compose_derive (fun s => decay (s * delta)) y eps _ _ (decay_derive _) dy).
  have [t [Et dt]] := renamed _ _ _
    (compose_derive (fun s => 2 * delta * exp (s * (s / 2 - 3 * delta))) y eps _ _ (late_term_derive _) dy).
  apply (is_derive_ext (fun e => (1 - h e ^ 2) ^ 2 +
    (1 + h e ^ 2) * (2 * h e * density (h e) / density delta) * (q e * b e / (1 + r e) ^ 2 - t e / q e))).
  { intros e. by rewrite Eb Er Eq Et. }
  rewrite -Er in r0. rewrite -Eq in q0.
  evar_last.
  - auto_derive; [|reflexivity]. differentiable; nra.
  - rewrite !Derive_density (is_derive_unique _ _ _ dh) (is_derive_unique _ _ _ db)
      (is_derive_unique _ _ _ dr) (is_derive_unique _ _ _ dq) (is_derive_unique _ _ _ dt).
    unfold reach_rate, shift_slope, mass_estimate_slope, criterion_slope, criterion_by_radius,
      criterion_by_reach, criterion_by_shift, criterion_bracket, criterion_scale in *.
    have Ey : relative_steepness delta (y eps) = steepness delta (y eps) / density delta by [].
    have Ex : steepness delta (x eps) = density delta * r eps.
    { rewrite Er /relative_steepness. field. lra. }
    have Ert : radius_on delta eps = filter_radius delta eps by [].
    rewrite -Ert Ey -Eb -Er -Eq -Et Ex.
    clear - x0 y0 h0 sy ph pd py q0 r0 delta_pos.
    move: (exp (- 2 * (y eps * delta))) (coth (x eps * delta)) => u c.
    move: (b eps) (r eps) (q eps) (t eps) (density (h eps)) (density (y eps - delta)) (steepness delta (y eps))
      (density delta) (h eps) (y eps) h0 y0 sy ph pd py q0 r0
      => B r' q' t' f a k p g s g0 s0 sy ph pd py q0 r0.
    field. repeat split; nra.
Qed.
End PositiveDelta.
