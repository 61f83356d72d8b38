"""The list of proof steps is true: each stands where it says, and so does its test."""

import ast
from functools import cache
from pathlib import Path

import pytest

from bounds.certify.errors import InputError
from campaigns import mutants
from campaigns import steps as campaign
from campaigns.steps import Step, steps

ROOT = mutants.ROOT
STEPS = steps()

LISTED = (
    "certify/roots/krawczyk",
    "certify/inequalities/decide",
    "certify/inequalities/term",
    "certify/numbers/enclosure",
    "certify/arithmetic/ball",
    "critical/critical",
    "critical/curve",
    "critical/domain",
    "critical/whole_domain",
    "critical/ends",
    "critical/family",
    "critical/fold",
    "critical/passage",
    "critical/point",
    "critical/regimes",
    "critical/small_delta",
    "critical/subdivision",
    "critical/large_delta/expansion",
    "critical/large_delta/first_turn",
    "critical/large_delta/scaled",
    "critical/large_delta/shape",
    "critical/large_delta/slices",
    "critical/model/equations",
    "critical/model/proof",
    "critical/model/rows",
    "critical/model/stored",
    "estimation/budget",
    "estimation/centres",
    "estimation/clusters",
    "estimation/counts",
    "estimation/listing",
    "estimation/rules",
    "estimation/summary",
    "lower/allocation",
    "lower/any_set",
    "lower/halving",
    "lower/interval",
    "lower/limit",
    "lower/median",
    "lower/set_cases",
    "lower/sets",
    "certify/roots/monotone",
    "lower/window_median",
    "upper/finite",
    "upper/joint",
    "upper/optimum",
    "upper/over_delta",
    "upper/possible_means",
    "upper/prices",
    "upper/sample_size",
    "upper/sharp",
    "upper/two_reaches",
)
"""The files of the main engine on which a proof stands."""


@pytest.mark.parametrize("file", LISTED)
def test_every_file_has_its_steps(file: str) -> None:
    assert any(step.file == f"bounds/{file}.py" for step in STEPS)


@cache
def tree(file: str) -> ast.AST:
    return ast.parse((ROOT / file).read_text("utf-8"))


def test_a_step_stands_where_it_says() -> None:
    """Once in its function; what stands in its place when it is dropped is another expression."""
    for step in STEPS:
        assert step.place_in(tree(step.file)), step
        assert step.alters(), step


def test_a_dropped_step_is_all_that_changes() -> None:
    step = STEPS[0]
    honest, altered = (text.splitlines() for text in (ast.unparse(tree(step.file)), step.dropped()))
    assert sum(old != new for old, new in zip(honest, altered, strict=True)) == 1


@cache
def names_in(path: Path) -> set[str]:
    found = ast.walk(ast.parse(path.read_text("utf-8")))
    return {node.name for node in found if isinstance(node, ast.FunctionDef)}


def test_every_named_test_exists() -> None:
    for test in sorted({step.test for step in STEPS}):
        path, name = test.split("::")
        assert path.startswith("tests/"), test
        assert name.startswith("test_"), test
        assert name in names_in(ROOT / path), test


def test_a_line_that_is_no_step_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "steps.md"
    monkeypatch.setattr(campaign, "LIST", page)
    page.write_text("## `bounds/lower/limit.py`\n| a step | `prove` | dropped |\n", "utf-8")
    with pytest.raises(InputError, match="no step"):
        steps()
    page.write_text("## Checker\n\n| anything | at all |\n", "utf-8")
    assert steps() == []


@pytest.mark.parametrize(
    ("function", "old"),
    [
        ("_earned", "no_such(1)"),
        ("no_function", "risk"),
        ("prove_one_component_is_best", "to_ball"),
    ],
)
def test_a_step_that_is_not_there_is_told(function: str, old: str) -> None:
    step = Step("bounds/lower/limit.py", "a step", function, old, "True", "tests/x.py::test_x")
    with pytest.raises(InputError, match="up to date"):
        step.dropped()


def test_a_campaign_tells_what_is_not_noticed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = iter(["survived", "killed", "survived"])

    def judge(*given: object, **_: object) -> str:
        """With every step in place no limit of time is set, and the test passes."""
        return next(outcomes) if len(given) > 3 else "survived"

    monkeypatch.setattr(campaign, "steps", lambda: STEPS[:3])
    monkeypatch.setattr(campaign.Trees, "__init__", lambda *_: None)
    monkeypatch.setattr(campaign.Trees, "judge", judge)
    assert campaign.main([]) == 1
    assert "3 steps dropped, one at a time: 1 noticed" in capsys.readouterr().out
    monkeypatch.setattr(campaign.Trees, "judge", lambda *_, **__: "killed")
    with pytest.raises(InputError, match="does not pass"):
        campaign.main([])
