"""The numbers at ε_cr, as decimals, for many Δ at once: from proved panels, by Horner's rule.

They are to be those that `bounds.eps_cr` gives, to the letter. Its enclosure of z > 0 has a radius
of at most 2^−b z, with b = `least_bits` (`bounds.certify.numbers.digits`), and so lies within
z(1 ± 2^{2−b}). Where 10^k z(1 ± 2^{2−b}) lies between neighbouring whole numbers n and n + 1, these
are what it prints. Where it does not, or where no panel serves, there is no row here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
    deltas: Sequence[Fraction], digits: int, names: Mapping[str, str]
) -> list[dict[str, Face] | None]:
    """For each Δ, the numbers asked for at ε_cr(Δ); None where no panel decides them all.

    Args:
        deltas: Δ, from 1/64 to 1024, in standard deviations.
        digits: significant decimal digits.
        names: under which name each number is wanted ↦ as `CriticalValue` calls it.
    """
    if digits > MOST_DIGITS:
        return [None] * len(deltas)
    numbers, leads = frozenset(names.values()), dict.fromkeys(names, 0)
    with working_precision(BITS):
        found: list[dict[str, Face] | None] = []
        for delta, panel in zip(deltas, panels_for(deltas), strict=True):
            values = None if panel is None else _values(panel, delta, numbers)
            found.append(None if values is None else _faces(values, digits, names, leads))
        return found


def _faces(
    values: Mapping[str, arb], digits: int, names: Mapping[str, str], leads: dict[str, int]
) -> dict[str, Face] | None:
    """The decimals of one row; None where they are not all decided."""
    row = {}
    for name, number in names.items():
        face = _face(values[number], digits, leads[name])
        if face is None:
            return None
        leads[name], row[name] = face
    return row


def _values(panel: Proved, exact: Fraction, names: Collection[str]) -> dict[str, arb] | None:
    """The numbers at one Δ; None where it is not in the panel."""
    delta = arb(fmpq(exact.numerator, exact.denominator))
    # step: Δ is in the panel [true 2/4]
    if not (delta >= panel.low and delta <= panel.high):
        return None
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
        # step: one call may say less [first sum 1/2]
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
        # step: as many digits as one call shows [true 4/4]
        if whole is not None and low != "0" and len(low) == digits:
            high = f"{low[:-1]}{int(low[-1]) + 1}" if low[-1] != "9" else (whole + 1).str()
            return lead, (_laid_out(low, digits, last), _laid_out(high, digits, last))
    return None


def _laid_out(whole: str, digits: int, last: int) -> str:
    """`placed`, of so many digits."""
    if len(whole) > digits:  # a power of ten
        return placed(whole, last)
    before, point, after = _layout(digits, last)
    if point:
        return f"{before}{whole[:point]}.{whole[point:]}{after}"
    return f"{before}{whole}{after}"


@lru_cache(maxsize=4096)
def _layout(digits: int, last: int) -> tuple[str, int, str]:
    """What stands before the digits, after how many of them the point, and what behind them."""
    text = placed("9" * digits, last)
    start = text.index("9")
    body, mark, power = text[start:].partition("e")
    return text[:start], body.find(".") if "." in body else 0, mark + power
