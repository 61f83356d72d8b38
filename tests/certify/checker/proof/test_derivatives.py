"""Gradients and Taylor coefficients: differences of true values lie where they say.

With coefficients c_k at the middle m and c_n over a box, f(p) lies in Σ c_k (p − m)^k; a wrong
coefficient of order k is off by (p − m)^k, which is far more than the last one's width.
"""

import random

import gmpy2
import pytest
from flint import ctx
from marks import campaign_but
from test_enclosures import DOMAINS, WHOLE, number
from true_values import BITS, ball, contains, true_value

from bounds.certify.checker.expression import Node, call, variable
from bounds.certify.checker.expression import number as exact
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.slopes import mean_value, slopes
from bounds.certify.checker.taylor import taylor, taylor_form
from bounds.certify.checker.verdict import Undecided

Q = gmpy2.mpq
AT = Precision(96)
X = variable("x")
SMOOTH = sorted(DOMAINS)
PARAMETERS = {
    "polygamma": [0], "gammap": [0], "gammaq": [0], "betai": [1, 2], "besseli": [0],
    "besselj": [0], "besselk": [0], "hyp1f1": [0, 1], "hyp2f1": [0, 1, 2],
}  # fmt: skip
"""Arguments in which the checker does not differentiate."""
SLOW = {"besselk", "besselj", "betai", "hyp1f1", "hyp2f1"}


def interval(low, high=None):
    return Interval.enclosing(AT, Q(low), Q(low if high is None else high))


def tidy(value):
    return Q(round(value * 2**16), 2**16)


def cases(head, count):
    """Exact arguments, and which of them is the variable."""
    random_ = random.Random(f"derivative {head}")
    for k in range(count):
        kinds = DOMAINS[head]
        place = [number(random_, kind, 8) for kind in kinds]
        place = [t if kind == WHOLE else tidy(t) for t, kind in zip(place, kinds, strict=True)]
        moving = [i for i in range(len(kinds)) if i not in PARAMETERS.get(head, [])]
        yield place, moving[k % len(moving)]


@pytest.mark.heavy
@pytest.mark.parametrize("inner", campaign_but({"curved"}, ["itself", "affine", "curved"]))
@pytest.mark.parametrize("head", SMOOTH)
def test_taylor_and_slopes(head, inner):
    tried = 0
    for place, i in cases(head, 4 if head in SLOW else 10):
        # u(x) = start + x + bend x² about x = 0, over |x| ≤ 2^−9
        bend, pace, reach = Q(3, 7) if inner == "curved" else Q(0), Q(1), Q(1, 2**9)
        if inner != "itself":
            pace = Q(3, 2)
        u = exact(place[i]) + exact(pace) * X + exact(bend) * X**2
        middle = Q(0)
        if inner == "itself":
            u, middle = X, place[i]
        args = [u if j == i else exact(t) for j, t in enumerate(place)]
        node = call(head, *args)
        over = {"x": interval(middle - reach, middle + reach)}
        try:
            forms = [taylor_form(node, "x", over, order, AT) for order in (1, 2, 4, 6)]
            forms.append(mean_value(node, ["x"], over, AT))
        except Undecided:
            continue
        for p in (-reach, Q(1, 2**11), reach):
            there = p + middle
            value = there if inner == "itself" else place[i] + pace * p + bend * p**2
            truth = true_value(head, *[value if j == i else t for j, t in enumerate(place)])
            for form in forms:
                assert contains(form, truth), (head, place, i, p, form, truth)
        tried += 1
        if head not in ("floor", "sign", "abs", "min", "max"):
            widths = [Q(form.hi) - Q(form.lo) for form in forms]
            assert widths[3] <= 2 * widths[1] + Q(1, 2**80)
            assert widths[1] <= 4 * widths[0] + Q(1, 2**80)
    assert tried >= 2


@pytest.mark.heavy
@pytest.mark.parametrize("head", SMOOTH)
def test_coefficients_of_an_affine_argument_scale(head):
    """f(s + 2x) has 2^k times the coefficients of f(s + x), up to rounding."""
    tried = 0
    for place, i in cases(head, 6):
        rows = []
        for pace in (1, 2):
            args = [exact(t) + pace * X if j == i else exact(t) for j, t in enumerate(place)]
            try:
                rows.append(taylor(Node(head, *args), "x", {"x": interval(0)}, 5, AT))
            except Undecided:
                break
        if len(rows) == 2:
            tried += 1
            for k, (one, two) in enumerate(zip(*rows, strict=True)):
                (one * 2**k).meet(two)
    assert tried


def test_a_gradient_has_the_partial_derivatives():
    x, y = variable("x"), variable("y")
    node = x**2 * y + call("exp", x * y) / y + call("max", x, 2 * y) + (x + y) ** Q_node("1/3")
    place = {"x": interval("1/2"), "y": interval("3/4")}
    _, (by_x, by_y) = slopes(node, ["x", "y"], place, AT)
    step = Q(1, 2**30)

    def value(a, b):
        power = true_value("exp", a * b)
        return ball(a**2 * b) + power / ball(b) + ball(max(a, 2 * b)) + ball(a + b).root(3)

    a, b = Q(1, 2), Q(3, 4)
    with ctx.workprec(BITS):
        for found, high, low in (
            (by_x, value(a + step, b), value(a - step, b)),
            (by_y, value(a, b + step), value(a, b - step)),
        ):
            ratio = (high - low) / ball(2 * step)
            assert abs(ratio - ball(found.lo)) < ball(Q(1, 2**50))
            assert abs(ratio - ball(found.hi)) < ball(Q(1, 2**50))


def Q_node(text):  # noqa: N802
    return exact(Q(text))


def test_powers_that_are_not_rational():
    node = X ** Node("pi")
    found = taylor(node, "x", {"x": interval(1)}, 3, AT)
    pi = Q(gmpy2.const_pi(200))
    for k, term in enumerate(found):
        wanted = Q(1)
        for j in range(k):
            wanted = wanted * (pi - j) / (j + 1)
        assert Q(term.lo) - Q(1, 2**80) <= wanted <= Q(term.hi) + Q(1, 2**80)


def test_where_there_is_no_derivative_nothing_is_enclosed():
    x = variable("x")
    around = {"x": interval(-1, 1)}
    for node in (
        call("floor", x), call("sign", x), call("atan2", x, -1), call("cbrt", x),
        (x**2) ** Q_node("1/2"), call("gammap", x + 2, 1), call("besselk", x + 2, 1),
        call("asin", x), call("tan", 2 * x), call("log", x), x ** Q_node("3/2"), x ** Node("pi"),
    ):  # fmt: skip
        for defined in (False, True):
            with pytest.raises(Undecided):
                slopes(node, ["x"], around, AT, defined=defined)
            with pytest.raises(Undecided):
                taylor(node, "x", around, 2, AT, defined=defined)
    for node in (call("abs", x), call("min", x, -x), call("max", x, x**2 / 2)):
        _, (slope,) = slopes(node, ["x"], around, AT)
        assert slope.lo <= -1 or node.head != "abs"
        assert slope.hi >= 1
        with pytest.raises(Undecided):
            taylor(node, "x", around, 2, AT)
    _, (slope,) = slopes(call("min", x, -x), ["x"], around, AT)
    assert slope.lo <= -1


def test_sums_and_integrals_are_differentiated_by_parts():
    x, t, n = variable("x"), variable("t"), variable("n")
    inside = Node("integral", call("exp", x * t), t, exact(0), x)
    found = taylor(inside, "x", {"x": interval(0)}, 1, AT)
    assert found[0].lo <= 0 <= found[0].hi
    assert found[1].lo <= 1 <= found[1].hi
    assert found[1].hi - found[1].lo < Q(1, 2**40)
    total = Node("sum", x**n, n, exact(0), exact(3))
    _, (slope,) = slopes(total, ["x"], {"x": interval(2)}, AT)
    assert slope.lo <= 17 <= slope.hi
    moving = Node("sum", n, n, exact(0), x)
    with pytest.raises(Undecided):
        slopes(moving, ["x"], {"x": interval(2)}, AT)
