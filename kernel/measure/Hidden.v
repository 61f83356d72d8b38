(** Why reports need not tell t from -t: beside the genuine ones of either mean, an attacker with the mass
    c = 2 Phi(t) - 1 makes all of them follow one law, whose density is the larger of the two over 1 + c. *)
From Coq Require Import Reals Lra List ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Improper Masses TwoPoint.
Import ListNotations.
Local Open Scope R_scope.

Definition larger (t x : R) : R := highest (- t) [t] x.
Definition attack_cost (t : R) : R := 2 * cdf t - 1.

Lemma attack_cost_pos t : 0 < t -> 0 < attack_cost t.
Proof. intros t0. have := cdf_increasing 0 t. rewrite cdf_0. unfold attack_cost. lra. Qed.

Lemma larger_integral t : 0 < t -> line_integral (larger t) (1 + attack_cost t).
Proof.
  intros t0. have -> : 1 + attack_cost t = 1 + cost (- t) [t].
  { unfold attack_cost. simpl. replace ((t - - t) / 2) with t by field. ring. }
  apply masses. simpl. lra.
Qed.

Lemma larger_above m t x : m = t \/ m = - t -> density (x - m) <= larger t x.
Proof. unfold larger. simpl. case => ->; [apply Rmax_r | apply Rmax_l]. Qed.

Lemma larger_continuous t x : continuous (larger t) x.
Proof. apply highest_continuous. Qed.

(** What the attacker adds to the mean m. *)
Definition added (t m x : R) : R := larger t x - density (x - m).

Lemma added_continuous t m x : continuous (added t m) x.
Proof.
  apply (continuous_minus (V := R_NormedModule) (larger t) (fun z => density (z - m))).
  - apply larger_continuous.
  - apply shifted_continuous.
Qed.

Lemma shifted_integral m : line_integral (fun x => density (x - m)) 1.
Proof.
  have H := masses m [] I. simpl in H. by rewrite Rplus_0_r in H.
Qed.

Lemma added_integral t m : 0 < t -> line_integral (added t m) (attack_cost t).
Proof.
  intros t0. have H := is_RInt_gen_minus (V := R_NormedModule) _ _ _ _ (larger_integral t t0) (shifted_integral m).
  unfold line_integral. replace (attack_cost t) with (minus (1 + attack_cost t) 1); [apply H; typeclasses eauto|].
  change (1 + attack_cost t + - 1 = attack_cost t). ring.
Qed.

From HB Require Import structures.
From mathcomp Require Import all_ssreflect ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals ereal topology normedtype sequences.
From mathcomp Require Import measure lebesgue_measure measurable_realfun lebesgue_integral probability.
From mathcomp Require Import Rstruct_topology.
From Measure Require Import Lebesgue NormalLaw TwoRisks.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
Local Open Scope ereal_scope.

(** The law with a given density. *)
Section Law.
Context {K : realType}.
Variable f : K -> K.
Let mu := @lebesgue_measure K.

Definition is_density : Prop :=
  [/\ forall x, (0 <= f x)%R, measurable_fun setT f & \int[mu]_x (f x)%:E = 1].
Definition law (_ : is_density) (A : set (measurableTypeR K)) : \bar K := \int[mu]_(x in A) (f x)%:E.

Hypothesis density_f : is_density.

Let f_ge0 x : 0 <= (f x)%:E. Proof. by rewrite lee_fin; case: density_f. Qed.
Let mf : measurable_fun setT (EFin \o f). Proof. by apply/measurable_EFinP; case: density_f. Qed.

Let law0 : law density_f set0 = 0. Proof. by rewrite /law integral_set0. Qed.
Let law_ge0 A : 0 <= law density_f A. Proof. by apply: integral_ge0. Qed.
Let law_sigma_additive : semi_sigma_additive (law density_f).
Proof.
move=> F measurable_F disjoint measurable_all; rewrite /law; apply: cvg_toP.
  apply: ereal_nondecreasing_is_cvgn => m n mn.
  by apply: lee_sum_nneg_natr => // k _ _; apply: integral_ge0.
by rewrite ge0_integral_bigcup//; exact: measurable_funTS.
Qed.
HB.instance Definition _ := isMeasure.Build _ _ _ (law density_f) law0 law_ge0 law_sigma_additive.

Let law_setT : law density_f setT = 1. Proof. by rewrite /law; case: density_f. Qed.
HB.instance Definition _ := @Measure_isProbability.Build _ _ K (law density_f) law_setT.
End Law.

(** The law whose density is a function over its integral. *)
Section Scaled.
Variables (g : R -> R) (v : R).
Hypothesis v_gt0 : (0 < v)%R.
Hypothesis continuous_g : forall x, Continuity.continuous g x.
Hypothesis g_ge0 : forall x, (0 <= g x)%R.
Hypothesis integral_g : line_integral g v.

Let mg : measurable_fun setT (fun x : line => (g x)%:E).
Proof. by apply/measurable_EFinP; exact: (measurable_reals g continuous_g). Qed.

Lemma scaled_density : is_density (fun x : R => (g x / v)%R).
Proof.
split.
- by move=> x; rewrite divr_ge0// ltW.
- by apply: measurable_funM => //; exact: (measurable_reals g continuous_g).
under eq_integral do rewrite EFinM.
rewrite ge0_integralZr//; [|by move=> x _; rewrite lee_fin|by rewrite lee_fin invr_ge0 ltW].
by rewrite (lebesgue_line g v continuous_g g_ge0 integral_g) -EFinM divff// gt_eqF.
Qed.

Lemma law_scaled (A : set line) : measurable A ->
  v%:E * law _ scaled_density A = \int[lebesgue_measure]_(x in A) (g x)%:E.
Proof.
move=> mA; rewrite /law -ge0_integralZl//; first last.
- by rewrite lee_fin ltW.
- by move=> x _; rewrite lee_fin divr_ge0// ltW.
- apply: measurable_funTS; apply/measurable_EFinP; apply: measurable_funM => //.
  exact: (measurable_reals g continuous_g).
by apply: eq_integral => x _; rewrite -EFinM mulrC divfK// gt_eqF.
Qed.
End Scaled.

(** One law of the reports for both means: of 1 + c reports, one is genuine and c are the attacker's. *)
Definition hidden_by (c t : R) (reported plus minus : probability line R) : Prop :=
  forall A, measurable A ->
  (1 + c)%:E * reported A = normal_prob t 1%R A + c%:E * plus A /\
  (1 + c)%:E * reported A = normal_prob (- t)%R 1%R A + c%:E * minus A.

Theorem reports_hide (t : R) : (0 < t)%R ->
  exists reported plus minus, hidden_by (attack_cost t) t reported plus minus.
Proof.
move=> /RltP t0.
have cost0 : (0 < attack_cost t)%R by apply/RltP; exact: attack_cost_pos.
have all0 : (0 < 1 + attack_cost t)%R by rewrite addr_gt0.
have added_ge0 m x : m = t \/ m = Ropp t -> (0 <= added t m x)%R.
  by move=> /(larger_above m t x)/RleP above; rewrite /added RminusE subr_ge0.
have larger_ge0 x : (0 <= larger t x)%R.
  apply: le_trans (density_nonneg (x - t)) _; apply/RleP; apply: larger_above; by left.
have split_by m : m = t \/ m = Ropp t -> forall A, measurable A ->
    \int[@lebesgue_measure R]_(x in A) (larger t x)%:E =
    normal_prob m 1%R A + \int[lebesgue_measure]_(x in A) (added t m x)%:E.
  move=> which A mA; rewrite /normal_prob -ge0_integralD//; first last.
  - apply: measurable_funTS; apply/measurable_EFinP.
    exact: (measurable_reals (added t m) (added_continuous t m)).
  - by move=> x _; rewrite lee_fin added_ge0.
  - by apply: measurable_funTS; apply/measurable_EFinP; exact: measurable_normal_pdf.
  - by move=> x _; rewrite lee_fin normal_pdf_ge0.
  apply: eq_integral => x _; rewrite -EFinD normal_density /added; congr (_%:E).
  by rewrite [in RHS]RminusE addrC subrK.
exists (law _ (scaled_density _ _ all0 (larger_continuous t) larger_ge0 (larger_integral t t0))).
exists (law _ (scaled_density _ _ cost0 (added_continuous t t)
  (fun x => added_ge0 t x (or_introl erefl)) (added_integral t t t0))).
exists (law _ (scaled_density _ _ cost0 (added_continuous t (Ropp t))
  (fun x => added_ge0 (Ropp t) x (or_intror erefl)) (added_integral t (Ropp t) t0))).
move=> A mA; rewrite !law_scaled//; split; apply: split_by => //; [by left | by right].
Qed.
