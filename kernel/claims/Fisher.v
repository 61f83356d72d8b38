(** The least Fisher information of a prior on an interval: Wirtinger's inequality. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus.
From Claims Require Import Tools.
Open Scope R_scope.

(** A prior on [0, L] given by its amplitude u: density u^2, Fisher information 4 int u'^2. *)
Section Wirtinger.
Variables (L : R) (u u' : R -> R).
Hypothesis L_pos : 0 < L.
Hypothesis slope : forall x, is_derive u x (u' x).
Hypothesis slope_continuous : forall x, continuous u' x.
Hypothesis start : u 0 = 0.
Hypothesis finish : u L = 0.
Let k := PI / L.

Lemma k_pos : 0 < k. Proof. apply Rdiv_lt_0_compat. apply PI_RGT_0. done. Qed.
Lemma sin_inside x : 0 < x < L -> 0 < sin (k * x).
Proof.
  intros H. have p := k_pos. apply sin_gt_0. nra. have : k * x < k * L by apply Rmult_lt_compat_l; lra.
  have -> : k * L = PI by unfold k; field; lra. lra.
Qed.
Definition excess (x : R) := u' x ^ 2 - k ^ 2 * u x ^ 2.
Lemma u_continuous x : continuous u x.
Proof. apply: ex_derive_continuous. by exists (u' x). Qed.
Lemma excess_continuous x : continuous excess x.
Proof.
  unfold excess. apply (continuous_minus (fun x => u' x ^ 2) (fun x => k ^ 2 * u x ^ 2)).
  - apply (continuous_ext (fun x => mult (u' x) (u' x))). { intros t. rewrite /mult /=. ring. }
    by apply (continuous_mult u' u').
  - apply (continuous_ext (fun x => scal (k ^ 2) (mult (u x) (u x)))). { intros t. rewrite /scal /mult /=. rewrite /mult /=. ring. }
    apply (continuous_scal_r (k ^ 2) (fun x => mult (u x) (u x))). apply (continuous_mult u u); apply u_continuous.
Qed.
Lemma excess_integrable a b : ex_RInt excess a b.
Proof. apply (ex_RInt_continuous (V := R_CompleteNormedModule)). intros; apply excess_continuous. Qed.

(** (u' - k cot(kx) u)^2 = u'^2 - k^2 u^2 - (k cot(kx) u^2)'. *)
Definition edge (x : R) := k * cos (k * x) / sin (k * x) * u x ^ 2.
Lemma edge_derive x : 0 < x < L -> is_derive edge x (excess x - (u' x - k * cos (k * x) / sin (k * x) * u x) ^ 2).
Proof.
  intros H. have s := sin_inside x H. have D := slope x. unfold edge, excess. auto_derive.
  - repeat split; try (by eexists; eassumption); lra.
  - rewrite (is_derive_unique _ _ _ D). have sc : sin (k * x) ^ 2 + cos (k * x) ^ 2 = 1 by have := sin2_cos2 (k * x); rewrite /Rsqr => <-; ring.
    have -> : k ^ 2 * u x ^ 2 = k ^ 2 * u x ^ 2 * (sin (k * x) ^ 2 + cos (k * x) ^ 2) / 1 by rewrite sc; field.
    move: (sin (k * x)) (cos (k * x)) s sc => S C s sc.
    apply (Rmult_eq_reg_r (S ^ 2)). 2: have := pow_lt S 2 s; lra.
    field_simplify; try lra.
    replace (S ^ 4) with (S ^ 2 * (1 - C ^ 2)) by (rewrite -sc; ring). try ring.
Qed.
Lemma edge_rises a b : 0 < a -> a <= b -> b < L -> edge b - edge a <= RInt excess a b.
Proof.
  intros Ha Hab Hb.
  have D : forall x, a <= x <= b -> is_derive (fun x => RInt excess a x - edge x) x ((u' x - k * cos (k * x) / sin (k * x) * u x) ^ 2).
  { intros x Hx. evar_last. apply (is_derive_minus (RInt excess a) edge).
    - apply (is_derive_RInt excess _ a). apply filter_forall => y. apply (RInt_correct (V := R_CompleteNormedModule)), excess_integrable. apply excess_continuous.
    - apply edge_derive. lra.
    - rewrite /minus /plus /opp /=. ring. }
  have := increases_weakly _ _ a b D ltac:(intros; apply pow2_ge_0) a b ltac:(lra) Hab ltac:(lra). cbv beta.
  rewrite RInt_point /zero /=. lra.
Qed.
End Wirtinger.

(** Next to a zero of u the edge term is at most a multiple of the distance. *)
Lemma half_sine y : 0 <= y <= 1 -> y / 2 <= sin y.
Proof.
  intros Hy. have := increases_weakly (fun z => sin z - z / 2) (fun z => cos z - 1 / 2) 0 1.
  intros K. have J := K _ _ 0 y ltac:(lra) ltac:(lra) ltac:(lra). cbv beta in J. rewrite sin_0 in J. suff : 0 - 0 / 2 <= sin y - y / 2 by lra. apply J.
  - intros z _. auto_derive => //. field.
  - intros z Hz. have : 1 / 2 <= cos z; [|lra]. interval with (i_prec 60, i_bisect z).
Qed.
Lemma edge_small (L : R) (u : R -> R) (c : R) : 0 < L -> is_derive u 0 c -> u 0 = 0 ->
  exists M d, 0 < M /\ 0 < d /\ forall x, 0 < x < d -> Rabs (edge L u x) <= M * x.
Proof.
  intros HL D E. have p := PI_RGT_0. set k := PI / L. have k0 : 0 < k by apply Rdiv_lt_0_compat.
  apply is_derive_Reals in D. destruct (D 1 Rlt_0_1) as [d Hd]. have d0 := cond_pos d.
  set M := Rabs c + 1. have c0 := Rabs_pos c. have M0 : 0 < M by unfold M; lra.
  exists (2 * M ^ 2), (Rmin d (1 / k)). split. have := pow_lt M 2 M0; lra. split. apply Rmin_pos => //. apply Rdiv_lt_0_compat; lra.
  intros x Hx. have m1 := Rmin_l d (1 / k). have m2 := Rmin_r d (1 / k).
  have kx : 0 < k * x <= 1. { split. nra. have : k * x <= k * (1 / k) by apply Rmult_le_compat_l; lra. have -> : k * (1 / k) = 1 by field; lra. lra. }
  have s := half_sine (k * x) ltac:(lra). have s0 : 0 < sin (k * x) by lra.
  have ux : Rabs (u x) <= M * x.
  { have H := Hd x ltac:(lra) ltac:(rewrite Rabs_pos_eq; lra). rewrite Rplus_0_l E Rminus_0_r in H.
    have -> : u x = (u x / x - c) * x + c * x by field; lra. apply Rle_trans with (1 := Rabs_triang _ _). rewrite !Rabs_mult (Rabs_pos_eq x); [|lra]. unfold M.
    have : Rabs (u x / x - c) * x <= 1 * x by apply Rmult_le_compat_r; lra. lra. }
  have u2 : u x ^ 2 <= (M * x) ^ 2. { rewrite -!Rsqr_pow2. apply Rsqr_le_abs_1. rewrite (Rabs_pos_eq (M * x)) //. nra. }
  have cb := COS_bound (k * x).
  unfold edge. fold k. have -> : k * cos (k * x) / sin (k * x) * u x ^ 2 = cos (k * x) * (k / sin (k * x) * u x ^ 2) by field; lra.
  rewrite Rabs_mult. have q : 0 <= k / sin (k * x) * u x ^ 2. { apply Rmult_le_pos. left; by apply Rdiv_lt_0_compat. apply pow2_ge_0. }
  rewrite (Rabs_pos_eq _ q). apply Rle_trans with (1 * (k / sin (k * x) * u x ^ 2)).
  apply Rmult_le_compat_r => //. apply Rabs_le; lra.
  rewrite Rmult_1_l. apply (Rmult_le_reg_r (sin (k * x))) => //. have -> : k / sin (k * x) * u x ^ 2 * sin (k * x) = k * u x ^ 2 by field; lra.
  apply Rle_trans with (k * (M * x) ^ 2). apply Rmult_le_compat_l; lra.
  apply Rle_trans with (2 * M ^ 2 * x * (k * x / 2)). right; field.
  apply Rmult_le_compat_l => //. have := pow_lt M 2 M0. nra.
Qed.

Lemma wirtinger (L : R) (u u' : R -> R) : 0 < L -> (forall x, is_derive u x (u' x)) -> (forall x, continuous u' x) -> u 0 = 0 -> u L = 0 ->
  (PI / L) ^ 2 * RInt (fun x => u x ^ 2) 0 L <= RInt (fun x => u' x ^ 2) 0 L.
Proof.
  intros HL D C E0 EL. set k := PI / L. have p := PI_RGT_0. have k0 : 0 < k by apply Rdiv_lt_0_compat.
  have xc := excess_continuous L u u' D C. have xi := excess_integrable L u u' D C.
  (* the excess on all of [0, L] is at least - eta *)
  suff key : 0 <= RInt (excess L u u') 0 L.
  { have cu : forall x, continuous u x by (intros; apply (u_continuous u u' D)).
    have i1 : ex_RInt (fun x => u' x ^ 2) 0 L.
    { apply (ex_RInt_continuous (V := R_CompleteNormedModule)) => z _. apply (continuous_ext (fun x => mult (u' x) (u' x))). { intros t. rewrite /mult /=. ring. } by apply (continuous_mult u' u'). }
    have i2 : ex_RInt (fun x => u x ^ 2) 0 L.
    { apply (ex_RInt_continuous (V := R_CompleteNormedModule)) => z _. apply (continuous_ext (fun x => mult (u x) (u x))). { intros t. rewrite /mult /=. ring. } by apply (continuous_mult u u). }
    have H : is_RInt (excess L u u') 0 L (minus (RInt (fun x => u' x ^ 2) 0 L) (scal (k ^ 2) (RInt (fun x => u x ^ 2) 0 L))).
    { apply (is_RInt_minus (V := R_NormedModule) (fun x => u' x ^ 2) (fun x => k ^ 2 * u x ^ 2)).
      by apply (RInt_correct (V := R_CompleteNormedModule)).
      apply (is_RInt_scal (V := R_NormedModule) (fun x => u x ^ 2)). by apply (RInt_correct (V := R_CompleteNormedModule)). }
    have key' : 0 <= RInt (fun x => u' x ^ 2) 0 L - k ^ 2 * RInt (fun x => u x ^ 2) 0 L by rewrite (is_RInt_unique _ _ _ _ H) in key.
    fold k. lra. }
  destruct (edge_small L u (u' 0) HL (D 0) E0) as [M [d [M0 [d0 Hd]]]].
  have DR : is_derive (fun x => u (L - x)) 0 (- u' (L - 0)).
  { have K := D (L - 0). auto_derive. by eexists; eassumption. rewrite (is_derive_unique _ _ _ K). ring. }
  have EL' : (fun x => u (L - x)) 0 = 0 by rewrite /= Rminus_0_r.
  destruct (edge_small L (fun x => u (L - x)) _ HL DR EL') as [N [e [N0 [e0 He]]]].
  (* partial integrals are continuous at both ends *)
  apply Rnot_lt_le => neg. set T := RInt (excess L u u') 0 L in neg. set eta := - T / 5. have eta0 : 0 < eta by unfold eta; lra.
  have cont : forall z, continuous (fun x => RInt (excess L u u') 0 x) z.
  { intros z. apply: ex_derive_continuous. exists (excess L u u' z). apply (is_derive_RInt (excess L u u') _ 0). apply filter_forall => y. by apply (RInt_correct (V := R_CompleteNormedModule)). apply xc. }
  destruct (proj1 (filterlim_locally _ _) (cont 0) (mkposreal _ eta0)) as [r1 R1]. destruct (proj1 (filterlim_locally _ _) (cont L) (mkposreal _ eta0)) as [r2 R2].
  set t := Rmin (Rmin (Rmin (d / 2) (e / 2)) (Rmin (r1 / 2) (r2 / 2))) (Rmin (Rmin (eta / M) (eta / N)) (L / 3)).
  have q1 : 0 < eta / M by apply Rdiv_lt_0_compat. have q2 : 0 < eta / N by apply Rdiv_lt_0_compat. have c1 := cond_pos r1. have c2 := cond_pos r2.
  have t0 : 0 < t by repeat apply Rmin_pos; lra.
  have [t1 [t2 [t3 [t4 [t5 [t6 t7]]]]]] : t <= d / 2 /\ t <= e / 2 /\ t <= r1 / 2 /\ t <= r2 / 2 /\ t <= eta / M /\ t <= eta / N /\ t <= L / 3.
  { unfold t. move: (d / 2) (e / 2) (r1 / 2) (r2 / 2) (eta / M) (eta / N) (L / 3) => a1 a2 a3 a4 a5 a6 a7.
    have := Rmin_l (Rmin (Rmin a1 a2) (Rmin a3 a4)) (Rmin (Rmin a5 a6) a7). have := Rmin_r (Rmin (Rmin a1 a2) (Rmin a3 a4)) (Rmin (Rmin a5 a6) a7).
    have := Rmin_l (Rmin a1 a2) (Rmin a3 a4). have := Rmin_r (Rmin a1 a2) (Rmin a3 a4). have := Rmin_l a1 a2. have := Rmin_r a1 a2. have := Rmin_l a3 a4. have := Rmin_r a3 a4.
    have := Rmin_l (Rmin a5 a6) a7. have := Rmin_r (Rmin a5 a6) a7. have := Rmin_l a5 a6. have := Rmin_r a5 a6. lra. }
  have Mt : M * t <= eta. { have : M * t <= M * (eta / M) by apply Rmult_le_compat_l; lra. have -> : M * (eta / M) = eta by field; lra. done. }
  have Nt : N * t <= eta. { have : N * t <= N * (eta / N) by apply Rmult_le_compat_l; lra. have -> : N * (eta / N) = eta by field; lra. done. }
  have rise := edge_rises L u u' HL D C t (L - t) t0 ltac:(lra) ltac:(lra).
  have ea := Hd t ltac:(lra). have eb := He t ltac:(lra).
  have mirror : edge L (fun x => u (L - x)) t = - edge L u (L - t).
  { unfold edge. have -> : PI / L * (L - t) = PI - PI / L * t by field; lra. rewrite sin_PI_x cos_minus cos_PI sin_PI.
    unfold Rdiv. ring. }
  rewrite mirror Rabs_Ropp in eb. apply Rabs_le_between in ea. apply Rabs_le_between in eb.
  have i1 : Rabs (RInt (excess L u u') 0 t) < eta.
  { have := R1 t. rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /= RInt_point /zero /=. intros K. have := K ltac:(rewrite Rabs_pos_eq; lra). by rewrite Ropp_0 Rplus_0_r. }
  have i2 : Rabs (RInt (excess L u u') 0 (L - t) - T) < eta.
  { have := R2 (L - t). rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /=. intros K. apply K. rewrite Rabs_left; lra. }
  apply Rabs_lt_between in i1. apply Rabs_lt_between in i2.
  have ch := RInt_Chasles (excess L u u') 0 t (L - t) (xi _ _) (xi _ _). rewrite /plus /= in ch.
  unfold eta in *. lra.
Qed.

(** claim: min-fisher
    paper: Section IV, "the worst case prior (i.e., the one which minimises the Fischer information) is known to be the squared cosine distribution"
    proves: part: the claim for priors with a continuously differentiable amplitude (the square root of the density) that vanishes at both ends
    seeded: 4 * PI ^ 2 / L ^ 2 <= 4 * RInt ==> 5 * PI ^ 2 / L ^ 2 <= 4 * RInt *)
Theorem min_fisher L : 0 < L ->
  (forall u u' : R -> R, (forall x, is_derive u x (u' x)) -> (forall x, continuous u' x) -> u 0 = 0 -> u L = 0 ->
    RInt (fun x => u x ^ 2) 0 L = 1 -> 4 * PI ^ 2 / L ^ 2 <= 4 * RInt (fun x => u' x ^ 2) 0 L) /\
  (let cosine x := sqrt (2 / L) * cos (PI * (x - L / 2) / L) in let slope x := - sqrt (2 / L) * (PI / L) * sin (PI * (x - L / 2) / L) in
   (forall x, is_derive cosine x (slope x)) /\ cosine 0 = 0 /\ cosine L = 0 /\
   RInt (fun x => cosine x ^ 2) 0 L = 1 /\ 4 * RInt (fun x => slope x ^ 2) 0 L = 4 * PI ^ 2 / L ^ 2).
Proof.
  intros HL. have p := PI_RGT_0. split.
  - intros u u' D C E0 EL N. have W := wirtinger L u u' HL D C E0 EL. rewrite N in W.
    have -> : 4 * PI ^ 2 / L ^ 2 = 4 * ((PI / L) ^ 2 * 1) by field; lra. lra.
  - intros cosine slope. have S : sqrt (2 / L) * sqrt (2 / L) = 2 / L by apply sqrt_sqrt; left; apply Rdiv_lt_0_compat; lra.
    have s_half : sin (PI * (L - L / 2) / L) = 1. { have -> : PI * (L - L / 2) / L = PI / 2 by field; lra. apply sin_PI2. }
    have c_half : cos (PI * (L - L / 2) / L) = 0. { have -> : PI * (L - L / 2) / L = PI / 2 by field; lra. apply cos_PI2. }
    have s_low : sin (PI * (0 - L / 2) / L) = -1. { have -> : PI * (0 - L / 2) / L = - (PI / 2) by field; lra. by rewrite sin_neg sin_PI2. }
    have c_low : cos (PI * (0 - L / 2) / L) = 0. { have -> : PI * (0 - L / 2) / L = - (PI / 2) by field; lra. by rewrite cos_neg cos_PI2. }
    split; [|split; [|split; [|split]]].
    + intros x. unfold cosine, slope. auto_derive => //. unfold Rminus, Rdiv. field. lra.
    + unfold cosine. rewrite c_low. ring.
    + unfold cosine. rewrite c_half. ring.
    + set F := fun x => 1 / L * x + 1 / PI * (sin (PI * (x - L / 2) / L) * cos (PI * (x - L / 2) / L)).
      have H : is_RInt (fun x => cosine x ^ 2) 0 L (minus (F L) (F 0)).
      { apply (is_RInt_derive F).
        - intros x _. unfold F, cosine. auto_derive => //. unfold Rminus, Rdiv in *.
          have sc := sin2_cos2 (PI * (x + - (L * / 2)) * / L). rewrite /Rsqr in sc.
          move: (sin _) (cos _) sc => s c sc. replace ((sqrt (2 * / L) * c) ^ 2) with (sqrt (2 * / L) * sqrt (2 * / L) * c ^ 2) by ring. rewrite S.
          have -> : 1 * / L * 1 = / L * (s * s + c * c) by rewrite sc; ring. field. lra.
        - intros x _. apply: ex_derive_continuous. unfold cosine. auto_derive => //. }
      rewrite (is_RInt_unique _ _ _ _ H) /F /minus /plus /opp /= s_half c_half s_low c_low. field. lra.
    + set F := fun x => (PI / L) ^ 2 * (1 / L * x - 1 / PI * (sin (PI * (x - L / 2) / L) * cos (PI * (x - L / 2) / L))).
      have H : is_RInt (fun x => slope x ^ 2) 0 L (minus (F L) (F 0)).
      { apply (is_RInt_derive F).
        - intros x _. unfold F, slope. auto_derive => //. unfold Rminus, Rdiv in *.
          have sc := sin2_cos2 (PI * (x + - (L * / 2)) * / L). rewrite /Rsqr in sc.
          move: (sin _) (cos _) sc => s c sc. replace ((- sqrt (2 * / L) * (PI * / L) * s) ^ 2) with (sqrt (2 * / L) * sqrt (2 * / L) * (PI * / L) ^ 2 * s ^ 2) by ring. rewrite S.
          have -> : 1 * / L * 1 = / L * (s * s + c * c) by rewrite sc; ring. field. lra.
        - intros x _. apply: ex_derive_continuous. unfold slope. auto_derive => //. }
      rewrite (is_RInt_unique _ _ _ _ H) /F /minus /plus /opp /= s_half c_half s_low c_low. field. lra.
Qed.
