"""Prove the shape of the loss for every Delta in a range at once, and write the certificate.

Finished slices are kept in FILE.partial: a run that was killed goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.exact import show_exact
from bounds.certify.io.files import beside, journal, write_whole
from bounds.cli.progress import progress_bar
from bounds.critical.certificates import range_certificate, slice_evidence
from bounds.critical.domain import read_delta
from bounds.critical.family import prove_family

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
    head = {"prove": [show_exact(low), show_exact(high)]}
    partial = beside(arguments.output, ".partial")
    with journal(partial, head) as (kept, append), progress_bar() as progress:
        task = progress.add_task("proving", total=float(high - low))
        slices: list[dict[str, Any]] = [entry["slice"] for entry in kept]
        shapes = {tuple(entry["shape"]) for entry in kept}
        start = Fraction(slices[-1]["delta"][1]) if slices else low
        progress.update(task, completed=float(start - low))
        for part in prove_family(start, high):
            evidence = slice_evidence(part)
            append({"slice": evidence, "shape": part.shape})
            slices.append(evidence)
            shapes.add(part.shape)
            if len(shapes) > 1:
                raise Inconclusive(f"the shape changes near Delta = {show_exact(part.low)}")
            progress.update(task, completed=float(part.high - low))
        (shape,) = shapes
        certificate = range_certificate(shape, slices)
        write_whole(arguments.output, json.dumps(certificate, indent=1) + "\n")
    print(
        f"certified: for every Delta in [{show_exact(low)}, {show_exact(high)}] the loss is"
        f" {', '.join(shape)} ({len(slices)} slices); written to {arguments.output}"
    )
    return 0
