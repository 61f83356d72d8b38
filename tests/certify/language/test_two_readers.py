"""What the language prints, the independent checker reads as the same expression and domain."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from random_expressions import expressions

from bounds.certify.checker.grammar import read_claim_text, read_expression
from bounds.certify.language.expression import Expr, written_out
from bounds.certify.language.grammar import parse_claim
from bounds.certify.language.text import to_text


def tree(e: Any) -> Any:
    """Heads and arguments, whichever of the two made them."""
    if e.head == "number":
        value = e.args[0]
        return Fraction(int(value.numerator), int(value.denominator))
    if e.head == "variable":
        return e.args[0]
    if e.head == "^" and e.args[0].head == "e":  # the one reads e^x as exp(x), the other (e)^x
        return ("exp", tree(e.args[1]))
    return (e.head, *map(tree, e.args))


@pytest.mark.heavy
@given(expressions)
def test_both_read_the_same_expression(e: Expr) -> None:
    """The checker writes a short sum out where it reads it, the engine where it decides."""
    assert tree(read_expression(to_text(e))) == tree(written_out(e))


@pytest.mark.parametrize(
    "text",
    [
        "1 + x <= e^x",
        "-x^2*y < 2^-x^2 - -3",
        "0 < x/y/2 <= x/(y*2) and x != 1, y >= 0.10",
        "log2(x) + sec(x)*factorial(n) > sqrt(x)^3",
        "x - y - 1 > 1.5e-3",
        "integral(t^2, t, 0, x) < sum(1/n, n, 1, 99)",
    ],
)
def test_both_read_the_same_claim(text: str) -> None:
    ours, theirs = parse_claim(text), read_claim_text(text)
    assert [(tree(c.left), c.relation, tree(c.right)) for c in ours] == [
        (tree(c.left), c.relation, tree(c.right)) for c in theirs
    ]
