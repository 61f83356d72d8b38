"""The attack against an implementation of the algorithms that shares nothing with its formulas."""

import pytest
from population import client_error, run_server
from scipy.special import ndtr

from bounds.errors import DomainError
from bounds.theorems.upper import constants, counterfeit


def attack(delta: float, slack: float = 0.002) -> dict[float, float]:
    """The atoms: a counterfeit on the right, and a chain beyond 3Δ on the left."""
    numbers = counterfeit(str(delta), 12)
    place = float(numbers.place) + 3 * slack
    rho = float(2 * ndtr(delta) - 1)
    half = rho / 2 + slack / 2
    middle = place + delta - slack
    return {
        place: half,
        place + 2 * delta - 2 * slack: rho - half,
        middle: slack / 20,
        -2.5 * delta: rho,
        -3 * delta - slack: slack / 20,
    }


@pytest.mark.parametrize("delta", [1.5, 2.0, 3.0, 4.0])
def test_the_algorithms_suffer_what_is_claimed(delta: float) -> None:
    numbers = counterfeit(str(delta), 12)
    atoms = attack(delta)
    clusters = run_server(atoms, delta)
    assert len(clusters) == 1, "the true cluster is destroyed, the counterfeit survives"
    (fake,) = clusters
    assert fake.median == pytest.approx(float(numbers.place), abs=0.05)
    assert abs(fake.estimate) < 0.01
    error = client_error(clusters, delta, lambda _: 0.0)
    assert error == pytest.approx(float(numbers.gain), rel=0.03)
    assert sum(atoms.values()) == pytest.approx(float(numbers.price), abs=0.02)


def test_without_the_adversary_the_algorithms_are_right() -> None:
    clusters = run_server({}, 2.0)
    assert [round(cluster.median, 3) for cluster in clusters] == [0.0]
    assert client_error(clusters, 2.0, lambda _: 0.0) < 0.03


@pytest.mark.parametrize(("delta", "beats"), [("2", True), ("3", True), ("4", True), ("5", False)])
def test_it_beats_the_printed_slope_for_the_papers_delta(delta: str, beats: bool) -> None:
    rate, slope = counterfeit(delta).rate, constants(delta).c0
    if beats:
        assert rate.low.fraction() > slope.high.fraction()
    else:
        assert rate.high.fraction() < slope.low.fraction()


def test_closer_counterfeits_merge_with_the_true_cluster() -> None:
    """Seeded error: a little closer than claimed, points between the two pass the filter."""
    atoms = attack(2.0)
    shifted = {place - 0.05 * (place > 0): mass for place, mass in atoms.items() if place > 0}
    assert len(run_server(shifted, 2.0)) == 0
    kept = {place: mass for place, mass in atoms.items() if place > 0}
    assert len(run_server(kept, 2.0)) == 2


def test_small_delta_is_refused() -> None:
    with pytest.raises(DomainError, match="worked out"):
        counterfeit("1.4")
