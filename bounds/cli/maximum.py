"""Print the maximum or minimum of an expression on a domain, and where it is attained, with proof.

The result says if a supremum is not attained, and if there is no bound. For a smooth function of
one variable, each place is proved to be the only one in its box.

The exit code is 0 if the value is enclosed or proved unbounded. It is 3 if it is undecided.
"""

from __future__ import annotations

import argparse

from bounds.cli.output import digits_of
from bounds.cli.quantities import add_options, seconds_of, show, wants_proof, write_certificate

EXAMPLES = """\
examples:
  bounds maximum 'x*exp(-x)' --for 'x >= 0'
  bounds minimum 'gamma(x)' --for 'x > 0' --digits 100
  bounds maximum 'x*(1 - x)*y' --for 'x, y in [0, 1]' --certificate max.json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds maximum` and `bounds minimum`."""
    parser.add_argument("expression", metavar="EXPR", help="text or LaTeX")
    add_options(parser, "where the variables lie, as in 'x > 0'")


def run(arguments: argparse.Namespace) -> int:
    """Print the extremum."""
    from bounds.certify.quantities.extrema import maximum, minimum

    function = maximum if arguments.command == "maximum" else minimum
    found = function(
        arguments.expression,
        arguments.domain,
        digits=digits_of(arguments),
        seconds=seconds_of(arguments),
        proof=wants_proof(arguments),
    )
    show(found, arguments)
    if found.outcome == "undecided":
        return 3
    write_certificate(found, arguments.certificate)
    return 0
