"""Results as LaTeX, without dollar signs: enclosures, extrema, roots and best constants.

The results import this file, so that it does not import them: each function names its own kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from bounds.certify.language.grammar import parse_claim
from bounds.certify.language.latex import comparisons_latex, name_latex, to_latex
from bounds.certify.numbers.enclosure import Enclosure

_POWER = re.compile(r"e([+-])0*(\d+)$")


def decimal_latex(text: str) -> str:
    """A decimal, with a power of ten for an exponent."""
    return _POWER.sub(
        lambda found: rf"\cdot 10^{{{'-' if found[1] == '-' else ''}{found[2]}}}", text
    )


def interval_latex(value: Enclosure) -> str:
    """An enclosure as an interval, its ends rounded outwards."""
    low, high = value.decimals()
    return f"[{decimal_latex(low)}, {decimal_latex(high)}]"


def _is_in(name: str, value: Enclosure) -> str:
    return rf"{name} \in {interval_latex(value)}"


def number_latex(found: Any) -> str:
    """A constant expression with its enclosure."""
    left = to_latex(found.expression) if found.told is None else found.told[1]
    return f"{left} = {found.exact}" if found.exact is not None else _is_in(left, found.value)


def _place_latex(place: Any) -> str:
    parts = []
    for name, value in place.at.items():
        known = None if place.exact is None else place.exact.get(name)
        letter = name_latex(name)
        parts.append(
            f"{letter} = {to_latex(known)}" if known is not None else _is_in(letter, value)
        )
    return ",\\ ".join(parts)


def extremum_latex(found: Any) -> str:
    """A maximum, or the word for it that fits, with its places."""
    word = {"maximum": "max", "minimum": "min", "supremum": "sup", "infimum": "inf"}[found.title]
    left = rf"\{word}_{{{to_latex(found.domain)}}} {to_latex(found.expression)}"
    if found.outcome == "undecided" or (found.value is None and found.outcome != "unbounded"):
        return rf"{left}\ \text{{(undecided)}}"
    if found.value is None:
        return rf"{left} = {'' if found.word == 'maximum' else '-'}\infty"
    text = f"{left} = {to_latex(found.exact)}" if found.exact is not None else left
    text = _is_in(text, found.value)
    if found.places:
        places = r" \text{ or } ".join(map(_place_latex, found.places))
        text += rf",\quad\text{{at }} {places}"
    return text


def roots_latex(found: Any) -> str:
    """The set of roots, and where each lies."""
    letter = name_latex(found.name)
    where = to_latex(found.domain)
    equation = comparisons_latex(parse_claim(found.equation))
    names = [f"{letter}_{{{i}}}" for i in range(1, len(found.roots) + 1)]
    listed = rf"\{{{', '.join(names)}\}}" if names else r"\emptyset"
    sign = {"complete": "=", "clusters": r"\subseteq", "undecided": r"\supseteq"}[found.outcome]
    told = [rf"\{{{where} : {equation}\}} {sign} {listed}"]
    for name, root in zip(names, found.roots, strict=True):
        exact = f"{name} = {to_latex(root.exact)}" if root.exact is not None else name
        told.append(_is_in(exact, root.at))
    return ",\\quad ".join(told)


def solutions_latex(found: Any) -> str:
    """The roots of a system, one after the other."""
    equations = comparisons_latex(tuple(c for e in found.equations for c in parse_claim(e)))
    told = []
    for root in found.roots:
        told.append(",\\ ".join(_is_in(name_latex(n), v) for n, v in root.at.items()))
    listed = r" \quad\text{or}\quad ".join(told) or r"\text{no root}"
    return rf"{equations}, \quad {to_latex(found.domain)}: \qquad {listed}"


def constant_latex(found: Any) -> str:
    """A statement with its constant, and where the best one lies."""
    marked = re.search(r"\?([A-Za-z]\w*)", found.statement)
    name = marked[1] if marked else "C"
    claim = comparisons_latex(parse_claim(found.statement.replace("?", "")))
    where = f", \\quad {to_latex(found.domain)}" if str(found.domain) else ""
    if found.value is None:
        word = "no constant serves" if found.outcome == "none" else "undecided"
        return rf"{claim}{where}: \quad\text{{{word}}}"
    sign = r"\min" if found.direction == "least" else r"\max"
    best = f"{sign} {name_latex(name)}"
    if found.exact is not None:
        best += f" = {to_latex(found.exact)}"
    return rf"{claim}{where}: \quad {_is_in(best, found.value)}"


def tabular(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A LaTeX tabular of formulas, right aligned, with a line below its first row."""
    cells = list(heads)
    lines = [" & ".join(f"${head}$" for head in cells) + r" \\ \hline"]
    lines += [" & ".join(f"${cell}$" for cell in row) + r" \\" for row in rows]
    return "\n".join([rf"\begin{{tabular}}{{{'r' * len(cells)}}}", *lines, r"\end{tabular}"])
