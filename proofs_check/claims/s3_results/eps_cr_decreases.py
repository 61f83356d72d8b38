"""Section III: ε_cr is very small and decreases quickly to 0 as Δ grows."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from bounds.certify.inequalities import exp, number, prove_less
from bounds.critical import eps_cr
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision
from proofs_check.claims.shared.every_delta import above_somewhere, below_everywhere, covered

_GRID = tuple(Fraction(i, 2) for i in range(3, 21))


def check(grid: tuple[Fraction, ...] = _GRID, power: int = 0) -> Decision:
    """Decide whether Δ^power e^{Δ²/2} ε_cr decreases for Δ ≥ 3/2, and ε_cr along a grid.

    With ε_cr = E φ(Δ)/Δ, Δ d/dΔ of the logarithm is Δ E′/E − 1 + power.
    """
    limit = Fraction(1 - power)
    values = [eps_cr(delta, 12).eps for delta in grid]
    rise = above_somewhere(lambda part: part.elasticity(), limit)
    if rise is not None:
        return Decision(REFUTED, f"Delta^{power} e^(Delta^2/2) eps_cr increases", (rise,))
    rises = [less(a, b) for a, b in pairwise(values)]
    if any(step.holds for step in rises):
        risen = Proved(f"eps_cr from {values[0]} to {values[1]}", rises[0])
        return Decision(REFUTED, "it increases", (risen,))
    proofs = [
        prove_less(
            number(b.high.fraction()) * exp(number((t * t - s * s) / 2)), number(a.low.fraction())
        )
        for (s, t), (a, b) in zip(pairwise(grid), pairwise(values), strict=True)
    ]
    return Decision(
        CERTIFIED,
        "for every Delta >= 3/2, d log eps_cr/d Delta < -Delta: eps_cr decreases, and eps_cr(b) <"
        " exp(-(b^2 - a^2)/2) eps_cr(a) for b > a, from 0.0137 at 3/2 to 1.2e-24 at 10",
        (
            Proved(
                "exp(Delta^2/2) eps_cr has a negative slope on every slice",
                below_everywhere(lambda part: part.elasticity(), limit),
            ),
            Proved("second route: the roots at 3/2, 2, ..., 10 fall by more than that", proofs),
            Proved(
                "eps_cr(3/2) < 0.0137, eps_cr(10) < 1.2e-24",
                less(values[0], Fraction(137, 10000)),
                less(values[-1], Fraction(12, 10**25)),
            ),
            covered(),
        ),
        certificates=tuple(proof.certificate() for proof in proofs),
    )


CLAIM = Claim(
    id="eps-cr-decreases",
    where="III, after Theorem 2",
    printed="ε_cr is very small and decreases quickly to 0 as Δ → ∞",
    latex=r"\varepsilon_{cr}(\Delta) \to 0 \quad (\Delta \to \infty)",
    hypotheses="every Δ ≥ 3/2",
    method="the slope of log ε_cr in Δ by the implicit function theorem, enclosed on slices of Δ",
    check=check,
    seeded=(
        Seeded("a fall faster by the factor 1/Δ²", lambda: check(power=2)),
        Seeded("the values in reverse", lambda: check(_GRID[::-1])),
    ),
    rests_on=("eps-cr-exists",),
)
