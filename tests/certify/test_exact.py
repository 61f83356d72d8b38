"""What numbers are accepted, and that they are read exactly."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
from flint import arb, ctx, fmpq, fmpz
from hypothesis import given
from hypothesis import strategies as st

from bounds.certify.errors import InputError
from bounds.certify.exact import (
    read_exact,
    read_list,
    read_positive,
    read_positive_rational,
    read_rational,
    read_whole,
    show_exact,
    to_ball,
)

rationals = st.fractions(min_value=-(10**30), max_value=10**30)
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        (3, Fraction(3)),
        (-(10**50), Fraction(-(10**50))),
        (Fraction(5, 7), Fraction(5, 7)),
        (Decimal("0.1"), Fraction(1, 10)),
        (Decimal("-1.5E+3"), Fraction(-1500)),
        ("2.5", Fraction(5, 2)),
        (" 2.5\n", Fraction(5, 2)),
        ("+.5", Fraction(1, 2)),
        ("+3", Fraction(3)),
        ("+6/4", Fraction(3, 2)),
        ("-5.", Fraction(-5)),
        ("5/2", Fraction(5, 2)),
        ("-10/4", Fraction(-5, 2)),
        ("1e-3", Fraction(1, 1000)),
        ("1.25E2", Fraction(125)),
        ("007", Fraction(7)),
        (0.1, Fraction(0.1)),
        (np.float64(0.1), Fraction(0.1)),
        (-0.0, Fraction(0)),
        (5e-324, Fraction(1, 2**1074)),
        (mpmath.mpf("0.1"), Fraction(0.1)),
        (mpmath.mpf(-3) / 4, Fraction(-3, 4)),
        (mpmath.mpf(0), Fraction(0)),
        (fmpz(-7), Fraction(-7)),
        (fmpq(-7, 3), Fraction(-7, 3)),
        (arb(2.5), Fraction(5, 2)),
        (arb(0), Fraction(0)),
    ],
)
def test_read_exactly(given_value: Any, expected: Fraction) -> None:
    number = read_exact(given_value, "c")
    assert type(number) is Fraction
    assert number == expected


@pytest.mark.parametrize(
    "bad",
    [
        *(True, False, None, [1], (1,), 1j, b"1", set(), math.nan, math.inf, -math.inf),
        *(mpmath.nan, mpmath.inf, -mpmath.inf, arb("nan"), arb("inf")),
        *(Decimal("NaN"), Decimal("-Infinity")),
        *("", " ", "abc", "nan", "inf", "1/0", "0/0", "1/-2", "1/2/3", "1.5/2", "1e", "e5", "."),
        *("+", "--1", "1,5", "1_000", "0x1F", "١", "1 2", "1e99999", "²", "½"),
    ],
    ids=repr,
)
def test_refused(bad: Any) -> None:
    with pytest.raises(InputError, match="the spread"):
        read_exact(bad, "the spread")


def test_long_texts_are_refused_and_not_quoted_in_full() -> None:
    with pytest.raises(InputError, match="20000 characters: pass at most 10000"):
        read_exact("1" * 20_000, "c")
    with pytest.raises(InputError) as caught:
        read_exact("x" * 5_000, "c")
    assert len(str(caught.value)) < 200
    digits = "7" * 9_000  # beyond the limit of int(str)
    assert read_exact(digits, "c").denominator == 1
    assert read_exact(f"{digits[:4900]}/{digits[:4900]}", "c") == 1


@given(rationals)
def test_fractions_and_their_texts(number: Fraction) -> None:
    assert read_exact(number, "c") == number
    assert read_exact(f"{number.numerator}/{number.denominator}", "c") == number
    assert read_exact(show_exact(number), "c") == number


@given(decimals)
def test_decimals_and_their_texts(number: Decimal) -> None:
    assert read_exact(number, "c") == Fraction(number)
    assert read_exact(str(number), "c") == Fraction(number)
    assert read_exact(f"{number:f}", "c") == Fraction(number)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_are_the_binary_numbers_that_they_are(number: float) -> None:
    assert read_exact(number, "c") == Fraction(number)
    assert read_exact(mpmath.mpf(number), "c") == Fraction(number)
    assert read_exact(arb(number), "c") == Fraction(number)
    assert read_exact(show_exact(Fraction(number)), "c") == Fraction(number)


@given(rationals, st.integers(10, 300))
def test_balls_are_narrow_and_hold_the_number(number: Fraction, bits: int) -> None:
    with ctx.workprec(bits):
        ball = to_ball(number)
        assert ball.contains(fmpq(number.numerator, number.denominator))
        assert ball.rel_accuracy_bits() >= bits - 2 or number == 0


def test_a_ball_stands_for_all_its_points() -> None:
    ball = arb(2, "0.1")
    assert read_exact(ball, "c") is ball
    assert to_ball(ball) is ball
    assert show_exact(ball) == str(ball)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(5, 2), "2.5"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(1, 1000), "0.001"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(0), "0"),
        (Fraction(10**20), "100000000000000000000"),
        (Fraction(1, 3), "1/3"),
        (Fraction(1, 2**80), f"1/{2**80}"),
    ],
)
def test_shown_in_the_shortest_way(number: Fraction, text: str) -> None:
    assert show_exact(number) == text


@pytest.mark.parametrize("bad", [0, "-1", -2.5, Fraction(-1, 3), arb(0), arb(1, 1), arb(-1), "0.0"])
def test_not_surely_positive(bad: Any) -> None:
    with pytest.raises(InputError, match="Delta must be positive"):
        read_positive(bad, "Delta")


def test_positive() -> None:
    assert read_positive("2.5", "Delta") == Fraction(5, 2)
    ball = arb(1, "0.5")
    assert read_positive(ball, "Delta") is ball
    with pytest.raises(InputError, match="Delta"):
        read_positive("abc", "Delta")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (np.int64(-3), Fraction(-3)),
        (np.uint8(7), Fraction(7)),
        (np.float32(0.1), Fraction(float(np.float32(0.1)))),
        (np.longdouble("0.1"), Fraction(*np.longdouble("0.1").as_integer_ratio())),
    ],
    ids=str,
)
def test_numpy_scalars_are_the_numbers_that_they_are(number: Any, expected: Fraction) -> None:
    assert read_exact(number, "c") == expected


def test_no_numpy_scalar_slips_through() -> None:
    for bad in (np.bool_(True), np.float32("nan"), np.float64("inf"), np.complex128(1j)):
        with pytest.raises(InputError):
            read_exact(bad, "c")


def test_numbers_of_many_digits_are_shown() -> None:
    """Python's own limit is 4300 digits."""
    for value in (Fraction(10) ** 9000, Fraction(1, 10**9000), Fraction(10**5000 + 1, 3**9000)):
        assert read_exact(show_exact(value), "the number") == value


def test_a_message_is_one_line() -> None:
    assert str(InputError("one\ntwo")) == "one two"


@pytest.mark.parametrize("values", [None, 2, "1,2", b"12", bytearray(b"1")])
def test_what_is_no_list_is_refused(values: object) -> None:
    assert read_list((1, "2"), "means") == [1, "2"]
    with pytest.raises(InputError, match="the means must be a list"):
        read_list(values, "the means")


def test_where_one_number_is_meant_a_ball_will_not_do() -> None:
    assert read_rational("-5/2", "x") == Fraction(-5, 2)
    assert read_positive_rational("2.5", "x") == Fraction(5, 2)
    assert read_rational(arb(3), "x") == 3, "a ball of one point is that point"
    for read in (read_rational, read_positive_rational):
        with pytest.raises(InputError, match="x must be one number here, not a ball"):
            read(arb(2, 1), "x")
    for value in (0, "-1"):
        with pytest.raises(InputError, match="x must be positive"):
            read_positive_rational(value, "x")


def test_whole_numbers_begin_at_one() -> None:
    assert read_whole("12", "k") == 12
    assert read_whole(Fraction(6, 2), "k") == 3
    for value in (0, -3, "2.5", arb(2, 1)):
        with pytest.raises(InputError, match="k must be a whole number from 1"):
            read_whole(value, "k")
