"""For large c/k what collaboration gains is of the order (c/k)^(-2), neither more nor less."""

from __future__ import annotations

from fractions import Fraction

from bounds.lower.envelope import price_envelope
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, less
from proofs_check.audit.verdict import CERTIFIED, Decision

_RATIOS = (10, 1000, 10**6)
_SPARE = Fraction(1, 10**3)


def check(
    power: int = 2, least: Fraction = Fraction(1), most: Fraction = Fraction(44, 7)
) -> Decision:
    """Decide it, with the numbers of three ratios.

    Args:
        power: p, for a gain of the order κ^(−p).
        least: the gain is at least this over (1 + κ)^p.
        most: it is at most this over κ^p + this; 44/7 is a little above 2π.
    """
    prices = {ratio: price_envelope(ratio) for ratio in _RATIOS}
    scales = {ratio: (1 + ratio) ** power for ratio in _RATIOS}
    return Decision(
        CERTIFIED,
        "as m, then D, then k grow, the best algorithm's error is below a client's own by"
        " (1 + c/k)^(-2) at least and by 2 pi/((c/k)^2 + 2 pi) at most, the latter for all weights"
        " and every k and D",
        (
            Argued(
                "what a sample says of a hidden set of means is at most log(1 + mass), and by the"
                " error of the client it is at least -log(1 - error)/2",
                "bounds.lower.set_information, steps 1 to 4",
            ),
            Argued(
                "so every tangent of 1 - (1 + mass)^(-2) lies above the risk of every set",
                "bounds.lower.set_information, step 5",
            ),
            Argued(
                "below: an interval of means, by van Trees' inequality",
                "bounds.lower.envelope, step 1",
            ),
            Argued(
                "for all weights: an interval of the mass c/k on every component, relative to its"
                " weight, is paid for",
                "bounds.upper.beyond_slope, step 10",
            ),
            *(
                Proved(
                    f"at c/k = {ratio} the gain lies between the two, but for 1/1000 of each",
                    less(prices[ratio].high, 1 - (1 - _SPARE) * least / scales[ratio]),
                    less(1 - (1 + _SPARE) * most / (ratio**power + most), prices[ratio].low),
                )
                for ratio in _RATIOS
            ),
        ),
    )


CLAIM = Claim(
    id="large-ratios",
    where="beyond the paper",
    printed="(1 + κ)⁻² ≤ 1 − V̂(κ) ≤ 2π/(κ² + 2π)",
    latex=r"\frac1{(1 + \kappa)^2} \le 1 - \hat V(\kappa) \le \frac{2\pi}{\kappa^2 + 2\pi}",
    hypotheses="c = κk; V̂(κ) is the limit of the best algorithm's error as m, then D, then k grow"
    " (the claim beyond-slope)",
    method="mutual information and mean squared errors, in words; both ends certified at"
    " κ = 10, 1000 and 10⁶",
    check=check,
    beside="beyond-slope",
    seeded=(
        Seeded("a gain of the order 1/κ", lambda: check(power=1)),
        Seeded("a gain of the order κ^(−3)", lambda: check(power=3)),
        Seeded("twice the gain", lambda: check(least=Fraction(2))),
        Seeded("at most the gain's lower end", lambda: check(most=Fraction(1))),
    ),
)
