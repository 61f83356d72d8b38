"""The price of contamination, from both sides: as m, then k, then D grow, K tends to r*κ.

In words:

1. Hiding two means on ⌊c/ε*⌋ components earns r*ε* on each, with labels given away
   (lower-bound-reduction), whatever D is.
"""

from __future__ import annotations

from fractions import Fraction

from bounds.bracket.two_sided import FAR_RATE, FROM, SLOPE_RATE, rate_comparisons
from bounds.lower import prove_no_set_beats_two_points, risk_to_mass
from bounds.lower.slope_certificates import any_set_certificate, ratio_certificates
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, Run, less
from proofs_check.audit.verdict import CERTIFIED, Decision

_RATIO = Fraction("0.66104639")
_MASS = Fraction("0.65109")


def check(
    start: Fraction = FROM,
    slope_rate: Fraction = SLOPE_RATE,
    far_rate: Fraction = FAR_RATE,
    ratio: Fraction = _RATIO,
) -> Decision:
    """Decide the theorem.

    Args:
        start: the least D.
        slope_rate: the factor of κ D e^{−D²/162}.
        far_rate: the factor of D e^{−2D²/81}.
        ratio: r*, rounded down to eight digits.
    """
    best, slope = risk_to_mass(20), prove_no_set_beats_two_points()
    boxes = sum(slope.boxes.values())
    return Decision(
        CERTIFIED,
        f"for every k, D >= {start} and c/k <= eps* = 0.65109..., r* = 0.66104639...: r* c/k - r*"
        " eps*/k < lim inf K(m) <= lim sup K(m) <= r* c/k + (11/10) (c/k) D exp(-D^2/162) + D"
        " exp(-2 D^2/81); so as m, then k, then D grow, K tends to r* c/k",
        (
            Argued(
                "below: the two best means, hidden on as many components as c pays for",
                f"{__name__}, step 1",
            ),
            Argued(
                "they lose less than one component's share to c/eps* being no whole number",
                "bounds.bracket.two_sided, step 1",
            ),
            Proved(
                f"no set of means earns more per mass than r* (on {boxes} boxes); r* ="
                f" {float(ratio)}..., eps* = {float(_MASS)}...",
                Run("bounds.lower.prove_no_set_beats_two_points", boxes),
                less(ratio, best.ratio),
                less(best.ratio, ratio + Fraction(1, 10**8)),
                less(_MASS, best.mass),
                less(best.mass, _MASS + Fraction(1, 10**5)),
            ),
            Argued(
                "above: a client lists the means that the reports allow, and plays the minimax"
                " estimate of the cluster nearest to its sample: lim sup K(m) <= sigma (c/k + 2"
                " Phi(-2t)) + F",
                "bounds.upper.possible_means, steps 1 to 7",
            ),
            Argued(
                "at t = D/9 its excess over r* c/k is below the rate",
                "bounds.bracket.two_sided, steps 2 to 4",
            ),
            *(
                Proved(
                    f"at D = {start}, t = D/9, from where it only gets better: {name}",
                    (less(lesser, greater) for lesser, greater in pairs),
                )
                for name, pairs in rate_comparisons(start, slope_rate, far_rate).items()
            ),
        ),
        certificates=(any_set_certificate, *ratio_certificates().values()),
    )


CLAIM = Claim(
    id="two-sided-limit",
    where="beyond the paper",
    printed="r*κ − r*ε*/k < lim inf K(m) ≤ lim sup K(m) ≤ r*κ + (11/10) κ D e^{−D²/162}"
    " + D e^{−2D²/81}",
    latex=r"r^*\kappa - \frac{r^*\varepsilon^*}{k} < \liminf K(m) \le \limsup K(m) \le"
    r" r^*\kappa + \tfrac{11}{10}\kappa D e^{-D^2/162} + D e^{-2D^2/81}",
    hypotheses="every k and c with κ = c/k ≤ ε*, means at least D ≥ 15 apart; r* and ε* the best"
    " ratio of risk to mass of two hidden means, and its mass",
    method="both sides in words, with certified comparisons at the least D",
    check=check,
    seeded=(
        Seeded("D from 14 on", lambda: check(start=Fraction(14))),
        Seeded("the factor 1 in place of 11/10", lambda: check(slope_rate=Fraction(1))),
        Seeded("half of D exp(-2 D^2/81)", lambda: check(far_rate=Fraction(1, 2))),
        Seeded("r* = 0.62", lambda: check(ratio=Fraction("0.62"))),
    ),
)
