"""Certificates that are false by construction, of every kind: the checker accepts none of them.

    python -m campaigns.forgeries [--count N] [--seed S]

Each is sealed with the right hash and carries evidence that looks the part: the honest evidence of
a neighbour, marks that fit the false conclusion, subdivisions that cover the box. That it is false
is known before the checker sees it: a value inside the box that mpmath computes, a function that is
not defined there, a polynomial with two zeros or none, another inflection, a shape that Δ does not
have. Beside them are hostile files, made to cost time or memory. The exit status is 1 if one is
accepted, takes more than 10 seconds of a core, or makes the process larger than 1 GiB.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

import mpmath
from flint import arb

import bounds
from bounds.certify.certificates.seal import sealed
from bounds.certify.exact import read_exact, show_exact
from bounds.checker import Verdict, check
from bounds.critical.certificates import (
    eps_cr_certificate,
    passage_certificate,
    root_certificate,
    shape_certificate,
    small_delta_certificate,
)
from bounds.critical.large_delta import critical_slices, critical_slices_certificate
from bounds.critical.model.build import fitted, unknowns
from bounds.critical.model.certificates import panel_certificate
from bounds.critical.model.panel import Panel
from bounds.critical.model.stored import panels
from bounds.critical.regimes import REGIMES
from bounds.lower.slope_certificates import any_set_certificate
from campaigns import statements
from campaigns.facts import draw_fact

Certificate = dict[str, Any]
Forger = Callable[[random.Random], Certificate]

MOST_SECONDS, MOST_BYTES = 10, 2**30
DELTAS = tuple(map(Fraction, ("0.9", "1", "1.15", "1.2", "1.3", "1.4", "1.6", "2", "3", "5", "8")))
TWICE = tuple(map(Fraction, ("1.15", "1.2", "1.3", "1.4")))
"""At these the loss turns convex twice."""


@cache
def _points(delta: Fraction) -> tuple[Any, ...]:
    return tuple(bounds.inflections(delta, 12).points)


@cache
def _root(delta: Fraction, number: int) -> Certificate:
    return root_certificate(_points(delta)[number])


@cache
def _shape(delta: Fraction) -> Certificate:
    return shape_certificate(delta)


@cache
def _critical(delta: Fraction) -> Certificate:
    return eps_cr_certificate(bounds.eps_cr(delta, 12))


@cache
def _passages() -> tuple[Certificate, ...]:
    gaps = zip(bounds.folds(12), REGIMES, REGIMES[1:], strict=False)
    return tuple(passage_certificate(fold, a.high, b.low) for fold, a, b in gaps)


def _with(certificate: Certificate, part: str, **values: Any) -> Certificate:
    """The certificate with other fields in its statement or evidence, under a right hash."""
    parts = {name: dict(certificate[name]) for name in ("statement", "evidence")}
    parts[part].update(values)
    return sealed(certificate["kind"], parts["statement"], parts["evidence"])


def _text(number: Fraction) -> str:
    return show_exact(number)


# Signs: the opposite holds at a point inside the box, or a side is not defined there

_ONE = ("exp", "expm1", "density", "cdf", "-", "square", "cube", "window")


def _term(rng: random.Random, depth: int) -> tuple[Any, Callable[[Any], Any]]:
    """A random term in x, and its value by mpmath."""
    if depth == 0:
        if rng.random() < 0.7:
            return "x", lambda x: x
        number = Fraction(rng.randint(-20, 20), rng.randint(1, 9))
        return _text(number), lambda _: mpmath.mpf(number.numerator) / number.denominator
    inner, value = _term(rng, depth - 1)
    kind = rng.choice([*_ONE, "+", "*", "-", "+", "*"])
    if kind in ("+", "*"):
        other, second = _term(rng, rng.randrange(depth))
        if kind == "+":
            return ["+", inner, other], lambda x: value(x) + second(x)
        return ["*", inner, other], lambda x: value(x) * second(x)
    forms: dict[str, tuple[Any, Callable[[Any], Any]]] = {
        "exp": (["exp", ["cdf", inner]], lambda x: mpmath.exp(mpmath.ncdf(value(x)))),
        "expm1": (["expm1", ["density", inner]], lambda x: mpmath.expm1(mpmath.npdf(value(x)))),
        "density": (["density", inner], lambda x: mpmath.npdf(value(x))),
        "cdf": (["cdf", inner], lambda x: mpmath.ncdf(value(x))),
        "-": (["-", "1", inner], lambda x: 1 - value(x)),
        "square": (["power", inner, "2"], lambda x: value(x) ** 2),
        "cube": (["power", inner, "3"], lambda x: value(x) ** 3),
        "window": (
            ["window_mass", inner, "2"],
            lambda x: mpmath.ncdf(value(x) + 2) - mpmath.ncdf(value(x) - 2),
        ),
    }
    return forms[kind]


def _splits(rng: random.Random, depth: int) -> str:
    if depth == 0 or rng.random() < 0.2:
        return "."
    return "0" + _splits(rng, depth - 1) + _splits(rng, depth - 1)


def forge_sign(rng: random.Random) -> Certificate:
    """An inequality that fails at one point of its box at least."""
    low = Fraction(rng.randint(-30, 20), 10)
    high = low + Fraction(rng.randint(1, 40), 10)
    evidence = {"bits": rng.choice([1, 20, 64, 300]), "splits": _splits(rng, rng.randrange(8))}
    if rng.random() < 0.25:
        return _undefined_sign(rng, low, high, evidence)
    term, value = _term(rng, rng.randint(1, 4))
    point = low + (high - low) * Fraction(rng.choice([0, 1, 2, 3, 4]), 4)
    with mpmath.workdps(40):
        at = value(mpmath.mpf(point.numerator) / point.denominator)
        margin = mpmath.mpf(10) ** rng.choice([-18, -9, -3]) * (1 + abs(at))
        below = Fraction(mpmath.nstr(at - margin, 30, min_fixed=-99, max_fixed=99).rstrip("."))
        above = Fraction(mpmath.nstr(at + margin, 30, min_fixed=-99, max_fixed=99).rstrip("."))
    sides = (term, _text(below)) if rng.random() < 0.5 else (_text(above), term)
    return _sign(low, high, *sides, evidence)


def _undefined_sign(
    rng: random.Random, low: Fraction, high: Fraction, evidence: Certificate
) -> Certificate:
    middle = _text((low + high) / 2)
    off = ["-", "x", middle]
    term = rng.choice(
        [["/", "1", off], ["log", off], ["sqrt", off], ["quantile", off], ["quantile", "x"],
         ["/", off, off], ["*", "0", ["log", off]], ["mass_deficit", off, "2"],
         ["loss", off, "2"], ["filter_radius", off, "3"], ["log", ["power", off, "2"]],
         ["central_mass", off], ["window_mass", "1", off]]
    )  # fmt: skip
    if term == ["quantile", "x"]:
        low, high = Fraction(0), max(high, Fraction(1))
    return _sign(low, high, term, "1000000", evidence)


def _sign(low: Fraction, high: Fraction, lesser: Any, greater: Any, evidence: Any) -> Certificate:
    variables = {"x": [_text(low), _text(high)]}
    statement = {"variables": variables, "lesser": lesser, "greater": greater, "text": "true"}
    return sealed("sign", statement, evidence)


# Zeros: none, two, or one where the system is not defined


def forge_zero(rng: random.Random) -> Certificate:
    """A system with no zero in its box, with two, or undefined where its zero would be."""
    low = Fraction(rng.randint(-30, 20), 10)
    width = Fraction(rng.randint(1, 40), 10)
    a, b = sorted(low + width * Fraction(rng.randint(1, 99), 100) for _ in range(2))
    x_a, x_b = ["-", "x", _text(a)], ["-", "x", _text(b)]
    beyond = ["-", "x", _text(low + width * Fraction(rng.randint(101, 300), 100))]
    bent = ["+", ["power", x_a, "2"], _text(Fraction(1, 10 ** rng.randint(1, 12)))]
    nowhere = rng.choice(
        [["/", "1", x_a], ["log", x_a], ["sqrt", x_a], ["quantile", x_a], ["loss", x_a, "2"],
         ["log", ["power", x_a, "2"]], ["mass_deficit", x_a, "1"], ["quantile", "7"]]
    )  # fmt: skip
    hidden = ["+", x_a, rng.choice([["*", "0", nowhere], ["*", nowhere, "0"]])]
    twice = ["*", x_a, x_b] if a < b else bent
    system: list[Any] = [rng.choice([beyond, bent, hidden, hidden, twice, ["exp", "x"], "1", "0"])]
    unknowns = {"x": [_text(low), _text(low + width)]}
    parameters: Certificate = {}
    if rng.random() < 0.3:  # the same beside an honest equation
        unknowns["y"] = ["-1", "1"]
        system.append(["-", ["*", "2", "y"], "1/2"])
    if rng.random() < 0.3:  # the zero moves out of the box with the parameter
        parameters = {"p": ["0", _text(2 * width)]}
        system[0] = ["-", x_a, "p"]
    statement = {"unknowns": unknowns, "parameters": parameters, "system": system, "text": "true"}
    return sealed("zero", statement, {"bits": rng.choice([1, 64, 300])})


# Roots, shapes, ε_cr


def _moved(rng: random.Random, ends: list[str]) -> list[str]:
    """Ends of ε that no longer hold it: moved by one to a million units of the last digit."""
    low, high = map(Fraction, ends)
    step = (high - low) * rng.choice([-1, 1]) * (1 + 10 ** rng.randint(0, 6))
    return [_text(low + step), _text(high + step)]


def forge_root(rng: random.Random) -> Certificate:
    """Another ε, the other turn, another Δ, or a box that holds no inflection."""
    delta = rng.choice(DELTAS)
    honest = _root(delta, rng.randrange(len(_points(delta))))
    statement = honest["statement"]
    way = rng.randrange(4)
    if way == 0:
        return _with(honest, "statement", eps=_moved(rng, statement["eps"]))
    if way == 1:
        turns = {"concave to convex", "convex to concave"} - {statement["turn"]}
        return _with(honest, "statement", turn=turns.pop())
    if way == 2:
        other = delta + Fraction(rng.choice([-1, 1]), 10 ** rng.randint(1, 6))
        return _with(honest, "statement", delta=_text(other))
    factor = Fraction(rng.choice([95, 99, 101, 105]), 100)
    name = rng.choice("xyg")
    box = {**honest["evidence"]["box"]}
    box[name] = [_scaled(end, factor) for end in box[name]]
    wide = _with(honest, "evidence", box=box)
    return _with(wide, "statement", eps=_moved(rng, statement["eps"]))


def _scaled(text: str, factor: Fraction) -> str:
    mantissa, _, power = text.partition("*2^")
    return _text(Fraction(mantissa) * Fraction(2) ** int(power or 0) * factor)


def _stretches(count: int) -> list[str]:
    return [("concave", "convex")[number % 2] for number in range(count)]


def forge_shape(rng: random.Random) -> Certificate:
    """Another number of turns, with evidence of another Δ, or marks that fit."""
    delta = rng.choice(DELTAS)
    true = _shape(delta)["statement"]["shape"]
    others = [d for d in DELTAS if _shape(d)["statement"]["shape"] != true]
    way = rng.randrange(3)
    if way == 0:  # the honest evidence of a Δ with another shape
        other = rng.choice(others)
        forged = _with(_shape(other), "statement", delta=[_text(delta)] * 2)
        part = {**forged["evidence"]["slices"][0], "delta": [_text(delta)] * 2}
        return _with(forged, "evidence", slices=[_witnessed(rng, part)])
    part = dict(_shape(delta)["evidence"]["slices"][0])
    if way == 1:  # all turns left out
        number = rng.randint(1, 6)
        ends = [part["start"], part["end"]]
        part |= {"pieces": _pieces(ends, number, "-"), "crossings": []}
        shape = ["concave"]
    else:  # a stretch of pieces marked as one sign, with the crossings that this leaves
        pieces = [list(piece) for piece in part["pieces"]]
        first, last = part["crossings"][:2]
        inner = [p for p in pieces if not (_value(p[0]) >= _value(first["low"])
                 and _value(p[1]) <= _value(last["high"]))]  # fmt: skip
        gap = [first["low"], last["high"], "-"]
        part["pieces"] = sorted([*inner, gap], key=lambda piece: _value(piece[0]))
        part["crossings"] = part["crossings"][2:]
        shape = _stretches(len(true) - 2)
    forged = _with(_shape(delta), "statement", shape=shape)
    return _with(forged, "evidence", slices=[_witnessed(rng, part)])


def _witnessed(rng: random.Random, evidence: Certificate) -> Certificate:
    """Altered pieces without witnesses; or with false ones, at which K has the sign of each mark.

    K < 0 where x is small; it is positive where x is above Δ and g above 1, or both are small.
    """
    runs = [*evidence.get("pieces", ()), *evidence.get("left", ()), *evidence.get("right", ())]
    bare = {name: part for name, part in evidence.items() if name != "witnesses"}
    way = rng.randrange(3)
    if way == 0:
        return bare
    if way == 1 and len(evidence.get("witnesses", ())) == len(runs):
        return evidence
    told = {"-": (Fraction(1, 100), Fraction(1, 2)), "+": (Fraction(12), Fraction(3, 2))}
    places = [told.get(mark, (Fraction(1, 2), Fraction(1, 20))) for _, _, mark in runs]
    width = 1 + Fraction(1, 10 ** rng.randint(1, 9))
    ends = [
        {"x": [_text(x), _text(x * width)], "g": [_text(g), _text(g * width)]} for x, g in places
    ]
    return {**bare, "witnesses": ends}


def _value(text: str) -> Fraction:
    mantissa, _, power = text.partition("*2^")
    return Fraction(mantissa) * Fraction(2) ** int(power or 0)


def _pieces(ends: list[str], number: int, mark: str) -> list[list[str]]:
    low, high = map(_value, ends)
    places = [ends[0]]
    places += [_text(low + (high - low) * Fraction(step, number)) for step in range(1, number)]
    places.append(ends[1])
    return [[a, b, mark] for a, b in pairwise(places)]


def forge_eps_cr(rng: random.Random) -> Certificate:
    """A later turn under the name of ε_cr, with its own honest root; or another ε, Δ or shape."""
    way = rng.randrange(5)
    if way <= 1:
        delta = rng.choice(TWICE)
        later = _root(delta, rng.choice([1, 2, 3]))
        forged = _with(_critical(delta), "statement", eps=later["statement"]["eps"])
        evidence = dict(later["evidence"])
        if rng.random() < 0.5:  # and the first turn hidden
            evidence |= _witnessed(rng, _without_first(forged["evidence"]))
            shape = forged["statement"]["shape"][:-2]
            forged = _with(forged, "statement", shape=shape)
            forged["evidence"].pop("witnesses")
        return _with(forged, "evidence", **evidence)
    delta = rng.choice(DELTAS)
    honest = _critical(delta)
    if way == 2:
        return _with(honest, "statement", eps=_moved(rng, honest["statement"]["eps"]))
    if way == 3:
        other = delta + Fraction(rng.choice([-1, 1]), 10 ** rng.randint(1, 6))
        return _with(honest, "statement", delta=_text(other))
    counts = {1, 3, 5, 7} - {len(honest["statement"]["shape"])}
    return _with(honest, "statement", shape=_stretches(rng.choice(sorted(counts))))


def _without_first(evidence: Certificate) -> Certificate:
    """The pieces with the first two crossings covered by a sign."""
    second = evidence["crossings"][1]
    kept = [p for p in evidence["pieces"] if _value(p[1]) > _value(second["high"])]
    cover = [evidence["start"], second["high"], "-"]
    return {"pieces": [cover, *kept], "crossings": evidence["crossings"][2:]}


# Small Δ and passages


def forge_small_delta(rng: random.Random) -> Certificate:
    """Concavity for all Δ up to one at which the loss is not concave."""
    top = Fraction("0.83398") + Fraction(rng.randint(0, 40_000), 10_000)
    start = 2 * top * Fraction(rng.randint(100, 300), 100) if rng.random() < 0.7 else top / 9
    end = start + 4 + 6 * top
    count = rng.randint(2, 60)
    places = [_text(start + (end - start) * Fraction(step, count)) for step in range(count + 1)]
    forged = _with(small_delta_certificate(), "statement", delta=_text(top))
    return _with(forged, "evidence", places=places, bits=rng.choice([1, 64, 300]))


def forge_passage(rng: random.Random) -> Certificate:
    """A false passage, with witnesses or without."""
    forged = _false_passage(rng)
    return sealed("passage", forged["statement"], _witnessed(rng, forged["evidence"]))


def _false_passage(rng: random.Random) -> Certificate:
    """The shapes exchanged or others, a range without the fold, or the evidence of another fold."""
    honest, other = rng.sample(_passages(), 2)
    statement, evidence = honest["statement"], honest["evidence"]
    way = rng.randrange(5)
    if way == 0:
        return _with(honest, "statement", before=statement["after"], after=statement["before"])
    if way == 1:
        forged = _with(honest, "statement", delta=other["statement"]["delta"])
        return _with(forged, "statement", before=other["statement"]["before"])
    low, high = map(Fraction, statement["delta"])
    if way == 2:  # a range beside the fold
        step = (high - low) * rng.randint(2, 9) * rng.choice([-1, 1])
        return _with(honest, "statement", delta=[_text(low + step), _text(high + step)])
    if way == 3:
        counts = {1, 3, 5, 7} - {len(statement["before"])}
        return _with(honest, "statement", before=_stretches(rng.choice(sorted(counts))))
    both = {"+": "-", "-": "+"}[evidence["sign"]]
    forged = _with(honest, "evidence", sign=both)
    return _with(forged, "statement", before=statement["after"], after=statement["before"])


# Large Δ


@cache
def _slices() -> tuple[Certificate, ...]:
    """A certificate for each of some slices."""
    return tuple(critical_slices_certificate([part]) for part in critical_slices()[::9])


def forge_critical_slices(rng: random.Random) -> Certificate:
    """Another ε_cr, the ε_cr of other Δ, the second turn, or a gap where it is smaller."""
    honest = rng.choice(_slices())
    part = dict(honest["statement"]["slices"][0])
    low, high = map(_value, part["mass"])
    way = rng.randrange(4)
    if way == 0:  # the whole range of E moved away, v with it or not
        step = (high - low) * rng.choice([-1, 1]) * (1 + Fraction(rng.randint(1, 40), 10))
        part["mass"] = [_text(low + step), _text(high + step)]
        if rng.random() < 0.5:
            part["v"] = [_text(_value(end) + 2 * step) for end in part["v"]]
        return _with(honest, "statement", slices=[part])
    apart = [other for other in _slices() if _apart(other, honest)]
    if way == 1 and apart:  # honest evidence of other Δ
        other = rng.choice(apart)["statement"]["slices"][0]
        return _with(honest, "statement", slices=[{**other, "delta": part["delta"]}])
    if way == 2:  # from Δ = 3/2 to one slice, with nothing between
        first, later = _slices()[0], rng.choice(_slices()[3:])
        both = [file["statement"]["slices"][0] for file in (first, later)]
        return _with(honest, "statement", slices=both)
    delta = rng.choice(TWICE)
    point = _points(delta)[2]
    v = Fraction(point.radius_of_estimate.decimals(8)[0]) * delta
    ends = [_text(delta), _text(delta + Fraction(1, 10**7))]
    second = {"delta": ends, "v": [_text(v * Fraction(99, 100)), _text(v * Fraction(101, 100))],
              "mass": ["0.001", "10"]}  # fmt: skip
    turn, start = v * Fraction(rng.randint(50, 98), 100), Fraction(rng.randint(1, 9), 20)
    forged = _with(honest, "statement", slices=[second])
    return _with(forged, "evidence", start=_text(min(start, turn / 2)), turn=_text(turn))


def _apart(one: Certificate, other: Certificate) -> bool:
    """Whether ε_cr Δ/φ(Δ) lies elsewhere on the slice of one than on that of the other."""
    a, b = (list(map(_value, file["statement"]["slices"][0]["mass"])) for file in (one, other))
    return a[1] < b[0] or b[1] < a[0]


def forge_large_delta(rng: random.Random) -> Certificate:
    """One turn for all Δ from one on at which there are none, or two."""
    below = Fraction(rng.randint(100, 1477), 1000)
    count = rng.randint(1, 20)
    places = [_text(Fraction(rng.randint(1, 5), 20))]
    places += [
        _text(Fraction(2 * step + 2, 2 * count + 2) * Fraction(15, 8)) for step in range(count)
    ]
    places = sorted({*places, "15/8"}, key=Fraction)
    rise = rng.randrange(len(places) - 1)
    marks = ["-" if n < rise else "/" if n == rise else "+" for n in range(len(places) - 1)]
    pieces = [[a, b, mark] for (a, b), mark in zip(pairwise(places), marks, strict=True)]
    statement = {"delta": _text(below), "text": "true"}
    return sealed("large_delta", statement, {"bits": rng.choice([1, 64, 300]), "pieces": pieces})


# Panels: polynomials in Δ


@cache
def _panels() -> tuple[Panel, ...]:
    return tuple(panels())


@cache
def _second_turn() -> Panel:
    """Polynomials of the second turn to convexity, where there are two."""

    def sample(delta: arb) -> list[arb]:
        return unknowns(bounds.inflections(read_exact(delta, "Delta"), 60).points[2], delta)

    return fitted(Fraction("1.46"), Fraction("1.465"), sample)


def forge_panel(rng: random.Random) -> Certificate:
    """A polynomial that is off, or of another, other Δ, or the second turn as ε_cr."""
    panel = rng.choice(_panels())
    way = rng.randrange(5)
    rows = [list(row) for row in panel.coefficients]
    if way <= 1:  # one coefficient is off by some radii, the first or any other
        row = rng.randrange(4)
        place = 0 if way == 0 else rng.randrange(len(rows[row]))
        rows[row][place] += rng.choice([-1, 1]) * (
            10**40 * rng.randint(3, 10**6) >> panel.radii[row]
        )
    elif way == 2:  # those of another panel, or one unknown in place of another
        other = rng.choice([p for p in _panels() if p != panel])
        rows = [list(row) for row in other.coefficients]
        if rng.random() < 0.5:
            rows = [list(row) for row in rng.sample(panel.coefficients, 4)]
            rows = rows if rows != [*map(list, panel.coefficients)] else rows[::-1]
    elif way == 3:  # a range that is moved, in which eps_cr is another
        step = (panel.high - panel.low) / 10 ** rng.randint(1, 9) * rng.choice([-1, 1])
        panel = replace(panel, low=panel.low + step, high=panel.high + step)
    else:
        panel, rows = _second_turn(), [list(row) for row in _second_turn().coefficients]
    forged = panel_certificate(replace(panel, coefficients=tuple(map(tuple, rows))))
    evidence: Certificate = {"order": rng.randint(1, 40), "pieces": rng.randint(1, 24)}
    if way == 4 or rng.random() < 0.3:
        turn = Fraction(rng.randint(10, 303), 100)
        top = turn + Fraction(rng.randint(1, 60), 20)
        evidence |= {"turn": _text(turn), "start": _text(turn / 2), "top": _text(top)}
    return _with(forged, "evidence", **evidence)


# Sets of means


def forge_any_set(rng: random.Random) -> Certificate:
    """A ratio above r*, by a little or a lot, with any separation and boxes that fit."""
    honest = any_set_certificate()
    least = bounds.lower.risk_to_mass(30).ratio.high.fraction()
    above = least + Fraction(1, 10 ** rng.randint(1, 18))
    boxes = list(honest["evidence"]["boxes"])
    if rng.random() < 0.5:  # fewer boxes, which still cover
        boxes = _boxes(rng, rng.randrange(6))
    separation = honest["statement"]["separation"]
    if rng.random() < 0.5:
        separation = _text(Fraction(rng.randint(1, 400), 100))
    forged = _with(honest, "statement", ratio=_text(above), separation=separation)
    return _with(forged, "evidence", boxes=boxes, bits=rng.choice([1, 64, 200]))


def _boxes(rng: random.Random, depth: int) -> list[str]:
    if depth == 0:
        return [rng.choice([".", "1", "5/4", "2", "3"])]
    return [rng.choice("aw"), *_boxes(rng, depth - 1), *_boxes(rng, depth - 1)]


# Hostile files


def _nested(open_: str, count: int) -> bytes:
    return (open_ * count).encode()


def hostile() -> dict[str, bytes]:
    """Files that are made to cost time, memory or depth, by name."""
    wide: Any = ["loss", "x", "2"]
    for _ in range(8):
        wide = ["+", wide, ["loss", "x", "2"]]
    tall: Any = "a"
    for number in range(9):
        tall = ["/", tall, ["+", ["exp", tall], str(number + 1)]]
    root = _with(_root(Fraction(2), 0), "evidence", bits=200_000)
    far = _with(root, "statement", delta="1000")
    long = _with(far, "evidence", box={name: ["1e-1999999", "2e1999999"] for name in "xyg"})
    shape = _shape(Fraction(3))
    part = shape["evidence"]["slices"][0]
    whole = {**part, "pieces": [[part["start"], part["end"], "-"]], "crossings": []}
    many = [[str(step), str(step + 1), "+-"[step % 2]] for step in range(1, 300_000)]
    crowd = {**part, "start": "1", "end": "300000", "pieces": many, "crossings": []}
    x = {"x": ["0.001", "0.1"]}
    files = {
        "bits": root,
        "bits, far": far,
        "long numbers": long,
        "cuts": _with(_with(shape, "evidence", slices=[whole], bits=2000), "statement",
                      shape=["concave"]),
        "crowd": _with(shape, "evidence", slices=[crowd]),
        "splits": _signed(["exp", ["exp", "x"]], "0" * 199 + "." * 100, x),
        "parts": _signed(["exp", ["exp", "x"]], _full(12), x),
        "wide": _signed(wide, _full(8), x),
        "tower": _signed(_tower(90), ".", x),
        "tall zero": sealed(
            "zero",
            {"unknowns": {"a": ["0.1", "0.2"]}, "parameters": {}, "system": [tall], "text": ""},
            {"bits": 2000},
        ),
    }  # fmt: skip
    sets, slices = any_set_certificate(), critical_slices_certificate()
    files |= {
        "sets": _with(sets, "evidence", bits=2000),
        "sets, many": _with(sets, "evidence", boxes=["a"] * 9_000 + ["4000"] * 9_000),
        "slices": _with(slices, "evidence", bits=2000),
        "large Delta": sealed(
            "large_delta",
            {"delta": "1000", "text": ""},
            {"bits": 2000, "pieces": [["1/4", "4/5", "-"], ["4/5", "1", "/"], ["1", "15/8", "+"]]},
        ),
        "panel": _with(
            panel_certificate(_panels()[0]), "evidence", bits=2000, order=100, pieces=1000
        ),
        "panel, far": _with(_far_panel(), "evidence", order=100, pieces=1000),
        "means": _signed(["sech_square_mean", ["*", "1000", "x"]], _full(10), x),
    }
    return {name: json.dumps(file).encode() for name, file in files.items()} | {
        "deep list": _nested("[", 32 * 2**20),
        "deep object": _nested('{"a":', 6 * 2**20),
        "flat list": b"[" + b"[]," * (11 * 2**20) + b"[]]",
        "below the count": b"[" + b"[]," * 999_000 + b"[]]",
        "strings": b'{"a":[' + '"\U0001f600123",'.encode() * 1_900_000 + b"1]}",
        "long text": b'{"a":"' + "\U0001f600".encode() * (8 * 2**20 - 9) + b'"}',
        "too long": b'{"a":"' + b"a" * (64 * 2**20) + b'"}',
        "utf-32": ('{"a":"' + "a" * 2**22 + '"}').encode("utf-32"),
    }


def _far_panel() -> Certificate:
    """Polynomials of the greatest size: series that do not end."""
    panel = _panels()[0]
    rows = tuple(tuple(10**59 - 1 for _ in range(64)) for _ in range(4))
    return panel_certificate(
        replace(panel, coefficients=rows, low=Fraction(1), high=Fraction(1000))
    )


def _signed(term: Any, splits: str, variables: Certificate) -> Certificate:
    statement = {"variables": variables, "lesser": term, "greater": "-1", "text": ""}
    return sealed("sign", statement, {"bits": 2000, "splits": splits})


def _full(depth: int) -> str:
    return "." if depth == 0 else "0" + _full(depth - 1) * 2


def _tower(height: int) -> Any:
    term: Any = "x"
    for _ in range(height):
        term = ["exp", ["-", term, "1"]]
    return term


def forge_proof(rng: random.Random) -> Certificate:
    """A false or undefined statement with the proof that a true neighbour has."""
    while True:
        true = statements.true_statement(rng, draw_fact(rng))
        false = statements.false_statement(rng, true)
        if false is None:
            continue
        proofs = statements.guessed(true)
        if not proofs:
            continue
        proof = statements.edited_proof(rng.choice(proofs), false.edits)
        if rng.random() < 0.5:
            proof = statements.forged(rng, proof)
        statement = {"claim": false.claim, "domain": false.fact.domain, "given": []}
        return sealed("proof", statement, {"version": 1, "proofs": [proof]})


KINDS: dict[str, Forger] = {
    "proof": forge_proof,
    "sign": forge_sign,
    "zero": forge_zero,
    "root": forge_root,
    "shape": forge_shape,
    "eps_cr": forge_eps_cr,
    "small_delta": forge_small_delta,
    "passage": forge_passage,
    "critical_slices": forge_critical_slices,
    "large_delta": forge_large_delta,
    "any_set": forge_any_set,
    "eps_cr_panel": forge_panel,
}


def forgery(kind: str, seed: int, number: int) -> Certificate:
    """A false certificate of a kind, which depends on seed and number alone."""
    return KINDS[kind](random.Random(f"{kind}-{seed}-{number}"))


def _judged(file: Certificate | bytes) -> tuple[Verdict, float]:
    began = time.process_time()
    verdict = check(file)
    return verdict, time.process_time() - began


def main(words: list[str] | None = None) -> int:
    """Run the campaign and print what it found."""
    parser = argparse.ArgumentParser(
        prog="python -m campaigns.forgeries",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--count", type=int, default=300, help="forgeries of each kind")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(words)
    wrong = 0
    for kind in (*KINDS, "hostile"):
        named = (
            hostile().items()
            if kind == "hostile"
            else ((str(n), forgery(kind, arguments.seed, n)) for n in range(arguments.count))
        )
        tally = {"accepted": 0, "rejected": 0, "undecided": 0}
        longest = 0.0
        for name, file in named:
            verdict, seconds = _judged(file)
            tally[verdict.outcome] += 1
            longest = max(longest, seconds)
            broke = verdict.reason.startswith("the check broke off")
            if verdict.accepted or broke or seconds > MOST_SECONDS:
                wrong += 1
                print(f"{kind} {name}: {seconds:.1f} s: {verdict.outcome}: {verdict.reason}")
        counts = ", ".join(f"{count:,} {outcome}" for outcome, count in tally.items())
        print(f"{kind}: {counts}; the longest {longest:.2f} s", flush=True)
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(
        f"seed {arguments.seed}: {wrong} wrong outcomes; at most {size / 2**20:.0f} MiB of memory"
    )
    return 1 if wrong or size > MOST_BYTES else 0


if __name__ == "__main__":
    sys.exit(main())
