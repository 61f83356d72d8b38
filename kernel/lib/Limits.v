(** Limits at ends of intervals by structure, and what they say of signs next to an end. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Gauss Improper Variations.
Open Scope R_scope.

Definition weak_limit (s : bool) (l : Rbar) : Prop :=
  match l with Finite v => weak s v | p_infty => s = true | m_infty => s = false end.
Definition tends (f : R -> R) (F : (R -> Prop) -> Prop) (l : Rbar) : Prop
    := filterlim f F (Rbar_locally l).

Section Near.
Variables (s : bool) (h : R -> R) (J : R -> Prop) (F : (R -> Prop) -> Prop) (l : Rbar).
Context {PF : ProperFilter F}.
Hypotheses (lim : tends h F l) (w : weak_limit s l).

Lemma near_weak e : 0 < e -> F (fun y => has s (h y + if s then e else - e)).
Proof.
  intros e0. apply (lim (fun v => has s (v + if s then e else - e))).
  destruct l as [v| |]; simpl in *.
  - exists (mkposreal e e0). intros y Hy. apply Rabs_lt_between' in Hy. simpl in Hy.
    destruct s; simpl in *; lra.
  - subst s. exists 0. intros; simpl; lra.
  - subst s. exists 0. intros; simpl; lra.
Qed.

Lemma begins_filter : (forall x, J x -> F (fun y => J y /\ y < x)) -> begins s h J.
Proof.
  intros near e x e0 Jx. destruct (filter_ex _ (filter_and _ _ (near x Jx) (near_weak e e0))) as
      [y [[Jy yx] H]].
  exists y. repeat split; assumption.
Qed.
Lemma ends_filter : (forall x, J x -> F (fun y => J y /\ x < y)) -> ends s h J.
Proof.
  intros near e x e0 Jx. destruct (filter_ex _ (filter_and _ _ (near x Jx) (near_weak e e0))) as
      [y [[Jy yx] H]].
  exists y. repeat split; assumption.
Qed.
End Near.

Lemma begins_limit s h (J : R -> Prop) l : (forall x y, J x -> y < x -> J y) -> True ->
  tends h (Rbar_locally m_infty) l -> weak_limit s l -> begins s h J.
Proof.
  intros down _ lim w. apply (begins_filter s h J (Rbar_locally m_infty) l lim w).
  intros x Jx. exists x. intros y yx. split; [apply (down x) | ]; assumption.
Qed.
Lemma ends_limit s h (J : R -> Prop) l : (forall x y, J x -> x < y -> J y) -> True ->
  tends h (Rbar_locally p_infty) l -> weak_limit s l -> ends s h J.
Proof.
  intros up _ lim w. apply (ends_filter s h J (Rbar_locally p_infty) l lim w).
  intros x Jx. exists x. intros y yx. split; [apply (up x) | ]; assumption.
Qed.
Lemma begins_limit_at s h (J : R -> Prop) a l : (forall x, J x -> a < x) -> (forall x y, J x
    -> a < y < x -> J y) ->
  tends h (at_right a) l -> weak_limit s l -> begins s h J.
Proof.
  intros low down lim w. apply (begins_filter s h J (at_right a) l lim w).
  intros x Jx. assert (ax := low x Jx). assert (d0 : 0 < x - a) by lra.
  exists (mkposreal _ d0). intros y Hy ay. apply Rabs_lt_between' in Hy. simpl in Hy.
  split; [apply (down x); [assumption | lra] | lra].
Qed.
Lemma ends_limit_at s h (J : R -> Prop) b l : (forall x, J x -> x < b) -> (forall x y, J x
    -> x < y < b -> J y) ->
  tends h (at_left b) l -> weak_limit s l -> ends s h J.
Proof.
  intros low down lim w. apply (ends_filter s h J (at_left b) l lim w).
  intros x Jx. assert (ax := low x Jx). assert (d0 : 0 < b - x) by lra.
  exists (mkposreal _ d0). intros y Hy ay. apply Rabs_lt_between' in Hy. simpl in Hy.
  split; [apply (down x); [assumption | lra] | lra].
Qed.

(** * Limits of what is written *)

Section Rules.
Context {F : (R -> Prop) -> Prop} {FF : Filter F}.
Variables (f g : R -> R).

Lemma T_const c : tends (fun _ => c) F c. Proof. apply filterlim_const. Qed.
Lemma T_opp l : tends f F l -> tends (fun t => - f t) F (Rbar_opp l).
Proof. intros H. apply (filterlim_comp _ _ _ f Ropp F (Rbar_locally l)); [exact H
    | apply filterlim_Rbar_opp]. Qed.
Lemma T_plus l m n : tends f F l -> tends g F m -> is_Rbar_plus l m n
    -> tends (fun t => f t + g t) F n.
Proof. intros A B P. eapply (filterlim_comp_2 f g Rplus); [exact A | exact B
    | apply filterlim_Rbar_plus; exact P]. Qed.
Lemma T_mult l m n : tends f F l -> tends g F m -> is_Rbar_mult l m n
    -> tends (fun t => f t * g t) F n.
Proof. intros A B P. eapply (filterlim_comp_2 f g Rmult); [exact A | exact B
    | apply filterlim_Rbar_mult; exact P]. Qed.
Lemma T_inv l : tends f F l -> l <> 0 -> tends (fun t => / f t) F (Rbar_inv l).
Proof. intros H P. apply (filterlim_comp _ _ _ f Rinv F (Rbar_locally l)); [exact H
    | apply filterlim_Rbar_inv; exact P]. Qed.
Lemma T_continuous G (v : R) : tends f F v -> continuity_pt G v -> tends (fun t => G (f t)) F (G v).
Proof. intros H C. apply (filterlim_comp _ _ _ f G F (locally v)); [exact H
    | apply continuity_pt_filterlim; exact C]. Qed.
Lemma T_is_lim G l m : tends f F (match l with true => p_infty | false => m_infty end) ->
  is_lim G (match l with true => p_infty | false => m_infty end) m -> tends (fun t => G (f t)) F m.
Proof.
  intros H L. unfold is_lim in L.
  destruct l; refine (filterlim_comp _ _ _ f G F _ _ H _);
    intros P HP; specialize (L P HP); destruct L as [M HM]; exists M; exact HM.
Qed.
End Rules.

Lemma T_id l : tends (fun t => t) (Rbar_locally l) l. Proof. apply filterlim_id. Qed.
Lemma T_id_right a : tends (fun t => t) (at_right a) a.
Proof. intros P [d H]. exists d. intros y Hy _. apply H, Hy. Qed.
Lemma T_id_left a : tends (fun t => t) (at_left a) a.
Proof. intros P [d H]. exists d. intros y Hy _. apply H, Hy. Qed.
Lemma T_inv_right : tends (fun t => / t) (at_right 0) p_infty. Proof.
    apply filterlim_Rinv_0_right. Qed.
Lemma T_ln_right : tends (fun t => ln t) (at_right 0) m_infty. Proof. apply is_lim_ln_0. Qed.
Lemma T_pow_infinite (F : (R -> Prop) -> Prop) (FF : Filter F) f n :
  tends f F p_infty -> tends (fun t => f t ^ S n) F p_infty.
Proof.
  intros H. induction n as [|n IH].
  - apply (filterlim_ext f); [intros; simpl; ring | exact H].
  - apply (T_mult f (fun t => f t ^ S n) p_infty p_infty p_infty); [exact H | exact IH
      | reflexivity].
Qed.
Lemma T_sqrt_infinite (F : (R -> Prop) -> Prop) (FF : Filter F) f : tends f F p_infty
    -> tends (fun t => sqrt (f t)) F p_infty.
Proof. intros H. refine (filterlim_comp _ _ _ f sqrt F _ _ H filterlim_sqrt_p). Qed.

Lemma mult_pos_l (a : R) : 0 < a -> is_Rbar_mult p_infty a p_infty.
Proof. intros. apply is_Rbar_mult_p_infty_pos. assumption. Qed.
Lemma mult_pos_m (a : R) : 0 < a -> is_Rbar_mult m_infty a m_infty.
Proof. intros. apply is_Rbar_mult_m_infty_pos. assumption. Qed.
Lemma mult_neg_l (a : R) : a < 0 -> is_Rbar_mult p_infty a m_infty.
Proof. intros. apply is_Rbar_mult_p_infty_neg. assumption. Qed.
Lemma mult_neg_m (a : R) : a < 0 -> is_Rbar_mult m_infty a p_infty.
Proof. intros. apply is_Rbar_mult_m_infty_neg. assumption. Qed.
