"""Every step on which a proof of the checker stands: without exactly this one, a falsehood passes.

Each case names a step and a certificate that is false. The checker rejects it; with the step
dropped it accepts it.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any
from unittest import mock

import gmpy2
import pytest
from certificate_builder import (
    Certificate,
    bare,
    replaced,
    root_certificate,
    sealed,
    shape_certificate,
)
from dropped_steps import dropped
from marks import heavy

import bounds
from bounds.certify.checker.normal import quantile
from bounds.certify.checker.operations import OPERATIONS, Operation
from bounds.certify.exact import read_exact
from bounds.checker import (
    check,
    critical_slices,
)
from bounds.checker.implicit import filter_radius
from bounds.checker.sech import sech_mean
from bounds.critical.certificates import (
    eps_cr_certificate,
    passage_certificate,
    slice_evidence,
)
from bounds.critical.certificates import root_certificate as certificate_of
from bounds.critical.family import slice_of
from bounds.critical.large_delta import critical_slices as all_slices
from bounds.critical.large_delta.certificates import critical_slices_certificate
from bounds.critical.model.build import fitted, unknowns
from bounds.critical.model.certificates import panel_certificate
from bounds.critical.regimes import REGIMES
from bounds.lower.slope_certificates import any_set_certificate


def _certificate(kind: str, statement: Certificate, evidence: Certificate) -> Certificate:
    body = {"schema": "bounds-certificate/1", "kind": kind}
    return sealed({**body, "statement": {**statement, "text": ""}, "evidence": evidence})


def less(lesser: Any, greater: Any, splits: str = ".", **variables: list[str]) -> Certificate:
    statement = {"variables": variables, "lesser": lesser, "greater": greater}
    return _certificate("sign", statement, {"bits": 64, "splits": splits})


def one_zero(term: Any, x: list[str], **parameters: list[str]) -> Certificate:
    statement = {"unknowns": {"x": x}, "parameters": parameters, "system": [term]}
    return _certificate("zero", statement, {"bits": 64})


def concave(delta: list[str], *pieces: list[str], shape: tuple[str, ...] = ("concave",),
            crossings: Any = ()) -> Certificate:  # fmt: skip
    part = {"delta": delta, "start": pieces[0][0], "end": pieces[-1][1],
            "pieces": list(pieces), "crossings": list(crossings)}  # fmt: skip
    statement = {"delta": delta, "shape": list(shape)}
    return _certificate("shape", statement, {"bits": 64, "slices": [part]})


XY = ["*", "x", "y"]
OFF = ["-", "x", "1/2"]
TWO_ZEROS = ["*", ["-", "x", "0.4"], ["-", "x", "0.6"]]

GENERAL = {
    "the system is defined on the whole box":
        lambda: one_zero(["+", OFF, ["*", "0", ["/", "1", OFF]]], ["0.1", "0.8"]),
    "the Krawczyk image lies inside the box": lambda: one_zero(["-", "x", "5"], ["0", "1"]),
    "the slopes of Krawczyk's test are those of the whole box":
        lambda: one_zero(TWO_ZEROS, ["0.3", "0.9"]),
    "the centre of Krawczyk's test moves by A F(c)": lambda: one_zero(["-", "x", "5"], ["0", "1"]),
    "a zero is proved for all values of the parameters":
        lambda: one_zero(["-", "x", "a"], ["0", "1"], a=["1/2", "3"]),
    "all of one side is less than all of the other": lambda: less("x", "1/2", x=["0", "1"]),
    "a sign is proved on each part": lambda: less("x", "1/2", x=["0", "1"]),
    "the parts cover the box": lambda: less("x", "0.6", "0.", x=["0", "1"]),
    "both halves together are the whole":
        lambda: less("0.01", ["power", ["-", "x", "3/4"], "2"], "00..0..", x=["0", "1"]),
    "a quotient is refused where the denominator may be 0":
        lambda: less(["/", "1", "x"], "2", x=["-1", "1"]),
    "|t| over a range across 0 reaches the greater end":
        lambda: less(["power", "x", "2"], "0.9", x=["-1", "1/2"]),
    "|t| over a range across 0 begins at 0":
        lambda: less("1/2", ["power", "x", "2"], x=["-1", "1"]),
    "erfc falls over a wide range": lambda: less("0.2", ["mass_deficit", "1", "x"], x=["1", "3"]),
    "a monotone function is taken at both ends":
        lambda: less(["quantile", "x"], "1/10", x=["2/5", "9/10"]),
    "an odd power is taken at both ends": lambda: less(["power", "x", "3"], "1/2", x=["-1", "1"]),
    "a window is even in x": lambda: less(["window_mass", "x", "2"], "0.9", x=["-1", "1"]),
    "a mass is taken where it is least and where it is most":
        lambda: less(["window_mass", "x", "2"], "1/2", x=["0", "3"]),
    "a function of eps is taken at both ends":
        lambda: less(["filter_radius", "x", "2"], "1", x=["0.01", "0.9"]),
    "a mean that falls is taken at both ends":
        lambda: less("1/2", ["sech_mean", "x"], x=["1/2", "3"]),
    "a product is least at (a, d)": lambda: less("-3", XY, x=["-2", "1"], y=["-1", "2"]),
    "a product is least at (b, c)": lambda: less("-3", XY, x=["-1", "2"], y=["-2", "1"]),
    "a product is least at (b, d)": lambda: less("1.5", XY, x=["-2", "-1"], y=["-2", "-1"]),
    "a product is most at (a, c)": lambda: less(XY, "3", x=["-2", "1"], y=["-2", "1"]),
    "a product is most at (a, d)": lambda: less(XY, "-1.5", x=["1", "2"], y=["-2", "-1"]),
    "a product is most at (b, c)": lambda: less(XY, "-1.5", x=["-2", "-1"], y=["1", "2"]),
    "a product is most at (b, d)": lambda: less(XY, "3", x=["-1", "2"], y=["-1", "2"]),
}  # fmt: skip

# At Δ = 0.9 the loss turns convex at y = 2.527… and concave again at y = 4.268…
BEFORE, AFTER = "2.5", "4.3"


@cache
def _points(delta: str) -> Any:
    return bounds.inflections(delta, 12).points


@cache
def _pieces(delta: str) -> Any:
    return shape_certificate(delta)["evidence"]["slices"][0]


def _ends(delta: str) -> tuple[str, str]:
    return _pieces(delta)["start"], _pieces(delta)["end"]


def hidden_turns() -> Certificate:
    """At Δ = 0.9: one piece that is negative at both of its ends, and not between them."""
    start, end = _ends("0.9")
    return concave(["0.9", "0.9"], [start, BEFORE, "-"], [BEFORE, AFTER, "-"], [AFTER, end, "-"])


def false_slope(mark: str) -> Certificate:
    """At Δ = 0.9: from a negative place monotone to a negative place, over two turns."""
    start, end = _ends("0.9")
    return concave(["0.9", "0.9"], [start, BEFORE, "-"], [BEFORE, AFTER, mark], [AFTER, end, "-"])


def false_witness() -> Certificate:
    """The same, with an x so small that K would be negative at all y of the piece."""
    certificate = hidden_turns()
    part = certificate["evidence"]["slices"][0]
    part["witnesses"] = [None, {"x": ["0.01", "0.011"], "g": ["0.5", "0.51"]}, None]
    return sealed(certificate)


def gap(what: str) -> Certificate:
    start, end = _ends("0.9")
    if what == "pieces":
        return concave(["0.9", "0.9"], [start, BEFORE, "-"], [AFTER, end, "-"])
    honest = shape_certificate("0.8", "0.81")
    statement = {"delta": ["0.8", "0.9"], "shape": ["concave"]}
    return _certificate("shape", statement, honest["evidence"])


def moved_root() -> Certificate:
    """A box beside the inflection: Newton's step still leads there."""
    certificate = root_certificate("3")
    box = certificate["evidence"]["box"]
    high = box["y"][1]
    mantissa, _, power = high.partition("*2^")
    box["y"] = [high, f"{int(mantissa) + max(1, int(mantissa) >> 40)}*2^{power}"]
    return sealed(certificate)


def other_turn() -> Certificate:
    return sealed(replaced(root_certificate("3"), ("statement", "turn"), "convex to concave"))


def other_eps() -> Certificate:
    return sealed(replaced(root_certificate("3"), ("statement", "eps"), ["0.1", "0.2"]))


def second_turn(*, hidden: bool = False) -> Certificate:
    """At Δ = 1.2 the root of the second turn to convexity, as ε_cr."""
    certificate = bare(eps_cr_certificate(bounds.eps_cr("1.2", 12)))
    later = certificate_of(_points("1.2")[2])
    statement, evidence = dict(certificate["statement"]), dict(certificate["evidence"])
    statement["eps"] = later["statement"]["eps"]
    evidence |= later["evidence"]
    if hidden:
        second = evidence["crossings"][1]["high"]
        names = [piece[0] for piece in evidence["pieces"]]
        later_pieces = evidence["pieces"][names.index(second) :]
        evidence["pieces"] = [[evidence["start"], second, "-"], *later_pieces]
        evidence["crossings"] = evidence["crossings"][2:]
        statement["shape"] = statement["shape"][2:]
    return sealed({**certificate, "statement": statement, "evidence": evidence})


@cache
def _passages() -> tuple[Certificate, ...]:
    gaps = zip(bounds.folds(12), REGIMES, REGIMES[1:], strict=False)
    return tuple(bare(passage_certificate(fold, a.high, b.low)) for fold, a, b in gaps)


def beside(number: int, ends: list[str]) -> Certificate:
    """The evidence of a passage for a range that has no fold in it."""
    return sealed(replaced(_passages()[number], ("statement", "delta"), ends))


def exchanged() -> Certificate:
    certificate = _passages()[0]
    before, after = (certificate["statement"][name] for name in ("before", "after"))
    return sealed({**certificate, "statement": {**certificate["statement"],
                   "before": after, "after": before}})  # fmt: skip


def fewer_turns() -> Certificate:
    """The passage through the second fold, with the later turns hidden under one sign."""
    certificate = _passages()[1]
    statement, evidence = dict(certificate["statement"]), dict(certificate["evidence"])
    side = "left" if any(mark in "/\\" for _, _, mark in evidence["left"]) else "right"
    pieces = evidence[side]
    assert evidence["sign"] == "-"
    evidence[side] = [[pieces[0][0], pieces[-1][1], "-"]]
    statement |= {name: statement[name][:-2] for name in ("before", "after")}
    return sealed({**certificate, "statement": statement, "evidence": evidence})


def cut_short() -> Certificate:
    """The passage through the second fold, with the end proved nowhere and the turns beyond it."""
    certificate = _passages()[1]
    statement, evidence = dict(certificate["statement"]), dict(certificate["evidence"])
    pieces = evidence["right"]
    evidence["right"] = pieces[:1]
    assert any(mark in "/\\" for _, _, mark in pieces)
    statement |= {name: statement[name][:-2] for name in ("before", "after")}
    return sealed({**certificate, "statement": statement, "evidence": evidence})


def turning(
    v: list[str], *, delta: list[str] | None = None, start: str = "1/4", turn: str = "1/2"
) -> Certificate:
    """One slice, with v between these ends, and the mass that belongs to them."""
    ends = delta or ["1.47", "1.470001"]
    region = critical_slices.region_of(tuple(map(gmpy2.mpq, ends)), 64, None)
    low, high = (region.point(gmpy2.mpq(end)) for end in v)
    mass = region.doubled_integral(region.radius(low.hull(high)))
    part = {"delta": ends, "v": v, "mass": [str(gmpy2.mpq(end)) for end in (mass.lo, mass.hi)]}
    evidence = {"bits": 64, "start": start, "turn": turn}
    return _certificate("critical_slices", {"slices": [part]}, evidence)


@cache
def _slices() -> Certificate:
    return critical_slices_certificate([*all_slices()[:2], *all_slices()[-2:]])


def without_a_slice() -> Certificate:
    """That eps_cr Delta/phi(Delta) is so large for every Δ, where smaller values are left out."""
    kept = [part for part in _slices()["statement"]["slices"] if part["delta"][0] != "3/2"]
    return sealed(replaced(_slices(), ("statement", "slices"), kept))


def two_slices() -> Certificate:
    """An honest slice, and one that takes the second turn at Δ = 1.47 for the first."""
    honest, later = turning(["0.74", "0.77"], delta=["1.469999", "1.47"]), turning(AGAIN)
    both = [part["statement"]["slices"][0] for part in (honest, later)]
    return sealed(replaced(honest, ("statement", "slices"), both))


@cache
def moving_root() -> Certificate:
    """From Δ = 2 to 2.001 the first turn moves through the end of a box: no fold, but two signs."""
    low, high = Fraction(2), Fraction("2.001")
    part = slice_evidence(slice_of(low, high))
    ends = [bounds.inflections(d, 12).points[0].radius_of_estimate.ball() for d in (high, low)]
    first, last = (Fraction(float(end)).limit_denominator(10**6) for end in ends)
    box = first - (last - first), first + (last - first) * 3 / 4
    dip = first + (last - first) * 5 / 8
    numbers = [[*map(exact_number, piece[:2]), piece[2]] for piece in part["pieces"]]
    before = [[*p] for p in numbers if p[0] < box[0]]
    after = [[*p] for p in numbers if p[1] > box[1]]
    before[-1][1], after[0][0] = box[0], box[1]
    told = [[[str(low), str(high), mark] for low, high, mark in side] for side in (before, after)]
    statement = {"delta": ["2", "2.001"], "before": ["concave", "convex", "concave"],
                 "after": ["concave", "convex", "concave", "convex", "concave"]}  # fmt: skip
    evidence = {"bits": 96, "sign": "-", "box": [*map(str, box)], "dip": str(dip),
                "left": told[0], "right": told[1]}  # fmt: skip
    return _certificate("passage", statement, evidence)


def exact_number(text: str) -> Fraction:
    mantissa, _, power = text.partition("*2^")
    return Fraction(mantissa) * Fraction(2) ** int(power or 0)


def other_mass() -> Certificate:
    path = ("statement", "slices", 0, "mass")
    return sealed(replaced(turning(["0.74", "0.77"]), path, ["0.1", "0.11"]))


# At Δ = 1.47 the loss turns convex at v = 0.756…, concave at 2.957… and convex again at 3.055…
AGAIN = ["3.05", "3.06"]


@cache
def panel_of(low: str, high: str, turn: int) -> Certificate:
    """The polynomials of a turn over so narrow a range that few terms do, as a panel of eps_cr."""

    def sample(delta: Any) -> Any:
        return unknowns(bounds.inflections(read_exact(delta, "Delta"), 60).points[turn], delta)

    honest = panel_certificate(fitted(Fraction(low), Fraction(high), sample))
    return sealed({**honest, "evidence": {**honest["evidence"], "order": 12, "pieces": 2}})


def off_panel(place: int, **evidence: Any) -> Certificate:
    """A panel whose polynomial of x is off by four radii in one coefficient."""
    certificate = replaced(panel_of("2.4", "2.400001", 0), ("statement", "text"), "")
    row = certificate["statement"]["polynomials"]["radius"]
    numbers = [*row["coefficients"].split(" "), *["0"] * 20]
    numbers[place] = str(int(numbers[place]) + (4 * 10**40 >> int(row["radius"][3:])))
    row["coefficients"] = " ".join(numbers)
    certificate["evidence"] |= evidence
    return sealed(certificate)


def second_panel(**places: str) -> Certificate:
    """The second turn to convexity as eps_cr, over a range of Δ in which there are two."""
    certificate = replaced(panel_of("1.47", "1.470001", 2), ("statement", "text"), "")
    certificate["evidence"] |= places
    return sealed(certificate)


PAPER = {
    "K < 0 up to the first piece": lambda: concave(["0.9", "0.9"], [AFTER, _ends("0.9")[1], "-"]),
    "K < 0 from the last piece on": lambda: concave(["0.9", "0.9"], [_ends("0.9")[0], BEFORE, "-"]),
    "the mark of each piece is proved": hidden_turns,
    "a witness is proved": false_witness,
    "the pieces leave no gap": lambda: gap("pieces"),
    "the slices leave no gap": lambda: gap("slices"),
    "the crossings are those of the marks": lambda: concave(["3", "3"], *_pieces("3")["pieces"]),
    "the shape is that of the crossings":
        lambda: sealed(replaced(shape_certificate("3"), ("statement", "shape"), ["concave"])),
    "a value moves with Delta: + drift":
        lambda: concave(["0.833", "0.8345"], *_pieces("0.83375")["pieces"]),
    "a rise is proved": lambda: false_slope("/"),
    "a fall is proved": lambda: false_slope("\\"),
    "a negative value is proved": hidden_turns,
    "the image lies inside the box of a root": moved_root,
    "the eps of a root lies between its ends": other_eps,
    "the turn of a root": other_turn,
    "the root of eps_cr is the first crossing": second_turn,
    "the shape of eps_cr is proved": lambda: second_turn(hidden=True),
    "two turns at one end of a passage": lambda: beside(0, ["0.8339", "0.83397"]),
    "no turn at the other end of a passage": lambda: beside(0, ["0.83398", "0.834"]),
    "the shapes of a passage are those of its marks": exchanged,
    "the mark of each piece of a passage is proved": fewer_turns,
    "K < 0 at the end of a passage beyond which its other turns lie": cut_short,
    "K has the sign of a passage at both ends of the box": moving_root,
    "before the turn of a slice K < 0": lambda: turning(["0.757", "0.77"]),
    "after the turn of a slice K > 0": lambda: turning(["0.74", "0.756"]),
    "eps_cr lies between its ends in a slice": other_mass,
    "no turn of a slice is passed over near 0": lambda: turning(AGAIN, start="2.97", turn="3.01"),
    "nor up to where K rises": lambda: turning(AGAIN, turn="3.01"),
    "nor from there on": lambda: turning(AGAIN),
    "K rises up to the last end of v": two_slices,
    "both halves of a piece of v": lambda: turning(AGAIN, turn="3.01"),
    "a panel: the residual, but for its last term": lambda: off_panel(0),
    "a panel: the rest of the residual": lambda: off_panel(12),
    "a panel: every box is sent into its interior": lambda: off_panel(0),
    "a panel: its zeros lie where K rises": second_panel,
    "a panel: no turn is passed over near 0":
        lambda: second_panel(start="2.97", turn="3.01", top="3.06"),
    "a panel: nor up to where K rises": lambda: second_panel(turn="3.01", top="3.06"),
    "a panel: nor from there on": lambda: second_panel(top="3.06"),
    "the slices follow one another": without_a_slice,
    "the ratio of all sets is not above r*":
        lambda: sealed(replaced(any_set_certificate(), ("statement", "ratio"), "0.67")),
}  # fmt: skip

STEPS = GENERAL | PAPER

SLOW = "the ratio of all sets is not above r*"


def is_slow(step: str) -> bool:
    return step == SLOW or step.startswith("a panel: ")


@pytest.mark.heavy
@pytest.mark.step(*STEPS)
@pytest.mark.parametrize("step", [heavy(step) if is_slow(step) else step for step in STEPS])
def test_without_the_step_a_falsehood_is_accepted(step: str) -> None:
    certificate = STEPS[step]()
    assert not check(certificate).accepted
    with gone(step):
        verdict = check(certificate)
    assert verdict.accepted, (step, verdict)


def test_a_step_is_back_where_it_was_left_out() -> None:
    for step in ("a negative value is proved", "the turn of a root"):
        with gone(step):
            assert check(STEPS[step]()).accepted
        assert not check(STEPS[step]()).accepted


AT_ONE_END: dict[str, tuple[str, Any]] = {
    "a monotone function is taken at both ends": ("quantile", lambda p: quantile(p.low)),
    "a function of eps is taken at both ends": (
        "filter_radius",
        lambda eps, delta: filter_radius(eps.low, delta),
    ),
    "a mean that falls is taken at both ends": ("sech_mean", lambda t: sech_mean(t.low)),
}
"""Steps that are no part of a function: the operation, and what it does at one end alone."""


def gone(step: str) -> Any:
    """A step left out."""
    if step not in AT_ONE_END:
        return dropped(step)
    name, other = AT_ONE_END[step]
    return mock.patch.dict(OPERATIONS, {name: Operation(OPERATIONS[name].count, other)})
