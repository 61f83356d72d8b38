"""Section IV: R(ε) ≥ h(ε) by van Trees' inequality.

In words:

1. Van Trees' inequality (Gill and Levit 1995): the Bayes risk for one X ~ N(θ, 1) and an
   absolutely continuous prior that vanishes at the ends of its interval is at least 1/(1 + I), I
   the prior's Fisher information; the worst-case risk is at least the Bayes risk.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp
from flint import arb

from bounds.certify.exact import to_ball
from bounds.certify.inequalities import prove_less
from bounds.certify.numbers.precision import working_precision
from bounds.lower import bounded_mean, information_bound
from proofs_check.audit.algebra import to_term
from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision, Reading
from proofs_check.claims.s4_lower_bound.lower_bound import (
    EPS,
    LINEAR_WIDTH,
    ROOT_WIDTH,
    H,
    draw_one_component,
    h,
)

_MASSES = (Fraction(1, 10), Fraction(1, 2), Fraction(4, 5), Fraction(3, 2))
_LARGE = 100


def bound(width: Any) -> Any:
    """The bound of van Trees: 1/(1 + 4π²/width²), the sample having Fisher information 1."""
    return 1 / (1 + 4 * sp.pi**2 / width**2)


def check(width: Any = LINEAR_WIDTH) -> Decision:
    """Decide whether an interval of the given width leads to h, and compare with the true risk."""
    formula = Exact(
        "1/(1 + 4 pi^2/L^2) = eps^2/(eps^2 + 2 pi) for L = sqrt(2 pi) eps", equal(bound(width), H)
    )
    half = ROOT_WIDTH.subs(EPS, _LARGE) / 2
    linear = half**2 / (1 + half**2)
    witness = prove_less(to_term(linear), to_term(h(sp.Integer(_LARGE))))
    return Decision(
        CERTIFIED,
        "R(eps) >= eps^2/(eps^2 + 2 pi) for the interval of length sqrt(2 pi) eps",
        (
            formula,
            Argued("van Trees' inequality, with the least information", f"{__name__}, step 1"),
            *map(_second_route, _MASSES),
            Proved(f"the other reading fails at eps = {_LARGE}: {witness}", witness),
        ),
        (
            Reading("interval of length sqrt(2 pi) eps", CERTIFIED, "R(eps) >= h(eps)", True),
            Reading(
                "interval of length sqrt(2 pi eps), as the text prints it",
                REFUTED,
                f"van Trees gives eps/(eps + 2 pi); at eps = {_LARGE} the best linear estimate has"
                f" a risk below h: {witness}",
            ),
        ),
        (witness.certificate(),),
    )


def _second_route(eps: Fraction) -> Proved:
    """The bound against the minimax risk itself, at one ε."""
    with working_precision(128):
        tau = to_ball(eps) * (arb.pi() / 2).sqrt()
        printed = information_bound(to_ball(eps))
    true = bounded_mean(tau)
    return Proved(
        f"second route, eps = {eps}: h = {printed.str(5)}, minimax risk between"
        f" {true.low.decimals(5)[0]} and {true.high.decimals(5)[1]}",
        less(printed, true.low),
    )


CLAIM = Claim(
    id="van-trees",
    where="IV",
    printed="R(ε) ≥ ε²/(ε² + 2π) = h(ε)",
    latex=r"R(\varepsilon) \ge \frac{\varepsilon^2}{\varepsilon^2 + 2\pi} =: h(\varepsilon)",
    hypotheses="one X ~ N(θ, 1), θ in an interval of length √(2π)ε",
    method="exact algebra from van Trees' inequality; the minimax risk itself as a second route",
    check=check,
    seeded=(
        Seeded("the interval sqrt(2 pi eps) long", lambda: check(ROOT_WIDTH)),
        Seeded("the interval 2.5 eps long", lambda: check(sp.Rational(5, 2) * EPS)),
    ),
    rests_on=("min-fisher", "attack-density"),
    figure=draw_one_component,
)
