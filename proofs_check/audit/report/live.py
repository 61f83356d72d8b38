"""The audit on a terminal: a row for each claim as it is decided, and a bar under the rows."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn
from rich.text import Text

from bounds.certify.lines import wrapped
from proofs_check.audit.paper import Audit
from proofs_check.audit.report.as_text import lines, text_column, verdict_of
from proofs_check.audit.report.palette import PALETTE
from proofs_check.audit.runner import Outcome


def follow(
    decided: Iterable[Outcome],
    count: int,
    width: int,
    paper: Audit,
    *,
    table: bool,
    full: bool,
    console: Console | None = None,
) -> list[Outcome]:
    """Show the outcomes while they come, and return them.

    Args:
        decided: the outcomes.
        count: how many there will be.
        width: columns for the ids.
        paper: how symbols are written.
        table: with rows on standard output; else the bar alone, on standard error.
        full: with readings and evidence, unshortened.
        console: where to; for tests.
    """
    screen = console or Console(file=sys.stdout if table else sys.stderr, highlight=False)
    bar = Progress(
        BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=screen, transient=True
    )
    outcomes = []
    with bar:
        task = bar.add_task("", total=count)
        for outcome in decided:
            outcomes.append(outcome)
            if table:
                for place, line in enumerate(lines(outcome, width, paper, full=full)):
                    hang = text_column(outcome, width) if place < 2 else None
                    shown = wrapped(line, screen.width, hang) if full else line
                    screen.print(_row(shown, outcome, width), no_wrap=True, overflow="ellipsis")
            bar.advance(task)
    return outcomes


def _row(line: str, outcome: Outcome, width: int) -> Text:
    row = Text(line)
    verdict = outcome.decision.verdict
    if line.startswith(outcome.claim.id):
        colour = PALETTE[verdict].terminal
        row.stylize("bold", 0, len(outcome.claim.id))
        row.stylize(colour, width + 2, width + 2 + len(verdict_of(outcome.decision)))
    return row
