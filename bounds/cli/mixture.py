"""Print the best error from both sides for components of unequal weights, at RATIO.

RATIO is that of corrupted to genuine clients, and WEIGHT the weight of each component: they are
scaled to add up to 1. All of it is in the limit of large m. Without --distance there is no upper
bound, but for clients who know their labels. With --variances each client is to know the variance
of its own sample, say from how many observations it has.
"""

from __future__ import annotations

import argparse
from typing import Any

from bounds.bracket.mixture import MixtureBound, mixture_bound
from bounds.certify.exact import show_exact
from bounds.cli.output import add_digits, digits_of, emit, pair, pair_or_none, tell, whole_number
from bounds.cli.progress import waiting

EXAMPLES = """\
examples:
  bounds mixture 1/10 5 3 2 --distance 30
  bounds mixture 1/10 5 3 2 --distance 30 --variances 1 4 4
  bounds mixture 1/10 5 3 2 --distance 60 --dimension 3   samples are vectors of 3 coordinates
  bounds mixture 1/10 5 3 2 --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds mixture`."""
    parser.add_argument(
        "ratio", metavar="RATIO", help="corrupted over genuine clients: 0.1 or 1/10"
    )
    parser.add_argument("weights", metavar="WEIGHT", nargs="+", help="one for each component")
    parser.add_argument(
        "--variances", metavar="S", nargs="+", help="of a client's sample, one for each (default 1)"
    )
    parser.add_argument("--distance", metavar="D", help="the means are at least so far apart")
    parser.add_argument(
        "--dimension",
        metavar="d",
        default="1",
        help="samples are vectors of d coordinates, each of that variance (default: 1)",
    )
    add_digits(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print both sides."""
    given, squares = arguments.weights, arguments.variances
    digits = digits_of(arguments)
    dimension = whole_number(arguments.dimension, "the dimension")
    with waiting("proving"):
        found = mixture_bound(
            given,
            arguments.ratio,
            squares,
            digits,
            distance=arguments.distance,
            dimension=dimension,
        )
    if arguments.json:
        emit(as_json(found))
        return 0
    attacked = ", ".join(
        f"{show_exact(mass)} on component {i + 1}"
        for i, mass in enumerate(found.masses)
        if mass > 0
    )
    if len(found.masses) > 1 and len(set(found.masses)) == 1:
        attacked = f"{show_exact(found.masses[0])} on every component"
    error = "error" if found.dimension == 1 else f"length of the error in {dimension} dimensions"
    tell(f"in the limit of large m, the mean squared {error} of a client:")
    tell(f"  at least {found.low.decimals()[0]}: means hidden by masses of {attacked}")
    tell("    (a mass is relative to its component's own)")
    tell("    with labels or without, at any distance")
    if found.blind is not None and found.blind.low.fraction() > found.low.low.fraction():
        tell(f"  at least {found.blind.decimals()[0]} without labels{_apart(found)}")
    if found.high is None:
        tell("  no upper bound without labels: give the means' --distance")
    else:
        tell(f"  at most {found.high.decimals()[1]}: labels unknown{_apart(found)}")
        if len(set(found.variances)) > 1:
            tell("    if each client knows the variance of its own sample")
        if found.argued is not None:
            tell(f"    proved on paper, constants checked by machine: {found.argued}")
    tell(f"  at most {found.ceiling.decimals()[1]} for clients who know their labels")
    return 0


def _apart(found: MixtureBound) -> str:
    if found.distance is None or len(found.shares) == 1:
        return ""
    return f", means at least {show_exact(found.distance)} apart"


def as_json(found: MixtureBound) -> dict[str, Any]:
    """Both sides for machines: enclosures are pairs of decimals, rounded outwards."""
    return {
        "weights": [show_exact(share) for share in found.shares],
        "ratio": show_exact(found.ratio),
        "variances": [show_exact(square) for square in found.variances],
        "dimension": found.dimension,
        "distance": None if found.distance is None else show_exact(found.distance),
        "low": pair(found.low),
        "low_without_labels": pair_or_none(found.blind),
        "high": pair_or_none(found.high),
        "ceiling": pair(found.ceiling),
        "masses": [show_exact(mass) for mass in found.masses],
    }
