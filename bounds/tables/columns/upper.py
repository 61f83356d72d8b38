"""Theorem 2: its constants as printed, and what stands in their place."""

from operator import attrgetter, itemgetter

from bounds.tables.column import Column
from bounds.upper import envelope
from bounds.upper.constant import constants_at_eps_cr, plain_constants

COLUMNS = (
    Column("C0", "C0 = 1/(rho - f(3 Delta)) as printed", plain_constants, itemgetter("c0")),
    Column("C1", "C1 at the true eps_cr", constants_at_eps_cr, attrgetter("c1")),
    Column("C2", "C2 at the true eps_cr", constants_at_eps_cr, attrgetter("c2")),
    Column("C3", "the exact value in place of 3.25", plain_constants, itemgetter("c3")),
    Column("far", "the exact far term", plain_constants, itemgetter("far")),
    Column("eps_full", "where the one-component bound is 1", plain_constants, itemgetter("full")),
    Column("eps_1", "least mass to destroy a cluster", plain_constants, itemgetter("destruction")),
    Column(
        "eps_t", "where the adversary stops spreading", envelope, attrgetter("tangent"), at_once=8
    ),
    Column(
        "slope", "slope of the exact optimum beyond eps_t", envelope, attrgetter("slope"), at_once=8
    ),
    Column("intercept", "its height at c/k = 0", envelope, attrgetter("intercept"), at_once=8),
)
