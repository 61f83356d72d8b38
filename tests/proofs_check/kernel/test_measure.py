"""What kernel/measure proves on measure theory; skipped where mathcomp-analysis 1.9 is missing."""

import os
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bounds.kernel.coq import verdict
from proofs_check.kernel import measure, rows
from proofs_check.kernel.compiled import Compiled
from proofs_check.kernel.statements import AXIOMS, files, source, statements

STATEMENTS = source("Statements")
_TOLD = re.compile(r"^Theorem (\w+).*?Qed\.$", re.MULTILINE | re.DOTALL)
THEOREMS = {match[1]: match[0] for match in _TOLD.finditer(STATEMENTS)}

SEEDED = {
    "indistinct_is": ("(4 * t ^+ 2", "(3 * t ^+ 2"),
    "risk_is": ("(estimate z - m)", "(estimate z + m)"),
    "best_mean_is": ("937 / 1000", "938 / 1000"),
    "sharp_risk_is": ("66104 / 100000", "66105 / 100000"),
    "attack_cost_is": ("2 * cdf t - 1", "2 * cdf t + 1"),
    "hidden_by_is": (
        "(1 + c)%:E * reported A = normal_prob t",
        "c%:E * reported A = normal_prob t",
    ),
    "two_risks_add_up": ("(estimate z + t) ^+ 2 * q", "(estimate z - t) ^+ 2 * q"),
    "improper_is_lebesgue": ("(0 <= f x)%R) ->", "(f x <= 0)%R) ->"),
    "normal_law_density": ("density (x - m)", "density (x + m)"),
    "two_point_bound": ("B%:E <= maxe", "(B + 1)%:E <= maxe"),
    "sharp_two_point_bound": ("sharp_risk%:E < maxe", "(sharp_risk + 1)%:E < maxe"),
    "reports_do_not_tell": ("hidden_by (attack_cost t)", "hidden_by (attack_cost t - 1)"),
}
"""For each theorem of its statements a digit, a sign or a bound, changed."""


def test_every_theorem_has_a_seeded_error() -> None:
    assert THEOREMS.keys() == SEEDED.keys()
    assert all(THEOREMS[name].count(right) == 1 for name, (right, _) in SEEDED.items())


def test_without_a_compiler_there_is_no_measure_theory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "coqc", lambda: None)
    measure.mathcomp_analysis.cache_clear()
    assert measure.mathcomp_analysis() is None
    measure.mathcomp_analysis.cache_clear()


@pytest.fixture(scope="session")
def compiled(
    request: pytest.FixtureRequest,
    for_all_workers: Path,
    one_at_a_time: Callable[[str], AbstractContextManager[None]],
) -> Compiled:
    """Its files, compiled once for all workers."""
    if measure.mathcomp_analysis() is None:
        pytest.skip(f"{measure.NEEDED}: what rests on measure theory is left out")
    library: Path = request.getfixturevalue("coq_library")  # compiled only where it is needed
    with one_at_a_time("coq-measure"):
        jobs = os.cpu_count() or 1
        return Compiled(for_all_workers / "coq-measure", library, jobs, "measure")


@pytest.mark.kernel
def test_theorems_rest_on_its_white_list(compiled: Compiled) -> None:
    found = compiled.axioms_together(("Statements", name) for name in THEOREMS)
    assert verdict(found, AXIOMS["measure"]).outcome == "accepted"
    assert AXIOMS["measure"] <= set(found), "the list names no more than what is needed"
    assert verdict(found).outcome == "rejected", "it is the list of this part alone"


@pytest.mark.kernel
def test_the_table_is_what_coq_says(compiled: Compiled) -> None:
    table = rows()
    for file in files("measure"):
        for one, found in zip(statements(file), compiled.axioms(file), strict=True):
            assert table[one.claim].axioms == found


@pytest.mark.kernel
def test_a_seeded_error_in_a_statement_is_not_proved(compiled: Compiled) -> None:
    honest = [(f"honest_{name}", text) for name, text in THEOREMS.items()]
    assert compiled.proved_again("Statements", honest) == {name for name, _ in honest}
    altered = [
        (f"seeded_{name}", THEOREMS[name].replace(right, wrong, 1))
        for name, (right, wrong) in SEEDED.items()
    ]
    assert compiled.proved_again("Statements", altered) == set()


@pytest.mark.kernel
@pytest.mark.parametrize("file", [file for file in files("measure") if statements(file)])
def test_a_seeded_error_in_a_claims_theorem_is_not_proved(file: str, compiled: Compiled) -> None:
    stated = statements(file)
    honest = [(f"honest_{one.theorem}", one.text) for one in stated]
    assert compiled.proved_again(file, honest) == {name for name, _ in honest}
    altered = [(f"seeded_{one.theorem}", one.seeded) for one in stated]
    assert compiled.proved_again(file, altered) == set()
