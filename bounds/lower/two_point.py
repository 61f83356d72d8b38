"""Two means ±t that the server cannot tell apart: what they cost and what they are worth.

A client with a sample X ~ N(θ, 1), θ = t or −t with chance ½ each, has the Bayes risk

    B(t) = t² e^{−t²/2} E sech(tZ),    Z ~ N(0, 1).

The chance ½ is the best for the adversary: with chance p at t, the Bayes risk is 4t² times the
integral of uv/(u + v), u = pφ(x − t), v = (1 − p)φ(x + t), which is concave in p, and x → −x shows
that it is the same for p and 1 − p.

The attack costs the mass ∫ max(φ(x − t), φ(x + t)) dx − 1 = 2Φ(t) − 1 (see `any_set`).

How B and B/(2Φ − 1) turn: t B′/B = 2 − t² − w(t), where w(t) is the mean of y tanh y under the
density proportional to φ(y/t) sech y. For larger t this density puts more weight on large |y| (its
ratio for two values of t increases with |y|), and y tanh y increases with |y|: so w increases, and
t B′/B decreases strictly, from 2 to −∞. The logarithmic derivative of the mass, times t, is
v(t) = 2tφ(t)/(2Φ(t) − 1), which lies in (0, 1), with v′ = (v/t)(1 − t² − v) ≥ −v t > −t. So
2 − t² − w − v decreases strictly too, from 1 to −∞. Hence each of B and B/(2Φ − 1) has exactly one
stationary point, its maximum, and a sign of the derivative at two points encloses it.
"""

from __future__ import annotations

from typing import Any

from flint import arb

from bounds.certify.errors import DomainError, InputError
from bounds.certify.exact import read_positive, to_ball
from bounds.certify.inequalities.term import operation
from bounds.certify.numbers.digits import enclosed_number
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import read_digits
from bounds.functions.normal import density
from bounds.lower.sech import sech_moments, tanh_moment

_MOST_SEPARATION = 64


def sech_means(t: arb) -> tuple[arb, arb]:
    """E sech(tZ) and E[tZ tanh(tZ) sech(tZ)], Z ~ N(0, 1).

    By parts, with the derivative −t sech tanh, the second is E[(1 − Z²) sech(tZ)].
    """
    plain, squared = sech_moments(t)
    return plain, plain - squared


@operation
def sech_mean(t: Any) -> Any:
    """E sech(tZ), t > 0: also an operation of terms, which the checker knows."""
    return sech_means(_above_zero(t))[0]


@operation
def sech_square_mean(t: Any) -> Any:
    """E Z² sech(tZ), t > 0: also an operation of terms, which the checker knows."""
    return sech_moments(_above_zero(t))[1]


def _above_zero(t: arb) -> arb:
    if not t > 0:
        raise DomainError("the separation of two means must be positive")
    return t


def tanh_square_mean(t: arb) -> arb:
    """E tanh²(tZ), Z ~ N(0, 1): by parts it is 1 − E[Z tanh(tZ)]/t, as tanh′ = 1 − tanh²."""
    return 1 - tanh_moment(t) / t


def risk(t: arb) -> arb:  # B
    """Bayes risk of the means ±t with chance ½ each, at the working precision."""
    return t * t * (-(t * t) / 2).exp() * sech_means(t)[0]


def mass(t: arb) -> arb:
    """Contamination mass that makes ±t indistinguishable: 2Φ(t) − 1."""
    return (t / arb(2).sqrt()).erf()


def separation_of(eps: arb) -> arb:
    """The t whose attack costs the mass ε, 0 < ε < 1: the inverse of `mass`."""
    return arb(2).sqrt() * eps.erfinv()


def risk_turn(t: arb) -> arb:
    """The logarithmic slope t B′/B = 2 − t² − w(t): strictly decreasing, with the sign of B′."""
    plain, weighted = sech_means(t)
    return 2 - t * t - weighted / plain


def ratio_turn(t: arb) -> arb:
    """The logarithmic slope of B/(2Φ − 1), times t: strictly decreasing."""
    return risk_turn(t) - 2 * t * density(t) / mass(t)


def two_point_risk(separation: Any, digits: int = 30) -> Enclosure:
    """Bayes risk B(t) of a client who knows that its mean is t or −t, each with chance ½.

    Args:
        separation: t, above 0 and up to 64, in standard deviations; the means lie 2t apart.
        digits: significant decimal digits.

    Returns:
        The least mean squared error that a client with one sample of variance 1 can have.

    Raises:
        InputError: t is not such a number, or digits is not a count.
    """
    exact, digits = read_positive(separation, "the separation"), read_digits(digits)
    if not to_ball(exact) <= _MOST_SEPARATION:
        raise InputError(f"the separation must be at most {_MOST_SEPARATION} standard deviations")
    return enclosed_number(lambda: risk(to_ball(exact)), digits)
