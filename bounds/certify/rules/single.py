"""Goals in one variable: the table of variations first, then what brings other goals back to it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from typing import Any

from flint import arb, fmpq
from gmpy2 import inf, mpfr

from bounds.certify.checker.far import far_sign
from bounds.certify.checker.grammar import read_expression
from bounds.certify.checker.precision import Precision
from bounds.certify.language.comparison import Comparison
from bounds.certify.language.derivative import NoDerivative, derivative
from bounds.certify.language.domain import Domain, Range
from bounds.certify.language.expression import (
    BINDERS,
    PI,
    ZERO,
    Expr,
    add,
    call,
    mapped,
    number,
    raise_to,
    substitute,
    variable,
    written_out,
)
from bounds.certify.language.functions import FUNCTIONS
from bounds.certify.language.text import to_text
from bounds.certify.rules.along import along
from bounds.certify.rules.bessel import bessel
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.goal import Deadline, Goal, Node, OutOfTime
from bounds.certify.rules.logarithm import compared, expanded, is_product, two_products
from bounds.certify.rules.normal import Form, TooLarge, is_zero, normal, normal_expr
from bounds.certify.rules.numeric import (
    Span,
    ball,
    guess,
    precision,
    rational_of,
    sign_at,
    simplest_between,
)
from bounds.certify.rules.structure import not_negative, one_sign
from bounds.certify.rules.telescope import telescope_node, telescoped
from bounds.certify.rules.variations import Found, Variations, constants_between

Attempt = Callable[[Goal, Deadline], Node | None]

BENT = {"abs", "min", "max", "sign"}
"""Functions that are taken apart by the sign of an expression."""


def span_of(allowed: Range) -> Span:
    """The open interval of a range."""
    return Span(allowed.low, allowed.high)


def serves(found: Found, relation: str) -> bool:
    """Whether a sign pattern on the open interval proves the relation there."""
    if relation == ">":
        return found.signs == (1,)
    if relation == "!=":
        return len(found.signs) == 1
    return relation == ">=" and set(found.signs) == {1}


def one_variable(goal: Goal, deadline: Deadline, prove: Attempt | None = None) -> Iterator[Node]:
    """Proofs of a goal with one variable and no constraint on it, likeliest first.

    Args:
        goal: f rel 0 with rel one of > >= !=; f has exactly one variable, which is real.
        deadline: when to stop.
        prove: proves the goals of pieces; by default this search.
    """
    (name,) = goal.names
    prove = prove or (lambda g, d: next(one_variable(g, d), None))
    if (bent := bent_node(goal.f)) is not None:
        if goal.domain.ranges[name].is_line:
            yield from _period(goal, name, deadline, prove)
        yield from _cases(goal, name, bent, deadline.part(0.6), prove)
        yield from _mirror(goal, name, deadline, prove)
        return
    span = span_of(goal.domain.ranges[name])
    looked = guess(goal.f, name, span)
    if looked is not None and any(s < 0 for s in looked.signs) and goal.relation != "!=":
        return  # false somewhere, as far as numbers tell
    if goal.relation == ">=" and not_negative(goal.f, name, span):
        yield {"rule": "obvious"}
    if _has(goal.f, {"cbrt"}) and (smooth := _rooted(goal.f, name, span)) is not goal.f:
        for node in one_variable(goal.of(smooth), deadline, prove):
            yield {"rule": "rewrite", "as": to_text(smooth), "proof": node}
        return
    yield from _floors(goal, prove, deadline)
    yield from _period(goal, name, deadline, prove)
    search = Variations(name, deadline)
    if _has(goal.f, {"besseli", "besselk"}):
        with suppress(TooLarge, ZeroDivisionError, NoDerivative):
            yield from bessel(goal, name, span)
    if goal.relation != "!=" and _has(goal.f, _WITHOUT_TABLE):
        yield from along(goal, prove, deadline.part(0.6))
    if _has(goal.f, {"gamma", "beta", "binomial"}):
        yield from _logarithms(goal, name, span, deadline, (1, 2, 3))
    for depths, share in (((1, 2, 3), 0.3), ((4, 5), 0.4), ((6, 8), 0.9)):
        search.deadline = deadline.within(max(0.5, share * deadline.left()))
        try:
            for depth in depths:
                if (found := search.pattern(goal.f, span, depth)) and serves(found, goal.relation):
                    yield _signs(name, found)
                    break
        except OutOfTime:
            deadline.check()
        yield from _logarithms(goal, name, span, deadline, depths)
        yield from _squares(goal, name, span, deadline, depths)
        if depths[0] == 1:
            yield from _mirror(goal, name, deadline.part(0.5), prove)
            yield from _far(goal, name, deadline, prove)
            yield from _reflected(goal, name, deadline, prove)
            yield from _by_quantile(goal, name, deadline, prove)


def _mirror(goal: Goal, name: str, deadline: Deadline, prove: Attempt) -> Iterator[Node]:
    """Half of the range in place of a symmetric one."""
    if (half := _half(goal, name)) is not None and (node := prove(half, deadline)) is not None:
        yield {"rule": "mirror", "variable": name, "proof": node}


def _half(goal: Goal, name: str) -> Goal | None:
    """The half from 0 on of a symmetric range, where f is even and no rational function."""
    allowed = goal.domain.ranges[name]
    if allowed.low is None or allowed.high is None:
        symmetric = allowed.low is allowed.high
    else:
        symmetric = allowed.low_open == allowed.high_open and is_zero(allowed.low + allowed.high)
    if not symmetric or allowed.is_point or not _has(goal.f, _TRANSCENDENTAL):
        return None
    with precision(160):
        scale = arb(1) if allowed.high is None else evaluate(allowed.high, {})
        for part in (fmpq(3, 7), fmpq(2, 13)):
            up, down = (evaluate(goal.f, {name: sign * part * scale}) for sign in (1, -1))
            if not (up - down).is_finite() or not abs(up - down) < arb(2) ** -100:
                return None
    half = replace(allowed, low=ZERO, low_open=False)
    return replace(goal, domain=goal.domain.with_range(name, half))


_WITHOUT_TABLE = {"besselj", "integral"}
"""Functions with zeros without end, or whose values far out are not known."""

_TRANSCENDENTAL = set(FUNCTIONS) - {"abs", "min", "max", "floor", "sign", "cbrt"}


def _rooted(f: Expr, name: str, span: Span) -> Expr:
    """Cube roots of what is positive as powers."""

    def go(e: Expr) -> Expr:
        if e.head in BINDERS or e.head in ("number", "variable"):
            return e
        e = mapped(e, go)
        if e.head == "cbrt" and one_sign(e.args[0], name, span) == 1:
            return raise_to(e.args[0], number(Fraction(1, 3)))
        return e

    return go(f)


def _signs(name: str, found: Found) -> Node:
    return {"rule": "signs", "variable": name, "pattern": found.node}


# Periodic functions, and floor


def _period(goal: Goal, name: str, deadline: Deadline, prove: Attempt) -> Iterator[Node]:
    """One period in place of the real line."""
    allowed = goal.domain.ranges[name]
    if not allowed.is_line or allowed.integer or (factor := _turns(goal.f, name)) is None:
        return
    period = normal_expr(2 * PI / number(factor))
    one = Range(ZERO, period, False, False)
    inner = replace(goal, domain=goal.domain.with_range(name, one))
    node = prove(inner, deadline.part(0.5))
    if node is not None:
        yield {"rule": "period", "variable": name, "by": to_text(period), "proof": node}


def _turns(f: Expr, name: str) -> Fraction | None:
    """The greatest q with f(v + 2π/q) = f(v), where v is in sin, cos and tan alone."""
    if name not in f.free:
        return Fraction(0)
    if f.head == "variable" or f.head in BINDERS:
        return None
    if f.head in ("sin", "cos", "tan"):
        try:
            slope = normal_expr(derivative(f.args[0], name))
        except NoDerivative:
            return None
        if slope.is_number and slope.value:
            return abs(slope.value)
    found = [_turns(part, name) for part in f.args if isinstance(part, Expr)]
    if None in found:
        return None
    rates = [q for q in found if q]
    if not rates:
        return Fraction(0)
    bottom = math.lcm(*(q.denominator for q in rates))
    return Fraction(math.gcd(*(int(q * bottom) for q in rates)), bottom)


def _floors(goal: Goal, prove: Attempt, deadline: Deadline) -> Iterator[Node]:
    """floor(u) = u − s with s in [0, 1)."""
    target = _floor_in(goal.f)
    if target is None:
        return
    new = next(s for s in ("s", "s_1", "s_2", "s_3") if s not in goal.domain.ranges)
    u = target.args[0]
    value = u - variable(new)

    def go(e: Expr) -> Expr:
        if e is target:
            return value
        return e if e.head in BINDERS or e.head in ("number", "variable") else mapped(e, go)

    f = normal_expr(go(goal.f))
    ranges = {**goal.domain.ranges, new: Range(ZERO, number(1), False, True)}
    inner = Goal(f, goal.relation, replace(goal.domain, ranges=ranges))
    node = prove(inner, deadline.part(0.5))
    if node is not None:
        yield {
            "rule": "floor",
            "of": to_text(u),
            "new": new,
            "proof": {"rule": "rewrite", "as": to_text(f), "proof": node},
        }


def _floor_in(f: Expr) -> Expr | None:
    if f.head in BINDERS or f.head in ("number", "variable"):
        return None
    for part in f.args:
        if (found := _floor_in(part)) is not None:
            return found
    return f if f.head == "floor" else None


# The quantile of a probability as the variable


def _by_quantile(goal: Goal, name: str, deadline: Deadline, prove: Attempt) -> Iterator[Node]:
    """P = Φ(w) where the quantile of p occurs."""
    p = variable(name)
    if not _has(goal.f, {"quantile"}):
        return
    allowed = goal.domain.ranges[name]
    new = "w" if "w" not in goal.domain.ranges else f"{name}_1"
    w = variable(new)
    ends: list[Expr | None] = []
    inside: list[Node] = []
    part = deadline.part(0.6)
    for end, sign, opened, infinite in (
        (allowed.low, 1, allowed.low_open, 0),
        (allowed.high, -1, allowed.high_open, 1),
    ):
        if end is None:
            return
        if end.is_number and end.value == infinite:
            ends.append(None)
            continue
        cut = normal_expr(call("quantile", end)) if end != number(Fraction(1, 2)) else ZERO
        ends.append(cut)
        edge = sign * (call("quantile", p) - cut)
        node = prove(goal.of(edge, ">" if opened else ">="), part)
        if node is None:
            return
        inside.append(node)
    low, high = ends
    turned = Range(low, high, allowed.low_open or low is None, allowed.high_open or high is None)
    f = normal_expr(substitute(goal.f, {name: call("Phi", w)}))
    inner = Goal(f, goal.relation, Domain({new: turned}))
    node = prove(inner, part)
    if node is not None:
        yield {
            "rule": "change",
            "variable": name,
            "new": new,
            "as": to_text(call("Phi", w)),
            "inverse": to_text(call("quantile", p)),
            "range": str(turned),
            "inside": inside,
            "proof": {"rule": "rewrite", "as": to_text(f), "proof": node},
        }


# The negative half-line, where tails are small on the other side


def _reflected(goal: Goal, name: str, deadline: Deadline, prove: Attempt) -> Iterator[Node]:
    """Functions with Φ are looked at where their tail is small: x = −w, or a cut at 0 first."""
    allowed = goal.domain.ranges[name]
    if allowed.low is not None or not _has(goal.f, {"Phi", "phi", "mills", "erf", "erfc", "erfcx"}):
        return
    part = deadline.part(0.5)
    if allowed.high is None:
        nodes = [
            prove(replace(goal, domain=goal.domain.with_range(name, piece)), part)
            for piece in pieces(allowed, [ZERO])
        ]
        if None not in nodes:
            yield {"rule": "split", "variable": name, "at": ["0"], "pieces": nodes}
        return
    new = "w" if "w" not in goal.domain.ranges else f"{name}_1"
    turned = Range(normal_expr(-allowed.high), None, allowed.high_open, True)
    f = substitute(goal.f, {name: -variable(new)})
    ranges = {
        (new if k == name else k): (turned if k == name else v)
        for k, v in goal.domain.ranges.items()
    }
    node = prove(
        Goal(f, goal.relation, Domain(ranges, goal.domain.constraints, goal.domain.exists)), part
    )
    if node is not None:
        yield {
            "rule": "substitute",
            "variable": name,
            "new": new,
            "as": to_text(-variable(new)),
            "range": str(turned),
            "proof": node,
        }


# Far out, where bounded functions are small beside what grows


def _far(goal: Goal, name: str, deadline: Deadline, prove: Attempt) -> Iterator[Node]:
    """A half-line cut where interval arithmetic with infinite ends has the sign from there on."""
    allowed = goal.domain.ranges[name]
    if allowed.low is not None and allowed.high is not None:
        return
    low, high = (None if e is None else _near(e) for e in (allowed.low, allowed.high))
    cuts: list[Expr] = []
    nodes: dict[str, Node] = {}
    for side, end, base in (("low", low, high), ("high", high, low)):
        if end is not None:
            continue
        found = _far_node(goal.f, name, side, base)
        if found is None:
            return
        cut, nodes[side] = found
        cuts.append(number(cut))
    parts = pieces(allowed, cuts)
    if not _has(goal.f, {"sin", "cos"}) and (low is None) == (high is None):
        return
    middle = parts[1 if low is None else 0]
    inner = prove(
        replace(goal, domain=goal.domain.with_range(name, middle)),
        deadline.part(0.6),
    )
    if inner is None:
        return
    children = [
        *([nodes["low"]] if low is None else []),
        inner,
        *([nodes["high"]] if high is None else []),
    ]
    yield {"rule": "split", "variable": name, "at": [to_text(c) for c in cuts], "pieces": children}


def _near(e: Expr) -> Fraction:
    with precision(64):
        return rational_of(evaluate(e, {}))


def _has(f: Expr, heads: set[str]) -> bool:
    return f.head in heads or any(isinstance(part, Expr) and _has(part, heads) for part in f.args)


def _far_node(f: Expr, name: str, side: str, base: Fraction | None) -> tuple[Fraction, Node] | None:
    x = variable(name)
    sign = -1 if side == "low" else 1
    start = Fraction(0) if base is None else base
    for j in range(8):
        cut = Fraction(int(start)) + sign * 2**j
        ends = (-inf(), mpfr(int(cut))) if side == "low" else (mpfr(int(cut)), inf())
        for degree in (0, 1, 2, 3, 4):
            if degree and cut * sign <= 0:
                continue
            try:
                g = f if degree == 0 else _divided(f, x, degree)
            except (TooLarge, ZeroDivisionError):
                return None
            if far_sign(read_expression(to_text(g)), {name: ends}, Precision(64)) is None:
                continue
            if degree == 0:
                return (cut, {"rule": "far"}) if _positive_at(f, name, cut) else None
            scale = raise_to(x, number(degree))
            negative = sign < 0 and degree % 2
            if not _positive_at(f, name, cut):
                return None
            obvious = {"rule": "signs", "variable": name, "pattern": {"rule": "rational"}}
            return cut, {
                "rule": "factor",
                "factors": [
                    {
                        "of": to_text(scale),
                        "power": 1,
                        "sign": "<" if negative else ">",
                        "proof": obvious,
                    },
                    {
                        "of": to_text(g),
                        "power": 1,
                        "sign": "<" if negative else ">",
                        "proof": {"rule": "far"},
                    },
                ],
            }
    return None


def _divided(f: Expr, x: Expr, degree: int) -> Expr:
    terms = f.args if f.head == "+" else (f,)
    return add(*(normal_expr(term / raise_to(x, number(degree))) for term in terms))


def _positive_at(f: Expr, name: str, cut: Fraction) -> bool:
    return sign_at(f, name, cut) == 1


# Products: logarithms of both sides


def _logarithms(
    goal: Goal, name: str, span: Span, deadline: Deadline, depths: tuple[int, ...]
) -> Iterator[Node]:
    try:
        sides = two_products(goal.f)
    except (TooLarge, ZeroDivisionError):
        return
    if sides is None or not any(map(is_product, sides)):
        return
    left, right = sides
    grown = normal_expr(expanded(right) - expanded(left))
    search = Variations(name, deadline.within(max(0.5, 0.3 * deadline.left())))
    try:
        for depth in depths:
            found = search.pattern(grown, span, depth)
            if found and serves(found, goal.relation):
                yield compared("log", left, right, grown, _signs(name, found))
                return
    except OutOfTime:
        deadline.check()


# A square root against the rest: squares of both sides


def _squares(
    goal: Goal, name: str, span: Span, deadline: Deadline, depths: tuple[int, ...]
) -> Iterator[Node]:
    try:
        form = normal(goal.f)
    except (TooLarge, ZeroDivisionError):
        return
    search = Variations(name, deadline.within(max(0.5, 0.3 * deadline.left())))
    ctx = form.num.context()
    for i, kernel in enumerate(form.kernels):
        if kernel.head != "^" or kernel.args[1].value != Fraction(1, 2) or name not in kernel.free:
            continue
        terms = form.num.to_dict()
        if max(powers[i] for powers in terms) != 1:
            continue
        with_root, without = (
            Form(
                form.kernels, ctx.from_dict({p: c for p, c in terms.items() if p[i] == n}), form.den
            ).expr()
            for n in (1, 0)
        )
        for left, right in ((-without, with_root), (-with_root, without)):
            node = _square(goal, name, span, search, normal_expr(left), normal_expr(right), depths)
            if node is not None:
                yield node
                return


def _square(
    goal: Goal,
    name: str,
    span: Span,
    search: Variations,
    left: Expr,
    right: Expr,
    depths: tuple[int, ...],
) -> Node | None:
    for side in (left, right):
        looked = guess(side, name, span)
        if looked is None or looked.signs != (1,):
            return None
    grown = normal_expr(right * right - left * left)
    try:
        for depth in depths:
            positive = search.pattern(right, span, depth)
            found = search.pattern(grown, span, depth)
            if positive and found and serves(positive, ">=") and serves(found, goal.relation):
                return {
                    "rule": "map",
                    "map": "square",
                    "left": to_text(left),
                    "right": to_text(right),
                    "positive": _signs(name, positive),
                    "proof": _signs(name, found),
                }
    except OutOfTime:
        return None
    return None


# abs, min, max, sign


def bent_node(f: Expr) -> Expr | None:
    """An innermost node that is taken apart by a sign."""
    if f.head in BINDERS or f.head in ("number", "variable"):
        return None
    for part in f.args:
        if (found := bent_node(part)) is not None:
            return found
    return f if f.head in BENT else None


def decider(bent: Expr) -> Expr:
    """The expression whose sign says what the node is."""
    if bent.head in ("abs", "sign"):
        return bent.args[0]
    return bent.args[0] - bent.args[1]


def resolved(f: Expr, bent: Expr, sign: int) -> Expr:
    """The expression with the node replaced, where its decider has this sign."""
    if bent.head == "abs":
        value = bent.args[0] if sign > 0 else -bent.args[0]
    elif bent.head == "sign":
        value = number(sign)
    else:
        first, *rest = bent.args
        keep = first if (sign > 0) == (bent.head == "max") else rest[0]
        others = (keep, *rest[1:])
        value = others[0] if len(others) == 1 else Expr(bent.head, *others)
    return swapped(f, bent, value)


def swapped(f: Expr, target: Expr, value: Expr) -> Expr:
    """An expression with another in place of a part, not below a bound variable."""

    def go(e: Expr) -> Expr:
        if e is target:
            return value
        return e if e.head in BINDERS else mapped(e, go)

    return go(f)


def _cases(goal: Goal, name: str, bent: Expr, deadline: Deadline, prove: Attempt) -> Iterator[Node]:
    u = decider(bent)
    allowed = goal.domain.ranges[name]
    span = span_of(allowed)
    both = [replace(goal, f=resolved(goal.f, bent, s)) for s in (1, -1)]
    if bent.head != "sign" and all(_may_hold(g, name, span) for g in both):
        nodes = [prove(g, deadline.part(0.4)) for g in both]
        if None not in nodes:
            yield {"rule": "either", "of": to_text(u), "up": nodes[0], "down": nodes[1]}
            return
    looked = guess(u, name, span)
    if looked is None:
        return
    if len(looked.signs) == 1:
        sign = looked.signs[0]
        search = Variations(name, deadline.part(0.3))
        found = next((p for d in (1, 2, 4) if (p := search.pattern(sign * u, span, d))), None)
        if found is None or set(found.signs) != {1}:
            return
        inner = replace(goal, f=resolved(goal.f, bent, sign))
        node = prove(inner, deadline)
        if node is not None:
            yield {
                "rule": "resolve",
                "of": to_text(u),
                "sign": ">=" if sign > 0 else "<=",
                "by": _signs(name, found),
                "proof": node,
            }
        return
    cuts = [
        _exact_zero(u, name, p, q)
        for (p, s), (q, t) in zip(looked.at, looked.at[1:], strict=False)
        if s != t
    ]
    if any(cut is None for cut in cuts):
        return
    nodes = []
    for piece in pieces(allowed, [c for c in cuts if c is not None]):
        inner = replace(goal, domain=goal.domain.with_range(name, piece))
        node = prove(inner, deadline)
        if node is None:
            return
        nodes.append(node)
    yield {
        "rule": "split",
        "variable": name,
        "at": [to_text(c) for c in cuts if c is not None],
        "pieces": nodes,
    }


def _may_hold(goal: Goal, name: str, span: Span) -> bool:
    """Whether no sampled point contradicts the goal."""
    looked = guess(goal.f, name, span)
    return looked is not None and -1 not in looked.signs


def pieces(allowed: Range, cuts: list[Expr]) -> list[Range]:
    """The range cut at points, which belong to both sides."""
    ends: list[Any] = [allowed.low, *cuts, allowed.high]
    opened = [allowed.low_open, *(False for _ in cuts), allowed.high_open]
    return [
        Range(ends[i], ends[i + 1], opened[i], opened[i + 1], allowed.integer)
        for i in range(len(ends) - 1)
    ]


def _exact_zero(u: Expr, name: str, low: Fraction, high: Fraction) -> Expr | None:
    """The zero of u between two points, if it is a simple number."""
    before = sign_at(u, name, low)
    for _ in range(60):
        simple = number(simplest_between(low, high))
        if is_zero(substitute(u, {name: simple})):
            return simple
        middle = (low + high) / 2
        sign = sign_at(u, name, middle)
        if sign is None:
            return number(middle) if is_zero(substitute(u, {name: number(middle)})) else None
        low, high = (middle, high) if sign == before else (low, middle)
    for candidate in (*_affine_zero(u, name), *constants_between(low, high)):
        if is_zero(substitute(u, {name: candidate})):
            with precision(128):
                value = evaluate(candidate, {})
                if value.is_finite() and not (value < ball(low) or value > ball(high)):
                    return candidate
    return None


def _affine_zero(u: Expr, name: str) -> Iterator[Expr]:
    """The zero of a·x + b, and of x² − c."""
    try:
        slope = normal_expr(derivative(u, name))
        at_zero = normal_expr(substitute(u, {name: ZERO}))
    except (TooLarge, NoDerivative, ZeroDivisionError):  # 2/x·J(x), say, has no value at 0
        return
    if name not in slope.free:
        yield normal_expr(-at_zero / slope)


# Whole numbers


def whole_numbers(goal: Goal, name: str, deadline: Deadline, prove: Attempt) -> Iterator[Node]:
    """Proofs for a variable that is a whole number: as if it were real, but for the first few."""
    allowed = goal.domain.ranges[name]
    if allowed.low is None and allowed.high is None:
        return
    real = replace(allowed, integer=False)
    if (written := telescoped(goal)) is not None:
        total, f, rest = written
        inner = prove(rest, deadline.part(0.6))
        if inner is not None:
            yield telescope_node(total, f, rest, inner)
            return
    if allowed.low is not None and allowed.high is not None:
        with precision(64):
            low, high = (int(rational_of(evaluate(e, {}))) for e in (allowed.low, allowed.high))
        if high - low <= 64:
            nodes = []
            for n in range(low, high + 1):
                node = prove(_at(goal, name, n), deadline)
                if node is None:
                    return
                nodes.append(node)
            yield {"rule": "finite", "variable": name, "proofs": nodes}
            return
    relaxed = prove(
        replace(goal, domain=goal.domain.with_range(name, real)),
        deadline.part(0.3),
    )
    if relaxed is not None:
        yield {"rule": "relax", "variable": name, "proof": relaxed}
        return
    if allowed.low is None:
        return
    start = int(rational_of(evaluate(allowed.low, {})))
    for later in (start + 1, start + 2, start + 4, start + 8, start + 16, start + 32):
        deadline.check()
        cut = number(later)
        rest = replace(
            goal,
            domain=goal.domain.with_range(name, Range(cut, allowed.high, False, allowed.high_open)),
        )
        node = prove(rest, deadline.part(0.3))
        if node is None:
            continue
        first = []
        for n in range(start, later + 1):
            point = prove(_at(goal, name, n), deadline)
            if point is None:
                return
            first.append(point)
        yield {
            "rule": "split",
            "variable": name,
            "at": [str(later)],
            "pieces": [
                {"rule": "finite", "variable": name, "proofs": first},
                {"rule": "relax", "variable": name, "proof": node},
            ],
        }
        return
    step = normal_expr(substitute(goal.f, {name: variable(name) + 1}) - goal.f)
    rising = prove(
        replace(goal.of(step, ">="), domain=goal.domain.with_range(name, real)), deadline
    )
    first_case = prove(_at(goal, name, start), deadline)
    if rising is not None and _has(goal.f, {"sum"}):
        relaxed = {"rule": "relax", "variable": name, "proof": rising}
        rising = {"rule": "rewrite", "as": to_text(step), "proof": relaxed}
    if rising is not None and first_case is not None:
        yield {"rule": "induction", "variable": name, "first": first_case, "step": rising}


def _at(goal: Goal, name: str, n: int) -> Goal:
    """The goal at one value of a variable, which leaves the domain."""
    place = {name: number(n)}
    ranges = {k: v for k, v in goal.domain.ranges.items() if k != name}
    constraints = tuple(c.at(place) for c in goal.domain.constraints)
    return Goal(
        substitute(goal.f, place), goal.relation, Domain(ranges, constraints, goal.domain.exists)
    )


def comparison_goal(comparison: Comparison, domain: Domain) -> Goal:
    """A comparison as f rel 0."""
    relation = comparison.relation
    if relation == "<" or relation == "<=":
        return comparison_goal(comparison.turned, domain)
    return Goal(written_out(comparison.left - comparison.right), relation, domain)
