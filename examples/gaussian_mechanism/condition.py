"""The exact condition: what a normal noise of standard deviation σ spends at ε, sensitivity 1.

    spent(σ, ε) = Φ(1/(2σ) − εσ) − e^ε Φ(−1/(2σ) − εσ);

the mechanism is (ε, δ)-private exactly if this is at most δ (Balle and Wang, Theorem 8). The
classical choice is σ = x/ε, x = √(2 ln(1.25/δ)); put in, it spends
Φ(ε/(2x) − x) − e^ε Φ(−ε/(2x) − x).
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp

from bounds.certify.inequalities import Proved as Inequality
from bounds.certify.inequalities import Term, cdf, exp, log, number, prove_less, sqrt
from proofs_check.audit.algebra import DENSITY, PHI

SIGMA, EPS, X = sp.symbols("sigma eps x", positive=True)

SPENT = PHI(1 / (2 * SIGMA) - EPS * SIGMA) - sp.exp(EPS) * PHI(-1 / (2 * SIGMA) - EPS * SIGMA)
"""The exact condition, for exact algebra."""

CLASSICAL = PHI(EPS / (2 * X) - X) - sp.exp(EPS) * PHI(-EPS / (2 * X) - X)
"""The same at the classical σ = x/ε."""

MILLS = DENSITY(X) / X - PHI(-X)

DELTAS = (Fraction(1, 10**3), Fraction(1, 10**5), Fraction(1, 10**9))
"""The three δ at which the classical choice is examined."""


def spent(sigma: Fraction | Term, eps: Fraction) -> Term:
    """What σ spends at ε, as a term."""
    half = 1 / (2 * number(sigma)) if isinstance(sigma, Fraction) else 1 / (2 * sigma)
    far = number(eps) * sigma
    return cdf(half - far) - exp(number(eps)) * cdf(-half - far)


def classical(delta: Fraction, eps: Fraction, factor: Fraction = Fraction(5, 4)) -> Term:
    """What the classical choice spends: it promises at most δ."""
    x = sqrt(2 * log(number(factor / delta)))
    near = number(eps) / (2 * x)
    return cdf(near - x) - exp(number(eps)) * cdf(-near - x)


def _spent_mp(sigma: Any, eps: Any) -> Any:
    return mpmath.ncdf(1 / (2 * sigma) - eps * sigma) - mpmath.exp(eps) * mpmath.ncdf(
        -1 / (2 * sigma) - eps * sigma
    )


def _around(root: Any, digits: int) -> tuple[Fraction, Fraction]:
    """Two decimals of so many digits, next to one another, with the number between them."""
    unit = Fraction(10) ** (int(mpmath.floor(mpmath.log10(root))) - digits + 1)
    low = int(mpmath.floor(root * unit.denominator / unit.numerator))
    return low * unit, (low + 1) * unit


def decimal(value: Fraction) -> str:
    """A finite decimal in full."""
    with localcontext() as context:
        context.prec = 400
        return format(Decimal(value.numerator) / Decimal(value.denominator), "f")


def smallest_sigma(
    eps: Fraction, delta: Fraction, digits: int = 30
) -> tuple[Fraction, Fraction, tuple[Inequality, Inequality]]:
    """The smallest σ that spends at most δ at ε, to any digits: its ends, and the proof of each.

    Found by mpmath, proved by balls: more than δ is spent at the lower end, less at the upper one,
    and what is spent falls with σ.

    Raises:
        Inconclusive: an end is not proved (not seen).
    """
    with mpmath.workdps(digits + 20):
        e, d = (mpmath.mpf(v.numerator) / v.denominator for v in (eps, delta))
        start = mpmath.sqrt(2 * mpmath.log(mpmath.mpf(5) / 4 / d)) / e
        root = mpmath.findroot(
            lambda s: mpmath.log(_spent_mp(s, e)) - mpmath.log(d), (start * 0.6, start), tol=1e-30
        )
        low, high = _around(root, digits)
    proofs = prove_less(number(delta), spent(low, eps)), prove_less(spent(high, eps), delta)
    return low, high, proofs


def enough_up_to(
    delta: Fraction, digits: int = 12
) -> tuple[Fraction, Fraction, tuple[Inequality, Inequality]]:
    """The ε up to which the classical choice spends at most δ: ends, and the proof of each.

    Raises:
        Inconclusive: an end is not proved (not seen).
    """
    with mpmath.workdps(digits + 20):
        d = mpmath.mpf(delta.numerator) / delta.denominator
        x = mpmath.sqrt(2 * mpmath.log(mpmath.mpf(5) / 4 / d))

        def over(e: Any) -> Any:
            return mpmath.log(_spent_mp(x / e, e)) - mpmath.log(d)

        low, high = mpmath.mpf("0.1"), mpmath.mpf(60)
        for _ in range(4 * (digits + 20)):
            middle = (low + high) / 2
            low, high = (middle, high) if over(middle) < 0 else (low, middle)
        first, last = _around(low, digits)
    proofs = (
        prove_less(classical(delta, first), delta),
        prove_less(number(delta), classical(delta, last)),
    )
    return first, last, proofs
