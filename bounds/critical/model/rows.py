"""The numbers at ε_cr, as decimals, for many Δ at once: from proved panels, by Horner's rule.

They are to be those that `bounds.eps_cr` gives, to the letter. Its enclosure of z > 0 has a radius
of at most 2^−b z, with b = `least_bits` (`bounds.certify.numbers.digits`), and so lies within
z(1 ± 2^{2−b}). Where 10^k z(1 ± 2^{2−b}) lies between neighbouring whole numbers n and n + 1, these
are what it prints. Where it does not, or where no panel serves, there is no row here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from flint import arb, fmpq

from bounds.certify.numbers.digits import least_bits
from bounds.certify.numbers.enclosure import dyadic_ends, leading_power, placed
from bounds.certify.numbers.precision import working_precision
from bounds.critical.model.stored import BITS, Proved, panels_for

Face: TypeAlias = tuple[str, str]
"""The ends of a number, rounded down and up."""

MOST_DIGITS = 30
"""Of which a panel decides all but about one row in a thousand."""


def rows(
    deltas: Sequence[Fraction], digits: int, names: Collection[str]
) -> list[dict[str, Face] | None]:
    """For each Δ, the numbers of these names at ε_cr(Δ); None where no panel decides them all.

    Args:
        deltas: Δ, from 1/64 to 1024, in standard deviations.
        digits: significant decimal digits.
        names: of the numbers, as `bounds.critical.CriticalValue` calls them.

    Raises:
        BoundsError: a stored panel is refused: it is altered, or false.
    """
    if digits > MOST_DIGITS:
        return [None] * len(deltas)
    leads = dict.fromkeys(names, 0)
    with working_precision(BITS):
        pairs = zip(deltas, panels_for(deltas), strict=True)
        return [
            None if panel is None else _row(delta, panel, digits, leads) for delta, panel in pairs
        ]


def _row(
    delta: Fraction, panel: Proved, digits: int, leads: dict[str, int]
) -> dict[str, Face] | None:
    ball = arb(fmpq(delta.numerator, delta.denominator))
    if not (ball >= panel.low and ball <= panel.high):
        return None
    values = _values(panel, ball, leads)
    row = {}
    for name, lead in leads.items():
        face = _face(values[name], digits, lead)
        if face is None:
            return None
        leads[name], row[name] = face
    return row


def _values(panel: Proved, delta: arb, names: Collection[str]) -> dict[str, arb]:
    """The numbers at one Δ."""
    t = (delta - panel.middle) * panel.per_unit
    x, y, mass, shift = panel.polynomials
    values = {}
    if "radius_of_estimate" in names:
        values["radius_of_estimate"] = y(t)
    if "radius" in names or "estimate" in names:
        values["radius"] = x(t)
    unit = (-delta * delta / 2).exp() * _density_at_0()
    if "eps" in names or "estimate" in names:
        relative = mass(t)
        values["eps"] = relative * unit
        if "estimate" in names:
            values["estimate"] = (relative + values["radius"]) * unit
    if "shift" in names or "loss" in names:
        g = values["shift"] = shift(t) * unit
        values["loss"] = g * g / (1 + g * g)
    return values


@lru_cache(maxsize=1)
def _density_at_0() -> arb:
    with working_precision(BITS):
        return 1 / (2 * arb.pi()).sqrt()


@lru_cache(maxsize=4096)
def _scale(power: int, digits: int) -> arb:
    """10^power (1 ± 2^{2−b})."""
    with working_precision(BITS):
        return arb(10) ** power * (1 + arb(0, arb(2) ** (2 - least_bits(digits))))


def _face(value: arb, digits: int, lead: int) -> tuple[int, Face] | None:
    """The power of the first digit, and both ends; None where they are not decided.

    Args:
        value: an enclosure of the number.
        digits: significant decimal digits.
        lead: a guess of the power.
    """
    for guess in (lead, None):
        if guess is None:
            lead = leading_power(dyadic_ends(value)[1])
        last = lead - digits + 1
        whole = (value * _scale(-last, digits)).floor().unique_fmpz()
        low = "0" if whole is None else whole.str()
        if whole is not None and low != "0" and len(low) == digits:
            return lead, (placed(low, last), placed((whole + 1).str(), last))
    return None
