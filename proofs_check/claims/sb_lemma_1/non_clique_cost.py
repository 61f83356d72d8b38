"""Proof of Lemma 1, condition 2: at most c₁/ρ components are non-cliques."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import Term, prove_less
from bounds.functions.terms import central_mass
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import has_slope, settled, shown
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import REPAIRED, Decision
from proofs_check.claims.s5_algorithm.bridges import REACH, least_price, shared_blob, single_atom


def check(price: Callable[[Fraction], Term] = central_mass) -> Decision:
    """Decide whether each destroyed component costs at least `price(Delta)`."""
    pair, single = shared_blob(), single_atom()
    fewer = prove_less(pair.layout.spent, 2 * price(Fraction(2)))
    fewer_alone = prove_less(single.layout.spent, price(Fraction(2)))
    floor = prove_less(Fraction(63, 100), least_price(Fraction(3, 2)))
    x, delta = sp.symbols("x Delta", positive=True)
    fall = -2 * DENSITY(x) * sp.exp(-(delta**2) / 2) * sp.sinh(x * delta)
    return settled(
        "at most c1/q components are non-cliques where D >= 11 Delta, and at most 2 c1/q where"
        " D >= 9 Delta, with q = 1 - 2 Phi(-Delta) - Phi(-Delta/2) - 2 Phi(-7 Delta/2) > 0.63 for"
        " Delta >= 3/2",
        {
            "witness at D = 9 Delta: Delta = 2, means 0 and 18, mass 0.13 at 1.05 and at 16.95,"
            " mass 0.955 at 9; hypotheses at 0, 1.05, 7.04, 10.96, 16.95, 18 pass, their steps are"
            f" below 6: two non-cliques, and {shown(fewer)}": pair.destroyed() == 2,
            "witness at every D: Delta = 2, mass 0.954469 at 5.9995 and 0.000001 at 0; hypotheses"
            " at -0.001, 0.001, 5.9995 pass, their span is above 6: one non-clique, and"
            f" {shown(fewer_alone)}": single.destroyed() == 1,
            "repair: the first hypothesis at 3 Delta/2 or more from the mean is less than"
            " 9 Delta/2 away, so the mass that lets it in is within 11 Delta/2 of the mean: of at"
            " most two means 9 Delta apart, of one where they are 11 Delta apart": 2 * REACH == 11
            and 2 * REACH < 2 * 9,
            "its window lacks at least rho - f(3 Delta/2) > rho - Phi(-Delta/2): f'(x) ="
            " -2 phi(x) e^(-Delta^2/2) sinh(x Delta) < 0": has_slope(
                PHI(x + delta) - PHI(x - delta), x, fall
            )
            and (-fall.replace(DENSITY, sp.exp)).is_positive is True,
            "the other components give it at most 2 Phi(-7 Delta/2): their windows are disjoint,"
            " at least 9 Delta - 11 Delta/2 from their means": Fraction(7, 2) == 9 - REACH,
            f"q increases with Delta, and at its least Delta {shown(floor)}": True,
        },
        verdict=REPAIRED,
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
