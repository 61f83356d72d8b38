(** Lemma 6 and the bound C_2 kappa^(2/9): the loss for small adversarial mass. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Improper Window Loss Curvature Curve.
From Claims Require Import Tools Radius Derivatives Reduction Scaled FirstTurn.
Open Scope R_scope.

Lemma sinh_above u : 0 <= u -> u <= sinh u.
Proof.
  intros Hu. apply (compare (fun z => z) (fun _ => 1) sinh cosh 0 u) => //; try lra.
  - intros; apply: is_derive_id.
  - intros; apply is_derive_Reals, derivable_pt_lim_sinh.
  - intros z _. unfold cosh. have e : exp z * exp (- z) = 1 by rewrite -exp_plus Rplus_opp_r exp_0. have a := exp_pos z. have b := exp_pos (- z).
    have : 0 <= (exp z - 1) ^ 2 by apply pow2_ge_0. nra.
  - rewrite sinh_0. lra.
Qed.
Lemma density_exp0 delta : density delta = density 0 * exp (- delta ^ 2 / 2).
Proof. unfold density. replace (- 0 ^ 2 / 2) with 0 by field. rewrite exp_0. field. have := root_2pi_pos. lra. Qed.
(** d'(x) = 2 phi(Delta) exp(-x^2/2) sinh(x Delta). *)
Lemma steepness_form delta x : steepness delta x = 2 * density delta * exp (- x ^ 2 / 2) * sinh (x * delta).
Proof. rewrite steepness_sinh (density_exp0 delta) (density_exp0 x). ring. Qed.

Lemma deficit_quadratic delta x : 0 < delta -> 0 <= x -> delta * density delta * exp (- x ^ 2 / 2) * x ^ 2 <= mass_deficit delta x.
Proof.
  intros Hd Hx. set c := delta * density delta * exp (- x ^ 2 / 2).
  apply (compare (fun z => c * z ^ 2) (fun z => c * (2 * z)) (mass_deficit delta) (steepness delta) 0 x); try lra.
  - intros z _. auto_derive => //. ring.
  - intros; apply mass_deficit_derive.
  - intros z Hz. rewrite steepness_form. have p := density_pos delta. have s := sinh_above (z * delta) ltac:(nra).
    have e : exp (- x ^ 2 / 2) <= exp (- z ^ 2 / 2) by apply Raux.exp_le; nra. have e0 := exp_pos (- x ^ 2 / 2).
    unfold c. have h : 0 <= z * delta by nra.
    apply Rle_trans with (2 * density delta * (exp (- x ^ 2 / 2) * (z * delta))). right; ring.
    rewrite (Rmult_assoc (2 * density delta)). apply Rmult_le_compat_l. lra. apply Rmult_le_compat; lra.
  - rewrite mass_deficit_0. lra.
Qed.

(** claim: lemma-6-small-x
    paper: Appendix B, proof of Lemma 6, "for small enough x, f(x) <= h(x)", h(x) = rho - C x^3
    proves: whole claim
    seeded: C * x <= delta * density delta * exp ==> C * x <= 4 * delta * density delta * exp *)
Theorem lemma_6_small_x delta C x : 0 < delta -> 0 < C -> 0 <= x ->
  C * x <= delta * density delta * exp (- x ^ 2 / 2) -> window_mass delta x <= central_mass delta - C * x ^ 3.
Proof.
  intros Hd HC Hx H. have := deficit_quadratic delta x Hd Hx. unfold mass_deficit.
  have : C * x * x ^ 2 <= delta * density delta * exp (- x ^ 2 / 2) * x ^ 2 by apply Rmult_le_compat_r => //; apply pow2_ge_0.
  replace (C * x * x ^ 2) with (C * x ^ 3) by ring. lra.
Qed.

(** d(x)/x^3 falls strictly while x Delta <= 1: x d'(x) < 3 d(x). *)
Lemma deficit_below_cubic delta x : 0 < delta -> 0 < x -> x * delta <= 1 -> x * steepness delta x < 3 * mass_deficit delta x.
Proof.
  intros Hd Hx Hxd.
  have D : forall z, 0 <= z <= x -> is_derive (fun z => 3 * mass_deficit delta z - z * steepness delta z) z
    (2 * steepness delta z - z * ((z + delta) * density (z + delta) - (z - delta) * density (z - delta))).
  { intros z _. have d1 := mass_deficit_derive delta z. have d2 := steepness_derive delta z. auto_derive. repeat split; by eexists; eassumption.
    rewrite (is_derive_unique _ _ _ d1) (is_derive_unique _ _ _ d2). ring. }
  have := increases _ _ 0 x D _ 0 x ltac:(lra) Hx ltac:(lra).
  intros K. have := K _. cbv beta. rewrite mass_deficit_0. intros J. suff : 3 * 0 - 0 * steepness delta 0 < 3 * mass_deficit delta x - x * steepness delta x by lra.
  apply J. intros z Hz. have s := steepness_pos delta Hd z ltac:(lra).
  have [_ [_ c]] := coth_bounds (z * delta) ltac:(nra). rewrite coth_is in c; try lra.
  have zd : 0 < z * delta by nra. have z1 : z * delta < 1 by nra.
  have m : z * delta * ((density (z - delta) + density (z + delta)) / steepness delta z) < 2.
  { have : z * delta * ((density (z - delta) + density (z + delta)) / steepness delta z) < z * delta * (1 + 1 / (z * delta)) by apply Rmult_lt_compat_l.
    have -> : z * delta * (1 + 1 / (z * delta)) = z * delta + 1 by field; split; lra. lra. }
  have : z * delta * ((density (z - delta) + density (z + delta)) / steepness delta z) * steepness delta z < 2 * steepness delta z by apply Rmult_lt_compat_r.
  have -> : z * delta * ((density (z - delta) + density (z + delta)) / steepness delta z) * steepness delta z = z * delta * (density (z - delta) + density (z + delta)) by field; lra.
  unfold steepness in *. nra.
Qed.
Lemma cubic_ratio_falls delta x y : 0 < delta -> 0 < x -> x < y -> y * delta <= 1 -> mass_deficit delta y / y ^ 3 < mass_deficit delta x / x ^ 3.
Proof.
  intros Hd Hx Hxy Hy.
  apply (decreases (fun z => mass_deficit delta z / z ^ 3) (fun z => (z * steepness delta z - 3 * mass_deficit delta z) / z ^ 4) x y); try lra.
  - intros z Hz. have d1 := mass_deficit_derive delta z. auto_derive. repeat split. by eexists; eassumption. have : 0 < z ^ 3 by apply pow_lt; lra. simpl. lra.
    rewrite (is_derive_unique _ _ _ d1). field. lra.
  - intros z Hz. have := deficit_below_cubic delta z Hd ltac:(lra) ltac:(nra). have p : 0 < z ^ 4 by apply pow_lt; lra. intros.
    have -> : (z * steepness delta z - 3 * mass_deficit delta z) / z ^ 4 = - ((3 * mass_deficit delta z - z * steepness delta z) / z ^ 4) by field; lra.
    have := Rdiv_lt_0_compat (3 * mass_deficit delta z - z * steepness delta z) (z ^ 4). lra.
Qed.

Definition cbrt (x : R) := Rpower x (1 / 3).
Lemma cbrt_cube x : 0 < x -> cbrt (x ^ 3) = x.
Proof. intros H. unfold cbrt. rewrite -Rpower_pow // Rpower_mult. have -> : INR 3 * (1 / 3) = 1 by simpl; field. by apply Rpower_1. Qed.
Lemma cube_cbrt x : 0 < x -> cbrt x ^ 3 = x.
Proof. intros H. unfold cbrt. rewrite -Rpower_pow; [|apply exp_pos]. rewrite Rpower_mult. have -> : 1 / 3 * INR 3 = 1 by simpl; field. by apply Rpower_1. Qed.
Lemma cbrt_pos x : 0 < cbrt x. Proof. apply exp_pos. Qed.
Lemma cbrt_le x y : 0 < x -> x <= y -> cbrt x <= cbrt y.
Proof. intros H K. apply Rle_Rpower_l; lra. Qed.
Lemma cbrt_lt x y : 0 < x -> x < y -> cbrt x < cbrt y.
Proof. intros H K. apply Rlt_Rpower_l; lra. Qed.

Lemma lemma_6_cubic delta e1 e : 0 < delta -> 0 < e -> e <= e1 -> e1 < central_mass delta -> filter_radius delta e1 * delta <= 1 ->
  filter_radius delta e <= cbrt (e / (e1 / filter_radius delta e1 ^ 3)).
Proof.
  intros Hd He H H1 Hs. have x0 := filter_radius_pos delta Hd e ltac:(lra). have y0 := filter_radius_pos delta Hd e1 ltac:(lra).
  have [_ dx] := filter_radius_spec delta Hd e ltac:(lra). have [_ dy] := filter_radius_spec delta Hd e1 ltac:(lra).
  set x := filter_radius delta e in x0, dx |- *. set y := filter_radius delta e1 in y0, dy, Hs |- *.
  have K : e1 / y ^ 3 <= e / x ^ 3.
  { rewrite -dx -dy. destruct H as [H|H].
    - left. apply cubic_ratio_falls => //. apply radius_lt => //; lra.
    - right. rewrite dx dy. unfold x, y. by rewrite H. }
  have x3 : 0 < x ^ 3 by apply pow_lt. have y3 : 0 < y ^ 3 by apply pow_lt.
  rewrite -{1}(cbrt_cube x) //. apply cbrt_le => //.
  have c0 : 0 < e1 / y ^ 3 by apply Rdiv_lt_0_compat; lra.
  apply (Rmult_le_reg_r (e1 / y ^ 3)) => //. have -> : e / (e1 / y ^ 3) * (e1 / y ^ 3) = e by field; lra.
  have : x ^ 3 * (e1 / y ^ 3) <= x ^ 3 * (e / x ^ 3) by apply Rmult_le_compat_l; lra. have -> : x ^ 3 * (e / x ^ 3) = e by field; lra. lra.
Qed.

(** Every eps up to eps_cr, so the printed values too: x = l and y = l(eps-hat) stay below 4/(5 Delta), all
    masses that occur are in their domains. *)
Lemma mass_deficit_linear delta y : 0 <= y -> mass_deficit delta y <= y * density 0.
Proof.
  intros Hy. apply (compare (mass_deficit delta) (steepness delta) (fun z => z * density 0) (fun _ => density 0) 0 y); try lra.
  - intros; apply mass_deficit_derive.
  - intros z _. auto_derive => //. ring.
  - intros z _. unfold steepness. have := density_pos (z + delta). have [K|K] := Req_dec (z - delta) 0. rewrite K. lra.
    have := density_antitone 0 (z - delta) ltac:(nra). lra.
  - rewrite mass_deficit_0. lra.
Qed.
Lemma up_to_first_turn delta e_cr e : 3 / 2 <= delta -> first_turn delta e_cr -> 0 < e <= e_cr ->
  0 < e < central_mass delta /\ mass_estimate delta e < central_mass delta /\
  filter_radius delta e * delta <= 1 /\ filter_radius delta (mass_estimate delta e) * delta <= 1 /\
  mass_estimate delta e + filter_radius delta (mass_estimate delta e) * density delta < 3 / 10.
Proof.
  intros Hd T He. have dp : 0 < delta by lra. have [Hc [Hm [Hx Hy]]] := first_turn_radii delta e_cr Hd T.
  have D : in_domain delta e by apply (in_domain_before delta dp e e_cr).
  have [e0 m0] := D. have up := mass_estimate_above delta dp e e0. have x0 := filter_radius_pos delta dp e e0.
  have mm : mass_estimate delta e <= mass_estimate delta e_cr.
  { destruct (proj2 He) as [K|K]; [left; apply mass_estimate_increasing; lra | rewrite K; lra]. }
  have xx := radius_le delta dp e e_cr ltac:(lra) (proj2 He) (proj2 Hc).
  have yy := radius_le delta dp (mass_estimate delta e) (mass_estimate delta e_cr) ltac:(lra) mm Hm.
  have [y0 dy] := filter_radius_spec delta dp (mass_estimate delta e) ltac:(lra).
  have L := mass_deficit_linear delta _ y0. rewrite dy in L.
  have d0 : density 0 <= 4 / 10 by unfold density; interval with (i_prec 30).
  have d1 : density delta <= 13 / 100.
  { apply Rle_trans with (density (3 / 2)); [apply density_antitone_le; lra | unfold density; interval with (i_prec 30)]. }
  have p := density_pos delta. have p0 := density_pos 0.
  split => //. split => //. split; [nra|]. split; [nra|].
  have y1 : filter_radius delta (mass_estimate delta e) <= 8 / 15 by nra. nra.
Qed.

(** claim: lemma-6
    paper: Lemma 6, "l(eps) <= (eps/C)^(1/3) for all eps <= eps_cr, C = eps_cr/f^-1(rho - eps_cr)^3"
    proves: whole claim, with any e_1 up to the true eps_cr in the place of eps_cr
    seeded: cbrt (e / (e_1 / filter_radius delta e_1 ^ 3)) ==> cbrt (e / (2 * e_1 / filter_radius delta e_1 ^ 3)) *)
Theorem lemma_6 delta e_cr e_1 e : 3 / 2 <= delta -> first_turn delta e_cr -> 0 < e_1 <= e_cr ->
  0 < e <= e_1 -> filter_radius delta e <= cbrt (e / (e_1 / filter_radius delta e_1 ^ 3)).
Proof.
  intros Hd T H1 He. have [H [_ [Hs _]]] := up_to_first_turn delta e_cr e_1 Hd T H1. apply lemma_6_cubic; lra.
Qed.

(** claim: lemma-6-cube-root
    paper: Appendix B, "using l(c/k) <= (c/kC)^(1/3)"
    proves: whole claim, with any e_1 up to the true eps_cr in the place of eps_cr
    seeded: cbrt (kappa / C) ==> cbrt (kappa / (2 * C)) *)
Theorem lemma_6_cube_root delta e_cr e_1 kappa : 3 / 2 <= delta -> first_turn delta e_cr -> 0 < e_1 <= e_cr ->
  let C := e_1 / filter_radius delta e_1 ^ 3 in 0 < kappa <= e_1 ->
  filter_radius delta kappa <= cbrt (kappa / C) /\ filter_radius delta e_1 = cbrt (e_1 / C).
Proof.
  intros Hd T H1 C Hk. split. by apply (lemma_6 delta e_cr). have dp : 0 < delta by lra.
  have [H _] := up_to_first_turn delta e_cr e_1 Hd T H1. have y0 := filter_radius_pos delta dp e_1 H.
  have -> : e_1 / C = filter_radius delta e_1 ^ 3 by unfold C; field; lra. by rewrite cbrt_cube.
Qed.

(** claim: lemma-6-choice
    paper: Appendix B, proof of Lemma 6, "Choose C such that for all x in [0, x_cr], f(x) <= h(x)"
    proves: part: the printed step from f <= h to the inverses, and the gap: C = d(x_cr)/x_cr^3 need not serve (Delta = 4, x_cr = 3, x = 2); it does at the true x_cr, for every Delta >= 3/2
    seeded: central_mass 4 - C * 2 ^ 3 < window_mass 4 2) ==> window_mass 4 2 < central_mass 4 - C * 2 ^ 3) *)
Theorem lemma_6_choice :
  (forall delta C x_cr e, 0 < delta -> 0 < C -> 0 < x_cr -> (forall x, 0 <= x <= x_cr -> window_mass delta x <= central_mass delta - C * x ^ 3) ->
    0 < e <= mass_deficit delta x_cr -> filter_radius delta e <= cbrt (e / C)) /\
  (let C := mass_deficit 4 3 / 3 ^ 3 in central_mass 4 - C * 2 ^ 3 < window_mass 4 2) /\
  (forall delta e_cr x, 3 / 2 <= delta -> first_turn delta e_cr -> let x_cr := filter_radius delta e_cr in 0 < x <= x_cr ->
    window_mass delta x <= central_mass delta - e_cr / x_cr ^ 3 * x ^ 3).
Proof.
  split; [|split].
  - intros delta C xc e Hd HC Hxc H He. have B := mass_deficit_below delta xc Hd.
    have [x0 dx] := filter_radius_spec delta Hd e ltac:(lra). have xp := filter_radius_pos delta Hd e ltac:(lra).
    have xx : filter_radius delta e <= xc by apply (mass_deficit_le_inv delta Hd) => //; lra.
    have K := H _ (conj x0 xx). unfold mass_deficit in dx.
    rewrite -{1}(cbrt_cube (filter_radius delta e)) //. apply cbrt_le. by apply pow_lt.
    apply (Rmult_le_reg_r C) => //. have -> : e / C * C = e by field; lra. lra.
  - cbv zeta. suff : 27 * mass_deficit 4 2 < 8 * mass_deficit 4 3 by unfold mass_deficit; lra.
    rewrite !mass_deficit_from_0.
    have A : RInt (steepness 4) 0 2 < 3 / 100 by unfold steepness, density; integral with (i_prec 40, i_fuel 200, i_degree 8).
    have B : 15 / 100 < RInt (steepness 4) 0 3 by unfold steepness, density; integral with (i_prec 40, i_fuel 200, i_degree 8).
    lra.
  - intros delta e_cr x Hd' T xc Hx. have Hd : 0 < delta by lra.
    have [[[e0 e1] _] _] := T. have [Hc [_ [Hs _]]] := up_to_first_turn delta e_cr e_cr Hd' T (conj e0 (Rle_refl _)).
    have [_ E] := filter_radius_spec delta Hd e_cr ltac:(lra). fold xc in Hs, E. rewrite -E. suff : mass_deficit delta xc / xc ^ 3 * x ^ 3 <= mass_deficit delta x by unfold mass_deficit; lra.
    have x3 : 0 < x ^ 3 by apply pow_lt; lra.
    have -> : mass_deficit delta x = mass_deficit delta x / x ^ 3 * x ^ 3 by field; lra.
    apply Rmult_le_compat_r. lra. destruct Hx as [Hx [K|K]]. left. by apply cubic_ratio_falls. rewrite K. lra.
Qed.

(** claim: c2-mass-step
    paper: Appendix B, "using c/k <= eps_cr^(2/3) (c/k)^(1/3)"
    proves: whole claim
    seeded: kappa <= Rpower e_cr (2 / 3) * cbrt kappa ==> 2 * kappa <= Rpower e_cr (2 / 3) * cbrt kappa *)
Theorem c2_mass_step e_cr kappa : 0 < kappa <= e_cr -> kappa <= Rpower e_cr (2 / 3) * cbrt kappa /\ e_cr = Rpower e_cr (2 / 3) * cbrt e_cr.
Proof.
  intros H. have S : forall x, 0 < x -> x = Rpower x (2 / 3) * cbrt x.
  { intros x Hx. unfold cbrt. rewrite -Rpower_plus. have -> : 2 / 3 + 1 / 3 = 1 by field. by rewrite Rpower_1. }
  split. 2: by apply S; lra. rewrite {1}(S kappa); [|lra]. apply Rmult_le_compat_r. left; apply cbrt_pos. apply Rle_Rpower_l; lra.
Qed.

(** A(kappa) = eps_cr^(2/3) + phi(Delta)/C^(1/3), C of Lemma 6. *)
Definition lemma_6_C delta e_cr := e_cr / filter_radius delta e_cr ^ 3.
Definition slope_A delta e_cr := Rpower e_cr (2 / 3) + density delta / cbrt (lemma_6_C delta e_cr).
Section C2.
Variables delta e_cr kappa : R.
Hypothesis Hd : 0 < delta.
Hypothesis Hc : 0 < e_cr < central_mass delta.
Hypothesis Hs : filter_radius delta e_cr * delta <= 1.
Hypothesis Hk : 0 < kappa <= e_cr.
Notation l := (filter_radius delta).
Lemma C_pos : 0 < lemma_6_C delta e_cr.
Proof. apply Rdiv_lt_0_compat. lra. apply pow_lt, filter_radius_pos => //. Qed.
Lemma cbrt_ratio x c : 0 < x -> 0 < c -> cbrt (x / c) = cbrt x / cbrt c.
Proof.
  intros Hx Hc'. have q : 0 < x / c by apply Rdiv_lt_0_compat.
  apply (Rmult_eq_reg_r (cbrt c)). 2: have := cbrt_pos c; lra. have -> : cbrt x / cbrt c * cbrt c = cbrt x by field; have := cbrt_pos c; lra.
  unfold cbrt. rewrite Rpower_mult_distr //. f_equal. field. lra.
Qed.
Lemma estimate_below_A : mass_estimate delta kappa <= slope_A delta e_cr * cbrt kappa.
Proof.
  have [m _] := c2_mass_step e_cr kappa Hk. have L := lemma_6_cubic delta e_cr kappa Hd (proj1 Hk) (proj2 Hk) (proj2 Hc) Hs. fold (lemma_6_C delta e_cr) in L.
  rewrite cbrt_ratio in L; [|lra|apply C_pos]. have p := density_pos delta. unfold mass_estimate, slope_A.
  have : density delta * l kappa <= density delta * (cbrt kappa / cbrt (lemma_6_C delta e_cr)) by apply Rmult_le_compat_l; lra.
  have -> : density delta * (cbrt kappa / cbrt (lemma_6_C delta e_cr)) = density delta / cbrt (lemma_6_C delta e_cr) * cbrt kappa by field; have := cbrt_pos (lemma_6_C delta e_cr); lra. lra.
Qed.
Lemma estimate_at_A : mass_estimate delta e_cr = slope_A delta e_cr * cbrt e_cr.
Proof.
  have [_ m] := c2_mass_step e_cr e_cr ltac:(lra). have y0 := filter_radius_pos delta Hd e_cr Hc.
  have y : l e_cr = cbrt e_cr / cbrt (lemma_6_C delta e_cr).
  { rewrite -cbrt_ratio; [|lra|apply C_pos]. have -> : e_cr / lemma_6_C delta e_cr = l e_cr ^ 3 by unfold lemma_6_C; field; lra. by rewrite cbrt_cube. }
  unfold mass_estimate, slope_A. rewrite y {1}m. field. have := cbrt_pos (lemma_6_C delta e_cr). lra.
Qed.
Lemma A_pos : 0 < slope_A delta e_cr.
Proof. have a : 0 < Rpower e_cr (2 / 3) by apply exp_pos. have b := Rdiv_lt_0_compat _ _ (density_pos delta) (cbrt_pos (lemma_6_C delta e_cr)). unfold slope_A. lra. Qed.
End C2.

(** claim: c2-chain-1
    paper: Appendix B, "<= Phi^-1((1 + c/k + l(c/k) phi(Delta) + l(c/k + l(c/k) phi(Delta)) phi(Delta))/2)^2"
    proves: whole claim
    seeded: <= quantile (1 / 2 * (1 + kappa ==> <= quantile (1 / 2 * (1 + kappa / 2 *)
Theorem c2_chain_1 delta e_cr kappa : 3 / 2 <= delta -> first_turn delta e_cr -> 0 < kappa <= e_cr ->
  let l := filter_radius delta in let phi := density delta in
  median_shift delta (kappa + l kappa * phi) ^ 2 / (1 + median_shift delta (kappa + l kappa * phi) ^ 2)
  <= quantile (1 / 2 * (1 + kappa + l kappa * phi + l (kappa + l kappa * phi) * phi)) ^ 2.
Proof.
  intros Hd' T Hk' l phi. have Hd : 0 < delta by lra. have [Hk [H1 [_ [_ H2]]]] := up_to_first_turn delta e_cr kappa Hd' T Hk'.
  unfold mass_estimate in H1, H2. fold l phi in H1, H2. rewrite (Rmult_comm phi) in H1 H2.
  have {}H2 : kappa + l kappa * phi + l (kappa + l kappa * phi) * phi < 1 by lra.
  have x0 := filter_radius_pos delta Hd kappa Hk. have p := density_pos delta. fold l in x0. fold phi in p.
  have px : 0 < l kappa * phi by nra.
  have h0 : 0 <= kappa + l kappa * phi < central_mass delta by lra.
  have [g0 G] := shift_spec delta Hd (kappa + l kappa * phi) h0. have [y0 dy] := filter_radius_spec delta Hd (kappa + l kappa * phi) h0.
  rewrite (shift_mass_deficit delta) dy in G. fold l in G, y0.
  set hat := kappa + l kappa * phi in h0 g0 G y0 dy H1 H2 |- *. set g := median_shift delta hat in g0, G |- *.
  have st := cdf_step delta (l hat + delta) ltac:(lra) ltac:(lra). replace (l hat + delta - delta) with (l hat) in st by ring. fold phi in st.
  have c0 : 1 / 2 <= cdf g by rewrite -cdf_0; apply cdf_monotone.
  have q : g <= quantile (1 / 2 * (1 + kappa + l kappa * phi + l hat * phi)).
  { rewrite -(quantile_of_cdf g). have yp : 0 <= l hat * phi by nra. have hh : hat = kappa + l kappa * phi by []. apply quantile_le; lra. }
  apply Rle_trans with (g ^ 2). 2: nra.
  apply (Rmult_le_reg_r (1 + g ^ 2)). nra. have -> : g ^ 2 / (1 + g ^ 2) * (1 + g ^ 2) = g ^ 2 by field; nra. nra.
Qed.

(** claim: c2-chain-2
    paper: Appendix B, "<= Phi^-1((1 + A (c/k)^(1/3) + l(A (c/k)^(1/3)) phi(Delta))/2)^2"
    proves: whole claim, with any e_1 up to the true eps_cr in the place of eps_cr
    seeded: <= quantile (1 / 2 * (1 + A * ==> <= quantile (1 / 3 * (1 + A * *)
Theorem c2_chain_2 delta e_cr e_1 kappa : 3 / 2 <= delta -> first_turn delta e_cr -> 0 < e_1 <= e_cr -> 0 < kappa <= e_1 ->
  let l := filter_radius delta in let phi := density delta in let A := slope_A delta e_1 in
  quantile (1 / 2 * (1 + kappa + l kappa * phi + l (kappa + l kappa * phi) * phi)) ^ 2
  <= quantile (1 / 2 * (1 + A * cbrt kappa + l (A * cbrt kappa) * phi)) ^ 2.
Proof.
  intros Hd' T He Hk l phi A. have Hd : 0 < delta by lra. have [Hc [Hm [Hs [_ top]]]] := up_to_first_turn delta e_cr e_1 Hd' T He.
  have x0 := filter_radius_pos delta Hd kappa ltac:(lra). have p := density_pos delta. fold l in x0. fold phi in p.
  have px : 0 < l kappa * phi by nra. have A0 := A_pos delta e_1. fold A in A0.
  have ends := estimate_at_A delta e_1 Hd Hc. fold A in ends.
  have below : A * cbrt kappa <= mass_estimate delta e_1.
  { rewrite ends. apply Rmult_le_compat_l; [lra | apply cbrt_le; lra]. }
  have H1 : A * cbrt kappa < central_mass delta by lra.
  have H2 : A * cbrt kappa + l (A * cbrt kappa) * phi < 1.
  { have k0 : 0 <= A * cbrt kappa by (have := cbrt_pos kappa; nra).
    have := radius_le delta Hd (A * cbrt kappa) (mass_estimate delta e_1) k0 below Hm. fold l in top |- *. fold phi in top. nra. }
  have e := estimate_below_A delta e_1 kappa Hd Hc Hs Hk. unfold mass_estimate in e. fold l phi A in e.
  have e' : kappa + l kappa * phi <= A * cbrt kappa by lra.
  have m := radius_le delta Hd (kappa + l kappa * phi) (A * cbrt kappa) ltac:(lra) e' H1. fold l in m.
  have [y0 _] := filter_radius_spec delta Hd (kappa + l kappa * phi) ltac:(lra). fold l in y0.
  have mp : l (kappa + l kappa * phi) * phi <= l (A * cbrt kappa) * phi by apply Rmult_le_compat_r; lra.
  have yp : 0 <= l (kappa + l kappa * phi) * phi by nra.
  have q : quantile (1 / 2 * (1 + kappa + l kappa * phi + l (kappa + l kappa * phi) * phi)) <= quantile (1 / 2 * (1 + A * cbrt kappa + l (A * cbrt kappa) * phi)) by apply quantile_le; lra.
  have q0 : 0 <= quantile (1 / 2 * (1 + kappa + l kappa * phi + l (kappa + l kappa * phi) * phi)) by apply cdf_le_inv; rewrite cdf_0 quantile_spec; lra.
  nra.
Qed.

(** claim: c2-chain-3
    paper: Appendix B, "<= Phi^-1((1 + A eps_cr^(2/9) (c/k)^(1/9) + (phi(Delta)/C^(1/3)) A^(1/3) (c/k)^(1/9))/2)^2"
    proves: printed refuted, for every Delta >= 3/2: in the quantile's argument it fails at c/k = eps_cr; part: repaired for the argument, with C' = e'/l(e')^3 beside A^(1/3), e' = eps-hat(eps_cr)
    seeded: cbrt (arg / lemma_6_C delta e') /\ ==> cbrt (arg / (2 * lemma_6_C delta e')) /\ *)
Theorem c2_chain_3 delta e_1 e_cr kappa : 3 / 2 <= delta -> first_turn delta e_1 -> 0 < e_cr <= e_1 ->
  let e' := mass_estimate delta e_cr in 0 < kappa <= e_cr ->
  let arg := slope_A delta e_cr * cbrt kappa in
  filter_radius delta arg <= cbrt (arg / lemma_6_C delta e') /\
  arg <= slope_A delta e_cr * (Rpower e_cr (2 / 9) * Rpower kappa (1 / 9)) /\
  (kappa = e_cr -> cbrt (arg / lemma_6_C delta e_cr) < filter_radius delta arg).
Proof.
  intros Hd' T He e' Hk arg. have Hd : 0 < delta by lra.
  have [Hc [He' [_ [Hs _]]]] := up_to_first_turn delta e_1 e_cr Hd' T He. fold e' in He', Hs. have a0 := A_pos delta e_cr. have c0 := cbrt_pos kappa.
  have above : e_cr < e'. { have := filter_radius_pos delta Hd e_cr Hc. have := density_pos delta. intros. unfold e', mass_estimate. nra. }
  have x0 := filter_radius_pos delta Hd e_cr Hc. have y0 := filter_radius_pos delta Hd e' ltac:(lra).
  have xy := radius_lt delta Hd e_cr e' ltac:(lra) above He'.
  have top : e' = slope_A delta e_cr * cbrt e_cr by apply estimate_at_A.
  have ae : arg <= e'. { rewrite top. apply Rmult_le_compat_l. lra. apply cbrt_le; lra. }
  have ap : 0 < arg by unfold arg; nra.
  split; [|split].
  - by apply lemma_6_cubic.
  - apply Rmult_le_compat_l. lra. have -> : cbrt kappa = Rpower kappa (2 / 9) * Rpower kappa (1 / 9) by unfold cbrt; rewrite -Rpower_plus; f_equal; field.
    apply Rmult_le_compat_r. left; apply exp_pos. apply Rle_Rpower_l; lra.
  - intros E. have -> : arg = e' by rewrite top /arg E. 
    rewrite -(cbrt_cube (filter_radius delta e')) //. apply cbrt_lt. apply Rdiv_lt_0_compat. lra. by apply C_pos.
    have K := cubic_ratio_falls delta _ _ Hd x0 xy Hs. have [_ dx] := filter_radius_spec delta Hd e_cr ltac:(lra). have [_ dy] := filter_radius_spec delta Hd e' ltac:(lra).
    rewrite dx dy in K. unfold lemma_6_C. have x3 : 0 < filter_radius delta e_cr ^ 3 by apply pow_lt. have y3 : 0 < filter_radius delta e' ^ 3 by apply pow_lt.
    have cc : 0 < e_cr / filter_radius delta e_cr ^ 3 by apply Rdiv_lt_0_compat; lra.
    apply (Rmult_lt_reg_r (e_cr / filter_radius delta e_cr ^ 3)) => //. have -> : e' / (e_cr / filter_radius delta e_cr ^ 3) * (e_cr / filter_radius delta e_cr ^ 3) = e' by field; lra.
    have : filter_radius delta e' ^ 3 * (e' / filter_radius delta e' ^ 3) < filter_radius delta e' ^ 3 * (e_cr / filter_radius delta e_cr ^ 3) by apply Rmult_lt_compat_l.
    have -> : filter_radius delta e' ^ 3 * (e' / filter_radius delta e' ^ 3) = e' by field; lra. lra.
Qed.

(** claim: c2-chain-4
    paper: Appendix B, "=: Phi^-1(1/2 + C-bar (c/k)^(1/9))^2"
    proves: whole claim
    seeded: + phi / (2 * C3) * A3 ==> + phi / C3 * A3 *)
Theorem c2_chain_4 A A3 phi C3 e29 k19 : C3 <> 0 ->
  let C_bar := A * e29 / 2 + phi / (2 * C3) * A3 in
  quantile (1 / 2 * (1 + A * e29 * k19 + phi / C3 * A3 * k19)) ^ 2 = quantile (1 / 2 + C_bar * k19) ^ 2.
Proof. intros H C_bar. do 2 f_equal. unfold C_bar. field. done. Qed.

(** claim: c2-chain-6
    paper: Appendix B, "= C-bar^2/phi(C-bar eps_cr^(1/9))^2 (c/k)^(2/9) =: C_2 (c/k)^(2/9)"
    proves: whole claim
    seeded: Rpower kappa (2 / 9) ==> Rpower kappa (2 / 8) *)
Theorem c2_chain_6 C_bar p kappa : 0 < kappa -> 0 < p ->
  (C_bar * Rpower kappa (1 / 9) / p) ^ 2 = C_bar ^ 2 / p ^ 2 * Rpower kappa (2 / 9).
Proof.
  intros Hk Hp. have -> : Rpower kappa (2 / 9) = Rpower kappa (1 / 9) * Rpower kappa (1 / 9) by rewrite -Rpower_plus; f_equal; field.
  field. lra.
Qed.

Lemma cdf_step_0 q : 0 <= q -> q * density q <= cdf q - 1 / 2.
Proof. intros H. have := cdf_step 0 q ltac:(lra) H. rewrite cdf_0 Rminus_0_r. lra. Qed.

(** sqrt(2 pi) (Phi(q) - 1/2) <= q - q^3/6 + q^5/40. *)
Lemma cdf_quintic q : 0 <= q -> cdf q - 1 / 2 <= density 0 * (q - q ^ 3 / 6 + q ^ 5 / 40).
Proof.
  intros Hq.
  have E : forall y, 0 <= y -> exp (- y) <= 1 - y + y ^ 2 / 2.
  { intros y Hy. apply (compare (fun z => exp (- z)) (fun z => - exp (- z)) (fun z => 1 - z + z ^ 2 / 2) (fun z => - 1 + z) 0 y) => //; try lra.
    - intros z _. auto_derive => //. ring.
    - intros z _. auto_derive => //. field.
    - intros z Hz. have := exp_ineq1_le (- z). lra.
    - rewrite Ropp_0 exp_0. lra. }
  have d0 := density_pos 0.
  apply (compare (fun z => cdf z - 1 / 2) density (fun z => density 0 * (z - z ^ 3 / 6 + z ^ 5 / 40)) (fun z => density 0 * (1 - z ^ 2 / 2 + z ^ 4 / 8)) 0 q); try lra.
  - intros z _. evar_last. apply (is_derive_minus cdf (fun _ => 1 / 2)). apply cdf_derive. apply is_derive_const. rewrite /minus /plus /opp /zero /=. ring.
  - intros z _. auto_derive => //. field.
  - intros z Hz. rewrite (density_exp0 z). apply Rmult_le_compat_l. lra. have := E (z ^ 2 / 2) ltac:(nra).
    replace (- (z ^ 2 / 2)) with (- z ^ 2 / 2) by field. intros K. apply Rle_trans with (1 := K). right. field.
  - rewrite cdf_0. lra.
Qed.
Lemma printed_5_fails t : 0 < t -> t < 1 / 2 -> quantile (1 / 2 + t) < 9 / 5 -> t / density t < quantile (1 / 2 + t).
Proof.
  intros H0 H1 Hq. have E := quantile_spec (1 / 2 + t) ltac:(lra). set q := quantile (1 / 2 + t) in Hq, E |- *.
  have q0 : 0 < q by apply cdf_lt_inv; rewrite cdf_0 E; lra.
  have K := cdf_quintic q (Rlt_le _ _ q0). rewrite E in K. have d0 := density_pos 0. have dt := density_pos t.
  have [_ u] := cdf_step 0 q ltac:(lra) (Rlt_le _ _ q0). rewrite cdf_0 E in u.
  have s2 : density 0 * density 0 <= 4 / 25 by unfold density; interval with (i_prec 60).
  have low : density 0 * (1 - t ^ 2 / 2) <= density t.
  { rewrite (density_exp0 t). apply Rmult_le_compat_l. lra. have := exp_ineq1_le (- t ^ 2 / 2). lra. }
  have t2 : t ^ 2 <= 4 / 25 * q ^ 2. { have : t <= density 0 * q by lra. intros T. have : t * t <= (density 0 * q) * (density 0 * q) by apply Rmult_le_compat; lra. nra. }
  apply (Rmult_lt_reg_r (density t)) => //. have -> : t / density t * density t = t by field; lra.
  apply Rle_lt_trans with (density 0 * (q - q ^ 3 / 6 + q ^ 5 / 40)). lra.
  apply Rlt_le_trans with (q * (density 0 * (1 - t ^ 2 / 2))). 2: by apply Rmult_le_compat_l; lra.
  replace (q * (density 0 * (1 - t ^ 2 / 2))) with (density 0 * (q * (1 - t ^ 2 / 2))) by ring. apply Rmult_lt_compat_l => //.
  have q2 : q ^ 2 < 81 / 25 by nra. have q3 : 0 < q ^ 3 by apply pow_lt.
  have : q * (t ^ 2 / 2) <= q * (2 / 25 * q ^ 2) by apply Rmult_le_compat_l; lra.
  have : q ^ 3 * (q ^ 2 / 40) < q ^ 3 * (81 / 1000) by apply Rmult_lt_compat_l; lra.
  replace (q ^ 5 / 40) with (q ^ 3 * (q ^ 2 / 40)) by field. replace (q * (2 / 25 * q ^ 2)) with (2 / 25 * q ^ 3) by field. nra.
Qed.

(** The C-bar of the display, and that at c/k = eps_cr the argument stays far below 1. *)
Definition C_bar delta e_cr := slope_A delta e_cr * Rpower e_cr (2 / 9) / 2
  + density delta / (2 * cbrt (lemma_6_C delta e_cr)) * cbrt (slope_A delta e_cr).
Lemma C_bar_at_end delta e : 0 < delta -> 0 < e < central_mass delta -> 2 * (C_bar delta e * Rpower e (1 / 9))
  = mass_estimate delta e + density delta * cbrt (mass_estimate delta e / lemma_6_C delta e).
Proof.
  intros Hd Hc. have A0 := A_pos delta e. have C0 := C_pos delta e Hd Hc. have c0 := cbrt_pos (lemma_6_C delta e).
  rewrite (estimate_at_A delta e Hd Hc). have r0 : 0 < slope_A delta e * cbrt e by apply Rmult_lt_0_compat => //; apply cbrt_pos.
  rewrite cbrt_ratio //. have -> : cbrt (slope_A delta e * cbrt e) = cbrt (slope_A delta e) * Rpower e (1 / 9).
  { unfold cbrt. rewrite -Rpower_mult_distr //; [|apply exp_pos]. rewrite Rpower_mult.
    have -> : 1 / 3 * (1 / 3) = 1 / 9 by field. by []. }
  have -> : cbrt e = Rpower e (2 / 9) * Rpower e (1 / 9) by unfold cbrt; rewrite -Rpower_plus; f_equal; field.
  unfold C_bar. field. lra.
Qed.
Lemma C_bar_small delta e_1 e_cr : 3 / 2 <= delta -> first_turn delta e_1 -> 0 < e_cr <= e_1 ->
  0 < C_bar delta e_cr /\ C_bar delta e_cr * Rpower e_cr (1 / 9) < 3 / 20 /\
  quantile (1 / 2 + C_bar delta e_cr * Rpower e_cr (1 / 9)) < 9 / 5.
Proof.
  intros Hd' T He. have Hd : 0 < delta by lra. have [Hc [Hm [Hs [_ top]]]] := up_to_first_turn delta e_1 e_cr Hd' T He.
  have A0 := A_pos delta e_cr. have p := density_pos delta. have C0 := C_pos delta e_cr Hd Hc.
  have c0 := cbrt_pos (lemma_6_C delta e_cr). have a0 := cbrt_pos (slope_A delta e_cr).
  have pos : 0 < C_bar delta e_cr.
  { have a : 0 < slope_A delta e_cr * Rpower e_cr (2 / 9) by apply Rmult_lt_0_compat; [by [] | apply exp_pos].
    have b : 0 < density delta / (2 * cbrt (lemma_6_C delta e_cr)) * cbrt (slope_A delta e_cr).
    { apply Rmult_lt_0_compat => //. apply Rdiv_lt_0_compat; lra. } unfold C_bar. lra. }
  have ends := estimate_at_A delta e_cr Hd Hc. have E := C_bar_at_end delta e_cr Hd Hc.
  have above := mass_estimate_above delta Hd e_cr Hc. have x0 := filter_radius_pos delta Hd e_cr Hc.
  have [_ [_ K]] := c2_chain_3 delta e_1 e_cr e_cr Hd' T He (conj (proj1 He) (Rle_refl _)).
  have {}K := K eq_refl. rewrite -ends in K.
  have small : C_bar delta e_cr * Rpower e_cr (1 / 9) < 3 / 20.
  { have : density delta * cbrt (mass_estimate delta e_cr / lemma_6_C delta e_cr)
      < density delta * filter_radius delta (mass_estimate delta e_cr) by apply Rmult_lt_compat_l. lra. }
  have t0 : 0 < C_bar delta e_cr * Rpower e_cr (1 / 9) by apply Rmult_lt_0_compat; [by [] | apply exp_pos].
  split => //. split => //. apply cdf_lt_inv. rewrite quantile_spec; [|lra].
  (* Phi(1) >= 1/2 + phi(1) > 13/20 *)
  have [s _] := cdf_step 0 1 ltac:(lra) ltac:(lra). rewrite cdf_0 in s.
  have d1 : 24 / 100 <= density 1 by unfold density; interval with (i_prec 30).
  have := cdf_increasing 1 (9 / 5) ltac:(lra). lra.
Qed.

(** claim: c2-chain-5
    paper: Appendix B, "<= (C-bar (c/k)^(1/9)/phi(C-bar eps_cr^(1/9)))^2"
    proves: printed refuted, for every Delta >= 3/2, at c/k = eps_cr; repaired statement
    seeded: t / density (quantile (1 / 2 + t_cr)) /\ ==> t / (2 * density (quantile (1 / 2 + t_cr))) /\ *)
Theorem c2_chain_5 delta e_1 e_cr kappa : 3 / 2 <= delta -> first_turn delta e_1 -> 0 < e_cr <= e_1 -> 0 < kappa <= e_cr ->
  let t := C_bar delta e_cr * Rpower kappa (1 / 9) in let t_cr := C_bar delta e_cr * Rpower e_cr (1 / 9) in
  quantile (1 / 2 + t) <= t / density (quantile (1 / 2 + t_cr)) /\
  (kappa = e_cr -> ~ quantile (1 / 2 + t) ^ 2 <= (t / density t_cr) ^ 2).
Proof.
  intros Hd T He Hk t t_cr. have [c0 [top Hq]] := C_bar_small delta e_1 e_cr Hd T He. fold t_cr in top, Hq.
  have H0 : 0 < t by apply Rmult_lt_0_compat; [by [] | apply exp_pos].
  have H1 : t <= t_cr by apply Rmult_le_compat_l; [lra | apply Rle_Rpower_l; lra].
  have H2 : t_cr < 1 / 2 by lra. have E := quantile_spec (1 / 2 + t) ltac:(lra).
  have q0 : 0 < quantile (1 / 2 + t) by apply cdf_lt_inv; rewrite cdf_0 E; lra.
  have m := quantile_le (1 / 2 + t) (1 / 2 + t_cr) ltac:(lra) ltac:(lra) ltac:(lra).
  have p := density_pos (quantile (1 / 2 + t_cr)). have d := density_antitone_le _ _ (Rlt_le _ _ q0) m. have s := cdf_step_0 _ (Rlt_le _ _ q0). rewrite E in s.
  split.
  - apply (Rmult_le_reg_r (density (quantile (1 / 2 + t_cr)))) => //.
    have -> : t / density (quantile (1 / 2 + t_cr)) * density (quantile (1 / 2 + t_cr)) = t by field; lra. nra.
  - intros E'. have E'' : t = t_cr by rewrite /t E'. rewrite -E'' in Hq |- *. have F := printed_5_fails t H0 ltac:(lra) Hq. have := Rdiv_lt_0_compat t (density t) H0 (density_pos t). nra.
Qed.
