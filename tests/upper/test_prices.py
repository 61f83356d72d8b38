"""What it costs to lose a component: definitions, brute force and the limits."""

import mpmath
import pytest
from flint import arb
from marks import heavy

import bounds
from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision
from bounds.upper.prices import (
    destruction_price,
    destruction_shortfall,
    elongation_price,
    full_price,
    full_radius,
    full_shortfall,
)

SOME = ["0.02", "0.5", "0.75", "1", "1.5", "2", "3", "8", "20"]


@pytest.mark.parametrize("delta", SOME)
def test_full_confusion_is_where_the_estimate_reaches_phi(delta: str) -> None:
    with working_precision(1500):
        d = arb(delta)
        price = full_price(d)
        assert bounds.filter_radius(price, d).overlaps(full_radius(d))
        assert bounds.mass_estimate(price, d).overlaps(bounds.functions.cdf(d))
        assert (1 - full_shortfall(d)).overlaps(price)


@pytest.mark.parametrize("delta", ["0.3", heavy("0.7"), "0.8", heavy("1"), heavy("1.5"), "2"])
def test_destruction_is_the_least_of_both_sided_elongations(delta: str) -> None:
    """Second route: every split 3Δ = a + b of a fine grid costs at least as much, in mpmath."""
    with working_precision(120):
        price = destruction_price(arb(delta))
    with mpmath.workdps(25):
        d = mpmath.mpf(delta)
        least = min(
            bounds.functions.mass_deficit(d * i / 400, d)
            + bounds.functions.mass_deficit(3 * d - d * i / 400, d)
            for i in range(1, 601)
        )
        found = mpmath.mpf(price.mid().str(30, radius=False))
        assert found <= least + mpmath.mpf(10) ** -20
        assert least - found < 1e-4


@pytest.mark.parametrize("delta", ["1.5", "2", "3", "10"])
def test_one_sided_elongation_is_a_little_dearer(delta: str) -> None:
    with working_precision(2000):
        d = arb(delta)
        saved = elongation_price(d) - destruction_price(d)
        assert saved > 0
        # about φ(2Δ)²/(4Δφ(Δ))
        guess = bounds.functions.density(2 * d) ** 2 / (4 * d * bounds.functions.density(d))
        assert saved < 2 * guess
        assert (destruction_shortfall(d) + destruction_price(d)).overlaps(arb(1))


def test_where_the_cheapest_split_changes_nothing_is_guessed() -> None:
    with working_precision(64):
        narrow = ((arb(5).log() / 2) * 2 / 3).sqrt()  # coth t = 3/2 at t = log(5)/2
        with pytest.raises(Inconclusive):
            destruction_price(narrow)


def test_a_slipped_definition_is_seen() -> None:
    """With ρ in place of Φ(Δ) the root is another: the comparison above would fail."""
    with working_precision(100):
        d = arb(2)
        assert not bounds.mass_estimate(full_price(d), d).overlaps(bounds.functions.central_mass(d))
