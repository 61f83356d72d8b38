"""From the limit to a given m: for each step an input where leaving it out proves a falsehood.

A client may keep its sample, and the objective counts as 0 where nobody is genuine: so K(m) is at
most the chance that somebody is, 1 − (c/(k + c))ⁿ. For few clients and many corrupted ones that is
far below 1.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from flint import arb
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

import bounds
from bounds.certify.numbers.precision import working_precision
from bounds.lower import finite
from bounds.lower.attacks import CHAINS, Attack, Plateau, TwoPoints
from bounds.lower.bayes import bayes_risk_ball
from bounds.lower.finite import _Setting, cut_to_finite


@pytest.mark.step(
    "step 4: a client errs by the hull of a set and the length at most",
    "the objective divides by |U|, at most N",
)
@pytest.mark.heavy
@settings(max_examples=40)
@example(1, Fraction(20), 5)
@example(1, Fraction(200), 3)
@given(st.integers(1, 5), st.fractions(1, 60), st.integers(1, 12))
def test_no_bound_is_above_the_chance_that_somebody_is_genuine(
    k: int, c: Fraction, clients: int
) -> None:
    """Step 4: no client need err by more than the hull of a set and the length of the place."""
    most = 1 - (c / (k + c)) ** clients
    for method in ("corrected", "sharp"):
        found = bounds.lower_bound(k, c, method, 8, clients / (k + c))
        assert found.value.low.fraction() <= most


@pytest.mark.step("its square is lost where many are genuine", "with the chance of that")
@pytest.mark.parametrize("cut", [21, 24, 31, 38])
def test_the_loss_where_many_are_genuine_is_the_square_of_the_cap(
    cut: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client who errs by the cap where |U| > N, and not at all elsewhere: E[ℓ/|U|] by its sum.

    Step 4 holds for every N, so also for the next one.
    """
    clients, cap = 40, 100
    monkeypatch.setattr(finite, "_tails", lambda *_: iter([(Fraction(cut + 1), -1.0)]))
    others = stats.binom(clients - 1, 0.5)
    counts = range(cut, clients)  # the others that are genuine, where |U| > cut
    mean = cap**2 * sum(float(others.pmf(g)) for g in counts)
    attained = 20 * cap**2 * sum(float(others.pmf(g)) / (g + 1) for g in counts)
    with working_precision(64):
        bound = cut_to_finite(arb(mean), arb(cap), (), 1, Fraction(1), Fraction(20))
    assert float(bound) <= attained * (1 + 1e-9)


@pytest.mark.step("the thinner tail, by E ρ²")
@pytest.mark.parametrize("genuine", [1035, 1045, 1055])
def test_the_tail_by_the_reports_is_no_less_than_the_exact_one(
    genuine: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an attack ρ is 1 for a corrupted report and 0 for another: ρ² has the mean of ρ."""
    monkeypatch.setattr(finite, "binomial_tail", lambda *_: arb(1))
    setting = _Setting(1, Fraction(1, 20), Fraction(1020), ())
    with working_precision(64):
        bound = finite._tail(setting, setting.square_surprise(), Fraction(genuine), -1.0)
    exact = float(stats.binom(1070, 20 / 21).sf(genuine - 1))
    assert exact < float(bound) < 1


@pytest.mark.step("Chernoff's bound holds beyond the mean alone")
def test_below_the_mean_the_tail_of_many_clients_is_not_small() -> None:
    """Chernoff's bound is one beyond the mean alone: half of 2·10⁶ clients are genuine."""
    setting = _Setting(1, Fraction(1), Fraction(10**6), ())
    with working_precision(64):
        assert finite._apart(setting, 900_000) == 0
        assert finite._apart(setting, 1_010_000) > 50
        assert finite._tail(setting, arb(1), Fraction(900_000), -1.0) == 1


@pytest.mark.step(
    "step 3: the information of the place's own density", "and that of the own sample"
)
@pytest.mark.parametrize("length", [Fraction(1), Fraction(5)])
def test_the_place_has_the_information_of_the_squared_cosine(length: Fraction) -> None:
    """Step 3: ∫ f′²/f of f = 2cos²(πx/L)/L by a sum, beside one of each other report and of Z."""
    x = (np.arange(200_000) + 0.5) / 200_000 - 0.5
    density = 2 * np.cos(np.pi * x) ** 2
    slope = -4 * np.pi * np.cos(np.pi * x) * np.sin(np.pi * x)
    own = float(np.mean(slope**2 / density)) / float(length) ** 2
    setting = _Setting(1, Fraction(1), Fraction(10), ())
    with working_precision(64):
        told = 1 / float(setting._place(arb(1), length))
    assert told == pytest.approx(19 / 2 + 1 + own, rel=1e-6)


ATTACKS: list[Attack] = [
    TwoPoints(Fraction(1, 20)), TwoPoints(Fraction(7, 10)), CHAINS[0], Plateau(Fraction(3, 4)),
]  # fmt: skip


@pytest.mark.step("step 2: the estimate follows the place but for a quarter of the hull squared")
@pytest.mark.parametrize("attack", ATTACKS)
def test_the_estimate_follows_the_place_as_fast_as_step_2_says(attack: Attack) -> None:
    """E[θ|X, u] grows with u at the rate 1 − var(s|X): at worst by a quarter of the hull squared.

    Two equally likely ends of the hull have that variance where the sample lies between them.
    """
    with working_precision(64):
        setting = _Setting(1, Fraction(1), Fraction(10), ((1, attack),))
        ((_, _, steady, _),) = setting._parts
        ends = attack.width() / 2
        assert not steady > 1 - ends * ends
        assert steady > 1 - ends * ends - arb(2) ** -40


@pytest.mark.parametrize("mass", ["1/20", "7/10"])
def test_the_rate_of_step_2_is_met_by_two_points(mass: str) -> None:
    """In floats: how fast E[s|X] moves at the middle, by differences."""
    attack = TwoPoints(Fraction(mass))
    with working_precision(64):
        setting = _Setting(1, Fraction(1), Fraction(10), ((1, attack),))
        ((_, risk, steady, _),) = setting._parts
        t = attack.width() / 2
        step = arb(2) ** -20
        moved = (t * (t * step).tanh() - t * (-t * step).tanh()) / (2 * step)
        assert steady < 1 - moved + arb(2) ** -16
        assert risk.overlaps(bayes_risk_ball([-t, t], [arb(1) / 2] * 2))
