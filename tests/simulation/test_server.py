from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from limits import grid
from scipy.stats import norm

from bounds.simulation import server
from bounds.simulation.corrections import AS_MEANT, AS_PRINTED, Corrections
from bounds.simulation.problem import Problem
from bounds.simulation.server import (
    Clusters,
    clique_components,
    estimated,
    filtered,
    maximal_cliques,
    robust_clustering,
)

PATIENT = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])

WINDOW = 1.25
PROBLEM = Problem.read(1, 1, 1000, "1.25")
places = st.lists(st.integers(-60, 60), max_size=25).map(grid)


@PATIENT
@given(
    candidates=places,
    first=places,
    needed=st.integers(1, 6),
    chunk=st.sampled_from([1, 3, 1 << 14]),
)
def test_the_filter_is_line_7(
    candidates: np.ndarray, first: np.ndarray, needed: int, chunk: int
) -> None:
    line_7 = [h for h in candidates if np.sum(np.abs(first - h) < WINDOW) >= needed]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "_CHUNK", chunk)
        assert filtered(candidates, first, needed, WINDOW).tolist() == line_7


def cliques_of(points: np.ndarray, edge: float, *, components: bool) -> list[list[float]]:
    """By brute force: sets of vertices grown by the definition of the graph."""
    sets = []
    for point in dict.fromkeys(points.tolist()):
        if components:
            grown = {point}
            while more := {q for q in points.tolist() for p in grown if abs(p - q) < edge} - grown:
                grown |= more
            if max(grown) - min(grown) < edge:
                sets.append(sorted(grown))
        else:
            sets.append(sorted({q for q in points.tolist() if 0 <= q - point < edge}))
    distinct = [list(found) for found in dict.fromkeys(map(tuple, sets))]
    return [a for a in distinct if not any(set(a) < set(b) for b in distinct)]


@PATIENT
@given(points=places)
def test_the_clusters_are_line_9(points: np.ndarray) -> None:
    for rule, components in ((clique_components, True), (maximal_cliques, False)):
        start, end = rule(points, 3 * WINDOW)
        found = [sorted(set(points[a : b + 1].tolist())) for a, b in zip(start, end, strict=True)]
        assert found == cliques_of(points, 3 * WINDOW, components=components)


def brute_estimates(
    kept: np.ndarray, second: np.ndarray, size: float, corrections: Corrections
) -> list[tuple[float, float, float]]:
    """Lines 8 to 16 by their definitions."""
    rows = []
    for clique in cliques_of(kept, 3 * WINDOW, components=corrections.components):
        if corrections.interval:
            near = [x for x in second if clique[0] - WINDOW < x < clique[-1] + WINDOW]
        else:
            near = [x for x in second if any(abs(x - h) < WINDOW for h in clique)]
        if near:
            samples = max(near) - min(near) - 2 * WINDOW
            extent = clique[-1] - clique[0] if corrections.extent else samples
            expected = norm.cdf(extent + WINDOW) - norm.cdf(-WINDOW)
            mass = len(near) / size - expected + PROBLEM.backoff
            rows.append((float(len(near)), float(np.median(near)), mass))
    return rows


@pytest.mark.heavy
@PATIENT
@given(kept=places, second=places, switches=st.tuples(*[st.booleans()] * 5))
def test_the_estimates_are_lines_8_to_16(
    kept: np.ndarray, second: np.ndarray, switches: tuple[bool, ...]
) -> None:
    corrections = Corrections(*switches)
    found = estimated(kept, second, 7.0, PROBLEM, corrections)
    rows = np.column_stack([found.count, found.median, found.mass]).tolist()
    expected = brute_estimates(kept, second, 7.0, corrections)
    assert rows == [pytest.approx(row) for row in expected]


@pytest.mark.parametrize("interval", [False, True])
@pytest.mark.parametrize("extent", [False, True])
def test_a_hole_of_every_width(interval: bool, extent: bool) -> None:
    """Two filtered points at every distance on the grid, below and above Δ, 2Δ and 3Δ.

    The samples cover both windows and the hole, or leave out the one to the left or right.
    """
    corrections = Corrections(interval=interval, extent=extent)
    samples = [grid(list(range(*ends))) for ends in ((-15, 60), (-15, 14), (11, 60), (11, 14))]
    for second, distance in product(samples, range(40)):
        kept = grid([0, distance])
        found = estimated(kept, second, 7.0, PROBLEM, corrections)
        rows = np.column_stack([found.count, found.median, found.mass]).tolist()
        expected = brute_estimates(kept, second, 7.0, corrections)
        assert rows == [pytest.approx(row) for row in expected]


def found_with(corrections: Corrections) -> Clusters:
    problem = Problem.read(4, 0, 20_000, 2)
    rng = np.random.default_rng(5)
    reports = rng.choice(problem.means, problem.clients) + rng.standard_normal(problem.clients)
    return robust_clustering(reports, problem, rng, corrections)


def test_each_component_is_found_and_the_order_of_reports_does_not_matter() -> None:
    found = found_with(AS_MEANT)
    assert found.median == pytest.approx([0, 18, 36, 54], abs=0.1)
    assert np.all((found.mass > 0) & (found.mass < 0.2))


def test_as_printed_every_quality_estimate_is_negative() -> None:
    """Line 15 divides by m what holds m₂ per component: g does not exist there."""
    found = found_with(AS_PRINTED)
    assert np.all(found.mass < -0.3)
    assert np.all(found_with(Corrections(count=False)).mass < -0.3)


def test_no_cluster_is_no_error() -> None:
    empty = np.empty(0)
    assert filtered(empty, empty, 3, WINDOW).size == 0
    assert estimated(empty, empty, 5.0, PROBLEM, AS_MEANT).median.size == 0
    assert estimated(np.zeros(3), empty, 5.0, PROBLEM, AS_PRINTED).median.size == 0
