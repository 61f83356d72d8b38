"""Where the shape of the loss changes with Delta: two inflections appear or vanish, enclosed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bounds.cli.certificates import add_option, folder_for, write_certificate
from bounds.cli.output import add_digits, digits_of, emit, pair, proof_json, tell
from bounds.cli.progress import waiting
from bounds.critical.certificates import passage_certificate, small_delta_certificate
from bounds.critical.fold import Fold, fold_certificate, folds
from bounds.critical.regimes import REGIMES

EXAMPLES = """\
examples:
  bounds folds --digits 50
  bounds folds --certificates out && bounds check out/*.json"""


_SPANS = (
    "below the first fold",
    "between the first and the second",
    "between the second and the third",
    "beyond the third",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds folds`."""
    add_digits(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_option(parser)


def _write(found: Sequence[Fold], folder: Path) -> None:
    """Each fold, the shape for every Δ of the gap around it, and the shape for all small Δ."""
    write_certificate(small_delta_certificate(), folder / "small-delta.json")
    for number, fold in enumerate(found, 1):
        below, above = REGIMES[number - 1], REGIMES[number]
        passage = passage_certificate(fold, below.high, above.low)
        write_certificate(fold_certificate(fold), folder / f"fold-{number}.json")
        write_certificate(passage, folder / f"passage-{number}.json")


def run(arguments: argparse.Namespace) -> int:
    """Print the folds, and the shape of the loss between them, as proved (`convexity.regimes`)."""
    digits = digits_of(arguments)
    folder = folder_for(arguments.certificates)
    with waiting("proving"):
        found = folds(digits)
    if folder is not None:
        _write(found, folder)
    if arguments.json:
        entries = [
            {
                "delta": pair(fold.delta),
                "two_inflections": fold.change,
                "eps": pair(fold.eps),
                "proof": proof_json(fold.proof),
            }
            for fold in found
        ]
        emit(entries, greek=True)
        return 0
    for span, regime, meeting in zip(_SPANS, REGIMES, (*found, None), strict=True):
        tell(f"every Delta {span}: {', '.join(regime.shape)}")
        if meeting is not None:
            tell(f"  fold at Delta in {meeting.delta}: two inflections {meeting.change}")
            tell(f"    where eps in {meeting.eps}")
    return 0
