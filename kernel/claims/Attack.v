(** Section IV: the attack's density, a normal density with a plateau put in. *)
From Coq Require Import Reals Lra Psatz List ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Improper.
From Claims Require Import Tools Radius.
Open Scope R_scope.

(** f_eps of the paper, with a plateau of the given width. *)
Definition attack (width x : R) : R :=
  match Rle_dec x 0 with
  | left _ => density x
  | right _ => match Rle_dec x width with left _ => density 0 | right _ => density (x - width) end
  end.

Lemma attack_left w x : x <= 0 -> attack w x = density x.
Proof. intros. unfold attack. destruct (Rle_dec x 0) => //; lra. Qed.
Lemma attack_plateau w x : 0 < x <= w -> attack w x = density 0.
Proof. intros. unfold attack. destruct (Rle_dec x 0); [lra|]. destruct (Rle_dec x w) => //; lra. Qed.
Lemma attack_right w x : 0 < x -> w < x -> attack w x = density (x - w).
Proof. intros. unfold attack. destruct (Rle_dec x 0); [lra|]. destruct (Rle_dec x w) => //; lra. Qed.

Lemma shifted_derive s x : is_derive (fun x => cdf (x - s)) x (density (x - s)).
Proof.
  have d := cdf_derive (x - s). auto_derive. by exists (density (x - s)). rewrite (is_derive_unique _ _ _ d). ring.
Qed.
Lemma shifted_continuous s x : continuous (fun x => density (x - s)) x.
Proof.
  apply: ex_derive_continuous. have d := density_derive (x - s). auto_derive. by eexists; eassumption.
Qed.
Lemma shifted_limit s : is_lim (fun x => cdf (x - s)) p_infty 1.
Proof.
  apply (is_lim_comp cdf (fun x => x - s) p_infty 1 p_infty). apply cdf_limit.
  - evar_last. apply (is_lim_minus (fun x => x) (fun _ => s) p_infty p_infty s). apply is_lim_id. apply is_lim_const. done. done.
  - by apply filter_forall.
Qed.
Lemma shifted_limit_0 s : is_lim (fun x => cdf (x - s)) m_infty 0.
Proof.
  apply (is_lim_comp cdf (fun x => x - s) m_infty 0 m_infty). apply cdf_limit_0.
  - evar_last. apply (is_lim_minus (fun x => x) (fun _ => s) m_infty m_infty s). apply is_lim_id. apply is_lim_const. done. done.
  - by apply filter_forall.
Qed.
Lemma shifted_line s : line_integral (fun x => density (x - s)) 1.
Proof.
  replace 1 with (1 - 0) by ring. apply (line_of_antiderivative (fun x => cdf (x - s))).
  apply shifted_derive. apply shifted_continuous. apply shifted_limit_0. apply shifted_limit.
Qed.
(** The lower half of a normal density, and the upper one. *)
Lemma lower_half s : is_RInt_gen (fun x => density (x - s)) (Rbar_locally m_infty) (at_point s) (1 / 2).
Proof.
  replace (1 / 2) with (cdf (s - s) - 0) by (rewrite Rminus_eq_0 cdf_0; ring).
  apply (is_RInt_gen_ext (V := R_NormedModule) (Derive (fun x => cdf (x - s))) (fun x => density (x - s))).
  { apply filter_forall => ab x _. apply is_derive_unique, shifted_derive. }
  apply (is_RInt_gen_Derive (fun x => cdf (x - s))).
  - apply filter_forall => ab x _. eexists. apply shifted_derive.
  - apply filter_forall => ab x _. apply (continuous_ext (fun x => density (x - s))); [|apply shifted_continuous].
    intros z. symmetry. apply is_derive_unique, shifted_derive.
  - apply shifted_limit_0.
  - intros P HP. apply (locally_singleton _ _ HP).
Qed.
Lemma upper_half s : tail_integral (fun x => density (x - s)) s (1 / 2).
Proof.
  replace (1 / 2) with (1 - cdf (s - s)) by (rewrite Rminus_eq_0 cdf_0; field).
  apply (tail_of_antiderivative (fun x => cdf (x - s))).
  intros; apply shifted_derive.
  intros; apply shifted_continuous.
  apply shifted_limit.
Qed.
Lemma line_unique f u v : line_integral f u -> line_integral f v -> u = v.
Proof.
  intros Hu Hv. have <- := is_RInt_gen_unique (V := R_CompleteNormedModule) f u Hu.
  by have <- := is_RInt_gen_unique (V := R_CompleteNormedModule) f v Hv.
Qed.

(** The two flanks are halves of one normal density; the plateau adds its width times phi(0). *)
Lemma attack_mass w s : 0 <= w -> line_integral (fun x => attack w (x - s)) (1 + w * density 0).
Proof.
  intros Hw.
  have L : is_RInt_gen (fun x => attack w (x - s)) (Rbar_locally m_infty) (at_point s) (1 / 2).
  { apply (is_RInt_gen_ext (V := R_NormedModule) (fun x => density (x - s))). 2: apply lower_half.
    apply (Filter_prod _ _ _ (fun u => u < s) (fun u => u = s)).
    - by exists s.
    - done.
    - move=> u v Hu -> x /=. rewrite Rmin_left ?Rmax_right; try lra. intros Hx. rewrite attack_left //; lra. }
  have M : is_RInt_gen (fun x => attack w (x - s)) (at_point s) (at_point (s + w)) (w * density 0).
  { apply is_RInt_gen_at_point. apply (is_RInt_ext (fun _ => density 0)).
    - rewrite Rmin_left ?Rmax_right; try lra. intros x Hx. rewrite attack_plateau //; lra.
    - replace (w * density 0) with (scal (s + w - s) (density 0)) by (rewrite /scal /= /mult /=; ring).
      apply (is_RInt_const (V := R_NormedModule)). }
  have U : is_RInt_gen (fun x => attack w (x - s)) (at_point (s + w)) (Rbar_locally p_infty) (1 / 2).
  { apply (is_RInt_gen_ext (V := R_NormedModule) (fun x => density (x - (s + w)))). 2: apply upper_half.
    apply (Filter_prod _ _ _ (fun u => u = s + w) (fun u => s + w < u)).
    - done.
    - by exists (s + w).
    - move=> u v -> Hv x /=. rewrite Rmin_left ?Rmax_right; try lra. intros Hx. rewrite attack_right; try lra. f_equal. ring. }
  replace (1 + w * density 0) with (plus (plus (1 / 2) (w * density 0)) (1 / 2)) by (rewrite /plus /=; field).
  apply (is_RInt_gen_Chasles (V := R_NormedModule) (Fa := Rbar_locally m_infty) (Fc := Rbar_locally p_infty) _ (s + w)) => //.
  by apply (is_RInt_gen_Chasles (V := R_NormedModule) (Fa := Rbar_locally m_infty) (Fc := at_point (s + w)) _ s).
Qed.
Lemma density_at_0 : density 0 = / sqrt (2 * PI).
Proof. unfold density. replace (- 0 ^ 2 / 2) with 0 by field. rewrite exp_0. unfold Rdiv. ring. Qed.
Lemma linear_width e : sqrt (2 * PI) * e * density 0 = e.
Proof. rewrite density_at_0. have := root_2pi_pos. intros. field. lra. Qed.
Lemma root_width e : 0 <= e -> sqrt (2 * PI * e) * density 0 = sqrt e.
Proof.
  intros He. rewrite density_at_0. have := PI_RGT_0. intros. rewrite sqrt_mult; try lra. have := root_2pi_pos. intros. field. lra.
Qed.

(** claim: density-integral
    paper: Section IV, f_eps with the plateau 0 < x <= sqrt(2 pi eps)
    proves: printed refuted; repaired statement
    seeded: (fun x => attack (sqrt (2 * PI) * e) x) (1 + e) ==> (fun x => attack (sqrt (2 * PI) * e) x) (1 + 2 * e) *)
Theorem density_integral :
  (forall e, 0 <= e -> line_integral (fun x => attack (sqrt (2 * PI) * e) x) (1 + e) /\
    line_integral (fun x => attack (sqrt (2 * PI * e)) x) (1 + sqrt e)) /\
  ~ line_integral (fun x => attack (sqrt (2 * PI * (1 / 4))) x) (1 + 1 / 4).
Proof.
  have p := PI_RGT_0. have r := root_2pi_pos.
  have at_0 : forall w, 0 <= w -> line_integral (fun x => attack w x) (1 + w * density 0).
  { intros w Hw. have A := attack_mass w 0 Hw. unfold line_integral in *. move: A. apply: (is_RInt_gen_ext (V := R_NormedModule) (fun x => attack w (x - 0)) (fun x => attack w x)).
    apply filter_forall => ab x _. by rewrite Rminus_0_r. }
  have both : forall e, 0 <= e -> line_integral (fun x => attack (sqrt (2 * PI) * e) x) (1 + e) /\
    line_integral (fun x => attack (sqrt (2 * PI * e)) x) (1 + sqrt e).
  { intros e He. split.
    - rewrite -{2}(linear_width e). apply at_0. nra.
    - rewrite -(root_width e He). apply at_0. apply sqrt_pos. }
  split => // H. have [_ K] := both (1 / 4) ltac:(lra). have := line_unique _ _ _ H K.
  have -> : sqrt (1 / 4) = 1 / 2. { replace (1 / 4) with (1 / 2 * (1 / 2)) by field. rewrite sqrt_square; lra. } lra.
Qed.

Lemma density_le a b : a * a <= b * b -> density b <= density a.
Proof.
  intros [H|H]. left; by apply density_antitone. right. unfold density. do 2 f_equal.
  replace (b ^ 2) with (b * b) by ring. rewrite -H. field.
Qed.
Lemma attack_above w t x : 0 <= t <= w -> density (x - t) <= attack w x.
Proof.
  intros Ht. unfold attack. destruct (Rle_dec x 0) as [H|H]; [|destruct (Rle_dec x w) as [K|K]]; apply density_le.
  - replace (x * x) with (- x * - x) by ring. replace ((x - t) * (x - t)) with ((t - x) * (t - x)) by ring. apply Rmult_le_compat; lra.
  - rewrite Rmult_0_l. apply Rle_0_sqr.
  - apply Rmult_le_compat; lra.
Qed.

(** claim: attack-density
    paper: Section IV, "psi is a p.d.f. if mu'_i in [mu_i - sqrt(2 pi eps_i), mu_i]"
    proves: whole claim, with the width sqrt(2 pi) eps; with sqrt(2 pi eps) the integral is 1/sqrt(eps)
    seeded: mu - sqrt (2 * PI) * e <= mu' <= mu) ==> mu - sqrt (3 * PI) * e <= mu' <= mu) *)
Theorem attack_density e mu mu' : 0 < e ->
  let psi w x := (attack w (x - mu') - density (x - mu)) / e in
  line_integral (psi (sqrt (2 * PI) * e)) 1 /\
  line_integral (psi (sqrt (2 * PI * e))) (1 / sqrt e) /\
  ((forall x, 0 <= psi (sqrt (2 * PI) * e) x) <-> mu - sqrt (2 * PI) * e <= mu' <= mu).
Proof.
  intros He psi. have p := PI_RGT_0. have r := root_2pi_pos. have re : 0 < sqrt e by apply sqrt_lt_R0.
  have S : sqrt e * sqrt e = e by apply sqrt_sqrt; lra.
  have mass : forall w, 0 <= w -> line_integral (psi w) (w * density 0 / e).
  { intros w Hw. replace (w * density 0 / e) with (scal (/ e) (minus (1 + w * density 0) 1)).
    2: { rewrite /scal /minus /plus /opp /= /mult /=. field. lra. }
    have B : line_integral (fun x => scal (/ e) (minus (attack w (x - mu')) (density (x - mu)))) (scal (/ e) (minus (1 + w * density 0) 1)).
    { unfold line_integral. apply (is_RInt_gen_scal (V := R_NormedModule) (fun x => minus (attack w (x - mu')) (density (x - mu))) (/ e)).
      apply (is_RInt_gen_minus (V := R_NormedModule) (fun x => attack w (x - mu')) (fun x => density (x - mu))).
      exact (attack_mass w mu' Hw). exact (shifted_line mu). }
    unfold line_integral in *. revert B.
    apply (is_RInt_gen_ext (V := R_NormedModule)
      (fun x => scal (/ e) (minus (attack w (x - mu')) (density (x - mu)))) (psi w)).
    apply filter_forall => ab x _. rewrite /psi /scal /minus /plus /opp /= /mult /=. unfold Rdiv, Rminus. ring. }
  split; [|split].
  - replace 1 with (sqrt (2 * PI) * e * density 0 / e) at 1. 2: rewrite linear_width; field; lra. apply mass. nra.
  - replace (1 / sqrt e) with (sqrt (2 * PI * e) * density 0 / e). 2: { rewrite root_width; try lra. rewrite -{2}S. field. lra. }
    apply mass, sqrt_pos.
  - set w := sqrt (2 * PI) * e. have w0 : 0 < w by unfold w; nra.
    have sign : forall x, 0 <= psi w x <-> density (x - mu) <= attack w (x - mu').
    { intros x. unfold psi. split; intros H.
      - have := Rmult_le_pos _ _ H (Rlt_le _ _ He). have -> : (attack w (x - mu') - density (x - mu)) / e * e = attack w (x - mu') - density (x - mu) by field; lra. lra.
      - apply nonneg_fraction; lra. }
    split.
    + intros H. have K := proj1 (sign mu) (H mu). rewrite Rminus_eq_0 in K. unfold attack in K.
      destruct (Rle_dec (mu - mu') 0) as [L|L]; [|destruct (Rle_dec (mu - mu') w) as [M|M]].
      * destruct (Req_dec mu mu') as [E|E]. lra. have := density_antitone 0 (mu - mu') ltac:(nra). lra.
      * lra.
      * have := density_antitone 0 (mu - mu' - w) ltac:(nra). lra.
    + intros H x. apply sign. replace (x - mu) with (x - mu' - (mu - mu')) by ring. apply attack_above. lra.
Qed.

(** claim: figure-2-area
    paper: Figure 2, "The shaded area is eps_i"
    proves: printed refuted (width sqrt(2 pi eps): the area is sqrt(eps)); repaired statement
    seeded: (x - mu') - density (x - mu)) e /\ ==> (x - mu') - density (x - mu)) (2 * e) /\ *)
Theorem figure_2_area e mu mu' : 0 < e ->
  line_integral (fun x => attack (sqrt (2 * PI) * e) (x - mu') - density (x - mu)) e /\
  line_integral (fun x => attack (sqrt (2 * PI * e)) (x - mu') - density (x - mu)) (sqrt e) /\
  sqrt (1 / 4) <> 1 / 4.
Proof.
  intros He. have p := PI_RGT_0. have r := root_2pi_pos.
  have mass : forall w, 0 <= w -> line_integral (fun x => attack w (x - mu') - density (x - mu)) (w * density 0).
  { intros w Hw. replace (w * density 0) with (minus (1 + w * density 0) 1) by (rewrite /minus /plus /opp /=; ring).
    apply (is_RInt_gen_minus (V := R_NormedModule) (fun x => attack w (x - mu')) (fun x => density (x - mu))).
    exact (attack_mass w mu' Hw). exact (shifted_line mu). }
  split; [|split].
  - rewrite -{2}(linear_width e). apply mass. nra.
  - rewrite -(root_width e); [|lra]. apply mass, sqrt_pos.
  - replace (1 / 4) with (1 / 2 * (1 / 2)) by field. rewrite sqrt_square; lra.
Qed.

(** One component under attack: its mass eps, its mean mu, and mu'. *)
Definition component := (R * R * R)%type.
Definition sum_over (F : component -> R) (cs : list component) := fold_right (fun c s => F c + s) 0 cs.
Lemma sum_over_add F G cs : sum_over (fun c => F c + G c) cs = sum_over F cs + sum_over G cs.
Proof. induction cs => //=. ring. rewrite /sum_over /= in IHcs |- *. rewrite IHcs. ring. Qed.
Lemma sum_over_scal a F cs : sum_over (fun c => a * F c) cs = a * sum_over F cs.
Proof. induction cs => //=. ring. rewrite /sum_over /= in IHcs |- *. rewrite IHcs. ring. Qed.
Lemma sum_over_ext F G cs : (forall c, In c cs -> F c = G c) -> sum_over F cs = sum_over G cs.
Proof. intros H. induction cs => //=. rewrite (H a (or_introl eq_refl)). f_equal. apply IHcs. intros c Hc. apply H. by right. Qed.

(** claim: reported-mixture
    paper: Section IV, "samples reported to the server can be thought of as drawn from the distribution (1/(k + c)) sum f_eps_i(x - mu'_i)"
    proves: whole claim, as an identity between densities; independence is by construction
    seeded: = / (k + c) * sum_over ==> = / (k + 2 * c) * sum_over *)
Theorem reported_mixture cs x (f : component -> R -> R) : cs <> nil ->
  let k := INR (length cs) in let c := sum_over (fun '(e, _, _) => e) cs in 0 < c ->
  (forall e mu mu', In (e, mu, mu') cs -> 0 < e) ->
  let psi := fun '(e, mu, mu') => (f (e, mu, mu') (x - mu') - density (x - mu)) / e in
  k / (k + c) * (/ k * sum_over (fun '(e, mu, mu') => density (x - mu)) cs) +
  c / (k + c) * sum_over (fun '(e, mu, mu') => e / c * psi (e, mu, mu')) cs
  = / (k + c) * sum_over (fun '(e, mu, mu') => f (e, mu, mu') (x - mu')) cs.
Proof.
  intros Hn k c Hc He psi.
  have k0 : 0 < k. { unfold k. destruct cs => //. apply lt_0_INR. simpl. apply PeanoNat.Nat.lt_0_succ. }
  have -> : sum_over (fun '(e, mu, mu') => e / c * psi (e, mu, mu')) cs =
    sum_over (fun p => / c * ((fun '(e, mu, mu') => f (e, mu, mu') (x - mu') - density (x - mu)) p)) cs.
  { apply sum_over_ext. intros [[e mu] mu'] Hi. have := He _ _ _ Hi. intros. unfold psi. field. lra. }
  rewrite sum_over_scal.
  have -> : sum_over (fun '(e, mu, mu') => f (e, mu, mu') (x - mu')) cs =
    sum_over (fun p => ((fun '(e, mu, mu') => f (e, mu, mu') (x - mu') - density (x - mu)) p) + ((fun '(e, mu, mu') => density (x - mu)) p)) cs.
  { apply sum_over_ext. intros [[e mu] mu'] Hi. ring. }
  rewrite sum_over_add. field. lra.
Qed.

(** claim: no-collaboration
    paper: Section III, "without collaboration, each client incurs an expected MSE of 1"
    proves: part: the client's own sample has the mean squared error 1
    seeded: density (x - mu)) 1 ==> density (x - mu)) 2 *)
Theorem no_collaboration mu : line_integral (fun x => (x - mu) ^ 2 * density (x - mu)) 1.
Proof.
  replace 1 with (1 - 0) at 1 by ring.
  apply (line_of_antiderivative (fun x => cdf (x - mu) - (x - mu) * density (x - mu))).
  - intros x. have d1 := cdf_derive (x - mu). have d2 := density_derive (x - mu). auto_derive.
    + repeat split; eexists; eassumption.
    + rewrite (is_derive_unique _ _ _ d1) (is_derive_unique _ _ _ d2). unfold Rminus; ring.
  - intros x. apply: ex_derive_continuous. have d2 := density_derive (x - mu). auto_derive. by eexists; eassumption.
  - evar_last. apply (is_lim_minus' (fun x => cdf (x - mu)) (fun x => (x - mu) * density (x - mu)) m_infty 0 0). apply shifted_limit_0.
    + apply (is_lim_ext (fun x => - ((mu - x) ^ 1 * density (mu - x)))).
      { intros x. replace (mu - x) with (- (x - mu)) by ring. rewrite density_even. ring. }
      evar_last. apply (is_lim_opp (fun x => (mu - x) ^ 1 * density (mu - x)) m_infty 0).
      apply (is_lim_comp (fun t => t ^ 1 * density t) (fun x => mu - x) m_infty 0 p_infty).
      by apply density_power_limit, le_n_S, le_0_n.
      evar_last. apply (is_lim_minus (fun _ => mu) (fun x => x) m_infty mu m_infty). apply is_lim_const. apply is_lim_id. done. done.
      by apply filter_forall. simpl. f_equal. ring.
    + f_equal. ring.
  - evar_last. apply (is_lim_minus' (fun x => cdf (x - mu)) (fun x => (x - mu) * density (x - mu)) p_infty 1 0). apply shifted_limit.
    + apply (is_lim_ext (fun x => (x - mu) ^ 1 * density (x - mu))). { intros x. ring. }
      apply (is_lim_comp (fun t => t ^ 1 * density t) (fun x => x - mu) p_infty 0 p_infty).
      by apply density_power_limit, le_n_S, le_0_n.
      evar_last. apply (is_lim_minus (fun x => x) (fun _ => mu) p_infty p_infty mu). apply is_lim_id. apply is_lim_const. done. done.
      by apply filter_forall.
    + f_equal. ring.
Qed.
