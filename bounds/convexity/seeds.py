"""Guesses of l(ε_cr) and l(ε̂_cr) for Δ ≥ 1.48, good to about 15 digits: only a start for Newton.

u = l(ε_cr)Δ and v = l(ε̂_cr)Δ are smooth in 1/Δ², down to 1/Δ² = 0. Their Chebyshev coefficients on
[0, 0.4595] are stored beside this file, written by `python -m bounds.convexity.seeds`. Nothing that
is proved rests on them.
"""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from importlib.resources import files

from bounds.exact import Exact, to_ball

WIDTH = 0.4595
"""The coefficients serve 0 ≤ 1/Δ² ≤ WIDTH."""

LEAST = Fraction("1.4753")
"""A Δ with 1/Δ² < WIDTH."""


@cache
def _coefficients() -> tuple[list[float], list[float]]:
    text = files("bounds.convexity").joinpath("seeds.json").read_text(encoding="utf-8")
    stored = json.loads(text)
    return stored["u"], stored["v"]


def _clenshaw(coefficients: list[float], t: float) -> float:
    ahead = after = 0.0
    for coefficient in reversed(coefficients[1:]):
        ahead, after = coefficient + 2 * t * ahead - after, ahead
    return coefficients[0] + t * ahead - after


def serves(delta: Exact) -> bool:
    """Whether the coefficients serve this Δ."""
    return bool(delta > LEAST if isinstance(delta, Fraction) else delta > to_ball(LEAST))


def guess(delta: float) -> tuple[float, float]:
    """About (l(ε_cr)Δ, l(ε̂_cr)Δ), for Δ ≥ 1.48."""
    t = 2 / (delta * delta) / WIDTH - 1
    u, v = _coefficients()
    return _clenshaw(u, t), _clenshaw(v, t)


def regenerate(size: int = 56) -> None:
    """Write the coefficients anew, from certified roots at Chebyshev's nodes."""
    from pathlib import Path

    import numpy as np
    from flint import arb

    from bounds.arithmetic.ball import BALL
    from bounds.certified.precision import working_precision
    from bounds.convexity.point import locate

    nodes = np.cos(np.pi * (np.arange(size) + 0.5) / size)
    values = []
    for node in nodes:
        delta = Fraction(float(1 / np.sqrt((node + 1) / 2 * WIDTH)))
        with working_precision(100):
            ball = to_ball(delta)
            y = arb(0.71) / ball
            g = BALL.central_quantile(BALL.interval_mass(-ball, y), arb(1))
            start = [arb(0.38) / ball, y, g]
        root, _ = locate(delta, start, 20)
        with working_precision(100):
            values.append([float((entry * ball).mid()) for entry in root[:2]])
    table = np.polynomial.chebyshev.chebfit(nodes, np.array(values), size - 1)
    stored = {"u": table[:, 0].tolist(), "v": table[:, 1].tolist()}
    path = Path(__file__).with_name("seeds.json")
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    regenerate()
