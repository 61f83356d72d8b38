"""The option --certificates: the proofs behind a printed result, as files for `bounds check`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bounds.certify.exact import show_exact
from bounds.certify.io.files import make_folder, write_whole
from bounds.cli.output import json_text
from bounds.critical.critical import CriticalValue
from bounds.critical.whole_domain import Inflections


def add_option(parser: argparse.ArgumentParser) -> None:
    """The option, for commands that prove something for one Δ."""
    parser.add_argument(
        "--certificates",
        metavar="DIR",
        help="write the proofs there, as files that `bounds check` replays",
    )


def folder_for(name: str | None) -> Path | None:
    """The folder to write to, made if need be, before any work; None without the option.

    Raises:
        InputError: it cannot be made.
    """
    return None if name is None else make_folder(name)


def write_certificates(value: CriticalValue | Inflections, folder: Path) -> None:
    """The certificates of a result, each in a file named after what it proves."""
    from bounds.critical.certificates import certificates_of

    name = "eps-cr" if isinstance(value, CriticalValue) else "inflections"
    stem = f"{name}-{show_exact(value.delta).replace('/', '_over_')}"
    roots = 0
    for certificate in certificates_of(value):
        place = certificate["kind"]
        if place == "root" and isinstance(value, Inflections):
            roots += 1
            place = f"root-{roots}"
        suffix = "" if place == "eps_cr" else f"-{place}"
        write_certificate(certificate, folder / f"{stem}{suffix}.json")


def write_certificate(certificate: dict[str, Any], path: Path) -> None:
    """One certificate, as a file."""
    write_whole(path, json_text(certificate, 1) + "\n")
