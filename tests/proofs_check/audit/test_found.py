"""Claims are found by import, whatever the text of their files: none is lost, none is twice."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bounds import InputError
from bounds.cli import main
from proofs_check.audit.paper import Audit, load_folder

PAPER = """
from pathlib import Path
from proofs_check.audit.paper import Audit
PAPER = Audit(module=__name__, title="A paper", claims="{name}.claims",
              sections={{"I": "I. One"}}, record=Path("recorded.json"), beyond={{"own": "Own"}})
"""
HEAD = """
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision
def check(): return Decision(CERTIFIED, "1 < 2", (Proved("1 < 2", less(1, 2)),))
def false(): return Decision(REFUTED, "2 < 1", (Proved("1 < 2", less(1, 2)),))
"""
LONG = """
CLAIM = Claim(
    id="{id}",
    where="I",
    printed="p",
    latex="p",
    hypotheses="none",
    method="balls",
    check={check},
    seeded=(Seeded("an error", false),),
)
"""
LINE = (
    'CLAIM = Claim(id="{id}", where="I", printed="p", latex="p", hypotheses="none",'
    ' method="balls", check={check}, seeded=())\n'
)
ANY = 'Claim("{id}", "I", "p", "p", "none", "balls", {check}, ())'

_numbers = iter(range(10**6))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """An audit with one claim, under a name that no other test uses."""
    before, path = set(sys.modules), list(sys.path)
    folder = tmp_path / f"paper_{os.getpid()}_{next(_numbers)}"
    (folder / "claims").mkdir(parents=True)
    (folder / "paper.py").write_text(PAPER.format(name=folder.name))
    (folder / "claims" / "first.py").write_text(HEAD + LONG.format(id="first", check="check"))
    yield folder
    sys.path[:] = path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def add(folder: Path, name: str, text: str, **values: str) -> None:
    path = folder / "claims" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + text.format(id="second", check="check", **values))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("second.py", LONG),
        ("second.py", LINE),
        ("second.py", LINE.replace('"', "'")),
        ("second.py", LONG.replace('id="{id}"', 'id="sec" + "ond"')),
        ("second.py", f"CLAIM = {ANY}"),
        ("second.py", f"CLAIMS = ({ANY},)"),
        ("second.py", f"CLAIMS = [{ANY}]"),
        ("second.py", f"def make(): return {ANY}\nCLAIM = make()"),
        ("own/second.py", LINE),
        ("own/__init__.py", LINE),
        ("__init__.py", LINE),
    ],
)
@pytest.mark.parametrize("check", ["check", "false"])
def test_a_claim_is_found_however_it_is_written(
    name: str, text: str, check: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(folder, name, text.replace("{check}", check))
    paper = load_folder(folder)
    assert sorted(paper.ids) == ["first", "second"]
    assert paper.is_own("second") == name.startswith("own")
    assert main(["audit", str(folder), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    verdicts = {claim["id"]: claim["verdict"] for claim in document["claims"]}
    assert verdicts == {
        "first": "certified",
        "second": "certified" if check == "check" else "refuted",
    }


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("second.py", f"MINE = {ANY}", r"holds the claim \'second\' as MINE: list it in CLAIMS"),
        ("second.py", f"CLAIMS = ()\nMORE = [{ANY}]", "as MORE: list it in CLAIMS"),
        ("second.py", "CLAIM = 7", "CLAIM is a Claim, and CLAIMS a tuple of them, not 7"),
        ("second.py", "CLAIMS = ('second',)", "CLAIMS a tuple of them, not 'second'"),
        ("second.py", "CLAIMS = None", "CLAIMS a tuple of them, not None"),
        ("second.py", LINE.replace("{id}", "first"), "two claims are called 'first'"),
        ("second.py", f"CLAIMS = ({ANY}, {ANY})", "two claims are called 'second'"),
        ("second.py", LINE[:-2] + ', rests_on=("third",))', "names the claim 'third', which"),
        ("second.py", LINE[:-2] + ', beside="third")', "names the claim 'third', which is not"),
        ("second.py", "1 / 0", "second cannot be imported .ZeroDivisionError: division by zero"),
        ("second.py", "CLAIM = (", "second cannot be imported .SyntaxError"),
        ("second.py", "import no_such_module", "cannot be imported .ModuleNotFoundError"),
    ],
)
def test_a_claim_that_would_be_lost_or_twice_is_an_error(
    name: str, text: str, told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(folder, name, text)
    with pytest.raises(InputError, match=told):
        load_folder(folder).find_claims()
    assert main(["audit", str(folder)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_paper_without_claims_is_an_error(folder: Path) -> None:
    (folder / "claims" / "first.py").unlink()
    with pytest.raises(InputError, match="holds no claim: define CLAIM in a module of it"):
        load_folder(folder).find_claims()


def test_the_record_is_beside_the_paper_wherever_the_audit_runs(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "recorded.json").write_text('{"first": "refuted"}')
    paper = load_folder(folder)
    assert paper.record == folder / "recorded.json"
    assert paper.recorded() == {}
    assert main(["audit", str(folder)]) == 0
    assert main(["audit", str(folder), "--record"]) == 0
    assert json.loads((folder / "recorded.json").read_text()) == {"first": "certified"}
    (folder / "recorded.json").write_text('{"first": "refuted"}')
    assert main(["audit", str(folder)]) == 1


def test_the_folder_is_taken_for_one_without_a_slash(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder.parent)
    assert main(["audit", folder.name, "--record"]) == 0
    assert f"`bounds audit {folder.name}" not in capsys.readouterr().err
    assert main(["audit", "no_such_folder", "--record"]) == 2
    assert "is no audit" in capsys.readouterr().err


def test_nothing_is_recorded_of_a_check_that_stops(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(folder, "second.py", LINE.replace("{check}", "lambda: 1 / 0"))
    assert main(["audit", str(folder), "--record"]) == 2
    assert "no decision on second: run" in capsys.readouterr().err
    assert not (folder / "recorded.json").exists()


def test_another_package_of_the_name_is_noticed(folder: Path, tmp_path: Path) -> None:
    load_folder(folder)
    other = tmp_path / "elsewhere" / folder.name
    (other / "claims").mkdir(parents=True)
    (other / "paper.py").write_text(PAPER.format(name=folder.name))
    with pytest.raises(InputError, match="another package is called"):
        load_folder(other)


def test_a_paper_without_a_file_needs_an_absolute_record() -> None:
    with pytest.raises(InputError, match="has no file"):
        Audit("no_such_module", "", "no_such_module", {}, Path("recorded.json"))
    whole = Path("/recorded.json")
    assert Audit("no_such_module", "", "no_such_module", {}, whole).record == whole


@pytest.mark.heavy
def test_a_run_in_another_process_finds_the_same(folder: Path) -> None:
    add(folder, "second.py", LINE)
    words = [sys.executable, "-m", "bounds", "audit", str(folder), "--jobs", "2"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert "2 claims decided" in done.stdout
