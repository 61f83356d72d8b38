(** What hidden means cost: for finitely many of them, the integral of the largest of their densities,
    less one, is the sum of 2 Phi(gap/2) - 1 over the gaps between neighbours. *)
From Coq Require Import Reals Lra List ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Gauss Improper.
Import ListNotations.
Open Scope R_scope.

(** The largest of the densities at the means [t :: rest]. *)
Fixpoint highest (t : R) (rest : list R) (x : R) : R :=
  match rest with
  | [] => density (x - t)
  | u :: rest' => Rmax (density (x - t)) (highest u rest' x)
  end.

(** The means in order, and what their gaps cost. *)
Fixpoint ascending (t : R) (rest : list R) : Prop :=
  match rest with [] => True | u :: rest' => t < u /\ ascending u rest' end.
Fixpoint cost (t : R) (rest : list R) : R :=
  match rest with [] => 0 | u :: rest' => 2 * cdf ((u - t) / 2) - 1 + cost u rest' end.

Lemma Rmax_abs a b : Rmax a b = / 2 * (a + b + Rabs (a - b)).
Proof. unfold Rmax. destruct (Rle_dec a b); [rewrite Rabs_left1 | rewrite Rabs_right]; lra. Qed.

Lemma highest_continuous t rest x : continuous (highest t rest) x.
Proof.
  elim: rest t => [|u rest IH] t /=.
  - apply (continuous_comp (fun z => z - t) density); [|apply density_continuous].
    apply: ex_derive_continuous. auto_derive => //.
  - have c1 : continuous (fun z => density (z - t)) x.
    { apply (continuous_comp (fun z => z - t) density); [|apply density_continuous].
      apply: ex_derive_continuous. auto_derive => //. }
    apply (continuous_ext (fun z => / 2 * (density (z - t) + highest u rest z
      + Rabs (density (z - t) - highest u rest z)))).
    { intros z. by rewrite -Rmax_abs. }
    apply (continuous_scal_r (/ 2) (fun z => density (z - t) + highest u rest z
      + Rabs (density (z - t) - highest u rest z))).
    apply (continuous_plus (fun z => density (z - t) + highest u rest z)
      (fun z => Rabs (density (z - t) - highest u rest z))).
    + apply (continuous_plus (fun z => density (z - t)) (highest u rest)) => //.
    + apply (continuous_comp (fun z => density (z - t) - highest u rest z) Rabs).
      * apply (continuous_minus (fun z => density (z - t)) (highest u rest)) => //.
      * apply continuous_Rabs.
Qed.

Lemma density_nearer a b : Rabs a <= Rabs b -> density b <= density a.
Proof.
  intros [H|H].
  - left. apply density_antitone.
    have a0 := Rabs_pos a. have := Rmult_le_0_lt_compat _ _ _ _ a0 a0 H H.
    rewrite -!Rabs_mult !(Rabs_right (_ * _)) //; apply Rle_ge, Rle_0_sqr.
  - right. have same : a * a = b * b.
    { have := f_equal (fun z => z * z) H. rewrite -!Rabs_mult !(Rabs_right (_ * _)) //; apply Rle_ge, Rle_0_sqr. }
    unfold density. do 2 f_equal. lra.
Qed.

(** Left of the first mean, that is the nearest. *)
Lemma highest_left t rest x : ascending t rest -> x <= t -> highest t rest x = density (x - t).
Proof.
  elim: rest t => [|u rest IH] t //= [tu sorted] xt.
  rewrite (IH u sorted ltac:(lra)). apply Rmax_left, density_nearer. rewrite !Rabs_left1; lra.
Qed.

(** Between the first two, the nearer; beyond the midpoint, the first no longer counts. *)
Lemma highest_before t u rest x : ascending t (u :: rest) -> x <= (t + u) / 2 ->
  highest t (u :: rest) x = density (x - t).
Proof.
  move=> /= [tu sorted] xm. rewrite (highest_left u rest x sorted ltac:(lra)).
  apply Rmax_left, density_nearer. apply Rabs_le. rewrite Rabs_left1; lra.
Qed.

Lemma highest_beyond t u rest x : t < u -> (t + u) / 2 <= x ->
  highest t (u :: rest) x = highest u rest x.
Proof.
  move=> tu xm /=. apply Rmax_right.
  have first : density (x - t) <= density (x - u).
  { apply density_nearer. rewrite (Rabs_right (x - t)); [|lra]. apply Rabs_le. lra. }
  destruct rest => /=; [done|]. by apply Rle_trans with (density (x - u)) => //; apply Rmax_l.
Qed.

Lemma shifted_derive t x : is_derive (fun z => cdf (z - t)) x (density (x - t)).
Proof.
  rewrite -[density _]Rmult_1_l. apply (compose_derive cdf (fun z => z - t)); [apply cdf_derive|].
  auto_derive => //.
Qed.

Lemma shifted_continuous t x : continuous (fun z => density (z - t)) x.
Proof.
  apply (continuous_comp (fun z => z - t) density); [|apply density_continuous].
  apply: ex_derive_continuous. auto_derive => //.
Qed.

Lemma shifted_limit t : is_lim (fun z => cdf (z - t)) p_infty 1.
Proof.
  apply (is_lim_comp cdf (fun z => z - t) p_infty 1 p_infty); [apply cdf_limit| |by apply filter_forall].
  apply (is_lim_minus (fun z => z) (fun _ => t) p_infty p_infty t); [apply is_lim_id | apply is_lim_const |].
  by [].
Qed.

Lemma highest_tail t rest a : ascending t rest -> a <= t ->
  tail_integral (highest t rest) a (1 - cdf (a - t) + cost t rest).
Proof.
  elim: rest t a => [|u rest IH] t a.
  - move=> _ at_t /=. replace (_ + 0) with (1 - cdf (a - t)) by ring.
    apply (tail_of_antiderivative (fun z => cdf (z - t))); [| |apply shifted_limit]; intros.
    + apply shifted_derive.
    + apply shifted_continuous.
  - move=> sorted at_t. have [tu later] := sorted. pose m := (t + u) / 2.
    have near : is_RInt_gen (highest t (u :: rest)) (at_point a) (at_point m) (cdf (m - t) - cdf (a - t)).
    { apply is_RInt_gen_at_point. apply (is_RInt_ext (fun z => density (z - t))).
      - rewrite Rmin_left ?Rmax_right; try (unfold m; lra). intros x Hx. symmetry.
        apply highest_before => //. fold m. lra.
      - apply (integral_between (fun z => cdf (z - t)));
          [unfold m; lra | intros; apply shifted_derive | intros; apply shifted_continuous]. }
    have far : is_RInt_gen (highest t (u :: rest)) (at_point m) (Rbar_locally p_infty)
      (1 - cdf (m - u) + cost u rest).
    { apply (is_RInt_gen_ext (V := R_NormedModule) (highest u rest)); [|by apply IH; [|unfold m; lra]].
      apply (Filter_prod _ _ _ (fun z => z = m) (fun z => m < z)) => //; [by exists m|].
      move=> x y -> my z. cbn [fst snd]. rewrite Rmin_left ?Rmax_right; try lra. intros Hz. symmetry.
      apply highest_beyond => //. fold m. lra. }
    have H := is_RInt_gen_Chasles (V := R_NormedModule) _ m _ _ near far.
    unfold tail_integral. replace (1 - cdf (a - t) + cost t (u :: rest))
      with (plus (cdf (m - t) - cdf (a - t)) (1 - cdf (m - u) + cost u rest)); [apply H; typeclasses eauto|].
    rewrite /plus /=. replace (m - u) with (- ((u - t) / 2)) by (unfold m; field). rewrite cdf_reflection.
    replace (m - t) with ((u - t) / 2) by (unfold m; field). ring.
Qed.

Theorem masses t rest : ascending t rest -> line_integral (highest t rest) (1 + cost t rest).
Proof.
  intros sorted.
  have right := highest_tail t rest t sorted (Rle_refl t).
  have left : is_RInt_gen (highest t rest) (Rbar_locally m_infty) (at_point t) (1 / 2).
  { apply (is_RInt_gen_ext (V := R_NormedModule) (fun z => density (z - t))).
    - apply (Filter_prod _ _ _ (fun z => z < t) (fun z => z = t)) => //; [by exists t|].
      move=> x y xt -> z /=. rewrite Rmin_left ?Rmax_right; try lra. intros Hz. symmetry.
      apply highest_left => //. lra.
    - intros P HP.
      have limit : filterlim (fun z => 1 / 2 - cdf (z - t)) (Rbar_locally m_infty) (locally (1 / 2)).
      { have L : is_lim (fun z => cdf (z - t)) m_infty 0.
        { apply (is_lim_comp cdf (fun z => z - t) m_infty 0 m_infty);
            [apply cdf_limit_0 | | by apply filter_forall].
          apply (is_lim_minus (fun z => z) (fun _ => t) m_infty m_infty t);
            [apply is_lim_id | apply is_lim_const | by []]. }
        have H := is_lim_minus' (fun _ => 1 / 2) _ m_infty (1 / 2) 0 (is_lim_const (1 / 2) m_infty) L.
        by rewrite Rminus_0_r in H. }
      apply (Filter_prod _ _ _ (fun z => z < t /\ P (1 / 2 - cdf (z - t))) (fun z => z = t)) => //.
      + apply filter_and; [by exists t | exact (limit P HP)].
      + move=> x y [xt HPx] ->. exists (1 / 2 - cdf (x - t)). split => //.
        have E : cdf (t - t) = 1 / 2 by rewrite Rminus_eq_0 cdf_0.
        rewrite -{1}E. apply (integral_between (fun z => cdf (z - t))) => /=;
          [lra | intros; apply shifted_derive | intros; apply shifted_continuous]. }
  have H := is_RInt_gen_Chasles (V := R_NormedModule) _ t _ _ left right.
  unfold line_integral. replace (1 + cost t rest) with (plus (1 / 2) (1 - cdf (t - t) + cost t rest)); [apply H; typeclasses eauto|].
  rewrite /plus /= Rminus_eq_0 cdf_0. field.
Qed.
