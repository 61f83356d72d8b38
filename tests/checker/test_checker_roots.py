from decimal import Decimal
from fractions import Fraction

import gmpy2
import pytest
from certificate_builder import at, leaves, replaced, root_certificate, sealed

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.number import read_number
from bounds.certify.checker.precision import Precision
from bounds.checker import check
from bounds.checker.root import InflectionSystem

DELTAS = ["1.5", "3", "8", "40"]


def rejected(certificate):
    verdict = check(sealed(certificate))
    assert verdict.reason
    return verdict.accepted is False


@pytest.mark.parametrize("delta", DELTAS)
def test_roots_are_proved(delta):
    verdict = check(root_certificate(delta))
    assert verdict.accepted, verdict
    assert "concave to convex" in verdict.reason


@pytest.mark.parametrize("digits", [5, 60, 400])
def test_roots_to_many_digits(digits):
    verdict = check(root_certificate("3", digits))
    assert verdict.accepted, verdict


def test_every_alteration_breaks_the_hash():
    certificate = root_certificate("3")
    for path in leaves(certificate):
        value = at(certificate, path)
        others = [value + 1] if isinstance(value, int) else [value + "0", value[:-1], "-" + value]
        for other in others:
            verdict = check(replaced(certificate, path, other))
            assert not verdict.accepted
            assert "sha256" in verdict.reason or "schema" in verdict.reason


@pytest.mark.parametrize("delta", DELTAS)
def test_the_other_turn(delta):
    assert rejected(replaced(root_certificate(delta), ("statement", "turn"), "convex to concave"))


@pytest.mark.parametrize("delta", DELTAS)
@pytest.mark.parametrize("units", [-2, -1, 1, 2])
def test_eps_moved_off(delta, units):
    """The printed ends are one unit apart, with the root between: any move leaves it behind."""
    certificate = root_certificate(delta)
    low, high = (Decimal(end) for end in certificate["statement"]["eps"])
    unit = high - low
    moved = [format(end + units * unit, "e") for end in (low, high)]
    verdict = check(sealed(replaced(certificate, ("statement", "eps"), moved)))
    assert not verdict.accepted
    assert verdict.first_failing_piece == "eps"


def test_eps_that_is_only_a_point_of_the_enclosure():
    certificate = root_certificate("3")
    for end in certificate["statement"]["eps"]:
        assert rejected(replaced(certificate, ("statement", "eps"), [end, end]))


def test_a_wider_eps_is_true():
    certificate = replaced(root_certificate("3"), ("statement", "eps"), ["0.0002", "0.0003"])
    assert check(sealed(certificate)).accepted


@pytest.mark.parametrize("delta", ["1.4", "1.500000000001", "8"])
def test_another_delta(delta):
    assert rejected(replaced(root_certificate("1.5"), ("statement", "delta"), delta))


@pytest.mark.heavy
@pytest.mark.parametrize("delta", DELTAS)
@pytest.mark.parametrize("name", ["x", "y", "g"])
@pytest.mark.parametrize("share", [Fraction(-3), Fraction(-1), Fraction(1), Fraction(3)])
def test_a_shifted_side_of_the_box(delta, name, share):
    """The root lies in the middle half of each side, so a side moved by its width leaves it."""
    certificate = root_certificate(delta)
    low, high = (gmpy2.mpq(read_number(end, 10**6)) for end in certificate["evidence"]["box"][name])
    move = (high - low) * gmpy2.mpq(share)
    assert rejected(
        replaced(certificate, ("evidence", "box", name), [str(low + move), str(high + move)])
    )


def test_a_box_that_touches_zero_or_below():
    for name in "xyg":
        certificate = root_certificate("3")
        high = certificate["evidence"]["box"][name][1]
        for low in ("0", "-1"):
            assert rejected(replaced(certificate, ("evidence", "box", name), [low, high]))


def test_a_box_far_too_wide_or_only_a_point():
    certificate = root_certificate("3")
    assert rejected(replaced(certificate, ("evidence", "box", "x"), ["1/100", "2"]))
    end = certificate["evidence"]["box"]["x"][0]
    assert rejected(replaced(certificate, ("evidence", "box", "x"), [end, end]))


def test_a_moderately_wider_box_is_proved():
    """Uniqueness in a larger box says more; it holds while the system is nearly linear."""
    certificate = root_certificate("3")
    for name, (low, high) in certificate["evidence"]["box"].items():
        low, high = (gmpy2.mpq(read_number(end, 10**6)) for end in (low, high))
        width = (high - low) * 1000
        certificate["evidence"]["box"][name] = [str(low - width), str(high + width)]
    assert check(sealed(certificate)).accepted


def test_too_few_bits_for_the_box():
    assert rejected(replaced(root_certificate("3", 60), ("evidence", "bits"), 1))


@pytest.mark.parametrize("delta", ["1", "3"])
def test_both_forms_of_the_system_are_the_same(delta):
    """Below and above y = Δ other formulas are taken; they agree where both are accurate."""
    at_bits = Precision(200)
    d = Interval.enclosing(at_bits, gmpy2.mpq(delta), gmpy2.mpq(delta))
    system = InflectionSystem(d)
    tiny = Interval.power_of_two(at_bits, -150)
    half = Interval.enclosing(at_bits, gmpy2.mpq(1, 2), gmpy2.mpq(1, 2))
    below = system.residual([half, d - tiny, half])
    above = system.residual([half, d + tiny, half])
    for one, other in zip(below, above, strict=True):
        assert (one - other).absolute() < Interval.power_of_two(at_bits, -140)


def test_the_jacobian_is_that_of_the_residual():
    at_bits = Precision(300)

    def point(text):
        return Interval.enclosing(at_bits, gmpy2.mpq(text), gmpy2.mpq(text))

    system = InflectionSystem(point("3/2"))
    centre = [point("2/5"), point("1/2"), point("1/4")]
    step = Interval.power_of_two(at_bits, -100)
    slopes = system.jacobian(centre)
    for j in range(3):
        ahead = system.residual([c + step if i == j else c for i, c in enumerate(centre)])
        behind = system.residual([c - step if i == j else c for i, c in enumerate(centre)])
        for i in range(3):
            quotient = (ahead[i] - behind[i]) / (2 * step)
            assert (quotient - slopes[i][j]).absolute() < Interval.power_of_two(at_bits, -150)
