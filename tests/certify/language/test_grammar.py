"""Text becomes expressions, and expressions become text that says the same."""

from fractions import Fraction

import pytest
from hypothesis import given
from random_expressions import expressions

from bounds.certify.errors import InputError
from bounds.certify.language.expression import Expr, add, call, multiply, number, raise_to, variable
from bounds.certify.language.functions import ABBREVIATIONS, ARITIES, PARAMETERS
from bounds.certify.language.grammar import (
    MOST_DEPTH,
    MOST_LETTERS,
    Misread,
    parse_claim,
    parse_expression,
)
from bounds.certify.language.text import to_text

x, y = variable("x"), variable("y")
HALF = number(Fraction(1, 2))


@given(expressions)
def test_what_is_written_is_read_back(e: Expr) -> None:
    assert parse_expression(to_text(e)) is e


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("-x^2", -(x**2)),
        ("2^-x^2", raise_to(number(2), -(x**2))),
        ("x^y^2", raise_to(x, y**2)),
        ("x**2", x**2),
        ("x - y - 1", x - y - 1),
        ("x/y/2", multiply(HALF, x, raise_to(y, number(-1)))),
        ("x/(2*y)", multiply(x, raise_to(2 * y, number(-1)))),
        ("--x", x),
        ("x - -3", x + 3),
        ("2*-x", -2 * x),
        ("sqrt(x)", raise_to(x, HALF)),
        ("√(x) + x²", raise_to(x, HALF) + x**2),
        ("e^x", call("exp", x)),
        ("e", Expr("e")),
        ("e^-x", call("exp", -x)),
        ("(e)^x", raise_to(Expr("e"), x)),
        ("2*e^x^2", 2 * call("exp", x**2)),
        ("0.1", number(Fraction(1, 10))),
        ("1.5e-3*x", number(Fraction(3, 2000)) * x),
        (".5", HALF),
        ("0*log(x)", multiply(number(0), call("log", x))),
        ("x/x", multiply(x, raise_to(x, number(-1)))),
        ("||x| - 1|", call("abs", call("abs", x) - 1)),
        ("|x|*|y|", call("abs", x) * call("abs", y)),
        ("gamma*gamma(x)", variable("gamma") * call("gamma", x)),
        ("α_1 + λ", variable("alpha_1") + variable("lambda")),
        ("Φ(−x)", call("Phi", -x)),
        ("π·x", Expr("pi") * x),
        ("log2(x)", call("log", x) / call("log", 2)),
        ("factorial(n)", call("gamma", variable("n") + 1)),
        ("integral(t^2, t, 0, x)", call("integral", variable("t") ** 2, variable("t"), 0, x)),
        ("max(x, y, 0)", call("max", x, y, 0)),
        ("1 + 1/3", number(Fraction(4, 3))),
    ],
)
def test_what_people_write_is_read_as_meant(text: str, meant: Expr) -> None:
    assert parse_expression(text) is meant


@pytest.mark.parametrize(
    ("e", "text"),
    [
        (1 - x, "1 - x"),
        (-1 - x, "-x - 1"),
        (x**2 - 1, "x^2 - 1"),
        (x / 3, "x/3"),
        (-2 * x / 3, "-2*x/3"),
        (raise_to(x, number(-2)), "x^(-2)"),
        (1 / x**2, "1/x^2"),
        (raise_to(number(Fraction(1, 3)), x), "(1/3)^x"),
        (raise_to(number(-2), x), "(-2)^x"),
        (1 / (1 / x), "1/(1/x)"),
        (-(x + 1) * y, "-(1 + x)*y"),
        (raise_to(raise_to(x, HALF), number(3)), "sqrt(x)^3"),
    ],
)
def test_expressions_look_as_people_write_them(e: Expr, text: str) -> None:
    assert to_text(e) == str(e) == text


@pytest.mark.parametrize("name", sorted(ARITIES))
def test_every_function_is_read_with_its_arguments_and_no_others(name: str) -> None:
    few, _ = ARITIES[name]
    arguments = PARAMETERS.get(name, "x").split(", ")
    assert len(arguments) == few
    assert parse_expression(f"{name}({', '.join(arguments)})").head == name
    with pytest.raises(Misread, match="takes"):
        parse_expression(f"{name}({', '.join(arguments[1:] or ['x', 'x'])})")


@pytest.mark.parametrize("name", sorted(ABBREVIATIONS))
def test_every_abbreviation_is_expanded(name: str) -> None:
    assert parse_expression(f"{name}(x)") is ABBREVIATIONS[name](x)


def test_chains_and_several_comparisons() -> None:
    found = parse_claim("0 < x <= y and x != 1, y >= x")
    assert [str(part) for part in found] == ["0 < x", "x <= y", "x != 1", "y >= x"]


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("2x < 1", 1, r"did you mean 2\*x"),
        ("x y < 1", 2, r"did you mean x\*y"),
        ("x(1 + x) < 1", 0, r"did you mean x\*\("),
        ("(x)(y) < 1", 3, r"did you mean \.\.\.\*\("),
        ("αx < 1", 1, r"did you mean alpha\*x"),
        ("2 3 < x", 2, "a sign is missing"),
        ("Exp(x) < 1", 0, "did you mean exp"),
        ("sqr(x) < 1", 0, "did you mean sqrt"),
        ("lgo(x) < 1", 0, "did you mean log"),
        ("1 + sin x < 1", 4, r"did you mean sin\(x\)"),
        ("(x + 1 < 2", 7, r"'\)' is missing before '<'"),
        ("x < (1 + y", 4, "not closed"),
        ("x + 1) < 2", 5, "closes no bracket"),
        ("x < 2)", 5, "closes no bracket"),
        ("x + < 2", 4, "missing before '<'"),
        ("x <", 3, "text ends"),
        ("", 0, "text ends"),
        ("x =< 2", 2, "did you mean '<='"),
        ("x => 2", 2, "did you mean '>='"),
        ("x <> 2", 2, "did you mean '!='"),
        ("x > 0 && y > 0", 6, "did you mean 'and'"),
        ("x + 1", 0, "compares two sides"),
        ("n! > 1", 1, r"factorial\(n\)"),
        ("log(x, 2) < 1", 0, r"log\(x\)/log\(base\)"),
        ("gamma(2, x) < 1", 0, "gammap or gammaq"),
        ("{x} < 1", 0, "round brackets"),
        ("[x] < 1", 0, "round brackets"),
        ("(1,5)*x < 1", 2, "decimals with a point"),
        ("inf > x", 0, "infinity is no number"),
        ("and > x", 0, "word of the grammar"),
        ("x < 1 for x > 0", 6, "apart from the claim"),
        ("integral(x, 2, 0, 1) < 1", 0, "name of a variable"),
        ("|x < 1", 0, "bar"),
        ("x é < 1", 2, "not read"),
        ("5% < x", 1, "share"),
        ("1e9999 < x", 0, "too long"),
        ("9^4000^2 + (9^4000)^4000 < x", 11, "too large"),
        ("x < 1 y", 6, r"1\*y"),
    ],
)
def test_what_is_not_read_is_told_with_its_place(text: str, place: int, told: str) -> None:
    with pytest.raises(Misread, match=told) as caught:
        parse_claim(text)
    assert caught.value.place == place
    *_, shown, mark = str(caught.value).splitlines()
    assert shown == f"  {text}".rstrip() or shown == f"  {text}"
    assert mark.index("^") == place + 2
    assert isinstance(caught.value, InputError)


def test_the_place_in_a_long_text_is_shown() -> None:
    with pytest.raises(Misread) as caught:
        parse_expression("x + " * 500 + "2x" + " + x" * 500)
    _, shown, mark = str(caught.value).splitlines()
    assert len(shown) < 90
    assert shown[mark.index("^")] == "x"
    assert shown[mark.index("^") - 1] == "2"


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(InputError, match="at most"):
        parse_expression("x+" * MOST_LETTERS + "x")
    for text in ("(" * 5000 + "x", "-(" * 3000 + "x", "sin(" * 2000 + "x", "x^" * 4000 + "x"):
        with pytest.raises(Misread, match=f"more than {MOST_DEPTH} deep"):
            parse_expression(text)
    assert parse_expression("-" * 150 + "x") is x
    with pytest.raises(Misread, match="too large"):
        parse_expression("*".join(["10^4000"] * 3))


@pytest.mark.parametrize("text", ["__import__('os')", "x.real", "lambda: 1", "x; y", "`x`", "x\0"])
def test_no_python_is_read(text: str) -> None:
    with pytest.raises(Misread):
        parse_expression(text)


def test_only_text_is_read() -> None:
    with pytest.raises(InputError, match="is a text, not int"):
        parse_expression(3)


def test_a_sum_is_what_its_parts_add_up_to() -> None:
    assert add() is number(0)
    assert parse_expression("x + 1 + y + 2") is add(x, y, number(3))
