"""Printed numbers of a ledger: constants, roots and suprema, each within what its decimal says.

A decimal stands for the numbers that are rounded to it (`entry.cell`). That a value lies there is a
statement of the engine's language, proved and replayed; where it does not, the right decimal is
printed, and by how many units of its last digit the printed one is off.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from bounds.certify.errors import BoundsError, DomainError, Inconclusive
from bounds.certify.language.comparison import Comparison, Relation
from bounds.certify.language.derivative import derivative
from bounds.certify.language.domain import Domain, Range
from bounds.certify.language.expression import ZERO, Expr, number, substitute
from bounds.certify.language.statement import Statement
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.quantities.equations import solve_equation
from bounds.certify.quantities.extrema import maximum, minimum
from bounds.certify.quantities.proving import decimal_above, decimal_below
from bounds.certify.quantities.results import Extremum, Root, Roots
from bounds.certify.quantities.rounding import decimal
from bounds.certify.quantities.table_files import Decimal
from bounds.certify.quantities.values import evaluate
from bounds.certify.rules.decide import range_comparisons
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.outcome import Outcome
from proofs_check.audit.facts import Less, Proved, Run, less
from proofs_check.audit.ledger.entry import Entry, Rounding, cell
from proofs_check.audit.ledger.statements import asked, certificates, fact, replayed
from proofs_check.audit.verdict import (
    CERTIFIED,
    INCONCLUSIVE,
    REFUTED,
    REPAIRED,
    Decision,
)

_MORE_DIGITS = 4
_AT_A_POINT = 20.0


def within(value: Expr, printed: Decimal, rounding: Rounding) -> tuple[Comparison, Comparison]:
    """That a value is rounded to a printed decimal."""
    low, high, from_low, to_high = cell(printed, rounding)
    # step: a decimal rounded down does not stand for the next one [true 2/2]
    # step: nor one rounded up for the one before [true 1/2]
    return (
        Comparison(number(low), "<=" if from_low else "<", value),
        Comparison(value, "<=" if to_high else "<", number(high)),
    )


def digits_of(printed: Decimal) -> int:
    """How many significant digits an enclosure needs that tells a decimal from its neighbours."""
    return len(str(abs(printed.units))) + _MORE_DIGITS


def right_decimal(
    low: Fraction, high: Fraction, printed: Decimal, rounding: Rounding
) -> Decimal | None:
    """The decimal, with as many digits, to which every number from low to high is rounded."""
    unit = Fraction(10) ** printed.power
    first = int(low / unit) - 2
    for units in range(first, first + 5):
        one = Decimal(units, printed.power, decimal(units, printed.power))
        bottom, top, from_low, to_high = cell(one, rounding)
        above = low >= bottom if from_low else low > bottom
        if above and (high <= top if to_high else high < top):
            return one
    return None


# Constants


def decide_constant(entry: Entry) -> Decision:
    """Whether a printed decimal is the value of a constant, rounded as it says."""
    (printed,), value, rounding = entry.printed, entry.expression, entry.rounding
    try:
        shown = evaluate(value, digits=digits_of(printed), seconds=entry.seconds)
    except DomainError as reason:
        return Decision(
            REFUTED,
            f"{value} has no value: {reason}",
            (Proved(str(reason), Run("bounds.evaluate", 1)),),
        )
    claim = Statement(within(value, printed, rounding), Domain({}))
    outcome = asked(claim, 0.5 * entry.seconds)
    told = f"{value} = {shown.exact}" if shown.exact is not None else f"{value} is in {shown.value}"
    if outcome.holds_everywhere:
        sentence = f"{printed.text} is {value}, rounded {_way(rounding)}"
        return Decision(
            CERTIFIED,
            f"{told}, so {printed.text} is right, rounded {_way(rounding)}",
            (fact(sentence, outcome), told),
            certificates=certificates(outcome),
        )
    if outcome.outcome == "undecided":
        raise Inconclusive(f"not decided: {claim}; {told}")
    exact = None if shown.exact is None else number(shown.exact)
    return misprint(printed, rounding, value, shown.value, str(value), told, exact=exact)


def _way(rounding: Rounding) -> str:
    return {"nearest": "to the nearest", "truncated": "towards 0"}.get(rounding, rounding)


def misprint(
    printed: Decimal,
    rounding: Rounding,
    value: Expr | None,
    enclosure: Enclosure,
    what: str,
    told: str,
    proofs: tuple[Outcome, ...] = (),
    exact: Expr | None = None,
) -> Decision:
    """The decision on a decimal that is not the value: the right one, and how far it is off.

    Args:
        printed: the decimal.
        rounding: how it is to be rounded.
        value: the constant that it is to be, for a certificate; None where only balls enclose it.
        enclosure: of the value.
        what: what the value is called.
        told: the sentence with the value.
        proofs: statements that the enclosure rests on.
        exact: the number that the value is, where it is known.

    Raises:
        Inconclusive: it is not proved to be off.
    """
    outcomes = list(proofs)
    shown: list[Any] = []
    for claim in () if value is None else within(value, printed, rounding):
        outcome = asked(Statement((claim.negated,), Domain({})), _AT_A_POINT)
        if outcome.holds_everywhere:
            outcomes.append(outcome)
            shown = [replayed(outcome)]
    shown = shown or [_apart(enclosure, printed, rounding)]
    ends = enclosure.low.fraction(), enclosure.high.fraction()
    if exact is not None and exact.is_number:  # no enclosure ends at 3/5
        ends = exact.value, exact.value
    right = right_decimal(*ends, printed, rounding)
    if right is None:
        line = Proved(f"witness: {told}, and {printed.text} is not", *shown)
        return Decision(
            REFUTED,
            f"{told}, and {printed.text} is not that",
            (line, told),
            certificates=certificates(*outcomes),
        )
    units = abs(printed.units - right.units)
    last = f"{units} unit{'s' * (units != 1)} of its last digit"
    line = Proved(f"witness: {printed.text} is off by {last}: {told}", *shown)
    if value is not None:
        claim_right = Statement(within(value, right, rounding), Domain({}))
        outcome = asked(claim_right, _AT_A_POINT)
        if outcome.holds_everywhere:
            outcomes.append(outcome)
            proved = fact(f"{right.text} is {what}, rounded {_way(rounding)}", outcome)
            return Decision(
                REPAIRED,
                f"{right.text}, not {printed.text}; {told}",
                (line, proved),
                certificates=certificates(*outcomes),
                off_by=line,
            )
    return Decision(
        REPAIRED,
        f"{right.text}, not {printed.text}; {told}",
        (line,),
        certificates=certificates(*outcomes),
        off_by=line,
    )


def _apart(value: Enclosure, printed: Decimal, rounding: Rounding) -> Less:
    """That an enclosure lies outside the cell of a decimal.

    Raises:
        Inconclusive: it does not.
    """
    low, high, *_ = cell(printed, rounding)
    for one in (less(value, low), less(high, value)):
        if one.holds:
            return one
    raise Inconclusive("the printed decimal and the value are too near to each other to decide")


# Roots


def decide_root(entry: Entry) -> Decision:
    """Whether an equation has as many roots as is said, and those that are printed."""
    claim, seconds = entry.statement, entry.seconds
    printed = entry.printed if "printed" in entry.data else ()
    digits = max([digits_of(one) for one in printed] + [12])
    deadline = Deadline(seconds)
    found = solve_equation(claim, digits=digits, seconds=0.6 * seconds)
    if found.outcome != "complete":
        raise Inconclusive(f"not all roots are found: {' '.join(str(found).split())}")
    proofs = tuple(one for one in found.proofs if one.holds_everywhere)
    told = _told_roots(found)
    lines: list[Proved | str] = []
    for root in found.roots:
        own = _root_proofs(found, root, claim.comparisons[0], deadline)
        proofs += own
        lines.append(_root_line(found.name, root, own))
    elsewhere = [replayed(one) for one in found.proofs if one.holds_everywhere]
    lines.append(Proved(told, *elsewhere, Run("bounds.solve", 1 + len(found.roots))))
    count = entry.get("count", len(printed) or 1)
    # step: all roots are counted [false]
    if len(found.roots) != count:
        finding = f"{told}; the claim says {count}"
        return Decision(REFUTED, finding, (*lines,), certificates=certificates(*proofs))
    if printed and len(printed) != len(found.roots):
        finding = f"{told}; {len(printed)} are printed"
        return Decision(REFUTED, finding, (*lines,), certificates=certificates(*proofs))
    for one, root in zip(sorted(printed, key=lambda d: d.value), found.roots, strict=False):
        decision = _printed_root(entry, one, root, found.name, proofs)
        if decision is not None:
            return decision
    sure = [
        _in_cell(one, entry.rounding, root.at)
        for one, root in zip(sorted(printed, key=lambda d: d.value), found.roots, strict=False)
    ]
    for one, proof in zip(sorted(printed, key=lambda d: d.value), sure, strict=True):
        lines.append(Proved(f"{one.text} is the root, rounded {_way(entry.rounding)}", *proof))
    return Decision(CERTIFIED, told, tuple(lines), certificates=certificates(*proofs))


def _told_roots(found: Roots) -> str:
    count = len(found.roots)
    at = " and ".join(
        f"{found.name} = {root.exact}" if root.exact is not None else f"{found.name} in {root.at}"
        for root in found.roots
    )
    where = f", at {at}" if at else ""
    return f"{found.equation} for {found.domain} has {count} root{'s' * (count != 1)}{where}"


def _root_line(name: str, root: Root, own: tuple[Outcome, ...]) -> Proved:
    if root.exact is not None:
        sentence = f"{name} = {root.exact} is a root"
    else:
        sentence = (
            f"a root lies in {name} in {root.at}, where the difference of the sides changes sign"
        )
    return Proved(sentence, *map(replayed, own), Run("bounds.solve", 1))


def _root_proofs(
    found: Roots, root: Root, comparison: Comparison, deadline: Deadline
) -> tuple[Outcome, ...]:
    """Statements for the checker: the value at an exact root, or signs and slope around another."""
    f, name = comparison.left - comparison.right, found.name
    if root.exact is not None:
        claim = Statement((comparison.at({name: root.exact}),), Domain({}))
        outcome = asked(claim, min(10.0, deadline.left()))
        return (outcome,) if outcome.holds_everywhere else ()
    low, high = (number(end.fraction()) for end in (root.at.low, root.at.high))
    for first, last in (("<", ">"), (">", "<")):
        signs: tuple[Relation, Relation] = (first, last)  # type: ignore[assignment]
        changes = Statement(
            tuple(
                Comparison(substitute(f, {name: end}), sign, ZERO)
                for end, sign in zip((low, high), signs, strict=True)
            ),
            Domain({}),
        )
        outcome = asked(changes, min(10.0, deadline.left()))
        if not outcome.holds_everywhere:
            continue
        box = Domain({name: Range(number(root.box[0]), number(root.box[1]), False, False)})
        try:
            slope = Comparison(derivative(f, name), signs[1], ZERO)
        except BoundsError:
            return (outcome,)
        one_only = asked(Statement((slope,), box), min(10.0, deadline.left()))
        return (outcome, one_only) if one_only.holds_everywhere else (outcome,)
    return ()


def _in_cell(printed: Decimal, rounding: Rounding, value: Enclosure) -> tuple[Less, Less]:
    """That an enclosure lies in the cell of a decimal, by strict comparisons.

    Raises:
        Inconclusive: it does not, or reaches an end of it.
    """
    low, high, _, _ = cell(printed, rounding)
    pair = less(low, value), less(value, high)
    if not (pair[0].holds and pair[1].holds):
        raise Inconclusive(f"{printed.text} is too near to the middle between two decimals")
    return pair


def _printed_root(
    entry: Entry, printed: Decimal, root: Root, name: str, proofs: tuple[Outcome, ...]
) -> Decision | None:
    """The decision on a root that is not the printed one; None where it may be."""
    low, high, *_ = cell(printed, entry.rounding)
    if root.at.high.fraction() >= low and root.at.low.fraction() <= high:
        return None
    told = (
        f"the root is {name} = {root.exact}"
        if root.exact is not None
        else (f"the root is in {root.at}")
    )
    return misprint(
        printed, entry.rounding, root.exact, root.at, "the root", told, proofs, root.exact
    )


# Suprema


def decide_supremum(entry: Entry) -> Decision:
    """Whether a supremum, infimum, maximum or minimum is what is printed, and is attained."""
    return _Extreme(entry).decision()


class _Extreme:
    def __init__(self, entry: Entry) -> None:
        self.entry, self.f, self.domain = entry, entry.expression, entry.domain
        self.word = str(entry["of"])
        self.above = self.word in ("supremum", "maximum")
        self.deadline = Deadline(entry.seconds)
        digits = digits_of(entry.printed[0]) if "printed" in entry.data else 15
        find = maximum if self.above else minimum
        self.found: Extremum = find(
            self.f, self.domain, digits=digits, seconds=0.5 * entry.seconds, proof=False
        )

    @property
    def told(self) -> str:
        """What was found, in one sentence."""
        found = self.found
        if found.outcome == "unbounded":
            return f"{self.f} is unbounded {'above' if self.above else 'below'} for {self.domain}"
        exact = f"{found.exact}, " if found.exact is not None else ""
        how = {
            "attained": f"attained at {' or '.join(map(str, found.places))}",
            "not attained": f"not attained, and approached as {found.approached}",
        }.get(found.outcome, "not known where it is attained")
        name = "maximum" if self.above else "minimum"
        if found.outcome != "attained":
            name = "supremum" if self.above else "infimum"
        return f"the {name} of {self.f} for {self.domain} is {exact}in {found.value}, {how}"

    def decision(self) -> Decision:
        """The verdict."""
        found = self.found
        if found.outcome == "undecided":
            raise Inconclusive(f"not decided: {'; '.join(found.tried)[:300]}")
        if found.outcome == "unbounded" or found.value is None:
            return self._decided(REFUTED, f"witness: {self.told}")
        attained = self._attained()
        wanted = self.entry.get("attained", True if self.word in ("maximum", "minimum") else None)
        # step: a maximum is attained [false 4/4]
        if wanted is not None and attained is not None and attained is not wanted:
            return self._decided(REFUTED, f"witness: {self.told}")
        decision = self._of_value() if "value" in self.entry.data else self._of_printed()
        if decision.verdict is CERTIFIED and wanted is not None and attained is None:
            raise Inconclusive(
                f"the value is right, and whether it is attained is not decided: {self.told}"
            )
        return decision

    def _attained(self) -> bool | None:
        return {"attained": True, "not attained": False}.get(self.found.outcome)

    def _decided(self, verdict: Any, sentence: str, *more: Outcome) -> Decision:
        """A decision on what the engine found, with the statements that the checker replays."""
        outcomes = [one for one in (*self.found.proofs, *more) if one.holds_everywhere]
        line = Proved(
            sentence, *map(replayed, outcomes), Run(f"bounds.{self.found.word}", 1 + len(outcomes))
        )
        return Decision(
            verdict,
            sentence.removeprefix("witness: "),
            (line,),
            certificates=certificates(*outcomes),
        )

    def _of_printed(self) -> Decision:
        (printed,), rounding = self.entry.printed, self.entry.rounding
        value = self.found.value
        assert value is not None
        low, high, from_low, to_high = cell(printed, rounding)
        bottom, top = value.low.fraction(), value.high.fraction()
        inside = (bottom >= low if from_low else bottom > low) and (
            top <= high if to_high else top < high
        )
        proofs = tuple(one for one in self.found.proofs if one.holds_everywhere)
        if inside:
            return self._decided(
                CERTIFIED, f"{self.told}, so {printed.text} is right", *self._bounded(bottom, top)
            )
        if self.found.exact is not None:
            claim = Statement(within(self.found.exact, printed, rounding), Domain({}))
            outcome = asked(claim, _AT_A_POINT)
            if outcome.holds_everywhere:
                return self._decided(CERTIFIED, f"{self.told}, so {printed.text} is right", outcome)
        if self.found.outcome == "enclosed" and not (top < low or bottom > high):
            return Decision(INCONCLUSIVE, f"undecided: {self.told}", (self.told,))
        return misprint(
            printed,
            rounding,
            self.found.exact,
            value,
            f"the {self.word}",
            self.told,
            proofs,
            self.found.exact,
        )

    def _of_value(self) -> Decision:
        claimed, value = self.entry.value, self.found.value
        assert value is not None
        exact = self.found.exact
        if exact is not None:
            same = asked(Statement((Comparison(exact, "=", claimed),), Domain({})), _AT_A_POINT)
            if same.holds_everywhere:
                return self._decided(CERTIFIED, self.told, same)
        for comparison in (
            Comparison(claimed, "<", number(value.low.fraction())),
            Comparison(claimed, ">", number(value.high.fraction())),
        ):
            apart = asked(Statement((comparison,), Domain({})), _AT_A_POINT)
            if apart.holds_everywhere:
                sentence = f"witness: {self.told}, and not {claimed}"
                return self._decided(REFUTED, sentence, apart)
        raise Inconclusive(f"it is not decided whether the value is {claimed}: {self.told}")

    def _bounded(self, low: Fraction, high: Fraction) -> Iterator[Outcome]:
        """For the checker: no value is beyond the far end, and one is at least at the near end."""
        relation: Relation = "<=" if self.above else ">="
        digits = 15
        end = decimal_above(high, digits) if self.above else decimal_below(low, digits)
        if self.found.exact is None:
            bound = Statement((Comparison(self.f, relation, number(end)),), self.domain)
            outcome = asked(bound, 0.5 * self.deadline.left())
            if outcome.holds_everywhere:
                yield outcome
        for place in self.found.places[:1]:
            near = number(decimal_below(low, 6) if self.above else decimal_above(high, 6))
            at = {
                name: place.exact[name]
                if place.exact and name in place.exact
                else number((one.low.fraction() + one.high.fraction()) / 2)
                for name, one in place.at.items()
            }
            inside = [c.at(at) for c in (*range_comparisons(self.domain), *self.domain.constraints)]
            reached: Relation = ">=" if self.above else "<="
            value = Comparison(substitute(self.f, at), reached, near)
            outcome = asked(Statement((*inside, value), Domain({})), _AT_A_POINT)
            if outcome.holds_everywhere:
                yield outcome
