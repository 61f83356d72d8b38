"""What the commands for numbers share: their options, and how results are written."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any, Protocol

from bounds.certify.exact import read_positive_rational
from bounds.certify.io.files import write_whole
from bounds.cli.output import add_digits, emit, json_text, tell

_BEGINS_WITH_MINUS = re.compile(r"-[^-].*|-\d")


class Shown(Protocol):
    """A result that prints itself and has plain data."""

    def json(self) -> dict[str, Any]:
        """The result as plain data."""


class Certified(Shown, Protocol):
    """A result that may have a certificate."""

    def certificate(self) -> dict[str, Any]:
        """The certificate; an error if there is none."""


def add_options(
    parser: argparse.ArgumentParser, domain: str = "where the variables lie", *, certificate: bool
) -> None:
    """The options that these commands share; their words may begin with a minus sign."""
    let_minus_begin(parser)
    parser.add_argument("--for", dest="domain", metavar="DOMAIN", help=domain)
    add_digits(parser)
    add_time(parser)
    if certificate:
        parser.add_argument(
            "--certificate", metavar="FILE", help="write the proof, for `bounds check`"
        )
    parser.add_argument("--json", action="store_true", help="print JSON")


def let_minus_begin(parser: argparse.ArgumentParser) -> None:
    """Let words such as -x^2 be arguments, and no options."""
    parser._negative_number_matcher = _BEGINS_WITH_MINUS


def add_time(parser: argparse.ArgumentParser) -> None:
    """The option --time."""
    parser.add_argument(
        "--time", default="60", metavar="SECONDS", help="how long to try (default 60)"
    )


def seconds_of(arguments: argparse.Namespace) -> float:
    """The time that was asked for."""
    return float(read_positive_rational(arguments.time, "--time"))


def show(result: Shown, as_json: bool) -> None:
    """Print a result for people or machines."""
    if as_json:
        emit(result.json(), 1)
    else:
        tell(result)


def write_certificate(result: Certified, name: str | None) -> None:
    """Write the certificate, if it was asked for.

    Raises:
        Inconclusive: there is none.
    """
    if name is not None:
        write_whole(Path(name), json_text(result.certificate(), 1) + "\n")
