(** What the clients of one component lose at least whose mean is hidden among two. *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Normal.
From Measure Require Import TwoRisks Hidden.
Local Open Scope R_scope.

Lemma best_mean_pos : 0 < best_mean.
Proof. unfold best_mean. lra. Qed.

Lemma mass_between : 65115 / 100000 < attack_cost best_mean < 6513 / 10000.
Proof.
  unfold attack_cost. have -> : 2 * cdf best_mean - 1 = 2 * RInt density 0 best_mean by rewrite -cdf_difference cdf_0; lra.
  unfold best_mean, density. split; integral with (i_prec 40).
Qed.

Lemma sharp_above : 43 / 100 < sharp_risk.
Proof. unfold sharp_risk. have := mass_between. unfold attack_cost. lra. Qed.

From mathcomp Require Import all_ssreflect ssralg ssrnum boolp classical_sets.
From mathcomp Require Import reals ereal measure lebesgue_measure Rstruct_topology.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ereal_scope.

Delimit Scope R_scope with real.

(** claim: two-sided-limit
    paper: beyond the paper: the price of contamination from both sides, the side below
    proves: part: below: an attacker of a mass below 0.6513 gives the reports one law for two means of a component, and whatever a client makes of its own sample and of reports that do not tell them apart, the worse of its two mean squared errors exceeds 0.43; not what follows for K(m), nor the side above
    seeded: (43 / 100)%real ==> (44 / 100)%real *)
Theorem two_sided_limit :
  (attack_cost best_mean < 6513 / 10000)%real /\
  (exists reported plus minus, hidden_by (attack_cost best_mean) best_mean reported plus minus) /\
  forall d (Y : measurableType d) (nu : probability Y R) (estimate : line * Y -> line),
  measurable_fun setT estimate ->
  (43 / 100)%real%:E < maxe (risk nu estimate best_mean) (risk nu estimate (- best_mean)%real).
Proof.
split; first exact: (proj2 mass_between).
split; first by apply: reports_hide; apply/RltP; exact: best_mean_pos.
move=> d Y nu estimate measurable_estimate.
apply: (@lt_trans _ _ sharp_risk%:E); last exact: sharp_for_all.
by rewrite lte_fin; apply/RltP; exact: sharp_above.
Qed.
