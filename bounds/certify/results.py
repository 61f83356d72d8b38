"""How results show themselves: as text, as repr, in notebooks; and outcomes have no truth value."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from html import escape
from typing import Any, NoReturn

from flint import arb

from bounds.certify.exact import show_exact
from bounds.certify.numbers.enclosure import Enclosure

_SHORT = 3
_FEW_DIGITS = 12
_WIDEST = 48


class NoTruthValue:
    """Base of outcomes: a counterexample is no success, and undecided is not false.

    A class says in `ask` what to compare instead.
    """

    __slots__ = ()
    ask = "compare what it says"

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} has no truth value: {self.ask}")


class Result:
    """Base of the dataclasses that functions return.

    `str` has every field on a line of its own, ends of enclosures rounded outwards; `repr` the
    first fields alone; a notebook shows a table.
    """

    __slots__ = ()

    def _shown(self) -> dict[str, Any]:
        """The fields by name, in order."""
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]

    def __str__(self) -> str:
        return "\n".join([type(self).__name__, *_lines(self._shown())])

    def __repr__(self) -> str:
        shown = [
            f"{name}={_brief(value)}"
            for name, value in self._shown().items()
            if not isinstance(value, tuple | list | dict)
        ]
        more = ", ..." if len(shown) > _SHORT else ""
        return f"<{type(self).__name__} {', '.join(shown[:_SHORT])}{more}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(name)}</th><td style='text-align:left'>"
            f"<pre style='margin:0'>{escape(_cell(value))}</pre></td></tr>"
            for name, value in self._shown().items()
        )
        return f"<table><caption>{escape(type(self).__name__)}</caption>{rows}</table>"


def _text(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Fraction):
        return show_exact(value)
    if isinstance(value, arb):
        return str(value.str(12))
    if isinstance(value, Result):
        return repr(value)
    return "none" if value is None else str(value)


def _lines(shown: dict[str, Any], indent: str = "  ") -> list[str]:
    """Names and values, what is composed below its name."""
    lines = []
    for name, value in shown.items():
        if isinstance(value, Result):
            lines += [f"{indent}{name}:", *_lines(value._shown(), indent + "  ")]
        elif isinstance(value, dict):
            lines += [f"{indent}{name}:", *_lines(value, indent + "  ")]
        elif isinstance(value, tuple | list) and any(isinstance(part, Result) for part in value):
            parts = {str(place): part for place, part in enumerate(value, 1)}
            lines += [f"{indent}{name}:", *_lines(parts, indent + "  ")]
        elif isinstance(value, tuple | list):
            texts = list(map(_text, value))
            if sum(map(len, texts)) > _WIDEST:
                lines += [f"{indent}{name}:", *(f"{indent}  {text}" for text in texts)]
            else:
                lines.append(f"{indent}{name}: {', '.join(texts) or 'none'}")
        else:
            lines.append(f"{indent}{name}: {_text(value)}")
    return lines


def _cell(value: Any) -> str:
    lines = _lines({"": value}, "")
    return "\n".join(lines).removeprefix(":").strip().removeprefix(": ")


def _brief(value: Any) -> str:
    if isinstance(value, Enclosure):
        low, high = value.decimals(min(value.digits, _FEW_DIGITS))
        return f"[{low}, {high}]"
    text = _text(value)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 3] + "..."
