"""What holds in place of a false inequality: each form is a statement that the engine has proved.

Tried in this order: the relation that allows equality; the best constant, where the claim names
one to be sharpened; the best constant in place of the one decimal that the statement prints; and
the part of the domain on which the statement holds, where it has one variable. The last mends no
verdict, so it takes no time from the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bounds.certify.errors import BoundsError
from bounds.certify.language.comparison import Comparison
from bounds.certify.language.constants import order
from bounds.certify.language.domain import Domain, Range
from bounds.certify.language.expression import Expr, number
from bounds.certify.language.statement import Statement
from bounds.certify.quantities.equations import solve_equation
from bounds.certify.quantities.proving import decimal_above, decimal_below
from bounds.certify.quantities.results import SharpConstant
from bounds.certify.quantities.sharpening import sharpen
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.outcome import Outcome
from proofs_check.audit.ledger.entry import Entry
from proofs_check.audit.ledger.statements import asked, pieces

_DIGITS = 6
_DECIMAL = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.])")
_MOST_DECIMALS = 20
_WEAK = {"<": "<=", ">": ">="}


@dataclass(frozen=True)
class Repair:
    """What holds instead.

    Attributes:
        finding: in words, with the statement.
        outcomes: the statements that are proved.
        on_a_part: whether it is the printed statement on a part of its domain: this says where it
            holds, and is no statement in its place. How much of it is found depends on the time.
        with_equality: whether it is the printed statement but for its relation: its constant and
            its domain are right then.
    """

    finding: str
    outcomes: tuple[Outcome, ...]
    on_a_part: bool = False
    with_equality: bool = False


def repairs_of(entry: Entry, statement: Statement, seconds: float) -> list[Repair]:
    """The forms that are proved within a time, the nearest to the printed one first."""
    deadline, found = Deadline(seconds), list[Repair]()
    for attempt in (_weaker_relation, _named_constant, _printed_constant, _smaller_domain):
        right = any(one.with_equality for one in found)
        if deadline.over() or (right and attempt in (_printed_constant, _smaller_domain)):
            break
        try:
            one = attempt(entry, statement, deadline.within(0.4 * deadline.left()))
        except BoundsError:  # what is only tried may have no answer
            continue
        if one is not None:
            found.append(one)
    return found


def _weaker_relation(_: Entry, statement: Statement, deadline: Deadline) -> Repair | None:
    """The same with <= for <."""
    weak = tuple(
        Comparison(c.left, _WEAK.get(c.relation, c.relation), c.right)  # type: ignore[arg-type]
        for c in statement.comparisons
    )
    if weak == statement.comparisons:
        return None
    outcomes = _all_proved(Statement(weak, statement.domain), deadline)
    if outcomes is None:
        return None
    finding = f"{Statement(weak, statement.domain)}, with equality somewhere"
    return Repair(finding, outcomes, with_equality=True)


def _all_proved(statement: Statement, deadline: Deadline) -> tuple[Outcome, ...] | None:
    outcomes = []
    for part in pieces(statement.domain):
        outcomes.append(asked(Statement(statement.comparisons, part), deadline.left()))
        if not outcomes[-1].holds_everywhere:
            return None
    return tuple(outcomes)


def best_constant(text: str, domain: Domain, seconds: float) -> SharpConstant:
    """The best constant in a statement that marks it, with a proof that it serves."""
    return sharpen(text, domain, digits=_DIGITS, seconds=max(0.5, seconds), proof=True)


def told_constant(found: SharpConstant) -> str:
    """The best constant in words."""
    if found.outcome == "none":
        return f"no constant serves in {found.statement}"
    if found.outcome == "undecided":
        return f"the best constant in {found.statement} is not decided"
    exact = "" if found.exact is None else f" {found.exact},"
    attained = ""
    if found.extremum is not None and found.extremum.outcome == "not attained":
        attained = f"; approached as {found.extremum.approached}"
    elif found.extremum is not None and found.extremum.places:
        attained = f"; attained at {' or '.join(map(str, found.extremum.places))}"
    least = "least" if found.direction == "least" else "greatest"
    return f"the {least} constant in {found.statement} is{exact} in {found.value}{attained}"


def _named_constant(entry: Entry, statement: Statement, deadline: Deadline) -> Repair | None:
    """The constant that the claim asks to be sharpened."""
    if "sharpen" not in entry.data:
        return None
    return _with_constant(entry.sharpened, statement.domain, deadline)


def _with_constant(text: str, domain: Domain, deadline: Deadline) -> Repair | None:
    found = best_constant(text, domain, deadline.left())
    if found.outcome != "sharp" or found.proof is None:
        return None
    return Repair(f"{found.proof.statement}; {told_constant(found)}", (found.proof,))


def _printed_constant(entry: Entry, statement: Statement, deadline: Deadline) -> Repair | None:
    """The one decimal of the statement, as the constant to be sharpened."""
    text = entry.words.expanded(entry["statement"])
    numbers = _DECIMAL.findall(text)
    if len(numbers) != 1 or len(statement.comparisons) != 1:
        return None
    name = next(each for each in ("C", "K", "C_0") if each not in text)
    return _with_constant(_DECIMAL.sub(f"?{name}", text), statement.domain, deadline)


# A part of the domain


def _smaller_domain(_: Entry, statement: Statement, deadline: Deadline) -> Repair | None:
    """The pieces between the points where the two sides are equal, as far as it is proved there."""
    proved = proved_parts(statement, deadline)
    if not proved:
        return None
    told = " and ".join(_as_decimals(str(one.statement.domain)) for one in proved)
    return Repair(f"{statement.claim} for {told}", tuple(proved), on_a_part=True)


def _as_decimals(domain: str) -> str:
    """A domain with the decimals that its long fractions are, such as 2.512863."""

    def shown(found: re.Match[str]) -> str:
        q = Fraction(found[0])
        is_decimal = q.denominator > 1000 and 10**_MOST_DECIMALS % q.denominator == 0
        return f"{Decimal(q.numerator) / Decimal(q.denominator):f}" if is_decimal else found[0]

    return re.sub(r"-?\d+/\d+", shown, domain)


def proved_parts(statement: Statement, deadline: Deadline) -> list[Outcome]:
    """The statement on those parts of the domain of its one variable on which it is proved."""
    domain = statement.domain
    if len(domain.ranges) != 1 or domain.exists:
        return []
    proved: list[Outcome] = []
    for part in pieces(domain):
        if part.constraints:
            return []
        for smaller in _between_roots(statement, part, deadline):
            outcome = asked(Statement(statement.comparisons, smaller), min(4.0, deadline.left()))
            if outcome.holds_everywhere:
                proved.append(outcome)
                if any(allowed.integer for allowed in smaller.ranges.values()):
                    break  # the next ones are parts of this one
    return proved


def _between_roots(statement: Statement, domain: Domain, deadline: Deadline) -> Iterator[Domain]:
    """The ranges between neighbouring points where two sides are equal, from the left."""
    ((name, allowed),) = domain.ranges.items()
    if allowed.integer:
        yield from _whole_numbers(name, allowed)
        return
    roots: list[tuple[Expr | None, Fraction, Fraction]] = []
    for comparison in statement.comparisons:
        found = solve_equation(
            Comparison(comparison.left, "=", comparison.right),
            domain,
            digits=12,
            seconds=max(0.5, min(5.0, deadline.left())),
        )
        if found.outcome == "undecided":
            return
        for root in found.roots:
            ends = root.at.low.fraction(), root.at.high.fraction()
            roots.append((root.exact, *ends))
    roots.sort(key=lambda one: one[1])
    low, low_open = allowed.low, allowed.low_open
    for exact, below, above in roots:
        high = exact if exact is not None else number(decimal_below(below, _DIGITS))
        if low is None or order(low, high) == -1:
            yield Domain({name: Range(low, high, low_open, exact is not None)})
        low = exact if exact is not None else number(decimal_above(above, _DIGITS))
        low_open = exact is not None
    if low is None or allowed.high is None or order(low, allowed.high) == -1:
        yield Domain({name: Range(low, allowed.high, low_open, allowed.high_open)})


def _whole_numbers(name: str, allowed: Range) -> Iterator[Domain]:
    """All but the first few whole numbers of a range that has a first one."""
    if allowed.low is None or not allowed.low.is_number:
        return
    for skipped in (1, 2, 3, 5, 10, 20, 50, 100):
        low = number(allowed.low.value + skipped)
        yield Domain({name: Range(low, allowed.high, False, allowed.high_open, integer=True)})
