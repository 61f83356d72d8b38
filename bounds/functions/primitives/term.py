"""The window's integral and its inverses as terms, spelt in the paper's operations."""

from __future__ import annotations

from bounds.certify.inequalities.term import Term, density, term_of

_central_mass = term_of("central_mass")
_filter_radius, _mass_deficit = term_of("filter_radius", 2), term_of("mass_deficit", 2)


def sinh_integral(x: Term, delta: Term) -> Term:
    """See `bounds.functions.primitives`."""
    return _mass_deficit(x, delta) / (2 * density(delta))


def solve_deficit(eps: Term, delta: Term) -> Term:
    """See `bounds.functions.primitives`."""
    return _filter_radius(eps, delta)


def solve_window(mass: Term, delta: Term) -> Term:
    """See `bounds.functions.primitives`."""
    return _filter_radius(_central_mass(delta) - mass, delta)
