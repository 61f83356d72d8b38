"""Roots: literature values, multiple roots, clusters, and roots that would be missed."""

from __future__ import annotations

from fractions import Fraction

import pytest

import bounds
from bounds.certify.errors import InputError
from bounds.certify.language.domain import parse_domain
from bounds.certify.language.expression import number
from bounds.certify.language.grammar import parse_expression
from bounds.certify.quantities import equations
from bounds.certify.quantities.equations import _Task, pieces
from bounds.certify.quantities.zeros import simple_zero
from bounds.certify.rules.goal import Deadline

DOTTIE = "0.7390851332151606416553120876738734040134117589007574649656806357"
OMEGA = "0.5671432904097838729999686622103555497538157871865125081351310792"


@pytest.mark.parametrize(
    ("equation", "domain", "root"),
    [("cos(x) = x", "x real", DOTTIE), ("x*exp(x) = 1", "x > 0", OMEGA)],
)
def test_known_roots(equation: str, domain: str, root: str) -> None:
    found = bounds.solve(equation, domain, digits=60)
    assert found.outcome == "complete"
    assert [one.kind for one in found.roots] == ["simple"]
    assert found.roots[0].at.decimals()[0] == root[:62]


def test_a_thousand_digits_of_a_root() -> None:
    (root,) = bounds.solve("cos(x) = x", "0 <= x <= 1", digits=1000).roots
    low, high = root.at.decimals()
    assert low.startswith(DOTTIE)
    assert low[:990] == high[:990]
    assert len(low) == 1002


def test_roots_that_algebra_knows_are_exact() -> None:
    found = bounds.solve("sin(x) = 0", "x in [0, 10]")
    assert [str(one.exact) for one in found.roots] == ["0", "pi", "2*pi", "3*pi"]
    assert found.outcome == "complete"
    assert len(bounds.solve("sin(x) = 0", "x in (0, 10)").roots) == 3


def test_a_double_root_is_told() -> None:
    found = bounds.solve("(x - 1)^2*(x + 3) = 0", "x real")
    assert [(str(one.exact), one.kind) for one in found.roots] == [
        ("-3", "simple"),
        ("1", "multiple"),
    ]


def test_a_cluster_is_told_as_such() -> None:
    found = bounds.solve("x^2 = 2*x*cos(x) - cos(x)^2", "0 <= x <= 1")
    assert found.outcome == "clusters"
    assert [one.kind for one in found.roots] == ["cluster"]


def test_no_root_and_two_near_roots() -> None:
    assert bounds.solve("x^2 + 1 = 0", "x real").roots == ()
    assert len(bounds.solve("x^3 - 3*x + 1.9999999 = 0", "-3 <= x <= 3").roots) == 3
    assert len(bounds.solve("x^3 - 3*x + 2.0000001 = 0", "-3 <= x <= 3").roots) == 1


def test_a_root_that_is_dropped_is_noticed() -> None:
    f = parse_expression("x^3 - x")
    allowed = parse_domain("-2 <= x <= 2").ranges["x"]
    task = _Task(f, "x", allowed, 15, Deadline(20))
    found, _, remaining = task.solved()
    assert len(found) == 3
    assert not remaining
    dropped = [found[0], found[2]]
    outcomes = [task._excluded(piece) for piece in pieces(allowed, dropped)]
    assert "refuted" in [one.outcome for one in outcomes if one is not None]


def test_without_the_pieces_a_missed_root_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equations, "interior_points", lambda _: [])
    monkeypatch.setattr(equations, "pieces", lambda *_: [])
    assert bounds.solve("x^2 = 1", "-2 <= x <= 2").roots == ()


def test_with_the_pieces_no_root_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = equations.interior_points
    monkeypatch.setattr(equations, "interior_points", lambda allowed: real(allowed)[:1])
    found = bounds.solve("x^2 = 1", "-2 <= x <= 2", seconds=10)
    assert len(found.roots) == 2 or found.outcome == "undecided"


def test_uniqueness_needs_the_sign_of_the_slope() -> None:
    f, wrong = parse_expression("x^3 - x"), number(1)
    ends = (Fraction(-2), Fraction(2))
    honest = simple_zero(f, parse_expression("3*x^2 - 1"), "x", ends, 15)
    assert honest is None or honest.box[1] - honest.box[0] < 2
    lying = simple_zero(f, wrong, "x", ends, 15)
    assert lying is None or lying.box[1] - lying.box[0] > 2  # three roots in one box


@pytest.mark.parametrize(
    ("equation", "domain", "told"),
    [
        ("x < 1", "x real", "no equation"),
        ("x = y", "x, y real", "one variable"),
        ("sin(x)^2 + cos(x)^2 = 1", "x real", "equal everywhere"),
        ("n = 3", "n integer", "real variable"),
    ],
)
def test_what_is_refused(equation: str, domain: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        bounds.solve(equation, domain)


@pytest.mark.parametrize(
    "equation",
    ["atan2(x - 1/3, -1) + 10^30*(x - 1/3) = 0", "sum(atan2(x - 1/3, -k), k, 1, 2) + 10^30*x = 1"],
)
def test_a_jump_is_no_root(equation: str) -> None:
    """The sides are never equal: the angle jumps where it changes its sign."""
    found = bounds.solve(equation, "x in [-1, 1]", seconds=5)
    assert found.outcome != "complete"


@pytest.mark.parametrize(
    ("equation", "orders"),
    [
        ("x^2*(x - 2)*(x - 3)^4 = 0", [2, 1, 4]),
        ("x - sin(x) = 0", [3]),
        ("cosh(x) - 1 - x^2/2 = 0", [4]),
    ],
)
def test_a_multiple_root_has_its_multiplicity(equation: str, orders: list[int]) -> None:
    found = bounds.solve(equation, "x in [-1, 4]")
    assert [root.multiplicity for root in found.roots] == orders
