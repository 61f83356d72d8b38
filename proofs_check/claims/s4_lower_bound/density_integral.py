"""Section IV: the attack's density f_ε has the mass 1 + ε."""

from __future__ import annotations

from typing import Any

import sympy as sp

from bounds.certify.inequalities import Counterexample, decide_less
from proofs_check.audit.algebra import PHI, to_term, vanishes
from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved
from proofs_check.audit.verdict import (
    CERTIFIED,
    REFUTED,
    REPAIRED,
    Decision,
    Reading,
)
from proofs_check.claims.s4_lower_bound.lower_bound import EPS, LINEAR_WIDTH, ROOT_WIDTH, width_name

_WITNESS = sp.Rational(1, 4)


def check(width: Any = ROOT_WIDTH, repaired: Any = LINEAR_WIDTH) -> Decision:
    """Decide whether a plateau of the given width has the mass ε, and whether the repaired one has.

    The two flanks are the halves of one normal density, the plateau has the height φ(0):
    ∫ f = ½ + width/√(2π) + ½.
    """

    def extra(w: Any) -> Any:
        return w / sp.sqrt(2 * sp.pi) - EPS

    if vanishes(extra(width)):
        whole = Exact("1/2 + width phi(0) + 1/2 - 1 - eps = 0", extra(width))
        return Decision(CERTIFIED, "the integral is 1 + eps", (whole,))
    at = extra(width).subs(EPS, _WITNESS)
    outcome = decide_less(to_term(at), 0)
    proof = outcome.proof if isinstance(outcome, Counterexample) else outcome
    refuted = Reading(
        f"width {width_name(width)}",
        REFUTED,
        f"at eps = {_WITNESS} the integral differs from 1 + eps by {at}",
    )
    needed = Reading(
        f"width {width_name(repaired)}", CERTIFIED, "the integral is 1 + eps for every eps", True
    )
    return Decision(
        REPAIRED,
        "with the width sqrt(2 pi) eps the integral is 1 + eps; with sqrt(2 pi eps) it is"
        " 1 + sqrt(eps)",
        (
            Exact(
                "integral = 1/2 + width/sqrt(2 pi) + 1/2, since the flanks are two halves of one"
                " normal density",
                equal(2 * PHI(sp.Integer(0)), 1),
            ),
            Exact(
                f"with the width {width_name(repaired)} it is 1 + eps for every eps",
                extra(repaired),
            ),
            Proved(f"witness, width {width_name(width)}: {refuted.finding}", proof),
            "h(eps) = eps^2/(eps^2 + 2 pi) belongs to the width sqrt(2 pi) eps (see van-trees)",
        ),
        (refuted, needed),
        (proof.certificate(),),
    )


CLAIM = Claim(
    id="density-integral",
    where="IV",
    printed="∫ f_ε = 1 + ε for every ε ≥ 0, the plateau of f_ε being √(2πε) wide",
    latex=r"\int f_\varepsilon = 1 + \varepsilon",
    hypotheses="ε > 0; f_ε as printed, with each reading of the plateau's width",
    method="exact algebra; an exact witness for the other reading",
    check=check,
    seeded=(
        Seeded("the plateau 2 sqrt(2 pi) eps wide", lambda: check(repaired=2 * LINEAR_WIDTH)),
        Seeded("the right width in place of the printed one", lambda: check(width=LINEAR_WIDTH)),
    ),
)
