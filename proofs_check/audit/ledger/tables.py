"""Printed tables of a ledger: formulas judged entry by entry, or a statement for each row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from bounds.certify.errors import BoundsError, Inconclusive
from bounds.certify.language.comparison import Comparison
from bounds.certify.language.domain import Domain
from bounds.certify.language.expression import Expr, number, substitute
from bounds.certify.language.functions import can_be_variable
from bounds.certify.language.grammar import parse_claim
from bounds.certify.language.statement import Statement
from bounds.certify.quantities.proving import read_expression
from bounds.certify.quantities.rounding import Rounding as Way
from bounds.certify.quantities.table_check import Judgement, judged
from bounds.certify.quantities.table_files import (
    Decimal,
    PrintedTable,
    read_decimal,
    read_table,
)
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.outcome import Outcome
from proofs_check.audit.facts import Proved, Run
from proofs_check.audit.ledger.entry import Entry, Rounding
from proofs_check.audit.ledger.numbers import within
from proofs_check.audit.ledger.source import LedgerError
from proofs_check.audit.ledger.statements import (
    asked,
    certificates,
    fact,
    replayed,
    sides_at,
)
from proofs_check.audit.verdict import CERTIFIED, INCONCLUSIVE, REFUTED, REPAIRED, Decision

_LONGEST = 20_000_000
_TOGETHER = 16
"""Entries in one certificate: the checker takes 64 comparisons."""


@dataclass(frozen=True)
class Rows:
    """The rows of a table, read.

    Attributes:
        printed: the table with formulas; None where each row makes a statement.
        claims: of each row its line, its text and what it states.
    """

    printed: PrintedTable | None
    claims: tuple[tuple[int, str, tuple[Comparison, ...]], ...] = ()


def read_rows(entry: Entry) -> Rows:
    """The table of a claim.

    Raises:
        LedgerError: the file or the rows are not read.
    """
    if ("file" in entry.data) == ("rows" in entry.data):
        raise entry.error('say where the rows are: file = "table.csv", or rows = [...]', "kind")
    text, key = _text(entry)
    try:
        if "statement" in entry.data:
            return Rows(None, tuple(_claims(entry, text)))
        return Rows(read_table(text, entry.get("file", "the rows")))
    except LedgerError:
        raise
    except BoundsError as wrong:
        raise entry.source.placed(wrong, entry.table, key, entry.id) from None


def _text(entry: Entry) -> tuple[str, str]:
    """The table as CSV or LaTeX, and the key that it comes from."""
    columns = entry.get("columns")
    if "rows" in entry.data:
        rows = [_row(entry, row) for row in entry["rows"]]
        if columns is None:
            raise entry.error('rows need their columns, as in columns = ["x", "Phi(x)"]', "rows")
        return _as_csv(entry, columns, rows), "rows"
    path = entry.source.folder / entry["file"]
    if not path.is_file() or path.stat().st_size > _LONGEST:
        raise entry.error(f"{entry['file'][:80]!r} is no file beside the ledger", "file")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise entry.error(f"{entry['file'][:80]!r} is no text in UTF-8", "file") from None
    if columns is None or r"\begin{" in text:
        return text, "file"
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    return _as_csv(entry, columns, [row for row in rows[1:] if "".join(row).strip()]), "file"


def _row(entry: Entry, row: object) -> list[str]:
    if isinstance(row, str):
        return next(csv.reader([row]), [])
    if isinstance(row, list) and all(isinstance(cell, str | int) for cell in row):
        return [str(cell) for cell in row]
    raise entry.error(f'a row is a text, as in "0, 0.50000", not {str(row)[:40]!r}', "rows")


def _as_csv(entry: Entry, columns: list[str], rows: list[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_head(entry, column) for column in columns])
    for place, row in enumerate(rows, 1):
        if len(row) != len(columns):
            raise entry.error(
                f"row {place} has {len(row)} cells, and there are {len(columns)} columns",
                "rows" if "rows" in entry.data else "columns",
            )
        writer.writerow([cell.strip() for cell in row])
    return out.getvalue()


def _head(entry: Entry, column: str) -> str:
    """A column with its abbreviations written out; the name of a parameter stays."""
    return column if can_be_variable(column.strip()) else entry.words.expanded(column)


def _claims(entry: Entry, text: str) -> Iterator[tuple[int, str, tuple[Comparison, ...]]]:
    """For each row what the statement says with its numbers put in."""
    claim = parse_claim(entry.words.expanded(entry["statement"]))
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    names = [name.strip() for name in next(rows, [])]
    free = frozenset().union(*(c.free for c in claim))
    if missing := sorted(free - set(names)):
        known = ", ".join(names)
        raise entry.error(f"no column is called {missing[0]}: they are {known}", "statement")
    found = False
    for row in rows:
        if not "".join(row).strip():
            continue
        if len(row) != len(names):
            raise entry.error(
                f"line {rows.line_num} of the table has {len(row)} cells, not {len(names)}",
                "statement",
            )
        place = {
            name: _constant(cell) for name, cell in zip(names, row, strict=True) if name in free
        }
        told = ", ".join(
            f"{name} = {cell.strip()}"
            for name, cell in zip(names, row, strict=True)
            if name in free
        )
        found = True
        yield rows.line_num - ("rows" in entry.data), told, tuple(c.at(place) for c in claim)
    if not found:
        raise entry.error(
            "the table has no row below its first, which names the columns", "statement"
        )


def _constant(cell: str) -> Expr:
    """The constant that a cell prints: a decimal, or an expression without variables."""
    try:
        decimal = read_decimal(cell)
    except BoundsError:
        return read_expression(cell.strip())
    if decimal is None:
        raise Inconclusive("a cell of the statement is empty")
    return number(decimal.value)


def decide_table(entry: Entry) -> Decision:
    """Whether every entry of a printed table is right, or every row makes a true statement."""
    rows = read_rows(entry)
    return _of_rows(entry, rows) if rows.printed is None else _of_entries(entry, rows.printed)


# A statement for each row


def _of_rows(entry: Entry, rows: Rows) -> Decision:
    deadline = Deadline(entry.seconds)
    wrong: list[tuple[str, Outcome]] = []
    proved: list[Outcome] = []
    lines: list[Proved | str] = []
    left_open: list[str] = []
    for line, told, claim in rows.claims:
        outcome = asked(Statement(claim, Domain({})), min(10.0, deadline.left()))
        if outcome.holds_everywhere:
            proved.append(outcome)
            lines.append(fact(f"{_line(entry)} {line}, {told}: true", outcome))
            continue
        failing = _failing(claim) if outcome.outcome != "undecided" else None
        if failing is None:
            left_open.append(f"{_line(entry)} {line}, {told}")
        else:
            wrong.append((f"{_line(entry)} {line}, {told}: {failing[0]}", failing[1]))
    count = len(rows.claims)
    if wrong:
        shown = [fact(f"witness {text}", outcome) for text, outcome in wrong]
        finding = f"{len(wrong)} of {count} rows are false: {'; '.join(t for t, _ in wrong[:3])}"
        return Decision(
            REFUTED,
            finding,
            (*shown, *lines),
            certificates=certificates(*(one for _, one in wrong), *proved),
        )
    if left_open:
        finding = f"undecided: {len(left_open)} of {count} rows; the others are true"
        return Decision(
            INCONCLUSIVE, finding, (*lines, *left_open), certificates=certificates(*proved)
        )
    return Decision(
        CERTIFIED, f"all {count} rows are true", tuple(lines), certificates=certificates(*proved)
    )


def _line(entry: Entry) -> str:
    """What a line of the table is called: rows in the ledger have no line of their own."""
    return "row" if "rows" in entry.data else "line"


def _failing(claim: tuple[Comparison, ...]) -> tuple[str, Outcome] | None:
    """The comparison of a row that is false, and the proof that it is."""
    for comparison in claim:
        outcome = asked(Statement((comparison.negated,), Domain({})), 5)
        if outcome.holds_everywhere:
            return f"{comparison} is false{sides_at(comparison)}", outcome
    return None


# Formulas, entry by entry


def _of_entries(entry: Entry, printed: PrintedTable) -> Decision:
    rounding = entry.rounding
    way: Way = "nearest" if rounding == "truncated" else rounding
    found = judged(printed, way)
    entries = [d for *_, cells in printed.rows for d in cells if d is not None]
    pairs = list(zip(found.judgements, entries, strict=True))
    if rounding == "truncated":
        pairs_right = [(j, d) for j, d in pairs if _is_truncated(j, d)]
        mistakes = [j for j, d in pairs if not _is_truncated(j, d)]
    else:
        pairs_right = [(j, d) for j, d in pairs if j.word == "right"]
        mistakes = list(found.mistakes)
    left_open = [one for one in mistakes if one.word == "undecided"]
    wrong = [one for one in mistakes if one.word != "undecided"]
    count = len(pairs)
    deadline, proved, lines, unproved = Deadline(entry.seconds), list[Outcome](), list[Proved](), 0
    for start in range(0, len(pairs_right), _TOGETHER):
        group = pairs_right[start : start + _TOGETHER]
        claim = Statement(
            tuple(c for j, d in group for c in within(substitute(j.formula, j.place), d, rounding)),
            Domain({}),
        )
        outcome = asked(claim, min(20.0, max(0.5, deadline.left())))
        if not outcome.holds_everywhere:
            unproved += len(group)
            continue
        proved.append(outcome)
        told = ", ".join(f"{j.formula} = {d.text} at {_at(j)}" for j, d in group)
        lines.append(Proved(f"right: {told}", replayed(outcome)))
    if wrong:
        units = {id(j): d for j, d in pairs}
        against = [(_told(entry, one), one, units[id(one)]) for one in wrong]
        return _wrong(against, rounding, count, lines, proved)
    if left_open or unproved:
        finding = f"undecided: {len(left_open) + unproved} of {count} entries; the others are right"
        return Decision(
            INCONCLUSIVE,
            finding,
            (*lines, *map(str, left_open)),
            certificates=certificates(*proved),
        )
    return Decision(
        CERTIFIED,
        f"all {count} entries are right",
        tuple(lines),
        certificates=certificates(*proved),
    )


def _at(judgement: Judgement) -> str:
    return ", ".join(f"{name} = {value}" for name, value in judgement.place.items()) or "the row"


def _is_truncated(judgement: Judgement, printed: Decimal) -> bool:
    """Whether an entry is the value rounded towards 0."""
    ways = ("down", "up") if printed.units == 0 else ("down",) if printed.units > 0 else ("up",)
    return any(way in judgement.rounded for way in ways)


def _told(entry: Entry, judgement: Judgement) -> str:
    """A judgement in words."""
    told = str(judgement).removeprefix(f"line {judgement.line}: ")
    return f"{_line(entry)} {judgement.line - ('rows' in entry.data)}: {told}"


def _wrong(
    wrong: list[tuple[str, Judgement, Decimal]],
    rounding: Rounding,
    count: int,
    lines: list[Proved],
    proved: list[Outcome],
) -> Decision:
    """The decision on a table with mistakes: repaired where each has its right entry."""
    shown = []
    for told, judgement, printed in wrong:
        outcome = _proof_against(judgement, printed, rounding)
        proof = Run("bounds.check_table", 1) if outcome is None else replayed(outcome)
        shown.append(Proved(f"witness {told}", proof))
        proved = proved if outcome is None else [*proved, outcome]
    mended = rounding != "truncated" and all(one.right is not None for _, one, _ in wrong)
    some = "; ".join(told for told, *_ in wrong[:3]) + ("; ..." if len(wrong) > 3 else "")
    finding = f"{len(wrong)} of {count} entries are not right: {some}"
    return Decision(
        REPAIRED if mended else REFUTED,
        finding,
        (*shown, *lines),
        certificates=certificates(*proved),
    )


def _proof_against(judgement: Judgement, printed: Decimal, rounding: Rounding) -> Outcome | None:
    """The statement that a value is not rounded to its entry, proved."""
    if judgement.word == "undefined":
        return None
    value = substitute(judgement.formula, judgement.place)
    for comparison in within(value, printed, rounding):
        outcome = asked(Statement((comparison.negated,), Domain({})), 5)
        if outcome.holds_everywhere:
            return outcome
    return None
