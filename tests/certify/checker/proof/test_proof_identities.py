"""Normal forms: what they prove to be 0, and what they must not."""

import pytest

from bounds.certify.checker.expression import variable
from bounds.certify.checker.grammar import read_expression
from bounds.certify.checker.identity import Algebra

IDENTITIES = """
exp(x)*exp(y) - exp(x + y)
sqrt(x)*sqrt(x) - x
sqrt(x*y) - sqrt(x)*sqrt(y)
sqrt(12) - 2*sqrt(3)
sqrt(2)*sqrt(3) - sqrt(6)
phi(x) - exp(-x^2/2)/sqrt(2*pi)
Phi(-x) - 1 + Phi(x)
erfc(x) - 2*Phi(-x*sqrt(2))
mills(x) - Phi(-x)/phi(x)
erfcx(x) - exp(x^2)*(1 - erf(x))
sin(x)^2 + cos(x)^2 - 1
sin(2*x) - 2*sin(x)*cos(x)
sin(x + y) - sin(x)*cos(y) - cos(x)*sin(y)
sin(3*x) - 3*sin(x) + 4*sin(x)^3
tan(x)*cos(x) - sin(x)
cosh(x)^2 - sinh(x)^2 - 1
tanh(x) - (1 - exp(-2*x))/(1 + exp(-2*x))
expm1(x) - exp(x) + 1
log1p(x) - log(1 + x)
log(4) - 2*log(2)
log(6/5) - log(2) - log(3) + log(5)
log(x*y) - log(x) - log(y)
gamma(x + 1) - x*gamma(x)
gamma(7/2) - 15/8*sqrt(pi)
digamma(x + 1) - digamma(x) - 1/x
digamma(1) + euler_gamma
polygamma(1, x + 1) - polygamma(1, x) + 1/x^2
loggamma(x + 1) - loggamma(x) - log(x)
exp(loggamma(x)) - gamma(x)
2^x - exp(x*log(2))
x^x - exp(x*log(x))
abs(x)^2 - x^2
sin(pi/3) - sqrt(3)/2
cos(pi/12) - (sqrt(6) + sqrt(2))/4
sqrt(x^2) - x
atan(1) - pi/4
atan(1/x) + atan(x) - pi/2
asinh(x) - log(x + sqrt(x^2 + 1))
sin(asin(x)) - x
cos(atan(x)) - 1/sqrt(1 + x^2)
lambertw(x)*exp(lambertw(x)) - x
beta(x, y)*gamma(x + y) - gamma(x)*gamma(y)
binomial(5, 2) - 10
gammap(2, x) - 1 + exp(-x)*(1 + x)
besseli(2, x) - besseli(0, x) + 2/x*besseli(1, x)
besselk(1/2, x) - sqrt(pi/(2*x))*exp(-x)
zeta(2) - pi^2/6
max(x, y) + min(x, y) - x - y
exp(x/(1 + x)) - e*exp(-1/(1 + x))
(x + 1)^(3/2) - (x + 1)*sqrt(x + 1)
1/sqrt(1 + x^2) - sqrt(1 + x^2)/(1 + x^2)
quantile(Phi(x)) - x
cbrt(x)^3 - x
x^pi*x - x^(pi + 1)
integral(exp(-t^2), t, 0, x) - integral(exp(-s^2), s, 0, x)
integral(2*t + y, t, 0, x) - 2*integral(t, t, 0, x) - x*y
sum(1/k, k, 1, 4) - 25/12
""".strip().splitlines()

NOT_ZERO = """
sqrt(x^2) - x
sqrt(x*y) - sqrt(x)*sqrt(y)
log(x^2) - 2*log(x)
atan(1/x) + atan(x) - pi/2
abs(x) - x
cbrt(x) - x^(1/3)
asin(sin(x)) - x
sign(x)^2 - 1
floor(x) - x
exp(pi*e) - exp(pi)^2
sin(1) - cos(1)
max(x, y) - x
integral(t, t, 0, x) - integral(x, t, 0, x)
sum(k, k, 1, x) - x*(x + 1)/2
gamma(x) - gamma(x + 1)
Phi(x) - Phi(-x)
x/y - y/x
""".strip().splitlines()


def _positive(node):
    return 2 if node in (variable("x"), variable("y")) else 0


@pytest.mark.parametrize("text", IDENTITIES)
def test_what_is_zero_for_positive_variables(text):
    assert Algebra(_positive).is_zero(read_expression(text))


@pytest.mark.parametrize("text", NOT_ZERO)
def test_what_is_not_zero_for_all_variables(text):
    assert not Algebra().is_zero(read_expression(text))


def test_a_root_of_a_square_has_the_sign_that_is_known():
    algebra = Algebra(lambda node: 2 if node is read_expression("-x") else 0)
    assert algebra.is_zero(read_expression("abs(x) + x"))
    assert not algebra.is_zero(read_expression("abs(x) - x"))


def test_a_bound_variable_is_not_a_free_one_of_the_same_name():
    algebra = Algebra(_positive)
    assert not algebra.is_zero(
        read_expression("integral(abs(x), x, -1, 1) - integral(x, x, -1, 1)")
    )
    assert algebra.is_zero(read_expression("x*integral(x, x, 0, 1) - x*integral(t, t, 0, 1)"))


def test_a_denominator_that_is_zero_proves_nothing():
    assert not Algebra().is_zero(read_expression("1/(sin(x)^2 + cos(x)^2 - 1)"))
