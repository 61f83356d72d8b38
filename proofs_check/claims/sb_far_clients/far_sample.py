"""Appendix B, last display: the conditional error of a far client is at most 3.25Δ².

In words:

1. E/Δ², E = 1 + t² + 3t h(t), t = 3Δ/2, h the hazard φ/Φ(−·) of the normal law, decreases: 1/t²
   falls, and (h/t)′ = h((h − t)t − 1)/t² < 0, since h < t + 1/t. So a factor that serves Δ = 3/2
   serves all Δ ≥ 3/2.
2. x ≥ 3Δ/2 gives (x + 3Δ/2)² ≥ 9Δ², so E > 9Δ² for every Δ > 0.
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import Counterexample, decide_less, prove_less
from bounds.certify.inequalities import Proved as Inequality
from proofs_check.audit.calculus import has_slope
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Fact, Proved
from proofs_check.audit.figures import Curve, line_plot
from proofs_check.audit.verdict import CERTIFIED, REPAIRED, Decision
from proofs_check.claims.shared.upper_bound import PAPER, far_expectation_term

_LEAST = Fraction(3, 2)


def check(factor: str = "3.25", repaired: str = "10.49") -> Decision:
    """Decide E[(x + 3Δ/2)² given x ≥ 3Δ/2] ≤ factor · Δ² for every Δ > 3/2."""
    x, t = sp.symbols("x t", positive=True)
    bell = sp.exp(-(x**2) / 2)
    lines: list[Fact] = [
        Exact(
            "lines 1 to 4 are equal (see the claims on them): the derivative of -(x +"
            " 2t)e^(-x^2/2) is ((x + t)^2 - (1 + t^2))e^(-x^2/2), t = 3 Delta/2",
            has_slope(-(x + 2 * t) * bell, x, ((x + t) ** 2 - (1 + t**2)) * bell),
        ),
        Argued("E/Delta^2 decreases, so one point serves all", f"{__name__}, step 1"),
    ]
    worst = _compare(_LEAST, factor)
    if not isinstance(worst, Counterexample):
        finding = f"E <= {factor} Delta^2 for every Delta >= 3/2"
        return Decision(CERTIFIED, finding, (*lines, Proved(str(worst), worst)))
    refuted = [
        outcome.proof
        for outcome in (_compare(delta, factor) for delta in PAPER)
        if isinstance(outcome, Counterexample)
    ]
    fixed = prove_less(far_expectation_term(_LEAST), Fraction(repaired) * _LEAST * _LEAST)
    lines += [Proved(f"last line: counterexample: {proof}", proof) for proof in refuted]
    lines += [
        Argued("witness: every Delta > 0, where 9 Delta^2 < E", f"{__name__}, step 2"),
        Proved(f"at Delta = 3/2: {fixed}", fixed),
    ]
    finding = (
        "E = 1 + 9 Delta^2/4 + (9 Delta/2) phi(3 Delta/2)/Phi(-3 Delta/2): above 9 Delta^2 for"
        f" every Delta > 0, so never at most {factor} Delta^2; at most {repaired} Delta^2 for every"
        " Delta >= 3/2"
    )
    certificates = tuple(proof.certificate() for proof in (*refuted, fixed))
    return Decision(REPAIRED, finding, tuple(lines), certificates=certificates)


def _compare(delta: Fraction, factor: str) -> Inequality | Counterexample:
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
