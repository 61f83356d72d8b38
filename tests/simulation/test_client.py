import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from limits import grid

import bounds
from bounds.simulation.client import combine_estimates, server_weight
from bounds.simulation.clients import Clients
from bounds.simulation.corrections import AS_MEANT, AS_PRINTED
from bounds.simulation.problem import Problem
from bounds.simulation.rule import OWN_SAMPLE, nearest, risk
from bounds.simulation.server import Clusters

PATIENT = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])

PROBLEM = Problem.read(1, 1, 1000, 2)
RHO, END = float(bounds.functions.central_mass(2.0)), float(bounds.functions.cdf(2.0))


def test_the_weight_follows_g_and_its_continuation() -> None:
    mass = np.array([-0.5, 0.0, 0.3, RHO - 1e-9, RHO + 1e-9, END - 1e-12, END, 3.0])
    weight = server_weight(mass, PROBLEM, AS_MEANT)
    shift = float(bounds.median_shift(0.3, 2.0))
    assert weight[:3] == pytest.approx([1, 1, 1 / (1 + shift**2)])
    assert weight[3] == pytest.approx(weight[4], rel=1e-3)  # continuous at ρ
    assert 0 < weight[5] < 0.03
    assert weight[6:].tolist() == [0, 0]
    assert np.all(np.diff(weight) <= 0)


def test_as_printed_a_cluster_without_g_is_not_trusted() -> None:
    mass = np.array([-0.5, 0.0, 0.3, RHO, END, 3.0])
    weight = server_weight(mass, PROBLEM, AS_PRINTED)
    assert (weight > 0).tolist() == [False, True, True, False, False, False]


@pytest.mark.heavy
@PATIENT
@given(
    medians=st.lists(st.integers(-50, 50), max_size=6, unique=True).map(grid),
    samples=st.lists(st.integers(-80, 80), min_size=1, max_size=20).map(grid),
)
def test_the_rule_is_algorithm_2(medians: np.ndarray, samples: np.ndarray) -> None:
    mass = np.linspace(-0.1, 1.2, medians.size)
    ones = np.ones(medians.size, dtype=np.int64)
    rule = combine_estimates(Clusters(medians, medians, ones, medians, mass), PROBLEM)
    weight = server_weight(mass, PROBLEM, AS_MEANT)
    for x, estimate in zip(samples, rule(samples), strict=True):
        distance = np.abs(medians - x)
        closest = np.flatnonzero(distance == distance.min(initial=np.inf))
        allowed = [
            weight[j] * medians[j] + (1 - weight[j]) * x if distance[j] < 3 else x for j in closest
        ]
        if closest.size != 1:
            allowed.append(x)  # the middle of two estimates, of probability 0, belongs to neither
        assert min(abs(estimate - np.asarray(allowed))) < 1e-12


def test_the_risk_is_the_mean_over_uncorrupted_clients_only() -> None:
    problem = Problem.read(2, 1, 1000, 1, separation=10)
    clients = Clients(problem, np.array([1.0, -2.0, 13.0, 500.0]), (2, 3))
    assert risk(OWN_SAMPLE, clients) == pytest.approx((1 + 4 + 9) / 3)
    rule = nearest(np.array([10.0, 0.5]), np.array([0.5, 1.0]), 4.0)
    assert risk(rule, clients) == pytest.approx((0.25 + 0.25 + 1.5**2) / 3)
