"""Proof of Lemma 2: ε < α puts the median between the ½ ∓ ε/(2α) quantiles of genuine points.

In words:

1. At a median x of N genuine and E adversarial points at least (N + E)/2 of all points are ≤ x,
   so at least (N − E)/2 = N(½ − E/2N) genuine ones are; the same from the other side.
2. E < N is given where ε < ρ, as the interval holds genuine mass of at least ρ.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from bounds.certify.errors import Inconclusive
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, Run
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision, Reading


def lower_quantile(points: list[Fraction], level: Fraction) -> Fraction:
    """The least point x with F(x) >= level, 0 < level <= 1."""
    rank = -((-level * len(points)) // 1)
    return points[int(rank) - 1]


def upper_quantile(points: list[Fraction], level: Fraction) -> Fraction:
    """The greatest point x with F(x−) <= level, 0 <= level < 1."""
    return points[int((level * len(points)) // 1)]


def medians(points: list[Fraction]) -> tuple[Fraction, Fraction]:
    """The least and the greatest median."""
    n = len(points)
    return points[(n - 1) // 2], points[n // 2]


def check(share: Fraction = Fraction(1, 2), most: int = 9) -> Decision:
    """Decide whether medians lie between the quantiles ½ ∓ share·ε/α of the genuine points.

    Orders are all that matters, so for at most `most` points the search over which of them are
    adversarial is a proof.
    """
    half = Fraction(1, 2)
    tried, broken = 0, None
    for n in range(1, most + 1):
        points = [Fraction(i) for i in range(n)]
        for bad in range((n + 1) // 2):
            shift = share * Fraction(bad, n - bad)
            for chosen in combinations(range(n), bad):
                good = [p for p in points if p not in chosen]
                low, high = medians(points)
                tried += 1
                if low < lower_quantile(good, half - shift) or high > upper_quantile(
                    good, half + shift
                ):
                    broken = broken or (good, chosen)
    one_sided = medians([Fraction(i) for i in (1, 2, 3, 4)])[1] > lower_quantile(
        [Fraction(i) for i in (1, 2, 3)], Fraction(2, 3)
    )
    both = medians([Fraction(i) for i in (1, 2, 3, 4)]) == (Fraction(2), Fraction(3))
    if not (one_sided and both):
        raise Inconclusive("the medians of a small sample are not what they are said to be")
    if broken:
        told = f"witness: genuine {broken[0]}, adversarial {broken[1]}"
        counted = Run("proofs_check.claims.sb_lemma_2.median_quantiles.check", tried)
        return Decision(REFUTED, "the median leaves the quantiles", (Proved(told, counted),))
    return Decision(
        CERTIFIED,
        "every median of N genuine and E < N adversarial points lies between the least"
        " (1/2 - E/2N)-quantile and the greatest (1/2 + E/2N)-quantile of the genuine points",
        (
            Argued(
                "at a median x at least (N + E)/2 of all points are <= x, so at least (N - E)/2 ="
                " N (1/2 - E/2N) genuine ones are; the same from the other side: for all N and E",
                f"{__name__}, step 1",
            ),
            Proved(
                f"second route: all {tried} placements of at most {most} points, by exact counts",
                Run("proofs_check.claims.sb_lemma_2.median_quantiles.check", tried),
            ),
            Argued(
                "E < N is given where eps < rho, as the interval holds genuine mass of at least"
                " rho",
                f"{__name__}, step 2",
            ),
        ),
        (
            Reading(
                "quantiles as the whole interval between the points that qualify (the same in the"
                " limit)",
                CERTIFIED,
                "true for all finite samples",
                needed=True,
            ),
            Reading(
                "quantiles as least points, median any mid-point of a finite sample",
                REFUTED,
                "genuine 1, 2, 3, adversarial 4: the median may be 3 (usually 2.5), but the least"
                " 2/3-quantile is 2",
            ),
        ),
    )


CLAIM = Claim(
    id="median-quantiles",
    where="Appendix B, proof of Lemma 2",
    printed="if ε < α the median lies between the ½ − ε/(2α) and ½ + ε/(2α) quantiles of the"
    " genuine points",
    latex=r"\varepsilon < \alpha \implies q_{\frac12 - \frac{\varepsilon}{2\alpha}} \le"
    r" \operatorname{median} \le q_{\frac12 + \frac{\varepsilon}{2\alpha}}",
    hypotheses="α genuine and ε adversarial mass in the interval, 0 ≤ ε < α",
    method="counting; all placements of small samples",
    check=check,
    seeded=(Seeded("eps/(3 alpha) in place of eps/(2 alpha)", lambda: check(Fraction(1, 3))),),
)
