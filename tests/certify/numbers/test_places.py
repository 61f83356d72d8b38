"""Exact ends as text and back, and where a ball is around 0."""

import threading
from fractions import Fraction

import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st

from bounds.certify.numbers.enclosure import (
    Dyadic,
    Enclosure,
    decimal_text,
    dyadic_ends,
    exact_text,
    read_place,
)
from bounds.certify.numbers.precision import (
    MOST_DIGITS,
    read_digits,
    series_terms,
    working_precision,
)


@given(st.integers(-(2**190), 2**190), st.integers(-9999, 9999))
def test_a_place_is_read_as_it_was_written(mantissa: int, exponent: int) -> None:
    text = exact_text(Dyadic(mantissa, exponent))
    assert text == f"{mantissa}*2^{exponent}"
    ball = read_place(text)
    assert ball.is_exact()
    assert dyadic_ends(ball)[0].fraction() == Fraction(mantissa) * Fraction(2) ** exponent


@pytest.mark.parametrize(
    "text", ["", "1", "2^3", "1*2^3x", "1.5*2^3", "1*2^", 3, None, "9" * 61 + "*2^0"]
)
def test_other_text_is_no_place(text: object) -> None:
    with pytest.raises(ValueError, match="no text of the form"):
        read_place(text)


@given(st.integers(1, 2**29), st.integers(-40, 40))
def test_a_ball_around_0_has_the_ends_that_it_has(radius: int, shift: int) -> None:
    size = Fraction(radius) * Fraction(2) ** shift
    with working_precision(64):
        low, high = dyadic_ends(arb(0, arb(radius) * arb(2) ** shift))
    assert low.fraction() == -high.fraction()
    assert size <= high.fraction() <= size * Fraction(1 + 2**28, 2**28)


def test_the_faces_have_the_digits_that_are_asked_for() -> None:
    with working_precision(100):
        found = Enclosure.of(arb(2).sqrt(), 12)
    assert found.decimals() == ("1.41421356237", "1.41421356238")
    assert found.decimals(4) == ("1.414", "1.415")
    assert decimal_text(Dyadic(5, -1), 1, up=True) == "3"


def test_at_least_one_digit_and_at_most_a_million() -> None:
    assert read_digits(1) == 1
    assert read_digits(MOST_DIGITS) == MOST_DIGITS


def test_series_have_at_least_the_terms_that_are_asked_for_and_no_fewer_than_before() -> None:
    before = ctx.cap
    with working_precision(64):
        inside = ctx.cap
        with series_terms(inside + 7):
            assert ctx.cap == inside + 7
            with series_terms(2):
                assert ctx.cap == inside + 7
        assert ctx.cap == inside
    assert ctx.cap == before


def test_the_lock_is_free_after_series_in_another_thread() -> None:
    def use(done: list[bool]) -> None:
        with series_terms(12):
            done.append(True)

    done: list[bool] = []
    for _ in range(2):
        thread = threading.Thread(target=use, args=(done,), daemon=True)
        thread.start()
        thread.join(30)
    assert done == [True, True]
