"""Appendix A: the value at k′ equal shares."""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact
from proofs_check.audit.verdict import CERTIFIED, Decision
from proofs_check.claims.s4_lower_bound.lower_bound import h

_K, _C, _N = sp.symbols("k c n", positive=True)
_PRINTED = _C**2 * _N / (_K * (_C**2 + 2 * sp.pi * _N**2))


def check(printed: Any = _PRINTED) -> Decision:
    """Decide whether (1/k) Σ h(c/n) over n shares is `printed`."""
    return Decision(
        CERTIFIED,
        "n equal shares are worth (1/k) c^2 n/(c^2 + 2 pi n^2)",
        (
            Exact(
                "(n/k) h(c/n) = c^2 n/(k(c^2 + 2 pi n^2)) identically",
                equal(_N / _K * h(_C / _N), printed),
            ),
        ),
    )


CLAIM = Claim(
    id="equal-split-value",
    where="Appendix A",
    printed="the value at k′ equal shares is (1/k)·c²k′/(c² + 2πk′²)",
    latex=r"\frac{1}{k} \frac{c^2 k'}{c^2 + 2\pi k'^2}",
    hypotheses="1 ≤ k′ ≤ k, c > 0",
    method="exact algebra",
    check=check,
    seeded=(
        Seeded(
            "pi in place of 2 pi",
            lambda: check(_C**2 * _N / (_K * (_C**2 + sp.pi * _N**2))),
        ),
    ),
)
