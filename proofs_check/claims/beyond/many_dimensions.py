"""Reports that are vectors: what the best algorithm attains in d dimensions, from above."""

from __future__ import annotations

from fractions import Fraction

from bounds.bracket import mixture_bound, risk_bracket
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.upper.dimension import set_ceiling
from bounds.upper.information import Kind, information_bound
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, less
from proofs_check.audit.verdict import CERTIFIED, Decision

_DIMENSIONS = (2, 3, 8, 100, 10_000)
_RATIO = Fraction(1, 10)
_WEIGHTS, _NOISY = (5, 3, 2), (1, 4, 4)
_KINDS = (Kind(Fraction(1), Fraction(1), False),)


def check(
    distance: int = 60,
    far: Fraction = Fraction(1, 10**6),
    at_most: str = "0.1899",
    noisy: str = "0.7547",
    in_windows: str = "0.0143",
) -> Decision:
    """Decide it, with numbers at one corrupted client in eleven, and in windows one in 41.

    Args:
        distance: D, of the numbers for mixtures in three dimensions.
        far: by how much the bound exceeds its limit for large D, where D is a million.
        at_most: an upper bound for weights 1/2, 3/10 and 1/5 in three dimensions.
        noisy: the same where the two lighter ones have the variance 4 in each coordinate.
        in_windows: an upper bound for k = 4, c = 1/10, D = 110 and m = 10⁶ in three dimensions.
    """
    with working_precision(96):
        limits = {d: set_ceiling(to_ball(_RATIO), d) for d in _DIMENSIONS}
        values = {d: information_bound(_KINDS, _RATIO, Fraction(10**6), d) for d in _DIMENSIONS}
        logarithm = 2 * (1 + to_ball(_RATIO)).log()
        nears = [less(values[d], limits[d] + to_ball(far)) for d in _DIMENSIONS]
        belows = [less(limits[d], logarithm) for d in _DIMENSIONS]
    equal = mixture_bound(_WEIGHTS, _RATIO, distance=distance, dimension=3)
    other = mixture_bound(_WEIGHTS, _RATIO, _NOISY, distance=distance, dimension=3)
    ends = ((equal.high, at_most), (other.high, noisy))
    given = risk_bracket(4, _RATIO, 110, m=10**6, dimension=3)
    return Decision(
        CERTIFIED,
        "for reports in d dimensions, known weights and means at least D apart, lim sup K(m) <="
        " d (1 - e^(-2 eps/d) (1 + c/k)^(-2/d))/(1 - gamma), for every v with gamma = 4 v^2/D^2"
        " < 1; as D grows that is at most 2 log(1 + c/k) in every dimension, where a client's own"
        " sample has d; for clients of several variances who know their own there is a bound of"
        " this kind, and for means far apart one at a given m",
        (
            Argued(
                "a set of means that look alike to reports has a Bayes risk of at most"
                " d (1 - (1 + M)^(-2/d)), M its mass: the d eigenvalues of a covariance share it",
                "bounds.upper.dimension, steps 1 to 3",
            ),
            Argued(
                "the server lists the mixtures that the reports allow on a class of sets of finite"
                " Vapnik-Chervonenkis dimension; together they have the mass of the reports",
                "bounds.upper.dimension, steps 4 to 5",
            ),
            Argued(
                "the worst loss over them is the Bayes risk of a prior; a large error means that"
                " the sample says much of the mixture, beyond what it says of the label",
                "bounds.upper.dimension, step 6",
            ),
            Argued(
                "clients of several variances share the corrupted mass",
                "bounds.upper.dimension, step 7",
            ),
            Argued(
                "at a given m the medians of the coordinates, in a window around the own sample,"
                " have d times the error of one of them",
                "bounds.lower.window_median, steps 1 to 5",
            ),
            Proved(
                f"c/k = 1/10, D = 10^6, d in {_DIMENSIONS}: the bound is its limit but for {far}",
                *nears,
            ),
            Proved("that limit is below 2 log(1 + c/k)", *belows),
            Proved(
                f"weights 1/2, 3/10, 1/5, d = 3, D = {distance}: at most {at_most}; with variances"
                f" 1, 4, 4 at most {noisy}",
                *(less(high, Fraction(end)) for high, end in ends if high is not None),
            ),
            Proved(
                f"k = 4, c = 1/10, d = 3, D = 110, m = 10^6: at most {in_windows}",
                less(given.high.value, Fraction(in_windows)),
            ),
        ),
    )


CLAIM = Claim(
    id="many-dimensions",
    where="beyond the paper",
    printed="lim sup K(m) ≤ d(1 − e^{−2ε/d}(1 + κ)^{−2/d})/(1 − γ), γ = 4v²/D², ε = (4/v)E[|Z|²(|Z|"
    " − v); |Z| ≥ v]",
    latex=r"\limsup K(m) \le \frac{d\,(1 - e^{-2\varepsilon/d}(1 + \kappa)^{-2/d})}{1 - \gamma},"
    r" \quad \gamma = \frac{4v^2}{D^2}, \quad"
    r" \varepsilon = \frac4v \mathbb E[|Z|^2(|Z| - v); |Z| \ge v]",
    hypotheses="reports in d dimensions with independent coordinates of variance 1, known weights,"
    " means at least D apart, κ the ratio of corrupted to genuine clients, v > 0 with γ < 1, limit"
    " of large m; labels unknown; the error is a squared length",
    method="mutual information and mean squared errors, in words, with certified numbers",
    check=check,
    seeded=(
        Seeded("means 40 apart", lambda: check(distance=40)),
        Seeded("a bound below its limit", lambda: check(far=Fraction(-1, 10**6))),
        Seeded("an upper bound of 0.189", lambda: check(at_most="0.189")),
        Seeded("an upper bound of 0.754 for the noisy ones", lambda: check(noisy="0.754")),
        Seeded("a window's error in one coordinate", lambda: check(in_windows="0.0048")),
    ),
)
