"""The theorems' comments are read whole, and say no more than the audit's verdict."""

import re
import shutil
from pathlib import Path

import pytest

from bounds.certify.errors import InputError
from proofs_check import PAPER, recorded
from proofs_check.kernel import statements as read
from proofs_check.kernel.missing import MISSING
from proofs_check.kernel.statements import (
    PREFIX,
    Theory,
    files,
    needs,
    source,
    sources,
    statements,
)

EVERY = [file for theory in PREFIX for file in files(theory)]
STATED = [one for file in EVERY for one in statements(file)]
_UNPROVED = re.compile(r"\b(Admitted|admit|Axiom|Parameter|Conjecture|bypass_check)\b")


def test_each_claim_has_one_theorem_or_says_what_is_missing() -> None:
    claims = [one.claim for one in STATED]
    assert len(set(claims)) == len(claims) >= 80
    assert sorted([*claims, *MISSING]) == sorted(PAPER.ids)


def test_each_theorem_bears_its_claims_name() -> None:
    for one in STATED:
        assert one.theorem in {name := one.claim.replace("-", "_"), f"{name}_claim"}


def test_no_theorem_says_that_it_proves_another_verdict() -> None:
    verdicts = recorded()
    for one in STATED:
        other = (
            {"printed refuted", "repaired statement"}
            if verdicts[one.claim] == "certified"
            else {"whole claim"}
        )
        assert not other & set(one.parts), one.claim


@pytest.mark.parametrize("theory", PREFIX)
def test_every_file_is_in_the_order_of_compilation(theory: Theory) -> None:
    assert sorted(files(theory)) == sorted(path.stem for path in sources(theory).glob("*.v"))
    seen: set[str] = set()
    for file in files(theory):
        assert set(needs(file)) <= seen
        seen.add(file)


def test_make_compiles_what_stands_on_measure_theory() -> None:
    project = sources("measure") / "_CoqProject"
    listed = [line for line in project.read_text().split("\n") if line.endswith(".v")]
    assert listed == [f"{file}.v" for file in files("measure")]


def test_what_a_file_needs_is_read() -> None:
    assert len(set(EVERY)) == len(EVERY), "a name stands for one file"
    assert {"Risk", "NormalLaw"} <= set(needs("TwoRisks"))
    assert {"Tools", "Turn2", "Turn3", "Turn4"} <= set(needs("CriticalValue"))


@pytest.mark.parametrize("file", EVERY)
def test_no_file_takes_anything_for_granted(file: str) -> None:
    text = re.sub(r"\(\*.*?\*\)", "", source(file), flags=re.DOTALL)
    assert _UNPROVED.search(text) is None


@pytest.mark.parametrize("file", EVERY)
def test_no_interval_is_of_the_processors_floats(file: str) -> None:
    """Without a precision the tactic computes with them; their axioms are not on the white list."""
    text = re.sub(r"\(\*.*?\*\)", "", source(file), flags=re.DOTALL)
    text = re.sub(r"^From .*$", "", text, flags=re.MULTILINE)  # a module has this name too
    assert not re.search(r"(?<!\w)(interval|integral)\s*[.;|\]})]", text)


def test_a_seeded_error_changes_the_statement_alone() -> None:
    for one in STATED:
        statement, proof = one.text.split("Proof.", 1)
        assert one.seeded.endswith(proof)
        assert not one.seeded.startswith(statement)


@pytest.mark.parametrize(("old", "new"), [("proves: ", "shows: "), (" ==> ", " -> ")])
def test_a_comment_that_cannot_be_read_is_no_theorem_less(
    old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(
        sources(), tmp_path / "claims", ignore=shutil.ignore_patterns("*.vo*", "*.glob")
    )
    measure = sources("measure")
    monkeypatch.setattr(
        read, "sources", lambda it="claims": measure if it == "measure" else tmp_path / it
    )
    changed = tmp_path / "claims" / "LowerBound.v"
    changed.write_text(changed.read_text().replace(old, new, 1))
    with pytest.raises(InputError, match="cannot be read"):
        statements("LowerBound")
