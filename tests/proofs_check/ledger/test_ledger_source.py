"""A mistake in a ledger names the file, the line, the claim and the remedy; nothing is dropped."""

from __future__ import annotations

import argparse
import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ledgers import HEAD, TRUE, claim, entry, write

from bounds.certify.errors import InputError
from bounds.certify.language.grammar import parse_expression
from proofs_check.audit.ledger.abbreviations import Abbreviation, Abbreviations
from proofs_check.audit.ledger.entry import _CHOICES, _COMMON, _COMMON_NEEDED, KINDS
from proofs_check.audit.ledger.new import template
from proofs_check.audit.ledger.paper import _PAPER_KEYS, begins_in, load_ledger
from proofs_check.audit.ledger.source import LedgerError, _places
from proofs_check.commands.audit import add_arguments

# each row: the claims, the line, the claim in the message, and what it says
MISTAKES = [
    (claim("a", 'statment = "x > 0"\n'), 8, "a", "no key 'statment': did you mean statement?"),
    (claim("a", 'for = "x > 0"\n'), 4, "a", "needs the key 'statement'"),
    (claim("a", kind="inequalty"), 7, "a", "did you mean inequality?"),
    ('[[claim]]\nwhere = "1"\nkind = "words"\n', 4, "", "the key 'id' is missing"),
    (claim("a") + claim("a"), 11, "a", "a claim of this id is in line 4"),
    (claim("A b"), 5, "A b", "lower case letters, digits and single hyphens"),
    (claim("a").replace('where = "1"', 'where = "7"'), 6, "a", "one of 1, 2"),
    (claim("a", TRUE + 'rests_on = ["b"]\n'), 10, "a", "rests on 'b', which is no claim here"),
    (claim("a", TRUE + 'rests_on = ["b:c"]\n'), 10, "a", "under [uses]"),
    (claim("a", TRUE + 'rests_on = "b"\n'), 10, "a", "a list of ids"),
    (claim("a", TRUE + 'rests_on = ["a"]\n'), 10, "a", "circular"),
    (claim("a", 'statement = "x >"\nfor = "x > 0"\n'), 8, "a", "`statement`"),
    (claim("a", 'statement = "x > 0"\n'), 8, "a", "does not say where x lies"),
    (
        claim("a", 'statement = "x > 0"\nfor = "x in [2, 1]"\n'),
        9,
        "a",
        "did you mean the ends 1, 2",
    ),
    (claim("a", 'statement = "x = x"\nfor = "x real"\n'), 7, "a", "its kind is identity"),
    (claim("a", TRUE, "identity"), 7, "a", "or is it an inequality?"),
    (claim("a", 'expression = "1"\nprinted = 1\n', "constant"), 9, "a", "a text in quotes"),
    (claim("a", 'expression = "1"\nprinted = "one"\n', "constant"), 9, "a", "is no decimal"),
    (
        claim("a", 'expression = "x"\nfor = "x > 0"\nprinted = "1"\n', "constant"),
        9,
        "a",
        "no key 'for'",
    ),
    (claim("a", 'columns = ["x", "Phi(x)"]\n', "table"), 7, "a", "say where the rows are"),
    (claim("a", 'file = "none.csv"\n', "table"), 8, "a", "is no file beside the ledger"),
    (claim("a", 'columns = ["x", "Phi(x)"]\nrows = ["0"]\n', "table"), 9, "a", "row 1 has 1 cells"),
    (
        claim("a", 'columns = ["x"]\nstatement = "y > 0"\nrows = ["0"]\n', "table"),
        9,
        "a",
        "no column is called y",
    ),
    (claim("a", TRUE + "time = -1\n"), 10, "a", "a number of seconds"),
    (claim("a", TRUE + "time = true\n"), 10, "a", "a number of seconds"),
    (claim("a", TRUE + 'difficulty = "very"\n'), 10, "a", "one of easy, hard"),
    (claim("a", 'equation = "x = 1"\nfor = "x real, y real"\n', "root"), 9, "a", "one variable"),
    (
        claim("a", 'expression = "x"\nfor = "x in [0, 1]"\nof = "maximum"\n', "supremum"),
        10,
        "a",
        "one of the two",
    ),
    (claim("a", 'check = "nothing"\n', "check"), 8, "a", "module:function"),
    (claim("a", TRUE + 'sharpen = "x^2 >= C"\n'), 10, "a", "mark the constant"),
]


@pytest.mark.parametrize(("text", "line", "name", "told"), MISTAKES)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: int, name: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "audit", text)
    with pytest.raises(InputError) as found:
        load_ledger("audit")
    named = f", claim {name}" if name else ""
    assert str(found.value).startswith(f"audit/ledger.toml, line {line}{named}: ")
    assert told in str(found.value)


@pytest.mark.parametrize(
    ("head", "line", "told"),
    [
        ('[paper]\ntitle = "A"\n', 1, "[paper] needs sections"),
        ('[paper]\ntitle = "A"\nsections = { "1" = "One" }\ntitel = "B"\n', 4, "no key 'titel'"),
        (HEAD + '[define]\n"exp(x)" = "1"\n', 5, "the name exp is taken"),
        (HEAD + '[define]\n"f(x)" = "x +"\n', 5, "`f(x)`"),
        (HEAD + '[define]\na = "b"\nb = "a"\n', 5, "leads back to itself"),
        (HEAD + "[claims]\na = 1\n", 4, "'claims' is not known here"),
        (HEAD + "x = \n", 4, "this is no TOML"),
        (HEAD + '[claim]\nid = "a"\n', 4, "in double brackets"),
    ],
)
def test_a_mistake_above_the_claims(tmp_path: Path, head: str, line: int, told: str) -> None:
    text = claim("z") if "[claim]" not in head else ""
    with pytest.raises(InputError) as found:
        load_ledger(write(tmp_path, text, head=head))
    assert f", line {line}: " in str(found.value)
    assert told in str(found.value)


def test_the_place_in_a_statement_is_marked(tmp_path: Path) -> None:
    with pytest.raises(LedgerError) as found:
        load_ledger(write(tmp_path, claim("a", 'statement = "x + * 2 > 0"\nfor = "x > 0"\n')))
    assert any("^" in line for line in found.value.marked)


def test_a_claim_on_one_line_or_out_of_line_is_not_dropped(tmp_path: Path) -> None:
    one = 'claim = [ { id = "a", where = "1", kind = "inequality", statement = "1 < 2" } ]\n'
    assert load_ledger(write(tmp_path / "a", head=one + HEAD)).ids == ("a",)
    spaced = claim("b").replace("[[claim]]", "  [[ claim ]]  # here")
    assert load_ledger(write(tmp_path / "b", spaced)).ids == ("b",)


def test_an_empty_ledger_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no claim"):
        load_ledger(write(tmp_path))


def test_lines_inside_texts_and_lists_are_no_tables() -> None:
    text = "a = '''\n[[claim]]\n'''\nb = [\n  '[',\n  1, # ]\n]\n"
    text += 'c = """x \\""""\n[[claim]]\nid = 1\n'
    assert _places(text) == [("", 1, {"a": 1, "b": 4, "c": 8}), ("claim", 9, {"id": 10})]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "",
                "# [[claim]]",
                'note = """\n[[claim]]\nid = 3\n"""',
                "time = 5",
                "latex = '''\n\"\n'''",
                "rests_on = [\n]",
            ]
        ),
        max_size=4,
    )
)
def test_the_line_of_a_claim_is_where_it_is_written(filling: list[str]) -> None:
    first = claim("first") + "\n".join(dict.fromkeys(filling)) + "\n"
    text = HEAD + first + claim("second")
    places = [place for place in _places(text) if place[0] == "claim"]
    lines = text.split("\n")
    assert [lines[number - 1] for _, number, _ in places] == ["[[claim]]", "[[claim]]"]
    assert all(lines[keys["id"] - 1].startswith("id = ") for _, _, keys in places)


# Abbreviations


def words(**known: str) -> Abbreviations:
    made = {}
    for head, body in known.items():
        made[head] = Abbreviation(head, None if head.startswith("c") else ("x",), body)
    return Abbreviations(made)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("f(2)", "(2)^2 + 1"),
        ("2*f(y + 1)", "2*((y + 1)^2 + 1)"),
        ("f(f(y))", "((y)^2 + 1)^2 + 1"),
        ("c0*y", "(1 - 1/2)*y"),
        ("f (c0)", "(1 - 1/2)^2 + 1"),
        ("f(min(y, 2))", "min(y, 2)^2 + 1"),
        ("1e5*c0", "100000*(1 - 1/2)"),
    ],
)
def test_abbreviations_mean_what_they_say(text: str, means: str) -> None:
    expanded = words(f="x^2 + 1", c0="1 - 1/2").expanded(text)
    assert parse_expression(expanded) is parse_expression(means)


def test_a_paper_may_have_a_psi_of_its_own(tmp_path: Path) -> None:
    head = HEAD + '[define]\n"psi(x)" = "exp(-x)/x"\n'
    paper = load_ledger(write(tmp_path, claim("a", 'statement = "psi(2) > 0"\n'), head=head))
    assert paper.entries is not None
    assert "digamma" not in str(paper.entries["a"].statement)
    with pytest.raises(LedgerError, match="the name Phi is taken"):
        load_ledger(write(tmp_path, claim("a"), head=HEAD + '[define]\n"Phi(x)" = "x"\n'))


def test_a_check_that_is_not_there_is_told_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(
        LedgerError, match=r"claim a: checks cannot be imported \(ImportError: there"
    ):
        load_ledger(write(tmp_path, claim("a", 'check = "checks:one"\n', "check")))


def test_an_argument_is_not_caught_by_an_integral() -> None:
    caught = Abbreviations(
        {"f": Abbreviation("f", ("x",), "integral(x*t, t, 0, 1)", frozenset("t"))}
    )
    assert caught.expanded("f(y)") == "(integral((y)*t, t, 0, 1))"
    with pytest.raises(InputError, match="binds t, which its argument 't' holds"):
        caught.expanded("f(t)")


def test_the_bound_names_are_found_when_a_ledger_is_read(tmp_path: Path) -> None:
    head = HEAD + '[define]\n"f(x)" = "integral(x*t, t, 0, 1)"\n'
    wrong = claim("a", 'statement = "f(t) > 0"\nfor = "t > 0"\n')
    with pytest.raises(LedgerError, match="rename it in the definition"):
        load_ledger(write(tmp_path, wrong, head=head))


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("f", "write f(x)"),
        ("f(1, 2)", "called with 2 arguments"),
        ("f(1", "is not closed"),
    ],
)
def test_a_wrong_call_is_told(call: str, told: str) -> None:
    with pytest.raises(InputError) as found:
        words(f="x").expanded(call)
    assert told in str(found.value)


# Sections, and the ledger to begin with


@pytest.mark.parametrize(
    ("where", "section", "holds"),
    [
        ("4.5.1", "4.5", True),
        ("4.51", "4.5", False),
        ("4.5", "4.5", True),
        ("4.5(i)", "4.5", True),
        ("III; Lemma 5", "III", True),
        ("IIIa", "III", False),
        ("Appendix B, (3)", "B", True),
    ],
)
def test_where_a_claim_is(where: str, section: str, holds: bool) -> None:
    assert begins_in(where, section) is holds


def test_the_longest_section_is_meant(tmp_path: Path) -> None:
    head = '[paper]\ntitle = "A"\nsections = { "4" = "Four", "4.5" = "Logarithms" }\n'
    paper = load_ledger(write(tmp_path, claim("a").replace('"1"', '"4.5.2"'), head=head))
    assert paper.section_of("4.5.2") == "4.5"
    assert paper.section_of("4.6") == "4"


def test_the_ledger_to_begin_with_shows_every_kind(tmp_path: Path) -> None:
    (tmp_path / "ledger.toml").write_text(template(), encoding="utf-8")
    paper = load_ledger(tmp_path)
    assert paper.entries is not None
    shown = {one.kind for one in paper.entries.values()}
    assert shown == set(KINDS) - {"check"}
    assert "checks:by_hand" in template()


def test_a_decimal_comma_is_no_decimal() -> None:
    with pytest.raises(ValueError, match="no decimal"):
        entry(kind="constant", expression="1", printed="0,5")


# The schema, and the action


def schema() -> dict[str, Any]:
    text = files("bounds.cli").joinpath("schemas/ledger.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def test_the_schema_has_the_keys_that_the_reader_knows() -> None:
    claims = schema()["properties"]["claim"]["items"]
    rules = {one["if"]["properties"]["kind"]["const"]: one["then"] for one in claims["allOf"]}
    for kind, (needed, allowed) in KINDS.items():
        names = rules[kind]["propertyNames"]["enum"]
        assert set(rules[kind]["required"]) == needed
        assert set(names) == {*needed, *allowed, *_COMMON_NEEDED, *_COMMON}
        assert set(names) <= set(claims["properties"])
    assert list(rules) == claims["properties"]["kind"]["enum"]
    for key, choices in _CHOICES.items():
        assert tuple(claims["properties"][key]["enum"]) == choices
    assert set(schema()["properties"]["paper"]["properties"]) == set(_PAPER_KEYS)


def test_the_schema_takes_what_the_reader_takes_and_refuses_unknown_keys() -> None:
    check = Draft202012Validator(schema())
    check.validate(tomllib.loads(template()))
    for text, *_ in MISTAKES[:4]:
        assert not check.is_valid(tomllib.loads(HEAD + text)), text


def test_the_action_uses_options_that_there_are() -> None:
    root = Path(__file__).parents[3]
    text = (root / ".github" / "actions" / "audit" / "action.yml").read_text(encoding="utf-8")
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    known = {sign for action in parser._actions for sign in action.option_strings}
    used = {"-o", "--certificates", "--tex"}
    assert all(f"{sign} " in text for sign in used)
    assert used <= known
    assert (root / "pyproject.toml").is_file()  # three folders above the action
