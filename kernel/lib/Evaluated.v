(** The criterion and its slope in the form that intervals evaluate best: each factor written with as few
    occurrences of its variable as it can be, and densities only as quotients. *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Window Loss Curvature Slope Curve.
Open Scope R_scope.

Definition steep (delta t : R) : R := exp (t * (delta - t / 2)) * (1 - exp (- 2 * (t * delta))).
Definition bend (delta x : R) : R := x - delta * (2 / (1 - exp (- 2 * (x * delta))) - 1).
Definition weight (delta g : R) : R := 2 * g * exp ((delta ^ 2 - g ^ 2) / 2).
Definition late (delta y : R) : R := 2 * delta * exp (y * (y / 2 - 3 * delta)).
Definition bracket (delta x y q : R) : R := q * bend delta x / (1 + steep delta x) ^ 2 - late delta y / q.

Definition evaluated_criterion (delta x y g : R) : R :=
  (1 - g ^ 2) ^ 2 + (1 + g ^ 2) * weight delta g * bracket delta x y (1 - exp (- 2 * (y * delta))).

Definition evaluated_slope (delta x y g : R) : R :=
  (1 - exp (- 2 * (y * delta))) / (1 + steep delta x) ^ 2
    * (1 + 4 * delta ^ 2 / (exp (x * delta) - exp (- (x * delta))) ^ 2
       + 2 * bend delta x ^ 2 * (1 - / (1 + steep delta x)))
    * (steep delta y / (1 + steep delta x))
  + (2 * delta * exp (- 2 * (y * delta)) * bend delta x / (1 + steep delta x) ^ 2
     - late delta y / (1 - exp (- 2 * (y * delta)))
       * (y - 3 * delta - 2 * delta / (exp (2 * (y * delta)) - 1)))
  + ((2 * g / (1 + g ^ 2) + / g - g) * bracket delta x y (1 - exp (- 2 * (y * delta)))
     - 2 * (1 - g ^ 2) / (1 + g ^ 2) * exp ((g ^ 2 - delta ^ 2) / 2))
    * (exp ((g ^ 2 - (y - delta) ^ 2) / 2) / 2).

Ltac evaluate := unfold evaluated_criterion, evaluated_slope, bracket, late, weight, bend, steep.

Section PositiveDelta.
Variable delta : R.
Hypothesis delta_pos : 0 < delta.

Lemma steep_is t : relative_steepness delta t = steep delta t.
Proof.
  rewrite relative_steepness_pull. unfold pull, steep.
  rewrite !Rmult_minus_distr_l Rmult_1_r -!exp_plus. f_equal; f_equal; field.
Qed.

Lemma bend_is x : 0 < x -> radius_bend delta x = bend delta x.
Proof.
  intros x0. have q0 := decay_pos (x * delta) ltac:(nra). unfold radius_bend, coth, bend, decay in *. field. lra.
Qed.

Lemma density_quotient a b : density a / density b = exp ((b ^ 2 - a ^ 2) / 2).
Proof.
  have r0 := root_2pi_pos. have e0 := exp_pos (- b ^ 2 / 2). unfold density.
  replace (- a ^ 2 / 2) with ((b ^ 2 - a ^ 2) / 2 + - b ^ 2 / 2) by field. rewrite exp_plus. field. lra.
Qed.

Lemma scale_is g : criterion_scale delta g = (1 + g ^ 2) * weight delta g.
Proof.
  unfold criterion_scale, weight. rewrite -density_quotient. unfold Rdiv. ring.
Qed.

Lemma bracket_is x y : 0 < x -> criterion_bracket delta x y = bracket delta x y (1 - exp (- 2 * (y * delta))).
Proof. intros x0. unfold criterion_bracket, bracket. by rewrite steep_is bend_is. Qed.

Lemma criterion_is x y g : 0 < x -> curvature_criterion_at delta x y g = evaluated_criterion delta x y g.
Proof. intros x0. by rewrite criterion_factors scale_is bracket_is. Qed.

Lemma cosecant t : 0 < t -> coth t ^ 2 - 1 = 4 / (exp t - exp (- t)) ^ 2.
Proof.
  intros t0. have e0 := exp_pos t. have e1 := exp_increasing 0 t t0. rewrite exp_0 in e1.
  have E : exp (- 2 * t) = / exp t ^ 2.
  { replace (- 2 * t) with (- t + - t) by ring. rewrite exp_plus exp_Ropp. field. lra. }
  unfold coth, decay. rewrite E exp_Ropp. field. nra.
Qed.

Lemma slope_is x y g : 0 < x -> 0 < y -> 0 < g -> criterion_slope delta x y g = evaluated_slope delta x y g.
Proof.
  intros x0 y0 g0. have s0 : 0 < steep delta x.
  { rewrite -steep_is. apply Rdiv_lt_0_compat; [by apply steepness_pos | apply density_pos]. }
  have q0 := decay_pos (y * delta) ltac:(nra). have p0 := density_pos g. have pd := density_pos delta.
  have Q : density (y - delta) / (2 * density g) = exp ((g ^ 2 - (y - delta) ^ 2) / 2) / 2.
  { rewrite -density_quotient. field. lra. }
  have W : 4 * g * (1 - g ^ 2) / criterion_scale delta g
    = 2 * (1 - g ^ 2) / (1 + g ^ 2) * exp ((g ^ 2 - delta ^ 2) / 2).
  { rewrite -density_quotient. unfold criterion_scale. field. repeat split; nra. }
  have e2 : 0 < exp (- 2 * (y * delta)) < 1 by (unfold decay in q0; split; [apply exp_pos | lra]).
  have F : exp (2 * (y * delta)) = / exp (- 2 * (y * delta)).
  { replace (2 * (y * delta)) with (- (- 2 * (y * delta))) by ring. apply exp_Ropp. }
  unfold criterion_slope, criterion_by_radius, criterion_by_reach, criterion_by_shift, evaluated_slope.
  rewrite Q W cosecant; [|nra]. rewrite !bracket_is // !steep_is !bend_is // F.
  unfold late, decay in *.
  have h0 : 0 < exp (x * delta) - exp (- (x * delta)).
  { have := exp_increasing (- (x * delta)) (x * delta). nra. }
  move: (bracket delta x y (1 - exp (- 2 * (y * delta)))) => B.
  move: (exp (- 2 * (y * delta))) (exp (y * (y / 2 - 3 * delta)))
    (exp (x * delta) - exp (- (x * delta))) e2 h0 => e L k e2 h0.
  move: (steep delta x) (steep delta y) (bend delta x) (exp ((g ^ 2 - (y - delta) ^ 2) / 2))
    (exp ((g ^ 2 - delta ^ 2) / 2)) s0 => r ry b f w s0.
  field. repeat split; nra.
Qed.
End PositiveDelta.
