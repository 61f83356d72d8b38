"""Steps behind the interval and the medians, at what only this step refuses."""

import math
from fractions import Fraction

import pytest
from flint import arb

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.functions.normal import cdf
from bounds.lower import interval, median, window_median
from bounds.lower.allocation import best_parts, equal_split_value, local_maxima
from bounds.lower.median import binomial_tail


@pytest.mark.step("c/n is not at √(2π/3)")
def test_a_budget_too_close_to_a_change_is_undecided() -> None:
    """c/2 within 10⁻³⁰⁰⁰ of √(2π/3): no precision used tells it apart."""
    with working_precision(12_000):
        place = 2 * (2 * arb.pi() / 3).sqrt()
        mantissa, exponent = place.mid().man_exp()
        near = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    with pytest.raises(bounds.Inconclusive, match="too close"):
        local_maxima(5, near)
    assert list(local_maxima(5, near + Fraction(1, 10**9))) == [1, 2]
    assert list(local_maxima(5, near - Fraction(1, 10**9))) == [1]


@pytest.mark.step("the risk on every cell is below the top")
@pytest.mark.heavy
def test_a_cell_above_the_top_is_never_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A top that lies below the risk at its greatest is proved by no cell."""
    monkeypatch.setattr(interval, "_SLACK", -arb(1) / 64)
    monkeypatch.setattr(interval, "_SUPPORT", 8)
    monkeypatch.setattr(interval, "_ROUNDS", 50)
    with working_precision(64), pytest.raises(bounds.Inconclusive, match="not bounded"):
        interval._bracket(arb("1.5"))


@pytest.mark.step("the sum's error is taken off", "and added")
def test_the_errors_of_both_sums_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """At few bits the errors are what keeps the ends apart from the sums."""
    monkeypatch.setattr(interval, "_SUPPORT", 8)
    monkeypatch.setattr(interval, "_ROUNDS", 50)
    with working_precision(64):
        fine = interval._bracket(arb("1.2"))
        monkeypatch.setattr(interval, "_ACCURACY", 8)
        rough = interval._bracket(arb("1.2"))
        # the error told is about 49τ²·2^(1−8), and far above what the sums lack
        assert fine[0] - rough[0] > arb("0.1")
        assert rough[1] - fine[1] > arb("0.1")


@pytest.mark.step("the rest of a binomial tail")
def test_the_rest_of_a_tail_is_counted() -> None:
    with working_precision(64):
        for trials, least in ((50, 30), (200, 110), (1000, 530)):
            chance = Fraction(1, 2)
            exact = sum(
                (Fraction(math.comb(trials, j), 2**trials) for j in range(least, trials + 1)),
                Fraction(0),
            )
            assert binomial_tail(trials, to_ball(chance), least, 3).contains(to_ball(exact).mid())


@pytest.mark.step("the corrupted above the median")
def test_the_median_bound_holds_what_an_attack_does() -> None:
    """All corrupted samples far out on one side: E median² from the law of order statistics."""
    clients, corrupted = 201, 10
    with working_precision(64):
        bound = median._block_risk(clients, corrupted, corrupted)
        total, step = arb(0), arb(1) / 200
        for j in range(800):
            s = step * j
            above = binomial_tail(clients - corrupted, cdf(-s), (clients + 1) // 2 - corrupted)
            total += 2 * s * step * above
        assert total < bound
        assert total > bound / 3


@pytest.mark.step("Hoeffding beyond half the corrupted", "a chance for both sides")
@pytest.mark.parametrize("nu", ["0.01", "0.1"])
def test_the_chance_of_a_far_median_is_no_less_than_it_is(nu: str) -> None:
    """∫ 2s min(1, 2 exp(−2g(Φ(s) − ½ − ν/2)²)) ds by a fine sum from below."""
    g = 2000
    with working_precision(64):
        bound = window_median._mean_square(arb(g), arb(nu))
        total, step = arb(0), arb(1) / 1000
        for j in range(1, 1500):
            s = step * j
            beyond = cdf(s) - arb(0.5) - arb(nu) / 2
            chance = arb(1)
            if beyond > 0:
                chance = chance.min(2 * (-2 * g * beyond * beyond).exp())
            total += 2 * (s - step) * step * chance
        assert total < bound
        assert bound < 2 * total


@pytest.mark.step("the line lies above F on every block")
def test_the_line_of_the_split_lies_above_every_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """With F a parabola, the bound is at least F at the budget shared by all."""
    monkeypatch.setattr(window_median, "_mean_square", lambda _g, nu, _far: nu * nu)
    with working_precision(64):
        bound = window_median._bound(2, Fraction(1, 10), Fraction(10**8))
        # a half of the clients with ν = c, all of the budget on them
        assert bound > to_ball(Fraction(1, 10)) ** 2 / 2


@pytest.mark.step("one part more gains less")
@pytest.mark.parametrize("k", [1, 3, 30])
@pytest.mark.parametrize("c", ["0.5", "3", "9", "20", "50", "200"])
def test_the_best_number_of_parts_gains_more_than_its_neighbours(k: int, c: str) -> None:
    best = best_parts(k, Fraction(c))
    with working_precision(96):
        gains = [equal_split_value(k, arb(c), n) for n in range(1, k + 1)]
        assert all(gains[best - 1] > gain for n, gain in enumerate(gains, 1) if n != best)
