"""Expressions over boxes: shared parts, powers, clipping, integrals, sums, and what is missing."""

import gmpy2
import pytest
from flint import ctx
from true_values import BITS, ball, contains, true_value

from bounds.certify.checker import program
from bounds.certify.checker.enclose import (
    ADDED,
    MISSING,
    Missing,
    add_enclosure,
    enclose,
    missing,
    sign_at,
)
from bounds.certify.checker.expression import FUNCTIONS as LANGUAGE
from bounds.certify.checker.expression import Node, call, variable
from bounds.certify.checker.grammar import read_expression as read
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision, Work
from bounds.certify.checker.verdict import BeyondLimit, Rejected, Undecided

Q = gmpy2.mpq
AT = Precision(64)


def over(**ends):
    return {name: Interval.enclosing(AT, *map(Q, pair if isinstance(pair, tuple) else (pair, pair)))
            for name, pair in ends.items()}  # fmt: skip


def value(text, *, defined=False, **ends):
    return enclose(read(text), over(**ends), AT, defined=defined)


def near(interval, number, bits=40):
    assert Q(interval.lo) <= Q(number) + Q(1, 2**bits)
    assert Q(interval.hi) >= Q(number) - Q(1, 2**bits)
    assert Q(interval.hi) - Q(interval.lo) <= Q(1, 2**bits)


def test_every_function_of_the_language_is_enclosed():
    known = set(program.FUNCTIONS) | {"integral", "sum"}
    assert set(LANGUAGE) - known == set(MISSING)


def test_arithmetic_and_powers():
    assert value("x*y - y", x=(1, 2), y=(-1, 3)).within(-5, 7)
    assert value("x^2", x=(-1, 2)).within(0, 4)
    assert value("x^3", x=(-1, 2)).within(-1, 8)
    assert value("x^-2", x=(-2, -1)).within(Q(1, 4), 1)
    assert value("x^0.75", x=(0, 16)).within(0, 8)
    near(value("x^(-2/3)", x=8), "1/4")
    near(value("x^(1/5000)", x=1), 1)
    near(value("2^x", x=-3), "1/8")
    near(value("e^x - exp(x) + euler_gamma", x=1), Q(gmpy2.const_euler(200)))
    near(value("sqrt(2)^sqrt(2)^2", x=1), 2)
    for text, ends in (
        ("x^-1", (-1, 1)), ("x^-2", (0, 1)), ("x^0.5", (-1, 1)), ("x^(1/3)", (-1, 1)),
        ("x^(-1/2)", (0, 1)), ("x^pi", (-1, 1)), ("x^x", (-1, 1)),
    ):  # fmt: skip
        with pytest.raises(Undecided):
            value(text, x=ends)


def test_where_it_is_known_to_be_defined():
    assert value("sqrt(x)", defined=True, x=(-1, 4)).within(0, 2)
    assert value("x^(1/3)", defined=True, x=(-1, 8)).within(0, Q("2.0001"))
    assert value("x^pi", defined=True, x=(-1, 1)).within(0, Q("1.0001"))
    assert value("x^(1/5000)", defined=True, x=(0, 1)).within(0, Q("1.0001"))
    for text, ends in (
        ("1/x", (-1, 1)), ("log(x)", (-1, 1)), ("x^(-1/2)", (-1, 1)), ("x^pi", (-2, -1)),
        ("sqrt(x)", (-2, -1)), ("x^-pi", (-1, 1)),
    ):  # fmt: skip
        with pytest.raises(Undecided):
            value(text, defined=True, x=ends)


@pytest.mark.heavy
def test_integrals():
    near(value("integral(exp(-t^2), t, 0, x)", x=1), "0.7468241328124270254")
    near(value("integral(exp(-t^2), t, x, 0)", x=1), "-0.7468241328124270254")
    near(value("integral(sqrt(t), t, 0, x)", x=1), "2/3", 10)
    near(value("integral(1/(1 + t^2), t, 0, 1)", x=1), Q(gmpy2.const_pi(200)) / 4)
    assert value("integral(t^2, t, x, x)", x=1).within(0, 0)
    wide = value("integral(x*t, t, 0, y)", x=(1, 2), y=(1, 3))
    assert wide.lo <= Q(1, 2)
    assert wide.hi >= 9
    assert value("integral(t, t, x, 0)", x=(-1, 1)).hi >= 0
    with ctx.workprec(BITS):
        truth = true_value("erf", "1/2") * ball(2) / 4
        found = value("integral(exp(-t^2)/sqrt(pi), t, 0, x)", x="1/2")
        assert contains(found, truth)
    for text in (
        "integral(1/t, t, 0, 1)",
        "integral(1/t, t, -1, 1)",
        "integral(1/sqrt(t), t, 0, 1)",
    ):
        with pytest.raises(Undecided):
            value(text)


def test_an_integral_holds_every_value_of_its_parameters():
    for low, high in ((0, 1), (-2, -1), (3, 5)):
        found = value("integral(cos(x*t), t, 0, 2)", x=(low, high))
        for k in range(5):
            x = Q(low) + Q(high - low) * k / 4
            truth = ball(2) if x == 0 else true_value("sin", 2 * x) / ball(x)
            assert contains(found, truth)


def test_sums():
    near(value("sum(1/n, n, 1, 10)"), "7381/2520")
    near(value("sum(x^n, n, 0, 3)", x=2), 15)
    assert value("sum(n, n, 3, 2)").within(0, 0)
    for text in ("sum(n, n, 1, 5/2)", "sum(n, n, 1, x)", "sum(n, n, 1, 10^9)", "sum(n, n, 1, pi)"):
        with pytest.raises(Undecided):
            value(text, x=(1, 2))


def test_shared_parts_are_worked_out_once():
    x = variable("x")
    part = call("exp", call("sin", x))
    steps = program.compiled(part * part + part).steps
    assert sum(step.node is part for step in steps) == 1
    assert program.compiled(part) is program.compiled(part)


def test_a_missing_function_is_named_and_may_be_given(monkeypatch):
    node = Node("airy", variable("x")) + call("sin", variable("x"))
    with pytest.raises(Missing) as caught:
        enclose(node, over(x=1), AT)
    assert caught.value.name == "airy"
    assert missing(read("sin(x) + floor(pi*x)")) == frozenset()
    monkeypatch.setitem(ADDED, "airy", lambda t: t * 2)
    near(enclose(Node("airy", variable("x")), over(x=1), AT), 2)
    for name in ("sin", "integral"):
        with pytest.raises(ValueError, match="by itself"):
            add_enclosure(name, lambda t: t)


def test_a_variable_without_a_range():
    with pytest.raises(Rejected):
        enclose(read("x + y"), over(x=1), AT)


def test_signs():
    tiny = read("exp(x) - 1 - x - x^2/2 - x^3/6 - x^4/24")
    assert sign_at(tiny, {"x": (Q(1, 10**15), Q(1, 10**15))}, (64, 128, 512)) == 1
    assert sign_at(tiny, {"x": (Q(1, 10**15), Q(1, 10**15))}, (64,)) is None
    assert sign_at(read("-x"), {"x": (Q(1), Q(2))}) == -1
    assert sign_at(read("x"), {"x": (Q(0), Q(2))}) is None
    assert sign_at(read("log(x)"), {"x": (Q(-1), Q(2))}) is None


def test_work_is_counted():
    at = Precision(64, Work(50))
    with pytest.raises(BeyondLimit):
        enclose(read("gammap(2, x)"), {"x": Interval.enclosing(at, Q(1), Q(1))}, at)
