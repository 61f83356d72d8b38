"""The search for better sets of means: it finds the two-point ratio, and nothing above it."""

import importlib.util
from fractions import Fraction
from pathlib import Path

import pytest
from marks import heavy

import bounds

_PATH = Path(__file__).parents[2] / "examples" / "more_than_two_means.py"
_SPEC = importlib.util.spec_from_file_location("more_than_two_means", _PATH)
assert _SPEC is not None
assert _SPEC.loader is not None
example = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(example)


@pytest.mark.parametrize("count", [2, 3, heavy(4)])
def test_the_search_ends_at_two_means(count: int) -> None:
    found = example.certified(*example.search(count, 3, seed=5))
    best = bounds.risk_to_mass(12).ratio.high.fraction()
    assert best - Fraction(1, 1000) < found.low.fraction() <= best


def test_it_prints_what_is_certified(capsys: pytest.CaptureFixture[str]) -> None:
    example.main(2, 1)
    out = capsys.readouterr().out
    assert "two means at the best separation: [0.66104639, 0.66104640]" in out
    assert "2 means, searched: [0.66104639, 0.66104640]" in out
    assert out.count("21 means") == 3
