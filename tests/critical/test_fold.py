"""Folds: isolated, of the right direction, and with the shapes that they separate."""

import random
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from flint import arb, fmpz_mat

import bounds
from bounds.certify.numbers.precision import working_precision
from bounds.critical import fold as module
from bounds.critical import folds as module_function
from bounds.critical.curve import station
from bounds.critical.fold import _change
from bounds.critical.regimes import REGIMES, ends_at_folds
from bounds.functions import density, mass_deficit

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


@pytest.mark.step("K and K_y vanish together once")
def test_more_digits_refine_the_enclosure() -> None:
    for coarse, fine in zip(FOLDS, bounds.folds(120), strict=True):
        assert coarse.delta.low.fraction() <= fine.delta.low.fraction()
        assert fine.delta.high.fraction() <= coarse.delta.high.fraction()


@pytest.mark.parametrize("digits", [0, True, "30"])
def test_digits_are_counted(digits: object) -> None:
    with pytest.raises(bounds.InputError, match="digits"):
        module_function(digits)  # type: ignore[arg-type]


def test_the_numbers_of_a_fold_fit_the_definitions() -> None:
    """Made now: the curve through y at this Δ has its other numbers, and touches 0 there."""
    for found in bounds.folds(20):
        with working_precision(200):
            y, d = found.radius_of_estimate.ball().mid(), found.delta.ball().mid()
            at = station(y, d)
            near = arb(0, "1e-15")
            for enclosure, value in (
                (found.radius, at.x),
                (found.shift, at.g),
                (found.eps, mass_deficit(at.x, d)),
                (found.eps, mass_deficit(y, d) - density(d) * at.x),
            ):
                assert enclosure.digits == 20
                assert (value + near).contains(enclosure.ball())
            step = arb("1e-9")
            rise = station(y + step, d).criterion - station(y - step, d).criterion
            assert abs(at.criterion) < arb("1e-15")
            assert abs(rise / (2 * step)) < arb("1e-10")


def test_the_direction_of_a_fold_is_that_of_two_determinants() -> None:
    """Along the curve, and along Δ, x and g follow from the first two rows by Cramer's rule."""
    draw = random.Random(5)
    seen = set()
    for _ in range(200):
        (a, b, c), (e, f, h) = ([draw.randint(1, 9) for _ in range(3)] for _ in range(2))
        first, second = [a, -b, 0, -c], [0, -e, f, h * draw.choice((1, -1))]
        value, trend = ([draw.randint(-9, 9) for _ in range(4)] for _ in range(2))
        by_y = fmpz_mat([first[:3], second[:3], trend[:3]]).det()
        by_delta = fmpz_mat([row[:1] + row[2:] for row in (first, second, value)]).det()
        small = draw.choice([1, arb(2) ** -16])  # a product below 1 has a sign, too
        rows = [[arb(e) for e in row] for row in (first, second)]
        rows += [[small * entry for entry in row] for row in (value, trend)]
        if by_y * by_delta:
            # the first has one exchange of columns the more
            change = "vanish" if -by_y * by_delta > 0 else "appear"
            assert _change(rows) == change
            seen.add(change)
    assert len(seen) == 2
    rows[3] = [arb(0)] * 4
    with pytest.raises(bounds.Inconclusive, match="no proved sign"):
        _change(rows)


def test_the_ranges_end_next_to_the_folds() -> None:
    """To five decimals, and on the right sides of them."""
    assert ends_at_folds() == [(a.high, b.low) for a, b in pairwise(REGIMES)]


@pytest.mark.step("the fold lies on the curve")
@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("factor", [-1, 0])
def test_a_fold_is_positive_in_each_of_its_numbers(
    number: int, factor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = module.certified_root

    def other(*at: Any) -> Any:
        root, *rest = honest(*at)
        return [factor * old if k == number else old for k, old in enumerate(root)], *rest

    monkeypatch.setattr(module, "certified_root", other)
    with pytest.raises(bounds.Inconclusive, match="a fold is not proved to lie on the curve"):
        module_function(10)
