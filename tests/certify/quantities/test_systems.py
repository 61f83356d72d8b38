"""All roots of a system in a box, with clusters, and what is no system."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

import bounds
from bounds.certify.checker.replay import check
from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.quantities import systems
from bounds.certify.quantities.systems import Solutions


def solved(equations: str, domain: str, **given: object) -> Solutions:
    found = bounds.solve(equations, domain, **given)  # type: ignore[arg-type]
    assert isinstance(found, Solutions)
    return found


def test_a_circle_and_a_hyperbola_meet_in_four_points() -> None:
    found = solved("x^2 + y^2 = 4 and x*y = 1", "x in [-3, 3], y in [-3, 3]", digits=40)
    assert found.outcome == "complete"
    assert len(found.roots) == 4
    for root in found.roots:
        x, y = (root.at[name] for name in ("x", "y"))
        product = [a * b for a in (x.low.fraction(), x.high.fraction()) for b in
                   (y.low.fraction(), y.high.fraction())]  # fmt: skip
        assert min(product) <= 1 <= max(product)
        assert x.high.fraction() - x.low.fraction() < Fraction(1, 10**38)


@pytest.mark.parametrize(
    ("domain", "count"),
    [
        ("x in [0, 1], y in [0, 1]", 2),
        ("x in (0, 1], y in [0, 1]", 1),
        ("x in (0, 1), y in [0, 1]", 0),
        ("x in [1/2, 2], y in [-1, 2]", 1),
    ],
)
def test_an_end_that_does_not_belong_to_the_range_is_no_root(domain: str, count: int) -> None:
    found = solved("x^2 = y and y^2 = x", domain)
    assert (found.outcome, len(found.roots)) == ("complete", count)


def test_a_double_root_is_a_cluster() -> None:
    found = solved("x^2 + y^2 = 1 and y = x^2 - 1", "x in [-2, 2], y in [-2, 2]")
    assert found.outcome == "clusters"
    assert [root.kind for root in found.roots] == ["simple", "cluster", "simple"]
    assert found.roots[1].exact == {"x": Fraction(0), "y": Fraction(-1)}
    assert found.json()["roots"][1]["kind"] == "cluster"


def test_where_a_function_has_no_value_there_is_no_root() -> None:
    found = solved("log(x) = y and x*y = 1", "x in [-1, 5], y in [-3, 3]")
    assert (found.outcome, len(found.roots)) == ("complete", 1)
    assert "[1.76322283435189, 1.76322283435190]" in str(found)


def test_three_variables() -> None:
    found = solved("x + y = 2 and y + z = 3 and x*z = 2", "x, y, z in [-5, 5]")
    assert found.outcome == "complete"
    assert [(r.exact or {})["y"] for r in found.roots] == [1, 0] or len(found.roots) == 2


@pytest.mark.parametrize(
    ("equations", "domain", "told"),
    [
        ("x + y = 1 and x < y", "x, y in [0, 1]", "no system"),
        ("x + y = 1 and x = y", "x in [0, 1], y > 0", "two ends"),
        ("x + y = 1 and x = y and x = 0", "x, y in [0, 1]", "as many equations"),
        ("x + y = 1 and x = y", "x, y in [0, 1], x < y", "no more"),
    ],
)
def test_what_is_no_system_is_told(equations: str, domain: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        bounds.solve(equations, domain)


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("equations", "domain", "count"),
    [
        pytest.param("x^2 + y^2 = 4 and x = y", "x, y in [-3, 3]", 2, marks=pytest.mark.heavy),
        ("log(x) = y and x*y = 1", "x in [1/2, 5], y in [-3, 3]", 1),
        pytest.param(
            "x + y = 2 and y + z = 3 and x*z = 2", "x, y, z in [-5, 5]", 2, marks=pytest.mark.heavy
        ),
    ],
)
def test_a_system_has_certificates(equations: str, domain: str, count: int) -> None:
    found = solved(equations, domain, proof=True)
    assert len(found.roots) == count
    certificates = found.certificates()
    assert all(check(each).accepted for each in certificates)
    assert len(found.json()["statements"]) == len(certificates) > 1


@pytest.mark.heavy
def test_the_parts_and_the_boxes_of_the_roots_are_the_whole_box() -> None:
    found = solved("x^2 + y^2 = 4 and x = y", "x, y in [-3, 3]", proof=True)
    boxes = {root.box for root in found.roots}
    parts = set[systems.Box]()
    for proof in found.proofs:
        ranges = proof.statement.domain.ranges
        for k in {name[1:] for name in ranges}:
            sides = [ranges.get(f"{name}{k}") for name in "xy"]
            if None not in sides:
                parts.add(tuple((s.low.value, s.high.value) for s in sides if s))
    for i, j in itertools.product(range(121), repeat=2):
        point = Fraction(i - 60, 20), Fraction(j - 60, 20)
        inside = (
            all(low <= x <= high for x, (low, high) in zip(point, box, strict=True))
            for box in boxes | parts
        )
        assert any(inside), point


def test_without_a_proof_there_is_no_certificate() -> None:
    with pytest.raises(Inconclusive, match="no certificate"):
        solved("x + y = 1 and x = y", "x, y in [0, 1]").certificates()
    with pytest.raises(Inconclusive, match="no certificate"):
        solved("x^2 = y and y = 0", "x, y in [-1, 1]", proof=True).certificates()
