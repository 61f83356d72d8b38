"""Coq accepts the claims' theorems, and none of them with an error put into its statement."""

import shutil

import pytest

from bounds.kernel.coq import verdict
from proofs_check.kernel import rows
from proofs_check.kernel.compiled import Compiled
from proofs_check.kernel.statements import files, statements

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed"),
]

_STEP_SECONDS = 5
"""The honest steps take less than two; a false one that is given up is not proved."""


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """All files, compiled."""
    return Compiled(tmp_path_factory.mktemp("kernel") / "coq")


def test_the_table_is_what_coq_says(compiled: Compiled) -> None:
    table = rows()
    for row in compiled.rows():
        assert verdict(row.axioms).outcome == "accepted"
        written = table[row.claim]
        assert (row.axioms, row.lines, row.needs) == (written.axioms, written.lines, written.needs)


@pytest.mark.campaign
@pytest.mark.parametrize("file", [file for file in files() if statements(file)])
def test_a_seeded_error_in_the_statement_is_not_proved(file: str, compiled: Compiled) -> None:
    stated = statements(file)
    honest = [(f"honest_{one.theorem}", one.text) for one in stated]
    assert compiled.proved_again(file, honest) == {name for name, _ in honest}
    altered = [(f"seeded_{one.theorem}", one.seeded) for one in stated]
    assert compiled.proved_again(file, altered, _STEP_SECONDS) == set()
