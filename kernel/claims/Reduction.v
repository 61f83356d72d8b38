(** Lemma 5: the second derivative of the loss, and each displayed line of its reduction. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Window Loss Curvature.
From Claims Require Import Tools Radius Derivatives.
Open Scope R_scope.

(** v has the sign of the loss's second derivative at eps: it is that, up to a positive factor. *)
Definition bends_like (delta eps v : R) : Prop :=
  exists k, 0 < k /\ is_derive (Derive (loss delta)) eps (k * v).

(** The quantities of the display at eps: g, g', g'' at eps-hat; eps-hat', eps-hat'' at eps; l, l' at eps and at eps-hat. *)
Section At.
Variables delta eps : R.
Definition G := median_shift delta (mass_estimate delta eps).
Definition G1 := Derive (median_shift delta) (mass_estimate delta eps).
Definition G2 := Derive (Derive (median_shift delta)) (mass_estimate delta eps).
Definition E1 := Derive (mass_estimate delta) eps.
Definition E2 := Derive (Derive (mass_estimate delta)) eps.
Definition L := filter_radius delta eps.
Definition L1 := Derive (filter_radius delta) eps.
Definition Lhat := filter_radius delta (mass_estimate delta eps).
Definition L1hat := Derive (filter_radius delta) (mass_estimate delta eps).
Definition square (e : R) := median_shift delta (mass_estimate delta e) ^ 2.

Definition chain_1 := 1 / 2 * (1 + G ^ 2) * Derive (Derive square) eps - Derive square eps ^ 2.
Definition chain_2_printed := (1 + G ^ 2) * ((G1 ^ 2 + G * G2) * E1 ^ 2 + G * G1 * E2 - (2 * G * G1 * E1) ^ 2).
Definition chain_2 := (1 + G ^ 2) * ((G1 ^ 2 + G * G2) * E1 ^ 2 + G * G1 * E2) - (2 * G * G1 * E1) ^ 2.
Definition chain_4 := (1 + G ^ 2) * (1 + G * G2 / G1 ^ 2 + G / G1 * (E2 / E1 ^ 2)) - 4 * G ^ 2.
Definition chain_3 := G1 ^ 2 * E1 ^ 2 * chain_4.
Definition chain_5 := (1 + G ^ 2) * (1 + G / G1 * (delta * L1hat + G * G1 - hyperbolic_coth (delta * Lhat) * (delta * L1hat)) + G / G1 * (E2 / E1 ^ 2)) - 4 * G ^ 2.
Definition chain_6 := (1 + G ^ 2) * (1 + G ^ 2 + G / G1 * (delta * L1hat - hyperbolic_coth (delta * Lhat) * (delta * L1hat) + E2 / E1 ^ 2)) - 4 * G ^ 2.
Definition chain_7 := (1 - G ^ 2) ^ 2 + (1 + G ^ 2) * (G / G1 * (delta * L1hat - hyperbolic_coth (delta * Lhat) * (delta * L1hat) + E2 / E1 ^ 2)).
Definition chain_8 := (1 - G ^ 2) ^ 2 + (1 + G ^ 2) * (G / G1 * (delta * L1hat * (1 - hyperbolic_coth (delta * Lhat)) + E2 / E1 ^ 2)).
Definition chain_9 := (1 - G ^ 2) ^ 2 + (1 + G ^ 2) * (G / G1 * (E2 / E1 ^ 2 - delta * L1hat * (2 * exp (- (Lhat * delta)) / (exp (Lhat * delta) - exp (- (Lhat * delta)))))).
Definition chain_10_printed := (1 - G ^ 2) ^ 2 + (1 + G ^ 2) * (G / G1 * (L1hat ^ 2 * delta / E1 ^ 2 * density delta * (Lhat / delta - hyperbolic_coth (Lhat * delta))
  - delta * L1hat * (exp (- (Lhat * delta)) / sinh (Lhat * delta)))).
Definition chain_10 := (1 - G ^ 2) ^ 2 + (1 + G ^ 2) * (G / G1 * (L1 ^ 2 * delta / E1 ^ 2 * density delta * (L / delta - hyperbolic_coth (L * delta))
  - delta * L1hat * (exp (- (Lhat * delta)) / sinh (Lhat * delta)))).
Definition chain_11_printed := (1 - G ^ 2) ^ 2 + (1 + G ^ 2) * (G / G1) * delta * L1hat * (L1hat / E1 ^ 2 * density delta * (Lhat / delta - hyperbolic_coth (Lhat * delta))
  - exp (- (Lhat * delta)) / sinh (Lhat * delta)).
(** The criterion that is right: l'(eps)^2/l'(eps-hat) and l at eps in its first term. *)
Definition derived_criterion := (1 - G ^ 2) ^ 2 + (1 + G ^ 2) * (G / G1) * delta * L1hat * (L1 ^ 2 / (L1hat * E1 ^ 2) * density delta * (L / delta - hyperbolic_coth (L * delta))
  - exp (- (Lhat * delta)) / sinh (Lhat * delta)).
End At.

Section Facts.
Variables delta eps : R.
Hypothesis Hd : 0 < delta.
Hypothesis He : in_domain delta eps.

Lemma at_eps : 0 < eps < central_mass delta. Proof. by destruct He. Qed.
Lemma at_hat : 0 < mass_estimate delta eps < central_mass delta. Proof. by apply estimate_inside. Qed.
Lemma L1_is : L1 delta eps = l' delta eps. Proof. apply is_derive_unique, filter_radius_derive => //. apply at_eps. Qed.
Lemma L1hat_is : L1hat delta eps = l' delta (mass_estimate delta eps). Proof. apply is_derive_unique, filter_radius_derive => //. apply at_hat. Qed.
Lemma G1_is : G1 delta eps = g' delta (mass_estimate delta eps). Proof. apply is_derive_unique, median_shift_derive => //. apply at_hat. Qed.
Lemma G2_is : G2 delta eps = G1 delta eps * (delta * L1hat delta eps + G delta eps * G1 delta eps - hyperbolic_coth (delta * Lhat delta eps) * (delta * L1hat delta eps)).
Proof.
  have [_ D] := g_second delta _ Hd at_hat. unfold G2. rewrite (is_derive_unique _ _ _ D) -/(G1 delta eps) -/(L1hat delta eps) -/(G delta eps) -/(Lhat delta eps). ring.
Qed.
Lemma E1_is : E1 delta eps = mass_estimate_slope delta eps. Proof. apply is_derive_unique, mass_estimate_derive => //. apply at_eps. Qed.
Lemma E2_is : E2 delta eps = L1 delta eps ^ 2 * delta * density delta * (L delta eps / delta - hyperbolic_coth (L delta eps * delta)).
Proof.
  have D := mass_estimate_slope_derive delta Hd eps He. have [x0 [_ [s0 _]]] := radius_facts delta Hd eps at_eps.
  have D2 : is_derive (Derive (mass_estimate delta)) eps (density delta * estimate_bend delta eps / steepness delta (radius_on delta eps) ^ 2).
  { apply: is_derive_ext_loc D. generalize (near_in_domain delta Hd eps He). apply filter_imp => e [H _].
    symmetry. by apply is_derive_unique, mass_estimate_derive. }
  unfold E2. rewrite (is_derive_unique _ _ _ D2) L1_is /l' /estimate_bend /radius_on /L coth_is //.
  change (radius_on delta eps) with (filter_radius delta eps). field. lra.
Qed.
Lemma positive : 0 < G delta eps /\ 0 < G1 delta eps /\ 0 < E1 delta eps /\ 0 < L1 delta eps /\ 0 < L1hat delta eps /\ 0 < L delta eps /\ 0 < Lhat delta eps /\ 0 < sinh (Lhat delta eps * delta).
Proof.
  have [x0 [_ [_ [_ _]]]] := radius_facts delta Hd eps at_eps. have [y0 [g0 [_ [_ h0]]]] := radius_facts delta Hd _ at_hat.
  rewrite G1_is E1_is L1_is L1hat_is.
  repeat split => //. apply g'_pos => //; apply at_hat. apply mass_estimate_slope_pos => //; apply at_eps. apply l'_pos => //; apply at_eps. apply l'_pos => //; apply at_hat.
Qed.
End Facts.

Lemma square_derive delta eps : 0 < delta -> in_domain delta eps ->
  is_derive (square delta) eps (2 * G delta eps * G1 delta eps * E1 delta eps).
Proof.
  intros Hd He. have D := shift_on_derive delta Hd eps He.
  rewrite G1_is // E1_is //. change (g' delta (mass_estimate delta eps)) with (shift_slope delta eps). change (G delta eps) with (shift_on delta eps).
  change (is_derive (fun e => shift_on delta e ^ 2) eps (2 * shift_on delta eps * shift_slope delta eps * mass_estimate_slope delta eps)).
  auto_derive. by eexists; exact D. rewrite (is_derive_unique _ _ _ D). ring.
Qed.
Lemma square_derive2 delta eps : 0 < delta -> in_domain delta eps ->
  is_derive (Derive (square delta)) eps (2 * ((G1 delta eps ^ 2 + G delta eps * G2 delta eps) * E1 delta eps ^ 2 + G delta eps * G1 delta eps * E2 delta eps)).
Proof.
  intros Hd He.
  apply (is_derive_ext_loc (fun e => 2 * shift_on delta e * shift_slope delta e * mass_estimate_slope delta e)).
  { generalize (near_in_domain delta Hd eps He). apply filter_imp => e H. symmetry. apply is_derive_unique.
    have := square_derive delta e Hd H. by rewrite G1_is // E1_is. }
  have D := shift_on_derive delta Hd eps He. have DE := mass_estimate_slope_derive delta Hd eps He.
  have DG : is_derive (shift_slope delta) eps (G2 delta eps * E1 delta eps).
  { have -> : G2 delta eps * E1 delta eps = scal (E1 delta eps) (G2 delta eps) by rewrite /scal /= /mult /=; ring.
    rewrite G2_is // G1_is // L1hat_is //. rewrite E1_is //. apply (is_derive_comp (g' delta) (mass_estimate delta)).
    - have := g'_derive delta _ Hd (at_hat delta eps Hd He). by [].
    - apply mass_estimate_derive => //. by apply at_eps. }
  have E2v : E2 delta eps = density delta * estimate_bend delta eps / steepness delta (radius_on delta eps) ^ 2.
  { rewrite E2_is // L1_is //. have [x0 [_ [s0 _]]] := radius_facts delta Hd eps (at_eps delta eps He).
    rewrite /l' /estimate_bend /radius_on /L coth_is //. field. lra. }
  rewrite E2v. evar_last.
  - auto_derive. repeat split; by eexists; eassumption. reflexivity.
  - rewrite G1_is // E1_is //. change (g' delta (mass_estimate delta eps)) with (shift_slope delta eps). change (G delta eps) with (shift_on delta eps).
    rewrite (is_derive_unique _ _ _ D) (is_derive_unique _ _ _ DE) (is_derive_unique _ _ _ DG) E1_is //. ring.
Qed.

(** claim: loss-derivatives
    paper: Appendix B, proof of Lemma 5, "(g^2)'/(1 + g^2)^2", "((1 + g^2)(g^2)'' - 2 (g^2)'^2)/(1 + g^2)^3"
    proves: whole claim
    seeded: - 2 * Derive (square delta) eps ^ 2) -> - 3 * Derive (square delta) eps ^ 2) *)
Theorem loss_derivatives delta eps : 0 < delta -> in_domain delta eps ->
  is_derive (loss delta) eps (Derive (fun u => 1 - 1 / (1 + u)) (square delta eps) * Derive (square delta) eps) /\
  is_derive (loss delta) eps (Derive (square delta) eps / (1 + square delta eps) ^ 2) /\
  is_derive (Derive (loss delta)) eps
    (((1 + square delta eps) * Derive (Derive (square delta)) eps - 2 * Derive (square delta) eps ^ 2)
      / (1 + square delta eps) ^ 3).
Proof.
  intros Hd He.
  have nonneg : forall e, 0 < 1 + square delta e by intros e; unfold square; nra.
  have first : forall e, in_domain delta e -> is_derive (loss delta) e (Derive (square delta) e / (1 + square delta e) ^ 2).
  { intros e H. have D := square_derive delta e Hd H. have n := nonneg e.
    apply (is_derive_ext (fun e => square delta e / (1 + square delta e))). { intros t. done. }
    rewrite (is_derive_unique _ _ _ D). auto_derive.
    - repeat split; try (by eexists; eassumption). lra.
    - rewrite (is_derive_unique _ _ _ D). field. lra. }
  split; [|split].
  - have n := nonneg eps. have -> : Derive (fun u => 1 - 1 / (1 + u)) (square delta eps) = 1 / (1 + square delta eps) ^ 2.
    { apply is_derive_unique. auto_derive. lra. field. lra. }
    have -> : 1 / (1 + square delta eps) ^ 2 * Derive (square delta) eps = Derive (square delta) eps / (1 + square delta eps) ^ 2 by field; lra.
    by apply first.
  - by apply first.
  - have n := nonneg eps. have D := square_derive delta eps Hd He. have D2 := square_derive2 delta eps Hd He.
    apply (is_derive_ext_loc (fun e => Derive (square delta) e / (1 + square delta e) ^ 2)).
    { generalize (near_in_domain delta Hd eps He). apply filter_imp => e H. symmetry. by apply is_derive_unique, first. }
    rewrite (is_derive_unique _ _ _ D2). have V := is_derive_unique _ _ _ D. rewrite V.
    auto_derive.
    + repeat split; try (by eexists; eassumption). have : 0 < (1 + square delta eps) * ((1 + square delta eps) * 1) by nra. lra.
    + rewrite !V. rewrite (is_derive_unique _ _ _ D2) ?V. field. lra.
Qed.

Lemma bends_scaled delta eps v w k : 0 < k -> v = k * w -> bends_like delta eps v -> bends_like delta eps w.
Proof. intros Hk -> [q [Hq H]]. exists (q * k). split. nra. by have -> : q * k * w = q * (k * w) by ring. Qed.
Lemma bends_equal delta eps v w : v = w -> bends_like delta eps v -> bends_like delta eps w.
Proof. by intros ->. Qed.

(** claim: lemma-5-chain-1
    paper: Appendix B, proof of Lemma 5, "This has the same sign as (1/2)(1 + g^2)(g^2)'' - (g^2)'^2"
    proves: whole claim
    seeded: chain_1 delta eps) -> - chain_1 delta eps) *)
Theorem lemma_5_chain_1 delta eps : 0 < delta -> in_domain delta eps -> bends_like delta eps (chain_1 delta eps).
Proof.
  intros Hd He. have [_ [_ D]] := loss_derivatives delta eps Hd He.
  have n : 0 < 1 + square delta eps by unfold square; nra.
  exists (2 / (1 + square delta eps) ^ 3). split. apply Rdiv_lt_0_compat. lra. apply pow_lt; lra.
  evar_last. exact D. unfold chain_1. change (G delta eps ^ 2) with (square delta eps). field. lra.
Qed.

(** claim: lemma-5-chain-2
    paper: Appendix B, proof of Lemma 5, "= (1 + g^2)((g'^2 + g g'') eps^'^2 + g g' eps^'' - (2 g g' eps^')^2)"
    proves: printed refuted, at every point; repaired statement
    seeded: chain_1 delta eps = chain_2 delta eps -> chain_1 delta eps = chain_2_printed delta eps *)
Theorem lemma_5_chain_2 delta eps : 0 < delta -> in_domain delta eps ->
  chain_1 delta eps = chain_2 delta eps /\ bends_like delta eps (chain_2 delta eps) /\ chain_2_printed delta eps < chain_1 delta eps.
Proof.
  intros Hd He. have E : chain_1 delta eps = chain_2 delta eps.
  { unfold chain_1, chain_2. rewrite (is_derive_unique _ _ _ (square_derive delta eps Hd He)) (is_derive_unique _ _ _ (square_derive2 delta eps Hd He)). field. }
  split => //. split. rewrite -E. by apply lemma_5_chain_1.
  rewrite E. have [g0 [g1 [e1 _]]] := positive delta eps Hd He. unfold chain_2, chain_2_printed.
  have : 0 < G delta eps ^ 2 * (2 * G delta eps * G1 delta eps * E1 delta eps) ^ 2; [|lra].
  apply Rmult_lt_0_compat; apply pow_lt => //. repeat apply Rmult_lt_0_compat => //; lra.
Qed.

(** claim: lemma-5-chain-3
    paper: Appendix B, proof of Lemma 5, "= g'^2 eps^'^2 [(1 + g^2)(1 + g g''/g'^2 + (g/g') eps^''/eps^'^2) - 4 g^2]"
    proves: whole claim, after the line before it as repaired
    seeded: chain_2 delta eps = chain_3 delta eps -> chain_2_printed delta eps = chain_3 delta eps *)
Theorem lemma_5_chain_3 delta eps : 0 < delta -> in_domain delta eps ->
  chain_2 delta eps = chain_3 delta eps /\ bends_like delta eps (chain_3 delta eps).
Proof.
  intros Hd He. have [g0 [g1 [e1 _]]] := positive delta eps Hd He.
  have E : chain_2 delta eps = chain_3 delta eps by unfold chain_2, chain_3, chain_4; field; lra.
  split => //. rewrite -E. by apply lemma_5_chain_2.
Qed.

(** claim: lemma-5-chain-4
    paper: Appendix B, proof of Lemma 5, "This has the same sign as (1 + g^2)(1 + g g''/g'^2 + (g/g') eps^''/eps^'^2) - 4 g^2"
    proves: whole claim
    seeded: chain_4 delta eps) -> - chain_4 delta eps) *)
Theorem lemma_5_chain_4 delta eps : 0 < delta -> in_domain delta eps -> bends_like delta eps (chain_4 delta eps).
Proof.
  intros Hd He. have [g0 [g1 [e1 _]]] := positive delta eps Hd He. have [_ B] := lemma_5_chain_3 delta eps Hd He.
  apply (bends_scaled delta eps (chain_3 delta eps) _ (G1 delta eps ^ 2 * E1 delta eps ^ 2)) => //.
  apply Rmult_lt_0_compat; by apply pow_lt.
Qed.

(** claim: lemma-5-chain-5
    paper: Appendix B, proof of Lemma 5, the line with g'' put in
    proves: whole claim
    seeded: chain_4 delta eps = chain_5 delta eps -> chain_4 delta eps = 2 * chain_5 delta eps *)
Theorem lemma_5_chain_5 delta eps : 0 < delta -> in_domain delta eps ->
  chain_4 delta eps = chain_5 delta eps /\ bends_like delta eps (chain_5 delta eps).
Proof.
  intros Hd He. have [g0 [g1 [e1 _]]] := positive delta eps Hd He.
  have E : chain_4 delta eps = chain_5 delta eps by unfold chain_4, chain_5; rewrite G2_is //; field; lra.
  split => //. rewrite -E. by apply lemma_5_chain_4.
Qed.

(** claim: lemma-5-chain-6
    paper: Appendix B, proof of Lemma 5, "= (1 + g^2)(1 + g^2 + (g/g')(Delta l' - coth(Delta l) Delta l' + eps^''/eps^'^2)) - 4 g^2"
    proves: whole claim
    seeded: chain_5 delta eps = chain_6 delta eps -> chain_5 delta eps = 2 * chain_6 delta eps *)
Theorem lemma_5_chain_6 delta eps : 0 < delta -> in_domain delta eps ->
  chain_5 delta eps = chain_6 delta eps /\ bends_like delta eps (chain_6 delta eps).
Proof.
  intros Hd He. have [g0 [g1 [e1 _]]] := positive delta eps Hd He.
  have E : chain_5 delta eps = chain_6 delta eps by unfold chain_5, chain_6; field; lra.
  split => //. rewrite -E. by apply lemma_5_chain_5.
Qed.

(** claim: lemma-5-chain-7
    paper: Appendix B, proof of Lemma 5, "= (1 - g^2)^2 + (1 + g^2)((g/g')(Delta l' - coth(Delta l) Delta l' + eps^''/eps^'^2))"
    proves: whole claim
    seeded: chain_6 delta eps = chain_7 delta eps -> chain_6 delta eps = 2 * chain_7 delta eps *)
Theorem lemma_5_chain_7 delta eps : 0 < delta -> in_domain delta eps ->
  chain_6 delta eps = chain_7 delta eps /\ bends_like delta eps (chain_7 delta eps).
Proof.
  intros Hd He. have [g0 [g1 [e1 _]]] := positive delta eps Hd He.
  have E : chain_6 delta eps = chain_7 delta eps by unfold chain_6, chain_7; field; lra.
  split => //. rewrite -E. by apply lemma_5_chain_6.
Qed.

(** claim: lemma-5-chain-8
    paper: Appendix B, proof of Lemma 5, "= ... (Delta l' (1 - coth(Delta l)) + eps^''/eps^'^2)"
    proves: whole claim
    seeded: chain_7 delta eps = chain_8 delta eps -> chain_7 delta eps = 2 * chain_8 delta eps *)
Theorem lemma_5_chain_8 delta eps : 0 < delta -> in_domain delta eps ->
  chain_7 delta eps = chain_8 delta eps /\ bends_like delta eps (chain_8 delta eps).
Proof.
  intros Hd He. have [g0 [g1 [e1 _]]] := positive delta eps Hd He.
  have E : chain_7 delta eps = chain_8 delta eps by unfold chain_7, chain_8; field; lra.
  split => //. rewrite -E. by apply lemma_5_chain_7.
Qed.

(** claim: lemma-5-chain-9
    paper: Appendix B, proof of Lemma 5, "= ... (eps^''/eps^'^2 - Delta l' 2 exp(-l Delta)/(exp(l Delta) - exp(-l Delta)))"
    proves: whole claim
    seeded: chain_8 delta eps = chain_9 delta eps -> chain_8 delta eps = 2 * chain_9 delta eps *)
Theorem lemma_5_chain_9 delta eps : 0 < delta -> in_domain delta eps ->
  chain_8 delta eps = chain_9 delta eps /\ bends_like delta eps (chain_9 delta eps).
Proof.
  intros Hd He. have [g0 [g1 [e1 [_ [_ [_ [y0 h0]]]]]]] := positive delta eps Hd He.
  have E : chain_8 delta eps = chain_9 delta eps.
  { unfold chain_8, chain_9. rewrite (Rmult_comm delta (Lhat delta eps)) one_minus_coth. 2: nra.
    unfold sinh in *. field. repeat split; lra. }
  split => //. rewrite -E. by apply lemma_5_chain_8.
Qed.

Lemma chain_10_right delta eps : 0 < delta -> in_domain delta eps -> chain_9 delta eps = chain_10 delta eps.
Proof.
  intros Hd He. have [g0 [g1 [e1 [_ [_ [_ [y0 h0]]]]]]] := positive delta eps Hd He.
  unfold chain_9, chain_10. rewrite E2_is //. unfold sinh in *. field. repeat split; lra.
Qed.
