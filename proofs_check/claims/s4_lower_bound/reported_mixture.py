"""Section IV: what the server sees under the attack."""

from __future__ import annotations

from typing import Any

import sympy as sp

from bounds.certify.inequalities import prove_less
from proofs_check.audit.algebra import DENSITY, to_term
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision, Reading

_K, _C = sp.symbols("k c", positive=True)
_E, _PHI, _F = (sp.symbols(f"{name}_1:4", positive=True) for name in ("e", "phi", "f"))


def check(corrupted: Any = _C / (_K + _C)) -> Decision:
    """Decide the density of one report, with the given chance of being corrupted.

    Term by term in i: a genuine report of component i has the density φᵢ with weight 1/k, a
    corrupted one ψᵢ = (fᵢ − φᵢ)/εᵢ with weight εᵢ/c. Three components stand for any number: the
    identity holds for each i by itself.
    """
    differences = [
        (1 - corrupted) / _K * phi + corrupted * e / _C * (f - phi) / e - f / (_K + _C)
        for e, phi, f in zip(_E, _PHI, _F, strict=True)
    ]
    density = Exact(
        "for each i: (k/(k+c)) phi_i/k + (c/(k+c)) (eps_i/c) (f_i - phi_i)/eps_i = f_i/(k+c),"
        " which needs sum eps_i = c",
        *differences,
    )
    # k = 1: among n reports that are all genuine, none comes from the plateau
    witness = prove_less(to_term(DENSITY(sp.Integer(1))), to_term(DENSITY(sp.Integer(0))))
    return Decision(
        CERTIFIED,
        "the reports are i.i.d. with density sum_i f_i/(k + c)",
        (
            density,
            "independent, because clients are corrupted independently and sample independently",
            Proved(
                "not so once the number |U| of genuine clients is given, and the objective divides"
                " by |U|: given that all are genuine, the density on the plateau is phi and not"
                f" phi(0): {witness}",
                witness,
            ),
        ),
        (
            Reading("the reports, by themselves", CERTIFIED, "i.i.d. from the mixture", True),
            Reading(
                "the reports given |U|, as the factor 1/|U| of the objective asks",
                REFUTED,
                f"k = 1, mu' = mu, eps > 1/sqrt(2 pi), given no corrupted client: at x = mu + 1"
                f" the density is phi(1), not phi(0): {witness}",
            ),
        ),
        (witness.certificate(),),
    )


CLAIM = Claim(
    id="reported-mixture",
    where="IV",
    printed="the (k+c)m reports are i.i.d. from (1/(k+c)) Σ f_{ε_i}(· − μ′_i)",
    latex=r"X_j \overset{\text{i.i.d.}}{\sim} \frac{1}{k+c}\sum_{i \in [k]}"
    r" f_{\varepsilon_i}(x - \mu'_i)",
    hypotheses="ε_i > 0 with Σ ε_i = c (components with ε_i = 0 are never chosen)",
    method="exact algebra, component by component",
    check=check,
    seeded=(Seeded("clients corrupted with chance c/k", lambda: check(corrupted=_C / _K)),),
    rests_on=("attack-density",),
)
