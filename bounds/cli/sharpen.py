"""Print the best constant ?C for which an inequality holds on a domain, and where it is attained.

The exit code is 0 if the constant is enclosed. It is 1 if the printed constant fails, or if no
constant is good enough. It is 3 if the question is undecided.
"""

from __future__ import annotations

import argparse

from bounds.cli.output import digits_of
from bounds.cli.quantities import add_options, seconds_of, show, wants_proof, write_certificate

EXAMPLES = """\
examples:
  bounds sharpen '1 - cos(x) <= ?C*x^2' --for 'x real'
  bounds sharpen 'sin(x) >= ?C*x' --for '0 <= x <= pi/2' --printed 0.6"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds sharpen`."""
    parser.add_argument("claim", metavar="CLAIM", help="an inequality with a constant ?C in it")
    parser.add_argument("--printed", metavar="NUMBER", help="a constant that someone printed")
    add_options(parser, "where the variables lie, as in 'x > 0'")


def run(arguments: argparse.Namespace) -> int:
    """Print the constant."""
    from bounds.certify.quantities.sharpening import sharpen

    found = sharpen(
        arguments.claim,
        arguments.domain,
        digits=digits_of(arguments),
        printed=arguments.printed,
        seconds=seconds_of(arguments),
        proof=wants_proof(arguments),
    )
    show(found, arguments)
    if found.outcome == "undecided":
        return 3
    if found.outcome == "sharp":
        write_certificate(found, arguments.certificate)
    if found.outcome == "none" or found.holds is False:
        return 1
    return 3 if found.printed is not None and found.holds is None else 0
