"""Two components destroyed at once in the algorithm with 4Δ in line 8, on the algorithm itself."""

import numpy as np
import pytest
from scipy.stats import norm

import bounds
from bounds.functions import mass_deficit
from bounds.simulation.server import clique_components, filtered
from bounds.upper.bridge import bridge


@pytest.mark.parametrize("delta", ["1.5", "2", "3", "4", "8", "30", "64"])
def test_both_cost_less_than_twice_what_one_does(delta: str) -> None:
    assert bridge(delta).saving.low.fraction() > 0


def test_the_prices_at_3() -> None:
    found = bridge(3)
    assert float(found.price) == pytest.approx(1.991901, abs=1e-6)
    assert float(found.alone) == pytest.approx(1.994601, abs=1e-6)
    assert float(found.saving) == pytest.approx(float(found.alone) - float(found.price))


def kept_points(delta: float, beside: float, blob: float) -> np.ndarray:
    """What line 7 leaves, in the limit: genuine samples at the quantiles of their laws."""
    count = 200_000
    genuine = norm.ppf((np.arange(count) + 0.5) / count)
    places = [(2 * delta, beside), (6 * delta, blob), (10 * delta, beside)]
    bought = np.concatenate([np.full(int(mass * count), place) for place, mass in places])
    specks = np.concatenate(
        [np.linspace(low, low + 2 * delta, 40_001) for low in (0, 5 * delta, 10 * delta)]
    )
    candidates = np.sort(np.concatenate([genuine, genuine + 12 * delta, specks]))
    samples = np.sort(np.concatenate([genuine, genuine + 12 * delta, bought]))
    needed = int(np.ceil((norm.cdf(delta) - norm.cdf(-delta)) * count))
    return filtered(candidates, samples, needed, delta)


@pytest.mark.parametrize("delta", [1.5, 2.0, 3.0])
def test_algorithm_1_with_4_delta_loses_both(delta: float) -> None:
    found = bridge(delta)
    deficit = float(mass_deficit(delta, delta))
    spare = 0.1 * float(found.saving)
    blob = float(found.price) - 2 * deficit + spare
    kept = kept_points(delta, deficit + spare, blob)
    start, _ = clique_components(kept, 4 * delta)
    assert start.size == 0
    assert 2 * (deficit + spare) + blob < float(found.alone)
    start, _ = clique_components(kept, 3 * delta)  # as printed: both survive, and the blob
    assert start.size == 3


@pytest.mark.parametrize("missing", ["beside", "blob"])
def test_each_part_of_the_bridge_is_needed(missing: str) -> None:
    delta, deficit = 3.0, float(mass_deficit(3.0, 3.0))
    beside = 0.9 * deficit if missing == "beside" else deficit + 3e-4
    blob = 0.9 if missing == "blob" else 0.9976
    start, _ = clique_components(kept_points(delta, beside, blob), 4 * delta)
    assert start.size >= 2


@pytest.mark.parametrize("delta", ["1.4", 65, "x"])
def test_bad_input_is_a_clear_error(delta: object) -> None:
    with pytest.raises((bounds.InputError, bounds.DomainError)):
        bridge(delta)
