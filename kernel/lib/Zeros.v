(** One zero of a function between two numbers: what a certificate of a zero says for one unknown. *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus.
Open Scope R_scope.

Definition one_zero (f : R -> R) (a b : R) : Prop :=
  exists x, a < x < b /\ f x = 0 /\ forall y, a <= y <= b -> f y = 0 -> y = x.

(** With s = 1 the function increases, with s = -1 it decreases. *)
Theorem one_zero_intro (s : R) (f : R -> R) a b : a < b ->
  (forall x, a <= x <= b -> exists slope, is_derive f x slope /\ 0 < s * slope) ->
  s * f a < 0 -> 0 < s * f b -> one_zero f a b.
Proof.
  intros ab slopes at_a at_b. pose F x := s * f x.
  have derive x : a <= x <= b -> is_derive F x (Derive F x) /\ 0 < Derive F x.
  { intros Hx. destruct (slopes x Hx) as [d [dF d0]].
    have H : is_derive F x (s * d) by apply (is_derive_scal f x s).
    by rewrite (is_derive_unique _ _ _ H). }
  have mono := increase_of_slope F (Derive F) a b (fun x Hx => proj1 (derive x Hx)) (fun x Hx => proj2 (derive x Hx)).
  destruct (zero_between F a b ab) as [x [Hx zero]] => //.
  { intros x Hx. apply (derivable_continuous _ _ (Derive F x)). by apply derive. }
  have s0 : s <> 0 by (intros E; rewrite E in at_b; lra).
  exists x. split => //. split.
  - destruct (Rmult_integral _ _ zero) => //.
  - intros y Hy Ey. have Fy : F y = 0 by unfold F; rewrite Ey; ring.
    destruct (Rtotal_order x y) as [K|[K|K]] => //.
    + have := mono x y ltac:(lra) K ltac:(lra). lra.
    + have := mono y x ltac:(lra) K ltac:(lra). lra.
Qed.
