"""The panels, built anew: python -m bounds.critical.model.build writes them beside this room.

Each unknown is sampled at Chebyshev's nodes (certified roots, to 60 digits), interpolated, cut
where its coefficients fall below the accuracy aimed at, and rounded to 40 decimal places. What
comes out is only a guess, until `proof` proves it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from flint import arb, arb_poly

from bounds.certify.arithmetic.ball import log2_of
from bounds.certify.exact import read_exact, to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical.critical import eps_cr
from bounds.critical.model.panel import PLACES, Panel
from bounds.critical.model.proof import prove
from bounds.critical.model.stored import STORED, certificate, text
from bounds.critical.point import Inflection
from bounds.functions.normal import density

# fmt: off
ENDS = tuple(map(Fraction, (
    "1.4774", "1.593", "1.743", "1.938", "2.19", "2.52", "2.95", "3.5", "4.22", "5.16", "6.37",
    "7.95", "10", "12.5", "15.7", "19.7", "24.9", "31.5", "40", "50", "63", "79", "100",
)))
# fmt: on
"""Neighbouring panels meet here. Their widths grow like Δ − 1.091: as far as that fold the Taylor
series about Δ seem to converge. The first begins next to another fold, below which there are two
turns to convexity."""

_NODES = 44
_BITS = 320
DIGITS = 60
"""Of the samples: so many that another way to the same roots changes nothing that is kept."""
_ACCURACY = 118
"""Bits to which a panel knows each unknown."""
_CUT = 126


def fitted(low: Fraction, high: Fraction, sample: Callable[[arb], list[arb]]) -> Panel:
    """The panel of a range, from samples of (x, y, e, G)."""
    with working_precision(_BITS):
        middle, half = to_ball((low + high) / 2), to_ball((high - low) / 2)
        angles = [arb.pi() * (2 * k + 1) / (2 * _NODES) for k in range(_NODES)]
        samples = [sample((middle + half * angle.cos()).mid()) for angle in angles]
        rows, radii = [], []
        for values in zip(*samples, strict=True):
            size = log2_of(sum(values, arb(0)) / _NODES)
            rows.append(_rounded(_chebyshev(values, angles), size - _CUT))
            radii.append(_ACCURACY - round(size))
    return Panel(low, high, tuple(rows), tuple(radii))


def at_eps_cr(delta: arb) -> list[arb]:
    """The unknowns at ε_cr(Δ), for an exact Δ."""
    return unknowns(eps_cr(read_exact(delta, "Delta"), DIGITS), delta)


def unknowns(point: Inflection, delta: arb) -> list[arb]:
    """The unknowns at an inflection."""
    numbers = [point.radius, point.radius_of_estimate, point.eps, point.shift]
    x, y, eps, g = (number.ball().mid() for number in numbers)
    return [x, y, eps / density(delta), g / density(delta)]


def _chebyshev(values: tuple[arb, ...], angles: list[arb]) -> list[arb]:
    """The coefficients of the interpolating polynomial in Chebyshev's polynomials."""
    found = []
    for k in range(_NODES):
        pairs = zip(values, angles, strict=True)
        total = sum((value * (k * angle).cos() for value, angle in pairs), arb(0))
        found.append(total * (2 if k else 1) / _NODES)
    return found


def _rounded(coefficients: list[arb], least: float) -> tuple[int, ...]:
    """In powers of t, without the last coefficients below 2^least, as multiples of 10^−40."""
    kept = list(coefficients)
    while log2_of(kept[-1]) < least:
        kept.pop()
    t, ahead, after = arb_poly([0, 1]), arb_poly(), arb_poly()
    for coefficient in reversed(kept[1:]):
        ahead, after = coefficient.mid() + 2 * t * ahead - after, ahead
    powers = kept[0].mid() + t * ahead - after
    unit = arb(10) ** PLACES
    whole = (
        (entry.mid() * unit + arb(0.5)).mid().floor().unique_fmpz() for entry in powers.coeffs()
    )
    return tuple(int(n) for n in whole if n is not None)


def certificates() -> Iterator[dict[str, Any]]:
    """A certificate of each panel, proved."""
    for low, high in pairwise(ENDS):
        panel = fitted(low, high, at_eps_cr)
        prove(panel)
        yield certificate(panel)


if __name__ == "__main__":
    from bounds.certify.io.files import write_whole

    write_whole(STORED, text(certificates()))
