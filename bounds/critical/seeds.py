"""Guesses of where the inflections lie, good to 25 digits and more: only a start for Newton.

As Δ grows, inflections are born and die in pairs, at the folds. So there are four branches, each
smooth in Δ from its fold to the next, or to the end of the engine's reach; next to a fold, smooth
in the root of the distance from it. Polynomials for l(ε), l(ε̂) and g(ε̂), panel by panel of such a
variable, are stored beside this file; `bounds.critical.sowing` writes them. Nothing that is proved
rests on them. At fifty digits they leave nothing for Newton's method to do where ε_cr is meant, at
thirty nowhere.
"""

from __future__ import annotations

import json
import warnings
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from flint import arb, arb_poly

from bounds.certify.errors import Notice
from bounds.certify.exact import Exact, to_ball
from bounds.certify.numbers.precision import working_precision

GUESS_BITS = (106, 82, 82, 82)
"""Bits of the guesses that are believed to be right, branch by branch, in order of ε."""
SPARE = 22
"""Bits that the coefficients have beyond these."""
FACES = ("x", "y", "g")

_BROKEN = (
    OSError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError,
)  # fmt: skip
"""What reading a file of another form may raise."""

Variable = Literal["inverse square", "logarithm", "above", "below"]


# equivalent mutants: a guess of a root, which is proved afterwards, whatever led there: unique in
#  its box, with its turn, in a range of Delta with as many turns as roots
def variable_of(kind: Variable, delta: arb, fold: arb) -> arb:
    """What a branch is smooth in: 1/Δ², log Δ, or the root of the distance from a fold."""
    if kind == "inverse square":
        return 1 / (delta * delta)
    if kind == "logarithm":
        return delta.log()
    return (delta - fold if kind == "above" else fold - delta).sqrt()


# equivalent mutants: a guess of a root, which is proved afterwards, whatever led there: unique in
#  its box, with its turn, in a range of Delta with as many turns as roots
def units(branch: int, delta: arb) -> tuple[arb, arb, arb]:
    """In units of these, l(ε), l(ε̂) and g(ε̂) are of ordinary size for every Δ."""
    if branch:
        return delta, delta, delta
    return 1 / delta, 1 / delta, (-delta * delta / 2).exp() / delta


@dataclass(frozen=True, slots=True)
class _Panel:
    """A range of Δ on one branch: the variable, its middle and half-width, the polynomials."""

    kind: Variable
    fold: arb
    middle: arb
    half: arb
    faces: tuple[arb_poly, ...]


def _text() -> str:
    return Path(__file__).with_name("seeds.json").read_text(encoding="utf-8")


# equivalent mutants: a guess of a root, which is proved afterwards, whatever led there: unique in
#  its box, with its turn, in a range of Delta with as many turns as roots
@cache
def _stored() -> tuple[list[tuple[list[float], list[dict[str, Any]]]], list[arb]]:
    """Branch by branch, where its panels begin and what is stored of them; and the folds."""
    stored = json.loads(_text())
    with working_precision(GUESS_BITS[0] + 2 * SPARE):
        folds = [arb(fold).mid() for fold in stored["folds"]]
    branches = []
    for panels in stored["branches"]:
        panels.sort(key=lambda panel: float(panel["from"]))
        branches.append(([float(panel["from"]) for panel in panels], panels))
    return branches, folds


# equivalent mutants: a guess of a root, which is proved afterwards, whatever led there: unique in
#  its box, with its turn, in a range of Delta with as many turns as roots
@cache
def _panel(branch: int, number: int) -> _Panel:
    branches, folds = _stored()
    stored = branches[branch][1][number]
    with working_precision(GUESS_BITS[0] + 2 * SPARE):
        unit = arb(2) ** -(GUESS_BITS[branch] + SPARE)
        faces = tuple(
            arb_poly([unit * arb(coefficient) for coefficient in stored[face]]) for face in FACES
        )
        middle, half = arb(stored["middle"]).mid(), arb(stored["half"]).mid()
    return _Panel(stored["variable"], folds[stored["fold"]], middle, half, faces)


# equivalent mutants: a guess of a root, which is proved afterwards, whatever led there: unique in
#  its box, with its turn, in a range of Delta with as many turns as roots
def forget() -> None:
    """Read the file again at the next guess."""
    _stored.cache_clear()
    _panel.cache_clear()
    _tell.cache_clear()


@cache
def _tell(why: str) -> None:
    """Say once that the file does not help."""
    warnings.warn(
        f"seeds.json does not hold the panels of four branches ({why:.80}): inflections are"
        " searched for, which takes longer; to write it: python -m bounds.critical.sowing",
        Notice,
        stacklevel=2,
    )


# equivalent mutants: a guess of a root, which is proved afterwards, whatever led there: unique in
#  its box, with its turn, in a range of Delta with one such turn
def guess(branch: int, delta: Exact) -> list[arb]:
    """About (l(ε), l(ε̂), g(ε̂)) on a branch, as exact numbers.

    Args:
        branch: 0 to 3, in order of ε.
        delta: Δ on the branch, at most 1024, or a narrow ball; elsewhere the guess is of no use.

    Raises:
        ValueError: what is stored cannot be read; a `Notice` says so once.
    """
    try:
        starts, _ = _stored()[0][branch]
        panel = _panel(branch, max(bisect_right(starts, float(delta)) - 1, 0))
        with working_precision(GUESS_BITS[branch] + SPARE):
            ball = to_ball(delta).mid()
            t = (variable_of(panel.kind, ball, panel.fold) - panel.middle) / panel.half
            place, sizes = t.mid(), units(branch, ball)
            return [
                (face(place) * unit).mid() for face, unit in zip(panel.faces, sizes, strict=True)
            ]
    except _BROKEN as why:
        _tell(str(why))
        raise ValueError("seeds.json does not hold the panels of four branches") from None
