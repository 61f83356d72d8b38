"""What commands write as JSON has the schemas of the package, and nothing that they do not name."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from certificate_builder import replaced, root_certificate, sealed
from jsonschema import Draft202012Validator
from marks import heavy
from referencing import Registry, Resource

from bounds.cli import _COMMANDS, _parser, main
from bounds.figures import picture

SCHEMAS = {
    path.name: json.loads(path.read_text(encoding="utf-8"))
    for path in files("bounds.cli").joinpath("schemas").iterdir()
}


def closed(schema: Any) -> Any:
    """The schema, refusing what it does not name: a field cannot be added unseen."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(each) for key, each in schema.items()}
    if "properties" in made and isinstance(made.get("required"), list):
        made.setdefault("additionalProperties", False)
    return made


@cache
def validator(name: str) -> Draft202012Validator:
    made = {each: closed(schema) for each, schema in SCHEMAS.items()}
    registry = Registry().with_resources(
        (each, Resource.from_contents(schema)) for each, schema in made.items()
    )
    return Draft202012Validator(made[f"{name}.json"], registry=registry)


RUNS = [
    ("eps-cr", "eps-cr 0.4 2 1.2 --json"),
    ("inflections", "inflections 1.2 0.5 --json"),
    ("folds", "folds --digits 10 --json"),
    ("large-delta", "large-delta 12 25/2 --terms 3 --digits 8 --json"),
    ("lower", "lower 3 1/2 --json"),
    ("lower", "lower 10 1 --m 1000 --method sharp --json"),
    ("upper", "upper 3 0.1 --json"),
    ("upper", "upper 3 0.1 --method printed --json"),
    ("upper", "upper 2 1/10 --k 4 --json"),
    ("upper", "upper 3 1/10 --method proved --k 50 --m 1000000 --json"),
    ("bracket", "bracket 1 1/20 --json"),
    ("bracket", "bracket 4 0 5 --json"),
    ("bracket", "bracket 10 1 18 --m 100000 --json"),
    ("mixture", "mixture 1/10 5 3 2 --json"),
    ("mixture", "mixture 0.1 5 3 --distance 30 --variances 1 4 --json"),
    ("constants", "constants 2 0.5 --json"),
    ("constants", "constants --ranges --json"),
    (
        "advise",
        "advise --clients 200000 --groups 10 --corrupted 5% --distance 20 --reps 0 --json",
    ),
    ("advise", "advise --clients 200 --groups 2 --corrupted 5% --distance 20 --reps 2 --json"),
    ("simulate", "simulate --delta 2 --k 2 --c 1 --m 50 --reps 2 --json"),
    ("simulate", "simulate --delta 2 --k 2 --c 1 --m 50 --reps 2 --adversary none --json"),
    ("audit", "verify eps-cr-2 gap-factor linear-is-optimal --json --jobs 1"),
    ("figure", "figure 2 --data"),
    ("decide", "decide 1<2 --json"),
    ("number", "evaluate Phi(-8) --json"),
    ("number", "integrate exp(-x^2) x 0 1 --json"),
    ("extremum", "maximum x*(1-x) --for 0<=x<=1 --json"),
    ("extremum", "minimum x/(1+x) --for x>0 --json"),
    ("solve", "solve x^2=2 --for 0<=x<=2 --json"),
    ("sharpen", "sharpen x*(1-x)<=?C --for 0<=x<=1 --printed 0.3 --json"),
    ("table", "table Phi(x) --for x=0..2 --json"),
]


@pytest.mark.parametrize(
    ("name", "words"),
    [heavy(*run) if run[0] == "advise" else run for run in RUNS],
    ids=[words for _, words in RUNS],
)
def test_a_command_writes_what_its_schema_says(
    name: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words.split()) == 0
    validator(name).validate(json.loads(capsys.readouterr().out))


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("1a", {"steps": 2}),
        heavy("bounded-mean", {"steps": 2}),
        ("printed-and-proved", {"steps": 2}),
        heavy("simulation", {"steps": 2, "m": 50, "k": 2, "reps": 2}),
        ("possible-means", {}),
    ],
)
def test_the_numbers_of_a_figure(name: str, options: dict[str, Any]) -> None:
    validator("figure").validate(json.loads(picture(name, **options).data()))


@pytest.mark.parametrize("more", ["--groups 2 --corrupted 5%", "--min-group 80 --sd estimate"])
def test_estimates(more: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reports = tmp_path / "reports.csv"
    rows = [str(30 * (i % 2) + (i % 29 - 14) / 8) for i in range(400)]
    reports.write_text("\n".join(["report", *rows]), encoding="utf-8")
    assert main(["estimate", str(reports), "--distance", "30", "--json", *more.split()]) == 0
    validator("estimate").validate(json.loads(capsys.readouterr().out))


def test_a_swept_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "table.json"
    columns = "eps_cr,turns,shape,inflections,places"
    words = ["sweep", "--delta", "0.5,2", "--digits", "8", "--columns", columns, "-o", str(table)]
    assert main(words) == 0
    validator("sweep").validate(json.loads(table.read_text(encoding="utf-8")))
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    validator("written").validate(shown)
    assert shown["files"] == [
        {
            "file": str(table),
            "outcome": "written",
            "says": "2 values of Delta: 1 certified, 1 none",
        }
    ]


@pytest.mark.heavy
def test_what_is_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [tmp_path / "good.json", tmp_path / "bad.json"]
    good = root_certificate("3")
    for path, certificate in zip(paths, (good, replaced(good, ("kind",), "none")), strict=True):
        path.write_text(json.dumps(certificate), encoding="utf-8")
    words = ["export", "--kernel", *map(str, paths), "-o", str(tmp_path / "coq"), "--json"]
    assert main(words) == 1
    shown = json.loads(capsys.readouterr().out)
    validator("written").validate(shown)
    assert [entry["outcome"] for entry in shown["files"]] == ["written", "rejected"]


@pytest.mark.heavy
def test_coverage_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--coverage", "--json", "eps-cr-2"]) == 0
    shown = json.loads(capsys.readouterr().out)
    validator("coverage").validate(shown)
    assert shown["claims"][0]["certificates"]


@pytest.mark.heavy
def test_certificates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in ("eps-cr 2", "folds", "large-delta", "lower 3 1/2", "upper 3 0.1"):
        assert main([*words.split(), "--certificates", str(tmp_path)]) == 0
    assert main(["prove", "2:2.01", "-o", str(tmp_path / "range.json")]) == 0
    capsys.readouterr()
    written = list(tmp_path.glob("*.json"))
    assert len(written) > 10
    for path in written:
        validator("certificate").validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


def options_of(command: str) -> set[str]:
    (subparsers,) = (
        action for action in _parser(command)._actions if isinstance(action.choices, dict)
    )
    return {
        sign
        for action in subparsers.choices[command]._actions
        for sign in action.option_strings
        if "json" in sign or sign == "--data" or "json" in (action.choices or ())
    }


def test_every_command_that_writes_json_has_a_schema() -> None:
    titles = " ".join(schema["title"] for schema in SCHEMAS.values())
    writing = [command for command in _COMMANDS if options_of(command)]
    assert len(writing) == 28
    assert [command for command in writing if f"bounds {command}" not in titles] == []


def test_verdicts_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = root_certificate("3")
    bad = sealed(replaced(good, ("statement", "turn"), "convex to concave"))
    paths = []
    for number, certificate in enumerate((good, bad)):
        paths.append(str(tmp_path / f"{number}.json"))
        Path(paths[-1]).write_text(json.dumps(certificate), encoding="utf-8")
    assert main(["check", "--json", *paths]) == 1
    printed = json.loads(capsys.readouterr().out)
    validator("check").validate(printed)
    assert [entry["file"] for entry in printed["files"]] == paths
    assert [entry["outcome"] for entry in printed["files"]] == ["accepted", "rejected"]
    assert main(["check", "--json", paths[0]]) == 0


def damaged(entry: Any) -> Iterator[tuple[str, Any]]:
    """Copies of an object, each without one field, or with one that is a number in binary."""
    for field, value in entry.items():
        without = copy.deepcopy(entry)
        del without[field]
        yield f"without {field}", without
        yield f"{field} in binary", {**entry, field: 0.5 if value != 0.5 else Fraction(1)}
    yield "with a field more", {**entry, "more": 1}


@pytest.mark.parametrize("words", ["eps-cr 2", "inflections 2", "lower 3 1/2", "bracket 1 1/20"])
def test_what_is_not_of_the_schema_is_refused(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words.split(), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    check = validator(words.split()[0])
    for told, wrong in damaged(shown[0] if isinstance(shown, list) else shown):
        assert not check.is_valid([wrong] if isinstance(shown, list) else wrong), told
