"""The bracket's own steps: for each an input where leaving it out proves a falsehood."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import norm

import bounds
from bounds.bracket import above as home
from bounds.bracket import least_clients, lower_side, mixture_bound, upper_side
from bounds.bracket.mixture import _at_price, _corners
from bounds.bracket.side import Problem
from bounds.certify.errors import Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower import median_risk, support_lines
from bounds.lower.envelope import price_envelope
from bounds.lower.line import Line
from bounds.upper.beyond_slope import parts_for
from bounds.upper.possible_means import best_reach, parts_at


@pytest.mark.step("labels cost something where somebody is genuine")
@pytest.mark.heavy
@settings(max_examples=30)
@example(100, Fraction(9900), 0, 1)
@example(2, Fraction(200), 3, 2)
@given(st.integers(1, 40), st.fractions(1, 100), st.integers(0, 9), st.integers(1, 9))
def test_where_nobody_is_genuine_there_is_no_error(
    k: int, c: Fraction, distance: int, clients: int
) -> None:
    """K(m) is at most 1 − (c/(k + c))ⁿ, as every client may keep its sample."""
    low = lower_side(k, c, distance, clients / (k + c), 8).value
    assert low.low.fraction() <= 1 - (c / (k + c)) ** clients


@pytest.mark.step("beyond the best slope: the height of the line")
@pytest.mark.heavy
@pytest.mark.parametrize("kappa", ["1", "2", "4"])
def test_beyond_the_best_slope_clients_lose_the_height_of_the_line_too(kappa: str) -> None:
    """At large D and k the limit is V̂(κ), which is above the line's slope times κ."""
    found = upper_side(10**6, Fraction(kappa) * 10**6, 10**4)
    assert found.method in ("line above every set", "information")
    assert found.value.high.fraction() > price_envelope(kappa).low.low.fraction()
    sides = bounds.risk_bracket(10**6, Fraction(kappa) * 10**6, 10**4).upper
    assert all(
        side.value.high.fraction() > price_envelope(kappa).low.low.fraction() for side in sides
    )


def _height(slope: float, alpha: float, kappa: float, t: float) -> float:
    """α + σ(κ + 2Φ(−2t)) + F in floats, F = E[(|Z| + 2t)²; |Z| ≥ 2t]."""
    u = 2 * t
    far = 2 * ((1 + u * u) * norm.sf(u) + 3 * u * norm.pdf(u))
    return alpha + slope * (kappa + 2 * float(norm.sf(u))) + float(far)


@pytest.mark.step(
    "possible means: the mass that wide cuts share", "and what far clients lose in the limit"
)
@pytest.mark.parametrize("distance", [9, 12, 18])
def test_what_wide_cuts_share_and_far_clients_lose_is_in_the_bound(distance: int) -> None:
    """At D = 9 they are a third of it: the theorem's sum, in floats, at the t that is told."""
    kappa = Fraction(1, 50)
    found = bounds.risk_bracket(50, 1, distance)
    (listed,) = (side for side in found.upper if side.method == "possible means")
    t = best_reach(float(distance), float(kappa)) * distance
    with working_precision(64):
        parts = parts_at(to_ball(distance), to_ball(t), 15)
    assert parts is not None
    expected = _height(float(parts.slope), 0.0, float(kappa), float(t))
    assert float(listed.value) == pytest.approx(expected, rel=1e-9)
    if distance == 9:
        assert expected > 1.1 * float(parts.slope) * float(kappa)


@pytest.mark.step(
    "and the mass that wide cuts share", "and what far clients lose beyond a distance"
)
@pytest.mark.heavy
@pytest.mark.parametrize("distance", [40, 60])
def test_the_same_beyond_the_best_slope(distance: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """At t = 5/2, where more than rounding is left of them; any t gives a bound."""
    reach = Fraction(5, 2)
    monkeypatch.setattr(home, "reach_for", lambda *_: reach / distance)
    kappa = Fraction(7, 10)
    line = support_lines.best_line(kappa)
    with working_precision(64):
        parts = parts_for(line, to_ball(distance), to_ball(reach))
        assert parts is not None
        problem = Problem(100, 100 * kappa, Fraction(distance), None)
        (side,) = home._beyond(problem, kappa, 15)
    expected = _height(float(parts.slope), float(line.alpha), float(kappa), float(reach))
    assert float(side.value) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("m", [None, 100])
def test_means_that_may_coincide_leave_the_own_sample(m: int | None) -> None:
    (own,) = bounds.risk_bracket(2, 1, 0, m).upper
    assert own.method == "own sample"


@pytest.mark.heavy
def test_for_very_many_components_no_window_is_asked_for() -> None:
    found = bounds.risk_bracket(2 * 10**6, "1/2", 200, 10**9)
    assert all(side.method != "median in a window" for side in found.upper)


@pytest.mark.step("a window asks for means 100 apart")
@pytest.mark.heavy
@pytest.mark.parametrize(("distance", "there"), [("99.99", False), (100, True)])
def test_the_median_in_a_window_asks_for_means_100_apart(distance: str | int, there: bool) -> None:
    """Nearer, the window may hold reports of another component."""
    found = bounds.risk_bracket(2, "1/20", distance, 200_000)
    assert any(side.method == "median in a window" for side in found.upper) is there


def test_one_component_is_as_far_from_others_as_one_likes() -> None:
    for distance in (0, 1, 1000):
        problem = Problem(1, Fraction(1, 20), Fraction(distance), None)
        assert home._window(problem, Fraction(200_000), 6) is not None
    assert home._window(Problem(2, Fraction(1, 20), Fraction(99), None), Fraction(10**6), 6) is None


@pytest.mark.heavy
@pytest.mark.parametrize(("clients", "counted"), [(1071, 1071), (1072, 1071), (102, 101)])
def test_an_even_number_of_clients_leaves_one_report_out(clients: int, counted: int) -> None:
    c = Fraction(1, 20)
    side = home._median(Problem(1, c, Fraction(0), None), clients / (1 + c), 6)
    assert side is not None
    assert side.value == median_risk(c, counted / (1 + c), 6).risk
    assert side.m == clients / (1 + c)


def test_with_too_few_clients_or_too_many_corrupted_there_is_no_median() -> None:
    for c, clients in ((Fraction(1, 20), 100), (Fraction(51, 100), 1001)):
        assert home._median(Problem(1, c, Fraction(0), None), clients / (1 + c), 6) is None


@pytest.mark.heavy
def test_more_clients_than_a_median_is_enclosed_for_use_a_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(home, "MOST_CLIENTS", 1071)
    monkeypatch.setattr(home, "_MANY", 1000)
    c = Fraction(1, 20)
    side = home._median(Problem(1, c, Fraction(0), None), 2000 / (1 + c), 6)
    assert side is not None
    assert side.value == median_risk(c, 999 / (1 + c), 6).risk


@pytest.mark.parametrize(("k", "c", "distance"), [(1, "1/20", None), (2, "1/20", 20), (3, 0, 9)])
def test_with_the_clients_told_a_method_is_proved_to_help(
    k: int, c: object, distance: int | None
) -> None:
    found = least_clients(k, c, distance)
    assert found is not None
    scale = found / (k + Fraction(str(c)))
    assert upper_side(k, c, distance, scale).value.high.fraction() < 1


def test_where_no_number_of_clients_helps_none_is_told() -> None:
    assert least_clients(1, 3, None) is None
    assert least_clients(2, "1/10", 2) is None


@pytest.mark.step("a median asks for one component")
def test_a_median_of_all_reports_is_of_one_component_alone() -> None:
    """Of two means far apart the median of all reports is near neither."""
    problem = Problem(2, Fraction(1, 20), Fraction(1000), None)
    assert home._median(problem, Fraction(1020), 6) is None
    found = bounds.risk_bracket(2, "1/20", 3, 1020)
    assert all(side.method != "median" for side in found.upper)


@pytest.mark.step("the mean of all asks for no corrupted client", "and for one component")
def test_the_mean_of_all_samples_is_for_one_component_without_corruption() -> None:
    """One corrupted report moves it as far as it likes; and labels are not known."""
    for k, c in ((1, Fraction(1, 20)), (2, Fraction(0))):
        assert home._mean_of_all(Problem(k, c, Fraction(9), None), Fraction(1020), 6) is None
    assert home._mean_of_all(Problem(1, Fraction(0), Fraction(0), None), Fraction(9), 6) is not None


def _unproved(line: Line) -> None:
    raise Inconclusive(f"not proved: {line}")


@pytest.mark.step("that line lies above every set")
def test_a_line_that_is_not_proved_gives_no_upper_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support_lines, "prove_line", _unproved)
    for k, c in ((10**6, 10**6), (1, 1)):
        with pytest.raises(Inconclusive, match="not proved"):
            list(home._limits(Problem(k, Fraction(c), Fraction(10**4), None), 7))


# ---- mixtures, labels known


@pytest.mark.step("each line that is used lies above every set")
def test_a_line_that_is_not_proved_gives_no_ceiling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support_lines, "prove_line", _unproved)
    with pytest.raises(Inconclusive, match="not proved"):
        _at_price(_corners()[5].beta, {Fraction(1): Fraction(1)}, Fraction(1))


@pytest.mark.step(
    "what a price takes from the adversary's mass",
    "what is left of each component, by its weight and variance",
    "a line of a slope between is a mixture of two",
)
@pytest.mark.heavy
def test_a_price_bounds_what_every_split_earns() -> None:
    """λκ + Σ wᵢ sᵢ² αᵢ at any price: with one component, the mixture of two lines at that slope."""
    corners = _corners()
    assert corners[0].alpha == 1
    assert corners[-1].alpha == 0
    assert [line.beta for line in corners] == sorted(line.beta for line in corners)
    with working_precision(64):
        for number, line in enumerate(corners[1:-1], 1):
            at = _at_price(line.beta, {Fraction(1): Fraction(1)}, Fraction(1))
            assert at.overlaps(to_ball(line.at(Fraction(1))))
            steeper = corners[number + 1]
            price = (line.beta + steeper.beta) / 2
            alpha = (line.alpha + steeper.alpha) / 2
            at = _at_price(price, {Fraction(1): Fraction(1)}, Fraction(1))
            assert at.overlaps(to_ball(price + alpha))
        beyond = _at_price(corners[-1].beta * 2, {Fraction(1): Fraction(1)}, Fraction(3))
        assert beyond.overlaps(to_ball(corners[-1].beta * 6))
        noisy = _at_price(4 * corners[5].beta, {Fraction(4): Fraction(1, 2)}, Fraction(3))
        assert noisy.overlaps(to_ball(12 * corners[5].beta + 2 * corners[5].alpha))
        nothing = _at_price(Fraction(0), {Fraction(4): Fraction(1)}, Fraction(3))
        assert nothing.overlaps(arb(4))


def test_a_light_component_of_large_variance_pays_for_its_mass() -> None:
    """All the mass on a hundredth of the clients: 100 · w V(10), next to the others' nothing."""
    found = mixture_bound([1, 99], "1/10", [10_000, 1])
    low = bounds.lower_bound(1, 10, digits=10).value.low.fraction()
    assert found.ceiling.high.fraction() >= 100 * low
    assert found.ceiling.high.fraction() < 101


@pytest.mark.step("and there")
def test_the_far_side_of_a_distance_is_rounded_up() -> None:
    """Lower bounds fall with D: at D/s rounded down they would claim too much."""
    found = mixture_bound([1, 1], "1/100", [2, 2], distance=5, digits=20)
    assert found.blind is not None
    further = lower_side(2, "1/50", Fraction(5) / Fraction("1.414213562"), digits=20)
    nearer = lower_side(2, "1/50", Fraction(5) / Fraction("1.414213563"), digits=20)
    ends = sorted(2 * side.value.low.fraction() for side in (further, nearer))
    assert ends[0] <= found.blind.high.fraction()
    exact = Fraction(5) ** 2 / 2
    near, far = (2 * lower_side(2, "1/50", d, digits=20).value.low.fraction()
                 for d in (Fraction("3.535533905"), Fraction("3.535533906")))  # fmt: skip
    assert Fraction("3.535533905") ** 2 < exact < Fraction("3.535533906") ** 2
    assert abs(found.blind.low.fraction() - far) < abs(near - far) / 2


@pytest.mark.step("upper ones at D/s rounded down")
def test_the_near_side_of_a_distance_is_rounded_down() -> None:
    """Upper bounds fall with D: at D/s rounded up they would claim too much."""
    found = mixture_bound([1, 1], "1/10", [2, 2], distance=20, digits=20)
    assert found.high is not None
    near, far = (
        2 * upper_side(2, "1/5", Fraction(root), digits=20).value.high.fraction()
        for root in ("14.142135623", "14.142135624")
    )
    assert Fraction("14.142135623") ** 2 < 200 < Fraction("14.142135624") ** 2
    assert abs(found.high.high.fraction() - near) < abs(near - far) / 2


@pytest.mark.step("components of one variance weigh together")
def test_components_of_one_variance_weigh_together() -> None:
    """With known labels three of them are worth as much as one of their weight, or two."""
    ceilings = [
        mixture_bound(weights, 2, squares, 12).ceiling
        for weights, squares in (
            ([3, 2, 1, 4], [1, 1, 1, 4]),
            ([6, 4], [1, 4]),
            ([1, 5, 4], [1, 1, 4]),
        )
    ]
    assert all(value.ball().overlaps(ceilings[0].ball()) for value in ceilings)


@pytest.mark.step("what is left of the mass is spent once")
@pytest.mark.parametrize("kappa", ["0.652", "0.66", "0.68", "0.7", "0.75"])
@pytest.mark.parametrize("weights", [[1, 9], [9, 1], [1, 1, 3]])
def test_just_beyond_the_best_mass_no_more_is_spent_than_there_is(
    kappa: str, weights: list[int]
) -> None:
    squares = [4, 1, 1][: len(weights)]
    found = mixture_bound(weights, kappa, squares, 10)
    spent = sum(share * mass for share, mass in zip(found.shares, found.masses, strict=True))
    assert spent <= Fraction(kappa)
