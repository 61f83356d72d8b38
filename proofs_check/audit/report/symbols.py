"""Evidence typeset: checks write mathematics in ASCII, readers see the paper's symbols.

`symbols` serves plain text and Markdown; `marked` serves HTML, with raised and lowered parts. Code
in backquotes, names of the library and ids of claims are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import escape

from proofs_check.audit.registry import known_ids

LEGEND = (
    "f(x, Δ), ρ(Δ), l(ε, Δ), ε̂(ε, Δ), g(ε, Δ) and loss(ε, Δ) are the paper's functions with Δ as"
    " their last argument; d = ρ − f, and loss = g(ε̂)²/(1 + g(ε̂)²)"
)
"""What the functions in certified inequalities are."""

_LETTERS = {
    "Delta": "Δ", "Phi": "Φ", "alpha": "α", "beta": "β", "delta": "δ", "eps": "ε", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "phi": "φ", "pi": "π", "psi": "ψ", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "theta": "θ",
}  # fmt: skip
_FUNCTIONS = {
    "central_mass": "ρ", "window_mass": "f", "mass_deficit": "d", "filter_radius": "l",
    "mass_estimate": "ε̂", "median_shift": "g", "cdf": "Φ", "density": "φ", "quantile": "Φ⁻¹",
    "sqrt": "√",
}  # fmt: skip
_DERIVATIVES = {
    "dg": "g′", "ddg": "g″", "dl": "l′", "dl_hat": "l̂′", "dh": "ε̂′", "ddh": "ε̂″", "dG": "(g²)′",
    "ddG": "(g²)″", "dphi": "φ′", "df": "f′",
}  # fmt: skip
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


_Change = tuple[str, str | Callable[[re.Match[str]], str]]
_CHANGES: tuple[_Change, ...] = (
    (r"(?<=[\w)])\*\*(?=[\w(-])", "^"),
    (r"(?<![\w.])0\.(0{5,})([1-9]\d*)\b(?!\.\d)", _tiny),
    (r"(?<![\w.])(\d+(?:\.\d+)?)e([+-]?\d+)\b", _power_of_ten),
    (rf"\b({_any(_FUNCTIONS)})(?=\()", lambda m: _FUNCTIONS[m[1]]),
    (rf"\b({_any(_DERIVATIVES)})\b", lambda m: _DERIVATIVES[m[1]]),
    (r"\b(eps|mu|l)(?:_hat|\^(?![-\d({]))(?![a-z])", rf"\1{_HAT}"),
    (r"\b(eps|mu|m)~", rf"\1{_TILDE}"),
    (r"\bC_bar\b", f"C{_BAR}"),
    (r"(?<![A-Za-z])(loss|[A-Za-z]\d?|mu|phi|psi|(?:eps|l)\u0302?)''(?![A-Za-z'])", r"\1″"),
    (r"(?<![A-Za-z])(loss|[A-Za-z]\d?|mu|phi|psi|(?:eps|l)\u0302?)'(?![A-Za-z'])", r"\1′"),
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


@cache
def _kept() -> re.Pattern[str]:
    ids = "|".join(map(re.escape, sorted(known_ids(), key=len, reverse=True)))
    names = r"\b(?:bounds|proofs_check)\.\w+(?:\.\w+)*(?:\([^()]*\))?"
    return re.compile(rf"(`[^`]*`|{names}|(?<![\w-])(?:{ids})(?![\w-]))")


def symbols(text: str) -> str:
    """The text with ASCII mathematics written in symbols, for plain text and Markdown."""
    parts = _kept().split(text)
    return "".join(part if kept % 2 else _typeset(part) for kept, part in enumerate(parts))


def _typeset(text: str) -> str:
    for pattern, change in _CHANGES:
        text = re.sub(pattern, change, text)
    return text


_INNER = r"[^(){}]*(?:\([^()]*\)[^(){}]*)*"
_RAISE = re.compile(rf"\^(?:\{{({_INNER})\}}|\(({_INNER})\)|(\w+))")
_LOWER = re.compile(rf"(?<=[A-Za-z{_GREEK}{_HAT}{_TILDE}])_(?:\{{([^{{}}]*)\}}|([A-Za-z0-9]+|∞))")


def marked(text: str) -> str:
    """The text as HTML: symbols, with exponents raised and indices lowered."""
    parts = _kept().split(text)
    return "".join(
        _literal(part) if kept % 2 else _tagged(escape(_typeset(part)))
        for kept, part in enumerate(parts)
    )


def _literal(part: str) -> str:
    """What is not mathematics: commands are set as code."""
    command = part.startswith("`bounds ")
    return f"<code>{escape(part.strip('`'))}</code>" if command else escape(part)


def _tagged(text: str) -> str:
    raised = _RAISE.sub(lambda m: f"<sup>{m[1] or m[2] or m[3]}</sup>", text)
    return _LOWER.sub(lambda m: f"<sub>{m[1] or m[2]}</sub>", raised)
