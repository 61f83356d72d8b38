"""Equality and growth are proved or not; a false identity is refuted with a certificate."""

from fractions import Fraction

import pytest
import sympy as sp

from bounds.certify.inequalities import prove_less
from bounds.checker import check as replay
from proofs_check import CERTIFIED, REFUTED
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import (
    decide_equal,
    grows,
    has_slope,
    positive_from,
    same,
    shown,
    tends,
)

x, y = sp.symbols("x y", positive=True)


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("left", "right"),
    [
        (PHI(-x), 1 - PHI(x)),
        (DENSITY(x + y), DENSITY(x) * DENSITY(y) * sp.sqrt(2 * sp.pi) * sp.exp(-x * y)),
        (PHI(x) / PHI(y) * PHI(y), PHI(x)),
    ],
)
def test_identities_hold_and_their_neighbours_do_not(left: sp.Expr, right: sp.Expr) -> None:
    assert same(left, right)
    assert not same(left, right + sp.Rational(1, 10**6))
    assert not same(left, right + sp.Rational(1, 10**20) * x)  # too small for a glance


def test_slopes_of_the_distribution_function() -> None:
    assert has_slope(PHI(x * y), x, y * DENSITY(x * y)).holds
    assert not has_slope(PHI(x * y), x, DENSITY(x * y)).holds


def test_growth_needs_a_slope_that_is_manifestly_positive() -> None:
    assert grows(PHI(x), x, DENSITY(x)).holds
    assert not grows(-PHI(x), x, -DENSITY(x)).holds
    assert not grows(PHI(x) + x * (1 - y), x, DENSITY(x) + 1 - y).holds
    assert positive_from(0, PHI(x) - sp.Rational(1, 2), x, DENSITY(x)).holds
    assert not positive_from(0, PHI(x), x, DENSITY(x)).holds


def test_a_false_identity_is_refuted_by_a_witness_that_replays() -> None:
    place = {"x": Fraction(1, 2)}
    assert decide_equal(PHI(x) + PHI(-x), 1, place, "true", "exact").verdict is CERTIFIED
    decision = decide_equal(PHI(x) + PHI(-x), sp.Rational(101, 100), place, "", "")
    assert decision.verdict is REFUTED
    assert replay(decision.certificates[0]).accepted


def test_a_proof_at_a_point_is_shown_as_an_inequality() -> None:
    assert shown(prove_less(1, 2)) == "1 < 2"


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("expression", "limit"),
    [
        (PHI(x + y) - PHI(x - y), 0),
        (PHI(x) / 3 + PHI(y - x) + PHI(y), sp.Rational(1, 3) + PHI(y)),
        (x * PHI(-x), 0),
        (PHI(x) - x / (1 + x), 0),
        (PHI(1 / x), sp.Rational(1, 2)),
        (PHI(x**2 - 3 * x) + DENSITY(x), 1),
        (PHI((x + y) ** 2 - x**2 - 2 * x * y), PHI(y**2)),
        (y, y),
    ],
)
def test_limits_at_infinity(expression: sp.Expr, limit: sp.Expr) -> None:
    assert tends(expression, x, limit).holds
    assert not tends(expression, x, limit + sp.Rational(1, 1000)).holds
    assert not tends(expression, x, -1 - limit).holds


def test_a_sum_without_a_limit_tends_to_nothing() -> None:
    """Φ tends to 1, and what is left grows."""
    assert not tends(PHI(x) + x, x, 1).holds
