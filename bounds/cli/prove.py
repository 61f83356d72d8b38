"""Prove the shape of the loss for every Delta in a range, and write the certificate.

Finished slices are stored in FILE.partial. If a run is killed, run it again: it proves the stored
slices again, which is quicker than to find them, and continues. A range must not contain one of the
three folds, where the shape changes. `bounds folds` prints them.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

from flint import arb

from bounds.certify.errors import Inconclusive, InputError, Notice
from bounds.certify.exact import show_exact
from bounds.certify.io.files import beside, write_whole
from bounds.certify.io.journal import journal
from bounds.certify.lines import counted
from bounds.certify.numbers.enclosure import read_place
from bounds.cli.output import emit_files, json_text, tell
from bounds.cli.progress import progress_bar
from bounds.critical.certificates import family_certificate, slice_evidence
from bounds.critical.domain import read_delta
from bounds.critical.family import ProvedSlice, prove_family, slice_of
from bounds.critical.fold import folds

EXAMPLES = """\
examples:
  bounds prove 3/2:10 -o one-turn.json   a theorem for all Delta in [3/2, 10], in a few minutes
  bounds check one-turn.json             replay it with the independent checker"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds prove`."""
    parser.add_argument("range", metavar="LOW:HIGH", help="the range of Delta, both ends exact")
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="FILE", help="the certificate to write"
    )
    parser.add_argument("--json", action="store_true", help="print what was proved as JSON")


def read_range(text: str) -> tuple[Fraction, Fraction]:
    """A range LOW:HIGH of Δ.

    Raises:
        InputError: it is not two numbers in order.
    """
    ends = text.split(":")
    if len(ends) != 2:
        raise InputError(f"the range must be LOW:HIGH, such as 3/2:10, not {text[:40]!r}")
    low, high = (read_delta(end) for end in ends)
    if not (isinstance(low, Fraction) and isinstance(high, Fraction) and low < high):
        raise InputError(f"the range must go up, from LOW to HIGH, not {text[:40]}")
    return low, high


def run(arguments: argparse.Namespace) -> int:
    """Prove slice by slice, with a progress bar on a terminal; write the certificate whole."""
    low, high = read_range(arguments.range)
    job = {"prove": [show_exact(low), show_exact(high)]}
    partial = beside(arguments.output, ".partial")
    with journal(partial, job, read_slice) as (kept, append), progress_bar() as progress:
        task = progress.add_task("proving", total=float(high - low))
        slices: list[ProvedSlice] = []

        def add(part: ProvedSlice) -> None:
            slices.append(part)
            progress.update(task, completed=float(part.high - low))

        for part in replayed(kept, low, high):
            add(part)
        if len(slices) < len(kept):
            warnings.warn(
                f"{partial!s:.200}: {len(kept) - len(slices)} of its slices are not proved by what"
                " it holds: they are proved again",
                Notice,
                stacklevel=1,
            )
        start, before = (slices[-1].high, slices[-1]) if slices else (low, None)
        with told_of_folds(low, high):
            for part in prove_family(start, high, before):
                append(slice_evidence(part))
                add(part)
        certificate = family_certificate(slices)
        write_whole(arguments.output, json_text(certificate, 1) + "\n")
    says = (
        f"certified: for every Delta in [{show_exact(low)}, {show_exact(high)}] the loss is"
        f" {', '.join(slices[0].shape)} ({counted(len(slices), 'slice')})"
    )
    if arguments.json:
        emit_files((str(arguments.output), "written", says))
    else:
        tell(f"{says}; written to {arguments.output}")
    return 0


@contextmanager
def told_of_folds(low: Fraction, high: Fraction) -> Iterator[None]:
    """Say, where a range stays undecided, that it holds a fold and so no one shape."""
    try:
        yield
    except Inconclusive as reason:
        within = [
            fold.delta
            for fold in folds(9)
            if low <= fold.delta.high.fraction() and fold.delta.low.fraction() <= high
        ]
        if not within:
            raise
        places = " and ".join(map(str, within))
        raise Inconclusive(
            f"{reason}; the shape changes at the fold at Delta in {places}: prove a range on either"
            " side of it, and the fold itself with `bounds folds --certificates`"
        ) from reason


Kept = tuple[Fraction, Fraction, list[arb]]
"""The ends of a slice's range of Δ, and the places where its pieces end."""


def read_slice(entry: Any) -> Kept:
    """A slice from an entry of a journal, if it has the form of one; what it says is not believed.

    Raises:
        ValueError: it has not.
    """
    low, high = (read_delta(end) for end in entry["delta"])
    if not (isinstance(low, Fraction) and isinstance(high, Fraction)):
        raise ValueError("a slice has two exact ends")
    return low, high, [read_place(place) for _, place, _ in entry["pieces"]]


def replayed(kept: list[Kept], low: Fraction, high: Fraction) -> Iterator[ProvedSlice]:
    """The kept slices from `low` on, each proved anew, as far as they follow upon each other.

    It ends before the first that does not, is not proved, or has another shape than the first.
    """
    shape: tuple[str, ...] | None = None
    for start, stop, cuts in kept:
        if not (start == low < stop <= high):
            return
        try:
            part = slice_of(start, stop, cuts)
        except Inconclusive:
            return
        if shape not in (None, part.shape):
            return
        low, shape = stop, part.shape
        yield part
