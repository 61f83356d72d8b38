"""The list against its definition, interval by interval."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from bounds.estimation.counts import Counts
from bounds.estimation.listing import possible_means
from bounds.upper.sample_size import Tuning

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


@pytest.mark.parametrize("reports", [[], [0.0], [np.inf] * 50, [3.0] * 1000])
def test_nothing_is_listed_without_a_law(reports: list[float]) -> None:
    assert not listed(np.array(reports), 1000.0, 0.1).size
