(** The standard normal law: density phi, distribution function Phi (bounds.functions.normal). *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus.
Open Scope R_scope.

Definition density (t : R) : R := exp (- t ^ 2 / 2) / sqrt (2 * PI).
Definition cdf (x : R) : R := 1 / 2 + RInt density 0 x.

Lemma root_2pi_pos : 0 < sqrt (2 * PI).
Proof. apply sqrt_lt_R0. have := PI_RGT_0. lra. Qed.

Lemma density_pos t : 0 < density t.
Proof. apply Rdiv_lt_0_compat; [apply exp_pos | apply root_2pi_pos]. Qed.

Lemma density_derive t : is_derive density t (- t * density t).
Proof.
  have pos := root_2pi_pos. unfold density. auto_derive => //. simpl. unfold Rdiv. field. lra.
Qed.

Lemma density_continuous t : continuous density t.
Proof. apply: ex_derive_continuous. exists (- t * density t). apply density_derive. Qed.

Lemma density_integrable a b : ex_RInt density a b.
Proof. apply (ex_RInt_continuous (V := R_CompleteNormedModule)) => t _. apply density_continuous. Qed.

Lemma density_even t : density (- t) = density t.
Proof. unfold density. do 2 f_equal. field. Qed.

Lemma density_antitone a b : a * a < b * b -> density b < density a.
Proof.
  intros H. apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat, root_2pi_pos|].
  apply exp_increasing. lra.
Qed.

(** phi (t + s) in units of phi t. *)
Lemma density_shift t s : density (t + s) = density t * exp (- s * (t + s / 2)).
Proof.
  unfold density, Rdiv. rewrite Rmult_assoc (Rmult_comm (/ _)) -Rmult_assoc -exp_plus.
  do 2 f_equal. field.
Qed.

Lemma cdf_0 : cdf 0 = 1 / 2.
Proof. unfold cdf. rewrite RInt_point /zero /=. ring. Qed.

Lemma cdf_difference a b : cdf b - cdf a = RInt density a b.
Proof.
  unfold cdf. rewrite -(RInt_Chasles density 0 a b); try apply density_integrable.
  rewrite /plus /=. ring.
Qed.

Lemma cdf_derive x : is_derive cdf x (density x).
Proof.
  unfold cdf. evar_last.
  - apply (is_derive_plus (fun _ => 1 / 2) (RInt density 0)); [apply is_derive_const|].
    apply (is_derive_RInt density _ 0); [|apply density_continuous].
    apply filter_forall => y. apply (RInt_correct (V := R_CompleteNormedModule)), density_integrable.
  - apply plus_zero_l.
Qed.

Lemma cdf_continuous x : continuity_pt cdf x.
Proof. exact: (derivable_continuous _ _ _ (cdf_derive x)). Qed.

Lemma cdf_increasing a b : a < b -> cdf a < cdf b.
Proof.
  intros ab. apply (increase_of_slope cdf density a b); try lra.
  - intros; apply cdf_derive.
  - intros; apply density_pos.
Qed.

Lemma cdf_monotone a b : a <= b -> cdf a <= cdf b.
Proof. intros [ab| ->]; [left; by apply cdf_increasing | lra]. Qed.

Lemma cdf_lt_inv a b : cdf a < cdf b -> a < b.
Proof. intros H. apply Rnot_le_lt => /cdf_monotone. lra. Qed.

Lemma cdf_le_inv a b : cdf a <= cdf b -> a <= b.
Proof. intros H. apply Rnot_lt_le => /cdf_increasing. lra. Qed.

Lemma cdf_injective a b : cdf a = cdf b -> a = b.
Proof. intros H. apply Rle_antisym; apply cdf_le_inv; lra. Qed.

Lemma cdf_reflection x : cdf (- x) = 1 - cdf x.
Proof.
  suff : cdf x + cdf (- x) = cdf 0 + cdf (- 0) by rewrite Ropp_0 cdf_0; lra.
  have slope t : is_derive (fun t => cdf t + cdf (- t)) t 0.
  { evar_last.
    - apply (is_derive_plus cdf (fun t => cdf (- t))); [apply cdf_derive|].
      apply (is_derive_comp cdf Ropp); [apply cdf_derive | auto_derive => //].
    - rewrite density_even /plus /scal /= /mult /=. ring. }
  destruct (MVT_gen (fun t => cdf t + cdf (- t)) 0 x (fun _ => 0)) as [z [_ E]].
  - intros; apply slope.
  - intros t _. apply (derivable_continuous _ _ 0), slope.
  - lra.
Qed.

Lemma cdf_onto a b p : a <= b -> cdf a <= p <= cdf b -> exists x, a <= x <= b /\ cdf x = p.
Proof. intros. apply value_between => //. apply cdf_continuous. Qed.

(** The quantile: the number of a given probability below it. *)
Definition quantile (p : R) : R := the (fun u => cdf u = p).

Lemma quantile_of_cdf u : quantile (cdf u) = u.
Proof. apply the_is => //. intros v. apply cdf_injective. Qed.

Lemma quantile_derive u : 0 < u -> is_derive quantile (cdf u) (/ density u).
Proof.
  intros u0. have value := quantile_of_cdf u.
  have H : is_derive quantile (cdf u) (/ density (quantile (cdf u))).
  { apply (inverse_derive cdf quantile 0).
    - intros x y _. apply cdf_increasing.
    - have inside : locally (cdf u) (fun p => cdf 0 < p /\ p < cdf (u + 1)).
      { apply filter_and; [apply (open_gt _ (cdf u)) | apply (open_lt _ (cdf u))];
          apply cdf_increasing; lra. }
      generalize inside. apply filter_imp => p [p0 p1].
      destruct (cdf_onto 0 (u + 1) p) as [v [_ <-]]; try lra.
      rewrite quantile_of_cdf. split => //. by apply cdf_lt_inv.
    - apply cdf_derive.
    - rewrite value. have := density_pos u. lra. }
  by rewrite value in H.
Qed.
