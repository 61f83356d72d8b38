"""The stored panels: read, compared with their hashes, and proved before they serve.

A certificate holds the panel's statement, the hash of the code that made it, and the hash of both.
Neither hash proves anything, as who alters a file can make new ones: so a panel serves only after
this process has proved it (`proof`). That costs as much as some twenty values of ε_cr by Newton's
method; until a panel has been asked for as many, or as many are expected, it does not serve. Where
a panel is missing, altered or false, a `Notice` says so, and Newton's method gives the values.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from flint import arb, arb_poly

from bounds.certify.certificates.seal import sealed
from bounds.certify.errors import BoundsError, InputError, Notice, shown
from bounds.certify.exact import read_rational, to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical.model.panel import Panel
from bounds.critical.model.proof import prove

STORED = Path(__file__).parent.with_name("model.json")
WORTH = 24
"""Values that cost more than a proof."""
BITS = 128

_KIND = "eps_cr_panel"
_MADE_BY = ("equations.py", "panel.py", "proof.py", "build.py")


def certificate(panel: Panel) -> dict[str, Any]:
    """The panel as it is stored."""
    return sealed(_KIND, panel.statement(), {"code": _code()})


def text(certificates: Iterable[dict[str, Any]]) -> str:
    """The stored file: a list, one certificate a line."""
    return "[\n" + ",\n".join(map(json.dumps, certificates)) + "\n]\n"


def panels() -> list[Panel]:
    """The stored panels, which are not proved by that.

    Raises:
        InputError: they cannot be read.
    """
    try:
        return [read(entry) for entry in json.loads(STORED.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError, RecursionError) as reason:
        raise InputError(
            f"{STORED.name} does not hold panels of eps_cr ({shown(str(reason))}): install bounds"
            " again, or write it by python -m bounds.critical.model.build"
        ) from None


@cache
def _code() -> str:
    """The hash of the files that make a certificate."""
    sources = (Path(__file__).with_name(name).read_bytes() for name in _MADE_BY)
    return hashlib.sha256(b"".join(sources)).hexdigest()


@dataclass(frozen=True, slots=True)
class Proved:
    """A panel that this process has proved, made ready for values at 128 bits.

    Attributes:
        low, high: the ends of its range.
        middle: c.
        per_unit: 1/h.
        polynomials: x, y, e and G as functions of t = (Δ − c)/h, their radii included.
    """

    low: arb
    high: arb
    middle: arb
    per_unit: arb
    polynomials: tuple[arb_poly, ...]

    @classmethod
    def of(cls, panel: Panel) -> Proved:
        """The panel, proved now.

        Raises:
            Inconclusive: it is not proved.
        """
        # step: what is stored is proved [first call]
        prove(panel)
        with working_precision(BITS):
            # step: the radii are part of what serves [first sum]
            around = [
                p + arb(0, error)
                for p, error in zip(panel.polynomials(), panel.errors(), strict=True)
            ]
            ends = (to_ball(panel.low), to_ball(panel.high))
            return cls(*ends, to_ball(panel.middle), 1 / to_ball(panel.half_width), tuple(around))


def read(entry: Any) -> Panel:
    """The panel of a stored certificate, which is not proved by that.

    Raises:
        ValueError: the certificate is not as this code has made it.
    """
    panel = Panel.of(entry["statement"] if isinstance(entry, dict) else None)
    # step: the hashes are right [false]
    if entry != certificate(panel):
        raise ValueError("it is not what this code has made")
    return panel


class _Shelf:
    """The stored panels, each proved as soon as that pays."""

    def __init__(self, entries: list[Any]) -> None:
        self.entries = entries
        ends = [entry["statement"]["delta"] for entry in entries]
        self.lows = [float(read_rational(low, "an end")) for low, _ in ends]  # only to look one up
        self.highs = [float(read_rational(high, "an end")) for _, high in ends]
        self.refused = [False] * len(entries)
        self.asked = [0] * len(entries)
        self.expected = [0] * len(entries)
        self.proved: list[Proved | None] = [None] * len(entries)

    def place(self, delta: Fraction) -> int | None:
        """Which panel may hold Δ."""
        about = float(delta)
        place = bisect_right(self.lows, about) - 1
        return None if place < 0 or about > self.highs[place] else place

    def ask(self, place: int, values: int) -> Proved | None:
        """The panel, if it has been asked for so many values that it is proved."""
        self.asked[place] += values
        most = max(self.asked[place], self.expected[place])
        if self.proved[place] is None and not self.refused[place] and most >= WORTH:
            try:
                self.proved[place] = Proved.of(read(self.entries[place]))
            except (ValueError, BoundsError) as reason:
                self.refused[place] = True
                _tell(str(reason))
        return self.proved[place]


def _tell(reason: str) -> None:
    warnings.warn(
        f"a stored panel of eps_cr is refused ({reason}): values are computed one by one; install"
        " bounds again, or write the panels by python -m bounds.critical.model.build",
        Notice,
        stacklevel=2,
    )


@cache
def _shelf() -> _Shelf:
    try:
        return _Shelf(json.loads(STORED.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, LookupError, OverflowError, RecursionError) as reason:
        _tell(str(reason))
        return _Shelf([])


def expect(deltas: Iterable[Fraction]) -> None:
    """Tell which values will be asked for: a panel that pays over all of them is proved at once."""
    shelf = _shelf()
    for place, values in Counter(map(shelf.place, deltas)).items():
        if place is not None:
            shelf.expected[place] = max(shelf.expected[place], values)


def panels_for(deltas: Sequence[Fraction]) -> list[Proved | None]:
    """For each Δ the proved panel next to it, if that has been asked for often enough.

    Δ is looked up as a float, and may lie a little outside: that is for the caller to exclude.
    """
    shelf = _shelf()
    places = [shelf.place(delta) for delta in deltas]
    panels: dict[int | None, Proved | None] = {None: None}
    for place, values in Counter(places).items():
        if place is not None:
            panels[place] = shelf.ask(place, values)
    return [panels[place] for place in places]
