"""Estimate the mean of every client in a file of reports, robustly, with a bound if one is proved.

One row a client. The file is read block by block: to count, and to estimate. Each row gets
its report, an estimate, an interval for its mean (where the proof gives one) and a flag: true where
the report lies in no cluster. A report that is no number gets no estimate.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from bounds.certify.errors import InputError, Notice
from bounds.certify.exact import read_positive_rational, read_share, read_whole, show_exact
from bounds.certify.io.files import write_whole
from bounds.certify.lines import counted
from bounds.cli.output import emit, tell
from bounds.cli.progress import waiting
from bounds.cli.tables import column, read_twice, write_rows
from bounds.estimation.counts import Counts, Doubles, Integers
from bounds.estimation.samples import Samples, new_noise, noise_of, read_numbers, root_of
from bounds.estimation.spread import spread_of_counts
from bounds.estimation.summary import Summary
from bounds.upper.sample_size import FINEST_CELL

EXAMPLES = """\
examples:
  bounds estimate reports.csv --column report --groups 10 --corrupted 5% --distance 20 -o out.csv
  bounds estimate reports.csv --groups 10 --corrupted 5% --distance 20 --sd estimate -o out.csv
  bounds estimate reports.parquet --column x --min-group 500 --distance 20 --json -o out.parquet
  cat reports.csv | bounds estimate - --groups 3 --distance 60 --sd 3 --plot reports.png"""

_CELLS = 2**14


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds estimate`."""
    add = parser.add_argument
    add("file", type=Path, metavar="FILE", help="CSV with a header, or .parquet; - is stdin")
    add("--column", metavar="NAME", help="column of the reports, if there is more than one")
    add("--samples", metavar="NAME", help="column with how many samples each report is the mean of")
    add("--groups", metavar="K", help="in how many groups of equal size the genuine clients fall")
    add("--min-group", metavar="N", help="in place of --groups: clients of the least group")
    add(
        "--corrupted",
        default="0",
        metavar="SHARE",
        help="largest share of corrupted clients: 5%% or 0.05 (default 0)",
    )
    add(
        "--distance",
        required=True,
        metavar="D",
        help="least distance of the groups' means, in the unit of the reports",
    )
    add(
        "--sd",
        default="1",
        metavar="S",
        help="standard deviation of a report around its mean (with --samples, of one sample); or"
        " estimate (default 1)",
    )
    add("--json", action="store_true", help="print a summary as JSON")
    add("--plot", type=Path, metavar="FILE", help="draw reports and clusters: .png, .svg or .pdf")
    add("-o", "--output", type=Path, metavar="FILE", help="write the rows: .csv or .parquet")


@dataclass(frozen=True)
class _Counted:
    """The reports counted, and where their noise came from."""

    summary: Summary
    noise: int
    missing: int
    estimated: bool


def run(arguments: argparse.Namespace) -> int:
    """Count, estimate, and print the rows or a summary."""
    if arguments.plot is not None:
        from bounds.cli.figure import require_format

        require_format(arguments.plot.suffix.removeprefix("."))
    with read_twice(arguments.file) as path:
        with waiting("counting"):
            done = _count(arguments, path)
        lists = done.summary.lists
        for note in done.summary.notes():
            warnings.warn(note, Notice, stacklevel=1)
        flagged = 0

        def rows() -> Iterator[dict[str, Any]]:
            nonlocal flagged
            samples, unit = done.summary.samples, float(done.summary.unit)
            rng = np.random.default_rng(done.noise)
            blocks = column(path, arguments.column)
            for x, each in zip(blocks, _numbers(arguments, path), strict=True):
                shares: tuple[Doubles, Integers] | None = None
                listed: Doubles | bool = True
                if samples is not None:  # the noise is that of the first pass
                    shares = samples.shares(each, x.size)
                    listed = x / unit + noise_of(each, samples.least, rng)
                ends, flags = lists.intervals(x, listed), lists.labels(x, listed) < 0
                flagged += int(flags.sum())
                yield {
                    "report": x,
                    "estimate": lists.estimate(x, listed, shares),
                    "low": ends[:, 0],
                    "high": ends[:, 1],
                    "flag": flags,
                }

        if arguments.output is None and arguments.json:
            for _ in rows():
                pass
        else:
            write_rows(arguments.output, rows())
    if arguments.plot is not None:
        from bounds.figures.reports import picture_of

        suffix = arguments.plot.suffix.removeprefix(".")
        write_whole(arguments.plot, picture_of(done.summary).image(suffix, "two"))
    entry = _summary(done, flagged)
    if arguments.json:
        emit(entry, 1)
    elif arguments.output is not None:
        tell(_text(entry, "report" if done.summary.samples is None else "fewest samples"))
    return 0


def _count(arguments: argparse.Namespace, path: Path) -> _Counted:
    """The first pass; one before it where the standard deviation is to be estimated."""
    if (arguments.groups is None) == (arguments.min_group is None):
        raise InputError("say how many --groups there are, or how large the least is: --min-group")
    distance = read_positive_rational(arguments.distance, "the distance")
    share, outside = read_share(arguments.corrupted), None
    number = sum(x.size for x in column(path, arguments.column))
    if not number:
        raise InputError("the file has no report: it holds one row a client")
    if arguments.groups is not None:
        k = read_whole(arguments.groups, "groups")
        c = k * share / (1 - share)
    else:
        group = read_whole(arguments.min_group, "min_group")
        if group > number:
            raise InputError(f"--min-group must be at most {number}, the number of reports")
        k = number // group
        c = Fraction(number, group) - k
        outside = "groups may be of unequal size (min_group), and no theorem here covers that"
    if arguments.sd == "estimate" and arguments.samples is not None:
        raise InputError("with --samples pass --sd S, the standard deviation of one sample")
    if arguments.sd == "estimate":
        unit = _spread(arguments, path, k, distance)
        outside = "the standard deviation is estimated, and no theorem here covers that"
    else:
        unit = read_positive_rational(arguments.sd, "sd")
    samples = None
    if arguments.samples is not None:
        samples = Samples.of(np.concatenate([*_numbers(arguments, path)]), FINEST_CELL)
        unit = unit / root_of(samples.least)
    summary, missing = Summary.empty(k, c, distance / unit, unit, outside), 0
    noise = new_noise(None)
    rng = np.random.default_rng(noise)
    for x, numbers in zip(column(path, arguments.column), _numbers(arguments, path), strict=True):
        own = x if unit == 1 else x / float(unit)
        if samples is None:
            summary = summary.with_reports(own)
        else:
            summary = summary.with_reports(own + noise_of(numbers, samples.least, rng))
            samples = samples.with_reports(own, numbers)
        missing += int(np.isnan(x).sum())
    summary = replace(summary, samples=samples)
    return _Counted(summary, noise, missing, arguments.sd == "estimate")


def _numbers(arguments: argparse.Namespace, path: Path) -> Iterator[Integers]:
    """How many samples each report is the mean of, block by block; 1 without --samples."""
    if arguments.samples is None:
        yield from (np.ones(x.size, np.int64) for x in column(path, arguments.column))
        return
    for x in column(path, arguments.samples):
        whole = np.isfinite(x) & (x == np.floor(x))
        if not whole.all():
            raise InputError(f"the column {arguments.samples} must hold a whole number in each row")
        yield read_numbers(x.astype(np.int64), x.size)


def _spread(arguments: argparse.Namespace, path: Path, k: int, distance: Fraction) -> Fraction:
    cell = float(distance) / _CELLS
    counts = Counts.none(Fraction(1))
    for x in column(path, arguments.column):
        counts = counts + Counts.of(x[np.isfinite(x)] / cell, Fraction(1))
    spread = spread_of_counts(counts, k, float(_CELLS)) * cell
    if not spread > 0:
        raise InputError("the reports have no spread that could be estimated: pass --sd S")
    return Fraction(spread)


def _summary(done: _Counted, flagged: int) -> dict[str, Any]:
    """What was found, for machines. The bound and the level are certified ends, as floats."""
    summary, lists = done.summary, done.summary.lists
    clusters, unit = lists.clusters, float(summary.unit)
    return {
        "reports": summary.number,
        "not_numbers": done.missing,
        "flagged": flagged,
        "k": summary.k,
        "c": show_exact(summary.c),
        "distance": float(summary.distance) * unit,
        "sd": unit,
        "sd_status": "estimated, not certified" if done.estimated else "given",
        "groups_found": int((~clusters.long).sum()),
        "clusters": [
            {
                "low": float(low) * unit,
                "high": float(high) * unit,
                "centre": None if np.isnan(centre) else float(centre) * unit,
                "may_hold_two_groups": bool(long),
            }
            for low, high, centre, long in zip(
                clusters.low, clusters.high, clusters.centres, clusters.long, strict=True
            )
        ],
        "risk_bound": lists.risk_bound,
        "why_no_bound": lists.why,
        "interval_level": lists.level,
        "notes": list(summary.notes()),
    }


def _text(entry: dict[str, Any], alone: str) -> str:
    """The summary for people; what a client has alone."""
    lines = [
        f"{counted(entry['reports'], 'report')}; {counted(entry['groups_found'], 'group')} found;"
        f" {counted(entry['flagged'], 'report')} in no cluster (flagged)."
    ]
    if entry["sd_status"] != "given":
        lines.append(f"The standard deviation was estimated: {entry['sd']:.4g} (not certified).")
    if entry["risk_bound"] is None:
        lines.append(f"No bound on the error is proved: {entry['why_no_bound']}.")
    else:
        lines.append(
            "The mean squared error of the average genuine client is at most"
            f" {entry['risk_bound']:.6g}, whatever the corrupted clients do (proved on paper,"
            f" constants checked by machine). A client that uses only its own {alone} has"
            f" {entry['sd'] ** 2:.6g}."
        )
    return "\n".join(lines)
