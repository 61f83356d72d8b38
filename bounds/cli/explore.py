"""Write the explorer: one HTML page in which the bounds move with D, c/k, k and m.

It needs no network. Its numbers are certified and rounded outwards. They are in tables inside the
page, each with its SHA-256. Between points of the grid it shows what the neighbours prove.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from bounds.certify.errors import InputError
from bounds.certify.io.files import write_whole
from bounds.cli.output import emit_files
from bounds.cli.progress import progress_bar

EXAMPLES = """\
examples:
  bounds explore -o explore.html"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds explore`."""
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", required=True, help="the page: .html"
    )
    parser.add_argument("--json", action="store_true", help="print what was written as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Make the tables and write the page."""
    from bounds.figures.explorer import COMPONENTS, SCALES, page

    output: Path = arguments.output
    if output.suffix.lower() != ".html" or os.path.isdir(output):
        raise InputError("the explorer is a page: end its name in .html")
    if not os.path.isdir(output.parent):
        raise InputError(f"cannot write {output}: name a file in a folder that exists")
    with progress_bar() as progress:
        task = progress.add_task("making tables", total=len(COMPONENTS) * (2 * len(SCALES) - 1))
        content = page(step=lambda: progress.advance(task))
    write_whole(output, content)
    if arguments.json:
        emit_files((str(output), "written", "the explorer of the bounds"))
    else:
        print(f"written to {output}")
    return 0
