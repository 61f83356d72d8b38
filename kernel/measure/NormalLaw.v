(** The normal law of mathcomp-analysis is the library's: its density is phi. *)
From Coq Require Import Reals.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Normal Improper.
From mathcomp Require Import all_ssreflect ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals ereal topology normedtype sequences realfun derive exp trigo.
From mathcomp Require Import measure lebesgue_measure measurable_realfun lebesgue_integral.
From mathcomp Require Import charge probability.
From mathcomp Require Import Rstruct_topology.
From Measure Require Import Lebesgue.
Import Order.TTheory GRing.Theory Num.Theory numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section AnyReals.
Context {K : realType}.
Let mu := @lebesgue_measure K.

(** The exponential function is the one that is its own slope, and 1 at 0. *)
Lemma expR_unique (E : K -> K) : (forall x, slope_at E x (E x)) -> E 0 = 1 -> E =1 expR.
Proof.
move=> slope E0 x.
have flat (z : K) : is_derive z 1 (fun y => expR (- y) * E y) 0.
  have dE := slope_derive E z (E z) (slope z).
  apply: trigger_derive.
  by rewrite /GRing.scale/= mulrN1 mulrN (mulrC (E z)) subrr.
have same := @is_derive_0_is_cst K _ x 0 flat.
move: same; rewrite oppr0 exp.expR0 E0 mulr1 => same.
by rewrite -[LHS]mul1r -(expRxMexpNx_1 x) -mulrA same mulr1.
Qed.

Local Open Scope ereal_scope.

(** The integral for a normal law is that of Lebesgue, weighed by its density. *)
Lemma integral_normal (m s : K) (g : K -> \bar K) : measurable_fun setT g -> (forall x, 0 <= g x) ->
  \int[normal_prob m s]_x g x = \int[mu]_x (g x * (normal_pdf m s x)%:E).
Proof.
move=> mg g0; have small := normal_prob_dominates m s.
have mpdf : measurable_fun setT (EFin \o normal_pdf m s).
  by apply/measurable_EFinP; exact: measurable_normal_pdf.
rewrite -(Radon_Nikodym_SigmaFinite.change_of_variables small g0 measurableT mg).
have same : ae_eq mu setT (Radon_Nikodym_SigmaFinite.f (normal_prob m s) mu) (EFin \o normal_pdf m s).
  apply: integral_ae_eq => //; first exact: Radon_Nikodym_SigmaFinite.f_integrable.
  by move=> A _ mA; rewrite -Radon_Nikodym_SigmaFinite.f_integral.
apply: ae_eq_integral => //.
- apply: emeasurable_funM => //.
  by apply: measurable_int; exact: Radon_Nikodym_SigmaFinite.f_integrable.
- exact: emeasurable_funM.
- exact: ae_eq_mul2l.
Qed.
End AnyReals.

(** * Coq's own real numbers. *)

Lemma exp_expR (x : R) : Rtrigo_def.exp x = expR x.
Proof.
apply: (expR_unique Rtrigo_def.exp); last exact: Rtrigo_def.exp_0.
by move=> z; apply: slope_of_derive; exact: is_derive_exp.
Qed.

(** The two densities differ by a factor at most, and both are one in all. *)
Let factor : R := (Num.sqrt (1 ^+ 2 * pi *+ 2))^-1 * R_sqrt.sqrt (2 * PI).

Lemma normal_multiple (m x : R) : normal_pdf m 1 x = factor * density (x - m).
Proof.
rewrite /normal_pdf oner_eq0 /factor /density RdivE -exp_expR -!mulrA; congr (_ * _).
rewrite [RHS]mulrCA divff ?mulr1; last by apply/eqP/Rgt_not_eq; exact: root_2pi_pos.
by congr (Rtrigo_def.exp _); rewrite RdivE RoppE RpowE expr1n.
Qed.

Lemma density_nonneg (x : R) : 0 <= density x.
Proof. by apply/RleP/Rlt_le; exact: density_pos. Qed.

Lemma integral_density : (\int[@lebesgue_measure R]_x (density x)%:E = 1)%E.
Proof.
apply: lebesgue_line; [exact: density_continuous | exact: density_nonneg | exact: density_integral].
Qed.

Theorem normal_density (m x : R) : normal_pdf m 1 x = density (x - m).
Proof.
suff one : factor = 1 by rewrite normal_multiple one mul1r.
have := @integral_normal_pdf R 0 1.
under eq_integral do rewrite normal_multiple RminusE subr0 EFinM.
rewrite ge0_integralZl//; first last.
- rewrite lee_fin mulr_ge0 ?invr_ge0 ?sqrtr_ge0//; apply/RleP; exact: R_sqrt.sqrt_pos.
- by move=> x0 _; rewrite lee_fin density_nonneg.
- by apply/measurable_EFinP; exact: (measurable_reals density density_continuous).
by rewrite integral_density mule1 => -[].
Qed.
