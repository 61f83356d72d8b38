"""The integral over an endless row of means: against FLINT's own, and what it rests on."""

import math
from fractions import Fraction

import pytest
from flint import acb, arb
from marks import heavy

from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower.lattice import _summed, _theta, shared

ROWS = [(Fraction(g), odd) for g in ("1", "5/2", "9", "27/2", "45") for odd in (True, False)]


def theta(z: acb, g: Fraction, odd: bool) -> acb:
    """T(z), from as many terms as 150 bits see beside the largest."""
    first = g / 2 if odd else Fraction(0)
    most = math.ceil((20 + g / 2) / g) + 1
    total = acb(0)
    for j in range(-most, most + 1):
        away = z - to_ball(first + j * g)
        total += (-(away * away) / 2).exp()
    return total


def by_flint(g: Fraction, odd: bool) -> arb:
    def summand(z: acb, _: bool) -> acb:
        return (-(z * z)).exp() / theta(z, g, odd)

    half: acb = acb.integral(summand, acb(0), acb(12))
    return 2 * half.real


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("g", "odd"), [*(row for row in ROWS if row[0] < 20), heavy(Fraction(45), True)]
)
def test_it_is_the_integral(g: Fraction, odd: bool) -> None:
    with working_precision(150):
        known, found = by_flint(g, odd), shared(g, odd, 90)
        assert abs(known - found) < known * arb(2) ** -80
        assert found.rel_accuracy_bits() > 80


@pytest.mark.parametrize(("g", "odd"), ROWS)
def test_few_bits_hold_what_many_say(g: Fraction, odd: bool) -> None:
    for bits in (20, 53, 100):
        assert shared(g, odd, bits).contains(shared(g, odd, 200))


@pytest.mark.parametrize(("g", "odd"), ROWS)
def test_the_row_is_not_small_in_the_strip(g: Fraction, odd: bool) -> None:
    """Step 1, on the edge of the strip and inside it."""
    edge = 1.4 / math.sqrt(g * g / 4 + 2 * math.log(400))
    with working_precision(150):
        for part in range(41):
            x = to_ball(g * part / 40)
            for y in (arb(edge), arb(edge / 2)):
                bound = (y * y / 2).exp() * theta(acb(x), g, odd).real / 7
                assert abs(theta(acb(x, y), g, odd)) > bound


@pytest.mark.step(
    "the nodes beyond the last",
    "what lies between the nodes of a lattice",
    "the rest of a node's sum is at least 0",
    "the means farther away",
)
@pytest.mark.parametrize(
    ("half", "last", "away"),
    [(40, 80, 20.0), (2, 20, 20.0), (3, 20, 20.0), (40, 800, 4.0)],
    ids=["cut early", "coarse", "less coarse", "few means"],
)
@pytest.mark.parametrize("odd", [True, False])
def test_each_error_is_paid_for(half: int, last: int, away: float, odd: bool) -> None:
    """One of the numbers too small: what it leaves out is in the ball, and nowhere else."""
    g = Fraction(3)
    with working_precision(150):
        width = arb("1.4") / (arb(9) / 4 + 2 * arb(400).log()).sqrt()
        found = _summed(g, odd, width, half, last, away)
        assert found.contains(shared(g, odd, 110))


@pytest.mark.step("on both sides")
@pytest.mark.parametrize(("g", "odd", "last"), [("9", False, 8), ("9", True, 3), ("6", True, 5)])
def test_the_nodes_beyond_the_last_are_counted_on_both_sides(g: str, odd: bool, last: int) -> None:
    """Step 3, where its bound is close: nearly half of the sum lies beyond the last node."""
    spacing = Fraction(g)
    with working_precision(150):
        found = _summed(spacing, odd, _width(spacing), 40, last, 20.0)
        known = shared(spacing, odd, 110)
        assert found.contains(known)
        step = to_ball(spacing / 80)
        summed = 1 / theta(acb(0), spacing, odd).real
        for node in range(1, last + 1):
            z = step * node
            summed += 2 * (-z * z).exp() / theta(acb(z), spacing, odd).real
        left_out = known - step * summed
        assert left_out > known / 10
        assert found.upper() - step * summed > left_out


@pytest.mark.step("in the strip T may be a seventh as large")
@pytest.mark.heavy
@pytest.mark.parametrize(("g", "odd"), ROWS)
def test_between_the_nodes_it_is_the_theorems_bound(g: Fraction, odd: bool) -> None:
    """Step 2: Trefethen and Weideman's 2M/(e^{2πd/h} − 1), M the integral of |f| on the edge.

    The ball is at least so wide, with M from FLINT's own integral of |f| along the edge.
    """
    width = _width(g)
    half = max(1, math.ceil(2 * float(g)))
    with working_precision(150):
        found = _summed(g, odd, width, half, 60 * half, 20.0)
        step = to_ball(g / (2 * half))
        size = arb(0)
        for node in range(-400, 401):
            z = acb(arb(node) / 40, width)
            size += abs((-(z * z)).exp() / theta(z, g, odd)) / 40
        bound = 2 * size / (2 * arb.pi() * width / step).expm1()
        assert found.rad() > bound * arb("0.999")


def _width(g: Fraction) -> arb:
    """d: as wide as step 2 allows."""
    return arb("1.4") / (to_ball(g * g) / 4 + 2 * arb(400).log()).sqrt()


@pytest.mark.parametrize(("g", "odd"), ROWS)
def test_the_row_at_each_node_is_held_whatever_is_left_out(g: Fraction, odd: bool) -> None:
    """Step 4: T at the nodes of half a period, from few means or many."""
    first = g / 2 if odd else Fraction(0)
    with working_precision(150):
        for away in (float(g), float(g) + 0.5, float(g) + 3):
            step = to_ball(g / 40)
            table = _theta(g, first, step, 20, away)
            assert len(table) == 21
            for node, value in enumerate(table):
                assert value.overlaps(theta(acb(step * node), g, odd).real)
