(** Lemma 2: the median of a truncated and corrupted normal sample; the filter's radius. *)
From Coq Require Import Reals Lra Psatz Lia List ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Improper Window Loss.
From Claims Require Import Tools Radius Estimate.
Open Scope R_scope.

(** claim: f-inverse
    paper: Section V, "l(eps) := f^-1(rho - eps)", with no domain printed
    proves: printed refuted (f is even); repaired statement
    seeded: 0 < p <= central_mass delta ==> 0 < p <= 2 * central_mass delta *)
Theorem f_inverse delta : 0 < delta ->
  (window_mass delta (-1) = window_mass delta 1) /\
  (forall x y, 0 <= x -> x < y -> window_mass delta y < window_mass delta x) /\
  (forall p, 0 < p <= central_mass delta -> exists x, 0 <= x /\ window_mass delta x = p /\
    forall y, 0 <= y -> window_mass delta y = p -> y = x) /\
  (forall eps, (exists x, 0 <= x /\ window_mass delta x = central_mass delta - eps) <-> 0 <= eps < central_mass delta) /\
  (forall eps, 0 <= eps < central_mass delta -> 0 <= filter_radius delta eps /\
    window_mass delta (filter_radius delta eps) = central_mass delta - eps).
Proof.
  intros H0. split; [|split; [|split; [|split]]].
  - apply window_even.
  - intros x y Hx Hxy. have := mass_deficit_increasing delta H0 x y Hx Hxy. unfold mass_deficit. lra.
  - intros p Hp. destruct (mass_deficit_onto delta H0 (central_mass delta - p)) as [x [Hx Ex]]. lra.
    exists x. split => //. split. unfold mass_deficit in Ex; lra.
    intros y Hy Ey. apply (mass_deficit_injective delta H0) => //. unfold mass_deficit in *; lra.
  - intros eps. split.
    + intros [x [Hx Ex]]. have := mass_deficit_nonneg delta H0 x Hx. have := mass_deficit_below delta x H0. unfold mass_deficit. lra.
    + intros He. destruct (mass_deficit_onto delta H0 eps He) as [x [Hx Ex]]. exists x. split => //. unfold mass_deficit in Ex; lra.
  - intros eps He. have [a b] := filter_radius_spec delta H0 eps He. split => //. unfold mass_deficit in b; lra.
Qed.

(** claim: filter-radius
    paper: Appendix B, proof of Lemma 2, "the furthest point from the mean that can get filtered in is f^-1(rho - eps) units away"
    proves: printed refuted (a second component anywhere lets in more, at eps = 0); part: for one component alone the radius is exact
    seeded: passes delta eps x <-> Rabs x <= filter_radius delta eps ==> passes delta eps x <-> Rabs x <= 2 * filter_radius delta eps *)
Theorem filter_radius_claim delta : 0 < delta ->
  (forall eps x, 0 <= eps < central_mass delta ->
    (passes delta eps x <-> Rabs x <= filter_radius delta eps)) /\
  (forall D, exists x, filter_radius delta 0 < x /\ central_mass delta <= window_mass delta x + window_mass delta (D - x)).
Proof.
  intros H0. split.
  - intros eps x He. rewrite passes_deficit. have [a b] := filter_radius_spec delta H0 eps He. split.
    + intros H. apply deficit_le_radius => //. apply Rabs_pos.
    + intros H. rewrite -b. apply deficit_mono => //. apply Rabs_pos.
  - intros D. rewrite radius_0 //.
    set F := fun x => window_mass delta x + window_mass delta (D - x).
    have C : continuous F 0.
    { apply: ex_derive_continuous. unfold F, window_mass. auto_derive. repeat split; eexists; apply cdf_derive. }
    have P : 0 < window_mass delta (D - 0). { unfold window_mass. have := cdf_increasing (D - 0 - delta) (D - 0 + delta). lra. }
    destruct (proj1 (filterlim_locally F (F 0)) C (mkposreal _ P)) as [e He].
    exists (e / 2). have e0 := cond_pos e. split. lra.
    have := He (e / 2). rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /=.
    intros K. have K' := K ltac:(rewrite Rabs_pos_eq; lra). apply Rabs_lt_between in K'. unfold F, central_mass in *. lra.
Qed.

(** claim: cluster-interval
    paper: Appendix B, proof of Lemma 3, "the length of the interval over which we are taking the median be l + 2 Delta"
    proves: part: where eps < rho - f(2 Delta) every point that passes is less than 2 Delta from the mean, so its window meets the mean's
    seeded: Rabs x < 2 * delta ==> Rabs x < delta *)
Theorem cluster_interval delta eps x : 0 < delta -> 0 <= eps < mass_deficit delta (2 * delta) ->
  passes delta eps x -> Rabs x < 2 * delta.
Proof.
  intros H0 He H. have B := mass_deficit_below delta (2 * delta) H0.
  apply passes_deficit in H. apply Rnot_le_lt => K.
  have := deficit_mono delta H0 (2 * delta) (Rabs x) ltac:(lra) K. lra.
Qed.

(** Medians: half of the mass, genuine between -a - delta and b + delta and eps to the right of t, lies left of t. *)
Definition median_level delta a b eps := (cdf (b + delta) + cdf (- a - delta) + eps) / 2.

(** claim: worst-truncation
    paper: Appendix B, proof of Lemma 2, "the worst truncation interval is (-Delta, f^-1(rho - eps) + Delta)"
    proves: whole claim, among intervals
    seeded: t <= median_shift delta eps ==> t <= median_shift delta (eps / 2) *)
Theorem worst_truncation delta eps a b t : 0 < delta -> 0 <= eps < central_mass delta ->
  0 <= a <= filter_radius delta eps -> 0 <= b <= filter_radius delta eps ->
  cdf t - cdf (- a - delta) = (genuine delta a b + eps) / 2 ->
  t <= median_shift delta eps /\
  cdf (median_shift delta eps) - cdf (- 0 - delta) = (genuine delta 0 (filter_radius delta eps) + eps) / 2.
Proof.
  intros H0 He Ha Hb Et. have [_ G] := shift_spec delta H0 eps He. have [_ dl] := filter_radius_spec delta H0 eps He.
  rewrite (shift_mass_deficit delta) dl in G. rewrite Ropp_0. replace (0 - delta) with (- delta) by ring.
  have R : cdf (- delta) = 1 - cdf delta by apply cdf_reflection.
  split.
  - apply cdf_le_inv. rewrite G. unfold genuine in Et.
    have := cdf_monotone (b + delta) (filter_radius delta eps + delta). have := cdf_monotone (- a - delta) (- delta). lra.
  - rewrite G. unfold genuine. rewrite Ropp_0. replace (0 - delta) with (- delta) by ring. lra.
Qed.

(** claim: lemma-2
    paper: Lemma 2, "E[(mu_i - mu~_i)^2] <= g(eps_i)^2"
    proves: printed refuted, for masses in the limit of large m (eps = 0 with a second component to the right); part: the bound in the limit, for one component and an interval
    seeded: t ^ 2 <= median_shift delta eps ^ 2 ==> t ^ 2 <= median_shift delta (eps / 2) ^ 2 *)
Theorem lemma_2 delta eps a b left t : 0 < delta -> 0 <= eps < central_mass delta ->
  0 <= a <= filter_radius delta eps -> 0 <= b <= filter_radius delta eps -> 0 <= left <= eps ->
  cdf t - cdf (- a - delta) + left = (genuine delta a b + eps) / 2 ->
  t ^ 2 <= median_shift delta eps ^ 2 /\
  (forall D s, 0 < D -> median_shift delta 0 = 0 /\
    ((cdf s - cdf (- delta)) + (cdf (s - D) - cdf (- delta - D)) = (genuine delta 0 0 + (cdf (delta - D) - cdf (- delta - D))) / 2 -> 0 < s)).
Proof.
  intros H0 He Ha Hb Hl Et. have [g0 G] := shift_spec delta H0 eps He. have [_ dl] := filter_radius_spec delta H0 eps He.
  rewrite (shift_mass_deficit delta) dl in G.
  have R : cdf (- delta) = 1 - cdf delta by apply cdf_reflection.
  have R2 : cdf (- filter_radius delta eps - delta) = 1 - cdf (filter_radius delta eps + delta).
  { rewrite -cdf_reflection. f_equal. ring. }
  split.
  - unfold genuine in Et.
    have b1 := cdf_monotone (b + delta) (filter_radius delta eps + delta) ltac:(lra). have a1 := cdf_monotone (- a - delta) (- delta) ltac:(lra).
    have b2 := cdf_monotone delta (b + delta) ltac:(lra). have a2 := cdf_monotone (- filter_radius delta eps - delta) (- a - delta) ltac:(lra).
    have up : t <= median_shift delta eps by apply cdf_le_inv; rewrite G; lra.
    have lo : - median_shift delta eps <= t by apply cdf_le_inv; rewrite cdf_reflection G; lra.
    nra.
  - intros D s HD.
    have [_ G0] := shift_spec delta H0 0 ltac:(have := rho_pos delta H0; lra). rewrite radius_0 // in G0.
    unfold shift_mass in G0. replace (0 - delta) with (- delta) in G0 by ring.
    split. { apply cdf_injective. rewrite G0 cdf_0. lra. }
    intros Es. apply cdf_lt_inv. rewrite cdf_0. apply Rnot_le_lt => K.
    have s0 : s <= 0 by apply cdf_le_inv; rewrite cdf_0.
    (* the neighbour puts more into (0, delta) than into (-delta, 0) *)
    have grow : cdf (s - D) <= cdf (0 - D) by apply cdf_monotone; lra.
    have more : cdf (0 - D) - cdf (- delta - D) < cdf (delta - D) - cdf (0 - D).
    { (* slope: density (z - D) > density (- z - D) on (0, delta) *)
      have Dv : forall z, is_derive (fun z => cdf (z - D) + cdf (- z - D)) z (density (z - D) - density (- z - D)).
      { intros z. have d1 := cdf_derive (z - D). have d2 := cdf_derive (- z - D). auto_derive.
        - repeat split; eexists; eassumption.
        - rewrite (is_derive_unique _ _ _ d1) (is_derive_unique _ _ _ d2). ring. }
      have := increases _ _ 0 delta (fun z _ => Dv z).
      intros K2. have K3 := K2 ltac:(intros z Hz; have := density_antitone (z - D) (- z - D) ltac:(nra); lra) 0 delta ltac:(lra) H0 ltac:(lra).
      cbv beta in K3. rewrite Ropp_0 in K3. lra. }
    have Rg : genuine delta 0 0 = 2 * cdf delta - 1. { rewrite genuine_sum. rewrite !Rplus_0_l. ring. }
    rewrite Rg R in Es. lra.
Qed.

(** claim: percentile-chain-1
    paper: Appendix B, proof of Lemma 2, "sigma Phi^-1(Phi(-Delta/sigma) + (1/2 + eps/(2 alpha)) alpha)"
    proves: whole claim
    seeded: (1 / 2 + eps / (2 * alpha)) * alpha) in ==> (1 / 2 + eps / alpha) * alpha) in *)
Theorem percentile_chain_1 delta sigma b eps : 0 < delta -> 0 < sigma -> 0 <= b ->
  let alpha := cdf ((b + delta) / sigma) - cdf (- delta / sigma) in 0 <= eps < alpha ->
  let t := sigma * quantile (cdf (- delta / sigma) + (1 / 2 + eps / (2 * alpha)) * alpha) in
  (cdf (t / sigma) - cdf (- delta / sigma)) / alpha = 1 / 2 + eps / (2 * alpha) /\
  forall s, (cdf (s / sigma) - cdf (- delta / sigma)) / alpha = 1 / 2 + eps / (2 * alpha) -> s = t.
Proof.
  intros H0 Hs Hb alpha He t. have a0 : 0 < alpha by lra.
  have E : (1 / 2 + eps / (2 * alpha)) * alpha = alpha / 2 + eps / 2 by field; lra.
  have lo := cdf_above_0 (- delta / sigma). have hi := cdf_below_1 ((b + delta) / sigma).
  have ts : t / sigma = quantile (cdf (- delta / sigma) + (1 / 2 + eps / (2 * alpha)) * alpha) by unfold t; field; lra.
  split.
  - rewrite ts quantile_spec. field; lra. rewrite E. unfold alpha in *. lra.
  - intros s Hsq. have Ec : cdf (s / sigma) = cdf (- delta / sigma) + (1 / 2 + eps / (2 * alpha)) * alpha.
    { have := f_equal (fun z => z * alpha) Hsq. cbv beta. unfold Rdiv at 1. rewrite Rmult_assoc Rinv_l; lra. }
    have : s / sigma = t / sigma. { rewrite ts -Ec quantile_of_cdf //. }
    intros K. have -> : s = s / sigma * sigma by field; lra. rewrite K. field. lra.
Qed.

(** claim: percentile-chain-2
    paper: Appendix B, proof of Lemma 2, "<= sigma Phi^-1(Phi(-Delta/sigma) + eps/2 + (Phi((f^-1(rho - eps) + Delta)/sigma) - Phi(-Delta/sigma))/2)"
    proves: whole claim
    seeded: <= sigma * quantile (cdf (- delta / sigma) + eps / 2 + ==> <= sigma * quantile (cdf (- delta / sigma) + eps / 4 + *)
Theorem percentile_chain_2 delta sigma b eps : 0 < delta -> 0 < sigma -> 0 <= b <= filter_radius delta eps ->
  let alpha := cdf ((b + delta) / sigma) - cdf (- delta / sigma) in 0 <= eps < alpha ->
  sigma * quantile (cdf (- delta / sigma) + (1 / 2 + eps / (2 * alpha)) * alpha)
  <= sigma * quantile (cdf (- delta / sigma) + eps / 2 +
    1 / 2 * (cdf ((filter_radius delta eps + delta) / sigma) - cdf (- delta / sigma))).
Proof.
  intros H0 Hs Hb alpha He. have a0 : 0 < alpha by lra.
  have E : (1 / 2 + eps / (2 * alpha)) * alpha = alpha / 2 + eps / 2 by field; lra.
  have lo := cdf_above_0 (- delta / sigma). have hi := cdf_below_1 ((filter_radius delta eps + delta) / sigma).
  have s0 : 0 < / sigma by apply Rinv_0_lt_compat.
  have m : cdf ((b + delta) / sigma) <= cdf ((filter_radius delta eps + delta) / sigma).
  { apply cdf_monotone. unfold Rdiv. apply Rmult_le_compat_r; lra. }
  apply Rmult_le_compat_l. lra. rewrite E. unfold alpha in *. apply quantile_le; lra.
Qed.

(** claim: percentile-chain-3
    paper: Appendix B, proof of Lemma 2, "= sigma Phi^-1(1/2 + eps/2 + (Phi((f^-1(rho - eps) + Delta)/sigma) - Phi(Delta/sigma))/2)"
    proves: whole claim
    seeded: median_shift delta eps = quantile (1 / 2 + eps / 2 ==> median_shift delta eps = quantile (1 / 2 + eps / 3 *)
Theorem percentile_chain_3 delta sigma eps : 0 < sigma ->
  let l := filter_radius delta eps in
  sigma * quantile (cdf (- delta / sigma) + eps / 2 + 1 / 2 * (cdf ((l + delta) / sigma) - cdf (- delta / sigma)))
  = sigma * quantile (1 / 2 + eps / 2 + 1 / 2 * (cdf ((l + delta) / sigma) - cdf (delta / sigma))) /\
  median_shift delta eps = quantile (1 / 2 + eps / 2 + 1 / 2 * (cdf ((l + delta) / 1) - cdf (delta / 1))).
Proof.
  intros Hs l. split.
  - do 2 f_equal. replace (- delta / sigma) with (- (delta / sigma)) by (field; lra). rewrite cdf_reflection. field.
  - unfold median_shift, quantile, l.
    by have -> : 1 / 2 + eps / 2 + 1 / 2 * (cdf ((filter_radius delta eps + delta) / 1) - cdf (delta / 1)) =
      (1 + eps + (cdf (filter_radius delta eps + delta) - cdf delta)) / 2 by rewrite !Rdiv_1; field.
Qed.

(** claim: contamination-median
    paper: Section V, "outputting the median is results in an MSE of Phi^-1((1 + eps)/2)^2"
    proves: whole claim, in the limit, for eps relative to the genuine mass
    seeded: t ^ 2 <= quantile ((1 + eps) / 2) ^ 2 ==> t ^ 2 <= quantile ((1 + eps / 2) / 2) ^ 2 *)
Theorem contamination_median eps left t : 0 <= eps < 1 -> 0 <= left <= eps ->
  cdf t + left = (1 + eps) / 2 ->
  t ^ 2 <= quantile ((1 + eps) / 2) ^ 2 /\ cdf (quantile ((1 + eps) / 2)) + 0 = (1 + eps) / 2.
Proof.
  intros He Hl Et. have Q := quantile_spec ((1 + eps) / 2) ltac:(lra). split. 2: lra.
  have up : t <= quantile ((1 + eps) / 2) by apply cdf_le_inv; rewrite Q; lra.
  have lo : - quantile ((1 + eps) / 2) <= t by apply cdf_le_inv; rewrite cdf_reflection Q; lra.
  nra.
Qed.

(** Counting: the points of a list below, and above, a number. *)
Definition below (x : R) (points : list R) := length (filter (fun y => match Rlt_dec y x with left _ => true | right _ => false end) points).
Definition above (x : R) (points : list R) := length (filter (fun y => match Rlt_dec x y with left _ => true | right _ => false end) points).
Definition median_of (m : R) (points : list R) :=
  INR (below m points) <= INR (length points) / 2 /\ INR (above m points) <= INR (length points) / 2.

Lemma below_app x p q : below x (p ++ q) = (below x p + below x q)%nat.
Proof. unfold below. rewrite filter_app app_length //. Qed.
Lemma above_app x p q : above x (p ++ q) = (above x p + above x q)%nat.
Proof. unfold above. rewrite filter_app app_length //. Qed.
Lemma below_mono x y p : x <= y -> (below x p <= below y p)%nat.
Proof.
  intros H. unfold below. induction p => //=. destruct (Rlt_dec a x); destruct (Rlt_dec a y); simpl; try lia; lra.
Qed.
Lemma above_mono x y p : x <= y -> (above y p <= above x p)%nat.
Proof.
  intros H. unfold above. induction p => //=. destruct (Rlt_dec y a); destruct (Rlt_dec x a); simpl; try lia; lra.
Qed.

(** claim: median-quantiles
    paper: Appendix B, proof of Lemma 2, "the median is bounded between the (1/2 - eps/(2 alpha))-th and (1/2 + eps/(2 alpha))-th percentile of the genuine points"
    proves: whole claim: no number up to the median has more than (1/2 + E/2N)N genuine points below it, none from it on more than that above it
    seeded: (1 / 2 + E / (2 * N)) * N ==> (1 / 2 + E / (3 * N)) * N *)
Theorem median_quantiles genuine_points adversarial m :
  let N := INR (length genuine_points) in let E := INR (length adversarial) in
  E < N -> median_of m (genuine_points ++ adversarial) ->
  (forall t, t <= m -> INR (below t genuine_points) <= (1 / 2 + E / (2 * N)) * N) /\
  (forall t, m <= t -> INR (above t genuine_points) <= (1 - (1 / 2 - E / (2 * N))) * N).
Proof.
  intros N E H [B A]. have E0 : 0 <= E by apply pos_INR.
  have V : (1 / 2 + E / (2 * N)) * N = (N + E) / 2 by field; lra.
  have V2 : (1 - (1 / 2 - E / (2 * N))) * N = (N + E) / 2 by field; lra.
  rewrite app_length plus_INR -/N -/E in A, B. rewrite V V2. split; intros t Ht.
  - have := le_INR _ _ (below_mono t m genuine_points Ht). rewrite below_app plus_INR in B. have := pos_INR (below m adversarial). lra.
  - have := le_INR _ _ (above_mono m t genuine_points Ht). rewrite above_app plus_INR in A. have := pos_INR (above m adversarial). lra.
Qed.
