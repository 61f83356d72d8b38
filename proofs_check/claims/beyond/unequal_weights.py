"""Components of unequal weights and variances, labels unknown: the best algorithm from above."""

from __future__ import annotations

from fractions import Fraction

from bounds.bracket.mixture import mixture_bound
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, less
from proofs_check.audit.verdict import CERTIFIED, Decision

_WEIGHTS = (5, 3, 2)
_RATIO = Fraction(1, 10)
_NOISY = (1, 4, 4)


def check(
    distance: int = 30,
    at_most: str = "0.1866",
    noisy: str = "0.7674",
    at_least: str = "0.061",
) -> Decision:
    """Decide it, with the numbers of one mixture.

    Args:
        distance: D.
        at_most: an upper bound for weights 1/2, 3/10 and 1/5, at one corrupted client in eleven.
        noisy: the same where the two lighter ones have the variance 4.
        at_least: a lower bound for the former.
    """
    equal = mixture_bound(_WEIGHTS, _RATIO, distance=distance)
    other = mixture_bound(_WEIGHTS, _RATIO, _NOISY, distance=distance)
    ends = ((equal.high, at_most), (other.high, noisy))
    return Decision(
        CERTIFIED,
        "for known weights of any size and means at least D apart, lim sup K(m) <="
        " (1 - e^(-2 eps) (1 + c/k)^(-2))/(1 - gamma) without labels, for every v with"
        " gamma = 4 v^2/D^2 < 1; for clients of several variances who know their own the"
        " adversary shares its mass between the kinds, each of which has a bound of this form",
        (
            Argued(
                "the server lists the mixtures that the reports allow; the worst loss over them is"
                " the Bayes risk of a prior, and together they have the mass of the reports",
                "bounds.upper.information, steps 1 to 3",
            ),
            Argued(
                "a large error means that the sample says much of the mixture, once what it says"
                " of the label is taken off",
                "bounds.upper.information, steps 4 to 6",
            ),
            Argued(
                "clients of several variances share the corrupted mass",
                "bounds.upper.information, step 7",
            ),
            Proved(
                f"weights 1/2, 3/10, 1/5, c/k = 1/10, D = {distance}: between {at_least} and"
                f" {at_most}; with variances 1, 4, 4 at most {noisy}",
                less(Fraction(at_least), equal.low),
                *(less(high, Fraction(end)) for high, end in ends if high is not None),
            ),
        ),
    )


CLAIM = Claim(
    id="unequal-weights",
    where="beyond the paper",
    printed="lim sup K(m) ≤ (1 − e^{−2ε}(1 + κ)^{−2})/(1 − γ), γ = 4v²/D², ε = 16φ(v)/v − 8Φ(−v)",
    latex=r"\limsup K(m) \le \frac{1 - e^{-2\varepsilon}(1 + \kappa)^{-2}}{1 - \gamma},"
    r" \quad \gamma = \frac{4v^2}{D^2}, \quad \varepsilon = \frac{16\varphi(v)}v - 8\Phi(-v)",
    hypotheses="known weights, means at least D apart, κ the ratio of corrupted to genuine"
    " clients, v > 0 with γ < 1, limit of large m; labels unknown",
    method="mutual information and mean squared errors, in words, with certified numbers",
    check=check,
    seeded=(
        Seeded("means 12 apart", lambda: check(distance=12)),
        Seeded("an upper bound of 0.185", lambda: check(at_most="0.185")),
        Seeded("an upper bound of 0.767 for the noisy ones", lambda: check(noisy="0.767")),
        Seeded("a lower bound of 0.07", lambda: check(at_least="0.07")),
    ),
)
