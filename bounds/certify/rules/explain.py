"""A proof as a person would write it: numbered steps, tables of variations, and why each holds.

One walk over the tree of rules writes plain text or LaTeX; only the writer differs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bounds.certify.checker.proof import check_pattern
from bounds.certify.language.comparison import Comparison
from bounds.certify.language.derivative import derivative
from bounds.certify.language.domain import parse_domain
from bounds.certify.language.expression import Expr, call, substitute, variable
from bounds.certify.language.grammar import parse_expression
from bounds.certify.language.latex import to_latex
from bounds.certify.language.text import to_text
from bounds.certify.rules.goal import Node
from bounds.certify.rules.logarithm import expanded
from bounds.certify.rules.normal import TooLarge, normal_expr
from bounds.certify.rules.numeric import Span
from bounds.certify.rules.outcome import Outcome, place_latex, place_text

Signs: TypeAlias = "list[int]"
Spans: TypeAlias = "dict[str, Span]"
_WORDS = {1: "positive", -1: "negative"}
_ARROWS = {1: "increases", -1: "decreases"}


@dataclass
class _Page:
    """Lines that are written, and how formulas are set on them."""

    formula: Callable[[Expr], str]
    inline: Callable[[str], str]
    indent: str
    lines: list[str] = field(default_factory=list)
    count: int = 0
    closed: bool = False

    def say(self, level: int, text: str) -> None:
        """One sentence."""
        self.lines.append(f"{self.indent * level}{text}")

    def name(self) -> str:
        """A new name for a function: f_1, f_2, ..."""
        self.count += 1
        return f"f_{self.count}"

    def f(self, e: Expr) -> str:
        """A formula inside a sentence."""
        return self.inline(self.formula(e))


def explained(outcome: Outcome) -> str:
    """The proof, or the refutation, in plain text."""
    page = _Page(to_text, lambda t: t, "  ")
    _outcome(page, outcome, place_text)
    return "\n".join(page.lines)


def explained_latex(outcome: Outcome) -> str:
    """The proof, or the refutation, as LaTeX for an appendix: one paragraph a step."""
    page = _Page(to_latex, lambda t: f"${t}$", r"\quad ")
    _outcome(page, outcome, lambda w: f"${place_latex(w)}$")
    return "\n\n".join(page.lines)


def _outcome(page: _Page, outcome: Outcome, place: Callable[[Any], str]) -> None:
    statement = outcome.statement
    latex = page.formula is to_latex
    page.say(0, f"Claim. {page.inline(statement.latex()) if latex else statement}.")
    if outcome.outcome == "undecided":
        page.say(0, f"Undecided: {outcome.reason}.")
        return
    if outcome.outcome in ("refuted", "undefined"):
        page.say(
            0,
            f"{outcome.outcome.capitalize()} at {place(outcome.witness or {})}: {outcome.reason}.",
        )
        return
    page.say(0, "Proof.")
    page.closed = any(
        (r.low is not None and not r.low_open) or (r.high is not None and not r.high_open)
        for r in statement.domain.ranges.values()
    )
    for comparison, node in zip(statement.comparisons, outcome.proofs, strict=True):
        f = _difference(comparison)
        spans = {v: Span(r.low, r.high) for v, r in statement.domain.ranges.items()}
        name = page.name()
        page.say(
            1,
            f"Let {page.inline(name)} = {page.f(f)}. To show: {page.inline(name)} {_relation(comparison, latex, page)}.",
        )
        _goal(page, name, f, spans, node, 1)
    page.say(0, f"Replayed by the independent checker. Basis: {outcome.basis}.")


def _difference(c: Comparison) -> Expr:
    return c.right - c.left if c.relation in ("<", "<=") else c.left - c.right


def _relation(c: Comparison, latex: bool, page: _Page) -> str:
    strict = {
        "<": ">",
        ">": ">",
        "<=": r"\ge" if latex else ">=",
        ">=": r"\ge" if latex else ">=",
        "=": "=",
        "!=": r"\ne" if latex else "!=",
    }
    return page.inline(f"{strict[c.relation]} 0")


# Goals


def _goal(page: _Page, name: str, f: Expr, spans: Spans, node: Node, level: int) -> None:
    rule = node["rule"]
    named = page.inline(name)
    if rule == "far":
        page.say(level, f"{named} has the sign by interval arithmetic with infinite ends.")
    elif rule == "equal":
        page.say(level, f"{named} is 0 by algebra: both sides have one normal form.")
    elif rule == "point":
        page.say(level, f"{named} is one number; an enclosure of it has the sign.")
    elif rule == "signs":
        v = node["variable"]
        signs = _pattern(page, name, f, v, spans[v], node["pattern"], level)
        if page.closed:
            page.say(
                level,
                f"So {named} is {_signs_text(signs)} between the ends; at an end that belongs to the"
                " domain its value is enclosed, or 0 by algebra.",
            )
    elif rule == "cells":
        leaves = sum(1 for s in node["splits"] if isinstance(s, str) and s[:1] in (".", "m"))
        cut = sum(1 for s in node["splits"] if s == "x")
        page.say(
            level,
            f"The domain is divided into {leaves} cells; on each, interval arithmetic (natural, mean-value or Taylor form) has the sign.",
        )
        if cut:
            page.say(
                level,
                f"{cut} more cells hold no point of the domain: a constraint fails on each of them.",
            )
    elif rule == "touch":
        where = ", ".join(f"{v} = {t}" for v, t in node["at"].items())
        page.say(
            level,
            f"At {page.inline(where)} the value and the gradient are 0 by algebra, and the Hessian is positive definite on a box around it; on the rest:",
        )
        for child in node.get("rest", ()):
            _goal(page, name, f, spans, child, level + 1)
    elif rule == "map":
        left, right = (parse_expression(node[k]) for k in ("left", "right"))
        page.say(
            level,
            f"{named} = B - A with A = {page.f(left)} and B = {page.f(right)}. Compare {_mapped(node['map'])} of both sides.",
        )
        if "positive" in node and "rule" in node["positive"]:
            inner = page.name()
            page.say(level, f"A is positive; write {page.inline(inner)} for it:")
            _goal(page, inner, left, spans, node["positive"], level + 1)
        _goal(page, page.name(), _image(node["map"], left, right), spans, node["proof"], level + 1)
    elif rule == "rewrite":
        g = parse_expression(node["as"])
        inner = page.name()
        page.say(level, f"It is {page.inline(inner)} = {page.f(g)}.")
        _goal(page, inner, g, spans, node["proof"], level)
    elif rule == "split":
        page.say(
            level,
            f"Cut {page.inline(node['variable'])} at {', '.join(page.f(parse_expression(t)) for t in node['at'])}.",
        )
        v = node["variable"]
        cuts = [spans[v].low, *map(parse_expression, node["at"]), spans[v].high]
        whole = spans
        for i, child in enumerate(node["pieces"], 1):
            spans = {**whole, v: Span(cuts[i - 1], cuts[i])}
            page.say(level, f"Piece {i}:")
            _goal(page, name, f, spans, child, level + 1)
    elif rule == "along":
        v, curve = node["variable"], parse_expression(node["curve"])
        page.say(
            level,
            f"As a function of {page.inline(v)}, {named} is least at {page.inline(v)} = {page.f(curve)}: it falls below and rises above.",
        )
        slope = derivative(f, v)
        for key, words in (
            ("on", "On the curve"),
            ("below", "Below it, minus the derivative"),
            ("above", "Above it, the derivative"),
        ):
            if node.get(key) is not None:
                page.say(level, f"{words}:")
                _goal(
                    page,
                    page.name(),
                    substitute(f, {v: curve})
                    if key == "on"
                    else -slope
                    if key == "below"
                    else slope,
                    spans,
                    node[key],
                    level + 1,
                )
    else:
        _other_goal(page, name, f, spans, node, level)


def _other_goal(page: _Page, name: str, f: Expr, spans: Spans, node: Node, level: int) -> None:
    """Goals whose children are goals of the same kind: told one after the other."""
    page.say(level, _RULES.get(node["rule"], f"By the rule {node['rule']}") + ":")
    for key, child in node.items():
        nodes = child if isinstance(child, list) else [child]
        for i, inner in enumerate(nodes, 1):
            if isinstance(inner, dict) and isinstance(inner.get("proof"), dict):
                g = parse_expression(inner["of"]) if isinstance(inner.get("of"), str) else f
                inner_name = page.name()
                power = inner.get("power", 1)
                page.say(
                    level + 1,
                    f"{page.inline(inner_name)} = {page.f(g)}{'' if power == 1 else f', to the power {power}'} is {inner.get('sign', '>')} 0:",
                )
                _goal(page, inner_name, g, spans, inner["proof"], level + 2)
            elif isinstance(inner, dict) and "rule" in inner:
                label = key if len(nodes) == 1 else f"{key} {i}"
                page.say(level + 1, f"{label}:")
                _goal(page, name, f, spans, inner, level + 2)


_RULES = {
    "factor": "It is a product of",
    "sum": "It is a sum of",
    "cases": "By cases",
    "resolve": "One case is the whole domain",
    "relax": "The whole number is treated as a real one",
    "finite": "The whole numbers one by one",
    "induction": "By induction",
    "shift": "f(x) - f(x + p) has one sign, and f tends to 0 at infinity",
    "substitute": "After a substitution",
    "given": "By a lemma that is given",
    "exists": "With this choice",
    "eliminate": "A constraint gives one variable",
    "sos": "It is a sum of squares with positive weights",
}


def _image(word: str, left: Expr, right: Expr) -> Expr:
    """The goal that a monotone map leaves."""
    if word == "log":
        return expanded(right) - expanded(left)
    if word == "square":
        return _simple(right * right - left * left)
    return call(word, right) - call(word, left)


def _mapped(word: str) -> str:
    return {
        "log": "logarithms",
        "exp": "exponentials",
        "square": "squares",
        "sqrt": "square roots",
    }.get(word, word)


# Sign patterns


def _pattern(page: _Page, name: str, f: Expr, v: str, span: Span, node: Node, level: int) -> Signs:
    """Writes why f has its signs, and returns them."""
    rule = node["rule"]
    named = page.inline(name)
    if rule == "constant":
        signs = _proved_signs(f, v, span, node)
        page.say(level, f"{named} = {page.f(f)} is a {_WORDS[signs[0]]} number.")
        return signs
    if rule in ("obvious", "range", "taylor", "root", "contact", "rational", "shift"):
        signs = _proved_signs(f, v, span, node)
        page.say(
            level, f"{named} = {page.f(f)} is {_signs_text(signs)}: {_leaf_reason(rule, node)}."
        )
        if rule == "shift":
            step = page.name()
            moved = normal_expr(f - _shifted(f, v, node["by"]))
            page.say(
                level,
                f"{page.inline(step)} is the difference of {named} at {v} and at {v} + {node['by']}:",
            )
            _pattern(page, step, moved, v, span, node["difference"], level + 1)
        return signs
    if rule == "rewrite":
        return _pattern(page, name, parse_expression(node["as"]), v, span, node["pattern"], level)
    if rule == "product":
        return _product(page, name, v, span, node, level)
    if rule == "step":
        return _step(page, name, v, span, node, level)
    if rule == "cut":
        page.say(level, f"Cut at {', '.join(page.f(parse_expression(t)) for t in node['at'])}:")
        ends = [span.low, *map(parse_expression, node["at"]), span.high]
        for low, high, child in zip(ends, ends[1:], node["pieces"], strict=False):
            _pattern(page, name, f, v, Span(low, high), child, level + 1)
        return _proved_signs(f, v, span, node)
    if rule == "substitute":
        g = parse_expression(node["as"])
        page.say(
            level,
            f"Put {page.inline(v)} = {page.f(g)}, {page.inline(node['new'])} in {page.inline(node['range'])}.",
        )
        inner = _simple(substitute(f, {v: g}))
        allowed = parse_domain(f"{node['new']} in {node['range']}").ranges[node["new"]]
        _pattern(
            page, name, inner, node["new"], Span(allowed.low, allowed.high), node["pattern"], level
        )
        return _proved_signs(f, v, span, node)
    page.say(level, f"{named}: by the rule {rule}.")
    return [1]


def _product(page: _Page, name: str, v: str, span: Span, node: Node, level: int) -> Signs:
    factors = [
        (parse_expression(part["of"]), part["power"], part["pattern"]) for part in node["factors"]
    ]
    shown = _TIMES.join(
        f"({page.f(f)})" + ("" if power == 1 else f"^{power}") for f, power, _ in factors
    )
    page.say(level, f"{page.inline(name)} = {shown}.")
    signs: Signs = [1]
    for f, power, child in factors:
        if child["rule"] in _SHORT:
            own = _proved_signs(f, v, span, child)
            if not f.is_number:
                page.say(
                    level + 1,
                    f"{page.f(f)} is {_signs_text(own)}: {_leaf_reason(child['rule'], child)}.",
                )
        else:
            own = _pattern(page, page.name(), f, v, span, child, level + 1)
        if power % 2 == 0:
            own = [1] * len(own)
        signs = [s * own[0] for s in signs] if len(own) == 1 else [s * signs[0] for s in own]
    if len(factors) > 1:
        page.say(level, f"So {page.inline(name)} is {_signs_text(signs)}.")
    return signs


_TIMES = " * "
_SHORT = ("constant", "obvious", "root", "rational")


def _step(page: _Page, name: str, v: str, span: Span, node: Node, level: int) -> Signs:
    w, h = parse_expression(node["divide"]), parse_expression(node["of"])
    named, inner = page.inline(name), name
    sign = 1
    if node["divide"] != "1":
        inner = page.name()
        sign = _proved_signs(w, v, span, node["by"])[0]
        page.say(
            level,
            f"Divide {named} by {page.f(w)}, which is {_WORDS[sign]}: {page.inline(inner)} = {page.f(h)}.",
        )
        if node["by"]["rule"] not in _SHORT:
            _pattern(page, page.name(), w, v, span, node["by"], level + 1)
    slope = _simple(derivative(h, v))
    prime = page.name()
    page.say(
        level, f"The derivative of {page.inline(inner)} is {page.inline(prime)} = {page.f(slope)}."
    )
    rises = _pattern(page, prime, slope, v, span, node["derivative"], level + 1)
    turns = [s for i, s in enumerate(rises) if i == 0 or rises[i - 1] != s]
    result = _proved_signs(_simple(w * h), v, span, node)
    signs = [sign * s for s in result]
    motion = ", then ".join(_ARROWS[s] for s in turns)
    page.say(
        level,
        f"So {page.inline(inner)} {motion}; its expansion near the left end is {_WORDS[signs[0]]},"
        f" near the right end {_WORDS[signs[-1]]}{_cuts_text(node['cuts'])}.",
    )
    page.say(level, f"Hence {named} is {_signs_text(result)}.")
    return result


def _cuts_text(cuts: list[Any]) -> str:
    told = []
    for cut in cuts:
        if cut and "in" in cut:
            told.append(
                f"at its turning point in [{cut['in'][0]}, {cut['in'][1]}] an enclosure has its sign"
            )
        elif cut and "at" in cut:
            told.append(f"at {cut['at']} it is 0 by algebra")
    return "".join(f"; {text}" for text in told)


def _proved_signs(f: Expr, v: str, span: Span, node: Node) -> Signs:
    """The signs that a node proves, from the checker that replays it."""
    low = "-inf" if span.low is None else to_text(span.low)
    high = "inf" if span.high is None else to_text(span.high)
    return list(check_pattern(to_text(f), v, low, high, node))


def _simple(f: Expr) -> Expr:
    try:
        return normal_expr(f)
    except TooLarge:
        return f


def _leaf_reason(rule: str, node: Node) -> str:
    if rule == "rational":
        return "its zeros are isolated exactly"
    if rule == "contact":
        return f"its first {node['order']} derivatives vanish at the {node['at']} end by algebra, and the next has one sign"
    if rule == "taylor":
        return f"interval arithmetic on {node['splits'].count('.')} part(s) of the interval"
    return {
        "obvious": "each of its parts has a sign",
        "range": "interval arithmetic on the whole interval",
        "root": "the root of something positive",
        "constant": "a number",
        "shift": "it tends to 0 at infinity, and each shift moves it one way",
    }[rule]


def _shifted(f: Expr, v: str, by: str) -> Expr:
    return substitute(f, {v: variable(v) + parse_expression(by)})


def _signs_text(signs: Signs) -> str:
    if not signs:
        return "0"
    if set(signs) == {1} and len(signs) > 1:
        return "positive, but for zeros at which it touches 0"
    if set(signs) == {-1} and len(signs) > 1:
        return "negative, but for zeros at which it touches 0"
    return ", then ".join(_WORDS[s] for s in signs)
