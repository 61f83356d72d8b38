# equivalent mutants: what it writes into seeds.json are guesses: each root that they lead to is
#  proved, whatever they are; `test_the_stored_guesses_are_good` compares them with proved roots
"""What `seeds.json` holds, computed anew: polynomials through certified inflections.

On each panel the inflections are located at Chebyshev's nodes; where the last coefficients are not
small enough, the panel is halved. `python -m bounds.critical.sowing` writes the file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from flint import arb, arb_poly

from bounds.certify.exact import read_exact
from bounds.certify.numbers.precision import working_precision
from bounds.critical.domain import point_at, survey
from bounds.critical.fold import folds
from bounds.critical.point import locate
from bounds.critical.regimes import REGIMES
from bounds.critical.seeds import FACES, GUESS_BITS, SPARE, Variable, units, variable_of

_BITS, _DIGITS = 320, 48
_TERMS = (44, 32, 32, 32)
_END = "1025"  # past the greatest Δ


@dataclass(frozen=True)
class _Stretch:
    """A part of a branch that is smooth in one variable, which may count from a fold."""

    branch: int
    kind: Variable
    fold: int
    low: str
    high: str


_STRETCHES = (
    _Stretch(0, "above", 1, "1.09094", "1.3"),
    _Stretch(0, "inverse square", 0, "1.3", _END),
    _Stretch(1, "above", 1, "1.09094", "1.284"),
    _Stretch(1, "below", 2, "1.284", "1.47735"),
    _Stretch(2, "above", 0, "0.83398", "1.16"),
    _Stretch(2, "below", 2, "1.16", "1.47735"),
    _Stretch(3, "above", 0, "0.83398", "1.3"),
    _Stretch(3, "logarithm", 0, "1.3", _END),
)


@cache
def _folds() -> tuple[arb, ...]:
    return tuple(fold.delta.ball().mid() for fold in folds(_DIGITS))


def _delta_of(stretch: _Stretch, place: arb) -> arb:
    """The Δ at which the stretch's variable has this value."""
    if stretch.kind == "inverse square":
        return (1 / place.sqrt()).mid()
    if stretch.kind == "logarithm":
        return place.exp().mid()
    square, fold = place * place, _folds()[stretch.fold]
    return (fold + square if stretch.kind == "above" else fold - square).mid()


def _first(branch: int, delta: arb) -> list[arb]:
    """(l(ε), l(ε̂), g(ε̂)) on the branch, found without a guess."""
    exact = read_exact(delta, "Delta")
    regime = next(regime for regime in reversed(REGIMES) if float(delta) > float(regime.low))
    _, changes = survey(exact)
    return point_at(changes[regime.branches.index(branch)], exact, _DIGITS)[0]


def _values(stretch: _Stretch, places: list[arb]) -> list[list[arb]]:
    """The inflections at these places, in their units, from one to the next."""
    found: list[list[arb]] = []
    for place in places:
        delta = _delta_of(stretch, place)
        unit = units(stretch.branch, delta)
        if not found:
            root = _first(stretch.branch, delta)
        else:
            start = found[-1]
            if len(found) > 1:  # along the line through the last two
                before, last = places[len(found) - 2 : len(found)]
                share = (place - last) / (last - before)
                start = [b + (b - a) * share for a, b in zip(*found[-2:], strict=True)]
            exact = read_exact(delta, "Delta")
            scaled = [s * u for s, u in zip(start, unit, strict=True)]
            root, point = locate(exact, scaled, _DIGITS)
            if (point.turn == "concave to convex") != (stretch.branch % 2 == 0):
                raise ArithmeticError("Newton's method left the branch")
        found.append([(r / u).mid() for r, u in zip(root, unit, strict=True)])
    return found


def _coefficients(values: list[arb], angles: list[arb]) -> list[arb]:
    """Those of Chebyshev's polynomials through the values at the cosines of the angles."""
    count = len(values)
    return [
        sum((v * (k * angle).cos() for v, angle in zip(values, angles, strict=True)), arb(0))
        * (2 if k else 1)
        / count
        for k in range(count)
    ]


def _in_powers(coefficients: list[arb]) -> arb_poly:
    """A sum of Chebyshev's polynomials, by Clenshaw's recurrence."""
    t, ahead, after = arb_poly([0, 1]), arb_poly(), arb_poly()
    for coefficient in reversed(coefficients[1:]):
        ahead, after = coefficient.mid() + 2 * t * ahead - after, ahead
    return arb_poly(coefficients[0].mid() + t * ahead - after)


def _panels(stretch: _Stretch, low: arb, high: arb) -> list[dict[str, Any]]:
    """The panels from one end of the variable to the other."""
    count, bits = _TERMS[stretch.branch], GUESS_BITS[stretch.branch]
    middle, half = ((low + high) / 2).mid(), ((high - low) / 2).mid()
    angles = [arb.pi() * (2 * k + 1) / (2 * count) for k in range(count)]
    places = [(middle + half * angle.cos()).mid() for angle in angles]
    values = _values(stretch, places)
    faces = [_coefficients(list(column), angles) for column in zip(*values, strict=True)]
    if any(abs(c) > abs(face[0]) * arb(2) ** -(bits + 6) for face in faces for c in face[-3:]):
        return [*_panels(stretch, low, middle), *_panels(stretch, middle, high)]
    powers = [_in_powers(face) for face in faces]
    scale = arb(2) ** (bits + SPARE)
    deltas = sorted(float(_delta_of(stretch, end)) for end in (low, high))
    return [
        {
            "from": deltas[0],
            "variable": stretch.kind,
            "fold": stretch.fold,
            "middle": middle.str(_DIGITS, radius=False),
            "half": half.str(_DIGITS, radius=False),
            **{
                face: [_nearest(power[k] * scale) for k in range(count)]
                for face, power in zip(FACES, powers, strict=True)
            },
        }
    ]


def _nearest(number: arb) -> int:
    found = (number.mid() + arb(0.5)).floor().unique_fmpz()
    assert found is not None  # an exact whole number
    return int(found)


def rebuilt() -> dict[str, Any]:
    """What the file holds: the folds, and the panels branch by branch."""
    branches: list[list[dict[str, Any]]] = [[], [], [], []]
    with working_precision(_BITS):
        for stretch in _STRETCHES:
            ends = [
                variable_of(stretch.kind, arb(end), _folds()[stretch.fold]).mid()
                for end in (stretch.low, stretch.high)
            ]
            low, high = ends if ends[0] < ends[1] else reversed(ends)
            # decimal places, as they are stored
            branches[stretch.branch] += _panels(stretch, _short(low), _short(high))
        told = [fold.str(_DIGITS, radius=False) for fold in _folds()]
    return {"folds": told, "branches": branches}


def _short(number: arb) -> arb:
    return arb(number.str(8, radius=False)).mid()


def text(content: dict[str, Any]) -> str:
    """The file's text."""
    return json.dumps(content, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    from pathlib import Path

    from bounds.certify.io.files import write_whole

    write_whole(Path(__file__).with_name("seeds.json"), text(rebuilt()))
