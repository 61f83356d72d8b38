"""Every test leaves the working precisions, which are global, as it found them.

What needs Coq is skipped by name where there is none; the library is compiled once for all workers.
No test fails for being slow: the machine may be busy.
At the end of a run, the score of the seeded errors is told.

Tests start hundreds of Pythons: what one has compiled is kept for the next, in __pycache__ as
usual, also where PYTHONDONTWRITEBYTECODE says otherwise.
"""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import mpmath
import pytest
from flint import ctx

from bounds.certify.rules.goal import by_processor_time
from bounds.kernel import Kernel
from bounds.kernel.coq import compile_library

hypothesis.settings.register_profile("patient", parent=hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("patient")

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What Coq checks takes minutes a test: it comes first, so that no worker waits at the end."""
    items.sort(key=lambda item: item.get_closest_marker("kernel") is None)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[object]:
    """While ten thousand tests are collected, nothing is garbage.

    They are not frozen: mutants are put where `gc` finds what is to be altered (`campaigns`).
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.fixture(autouse=True)
def _precisions() -> Iterator[None]:
    before = ctx.prec, ctx.cap, mpmath.mp.prec
    yield
    after = ctx.prec, ctx.cap, mpmath.mp.prec
    ctx.prec, ctx.cap, mpmath.mp.prec = before
    assert after == before, "the test or the library changed a global precision"


@pytest.fixture(autouse=True)
def _seconds_of_this_process() -> Iterator[None]:
    """A search has so many seconds of its own: a busy machine leaves none undecided."""
    with by_processor_time():
        yield


@pytest.fixture(scope="session")
def for_all_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers share."""
    here = tmp_path_factory.getbasetemp()
    return here.parent if "PYTEST_XDIST_WORKER" in os.environ else here


@pytest.fixture(scope="session")
def one_at_a_time(for_all_workers: Path) -> Callable[[str], AbstractContextManager[None]]:
    """What one worker does, while others that come there wait."""

    @contextmanager
    def lock(name: str) -> Iterator[None]:
        import fcntl  # not on every system that runs the other tests

        with (for_all_workers / f"{name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    return lock


@pytest.fixture(scope="session")
def coq_library(
    for_all_workers: Path, one_at_a_time: Callable[[str], AbstractContextManager[None]]
) -> Path:
    """The folder where the Coq library is compiled, once for all workers."""
    if shutil.which("coqc") is None:
        pytest.skip("Coq is not installed: what its kernel checks is left out")
    folder = for_all_workers / "coq-library"
    with one_at_a_time("coq-library"):
        compile_library(folder)
    return folder


@pytest.fixture(scope="session")
def kernel(coq_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Kernel:
    """Coq with the library compiled."""
    return Kernel(tmp_path_factory.mktemp("kernel"), coq_library)


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
