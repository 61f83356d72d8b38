"""Every test leaves the working precisions, which are global, as it found them."""

from collections.abc import Iterator

import mpmath
import pytest
from flint import ctx


@pytest.fixture(autouse=True)
def _precisions() -> Iterator[None]:
    before = ctx.prec, ctx.cap, mpmath.mp.prec
    yield
    after = ctx.prec, ctx.cap, mpmath.mp.prec
    ctx.prec, ctx.cap, mpmath.mp.prec = before
    assert after == before, "the test or the library changed a global precision"
