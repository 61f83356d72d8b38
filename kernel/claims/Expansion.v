(** The expansion of f at its centre, and the median's skew as Delta grows. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Improper Window Loss.
From Claims Require Import Tools Radius Derivatives Reduction SmallMass.
Open Scope R_scope.

(** phi' and phi'', phi'''. *)
Definition density' t := - t * density t.
Definition density'' t := (t ^ 2 - 1) * density t.
Definition density''' t := (3 * t - t ^ 3) * density t.
Lemma density'_derive t : is_derive density' t (density'' t).
Proof. unfold density', density''. have d := density_derive t. auto_derive. by eexists; eassumption. rewrite (is_derive_unique _ _ _ d). ring. Qed.
Lemma density''_derive t : is_derive density'' t (density''' t).
Proof. unfold density'', density'''. have d := density_derive t. auto_derive. by eexists; eassumption. rewrite (is_derive_unique _ _ _ d). ring. Qed.

Lemma density'''_half t : 0 <= t -> Rabs (density''' t) <= 3 / 5.
Proof.
  intros Ht. unfold density''', density. destruct (Rle_lt_dec t 8) as [K|K].
  - interval with (i_bisect t, i_depth 20, i_prec 40).
  - have r2 : 2 < sqrt (2 * PI) by interval with (i_prec 60). set y := t ^ 2 / 2.
    have cube : (1 + y / 3) ^ 3 <= exp y.
    { have -> : exp y = exp (y / 3) ^ 3 by rewrite -Rpower_pow; [|apply exp_pos]; rewrite /Rpower ln_exp; f_equal; simpl; field.
      apply pow_incr. have := exp_ineq1_le (y / 3). unfold y. nra. }
    have e0 := exp_pos (- t ^ 2 / 2). have t3 : 512 < t ^ 3 by nra.
    have e : exp (- t ^ 2 / 2) * exp y = 1 by rewrite -exp_plus; replace (- t ^ 2 / 2 + y) with 0 by (unfold y; field); apply exp_0.
    have e6 : exp (- t ^ 2 / 2) * (t ^ 3 * t ^ 3) <= 216.
    { have -> : t ^ 3 * t ^ 3 = 8 * y ^ 3 by unfold y; field. have : y ^ 3 / 27 <= (1 + y / 3) ^ 3 by unfold y; nra. nra. }
    have small : exp (- t ^ 2 / 2) * t ^ 3 <= 1 by nra. have c3 : 0 <= t ^ 3 - 3 * t by nra.
    have -> : (3 * t - t ^ 3) * (exp (- t ^ 2 / 2) / sqrt (2 * PI)) = - ((t ^ 3 - 3 * t) * exp (- t ^ 2 / 2) / sqrt (2 * PI)) by field; lra.
    rewrite Rabs_Ropp Rabs_pos_eq. 2: { apply nonneg_fraction; [apply Rmult_le_pos|]; lra. }
    apply (Rmult_le_reg_r (sqrt (2 * PI))); [lra|].
    have -> : (t ^ 3 - 3 * t) * exp (- t ^ 2 / 2) / sqrt (2 * PI) * sqrt (2 * PI) = (t ^ 3 - 3 * t) * exp (- t ^ 2 / 2) by field; lra.
    nra.
Qed.
Lemma density'''_bound t : Rabs (density''' t) <= 3 / 5.
Proof.
  destruct (Rle_lt_dec 0 t) as [H|H]. by apply density'''_half.
  have -> : density''' t = - density''' (- t) by unfold density'''; rewrite density_even; ring. rewrite Rabs_Ropp. apply density'''_half. lra.
Qed.

(** f less its parabola, and the derivatives of that. *)
Definition rest delta x := window_mass delta x - central_mass delta - density' delta * x ^ 2.
Lemma rest_bound delta x : 0 <= x -> Rabs (rest delta x) <= x ^ 4 / 20.
Proof.
  intros Hx.
  set r1 := fun z => density (z + delta) - density (z - delta) - density' delta * (2 * z).
  set r2 := fun z => density' (z + delta) - density' (z - delta) - 2 * density' delta.
  set r3 := fun z => density'' (z + delta) - density'' (z - delta).
  set r4 := fun z => density''' (z + delta) - density''' (z - delta).
  have d0 : forall z, is_derive (rest delta) z (r1 z).
  { intros z. have a := cdf_derive (z + delta). have b := cdf_derive (z - delta). unfold rest, window_mass, r1. auto_derive. repeat split; by eexists; eassumption.
    rewrite (is_derive_unique _ _ _ a) (is_derive_unique _ _ _ b). unfold Rminus. ring. }
  have d1 : forall z, is_derive r1 z (r2 z).
  { intros z. have a := density_derive (z + delta). have b := density_derive (z - delta). unfold r1, r2. auto_derive. repeat split; by eexists; eassumption.
    rewrite (is_derive_unique _ _ _ a) (is_derive_unique _ _ _ b). unfold density', Rminus. ring. }
  have d2 : forall z, is_derive r2 z (r3 z).
  { intros z. have a := density'_derive (z + delta). have b := density'_derive (z - delta). unfold r2, r3. auto_derive. repeat split; by eexists; eassumption.
    rewrite (is_derive_unique _ _ _ a) (is_derive_unique _ _ _ b). unfold Rminus. ring. }
  have d3 : forall z, is_derive r3 z (r4 z).
  { intros z. have a := density''_derive (z + delta). have b := density''_derive (z - delta). unfold r3, r4. auto_derive. repeat split; by eexists; eassumption.
    rewrite (is_derive_unique _ _ _ a) (is_derive_unique _ _ _ b). unfold Rminus. ring. }
  have z0 : rest delta 0 = 0 by unfold rest, central_mass; ring.
  have neg : density (0 - delta) = density (0 + delta) by rewrite Rplus_0_l; replace (0 - delta) with (- delta) by ring; apply density_even.
  have z1 : r1 0 = 0 by unfold r1; rewrite neg; ring.
  have z2 : r2 0 = 0 by unfold r2, density'; rewrite neg Rplus_0_l; ring.
  have z3 : r3 0 = 0 by unfold r3, density''; rewrite neg; ring.
  have b4 : forall z, - (6 / 5) <= r4 z <= 6 / 5.
  { intros z. have a := density'''_bound (z + delta). have b := density'''_bound (z - delta). apply Rabs_le_between in a. apply Rabs_le_between in b. unfold r4. lra. }
  have poly : forall c n z, is_derive (fun z => c * z ^ (S n)) z (c * (INR (S n) * z ^ n)).
  { intros c n z. auto_derive => //. rewrite S_INR. destruct n => /=; ring. }
  have step : forall F F' c n, (forall z, is_derive F z (F' z)) -> F 0 = 0 -> (forall z, 0 <= z <= x -> F' z <= c * (INR (S n) * z ^ n)) -> forall z, 0 <= z <= x -> F z <= c * z ^ (S n).
  { intros F F' c n dF F0 H z Hz. apply (compare F F' (fun z => c * z ^ (S n)) (fun z => c * (INR (S n) * z ^ n)) 0 x) => //.
    intros w Hw. apply H. lra. rewrite F0 /=. lra. }
  have step' : forall F F' c n, (forall z, is_derive F z (F' z)) -> F 0 = 0 -> (forall z, 0 <= z <= x -> - (c * (INR (S n) * z ^ n)) <= F' z) -> forall z, 0 <= z <= x -> - (c * z ^ (S n)) <= F z.
  { intros F F' c n dF F0 H z Hz. suff : - F z <= c * z ^ S n by lra. apply (step (fun z => - F z) (fun z => - F' z) c n) => //.
    - intros w. apply (is_derive_opp F w _ (dF w)).
    - lra.
    - intros w Hw. have := H w Hw. lra. }
  have up3 := step r3 r4 (6 / 5) 0%nat d3 z3 ltac:(intros z _; simpl; have := b4 z; lra).
  have lo3 := step' r3 r4 (6 / 5) 0%nat d3 z3 ltac:(intros z _; simpl; have := b4 z; lra).
  have up2 := step r2 r3 (3 / 5) 1%nat d2 z2 ltac:(intros z Hz; have := up3 z Hz; simpl; lra).
  have lo2 := step' r2 r3 (3 / 5) 1%nat d2 z2 ltac:(intros z Hz; have := lo3 z Hz; simpl; lra).
  have up1 := step r1 r2 (1 / 5) 2%nat d1 z1 ltac:(intros z Hz; have := up2 z Hz; simpl; lra).
  have lo1 := step' r1 r2 (1 / 5) 2%nat d1 z1 ltac:(intros z Hz; have := lo2 z Hz; simpl; lra).
  have up := step (rest delta) r1 (1 / 20) 3%nat d0 z0 ltac:(intros z Hz; have := up1 z Hz; simpl; lra) x ltac:(lra).
  have lo := step' (rest delta) r1 (1 / 20) 3%nat d0 z0 ltac:(intros z Hz; have := lo1 z Hz; simpl; lra) x ltac:(lra).
  apply Rabs_le. lra.
Qed.

(** claim: taylor-f
    paper: Appendix B, proof of Lemma 6, "f(x) = rho + 2 phi'(x + Delta) x^2 + O(x^4)"
    proves: printed refuted, for every Delta > 0; repaired statement
    seeded: <= x ^ 4 / 20) ==> <= x ^ 5 / 20) *)
Theorem taylor_f delta : 0 < delta ->
  (forall x, Rabs (window_mass delta x - (central_mass delta + density' delta * x ^ 2)) <= x ^ 4 / 20) /\
  (forall M d, 0 < d -> exists x, 0 < x < d /\
    M * x ^ 4 < Rabs (window_mass delta x - (central_mass delta + 2 * density' (x + delta) * x ^ 2))).
Proof.
  intros Hd. have all : forall x, Rabs (window_mass delta x - (central_mass delta + density' delta * x ^ 2)) <= x ^ 4 / 20.
  { intros x. destruct (Rle_lt_dec 0 x) as [H|H].
    - have := rest_bound delta x H. unfold rest. by replace (window_mass delta x - (central_mass delta + density' delta * x ^ 2)) with (window_mass delta x - central_mass delta - density' delta * x ^ 2) by ring.
    - have := rest_bound delta (- x) ltac:(lra). unfold rest. rewrite window_even. replace ((- x) ^ 4) with (x ^ 4) by ring.
      by replace (window_mass delta x - (central_mass delta + density' delta * x ^ 2)) with (window_mass delta x - central_mass delta - density' delta * (- x) ^ 2) by ring. }
  split => // M d d0. have p := density_pos delta. set w := delta * density delta. have w0 : 0 < w by unfold w; nra.
  have C : continuous density' delta by apply: ex_derive_continuous; eexists; apply density'_derive.
  destruct (proj1 (filterlim_locally density' (density' delta)) C (mkposreal (w / 8) ltac:(lra))) as [e He]. have e0 := cond_pos e.
  have m0 := Rabs_pos M. set q := w / (4 * (Rabs M + 1)). have q0 : 0 < q by apply Rdiv_lt_0_compat; lra.
  set x := Rmin (Rmin (d / 2) (e / 2)) (Rmin 1 q). have x0 : 0 < x by repeat apply Rmin_pos; lra.
  have a1 := Rmin_l (Rmin (d / 2) (e / 2)) (Rmin 1 q). have a2 := Rmin_r (Rmin (d / 2) (e / 2)) (Rmin 1 q). fold x in a1, a2.
  have a3 := Rmin_l (d / 2) (e / 2). have a4 := Rmin_r (d / 2) (e / 2). have a5 := Rmin_l 1 q. have a6 := Rmin_r 1 q.
  exists x. split. lra.
  have near := He (x + delta). rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /= in near.
  have near' := near ltac:(replace (x + delta + - delta) with x by ring; rewrite Rabs_pos_eq; lra). apply Rabs_lt_between in near'.
  have T := all x. apply Rabs_le_between in T.
  have dd : density' delta = - w by unfold density', w; ring.
  have x2 : 0 < x ^ 2 by apply pow_lt. have x1 : x <= 1 by lra.
  have xw : x * (4 * (Rabs M + 1)) <= w. { have : x * (4 * (Rabs M + 1)) <= q * (4 * (Rabs M + 1)) by apply Rmult_le_compat_r; lra. have -> : q * (4 * (Rabs M + 1)) = w by unfold q; field; lra. done. }
  have x22 : x ^ 2 <= x by nra. have mm := Rle_abs M.
  have x4 : (Rabs M + 1) * x ^ 4 <= w / 4 * x ^ 2. { replace (x ^ 4) with (x ^ 2 * x ^ 2) by ring. have : (Rabs M + 1) * x ^ 2 <= w / 4 by nra. nra. }
  have k4 : 0 < x ^ 4 by apply pow_lt.
  apply Rlt_le_trans with (window_mass delta x - (central_mass delta + 2 * density' (x + delta) * x ^ 2)). 2: apply Rle_abs.
  have D : 2 * density' (x + delta) * x ^ 2 <= (- 2 * w + w / 4) * x ^ 2 by apply Rmult_le_compat_r; lra.
  nra.
Qed.

(** claim: skew-shrinks
    paper: Section V, "Increasing Delta reduces the effect of this skewing of the interval of interest"
    proves: whole claim
    seeded: cdf (filter_radius b eps + b) - cdf b < cdf (filter_radius a eps + a) - cdf a ==> cdf (filter_radius a eps + a) - cdf a < cdf (filter_radius b eps + b) - cdf b *)
Theorem skew_shrinks a b eps : 0 < a -> a < b -> 0 < eps < central_mass a ->
  cdf (filter_radius b eps + b) - cdf b < cdf (filter_radius a eps + a) - cdf a /\
  median_shift b eps < median_shift a eps.
Proof.
  intros Ha Hab He. have rho_ab : central_mass a < central_mass b by rewrite !central_mass_cdf; have := cdf_increasing a b Hab; lra.
  have la := filter_radius_pos a Ha eps He. have [_ da] := filter_radius_spec a Ha eps ltac:(lra).
  have lb := filter_radius_pos b ltac:(lra) eps ltac:(lra). have [_ db] := filter_radius_spec b ltac:(lra) eps ltac:(lra).
  set s := cdf (filter_radius a eps + a) - cdf a.
  have main : cdf (filter_radius b eps + b) - cdf b < s.
  { apply Rnot_le_lt => K.
    (* at the fixed skew s, follow the right end v(D) = Q(Phi(D) + s): the mass eps there grows with D *)
    set v := fun D => quantile (cdf D + s). set mass := fun D => cdf D - 1 - s + cdf (v D - 2 * D).
    have s0 : 0 < s by unfold s; have := cdf_increasing a (filter_radius a eps + a); lra.
    have ok : forall D, a <= D <= b -> cdf (v D) = cdf D + s /\ D < v D.
    { intros D HD. have E : cdf (v D) = cdf D + s. { apply quantile_spec. have := cdf_above_0 D. have := cdf_monotone D b. have := cdf_below_1 (filter_radius b eps + b). lra. }
      split => //. apply cdf_lt_inv. lra. }
    have dv : forall D, a <= D <= b -> is_derive v D (density D / density (v D)).
    { intros D HD. have [E G] := ok D HD. have Q := quantile_derive (v D) ltac:(lra). rewrite E in Q. unfold v at 1. evar_last.
      apply (is_derive_comp quantile (fun D => cdf D + s)). exact Q. apply (is_derive_plus cdf (fun _ => s)). apply cdf_derive. apply is_derive_const.
      rewrite /scal /plus /zero /= /mult /=. field. have := density_pos (v D). lra. }
    have dm : forall D, a <= D <= b -> is_derive mass D (density D + (density D / density (v D) - 2) * density (v D - 2 * D)).
    { intros D HD. have d1 := dv D HD. have d2 := cdf_derive D. have d3 := cdf_derive (v D - 2 * D). unfold mass. auto_derive. repeat split; by eexists; eassumption.
      rewrite (is_derive_unique _ _ _ d1) (is_derive_unique _ _ _ d2) (is_derive_unique _ _ _ d3). unfold Rminus. ring. }
    have grow : mass a < mass b.
    { apply (increases mass _ a b dm); try lra. intros D HD. have [_ G] := ok D ltac:(lra). set x := v D - D. have x0 : 0 < x by unfold x; lra.
      have -> : v D = x + D by unfold x; ring. have -> : x + D - 2 * D = x - D by ring. have [ea eb] := density_product D x.
      have p := density_pos x. have pd := density_pos D. have e1 := exp_pos (x * D). have e2 := exp_pos (- (x * D)). have ee : exp (x * D) * exp (- (x * D)) = 1 by rewrite -exp_plus Rplus_opp_r exp_0.
      have big : 1 < exp (x * D). { have : 0 < x * D by nra. intros. have := exp_ineq1 (x * D). lra. }
      have small : density (x - D) < density D * exp (x * D).
      { rewrite ea. have h : density x * exp (- D ^ 2 / 2) < density D. { rewrite (density_exp0 D). have := exp_pos (- D ^ 2 / 2). have := density_antitone 0 x ltac:(nra). nra. }
        have -> : density x * exp (x * D) * exp (- D ^ 2 / 2) = density x * exp (- D ^ 2 / 2) * exp (x * D) by ring. by apply Rmult_lt_compat_r. }
      have ratio : density (x - D) = density (x + D) * (exp (x * D) * exp (x * D)).
      { rewrite ea eb. have -> : density x * exp (- (x * D)) * exp (- D ^ 2 / 2) * (exp (x * D) * exp (x * D)) = density x * (exp (x * D) * exp (- (x * D))) * exp (x * D) * exp (- D ^ 2 / 2) by ring. rewrite ee. ring. }
      have q := density_pos (x + D). have -> : density D + (density D / density (x + D) - 2) * density (x - D) = density D * (1 + exp (x * D) * exp (x * D)) - 2 * density (x - D).
      { rewrite {1}ratio. field_simplify; try lra. }
      have : 0 < density D * (exp (x * D) - 1) ^ 2. { apply Rmult_lt_0_compat => //. apply pow_lt. lra. } nra. }
    have at_a : mass a = eps.
    { unfold mass. have -> : v a = filter_radius a eps + a. { unfold v, s. replace (cdf a + (cdf (filter_radius a eps + a) - cdf a)) with (cdf (filter_radius a eps + a)) by ring. apply quantile_of_cdf. }
      replace (filter_radius a eps + a - 2 * a) with (filter_radius a eps - a) by ring. unfold s. unfold mass_deficit in da. rewrite central_mass_cdf in da. unfold window_mass in da. lra. }
    have at_b : mass b <= eps.
    { have [E _] := ok b ltac:(lra). unfold mass. have le : v b <= filter_radius b eps + b by apply cdf_le_inv; lra.
      have G : 0 <= v b - b by have [_ G] := ok b ltac:(lra); lra.
      have dle := deficit_mono b ltac:(lra) (v b - b) (filter_radius b eps) G ltac:(lra). rewrite db in dle. unfold mass_deficit in dle. rewrite central_mass_cdf in dle. unfold window_mass in dle.
      replace (v b - b + b) with (v b) in dle by ring. replace (v b - b - b) with (v b - 2 * b) in dle by ring. lra. }
    lra. }
  split => //. have [_ ga] := median_shift_spec a Ha eps He. have [_ gb] := median_shift_spec b ltac:(lra) eps ltac:(lra).
  rewrite shift_mass_deficit da in ga. rewrite shift_mass_deficit db in gb. apply cdf_lt_inv. rewrite ga gb. unfold s in main. lra.
Qed.
