"""`bounds check`: what is in no certificate is listed, by claim."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from certificate_builder import replaced, root_certificate, sealed

from bounds.cli import main
from bounds.cli.coverage import coverage, summary


def outcome(name: str, *certificates: Any) -> Any:
    named = [(f"{name}-{number}.json", one) for number, one in enumerate(certificates, 1)]
    return SimpleNamespace(claim=SimpleNamespace(id=name), certificates=named)


def test_coverage_is_what_the_checker_accepts() -> None:
    good = root_certificate("3")
    bad = sealed(replaced(good, ("statement", "turn"), "convex to concave"))
    found = list(
        coverage([outcome("good", good, good), outcome("bad", good, bad), outcome("bare")])
    )
    assert str(found[0]).startswith("good: replayed: 2 root;")
    assert str(found[1]).startswith("bad: NOT replayed: bad-2.json: the turn")
    assert str(found[2]) == "bare: nothing is replayed: it has no certificate"
    assert summary(found).startswith("3 claims: 1 with certificates that were all replayed, 1 with")
    assert found[0].json() == {"id": "good", "certificates": {"root": 2}, "failed": []}


@pytest.mark.heavy
def test_coverage_of_claims(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--coverage", "eps-cr-2"]) == 0
    assert "eps-cr-2: replayed: " in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["check", "--coverage", "no-such-claim"],
        ["check", "--coverage", "--json", "no-such-claim"],
        ["check", "--kernel", "--json"],
    ],
)
def test_bad_input_is_one_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_folder_is_said_to_be_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 2
    assert f"{tmp_path} is no file: pass the certificates" in capsys.readouterr().err
