"""The window's integral and its inverses as terms, spelt in the paper's operations."""

from __future__ import annotations

from bounds.certify.inequalities.term import Term
from bounds.functions.normal import density
from bounds.functions.radius import filter_radius
from bounds.functions.window import central_mass, mass_deficit


def sinh_integral(x: Term, delta: Term) -> Term:
    """See `bounds.functions.primitives`."""
    return mass_deficit(x, delta) / (2 * density(delta))


def solve_deficit(eps: Term, delta: Term) -> Term:
    """See `bounds.functions.primitives`."""
    return filter_radius(eps, delta)


def solve_window(mass: Term, delta: Term) -> Term:
    """See `bounds.functions.primitives`."""
    return filter_radius(central_mass(delta) - mass, delta)
