"""Whether a statement is true: a proof that the independent checker replays, or an exact witness.

A search has three parts that take turns: where a function is undefined, a counterexample, a proof.
Each proof that is found goes to the checker; what the checker does not accept was no proof.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bounds.certify.checker.proof import check_proof
from bounds.certify.errors import InputError
from bounds.certify.language.comparison import Comparison
from bounds.certify.language.domain import Domain
from bounds.certify.language.expression import Expr
from bounds.certify.language.statement import Statement
from bounds.certify.rules.goal import Deadline, Goal, Node, OutOfTime
from bounds.certify.rules.normal import is_zero
from bounds.certify.rules.outcome import Outcome, place_text
from bounds.certify.rules.refute import refute, undefined_at
from bounds.certify.rules.several import several
from bounds.certify.rules.single import comparison_goal, one_variable, whole_numbers

Progress = Callable[[str], None]
_LONGEST = 86_400


def decide(
    statement: Statement,
    *,
    seconds: float = 60,
    jobs: int = 1,
    lemmas: Sequence[Any] = (),
    progress: Progress | None = None,
) -> Outcome:
    """Decide whether all comparisons of a statement hold on all of its domain.

    Args:
        statement: what is claimed, and where.
        seconds: how long to try, above 0.
        jobs: processes for cells.
        lemmas: statements with names that are proved already, to be used in the proof.
        progress: is told what is tried.

    Returns:
        The outcome. It is "proved" only if the independent checker has replayed the proof.

    Raises:
        InputError: the seconds are no number above 0.
    """
    if not (isinstance(seconds, int | float) and 0 < seconds <= _LONGEST):
        raise InputError(f"the time is a number of seconds from 0 to {_LONGEST}, not {seconds!r}")
    started = time.monotonic()
    run = _Run(statement, Deadline(seconds), progress or (lambda _: None), tuple(lemmas), jobs)
    outcome = run.outcome()
    return replace(outcome, seconds=time.monotonic() - started)


class _Run:
    def __init__(
        self,
        statement: Statement,
        deadline: Deadline,
        progress: Progress,
        lemmas: tuple[Any, ...],
        jobs: int,
    ) -> None:
        self.statement, self.deadline, self.progress = statement, deadline, progress
        self.lemmas, self.jobs = lemmas, jobs
        self.tried: list[str] = []
        self.rejected = ""

    def outcome(self) -> Outcome:
        statement = self.statement
        if (found := self._undefined()) is not None:
            return found
        goals = [comparison_goal(c, statement.domain) for c in statement.comparisons]
        for share in (0.02, 0.2):
            for comparison, goal in zip(statement.comparisons, goals, strict=True):
                if (found := self._refuted(comparison, goal, share)) is not None:
                    return found
            if share < 0.1:
                proofs = self._proofs(goals, self.deadline.within(0.5 * self.deadline.left()))
                if proofs is not None:
                    return self._proved(proofs)
        proofs = self._proofs(goals, self.deadline)
        if proofs is not None:
            return self._proved(proofs)
        reason = "no proof and no counterexample was found"
        if self.deadline.over():
            reason += " in the time given"
        if self.rejected:
            self.tried.append(f"a proof that the checker did not accept: {self.rejected}")
        return Outcome(statement, "undecided", reason, tried=tuple(dict.fromkeys(self.tried)))

    # The three searches

    def _undefined(self) -> Outcome | None:
        self.progress("where it is defined")
        for comparison in self.statement.comparisons:
            for side in (comparison.left, comparison.right):
                found = undefined_at(side, self.statement.domain, self.deadline.within(2))
                if found is not None:
                    place, why = found
                    return Outcome(
                        self.statement,
                        "undefined",
                        f"{why} at {place_text(place)}",
                        witness=place,
                    )
        return None

    def _refuted(self, comparison: Comparison, goal: Goal, share: float) -> Outcome | None:
        self.progress("a counterexample")
        if goal.domain.exists:
            return None
        budget = self.deadline.within(max(0.3, share * self.deadline.left()))
        try:
            place = refute(goal, budget)
        except OutOfTime:
            place = None
        if place is None:
            return None
        return Outcome(
            self.statement,
            "refuted",
            f"{comparison} is false at {place_text(place)}",
            witness=place,
        )

    def _proofs(self, goals: list[Goal], deadline: Deadline) -> list[Node] | None:
        nodes: list[Node] = []
        for i, goal in enumerate(goals):
            comparison = self.statement.comparisons[i]
            part = deadline.within(deadline.left() / (len(goals) - i))
            node = self._accepted(comparison, goal, part)
            if node is None:
                return None
            nodes.append(node)
        return nodes

    def _accepted(self, comparison: Comparison, goal: Goal, deadline: Deadline) -> Node | None:
        """The first proof that the checker accepts."""
        self.progress(f"a proof of {comparison}")
        try:
            for node in candidates(goal, deadline, self.tried.append):
                verdict = check_proof(
                    str(comparison), str(goal.domain), [], [node], seconds=max(5.0, deadline.left())
                )
                if verdict.accepted:
                    return node
                self.rejected = verdict.reason
        except OutOfTime:
            pass
        return None

    def _proved(self, proofs: list[Node]) -> Outcome:
        equation = all(c.relation == "=" for c in self.statement.comparisons)
        return Outcome(
            self.statement,
            "equal" if equation else "proved",
            "the two sides are equal" if equation else "proved, and replayed by the checker",
            proofs=tuple(proofs),
        )


def candidates(
    goal: Goal, deadline: Deadline, tried: Callable[[str], None] = lambda _: None
) -> Iterator[Node]:
    """Proofs of a goal, likeliest first; none is believed before it is checked."""
    if goal.relation in (">=", "=") and is_zero(goal.f):
        yield {"rule": "equal"}
        return
    if not goal.names:
        yield {"rule": "point"}
        return
    used = set(goal.f.free).union(*(c.free for c in goal.domain.constraints))
    whole = [n for n in goal.names if goal.domain.ranges[n].integer]
    if whole and not goal.domain.exists:
        tried(f"{whole[0]} as a real number, its first values one by one, and induction")
        yield from whole_numbers(goal, whole[0], deadline, prove)
        if len(used) == 1:
            return
    if len(goal.names) == 1 and len(used) == 1 and not goal.domain.exists:
        tried("the table of variations")
        yield from one_variable(goal, deadline.within(0.6 * deadline.left()), prove)
    tried("cells, contact and constraints")
    yield from several(goal, prove, deadline)


def prove(goal: Goal, deadline: Deadline) -> Node | None:
    """The likeliest proof of a goal, for use inside another; None where none was found."""
    if deadline.over():
        return None
    try:
        return next(candidates(goal, deadline), None)
    except OutOfTime:
        return None


def domain_without(domain: Domain, name: str) -> Domain:
    """The domain without one of its variables."""
    return replace(domain, ranges={k: v for k, v in domain.ranges.items() if k != name})


Witness = Mapping[str, Expr]
