"""The steps of proofs that a function is monotone or convex: each keeps a falsehood out."""

from __future__ import annotations

from typing import Any

import pytest
from ledgers import ask, entry

from bounds.certify.errors import Inconclusive
from bounds.certify.language.domain import parse_domain
from bounds.certify.language.grammar import parse_expression
from proofs_check.audit.ledger import shapes
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision


def about_x(kind: str, expression: str, where: str, **more: Any) -> dict[str, Any]:
    common = {"kind": kind, "variable": "x", "expression": expression, "where_": where, "time": 5}
    return {**common, **more}


def monotone(expression: str, direction: str, where: str, **more: Any) -> dict[str, Any]:
    return about_x("monotone", expression, where, direction=direction, **more)


def convex(expression: str, shape: str, where: str, **more: Any) -> dict[str, Any]:
    return about_x("convex", expression, where, shape=shape, **more)


def decided(data: dict[str, Any]) -> Decision | None:
    try:
        return ask(**data)
    except Inconclusive:
        return None


def is_certified(data: dict[str, Any]) -> bool:
    found = decided(data)
    return found is not None and found.verdict is CERTIFIED


@pytest.mark.step("the expression is defined on the whole domain")
def test_it_is_to_be_defined(monkeypatch: pytest.MonkeyPatch) -> None:
    """1/x is negative below 0, where log has no value."""
    wrong = monotone("log(x)", "decreasing", "x in [-2, -1]")
    assert ask(**wrong).verdict is REFUTED
    whole = shapes.on_pieces

    def of_one(_: Any, seconds: float) -> Any:
        from bounds.certify.language.statement import Statement

        return whole(Statement.read("1 = 1"), seconds)

    monkeypatch.setattr(shapes, "on_pieces", of_one)
    assert is_certified(wrong)


@pytest.mark.step("the domain is an interval")
def test_the_domain_is_an_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    """1/x falls below 0 and above it, and not from one to the other."""
    wrong = monotone("1/x", "decreasing", "x in [-2, 2], x != 0")
    assert not is_certified(wrong)
    monkeypatch.setattr(shapes, "is_interval", lambda *_: True)
    assert is_certified(wrong)


@pytest.mark.step("a condition with a gap makes none", "nor one that is not linear")
@pytest.mark.parametrize(
    ("where", "holds"),
    [
        ("x > 0", True),
        ("0 <= x <= 1", True),
        ("x > 0, y real, x <= 2*y + 1", True),
        ("x real, x != 0", False),
        ("x real, x^2 > 1", False),
        ("x integer", False),
        ("x real, y real, y^2 > 1", True),
        ("x real, abs(x) > 1", False),
    ],
)
def test_what_an_interval_is(where: str, holds: bool) -> None:
    assert shapes.is_interval(parse_domain(where), "x") is holds


@pytest.mark.step("no function in it jumps where its derivative exists")
def test_a_function_that_jumps_where_its_derivative_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    """atan2(x, -1) has the slope -1/(1 + x^2), and jumps from -pi to pi at 0."""
    wrong = monotone("atan2(x, -1)", "decreasing", "-1 <= x <= 1")
    assert ask(**wrong).verdict is REFUTED
    monkeypatch.setattr(shapes, "SMOOTH", shapes.SMOOTH | {"atan2"})
    assert is_certified(wrong)


@pytest.mark.step("nor at an end")
@pytest.mark.heavy
def test_the_ends_belong_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the jump at the end -pi < atan2(x, -1) just below 0, and pi at 0."""
    wrong = monotone("atan2(x, -1)", "decreasing", "-1 <= x <= 0")
    assert ask(**wrong).verdict is REFUTED
    monkeypatch.setattr(shapes, "SMOOTH", shapes.SMOOTH | {"atan2"})
    assert is_certified(wrong)  # the derivative inside knows nothing of the end


def test_a_power_whose_exponent_moves_is_not_taken_to_be_continuous_at_an_end() -> None:
    assert shapes.continuous_at_ends(parse_expression("sqrt(x) + x^3"), "x")
    assert not shapes.continuous_at_ends(parse_expression("x^x"), "x")
    assert shapes.continuous_at_ends(parse_expression("x^y"), "x")


@pytest.mark.heavy
def test_an_end_at_which_the_derivative_is_infinite_is_no_obstacle() -> None:
    assert is_certified(monotone("sqrt(x)", "increasing", "x >= 0", strict=True))
    assert is_certified(convex("sqrt(x)", "concave", "0 <= x <= 2"))


@pytest.mark.step("the derivatives exist as the rules give them")
@pytest.mark.heavy
def test_the_derivative_is_to_exist_as_the_rules_give_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of |x| = sqrt(x^2) a tidied second derivative may be 0 everywhere, also where it bends."""
    wrong = convex("sqrt(x^2)", "concave", "-1 <= x <= 1")
    assert not is_certified(wrong)
    monkeypatch.setattr(shapes, "tidy", lambda _: parse_expression("0"))
    assert not is_certified(wrong)  # the raw derivative divides by x^2
    monkeypatch.setattr(shapes._Question, "_slopes", lambda _: [parse_expression("0")])
    assert is_certified(wrong)


@pytest.mark.step(
    "a derivative that may vanish does so at finitely many points, for a strict claim",
    "the definition of a strict claim is strict",
)
def test_a_strict_claim_needs_a_strict_sign_or_single_zeros(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = monotone("x - x + 1", "increasing", "x real", strict=True)
    assert not is_certified(wrong)
    assert is_certified({**wrong, "strict": False})
    monkeypatch.setattr(shapes._Question, "_finitely_many_zeros", lambda *_: 1)
    monkeypatch.setattr(shapes._Question, "_weakly_at", lambda *_: True)
    assert is_certified(wrong)


@pytest.mark.heavy
def test_a_single_zero_of_the_derivative_is_no_obstacle() -> None:
    found = ask(**monotone("x^3", "increasing", "x real", strict=True))
    assert found.verdict is CERTIFIED
    assert any("0 at 1 point only" in line for line in found.evidence)


@pytest.mark.step("a condition whose factor may vanish ends no interval")
def test_a_condition_ends_the_interval_only_where_its_factor_is_a_number() -> None:
    """y*x <= 0 is no end where y = 0: with < for it no slice y = 0 would be looked at."""
    domain = parse_domain("x real, y real, y*x <= 0")
    assert shapes.interior(domain, "x").constraints == domain.constraints
    assert (
        str(shapes.interior(parse_domain("x real, y real, x <= y"), "x").constraints[0]) == "x < y"
    )
    assert not is_certified(monotone("-x^2", "increasing", "x real, y real, y*x <= 0"))


@pytest.mark.heavy
def test_midpoints_prove_convexity_of_continuous_functions_only() -> None:
    assert is_certified(convex("abs(x)", "convex", "x real"))
    assert "sign" not in shapes.CONTINUOUS
    assert "floor" not in shapes.CONTINUOUS
    assert "atan2" not in shapes.CONTINUOUS


def test_points_outside_the_domain_refute_nothing() -> None:
    """x*(2 - x) falls from 1 on, and the domain ends there."""
    assert is_certified(monotone("x*(2 - x)", "increasing", "0 <= x <= 1"))


@pytest.mark.parametrize(
    ("expression", "direction", "where", "holds"),
    [
        ("x^2", "increasing", "x integer, x >= 0", True),
        ("(x - 1)^2", "increasing", "x integer, x >= 0", False),
        ("x/2^x", "decreasing", "x integer, 1 <= x <= 8", True),
        ("(x - 7)^2", "decreasing", "x integer, 0 <= x <= 7", True),
        ("(x - 7)^2", "decreasing", "x integer, 0 <= x <= 8", False),
    ],
)
def test_whole_numbers_go_by_neighbours(
    expression: str, direction: str, where: str, holds: bool
) -> None:
    assert is_certified(monotone(expression, direction, where)) is holds


def test_a_claim_about_a_domain_that_is_no_interval_says_so() -> None:
    with pytest.raises(Inconclusive, match="claim it on each part"):
        ask(**convex("1/x", "convex", "x real, x != 0"))


def test_the_variable_is_one_of_the_expression() -> None:
    with pytest.raises(ValueError, match="is no variable of the expression: it has x"):
        entry(
            kind="monotone", variable="y", expression="x", direction="increasing", where_="x real"
        )
