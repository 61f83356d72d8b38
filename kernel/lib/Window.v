(** The window mass f and what it loses off centre, d = rho - f (bounds.functions.window). *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal.
Open Scope R_scope.

Definition window_mass (delta x : R) : R := cdf (x + delta) - cdf (x - delta).  (* f *)
Definition central_mass (delta : R) : R := window_mass delta 0.  (* rho *)
Definition mass_deficit (delta x : R) : R := central_mass delta - window_mass delta x.  (* d *)
Definition steepness (delta t : R) : R := density (t - delta) - density (t + delta).  (* d' *)

Lemma central_mass_cdf delta : central_mass delta = 2 * cdf delta - 1.
Proof.
  unfold central_mass, window_mass. replace (0 - delta) with (- delta) by ring.
  rewrite Rplus_0_l cdf_reflection. ring.
Qed.

Lemma cdf_shift_derive s x : is_derive (fun t => cdf (t + s)) x (density (x + s)).
Proof.
  rewrite -[density _]Rmult_1_l. apply (is_derive_comp cdf (fun t => t + s)); [apply cdf_derive|].
  auto_derive => //.
Qed.

Lemma mass_deficit_derive delta x : is_derive (mass_deficit delta) x (steepness delta x).
Proof.
  unfold mass_deficit, window_mass, steepness. evar_last.
  - apply (is_derive_minus (fun _ => central_mass delta)); [apply is_derive_const|].
    apply (is_derive_minus (fun t => cdf (t + delta)) (fun t => cdf (t + - delta)));
      apply cdf_shift_derive.
  - rewrite /minus /plus /opp /zero /=. fold (x - delta). ring.
Qed.

Lemma mass_deficit_0 delta : mass_deficit delta 0 = 0.
Proof. unfold mass_deficit, central_mass. ring. Qed.

Lemma mass_deficit_continuous delta x : continuity_pt (mass_deficit delta) x.
Proof. exact: (derivable_continuous _ _ _ (mass_deficit_derive delta x)). Qed.

Lemma mass_deficit_below delta x : 0 < delta -> mass_deficit delta x < central_mass delta.
Proof.
  intros d0. unfold mass_deficit, window_mass.
  have := cdf_increasing (x - delta) (x + delta). lra.
Qed.

Lemma steepness_derive delta t :
  is_derive (steepness delta) t ((t + delta) * density (t + delta) - (t - delta) * density (t - delta)).
Proof.
  have shifted s : is_derive (fun t => density (t + s)) t (- (t + s) * density (t + s)).
  { rewrite -[- (t + s) * _]Rmult_1_l. apply (is_derive_comp density (fun t => t + s)).
    apply density_derive. auto_derive => //. }
  unfold steepness. evar_last.
  - apply (is_derive_minus (fun t => density (t + - delta)) (fun t => density (t + delta)));
      apply shifted.
  - rewrite /minus /plus /opp /=. unfold Rminus. ring.
Qed.

Lemma steepness_continuous delta t : continuous (steepness delta) t.
Proof. apply: ex_derive_continuous. eexists. apply steepness_derive. Qed.

Lemma steepness_integrable delta a b : ex_RInt (steepness delta) a b.
Proof.
  apply (ex_RInt_continuous (V := R_CompleteNormedModule)) => t _. apply steepness_continuous.
Qed.

(** d as one integral, which loses no digits. *)
Lemma mass_deficit_integral delta a b :
  mass_deficit delta b - mass_deficit delta a = RInt (steepness delta) a b.
Proof.
  have H := is_RInt_derive (mass_deficit delta) (steepness delta) a b
    (fun t _ => mass_deficit_derive delta t) (fun t _ => steepness_continuous delta t).
  by rewrite (is_RInt_unique _ _ _ _ H).
Qed.

Lemma mass_deficit_from_0 delta x : mass_deficit delta x = RInt (steepness delta) 0 x.
Proof. rewrite -mass_deficit_integral mass_deficit_0. ring. Qed.

Section PositiveDelta.
Variable delta : R.
Hypothesis delta_pos : 0 < delta.

Lemma steepness_pos t : 0 < t -> 0 < steepness delta t.
Proof. intros t0. apply Rlt_Rminus, density_antitone. nra. Qed.

Lemma mass_deficit_increasing a b : 0 <= a -> a < b -> mass_deficit delta a < mass_deficit delta b.
Proof.
  intros a0 ab.
  suff : 0 < RInt (steepness delta) a b by rewrite -mass_deficit_integral; lra.
  apply RInt_gt_0 => // t Ht; [apply steepness_pos; lra | apply steepness_continuous].
Qed.

Lemma mass_deficit_le_inv a b :
  0 <= a -> 0 <= b -> mass_deficit delta a <= mass_deficit delta b -> a <= b.
Proof. intros a0 b0 H. apply Rnot_lt_le => K. have := mass_deficit_increasing b a b0 K. lra. Qed.

Lemma mass_deficit_injective a b :
  0 <= a -> 0 <= b -> mass_deficit delta a = mass_deficit delta b -> a = b.
Proof. intros. apply Rle_antisym; apply mass_deficit_le_inv; lra. Qed.

Lemma mass_deficit_nonneg x : 0 <= x -> 0 <= mass_deficit delta x.
Proof.
  intros [x0| <-]; [|rewrite mass_deficit_0; lra].
  have := mass_deficit_increasing 0 x. rewrite mass_deficit_0. lra.
Qed.

(** The window mass goes to 0, so d takes every value of [0, rho). *)
Lemma mass_deficit_reaches e : e < central_mass delta -> exists x, 0 < x /\ e < mass_deficit delta x.
Proof.
  intros He. pose rest := (central_mass delta - e) / (2 * delta).
  have rest0 : 0 < rest by apply Rdiv_lt_0_compat; lra.
  have root0 := root_2pi_pos. pose c := rest * sqrt (2 * PI).
  have c0 : 0 < c by apply Rmult_lt_0_compat.
  pose z := 1 + 2 / c. have z2 : 2 < z * c.
  { unfold z. replace ((1 + 2 / c) * c) with (c + 2) by (field; lra). lra. }
  have z1 : 1 < z by (have := Rdiv_lt_0_compat 2 c ltac:(lra) c0; unfold z; lra).
  have small : density z < rest.
  { (* e^{-z^2/2} < 2/z < c *)
    have grows := exp_ineq1_le (z ^ 2 / 2).
    have inv : exp (- z ^ 2 / 2) * exp (z ^ 2 / 2) = 1.
    { rewrite -exp_plus. replace (- z ^ 2 / 2 + z ^ 2 / 2) with 0 by field. apply exp_0. }
    have p0 := exp_pos (- z ^ 2 / 2).
    have : exp (- z ^ 2 / 2) < c by nra.
    unfold density, c => H. apply (Rmult_lt_reg_r (sqrt (2 * PI))) => //.
    rewrite div_mul; lra. }
  exists (z + delta). split; [lra|].
  suff : window_mass delta (z + delta) < central_mass delta - e by unfold mass_deficit; lra.
  unfold window_mass. rewrite cdf_difference. replace (z + delta - delta) with z by ring.
  apply Rle_lt_trans with (RInt (fun _ => density z) z (z + delta + delta)).
  - apply RInt_le; try lra; [apply density_integrable | apply ex_RInt_const |].
    intros t Ht. left. apply density_antitone. nra.
  - rewrite RInt_const /scal /= /mult /=. replace (z + delta + delta - z) with (2 * delta) by ring.
    replace (central_mass delta - e) with (2 * delta * rest) by (unfold rest; field; lra).
    apply Rmult_lt_compat_l; lra.
Qed.

Lemma mass_deficit_onto e : 0 <= e < central_mass delta -> exists x, 0 <= x /\ mass_deficit delta x = e.
Proof.
  intros He. destruct (mass_deficit_reaches e) as [z [z0 Hz]]; [lra|].
  destruct (value_between (mass_deficit delta) 0 z e) as [x [Hx E]]; try lra.
  - apply mass_deficit_continuous.
  - rewrite mass_deficit_0. lra.
  - exists x. split => //. lra.
Qed.
End PositiveDelta.
