(** Domains, prices and shares: statements about whole ranges of Delta, and about lists of masses. *)
From Coq Require Import Reals Lra Psatz Lia List ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Improper Window Loss FarSample.
From Claims Require Import Tools Radius Estimate.
Open Scope R_scope.

(** claim: algorithm-1-count
    paper: Algorithm 1, line 15, "eps~ <- m~/m - (Phi(l + Delta) - Phi(-Delta)) + delta"
    proves: printed refuted (m counts both phases, m~ one); repaired statement: divided by m_2 the estimate is the mass
    seeded: <= (eps + mass) / 2 ==> <= (eps + mass) / 3 *)
Theorem algorithm_1_count eps mass m1 m2 m_h : 0 <= eps -> 0 < mass -> 0 < m2 -> m1 = m2 -> 0 < m_h ->
  let m := m_h + m1 + m2 in let count := (eps + mass) * m2 in
  count / m2 = eps + mass /\ count / m <= (eps + mass) / 2 /\ (eps < mass -> count / m - mass < eps) /\ (eps = 0 -> count / m - mass < 0).
Proof.
  intros He Hm H2 H1 Hh m count. have m0 : 0 < m by unfold m; lra.
  have half : m2 / m <= / 2. { apply (Rmult_le_reg_r m) => //. have -> : m2 / m * m = m2 by field; lra. unfold m. lra. }
  have q : 0 < m2 / m by apply Rdiv_lt_0_compat.
  have E : count / m = (eps + mass) * (m2 / m) by unfold count; field; lra.
  rewrite E. split. unfold count; field; lra. split. nra. split; intros; nra.
Qed.

(** The level of which g is the quantile, and its extension beyond rho: the window covers everything. *)
Definition level delta eps x := (1 + eps + (cdf (x + delta) - cdf delta)) / 2.
Definition extended_level delta eps := (1 + eps + (1 - cdf delta)) / 2.

(** claim: algorithm-2-domain
    paper: Algorithm 2, line 4: g(eps~) for every eps~ that line 15 can output
    proves: printed refuted (below 0 and from rho on there is none); repaired statement
    seeded: <-> 0 <= eps < central_mass delta ==> <-> 0 <= eps < 2 * central_mass delta *)
Theorem algorithm_2_domain delta eps : 0 < delta ->
  ((exists x u, 0 <= x /\ window_mass delta x = central_mass delta - eps /\ cdf u = level delta eps x) <-> 0 <= eps < central_mass delta) /\
  extended_level delta (central_mass delta) = (1 + 1 - cdf (- delta)) / 2 /\
  (extended_level delta eps = 1 <-> eps = cdf delta) /\ central_mass delta < cdf delta.
Proof.
  intros Hd. have R := central_mass_cdf delta. have B := cdf_below_1 delta. split; [|split; [|split]].
  - split.
    + intros [x [u [Hx [Ex _]]]]. have := mass_deficit_nonneg delta Hd x Hx. have := mass_deficit_below delta x Hd. unfold mass_deficit. lra.
    + intros He. have [x0 dx] := filter_radius_spec delta Hd eps He. have [_ G] := shift_spec delta Hd eps He.
      exists (filter_radius delta eps), (median_shift delta eps). split => //. split. unfold mass_deficit in dx; lra.
      by rewrite G shift_mass_deficit dx.
  - unfold extended_level. rewrite cdf_reflection. lra.
  - unfold extended_level. split; lra.
  - lra.
Qed.

(** claim: bad-quality
    paper: Section V, "if the closest cluster is of bad quality, then it uses the client's sample as the final estimate"
    proves: printed refuted: the weight of the server's estimate never falls to 1/(1 + q^2) > 0, q the quantile of (1 + Phi(Delta))/2; the extension is in algorithm-2-domain
    seeded: 0 < 1 / (1 + q ^ 2) < 1 / (1 + median_shift delta eps ^ 2) ==> 1 / (1 + median_shift delta eps ^ 2) < 1 / (1 + q ^ 2) *)
Theorem bad_quality delta eps : 0 < delta -> 0 <= eps < central_mass delta ->
  let q := quantile ((1 + cdf delta) / 2) in 0 < 1 / (1 + q ^ 2) < 1 / (1 + median_shift delta eps ^ 2).
Proof.
  intros Hd He q. have [g0 G] := shift_spec delta Hd eps He. have B := cdf_below_1 delta. have A := cdf_above_0 delta.
  have Q : cdf q = (1 + cdf delta) / 2 by apply quantile_spec; lra.
  have gq : median_shift delta eps < q. { apply cdf_lt_inv. rewrite G Q. unfold shift_mass. rewrite cdf_reflection. have := cdf_below_1 (filter_radius delta eps - delta). lra. }
  have q2 : 0 < 1 + median_shift delta eps ^ 2 by nra. have q3 : 1 + median_shift delta eps ^ 2 < 1 + q ^ 2 by nra.
  split. apply Rdiv_lt_0_compat; lra. rewrite /Rdiv !Rmult_1_l. apply Rinv_lt_contravar => //. nra.
Qed.

(** The main text's price of one component, and C_0. *)
Definition price delta := central_mass delta - window_mass delta (3 * delta).
Definition C_0 delta := / price delta.
Lemma price_missing delta : 1 - price delta = 2 * cdf (- delta) + cdf (- (2 * delta)) - cdf (- (4 * delta)).
Proof.
  unfold price. rewrite central_mass_cdf. unfold window_mass. replace (3 * delta + delta) with (4 * delta) by ring. replace (3 * delta - delta) with (2 * delta) by ring.
  rewrite !cdf_reflection. ring.
Qed.
Lemma price_derive delta : is_derive price delta (2 * density delta + 2 * density (2 * delta) - 4 * density (4 * delta)).
Proof.
  apply (is_derive_ext (fun z => 2 * cdf z - 1 - (cdf (4 * z) - cdf (2 * z)))).
  { intros t. have := price_missing t. rewrite !cdf_reflection /=. lra. }
  have d1 := cdf_derive delta. have d2 := cdf_derive (2 * delta). have d4 := cdf_derive (4 * delta).
  auto_derive. repeat split; by eexists; eassumption.
  rewrite (is_derive_unique _ _ _ d1) (is_derive_unique _ _ _ d2) (is_derive_unique _ _ _ d4). ring.
Qed.
Lemma price_increases a b : 0 <= a -> a < b -> price a < price b.
Proof.
  intros Ha Hab. apply (increases price _ a b (fun z _ => price_derive z)); try lra. intros z Hz.
  have := density_antitone z (4 * z) ltac:(nra). have := density_antitone (2 * z) (4 * z) ltac:(nra). lra.
Qed.
Lemma price_bounds delta : 0 < delta -> 0 < price delta < 1 /\ 1 - 3 * cdf (- delta) < price delta.
Proof.
  intros Hd. have M := price_missing delta. have a := cdf_above_0 (- delta). have b := cdf_increasing (- (2 * delta)) (- delta) ltac:(lra).
  have c := cdf_increasing (- (4 * delta)) (- (2 * delta)) ltac:(lra). have d := cdf_above_0 (- (4 * delta)).
  have p := mass_deficit_increasing delta Hd 0 (3 * delta) ltac:(lra) ltac:(lra). rewrite mass_deficit_0 in p. unfold mass_deficit in p. fold (price delta) in p. lra.
Qed.
Lemma minus_infinity_limit : is_lim (fun x => cdf (- x)) p_infty 0.
Proof.
  apply (is_lim_ext (fun x => 1 - cdf x)). { intros x. by rewrite cdf_reflection. }
  replace (Finite 0) with (Finite (1 - 1)) by (f_equal; ring). apply (is_lim_minus' (fun _ => 1) cdf). apply is_lim_const. apply cdf_limit.
Qed.
Lemma price_limit : is_lim price p_infty 1.
Proof.
  apply (is_lim_le_le_loc (fun x => 1 - 3 * cdf (- x)) (fun _ => 1)).
  - exists 1 => x Hx. have := price_bounds x ltac:(lra). lra.
  - replace (Finite 1) with (Finite (1 - 3 * 0)) at 1 by (f_equal; ring). apply (is_lim_minus' (fun _ => 1) (fun x => 3 * cdf (- x))). apply is_lim_const.
    apply (is_lim_scal_l (fun x => cdf (- x)) 3 p_infty 0), minus_infinity_limit.
  - apply is_lim_const.
Qed.

(** claim: c0-limit
    paper: Theorem 2, "C_0 is a function of Delta which is close to 1 and tends to 1 as Delta -> infinity"
    proves: whole claim, for C_0 = 1/(rho - f(3 Delta))
    seeded: / (1 - 3 * cdf (- delta)) ==> / (1 - cdf (- delta)) *)
Theorem c0_limit :
  (forall delta, 1 / 2 < delta -> 1 < C_0 delta < / (1 - 3 * cdf (- delta))) /\
  (forall a b, 0 < a -> a < b -> C_0 b < C_0 a) /\ is_lim C_0 p_infty 1.
Proof.
  split; [|split].
  - intros delta H. have [p q] := price_bounds delta ltac:(lra). unfold C_0.
    have half : cdf (- delta) < 1 / 3.
    { apply Rle_lt_trans with (cdf (- (1 / 2))). apply cdf_monotone; lra. rewrite cdf_reflection. unfold cdf.
      have : 19 / 100 < RInt density 0 (1 / 2) by unfold density; integral with (i_prec 60). lra. }
    split. rewrite -{1}Rinv_1. apply Rinv_lt_contravar; lra. apply Rinv_lt_contravar; nra.
  - intros a b Ha Hab. have := price_increases a b ltac:(lra) Hab. have := price_bounds a Ha. have := price_bounds b ltac:(lra). intros. apply Rinv_lt_contravar; nra.
  - replace (Finite 1) with (Rbar_inv 1) by (simpl; f_equal; apply Rinv_1). apply is_lim_inv. apply price_limit. by intros [=]; lra.
Qed.

(** claim: collaboration-helps
    paper: Section III, "as long as the ratio of corrupted to uncorrupted clients (c/k) is less than 1/C_0(Delta)"
    proves: printed refuted, for every C_1 > 0; repaired statement: exactly up to (1 - C_1)/C_0
    seeded: kappa < (1 - C_1) / C_0 delta ==> kappa < (1 - C_1 / 2) / C_0 delta *)
Theorem collaboration_helps delta C_1 kappa : 0 < delta ->
  (C_0 delta * kappa + C_1 < 1 <-> kappa < (1 - C_1) / C_0 delta) /\
  (0 < C_1 -> exists k, k < 1 / C_0 delta /\ 1 <= C_0 delta * k + C_1).
Proof.
  intros Hd. have [p _] := price_bounds delta Hd. have c : 0 < C_0 delta by apply Rinv_0_lt_compat; lra.
  have E : forall v, C_0 delta * (v / C_0 delta) = v by intros; field; lra. split.
  - split; intros H.
    + apply (Rmult_lt_reg_l (C_0 delta)) => //. rewrite E. lra.
    + have := Rmult_lt_compat_l _ _ _ c H. rewrite E. lra.
  - intros H1. exists ((1 - C_1) / C_0 delta). split. apply (Rmult_lt_reg_l (C_0 delta)) => //. rewrite !E. lra. rewrite E. lra.
Qed.

(** claim: full-investment
    paper: Section V, "investing more than rho - f(3 Delta)"; Appendix B, "f^-1(rho - 3 Delta)"
    proves: printed refuted: the appendix' price does not exist, and destroying a cluster from both sides costs less than the main text's, for every Delta > 0
    seeded: mass_deficit delta a + mass_deficit delta (3 * delta - a) < mass_deficit delta (3 * delta) ==> mass_deficit delta a + mass_deficit delta (3 * delta) < mass_deficit delta (3 * delta) *)
Theorem full_investment delta : 0 < delta ->
  (~ exists x, window_mass delta x = central_mass delta - 3 * delta) /\
  (exists a, 0 < a < 3 * delta /\ mass_deficit delta a + mass_deficit delta (3 * delta - a) < mass_deficit delta (3 * delta)).
Proof.
  intros Hd. split.
  - intros [x Ex]. have f0 : 0 < window_mass delta x. { unfold window_mass. have := cdf_increasing (x - delta) (x + delta). lra. }
    have [_ u] := cdf_step 0 delta ltac:(lra) ltac:(lra). rewrite cdf_0 Rminus_0_r in u. rewrite central_mass_cdf in Ex.
    have : density 0 < 1 by unfold density; interval with (i_prec 60). nra.
  - set F' := fun a => steepness delta a - steepness delta (3 * delta - a).
    have D : forall a, is_derive (fun a => mass_deficit delta a + mass_deficit delta (3 * delta - a)) a (F' a).
    { intros a. have d1 := mass_deficit_derive delta a. have d2 := mass_deficit_derive delta (3 * delta - a). auto_derive. repeat split; by eexists; eassumption.
      rewrite (is_derive_unique _ _ _ d1) (is_derive_unique _ _ _ d2). unfold F'. ring. }
    have C : continuous F' 0. { apply: ex_derive_continuous. unfold F'. have d1 := steepness_derive delta 0. have d2 := steepness_derive delta (3 * delta - 0). auto_derive. repeat split; by eexists; eassumption. }
    have s := steepness_pos delta Hd (3 * delta - 0) ltac:(lra).
    have s0 : steepness delta 0 = 0. { unfold steepness. rewrite Rplus_0_l. replace (0 - delta) with (- delta) by ring. rewrite density_even. ring. }
    have neg : F' 0 < 0 by unfold F'; rewrite s0; lra.
    destruct (proj1 (filterlim_locally F' (F' 0)) C (mkposreal (- F' 0) ltac:(lra))) as [e He]. have e0 := cond_pos e.
    set a := Rmin (e / 2) delta. have a0 : 0 < a by apply Rmin_pos; lra. have a1 := Rmin_l (e / 2) delta. have a2 := Rmin_r (e / 2) delta. fold a in a1, a2.
    exists a. split. lra.
    have I := decreases _ _ 0 a (fun z _ => D z). have J := I _ 0 a ltac:(lra) a0 ltac:(lra). cbv beta in J. rewrite mass_deficit_0 Rplus_0_l Rminus_0_r in J. apply J.
    intros z Hz. have := He z. rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /=. intros K.
    have K' := K ltac:(rewrite Rabs_pos_eq; lra). apply Rabs_lt_between in K'. lra.
Qed.

Definition sum (es : list R) := fold_right Rplus 0 es.
Lemma sum_repeat e n : sum (repeat e n) = INR n * e.
Proof. induction n. simpl. ring. rewrite S_INR /= /sum /= in IHn |- *. rewrite IHn. ring. Qed.

(** claim: both-kinds
    paper: Appendix B, "When c/k > eps_cr, we will have eps_i <= eps_cr for some i and eps_i > eps_cr for some other i"
    proves: printed refuted: the even split has none of the first kind; repaired statement
    seeded: exists e, In e es /\ c / INR (length es) <= e ==> exists e, In e es /\ 2 * c / INR (length es) <= e *)
Theorem both_kinds e_cr :
  (forall es c, es <> nil -> sum es = c -> exists e, In e es /\ c / INR (length es) <= e) /\
  (forall es c, es <> nil -> sum es = c -> e_cr < c / INR (length es) -> exists e, In e es /\ e_cr < e) /\
  (forall c k, (1 <= k)%nat -> e_cr < c / INR k -> let es := repeat (c / INR k) k in sum es = c /\ length es = k /\ forall e, In e es -> ~ e <= e_cr).
Proof.
  have big : forall es c, es <> nil -> sum es = c -> exists e, In e es /\ c / INR (length es) <= e.
  { intros es c Hn <-. 
    have below : forall b xs, (forall e, In e xs -> e < b) -> xs <> nil -> sum xs < INR (length xs) * b.
    { intros b. induction xs as [|x xs IH] => // H _. rewrite [length _]/= S_INR. change (sum (x :: xs)) with (x + sum xs).
      have hx := H x (or_introl eq_refl). destruct xs as [|y ys]. simpl; lra.
      have := IH (fun e He => H e (or_intror He)) ltac:(done). lra. }
    have n0 : 0 < INR (length es). { destruct es => //. apply lt_0_INR. simpl. lia. }
    destruct (Exists_dec (fun e => sum es / INR (length es) <= e) es (fun e => Rle_dec _ e)) as [H|H].
    - by apply Exists_exists in H.
    - exfalso. have K := below (sum es / INR (length es)) es _ Hn.
      have : sum es < INR (length es) * (sum es / INR (length es)); [apply K|].
      { intros e He. apply Rnot_le_lt => L. apply H. apply Exists_exists. by exists e. }
      have -> : INR (length es) * (sum es / INR (length es)) = sum es by field; lra. lra. }
  split => //. split.
  - intros es c Hn Hs H. destruct (big es c Hn Hs) as [e [He L]]. exists e. split => //. lra.
  - intros c k Hk H es. have k0 : 0 < INR k by apply lt_0_INR; lia. split; [|split].
    + unfold es. rewrite sum_repeat. field. lra.
    + apply repeat_length.
    + intros e He. apply repeat_spec in He. rewrite He. lra.
Qed.

(** claim: corrupted-outnumber
    paper: Section I, "even when the corrupted clients constitute a small fraction of the total number of clients, they can be more numerous than one of the components of the mixture"
    proves: whole claim: exactly where c > 1, and then the fraction may be as small as one likes
    seeded: m < c * m <-> 1 < c ==> m < c * m <-> 2 < c *)
Theorem corrupted_outnumber c m : 0 < m -> 0 < c ->
  (m < c * m <-> 1 < c) /\ (forall share, 0 < share -> exists k, 0 < k /\ c / (k + c) < share).
Proof.
  intros Hm Hc. split. split; intros; nra.
  intros s Hs. exists (c / s). have q : 0 < c / s by apply Rdiv_lt_0_compat. split => //.
  apply (Rmult_lt_reg_r (c / s + c)). lra. have -> : c / (c / s + c) * (c / s + c) = c by field; repeat split; nra.
  have : s * (c / s) = c by field; lra. nra.
Qed.

(** claim: excess-investment
    paper: Section V, "investing more than rho - f(3 Delta) points in any one component does not make sense for the adversary"
    proves: part: at eps = rho - f(3 Delta) the estimate eps-hat is beyond Phi(Delta), where the bound is 1, for every Delta >= 1; not that Algorithms 1 and 2 lose more
    seeded: cdf delta < mass_estimate delta (price delta) ==> 1 < cdf delta * mass_estimate delta (price delta) *)
Theorem excess_investment delta : 1 <= delta ->
  filter_radius delta (price delta) = 3 * delta /\ cdf delta < mass_estimate delta (price delta) /\ central_mass delta < cdf delta.
Proof.
  intros H. have E : filter_radius delta (price delta) = 3 * delta by apply (filter_radius_of_deficit delta ltac:(lra) (3 * delta)); lra.
  split => //. have P := price_missing delta. have m := mills delta ltac:(lra).
  have a := cdf_increasing (- (2 * delta)) (- delta) ltac:(lra). have d := cdf_above_0 (- (4 * delta)). have R := cdf_reflection delta. have b := cdf_below_1 delta.
  split. 2: rewrite central_mass_cdf; lra.
  unfold mass_estimate. rewrite E. have p := density_pos delta. have : 1 - cdf delta <= delta * (1 - cdf delta) by nra.
  have : density delta <= delta * density delta by nra. lra.
Qed.
