"""Kept proofs: what their command writes, refused where one digit differs, never needed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bounds.certify.certificates import kept
from bounds.certify.certificates.seal import content_hash
from bounds.certify.errors import Inconclusive, InputError, Notice
from bounds.critical.large_delta import shape, slices
from bounds.lower import any_set, support_lines
from bounds.lower.set_cases import stored_guides
from bounds.lower.support_lines import LINES

ROOT = Path(kept.__file__).parents[3]


@pytest.mark.parametrize("module", kept.PROOFS)
def test_it_was_made_by_the_code_as_it_is(module: str) -> None:
    """Otherwise: python -m bounds.certify.certificates.kept."""
    assert kept.changed_code(module) == []


@pytest.mark.heavy
@pytest.mark.parametrize("module", kept.PROOFS)
def test_it_is_what_its_command_writes(module: str) -> None:
    proof = kept.kept_proof(module)
    assert proof.text() == proof.path.read_text(encoding="utf-8")


@pytest.fixture
def unread() -> Iterator[None]:
    """Kept proofs are read anew, and what a test has read is forgotten."""
    remembered = (any_set._kept_proof, slices._all, support_lines._kept)
    for function in remembered:
        function.cache_clear()
    yield
    for function in remembered:
        function.cache_clear()


def fresh(module: str) -> dict[str, Any]:
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


def no_box_is_missing(content: dict[str, Any]) -> None:
    content["evidence"] = content["evidence"][:-1]


def the_whole_is_one_box(content: dict[str, Any]) -> None:
    content["evidence"] = "."


def a_letter_of_another_kind(content: dict[str, Any]) -> None:
    content["evidence"] = "x" + content["evidence"][1:]


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize(
    "alter", [no_box_is_missing, the_whole_is_one_box, a_letter_of_another_kind]
)
def test_a_subdivision_under_a_right_hash_that_proves_nothing_is_refused(
    alter: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = fresh(any_set.__name__)
    alter(content)
    other = tmp_path / "any_set.json"
    other.write_text(resealed(content))
    monkeypatch.setattr(kept.Kept, "path", property(lambda _: other))
    with pytest.warns(Notice, match="not as it was written"):
        proof = any_set.prove_no_set_beats_two_points()
    assert proof == any_set._proof_for(None)


@pytest.mark.usefixtures("unread")
def test_false_balls_under_a_right_hash_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every slice narrowed: whichever two are drawn are not proved."""
    content = fresh(slices.__name__)
    for row in content["evidence"]:
        row[2][2] = 0  # the radius of u
    other = tmp_path / "slices.json"
    other.write_text(resealed(content))
    monkeypatch.setattr(kept.Kept, "path", property(lambda _: other))
    monkeypatch.setattr(slices, "_proved", tuple)
    with pytest.warns(Notice, match="is another"):
        assert slices.critical_slices() == ()


def test_parts_with_other_boxes_under_a_right_hash_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = fresh(shape.__name__)
    content["evidence"] = [[1, 1] for _ in content["evidence"]]
    other = tmp_path / "shape.json"
    other.write_text(resealed(content))
    monkeypatch.setattr(kept.Kept, "path", property(lambda _: other))
    with pytest.warns(Notice, match="has other boxes"):
        assert shape.KEPT.read(content["statement"], shape._check) is None


def test_a_part_left_out_under_a_right_hash_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever part is drawn: the first one has the boxes that are told."""
    content = fresh(shape.__name__)
    content["evidence"].pop()
    other = tmp_path / "shape.json"
    other.write_text(resealed(content))
    monkeypatch.setattr(kept.Kept, "path", property(lambda _: other))
    monkeypatch.setattr(shape.random, "randrange", lambda _: 0)
    with pytest.warns(Notice, match="has other boxes"):
        assert shape.KEPT.read(content["statement"], shape._check) is None


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


def test_a_line_whose_kept_cases_do_not_hold_is_proved_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = LINES[0]
    guides = stored_guides()[line.key()]
    honest = [support_lines._cases_of(line, guides, number) for number in range(3)]
    for counts, held in ((honest, True), ([count + 1 for count in honest], False)):
        monkeypatch.setattr(support_lines, "_kept", lambda counts=counts: {line: counts})
        assert support_lines._kept_cases(line) == (counts if held else None)
    prove = support_lines.prove_line.__wrapped__
    monkeypatch.setattr(support_lines, "_all_cases", lambda *_: [7])
    monkeypatch.setattr(support_lines, "prove_line", lambda _: None)
    assert prove(line).pieces == {"hull from 0.0 to 0.5": 7}


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update(statement={"text": "another"}),
        lambda content: content.update(engine="0.0"),
        lambda content: content["code"].update({"bounds/lower/any_set.py": "0"}),
        lambda content: content["code"].update({"bounds/lower/none.py": "0"}),
        lambda content: content["code"].pop("bounds/lower/quadrature.py"),
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
    content = fresh(any_set.__name__)
    statement = content["statement"]
    other = tmp_path / "any_set.json"
    other.write_text(resealed(content))
    monkeypatch.setattr(kept.Kept, "path", property(lambda _: other))
    assert any_set.KEPT.read(statement, lambda _: None) == content["evidence"]
    change(content)
    other.write_text(resealed(content))
    assert any_set.KEPT.read(statement, lambda _: None) is None


def test_what_does_not_hold_when_it_is_checked_is_not_used() -> None:
    def check(_: object) -> None:
        raise Inconclusive("not proved")

    statement = json.loads(any_set.KEPT.path.read_text(encoding="utf-8"))["statement"]
    with pytest.warns(Notice, match="not proved"):
        assert any_set.KEPT.read(statement, check) is None


def test_from_scratch_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    statement = json.loads(any_set.KEPT.path.read_text(encoding="utf-8"))["statement"]
    monkeypatch.setenv(kept.FROM_SCRATCH, "1")
    assert any_set.KEPT.read(statement, lambda _: None) is None


def test_the_code_of_a_proof_is_all_that_it_imports() -> None:
    code = kept.code_of("bounds.lower.any_set")
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
    other = tmp_path / "any_set.json"
    shutil.copy(any_set.KEPT.path, other)
    before = other.read_text(encoding="utf-8")
    monkeypatch.setattr(kept.Kept, "path", property(lambda _: other))
    kept.main(["bounds.lower.any_set"])
    assert capsys.readouterr().out == "written: any_set.json\n"
    assert other.read_text(encoding="utf-8") == before
    with pytest.raises(InputError, match="name one of"):
        kept.main(["bounds.lower.chains"])
