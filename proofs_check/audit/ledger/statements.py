"""Statements of a ledger: proved on the stated domain, or false at an exact point of it.

Every fact is a statement of the engine's language whose certificate the independent checker
replays: the claim itself, on each piece of its domain; or, of a false claim, that the point lies in
the domain and that the comparison fails there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bounds.certify.errors import BoundsError, Inconclusive
from bounds.certify.language.comparison import NEGATED, Comparison
from bounds.certify.language.constants import order
from bounds.certify.language.domain import Domain
from bounds.certify.language.expression import ZERO, Expr, substitute
from bounds.certify.language.statement import Statement
from bounds.certify.quantities.values import evaluate
from bounds.certify.rules.conditions import conditions
from bounds.certify.rules.decide import decide, range_comparisons
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.normal import TooLarge
from bounds.certify.rules.outcome import WEAKER, Outcome, place_text
from proofs_check.audit.facts import Proved, Replayed
from proofs_check.audit.verdict import CERTIFIED, INCONCLUSIVE, REFUTED, Certificate, Decision

_AT_A_POINT = 20.0
_MOST_PIECES = 16
_TOGETHER = 0.7
"""The share of the time for all comparisons together; the rest is for each by itself."""


def replayed(outcome: Outcome, under: tuple[Certificate, ...] = ()) -> Replayed:
    """What proves a statement that the engine has proved.

    Args:
        outcome: of the statement.
        under: the certificates of the lemmas that it uses, and of those that they use.

    Raises:
        Inconclusive: it is not proved.
    """
    return Replayed(str(outcome.statement), outcome.certificate(), under)


def fact(sentence: str, *outcomes: Outcome, under: tuple[Certificate, ...] = ()) -> Proved:
    """A sentence and the statements that prove it, replayed once more, with their lemmas.

    Raises:
        Inconclusive: one is not proved, or the checker needs more work than its size allows.
    """
    return Proved(sentence, *(replayed(one, under) for one in outcomes))


def certificates(*outcomes: Outcome) -> tuple[Certificate, ...]:
    """The certificates of proved statements."""
    return tuple(one.certificate() for one in outcomes if one.holds_everywhere)


def asked(claim: Statement, seconds: float, lemmas: Sequence[Mapping[str, str]] = ()) -> Outcome:
    """What the engine says of a statement, within a time; its proof may use lemmas."""
    try:
        return decide(claim, seconds=max(0.2, seconds), lemmas=lemmas)
    except TooLarge:
        return Outcome(claim, "undecided", "a normal form of it is too large")


# The pieces of a domain


def pieces(domain: Domain, cuts: Sequence[tuple[str, Expr]] = ()) -> list[Domain]:
    """The domain without its conditions x != c, as the parts that they leave of the range of x.

    Together the parts are the domain: what holds on each of them holds on it.

    Args:
        domain: the whole.
        cuts: points x = c at which a range is cut in two, both parts with the point.
    """
    parts = [domain]
    for cut_name, place in cuts:
        parts = [piece for part in parts for piece in _cut(part, cut_name, place)]
    for constraint in domain.constraints:
        name, point = _excluded(constraint)
        if name is None or domain.ranges[name].integer or name in domain.exists:
            continue
        cut = [piece for part in parts for piece in _without(part, constraint, name, point)]
        if len(cut) > _MOST_PIECES:
            break
        parts = cut
    return parts or [domain]


def _cut(domain: Domain, name: str, point: Expr) -> list[Domain]:
    """The parts of a domain up to a point and from it on; the whole where it lies outside."""
    allowed = domain.ranges[name]
    if (allowed.low is not None and order(allowed.low, point) != -1) or (
        allowed.high is not None and order(point, allowed.high) != -1
    ):
        return [domain]
    below = replace(allowed, high=point, high_open=False)
    above = replace(allowed, low=point, low_open=False)
    # step: of a range that is cut in two both parts are looked at [first list]
    return [domain.with_range(name, below), domain.with_range(name, above)]


def _excluded(constraint: Comparison) -> tuple[str | None, Expr]:
    """The variable and the constant of a condition x != c."""
    sides = (constraint.left, constraint.right)
    for one, other in (sides, sides[::-1]):
        if constraint.relation == "!=" and one.head == "variable" and not other.free:
            return one.args[0], other
    return None, ZERO


def _without(domain: Domain, constraint: Comparison, name: str, point: Expr) -> Iterator[Domain]:
    """The part below the point and the part above it."""
    allowed = domain.ranges[name]
    rest = tuple(one for one in domain.constraints if one is not constraint)
    below = None if allowed.low is None else order(allowed.low, point)
    above = None if allowed.high is None else order(point, allowed.high)
    if None in (below if allowed.low is not None else 0, above if allowed.high is not None else 0):
        yield domain  # it is not known where the point lies
        return
    bare = replace(domain, constraints=rest)
    if below == 1 or above == 1:  # it lies outside
        yield bare
        return
    if below != 0:
        yield bare.with_range(name, replace(allowed, high=point, high_open=True))
    if above != 0:
        yield bare.with_range(name, replace(allowed, low=point, low_open=True))


@dataclass(frozen=True)
class OnPieces:
    """What is known of a statement on each piece of its domain.

    Attributes:
        statement: the whole.
        outcomes: of each piece, in order, or of each comparison on it; fewer where one shows that
            the whole is false.
        under: the certificates of the lemmas that the proofs use, and of those that they use.
        condition: what it would follow from, in words, if that were proved.
    """

    statement: Statement
    outcomes: tuple[Outcome, ...]
    under: tuple[Certificate, ...] = ()
    condition: str = ""

    @property
    def holds(self) -> bool:
        """Whether it is proved on every piece."""
        return all(one.holds_everywhere for one in self.outcomes)

    @property
    def against(self) -> Outcome | None:
        """The piece on which it is false, or has no meaning."""
        for one in self.outcomes:
            if one.outcome != "undecided" and not one.holds_everywhere:
                return one
        return None

    @property
    def proved(self) -> tuple[Outcome, ...]:
        """The pieces on which it is proved."""
        return tuple(one for one in self.outcomes if one.holds_everywhere)


def on_pieces(
    statement: Statement,
    seconds: float,
    cuts: Sequence[tuple[str, Expr]] = (),
    lemmas: Sequence[Mapping[str, str]] = (),
) -> OnPieces:
    """Decide a statement on each piece of its domain; the proofs may use lemmas."""
    deadline, outcomes = Deadline(seconds), list[Outcome]()
    # step: every piece of the domain is looked at [call: _[1:]]
    parts = pieces(statement.domain, cuts)
    for place, part in enumerate(parts):
        budget = Deadline(deadline.left() / (len(parts) - place))
        outcomes += _on_piece(Statement(statement.comparisons, part), budget, lemmas)
        if outcomes[-1].outcome != "undecided" and not outcomes[-1].holds_everywhere:
            break  # it is false: what else is tried changes nothing
    return OnPieces(statement, tuple(outcomes))


def _on_piece(
    claim: Statement, budget: Deadline, lemmas: Sequence[Mapping[str, str]]
) -> list[Outcome]:
    """The outcome of a statement; where it is left open, that of each comparison by itself.

    Of one that is left open the outcome comes last.
    """
    several = len(claim.comparisons) > 1 and not claim.domain.exists
    whole = asked(claim, (_TOGETHER if several else 1.0) * budget.left(), lemmas)
    if not several or whole.outcome != "undecided":
        return [whole]
    each = []
    for place, comparison in enumerate(claim.comparisons):
        left = budget.left() / (len(claim.comparisons) - place)
        each.append(asked(Statement((comparison,), claim.domain), left, lemmas))
    proved = [one for one in each if one.holds_everywhere]
    if len(proved) == len(each):
        return proved
    false = [one for one in each if one.outcome != "undecided" and not one.holds_everywhere]
    return [*proved, *(false or [whole])]


# A statement that is false


@dataclass(frozen=True)
class Witness:
    """Where a statement fails.

    Attributes:
        text: the sentence, with the point.
        outcome: the proved statement that it fails there.
        point: the exact point.
    """

    text: str
    outcome: Outcome
    point: Mapping[str, Expr]


def witness_of(against: Outcome) -> Witness:
    """Where and how a statement fails, proved at the point.

    Raises:
        Inconclusive: it is not proved.
    """
    point, claim = against.witness, against.statement
    if point is None or claim.domain.exists:
        raise Inconclusive(f"refuted without a proof for the checker: {against.reason}")
    inside = [
        one.at(point) for one in (*range_comparisons(claim.domain), *claim.domain.constraints)
    ]
    for failing, sentence in _failures(against, point):
        # step: a witness lies in the domain [last list]
        outcome = asked(Statement((*inside, failing), Domain({})), _AT_A_POINT)
        # step: and the claim is proved to fail there [true]
        if outcome.holds_everywhere:
            return Witness(sentence, outcome, point)
    raise Inconclusive(f"the engine says, and the checker does not confirm: {against.reason}")


def _failures(against: Outcome, point: Mapping[str, Expr]) -> Iterator[tuple[Comparison, str]]:
    """Comparisons of constants that show a failure at a point, each with its sentence."""
    where = place_text(point)
    for comparison in against.statement.comparisons:
        here = comparison.at(point)
        if against.outcome != "undefined":
            sides = sides_at(here)
            yield here.negated, f"witness {where}: {comparison} is false{sides}"
            continue
        for side in (comparison.left, comparison.right):
            for node, argument, relation in conditions(side):
                told = f"witness {where}: {node} is not defined ({argument} {relation} 0 is needed)"
                there = substitute(argument, point)
                yield Comparison(there, NEGATED[relation], ZERO), told


def sides_at(here: Comparison, digits: int = 6) -> str:
    """The values of the two sides, to a few digits."""
    told = []
    for side in (here.left, here.right):
        try:
            found = evaluate(side, digits=digits, seconds=2)
        except BoundsError:
            return ""
        told.append(str(found.exact) if found.exact is not None else str(found.value))
    return f" (left {told[0]}, right {told[1]})"


def refuted(found: Witness) -> Decision:
    """The decision on a statement that fails at a point."""
    return Decision(
        REFUTED,
        f"at {found.text.removeprefix('witness ')}",
        (fact(found.text, found.outcome),),
        certificates=certificates(found.outcome),
    )


# A statement that is proved, or left open


def certified(found: OnPieces, finding: str) -> Decision:
    """The decision on a statement that is proved on every piece of its domain.

    Raises:
        Inconclusive: it is not.
    """
    if not found.holds:
        raise Inconclusive(f"not proved: {found.statement}")
    lines = [fact(str(one.statement), one, under=found.under) for one in found.outcomes]
    return Decision(
        CERTIFIED,
        finding,
        tuple(lines),
        certificates=(*certificates(*found.outcomes), *found.under),
    )


def left_open(found: OnPieces, seconds: float = 20.0) -> Decision:
    """The decision on a statement that is left open, and for which part it is proved."""
    if found.condition:
        seconds = 0.0  # more than a part is known, on a condition
    proved = [*found.proved, *_weaker(found, seconds)]
    lines = [fact(f"for a part: {one.statement}", one, under=found.under) for one in proved]
    open_ones = [one for one in found.outcomes if one.outcome == "undecided"]
    told = [text for one in open_ones for text in one.remarks if not text.startswith(WEAKER)]
    part = f"; proved for a part: {proved[0].statement}" if proved else ""
    reason = open_ones[0].reason if open_ones else "it is not proved"
    return Decision(
        INCONCLUSIVE,
        f"undecided: {found.condition or reason}{part}",
        (*lines, *dict.fromkeys(told)),
        certificates=(*certificates(*proved), *(found.under if proved else ())),
    )


def _weaker(found: OnPieces, seconds: float) -> Iterator[Outcome]:
    """The weaker statements that the engine says it has proved, proved once more."""
    deadline = Deadline(seconds)
    for one in found.outcomes:
        for weaker in one.weaker:
            if not deadline.over():
                again = asked(weaker, deadline.left())
                if again.holds_everywhere:
                    yield again


def with_lines(
    decision: Decision, lines: Sequence[Proved | str], more: Sequence[Outcome] = ()
) -> Decision:
    """The same with more evidence."""
    return replace(
        decision,
        lines=(*decision.lines, *lines),
        certificates=(*decision.certificates, *certificates(*more)),
    )
