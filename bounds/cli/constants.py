"""Print the constants of Theorem 2: as printed, certified in their place, and the verdict.

Some printed constants depend on eps_cr. They are shown at the printed eps_cr (Delta = 2, 3, 4) and
at the true one. The printed inequalities follow, with the c/k for which they fail. With --ranges
they are decided for every Delta of 3/2 or more, each on its ranges of Delta. Ends are rounded
outwards.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.exact import Exact, read_exact, show_exact, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, working_precision
from bounds.cli.output import add_digits, digits_of, emit, pair_or_none, screen_width, tell
from bounds.cli.progress import waiting
from bounds.critical import NoCriticalValue
from bounds.critical.domain import read_delta
from bounds.upper.arguments import read_upper_delta
from bounds.upper.attack import LEAST_DELTA, counterfeit
from bounds.upper.constant import Constants, SmallRegime, constants
from bounds.upper.inequalities import Inequality, printed_inequalities
from bounds.upper.optimum import Envelope, envelope
from bounds.upper.over_delta import InequalityRange, printed_inequalities_over_delta
from bounds.upper.small import small_contamination

EXAMPLES = """\
examples:
  bounds constants 2 3 4
  bounds constants 2.5 --digits 30 --json
  bounds constants 2 --digits 6 --latex
  bounds constants --ranges"""


_SHOWN = {"refuted": "false as printed", "repaired": "false as printed"}
"""What readers see for a verdict; beside what is repaired there is the certified number."""


@dataclass(frozen=True)
class Row:
    """One constant: as printed, certified in its place, verdict, and a note."""

    name: str
    printed: Enclosure | None
    certified: Enclosure | None
    verdict: str
    note: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds constants`."""
    parser.add_argument("delta", nargs="*", metavar="DELTA", help="Delta, exact (1/64 to 64)")
    parser.add_argument(
        "--ranges",
        action="store_true",
        help="for which Delta >= 3/2 each printed inequality holds, in place of DELTA",
    )
    add_digits(parser)
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print JSON")
    shown.add_argument("--latex", action="store_true", help="print the constants as LaTeX tables")


def run(arguments: argparse.Namespace) -> int:
    """Print one table for each Delta; the exit code is 3 where one stays undecided."""
    digits = digits_of(arguments)
    if bool(arguments.delta) == arguments.ranges:
        raise InputError("give either values of DELTA or --ranges")
    if arguments.ranges and arguments.latex:
        raise InputError("--latex is for the constants of a DELTA: leave out --ranges")
    if arguments.ranges:
        with waiting("proving"):
            rows = printed_inequalities_over_delta(digits)
        if arguments.json:
            emit(ranges_as_json(rows))
        else:
            tell(ranges_as_text(rows))
        return 0
    deltas = [read_upper_delta(read_delta(text)) for text in arguments.delta]
    undecided, entries = False, []
    with waiting("proving", len(deltas)) as step:
        for delta in deltas:
            try:
                found, decided = table(delta, digits), claims(delta, digits)
            except Inconclusive as reason:
                undecided = True
                entries.append({"delta": show_exact(delta), "status": "inconclusive"})
                if not arguments.json:
                    tell(f"Delta = {show_exact(delta)}\n  undecided: {reason}")
                step()
                continue
            entries.append(as_json(delta, found, decided))
            if arguments.latex:
                print(as_latex(delta, found), flush=True)
            elif not arguments.json:
                tell(as_text(delta, found, decided, screen_width()))
            step()
    if arguments.json:
        emit(entries)
    return 3 if undecided else 0


def table(delta: Exact, digits: int) -> list[Row]:
    """Every constant; the verdict is one of those of the audit."""
    found, shape = constants(delta, digits), envelope(delta, digits)
    small = small_contamination(delta, digits)
    slope, destruction = shape.slope, found.destruction
    rows = [
        Row("C0 (main text)", found.c0, slope, "repaired", "1/(rho - f(3 Delta)); slope of chord"),
        Row("C0 (appendix)", None, slope, "repaired", "f^-1(rho - 3 Delta) exists for no Delta"),
        *_regime_rows(found, shape),
        Row("C3", _exact("3.25", digits), found.c3, "repaired", "the expectation is exact"),
        Row("far term", found.far_printed, found.far, "repaired", "printed for c/k <= eps_cr only"),
        Row("eps_t", None, shape.tangent, "certified", "where the regimes change"),
        Row("eps_full", None, found.full, "certified", "the one-component bound reaches 1"),
        Row("eps_1", None, destruction, "certified", "price of a cluster; C0 sharp = 1/eps_1"),
        Row("small c/k", None, small.factor, "certified", "loss/(c/k)^(1/2) as c/k -> 0"),
        Row("small c/k, sharp", None, small.sharp_factor, "certified", "loss/(c/k) as c/k -> 0"),
    ]
    if to_ball(delta) >= to_ball(LEAST_DELTA):
        rate = counterfeit(delta, digits).rate
        rows.append(Row("counterfeit rate", None, rate, "certified", "Algorithms 1 and 2 lose it"))
    return rows


def _exact(text: str, digits: int) -> Enclosure:
    with working_precision(bits_for(digits) + 64):
        return Enclosure.of(to_ball(read_exact(text, "a constant")), digits)


def _regime_rows(found: Constants, shape: Envelope) -> list[Row]:
    """What hangs on eps_cr, at the printed and at the true one."""
    rows: list[Row] = []
    true = found.true
    if found.printed is not None and true is not None:
        rows.append(
            Row("eps_cr", found.printed.eps_cr, true.eps_cr, "repaired", "where the loss turns")
        )
    elif true is not None:
        rows.append(Row("eps_cr", None, true.eps_cr, "certified", "where the loss turns convex"))
    for regime, which in ((found.printed, "printed"), (true, "true")):
        if regime is None:
            continue
        place = f"at the {which} eps_cr"
        rows += [
            Row("C1", regime.c1, shape.intercept, "repaired", f"{place}; height of the chord"),
            Row("C (Lemma 6)", regime.c, None, "certified", f"{place}, as defined"),
            Row("C bar", regime.c_bar, None, "certified", f"{place}, as defined"),
            Row(
                "C2", regime.c2, found.best_c2, _of_c2(regime, found), f"{place}; the least factor"
            ),
        ]
    return rows


def _of_c2(regime: SmallRegime, found: Constants) -> str:
    """Whether C2 (c/k)^(2/9) bounds the loss up to this eps_cr: decided at eps_cr itself."""
    with working_precision(2 * bits_for(regime.c2.digits) + 64):
        bound = regime.c2.ball() * regime.eps_cr.ball().root(9) ** 2
        if bound < regime.c1.ball():
            return "refuted"
        best = found.best_c2
        if regime is found.true and best is not None and best.ball() < regime.c2.ball():
            return "certified"
    return "inconclusive"


def claims(delta: Exact, digits: int) -> tuple[Inequality, ...]:
    """The printed inequalities; none where the loss has no eps_cr."""
    try:
        return printed_inequalities(delta, digits)
    except NoCriticalValue:
        return ()


def ranges_as_text(rows: Sequence[InequalityRange]) -> str:
    """The ranges of Delta, for people: an inequality whose truth changes has two lines."""
    cells = []
    for row in rows:
        low = "3/2" if row.low.ball().is_exact() else str(row.low)
        high = f"to {row.high}" if row.high is not None else "on"
        cells.append((row.name, _name(row.verdict), f"from {low} {high}", row.note))
    widths = [max(len(line[column]) for line in cells) for column in range(3)]
    lines = ["for every Delta of 3/2 or more, with the true eps_cr"]
    for *told, note in cells:
        padded = [f"{cell:<{width}}" for cell, width in zip(told, widths, strict=True)]
        lines.append("  " + "  ".join([*padded, note]))
    return "\n".join(lines)


def ranges_as_json(rows: Sequence[InequalityRange]) -> list[dict[str, Any]]:
    """The same for machines; a range without end has no "to"."""
    return [
        {
            "name": row.name,
            "verdict": row.verdict,
            "from": pair_or_none(row.low),
            "to": pair_or_none(row.high),
            "note": row.note,
        }
        for row in rows
    ]


def as_text(
    delta: Exact, rows: list[Row], decided: tuple[Inequality, ...], width: int | None = None
) -> str:
    """One table for people; or a paragraph for each row, where the table is wider than `width`."""
    told = _table(rows)
    if width is not None and max(map(len, told)) > width:
        told = [line for row in rows for line in _paragraph(row)]
    for inequality in decided:
        where = ""
        if inequality.fails is not None:
            low, high = (end.decimals(6) for end in inequality.fails)
            where = f" for c/k from {low[1]} to {high[0]}"
        told.append(f"  {_name(inequality.verdict)}: {inequality.name}{where} ({inequality.note})")
    if not decided:
        told.append("  no eps_cr, and so no C1 and C2: the loss is concave up to eps_max")
    return "\n".join([f"Delta = {show_exact(delta)}", *(line.rstrip() for line in told)])


def _paragraph(row: Row) -> list[str]:
    shown = (("printed", row.printed), ("certified", row.certified))
    numbers = [f"    {name} in {number}" for name, number in shown if number is not None]
    return [f"  {_name(row.verdict)}: {row.name} ({row.note})", *numbers]


def _name(verdict: str) -> str:
    return _SHOWN.get(verdict, verdict)


def as_latex(delta: Exact, rows: Sequence[Row]) -> str:
    """The constants at one Δ as a tabular; a number is enclosed by its two ends."""
    lines = [
        f"% Delta = {show_exact(delta)}; lower ends are rounded down, upper ends up",
        r"\begin{tabular}{llll}",
        r"constant & printed & certified & verdict \\ \hline",
    ]
    for row in rows:
        name = row.name.replace("_", r"\_")
        numbers = (_in_latex(row.printed), _in_latex(row.certified))
        lines.append(rf"{name} & {' & '.join(numbers)} & {_name(row.verdict)} \\")
    return "\n".join([*lines, r"\end{tabular}"])


def _in_latex(number: Enclosure | None) -> str:
    if number is None:
        return "--"
    ends = (end.partition("e") for end in number.decimals())
    parts = (
        mantissa if not power else rf"{mantissa} \cdot 10^{{{int(power)}}}"
        for mantissa, _, power in ends
    )
    return f"$[{', '.join(parts)}]$"


def _table(rows: list[Row]) -> list[str]:
    head = ("", "printed", "certified", "verdict", "")
    lines = [
        head,
        *(
            (row.name, _shown(row.printed), _shown(row.certified), _name(row.verdict), row.note)
            for row in rows
        ),
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    told = []
    for *cells, note in lines:
        padded = [f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)]
        told.append("  " + "  ".join([*padded, note]))
    return told


def _shown(number: Enclosure | None) -> str:
    return "-" if number is None else str(number)


def as_json(delta: Exact, rows: list[Row], decided: tuple[Inequality, ...]) -> dict[str, Any]:
    """One table for machines: enclosures are pairs of decimals, rounded outwards."""
    return {
        "delta": show_exact(delta),
        "constants": [
            {
                "name": row.name,
                "printed": pair_or_none(row.printed),
                "certified": pair_or_none(row.certified),
                "verdict": row.verdict,
                "note": row.note,
            }
            for row in rows
        ],
        "inequalities": [
            {
                "name": inequality.name,
                "verdict": inequality.verdict,
                "fails_between": None
                if inequality.fails is None
                else [pair_or_none(end) for end in inequality.fails],
                "note": inequality.note,
            }
            for inequality in decided
        ],
    }
