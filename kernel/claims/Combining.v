(** Lemma 4: the client's combined estimate. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Improper Window Loss.
From Claims Require Import Tools Radius Attack.
Open Scope R_scope.

Lemma odd_integral a : RInt (fun z => z * density z) (- a) a = 0.
Proof.
  have H : is_RInt (fun z => z * density z) (- a) a (minus (- density a) (- density (- a))).
  { apply (is_RInt_derive (fun z => - density z)).
    - intros z _. have d := density_derive z. auto_derive. by eexists; eassumption. rewrite (is_derive_unique _ _ _ d). ring.
    - intros z _. apply: ex_derive_continuous. have d := density_derive z. auto_derive. by eexists; eassumption. }
  rewrite (is_RInt_unique _ _ _ _ H) density_even /minus /plus /opp /=. ring.
Qed.
Lemma second_integral a : RInt (fun z => z ^ 2 * density z) (- a) a = (2 * cdf a - 1) - 2 * a * density a.
Proof.
  have H : is_RInt (fun z => z ^ 2 * density z) (- a) a (minus (cdf a - a * density a) (cdf (- a) - - a * density (- a))).
  { apply (is_RInt_derive (fun z => cdf z - z * density z)).
    - intros z _. have d := density_derive z. have c := cdf_derive z. auto_derive. repeat split; by eexists; eassumption.
      rewrite (is_derive_unique _ _ _ d) (is_derive_unique _ _ _ c). ring.
    - intros z _. apply: ex_derive_continuous. have d := density_derive z. auto_derive. by eexists; eassumption. }
  rewrite (is_RInt_unique _ _ _ _ H) density_even cdf_reflection /minus /plus /opp /=. ring.
Qed.
Lemma central_integral a : RInt density (- a) a = 2 * cdf a - 1.
Proof. have E : cdf a - cdf (- a) = 2 * cdf a - 1 by rewrite cdf_reflection; ring. by rewrite -E cdf_difference. Qed.
(** The mean of q(z) for a standard normal z, given |z| < a. *)
Definition given_within (a : R) (q : R -> R) : R := RInt (fun z => q z * density z) (- a) a / RInt density (- a) a.
Lemma within_pos a : 0 < a -> 0 < RInt density (- a) a.
Proof. intros H. rewrite central_integral. have := cdf_above_half a H. lra. Qed.
Lemma smooth_integrable (p q r : R) a b : ex_RInt (fun z => (p + q * z + r * z ^ 2) * density z) a b.
Proof.
  apply (ex_RInt_continuous (V := R_CompleteNormedModule)) => z _. apply: ex_derive_continuous.
  have d := density_derive z. auto_derive. by eexists; eassumption.
Qed.
Lemma quadratic_integral p q r a :
  RInt (fun z => (p + q * z + r * z ^ 2) * density z) (- a) a = p * (2 * cdf a - 1) + r * (RInt (fun z => z ^ 2 * density z) (- a) a).
Proof.
  have I0 : ex_RInt density (- a) a by apply density_integrable.
  have I1 : ex_RInt (fun z => z * density z) (- a) a.
  { apply (ex_RInt_ext (fun z => (0 + 1 * z + 0 * z ^ 2) * density z)). move=> z _ /=; ring. apply smooth_integrable. }
  have I2 : ex_RInt (fun z => z ^ 2 * density z) (- a) a.
  { apply (ex_RInt_ext (fun z => (0 + 0 * z + 1 * z ^ 2) * density z)). move=> z _ /=; ring. apply smooth_integrable. }
  have H : is_RInt (fun z => (p + q * z + r * z ^ 2) * density z) (- a) a
    (plus (plus (scal p (RInt density (- a) a)) (scal q (RInt (fun z => z * density z) (- a) a))) (scal r (RInt (fun z => z ^ 2 * density z) (- a) a))).
  { apply (is_RInt_ext (fun z => plus (plus (scal p (density z)) (scal q (z * density z))) (scal r (z ^ 2 * density z)))).
    { intros z _. rewrite /plus /scal /= /mult /=. ring. }
    apply (is_RInt_plus (V := R_NormedModule)); [apply (is_RInt_plus (V := R_NormedModule))|]; apply (is_RInt_scal (V := R_NormedModule)); apply (RInt_correct (V := R_CompleteNormedModule)) => //. }
  rewrite (is_RInt_unique _ _ _ _ H) odd_integral central_integral /plus /scal /= /mult /=. ring.
Qed.

(** claim: weights-optimal
    paper: Section V, Algorithm 2, line 4, the weights 1/(1 + g^2) and g^2/(1 + g^2)
    proves: whole claim
    seeded: v / (1 + v) <= w ^ 2 ==> 2 * v / (1 + v) <= w ^ 2 *)
Theorem weights_optimal v w : 0 <= v ->
  v / (1 + v) <= w ^ 2 * v + (1 - w) ^ 2 * 1 /\
  (w ^ 2 * v + (1 - w) ^ 2 * 1 = v / (1 + v) <-> w = 1 / (1 + v)).
Proof.
  intros Hv. have E : w ^ 2 * v + (1 - w) ^ 2 * 1 - v / (1 + v) = (1 + v) * (w - 1 / (1 + v)) ^ 2 by field; lra.
  have := pow2_ge_0 (w - 1 / (1 + v)). split. nra. split.
  - intros K. have : (w - 1 / (1 + v)) ^ 2 = 0 by nra. intros Z. apply zero_square in Z. lra.
  - intros K. have Z : w - 1 / (1 + v) = 0 by lra. rewrite Z in E. lra.
Qed.

Lemma combined_split s w a : 0 < a ->
  given_within a (fun z => (w * s + (1 - w) * z) ^ 2) = w ^ 2 * s ^ 2 + (1 - w) ^ 2 * given_within a (fun z => z ^ 2).
Proof.
  intros Ha. have P := within_pos a Ha. unfold given_within.
  rewrite (RInt_ext _ (fun z => ((w * s) ^ 2 + 2 * (w * s) * (1 - w) * z + (1 - w) ^ 2 * z ^ 2) * density z)).
  2: { move=> z _ /=; ring. }
  rewrite quadratic_integral. rewrite central_integral in P |- *. field. lra.
Qed.
Lemma within_variance a : 0 < a -> given_within a (fun z => z ^ 2) = 1 - 2 * a * density a / (2 * cdf a - 1) /\ 0 <= given_within a (fun z => z ^ 2) < 1.
Proof.
  intros Ha. have P := within_pos a Ha. have d := density_pos a. unfold given_within in *. 
  have NN : 0 <= RInt (fun z => z ^ 2 * density z) (- a) a.
  { apply RInt_ge_0. lra. apply (ex_RInt_ext (fun z => (0 + 0 * z + 1 * z ^ 2) * density z)). move=> z _ /=; ring. apply smooth_integrable.
    intros z _. apply Rmult_le_pos. apply pow2_ge_0. left; apply density_pos. }
  rewrite second_integral in NN |- *. rewrite central_integral in P |- *.
  have q : 0 < 2 * a * density a / (2 * cdf a - 1) by apply Rdiv_lt_0_compat => //; nra.
  have E : (2 * cdf a - 1 - 2 * a * density a) / (2 * cdf a - 1) = 1 - 2 * a * density a / (2 * cdf a - 1) by field; lra.
  split => //. split. by apply nonneg_fraction. lra.
Qed.

(** What Algorithm 2 returns: the combination where |s - z| < 3 Delta/2, s the server's error, z the sample's; else the sample. *)
Definition client_error delta w s z := match Rlt_dec (Rabs (s - z)) (3 * delta / 2) with left _ => w * s + (1 - w) * z | right _ => z end.

(** claim: lemma-4-chain-1
    paper: Appendix B, proof of Lemma 4, line 1
    proves: printed refuted, for every server's error 0 < s <= 3 Delta/4; repaired statement
    seeded: Rabs z < delta - g / 2 ==> Rabs z < delta - g / 4 *)
Theorem lemma_4_chain_1 delta w s : 0 < delta -> 0 < w <= 1 ->
  (forall g, 0 <= g < delta -> Rabs s <= g ->
    (forall z, Rabs z < delta - g / 2 -> client_error delta w s z = w * s + (1 - w) * z) /\
    given_within (delta - g / 2) (fun z => (w * s + (1 - w) * z) ^ 2) =
      w ^ 2 * s ^ 2 + (1 - w) ^ 2 * given_within (delta - g / 2) (fun z => z ^ 2)) /\
  (0 < s <= 3 * delta / 4 -> exists v, is_RInt (fun z => client_error delta w s z ^ 2 * density z) (- (3 * delta / 2)) (3 * delta / 2) v /\
    w ^ 2 * s ^ 2 + (1 - w) ^ 2 * given_within (3 * delta / 2) (fun z => z ^ 2) < v / RInt density (- (3 * delta / 2)) (3 * delta / 2)).
Proof.
  intros Hd Hw. split.
  - intros g Hg Hs. split.
    + intros z Hz. unfold client_error. destruct (Rlt_dec (Rabs (s - z)) (3 * delta / 2)) as [H|H] => //.
      exfalso. apply H. apply Rabs_lt_between in Hz. apply Rabs_le_between in Hs. apply Rabs_def1; lra.
    + apply combined_split. lra.
  - intros Hs. set b := 3 * delta / 2. have b0 : 0 < b by unfold b; lra.
    set q := fun z => (w * s + (1 - w) * z) ^ 2 * density z.
    have Iq : forall u v, ex_RInt q u v.
    { intros u v. apply (ex_RInt_ext (fun z => ((w * s) ^ 2 + 2 * (w * s) * (1 - w) * z + (1 - w) ^ 2 * z ^ 2) * density z)).
      move=> z _; rewrite /q /=; ring. apply smooth_integrable. }
    have I2 : forall u v, ex_RInt (fun z => z ^ 2 * density z) u v.
    { intros u v. apply (ex_RInt_ext (fun z => (0 + 0 * z + 1 * z ^ 2) * density z)). move=> z _ /=; ring. apply smooth_integrable. }
    exists (RInt (fun z => z ^ 2 * density z) (- b) (s - b) + RInt q (s - b) b). split.
    + apply (is_RInt_Chasles (V := R_NormedModule) _ (- b) (s - b) b).
      * apply (is_RInt_ext (fun z => z ^ 2 * density z)). 2: by apply (RInt_correct (V := R_CompleteNormedModule)).
        rewrite Rmin_left ?Rmax_right; try lra. intros z Hz. f_equal. f_equal. unfold client_error.
        destruct (Rlt_dec (Rabs (s - z)) (3 * delta / 2)) as [H|H] => //. apply Rabs_lt_between in H. fold b in H. lra.
      * apply (is_RInt_ext q). 2: by apply (RInt_correct (V := R_CompleteNormedModule)).
        rewrite Rmin_left ?Rmax_right; try (unfold b; lra). intros z Hz. unfold q. f_equal. f_equal. unfold client_error.
        destruct (Rlt_dec (Rabs (s - z)) (3 * delta / 2)) as [H|H] => //. exfalso. apply H. fold b. apply Rabs_def1; unfold b in *; lra.
    + have P := within_pos b b0. have split_ := combined_split s w b b0. rewrite -split_. unfold given_within.
      apply Rmult_lt_compat_r. by apply Rinv_0_lt_compat.
      have C := RInt_Chasles q (- b) (s - b) b (Iq _ _) (Iq _ _). rewrite /plus /= in C. fold q. rewrite -C.
      apply Rplus_lt_compat_r. apply RInt_lt. lra.
      * intros z Hz. apply: ex_derive_continuous. have d := density_derive z. auto_derive. by eexists; eassumption.
      * intros z Hz. apply: ex_derive_continuous. have d := density_derive z. unfold q. auto_derive. by eexists; eassumption.
      * intros z Hz. unfold q. apply Rmult_lt_compat_r. apply density_pos. unfold b in *.
        have u0 : 0 < w * (s - z) by nra. have u1 : w * s + (1 - w) * z = z + w * (s - z) by ring.
        rewrite u1. have : w * (s - z) <= s - z by nra. nra.
Qed.

(** claim: lemma-4-chain-2
    paper: Appendix B, proof of Lemma 4, "E[(x_v - mu_i)^2 given (x_v - mu_i)^2 < 9/4 Delta^2] <= E[(x_v - mu_i)^2]"
    proves: whole claim
    seeded: 1 - 2 * a * density a / (2 * cdf a - 1) /\ ==> 1 - 3 * a * density a / (2 * cdf a - 1) /\ *)
Theorem lemma_4_chain_2 a : 0 < a ->
  given_within a (fun z => z ^ 2) = 1 - 2 * a * density a / (2 * cdf a - 1) /\
  given_within a (fun z => z ^ 2) < 1 /\ line_integral (fun z => (z - 0) ^ 2 * density (z - 0)) 1.
Proof. intros Ha. have [E [_ K]] := within_variance a Ha. split => //. split => //. apply no_collaboration. Qed.

(** claim: lemma-4-chain-3
    paper: Appendix B, proof of Lemma 4, "= (g(eps)^2 + g(eps^)^4)/(1 + g(eps^)^2)^2"
    proves: part: for numbers in the place of the two errors the right side is an upper bound, and it is not attained by any smaller error; not that the server errs by less
    seeded: <= (g ^ 2 + ghat ^ 4) / (1 + ghat ^ 2) ^ 2 /\ ==> <= (g ^ 2 + ghat ^ 4) / (2 + ghat ^ 2) ^ 2 /\ *)
Theorem lemma_4_chain_3 mse v g ghat : 0 <= mse <= g ^ 2 -> v <= 1 ->
  1 / (1 + ghat ^ 2) ^ 2 * mse + ghat ^ 4 / (1 + ghat ^ 2) ^ 2 * v <= (g ^ 2 + ghat ^ 4) / (1 + ghat ^ 2) ^ 2 /\
  (mse < g ^ 2 -> 1 / (1 + ghat ^ 2) ^ 2 * mse + ghat ^ 4 / (1 + ghat ^ 2) ^ 2 * 1 < (g ^ 2 + ghat ^ 4) / (1 + ghat ^ 2) ^ 2).
Proof.
  intros Hm Hv. have p : 0 < (1 + ghat ^ 2) ^ 2 by apply pow_lt; nra. have i := Rinv_0_lt_compat _ p.
  have g4 : 0 <= ghat ^ 4 by nra. unfold Rdiv. move: (/ (1 + ghat ^ 2) ^ 2) (ghat ^ 4) (g ^ 2) i g4 Hm => c q r i g4 Hm. split.
  - have : c * mse <= c * r by apply Rmult_le_compat_l; lra. have : q * v <= q * 1 by apply Rmult_le_compat_l. nra.
  - intros K. have : c * mse < c * r by apply Rmult_lt_compat_l. lra.
Qed.

(** claim: lemma-4-chain-4
    paper: Appendix B, proof of Lemma 4, "<= (g(eps^)^2 + g(eps^)^4)/(1 + g(eps^)^2)^2"
    proves: whole claim; where the estimate is below eps the line fails; line 3 grows with the estimate
    seeded: 0 <= eps -> eps <= est -> ==> 0 <= est -> est <= eps -> *)
Theorem lemma_4_chain_4 delta eps est : 0 < delta ->
  let g := median_shift delta in
  0 <= eps -> eps <= est -> est < central_mass delta ->
  (g eps ^ 2 + g est ^ 4) / (1 + g est ^ 2) ^ 2 <= (g est ^ 2 + g est ^ 4) / (1 + g est ^ 2) ^ 2 /\
  (eps < est -> (g eps ^ 2 + g eps ^ 4) / (1 + g eps ^ 2) ^ 2 < (g est ^ 2 + g eps ^ 4) / (1 + g eps ^ 2) ^ 2) /\
  (forall est', est <= est' -> est' < central_mass delta ->
    (g eps ^ 2 + g est ^ 4) / (1 + g est ^ 2) ^ 2 <= (g eps ^ 2 + g est' ^ 4) / (1 + g est' ^ 2) ^ 2).
Proof.
  intros Hd g He H H'. have [g0 _] := shift_spec delta Hd eps ltac:(lra). have g1 := shift_le delta Hd eps est He H H'. fold g in g0, g1.
  have p : forall x, 0 < (1 + x ^ 2) ^ 2 by intros x; apply pow_lt; nra.
  split; [|split].
  - apply Rmult_le_compat_r. left. apply Rinv_0_lt_compat, p. nra.
  - intros K. have g2 := shift_lt delta Hd eps est He K H'. fold g in g2. apply Rmult_lt_compat_r. apply Rinv_0_lt_compat, p. nra.
  - intros est' K K'. have g2 := shift_le delta Hd est est' ltac:(lra) K K'. fold g in g2.
    have a0 : 0 <= g eps ^ 2 by nra. have a1 : g eps ^ 2 <= g est ^ 2 by nra. have a2 : g est ^ 2 <= g est' ^ 2 by nra.
    replace (g est ^ 4) with (g est ^ 2 * g est ^ 2) by ring. replace (g est' ^ 4) with (g est' ^ 2 * g est' ^ 2) by ring.
    move: (g eps ^ 2) (g est ^ 2) (g est' ^ 2) a0 a1 a2 => a x y a0 a1 a2.
    have : 0 <= (a + y * y) / (1 + y) ^ 2 - (a + x * x) / (1 + x) ^ 2; [|lra].
    have -> : (a + y * y) / (1 + y) ^ 2 - (a + x * x) / (1 + x) ^ 2 = (y - x) * (y * (x - a) + (y - a) + x * (y - a) + (x - a)) / ((1 + y) ^ 2 * (1 + x) ^ 2) by field; lra.
    apply nonneg_fraction. apply Rmult_le_pos. lra. nra. apply Rmult_lt_0_compat; apply pow_lt; lra.
Qed.

(** claim: lemma-4-chain-5
    paper: Appendix B, proof of Lemma 4, "= g(eps^)^2/(1 + g(eps^)^2)"
    proves: whole claim
    seeded: = g ^ 2 / (1 + g ^ 2) ==> = g ^ 2 / (2 + g ^ 2) *)
Theorem lemma_4_chain_5 g : (g ^ 2 + g ^ 4) / (1 + g ^ 2) ^ 2 = g ^ 2 / (1 + g ^ 2).
Proof. field. nra. Qed.

(** claim: lemma-4
    paper: Lemma 4, and its proof in Appendix B
    proves: repaired statement, for a server's error of at most g(eps) and clients within Delta - g(eps)/2
    seeded: <= loss_of_shift (median_shift delta est) ==> <= loss_of_shift (median_shift delta est / 2) *)
Theorem lemma_4 delta eps est s : 0 < delta -> 0 <= eps -> eps <= est -> est < central_mass delta ->
  median_shift delta eps < delta -> Rabs s <= median_shift delta eps ->
  let w := 1 / (1 + median_shift delta est ^ 2) in let a := delta - median_shift delta eps / 2 in
  (forall z, Rabs z < a -> client_error delta w s z = w * s + (1 - w) * z) /\
  given_within a (fun z => (w * s + (1 - w) * z) ^ 2) <= loss_of_shift (median_shift delta est).
Proof.
  intros Hd He H H' Hg Hs. cbv zeta. have [g0 _] := shift_spec delta Hd eps ltac:(lra). have [h0 _] := shift_spec delta Hd est ltac:(lra).
  set g := median_shift delta eps in Hg, Hs, g0 |- *. set h := median_shift delta est in h0 |- *. set w := 1 / (1 + h ^ 2).
  have w0 : 0 < w <= 1. { have := pow2_ge_0 h. intros. unfold w. split. apply Rdiv_lt_0_compat; lra. apply (Rmult_le_reg_r (1 + h ^ 2)). lra. have -> : 1 / (1 + h ^ 2) * (1 + h ^ 2) = 1 by field; lra. lra. }
  have [A _] := lemma_4_chain_1 delta w s Hd w0. have [B C] := A g ltac:(lra) Hs. split => //.
  rewrite C. have [_ [v0 v1]] := within_variance (delta - g / 2) ltac:(lra).
  move: (given_within _ _) v0 v1 => v v0 v1. unfold loss_of_shift.
  have s2 : s ^ 2 <= g ^ 2. { rewrite -!Rsqr_pow2. apply Rsqr_le_abs_1. rewrite (Rabs_pos_eq g) //. }
  have p1 : 0 < 1 + h ^ 2 by nra.
  have -> : (1 - w) ^ 2 = h ^ 4 / (1 + h ^ 2) ^ 2 by unfold w; field; lra.
  have -> : w ^ 2 = 1 / (1 + h ^ 2) ^ 2 by unfold w; field; lra.
  have [K _] := lemma_4_chain_3 (s ^ 2) v g h ltac:(have := pow2_ge_0 s; lra) ltac:(lra).
  have [M _] := lemma_4_chain_4 delta eps est Hd He H H'. cbv zeta in M. fold g h in M. rewrite lemma_4_chain_5 in M. lra.
Qed.

(** claim: combined-bound
    paper: Section V and Appendix B, after Lemma 4
    proves: part: the bound g^2/(1 + g^2) grows from the estimate to eps-hat, so Lemmas 3 and 4 give a function of eps alone
    seeded: <= loss delta eps ==> <= loss delta eps / 2 *)
Theorem combined_bound delta eps est : 0 < delta -> 0 <= est -> est <= mass_estimate delta eps -> mass_estimate delta eps < central_mass delta ->
  loss_of_shift (median_shift delta est) <= loss delta eps.
Proof.
  intros Hd H0 H H'. have [g0 _] := shift_spec delta Hd est ltac:(lra). have g1 := shift_le delta Hd est _ H0 H H'.
  unfold loss, loss_of_shift. move: (median_shift delta est) (median_shift delta (mass_estimate delta eps)) g0 g1 => x y g0 g1.
  have : 0 <= y ^ 2 / (1 + y ^ 2) - x ^ 2 / (1 + x ^ 2); [|lra].
  have -> : y ^ 2 / (1 + y ^ 2) - x ^ 2 / (1 + x ^ 2) = (y ^ 2 - x ^ 2) / ((1 + y ^ 2) * (1 + x ^ 2)) by field; nra.
  apply nonneg_fraction; nra.
Qed.

(** claim: foreign-estimate
    paper: Appendix B, "the foreign component's mean estimate cannot be more than 1.5 Delta units away from x_v"
    proves: whole claim: an estimate that is used is that near, so the client's error is at most |z| + 3 Delta/2
    seeded: <= Rabs z + 3 * delta / 2 ==> <= Rabs z + delta / 2 *)
Theorem foreign_estimate delta w s z : 0 < delta -> 0 <= w <= 1 ->
  Rabs (client_error delta w s z) <= Rabs z + 3 * delta / 2.
Proof.
  intros Hd Hw. unfold client_error. destruct (Rlt_dec (Rabs (s - z)) (3 * delta / 2)) as [H|H].
  - have -> : w * s + (1 - w) * z = z + w * (s - z) by ring. apply Rle_trans with (1 := Rabs_triang _ _).
    rewrite Rabs_mult (Rabs_pos_eq w); [|lra]. have := Rabs_pos (s - z). nra.
  - lra.
Qed.
