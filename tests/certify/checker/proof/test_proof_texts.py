"""Texts of the checker: what is read, what is told, and what is refused."""

import pytest

from bounds.certify.checker.constants import Constants
from bounds.certify.checker.expression import Node, number, substitute, told, variable
from bounds.certify.checker.grammar import read_claim_text, read_expression
from bounds.certify.checker.interval_text import read_domain, read_interval
from bounds.certify.checker.verdict import Rejected

TEXTS = """
x*phi(x)/(1+x^2)-Phi(-x)
-x^2
2^-x
e^x
1/x^2
x^(-2)
1/(x*y)
x/y*z
-3/2*x^(1/2)+1
(1/2)^x
(-x)^3
1/0
((x^2)^(1/2))^3
integral(exp(-t^2),t,0,x)
x^y^2
(x^y)^2
x - (y - 3)
1/(1/x)*y/(x/y)
min(x, y, 1)
log2(x)
""".strip().splitlines()


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_told_is_read_as_the_same_node(text):
    node = read_expression(text)
    assert read_expression(told(node)) is node


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x +",
        "2x",
        "sin x",
        "sin()",
        "sin(x, y)",
        "f(x)",
        "x^",
        "(x",
        "x)",
        "x..1",
        "1e",
        "pi()",
        "integral(t, 2, 0, 1)",
        "inf",
        "x < y",
        "exists",
        "1e99999",
        "x" * 50,
        "(" * 100 + "x" + ")" * 100,
        "-" * 100 + "x",
        "x" + "+x" * 20_000,
        "_x",
        "x'",
        "\N{GREEK SMALL LETTER ALPHA}",
        3,
        None,
    ],
)
def test_what_is_refused(text):
    with pytest.raises(Rejected):
        read_expression(text)


def test_minus_binds_less_than_a_power():
    assert read_expression("-x^2") is -(variable("x") ** 2)


def test_zero_times_anything_stays_written():
    assert told(read_expression("0*log(x)")) == "0*log(x)"


def test_a_bound_variable_does_not_catch_a_free_one():
    node = read_expression("integral(x*t, t, 0, 1)")
    put = substitute(node, {"x": variable("t")})
    assert put.args[1] is not variable("t")
    assert put.free == {"t"}
    assert substitute(node, {"t": number(1)}) is node


def test_a_long_power_of_a_number_is_left_as_it_is():
    assert read_expression("(10^4000)^4000").head == "^"


def test_a_node_has_no_truth_value():
    with pytest.raises(TypeError, match="truth"):
        bool(Node("pi"))


def test_chains_are_compared_link_by_link():
    found = read_claim_text("0 < x <= 1 and x != y")
    assert [c.relation for c in found] == ["<", "<=", "!="]


@pytest.mark.parametrize("text", ["x", "x + 1", "x < y y", "x < ", "x <> y"])
def test_what_is_no_statement(text):
    with pytest.raises(Rejected):
        read_claim_text(text)


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ("x > 0", "x in (0, inf)"),
        ("for all 0 < x <= pi, y < x", "x in (0, pi], y in (-inf, inf), y < x"),
        ("x in (0, 2), x >= 1", "x in [1, 2)"),
        ("n integer, n >= 1", "n integer, n in [1, inf)"),
        ("x = 3", "x in [3, 3]"),
        ("x real, exists t in [0, 1]", "x in (-inf, inf), exists t in [0, 1]"),
    ],
)
def test_domains_are_told_in_one_way(text, told_of):
    assert read_domain(text, Constants()).text == told_of


@pytest.mark.parametrize(
    "text",
    [
        "x in (1, 0)",
        "x in (0, 0)",
        "x in [0, inf]",
        "x in (y, 1)",
        "x in (inf, 0)",
        "x in 0, 1",
        "x in (0, log(-1))",
        "x > 0 y",
        "exists x < 1",
        "x < 1/0",
    ],
)
def test_domains_that_are_refused(text):
    with pytest.raises(Rejected):
        read_domain(text, Constants())


def test_an_interval_of_equal_ends_is_one_number():
    span = read_interval("[sqrt(4), 2]", Constants())
    assert span.is_point
