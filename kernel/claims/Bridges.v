(** Adversarial mass that bridges two components: hypotheses that the filter lets in, each less than 3 Delta from
    the next, from one mean to the other, so that both stand in one cluster that is longer than 3 Delta. *)
From Coq Require Import Reals Lra Psatz List ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Improper Window Loss FarSample.
From Claims Require Import Tools Radius Domain FirstTurn SmallMass SmallConstants PowerBound Spacing.
Open Scope R_scope.

(** Adversarial points: places and masses; what of them lies within Delta of x. *)
Fixpoint held (delta : R) (atoms : list (R * R)) (x : R) : R :=
  match atoms with nil => 0 | (place, mass) :: rest =>
    match Rlt_dec (Rabs (x - place)) delta with left _ => mass | right _ => 0 end + held delta rest x end.
Definition spent (atoms : list (R * R)) : R := fold_right (fun atom rest => snd atom + rest) 0 atoms.
(** A hypothesis passes the filter if its window holds the mass rho, genuine and adversarial. *)
Definition allowed delta means atoms x : Prop := central_mass delta <= pieces (x - delta) (x + delta) means + held delta atoms x.
(** Hypotheses that make one cluster: each less than 3 Delta from the next. *)
Fixpoint linked (delta x : R) (rest : list R) : Prop :=
  match rest with nil => True | y :: rest' => Rabs (y - x) < 3 * delta /\ linked delta y rest' end.
Definition nonneg (atoms : list (R * R)) : Prop := forall a, In a atoms -> 0 <= snd a.

Lemma held_nonneg delta atoms x : nonneg atoms -> 0 <= held delta atoms x.
Proof.
  elim: atoms => [|[place mass] atoms IH] H /=; [lra|]. have := IH (fun a Ha => H a (or_intror Ha)).
  have := H (place, mass) (or_introl eq_refl). simpl. destruct (Rlt_dec _ _); lra.
Qed.
Lemma held_at_least delta atoms x place mass : nonneg atoms -> In (place, mass) atoms -> Rabs (x - place) < delta -> mass <= held delta atoms x.
Proof.
  elim: atoms => [|[p m] atoms IH] H //= [E|E] near.
  - case: E => -> ->. have := held_nonneg delta atoms x (fun a Ha => H a (or_intror Ha)). destruct (Rlt_dec _ _); lra.
  - have := IH (fun a Ha => H a (or_intror Ha)) E near. have := H (p, m) (or_introl eq_refl). simpl. destruct (Rlt_dec _ _); lra.
Qed.
Lemma pieces_at_least delta means x m : 0 < delta -> In m means -> window_mass delta (x - m) <= pieces (x - delta) (x + delta) means.
Proof.
  intros dp. elim: means => [|n means IH] //= [<-|E]; rewrite pieces_cons.
  - have := pieces_nonneg (x - delta) (x + delta) means ltac:(lra). rewrite piece_window. lra.
  - have := IH E. have := cdf_monotone (x - delta - n) (x + delta - n) ltac:(lra). unfold piece. lra.
Qed.
Lemma allowed_at_mean delta means atoms x : 0 < delta -> nonneg atoms -> In x means -> allowed delta means atoms x.
Proof.
  intros dp H Hx. have := pieces_at_least delta means x x dp Hx. have := held_nonneg delta atoms x H.
  unfold allowed, central_mass. replace (x - x) with 0 by ring. lra.
Qed.
Lemma allowed_by_atom delta means atoms x place mass : 0 < delta -> nonneg atoms -> In (place, mass) atoms -> Rabs (x - place) < delta ->
  central_mass delta <= mass -> allowed delta means atoms x.
Proof.
  intros dp H Ha near K. have := held_at_least delta atoms x place mass H Ha near.
  have := pieces_nonneg (x - delta) (x + delta) means ltac:(lra). unfold allowed. lra.
Qed.
Lemma allowed_by_both delta means atoms x m place mass : 0 < delta -> nonneg atoms -> In m means -> In (place, mass) atoms ->
  Rabs (x - place) < delta -> central_mass delta <= window_mass delta (x - m) + mass -> allowed delta means atoms x.
Proof.
  intros dp H Hm Ha near K. have := held_at_least delta atoms x place mass H Ha near. have := pieces_at_least delta means x m dp Hm.
  unfold allowed. lra.
Qed.
Ltac listed := simpl; intuition.
Ltac masses := intros a Ha; simpl in Ha; repeat (destruct Ha as [<-|Ha]; [simpl; lra|]); done.

Lemma rho_2 : 9544 / 10000 <= central_mass 2 <= 9546 / 10000.
Proof.
  rewrite central_mass_cdf. unfold cdf. have : 47721 / 100000 <= RInt density 0 2 <= 47729 / 100000 by unfold density; integral with (i_prec 40). lra.
Qed.
Lemma below_rho_4 : central_mass 4 <= 99995 / 100000.
Proof.
  rewrite central_mass_cdf. unfold cdf. have : RInt density 0 4 <= 499975 / 1000000 by unfold density; integral with (i_prec 40). lra.
Qed.
Lemma window_as_pair delta x : window_mass delta x = cdf (delta + x) + cdf (delta - x) - 1.
Proof. unfold window_mass. replace (x - delta) with (- (delta - x)) by ring. rewrite cdf_reflection (Rplus_comm x). ring. Qed.

(** The chain of hypotheses at Delta = 2, means 0 and 18; without the blob half-way, nothing passes between. *)
Definition means_2 := 0 :: 18 :: nil.
Definition small_2 := (105 / 100, 13 / 100) :: (1695 / 100, 13 / 100) :: nil.
Definition blob_2 := (9, 955 / 1000) :: small_2.

(** claim: separation
    paper: Section V and Lemma 1, with D >= 9 Delta each adversarial point "contributes to the median of at most one component or helps to destroy at most one"
    proves: printed refuted, for masses, at Delta = 2 and D = 9 Delta: with one blob half-way both components stand in one cluster longer than 3 Delta, without it nothing passes between 29/10 and 151/10; part: windows of points 3 Delta apart are disjoint; not the repair at 14 Delta
    seeded: linked 2 0 (105 / 100 :: 704 / 100 :: ==> linked 2 0 (105 / 100 :: 706 / 100 :: *)
Theorem separation :
  (let chain := 105 / 100 :: 704 / 100 :: 1096 / 100 :: 1695 / 100 :: 18 :: nil in
   linked 2 0 (105 / 100 :: 704 / 100 :: 1096 / 100 :: 1695 / 100 :: 18 :: nil) /\ 3 * 2 < 18 - 0 /\
   forall x, In x (0 :: chain) -> allowed 2 means_2 blob_2 x) /\
  (forall x, 29 / 10 <= x <= 151 / 10 -> ~ allowed 2 means_2 small_2 x) /\
  (forall delta x y p, 3 * delta <= Rabs (x - y) -> 0 < delta -> ~ (Rabs (p - x) <= delta /\ Rabs (p - y) <= delta)).
Proof.
  have [r0 r1] := rho_2. have n : nonneg blob_2 by masses. split; [|split].
  - split; [simpl; repeat split; split_Rabs; lra|]. split; [lra|].
    have f : 826 / 1000 <= cdf (2 + 105 / 100) + cdf (2 - 105 / 100) - 1.
    { replace (2 + 105 / 100) with (305 / 100) by field. replace (2 - 105 / 100) with (95 / 100) by field. unfold cdf.
      have : 498 / 1000 <= RInt density 0 (305 / 100) by unfold density; integral with (i_prec 40).
      have : 328 / 1000 <= RInt density 0 (95 / 100) by unfold density; integral with (i_prec 40). lra. }
    intros x [<-|[<-|[<-|[<-|[<-|[<-|[]]]]]]].
    + apply allowed_at_mean => //; [lra | listed].
    + apply (allowed_by_both 2 _ _ _ 0 (105 / 100) (13 / 100)) => //; [lra | listed | listed | split_Rabs; lra |].
      rewrite window_as_pair. replace (105 / 100 - 0) with (105 / 100) by ring. lra.
    + apply (allowed_by_atom 2 _ _ _ 9 (955 / 1000)) => //; [lra | listed | split_Rabs; lra | lra].
    + apply (allowed_by_atom 2 _ _ _ 9 (955 / 1000)) => //; [lra | listed | split_Rabs; lra | lra].
    + apply (allowed_by_both 2 _ _ _ 18 (1695 / 100) (13 / 100)) => //; [lra | listed | listed | split_Rabs; lra |].
      rewrite window_as_pair. replace (2 + (1695 / 100 - 18)) with (2 - 105 / 100) by field. replace (2 - (1695 / 100 - 18)) with (2 + 105 / 100) by field. lra.
    + apply allowed_at_mean => //; [lra | listed].
  - intros x Hx. unfold allowed, means_2. rewrite !pieces_cons pieces_nil !piece_window !window_as_pair. unfold small_2. simpl. intros bad.
    have c : 8 / 10 <= cdf (9 / 10).
    { unfold cdf. have : 3 / 10 <= RInt density 0 (9 / 10) by unfold density; integral with (i_prec 40). lra. }
    have b a : cdf a < 1 by apply cdf_below_1.
    have left : cdf (2 - (x - 0)) <= 1 - cdf (9 / 10) by rewrite -cdf_reflection; apply cdf_monotone; lra.
    have right : cdf (2 + (x - 18)) <= 1 - cdf (9 / 10) by rewrite -cdf_reflection; apply cdf_monotone; lra.
    have b1 := b (2 + (x - 0)). have b2 := b (2 - (x - 18)).
    destruct (Rlt_dec (Rabs (x - 105 / 100)) 2) as [K|K]; destruct (Rlt_dec (Rabs (x - 1695 / 100)) 2) as [L|L]; lra.
  - intros delta x y p far dp [A B]. apply Rabs_le_between in A. apply Rabs_le_between in B. split_Rabs; lra.
Qed.

(** At Delta = 4, means 0 and 36. *)
Definition blob_4 := (18, 1) :: (21 / 10, 29 / 1000) :: (339 / 10, 29 / 1000) :: nil.

(** claim: destroyed-fraction
    paper: Section V and Appendix B, "for roughly a c/k fraction of the components" the server's estimate is useless
    proves: printed refuted, for masses, at D = 9 Delta, read as at most 11/10 c/k: at Delta = 4 mass 1.058 puts two components into one cluster longer than 3 Delta; part: not that its clients keep their samples, nor the repair at 11 Delta
    seeded: 11 / 10 < 2 / spent blob_4 ==> 19 / 10 < 2 / spent blob_4 *)
Theorem destroyed_fraction :
  let chain := 21 / 10 :: 1404 / 100 :: 2196 / 100 :: 339 / 10 :: 36 :: nil in
  (forall x, In x (0 :: chain) -> allowed 4 (0 :: 36 :: nil) blob_4 x) /\ linked 4 0 chain /\ 3 * 4 < 36 - 0 /\ 11 / 10 < 2 / spent blob_4.
Proof.
  intros chain. have r := below_rho_4. have n : nonneg blob_4 by masses.
  have f : 971 / 1000 + 95 / 100000 <= cdf (4 + 21 / 10) + cdf (4 - 21 / 10) - 1 + 75 / 100000.
  { replace (4 - 21 / 10) with (19 / 10) by field. have m := cdf_monotone 6 (4 + 21 / 10) ltac:(lra). unfold cdf in *.
    have : 49999999 / 100000000 <= RInt density 0 6 by unfold density; integral with (i_prec 60).
    have : 4712 / 10000 + 8 / 100000 <= RInt density 0 (19 / 10) by unfold density; integral with (i_prec 40). lra. }
  split; [|split; [|split]].
  - intros x [<-|[<-|[<-|[<-|[<-|[<-|[]]]]]]].
    + apply allowed_at_mean => //; [lra | listed].
    + apply (allowed_by_both 4 _ _ _ 0 (21 / 10) (29 / 1000)) => //; [lra | listed | listed | split_Rabs; lra |].
      rewrite window_as_pair. replace (21 / 10 - 0) with (21 / 10) by ring. lra.
    + apply (allowed_by_atom 4 _ _ _ 18 1) => //; [lra | listed | split_Rabs; lra | lra].
    + apply (allowed_by_atom 4 _ _ _ 18 1) => //; [lra | listed | split_Rabs; lra | lra].
    + apply (allowed_by_both 4 _ _ _ 36 (339 / 10) (29 / 1000)) => //; [lra | listed | listed | split_Rabs; lra |].
      rewrite window_as_pair. replace (4 + (339 / 10 - 36)) with (4 - 21 / 10) by field. replace (4 - (339 / 10 - 36)) with (4 + 21 / 10) by field. lra.
    + apply allowed_at_mean => //; [lra | listed].
  - unfold chain. simpl. repeat split; split_Rabs; lra.
  - lra.
  - unfold blob_4, spent. simpl. lra.
Qed.

(** claim: algorithm-achieves-bound
    paper: Section I, contributions, and Theorem 2: the bound holds for the error incurred by the algorithm
    proves: part: at Delta = 4, D = 36, k = 200, two blobs of mass 1.058 (destroyed-fraction) bring the bound to less than what the clients of four components err by if they keep their samples where |z| < 4; not that they do
    seeded: < 4 / 200 * kept ==> < 2 / 200 * kept *)
Theorem algorithm_achieves_bound e_cr : first_turn 4 e_cr ->
  let kappa := 2 * spent blob_4 / 200 in exists kept, is_RInt (fun z => z ^ 2 * density z) (-4) 4 kept /\ e_cr < kappa /\
  C_0 4 * kappa + loss 4 e_cr + 2 * cdf (- (3 / 2 * 4)) * (13 / 4 * 4 ^ 2) < 4 / 200 * kept.
Proof.
  intros T kappa. have S : kappa = 1058 / 100000 by unfold kappa, blob_4, spent; simpl; lra. rewrite S.
  exists ((cdf 4 - 4 * density 4) - (cdf (-4) - (-4) * density (-4))). split; [|split].
  - apply (is_RInt_derive (V := R_CompleteNormedModule) (fun z => cdf z - z * density z) (fun z => z ^ 2 * density z)) => z _.
    + have dc := cdf_derive z. have dd := density_derive z. auto_derive; [repeat split; by eexists; eassumption|].
      rewrite (is_derive_unique _ _ _ dc) (is_derive_unique _ _ _ dd). ring.
    + apply: ex_derive_continuous. have dd := density_derive z. auto_derive. by eexists; eassumption.
  - have [_ up] := C_2_share 4 e_cr ltac:(lra) T. have d4 : density 4 <= 2 / 10000 by unfold density; interval with (i_prec 30). lra.
  - have C := price_at_three 4 ltac:(lra). have L := loss_at_turn 4 e_cr ltac:(lra) T.
    have d0 : 0 < density 4 by apply density_pos. have d4 : density 4 <= 2 / 10000 by unfold density; interval with (i_prec 30).
    have M := mills 4 ltac:(lra). have R : cdf (-4) = 1 - cdf 4 by rewrite -cdf_reflection; f_equal; ring.
    have D : density (-4) = density 4 by rewrite -(density_even 4); f_equal; ring. rewrite R D.
    replace (3 / 2 * 4) with 6 by field. rewrite (cdf_reflection 6). have M6 := mills 6 ltac:(lra).
    have d6 : density 6 <= 1 / 10 ^ 8 by unfold density; interval with (i_prec 30).
    have sq : (density 4 / 4) ^ 2 <= (1 / 10000) ^ 2 by apply pow_incr; lra. lra.
Qed.

(** One component at any Delta, whatever the others are: a trace at the mean lets in a point on its one side, and
    what the window of a point next to 3 Delta lacks lets in that point; together less than rho. *)
Lemma single_atom delta means : 0 < delta -> In 0 means -> exists atoms left right,
  nonneg atoms /\ spent atoms < central_mass delta /\ allowed delta means atoms left /\ allowed delta means atoms 0 /\
  allowed delta means atoms right /\ linked delta left (0 :: right :: nil) /\ 3 * delta < right - left.
Proof.
  intros dp H0. have far : 0 < window_mass delta (3 * delta) by (have := cdf_increasing (3 * delta - delta) (3 * delta + delta); unfold window_mass; lra).
  pose t := Rmin (window_mass delta (3 * delta)) (delta / 2).
  have t0 : 0 < t by apply Rmin_pos; lra. have t1 : t <= window_mass delta (3 * delta) by apply Rmin_l. have t2 : t <= delta / 2 by apply Rmin_r.
  have L := mass_deficit_linear delta t ltac:(lra). have f0 : density 0 <= 4 / 10 by unfold density; interval with (i_prec 30).
  have d0 := mass_deficit_nonneg delta dp t ltac:(lra). have td : t * density 0 <= t * (4 / 10) by apply Rmult_le_compat_l; lra.
  pose h := 3 * delta - t / 2. have h0 := mass_deficit_nonneg delta dp h ltac:(unfold h; lra).
  have more := mass_deficit_increasing delta dp h (3 * delta) ltac:(unfold h; lra) ltac:(unfold h; lra).
  pose atoms := (0, mass_deficit delta t) :: (h, mass_deficit delta h) :: nil.
  have n : nonneg atoms.
  { intros a Ha. simpl in Ha. destruct Ha as [<-|[<-|[]]]; simpl; lra. }
  exists atoms, (- t), h. split => //. split; [unfold atoms, spent; simpl; unfold mass_deficit at 2 in more; lra|].
  split; [|split; [|split; [|split]]].
  - apply (allowed_by_both delta _ _ _ 0 0 (mass_deficit delta t)) => //; [by left | rewrite Rabs_left; lra |].
    replace (- t - 0) with (- t) by ring. rewrite window_even. unfold mass_deficit. lra.
  - by apply allowed_at_mean.
  - apply (allowed_by_both delta _ _ _ 0 h (mass_deficit delta h)) => //; [by right; left | rewrite Rminus_eq_0 Rabs_R0 // |].
    replace (h - 0) with h by ring. unfold mass_deficit. lra.
  - unfold h. simpl. repeat split; rewrite Rabs_pos_eq; lra.
  - unfold h. lra.
Qed.

(** claim: component-no-benefit
    paper: Section I, "any one client (or even an entire component) can be made to achieve no benefit from the collaboration"
    proves: part: for every Delta > 0, with mass below rho < 1, hypotheses more than 3 Delta apart stand in one cluster with a mean; not that its clients keep their samples, nor that mass 0.53 is not enough
    seeded: spent atoms < 1 /\ ==> spent atoms < 1 / 2 /\ *)
Theorem component_no_benefit delta means : 0 < delta -> In 0 means -> exists atoms left right,
  nonneg atoms /\ spent atoms < 1 /\ allowed delta means atoms left /\ allowed delta means atoms 0 /\ allowed delta means atoms right /\
  linked delta left (0 :: right :: nil) /\ 3 * delta < right - left.
Proof.
  intros dp H0. destruct (single_atom delta means dp H0) as [atoms [left [right [n [s R]]]]]. have [_ r1] := rho_pos delta dp.
  exists atoms, left, right. split => //. split => //. lra.
Qed.

(** claim: non-clique-cost
    paper: Appendix B, proof of Lemma 1, condition 2, "at most c_1/rho components are non-cliques"
    proves: printed refuted, for masses, for every Delta > 0 and every D: one with mass below rho; and at Delta = 2, D = 9 Delta, two with mass 1.215 < 2 rho; not the repair at 11 Delta
    seeded: nonneg atoms /\ spent atoms < central_mass delta /\ ==> nonneg atoms /\ spent atoms < central_mass delta / 2 /\ *)
Theorem non_clique_cost :
  (forall delta means, 0 < delta -> In 0 means -> exists atoms left right,
    nonneg atoms /\ spent atoms < central_mass delta /\ allowed delta means atoms left /\ allowed delta means atoms 0 /\
    allowed delta means atoms right /\ linked delta left (0 :: right :: nil) /\ 3 * delta < right - left) /\
  (spent blob_2 < 2 * central_mass 2 /\ (forall x, In x (0 :: 105 / 100 :: 704 / 100 :: 1096 / 100 :: 1695 / 100 :: 18 :: nil) -> allowed 2 means_2 blob_2 x) /\
    linked 2 0 (105 / 100 :: 704 / 100 :: 1096 / 100 :: 1695 / 100 :: 18 :: nil) /\ 3 * 2 < 18 - 0).
Proof.
  split; [exact single_atom|]. have [[L [S A]] _] := separation. have [r0 _] := rho_2.
  split; [unfold blob_2, small_2, spent; simpl; lra|]. split => //.
Qed.

(** Hypotheses of which each two are joined. *)
Definition clique (delta : R) (xs : list R) : Prop := forall x y, In x xs -> In y xs -> Rabs (x - y) < 3 * delta.

(** claim: algorithm-1-cliques
    paper: Algorithm 1, line 9, "C <- the set of cliques in G"
    proves: printed refuted, for every Delta > 0: of hypotheses at 0, 2 Delta and 4 Delta the middle one is in two cliques that no third hypothesis extends; part: points of two connected components are 3 Delta apart or more, so that no point is in the windows of both
    seeded: ~ clique delta (0 :: 2 * delta :: 4 * delta :: nil) ==> clique delta (0 :: 2 * delta :: 4 * delta :: nil) *)
Theorem algorithm_1_cliques delta : 0 < delta ->
  (clique delta (0 :: 2 * delta :: nil) /\ clique delta (2 * delta :: 4 * delta :: nil) /\ ~ clique delta (0 :: 2 * delta :: 4 * delta :: nil) /\
    linked delta 0 (2 * delta :: 4 * delta :: nil)) /\
  (forall x y p, ~ (exists between, linked delta x (between ++ y :: nil)) -> ~ (Rabs (p - x) < delta /\ Rabs (p - y) < delta)).
Proof.
  intros dp. split; [split; [|split; [|split]]|].
  - intros x y [<-|[<-|[]]] [<-|[<-|[]]]; split_Rabs; lra.
  - intros x y [<-|[<-|[]]] [<-|[<-|[]]]; split_Rabs; lra.
  - intros H. have := H 0 (4 * delta) ltac:(by left) ltac:(by right; right; left). split_Rabs; lra.
  - simpl. repeat split; split_Rabs; lra.
  - intros x y p H [A B]. apply H. exists nil. simpl. split => //. apply Rabs_lt_between in A. apply Rabs_lt_between in B. apply Rabs_def1; lra.
Qed.

(** claim: algorithm-1-span
    paper: Algorithm 1, line 12, "l <- max(S_c) - min(S_c) - 2 Delta"
    proves: part: points within Delta of hypotheses between a and b give at most their span, and as near to it as the outermost are to the ends of the windows; what line 15 subtracts grows with l; not that for many clients points fill the windows
    seeded: most - least - 2 * delta <= b - a /\ ==> most - least - delta <= b - a /\ *)
Theorem algorithm_1_span delta a b least most : 0 < delta -> a <= b ->
  (exists x, a <= x <= b /\ Rabs (least - x) < delta) -> (exists y, a <= y <= b /\ Rabs (most - y) < delta) ->
  most - least - 2 * delta <= b - a /\
  (forall gap, least <= a - delta + gap -> b + delta - gap <= most -> b - a - 2 * gap <= most - least - 2 * delta) /\
  (forall l l', l < l' -> cdf (l + delta) - cdf (- delta) < cdf (l' + delta) - cdf (- delta)).
Proof.
  intros dp ab [x [Hx Kx]] [y [Hy Ky]]. apply Rabs_lt_between in Kx. apply Rabs_lt_between in Ky. split; [lra|]. split.
  - intros gap. lra.
  - intros l l' H. have := cdf_increasing (l + delta) (l' + delta). lra.
Qed.

(** claim: lemma-1-quantities
    paper: Section V, before Lemma 1: there are c_1 and eps_i such that the algorithm's error can be bounded in terms of them
    proves: part: at Delta = 2, with mass 0.48 at 4.11 and 0.4746 at 8.09, a hypothesis at 6.1 passes, 3 Delta beyond the mean, which no window within 2.1 of the mean sees; clients with z from 2.055 to 3 are nearer to 4.11 and err by more than 2.055; not that it stands alone, nor the repair
    seeded: allowed 2 (0 :: nil) lure (61 / 10) ==> allowed 2 (0 :: nil) lure (63 / 10) *)
Theorem lemma_1_quantities : let lure := (411 / 100, 48 / 100) :: (809 / 100, 4746 / 10000) :: nil in
  allowed 2 (0 :: nil) lure (61 / 10) /\ 3 * 2 < 61 / 10 - 0 /\
  (forall x, -21 / 10 <= x <= 21 / 10 -> held 2 lure x = 0 /\ (allowed 2 (0 :: nil) lure x <-> x = 0)) /\
  (forall z, 2055 / 1000 < z < 3 -> Rabs (z - 411 / 100) < Rabs z) /\
  3 / 40 < (cdf 3 - cdf (2055 / 1000)) / (cdf 3 - cdf (-3)) * (2055 / 1000) ^ 2.
Proof.
  intros lure. have [r0 r1] := rho_2. split; [|split; [|split; [|split]]].
  - have p := pieces_nonneg (61 / 10 - 2) (61 / 10 + 2) (0 :: nil) ltac:(lra). unfold allowed, lure, held.
    destruct (Rlt_dec _ _) as [K|K]; [|exfalso; apply K; split_Rabs; lra].
    destruct (Rlt_dec _ _) as [L|L]; [lra | exfalso; apply L; split_Rabs; lra].
  - lra.
  - intros x Hx. have E : held 2 lure x = 0.
    { unfold lure, held. destruct (Rlt_dec _ _) as [K|K]; [exfalso; apply Rabs_lt_between in K; lra|].
      destruct (Rlt_dec _ _) as [L|L]; [exfalso; apply Rabs_lt_between in L; lra | ring]. }
    split => //. unfold allowed. rewrite E pieces_cons pieces_nil piece_window Rminus_0_r. split.
    + intros K. destruct (Req_dec x 0) as [|N] => //. exfalso.
      have := mass_deficit_increasing 2 ltac:(lra) 0 (Rabs x) ltac:(lra) (Rabs_pos_lt x N). rewrite mass_deficit_0. unfold mass_deficit.
      have W : window_mass 2 (Rabs x) = window_mass 2 x by unfold Rabs; destruct (Rcase_abs x); rewrite ?window_even. lra.
    + intros ->. unfold central_mass. lra.
  - intros z Hz. split_Rabs; lra.
  - have D : cdf 3 - cdf (-3) < 1 by (have := cdf_below_1 3; have := cdf_above_0 (-3); lra).
    have D0 : 0 < cdf 3 - cdf (-3) by (have := cdf_increasing (-3) 3; lra).
    have N : 185 / 10000 <= cdf 3 - cdf (2055 / 1000) by rewrite cdf_difference; unfold density; integral with (i_prec 40).
    have : 185 / 10000 <= (cdf 3 - cdf (2055 / 1000)) / (cdf 3 - cdf (-3)).
    { apply (Rmult_le_reg_r (cdf 3 - cdf (-3))) => //. rewrite div_mul //. nra. }
    lra.
Qed.

(** claim: separation-strict
    paper: Section V, before Lemma 1, "the fact that D > 9 Delta is used", where Theorem 2 supposes D >= 9 Delta
    proves: repaired statement: n hypotheses between link two at a distance exactly where it is below 3 (n + 1) Delta; so two are enough at D = 9 Delta, from points however near the means, and not at D > 9 Delta from points near enough
    seeded: (b - a < 3 * delta * (INR n + 1) <-> ==> (b - a <= 3 * delta * (INR n + 1) <-> *)
Theorem separation_strict delta : 0 < delta ->
  (forall n a b, a <= b -> (b - a < 3 * delta * (INR n + 1) <->
    exists between, length between = n /\ linked delta a (between ++ b :: nil))) /\
  (forall near, 0 < near <= delta -> exists between, length between = 2%nat /\ linked delta near (between ++ 9 * delta - near :: nil)) /\
  (forall D, 9 * delta < D -> exists near, 0 < near /\ forall between, length between = 2%nat -> ~ linked delta near (between ++ D - near :: nil)).
Proof.
  intros dp.
  have far : forall between a b, linked delta a (between ++ b :: nil) -> b - a < 3 * delta * (INR (length between) + 1).
  { elim=> [|x between IH] a b.
    - intros [H _]. simpl. apply Rabs_lt_between in H. lra.
    - intros [H L]. have := IH x b L. apply Rabs_lt_between in H. change (length (x :: between)) with (S (length between)). rewrite S_INR. lra. }
  have iff : forall n a b, a <= b -> (b - a < 3 * delta * (INR n + 1) <-> exists between, length between = n /\ linked delta a (between ++ b :: nil)).
  { intros n a b ab. split; [|intros [between [<- L]]; by apply far].
    elim: n a ab => [|n IH] a ab H.
    - exists nil. split => //. split => //. simpl in H. rewrite Rabs_pos_eq; lra.
    - rewrite S_INR in H. have n0 := pos_INR n. pose step := (b - a) / (INR n + 2).
      have s0 : 0 <= step by (apply Rmult_le_pos; [lra | left; apply Rinv_0_lt_compat; lra]).
      have E : step * (INR n + 2) = b - a by unfold step; field; lra.
      have s1 : step < 3 * delta.
      { apply (Rmult_lt_reg_r (INR n + 2)); [lra|]. rewrite E. lra. }
      destruct (IH (a + step)) as [between [L K]]; [nra | nra |].
      exists (a + step :: between). split; [by rewrite /= L|]. split => //. replace (a + step - a) with step by ring. rewrite Rabs_pos_eq; lra. }
  split; [exact iff|]. split.
  - intros near Hn. apply iff; simpl; lra.
  - intros D HD. exists ((D - 9 * delta) / 2). split; [lra|]. intros between Hl L. have := far _ _ _ L. rewrite Hl. simpl. lra.
Qed.
