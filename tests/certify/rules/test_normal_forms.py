"""The prover's normal form: identities are seen, values are kept."""

import pytest
from flint import arb
from hypothesis import assume, given
from hypothesis import strategies as st

from bounds.certify.language.derivative import derivative
from bounds.certify.language.grammar import parse_expression
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.normal import is_zero, normal, normal_expr
from bounds.certify.rules.numeric import precision

IDENTITIES = [
    "exp(x)*exp(-x) - 1",
    "exp(x/2)^2 - exp(x)",
    "sin(2*x) - 2*sin(x)*cos(x)",
    "sin(x)^2 + cos(x)^2 - 1",
    "sqrt(x)*sqrt(x) - x",
    "tanh(x) - sinh(x)/cosh(x)",
    "Phi(x) + Phi(-x) - 1",
    "Phi(0) - 1/2",
    "quantile(Phi(x)) - x",
    "erf(x) + erfc(x) - 1",
    "mills(x)*phi(x) - Phi(-x)",
    "gamma(x + 1) - x*gamma(x)",
    "loggamma(x + 1) - loggamma(x) - log(x)",
    "digamma(x + 2) - digamma(x) - 1/x - 1/(x + 1)",
    "log(4) - 2*log(2)",
    "2^x - exp(x*log(2))",
    "sqrt(8) - 2*sqrt(2)",
    "sin(pi/6) - 1/2",
    "cos(pi/3) - 1/2",
    "sqrt(1 - exp(0))",
    "x^(1/2)*x^(3/2) - x^2",
    "sum(k^2, k, 1, 3) - 14",
    "sum(1/k, k, 1, x + 1) - sum(1/k, k, 1, x) - 1/(x + 1)",
    "besseli(2, x) - besseli(0, x) + 2*besseli(1, x)/x",
]


@pytest.mark.parametrize("text", IDENTITIES)
def test_an_identity_has_the_form_zero(text):
    assert is_zero(parse_expression(text))


@pytest.mark.parametrize(
    "text", ["sqrt(x^2) - x", "sin(x) - x", "exp(x) - 1 - x", "Phi(x) - Phi(-x)", "sqrt(2) - 7/5"]
)
def test_what_is_not_zero_has_another_form(text):
    assert not is_zero(parse_expression(text))


FORMULAS = [
    "(1 + x)*log(1 + x) - x - x^2/(2 + 2*x/3)",
    "x*phi(x)/(1 + x^2) - Phi(-x)",
    "2*sqrt(x*(1 + x))*log(2) + x*log(x)",
    "tanh(x)/x - atan(x)^2/(1 + x)",
    "gamma(x + 2)/gamma(x) - sqrt(x + sqrt(x))",
    "sin(3*x)*cos(x) - tan(x/7)/x",
    "asinh(x) - log(x + sqrt(x^2 + 1))/2",
    "lambertw(x) + besseli(3, x)*exp(-x)",
    "expm1(x)/2 - sqrt(1 + expm1(x))",
]


@pytest.mark.heavy
@pytest.mark.parametrize("text", FORMULAS)
@given(x=st.fractions(min_value="1/50", max_value=5, max_denominator=200))
def test_the_form_has_the_same_value(text, x):
    f = parse_expression(text)
    with precision(200):
        place = {"x": arb(x.numerator) / x.denominator}
        value = evaluate(f, place)
        assume(value.is_finite())
        for other in (normal_expr(f), normal(f).spread()):
            assert (evaluate(other, place) - value).contains(0)
            assert (evaluate(other, place) - value).rad() < 1e-9


@pytest.mark.heavy
@pytest.mark.parametrize("text", FORMULAS)
@given(x=st.fractions(min_value="1/10", max_value=3, max_denominator=50))
def test_derivatives_are_the_limit_of_differences(text, x):
    f = parse_expression(text)
    slope = derivative(f, "x")
    with precision(300):
        at = arb(x.numerator) / x.denominator
        step = arb(2) ** -80
        rise = (evaluate(f, {"x": at + step}) - evaluate(f, {"x": at - step})) / (2 * step)
        assert abs(rise - evaluate(slope, {"x": at})) < arb(2) ** -100 + arb(2) ** -60


def test_a_root_of_an_exponential():
    """The exponential is a power of its root, and of a product of exponentials, too."""
    e = parse_expression("exp(t) * (1 + expm1(t))^(8/3) - exp(2*t) * (1 + expm1(t))^(5/3)")
    normal_expr(e)
