"""The shape for all Δ ≥ 5: against the survey of one Δ, each bound at points, seeded errors."""

from fractions import Fraction

import mpmath
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from marks import heavy

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical import critical
from bounds.critical.curve import station
from bounds.critical.domain import survey
from bounds.critical.large_delta import prove_shape, shape
from bounds.critical.regimes import FAR, REGIMES
from bounds.functions.normal import density
from bounds.functions.shift import coth, decay
from bounds.functions.window import relative_steepness


@pytest.mark.heavy
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


@pytest.mark.heavy
@settings(max_examples=15)
@given(st.fractions(5, 60, max_denominator=99))
def test_the_survey_of_one_delta_finds_the_same(delta: Fraction) -> None:
    _, (first, second) = survey(delta)
    assert first.to_convex
    assert not second.to_convex
    with working_precision(64):
        ball = to_ball(delta)
        assert first.low * ball < 0.75
        assert second.high > 5 * ball


@pytest.mark.heavy
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


def by_mpmath(d: mpmath.mpf) -> dict[str, tuple[mpmath.mpf, mpmath.mpf]]:
    """Both sides of each inequality, from the docstring, by mpmath's own functions."""
    e, phi, cdf = mpmath.exp, mpmath.npdf, mpmath.ncdf
    v = mpmath.mpf(15) / 8

    def curve(u: mpmath.mpf) -> mpmath.mpf:
        return u + 2 * mpmath.quad(lambda w: e(-((w / d) ** 2) / 2) * mpmath.sinh(w), [v, u])

    u = mpmath.findroot(curve, 1.58)
    r = 2 * e(-u / 4) * mpmath.sinh(u)
    bracket = mpmath.coth(u) * (u + 1 + 2 * r) / (1 + r) ** 2 + 2 * e((v / d) ** 2 / 2 - 2 * v)
    mass = (d**2 / 2 + 1 + 2 * e(3 * d**2 / 8)) * phi(d) / d
    g = mass / (2 * phi(1))
    edge = 4 * (2 * d**2 + d / 2 + 1) * e(-3 * d**2 / 8) + 2 * e(-7 * d**2 / 8)
    step = phi(d) * (d + 0.25)
    wide = mpmath.mpf("0.85")
    gamma = e(-15 * d**2 / 2 + d + 0.5) / 2
    through_x, from_q = (2 + 2 * d**2) * e(-15 * d**2 / 2), 2 * d**2 * e(-10 * d**2)
    least = 2 * d * e(-5 * d**2 / 2)  # of C
    through_g = gamma * (2 * e(d + 0.5) + (d + 1) * d)
    past = d + 0.25 - d * mpmath.coth(d**2)
    one = mpmath.mpf(1)
    return {
        "3, u": (1.5 * one, u),
        "3, r": (one, r),
        "3, mass": (mass, one / 2),
        "3": ((1 + g**2) * bracket, (1 - g**2) ** 2),
        "4, mass": (cdf(0.25) + step + cdf(-d), 2 * cdf(wide) - 1),
        "4, y": (cdf(-d), 1 - cdf(-2 * d) - cdf(0.25) - step),
        "4, coth": (mpmath.coth(d**2 / 2), 2 * one),
        "4, s": (one / 2, 1 - e(-(d**2))),
        "4, S": (e(one / 32), 2 * (1 - e(-2 * d**2))),
        "4": ((1 + wide**2) * edge, (1 - wide**2) ** 2),
        "5, x": (0 * one, past),
        "5": (8 * d, (1 - e(-2 * d**2)) ** 2 * past * e(3 * d**2 / 2)),
        "6, g": (2 * cdf(1) - 1, cdf(4 * d) - cdf(-d)),
        "6, q": (2 * d * e(-10 * d**2) / (1 - e(-10 * d**2)), one),
        "6": (
            (through_x + from_q + through_g) * e(5 * d**2 / 2),
            (least * (2 * d - 1) - gamma * (d + 1) * least) * e(5 * d**2 / 2),
        ),
    }


@pytest.mark.parametrize("delta", ["1.3", "5", "8"])
def test_both_sides_are_what_the_docstring_says(delta: str) -> None:
    with mpmath.workdps(60), working_precision(200):
        told = by_mpmath(mpmath.mpf(delta))
        found = shape.inequalities(arb(delta))
        assert told.keys() == found.keys()
        for name, sides in found.items():
            for ball, value in zip(sides, told[name], strict=True):
                near = mpmath.mpf(ball.str(40, radius=False))
                assert abs(near - value) <= mpmath.mpf(10) ** -25 * abs(value), name


@pytest.mark.usefixtures("only_inequalities")
def test_every_step_holds() -> None:
    assert prove_shape(Fraction(10)) == 0


@pytest.mark.step("3 to 6. each is strict")
@pytest.mark.usefixtures("only_inequalities")
@pytest.mark.parametrize("name", sorted(by_mpmath(mpmath.mpf(5))))
def test_a_step_that_fails_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = shape.inequalities

    def altered(delta: arb) -> dict[str, tuple[arb, arb]]:
        found = honest(delta)
        return {**found, name: found[name][::-1]}

    monkeypatch.setattr(shape, "inequalities", altered)
    with pytest.raises(bounds.Inconclusive, match=f"step {name},"):
        prove_shape(Fraction(10))


@pytest.mark.step("2. on every part")
def test_a_criterion_that_turns_negative_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = shape.along
    monkeypatch.setattr(shape, "prove_first_turn", lambda _: 0)
    monkeypatch.setattr(shape, "along", lambda *at: (honest(*at)[0] - 1, -honest(*at)[1]))
    with pytest.raises(bounds.Inconclusive, match="after the turn"):
        prove_shape(Fraction(10))


@pytest.mark.parametrize("delta", ["10.5", "40", heavy("1024")])
def test_eps_cr_beyond_10_is_that_of_a_survey(delta: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = bounds.eps_cr(delta, 20)
    monkeypatch.setattr(critical, "regime_of", lambda _: None)
    slow = bounds.eps_cr(delta, 20)
    assert quick.turns == slow.turns == 1
    assert quick.eps.decimals() == slow.eps.decimals()
