"""Ranges of Δ on which the shape of the loss is a theorem: one Δ need not prove it anew.

Between neighbours lies one fold, and the shape is the one of its side up to the fold itself
(`passage`); below 1/64 the loss is concave (`small_delta`), beyond 10 it bends as before
(`bounds.critical.large_delta.prove_shape`): no Δ > 0 is left out. `bounds prove LOW:HIGH -o FILE`
proves each range, the longest in a few minutes, and `bounds check FILE` replays the proof in the
independent checker. Tests prove the rest, and slices of the ranges drawn anew, at every run; and
all of the ranges as a campaign (`pytest -m campaign`). `python -m bounds.critical.regimes` tells
the ends anew, from the folds.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bounds.certify.errors import BoundsError, Inconclusive
from bounds.certify.exact import Exact, show_exact, to_ball

_PLACES = 100_000


@dataclass(frozen=True)
class Regime:
    """For every Δ from `low` to `high`, the loss bends so from ε = 0 to ε_max.

    Attributes:
        low: lower end, in standard deviations; included.
        high: upper end; included.
        shape: "concave" and "convex" by turns.
        branches: which of the four branches of inflections there are, in order of ε (`seeds`).
    """

    low: Fraction
    high: Fraction
    shape: tuple[str, ...]
    branches: tuple[int, ...] = ()

    @property
    def turns(self) -> int:
        """How many times the loss turns from concave to convex."""
        return self.shape.count("convex")

    def holds(self, delta: Exact) -> bool:
        """Whether all of Δ lies in the range."""
        if isinstance(delta, Fraction):
            # step: Δ is no less than the range [condition: delta <= self.high]
            # step: and no greater [condition: self.low <= delta]
            return self.low <= delta <= self.high
        # step: a ball lies in it as a whole, below [true 4/5]
        # step: and above the start of a regime [true 2/5]
        return bool(delta >= to_ball(self.low)) and bool(delta <= to_ball(self.high))


def _bends(count: int) -> tuple[str, ...]:
    return tuple(("concave", "convex")[i % 2] for i in range(count))


REGIMES = (
    Regime(Fraction(1, 64), Fraction("0.83397"), _bends(1), ()),
    Regime(Fraction("0.83398"), Fraction("1.09093"), _bends(3), (2, 3)),
    Regime(Fraction("1.09094"), Fraction("1.47735"), _bends(5), (0, 1, 2, 3)),
    Regime(Fraction("1.47736"), Fraction(10), _bends(3), (0, 3)),
)
"""What `bounds prove` proves, piece by piece; next to the folds each Δ is surveyed by itself."""

FAR = Regime(Fraction(5), Fraction(1024), _bends(3), (0, 3))
"""Proved for all Δ ≥ 5 together (`large_delta.prove_shape`); 1024 is the engine's reach."""


_checked: set[Regime] = set()


def regime_of(delta: Exact) -> Regime | None:
    """The regime that all of Δ lies in, if there is one, and it holds.

    The first Δ of each regime that a process asks for is surveyed by itself: a stored range is not
    believed unseen. Where that survey decides nothing, there is no regime for this Δ.

    Raises:
        BoundsError: the survey finds another shape: this copy of the program is altered.
    """
    for regime in (*reversed(REGIMES), FAR):  # the last is asked for most
        if regime.holds(delta):
            break
    else:
        return None
    if regime in _checked:
        return regime
    found = _surveyed(delta)
    if found is None:
        return None
    if found != regime.shape:
        raise BoundsError(
            f"the stored shape of the loss for Delta in [{show_exact(regime.low)},"
            f" {show_exact(regime.high)}] is false at Delta = {show_exact(delta)}: this copy of"
            " bounds is altered; install it anew"
        )
    _checked.add(regime)
    return regime


def _surveyed(delta: Exact) -> tuple[str, ...] | None:
    from bounds.critical.domain import survey
    from bounds.critical.family import shape_of

    try:
        return shape_of(survey(delta)[1])
    except Inconclusive:
        return None


def ends_at_folds() -> list[tuple[Fraction, Fraction]]:
    """The ends of the ranges next to each fold: it rounded down and up to five decimals."""
    from bounds.critical.fold import folds

    places = (fold.delta.low.fraction() for fold in folds(10))
    steps = [(place * _PLACES).__floor__() for place in places]
    return [(Fraction(step, _PLACES), Fraction(step + 1, _PLACES)) for step in steps]


if __name__ == "__main__":
    for low, high in ends_at_folds():
        print(f"{float(low):.5f} {float(high):.5f}")
