"""Kept proofs: what their command writes, refused where one digit differs, never needed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bounds.certify.certificates import kept
from bounds.certify.certificates.seal import content_hash
from bounds.certify.errors import Inconclusive, InputError, Notice
from bounds.lower import support_lines
from bounds.lower.support_lines import KEPT, LINES

ROOT = Path(kept.__file__).parents[3]


@pytest.mark.parametrize("module", kept.PROOFS)
def test_it_was_made_by_the_code_as_it_is(module: str) -> None:
    """Otherwise: python -m bounds.certify.certificates.kept."""
    assert kept.changed_code(module) == []


@pytest.mark.campaign  # two minutes; its lines are drawn and proved at every use
@pytest.mark.parametrize("module", kept.PROOFS)
def test_it_is_what_its_command_writes(module: str) -> None:
    proof = kept.kept_proof(module)
    assert proof.text() == proof.path.read_text(encoding="utf-8")


@pytest.fixture
def unread() -> Iterator[None]:
    """Kept proofs are read again, and what a test has read is forgotten."""
    support_lines._kept.cache_clear()
    yield
    support_lines._kept.cache_clear()


def fresh(module: str = support_lines.__name__) -> dict[str, Any]:
    """The kept proof, as if the code as it is had made it."""
    content = json.loads(kept.kept_proof(module).path.read_text(encoding="utf-8"))
    content["code"] = {name: kept._hash(ROOT / name) for name in kept.code_of(module)}
    return json.loads(resealed(content))


def resealed(content: dict[str, Any]) -> str:
    return json.dumps({**content, "sha256": content_hash(content)})


def digits_altered(text: str) -> list[str]:
    """The text with one digit or letter of the evidence, the statement or the hash altered."""
    found = []
    for mark in ('"evidence": ', '"statement": ', '"sha256": "'):
        start = text.index(mark) + len(mark)
        at = next(i for i in range(start, len(text)) if text[i] in "0123456789/.")
        found.append(text[:at] + ("2" if text[at] != "2" else "3") + text[at + 1 :])
    return found


@pytest.mark.step("a kept proof is as it was written")
@pytest.mark.parametrize("module", kept.PROOFS)
@pytest.mark.parametrize("which", range(3))
def test_one_altered_digit_is_refused(
    module: str, which: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = kept.kept_proof(module)
    other = tmp_path / proof.path.name
    other.write_text(digits_altered(json.dumps(fresh(module)))[which])
    monkeypatch.setattr(kept.Kept, "path", property(lambda _: other))
    statement = json.loads(other.read_text())["statement"]
    with pytest.warns(Notice, match="not as it was written"):
        assert proof.read(statement, lambda _: None) is None


@pytest.mark.step("kept cases are of every hull")
@pytest.mark.usefixtures("unread")
def test_cases_of_less_than_all_hulls_under_a_right_hash_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = fresh(support_lines.__name__)
    content["evidence"][0].pop()
    other = tmp_path / "support_lines.json"
    other.write_text(resealed(content))
    monkeypatch.setattr(kept.Kept, "path", property(lambda _: other))
    with pytest.warns(Notice, match="not all there"):
        assert support_lines._kept() is None


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("count", [0, -3, 4.0, True, "4", None, [4]], ids=repr)
def test_a_number_of_cases_under_a_right_hash_is_one(
    count: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = fresh()
    content["evidence"][3][1] = count
    other = tmp_path / "support_lines.json"
    other.write_text(resealed(content))
    monkeypatch.setattr(kept.Kept, "path", property(lambda _: other))
    with pytest.warns(Notice, match="a number of cases is none"):
        assert support_lines._kept() is None


@pytest.mark.parametrize("text", ["", "7", "[]", "null", "{}", '"x"', "[" * 5000, "\xff"], ids=repr)
def test_a_file_of_another_form_is_refused(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "support_lines.json"
    other.write_text(text, encoding="latin-1")
    monkeypatch.setattr(kept.Kept, "path", property(lambda _: other))
    with pytest.warns(Notice, match="not as it was written"):
        assert KEPT.read({}, lambda _: None) is None


def test_a_file_that_is_not_there_is_as_none_and_one_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept.Kept, "path", property(lambda _: tmp_path / "none.json"))
    assert KEPT.read({}, lambda _: None) is None
    monkeypatch.setattr(kept.Kept, "path", property(lambda _: tmp_path))  # a folder
    with pytest.warns(Notice, match="not as it was written"):
        assert KEPT.read({}, lambda _: None) is None


def altered_counts(alter: Any) -> dict[Any, list[int]]:
    kept_counts = dict(zip(LINES, fresh()["evidence"], strict=True))
    alter(kept_counts[LINES[0]])
    return kept_counts


def one_more(counts: list[int]) -> None:
    counts[1] += 1


def the_last_away(counts: list[int]) -> None:
    counts.pop()


@pytest.mark.parametrize("alter", [one_more, the_last_away, lambda counts: counts.append(1)])
def test_a_line_whose_kept_cases_do_not_hold_is_proved_from_scratch(
    alter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = LINES[0]
    honest = fresh()["evidence"][0]
    monkeypatch.setattr(support_lines, "_kept", lambda: {line: honest})
    assert support_lines._kept_cases(line) == honest
    counts = altered_counts(alter)
    monkeypatch.setattr(support_lines, "_kept", lambda: counts)
    with pytest.warns(Notice, match="does not hold for the line"):
        assert support_lines._kept_cases(line) is None
    prove = support_lines.prove_line.__wrapped__
    monkeypatch.setattr(support_lines, "_all_cases", lambda *_: [7])
    monkeypatch.setattr(support_lines, "prove_line", lambda _: None)
    with pytest.warns(Notice, match="proved from scratch"):
        proof = prove(line)
    assert proof.pieces == {"hull from 0.0 to 0.5": 7}
    assert proof.stored == 0


@pytest.mark.step("it proves what is asked", "with the code as it is", "and the same FLINT")
@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update(statement={"text": "another"}),
        lambda content: content.update(engine="0.0"),
        lambda content: content["code"].update({"bounds/lower/support_lines.py": "0"}),
        lambda content: content["code"].update({"bounds/lower/none.py": "0"}),
        lambda content: content["code"].pop("bounds/lower/sets.py"),
        lambda content: content.update(code={}),
        lambda content: content["code"].update(
            {"bounds/lower/bound.py": kept._hash(ROOT / "bounds/lower/bound.py")}
        ),
        lambda content: content.update(proof="bounds.lower.chains"),
    ],
)
def test_a_proof_of_other_code_or_another_statement_is_not_used(
    change: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = fresh()
    statement = content["statement"]
    other = tmp_path / "support_lines.json"
    other.write_text(resealed(content))
    monkeypatch.setattr(kept.Kept, "path", property(lambda _: other))
    assert KEPT.read(statement, lambda _: None) == content["evidence"]
    change(content)
    other.write_text(resealed(content))
    assert KEPT.read(statement, lambda _: None) is None


def test_what_does_not_hold_when_it_is_checked_is_not_used() -> None:
    def check(_: object) -> None:
        raise Inconclusive("not proved")

    statement = json.loads(KEPT.path.read_text(encoding="utf-8"))["statement"]
    with pytest.warns(Notice, match="not proved"):
        assert KEPT.read(statement, check) is None


def test_from_scratch_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    statement = json.loads(KEPT.path.read_text(encoding="utf-8"))["statement"]
    monkeypatch.setenv(kept.FROM_SCRATCH, "1")
    assert KEPT.read(statement, lambda _: None) is None


def test_the_code_of_a_proof_is_all_that_it_imports() -> None:
    code = kept.code_of("bounds.lower.any_set")  # of any module, with a proof that is kept or not
    assert {"bounds/lower/any_set.py", "bounds/lower/quadrature.py"} <= code
    assert "bounds/certify/numbers/precision.py" in code  # imported by what it imports
    assert "bounds/lower/bound.py" not in code
    script = (  # without what a room's door imports for others
        "import sys, types; from pathlib import Path; root = Path(sys.argv[1])\n"
        "for name in ('bounds', 'bounds.lower', 'bounds.functions', 'bounds.certify.roots',"
        " 'bounds.certify.inequalities'):\n"
        "    sys.modules[name] = types.ModuleType(name)\n"
        "    sys.modules[name].__path__ = [str(root.joinpath(*name.split('.')))]\n"
        "import bounds.lower.any_set\n"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('bounds.')"
        " and getattr(m, '__file__', None)))"
    )
    words = [sys.executable, "-c", script, str(ROOT)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    loaded = {Path(name).relative_to(ROOT).as_posix() for name in done.stdout.split()}
    assert {name for name in loaded if not name.endswith("__init__.py")} <= code


def test_the_command_writes_it_and_names_what_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "support_lines.json"
    monkeypatch.setattr(kept.Kept, "path", property(lambda _: other))
    monkeypatch.setattr(support_lines, "_all_cases", lambda line, _: [1] * LINES.index(line))
    kept.main(["bounds.lower.support_lines"])
    assert capsys.readouterr().out == "written: support_lines.json\n"
    content = json.loads(other.read_text(encoding="utf-8"))
    assert content["evidence"] == [[1] * n for n in range(len(LINES))]
    assert content["sha256"] == content_hash(content)
    assert kept.changed_code("bounds.lower.support_lines") == []
    with pytest.raises(InputError, match="name one of"):
        kept.main(["bounds.lower.chains"])
