"""The cell magic %%bounds of notebooks: each line of the cell is a statement, and is decided.

%load_ext bounds

%%bounds
1 + x <= e^x for x real
mills: x*phi(x)/(1 + x^2) < Phi(-x) for x > 0
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from bounds.certify.errors import BoundsError, InputError
from bounds.certify.statements import SECONDS, decide, read_lines

if TYPE_CHECKING:
    from bounds.certify.rules.outcome import Outcome


class Outcomes(tuple["Outcome", ...]):
    """The outcomes of a cell, one below the other."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(map(str, self))

    def _repr_html_(self) -> str:
        return "".join(outcome._repr_html_() for outcome in self)


def bounds_magic(line: str, cell: str) -> Outcomes | None:
    """Decide the statements of a cell; the line may say how many seconds each is tried.

    What is not read is told in a few lines, and without a traceback.
    """
    try:
        seconds = float(line) if line.strip() else SECONDS
    except ValueError:
        print(f"bounds: after %%bounds is a number of seconds, not {line[:40]!r}", file=sys.stderr)
        return None
    try:
        return Outcomes(decide(one.statement, seconds=seconds) for one in read_lines(cell, "cell"))
    except BoundsError as mistake:
        notes = getattr(mistake, "__notes__", ())
        print(f"bounds: {''.join(f'{note}: ' for note in notes)}{mistake}", file=sys.stderr)
        return None


def register(shell: Any) -> None:
    """Add the magic to an IPython shell.

    Raises:
        InputError: it is none.
    """
    if not hasattr(shell, "register_magic_function"):
        raise InputError("the magic %%bounds is for IPython: use %load_ext bounds there")
    shell.register_magic_function(bounds_magic, "cell", "bounds")
