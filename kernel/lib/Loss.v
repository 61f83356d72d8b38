(** The paper's functions of the adversarial mass eps, for one half-width delta > 0: the filter radius
    l, the median shift g (Lemma 2), the mass estimate eps-hat (Lemma 3) and the loss (Lemma 4).
    l and g are described by the equations that they solve; that exactly one number does is proved. *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Window.
Open Scope R_scope.

Definition filter_radius (delta eps : R) : R :=  (* l *)
  the (fun x => 0 <= x /\ window_mass delta x = central_mass delta - eps).

Definition median_shift (delta eps : R) : R :=  (* g *)
  the (fun u => cdf u = (1 + eps + (cdf (filter_radius delta eps + delta) - cdf delta)) / 2).

Definition mass_estimate (delta eps : R) : R :=  (* eps-hat *)
  eps + density delta * filter_radius delta eps.

Definition loss_of_shift (g : R) : R := g ^ 2 / (1 + g ^ 2).

Definition loss (delta eps : R) : R := loss_of_shift (median_shift delta (mass_estimate delta eps)).

(** Where the loss and its derivatives are defined: l(eps) and l(eps-hat) exist and are positive. *)
Definition in_domain (delta eps : R) : Prop :=
  0 < eps < central_mass delta /\ mass_estimate delta eps < central_mass delta.

Section PositiveDelta.
Variable delta : R.
Hypothesis delta_pos : 0 < delta.

Notation rho := (central_mass delta).
Notation d := (mass_deficit delta).
Notation l := (filter_radius delta).
Notation g := (median_shift delta).

(** l inverts d. *)
Lemma filter_radius_of_deficit x : 0 <= x -> l (d x) = x.
Proof.
  intros x0. apply the_is.
  - split => //. unfold mass_deficit. ring.
  - intros y [y0 E]. apply (mass_deficit_injective delta) => //. unfold mass_deficit in *. lra.
Qed.

Lemma filter_radius_spec eps : 0 <= eps < rho -> 0 <= l eps /\ d (l eps) = eps.
Proof.
  intros H. destruct (mass_deficit_onto delta delta_pos eps H) as [x [x0 <-]].
  by rewrite filter_radius_of_deficit.
Qed.

Lemma filter_radius_pos eps : 0 < eps < rho -> 0 < l eps.
Proof.
  intros H. have [[|E] value] := filter_radius_spec eps ltac:(lra) => //.
  rewrite -E mass_deficit_0 in value. lra.
Qed.

Lemma near_inside eps : 0 < eps < rho -> locally eps (fun e => 0 < e < rho).
Proof. intros [H0 H1]. apply filter_and; [by apply (open_gt _ eps) | by apply (open_lt _ eps)]. Qed.

Lemma filter_radius_derive eps : 0 < eps < rho -> is_derive l eps (/ steepness delta (l eps)).
Proof.
  intros H. have radius0 := filter_radius_pos eps H. apply (inverse_derive d l 0).
  - intros x y. by apply mass_deficit_increasing.
  - generalize (near_inside eps H). apply filter_imp => e He.
    split; [by apply filter_radius_pos | apply filter_radius_spec; lra].
  - apply mass_deficit_derive.
  - have := steepness_pos delta delta_pos _ radius0. lra.
Qed.

(** g is the half-width of the central interval that holds as much mass as lies between -delta and
    l - delta: Phi(g) = (1 + Phi(l - delta) - Phi(-delta))/2. *)
Definition shift_mass (x : R) : R := (1 + (cdf (x - delta) - cdf (- delta))) / 2.

Lemma shift_mass_deficit x : shift_mass x = (1 + d x + (cdf (x + delta) - cdf delta)) / 2.
Proof.
  unfold shift_mass, mass_deficit. rewrite central_mass_cdf cdf_reflection. unfold window_mass. lra.
Qed.

Lemma shift_mass_above x : 0 < x -> 1 / 2 < shift_mass x.
Proof. intros x0. have := cdf_increasing (- delta) (x - delta). unfold shift_mass. lra. Qed.

Lemma shift_mass_onto x : 0 < x -> exists u, 0 < u /\ cdf u = shift_mass x.
Proof.
  intros x0. have above := shift_mass_above x x0. pose M := Rmax delta (x - delta).
  have beyond : shift_mass x <= cdf M.
  { have := cdf_monotone _ _ (Rmax_l delta (x - delta)).
    have := cdf_monotone _ _ (Rmax_r delta (x - delta)).
    unfold shift_mass. rewrite cdf_reflection -/M. lra. }
  destruct (cdf_onto 0 M (shift_mass x)) as [u [Hu E]].
  - have := Rmax_l delta (x - delta). fold M. lra.
  - rewrite cdf_0. lra.
  - exists u. split => //. apply cdf_lt_inv. rewrite cdf_0. lra.
Qed.

Lemma median_shift_quantile eps : 0 <= eps < rho -> g eps = quantile (shift_mass (l eps)).
Proof.
  intros H. have [_ value] := filter_radius_spec eps H.
  unfold median_shift, quantile. by rewrite shift_mass_deficit value.
Qed.

Lemma median_shift_spec eps : 0 < eps < rho -> 0 < g eps /\ cdf (g eps) = shift_mass (l eps).
Proof.
  intros H. rewrite median_shift_quantile; [|lra].
  destruct (shift_mass_onto (l eps) (filter_radius_pos eps H)) as [u [u0 <-]].
  by rewrite quantile_of_cdf.
Qed.

Lemma shift_mass_derive x : is_derive shift_mass x (density (x - delta) / 2).
Proof.
  have split_off t : / 2 * cdf (t + - delta) + (1 - cdf (- delta)) / 2 = shift_mass t.
  { unfold shift_mass, Rminus. field. }
  apply (is_derive_ext _ _ _ _ split_off). evar_last.
  - apply (is_derive_plus (fun t => / 2 * cdf (t + - delta))); [|apply is_derive_const].
    apply (is_derive_scal (fun t => cdf (t + - delta))), cdf_shift_derive.
  - rewrite /plus /zero /=. fold (x - delta). field.
Qed.

Lemma median_shift_derive eps : 0 < eps < rho ->
  is_derive g eps (density (l eps - delta) / (2 * density (g eps) * steepness delta (l eps))).
Proof.
  intros H. have [g0 value] := median_shift_spec eps H.
  have s0 := steepness_pos delta delta_pos _ (filter_radius_pos eps H). have p0 := density_pos (g eps).
  apply (is_derive_ext_loc (fun e => quantile (shift_mass (l e)))).
  { generalize (near_inside eps H). apply filter_imp => e He. rewrite median_shift_quantile //. lra. }
  evar_last.
  - apply (is_derive_comp quantile (fun e => shift_mass (l e))).
    + rewrite -value. by apply quantile_derive.
    + apply (is_derive_comp shift_mass l); [apply shift_mass_derive | by apply filter_radius_derive].
  - rewrite /scal /= /mult /=. field. lra.
Qed.
End PositiveDelta.
