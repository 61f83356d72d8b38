"""Theorem 2: its constants as printed, and what stands in their place."""

from __future__ import annotations

from fractions import Fraction
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from bounds.tables.column import Column

if TYPE_CHECKING:
    from bounds.certify.numbers.enclosure import Enclosure
    from bounds.upper import Envelope
    from bounds.upper.constant import SmallRegime


def _plain(delta: Fraction, digits: int) -> dict[str, Enclosure]:
    from bounds.upper.constant import plain_constants  # other columns start without this room

    return plain_constants(delta, digits)


def _at_eps_cr(delta: Fraction, digits: int) -> SmallRegime:
    from bounds.upper.constant import constants_at_eps_cr

    return constants_at_eps_cr(delta, digits)


def _optimum(delta: Fraction, digits: int) -> Envelope:
    from bounds.upper import envelope

    return envelope(delta, digits)


COLUMNS = (
    Column("C0", "C0 = 1/(rho - f(3 Delta)) as printed", _plain, itemgetter("c0")),
    Column("C1", "C1 at the true eps_cr", _at_eps_cr, attrgetter("c1")),
    Column("C2", "C2 at the true eps_cr", _at_eps_cr, attrgetter("c2")),
    Column("C3", "the exact value in place of 3.25", _plain, itemgetter("c3")),
    Column("far", "the exact far term", _plain, itemgetter("far")),
    Column("eps_full", "where the one-component bound is 1", _plain, itemgetter("full")),
    Column("eps_1", "least mass to destroy a cluster", _plain, itemgetter("destruction")),
    Column(
        "eps_t", "where the adversary stops spreading", _optimum, attrgetter("tangent"), at_once=8
    ),
    Column(
        "slope", "slope of the exact optimum beyond eps_t", _optimum, attrgetter("slope"), at_once=8
    ),
    Column("intercept", "its height at c/k = 0", _optimum, attrgetter("intercept"), at_once=8),
)
