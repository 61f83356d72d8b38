"""Appendix B, last display: the conditional error of a far client is at most 3.25Δ²."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import Counterexample, Proved, decide_less
from proofs_check.audit.algebra import vanishes
from proofs_check.audit.figures import Curve, line_plot
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, INCONCLUSIVE, REPAIRED, Decision
from proofs_check.claims.shared.upper_bound import PAPER, far_expectation_term

_LEAST = Fraction(3, 2)


def check(factor: str = "3.25", repaired: str = "10.49") -> Decision:
    """Decide E[(x + 3Δ/2)² given x ≥ 3Δ/2] ≤ factor · Δ² for every Δ > 3/2.

    E/Δ² decreases: the hazard h of the normal law has (h/t)′ = h((h − t)t − 1)/t² < 0. So a factor
    serves all Δ ≥ 3/2 when it serves Δ = 3/2.
    """
    x, t = sp.symbols("x t", positive=True)
    bell = sp.exp(-(x**2) / 2)
    lines_hold = vanishes(sp.diff(-(x + 2 * t) * bell, x) + (1 + t**2) * bell - (x + t) ** 2 * bell)
    evidence = [
        "lines 1 to 4 are equal (see the claims on them): the derivative of -(x + 2t)e^(-x^2/2) is"
        " ((x + t)^2 - (1 + t^2))e^(-x^2/2), t = 3 Delta/2, by exact algebra",
        "witness: every Delta > 0, where 9 Delta^2 < E < 4 + 9 Delta^2: x >= 3 Delta/2, and the"
        " hazard of the normal law at t is below t + 1/t",
    ]
    worst = _compare(_LEAST, factor)
    if lines_hold and isinstance(worst, Proved):
        finding = f"E <= {factor} Delta^2 for every Delta >= 3/2"
        return Decision(CERTIFIED, finding, (*evidence, str(worst)))
    at_paper = [_compare(delta, factor) for delta in PAPER]
    fixed = _compare(_LEAST, repaired)
    refuted = [outcome.proof for outcome in at_paper if isinstance(outcome, Counterexample)]
    evidence += [f"last line: {outcome}" for outcome in at_paper]
    evidence.append(f"E/Delta^2 decreases, so one point serves all: {fixed}")
    if not (lines_hold and refuted and isinstance(fixed, Proved)):
        return Decision(INCONCLUSIVE, "the last line is neither proved nor repaired", (*evidence,))
    finding = (
        "E = 1 + 9 Delta^2/4 + (9 Delta/2) phi(3 Delta/2)/Phi(-3 Delta/2): above 9 Delta^2 for"
        f" every Delta > 0, so never at most {factor} Delta^2; at most {repaired} Delta^2 for every"
        " Delta >= 3/2"
    )
    certificates = tuple(proof.certificate() for proof in (*refuted, fixed))
    return Decision(REPAIRED, finding, tuple(evidence), certificates=certificates)


def _compare(delta: Fraction, factor: str) -> Proved | Counterexample:
    return decide_less(far_expectation_term(delta), Fraction(factor) * delta * delta)


def draw() -> str:
    """E/Δ² beside the printed factor and its limit 9, as an SVG."""
    deltas = [Fraction(3, 2) + Fraction(i, 8) for i in range(29)]
    ends = (float(deltas[0]), float(deltas[-1]))

    def true(delta: Fraction) -> float:
        return float(far_expectation_term(delta).at({}).mid()) / float(delta * delta)

    return line_plot(
        "The conditional mean square of a far client's error over Δ², as the display has it, and"
        " the printed factor 3.25. It falls to 9, and never below.",
        "Δ",
        "E / Δ²",
        [
            Curve("true", [(float(delta), true(delta)) for delta in deltas]),
            Curve("limit 9", [(end, 9.0) for end in ends]),
            Curve("printed: 3.25", [(end, 3.25) for end in ends]),
        ],
    )


CLAIM = Claim(
    id="far-sample",
    where="B",
    printed="E[(x + 1.5Δ)² given x ≥ 1.5Δ] ≤ 3.25Δ²",
    latex=r"\mathbb{E}\left[(x + 1.5\Delta)^2 \mid x \ge 1.5\Delta\right] \le 3.25\,\Delta^2",
    hypotheses="line 5 of the display, and the whole of it; x standard normal, Δ > 1.5",
    method="exact algebra for the display; the last line by ball arithmetic, monotone in Δ",
    check=check,
    figure=draw,
    seeded=(
        Seeded("a factor that does hold in place of 3.25", lambda: check("10.49")),
        Seeded("a repaired factor one digit too low", lambda: check(repaired="10.48")),
    ),
    rests_on=("far-sample-chain-4",),
)
