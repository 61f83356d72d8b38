"""Segments, Jensen's inequality and signs of sums: each step keeps a false statement out."""

import pytest
from falsehoods import Step, is_needed, proves
from proof_samples import OBVIOUS

from bounds import decide
from bounds.certify.checker.proof import check_proof

ZERO = {"rule": "equal"}
ANY = {"rule": "empty"}
"""A proof of nothing: it serves where the goal is not looked at."""


def chord(first, last, low=OBVIOUS, high=OBVIOUS, bend=OBVIOUS):
    return {
        "rule": "chord", "variable": "x", "from": first, "to": last,
        "low": low, "high": high, "bend": bend,
    }  # fmt: skip


def jensen(function, points, weights, *, interval="(0, inf)", scale="1", bend=OBVIOUS, **more):
    inside = more.pop("inside", [OBVIOUS] * len(points))
    return {
        "rule": "jensen", "variable": "t", "function": function, "interval": interval,
        "points": points, "weights": weights, "scale": scale, "inside": inside,
        "positive": [OBVIOUS] * len(weights), "bend": bend, **more,
    }  # fmt: skip


HALVES = ["1/2", "1/2"]
TRIANGLE = "x real, y in [0, 1], x >= 0, x <= y"
MEAN = "x > 0, y > 0"

SUMS = [
    (
        "an affine function has one sign at both ends",
        "p*(2 + sin(s)) < 1",
        "p in [0, 1], s in [0, 1]",
        OBVIOUS,
    ),
    (
        "at an end that belongs to the range an affine function is not 0",
        "p*s < 1",
        "p in [0, 1], s in [0, 1]",
        OBVIOUS,
    ),
    (
        "a product of two functions of a variable is not affine in it",
        "s + s*p*(p - 5) > 0",
        "p in [0, 1], s in [1, 2]",
        OBVIOUS,
    ),
    (
        "a decreasing function has the contrary sign",
        "erfc(x) > erfc(y)",
        "x real, y real, y < x",
        OBVIOUS,
    ),
]

CHORDS = [
    (
        "a function that is least at an end does not jump",
        "atan2(-x, -1) + 20*x >= 0",
        "x real, y in [1, 2], x >= 0, x <= y",
        chord("0", "y", {"rule": "point"}),
    ),
    (
        "the region lies between the two curves",
        "x <= y",
        "x in [0, 2], y in [0, 1]",
        chord("0", "y", high=ZERO, bend=ZERO),
    ),
    (
        "the function has its sign at both ends of the segment",
        "x >= 1",
        TRIANGLE,
        chord("0", "y", bend=ZERO),
    ),
    (
        "between them it is concave",
        "x^2 - x*y >= 0",
        TRIANGLE,
        chord("0", "y", ZERO, ZERO, ANY),
    ),
]

JENSEN = [
    (
        "the weights of a mean add up to 1",
        "x^2 + y^2 >= (x + y)^2",
        MEAN,
        jensen("t^2", ["x", "y"], ["1", "1"]),
    ),
    (
        "the function of Jensen's inequality is convex",
        "-x^2/2 - y^2/2 >= -(x/2 + y/2)^2",
        MEAN,
        jensen("-t^2", ["x", "y"], HALVES, bend=ANY),
    ),
    (
        "a convex function does not jump at an end of its interval",
        "-atan2(x, -1)/2 - atan2(y, -1)/2 >= -atan2(x/2 + y/2, -1)",
        "x in [-1, 0], y in [-1, 0]",
        jensen("-atan2(t, -1)", ["x", "y"], HALVES, interval="[-1, 0]", inside=[OBVIOUS] * 4),
    ),
    (
        "Jensen's inequality is taken times a positive number",
        "-x^2/2 - y^2/2 >= -(x/2 + y/2)^2",
        MEAN,
        jensen("t^2", ["x", "y"], HALVES, scale="-1"),
    ),
    (
        "Jensen's inequality may be an equation",
        "x^2/2 + y^2/2 > (x/2 + y/2)^2",
        MEAN,
        jensen("t^2", ["x", "y"], HALVES),
    ),
    (
        "what is left beside Jensen's inequality is proved",
        "x^2/2 + y^2/2 >= (x/2 + y/2)^2 + 1",
        MEAN,
        jensen("t^2", ["x", "y"], HALVES, rest=ANY),
    ),
    (
        "the weights are not negative, and the points lie in the interval",
        "x^3/2 + y^3/2 >= (x/2 + y/2)^3",
        "x real, y real",
        jensen("t^3", ["x", "y"], HALVES),
    ),
]

STEPS: list[Step] = [
    (name, proves(claim, domain, node)) for name, claim, domain, node in (*SUMS, *CHORDS, *JENSEN)
]


@pytest.mark.step(*dict(STEPS))
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[0])
def test_a_step_of_what_bends(step):
    is_needed(step)


@pytest.mark.parametrize(
    ("claim", "domain", "rule"),
    [
        ("gamma((x + y)/2)^2 <= gamma(x)*gamma(y)", "x > 0, y > 0", "jensen"),
        ("x*log(x/2) + y*log(y/2) >= (x + y)*log((x + y)/4)", "x > 0, y > 0", None),
        ("exp((x + 2*y)/3) <= exp(x)/3 + 2*exp(y)/3", "x, y real", None),
        ("log(1 - p + p*exp(s)) <= p*s + s^2/8", "p in [0, 1], s real", None),
        ("tan(x)/x < tan(y)/y", "x > 0, x < y, y < pi/2", None),
        ("sqrt(x*y) <= (x - y)/(log(x) - log(y))", "x > 0, y > 0, y < x", None),
    ],
)
@pytest.mark.heavy
def test_what_is_found_is_accepted(claim, domain, rule):
    outcome = decide(claim, domain, seconds=20)
    assert outcome.outcome == "proved"
    assert rule is None or rule in outcome.rules


def test_rules_hold_where_they_should():
    square = jensen("t^2", ["x", "y"], HALVES)
    assert check_proof("x^2/2 + y^2/2 >= (x/2 + y/2)^2", MEAN, [], [square]).accepted
    cut = chord("0", "y", ZERO, ZERO)
    assert check_proof("x*(y - x) >= 0", TRIANGLE, [], [cut]).accepted
