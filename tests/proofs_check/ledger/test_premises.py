"""What a claim rests on is used as a lemma where it is proved, and never where it is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bounds.certify.certificates.seal import sealed
from bounds.certify.checker.replay import check
from bounds.certify.errors import Inconclusive
from bounds.certify.language.statement import Statement
from bounds.certify.rules.decide import decide
from bounds.certify.statements import lemma_of
from proofs_check.audit.facts import Proved, Replayed
from proofs_check.audit.ledger.paper import LedgerAudit, load_ledger
from proofs_check.audit.ledger.premises import settled
from proofs_check.audit.ledger.source import LedgerError
from proofs_check.audit.runner import audit
from proofs_check.audit.verdict import CERTIFIED, INCONCLUSIVE, Certificate, Decision

HEAD = '[paper]\ntitle = "T"\nsections = { "1" = "One" }\n'
GAP = "p*log(p/q) + (1 - p)*log((1 - p)/(1 - q)) - 2*(p - q)^2"
FIRST = f"{GAP} >= 0"
SUM = f"{GAP} + exp(p*q*x) > 0"
"""Pinsker's inequality is decided, and this is not without it."""
WHERE = "p in (0, 1), q in (0, 1), x real"


def claim(name: str, statement: str, where: str, *lines: str) -> str:
    return "\n".join(
        [
            "[[claim]]",
            f'id = "{name}"',
            'where = "1"',
            'kind = "inequality"',
            f'statement = "{statement}"',
            f'for = "{where}"',
            *(["time = 4"] if not any(line.startswith("time") for line in lines) else []),
            *lines,
            "",
        ]
    )


def written(folder: Path, *claims: str) -> LedgerAudit:
    (folder / "ledger.toml").write_text(HEAD + "\n".join(claims), encoding="utf-8")
    return load_ledger(folder)


def decisions(paper: LedgerAudit) -> dict[str, Decision]:
    return {one.claim.id: one.decision for one in audit(paper, paper.find_claims(), 1)}


@pytest.mark.heavy
def test_a_proved_premise_is_a_lemma_and_its_certificate_comes_along(tmp_path: Path) -> None:
    paper = written(
        tmp_path,
        claim("first", FIRST, WHERE),
        claim("second", SUM, WHERE, 'rests_on = ["first"]'),
    )
    found = decisions(paper)["second"]
    assert found.verdict is CERTIFIED
    own, lemma = found.written()
    assert own["statement"]["given"][0]["sha256"] == lemma["sha256"]
    assert check(own).accepted
    assert check(lemma).accepted
    assert "given: first" in check(own).reason


@pytest.mark.heavy
def test_a_fact_needs_the_whole_chain(tmp_path: Path) -> None:
    paper = written(
        tmp_path,
        claim("first", FIRST, WHERE),
        claim("second", SUM, WHERE, 'rests_on = ["first"]'),
    )
    own, lemma = decisions(paper)["second"].written()
    assert Replayed("s", own, (lemma,)).holds
    assert not Replayed("s", own).holds  # without its lemma it proves nothing
    forged = json.loads(json.dumps(lemma))
    forged["statement"]["claim"] = "x > 1"
    assert not Replayed("s", own, (forged,)).holds
    with pytest.raises(Inconclusive):
        Proved("s", Replayed("s", own))


@pytest.fixture(scope="module")
def chain() -> tuple[Certificate, Certificate]:
    """A certificate that uses a lemma, and that of the lemma."""
    premise = decide(Statement.read(FIRST, WHERE), seconds=4)
    found = decide(Statement.read(SUM, WHERE), seconds=4, lemmas=[lemma_of("first", premise)])
    assert found.given
    return found.certificate(), premise.certificate()


@pytest.mark.step("a lemma says what its own certificate proves")
def test_the_certificate_of_another_statement_is_none_of_a_lemma(
    chain: tuple[Certificate, Certificate],
) -> None:
    own, _ = chain
    other = decide(Statement.read("x^2 + 1 > 0", "x real"), seconds=4).certificate()
    (lemma,) = own["statement"]["given"]
    statement = {**own["statement"], "given": [{**lemma, "sha256": other["sha256"]}]}
    forged = sealed("proof", statement, own["evidence"])
    assert check(forged).accepted
    assert not Replayed("s", forged, (other,)).holds


@pytest.mark.step("and the checker accepts that one, too")
def test_a_certificate_that_is_not_accepted_is_none_of_a_lemma(
    chain: tuple[Certificate, Certificate],
) -> None:
    own, lemma = chain
    assert Replayed("s", own, (lemma,)).holds
    assert not Replayed("s", own, ({**lemma, "evidence": {}},)).holds


@pytest.mark.step("of a range that is cut in two both parts are looked at")
def test_a_claim_that_is_false_beyond_a_cut_is_not_proved(tmp_path: Path) -> None:
    paper = written(tmp_path, claim("cut", "x < 1", "x in [0, 2]", 'cuts = ["x = 1/2"]'))
    assert not settled(paper._own["cut"]).holds


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("premise", "told"),
    [
        (claim("first", f"{GAP} >= 1", WHERE), "first is false as printed"),
        (
            '[[claim]]\nid = "first"\nwhere = "1"\nkind = "words"\nargument = "By a theorem."\n'
            f'statement = "{FIRST}"\nfor = "{WHERE}"\n',
            "first is in words",
        ),
    ],
)
def test_a_premise_that_is_not_proved_leaves_the_claim_open(
    tmp_path: Path, premise: str, told: str
) -> None:
    paper = written(tmp_path, premise, claim("second", SUM, WHERE, 'rests_on = ["first"]'))
    found = decisions(paper)["second"]
    assert found.verdict is INCONCLUSIVE
    assert found.finding == f"undecided: holds if first does; {told}"
    assert not found.certificates


@pytest.mark.heavy
def test_a_premise_of_another_audit_is_a_lemma(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    written(other, claim("first", FIRST, WHERE))
    mine = tmp_path / "mine"
    mine.mkdir()
    paper = written(
        mine,
        '[uses]\nother = "../other"\n',
        claim("second", SUM, WHERE, 'rests_on = ["other:first"]'),
    )
    assert decisions(paper)["second"].verdict is CERTIFIED
    assert paper.group_of("second") == paper.group_of("other:first")


def test_cuts_are_parts_that_together_are_the_range(tmp_path: Path) -> None:
    statement = "abs(x - 1) + abs(x) >= 1"
    paper = written(tmp_path, claim("cut", statement, "x real", 'cuts = ["x = 0", "x = 1"]'))
    entry = paper._own["cut"]
    found = settled(entry)
    assert [str(one.statement.domain) for one in found.outcomes] == [
        "x in (-inf, 0]",
        "x in [0, 1]",
        "x in [1, inf)",
    ]
    assert found.holds
    missing = replace(found, outcomes=found.outcomes[:2])
    assert len(missing.outcomes) == 2  # a part less is a part that is not proved


@pytest.mark.parametrize(
    ("cuts", "told"),
    [
        ('["y = 1"]', "cuts no range"),
        ('["x"]', "cuts no range"),
        ('["x = y"]', "no constant"),
        ('["x = ("]', "line"),
    ],
)
def test_a_cut_that_is_none_is_an_error_with_its_line(tmp_path: Path, cuts: str, told: str) -> None:
    with pytest.raises(LedgerError, match=told):
        written(tmp_path, claim("cut", "x^2 >= 0", "x real", f"cuts = {cuts}"))


@pytest.mark.heavy
def test_the_steps_of_the_action_run(tmp_path: Path) -> None:
    """The shell of .github/actions/audit, with `bounds` in place of what it installs."""
    yaml = pytest.importorskip("yaml")
    root = Path(__file__).parents[3]
    action = yaml.safe_load((root / ".github/actions/audit/action.yml").read_text(encoding="utf-8"))
    shells = [step for step in action["runs"]["steps"] if "run" in step]
    command = tmp_path / "bounds"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bounds "$@"\n')
    command.chmod(0o755)
    written(tmp_path, claim("square", "x^2 >= 0", "x real"), CONSTANT)
    tex = tmp_path / "note.tex"
    tex.write_text("It is \\certified{third}{0.3333}.\n")
    given = {"AUDIT": str(tmp_path), "TEX": str(tex)}
    environment = {
        **os.environ,
        **given,
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PYTHONPATH": str(root),
    }

    def run(text: str) -> int:
        return subprocess.run(
            ["bash", "-e", "-c", text], cwd=tmp_path, env=environment, check=False
        ).returncode

    (decide, prove) = (one["run"] for one in shells if "Install" not in one["name"])
    assert run(decide) == 0
    assert (tmp_path / "audit-report/report.html").is_file()
    assert list((tmp_path / "audit-report/certificates").glob("*.json"))
    assert run(prove) == 0
    tex.write_text("It is \\certified{third}{0.3334}.\n")
    assert run(prove) == 1


CONSTANT = """[[claim]]
id = "third"
where = "1"
kind = "constant"
expression = "1/3"
printed = "0.333"
"""
