"""The bound at a given m for the independent checker: every condition of its theorem, and its sum.

Each is an inequality between numbers, `sign` by kind, with r* between the two decimals that its own
certificates prove. Comparisons of rational numbers alone (D ≥ 6t and the like) are exact, and are
in no certificate; nor is the argument in words (`bounds.upper.sample_size`).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from bounds.certify.errors import Inconclusive
from bounds.certify.inequalities import Term, cdf, density, exp, log, number, prove_less
from bounds.lower.slope_certificates import ratio_range, slope_certificates
from bounds.upper.sample_size import (
    CURVED,
    HALF_WIDTH_OF_A_LAW,
    NARROW,
    NEAR,
    RULE_TOLERANCE,
    SPARE_SLACK,
    STEPS,
    Design,
    SampleSizeBound,
    farthest_move,
    fewest,
    lacks,
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
    """The five parts of the bound, with r* out of it."""
    t, eta = number(design.reach), number(design.widening)
    u = number(farthest_move(design.reach))
    shared = 2 * cdf(4 * eta - 2 * t)
    return {
        "attack": design.slope * (bound.c / bound.k + shared),
        "lack": design.slope * _expected_lack(bound, design),
        "sampling": number(design.base),
        "far": 2 * _tail_square(2 * t - 5 * eta, u),
        "failure": _failure(bound, design) * (1 + 4 * u * density(number(0)) + u * u),
    }


def conditions(bound: SampleSizeBound, design: Design) -> dict[str, tuple[Term, Term]]:
    """The conditions (a) to (e), or (e′), and the one on the slack: lesser, greater."""
    least, most = ratio_range()
    t, eta, sigma = map(number, (design.reach, design.widening, design.slope))
    x, w0, near = number(design.base), number(design.narrow), number(NEAR)
    delta = design.slack + 2 * cdf(number(-HALF_WIDTH_OF_A_LAW))
    f = _tail_square(t - eta, 2 * t) + sigma * 2 * cdf(-t)
    whole, hull = _gap_mass(2 * t), design.long_from(bound.distance) / (2 * t)
    seam = NARROW - 2 * eta

    def owed(w: Term, points: int, risk: Term) -> Term:
        return risk + points * sigma * delta + f * w / (2 * t) + RULE_TOLERANCE

    def ends_pay(w: Term) -> tuple[Term, Term]:
        return owed(w, 2, _linear(w / 2 + eta)), x + sigma * _gap_mass(w)

    def ends_pay_far(a: Term) -> tuple[Term, Term]:
        left = _gap_mass(2 * a) - 2 * density(number(0)) * eta
        return owed(2 * (a - eta), 2, _linear(a)), x + sigma * left

    def pays(w: Term, points: int) -> tuple[Term, Term]:
        widening = 6 * density(number(0)) * most * eta
        return owed(w, points, widening), x + (sigma - most) * _gap_mass(w)

    always = {
        "bridges": (number(2), sigma * (hull * (whole - 2 * delta) - 1 - 2 * delta) + 2 * x),
        "counterfeits": (2 * f, sigma * (1 - delta)),
        "length": (f, sigma * (whole - 2 * delta)),
        "one-point": (sigma * _gap_mass(eta) + owed(w0, 0, _linear(w0 / 2 + eta)), x),
        "two-points": ends_pay(w0),
        "slack": (design.missed + _gap_mass(eta) + SPARE_SLACK, number(design.slack)),
    }
    if design.by_cases:
        return {
            **always,
            "long-clusters": (number(1), least * hull * whole),
            "fooled": (f + 2 * sigma * delta, (sigma - most) * whole),
            "two-points-by-the-linear-rule": ends_pay(near),
            "two-points-by-the-cases": pays(near, 2),
            "two-points-at-the-seam": pays(seam, 2),
            "four-points-at-the-seam": pays(seam, 4),
            "four-points": pays(2 * t, 4),
            "six-points": pays(2 * t, 6),
        }
    return {
        **always,
        "two-points-in-between": ends_pay_far(number(CURVED)),
        "two-points-at-four-reaches": ends_pay_far(2 * t + eta),
        "chains": (1 + 2 * f + RULE_TOLERANCE, x + 2 * sigma * (whole - 3 * delta)),
    }


def _gap_mass(gap: Term) -> Term:
    """q(g) = 2Φ(g/2) − 1."""
    return 2 * cdf(gap / 2) - 1


def _linear(a: Term) -> Term:
    """ω(a) = a²/(1 + a²)."""
    return a * a / (1 + a * a)


def _tail_square(start: Term, move: Term) -> Term:
    """E[(Z + u)²; Z ≥ s]."""
    return (1 + move * move) * cdf(-start) + (start + 2 * move) * density(start)


def _poisson_tail(mean: Fraction, most: int) -> Term:
    """At least P(G ≤ l), as in step 1."""
    rise = number(most) * log(number(mean / most)) - number(mean - most)
    return density(number(0)) * exp(rise - log(number(most)) / 2) * (mean / (mean - most))


def _failure(bound: SampleSizeBound, design: Design) -> Term:
    """P of step 1."""
    scale, others = bound.sizes
    return 8 * bound.k * _poisson_tail(scale, fewest(scale, others, design.missed))


def _expected_lack(bound: SampleSizeBound, design: Design) -> Term:
    """d̄ of step 1."""
    scale, others = bound.sizes
    ones, counts = lacks(scale, others, design.step)
    if ones > STEPS:
        raise Inconclusive("the steps of the expected lack are too short")
    chances = [8 * _poisson_tail(scale, most) for most in counts]
    return design.step * (number(ones) + sum(chances[:-1], number(0))) + chances[-1]
