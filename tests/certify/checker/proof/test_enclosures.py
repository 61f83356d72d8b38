"""The checker's enclosures hold the true values: FLINT's, at points and inside boxes.

Arguments favour corners: ends of the domain, whole numbers, tiny, huge and neighbouring numbers.
"""

import random

import gmpy2
import pytest
from marks import all_heavy_but
from true_values import contains, true_value

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.program import CLIPPED, FUNCTIONS
from bounds.certify.checker.verdict import Undecided

Q = gmpy2.mpq
REAL, POSITIVE, UNIT, OPEN = "real", "positive", "unit", "open"
WHOLE, SMALL = "whole", "small"

DOMAINS = {
    "exp": [REAL], "expm1": [REAL], "log": [POSITIVE], "log1p": [("above", -1)], "cbrt": [REAL],
    "sin": [REAL], "cos": [REAL], "tan": [REAL], "asin": [UNIT], "acos": [UNIT], "atan": [REAL],
    "atan2": [REAL, REAL], "sinh": [REAL], "cosh": [REAL], "tanh": [REAL], "asinh": [REAL],
    "acosh": [("from", 1)], "atanh": [OPEN], "erf": [REAL], "erfc": [REAL], "erfcx": [REAL],
    "phi": [REAL], "Phi": [REAL], "mills": [REAL], "quantile": [("between", 0, 1)],
    "lambertw": [("from", Q(-3678794411714423, 10**16))], "gamma": [POSITIVE],
    "loggamma": [POSITIVE], "digamma": [POSITIVE], "polygamma": [WHOLE, POSITIVE],
    "zeta": [("above", 1)], "abs": [REAL], "floor": [REAL], "sign": [REAL], "min": [REAL, REAL],
    "max": [REAL, REAL], "beta": [POSITIVE, POSITIVE], "binomial": [POSITIVE, SMALL],
    "gammap": [POSITIVE, POSITIVE], "gammaq": [POSITIVE, POSITIVE],
    "betai": [("between", 0, 1), POSITIVE, POSITIVE], "besseli": [WHOLE, REAL],
    "besselj": [WHOLE, REAL], "besselk": [WHOLE, POSITIVE], "hyp1f1": [REAL, POSITIVE, REAL],
    "hyp2f1": [REAL, REAL, POSITIVE, ("between", Q(-7), Q(9, 10))],
}  # fmt: skip


def number(random_, kind, most=30):
    """An exact number of a kind, most often a corner."""
    size = random_.choice([Q(0), Q(1), Q(1, 2), Q(2), Q(3), Q(1, 3), Q(1, 2**40), Q(10), Q(25, 2),
                           Q(random_.randrange(1, 10**6), 10**5), Q(random_.randrange(10**4), 997),
                           Q(random_.randrange(1, 2**20), 2**20)])  # fmt: skip
    size = min(size, Q(most))
    sign = random_.choice([-1, 1])
    if kind == REAL:
        return sign * size
    if kind == WHOLE:
        return Q(random_.randrange(6))
    if kind == SMALL:
        return size / 64
    if kind == POSITIVE:
        return size or Q(1, 7)
    if kind in (UNIT, OPEN):
        t = sign * size / (1 + size)
        return sign * random_.choice([t, Q(1)]) if kind == UNIT else t
    name, *ends = kind
    if name == "between":
        low, high = map(Q, ends)
        return low + (high - low) * ((size or Q(1, 9)) / (1 + (size or Q(1, 9))))
    low = Q(ends[0])
    return low + (size if name == "from" else (size or Q(1, 2**30)))


def box(random_, kind):
    """Two ends in order: the same, neighbours, or anything."""
    a = number(random_, kind)
    if kind == WHOLE:
        return a, a
    b = random_.choice([a, a, number(random_, kind), number(random_, kind)])
    low, high = min(a, b), max(a, b)
    return (low, low + (high - low) / 2**25) if random_.random() < 0.2 else (low, high)


def inside(random_, ends):
    low, high = ends
    part = random_.choice([Q(0), Q(1), Q(1, 2), Q(random_.randrange(1001), 1000)])
    return low + (high - low) * part


@pytest.mark.heavy
@pytest.mark.parametrize("head", sorted(DOMAINS))
@pytest.mark.parametrize("bits", all_heavy_but({53}, [53, 128]))
def test_true_values_are_inside(head, bits):
    random_ = random.Random(f"{head} {bits}")
    at, tried, undecided = Precision(bits), 0, 0
    for _ in range(60):
        boxes = [box(random_, kind) for kind in DOMAINS[head]]
        over = [Interval.enclosing(at, *ends) for ends in boxes]
        try:
            found = FUNCTIONS[head](*over)
        except Undecided:
            undecided += 1
            continue
        clipped = CLIPPED[head](*over) if head in CLIPPED else found
        for _ in range(3):
            place = [inside(random_, ends) for ends in boxes]
            try:
                value = true_value(head, *place)
            except ValueError:
                continue
            tried += 1
            assert contains(found, value), (head, boxes, place, found, value)
            assert contains(clipped, value)
    assert tried > 60
    assert undecided < 30


@pytest.mark.heavy
@pytest.mark.parametrize("head", sorted(DOMAINS))
def test_points_are_enclosed_narrowly(head):
    """On points of 20 bits the relative width is a few units of the last place."""
    random_ = random.Random(head)
    at, tried = Precision(64), 0
    for _ in range(40):
        place = [Q(round(number(random_, kind) * 2**10), 2**10) for kind in DOMAINS[head]]
        over = [Interval.enclosing(at, t, t) for t in place]
        try:
            found = FUNCTIONS[head](*over)
        except Undecided:
            continue
        tried += 1
        width = Q(found.hi) - Q(found.lo)
        assert width <= max(abs(Q(found.hi)), Q(1, 2**30)) / 2**44, (head, place, found)
    assert tried > 10


FAR = [
    ("mills", ["1e4"]), ("mills", ["40"]), ("mills", ["-100"]), ("erfcx", ["1e3"]),
    ("erfcx", ["-20"]), ("erfc", ["30"]), ("Phi", ["-50"]), ("phi", ["60"]),
    ("lambertw", ["1e200"]), ("lambertw", ["1e-200"]), ("lambertw", ["-0.36787944"]),
    ("quantile", ["1e-60"]), ("quantile", ["0.999999999"]), ("quantile", ["0.500000001"]),
    ("gamma", ["1e-9"]), ("gamma", ["150.5"]), ("loggamma", ["1e12"]), ("digamma", ["1e12"]),
    ("polygamma", ["1", "1e-6"]), ("polygamma", ["3", "1000"]), ("zeta", ["1.0001"]),
    ("zeta", ["60"]), ("besselk", ["1/3", "60"]), ("besselk", ["0", "80"]),
    ("besselk", ["5", "90"]),
    ("besselk", ["2", "1/1000"]), ("besselk", ["7/2", "1/8"]), ("besseli", ["1/3", "100"]),
    ("besseli", ["20", "1/4"]), ("besselj", ["1/3", "30"]), ("besselj", ["5/2", "1/16"]),
    ("besselj", ["40", "3"]), ("besselj", ["0", "1000"]), ("gammaq", ["1/2", "500"]),
    ("gammaq", ["300", "100"]), ("gammap", ["1/10", "1e-9"]), ("gammap", ["300", "250"]),
    ("betai", ["0.999", "30", "2"]), ("betai", ["1e-12", "2", "5"]),
    ("beta", ["1000", "1/1000"]),
    ("binomial", ["1000", "500"]), ("hyp1f1", ["1/2", "3/2", "-60"]),
    ("hyp1f1", ["3", "1/2", "40"]),
    ("hyp1f1", ["-5/2", "1/2", "9"]), ("hyp2f1", ["1/2", "1/3", "4", "-40"]),
    ("hyp2f1", ["-3", "5/2", "1", "9/10"]), ("sin", ["1e30"]), ("cos", ["1e-30"]), ("tan", ["1e8"]),
    ("exp", ["-1e5"]), ("atan2", ["-1e-20", "-1"]), ("tanh", ["300"]), ("expm1", ["1e-40"]),
]  # fmt: skip


@pytest.mark.heavy
@pytest.mark.parametrize("bits", [53, 160])
@pytest.mark.parametrize(("head", "texts"), FAR)
def test_far_arguments(head, texts, bits):
    """Values are inside, at a point and just beside it, and the relative width stays small."""
    at = Precision(bits)
    place = [Q(text) for text in texts]
    over = [Interval.enclosing(at, t, t) for t in place]
    found = FUNCTIONS[head](*over)
    truth = true_value(head, *place)
    assert contains(found, truth)
    exact_point = all(t.lo == t.hi for t in over)
    if exact_point and head not in ("sin", "tan"):
        assert Q(found.hi) - Q(found.lo) <= abs(Q(found.hi)) / 2 ** (bits // 2)
    wide = list(over)
    last = place[-1]
    wide[-1] = Interval.enclosing(at, last, last * Q(9, 8) if last > 0 else last)
    try:
        around = FUNCTIONS[head](*wide)
    except Undecided:
        return
    assert contains(around, truth)


def test_outside_of_the_domain_nothing_is_enclosed():
    at = Precision(64)

    def over(low, high=None):
        return Interval.enclosing(at, Q(low), Q(low if high is None else high))

    for head, *arguments in (
        ("log", over(0, 1)), ("log", over(-1)), ("log1p", over(-1, 0)), ("log1p", over(-2)),
        ("asin", over(0, "1.001")), ("acos", over(-2)), ("acosh", over("0.999", 2)),
        ("atanh", over(0, 1)), ("atanh", over(2)), ("tan", over(1, 2)), ("tan", over(0, 10)),
        ("quantile", over(0, "1/2")), ("quantile", over("1/2", 1)), ("quantile", over(-1)),
        ("gamma", over(0, 1)), ("gamma", over("-1/2")), ("loggamma", over("-1/2")),
        ("loggamma", over(0, 1)), ("digamma", over("-1/2", 1)), ("digamma", over(0)),
        ("polygamma", over(1), over(0, 1)), ("polygamma", over("1/2"), over(1)),
        ("polygamma", over(-1), over(1)), ("polygamma", over(0, 1), over(1)),
        ("zeta", over(1, 2)), ("zeta", over("1/2")), ("lambertw", over("-0.37", 1)),
        ("beta", over(0, 1), over(1)), ("beta", over(1), over(-1, 1)),
        ("binomial", over(2), over(3, 4)), ("binomial", over(-2), over("1/2")),
        ("gammap", over(0), over(1)), ("gammap", over(1), over(-1, 1)),
        ("gammaq", over(-1), over(1)),
        ("betai", over(0, "1.01"), over(1), over(1)), ("betai", over("1/2"), over(0, 1), over(1)),
        ("besseli", over("-1/2"), over(1)), ("besselj", over("-1/2"), over(1)),
        ("besselk", over(0), over(0, 1)), ("besselk", over(1), over(-1)),
        ("besseli", over("1/2"), over(-1, 1)), ("besselj", over("1/2"), over(0, 1)),
        ("hyp1f1", over(1), over(0), over(1)), ("hyp2f1", over(1), over(1), over(0, 1), over(0)),
        ("hyp2f1", over(1), over(1), over(2), over(0, 1)), ("atan2", over(-1, 1), over(0, 1)),
        ("atan2", over(0), over(0)), ("exp", over(10**20)),
    ):  # fmt: skip
        with pytest.raises(Undecided):
            FUNCTIONS[head](*arguments)


def test_clipped_to_the_domain():
    at = Precision(64)
    spill = Interval.enclosing(at, Q(-1, 10**9), Q(1) + Q(1, 10**9))
    one = Interval.enclosing(at, Q(1), Q(1))
    for head, arguments, low, high in (
        ("asin", (spill,), Q(-1, 10**8), Q(1571, 1000)),
        ("acos", (spill,), Q(0), Q(1571, 1000)),
        ("gammap", (one, spill), Q(0), Q(633, 1000)),
        ("gammaq", (one, spill), Q(367, 1000), Q(1)),
        ("betai", (spill, one, one), Q(0), Q(1)),
    ):
        found = CLIPPED[head](*arguments)
        assert low <= Q(found.lo) <= Q(found.hi) <= high
        if head not in ("asin", "acos"):
            with pytest.raises(Undecided):
                FUNCTIONS[head](*arguments)
    with pytest.raises(Undecided):
        CLIPPED["asin"](one + 1)
    with pytest.raises(Undecided):
        CLIPPED["acosh"](one / 2)
