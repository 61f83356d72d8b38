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
    seeded: - 2 * Derive (square delta) eps ^ 2) ==> - 3 * Derive (square delta) eps ^ 2) *)
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
    seeded: chain_1 delta eps) ==> - chain_1 delta eps) *)
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
    seeded: chain_1 delta eps = chain_2 delta eps ==> chain_1 delta eps = chain_2_printed delta eps *)
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
    seeded: chain_2 delta eps = chain_3 delta eps ==> chain_2_printed delta eps = chain_3 delta eps *)
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
    seeded: chain_4 delta eps) ==> - chain_4 delta eps) *)
Theorem lemma_5_chain_4 delta eps : 0 < delta -> in_domain delta eps -> bends_like delta eps (chain_4 delta eps).
Proof.
  intros Hd He. have [g0 [g1 [e1 _]]] := positive delta eps Hd He. have [_ B] := lemma_5_chain_3 delta eps Hd He.
  apply (bends_scaled delta eps (chain_3 delta eps) _ (G1 delta eps ^ 2 * E1 delta eps ^ 2)) => //.
  apply Rmult_lt_0_compat; by apply pow_lt.
Qed.

(** claim: lemma-5-chain-5
    paper: Appendix B, proof of Lemma 5, the line with g'' put in
    proves: whole claim
    seeded: chain_4 delta eps = chain_5 delta eps ==> chain_4 delta eps = 2 * chain_5 delta eps *)
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
    seeded: chain_5 delta eps = chain_6 delta eps ==> chain_5 delta eps = 2 * chain_6 delta eps *)
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
    seeded: chain_6 delta eps = chain_7 delta eps ==> chain_6 delta eps = 2 * chain_7 delta eps *)
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
    seeded: chain_7 delta eps = chain_8 delta eps ==> chain_7 delta eps = 2 * chain_8 delta eps *)
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
    seeded: chain_8 delta eps = chain_9 delta eps ==> chain_8 delta eps = 2 * chain_9 delta eps *)
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

Lemma coth_slope u : 0 < u -> is_derive hyperbolic_coth u (- 1 / sinh u ^ 2).
Proof.
  intros H. have s := sinh_pos u H. unfold hyperbolic_coth. 
  have id : cosh u ^ 2 - sinh u ^ 2 = 1.
  { unfold cosh, sinh. have : exp u * exp (- u) = 1 by rewrite -exp_plus Rplus_opp_r exp_0. intros. nra. }
  auto_derive. lra.
  have -> : -1 / sinh u ^ 2 = - (cosh u ^ 2 - sinh u ^ 2) / sinh u ^ 2 by rewrite id. field. lra.
Qed.
(** u coth u is between u and 1 + u. *)
Lemma coth_bounds u : 0 < u -> 1 < hyperbolic_coth u /\ 1 / u < hyperbolic_coth u /\ hyperbolic_coth u < 1 + 1 / u.
Proof.
  intros H. have s := sinh_pos u H. unfold hyperbolic_coth.
  have ei := exp_ineq1 (2 * u) ltac:(lra). have e0 := exp_pos (- u). have e1 := exp_pos u.
  have ee : exp u * exp (- u) = 1 by rewrite -exp_plus Rplus_opp_r exp_0.
  have e2 : exp (2 * u) = exp u * exp u by rewrite -exp_plus; f_equal; ring.
  (* sinh u < u cosh u *)
  have K : sinh u < u * cosh u.
  { have D : forall z, is_derive (fun z => z * cosh z - sinh z) z (z * sinh z).
    { intros z. auto_derive => //. ring. }
    have P : forall z, 0 < z < u -> 0 < z * sinh z by intros z Hz; have := sinh_pos z ltac:(lra); nra.
    have I := increases _ _ 0 u (fun z _ => D z) P 0 u ltac:(lra) H ltac:(lra). cbv beta in I.
    rewrite sinh_0 in I. lra. }
  split; [|split].
  - apply (Rmult_lt_reg_r (sinh u)) => //. unfold Rdiv. rewrite Rmult_assoc Rinv_l; [|lra]. unfold cosh, sinh. lra.
  - apply (Rmult_lt_reg_r (u * sinh u)). nra.
    have -> : 1 / u * (u * sinh u) = sinh u by field; lra. have -> : cosh u / sinh u * (u * sinh u) = u * cosh u by field; lra. done.
  - apply (Rmult_lt_reg_r (u * sinh u)). nra.
    have -> : (1 + 1 / u) * (u * sinh u) = (u + 1) * sinh u by field; lra. have -> : cosh u / sinh u * (u * sinh u) = u * cosh u by field; lra.
    (* u exp(-u) < sinh u *)
    have : u * exp (- u) < sinh u. { unfold sinh. have : 1 + 2 * u < exp u * exp u by rewrite -e2. intros. have : (1 + 2 * u) * exp (- u) < exp u * exp u * exp (- u) by apply Rmult_lt_compat_r. rewrite Rmult_assoc ee. lra. }
    unfold cosh, sinh. lra.
Qed.

(** For u = l-hat up to 1, x - Delta coth(x Delta) over (slope of d)^2 increases: l and l-hat cannot be confused. *)
Definition bend_ratio delta x := (x / delta - hyperbolic_coth (x * delta)) / steepness delta x ^ 2.
Lemma bend_ratio_increases delta x y : 0 < delta -> 0 < x -> x < y -> y <= 1 -> bend_ratio delta x < bend_ratio delta y.
Proof.
  intros Hd Hx Hxy Hy.
  have neg : forall z, 0 < z <= 1 -> z / delta - hyperbolic_coth (z * delta) < 0.
  { intros z Hz. have [_ [K _]] := coth_bounds (z * delta) ltac:(nra).
    have : z / delta <= 1 / (z * delta). { apply (Rmult_le_reg_r (z * delta)). nra. have -> : z / delta * (z * delta) = z * z by field; lra. have -> : 1 / (z * delta) * (z * delta) = 1 by field; split; lra. nra. }
    lra. }
  have inc : x / delta - hyperbolic_coth (x * delta) < y / delta - hyperbolic_coth (y * delta).
  { have D : forall z, x <= z <= y -> is_derive (fun z => z / delta - hyperbolic_coth (z * delta)) z (1 / delta + delta / sinh (z * delta) ^ 2).
    { intros z Hz. have dc := coth_slope (z * delta) ltac:(nra). have s := sinh_pos (z * delta) ltac:(nra). auto_derive.
      by eexists; eassumption. rewrite (is_derive_unique _ _ _ dc). field. lra. }
    apply (increases _ _ x y D); try lra. intros z Hz. have s := sinh_pos (z * delta) ltac:(nra).
    have := Rdiv_lt_0_compat 1 delta. have := Rdiv_lt_0_compat delta (sinh (z * delta) ^ 2). have := pow_lt (sinh (z * delta)) 2 s. lra. }
  have steep : steepness delta x < steepness delta y.
  { apply (increases (steepness delta) (fun t => (t + delta) * density (t + delta) - (t - delta) * density (t - delta)) x y); try lra.
    - intros; apply steepness_derive.
    - intros z Hz. have K := neg z ltac:(lra). rewrite coth_is in K; try lra.
      have s := steepness_pos delta Hd z ltac:(lra).
      have dp : 0 < delta * steepness delta z by apply Rmult_lt_0_compat.
      have := Rmult_lt_compat_r _ _ _ dp K. rewrite Rmult_0_l.
      have -> : (z / delta - (density (z - delta) + density (z + delta)) / steepness delta z) * (delta * steepness delta z)
        = z * steepness delta z - delta * (density (z - delta) + density (z + delta)) by field; lra.
      unfold steepness. lra. }
  have sx := steepness_pos delta Hd x Hx. have sy := steepness_pos delta Hd y ltac:(lra).
  have nx := neg x ltac:(lra). have ny := neg y ltac:(lra). unfold bend_ratio.
  move: (x / delta - _) (y / delta - _) (steepness delta x) (steepness delta y) inc steep sx sy nx ny => p q s t inc steep sx sy nx ny.
  apply (Rmult_lt_reg_r (s ^ 2 * t ^ 2)). apply Rmult_lt_0_compat; by apply pow_lt.
  have -> : p / s ^ 2 * (s ^ 2 * t ^ 2) = p * t ^ 2 by field; lra. have -> : q / t ^ 2 * (s ^ 2 * t ^ 2) = q * s ^ 2 by field; lra.
  have : s ^ 2 < t ^ 2 by nra. have : 0 < s ^ 2 by apply pow_lt. nra.
Qed.

(** Small eps are in the domain, with l-hat as small as one likes. *)
Lemma small_reach delta b : 0 < delta -> 0 < b -> exists eps, in_domain delta eps /\ filter_radius delta (mass_estimate delta eps) < b.
Proof.
  intros Hd Hb. have R := rho_pos delta Hd. set m := Rmin (mass_deficit delta b) (central_mass delta / 2).
  have b0 := mass_deficit_increasing delta Hd 0 b ltac:(lra) Hb. rewrite mass_deficit_0 in b0.
  have m0 : 0 < m by apply Rmin_pos; lra. have m1 := Rmin_l (mass_deficit delta b) (central_mass delta / 2). have m2 := Rmin_r (mass_deficit delta b) (central_mass delta / 2). fold m in m1, m2.
  set F := fun x => mass_deficit delta x + density delta * x.
  have C : continuous F 0.
  { apply: ex_derive_continuous. unfold F. have D := mass_deficit_derive delta 0. auto_derive. by eexists; eassumption. }
  destruct (proj1 (filterlim_locally F (F 0)) C (mkposreal _ m0)) as [e Hball].
  set x := e / 2. have x0 : 0 < x by have := cond_pos e; unfold x; lra.
  have Fx : F x < m.
  { have := Hball x. rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /=. intros K.
    have K' := K ltac:(rewrite Rabs_pos_eq; unfold x in *; have := cond_pos e; lra). apply Rabs_lt_between in K'. unfold F in *. rewrite mass_deficit_0 in K'. lra. }
  have p := density_pos delta. have dx := mass_deficit_increasing delta Hd 0 x ltac:(lra) x0. rewrite mass_deficit_0 in dx.
  have lx : filter_radius delta (mass_deficit delta x) = x by apply filter_radius_of_deficit => //; lra.
  have hat : mass_estimate delta (mass_deficit delta x) = F x by unfold mass_estimate, F; rewrite lx.
  have px : 0 < density delta * x by nra. unfold F in Fx, hat.
  exists (mass_deficit delta x). split.
  - split; rewrite ?hat; lra.
  - rewrite hat. have [a c] := filter_radius_spec delta Hd (mass_deficit delta x + density delta * x) ltac:(lra).
    apply Rnot_le_lt => K. have := deficit_mono delta Hd b _ ltac:(lra) K. lra.
Qed.

Lemma chain_10_confused delta eps : 0 < delta -> in_domain delta eps -> Lhat delta eps <= 1 -> chain_10 delta eps < chain_10_printed delta eps.
Proof.
  intros Hd He Hy. have [g0 [g1 [e1 [l1 [m1 [x0 [y0 h0]]]]]]] := positive delta eps Hd He.
  have xy : L delta eps < Lhat delta eps.
  { have h1 := at_eps delta eps He. have h2 := at_hat delta eps Hd He. have h3 := mass_estimate_above delta Hd eps h1. apply radius_lt => //; lra. }
  have B := bend_ratio_increases delta _ _ Hd x0 xy Hy. unfold bend_ratio in B.
  have s1 := steepness_pos delta Hd _ x0. have s2 := steepness_pos delta Hd _ y0. have p := density_pos delta.
  have F : forall k x, 0 < k -> 0 < x -> (/ steepness delta x) ^ 2 * delta / E1 delta eps ^ 2 * density delta * (x / delta - hyperbolic_coth (x * delta))
    = delta / E1 delta eps ^ 2 * density delta * ((x / delta - hyperbolic_coth (x * delta)) / steepness delta x ^ 2).
  { intros k x Hk Hx. have s := steepness_pos delta Hd _ Hx. move: (hyperbolic_coth (x * delta)) => ct. field. repeat split; lra. }
  unfold chain_10, chain_10_printed. rewrite L1_is // L1hat_is //. unfold l'. change (filter_radius delta eps) with (L delta eps). change (filter_radius delta (mass_estimate delta eps)) with (Lhat delta eps).
  rewrite (F 1) // ?(F 1) //; try lra.
  have c0 : 0 < delta / E1 delta eps ^ 2 * density delta. { apply Rmult_lt_0_compat => //. apply Rdiv_lt_0_compat => //. by apply pow_lt. }
  have q0 : 0 < G delta eps / G1 delta eps by apply Rdiv_lt_0_compat.
  have w0 : 0 < 1 + G delta eps ^ 2 by nra.
  apply Rplus_lt_compat_l. apply Rmult_lt_compat_l => //. apply Rmult_lt_compat_l => //.
  apply Rplus_lt_compat_r. by apply Rmult_lt_compat_l.
Qed.

(** claim: lemma-5-chain-10
    paper: Appendix B, proof of Lemma 5, the line with eps^'' put in, all its l and l' at eps-hat
    proves: printed refuted, for every Delta wherever l(eps-hat) <= 1, which there is; repaired statement
    seeded: chain_9 delta eps = chain_10 delta eps ==> chain_9 delta eps = chain_10_printed delta eps *)
Theorem lemma_5_chain_10 delta : 0 < delta ->
  (forall eps, in_domain delta eps -> chain_9 delta eps = chain_10 delta eps /\ bends_like delta eps (chain_10 delta eps)) /\
  (exists eps, in_domain delta eps /\ chain_9 delta eps < chain_10_printed delta eps) /\
  (forall eps, in_domain delta eps -> filter_radius delta (mass_estimate delta eps) <= 1 -> chain_9 delta eps < chain_10_printed delta eps).
Proof.
  intros Hd. have all : forall eps, in_domain delta eps -> filter_radius delta (mass_estimate delta eps) <= 1 -> chain_9 delta eps < chain_10_printed delta eps.
  { intros eps He Hy. rewrite chain_10_right //. by apply chain_10_confused. }
  split; [|split] => //.
  - intros eps He. have E := chain_10_right delta eps Hd He. split => //. rewrite -E. by apply lemma_5_chain_9.
  - destruct (small_reach delta 1 Hd ltac:(lra)) as [eps [He Hy]]. exists eps. split => //. apply all => //. lra.
Qed.

(** claim: lemma-5-chain-11
    paper: Appendix B, proof of Lemma 5, the last line, as printed
    proves: whole claim: equal to the line before as printed, whose error it shares
    seeded: chain_10_printed delta eps = chain_11_printed delta eps ==> chain_10 delta eps = chain_11_printed delta eps *)
Theorem lemma_5_chain_11 delta eps : 0 < delta -> in_domain delta eps ->
  chain_10_printed delta eps = chain_11_printed delta eps.
Proof.
  intros Hd He. have [g0 [g1 [e1 [l1 [m1 [x0 [y0 h0]]]]]]] := positive delta eps Hd He.
  unfold chain_10_printed, chain_11_printed. field. repeat split; lra.
Qed.

Lemma derived_right delta eps : 0 < delta -> in_domain delta eps -> chain_10 delta eps = derived_criterion delta eps.
Proof.
  intros Hd He. have [g0 [g1 [e1 [l1 [m1 [x0 [y0 h0]]]]]]] := positive delta eps Hd He.
  unfold chain_10, derived_criterion. move: (hyperbolic_coth (L delta eps * delta)) => ct. field. repeat split; lra.
Qed.

(** claim: lemma-5-last-line
    paper: Appendix B, proof of Lemma 5, the last line has the sign of the second derivative of the loss
    proves: repaired statement; part: the printed line is another number wherever l(eps-hat) <= 1
    seeded: bends_like delta eps (derived_criterion delta eps) ==> bends_like delta eps (- derived_criterion delta eps) *)
Theorem lemma_5_last_line delta eps : 0 < delta -> in_domain delta eps ->
  bends_like delta eps (derived_criterion delta eps) /\
  (filter_radius delta (mass_estimate delta eps) <= 1 -> derived_criterion delta eps < chain_11_printed delta eps).
Proof.
  intros Hd He. rewrite -derived_right // -lemma_5_chain_11 //. split.
  - by apply (proj1 (lemma_5_chain_10 delta Hd)).
  - by apply chain_10_confused.
Qed.

(** claim: lemma-5-first-term
    paper: Appendix B, proof of Lemma 5, "The first term (1 - g^2)^2 is clearly non-negative"
    proves: whole claim
    seeded: 0 <= (1 - g ^ 2) ^ 2 ==> 0 < (1 - g ^ 2) ^ 2 *)
Theorem lemma_5_first_term g : 0 <= (1 - g ^ 2) ^ 2 /\ (0 <= g -> (1 - g ^ 2) ^ 2 = 0 -> g = 1).
Proof. split. apply pow2_ge_0. intros Hg H. apply zero_square in H. nra. Qed.

(** claim: lemma-5-monotone
    paper: Appendix B, proof of Lemma 5, "the term l/Delta - coth(l Delta) is increasing without bound; and the term -exp(-l Delta)/sinh(l Delta) is increasing, and asymptotically tending to 0"
    proves: part: both monotonicities and limits, for every Delta; not that the conclusion drawn is false
    seeded: - (exp (- u) / sinh u) < - (exp (- v) / sinh v)) ==> - (exp (- u) / sinh u) < - (exp (- v) / sinh (2 * v)) - 1) *)
Theorem lemma_5_monotone delta : 0 < delta ->
  (forall x y, 0 < x -> x < y -> x / delta - hyperbolic_coth (x * delta) < y / delta - hyperbolic_coth (y * delta)) /\
  (forall M, exists x, 0 < x /\ M < x / delta - hyperbolic_coth (x * delta)) /\
  (forall u v, 0 < u -> u < v -> - (exp (- u) / sinh u) < - (exp (- v) / sinh v)) /\
  (forall e, 0 < e -> exists u, 0 < u /\ - e < - (exp (- u) / sinh u) < 0).
Proof.
  intros Hd. split; [|split; [|split]].
  - intros x y Hx Hxy.
    have D : forall z, x <= z <= y -> is_derive (fun z => z / delta - hyperbolic_coth (z * delta)) z (1 / delta + delta / sinh (z * delta) ^ 2).
    { intros z Hz. have dc := coth_slope (z * delta) ltac:(nra). have s := sinh_pos (z * delta) ltac:(nra). auto_derive.
      by eexists; eassumption. rewrite (is_derive_unique _ _ _ dc). field. lra. }
    apply (increases _ _ x y D); try lra. intros z Hz. have s := sinh_pos (z * delta) ltac:(nra).
    have := Rdiv_lt_0_compat 1 delta. have := Rdiv_lt_0_compat delta (sinh (z * delta) ^ 2). have := pow_lt (sinh (z * delta)) 2 s. lra.
  - intros M. set x := (1 + (Rabs M + 2) * delta + 1 / delta). have a := Rle_abs M. have ai := Rabs_pos M. have i : 0 < 1 / delta by apply Rdiv_lt_0_compat; lra.
    have x1 : 1 < x by unfold x; nra. exists x. split. lra.
    have [_ [_ K]] := coth_bounds (x * delta) ltac:(nra).
    have xd : 1 / (x * delta) < 1. { apply (Rmult_lt_reg_r (x * delta)). nra. have -> : 1 / (x * delta) * (x * delta) = 1 by field; split; lra. have : 1 / delta * delta = 1 by field; lra. unfold x. nra. }
    have : Rabs M + 2 < x / delta. { apply (Rmult_lt_reg_r delta) => //. have -> : x / delta * delta = x by field; lra. unfold x. lra. } lra.
  - intros u v Hu Huv. rewrite -!one_minus_coth; try lra.
    have D : forall z, u <= z <= v -> is_derive (fun z => 1 - hyperbolic_coth z) z (1 / sinh z ^ 2).
    { intros z Hz. have dc := coth_slope z ltac:(lra). have s := sinh_pos z ltac:(lra). auto_derive. by eexists; eassumption.
      rewrite (is_derive_unique _ _ _ dc). field. lra. }
    apply (increases _ _ u v D); try lra. intros z Hz. have s := sinh_pos z ltac:(lra). apply Rdiv_lt_0_compat. lra. by apply pow_lt.
  - intros e He. exists (1 + 1 / e). have i : 0 < 1 / e by apply Rdiv_lt_0_compat; lra. split. lra.
    set u := 1 + 1 / e. have u0 : 0 < u by unfold u; lra. rewrite -one_minus_coth //. have [K1 [_ K2]] := coth_bounds u u0.
    have : 1 / u < e. { apply (Rmult_lt_reg_r u) => //. have -> : 1 / u * u = 1 by field; lra. have : 1 / e * e = 1 by field; lra. unfold u. nra. } lra.
Qed.

(** claim: lemma-5-criterion
    paper: Lemma 5, the criterion in its statement
    proves: repaired statement
    seeded: bends_like delta eps (derived_criterion delta eps) ==> bends_like delta eps (- derived_criterion delta eps) *)
Theorem lemma_5_criterion delta eps : 0 < delta -> in_domain delta eps -> bends_like delta eps (derived_criterion delta eps).
Proof. intros Hd He. by apply lemma_5_last_line. Qed.

(** claim: lemma-5-missing-square
    paper: Appendix B, proof of Lemma 5, "the second derivative of g(eps^)/(1 + g(eps^)^2) is positive"
    proves: repaired statement: it is that of g^2/(1 + g^2) where the derived criterion is positive
    seeded: 0 < derived_criterion delta eps ==> derived_criterion delta eps < 0 *)
Theorem lemma_5_missing_square delta eps : 0 < delta -> in_domain delta eps -> 0 < derived_criterion delta eps ->
  0 < Derive (Derive (fun e => median_shift delta (mass_estimate delta e) ^ 2 / (1 + median_shift delta (mass_estimate delta e) ^ 2))) eps.
Proof.
  intros Hd He K. have [k [k0 D]] := lemma_5_criterion delta eps Hd He.
  change (0 < Derive (Derive (loss delta)) eps). rewrite (is_derive_unique _ _ _ D). by apply Rmult_lt_0_compat.
Qed.
