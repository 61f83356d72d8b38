"""A root, an exponential or |u| against the rest: the inverse function of both sides.

The terms are taken as they are written: a normal form would multiply out what belongs together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from bounds.certify.language.derivative import NoDerivative
from bounds.certify.language.expression import Expr, add, multiply, number, raise_to
from bounds.certify.language.text import to_text
from bounds.certify.rules.along import proved
from bounds.certify.rules.goal import Deadline, Goal, Node, Prover
from bounds.certify.rules.logarithm import expanded
from bounds.certify.rules.normal import TooLarge, normal_expr
from bounds.certify.rules.samples import looks, samples

_ERRORS = (TooLarge, NoDerivative, ArithmeticError, ValueError, KeyError)
_MAPS = {"root": "square", "abs": "square", "exp": "log"}


@dataclass(frozen=True)
class _Sides:
    """F = right − left; one of them is a number times a value of the function `kind`."""

    kind: str
    left: Expr
    right: Expr


def peeled(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """Proofs by the square or the logarithm of both sides."""
    if goal.relation not in (">", ">="):
        return
    for sides in _sides(goal.f):
        try:
            node = _compared(goal, sides, prove, deadline)
        except _ERRORS:
            continue
        if node is not None:
            yield node


def _kind(term: Expr) -> tuple[Fraction, str] | None:
    """The number and the outermost function of a term that is a number times a value of one."""
    scale, rest = Fraction(1), term
    if term.head == "*" and term.args[0].is_number:
        scale, rest = term.args[0].value, multiply(*term.args[1:])
    if rest.head == "^" and rest.args[1].is_number and rest.args[1].value == Fraction(1, 2):
        return scale, "root"
    return (scale, rest.head) if rest.head in ("abs", "exp") else None


def _sides(f: Expr) -> Iterator[_Sides]:
    terms = f.args if f.head == "+" else ()
    kinds = [_kind(term) for term in terms]
    for kind in ("root", "exp", "abs"):
        at = [i for i, found in enumerate(kinds) if found is not None and found[1] == kind]
        signs = {found[0] > 0 for i in at if (found := kinds[i]) is not None}
        if len(signs) != 1 or (len(at) > 1 and kind != "root") or len(at) == len(terms):
            continue
        mine = add(*(terms[i] for i in at))
        rest = add(*(term for i, term in enumerate(terms) if i not in at))
        yield _Sides(kind, -rest, mine) if signs == {True} else _Sides(kind, -mine, rest)


def _compared(goal: Goal, sides: _Sides, prove: Prover, deadline: Deadline) -> Node | None:
    left, right, kind = sides.left, sides.right, _MAPS[sides.kind]
    node: Node = {"rule": "map", "map": kind, "left": to_text(left), "right": to_text(right)}
    needs: list[Goal] = []
    if kind == "square":
        grown = add(_square(right), -_square(left))
        needs = [] if _seen_positive(right) else [goal.of(right, ">=")]
    else:
        seen = samples(goal.domain)
        if (seen.sign(left), seen.sign(right)) != (">", ">"):
            return None
        grown = add(expanded(right), -expanded(left))
        needs = [goal.of(side, ">") for side in (left, right) if side.head == "+"]
    inner = goal.of(grown)
    if looks(inner) == "false":
        return None
    own = proved(inner, prove, deadline.part(0.9))
    if own is None:
        return None
    known: dict[str, Node] = {}
    for need in needs:
        found = proved(need, prove, deadline.part(0.5))
        if found is None:
            return None
        if kind == "square":
            node["positive"] = found
        else:
            known[f"{to_text(need.f)} > 0"] = found
    if known:
        node["positive"] = known
    return {**node, "proof": {"rule": "rewrite", "as": to_text(grown), "proof": own}}


def _seen_positive(side: Expr) -> bool:
    """Whether a side is a sum of roots and absolute values."""
    terms = side.args if side.head == "+" else (side,)
    return all((found := _kind(t)) is not None and found[0] > 0 for t in terms)


def _square(side: Expr) -> Expr:
    """The square; of a root or of |u|, what stands in it."""
    scale, rest = Fraction(1), side
    if side.head == "*" and side.args[0].is_number:
        scale, rest = side.args[0].value, multiply(*side.args[1:])
    if rest.head == "abs":
        return multiply(number(scale * scale), raise_to(rest.args[0], number(2)))
    if rest.head == "^" and rest.args[1].is_number and rest.args[1].value == Fraction(1, 2):
        return multiply(number(scale * scale), rest.args[0])
    square = raise_to(side, number(2))
    return normal_expr(square) if side.head == "+" and _seen_positive(side) else square
