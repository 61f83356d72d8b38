"""Parts of a box in other processes: the same proof, and what is not complete ends the others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bounds.certify.checker.proof import check_goal
from bounds.certify.errors import InputError
from bounds.certify.language.domain import parse_domain
from bounds.certify.language.grammar import parse_expression
from bounds.certify.rules import cells
from bounds.certify.rules.cells import MOST_CELLS, by_cells
from bounds.certify.rules.goal import Deadline, Goal
from bounds.certify.rules.workers import Workers
from bounds.certify.statements import decide

HARD = "x^4 + y^4 + x*y*sin(3*x + y) + 1/5"
BOX = "-1 <= x <= 1, -1 <= y <= 1"


def subdivision(text: str, workers: Workers) -> cells.Subdivision:
    return by_cells(
        Goal(parse_expression(text), ">", parse_domain(BOX)),
        Deadline(60, workers=workers),
        MOST_CELLS,
    )


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "_ALONE", 0.0)


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_parts_together_are_a_proof(jobs: int) -> None:
    with ThreadPoolExecutor(2) as pool, Workers(jobs, pool) as workers:
        found = subdivision(HARD, workers)
    assert found.node is not None
    assert check_goal(HARD, ">", BOX, found.node).accepted
    missing: dict[str, Any] = {**found.node, "splits": found.node["splits"][:-1]}
    assert not check_goal(HARD, ">", BOX, missing).accepted


def test_what_is_false_has_a_place_and_no_proof() -> None:
    with ThreadPoolExecutor(2) as pool, Workers(2, pool) as workers:
        found = subdivision(HARD + " - 1/4", workers)
    assert found.node is None
    assert found.least < 0
    assert found.worst


@pytest.mark.heavy
def test_processes_of_this_machine() -> None:
    with Workers(2) as workers:
        found = subdivision(HARD, workers)
        assert found.node is not None
    assert check_goal(HARD, ">", BOX, found.node).accepted


@pytest.mark.parametrize("jobs", [0, 257, True, "2", 1.5])
def test_a_number_of_processes_that_is_none_is_refused(jobs: Any) -> None:
    with pytest.raises(InputError, match="from 1 to 256"):
        decide("x^2 >= 0", "x real", jobs=jobs)
