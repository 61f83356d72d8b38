(** The first two derivatives of the loss, and a criterion with the sign of the second, for every
    delta > 0 and every eps in the domain. This is the derivation of bounds.functions.criterion. *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Window Loss.
Open Scope R_scope.

Definition decay (t : R) : R := 1 - exp (- 2 * t).
Definition coth (t : R) : R := (2 - decay t) / decay t.
Definition relative_steepness (delta t : R) : R := steepness delta t / density delta.

Definition curvature_criterion_at (delta x y g : R) : R :=
  (1 - g ^ 2) ^ 2 + (1 + g ^ 2) * (2 * g * density g / density delta) *
    (decay (y * delta) * (x - delta * coth (x * delta)) / (1 + relative_steepness delta x) ^ 2
     - 2 * delta * exp (y * (y / 2 - 3 * delta)) / decay (y * delta)).

Lemma decay_pos t : 0 < t -> 0 < decay t.
Proof.
  intros t0. have : exp (- 2 * t) < exp 0 by (apply exp_increasing; lra).
  unfold decay. rewrite exp_0. lra.
Qed.

(** Side conditions of [auto_derive]: what is known to be differentiable. *)
Ltac differentiable := repeat match goal with
  | |- True => exact I
  | |- _ /\ _ => split
  | H : is_derive ?f ?e ?v |- ex_derive (fun x => ?f x) ?e => exists v; exact H
  | H : is_derive ?f ?e ?v |- ex_derive ?f ?e => exists v; exact H
  | |- ex_derive (fun x => density x) ?t => exact (ex_intro _ _ (density_derive t))
  end.

Lemma Derive_density t : Derive (fun x => density x) t = - t * density t.
Proof. apply is_derive_unique, density_derive. Qed.

Section PositiveDelta.
Variable delta : R.
Hypothesis delta_pos : 0 < delta.

Notation rho := (central_mass delta).
Notation l := (filter_radius delta).
Notation g := (median_shift delta).
Notation eps_hat := (mass_estimate delta).

Lemma steepness_decay t : steepness delta t = density (t - delta) * decay (t * delta).
Proof.
  unfold steepness, decay. replace (t + delta) with (t - delta + 2 * delta) at 1 by ring.
  rewrite density_shift.
  replace (- (2 * delta) * (t - delta + 2 * delta / 2)) with (- 2 * (t * delta)) by field. ring.
Qed.

(** The derivatives of the appendix: l', g', g'' and those of the mass estimate. *)
Lemma steepness_of_radius eps : 0 < eps < rho -> 0 < steepness delta (l eps).
Proof. intros H. by apply steepness_pos, filter_radius_pos. Qed.

Definition mass_estimate_slope (eps : R) : R := 1 + density delta / steepness delta (l eps).

Lemma mass_estimate_derive eps : 0 < eps < rho -> is_derive eps_hat eps (mass_estimate_slope eps).
Proof.
  intros H. unfold mass_estimate. evar_last.
  - apply (is_derive_plus (fun e => e) (fun e => density delta * l e)); [apply is_derive_id|].
    apply (is_derive_scal l eps (density delta)). by apply filter_radius_derive.
  - by [].
Qed.

Lemma mass_estimate_slope_pos eps : 0 < eps < rho -> 0 < mass_estimate_slope eps.
Proof.
  intros H. have := Rdiv_lt_0_compat _ _ (density_pos delta) (steepness_of_radius eps H).
  unfold mass_estimate_slope. lra.
Qed.

Lemma mass_estimate_above eps : 0 < eps < rho -> eps < eps_hat eps.
Proof.
  intros H. have := Rmult_lt_0_compat _ _ (density_pos delta) (filter_radius_pos delta delta_pos eps H).
  unfold mass_estimate. lra.
Qed.

Lemma estimate_inside eps : in_domain delta eps -> 0 < eps_hat eps < rho.
Proof. intros [H below]. have := mass_estimate_above eps H. lra. Qed.

Lemma near_in_domain eps : in_domain delta eps -> locally eps (in_domain delta).
Proof.
  intros [H below]. apply filter_and; [by apply near_inside|].
  have c : continuous eps_hat eps.
  { apply: ex_derive_continuous. eexists. by apply mass_estimate_derive. }
  exact (c (fun z => z < rho) (open_lt rho _ below)).
Qed.

(** The curve: x = l(eps), y = l(eps-hat), g(eps-hat). *)
Definition radius_on (eps : R) : R := l eps.
Definition reach_on (eps : R) : R := l (eps_hat eps).
Definition shift_on (eps : R) : R := g (eps_hat eps).

Notation x := radius_on.
Notation y := reach_on.
Notation h := shift_on.
Notation slope := mass_estimate_slope.

Lemma curve_pos eps : in_domain delta eps -> 0 < x eps /\ 0 < y eps /\ 0 < h eps.
Proof.
  intros H. have He := estimate_inside eps H. destruct H as [H _].
  split; [by apply filter_radius_pos|]. split; [by apply filter_radius_pos|].
  by apply median_shift_spec.
Qed.

Lemma factors_pos eps : in_domain delta eps ->
  0 < steepness delta (x eps) /\ 0 < steepness delta (y eps) /\ 0 < density (h eps) /\
  0 < density delta /\ 0 < slope eps /\ 0 < density (y eps - delta).
Proof.
  intros H. have He := estimate_inside eps H. destruct H as [H _].
  repeat split; try apply density_pos; try by apply steepness_of_radius.
  by apply mass_estimate_slope_pos.
Qed.

Lemma radius_on_derive eps : in_domain delta eps -> is_derive x eps (/ steepness delta (x eps)).
Proof. intros [H _]. by apply filter_radius_derive. Qed.

Lemma reach_on_derive eps : in_domain delta eps -> is_derive y eps (slope eps / steepness delta (y eps)).
Proof.
  intros H. apply (is_derive_comp l eps_hat).
  - by apply filter_radius_derive, estimate_inside.
  - apply mass_estimate_derive. by destruct H.
Qed.

(** dg/d(eps-hat) *)
Definition shift_slope (eps : R) : R :=
  density (y eps - delta) / (2 * density (h eps) * steepness delta (y eps)).

Lemma shift_on_derive eps : in_domain delta eps -> is_derive h eps (shift_slope eps * slope eps).
Proof.
  intros H. evar_last.
  - apply (is_derive_comp g eps_hat); [by apply median_shift_derive, estimate_inside|].
    apply mass_estimate_derive. by destruct H.
  - rewrite /scal /= /mult /=. unfold shift_slope, y, h. ring.
Qed.

Definition loss_slope (eps : R) : R := 2 * h eps / (1 + h eps ^ 2) ^ 2 * (shift_slope eps * slope eps).

Lemma loss_derive eps : in_domain delta eps -> is_derive (loss delta) eps (loss_slope eps).
Proof.
  intros H. have dh := shift_on_derive eps H.
  change (is_derive (fun e => loss_of_shift (h e)) eps (loss_slope eps)).
  unfold loss_of_shift. auto_derive.
  - differentiable; nra.
  - rewrite (is_derive_unique _ _ _ dh) /loss_slope. field. nra.
Qed.

(** How the slope of the estimate and that of the shift change. *)
Definition estimate_bend (eps : R) : R :=
  x eps - delta * (density (x eps - delta) + density (x eps + delta)) / steepness delta (x eps).

Lemma mass_estimate_slope_derive eps : in_domain delta eps ->
  is_derive slope eps (density delta * estimate_bend eps / steepness delta (x eps) ^ 2).
Proof.
  intros H. have [sx _] := factors_pos eps H. have dx := radius_on_derive eps H.
  change (is_derive (fun e => 1 + density delta / steepness delta (x e)) eps
    (density delta * estimate_bend eps / steepness delta (x eps) ^ 2)).
  unfold estimate_bend, steepness in *. auto_derive.
  - differentiable. unfold Rminus in *. lra.
  - rewrite !Derive_density (is_derive_unique _ _ _ dx). unfold steepness, Rminus in *.
    move: (density (x eps + - delta)) (density (x eps + delta)) sx => a b sx. field. lra.
Qed.

Lemma shift_slope_derive eps : in_domain delta eps ->
  is_derive shift_slope eps (shift_slope eps * (h eps * (shift_slope eps * slope eps)
    - 2 * delta * density (y eps + delta) / steepness delta (y eps)
      * (slope eps / steepness delta (y eps)))).
Proof.
  intros H. have [_ [sy [ph [_ [_ py]]]]] := factors_pos eps H.
  have dh := shift_on_derive eps H. have dy := reach_on_derive eps H.
  move: dh dy. move: (shift_slope eps * slope eps) (slope eps / steepness delta (y eps)) => h' y' dh dy.
  unfold shift_slope, steepness in *. auto_derive.
  - differentiable. apply Rgt_not_eq. unfold Rminus in *. apply Rmult_lt_0_compat; lra.
  - rewrite !Derive_density (is_derive_unique _ _ _ dh) (is_derive_unique _ _ _ dy).
    unfold Rminus in *.
    move: (density (y eps + - delta)) (density (y eps + delta)) (density (h eps)) sy ph py => a b q sy ph py.
    field. lra.
Qed.

(** The criterion with densities in place of exponentials. *)
Lemma criterion_of_densities r s u : 0 < r -> 0 < s ->
  curvature_criterion_at delta r s u =
  (1 - u ^ 2) ^ 2 + (1 + u ^ 2) * (2 * u * density u / density delta) *
    (steepness delta s / density (s - delta)
       * (r - delta * (density (r - delta) + density (r + delta)) / steepness delta r)
       / (1 + steepness delta r / density delta) ^ 2
     - 2 * delta * (density (s + delta) * density delta / density (s - delta) ^ 2)
       / (steepness delta s / density (s - delta))).
Proof.
  intros r0 s0. have decay_r := decay_pos (r * delta) ltac:(nra).
  have decay_s := decay_pos (s * delta) ltac:(nra).
  have pr := density_pos (r - delta). have ps := density_pos (s - delta).
  have pd := density_pos delta.
  have far t : density (t + delta) = density (t - delta) * (1 - decay (t * delta)).
  { have := steepness_decay t. unfold steepness. lra. }
  have at_delta : density delta = density (s - delta) * exp (s * (s / 2 - delta)).
  { replace delta with (s - delta + (2 * delta - s)) at 1 by ring. rewrite density_shift.
    do 2 f_equal. field. }
  have cube : exp (s * (s / 2 - 3 * delta)) = density delta / density (s - delta) * (1 - decay (s * delta)).
  { rewrite at_delta. unfold decay.
    replace (s * (s / 2 - 3 * delta)) with (s * (s / 2 - delta) + - 2 * (s * delta)) by field.
    rewrite exp_plus. field. lra. }
  have steep := far r. have s_r := steepness_decay r. have s_s := steepness_decay s.
  unfold curvature_criterion_at, relative_steepness, coth. rewrite cube s_s (far s) (far r) s_r.
  have sum : 0 < density (r - delta) * decay (r * delta) by nra.
  field. repeat split; nra.
Qed.

Definition criterion_on (eps : R) : R := curvature_criterion_at delta (x eps) (y eps) (h eps).

(** L'' in units of this is the criterion. *)
Definition curvature_scale (eps : R) : R :=
  loss_slope eps * (shift_slope eps * slope eps) / (h eps * (1 + h eps ^ 2)).

Lemma curvature_scale_pos eps : in_domain delta eps -> 0 < curvature_scale eps.
Proof.
  intros H. have [_ [_ h0]] := curve_pos eps H. have [_ [sy [ph [_ [e0 py]]]]] := factors_pos eps H.
  have s0 : 0 < shift_slope eps * slope eps.
  { apply Rmult_lt_0_compat => //. apply Rdiv_lt_0_compat => //. nra. }
  have q0 : 0 < 1 + h eps ^ 2 by nra.
  unfold curvature_scale, loss_slope. apply Rdiv_lt_0_compat; [|nra].
  apply Rmult_lt_0_compat => //. apply Rmult_lt_0_compat => //.
  apply Rdiv_lt_0_compat; [lra | by apply pow_lt].
Qed.

Lemma loss_slope_derive eps : in_domain delta eps ->
  is_derive loss_slope eps (curvature_scale eps * criterion_on eps).
Proof.
  intros H. have [x0 [y0 h0]] := curve_pos eps H.
  have [sx [sy [ph [pd [e0 py]]]]] := factors_pos eps H.
  have dh := shift_on_derive eps H. have de := mass_estimate_slope_derive eps H.
  have ds := shift_slope_derive eps H.
  unfold loss_slope. evar_last.
  - auto_derive; [|reflexivity]. differentiable. apply Rgt_not_eq. nra.
  - rewrite (is_derive_unique _ _ _ dh) (is_derive_unique _ _ _ de) (is_derive_unique _ _ _ ds).
    unfold criterion_on. rewrite criterion_of_densities // -/(estimate_bend eps).
    unfold curvature_scale, loss_slope, shift_slope. 
    change (slope eps) with (1 + density delta / steepness delta (x eps)) in *.
    have E : density (y eps + delta) = density (y eps - delta) - steepness delta (y eps).
    { unfold steepness. ring. }
    rewrite E. clear E de ds dh H.
    move: (estimate_bend eps) (y eps) (h eps) (steepness delta (x eps)) h0 y0 sx sy ph pd e0 py => t s u k u0 s0 k0 sy ph pd e0 py.
    move: (steepness delta s) (density (s - delta)) (density u) (density delta) sy ph pd e0 py => m a q p m0 q0 p0 e0 a0.
    have u2 : 0 < 1 + u ^ 2 by nra.
    field. repeat split; nra.
Qed.

(** The second derivative of the loss exists and is a positive multiple of the criterion. *)
Theorem loss_derive2 eps : in_domain delta eps ->
  is_derive (Derive (loss delta)) eps (curvature_scale eps * criterion_on eps).
Proof.
  intros H. apply (is_derive_ext_loc loss_slope); [|by apply loss_slope_derive].
  generalize (near_in_domain eps H). apply filter_imp => e He. symmetry.
  by apply is_derive_unique, loss_derive.
Qed.
End PositiveDelta.
