"""How the axioms of a theorem are read and judged, and what is said without Coq."""

from pathlib import Path

import pytest

from bounds.certify.errors import Inconclusive
from bounds.cli import main
from bounds.kernel import Kernel, coq
from bounds.kernel.coq import axioms, verdict

TOLD = """\
Axioms:
Uint63.sub_spec
  : forall x y : PrimInt63.int,
    Uint63.to_Z x = Uint63.to_Z y
PrimInt63.sub : PrimInt63.int -> PrimInt63.int -> PrimInt63.int
ClassicalDedekindReals.sig_not_dec : forall P : Prop, {~ ~ P} + {~ P}
"""


def test_axioms_are_read_by_name() -> None:
    assert axioms(TOLD) == (
        "ClassicalDedekindReals.sig_not_dec",
        "PrimInt63.sub",
        "Uint63.sub_spec",
    )
    assert axioms("Closed under the global context\n") == ()


@pytest.mark.parametrize("told", ["", "Axioms:\n", "something else\n", f"before\n{TOLD}"])
def test_another_answer_is_none(told: str) -> None:
    assert axioms(told) is None
    assert verdict(axioms(told)).outcome == "undecided"


def test_known_axioms_are_accepted_and_told() -> None:
    found = verdict(axioms(TOLD))
    assert found.outcome == "accepted"
    assert found.reason == "axioms: sig_not_dec, Coq's 63-bit integers"
    assert verdict(()).reason == "no axioms"


@pytest.mark.parametrize(
    "name", ["Certificate0.it", "sig_not_dec", "My.Uint63.add", "Uint63", "Classical_Prop.other"]
)
def test_a_strange_axiom_is_rejected(name: str) -> None:
    found = verdict((*(axioms(TOLD) or ()), name))
    assert found.outcome == "rejected"
    assert name in found.reason


def test_a_verdict_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match="no truth value"):
        bool(verdict(()))


def test_without_coq_one_line_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(coq, "coqc", lambda: None)
    with pytest.raises(Inconclusive, match="apt-get install coq"):
        Kernel(tmp_path / "build")
    certificate = tmp_path / "any.json"
    certificate.write_text("{}")
    assert main(["check", "--kernel", str(certificate)]) == 3
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "apt-get install coq" in told
