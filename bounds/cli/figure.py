"""Draw a figure of the paper from certified numbers, or write the numbers.

With --data the numbers are written as JSON. Each curve has a name, a status and points. The status
is certified, as printed (the paper's formula, which may be no bound), or measured. A point is
[place, [low, high]]. The place is exact, and the ends are rounded outwards. A missing end is null.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bounds.certify.errors import InputError
from bounds.certify.io.files import write_whole
from bounds.cli.progress import waiting

EXAMPLES = """\
examples:
  bounds figure 1a -o bounds.svg
  bounds figure 1a --width one -o column.pdf
  bounds figure 1b --data -o numbers.json
  bounds figure bounded-mean -o one-component.pdf
  bounds figure bracket -o both-sides.pdf
  bounds figure lemmas --delta 3 -o lemmas.pdf
  bounds figure simulation --delta 2 -o measured.png"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds figure`."""
    parser.add_argument(
        "name",
        metavar="NAME",
        help="1a, 1b, 2, bounded-mean, bracket, printed-and-proved, lemmas, simulation"
        " or possible-means",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        help="where to: .svg, .pdf or .png; .json with --data",
    )
    parser.add_argument(
        "--width",
        choices=("one", "two"),
        help="of one column of a page, 3.4 inches, or of two, 7 inches (default two)",
    )
    parser.add_argument(
        "--data", "--json", dest="data", action="store_true", help="write the numbers, as JSON"
    )
    parser.add_argument(
        "--delta", metavar="DELTA", help="Delta, for lemmas (default 2) and simulation (3)"
    )
    parser.add_argument("--eps", metavar="EPS", help="the adversary's mass, for figure 2")


def run(arguments: argparse.Namespace) -> int:
    """Write the picture, or print or write its numbers."""
    from bounds.figures import picture

    options = {}
    for option, of in (("delta", ("lemmas", "simulation")), ("eps", ("2",))):
        value = getattr(arguments, option)
        if value is not None and arguments.name not in of:
            raise InputError(f"--{option} belongs to the figure {' or '.join(of)}: leave it out")
        if value is not None:
            options[option] = value
    if arguments.output is None and not arguments.data:
        raise InputError("name a file for the picture with -o, or print the numbers with --data")
    if arguments.data and arguments.width is not None:
        raise InputError("--width is of a picture, and --data are numbers: leave one of them out")
    if arguments.data and arguments.output is not None and arguments.output.suffix != ".json":
        raise InputError("--data are numbers as JSON: end the name of their file in .json")
    file_format = "" if arguments.data else arguments.output.suffix.removeprefix(".")
    if not arguments.data:
        require_format(file_format)
    with waiting("computing"):
        drawing = picture(arguments.name, **options)
        data = arguments.data
        content = drawing.data() if data else drawing.image(file_format, arguments.width or "two")
    if arguments.output is None:
        print(content, end="")
        return 0
    write_whole(arguments.output, content)
    print(f"{drawing.title}: written to {arguments.output}")
    return 0


def require_format(file_format: str) -> None:
    """Refuse a format that cannot be drawn, before any work."""
    from bounds.figures.series import FORMATS

    if file_format not in FORMATS:
        raise InputError("the picture's file must end in .svg, .pdf or .png")
