(** A far sample (line 6 of Algorithm 2, |x| >= 3 delta/2): with the server's estimate off by a, the
    squared error given x >= a exceeds 4a^2, so 9 delta^2; the printed 13/4 delta^2 is no bound. *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Gauss Improper.
Open Scope R_scope.

Definition far_error (a x : R) : R := (x + a) ^ 2 * density x.

(** E[(x + a)^2 1{x >= a}] = (1 + a^2)(1 - Phi(a)) + 3a phi(a). *)
Lemma far_error_integral a :
  tail_integral (far_error a) a ((1 + a ^ 2) * (1 - cdf a) + 3 * a * density a).
Proof.
  pose F x := (1 + a ^ 2) * cdf x - (x + 2 * a) * density x.
  replace (_ + _) with ((1 + a ^ 2) * 1 - F a) by (unfold F; ring).
  apply (tail_of_antiderivative F).
  - intros x _. have dc := cdf_derive x. have dd := density_derive x.
    unfold F, far_error. auto_derive.
    + by repeat split; eexists; eassumption.
    + rewrite (is_derive_unique _ _ _ dc) (is_derive_unique _ _ _ dd). ring.
  - intros x _. apply: ex_derive_continuous. have dd := density_derive x. unfold far_error.
    auto_derive. by eexists; eassumption.
  - unfold F. evar_last.
    + apply (is_lim_minus' (fun x => (1 + a ^ 2) * cdf x) (fun x => (x + 2 * a) * density x)
        p_infty ((1 + a ^ 2) * 1) 0).
      * apply (is_lim_scal_l cdf (1 + a ^ 2) p_infty 1), cdf_limit.
      * apply (is_lim_ext (fun x => x ^ 1 * density x + 2 * a * density x)); [intros; ring|].
        evar_last.
        -- apply (is_lim_plus' (fun x => x ^ 1 * density x) (fun x => 2 * a * density x) p_infty 0 (2 * a * 0)).
           ++ by apply density_power_limit, le_n_S, le_0_n.
           ++ apply (is_lim_scal_l density (2 * a) p_infty 0), density_limit.
        -- f_equal. ring.
    + f_equal. ring.
Qed.

(** Mills: (1 - Phi(a)) a < phi(a), as the tail lies beyond a. *)
Lemma mills a : 0 < a -> a * (1 - cdf a) < density a.
Proof.
  intros a0. pose F x := density x - x * (1 - cdf x).
  have slope x : is_derive F x (- (1 - cdf x)).
  { have dc := cdf_derive x. have dd := density_derive x. unfold F. auto_derive.
    - by repeat split; eexists; eassumption.
    - rewrite (is_derive_unique _ _ _ dc) (is_derive_unique _ _ _ dd). ring. }
  have decreasing x : a < x -> F x < F a.
  { intros ax. apply (decrease_of_slope F (fun z => - (1 - cdf z)) a x); try lra.
    - intros; apply slope.
    - intros z _. have := cdf_below_1 z. lra. }
  have limit : is_lim F p_infty 0.
  { have root0 := Rinv_0_lt_compat _ root_2pi_pos. have scaled := density_bell.
    move: (/ sqrt (2 * PI)) root0 scaled => c root0 scaled.
    apply (limit_0_of_bound _ (216 * (1 + c))) => x x1.
    have tail := cdf_upper_tail x ltac:(lra). have below := cdf_below_1 x.
    have b1 := bell_power_bound 1 x ltac:(by apply le_n_S, le_0_n) x1.
    have b0 := bell_power_bound 0 x ltac:(by apply le_0_n) x1.
    have d0 := density_pos x.
    have dbound : density x <= c * (216 / x) by (rewrite scaled; simpl in b0; nra).
    replace (216 * (1 + c) / x) with (216 / x + c * (216 / x)) by (field; lra).
    have b2 : x * (1 - cdf x) <= 216 / x by (simpl in b1; nra).
    have p0 : 0 <= x * (1 - cdf x) by nra.
    unfold F. apply Rabs_le. split; nra. }
  have beyond : F (a + 1) < F a by apply decreasing; lra.
  suff : 0 <= F (a + 1) by unfold F in *; lra.
  apply (is_lim_le_loc F (fun _ => F (a + 1)) p_infty 0 (F (a + 1))); [|exact limit|apply is_lim_const].
  exists (a + 1) => x Hx. left.
  apply (decrease_of_slope F (fun z => - (1 - cdf z)) (a + 1) x); try lra.
  - intros; apply slope.
  - intros z _. have := cdf_below_1 z. lra.
Qed.

Theorem far_sample a : 0 < a ->
  0 < 1 - cdf a /\ 4 * a ^ 2 < ((1 + a ^ 2) * (1 - cdf a) + 3 * a * density a) / (1 - cdf a).
Proof.
  intros a0. have tail0 : 0 < 1 - cdf a by have := cdf_below_1 a; lra.
  split => //. have := mills a a0. intros M.
  apply (Rmult_lt_reg_r (1 - cdf a)) => //. rewrite div_mul //. nra.
Qed.

(** For every delta: the conditional second moment that the paper bounds by 13/4 delta^2. *)
Theorem far_sample_exceeds delta : 0 < delta -> exists chance error,
  tail_integral density (3 * delta / 2) chance /\
  tail_integral (far_error (3 * delta / 2)) (3 * delta / 2) error /\
  0 < chance /\ 9 * delta ^ 2 < error / chance /\ ~ error / chance <= 13 / 4 * delta ^ 2.
Proof.
  intros delta0. have [chance0 H] := far_sample (3 * delta / 2) ltac:(lra).
  exists (1 - cdf (3 * delta / 2)), ((1 + (3 * delta / 2) ^ 2) * (1 - cdf (3 * delta / 2)) + 3 * (3 * delta / 2) * density (3 * delta / 2)).
  have nine : 4 * (3 * delta / 2) ^ 2 = 9 * delta ^ 2 by field.
  have square : 0 < delta ^ 2 by nra.
  split; [apply density_tail|]. split; [apply far_error_integral|]. repeat split => //; lra.
Qed.
