"""Where Theorem 1 fails for several components: the certified bound, and a simulation beside it."""

import math
from typing import Any

import numpy as np
import pytest
from flint import arb
from marks import heavy

import bounds


@pytest.mark.parametrize(
    ("k", "c", "m"),
    [(1, "1/20", 10**5), (2, "1/20", 2 * 10**5), (10, "1/20", 10**6), (2, "1/10", 10**7)],
)
def test_witnesses(k: int, c: str, m: int) -> None:
    found = bounds.lower.window_median_risk(k, c, m)
    assert found.refutes
    assert found.risk.high.fraction() < found.printed.low.fraction()
    assert found.risk.low.fraction() > bounds.lower_bound(k, c, m=m).value.low.fraction()


@pytest.mark.step("the window median's bound is below the printed one")
@pytest.mark.heavy
def test_few_clients_or_a_large_budget_decide_nothing() -> None:
    assert not bounds.lower.window_median_risk(10, "1/20", 2 * 10**4).refutes
    assert not bounds.lower.window_median_risk(2, "1/2", 10**6).refutes


@pytest.mark.heavy
def test_it_is_weaker_than_the_bound_for_one_component() -> None:
    """The same estimator at k = 1, up to clipping: the finer count gives the smaller bound."""
    fine = bounds.lower.median_risk("1/20", 20020)
    coarse = bounds.lower.window_median_risk(1, "1/20", 20020)
    assert fine.risk.high.fraction() < coarse.risk.low.fraction()


@pytest.mark.heavy
@pytest.mark.parametrize("shares", [(1.0, 0.0), heavy((0.5, 0.5))])
def test_simulated_attacks_stay_below_it(shares: tuple[float, float]) -> None:
    """Evidence, not proof: k = 2, corrupted reports 15 to the right of one mean, or of both."""
    m, c = 2 * 10**5, 1 / 20
    found = bounds.lower.window_median_risk(2, "1/20", m)
    random = np.random.default_rng(2026)
    clients = int((2 + c) * m)
    squares = []
    for _ in range(40):
        genuine = random.multinomial(clients, [1 / (2 + c), 1 / (2 + c), c / (2 + c)])
        losses = []
        for count, share in zip(genuine[:2], shares, strict=True):
            wrong = np.full(int(share * genuine[2]), 15.0)
            losses.append(np.median(np.concatenate([random.standard_normal(count), wrong])) ** 2)
        squares.append(np.dot(genuine[:2], losses) / genuine[:2].sum())
    mean, error = np.mean(squares), np.std(squares) / math.sqrt(len(squares))
    assert mean + 5 * error < float(found.risk)


@pytest.mark.parametrize(
    ("k", "c", "m"),
    [
        *((k, "1/20", 10**5) for k in (0, True, 1.0, 10**7)),
        *((2, c, 10**5) for c in (0, "0.6", arb(0.1, 0.01), "x")),
        *((2, "1/20", m) for m in (100, "100000.5", 10**17, None)),
    ],
)
def test_bad_input_is_a_clear_error(k: Any, c: Any, m: Any) -> None:
    with pytest.raises((bounds.InputError, bounds.DomainError)):
        bounds.lower.window_median_risk(k, c, m)
