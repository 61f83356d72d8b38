"""Print the integral of an expression in one variable between two constants, enclosed.

The integrand is to be analytic on the range, except at single points.
"""

from __future__ import annotations

import argparse

from bounds.cli.output import digits_of
from bounds.cli.quantities import add_options, seconds_of, show, wants_proof, write_certificate

EXAMPLES = """\
examples:
  bounds integrate 'exp(-x^2)' x 0 1 --digits 100
  bounds integrate '1/(1 + x^4)' x 0 pi/2 --certificate integral.json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds integrate`."""
    parser.add_argument("expression", metavar="EXPR", help="the integrand")
    parser.add_argument("name", metavar="VARIABLE", help="over which it is integrated")
    parser.add_argument("low", metavar="LOW", help="the lower end, a constant")
    parser.add_argument("high", metavar="HIGH", help="the upper end, a constant")
    add_options(parser, None)


def run(arguments: argparse.Namespace) -> int:
    """Print the number."""
    from bounds.certify.quantities.values import integrate

    found = integrate(
        arguments.expression,
        arguments.name,
        arguments.low,
        arguments.high,
        digits=digits_of(arguments),
        seconds=seconds_of(arguments),
        proof=wants_proof(arguments),
    )
    show(found, arguments)
    write_certificate(found, arguments.certificate)
    return 0
