"""Theorem 2: its constants as printed, and what stands in their place."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from operator import attrgetter

from bounds.certify.exact import show_exact
from bounds.critical import NoCriticalValue
from bounds.tables.column import Column
from bounds.upper import constants, envelope
from bounds.upper.constant import Constants


@lru_cache(maxsize=1)
def _constants(delta: Fraction, digits: int) -> Constants:
    """The constants, computed once a row."""
    return constants(delta, digits)


def _with_critical_value(delta: Fraction, digits: int) -> Constants:
    """The constants at a Δ that has an ε_cr."""
    found = _constants(delta, digits)
    if found.true is None:
        raise NoCriticalValue(f"Delta = {show_exact(delta)} has no eps_cr, and so no C1 and C2")
    return found


COLUMNS = (
    Column("C0", "C0 = 1/(rho - f(3 Delta)) as printed", _constants, attrgetter("c0")),
    Column("C1", "C1 at the true eps_cr", _with_critical_value, attrgetter("true.c1")),
    Column("C2", "C2 at the true eps_cr", _with_critical_value, attrgetter("true.c2")),
    Column("C3", "the exact value in place of 3.25", _constants, attrgetter("c3")),
    Column("far", "the exact far term", _constants, attrgetter("far")),
    Column("eps_full", "where the one-component bound is 1", _constants, attrgetter("full")),
    Column("eps_1", "least mass to destroy a cluster", _constants, attrgetter("destruction")),
    Column(
        "eps_t", "where the adversary stops spreading", envelope, attrgetter("tangent"), at_once=8
    ),
    Column(
        "slope", "slope of the exact optimum beyond eps_t", envelope, attrgetter("slope"), at_once=8
    ),
    Column("intercept", "its height at c/k = 0", envelope, attrgetter("intercept"), at_once=8),
)
