"""Print every inflection of the loss on its whole domain (0, eps_max).

The list is proved to be complete. Distances to eps_max are printed beside the places. It may take
hundreds of digits to distinguish two places.
"""

from __future__ import annotations

import argparse

from bounds.certify.exact import show_exact
from bounds.certify.lines import counted
from bounds.cli.certificates import add_option, folder_for, write_certificates
from bounds.cli.output import add_digits, digits_of, emit, pair, proof_json, tell
from bounds.cli.progress import waiting
from bounds.critical.domain import read_delta
from bounds.critical.whole_domain import Inflections, inflections

EXAMPLES = """\
examples:
  bounds inflections 3
  bounds inflections 1.2 --digits 15 --json
  bounds inflections 3 --certificates out && bounds check out/*.json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds inflections`."""
    parser.add_argument("delta", nargs="+", metavar="DELTA", help="Delta, exact (1/64 to 1024)")
    add_digits(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print one entry for each Delta."""
    digits = digits_of(arguments)
    deltas = [read_delta(text) for text in arguments.delta]  # all of them, before any work
    folder = folder_for(arguments.certificates)
    results = []
    with waiting("proving", len(deltas)) as step:
        for delta in deltas:
            results.append(inflections(delta, digits, anew=True))
            step()
    if folder is not None:
        for result in results:
            write_certificates(result, folder)
    if arguments.json:
        emit([as_json(result) for result in results])
        return 0
    for result in results:
        tell(f"Delta = {show_exact(result.delta)}")
        tell(f"  the loss is {', '.join(result.shape)} on (0, eps_max)")
        tell(f"  eps_max in {result.eps_max}")
        for point, distance in zip(result.points, result.distances, strict=True):
            tell(f"  {point.turn}: eps in {point.eps}")
            tell(f"    eps_max - eps in {distance}")
        tell(f"  certified: signs proved on {counted(result.pieces, 'piece')}, both ends included")
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
