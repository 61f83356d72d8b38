import pytest
from flint import arb

from bounds.certify.numbers.precision import working_precision
from bounds.critical.curve import station
from bounds.critical.ends import concave_beyond, concave_up_to, largest_radius, near_end, near_zero
from bounds.functions import central_mass, density, mass_deficit

DELTAS = ["0.02", "0.5", "1", "1.5", "3", "8", "40", "300"]


@pytest.mark.parametrize("delta", DELTAS)
def test_the_proved_ends_are_concave_where_one_looks(delta: str) -> None:
    with working_precision(100):
        d = arb(delta)
        start, end = near_zero(d), near_end(d)
        assert 0 < start < end
        for share in ("1", "0.5", "1e-3", "1e-20"):
            assert station((start * arb(share)).mid(), d).criterion < 0
        for share in ("1", "1.01", "1.5", "3"):
            assert station((end * arb(share)).mid(), d).criterion < 0


@pytest.mark.parametrize("delta", ["1.5", "3", "8"])
def test_the_lemmas_do_not_reach_into_the_convex_stretch(delta: str) -> None:
    """Both could be broken so that they prove too much: here the loss is convex."""
    with working_precision(100):
        d = arb(delta)
        for place in ("0.6", "1", "3", "5"):
            y = d * arb(place)
            assert station(y.mid(), d).criterion > 0
            assert not concave_up_to(y, d)
            assert not concave_beyond(y, d)


@pytest.mark.parametrize("delta", DELTAS)
def test_the_largest_radius_is_where_the_estimate_reaches_rho(delta: str) -> None:
    with working_precision(200):
        d = arb(delta)
        x = largest_radius(d)
        assert x.rel_accuracy_bits() > 150
        assert (mass_deficit(x, d) + density(d) * x - central_mass(d)).contains(0)


def test_a_slice_of_delta_is_proved_at_once() -> None:
    with working_precision(64):
        d = arb("2").union(arb("2.01"))
        assert concave_up_to(near_zero(d), arb("2.004"))
        assert concave_beyond(near_end(d), arb("2.004"))
