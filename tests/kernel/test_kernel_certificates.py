"""Certificates of each kind as theorems of Coq, and errors that keep them from being ones."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from marks import campaign_but

from bounds.certify.checker.document import SCHEMAS, canonical_hash
from bounds.cli import main
from bounds.kernel import Kernel, export
from bounds.kernel.text import number

pytestmark = pytest.mark.kernel


def certificate(delta: str, kind: str, folder: Path) -> Path:
    assert main(["eps-cr", delta, "--digits", "12", "--certificates", str(folder)]) == 0
    (found,) = folder.glob(f"eps-cr-*{kind}.json") if kind else folder.glob("eps-cr-[0-9].json")
    return found


@pytest.mark.parametrize("delta", campaign_but({"2"}, ["2", "3", "4"]))
def test_eps_cr_is_the_first_turn(delta: str, kernel: Kernel, certificates: Path) -> None:
    made = export(certificate(delta, "", certificates))
    verdict = kernel.check(made.text, made.theorem)
    assert verdict.outcome == "accepted", verdict.reason
    assert made.theorem == "critical"


def test_a_root(kernel: Kernel, certificates: Path) -> None:
    made = export(certificate("2.5", "-root", certificates))
    verdict = kernel.check(made.text, made.theorem)
    assert verdict.outcome == "accepted", verdict.reason


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("inflection_between (1)", "inflection_between (-1)"),
        ("Lemma turn : turns (1)", "Lemma turn : turns (-1)"),
        ("0 < (-1) * loss_curvature", "0 < (1) * loss_curvature"),
    ],
)
def test_a_seeded_error_is_not_accepted(
    right: str, wrong: str, kernel: Kernel, certificates: Path
) -> None:
    made = export(certificate("2", "-root", certificates))
    assert right in made.text
    verdict = kernel.check(made.text.replace(right, wrong), made.theorem)
    assert verdict.outcome == "undecided"


def test_a_wrong_digit_is_not_accepted(kernel: Kernel, certificates: Path) -> None:
    made = export(certificate("2", "-root", certificates))
    low = Fraction("0.00397989770098")
    assert number(low) in made.text
    wrong = made.text.replace(number(low), number(low + Fraction(1, 10**14)))
    assert kernel.check(wrong, made.theorem).outcome == "undecided"


def sealed(kind: str, statement: dict[str, Any], evidence: dict[str, Any]) -> dict[str, Any]:
    document = {
        "schema": SCHEMAS[-1],
        "kind": kind,
        "statement": {"text": "", **statement},
        "evidence": evidence,
    }
    return document | {"sha256": canonical_hash(document)}


BELOW = {
    "variables": {"x": ["0", "1"], "y": ["1/2", "2"]},
    "lesser": ["*", ["*", "x", "y"], ["exp", ["-", "0", ["*", "x", "y"]]]],
    "greater": ["+", "2/5", ["density", "x"]],
}
ROOT_BELOW = {
    "variables": {"x": ["0", "1/5"]},
    "lesser": ["sqrt", "x"],
    "greater": "1/2",
}
ROOT_OF_E = {
    "unknowns": {"x": ["0.6", "0.7"]},
    "parameters": {},
    "system": [["-", ["/", "2", ["sqrt", ["+", "1", ["*", "0", "x"]]]], ["exp", "x"]]],
}


@pytest.mark.parametrize(
    ("certificate", "right", "wrong"),
    [
        (sealed("sign", BELOW, {"bits": 60, "splits": "0.."}), "(2 / 5)", "(- (2 / 5))"),
        (
            sealed("sign", ROOT_BELOW, {"bits": 60, "splits": "."}),
            "forall v_x : R, 0 <=",
            "forall v_x : R, -4 <=",
        ),
        (sealed("zero", ROOT_OF_E, {"bits": 60}), "one_zero f (3 / 5)", "one_zero f (347 / 500)"),
    ],
)
def test_signs_and_zeros(
    certificate: dict[str, Any], right: str, wrong: str, kernel: Kernel, tmp_path: Path
) -> None:
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(certificate))
    made = export(path)
    verdict = kernel.check(made.text, made.theorem)
    assert verdict.outcome == "accepted", verdict.reason
    assert right in made.text
    verdict = kernel.check(made.text.replace(right, wrong), made.theorem)
    assert verdict.outcome == "undecided"


def test_what_rests_on_an_axiom_is_rejected(kernel: Kernel) -> None:
    text = "From Bounds Require Import Loss.\nLemma it : 0 < 1. Admitted.\n"
    assert kernel.check(text, "it").outcome == "rejected"
