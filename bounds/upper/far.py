r"""Clients whose own sample lies far from their mean: |x_v − μ| ≥ 3Δ/2 (Section V, Appendix B).

Such a client errs by at most |x_v − μ| + 3Δ/2, whatever the server says. With t = 3Δ/2,

    E[(x + t)² given x ≥ t] = 1 + t² + 3t φ(t)/Φ(−t):

integrate x² by parts, and 2xt directly. Since x ≥ t, it is at least (2t)² = 9Δ²; since the hazard
φ(t)/Φ(−t) lies between t and t + 1/t, it lies between 1 + 9Δ² and 4 + 9Δ². The paper's last line
bounds it by 3.25Δ², which is too small for every Δ.
"""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.arithmetic import Value, common
from bounds.functions.normal import cdf, density

PRINTED_FAR_FACTOR = Fraction(13, 4)  # C₃
"""The paper's C₃ = 3.25, with E ≤ C₃Δ²."""


def far_probability(delta: Value) -> Value:
    """P(|x_v − μ| ≥ 3Δ/2) = 2Φ(−3Δ/2).

    Args:
        delta: Δ > 0, in standard deviations.
    """
    _, delta = common(delta)
    return 2 * cdf(-3 * delta / 2)


def far_expectation(delta: Value) -> Value:
    """E[(x + 3Δ/2)² given x ≥ 3Δ/2], x standard normal, exactly.

    Args:
        delta: Δ > 0, in standard deviations.

    Paper: the last display of Appendix B.
    """
    return far_term(delta) / far_probability(delta)


def far_term(delta: Value) -> Value:
    """What far clients add to the bound: probability times expectation, both exact.

    Args:
        delta: Δ > 0, in standard deviations.

    Paper: 2Φ(−3Δ/2) C₃Δ², in one case of Theorem 2; it belongs to both.
    """
    _, delta = common(delta)
    t = 3 * delta / 2
    return 2 * ((1 + t * t) * cdf(-t) + 3 * t * density(t))


def printed_far_term(delta: Value) -> Value:
    """The far term as printed: 2Φ(−3Δ/2) · 3.25 Δ².

    Args:
        delta: Δ > 0, in standard deviations.
    """
    _, delta = common(delta)
    return far_probability(delta) * 13 * delta * delta / 4


def far_loss(delta: Value) -> Value:
    """What far clients lose when they keep their own sample: E[x²; |x| ≥ t], t = 3Δ/2.

    Args:
        delta: Δ > 0, in standard deviations.
    """
    _, delta = common(delta)
    t = 3 * delta / 2
    return 2 * (t * density(t) + cdf(-t))
