"""Points of equality: true statements, and a false one for each condition that is dropped."""

import gmpy2
import pytest

from bounds.certify.checker.expression import number
from bounds.certify.checker.grammar import read_expression as read
from bounds.certify.checker.identity import Algebra
from bounds.certify.checker.touch import check_touch, rest_boxes
from bounds.certify.checker.verdict import Rejected

Q = gmpy2.mpq
LINE = (None, None)


def check(goal, at, box, region=None):
    region = region or dict.fromkeys(at, LINE)
    ends = {name: tuple(None if t is None else read(t) for t in pair)
            for name, pair in region.items()}  # fmt: skip
    check_touch(
        read(goal),
        {name: read(text) for name, text in at.items()},
        {name: (Q(low), Q(high)) for name, (low, high) in box.items()},
        ends,
        Algebra().is_zero,
    )


@pytest.mark.parametrize(
    ("goal", "at", "box", "region"),
    [
        ("exp(x) - 1 - x", {"x": "0"}, {"x": (-2, 2)}, None),
        ("1 - cos(x)", {"x": "0"}, {"x": (-1, 1)}, None),
        ("1 - sin(x)", {"x": "pi/2"}, {"x": (1, 2)}, None),
        ("x - sin(x)", {"x": "0"}, {"x": (0, 1)}, {"x": ("0", None)}),
        ("x^2 + y^2 - x*y", {"x": "0", "y": "0"}, {"x": (-1, 1), "y": (-1, 1)}, None),
        ("x", {"x": "0"}, {"x": (0, 1)}, {"x": ("0", None)}),
        ("-x", {"x": "0"}, {"x": (-1, 0)}, {"x": ("-1", "0")}),
        ("x + y^2 + x*y", {"x": "0", "y": "0"}, {"x": (-1, "1/2"), "y": ("-1/2", "1/2")},
         {"x": ("0", "1"), "y": LINE}),
        ("(x - y)^2 + x", {"x": "0", "y": "0"}, {"x": (0, "1/2"), "y": (0, "1/4")},
         {"x": ("0", "1"), "y": ("0", "1")}),
        ("gamma(x)*gamma(1/x) - 1", {"x": "1"}, {"x": ("1/2", "3/2")}, None),  # by pieces
        ("1 - besselj(0, x)", {"x": "0"}, {"x": (0, 1)}, {"x": ("0", "3")}),
        ("x^2/2 + x*exp(y) + (1 - cos(y))", {"x": "0", "y": "0"},
         {"x": (0, 1), "y": (-1, 1)}, {"x": ("0", "1"), "y": ("-2", "2")}),
    ],
)  # fmt: skip
def test_true_statements(goal, at, box, region):
    if goal.startswith("(x - y)^2"):  # the slope by x is 1 + 2(x − y), positive on this box
        box = {"x": (0, "1/2"), "y": (0, "1/4")}
    check(goal, at, box, region)


@pytest.mark.parametrize(
    ("goal", "at", "box", "region", "why"),
    [
        ("x^3 - 4*x^2", {"x": "0"}, {"x": (2, 3)}, None, "in its box"),
        ("x^2 - 1", {"x": "0"}, {"x": (-1, 1)}, None, "vanish"),
        ("x^2 + x", {"x": "0"}, {"x": (-1, 1)}, None, "derivative by x"),
        ("x", {"x": "0"}, {"x": (-1, 1)}, {"x": ("-1", "1")}, "derivative by x"),
        ("x", {"x": "0"}, {"x": (-1, 1)}, {"x": ("-1/10^30", "1")}, "derivative by x"),
        ("-x", {"x": "0"}, {"x": (0, 1)}, {"x": ("0", "1")}, "rise inwards"),
        ("x", {"x": "0"}, {"x": (-1, 0)}, {"x": ("-1", "0")}, "rise inwards"),
        ("x - 2*x^2", {"x": "0"}, {"x": (0, 1)}, {"x": ("0", "1")}, "rise inwards"),
        ("x + y", {"x": "0", "y": "0"}, {"x": (0, 1), "y": (-1, 1)},
         {"x": ("0", "1"), "y": ("-1", "1")}, "derivative by y"),
        ("x^2 - x^4", {"x": "0"}, {"x": (-2, 2)}, None, "definite"),
        ("-(x^2)", {"x": "0"}, {"x": (-1, 1)}, None, "definite"),
        ("x^2 + y^2 - 3*x*y", {"x": "0", "y": "0"}, {"x": (-1, 1), "y": (-1, 1)}, None, "definite"),
        ("x^2 - y^2", {"x": "0", "y": "0"}, {"x": (-1, 1), "y": (-1, 1)}, None, "definite"),
        ("y^2 - x^2", {"x": "0", "y": "0"}, {"x": (-1, 1), "y": (-1, 1)}, None, "definite"),
        ("2*x*y", {"x": "0", "y": "0"}, {"x": (-1, 1), "y": (-1, 1)}, None, "definite"),
        ("x + y^2 - 4*x*y", {"x": "0", "y": "0"}, {"x": (0, 1), "y": (-1, 1)},
         {"x": ("0", "1"), "y": ("-1", "1")}, "rise inwards"),
        ("x - y^2", {"x": "0", "y": "0"}, {"x": (0, 1), "y": (-1, 1)},
         {"x": ("0", "1"), "y": ("-1", "1")}, "definite"),
        ("-sqrt(x^2)", {"x": "0"}, {"x": (-1, 1)}, None, ""),
        ("-abs(x)", {"x": "0"}, {"x": (-1, 1)}, None, ""),
        ("x^3", {"x": "0"}, {"x": (-1, 1)}, None, "definite"),
        ("x^2 - x^3*2", {"x": "0"}, {"x": (-1, 1)}, None, "definite"),
        ("x^2 + y", {"x": "0"}, {"x": (-1, 1)}, None, "exactly the variables"),
        ("x^2", {"x": "0"}, {"x": (-1, 1), "y": (0, 1)}, None, "exactly the variables"),
        ("x^2", {"x": "y"}, {"x": (-1, 1)}, None, "variables in it"),
        ("x^2", {"x": "0"}, {"x": (-1, 1)}, {"y": LINE}, "lacks"),
        ("1", {}, {}, None, "exactly the variables"),
        ("log(x) - x + 1", {"x": "1"}, {"x": ("1/2", 2)}, None, "definite"),
        ("log(x)^2 ", {"x": "1"}, {"x": (0, 2)}, None, ""),  # not defined at 0
        ("1 - sin(x)", {"x": "pi/2"}, {"x": (2, 3)}, None, "in its box"),
    ],
)  # fmt: skip
def test_each_condition_is_needed(goal, at, box, region, why):
    with pytest.raises(Rejected) as caught:
        check(goal, at, box, region)
    assert why in str(caught.value)


def told(pieces):
    def end(node):
        return None if node is None else str(node.args[0]) if node.head == "number" else node.head

    return [{name: tuple(map(end, ends)) for name, ends in piece.items()} for piece in pieces]


def test_the_rest_is_cut_off_one_coordinate_after_the_other():
    region = {"x": (number(0), None), "y": (number(0), read("pi"))}
    box = {"x": (Q(0), Q(1)), "y": (Q(1), Q(2))}
    assert told(rest_boxes(region, box, ["x", "y"])) == [
        {"x": ("1", None), "y": ("0", "pi")},
        {"x": ("0", "1"), "y": ("0", "1")},
        {"x": ("0", "1"), "y": ("2", "pi")},
    ]
    wide = {"x": (Q(-1), Q(1)), "y": (Q(-1), Q(4))}
    assert told(rest_boxes(region, wide, ["x", "y"])) == [{"x": ("1", None), "y": ("0", "pi")}]
    with pytest.raises(Rejected):
        rest_boxes({"x": (read("sqrt(2)^2"), None)}, {"x": (Q(2), Q(3))}, ["x"])
