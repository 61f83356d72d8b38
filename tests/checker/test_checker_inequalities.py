"""The checker's inequalities on sets of means and for large Δ are those of their proofs.

Each formula is written down anew, in mpmath; where it ceases to hold is found to 20 digits, and the
checker is asked on both sides of that place (see `test_checker_formulas`).
"""

from unittest import mock

import gmpy2
import mpmath
import pytest
from test_checker_formulas import AT, DIGITS, point, q, sharp

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.verdict import Undecided
from bounds.checker import any_set, critical_slices, large_delta, scaled, sech
from bounds.checker.scaled import Region

Q = gmpy2.mpq
exp, cdf, pdf, coth = mpmath.exp, mpmath.ncdf, mpmath.npdf, mpmath.coth


def tails(t):
    return 2 * cdf(-t)


def bends(bracket, g):
    return g < 1 and (1 + g * g) * bracket < (1 - g * g) ** 2


def doubled_integral(u, delta):
    """2Ŝ(u, 1/Δ²) = Δd(u/Δ)/φ(Δ)."""
    x = u / delta
    return delta * ((tails(delta - x) + tails(delta + x)) / 2 - tails(delta)) / pdf(delta)


def radius(v, delta):
    goal, u = doubled_integral(v, delta), v
    for _ in range(9):  # Newton's method
        rate = 1 + 2 * exp(-u * u / (2 * delta**2)) * mpmath.sinh(u)
        u -= (u + doubled_integral(u, delta) - goal) / rate
    return u


def near_the_turn(d):
    v = mpmath.mpf(15) / 8
    u = radius(v, d)
    r = 2 * exp(-u / 4) * mpmath.sinh(u)
    first = coth(u) * (u + 1 + 2 * r) / (1 + r) ** 2
    second = 2 * exp(v * v / (2 * d * d) - 2 * v)
    mass = (d * d / 2 + 1 + 2 * exp(3 * d * d / 8)) * pdf(d) / d
    return u, r, first + second, mass


def at_the_end(d):
    flow = exp(-15 * d * d / 2 + d + 0.5) / 2
    others = (2 + 2 * d * d) * exp(-5 * d * d) + 2 * d * d * exp(-15 * d * d / 2)
    others += flow * exp(5 * d * d / 2) * (2 * exp(d + 0.5) + d * d + d)
    return others < 2 * d * (2 * d - 1 - flow * (d + 1))


def past(d):
    return 0.25 - 2 * d / mpmath.expm1(2 * d * d)


def step(d):
    return pdf(d) * (d + 0.25)


LARGE = {
    "near the turn: u": lambda d: 2 * near_the_turn(d)[0] > 3,
    "near the turn: r": lambda d: near_the_turn(d)[1] > 1,
    "near the turn: g < 1": lambda d: 2 * near_the_turn(d)[3] < 1,
    "near the turn": lambda d: bends(near_the_turn(d)[2], near_the_turn(d)[3] / (2 * pdf(1))),
    "up to the edge: g": lambda d: cdf(0.25) + step(d) + cdf(-d) < 1 - tails(mpmath.mpf(17) / 20),
    "up to the edge: y < 2 Delta": lambda d: cdf(-d) < 1 - cdf(-2 * d) - cdf(0.25) - step(d),
    "up to the edge: coth u": lambda d: coth(d * d / 2) < 2,
    "up to the edge: s": lambda d: 2 * q(d * d / 2) > 1,
    "up to the edge: S": lambda d: exp(mpmath.mpf(1) / 32) < 2 * q(d * d),
    "up to the edge": lambda d: bends(
        4 * (2 * d * d + d / 2 + 1) * exp(-3 * d * d / 8) + 2 * exp(-7 * d * d / 8),
        mpmath.mpf(17) / 20,
    ),
    "beyond the edge: x": lambda d: past(d) > 0,
    "beyond the edge": lambda d: 8 * d < q(d * d) ** 2 * past(d) * exp(3 * d * d / 2),
    "the end: g >= 1": lambda d: 1 - tails(1) < cdf(4 * d) - cdf(-d),
    "the end: q": lambda d: 2 * d * exp(-10 * d * d) / q(5 * d * d) < 1,
    "the end": at_the_end,
}


def whole(delta):
    return Region(delta, None)


@pytest.mark.heavy
@pytest.mark.parametrize("name", LARGE)
def test_for_large_delta(name):
    holds = LARGE[name]
    assert set(LARGE) == set(large_delta._inequalities(whole(point(mpmath.mpf(4)))))
    with mpmath.workdps(DIGITS):
        grid = [mpmath.mpf(k) / 8 for k in range(50, 0, -1)]
        last = next(d for d in grid if not holds(d))

        def found(delta):
            return large_delta._inequalities(whole(delta))[name]()

        assert found(point(last + mpmath.mpf(1) / 8))
        assert sharp(found, lambda d: not holds(d), last, last + mpmath.mpf(1) / 8)


def test_terms_that_outweigh_and_g_below_1():
    for g, most in (("1/2", mpmath.mpf(9) / 20), ("0", 1), ("3/2", mpmath.mpf(25) / 52)):
        shift = Interval.enclosing(AT, Q(g), Q(g))
        with mpmath.workdps(DIGITS):
            below, above = (point(most * (1 + sign * mpmath.mpf(10) ** -12)) for sign in (-1, 1))
        assert large_delta._outweighs(below, shift) is (g != "3/2")
        assert not large_delta._outweighs(above, shift)
    one = Interval.enclosing(AT, Q(1), Q(1))
    assert not large_delta._outweighs(-one, one)


@pytest.mark.parametrize("delta", ["0.9", "2", "9"])
def test_near_0_in_the_units_of_large_delta(delta):
    with mpmath.workdps(DIGITS):
        d = mpmath.mpf(delta)

        def holds(v):
            held = cdf(v / d - d) - cdf(-d)
            g = mpmath.findroot(lambda g: 1 - tails(g) - held, (held, 2 * held), solver="anderson")
            sigma, tau = mpmath.sinh(v) / v, 1 / d**2
            left = 2 * exp(-g * g / 2 - v * v * tau / 2 - v) * (1 - v**4 * sigma**2 * tau)
            return g < 1 and left > sigma * (1 + 2 * mpmath.sinh(v * v * sigma)) ** 2

        def found(v):
            return critical_slices.negative_near_zero(v, Region(point(d), point(d)))

        assert found(point(mpmath.mpf("0.01")))
        assert sharp(found, holds, 0.01, 1.2)


# The units for large Δ


def real(number):
    """A number of the checker, exactly."""
    exact = Q(number)
    return mpmath.mpf(int(exact.numerator)) / int(exact.denominator)


def close(interval, low, high):
    """Whether an enclosure is the one from the lesser to the greater, but for 10^-35."""
    slack = mpmath.mpf(10) ** -35
    return -slack < low - real(interval.lo) < slack and -slack < real(interval.hi) - high < slack


def limit_radius(v):
    """u + 2(cosh u − 1) = 2(cosh v − 1)."""
    u = v
    for _ in range(9):
        over = u + 2 * (mpmath.cosh(u) - 1) - 2 * (mpmath.cosh(v) - 1)
        u -= over / (1 + 2 * mpmath.sinh(u))
    return u


@pytest.mark.parametrize("far", [None, "3"])
def test_enclosures_over_all_delta_are_those_at_two_corners(far):
    region = Region(point(mpmath.mpf(2)), None if far is None else point(mpmath.mpf(far)))
    v = Interval.enclosing(AT, Q(1, 2), Q(1))
    with mpmath.workdps(50):
        near, low, high = mpmath.mpf(2), mpmath.mpf(1) / 2, mpmath.mpf(1)

        def window(v, d):
            return (cdf(v / d - d) - cdf(-d)) * d / pdf(d)

        if far is None:
            last_radius, last_window, least_tau, least_kappa = limit_radius(high), exp(1) - 1, 0, 0
            last_mass = 2 * (mpmath.cosh(high) - 1)
        else:
            d = mpmath.mpf(far)
            last_radius, last_window = radius(high, d), window(high, d)
            least_tau, least_kappa, last_mass = 1 / d**2, pdf(d) / d, doubled_integral(high, d)
        first_window, kappa = window(low, near), pdf(near) / near
        assert close(region.tau, least_tau, 1 / near**2)
        assert close(region.kappa, least_kappa, kappa)
        assert close(region.radius(v), radius(low, near), last_radius)
        assert close(region.window(v), first_window, last_window)
        assert close(region.doubled_integral(v), doubled_integral(low, near), last_mass)
        masses = (least_kappa * first_window, kappa * last_window)
        shifts = [mpmath.sqrt(2) * mpmath.erfinv(mass) for mass in masses]
        assert close(region.shift(v), *shifts)


@pytest.mark.parametrize(
    ("low", "high"), [("0", "0"), ("0.2", "0.2"), ("0.1", "0.5"), ("0", "0.66")]
)
def test_omega_and_its_slope_are_those_of_their_formulas(low, high):
    """ω at both ends of the masses, and its slope from ⅓ ≤ dP/dh ≤ P/2, as in the docstring."""
    value, slope = scaled.remainder(Interval.enclosing(AT, Q(low), Q(high)))
    with mpmath.workdps(50):

        def centre(mass):
            g = mpmath.sqrt(2) * mpmath.erfinv(mass)
            return g, mass / (2 * g * pdf(g)) if g else mpmath.mpf(1)

        def omega(mass):
            g, p = centre(mass)
            return (1 - g * g) ** 2 * p / (1 + g * g) - 1

        ends = real(Q(low)), real(Q(high))
        assert close(value, omega(ends[1]), omega(ends[0]))
        if low != high:
            assert all(
                real(slope.lo)
                <= mpmath.diff(omega, ends[0] + (ends[1] - ends[0]) * k / 8)
                <= real(slope.hi)
                for k in range(1, 8)
            )
            return
        g, p = centre(ends[0])
        h = g * g
        rates = [
            ((1 - h) ** 2 / (1 + h) * rise - (1 - h) * (3 + h) / (1 + h) ** 2 * p) * g / pdf(g)
            for rise in (mpmath.mpf(1) / 3, p / 2)
        ]
        assert close(slope, *rates)


def test_g_is_told_up_to_a_mass_of_two_thirds():
    """The mass of [-1, 1] is 0.6827."""
    assert scaled._centre(point(mpmath.mpf("0.6666")))[0] < 1
    for mass in ("0.6667", "0.7", "0.99"):
        with pytest.raises(Undecided, match="g < 1"):
            scaled._centre(point(mpmath.mpf(mass)))
    assert [span(part) for part in scaled._centre(point(mpmath.mpf(0)))] == [(0, 0), (1, 1)]


def span(interval):
    return Q(interval.lo), Q(interval.hi)


def test_the_slope_of_the_curve_without_end_is_that_of_its_equation(monkeypatch):
    """Over an interval it holds the slope of log(u + 2(cosh u − 1)) anywhere in it."""
    taken = []
    monkeypatch.setattr(
        scaled, "zero_of_increasing", lambda *given: taken.append(given) or given[1]
    )
    with mpmath.workdps(50):
        scaled._radius_at(point(mpmath.mpf(1)), None)
        ((balance, _, _),) = taken
        value, slope = balance(point(mpmath.mpf("0.5")))
        goal = 2 * (mpmath.cosh(1) - 1)

        def side(u):
            return mpmath.log((u + 2 * (mpmath.cosh(u) - 1)) / goal)

        assert close(value, side(mpmath.mpf("0.5")), side(mpmath.mpf("0.5")))
        for place in ("0.5", "0.45", "0.6"):
            rate = mpmath.diff(side, mpmath.mpf(place))
            near = slope(point(mpmath.mpf(place)))
            assert abs(real(near.lo) - rate) < mpmath.mpf(10) ** -20
            assert abs(real(near.hi) - rate) < mpmath.mpf(10) ** -20


# Sets of means


def cost(gap):
    return 2 * cdf(gap / mpmath.mpf(2)) - 1


def mean(function):
    """E f(Z) of an even f, by the trapezoidal rule."""
    h = mpmath.mpf(1) / 16
    return h * (function(0) * pdf(0) + 2 * sum(function(j * h) * pdf(j * h) for j in range(1, 180)))


def risk(s, theta):
    def error(x):
        return (s * mpmath.tanh(s * (theta + x)) - theta) ** 2

    return mean(lambda x: (error(x) + error(-x)) / 2)


def linear(a):
    return a * a / (1 + a * a)


def proof(r):
    exact = gmpy2.mpq(r.lo)
    assert r.lo == r.hi
    return any_set.Inequalities(exact, AT)


SEPARATION = Q(15, 16)
CONDITIONS = {
    "cases 1 and 2, small a": lambda r: 2 * r * pdf(mpmath.mpf("0.4")) > mpmath.mpf("0.4"),
    "case 1, large a": lambda r: 2 * r * cost(2.5) > 1,
    "case 5, wide": lambda r: r * (cost(7) + cost(1.5)) > 1,
    "case 5": lambda r: mpmath.mpf(9) / 16 + 100 * cdf(-3.5) < r * cost(8.5),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_for_sets(name):
    with mpmath.workdps(DIGITS):
        rises = CONDITIONS[name]
        names = set(proof(point(mpmath.mpf(1))).conditions(SEPARATION))
        assert names == {*CONDITIONS, "case 3", "r <= r*"}

        def found(r):
            return proof(r).conditions(SEPARATION)[name]()

        assert found(point(mpmath.mpf(100)))
        assert sharp(found, lambda r: not rises(r), "1e-9", 100)


def test_the_ratio_is_one_of_two_points():
    with mpmath.workdps(DIGITS):
        t = mpmath.mpf(15) / 16
        most = t * t * exp(-t * t / 2) * mean(lambda z: 1 / mpmath.cosh(t * z)) / cost(2 * t)

        def found(r):
            return proof(r).conditions(SEPARATION)["r <= r*"]()

        assert found(point(most / 2))
        assert sharp(found, lambda r: r < most, 0.1, 1)


def test_up_to_the_seam_the_worst_mean_is_an_end():
    with mpmath.workdps(DIGITS):

        def over(a):
            same = exp(-a * a / 2) * mean(lambda z: 1 / mpmath.cosh(a * z))
            return mean(lambda z: mpmath.tanh(a * z) ** 2) - same

        edge = mpmath.findroot(over, (1.05, 1.06), tol=1e-40)
        for hair, good in ((1 - mpmath.mpf(10) ** -12, True), (1 + mpmath.mpf(10) ** -12, False)):
            seam = Q(point(edge * hair).lo)
            with mock.patch.object(any_set, "_SEAM", seam):
                found = any_set.Inequalities(Q(1), AT).conditions(SEPARATION)["case 3"]
                assert found() is good


@pytest.mark.parametrize(("low", "high"), [("0.4", "0.5"), ("0.75", "0.75"), ("2", "2.5")])
def test_pieces_of_sets_are_taken_at_their_worse_ends(low, high):
    ends = Q(low), Q(high)
    with mpmath.workdps(DIGITS):
        a, b = mpmath.mpf(low), mpmath.mpf(high)
        cases = {"near": 2 * cost(a), "small": cost(2 * a)}
        for name, mass in cases.items():
            edge = linear(b) / mass

            def found(r, name=name):
                return getattr(proof(r), name)(*ends)

            assert found(point(2 * edge))
            assert sharp(found, lambda r, edge=edge: r < edge, edge / 2, edge * 2)


BOXES = [
    ("5/4", "11/8", "1/2", "3/4", "5/4"),
    ("5/4", "3/2", "7/8", "5/4", "1"),
    ("2", "9/4", "0", "1/4", "2"),
    ("1", "3/2", "3/4", "5/4", "2"),  # its nearest mean is 0
    ("2", "5/2", "1/2", "5/8", "9/4"),
]


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("plain", [True, False])
def test_boxes_of_sets_are_taken_at_their_worse_ends(box, plain):
    *ends, scale = map(Q, box)
    with mpmath.workdps(DIGITS):
        a0, a1, w0, w1, s = (mpmath.mpf(number.numerator) / number.denominator
                             for number in map(Q, box))  # fmt: skip
        mass = cost(max(2 * a0 - w1, a0)) + cost(w0)
        level = linear(a1) if plain else max(risk(s, max(a0 - w1, 0)), risk(s, a1))
        edge = level / mass

        def found(r):
            return proof(r).box(tuple(ends), None if plain else scale)

        assert found(point(2 * edge))
        assert sharp(found, lambda r: r < edge, edge / 2, edge * 2)


def test_a_box_of_wide_clusters_is_another_case():
    assert proof(point(mpmath.mpf("0.01"))).box((Q(1), Q(2), Q("2.01"), Q(3)), None)
    assert not proof(point(mpmath.mpf("0.01"))).box((Q(1), Q(2), Q(2), Q(3)), None)


# The trapezoidal rule

RULES = [
    sech.Rule(Q(1), Q(1, 2), 6),
    sech.Rule(Q(5, 4), Q(1), 8),
    sech.Rule(Q(3, 4), Q(1, 4), 9),
]


def width(interval):
    return mpmath.mpf(str(gmpy2.mpfr(Q(interval.hi) - Q(interval.lo), 140)))


def middle(interval):
    return mpmath.mpf(str(gmpy2.mpfr((Q(interval.hi) + Q(interval.lo)) / 2, 140)))


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("t", "theta"), [("1", "2"), ("1.1", "0")])
def test_a_mean_is_a_sum_with_its_errors(rule, t, theta):
    """Middle and width to 10^-25, so that no part of the error bound is less than proved."""
    with mpmath.workdps(DIGITS):
        d, h = (mpmath.mpf(n.numerator) / n.denominator for n in (rule.strip, rule.step))
        last, s, place = rule.count * h, mpmath.mpf(t), mpmath.mpf(theta)
        between = 2 * exp(d * d / 2) / mpmath.expm1(2 * mpmath.pi * d / h)

        def total(function):
            rest = (function(j * h) * pdf(j * h) for j in range(1, rule.count + 1))
            return h * (function(0) * pdf(0) + 2 * sum(rest))

        def secant(x):
            return 1 / mpmath.cosh(s * x)

        def error(x):
            both = ((s * mpmath.tanh(s * (place + z)) - place) ** 2 for z in (x, -x))
            return sum(both) / 2

        at, center = point(s), point(place)
        wanted = {
            "sech_mean": (total(secant), 6 * between + tails(last)),
            "sech_square_mean": (
                total(lambda x: x * x * secant(x)),
                6 * (1 + d * d) * between + 2 * last * pdf(last) + tails(last),
            ),
            "tanh_risk": (
                total(error),
                (6 * s + place) ** 2 * between + (s + place) ** 2 * tails(last),
            ),
        }
        with mock.patch.object(sech, "rule_for", return_value=rule):
            for name, (value, most) in wanted.items():
                found = getattr(sech, name)(*((at, center) if name == "tanh_risk" else (at,)))
                assert abs(middle(found) - value) < mpmath.mpf(10) ** -25
                assert abs(width(found) / (2 * most) - 1) < mpmath.mpf(10) ** -20


def test_a_rule_too_short_or_in_too_wide_a_strip_tells_nothing():
    one = point(mpmath.mpf(1))
    with mpmath.workdps(DIGITS):
        for rule in (
            sech.Rule(Q(141, 100), Q(1, 8), 80),
            sech.Rule(Q(7, 5) + Q(1, 10**9), Q(1), 9),
        ):
            with mock.patch.object(sech, "rule_for", return_value=rule):
                for ask in (sech.sech_mean, sech.sech_square_mean, lambda t: sech.tanh_risk(t, t)):
                    with pytest.raises(Undecided, match="strip"):
                        ask(one)
        for count, good in ((7, False), (8, True)):  # 49/32 and 64/32
            rule = sech.Rule(Q(1), Q(177, 1000), count)
            with mock.patch.object(sech, "rule_for", return_value=rule):
                if good:
                    assert sech.sech_square_mean(one) > -9
                else:
                    with pytest.raises(Undecided, match="too early"):
                        sech.sech_square_mean(one)


@pytest.mark.parametrize(
    ("low", "high"),
    [("-2", "1"), ("-1/2", "1/2"), ("-3", "-1"), ("0", "2"), ("1/2", "3"), ("-1", "0")],
)
def test_the_tangent_over_a_range_is_that_at_its_ends(low, high):
    with mpmath.workdps(DIGITS):
        found = sech._tanh(Interval.enclosing(AT, Q(low), Q(high)))
        ends = [mpmath.tanh(mpmath.mpf(Q(n).numerator) / Q(n).denominator) for n in (low, high)]
        for told, end in zip((found.lo, found.hi), ends, strict=True):
            assert abs(mpmath.mpf(str(told)) - end) < mpmath.mpf(10) ** -25


def test_a_mean_over_a_range_is_that_at_its_ends_the_other_way_round():
    operation = sech._falling(lambda t: 3 - t)
    assert operation.count == 1
    assert span(operation.over(Interval.enclosing(AT, Q(1), Q(2)))) == (1, 2)
