"""Lines for people: a number with its noun, and a line too long for the screen."""

from __future__ import annotations

import textwrap


def counted(number: int, noun: str) -> str:
    """The number and the noun, in the plural where there is not one: "1 piece", "2,000 pieces".

    Args:
        number: how many.
        noun: in the singular; its plural ends in s.
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def wrapped(line: str, width: int, indent: int | None = None) -> str:
    """A line as lines of at most `width`, those after the first indented.

    Args:
        line: without an end of line.
        width: columns of the screen. A word is never cut: a longer number stays whole.
        indent: of the lines after the first; by default two more than that of the first.
    """
    if len(line) <= width:
        return line
    hang = len(line) - len(line.lstrip()) + 2 if indent is None else indent
    broken = textwrap.wrap(
        line,
        max(width, hang + 20),
        subsequent_indent=" " * hang,
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
    )
    return "\n".join(broken)
