"""Every step of the proofs has a mark that is about one place, and a test; the page says so."""

import ast
from pathlib import Path

import pytest
from dropped_steps import path_to

from bounds.certify.errors import InputError
from campaigns import marks
from campaigns import steps as campaign
from campaigns.steps import Marker, markers, steps

FILE = "bounds/lower/some_file.py"

SOURCE = '''\
"""Some file."""
from bounds.certify.numbers import arb


class Ball:
    def holds(self, low, high) -> bool:
        # step: it is finite and
        #   not below [true 2/3]
        return self.is_finite() and low <= high

    def over(self, low, high):
        # step: the range is taken as a whole [first call]
        # step: up to its end [last call]
        found = low.union(high)
        total += found  # step: it is counted [drop]
        # step: the end is rounded upward [function 2/2: .lower]
        # step: and has room to spare [call 2/2: _ + 1]
        note(self.edge, f"{total}", total.upper())
        # step: the sum is finite [false 1/2]
        # step: and so is an end [weak]
        if not total < 1:
            raise ValueError
        # step: a strict goal needs it [false 1/4]
        return [x for x in (1 if low and high else 2,) if x]
'''


def read(text: str) -> tuple[list[marks.Step], list[str]]:
    wrong: list[str] = []
    return marks.marks_of(FILE, text, wrong), wrong


def test_every_step_has_a_test_and_every_test_its_step() -> None:
    assert campaign.wrong(steps(), markers()) == []


def test_the_page_is_made_from_the_marks() -> None:
    text = campaign.LIST.read_text("utf-8")
    assert campaign.page(text) == text, "run python -m campaigns.steps --list"


@pytest.mark.parametrize("room", [
    "bounds/certify/roots", "bounds/certify/inequalities", "bounds/certify/numbers",
    "bounds/certify/arithmetic", "bounds/certify/checker", "bounds/checker", "bounds/critical",
    "bounds/estimation", "bounds/lower", "bounds/upper", "bounds/bracket", "proofs_check/audit",
])  # fmt: skip
def test_every_room_in_which_a_proof_stands_has_its_steps(room: str) -> None:
    assert any(step.file.startswith(f"{room}/") for step in steps())


def test_a_mark_says_what_is_dropped_and_how() -> None:
    found, wrong = read(SOURCE)
    assert wrong == []
    honest = ast.unparse(found[0].tree).splitlines()
    changes = {}
    for step in found:
        altered = step.dropped().splitlines()
        [changes[step.name]] = [b.strip() for a, b in zip(honest, altered, strict=True) if a != b]
    assert changes == {
        "it is finite and not below": "return low <= high",
        "the range is taken as a whole": "found = low",
        "up to its end": "found = high",
        "it is counted": "pass",
        "the end is rounded upward": "note(self.edge, f'{total}', total.lower())",
        "and has room to spare": "note(self.edge, f'{total}', total.upper() + 1)",
        "the sum is finite": "if False:",
        "and so is an end": "if not total <= 1:",
        "a strict goal needs it": "return [x for x in (2,) if x]",
    }
    assert [node.name for node in path_to(found[0])] == ["Ball", "holds"]


@pytest.mark.parametrize(
    ("mark", "why"),
    [
        ("# step: finite", "a mark reads"),
        ("# step: finite []", "a mark reads"),
        ("# step: finite [remove]", "a mark reads"),
        ("# step: finite [false", "a mark reads"),
        ("# step: finite [true false]", "no way to drop a step"),
        ("# step: finite [false sum 1/2]", "no way to drop a step"),
        ("# step: finite [first]", "no way to drop a step"),
        ("# step: finite [first thing]", "there is no kind thing"),
        ("# step: finite [true]", "one of 1, and the statement has 2"),  # which of the two?
        ("# step: finite [true 1/3]", "one of 3, and the statement has 2"),
        ("# step: finite [true 3/2]", "counts from 1 to 2"),
        ("# step: finite [first sum]", "the statement has 0"),
        ("# step: finite [constant: 0]", "does not change the code"),
        ("# step: finite [constant: 1 +]", "is no expression"),
        ("# step: finite [constant: unknown + 1]", "not in the file: unknown"),
    ],
)
def test_a_mark_that_is_none_is_told_with_its_place(mark: str, why: str) -> None:
    found, [told] = read(f"def f(x):\n    y = x\n    {mark}\n    if not x > 0:\n        pass\n")
    assert found == []
    assert told.startswith(f"{FILE}:3: ")
    assert why in told


@pytest.mark.parametrize(
    "text", ["x = (\n    1,\n    # step: one [zero constant]\n    2,\n)\n", "# step: one [drop]\n"]
)
def test_a_mark_belongs_to_a_statement(text: str) -> None:
    assert "beside a statement" in read(text)[1][0]


def test_lines_and_names_may_change() -> None:
    def dropped(text: str) -> list[str]:
        return [step.dropped() for step in read(text)[0]]

    moved = SOURCE.replace("low", "first").replace("over", "_across")
    moved = f"import this\n\n\ndef g():\n    pass\n\n\n{moved}"
    assert len(dropped(moved)) == len(dropped(SOURCE))
    assert all("import this" in text for text in dropped(moved))
    one_more = SOURCE.replace("self.is_finite() and", "self.is_finite() and self.rad() < 1 and")
    assert "the statement has 4" in read(one_more)[1][0]


@pytest.fixture
def _two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bounds").mkdir()
    for name in ("a", "b"):
        (tmp_path / f"bounds/{name}.py").write_text("# step: one [drop]\nx = 1\n", "utf-8")
    monkeypatch.setattr(marks, "ROOT", tmp_path)
    marks._all_marks.cache_clear()


@pytest.mark.usefixtures("_two_files")
def test_two_steps_have_two_names() -> None:
    try:
        with pytest.raises(InputError, match=r'bounds/b.py:1: .*bounds/a.py:1 has the name "one"'):
            steps()
    finally:
        marks._all_marks.cache_clear()


def test_a_step_without_a_test_and_a_test_without_a_step() -> None:
    found = read(SOURCE)[0][:2]
    named = (
        Marker("tests/test_x.py::test_f", 7, ("the range is taken as a whole", "or not"), False),
    )
    told = campaign.wrong(found, named)
    assert told[0].startswith(f"{FILE}:7: no test fails without")
    assert told[1:] == ['tests/test_x.py:7: there is no step "or not"']


def test_markers_name_steps(tmp_path: Path) -> None:
    path = tmp_path / "test_some_file.py"
    path.write_text(
        "import pytest\n\nTABLE = {'c': 1, 'd': 2}\n\n\n@pytest.mark.step('a', 'b')\n"
        "def test_f(): ...\n\n\n@pytest.mark.step(*TABLE)\ndef test_g(): ...\n",
        "utf-8",
    )
    first, second = campaign.markers_in(path)
    assert (first.steps, first.line, first.drops) == (("a", "b"), 6, False)
    assert (second.steps, second.line, second.drops) == (("c", "d"), 10, True)
    path.write_text("import pytest\n\n\n@pytest.mark.step(NAME)\ndef test_f(): ...\n", "utf-8")
    with pytest.raises(InputError, match=r"test_some_file.py:4: name steps"):
        list(campaign.markers_in(path))


def test_a_campaign_tells_what_is_not_noticed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = read(SOURCE)[0][:3]
    file = str(Path(marks.__file__).relative_to(marks.ROOT))
    chosen = [step.__class__(**{**vars(step), "file": file}) for step in found]
    named = tuple(Marker(f"t::{step.name}", 1, (step.name,), False) for step in found)
    outcomes = iter(["survived", "killed", "survived"])

    def judge(*given: object, **_: object) -> str:
        """With every step in place no limit of time is set, and the test passes."""
        return next(outcomes) if len(given) > 3 else "survived"

    monkeypatch.setattr(campaign, "steps", lambda: chosen)
    monkeypatch.setattr(campaign, "markers", lambda: named)
    monkeypatch.setattr(campaign.Trees, "__init__", lambda *_: None)
    monkeypatch.setattr(campaign.Trees, "judge", judge)
    assert campaign.main([]) == 1
    assert "3 steps dropped, one at a time: 1 noticed" in capsys.readouterr().out
    monkeypatch.setattr(campaign.Trees, "judge", lambda *_, **__: "killed")
    with pytest.raises(InputError, match="does not pass"):
        campaign.main([])
    monkeypatch.setattr(campaign, "markers", lambda: ())
    with pytest.raises(InputError, match="no test fails without"):
        campaign.main([])
