"""Folds: isolated, of the right direction, and with the shapes that they separate."""

from fractions import Fraction

import pytest

import bounds
from bounds.critical import folds as module_function
from bounds.critical.regimes import REGIMES

FOLDS = bounds.folds(30)


def test_there_is_one_fold_between_neighbouring_regimes() -> None:
    for fold, before, after in zip(FOLDS, REGIMES[:-1], REGIMES[1:], strict=True):
        low, high = (end.fraction() for end in (fold.delta.low, fold.delta.high))
        assert before.high < low
        assert high < after.low
        assert len(after.shape) - len(before.shape) == {"appear": 2, "vanish": -2}[fold.change]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_two_inflections_close_in_on_the_fold(number: int) -> None:
    """The second route: at Δ next to the fold, on the side where there are two more, they lie on
    both sides of its ε, at a distance of the order of the root of that in Δ."""
    fold = FOLDS[number]
    step = Fraction(1, 10**5) * (1 if fold.change == "appear" else -1)
    delta = Fraction(round(fold.delta.low.fraction() * 10**8), 10**8) + step
    points = [float(point.eps.low) for point in bounds.inflections(delta, 15).points]
    place = float(fold.eps.low)
    nearest = sorted(points, key=lambda eps: abs(eps - place))[:2]
    assert min(nearest) < place < max(nearest)
    assert max(nearest) - min(nearest) < 0.02
    assert len(bounds.inflections(delta - 2 * step, 15).points) == len(points) - 2


def test_more_digits_refine_the_enclosure() -> None:
    for coarse, fine in zip(FOLDS, bounds.folds(120), strict=True):
        assert coarse.delta.low.fraction() <= fine.delta.low.fraction()
        assert fine.delta.high.fraction() <= coarse.delta.high.fraction()


@pytest.mark.parametrize("digits", [0, True, "30"])
def test_digits_are_counted(digits: object) -> None:
    with pytest.raises(bounds.InputError, match="digits"):
        module_function(digits)  # type: ignore[arg-type]
