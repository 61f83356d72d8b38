"""What the commands for numbers share: their options, and how results are written."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import read_positive_rational
from bounds.certify.io.files import write_whole
from bounds.cli.output import add_digits, emit, json_text, tell

if TYPE_CHECKING:
    from bounds.certify.rules.outcome import Outcome

_BEGINS_WITH_MINUS = re.compile(r"-[^-].*|-\d")


class Shown(Protocol):
    """A result that prints itself, has plain data and LaTeX."""

    def json(self) -> dict[str, Any]:
        """The result as plain data."""

    def latex(self) -> str:
        """The result as LaTeX."""


class Certified(Shown, Protocol):
    """A result that may have a certificate."""

    def certificate(self) -> dict[str, Any]:
        """The certificate; an error if there is none."""


def add_options(
    parser: argparse.ArgumentParser, domain: str | None = "where the variables lie"
) -> None:
    """The options that these commands share; their words may begin with a minus sign."""
    let_minus_begin(parser)
    if domain is not None:
        parser.add_argument("--for", dest="domain", metavar="DOMAIN", help=domain)
    add_digits(parser)
    add_time(parser)
    parser.add_argument("--certificate", metavar="FILE", help="write the proof, for `bounds check`")
    parser.add_argument(
        "--explain", action="store_true", help="print the proof as a person would write it"
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--latex", action="store_true", help="print the result as LaTeX")
    shown.add_argument("--json", action="store_true", help="print JSON")


def wants_proof(arguments: argparse.Namespace) -> bool:
    """Whether the one statement is asked for that says all of the result."""
    return arguments.certificate is not None or arguments.explain


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


def show(result: Shown, arguments: argparse.Namespace, *proofs: Outcome | None) -> None:
    """Print a result for people or machines; with --explain also the proofs of its statements."""
    if arguments.json:
        emit(result.json(), 1)
    elif arguments.latex:
        print(result.latex(), flush=True)
    else:
        tell(result)
    if getattr(arguments, "explain", False) and not arguments.json:
        own = getattr(result, "proof", None)
        told = [proof for proof in proofs or (own,) if proof is not None]
        if not told:
            raise Inconclusive(
                "a statement that says all of it was not proved: give more --time, or ask for"
                " fewer digits"
            )
        for proof in told:
            tell(proof.latex() if arguments.latex else proof.explain())


def write_certificate(result: Certified, name: str | None) -> None:
    """Write the certificate, if it was asked for.

    Raises:
        Inconclusive: there is none.
    """
    if name is not None:
        write_whole(Path(name), json_text(result.certificate(), 1) + "\n")


def write_certificates(certificates: Sequence[Mapping[str, Any]], first: Path) -> None:
    """Write one certificate to a file, or several to files with numbers."""
    for k, certificate in enumerate(certificates, 1):
        path = first if len(certificates) == 1 else first.with_stem(f"{first.stem}-{k}")
        write_whole(path, json_text(certificate, 1) + "\n")
