(** What the claims' files share: calculus on an interval, by the mean value theorem. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(** A positive slope inside makes the function increase, the ends included. *)
Lemma increases (f df : R -> R) a b :
  (forall x, a <= x <= b -> is_derive f x (df x)) ->
  (forall x, a < x < b -> 0 < df x) ->
  forall x y, a <= x -> x < y -> y <= b -> f x < f y.
Proof.
  intros Hd Hp x y Hx Hxy Hy.
  destruct (MVT_cor2 f df x y Hxy) as [c [Ec Hc]].
  { intros c Hc. apply is_derive_Reals, Hd. lra. }
  have := Hp c ltac:(lra). nra.
Qed.
Lemma decreases (f df : R -> R) a b :
  (forall x, a <= x <= b -> is_derive f x (df x)) ->
  (forall x, a < x < b -> df x < 0) ->
  forall x y, a <= x -> x < y -> y <= b -> f y < f x.
Proof.
  intros Hd Hp x y Hx Hxy Hy.
  destruct (MVT_cor2 f df x y Hxy) as [c [Ec Hc]].
  { intros c Hc. apply is_derive_Reals, Hd. lra. }
  have := Hp c ltac:(lra). nra.
Qed.
Lemma increases_weakly (f df : R -> R) a b :
  (forall x, a <= x <= b -> is_derive f x (df x)) ->
  (forall x, a < x < b -> 0 <= df x) ->
  forall x y, a <= x -> x <= y -> y <= b -> f x <= f y.
Proof.
  intros Hd Hp x y Hx [Hxy|<-] Hy. 2: lra.
  destruct (MVT_cor2 f df x y Hxy) as [c [Ec Hc]].
  { intros c Hc. apply is_derive_Reals, Hd. lra. }
  have := Hp c ltac:(lra). nra.
Qed.

(** A continuous function takes every value between its values at the ends. *)
Lemma takes_value (f : R -> R) a b v :
  a < b -> (forall x, continuity_pt f x) -> (f a < v < f b \/ f b < v < f a) ->
  exists x, a < x < b /\ f x = v.
Proof.
  intros Hab Hc Hv.
  destruct (IVT_gen f a b v) as [x [Hx Ex]] => //.
  { destruct Hv as [Hv|Hv]. rewrite Rmin_left ?Rmax_right; lra. rewrite Rmin_right ?Rmax_left; lra. }
  rewrite Rmin_left ?Rmax_right in Hx; try lra.
  exists x. split => //.
  destruct (Req_dec x a) as [K|K]. rewrite K in Ex; lra.
  destruct (Req_dec x b) as [L|L]. rewrite L in Ex; lra. lra.
Qed.
Lemma continuity_of_derive (f : R -> R) x l : is_derive f x l -> continuity_pt f x.
Proof. intros H. apply derivable_continuous_pt, ex_derive_Reals_0. by exists l. Qed.
Lemma zero_numerator a b : 0 < b -> a / b = 0 -> a = 0.
Proof. intros Hb H. have -> : a = a / b * b by field; lra. rewrite H. ring. Qed.
Lemma zero_square x : x ^ 2 = 0 -> x = 0.
Proof. intros H. nra. Qed.
Lemma nonneg_fraction a b : 0 <= a -> 0 < b -> 0 <= a / b.
Proof. intros Ha Hb. apply Rmult_le_pos => //. left. by apply Rinv_0_lt_compat. Qed.

(** A function stays below another that starts above it and has the larger slope. *)
Lemma compare (F F' H H' : R -> R) a b :
  (forall x, a <= x <= b -> is_derive F x (F' x)) -> (forall x, a <= x <= b -> is_derive H x (H' x)) ->
  (forall x, a < x < b -> F' x <= H' x) -> F a <= H a -> forall x, a <= x <= b -> F x <= H x.
Proof.
  intros dF dH le0 start x Hx.
  have D : forall z, a <= z <= b -> is_derive (fun z => H z - F z) z (H' z - F' z).
  { intros z Hz. apply (is_derive_minus H F). by apply dH. by apply dF. }
  have := increases_weakly _ _ a b D ltac:(intros z Hz; have := le0 z Hz; lra) a x ltac:(lra) ltac:(lra) ltac:(lra). lra.
Qed.
