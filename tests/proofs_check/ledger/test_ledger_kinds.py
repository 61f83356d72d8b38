"""Each kind of claim of a ledger, right and wrong: the verdict, the witness, and what it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ledgers import ask

from bounds.certify.checker.replay import check
from bounds.certify.errors import Inconclusive
from proofs_check.audit.facts import Proved, Replayed
from proofs_check.audit.ledger import numbers, statements
from proofs_check.audit.verdict import (
    CERTIFIED,
    INCONCLUSIVE,
    NOT_MACHINE_CHECKABLE,
    REFUTED,
    REPAIRED,
    Verdict,
)

PHI = {"kind": "table", "columns": ["x", "Phi(x)"]}
GROWS = {"kind": "monotone", "variable": "x", "direction": "increasing"}
BENT = {"kind": "convex", "variable": "x", "shape": "convex"}
CASES: list[tuple[dict[str, Any], Verdict, str]] = [
    ({"kind": "inequality", "statement": "1 + x <= e^x", "where_": "x real"}, CERTIFIED, ""),
    ({"kind": "inequality", "statement": "x^2 < 4", "where_": "x in [0, 3]"}, REPAIRED, "x in [0, 2)"),
    ({"kind": "inequality", "statement": "x^2 > 0", "where_": "x real"}, REPAIRED, "x^2 >= 0"),
    ({"kind": "inequality", "statement": "sqrt(x) >= 0", "where_": "x >= -1"}, REFUTED,
     "sqrt(x) is not defined (x >= 0 is needed)"),
    ({"kind": "identity", "statement": "(x + 1)^2 = x^2 + 2*x + 1", "where_": "x real"}, CERTIFIED, ""),
    ({"kind": "identity", "statement": "(x + 1)^2 = x^2 + 1", "where_": "x real"}, REFUTED, "is false"),
    ({"kind": "constant", "expression": "Phi(1)", "printed": "0.84134"}, CERTIFIED, "is right"),
    ({"kind": "constant", "expression": "Phi(1)", "printed": "0.84135"}, REPAIRED, "0.84134, not"),
    ({"kind": "constant", "expression": "Phi(1)", "printed": "0.84135", "rounding": "up"}, CERTIFIED, ""),
    ({"kind": "constant", "expression": "-Phi(1)", "printed": "-0.84134", "rounding": "truncated"},
     CERTIFIED, "towards 0"),
    ({"kind": "constant", "expression": "-Phi(1)", "printed": "-0.84134", "rounding": "down"},
     REPAIRED, "-0.84135, not"),
    ({"kind": "constant", "expression": "1/8", "printed": "0.12"}, CERTIFIED, ""),
    ({"kind": "constant", "expression": "1/8", "printed": "0.13"}, CERTIFIED, ""),
    ({**PHI, "rows": ["0, 0.5000", "1, 0.8413"]}, CERTIFIED, "all 2 entries"),
    ({**PHI, "rows": ["0, 0.5000", "1, 0.8414"]}, REPAIRED, "row 2"),
    ({**PHI, "rows": ["1, 0.8413"], "rounding": "truncated"}, CERTIFIED, ""),
    ({"kind": "table", "columns": ["b", "c"], "rows": ["1, 0.4", "2, 0.2"],
      "statement": "exp(-b) <= c"}, CERTIFIED, "all 2 rows"),
    ({"kind": "table", "columns": ["b", "c"], "rows": ["1, 0.4", "2, 0.1"],
      "statement": "exp(-b) <= c"}, REFUTED, "row 2, b = 2, c = 0.1"),
    ({**GROWS, "expression": "x^3", "strict": True, "where_": "x real"}, CERTIFIED, "strictly"),
    ({**GROWS, "expression": "x^2", "where_": "x >= -1"}, REFUTED, "witness x = "),
    ({**BENT, "expression": "x^4", "strict": True, "where_": "x real"}, CERTIFIED, "strictly convex"),
    ({**BENT, "expression": "x^3", "where_": "x real"}, REFUTED, "witness x = -1"),
    ({"kind": "root", "equation": "x^2 = 2", "where_": "x > 0", "printed": "1.414"}, CERTIFIED, ""),
    ({"kind": "root", "equation": "x^2 = 2", "where_": "x > 0", "printed": "1.415"}, REPAIRED, "1.414"),
    ({"kind": "root", "equation": "x^2 = 2", "where_": "x real"}, REFUTED, "has 2 roots"),
    ({"kind": "root", "equation": "x^2 = 2", "where_": "x real", "printed": "-1.414, 1.414"},
     CERTIFIED, "2 roots"),
    ({"kind": "supremum", "expression": "x*(1 - x)", "where_": "x in [0, 1]", "of": "maximum",
      "printed": "0.25"}, CERTIFIED, "attained at x = 1/2"),
    ({"kind": "supremum", "expression": "x*(1 - x)", "where_": "x in [0, 1]", "of": "maximum",
      "printed": "0.26"}, REPAIRED, "0.25, not 0.26"),
    ({"kind": "supremum", "expression": "x/(1 + x)", "where_": "x > 0", "of": "supremum",
      "value": "1", "attained": False}, CERTIFIED, "not attained"),
    ({"kind": "supremum", "expression": "x/(1 + x)", "where_": "x > 0", "of": "maximum",
      "value": "1"}, REFUTED, "not attained"),
    ({"kind": "supremum", "expression": "x*(1 - x)", "where_": "x in [0, 1]", "of": "supremum",
      "value": "1/3"}, REFUTED, "and not 1/3"),
    ({"kind": "definition", "expression": "log(1 - x)", "where_": "x < 1"}, CERTIFIED, "is defined"),
    ({"kind": "definition", "expression": "log(1 - x)", "where_": "x <= 1"}, REFUTED, "at x = 1"),
    ({"kind": "words", "argument": "Clear."}, NOT_MACHINE_CHECKABLE, "not decided by machine"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "verdict", "told"), CASES)
def test_each_kind_right_and_wrong(data: dict[str, Any], verdict: Verdict, told: str) -> None:
    found = ask(**data)
    assert found.verdict is verdict, found.finding
    assert told in found.finding
    for line in found.lines:
        if isinstance(line, Proved):
            assert line.proofs
    if verdict is REFUTED or verdict is REPAIRED:
        assert any("witness" in line or "root" in line for line in found.evidence)


@pytest.mark.parametrize("data", [
    {"kind": "inequality", "statement": "x^2 < 4", "where_": "x in [0, 3]"},
    {"kind": "constant", "expression": "Phi(1)", "printed": "0.84135"},
    {"kind": "table", "columns": ["b", "c"], "rows": ["1, 0.4", "2, 0.1"], "statement": "exp(-b) <= c"},
    {**GROWS, "expression": "x^2", "where_": "x >= -1"},
    {"kind": "root", "equation": "x^2 = 2", "where_": "x > 0", "printed": "1.414"},
])  # fmt: skip
def test_every_certificate_is_accepted_by_the_checker(data: dict[str, Any]) -> None:
    written = ask(**data).written()
    assert written
    assert all(check(certificate).accepted for certificate in written)


def test_a_fact_whose_certificate_is_not_accepted_is_not_made() -> None:
    (certificate,) = ask(kind="constant", expression="Phi(1)", printed="0.84134").written()
    forged = {**certificate, "statement": {**certificate["statement"], "claim": "Phi(1) < 0"}}
    with pytest.raises(Inconclusive, match="not proved"):
        Proved("false", Replayed("Phi(1) < 0", forged))


def test_an_argument_in_words_is_never_counted_as_proved() -> None:
    found = ask(kind="words", argument="It is 1 < 2.")
    assert found.basis == "none"
    assert not found.facts


def test_the_best_constant_is_told() -> None:
    found = ask(kind="inequality", statement="x*(1 - x) <= 0.3", sharpen="x*(1 - x) <= ?C",
                where_="x in [0, 1]")  # fmt: skip
    assert found.verdict is CERTIFIED
    assert any("least constant in x*(1 - x) <= ?C is 1/4" in line for line in found.evidence)


def test_a_false_constant_is_repaired_by_the_best_one() -> None:
    found = ask(kind="inequality", statement="x*(1 - x) <= 0.2", where_="x in [0, 1]")
    assert found.verdict is REPAIRED
    assert any("x*(1 - x) <= 1/4" in line for line in found.evidence)
    assert any("witness x = 1/2" in line for line in found.evidence)


# What a verdict holds for


def test_a_point_left_out_leaves_two_pieces_and_both_are_proved() -> None:
    holds = {"kind": "inequality", "statement": "x/(1 + x) < log(1 + x)", "where_": "x > -1, x != 0"}
    found = ask(**holds)
    assert found.verdict is CERTIFIED
    assert len(found.written()) == 2


def test_a_claim_that_holds_on_one_piece_only_is_false(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"kind": "inequality", "statement": "1/x > 0", "where_": "x real, x != 0"}
    assert ask(**wrong).verdict is not CERTIFIED
    whole = statements.pieces
    monkeypatch.setattr(statements, "pieces", lambda domain: whole(domain)[1:])
    assert ask(**wrong).verdict is CERTIFIED  # so that is what the first piece is for


@pytest.mark.parametrize(("where", "parts"), [
    ("x != 0", ["(-inf, 0)", "(0, inf)"]),
    ("x >= 0, x != 0", ["(0, inf)"]),
    ("x in [0, 1], x != 1", ["[0, 1)"]),
    ("x in [0, 1], x != 2", ["[0, 1]"]),
    ("x in [0, 3], x != 1, x != 2", ["[0, 1)", "(1, 2)", "(2, 3]"]),
])  # fmt: skip
def test_the_pieces_are_the_domain(where: str, parts: list[str]) -> None:
    from bounds.certify.language.domain import parse_domain

    found = statements.pieces(parse_domain(where))
    assert [str(part.ranges["x"]) for part in found] == parts
    assert not any(part.constraints for part in found)


def test_an_undecided_claim_says_for_which_part_it_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    from bounds.certify.language.statement import Statement
    from bounds.certify.rules.outcome import WEAKER, Outcome

    real = statements.asked

    def asked(claim: Statement, seconds: float) -> Outcome:
        if str(claim.domain) == "x real":
            tried = (f"{WEAKER} x^2 + 1 > 0 for x in [0, 1]", f"{WEAKER} x > 7 for x in [0, 1]")
            return Outcome(claim, "undecided", "no proof", tried=tried)
        return real(claim, seconds)

    monkeypatch.setattr(statements, "asked", asked)
    found = ask(kind="inequality", statement="x^2 + 1 > 0", where_="x real")
    assert found.verdict is INCONCLUSIVE
    assert "proved for a part: 1 + x^2 > 0 for x in [0, 1]" in found.finding.replace("x^2 + 1", "1 + x^2")
    assert len(found.written()) == 1  # the second is said and not proved


def test_a_witness_that_is_not_proved_refutes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from bounds.certify.language.expression import number
    from bounds.certify.language.statement import Statement
    from bounds.certify.rules.outcome import Outcome

    claim = Statement.read("x^2 >= 0", "x real")
    wrong = Outcome(claim, "refuted", "made up", witness={"x": number(1)})
    with pytest.raises(Inconclusive, match="does not confirm"):
        statements.witness_of(wrong)


def test_a_witness_outside_the_domain_refutes_nothing() -> None:
    from bounds.certify.language.expression import number
    from bounds.certify.language.statement import Statement
    from bounds.certify.rules.outcome import Outcome

    claim = Statement.read("x >= 0", "x in [0, 1]")
    with pytest.raises(Inconclusive):
        statements.witness_of(Outcome(claim, "refuted", "made up", witness={"x": number(-1)}))


# Decimals


@pytest.mark.parametrize(("printed", "rounding", "inside", "outside"), [
    ("0.5", "nearest", ["0.45", "0.55"], ["0.4499", "0.5501"]),
    ("0.5", "down", ["0.5", "0.5999"], ["0.4999", "0.6"]),
    ("0.5", "up", ["0.4001", "0.5"], ["0.4", "0.5001"]),
    ("0.5", "truncated", ["0.5", "0.5999"], ["0.4999", "0.6"]),
    ("-0.5", "truncated", ["-0.5", "-0.5999"], ["-0.4999", "-0.6"]),
    ("0.0", "truncated", ["-0.0999", "0.0999"], ["-0.1", "0.1"]),
])  # fmt: skip
def test_what_a_decimal_stands_for(
    printed: str, rounding: Any, inside: list[str], outside: list[str]
) -> None:
    for value, verdict in ((v, CERTIFIED) for v in inside):
        assert ask(kind="constant", expression=value, printed=printed, rounding=rounding).verdict is verdict
    for value in outside:
        found = ask(kind="constant", expression=value, printed=printed, rounding=rounding)
        assert found.verdict is REPAIRED, (value, found.finding)


def test_a_value_next_to_the_middle_is_not_called_wrong() -> None:
    from bounds.certify.numbers.enclosure import Enclosure
    from bounds.certify.quantities.proving import of_fractions
    from bounds.certify.quantities.table_files import Decimal
    from fractions import Fraction

    printed = Decimal(5, -1, "0.5")
    wide: Enclosure = of_fractions(Fraction(54, 100), Fraction(56, 100), 3)
    with pytest.raises(Inconclusive):
        numbers.misprint(printed, "nearest", None, wide, "it", "told")


# Python beside the ledger


def test_a_check_is_found_by_import_and_its_mistakes_are_told(tmp_path: Path) -> None:
    (tmp_path / "checks.py").write_text(
        "from proofs_check import CERTIFIED, Decision, Proved, less\n"
        "def good():\n    return Decision(CERTIFIED, 'ok', (Proved('1 < 2', less(1, 2)),))\n"
        "def bad():\n    return True\n", encoding="utf-8",
    )  # fmt: skip
    assert ask(tmp_path, kind="check", check="checks:good").verdict is CERTIFIED
    with pytest.raises(TypeError, match="returns no Decision"):
        ask(tmp_path, kind="check", check="checks:bad")
    with pytest.raises(ValueError, match=r"line 1, claim a: checks has no function missing"):
        ask(tmp_path, kind="check", check="checks:missing")
    with pytest.raises(ValueError, match=r"claim a: nowhere cannot be imported"):
        ask(tmp_path, kind="check", check="nowhere:good")
