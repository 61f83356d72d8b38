"""Upper bounds on the error of the best algorithm: in the limit, and for a given m.

A client may always keep its own sample, whose mean square error is 1 whatever m is (an empty mean
counts as 0). With one component, no corrupted client and a given m, the mean of all m samples errs
by 1/m in the mean square.

Reports may be left out. The clipped median of `lower.median` asks for an odd number n′ of clients,
up to 10⁶. With n ≥ n′ clients the server takes the median of the first n′ reports. Who is genuine
among these is drawn as for n′ clients, so the median errs as it does there; every client, also one
whose report is left out, errs by no more, but for the excess of its own sample, which has the same
mean for all. So the bound at n′ holds for n. The same is true of `lower.window_median` for m ≥ m′,
and so its bound at m′ holds in the limit: the component of a client that is left out is each of the
k with chance 1/k, which is less than the share G⁺/|U| that is counted there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import arb

from bounds.bracket.side import Problem, Side, at_scale, in_the_limit
from bounds.certify.errors import DomainError
from bounds.certify.exact import to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.lower.bound import lower_bound
from bounds.lower.median import MOST_CLIENTS, median_risk
from bounds.lower.window_median import separation, window_median_risk
from bounds.upper.beyond_slope import parts_for, reach_for
from bounds.upper.information import Kind, information_bound
from bounds.upper.possible_means import best_reach, parts_at
from bounds.upper.sample_size import ALONE, sample_size_bound

if TYPE_CHECKING:
    from bounds.lower.line import Line

_MOST_CORRUPTED = Fraction(1, 2)  # c: beyond it a median is not asked for
_MOST_WINDOWS = 10**6  # components
_LEAST_IN_WINDOWS = Fraction(1, 10**8)  # c
_CALM = 200  # standard deviations of a median, about: what corrupted clients move it by
_MANY = 10**5  # reports: the median of so many is enclosed in seconds, and is nearly the limit's
_FROM = Fraction(65, 100)  # up to about here the line through 0 is the lowest


def upper_sides(problem: Problem, digits: int) -> Iterator[Side]:
    """Every upper bound that the library proves, at the working precision."""
    own = Enclosure.of(arb(1), digits)
    told = "every client keeps its own sample"
    yield Side(own, "own sample", "bounds.bracket.above", problem.m, "for every m", told)
    if problem.m is None:
        yield from _limits(problem, digits)
    else:
        yield from _given(problem, problem.m, digits)


def _limits(problem: Problem, digits: int) -> Iterator[Side]:
    holds = in_the_limit(below=False)
    if problem.k == 1:
        yield _one_component(problem.c, digits)
        return
    kappa, distance = problem.c / problem.k, problem.distance
    if not distance > 0:
        return
    blind = information_bound([Kind(Fraction(1), Fraction(1), False)], kappa, distance)
    if blind < 1:
        told = "the least worst loss over all mixtures that the reports allow"
        face = Enclosure.of(blind, digits)
        yield Side(face, "information", "bounds.upper.information", None, holds, told)
    reach = best_reach(float(distance), float(kappa)) * distance
    parts = parts_at(to_ball(distance), to_ball(reach), digits)
    if parts is None:
        return
    # step: possible means: the mass that wide cuts share [first sum 2/2]
    # step: and what far clients lose in the limit [first sum 1/2]
    value_ball = parts.slope * (to_ball(kappa) + parts.shared) + parts.far
    if value_ball < 1:
        face = Enclosure.of(value_ball, digits)
        told = f"clusters of possible means, t = {float(reach):.6g}"
        yield Side(face, "possible means", "bounds.upper.possible_means", None, holds, told)
    yield from _beyond(problem, kappa, digits)


def vector_sides(problem: Problem, dimension: int, digits: int) -> Iterator[Side]:
    """What is proved of vectors: coordinate by coordinate, by information, and in a window."""
    own = Enclosure.of(arb(dimension), digits)
    told = "every client keeps its own sample"
    yield Side(own, "own sample", "bounds.bracket.above", problem.m, "for every m", told)
    # step: without labels means may have a coordinate in common [true]
    if problem.k == 1:
        for side in upper_sides(problem, digits):
            if side.method != "own sample":
                yield _in_each_coordinate(side, dimension)
    # step: a bound on the limit of vectors is none at a given m [true]
    if problem.m is None:
        yield from _vectors_in_the_limit(problem, dimension, digits)
    elif problem.k > 1:
        window = _window(problem, problem.m, min(digits, 6), dimension)
        if window is not None:
            yield window


def _in_each_coordinate(side: Side, dimension: int) -> Side:
    """Labels known: each coordinate is a problem of one dimension."""
    # step: every coordinate errs by its own [last product]
    value = Enclosure.of(dimension * side.value.ball(), side.value.digits)
    told = f"{side.detail}; in each of {dimension} coordinates"
    return replace(side, value=value, detail=told)


def _vectors_in_the_limit(problem: Problem, dimension: int, digits: int) -> Iterator[Side]:
    alone = problem.k == 1
    if not alone and not problem.distance > 0:
        return
    kinds = [Kind(Fraction(1), Fraction(1), alone)]
    found = information_bound(kinds, problem.c / problem.k, problem.distance, dimension)
    told = f"the least worst loss over all mixtures in {dimension} dimensions"
    face, holds = Enclosure.of(found, digits), in_the_limit(below=False)
    yield Side(face, "information", "bounds.upper.dimension", None, holds, told)
    if alone or not _LEAST_IN_WINDOWS <= problem.c <= _MOST_CORRUPTED:
        return
    # a bound at m holds for more clients, too: so many that chance adds little to what is hidden
    scale = problem.c.denominator * math.ceil((_CALM / problem.c) ** 2 / problem.c.denominator)
    window = _window(problem, Fraction(scale), min(digits, 6), dimension)
    if window is not None:
        needs = f"{holds}; means at least {separation(dimension)} apart"
        yield replace(window, m=None, holds=needs)


def _one_component(c: Fraction, digits: int) -> Side:
    """Labels tell nothing, so the labelled problem's ceiling is one of the limit of K(m)."""
    argued, method = "bounds.lower.limit", "one component"
    if c == 0:
        value, told = Enclosure.of(arb(0), digits), "the mean of all samples"
    else:
        found = lower_bound(1, c, "sharp", digits)
        value, told = found.ceiling, "the minimax estimate for the possible means"
        if found.line is not None:
            argued, method = "bounds.lower.support_lines", "line above every set"
            told += f"; {found.line_told}"
    return Side(value, method, argued, None, in_the_limit(below=False), told)


def _beyond(problem: Problem, kappa: Fraction, digits: int) -> Iterator[Side]:
    """Possible means, with the line that is lowest at κ in place of the slope r*."""
    if kappa < _FROM:
        return
    from bounds.lower.support_lines import best_line, prove_line  # with NumPy: only where needed

    line = best_line(kappa)
    reach = reach_for(line, float(problem.distance), float(kappa)) * problem.distance
    parts = parts_for(line, to_ball(problem.distance), to_ball(reach))
    if parts is None:
        return
    # step: beyond the best slope: the height of the line [last sum 2/3]
    # step: and the mass that wide cuts share [first sum 3/3]
    # step: and what far clients lose beyond a distance [first sum 1/3]
    value = to_ball(line.alpha) + parts.slope * (to_ball(kappa) + parts.shared) + parts.far
    if value < 1:
        # step: that line lies above every set [drop]
        prove_line(line)
        told = f"clusters of possible means, t = {float(reach):.6g}; {_shown(line)}"
        argued, holds = "bounds.upper.beyond_slope", in_the_limit(below=False)
        yield Side(Enclosure.of(value, digits), "line above every set", argued, None, holds, told)


def _shown(line: Line) -> str:
    return f"risk at most {float(line.alpha):g} + {float(line.beta):g} times the mass"


def _given(problem: Problem, m: Fraction, digits: int) -> Iterator[Side]:
    shown = min(digits, 6)
    for method in _METHODS:
        side = method(problem, m, digits if method is _mean_of_all else shown)
        if side is not None:
            yield side


def _mean_of_all(problem: Problem, m: Fraction, digits: int) -> Side | None:
    # step: the mean of all asks for no corrupted client [false 3/3]
    # step: and for one component [false 2/3]
    if problem.k > 1 or problem.c > 0:
        return None
    value, told = Enclosure.of(1 / to_ball(m), digits), "the mean of all samples"
    return Side(value, "one component", "bounds.bracket.above", m, at_scale(m), told)


def _listed(problem: Problem, m: Fraction, digits: int) -> Side | None:
    distance = ALONE if problem.k == 1 else problem.distance
    if not distance > 0:
        return None
    found = sample_size_bound(problem.k, problem.c, distance, m, digits)
    if found.design is None:
        return None
    reach = float(found.design.reach)
    told = f"clusters of possible means, a list for each client, t = {reach:.6g}"
    argued = "bounds.upper.sample_size"
    return Side(found.value, "possible means", argued, m, at_scale(m), told)


def _median(problem: Problem, m: Fraction, digits: int) -> Side | None:
    # step: a median asks for one component [last condition 1/3]
    if problem.k > 1 or not 0 < problem.c <= _MOST_CORRUPTED:
        return None
    clients = int((1 + problem.c) * m)
    counted = clients if clients <= MOST_CLIENTS else _MANY
    counted -= 1 - counted % 2
    try:
        median = median_risk(problem.c, counted / (1 + problem.c), digits)
    except DomainError:  # too few clients
        return None
    told = "the clipped median of all samples"
    if counted < clients:
        told = f"the clipped median of {counted} samples"
    return Side(median.risk, "median", "bounds.lower.median", m, at_scale(m), told)


def _window(problem: Problem, m: Fraction, digits: int, dimension: int = 1) -> Side | None:
    if problem.k > _MOST_WINDOWS or not 0 < problem.c <= _MOST_CORRUPTED:
        return None
    apart = separation(dimension)
    # step: a window asks for means 100 apart [value 5/5: _ - 1]
    if problem.k > 1 and problem.distance < apart:
        return None
    try:
        window = window_median_risk(problem.k, problem.c, m, digits, dimension)
    except DomainError:  # too few clients for its estimates
        return None
    if not window.risk.high.fraction() < dimension:
        return None
    needs = f"{at_scale(m)}, means at least {apart} apart"
    told = "the median of the reports around the own sample"
    argued = "bounds.lower.window_median"
    return Side(window.risk, "median in a window", argued, m, needs, told)


_METHODS = (_mean_of_all, _listed, _median, _window)
"""What is proved of an algorithm at a given m: a side, or None where nothing is below 1."""


def serves(problem: Problem, clients: int) -> bool:
    """Whether some method is proved to err by less than 1 with so many clients.

    Args:
        problem: k, c and D; its m is not looked at.
        clients: n, a whole number; m is n/(k + c).
    """
    m = clients / (problem.k + problem.c)
    sides = (method(problem, m, 6) for method in _METHODS)
    return any(side is not None and side.value.high.fraction() < 1 for side in sides)
