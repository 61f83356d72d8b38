"""The best constant in an inequality.

Where the constant occurs linearly, as in A + ?C·B >= 0, it is the supremum or infimum of -A/B.
Elsewhere it is found by bisection: the decider proves the statement for the one end, and refutes it
for the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from bounds.certify.errors import InputError, shown
from bounds.certify.exact import read_rational
from bounds.certify.language.comparison import Comparison
from bounds.certify.language.derivative import NoDerivative, smooth_derivative
from bounds.certify.language.domain import Domain, DomainLike, Range
from bounds.certify.language.expression import ZERO, Expr, add, multiply, number, substitute
from bounds.certify.language.functions import can_be_variable
from bounds.certify.language.grammar import parse_claim
from bounds.certify.language.statement import Statement
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits
from bounds.certify.quantities.equations import solve_equation
from bounds.certify.quantities.extrema import extremum
from bounds.certify.quantities.guesses import guesses
from bounds.certify.quantities.proving import (
    CERTIFIED_DIGITS,
    SECONDS,
    at,
    constant_ball,
    decided,
    decimal_above,
    decimal_below,
    enclosure,
    is_zero,
    of_fractions,
    read_seconds,
    read_where,
    sign_at_point,
    statement,
    to_fraction,
)
from bounds.certify.quantities.results import Extremum, SharpConstant
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.outcome import Outcome
from bounds.certify.rules.solving import tidy

_MARK = re.compile(r"\?([A-Za-z][A-Za-z0-9_]*)")
_BRACKET = (0, 1, -1, 2, -2, 4, -4, 16, -16, Fraction(1, 16), 256, -256)
_EACH = 4.0


@dataclass(frozen=True)
class _Question:
    """What is asked: g >= 0 or g > 0, with a constant in g."""

    text: str
    comparison: Comparison
    name: str
    domain: Domain
    digits: int
    deadline: Deadline

    @property
    def g(self) -> Expr:
        """What is to be non-negative."""
        left, right = self.comparison.left, self.comparison.right
        return right - left if self.comparison.relation in ("<", "<=") else left - right

    def with_constant(self, constant: Expr) -> Statement:
        """The statement with a constant put in."""
        return Statement((self.comparison.at({self.name: constant}),), self.domain)


def sharpen(
    claim: str,
    domain: DomainLike | None = None,
    *,
    digits: int = 15,
    printed: object = None,
    seconds: float = SECONDS,
    proof: bool = False,
) -> SharpConstant:
    """The best constant ?C for which an inequality holds on a domain, and where it is attained.

    Args:
        claim: text of one inequality with one constant that is marked, as in
            `"1 - cos(x) <= ?C*x^2"`.
        domain: where the other variables lie.
        digits: significant digits of the constant.
        printed: a constant that someone printed, as a decimal or fraction: whether the statement
            holds with it, and how far it is from the best one.
        seconds: how long to try.
        proof: also prove the statement with the constant, rounded to the side where it holds.

    Returns:
        A `SharpConstant`.

    Raises:
        InputError: the claim, the domain or the printed constant is not read.
    """
    question = _read(claim, domain, digits, Deadline(read_seconds(seconds)))
    given = None if printed is None else read_rational(printed, "the printed constant")
    found = _by_quotient(question)
    if found is None:
        found = _by_bisection(question)
    if given is not None:
        found = _compared(found, given, question)
    return _with_proof(found, question) if proof else found


def _read(claim: object, domain: DomainLike | None, digits: int, deadline: Deadline) -> _Question:
    if not isinstance(claim, str):
        raise InputError(f"a claim with a constant is a text, not {shown(claim)}")
    names = set(_MARK.findall(claim))
    if len(names) != 1:
        raise InputError(
            f"the claim marks {len(names)} constants: mark one, as in '1 - cos(x) <= ?C*x^2'"
        )
    (name,) = names
    if not can_be_variable(name):
        raise InputError(f"{name!r} cannot be the name of a constant: write ?C")
    if re.search(rf"(?<![?A-Za-z0-9_]){name}(?![A-Za-z0-9_])", claim):
        raise InputError(f"{name} occurs without its mark: write ?{name} everywhere, or rename it")
    comparisons = parse_claim(claim.replace("?", " "))
    if len(comparisons) != 1 or comparisons[0].relation not in ("<", "<=", ">", ">="):
        raise InputError("a constant is sharpened in one inequality, with <, <=, > or >=")
    comparison = comparisons[0]
    rest = comparison.left - comparison.right
    where = read_where(substitute(rest, {name: ZERO}), domain)
    if name in where.ranges:
        raise InputError(f"the constant {name} has no range: leave it out of the domain")
    return _Question(claim, comparison, name, where, read_digits(digits), deadline)


# A quotient


def _by_quotient(question: _Question) -> SharpConstant | None:
    """The best constant as a supremum or infimum, if it occurs linearly."""
    g = question.g
    try:
        factor = tidy(smooth_derivative(g, question.name))
    except NoDerivative:
        return None
    if question.name in factor.free:
        return None
    rest = tidy(_without(g, question.name))
    placed = _signed(factor, rest, question)
    if placed is None:
        return _undecided(question, f"the sign of what multiplies the constant: {factor}")
    if isinstance(placed, str):
        return _undecided(question, placed)
    sign, domains, proofs = placed
    quotient = tidy(-rest / factor)
    word: Literal["maximum", "minimum"] = "maximum" if sign > 0 else "minimum"
    direction: Literal["least", "greatest"] = "least" if sign > 0 else "greatest"
    if domains is None:
        return _by_candidate(question, quotient, factor, sign, proofs)
    found = _over(word, quotient, domains, question)
    if found.outcome == "undecided" or found.outcome == "unbounded":
        return SharpConstant(
            question.text,
            question.domain,
            "undecided" if found.outcome == "undecided" else "none",
            direction,
            None,
            found.basis,
            extremum=found,
            proofs=(*proofs, *found.proofs),
            tried=found.tried,
        )
    return SharpConstant(
        question.text,
        question.domain,
        "sharp",
        direction,
        found.value,
        found.basis,
        exact=found.exact,
        extremum=found,
        proofs=(*proofs, *found.proofs),
    )


def _without(e: Expr, name: str) -> Expr:
    """The expression with 0 for the constant, where each product with it is left out."""
    if name not in e.free:
        return e
    if e.head == "+":
        return add(*(part for part in (_without(part, name) for part in e.args)))
    if e.head == "*" and any(part.head == "variable" and part.args[0] == name for part in e.args):
        return ZERO
    if e.head == "*":
        parts = [_without(part, name) for part in e.args]
        return ZERO if ZERO in parts else multiply(*parts)
    return substitute(e, {name: ZERO})


def _over(
    word: Literal["maximum", "minimum"],
    quotient: Expr,
    domains: Sequence[Domain],
    question: _Question,
) -> Extremum:
    """The extremum over several pieces of the domain: the best of theirs."""
    found = [
        extremum(word, quotient, domain, question.digits, question.deadline) for domain in domains
    ]
    for one in found:
        if one.outcome in ("undecided", "unbounded"):
            return one
    if len(found) == 1:
        return found[0]
    sign = 1 if word == "maximum" else -1
    ends = [
        sorted((sign * one.value.low.fraction(), sign * one.value.high.fraction()))
        for one in found
        if one.value is not None
    ]
    low, high = max(low for low, _ in ends), max(high for _, high in ends)
    best = [one for one, (_, top) in zip(found, ends, strict=True) if top >= low]
    proofs = tuple(proof for one in found for proof in one.proofs)
    if len(best) == 1:
        return replace(best[0], proofs=proofs)
    value = of_fractions(
        min(sign * low, sign * high), max(sign * low, sign * high), question.digits
    )
    attained = [one for one in best if one.outcome == "attained"]
    first = (attained or best)[0]
    same = all(one.exact is not None and one.exact is first.exact for one in best)
    places = tuple(place for one in attained for place in one.places)
    return replace(
        first,
        value=first.value if same else value,
        exact=first.exact if same else None,
        places=places,
        proofs=proofs,
    )


def _signed(
    factor: Expr, rest: Expr, question: _Question
) -> tuple[int, list[Domain] | None, tuple[Outcome, ...]] | str | None:
    """The sign of the factor, the pieces of the domain where it is not 0, and what proves that.

    Where the factor is 0 the constant is of no use: the rest has to be non-negative there. The
    pieces are None where the factor is never negative, and its zeros are not known.
    """
    if not factor.free:
        sign = sign_at_point(factor, "", Fraction(0))
        return None if sign is None else (sign, [question.domain], ())
    pieces = _pieces(factor, rest, question)
    if isinstance(pieces, str):
        return pieces
    for sign in (1, -1):
        proofs = []
        for piece in pieces:
            claim = statement(factor, ">" if sign > 0 else "<", ZERO, piece)
            proofs.append(decided(claim, question.deadline, _EACH))
            if proofs[-1].outcome != "proved":
                break
        else:
            return sign, pieces, tuple(proofs)
    for sign in (1, -1):
        claim = statement(factor, ">=" if sign > 0 else "<=", ZERO, question.domain)
        weak = decided(claim, question.deadline, _EACH)
        if weak.outcome == "proved":
            return sign, None, (weak,)
    return None


def _pieces(factor: Expr, rest: Expr, question: _Question) -> list[Domain] | str:
    """The domain of one variable without the points at which the factor is 0."""
    domain = question.domain
    if len(domain.ranges) != 1 or domain.constraints:
        return [domain]
    ((name, allowed),) = domain.ranges.items()
    if allowed.integer or allowed.is_point:
        return [domain]
    zeros = solve_equation(
        Comparison(factor, "=", ZERO),
        domain,
        digits=20,
        seconds=max(1.0, min(_EACH, question.deadline.left())),
    )
    if zeros.outcome != "complete" or any(root.exact is None for root in zeros.roots):
        return [domain]
    pieces, low, low_open = [], allowed.low, allowed.low_open
    for root in zeros.roots:
        point = root.exact
        assert point is not None
        there = at(rest, name, point)
        if not is_zero(there) and sign_at_point(there, "", Fraction(0)) != 1:
            return f"at {name} = {point} the constant has the factor 0, and the statement may fail"
        pieces.append(Range(low, point, low_open, True))
        low, low_open = point, True
    pieces.append(Range(low, allowed.high, low_open, allowed.high_open))
    return [Domain({name: piece}) for piece in pieces if not piece.is_point]


def _by_candidate(
    question: _Question, quotient: Expr, factor: Expr, sign: int, proofs: tuple[Outcome, ...]
) -> SharpConstant:
    """A constant that serves, next to the quotient at a point, beyond which none serves.

    At a point where the factor is not 0 the constant is at least the quotient there.
    """
    inside = question.domain.with_constraint(Comparison(factor, ">" if sign > 0 else "<", ZERO))
    shown = quotient if sign > 0 else -quotient
    tried: list[str] = []
    for guess in guesses(shown, inside):
        value = constant_ball(guess.value, 128)
        exact = tidy(guess.value if sign > 0 else -guess.value)
        size = abs(to_fraction(value)) or Fraction(1)
        top = to_fraction(value)
        decimals = [number(sign * decimal_above(top + size / 10**k, k)) for k in (12, 8, 5, 3)]
        for constant in ([exact] if guess.is_simple else []) + decimals:
            outcome = decided(question.with_constant(constant), question.deadline, 2 * _EACH)
            if not outcome.holds_everywhere:
                tried.append(f"{outcome.outcome}: {outcome.statement}")
                continue
            ends = sorted((sign * top, to_fraction(constant_ball(constant, 128))))
            if constant is exact:
                enclosed = enclosure(
                    constant_ball(exact, bits_for(question.digits)), question.digits
                )
            else:
                slack = size / 2**60
                enclosed = of_fractions(ends[0] - slack, ends[1] + slack, _common(*ends))
            return SharpConstant(
                question.text,
                question.domain,
                "sharp",
                "least" if sign > 0 else "greatest",
                enclosed,
                "balls and checker",
                exact=exact if constant is exact else None,
                proofs=(*proofs, outcome),
            )
    return _undecided(question, *dict.fromkeys(tried))


def _undecided(question: _Question, *tried: str) -> SharpConstant:
    return SharpConstant(
        question.text, question.domain, "undecided", None, None, "none", tried=tried
    )


# Bisection


def _by_bisection(question: _Question) -> SharpConstant:
    """The best constant between one that is proved to serve and one that is refuted."""
    holds: Fraction | None = None
    fails: Fraction | None = None
    proofs: dict[Fraction, Outcome] = {}
    for start in _BRACKET:
        if (holds is not None and fails is not None) or question.deadline.over():
            break
        constant = Fraction(start)
        outcome = decided(question.with_constant(number(constant)), question.deadline, _EACH)
        proofs[constant] = outcome
        if outcome.holds_everywhere:
            holds = constant
        elif outcome.outcome in ("refuted", "equal"):
            fails = constant
    if holds is None or fails is None:
        return _undecided(question, "no constant was found that serves, and one that does not")
    growing = holds > fails
    monotone = _monotone(question, min(holds, fails), max(holds, fails), growing)
    if monotone is None:
        return _undecided(
            question,
            f"it holds with {holds} and fails with {fails}; that it holds for all constants on the"
            " one side is not proved",
        )
    while abs(holds - fails) > abs(holds) / Fraction(10) ** question.digits:
        middle = (holds + fails) / 2
        outcome = decided(question.with_constant(number(middle)), question.deadline, _EACH)
        if question.deadline.over():
            break
        if outcome.holds_everywhere:
            holds = middle
        elif outcome.outcome in ("refuted", "equal"):
            fails = middle
        else:
            break
        proofs[middle] = outcome
    value = of_fractions(min(holds, fails), max(holds, fails), _common(holds, fails))
    kept = tuple(proofs[q] for q in (holds, fails))
    return SharpConstant(
        question.text,
        question.domain,
        "sharp",
        "least" if growing else "greatest",
        value,
        "checker",
        proofs=(monotone, *kept),
    )


def _common(a: Fraction, b: Fraction) -> int:
    digits = 1
    while digits < 40 and abs(a - b) * Fraction(10) ** digits < max(abs(a), abs(b)):
        digits += 1
    return digits


def _monotone(question: _Question, low: Fraction, high: Fraction, growing: bool) -> Outcome | None:
    """The statement that g grows (or falls) with the constant, between two of them."""
    try:
        slope = smooth_derivative(question.g, question.name)
    except NoDerivative:
        return None
    allowed = Range(number(low), number(high), False, False)
    domain = replace(question.domain, ranges={**question.domain.ranges, question.name: allowed})
    outcome = decided(
        statement(slope, ">=" if growing else "<=", ZERO, domain), question.deadline, 3 * _EACH
    )
    return outcome if outcome.holds_everywhere else None


# The printed constant, and a certificate


def _compared(found: SharpConstant, printed: Fraction, question: _Question) -> SharpConstant:
    """With whether the statement holds with a printed constant, and its distance to the best."""
    if found.value is None:
        return replace(found, printed=printed)
    low, high = found.value.low.fraction(), found.value.high.fraction()
    sign = 1 if found.direction == "least" else -1
    holds: bool | None = None
    proofs = found.proofs
    if min(sign * (printed - low), sign * (printed - high)) > 0:
        holds = True
    elif max(sign * (printed - low), sign * (printed - high)) < 0:
        holds = False
    else:
        outcome = decided(question.with_constant(number(printed)), question.deadline)
        if outcome.outcome != "undecided":
            holds, proofs = outcome.holds_everywhere, (*proofs, outcome)
    gap = _gap(printed - high, printed - low)
    return replace(found, printed=printed, holds=holds, gap=gap, proofs=proofs)


def _gap(low: Fraction, high: Fraction) -> Enclosure:
    return of_fractions(low, high, max(2, min(6, _common(low, high)) if low * high > 0 else 2))


def _with_proof(found: SharpConstant, question: _Question) -> SharpConstant:
    """With the proved statement in which the constant is rounded to the side where it holds."""
    if found.value is None:
        return found
    digits = min(question.digits, CERTIFIED_DIGITS)
    if found.direction == "least":
        rounded = number(decimal_above(found.value.high.fraction(), digits))
    else:
        rounded = number(decimal_below(found.value.low.fraction(), digits))
    candidates = [rounded] if found.exact is None else [found.exact, rounded]
    for constant in candidates:
        outcome = decided(question.with_constant(constant), question.deadline)
        if outcome.holds_everywhere:
            return replace(found, proof=outcome)
    return found
