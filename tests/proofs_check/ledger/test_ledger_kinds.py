"""Each kind of claim of a ledger, right and wrong: the verdict, the witness, the certificates."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledgers import ask
from marks import heavy

from bounds.certify.checker.replay import check
from bounds.certify.errors import Inconclusive
from bounds.certify.quantities.table_files import Decimal
from proofs_check.audit.facts import Proved, Replayed
from proofs_check.audit.ledger import numbers, statements
from proofs_check.audit.ledger.entry import cell
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
    (
        {"kind": "inequality", "statement": "x^2 < 4", "where_": "x in [0, 3]"},
        REFUTED,
        "x in [0, 2)",
    ),
    ({"kind": "inequality", "statement": "x^2 > 0", "where_": "x real"}, REPAIRED, "x^2 >= 0"),
    (
        {"kind": "inequality", "statement": "sqrt(x) >= 0", "where_": "x >= -1"},
        REFUTED,
        "sqrt(x) is not defined (x >= 0 is needed)",
    ),
    (
        {"kind": "identity", "statement": "(x + 1)^2 = x^2 + 2*x + 1", "where_": "x real"},
        CERTIFIED,
        "",
    ),
    (
        {"kind": "identity", "statement": "(x + 1)^2 = x^2 + 1", "where_": "x real"},
        REFUTED,
        "is false",
    ),
    ({"kind": "constant", "expression": "Phi(1)", "printed": "0.84134"}, CERTIFIED, "is right"),
    ({"kind": "constant", "expression": "Phi(1)", "printed": "0.84135"}, REPAIRED, "0.84134, not"),
    (
        {"kind": "constant", "expression": "Phi(1)", "printed": "0.84135", "rounding": "up"},
        CERTIFIED,
        "",
    ),
    (
        {
            "kind": "constant",
            "expression": "-Phi(1)",
            "printed": "-0.84134",
            "rounding": "truncated",
        },
        CERTIFIED,
        "towards 0",
    ),
    (
        {"kind": "constant", "expression": "-Phi(1)", "printed": "-0.84134", "rounding": "down"},
        REPAIRED,
        "-0.84135, not",
    ),
    ({"kind": "constant", "expression": "1/8", "printed": "0.12"}, CERTIFIED, ""),
    ({"kind": "constant", "expression": "1/8", "printed": "0.13"}, CERTIFIED, ""),
    ({**PHI, "rows": ["0, 0.5000", "1, 0.8413"]}, CERTIFIED, "all 2 entries"),
    ({**PHI, "rows": ["0, 0.5000", "1, 0.8414"]}, REPAIRED, "row 2"),
    ({**PHI, "rows": ["1, 0.8413"], "rounding": "truncated"}, CERTIFIED, ""),
    (
        {
            "kind": "table",
            "columns": ["b", "c"],
            "rows": ["1, 0.4", "2, 0.2"],
            "statement": "exp(-b) <= c",
        },
        CERTIFIED,
        "all 2 rows",
    ),
    (
        {
            "kind": "table",
            "columns": ["b", "c"],
            "rows": ["1, 0.4", "2, 0.1"],
            "statement": "exp(-b) <= c",
        },
        REFUTED,
        "row 2, b = 2, c = 0.1",
    ),
    ({**GROWS, "expression": "x^3", "strict": True, "where_": "x real"}, CERTIFIED, "strictly"),
    (
        {**GROWS, "expression": "x^2", "where_": "x >= -1"},
        REPAIRED,
        "for x in (0, inf); as printed",
    ),
    (
        {**BENT, "expression": "x^4", "strict": True, "where_": "x real"},
        CERTIFIED,
        "strictly convex",
    ),
    ({**BENT, "expression": "x^3", "where_": "x real"}, REPAIRED, "witness x = -1"),
    ({**BENT, "expression": "-x^2", "where_": "x real"}, REFUTED, "it is not convex"),
    ({"kind": "root", "equation": "x^2 = 2", "where_": "x > 0", "printed": "1.414"}, CERTIFIED, ""),
    (
        {"kind": "root", "equation": "x^2 = 2", "where_": "x > 0", "printed": "1.415"},
        REPAIRED,
        "1.414",
    ),
    ({"kind": "root", "equation": "x^2 = 2", "where_": "x real"}, REFUTED, "has 2 roots"),
    (
        {"kind": "root", "equation": "x^2 = 2", "where_": "x real", "printed": "-1.414, 1.414"},
        CERTIFIED,
        "2 roots",
    ),
    (
        {
            "kind": "supremum",
            "expression": "x*(1 - x)",
            "where_": "x in [0, 1]",
            "of": "maximum",
            "printed": "0.25",
        },
        CERTIFIED,
        "attained at x = 1/2",
    ),
    (
        {
            "kind": "supremum",
            "expression": "x*(1 - x)",
            "where_": "x in [0, 1]",
            "of": "maximum",
            "printed": "0.26",
        },
        REPAIRED,
        "0.25, not 0.26",
    ),
    (
        {
            "kind": "supremum",
            "expression": "x/(1 + x)",
            "where_": "x > 0",
            "of": "supremum",
            "value": "1",
            "attained": False,
        },
        CERTIFIED,
        "not attained",
    ),
    (
        {
            "kind": "supremum",
            "expression": "x/(1 + x)",
            "where_": "x > 0",
            "of": "maximum",
            "value": "1",
        },
        REFUTED,
        "not attained",
    ),
    (
        {
            "kind": "supremum",
            "expression": "x*(1 - x)",
            "where_": "x in [0, 1]",
            "of": "supremum",
            "value": "1/3",
        },
        REFUTED,
        "and not 1/3",
    ),
    (
        {"kind": "definition", "expression": "log(1 - x)", "where_": "x < 1"},
        CERTIFIED,
        "is defined",
    ),
    ({"kind": "definition", "expression": "log(1 - x)", "where_": "x <= 1"}, REFUTED, "at x = 1"),
    ({"kind": "words", "argument": "Clear."}, NOT_MACHINE_CHECKABLE, "not decided by machine"),
]


SLOW = (
    *("strictly", "strictly convex", "for x in (0, inf); as printed", "witness x = -1"),
    *("has 2 roots", "2 roots", "and not 1/3", "not attained", "0.25, not 0.26"),
)
SHOWN = [heavy(*case) if case[2] in SLOW else case for case in CASES]
"""What takes longer and is like a quicker row, or a test of shapes, runs with the heavy ones."""


@pytest.mark.step("all roots are counted", "a maximum is attained")
@pytest.mark.parametrize(("data", "verdict", "told"), SHOWN)
def test_each_kind_right_and_wrong(data: dict[str, Any], verdict: Verdict, told: str) -> None:
    found = ask(**data)
    assert found.verdict is verdict, found.finding
    assert told in found.finding
    for line in found.lines:
        if isinstance(line, Proved):
            assert line.proofs
    if verdict is REFUTED or verdict is REPAIRED:
        assert any("witness" in line or "root" in line for line in found.evidence)


@pytest.mark.parametrize(
    "data",
    [
        heavy({"kind": "inequality", "statement": "x^2 < 4", "where_": "x in [0, 3]"}),
        {"kind": "constant", "expression": "Phi(1)", "printed": "0.84135"},
        {
            "kind": "table",
            "columns": ["b", "c"],
            "rows": ["1, 0.4", "2, 0.1"],
            "statement": "exp(-b) <= c",
        },
        heavy({**GROWS, "expression": "x^2", "where_": "x >= -1"}),
        {"kind": "root", "equation": "x^2 = 2", "where_": "x > 0", "printed": "1.414"},
    ],
)
def test_every_certificate_is_accepted_by_the_checker(data: dict[str, Any]) -> None:
    written = ask(**data).written()
    assert written
    assert all(check(certificate).accepted for certificate in written)


@pytest.mark.step("a fact of the engine has a certificate that the checker accepts")
def test_a_fact_whose_certificate_is_not_accepted_is_not_made() -> None:
    (certificate,) = ask(kind="constant", expression="Phi(1)", printed="0.84134").written()
    forged = {**certificate, "statement": {**certificate["statement"], "claim": "Phi(1) < 0"}}
    with pytest.raises(Inconclusive, match="not proved"):
        Proved("false", Replayed("Phi(1) < 0", forged))


def test_an_argument_in_words_is_never_counted_as_proved() -> None:
    found = ask(kind="words", argument="It is 1 < 2.")
    assert found.basis == "none"
    assert not found.facts


@pytest.mark.heavy
def test_the_best_constant_is_told() -> None:
    found = ask(
        kind="inequality",
        statement="x*(1 - x) <= 0.3",
        sharpen="x*(1 - x) <= ?C",
        where_="x in [0, 1]",
    )
    assert found.verdict is CERTIFIED
    assert any("least constant in x*(1 - x) <= ?C is 1/4" in line for line in found.evidence)


def test_long_fractions_are_told_as_decimals() -> None:
    from proofs_check.audit.ledger.repairs import _as_decimals

    assert _as_decimals("x in [2512863/1000000, inf)") == "x in [2.512863, inf)"
    assert _as_decimals("x in (-1/2, 1/3]") == "x in (-1/2, 1/3]"
    assert _as_decimals("x in [-747093/2500000, 1/3000)") == "x in [-0.2988372, 1/3000)"


def test_a_false_constant_is_repaired_by_the_best_one() -> None:
    found = ask(kind="inequality", statement="x*(1 - x) <= 0.2", where_="x in [0, 1]")
    assert found.verdict is REPAIRED
    assert any("x*(1 - x) <= 1/4" in line for line in found.evidence)
    assert any("witness x = 1/2" in line for line in found.evidence)


# What a verdict holds for


@pytest.mark.heavy
def test_a_point_left_out_leaves_two_pieces_and_both_are_proved() -> None:
    holds = {
        "kind": "inequality",
        "statement": "x/(1 + x) < log(1 + x)",
        "where_": "x > -1, x != 0",
    }
    found = ask(**holds)
    assert found.verdict is CERTIFIED
    assert len(found.written()) == 2


@pytest.mark.step("every piece of the domain is looked at")
def test_a_claim_that_holds_on_one_piece_only_is_false(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"kind": "inequality", "statement": "1/x > 0", "where_": "x real, x != 0"}
    assert ask(**wrong).verdict is not CERTIFIED
    whole = statements.pieces
    monkeypatch.setattr(statements, "pieces", lambda domain, cuts: whole(domain, cuts)[1:])
    assert ask(**wrong).verdict is CERTIFIED  # so that is what the first piece is for


@pytest.mark.parametrize(
    ("where", "parts"),
    [
        ("x != 0", ["(-inf, 0)", "(0, inf)"]),
        ("x >= 0, x != 0", ["(0, inf)"]),
        ("x in [0, 1], x != 1", ["[0, 1)"]),
        ("x in [0, 1], x != 2", ["[0, 1]"]),
        ("x in [0, 3], x != 1, x != 2", ["[0, 1)", "(1, 2)", "(2, 3]"]),
    ],
)
def test_the_pieces_are_the_domain(where: str, parts: list[str]) -> None:
    from bounds.certify.language.domain import parse_domain

    found = statements.pieces(parse_domain(where))
    assert [str(part.ranges["x"]) for part in found] == parts
    assert not any(part.constraints for part in found)


def test_an_undecided_claim_says_for_which_part_it_is_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from bounds.certify.language.statement import Statement
    from bounds.certify.rules.outcome import Outcome

    real = statements.asked

    def asked(claim: Statement, seconds: float, _lemmas: object = ()) -> Outcome:
        if str(claim.domain) == "x real":
            texts = "x^2 + 1 > 0", "x > 7"
            weaker = tuple(Statement.read(text, "x in [0, 1]") for text in texts)
            return Outcome(claim, "undecided", "no proof", weaker=weaker)
        return real(claim, seconds)

    monkeypatch.setattr(statements, "asked", asked)
    found = ask(kind="inequality", statement="x^2 + 1 > 0", where_="x real")
    assert found.verdict is INCONCLUSIVE
    assert "proved for a part: 1 + x^2 > 0 for x in [0, 1]" in found.finding.replace(
        "x^2 + 1", "1 + x^2"
    )
    assert len(found.written()) == 1  # the second is said and not proved


def test_comparisons_are_proved_one_by_one_where_they_are_not_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from bounds.certify.language.statement import Statement
    from bounds.certify.rules.outcome import Outcome

    real = statements.asked

    def asked(claim: Statement, seconds: float, _lemmas: object = ()) -> Outcome:
        if len(claim.comparisons) > 1:
            return Outcome(claim, "undecided", "too much at once")
        return real(claim, seconds)

    monkeypatch.setattr(statements, "asked", asked)
    both = ask(kind="inequality", statement="x^2 >= 0 and x^2 + 1 > 0", where_="x real")
    assert both.verdict is CERTIFIED
    assert len(both.written()) == 2
    half = statements.on_pieces(Statement.read("x^2 >= 0 and x > 1", "x real"), 5)
    assert half.against is not None
    assert str(half.against.statement) == "x > 1 for x real"


@pytest.mark.step("and the claim is proved to fail there")
def test_a_witness_that_is_not_proved_refutes_nothing() -> None:
    from bounds.certify.language.expression import number
    from bounds.certify.language.statement import Statement
    from bounds.certify.rules.outcome import Outcome

    claim = Statement.read("x^2 >= 0", "x real")
    wrong = Outcome(claim, "refuted", "made up", witness={"x": number(1)})
    with pytest.raises(Inconclusive, match="does not confirm"):
        statements.witness_of(wrong)


@pytest.mark.step("a witness lies in the domain")
def test_a_witness_outside_the_domain_refutes_nothing() -> None:
    from bounds.certify.language.expression import number
    from bounds.certify.language.statement import Statement
    from bounds.certify.rules.outcome import Outcome

    claim = Statement.read("x >= 0", "x in [0, 1]")
    with pytest.raises(Inconclusive):
        statements.witness_of(Outcome(claim, "refuted", "made up", witness={"x": number(-1)}))


# Decimals


@pytest.mark.step(
    "towards 0 is up below 0",
    "a decimal rounded down does not stand for the next one",
    "nor one rounded up for the one before",
)
@pytest.mark.parametrize(
    ("printed", "rounding", "inside", "outside"),
    [
        ("0.5", "nearest", ["0.45", "0.55"], ["0.4499", "0.5501"]),
        ("0.5", "down", ["0.5", "0.5999"], ["0.4999", "0.6"]),
        ("0.5", "up", ["0.4001", "0.5"], ["0.4", "0.5001"]),
        ("0.5", "truncated", ["0.5", "0.5999"], ["0.4999", "0.6"]),
        ("-0.5", "truncated", ["-0.5", "-0.5999"], ["-0.4999", "-0.6"]),
        ("0.0", "truncated", ["-0.0999", "0.0999"], ["-0.1", "0.1"]),
    ],
)
def test_what_a_decimal_stands_for(
    printed: str, rounding: Any, inside: list[str], outside: list[str]
) -> None:
    for value, verdict in ((v, CERTIFIED) for v in inside):
        assert (
            ask(kind="constant", expression=value, printed=printed, rounding=rounding).verdict
            is verdict
        )
    for value in outside:
        found = ask(kind="constant", expression=value, printed=printed, rounding=rounding)
        assert found.verdict is REPAIRED, (value, found.finding)


@settings(max_examples=60, deadline=None)
@given(st.fractions(-3, 3, max_denominator=500), st.integers(0, 3))
def test_every_number_is_in_the_cell_of_its_decimal_and_of_no_other(
    q: Fraction, digits: int
) -> None:
    unit = Fraction(1, 10**digits)
    rounded = {
        "down": floor(q / unit),
        "up": ceil(q / unit),
        "truncated": int(q / unit),
        "nearest": floor(q / unit + Fraction(1, 2)),
    }
    for rounding, units in rounded.items():
        for other in range(units - 2, units + 3):
            low, high, from_low, to_high = cell(Decimal(other, -digits, ""), rounding)
            inside = (low <= q if from_low else low < q) and (q <= high if to_high else q < high)
            tie = rounding == "nearest" and abs(other * unit - q) == unit / 2
            assert inside is (other == units or tie)


def test_a_value_next_to_the_middle_is_not_called_wrong() -> None:
    from fractions import Fraction

    from bounds.certify.numbers.enclosure import Enclosure
    from bounds.certify.quantities.proving import of_fractions
    from bounds.certify.quantities.table_files import Decimal

    printed = Decimal(5, -1, "0.5")
    wide: Enclosure = of_fractions(Fraction(54, 100), Fraction(56, 100), 3)
    with pytest.raises(Inconclusive):
        numbers.misprint(printed, "nearest", None, wide, "it", "told")


# Python beside the ledger


def test_a_check_is_found_by_import_and_its_mistakes_are_told(tmp_path: Path) -> None:
    (tmp_path / "checks.py").write_text(
        "from proofs_check import CERTIFIED, Decision, Proved, less\n"
        "def good():\n    return Decision(CERTIFIED, 'ok', (Proved('1 < 2', less(1, 2)),))\n"
        "def bad():\n    return True\n",
        encoding="utf-8",
    )
    assert ask(tmp_path, kind="check", check="checks:good").verdict is CERTIFIED
    with pytest.raises(TypeError, match="returns no Decision"):
        ask(tmp_path, kind="check", check="checks:bad")
    with pytest.raises(ValueError, match=r"line 1, claim a: checks has no function missing"):
        ask(tmp_path, kind="check", check="checks:missing")
    with pytest.raises(ValueError, match=r"claim a: nowhere cannot be imported"):
        ask(tmp_path, kind="check", check="nowhere:good")
