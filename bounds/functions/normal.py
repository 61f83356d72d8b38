"""The standard normal law: density φ, distribution function Φ, quantile Φ⁻¹."""

from __future__ import annotations

from bounds.certify.arithmetic import Value, common


def density(t: Value) -> Value:  # φ
    """Standard normal density φ(t) = e^{−t²/2}/√(2π).

    Args:
        t: any real, in standard deviations.
    """
    a, t = common(t)
    return a.density(t)


def cdf(t: Value) -> Value:  # Φ
    """Standard normal distribution function Φ(t), accurate in both tails.

    Args:
        t: any real, in standard deviations.
    """
    a, t = common(t)
    return a.cdf(t)


def quantile(p: Value) -> Value:  # Φ⁻¹
    """Standard normal quantile Φ⁻¹(p).

    Args:
        p: a probability, 0 < p < 1.

    Raises:
        DomainError: p is not surely between 0 and 1.
    """
    a, p = common(p)
    chance = a.point(p)
    a.require(a.finite(p), "p must be finite: it is a probability")
    a.require(
        (chance > 0) & (chance < 1), "p must lie in (0, 1), the domain of the normal quantile"
    )
    return a.quantile(p)
