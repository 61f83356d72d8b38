"""Print all roots of an equation on a range, or of a system in a box, and prove there is no other.

A simple root is the only one in its box, by the sign of the derivative; of a system, by Krawczyk's
test. If a place is not resolved, it is listed as a cluster.

The exit code is 0 if the list is complete. It is 3 if there are clusters or open pieces.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bounds.cli.output import digits_of
from bounds.cli.quantities import (
    add_options,
    seconds_of,
    show,
    wants_proof,
    write_certificate,
    write_certificates,
)

EXAMPLES = """\
examples:
  bounds solve 'cos(x) = x' --for 'x real' --digits 50
  bounds solve 'exp(x) = 3*x^2' --for 'x in [-1, 5]' --certificate roots.json
  bounds solve 'x^2 + y^2 = 4 and x*y = 1' --for 'x, y in [-3, 3]' --certificate four.json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds solve`."""
    parser.add_argument(
        "equation", metavar="EQUATION", help="such as 'cos(x) = x'; of a system with `and`"
    )
    add_options(parser, "the range of the variable, as in 'x in [0, 10]'")


def run(arguments: argparse.Namespace) -> int:
    """Print the roots."""
    from bounds.certify.quantities.equations import solve
    from bounds.certify.quantities.systems import Solutions

    found = solve(
        arguments.equation,
        arguments.domain,
        digits=digits_of(arguments),
        seconds=seconds_of(arguments),
        proof=wants_proof(arguments),
    )
    show(found, arguments, *(found.proofs if isinstance(found, Solutions) else ()))
    if found.outcome != "complete":
        return 3
    if not isinstance(found, Solutions):
        write_certificate(found, arguments.certificate)
    elif arguments.certificate is not None:
        write_certificates(found.certificates(), Path(arguments.certificate))
    return 0
