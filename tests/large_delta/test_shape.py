"""The shape for all Δ ≥ 5: against the survey of one Δ, each bound at points, seeded errors."""

from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

import bounds
from bounds.certified.precision import working_precision
from bounds.convexity import critical
from bounds.convexity.curve import station
from bounds.convexity.domain import survey
from bounds.convexity.regimes import FAR, REGIMES
from bounds.exact import to_ball
from bounds.functions.normal import density
from bounds.functions.shift import coth, decay
from bounds.functions.window import relative_steepness
from bounds.large_delta import prove_shape, shape


def test_it_is_proved_and_joins_the_range_below() -> None:
    assert prove_shape(FAR.low) > 1000
    assert FAR.low <= REGIMES[-1].high
    assert FAR.shape == REGIMES[-1].shape == ("concave", "convex", "concave")


@pytest.fixture
def only_inequalities(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the boxes, which take most of the time."""
    monkeypatch.setattr(shape, "prove_first_turn", lambda _: 0)
    monkeypatch.setattr(shape, "_positive", lambda _: 0)


@pytest.mark.usefixtures("only_inequalities")
@pytest.mark.parametrize("start", [4, 3])
def test_too_small_a_start_is_undecided(start: int) -> None:
    with pytest.raises(bounds.Inconclusive):
        prove_shape(Fraction(start))


@settings(deadline=None, max_examples=15)
@given(st.fractions(5, 60, max_denominator=99))
def test_the_survey_of_one_delta_finds_the_same(delta: Fraction) -> None:
    _, (first, second) = survey(delta)
    assert first.to_convex
    assert not second.to_convex
    with working_precision(64):
        ball = to_ball(delta)
        assert first.low * ball < 0.75
        assert second.high > 5 * ball


@pytest.mark.parametrize("delta", [5, 10])
def test_every_bound_holds_at_points_of_the_curve(delta: int) -> None:
    """Steps 3 to 6, term by term, where the docstring says that they hold."""
    seen = set()
    with working_precision(4 * delta * delta + 200):
        d = arb(delta)
        square = d * d
        places = [arb(k) / 16 * d for k in range(1, 128)] + [arb(15 + k) / 8 / d for k in range(20)]
        for y in places:
            if not y * d >= to_ball(shape._POSITIVE_UP_TO):
                continue
            at = station(y, d)
            x, g, s = at.x, at.g, relative_steepness(at.x, d)
            u, v = x * d, y * d
            weight = 2 * g * density(g) / density(d)
            bend = decay(v) * (x - d * coth(u)) / ((1 + s) * (1 + s))
            pull = 2 * d * (y * (y / 2 - 3 * d)).exp() / decay(v)
            if x <= d / 2:
                seen.add(3)
                r = 2 * (-u / 4).exp() * u.sinh()
                first = coth(u) * (u + 1 + 2 * r) / ((1 + r) * (1 + r))
                second = 2 * (y * y / 2 - 2 * v).exp()
                assert g < 0.5
            elif x <= d + 0.25:
                seen.add(4)
                first = 4 * (2 * square + d / 2 + 1) * (-3 * square / 8).exp()
                second = 2 * (-7 * square / 8).exp()
                assert g < 0.85
                assert y < 2 * d
            elif y <= 5 * d:
                seen.add(5)
                assert bend > pull
                continue
            else:
                seen.add(6)
                assert 0 < x - d * coth(u) < d
                assert 1 < g < d + 1
                assert x > d + 0.25
                continue
            assert -weight * bend < first
            assert weight * pull < second
    assert seen == {3, 4, 5, 6}


@pytest.mark.usefixtures("only_inequalities")
@pytest.mark.parametrize("step", ["_small_mass", "_up_to_the_edge", "_bends_upward", "_falls"])
def test_a_step_that_fails_is_noticed(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, step, lambda _: False)
    with pytest.raises(bounds.Inconclusive, match="not proved"):
        prove_shape(Fraction(10))


@pytest.mark.parametrize(
    ("step", "delta"),
    [("_small_mass", 1.25), ("_up_to_the_edge", 4), ("_bends_upward", 0.5), ("_falls", 0.5)],
)
def test_each_step_can_fail(step: str, delta: float) -> None:
    with working_precision(96):
        assert not getattr(shape, step)(arb(delta))


def test_a_criterion_that_turns_negative_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = shape.along
    monkeypatch.setattr(shape, "prove_first_turn", lambda _: 0)
    monkeypatch.setattr(shape, "along", lambda *at: (honest(*at)[0] - 1, -honest(*at)[1]))
    with pytest.raises(bounds.Inconclusive, match="after the turn"):
        prove_shape(Fraction(10))


@pytest.mark.parametrize("delta", ["10.5", "40", "1024"])
def test_eps_cr_beyond_10_is_that_of_a_survey(delta: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = bounds.eps_cr(delta, 20)
    monkeypatch.setattr(critical, "regime_of", lambda _: None)
    slow = bounds.eps_cr(delta, 20)
    assert quick.turns == slow.turns == 1
    assert quick.eps.decimals() == slow.eps.decimals()
