"""Monotone and convex functions of a ledger, from the signs of derivatives.

For a claim in one variable, the others held fixed:

1.  The expression is defined on the whole domain.
2.  The domain is an interval in the variable: it has a range, and each condition that names the
    variable is linear in it and no !=. On a union of two intervals the sign of a derivative proves
    nothing between them.
3.  Inside the interval the expression has the derivative that the rules give wherever that is
    defined, as all functions in it are smooth there, and the sign of it is proved. A derivative
    that may vanish proves the weak claim; the strict one follows where it vanishes at finitely many
    points only.
4.  At an end that belongs to the interval the expression is continuous, as all functions in it are
    continuous where they are defined.

Where a step is missing, the definition is tried as a statement about two points (for whole numbers,
about neighbours). A claim that fails does so at exact points, where the definition is violated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from bounds.certify.errors import BoundsError, Inconclusive
from bounds.certify.language.comparison import Comparison, Relation
from bounds.certify.language.derivative import RULES, NoDerivative, derivative
from bounds.certify.language.domain import Domain, Range
from bounds.certify.language.expression import ZERO, Expr, number, substitute, variable
from bounds.certify.language.functions import can_be_variable
from bounds.certify.language.statement import Statement
from bounds.certify.quantities.equations import solve_equation
from bounds.certify.rules.decide import range_comparisons, simple_place
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.outcome import Outcome, place_text
from bounds.certify.rules.solving import tidy
from proofs_check.audit.ledger.entry import Entry
from proofs_check.audit.ledger.repairs import proved_parts
from proofs_check.audit.ledger.statements import (
    asked,
    certificates,
    fact,
    left_open,
    on_pieces,
    refuted,
    sides_at,
    witness_of,
)
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision

SMOOTH = frozenset(RULES) - {"atan2", "binomial"}
"""Functions that are continuous where they are defined, and differentiable where the derivative of
the rules is. atan2 jumps where its derivative is defined; binomial is defined beyond its rule."""

CONTINUOUS = SMOOTH | {"abs", "min", "max"}
"""Functions that are continuous where they are defined: of those a midpoint proves convexity."""

_STEPS = tuple(Fraction(1, 2**k) for k in (0, 1, 2, 4, 6, 9, 13, 18, 25, 40))


def decide_shape(entry: Entry) -> Decision:
    """Whether an expression is monotone, or convex, in one of its variables."""
    return _Question(entry).decision()


def repaired_shape(entry: Entry, failed: Decision) -> Decision:
    """The decision on a claim that fails, with the parts of the domain on which it is proved.

    Where the derivative has the right sign is only where to look: each part is a claim of its own.
    """
    question = _Question(entry)
    try:
        slope = tidy(question._slopes()[-1])
        claim = Statement((Comparison(slope, question.weak, ZERO),), entry.domain)
        parts = proved_parts(claim, Deadline(0.5 * entry.seconds))
    except BoundsError:
        return failed
    found = []
    for part in parts:
        try:
            again = decide_shape(entry.altered(**{"for": str(part.statement.domain)}))
        except Inconclusive:
            continue
        if again.verdict is CERTIFIED:
            found.append(again)
    if not found:
        return failed
    lines = [line for one in found for line in one.lines]
    return Decision(
        REPAIRED,
        f"{'; '.join(one.finding for one in found)}; as printed {failed.finding}",
        (*failed.lines, *lines),
        certificates=(*failed.certificates, *(each for one in found for each in one.certificates)),
    )


class _Question:
    """One claim: f, its variable, the order of the derivative and the sign that it is to have."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.f, self.name, self.domain = entry.expression, str(entry["variable"]), entry.domain
        self.order = 1 if entry.kind == "monotone" else 2
        self.sign = (
            1 if entry.get("direction", entry.get("shape")) in ("increasing", "convex") else -1
        )
        self.strict = bool(entry.get("strict", False))
        self.deadline = Deadline(entry.seconds)
        word = entry["direction" if self.order == 1 else "shape"]
        strictly = "strictly " if self.strict else ""
        self.told = f"{self.f} is {strictly}{word} in {self.name} for {self.domain}"

    @property
    def weak(self) -> Relation:
        """The relation of the derivative to 0 for the weak claim."""
        return ">=" if self.sign > 0 else "<="

    @property
    def sharp(self) -> Relation:
        """The relation of the derivative to 0 that proves the strict claim."""
        return ">" if self.sign > 0 else "<"

    def decision(self) -> Decision:
        """The verdict."""
        # step: the expression is defined on the whole domain [call 3/3: Comparison(ZERO, '=',
        #   ZERO)]
        where_defined = on_pieces(
            Statement((Comparison(self.f, "=", self.f),), self.domain), 0.3 * self.entry.seconds
        )
        if where_defined.against is not None:
            return refuted(witness_of(where_defined.against))
        if not where_defined.holds:
            return left_open(where_defined)
        found = self._of_whole_numbers() if self._is_whole else self._by_derivative()
        if found is None:
            found = self._by_definition()
        if found is None:
            return self._open()
        if isinstance(found, Decision):
            return found
        reason, outcomes = found
        return Decision(
            CERTIFIED,
            self.told,
            (
                fact(f"{self.f} is defined on the domain", *where_defined.outcomes),
                fact(f"{self.told}: {reason}", *outcomes),
            ),
            certificates=certificates(*where_defined.outcomes, *outcomes),
        )

    @property
    def _is_whole(self) -> bool:
        return self.domain.ranges[self.name].integer

    # By the sign of a derivative

    def _by_derivative(self) -> tuple[str, tuple[Outcome, ...]] | Decision | None:
        # step: the domain is an interval [true 3/4]
        # step: no function in it jumps where its derivative exists [true 4/4]
        # step: nor at an end [true 4/4]
        if not (is_interval(self.domain, self.name) and made_of(SMOOTH, self.f, self.name)):
            return None
        try:
            slopes = self._slopes()
        except NoDerivative:
            return None
        inside = interior(self.domain, self.name)
        if inside != self.domain and not continuous_at_ends(self.f, self.name):
            inside = self.domain  # then the derivative is to exist there, too
        slope = tidy(slopes[-1])
        proved = self._signed(slope, inside)
        if proved is None:
            return self._violated(slope, inside)
        reason, outcomes = proved
        for raw in slopes:  # tidied, x*(x^2)^(-1/2) may look defined where |x| has no derivative
            # step: the derivatives exist as the rules give them [call 2/2: Comparison(ZERO, '=',
            #   ZERO)]
            claim = Statement((Comparison(raw, "=", raw),), inside)
            outcomes = (*outcomes, asked(claim, 0.3 * self.deadline.left()))
            if not outcomes[-1].holds_everywhere:
                return None
        return reason, outcomes

    def _slopes(self) -> list[Expr]:
        """The derivatives up to the one that matters, as the rules give them."""
        slopes = [self.f]
        for _ in range(self.order):
            slopes.append(derivative(slopes[-1], self.name))
        return slopes[1:]

    def _signed(self, slope: Expr, inside: Domain) -> tuple[str, tuple[Outcome, ...]] | None:
        nth = "the derivative" if self.order == 1 else "the second derivative"
        if self.strict:
            claim = Statement((Comparison(slope, self.sharp, ZERO),), inside)
            outcome = asked(claim, 0.3 * self.deadline.left())
            if outcome.holds_everywhere:
                return f"{nth} is {slope} {self.sharp} 0", (outcome,)
            if outcome.outcome == "refuted" and not self._weakly_at(slope, outcome):
                return None
        claim = Statement((Comparison(slope, self.weak, ZERO),), inside)
        outcome = asked(claim, 0.5 * self.deadline.left())
        if not outcome.holds_everywhere:
            return None
        if not self.strict:
            return f"{nth} is {slope} {self.weak} 0", (outcome,)
        count = self._finitely_many_zeros(slope, inside)
        # step: a derivative that may vanish does so at finitely many points, for a strict claim
        #   [false]
        if count is None:
            return None
        points = "1 point" if count == 1 else f"{count} points"
        return f"{nth} is {slope} {self.weak} 0, and 0 at {points} only", (outcome,)

    def _weakly_at(self, slope: Expr, against: Outcome) -> bool:
        """Whether the strict sign fails because the derivative is 0 there."""
        point = against.witness or {}
        here = Comparison(substitute(slope, point), self.weak, ZERO)
        return asked(Statement((here,), Domain({})), 5).holds_everywhere

    def _finitely_many_zeros(self, slope: Expr, inside: Domain) -> int | None:
        """How many zeros the derivative has, of a function of one variable; None if not known."""
        if len(inside.ranges) != 1 or inside.constraints or self.name not in slope.free:
            return None
        try:
            found = solve_equation(
                Comparison(slope, "=", ZERO),
                inside,
                digits=10,
                seconds=max(0.5, 0.3 * self.deadline.left()),
            )
        except BoundsError:
            return None
        return len(found.roots) if found.outcome == "complete" else None

    # By the definition

    def _points(self) -> tuple[Statement, ...]:
        """The definition as a statement about two points, or about a midpoint."""
        one, other = variable(self.name), variable(_fresh(self.name, self.domain, self.f))
        allowed = self.domain.ranges[self.name]
        at_other = {self.name: other}
        moved = tuple(c.at(at_other) for c in self.domain.constraints if self.name in c.free)
        domain = Domain(
            {**self.domain.ranges, other.args[0]: allowed},
            (*self.domain.constraints, *moved, Comparison(one, "<", other)),
        )
        return (Statement((self._compared((one, other), self.strict),), domain),)

    def _compared(self, points: tuple[Expr, ...], strict: bool) -> Comparison:
        """What the definition says of points in their order."""
        values = [substitute(self.f, {self.name: point}) for point in points]
        # step: the definition of a strict claim is strict [false]
        relation: Relation = self.sharp if strict else self.weak
        if self.order == 1:
            return Comparison(values[-1], relation, values[0])
        first, last = points[0], points[-1]
        middle = substitute(self.f, {self.name: (first + last) / 2})
        return Comparison((values[0] + values[-1]) / 2, relation, middle)

    def _by_definition(self) -> tuple[str, tuple[Outcome, ...]] | Decision | None:
        if self.order == 2 and not is_interval(self.domain, self.name):
            return None
        if self.order == 2 and not made_of(CONTINUOUS, self.f, self.name):
            return None  # midpoints prove convexity of continuous functions only
        if self.order == 2 and not continuous_at_ends(self.f, self.name):
            return None
        (claim,) = self._points()
        outcome = asked(claim, 0.7 * self.deadline.left())
        if outcome.holds_everywhere:
            return f"by its definition: {claim}", (outcome,)
        if outcome.outcome == "equal":
            return self._near(simple_place(self.domain))
        if outcome.outcome == "refuted" and outcome.witness is not None:
            return refuted(witness_of(outcome))
        return None

    def _of_whole_numbers(self) -> tuple[str, tuple[Outcome, ...]] | Decision | None:
        """Of neighbours f(n), f(n + 1), and f(n + 2) where it is about convexity."""
        if any(self.name in c.free for c in self.domain.constraints):
            return None
        n, allowed = variable(self.name), self.domain.ranges[self.name]
        if allowed.high is not None and not allowed.high.is_number:
            return None
        values = [substitute(self.f, {self.name: n + step}) for step in range(self.order + 1)]
        if allowed.high is not None:
            last = allowed.high.value - self.order
            if allowed.low is not None and allowed.low.is_number and allowed.low.value > last:
                return None
            allowed = replace(allowed, high=number(last))
        relation: Relation = self.sharp if self.strict else self.weak
        claim = (
            Comparison(values[1], relation, values[0])
            if self.order == 1
            else Comparison(values[0] + values[2], relation, 2 * values[1])
        )
        asked_of = Statement((claim,), self.domain.with_range(self.name, allowed))
        outcome = asked(asked_of, 0.9 * self.deadline.left())
        if outcome.holds_everywhere:
            return f"from each whole number to the next, {asked_of}", (outcome,)
        if outcome.outcome in ("refuted", "equal") and outcome.witness is not None:
            return refuted(witness_of(outcome))
        return None

    # Where it fails

    def _violated(self, slope: Expr, inside: Domain) -> Decision | None:
        """Points at which the definition fails, near one where the sign is the wrong one."""
        claim = Statement((Comparison(slope, self.weak, ZERO),), inside)
        outcome = asked(claim, 0.4 * self.deadline.left())
        if outcome.outcome != "refuted" or outcome.witness is None:
            return None
        return self._near(outcome.witness)

    def _near(self, point: Mapping[str, Expr]) -> Decision | None:
        for step in _STEPS:
            for ends in ((0, step), (-step, 0), (-step, step)):
                at = tuple(tidy(point[self.name] + number(end)) for end in ends)
                found = self._fails_at(point, at)
                if found is not None:
                    return found
        return None

    def _fails_at(self, place: Mapping[str, Expr], at: tuple[Expr, ...]) -> Decision | None:
        """The decision, if the points lie in the domain and the definition fails at them."""
        others = {name: value for name, value in place.items() if name != self.name}
        comparison = self._compared(at, self.strict)
        here = comparison.at(others)
        inside = [
            c.at({**others, self.name: one})
            for one in at
            for c in (*range_comparisons(self.domain), *self.domain.constraints)
        ]
        outcome = asked(Statement((*inside, here.negated), Domain({})), 3)
        if not outcome.holds_everywhere:
            return None
        fixed = f", where {place_text(others)}" if others else ""
        told = " and ".join(f"{self.name} = {one}" for one in at)
        sentence = f"witness {told}{fixed}: {here} is false{sides_at(here)}"
        return Decision(
            REFUTED,
            f"it is not {self.told.partition(' is ')[2].partition(' in ')[0]}: {sentence}",
            (fact(sentence, outcome),),
            certificates=certificates(outcome),
        )

    def _open(self) -> Decision:
        hint = ""
        if not is_interval(self.domain, self.name) and not self._is_whole:
            hint = (
                f"; the domain is not seen to be an interval in {self.name}: claim it on each part"
            )
        raise Inconclusive(f"not decided: {self.told}{hint}")


def is_interval(domain: Domain, name: str) -> bool:
    """Whether the domain is an interval in a variable, whatever the others are."""
    for constraint in domain.constraints:
        if name not in constraint.free:
            continue
        # step: a condition with a gap makes none [false]
        if constraint.relation not in ("<", "<=", ">", ">="):
            return False
        try:
            slope = tidy(derivative(constraint.left - constraint.right, name))
        except NoDerivative:
            return False
        # step: nor one that is not linear [false]
        if name in slope.free:
            return False
    return not domain.ranges[name].integer


def interior(domain: Domain, name: str) -> Domain:
    """The domain without the ends of the range of a variable that belong to it.

    A condition that ends the interval elsewhere is made strict, too, if the factor of the variable
    in it is a number: y*x <= 0 is no end where y = 0.
    """
    allowed = domain.ranges[name]
    strict: Mapping[Relation, Relation] = {"<=": "<", ">=": ">"}
    # step: a condition whose factor may vanish ends no interval [first condition 1/2]
    constraints = tuple(
        Comparison(c.left, strict.get(c.relation, c.relation), c.right)
        if name in c.free and tidy(derivative(c.left - c.right, name)).is_number
        else c
        for c in domain.constraints
    )
    opened = Range(allowed.low, allowed.high, True, True)
    return replace(domain, ranges={**domain.ranges, name: opened}, constraints=constraints)


def made_of(functions: frozenset[str], f: Expr, name: str) -> bool:
    """Whether every function of the variable in f is one of these, a sum, product or power."""
    return all(
        node.head in ("+", "*", "^", "variable") or node.head in functions
        for node in _nodes(f, name)
    )


def continuous_at_ends(f: Expr, name: str) -> bool:
    """Whether a smooth f is continuous also where its derivative is not defined.

    A power whose exponent moves is not: 0^x is 1 at 0 and 0 beyond it.
    """
    return not any(node.head == "^" and name in node.args[1].free for node in _nodes(f, name))


def _nodes(f: Expr, name: str) -> Iterator[Expr]:
    """The parts of an expression that have the variable."""
    if name in f.free:
        yield f
        for part in f.args:
            if isinstance(part, Expr):
                yield from _nodes(part, name)


def _fresh(name: str, domain: Domain, f: Expr) -> str:
    """A name for another value of a variable."""
    for other in (f"{name}_1", f"{name}_2", "t_1", "s_1", "u_1"):
        if other not in domain.ranges and other not in f.free and can_be_variable(other):
            return other
    raise Inconclusive(f"there is no name for another value of {name}: rename a variable")
