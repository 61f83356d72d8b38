"""Print every inflection of the loss on its whole domain (0, eps_max), proved to be all of them.

Distances to eps_max are printed beside the places: they may need hundreds of digits to tell apart.
"""

from __future__ import annotations

import argparse

from bounds.certify.exact import show_exact
from bounds.certify.numbers.precision import read_digits
from bounds.cli.certificates import add_option, folder_for, write_certificates
from bounds.cli.output import emit, pair, proof_json, whole_number
from bounds.critical.domain import Inflections, inflections, read_delta

EXAMPLES = """\
examples:
  bounds inflections 3
  bounds inflections 1.2 --digits 15 --json
  bounds inflections 3 --certificates out && bounds check out/*.json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds inflections`."""
    parser.add_argument("delta", nargs="+", metavar="DELTA", help="Delta, exact (1/64 to 1024)")
    parser.add_argument(
        "--digits", default="30", metavar="N", help="significant decimal digits (default 30)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print one entry for each Delta."""
    digits = read_digits(whole_number(arguments.digits, "--digits"))
    deltas = [read_delta(text) for text in arguments.delta]  # all of them, before any work
    folder = folder_for(arguments.certificates)
    results = [inflections(delta, digits, anew=True) for delta in deltas]
    if folder is not None:
        for result in results:
            write_certificates(result, folder)
    if arguments.json:
        emit([as_json(result) for result in results])
        return 0
    for result in results:
        print(f"Delta = {show_exact(result.delta)}")
        print(f"  the loss is {', '.join(result.shape)} on (0, eps_max)")
        print(f"  eps_max in {result.eps_max}")
        for point, distance in zip(result.points, result.distances, strict=True):
            print(f"  {point.turn}: eps in {point.eps}")
            print(f"    eps_max - eps in {distance}")
        print(f"  certified: signs proved on {result.pieces} pieces, both ends included")
    return 0


def as_json(result: Inflections) -> dict[str, object]:
    """One entry for machines."""
    return {
        "delta": show_exact(result.delta),
        "shape": list(result.shape),
        "eps_max": pair(result.eps_max),
        "l_max": pair(result.radius_max),
        "pieces": result.pieces,
        "inflections": [
            {
                "turn": point.turn,
                "eps": pair(point.eps),
                "eps_max_minus_eps": pair(distance),
                "loss": pair(point.loss),
                "proof": proof_json(point.proof),
            }
            for point, distance in zip(result.points, result.distances, strict=True)
        ],
    }
