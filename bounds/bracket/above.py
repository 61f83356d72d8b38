"""Upper bounds on the error of the best algorithm: in the limit, and for a given m.

A client may always keep its own sample, whose mean square error is 1 whatever m is (an empty mean
counts as 0). With one component, no corrupted client and a given m, the mean of all m samples errs
by 1/m in the mean square.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import arb

from bounds.bracket.side import Problem, Side, at_scale, in_the_limit
from bounds.certify.errors import DomainError
from bounds.certify.exact import show_exact, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.lower.bound import lower_bound
from bounds.lower.median import median_risk
from bounds.lower.window_median import SEPARATION, window_median_risk
from bounds.upper.beyond_slope import parts_for, reach_for
from bounds.upper.information import Kind, information_bound
from bounds.upper.possible_means import best_reach, parts_at
from bounds.upper.sample_size import sample_size_bound

if TYPE_CHECKING:
    from bounds.lower.line import Line

_ALONE = Fraction(48)
"""One mean is as far from all others as one likes; farther gains nothing."""
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
        if problem.c == 0:
            value, told = Enclosure.of(arb(0), digits), "the mean of all samples"
        else:
            value = lower_bound(1, problem.c, "sharp", digits).ceiling
            told = "the minimax estimate for the possible means"
        yield Side(value, "one component", "bounds.lower.limit", None, holds, told)
        line = _line_at(problem.c)
        if line is not None:
            _prove(line)
            face = Enclosure.of(to_ball(line.at(problem.c)), digits)
            told = f"the minimax estimate for the possible means; {_shown(line)}"
            argued = "bounds.lower.support_lines"
            yield Side(face, "line above every set", argued, None, holds, told)
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
    value_ball = parts.slope * (to_ball(kappa) + parts.shared) + parts.far
    if value_ball < 1:
        face = Enclosure.of(value_ball, digits)
        told = f"clusters of possible means, t = {float(reach):.6g}"
        yield Side(face, "possible means", "bounds.upper.possible_means", None, holds, told)
    yield from _beyond(problem, kappa, digits)


def _beyond(problem: Problem, kappa: Fraction, digits: int) -> Iterator[Side]:
    """Possible means, with the line that is lowest at κ in place of the slope r*."""
    line = _line_at(kappa)
    if line is None:
        return
    reach = reach_for(line, float(problem.distance), float(kappa)) * problem.distance
    parts = parts_for(line, to_ball(problem.distance), to_ball(reach))
    if parts is None:
        return
    value = to_ball(line.alpha) + parts.slope * (to_ball(kappa) + parts.shared) + parts.far
    if value < 1:
        _prove(line)
        told = f"clusters of possible means, t = {float(reach):.6g}; {_shown(line)}"
        argued, holds = "bounds.upper.beyond_slope", in_the_limit(below=False)
        yield Side(Enclosure.of(value, digits), "line above every set", argued, None, holds, told)


def _line_at(mass: Fraction) -> Line | None:
    """The line that is lowest there, where one is below the line through 0."""
    if mass < _FROM:
        return None
    from bounds.lower.support_lines import best_line  # with NumPy: only where lines are used

    return best_line(mass)


def _prove(line: Line) -> None:
    from bounds.lower.support_lines import prove_line

    prove_line(line)


def _shown(line: Line) -> str:
    return f"risk at most {float(line.alpha):g} + {float(line.beta):g} times the mass"


def _given(problem: Problem, m: Fraction, digits: int) -> Iterator[Side]:
    k, c, holds = problem.k, problem.c, at_scale(m)
    if k == 1 and c == 0:
        face = Enclosure.of(1 / to_ball(m), digits)
        told = "the mean of all samples"
        yield Side(face, "one component", "bounds.bracket.above", m, holds, told)
        return
    shown = min(digits, 6)
    distance = _ALONE if k == 1 else problem.distance
    if distance > 0:
        listed = sample_size_bound(k, c, distance, m, shown)
        if listed.design is not None:
            told = f"clusters of possible means, t = {float(listed.design.reach):.6g}"
            yield Side(listed.value, "possible means", "bounds.upper.sample_size", m, holds, told)
    if k == 1 and 0 < c <= Fraction(1, 2):
        try:
            median = median_risk(c, m, shown)
        except DomainError:  # an even number of clients, or one out of reach
            pass
        else:
            told = "the clipped median of all samples"
            yield Side(median.risk, "median", "bounds.lower.median", m, holds, told)
    if (k == 1 or problem.distance >= SEPARATION) and 0 < c <= Fraction(1, 2) and k <= 10**6:
        try:
            window = window_median_risk(k, c, m, shown)
        except DomainError:  # too few clients for its estimates
            return
        if window.risk.high.fraction() < 1:
            needs = f"{holds}, means at least {show_exact(Fraction(SEPARATION))} apart"
            told = "the median of the reports around the own sample"
            argued = "bounds.lower.window_median"
            yield Side(window.risk, "median in a window", argued, m, needs, told)
