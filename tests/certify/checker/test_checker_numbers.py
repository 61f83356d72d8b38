from fractions import Fraction

import gmpy2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounds.certify.checker.number import read_number, told_number, told_point, told_range
from bounds.certify.checker.verdict import Rejected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2),
        ("-2", -2),
        ("+7", 7),
        ("0.5", Fraction(1, 2)),
        ("1e-3", Fraction(1, 1000)),
        ("1.25E2", 125),
        ("12.50e+1", 125),
        ("201/100", Fraction(201, 100)),
        ("-6/4", Fraction(-3, 2)),
        ("3*2^4", 48),
        ("-3*2^-4", Fraction(-3, 16)),
        ("0*2^-4", 0),
    ],
)
def test_exact_values(text, value):
    assert read_number(text, 100) == value


@given(st.fractions(), st.integers(-50, 50))
def test_round_trips(number, exponent):
    assert read_number(str(number), 10_000) == number
    dyadic = f"{number.numerator}*2^{exponent}"
    assert read_number(dyadic, 10_000) == number.numerator * Fraction(2) ** exponent


def test_longer_than_python_would_read():
    assert read_number("1" + "0" * 5000, 10_000) == 10**5000


@pytest.mark.parametrize(
    "value",
    ["", " 1", "1 ", "nan", "inf", "-inf", "1/0", "1/-2", "1.", ".5", "1e", "0x10", "1_000", "١",
     "--1", "1*2^", "1*3^4", "1.5*2^3", "1/2/3", "1e99999999999", "1e101", "1*2^-101", "9" * 101,
     1, 1.5, None, True, [], {}, b"1"],
)  # fmt: skip
def test_what_is_not_a_number(value):
    with pytest.raises(Rejected):
        read_number(value, 100)


@pytest.mark.parametrize("up", [True, False])
@pytest.mark.parametrize(
    "text",
    ["1/3", "-2", "1e-300", "-123456789/1000", "0.00103340816855740853351", "1*2^-400", "-7*2^300",
     "12345678901234567890123456789012345678901234567890", "99999999999999999999999999999999.9999",
     "-0.000099999999999999999999999999999999999999", "3*2^-140", "1e3999", "-1e-3999"],
)  # fmt: skip
def test_a_number_is_told_as_it_is_or_rounded_as_asked(text, up):
    number = read_number(text, 4000)
    shown = read_number(told_number(number, up=up), 4000)
    assert shown >= number if up else shown <= number
    assert abs(shown - number) <= abs(number) / 10**28
    assert len(told_number(number, up=up)) < 80


@pytest.mark.parametrize("up", [True, False])
@given(st.integers(-(2**200), 2**200), st.integers(1, 2**200), st.integers(-40, 40))
def test_what_is_told_lies_on_the_side_that_is_asked_for_and_near(up, top, bottom, power):
    number = gmpy2.mpq(top, bottom) * gmpy2.mpq(10) ** power
    told = Fraction(told_number(number, up=up))
    exact = Fraction(int(number.numerator), int(number.denominator))
    assert (told >= exact) if up else (told <= exact)
    assert abs(told - exact) <= abs(exact) / 10**28


@pytest.mark.heavy
@pytest.mark.parametrize("whole", ["1", "10", "12", "1234", "12e28", "1e40", "-7e33", "15e-1"])
@pytest.mark.parametrize("power", [-40, -9, -7, -6, -5, -1, 0, 1, 5])
def test_short_decimals_of_many_bits_are_told_exactly(whole, power):
    exact = Fraction(whole) * Fraction(10) ** power
    number = gmpy2.mpq(exact.numerator, exact.denominator)
    for up in (True, False):
        assert Fraction(told_number(number, up=up)) == exact
    assert Fraction(told_point(number)) == exact


@pytest.mark.parametrize("digits", [20, 50, 200])
def test_a_range_shows_all_digits_that_both_ends_share(digits):
    third = gmpy2.mpq(1, 3)
    low, high = (third + sign * gmpy2.mpq(1, 10**digits) for sign in (-1, 1))
    shown = told_range(low, high)
    bottom, top = (Fraction(end) for end in shown.strip("[]").split(", "))
    assert bottom <= low < high <= top
    assert top - bottom <= Fraction(5, 2) * (high - low) / 2
    assert len(shown) > 2 * digits


def test_a_wide_range_and_one_around_0_are_short():
    tiny = gmpy2.mpq(1, 3**200)
    assert len(told_range(-tiny, tiny)) < 100
    assert len(told_range(tiny, 2 * tiny)) < 100
    assert len(told_range(tiny, tiny)) < 100
