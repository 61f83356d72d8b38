"""Rational functions of one variable with zeros, each between two numbers or a number itself."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import sturm
from bounds.certify.checker.differentiate import derivative
from bounds.certify.checker.expression import Node, number
from bounds.certify.checker.pattern import Line
from bounds.certify.checker.region import rational_function
from bounds.certify.errors import Inconclusive
from bounds.kernel.equalities import equality
from bounds.kernel.facts import proof
from bounds.kernel.script import Signs, Texts, between, bool_of, bools
from bounds.kernel.terms import coq, name, number_text

_HALVES = 60


def with_zeros(table: Texts, line: Line, node: Node, signs: Signs) -> str:
    """The lemma of the pattern of a rational function that has zeros."""
    top, bottom = rational_function(line.region.algebra, node, line.name)
    low, high = line.region.ends(line.name)
    work = line.constants.work

    def count(a: Any, b: Any) -> Signs:
        return sturm.pattern(top, bottom, a, b, work)

    zeros = len(signs) - 1
    cuts = _separators(count, low, high, zeros)
    bounds = [line.span.low, *(number(c) for c in cuts), line.span.high]
    lines = [line.within(a, b) for a, b in itertools.pairwise(bounds)]
    labels = []
    for k, part in enumerate(lines):
        labels.append(_one_zero(table, part, node, signs[k : k + 2], top, count))
    f = table.function(line, node)
    label, tail = labels[-1], signs[zeros - 1 :]
    for k in range(zeros - 2, -1, -1):
        whole = line.within(bounds[k], line.span.high)
        c, rest = number_text(cuts[k]), table.interval(line.within(bounds[k + 1], line.span.high))
        value = signs[k + 1]
        tactics = [
            f"apply (pattern_at_sign {f} {bool_of(value)} {bools(tail[1:])}"
            f" {bools(signs[k : k + 1])} {table.interval(whole)} {c}); cbv beta;"
            " [place | signs; at_number | |].",
            f"- apply (pattern_ext {f} {f} {bools(signs[k : k + 2])} {table.interval(lines[k])});"
            f" [place | place | auto | exact {labels[k]}].",
            f"- apply (pattern_ext {f} {f} {bools(tail)} {rest});"
            f" [place | place | auto | exact {label}].",
        ]
        tail = [signs[k], *tail]
        label = table.script.lemma(table.statement(whole, node, tail), tactics, "two zeros, joined")
    return label


def _end(value: Any) -> Any:
    return sturm.End(value)


def _middle(low: Any, high: Any) -> Any:
    a, b = _rough(low, -1), _rough(high, 1)
    if a is None and b is None:
        return gmpy2.mpq(0)
    if a is None:
        return b - 1 if b <= 0 else b - 2 * abs(b) - 1
    if b is None:
        return a + 1 if a >= 0 else a + 2 * abs(a) + 1
    return (a + b) / 2


def _rough(end: Any, side: int) -> Any:
    if end.infinite:
        return None
    value = end.rational
    if value is None:
        raise Inconclusive("a zero close to an end that is no rational number")
    del side
    return value


def _separators(count: Any, low: Any, high: Any, zeros: int) -> list[Any]:
    """Numbers between neighbouring zeros."""
    if zeros <= 1:
        return []
    a, b = low, high
    for _ in range(_HALVES):
        middle = _middle(a, b)
        left = len(count(low, _end(middle))) - 1
        right = len(count(_end(middle), high)) - 1
        if left + right == zeros and left and right:
            return [
                *_separators(count, low, _end(middle), left), middle,
                *_separators(count, _end(middle), high, right),
            ]  # fmt: skip
        if left + right < zeros:  # the middle is a zero
            a, b = (
                (a, _end(middle + gmpy2.mpq(1, 3))) if left else (_end(middle - gmpy2.mpq(1, 3)), b)
            )
        elif left:
            b = _end(middle)
        else:
            a = _end(middle)
    raise Inconclusive("zeros of a polynomial could not be separated")


def _one_zero(table: Texts, line: Line, node: Node, signs: Signs, top: Any, count: Any) -> str:
    low, high = line.region.ends(line.name)
    a, b, exact = low, high, None
    for _ in range(_HALVES):
        middle = _middle(a, b)
        left = len(count(low, _end(middle))) - 1
        right = len(count(_end(middle), high)) - 1
        if not left and not right:
            exact = middle
            break
        a, b = (a, _end(middle)) if left else (_end(middle), b)
        if not a.infinite and not b.infinite:
            simple = _simplest(_rough(a, 1), _rough(b, 1))
            if not sturm.value_at(top, simple):
                exact = simple
                break
            if signs[0] != signs[1] and _steep(line, node, a, b, low, high):
                break
    f, x = table.function(line, node), name(line.name)
    if exact is not None:
        return _at_number(table, line, node, signs, exact)
    if signs[0] == signs[1]:
        raise Inconclusive("a double zero that is no rational number")
    rate = derivative(node, line.name)
    lo, hi = _rough(a, 1), _rough(b, 1)
    near = line.within(number(lo), number(hi))
    u = signs[1]
    before, after = line.within(line.span.low, number(lo)), line.within(number(hi), line.span.high)
    span = between(line.span, x)
    tactics = [
        f"apply (pattern_root {bool_of(u)} {f} {table.function(line, rate)} {table.interval(line)}"
        f" {number_text(lo)} {number_text(hi)}); cbv beta;",
        "  [is_convex | place | place | lra | | | | ].",
        f"- intros {x} Near; assert ({span}) by place; apart.",
        *table.known(line, [node, rate]),
        "eapply D_eq; [derive | cbv beta].", *equality(line.region, node, rate),
        f"- intros {x} Near; apart; signs.", *_closed(table, near, rate, u),
        f"- intros {x} Inside Near; apart; signs.", *_closed(table, before, node, -u),
        f"- intros {x} Inside Near; apart; signs.", *_closed(table, after, node, u),
    ]  # fmt: skip
    return table.script.lemma(
        table.statement(line, node, signs), tactics, "one zero, between numbers"
    )


def _closed(table: Texts, line: Line, node: Node, sign: int) -> list[str]:
    """The sign on an interval with its rational ends."""
    x = name(line.name)
    lines = []
    for k, end in enumerate((line.span.low, line.span.high)):
        if end is not None and end.head == "number":
            c = coq(end)
            lines.append(
                f"destruct (Req_dec {x} {c}) as [E{k}|E{k}]; [try rewrite E{k}; at_number|]."
            )
    return [*lines, *table.known(line, [node]), f"{proof(line.region, node, sign, True)}."]


def _steep(line: Line, node: Node, a: Any, b: Any, low: Any, high: Any) -> bool:
    rate = derivative(node, line.name)
    lo, hi = _rough(a, 1), _rough(b, 1)
    for own, end in ((lo, low), (hi, high)):
        if not end.infinite and end.rational == own:
            return False
    near = line.within(number(lo), number(hi))
    return near.region.sign(rate) is not None


def _at_number(table: Texts, line: Line, node: Node, signs: Signs, at: Any) -> str:
    f, x, c = table.function(line, node), name(line.name), number_text(at)
    parts = (
        (line.within(line.span.low, number(at)), signs[0]),
        (line.within(number(at), line.span.high), signs[1]),
    )
    tactics = [
        f"apply (pattern_at_zero {f} {bools(signs[1:])} ltac:(discriminate) {bools(signs[:1])}"
        f" {table.interval(line)} {c}); cbv beta; [place | zero_here | | ]."
    ]
    for part, sign in parts:
        tactics += [
            f"- intros {x} Inside; cbv beta in Inside; apart; signs.",
            *table.known(part, [node]),
            f"{proof(part.region, node, sign, True)}.",
        ]
    return table.script.lemma(table.statement(line, node, signs), tactics, "one zero, a number")


def _simplest(a: Any, b: Any) -> Any:
    """The number with the least denominator between two."""
    low, high = (
        Fraction(int(a.numerator), int(a.denominator)),
        Fraction(int(b.numerator), int(b.denominator)),
    )
    bottom = 1
    while bottom < 10_000:
        top = -((-low * bottom) // 1)
        if top <= high * bottom:
            return gmpy2.mpq(int(top), bottom)
        bottom += 1
    return (a + b) / 2
