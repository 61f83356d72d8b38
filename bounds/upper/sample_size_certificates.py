"""The bound at a given m for the independent checker: every condition of its theorem, and its sum.

Each is an inequality between numbers, `sign` by kind, with r* between the two decimals that its own
certificates prove. Comparisons of rational numbers alone (D ≥ 6t and the like) are exact, and are
in no certificate; nor is the argument in words (`bounds.upper.sample_size`).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from bounds.certify.inequalities import Term, cdf, density, exp, log, number, prove_less
from bounds.lower.slope_certificates import ratio_range, slope_certificates
from bounds.upper.sample_size import (
    HALF_WIDTH_OF_A_LAW,
    NARROW,
    RULE_TOLERANCE,
    SPARE_SLACK,
    Design,
    SampleSizeBound,
)

_DIGITS = 12


def sample_size_certificates(bound: SampleSizeBound) -> dict[str, dict[str, Any]]:
    """The certificates behind a bound at a given m, by what they are about; none where it says 1.

    Raises:
        Inconclusive: a condition is not proved.
    """
    design = bound.design
    if design is None:
        return {}
    high = Fraction(bound.value.decimals(_DIGITS)[1])
    proofs = {
        name: prove_less(lesser, greater).certificate()
        for name, (lesser, greater) in conditions(bound, design).items()
    }
    total = sum(parts(bound, design).values(), number(0))
    return {
        **slope_certificates(),
        **proofs,
        "bound": prove_less(total, high).certificate(),
    }


def parts(bound: SampleSizeBound, design: Design) -> dict[str, Term]:
    """The four parts of the bound, with r* out of it."""
    t, eta = number(design.reach), number(design.widening)
    shared = 2 * cdf(4 * eta - 2 * t)
    return {
        "attack": design.slope * (bound.c / bound.k + shared),
        "sampling": number(design.base),
        "far": 2 * _tail_square(2 * t - 5 * eta, t),
        "failure": _failure(bound, design) * (1 + 8 * t * density(number(0)) + 4 * t * t),
    }


def conditions(bound: SampleSizeBound, design: Design) -> dict[str, tuple[Term, Term]]:
    """The conditions (a) to (d), on the slack and on the one-sided inequality: lesser, greater."""
    least, most = ratio_range()
    t, eta, sigma = map(number, (design.reach, design.widening, design.slope))
    x, w0 = number(design.base), number(design.narrow)
    half = Fraction(design.least_half) / (bound.k + bound.c)
    _, tau, v = design.slabs(half)[-1]
    delta = design.slack + 2 * cdf(number(-HALF_WIDTH_OF_A_LAW))
    f = _tail_square(t - eta, t) + sigma * 2 * cdf(-t)
    whole, hull = _gap_mass(2 * t), design.long_from(bound.distance) / (2 * t)
    a, seam = w0 / 2 + eta, NARROW - 2 * eta

    def pays(w: Term, points: int) -> tuple[Term, Term]:
        owed = points * sigma * delta + f * w / (2 * t) + 6 * density(number(0)) * most * eta
        return owed + RULE_TOLERANCE, x + (sigma - most) * _gap_mass(w)

    return {
        "long-clusters": (number(1), least * hull * whole),
        "bridges": (number(2), sigma * (hull * (whole - 2 * delta) - 1)),
        "counterfeits": (2 * f, sigma * (1 - delta)),
        "fooled": (f + 2 * sigma * delta, (sigma - most) * whole),
        "one-point": (
            sigma * delta + f * w0 / (2 * t) + a * a / (1 + a * a) + RULE_TOLERANCE,
            x,
        ),
        "two-points": pays(w0, 2),
        "two-points-at-the-seam": pays(seam, 2),
        "four-points-at-the-seam": pays(seam, 4),
        "four-points": pays(2 * t, 4),
        "six-points": pays(2 * t, 6),
        "slack": (design.missed + _gap_mass(eta) + SPARE_SLACK, number(design.slack)),
        "one-sided": (log(number(2)), number(2 * (1 - tau) * half * v * abs(v))),
    }


def _gap_mass(gap: Term) -> Term:
    """q(g) = 2Φ(g/2) − 1."""
    return 2 * cdf(gap / 2) - 1


def _tail_square(start: Term, reach: Term) -> Term:
    """E[(Z + 2t)²; Z ≥ s]."""
    return (1 + 4 * reach * reach) * cdf(-start) + (start + 4 * reach) * density(start)


def _failure(bound: SampleSizeBound, design: Design) -> Term:
    """P of step 1."""
    n = (bound.k + bound.c) * bound.m
    spare = n / 2 - design.least_half
    half = Fraction(design.least_half) / (bound.k + bound.c)

    def few(tau: Fraction) -> Term:  # h
        return exp(-half * ((1 - tau) * log(number(1 - tau)) + tau)) if tau else number(1)

    misses = sum(
        (
            few(start) * exp(number(-2 * (1 - end) * half * v * v))
            for start, end, v in design.slabs(half)
        ),
        number(0),
    )
    chances = few(design.shortfall) + design.anchors * misses
    return 2 * (exp(number(-2 * spare * spare / n)) + bound.k * chances)
