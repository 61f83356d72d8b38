"""The bounds that are shown next to a measured risk: the one place to add one.

A reference states what it is, where it comes from, and how to enclose it for a problem. Nothing
here is measured; nothing measured is here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from bounds.bracket import Side, lower_side, upper_side
from bounds.certify.errors import DomainError, Inconclusive, InputError
from bounds.certify.exact import to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, working_precision
from bounds.functions import loss
from bounds.lower import lower_bound
from bounds.simulation.problem import Problem
from bounds.upper import upper_bound
from bounds.upper.bound import Method
from bounds.upper.possible_means import PAPER_SEPARATION
from bounds.upper.sample_size import two_lists_bound

DIGITS = 10


@dataclass(frozen=True)
class Reference:
    """One bound.

    Attributes:
        name: what it bounds, and where it stands in the paper.
        status: whether the bound itself is proved; its value always is enclosed.
        value: the enclosure for a problem, or None where the bound says nothing.
    """

    name: str
    status: str
    value: Callable[[Problem], Enclosure | None]


def _enclosed(evaluate: Callable[[Problem], arb]) -> Callable[[Problem], Enclosure | None]:
    def value(problem: Problem) -> Enclosure | None:
        with working_precision(bits_for(DIGITS) + 64):
            try:
                return Enclosure.of(evaluate(problem), DIGITS)
            except DomainError:
                return None

    return value


def _mass(problem: Problem) -> arb:
    return to_ball(problem.c / problem.k)


def _own_sample(_: Problem) -> arb:
    return arb(1)


def _even_spread(problem: Problem) -> arb:
    return loss(_mass(problem), to_ball(problem.delta))


def _scale(problem: Problem) -> Fraction:
    """The m of the clients that are drawn, whose number n = (k + c)m is whole."""
    return problem.clients / (problem.k + problem.c)


def _upper(method: Method) -> Callable[[Problem], Enclosure | None]:
    def value(problem: Problem) -> Enclosure | None:
        share, apart = problem.c / problem.k, problem.separation / problem.delta
        if not share or apart < PAPER_SEPARATION:
            return None
        try:
            return upper_bound(problem.delta, share, method, DIGITS).value
        except (DomainError, InputError, Inconclusive):
            return None

    return value


def _corrected(problem: Problem) -> Enclosure | None:
    if not problem.c:
        return None
    try:
        return lower_bound(problem.k, problem.c, "corrected", DIGITS, _scale(problem)).value
    except (DomainError, InputError):
        return None


def _printed(problem: Problem) -> Enclosure | None:
    if not problem.c:
        return None
    try:
        return lower_bound(problem.k, problem.c, "printed", DIGITS).value
    except (DomainError, InputError):
        return None


def _best(side: Callable[..., Side], at_this_m: bool) -> Callable[[Problem], Enclosure | None]:
    """What the bracket proves of the best algorithm, from one side."""

    def value(problem: Problem) -> Enclosure | None:
        scale = _scale(problem) if at_this_m else None
        try:
            return side(problem.k, problem.c, problem.separation, scale, DIGITS).value
        except InputError:
            return None

    return value


def _listed(problem: Problem) -> Enclosure | None:
    n = int((problem.k + problem.c) * _scale(problem))
    parts = n // 2, n - n // 2
    bound = two_lists_bound(problem.k, problem.c, problem.separation, parts, DIGITS)
    return bound.value if bound.says_something else None


REFERENCES: tuple[Reference, ...] = (
    Reference(
        "without collaboration (own sample)",
        "exact",
        _enclosed(_own_sample),
    ),
    Reference("lower bound on every algorithm, Theorem 1", "as printed; not proved", _printed),
    Reference("lower bound on every algorithm at this m, corrected", "proved", _corrected),
    Reference("lower bound on every algorithm at this m, best", "proved", _best(lower_side, True)),
    Reference(
        "lower bound on every algorithm as m grows, best", "proved", _best(lower_side, False)
    ),
    Reference(
        "upper bound as m grows, Theorem 2",
        "as printed; not proved of these algorithms",
        _upper("printed"),
    ),
    Reference(
        "upper bound as m grows, repaired",
        "on the assumptions that `bounds upper` lists",
        _upper("repaired"),
    ),
    Reference(
        "upper bound as m grows, sharp",
        "on the assumptions that `bounds upper` lists",
        _upper("sharp"),
    ),
    Reference("upper bound as m grows, of the best algorithm", "proved", _best(upper_side, False)),
    Reference("upper bound at this m, of the best algorithm", "proved", _best(upper_side, True)),
    Reference("upper bound at this m, of the estimator possible-means", "proved", _listed),
    Reference(
        "the algorithm under an even spread as m grows, Lemma 4: g(eps_hat)^2/(1 + g(eps_hat)^2)",
        "as printed; clients that keep their own sample are left out",
        _enclosed(_even_spread),
    ),
)
"""The bounds, in the order in which they are printed."""
