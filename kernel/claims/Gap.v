(** The gap between the bounds: what the two-point attack earns for each unit of its mass. *)
From Coq Require Import Reals Lra ssreflect.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Bounds Require Import Calculus Normal Gauss Improper TwoPoint.
Open Scope R_scope.

(** claim: gap-factor
    paper: Section III, "a factor of sqrt(8 pi) off from the lower bound"
    proves: part: the Bayes risk at two means, for each unit of the mass that hides them, exceeds 0.66104, which leaves a factor below 1.5128 under a slope of 1; not that it bounds K(m), nor the upper bound
    seeded: 1 / (B / (2 * cdf t - 1)) < 15128 / 10000 ==> 1 / (B / (2 * cdf t - 1)) < 15128 / 11000 *)
Theorem gap_factor : exists t B, line_integral (bayes t) B /\ 66104 / 100000 < B / (2 * cdf t - 1) /\
  1 / (B / (2 * cdf t - 1)) < 15128 / 10000 /\ 5 < sqrt (8 * PI).
Proof.
  destruct two_point_ratio as [B [HB r]]. exists (937 / 1000), B. split => //. split => //. split. 2: interval with (i_prec 60).
  move: (B / (2 * cdf (937 / 1000) - 1)) r => s r. apply (Rmult_lt_reg_r s). lra. have -> : 1 / s * s = 1 by field; lra. lra.
Qed.
