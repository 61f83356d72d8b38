"""Coq accepts the claims' theorems, and none of them with an error put into its statement."""

import os
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from marks import campaign_but

from bounds.kernel.coq import verdict
from proofs_check.kernel import rows
from proofs_check.kernel.compiled import Compiled
from proofs_check.kernel.statements import Statement, files, statements

pytestmark = pytest.mark.kernel

_STEP_SECONDS = 5
"""The honest steps take less than two; a false one that is given up is not proved."""


@pytest.fixture(scope="session")
def compiled(
    coq_library: Path,
    for_all_workers: Path,
    one_at_a_time: Callable[[str], AbstractContextManager[None]],
) -> Compiled:
    """All files, compiled once for all workers."""
    with one_at_a_time("coq-claims"):
        return Compiled(for_all_workers / "coq-claims", coq_library, os.cpu_count() or 1)


def _named(stated: list[Statement]) -> list[tuple[str, str]]:
    return [(one.file, one.theorem) for one in stated]


def test_the_table_is_what_coq_says(compiled: Compiled) -> None:
    """Theorems with the same axioms in the table rest, all together, on just these."""
    table = rows()
    alike: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for file in files():
        for one in statements(file):
            alike[table[one.claim].axioms].append(one)
    for written, stated in alike.items():
        assert verdict(written).outcome == "accepted"
        assert compiled.axioms_together(_named(stated)) == written
    # together no axiom is lost: the same one by one, where Coq is quick
    apart = {name for names in compiled.axioms("Estimate") for name in names}
    assert set(compiled.axioms_together(_named(statements("Estimate")))) == apart


WITH_STATEMENTS = [file for file in files() if statements(file)]


@pytest.mark.parametrize("file", campaign_but(set(WITH_STATEMENTS[::3]), WITH_STATEMENTS))
def test_a_seeded_error_in_the_statement_is_not_proved(file: str, compiled: Compiled) -> None:
    stated = statements(file)
    honest = [(f"honest_{one.theorem}", one.text) for one in stated]
    assert compiled.proved_again(file, honest) == {name for name, _ in honest}
    altered = [(f"seeded_{one.theorem}", one.seeded) for one in stated]
    assert compiled.proved_again(file, altered, _STEP_SECONDS) == set()
