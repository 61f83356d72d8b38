"""Print the constants of Theorem 2: as printed, what is certified instead, and what became of them.

Printed constants that hang on eps_cr are shown at the printed eps_cr (Delta = 2, 3, 4) and at the
true one. Ends are rounded outwards.
"""

from __future__ import annotations

import argparse
from typing import Any

from bounds.certified.enclosure import Enclosure
from bounds.certified.precision import read_digits
from bounds.cli.eps_cr import whole_number
from bounds.convexity.domain import read_delta
from bounds.errors import Inconclusive
from bounds.exact import Exact, show_exact, to_ball
from bounds.theorems.upper.arguments import read_reach
from bounds.theorems.upper.attack import LEAST_DELTA, counterfeit
from bounds.theorems.upper.constant import Constants, constants
from bounds.theorems.upper.optimum import envelope
from bounds.theorems.upper.small import small_contamination

EXAMPLES = """\
examples:
  bounds constants 2 3 4
  bounds constants 2.5 --digits 30 --json"""

Row = tuple[str, str, Enclosure | None]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds constants`."""
    parser.add_argument("delta", nargs="+", metavar="DELTA", help="Delta, exact (1/64 to 64)")
    parser.add_argument(
        "--digits", default="10", metavar="N", help="significant decimal digits (default 10)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print one table for each Delta; the exit code is 3 where one stays undecided."""
    digits = read_digits(whole_number(arguments.digits, "--digits"))
    deltas = [read_reach(read_delta(text)) for text in arguments.delta]
    undecided, entries = False, []
    for delta in deltas:
        try:
            rows = table(delta, digits)
        except Inconclusive as reason:
            undecided = True
            entries.append({"delta": show_exact(delta), "status": "inconclusive"})
            if not arguments.json:
                print(f"Delta = {show_exact(delta)}\n  undecided: {reason}")
            continue
        entries.append(as_json(delta, rows))
        if not arguments.json:
            print(as_text(delta, rows), flush=True)
    if arguments.json:
        import json

        print(json.dumps(entries, indent=2))
    return 3 if undecided else 0


def table(delta: Exact, digits: int) -> list[Row]:
    """Name, verdict and enclosure of every constant."""
    found = constants(delta, digits)
    rows: list[Row] = [
        (
            "C0 (main text)",
            "as printed: 1/(rho - f(3 Delta)), from a price that is too high",
            found.c0,
        ),
        ("C0 (appendix)", "ill-typed: f^-1(rho - 3 Delta) exists for no Delta", None),
    ]
    rows += _regime_rows(found)
    rows += [
        ("C3", "the exact value; 3.25 as printed is refuted", found.c3),
        ("far term, printed", "refuted: too small, and missing above eps_cr", found.far_printed),
        ("far term", "certified", found.far),
    ]
    shape = envelope(delta, digits)
    small = small_contamination(delta, digits)
    rows += [
        ("C0 repaired", "certified: slope of the chord", shape.slope),
        ("C1 repaired", "certified: its height at c/k = 0", shape.intercept),
        ("eps_t", "certified: where the regimes change, in place of eps_cr", shape.tangent),
        ("eps_full", "certified: the one-component bound reaches 1", found.full),
        (
            "eps_1",
            "certified: the least mass that destroys a cluster; C0 sharp = 1/eps_1, C1 = 0",
            found.destruction,
        ),
        ("small c/k", "certified: the loss is this times (c/k)^(1/2), as c/k -> 0", small.factor),
        (
            "small c/k, sharp",
            "certified: the loss is this times c/k, as c/k -> 0",
            small.sharp_factor,
        ),
    ]
    if to_ball(delta) >= to_ball(LEAST_DELTA):
        rate = counterfeit(delta, digits).rate
        rows.append(
            (
                "counterfeit rate",
                "certified: Algorithms 1 and 2 lose this much per unit of c/k",
                rate,
            )
        )
    return rows


def _regime_rows(found: Constants) -> list[Row]:
    rows: list[Row] = []
    for regime, which in ((found.printed, "printed"), (found.true, "true")):
        if regime is None:
            continue
        place = f"at the {which} eps_cr"
        verdict = "refuted" if which == "printed" else "certified"
        rows += [
            (f"eps_cr, {which}", verdict, regime.eps_cr),
            ("C1", f"as printed, {place}", regime.c1),
            ("C (Lemma 6)", f"as printed, {place}", regime.c),
            ("C bar", f"as printed, {place}", regime.c_bar),
            ("C2", f"as printed, {place}", regime.c2),
        ]
    if found.best_c2 is not None:
        rows.append(("C2, least", "certified: the least factor of (c/k)^(2/9)", found.best_c2))
    return rows


def as_text(delta: Exact, rows: list[Row]) -> str:
    """One table for people."""
    width = max(len(name) for name, _, _ in rows)
    numbers = ["none" if number is None else str(number) for _, _, number in rows]
    reach = max(map(len, numbers))
    lines = [
        f"  {name:<{width}}  {number:<{reach}}  {verdict}"
        for (name, verdict, _), number in zip(rows, numbers, strict=True)
    ]
    return "\n".join([f"Delta = {show_exact(delta)}", *lines])


def as_json(delta: Exact, rows: list[Row]) -> dict[str, Any]:
    """One table for machines."""
    return {
        "delta": show_exact(delta),
        "constants": [
            {
                "name": name,
                "verdict": verdict,
                "value": None if number is None else list(number.decimals()),
            }
            for name, verdict, number in rows
        ],
    }
