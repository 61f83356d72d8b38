(** Lemma 3: the estimate of the adversarial mass, line by line. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Improper Window Loss.
From Claims Require Import Tools Radius.
Open Scope R_scope.

(** Genuine mass of the interval from -a - delta to b + delta around the mean; span L = a + b. *)
Definition genuine delta a b := cdf (b + delta) - cdf (- a - delta).
Definition most delta L := cdf (L / 2 + delta) - cdf (- (L / 2 + delta)).
Definition least delta L := cdf (L + delta) - cdf (- delta).

Lemma genuine_sum delta a b : genuine delta a b = cdf (a + delta) + cdf (b + delta) - 1.
Proof. unfold genuine. replace (- a - delta) with (- (a + delta)) by ring. rewrite cdf_reflection. ring. Qed.
Lemma genuine_bounds delta a b : 0 <= delta -> 0 <= a -> 0 <= b ->
  least delta (a + b) <= genuine delta a b <= most delta (a + b).
Proof.
  intros H0 Ha Hb. rewrite genuine_sum /least /most !cdf_reflection.
  have P : cdf delta + cdf (a + b + delta) <= cdf (a + delta) + cdf (b + delta) <= 2 * cdf ((a + b) / 2 + delta).
  { set m := (a + b) / 2 + delta.
    destruct (Rle_lt_dec a b).
    - have K1 := cdf_pair m ((b - a) / 2) ((a + b) / 2) ltac:(lra) ltac:(lra) ltac:(unfold m; lra).
      have K2 := cdf_pair m 0 ((b - a) / 2) ltac:(lra) ltac:(lra) ltac:(unfold m; lra).
      replace (m - (a + b) / 2) with delta in K1 by (unfold m; field). replace (m + (a + b) / 2) with (a + b + delta) in K1 by (unfold m; field).
      replace (m - (b - a) / 2) with (a + delta) in K1, K2 by (unfold m; field). replace (m + (b - a) / 2) with (b + delta) in K1, K2 by (unfold m; field).
      replace (m - 0) with m in K2 by ring. replace (m + 0) with m in K2 by ring. lra.
    - have K1 := cdf_pair m ((a - b) / 2) ((a + b) / 2) ltac:(lra) ltac:(lra) ltac:(unfold m; lra).
      have K2 := cdf_pair m 0 ((a - b) / 2) ltac:(lra) ltac:(lra) ltac:(unfold m; lra).
      replace (m - (a + b) / 2) with delta in K1 by (unfold m; field). replace (m + (a + b) / 2) with (a + b + delta) in K1 by (unfold m; field).
      replace (m - (a - b) / 2) with (b + delta) in K1, K2 by (unfold m; field). replace (m + (a - b) / 2) with (a + delta) in K1, K2 by (unfold m; field).
      replace (m - 0) with m in K2 by ring. replace (m + 0) with m in K2 by ring. lra. }
  lra.
Qed.

(** claim: genuine-count
    paper: Appendix B, proof of Lemma 3, "the number of genuine points in the interval is between Phi(l/2 + Delta) - Phi(-(l/2 + Delta)) and Phi(l + Delta) - Phi(-Delta)"
    proves: part: for the masses of one component, in the limit of large m; not for the numbers of points at a given m, nor with other components' points
    seeded: <= most delta (a + b) ==> <= most delta (a + b / 2) *)
Theorem genuine_count delta a b : 0 < delta -> 0 <= a -> 0 <= b ->
  (least delta (a + b) <= genuine delta a b <= most delta (a + b)) /\
  genuine delta 0 b = least delta b /\ genuine delta b b = most delta (b + b).
Proof.
  intros H0 Ha Hb. split; [|split].
  - apply genuine_bounds; lra.
  - unfold genuine, least. do 3 f_equal. ring.
  - unfold genuine, most. replace ((b + b) / 2) with b by field. do 3 f_equal. ring.
Qed.

(** claim: eps-hat-chain-1
    paper: Appendix B, proof of Lemma 3, "m~ - m(Phi(l + Delta) - Phi(-Delta)) >= eps m >= m~ - m(Phi(l/2 + Delta) - Phi(-(l/2 + Delta)))"
    proves: part: for the masses of one component, in the limit of large m; not for the numbers of points at a given m, nor with other components' points
    seeded: count - m * most delta (a + b) <= eps * m ==> count - m * least delta (a + b) <= eps * m *)
Theorem eps_hat_chain_1 delta a b eps m count : 0 < delta -> 0 <= a -> 0 <= b -> 0 < m ->
  count = eps * m + genuine delta a b * m ->
  eps * m <= count - m * least delta (a + b) /\ count - m * most delta (a + b) <= eps * m.
Proof. intros H0 Ha Hb Hm ->. have := genuine_bounds delta a b ltac:(lra) Ha Hb. nra. Qed.

(** A hypothesis x from the mean passes the filter if its window holds the mass rho. *)
Definition passes delta eps x := central_mass delta <= window_mass delta x + eps.
Lemma passes_deficit delta eps x : passes delta eps x <-> mass_deficit delta (Rabs x) <= eps.
Proof.
  unfold passes, mass_deficit. unfold Rabs. destruct (Rcase_abs x); rewrite ?window_even; lra.
Qed.

(** claim: eps-hat-chain-2
    paper: Appendix B, proof of Lemma 3, "eps >= rho - f(l/2)"
    proves: whole claim
    seeded: window_mass delta ((a + b) / 2) <= eps ==> window_mass delta (a + b) <= eps *)
Theorem eps_hat_chain_2 delta eps a b : 0 < delta -> 0 <= a -> 0 <= b ->
  passes delta eps (- a) -> passes delta eps b ->
  central_mass delta - window_mass delta ((a + b) / 2) <= eps.
Proof.
  intros H0 Ha Hb Pa Pb. apply passes_deficit in Pa. apply passes_deficit in Pb.
  rewrite Rabs_Ropp Rabs_pos_eq // in Pa. rewrite Rabs_pos_eq // in Pb.
  change (mass_deficit delta ((a + b) / 2) <= eps).
  destruct (Rle_lt_dec a b).
  - have := deficit_mono delta H0 ((a + b) / 2) b. lra.
  - have := deficit_mono delta H0 ((a + b) / 2) a. lra.
Qed.

(** claim: eps-hat-chain-3
    paper: Appendix B, proof of Lemma 3, "=> l <= 2 f^-1(rho - eps)"
    proves: whole claim
    seeded: L <= 2 * filter_radius delta eps ==> L <= 3 / 2 * filter_radius delta eps *)
Theorem eps_hat_chain_3 delta eps L : 0 < delta -> 0 <= eps < central_mass delta -> 0 <= L ->
  central_mass delta - window_mass delta (L / 2) <= eps -> L <= 2 * filter_radius delta eps.
Proof. intros H0 He HL H. have := deficit_le_radius delta H0 (L / 2) eps ltac:(lra) He H. lra. Qed.

(** claim: eps-hat-chain-4
    paper: Appendix B, proof of Lemma 3, "eps <= eps^ = m~/m - (Phi(l + Delta) - Phi(-Delta))"
    proves: part: for the masses of one component, in the limit of large m; not for the numbers of points at a given m, nor with other components' points
    seeded: eps <= count / m - least delta (a + b) ==> eps <= count / m - most delta (a + b) *)
Theorem eps_hat_chain_4 delta a b eps m count : 0 < delta -> 0 <= a -> 0 <= b -> 0 < m ->
  count = eps * m + genuine delta a b * m -> eps <= count / m - least delta (a + b).
Proof.
  intros H0 Ha Hb Hm ->. have := genuine_bounds delta a b ltac:(lra) Ha Hb.
  have -> : (eps * m + genuine delta a b * m) / m = eps + genuine delta a b by field; lra. lra.
Qed.

Definition line_2 delta eps L := eps - (cdf (L + delta) - cdf (- delta)) + (cdf (L / 2 + delta) - cdf (- (L / 2 + delta))).
Definition line_3 delta eps L := eps - (cdf (L + delta) - cdf (L / 2 + delta)) - (cdf (- (L / 2 + delta)) - cdf (- delta)).
Definition line_4 delta eps L := eps - (cdf (L + delta) - cdf (L / 2 + delta)) + (cdf (L / 2 + delta) - cdf delta).
Definition line_5 delta eps L := eps + 1 / sqrt (2 * PI) * L * (exp (- delta ^ 2 / 2) - exp (- (L + delta) ^ 2 / 2)).
Definition line_5_halved delta eps L := eps + 1 / sqrt (8 * PI) * L * (exp (- delta ^ 2 / 2) - exp (- (L + delta) ^ 2 / 2)).
Definition line_6 delta eps L := eps + L / sqrt (8 * PI) * exp (- delta ^ 2 / 2).
Definition line_7 delta eps := eps + filter_radius delta eps * density delta.

(** claim: eps-hat-chain-5
    paper: Appendix B, proof of Lemma 3, "<= eps - (Phi(l + Delta) - Phi(-Delta)) + (Phi(l/2 + Delta) - Phi(-(l/2 + Delta)))"
    proves: part: for the masses of one component, in the limit of large m; not for the numbers of points at a given m, nor with other components' points
    seeded: <= line_2 delta eps (a + b) ==> <= line_2 delta eps (a + 2 * b) *)
Theorem eps_hat_chain_5 delta a b eps m count : 0 < delta -> 0 <= a -> 0 <= b -> 0 < m ->
  count = eps * m + genuine delta a b * m -> count / m - least delta (a + b) <= line_2 delta eps (a + b).
Proof.
  intros H0 Ha Hb Hm ->. have := genuine_bounds delta a b ltac:(lra) Ha Hb.
  have -> : (eps * m + genuine delta a b * m) / m = eps + genuine delta a b by field; lra.
  unfold line_2. fold (least delta (a + b)) (most delta (a + b)). lra.
Qed.

(** claim: eps-hat-chain-6
    paper: Appendix B, proof of Lemma 3, "= eps - (Phi(l + Delta) - Phi(l/2 + Delta)) - (Phi(-(l/2 + Delta)) - Phi(-Delta))"
    proves: whole claim
    seeded: line_2 delta eps L = line_3 delta eps L ==> line_2 delta eps L = line_3 delta eps (2 * L) *)
Theorem eps_hat_chain_6 delta eps L : line_2 delta eps L = line_3 delta eps L.
Proof. unfold line_2, line_3. ring. Qed.

(** claim: eps-hat-chain-7
    paper: Appendix B, proof of Lemma 3, "= eps - (Phi(l + Delta) - Phi(l/2 + Delta)) + (Phi(l/2 + Delta) - Phi(Delta))"
    proves: whole claim
    seeded: line_3 delta eps L = line_4 delta eps L ==> line_3 delta eps L = line_4 delta eps (2 * L) *)
Theorem eps_hat_chain_7 delta eps L : line_3 delta eps L = line_4 delta eps L.
Proof. unfold line_3, line_4. rewrite !cdf_reflection. ring. Qed.

Lemma root_8pi : sqrt (8 * PI) = 2 * sqrt (2 * PI).
Proof.
  have := PI_RGT_0. intros. replace (8 * PI) with (4 * (2 * PI)) by ring. rewrite sqrt_mult; try lra. f_equal.
  replace 4 with (2 * 2) by ring. rewrite sqrt_square; lra.
Qed.
Lemma line_5_density delta eps L : line_5 delta eps L = eps + L * (density delta - density (L + delta)).
Proof. unfold line_5, density. have := root_2pi_pos. intros. field. lra. Qed.
Lemma line_5_halved_density delta eps L : line_5_halved delta eps L = eps + L / 2 * (density delta - density (L + delta)).
Proof. unfold line_5_halved, density. rewrite root_8pi. have := root_2pi_pos. intros. field. lra. Qed.
Lemma line_6_density delta eps L : line_6 delta eps L = eps + L / 2 * density delta.
Proof. unfold line_6, density. rewrite root_8pi. have := root_2pi_pos. intros. field. lra. Qed.
Lemma line_4_below_half delta eps L : 0 < delta -> 0 <= L -> line_4 delta eps L <= line_5_halved delta eps L.
Proof.
  intros H0 HL. rewrite line_5_halved_density. unfold line_4.
  have A := cdf_step delta (L / 2 + delta) ltac:(lra) ltac:(lra). have B := cdf_step (L / 2 + delta) (L + delta) ltac:(lra) ltac:(lra).
  replace (L / 2 + delta - delta) with (L / 2) in A by ring. replace (L + delta - (L / 2 + delta)) with (L / 2) in B by field. lra.
Qed.

(** claim: eps-hat-chain-8
    paper: Appendix B, proof of Lemma 3, "<= eps + (1/sqrt(2 pi)) l (exp(-Delta^2/2) - exp(-(l + Delta)^2/2))"
    proves: whole claim; half of the second term is enough
    seeded: line_4 delta eps L <= line_5 delta eps L ==> line_4 delta eps L <= line_5 delta eps (L / 8) *)
Theorem eps_hat_chain_8 delta eps L : 0 < delta -> 0 <= L ->
  line_4 delta eps L <= line_5 delta eps L /\ line_4 delta eps L <= line_5_halved delta eps L.
Proof.
  intros H0 HL. have H := line_4_below_half delta eps L H0 HL. split => //. apply Rle_trans with (1 := H).
  rewrite line_5_halved_density line_5_density. have := density_antitone_le delta (L + delta) ltac:(lra) ltac:(lra). nra.
Qed.

(** claim: eps-hat-chain-9
    paper: Appendix B, proof of Lemma 3, "<= eps + l/sqrt(8 pi sigma^2) exp(-Delta^2/(2 sigma^2))", sigma = 1
    proves: printed refuted, exactly for the l named; repaired statement
    seeded: 2 * ln 2 ==> 3 * ln 2 *)
Theorem eps_hat_chain_9 delta eps L : 0 < delta -> 0 < L ->
  (line_6 delta eps L < line_5 delta eps L <-> sqrt (delta ^ 2 + 2 * ln 2) - delta < L) /\
  line_4 delta eps L <= line_5_halved delta eps L /\ line_5_halved delta eps L <= line_6 delta eps L /\
  (let witness := 1 in line_6 2 eps witness < line_5 2 eps witness).
Proof.
  intros H0 HL.
  have crit : forall delta L, 0 < delta -> 0 < L -> (line_6 delta eps L < line_5 delta eps L <-> sqrt (delta ^ 2 + 2 * ln 2) - delta < L).
  { intros D M HD HM. rewrite line_5_density line_6_density.
    have p := density_pos D. have l2 : 0 < ln 2 by rewrite -ln_1; apply ln_increasing; lra.
    have E : density (M + D) = density D * exp (- M * (D + M / 2)). { rewrite (Rplus_comm M) density_shift. by replace (- M * (D + M / 2)) with (- M * (D + M / 2)). }
    have S : sqrt (D ^ 2 + 2 * ln 2) * sqrt (D ^ 2 + 2 * ln 2) = D ^ 2 + 2 * ln 2 by apply sqrt_sqrt; nra.
    have S0 : 0 <= sqrt (D ^ 2 + 2 * ln 2) by apply sqrt_pos.
    have half : exp (- ln 2) = / 2 by rewrite exp_Ropp exp_ln; lra.
    rewrite E. set x := exp (- M * (D + M / 2)). split.
    - intros H. have x2 : x < / 2. { have : 0 < M * density D by nra. nra. }
      rewrite -half in x2. apply exp_lt_inv in x2. nra.
    - intros H. have x2 : x < / 2. { rewrite -half. apply exp_increasing. nra. }
      have : 0 < M * density D by nra. nra. }
  split. by apply crit. split. apply line_4_below_half; lra. split.
  - rewrite line_5_halved_density line_6_density. have := density_pos (L + delta). nra.
  - cbv zeta. apply crit; try lra. interval with (i_prec 60).
Qed.

(** claim: eps-hat-chain-10
    paper: Appendix B, proof of Lemma 3, "<= eps + f^-1(rho - eps) phi(Delta)"
    proves: whole claim
    seeded: line_6 delta eps L <= line_7 delta eps ==> 2 * line_6 delta eps L <= line_7 delta eps *)
Theorem eps_hat_chain_10 delta eps L : 0 < delta -> 0 <= eps < central_mass delta -> 0 <= L ->
  L <= 2 * filter_radius delta eps -> line_6 delta eps L <= line_7 delta eps.
Proof. intros H0 He HL H. rewrite line_6_density /line_7. have := density_pos delta. nra. Qed.

(** claim: lemma-3
    paper: Lemma 3, "eps <= eps~ <= eps + f^-1(rho - eps) phi(Delta)"
    proves: printed refuted (line 15 divides by all points, not by those of the phase); repaired statement, for an interval of points
    seeded: + filter_radius delta eps * density delta ==> + filter_radius delta eps * density delta / 3 *)
Theorem lemma_3 delta a b eps : 0 < delta -> 0 <= a -> 0 <= b -> 0 <= eps < central_mass delta ->
  passes delta eps (- a) -> passes delta eps b ->
  (forall m count, 0 < m -> count = eps * m + genuine delta a b * m ->
    eps <= count / m - least delta (a + b) <= eps + filter_radius delta eps * density delta) /\
  (forall m m2, 0 < m2 -> m2 <= m / 2 -> genuine delta 0 0 * m2 / m - least delta 0 < 0).
Proof.
  intros H0 Ha Hb He Pa Pb. split.
  - intros m count Hm Ec. split. by apply (eps_hat_chain_4 delta a b eps m count).
    apply Rle_trans with (1 := eps_hat_chain_5 delta a b eps m count H0 Ha Hb Hm Ec).
    rewrite eps_hat_chain_6 eps_hat_chain_7.
    apply Rle_trans with (1 := line_4_below_half delta eps (a + b) H0 ltac:(lra)).
    have L2 := eps_hat_chain_3 delta eps (a + b) H0 He ltac:(lra) (eps_hat_chain_2 delta eps a b H0 Ha Hb Pa Pb).
    apply Rle_trans with (line_6 delta eps (a + b)).
    + rewrite line_5_halved_density line_6_density. have := density_pos (a + b + delta). nra.
    + by apply (eps_hat_chain_10 delta eps (a + b) H0 He ltac:(lra)).
  - intros m m2 H2 Hm.
    have E : genuine delta 0 0 = least delta 0. { unfold genuine, least. do 3 f_equal. ring. }
    have P : 0 < least delta 0. { unfold least. have := cdf_increasing (- delta) (0 + delta). lra. }
    rewrite E. have -> : least delta 0 * m2 / m = least delta 0 * (m2 / m) by field; lra.
    have : m2 / m <= / 2. { apply (Rmult_le_reg_r m). lra. have -> : m2 / m * m = m2 by field; lra. lra. } nra.
Qed.
