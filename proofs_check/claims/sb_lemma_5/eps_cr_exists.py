"""Proof of Lemma 5: there exists 0 < ε_cr < ρ."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bounds.certify.errors import Inconclusive
from bounds.certify.inequalities import prove_less
from bounds.critical import NoCriticalValue, eps_cr, inflections
from bounds.critical.large_delta import critical_slices_certificate
from bounds.functions.terms import central_mass
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proof, Proved, Run, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.sb_lemma_5.early_turn import proof
from proofs_check.claims.shared.every_delta import below_everywhere, covered

_SMALL = (Fraction(1, 2),)
_GRID = tuple(Fraction(i, 2) for i in range(3, 21))


def check(grid: Sequence[Fraction] = _SMALL + _GRID) -> Decision:
    """Decide for each Δ whether loss″ has a zero in (0, ρ) where it turns positive."""
    without: list[Fraction] = []
    inside: list[Proof] = []
    for delta in grid:
        try:
            value = eps_cr(delta, 12).eps
        except NoCriticalValue:
            without.append(delta)
            continue
        inside += [
            less(0, value),
            prove_less(value.high.fraction(), central_mass(delta)),
        ]
    enclosed = Proved(
        f"second route: 0 < eps_cr < rho enclosed at {len(inside) // 2} values of Delta, 3/2 to 10",
        inside,
    )
    if not without:
        return Decision(CERTIFIED, "true at these Delta", (enclosed,))
    if without != list(_SMALL):
        raise Inconclusive(f"no eps_cr at Delta = {without[-1]}")
    return Decision(
        REPAIRED,
        "0 < eps_cr < rho for every Delta >= 3/2; at Delta = 1/2 there is none, so the lemma needs"
        " the hypothesis Delta > 3/2 of Theorem 2 (that the loss stays convex up to the end is"
        " another matter: lemma-5-convexity)",
        (
            covered(),
            Proved(
                "on each of these slices eps_cr > 0, and eps_cr < 1/2 < rho(3/2) <= rho",
                below_everywhere(lambda part: -part.mass, Fraction(0)),
                below_everywhere(lambda part: part.mass * part.unit, Fraction(1, 2)),
                prove_less(Fraction(1, 2), central_mass(Fraction(3, 2))),
            ),
            enclosed,
            "third route, every Delta >= 3/2: near eps = 0 the criterion is about -2, and it is"
            " positive where l(eps) Delta = 1/2 (four inequalities over their whole ranges,"
            " early_turn), so there is a turn between, at eps < d(1/(2 Delta)) < rho",
            Proved(
                "witness: at Delta = 1/2 the loss is concave on its whole domain: no zero",
                Run("bounds.inflections", len(inflections(_SMALL[0], 12).shape)),
                less(len(inflections(_SMALL[0], 12).points), 1),
            ),
        ),
        certificates=(*proof(), critical_slices_certificate),
        readings=(
            Reading("for every Delta > 0, as Lemma 5 is stated", REFUTED, "false at Delta = 1/2"),
            Reading(
                "for the Delta of Theorem 2", CERTIFIED, "true for every Delta >= 3/2", needed=True
            ),
        ),
    )


CLAIM = Claim(
    id="eps-cr-exists",
    where="Appendix B, proof of Lemma 5, end",
    printed="there exists 0 < ε_cr < ρ, a zero of the second derivative of the loss",
    latex=r"\exists\; 0 < \varepsilon_{cr} < \rho",
    hypotheses="no condition on Δ in the lemma; Δ > 1.5 in Theorem 2",
    method="signs of the criterion for all Δ ≥ 3/2; enclosures of the roots; concavity at Δ = 1/2",
    check=check,
    seeded=(Seeded("without Delta = 1/2", lambda: check(_GRID)),),
    rests_on=("lemma-5-criterion",),
)
