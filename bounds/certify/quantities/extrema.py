"""Maxima and minima of expressions on domains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from flint import arb

from bounds.certify.language.comparison import Comparison
from bounds.certify.language.domain import Domain, DomainLike, Range
from bounds.certify.language.expression import Expr, number
from bounds.certify.language.statement import Statement
from bounds.certify.numbers.enclosure import Enclosure, dyadic_ends
from bounds.certify.numbers.precision import bits_for, read_digits
from bounds.certify.quantities.guesses import Guess, guesses
from bounds.certify.quantities.peaks import (
    Peak,
    below,
    end_peaks,
    highest,
    interior_peaks,
)
from bounds.certify.quantities.proving import (
    CERTIFIED_DIGITS,
    MOST_EXPONENT,
    SECONDS,
    at,
    ball,
    constant_ball,
    decided,
    decimal_above,
    decimal_below,
    enclosure,
    is_measured,
    of_fractions,
    read_expression,
    read_seconds,
    read_where,
)
from bounds.certify.quantities.results import Extremum, Place
from bounds.certify.quantities.samples import BITS, Sample, sampled
from bounds.certify.quantities.suprema import Supremum, approached_at, open_ends, unbounded
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.numeric import precision
from bounds.certify.rules.outcome import Outcome
from bounds.certify.rules.solving import tidy

Word = Literal["maximum", "minimum"]
_ROUNDS = 5


def maximum(
    expression: object,
    domain: DomainLike | None = None,
    *,
    digits: int = 15,
    seconds: float = SECONDS,
    proof: bool = False,
) -> Extremum:
    """The maximum of an expression on a domain, with proof, and where it is attained.

    Args:
        expression: text such as `"x*exp(-x)"`, LaTeX, or SymPy.
        domain: where the variables lie, as for `bounds.decide`.
        digits: significant digits of the value and of the places.
        seconds: how long to try.
        proof: also prove `expression <= high` as one statement, for a certificate.

    Returns:
        An `Extremum`: attained in the places, a supremum that is not attained, unbounded, or
        undecided. Of a smooth function of one variable each place is proved to be the only one in
        its box, and all others are excluded.

    Raises:
        InputError: the expression or the domain is not read.
    """
    return _extremum("maximum", expression, domain, digits, seconds, proof)


def minimum(
    expression: object,
    domain: DomainLike | None = None,
    *,
    digits: int = 15,
    seconds: float = SECONDS,
    proof: bool = False,
) -> Extremum:
    """The minimum of an expression on a domain; see `maximum`."""
    return _extremum("minimum", expression, domain, digits, seconds, proof)


def _extremum(
    word: Word,
    expression: object,
    domain: DomainLike | None,
    digits: int,
    seconds: float,
    proof: bool,
) -> Extremum:
    shown = read_expression(expression)
    where = read_where(shown, domain)
    digits = read_digits(digits)
    deadline = Deadline(read_seconds(seconds))
    found = extremum(word, shown, where, digits, deadline)
    return with_certificate(found, digits, deadline) if proof else found


def extremum(word: Word, shown: Expr, where: Domain, digits: int, deadline: Deadline) -> Extremum:
    """The maximum or minimum, within a time."""
    task = _Task(word, shown, where, digits, deadline)
    found = task.of_one_variable() if task.is_line else None
    return found if found is not None else task.of_guesses()


@dataclass
class _Task:
    """One question: f is what is maximised, and the negative of what was asked for a minimum."""

    word: Word
    shown: Expr
    where: Domain
    digits: int
    deadline: Deadline

    def __post_init__(self) -> None:
        self.minimum = self.word == "minimum"
        self.f = -self.shown if self.minimum else self.shown
        self.tried: list[str] = []

    @property
    def is_line(self) -> bool:
        """Whether it is a function of one real variable without constraints."""
        ranges = list(self.where.ranges.values())
        return (
            len(ranges) == 1
            and not self.where.constraints
            and not ranges[0].integer
            and not ranges[0].is_point
            and bool(self.shown.free)
        )

    # One variable

    def of_one_variable(self) -> Extremum | None:
        ((name, allowed),) = self.where.ranges.items()
        samples = sampled(self.f, name, allowed)
        if len(samples) < 5:
            return None
        for _ in range(_ROUNDS):
            peaks = interior_peaks(self.f, name, samples, self.digits)
            peaks += end_peaks(self.f, name, allowed, self.digits, self.deadline.within(5))
            missing = self._at_open_end(name, allowed, samples, peaks)
            if isinstance(missing, Extremum):
                return missing
            found = highest(self.f, name, allowed, peaks, samples, self.deadline, self.minimum)
            if isinstance(found, tuple):
                samples = self._more(name, samples, found)
                continue
            if isinstance(found, str):
                self.tried.append(found)
                return None
            return self._attained(found.peaks, found.value, found.proofs)
        return None

    def _at_open_end(
        self, name: str, allowed: Range, samples: Sequence[Sample], peaks: Sequence[Peak]
    ) -> Extremum | None:
        """What is found where the largest value lies next to an open or infinite end."""
        for high in open_ends(allowed, samples):
            edge = samples[-1 if high else 0].value
            if any(not peak.value < edge for peak in peaks):
                continue
            found = approached_at(
                self.f, name, allowed, high, samples, self.digits, self.deadline, self.minimum
            )
            if isinstance(found, Supremum):
                return self._not_attained(found)
            self.tried.append(found)
            proof = unbounded(self.f, name, allowed, high, self.deadline, self.minimum)
            if proof is not None:
                return self._result("unbounded", None, proofs=(proof,), basis="checker")
        return None

    def _more(
        self, name: str, samples: Sequence[Sample], points: Sequence[Fraction]
    ) -> list[Sample]:
        """The samples, and others around points at which the function is high."""
        known = {sample.at for sample in samples}
        ordered = sorted(known)
        added: set[Fraction] = set()
        for point in points:
            lower = max((p for p in ordered if p < point), default=None)
            upper = min((p for p in ordered if p > point), default=None)
            added.add(point)
            if lower is not None and upper is not None:
                added |= {lower + (upper - lower) * Fraction(i, 16) for i in range(1, 16)}
        result = list(samples)
        with precision(BITS):
            for point in added - known:
                value = evaluate(self.f, {name: ball(point)})
                if value.is_finite():
                    result.append(Sample(point, value))
        return sorted(result, key=lambda sample: sample.at)

    def _attained(
        self, peaks: Sequence[Peak], value: object, proofs: tuple[Outcome, ...]
    ) -> Extremum:
        exact = None
        (name,) = self.where.ranges
        if len(peaks) == 1 and peaks[0].place.exact is not None:
            exact = tidy(at(self.shown, name, peaks[0].place.exact[name]))
        return self._result(
            "attained",
            self._turned(enclosure(value, self.digits)),  # type: ignore[arg-type]
            exact=exact,
            places=tuple(peak.place for peak in peaks),
            complete=True,
            proofs=proofs,
            basis="balls and checker" if proofs else "balls",
        )

    def _not_attained(self, found: Supremum) -> Extremum:
        exact = None if found.exact is None else tidy(-found.exact if self.minimum else found.exact)
        return self._result(
            "not attained",
            self._turned(found.value),
            exact=exact,
            approached=found.approached,
            proofs=found.proofs,
            basis="balls and checker",
        )

    # By a guess, and a statement on the whole domain

    def of_guesses(self) -> Extremum:
        """The value at a good place, and a statement that no other value is larger."""
        if not self.shown.free:
            value = constant_ball(self.shown, bits_for(self.digits))
            return self._result("attained", enclosure(value, self.digits), complete=True)
        for guess in guesses(self.f, self.where):
            if self.deadline.over():
                break
            found = self._of_guess(guess)
            if found is not None:
                return found
        self.tried.append("more seconds or a smaller domain would help")
        return self._result("undecided", None, tried=tuple(dict.fromkeys(self.tried)), basis="none")

    def _of_guess(self, guess: Guess) -> Extremum | None:
        value = constant_ball(guess.value, bits_for(self.digits))
        if not is_measured(value):
            self.tried.append(f"a guess of more than {MOST_EXPONENT:,} binary places")
            return None
        if guess.is_simple:
            claim = below_or_equal(self.f, tidy(guess.value), self.where, self.minimum)
            outcome = decided(claim, self.deadline)
            if outcome.outcome in ("proved", "equal") and outcome.holds_everywhere:
                exact = tidy(-guess.value if self.minimum else guess.value)
                return self._at_guess(guess, enclosure(value, self.digits), exact, (outcome,))
            self.tried.append(f"{outcome.outcome}: {claim}")
        low = _lower(value)
        for level in _levels(low, self.digits):
            claim = below(self.f, level, self.where, self.minimum)
            outcome = decided(claim, self.deadline, 8)
            if outcome.outcome == "proved":
                shown = max(2, _shared_digits(low, level))
                value_in = of_fractions(low, level, min(shown, self.digits))
                return self._at_guess(guess, value_in, None, (outcome,))
            self.tried.append(f"{outcome.outcome}: {claim}")
            if outcome.outcome == "refuted":
                continue
        return None

    def _at_guess(
        self, guess: Guess, value: Enclosure, exact: Expr | None, proofs: tuple[Outcome, ...]
    ) -> Extremum:
        places: tuple[Place, ...] = ()
        if exact is not None:
            where = {
                name: enclosure(constant_ball(point, bits_for(self.digits)), self.digits)
                for name, point in guess.point.items()
            }
            places = (Place(where, dict(guess.point), unique=False),)
        return self._result(
            "enclosed" if exact is None else "attained",
            self._turned(value),
            exact=exact,
            places=places,
            proofs=proofs,
            basis="balls and checker",
        )

    # Results

    def _turned(self, value: Enclosure) -> Enclosure:
        return turned(value) if self.minimum else value

    def _result(
        self,
        outcome: Literal["attained", "not attained", "enclosed", "unbounded", "undecided"],
        value: Enclosure | None,
        *,
        exact: Expr | None = None,
        places: tuple[Place, ...] = (),
        complete: bool = False,
        approached: str | None = None,
        proofs: tuple[Outcome, ...] = (),
        tried: tuple[str, ...] = (),
        basis: Literal["balls", "checker", "balls and checker", "none"] = "balls",
    ) -> Extremum:
        return Extremum(
            self.word,
            self.shown,
            self.where,
            outcome,
            value,
            basis,
            exact=exact,
            places=places,
            complete=complete,
            approached=approached,
            proofs=proofs,
            tried=tried,
        )


def turned(value: Enclosure) -> Enclosure:
    """The enclosure of the negative."""
    low, high = value.low, value.high
    return Enclosure(
        type(high)(-high.mantissa, high.exponent), type(low)(-low.mantissa, low.exponent),
        value.digits,
    )  # fmt: skip


def below_or_equal(f: Expr, level: Expr, domain: Domain, minimum: bool) -> Statement:
    """The statement f <= level; of the negatives, if the minimum of -f is meant."""
    if minimum:
        return Statement((Comparison(-f, ">=", tidy(-level)),), domain)
    return Statement((Comparison(f, "<=", level),), domain)


def _lower(value: arb) -> Fraction:
    return dyadic_ends(value)[0].fraction()


def _levels(low: Fraction, digits: int) -> Iterator[Fraction]:
    """Numbers above the value that was found, by ever larger gaps."""
    size = abs(low) or Fraction(1)
    for shown in (12, 9, 6, 4, 3):
        if shown <= max(digits, 3):
            yield decimal_above(low + size / Fraction(10) ** shown, shown + 2)


def _shared_digits(low: Fraction, high: Fraction) -> int:
    """How many digits an enclosure gives."""
    size, gap = max(abs(low), abs(high)), high - low
    count = 0
    while count < 40 and gap * Fraction(10) ** (count + 1) < size:
        count += 1
    return count + 1


def with_certificate(found: Extremum, digits: int, deadline: Deadline) -> Extremum:
    """The same with one statement that encloses it, `f <= high, f(point) >= low`, if proved."""
    if found.value is None or found.outcome == "unbounded":
        return found
    claim = enclosing_statement(found, min(digits, CERTIFIED_DIGITS))
    outcome = decided(claim, deadline, 60)
    return replace(found, proof=outcome) if outcome.holds_everywhere else found


def enclosing_statement(found: Extremum, digits: int) -> Statement:
    """That the expression is nowhere above a decimal, and at a point it is above another."""
    assert found.value is not None
    low, high = found.value.low.fraction(), found.value.high.fraction()
    point = _point_of(found)
    comparisons = []
    if found.word == "maximum":
        bound = found.exact if found.exact is not None else number(decimal_above(high, digits))
        comparisons.append(Comparison(found.expression, "<=", bound))
    else:
        bound = found.exact if found.exact is not None else number(decimal_below(low, digits))
        comparisons.append(Comparison(found.expression, ">=", bound))
    if point is not None:
        from bounds.certify.language.expression import substitute

        value = substitute(found.expression, point)
        if found.word == "maximum":
            comparisons.append(Comparison(value, ">=", number(decimal_below(low, digits))))
        else:
            comparisons.append(Comparison(value, "<=", number(decimal_above(high, digits))))
    return Statement(tuple(comparisons), found.domain)


def _point_of(found: Extremum) -> Mapping[str, Expr] | None:
    """An exact point of the first place."""
    if not found.places:
        return None
    place = found.places[0]
    if place.exact is not None:
        return place.exact
    from bounds.certify.rules.numeric import simplest_between

    return {
        name: number(simplest_between(value.low.fraction(), value.high.fraction()))
        for name, value in place.at.items()
    }
