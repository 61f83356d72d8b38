(** The two-point bound for the normal law: whatever a client makes of its own sample and of reports
    that do not tell t from -t, the worse of its two risks is at least B(t). *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Improper Masses TwoPoint.
Local Open Scope R_scope.

(** With chances of a half each, the integrand of the library is half that of two densities. *)
Lemma of_halves (t p q : R) : 0 < p -> 0 < q -> 4 * t ^ 2 * (p * q) / (p + q) =
  4 * t ^ 2 * (p / 2 * (q / 2)) / (p / 2 + q / 2) + 4 * t ^ 2 * (p / 2 * (q / 2)) / (p / 2 + q / 2).
Proof. intros. field. lra. Qed.

(** Where the ratio of B(t) to the attack's cost is about greatest, and 0.66104 of that cost. *)
Definition best_mean : R := 937 / 1000.
Definition sharp_risk : R := 66104 / 100000 * (2 * cdf best_mean - 1).

Lemma sharp_bayes : exists B, line_integral (bayes best_mean) B /\ sharp_risk < B.
Proof.
  have [B [HB above]] : exists B, line_integral (bayes best_mean) B /\
    66104 / 100000 < B / (2 * cdf best_mean - 1) := two_point_ratio.
  exists B. split => //.
  have cost : 0 < 2 * cdf best_mean - 1.
  { have := cdf_increasing 0 best_mean. rewrite cdf_0. unfold best_mean. lra. }
  apply (Rmult_lt_compat_r _ _ _ cost) in above. rewrite div_mul in above; [exact: above | lra].
Qed.

From mathcomp Require Import all_ssreflect ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals ereal topology normedtype sequences.
From mathcomp Require Import measure lebesgue_measure measurable_realfun lebesgue_integral probability.
From mathcomp Require Import Rstruct_topology.
From Measure Require Import Risk Lebesgue NormalLaw.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

(** Samples are real numbers, with Borel's sets. *)
Notation line := (measurableTypeR R).

Lemma four : IZR 4 = 4 :> R.
Proof. by rewrite -(INRE 4) /=; ring. Qed.

Lemma indistinct_bayes (t x : R) :
  indistinct t (density (x - t)) (density (x + t)) = bayes t x + bayes t x.
Proof.
rewrite -[RHS](of_halves t _ _ (density_pos (x - t)) (density_pos (x + t))).
by rewrite /indistinct RdivE RpowE four.
Qed.

Lemma measurable_shifted (m : R) :
  @measurable_fun _ _ line line setT (fun x => density (x - m)).
Proof. by apply: measurable_reals => x; exact: shifted_continuous. Qed.

Section Client.
Context {d} {Y : measurableType d} (nu : probability Y R) (estimate : line * Y -> line).
Hypothesis measurable_estimate : measurable_fun setT estimate.
Local Open Scope ereal_scope.

(** The mean squared error of an estimate from a sample of N(m, 1) and reports of the law nu. *)
Definition risk (m : R) : \bar R := \int[normal_prob m 1%R \x nu]_z ((estimate z - m) ^+ 2)%:E.

Lemma risk_weighed (m : R) :
  risk m = \int[@lebesgue_measure R \x nu]_z ((estimate z - m) ^+ 2 * density (z.1 - m))%:E.
Proof.
have measurable_square : measurable_fun setT (fun z => ((estimate z - m) ^+ 2)%:E).
  by apply/measurable_EFinP/measurable_funX; exact: measurable_funB.
have square_ge0 z : 0 <= ((estimate z - m) ^+ 2)%:E by rewrite lee_fin sqr_ge0.
rewrite /risk fubini_tonelli1// integral_normal; first last.
- by move=> x; apply: integral_ge0.
- exact: measurable_fun_fubini_tonelli_F.
rewrite fubini_tonelli1; first last.
- by move=> z; rewrite lee_fin mulr_ge0 ?sqr_ge0 ?density_nonneg.
- apply/measurable_EFinP/measurable_funM; first by apply: measurable_funX; exact: measurable_funB.
  exact: (measurableT_comp (measurable_shifted m)).
apply: eq_integral => x _; rewrite normal_density /fubini_F.
under [RHS]eq_integral do rewrite EFinM.
rewrite -[LHS]ge0_integralZr// ?lee_fin ?density_nonneg//.
exact: (measurableT_comp measurable_square (measurable_pair1 x)).
Qed.

(** B(t) is the risk of the best estimate where t and -t have chances of a half each (TwoPoint). *)
Theorem worse_of_two_risks (t B : R) : line_integral (bayes t) B -> B%:E <= maxe (risk t) (risk (- t)).
Proof.
move=> HB.
have mb : measurable_fun setT (fun x : line => (bayes t x)%:E).
  by apply/measurable_EFinP; exact: (measurable_reals (bayes t) (bayes_continuous t)).
have b0 x : (0 <= bayes t x)%R by apply/RleP; have [] := bayes_bounds t x.
have measurable_plus : @measurable_fun _ _ line line setT (fun x => density (x + t)).
  rewrite (_ : (fun x => _) = (fun x => density (x - - t))); first exact: measurable_shifted.
  by apply/funext => x; rewrite RminusE RoppE opprK.
have both : (B + B)%:E <= risk t + risk (- t).
  rewrite !risk_weighed.
  have := two_risks (@lebesgue_measure R) nu (fun x => density (x - t)) (fun x => density (x + t))
    estimate t (fun x => density_nonneg _) (fun x => density_nonneg _)
    (measurable_shifted t) measurable_plus measurable_estimate.
  under eq_integral do rewrite indistinct_bayes EFinD.
  rewrite ge0_integralD//; [|by move=> x _; rewrite lee_fin..].
  rewrite (lebesgue_line (bayes t) B (bayes_continuous t) b0 HB) -EFinD => /le_trans; apply.
  by under [X in _ <= _ + X]eq_integral do rewrite opprK RminusE RoppE opprK.
rewrite leNgt gt_max; apply/negP => /andP[plus minus].
by have := lteD plus minus; rewrite -EFinD ltNge both.
Qed.

(** The constant of the sharp lower bound, for every estimate. *)
Theorem sharp_for_all : sharp_risk%:E < maxe (risk best_mean) (risk (- best_mean)).
Proof.
have [B [HB /RltP above]] := sharp_bayes.
by apply: lt_le_trans (worse_of_two_risks _ _ HB); rewrite lte_fin.
Qed.
End Client.
