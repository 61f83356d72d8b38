(** Tables of variations: the signs of a function on an interval, from those of its derivative.
    An interval is a set that holds all between two of its points;
        its ends may be infinite, open or closed. *)
From Coq Require Import Reals Lra Lia List ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus.
Import ListNotations.
Open Scope R_scope.

(** What is left of the places of points: facts, and comparisons of numbers. *)
Local Ltac fit := repeat split; auto; try lra.

Definition convex (I : R -> Prop) : Prop := forall x y z, I x -> I z -> x <= y <= z -> I y.

(** The sign of a number: [true] for positive, [false] for negative; [weak] allows 0. *)
Definition has (s : bool) (v : R) : Prop := if s then 0 < v else v < 0.
Definition weak (s : bool) (v : R) : Prop := if s then 0 <= v else v <= 0.

(** The signs that f takes on I, from left to right: finitely many zeros cut I into their
    stretches. *)
Fixpoint pattern (f : R -> R) (signs : list bool) (I : R -> Prop) : Prop :=
  match signs with
  | [] => False
  | [s] => forall x, I x -> has s (f x)
  | s :: rest => exists c, I c /\ f c = 0 /\ (forall x, I x -> x < c -> has s (f x)) /\
      pattern f rest (fun x => I x /\ c < x)
  end.

(** Strictly increasing (true) or decreasing (false). *)
Definition moves (up : bool) (h : R -> R) (J : R -> Prop) : Prop :=
  forall x y, J x -> J y -> x < y -> if up then h x < h y else h y < h x.

(** Stretches on which h is strictly monotone, with the turns between them. *)
Fixpoint turns (h : R -> R) (ups : list bool) (J : R -> Prop) : Prop :=
  match ups with
  | [] => False
  | [u] => moves u h J
  | u :: rest => exists c, J c /\ moves u h (fun x => J x /\ x <= c)
      /\ turns h rest (fun x => J x /\ c <= x)
  end.

(** Close to the lower (upper) end of J, h is not much beyond 0 on the other side. *)
Definition begins (s : bool) (h : R -> R) (J : R -> Prop) : Prop :=
  forall e x, 0 < e -> J x -> exists y, J y /\ y < x /\ has s (h y + if s then e else - e).
Definition ends (s : bool) (h : R -> R) (J : R -> Prop) : Prop :=
  forall e x, 0 < e -> J x -> exists y, J y /\ x < y /\ has s (h y + if s then e else - e).

(** * From the derivative to monotone stretches *)

Lemma moves_of_slope u h slope (J : R -> Prop) : convex J ->
  (forall x, J x -> is_derive h x (slope x)) ->
  (forall x y z, J x -> J z -> x < y < z -> has u (slope y)) -> moves u h J.
Proof.
  intros cJ derive signs x y Jx Jy xy.
  destruct (MVT_cor2 h slope x y xy) as [z [equal between]].
  { intros c Hc. apply is_derive_Reals, derive, (cJ x c y); auto. }
  have step : 0 < y - x by lra.
  have := signs x z y Jx Jy between. destruct u; rewrite /has => K; have
      := Rmult_lt_compat_r _ _ _ step K; lra.
Qed.

Lemma moves_join u h (J : R -> Prop) c : J c ->
  moves u h (fun x => J x /\ x <= c) -> moves u h (fun x => J x /\ c <= x) -> moves u h J.
Proof.
  intros Jc left right x y Jx Jy xy.
  destruct (Rle_lt_dec y c) as [yc|cy]; [apply left; fit|].
  destruct (Rle_lt_dec c x) as [cx|xc]; [apply right; fit|].
  have := left x c. have := right c y. destruct u; intros A B.
  - apply Rlt_trans with (h c); [apply B | apply A]; fit.
  - apply Rlt_trans with (h c); [apply A | apply B]; fit.
Qed.

Lemma moves_within u h (J K : R -> Prop) : (forall x, K x -> J x) -> moves u h J -> moves u h K.
Proof. intros KJ m x y Kx Ky. apply m; auto. Qed.

Lemma pattern_ext f g signs : forall (I J : R -> Prop), (forall x, J x -> I x)
    -> (forall x, I x -> J x) ->
  (forall x, I x -> f x = g x) -> pattern f signs I -> pattern g signs J.
Proof.
  induction signs as [|s [|t rest] IH]; intros I J JI IJ fg; [exact (fun P => P)| |].
  - intros P x Jx. have Ix := JI x Jx. rewrite -(fg x Ix). exact (P x Ix).
  - intros [c [Ic [zero [left right]]]]. exists c. split; [auto|]. split; [by rewrite -fg|]. split.
    + intros x Jx xc. have Ix := JI x Jx. rewrite -(fg x Ix). exact (left x Ix xc).
    + revert right. apply IH; try (intros x [Hx cx]; split; auto). intros x [Hx _]. auto.
Qed.

Lemma convex_above I c : convex I -> convex (fun x => I x /\ c <= x).
Proof. intros cI x y z [Ix cx] [Iz _] H. split; [apply (cI x y z) | lra]; auto. Qed.
Lemma convex_beyond I c : convex I -> convex (fun x => I x /\ c < x).
Proof. intros cI x y z [Ix cx] [Iz _] H. split; [apply (cI x y z) | lra]; auto. Qed.
Lemma convex_below I c : convex I -> convex (fun x => I x /\ x <= c).
Proof. intros cI x y z [Ix cx] [Iz Hz] H. split; [apply (cI x y z) | lra]; auto. Qed.
Lemma convex_before I c : convex I -> convex (fun x => I x /\ x < c).
Proof. intros cI x y z [Ix cx] [Iz Hz] H. split; [apply (cI x y z) | lra]; auto. Qed.

(** The signs of the derivative on the interior of J give the stretches of h on J. *)
Lemma turns_of_signs h slope signs : forall (J I : R -> Prop), convex J -> (forall x, I x -> J x) ->
  (forall x y z, J x -> J z -> x < y < z -> I y) ->
  (forall x, J x -> is_derive h x (slope x)) -> pattern slope signs I -> turns h signs J.
Proof.
  induction signs as [|s [|t rest] IH]; intros J I cJ IJ inside derive; [exact (fun P => P)| |].
  - intros P. apply (moves_of_slope s h slope J); auto. intros x y z Jx Jz H.
      apply P, (inside x y z); auto.
  - intros [c [Ic [zero [left right]]]]. exists c. split; [auto|]. split.
    + apply (moves_of_slope s h slope); [by apply convex_below | intros x [Jx _]; auto|].
      intros x y z [Jx _] [Jz zc] H. apply left; [apply (inside x y z); auto | lra].
    + apply (IH (fun x => J x /\ c <= x) (fun x => I x /\ c < x)); [by apply convex_above | | |
        | exact right].
      * intros x [Ix cx]. split; [auto | lra].
      * intros x y z [Jx cx] [Jz _] H. split; [apply (inside x y z); auto | lra].
      * intros x [Jx _]. auto.
Qed.

Theorem turns_of_slope h slope signs (I : R -> Prop) : convex I ->
  (forall x, I x -> is_derive h x (slope x)) -> pattern slope signs I -> turns h signs I.
Proof. intros cI derive P. apply (turns_of_signs h slope signs I I); auto. intros x y z Ix Iz H.
    apply (cI x y z); fit. Qed.

Lemma turns_ext h signs : forall (J K : R -> Prop), (forall x, K x -> J x) -> (forall x, J x
    -> K x) ->
  turns h signs J -> turns h signs K.
Proof.
  induction signs as [|w [|v rest] IH]; intros J K KJ JK; [exact (fun P => P)| |].
  - apply moves_within. auto.
  - intros [e [Je [A B]]]. exists e. split; [auto|]. split.
    + revert A. apply moves_within. intros x []; auto.
    + revert B. apply IH; intros x []; auto.
Qed.

(** Two neighbours that move the same way are one stretch. *)
Lemma turns_merge u h rest J : turns h (u :: u :: rest) J -> turns h (u :: rest) J.
Proof.
  destruct rest as [|v rest]; simpl.
  - intros [c [Jc [left right]]]. by apply (moves_join u h J c).
  - intros [c [Jc [left [d [[Jd cd] [middle right]]]]]]. exists d. split; [exact Jd|]. split.
    + apply (moves_join u h _ c); [split; auto | |].
      * apply (moves_within _ _ _ _ (fun x H => conj (proj1 (proj1 H)) (proj2 H)) left).
      * apply (moves_within u h (fun x => (J x /\ c <= x) /\ x <= d)); [|exact middle]. tauto.
    + apply (turns_ext h (v :: rest) (fun x => (J x /\ c <= x) /\ d <= x)); [ | | exact right];
        intros x; [intros [Jx dx] | intros [[Jx cx] dx]]; fit.
Qed.

(** * Signs on one stretch *)

Lemma sign_after u h (J : R -> Prop) c : moves u h J -> J c -> weak u (h c) ->
  forall x, J x -> c < x -> has u (h x).
Proof. intros m Jc w x Jx cx. have := m c x Jc Jx cx. destruct u; simpl in *; lra. Qed.

Lemma sign_before u h (J : R -> Prop) c : moves u h J -> J c -> weak (negb u) (h c) ->
  forall x, J x -> x < c -> has (negb u) (h x).
Proof. intros m Jc w x Jx cx. have := m x c Jx Jc cx. destruct u; simpl in *; lra. Qed.

Lemma sign_from_begin u h (J : R -> Prop) : moves u h J -> begins u h J -> forall x, J x
    -> has u (h x).
Proof.
  intros m b x Jx. destruct (b 1 x Rlt_0_1 Jx) as [z [Jz [zx _]]].
  have M := m z x Jz Jx zx.
  destruct u; apply Rnot_le_lt; intros K.
  - destruct (b (- h z) z) as [y [Jy [yz near]]]; auto; [lra|]. have := m y z Jy Jz yz.
      simpl in near. lra.
  - destruct (b (h z) z) as [y [Jy [yz near]]]; auto; [lra|]. have := m y z Jy Jz yz.
      simpl in near. lra.
Qed.

Lemma sign_to_end u h (J : R -> Prop) : moves u h J -> ends (negb u) h J -> forall x, J x
    -> has (negb u) (h x).
Proof.
  intros m b x Jx. destruct (b 1 x Rlt_0_1 Jx) as [z [Jz [zx _]]].
  have M := m x z Jx Jz zx.
  destruct u; apply Rnot_le_lt; intros K.
  - destruct (b (h z) z) as [y [Jy [yz near]]]; auto; [lra|]. have := m z y Jz Jy yz.
      simpl in near. lra.
  - destruct (b (- h z) z) as [y [Jy [yz near]]]; auto; [lra|]. have := m z y Jz Jy yz.
      simpl in near. lra.
Qed.

(** A stretch that begins on one side of 0 and ends on the other has one zero. *)
Lemma crosses u h (J : R -> Prop) a b : convex J -> (forall x, J x -> continuity_pt h x)
    -> moves u h J ->
  J a -> J b -> a < b -> has (negb u) (h a) -> has u (h b) ->
  exists c, J c /\ a < c < b /\ h c = 0 /\ (forall x, J x -> x < c -> has (negb u) (h x)) /\
    (forall x, J x -> c < x -> has u (h x)).
Proof.
  intros cJ cont m Ja Jb ab ha hb.
  have [c [Hc zero]] : exists c, a < c < b /\ h c = 0.
  { destruct u; simpl in *.
    - apply zero_between; auto. intros x Hx. apply cont, (cJ a x b); auto.
    - destruct (zero_between (fun x => - h x) a b) as [c [Hc zero]]; auto; try lra.
      + intros x Hx. apply continuity_pt_opp, cont, (cJ a x b); auto.
      + exists c. split; [auto | lra]. }
  have Jc : J c by apply (cJ a c b); fit.
  exists c. split; [auto|]. split; [auto|]. split; [auto|]. split.
  - apply (sign_before u h J c); auto. rewrite zero. destruct u; simpl; lra.
  - apply (sign_after u h J c); auto. rewrite zero. destruct u; simpl; lra.
Qed.

(** * Patterns put together *)

(** At c, where f is 0: the signs before it, and those after it. *)
Lemma pattern_at_zero f q : q <> [] -> forall p (I : R -> Prop) c, I c -> f c = 0 ->
  pattern f p (fun x => I x /\ x < c) -> pattern f q (fun x => I x /\ c < x)
      -> pattern f (p ++ q) I.
Proof.
  intros q0. induction p as [|s [|t rest] IH]; intros I c Ic zero; [intros [] | |].
  - intros P Q. destruct q as [|u q]; [done|]. exists c. split; [auto|]. split; [auto|]. split;
      [|exact Q].
    intros x Ix xc. by apply P.
  - intros [d [[Id dc] [zero_d [left right]]]] Q. exists d. split; [auto|]. split; [auto|]. split.
    + intros x Ix xd. apply left; [split; fit | auto].
    + apply (IH (fun x => I x /\ d < x) c); [auto | auto | |].
      * apply (pattern_ext f f _ (fun x => (I x /\ x < c) /\ d < x)); auto; tauto.
      * apply (pattern_ext f f _ (fun x => I x /\ c < x)); auto; intros x; [tauto | intros [Ix cx]].
        split; [split; fit | auto].
Qed.

(** At c, where f has the sign s, as on both sides of it. *)
Lemma pattern_at_sign f s q : forall p (I : R -> Prop) c, I c -> has s (f c) ->
  pattern f (p ++ [s]) (fun x => I x /\ x < c) -> pattern f (s :: q) (fun x => I x /\ c < x) ->
  pattern f (p ++ s :: q) I.
Proof.
  induction p as [|t rest IH]; intros I c Ic at_c.
  - simpl. intros P Q. destruct q as [|u q]; simpl in *.
    + intros x Ix. destruct (Rtotal_order x c) as [K|[->|K]]; [by apply P | auto | by apply Q].
    + destruct Q as [d [[Id cd] [zero [left right]]]]. exists d. split; [auto|]. split; [auto|].
        split.
      * intros x Ix xd. destruct (Rtotal_order x c) as [K|[->|K]]; [by apply P | auto
          | by apply left].
      * apply (pattern_ext f f (u :: q) (fun x => (I x /\ c < x) /\ d < x)); auto; intros x;
          [intros [Ix dx] | tauto].
        split; [split; fit | auto].
  - have shape : forall l, l <> [] -> forall J, pattern f (t :: l) J =
      exists c, J c /\ f c = 0 /\ (forall x, J x -> x < c -> has t (f x))
          /\ pattern f l (fun x => J x /\ c < x).
    { by intros [|u l]. }
    have n1 : rest ++ [s] <> [] by destruct rest.
    have n2 : rest ++ s :: q <> [] by destruct rest.
    rewrite -!app_comm_cons !shape //. intros [d [[Id dc] [zero_d [left right]]]] Q.
    exists d. split; [auto|]. split; [auto|]. split.
    + intros x Ix xd. apply left; [split; fit | auto].
    + apply (IH (fun x => I x /\ d < x) c); [auto | auto | |].
      * apply (pattern_ext f f _ (fun x => (I x /\ x < c) /\ d < x)); auto; tauto.
      * apply (pattern_ext f f _ (fun x => I x /\ c < x)); auto; intros x; [tauto | intros [Ix cx]].
        split; [split; fit | auto].
Qed.

(** f = w g with w of one sign. *)
Lemma pattern_times s f g w signs : forall (I : R -> Prop), (forall x, I x -> f x = w x * g x) ->
  (forall x, I x -> has s (w x)) -> pattern g signs I ->
  pattern f (map (fun t => if s then t else negb t) signs) I.
Proof.
  have product : forall a b t, has s a -> has t b -> has (if s then t else negb t) (a * b).
  { intros a b t. destruct s, t; simpl; nra. }
  induction signs as [|t [|u rest] IH]; intros I equal sign; [exact (fun P => P)| |].
  - intros P x Ix. rewrite equal //. apply product; [by apply sign | exact (P x Ix)].
  - intros [c [Ic [zero [left right]]]]. exists c. split; [auto|]. split; [|split].
    + rewrite equal // zero. ring.
    + intros x Ix xc. rewrite equal //. apply product; auto.
    + apply (IH (fun x => I x /\ c < x)); [ | | exact right]; intros x [Ix _]; auto.
Qed.

(** Even powers lose the signs, and keep the zeros. *)
Lemma pattern_square f g n signs : forall (I : R -> Prop), (forall x, I x
    -> f x = g x ^ (2 * S n)) ->
  pattern g signs I -> pattern f (map (fun _ => true) signs) I.
Proof.
  have positive : forall t v, has t v -> 0 < v ^ (2 * S n).
  { intros t v H. rewrite pow_mult. apply pow_lt. destruct t; simpl in *; nra. }
  induction signs as [|t [|u rest] IH]; intros I equal; [exact (fun P => P)| |].
  - intros P x Ix. rewrite equal //. apply (positive t). exact (P x Ix).
  - intros [c [Ic [zero [left right]]]]. exists c. split; [auto|]. split; [|split].
    + rewrite equal // zero. apply pow_i. lia.
    + intros x Ix xc. rewrite equal //. apply (positive t). auto.
    + apply (IH (fun x => I x /\ c < x)); [|exact right]. intros x [Ix _]. auto.
Qed.

(** * Ends *)

Lemma begins_continuous s h (I : R -> Prop) a : (forall x, I x -> a < x) ->
  (forall x y, I x -> a < y < x -> I y) -> continuity_pt h a -> weak s (h a) -> begins s h I.
Proof.
  intros low down cont w e x e0 Ix.
  destruct (cont e e0) as [d [d0 near]].
  pose y := a + Rmin (d / 2) ((x - a) / 2).
  have ax := low x Ix.
  have y0 : 0 < Rmin (d / 2) ((x - a) / 2) by apply Rmin_glb_lt; lra.
  have y1 := Rmin_l (d / 2) ((x - a) / 2). have y2 := Rmin_r (d / 2) ((x - a) / 2).
  exists y. split; [apply (down x); unfold y; fit|]. split; [unfold y; lra|].
  have := near y. rewrite /dist /= /R_dist => K.
  have : Rabs (h y - h a) < e.
  { apply K. split; [split; [done | unfold y; lra]|].
    unfold y. rewrite Rabs_pos_eq; lra. }
  move/Rabs_def2. destruct s; simpl in *; lra.
Qed.

Lemma ends_continuous s h (I : R -> Prop) b : (forall x, I x -> x < b) ->
  (forall x y, I x -> x < y < b -> I y) -> continuity_pt h b -> weak s (h b) -> ends s h I.
Proof.
  intros low down cont w e x e0 Ix.
  destruct (cont e e0) as [d [d0 near]].
  pose y := b - Rmin (d / 2) ((b - x) / 2).
  have ax := low x Ix.
  have y0 : 0 < Rmin (d / 2) ((b - x) / 2) by apply Rmin_glb_lt; lra.
  have y1 := Rmin_l (d / 2) ((b - x) / 2). have y2 := Rmin_r (d / 2) ((b - x) / 2).
  exists y. split; [apply (down x); unfold y; fit|]. split; [unfold y; lra|].
  have := near y. rewrite /dist /= /R_dist => K.
  have : Rabs (h y - h b) < e.
  { apply K. split; [split; [done | unfold y; lra]|].
    unfold y. rewrite Rabs_left; lra. }
  move/Rabs_def2. destruct s; simpl in *; lra.
Qed.

(** One turn, with the derivative's signs beside it. *)
Lemma one_turn h slope u (I : R -> Prop) : convex I -> (forall x, I x -> is_derive h x (slope x)) ->
  pattern slope [u; negb u] I ->
  exists c, I c /\ slope c = 0 /\ (forall x, I x -> x < c -> has u (slope x)) /\
    (forall x, I x -> c < x -> has (negb u) (slope x)) /\
    moves u h (fun x => I x /\ x <= c) /\ moves (negb u) h (fun x => I x /\ c <= x).
Proof.
  intros cI derive [c [Ic [zero [left right]]]]. exists c. do 2 (split; [auto|]). split;
      [exact left|].
  split; [intros x Ix cx; apply right; auto|]. split.
  - apply (moves_of_slope u h slope); [by apply convex_below | intros x [Ix _]; auto|].
    intros x y z [Ix _] [Iz zc] H. apply left; [apply (cI x y z); auto|]; lra.
  - apply (moves_of_slope (negb u) h slope); [by apply convex_above | intros x [Ix _]; auto|].
    intros x y z [Ix cx] [Iz _] H. apply right. split; [apply (cI x y z); auto|]; lra.
Qed.

(** A pattern of positive signs only: at least 0. *)
Lemma pattern_weak f signs : forall (I : R -> Prop) x, pattern f signs I
    -> List.Forall (fun s => s = true) signs ->
  I x -> 0 <= f x.
Proof.
  induction signs as [|s [|t rest] IH]; intros I x; [intros [] | |].
  - intros P A Ix. inversion A; subst. have := P x Ix. simpl. lra.
  - intros [c [Ic [zero [left right]]]] A Ix. inversion A; subst.
    destruct (Rtotal_order x c) as [K|[->|K]]; [|lra|].
    + have := left x Ix K. simpl. lra.
    + apply (IH (fun x => I x /\ c < x) x right); auto.
Qed.

(** Along a line, from one point to another. *)
Lemma along_moves u (f slope : R -> R) a b : a < b -> (forall t, a < t < b
    -> is_derive f t (slope t)) ->
  (forall t, a < t < b -> weak u (slope t)) -> continuity_pt f a -> continuity_pt f b
      -> weak u (f b - f a).
Proof.
  intros ab derive sign at_a at_b.
  have D : forall c, a < c < b -> derivable_pt f c.
  { intros c Hc. exists (slope c). apply is_derive_Reals. auto. }
  have I : forall c, a < c < b -> derivable_pt id c by (intros; apply derivable_pt_id).
  destruct (MVT f id a b D I ab) as [c [P E]].
  - intros c Hc. destruct (Req_dec c a) as [->|ca]; [auto|]. destruct (Req_dec c b) as [->|cb];
      [auto|].
    apply (derivable_continuous _ _ (slope c)), derive. lra.
  - intros c Hc. apply derivable_continuous_pt, derivable_pt_id.
  - have S := sign c P.
    have Dc : derive_pt f c (D c P) = slope c.
    { apply derive_pt_eq_0. apply is_derive_Reals. auto. }
    have Ic : derive_pt id c (I c P) = 1.
    { apply derive_pt_eq_0. apply derivable_pt_lim_id. }
    rewrite Dc Ic /id in E. destruct u; simpl in *; nra.
Qed.

(** One zero between lo and hi, where the slope has one sign. *)
Lemma pattern_root u (f slope : R -> R) (I : R -> Prop) lo hi : convex I -> I lo -> I hi
    -> lo < hi ->
  (forall x, lo <= x <= hi -> is_derive f x (slope x)) -> (forall x, lo <= x <= hi
      -> has u (slope x)) ->
  (forall x, I x -> x <= lo -> has (negb u) (f x)) -> (forall x, I x -> hi <= x -> has u (f x)) ->
  pattern f [negb u; u] I.
Proof.
  intros cI Ilo Ihi lh derive sign below above.
  pose J x := lo <= x <= hi.
  have cJ : convex J by (intros x y z; unfold J; lra).
  have mono : moves u f J.
  { apply (moves_of_slope u f slope J cJ); [exact derive|]. intros x y z Jx Jz H. apply sign.
      unfold J in *; lra. }
  destruct (crosses u f J lo hi) as [c [Jc [Hc [zero [left right]]]]]; auto.
  - intros x Jx. apply (derivable_continuous _ _ (slope x)). auto.
  - unfold J; lra.
  - unfold J; lra.
  - apply below; auto; lra.
  - apply above; auto; lra.
  - exists c. split; [apply (cI lo c hi); auto; lra|]. split; [exact zero|]. split.
    + intros x Ix xc. destruct (Rle_lt_dec x lo) as [K|K]; [apply below; auto|]. apply left;
        [unfold J; lra | auto].
    + intros x [Ix cx]. destruct (Rle_lt_dec hi x) as [K|K]; [apply above; auto|]. apply right;
        [unfold J; lra | auto].
Qed.
