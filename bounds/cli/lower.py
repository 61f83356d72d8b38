"""Print lower bounds on the error of every algorithm, for K components and the budget C.

Three methods: Theorem 1 as printed (not proved, and false for small C), the corrected maximum over
integers, and a sharper bound. Ends are rounded outwards: the lower end is what is proved.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bounds.certified.files import make_folder
from bounds.certified.precision import read_digits
from bounds.cli.eps_cr import whole_number
from bounds.errors import DomainError
from bounds.exact import show_exact
from bounds.theorems.lower.bound import METHODS, LowerBound, lower_bound, risk_to_mass

EXAMPLES = """\
examples:
  bounds lower 10 1                     ten components, budget 1: all three methods
  bounds lower 1 1/20 --method sharp --digits 40
  bounds lower 5 2.5 --json
  bounds lower 10 1 --certificates out && bounds check out/*.json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds lower`."""
    parser.add_argument("k", metavar="K", help="number of components, 1 to 10^9")
    parser.add_argument("c", metavar="C", help="budget relative to one component: 2.5 or 5/2")
    parser.add_argument("--method", choices=METHODS, help="one method (default: all that apply)")
    parser.add_argument(
        "--m", metavar="M", help="bound K(M) itself, with (K + C)M clients (default: large M)"
    )
    parser.add_argument(
        "--digits", default="30", metavar="N", help="significant decimal digits (default 30)"
    )
    parser.add_argument(
        "--certificates",
        metavar="DIR",
        help="write the proofs of the proved bounds (large M) there, for `bounds check`",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print one entry for each method."""
    digits = read_digits(whole_number(arguments.digits, "--digits"))
    k = whole_number(arguments.k, "K")
    results = []
    for method in [arguments.method] if arguments.method else METHODS:
        try:
            results.append(lower_bound(k, arguments.c, method, digits, arguments.m))
        except DomainError:
            if arguments.method or method != "printed":
                raise
    folder = None if arguments.certificates is None else make_folder(arguments.certificates)
    if folder is not None:
        for result in results:
            if result.plan:
                _write_certificates(result, folder)
    if arguments.json:
        import json

        print(json.dumps([as_json(result) for result in results], indent=2))
        return 0
    print(f"k = {k}, c = {show_exact(results[0].c)}")
    for result in results:
        print(f"  {result.method}: error at least {result.value}")
        for count, attack in result.plan:
            print(f"    on {count} of {k}: {attack}")
        if result.caveat:
            print(f"    warning: {result.caveat}")
    best = risk_to_mass(min(digits, 30))
    if results[-1].exact:
        print("  sharp is exact for the labelled problem: no attack on it gives more, large M")
    else:
        ceiling = results[-1].ceiling
        print(f"  labelled problem, large M: at most {ceiling} (slope {best.ratio} in c/k)")
    return 0


def _write_certificates(result: LowerBound, folder: Path) -> None:
    import json

    from bounds.certified.files import write_whole
    from bounds.theorems.lower.certificates import certified_bound

    stem = f"lower-{result.k}-{show_exact(result.c).replace('/', '_over_')}-{result.method}"
    for number, certificate in enumerate(certified_bound(result).certificates, 1):
        write_whole(folder / f"{stem}-{number}.json", json.dumps(certificate, indent=1) + "\n")


def as_json(result: LowerBound) -> dict[str, object]:
    """One entry for machines: enclosures are pairs of decimals, rounded outwards."""
    return {
        "k": result.k,
        "c": show_exact(result.c),
        "method": result.method,
        "status": "not proved" if result.caveat else "certified",
        "bound": list(result.value.decimals()),
        "attack": [
            {"components": count, "attack": str(attack), "mass": show_exact(attack.mass)}
            for count, attack in result.plan
        ],
        "m": None if result.m is None else show_exact(result.m),
        "ceiling": list(result.ceiling.decimals()),
        "exact": result.exact,
        "caveat": result.caveat,
    }
