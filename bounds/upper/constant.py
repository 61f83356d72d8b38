"""The constants of Theorem 2 for any Δ: as printed, and what stands in their place."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

from bounds.certify.exact import Exact, to_ball
from bounds.certify.numbers.digits import enclosed, shown_digits
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.certify.results import Result
from bounds.critical import CriticalValue, NoCriticalValue, eps_cr
from bounds.critical.domain import read_delta
from bounds.functions.loss import loss
from bounds.functions.radius import filter_radius
from bounds.upper.far import far_expectation, far_term, printed_far_term
from bounds.upper.prices import destruction_price, elongation_price, full_price
from bounds.upper.printed import chain_constant, lemma_6_constant, small_constant
from bounds.upper.small import best_small_constant

PRINTED_EPS_CR = {
    Fraction(2): Fraction("8.1e-6"),
    Fraction(3): Fraction("1.2e-9"),
    Fraction(4): Fraction("1.4e-14"),
}
"""The values of ε_cr that the paper prints (Section III)."""


@dataclass(frozen=True, repr=False)
class SmallRegime(Result):
    """The printed constants that hang on ε_cr, for one value of it.

    Attributes:
        eps_cr: the ε_cr that they are computed from.
        c1: C₁ = g(ε̂_cr)²/(1 + g(ε̂_cr)²).
        c: C = ε_cr/l(ε_cr)³ of Lemma 6.
        c_bar: C̄.
        c2: C₂ = C̄²/φ(C̄ ε_cr^{1/9})².
    """

    eps_cr: Enclosure
    c1: Enclosure
    c: Enclosure
    c_bar: Enclosure
    c2: Enclosure


@dataclass(frozen=True, repr=False)
class Constants(Result):
    """The constants of Theorem 2 for one Δ.

    Attributes:
        delta: Δ, exact or a ball.
        c0: C₀ = 1/(ρ − f(3Δ)), from the price in the main text. The appendix's
            1/f⁻¹(ρ − 3Δ) exists for no Δ: the mass ρ − 3Δ is negative.
        true: the printed constants at the true ε_cr; None where the loss has no ε_cr.
        printed: the same at the printed ε_cr, for Δ = 2, 3 and 4; None for other Δ.
        far_printed: the far term as printed, 2Φ(−3Δ/2)·3.25Δ².
        far: the exact far term.
        c3: E[(x + 3Δ/2)² given x ≥ 3Δ/2]/Δ², in place of C₃ = 3.25.
        best_c2: the least factor of κ^{2/9} that serves up to the true ε_cr; None without ε_cr.
        full: ε_full, the mass at which the one-component bound reaches 1.
        destruction: ε₁, the least mass that destroys a cluster.
    """

    delta: Exact
    c0: Enclosure
    true: SmallRegime | None
    printed: SmallRegime | None
    far_printed: Enclosure
    far: Enclosure
    c3: Enclosure
    best_c2: Enclosure | None
    full: Enclosure
    destruction: Enclosure


def constants(delta: Any, digits: int = 15) -> Constants:
    """The constants of Theorem 2, each enclosed.

    Args:
        delta: Δ, 1/64 to 1024, in standard deviations: int, str, Fraction, Decimal, mpf or ball; a
            float counts as the exact binary number that it is.
        digits: significant decimal digits of every number in the result.

    Raises:
        InputError: Δ is not such a number, or digits is not a count.
        Inconclusive: Δ is too close to a value where the picture changes.

    Paper: Theorem 2 and Appendix B.
    """
    exact, digits = read_delta(delta), read_digits(digits)
    plain = plain_constants(exact, digits)
    true, best = _at_true_eps_cr(exact, digits)
    printed = None
    if isinstance(exact, Fraction) and exact in PRINTED_EPS_CR:
        with working_precision(2 * bits_for(digits) + 64):
            critical, ball = to_ball(PRINTED_EPS_CR[exact]), to_ball(exact)
            found = filter_radius(critical, ball), loss(critical, ball)
            printed = _small_regime(critical, *found, exact, digits)
    return Constants(delta=exact, true=true, printed=printed, best_c2=best, **plain)


def plain_constants(delta: Exact, digits: int) -> dict[str, Enclosure]:
    """The constants of `Constants` that do not hang on ε_cr, by name.

    Args:
        delta: Δ as `read_delta` gives it.
        digits: significant decimal digits of every number.
    """
    return enclosed(lambda: _plain(to_ball(delta)), digits, delta)


def constants_at_eps_cr(delta: Exact, digits: int) -> SmallRegime:
    """The printed constants at the true ε_cr.

    Args:
        delta: Δ as `read_delta` gives it.
        digits: significant decimal digits of every number.

    Raises:
        NoCriticalValue: the loss has no ε_cr.
        Inconclusive: Δ is too close to a value where the picture changes.
    """
    return _regime_at(eps_cr(delta, 2 * digits + 10), digits)


def _regime_at(value: CriticalValue, digits: int) -> SmallRegime:
    with working_precision(2 * bits_for(digits) + 64):
        known = value.radius.ball(), value.loss.ball()
        return _small_regime(value.eps.ball(), *known, value.delta, digits)


def _plain(delta: arb) -> dict[str, arb]:
    return {
        "c0": 1 / elongation_price(delta),
        "far_printed": printed_far_term(delta),
        "far": far_term(delta),
        "c3": far_expectation(delta) / (delta * delta),
        "full": full_price(delta),
        "destruction": destruction_price(delta),
    }


def _at_true_eps_cr(delta: Exact, digits: int) -> tuple[SmallRegime | None, Enclosure | None]:
    try:
        value = eps_cr(delta, 2 * digits + 10)
    except NoCriticalValue:
        return None, None
    regime = _regime_at(value, digits)
    with working_precision(2 * bits_for(digits) + 64):
        best, _ = best_small_constant(value.radius_of_estimate.ball(), delta)
        return regime, Enclosure.of(best, shown_digits(best, digits, delta))


def _small_regime(critical: arb, radius: arb, c1: arb, delta: Exact, digits: int) -> SmallRegime:
    """The constants from ε_cr, l and the loss there."""
    ball = to_ball(delta)
    values = {
        "eps_cr": critical,
        "c1": c1,
        "c": lemma_6_constant(critical, radius),
        "c_bar": chain_constant(critical, radius, ball),
        "c2": small_constant(critical, radius, ball),
    }
    return SmallRegime(
        **{
            name: Enclosure.of(value, shown_digits(value, digits, delta))
            for name, value in values.items()
        }
    )
