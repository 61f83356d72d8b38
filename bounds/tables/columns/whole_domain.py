"""Every inflection of the loss on its whole domain, proved complete: a survey for each Δ."""

from collections.abc import Callable
from typing import Any

from bounds.critical.replay import guess_of, inflections_near
from bounds.critical.whole_domain import inflections
from bounds.tables.column import Column, Kind, Replay

_REPLAY = Replay("inflections", lambda whole: guess_of(whole.points), inflections_near)


def _column(name: str, meaning: str, kind: Kind, read: Callable[[Any], Any]) -> Column:
    return Column(name, meaning, inflections, read, kind, at_once=8, replay=_REPLAY)


COLUMNS = (
    _column(
        "inflections", "number of inflections on (0, eps_max)", "count", lambda w: len(w.points)
    ),
    _column("places", "eps at each inflection", "enclosures", lambda w: [p.eps for p in w.points]),
    _column("distances", "eps_max - eps at each inflection", "enclosures", lambda w: w.distances),
    _column("shape", "how the loss bends from 0 to eps_max", "words", lambda w: w.shape),
)
