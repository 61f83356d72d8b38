(** The steps of generated files: each decides one inequality by intervals, with precision, degree and
    fuel set and a limit of time, so that no file runs away. *)
From Coq Require Export Reals Lra.
From Coquelicot Require Export Coquelicot.
From Interval Require Export Tactic.
From Bounds Require Export Calculus Normal Window Loss Curvature Slope Curve Evaluated Stretches Ends Shape Zeros.
Open Scope R_scope.

(** What a generated file gives with its own precision: [integral with ...], [interval with ...]. *)
Ltac open_integral := unfold steepness, pull, shift_gap, last_radius_gap, last_shift_gap, density.
Ltac open_box := intros; evaluate.

(** Facts about the rationals themselves. *)
Ltac by_distance := split; split_Rabs; lra.
Ltac by_side := first [left; lra | right; left; lra | right; right; lra].

(** Where a formula is defined and has a slope. *)
Ltac by_side_conditions settle := repeat split; first [exact I | settle
  | apply Rgt_not_eq; settle | apply Rlt_not_eq; settle].
