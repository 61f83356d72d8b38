(** The shape of the loss on its whole domain, put together from stretches, turns and ends; and decimals
    around the place where it turns. *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Window Loss Curvature Slope Curve Evaluated Stretches Ends.
Open Scope R_scope.

Definition loss_curvature (delta eps : R) : R := Derive (Derive (loss delta)) eps.

(** Concave, convex, concave, with its only inflections at eps1 < eps2. *)
Definition turns_at (delta eps1 eps2 : R) : Prop :=
  in_domain delta eps1 /\ in_domain delta eps2 /\ eps1 < eps2 /\
  loss_curvature delta eps1 = 0 /\ loss_curvature delta eps2 = 0 /\
  forall eps, in_domain delta eps ->
    ex_derive (loss delta) eps /\ ex_derive (Derive (loss delta)) eps /\
    (eps < eps1 -> loss_curvature delta eps < 0) /\
    (eps1 < eps < eps2 -> 0 < loss_curvature delta eps) /\
    (eps2 < eps -> loss_curvature delta eps < 0).

Lemma keeps_before_join s d0 d1 ya yb : keeps_before s d0 d1 ya -> keeps s d0 d1 ya yb -> keeps_before s d0 d1 yb.
Proof.
  intros H1 H2 delta eps Hd He Hy. destruct (Rle_lt_dec (reach_on delta eps) ya).
  - by apply H1.
  - apply H2 => //; lra.
Qed.

Lemma keeps_beyond_join s d0 d1 ya yb : keeps s d0 d1 ya yb -> keeps_beyond s d0 d1 yb -> keeps_beyond s d0 d1 ya.
Proof.
  intros H1 H2 delta eps Hd He Hy. destruct (Rle_lt_dec (reach_on delta eps) yb).
  - by apply H1.
  - apply H2 => //; lra.
Qed.

Theorem shape_intro d0 d1 ya yb yc yd : 0 < d0 -> ya < yb <= yc -> yc < yd ->
  keeps_before (-1) d0 d1 ya -> turns 1 d0 d1 ya yb -> keeps 1 d0 d1 yb yc -> turns (-1) d0 d1 yc yd ->
  keeps_beyond (-1) d0 d1 yd ->
  forall delta, d0 <= delta <= d1 -> exists eps1 eps2, turns_at delta eps1 eps2 /\
    ya < reach_on delta eps1 < yb /\ yc < reach_on delta eps2 < yd.
Proof.
  intros d0_pos Hab Hcd start first middle second last delta Hd. have delta_pos : 0 < delta by lra.
  destruct (first delta Hd) as [e1 [H1 [Y1 [Z1 S1]]]]. destruct (second delta Hd) as [e2 [H2 [Y2 [Z2 S2]]]].
  have mono := reach_increasing delta delta_pos. have sign := curvature_sign delta _ delta_pos.
  exists e1, e2. split; [|split => //]. split => //. split => //. split.
  { apply (reach_lt_inv delta delta_pos) => //. lra. }
  split; [by apply sign|]. split; [by apply sign|].
  intros e He. have [smooth1 smooth2] := loss_smooth delta e delta_pos He.
  split => //. split => //. have := sign e He => [[pos [neg _]]].
  split; [|split].
  - intros K. have Y := mono _ _ He H1 K. apply neg. destruct (Rle_lt_dec (reach_on delta e) ya).
    + have := start delta e Hd He r. lra.
    + have := proj1 (S1 e He ltac:(lra)) K. lra.
  - intros [K1 K2]. have L1 := mono _ _ H1 He K1. have L2 := mono _ _ He H2 K2. apply pos.
    destruct (Rle_lt_dec (reach_on delta e) yb).
    + have := proj2 (S1 e He ltac:(lra)) K1. lra.
    + destruct (Rle_lt_dec (reach_on delta e) yc).
      * have := middle delta e Hd He ltac:(lra). lra.
      * have := proj1 (S2 e He ltac:(lra)) K2. lra.
  - intros K. have Y := mono _ _ H2 He K. apply neg. destruct (Rle_lt_dec yd (reach_on delta e)).
    + have := last delta e Hd He r. lra.
    + have := proj2 (S2 e He ltac:(lra)) K. lra.
Qed.

(** The sign of the curvature at a decimal. *)
Definition curves (s delta eps : R) : Prop := in_domain delta eps /\ 0 < s * loss_curvature delta eps.

Lemma located_sign s delta eps xl xu yl yu gl gu : 0 < delta ->
  located delta eps xl xu yl yu gl gu ->
  (forall x y g, xl <= x <= xu -> yl <= y <= yu -> gl <= g <= gu -> 0 < s * evaluated_criterion delta x y g) ->
  0 < s * loss_curvature delta eps.
Proof.
  intros delta_pos [H [Hx [Hy Hg]]] sign. have := sign _ _ _ Hx Hy Hg.
  have [x0 _] := curve_pos delta delta_pos eps H. rewrite -criterion_is // -/(criterion_on delta eps).
  have [pos [neg zero]] := curvature_sign delta eps delta_pos H. unfold loss_curvature. intros K.
  destruct (Rtotal_order 0 (criterion_on delta eps)) as [L|[L|L]].
  - have := pos L. nra.
  - rewrite -L in K. lra.
  - have := neg L. nra.
Qed.

(** Decimals before and after the first inflection. *)
Lemma before_first delta eps1 eps2 eps : 0 < delta -> turns_at delta eps1 eps2 ->
  in_domain delta eps -> reach_on delta eps < reach_on delta eps2 ->
  0 < -1 * loss_curvature delta eps -> eps < eps1.
Proof.
  intros delta_pos [_ [H2 [_ [zero [_ all]]]]] He short K.
  have [_ [_ [_ [pos _]]]] := all eps He. have ee := reach_lt_inv delta delta_pos _ _ He H2 short.
  apply Rnot_le_lt => [[L|L]].
  - have := pos (conj L ee). lra.
  - rewrite -L in K. lra.
Qed.

Lemma after_first delta eps1 eps2 eps : turns_at delta eps1 eps2 -> in_domain delta eps ->
  0 < 1 * loss_curvature delta eps -> eps1 < eps < eps2.
Proof.
  intros [_ [_ [_ [zero1 [zero2 all]]]]] He K. have [_ [_ [neg [_ neg']]]] := all eps He.
  split; apply Rnot_le_lt => [[L|L]].
  - have := neg L. lra.
  - rewrite L in K. lra.
  - have := neg' L. lra.
  - rewrite -L in K. lra.
Qed.

(** One inflection between two decimals: what a root certificate says. With s = 1 the loss turns from
    concave to convex there, with s = -1 from convex to concave. *)
Definition inflection_between (s delta lo hi : R) : Prop := exists turn, lo < turn < hi /\
  (forall eps, lo <= eps <= hi -> ex_derive (loss delta) eps /\ ex_derive (Derive (loss delta)) eps) /\
  (forall eps, lo <= eps < turn -> s * loss_curvature delta eps < 0) /\
  loss_curvature delta turn = 0 /\
  (forall eps, turn < eps <= hi -> 0 < s * loss_curvature delta eps).

(** The curvature is a positive multiple of the criterion. *)
Lemma curvature_multiple delta eps : 0 < delta -> in_domain delta eps ->
  exists c, 0 < c /\ loss_curvature delta eps = c * criterion_on delta eps.
Proof.
  intros delta_pos H. exists (curvature_scale delta eps). split; [by apply curvature_scale_pos|].
  by apply is_derive_unique, loss_derive2.
Qed.

Theorem inflection_intro s delta lo hi ya yb xl xu yl yu gl gu xl' xu' yl' yu' gl' gu' :
  0 < delta -> lo < hi -> turns s delta delta ya yb ->
  located delta lo xl xu yl yu gl gu -> located delta hi xl' xu' yl' yu' gl' gu' -> ya <= yl -> yu' <= yb ->
  0 < - s * loss_curvature delta lo -> 0 < s * loss_curvature delta hi -> inflection_between s delta lo hi.
Proof.
  intros delta_pos lohi turn [Hlo [_ [Ylo _]]] [Hhi [_ [Yhi _]]] Ha Hb Klo Khi.
  destruct (turn delta ltac:(lra)) as [t [Ht [Yt [Zt St]]]].
  have inside e : lo <= e <= hi -> in_domain delta e.
  { intros He. apply (in_domain_before delta delta_pos e hi) => //. destruct Hlo. lra. }
  have mono a b : in_domain delta a -> in_domain delta b -> a <= b -> reach_on delta a <= reach_on delta b.
  { intros A B [K| ->]; [left; by apply reach_increasing | lra]. }
  have within e : lo <= e <= hi -> ya <= reach_on delta e <= yb.
  { intros He. have := mono _ _ Hlo (inside e He) (proj1 He). have := mono _ _ (inside e He) Hhi (proj2 He). lra. }
  have signs e : lo <= e <= hi -> (e < t -> s * loss_curvature delta e < 0) /\
    (t < e -> 0 < s * loss_curvature delta e) /\ (t = e -> loss_curvature delta e = 0).
  { intros He. have [before after] := St e (inside e He) (within e He).
    have [c [c0 E]] := curvature_multiple delta e delta_pos (inside e He). rewrite E.
    split; [|split]; intros K.
    - have := before K. nra.
    - have := after K. nra.
    - rewrite -K Zt. ring. }
  have lo_t : lo < t.
  { have [_ [after at_t]] := signs lo ltac:(lra). apply Rnot_le_lt => [[K|K]].
    - have := after K. lra.
    - have := at_t K. nra. }
  have t_hi : t < hi.
  { have [before [_ at_t]] := signs hi ltac:(lra). apply Rnot_le_lt => [[K|K]].
    - have := before K. lra.
    - have := at_t (eq_sym K). nra. }
  exists t. split; [by split|]. split; [|split; [|split]].
  - intros e He. by apply loss_smooth; [|apply inside].
  - intros e He. apply signs; lra.
  - by apply signs; lra.
  - intros e He. apply signs; lra.
Qed.

(** eps_cr: the first inflection of the whole domain, between decimals; and the loss is convex from it up
    to a third decimal. *)
Theorem critical_intro delta lo hi yc xl xu yl yu gl gu xl' xu' yl' yu' gl' gu' : 0 < delta ->
  (exists eps1 eps2, turns_at delta eps1 eps2 /\ yc < reach_on delta eps2) ->
  located delta lo xl xu yl yu gl gu -> located delta hi xl' xu' yl' yu' gl' gu' -> yu <= yc ->
  0 < - (1) * loss_curvature delta lo -> 0 < 1 * loss_curvature delta hi ->
  exists eps1 eps2, turns_at delta eps1 eps2 /\ lo < eps1 < hi.
Proof.
  intros delta_pos [e1 [e2 [T far]]] [Hlo [_ [Ylo _]]] [Hhi _] below Klo Khi.
  exists e1, e2. split; [exact T|]. split.
  - apply (before_first delta e1 e2 lo delta_pos T Hlo); lra.
  - by apply (after_first delta e1 e2).
Qed.
