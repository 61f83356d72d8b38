"""Signs of expressions on a region as Coq's facts: each part before what is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from bounds.certify.checker.expression import BINDERS, Node, number, parts_of
from bounds.certify.checker.region import Region, rational_function
from bounds.certify.checker.verdict import BeyondLimit, Rejected, Undecided
from bounds.kernel import polynomials
from bounds.kernel.terms import coq, name, number_text, relation, unfolded

_SECONDS = 10
_SIGN = {(1, True): ">", (-1, True): "<", (1, False): ">=", (-1, False): "<="}


class Facts:
    """What is known in the context of one proof.

    Args:
        region: the ranges of the variables, from which the signs are seen.
        label: what the names of facts begin with.
    """

    def __init__(self, region: Region, label: str = "F") -> None:
        self.region, self.label = region, label
        self._known: dict[str, str] = {}

    def of(self, nodes: Iterable[Node]) -> list[str]:
        """Tactics that add the signs of all parts of expressions to the context."""
        lines: list[str] = []
        for node in nodes:
            for part in parts_of(unfolded(node)):
                if part.free and part.head not in ("number", "variable", *BINDERS):
                    lines += self.one(part)
        return lines

    def one(self, node: Node) -> list[str]:
        """Tactics that add the sign of one expression, if one is seen."""
        if not node.free <= self.region.spans.keys():
            return []
        try:
            sign = self.region.sign(node)
            seen = sign or self.region.weak(node)
        except (Undecided, Rejected, BeyondLimit):
            return []
        lines = list(self._beside_one(node))
        if seen:
            wanted = relation(node, _SIGN[seen, bool(sign)], opened=True)
            lines += self.add(wanted, proof(self.region, node, seen, bool(sign), quick=True))
        return lines

    def add(self, statement: str, tactic: str) -> list[str]:
        """A fact with its proof, unless it is known."""
        if statement in self._known:
            return []
        label = f"{self.label}{len(self._known)}"
        self._known[statement] = label
        return [f"try (assert ({label} : {statement}) by ({tactic}))."]

    def _beside_one(self, node: Node) -> Iterator[str]:
        """How values of functions lie to 1, or between what they never leave."""
        if node.head == "^" and node.args[1].head == "number":
            base, power = node.args[0], node.args[1].args[0]
            if power.denominator == 2 and power > 0 and self.region.weak(base) == 1:
                root = coq(Node("^", base, number(power / power.numerator)), opened=True)
                inner = coq(base, opened=True)
                yield from self.add(f"{root} * {root} = {inner}", "apply sqrt_sqrt; by_sign")
        if node.head in ("sin", "cos"):
            bound = "SIN_bound" if node.head == "sin" else "COS_bound"
            yield from self.add(f"-1 <= {coq(node, opened=True)} <= 1", f"apply {bound}")
        if node.head == "exp":
            sign = self.region.sign(node.args[0])
            weak = sign or self.region.weak(node.args[0])
            if weak:
                lemma = f"exp_{'above' if weak > 0 else 'below'}{'' if sign else '_w'}"
                one = number(-1)
                statement = relation(node + one, _SIGN[weak, bool(sign)], opened=True)
                text = coq(node, opened=True)
                strict = "<" if sign else "<="
                statement = f"1 {strict} {text}" if weak > 0 else f"{text} {strict} 1"
                yield from self.add(statement, f"apply {lemma}; by_sign")
        if node.head == "log":
            inner = node.args[0] + number(-1)
            yield from self.one(inner) if inner.free else ()
        if node.head == "Phi":
            text = coq(node, opened=True)
            yield from self.add(f"0 < {text} < 1", "apply cdf_range")
            sign = self.region.sign(node.args[0])
            if sign:
                statement = f"1 / 2 < {text}" if sign > 0 else f"{text} < 1 / 2"
                lemma = "cdf_above" if sign > 0 else "cdf_below"
                yield from self.add(statement, f"apply {lemma}; by_sign")


def proof(region: Region, node: Node, sign: int, strict: bool, *, quick: bool = False) -> str:
    """A tactic that proves the sign of an expression, with facts about its parts in the context."""
    tries = ["by_sign"]
    if not node.free:
        return f"first [timeout {_SECONDS} (interval with (i_prec 100)) | by_sign | lra]"
    if node.head == "+" or len(node.free) == 1:
        tries = ["lra", *tries]
    by_form = polynomial(region, node, sign) if strict else None
    if by_form is not None:
        tries.append(by_form)
    if quick:
        if len(node.free) > 1 and node.head == "+":
            tries.append("timeout 2 nra")
        if node.head in ("+", "cos", "sin") and region.closed_box(node.free) is not None:
            tries.append(f"timeout 4 ({interval(node, 60)})")
    else:
        tries += [f"timeout {_SECONDS} nra", *intervals(node)]
    return f"first [{' | '.join(f'solve [{one}]' for one in tries)}]"


def interval(node: Node, bits: int) -> str:
    """Interval arithmetic with halves of the ranges."""
    both = "".join(f", i_bisect {name(v)}" for v in sorted(node.free))
    return f"interval with (i_prec {bits}{both}{', i_depth 12' if both else ''})"


def intervals(node: Node, bits: int = 60) -> list[str]:
    """Tactics by interval arithmetic, from cheap to dear."""
    names = sorted(map(name, node.free))
    both = "".join(f", i_bisect {v}" for v in names)
    found = [interval(node, bits)]
    for v in names[:1]:
        found.append(
            f"interval with (i_prec {bits + 30}{both}, i_taylor {v}, i_degree 8, i_depth 12)"
        )
    return [f"timeout {2 * _SECONDS} ({one})" for one in found]


def polynomial(region: Region, node: Node, sign: int) -> str | None:
    """A proof by Bernstein's form, for a rational function of one variable."""
    if len(node.free) != 1:
        return None
    (variable,) = node.free
    if variable not in region.spans:
        return None
    try:
        top, bottom = rational_function(region.plain, node, variable)
        own = region.ranges.place[variable]
    except (Undecided, Rejected, BeyondLimit):
        return None
    low = None if own.low is None else Fraction(int(own.low.numerator), int(own.low.denominator))
    high = (
        None if own.high is None else Fraction(int(own.high.numerator), int(own.high.denominator))
    )
    polys = [[Fraction(int(c.numerator), int(c.denominator)) for c in p] for p in (top, bottom)]
    if (low is not None and low == high) or not polys[0]:
        return None
    return quotient(polys[0], polys[1], variable, low, high, sign)


def quotient(
    top: polynomials.Poly, bottom: polynomials.Poly, variable: str,
    low: Fraction | None, high: Fraction | None, sign: int,
) -> str | None:  # fmt: skip
    """That top/bottom has a sign on (low, high), for a goal that is equal to it."""
    middle = _between(low, high)
    below = 1 if polynomials.value(bottom, middle) > 0 else -1
    x = name(variable)
    if len(bottom) == 1:
        scaled = [c / bottom[0] for c in top]
        one = positive(scaled, x, low, high, sign)
        if one is None:
            return None
        text = poly_text(scaled, x)
        return (
            f"assert (Poly : {_signed(sign, text)}) by ({one});"
            f" apply ({_as(sign)} ({text})); [exact Poly | same]"
        )
    first, second = positive(top, x, low, high, sign * below), positive(bottom, x, low, high, below)
    if first is None or second is None:
        return None
    t, b = poly_text(top, x), poly_text(bottom, x)
    return (
        f"assert (Top : {_signed(sign * below, t)}) by ({first});"
        f" assert (Bottom : {_signed(below, b)}) by ({second});"
        f" apply ({_as(sign)} (({t}) / ({b}))); [by_sign | same]"
    )


def _as(sign: int) -> str:
    return "as_positive" if sign > 0 else "as_negative_"


def _signed(sign: int, text: str) -> str:
    return f"0 < {text}" if sign > 0 else f"{text} < 0"


def _between(low: Fraction | None, high: Fraction | None) -> Fraction:
    if low is None:
        return Fraction(0) if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def poly_text(poly: polynomials.Poly, x: str) -> str:
    """A polynomial in Coq."""
    terms = [
        f"{number_text(c)} * {x} ^ {k}" if k else number_text(c) for k, c in enumerate(poly) if c
    ]
    return " + ".join(terms) or "0"


def positive(
    poly: polynomials.Poly, x: str, low: Fraction | None, high: Fraction | None, sign: int
) -> str | None:
    """A proof of 0 < p(x), or of p(x) < 0, for x in (low, high)."""
    if len(poly) == 1:
        return "lra"
    found = polynomials.pieces(poly, low, high, sign)
    if found is None:
        return None
    last = _piece(poly, x, *found[-1], sign)
    for low_end, high_end in reversed(found[:-1]):
        assert high_end is not None
        here = _piece(poly, x, low_end, high_end, sign)
        at = number_text(high_end)
        last = (
            f"destruct (Rtotal_order {x} {at}) as [?|[->|?]];"
            f" [{here} | timeout {_SECONDS} lra | {last}]"
        )
    return last


def _piece(
    poly: polynomials.Poly, x: str, low: Fraction | None, high: Fraction | None, sign: int
) -> str:
    if low is not None and high is not None:
        a, b = f"({x} - {number_text(low)})", f"({number_text(high)} - {x})"
        numbers, degree = polynomials.bernstein(poly, low, high), len(poly) - 1
        terms = [(c, [(a, k), (b, degree - k)]) for k, c in enumerate(numbers) if c]
        bases = [a, b]
    elif low is not None:
        a = f"({x} - {number_text(low)})"
        terms = [(c, [(a, k)]) for k, c in enumerate(polynomials.shifted(poly, low)) if c]
        bases = [a]
    else:
        assert high is not None
        a = f"({number_text(high)} - {x})"
        turned = polynomials.shifted(polynomials.mirrored(poly), -high)
        terms = [(c, [(a, k)]) for k, c in enumerate(turned) if c]
        bases = [a]
    text = " + ".join(
        " * ".join([number_text(abs(c)), *(f"{base} ^ {k}" for base, k in powers if k)])
        for c, powers in terms
    )
    signs = "; ".join(f"assert (0 < {base}) by lra" for base in bases)
    return f"{signs}; apply (as_{'positive' if sign > 0 else 'negative'} ({text})); [pos | field]"
