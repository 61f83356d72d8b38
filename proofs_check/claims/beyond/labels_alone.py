"""Near means: what it costs that no client is sure of its label, even if nobody is corrupted."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import arb

from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower.bayes import bayes_risk_ball
from bounds.lower.labels import label_risk
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, less
from proofs_check.audit.verdict import CERTIFIED, Decision

_TWO = {4: "0.274", 5: "0.118", 6: "0.0373", 8: "0.00157"}
_MANY = {4: "0.548", 5: "0.236", 6: "0.0747", 8: "0.00314"}
_SOME, _MOST = 2, 10**9


def check(
    two: Mapping[int, str] = _TWO, many: Mapping[int, str] = _MANY, crowd: int = _MOST
) -> Decision:
    """Decide the bounds at single D.

    Args:
        two: a bound for two components, by D.
        many: the same for many components.
        crowd: how many these are.
    """
    lines: list[Argued | Proved] = [
        Argued(
            "with known means D apart, the reports and other samples say nothing of a client's"
            " label: its error is the Bayes risk of a uniform label, or more",
            "bounds.lower.labels, step 1",
        ),
        Argued(
            "k times that risk is a sum over pairs of components, k - d at the distance dD, from"
            " below with the densities of all whole multiples in the denominator",
            "bounds.lower.labels, step 2",
        ),
    ]
    with working_precision(96):
        for k, claimed in ((_SOME, two), (crowd, many)):
            for distance, value in claimed.items():
                found = label_risk(k, Fraction(distance)).value
                lines.append(
                    Proved(
                        f"k = {k}, D = {distance}: more than {value}",
                        less(Fraction(value), found),
                    )
                )
        for distance in two:
            places = [arb(0), to_ball(Fraction(distance))]
            exact = bayes_risk_ball(places, [arb(1) / 2] * 2)
            lines.append(
                Proved(
                    f"second route, k = 2, D = {distance}: the Bayes risk itself, an integral over"
                    " the posterior variance",
                    less(Fraction(two[distance]), exact),
                )
            )
    return Decision(
        CERTIFIED,
        "for c = 0 and every larger c, with means at least D apart, in the limit of large m: K is"
        " above 0.274, 0.118, 0.0373 and 0.00157 for two components at D = 4, 5, 6 and 8; for 10^9"
        " components above 0.548, 0.236, 0.0747 and 0.00314",
        tuple(lines),
    )


CLAIM = Claim(
    id="labels-alone",
    where="beyond the paper",
    printed="K ≥ Rₖ(D), the Bayes risk of a uniform label on means D apart, whatever c is",
    latex=r"\liminf K(m) \ge R_k(D) = \mathbb{E} \operatorname{Var}(\theta \mid X)",
    hypotheses="k ≥ 2, c ≥ 0, means at least D apart; limit of large m (at a given m, times the"
    " chance that some client is genuine)",
    method="the argument in words, the integrals enclosed at D = 4, 5, 6 and 8",
    check=check,
    seeded=(
        Seeded("0.275 at D = 4", lambda: check(two={4: "0.275"})),
        Seeded("for many: twice as much at D = 4, and a little more",
               lambda: check(many={4: "0.5488"})),
        Seeded("three components in place of many", lambda: check(crowd=3)),
    ),
)  # fmt: skip
