"""The concave envelope: above the loss, concave, touching it, and the least such."""

from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

import bounds
from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.upper import envelope as envelope_of
from bounds.upper.extended import estimate_at, loss_above, shift_of_mass, sight
from bounds.upper.optimum import Envelope, _chord_above
from bounds.upper.prices import full_price
from bounds.upper.tangent import TangentSystem

SHAPES = {delta: envelope_of(delta, 20) for delta in ("0.5", "1", "1.5", "2", "3")}


def extended_loss(eps: Fraction, delta: str) -> arb:
    d, mass = arb(delta), to_ball(eps)
    return loss_above(estimate_at(bounds.filter_radius(mass, d), d), d)


@settings(max_examples=60)
@given(st.sampled_from(sorted(SHAPES)), st.fractions(min_value=Fraction(1, 10**9), max_value=1))
def test_it_is_nowhere_below_the_loss(delta: str, share: Fraction) -> None:
    shape = SHAPES[delta]
    with working_precision(160):
        eps = share * shape.corner.low.fraction()
        above, loss = shape.at(to_ball(eps)), extended_loss(eps, delta)
        assert above >= loss or above.overlaps(loss)


@pytest.mark.parametrize("delta", sorted(SHAPES))
def test_it_touches_where_the_slope_to_the_corner_is_least(delta: str) -> None:
    """Second route: (1 − L)/(ε_c − ε) has its least value at ε_t, and that value is σ."""
    shape = SHAPES[delta]
    with working_precision(160):
        tangent, corner = shape.tangent.low.fraction(), shape.corner.low.fraction()
        for factor in ("0.3", "0.9", "0.999", "1.001", "1.1", "2"):
            eps = tangent * Fraction(factor)
            steepness = (1 - extended_loss(eps, delta)) / to_ball(corner - eps)
            assert steepness > shape.slope.ball()
        at = (1 - extended_loss(tangent, delta)) / to_ball(corner - tangent)
        assert abs(at - shape.slope.ball()) < arb("1e-15")


@pytest.mark.parametrize("delta", sorted(SHAPES))
def test_it_joins_without_a_jump(delta: str) -> None:
    shape = SHAPES[delta]
    with working_precision(160):
        tangent, corner = shape.tangent.ball(), shape.corner.ball()
        assert shape.at(arb(0)) == 0
        assert (shape.slope.ball() * tangent + shape.intercept.ball()).overlaps(
            shape.loss_at_tangent.ball()
        )
        assert (shape.slope.ball() * corner + shape.intercept.ball()).overlaps(arb(1))
        assert shape.at(corner + 1) == 1
        assert shape.at(tangent).overlaps(shape.loss_at_tangent.ball())


@given(st.floats(min_value=0, max_value=40), st.floats(min_value=1e-6, max_value=5))
def test_sight_falls_from_one_to_zero(g: float, step: float) -> None:
    with working_precision(300):
        here, there = sight(arb(g)), sight(arb(g) + arb(step))
        assert there < here
        assert not here > 1


@pytest.mark.parametrize("delta", ["0.1", "1", "2", "5"])
def test_the_line_of_slope_one_through_full_confusion_is_above(delta: str) -> None:
    """The closed-form majorant: L(ε) ≤ ε + 1 − ε_full, for every ε."""
    with working_precision(200):
        d = arb(delta)
        full = full_price(d)
        for i in range(1, 40):
            eps = full * i / 40
            x = bounds.filter_radius(eps, d)
            assert loss_above(estimate_at(x, d), d) < eps + 1 - full


def test_the_extension_is_continuous_and_monotone() -> None:
    with working_precision(200):
        d = arb(2)
        rho = bounds.functions.central_mass(d)
        below, above = (shift_of_mass(rho + s * arb("1e-30"), d) for s in (-1, 1))
        assert abs(below - above) < arb("1e-20")
        assert not shift_of_mass(bounds.functions.cdf(d) + arb("1e-9"), d).is_finite()
        assert shift_of_mass(arb(0), d) == 0


def test_the_derivatives_of_the_system_are_right() -> None:
    """Second route: difference quotients of the residual."""
    with working_precision(300):
        system = TangentSystem(Fraction(2), full_price)
        point = [arb("0.01"), arb("0.07"), arb("0.005")]
        slopes = system.jacobian(point)
        for column in range(3):
            moved = list(point)
            moved[column] += arb(2) ** -100
            difference = [
                (a - b) * arb(2) ** 100
                for a, b in zip(system.residual(moved), system.residual(point), strict=True)
            ]
            for row in range(3):
                assert abs(difference[row] - slopes[row][column]) < arb("1e-18")


@pytest.mark.step("the chord is above the loss, piece by piece")
def test_a_chord_that_is_too_low_is_not_proved() -> None:
    """Seeded error: the chord aims a hundredth too low."""
    shape = SHAPES["2"]
    with working_precision(64):
        line = {
            "slope": shape.slope.ball(),
            "intercept": shape.intercept.ball() - arb("0.00001"),
            "corner": shape.corner.ball(),
        }
        with pytest.raises(Inconclusive, match="not proved above"):
            _chord_above(arb(2), line, arb("0.1"))


def test_more_digits_lie_within_fewer() -> None:
    few, many = envelope_of("2.5", 8), envelope_of("2.5", 40)
    for name in ("corner", "tangent", "slope", "intercept", "loss_at_tangent"):
        wide, narrow = getattr(few, name), getattr(many, name)
        assert wide.ball().overlaps(narrow.ball())
        assert float(narrow.high.fraction() - narrow.low.fraction()) < 1e-38


def test_a_ball_for_delta_gives_what_it_supports() -> None:
    with working_precision(200):
        ball = arb("2.5") + arb(0, 2.0**-120)
    shape = envelope_of(ball, 30)
    assert isinstance(shape, Envelope)
    assert shape.slope.ball().overlaps(envelope_of("2.5", 15).slope.ball())


@pytest.mark.parametrize("delta", ["0", "-1", "x", "1e9"])
def test_bad_delta_is_refused(delta: str) -> None:
    with pytest.raises(InputError):
        envelope_of(delta)


@pytest.mark.parametrize("delta", ["8", "20"])
def test_large_delta_is_no_harder(delta: str) -> None:
    shape = envelope_of(delta, 10)
    assert shape.lost_by == "full confusion"
    # where sinh is linear: x = πφ/(4Δ²), ε_t = φΔx², and the loss is twice its height on the chord
    with working_precision(100):
        d = arb(delta)
        x = arb.pi() * bounds.functions.density(d) / (4 * d * d)
        assert abs(shape.tangent.ball() / (bounds.functions.density(d) * d * x * x) - 1) < arb(
            "1e-6"
        )
        ratio = shape.loss_at_tangent.ball() / shape.intercept.ball()
        assert abs(ratio - 2) < arb("1e-6")
