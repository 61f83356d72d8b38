"""ε_cr(Δ), and what belongs to it: one call of `eps_cr` serves all of these columns."""

from operator import attrgetter

from bounds.critical.critical import eps_cr
from bounds.critical.replay import eps_cr_near, guess_of
from bounds.tables.column import Column, Replay

_REPLAY = Replay("eps_cr", lambda value: guess_of([value]), eps_cr_near)


def _column(name: str, meaning: str, attribute: str) -> Column:
    return Column(name, meaning, eps_cr, attrgetter(attribute), replay=_REPLAY)


COLUMNS = (
    _column("eps_cr", "critical value, as mass relative to one component", "eps"),
    _column("l", "filter radius l(eps_cr), in standard deviations", "radius"),
    _column("l_of_eps_hat", "l(eps_hat) at eps_cr, in standard deviations", "radius_of_estimate"),
    _column("eps_hat", "largest estimate of the mass at eps_cr", "estimate"),
    _column("g", "median shift g(eps_hat) at eps_cr, in standard deviations", "shift"),
    _column("loss", "loss g^2/(1 + g^2) at eps_cr", "loss"),
    Column(
        "turns",
        "number of turns from concave to convex, eps_cr being the first",
        eps_cr,
        attrgetter("turns"),
        kind="count",
        if_none=0,
        replay=_REPLAY,
    ),
)
