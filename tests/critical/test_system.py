"""The 3 × 3 system: its Jacobian against differences, its residual against the definitions."""

from fractions import Fraction

import pytest
from flint import arb

import bounds
from bounds.certify.numbers.precision import working_precision
from bounds.critical.curve import station
from bounds.critical.system import InflectionSystem
from bounds.functions import mass_deficit


@pytest.mark.parametrize("delta", ["0.5", "1.5", "3", "8", "40"])
@pytest.mark.parametrize("share", ["0.2", "0.99", "1.01", "2.5"])
def test_points_of_the_curve_solve_the_first_two_equations(delta: str, share: str) -> None:
    with working_precision(300):
        d = arb(delta)
        at = station((d * arb(share)).mid(), d)
        first, second, third = InflectionSystem(Fraction(delta)).residual([at.x, at.y, at.g])
        assert first.contains(0)
        assert second.contains(0)
        assert third.overlaps(at.criterion)


@pytest.mark.parametrize("delta", ["0.5", "1.5", "3", "8"])
@pytest.mark.parametrize("share", ["0.2", "0.99", "1.01", "2.5"])
def test_the_jacobian_is_the_derivative_of_the_residual(delta: str, share: str) -> None:
    with working_precision(400):
        d = arb(delta)
        at = station((d * arb(share)).mid(), d)
        point = [at.x.mid(), at.y.mid(), at.g.mid()]
        system = InflectionSystem(Fraction(delta))
        base, rows = system.residual(point), system.jacobian(point)
        for column in range(3):
            step = point[column] * arb(2) ** -150
            moved = [p + step if i == column else p for i, p in enumerate(point)]
            for row in range(3):
                slope = (system.residual(moved)[row] - base[row]) / step
                scale = abs(rows[row][column]) + abs(base[row]) + arb(2) ** -100
                assert abs(slope - rows[row][column]) < scale * arb(2) ** -60


@pytest.mark.parametrize("exponent", [0, 10, 100, 1000])
def test_the_jacobian_is_sharp_however_near_to_0(exponent: int) -> None:
    """The contact of a chord lies as near as φ(Δ): nothing cancels there."""
    for bits in (64, 300):
        with working_precision(bits):
            point = [arb(part) * arb(2) ** -exponent for part in (0.1, 0.4, 0.3)]
            rows = InflectionSystem(Fraction(2)).jacobian(point)
            entries = [entry for row in rows[:2] for entry in row if entry != 0]
            assert all(entry.rel_accuracy_bits() > bits - 12 for entry in entries)


@pytest.mark.step("ε moves with the root")
@pytest.mark.parametrize("delta", ["0.84", "1.2", "1.45", "3", "40"])
@pytest.mark.parametrize("digits", [20, 50, 300])
def test_eps_and_its_estimate_are_those_of_the_radii(delta: str, digits: int) -> None:
    """ε comes from its value and slope nearby, ε̂ from ε: here both from their definitions."""
    for point in bounds.inflections(delta, digits).points:
        sharp = bounds.inflections(delta, digits + 30)
        with working_precision(4 * digits + 300):
            near = min(sharp.points, key=lambda p: abs(float(p.radius) - float(point.radius)))
            for found, radius in (
                (point.eps, near.radius),
                (point.estimate, near.radius_of_estimate),
            ):
                truth = mass_deficit(radius.ball(), arb(delta))
                assert found.ball().overlaps(truth)
                assert truth.rel_accuracy_bits() > 3 * digits


@pytest.mark.parametrize("share", ["0.2", "0.99", "2.5"])
@pytest.mark.parametrize("delta", ["0.5", "3", "40"])
@pytest.mark.parametrize("radius", ["0", "1e-300", "1e-9"])
def test_slopes_beside_a_point_are_those_that_are_computed_there(
    delta: str, share: str, radius: str
) -> None:
    """With many digits the exponentials at the last point serve beside it, and lose no bits."""
    with working_precision(2000):
        d = arb(delta)
        at = station((d * arb(share)).mid(), d)
        point = [at.x.mid(), at.y.mid(), at.g.mid()]
        system, other = InflectionSystem(Fraction(delta)), InflectionSystem(Fraction(delta))
        system.residual(point)
        shares = (arb("1e-5"), arb("-2e-5"), arb("3e-5"))
        beside = [p * (1 + t + arb(0, radius)) for p, t in zip(point, shares, strict=True)]
        for there in (point, beside):
            for row, direct in zip(system.jacobian(there), other.jacobian(there), strict=True):
                for entry, known in zip(row, direct, strict=True):
                    assert entry.overlaps(known)
                    rounding = (abs(known) * arb(2) ** -1900).upper() + arb(2) ** -1900
                    assert entry.rad() <= (2 * known.rad() + rounding).upper()
        for sign in (-1, 1):
            end = [(entry.mid() + sign * entry.rad() / 2).mid() for entry in beside]
            for row, thin in zip(system.jacobian(beside), other.jacobian(end), strict=True):
                assert all(entry.overlaps(value) for entry, value in zip(row, thin, strict=True))


def test_a_point_at_fewer_bits_serves_no_slopes_at_more() -> None:
    system = InflectionSystem(Fraction(3))
    with working_precision(1600):
        d = arb(3)
        at = station(arb("0.3"), d)
        point = [at.x.mid(), at.y.mid(), at.g.mid()]
        system.residual(point)
    with working_precision(3000):
        rows = system.jacobian(point)
        assert all(entry.rad() < arb(2) ** -2900 for row in rows for entry in row)
