"""Rules that prove a goal from goals on other regions, or in other variables."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from bounds.certify.checker.differentiate import derivative
from bounds.certify.checker.expression import (
    MINUS_ONE,
    ONE,
    Node,
    add,
    multiply,
    number,
    parts_of,
    rebuilt,
    substitute,
    variable,
)
from bounds.certify.checker.germ import Side, germ
from bounds.certify.checker.goal import RULES, Goal, Rule, continuous, said
from bounds.certify.checker.grammar import read_name
from bounds.certify.checker.interval_text import read_interval
from bounds.certify.checker.number import shown
from bounds.certify.checker.pattern import Line, change, fields, parts, told_shortly
from bounds.certify.checker.region import Region, Span
from bounds.certify.checker.tighten import bounds_of
from bounds.certify.checker.verdict import Rejected, Undecided

MOST_VALUES = 256


def replaced(region: Region, name: str, by: Node, span: dict[str, Span] | None = None) -> Region:
    """The region without a variable, an expression in its place in the constraints."""
    spans = {key: value for key, value in region.spans.items() if key != name} | (span or {})
    place = {name: by}
    constraints = tuple((substitute(c, place), relation) for c, relation in region.constraints)
    kept = tuple(c for c in constraints if not _constant(region, c[0]))
    return Region(spans, kept, constants=region.constants)


def _constant(region: Region, node: Node) -> bool:
    """Whether an expression has no variable by normal form."""
    try:
        form = region.plain.reduced(region.plain.form(node))
    except Undecided:
        return False
    simple = region.plain.node(form)
    return simple is not None and not simple.free


def _split(goal: Goal, rest: dict[str, Any]) -> None:
    """The range of a variable cut at constants."""
    name, at, pieces = fields(rest, "variable", "at", "pieces")
    name = goal.variable(name)
    cuts = [goal.constant(text) for text in parts(at, "cuts")]
    # step: the pieces of a split are as many as it has [false]
    if len(parts(pieces, "pieces")) != len(cuts) + 1:
        raise Rejected("there is one piece more than there are cuts")
    span, compare = goal.region.spans[name], goal.constants.compare
    bounds = [span.low, *cuts, span.high]
    for a, b in itertools.pairwise(bounds):
        if a is not None and b is not None and compare(a, b) >= 0:
            raise Rejected("the cuts are not in order inside the range")
    last = len(pieces) - 1
    for k, proof in enumerate(pieces):
        piece = Span(
            bounds[k], bounds[k + 1], span.low_closed if k == 0 else True,
            span.high_closed if k == last else True, span.integer,
        )  # fmt: skip
        goal.of(goal.f, region=goal.region.with_spans({name: piece})).prove(proof)


def _substitute(goal: Goal, rest: dict[str, Any]) -> None:
    """Substitution: v = g(w), g strictly monotone from an interval onto the range of v."""
    name, new, text, interval, proof = fields(rest, "variable", "new", "as", "range", "proof")
    name = goal.variable(name)
    span = goal.region.spans[name]
    if span.integer or span.is_point:
        raise Rejected(f"the variable {name} is not real")
    if not isinstance(new, str) or (new in goal.region.spans and new != name):
        raise Rejected(f"{shown(new)} is a variable of the region already")
    inner_span = read_interval(interval, goal.constants)
    line = Line(name, Region({name: span.opened}, constants=goal.constants), goal.depth + 1)
    opened = _opened(interval)
    inner, g, rises = change(line, new, text, opened)
    for low in (True, False):
        closed, target = (span.low_closed, span.low) if low else (span.high_closed, span.high)
        end, end_closed = _end_for(inner_span, low=low == (rises > 0))
        # step: a closed end is reached by a substitution [false 1/3]
        if closed and target is not None:
            if end is None or not end_closed:
                raise Rejected("an end that belongs to the range is not reached")
            # step: at a closed end g has the value of the end [false]
            if goal.constants.compare(substitute(g, {inner.name: end}), target) != 0:
                raise Rejected("an end that belongs to the range is not reached")
    region = replaced(goal.region, name, g, {inner.name: inner_span})
    goal.of(substitute(goal.f, {name: g}), region=region).prove(proof)


def _opened(interval: object) -> str:
    text = str(interval).strip()
    return f"({text[1:-1]})"


def _end_for(span: Span, *, low: bool) -> tuple[Node | None, bool]:
    return (span.low, span.low_closed) if low else (span.high, span.high_closed)


def _change(goal: Goal, rest: dict[str, Any]) -> None:
    """New variable: v = g(w, others), where w = k(v, others) lies in a range."""
    name, new, text, back, interval, inside, proof = fields(
        rest, "variable", "new", "as", "inverse", "range", "inside", "proof"
    )
    name = goal.variable(name)
    if goal.region.spans[name].integer:
        raise Rejected(f"the variable {name} is not real")
    if not isinstance(new, str) or new in goal.region.spans:
        raise Rejected(f"{shown(new)} is a variable of the region already")
    w = str(read_name(new).args[0])
    # step: the inverse is defined [function 2/2: .read]
    g, inverse = goal.read(text, w), goal.defined(back)
    if name in g.free:
        raise Rejected("a change of variables has the old variable in it")
    # step: a change of variables has the inverse that is given [true 2/2]
    if not goal.region.algebra.equal(substitute(g, {w: inverse}), variable(name)):
        raise Rejected("a change of variables is not proved to have this inverse")
    span = read_interval(interval, goal.constants)
    needs = []
    if span.low is not None:
        # step: strictly above an open lower end [true]
        needs.append((inverse - span.low, ">=" if span.low_closed else ">"))
    if span.high is not None:
        # step: strictly below an open upper end [true]
        needs.append((span.high - inverse, ">=" if span.high_closed else ">"))
    if not isinstance(inside, list) or len(inside) != len(needs):
        raise Rejected(f"{len(needs)} goals prove that the new variable is in its range")
    for (node, relation), part in zip(needs, inside, strict=True):
        # step: the new variable lies in its range [drop]
        goal.of(node, relation).prove(part)
    region = replaced(goal.region, name, g, {w: span})
    goal.of(substitute(goal.f, {name: g}), region=region).prove(proof)


def _eliminate(goal: Goal, rest: dict[str, Any]) -> None:
    """A constraint c = 0 gives v = g: v − g = s·c by normal form, s being a number or given."""
    names = ("variable", "as", "proof", *(("by",) if "by" in rest else ()))
    name, text, proof = fields(rest, *names)[:3]
    name = goal.variable(name)
    node = goal.defined(text)
    if name in node.free:
        raise Rejected("a variable is given by itself")
    gap = variable(name) - node
    # step: an inequality does not [true]
    equations = [c for c, relation in goal.region.constraints if relation == "="]
    if "by" in rest:
        # step: the factor of the equation is defined [function: .read]
        scale = goal.defined(rest["by"])
        found = any(goal.region.algebra.equal(gap, multiply(scale, c)) for c in equations)
    else:
        found = any(goal.region.multiple(c, gap) for c in equations)
    # step: an equation of the region gives what is eliminated [true 2/2]
    if not found:
        raise Rejected(f"no constraint says what {name} is")
    span = goal.region.spans[name]
    region = replaced(goal.region, name, node)
    more = []
    if span.low is not None:
        more.append((node - span.low, ">=" if span.low_closed else ">"))
    if span.high is not None:
        more.append((span.high - node, ">=" if span.high_closed else ">"))
    region = region.with_constraint(*more) if more else region
    goal.of(substitute(goal.f, {name: node}), region=region).prove(proof)


def _mirror(goal: Goal, rest: dict[str, Any]) -> None:
    """On a range that is symmetric about 0, with f(−v) = f(v): the half from 0 on."""
    name, proof = fields(rest, "variable", "proof")
    name = goal.variable(name)
    span = goal.region.spans[name]
    # step: the images fulfil the constraints [false 1/2]
    if any(name in c.free for c, _ in goal.region.constraints):
        raise Rejected(f"a constraint has the variable {name}")
    if not _symmetric(goal, span):
        raise Rejected(f"the range of {name} is not symmetric")
    # step: the mirror image of f is f [first minus]
    goal.need_equal(substitute(goal.f, {name: -variable(name)}), "even")
    half = Span(number(0), span.high, True, span.high_closed, span.integer)
    goal.of(goal.f, region=goal.region.with_spans({name: half})).prove(proof)


def _symmetric(goal: Goal, span: Span) -> bool:
    """Whether a range has −v for each v in it."""
    if span.low is None or span.high is None:
        # step: or of all beyond them [true]
        return span.low is span.high
    # step: also of its ends [true]
    same = span.low_closed == span.high_closed
    # step: a range with an image of each of its points [true 3/3]
    return same and goal.constants.compare(-span.low, span.high) == 0


def _closure(goal: Goal, rest: dict[str, Any]) -> None:
    """Up to the ends of some ranges f ≥ 0, as it is between them.

    Each point of the region is the limit of points between the ends, and f, which is defined on
    all of the region, is continuous there.
    """
    names, proof = fields(rest, "variables", "proof")
    # step: only a weak sign is that of a limit, too [drop]
    goal.need(">=")
    # step: up to an end f is continuous [false 1/2]
    if not continuous(goal.f):
        raise Rejected("the expression may jump")
    opened: dict[str, Span | None] = {}
    for name in map(goal.variable, parts(names, "variables")):
        span = goal.region.spans[name]
        # step: every point is a limit of points between the ends [false 1/2]
        if any(name in c.free for c, _ in goal.region.constraints):
            raise Rejected(f"a constraint has the variable {name}")
        low, high = span.low, span.high
        # step: and there are some [false 4/4]
        if low is not None and high is not None and goal.constants.compare(low, high) >= 0:
            raise Rejected(f"the range of {name} has no interior")
        opened[name] = span.opened
    goal.of(goal.f, region=goal.region.with_spans(opened)).prove(proof)


def _forget(goal: Goal, rest: dict[str, Any]) -> None:
    """Without variables that f has not, and their constraints: so on a region that is no smaller.

    What is proved on the way, such as that f is defined, is then known of the other variables.
    """
    names, proof = fields(rest, "variables", "proof")
    gone = [goal.variable(name) for name in parts(names, "variables")]
    if not goal.f.free.isdisjoint(gone):
        raise Rejected("the expression has a variable that is to be forgotten")
    region = goal.region.with_spans(dict.fromkeys(gone))
    goal.of(goal.f, region=region).prove(proof)


# Along a variable


def _along(goal: Goal, rest: dict[str, Any]) -> None:
    """On each line along v, f falls down to a curve and rises from it, where it is known.

    For all other variables, the values of v in the region are an interval. So between a point of
    the region and the curve all points but the last are in the region. Strict: f ≥ 0 on the curve,
    which no point of the region is on, and f rises or falls strictly from it.
    """
    sides = [side for side in ("below", "above") if side in rest]
    strict = rest.get("strict")
    names = (*sides, *(("strict",) if "strict" in rest else ()))
    name, text, on, inside, *proofs = fields(rest, "variable", "curve", "on", "inside", *names)
    goal.need(">", ">=")
    if "strict" in rest:
        proofs.pop()
        if strict is not True or len(sides) != 1:
            raise Rejected("strictly along a variable, f is known on one side of a curve")
    name = goal.variable(name)
    if goal.region.spans[name].integer or not sides:
        raise Rejected("along a real variable, f is known on one side of a curve at least")
    # step: along a variable f does not jump [true 2/2]
    if not continuous(goal.f):
        raise Rejected("the expression may jump")
    curve = goal.read(text)
    if name in curve.free:
        raise Rejected("a curve is a function of the other variables")
    low, high = bounds_of(goal.region, name)
    beside = goal.region.with_spans({name: None})
    _inside(goal, curve, low, high, sides, inside, beside)
    # step: strictly along a variable no point is on the curve [false 1/4]
    if strict and not _beyond(goal, name, curve, sides[0]):
        raise Rejected("a point of the region may be on the curve")
    place, relation = {name: curve}, ">=" if strict else goal.relation
    # step: f has its sign on the curve [drop]
    goal.of(substitute(goal.f, place), relation, beside).prove(on)
    rate = derivative(goal.f, name)
    opened = _opened_in(goal.region, name)
    for side, proof in zip(sides, proofs, strict=True):
        down = side == "below"
        gap = curve - variable(name) if down else variable(name) - curve
        region = opened.with_constraint((gap, ">"))
        region.require(goal.f, analytic=True)
        # step: below the curve f falls [false 1/2]
        # step: strictly, f rises strictly [false 2/2]
        goal.of(-rate if down else rate, ">" if strict else ">=", region).prove(proof)


def _concave(goal: Goal, rest: dict[str, Any]) -> None:
    """On each line along v, f is concave between two ends, and has its sign at both."""
    name, low, high, bend = fields(rest, "variable", "low", "high", "bend")
    goal.need(">", ">=")
    name = goal.variable(name)
    span = goal.region.spans[name]
    if span.integer or span.low is None or span.high is None:
        raise Rejected("a concave function of a real variable needs two ends")
    # step: both ends belong to the range [false 1/4]
    if not (span.low_closed and span.high_closed):
        raise Rejected("an end does not belong to the range")
    # step: no constraint leaves an end out [false 1/2]
    if any(name in node.free for node, _ in goal.region.constraints):
        raise Rejected("a constraint has the variable of a concave function")
    # step: a concave function does not jump at an end [true 2/2]
    if not continuous(goal.f):
        raise Rejected("the expression may jump")
    beside = goal.region.with_spans({name: None})
    for end, proof in ((span.low, low), (span.high, high)):
        # step: a concave function has its sign at its ends [drop]
        goal.of(substitute(goal.f, {name: end}), region=beside).prove(proof)
    opened = _opened_in(goal.region, name)
    opened.require(goal.f, analytic=True)
    rate = derivative(derivative(goal.f, name), name)
    # step: between its ends the function is concave [drop]
    goal.of(-rate, ">=", opened).prove(bend)


def _opened_in(region: Region, name: str) -> Region:
    """The part of a region without the ends of a variable; what is known of it all holds there."""
    return region.with_spans({name: region.spans[name].opened}).with_facts(region.facts)


def _beyond(goal: Goal, name: str, curve: Node, side: str) -> bool:
    """Whether the region says that v lies strictly on this side of the curve."""
    gap = curve - variable(name) if side == "below" else variable(name) - curve
    scales = [goal.region.multiple(gap, c) for c, kind in said(goal.region) if kind == ">"]
    return any(scale is not None and scale > 0 for scale in scales)


def _inside(
    goal: Goal, curve: Node, low: list[Node], high: list[Node], sides: Sequence[str],
    proofs: object, beside: Region,
) -> None:  # fmt: skip
    """Prove that the curve is not beyond the bounds that a line to it could cross.

    From below one goes up to the curve, which is not above any upper bound; and the other way
    round. Where one side is left out, the curve is a bound of the variable itself.
    """
    if not isinstance(proofs, list):
        raise Rejected('"inside" is a list of proofs')
    needs = [curve - bound for bound in low], [bound - curve for bound in high]
    for side, gaps in (("below", needs[0]), ("above", needs[1])):
        # step: a side that is left out is empty [false 1/5]
        if side not in sides and not any(beside.plain.is_zero(gap) for gap in gaps):
            raise Rejected(f"nothing is said of what is {side} the curve")
    given = list(proofs)
    paired = len(given) == len(low) + len(high)
    for k, gap in enumerate((*needs[0], *needs[1])):
        is_high = k >= len(low)
        if ("below" if is_high else "above") not in sides:
            continue
        if beside.plain.is_zero(gap) or beside.weak(gap) == 1 or is_said(beside, gap):
            continue
        if not paired:
            raise Rejected("a curve is not proved to lie within the bounds of its variable")
        # step: the curve lies within the bounds of its variable [drop]
        goal.of(gap, ">=", beside).prove(given[k])


def is_said(region: Region, node: Node) -> bool:
    """Whether a constraint or an end of a range says that an expression is at least 0."""
    return any(
        kind != "!=" and (scale := region.multiple(node, c)) is not None and scale > 0
        for c, kind in said(region)
    )


# Cases


def _cases(goal: Goal, rest: dict[str, Any]) -> None:
    """Two cases, u ≥ 0 and u ≤ 0: |u|, min and max are replaced by what they are."""
    text, up, down = fields(rest, "of", "nonnegative", "nonpositive")
    u = goal.defined(text)
    for sign, proof in ((1, up), (-1, down)):
        region = goal.region.with_constraint((u if sign > 0 else -u, ">="))
        # step: in a case abs u is u, but sign u is not 1 [constant: True]
        goal.of(resolved(goal, goal.f, u, sign, strict=False), region=region).prove(proof)


def _resolve(goal: Goal, rest: dict[str, Any]) -> None:
    """One case, as u has one sign: |u|, min, max and sign u are replaced by what they are."""
    text, relation, by, proof = fields(rest, "of", "sign", "by", "proof")
    u = goal.defined(text)
    if relation not in (">", ">=", "<", "<="):
        raise Rejected("the sign in a case is one of > >= < <=")
    down = relation in ("<", "<=")
    strict = relation in (">", "<")
    # step: the sign of what is resolved is proved [drop]
    # step: it is the sign that is named [false 1/2]
    goal.of(-u if down else u, ">" if strict else ">=").prove(by)
    # step: ?, moves [value 6/6: True]
    node = resolved(goal, goal.f, u, -1 if down else 1, strict=strict)
    goal.of(node).prove(proof)


def resolved(goal: Goal, f: Node, u: Node, sign: int, *, strict: bool) -> Node:
    """The expression with |w|, min, max replaced, where w or a difference is a multiple of u."""
    memo: dict[Node, Node] = {}

    def side(w: Node) -> int:
        # step: only what has this sign is resolved [true 1/3]
        if w is u or goal.region.algebra.equal(w, u):
            return sign
        if goal.region.algebra.equal(-w, u):
            return -sign
        scale = goal.region.multiple(w, u)
        return 0 if scale is None else sign if scale > 0 else -sign

    def go(node: Node) -> Node:
        if node.head in ("number", "variable", "integral", "sum") or not node.args:
            return node
        if node not in memo:
            args = tuple(go(arg) for arg in node.args)
            memo[node] = _without(rebuilt(node, args), side, strict)
        return memo[node]

    return go(f)


def _without(node: Node, side: Any, strict: bool) -> Node:
    if node.head == "abs":
        found = side(node.args[0])
        return node if not found else node.args[0] if found > 0 else -node.args[0]
    if node.head == "sign" and strict:
        found = side(node.args[0])
        return number(found) if found else node
    if node.head in ("min", "max"):
        args = list(node.args)
        for i, a in enumerate(args):
            for b in args[i + 1 :]:
                found = side(a - b)
                if found:
                    # step: of two the lesser is the minimum [first condition 1/3]
                    args.remove(b if (found > 0) == (node.head == "max") else a)
                    return args[0] if len(args) == 1 else Node(node.head, *args)
    return node


# Whole numbers


def _relax(goal: Goal, rest: dict[str, Any]) -> None:
    """A whole number as a real one."""
    name, proof = fields(rest, "variable", "proof")
    name = goal.variable(name)
    span = goal.region.spans[name]
    real = Span(span.low, span.high, span.low_closed, span.high_closed)
    goal.of(goal.f, region=goal.region.with_spans({name: real})).prove(proof)


def _finite(goal: Goal, rest: dict[str, Any]) -> None:
    """Each value of a whole number by itself."""
    name, proofs = fields(rest, "variable", "proofs")
    name = goal.variable(name)
    values = _values(goal, goal.region.spans[name])
    if not isinstance(proofs, list) or len(proofs) != len(values):
        raise Rejected(f"{name} has {len(values)} values, each with a proof")
    for value, proof in zip(values, proofs, strict=True):
        _at(goal, name, number(value)).prove(proof)


def _at(goal: Goal, name: str, value: Node) -> Goal:
    """The goal at one value of a variable."""
    region = replaced(goal.region, name, value)
    return goal.of(substitute(goal.f, {name: value}), region=region)


def _values(goal: Goal, span: Span) -> list[int]:
    # step: only a whole number has finitely many values [true 3/5]
    if not span.integer or span.low is None or span.high is None:
        raise Rejected("this rule needs a whole number between two ends")
    first = _nearest(goal, span.low, up=True, closed=span.low_closed)
    last = _nearest(goal, span.high, up=False, closed=span.high_closed)
    if last - first >= MOST_VALUES:
        raise Rejected(f"a whole number has more than {MOST_VALUES} values")
    return list(range(first, last + 1))


def _nearest(goal: Goal, end: Node, *, up: bool, closed: bool) -> int:
    """The first whole number from an end on."""
    low, high = goal.constants.rational_hull(end)
    value = int(low.numerator // low.denominator) if up else -int(
        (-high).numerator // high.denominator)  # fmt: skip
    step = 1 if up else -1
    while True:
        order = goal.constants.compare(number(value), end) * step
        # step: a closed end is one of them [first condition 1/4]
        if order > 0 or (order == 0 and closed):
            return value
        value += step


def _induction(goal: Goal, rest: dict[str, Any]) -> None:
    """f(n₀) rel 0, and f(n + 1) ≥ f(n) for all real n ≥ n₀, or all whole n if f has a sum."""
    name, first, step = fields(rest, "variable", "first", "step")
    goal.need(">", ">=")
    name = goal.variable(name)
    span = goal.region.spans[name]
    whole = span.low is not None and span.low.head == "number" and (
        span.low.args[0].denominator == 1)  # fmt: skip
    # step: an induction is on whole numbers [true 3/6]
    # step: and begins with one [true 4/6]
    if not (span.integer and whole and span.low_closed and span.low is not None):
        raise Rejected("an induction begins with a whole number")
    # step: no constraint leaves a number out [false 1/2]
    if any(name in c.free for c, _ in goal.region.constraints):
        raise Rejected(f"a constraint has the variable {name}")
    # step: an induction has its first case [drop]
    _at(goal, name, span.low).prove(first)
    later = substitute(goal.f, {name: variable(name) + ONE})
    counted = any(part.head == "sum" and name in part.free for part in parts_of(goal.f))
    real = Span(span.low, span.high, span.low_closed, span.high_closed, counted)
    region = goal.region.with_spans({name: real})
    # step: and its step [drop]
    goal.of(add(later, multiply(MINUS_ONE, goal.f)), ">=", region).prove(step)


def _shift(goal: Goal, rest: dict[str, Any]) -> None:
    """f(v) − f(v + p) rel 0, and f → 0 at infinity."""
    name, by, proof = fields(rest, "variable", "by", "difference")
    goal.need(">", ">=")
    name = goal.variable(name)
    span = goal.region.spans[name]
    # step: it goes on to infinity [first condition 1/3]
    if goal.f.free - {name} or span.high is not None or span.integer:
        raise Rejected("a shift tends to infinity in the only variable, which is real")
    if any(name in c.free for c, _ in goal.region.constraints):
        raise Rejected(f"a constraint has the variable {name}")
    step = goal.constant(by)
    # step: a shift is upward [false]
    if goal.constants.sign(step) != 1:
        raise Rejected("a shift is positive")
    # step: what is shifted tends to 0 [false]
    if germ(goal.f, name, Side(None, 1), goal.constants).limit != "zero":
        raise Rejected("the limit at infinity is not proved to be 0", told_shortly(goal.f))
    later = substitute(goal.f, {name: variable(name) + step})
    goal.of(add(goal.f, multiply(MINUS_ONE, later))).prove(proof)


# Lemmas


def _given(goal: Goal, rest: dict[str, Any]) -> None:
    """A lemma with expressions in place of its variables."""
    name, given, proofs = fields(rest, "name", "with", "domain")
    goal.need(">", ">=", "=", "!=")
    if not isinstance(name, str) or name not in goal.lemmas:
        raise Rejected(f"{shown(name)} is not among the statements that are given")
    claims, region = goal.lemmas[name]
    if not isinstance(given, dict) or given.keys() != region.spans.keys():
        raise Rejected("a lemma is used with an expression for each of its variables")
    # step: what is put into a lemma is defined [function 1/2: .read]
    place = {key: goal.defined(text) for key, text in given.items()}
    needs = []
    for key, span in region.spans.items():
        # step: what stands for a whole number is one [false 1/4]
        if span.integer and not whole(goal, place[key]):
            raise Rejected(f"what is put for {key} is not a whole number")
        if span.low is not None:
            # step: strictly, where it is open [true]
            needs.append((place[key] - span.low, ">=" if span.low_closed else ">"))
        if span.high is not None:
            needs.append((span.high - place[key], ">=" if span.high_closed else ">"))
    needs += [(substitute(c, place), relation) for c, relation in region.constraints]
    if not isinstance(proofs, list) or len(proofs) != len(needs):
        raise Rejected(f"{len(needs)} goals prove the domain of the lemma")
    for (node, relation), proof in zip(needs, proofs, strict=True):
        # step: the domain of a lemma is proved [drop]
        goal.of(node, relation).prove(proof)
    implied = {">": (">", ">=", "!="), ">=": (">=",), "=": ("=", ">="), "!=": ("!=",)}
    for claim, relation in claims:
        scale = goal.region.multiple(goal.f, substitute(claim, place))
        turned = scale is not None and scale < 0
        # step: a lemma is taken times a positive number [true 4/8]
        # step: and says no more than it does [true 3/8]
        if scale and goal.relation in implied[relation] and (
            not turned or relation == "=" or goal.relation == "!="
        ):  # fmt: skip
            return
    raise Rejected("the lemma does not say this", told_shortly(goal.f))


def whole(goal: Goal, node: Node) -> bool:
    """Whether an expression is seen to be a whole number."""
    if node.head == "number":
        return bool(node.args[0].denominator == 1)
    if node.head == "variable":
        return goal.region.spans[node.args[0]].integer
    return node.head in ("+", "*") and all(whole(goal, arg) for arg in node.args)


def _contrary(goal: Goal, rest: dict[str, Any]) -> None:
    """A constraint fails wherever the goal does.

    The goal's expression is defined on the region. A point of the region where the goal fails
    would lie in the region without the constraint, and there the proof says that it fails: of an
    equation, that one side is the greater one.
    """
    text, proof = fields(rest, "constraint", "proof")
    goal.need(">", ">=")
    named = goal.read(text)
    region = goal.region
    for i, (node, relation) in enumerate(region.constraints):
        # step: and a constraint fails strictly there, if it is closed [call: '>=']
        against = _AGAINST.get(relation)
        if against is None:
            continue
        if relation == "=" and region.plain.equal(-node, named):
            node = -node
        if not region.plain.equal(node, named):
            continue
        others = (*region.constraints[:i], *region.constraints[i + 1 :])
        # step: by contradiction, where a strict goal fails is closed [false]
        fails = (-goal.f, ">=" if goal.relation == ">" else ">")
        wider = Region(region.spans, (*others, fails), constants=region.constants)
        goal.of(node if relation == "=" else -node, against, region=wider).prove(proof)
        return
    raise Rejected(f"{shown(text)} is not what a constraint compares with 0")


_AGAINST = {">": ">=", ">=": ">", "=": ">"}
"""What is proved of a constraint, with its sign turned except for an equation."""


def implied_by_empty(goal: Goal, rest: dict[str, Any]) -> None:
    """A constraint that fails on all of the region: there is nothing to prove."""
    fields(rest)
    for node, relation in goal.region.constraints:
        sign, weak = goal.region.sign(node), goal.region.weak(node)
        # step: a region is empty where a constraint fails, not where it may be 0 [value 3/5: weak]
        # step: nor where an equation may hold [value 4/5: weak]
        fails = {
            ">": weak == -1, ">=": sign == -1, "=": sign in (1, -1), "!=": False,
        }[relation]  # fmt: skip
        if fails:
            return
    raise Rejected("no constraint is seen to fail everywhere")


MOVES: dict[str, Rule] = {
    "split": _split,
    "substitute": _substitute,
    "change": _change,
    "eliminate": _eliminate,
    "mirror": _mirror,
    "closure": _closure,
    "forget": _forget,
    "along": _along,
    "concave": _concave,
    "cases": _cases,
    "resolve": _resolve,
    "relax": _relax,
    "finite": _finite,
    "induction": _induction,
    "shift": _shift,
    "given": _given,
    "contrary": _contrary,
    "empty": implied_by_empty,
}

RULES.update(MOVES)
