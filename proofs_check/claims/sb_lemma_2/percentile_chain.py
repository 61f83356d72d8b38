"""The display at the end of the proof of Lemma 2: the level of the shifted median.

The median is at most the (½ + ε/(2α)) quantile of the genuine points, which are those of N(0, 1)
between −Δ − a and b + Δ, of mass α. A level p stands for the point Φ⁻¹(p). The display has a σ that
the paper does not define; it is kept there, with samples from N(0, σ²) and all lengths over σ.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from proofs_check.audit.algebra import DENSITY, PHI, same
from proofs_check.audit.calculus import decide_equal, decide_order, equal, positive_from
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact
from proofs_check.audit.verdict import CERTIFIED, Decision

eps, delta, radius, rest, sigma = sp.symbols("eps Delta l r sigma", positive=True)
"""ε, Δ, l = f⁻¹(ρ − ε), by how much the right end falls short of l + Δ, and σ."""


def genuine_mass(a: Any, b: Any) -> Any:  # α
    """Mass of N(0, 1) between −Δ − a and b + Δ."""
    return PHI(b + delta) - PHI(-delta - a)


def level(a: Any, b: Any) -> Any:
    """Level of the largest median with ε adversarial points to its right: ½(ε + α) above −Δ − a."""
    return PHI(-delta - a) + (eps + genuine_mass(a, b)) / 2


def scaled(expression: Any) -> Any:
    """The expression with every length over σ."""
    return expression.subs({length: length / sigma for length in (delta, radius, rest)})


def first_line(b: Any) -> Any:
    """Line 1 as printed, for the interval (−Δ, b + Δ)."""
    alpha = genuine_mass(0, b)
    return scaled(PHI(-delta) + (sp.Rational(1, 2) + eps / (2 * alpha)) * alpha)


SECOND_LINE = scaled(PHI(-delta) + eps / 2 + (PHI(radius + delta) - PHI(-delta)) / 2)
THIRD_LINE = scaled(sp.Rational(1, 2) + eps / 2 + (PHI(radius + delta) - PHI(delta)) / 2)
G_LEVEL = (1 + eps + PHI(radius + delta) - PHI(delta)) / 2
"""The level of g(ε), as Lemma 2 prints it."""

PLACE: dict[str, Fraction | int] = {
    "eps": Fraction(1, 10),
    "Delta": 2,
    "l": 1,
    "r": Fraction(1, 2),
    "sigma": 1,
}
"""Where a false line shows."""


def line_1(line: Any = None) -> Decision:
    """Decide whether line 1 is the level of the quantile; r stands for any right end."""
    return decide_equal(
        first_line(rest) if line is None else line,
        scaled(level(0, rest)),
        PLACE,
        "line 1 is the (1/2 + eps/(2 alpha)) quantile of N(0, sigma^2) restricted to (-Delta, b +"
        " Delta), for eps <= alpha and every sigma > 0, which the paper leaves undefined",
        "(F(t) - F(-Delta))/alpha = 1/2 + eps/(2 alpha), F(t) = Phi(t/sigma), solved for F(t):"
        " exact",
    )


def line_2(line: Any = SECOND_LINE) -> Decision:
    """Decide whether line 1 <= line 2 for every right end b <= l; r = l − b."""
    if not same(first_line(radius), line):
        return decide_order(first_line(radius), line, PLACE)
    gap = scaled((PHI(radius + delta) - PHI(radius - rest + delta)) / 2)
    return Decision(
        CERTIFIED,
        "line 1 <= line 2 for every right end b <= l(eps), with equality at b = l(eps)",
        (
            Exact(
                "line 2 - line 1 = (Phi((l + Delta)/sigma) - Phi((b + Delta)/sigma))/2",
                equal(line - first_line(radius - rest), gap),
            ),
            Exact(
                "it is 0 at b = l and grows with l - b, with slope phi((b + Delta)/sigma)/(2"
                " sigma)",
                positive_from(0, gap, rest, scaled(DENSITY(radius - rest + delta)) / (2 * sigma)),
            ),
        ),
    )


def line_3(line: Any = THIRD_LINE) -> Decision:
    """Decide whether line 2 = line 3."""
    return decide_equal(
        SECOND_LINE,
        line,
        PLACE,
        "line 2 = line 3 for every sigma > 0, and g(eps) for sigma = 1, as Section II has it",
        "Phi(-t) - Phi(-t)/2 = 1/2 - Phi(t)/2, t = Delta/sigma: exact",
    )


CLAIMS = (
    Claim(
        id="percentile-chain-1",
        where="Appendix B, proof of Lemma 2, display, line 1",
        printed="the quantile is σ Φ⁻¹(Φ(−Δ/σ) + (½ + ε/(2α))α)",
        latex=r"\sigma\,\Phi^{-1}\left(\Phi(-\Delta/\sigma) + \left(\tfrac12 +"
        r" \tfrac{\varepsilon}{2\alpha}\right)\alpha\right)",
        hypotheses="α = Φ((b + Δ)/σ) − Φ(−Δ/σ), 0 ≤ ε ≤ α",
        method="exact algebra",
        check=line_1,
        seeded=(
            Seeded("Phi(-Delta) dropped", lambda: line_1(first_line(rest) - scaled(PHI(-delta)))),
        ),
        rests_on=("median-quantiles", "worst-truncation"),
    ),
    Claim(
        id="percentile-chain-2",
        where="Appendix B, proof of Lemma 2, display, line 2",
        printed="≤ σ Φ⁻¹(Φ(−Δ/σ) + ε/2 + ½(Φ((f⁻¹(ρ − ε) + Δ)/σ) − Φ(−Δ/σ)))",
        latex=r"\le \sigma\,\Phi^{-1}\left(\Phi(-\tfrac{\Delta}{\sigma}) + \tfrac{\varepsilon}{2} +"
        r" \tfrac12\left(\Phi\left(\tfrac{f^{-1}(\rho-\varepsilon)+\Delta}{\sigma}\right) -"
        r" \Phi(-\tfrac{\Delta}{\sigma})\right)\right)",
        hypotheses="the right end of the interval is at most l(ε) + Δ; any σ > 0",
        method="exact difference of the lines, and its slope",
        check=line_2,
        seeded=(Seeded("eps in place of eps/2", lambda: line_2(SECOND_LINE + eps / 2)),),
        rests_on=("percentile-chain-1", "filter-radius"),
    ),
    Claim(
        id="percentile-chain-3",
        where="Appendix B, proof of Lemma 2, display, line 3",
        printed="= σ Φ⁻¹(½ + ε/2 + ½(Φ((f⁻¹(ρ − ε) + Δ)/σ) − Φ(Δ/σ)))",
        latex=r"= \sigma\,\Phi^{-1}\left(\tfrac12 + \tfrac{\varepsilon}{2} +"
        r" \tfrac12\left(\Phi\left(\tfrac{f^{-1}(\rho-\varepsilon)+\Delta}{\sigma}\right) -"
        r" \Phi(\tfrac{\Delta}{\sigma})\right)\right)",
        hypotheses="any σ > 0",
        method="exact algebra",
        check=line_3,
        seeded=(
            Seeded(
                "Phi(-Delta) in place of Phi(Delta)",
                lambda: line_3(THIRD_LINE + scaled(PHI(delta) - PHI(-delta)) / 2),
            ),
        ),
        rests_on=("percentile-chain-2",),
    ),
)
