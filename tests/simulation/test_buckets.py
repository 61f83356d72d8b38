"""Algorithm 1 by counts in buckets, against sorted parts: the same numbers, to the last bit."""

import tracemalloc
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from limits import grid as places_of
from marks import heavy

from bounds.simulation import ADVERSARIES, ESTIMATORS, buckets, by_counts
from bounds.simulation.buckets import Dealt, Grid
from bounds.simulation.by_counts import have_enough, in_buckets
from bounds.simulation.clients import Clients, draw_clients
from bounds.simulation.clusters import Clusters
from bounds.simulation.corrections import AS_MEANT
from bounds.simulation.problem import Problem
from bounds.simulation.server import clustered, estimated, filtered, robust_clustering
from bounds.simulation.split import shares

PATIENT = settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
WINDOW = 1.25
PROBLEM = Problem.read(1, 1, 1000, "1.25")
places = st.lists(st.integers(-60, 60), max_size=25).map(places_of)


def coarse(patch: pytest.MonkeyPatch, reach: int) -> None:
    """So many buckets to Δ, however few the reports are."""
    patch.setattr(buckets, "_FULL", 0)
    patch.setattr(buckets, "_FEWEST", reach)
    patch.setattr(buckets, "_MOST", reach)


def same(one: Clusters, other: Clusters) -> bool:
    return all(
        getattr(one, field.name).tolist() == getattr(other, field.name).tolist()
        for field in fields(Clusters)
    )


def tell_the_same(parts: list[np.ndarray], needed: int, reach: int) -> bool:
    """Whether buckets, of reports in no order, tell what sorted parts tell."""
    with pytest.MonkeyPatch.context() as patch:
        coarse(patch, reach)
        grid = Grid.over(np.concatenate(parts), WINDOW)
        assert grid is not None
        pieces = [[part[::-1][::2], part[::-1][1::2]] for part in parts]
        found = in_buckets(grid, (pieces[0], pieces[1], pieces[2]), needed, 7.0, PROBLEM)
    kept = filtered(parts[0], parts[1], needed, WINDOW)
    return same(found, estimated(kept, parts[2], 7.0, PROBLEM, AS_MEANT))


@pytest.mark.heavy
@PATIENT
@given(
    parts=st.tuples(places, places, places),
    needed=st.integers(1, 6),
    reach=st.sampled_from([1, 2, 5, 16]),
    chunk=st.sampled_from([1, 3, 1 << 13]),
    every=st.sampled_from([1, 2, 8]),
)
def test_buckets_tell_what_sorted_parts_tell(
    parts: tuple[np.ndarray, ...], needed: int, reach: int, chunk: int, every: int
) -> None:
    """On multiples of 1/8 differences of Δ and of 3Δ occur, and the inequalities are strict."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(buckets, "_CHUNK", chunk)
        patch.setattr(by_counts, "_EVERY", every)
        assert not any(map(len, parts)) or tell_the_same([*parts], needed, reach)


@pytest.mark.heavy
@pytest.mark.parametrize("reach", [1, heavy(2), 5, heavy(16)])
def test_buckets_tell_the_same_of_many_small_draws(reach: int) -> None:
    """Few reports in a narrow space, every other time with ties."""
    rng = np.random.default_rng(7)
    for number in range(600):
        width = float(rng.choice([1.5, 3.0, 6.0]))
        parts = [np.sort(rng.uniform(-width, width, rng.integers(1, 9))) for _ in range(3)]
        if number % 2:
            parts = [np.round(8 * part) / 8 for part in parts]
        assert tell_the_same(parts, int(rng.integers(1, 4)), reach)


@pytest.mark.heavy
@PATIENT
@given(
    candidates=places,
    first=places,
    needed=st.integers(1, 6),
    every=st.sampled_from([1, 2, 8]),
)
def test_the_candidates_asked_are_line_7(
    candidates: np.ndarray, first: np.ndarray, needed: int, every: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        coarse(patch, 4)
        patch.setattr(by_counts, "_EVERY", every)
        grid = Grid.over(np.append(np.concatenate([candidates, first]), 0.0), WINDOW)
        assert grid is not None
        drawn = Dealt(grid, [first]).drawn(np.ones(grid.size, np.bool_))
        enough = have_enough(candidates, drawn, needed, WINDOW)
    line_7 = [bool(np.sum(np.abs(first - h) < WINDOW) >= needed) for h in candidates]
    assert enough.tolist() == line_7


@pytest.mark.heavy
@pytest.mark.parametrize("name", ADVERSARIES)
@pytest.mark.parametrize("delta", ["1/2", "2", "5"])
def test_no_adversary_tells_buckets_from_a_sort(name: str, delta: str) -> None:
    problem = Problem.read(3, 1, 3000, delta)
    for seed in range(3):
        rng = np.random.default_rng(seed)
        clients = draw_clients(problem, ADVERSARIES[name], rng, rng)
        parts = clients.split(*shares(clients.reports.size, problem), rng)
        found = []
        for full in (0, np.inf):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(buckets, "_FULL", full)
                assert (Grid.over(clients.reports, problem.window) is None) == (full > 0)
                found.append(clustered(clients.reports, parts, problem))
        assert same(*found)


def test_only_reports_that_fill_them_are_put_into_buckets() -> None:
    near = np.linspace(-4, 4, 10_000)
    grid = Grid.over(near, 2.0)
    assert grid is not None
    assert grid.reach == 64
    assert grid.size == 257
    for reports in (
        np.empty(0),
        near[::10],  # 1,000 reports for 257 buckets
        np.append(near, 1e5),
        np.append(near, 1e300),
        np.append(near, np.inf),
        np.append(near, np.nan),
        near + 2.0**40,
    ):
        assert Grid.over(reports, 2.0) is None


def test_a_grid_has_buckets_for_every_window() -> None:
    for window, reach in ((1 / 64, 16), (0.7, 23), (32.0, 1024), (40.0, 1024)):
        grid = Grid.over(np.linspace(0, window, 200_000), window)
        assert grid is not None
        assert grid.reach == reach
        assert reach < grid.scale * window < reach + 0.5


def drawn(k: int, c: int, m: int) -> Clients:
    rng = np.random.default_rng(1)
    return draw_clients(Problem.read(k, c, m, 2), ADVERSARIES["none"], rng, rng)


def peak_of(clients: Clients, what: str) -> float:
    """Bytes a client, the reports included."""
    tracemalloc.start()
    try:
        if what == "clients":
            ESTIMATORS["algorithm"](clients, np.random.default_rng(2))
        else:
            robust_clustering(clients.reports, clients.problem, np.random.default_rng(2))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return (peak + clients.reports.nbytes) / clients.reports.size


def test_a_client_costs_12_bytes_in_buckets_and_24_where_parts_are_sorted() -> None:
    """The reports; and, of reports in any order, the parts. Nothing else is as long."""
    few_in_many = drawn(2, 1, 200_000)
    assert peak_of(few_in_many, "clients") < 12
    assert peak_of(few_in_many, "reports") < 20
    assert peak_of(drawn(200, 100, 1000), "clients") < 24.5
