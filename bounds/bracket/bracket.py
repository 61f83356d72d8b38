"""One bracket for the error of the best algorithm, for a user's own k, c, D and m.

The largest lower bound and the smallest upper bound that the library proves for
K(m) = min over algorithms, max over adversaries and means at least D apart. A statement on the
limit of large m and one on a given m are never mixed: with m = None the lower end bounds
lim inf K(m) and the upper end lim sup K(m), and neither says anything of any given m; with m given
both bound K(m) for that m alone.

Every other part of the library that tells what is proved of the best algorithm takes it from here,
so that one question has one answer: the advice, the figures, the references beside a simulation.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

from bounds.bracket.above import serves, upper_sides, vector_sides
from bounds.bracket.below import lower_sides
from bounds.bracket.side import Problem, Side
from bounds.certify.arithmetic.ball import log2_of
from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.exact import read_rational, show_exact, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.lower.bound import MOST_CLIENTS, require_whole_clients
from bounds.lower.window_median import read_dimension

MOST_COMPONENTS = 10**9
MOST_DISTANCE = Fraction(10**6)
LEAST_BUDGET = Fraction(1, 10**300)


@dataclass(frozen=True)
class RiskBracket:
    """The error of the best algorithm, from both sides.

    Attributes:
        k: the number of components.
        c: the adversary's budget, relative to the mass of one component.
        distance: D: the means are at least so far apart, in standard deviations.
        m: the scale for which both sides hold; None: both hold in the limit of large m alone.
        lower: the lower bounds, the largest first.
        upper: the upper bounds, the smallest first.
        ratio: encloses high/low, what is left between them; None where the lower bound is 0.
        dimension: d, of the reports; their errors are squared lengths.
    """

    k: int
    c: Fraction
    distance: Fraction
    m: Fraction | None
    lower: tuple[Side, ...]
    upper: tuple[Side, ...]
    ratio: Enclosure | None
    dimension: int = 1

    @property
    def low(self) -> Side:
        """The largest lower bound; its lower end is proved."""
        return self.lower[0]

    @property
    def high(self) -> Side:
        """The smallest upper bound; its upper end is proved."""
        return self.upper[0]

    def __str__(self) -> str:
        low, high = self.low.value.decimals(6)[0], self.high.value.decimals(6)[1]
        error = "lim K(m)" if self.m is None else f"K({show_exact(self.m)})"
        return f"{low} <= {error} <= {high}"


def risk_bracket(
    k: int, c: Any, distance: Any = None, m: Any = None, digits: int = 15, dimension: Any = 1
) -> RiskBracket:
    """The largest proved lower bound and the smallest proved upper bound on K(m), or on its limit.

    Args:
        k: the number of components, 1 to 10⁹.
        c: the adversary's budget, relative to the mass of one component (c/k is the ratio of
            corrupted to genuine clients): exact, 0 or from 10⁻³⁰⁰ to 10⁹ k.
        distance: D, exact, 0 to 10⁶: the means are at least so far apart, in standard deviations.
            It may be left out for one component.
        m: the scale, exact, for a bracket of K(m) with (k + c)m clients, a whole number up to
            10¹⁸; None for the limit of large m.
        digits: significant decimal digits.
        dimension: d, from 1 to 10⁶: reports are vectors with d coordinates of variance 1, and an
            error is a squared length, d for a client's own sample. From 2 on the lower bounds are
            those of one dimension. The upper ones are, for one component, d times those of one
            dimension; in the limit, that of `upper.dimension`; for means 10(9 + ⌈√d⌉) apart or
            more, at a given m, too, that of `lower.window_median`.

    Returns:
        Both sides, each with its method, its basis and its range, and the other bounds that hold.

    For c/k of 0.65 or more in the limit the line α + β c/k that is lowest there is proved first,
    with those that it rests on: less than a second where their kept proof holds, once in a process;
    `high.detail` names it.

    Raises:
        InputError: an argument is malformed or out of range.
        DomainError: (k + c)m is not a whole number of clients up to 10¹⁸.

    Paper: Theorem 1 from below and Theorem 2 from above; K(m) is defined in Section II.
    """
    problem, digits = read_problem(k, c, distance, m), read_digits(digits)
    vectors = read_dimension(dimension)
    with working_precision(_bits(problem, digits)):
        lower, upper = _lower(problem, digits), _upper(problem, digits, vectors)
        low, high = _low_end(lower[0]), _high_end(upper[0])
        if low > high:
            raise Inconclusive(
                f"the lower bound {lower[0].method} is above the upper bound {upper[0].method}:"
                " one of the two arguments is false; please report this"
            )
        ratio = upper[0].value.ball() / lower[0].value.ball() if low > 0 else None
        return RiskBracket(
            problem.k,
            problem.c,
            problem.distance,
            problem.m,
            tuple(lower),
            tuple(upper),
            None if ratio is None else Enclosure.of(ratio, min(digits, 6)),
            vectors,
        )


def lower_side(k: int, c: Any, distance: Any, m: Any = None, digits: int = 15) -> Side:
    """The largest lower bound alone, as in `risk_bracket`.

    Args:
        k: components.
        c: corrupted mass, relative to a component.
        distance: D, the means are at least so far apart; None for one component.
        m: the scale; None for the limit of large m.
        digits: significant decimal digits.

    Raises:
        InputError: an argument is malformed or out of range.
        DomainError: (k + c)m is not a whole number of clients up to 10¹⁸.
    """
    problem, digits = read_problem(k, c, distance, m), read_digits(digits)
    with working_precision(_bits(problem, digits)):
        return _lower(problem, digits)[0]


def upper_side(
    k: int, c: Any, distance: Any, m: Any = None, digits: int = 15, dimension: int = 1
) -> Side:
    """The smallest upper bound alone, as in `risk_bracket`.

    Args:
        k: components.
        c: corrupted mass, relative to a component.
        distance: D, the means are at least so far apart; None for one component.
        m: the scale; None for the limit of large m.
        digits: significant decimal digits.
        dimension: d ≥ 1, of the reports.

    Raises:
        InputError: an argument is malformed or out of range.
        DomainError: (k + c)m is not a whole number of clients up to 10¹⁸.
    """
    problem, digits = read_problem(k, c, distance, m), read_digits(digits)
    with working_precision(_bits(problem, digits)):
        return _upper(problem, digits, dimension)[0]


def least_clients(k: int, c: Any, distance: Any) -> int | None:
    """A small number n of clients with which some method is proved to err by less than 1.

    A bound need not fall with every client more, so smaller numbers are not excluded: n is what a
    search by doubling and halving finds, and with n clients the bound is below 1.

    Args:
        k: components.
        c: corrupted mass, relative to a component.
        distance: D, the means are at least so far apart; None for one component.

    Returns:
        n; None if the search finds none up to 10¹⁸ clients.

    Raises:
        InputError: an argument is malformed or out of range.
    """
    problem = read_problem(k, c, distance, None)
    with working_precision(_bits(problem, 6)):
        high = 2
        while not serves(problem, high):
            high *= 4
            if high > MOST_CLIENTS:
                return None
        low = high // 4
        while high - low > max(1, high // 32):
            middle = (low + high) // 2
            low, high = (low, middle) if serves(problem, middle) else (middle, high)
        return high


def _bits(problem: Problem, digits: int) -> int:
    spare = 0 if problem.c == 0 else 2 * abs(int(log2_of(to_ball(problem.c / problem.k))))
    return bits_for(digits) + 48 + spare


def _lower(problem: Problem, digits: int) -> list[Side]:
    """The lower bounds, the largest first; 0 where there is none."""
    found = sorted(lower_sides(problem, digits), key=_low_end, reverse=True)
    if found:
        return found
    nothing = Enclosure.of(arb(0), digits)
    return [Side(nothing, "none", None, problem.m, "for every m", "no error is less")]


def _upper(problem: Problem, digits: int, dimension: int) -> list[Side]:
    """The upper bounds, the smallest first; a client's own sample is one."""
    if dimension > 1:
        return sorted(vector_sides(problem, dimension, digits), key=_high_end)
    return sorted(upper_sides(problem, digits), key=_high_end)


def _low_end(side: Side) -> Fraction:
    return side.value.low.fraction()


def _high_end(side: Side) -> Fraction:
    return side.value.high.fraction()


def read_problem(k: Any, c: Any, distance: Any, m: Any) -> Problem:
    """The arguments of `risk_bracket`, read and checked.

    Raises:
        InputError: an argument is malformed or out of range.
        DomainError: (k + c)m is not a whole number of clients up to 10¹⁸.
    """
    if isinstance(k, bool) or not isinstance(k, int) or not 1 <= k <= MOST_COMPONENTS:
        raise InputError(f"k must be a whole number of components from 1 to 10^9, not {k!r:.40}")
    budget = read_rational(c, "c")
    if budget != 0 and not LEAST_BUDGET <= budget <= k * 10**9:
        raise InputError("c must be 0 or from 10^-300 to 10^9 k: a mass relative to a component")
    if distance is None and k > 1:
        raise InputError(
            "name the distance D of the means, which the upper bounds for k > 1 need (for"
            " every D there is `bounds lower`)"
        )
    apart = Fraction(0) if distance is None else read_rational(distance, "the distance")
    if not 0 <= apart <= MOST_DISTANCE:
        raise InputError(f"the distance must be from 0 to 10^6, not {show_exact(apart):.60}")
    if m is None:
        return Problem(k, budget, apart, None)
    scale = read_rational(m, "m")
    require_whole_clients(k + budget, scale)
    return Problem(k, budget, apart, scale)
