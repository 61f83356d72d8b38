"""Φ(−t) of a short rational, summed or as Γ(½, t²/2), against erfc."""

from fractions import Fraction
from itertools import pairwise

import pytest
from flint import arb

from bounds.certify.arithmetic import tail
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision

PLACES = ("1/64", "1/3", "0.834", "1.3", "1.5", "2", "3.1", "22/7", "7.77", "16", "30.1", "59.99")


@pytest.mark.heavy
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("bits", [4000, 6000, 17_000])
def test_the_tail_is_that_of_erfc(place: str, bits: int) -> None:
    t = Fraction(place)
    with working_precision(bits):
        value = tail.upper_tail(t)
    with working_precision(bits + 100):
        truth = (to_ball(t) / arb(2).sqrt()).erfc() / 2
        assert value.contains(truth.mid())
        assert value.rel_accuracy_bits() > bits - 4


@pytest.mark.step("the terms left out are counted", "up to the last one that is summed")
@pytest.mark.parametrize("place", ["1/3", "3.1", "7.77", "29.9"])  # at the last, terms are halved
def test_few_terms_make_a_wide_ball_and_no_false_one(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left out of the sum is counted, however few terms are summed."""
    t = Fraction(place)
    least = int(t * t) + 1  # from here on a term is at most half of the one before
    with working_precision(400):
        truth = (to_ball(t) / arb(2).sqrt()).erfc() / 2
        balls = []
        for count in (least + 2, least + 4, least + 12):
            monkeypatch.setattr(tail, "_terms", lambda *_, n=count: n)
            balls.append(tail._summed(t))
            assert balls[-1].contains(truth)
        assert all(float(a.rad()) > float(b.rad()) for a, b in pairwise(balls))


def test_what_is_long_or_far_or_a_ball_goes_to_erfc() -> None:
    with working_precision(5000):
        for t in (Fraction(3**40, 2**60), Fraction(100), arb(3, "1e-30")):
            assert tail.upper_tail(t).overlaps((to_ball(t) / arb(2).sqrt()).erfc() / 2)
