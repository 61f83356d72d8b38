"""Guesses of l(ε_cr) and l(ε̂_cr) for Δ ≥ 1.48, good to about 23 digits: only a start for Newton.

u = l(ε_cr)Δ and v = l(ε̂_cr)Δ are smooth in 1/Δ², down to 1/Δ² = 0. Their Chebyshev coefficients on
[0, 0.4595] are stored beside this file, written by `python -m bounds.critical.seeds`. Nothing that
is proved rests on them. At thirty digits they leave nothing for Newton's method to do.
"""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from importlib.resources import files

from flint import arb, arb_poly

from bounds.certify.exact import Exact, to_ball
from bounds.certify.numbers.precision import working_precision

WIDTH = "0.4595"
"""The coefficients serve 0 ≤ 1/Δ² ≤ WIDTH."""
SIZE = 112
GUESS_BITS = 72
"""Bits of the guesses that are believed to be right."""
_BITS = 320  # powers of t in place of Chebyshev polynomials cost 142 bits, at 112 terms

LEAST = Fraction("1.4753")
"""A Δ with 1/Δ² < WIDTH."""


def _text() -> str:
    return files("bounds.critical").joinpath("seeds.json").read_text(encoding="utf-8")


@cache
def _polynomials() -> tuple[arb_poly, arb_poly]:
    """The two series in powers of t, by Clenshaw's recurrence.

    Raises:
        ValueError: the file does not hold them.
    """
    stored = json.loads(_text())
    try:
        with working_precision(_BITS):
            return _in_powers(stored["u"]), _in_powers(stored["v"])
    except (TypeError, LookupError):
        raise ValueError("seeds.json does not hold two lists of decimals") from None


def _in_powers(coefficients: list[str]) -> arb_poly:
    t, ahead, after = arb_poly([0, 1]), arb_poly(), arb_poly()
    for coefficient in reversed(coefficients[1:]):
        ahead, after = arb(coefficient).mid() + 2 * t * ahead - after, ahead
    return arb(coefficients[0]).mid() + t * ahead - after


def serves(delta: Exact) -> bool:
    """Whether the coefficients serve this Δ."""
    return bool(delta > LEAST if isinstance(delta, Fraction) else delta > to_ball(LEAST))


def guess(delta: arb) -> tuple[arb, arb]:
    """About (l(ε_cr)Δ, l(ε̂_cr)Δ), as exact numbers, for Δ ≥ 1.48.

    Raises:
        ValueError: the stored coefficients cannot be read.
    """
    u, v = _polynomials()
    with working_precision(_BITS):
        t = (2 / (delta.mid() * delta.mid()) / arb(WIDTH) - 1).mid()
        return u(t).mid(), v(t).mid()


def rebuilt(terms: int = SIZE) -> dict[str, list[str]]:
    """The first coefficients, computed anew from certified roots at Chebyshev's nodes."""
    from bounds.certify.arithmetic.ball import BALL
    from bounds.certify.exact import read_exact
    from bounds.critical.point import locate

    samples = []
    with working_precision(_BITS):
        angles = [arb.pi() * (2 * k + 1) / (2 * SIZE) for k in range(SIZE)]
        for angle in angles:
            ball = (1 / ((angle.cos() + 1) / 2 * arb(WIDTH)).sqrt()).mid()
            y = arb("0.71") / ball
            g = BALL.central_quantile(BALL.interval_mass(-ball, y), arb(1))
            root, _ = locate(read_exact(ball, "Delta"), [arb("0.38") / ball, y, g], 40)
            samples.append([root[0] * ball, root[1] * ball])
        found: dict[str, list[str]] = {"u": [], "v": []}
        for k in range(terms):
            weights = [(k * angle).cos() * (2 if k else 1) / SIZE for angle in angles]
            for name, values in zip("uv", zip(*samples, strict=True), strict=True):
                parts = [weight * value for weight, value in zip(weights, values, strict=True)]
                found[name].append(sum(parts, arb(0)).str(25, radius=False))
        return found


if __name__ == "__main__":
    from pathlib import Path

    from bounds.certify.io.files import write_whole

    write_whole(Path(__file__).with_name("seeds.json"), json.dumps(rebuilt(), indent=1) + "\n")
