(** What the library says, to be read against the paper. First its definitions, which hold by
    unfolding; then that they define what they should; then its theorems. Nothing is proved here:
    every line is another file's. *)
From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Window Loss Curvature Gauss Improper FarSample
  Slope Curve Stretches Ends Shape Masses TwoPoint.
Import ListNotations.
Open Scope R_scope.

(** * The paper's functions. The first argument is Delta, in standard deviations. *)

Goal forall t, density t = exp (- t ^ 2 / 2) / sqrt (2 * PI).  Proof. reflexivity. Qed.
Goal forall x, cdf x = 1 / 2 + RInt density 0 x.  Proof. reflexivity. Qed.
(* f and rho: Lemma 1 and line 6 of Algorithm 1 *)
Goal forall D x, window_mass D x = cdf (x + D) - cdf (x - D).  Proof. reflexivity. Qed.
Goal forall D, central_mass D = window_mass D 0.  Proof. reflexivity. Qed.
(* l and g: Lemma 2; "the x with ..." *)
Goal forall D e, filter_radius D e = the (fun x => 0 <= x /\ window_mass D x = central_mass D - e).
Proof. reflexivity. Qed.
Goal forall D e, median_shift D e =
  the (fun u => cdf u = (1 + e + (cdf (filter_radius D e + D) - cdf D)) / 2).
Proof. reflexivity. Qed.
(* eps-hat: Lemma 3 *)
Goal forall D e, mass_estimate D e = e + density D * filter_radius D e.  Proof. reflexivity. Qed.
(* the loss: Lemma 4 *)
Goal forall D e, loss D e =
  median_shift D (mass_estimate D e) ^ 2 / (1 + median_shift D (mass_estimate D e) ^ 2).
Proof. reflexivity. Qed.
(* its second derivative *)
Goal forall D e, loss_curvature D e = Derive (Derive (loss D)) e.  Proof. reflexivity. Qed.
(* its domain *)
Goal forall D e, in_domain D e =
  (0 < e < central_mass D /\ mass_estimate D e < central_mass D).
Proof. reflexivity. Qed.

(** * They are what they should be. *)

(* Phi is the distribution function of a probability density *)
Definition density_is_one : is_RInt_gen density (Rbar_locally m_infty) (Rbar_locally p_infty) 1 :=
  density_integral.
Definition cdf_from_minus_infinity : is_lim cdf m_infty 0 := cdf_limit_0.
Definition cdf_is_its_integral : forall x, is_derive cdf x (density x) := cdf_derive.
(* "the x with ..." is that x, wherever exactly one number has the property *)
Definition description : forall (P : R -> Prop) x, P x -> (forall y, P y -> y = x) -> the P = x := the_is.
(* l and g solve their equations on the whole domain *)
Definition radius_solves : forall D, 0 < D -> forall e, 0 <= e < central_mass D ->
  0 <= filter_radius D e /\ central_mass D - window_mass D (filter_radius D e) = e := filter_radius_spec.
Definition shift_solves : forall D, 0 < D -> forall e, 0 < e < central_mass D ->
  0 < median_shift D e /\
  cdf (median_shift D e) = (1 + (cdf (filter_radius D e - D) - cdf (- D))) / 2 := median_shift_spec.
(* the domain is an interval (0, eps_max), at whose end the estimate is rho *)
Definition domain : forall D, 0 < D -> exists eps_max, 0 < eps_max < central_mass D /\
  mass_estimate D eps_max = central_mass D /\ forall e, in_domain D e <-> 0 < e < eps_max :=
  domain_interval.

(** * What is general in Delta. *)

(* Lemma 5, first displays *)
Definition radius_slope : forall D, 0 < D -> forall e, 0 < e < central_mass D ->
  is_derive (filter_radius D) e (/ (density (filter_radius D e - D) - density (filter_radius D e + D))) :=
  filter_radius_derive.
(* the second derivative of the loss is a positive multiple of the criterion *)
Definition curvature : forall D, 0 < D -> forall e, in_domain D e ->
  is_derive (Derive (loss D)) e (curvature_scale D e *
    curvature_criterion_at D (filter_radius D e) (filter_radius D (mass_estimate D e))
      (median_shift D (mass_estimate D e))) := loss_derive2.
Definition multiple_positive : forall D, 0 < D -> forall e, in_domain D e -> 0 < curvature_scale D e :=
  curvature_scale_pos.
Goal forall D x y g, curvature_criterion_at D x y g =
  (1 - g ^ 2) ^ 2 + (1 + g ^ 2) * (2 * g * density g / density D) *
    ((1 - exp (- 2 * (y * D))) * (x - D * coth (x * D)) / (1 + (density (x - D) - density (x + D)) / density D) ^ 2
     - 2 * D * exp (y * (y / 2 - 3 * D)) / (1 - exp (- 2 * (y * D)))).
Proof. reflexivity. Qed.

(** * What a generated file ends in. *)

(* a shape: concave, convex, concave, with no other inflection *)
Goal forall D e1 e2, turns_at D e1 e2 =
  (in_domain D e1 /\ in_domain D e2 /\ e1 < e2 /\ loss_curvature D e1 = 0 /\ loss_curvature D e2 = 0 /\
   forall e, in_domain D e ->
     ex_derive (loss D) e /\ ex_derive (Derive (loss D)) e /\
     (e < e1 -> loss_curvature D e < 0) /\
     (e1 < e < e2 -> 0 < loss_curvature D e) /\
     (e2 < e -> loss_curvature D e < 0)).
Proof. reflexivity. Qed.
(* a root: one inflection between two decimals *)
Goal forall s D lo hi, inflection_between s D lo hi =
  exists turn, lo < turn < hi /\
  (forall e, lo <= e <= hi -> ex_derive (loss D) e /\ ex_derive (Derive (loss D)) e) /\
  (forall e, lo <= e < turn -> s * loss_curvature D e < 0) /\
  loss_curvature D turn = 0 /\
  (forall e, turn < e <= hi -> 0 < s * loss_curvature D e).
Proof. reflexivity. Qed.

(** * Other theorems. *)

(* a far sample: E[(x + 3D/2)^2 given x >= 3D/2] > 9 D^2; the paper prints 13/4 D^2 *)
Definition far : forall D, 0 < D -> exists chance error,
  is_RInt_gen density (at_point (3 * D / 2)) (Rbar_locally p_infty) chance /\
  is_RInt_gen (fun x => (x + 3 * D / 2) ^ 2 * density x) (at_point (3 * D / 2)) (Rbar_locally p_infty) error /\
  0 < chance /\ 9 * D ^ 2 < error / chance /\ ~ error / chance <= 13 / 4 * D ^ 2 := far_sample_exceeds.

(* what two hidden means cost, and any finite number of them in order *)
Goal forall t u x, highest t [u] x = Rmax (density (x - t)) (density (x - u)).  Proof. reflexivity. Qed.
Goal forall t u v, cost t [u; v] =
  2 * cdf ((u - t) / 2) - 1 + (2 * cdf ((v - u) / 2) - 1 + 0).
Proof. reflexivity. Qed.
Definition hidden_means : forall t rest, ascending t rest ->
  is_RInt_gen (highest t rest) (Rbar_locally m_infty) (Rbar_locally p_infty) (1 + cost t rest) := masses.

(* the constant of the sharp lower bound *)
Goal forall t x, bayes t x = 4 * t ^ 2 * ((density (x - t) / 2) * (density (x + t) / 2))
  / (density (x - t) / 2 + density (x + t) / 2).
Proof. reflexivity. Qed.
Definition sharp_ratio : exists B,
  is_RInt_gen (bayes (937 / 1000)) (Rbar_locally m_infty) (Rbar_locally p_infty) B /\
  66104 / 100000 < B / (2 * cdf (937 / 1000) - 1) := two_point_ratio.
