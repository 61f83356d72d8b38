"""Formulas as terms are worth what the formulas are worth."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from bounds.certify.exact import to_ball
from bounds.certify.inequalities import variable
from bounds.certify.numbers.precision import working_precision
from bounds.functions.criterion import curvature_criterion_at, curvature_criterion_gradient_at
from bounds.functions.shift import median_shift_at
from bounds.functions.window import (
    mass_deficit,
    relative_steepness,
    window_mass,
)

X, Y, G, DELTA = (variable(name) for name in ("x", "y", "g", "delta"))
PLACES = st.fractions(Fraction(1, 10), Fraction(3), max_denominator=60)


@settings(max_examples=30)
@given(PLACES, PLACES, PLACES, PLACES)
def test_a_formula_gives_the_term_that_gives_its_value(
    x: Fraction, y: Fraction, g: Fraction, delta: Fraction
) -> None:
    with working_precision(128):
        balls = tuple(map(to_ball, (x, y, g, delta)))
        place = dict(zip(("x", "y", "g", "delta"), balls, strict=True))
        a, d = balls[0], balls[3]
        pairs = [
            (curvature_criterion_at(X, Y, G, DELTA), curvature_criterion_at(*balls)),
            (relative_steepness(X, DELTA), relative_steepness(a, d)),
            (mass_deficit(X, DELTA), mass_deficit(a, d)),
            (window_mass(X, DELTA), window_mass(a, d)),
            (median_shift_at(X, DELTA), median_shift_at(a, d)),
        ]
        terms, values = (
            curvature_criterion_gradient_at(*point)[2] for point in ((X, Y, G, DELTA), balls)
        )
        for term, value in (*pairs, *zip(terms, values, strict=True)):
            assert term.at(place).overlaps(value)


def test_numbers_join_in() -> None:
    assert str(relative_steepness(X, Fraction(2))).startswith("(-expm1(")
