(** Calculus on the line that the library needs in this form: increase from a positive slope, a zero
    between two signs, and the inverse of an increasing function with its derivative. *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(** The number with a property; of use only where there is exactly one. *)
Definition the (P : R -> Prop) : R := iota P.

Lemma the_is (P : R -> Prop) x : P x -> (forall y, P y -> y = x) -> the P = x.
Proof. intros Px only. apply (iota_unique (V := R_CompleteNormedModule)) => //. Qed.

Lemma div_mul a b : 0 < b -> a / b * b = a.
Proof. intros b0. field. lra. Qed.

Lemma derivable_continuous f x d : is_derive f x d -> continuity_pt f x.
Proof. intros H. apply derivable_continuous_pt, ex_derive_Reals_0. by exists d. Qed.

Lemma compose_derive (f u : R -> R) e a b :
  is_derive f (u e) a -> is_derive u e b -> is_derive (fun t => f (u t)) e (b * a).
Proof. apply (is_derive_comp f u). Qed.

(** The same function under another name, which [auto_derive] does not look into. *)
Lemma renamed (f : R -> R) e v : is_derive f e v -> exists u, (forall t, u t = f t) /\ is_derive u e v.
Proof. by exists f. Qed.

Lemma increase_of_slope (f slope : R -> R) a b :
  (forall x, a <= x <= b -> is_derive f x (slope x)) ->
  (forall x, a <= x <= b -> 0 < slope x) ->
  forall x y, a <= x -> x < y -> y <= b -> f x < f y.
Proof.
  intros derivative positive x y ax xy yb.
  destruct (MVT_gen f x y slope) as [z [between equal]].
  - rewrite Rmin_left ?Rmax_right; try lra. intros z Hz. apply derivative. lra.
  - rewrite Rmin_left ?Rmax_right; try lra. intros z Hz.
    apply (derivable_continuous _ _ (slope z)), derivative. lra.
  - rewrite Rmin_left ?Rmax_right in between; try lra. have := positive z ltac:(lra). nra.
Qed.

Lemma decrease_of_slope (f slope : R -> R) a b :
  (forall x, a <= x <= b -> is_derive f x (slope x)) ->
  (forall x, a <= x <= b -> slope x < 0) ->
  forall x y, a <= x -> x < y -> y <= b -> f y < f x.
Proof.
  intros derivative negative x y ax xy yb.
  enough (- f x < - f y) by lra.
  apply (increase_of_slope (fun z => - f z) (fun z => - slope z) a b) => //.
  - intros z Hz. apply (is_derive_opp f). by apply derivative.
  - intros z Hz. have := negative z Hz. lra.
Qed.

(** A continuous function takes each value between its values at the ends. *)
Lemma value_between (f : R -> R) a b v :
  a <= b -> (forall x, continuity_pt f x) -> f a <= v <= f b -> exists x, a <= x <= b /\ f x = v.
Proof.
  intros ab continuous_f Hv.
  destruct (IVT_gen f a b v) as [x [Hx value]] => //.
  - rewrite Rmin_left ?Rmax_right; lra.
  - exists x. rewrite Rmin_left ?Rmax_right in Hx => //; lra.
Qed.

Lemma zero_between (f : R -> R) a b :
  a < b -> (forall x, a <= x <= b -> continuity_pt f x) -> f a < 0 -> 0 < f b ->
  exists z, a < z < b /\ f z = 0.
Proof.
  intros ab continuous_f fa fb.
  destruct (Ranalysis5.IVT_interv f a b continuous_f ab fa fb) as [z [Hz zero]].
  exists z. split => //.
  have za : z <> a by (intros E; rewrite E in zero; lra).
  have zb : z <> b by (intros E; rewrite E in zero; lra).
  lra.
Qed.

(** A right inverse of a function that increases beyond [low]. *)
Section Inverse.
Variables (F inverse : R -> R) (low e : R).
Hypothesis increasing : forall x y, low <= x -> x < y -> F x < F y.
Hypothesis inverts : locally e (fun t => low < inverse t /\ F (inverse t) = t).

Lemma inverse_continuous : continuous inverse e.
Proof.
  have [above value] := locally_singleton _ _ inverts.
  apply filterlim_locally => [[eps Heps]] /=.
  pose h := Rmin eps (inverse e - low) / 2.
  have small : 0 < h < eps /\ low < inverse e - h.
  { have := Rmin_glb_lt eps (inverse e - low) 0 Heps ltac:(lra).
    have := Rmin_l eps (inverse e - low). have := Rmin_r eps (inverse e - low).
    unfold h. lra. }
  have below := increasing (inverse e - h) (inverse e) ltac:(lra) ltac:(lra).
  have beyond := increasing (inverse e) (inverse e + h) ltac:(lra) ltac:(lra).
  rewrite value in below beyond.
  have near : locally e (fun t => F (inverse e - h) < t /\ t < F (inverse e + h)).
  { apply filter_and; [by apply (open_gt _ e) | by apply (open_lt _ e)]. }
  generalize (filter_and _ _ inverts near).
  apply filter_imp => t [[Ht Ft] [t0 t1]].
  apply Rabs_lt_between'. split; apply Rnot_le_lt => K.
  - destruct (Rle_lt_or_eq_dec (inverse t) (inverse e - h)) as [L|L]; [lra| |rewrite L in Ft; lra].
    have := increasing (inverse t) (inverse e - h) ltac:(lra) L. lra.
  - destruct (Rle_lt_or_eq_dec (inverse e + h) (inverse t)) as [L|L]; [lra| |rewrite -L in Ft; lra].
    have := increasing (inverse e + h) (inverse t) ltac:(lra) L. lra.
Qed.

Lemma inverse_derive c : is_derive F (inverse e) c -> c <> 0 -> is_derive inverse e (/ c).
Proof.
  intros derivative c0. have [above value] := locally_singleton _ _ inverts.
  apply is_derive_Reals. apply is_derive_Reals in derivative. intros eps Heps.
  have inv_c : continuous Rinv c.
  { apply continuity_pt_filterlim. apply (continuity_pt_inv id c) => //.
    apply derivable_continuous_pt, derivable_pt_id. }
  have [near_c Hc] := proj1 (filterlim_locally _ _) inv_c (mkposreal eps Heps).
  have [near_x Hx] := derivative near_c (cond_pos near_c).
  have close : locally e (fun t => ball (inverse e) near_x (inverse t)).
  { exact: (proj1 (filterlim_locally (F := locally e) inverse (inverse e)) inverse_continuous near_x). }
  have [near_e He] := filter_and _ _ inverts close.
  exists near_e => h h0 small.
  destruct (He (e + h)) as [[_ moved] distance].
  { rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /=. by ring_simplify (e + h + - e). }
  rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /= in distance.
  pose k := inverse (e + h) - inverse e.
  have k0 : k <> 0.
  { unfold k. intros E. have E' : inverse (e + h) = inverse e by lra. rewrite E' value in moved. lra. }
  have quotient := Hx k k0 distance.
  replace (inverse e + k) with (inverse (e + h)) in quotient by (unfold k; ring).
  rewrite moved value in quotient. replace (e + h - e) with h in quotient by ring.
  have := Hc (h / k). rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /= => claim.
  replace ((inverse (e + h) - inverse e) / h) with (/ (h / k)); [by apply claim|].
  fold k. by field.
Qed.
End Inverse.
