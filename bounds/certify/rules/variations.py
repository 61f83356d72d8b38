"""The table of variations: the signs of a function of one variable on an open interval.

A sign pattern is found as people find it: factors of one sign are taken away; what is left is
divided by something of one sign, so that its derivative is simpler; the signs of the derivative and
of the ends give the signs of the function. At the bottom there are polynomials. Each step is a node
of the certificate (see `bounds.certify.checker`), which the checker replays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import fmpq, fmpq_poly, fmpz_poly

from bounds.certify.language.derivative import NoDerivative, derivative
from bounds.certify.language.expression import (
    BINDERS,
    ONE,
    PI,
    ZERO,
    Expr,
    call,
    multiply,
    number,
    raise_to,
    substitute,
    variable,
)
from bounds.certify.language.text import to_text
from bounds.certify.rules.bessel import by_neighbours
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.goal import Deadline, Node
from bounds.certify.rules.normal import Form, TooLarge, is_zero, normal, normal_expr
from bounds.certify.rules.numeric import (
    Guess,
    Span,
    ball,
    constant_sign,
    end_sign,
    guess,
    precision,
    rational_of,
    sign_at,
    sign_of,
    simplest_between,
)
from bounds.certify.rules.structure import one_sign

_POSITIVE_HEADS = {"exp", "cosh", "phi", "Phi", "mills", "erfcx", "erfc"}
_SHIFTED = {"gamma", "loggamma", "digamma", "polygamma"}
_BREADTH, _MOST_LEAVES = 5, 400
_MOST_CHANGES = 5


@dataclass(frozen=True)
class Found:
    """A sign pattern with its proof: between neighbours there is one zero."""

    signs: tuple[int, ...]
    node: Node

    def times(self, sign: int) -> tuple[int, ...]:
        """The signs, all turned if the sign is −1."""
        return tuple(sign * s for s in self.signs)


class Variations:
    """A search for sign patterns in one variable.

    Args:
        name: the variable.
        deadline: when to stop.
        trace: is told each expression that is tried, for tests and for --explain of what failed.
    """

    def __init__(
        self, name: str, deadline: Deadline, trace: Callable[[int, Expr], None] | None = None
    ) -> None:
        self.name, self.deadline, self.trace = name, deadline, trace
        self.memo: dict[tuple[Expr, Span], tuple[int, Found | None]] = {}
        self.busy: set[tuple[Expr, Span]] = set()
        self.ranked: dict[Expr, list[tuple[Expr, Expr, Expr]]] = {}

    def pattern(self, f: Expr, span: Span, depth: int) -> Found | None:
        """The signs of f on the open interval, or None where no proof was found in this depth."""
        self.deadline.check()
        key = (f, span)
        known = self.memo.get(key)
        if known is not None and (known[1] is not None or known[0] >= depth):
            return known[1]
        if key in self.busy:
            return None
        self.busy.add(key)
        if self.trace:
            self.trace(depth, f)
        try:
            found = self._pattern(f, span, depth)
        except (TooLarge, ZeroDivisionError, NoDerivative, OverflowError):
            found = None
        finally:
            self.busy.discard(key)
        self.memo[key] = (depth, found)
        return found

    def _pattern(self, f: Expr, span: Span, depth: int) -> Found | None:
        if self.name not in f.free:
            sign = constant_sign(f)
            return Found((sign,), {"rule": "constant"}) if sign else None
        if sign := one_sign(f, self.name, span):
            return Found((sign,), {"rule": "obvious"})
        if f.head in ("sin", "cos") and span.finite and self._is_affine(f.args[0]):
            looked = guess(f, self.name, span)
            if looked is not None:
                return Found(looked.signs, {"rule": "wave"})
        if f.head == "^" and f.args[1].is_number and f.args[1].value.denominator > 1:
            base = self.pattern(f.args[0], span, depth)
            if base is None or base.signs != (1,):
                return None
            return Found((1,), {"rule": "root", "base": base.node})
        form = normal(f)
        if form.is_zero:
            return None
        if not form.kernels:
            sign = constant_sign(form.expr())
            return (
                Found(
                    (sign,),
                    {
                        "rule": "rewrite",
                        "as": to_text(form.expr()),
                        "pattern": {"rule": "constant"},
                    },
                )
                if sign
                else None
            )
        if form.kernels == (variable(self.name),):
            return self._rational(form, span)
        looked = guess(form.expr(), self.name, span)
        if looked is None or len(looked.signs) > _MOST_CHANGES:
            return None
        gammas = any(k.head in _SHIFTED and self.name in k.free for k in form.kernels)
        if gammas and depth > 0 and (found := self._by_shift(f, looked, span, depth)):
            return found
        if depth > 0 and (found := self._at_once(f, span, depth)):
            return found
        constant, factors = form.factored()
        groups = self._groups(factors)
        if len(groups) > 1 or groups[0][1] != 1:
            return self._product(constant, groups, span, depth)
        core = groups[0][0]
        if core is not f:
            inner = self.pattern(core, span, depth)
            if inner is None:
                return None
            sign = 1 if constant > 0 else -1
            factors_of = [{"of": to_text(core), "power": 1, "pattern": inner.node}]
            if constant != 1:
                factors_of.insert(0, _constant_factor(number(constant)))
            return Found(inner.times(sign), {"rule": "product", "factors": factors_of})
        if (found := self._by_order(core, span)) is not None:
            return found
        if depth <= 0:
            return None
        return self._core(core, looked, span, depth)

    def _by_order(self, f: Expr, span: Span) -> Found | None:
        """Bessel functions I of two orders, as others with coefficients of one sign."""
        arguments = {k.args[1] for k in normal(f).kernels if k.head == "besseli"}
        if len(arguments) != 1:
            return None
        for shown in by_neighbours(f, "besseli", arguments.pop()):
            if sign := one_sign(shown, self.name, span):
                obvious = {"rule": "obvious"}
                return Found((sign,), {"rule": "rewrite", "as": to_text(shown), "pattern": obvious})
        return None

    def _is_affine(self, u: Expr) -> bool:
        slope = normal_expr(derivative(u, self.name))
        return self.name not in slope.free

    # Polynomials

    def _rational(self, form: Form, span: Span) -> Found | None:
        signs = rational_signs(form, span)
        return Found(signs, {"rule": "rational"}) if signs else None

    # Products

    def _groups(self, factors: list[tuple[Expr, int]]) -> list[tuple[Expr, int]]:
        """Factors, those that are polynomials in the variable alone made one."""
        rational = [(f, n) for f, n in factors if _plain(f, self.name)]
        others = [(f, n) for f, n in factors if not _plain(f, self.name)]
        groups: list[tuple[Expr, int]] = []
        if rational:
            groups.append((multiply(*(raise_to(f, number(n)) for f, n in rational)), 1))
        constants = [(f, n) for f, n in others if self.name not in f.free]
        if constants:
            groups.append((multiply(*(raise_to(f, number(n)) for f, n in constants)), 1))
        exponentials = [(f, n) for f, n in others if f.head == "exp" and self.name in f.free]
        groups += [
            (f, n) for f, n in others if (f, n) not in constants and (f, n) not in exponentials
        ]
        if exponentials:
            exponent = sum((n * f.args[0] for f, n in exponentials), ZERO)
            groups.append((call("exp", exponent), 1))
        return groups

    def _product(
        self, constant: Fraction, groups: list[tuple[Expr, int]], span: Span, depth: int
    ) -> Found | None:
        sign = 1 if constant > 0 else -1
        signs: tuple[int, ...] = (1,)
        parts: list[Node] = []
        if constant != 1:
            parts.append(_constant_factor(number(constant)))
        groups = sorted(groups, key=lambda g: self._measure_of(g[0]))
        for f, power in groups:
            found = self.pattern(f, span, depth)
            if found is None:
                return None
            own = found.signs
            if power % 2 == 0:
                own = (1,) * len(own)
            if power < 0 and len(own) > 1:
                return None
            if len(own) > 1 and len(signs) > 1:
                return None
            signs = (
                tuple(s * own[0] for s in signs)
                if len(own) == 1
                else tuple(s * signs[0] for s in own)
            )
            parts.append({"of": to_text(f), "power": power, "pattern": found.node})
        return Found(tuple(sign * s for s in signs), {"rule": "product", "factors": parts})

    def _at_once(self, f: Expr, span: Span, depth: int) -> Found | None:
        """Differentiate f as it is, where its derivative is a product of plain factors."""
        slope = normal(derivative(f, self.name))
        if slope.is_zero or any(self._measure(slope)[:3]):
            return None
        return self._step(ONE, f, slope.expr(), span, depth)

    # One factor that is left

    def _core(self, f: Expr, looked: Guess, span: Span, depth: int) -> Found | None:
        if (
            span.finite
            and len(looked.signs) == 1
            and (found := self._by_enclosure(f, looked, span))
        ):
            return found
        return (
            self._by_root_substitution(f, span, depth)
            or self._by_divided_shift(f, looked, span, depth)
            or self._by_steps(f, span, depth)
            or self._by_contact(f, looked, span)
            or self._by_cuts(f, looked, span, depth)
        )

    def _by_enclosure(self, f: Expr, looked: Guess, span: Span, leaves: int = 12) -> Found | None:
        """One sign by balls on halves of a finite interval."""
        with precision(64):
            low, high = span.ends()
            if low is None or high is None:
                return None
            lower, upper = rational_of(low.lower()), rational_of(high.upper())
        splits = split_by_balls(f, self.name, lower, upper, looked.signs[0], leaves, self.deadline)
        if splits is None:
            return None
        node: Node = {"rule": "taylor", "splits": splits, "order": 0}
        return Found((looked.signs[0],), node)

    def _by_root_substitution(self, f: Expr, span: Span, depth: int) -> Found | None:
        """X = w^n where x^(1/n) occurs on a half-line or interval from 0."""
        degree = 1
        for kernel in normal(f).kernels:
            if kernel.head == "^" and kernel.args[0] == variable(self.name):
                degree = max(degree, kernel.args[1].value.denominator)
        if (
            degree == 1
            or span.low is None
            or not (span.low is ZERO or constant_sign(span.low) == 1)
        ):
            return None
        new = _fresh(f, self.name)
        w = variable(new)
        low = (
            normal_expr(raise_to(span.low, number(Fraction(1, degree))))
            if span.low is not ZERO
            else ZERO
        )
        high = (
            None
            if span.high is None
            else normal_expr(raise_to(span.high, number(Fraction(1, degree))))
        )
        inner = Span(low, high)
        g = _powers_cleared(substitute(f, {self.name: raise_to(w, number(degree))}), new)
        search = Variations(new, self.deadline, self.trace)
        found = search.pattern(normal_expr(g), inner, depth)
        if found is None:
            return None
        return Found(
            found.signs,
            {
                "rule": "substitute",
                "new": new,
                "as": to_text(raise_to(w, number(degree))),
                "range": f"({to_text(low)}, {'inf' if high is None else to_text(high)})",
                "pattern": found.node,
            },
        )

    def _by_steps(self, f: Expr, span: Span, depth: int) -> Found | None:
        tried = 0
        for w, h, slope in self._candidates(f):
            self.deadline.check()
            if self.name in w.free:
                look = guess(w, self.name, span)
                if look is None or len(look.signs) != 1:
                    continue
            look = guess(slope, self.name, span)
            if look is None or len(look.signs) > _MOST_CHANGES:
                continue
            found = self._step(w, h, slope, span, depth)
            if found is not None:
                return found
            tried += 1
            if tried >= (_BREADTH if depth > 2 else 3):
                break
        return None

    def _candidates(self, f: Expr) -> list[tuple[Expr, Expr, Expr]]:
        """(w, f/w, its derivative), simplest derivative first."""
        known = self.ranked.get(f)
        if known is not None:
            return known
        ranked: list[tuple[Any, ...]] = []
        divisors = _divisors(f, self.name)
        if any(k.head in _SHIFTED and self.name in k.free for k in normal(f).kernels):
            divisors = divisors[:2]  # their derivatives do not become simpler
        if any(k.head == "besseli" for k in normal(f).kernels):
            # x^n I_n has the derivative x^n I_(n − 1), and I_n/x^n has I_(n + 1)/x^n
            x = variable(self.name)
            divisors += [w for w in (x, 1 / x, x * x, 1 / (x * x)) if w not in divisors]
        for w in divisors:
            try:
                h = normal(f / w).spread() if w is not ONE else f
                slope = normal(derivative(h, self.name))
                if not slope.is_zero:
                    ranked.append((*self._measure(slope), len(ranked), w, h, slope.expr()))
            except (TooLarge, ZeroDivisionError, NoDerivative):
                continue
        ranked.sort(key=lambda row: row[:-3])
        rows: list[tuple[Expr, Expr, Expr]] = [(row[-3], row[-2], row[-1]) for row in ranked]
        for i, row in enumerate(rows):  # to differentiate as it is costs nothing to look at
            if row[0] is ONE and i > (len(divisors) > 2):
                rows.insert(len(divisors) > 2, rows.pop(i))
        self.ranked[f] = rows
        return rows

    def _measure_of(self, f: Expr) -> tuple[int, ...]:
        return self._measure(normal(f))

    def _measure(self, form: Form) -> tuple[int, ...]:
        """How hard: transcendental kernels, roots and exponentials; then terms, then degree."""
        hard = roots = 0
        exponents = set()
        terms = degree = 0
        _, factors = form.factored()
        for f, _ in factors:
            if self.name not in f.free or (f.head in ("exp", "^") and f.args[0].head != "+"):
                continue
            if f.head in _POSITIVE_HEADS:
                continue
            own = normal(f)
            kinds = [k for k in own.kernels if self.name in k.free and k.head != "variable"]
            hard += sum(1 for k in kinds if k.head not in ("exp", "^"))
            roots += sum(1 for k in kinds if k.head == "^")
            if any(k.head == "exp" for k in kinds):
                exponents |= set(_exponents(own, self.name))
            terms += len(own.num) if not _plain(f, self.name) else 1
            degree = max(degree, int(own.num.total_degree()))
        return (hard, roots, max(0, len(exponents) - 1), terms, degree)

    def _step(self, w: Expr, h: Expr, slope: Expr, span: Span, depth: int) -> Found | None:
        left = end_sign(h, self.name, span, False)
        right = end_sign(h, self.name, span, True)
        if left is None or right is None:  # the checker may know them from a point on the way
            looked = guess(h, self.name, span)
            if looked is None:
                return None
            left = looked.at[0][1] if left is None else left
            right = looked.at[-1][1] if right is None else right
        inner = self.pattern(slope, span, depth - 1)
        if inner is None:
            return None
        by: Node = {"rule": "constant"}
        sign = 1
        if w is not ONE:
            divisor = self.pattern(w, span, min(depth - 1, 2))
            if divisor is None or len(divisor.signs) != 1:
                return None
            by, sign = divisor.node, divisor.signs[0]
        built = self._assembled(h, slope, inner.signs, left, right, span)
        if built is None:
            return None
        signs, cuts = built
        node = {
            "rule": "step",
            "divide": to_text(w),
            "by": by,
            "of": to_text(h),
            "derivative": inner.node,
            "cuts": cuts,
        }
        if needed := self._conditions(h, span, depth):
            node["conditions"] = needed
        return Found(tuple(sign * s for s in signs), node)

    def _conditions(self, h: Expr, span: Span, depth: int) -> dict[str, Node]:
        """Signs of denominators and of arguments of roots and logarithms that are not plain."""
        found: dict[str, Node] = {}
        for base in _bases(h):
            if self.name not in base.free or one_sign(base, self.name, span):
                continue
            try:
                if _plain(base, self.name):
                    continue
                own = self.pattern(base, span, min(depth, 3))
            except (TooLarge, ZeroDivisionError):
                continue
            if own is not None and len(own.signs) == 1:
                found[to_text(base)] = own.node
        return found

    def _assembled(
        self, h: Expr, slope: Expr, rises: tuple[int, ...], left: int, right: int, span: Span
    ) -> tuple[tuple[int, ...], list[Any]] | None:
        """The signs of h from those of its derivative, its ends and its turns."""
        turns = [s for i, s in enumerate(rises) if i == 0 or rises[i - 1] != s]
        values: list[int | None] = [left, *([None] * (len(turns) - 1)), right]
        cuts: list[Any] = [None] * (len(turns) - 1)
        places = self._changes(slope, span, len(turns) - 1) if len(turns) > 1 else []
        for i in range(1, len(turns)):
            top = turns[i - 1] > 0
            wanted = 1 if top else -1
            if values[i - 1] == wanted or (i == len(turns) - 1 and right == wanted):
                values[i] = wanted
                continue
            if places is None:
                return None
            cut = self._value_at_turn(h, slope, places[i - 1])
            if cut is None:
                return None
            values[i], cuts[i - 1] = cut
        if places and any(cuts) and len(cuts) > 1:  # each must be at its own turn: mark them all
            for i, cut in enumerate(cuts):
                if cut is None and (known := self._value_at_turn(h, slope, places[i])):
                    cuts[i] = known[1]
        signs: list[int] = []
        for i in range(len(turns)):
            a, b = values[i] or 0, values[i + 1] or 0
            piece = [a] if a == b else [s for s in (a, b) if s]
            if signs and values[i] != 0:
                piece = piece[1:] if signs[-1] == piece[0] else piece
            signs += piece
        return tuple(signs), cuts

    def _changes(
        self, slope: Expr, span: Span, count: int
    ) -> list[tuple[Fraction, Fraction]] | None:
        looked = guess(slope, self.name, span)
        if looked is None:
            return None
        found = [(p, q) for (p, s), (q, t) in zip(looked.at, looked.at[1:], strict=False) if s != t]
        return found if len(found) == count else None

    def _value_at_turn(
        self, h: Expr, slope: Expr, place: tuple[Fraction, Fraction]
    ) -> tuple[int, Any] | None:
        """The sign of h where its derivative changes sign: by an enclosure, or an exact zero."""
        low, high = place
        before = sign_at(slope, self.name, low)
        for _ in range(12):
            if sign := self._sign_over(h, low, high):
                return sign, {"in": [str(low), str(high)]}
            for _ in range(8):
                middle = simplest_between(low + (high - low) / 4, high - (high - low) / 4)
                sign = sign_at(slope, self.name, middle)
                if sign is None:
                    at = number(middle)
                    if is_zero(substitute(slope, {self.name: at})):
                        return self._exact_turn(h, at, low, high)
                    return None
                low, high = (middle, high) if sign == before else (low, middle)
            for at in constants_between(low, high):
                here = {self.name: at}
                if is_zero(substitute(h, here)) and is_zero(substitute(slope, here)):
                    return 0, {"at": to_text(at), "zero": True}
        return None

    def _exact_turn(
        self, h: Expr, at: Expr, low: Fraction, high: Fraction
    ) -> tuple[int, Any] | None:
        value = substitute(h, {self.name: at})
        if is_zero(value):
            return 0, {"at": to_text(at), "zero": True}
        middle, width = at.value, min(at.value - low, high - at.value)
        for j in range(2, 60, 4):
            low, high = middle - width / 2**j, middle + width / 2**j
            if sign := self._sign_over(h, low, high):
                return sign, {"in": [str(low), str(high)]}
        return None

    def _sign_over(self, h: Expr, low: Fraction, high: Fraction) -> int | None:
        with precision(96):
            return sign_of(evaluate(h, {self.name: ball(low).union(ball(high))}))

    # Contact at an end, and cuts

    def _by_contact(self, f: Expr, looked: Guess, span: Span) -> Found | None:
        """Derivatives that vanish at a finite end one after the other, the next of one sign."""
        if span.low is None or span.high is None or len(looked.signs) != 1:
            return None
        with precision(96):
            low, high = (rational_of(evaluate(end, {})) for end in (span.low, span.high))
        at: list[str] = []
        pieces: list[Node] = []
        inner_low, inner_high = low, high
        for side, end in (("low", span.low), ("high", span.high)):
            order = self._order(f, end)
            if order is None:
                return None
            if order == 0:
                continue
            radius = self._radius(f, order, end, side, high - low)
            if radius is None:
                return None
            pieces.append({"rule": "contact", "at": side, "order": order})
            if side == "low":
                inner_low = simplest_between(low + radius / 2, low + radius)
                at.append(str(inner_low))
            else:
                inner_high = simplest_between(high - radius, high - radius / 2)
                at.append(str(inner_high))
        if not at or inner_low >= inner_high:
            return None
        splits = split_by_balls(
            f, self.name, inner_low, inner_high, looked.signs[0], _MOST_LEAVES, self.deadline
        )
        if splits is None:
            return None
        middle = 1 if pieces[0]["at"] == "low" else 0
        pieces.insert(middle, {"rule": "taylor", "splits": splits, "order": 0})
        return Found(looked.signs, {"rule": "cut", "at": at, "pieces": pieces})

    def _order(self, f: Expr, end: Expr) -> int | None:
        """How many derivatives vanish at the end, exactly; None where that is not found."""
        g = f
        for order in range(12):
            value = substitute(g, {self.name: end})
            with precision(128):
                shown = evaluate(value, {})
                if not shown.is_finite():
                    return None
                if sign_of(shown):
                    return order
            if not is_zero(value):
                return None
            g = derivative(g, self.name)
        return None

    def _radius(
        self, f: Expr, order: int, end: Expr, side: str, width: Fraction
    ) -> Fraction | None:
        g = f
        for _ in range(order):
            g = derivative(g, self.name)
        g = normal_expr(g)
        for j in range(1, 24):
            radius = width / 2**j
            with precision(96):
                at = evaluate(end, {})
                reach = ball(radius if side == "low" else -radius)
                if sign_of(evaluate(g, {self.name: at.union(at + reach)})):
                    return radius / 4
        return None

    def _by_cuts(self, f: Expr, looked: Guess, span: Span, depth: int) -> Found | None:
        """A finite interval cut where f changes its sign, at constants that are recognised."""
        if not span.finite or len(looked.signs) < 2:
            return None
        cuts: list[Expr] = []
        for (p, s), (q, t) in zip(looked.at, looked.at[1:], strict=False):
            if s != t:
                zero = self._exact_zero(f, p, q, s)
                if zero is None:
                    return None
                cuts.append(zero)
        ends = [span.low, *cuts, span.high]
        nodes = []
        for sign, low, high in zip(looked.signs, ends, ends[1:], strict=False):
            piece = self.pattern(f, Span(low, high), depth - 1)
            if piece is None or piece.signs != (sign,):
                return None
            nodes.append(piece.node)
        return Found(
            looked.signs, {"rule": "cut", "at": [to_text(c) for c in cuts], "pieces": nodes}
        )

    def _exact_zero(self, f: Expr, low: Fraction, high: Fraction, before: int) -> Expr | None:
        for _ in range(50):
            middle = (low + high) / 2
            sign = sign_at(f, self.name, middle)
            if sign is None:
                at = number(middle)
                return at if is_zero(substitute(f, {self.name: at})) else None
            low, high = (middle, high) if sign == before else (low, middle)
        for at in constants_between(low, high):
            if is_zero(substitute(f, {self.name: at})):
                return at
        return None

    def _by_divided_shift(self, f: Expr, looked: Guess, span: Span, depth: int) -> Found | None:
        """A shift once f is divided by the coefficient of its hardest function."""
        if span.high is not None or len(looked.signs) != 1:
            return None
        form = normal(f)
        if not any(k.head in _SHIFTED and self.name in k.free for k in form.kernels):
            return None
        for w in _divisors(f, self.name)[1:6]:
            look = guess(w, self.name, span)
            if look is None or len(look.signs) != 1:
                continue
            h = normal_expr(f / w)
            divisor = self.pattern(w, span, 1)
            if divisor is None or len(divisor.signs) != 1:
                continue
            inner = self._by_shift(h, Guess((), (looked.signs[0] * divisor.signs[0],)), span, depth)
            if inner is not None:
                return Found(
                    looked.signs,
                    {
                        "rule": "product",
                        "factors": [
                            {"of": to_text(w), "power": 1, "pattern": divisor.node},
                            {"of": to_text(h), "power": 1, "pattern": inner.node},
                        ],
                    },
                )
        return None

    def _by_shift(self, f: Expr, looked: Guess, span: Span, depth: int) -> Found | None:
        """f(x) − f(x + 1) of one sign and a limit 0 at infinity, for Γ and its relatives."""
        if span.high is not None or len(looked.signs) != 1:
            return None
        if not any(k.head in _SHIFTED and self.name in k.free for k in normal(f).kernels):
            return None
        with precision(128):
            near, far = (evaluate(f, {self.name: ball(Fraction(2) ** j)}) for j in (10, 24))
            if not (
                far.is_finite() and abs(far) < ball(Fraction(1, 1000)) and abs(far) < abs(near)
            ):
                return None
        x = variable(self.name)
        if depth <= 0:
            return None
        difference = normal_expr(f - substitute(f, {self.name: x + 1}))
        simpler = not any(k.head in _SHIFTED for k in normal(difference).kernels)
        found = self.pattern(difference, span, depth if simpler else depth - 1)
        if found is None or found.signs != looked.signs:
            return None
        return Found(found.signs, {"rule": "shift", "by": "1", "difference": found.node})


@lru_cache(maxsize=4096)
def constants_between(low: Fraction, high: Fraction) -> tuple[Expr, ...]:
    """Simple numbers between two close rationals: q, qπ, q/π, qe, q/e, √q, log q, e^q."""
    if high - low > Fraction(1, 1000):
        return ()
    found = []
    simple = simplest_between(low, high)
    if simple.denominator < 10**4:
        found.append(number(simple))
    with precision(128):
        x = ball((low + high) / 2)
        for unit in _UNITS:
            q = _simple_ratio(x / evaluate(unit, {}), high - low)
            if q is not None:
                found.append(normal_expr(number(q) * unit))
        for outer, inverse in (("log", "exp"), ("exp", "log")):
            if inverse == "log" and low <= 0:
                continue
            q = _simple_ratio(evaluate(call(inverse, number((low + high) / 2)), {}), high - low)
            if q is not None and (outer == "exp" or q > 0):
                found.append(call(outer, number(q)))
        q = _simple_ratio(x * x, high - low)
        if q is not None and q > 0:
            root = raise_to(number(q), number(Fraction(1, 2)))
            found.append(root if low > 0 else -root)
    return tuple(found)


_UNITS = (PI, ONE / PI, call("exp", ONE), call("exp", -ONE), raise_to(PI, number(Fraction(1, 2))))


def _simple_ratio(value: Any, width: Fraction) -> Fraction | None:
    if not value.is_finite():
        return None
    middle = rational_of(value.mid())
    slack = max(width * 8 * (1 + abs(middle)), Fraction(1, 2**90))
    q = simplest_between(middle - slack, middle + slack)
    return (
        q if q.denominator <= 24 and abs(q.numerator) <= 99 and slack < Fraction(1, 10**5) else None
    )


def _bases(h: Expr) -> list[Expr]:
    """Denominators and arguments of roots and logarithms, innermost first."""
    found: dict[Expr, None] = {}

    def go(e: Expr) -> None:
        if e.head in BINDERS or e.head in ("number", "variable"):
            return
        for part in e.args:
            go(part)
        if e.head == "log" or (
            e.head == "^"
            and e.args[1].is_number
            and (e.args[1].value < 0 or e.args[1].value.denominator > 1)
        ):
            found[e.args[0]] = None

    go(h)
    return list(found)


def _constant_factor(c: Expr) -> Node:
    return {"of": to_text(c), "power": 1, "pattern": {"rule": "constant"}}


def _plain(f: Expr, name: str) -> bool:
    """Whether it is a polynomial in the variable with rational coefficients."""
    return normal(f).kernels in ((variable(name),), ())


def _exponents(form: Form, name: str) -> Iterator[Expr]:
    """The different exponentials that multiply terms of a numerator."""
    indices = [i for i, k in enumerate(form.kernels) if k.head == "exp" and name in k.free]
    for powers in {tuple(p[i] for i in indices) for p in form.num.monoms()}:
        yield multiply(
            *(
                raise_to(form.kernels[i], number(int(n)))
                for i, n in zip(indices, powers, strict=True)
            )
        )


def _divisors(f: Expr, name: str) -> list[Expr]:
    """What f may be divided by before it is differentiated."""
    form = normal(f)
    x = variable(name)
    kernels = form.kernels
    found: dict[Expr, None] = {ONE: None}
    hard = [i for i, k in enumerate(kernels) if k is not x and name in k.free]
    terms = form.num.to_dict()

    def coefficient(at: list[int], powers: tuple[int, ...], drop: list[int]) -> Expr:
        """The terms in which the kernels at these places have these powers."""
        part = {
            tuple(0 if i in drop else n for i, n in enumerate(p)): c
            for p, c in terms.items()
            if tuple(int(p[i]) for i in at) == powers
        }
        ctx = form.num.context()
        return Form(kernels, ctx.from_dict(part), ctx.constant(1)).expr()

    # the coefficient of each kernel in which f is linear
    for i in hard:
        kernel = kernels[i]
        if kernel.head in ("exp", "^"):
            continue
        top = max(p[i] for p in terms)
        if top == 1:
            found[coefficient([i], (1,), [i])] = None
    # the whole coefficient of each product of hard kernels, and the product itself
    for monomial in sorted({tuple(int(p[i]) for i in hard) for p in terms})[:8]:
        whole = multiply(
            *(raise_to(kernels[i], number(int(n))) for i, n in zip(hard, monomial, strict=True))
        )
        exact = coefficient(hard, monomial, hard)
        pure = normal_expr(
            multiply(
                *(
                    raise_to(kernels[i], number(int(n)))
                    for i, n in zip(hard, monomial, strict=True)
                    if kernels[i].head in ("exp", "^")
                )
            )
        )
        for w in (pure, exact, normal_expr(exact * pure), normal_expr(exact * whole)):
            found[w] = None
    for n in (1, 2):
        if len(terms) <= 12:
            found[raise_to(x, number(n))] = None
    return [w for w in found if w is ONE or name in w.free][:14]


def _fresh(f: Expr, name: str) -> str:
    for letter in ("w", "u", "v", "r"):
        if letter != name and letter not in f.free:
            return letter
    return name + "_1"


def _powers_cleared(e: Expr, name: str) -> Expr:
    """(w^n)^(m/n) is w^m, for w > 0."""
    memo: dict[Expr, Expr] = {}

    def go(e: Expr) -> Expr:
        if name not in e.free or e.head == "variable" or e.head in BINDERS:
            return e
        if e in memo:
            return memo[e]
        args = tuple(go(part) for part in e.args)
        result = Expr(e.head, *args)
        if e.head == "^" and args[1].is_number:
            base, q = args
            if base.head == "^" and base.args[0] == variable(name) and base.args[1].is_number:
                result = raise_to(base.args[0], multiply(base.args[1], q))
        memo[e] = result
        return result

    return go(e)


def rational_signs(form: Form, span: Span) -> tuple[int, ...] | None:
    """The signs of a quotient of polynomials in one variable on an open interval, exactly.

    Returns:
        The signs, a touching zero between equal neighbours; None where there is a pole inside or a
        zero is too near an end to be told apart.
    """
    with precision(256):
        low, high = span.ends()
        inside: list[tuple[Any, int]] = []
        for poly, zero in ((form.den, False), (form.num, True)):
            _, factors = poly.factor()
            for factor, power in factors:
                for root in _real_roots(factor):
                    if (low is not None and root <= low) or (high is not None and root >= high):
                        continue
                    if (low is not None and not root > low) or (
                        high is not None and not root < high
                    ):
                        if (low is not None and _at_end(factor, span.low)) or (
                            high is not None and _at_end(factor, span.high)
                        ):
                            continue
                        return None
                    if not zero:
                        return None
                    inside.append((root, int(power)))
        inside.sort(key=lambda item: float(item[0].mid()))
        point = _beside(low, high, inside[0][0] if inside else None)
    value = _value(form.num, point) * _value(form.den, point)
    sign = 1 if value > 0 else -1
    signs = [sign]
    for _, power in inside:
        sign = sign if power % 2 == 0 else -sign
        signs.append(sign)
    return tuple(signs)


def _at_end(factor: Any, end: Expr | None) -> bool:
    return end is not None and end.is_number and _value(factor, end.value) == 0


def _coefficients(poly: Any) -> list[Fraction]:
    size = poly.total_degree() + 1
    values = [Fraction(0)] * int(size)
    for (power,), c in poly.to_dict().items():
        q = fmpq(c)
        values[int(power)] = Fraction(int(q.p), int(q.q))
    return values


def _value(poly: Any, point: Fraction) -> Fraction:
    total = Fraction(0)
    for c in reversed(_coefficients(poly)):
        total = total * point + c
    return total


def _real_roots(factor: Any) -> list[Any]:
    poly = fmpq_poly([fmpq(c.numerator, c.denominator) for c in _coefficients(factor)])
    whole = fmpz_poly([int(c * int(poly.denom())) for c in _coefficients(factor)])
    roots: list[Any] = whole.complex_roots()
    return [root.real for root, _ in roots if root.imag == 0]


def _beside(low: Any, high: Any, first: Any) -> Fraction:
    """A point between the low end and the first zero (or the high end)."""
    upper = high if first is None else first
    if low is None and upper is None:
        return Fraction(0)
    if low is None:
        return rational_of(upper.lower()) - 1
    if upper is None:
        return rational_of(low.upper()) + 1
    return simplest_between(rational_of(low.upper()), rational_of(upper.lower()))


def split_by_balls(
    f: Expr, name: str, low: Fraction, high: Fraction, sign: int, leaves: int, deadline: Deadline
) -> str | None:
    """Halvings of an interval on each part of which balls prove the sign, in prefix order."""
    slope: Expr | None
    try:
        slope = derivative(f, name)
    except NoDerivative:
        slope = None
    out: list[str] = []
    waiting = [(low, high, 0)]
    count = 1
    with precision(64):
        while waiting:
            a, b, depth = waiting.pop()
            if _leaf(f, slope, name, a, b, sign):
                out.append(".")
                continue
            count += 1
            if count > leaves or depth > 24:
                return None
            if count % 64 == 0:
                deadline.check()
            middle = (a + b) / 2
            out.append("s")
            waiting += [(middle, b, depth + 1), (a, middle, depth + 1)]
    return "".join(out)


def _leaf(f: Expr, slope: Expr | None, name: str, a: Fraction, b: Fraction, sign: int) -> bool:
    x = ball(a).union(ball(b))
    value = evaluate(f, {name: x})
    if value.is_finite() and value * sign > 0:
        return True
    if slope is None:
        return False
    rate = evaluate(slope, {name: x})
    if not rate.is_finite():
        return False
    middle = ball((a + b) / 2)
    radius = ball((b - a) / 2)
    form = evaluate(f, {name: middle}) + rate * (radius * ball(1)).union(-radius)
    return bool(form.is_finite() and form * sign > 0)


Tracer = Callable[[int, Expr], None]
