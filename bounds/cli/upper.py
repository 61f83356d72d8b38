"""Print the upper bound of Theorem 2 on the mean squared error, for your Delta and c/k.

There are four methods. "printed" is the paper's formula. "repaired" uses the adversary's exact
optimum. "sharp" uses the exact count. "proved" is for the best algorithm in place of the paper's;
with --m and --k it also covers finitely many clients. Ends are rounded outwards.

Each step of the argument is listed. It is certified, or assumed (by the paper's lemmas, not proved
here), or refuted. The command says if the bracket (`bounds bracket`) has a smaller proved bound.

--certificates writes the constants. With --m it also writes every condition on the size, and where
chord and loss touch. No file proves that the chord lies above the loss everywhere.
"""

from __future__ import annotations

import argparse
from fractions import Fraction
from pathlib import Path
from typing import Any

from bounds.bracket import Side, upper_side
from bounds.certify.errors import DomainError, InputError
from bounds.certify.exact import show_exact
from bounds.cli.certificates import add_option, folder_for, write_certificate
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
from bounds.upper.bound import Method, UpperBound, default_method, helps_below, upper_bound

EXAMPLES = """\
examples:
  bounds upper 3 0.1                       proved, with its constants and steps
  bounds upper 3 0.1 --method repaired     with the adversary's exact optimum
  bounds upper 3 0.1 --method sharp --digits 30
  bounds upper 3 0.1 --method proved --separation 12.5
  bounds upper 3 1/10 --method proved --k 50 --m 1000000
  bounds upper 2 1/10 --k 10               the exact best allocation over ten components
  bounds upper 3 1e-4 --method printed --eps-cr printed
  bounds upper 5/2 1/20 --method printed --json
  bounds upper 3 0.1 --certificates out && bounds check out/*.json"""

_WHICH = "  valid for lim sup K(m) in the limit m -> infinity, not for a fixed m\n"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds upper`."""
    parser.add_argument("delta", metavar="DELTA", help="Delta, exact: 3, 2.5 or 5/2 (1/64 to 64)")
    parser.add_argument("c_over_k", metavar="C_OVER_K", help="c/k, exact: 0.1 or 1/10")
    parser.add_argument(
        "--method",
        choices=("printed", "repaired", "sharp", "proved"),
        help="which bound (default: proved, or repaired with --k)",
    )
    parser.add_argument(
        "--k",
        metavar="K",
        help="K components, for repaired, or proved with --m (default: many, which bounds every K)",
    )
    parser.add_argument(
        "--m",
        metavar="M",
        help="for proved: M genuine clients a component (default: M -> infinity)",
    )
    parser.add_argument(
        "--separation",
        metavar="A",
        help="for proved: the means are at least A Delta apart, exact (default: the paper's 9)",
    )
    parser.add_argument(
        "--eps-cr",
        choices=("true", "printed"),
        default="true",
        help="for printed, with Delta 2, 3 or 4: which eps_cr (default: true)",
    )
    add_digits(parser)
    add_option(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the bound."""
    digits = digits_of(arguments)
    k = None if arguments.k is None else whole_number(arguments.k, "--k")
    apart, m = arguments.separation, arguments.m
    method: Method = arguments.method or default_method(k, m)
    which = arguments.eps_cr
    with waiting("proving"):
        bound = upper_bound(arguments.delta, arguments.c_over_k, method, digits, k, which, apart, m)
        helps = helps_below(arguments.delta, method, digits, which, apart) if m is None else None
        least = least_proved(bound)
    folder = folder_for(arguments.certificates)
    if folder is not None:
        _write(bound, folder)
    if arguments.json:
        entry = {**as_json(bound), "helps_below": pair_or_none(helps), "least": _told(least)}
        emit(entry)
        return 0
    tell(
        f"Delta = {show_exact(bound.delta)}, c/k = {short(bound.c_over_k)}"
        f"{'' if k is None else f', k = {k}'}"
        f"{'' if bound.m is None else f', m = {show_exact(bound.m)}'}: {bound.method}\n"
        f"  bound in {bound.value}\n"
        f"{_WHICH if bound.m is None else ''}"
        f"  {bound.regime}"
    )
    if least is not None and least.value.high.fraction() < bound.value.high.fraction():
        tell(f"  less is proved by another method: {least.value.decimals()[1]} ({least.method})")
    for name, number in bound.constants.items():
        tell(f"  {name} in {number}")
    if bound.m is not None:
        below = "below 1" if bound.reach is not None else "not proved to be below 1 at this size"
        tell(f"  collaboration: the bound is {below}")
    elif helps is None:
        tell("  collaboration: the bound is below 1 for no c/k")
    else:
        many = "" if k is None else ", whatever k is"
        tell(f"  collaboration: the bound is below 1 for c/k below {helps.decimals()[0]}{many}")
    for step in bound.steps:
        tell(f"  {step.told}: {step.name}: {step.note}")
    return 0


def least_proved(bound: UpperBound) -> Side | None:
    """What the bracket proves for the same k, c, D and m; for the method proved alone.

    Without a k it is that of k = 2, which holds for every k ≥ 2 (`bounds.figures.explorer`).
    """
    delta, kappa = bound.delta, bound.c_over_k
    if not isinstance(delta, Fraction) or not isinstance(kappa, Fraction):
        return None
    if bound.method != "proved" or bound.separation is None:
        return None
    k = 2 if bound.k is None else bound.k
    try:
        return upper_side(k, kappa * k, bound.separation * delta, bound.m)
    except (DomainError, InputError):  # clients that are not whole, or a number out of its range
        return None


def _told(least: Side | None) -> dict[str, Any] | None:
    return None if least is None else {"value": pair(least.value), "method": least.method}


def _write(bound: UpperBound, folder: Path) -> None:
    from bounds.upper.certificates import certificates_of_bound

    stem = f"upper-{show_exact(bound.delta).replace('/', '_over_')}-{bound.method}"
    for name, certificate in certificates_of_bound(bound).items():
        write_certificate(certificate, folder / f"{stem}-{name}.json")


def as_json(bound: UpperBound) -> dict[str, Any]:
    """The bound for machines: enclosures are pairs of decimals, rounded outwards."""
    return {
        "delta": show_exact(bound.delta),
        "c_over_k": show_exact(bound.c_over_k),
        "method": bound.method,
        "k": bound.k,
        "m": "infinity" if bound.m is None else show_exact(bound.m),
        "separation": None if bound.separation is None else show_exact(bound.separation),
        "bound": pair(bound.value),
        "t_over_delta": None if bound.reach is None else show_exact(bound.reach),
        "regime": bound.regime,
        "constants": {name: pair(number) for name, number in bound.constants.items()},
        "steps": [
            {"name": step.name, "status": step.status, "note": step.note} for step in bound.steps
        ],
    }
