"""ε_cr and the inflections from guesses: a wrong guess proves nothing, a right one all."""

from fractions import Fraction

import pytest

import bounds
from bounds.critical.replay import eps_cr_near, guess_of, inflections_near, read_guess

DELTAS = ["0.9", "1.0905", "1.2", "1.47", "1.5", "2", "3", "8", "20", "40"]


@pytest.mark.heavy
@pytest.mark.parametrize("digits", [3, 12, 30, 200])
@pytest.mark.parametrize("delta", DELTAS)
def test_a_right_guess_gives_what_the_survey_gives(delta: str, digits: int) -> None:
    whole = bounds.inflections(delta, digits)
    again = inflections_near(Fraction(delta), digits, guess_of(whole.points))
    assert again.shape == whole.shape
    for one, other in zip(again.points, whole.points, strict=True):
        assert one.turn == other.turn
        meet(one.eps, other.eps)
        meet(one.loss, other.loss)
    for near, surveyed in zip(again.distances, whole.distances, strict=True):
        meet(near, surveyed)
    meet(again.eps_max, whole.eps_max)


def meet(one: bounds.Enclosure, other: bounds.Enclosure) -> None:
    """Two enclosures of one number have a point in common."""
    assert one.low.fraction() <= other.high.fraction()
    assert other.low.fraction() <= one.high.fraction()


@pytest.mark.parametrize("delta", ["0.9", "1.5", "2", "40"])
def test_eps_cr_near_its_place(delta: str) -> None:
    value = bounds.eps_cr(delta, 40)
    again = eps_cr_near(Fraction(delta), 40, guess_of([value]))
    meet(again.eps, value.eps)
    assert (again.turn, again.turns) == (value.turn, 1)


@pytest.mark.step(
    "guesses lead to as many inflections as the shape has", "which are different ones, in order"
)
def test_each_condition_refuses_what_it_must() -> None:
    two, far = Fraction(2), Fraction("1.2")
    first, second = guess_of(bounds.inflections(2).points)
    four = guess_of(bounds.inflections("1.2").points)
    for guess in ([first], [first, first], [second, first], [second, second], [first, second] * 2):
        with pytest.raises(bounds.Inconclusive):
            inflections_near(two, 30, guess)
    for guess in ([second], [], [first, second]):  # convex to concave; none; two
        with pytest.raises(bounds.Inconclusive):
            eps_cr_near(two, 30, guess)
    with pytest.raises(bounds.Inconclusive):  # the first of two turns is not known from one root
        eps_cr_near(far, 30, [four[2]])
    with pytest.raises(bounds.Inconclusive):
        inflections_near(far, 30, [four[0], four[1], four[0], four[3]])
    with pytest.raises(bounds.Inconclusive, match="no range"):
        inflections_near(Fraction("1.477355"), 30, four)


def test_with_a_turn_of_the_wrong_kind_nothing_is_proved() -> None:
    whole = bounds.inflections("1.2", 30)
    guess = guess_of(whole.points)
    with pytest.raises(bounds.Inconclusive):
        inflections_near(Fraction("1.2"), 30, [guess[1], guess[0], guess[2], guess[3]])


@pytest.mark.parametrize(
    "guess",
    [None, {}, [1], [[1, 2, 3]], [["1", "2", 3]],
     [["1", "2"]], [["1", "2", "3", "4"]], [["1", "2", "-3"]], [["1", "2", "nan"]],
     [["1", "2", "1e99999"]], [["1", "2", "9" * 60]], [["1", "2", "١"]], [["1", "2", "[1 +/- 9]"]]],
)  # fmt: skip
def test_what_is_no_guess_is_refused(guess: object) -> None:
    with pytest.raises(ValueError, match="a guess"):
        read_guess(guess, 30)


@pytest.mark.parametrize(("digits", "most"), [(3, 41), (25, 41), (30, 46), (100, 116)])
def test_a_guess_has_few_digits_more_than_are_asked_for(digits: int, most: int) -> None:
    """However few are asked for, 25 are kept."""
    guess = [["9" * most, "1", "2"]]
    assert read_guess(guess, digits) == guess
    with pytest.raises(ValueError, match="a guess"):
        read_guess([["9" * (most + 1), "1", "2"]], digits)


@pytest.mark.parametrize("number", ["0", "0.0", "1e-9999", "1e9999", "1e+300"])
def test_a_guess_beyond_all_bounds_is_inconclusive_in_no_time(number: str) -> None:
    (guess,) = [[number, number, number]]
    for digits in (5, 30):
        with pytest.raises(bounds.Inconclusive):
            eps_cr_near(Fraction(2), digits, [guess])
        with pytest.raises(bounds.Inconclusive):
            inflections_near(Fraction(2), digits, [guess, guess])
