"""Ranges made narrower by affine constraints, and bounds of one variable by the others."""

from __future__ import annotations

from dataclasses import replace

from bounds.certify.checker.expression import Node, add, multiply, number, variable
from bounds.certify.checker.forms import UNIT, Form
from bounds.certify.checker.precision import Rational
from bounds.certify.checker.region import Region, Span
from bounds.certify.checker.verdict import Rejected, Undecided

_ROUNDS = 3

Affine = tuple[dict[str, Rational], Node, str]
"""Σ aᵢ vᵢ + c relation 0: the coefficients, c, and the relation."""


def tightened(region: Region) -> Region:
    """The same set of points, with narrower ranges where affine constraints show it."""
    forms = [f for c in region.constraints if (f := _affine(region, *c)) is not None]
    if not forms:
        return region
    spans = dict(region.spans)
    for _ in range(_ROUNDS):
        before = dict(spans)
        for form in forms:
            _propagate(region, form, spans)
        if spans == before:
            break
    changed = {name: span for name, span in spans.items() if span != region.spans[name]}
    if not changed:
        return region
    return Region(
        spans, region.constraints, constants=region.constants, extra=region.extra,
        facts=region.facts,
    )  # fmt: skip


def _affine(region: Region, node: Node, relation: str) -> Affine | None:
    # step: x != y bounds nothing [last condition 1/3]
    if relation == "!=" or not node.free:
        return None
    try:
        form = region.plain.form(node)
    except Undecided:
        return None
    # step: nor does a quotient [false]
    if form.den:
        return None
    rates: dict[str, Rational] = {}
    rest = []
    for monomial, value in form.num.items():
        if monomial == UNIT:
            rest.append(number(value))
            continue
        generator = region.plain.generators[monomial[0][0]]
        # step: nor a square [true 3/4]
        if len(monomial) == 1 and monomial[0][1] == 1 and generator.head == "variable":
            rates[generator.data[0]] = value
            continue
        constant = region.plain.node(Form({monomial: value}))
        if constant is None or constant.free:
            return None
        rest.append(constant)
    if not rates or not rates.keys() <= region.spans.keys():
        return None
    return rates, add(*rest), relation


def _propagate(region: Region, form: Affine, spans: dict[str, Span]) -> None:
    rates, constant, relation = form
    for name, rate in rates.items():
        for sense in (1, -1) if relation == "=" else (1,):
            # sense·(rate·v + Σ others + c) ≥ 0: rate·v ≥ −(greatest of the others) − c
            # step: a bound that belongs to the range is no strict one [false]
            total, closed = [multiply(number(sense), constant)], relation != ">"
            for other, slope in rates.items():
                if other == name:
                    continue
                span = spans[other]
                # step: the other variables are where they allow most [true]
                top = sense * slope > 0
                end = span.high if top else span.low
                if end is None:
                    break
                closed = closed and (span.high_closed if top else span.low_closed)
                total.append(multiply(number(sense * slope), end))
            else:
                bound = multiply(number(-1 / (sense * rate)), add(*total))
                # step: a negative coefficient makes an upper bound [true]
                _cut(region, name, _simple(region, bound), spans, closed, low=sense * rate > 0)


def _simple(region: Region, node: Node) -> Node:
    try:
        known = region.plain.form(node).rational
    except Undecided:
        known = None
    return node if known is None else number(known)


def _cut(
    region: Region, name: str, bound: Node, spans: dict[str, Span], closed: bool, *, low: bool
) -> None:
    own = spans[name]
    end, end_closed = (own.low, own.low_closed) if low else (own.high, own.high_closed)
    try:
        order = 1 if end is None else region.constants.compare(bound, end) * (1 if low else -1)
        if order < 0 or (order == 0 and (closed or not end_closed)):
            return
        opposite, opposite_closed = (
            (own.high, own.high_closed) if low else (own.low, own.low_closed)
        )
        if opposite is not None:
            room = region.constants.compare(opposite, bound) * (1 if low else -1)
            if room < 0 or (room == 0 and not (closed and opposite_closed)):
                return  # no point fulfils it: the range is left as it is
            if room == 0:
                bound = opposite
    except Undecided:
        return
    if low:
        spans[name] = replace(own, low=bound, low_closed=closed)
    else:
        spans[name] = replace(own, high=bound, high_closed=closed)


def bounds_of(region: Region, name: str) -> tuple[list[Node], list[Node]]:
    """The lower and upper bounds of a variable by its ends and by the constraints that have it.

    Raises:
        Rejected: a constraint has the variable, and is not affine in it with a number.
    """
    span = region.spans[name]
    low = [] if span.low is None else [span.low]
    high = [] if span.high is None else [span.high]
    for node, relation in region.constraints:
        if name not in node.free:
            continue
        solved = _solved(region, node, name)
        if solved is None:
            continue
        bound, rate = solved
        # step: x != y bounds y neither from below nor from above [false]
        if relation not in (">", ">="):
            raise Rejected(f"a constraint bounds {name} neither from below nor from above")
        (low if rate > 0 else high).append(bound)
    return low, high


def _solved(region: Region, node: Node, name: str) -> tuple[Node, Rational] | None:
    """The b and a with node = a·(v − b), a rational; None where v is not in the normal form."""
    form = region.plain.form(node)
    index = next(iter(region.plain.form(variable(name)).num))[0][0]
    rate, rest = None, {}
    for monomial, value in form.num.items():
        if monomial == ((index, 1),):
            rate = value
        else:
            rest[monomial] = value
    whole = region.plain.node(form)
    if whole is not None and name not in whole.free:
        return None
    bound = None if rate is None else region.plain.node(Form(rest))
    if form.den or rate is None or bound is None or name in bound.free:
        raise Rejected(f"a constraint is not affine in {name}")
    return multiply(number(-1 / rate), bound), rate
