r"""Two quick proofs that the criterion is positive on a box, which need no slopes.

K = (1 − g²)² + (1 + g²) W B comes as near to 0 as φ(Δ) where g = 1: no evaluation of the sum would
do there on a wide box. But its parts have signs and sizes that are easy to bound.
"""

from __future__ import annotations

from bounds.certify.checker.interval import Interval
from bounds.checker.criterion import coth, decay, steepness, weight


def bends_upward(x: Interval, y: Interval, delta: Interval) -> bool:
    """Whether B > 0 is proved; then K > 0, as W > 0.

    With u = xΔ and v = yΔ, B = q(v)(x − Δ coth u)/(1 + s(x))² − 2Δ e^{y²/2 − 3v}/q(v). As s(x) is
    at most r = e^{xΔ − x²/2}, B > 0 where q(v)² (x − Δ coth u)/(8Δ) > max(1, r)² e^{y²/2 − 3v}.
    """
    past = x - delta * coth(x * delta)
    if not past > 0:
        return False
    lead = (decay(y * delta).squared() * past / (8 * delta)).log()
    rise = (x * (delta - x / 2)).positive_part()
    return lead - 2 * rise + y * (3 * delta - y / 2) > 0


def bends_little(x: Interval, y: Interval, g: Interval, delta: Interval) -> bool:
    """Whether g < 1 and (1 + g²) W |B| < (1 − g²)² are proved, for B < 0; then K > 0.

    −B ≤ Δ coth u/(1 + s(x))² + 2Δ e^{y²/2 − 3v}/q(v), and 1 + s(x) ≥ max(1, s(x)).
    """
    if not g < 1:
        return False
    steep = 1 + (steepness(x, delta) - 1).positive_part()
    # coth decreases and q increases; y²/2 − 3yΔ is convex, so it is greatest at an end
    pull = (y.low * (y.low / 2 - 3 * delta)).hull(y.high * (y.high / 2 - 3 * delta)).high
    most = delta * coth(x.low * delta) / steep.squared()
    most += 2 * delta * pull.exp() / decay(y.low * delta)
    square = g.squared()
    return (1 + square) * weight(g, delta) * most < (1 - square).squared()
