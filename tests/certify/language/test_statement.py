"""Statements, and their forms in LaTeX and in SymPy."""

import math

import pytest
import sympy
from hypothesis import given
from random_expressions import expressions

from bounds.certify.errors import InputError
from bounds.certify.language.domain import parse_domain
from bounds.certify.language.expression import Expr, variable
from bounds.certify.language.functions import ARITIES, PARAMETERS
from bounds.certify.language.grammar import Misread, parse_claim, parse_expression
from bounds.certify.language.latex import comparisons_latex, from_latex, to_latex
from bounds.certify.language.latex_reader import claim_from_latex
from bounds.certify.language.statement import Statement, read_statement
from bounds.certify.language.sympy_form import from_sympy, to_sympy


def test_a_statement_is_read_from_text_and_printed() -> None:
    statement = Statement.read("1 + x <= e^x", "x real")
    assert str(statement) == "1 + x <= exp(x) for x real"
    assert Statement.read(str(statement)) == statement
    assert Statement.read(statement) is statement
    assert str(Statement.read(statement, "x > 0").domain) == "x in (0, inf)"
    assert read_statement({"claim": statement.claim, "domain": str(statement.domain)}) == statement
    assert hash(Statement.read(str(statement))) == hash(statement)
    with pytest.raises(InputError, match="decide"):
        bool(statement)


def test_chains_are_printed_as_chains() -> None:
    text = "0 < x < y, x != 1 for x in (0, inf), y real"
    assert str(Statement.read(text)) == text


@pytest.mark.parametrize(
    ("claim", "domain", "told"),
    [
        ("x + y < 1", "x > 0", "where y lies"),
        ("x < 1", None, "where x lies"),
        ("x < 1 for x >> 0", None, "missing before '>'"),
        ("x <", "x > 0", "text ends"),
        (3, "x > 0", "a claim is a text"),
        (True, None, "already answered"),
        (sympy.Symbol("x") + 1, "x > 0", "no comparison"),
        ((), None, "at least one"),
    ],
)
def test_what_is_no_statement_is_told(claim: object, domain: str | None, told: str) -> None:
    with pytest.raises(InputError, match=told):
        Statement.read(claim, domain)


def test_the_place_in_a_line_with_its_domain_is_shown() -> None:
    with pytest.raises(Misread) as caught:
        Statement.read("x < 1 for x > 2x")
    assert caught.value.place == len("x < 1 for x > 2")
    assert caught.value.text == "x < 1 for x > 2x"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\frac{x\varphi(x)}{1+x^2} \le \Phi(-x)", "x*phi(x)/(1 + x^2) <= Phi(-x)"),
        (r"$1+x \leq e^{x}$", "1 + x <= exp(x)"),
        (r"\sqrt[3]{\frac{x^2+1}{2}} > \left(1+\frac1x\right)^{x}", "cbrt((1+x^2)/2) > (1+1/x)^x"),
        (r"\ln(1+x) < x \cdot \sqrt{2\pi}", "log(1 + x) < x*sqrt(2*pi)"),
        (r"\left|\sin x\right| \ge -|x|", "abs(sin(x)) >= -abs(x)"),
        (r"\Phi^{-1}(p) < 2p", "quantile(p) < 2*p"),
        (r"\sin^2 x+\cos^{2}\theta = 1", "sin(x)^2 + cos(theta)^2 = 1"),
        (r"x_1 x_{12} \ne \lambda_{\max}", "x_1*x_12 != lambda_max"),
        (r"\log_2 x \geqslant \log_{10}(x)", "log(x)/log(2) >= log(x)/log(10)"),
        (r"\Gamma(x+1)\psi(x) > \gamma", "gamma(x + 1)*digamma(x) > gamma"),
        (r"2 x y < x^2 \quad\text{and}\quad x > 0", "2*x*y < x^2 and x > 0"),
        (r"0 < a < b, b < 1", "0 < a < b, b < 1"),
        (r"\operatorname{erfc}(x) < \exp\left(-x^2\right)", "erfc(x) < exp(-x^2)"),
        (r"\tfrac12 < \frac1{2}3.5x", None),
        (r"\tfrac12 x \times 3 < 1", "1/2*x*3 < 1"),
        (r"\binom{n}{k} \le \left(\frac{en}{k}\right)^k", "binomial(n,k) <= (e*n/k)^k"),
        (r"\left\lfloor x \right\rfloor \le \max(x, \pi)", "floor(x) <= max(x, pi)"),
        (r"\mathrm{e}^{-x^2/2} < \beta(a,b) + \beta", "e^(-x^2/2) < beta(a,b) + beta"),
        (r"|x||y| < \log x \log y", "abs(x)*abs(y) < log(x)*log(y)"),
        (r"\sqrt2 < x\sqrt{3}y", "sqrt(2) < x*sqrt(3)*y"),
        (r"\int_0^1 e^{-t^2}\,dt < x", "integral(exp(-t^2), t, 0, 1) < x"),
        (
            r"1+\int_{0}^{x}\frac{\sin t}{1+t}\,\mathrm{d}t \le \int_0^1\int_0^s ts\,dt\,ds",
            "1 + integral(sin(t)/(1 + t), t, 0, x) <= integral(integral(t*s, t, 0, s), s, 0, 1)",
        ),
        (r"\int_0^x (a + t)\,dt > dx", "integral(a + t, t, 0, x) > d*x"),
        (r"\sum_{n=1}^{10}\frac{1}{n^2}+x<2", "sum(1/n^2, n, 1, 10) + x < 2"),
        (r"\sum_{j=1}^k 2 j x \ge 0", "sum(2*j*x, j, 1, k) >= 0"),
        (r"\int e^t\,dt < 1", None),
        (r"\int_0^1 \frac{dt}{1+t} < 1", None),
        (r"\int_0^1 t\,dt^2 < 1", None),
        (r"\int_0^1 t\,d2 < 1", None),
        (r"\sum_1^5 n < 1", None),
        (r"\sum_{n=1} n < 1", None),
        (r"\prod_{n=1}^5 n < 1", None),
        (r"a/b c < 1", None),
        (r"\log 2x < 1", None),
        (r"\log xy < 1", None),
        (r"\sin^{-1} x < 1", None),
        (r"x^10 < 1", None),
        (r"x^2^3 < 1", None),
        (r"\fra{1}{2} < x", None),
        (r"\int_0^1 x < 1", None),
        (r"x <", None),
        (r"\frac{1}{x < 2", None),
        (r"x", None),
        (r"x < \infty", None),
        (r"\left(x < 1", None),
        ("{" * 400 + "x < 1\\,", None),
    ],
)
def test_latex_is_read_as_papers_mean_it_or_refused(latex: str, text: str | None) -> None:
    if text is None:
        with pytest.raises(Misread):
            claim_from_latex(latex)
    else:
        assert claim_from_latex(latex) == parse_claim(text)
        assert claim_from_latex(comparisons_latex(claim_from_latex(latex))) == parse_claim(text)


def test_a_statement_is_read_from_latex() -> None:
    statement = Statement.read(r"\frac{x}{2} < \Phi(x)", "0 < x <= 1")
    assert str(statement) == "x/2 < Phi(x) for x in (0, 1]"
    assert statement.latex() == r"\frac{1}{2} x < \Phi(x) \qquad (0 < x \le 1)"


@given(expressions)
def test_every_expression_has_latex_with_its_braces_closed(e: Expr) -> None:
    text = to_latex(e)
    assert text.count("{") == text.count("}")
    assert text.count(r"\left") == text.count(r"\right")
    assert "None" not in text


VALUES = {"x": 0.37, "y": 1.61, "n": 2.0}
IN_LATEX = [
    "1 - x/3", "-(1 + x)*y/3", "x^(-2)", "2^(-x)", "(-2)^n", "sqrt(x)^3", "x*y/(2*n)", "1/x/y",
    "exp(-x^2/2)^3", "2*3^x*5", "sin(x)^2*y", "(x + y)^(1/3)", "x^y^n", "(x^y)^n", "abs(x - y)*2",
    "log(x)*log(y)", "-(x*2)", "3/4*(x - 1)", "1/(1/x + 1/y)", "x - (y - n)", "cbrt(x)*y",
    "min(x, y)", "erf(x)*atan(y)", "(2/3)^x", "(x*y)^n", "e*x", "e^(x*y)*y", "floor(y)*x",
]  # fmt: skip


@pytest.mark.parametrize("text", IN_LATEX)
def test_latex_says_the_same_number(text: str) -> None:
    e = parse_expression(text)
    back = from_latex(to_latex(e))
    numbers = [
        float(to_sympy(one).subs({sympy.Symbol(k, real=True): v for k, v in VALUES.items()}))
        for one in (e, back)
    ]
    assert math.isclose(*numbers, rel_tol=1e-12)


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("x", "x"),
        ("x1", "x_{1}"),
        ("x_1", "x_{1}"),
        ("lambda", r"\lambda"),
        ("lambda_max", r"\lambda_{\mathrm{max}}"),
        ("rate", r"\mathrm{rate}"),
        ("omicron", r"\mathrm{omicron}"),
    ],
)
def test_names_in_latex(name: str, latex: str) -> None:
    assert to_latex(variable(name)) == latex


@pytest.mark.parametrize("name", sorted(ARITIES))
def test_every_function_goes_to_sympy(name: str) -> None:
    call = parse_expression(f"{name}({PARAMETERS.get(name, 'x')})")
    assert to_sympy(call) is not None


@pytest.mark.parametrize(
    "text", ["x^2/3 - y", "exp(x)*log(y)", "sin(x)^2", "erfc(x)/sqrt(x)", "max(x, y)", "pi*x",
             "besseli(0, x)", "lambertw(x)", "polygamma(1, x)", "sum(1/n^2, n, 1, 9)", "abs(x)"]
)  # fmt: skip
def test_from_sympy_is_the_way_back(text: str) -> None:
    there = to_sympy(parse_expression(text))
    assert to_sympy(from_sympy(there)) == there


def test_a_relational_of_sympy_is_a_claim() -> None:
    x = sympy.Symbol("x", positive=True)
    n = sympy.Symbol("n", integer=True, nonnegative=True)
    assert str(Statement.read(x < sympy.exp(x))) == "x < exp(x) for x in (0, inf)"
    both = sympy.And(x * n <= sympy.exp(x), sympy.Ne(x, 1))
    assert str(Statement.read(both)).endswith("for n integer, n in [0, inf), x in (0, inf)")
    inside = Statement.read(sympy.Symbol("y") < 2, {sympy.Symbol("y"): sympy.Interval.Lopen(0, 1)})
    assert str(inside) == "y < 2 for y in (0, 1]"
    assert Statement.read("x < 1 and x > 0 for x real").sympy().func is sympy.And
    assert parse_domain({"x": sympy.Interval(0, sympy.oo)}) == parse_domain("x >= 0")


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        (sympy.Float("0.1") * sympy.Symbol("x"), "not exact"),
        (sympy.Symbol("e"), "cannot be a variable"),
        (sympy.Function("f")(sympy.Symbol("x")), "not in the language"),
        (sympy.I, "not in the language"),
    ],
)
def test_what_sympy_says_and_the_language_does_not(expression: object, told: str) -> None:
    with pytest.raises(InputError, match=told):
        from_sympy(expression)
