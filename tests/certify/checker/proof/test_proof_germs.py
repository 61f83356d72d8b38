"""Signs near an end, and limits: known ones, and those that must not be found."""

import pytest

from bounds.certify.checker import germ_special  # noqa: F401 - it adds expansions
from bounds.certify.checker.constants import Constants
from bounds.certify.checker.germ import Side, germ
from bounds.certify.checker.grammar import read_expression
from bounds.certify.checker.verdict import Rejected, Undecided

LIMITS = """
sin(x)/x-1 ; 0+ ; - z
exp(x)-1-x ; 0+ ; + z
x*log(x) ; 0+ ; - z
log(x) ; 0+ ; - i
Phi(-x)-phi(x)/x ; inf ; - z
Phi(-x)-x*phi(x)/(1+x^2) ; inf ; + z
Phi(x) - 1/2 ; inf ; + f
Phi(x) -1 ; inf ; - z
Phi(x) ; -inf ; + z
mills(x)-2/(x+sqrt(x^2+4)) ; inf ; + z
mills(x)-1/x ; inf ; - z
mills(x) - 4/(3*x+sqrt(x^2+8)) ; inf ; - z
mills(x)*x ; inf ; + f
mills(x) ; -inf ; + i
atan(x)-pi/2 ; inf ; - z
atan(x)+pi/2-1/(-x) ; -inf ; - z
tanh(x)-1 ; inf ; - z
tanh(x) - x + x^3/3 ; 0+ ; + z
cosh(x)-exp(x)/2 ; inf ; + z
log(cosh(x)) - x + log(2) ; inf ; + z
log(1+x)-x ; 0+ ; - z
log(1+x)-log(x) ; inf ; + z
(1+1/x)^x - e ; inf ; - z
(1+1/x)^(x+1/2) - e ; inf ; + z
x^(1/x)-1 ; inf ; + z
x^x ; 0+ ; + f
x^x-1 ; 0+ ; - z
gamma(x)-1/x ; 0+ ; - f
gamma(x)*x - 1 ; 0+ ; - z
loggamma(x)-(x-1/2)*log(x)+x-log(2*pi)/2 ; inf ; + z
loggamma(x)-(x-1/2)*log(x)+x-log(2*pi)/2-1/(12*x) ; inf ; - z
digamma(x)-log(x) ; inf ; - z
digamma(x)-log(x)+1/(2*x) ; inf ; - z
digamma(x)+1/x ; 0+ ; - f
polygamma(1,x)-1/x-1/(2*x^2) ; inf ; + z
polygamma(1,x) - 1/x^2 ; 0+ ; + f
gamma(x+1/2)/gamma(x)-sqrt(x) ; inf ; - z
gamma(x+1/2)/gamma(x)/sqrt(x)-1 ; inf ; - z
gamma(x+1)/gamma(x+1/2)-sqrt(x+1/4) ; inf ; + z
erfc(x)*exp(x^2)*x-1/sqrt(pi) ; inf ; - z
erfcx(x)-1/(x*sqrt(pi)) ; inf ; - z
erf(x)-2*x/sqrt(pi) ; 0+ ; - z
erf(x)-1 ; inf ; - z
exp(-x)*x^10 ; inf ; + z
exp(x)-x^10 ; inf ; + i
log(log(x)) ; inf ; + i
log(log(x))-log(x) ; inf ; - i
sqrt(x^2+x)-x ; inf ; + f
sqrt(x^2+x)-x-1/2 ; inf ; - z
sqrt(x^2+1)-x ; -inf ; + i
(exp(x)-exp(-x))/2-sinh(x) ; inf ; 0 z
x+sin(x) ; inf ; + i
1+sin(x)/x ; inf ; + f
sin(x) ; pi- ; + z
cos(x) ; pi/2- ; + z
tan(x)-x ; 0+ ; + z
tan(x) ; pi/2- ; + i
tan(x)-1/(pi/2-x) ; pi/2- ; - z
asin(x)-pi/2 ; 1- ; - z
acos(x) - sqrt(2*(1-x)) ; 1- ; + z
asin(x) + pi/2 ; -1+ ; + z
acosh(x) ; 1+ ; + z
atanh(x) ; 1- ; + i
atanh(x)-x ; 0+ ; + z
asinh(x)-log(2*x) ; inf ; + z
asinh(x) ; -inf ; - i
x^2*(2+cos(x))-3*x*sin(x) ; 0+ ; + z
(sin(x)/x)^3-cos(x) ; 0+ ; + z
2*sin(x)+tan(x)-3*x ; 0+ ; + z
sin(x)*tan(x)-x^2 ; 0+ ; + z
x^sqrt(2)-x ; 0+ ; - z
x^pi - x^3 ; inf ; + i
exp(sqrt(x))-x^100 ; inf ; + i
exp(sqrt(log(x)))-log(x)^5 ; inf ; + i
exp(sqrt(log(x)))-x^(1/100) ; inf ; - i
exp(log(x)^2)-x^50 ; inf ; + i
exp(-log(x)^2)-x^(-50) ; inf ; - z
2^x-exp(x) ; inf ; - i
2^x-3^x+1 ; 0+ ; + f
(2^x+3^x)/2-6^(x/2) ; 0+ ; + z
((2^x+3^x)/2)^(1/x)-sqrt(6) ; 0+ ; + z
x/(exp(x)-1)-1+x/2 ; 0+ ; + z
x/expm1(x)-log1p(x) ; 0+ ; + f
1/x-1/sin(x) ; 0+ ; - z
log(sin(x)/x)+x^2/6 ; 0+ ; - z
abs(x-1)-1 ; 0+ ; - z
max(x,x^2)-x ; 0+ ; 0 z
max(x,x^2)-x ; inf ; + i
beta(x,x)-2/x ; 0+ ; - z
beta(x,1/2)-sqrt(pi/x) ; inf ; + z
binomial(2*x,x)-4^x/sqrt(pi*x) ; inf ; - i
log(x)/(x-1)-1 ; 1+ ; - z
log(x)/(x-1)-1/sqrt(x) ; 1+ ; - z
x*log(x)-x+1 ; 1- ; + z
-x*log(x)-(1-x)*log(1-x)-4*x*(1-x)*log(2) ; 0+ ; + z
-x*log(x)-(1-x)*log(1-x) ; 1- ; + z
log(2)-(-x*log(x)-(1-x)*log(1-x)) ; 1/2+ ; + z
Phi(x)-Phi(2*x) ; inf ; - z
Phi(-x)^2-Phi(-2*x) ; inf ; + z
log(Phi(-x))+x^2/2 ; inf ; - i
phi(x)/Phi(-x)-x ; inf ; + z
phi(x)/Phi(-x)-x-1/x ; inf ; - z
cbrt(x)-cbrt(x-1) ; inf ; + z
cbrt(-x)+x ; 0+ ; - z
quantile(x) ; 1/2+ ; + z
lambertw(x)-x ; 0+ ; - z
besseli(0,x)-1 ; 0+ ; + z
x^2-2 ; sqrt(2)+ ; + z
sin(x)-sin(1) ; 1+ ; + z
sin(x)^2+cos(x)^2-1 ; 1+ ; 0 z
sin(x)-sin(1)-cos(1)*(x-1) ; 1+ ; - z
exp(sin(x))-exp(x) ; 0+ ; - z
log(1+exp(-x))-exp(-x) ; inf ; - z
log(1+exp(x))-x ; inf ; + z
log(1+exp(x)) ; -inf ; + z
1/(1+exp(-x))-1/2-x/4 ; 0+ ; - z
integral(exp(-t^2),t,0,x)-x ; 0+ ; - z
x-log(1+x)-x^2/(2*(1+x/3)) ; inf ; - i
(1+x)*log(1+x)-x-x^2/(2*(1+x/3)) ; 0+ ; + z
(1+x)*log(1+x)-x-x^2/(2*(1+x/3)) ; inf ; + i
atan2(x,1)-x ; 0+ ; - z
acos(x)-pi/2+x ; 0+ ; - z
x^(3/2)*exp(1/x) ; 0+ ; + i
exp(-1/x)/x^100 ; 0+ ; + z
exp(-1/x^2)-exp(-1/x) ; 0+ ; - z
tan(x)^2 - sinh(x)^2 ; 0+ ; + z
besseli(0,x)-besseli(1,x) ; inf ; + i
besseli(1,x)/besseli(0,x)-1 ; inf ; - z
besseli(1,x)/besseli(0,x)-x/2 ; 0+ ; - z
besselk(0,x)+log(x) ; 0+ ; + f
besselk(1,x)-1/x ; 0+ ; - z
besselk(1,x)/besselk(0,x)-1-1/(2*x) ; inf ; - z
besselk(0,x)*besseli(0,x)-1/(2*x) ; inf ; + z
lambertw(x)-log(x) ; inf ; - i
lambertw(x)-log(x)+log(log(x)) ; inf ; + z
lambertw(x)*exp(lambertw(x))-x ; inf ; 0 z
lambertw(x)-x/(1+x) ; 0+ ; + z
gammaq(3/2,x)-exp(-x) ; inf ; + z
gammap(1/3,x)-x^(1/3) ; 0+ ; + z
besselj(1/2,x)/sqrt(x) - sqrt(2/pi) ; 0+ ; - z
besselj(0,x) - 1 ; 0+ ; - z
betai(x,1/2,1/3) ; 0+ ; + z
1-betai(x,1/2,1/3) ; 1- ; + z
besseli(1/3,x)-(x/2)^(1/3) ; 0+ ; + z
(1 - cos(x))/x^2 - 1/2 ; 0+ ; - z
(exp(x) - 1)/x - 1 ; 0+ ; + z
x*sin(1/x) - 1 ; inf ; - z
log(x)^3/x ; inf ; + z
x^(1/3) - log(x) ; inf ; + i
sqrt(x + sqrt(x)) - sqrt(x) - 1/2 ; inf ; - z
(x + 1)^(1/3) - x^(1/3) ; inf ; + z
x^2*(log(1 + 1/x) - 1/x) + 1/2 ; inf ; + z
tan(x)/x - 1 ; 0+ ; + z
1/sin(x)^2 - 1/x^2 - 1/3 ; 0+ ; + z
log(cos(x)) + x^2/2 ; 0+ ; - z
exp(-x)*cosh(x) - 1/2 ; inf ; + z
sinh(x) - x ; 0+ ; + z
acosh(x) - log(2*x) ; inf ; - z
atan(x) - x ; 0+ ; - z
atan(x) - x + x^3/3 ; 0+ ; + z
asin(x) - x ; 0+ ; + z
erf(x) + 1 ; -inf ; + z
erfc(x) - 2 ; -inf ; - z
erfcx(x) - 2*exp(x^2) ; -inf ; - z
mills(x) - sqrt(2*pi)*exp(x^2/2) ; -inf ; - z
Phi(x)*x ; -inf ; - z
quantile(x) - 1 ; 1/2+ ; - f
digamma(x) - log(x) + 1/(2*x) + 1/(12*x^2) ; inf ; + z
polygamma(2, x) + 1/x^2 ; inf ; - z
gamma(x)^2*x - 1/x - 1 ; 0+ ; - f
loggamma(x) + log(x) ; 0+ ; - z
x*gamma(x)*exp(x*euler_gamma) - 1 ; 0+ ; + z
log(1 + 1/x) - 1/(x + 1/2) ; inf ; + z
2^(1/x) - 1 - log(2)/x ; inf ; + z
x - log(exp(x) + 1) ; inf ; - z
(1 + x)^(1/x) - e ; 0+ ; - z
x^(x^2) - 1 ; 0+ ; - z
exp(-1/x) ; 0+ ; + z
(log(x + 1) - log(x))*x - 1 ; inf ; - z
(3^x - 2^x)/x - log(3/2) ; 0+ ; + z
sqrt(1 - x^2) ; 1- ; + z
acos(x)^2 - 2*(1 - x) ; 1- ; + z
(x^2 - 4)/(x - 2) - 4 ; 2+ ; + z
sin(x) - sqrt(2)/2 ; pi/4+ ; + z
exp(x) - e ; 1- ; - z
log(log(x)) ; e+ ; + z
log(x) - 1 ; e- ; - z
abs(x) + x ; 0- ; 0 z
sign(x) ; 0- ; - f
min(x, 1/x) - x ; inf ; - i
beta(x, 2) - 1/x^2 ; inf ; - z
""".strip().splitlines()

UNKNOWN = """
exp(exp(x)) ; inf
sin(x) ; inf
sin(x)/x ; inf
zeta(x) - zeta(2) ; 2-
floor(x) ; 1-
""".strip().splitlines()


def _side(text):
    if text in ("inf", "-inf"):
        return Side(None, -1 if text[0] == "-" else 1)
    return Side(read_expression(text[:-1]), 1 if text[-1] == "+" else -1)


@pytest.mark.parametrize("row", LIMITS)
def test_signs_and_limits(row):
    text, end, expected = (part.strip() for part in row.split(";"))
    found = germ(read_expression(text), "x", _side(end), Constants())
    assert f"{'-0+'[found.sign + 1]} {found.limit[0]}" == expected


@pytest.mark.parametrize("row", UNKNOWN)
def test_what_has_no_sign_or_none_that_is_known(row):
    text, end = (part.strip() for part in row.split(";"))
    with pytest.raises((Undecided, Rejected)):
        germ(read_expression(text), "x", _side(end), Constants())
