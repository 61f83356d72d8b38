"""What commands share: reading counts, and writing results as text or JSON."""

from __future__ import annotations

import argparse
import shutil
import sys
from typing import Any

from bounds.certify.errors import InputError
from bounds.certify.exact import Exact, show_exact
from bounds.certify.lines import wrapped
from bounds.certify.numbers.enclosure import Enclosure, exact_text
from bounds.certify.numbers.precision import read_digits
from bounds.certify.roots.krawczyk import RootProof

DIGITS = 15
"""What a command prints where nothing else is asked for."""


def whole_number(text: str, name: str) -> int:
    """A count given on the command line.

    Raises:
        InputError: it is not a whole number.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise InputError(f"{name} must be a whole number, not {text[:40]!r}")
    return int(text)


def add_digits(parser: argparse.ArgumentParser, most: str = "") -> None:
    """The option --digits, with the default that all commands have.

    Args:
        parser: of the command.
        most: what may be asked for, where that is worth a word.
    """
    parser.add_argument(
        "--digits",
        default=str(DIGITS),
        metavar="N",
        help=f"significant decimal digits{most} (default {DIGITS})",
    )


def digits_of(arguments: argparse.Namespace) -> int:
    """The digits that were asked for.

    Raises:
        InputError: they are no whole number, or too many.
    """
    return read_digits(whole_number(arguments.digits, "--digits"))


def screen_width() -> int | None:
    """The columns of the terminal that is printed to, if it is one."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def tell(text: object) -> None:
    """Print lines for people; on a terminal a long line goes on under its own indent."""
    lines, width = str(text), screen_width()
    if width is not None:
        lines = "\n".join(wrapped(line, width) for line in lines.split("\n"))
    print(lines, flush=True)


def short(number: Exact) -> str:
    """An exact number as it can be typed again; a very long one is cut."""
    text = show_exact(number)
    return text if len(text) <= 60 else f"{text[:40]}... ({len(text)} characters)"


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


def emit_files(*entries: tuple[str | None, str, str]) -> None:
    """Print as JSON what a command has written.

    Args:
        *entries: for each file its name (None: it was not written), how it came out ("written" or
            a verdict), and what the command says of it.
    """
    names = ("file", "outcome", "says")
    emit({"files": [dict(zip(names, entry, strict=True)) for entry in entries]})


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
