"""The table of variations: sign patterns that the checker proves again."""

from fractions import Fraction

import pytest

from bounds.certify.checker.proof import check_pattern
from bounds.certify.checker.verdict import Rejected
from bounds.certify.language.grammar import parse_expression
from bounds.certify.language.text import to_text
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.numeric import Span, simplest_between
from bounds.certify.rules.variations import Variations, constants_between


def span(low: str, high: str) -> Span:
    return Span(*(None if end.endswith("inf") else parse_expression(end) for end in (low, high)))


def found(text: str, low: str, high: str, depth: int = 4):
    """The signs that the search finds and the checker proves, and the proof."""
    f = parse_expression(text)
    search = Variations("x", Deadline(60))
    result = next(p for d in range(depth + 1) if (p := search.pattern(f, span(low, high), d)))
    assert check_pattern(to_text(f), "x", low, high, result.node) == list(result.signs)
    return result


PATTERNS = [
    ("x^3 - x", "-inf", "inf", (-1, 1, -1, 1)),
    ("(x - 1)^2*(x - 3)", "0", "inf", (-1, -1, 1)),
    ("exp(x) - 1 - x", "-inf", "inf", (1, 1)),
    ("log(x) - x + 1", "0", "inf", (-1, -1)),
    ("Phi(-x) - x*phi(x)/(1 + x^2)", "0", "inf", (1,)),
    ("phi(x)/x - Phi(-x)", "0", "inf", (1,)),
    ("(1 + x)*log(1 + x) - x - x^2/(2 + 2*x/3)", "0", "inf", (1,)),
    ("tan(x) - x - x^3/3", "0", "pi/2", (1,)),
    ("sin(x) - 2*x/pi", "0", "pi/2", (1,)),
    ("cos(x)", "-4", "4", (-1, 1, -1)),
    ("x - sin(x)", "-2", "2", (-1, 1)),
    ("digamma(x + 1) - log(x + 1/2)", "0", "inf", (1,)),
    ("exp(x) - 3*x", "0", "inf", (1, -1, 1)),
    ("sqrt(x) - log(x)", "0", "inf", (1,)),
    ("x^(1/x) - exp(1/e)", "0", "inf", (-1, -1)),
    ("cosh(x) - 1 - x^2/2", "-inf", "inf", (1, 1)),
    ("atan(x) - x/(1 + x^2/3)", "0", "inf", (1,)),
]


@pytest.mark.parametrize(("text", "low", "high", "signs"), PATTERNS)
def test_patterns_are_found_and_proved_again(text, low, high, signs):
    assert found(text, low, high).signs == signs


@pytest.mark.parametrize(
    ("text", "low", "high"), [(row[0], row[1], row[2]) for row in PATTERNS[2:10]]
)
def test_the_proof_of_a_function_proves_nothing_of_another_one(text, low, high):
    node = found(text, low, high).node
    with pytest.raises(Rejected):
        check_pattern(f"({text}) - 1/1000 - (x - 2)^2", "x", low, high, node)


def test_nothing_is_found_where_a_function_is_not_defined():
    search = Variations("x", Deadline(10))
    assert search.pattern(parse_expression("log(x - 1)"), span("0", "2"), 3) is None
    assert search.pattern(parse_expression("1/x"), span("-1", "1"), 3) is None


@pytest.mark.parametrize(
    ("low", "high", "simplest"),
    [("1/3", "1/2", "2/5"), ("-1/2", "1/3", "0"), ("31/10", "33/10", "13/4"), ("-2", "-1", "-3/2")],
)
def test_the_simplest_rational_between_two(low, high, simplest):
    assert simplest_between(Fraction(low), Fraction(high)) == Fraction(simplest)


@pytest.mark.parametrize("text", ["pi/2", "exp(1)", "3/7", "sqrt(2)", "log(3)", "1/pi"])
def test_a_constant_is_recognised(text):
    from bounds.certify.rules.enclosures import evaluate
    from bounds.certify.rules.normal import is_zero
    from bounds.certify.rules.numeric import precision, rational_of

    constant = parse_expression(text)
    with precision(128):
        near = rational_of(evaluate(constant, {}))
    width = Fraction(1, 2**60)
    assert any(is_zero(c - constant) for c in constants_between(near - width, near + width))
