import pickle
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction

import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st

from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.enclosure import (
    Dyadic,
    Enclosure,
    decimal_text,
    dyadic_ends,
    leading_power,
)
from bounds.certify.numbers.precision import working_precision

dyadics = st.builds(Dyadic, st.integers(-(10**30), 10**30), st.integers(-400, 300))


@given(dyadics, st.integers(1, 40))
def test_decimals_round_outwards_by_less_than_a_unit(value: Dyadic, digits: int) -> None:
    low = Fraction(decimal_text(value, digits, up=False))
    high = Fraction(decimal_text(value, digits, up=True))
    unit = Fraction(10) ** (leading_power(value) - digits + 1)
    assert low <= value.fraction() <= high
    assert value.fraction() - low < unit
    assert high - value.fraction() < unit


@given(dyadics.filter(lambda value: value.mantissa != 0))
def test_the_leading_power(value: Dyadic) -> None:
    power = leading_power(value)
    assert Fraction(10) ** power <= abs(value.fraction()) < Fraction(10) ** (power + 1)


@given(st.integers(-30, 300), st.sampled_from([-1, 0, 1]), st.integers(-5, 5))
def test_the_leading_power_next_to_powers_of_ten(power: int, step: int, shift: int) -> None:
    whole = 10 ** max(power, 0) * 2**200 // 10 ** max(-power, 0) + step
    value = Dyadic(whole, shift - 200)
    lead = leading_power(value)
    assert Fraction(10) ** lead <= value.fraction() < Fraction(10) ** (lead + 1)


@pytest.mark.parametrize(
    ("value", "digits", "down", "up"),
    [
        (Dyadic(1, 0), 3, "1.00", "1.00"),
        (Dyadic(1, -1), 1, "0.5", "0.5"),
        (Dyadic(-3, -2), 1, "-0.8", "-0.7"),
        (Dyadic(12345, 0), 3, "1.23e+04", "1.24e+04"),
        (Dyadic(3, -20), 3, "2.86e-06", "2.87e-06"),
        (Dyadic(0, 0), 5, "0", "0"),
        (Dyadic(999, 0), 2, "9.9e+02", "1.00e+03"),
    ],
)
def test_known_faces(value: Dyadic, digits: int, down: str, up: str) -> None:
    assert decimal_text(value, digits, up=False) == down
    assert decimal_text(value, digits, up=True) == up


def test_the_ends_of_a_ball_are_exact_at_any_working_precision() -> None:
    before = ctx.prec
    ctx.prec = 2000
    ball = arb(2).sqrt()
    ctx.prec = before
    low, high = (end.fraction() for end in dyadic_ends(ball))
    assert low**2 < 2 < high**2
    assert high - low < Fraction(1, 2**1990)


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9), st.integers(3, 25))
def test_an_enclosure_holds_its_number(top: int, bottom: int, digits: int) -> None:
    exact = Fraction(top, bottom)
    with working_precision(120):
        enclosure = Enclosure.of(arb(top) / bottom, digits)
        low, high = (Fraction(text) for text in enclosure.decimals())
        assert low <= exact <= high
        assert exact in enclosure
        assert enclosure.ball().contains(arb(top) / bottom)


def test_a_wide_or_broken_ball_is_not_an_enclosure() -> None:
    with pytest.raises(Inconclusive, match="too wide"):
        Enclosure.of(arb(1, 0.01), 10)
    with pytest.raises(Inconclusive, match="not finite"):
        Enclosure.of(arb("nan"), 10)


def test_enclosures_travel() -> None:
    enclosure = Enclosure.of(arb.pi(), 12)
    assert pickle.loads(pickle.dumps(enclosure)) == enclosure
    assert str(enclosure) == "[3.14159265358, 3.14159265359]"
    assert float(enclosure) == pytest.approx(3.141592653589793)
    assert Decimal("3.1415926535897932") not in Enclosure.of(arb(3), 5)


def test_the_ball_of_an_enclosure_leaves_the_precision_as_it_was_in_threads() -> None:
    with working_precision(200):
        enclosures = [
            Enclosure.of(arb(number).sqrt(), digits) for number in (2, 3) for digits in (9, 30)
        ]
    before = ctx.prec
    with ThreadPoolExecutor(8) as threads:
        for _ in range(20):
            list(threads.map(Enclosure.ball, enclosures * 50))
            assert ctx.prec == before


@pytest.mark.parametrize("far", [20_000, 200_000, 10**12])
@pytest.mark.parametrize("middle", [1, -3, 5 * 2**40])
def test_ends_hold_a_ball_of_a_tiny_radius(middle: int, far: int) -> None:
    """A radius below all digits is rounded up: the ends stay numbers of a bounded length."""
    radius = arb((1, -far))
    low, high = dyadic_ends(arb(middle, radius))
    assert max(abs(low.mantissa), abs(high.mantissa)).bit_length() < 2**18
    spread = (high.mantissa - low.mantissa).bit_length() - 2 + low.exponent
    assert low.exponent == high.exponent
    assert low.fraction() < middle < high.fraction()
    assert spread >= -far or far < 2**17
