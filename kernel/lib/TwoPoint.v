(** Two means +-t that the server cannot tell apart: the Bayes risk B(t) of a client with chance 1/2 at
    each, and what the attack costs, 2 Phi(t) - 1 (Masses, for the means -t and t). The best t is about
    0.93. *)
From Coq Require Import Reals Lra ssreflect Classical.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Improper.
Open Scope R_scope.

(** 4t^2 uv/(u + v), where u and v are the densities at t and -t, with their chances. *)
Definition bayes (t x : R) : R :=
  4 * t ^ 2 * ((density (x - t) / 2) * (density (x + t) / 2)) / (density (x - t) / 2 + density (x + t) / 2).

Lemma bayes_sech t x : bayes t x = 2 * t ^ 2 * exp (- t ^ 2 / 2) * density x / (exp (t * x) + exp (- (t * x))).
Proof.
  have e0 := exp_pos (t * x). have p0 := density_pos x. have b0 := exp_pos (- t ^ 2 / 2).
  have Em : density (x - t) = density x * (exp (t * x) * exp (- t ^ 2 / 2)).
  { unfold Rminus. rewrite density_shift -exp_plus. do 2 f_equal. field. }
  have Ep : density (x + t) = density x * (exp (- (t * x)) * exp (- t ^ 2 / 2)).
  { rewrite density_shift -exp_plus. do 2 f_equal. field. }
  have inv : exp (- (t * x)) = / exp (t * x) by apply exp_Ropp.
  unfold bayes. rewrite Em Ep inv.
  move: (exp (t * x)) (density x) (exp (- t ^ 2 / 2)) e0 p0 b0 => e p b e0 p0 b0.
  have e2 : 0 < e * e by apply Rmult_lt_0_compat.
  field. repeat split; try lra. have : 0 < p * b * (e * e + 1) by repeat apply Rmult_lt_0_compat => //; lra. nra.
Qed.

Lemma bayes_even t x : bayes t (- x) = bayes t x.
Proof.
  rewrite !bayes_sech density_even. replace (t * - x) with (- (t * x)) by ring. rewrite Ropp_involutive.
  by rewrite (Rplus_comm (exp (- (t * x)))).
Qed.

Lemma bayes_bounds t x : 0 <= bayes t x <= t ^ 2 * density x.
Proof.
  rewrite bayes_sech. have e0 := exp_pos (t * x). have e1 := exp_pos (- (t * x)).
  have p0 := density_pos x. have b0 := exp_pos (- t ^ 2 / 2). have t2 := pow2_ge_0 t.
  have b1 : exp (- t ^ 2 / 2) <= 1.
  { rewrite -exp_0. destruct t2 as [H|H]; [left; apply exp_increasing; lra | right; f_equal; lra]. }
  have sum : 2 <= exp (t * x) + exp (- (t * x)).
  { have := pow2_ge_0 (exp (t * x) - 1). have inv : exp (t * x) * exp (- (t * x)) = 1.
    { rewrite -exp_plus -exp_0. f_equal. ring. }
    nra. }
  move: (exp (t * x) + exp (- (t * x))) sum => s sum.
  have k0 : 0 <= t ^ 2 * density x by nra.
  split.
  - apply Rdiv_le_0_compat; [|lra]. nra.
  - apply (Rmult_le_reg_r s); [lra|]. rewrite div_mul; [|lra]. nra.
Qed.

Lemma bayes_continuous t x : continuous (bayes t) x.
Proof.
  apply (continuous_ext (fun x => 2 * t ^ 2 * exp (- t ^ 2 / 2) * density x / (exp (t * x) + exp (- (t * x))))).
  { intros z. by rewrite bayes_sech. }
  have dd := density_derive x. apply: ex_derive_continuous. auto_derive.
  have e0 := exp_pos (t * x). have e1 := exp_pos (- (t * x)).
  repeat split; [by eexists; eassumption | lra].
Qed.

Lemma bayes_integrable t a b : ex_RInt (bayes t) a b.
Proof. apply (ex_RInt_continuous (V := R_CompleteNormedModule)) => z _. apply bayes_continuous. Qed.

(** The risk exists, and is at least twice any part of its right half. *)
Lemma bayes_risk_exists t M : 0 <= M -> exists B, line_integral (bayes t) B /\ 2 * RInt (bayes t) 0 M <= B.
Proof.
  intros M0. pose part u := RInt (bayes t) 0 u.
  have grows u v : u <= v -> part u <= part v.
  { intros uv. unfold part.
    have C := RInt_Chasles (bayes t) 0 u v (bayes_integrable t 0 u) (bayes_integrable t u v).
    rewrite /plus /= in C. have : 0 <= RInt (bayes t) u v.
    { apply RInt_ge_0 => //; [apply bayes_integrable|]. intros; apply bayes_bounds. }
    lra. }
  have bounded u : 0 <= u -> part u <= t ^ 2.
  { intros u0. apply Rle_trans with (t ^ 2 * (cdf u - cdf 0)).
    - rewrite cdf_difference.
      have E := RInt_scal (V := R_CompleteNormedModule) density 0 u (t ^ 2) (density_integrable 0 u).
      rewrite /scal /= /mult /= in E. change (part u <= t ^ 2 * RInt density 0 u).
      replace (t ^ 2 * RInt density 0 u) with (RInt (fun y => t ^ 2 * density y) 0 u) by (rewrite -E; done).
      apply RInt_le => //; [apply bayes_integrable | |].
      + apply (ex_RInt_scal (V := R_NormedModule) density), density_integrable.
      + intros; apply bayes_bounds.
    - have c1 := cdf_below_1 u. rewrite cdf_0. have := pow2_ge_0 t. nra. }
  destruct (completeness (fun y => exists u, 0 <= u /\ y = part u)) as [v [above least]].
  { exists (t ^ 2). intros y [u [u0 ->]]. by apply bounded. }
  { by exists (part 0), 0; split; [lra|]. }
  have reached eps : 0 < eps -> exists u, 0 <= u /\ v - eps < part u.
  { intros e0. apply NNPP => none. have : v <= v - eps; [|lra].
    apply least => y [u [u0 ->]]. apply Rnot_lt_le => K. apply none. by exists u. }
  have limit : is_lim part p_infty v.
  { apply is_lim_spec => /= eps. destruct (reached eps (cond_pos eps)) as [u [u0 Hu]].
    exists u => w Hw. have e0 := cond_pos eps. have g := grows u w ltac:(lra).
    have top : part w <= v by apply above; exists w; split; [lra|].
    rewrite Rabs_left1; lra. }
  exists (v + v). split.
  - have half (P : R -> Prop) : locally v P -> exists N, 0 < N /\ forall u, N < u -> P (part u).
    { intros HP. have [N HN] := limit P HP. exists (Rmax N 1).
      split; [have := Rmax_r N 1; lra|]. intros u Hu. apply HN. have := Rmax_l N 1. lra. }
    have right : is_RInt_gen (bayes t) (at_point 0) (Rbar_locally p_infty) v.
    { intros P HP. have [N [N0 HN]] := half P HP.
      apply (Filter_prod _ _ _ (fun x => x = 0) (fun u => N < u)) => //; [by exists N|].
      move=> x u -> Hu. exists (part u). split; [|by apply HN].
      apply (RInt_correct (V := R_CompleteNormedModule)), bayes_integrable. }
    have left : is_RInt_gen (bayes t) (Rbar_locally m_infty) (at_point 0) v.
    { intros P HP. have [N [N0 HN]] := half P HP.
      apply (Filter_prod _ _ _ (fun x => x < - N) (fun u => u = 0)) => //; [by exists (- N)|].
      move=> x u Hx ->. exists (part (- x)). split; [|apply HN; lra]. cbn [fst snd].
      have H : is_RInt (bayes t) (- 0) (- x) (part (- x)).
      { rewrite Ropp_0. apply (RInt_correct (V := R_CompleteNormedModule)), bayes_integrable. }
      apply (is_RInt_comp_opp (V := R_NormedModule)), (is_RInt_swap (V := R_NormedModule)),
        (is_RInt_opp (V := R_NormedModule)) in H.
      have back : opp (opp (part (- x))) = part (- x) by rewrite /opp /= Ropp_involutive.
      rewrite back in H. apply: is_RInt_ext H => z _. by rewrite /opp /= Ropp_involutive bayes_even. }
    apply (is_RInt_gen_Chasles (V := R_NormedModule) _ 0 _ _ left right); typeclasses eauto.
  - have : part M <= v by apply above; exists M. unfold part. lra.
Qed.

(** The constant of the sharp lower bound. *)
Theorem two_point_ratio : exists B, line_integral (bayes (937 / 1000)) B /\
  66104 / 100000 < B / (2 * cdf (937 / 1000) - 1).
Proof.
  destruct (bayes_risk_exists (937 / 1000) 5 ltac:(lra)) as [B [HB lower]].
  exists B. split => //.
  have cost : 2 * cdf (937 / 1000) - 1 = 2 * RInt density 0 (937 / 1000) by rewrite -cdf_difference cdf_0; lra.
  have cost0 : 0 < RInt density 0 (937 / 1000).
  { rewrite -cdf_difference. have := cdf_increasing 0 (937 / 1000). lra. }
  rewrite cost. apply (Rmult_lt_reg_r (2 * RInt density 0 (937 / 1000))); [lra|]. rewrite div_mul; [|lra].
  have up : RInt density 0 (937 / 1000) <= 32562074 / 100000000.
  { unfold density. integral with (i_prec 40). }
  have low : 21525028 / 100000000 <= RInt (bayes (937 / 1000)) 0 5.
  { rewrite (RInt_ext _ _ _ _ (fun x _ => bayes_sech (937 / 1000) x)). unfold density. integral with (i_prec 40). }
  lra.
Qed.
