(** Section IV and Appendix A: the adversary's problem, maximise (1/k) sum h(eps_i). *)
From Coq Require Import Reals Lra Psatz List ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Claims Require Import Tools.
Open Scope R_scope.

Definition h (e : R) := e ^ 2 / (e ^ 2 + 2 * PI).
Definition h' (e : R) := 4 * PI * e / (e ^ 2 + 2 * PI) ^ 2.
Definition h'' (e : R) := 4 * PI * (2 * PI - 3 * e ^ 2) / (2 * PI + e ^ 2) ^ 3.
(** The paper's inflection point. *)
Definition top := sqrt (2 * PI / 3).

Lemma pi_pos : 0 < PI. Proof. apply PI_RGT_0. Qed.
Lemma top_pos : 0 < top. Proof. apply sqrt_lt_R0. have := pi_pos; lra. Qed.
Lemma top_sq : top * top = 2 * PI / 3. Proof. apply sqrt_sqrt. have := pi_pos; lra. Qed.
Lemma den_pos e : 0 < e ^ 2 + 2 * PI. Proof. have := pi_pos; nra. Qed.
Lemma h_deriv e : is_derive h e (h' e).
Proof.
  have P := den_pos e. unfold h, h'. auto_derive. lra. field. lra.
Qed.
Lemma h'_deriv e : is_derive h' e (h'' e).
Proof.
  have P := den_pos e. unfold h', h''. auto_derive. nra. field. lra.
Qed.
Lemma h''_pos e : 0 <= e < top -> 0 < h'' e.
Proof.
  intros He. have P := den_pos e. have T := top_sq. have p := pi_pos. unfold h''.
  have : e ^ 2 < 2 * PI / 3 by nra. intros.
  apply Rdiv_lt_0_compat. apply Rmult_lt_0_compat; lra. apply pow_lt. lra.
Qed.
Lemma h''_neg e : top < e -> h'' e < 0.
Proof.
  intros He. have P := den_pos e. have T := top_sq. have p := pi_pos. have t := top_pos. unfold h''.
  have : 2 * PI / 3 < e ^ 2 by nra. intros.
  have -> : 4 * PI * (2 * PI - 3 * e ^ 2) / (2 * PI + e ^ 2) ^ 3 = - (4 * PI * (3 * e ^ 2 - 2 * PI) / (2 * PI + e ^ 2) ^ 3) by field; lra.
  have : 0 < 4 * PI * (3 * e ^ 2 - 2 * PI) / (2 * PI + e ^ 2) ^ 3; [|lra].
  apply Rdiv_lt_0_compat. apply Rmult_lt_0_compat; lra. apply pow_lt. lra.
Qed.
Lemma h'_rises x y : 0 <= x -> x < y -> y <= top -> h' x < h' y.
Proof. apply (increases h' h''). intros; apply h'_deriv. intros; apply h''_pos; lra. Qed.
Lemma h'_falls x y : top <= x -> x < y -> h' y < h' x.
Proof.
  intros Hx Hxy. apply (decreases h' h'' top y) => //; try lra. intros; apply h'_deriv. intros; apply h''_neg; lra.
Qed.
Lemma h'_0 : h' 0 = 0. Proof. unfold h'. field. have := pi_pos. lra. Qed.
Lemma h'_pos e : 0 < e -> 0 < h' e.
Proof. intros He. have := pi_pos. have := den_pos e. intros. unfold h'. apply Rdiv_lt_0_compat. nra. apply pow_lt; lra. Qed.
Lemma h'_below e : 0 < e -> h' e < 4 * PI / e ^ 3.
Proof.
  intros He. have p := pi_pos. have P := den_pos e. unfold h'.
  apply (Rmult_lt_reg_r ((e ^ 2 + 2 * PI) ^ 2 * e ^ 3)). { apply Rmult_lt_0_compat; apply pow_lt; lra. }
  have -> : 4 * PI * e / (e ^ 2 + 2 * PI) ^ 2 * ((e ^ 2 + 2 * PI) ^ 2 * e ^ 3) = 4 * PI * e ^ 4 by field; lra.
  have -> : 4 * PI / e ^ 3 * ((e ^ 2 + 2 * PI) ^ 2 * e ^ 3) = 4 * PI * (e ^ 2 + 2 * PI) ^ 2 by field; lra.
  apply Rmult_lt_compat_l. lra. have : 0 < e ^ 2 by nra. nra.
Qed.
Lemma h'_cont e : continuity_pt h' e.
Proof. apply (continuity_of_derive _ _ _ (h'_deriv e)). Qed.
Lemma h'_reaches a : 0 < a -> exists y, top < y /\ h' y < a.
Proof.
  intros Ha. have t := top_pos. have p := pi_pos.
  set y := top + 1 + 4 * PI / a. have q : 0 < 4 * PI / a by apply Rdiv_lt_0_compat; lra.
  have y1 : 1 < y by unfold y; lra.
  exists y. split. unfold y; lra.
  apply Rlt_trans with (4 * PI / y ^ 3). apply h'_below; lra.
  apply (Rmult_lt_reg_r (y ^ 3)). apply pow_lt; lra.
  have -> : 4 * PI / y ^ 3 * y ^ 3 = 4 * PI by field; lra.
  have : 4 * PI < a * y. { have -> : 4 * PI = a * (4 * PI / a) by field; lra. apply Rmult_lt_compat_l => //. unfold y; lra. }
  intros. have : y < y ^ 3 by nra. nra.
Qed.

(** claim: h-derivative
    paper: Appendix A, "h'(eps) = 4 pi eps/(eps^2 + 2 pi)^2", "a 1-hump function with a maximum at sqrt(2 pi/3)", "has 2 solutions"
    proves: whole claim
    seeded: 0 < a < h' top ==> 0 < a < 2 * h' top *)
Theorem h_derivative :
  (forall e, is_derive h e (4 * PI * e / (e ^ 2 + 2 * PI) ^ 2)) /\
  (forall x y, 0 <= x -> x < y -> y <= sqrt (2 * PI / 3) -> h' x < h' y) /\
  (forall x y, sqrt (2 * PI / 3) <= x -> x < y -> h' y < h' x) /\
  (forall a, 0 < a < h' top -> exists x y, 0 < x < top /\ top < y /\ h' x = a /\ h' y = a /\
    forall z, 0 <= z -> h' z = a -> z = x \/ z = y).
Proof.
  split. exact h_deriv. split. exact h'_rises. split. exact h'_falls.
  intros a [Ha Hm]. have t := top_pos.
  destruct (takes_value h' 0 top a t h'_cont) as [x [Hx Ex]]. { left. rewrite h'_0. lra. }
  destruct (h'_reaches a Ha) as [w [Hw Ew]].
  destruct (takes_value h' top w a Hw h'_cont) as [y [Hy Ey]]. { right. lra. }
  exists x, y. repeat split => //; try lra.
  intros z Hz Ez. destruct (Rle_lt_dec z top) as [K|K].
  - left. destruct (Rtotal_order z x) as [L|[L|L]] => //.
    have := h'_rises z x Hz L ltac:(lra). lra. have := h'_rises x z ltac:(lra) L K. lra.
  - right. destruct (Rtotal_order z y) as [L|[L|L]] => //.
    have := h'_falls z y ltac:(lra) L. lra. have := h'_falls y z ltac:(lra) L. lra.
Qed.

(** claim: h-inflection
    paper: Section IV, "h is convex for eps <= sqrt(2 pi/3) and concave thereafter"
    proves: whole claim
    seeded: 0 <= e < sqrt (2 * PI / 3) ==> 0 <= e < sqrt (2 * PI / 2) *)
Theorem h_inflection e :
  is_derive h e (h' e) /\ is_derive h' e (h'' e) /\
  (0 <= e < sqrt (2 * PI / 3) -> 0 < h'' e) /\ (sqrt (2 * PI / 3) < e -> h'' e < 0).
Proof. split. apply h_deriv. split. apply h'_deriv. split. apply h''_pos. apply h''_neg. Qed.

(** claim: hessian-formula
    paper: Appendix A, "h''(eps) = 4 pi (2 pi - 3 eps)/(2 pi + eps^2)^3"
    proves: printed refuted; repaired statement
    seeded: (2 * PI - 3 * e ^ 2) ==> (2 * PI - 2 * e ^ 2) *)
Theorem hessian_formula :
  (forall e, is_derive h e (h' e) /\ is_derive h' e (4 * PI * (2 * PI - 3 * e ^ 2) / (2 * PI + e ^ 2) ^ 3)) /\
  (let printed e := 4 * PI * (2 * PI - 3 * e) / (2 * PI + e ^ 2) ^ 3 in
   ~ is_derive h' 2 (printed 2) /\ h'' 2 < 0 < printed 2).
Proof.
  split. { intros e. split. apply h_deriv. apply h'_deriv. }
  intros printed.
  have S : h'' 2 < 0 < printed 2. { unfold h'', printed. split; interval with (i_prec 60). }
  split => // H. have E := is_derive_unique _ _ _ H. rewrite (is_derive_unique _ _ _ (h'_deriv 2)) in E. lra.
Qed.

Lemma sum_of_bends x y : 0 < x < y -> h' x = h' y -> 0 < h'' x + h'' y.
Proof.
  intros [Hx Hy] E. have p := pi_pos. set P := 2 * PI. have PP : 0 < P by unfold P; lra.
  set u := x ^ 2 + P. set v := y ^ 2 + P. have u0 : 0 < u by unfold u; nra. have v0 : 0 < v by unfold v; nra.
  have E1 : x * v ^ 2 = y * u ^ 2.
  { unfold h' in E. fold P u v in E.
    have : 4 * PI * x / u ^ 2 * (u ^ 2 * v ^ 2) = 4 * PI * y / v ^ 2 * (u ^ 2 * v ^ 2) by rewrite E.
    have -> : 4 * PI * x / u ^ 2 * (u ^ 2 * v ^ 2) = 4 * PI * (x * v ^ 2) by field; lra.
    have -> : 4 * PI * y / v ^ 2 * (u ^ 2 * v ^ 2) = 4 * PI * (y * u ^ 2) by field; lra.
    intros. apply (Rmult_eq_reg_l (4 * PI)); lra. }
  set s := x + y. set q := x * y. have s0 : 0 < s by unfold s; lra. have q0 : 0 < q by unfold q; nra.
  have E2 : q * s ^ 2 = (P - q) ^ 2.
  { have : (y - x) * (q * s ^ 2 - (P - q) ^ 2) = 0. { unfold u, v in E1. unfold q, s. lra. }
    intros K. apply Rmult_integral in K. lra. }
  have q3 : 0 < P - 3 * q.
  { have s4 : 4 * q < s ^ 2 by unfold q, s; nra.
    have : 0 < (P - 3 * q) * (P + q). { have : 4 * q * q < q * s ^ 2 by nra. nra. }
    intros. apply (Rmult_lt_reg_r (P + q)); lra. }
  set B := (P - 3 * x ^ 2) * y * v + (P - 3 * y ^ 2) * x * u.
  have B0 : 0 < B.
  { have : q * B = s * (P - 3 * q) * (P + q) ^ 2.
    { have -> : q * B = s * (P - 3 * q) * (P + q) ^ 2 + P * s * (q * s ^ 2 - (P - q) ^ 2). unfold B, q, s, u, v. ring. rewrite E2. ring. }
    have : 0 < s * (P - 3 * q) * (P + q) ^ 2. { apply Rmult_lt_0_compat. nra. apply pow_lt; lra. }
    intros. apply (Rmult_lt_reg_l q); lra. }
  have N : x * ((P - 3 * x ^ 2) * v ^ 3 + (P - 3 * y ^ 2) * u ^ 3) = u ^ 2 * B.
  { unfold B. replace (x * ((P - 3 * x ^ 2) * v ^ 3 + (P - 3 * y ^ 2) * u ^ 3)) with ((P - 3 * x ^ 2) * v * (x * v ^ 2) + x * (P - 3 * y ^ 2) * u ^ 3) by ring.
    rewrite E1. ring. }
  have -> : h'' x + h'' y = 4 * PI * (u ^ 2 * B) / (x * u ^ 3 * v ^ 3).
  { rewrite -N. unfold h''. fold P. replace (P + x ^ 2) with u by (unfold u; ring). replace (P + y ^ 2) with v by (unfold v; ring). field. lra. }
  apply Rdiv_lt_0_compat.
  - apply Rmult_lt_0_compat. lra. apply Rmult_lt_0_compat => //. apply pow_lt => //.
  - repeat apply Rmult_lt_0_compat => //; lra.
Qed.

(** claim: hessian-sign
    paper: Appendix A, "h''(h_+'^-1(alpha)) + h''(h_-'^-1(alpha)) > 0. We can numerically confirm this."
    proves: whole claim
    seeded: 0 < h'' x + h'' y ==> 0 < h'' x + 2 * h'' y *)
Theorem hessian_sign a x y : 0 < a < h' top -> 0 <= x < y -> h' x = a -> h' y = a -> 0 < h'' x + h'' y.
Proof.
  intros Ha [[Hx|Hx] Hxy] Ex Ey. apply sum_of_bends; [lra | by rewrite Ex Ey].
  rewrite -Hx h'_0 in Ex. lra.
Qed.

(** claim: kkt
    paper: Appendix A, "(beta_i - alpha)(eps_i^2 + 2 pi)^2 + 4 pi eps_i", "eps_i = 0 => beta_i = alpha", "all non-zero eps_i's have the same h'"
    proves: whole claim
    seeded: + 4 * PI * e) / (e ^ 2 + 2 * PI) ^ 2 ==> + 2 * PI * e) / (e ^ 2 + 2 * PI) ^ 2 *)
Theorem kkt alpha beta e :
  let slope := ((beta - alpha) * (e ^ 2 + 2 * PI) ^ 2 + 4 * PI * e) / (e ^ 2 + 2 * PI) ^ 2 in
  is_derive (fun e => h e - alpha * e + beta * e) e slope /\
  (e = 0 -> slope = 0 -> beta = alpha) /\
  (0 < e -> beta * e = 0 -> slope = 0 -> h' e = alpha).
Proof.
  have P := den_pos e. intros slope.
  have S : slope = h' e - alpha + beta by unfold slope, h'; field; lra.
  split; [|split].
  - rewrite S. evar_last.
    apply (is_derive_plus (fun e => h e - alpha * e) (fun e => beta * e)).
    apply (is_derive_minus h (fun e => alpha * e)). apply h_deriv. auto_derive => //. auto_derive => //.
    rewrite /minus /plus /opp /=. ring.
  - intros -> E. rewrite S h'_0 in E. lra.
  - intros He Hb E. rewrite S in E. have : beta = 0 by nra. lra.
Qed.

(** The worth of n equal shares of the budget c, to one component (times 1/k: the paper's line). *)
Definition split_value (c n : R) := c ^ 2 * n / (c ^ 2 + 2 * PI * n ^ 2).
Definition total (shares : list R) := fold_right (fun e sum => h e + sum) 0 shares.

(** claim: equal-split-value
    paper: Appendix A, "(1/k) sum h(c/k') = (1/k) c^2 k'/(c^2 + 2 pi k'^2)"
    proves: whole claim
    seeded: (c ^ 2 + 2 * PI * INR n ^ 2) ==> (c ^ 2 + PI * INR n ^ 2) *)
Theorem equal_split_value (k n : nat) c : (1 <= n <= k)%nat -> 0 < c ->
  / INR k * total (repeat (c / INR n) n ++ repeat 0 (k - n)) =
  / INR k * (c ^ 2 * INR n / (c ^ 2 + 2 * PI * INR n ^ 2)).
Proof.
  intros [Hn Hk] Hc. f_equal.
  have zeros : forall j, total (repeat 0 j) = 0.
  { induction j => //=. rewrite IHj. unfold h. field. have := pi_pos. lra. }
  have shares : forall e j, total (repeat e j ++ repeat 0 (k - n)) = INR j * h e.
  { induction j. simpl. rewrite zeros. ring. rewrite S_INR. simpl. rewrite IHj. ring. }
  rewrite shares. have n1 : 0 < INR n by apply lt_0_INR. have p := pi_pos.
  unfold h. field. repeat split; nra.
Qed.

Lemma split_gap c n : 0 < c -> 0 < n ->
  c / sqrt (8 * PI) - split_value c n = c * (c - sqrt (2 * PI) * n) ^ 2 / (sqrt (8 * PI) * (c ^ 2 + 2 * PI * n ^ 2)).
Proof.
  intros Hc Hn. have p := pi_pos.
  have -> : sqrt (8 * PI) = 2 * sqrt (2 * PI).
  { replace (8 * PI) with (4 * (2 * PI)) by ring. rewrite sqrt_mult; try lra. f_equal.
    replace 4 with (2 * 2) by ring. rewrite sqrt_square; lra. }
  have S : sqrt (2 * PI) * sqrt (2 * PI) = 2 * PI by apply sqrt_sqrt; lra.
  have S0 : 0 < sqrt (2 * PI) by apply sqrt_lt_R0; lra.
  unfold split_value. move: (sqrt (2 * PI)) S S0 => r S S0. rewrite -S. field. split; nra.
Qed.
Lemma root8_pos : 0 < sqrt (8 * PI). Proof. apply sqrt_lt_R0. have := pi_pos; lra. Qed.
Lemma split_value_max c n : 0 < c -> 0 < n -> split_value c n <= c / sqrt (8 * PI).
Proof.
  intros Hc Hn. have G := split_gap c n Hc Hn. have p := pi_pos. have r := root8_pos.
  have : 0 <= c * (c - sqrt (2 * PI) * n) ^ 2 / (sqrt (8 * PI) * (c ^ 2 + 2 * PI * n ^ 2)); [|lra].
  apply Rmult_le_pos. apply Rmult_le_pos; [lra | apply pow2_ge_0].
  left. apply Rinv_0_lt_compat, Rmult_lt_0_compat => //. nra.
Qed.
Lemma split_value_only c n : 0 < c -> 0 < n -> split_value c n = c / sqrt (8 * PI) -> n = c / sqrt (2 * PI).
Proof.
  intros Hc Hn E. have G := split_gap c n Hc Hn. have p := pi_pos. have r := root8_pos.
  have S0 : 0 < sqrt (2 * PI) by apply sqrt_lt_R0; lra.
  have Z : c * (c - sqrt (2 * PI) * n) ^ 2 / (sqrt (8 * PI) * (c ^ 2 + 2 * PI * n ^ 2)) = 0 by lra.
  have D : 0 < sqrt (8 * PI) * (c ^ 2 + 2 * PI * n ^ 2) by apply Rmult_lt_0_compat => //; nra.
  apply (zero_numerator _ _ D) in Z. apply Rmult_integral in Z. destruct Z as [Z|Z]; [lra|].
  apply zero_square in Z. have Ec : c = sqrt (2 * PI) * n by lra. rewrite Ec. field. lra.
Qed.
Lemma split_value_best c (n m : nat) : 0 < c -> (1 <= n)%nat -> (1 <= m)%nat ->
  2 * PI * INR n * (INR n - 1) <= c ^ 2 -> c ^ 2 <= 2 * PI * INR n * (INR n + 1) ->
  split_value c (INR m) <= split_value c (INR n).
Proof.
  intros Hc Hn Hm lo hi. have p := pi_pos.
  have n1 : 1 <= INR n by apply (le_INR 1). have m1 : 1 <= INR m by apply (le_INR 1).
  have dn : 0 < c ^ 2 + 2 * PI * INR n ^ 2 by nra. have dm : 0 < c ^ 2 + 2 * PI * INR m ^ 2 by nra.
  have : 0 <= split_value c (INR n) - split_value c (INR m); [|lra].
  have -> : split_value c (INR n) - split_value c (INR m) =
    c ^ 2 * ((INR n - INR m) * (c ^ 2 - 2 * PI * INR n * INR m)) / ((c ^ 2 + 2 * PI * INR n ^ 2) * (c ^ 2 + 2 * PI * INR m ^ 2)).
  { unfold split_value. field. lra. }
  have P0 : 0 < 2 * PI * INR n by nra.
  apply Rmult_le_pos. 2: left; apply Rinv_0_lt_compat; nra.
  apply Rmult_le_pos. apply pow2_ge_0.
  destruct (Compare_dec.le_lt_dec m n) as [L|L].
  - destruct (Compare_dec.le_lt_eq_dec _ _ L) as [K|K]. 2: rewrite K; lra.
    have : INR m + 1 <= INR n by rewrite -S_INR; apply le_INR.
    intros. apply Rmult_le_pos. lra. have : 2 * PI * INR n * INR m <= 2 * PI * INR n * (INR n - 1) by apply Rmult_le_compat_l; lra. lra.
  - have : INR n + 1 <= INR m by rewrite -S_INR; apply le_INR.
    intros. have : 2 * PI * INR n * (INR n + 1) <= 2 * PI * INR n * INR m by apply Rmult_le_compat_l; lra.
    intros. replace ((INR n - INR m) * (c ^ 2 - 2 * PI * INR n * INR m)) with ((INR m - INR n) * (2 * PI * INR n * INR m - c ^ 2)) by ring.
    apply Rmult_le_pos; lra.
Qed.
Lemma split_value_share c (n : nat) : sqrt PI <= c -> (1 <= n)%nat ->
  2 * PI * INR n * (INR n - 1) <= c ^ 2 -> c ^ 2 <= 2 * PI * INR n * (INR n + 1) ->
  c / (3 * sqrt PI) <= split_value c (INR n).
Proof.
  intros Hc Hn lo hi. have p := pi_pos. have q : 0 < sqrt PI by apply sqrt_lt_R0.
  have S : sqrt PI * sqrt PI = PI by apply sqrt_sqrt; lra. rewrite -{1}S in lo. rewrite -{1}S in hi.
  have n1 : 1 <= INR n by apply (le_INR 1).
  set s := sqrt PI in Hc lo hi q S |- *. set N := INR n in n1 lo hi |- *.
  have H1 : s * N <= c.
  { destruct (Compare_dec.le_lt_eq_dec _ _ Hn) as [K|K].
    - have N2 : 2 <= N by (apply (le_INR 2)). apply Rnot_lt_le => L.
      have sN : 0 < s * N by nra. have cc : c * c < (s * N) * (s * N) by nra.
      have : 0 <= s * s * N * (N - 2) by (repeat apply Rmult_le_pos; lra). lra.
    - have -> : N = 1 by unfold N; rewrite -K. lra. }
  have H2 : c <= 2 * (s * N).
  { apply Rnot_lt_le => L. have sN : 0 < s * N by nra.
    have cc : (2 * (s * N)) * (2 * (s * N)) < c * c by nra.
    have : 0 <= s * s * N * (N - 1) by (repeat apply Rmult_le_pos; lra). nra. }
  have d0 : 0 < c ^ 2 + 2 * PI * N ^ 2 by nra.
  have : 0 <= split_value c N - c / (3 * s); [|lra].
  have -> : split_value c N - c / (3 * s) = c * ((c - s * N) * (2 * (s * N) - c)) / ((c ^ 2 + 2 * PI * N ^ 2) * (3 * s)).
  { unfold split_value. rewrite -S. rewrite -S in d0. field. lra. }
  apply Rmult_le_pos. 2: left; apply Rinv_0_lt_compat; nra.
  apply Rmult_le_pos. lra. apply Rmult_le_pos; lra.
Qed.

(** claim: integer-relaxation
    paper: Appendix A, "max over k' in Z+ >= max over k' in R+ = c/(sqrt(8 pi) k)", "the maximum occurs at k' = c/sqrt(2 pi)"
    proves: printed refuted; repaired statement
    seeded: split_value 1 (INR n) < 1 / sqrt (8 * PI) ==> split_value 1 (INR n) < 1 / sqrt (9 * PI) * 0.8 *)
Theorem integer_relaxation :
  (forall c n, 0 < c -> 0 < n -> split_value c n <= c / sqrt (8 * PI) /\
    (split_value c n = c / sqrt (8 * PI) -> n = c / sqrt (2 * PI))) /\
  (forall n, (1 <= n)%nat -> split_value 1 (INR n) < 1 / sqrt (8 * PI)) /\
  (forall c (n : nat), 0 < c -> (1 <= n)%nat ->
    2 * PI * INR n * (INR n - 1) <= c ^ 2 -> c ^ 2 <= 2 * PI * INR n * (INR n + 1) ->
    (forall m, (1 <= m)%nat -> split_value c (INR m) <= split_value c (INR n)) /\
    (sqrt PI <= c -> c / (3 * sqrt PI) <= split_value c (INR n))).
Proof.
  split; [|split].
  - intros c n Hc Hn. split. by apply split_value_max. by apply split_value_only.
  - intros n Hn. have n1 : 1 <= INR n by apply (le_INR 1).
    destruct (split_value_max 1 (INR n)) as [L|E]; try lra.
    have K := split_value_only 1 (INR n) ltac:(lra) ltac:(lra) E.
    have : 1 / sqrt (2 * PI) < 1 by interval with (i_prec 60). lra.
  - intros c n Hc Hn lo hi. split. intros m Hm. by apply split_value_best.
    intros. by apply split_value_share.
Qed.

(** claim: linear-is-optimal
    paper: Section III, "the linear dependence of the MSE with collaboration on c/k is optimal"
    proves: part: the allocation's worth is at least c/(3 sqrt(pi)) from c = sqrt(pi) on, and one component's share h(c) is at most c^2/(2 pi)
    seeded: h c <= c ^ 2 / (2 * PI) ==> h c <= c ^ 2 / (3 * PI) *)
Theorem linear_is_optimal c : 0 < c ->
  (sqrt PI <= c -> exists n : nat, (1 <= n)%nat /\ c / (3 * sqrt PI) <= split_value c (INR n)) /\
  h c <= c ^ 2 / (2 * PI).
Proof.
  intros Hc. have p := pi_pos. split.
  - intros Hs.
    have F : exists n : nat, (1 <= n)%nat /\ 2 * PI * INR n * (INR n - 1) <= c ^ 2 /\ c ^ 2 <= 2 * PI * INR n * (INR n + 1).
    { have step : forall N : nat, c ^ 2 <= 2 * PI * INR N * (INR N + 1) ->
        exists n : nat, (1 <= n)%nat /\ 2 * PI * INR n * (INR n - 1) <= c ^ 2 /\ c ^ 2 <= 2 * PI * INR n * (INR n + 1).
      { induction N; intros HN.
        - simpl in HN. have : 0 < c ^ 2 by nra. lra.
        - destruct (Rle_lt_dec (c ^ 2) (2 * PI * INR N * (INR N + 1))) as [L|L]. by apply IHN.
          exists (S N). split. by apply le_n_S, le_0_n. split => //. rewrite S_INR. nra. }
      destruct (archimed c) as [A _]. apply (step (Z.to_nat (up c))).
      rewrite INR_IZR_INZ Z2Nat.id. 2: apply le_IZR; lra.
      have : c ^ 2 <= IZR (up c) * IZR (up c) by nra.
      have : 3 < PI by interval with (i_prec 60). nra. }
    destruct F as [n [H1 [H2 H3]]]. exists n. split => //. by apply split_value_share.
  - unfold h. apply Rmult_le_compat_l. apply pow2_ge_0. apply Rinv_le_contravar; nra.
Qed.

(** claim: inflection-heuristic
    paper: Appendix A, "the best strategy would be to bring as many cliques close to the inflection point as possible"
    proves: printed refuted; repaired statement
    seeded: h top / top < 1 / sqrt (8 * PI) ==> h top / top < 17 / 20 / sqrt (8 * PI) *)
Theorem inflection_heuristic :
  (forall e, 0 < e -> h e / e <= 1 / sqrt (8 * PI) /\ (h e / e = 1 / sqrt (8 * PI) -> e = sqrt (2 * PI))) /\
  h (sqrt (2 * PI)) / sqrt (2 * PI) = 1 / sqrt (8 * PI) /\
  sqrt (2 * PI) = sqrt 3 * top /\ h top / top < 1 / sqrt (8 * PI).
Proof.
  have p := pi_pos. have t := top_pos. have r8 := root8_pos.
  have r2 : 0 < sqrt (2 * PI) by apply sqrt_lt_R0; lra.
  have S : sqrt (2 * PI) * sqrt (2 * PI) = 2 * PI by apply sqrt_sqrt; lra.
  have R : sqrt (8 * PI) = 2 * sqrt (2 * PI).
  { replace (8 * PI) with (4 * (2 * PI)) by ring. rewrite sqrt_mult; try lra. f_equal.
    replace 4 with (2 * 2) by ring. rewrite sqrt_square; lra. }
  have A : forall e, 0 < e -> h e / e <= 1 / sqrt (8 * PI) /\ (h e / e = 1 / sqrt (8 * PI) -> e = sqrt (2 * PI)).
  { intros e He. have d0 := den_pos e.
    have G : 1 / sqrt (8 * PI) - h e / e = (e - sqrt (2 * PI)) ^ 2 / (sqrt (8 * PI) * (e ^ 2 + 2 * PI)).
    { rewrite R. unfold h. move: (sqrt (2 * PI)) S r2 => r S r2. rewrite -S. field. repeat split; nra. }
    have D : 0 < sqrt (8 * PI) * (e ^ 2 + 2 * PI) by nra.
    split.
    - have : 0 <= (e - sqrt (2 * PI)) ^ 2 / (sqrt (8 * PI) * (e ^ 2 + 2 * PI)); [|lra].
      apply Rmult_le_pos. apply pow2_ge_0. left. by apply Rinv_0_lt_compat.
    - intros E. have Z : (e - sqrt (2 * PI)) ^ 2 / (sqrt (8 * PI) * (e ^ 2 + 2 * PI)) = 0 by lra.
      apply (zero_numerator _ _ D), zero_square in Z. lra. }
  split => //. split; [|split].
  - rewrite R. unfold h. replace (sqrt (2 * PI) ^ 2) with (sqrt (2 * PI) * sqrt (2 * PI)) by ring. rewrite S.
    field. lra.
  - unfold top. rewrite -sqrt_mult; try lra. f_equal. field.
  - destruct (A top t) as [[L|E] U] => //. have := U E. have T := top_sq. intros Q. rewrite Q S in T. lra.
Qed.

(** claim: van-trees
    paper: Section IV, "R(eps) >= eps^2/(eps^2 + 2 pi) =: h(eps)"
    proves: part: with the least Fisher information 4 pi^2/L^2 of an interval of length L = sqrt(2 pi) eps, van Trees' bound 1/(1 + J) is h(eps)
    seeded: L := sqrt (2 * PI) * e ==> L := sqrt (3 * PI) * e *)
Theorem van_trees e : 0 < e -> let L := sqrt (2 * PI) * e in / (1 + 4 * PI ^ 2 / L ^ 2) = h e.
Proof.
  intros He L. have p := pi_pos. have S : sqrt (2 * PI) * sqrt (2 * PI) = 2 * PI by apply sqrt_sqrt; lra.
  have -> : L ^ 2 = 2 * PI * e ^ 2 by (unfold L; rewrite Rpow_mult_distr -Rsqr_pow2 /Rsqr S; ring).
  have e2 : 0 < e ^ 2 by nra. unfold h. field. repeat split; nra.
Qed.

(** Two shares are moved against each other: the first-order and the second-order condition. *)
Lemma moving x y : 0 < x -> 0 < y -> (h' x < h' y \/ (h' x = h' y /\ 0 < h'' x + h'' y)) ->
  forall d, 0 < d -> exists t, 0 < t < d /\ t < x /\ h x + h y < h (x - t) + h (y + t).
Proof.
  intros Hx Hy cond d Hd.
  set F := fun t => h (x - t) + h (y + t). set F' := fun t => h' (y + t) - h' (x - t). set F'' := fun t => h'' (y + t) + h'' (x - t).
  have d1 : forall t, is_derive F t (F' t).
  { intros t. have a := h_deriv (x - t). have b := h_deriv (y + t). unfold F. auto_derive. repeat split; by eexists; eassumption.
    rewrite (is_derive_unique _ _ _ a) (is_derive_unique _ _ _ b). unfold F'. ring. }
  have d2 : forall t, is_derive F' t (F'' t).
  { intros t. have a := h'_deriv (x - t). have b := h'_deriv (y + t). unfold F'. auto_derive. repeat split; by eexists; eassumption.
    rewrite (is_derive_unique _ _ _ a) (is_derive_unique _ _ _ b). unfold F''. ring. }
  (* the slope is positive on a stretch (0, r) *)
  have [r [r0 Hr]] : exists r, 0 < r /\ forall t, 0 < t < r -> 0 < F' t.
  { destruct cond as [c|[c s]].
    - have C : continuous F' 0 by apply: ex_derive_continuous; eexists; apply d2.
      have p : 0 < F' 0 by unfold F'; rewrite Rplus_0_r Rminus_0_r; lra.
      destruct (proj1 (filterlim_locally F' (F' 0)) C (mkposreal _ p)) as [e He]. exists e. split. apply cond_pos.
      intros t Ht. have := He t. rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /=. intros K.
      have K' := K ltac:(rewrite Rabs_pos_eq; lra). apply Rabs_lt_between in K'. lra.
    - have C : continuous F'' 0.
      { apply: ex_derive_continuous. unfold F'', h''. have p := pi_pos. have q1 := den_pos (y + 0). have q2 := den_pos (x - 0). auto_derive. repeat split; apply Rgt_not_eq; apply Rmult_lt_0_compat; nra. }
      have p : 0 < F'' 0 by unfold F''; rewrite Rplus_0_r Rminus_0_r; lra.
      destruct (proj1 (filterlim_locally F'' (F'' 0)) C (mkposreal _ p)) as [e He]. exists e. split. apply cond_pos.
      have z : F' 0 = 0 by unfold F'; rewrite Rplus_0_r Rminus_0_r; lra.
      intros t Ht. rewrite -z. apply (increases F' F'' 0 t) => //; try lra. intros w Hw. have := He w. rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /=. intros K.
      have K' := K ltac:(rewrite Rabs_pos_eq; lra). apply Rabs_lt_between in K'. lra. }
  set t := Rmin (Rmin (d / 2) (x / 2)) (r / 2). have t0 : 0 < t by repeat apply Rmin_pos; lra.
  have a1 := Rmin_l (Rmin (d / 2) (x / 2)) (r / 2). have a2 := Rmin_r (Rmin (d / 2) (x / 2)) (r / 2). fold t in a1, a2. have a3 := Rmin_l (d / 2) (x / 2). have a4 := Rmin_r (d / 2) (x / 2).
  exists t. split; [lra|]. split; [lra|]. have I := increases F F' 0 t (fun z _ => d1 z) ltac:(intros z Hz; apply Hr; lra) 0 t ltac:(lra) t0 ltac:(lra).
  unfold F in I. rewrite Rplus_0_r Rminus_0_r in I. exact I.
Qed.
(** h(x) + h(y) <= h(x + y) for small shares: h(e)/e = e/(e^2 + 2 pi) grows up to sqrt(2 pi). *)
Lemma superadditive x y : 0 <= x -> 0 <= y -> x + y <= 1 -> h x + h y <= h (x + y).
Proof.
  intros Hx Hy H. have p : 3 < PI by interval with (i_prec 60). have q1 := den_pos x. have q2 := den_pos y. have q3 := den_pos (x + y).
  have part : forall z s, 0 <= z -> z <= s -> s <= 1 -> h z <= z * (s / (s ^ 2 + 2 * PI)).
  { intros z s Hz Hzs Hs. have a := den_pos z. have b := den_pos s. unfold h.
    have : 0 <= z * (s / (s ^ 2 + 2 * PI)) - z ^ 2 / (z ^ 2 + 2 * PI); [|lra].
    have -> : z * (s / (s ^ 2 + 2 * PI)) - z ^ 2 / (z ^ 2 + 2 * PI) = z * ((s - z) * (2 * PI - s * z)) / ((s ^ 2 + 2 * PI) * (z ^ 2 + 2 * PI)) by field; lra.
    apply nonneg_fraction. apply Rmult_le_pos => //. apply Rmult_le_pos; nra. nra. }
  have := part x (x + y) Hx ltac:(lra) H. have := part y (x + y) Hy ltac:(lra) H. intros K1 K2.
  have -> : h (x + y) = (x + y) * ((x + y) / ((x + y) ^ 2 + 2 * PI)) by unfold h; field; lra. lra.
Qed.

(** claim: local-maxima
    paper: Appendix A, "Then the only local maxima are with eps_i = h_+'^-1(alpha) for all i in [k']"
    proves: printed refuted (k = 2, c = 1: all in one share); part: for k = 2 two non-zero shares are a local maximum only if equal and not below the inflection point
    seeded: x = y /\ top <= x) ==> x = y /\ 2 * top <= x) *)
Theorem local_maxima :
  let feasible c x y := 0 <= x /\ 0 <= y /\ x + y <= c in
  let local_maximum c x y := feasible c x y /\ exists d, 0 < d /\ forall x' y', feasible c x' y' ->
    Rabs (x' - x) < d -> Rabs (y' - y) < d -> h x' + h y' <= h x + h y in
  (forall c x y, 0 < x -> 0 < y -> local_maximum c x y -> x = y /\ top <= x) /\
  (local_maximum 1 1 0 /\ 1 < top).
Proof.
  intros feasible local_maximum. split.
  - intros c x y Hx Hy [[_ [_ Hs]] [d [Hd H]]].
    have no : forall u v, 0 < u -> 0 < v -> u + v <= c -> (h' u < h' v \/ (h' u = h' v /\ 0 < h'' u + h'' v)) ->
      (forall t, 0 < t < d -> t < u -> h (u - t) + h (v + t) <= h u + h v) -> False.
    { intros u v Hu Hv Huv cond K. destruct (moving u v Hu Hv cond d Hd) as [t [Ht [Htu L]]]. have := K t Ht Htu. lra. }
    have xy : forall t, 0 < t < d -> t < x -> h (x - t) + h (y + t) <= h x + h y.
    { intros t Ht Htx. apply H. unfold feasible; lra. rewrite Rabs_left; lra. rewrite Rabs_pos_eq; lra. }
    have yx : forall t, 0 < t < d -> t < y -> h (y - t) + h (x + t) <= h y + h x.
    { intros t Ht Hty. rewrite (Rplus_comm (h (y - t))) (Rplus_comm (h y)). apply H. unfold feasible; lra. rewrite Rabs_pos_eq; lra. rewrite Rabs_left; lra. }
    have slopes : h' x = h' y.
    { destruct (Rtotal_order (h' x) (h' y)) as [K|[K|K]] => //; exfalso.
      - apply (no x y) => //; by left.
      - apply (no y x) => //; first [lra | by left]. }
    have eq : x = y.
    { destruct (Rtotal_order x y) as [K|[K|K]] => //; exfalso.
      - apply (no x y) => //. right. split => //. apply sum_of_bends => //; lra.
      - apply (no y x) => //; try lra. right. split => //. apply sum_of_bends => //; lra. }
    split => //. apply Rnot_lt_le => K. apply (no x y) => //. right. split => //. rewrite -eq. have := h''_pos x ltac:(lra). lra.
  - split. 2: unfold top; interval with (i_prec 60). split. unfold feasible; lra.
    exists 1. split. lra. intros x y [Hx [Hy Hs]] _ _. apply Rle_trans with (h (x + y)). by apply superadditive.
    have -> : h 1 + h 0 = h 1 by unfold h; field; have := pi_pos; lra.
    apply (increases_weakly h h' (x + y) 1) => //; try lra. intros; apply h_deriv. intros z Hz. left. apply h'_pos. lra.
Qed.
