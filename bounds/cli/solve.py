"""Print all roots of an equation in one variable on a range, and prove that there is no other.

A simple root is the only one in its box, by the sign of the derivative. If a place is not resolved,
it is listed as a cluster.

The exit code is 0 if the list is complete. It is 3 if there are clusters or open pieces.
"""

from __future__ import annotations

import argparse

from bounds.cli.output import digits_of
from bounds.cli.quantities import add_options, seconds_of, show

EXAMPLES = """\
examples:
  bounds solve 'cos(x) = x' --for 'x real' --digits 50
  bounds solve 'exp(x) = 3*x^2' --for 'x in [-1, 5]'"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds solve`."""
    parser.add_argument("equation", metavar="EQUATION", help="such as 'cos(x) = x'")
    add_options(parser, "the range of the variable, as in 'x in [0, 10]'", certificate=False)


def run(arguments: argparse.Namespace) -> int:
    """Print the roots."""
    from bounds.certify.quantities.equations import solve

    found = solve(
        arguments.equation,
        arguments.domain,
        digits=digits_of(arguments),
        seconds=seconds_of(arguments),
    )
    show(found, arguments.json)
    return 0 if found.outcome == "complete" else 3
