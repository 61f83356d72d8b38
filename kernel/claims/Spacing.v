(** Other components, seen from one of them: their means are at least D apart, in order to the right and to the
    left, and the pieces of their densities that an interval holds are disjoint pieces of two tails. *)
From Coq Require Import Reals Lra Psatz List ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Improper Window Loss FarSample.
From Claims Require Import Tools Radius Scaled SmallMass.
Import ListNotations.
Open Scope R_scope.

(** What the component with this mean has between a and b, and what several have together. *)
Definition piece (a b mean : R) : R := cdf (b - mean) - cdf (a - mean).
Definition pieces (a b : R) (means : list R) : R := fold_right Rplus 0 (map (piece a b) means).

(** Means in order, each at least D beyond the one before it; and the means to the left, mirrored. *)
Fixpoint apart (D first : R) (rest : list R) : Prop :=
  match rest with [] => True | m :: rest' => first + D <= m /\ apart D m rest' end.
Definition spaced (D : R) (left : list R) (mean : R) (right : list R) : Prop :=
  apart D (- mean) (map Ropp left) /\ apart D mean right.

Lemma pieces_cons a b m rest : pieces a b (m :: rest) = piece a b m + pieces a b rest.
Proof. by []. Qed.
Lemma pieces_nil a b : pieces a b [] = 0. Proof. by []. Qed.
Lemma pieces_app a b p q : pieces a b (p ++ q) = pieces a b p + pieces a b q.
Proof. elim: p => [|m p IH]; [rewrite pieces_nil /=; ring|]. rewrite /= !pieces_cons IH. ring. Qed.
Lemma piece_window delta x mean : piece (x - delta) (x + delta) mean = window_mass delta (x - mean).
Proof.
  unfold piece, window_mass. replace (x + delta - mean) with (x - mean + delta) by ring.
  by replace (x - delta - mean) with (x - mean - delta) by ring.
Qed.
Lemma piece_mirror a b m : piece a b m = piece (- b) (- a) (- m).
Proof.
  unfold piece. replace (- a - - m) with (- (a - m)) by ring. replace (- b - - m) with (- (b - m)) by ring.
  rewrite !cdf_reflection. ring.
Qed.
Lemma pieces_mirror a b means : pieces a b means = pieces (- b) (- a) (map Ropp means).
Proof. elim: means => [|m means IH] //. by rewrite /= !pieces_cons IH piece_mirror. Qed.
Lemma pieces_nonneg a b means : a <= b -> 0 <= pieces a b means.
Proof.
  intros ab. elim: means => [|m means IH]; [rewrite pieces_nil; lra|]. rewrite pieces_cons.
  have := cdf_monotone (a - m) (b - m) ltac:(lra). unfold piece. lra.
Qed.
(** They lie one beside the other in the tail of the first. *)
Lemma pieces_tail D a b m rest : a <= b -> b - a <= D -> apart D m rest -> pieces a b (m :: rest) <= cdf (b - m).
Proof.
  intros ab narrow. elim: rest m => [|n rest IH] m.
  - intros _. rewrite pieces_cons pieces_nil. unfold piece. have := cdf_above_0 (a - m). lra.
  - intros [far order]. have K := IH n order. rewrite pieces_cons. unfold piece. have := cdf_monotone (b - n) (a - m) ltac:(lra). lra.
Qed.
Lemma pieces_beyond D a b first rest t : 0 <= D -> a <= b -> b - a <= D -> apart D first rest ->
  (forall m, In m rest -> b - m <= t) -> pieces a b rest <= cdf t.
Proof.
  intros D0 ab narrow. destruct rest as [|m rest].
  - intros _ _. have := cdf_above_0 t. rewrite pieces_nil. lra.
  - intros [_ order] H. apply Rle_trans with (1 := pieces_tail D a b m rest ab narrow order).
    apply cdf_monotone, H. by left.
Qed.
Lemma apart_all D first rest : 0 <= D -> apart D first rest -> forall m, In m rest -> first + D <= m.
Proof.
  intros D0. elim: rest first => [|n rest IH] first //= [far order] m [<-|H] //. have := IH n order m H. lra.
Qed.
Lemma pieces_others D a b left mean right t : 0 <= D -> a <= b -> b - a <= D -> spaced D left mean right ->
  (forall m, In m left -> m - a <= t) -> (forall m, In m right -> b - m <= t) ->
  0 <= pieces a b (left ++ mean :: right) - piece a b mean <= 2 * cdf t.
Proof.
  intros D0 ab narrow [L R] HL HR. rewrite pieces_app pieces_cons.
  have r := pieces_beyond D a b mean right t D0 ab narrow R HR.
  have l : pieces a b left <= cdf t.
  { rewrite pieces_mirror. apply (pieces_beyond D _ _ (- mean)); try lra; try by [].
    intros m Hm. apply in_map_iff in Hm. destruct Hm as [n [<- Hn]]. have := HL n Hn. lra. }
  have := pieces_nonneg a b left ab. have := pieces_nonneg a b right ab. lra.
Qed.

(** claim: foreign-points
    paper: Appendix B, proof of Lemma 2, "f(x) measures the expected mass of genuine samples within Delta of a point x from the mean"
    proves: printed refuted, wherever there is a second component; repaired statement, for an interval
    seeded: <= piece a b mean + 2 * cdf (- (5 * delta))) /\ ==> <= piece a b mean + 2 * cdf (- (6 * delta))) /\ *)
Theorem foreign_points :
  (forall delta x mean, piece (x - delta) (x + delta) mean = window_mass delta (x - mean)) /\
  (forall delta x mean left right, 0 < delta -> left ++ right <> nil ->
    window_mass delta (x - mean) < pieces (x - delta) (x + delta) (left ++ mean :: right)) /\
  (forall delta mean left right a b, 0 < delta -> spaced (9 * delta) left mean right ->
    mean - 4 * delta <= a -> a <= b -> b <= mean + 4 * delta ->
    piece a b mean <= pieces a b (left ++ mean :: right) <= piece a b mean + 2 * cdf (- (5 * delta))) /\
  (forall delta, 3 / 2 <= delta -> 2 * cdf (- (5 * delta)) < / 10 ^ 13).
Proof.
  have window := piece_window. split; [exact window|]. split; [|split].
  - intros delta x mean left right dp some. rewrite -window pieces_app pieces_cons.
    have pos m : 0 < piece (x - delta) (x + delta) m by (have := cdf_increasing (x - delta - m) (x + delta - m); unfold piece; lra).
    have l := pieces_nonneg (x - delta) (x + delta) left ltac:(lra). have r := pieces_nonneg (x - delta) (x + delta) right ltac:(lra).
    destruct left as [|m left].
    + destruct right as [|m right] => //. rewrite pieces_cons.
      have := pos m. have := pieces_nonneg (x - delta) (x + delta) right ltac:(lra). lra.
    + rewrite pieces_cons.
      have := pos m. have := pieces_nonneg (x - delta) (x + delta) left ltac:(lra). lra.
  - intros delta mean left right a b dp S Ha ab Hb. have [L R] := S.
    have K : 0 <= pieces a b (left ++ mean :: right) - piece a b mean <= 2 * cdf (- (5 * delta)); [|lra].
    apply (pieces_others (9 * delta)) => //; try lra.
    + intros m Hm. have := apart_all (9 * delta) _ _ ltac:(lra) L (- m) (in_map Ropp left m Hm). lra.
    + intros m Hm. have := apart_all (9 * delta) _ _ ltac:(lra) R m Hm. lra.
  - intros delta Hd. have m := cdf_monotone (- (5 * delta)) (- (15 / 2)) ltac:(lra). rewrite (cdf_reflection (15 / 2)) in m.
    have M := mills (15 / 2) ltac:(lra). have v : density (15 / 2) < 3 / 10 ^ 13 by unfold density; interval with (i_prec 60). lra.
Qed.

(** claim: no-attack-filter
    paper: Section V, on Robust Clustering, "if no corrupted clients were present, only points very close to component means get filtered in"
    proves: whole claim, in the limit, read as closer than 1/1000, for every Delta >= 3/2
    seeded: Rabs (x - mean) <= 1 / 1000 ==> Rabs (x - mean) <= 1 / 2000 *)
Theorem no_attack_filter delta mean left right x : 3 / 2 <= delta -> spaced (9 * delta) left mean right ->
  (forall m, In m (left ++ right) -> Rabs (x - mean) <= Rabs (x - m)) ->
  central_mass delta <= pieces (x - delta) (x + delta) (left ++ mean :: right) -> Rabs (x - mean) <= 1 / 1000.
Proof.
  intros Hd S near passes. have dp : 0 < delta by lra. have [L R] := S.
  have O : pieces (x - delta) (x + delta) (left ++ mean :: right) - piece (x - delta) (x + delta) mean <= 2 * cdf (- (7 / 2 * delta)).
  { apply (pieces_others (9 * delta)) => //; try lra.
    - intros m Hm. have far := apart_all (9 * delta) _ _ ltac:(lra) L (- m) (in_map Ropp left m Hm).
      have := near m (in_or_app _ _ _ (or_introl Hm)). split_Rabs; lra.
    - intros m Hm. have far := apart_all (9 * delta) _ _ ltac:(lra) R m Hm.
      have := near m (in_or_app _ _ _ (or_intror Hm)). split_Rabs; lra. }
  have own : piece (x - delta) (x + delta) mean = window_mass delta (Rabs (x - mean)).
  { rewrite piece_window. unfold Rabs. destruct (Rcase_abs (x - mean)); rewrite ?window_even //. }
  have lack : mass_deficit delta (Rabs (x - mean)) <= 2 * cdf (- (7 / 2 * delta)) by unfold mass_deficit; lra.
  apply Rnot_lt_le => K. have more := mass_deficit_increasing delta dp (1 / 1000) (Rabs (x - mean)) ltac:(lra) K.
  have Q := deficit_quadratic delta (1 / 1000) dp ltac:(lra). rewrite (cdf_reflection (7 / 2 * delta)) in lack.
  have M := mills (7 / 2 * delta) ltac:(lra).
  have shift : density (7 / 2 * delta) = density delta * exp (- (45 / 8 * delta ^ 2)).
  { replace (7 / 2 * delta) with (delta + 5 / 2 * delta) by field. rewrite density_shift. do 2 f_equal. field. }
  have fall : exp (- (45 / 8 * delta ^ 2)) <= 33 / 10 ^ 7.
  { apply Rle_trans with (exp (- (45 / 8 * (3 / 2) ^ 2))); [apply Curve.exp_monotone; nra | interval with (i_prec 60)]. }
  have bell : 999 / 1000 <= exp (- (1 / 1000) ^ 2 / 2) by interval with (i_prec 60).
  have p := density_pos delta. rewrite shift in M.
  have low : delta * density delta * (999 / 1000) * (1 / 1000) ^ 2 <= delta * density delta * exp (- (1 / 1000) ^ 2 / 2) * (1 / 1000) ^ 2.
  { apply Rmult_le_compat_r; [lra|]. apply Rmult_le_compat_l => //. nra. }
  have top : density delta * exp (- (45 / 8 * delta ^ 2)) <= density delta * (33 / 10 ^ 7) by apply Rmult_le_compat_l; lra.
  have c := cdf_below_1 (7 / 2 * delta).
  have one : 21 / 4 * (1 - cdf (7 / 2 * delta)) <= 7 / 2 * delta * (1 - cdf (7 / 2 * delta)) by apply Rmult_le_compat_r; lra.
  have two : 3 / 2 * density delta <= delta * density delta by apply Rmult_le_compat_r; lra. lra.
Qed.
