"""Print the error of the best algorithm from both sides, for K components, budget C and distance D.

The largest lower bound and the smallest upper bound that are proved, in the limit of large m, or
with --m for that m. Each side says for which m it holds and where it is argued. The components
weigh the same and have variance 1; for others there is `bounds mixture`.
"""

from __future__ import annotations

import argparse
from typing import Any

from bounds.bracket import RiskBracket, Side, risk_bracket
from bounds.certify.exact import show_exact
from bounds.cli.output import (
    add_digits,
    digits_of,
    emit,
    pair,
    pair_or_none,
    short,
    tell,
    whole_number,
)
from bounds.cli.progress import waiting

EXAMPLES = """\
examples:
  bounds bracket 100 5 18                 100 components at least 18 apart, budget 5, large m
  bounds bracket 1 1/20 --m 1020          one component, 1071 clients
  bounds bracket 4 0 5                    nobody corrupted: what unknown labels cost
  bounds bracket 10 1 18 --dimension 8    reports are vectors of 8 coordinates
  bounds bracket 100 5 18 --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds bracket`."""
    parser.add_argument("k", metavar="K", help="number of components, 1 to 10^9")
    parser.add_argument("c", metavar="C", help="budget relative to one component: 2.5, 5/2 or 0")
    parser.add_argument(
        "distance",
        metavar="D",
        nargs="?",
        help="the means are at least so far apart, in standard deviations (none for K = 1)",
    )
    parser.add_argument(
        "--m", metavar="M", help="bracket K(M) itself, with (K + C)M clients (default: large M)"
    )
    parser.add_argument(
        "--dimension",
        metavar="d",
        default="1",
        help="reports are vectors of d coordinates, each of variance 1 (default: 1)",
    )
    add_digits(parser)
    parser.add_argument("--all", action="store_true", help="print the other bounds, too")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the bracket."""
    digits = digits_of(arguments)
    k = whole_number(arguments.k, "K")
    with waiting("proving"):
        dimension = whole_number(arguments.dimension, "the dimension")
        found = risk_bracket(k, arguments.c, arguments.distance, arguments.m, digits, dimension)
    if arguments.json:
        emit(as_json(found))
        return 0
    where = "" if k == 1 else f", D = {show_exact(found.distance)}"
    scale = "m -> infinity" if found.m is None else f"m = {show_exact(found.m)}"
    vectors = "" if found.dimension == 1 else f", {found.dimension} dimensions"
    tell(f"k = {k}, c = {short(found.c)}{where}{vectors}, {scale}")
    tell(f"  {found}")
    shown = zip(("at least", "at most"), (found.lower, found.upper), strict=True)
    for told, sides in shown:
        for side in sides if arguments.all else sides[:1]:
            end = side.value.decimals()[0 if told == "at least" else 1]
            tell(f"  {told} {end}: {side.method} ({side.detail})")
            tell(f"    valid {side.holds}")
            tell(f"    {_basis(side)}")
    if found.ratio is not None:
        tell(f"  a factor of at most {found.ratio.decimals()[1]} between them")
    return 0


def _basis(side: Side) -> str:
    if side.argued is None:
        return "needs no argument"
    return f"proved on paper, constants checked by machine: {side.argued}"


def _side(side: Side) -> dict[str, Any]:
    return {
        "value": pair(side.value),
        "method": side.method,
        "basis": side.basis,
        "argued": side.argued,
        "m": "infinity" if side.m is None else show_exact(side.m),
        "holds": side.holds,
        "detail": side.detail,
    }


def as_json(found: RiskBracket) -> dict[str, Any]:
    """The bracket for machines: enclosures are pairs of decimals, rounded outwards."""
    return {
        "k": found.k,
        "c": show_exact(found.c),
        "distance": show_exact(found.distance),
        "m": "infinity" if found.m is None else show_exact(found.m),
        "dimension": found.dimension,
        "low": _side(found.low),
        "high": _side(found.high),
        "other_lower": [_side(side) for side in found.lower[1:]],
        "other_upper": [_side(side) for side in found.upper[1:]],
        "ratio": pair_or_none(found.ratio),
    }
