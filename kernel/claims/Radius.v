(** More on the library's functions, for the claims: monotonicity of l and g, ends, slopes of Phi. *)
From Coq Require Import Reals Lra Psatz ssreflect.
From Coquelicot Require Import Coquelicot.
From Bounds Require Import Calculus Normal Gauss Improper Window Loss.
From Claims Require Import Tools.
Open Scope R_scope.

Lemma density_antitone_le a b : 0 <= a -> a <= b -> density b <= density a.
Proof. intros Ha [H|<-]; [|lra]. left. apply density_antitone. nra. Qed.

(** Phi between two points of the right half lies below its tangents. *)
Lemma cdf_step a b : 0 <= a -> a <= b -> (b - a) * density b <= cdf b - cdf a <= (b - a) * density a.
Proof.
  intros Ha [H|<-]; [|lra].
  destruct (MVT_cor2 cdf density a b H) as [c [E [Hc Hd]]].
  { intros; apply is_derive_Reals, cdf_derive. }
  rewrite E. have := density_antitone_le a c. have := density_antitone_le c b. nra.
Qed.
Lemma cdf_step_strict a b : 0 <= a -> a < b -> (b - a) * density b < cdf b - cdf a < (b - a) * density a.
Proof.
  intros Ha H.
  destruct (MVT_cor2 cdf density a b H) as [c [E [Hc Hd]]].
  { intros; apply is_derive_Reals, cdf_derive. }
  rewrite E. have := density_antitone a c ltac:(nra). have := density_antitone c b ltac:(nra). nra.
Qed.

(** sqrt(2 pi) (Phi(q) - 1/2) >= q - q^3/6. *)
Lemma cdf_cubic q : 0 <= q -> density 0 * (q - q ^ 3 / 6) <= cdf q - 1 / 2.
Proof.
  intros Hq. have d0 := density_pos 0.
  apply (compare (fun z => density 0 * (z - z ^ 3 / 6)) (fun z => density 0 * (1 - z ^ 2 / 2)) (fun z => cdf z - 1 / 2) density 0 q); try lra.
  - intros z _. auto_derive => //. field.
  - intros z _. evar_last. apply (is_derive_minus cdf (fun _ => 1 / 2)). apply cdf_derive. apply is_derive_const. rewrite /minus /plus /opp /zero /=. ring.
  - intros z _. rewrite -{2}(Rplus_0_l z) density_shift. apply Rmult_le_compat_l; [lra|]. have := exp_ineq1_le (- z * (0 + z / 2)). lra.
  - rewrite cdf_0. lra.
Qed.

(** The mass of a centred pair of points falls as they part: Phi(m - u) + Phi(m + u). *)
Lemma cdf_pair m u v : 0 <= u -> u <= v -> v <= m -> cdf (m - v) + cdf (m + v) <= cdf (m - u) + cdf (m + u).
Proof.
  intros Hu [H|<-] Hv; [|lra].
  have D : forall z, is_derive (fun z => - (cdf (m - z) + cdf (m + z))) z (density (m - z) - density (m + z)).
  { intros z. have d1 := cdf_derive (m - z). have d2 := cdf_derive (m + z). auto_derive.
    - repeat split; eexists; eassumption.
    - rewrite (is_derive_unique _ _ _ d1) (is_derive_unique _ _ _ d2). ring. }
  have := increases_weakly _ _ u v (fun z _ => D z).
  intros K. have := K ltac:(intros z Hz; have := density_antitone_le (m - z) (m + z) ltac:(lra) ltac:(lra); lra) u v ltac:(lra) ltac:(lra) ltac:(lra). lra.
Qed.

Lemma cdf_above_half x : 0 < x -> 1 / 2 < cdf x.
Proof. intros H. have := cdf_increasing 0 x H. rewrite cdf_0. lra. Qed.

Lemma quantile_spec p : 0 < p < 1 -> cdf (quantile p) = p.
Proof.
  intros Hp.
  have hi : exists b, 0 < b /\ p < cdf b.
  { have L := cdf_limit. apply is_lim_spec in L. destruct (L (mkposreal (1 - p) ltac:(lra))) as [M HM]. simpl in HM.
    exists (Rmax M 0 + 1). have := Rmax_l M 0. have := Rmax_r M 0. intros. split. lra.
    have := HM (Rmax M 0 + 1) ltac:(lra). intros K. apply Rabs_lt_between in K. lra. }
  have lo : exists a, a < 0 /\ cdf a < p.
  { have L := cdf_limit. apply is_lim_spec in L. destruct (L (mkposreal p ltac:(lra))) as [M HM]. simpl in HM.
    exists (- (Rmax M 0 + 1)). have := Rmax_l M 0. have := Rmax_r M 0. intros. split. lra.
    rewrite cdf_reflection. have := HM (Rmax M 0 + 1) ltac:(lra). intros K. apply Rabs_lt_between in K. lra. }
  destruct hi as [b [Hb hb]]. destruct lo as [a [Ha la]].
  destruct (cdf_onto a b p) as [x [_ <-]]; try lra. by rewrite quantile_of_cdf.
Qed.
Lemma quantile_le p q : 0 < p -> p <= q -> q < 1 -> quantile p <= quantile q.
Proof. intros. apply cdf_le_inv. rewrite !quantile_spec; lra. Qed.
Lemma quantile_lt p q : 0 < p -> p < q -> q < 1 -> quantile p < quantile q.
Proof. intros. apply cdf_lt_inv. rewrite !quantile_spec; lra. Qed.

Section PositiveDelta.
Variable delta : R.
Hypothesis delta_pos : 0 < delta.
Notation rho := (central_mass delta).
Notation d := (mass_deficit delta).
Notation l := (filter_radius delta).
Notation g := (median_shift delta).
Notation f := (window_mass delta).

Lemma rho_pos : 0 < rho < 1.
Proof. rewrite central_mass_cdf. have := cdf_above_half delta delta_pos. have := cdf_below_1 delta. lra. Qed.
Lemma radius_0 : l 0 = 0.
Proof. rewrite -{1}(mass_deficit_0 delta). apply filter_radius_of_deficit => //. lra. Qed.
Lemma radius_le e e' : 0 <= e -> e <= e' -> e' < rho -> l e <= l e'.
Proof.
  intros He H H'. have [a1 b1] := filter_radius_spec delta delta_pos e ltac:(lra).
  have [a2 b2] := filter_radius_spec delta delta_pos e' ltac:(lra).
  apply (mass_deficit_le_inv delta delta_pos) => //. lra.
Qed.
Lemma radius_lt e e' : 0 <= e -> e < e' -> e' < rho -> l e < l e'.
Proof.
  intros He H H'. have [a1 b1] := filter_radius_spec delta delta_pos e ltac:(lra).
  have [a2 b2] := filter_radius_spec delta delta_pos e' ltac:(lra).
  destruct (radius_le e e') as [K|K]; try lra. rewrite K in b1. lra.
Qed.
(** d(x) <= e exactly if x <= l(e). *)
Lemma deficit_le_radius x e : 0 <= x -> 0 <= e < rho -> d x <= e -> x <= l e.
Proof.
  intros Hx He H. have [a b] := filter_radius_spec delta delta_pos e He.
  apply (mass_deficit_le_inv delta delta_pos) => //. lra.
Qed.
Lemma deficit_mono x y : 0 <= x -> x <= y -> d x <= d y.
Proof. intros Hx [H|<-]; [|lra]. left. by apply mass_deficit_increasing. Qed.
Lemma window_even x : f (- x) = f x.
Proof.
  unfold window_mass. replace (- x + delta) with (- (x - delta)) by ring. replace (- x - delta) with (- (x + delta)) by ring.
  rewrite !cdf_reflection. ring.
Qed.
Lemma shift_spec e : 0 <= e < rho -> 0 <= g e /\ cdf (g e) = shift_mass delta (l e).
Proof.
  intros [[H|<-] H'].
  - have [a b] := median_shift_spec delta delta_pos e ltac:(lra). split => //. lra.
  - rewrite (median_shift_quantile delta delta_pos 0). 2: lra. rewrite radius_0.
    have -> : shift_mass delta 0 = cdf 0. { unfold shift_mass. rewrite cdf_0. replace (0 - delta) with (- delta) by ring. lra. }
    rewrite quantile_of_cdf. split. lra. done.
Qed.
Lemma shift_mass_le x y : x <= y -> shift_mass delta x <= shift_mass delta y.
Proof. intros H. have := cdf_monotone (x - delta) (y - delta). unfold shift_mass. lra. Qed.
Lemma shift_le e e' : 0 <= e -> e <= e' -> e' < rho -> g e <= g e'.
Proof.
  intros He H H'. have [_ a] := shift_spec e ltac:(lra). have [_ b] := shift_spec e' ltac:(lra).
  apply cdf_le_inv. rewrite a b. by apply shift_mass_le, radius_le.
Qed.
Lemma shift_lt e e' : 0 <= e -> e < e' -> e' < rho -> g e < g e'.
Proof.
  intros He H H'. have [_ a] := shift_spec e ltac:(lra). have [_ b] := shift_spec e' ltac:(lra).
  apply cdf_lt_inv. rewrite a b. have := cdf_increasing (l e - delta) (l e' - delta). have := radius_lt e e'. unfold shift_mass. lra.
Qed.
End PositiveDelta.
