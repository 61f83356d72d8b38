"""All roots of an equation in one variable on a range, and proof that none is missed.

A simple root is proved in its box by a change of sign and the sign of the derivative there. A root
that algebra proves exactly may be multiple. Between the roots the difference of the sides has one
sign: a statement for each piece, which the decider proves.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from bounds.certify.checker.proof import check_goal
from bounds.certify.errors import InputError, shown
from bounds.certify.language.derivative import NoDerivative, smooth_derivative
from bounds.certify.language.domain import Domain, DomainLike, Range
from bounds.certify.language.expression import ZERO, Expr, number
from bounds.certify.language.statement import Statement
from bounds.certify.language.text import to_text
from bounds.certify.numbers.precision import bits_for, read_digits
from bounds.certify.quantities.proving import (
    SECONDS,
    as_exact,
    at,
    ball,
    constant_ball,
    decided,
    enclosure,
    is_zero,
    of_fractions,
    read_seconds,
    sign_at_point,
    statement,
    to_fraction,
)
from bounds.certify.quantities.results import Root, Roots
from bounds.certify.quantities.root_statements import Found, roots_statement
from bounds.certify.quantities.samples import BITS, interior_points
from bounds.certify.quantities.systems import Solutions, solve_system
from bounds.certify.quantities.zeros import simple_zero
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.normal import TooLarge
from bounds.certify.rules.normal import is_zero as is_zero_form
from bounds.certify.rules.numeric import precision
from bounds.certify.rules.outcome import Outcome
from bounds.certify.rules.points import ends_of, named_constants

_ROUNDS, _MOST_ROOTS, _BOX_STEPS, _MOST_MULTIPLE = 6, 200, 40, 12
Kind = Literal["simple", "multiple", "isolated", "cluster"]


def solve(
    equation: object,
    domain: DomainLike | None = None,
    *,
    digits: int = 15,
    seconds: float = SECONDS,
    proof: bool = False,
) -> Roots | Solutions:
    """All roots of an equation, or of a system, each enclosed, and proof that there is no other.

    Args:
        equation: text such as `"cos(x) = x"`, LaTeX, or SymPy's `Eq`; of a system, as many
            equations as variables, such as `"x^2 + y^2 = 4 and x*y = 1"`.
        domain: the range of the variable, such as `"x in [0, 10]"` or `"x > 0"`; of a system, a
            range with two ends for each variable.
        digits: significant digits of each root.
        seconds: how long to try.
        proof: also prove one statement that says all of it, for a certificate; of an equation.

    Returns:
        `Roots`, or `Solutions` of a system, whose `outcome` is "complete", "clusters" or
        "undecided".

    Raises:
        InputError: it is no equation in real variables, or both sides are equal everywhere.
    """
    claim = Statement.read(equation, domain)
    if len(claim.comparisons) > 1:
        return solve_system(claim, equation, digits, seconds, proof=proof)
    return solve_equation(claim, None, digits=digits, seconds=seconds, proof=proof)


def solve_equation(
    equation: object,
    domain: DomainLike | None = None,
    *,
    digits: int = 15,
    seconds: float = SECONDS,
    proof: bool = False,
) -> Roots:
    """All roots of one equation in one variable; arguments and errors are those of `solve`."""
    claim = Statement.read(equation, domain)
    name, allowed = _read(claim, equation)
    comparison = claim.comparisons[0]
    f = comparison.left - comparison.right
    digits = read_digits(digits)
    task = _Task(f, name, allowed, digits, Deadline(read_seconds(seconds)))
    found, proofs, remaining = task.solved()
    has_clusters = any(one.root.kind == "cluster" for one in found)
    proved = _with_certificate(task, found, proofs) if proof and not remaining else None
    return Roots(
        str(comparison),
        claim.domain,
        name,
        "undecided" if remaining else "clusters" if has_clusters else "complete",
        tuple(one.root for one in found),
        "balls and checker",
        tuple(proofs),
        tuple(f"{name} in {piece}" for piece in remaining),
        proved,
    )


def _with_certificate(task: _Task, found: list[Found], proofs: list[Outcome]) -> Outcome | None:
    """The one statement that says which roots there are, if it is proved."""
    if any(one.root.kind == "cluster" for one in found):
        return None
    claim = roots_statement(task.f, task.slope, task.name, found, proofs)
    if claim is None:
        return None
    outcome = decided(claim, task.deadline, task.deadline.left())
    return outcome if outcome.holds_everywhere else None


def _read(claim: Statement, equation: object) -> tuple[str, Range]:
    """The variable of an equation and its range.

    Raises:
        InputError: it is none that is solved here.
    """
    if len(claim.comparisons) != 1 or claim.comparisons[0].relation != "=":
        raise InputError(f"{shown(equation)} is no equation: write it with =, as in 'cos(x) = x'")
    domain = claim.domain
    if len(domain.ranges) != 1 or domain.constraints or domain.exists:
        raise InputError(
            "one equation is solved in one variable with a range: one variable, no constraints;"
            " of a system write all equations, joined by `and`"
        )
    ((name, allowed),) = domain.ranges.items()
    if allowed.integer:
        raise InputError(f"{name} is a real variable here: leave out `integer`")
    comparison = claim.comparisons[0]
    if name not in comparison.free:
        raise InputError(f"the variable {name} does not occur in {comparison}")
    difference = comparison.left - comparison.right
    if is_zero_form(difference):
        verdict = check_goal(to_text(difference), "=", str(domain), {"rule": "equal"})
        if verdict.accepted:
            raise InputError(
                f"both sides of {comparison} are equal everywhere: no root is isolated"
            )
    return name, allowed


@dataclass
class _Task:
    f: Expr
    name: str
    allowed: Range
    digits: int
    deadline: Deadline

    def __post_init__(self) -> None:
        try:
            self.slope: Expr | None = smooth_derivative(self.f, self.name)
            self.bend: Expr | None = smooth_derivative(self.slope, self.name)
        except NoDerivative:
            self.slope = self.bend = None
        self.signs: dict[Fraction, int] = {}
        self.memo: dict[tuple[Fraction, Fraction], Found | None] = {}

    def solved(self) -> tuple[list[Found], list[Outcome], list[Range]]:
        """The roots, the statements that exclude others, and the pieces where that failed."""
        if self.allowed.is_point:
            assert self.allowed.low is not None
            end = self.allowed.low
            return (
                ([self._at_end(end, None)] if is_zero(at(self.f, self.name, end)) else []),
                [],
                [],
            )
        for point in interior_points(self.allowed):
            self._see(point)
        if self._changes() > _MOST_ROOTS:
            return [], [], [self.allowed]
        settled: dict[str, Outcome] = {}
        found: list[Found] = []
        remaining: list[Range] = []
        for _ in range(_ROUNDS):
            found = self._roots()
            remaining, news = [], False
            for piece in pieces(self.allowed, found):
                if str(piece) in settled:
                    continue
                outcome = None if self.deadline.over() else self._excluded(piece)
                # step: no root lies in a piece that is left out [true 3/3]
                if outcome is not None and outcome.outcome == "proved":
                    settled[str(piece)] = outcome
                    continue
                remaining.append(piece)
                if outcome is not None and outcome.outcome == "refuted":
                    news |= self._learn(outcome)
            if not remaining or not news or self.deadline.over():
                break
            if self._changes() > _MOST_ROOTS:
                break
        wanted = {str(piece) for piece in pieces(self.allowed, found)}
        return found, [o for text, o in settled.items() if text in wanted], remaining

    def _changes(self) -> int:
        """How often the sign changes from one known point to the next."""
        signs = [self.signs[p] for p in sorted(self.signs) if self.signs[p]]
        return sum(a != b for a, b in itertools.pairwise(signs))

    def _see(self, point: Fraction) -> int | None:
        """The sign at a point, kept; 0 where the value is exactly 0 or too near to it."""
        if point not in self.signs:
            with precision(BITS):
                value = evaluate(self.f, {self.name: ball(point)})
            if not value.is_finite():
                return None
            sign = 1 if value > 0 else -1 if value < 0 else sign_at_point(self.f, self.name, point)
            self.signs[point] = sign or 0
        return self.signs[point]

    def _learn(self, outcome: Outcome) -> bool:
        """Look around the witness of a refutation; whether anything new was seen."""
        assert outcome.witness is not None
        with precision(BITS):
            witness = to_fraction(evaluate(outcome.witness[self.name], {}))
        before = len(self.signs)
        ordered = sorted(self.signs)
        lower = max((p for p in ordered if p < witness), default=None)
        upper = min((p for p in ordered if p > witness), default=None)
        self._see(witness)
        if lower is not None and upper is not None:
            for i in range(1, 16):
                self._see(lower + (upper - lower) * Fraction(i, 16))
        else:
            step = max(abs(witness), Fraction(1)) / 64
            for i in range(1, 65):
                for point in (witness - i * step, witness + i * step):
                    if self._inside(point):
                        self._see(point)
        return len(self.signs) > before

    def _inside(self, point: Fraction) -> bool:
        ends = ends_of(self.allowed)
        with precision(BITS):
            x = ball(point)
            return (ends.low is None or x > ends.low) and (ends.high is None or x < ends.high)

    # Roots

    def _roots(self) -> list[Found]:
        found = list(self._interior())
        for high in (False, True):
            end = self.allowed.high if high else self.allowed.low
            is_open = self.allowed.high_open if high else self.allowed.low_open
            if end is not None and not is_open and is_zero(at(self.f, self.name, end)):
                found.append(self._at_end(end, high))
        found.sort(key=lambda one: float(constant_ball(one.low, 64).mid()))
        return found

    def _interior(self) -> Iterator[Found]:
        ordered = sorted(self.signs)
        known = [p for p in ordered if self.signs[p]]
        place = {p: i for i, p in enumerate(ordered)}
        for low, high in itertools.pairwise(known):
            zeros = ordered[place[low] + 1 : place[high]]
            if self.signs[low] != self.signs[high]:
                yield self._crossing(low, high, zeros)
            elif zeros:
                yield self._touching(low, high, zeros[0])
        yield from self._minima(known, {p for p in ordered if not self.signs[p]})

    def _crossing(self, low: Fraction, high: Fraction, zeros: list[Fraction]) -> Found:
        """The root between two points with opposite signs."""
        if (low, high) not in self.memo:
            self.memo[low, high] = self._simple(low, high)
        found = self.memo[low, high]
        if found is not None:
            return found
        for zero in zeros:
            if is_zero(at(self.f, self.name, number(zero))):
                return self._exact(number(zero))
        narrow = self._narrowed(low, high)
        exact = as_exact(self.f, self.name, *narrow, named_constants())
        return self._exact(exact) if exact is not None else _cluster(*narrow, self.digits)

    def _simple(self, low: Fraction, high: Fraction) -> Found | None:
        if self.slope is None:
            return None
        zero = simple_zero(self.f, self.slope, self.name, (low, high), self.digits)
        if zero is None:
            return None
        exact = as_exact(self.f, self.name, zero.low, zero.high, named_constants())
        value = (
            of_fractions(zero.low, zero.high, self.digits)
            if exact is None
            else enclosure(constant_ball(exact, bits_for(self.digits)), self.digits)
        )
        root = Root(value, exact, "simple", zero.box, 1)
        low_end, high_end = map(number, zero.box)
        return Found(root, low_end, high_end, False, 0, (zero.low, zero.high), zero.slope)

    def _narrowed(self, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
        """A narrower interval with opposite signs at its ends."""
        first = self.signs[low]
        for _ in range(60):
            middle = (low + high) / 2
            sign = sign_at_point(self.f, self.name, middle)
            if sign is None:
                width = (high - low) / 4
                return middle - width, middle + width
            low, high = (middle, high) if sign == first else (low, middle)
        return low, high

    def _touching(self, low: Fraction, high: Fraction, zero: Fraction) -> Found:
        """A point between two of equal sign at which the value is 0, as far as balls tell."""
        if is_zero(at(self.f, self.name, number(zero))):
            return self._exact(number(zero))
        return _cluster(max(low, zero - (high - low) / 8), min(high, zero + (high - low) / 8), 6)

    def _minima(self, known: list[Fraction], zeros: set[Fraction]) -> Iterator[Found]:
        """Points where |f| is least between three samples of equal sign, and perhaps 0."""
        if self.slope is None or self.bend is None:
            return
        with precision(BITS):
            sizes = {p: abs(evaluate(self.f, {self.name: ball(p)})).mid() for p in known}
        for low, middle, high in zip(known, known[1:], known[2:], strict=False):
            if len({self.signs[low], self.signs[middle], self.signs[high]}) > 1:
                continue
            if any(low < p < high for p in zeros):
                continue
            if sizes[middle] > sizes[low] or sizes[middle] > sizes[high]:
                continue
            if (low, high) not in self.memo:
                self.memo[low, high] = self._least(low, high)
            found = self.memo[low, high]
            if found is not None:
                yield found

    def _least(self, low: Fraction, high: Fraction) -> Found | None:
        assert self.slope is not None
        assert self.bend is not None
        turn = simple_zero(self.slope, self.bend, self.name, (low, high), 60)
        if turn is None:
            return None
        with precision(600):
            value = evaluate(self.f, {self.name: ball(turn.low).union(ball(turn.high))})
        if not value.contains(0):
            return None
        exact = as_exact(self.f, self.name, turn.low, turn.high, named_constants())
        if exact is not None:
            return self._exact(exact)
        width = (high - low) / 2**24
        return _cluster(turn.low - width, turn.high + width, 6)

    def _exact(self, point: Expr) -> Found:
        """A root that algebra proves, which takes no more than its point."""
        value = enclosure(constant_ball(point, bits_for(self.digits)), self.digits)
        kind: Kind = "isolated"
        if self.slope is not None:
            rate = at(self.slope, self.name, point)
            if sign_at_point(rate, self.name, Fraction(0)) is not None:
                kind = "simple"
            elif is_zero(rate):
                kind = "multiple"
        near = to_fraction(constant_ball(point, 128))
        order = {"simple": 1, "multiple": self._multiplicity(point)}.get(kind)
        return Found(Root(value, point, kind, (near, near), order), point, point, True)

    def _multiplicity(self, point: Expr) -> int | None:
        """The order of the first derivative that is not 0 at a root, if those before it are."""
        rate = self.f
        try:
            for order in range(_MOST_MULTIPLE):
                value = at(rate, self.name, point)
                if sign_at_point(value, self.name, Fraction(0)) is not None:
                    return order
                # step: the derivatives below the multiplicity are 0 [false 1/2]
                if not is_zero(value):
                    return None
                rate = smooth_derivative(rate, self.name)
        except (NoDerivative, TooLarge):
            pass
        return None

    def _at_end(self, end: Expr, high: bool | None) -> Found:
        """The root at a closed end; with a box where the derivative has one sign."""
        exact = self._exact(end)
        if high is None or self.slope is None:
            return exact
        there = constant_ball(end, 256)
        base = to_fraction(there)
        width = max(abs(base), Fraction(1))
        for k in range(2, _BOX_STEPS):
            inner = base + Fraction(-1 if high else 1) * _power_of_two(width, k)
            if not self._inside(inner):
                continue
            with precision(128):
                rate = evaluate(self.slope, {self.name: ball(inner).union(there)})
            if rate > 0 or rate < 0:
                edge = number(inner)
                box = (inner, base) if high else (base, inner)
                root = Root(exact.root.at, end, "simple", box, 1)
                ends = (edge, end) if high else (end, edge)
                return Found(root, *ends, False, 1 if high else -1, None, 1 if rate > 0 else -1)
        return exact

    # Pieces

    def _excluded(self, piece: Range) -> Outcome | None:
        """The outcome of the statement that f has one sign on a piece."""
        sign = self._sign_on(piece)
        if sign is None:
            return None
        claim = statement(self.f, ">" if sign > 0 else "<", ZERO, Domain({self.name: piece}))
        return decided(claim, self.deadline)

    def _sign_on(self, piece: Range) -> int | None:
        ends = ends_of(piece)
        with precision(BITS):
            for point in sorted(self.signs):
                x = ball(point)
                if (
                    self.signs[point]
                    and (ends.low is None or x >= ends.low)
                    and (ends.high is None or x <= ends.high)
                ):
                    return self.signs[point]
        for point in interior_points(piece)[::16]:
            if sign := sign_at_point(self.f, self.name, point):
                return sign
        return None


def _power_of_two(width: Fraction, k: int) -> Fraction:
    return Fraction(2) ** (width.numerator.bit_length() - width.denominator.bit_length() - k)


def _cluster(low: Fraction, high: Fraction, digits: int) -> Found:
    """An interval in which nothing is proved."""
    root = Root(of_fractions(low, high, digits), None, "cluster", (low, high))
    return Found(root, number(low), number(high), False)


def pieces(allowed: Range, found: list[Found]) -> list[Range]:
    """What is left of a range outside the boxes, which are in order and do not meet."""
    result = []
    low, low_open, done = allowed.low, allowed.low_open, False
    for one in found:
        if one.reaches >= 0 and not (one.is_point and one.low is low):
            result.append(Range(low, one.low, low_open, one.is_point))
        if one.reaches > 0 or (one.is_point and one.high is allowed.high):
            done = True
        low, low_open = one.high, one.is_point
    if not done:
        result.append(Range(low, allowed.high, low_open, allowed.high_open))
    return [piece for piece in result if not piece.is_point]
