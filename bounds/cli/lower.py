"""Print lower bounds on the error of every algorithm, for K components and the budget C.

Three methods: Theorem 1 as printed (not proved, and false for small C), the corrected maximum over
integers, and a sharper bound. Ends are rounded outwards: the lower end is what is proved.
"""

from __future__ import annotations

import argparse
import hashlib

from bounds.certify.errors import DomainError, InputError
from bounds.certify.exact import show_exact
from bounds.certify.io.files import make_folder, write_whole
from bounds.cli.output import (
    add_digits,
    digits_of,
    emit,
    json_text,
    pair,
    short,
    tell,
    whole_number,
)
from bounds.cli.progress import waiting
from bounds.lower.allocation import local_maxima
from bounds.lower.bound import METHODS, LowerBound, lower_bound, risk_to_mass
from bounds.lower.certificates import certified_bound
from bounds.lower.slope_certificates import slope_certificates

_ON_PAPER = "proved on paper (constants checked by machine)"

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
    add_digits(parser)
    parser.add_argument(
        "--certificates",
        metavar="DIR",
        help="write the proofs of the proved bounds (large M) there, for `bounds check`",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print one entry for each method."""
    digits = digits_of(arguments)
    k = whole_number(arguments.k, "K")
    results = []
    methods = [arguments.method] if arguments.method else METHODS
    with waiting("proving", len(methods)) as step:
        for method in methods:
            try:
                results.append(lower_bound(k, arguments.c, method, digits, arguments.m))
            except DomainError:
                if arguments.method or method != "printed":
                    raise
            step()
    if arguments.certificates is not None:
        proved = [result for result in results if result.proved]
        texts = [text for result in proved for text in _certificates(result)]
        if not texts:
            raise InputError("the printed bound is not proved: it has no certificates")
        folder = make_folder(arguments.certificates)
        for name, text in texts:
            write_whole(folder / name, text)
    if arguments.json:
        emit([as_json(result) for result in results])
        return 0
    scale = results[0].m
    tell(
        f"k = {k}, c = {short(results[0].c)},"
        f" {'m -> infinity' if scale is None else f'm = {show_exact(scale)}'}"
    )
    for result in results:
        tell(f"  {result.method}: error at least {result.value}")
        above = "c/k" if result.c < k else "1, the error of the own sample"
        tell(f"    a factor of at most {result.factor.decimals(6)[1]} below {above}")
        for count, attack in result.plan:
            tell(f"    on {count} of {k}: {attack}")
        if result.proved and not result.plan:
            tell("    no attack: what an unknown place costs with all labels known")
        if result.method == "corrected":
            counts = " to ".join(str(count) for count in _maxima(result) or ())
            tell(f"    proved the best split; local maxima: equal shares on {counts} of {k}")
        if result.caveat:
            tell(f"    warning: {result.caveat}")
    if any(result.proved for result in results):
        home = "limit" if scale is None else "finite"
        but = ", but for the printed one" if any(not result.proved for result in results) else ""
        tell(f"  proved on paper (bounds.lower.{home}), constants checked by machine{but}")
    best = risk_to_mass(min(digits, 30))
    if results[-1].exact:
        if k == 1:
            tell("  sharp is exact: the minimax error itself in the limit of large M")
        else:
            tell("  sharp is exact for the labelled problem: no attack on it gives more, large M")
    else:
        told = results[-1].line_told or f"slope {best.ratio} in c/k"
        tell(f"  labelled problem, large M: at most {results[-1].ceiling} ({told})")
    return 0


def _maxima(result: LowerBound) -> list[int] | None:
    """The least and the largest number of equal shares that is a local maximum."""
    if result.method != "corrected":
        return None
    found = local_maxima(result.k, result.c)
    return sorted({found[0], found[-1]})


def _certificates(result: LowerBound) -> list[tuple[str, str]]:
    """File names and texts: the bound's own, and what stands behind its ceiling."""
    budget = show_exact(result.c).replace("/", "_over_")
    if len(budget) > 60:
        budget = hashlib.sha256(budget.encode()).hexdigest()[:16]
    stem = f"lower-{result.k}-{budget}-{result.method}"
    named = {
        f"{stem}-{number}": certificate
        for number, certificate in enumerate(certified_bound(result).certificates, 1)
    }
    if result.method == "sharp":
        named |= slope_certificates(exact=result.exact)
    return [(f"{name}.json", json_text(entry, 1) + "\n") for name, entry in named.items()]


def as_json(result: LowerBound) -> dict[str, object]:
    """One entry for machines: enclosures are pairs of decimals, rounded outwards."""
    return {
        "k": result.k,
        "c": show_exact(result.c),
        "method": result.method,
        "status": "not proved" if result.caveat else _ON_PAPER,
        "bound": pair(result.value),
        "factor": pair(result.factor),
        "attack": [
            {"components": count, "attack": str(attack), "mass": show_exact(attack.mass)}
            for count, attack in result.plan
        ],
        "local_maxima": _maxima(result),
        "m": "infinity" if result.m is None else show_exact(result.m),
        "ceiling": pair(result.ceiling),
        "exact": result.exact,
        "caveat": result.caveat,
    }
