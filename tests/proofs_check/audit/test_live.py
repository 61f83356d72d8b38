"""The rows and the bar of `bounds verify` on a terminal."""

from io import StringIO

import pytest
from fake_claims import PAPER, every_verdict
from rich.console import Console

from proofs_check.audit.report.live import follow

OUTCOMES = every_verdict()


def screen(columns: int) -> Console:
    return Console(file=StringIO(), width=columns, force_terminal=True, highlight=False)


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_each_claim_takes_two_rows_that_fit(columns: int) -> None:
    console = screen(columns)
    assert follow(OUTCOMES, 6, 7, PAPER, table=True, full=False, console=console) == OUTCOMES
    with console.capture() as capture:
        follow(OUTCOMES, 6, 7, PAPER, table=True, full=False, console=console)
    rows = [line for line in capture.get().splitlines() if "claim-" in line]
    assert len(rows) == 6
    assert "6/6" in capture.get()


def test_markup_in_a_claim_is_text() -> None:
    console = screen(300)
    with console.capture() as capture:
        follow(OUTCOMES, 6, 7, PAPER, table=True, full=True, console=console)
    assert '<script>alert("x")</script> & a|b *c* `d` $e$ _f_' in capture.get()


def test_with_a_report_on_standard_output_there_is_only_the_bar() -> None:
    console = screen(80)
    with console.capture() as capture:
        assert follow(OUTCOMES, 6, 7, PAPER, table=False, full=False, console=console) == OUTCOMES
    assert "claim-" not in capture.get()
    assert "6/6" in capture.get()
