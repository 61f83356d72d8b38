"""What a certificate claims and offers as evidence, read strictly: every name, type and range."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeAlias, TypeVar, cast

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.number import read_number, shown
from bounds.certify.checker.precision import Rational
from bounds.certify.checker.sign import SignClaim
from bounds.certify.checker.term import read_name, read_term
from bounds.certify.checker.verdict import Rejected
from bounds.certify.checker.zero import ZeroClaim
from bounds.checker.alternation import Crossing, Mark, Run

MOST_SHAPE_BITS, MOST_ROOT_BITS, MOST_SIGN_BITS = 2_000, 200_000, 2_000
MOST_VARIABLES, MOST_SPLITS = 10, 1_000_000
LEAST_DELTA, MOST_DELTA = gmpy2.mpq(1, 1000), gmpy2.mpq(1000)
_SHAPE_NUMBER = 4_000
_ROOT_NUMBER = 2_000_000

Ends: TypeAlias = tuple[Rational, Rational]
Turn: TypeAlias = Literal["concave to convex", "convex to concave"]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class SliceEvidence:
    """For all Δ between two ends: marks from y = start to y = end, and the crossings they give."""

    delta: Ends
    pieces: tuple[Run, ...]
    crossings: tuple[Crossing, ...]


@dataclass(frozen=True, slots=True)
class ShapeClaim:
    """For all Δ between two ends, the loss bends as `shape` says, stretch by stretch."""

    delta: Ends
    shape: tuple[str, ...]
    bits: int
    slices: tuple[SliceEvidence, ...]


@dataclass(frozen=True, slots=True)
class RootClaim:
    """At this Δ, exactly one inflection (x, y, g) lies in `box`; it turns so, at ε in `eps`."""

    delta: Rational
    turn: Turn
    eps: Ends
    bits: int
    box: tuple[Ends, ...]


def read_claim(document: dict[str, Any]) -> ShapeClaim | RootClaim | SignClaim | ZeroClaim:
    """The claim of a certificate, with its evidence.

    Raises:
        Rejected: a name is missing or unknown, or a value has the wrong type or is out of range.
    """
    _fields(document, "a certificate", "schema", "kind", "statement", "evidence", "sha256")
    statement, evidence = document["statement"], document["evidence"]
    if document["kind"] == "shape":
        return _shape(statement, evidence)
    if document["kind"] == "root":
        return _root(statement, evidence)
    if document["kind"] == "sign":
        return _sign(statement, evidence)
    if document["kind"] == "zero":
        return _zero(statement, evidence)
    raise Rejected(f"the kind {shown(document['kind'])} is none of shape, root, sign and zero")


def _shape(statement: Any, evidence: Any) -> ShapeClaim:
    delta, shape = _statement(statement, "delta", "shape")
    bits, slices = _fields(evidence, "the evidence of a shape", "bits", "slices")
    claim = ShapeClaim(
        delta=_delta_range(delta),
        shape=tuple(_list(_one_of("concave", "convex"), shape)),
        bits=_bits(bits, MOST_SHAPE_BITS),
        slices=tuple(_list(_slice, slices)),
    )
    _require_cover("slices", claim.delta, [part.delta for part in claim.slices])
    if len(claim.slices) > 1 and any(low == high for low, high in (s.delta for s in claim.slices)):
        raise Rejected("a slice of a range of Delta is empty")
    return claim


def _root(statement: Any, evidence: Any) -> RootClaim:
    delta, turn, eps = _statement(statement, "delta", "turn", "eps")
    bits, box = _fields(evidence, "the evidence of a root", "bits", "box")
    number = partial(read_number, size=_ROOT_NUMBER)
    return RootClaim(
        delta=_delta_range([delta, delta])[0],
        turn=cast(Turn, _one_of("concave to convex", "convex to concave")(turn)),
        eps=_ends(number, eps),
        bits=_bits(bits, MOST_ROOT_BITS),
        box=tuple(_ends(number, side) for side in _fields(box, "a box", "x", "y", "g")),
    )


def _sign(statement: Any, evidence: Any) -> SignClaim:
    variables, lesser, greater = _statement(statement, "variables", "lesser", "greater")
    bits, splits = _fields(evidence, "the evidence of a sign", "bits", "splits")
    ranges = _ranges(variables)
    if not (isinstance(splits, str) and 0 < len(splits) <= MOST_SPLITS):
        raise Rejected(f'"splits" is a text of at most {MOST_SPLITS} characters')
    if set(splits) - set(".0123456789"):
        raise Rejected('"splits" consists of dots and digits')
    return SignClaim(
        variables=ranges,
        lesser=read_term(lesser, variables),
        greater=read_term(greater, variables),
        bits=_bits(bits, MOST_SIGN_BITS),
        splits=splits,
    )


def _zero(statement: Any, evidence: Any) -> ZeroClaim:
    unknowns, parameters, system = _statement(statement, "unknowns", "parameters", "system")
    (bits,) = _fields(evidence, "the evidence of a zero", "bits")
    box, given = _ranges(unknowns), _ranges(parameters)
    if not box or unknowns.keys() & parameters.keys():
        raise Rejected("a system has unknowns, and its parameters have other names")
    if not (isinstance(system, list) and len(system) == len(box)):
        raise Rejected("a system has as many terms as unknowns")
    return ZeroClaim(
        unknowns=box,
        parameters=given,
        system=tuple(read_term(term, {**unknowns, **parameters}) for term in system),
        bits=_bits(bits, MOST_SIGN_BITS),
    )


def _ranges(variables: Any) -> tuple[tuple[str, Ends], ...]:
    """Names with their ranges, in alphabetic order."""
    if not isinstance(variables, dict) or len(variables) > MOST_VARIABLES:
        raise Rejected(f"variables are an object of at most {MOST_VARIABLES} names")
    return tuple((read_name(name), _ends(_y, variables[name])) for name in sorted(variables))


def _statement(value: Any, *names: str) -> list[Any]:
    """The values under these names; the text beside them is for readers, and proves nothing."""
    *values, text = _fields(value, "a statement", *names, "text")
    if not isinstance(text, str):
        raise Rejected(f'the "text" of a statement is a string, not {shown(text)}')
    return values


def _slice(value: Any) -> SliceEvidence:
    names = ("delta", "start", "end", "pieces", "crossings")
    delta, start, end, pieces, crossings = _fields(value, "a slice", *names)
    part = SliceEvidence(
        delta=_delta_range(delta),
        pieces=tuple(_list(_piece, pieces)),
        crossings=tuple(_list(_crossing, crossings)),
    )
    cover = [(piece.low, piece.high) for piece in part.pieces]
    _require_cover("pieces", (_y(start), _y(end)), cover)
    return part


def _piece(value: Any) -> Run:
    if not (isinstance(value, list) and len(value) == 3):
        raise Rejected(f"a piece is [left, right, mark], not {shown(value)}")
    low, high = _ends(_y, value[:2])
    if not 0 < low < high:
        raise Rejected(f"the piece {shown(value)} is not a range of positive numbers")
    return Run(cast(Mark, _one_of("+", "-", "/", "\\")(value[2])), low, high)


def _crossing(value: Any) -> Crossing:
    low, high, to_convex = _fields(value, "a crossing", "low", "high", "to_convex")
    if not isinstance(to_convex, bool):
        raise Rejected(f'"to_convex" is true or false, not {shown(to_convex)}')
    return Crossing(*_ends(_y, [low, high]), to_convex)


def _y(value: Any) -> Rational:
    return read_number(value, _SHAPE_NUMBER)


def _delta_range(value: Any) -> Ends:
    low, high = _ends(_y, value)
    if not LEAST_DELTA <= low <= high <= MOST_DELTA:
        raise Rejected(f"Delta must lie between {LEAST_DELTA} and {MOST_DELTA}")
    return low, high


def _bits(value: Any, most: int) -> int:
    if type(value) is not int or not 1 <= value <= most:
        raise Rejected(f'"bits" must be a whole number from 1 to {most}, not {shown(value)}')
    return value


def _ends(read: Callable[[Any], Rational], value: Any) -> Ends:
    if not (isinstance(value, list) and len(value) == 2):
        raise Rejected(f"{shown(value)} is not a pair of ends")
    low, high = (read(end) for end in value)
    if low > high:
        raise Rejected(f"the ends {shown(value)} are not in order")
    return low, high


def _fields(value: Any, what: str, *names: str) -> list[Any]:
    """The values under exactly these names."""
    if not isinstance(value, dict) or value.keys() != set(names):
        raise Rejected(f"{what} has exactly the fields {', '.join(names)}")
    return [value[name] for name in names]


def _list(read: Callable[[Any], Item], value: Any) -> list[Item]:
    if not isinstance(value, list):
        raise Rejected(f"{shown(value)} is not a list")
    return [read(item) for item in value]


def _one_of(*words: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in words or not isinstance(value, str):
            raise Rejected(f"{shown(value)} is none of {', '.join(map(repr, words))}")
        return value

    return read


def _require_cover(what: str, whole: Ends, parts: list[Ends]) -> None:
    """Reject parts that do not follow one another from end to end of the whole."""
    if not parts:
        raise Rejected(f"there are no {what}")
    ends = [whole[0], *(end for part in parts for end in part), whole[1]]
    if any(end != start for end, start in zip(ends[::2], ends[1::2], strict=True)):
        raise Rejected(f"the {what} do not cover their range without gap or overlap")
