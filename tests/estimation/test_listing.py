"""The list against its definition, interval by interval."""

import math
from fractions import Fraction

import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from bounds.certify.numbers.precision import working_precision
from bounds.estimation import listing
from bounds.estimation.counts import Counts
from bounds.estimation.listing import possible_means
from bounds.functions.normal import cdf, density
from bounds.upper.sample_size import FINEST_CELL, Tuning

CELL = Fraction(1, 16)


def listed(reports: np.ndarray, scale: float, slack: float) -> np.ndarray:
    """T on cells of that width, at a slack."""
    tuning = Tuning(CELL, Fraction(slack), Fraction(3))
    return possible_means(Counts.of(reports, CELL), scale, tuning)


def by_definition(
    reports: np.ndarray, scale: float, slack: float, places: np.ndarray
) -> list[float]:
    """All s with ν(I) ≥ Φ_s(I) − δ, over every pair of edges within 8."""
    b = float(CELL)
    found = []
    for s in places:
        edges = s + np.arange(-round(8 / b), round(8 / b) + 1) * b
        below = np.searchsorted(np.sort(reports), edges) / scale
        law = ndtr(edges - s)
        missing = (law[None, :] - law[:, None]) - (below[None, :] - below[:, None])
        if np.triu(missing).max() <= slack:
            found.append(float(s))
    return found


@pytest.mark.step("T is a part of 2bℤ")
@pytest.mark.heavy
@settings(max_examples=15)
@given(
    st.integers(min_value=0, max_value=2**32),
    st.floats(min_value=0.05, max_value=0.4),
    st.lists(st.floats(min_value=-6, max_value=6), max_size=3),
)
def test_it_is_the_list_of_the_definition(seed: int, slack: float, blobs: list[float]) -> None:
    rng = np.random.default_rng(seed)
    scale = 120.0
    parts = [rng.standard_normal(140), *(np.full(60, blob) for blob in blobs)]
    reports = np.concatenate(parts)
    places = np.arange(-64, 65) * 2 * float(CELL)
    found = listed(reports, scale, slack)
    assert found.tolist() == by_definition(reports, scale, slack, places)


FINE = FINEST_CELL


def by_running_minimum(counts: Counts, scale: float, slack: float, places: range) -> list[float]:
    """All s of these edges with ν(I) ≥ Φ_s(I) − δ, over every edge within 8: in one pass each."""
    half = 8 * FINE.denominator
    law = ndtr(np.arange(-half, half + 1) * float(FINE))
    first = places[0] - half
    below = counts.before(np.arange(first, places[-1] + half + 1)) / scale
    found = []
    for s in places:
        missing = law - below[s - half - first : s + half + 1 - first]
        if (missing - np.minimum.accumulate(missing)).max() <= slack:
            found.append(s * float(FINE))
    return found


def fine_counts(scale: float, holes: list[tuple[float, int, float]]) -> Counts:
    """A normal law without noise on the finest cells, thinned out on some stretches of cells."""
    index = np.arange(-9 * FINE.denominator, 9 * FINE.denominator)
    law = np.diff(ndtr(np.append(index, index[-1] + 1) * float(FINE)))
    for place, width, factor in holes:
        start = np.searchsorted(index, round(place * FINE.denominator))
        law[start : start + width] *= factor
    number = np.rint(law * scale).astype(np.int64)
    held = np.flatnonzero(number)
    return Counts(FINE, index[held], number[held])


@pytest.mark.step(
    "a law moves with its mean",
    "a point is held beside another",
    "a point is dropped beside another",
)
@pytest.mark.heavy
@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(min_value=-6, max_value=6),
            st.sampled_from([1, 3, 8, 20, 31, 32, 33, 64, 200, 1000]),
            st.sampled_from([0.0, 0.5, 0.9, 1.1]),
        ),
        max_size=4,
    ),
    st.floats(min_value=0.002, max_value=0.04),
)
def test_on_the_finest_cells_it_is_the_list_of_the_definition(
    holes: list[tuple[float, int, float]], slack: float
) -> None:
    """Where most points are decided on few edges, and beside others."""
    counts = fine_counts(1e8, holes)
    tuning = Tuning(FINE, Fraction(slack), Fraction(3))
    found = possible_means(counts, 1e8, tuning)
    places = range(-200, 201, 2)
    assert np.abs(found).max(initial=0) < places[-1] * float(FINE)
    assert found.tolist() == by_running_minimum(counts, 1e8, slack, places)


def at_fine_cells(counts: Counts, slack: float) -> list[float]:
    """T on 401 places around 0, where it is that of the definition."""
    found = possible_means(counts, 1e8, Tuning(FINE, Fraction(slack), Fraction(3)))
    near: list[float] = found[np.abs(found) <= 400 * float(FINE)].tolist()
    assert near == by_running_minimum(counts, 1e8, slack, range(-400, 401, 2))
    return near


@pytest.mark.step("what lies between two edges of a stride", "no interval lacks less than nothing")
@pytest.mark.heavy
def test_what_is_missing_between_two_edges_of_a_stride_is_seen() -> None:
    """All reports in every 32nd cell, more than enough: but the cells between hold none."""
    index = np.arange(-8 * 1024, 8 * 1024, 32)
    law = np.diff(ndtr(np.append(index, index[-1] + 32) * float(FINE)))
    number = np.rint((law + 0.0145) * 1e8).astype(np.int64)
    assert at_fine_cells(Counts(FINE, index, number), 0.0115) == []
    assert at_fine_cells(Counts(FINE, index, number), 0.0126) != []


@pytest.mark.step("every interval is asked", "up to R from the mean", "what lies beyond 4 counts")
@pytest.mark.parametrize("shift", range(0, 16, 2))
def test_the_tails_of_a_law_count(shift: int) -> None:
    """The law less 3 %, and nothing beyond 4 standard deviations, where 6·10⁻⁵ are missing."""
    law = fine_counts(1e8, [(-9, 20_000, 0.97)])
    near = np.abs(law.index + 0.5) < 4 * 1024
    cut = Counts(FINE, law.index[near] + shift, law.number[near])
    missing = 0.03 + 2 * ndtr(-4) * 0.97
    assert shift * float(FINE) not in at_fine_cells(cut, missing - 1e-5)
    assert shift * float(FINE) in at_fine_cells(cut, missing + 1e-5)


@pytest.mark.step("a window may lack the slack", "so may a stretch of reports")
def test_a_law_that_lacks_all_that_it_may_is_listed() -> None:
    hole = [(-0.025, 51, 0.0)]
    missing = ndtr(0.025) - ndtr(0.025 - 51 / 1024)
    assert 0.0 in at_fine_cells(fine_counts(1e8, hole), missing + 4e-5)
    assert at_fine_cells(fine_counts(1e8, [(-9, 20_000, 0.75)]), 0.3) != []


@pytest.mark.step("stretches are short")
@pytest.mark.parametrize("place", range(-24, 24, 3))
def test_a_narrow_hole_is_seen_wherever_it_lies(place: int) -> None:
    """Of 12 cells, what it lacks lies beside it: no longer interval lacks any."""
    at = place / 1024
    holes = [(at, 12, 0.0), (at - 3 / 1024, 3, 6.0), (at + 12 / 1024, 3, 6.0)]
    assert at_fine_cells(fine_counts(1e8, holes), 0.003) == []


def test_what_lies_too_far_apart_for_a_table_is_listed_alike() -> None:
    """Lists of one law, and of that law here and once more 2^21 away."""
    z = np.random.default_rng(2).standard_normal(3000)
    (alone,) = (listed(z, 3000.0, 0.1),)
    both = listed(np.append(z, z + 2.0**21), 3000.0, 0.1)
    assert alone.size
    assert both.tolist() == [*alone, *(alone + 2.0**21)]


def test_a_gap_in_the_middle_of_a_law_is_seen() -> None:
    """Half-lines alone would miss it: the mass that is missing between lies on both sides."""
    rng = np.random.default_rng(0)
    z = rng.standard_normal(4000)
    moved = np.where(np.abs(z) < 0.3, np.sign(z) * 0.35, z)
    assert listed(z, 4000, 0.06).size
    assert not listed(moved, 4000, 0.06).size


def test_a_second_law_is_listed_only_if_its_mass_is_there() -> None:
    rng = np.random.default_rng(1)
    z = rng.standard_normal(30_000)
    # what two means ±1 need together: max(φ(x − 1), φ(x + 1))
    x = rng.uniform(-8, 8, 600_000)
    high = np.maximum(np.exp(-((x - 1) ** 2) / 2), np.exp(-((x + 1) ** 2) / 2))
    both = x[rng.random(x.size) < high]
    scale = both.size / (2 * math.erf(1 / math.sqrt(2)) / 2 + 1)
    found = listed(both, scale, 0.05)
    assert {-1.0, 1.0} <= set(found.tolist())
    assert 0.0 not in found  # at 0 the valley between them lacks mass
    alone = listed(z + 1, 30_000, 0.05)
    assert 1.0 in alone
    assert -1.0 not in alone


def test_constants_are_rounded_to_the_safe_side() -> None:
    """A share that is asked for is no larger than it is; what a law may rise by, no smaller."""
    with working_precision(96):
        assert 2 * cdf(arb(listing._WITHIN)) - 1 > listing._SHARE_WITHIN
        assert density(arb(0)) < listing._DENSITY
        assert 2 * cdf(arb(-listing._REACH)) < 0.9 * listing._BEYOND


@pytest.mark.parametrize("reports", [[], [0.0], [np.inf] * 50, [3.0] * 1000])
def test_nothing_is_listed_without_a_law(reports: list[float]) -> None:
    assert not listed(np.array(reports), 1000.0, 0.1).size
