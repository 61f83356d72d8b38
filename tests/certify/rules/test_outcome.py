"""What a decision ends in: what holds everywhere, and what weaker statement is proved."""

from __future__ import annotations

import pytest

from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.language.statement import Statement
from bounds.certify.rules.decide import decide
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.nearby import nearby
from bounds.certify.rules.outcome import HELP, WEAKER, Outcome
from bounds.certify.statements import is_proved, prove
from bounds.cli.decide import _code


def test_equal_sides_do_not_prove_a_strict_claim():
    outcome = decide(Statement.read("x < x", "x real"), seconds=2)
    assert outcome.outcome == "equal"
    assert not outcome.holds_everywhere
    assert not is_proved(outcome)
    assert _code(outcome) == 1
    assert "it holds nowhere" in outcome.explain()
    with pytest.raises(Inconclusive):
        outcome.certificate()
    with pytest.raises(Inconclusive):
        prove("x < x", "x real", seconds=2)


def test_an_equation_that_is_proved_holds_everywhere():
    outcome = decide(Statement.read("(1 + x)^2 = 1 + 2*x + x^2", "x real"), seconds=2)
    assert outcome.outcome == "equal"
    assert outcome.holds_everywhere
    assert _code(outcome) == 0
    assert outcome.certificate()["kind"] == "proof"


@pytest.mark.parametrize("word", ["refuted", "undefined", "undecided"])
def test_nothing_else_holds_everywhere(word):
    outcome = Outcome(Statement.read("x < 1", "x real"), word, "a reason")
    assert not outcome.holds_everywhere
    assert _code(outcome) == (3 if word == "undecided" else 1)
    with pytest.raises(InputError, match="truth value"):
        bool(outcome)


def _never(*_asked):
    return False


def quick(statement, deadline):
    return decide(statement, seconds=max(0.1, deadline.left())).holds_everywhere


def test_a_smaller_domain_and_a_margin_are_found():
    statement = Statement.read("sin(x)^2 < x^2", "x in (0, 1)")
    told = nearby(statement, quick, Deadline(10)).sentences
    assert f"{WEAKER} sin(x)^2 < x^2 for x in [1/100, 99/100]" in told
    assert any(line.startswith(f"{WEAKER} sin(x)^2 < 1/1000000") for line in told)
    assert any("does not reach x = 0" in line for line in told)


def test_nothing_is_called_proved_that_is_not():
    statement = Statement.read("sin(x) < x", "x in (0, 1)")
    told = nearby(statement, _never, Deadline(10)).sentences
    assert not any(line.startswith(WEAKER) for line in told)


def test_equal_sides_inside_ask_for_the_weak_claim():
    statement = Statement.read("2*x < 1 + x^2", "x in [0, 2]")
    told = nearby(statement, _never, Deadline(10)).sentences
    assert f"{HELP} the claim 2*x <= 1 + x^2, as the two sides are equal at x = 1" in told


@pytest.mark.parametrize(
    ("claim", "domain"),
    [
        ("x + y < 3", "x real, y real, x + y = 1"),
        ("n > 0", "n integer, n >= 1"),
        ("x < t", "x real, exists t real"),
        ("pi < 4", ""),
        ("x*y < 2", "x in (-inf, 0], y in [5, 6]"),
        ("x < pi", "x in [pi/4, pi/2)"),
    ],
)
def test_any_domain_is_taken(claim, domain):
    asked = []

    def record(statement, _deadline):
        asked.append(Statement.read(statement.claim, str(statement.domain)))
        return False

    nearby(Statement.read(claim, domain), record, Deadline(5))
    assert all(str(one) for one in asked)


def test_a_weaker_statement_is_shown_by_itself():
    tried = ("cells", f"{WEAKER} x < 2 for x in (0, 1)")
    shown = str(Outcome(Statement.read("x < 1", "x real"), "undecided", "a reason", tried=tried))
    assert shown.splitlines()[2:] == ["  tried: cells", f"  {tried[1]}"]
