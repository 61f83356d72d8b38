(** What this part says, to be read against the paper: its definitions, then its theorems. Nothing is
    proved here: every line is another file's. [R] is Coq's own type of the real numbers, or, where a
    theorem says so, any other. *)
From Coq Require Import Reals.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Normal Improper TwoPoint.
From mathcomp Require Import all_ssreflect ssralg ssrnum boolp classical_sets.
From mathcomp Require Import reals ereal topology measure lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import Rstruct_topology.
From Measure Require Import Risk Lebesgue NormalLaw TwoRisks Hidden.
Import GRing.Theory Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
Local Open Scope ereal_scope.
Delimit Scope R_scope with real.

(** * Its definitions. *)

Theorem indistinct_is {K : realType} (t p q : K) : indistinct t p q = (4 * t ^+ 2 * (p * q) / (p + q))%R.
Proof. reflexivity. Qed.
Theorem risk_is {d} {Y : measurableType d} (nu : probability Y R) (estimate : line * Y -> line) (m : R) :
  risk nu estimate m = \int[normal_prob m 1%R \x nu]_z ((estimate z - m) ^+ 2)%:E.
Proof. reflexivity. Qed.
Theorem best_mean_is : best_mean = (937 / 1000)%real.
Proof. reflexivity. Qed.
Theorem sharp_risk_is : sharp_risk = (66104 / 100000 * (2 * cdf best_mean - 1))%real.
Proof. reflexivity. Qed.
Theorem attack_cost_is (t : R) : attack_cost t = (2 * cdf t - 1)%real.
Proof. reflexivity. Qed.
Theorem hidden_by_is (c t : R) (reported plus minus : probability line R) :
  hidden_by c t reported plus minus = forall A, measurable A ->
  (1 + c)%:E * reported A = normal_prob t 1%R A + c%:E * plus A /\
  (1 + c)%:E * reported A = normal_prob (- t)%R 1%R A + c%:E * minus A.
Proof. reflexivity. Qed.

(** * Its theorems. *)

(* whatever the spaces of samples and reports, and the densities p and q at t and -t *)
Theorem two_risks_add_up {K : realType} {dX dY} {X : measurableType dX} {Y : measurableType dY}
  (mu : {sigma_finite_measure set X -> \bar K}) (nu : probability Y K)
  (p q : X -> K) (estimate : X * Y -> K) (t : K) :
  (forall x, 0 <= p x)%R -> (forall x, 0 <= q x)%R -> measurable_fun setT p -> measurable_fun setT q ->
  measurable_fun setT estimate ->
  \int[mu]_x (indistinct t (p x) (q x))%:E <=
  \int[mu \x nu]_z ((estimate z - t) ^+ 2 * p z.1)%:E +
  \int[mu \x nu]_z ((estimate z + t) ^+ 2 * q z.1)%:E.
Proof. exact: two_risks. Qed.

(* the library's improper integrals are Lebesgue's *)
Theorem improper_is_lebesgue (f : R -> R) (v : R) :
  (forall x, Continuity.continuous f x) -> (forall x, (0 <= f x)%R) -> line_integral f v ->
  \int[lebesgue_measure]_x (f x)%:E = v%:E.
Proof. exact: lebesgue_line. Qed.

(* the normal law of mathcomp-analysis has the library's density *)
Theorem normal_law_density (m x : R) : normal_pdf m 1%R x = density (x - m)%real.
Proof. exact: normal_density. Qed.

(* one of two normal means, an own sample, and reports that do not tell which *)
Theorem two_point_bound {d} {Y : measurableType d} (nu : probability Y R) (estimate : line * Y -> line) :
  measurable_fun setT estimate -> forall t B : R, line_integral (bayes t) B ->
  B%:E <= maxe (risk nu estimate t) (risk nu estimate (- t)%real).
Proof. exact: worse_of_two_risks. Qed.
Theorem sharp_two_point_bound {d} {Y : measurableType d} (nu : probability Y R) (estimate : line * Y -> line) :
  measurable_fun setT estimate ->
  sharp_risk%:E < maxe (risk nu estimate best_mean) (risk nu estimate (- best_mean)%real).
Proof. exact: sharp_for_all. Qed.

(* why the reports need not tell: an attacker of the mass 2 Phi(t) - 1 gives them one law for both means *)
Theorem reports_do_not_tell (t : R) : (0 < t)%R ->
  exists reported plus minus, hidden_by (attack_cost t) t reported plus minus.
Proof. exact: reports_hide. Qed.
