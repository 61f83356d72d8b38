"""ε_cr(Δ) as Δ → ∞: its limit in the right units, and an expansion with error bound.

A table of contents: scaled (the equations in units that do not fade), expansion (limit,
coefficients, error bound), first_turn (that the root is the first turn, for all Δ ≥ 4), shape
(concave, convex, concave for all Δ ≥ 5), slices (the same units from Δ = 3/2 on: ε_cr over slices
of Δ that leave no Δ out), certificates (for `bounds check`).
"""

from bounds.critical.large_delta.certificates import (
    critical_slices_certificate,
    shape_certificate_from,
)
from bounds.critical.large_delta.expansion import (
    Expansion,
    eps_cr_expansion,
    eps_cr_limit,
    limit_certificate,
)
from bounds.critical.large_delta.first_turn import prove_first_turn
from bounds.critical.large_delta.shape import prove_shape
from bounds.critical.large_delta.slices import CriticalSlice, critical_slices, parts_of

__all__ = [
    "CriticalSlice",
    "Expansion",
    "critical_slices",
    "critical_slices_certificate",
    "eps_cr_expansion",
    "eps_cr_limit",
    "limit_certificate",
    "parts_of",
    "prove_first_turn",
    "prove_shape",
    "shape_certificate_from",
]
