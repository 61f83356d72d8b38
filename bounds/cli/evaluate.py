"""Print the value of an expression, enclosed to any number of digits.

The lower end is rounded down, the upper up. `--for` gives the values of variables. `--certificate`
writes the statement `low <= expression <= high`, proved; its ends have at most 15 digits.
"""

from __future__ import annotations

import argparse

from bounds.cli.output import digits_of
from bounds.cli.quantities import add_options, seconds_of, show, wants_proof, write_certificate

EXAMPLES = """\
examples:
  bounds evaluate 'exp(pi) - pi' --digits 50
  bounds evaluate 'Phi(-x)' --for 'x = 8'"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds evaluate`."""
    parser.add_argument("expression", metavar="EXPR", help="text or LaTeX, such as 'Phi(-8)'")
    add_options(parser, "values of variables, as in 'x = 3/2, y = pi'")


def run(arguments: argparse.Namespace) -> int:
    """Print the number."""
    from bounds.certify.quantities.values import evaluate

    found = evaluate(
        arguments.expression,
        arguments.domain,
        digits=digits_of(arguments),
        seconds=seconds_of(arguments),
        proof=wants_proof(arguments),
    )
    show(found, arguments)
    write_certificate(found, arguments.certificate)
    return 0
