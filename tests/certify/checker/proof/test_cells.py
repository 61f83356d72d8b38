"""Subdivisions prove what they say, and fail without any one of their conditions."""

import gmpy2
import pytest

from bounds.certify.checker.cells import check_cells, excluded, holds_on, sign_on
from bounds.certify.checker.grammar import read_expression as read
from bounds.certify.checker.precision import Work
from bounds.certify.checker.verdict import BeyondLimit, Rejected

Q = gmpy2.mpq
UNIT = {"x": (Q(0), Q(1))}
SQUARE = {"x": (Q(0), Q(1)), "y": (Q(0), Q(1))}
HALVE = {"v": "x"}


def check(goal, splits, ranges=UNIT, relation=">", constraints=(), order=0, work=None):
    known = [(read(text), sense) for text, sense in constraints]
    return list(check_cells(read(goal), relation, ranges, known, splits, order, work))


def refused(*given, **named):
    with pytest.raises(Rejected):
        check(*given, **named)


@pytest.mark.parametrize(
    ("goal", "ranges", "relation", "splits", "named"),
    [
        ("x + 1", UNIT, ">", ["."], {}),
        ("x", UNIT, ">=", ["."], {}),
        ("-x - 1", UNIT, "<", ["."], {}),
        ("-x", UNIT, "<=", ["."], {}),
        ("x + 1", UNIT, "!=", [HALVE, ".", "."], {}),
        ("x^2 - x + 3/8", UNIT, ">", [HALVE, HALVE, ".", ".", HALVE, ".", "."], {}),
        ("exp(x) - 1 - x + 1/1000", UNIT, ">", ["."], {"order": 6}),
        ("x*(2 - x) - y + 2", SQUARE, ">", ["m:x+,y-"], {}),
        ("x*(2 - x) - y + 1", SQUARE, ">=", ["f:x+", "f:y-", "."], {}),
        ("x*(2 - x) - y + 1", SQUARE, ">=", ["f:y-", "m:x+"], {}),
        ("y - x", {**UNIT, "y": (Q(-1), Q(-1, 2))}, ">", ["x"], {"constraints": [("y - x", ">")]}),
        ("x + y - 3/8", SQUARE, ">", ["y", {"v": "x", "at": "0.625"}, "x", ".", "."],
         {"constraints": [("max(x, y) - 5/8", ">")]}),
    ],
)  # fmt: skip
def test_true_statements(goal, ranges, relation, splits, named):
    named = {"relation": relation, **named}
    seen = check(goal, splits, ranges, **named)
    assert seen[-1] == (len(splits), len(splits))


@pytest.mark.parametrize(
    ("goal", "splits", "named"),
    [
        ("x - 1/2", ["."], {}),  # false
        ("1/2 - x", [HALVE, ".", "."], {}),  # false on the last cell
        ("x - 1/4", [HALVE, ".", "."], {}),  # false on the first
        ("1/2 + 1/100 - x", [HALVE, "."], {}),  # the part that is false is left out
        ("x + 1", [HALVE, ".", ".", "."], {}),  # more than the box
        ("x", ["."], {}),  # 0 is not > 0
        ("-x", ["."], {"relation": ">="}),
        ("x - 1/2", [HALVE, ".", "."], {"relation": "!="}),
        ("(x - 1/2)^2 - 1/100", ["m:x+"], {}),  # not monotone
        ("(x - 1/2)^2 - 1/100", ["m:x-"], {}),
        ("(x - 1/2)^2 - 1/100", ["f:x+", "."], {}),
        ("1/2 - x", ["m:x+"], {}),  # it falls
        ("x - 1/2", ["m:x-"], {}),  # it rises
        ("x - 1/2", ["m:x+"], {}),  # least where it is negative
        ("1/2 - x", ["m:x-"], {}),
        ("x - 1/2", ["m:x+"], {"relation": "<"}),  # greatest at the other end
        ("x - 1/2", ["x"], {"constraints": [("x - 1/4", ">")]}),  # not all of the cell is outside
        ("x - 1/2", [HALVE, "x", "."], {"constraints": [("x - 1/4", ">")]}),
        ("x - 3/4", ["f:x+", "x"], {"constraints": [("x - 1/2", ">")]}),  # the face is outside
        ("x - 1/2", ["x"], {"constraints": [("x", ">=")]}),
        ("x - 1/2", ["x"], {"constraints": [("x", "=")]}),
        ("x - 1/2", ["x"], {"constraints": [("x", "!=")]}),
        ("x - 1/2", ["x"], {"constraints": [("x + 1", "!=")]}),
        ("x - 1/2", ["x"], {"constraints": [("x", "~")]}),
        ("x - 1/4", ["."], {"relation": "!="}),
        ("1/4 - x", ["."], {"relation": "!="}),
        ("x - 1/2", ["x"], {}),
        ("1/2 - x", [{"v": "x", "at": "-1"}, ".", "."], {}),  # cuts outside
        ("x + 1", [{"v": "x", "at": "1"}, ".", "."], {}),
        ("x + 1", [{"v": "x", "at": "sqrt(1/2)"}, ".", "."], {}),
        ("x + 1", [{"v": "y"}, ".", "."], {}),
        ("x + 1", [{"v": "x", "by": "1/2"}, ".", "."], {}),
        ("x + 1", [{}, ".", "."], {}),
        ("x + 1", [7], {}),
        ("x + 1", ["m:y+"], {}),
        ("x + 1", ["m:x"], {}),
        ("x + 1", ["m:x+,x+"], {}),
        ("x + 1", [], {}),
        ("x + y", ["."], {}),  # y has no range
        ("x + 1", ["."], {"relation": "="}),
        ("x + 1", ["."], {"order": 99}),
        ("x + 1", ["m:x+"], {"relation": "!="}),
        ("x + 1", ["."], {"relation": "!=", "constraints": [("x", ">")]}),
        ("x + 1", ["."], {"constraints": [("z", ">")]}),
    ],
)
def test_each_condition_is_needed(goal, splits, named):
    refused(goal, splits, **named)


def test_cells_of_a_function_that_jumps():
    assert not holds_on(read("abs(floor(x + 1/2) - x) - 2/5"), "<", UNIT)
    refused("x - floor(x) + 1/4", ["m:x+"], ranges={"x": (Q(1, 2), Q(3, 2))}, relation=">=")
    refused("1 - 2*abs(x - 1/2)", ["m:x+"], relation=">=")


def test_where_it_is_not_defined_nothing_holds():
    assert not holds_on(read("sqrt(x - 1/2) + 1"), ">", UNIT)
    assert not holds_on(read("log(x) + 10^9"), ">", UNIT)
    assert not holds_on(read("1/x"), ">=", UNIT)
    assert holds_on(read("sqrt(x - 1/2) + 1"), ">", UNIT, defined=True)


def test_a_constraint_is_used_by_its_slopes_too():
    corner = {"x": (Q(0), Q(1, 16)), "y": (Q(0), Q(1, 16))}
    assert excluded([(read("x^2 + y^2 - x*y - 1"), "=")], corner)
    assert not excluded([(read("x^2 + y^2 - 1/512"), "=")], corner)


def test_shares_cover_all_cells():
    splits = [HALVE, ".", "."]
    for goal, failing in (("x - 1/4", 0), ("3/4 - x", 1)):
        outcomes = []
        for share in range(2):
            try:
                check(goal, splits, work=Work(share=(share, 2)))
                outcomes.append(True)
            except Rejected:
                outcomes.append(False)
        assert outcomes.count(False) == 1, (goal, failing)


def test_work_is_counted():
    with pytest.raises(BeyondLimit):
        check("exp(sin(x)) + 1", [HALVE, ".", "."], work=Work(100))


def test_signs_on_an_interval():
    assert sign_on(read("exp(x) - 1 - x + 1/1000"), "x", Q(-1), Q(1), "s..", 8) == 1
    assert sign_on(read("x"), "x", Q(1), Q(2)) == 1
    assert sign_on(read("-x"), "x", Q(1), Q(2), "s..") == -1
    assert sign_on(read("x*y"), "x", Q(1), Q(2), place={"y": (Q(-2), Q(-1))}) == -1
    for text, splits in (("x - 3/2", "s.."), ("x - 3/2", "."), ("x - 1", "."), ("x - 2", "s..")):
        with pytest.raises(Rejected):
            sign_on(read(text), "x", Q(1), Q(2), splits)
    for splits in ("", "s.", "...", "sx.", None):
        with pytest.raises(Rejected):
            sign_on(read("x"), "x", Q(1), Q(2), splits)
    with pytest.raises(Rejected):
        sign_on(read("x"), "x", Q(2), Q(1))
