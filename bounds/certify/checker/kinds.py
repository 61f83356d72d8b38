"""Kinds of certificates: how each is read, replayed and told. A paper adds its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bounds.certify.checker.number import shown
from bounds.certify.checker.precision import Work
from bounds.certify.checker.reading import fields
from bounds.certify.checker.verdict import Rejected


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of certificate.

    Attributes:
        read: a statement and its evidence, as JSON ↦ the claim, with the evidence in it.
        replay: proves a claim again within an amount of work, and tells after each piece how many
            of all are done; it raises Rejected where a step is not proved.
        told: the statement of a claim in words, made of the fields that are proved, and no others.
        shared: whether a replay leaves out the pieces that are not its process's own (`Work.mine`).
    """

    read: Callable[[Any, Any], Any]
    replay: Callable[[Any, Work], Iterator[tuple[int, int]]]
    told: Callable[[Any], str]
    shared: bool = False


KINDS: dict[str, Kind] = {}
"""The kinds that are known, by name."""


def register_kind(name: str, kind: Kind) -> None:
    """Let certificates be of this kind, too.

    Raises:
        ValueError: the name stands for another kind already.
    """
    if KINDS.setdefault(name, kind) is not kind:
        raise ValueError(f"there is a kind {name} already")


def read_claim(document: dict[str, Any]) -> tuple[Kind, Any]:
    """The kind and the claim of a certificate, with its evidence.

    Raises:
        Rejected: a name is missing or unknown, or a value has the wrong type or is out of range.
    """
    fields(document, "a certificate", "schema", "kind", "statement", "evidence", "sha256")
    name = document["kind"]
    if not isinstance(name, str) or name not in KINDS:
        raise Rejected(f"the kind {shown(name)} is none of {', '.join(sorted(KINDS))}")
    kind = KINDS[name]
    return kind, kind.read(document["statement"], document["evidence"])
