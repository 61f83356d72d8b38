"""What commands share: reading counts, and writing results as text or JSON."""

from __future__ import annotations

from typing import Any

from bounds.certify.errors import InputError
from bounds.certify.numbers.enclosure import Enclosure, exact_text
from bounds.certify.roots.krawczyk import RootProof


def whole_number(text: str, name: str) -> int:
    """A count given on the command line.

    Raises:
        InputError: it is not a whole number.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise InputError(f"{name} must be a whole number, not {text[:40]!r}")
    return int(text)


def pair(number: Enclosure) -> list[str]:
    """An enclosure for machines: two decimals, rounded outwards."""
    return list(number.decimals())


def pair_or_none(number: Enclosure | None) -> list[str] | None:
    """The same for what may be missing."""
    return None if number is None else pair(number)


def proof_json(proof: RootProof) -> dict[str, Any]:
    """A proof as plain data, every number exact."""
    return {
        "statement": proof.statement,
        "method": "Krawczyk operator in ball arithmetic",
        "bits": proof.bits,
        "contraction_at_most": proof.contraction,
        "box": {
            name: [exact_text(end) for end in ends]
            for name, ends in zip(proof.variables, proof.box, strict=True)
        },
    }


def json_text(entry: Any, indent: int = 2, *, greek: bool = False) -> str:
    """Plain data as JSON.

    Args:
        entry: dictionaries, lists, texts and numbers.
        indent: spaces of a level.
        greek: letters beyond ASCII stand as themselves.
    """
    import json

    return json.dumps(entry, indent=indent, ensure_ascii=not greek)


def emit(entry: Any, indent: int = 2, *, greek: bool = False) -> None:
    """Print plain data as JSON; the arguments are those of `json_text`."""
    print(json_text(entry, indent, greek=greek))
