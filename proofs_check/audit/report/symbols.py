"""Evidence typeset: checks write mathematics in ASCII, readers see the paper's symbols.

A `Typesetter` serves plain text and Markdown (`plain`), and HTML, with raised and lowered parts
(`marked`). What a paper calls its functions is handed to it as its `Notation`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from proofs_check.audit.report.inline_math import with_formulas

_LETTERS = {
    "Delta": "Δ", "Phi": "Φ", "alpha": "α", "beta": "β", "delta": "δ", "eps": "ε", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "phi": "φ", "pi": "π", "psi": "ψ", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "theta": "θ",
}  # fmt: skip
_FUNCTIONS = {"cdf": "Φ", "density": "φ", "quantile": "Φ⁻¹", "sqrt": "√"}
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_HAT, _TILDE, _BAR = "\u0302", "\u0303", "\u0304"
_GREEK = "".join(_LETTERS.values())


def _any(names: dict[str, str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


def _power_of_ten(match: re.Match[str]) -> str:
    digits, power = match[1], f"10^{int(match[2])}"
    return power if digits == "1" else f"{digits}·{power}"


def _tiny(match: re.Match[str]) -> str:
    digits = match[2][:1] + ("." + match[2][1:] if match[2][1:] else "")
    power = f"10^-{len(match[1]) + 1}"
    return power if digits == "1" else f"{digits}·{power}"


EMPHASIS = re.compile(r"(?<![\w*])\*(\w+(?: \w+)*)\*(?![\w*])")
"""A *word* that is explained where it stands; r* and R* are names."""

_Change = tuple[str, str | Callable[[re.Match[str]], str]]


@dataclass(frozen=True)
class Notation:
    """How a paper writes what its checks write in ASCII.

    Attributes:
        functions: names of functions, such as "window_mass", and their symbols.
        derivatives: names that stand for derivatives, such as "dg", and their symbols.
        primed: words that take a prime, besides single letters.
        legend: what the functions in certified inequalities are, in one sentence.
    """

    functions: Mapping[str, str] = field(default_factory=dict)
    derivatives: Mapping[str, str] = field(default_factory=dict)
    primed: tuple[str, ...] = ()
    legend: str = ""


def _changes(notation: Notation) -> tuple[_Change, ...]:
    functions = {**_FUNCTIONS, **notation.functions}
    derivatives = dict(notation.derivatives)
    primed = "|".join((*notation.primed, r"[A-Za-z]\d?", "mu", "phi", "psi"))
    named: tuple[_Change, ...] = (
        (rf"\b({_any(functions)})(?=\()", lambda m: functions[m[1]]),
        *([(rf"\b({_any(derivatives)})\b", lambda m: derivatives[m[1]])] if derivatives else []),
    )
    return (*_FIRST, *named, *_marks(primed), *_LAST)


_FIRST: tuple[_Change, ...] = (
    (r"(?<=[\w)])\*\*(?=[\w(-])", "^"),
    (r"(?<![\w.])0\.(0{5,})([1-9]\d*)\b(?!\.\d)", _tiny),
    (r"(?<![\w.])(\d+(?:\.\d+)?)e([+-]?\d+)\b", _power_of_ten),
)  # fmt: skip


def _marks(primed: str) -> tuple[_Change, ...]:
    """Hats, tildes and primes."""
    return (
    (r"\b(eps|mu|l)(?:_hat|\^(?![-\d({]))(?![a-z])", rf"\1{_HAT}"),
    (r"\b(eps|mu|m)~", rf"\1{_TILDE}"),
    (r"\bC_bar\b", f"C{_BAR}"),
    (rf"(?<![A-Za-z])({primed}|(?:eps|l)\u0302?)''(?![A-Za-z'])", r"\1″"),
    (rf"(?<![A-Za-z])({primed}|(?:eps|l)\u0302?)'(?![A-Za-z'])", r"\1′"),
    )  # fmt: skip


_LAST: tuple[_Change, ...] = (
    (rf"(?<![A-Za-z])({_any(_LETTERS)})(?![A-Za-z])", lambda m: _LETTERS[m[1]]),
    (r"\bminus infinity\b", "−∞"),
    (r"(?<![A-Za-z])infinity\b", "∞"),
    (r"<=", "≤"),
    (r">=", "≥"),
    (r"!=", "≠"),
    (r"\+/-", "±"),
    (r"->", "→"),
    (r"(?<=[\w)′″])(?<!\br)(?<!\bR)\*(?=[\w(√])", "·"),  # r* and R* are names
    (r"\^(-?\d+)(?![\w.])", lambda m: m[1].translate(_RAISED)),
    (rf"(?<=[A-Za-z{_GREEK}{_HAT}])_(\d+)\b", lambda m: m[1].translate(_LOWERED)),
    (r"\b([cmTC])([0-3])\b", lambda m: m[1] + m[2].translate(_LOWERED)),
    (r"(?<= )-(?= )", "−"),
    (rf"(?<![^\s(\[,=<>≤≥·/^])-(?=[\d.(√A-Za-z{_GREEK}])", "−"),
    (rf"√\(([A-Za-z{_GREEK}]|\d+)\)", r"√\1"),
    (rf"(?<![\w/.])(\d+(?:\.\d+)?)[ ·](?=[{_GREEK}√])", r"\1"),
)  # fmt: skip


_INNER = r"[^(){}]*(?:\([^()]*\)[^(){}]*)*"
_RAISE = re.compile(rf"\^(?:\{{({_INNER})\}}|\(({_INNER})\)|(\w+))")
_LOWER = re.compile(rf"(?<=[A-Za-z{_GREEK}{_HAT}{_TILDE}])_(?:\{{([^{{}}]*)\}}|([A-Za-z0-9]+|∞))")


class Typesetter:
    """Writes evidence in a paper's symbols; code, names of the library and ids stay as they are."""

    def __init__(self, notation: Notation, ids: Iterable[str]) -> None:
        self._notation, self._ids = notation, tuple(ids)

    @cached_property
    def _kept(self) -> re.Pattern[str]:
        ids = "|".join(map(re.escape, sorted(self._ids, key=len, reverse=True)))
        names = r"\b(?:bounds|proofs_check)\.\w+(?:\.\w+)*(?:\([^()]*\))?"
        return re.compile(rf"(`[^`]*`|{names}|(?<![\w-])(?:{ids or '(?!)'})(?![\w-]))")

    @cached_property
    def _changes(self) -> tuple[_Change, ...]:
        return _changes(self._notation)

    def plain(self, text: str) -> str:
        """The text with ASCII mathematics in symbols, for plain text and Markdown."""
        parts = self._kept.split(text)
        return "".join(part if kept % 2 else self._typeset(part) for kept, part in enumerate(parts))

    def marked(self, text: str) -> str:
        """The text as HTML: symbols, with exponents raised and indices lowered."""
        parts = self._kept.split(text)
        return "".join(
            _literal(part) if kept % 2 else _tagged(escape(self._typeset(part)))
            for kept, part in enumerate(parts)
        )

    def typeset(self, text: str) -> str:
        """The text as HTML with its formulas as MathML."""
        parts = self._kept.split(text)
        return "".join(
            _literal(part)
            if kept % 2
            else with_formulas(self._typeset(part), lambda words: _tagged(escape(words)))
            for kept, part in enumerate(parts)
        )

    def _typeset(self, text: str) -> str:
        for pattern, change in self._changes:
            text = re.sub(pattern, change, text)
        return text


def _literal(part: str) -> str:
    """What is not mathematics: commands are set as code."""
    command = part.startswith("`bounds ")
    return f"<code>{escape(part.strip('`'))}</code>" if command else escape(part)


def _tagged(text: str) -> str:
    raised = _RAISE.sub(lambda m: f"<sup>{m[1] or m[2] or m[3]}</sup>", text)
    lowered = _LOWER.sub(lambda m: f"<sub>{m[1] or m[2]}</sub>", raised)
    return EMPHASIS.sub(r"<em>\1</em>", lowered)
