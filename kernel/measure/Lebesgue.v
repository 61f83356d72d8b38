(** The integral of Lebesgue is the improper integral of Riemann, where that exists and the function is
    continuous and not negative. First over any real numbers, with limits told by epsilon; then over
    Coq's own, where the library's integrals are. *)
From Coq Require Import Reals.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Improper.
From mathcomp Require Import all_ssreflect ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals ereal topology normedtype sequences realfun derive.
From mathcomp Require Import measure lebesgue_measure measurable_realfun lebesgue_integral ftc.
From mathcomp Require Import Rstruct_topology.
Import Order.TTheory GRing.Theory Num.Theory numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section AnyReals.
Context {K : realType}.
Implicit Types f F : K -> K.
Let mu := @lebesgue_measure K.

(** Slopes and continuity, told by epsilon. *)
Definition slope_at F (x l : K) : Prop := forall e, 0 < e ->
  exists2 d, 0 < d & forall h, h != 0 -> `|h| < d -> `|(F (x + h) - F x) / h - l| < e.
Definition continuous_by f : Prop := forall x e, 0 < e ->
  exists2 d, 0 < d & forall y, `|y - x| < d -> `|f y - f x| < e.

Lemma slope_derive F x l : slope_at F x l -> is_derive x 1 F l.
Proof.
move=> slope.
have limit : (fun h : K => h^-1 *: ((F \o shift x) (h *: 1) - F x)) @ 0^' --> l.
  apply/cvgrPdist_lt => e /slope[d d0 near_l].
  apply/nbhs_ballP; exists d => //= h.
  rewrite /ball/= sub0r normrN => hd h0.
  rewrite distrC /GRing.scale/= mulr1 [h + x]addrC mulrC; exact: near_l.
apply: DeriveDef; first by apply/cvg_ex; exists l.
exact/cvg_lim.
Qed.

Lemma continuous_of f : continuous_by f -> continuous f.
Proof.
move=> cont x; apply/cvgrPdist_lt => e /(cont x)[d d0 near_f].
by apply/nbhs_ballP; exists d => //= y; rewrite /ball/= distrC => /near_f; rewrite distrC.
Qed.

Lemma measurable_of f : continuous_by f -> measurable_fun setT f.
Proof. by move=> cont; apply: continuous_measurable_fun; exact: continuous_of. Qed.

Local Open Scope ereal_scope.

Lemma stretch f F (a b : K) : (a < b)%R -> continuous f -> (forall x, slope_at F x (f x)) ->
  \int[mu]_(x in `[a, b]) (f x)%:E = (F b - F a)%:E.
Proof.
move=> ab cf slope.
have dF x := slope_derive F x (f x) (slope x).
have cF : continuous F.
  move=> x; apply: differentiable_continuous; apply/derivable1_diffP.
  by have [] := dF x.
rewrite (continuous_FTC2 ab _ (F := F)) ?EFinB//.
- exact: continuous_subspaceT.
- split; first by move=> x _; have [] := dF x.
  + by apply: cvg_at_right_filter; exact: cF.
  + by apply: cvg_at_left_filter; exact: cF.
- by move=> x _; rewrite derive1E; have [] := dF x.
Qed.

Lemma stretches_converge f : continuous f -> (forall x, 0 <= f x)%R ->
  \int[mu]_x (f x)%:E = limn (fun n => \int[mu]_(x in `[(- n%:R)%R, n%:R%R]) (f x)%:E).
Proof.
move=> cf f0.
pose g n : K -> \bar K := (EFin \o f) \_ `[(- n%:R)%R, n%:R%R].
have grows (x : K) n m : (n <= m)%N -> x \in `[- n%:R, n%:R]%R -> x \in `[- m%:R, m%:R]%R.
  move=> nm; rewrite !in_itv/= => /andP[lo hi].
  by rewrite (le_trans _ lo) ?(le_trans hi)// ?lerN2 ler_nat.
have -> : (fun n => \int[mu]_(x in `[(- n%:R)%R, n%:R%R]) (f x)%:E) = (fun n => \int[mu]_x g n x).
  by apply/funext => n; rewrite integral_mkcond.
rewrite -monotone_convergence//; first last.
- move=> x _ n m nm; rewrite /g /patch.
  case: ifPn => [|_]; last by case: ifPn; rewrite ?lee_fin.
  by rewrite inE/= => /(grows x n m nm) xm; rewrite mem_set.
- by move=> n x _; rewrite /g /patch; case: ifPn; rewrite ?lee_fin.
- move=> n; apply/(measurable_restrictT _ _).1 => //; apply/measurable_EFinP.
  by apply: measurable_funTS; exact: continuous_measurable_fun.
apply: eq_integral => x _; apply/esym/cvg_lim => //; apply: cvg_near_cst.
have : [set: K] x by [].
rewrite -(bigcup_itvT true) => -[n _ /= xn]; near=> m.
rewrite /g patchE mem_set//=; apply: (grows x n m) => //.
by near: m; exact: nbhs_infty_ge.
Unshelve. all: by end_near. Qed.

(** [part a b] is the integral over [a, b]; v the number that it goes to. *)
Lemma whole_line f (part : K -> K -> K) (v : K) :
  continuous f -> (forall x, 0 <= f x)%R ->
  (forall a b, (a < b)%R -> \int[mu]_(x in `[a, b]) (f x)%:E = (part a b)%:E) ->
  (forall e, (0 < e)%R -> exists2 N, (0 < N)%R &
    forall a b, (a < - N)%R -> (N < b)%R -> (`|part a b - v| < e)%R) ->
  \int[mu]_x (f x)%:E = v%:E.
Proof.
move=> cf f0 parts limit.
have mf : measurable_fun setT (EFin \o f).
  by apply/measurable_EFinP; exact: continuous_measurable_fun.
have between a b c d : (a < b)%R -> (c <= a)%R -> (b <= d)%R -> (part a b <= part c d)%R.
  move=> ab ca bd; rewrite -lee_fin -!parts//; last by rewrite (le_lt_trans ca)// (lt_le_trans ab).
  apply: ge0_subset_integral => //.
  - exact: measurable_funTS.
  - by move=> x _; rewrite lee_fin.
  - by move=> x; rewrite /= !in_itv/= => /andP[ax xb]; rewrite (le_trans ca)// (le_trans xb).
apply/eqP; rewrite eq_le; apply/andP; split.
- rewrite stretches_converge//; apply: lime_le.
    apply: ereal_nondecreasing_is_cvgn => n m nm; apply: ge0_subset_integral => //.
    + exact: measurable_funTS.
    + by move=> x _; rewrite lee_fin.
    + move=> x; rewrite /= !in_itv/= => /andP[lo hi].
      by rewrite (le_trans _ lo) ?(le_trans hi)// ?lerN2 ler_nat.
  near=> n; have n0 : (0 < n%:R :> K)%R by rewrite ltr0n; near: n; exact: nbhs_infty_gt.
  rewrite parts ?gtrN// lee_fin; apply/ler_addgt0Pr => e /limit[N N0 close].
  pose M : K := (Num.max N n%:R + 1)%R.
  have NM : (N < M)%R by rewrite (@le_lt_trans _ _ (Num.max N n%:R))// ?le_max ?lexx// ltrDl.
  have nM : (n%:R <= M)%R by rewrite (@le_trans _ _ (Num.max N n%:R))// ?le_max ?lexx ?orbT// lerDl.
  have := close (- M)%R M; rewrite ltrN2 => /(_ NM NM).
  rewrite ltr_norml => /andP[_]; rewrite ltrBlDl => /ltW; rewrite addrC; apply: le_trans.
  by rewrite between ?gtrN// lerN2.
- apply/lee_subgt0Pr => e /limit[N N0 close].
  have N1 : (N < N + 1)%R by rewrite ltrDl.
  have := close (- (N + 1))%R (N + 1)%R; rewrite ltrN2 => /(_ N1 N1).
  rewrite ltr_norml => /andP[+ _]; rewrite ltrBrDl => /ltW low.
  apply: (@le_trans _ _ (part (- (N + 1)) (N + 1))%:E); first by rewrite -EFinB lee_fin.
  rewrite -parts ?gtrN ?(lt_trans N0)//; apply: ge0_subset_integral => //.
  by move=> x _; rewrite lee_fin.
Unshelve. all: by end_near. Qed.
End AnyReals.

(** * Coq's own real numbers. *)

Lemma slope_of_derive (F : R -> R) (x l : R) : Derive.is_derive F x l -> slope_at F x l.
Proof.
move=> /is_derive_Reals dF e /RltP e0; have [d near_l] := dF e e0.
exists (pos d); first by apply/RltP; exact: cond_pos.
move=> h /eqP h0 /RltP hd; apply/RltP; exact: near_l.
Qed.

Lemma continuous_of_reals (f : R -> R) : (forall x, Continuity.continuous f x) -> continuous_by f.
Proof.
move=> cf x e /RltP e0.
have [d near_f] := proj1 (Hierarchy.filterlim_locally f (f x)) (cf x) (mkposreal e e0).
exists (pos d); first by apply/RltP; exact: cond_pos.
by move=> y /RltP yd; apply/RltP; exact: near_f.
Qed.

Lemma measurable_reals (f : R -> R) : (forall x, Continuity.continuous f x) ->
  @measurable_fun _ _ (measurableTypeR R) (measurableTypeR R) setT f.
Proof. by move=> cf; apply: (@measurable_of R f); exact: continuous_of_reals. Qed.

Local Open Scope ereal_scope.

(** The library's improper integrals are integrals for Lebesgue's measure. *)
Theorem lebesgue_line (f : R -> R) (v : R) :
  (forall x, Continuity.continuous f x) -> (forall x, (0 <= f x)%R) -> line_integral f v ->
  \int[@lebesgue_measure R]_x (f x)%:E = v%:E.
Proof.
move=> cf f0 limit.
have integrable a b : RInt.ex_RInt f a b.
  by apply: (ex_RInt_continuous (V := R_CompleteNormedModule)) => x _; exact: cf.
have continuous_f := continuous_of _ (continuous_of_reals f cf).
apply: (whole_line f (RInt f)) => //.
- move=> a b ab.
  have slope x : slope_at (RInt f 0) x (f x).
    apply: slope_of_derive.
    apply (is_derive_RInt (V := R_NormedModule) f (RInt f 0) 0 x); last exact: cf.
    by apply Hierarchy.filter_forall => y; apply (RInt_correct (V := R_CompleteNormedModule)).
  rewrite (@stretch _ f (RInt f 0) a b ab continuous_f slope); congr (_%:E).
  rewrite -(RInt_Chasles f 0 a b)//; rewrite /Hierarchy.plus/=.
  by rewrite RplusE addrAC subrr add0r.
- move=> e /RltP e0.
  have [P Q [N HN] [M HM] close] := limit _ (Hierarchy.locally_ball v (mkposreal e e0)).
  pose B : R := Num.max 1%R (Num.max (- N)%R M).
  exists B; first by rewrite /B lt_max ltr01.
  move=> a b aB Bb.
  have aN : Rlt a N.
    by apply/RltP; apply: (lt_le_trans aB); rewrite lerNl /B !le_max lexx ?orbT.
  have Mb : Rlt M b.
    by apply/RltP; apply: (le_lt_trans _ Bb); rewrite /B !le_max lexx ?orbT.
  have [y [Iy By]] := close a b (HN a aN) (HM b Mb).
  by rewrite (is_RInt_unique _ _ _ _ Iy); apply/RltP.
Qed.
