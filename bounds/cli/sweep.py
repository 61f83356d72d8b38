"""Write a table of certified numbers over many values of Delta: CSV, JSON, LaTeX or Parquet.

Ends are rounded outwards, in two fields each: NAME_low and NAME_high. In Parquet they are numbers,
and NAME_low_text and NAME_high_text have all digits. Finished rows are stored in FILE.partial. If a
sweep is killed, run it again: it continues there. The table is the same in all cases.
"""

from __future__ import annotations

import argparse
from fractions import Fraction
from pathlib import Path

from bounds.certify.exact import show_exact
from bounds.certify.lines import counted
from bounds.cli import DECIDED, UNDECIDED
from bounds.cli.certificates import folder_for, write_certificate
from bounds.cli.output import add_digits, digits_of, emit_files, tell, whole_number
from bounds.cli.progress import progress_bar
from bounds.tables import sweep
from bounds.tables.chunk import INCONCLUSIVE
from bounds.tables.columns import DEFAULT, all_columns
from bounds.tables.formats import FORMATS
from bounds.tables.table import Table
from bounds.tables.workers import processes

_COLUMNS = "\n".join(f"  {name:<13} {column.meaning}" for name, column in all_columns().items())
EXAMPLES = f"""\
examples:
  bounds sweep --delta 1.5:8:0.001 -o table.csv       6,501 values, a second
  bounds sweep --delta 2,5/2,3 --columns eps_cr,eps_max,shape -o table.json
  bounds sweep --delta 2,5/2,3 --digits 6 -o table.tex
  bounds sweep --delta 2:2.5:0.001 -o table.csv --certificates out && bounds check out/*.json
  bounds sweep --delta 0.5:3:0.01 --columns inflections,places --jobs 4 -o table.parquet

columns (an enclosed number is written as NAME_low and NAME_high):
{_COLUMNS}

status of a row: certified; none (there is no critical value, as proved); inconclusive"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds sweep`."""
    parser.add_argument(
        "--delta",
        nargs="+",
        action="extend",
        required=True,
        metavar="GRID",
        help="LOW:HIGH:STEP, or values of Delta with commas between; exact (1/64 to 1024)",
    )
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="FILE", help="the table to write"
    )
    parser.add_argument(
        "--columns",
        default=",".join(DEFAULT),
        metavar="A,B,...",
        help=f"what to compute, see below (default {','.join(DEFAULT)})",
    )
    add_digits(parser)
    parser.add_argument(
        "--format", choices=tuple(FORMATS), help="of the table (default: as the suffix of FILE)"
    )
    parser.add_argument(
        "--jobs", default="1", metavar="N", help="processes to use on this machine (default 1)"
    )
    parser.add_argument("--json", action="store_true", help="print a summary as JSON")
    parser.add_argument(
        "--certificates",
        metavar="DIR",
        help="write there the panels that hold some of these Delta (eps_cr as polynomials), as"
        " files that `bounds check` replays",
    )


def run(arguments: argparse.Namespace) -> int:
    """Sweep with a progress bar on a terminal; the exit code is 3 where a row stays undecided."""
    digits = digits_of(arguments)
    jobs = whole_number(arguments.jobs, "--jobs")
    folder = folder_for(arguments.certificates)
    with processes(jobs) as executor, progress_bar() as progress:
        task = progress.add_task("sweeping")
        table = sweep(
            arguments.delta,
            digits=digits,
            columns=arguments.columns,
            output=arguments.output,
            file_format=arguments.format,
            executor=executor,
            progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
    if folder is not None:
        _write_panels(table, folder)
    counts = table.tally()
    told = ", ".join(f"{number:,} {status}" for status, number in counts.items() if number)
    says = f"{counted(len(table), 'value')} of Delta: {told}"
    if arguments.json:
        emit_files((str(arguments.output), "written", says))
    else:
        tell(f"{says}; written to {arguments.output}")
    return UNDECIDED if counts[INCONCLUSIVE] else DECIDED


def _write_panels(table: Table, folder: Path) -> None:
    """The panels with a Δ of the table in their range, each in a file."""
    from bounds.critical.model.certificates import panel_certificate
    from bounds.critical.model.stored import panels

    deltas = [Fraction(str(delta)) for delta in table["delta"]]
    for panel in panels():
        if any(panel.low <= delta <= panel.high for delta in deltas):
            ends = (show_exact(end).replace("/", "_over_") for end in (panel.low, panel.high))
            write_certificate(panel_certificate(panel), folder / f"panel-{'-to-'.join(ends)}.json")
