"""The best allocation over k components, with Newton's method and without, as ratios in one run.

python -m pytest benchmarks -n 0 --benchmark-enable --benchmark-only

Read the bracketed ratios in each group's table. Without it the pieces are halved at full precision.
What no way can do without is the turns and the end of the domain to as many digits: the search is
to take no more than 12 times as long as they do.
"""

from __future__ import annotations

from typing import Any

import pytest

import bounds
from bounds.upper import best_allocation, envelope, finite

DIGITS = [30, 100, 300]
GROUP = "10 components, {} digits"


@pytest.mark.parametrize("digits", DIGITS)
def test_inflections_and_envelope(benchmark: Any, digits: int) -> None:
    benchmark.group = GROUP.format(digits)
    envelope("2", digits + 13)  # warm

    def both() -> Any:
        return bounds.inflections("2", digits + 13), envelope("2", digits + 13)

    benchmark.pedantic(both, rounds=5)


@pytest.mark.parametrize("digits", DIGITS)
def test_with_newton(benchmark: Any, digits: int) -> None:
    benchmark.group = GROUP.format(digits)
    found = benchmark.pedantic(best_allocation, (10, "2", "1/10", digits), rounds=5)
    assert found.exact


@pytest.mark.parametrize("digits", DIGITS[:-1])  # at 300 the pieces do not suffice
def test_by_halving(benchmark: Any, digits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    benchmark.group = GROUP.format(digits)

    def refuse(*_: object) -> None:
        raise bounds.Inconclusive("halve")

    monkeypatch.setattr(finite._Search, "_searched", refuse)
    found = benchmark.pedantic(best_allocation, (10, "2", "1/10", digits), rounds=2)
    assert found.exact
