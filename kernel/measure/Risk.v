(** Two means t and -t, and what a client hears besides its own sample: reports whose law is the same
    for both. Whatever estimate it makes of both, the two risks add up to the integral of
    4t^2 pq/(p + q), where p and q are the densities of its sample at t and at -t. Samples and reports
    are points of any measurable spaces: many samples, or a coin of the client's own, are allowed. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals ereal topology normedtype sequences.
From mathcomp Require Import measure measurable_realfun lebesgue_integral exp.
From mathcomp Require Import nsatz_realtype.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

(** What one sample, of densities p at t and q at -t, costs at least; nothing where both are 0. *)
Definition indistinct {R : realType} (t p q : R) : R := 4 * t ^+ 2 * (p * q) / (p + q).

Lemma indistinct_ge0 {R : realType} (t p q : R) : 0 <= p -> 0 <= q -> 0 <= indistinct t p q.
Proof.
move=> p0 q0; apply: mulr_ge0; last by rewrite invr_ge0 addr_ge0.
by apply: mulr_ge0; apply: mulr_ge0 => //; exact: sqr_ge0.
Qed.

(** The difference is a square: (a - t)^2 p + (a + t)^2 q is least where a = t (p - q)/(p + q). *)
Lemma square_left {R : realType} (t a p q : R) :
  ((a - t) ^+ 2 * p + (a + t) ^+ 2 * q) * (p + q) - 4 * t ^+ 2 * (p * q) =
  ((a - t) * p + (a + t) * q) ^+ 2.
Proof.
have -> : 4 * t ^+ 2 = (t + t) * (t + t) by rewrite -mulr2n -expr2 exprMn_n mulr_natl.
by rewrite !expr2; nsatz.
Qed.

Lemma indistinct_le {R : realType} (t a p q : R) : 0 <= p -> 0 <= q ->
  indistinct t p q <= (a - t) ^+ 2 * p + (a + t) ^+ 2 * q.
Proof.
move=> p0 q0; rewrite /indistinct.
have [pq|pq] := eqVneq (p + q) 0.
  by rewrite pq invr0 mulr0 addr_ge0// mulr_ge0// sqr_ge0.
rewrite ler_pdivrMr; last by rewrite lt_neqAle eq_sym pq addr_ge0.
by rewrite -subr_ge0 square_left sqr_ge0.
Qed.

Section Risk.
Context {R : realType} {dX dY} {X : measurableType dX} {Y : measurableType dY}.
Variables (mu : {sigma_finite_measure set X -> \bar R}) (nu : probability Y R).
Variables (p q : X -> R) (estimate : X * Y -> R) (t : R).
Hypothesis p_ge0 : forall x, 0 <= p x.
Hypothesis q_ge0 : forall x, 0 <= q x.
Hypothesis measurable_p : measurable_fun setT p.
Hypothesis measurable_q : measurable_fun setT q.
Hypothesis measurable_estimate : measurable_fun setT estimate.

Lemma measurable_indistinct : measurable_fun setT (fun x => indistinct t (p x) (q x)).
Proof.
apply: measurable_funM.
  by apply: measurable_funM => //; exact: measurable_funM.
rewrite (_ : (fun x => _) = (fun x => powR (p x + q x) (-1))); last first.
  by apply/funext => x; rewrite powR_inv1// addr_ge0.
apply: (measurableT_comp (f := fun y : R => powR y (-1))); first exact: measurable_powR.
exact: measurable_funD.
Qed.

(** The error at a mean m, weighed by a density w. *)
Let weighed (m : R) (w : X -> R) (z : X * Y) : \bar R := ((estimate z - m) ^+ 2 * w z.1)%:E.

Let measurable_weighed m w : measurable_fun setT w -> measurable_fun setT (weighed m w).
Proof.
move=> mw; apply/measurable_EFinP; apply: measurable_funM.
  by apply: measurable_funX; exact: measurable_funB.
exact: (measurableT_comp mw).
Qed.

Let weighed_ge0 m (w : X -> R) z : (forall x, 0 <= w x) -> (0 <= weighed m w z)%E.
Proof. by move=> w0; rewrite lee_fin mulr_ge0// sqr_ge0. Qed.

Local Open Scope ereal_scope.

Theorem two_risks :
  \int[mu]_x (indistinct t (p x) (q x))%:E <=
  \int[mu \x nu]_z ((estimate z - t) ^+ 2 * p z.1)%:E +
  \int[mu \x nu]_z ((estimate z + t) ^+ 2 * q z.1)%:E.
Proof.
have -> : \int[mu \x nu]_z ((estimate z + t) ^+ 2 * q z.1)%:E = \int[mu \x nu]_z weighed (- t) q z.
  by apply: eq_integral => z _; rewrite /weighed opprK.
rewrite -[X in X + _]/(\int[mu \x nu]_z weighed t p z).
rewrite -ge0_integralD//; first last.
- exact: measurable_weighed.
- by move=> z _; exact: weighed_ge0.
- exact: measurable_weighed.
- by move=> z _; exact: weighed_ge0.
pose least (z : X * Y) := (indistinct t (p z.1) (q z.1))%:E.
have measurable_least : measurable_fun setT least.
  by apply/measurable_EFinP; exact: (measurableT_comp measurable_indistinct).
have least_ge0 z : 0 <= least z by rewrite lee_fin indistinct_ge0.
have -> : \int[mu]_x (indistinct t (p x) (q x))%:E = \int[mu \x nu]_z least z.
  rewrite fubini_tonelli1//; apply: eq_integral => x _.
  by rewrite -[LHS]mule1 -(@probability_setT _ _ _ nu) -(integral_cst nu measurableT).
apply: ge0_le_integral => //.
- by move=> z _; rewrite adde_ge0// weighed_ge0.
- by apply: emeasurable_funD; exact: measurable_weighed.
- by move=> z _; rewrite -EFinD lee_fin opprK indistinct_le.
Qed.
End Risk.
