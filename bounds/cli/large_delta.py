"""The limit of eps_cr Delta/phi(Delta) as Delta grows, and eps_cr without a root finder."""

from __future__ import annotations

import argparse
from fractions import Fraction
from pathlib import Path

from bounds.certify.exact import show_exact
from bounds.cli.certificates import add_option, folder_for, write_certificate
from bounds.cli.output import add_digits, digits_of, emit, pair, tell, whole_number
from bounds.cli.progress import waiting
from bounds.critical.domain import read_delta

EXAMPLES = """\
examples:
  bounds large-delta                      the expansion, valid for all Delta of 10 or more
  bounds large-delta 12 100 --terms 20    and eps_cr from it
  bounds large-delta --certificates out && bounds check out/*.json

Certificates: the limit, eps_cr on slices of all Delta >= 3/2, the shape of the loss from START."""

LEAST_SHAPE = Fraction(5)
"""From here on the shape is proved by inequalities in Δ alone."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds large-delta`."""
    parser.add_argument("delta", nargs="*", metavar="DELTA", help="Delta, exact (START to 1024)")
    parser.add_argument(
        "--terms", default="12", metavar="K", help="coefficients, 1 to 60 (default 12)"
    )
    add_digits(parser)
    parser.add_argument(
        "--start", default="10", metavar="START", help="valid from this Delta on (default 10)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_option(parser)


def _write(folder: Path, digits: int, start: Fraction) -> None:
    """The limit, ε_cr for every Δ ≥ 3/2, and the shape from `start` on, or from 5."""
    from bounds.critical.large_delta import (
        critical_slices_certificate,
        limit_certificate,
        shape_certificate_from,
    )

    least = max(start, LEAST_SHAPE)
    stem = f"shape-from-{show_exact(least).replace('/', '_over_')}"
    write_certificate(limit_certificate(digits), folder / "eps-cr-limit.json")
    write_certificate(critical_slices_certificate(), folder / "critical-slices.json")
    write_certificate(shape_certificate_from(least), folder / f"{stem}.json")


def run(arguments: argparse.Namespace) -> int:
    """Print coefficients and error bound, then one line for each Delta."""
    from bounds.critical.large_delta import eps_cr_expansion

    digits = digits_of(arguments)
    with waiting("proving"):
        expansion = eps_cr_expansion(
            whole_number(arguments.terms, "--terms"), digits, arguments.start
        )
        start = show_exact(expansion.start)
        values = [
            (show_exact(delta), expansion.eps_cr(delta))
            for delta in map(read_delta, arguments.delta)
        ]
    folder = folder_for(arguments.certificates)
    if folder is not None:
        _write(folder, digits, expansion.start)
    order = 2 * len(expansion.coefficients)
    remainder, spill = (bound.decimals(6)[1] for bound in (expansion.remainder, expansion.spill))
    if arguments.json:
        document = {
            "valid_from": start,
            "coefficients": [pair(entry) for entry in expansion.coefficients],
            "remainder": remainder,
            "spill": spill,
            "eps_cr": {name: pair(value) for name, value in values},
        }
        emit(document)
        return 0
    tell(f"for all Delta >= {start}, eps_cr Delta/phi(Delta) is the sum of")
    for power, entry in enumerate(expansion.coefficients):
        tell(f"  E_{power} / Delta^{2 * power}, E_{power} in {entry}")
    tell(f"  up to {remainder}/Delta^{order} + {spill} (phi(Delta)/Delta)^2, certified")
    for name, value in values:
        tell(f"Delta = {name}\n  eps_cr in {value}")
    return 0
