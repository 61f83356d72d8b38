"""Attacks: masses by a second route, the graph against its definition, shares that add up."""

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds import Inconclusive
from bounds.certify.numbers.precision import working_precision
from proofs_check.claims.s5_algorithm.bridges import (
    WINDOW_END,
    shared_blob,
    shared_blob_wide,
    single_atom,
)
from proofs_check.claims.s5_algorithm.layout import EDGE, Layout, clusters, is_clique, mirrored

ATTACKS = [shared_blob, shared_blob_wide, single_atom]
places = st.fractions(-20, 20, max_denominator=10)


def mass_by_erf(layout: Layout, h: Fraction) -> float:
    near = [float(m) for z, m in layout.atoms if abs(z - h) < layout.delta]
    for mean in layout.means:
        low, high = float(h - mean - layout.delta), float(h - mean + layout.delta)
        near.append((math.erf(high / math.sqrt(2)) - math.erf(low / math.sqrt(2))) / 2)
    return math.fsum(near)


@pytest.mark.parametrize("attack", ATTACKS)
def test_hypotheses_pass_by_a_second_route(attack) -> None:
    layout = attack().layout
    rho = math.erf(float(layout.delta) / math.sqrt(2))
    with working_precision(128):
        for h in attack().seen:
            assert mass_by_erf(layout, h) > rho
            assert float(layout.mass(h).at({}).mid()) == pytest.approx(mass_by_erf(layout, h))


@pytest.mark.parametrize("attack", ATTACKS)
def test_without_its_atoms_an_attack_destroys_nothing(attack) -> None:
    found = attack()
    peaceful = Layout(found.layout.delta, found.layout.means)
    far = max(h for h in found.seen if min(abs(h - m) for m in peaceful.means) > 1)
    peaceful.fails(far)
    with pytest.raises(Inconclusive, match="not so"):
        peaceful.passes(far)


@pytest.mark.heavy
@settings(max_examples=50)
@given(st.lists(places, min_size=1, max_size=12), st.fractions(Fraction(1, 2), 3))
def test_clusters_are_the_connected_components(points: list[Fraction], delta: Fraction) -> None:
    groups = clusters(points, delta)
    assert sorted(points) == [p for group in groups for p in group]
    for left, right in pairwise(groups):
        assert min(abs(a - b) for a in left for b in right) >= EDGE * delta
    for group in groups:
        joined = all(abs(a - b) < EDGE * delta for a in group for b in group)
        assert is_clique(group, delta) == joined


@pytest.mark.parametrize("attack", [shared_blob, shared_blob_wide])
def test_pairs_are_symmetric_and_nine_delta_apart(attack) -> None:
    layout = attack().layout
    assert layout.means[1] - layout.means[0] == 9 * layout.delta
    assert mirrored(layout.means[1], attack().seen) == attack().seen
    assert attack().destroyed() == 2


def test_the_reach_of_what_lets_in_a_hypothesis() -> None:
    assert Fraction(11, 2) == WINDOW_END
