"""Certificates from the main engine, for the checker to judge."""

import copy
import functools
import json
from fractions import Fraction
from itertools import pairwise
from typing import Any

import gmpy2
from flint import arb

from bounds.certify.checker.document import canonical_hash
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical import eps_cr
from bounds.critical.curve import Slice
from bounds.critical.subdivision import Run, crossings, pieces

Certificate = dict[str, Any]


def sealed(certificate: Certificate) -> Certificate:
    """The certificate with the hash that its present contents have."""
    return {**certificate, "sha256": canonical_hash(certificate)}


def shape_certificate(*ends: str) -> Certificate:
    """The shape for one Δ, or for all Δ between neighbouring ends, a slice each."""
    return copy.deepcopy(_shape(ends))


def root_certificate(delta: str, digits: int = 30) -> Certificate:
    """The first inflection of one Δ."""
    return copy.deepcopy(_root(delta, digits))


@functools.cache
def _shape(ends: tuple[str, ...]) -> Certificate:
    pairs = list(pairwise(ends)) or [(ends[0], ends[0])]
    slices = [_slice(low, high) for low, high in pairs]
    turns = ["convex" if change["to_convex"] else "concave" for change in slices[0]["crossings"]]
    statement = {
        "delta": [ends[0], ends[-1]],
        "shape": ["concave", *turns],
        "text": "how the loss bends from eps = 0 to eps_max",
    }
    return _certificate("shape", statement, {"bits": 64, "slices": slices})


def _slice(low: str, high: str) -> Certificate:
    with working_precision(64):
        one = to_ball(Fraction(low))
        delta = one if low == high else one.union(to_ball(Fraction(high)))
        found = list(pieces(Slice(delta)))
        merged: list[Run] = []
        for mark, left, right in found:
            if merged and merged[-1].mark == mark:
                merged[-1] = Run(mark, merged[-1].low, right, 0)
            else:
                merged.append(Run(mark, left, right, 0))
        changes = crossings(merged)
    inner = found[1:-1]
    return {
        "delta": [low, high],
        "start": _dyadic(inner[0][1]),
        "end": _dyadic(inner[-1][2]),
        "pieces": [[_dyadic(left), _dyadic(right), mark] for mark, left, right in inner],
        "crossings": [
            {"low": _dyadic(c.low), "high": _dyadic(c.high), "to_convex": c.to_convex}
            for c in changes
        ],
    }


@functools.cache
def _root(delta: str, digits: int) -> Certificate:
    value = eps_cr(delta, digits)
    statement = {
        "delta": delta,
        "turn": value.turn,
        "eps": list(value.eps.decimals()),
        "text": "one inflection of the loss",
    }
    box = {
        name: [f"{gmpy2.mpz(end.mantissa)}*2^{end.exponent}" for end in ends]
        for name, ends in zip("xyg", value.proof.box, strict=True)
    }
    return _certificate("root", statement, {"bits": value.proof.bits, "box": box})


def _certificate(kind: str, statement: Certificate, evidence: Certificate) -> Certificate:
    return sealed(
        {
            "schema": "bounds-certificate/1",
            "kind": kind,
            "statement": statement,
            "evidence": evidence,
        }
    )


def _dyadic(ball: arb) -> str:
    mantissa, exponent = ball.man_exp()
    return f"{int(mantissa)}*2^{int(exponent)}"


def bare(certificate: Certificate) -> Certificate:
    """The certificate without witnesses, so that its pieces may be altered."""
    evidence = {key: part for key, part in certificate["evidence"].items() if key != "witnesses"}
    for name, parts in evidence.items():
        if name == "slices":
            evidence[name] = [
                {key: part for key, part in one.items() if key != "witnesses"} for one in parts
            ]
    return sealed({**certificate, "evidence": evidence})


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to everything in a JSON value that is not a list or an object."""
    if isinstance(value, dict):
        return [leaf for key in value for leaf in leaves(value[key], (*path, key))]
    if isinstance(value, list):
        return [leaf for i, item in enumerate(value) for leaf in leaves(item, (*path, i))]
    return [path]


def replaced(certificate: Certificate, path: tuple[Any, ...], value: Any) -> Certificate:
    """A copy with another value at a path."""
    altered = json.loads(json.dumps(certificate))
    place = altered
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return altered


def at(certificate: Certificate, path: tuple[Any, ...]) -> Any:
    """The value at a path."""
    for key in path:
        certificate = certificate[key]
    return certificate
