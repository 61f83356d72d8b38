import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from fake_claims import fake, outcome
from refusals import refusal

import proofs_check.audit.runner
from bounds.certify.certificates.kept import FROM_SCRATCH
from bounds.cli import main
from proofs_check import CERTIFIED, INCONCLUSIVE, PAPER, Decision, Proved, less
from proofs_check.audit.graph import standing
from proofs_check.commands import verify

FACT = (Proved("1 < 2", less(1, 2)),)
ROOT = Path(__file__).parent.parent.parent


@pytest.mark.heavy
def test_the_whole_audit_ends_as_recorded_and_the_errata_are_current(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ERRATA.md"
    assert main(["verify", "--format", "errata", "-o", str(path)]) == 0
    out = capsys.readouterr().out
    assert "8.1·10⁻⁶" in out
    assert "0.0039798977009891629712482320938" in out
    assert "repaired" in out
    assert "claims decided" in out
    current = (ROOT / "ERRATA.md").read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8") == current, "run bounds verify --record"


def test_one_claim_comes_with_its_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "eps-cr-3"]) == 0
    out = capsys.readouterr().out
    assert "second route" in out
    assert "witness" in out
    assert "eps-cr-2" not in out


def test_an_unknown_claim_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "eps-cr-5"]) == 2
    assert "no claim is called 'eps-cr-5'" in capsys.readouterr().err


def decides(monkeypatch: pytest.MonkeyPatch, decision: Decision, record: str) -> None:
    monkeypatch.setattr(proofs_check.audit.runner, "decide", lambda _: decision)
    monkeypatch.setattr(type(PAPER), "recorded", lambda _: {"eps-cr-2": record})


def test_a_changed_verdict_is_exit_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    decides(monkeypatch, Decision(CERTIFIED, "", FACT), "repaired")
    assert main(["verify", "eps-cr-2", "--format", "json"]) == 1
    captured = capsys.readouterr()
    assert "differs from the recorded verdict: eps-cr-2" in captured.err
    assert json.loads(captured.out)["claims"][0]["recorded"] == "repaired"


def test_an_undecided_claim_is_exit_3_unless_recorded_as_such(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    decides(monkeypatch, Decision(INCONCLUSIVE, "", ()), "repaired")
    assert main(["verify", "eps-cr-2"]) == 3
    assert "undecided: eps-cr-2" in capsys.readouterr().out
    decides(monkeypatch, Decision(INCONCLUSIVE, "", ()), "inconclusive")
    assert main(["verify", "eps-cr-2"]) == 0


def test_a_check_that_stops_is_exit_3_whatever_is_on_record(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(_: object) -> Decision:
        raise ZeroDivisionError

    monkeypatch.setattr(proofs_check.audit.runner, "decide", stop)
    monkeypatch.setattr(type(PAPER), "recorded", lambda _: {"eps-cr-2": "inconclusive"})
    assert main(["verify", "eps-cr-2"]) == 3
    assert "undecided: eps-cr-2" in capsys.readouterr().out


def test_a_verdict_without_a_record_does_not_differ(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        proofs_check.audit.runner, "decide", lambda _: Decision(CERTIFIED, "", FACT)
    )
    for record, told in (({}, "no verdict on record"), ({"a": "gap"}, "1 verdict not on record")):
        monkeypatch.setattr(type(PAPER), "recorded", lambda _, record=record: record)
        assert main(["verify", "eps-cr-2"]) == 0
        out = capsys.readouterr().out
        assert "differs" not in out
        assert f"{told}: `bounds verify --record`" in out
        monkeypatch.setattr(
            proofs_check.audit.runner, "decide", lambda _: Decision(CERTIFIED, "", FACT)
        )


@pytest.mark.parametrize(
    ("ids", "record", "told"),
    [
        (["a"], {"a": "certified", "b": "refuted"}, "on record, but no claim: b"),
        (["a", "b"], {"a": "certified", "b": "certified"}, "not decided: b"),
    ],
)
def test_a_claim_that_is_lost_is_an_error(
    ids: list[str],
    record: dict[str, str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(type(PAPER), "recorded", lambda _: record)
    outcomes = [replace(outcome(fake("a")), recorded="certified")]
    assert verify._conclude(PAPER, outcomes, frozenset(ids), table=True) == 1
    assert told in capsys.readouterr().out
    assert verify._conclude(PAPER, outcomes, table=True) == 0  # not all were to be decided
    assert verify._conclude(PAPER, outcomes * 2, table=True) == 1
    assert "decided twice: a" in capsys.readouterr().out


def test_what_comes_from_the_store_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    told = replace(outcome(fake("a")), recorded="certified")
    told = replace(told, decision=replace(told.decision, stored="7 of 9 cases"))
    assert verify._conclude(PAPER, [told], table=True) == 0
    assert "taken from the store: a: 7 of 9 cases\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "start"), [("r.html", "<!DOCTYPE html>"), ("r.md", "# Audit"), ("r.txt", "eps-cr-2")]
)
def test_the_ending_of_the_file_names_the_format(name: str, start: str, tmp_path: Path) -> None:
    path = tmp_path / name
    assert main(["verify", "eps-cr-2", "-o", str(path)]) == 0
    assert path.read_text(encoding="utf-8").startswith(start)
    assert list(tmp_path.iterdir()) == [path]


def test_an_ending_that_names_no_format_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.pdf"
    assert main(["verify", "eps-cr-2", "-o", str(path)]) == 2
    assert ".pdf names no format: end the name in .json, .md" in capsys.readouterr().err
    assert main(["verify", "eps-cr-2", "-o", str(path), "--format", "text"]) == 0
    assert path.exists()


def test_certificates_are_written_under_the_names_in_the_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proofs = ({"sha256": "a"}, {"sha256": "b"})
    decides(monkeypatch, Decision(CERTIFIED, "", FACT, certificates=proofs), "certified")
    folder = tmp_path / "out"
    assert main(["verify", "eps-cr-2", "--format", "json", "--certificates", str(folder)]) == 0
    (entry,) = json.loads(capsys.readouterr().out)["claims"]
    for told, proof in zip(entry["certificates"], proofs, strict=True):
        assert json.loads((folder / told["file"]).read_text()) == proof
    assert len(list(folder.iterdir())) == 2


def test_a_subset_says_what_was_not_examined(tmp_path: Path) -> None:
    path = tmp_path / "one.html"
    assert main(["verify", "eps-cr-3", "-o", str(path)]) == 0
    page = path.read_text(encoding="utf-8")
    assert "nowhere" not in page
    assert "not examined at lemma-5-zero" in page


@pytest.mark.heavy
def test_why_prints_the_premises(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--why", "eps-cr-2"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("eps-cr-2: false as printed but repaired\n")
    assert "lemma-5-criterion" in out
    assert f"\neps-cr-2: {standing(proofs_check.REPAIRED)}" in out


def test_the_score_of_seeded_errors(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", "--seeded", "eps-cr-2", "eps-cr-3"]) == 0
    assert capsys.readouterr().out == "2 of 2 seeded errors change the verdict\n"
    # an error that leads to the verdict without it is not noticed, and listed
    monkeypatch.setattr(
        proofs_check.audit.runner, "decide", lambda _: Decision(CERTIFIED, "", FACT)
    )
    assert main(["verify", "--seeded", "eps-cr-2"]) == 1
    assert "not noticed: certified\n0 of 1 seeded error changes" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["--format", "pdf"],
        ["-o", "/dev/null/report.html"],
        ["-o", "/"],
        ["-o", ""],
        ["--jobs", "0"],
        ["--jobs", "two"],
        ["--why", "nonsense"],
        ["--why", "eps-cr-2", "eps-cr-3"],
        ["--why", "eps-cr-2", "--seeded"],
        ["--seeded", "-o", "x.html"],
        ["--certificates", "/dev/null/x"],
    ],
    ids=" ".join,
)
def test_bad_input_is_one_line_and_exit_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    refusal(["verify", *words], capsys)


def test_from_scratch_nothing_kept_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = []
    monkeypatch.setattr(
        verify, "_run_on", lambda *_: seen.append(os.environ.get(FROM_SCRATCH)) or 0
    )
    for before in (None, "yes"):
        if before:
            monkeypatch.setenv(FROM_SCRATCH, before)
        main(["verify", "--from-scratch", "eps-cr-3"])
        main(["verify", "eps-cr-3"])
        assert os.environ.get(FROM_SCRATCH) == before
    assert seen == ["1", None, "1", "yes"]
    assert capsys.readouterr().err == ""
