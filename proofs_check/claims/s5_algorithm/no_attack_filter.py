"""Section V: without corrupted clients only points very close to means pass the filter.

In words:

1. A point x off the nearest mean, up to half-way to the next, lacks d(x) ≥ φ(Δ) Δ x² e^{−x²/2},
   for sinh t ≥ t, and d increases. The other components give it at most 2Φ(−7Δ/2)
   (foreign-points).
2. By Mills' bound that is below 2φ(7Δ/2)/(7Δ/2). Its ratio to d(radius) is a constant times
   e^{−45Δ²/8}/Δ², which falls as Δ grows: so the least Δ serves for all.
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import density, exp, prove_less
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import equal, falls_to, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, Decision


def check(radius: Fraction = Fraction(1, 1000), least: Fraction = Fraction(3, 2)) -> Decision:
    """Decide whether all that passes is within `radius` of a mean, for every Δ >= `least`.

    A point x off the nearest mean lacks d(x) >= φ(Δ) Δ x² e^{−x²/2}, for sinh t >= t. The others
    give at most 2Φ(−7Δ/2) < 2φ(7Δ/2)/(7Δ/2), the bound of Mills. The ratio of the two falls with Δ.
    """
    t = sp.Symbol("t", positive=True)
    far = Fraction(7, 2) * least
    lacks = density(least) * least * radius * radius * exp(-radius * radius / 2)
    proof = prove_less(2 * density(far) / far, lacks)
    return Decision(
        CERTIFIED,
        f"with no attack, D >= 9 Delta and delta -> 0, every point that passes is within {radius}"
        f" of a component mean, for every Delta >= {least}",
        (
            Argued("what a point lacks, and what it gets from others", f"{__name__}, step 1"),
            Proved(f"at the least Delta: {shown(proof)}", proof),
            Exact(
                "the exponent of the ratio is -((7/2)^2 - 1) Delta^2/2 = -45 Delta^2/8",
                equal(Fraction(7, 2) ** 2 - 1, Fraction(45, 4)),
            ),
            Exact(
                "Mills' bound Phi(-t) < phi(t)/t: the difference tends to 0, its slope is"
                " -phi(t)/t^2 < 0",
                falls_to(0, DENSITY(t) / t - PHI(-t), t, DENSITY(t) / t**2),
            ),
            Argued("the ratio of the sides falls as Delta grows", f"{__name__}, step 2"),
        ),
        certificates=(proof.certificate(),),
    )


CLAIM = Claim(
    id="no-attack-filter",
    where="V, on Robust Clustering",
    printed="if no corrupted clients were present, only points very close to component means get"
    " filtered in (decided with: closer than 1/1000)",
    latex=r"c = 0 \implies H' \subset \bigcup_i\, [\mu_i - r,\, \mu_i + r],\quad r = 10^{-3}",
    hypotheses="Δ ≥ 3/2, D ≥ 9Δ, limit m → ∞, δ → 0",
    method="explicit lower bound of the deficit against Mills' bound, for all Δ at once",
    check=check,
    seeded=(
        Seeded("1e-4 in place of 1e-3", lambda: check(radius=Fraction(1, 10**4))),
        Seeded("every Delta >= 1", lambda: check(least=Fraction(1))),
    ),
    rests_on=("filter-radius", "foreign-points"),
)
