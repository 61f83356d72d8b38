"""The algebra of Lemma 5 against explicit functions and Taylor arithmetic."""

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds import Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.functions import filter_radius, mass_estimate, median_shift
from proofs_check.audit.fraction import same_function
from proofs_check.claims.sb_lemma_5 import lemma_5
from proofs_check.claims.sb_lemma_5.derivatives import rational, truth
from proofs_check.claims.sb_lemma_5.lemma_5_lines import CRITERION, LINES, MENDED
from proofs_check.claims.sb_lemma_5.lemma_5_point import Point
from proofs_check.claims.sb_lemma_5.lemma_5_step import difference, is_right, sign_witness

POINTS = st.builds(
    Point, st.fractions(Fraction(1, 50), Fraction(1, 4), max_denominator=60),
    st.sampled_from([Fraction(1), Fraction(3, 2), Fraction(3)]),
)  # fmt: skip


@settings(max_examples=6)
@given(POINTS)
def test_the_second_derivative_is_what_taylor_arithmetic_finds(point: Point) -> None:
    taylor, algebra = point.taylor(), point.value(lemma_5.second_derivative())
    assert taylor.overlaps(algebra)
    assert taylor.rel_accuracy_bits() > 40


@settings(max_examples=6)
@given(POINTS)
def test_the_symbols_move_as_the_functions_do(point: Point) -> None:
    for symbol, function in (
        (lemma_5.L, filter_radius),
        (lemma_5.L_HAT, lambda e, d: filter_radius(mass_estimate(e, d), d)),
        (lemma_5.G, lambda e, d: median_shift(mass_estimate(e, d), d)),
    ):
        for order, derivative in ((1, lemma_5.along(symbol)),
                                  (2, lemma_5.along(lemma_5.along(symbol)))):  # fmt: skip
            assert point.taylor(function, order).overlaps(point.value(derivative))


@pytest.mark.parametrize(("name", "function"), [("dl", filter_radius), ("dg", median_shift)])
def test_the_derivatives_have_the_values_of_difference_quotients(name, function) -> None:
    eps, step = Fraction(1, 10), Fraction(1, 10**6)
    with working_precision(128):
        ends = [function(to_ball(eps + sign * step), to_ball(2)) for sign in (-1, 1)]
        quotient = float(((ends[1] - ends[0]) / to_ball(2 * step)).mid())
        radius, shift = filter_radius(eps, 2), median_shift(eps, 2)
    values = {
        "l": float(radius.mid()),
        "g": float(shift.mid()),
        "Delta": 2.0,
        "root": (2 * sp.pi) ** 0.5,
    }
    expression = truth(name)
    value = sp.N(expression.subs({s: values[str(s)] for s in expression.free_symbols}))
    assert abs(float(value) / quotient - 1) < 1e-9


def test_the_slopes_of_the_symbols_are_the_derivatives() -> None:
    """Exactly: from l′ and g′ as explicit functions of l, g and Δ."""
    dl, dg = truth("dl"), truth("dg")
    near = {lemma_5.U: sp.exp(lemma_5.L * lemma_5.DELTA), lemma_5.DL: dl}
    second = sp.diff(dl, lemma_5.L) * dl
    assert same_function(rational(lemma_5.along(lemma_5.DL).subs(near)), rational(second))
    slope = 1 + lemma_5.PHI_OF_DELTA * lemma_5.DL
    far = {lemma_5.V: sp.exp(lemma_5.L * lemma_5.DELTA), lemma_5.DL_HAT: dl, lemma_5.DG: dg}
    bend = (lemma_5.along(lemma_5.DG) / slope).subs(far).subs(lemma_5.L_HAT, lemma_5.L)
    assert same_function(rational(bend), rational(truth("ddg")))


def test_right_lines_are_told_from_wrong_ones() -> None:
    assert [is_right(line) for line in LINES] == [True, True, False, *[True] * 7, False, False]
    assert all(map(is_right, MENDED.values()))
    assert not is_right(CRITERION)
    assert sign_witness(CRITERION) is not None
    assert sign_witness(MENDED[11]) is None
    with pytest.raises(Inconclusive):
        difference(LINES[9], MENDED[10])


def test_what_is_no_multiple_is_refused() -> None:
    with pytest.raises(ValueError, match="no multiple"):
        lemma_5.read("exp(l*g)")
