"""Whether a statement is true: a proof that the independent checker replays, or an exact witness.

A search has three parts that take turns: where a function is undefined, a counterexample, a proof.
Each proof that is found goes to the checker; what the checker does not accept was no proof.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from typing import Any

from bounds.certify.checker.proof import check_goal, check_proof
from bounds.certify.checker.verdict import Verdict
from bounds.certify.errors import InputError
from bounds.certify.language.comparison import Comparison
from bounds.certify.language.derivative import NoDerivative
from bounds.certify.language.domain import Domain
from bounds.certify.language.expression import ZERO, Expr, substitute, variable, written_out
from bounds.certify.language.statement import Statement
from bounds.certify.language.text import to_text
from bounds.certify.rules.algebra import exponentials, inverted
from bounds.certify.rules.along import definedness
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.exists import exists_proofs, refuted_exists
from bounds.certify.rules.goal import Deadline, Goal, Node, OutOfTime, limited
from bounds.certify.rules.lemmas import by_lemmas, lemma_names, lemmas_given, with_lemmas
from bounds.certify.rules.nearby import nearby
from bounds.certify.rules.normal import TooLarge, is_zero
from bounds.certify.rules.numeric import ball, precision
from bounds.certify.rules.outcome import Outcome, place_text
from bounds.certify.rules.pieces import equation, floors, heads
from bounds.certify.rules.points import simple_points
from bounds.certify.rules.refute import refute, sign, undefined_at
from bounds.certify.rules.samples import unlinked
from bounds.certify.rules.several import several
from bounds.certify.rules.single import (
    comparison_goal,
    one_variable,
    whole_numbers,
)
from bounds.certify.rules.telescope import telescope_node, telescoped
from bounds.certify.rules.workers import Workers

Progress = Callable[[str], None]
_LONGEST, _NEARBY, _FEW = 86_400, 10, 6
_MOST_MEMORY = 2**31
_QUICK = 0.3
_ROUNDS = ((0, 0.02, 0.1), (1, 0.02, 0.5), (2, 0.2, 1.0))
"""How hard a counterexample is looked for, and the shares of the time that is left for it and then
for a proof. The first round, a moment, decides most statements."""
_NO_WAY = (OutOfTime, TooLarge, NoDerivative)
"""What ends a search for a proof: it is undecided so far."""
_NOTHING_FOUND = "no proof and no counterexample was found"


def decide(
    statement: Statement,
    *,
    seconds: float = 60,
    jobs: int = 1,
    executor: Executor | None = None,
    lemmas: Sequence[Any] = (),
    progress: Progress | None = None,
) -> Outcome:
    """Decide whether all comparisons of a statement hold on all of its domain.

    Args:
        statement: what is claimed, and where.
        seconds: how long to try, above 0. A search also ends, undecided, once it has used 2 GiB.
        jobs: how many parts of a box are looked at side by side, from 1 to 256.
        executor: runs them; None for processes of this machine.
        lemmas: statements with names that are proved already, to be used in the proof.
        progress: is told what is tried.

    Returns:
        The outcome. It is "proved" only if the independent checker has replayed the proof.

    Raises:
        InputError: the seconds are no number above 0, or jobs is out of its range.
    """
    if not (isinstance(seconds, int | float) and 0 < seconds <= _LONGEST):
        raise InputError(f"the time is a number of seconds from 0 to {_LONGEST}, not {seconds!r}")
    started = time.monotonic()
    with Workers(jobs, executor) as workers:
        end = Deadline(seconds)
        memory = _Memory()
        search = Deadline(
            seconds - min(_NEARBY, seconds / 6), stopped=memory.spent, workers=workers
        )
        run = _Run(statement, search, progress or (lambda _: None), tuple(lemmas))
        with limited(seconds):
            try:
                outcome = run.outcome()
            except OutOfTime:
                outcome = run._undecided()
        if outcome.outcome == "undecided" and memory.spent():
            return replace(
                outcome, reason=f"{_NOTHING_FOUND} in 2 GiB", seconds=time.monotonic() - started
            )
        if outcome.outcome == "undecided" and not statement.domain.exists:
            run.progress("a weaker statement")
            with limited(end.left()), suppress(OutOfTime):
                near = nearby(statement, run.proves, end.within(_NEARBY))
                tried = (*outcome.tried, *near.sentences)
                outcome = replace(outcome, tried=tried, weaker=near.weaker)
    return replace(outcome, seconds=time.monotonic() - started)


class _Memory:
    """What a search may use beside what the process had before: 2 GiB, looked at now and then."""

    def __init__(self) -> None:
        self._most = _peak() + _MOST_MEMORY

    def spent(self) -> bool:
        """Whether it has used more."""
        return _peak() > self._most


def _peak() -> int:
    """The most memory that this process has held, in bytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _apart(goal: Goal) -> Goal:
    """A goal of very many variables without those that f has not, where nothing links them."""
    domain = goal.domain
    if len(domain.ranges) <= _FEW or domain.constraints or domain.exists:
        return goal
    return unlinked(goal)


class _Run:
    def __init__(
        self,
        statement: Statement,
        deadline: Deadline,
        progress: Progress,
        lemmas: tuple[Any, ...],
    ) -> None:
        self.statement, self.deadline, self.progress = statement, deadline, progress
        self.given = lemmas
        self.tried: list[str] = []
        self.rejected = ""

    def outcome(self) -> Outcome:
        statement = self.statement
        if (found := self._undefined()) is not None:
            return found
        if statement.domain.exists:
            return self._existential()
        if (found := self._same_sides()) is not None:
            return found
        goals = [comparison_goal(c, statement.domain) for c in statement.comparisons]
        for effort, share, part in _ROUNDS:
            for comparison, goal in zip(statement.comparisons, goals, strict=True):
                if (found := self._refuted(comparison, goal, share, effort)) is not None:
                    return found
            left = self.deadline.left()
            seconds = part * left if effort else min(_QUICK, part * left)
            proofs = self._proofs(goals, self.deadline.within(seconds))
            if proofs is not None:
                return self._proved(proofs)
        return self._undecided()

    def _undecided(self) -> Outcome:
        statement = self.statement
        reason = _NOTHING_FOUND
        if self.deadline.over():
            reason += " in the time given"
        if self.rejected:
            self.tried.append(f"a proof that the checker did not accept: {self.rejected}")
        return Outcome(statement, "undecided", reason, tried=tuple(dict.fromkeys(self.tried)))

    def _same_sides(self) -> Outcome | None:
        """An inequality that is strict, between sides that are equal everywhere."""
        for c in self.statement.comparisons:
            if c.relation in ("<", ">", "!=") and self._same(c.left - c.right):
                point = simple_place(self.statement.domain)
                return Outcome(
                    self.statement,
                    "equal",
                    f"the two sides of {c} are equal wherever they are defined: it holds nowhere",
                    witness=point,
                )
        return None

    def _same(self, difference: Expr) -> bool:
        """Whether the checker proves that a difference is 0."""
        if not is_zero(difference):
            return False
        domain = str(self.statement.domain)
        return check_goal(to_text(difference), "=", domain, {"rule": "equal"}).accepted

    def _existential(self) -> Outcome:
        self.progress("a choice for what exists")
        try:
            proofs = exists_proofs(
                self.statement, self.deadline.within(0.7 * self.deadline.left()), prove
            )
            if proofs is not None:
                verdict = self._checked(self.statement, proofs)
                if verdict.accepted:
                    return self._proved(proofs)
                self.rejected = verdict.reason
        except OutOfTime:
            pass
        try:
            opposite = refuted_exists(self.statement, self.deadline, prove)
            if opposite is not None:
                place, node, claim = opposite
                if self._checked(claim, [node]).accepted:
                    return Outcome(
                        self.statement,
                        "refuted",
                        f"no value serves at {place_text(place)}: {claim} is proved",
                        witness=place,
                    )
        except OutOfTime:
            pass
        return self._undecided()

    def _checked(self, statement: Statement, proofs: Sequence[Node]) -> Verdict:
        return check_proof(
            statement.claim, str(statement.domain), self.given, list(proofs),
            seconds=max(5.0, self.deadline.left()),
        )  # fmt: skip

    def proves(self, statement: Statement, deadline: Deadline) -> bool:
        """Whether another statement is proved within a time, with the same lemmas."""
        run = _Run(statement, deadline, self.progress, self.given)
        goals = [comparison_goal(c, statement.domain) for c in statement.comparisons]
        return run._proofs(goals, deadline) is not None

    # The three searches

    def _undefined(self) -> Outcome | None:
        self.progress("where it is defined")
        for comparison in self.statement.comparisons:
            for side in map(written_out, (comparison.left, comparison.right)):
                own = _apart(Goal(side, "=", self.statement.domain)).domain
                found = undefined_at(side, own, self.deadline.within(2))
                if found is not None:
                    place, why = found
                    return Outcome(
                        self.statement,
                        "undefined",
                        f"{why} at {place_text(place)}",
                        witness=place,
                    )
        return None

    def _refuted(
        self, comparison: Comparison, goal: Goal, share: float, effort: int
    ) -> Outcome | None:
        self.progress("a counterexample")
        if goal.domain.exists:
            return None
        budget = self.deadline.within(max(0.3, share * self.deadline.left()))
        try:
            own = _apart(goal)
            place = _unequal(own) if goal.relation == "=" else None
            written = telescoped(own)
            place = place or refute(own if written is None else written[2], budget, effort)
            if place is not None and own is not goal:
                place = {**(simple_place(goal.domain) or {}), **place}
        except OutOfTime:
            place = None
        if place is None or not self._fails(comparison, place):
            return None
        return Outcome(
            self.statement,
            "refuted",
            f"{comparison} is false at {place_text(place)}",
            witness=place,
        )

    def _fails(self, comparison: Comparison, place: Mapping[str, Expr]) -> bool:
        """Whether the checker proves that the point is in the domain and the comparison fails."""
        domain = self.statement.domain
        inside = [c.at(place) for c in (*range_comparisons(domain), *domain.constraints)]
        for claim in (*inside, comparison.at(place).negated):
            goal = comparison_goal(claim, Domain({}))
            rules = ("equal", "point") if goal.relation in (">=", "=") else ("point",)
            verdicts = [
                check_goal(to_text(goal.f), goal.relation, "", {"rule": rule}, seconds=20)
                for rule in rules
            ]
            if not any(verdict.accepted for verdict in verdicts):
                self.rejected = f"the witness {place_text(place)}: {verdicts[-1].reason}"
                return False
        return True

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
            first = by_lemmas(goal, self.given, prove, deadline.part(0.5))
            rest = self._with_lemmas(candidates(_apart(goal), deadline, self.tried.append))
            for node in chain(first, rest):
                for full in defined(node, goal, deadline):
                    verdict = check_proof(
                        str(comparison),
                        str(goal.domain),
                        self.given,
                        [full],
                        seconds=max(5.0, deadline.left()),
                    )
                    if verdict.accepted:
                        return full
                    self.rejected = verdict.reason
                    if _UNDEFINED not in verdict.reason:
                        break
        except _NO_WAY:
            pass
        return None

    def _with_lemmas(self, found: Iterator[Node]) -> Iterator[Node]:
        """What a search finds whose goals inside may use the lemmas."""
        while True:
            with with_lemmas(self.given):
                node = next(found, None)
            if node is None:
                return
            yield node

    def _proved(self, proofs: list[Node]) -> Outcome:
        used = {name for proof in proofs for name in lemma_names(proof)}
        equation = all(c.relation == "=" for c in self.statement.comparisons)
        equation = equation and not self.statement.domain.exists  # there it holds at a choice
        return Outcome(
            self.statement,
            "equal" if equation else "proved",
            "the two sides are equal" if equation else "proved, and replayed by the checker",
            proofs=tuple(proofs),
            given=tuple(lemma for lemma in self.given if lemma["name"] in used),
        )


def candidates(
    goal: Goal, deadline: Deadline, tried: Callable[[str], None] = lambda _: None
) -> Iterator[Node]:
    """Proofs of a goal, likeliest first; none is believed before it is checked."""
    if goal.relation in (">=", "=") and (is_zero(goal.f) or vanishes(goal) or not goal.names):
        yield {"rule": "equal"}
    if not goal.names:
        yield {"rule": "point"}
        return
    if goal.relation == "=":
        if (written := telescoped(goal)) is not None and is_zero(written[2].f):
            yield telescope_node(*written, {"rule": "equal"})
        if (node := equation(goal, prove, deadline)) is not None:
            yield node
        return
    if "floor" in heads(goal.f):
        yield from floors(goal, prove, deadline.part(0.5))
    if goal.f.free and all(goal.domain.ranges[name].is_point for name in goal.f.free):
        yield {"rule": "point"}
        return
    used = set(goal.f.free).union(*(c.free for c in goal.domain.constraints))
    whole = [n for n in goal.names if goal.domain.ranges[n].integer]
    if whole and not goal.domain.exists:
        tried(f"{whole[0]} as a real number, its first values one by one, and induction")
        yield from whole_numbers(goal, whole[0], deadline, prove)
        if len(used) == 1:
            return
    if goal.relation in (">", ">=") and heads(goal.f) & _SEEN_BY_CHECKER:
        yield {"rule": "obvious"}
    yield from inverted(goal, prove, deadline.part(0.5))
    yield from exponentials(goal, prove, deadline.part(0.3))
    if len(goal.names) == 1 and len(used) == 1 and not goal.domain.exists:
        tried("the table of variations")
        yield from one_variable(goal, deadline.part(0.6), prove)
    tried("cells, contact and constraints")
    yield from several(goal, prove, deadline)


_SEEN_BY_CHECKER = frozenset(
    (
        "besseli",
        "besselj",
        "hyp1f1",
        "hyp2f1",
        "gammap",
        "gammaq",
        "betai",
        "atan2",
        "integral",
        "zeta",
    )
)
"""Functions of which the checker knows ranges that no search here uses."""


def prove(goal: Goal, deadline: Deadline) -> Node | None:
    """The likeliest proof of a goal, for use inside another; None where none was found."""
    if deadline.over():
        return None
    given = lemmas_given()
    try:
        first = by_lemmas(goal, given, prove, deadline.part(_LEMMAS)) if given else iter(())
        for node in chain(first, candidates(goal, deadline)):
            for full in defined(node, goal, deadline):
                verdict = check_goal(
                    to_text(goal.f),
                    goal.relation,
                    str(goal.domain),
                    full,
                    seconds=max(2.0, deadline.left()),
                    given=given,
                )
                if verdict.accepted:
                    return full
                if _UNDEFINED not in verdict.reason:
                    break
    except _NO_WAY:
        pass
    return None


_LEMMAS = 0.3
"""The share of the time of a goal inside a proof in which lemmas are tried first."""

_UNDEFINED = "which is needed for"
"""In the checker's reason where a condition of definedness is missing."""


def defined(node: Node, goal: Goal, deadline: Deadline) -> Iterator[Node]:
    """The proof; and once more with proofs that f is defined, for what the checker does not see."""
    yield node
    if needed := definedness(goal, prove, deadline):
        yield {**node, "conditions": {**needed, **node.get("conditions", {})}}


def _unequal(goal: Goal) -> Mapping[str, Expr] | None:
    """A simple point at which an equation fails, to many digits."""
    names = list(goal.domain.ranges)
    pools = [simple_points(goal.domain.ranges[name])[:8] for name in names]
    if goal.domain.constraints or not all(pools):
        return None
    for i in range(8):
        place = {name: pool[i % len(pool)] for name, pool in zip(names, pools, strict=True)}
        if sign(substitute(goal.f, place)) in (1, -1):
            return place
    return None


def range_comparisons(domain: Domain) -> Iterator[Comparison]:
    """What the ranges of a domain say, as comparisons."""
    for name, allowed in domain.ranges.items():
        x = variable(name)
        if allowed.low is not None:
            yield Comparison(allowed.low, "<" if allowed.low_open else "<=", x)
        if allowed.high is not None:
            yield Comparison(x, "<" if allowed.high_open else "<=", allowed.high)


def vanishes(goal: Goal) -> bool:
    """Whether f is 0 at some points, to many digits: a reason to ask the checker's algebra."""
    if not goal.names:
        return False
    place = simple_place(goal.domain)
    for shift in (Fraction(1, 7), Fraction(3, 11), Fraction(2, 13)):
        with precision(256):
            point = {
                name: evaluate(value, {}) * ball(1 + shift / (97 + 10 * i))
                for i, (name, value) in enumerate(place.items())
            }
            value = evaluate(goal.f, point)
            if not (value.is_finite() and abs(value) < ball(Fraction(1, 2**150))):
                return False
    return True


def domain_without(domain: Domain, name: str) -> Domain:
    """The domain without one of its variables."""
    return replace(domain, ranges={k: v for k, v in domain.ranges.items() if k != name})


def simple_place(domain: Domain) -> Mapping[str, Expr]:
    """A simple value for each variable, within its range."""
    return {
        name: next(iter(simple_points(allowed)), ZERO) for name, allowed in domain.ranges.items()
    }
