"""Every test leaves the working precisions, which are global, as it found them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import mpmath
import pytest
from flint import ctx

# the second routes and the samples live with the tests of the functions, the contract in benchmarks
_TESTS = Path(__file__).absolute().parents[1]
sys.path[:0] = [str(_TESTS / "functions"), str(_TESTS.parent)]


@pytest.fixture(autouse=True)
def _precisions() -> Iterator[None]:
    before = ctx.prec, ctx.cap, mpmath.mp.prec
    yield
    after = ctx.prec, ctx.cap, mpmath.mp.prec
    ctx.prec, ctx.cap, mpmath.mp.prec = before
    assert after == before, "the test or the library changed a global precision"
