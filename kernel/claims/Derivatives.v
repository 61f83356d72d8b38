(** Lemma 5: the derivatives of l, g and the loss, and each displayed line of the reduction. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Window Loss Curvature.
From Claims Require Import Tools.
Open Scope R_scope.

Definition hyperbolic_coth (u : R) : R := cosh u / sinh u.

Lemma sinh_pos u : 0 < u -> 0 < sinh u.
Proof. intros H. unfold sinh. have : exp (- u) < exp u by apply exp_increasing; lra. lra. Qed.
Lemma density_product delta x : density (x - delta) = density x * exp (x * delta) * exp (- delta ^ 2 / 2) /\
  density (x + delta) = density x * exp (- (x * delta)) * exp (- delta ^ 2 / 2).
Proof.
  split.
  - replace (x - delta) with (x + - delta) by ring. rewrite density_shift Rmult_assoc -exp_plus. do 2 f_equal. field.
  - rewrite density_shift Rmult_assoc -exp_plus. do 2 f_equal. field.
Qed.
(** phi(x - Delta) - phi(x + Delta) = 2 phi(x) exp(-Delta^2/2) sinh(x Delta). *)
Lemma steepness_sinh delta x : steepness delta x = 2 * density x * exp (- delta ^ 2 / 2) * sinh (x * delta).
Proof. unfold steepness. have [-> ->] := density_product delta x. unfold sinh. field. Qed.
Lemma densities_cosh delta x : density (x - delta) + density (x + delta) = 2 * density x * exp (- delta ^ 2 / 2) * cosh (x * delta).
Proof. have [-> ->] := density_product delta x. unfold cosh. field. Qed.
Lemma coth_is delta x : 0 < delta -> 0 < x ->
  hyperbolic_coth (x * delta) = (density (x - delta) + density (x + delta)) / steepness delta x.
Proof.
  intros Hd Hx. rewrite steepness_sinh densities_cosh. unfold hyperbolic_coth.
  have := density_pos x. have := exp_pos (- delta ^ 2 / 2). have := sinh_pos (x * delta) ltac:(nra). intros. field. lra.
Qed.
(** 1 - coth u = -exp(-u)/sinh u. *)
Lemma one_minus_coth u : 0 < u -> 1 - hyperbolic_coth u = - (exp (- u) / sinh u).
Proof. intros H. have s := sinh_pos u H. unfold hyperbolic_coth. field_simplify; try lra. f_equal. unfold sinh, cosh. field. Qed.

Section PositiveDelta.
Variable delta : R.
Hypothesis delta_pos : 0 < delta.
Notation rho := (central_mass delta).
Notation l := (filter_radius delta).
Notation g := (median_shift delta).
Notation eps_hat := (mass_estimate delta).

Definition l' (e : R) : R := / steepness delta (l e).
Definition g' (e : R) : R := density (l e - delta) / (2 * density (g e) * steepness delta (l e)).

Lemma radius_facts e : 0 < e < rho -> 0 < l e /\ 0 < g e /\ 0 < steepness delta (l e) /\ 0 < density (g e) /\ 0 < sinh (l e * delta).
Proof.
  intros H. have a := filter_radius_pos delta delta_pos e H. have [b _] := median_shift_spec delta delta_pos e H.
  split => //. split => //. split. by apply steepness_pos. split. apply density_pos. apply sinh_pos. nra.
Qed.
Lemma l'_pos e : 0 < e < rho -> 0 < l' e.
Proof. intros H. have [_ [_ [s _]]] := radius_facts e H. by apply Rinv_0_lt_compat. Qed.
Lemma g'_pos e : 0 < e < rho -> 0 < g' e.
Proof. intros H. have [_ [_ [s [p _]]]] := radius_facts e H. have := density_pos (l e - delta). intros. apply Rdiv_lt_0_compat => //. nra. Qed.
End PositiveDelta.

(** claim: l-prime
    paper: Appendix B, proof of Lemma 5, the four forms of l'
    proves: whole claim
    seeded: / (2 * sinh (filter_radius delta eps * delta))) ==> / sinh (filter_radius delta eps * delta)) *)
Theorem l_prime delta eps : 0 < delta -> 0 < eps < central_mass delta ->
  let l := filter_radius delta eps in
  is_derive (filter_radius delta) eps (- 1 / Derive (window_mass delta) l) /\
  is_derive (filter_radius delta) eps (1 / (density (l - delta) - density (l + delta))) /\
  is_derive (filter_radius delta) eps (sqrt (2 * PI) / (exp (- (l - delta) ^ 2 / 2) - exp (- (l + delta) ^ 2 / 2))) /\
  is_derive (filter_radius delta) eps (sqrt (2 * PI) * exp ((l ^ 2 + delta ^ 2) / 2)
    / (2 * sinh (filter_radius delta eps * delta))).
Proof.
  intros Hd He l. have [x0 [_ [s0 [_ h0]]]] := radius_facts delta Hd eps He. fold l in x0, s0, h0 |- *.
  have D := filter_radius_derive delta Hd eps He. fold l in D.
  have fd : Derive (window_mass delta) l = - steepness delta l.
  { apply is_derive_unique. apply (is_derive_ext (fun x => central_mass delta - mass_deficit delta x)).
    { intros t. rewrite /mass_deficit /=. ring. }
    evar_last. apply (is_derive_minus (fun _ => central_mass delta) (mass_deficit delta)).
    apply is_derive_const. apply mass_deficit_derive. rewrite /minus /plus /opp /zero /=. ring. }
  have r := root_2pi_pos. split; [|split; [|split]].
  - rewrite fd. by have -> : - 1 / - steepness delta l = / steepness delta l by field; lra.
  - fold (steepness delta l). by rewrite /Rdiv Rmult_1_l.
  - have E : exp (- (l - delta) ^ 2 / 2) - exp (- (l + delta) ^ 2 / 2) = sqrt (2 * PI) * steepness delta l.
    { unfold steepness, density. field. lra. }
    rewrite E. by have -> : sqrt (2 * PI) / (sqrt (2 * PI) * steepness delta l) = / steepness delta l by field; lra.
  - have -> : sqrt (2 * PI) * exp ((l ^ 2 + delta ^ 2) / 2) / (2 * sinh (l * delta)) = / steepness delta l.
    { rewrite steepness_sinh /density.
      have E : exp ((l ^ 2 + delta ^ 2) / 2) * (exp (- l ^ 2 / 2) * exp (- delta ^ 2 / 2)) = 1.
      { rewrite -!exp_plus -exp_0. f_equal. field. }
      have e1 := exp_pos (- l ^ 2 / 2). have e2 := exp_pos (- delta ^ 2 / 2).
      apply (Rmult_eq_reg_r (exp (- l ^ 2 / 2) * exp (- delta ^ 2 / 2))). 2: nra.
      transitivity (sqrt (2 * PI) * (exp ((l ^ 2 + delta ^ 2) / 2) * (exp (- l ^ 2 / 2) * exp (- delta ^ 2 / 2))) / (2 * sinh (l * delta))).
      field; lra. rewrite E. field. repeat split; lra. }
    done.
Qed.

(** claim: g-prime
    paper: Appendix B, proof of Lemma 5, the five forms of g'
    proves: whole claim
    seeded: / (4 * density g * sinh (l * delta))) ==> / (3 * density g * sinh (l * delta))) *)
Theorem g_prime delta eps : 0 < delta -> 0 < eps < central_mass delta ->
  let l := filter_radius delta eps in let g := median_shift delta eps in
  is_derive (median_shift delta) eps (1 / (2 * density g) * (1 + density (l + delta) * Derive (filter_radius delta) eps)) /\
  is_derive (median_shift delta) eps (1 / (2 * density g) * (1 + density (l + delta) * (1 / (density (l - delta) - density (l + delta))))) /\
  is_derive (median_shift delta) eps (1 / (2 * density g) * (density (l - delta) / (density (l - delta) - density (l + delta)))) /\
  is_derive (median_shift delta) eps (1 / (2 * density g) * (1 / (1 - exp (- 2 * l * delta)))) /\
  is_derive (median_shift delta) eps (exp (l * delta) / (4 * density g * sinh (l * delta))).
Proof.
  intros Hd He l g. have [x0 [g0 [s0 [p0 h0]]]] := radius_facts delta Hd eps He. fold l g in x0, g0, s0, p0, h0 |- *.
  have D := median_shift_derive delta Hd eps He. fold l g in D.
  have ld : Derive (filter_radius delta) eps = / steepness delta l by apply is_derive_unique, filter_radius_derive.
  have s1 : density (l - delta) - density (l + delta) = steepness delta l by [].
  have s2 : density (l + delta) = density (l - delta) - steepness delta l by rewrite -s1; ring.
  have a0 := density_pos (l - delta).
  have third : 1 / (2 * density g) * (density (l - delta) / (density (l - delta) - density (l + delta)))
    = density (l - delta) / (2 * density g * steepness delta l) by rewrite s1; field; lra.
  have [ea eb] := density_product delta l.
  have d0 := density_pos l. have e0 := exp_pos (- delta ^ 2 / 2). have e1 := exp_pos (l * delta). have e2 := exp_pos (- (l * delta)).
  have ee : exp (l * delta) * exp (- (l * delta)) = 1 by rewrite -exp_plus Rplus_opp_r exp_0.
  have e3 : exp (- 2 * l * delta) = exp (- (l * delta)) * exp (- (l * delta)) by rewrite -exp_plus; f_equal; ring.
  have big : exp (- (l * delta)) < exp (l * delta) by apply exp_increasing; nra.
  split; [|split; [|split; [|split]]].
  - rewrite ld s2. by have -> : 1 / (2 * density g) * (1 + (density (l - delta) - steepness delta l) * / steepness delta l)
      = density (l - delta) / (2 * density g * steepness delta l) by field; lra.
  - rewrite s1 s2. by have -> : 1 / (2 * density g) * (1 + (density (l - delta) - steepness delta l) * (1 / steepness delta l))
      = density (l - delta) / (2 * density g * steepness delta l) by field; lra.
  - by rewrite third.
  - have -> : 1 / (1 - exp (- 2 * l * delta)) = density (l - delta) / (density (l - delta) - density (l + delta)). 2: by rewrite third.
    rewrite ea eb e3. move: (exp (l * delta)) (exp (- (l * delta))) e1 e2 ee big => A B e1 e2 ee big.
    have k : 0 < 1 - B * B by nra.
    have -> : density l * A * exp (- delta ^ 2 / 2) - density l * B * exp (- delta ^ 2 / 2) = density l * exp (- delta ^ 2 / 2) * (A * (1 - B * B)).
    { replace (A * (1 - B * B)) with (A - A * B * B) by ring. rewrite ee. ring. }
    field. lra.
  - have -> : exp (l * delta) / (4 * density g * sinh (l * delta)) = density (l - delta) / (2 * density g * steepness delta l). 2: done.
    rewrite steepness_sinh ea. field. lra.
Qed.

(** g'' at sigma = 1, where the paper's leftover sigma^2 is 1. *)
Lemma g'_derive delta e : 0 < delta -> 0 < e < central_mass delta ->
  is_derive (g' delta) e (g' delta e * (delta * l' delta e + median_shift delta e * g' delta e
    - hyperbolic_coth (delta * filter_radius delta e) * (delta * l' delta e))).
Proof.
  intros Hd He. have [x0 [g0 [s0 [p0 h0]]]] := radius_facts delta Hd e He.
  have dl := filter_radius_derive delta Hd e He. have dg := median_shift_derive delta Hd e He.
  have a0 := density_pos (filter_radius delta e - delta).
  unfold g', l'. rewrite (Rmult_comm delta (filter_radius delta e)) coth_is //.
  unfold steepness in *. evar_last.
  - have d1 := density_derive (filter_radius delta e + - delta). have d2 := density_derive (filter_radius delta e + delta). have d3 := density_derive (median_shift delta e).
    auto_derive.
    + repeat split; try (by eexists; eassumption). unfold Rminus in *. nra.
    + reflexivity.
  - rewrite (is_derive_unique _ _ _ dl) (is_derive_unique _ _ _ dg).
    rewrite !(is_derive_unique _ _ _ (density_derive _)).
    unfold Rminus in *. move: (median_shift delta e) (filter_radius delta e) x0 g0 s0 p0 a0 => G L x0 g0 s0 p0 a0.
    move: (density (L + - delta)) (density (L + delta)) (density G) s0 p0 a0 => A B q s0 p0 a0. clear - s0 p0 a0.
    have -> : B = A - (A + - B) by ring. move: (A + - B) s0 => k s0. field. lra.
Qed.

(** claim: g-second
    paper: Appendix B, proof of Lemma 5, the two forms of g''
    proves: whole claim, for sigma = 1
    seeded: (g * s - hyperbolic_coth (delta * l) ==> (2 * g * s - hyperbolic_coth (delta * l) *)
Theorem g_second delta eps : 0 < delta -> 0 < eps < central_mass delta ->
  let l := filter_radius delta eps in let g := median_shift delta eps in
  let l1 := Derive (filter_radius delta) eps in let s := Derive (median_shift delta) eps in
  is_derive (Derive (median_shift delta)) eps
    (s * (delta * l1 - Derive density g * s / density g - hyperbolic_coth (delta * l) * (delta * l1 / 1 ^ 2))) /\
  is_derive (Derive (median_shift delta)) eps
    (s * (delta * l1 + (g * s - hyperbolic_coth (delta * l) * (delta * l1)))).
Proof.
  intros Hd He l g l1 s. have [x0 [g0 [s0 [p0 h0]]]] := radius_facts delta Hd eps He. fold l g in x0, g0, s0, p0, h0.
  have El : l1 = l' delta eps by apply is_derive_unique, filter_radius_derive.
  have Es : s = g' delta eps by apply is_derive_unique, median_shift_derive.
  have D : is_derive (Derive (median_shift delta)) eps (s * (delta * l1 + (g * s - hyperbolic_coth (delta * l) * (delta * l1)))).
  { apply (is_derive_ext_loc (g' delta)).
    - generalize (near_inside delta eps He). apply filter_imp => e H. symmetry. by apply is_derive_unique, median_shift_derive.
    - evar_last. by apply g'_derive. rewrite El Es -/g -/l. ring. }
  split => //. rewrite (is_derive_unique _ _ _ (density_derive g)).
  by have -> : s * (delta * l1 - - g * density g * s / density g - hyperbolic_coth (delta * l) * (delta * l1 / 1 ^ 2))
    = s * (delta * l1 + (g * s - hyperbolic_coth (delta * l) * (delta * l1))) by field; lra.
Qed.
