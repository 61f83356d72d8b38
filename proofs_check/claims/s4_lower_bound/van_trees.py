"""Section IV: R(ε) ≥ h(ε) by van Trees' inequality."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp
from flint import arb

from bounds.certify.exact import to_ball
from bounds.certify.inequalities import prove_less
from bounds.certify.numbers.precision import working_precision
from bounds.lower import bounded_mean, information_bound
from proofs_check.audit.algebra import to_term, vanishes
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, INCONCLUSIVE, REFUTED, Decision, Reading
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
    if not vanishes(bound(width) - H):
        return Decision(
            INCONCLUSIVE, f"this width leads to {sp.simplify(bound(width))}", ("not h(eps)",)
        )
    evidence = ["1/(1 + 4 pi^2/L^2) = eps^2/(eps^2 + 2 pi) for L = sqrt(2 pi) eps"]
    for eps in _MASSES:
        with working_precision(128):
            tau = to_ball(eps) * (arb.pi() / 2).sqrt()
            printed = information_bound(to_ball(eps))
        true = bounded_mean(tau)
        with working_precision(64):
            if not printed < true.low.ball():
                return Decision(INCONCLUSIVE, "the second route contradicts it", tuple(evidence))
        evidence.append(
            f"second route, eps = {eps}: h = {printed.str(5)}, minimax risk between"
            f" {true.low.decimals(5)[0]} and {true.high.decimals(5)[1]}"
        )
    half = ROOT_WIDTH.subs(EPS, _LARGE) / 2
    linear = half**2 / (1 + half**2)
    witness = prove_less(to_term(linear), to_term(h(sp.Integer(_LARGE))))
    return Decision(
        CERTIFIED,
        "R(eps) >= eps^2/(eps^2 + 2 pi) for the interval of length sqrt(2 pi) eps",
        tuple(evidence),
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
