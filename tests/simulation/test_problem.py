from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from bounds.certify.errors import InputError
from bounds.simulation import Problem, draw_clients
from bounds.simulation.adversaries import honest


def test_the_default_backoff_makes_three_equal_parts() -> None:
    for k, m in ((1, 300), (50, 20_000), (3, 10**6)):
        problem = Problem.read(k, 1, m, "2.5")
        assert problem.filter_size == pytest.approx(m / 3)
        assert 0 < problem.backoff < 1
    assert Problem.read(2, "1/3", 3000, "2.5").separation == Fraction(45, 2)


@pytest.mark.parametrize(
    "arguments",
    [
        (0, 1, 1000, 2),
        ("2.5", 1, 1000, 2),
        (2, -1, 1000, 2),
        (2, 1, 0, 2),
        (50, 1, 5, 2),
        (2, 1, 10**9, 2),
        (2, 1, 1000, 0),
        (2, 1, 1000, 33),
        (2, 1, 1000, float("nan")),
        (2, "x", 1000, 2),
        (2, 1, 1000, "1/60"),
        (2, 1, 1000, 2, 0),
        (2, 1, 1000, 2, 18, 0),
        (2, 1, 1000, 2, 18, "0.99"),
        (2, 1, 1000, 2, 18, "0.01"),
    ],
)
def test_bad_problems_are_refused(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(InputError):
        Problem.read(*arguments)


def test_the_draw_has_the_law_of_the_problem() -> None:
    """Each client is corrupted with probability c/(k + c), and else of a component at random."""
    problem = Problem.read(4, "1.5", 30_000, 2)
    rng = np.random.default_rng(1)
    clients = draw_clients(problem, honest, rng, rng)
    assert clients.reports.size == problem.clients == 165_000
    assert abs(clients.ends[-1] - 120_000) < 4 * (165_000 * 4 / 5.5 * 1.5 / 5.5) ** 0.5
    for mean, block in clients.components():
        assert abs(block.size - 30_000) < 4 * 30_000**0.5
        assert abs(block.mean() - mean) < 4 / block.size**0.5
        assert abs(block.std() - 1) < 4 / block.size**0.5


@pytest.mark.parametrize(
    "reports", [[1.0], np.full(10**6, np.nan), np.full(10**6, np.inf), None, "far away"]
)
def test_an_adversary_that_misbehaves_is_told(reports: Any) -> None:
    rng = np.random.default_rng(1)
    with pytest.raises(InputError, match="finite numbers"):
        draw_clients(Problem.read(1, 1, 1000, 2), lambda *_: reports, rng, rng)


def test_means_that_float64_cannot_tell_apart_are_refused() -> None:
    with pytest.raises(InputError, match="pass a smaller separation"):
        Problem.read(3, 1, 2000, 2, separation="1e300")


@pytest.mark.parametrize("backoff", ["1e-9999", "1e-200", "1", "1e9999"])
def test_a_backoff_beyond_float64_is_refused(backoff: str) -> None:
    with pytest.raises(InputError):
        Problem.read(3, 1, 2000, 2, backoff=backoff)
