"""Proof of Lemma 1, condition 2: at most c₁/ρ components are non-cliques.

In words:

1. A non-clique that holds a mean's hypotheses has one at 3Δ/2 or more from the mean; the first
   such is less than 3Δ/2 + 3Δ = 9Δ/2 away, so the mass that lets it in is within 11Δ/2 of the
   mean: of at most two means 9Δ apart, of one where they are 11Δ apart.
2. Its window lacks at least ρ − f(3Δ/2) > ρ − Φ(−Δ/2), as f falls. The other components give it
   at most 2Φ(−7Δ/2): their windows are disjoint, at least 9Δ − 11Δ/2 from their means. So it
   takes q, each of whose terms increases with Δ.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import Term, prove_less
from bounds.functions.terms import central_mass
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import equal, grows, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved
from proofs_check.audit.verdict import REPAIRED, Decision
from proofs_check.claims.s5_algorithm.bridges import (
    WINDOW_END,
    least_price,
    shared_blob,
    single_atom,
)


def check(price: Callable[[Fraction], Term] = central_mass) -> Decision:
    """Decide whether each destroyed component costs at least `price(Delta)`."""
    pair, single = shared_blob(), single_atom()
    fewer = prove_less(pair.layout.spent, 2 * price(Fraction(2)))
    fewer_alone = prove_less(single.layout.spent, price(Fraction(2)))
    floor = prove_less(Fraction(63, 100), least_price(Fraction(3, 2)))
    x, delta = sp.symbols("x Delta", positive=True)
    fall = 2 * DENSITY(x) * sp.exp(-(delta**2) / 2) * sp.sinh(x * delta)
    return Decision(
        REPAIRED,
        "at most c1/q components are non-cliques where D >= 11 Delta, and at most 2 c1/q where"
        " D >= 9 Delta, with q = 1 - 2 Phi(-Delta) - Phi(-Delta/2) - 2 Phi(-7 Delta/2) > 0.63 for"
        " Delta >= 3/2",
        (
            pair.shown(
                "witness at D = 9 Delta: Delta = 2, means 0 and 18, mass 0.13 at 1.05 and at 16.95,"
                " mass 0.955 at 9; hypotheses at 0, 1.05, 7.04, 10.96, 16.95, 18 pass, their steps"
                " are below 6: two non-cliques",
                2,
            ),
            Proved(f"and {shown(fewer)}", fewer),
            single.shown(
                "witness at every D: Delta = 2, mass 0.954469 at 5.9995 and 0.000001 at 0;"
                " hypotheses at -0.001, 0.001, 5.9995 pass, their span is above 6: one non-clique",
                1,
            ),
            Proved(f"and {shown(fewer_alone)}", fewer_alone),
            Exact("2 (3/2 + 3 + 1) Delta = 11 Delta", equal(2 * WINDOW_END, 11)),
            Argued(
                "repair: the first hypothesis at 3 Delta/2 or more from the mean is less than"
                " 9 Delta/2 away, so the mass that lets it in is within 11 Delta/2 of the mean: of"
                " at most two means 9 Delta apart, of one where they are 11 Delta apart",
                f"{__name__}, step 1",
            ),
            Exact(
                "f falls: f'(x) = -2 phi(x) e^(-Delta^2/2) sinh(x Delta) < 0",
                grows(-(PHI(x + delta) - PHI(x - delta)), x, fall),
            ),
            Exact("9 Delta - 11 Delta/2 = 7 Delta/2", equal(Fraction(7, 2), 9 - WINDOW_END)),
            Argued(
                "its window lacks at least rho - f(3 Delta/2) > rho - Phi(-Delta/2), and the other"
                " components give it at most 2 Phi(-7 Delta/2)",
                f"{__name__}, step 2",
            ),
            Proved(f"q increases with Delta, and at its least Delta {shown(floor)}", floor),
        ),
        certificates=tuple(
            p.certificate() for p in (*pair.proofs(), *single.proofs(), fewer, fewer_alone, floor)
        ),
    )


CLAIM = Claim(
    id="non-clique-cost",
    where="Appendix B, proof of Lemma 1, condition 2",
    printed="at most c₁/ρ components are non-cliques",
    latex=r"\#\{\text{non-cliques}\} \le \frac{c_1}{\rho}",
    hypotheses="D ≥ 9Δ; c₁ is the adversarial mass in non-cliques; limit m → ∞, δ → 0",
    method="explicit attacks with exact masses; geometry of the filter for the lower bound",
    check=check,
    seeded=(
        Seeded("half of rho as the price", lambda: check(lambda delta: central_mass(delta) / 2)),
    ),
    rests_on=("separation",),
)
