"""The independent checker for this paper: it repeats a proof and trusts nothing in it.

It shares no code with the rest of the package and needs only gmpy2, whose MPFR rounds every
function correctly in either direction. What is general is `bounds.certify.checker`, which knows
expressions, their signs and zeros; here is what certificates need of the paper, from the ground up:

- masses, criterion, curve: the functions of the proof, and the curve that ε runs through.
- quick, family, ends, alternation, witness, shape: the sign of loss″ on the whole domain.
- small_delta, passage: the same for all small Δ, and for ranges in which the shape changes.
- root: one inflection, isolated; eps_cr: the root that is the first turn of the shape.
- scaled, critical_slices, large_delta: units that do not fade as Δ grows; ε_cr for every Δ of a
  range, slice by slice, and the shape of the loss for every Δ from one on.
- panel: ε_cr and what belongs to it as polynomials in Δ.
- sech, any_set: means of hyperbolic functions; that no set of means does better than two points.
- implicit, operations: the paper's functions of ε, as operations of expressions.
- steps, jobs: what has to hold, piece by piece; several processes.

`check` reads and judges a certificate; `python -m bounds.checker FILE...` runs it. What is taken
on trust: the files of both folders, Python, and gmpy2 with MPFR. The "text" of a statement is for
readers; what is proved are its other fields, which the verdict tells in its own words.
"""

from bounds.certify.checker.kinds import register_kind
from bounds.certify.checker.replay import check, check_file
from bounds.certify.checker.verdict import Verdict
from bounds.checker.any_set import ANY_SET
from bounds.checker.critical_slices import CRITICAL_SLICES
from bounds.checker.eps_cr import EPS_CR
from bounds.checker.large_delta import LARGE_DELTA
from bounds.checker.operations import register_operations
from bounds.checker.panel import PANEL
from bounds.checker.passage import PASSAGE
from bounds.checker.root import ROOT
from bounds.checker.shape import SHAPE
from bounds.checker.small_delta import SMALL_DELTA

register_operations()
register_kind("root", ROOT)
register_kind("shape", SHAPE)
register_kind("eps_cr", EPS_CR)
register_kind("small_delta", SMALL_DELTA)
register_kind("passage", PASSAGE)
register_kind("critical_slices", CRITICAL_SLICES)
register_kind("large_delta", LARGE_DELTA)
register_kind("any_set", ANY_SET)
register_kind("eps_cr_panel", PANEL)

__all__ = ["Verdict", "check", "check_file"]
