"""A panel: four polynomials in Δ over a range of Δ, and how far from them the truth may be."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, arb_poly, fmpz

from bounds.certify.exact import read_exact, show_exact

UNKNOWNS = ("radius", "radius_of_estimate", "mass", "shift")
"""x = l(ε), y = l(ε̂), e = ε/φ(Δ) and G = g(ε̂)/φ(Δ), all at ε_cr."""

PLACES = 40
_MOST_TERMS = 64
_MOST_DIGITS = 60


@dataclass(frozen=True)
class Panel:
    """What is claimed: for each Δ of the range, the unknowns at ε_cr(Δ) are near p(t).

    With t = (Δ − c)/h, c the middle of the range and h half its width, each unknown differs from
    its p(t) = 10^−40 Σ nₖ tᵏ by less than its radius.

    Attributes:
        low: the least Δ, in standard deviations.
        high: the greatest.
        coefficients: n₀, n₁, … of x, y, e and G.
        radii: the k of each radius 2^−k.
    """

    low: Fraction
    high: Fraction
    coefficients: tuple[tuple[int, ...], ...]
    radii: tuple[int, ...]

    @property
    def middle(self) -> Fraction:
        """The middle of the range, c."""
        return (self.low + self.high) / 2

    @property
    def half_width(self) -> Fraction:
        """Half its width, h."""
        return (self.high - self.low) / 2

    def polynomials(self) -> list[arb_poly]:
        """The four p, as narrow as the working precision has them."""
        unit = arb(10) ** PLACES
        return [arb_poly([arb(fmpz(n)) / unit for n in row]) for row in self.coefficients]

    def errors(self) -> list[arb]:
        """The four radii."""
        return [arb(2) ** -k for k in self.radii]

    def statement(self) -> dict[str, Any]:
        """The claim as plain data."""
        rows = zip(UNKNOWNS, self.coefficients, self.radii, strict=True)
        return {
            "delta": [show_exact(self.low), show_exact(self.high)],
            "places": PLACES,
            "polynomials": {
                name: {"coefficients": " ".join(map(str, row)), "radius": f"2^-{radius}"}
                for name, row, radius in rows
            },
        }

    @classmethod
    def of(cls, statement: Any) -> Panel:
        """The panel that a statement describes.

        Raises:
            ValueError: it has not the form of one.
        """
        try:
            low, high = (read_exact(end, "an end") for end in statement["delta"])
            rows = [statement["polynomials"][name] for name in UNKNOWNS]
            coefficients = tuple(_whole_numbers(row["coefficients"]) for row in rows)
            radii = tuple(int(row["radius"].removeprefix("2^-")) for row in rows)
        except (LookupError, TypeError, AttributeError) as reason:
            raise ValueError(f"no panel: {reason}") from None
        if not (isinstance(low, Fraction) and isinstance(high, Fraction) and 0 < low < high):
            raise ValueError("a panel is a range of Delta")
        panel = cls(low, high, coefficients, radii)
        if panel.statement() != statement:
            raise ValueError("a panel says nothing beside its polynomials and radii")
        return panel


def _whole_numbers(text: str) -> tuple[int, ...]:
    parts = text.split(" ")
    if len(parts) > _MOST_TERMS or max(map(len, parts)) > _MOST_DIGITS:
        raise ValueError("a polynomial has too many terms, or digits")
    return tuple(map(int, parts))
