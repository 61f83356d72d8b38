import pytest

from bounds.certify.checker.verdict import Rejected
from bounds.checker.alternation import Crossing, Run, merged, sign_changes, stretches


def runs(marks):
    return [Run(mark, i, i + 1) for i, mark in enumerate(marks)]


@pytest.mark.parametrize(
    ("marks", "changes"),
    [
        ("-", []),
        ("--", []),
        ("-/+", [(1, 2, True)]),
        ("--//++\\-", [(2, 4, True), (6, 7, False)]),
        ("-/-", []),
        ("-\\-", []),
        ("-/+/+\\-", [(1, 2, True), (5, 6, False)]),
        ("-/+\\\\\\-/+\\-", [(1, 2, True), (3, 6, False), (7, 8, True), (9, 10, False)]),
    ],
)
def test_sign_changes(marks, changes):
    found = sign_changes(runs(marks))
    assert found == [Crossing(*change) for change in changes]


@pytest.mark.parametrize("marks", ["-/\\-", "-+-", "-\\/+", "-/+-", "-+\\-"])
def test_missing_or_impossible_signs(marks):
    with pytest.raises(Rejected):
        sign_changes(runs(marks))


def test_merging_keeps_the_ends():
    assert merged(runs("--/--")) == [Run("-", 0, 2), Run("/", 2, 3), Run("-", 3, 5)]


def test_stretches():
    assert stretches([]) == ("concave",)
    assert stretches([Crossing(1, 2, True), Crossing(3, 4, False)]) == (
        "concave",
        "convex",
        "concave",
    )
