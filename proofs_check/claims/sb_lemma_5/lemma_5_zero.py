"""Lemma 5: ε_cr is the positive zero of the criterion."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.exact import show_exact
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved, Run, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.sb_lemma_5.domain_end import shape
from proofs_check.claims.sb_lemma_5.lemma_5_lines import CRITERION, MENDED, Line

_DELTA = Fraction(2)
BETWEEN = (Fraction(1, 5), Fraction(3, 10))


def check(printed: Line = CRITERION, only: bool = True) -> Decision:
    """Decide where the criterion vanishes, at Δ = 2.

    Args:
        printed: the criterion.
        only: whether the zero is claimed to be the only one.
    """
    from proofs_check.claims.sb_lemma_5.lemma_5 import read
    from proofs_check.claims.sb_lemma_5.lemma_5_point import Point
    from proofs_check.claims.sb_lemma_5.lemma_5_step import is_right, right

    found = shape(_DELTA)
    first, last = found.points[0].eps, found.points[-1].eps
    derived = Proved(
        f"Delta = 2: the derived criterion has exactly {len(found.points)} zeros on (0, eps_max),"
        f" in {first} and {last} (bounds.inflections, proved complete)",
        Run("bounds.inflections", len(found.points)),
        less(first, last),
        less(1, len(found.points)),
        less(len(found.points), 3),
    )
    if is_right(printed):
        same = Exact("it is the derived criterion, up to a positive factor", right(printed))
        if only:
            finding = "eps_cr is its least zero, but not its only one"
            return Decision(REFUTED, finding, (same, derived))
        return Decision(CERTIFIED, "eps_cr is its least zero", (same, derived))
    expression = read(printed.text)
    ends = [Point(eps, _DELTA) for eps in BETWEEN]
    below, above = (point.value(expression) for point in ends)
    where = Proved(
        f"witness Delta = 2: the criterion as printed is {below.str(4, radius=False)} at eps ="
        f" {show_exact(BETWEEN[0])} and {above.str(4, radius=False)} at eps ="
        f" {show_exact(BETWEEN[1])}, so it has a zero between, where the loss is convex",
        less(below, 0),
        less(0, above),
        less(first, BETWEEN[0]),
        less(BETWEEN[1], last),
    )
    readings = (
        Reading("a zero of the criterion as printed", REFUTED, where.statement),
        Reading("the one zero of the derived criterion", REFUTED, "it has a second, near eps_max"),
        Reading(
            "the least zero of the derived criterion", CERTIFIED, derived.statement, needed=True
        ),
    )
    return Decision(
        REPAIRED,
        "eps_cr is the least zero of the derived criterion, which has another next to eps_max",
        (where, derived),
        readings,
        tuple(point.sign_certificate(expression) for point in ends),
    )


CLAIM = Claim(
    id="lemma-5-zero",
    where="Appendix B, Lemma 5",
    printed="ε_cr is the positive zero of the criterion of Lemma 5",
    latex=r"\varepsilon_{cr} \text{ is the positive zero of } (1 - g^2)^2 + (1 + g^2)\frac{g}{g'}"
    r"\Delta l'(\hat\varepsilon)(\ldots)",
    hypotheses="Δ = 2, 0 < ε < ε_max",
    method="all inflections, proved complete; signs of the printed criterion at two points",
    check=check,
    beside="lemma-5-last-line",
    seeded=(
        Seeded("the derived criterion, its least zero", lambda: check(MENDED[11], only=False)),
        Seeded("the derived criterion, its only zero", lambda: check(MENDED[11])),
    ),
    rests_on=("lemma-5-criterion", "lemma-5-existence"),
)
