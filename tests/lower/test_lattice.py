"""The integral over an endless row of means: against FLINT's own, and what it rests on."""

import math
from fractions import Fraction

import pytest
from flint import acb, arb
from marks import heavy

from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower.lattice import _summed, shared

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
