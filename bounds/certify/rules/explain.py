"""A proof as a person would write it: numbered steps, tables of variations, and why each holds.

One walk over the tree of rules writes plain text or LaTeX; only the page differs. What it says is
what the checker has replayed, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Protocol, TypeAlias

from bounds.certify.checker.constants import Constants
from bounds.certify.checker.expression import told as checker_text
from bounds.certify.checker.interval_text import read_domain
from bounds.certify.checker.region import Region
from bounds.certify.checker.tighten import tightened
from bounds.certify.checker.verdict import BeyondLimit, Rejected, Undecided
from bounds.certify.language.comparison import Comparison, Relation
from bounds.certify.language.derivative import derivative
from bounds.certify.language.domain import Domain, Range, parse_domain
from bounds.certify.language.expression import (
    ONE,
    ZERO,
    Expr,
    add,
    call,
    multiply,
    number,
    substitute,
    variable,
)
from bounds.certify.language.grammar import parse_expression
from bounds.certify.language.latex import comparisons_latex
from bounds.certify.language.statement import Statement
from bounds.certify.rules.explain_signs import (
    Line,
    forms_of,
    pattern,
    sign_of,
    simplest,
    told_signs,
)
from bounds.certify.rules.goal import Node
from bounds.certify.rules.logarithm import arguments, expanded, half_power
from bounds.certify.rules.normal import is_zero
from bounds.certify.rules.numeric import Span
from bounds.certify.rules.page import Cells, Page, cells_of
from bounds.certify.rules.pieces import decided
from bounds.certify.rules.single import swapped
from bounds.certify.rules.telescope import telescope_value

_SAYS = {">": "positive", ">=": "at least 0", "=": "0", "!=": "not 0"}


class Decided(Protocol):
    """What an outcome has."""

    @property
    def statement(self) -> Statement:
        """What was asked."""

    @property
    def outcome(self) -> str:
        """Proved, equal, refuted, undefined or undecided."""

    @property
    def reason(self) -> str:
        """One sentence."""

    @property
    def witness(self) -> Mapping[str, Expr] | None:
        """A point."""

    @property
    def proofs(self) -> tuple[Node, ...]:
        """One tree for each comparison."""

    @property
    def tried(self) -> tuple[str, ...]:
        """What was tried."""

    @property
    def given(self) -> tuple[Mapping[str, Any], ...]:
        """The lemmas that are used."""

    @property
    def basis(self) -> str:
        """What decided it."""


def explained(outcome: Decided) -> str:
    """The proof, or the refutation, in plain text."""
    page = Page()
    _outcome(page, outcome)
    return "\n".join(page.lines)


def explained_latex(outcome: Decided) -> str:
    """The proof, or the refutation, as LaTeX for an appendix; it needs amsmath and amssymb."""
    page = Page(latex=True)
    _outcome(page, outcome)
    return "\n".join(page.lines)


def _outcome(page: Page, outcome: Decided) -> None:
    statement = outcome.statement
    claim = page.math(statement.latex()) if page.latex else str(statement)
    page.say(0, f"Claim. {claim}.")
    if outcome.outcome == "undecided":
        page.say(0, f"Undecided: {outcome.reason}.")
        for text in outcome.tried:
            page.say(1, f"{_escaped(text) if page.latex else text}.")
        return
    if not outcome.proofs:
        reason = _escaped(outcome.reason) if page.latex else outcome.reason
        at = "" if outcome.witness is None else f" at {page.place(outcome.witness)}"
        at = "" if outcome.outcome in ("equal", "proved") else at
        page.say(0, f"{outcome.outcome.capitalize()}{at}: {reason}.")
        return
    page.lemmas = {lemma["name"]: lemma for lemma in outcome.given}
    page.say(0, "Proof.")
    for comparison, node in zip(statement.comparisons, outcome.proofs, strict=True):
        _comparison(page, comparison, statement.domain, node)
    basis = "" if outcome.basis == "machine" else f" Basis: {outcome.basis}."
    page.say(0, f"The independent checker has replayed each step.{basis}")


def _escaped(text: str) -> str:
    for mark in "\\&%$#_{}":
        text = text.replace(mark, rf"\{mark}" if mark != "\\" else r"\textbackslash ")
    return text.replace("^", r"\^{}").replace("<", r"$<$").replace(">", r"$>$")


def _comparison(page: Page, comparison: Comparison, domain: Domain, node: Node) -> None:
    relation, f = _zero_form(comparison)
    if node["rule"] == "exists":
        _exists(page, f, relation, domain, node)
        return
    name = page.name()
    goal = page.against_zero(name, relation)
    page.say(1, f"Let {page.equation(name, f)}. To show: {goal}.")
    _goal(page, _Goal(name, f, relation, domain), node, 1)


def _zero_form(c: Comparison) -> tuple[str, Expr]:
    """The goal f relation 0 of a comparison."""
    turned = {"<": ">", "<=": ">="}
    if c.relation in turned:
        return turned[c.relation], c.right - c.left
    return c.relation, c.left - c.right


# Goals


@dataclass(frozen=True)
class _Goal:
    """The function f, which is on the page as name = f, has a relation to 0 on a domain."""

    name: str
    f: Expr
    relation: str
    domain: Domain


def _goal(page: Page, goal: _Goal, node: Node, level: int) -> None:
    """Write why a goal holds."""
    for text, child in node.get("conditions", {}).items():
        sides, kind = _condition(text)
        _inner(page, "First,", sides, kind, goal.domain, child, level)
    writer = _WRITERS.get(node["rule"])
    if writer is None:
        reason = _reason(node, goal.relation)
        page.say(level, f"{page.math(goal.name)} is {_SAYS[goal.relation]}: {reason}.")
    else:
        writer(page, goal, node, level)


def _inner(
    page: Page, lead: str, f: Expr, relation: str, domain: Domain, node: Node, level: int
) -> None:
    """A goal inside another one: one line, if one line proves it."""
    if node["rule"] not in _WRITERS and not node.get("conditions"):
        told = page.against_zero(page.formula(f), relation)
        page.say(level, f"{lead} {told}{'' if f.is_number else f': {_reason(node, relation)}'}.")
        return
    name = page.name()
    told = page.against_zero(name, relation)
    page.say(level, f"{lead} {told}, with {page.equation(name, f)}:")
    _goal(page, _Goal(name, f, relation, domain), node, level + 1)


def _condition(text: str) -> tuple[Expr, str]:
    for ending, relation in ((">= 0", ">="), ("!= 0", "!="), ("> 0", ">"), ("= 0", "=")):
        if text.endswith(ending):
            return parse_expression(text[: -len(ending)]), relation
    return parse_expression(text), ">"


def _reason(node: Node, relation: str) -> str:
    """Why a rule without parts proves its goal."""
    rule = node["rule"]
    if rule == "point":
        if relation == "=":
            return "it is 0 by algebra"
        zero = ", or 0 by algebra" if relation == ">=" else ""
        return f"it is one number, whose sign is proved by an enclosure{zero}"
    return {
        "equal": "it is 0 by algebra, as its two parts have one normal form",
        "obvious": "the ranges of its parts prove it",
        "bounded": "bounds of its parts, as exact constants, prove it",
        "far": "the ranges of its parts prove it",
        "constraint": "the domain says so",
        "empty": "no point of the domain is left here, as a constraint fails",
    }.get(rule, f"by the rule {rule}")


def _region(domain: Domain) -> Region | None:
    """The domain as the checker has it, with ranges made narrower by affine constraints."""
    try:
        return tightened(read_domain(str(domain), Constants()).region)
    except (Rejected, BeyondLimit, Undecided):
        return None


def _signs(page: Page, goal: _Goal, node: Node, level: int) -> None:
    v = node.get("variable") or next(iter(sorted(goal.f.free)), "x")
    allowed = goal.domain.ranges.get(v)
    if allowed is None:
        page.say(
            level, f"{page.math(goal.name)} is {_SAYS[goal.relation]}: by its table of variations."
        )
        return
    span = Span(allowed.low, allowed.high)
    region = _region(goal.domain)
    if region is not None and v in region.spans:
        own = region.spans[v]
        low, high = (
            None if e is None else parse_expression(checker_text(e)) for e in (own.low, own.high)
        )
        span = Span(low, high)
        allowed = Range(low, high, not own.low_closed, not own.high_closed)
    facts = {
        text.removesuffix("> 0").strip(): child["pattern"]
        for text, child in node.get("conditions", {}).items()
        if child["rule"] == "signs" and not text.endswith("= 0")
    }
    signs = pattern(
        page, goal.name, goal.f, Line(v, span, facts), node["pattern"], level, shown=True
    )
    ends = [
        _at_end(page, goal.f, v, end, goal.relation)
        for end, is_open in ((allowed.low, allowed.low_open), (allowed.high, allowed.high_open))
        if end is not None and not is_open
    ]
    if ends:
        page.say(level, f"At the ends: {'; '.join(ends)}.")
    if len(signs or ()) > 1:
        page.say(level, f"So {page.against_zero(goal.name, goal.relation)} everywhere.")


def _at_end(page: Page, f: Expr, v: str, end: Expr, relation: str) -> str:
    at, sign = page.equation(v, end), sign_of(substitute(f, {v: end}))
    if sign is None:
        return f"at {at} it is {_SAYS[relation]}, because it is continuous"
    how = "by algebra" if sign == 0 else "by an enclosure"
    return f"at {at} it is {'0' if sign == 0 else told_signs([sign])} {how}"


def _cells(page: Page, goal: _Goal, node: Node, level: int) -> None:
    region, box = _region(goal.domain), {}
    if region is not None:
        for v in goal.domain.ranges:
            own = region.closed_box(frozenset((v,)))
            used = v in goal.f.free or any(v in c.free for c in goal.domain.constraints)
            if own is not None and used:
                low, high = own[v]
                box[v] = (_fraction(low), _fraction(high))
    cells = cells_of(node["splits"], box, _rational)
    order = node["order"] if len(goal.f.free) == 1 else 0  # Taylor forms are for one variable
    _told_cells(page, goal.name, goal.relation, cells, order, level)
    page.draw(level, cells)


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.numerator), int(value.denominator))


def _rational(text: str) -> Fraction | None:
    e = parse_expression(text)
    return e.value if e.is_number else None


def _told_cells(page: Page, name: str, relation: str, cells: Cells, order: int, level: int) -> None:
    forms = forms_of(order)
    count = cells.plain + cells.faces
    named, says = page.math(name), _SAYS[relation]
    if count == 1 and not cells.outside:
        page.say(level, f"{named} is {says} by an enclosure on the whole box ({forms}).")
        return
    page.say(
        level,
        f"Divide the box into {count} cells. On each, {named} is {says} by an enclosure ({forms}).",
    )
    if cells.faces:
        page.say(
            level,
            f"On {_count(cells.faces, 'of them', 'of them')} a partial derivative has one sign, so"
            " that the enclosure is needed on a face only.",
        )
    if cells.outside:
        page.say(
            level,
            f"{_count(cells.outside, 'more cell has', 'more cells have')} no point of the domain:"
            " a constraint fails there.",
        )
    if (small := cells.smallest) is not None and count > 1:
        sides = " by ".join(page.math(_size(high - low)) for low, high in small.values())
        page.say(level, f"The smallest cell measures {sides}.")


def _count(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def _size(q: Fraction) -> str:
    return str(q) if len(str(q)) < 12 else f"{float(q):.3g}"


def _touch(page: Page, goal: _Goal, node: Node, level: int) -> None:
    at = page.place({v: parse_expression(text) for v, text in node["at"].items()})
    box = {v: tuple(map(parse_expression, ends)) for v, ends in node["box"].items()}
    near = ", ".join(
        page.math(f"{page.formula(a)} {_le(page)} {v} {_le(page)} {page.formula(b)}")
        for v, (a, b) in box.items()
    )
    page.say(
        level,
        f"At {at}, {page.math(goal.name)} is 0 by algebra, and so is its gradient, but for"
        " derivatives that point into the domain from a face.",
    )
    page.say(
        level,
        f"On the box {near} around it the enclosed matrix of second derivatives is positive"
        " semidefinite, so the function is at least 0 there.",
    )
    for k, child in enumerate(node["rest"], 1):
        page.say(level, f"Part {k} of what is left of the domain:")
        _goal(page, goal, child, level + 1)


def _le(page: Page) -> str:
    return r"\le" if page.latex else "<="


def _map(page: Page, goal: _Goal, node: Node, level: int) -> None:
    left, right = (parse_expression(node[k]) for k in ("left", "right"))
    word, mapped_to = _MAPS[node["map"]]
    a, b = page.equation("A", left), page.equation("B", right)
    page.say(level, f"{page.math(f'{goal.name} = B - A')} with {a} and {b}. {word}")
    positive = node.get("positive") or {}
    if "rule" in positive:
        side, kind = (left, ">") if node["map"] == "reciprocal" else (right, ">=")
        _inner(page, "For this,", side, kind, goal.domain, positive, level)
    else:
        for text, child in positive.items():
            _inner(page, "For this,", *_condition(text), goal.domain, child, level)
    _inner(
        page,
        "It remains to show:",
        mapped_to(left, right),
        goal.relation,
        goal.domain,
        node["proof"],
        level,
    )


_MAPS: dict[str, tuple[str, Callable[[Expr, Expr], Expr]]] = {
    "log": (
        "Both are positive; compare their logarithms.",
        lambda a, b: expanded(b) - expanded(a),
    ),
    "exp": ("Compare their exponentials.", lambda a, b: call("exp", b) - call("exp", a)),
    "square": ("B is at least 0; compare the squares.", lambda a, b: simplest(b * b - a * a)),
    "sqrt": (
        "Both are at least 0; compare their square roots.",
        lambda a, b: half_power(b) - half_power(a),
    ),
    "reciprocal": ("Both are positive; compare 1/B with 1/A.", lambda a, b: ONE / a - ONE / b),
    "inverse": ("Both are values of one monotone function; compare its arguments.", arguments),
}


def _factor(page: Page, goal: _Goal, node: Node, level: int) -> None:
    factors = [(parse_expression(part["of"]), part["power"]) for part in node["factors"]]
    page.say(level, f"{page.math(f'{goal.name} = {page.product(factors)}')}.")
    for (e, power), part in zip(factors, node["factors"], strict=True):
        if "proof" not in part:
            page.say(level + 1, f"{page.math(page.product([(e, power)]))} is a square.")
            continue
        if e.is_number:
            continue
        down = part["sign"] in ("<", "<=")
        kind = {"<": ">", "<=": ">="}.get(part["sign"], part["sign"])
        _inner(page, "Here", -e if down else e, kind, goal.domain, part["proof"], level + 1)
    page.say(level, f"So {page.against_zero(goal.name, goal.relation)}.")


def _sum(page: Page, goal: _Goal, node: Node, level: int) -> None:
    page.say(level, f"{page.math(goal.name)} is the sum of these parts:")
    for part in node["parts"]:
        e = parse_expression(part["of"])
        _inner(page, "Here", e, part["sign"], goal.domain, part["proof"], level + 1)


def _squares(page: Page, goal: _Goal, node: Node, level: int) -> None:
    terms = [(parse_expression(c), parse_expression(p)) for c, p in node["terms"]]
    parts = [page.product([*([] if c == ONE else [(c, 1)]), (p, 2)]) for c, p in terms]
    total = " + ".join(parts)
    if node.get("plus") is None:
        page.say(level, f"{page.math(f'{goal.name} = {total}')}, a sum of squares.")
        return
    rest = simplest(goal.f - add(*(multiply(c, p * p) for c, p in terms)))
    page.say(level, f"{page.math(f'{goal.name} = {total} + r')}, with {page.equation('r', rest)}.")
    _inner(page, "For the rest,", rest, goal.relation, goal.domain, node["plus"], level)


def _gram(page: Page, goal: _Goal, node: Node, level: int) -> None:
    parts = []
    for part in node["parts"]:
        basis = [parse_expression(text) for text in part["basis"]]
        factors = [parse_expression(entry["of"]) for entry in part["times"]]
        squares = add(
            *(
                multiply(parse_expression(c), add(*(multiply(a, b) for a, b in combination)) ** 2)
                for c, combination in _eliminated(part["matrix"], basis)
            )
        )
        parts.append(page.formula(multiply(*factors, squares)))
    for entry in node["zero"]:
        product = multiply(parse_expression(entry["of"]), parse_expression(entry["times"]))
        parts.append(page.formula(product))
    if node["constant"] != "0":
        parts.append(page.formula(parse_expression(node["constant"])))
    factors_ = list(dict.fromkeys(e["of"] for part in node["parts"] for e in part["times"]))
    known = " and ".join(page.math(f"{page.formula(parse_expression(t))} >= 0") for t in factors_)
    zero = " and ".join(
        page.math(f"{page.formula(parse_expression(e['of']))} = 0") for e in node["zero"]
    )
    said = " and ".join(text for text in (known, zero) if text)
    page.say(
        level,
        f"{page.math(f'{goal.name} = ' + ' + '.join(parts))}, squares with positive factors"
        + (f", where {said}." if said else "."),
    )


def _eliminated(rows: list[list[str]], basis: list[Expr]) -> Iterator[tuple[str, Any]]:
    """The quadratic form of a matrix as positive multiples of squares (Lagrange)."""
    size = len(rows)
    left = [[Fraction(rows[max(i, j)][min(i, j)]) for j in range(size)] for i in range(size)]
    for i in range(size):
        pivot = left[i][i]
        if not pivot:
            continue
        scale = [left[i][j] / pivot for j in range(size)]
        yield str(pivot), [(number(c), basis[j]) for j, c in enumerate(scale) if j >= i and c]
        for j in range(i + 1, size):
            for k in range(i + 1, size):
                left[j][k] -= scale[j] * scale[k] * pivot


def _multiplied(page: Page, goal: _Goal, node: Node, level: int) -> None:
    q = parse_expression(node["by"])
    page.say(
        level,
        f"{page.equation('q', q)} is at least 0 and not 0 on any open set; as {goal.name} is "
        f"continuous, it is enough that q times {goal.name} is at least 0.",
    )
    _inner(page, "For the factor,", q, ">=", goal.domain, node["positive"], level)
    product = simplest(multiply(q, goal.f))
    _inner(page, "It remains to show:", product, ">=", goal.domain, node["proof"], level)


def _rewrite(page: Page, goal: _Goal, node: Node, level: int) -> None:
    g = parse_expression(node["as"])
    if page.formula(g) != page.formula(goal.f):
        page.say(level, f"In another form, {page.equation(goal.name, g)}.")
    _goal(page, replace(goal, f=g), node["proof"], level)


# Other regions


def _without(domain: Domain, v: str, by: Expr | None = None, **more: Range) -> Domain:
    """The domain without a variable; an expression in its place in the constraints, or none."""
    ranges = {k: r for k, r in domain.ranges.items() if k != v} | more
    if by is None:
        kept = tuple(c for c in domain.constraints if v not in c.free)
    else:
        kept = tuple(moved for c in domain.constraints if (moved := c.at({v: by})).free)
    return replace(domain, ranges=ranges, constraints=kept)


def _split(page: Page, goal: _Goal, node: Node, level: int) -> None:
    v, cuts = node["variable"], [parse_expression(text) for text in node["at"]]
    own = goal.domain.ranges[v]
    bounds = [own.low, *cuts, own.high]
    for k, child in enumerate(node["pieces"]):
        low, high = bounds[k], bounds[k + 1]
        first, last = k == 0, k == len(cuts)
        piece = Range(
            low, high, own.low_open if first else False, own.high_open if last else False,
            own.integer,
        )  # fmt: skip
        opening, closing = "(" if piece.low_open else "[", ")" if piece.high_open else "]"
        told_piece = page.math(f"{opening}{page.end(low, -1)}, {page.end(high, 1)}{closing}")
        page.say(level, f"For {page.math(v)} in {told_piece}:")
        _goal(page, replace(goal, domain=goal.domain.with_range(v, piece)), child, level + 1)


def _substitute(page: Page, goal: _Goal, node: Node, level: int) -> None:
    v, g = node["variable"], parse_expression(node["as"])
    allowed = parse_domain(f"{node['new']} in {node['range']}").ranges[node["new"]]
    inner_domain = _without(goal.domain, v, g, **{node["new"]: allowed})
    where = page.math(f"{node['new']} \\in {node['range']}" if page.latex else
                      f"{node['new']} in {node['range']}")  # fmt: skip
    page.say(level, f"Put {page.equation(v, g)}, with {where.replace('inf', _inf(page))}.")
    moved = simplest(substitute(goal.f, {v: g}))
    _inner(page, "To show:", moved, goal.relation, inner_domain, node["proof"], level)


def _inf(page: Page) -> str:
    return r"\infty" if page.latex else "inf"


def _change(page: Page, goal: _Goal, node: Node, level: int) -> None:
    v, new = node["variable"], node["new"]
    g, inverse = parse_expression(node["as"]), parse_expression(node["inverse"])
    allowed = parse_domain(f"{new} in {node['range']}").ranges[new]
    page.say(level, f"Put {page.equation(v, g)}, that is {page.equation(new, inverse)}.")
    needs = _needs(inverse, allowed)
    for (e, kind), child in zip(needs, node["inside"], strict=False):
        _inner(page, f"For the range of {page.math(new)},", e, kind, goal.domain, child, level)
    inner_domain = _without(goal.domain, v, g, **{new: allowed})
    moved = simplest(substitute(goal.f, {v: g}))
    _inner(page, "To show:", moved, goal.relation, inner_domain, node["proof"], level)


def _needs(e: Expr, allowed: Range) -> list[tuple[Expr, str]]:
    """The goals that say that an expression is in a range."""
    needs = []
    if allowed.low is not None:
        needs.append((e - allowed.low, ">" if allowed.low_open else ">="))
    if allowed.high is not None:
        needs.append((allowed.high - e, ">" if allowed.high_open else ">="))
    return needs


def _eliminate(page: Page, goal: _Goal, node: Node, level: int) -> None:
    v, g = node["variable"], parse_expression(node["as"])
    page.say(level, f"A constraint says {page.equation(v, g)}.")
    own = goal.domain.ranges[v]
    inner_domain = _without(goal.domain, v, g)
    for e, kind in _needs(g, own):
        inner_domain = inner_domain.with_constraint(_compared(e, kind))
    moved = simplest(substitute(goal.f, {v: g}))
    _inner(page, "To show:", moved, goal.relation, inner_domain, node["proof"], level)


def _compared(e: Expr, kind: str) -> Comparison:
    return Comparison(e, ">" if kind == ">" else ">=", ZERO)


def _concave(page: Page, goal: _Goal, node: Node, level: int) -> None:
    v = node["variable"]
    allowed = goal.domain.ranges[v]
    only = f"As a function of only {page.math(v)}, {page.math(goal.name)}"
    page.say(level, f"{only} is concave: it is least at an end.")
    beside = _without(goal.domain, v)
    for key, end in (("low", allowed.low), ("high", allowed.high)):
        assert end is not None
        at = simplest(substitute(goal.f, {v: end}))
        _inner(page, f"At {page.equation(v, end)},", at, goal.relation, beside, node[key], level)
    bend = simplest(-derivative(derivative(goal.f, v), v))
    opened = goal.domain.with_range(v, replace(allowed, low_open=True, high_open=True))
    _inner(page, "Minus the second derivative:", bend, ">=", opened, node["bend"], level)


def _chord(page: Page, goal: _Goal, node: Node, level: int) -> None:
    v, ends = node["variable"], [parse_expression(node[key]) for key in ("from", "to")]
    between = " and ".join(page.equation(v, end) for end in ends)
    only = f"As a function of only {page.math(v)}, {page.math(goal.name)}"
    page.say(level, f"{only} is concave between {between}: it is least at one of them.")
    beside = _without(goal.domain, v).with_constraint(Comparison(ends[0], "<=", ends[1]))
    for key, end in zip(("low", "high"), ends, strict=True):
        at = simplest(substitute(goal.f, {v: end}))
        _inner(page, f"At {page.equation(v, end)},", at, goal.relation, beside, node[key], level)
    x = variable(v)
    inside = replace(
        beside,
        ranges={**beside.ranges, v: Range(None, None, True, True)},
        constraints=(
            *beside.constraints,
            Comparison(ends[0], "<", x),
            Comparison(x, "<", ends[1]),
        ),
    )
    bend = simplest(-derivative(derivative(goal.f, v), v))
    _inner(page, "Minus the second derivative:", bend, ">=", inside, node["bend"], level)


def _jensen(page: Page, goal: _Goal, node: Node, level: int) -> None:
    t, function = node["variable"], parse_expression(node["function"])
    points, weights = (", ".join(map(page.math, node[key])) for key in ("points", "weights"))
    convex = page.equation("h", function)
    page.say(
        level,
        f"{page.math(goal.name)} is at least 0 by Jensen's inequality for {convex},"
        f" a convex function of {page.math(t)} in {node['interval']}, at the points {points} with"
        f" the weights {weights}.",
    )
    line = parse_domain(f"{t} in {node['interval']}")
    opened = line.with_range(t, replace(line.ranges[t], low_open=True, high_open=True))
    bend = simplest(derivative(derivative(function, t), t))
    _inner(page, "The second derivative:", bend, ">=", opened, node["bend"], level)
    if "rest" in node:
        page.say(level, "What is left is proved by itself.")


def _along(page: Page, goal: _Goal, node: Node, level: int) -> None:
    v, curve = node["variable"], parse_expression(node["curve"])
    at = page.equation(v, curve)
    below, above = node.get("below") is not None, node.get("above") is not None
    strict = "strict" in node
    relation, sign = (">", "positive") if strict else (">=", "at least 0")
    moves = "does not rise up to there, and does not fall from there"
    if not (below and above):
        moves = "does not rise up to there" if below else "does not fall from there"
    if strict:
        moves = "falls down to there" if below else "rises from there"
    least = f"greater than at {at}" if strict else f"least at {at}"
    page.say(
        level,
        f"As a function of only {page.math(v)}, {page.math(goal.name)} is {least}: it {moves}.",
    )
    beside = _without(goal.domain, v)
    on = simplest(substitute(goal.f, {v: curve}))
    on_relation = ">=" if strict else goal.relation
    _inner(page, f"At {at},", on, on_relation, beside, node["on"], level)
    needs = [(e, ">=") for e, _ in _needs(curve, goal.domain.ranges[v])]
    free = not any(v in c.free for c in goal.domain.constraints)
    if free and len(needs) == len(node["inside"]):
        for (e, kind), child in zip(needs, node["inside"], strict=True):
            _inner(page, "It is in the range, as", e, kind, beside, child, level)
    elif node["inside"]:
        page.say(
            level, f"It is proved, too, that {page.f(curve)} is in the range of {page.math(v)}."
        )
    slope = simplest(derivative(goal.f, v))
    if below:
        part = goal.domain.with_constraint(Comparison(variable(v), "<", curve))
        _inner(
            page,
            f"Below, minus the derivative is {sign}:",
            -slope,
            relation,
            part,
            node["below"],
            level,
        )
    if above:
        part = goal.domain.with_constraint(Comparison(variable(v), ">", curve))
        _inner(
            page, f"Above, the derivative is {sign}:", slope, relation, part, node["above"], level
        )


def _cases(page: Page, goal: _Goal, node: Node, level: int) -> None:
    u = parse_expression(node["of"])
    for sign, key in ((1, "nonnegative"), (-1, "nonpositive")):
        kind = page.against_zero(page.formula(u), ">=" if sign > 0 else "<=")
        case = goal.domain.with_constraint(_compared(u if sign > 0 else -u, ">="))
        resolved = decided(goal.f, u, sign, strict=False)
        _inner(page, f"If {kind}, then", resolved, goal.relation, case, node[key], level)


def _resolve(page: Page, goal: _Goal, node: Node, level: int) -> None:
    u, kind = parse_expression(node["of"]), node["sign"]
    down = kind in ("<", "<=")
    shown = ">" if kind in ("<", ">") else ">="
    _inner(page, "Everywhere,", -u if down else u, shown, goal.domain, node["by"], level)
    resolved = decided(goal.f, u, -1 if down else 1, strict=shown == ">")
    _inner(
        page, "So it is enough to show:", resolved, goal.relation, goal.domain, node["proof"], level
    )


def _either(page: Page, goal: _Goal, node: Node, level: int) -> None:
    u = parse_expression(node["of"])
    for sign, key in ((1, "up"), (-1, "down")):
        kind = page.against_zero(page.formula(u), ">=" if sign > 0 else "<=")
        resolved = decided(goal.f, u, sign, strict=False)
        lead = f"For {kind} it is enough, as everywhere,"
        _inner(page, lead, resolved, goal.relation, goal.domain, node[key], level)


def _order(page: Page, goal: _Goal, node: Node, level: int) -> None:
    u, three = parse_expression(node["of"]), "at" in node
    cases: list[tuple[str, int, Relation]] = [
        ("above", 1, ">" if three else ">="),
        ("below", -1, "<"),
    ]
    for key, sign, kind in [*cases, ("at", 0, "=")] if three else cases:
        case = goal.domain.with_constraint(Comparison(u, kind, ZERO))
        told = page.math(f"{page.formula(u)} {kind} 0")
        inner = decided(goal.f, u, sign, strict=kind != ">=")
        _inner(page, f"If {told}, then", inner, goal.relation, case, node[key], level)


def _both(page: Page, goal: _Goal, node: Node, level: int) -> None:
    page.say(level, f"{page.math(goal.name)} is 0, as it is neither below nor above 0.")
    for sign, key in ((1, "up"), (-1, "down")):
        _inner(page, "Here", sign * goal.f, ">=", goal.domain, node[key], level)


def _null(page: Page, goal: _Goal, node: Node, level: int) -> None:
    page.say(level, f"{page.math(goal.name)} is 0, as its square is not above 0.")
    _inner(page, "Here", -(goal.f * goal.f), ">=", goal.domain, node["proof"], level)


# Whole numbers


def _period(page: Page, goal: _Goal, node: Node, level: int) -> None:
    v, p = node["variable"], parse_expression(node["by"])
    page.say(
        level,
        f"{page.math(goal.name)} has the period {page.math(page.formula(p))} in {page.math(v)}:"
        " one period is enough.",
    )
    domain = _without(goal.domain, v, None, **{v: Range(ZERO, p, False, False)})
    _inner(page, "To show:", goal.f, goal.relation, domain, node["proof"], level)


def _floors(page: Page, goal: _Goal, node: Node, level: int) -> None:
    u, n, s = parse_expression(node["of"]), variable(node["whole"]), variable(node["part"])
    floor = call("floor", u)
    page.say(
        level,
        f"Let {page.equation(node['whole'], floor)}, a whole number, and "
        f"{page.equation(node['part'], u - floor)}, from 0 to 1 without 1.",
    )
    ranges = {
        **goal.domain.ranges,
        node["whole"]: Range(None, None, True, True, True),
        node["part"]: Range(ZERO, ONE, False, True),
    }
    gap = Comparison(u - n - s, "=", ZERO)
    domain = replace(goal.domain, ranges=ranges, constraints=(*goal.domain.constraints, gap))
    moved = swapped(goal.f, floor, n)
    _inner(page, "To show:", moved, goal.relation, domain, node["proof"], level)


def _floor_is(page: Page, goal: _Goal, node: Node, level: int) -> None:
    u, k = parse_expression(node["of"]), parse_expression(node["value"])
    floor = call("floor", u)
    page.say(level, f"{page.math(page.formula(floor) + ' = ' + page.formula(k))}, a whole number.")
    _inner(page, "It is not above, as", u - k, ">=", goal.domain, node["low"], level)
    _inner(page, "The next one is, as", k + 1 - u, ">", goal.domain, node["high"], level)
    moved = simplest(swapped(goal.f, floor, k))
    _inner(page, "To show:", moved, goal.relation, goal.domain, node["proof"], level)


def _relax(page: Page, goal: _Goal, node: Node, level: int) -> None:
    v = node["variable"]
    page.say(level, f"It holds for all real {page.math(v)} in the range, not only whole ones.")
    real = goal.domain.with_range(v, replace(goal.domain.ranges[v], integer=False))
    _goal(page, replace(goal, domain=real), node["proof"], level)


def _mirror(page: Page, goal: _Goal, node: Node, level: int) -> None:
    v = node["variable"]
    page.say(
        level, f"{page.math(goal.name)} is even in {page.math(v)}: let {page.math(f'{v} >= 0')}."
    )
    half = replace(goal.domain.ranges[v], low=ZERO, low_open=False)
    _goal(page, replace(goal, domain=goal.domain.with_range(v, half)), node["proof"], level)


def _forget(page: Page, goal: _Goal, node: Node, level: int) -> None:
    domain = goal.domain
    for v in node["variables"]:
        domain = _without(domain, v)
    named = ", ".join(page.math(v) for v in goal.domain.ranges if v in domain.ranges)
    page.say(level, f"This depends on {named} only.")
    _goal(page, replace(goal, domain=domain), node["proof"], level)


def _closure(page: Page, goal: _Goal, node: Node, level: int) -> None:
    told = ", ".join(page.math(v) for v in node["variables"])
    page.say(level, f"{page.math(goal.name)} is continuous: leave out the ends of {told}.")
    open_ranges = {
        v: replace(goal.domain.ranges[v], low_open=True, high_open=True) for v in node["variables"]
    }
    domain = replace(goal.domain, ranges={**goal.domain.ranges, **open_ranges})
    _goal(page, replace(goal, domain=domain), node["proof"], level)


def _telescope(page: Page, goal: _Goal, node: Node, level: int) -> None:
    total, f = parse_expression(node["sum"]), parse_expression(node["as"])
    value, written = telescope_value(total, f)
    page.say(level, f"The differences of {page.f(f)} are the terms:")
    page.say(level, f"{page.f(total)} is {page.f(value)}.")
    _inner(page, "So", written(goal.f), goal.relation, goal.domain, node["proof"], level)


def _finite(page: Page, goal: _Goal, node: Node, level: int) -> None:
    v, own = node["variable"], goal.domain.ranges[node["variable"]]
    page.say(level, f"{page.math(v)} has {_count(len(node['proofs']), 'value', 'values')}.")
    low = own.low
    first = None
    if low is not None and low.is_number:
        whole = low.value.denominator == 1
        first = int(low.value) + int(own.low_open) if whole else int(low.value // 1) + 1
    for k, child in enumerate(node["proofs"]):
        if first is None:
            page.say(level + 1, f"Value {k + 1}: proved by the rule {child['rule']}.")
            continue
        value = number(first + k)
        at = page.equation(v, value)
        moved = substitute(goal.f, {v: value})
        inner_domain = _without(goal.domain, v, value)
        _inner(page, f"For {at},", moved, goal.relation, inner_domain, child, level + 1)


def _induction(page: Page, goal: _Goal, node: Node, level: int) -> None:
    v = node["variable"]
    own = goal.domain.ranges[v].low
    low = ONE if own is None else own
    page.say(level, f"By induction on {page.math(v)}.")
    first = substitute(goal.f, {v: low})
    _inner(
        page, f"For {page.equation(v, low)},", first, goal.relation, _without(goal.domain, v, low),
        node["first"], level,
    )  # fmt: skip
    step = simplest(substitute(goal.f, {v: variable(v) + 1}) - goal.f)
    real = goal.domain.with_range(v, replace(goal.domain.ranges[v], integer=False))
    following = page.f(variable(v) + 1)
    _inner(
        page, f"From {page.math(v)} to {following} it does not fall:", step, ">=", real,
        node["step"], level,
    )  # fmt: skip


def _shift(page: Page, goal: _Goal, node: Node, level: int) -> None:
    v, by = node["variable"], parse_expression(node["by"])
    shifts = f"{page.f(variable(v) + by)}, {page.f(variable(v) + 2 * by)} and so on"
    page.say(
        level,
        f"{page.math(goal.name)} tends to 0 as {page.math(v)} grows, so it is the sum of its"
        f" differences at {page.math(v)}, {shifts}.",
    )
    step = simplest(goal.f - substitute(goal.f, {v: variable(v) + by}))
    _inner(page, "Each of them:", step, goal.relation, goal.domain, node["difference"], level)


def _contrary(page: Page, goal: _Goal, node: Node, level: int) -> None:
    named = parse_expression(node["constraint"])
    used, equation = None, False
    for c in goal.domain.constraints:
        difference = c.left - c.right
        if c.relation != "!=" and any(is_zero(e - named) for e in (difference, -difference)):
            used, equation = c, c.relation == "="
    strict = used is not None and used.relation in ("<", ">")
    told = ""
    if used is not None:
        text = comparisons_latex((used,)) if page.latex else str(used)
        told = f": {page.math(text)}"
    fails = Comparison(goal.f, "<" if goal.relation == ">=" else "<=", ZERO)
    kept = tuple(c for c in goal.domain.constraints if c is not used)
    page.say(
        level,
        f"Where {page.math(goal.name)} is not {_SAYS[goal.relation]}, a condition of the domain"
        f" fails{told}.",
    )
    _inner(
        page, "There:", simplest(named if equation else -named), ">=" if strict else ">",
        replace(goal.domain, constraints=(*kept, fails)), node["proof"], level,
    )  # fmt: skip


# Lemmas, and what exists


def _given(page: Page, goal: _Goal, node: Node, level: int) -> None:
    place = {v: parse_expression(text) for v, text in node["with"].items()}
    used = f" with {page.place(place)}" if place else ""
    lemma = page.lemmas.get(node["name"])
    lemma_name = _escaped(node["name"]) if page.latex else node["name"]
    says = ""
    if lemma is not None:
        statement = Statement.read(lemma["claim"], lemma["domain"])
        says = f" ({page.math(statement.latex()) if page.latex else statement})"
    page.say(level, f"It is the lemma {lemma_name}{says}{used}.")
    if lemma is None:
        return
    known = parse_domain(lemma["domain"])
    needs = [n for v, allowed in known.ranges.items() for n in _needs(place[v], allowed)]
    for constraint in known.constraints:
        kind, e = _zero_form(constraint.at(place))
        needs.append((e, kind))
    for (e, kind), child in zip(needs, node["domain"], strict=False):
        _inner(page, "It applies, as", e, kind, goal.domain, child, level + 1)


def _exists(page: Page, f: Expr, relation: str, domain: Domain, node: Node) -> None:
    place = {v: parse_expression(text) for v, text in node["with"].items()}
    page.say(1, f"Choose {page.place(place)}.")
    rest = domain
    for v in domain.exists:
        rest = _without(rest, v)
    rest = replace(rest, exists=())
    needs = [n for v in domain.exists for n in _needs(place[v], domain.ranges[v])]
    for constraint in domain.constraints:
        if not constraint.free.isdisjoint(domain.exists):
            kind, e = _zero_form(constraint.at(place))
            needs.append((e, kind))
    for (e, kind), child in zip(needs, node["inside"], strict=False):
        _inner(page, "The choice is allowed, as", e, kind, rest, child, 1)
    moved = simplest(substitute(f, place))
    _inner(page, "It remains to show:", moved, relation, rest, node["proof"], 1)


Writer: TypeAlias = "Callable[[Page, _Goal, Node, int], None]"

_WRITERS: dict[str, Writer] = {
    "signs": _signs,
    "cells": _cells,
    "touch": _touch,
    "map": _map,
    "factor": _factor,
    "sum": _sum,
    "sos": _squares,
    "gram": _gram,
    "multiplied": _multiplied,
    "rewrite": _rewrite,
    "split": _split,
    "substitute": _substitute,
    "change": _change,
    "eliminate": _eliminate,
    "along": _along,
    "concave": _concave,
    "chord": _chord,
    "jensen": _jensen,
    "cases": _cases,
    "resolve": _resolve,
    "either": _either,
    "order": _order,
    "both": _both,
    "null": _null,
    "period": _period,
    "floors": _floors,
    "floor is": _floor_is,
    "relax": _relax,
    "finite": _finite,
    "induction": _induction,
    "shift": _shift,
    "given": _given,
    "contrary": _contrary,
    "mirror": _mirror,
    "closure": _closure,
    "forget": _forget,
    "telescope": _telescope,
}
