"""ε_cr(Δ), and what belongs to it: one call of `eps_cr` serves all of these columns.

Where a proved panel decides all numbers of a row, they are taken from it (`bounds.critical.model`).
"""

from collections.abc import Sequence
from fractions import Fraction
from operator import attrgetter

from bounds.critical.critical import eps_cr
from bounds.critical.model.rows import rows
from bounds.critical.model.stored import expect
from bounds.critical.replay import eps_cr_near, guess_of
from bounds.tables.column import Cells, Column, Replay

_REPLAY = Replay("eps_cr", lambda value: guess_of([value]), eps_cr_near)


_NUMBERS = {
    "eps_cr": "eps",
    "l": "radius",
    "l_of_eps_hat": "radius_of_estimate",
    "eps_hat": "estimate",
    "g": "shift",
    "loss": "loss",
}


def _at_once(deltas: Sequence[Fraction], digits: int, names: Sequence[str]) -> list[Cells]:
    wanted = {name: _NUMBERS[name] for name in names if name in _NUMBERS}
    turns: Cells = {"turns": (1,)} if "turns" in names else {}  # a panel has one
    return [{} if row is None else {**row, **turns} for row in rows(deltas, digits, wanted)]


def _column(name: str, meaning: str) -> Column:
    read = attrgetter(_NUMBERS[name])
    return Column(name, meaning, eps_cr, read, replay=_REPLAY, batch=_at_once, expect=expect)


COLUMNS = (
    _column("eps_cr", "critical value, as mass relative to one component"),
    _column("l", "filter radius l(eps_cr), in standard deviations"),
    _column("l_of_eps_hat", "l(eps_hat) at eps_cr, in standard deviations"),
    _column("eps_hat", "largest estimate of the mass at eps_cr"),
    _column("g", "median shift g(eps_hat) at eps_cr, in standard deviations"),
    _column("loss", "loss g^2/(1 + g^2) at eps_cr"),
    Column(
        "turns",
        "number of turns from concave to convex, eps_cr being the first",
        eps_cr,
        attrgetter("turns"),
        kind="count",
        if_none=0,
        replay=_REPLAY,
        batch=_at_once,
        expect=expect,
    ),
)
