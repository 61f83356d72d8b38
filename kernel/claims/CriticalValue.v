(** The critical value at Delta = 2, 3 and 4, from the generated files, and what the paper says of it. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Window Loss Curvature Shape.
From Claims Require Import Tools Radius Derivatives Reduction Scaled FirstTurn Ending.
From Claims Require Turn2 Turn3 Turn4.
Open Scope R_scope.

Lemma turns_only delta a b a' b' : turns_at delta a b -> turns_at delta a' b' -> a = a' /\ b = b'.
Proof.
  intros [Ha [Hb [ab [za [zb S]]]]] [Ha' [Hb' [ab' [za' [zb' S']]]]].
  have E : a = a'.
  { destruct (Rtotal_order a a') as [K|[K|K]] => //.
    - have [_ [_ [n _]]] := S' a Ha. have := n K. lra.
    - have [_ [_ [n _]]] := S a' Ha'. have := n K. lra. }
  split => //. destruct (Rtotal_order b b') as [K|[K|K]] => //.
  - have [_ [_ [_ [n _]]]] := S' b Hb. have := n ltac:(lra). lra.
  - have [_ [_ [_ [n _]]]] := S b' Hb'. have := n ltac:(lra). lra.
Qed.

(** claim: eps-cr-2
    paper: Section III and Appendix B, "for Delta = 2, eps_cr = 8.1 10^-6"
    proves: printed refuted; part: the true value to seven digits (more with bounds check --kernel)
    seeded: 3979897 / 1000000000 < eps_cr < 3979898 / 1000000000 ==> 3979896 / 1000000000 < eps_cr < 3979897 / 1000000000 *)
Theorem eps_cr_2 : exists eps_cr eps_2, turns_at 2 eps_cr eps_2 /\
  3979897 / 1000000000 < eps_cr < 3979898 / 1000000000 /\
  (forall a b, turns_at 2 a b -> a = eps_cr) /\ ~ 805 / 100000000 <= eps_cr <= 815 / 100000000.
Proof.
  destruct Turn2.critical as [a [b [T H]]]. exists a, b. split => //. split; [lra|]. split; [|lra].
  intros a' b' T'. by have [E _] := turns_only _ _ _ _ _ T' T.
Qed.

(** claim: eps-cr-3
    paper: Section III and Appendix B, "for Delta = 3, eps_cr = 1.2 10^-9"
    proves: printed refuted; part: the true value to seven digits (more with bounds check --kernel)
    seeded: 2186007 / 10000000000 < eps_cr < 2186008 / 10000000000 ==> 2186006 / 10000000000 < eps_cr < 2186007 / 10000000000 *)
Theorem eps_cr_3 : exists eps_cr eps_2, turns_at 3 eps_cr eps_2 /\
  2186007 / 10000000000 < eps_cr < 2186008 / 10000000000 /\
  (forall a b, turns_at 3 a b -> a = eps_cr) /\ ~ 115 / 100000000000 <= eps_cr <= 125 / 100000000000.
Proof.
  destruct Turn3.critical as [a [b [T H]]]. exists a, b. split => //. split; [lra|]. split; [|lra].
  intros a' b' T'. by have [E _] := turns_only _ _ _ _ _ T' T.
Qed.

(** claim: eps-cr-4
    paper: Section III and Appendix B, "for Delta = 4, eps_cr = 1.4 10^-14"
    proves: printed refuted; part: the true value to six digits (more with bounds check --kernel)
    seeded: 497334 / 100000000000 < eps_cr < 497335 / 100000000000 ==> 497333 / 100000000000 < eps_cr < 497334 / 100000000000 *)
Theorem eps_cr_4 : exists eps_cr eps_2, turns_at 4 eps_cr eps_2 /\
  497334 / 100000000000 < eps_cr < 497335 / 100000000000 /\
  (forall a b, turns_at 4 a b -> a = eps_cr) /\ ~ 135 / 10000000000000000 <= eps_cr <= 145 / 10000000000000000.
Proof.
  destruct Turn4.critical as [a [b [T H]]]. exists a, b. split => //. split; [lra|]. split; [|lra].
  intros a' b' T'. by have [E _] := turns_only _ _ _ _ _ T' T.
Qed.

Definition studied delta := delta = 2 \/ delta = 3 \/ delta = 4.
Lemma turning delta : studied delta -> exists a b, turns_at delta a b.
Proof.
  intros [->|[->| ->]].
  - destruct Turn2.critical as [a [b [T _]]]. by exists a, b.
  - destruct Turn3.critical as [a [b [T _]]]. by exists a, b.
  - destruct Turn4.critical as [a [b [T _]]]. by exists a, b.
Qed.
Lemma studied_pos delta : studied delta -> 0 < delta. Proof. intros [->|[->| ->]]; lra. Qed.

Lemma criterion_zero delta e : 0 < delta -> in_domain delta e -> (derived_criterion delta e = 0 <-> loss_curvature delta e = 0).
Proof.
  intros Hd He. have [[k [k0 D]] _] := lemma_5_last_line delta e Hd He. unfold loss_curvature. rewrite (is_derive_unique _ _ _ D). split.
  - intros ->. ring.
  - intros H. apply Rmult_integral in H. lra.
Qed.

(** claim: eps-cr-exists
    paper: Appendix B, "there exists 0 < eps_cr < rho"
    proves: repaired statement, for every Delta >= 3/2: one number where the loss, concave before, turns to convex; part: not that there is none at Delta = 1/2
    seeded: 0 < eps_cr < central_mass delta /\ ==> 1 < eps_cr < central_mass delta /\ *)
Theorem eps_cr_exists delta : 3 / 2 <= delta -> exists eps_cr,
  0 < eps_cr < central_mass delta /\ Derive (Derive (loss delta)) eps_cr = 0 /\
  (forall eps, in_domain delta eps -> eps < eps_cr -> Derive (Derive (loss delta)) eps < 0) /\
  (exists eps_b, eps_cr < eps_b /\ in_domain delta eps_b /\
    forall eps, eps_cr < eps <= eps_b -> 0 < Derive (Derive (loss delta)) eps) /\
  (forall e, first_turn delta e -> e = eps_cr).
Proof.
  intros H. destruct (first_turn_exists delta H) as [a [T _]]. exists a.
  have [[Dr _] [zero [before after]]] := T. split; [exact Dr|]. split; [exact zero|].
  split; [exact before|]. split; [exact after|]. intros e He. exact (first_turn_only delta e a He T).
Qed.

(** claim: lemma-5-existence
    paper: Appendix B, proof of Lemma 5, "Therefore, there exists 0 < eps_cr < rho such that for eps > eps_cr, the above function ... is positive"
    proves: printed refuted, for every Delta > 0: negative again beyond any eps of the domain; part: the sign between the two inflections and after them, at Delta = 2, 3, 4
    seeded: (eps_cr < eps < eps_2 -> ==> (eps_cr < eps -> *)
Theorem lemma_5_existence :
  (forall delta e, 0 < delta -> in_domain delta e -> exists eps, e < eps /\ in_domain delta eps /\ Derive (Derive (loss delta)) eps < 0) /\
  (forall delta, studied delta -> exists eps_cr eps_2, in_domain delta eps_cr /\ in_domain delta eps_2 /\ forall eps, in_domain delta eps ->
    (eps_cr < eps < eps_2 -> 0 < Derive (Derive (loss delta)) eps) /\ (eps_2 < eps -> Derive (Derive (loss delta)) eps < 0)).
Proof.
  split; [intros delta e dp He; exact (concave_beyond delta e dp He)|].
  intros delta H. destruct (turning delta H) as [a [b [Ha [Hb [ab [za [zb S]]]]]]].
  exists a, b. split; [exact Ha|]. split; [exact Hb|]. intros e He. have [_ [_ [_ [p n]]]] := S e He. by split.
Qed.

(** claim: lemma-5-convexity
    paper: Lemma 5, "convex for eps > eps_cr"
    proves: printed refuted, for every Delta > 0; part: convex between the two inflections, concave before and after, at Delta = 2, 3, 4
    seeded: (eps < eps_cr -> loss_curvature delta eps < 0) ==> (eps < eps_2 -> loss_curvature delta eps < 0) *)
Theorem lemma_5_convexity :
  (forall delta, studied delta -> exists eps_cr eps_2, in_domain delta eps_cr /\ in_domain delta eps_2 /\
    (forall eps, in_domain delta eps -> (eps < eps_cr -> loss_curvature delta eps < 0) /\
      (eps_cr < eps < eps_2 -> 0 < loss_curvature delta eps) /\ (eps_2 < eps -> loss_curvature delta eps < 0))) /\
  (forall delta eps_cr, 0 < delta -> in_domain delta eps_cr ->
    exists eps, eps_cr < eps /\ in_domain delta eps /\ loss_curvature delta eps < 0).
Proof.
  split; [|intros delta e dp He; exact (concave_beyond delta e dp He)].
  intros delta H. destruct (turning delta H) as [a [b [Ha [Hb [ab [za [zb S]]]]]]].
  exists a, b. split; [exact Ha|]. split; [exact Hb|]. intros e He. have [_ [_ [m [p n]]]] := S e He. by split.
Qed.

(** claim: lemma-5-zero
    paper: Lemma 5, "eps_cr is the positive zero of" the criterion
    proves: part: at Delta = 2, 3, 4 the derived criterion has exactly two zeros, and eps_cr is the lesser
    seeded: -> eps = eps_cr \/ eps = eps_2) ==> -> eps = eps_cr) *)
Theorem lemma_5_zero delta : studied delta -> exists eps_cr eps_2, eps_cr < eps_2 /\ in_domain delta eps_cr /\ in_domain delta eps_2 /\
  derived_criterion delta eps_cr = 0 /\ derived_criterion delta eps_2 = 0 /\
  (forall eps, in_domain delta eps -> derived_criterion delta eps = 0 -> eps = eps_cr \/ eps = eps_2).
Proof.
  intros H. have Hd := studied_pos delta H. destruct (turning delta H) as [a [b [Ha [Hb [ab [za [zb S]]]]]]].
  exists a, b. split => //. split => //. split => //. split; [|split].
  - by apply criterion_zero.
  - by apply criterion_zero.
  - intros e He Z. apply criterion_zero in Z => //. have [_ [_ [m [p n]]]] := S e He.
    destruct (Rtotal_order e a) as [K|[K|K]]. have := m K; lra. by left.
    destruct (Rtotal_order e b) as [L|[L|L]]. have := p ltac:(lra); lra. by right. have := n L; lra.
Qed.
