"""Every test leaves the working precisions, which are global, as it found them.

At the end of a run, the score of the seeded errors is told.
"""

from collections.abc import Iterator
from typing import Any

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


def pytest_terminal_summary(terminalreporter: Any) -> None:
    told = {
        result: sum(
            "::test_a_seeded_error_changes_the_verdict[" in report.nodeid
            for report in terminalreporter.stats.get(result, ())
        )
        for result in ("passed", "failed", "error")
    }
    if total := sum(told.values()):
        terminalreporter.section("seeded errors")
        terminalreporter.line(f"{told['passed']} of {total} seeded errors change the verdict")
