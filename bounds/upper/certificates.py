"""What of an upper bound the independent checker can replay.

The far term and the printed C₀, from both sides; ε_cr; the point where chord and loss touch; an
attack that destroys a component for the told price. Of the proved bound every constant and
condition: p < ½, r*Q > 1, that σ is large enough, the shared mass, r*, and that no set beats two
points; at a given m those of `sample_size`, and that the parts add up to no more.

Not in them: that the chord, or the line to (ε₁, 1), lies above the loss on the whole domain; that
no destruction is cheaper; and the contact where a component is lost by destruction, or for Δ above
32.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from bounds.certify.errors import InputError
from bounds.certify.exact import to_ball
from bounds.certify.inequalities import Term, cdf, number, prove_less
from bounds.certify.numbers.enclosure import Enclosure, dyadic_ends
from bounds.certify.numbers.precision import working_precision
from bounds.critical import eps_cr
from bounds.critical.certificates import eps_cr_certificate
from bounds.functions import mass_deficit
from bounds.lower.slope_certificates import ratio_range, slope_certificates
from bounds.upper.bound import UpperBound
from bounds.upper.constant import PRINTED_EPS_CR
from bounds.upper.contact import contact_certificate
from bounds.upper.far import far_term, printed_far_term
from bounds.upper.optimum import envelope
from bounds.upper.possible_means import fooled_term
from bounds.upper.prices import cheapest_split, elongation_price
from bounds.upper.sample_size import SampleSizeBound, sample_size_bound
from bounds.upper.sample_size_certificates import sample_size_certificates

_DIGITS = 12
_MOST_DELTA = 32
"""Beyond it the contact lies below the numbers that the checker reads."""

_ONE_SIDED = 6
"""From here on two-sided elongation saves less than 10⁻¹² of the price."""


def certificates_of_bound(bound: UpperBound) -> dict[str, dict[str, Any]]:
    """The certificates behind an upper bound, by what they are about.

    Args:
        bound: an upper bound at an exact Δ.

    Raises:
        InputError: Δ is a ball.
        Inconclusive: what the bound rests on is not proved.
    """
    delta = bound.delta
    if not isinstance(delta, Fraction):
        raise InputError("a certificate needs an exact Delta: pass a decimal or fraction")
    if bound.m is not None:
        return sample_size_certificates(_at_size(bound, delta))
    make = {"printed": _printed, "repaired": _repaired, "sharp": _sharp, "proved": _proved}[
        bound.method
    ]
    return dict(make(bound, delta))


def _at_size(bound: UpperBound, delta: Fraction) -> SampleSizeBound:
    """The same bound at a given m, with the numbers of its proof."""
    kappa, k, apart = bound.c_over_k, bound.k, bound.separation
    if not isinstance(kappa, Fraction) or k is None or apart is None:
        raise InputError("a certificate needs an exact c/k: pass a decimal or fraction")
    return sample_size_bound(k, kappa * k, apart * delta, bound.m, _DIGITS)


Named = tuple[str, dict[str, Any]]


def _printed(bound: UpperBound, delta: Fraction) -> Iterator[Named]:
    if bound.constants["eps_cr"].ball() > to_ball(PRINTED_EPS_CR.get(delta, Fraction(0))):
        yield "eps-cr", eps_cr_certificate(eps_cr(delta, _DIGITS))
    yield from _enclosed("c0", bound.constants["C0"], 1 / elongation_price(number(delta)))
    yield from _enclosed("far", bound.constants["far"], printed_far_term(number(delta)))


def _repaired(bound: UpperBound, delta: Fraction) -> Iterator[Named]:
    shape = envelope(delta, _DIGITS)
    if shape.lost_by == "full confusion" and delta <= _MOST_DELTA:
        yield "contact", contact_certificate(shape)
    yield from _enclosed("far", bound.constants["far"], far_term(number(delta)))


def _sharp(bound: UpperBound, delta: Fraction) -> Iterator[Named]:
    yield from _enclosed("far", bound.constants["far"], far_term(number(delta)))
    paid = mass_deficit(number(3 * delta), delta)
    if delta < _ONE_SIDED:
        with working_precision(64):
            a = dyadic_ends(cheapest_split(to_ball(delta)).mid())[0].fraction()
        paid = mass_deficit(number(a), delta) + mass_deficit(number(3 * delta - a), delta)
    high = Fraction(bound.constants["eps_c"].decimals(_DIGITS)[1])
    yield "destruction", prove_less(paid, high).certificate()


def _proved(bound: UpperBound, delta: Fraction) -> Iterator[Named]:
    sigma, reach, separation = bound.constants.get("sigma"), bound.reach, bound.separation
    if sigma is None or reach is None or separation is None:
        return
    yield from _enclosed("far", bound.constants["far"], far_term(number(reach * delta * 4 / 3)))
    gap = 2 * cdf(-number(reach * delta))
    cost = separation / reach / 2 * (1 - gap)
    high = number(sigma.decimals(_DIGITS)[1])
    yield "bridges", prove_less(2 / (cost - 1), high).certificate()
    t = number(reach * delta)
    fooled = fooled_term(t)
    least, ratio = ratio_range()
    yield from slope_certificates().items()
    yield "half", prove_less(gap, Fraction(1, 2)).certificate()
    yield "long-clusters", prove_less(1, least * cost).certificate()
    yield from _enclosed("shared", bound.constants["shared"], 2 * cdf(-2 * t))
    yield "fooled", prove_less(ratio * (1 - gap) + fooled, high * (1 - 2 * gap)).certificate()
    yield "counterfeits", prove_less(2 * fooled, high * (1 - 2 * gap)).certificate()


def _enclosed(name: str, face: Enclosure, term: Term) -> Iterator[Named]:
    low, high = (number(end) for end in face.decimals(_DIGITS))
    yield f"{name}-above", prove_less(low, term).certificate()
    yield f"{name}-below", prove_less(term, high).certificate()
