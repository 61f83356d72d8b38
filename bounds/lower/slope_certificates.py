"""The best slope of the lower bound as certificates: r*, that no set does better, small budgets.

What `bounds check` replays of `two_point`, `any_set` and `limit`: every inequality in numbers. The
arguments around them are in words, and so is that the slope of B(t)/(2Φ(t) − 1) changes sign once.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

from bounds.certify.certificates.seal import sealed
from bounds.certify.errors import Inconclusive
from bounds.certify.exact import show_exact, to_ball
from bounds.certify.inequalities import (
    Proved,
    Term,
    cdf,
    density,
    exp,
    number,
    prove_less,
    quantile,
    variable,
)
from bounds.certify.numbers.enclosure import dyadic_ends
from bounds.certify.numbers.precision import bits_for, working_precision
from bounds.certify.roots.monotone import turning_point
from bounds.lower.any_set import FAR, SEAM, gap_mass, linear_risk
from bounds.lower.limit import EXACT_UP_TO, LESSER, PIECES, SMALL, TO_BEST
from bounds.lower.tanh_estimate import tanh_risk
from bounds.lower.two_point import mass, ratio_turn, risk, sech_mean, sech_square_mean

Certificate = dict[str, Any]

_BITS = 64
_PULLS = tuple(Fraction(part, 8) for part in (2, 3, 1, 4, 0))
_MOST_BOXES = 20_000
_DIGITS = 12


@cache
def any_set_certificate() -> Certificate:
    """That R*(S) ≤ r* M(S) for every set S of means, with a rational number just below r*.

    Raises:
        Inconclusive: a box is not proved within the budget (not seen).
    """
    with working_precision(_BITS):
        best = turning_point(ratio_turn, 0.93672, 48).mid()
        value = dyadic_ends(risk(best) / mass(best))[0].fraction()
        ratio = Fraction(int(value * 2**40) - 1, 2**40)
        boxes = list(_boxes(ratio))
    separation = dyadic_ends(best)[0].fraction().limit_denominator(10**9)
    return sealed(
        "any_set",
        {
            "ratio": show_exact(ratio),
            "separation": show_exact(separation),
            "text": "no set of means earns more for its mass than two points",
        },
        {"bits": _BITS, "boxes": boxes},
    )


def _boxes(ratio: Fraction) -> Iterator[str]:
    """How case (4) of `any_set` is cut, and the estimate for each box, from the first on."""
    waiting, done = [(SEAM, FAR, Fraction(0), FAR)], 0
    while waiting:
        a0, a1, w0, w1 = waiting.pop()
        done += 1
        if done > _MOST_BOXES:
            raise Inconclusive(f"{_MOST_BOXES} boxes do not suffice near a = {float(a0)}")
        if (token := _estimate(ratio, a0, a1, w0, w1)) is not None:
            yield token
        elif a1 - a0 > w1 - w0:
            middle = (a0 + a1) / 2
            waiting += [(middle, a1, w0, w1), (a0, middle, w0, w1)]
            yield "a"
        else:
            middle = (w0 + w1) / 2
            waiting += [(a0, a1, middle, w1), (a0, a1, w0, middle)]
            yield "w"


def _estimate(
    ratio: Fraction, a0: Fraction, a1: Fraction, w0: Fraction, w1: Fraction
) -> str | None:
    """The scale of an estimate that serves on a box; "." where none is needed; None without one."""
    level = to_ball(ratio) * (gap_mass(to_ball(max(2 * a0 - w1, a0))) + gap_mass(to_ball(w0)))
    if w0 > a1 or level > 1 or level > linear_risk(a1):
        return "."
    near, middle = max(a0 - w1, Fraction(0)), (a0 + a1) / 2
    for pull in _PULLS:
        scale = (middle - pull * (w0 + w1) / 2).limit_denominator(128)
        if scale > 0 and level > tanh_risk(scale, near) and level > tanh_risk(scale, a1):
            return show_exact(scale)
    return None


# In terms


def _risk(t: Term) -> Term:  # B
    value: Term = t**2 * exp(-(t**2) / 2) * sech_mean(t)
    return value


def _mass(t: Term) -> Term:
    return 2 * cdf(t) - 1


def _spread(t: Term) -> Term:
    """E Z² sech(tZ)/E sech(tZ): t B′/B = 1 − t² + this."""
    value: Term = sech_square_mean(t) / sech_mean(t)
    return value


def _separation(eps: Fraction) -> Term:
    """The t with 2Φ(t) − 1 = ε."""
    return quantile(number((1 + eps) / 2))


def _earned(eps: Fraction) -> Term:  # b
    return _risk(_separation(eps))


@cache
def ratio_range() -> tuple[Fraction, Fraction]:
    """Two decimals of twelve digits with r* between them, as `ratio_certificates` prove it."""
    with working_precision(bits_for(_DIGITS) + 24):
        best = turning_point(ratio_turn, 0.93672070253, bits_for(_DIGITS))
        reached = dyadic_ends(risk(best) / mass(best))[0].fraction()
    least, most = (Fraction(int(reached * 10**_DIGITS) + more, 10**_DIGITS) for more in (0, 2))
    return least, most


@cache
def ratio_certificates() -> dict[str, Certificate]:
    """Where r* lies: reached, and at most so much between two turns of the quotient's slope."""
    bits = bits_for(_DIGITS) + 24
    root = turning_point(ratio_turn, 0.93672070253, 2 * bits)
    with working_precision(2 * bits):
        below, above = (end.fraction() for end in dyadic_ends(root))
        scale = 2 ** (bits + 8)
        low, high = Fraction(int(below * scale) - 1, scale), Fraction(int(above * scale) + 2, scale)
    (least, most), t = ratio_range(), variable("t")
    proofs = {
        "ratio-reached": prove_less(least * _mass(number(low)), _risk(number(low))),
        "ratio-rises": prove_less(_turn_below(low), _spread(number(low))),
        "ratio-falls": prove_less(_spread(number(high)), _turn_below(high)),
        "ratio-at-most": prove_less(_risk(t), most * _mass(t), {"t": (low, high)}),
    }
    return {name: proof.certificate() for name, proof in proofs.items()}


def _turn_below(t: Fraction) -> Term:
    """B/(2Φ − 1) rises at t where this is below `_spread`, and falls where it is above."""
    place = number(t)
    return t * t - 1 + 2 * t * density(place) / _mass(place)


@cache
def limit_certificates() -> dict[str, Certificate]:
    """That b(x) + b(y) ≤ b(x + y) up to the mass 0.7062: every comparison of `limit`."""
    proofs = dict(_comparisons())
    return {name: proof.certificate() for name, proof in proofs.items()}


def _comparisons() -> Iterator[tuple[str, Proved]]:
    yield "limit-mass", prove_less(EXACT_UP_TO, _mass(number(SEAM)))
    last, best = _separation(EXACT_UP_TO), _separation(TO_BEST)
    yield "limit-risk-rises", prove_less(last**2 - 1, _spread(last))
    taken = 2 * best * density(best) / TO_BEST
    yield "limit-ratio-rises", prove_less(best**2 - 1 + taken, _spread(best))
    start = TO_BEST - SMALL
    ends = [start + (EXACT_UP_TO - start) * j / PIECES for j in range(PIECES + 1)]
    for count, (low, high) in enumerate(pairwise(ends), 1):
        s, e = _separation(low), _separation(high)
        slope = _risk(s) * (1 - e**2 + _spread(e)) / e / (2 * density(s))
        yield f"limit-slope-{count}", prove_less(_earned(SMALL) / SMALL, slope)
    for count, (least, most) in enumerate(pairwise(LESSER), 1):
        both = _earned(EXACT_UP_TO - least) + _earned(most)
        yield f"limit-shares-{count}", prove_less(both, _earned(TO_BEST))


def slope_certificates(*, exact: bool = False) -> dict[str, Certificate]:
    """All of what stands behind a slope of r*, by name.

    Args:
        exact: also that small budgets go to one component.
    """
    whole = {"any-set": any_set_certificate(), **ratio_certificates()}
    return {**whole, **limit_certificates()} if exact else whole
