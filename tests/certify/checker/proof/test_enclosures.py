"""The checker's enclosures hold the true values: FLINT's, at points and inside boxes.

Arguments favour corners: ends of the domain, whole numbers, tiny, huge and neighbouring numbers.
"""

import random

import gmpy2
import pytest
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


@pytest.mark.parametrize("head", sorted(DOMAINS))
@pytest.mark.parametrize("bits", [53, 128])
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
