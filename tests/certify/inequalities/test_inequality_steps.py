"""Each step of a proof over boxes, at a falsehood that only this step refuses."""

from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.exact import to_ball
from bounds.certify.inequalities import (
    Counterexample,
    Proved,
    Term,
    decide_less,
    exp,
    log,
    sqrt,
    variable,
)
from bounds.certify.numbers.precision import working_precision

x, y = variable("x"), variable("y")


def accepts(lesser: object, greater: object, box: dict[str, object], most: int = 300) -> bool:
    try:
        return isinstance(decide_less(lesser, greater, box, most), Proved)  # type: ignore[arg-type]
    except Inconclusive:
        return False


def spike(at: str) -> Term:
    """1 at one place, below 1/1000 three hundredths away."""
    return exp(-9000 * (x - at) ** 2)


@pytest.mark.step("a range is taken as a whole", "both halves of a part", "the other one too")
@pytest.mark.parametrize("at", ["0.07", "0.3", "0.45", "0.55", "0.7", "0.93"])
@pytest.mark.parametrize("turned", [False, True])
def test_no_part_of_the_range_is_left_out(at: str, turned: bool) -> None:
    """False next to one place alone, which is no corner and no middle of a part."""
    assert not accepts(*((spike(at), "1/2") if not turned else ("-1/2", -spike(at))), {"x": (0, 1)})


@pytest.mark.parametrize("place", [("0.3", "0.7"), ("0.7", "0.3"), ("0.3", "0.3")])
def test_no_part_of_any_variable_is_left_out(place: tuple[str, str]) -> None:
    both = exp(-900 * ((x - place[0]) ** 2 + (y - place[1]) ** 2))
    assert not accepts(both, "1/2", {"x": (0, 1), "y": (0, 1)}, 2000)


@pytest.mark.step("an even power across 0 begins at 0", "an even one has not")
def test_an_even_power_over_a_range_across_0_is_not_its_ends() -> None:
    assert not accepts("1/2", x**2, {"x": (-1, 1)})
    assert not accepts("1/2", x**4, {"x": (-1, "1.5")})
    assert not accepts(x**2, "1/2", {"x": (-1, "1/2")})
    assert not accepts(x**2, "1/2", {"x": ("-1/2", 1)})


@pytest.mark.step("and ends at the larger end")
def test_a_falsehood_left_of_0_is_not_passed_over() -> None:
    """x² e^{−9000(x + 0.8)²} is 0.64 at −0.8, though x² is at most 1/4 right of 0."""
    assert not accepts(x**2 * spike("-0.8"), "1/2", {"x": (-1, "1/2")})
    assert not accepts(x**2 * spike("0.8"), "1/2", {"x": ("-1/2", 1)})


@pytest.mark.step("an odd power has both signs")
def test_an_odd_power_keeps_its_sign() -> None:
    assert not accepts(0, x**3, {"x": (-1, -1)})
    assert not accepts("-1/2", x**3, {"x": (-1, 1)})
    assert not accepts(x**3, "1/2", {"x": (-1, 1)})
    assert not accepts("-7/8", x**3, {"x": (-1, "-1/2")})


@pytest.mark.step("a power over both ends")
@pytest.mark.heavy
@given(
    st.fractions(-3, 3, max_denominator=20),
    st.fractions(0, 4, max_denominator=20),
    st.integers(2, 7),
    st.fractions(0, 1, max_denominator=50),
)
def test_a_power_over_a_range_holds_its_values(
    low: Fraction, width: Fraction, exponent: int, share: Fraction
) -> None:
    with working_precision(64):
        over = to_ball(low).union(to_ball(low + width))
        held = (x**exponent).at({"x": over})
        assert held.contains(to_ball((low + share * width) ** exponent))


@pytest.mark.parametrize(
    ("lesser", "greater", "box"),
    [
        (1 / x, 2, {"x": (-1, 1)}),
        (-1 / x, 2, {"x": (-1, 1)}),
        (-5, log(x), {"x": (0, 1)}),
        (sqrt(x), 2, {"x": (-1, 1)}),
        (x, 1, {"x": (0, 1)}),
        (0, x, {"x": (0, 1)}),
        (x, y, {"x": (0, 1), "y": (1, 2)}),
    ],
)
def test_ends_of_domains_and_equal_ends_are_not_passed_over(lesser, greater, box) -> None:
    assert not accepts(lesser, greater, box)


def test_a_counterexample_is_one() -> None:
    """The point lies in the box, and there the opposite is proved, strictly."""
    outcome = decide_less(spike("0.5"), "1/2", {"x": (0, 1)})
    assert isinstance(outcome, Counterexample)
    assert outcome.point == {"x": Fraction(1, 2)}
    assert outcome.proof.lesser.head == Fraction(1, 2)
    corner = decide_less(x, "0.9", {"x": (0, 1)})
    assert isinstance(corner, Counterexample)
    assert corner.point == {"x": Fraction(1)}


def test_a_range_is_taken_with_both_ends_and_in_between() -> None:
    with working_precision(64):
        over = to_ball(Fraction(1, 3)).union(to_ball(Fraction(2, 3)))
        for term, at in ((x, "0.5"), (x + 0, "0.334"), (1 - x, "0.66")):
            assert term.at({"x": over}).contains(arb(at))


class Infinite(Term):
    """A term whose value is beyond every number."""

    def at(self, place: object) -> arb:  # noqa: ARG002 - as every term has it
        return arb.pos_inf() if self.head == "more" else arb.neg_inf()


@pytest.mark.step("both sides are finite")
def test_an_infinite_side_is_not_compared() -> None:
    for box in ({"x": 1}, {"x": (0, 1)}):
        assert not accepts(x, Infinite("more", x), box)
        assert not accepts(Infinite("less", x), x, box)
        with pytest.raises(Inconclusive):
            decide_less(Infinite("more", x), x, box, 50)


@pytest.mark.parametrize("ends", [(arb(0, 1), 1), (0, arb(1, 0.5)), (arb(0, 1), arb(2, 1))])
def test_the_ends_of_a_range_are_exact(ends: tuple[object, object]) -> None:
    with pytest.raises(InputError, match="must be exact"):
        decide_less(x, 9, {"x": ends})


@pytest.mark.parametrize("exponent", [1, 100, 0, -2, 2.0, "2"])
def test_a_power_is_one_that_the_checker_knows(exponent: object) -> None:
    with pytest.raises(InputError, match="from 2 to 99"):
        x**exponent  # type: ignore[operator]


def test_the_last_powers_are_powers() -> None:
    assert accepts(x**99, 1, {"x": ("0.5", "0.9")})
    assert accepts(0, x**2, {"x": ("0.5", "0.9")})


def test_a_ball_is_no_number_of_a_term() -> None:
    with pytest.raises(InputError, match="must be exact"):
        x + arb(1, 0.5)


def test_without_variables_no_box_is_needed() -> None:
    assert decide_less(1, 2).holds
    assert decide_less("2", "1").holds is False
