"""An independent checker of proof certificates: it repeats a proof and trusts nothing in it.

It shares no code with the rest of the package and needs only gmpy2, whose MPFR rounds every
function correctly in either direction. A table of contents, from the ground up:

- verdict, precision, interval, dual: outcomes; directed rounding; enclosures; derivatives.
- masses, criterion, inverse, curve: the functions of the proof, and the curve that ε runs through.
- quick, family, ends, alternation, shape: the sign of loss″ on the whole domain.
- krawczyk, root: one inflection, isolated.
- implicit, term, sign: the paper's functions of ε, expressions of them, and inequalities.
- derivative, zero: derivatives of expressions, and zeros of systems of them, isolated.
- number, document, claims: certificates, read strictly.
- replay: `check` itself; `python -m bounds.checker FILE...` runs it.

What is taken on trust: these files, Python, and gmpy2 with MPFR. The "text" of a statement is for
readers; what is proved are its other fields.
"""

from bounds.certify.checker.replay import check, check_file
from bounds.certify.checker.verdict import Verdict

__all__ = ["Verdict", "check", "check_file"]
