"""An enclosure: its faces lie outside, and nothing that is none becomes one."""

from fractions import Fraction

import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st

from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.numbers.digits import enclosed, enclosed_number
from bounds.certify.numbers.enclosure import Dyadic, Enclosure, decimal_text, dyadic_ends, placed
from bounds.certify.numbers.precision import working_precision

NUMBER = st.builds(Dyadic, st.integers(-(2**70), 2**70).filter(bool), st.integers(-90, 40))


@given(NUMBER, st.integers(1, 30))
def test_a_decimal_below_is_below_and_one_above_is_above(value: Dyadic, digits: int) -> None:
    assert Fraction(decimal_text(value, digits, up=False)) <= value.fraction()
    assert Fraction(decimal_text(value, digits, up=True)) >= value.fraction()


@pytest.mark.step(
    "the lower end", "the upper end", "a lower face is rounded down", "an upper face is rounded up"
)
@given(NUMBER, st.integers(0, 2**40), st.integers(-60, 10), st.integers(1, 12))
def test_both_ends_of_a_ball_are_held(middle: Dyadic, radius: int, shift: int, digits: int) -> None:
    with working_precision(128):
        centre = arb(middle.mantissa) * arb(2) ** middle.exponent
        ball = arb(centre, arb(radius) * arb(2) ** shift)
        low, high = (end.fraction() for end in dyadic_ends(ball))
        assert low <= middle.fraction() - Fraction(radius) * Fraction(2) ** shift
        assert high >= middle.fraction() + Fraction(radius) * Fraction(2) ** shift
        try:
            found = Enclosure.of(ball, digits)
        except Inconclusive:
            return
        below, above = (Fraction(text) for text in found.decimals())
        assert below <= low <= high <= above
        assert found.ball().contains(ball)
        assert middle.fraction() in found


@pytest.mark.step("the ball is finite", "it carries its digits")
@pytest.mark.parametrize("ball", [arb.nan(), arb.pos_inf(), arb(1, 1), arb(0, 1), arb("inf")])
def test_what_is_no_enclosure_becomes_none(ball: arb) -> None:
    with pytest.raises(Inconclusive):
        Enclosure.of(ball, 3)
    with pytest.raises(InputError):
        Enclosure.of("1", 3)  # type: ignore[arg-type]


@pytest.mark.step("a number inside is above the lower end", "and below the upper")
def test_outside_is_not_in_it() -> None:
    found = Enclosure.of(arb(1, 1e-9), 6)
    for number, inside in ((1, True), ("1.0001", False), ("0.9999", False)):
        assert (number in found) is inside
    assert arb(1, 1e-10) in found
    assert arb(1, 1e-3) not in found
    assert arb("1.000000001", 1e-9) not in found
    assert arb("0.999999999", 1e-9) not in found


@pytest.mark.step("the ball holds both ends")
def test_the_ball_of_an_enclosure_holds_both_ends_at_any_precision() -> None:
    with working_precision(300):
        found = Enclosure.of(arb(1) / 3 + arb(0, arb(2) ** -200), 40)
    for bits in (20, 53, 400):
        with working_precision(bits):
            ball, before = found.ball(), ctx.prec
            assert before == bits
        low, high = (end.fraction() for end in dyadic_ends(ball))
        assert low <= found.low.fraction() < found.high.fraction() <= high


@pytest.mark.parametrize(
    ("digits", "power", "text"),
    [
        ("5", -5, "0.00005"),
        ("5", -6, "5e-06"),
        ("-52", -7, "-5.2e-06"),
        ("12", 0, "12"),
        ("12", 1, "1.2e+02"),
        ("-00", 3, "0"),
    ],
)
def test_a_decimal_is_plain_down_to_five_places(digits: str, power: int, text: str) -> None:
    assert placed(digits, power) == text


def test_a_number_that_is_enclosed_is_an_enclosure() -> None:
    pair = enclosed(lambda: {"pi": arb.pi(), "e": arb(1).exp()}, 30)
    assert list(pair) == ["pi", "e"]
    for found in (pair["pi"], enclosed_number(arb.pi, 30)):
        assert found.decimals(20)[0] == "3.1415926535897932384"
