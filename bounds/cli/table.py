"""Print a table of formulas over parameters, every digit proved; or check a printed table.

With --check, a file in CSV or with a LaTeX tabular is judged entry by entry. Its first row names
the parameters and has the formulas, as in `x,Phi(x)`.

The exit code of a check is 0 if all entries are right, 1 if one is not, and 3 if one is undecided.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bounds.certify.errors import InputError
from bounds.cli.output import whole_number
from bounds.cli.quantities import show, write_certificate, write_certificates

EXAMPLES = """\
examples:
  bounds table 'Phi(x)' 'phi(x)' --for 'x = 0..3 by 1/10' --digits 5
  bounds table 'besselj(n, x)' --for 'n in {0, 1}, x = 1..5' --latex
  bounds table 'besselj(n, x)' --for 'x = 0..2 by 1/2, n = 0..2' --two-way
  bounds table --check printed.csv --certificate entries.json"""

_LONGEST_FILE = 20_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds table`."""
    add = parser.add_argument
    add("formula", nargs="*", metavar="EXPR", help="the columns")
    add("--for", dest="grid", metavar="GRID", help="the grid, as in 'x = 0..3 by 1/10'")
    add("--digits", default="5", metavar="N", help="digits after the point (default 5)")
    add(
        "--rounding",
        default="nearest",
        choices=("nearest", "down", "up", "significant"),
        help="how entries are rounded (default nearest); significant: N significant digits",
    )
    add("--two-way", action="store_true", help="the first parameter down, the second across")
    add("--check", metavar="FILE", help="judge the entries of a printed table")
    add(
        "--certificate",
        metavar="FILE",
        help="write the proof of a table of at most 32 entries; of a check, 32 entries a file",
    )
    add("--explain", action="store_true", help="print the proof as a person would write it")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--csv", action="store_true", help="print CSV")
    shown.add_argument("--latex", action="store_true", help="print a LaTeX tabular")
    shown.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the table, or the verdict."""
    if arguments.check is not None:
        return _check(arguments)
    if not arguments.formula or arguments.grid is None:
        raise InputError("a table needs formulas and --for GRID; or pass --check FILE")
    from bounds.certify.quantities.tables import table

    made = table(
        arguments.formula,
        arguments.grid,
        digits=whole_number(arguments.digits, "--digits"),
        rounding=arguments.rounding,
        two_way=arguments.two_way,
    )
    if arguments.csv:
        print(made.csv(), end="")
    else:
        show(made, arguments, None if not arguments.explain else made.proof())
    write_certificate(made, arguments.certificate)
    return 0


def _check(arguments: argparse.Namespace) -> int:
    """Judge a printed table."""
    from bounds.certify.quantities.table_check import check_table

    if arguments.formula or arguments.grid or arguments.two_way or arguments.csv:
        raise InputError("--check judges the table of a file: leave out formulas and the grid")
    path = Path(arguments.check)
    if "\0" in arguments.check or not path.is_file():
        raise InputError(f"--check {arguments.check[:80]!r} is no file")
    if path.stat().st_size > _LONGEST_FILE:
        raise InputError(
            f"{arguments.check[:80]!r} is longer than {_LONGEST_FILE:,} bytes: split it"
        )
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{arguments.check[:80]!r} is no text in UTF-8: save it as such") from None
    found = check_table(text, rounding=arguments.rounding, where=arguments.check[:80])
    show(found, arguments, None if not arguments.explain else found.proofs()[0])
    if arguments.certificate is not None:
        write_certificates(found.certificates(), Path(arguments.certificate))
    return {"right": 0, "wrong": 1, "undecided": 3}[found.outcome]
