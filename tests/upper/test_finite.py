"""The best allocation over k components, against searches in float64 that know no structure."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from flint import arb
from marks import all_heavy_but, heavy

import bounds
from bounds.certify.errors import InputError
from bounds.certify.numbers.precision import working_precision
from bounds.upper import best_allocation, envelope, finite, upper_bound
from bounds.upper.extended import estimate_at, loss_above


def losses(delta: str, masses: np.ndarray) -> np.ndarray:
    """The extended one-component loss at many masses."""
    corner = float(envelope(delta, 12).corner)
    with working_precision(64):
        d = arb(delta)
        return np.array(
            [
                1.0
                if mass >= corner
                else float(loss_above(estimate_at(bounds.filter_radius(arb(mass), d), d), d))
                if mass > 0
                else 0.0
                for mass in masses
            ]
        )


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("delta", "kappa"),
    [
        ("1.5", "1/4"),
        heavy("2", "1/10"),
        heavy("2", "1/2"),
        ("3", "0.49"),
        heavy("3", "1/1000"),
    ],
)
@pytest.mark.parametrize("components", [2, 3])
def test_no_allocation_on_a_grid_does_better(delta: str, kappa: str, components: int) -> None:
    """Second route: all ways to lay the budget out in steps, and nothing about the loss."""
    found = best_allocation(components, delta, kappa)
    assert found.exact
    steps = 400 if components == 2 else 120
    budget = float(Fraction(kappa)) * components
    heights = losses(delta, budget * np.arange(steps + 1) / steps)
    best = max(
        sum(heights[list(parts)]) + heights[steps - sum(parts)]
        for parts in product(range(steps + 1), repeat=components - 1)
        if sum(parts) <= steps
    )
    assert best / components <= float(found.attained) + 1e-12
    slack = 0.02 * float(found.attained) if components == 2 else 0.1 * float(found.attained)
    assert best / components >= float(found.attained) - slack


PROBLEMS = list(product((2, 3, 10, 200), ("1.5", "2", "3", "8"), ("1/1000", "1/10", "1/2")))


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("components", "delta", "kappa"),
    [row if number % 5 == 0 else heavy(*row) for number, row in enumerate(PROBLEMS)],
)
def test_its_masses_attain_it(components: int, delta: str, kappa: str) -> None:
    found = best_allocation(components, delta, kappa)
    assert found.exact
    corner = float(envelope(delta, 12).corner)
    odd = [] if found.odd is None else [float(found.odd)]
    others = components - found.lost - len(odd)
    each = [] if found.each is None else [float(found.each)]
    spent = found.lost * corner + sum(odd) + (others * each[0] if each else 0)
    assert spent == pytest.approx(components * float(Fraction(kappa)), rel=1e-9)
    total = found.lost + sum(losses(delta, np.array(odd)))
    total += others * losses(delta, np.array(each))[0] if each else 0
    assert total / components == pytest.approx(float(found.attained), rel=1e-9)


@pytest.mark.heavy
@pytest.mark.parametrize("components", [1, 2, 3, 10, 200])
@pytest.mark.parametrize("kappa", ["1/1000000", "1/10", "1/2", "3"])
@pytest.mark.parametrize("delta", ["0.5", "1", "1.3", heavy("2")])
def test_it_is_below_the_envelope_by_one_share_at_most(
    components: int, delta: str, kappa: str
) -> None:
    found = best_allocation(components, delta, kappa)
    above = upper_bound(delta, kappa, "repaired")
    with working_precision(128):
        near = above.value.ball() - above.constants["far"].ball()
        gap = near - found.attained.ball()
        assert gap > -1e-9
        assert found.at_most.ball() < near + 1e-9
        if found.exact:
            assert gap < arb(1) / components + 1e-9


@pytest.mark.heavy
def test_the_larger_k_the_better_for_the_adversary() -> None:
    """Doubling k keeps every allocation."""
    values = [best_allocation(k, "2", "1/10").attained.high.fraction() for k in (1, 2, 4, 8, 16)]
    assert values == sorted(values)


def test_one_component_takes_it_all() -> None:
    with working_precision(128):
        loss = bounds.loss(arb("0.5"), arb(2))
        assert best_allocation(1, "2", "1/2").attained.ball().overlaps(loss)


def test_without_the_slopes_two_between_are_not_excluded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeded error: a line of sight three times as long."""
    honest = finite.sight
    monkeypatch.setattr(finite, "sight", lambda g: 3 * honest(g))
    assert not best_allocation(3, "2", "1/10").exact


@pytest.mark.parametrize("components", [0, -1, True, 1.5, 10**6 + 1])
def test_the_number_of_components_is_a_count(components: object) -> None:
    with pytest.raises(InputError):
        best_allocation(components, "2", "0.1")  # type: ignore[arg-type]


def test_balls_are_refused() -> None:
    for delta, kappa in (("2", arb("0.1")), (arb("2", "1e-9"), "0.1")):
        with pytest.raises(InputError, match="exact"):
            best_allocation(2, delta, kappa)


def a_search() -> tuple[finite._Search, arb]:
    """Ten components with one lost, at the working precision: the search, and what is left."""
    shape = envelope("2", 60)
    tried = finite._tried(10, Fraction(1, 10), shape)
    search = finite._Search(10, Fraction(1, 10), shape, tried, 6, 60)
    return search, search.budget - search.corner


@pytest.mark.parametrize("delta", ["1.5", "2", "3", "8"])
@pytest.mark.parametrize("share", ["0.1", "0.3", "0.5", "0.7"])
def test_the_bend_is_the_derivative_of_the_slope(delta: str, share: str) -> None:
    """On both sides of eps_max, and over a ball."""
    with working_precision(400):
        d = arb(delta)
        mass = (envelope(delta, 40).corner.ball() * arb(share)).mid()
        step = mass * arb(2) ** -100
        ends = [finite._place((mass + sign * step).mid(), d) for sign in (-1, 1)]
        rates = [finite._rate(end, end, d) for end in ends]
        bend = finite._bend(mass, d)
        assert abs((rates[1] - rates[0]) / (2 * step) - bend) < abs(bend) * arb(2) ** -80
        wide = arb(mass, mass * arb(2) ** -20)
        assert finite._bend(wide, d).contains(bend.mid())


@pytest.mark.step("it rises above T(m) by what T′ and T″ allow", "that is little")
@pytest.mark.heavy
@pytest.mark.parametrize("right", all_heavy_but({"0.6"}, ["1", "0.6", "3"]))
def test_a_summit_is_enclosed_from_any_of_its_points(
    right: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Newton's method left out: the middle of a piece around the best c, or beside it."""
    with working_precision(400):
        search, rest = a_search()
        near = best_allocation(10, "2", "1/10", 40).odd
        assert near is not None
        best = near.ball().mid()
        width = (rest - best).mid() / 1024
        low, high = (best - width).mid(), (best + width * arb(right)).mid()
        bend = search._bend(low.union(high), 8, rest)
        assert bend < 0
        top = search._summit(1, 8, rest, low, high, bend)
        assert top is not None
        assert top.total.rad() < search.slack
        monkeypatch.setattr(finite, "_NARROW", 10**6)
        search.slack = arb(2) ** -200
        if right != "1":
            assert search._summit(1, 8, rest, low, high, bend) is None  # not close enough
        search.slack = arb(1)
        found = search._summit(1, 8, rest, low, high, bend)
        assert found is not None
        assert found.total.contains(top.total.mid())


@pytest.mark.step("a summit: the total is concave on the piece")
@pytest.mark.heavy
@pytest.mark.parametrize("bend", [heavy(arb(1)), arb(0, 1), heavy(arb.nan())], ids=str)
def test_a_piece_is_a_summit_only_where_the_total_is_concave(
    bend: arb, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere it is halved to the end, with the same result."""
    honest = best_allocation(10, "2", "1/10", 6).attained.decimals()
    monkeypatch.setattr(finite, "_bend", lambda *_: bend)
    with working_precision(400):
        search, rest = a_search()
        low, high = search.turn.lower(), search.corner.upper().min(rest.upper())
        assert search._searched(1, 8, rest, low, high)[0] == []
    assert best_allocation(10, "2", "1/10", 6).attained.decimals() == honest


@pytest.mark.heavy
def test_at_too_few_bits_the_search_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = best_allocation(10, "2", "1/10", 10)

    def refuse(*_: object) -> None:
        raise bounds.Inconclusive("at so few bits")

    monkeypatch.setattr(finite._Search, "_searched", refuse)
    halved = best_allocation(10, "2", "1/10", 10)
    assert halved.attained.decimals() == honest.attained.decimals()
    assert halved.exact


@pytest.mark.heavy
@pytest.mark.parametrize("kappa", [heavy("1/10"), "1/4"])
def test_many_digits_refine_the_same_optimum(kappa: str) -> None:
    few, many = (best_allocation(3, "2", kappa, digits) for digits in (12, 60))
    assert few.exact
    assert many.exact
    assert few.attained.low.fraction() <= many.attained.low.fraction()
    assert many.attained.high.fraction() <= few.attained.high.fraction()
    for name in ("odd", "each"):
        one, other = (getattr(found, name).low.fraction() for found in (few, many))
        assert abs(one - other) < abs(one) / 10**11
