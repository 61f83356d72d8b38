"""Section IV: the prior of least Fisher information on an interval.

In words:

1. Finite information makes ψ, p = ψ², vanish at the ends with ψ² = o(distance). The tangent has a
   simple pole there, so a tan(ax) ψ² vanishes at both ends, and its derivative integrates to 0.
2. The square is 0 only for ψ′ = −a tan(ax) ψ, whose solutions are multiples of the cosine.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import PI, exp, number, prove_less
from proofs_check.audit.calculus import equal, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision, Reading

_X = sp.Symbol("x", real=True)
_L = sp.Symbol("L", positive=True)


def check(least: Any = 4 * sp.pi**2 / _L**2) -> Decision:
    """Decide whether `least` is the smallest Fisher information of a prior on an interval.

    With p = ψ², the information is 4∫ψ′². For a² = least/4 and T = tan(ax),
    ψ′² − a²ψ² = (ψ′ + aTψ)² − (aTψ²)′ identically; for a = π/L the last term integrates to 0.
    """
    a = sp.sqrt(least) / 2
    psi = sp.Function("psi")(_X)
    tangent = sp.tan(a * _X)
    square = (sp.diff(psi, _X) + a * tangent * psi) ** 2
    left = sp.diff(psi, _X) ** 2 - a**2 * psi**2
    identity = sp.simplify(sp.expand(left - square + sp.diff(a * tangent * psi**2, _X)))
    cosine = sp.sqrt(2 / _L) * sp.cos(sp.pi * _X / _L)
    span = (_X, -_L / 2, _L / 2)
    total = sp.simplify(sp.integrate(cosine**2, span))
    reached = sp.simplify(sp.integrate(4 * sp.diff(cosine, _X) ** 2, span) - least)
    # two points ±½: risk t² e^{−t²/2} E sech(tZ), sech y ≥ 1 − y²/2; a risk is below a variance
    half = number(Fraction(1, 2))
    two_points = half**2 * exp(-half * half / 2) * (1 - half**2 / 2)
    worse = prove_less(half**2 * (Fraction(1, 3) - 2 / PI**2), two_points)
    told = (
        "on (-1/2, 1/2) its risk is at most its variance (1/3 - 2/pi^2)/4, and the two points -1/2,"
        f" 1/2 have a greater one: {shown(worse)}"
    )
    return Decision(
        CERTIFIED,
        "the Fisher information of a prior on an interval of length L is at least 4 pi^2/L^2, with"
        " equality for the squared cosine (2/L) cos^2(pi x/L)",
        (
            Exact(
                "p = psi^2, I = 4 int psi'^2, a = pi/L:"
                " psi'^2 - a^2 psi^2 = (psi' + a tan(ax) psi)^2 - (a tan(ax) psi^2)'",
                identity,
                equal(a * _L, sp.pi),
            ),
            Argued(
                "finite information makes psi vanish at the ends with psi^2 = o(distance), so the"
                " last term integrates to 0",
                f"{__name__}, step 1",
            ),
            Exact(
                "the squared cosine has mass 1 and information 4 pi^2/L^2 (SymPy integrals)",
                equal(total, 1),
                reached,
            ),
            Argued(
                "equality means psi' = -a tan(ax) psi, so it is the only one",
                f"{__name__}, step 2",
            ),
            Proved(
                "the prior of least information is the best one for van Trees' inequality, and not"
                f" the worst case for the mean squared error itself: {told}",
                worse,
            ),
        ),
        (
            Reading("worst case: least Fisher information", CERTIFIED, "the squared cosine", True),
            Reading("worst case: greatest Bayes risk", REFUTED, told),
        ),
        (worse.certificate(),),
    )


CLAIM = Claim(
    id="min-fisher",
    where="IV",
    printed="among priors on an interval of length L the least Fisher information is 4π²/L²,"
    " at the squared cosine (the worst case prior)",
    latex=r"\min_p I(p) = \frac{4\pi^2}{L^2}",
    hypotheses="absolutely continuous priors that vanish at the ends (van Trees needs them)",
    method="completing the square, an exact identity",
    check=check,
    seeded=(
        Seeded("pi^2/L^2 in place of 4 pi^2/L^2", lambda: check(sp.pi**2 / _L**2)),
        Seeded("4.1 pi^2/L^2", lambda: check(sp.Rational(41, 10) * sp.pi**2 / _L**2)),
    ),
)
