"""Expressions, comparisons and domains as LaTeX, for an appendix or a notebook."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import assert_never

from bounds.certify.language.comparison import Comparison, chains
from bounds.certify.language.domain import Domain, Range
from bounds.certify.language.expression import Expr
from bounds.certify.language.functions import GREEK
from bounds.certify.language.latex_reader import from_latex as from_latex
from bounds.certify.language.text import HALF, inverted, terms_in_order

SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4

RELATIONS = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "=": "=", "!=": r"\ne"}

_PLAIN = "log sin cos tan sinh cosh tanh min max"
COMMANDS = {
    **{name: f"\\{name}" for name in _PLAIN.split()},
    **{f"a{name}": rf"\arc{name}" for name in ("sin", "cos", "tan")},
    "phi": r"\varphi",
    "Phi": r"\Phi",
    "quantile": r"\Phi^{-1}",
    "gamma": r"\Gamma",
    "digamma": r"\psi",
    "beta": r"\operatorname{B}",
    "gammap": r"\operatorname{P}",
    "gammaq": r"\operatorname{Q}",
    "lambertw": r"\operatorname{W}",
    "zeta": r"\zeta",
}
"""How functions are called; the others have their name upright."""

LETTERS = {name: f"\\{name}" for name in GREEK.values() if name != "omicron"}


def to_latex(what: Expr | Comparison | Range | Domain) -> str:
    """The LaTeX of an expression, a comparison, a range or a domain, without dollar signs."""
    if isinstance(what, Expr):
        return _Writer().at(what, SUM)
    if isinstance(what, Comparison):
        return comparisons_latex((what,))
    if isinstance(what, Range):
        return _interval(what)
    if isinstance(what, Domain):
        return _domain(what)
    assert_never(what)


def comparisons_latex(comparisons: tuple[Comparison, ...]) -> str:
    r"""Comparisons joined by "and", chains as chains."""
    texts = []
    for run in chains(comparisons):
        text = to_latex(run[0].left)
        for comparison in run:
            text += f" {RELATIONS[comparison.relation]} {to_latex(comparison.right)}"
        texts.append(text)
    return r" \quad\text{and}\quad ".join(texts)


def name_latex(name: str) -> str:
    """A variable: x_1 and x1 have an index, names of Greek letters are Greek, words are upright."""
    stem, _, index = name.partition("_")
    if not index and (digits := re.fullmatch(r"([A-Za-z]+?)(\d+)", stem)):
        stem, index = digits.groups()
    letter = LETTERS.get(stem, stem if len(stem) == 1 else rf"\mathrm{{{stem}}}")
    if not index:
        return letter
    words = index.replace("_", r"\_")
    upright = words if len(words) == 1 or words.isdigit() else rf"\mathrm{{{words}}}"
    return f"{letter}_{{{upright}}}"


class _Writer:
    def __init__(self) -> None:
        self.memo: dict[Expr, tuple[str, int]] = {}

    def at(self, e: Expr, least: int) -> str:
        if e not in self.memo:
            self.memo[e] = self.written(e)
        text, level = self.memo[e]
        return text if level >= least else _bracketed(text)

    def written(self, e: Expr) -> tuple[str, int]:
        if e.is_number:
            return _number(e.value)
        if e.head == "variable":
            return name_latex(e.args[0]), ATOM
        if e.head in ("pi", "e", "euler_gamma"):
            return {"pi": r"\pi", "e": "e", "euler_gamma": r"\gamma_{\mathrm{E}}"}[e.head], ATOM
        if e.head == "+":
            return self.sum(e), SUM
        if e.head == "*":
            return self.product(e), PRODUCT
        if e.head == "^":
            return self.power(*e.args)
        return self.call(e)

    def sum(self, e: Expr) -> str:
        text = ""
        for term in terms_in_order(e):
            part = self.at(term, PRODUCT)
            if not text:
                text = part
            else:
                text += f" - {part[1:]}" if part.startswith("-") else f" + {part}"
        return text

    def product(self, e: Expr) -> str:
        factors = list(e.args)
        coefficient = factors.pop(0).value if factors[0].is_number else Fraction(1)
        above = [f for f in factors if inverted(f) is None]
        below = [base for f in factors if (base := inverted(f)) is not None]
        sign = "-" if coefficient < 0 else ""
        top, bottom = abs(coefficient.numerator), coefficient.denominator
        if not below:
            head = _number(Fraction(top, bottom))[0] if (top, bottom) != (1, 1) else ""
            return sign + self.times(head, above)
        upper = self.times(str(top) if top != 1 or not above else "", above, alone=True)
        lower = self.times(str(bottom) if bottom != 1 else "", below, alone=True)
        return rf"{sign}\frac{{{upper}}}{{{lower}}}"

    def times(self, head: str, factors: list[Expr], alone: bool = False) -> str:
        """A product without its sign between letters, with a point before digits."""
        if alone and len(factors) == 1 and not head:
            return self.at(factors[0], SUM)
        text = head
        for factor in factors:
            part = self.at(factor, POWER)
            digit = part[:1].isdigit() or part.startswith(r"\frac") or part[:1] == "|"
            text += (r" \cdot " if text and (digit or text.endswith("|")) else " ") + part
        return text.strip()

    def power(self, base: Expr, exponent: Expr) -> tuple[str, int]:
        if exponent.is_number and exponent.value == HALF:
            return rf"\sqrt{{{self.at(base, SUM)}}}", ATOM
        if exponent.is_number and exponent.value == -1:
            return rf"\frac{{1}}{{{self.at(base, SUM)}}}", PRODUCT
        raised = self.at(exponent, SUM)
        if exponent.is_number and exponent.value.denominator != 1:
            raised = str(exponent.value)
        if base.head in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "log", "Phi", "phi") and (
            exponent.is_number and exponent.value.denominator == 1 and exponent.value > 1
        ):
            return rf"{COMMANDS[base.head]}^{{{raised}}}{self.argument(base)}", POWER
        below = self.at(base, ATOM)
        if base.head in ("e", "exp", "quantile") or self.memo[base][1] < ATOM:
            below = _bracketed(self.at(base, SUM))
        return f"{{{below}}}^{{{raised}}}" if "^" in below else f"{below}^{{{raised}}}", POWER

    def argument(self, e: Expr) -> str:
        return _bracketed(", ".join(self.at(part, SUM) for part in e.args))

    def call(self, e: Expr) -> tuple[str, int]:
        first, *rest = [self.at(part, SUM) for part in e.args]
        if e.head == "exp":
            return f"e^{{{first}}}", POWER
        if e.head == "abs":
            return rf"\left|{first}\right|", ATOM
        if e.head == "floor":
            return rf"\left\lfloor {first} \right\rfloor", ATOM
        if e.head == "cbrt":
            return rf"\sqrt[3]{{{first}}}", ATOM
        if e.head == "binomial":
            return rf"\binom{{{first}}}{{{rest[0]}}}", ATOM
        if e.head == "integral":
            bound, low, high = rest
            body = self.at(e.args[0], PRODUCT)
            return rf"\int_{{{low}}}^{{{high}}} {body} \,\mathrm{{d}}{bound}", PRODUCT
        if e.head == "sum":
            bound, low, high = rest
            return rf"\sum_{{{bound}={low}}}^{{{high}}} {self.at(e.args[0], PRODUCT)}", PRODUCT
        if e.head in ("besseli", "besselj", "besselk"):
            return rf"{e.head[-1].upper()}_{{{first}}}{_bracketed(rest[0])}", ATOM
        if e.head == "polygamma":
            return rf"\psi^{{({first})}}{_bracketed(rest[0])}", ATOM
        if e.head == "betai":
            return rf"I_{{{first}}}{_bracketed(', '.join(rest))}", ATOM
        name = COMMANDS.get(e.head, rf"\operatorname{{{e.head}}}")
        return f"{name}{self.argument(e)}", ATOM


def _bracketed(text: str) -> str:
    tall = any(
        command in text for command in (r"\frac", r"\sqrt", r"\int", r"\sum", r"\left", "^{")
    )
    return rf"\left({text}\right)" if tall else f"({text})"


def _number(value: Fraction) -> tuple[str, int]:
    if value.denominator == 1:
        return str(value), ATOM if value >= 0 else PRODUCT
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}", PRODUCT


def _interval(allowed: Range) -> str:
    low = r"-\infty" if allowed.low is None else to_latex(allowed.low)
    high = r"\infty" if allowed.high is None else to_latex(allowed.high)
    return f"{'(' if allowed.low_open else '['}{low}, {high}{')' if allowed.high_open else ']'}"


def _domain(domain: Domain) -> str:
    items = [_item(name, domain) for name in domain.ranges if name not in domain.exists]
    items += [comparisons_latex(tuple(run)) for run in chains(domain.constraints)]
    items += [rf"\exists\, {_item(name, domain)}" for name in domain.exists]
    return r",\; ".join(items)


def _item(name: str, domain: Domain) -> str:
    allowed, letter = domain.ranges[name], name_latex(name)
    ring = r"\mathbb{Z}" if allowed.integer else r"\mathbb{R}"
    if allowed.is_line:
        return rf"{letter} \in {ring}"
    if allowed.is_point:
        return f"{letter} = {to_latex(allowed.low)}" if allowed.low is not None else letter
    text = letter
    if allowed.low is None:
        text = f"{letter} {'<' if allowed.high_open else RELATIONS['<=']} {_end(allowed.high)}"
    elif allowed.high is None:
        text = f"{letter} {'>' if allowed.low_open else RELATIONS['>=']} {_end(allowed.low)}"
    else:
        left = "<" if allowed.low_open else RELATIONS["<="]
        right = "<" if allowed.high_open else RELATIONS["<="]
        text = f"{_end(allowed.low)} {left} {letter} {right} {_end(allowed.high)}"
    return rf"{text},\; {letter} \in {ring}" if allowed.integer else text


def _end(end: Expr | None) -> str:
    return to_latex(end) if end is not None else r"\infty"
