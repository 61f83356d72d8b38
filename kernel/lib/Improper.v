(** Improper integrals by antiderivatives and their limits, and the tails of the normal law. *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Gauss.
Open Scope R_scope.

(** The integral of f from a to infinity, and over the whole line. *)
Definition tail_integral (f : R -> R) (a v : R) : Prop :=
  is_RInt_gen f (at_point a) (Rbar_locally p_infty) v.
Definition line_integral (f : R -> R) (v : R) : Prop :=
  is_RInt_gen f (Rbar_locally m_infty) (Rbar_locally p_infty) v.

Lemma integral_between (F f : R -> R) a b :
  a <= b -> (forall x, a <= x <= b -> is_derive F x (f x)) ->
  (forall x, a <= x <= b -> continuous f x) -> is_RInt f a b (F b - F a).
Proof.
  intros ab derivative continuous_f.
  apply (is_RInt_derive F f); rewrite Rmin_left ?Rmax_right //.
Qed.

Lemma tail_of_antiderivative (F f : R -> R) (a L : R) :
  (forall x, a <= x -> is_derive F x (f x)) -> (forall x, a <= x -> continuous f x) ->
  is_lim F p_infty L -> tail_integral f a (L - F a).
Proof.
  intros derivative continuous_f limit P HP.
  have lim' : filterlim (fun u => F u - F a) (Rbar_locally p_infty) (locally (L - F a)).
  { apply (filterlim_comp _ _ _ F (fun z => z - F a) _ (locally L)); [exact limit|].
    apply (continuous_minus (fun z => z) (fun _ => F a)); [apply continuous_id | apply continuous_const]. }
  apply (Filter_prod _ _ _ (fun u => u = a) (fun u => a < u /\ P (F u - F a))) => //.
  - apply filter_and; [by exists a | exact (lim' P HP)].
  - move=> u v -> [av HPv]. exists (F v - F a). split => //.
    apply integral_between => /=; [lra| |]; intros; [apply derivative | apply continuous_f]; lra.
Qed.

Lemma line_of_antiderivative (F f : R -> R) (L0 L1 : R) :
  (forall x, is_derive F x (f x)) -> (forall x, continuous f x) ->
  is_lim F m_infty L0 -> is_lim F p_infty L1 -> line_integral f (L1 - L0).
Proof.
  intros derivative continuous_f limit0 limit1.
  apply (is_RInt_gen_ext (V := R_NormedModule) (Derive F) f).
  { apply filter_forall => ab x _. by apply is_derive_unique. }
  apply (is_RInt_gen_Derive F) => //.
  - apply filter_forall => ab x _. eexists. apply derivative.
  - apply filter_forall => ab x _. apply (continuous_ext f); [|apply continuous_f].
    intros z. symmetry. by apply is_derive_unique.
Qed.

Lemma limit_0_of_bound (F : R -> R) C : (forall x, 1 <= x -> Rabs (F x) <= C / x) -> is_lim F p_infty 0.
Proof.
  intros bound. apply is_lim_spec => /= eps. exists (Rmax 1 (C / eps)) => x Hx.
  have x1 := Rmax_l 1 (C / eps). have x2 := Rmax_r 1 (C / eps). have e0 := cond_pos eps.
  rewrite Rminus_0_r. apply Rle_lt_trans with (C / x); [apply bound; lra|].
  apply (Rmult_lt_reg_r x); [lra|]. rewrite div_mul; [|lra].
  have : C / eps * eps < x * eps by apply Rmult_lt_compat_r; lra.
  rewrite div_mul; lra.
Qed.

(** Powers do not keep up with e^{-t^2/2}. *)
Lemma bell_power_bound n t : (n <= 5)%nat -> 1 <= t -> t ^ n * bell t <= 216 / t.
Proof.
  intros Hn t1. have b0 : 0 < bell t by apply exp_pos.
  have inv : bell t * exp (t ^ 2 / 2) = 1.
  { unfold bell. rewrite -exp_plus. replace (- t ^ 2 / 2 + t ^ 2 / 2) with 0 by field. apply exp_0. }
  have grows : (t ^ 2 / 6) ^ 3 <= exp (t ^ 2 / 2).
  { replace (exp (t ^ 2 / 2)) with (exp (t ^ 2 / 6) ^ 3).
    - apply pow_incr. have := exp_ineq1_le (t ^ 2 / 6). nra.
    - replace (t ^ 2 / 2) with (t ^ 2 / 6 + (t ^ 2 / 6 + t ^ 2 / 6)) by field. rewrite !exp_plus. ring. }
  have six : t ^ 6 * bell t <= 216.
  { replace (t ^ 6) with (216 * (t ^ 2 / 6) ^ 3) by field. nra. }
  have : t ^ n * t <= t ^ 6.
  { rewrite Rmult_comm. change (t ^ S n <= t ^ 6). apply Rle_pow => //. by apply le_n_S. }
  intros H. apply (Rmult_le_reg_r t); [lra|]. rewrite div_mul; [nra|lra].
Qed.

Lemma density_bell t : density t = / sqrt (2 * PI) * bell t.
Proof. unfold density, bell, Rdiv. ring. Qed.

Lemma density_power_limit n : (n <= 5)%nat -> is_lim (fun t => t ^ n * density t) p_infty 0.
Proof.
  intros Hn. have root0 := Rinv_0_lt_compat _ root_2pi_pos.
  apply (limit_0_of_bound _ (/ sqrt (2 * PI) * 216)) => t t1.
  have t0 : 0 < t ^ n by apply pow_lt; lra.
  rewrite density_bell Rabs_right.
  - have := bell_power_bound n t Hn t1. intros H.
    replace (/ sqrt (2 * PI) * 216 / t) with (/ sqrt (2 * PI) * (216 / t)) by (unfold Rdiv; ring).
    nra.
  - apply Rle_ge, Rmult_le_pos; [lra|]. apply Rmult_le_pos; [lra|]. left. apply exp_pos.
Qed.

Lemma density_limit : is_lim density p_infty 0.
Proof.
  apply (is_lim_ext (fun t => t ^ 0 * density t)); [intros t; simpl; ring|].
  by apply density_power_limit, le_0_n.
Qed.

Lemma cdf_limit : is_lim cdf p_infty 1.
Proof.
  apply (is_lim_ext (fun t => 1 + - (1 - cdf t))); [intros t; ring|].
  evar_last.
  - apply (is_lim_plus' (fun _ => 1) (fun t => - (1 - cdf t)) p_infty 1 0); [apply is_lim_const|].
    apply (limit_0_of_bound _ 216) => t t1. rewrite Rabs_Ropp.
    have tail := cdf_upper_tail t ltac:(lra). have below := cdf_below_1 t.
    rewrite Rabs_right; [|lra].
    have := bell_power_bound 0 t ltac:(apply le_0_n) t1. simpl. lra.
  - f_equal. ring.
Qed.

Lemma cdf_limit_0 : is_lim cdf m_infty 0.
Proof.
  apply (is_lim_ext (fun t => 1 - cdf (- t))); [intros t; rewrite cdf_reflection; ring|].
  evar_last.
  - apply (is_lim_minus' (fun _ => 1) (fun t => cdf (- t)) m_infty 1 1); [apply is_lim_const|].
    apply (is_lim_comp cdf Ropp m_infty 1 p_infty); [apply cdf_limit| |by apply filter_forall].
    apply (is_lim_opp (fun t => t) m_infty m_infty). apply is_lim_id.
  - f_equal. ring.
Qed.

(** The density is one: it is a probability, and Phi is its distribution function. *)
Theorem density_integral : line_integral density 1.
Proof.
  replace 1 with (1 - 0) by ring.
  apply (line_of_antiderivative cdf); [apply cdf_derive | apply density_continuous
    | apply cdf_limit_0 | apply cdf_limit].
Qed.

Theorem density_tail a : tail_integral density a (1 - cdf a).
Proof.
  apply (tail_of_antiderivative cdf); [| |apply cdf_limit]; intros.
  - apply cdf_derive.
  - apply density_continuous.
Qed.
