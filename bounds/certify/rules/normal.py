"""The normal form of an expression: a quotient of polynomials in kernels.

A kernel is what algebra does not take apart: a variable, a constant, e^m, log u, Φ(u), a root.
Kernels are taken as independent, but for the relations that are known: products of exponentials,
powers of roots, sin² + cos² = 1, the functional equation of Γ. The prover finds with it; what it
finds is proved again by the checker, which has a normal form of its own.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx, fmpz

from bounds.certify.language.expression import (
    MINUS_ONE,
    ONE,
    PI,
    ZERO,
    Expr,
    add,
    call,
    mapped,
    multiply,
    number,
    raise_to,
    substitute,
)
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.goal import tick

HALF = number(Fraction(1, 2))
_MOST_TERMS = 4000


class TooLarge(Exception):
    """The normal form has too many terms to be of use."""


@dataclass(frozen=True)
class Form:
    """num/den, coprime polynomials over the rationals in the kernels."""

    kernels: tuple[Expr, ...]
    num: Any
    den: Any

    @property
    def is_zero(self) -> bool:
        """Whether it is 0."""
        return bool(self.num == 0)

    def expr(self) -> Expr:
        """The quotient as an expression."""
        top = _poly_expr(self.num, self.kernels)
        if self.den == 1:
            return top
        unit, factors = self.den.factor()
        bottom = number(_fraction(unit))
        parts = [
            _kernel_power_of(_poly_expr(poly, self.kernels), -int(power)) for poly, power in factors
        ]
        return _merged([top, ONE / bottom, *parts])

    def spread(self) -> Expr:
        """The quotient as a sum: a quotient for each product of functions but exponentials."""
        if self.den == 1:
            return self.expr()
        hard = [i for i, k in enumerate(self.kernels) if k.head in _FUNCTIONS]
        groups: dict[tuple[int, ...], dict[Any, Any]] = {}
        for powers, c in self.num.to_dict().items():
            groups.setdefault(tuple(int(powers[i]) for i in hard), {})[powers] = c
        if not 1 < len(groups) <= 6:
            return self.expr()
        ctx = self.num.context()
        parts = []
        for part in groups.values():
            num = ctx.from_dict(part)
            common = num.gcd(self.den)
            parts.append(Form(self.kernels, num / common, self.den / common).expr())
        return add(*parts)

    def factored(self) -> tuple[Fraction, list[tuple[Expr, int]]]:
        """A rational number, and irreducible factors with their powers."""
        constant, factors = Fraction(1), []
        for part, sign in ((self.num, 1), (self.den, -1)):
            unit, found = part.factor()
            constant *= _fraction(unit) ** sign
            for poly, power in found:
                content, poly = _primitive(poly)
                constant *= content ** (sign * int(power))
                factors.append((_poly_expr(poly, self.kernels), sign * int(power)))
        return constant, factors


_FUNCTIONS = {
    "log", "atan", "asin", "asinh", "acosh", "Phi", "quantile", "gamma", "loggamma", "digamma",
    "polygamma", "lambertw", "sin", "cos", "integral", "besseli", "besselj", "besselk",
}  # fmt: skip


def _primitive(poly: Any) -> tuple[Fraction, Any]:
    """A rational content, and the polynomial with coprime whole coefficients."""
    coefficients = [_fraction(c) for c in poly.coeffs()]
    top = math.gcd(*(c.numerator for c in coefficients))
    bottom = math.lcm(*(c.denominator for c in coefficients))
    content = Fraction(top, bottom)
    if coefficients[0] < 0:
        content = -content
    return content, poly / fmpq(content.numerator, content.denominator)


def _fraction(q: Any) -> Fraction:
    q = fmpq(q)
    return Fraction(int(q.p), int(q.q))


def _poly_expr(poly: Any, kernels: tuple[Expr, ...]) -> Expr:
    terms = []
    for powers, coefficient in poly.to_dict().items():
        factors = [number(_fraction(coefficient))]
        for kernel, power in zip(kernels, powers, strict=False):
            if power:
                factors.append(_kernel_power(kernel, int(power)))
        terms.append(_merged(factors))
    return add(*terms) if terms else ZERO


def _kernel_power(kernel: Expr, power: int) -> Expr:
    if kernel.head == "exp":
        return call("exp", multiply(number(power), kernel.args[0])) if power != 1 else kernel
    if kernel.head == "^":
        base, exponent = kernel.args
        return raise_to(base, multiply(number(power), exponent))
    return raise_to(kernel, number(power))


def _kernel_power_of(base: Expr, power: int) -> Expr:
    """A power of a factor; of an exponential or a root, the exponential or root."""
    if base.head in ("exp", "^"):
        return _kernel_power(base, power)
    return raise_to(base, number(power))


def _merged(factors: list[Expr]) -> Expr:
    """A product whose exponentials are one."""
    exponents = [f.args[0] for f in factors if f.head == "exp"]
    if len(exponents) > 1:
        factors = [f for f in factors if f.head != "exp"] + [call("exp", add(*exponents))]
    return multiply(*factors)


# What functions are made of

_SQRT2 = raise_to(number(2), HALF)
_ROOT_TWO_PI = raise_to(multiply(number(2), PI), HALF)


def _exp_half_square(t: Expr, sign: int) -> Expr:
    return call("exp", multiply(number(Fraction(sign, 2)), t, t))


def _bessel(head: str, n: Expr, t: Expr, down: int, up: int) -> Expr:
    """Orders of Bessel functions brought to 0 and 1 (or to q and q + 1, 0 <= q < 1) by recurrence.

    F_(n+1) = down·F_(n−1) + up·(2n/t) F_n, with down = −1, up = 1 for J; 1, −1 for I; 1, 1 for K.
    """
    if not n.is_number:
        return call(head, n, t)
    if t is ZERO and head != "besselk" and n.value >= 0:
        return ONE if n.value == 0 else ZERO
    whole = math.floor(n.value)
    low = n.value - whole
    if whole in (0, 1) or abs(whole) > 8:
        return call(head, n, t)
    if whole > 1:
        before = n.value - 1
        return down * _bessel(head, number(before - 1), t, down, up) + up * 2 * number(
            before
        ) / t * _bessel(head, number(before), t, down, up)
    if low == 0:  # integer orders: I_(−n) = I_n, K_(−n) = K_n, J_(−n) = (−1)^n J_n
        sign = (-1) ** (-whole) if head == "besselj" else 1
        return sign * _bessel(head, -n, t, down, up)
    after = n.value + 1
    return down * (
        _bessel(head, number(after + 1), t, down, up)
        - up * 2 * number(after) / t * _bessel(head, number(after), t, down, up)
    )


def _kummer(p: Expr, q: Expr, t: Expr) -> Expr:
    """1F1 at 0 and for p = q; its argument without a leading minus sign (DLMF 13.2.39)."""
    if t is ZERO or p is ZERO:
        return ONE
    if p is q:
        return call("exp", t)
    try:
        turned = _leading(normal_expr(t)) < 0
    except (TooLarge, ZeroDivisionError):
        turned = False
    if turned:
        return call("exp", t) * call("hyp1f1", normal_expr(q - p), q, normal_expr(-t))
    return call("hyp1f1", p, q, t)


REWRITES: dict[str, Any] = {
    "phi": lambda t: _exp_half_square(t, -1) / _ROOT_TWO_PI,
    "mills": lambda t: call("Phi", -t) * _exp_half_square(t, 1) * _ROOT_TWO_PI,
    "erfc": lambda t: 2 * call("Phi", -_SQRT2 * t),
    "erf": lambda t: 1 - 2 * call("Phi", -_SQRT2 * t),
    "erfcx": lambda t: 2 * call("Phi", -_SQRT2 * t) * call("exp", t * t),
    "expm1": lambda t: call("exp", t) - 1,
    "log1p": lambda t: call("log", 1 + t),
    "sinh": lambda t: (call("exp", t) - call("exp", -t)) / 2,
    "cosh": lambda t: (call("exp", t) + call("exp", -t)) / 2,
    "tanh": lambda t: (call("exp", 2 * t) - 1) / (call("exp", 2 * t) + 1),
    "tan": lambda t: call("sin", t) / call("cos", t),
    "atanh": lambda t: (call("log", 1 + t) - call("log", 1 - t)) / 2,
    "acos": lambda t: PI / 2 - call("asin", t),
    "beta": lambda a, b: call("gamma", a) * call("gamma", b) / call("gamma", a + b),
    "binomial": lambda n, k: (
        call("gamma", n + 1) / (call("gamma", k + 1) * call("gamma", n - k + 1))
    ),
    "gammaq": lambda a, t: 1 - call("gammap", a, t),
    "hyp1f1": _kummer,
    "hyp2f1": lambda p, q, r, t: ONE if ZERO in (t, p, q) else call("hyp2f1", p, q, r, t),
    "besselj": lambda n, t: _bessel("besselj", n, t, -1, 1),
    "besseli": lambda n, t: _bessel("besseli", n, t, 1, -1),
    "besselk": lambda n, t: _bessel("besselk", n, t, 1, 1),
}


_MOST_SUMMED = 40


def summed(e: Expr) -> Expr:
    """A sum of a known number of terms, term by term; else one to a plain end, and what is more."""
    body, bound, low, high = e.args
    name = bound.args[0]

    def term(i: Expr) -> Expr:
        return substitute(body, {name: i})

    try:
        length = normal_expr(high - low)
    except (TooLarge, ZeroDivisionError):
        return e
    if length.is_number:
        if length.value.denominator > 1 or length.value > _MOST_SUMMED:
            return e
        return add(*(term(low + i) for i in range(int(length.value) + 1)))
    end = normal_expr(high)
    more = sum(
        (t.value for t in (end.args if end.head == "+" else (end,)) if t.is_number), Fraction(0)
    )
    if more.denominator > 1 or more == 0 or abs(more) > 8:
        return e
    plain = normal_expr(end - more)
    rest = Expr("sum", body, bound, low, plain)
    if more > 0:
        return add(rest, *(term(plain + i) for i in range(1, int(more) + 1)))
    return add(rest, *(-term(plain - i) for i in range(-int(more))))


_FOLDED: dict[str, Any] = {
    "abs": abs,
    "min": min,
    "max": max,
    "floor": math.floor,
    "sign": lambda q: (q > 0) - (q < 0),
}


def _rewritten(e: Expr) -> Expr:
    """The expression in the functions that are kernels."""
    memo: dict[Expr, Expr] = {}

    def go(e: Expr) -> Expr:
        if e in memo:
            return memo[e]
        result = e if e.head in ("number", "variable", "integral", "sum") else mapped(e, go)
        if result.head == "sum":
            changed = summed(result)
            result = changed if changed is result else go(changed)
        if result.head in REWRITES:
            changed = REWRITES[result.head](*result.args)
            result = changed if changed is result else go(changed)
        elif result.head == "^" and not result.args[1].is_number:
            base, exponent = result.args
            if base is ZERO and not exponent.free and evaluate(exponent, {}) > 0:
                result = ZERO
            else:
                result = call("exp", multiply(exponent, go(call("log", base))))
        elif result.head in _FOLDED and all(part.is_number for part in result.args):
            result = number(_FOLDED[result.head](*(part.value for part in result.args)))
        elif result.head == "quantile" and result.args[0].head == "Phi":
            result = result.args[0].args[0]
        elif result.head == "e":
            result = call("exp", ONE)
        elif result.head == "exp":
            result = _without_logarithms(result)
        memo[e] = result
        return result

    return go(e)


def _without_logarithms(e: Expr) -> Expr:
    """exp(q log a + t) as a^q exp(t), for rational q; where log a is defined, a is positive."""
    powers, rest = [], []
    for term in e.args[0].args if e.args[0].head == "+" else (e.args[0],):
        q, inner = Fraction(1), term
        if term.head == "*" and len(term.args) == 2 and term.args[0].is_number:
            q, inner = term.args[0].value, term.args[1]
        if inner.head == "log" and q.denominator <= 12 and abs(q) <= 64:
            powers.append(raise_to(inner.args[0], number(q)))
        else:
            rest.append(term)
    return multiply(*powers, call("exp", add(*rest))) if powers else e


class _Builder:
    """Kernels are found first, then a ring of polynomials in them is made."""

    def __init__(self, expressions: Iterable[Expr]) -> None:
        self.expressions = [_rewritten(e) for e in expressions]
        self.parts: dict[Expr, Any] = {}  # a node: how it is written in kernels
        self.exponents: dict[Expr, list[Fraction]] = {}  # monomial: its coefficients in exponents
        self.angles: dict[Expr, list[Fraction]] = {}
        self.roots: dict[Expr, int] = {}  # base: the common degree
        self.gammas: dict[Expr, list[Fraction]] = {}  # argument without its number: numbers
        self.tails: dict[Expr, None] = {}
        self.plain: dict[Expr, None] = {}
        for e in self.expressions:
            self._collect(e)
        self._ring()

    # first pass

    def _collect(self, e: Expr) -> None:
        if e in self.parts or e.head == "number":
            return
        head = e.head
        self.parts[e] = ("node",)
        if head in ("variable", "pi", "euler_gamma"):
            self.plain[e] = None
        elif head in ("+", "*"):
            for part in e.args:
                self._collect(part)
        elif head == "^":
            self._collect_power(e)
        elif head == "exp":
            split = _linear(e.args[0])
            self.parts[e] = ("exp", split)
            for m, c in split.items():
                self.exponents.setdefault(m, []).append(c)
        elif head == "log":
            self._collect_log(e)
        elif head in ("sin", "cos"):
            self._collect_angle(e)
        elif head == "Phi":
            u = normal_expr(e.args[0])
            if u is ZERO or u.head == "quantile":
                value = HALF if u is ZERO else u.args[0]
                self._collect(value)
                self.parts[e] = ("same", value)
                return
            sign = -1 if _leading(u) < 0 else 1
            v = normal_expr(-u) if sign < 0 else u
            self.tails[v] = None
            self.parts[e] = ("Phi", v, sign)
        elif head in ("gamma", "loggamma", "digamma", "polygamma"):
            order, u = e.args if head == "polygamma" else (ZERO, e.args[0])
            u = normal_expr(u)
            known = _known_gamma(head, order, u)
            if known is not None:
                self._collect(known)
                self.parts[e] = ("same", known)
                return
            shift = sum(
                (t.value for t in (u.args if u.head == "+" else (u,)) if t.is_number), Fraction(0)
            )
            whole = math.floor(shift)
            rest = normal_expr(u - whole)
            self.gammas.setdefault(rest, []).append(Fraction(whole))
            self.parts[e] = ("gamma", head, order, rest, whole)
        else:
            args = e.args if head in ("integral", "sum") else tuple(map(normal_expr, e.args))
            kernel = Expr(head, *args)
            self.parts[e] = ("kernel", kernel)
            self.plain[kernel] = None

    def _collect_power(self, e: Expr) -> None:
        base, exponent = e.args
        q = exponent.value
        if q.denominator == 1:
            self._collect(base)
            return
        if normal(base).is_zero:
            if q < 0:
                raise ZeroDivisionError
            self.parts[e] = ("same", ZERO)
            return
        constant, factors = normal(base).factored()
        pieces: list[tuple[Any, Fraction]] = []
        if constant > 0:
            pieces = [(number(p), q * n) for p, n in _primes(constant)]
        elif constant < 0:
            factors = [(multiply(MINUS_ONE, *(raise_to(f, number(n)) for f, n in factors)), 1)]
            pieces = [(number(p), q * n) for p, n in _primes(-constant)]
        merged = [(f, n) for f, n in factors if n % q.denominator]
        whole = [(f, n) for f, n in factors if not n % q.denominator]
        if any(n % 2 == 0 for _, n in whole) or (
            len(merged) + len(whole) > 1 and not _positive_factors(factors)
        ):
            inner = normal_expr(multiply(*(raise_to(f, number(n)) for f, n in factors)))
            pieces.append((inner, q))
        else:
            pieces += [(f, q * n) for f, n in factors]
        pieces = [
            (b.args[0], power * b.args[1].value)
            if b.head == "^" and b.args[1].is_number and b.args[1].value.denominator > 1
            else (b, power)
            for b, power in pieces
        ]
        for b, power in pieces:
            self._collect(b)
            if power.denominator > 1:
                self.roots[b] = math.lcm(self.roots.get(b, 1), power.denominator)
        self.parts[e] = ("roots", pieces)

    def _collect_log(self, e: Expr) -> None:
        constant, factors = normal(e.args[0]).factored()
        pieces: list[tuple[Fraction, Expr]] = []
        linear = ZERO
        rest: list[tuple[Expr, int]] = []
        for f, n in factors:
            if f.head == "exp":
                linear = linear + n * f.args[0]
            else:
                rest.append((f, n))
        if constant < 0:
            rest.append((MINUS_ONE, 1))
            constant = -constant
        for p, n in _primes(constant):
            pieces.append((Fraction(n), call("log", number(p))))
        if len(rest) == 1 and rest[0][1] % 2:
            pieces.append((Fraction(rest[0][1]), call("log", rest[0][0])))
        elif rest and _positive_factors(rest):
            pieces += [(Fraction(n), call("log", f)) for f, n in rest]
        elif rest:
            inner = normal_expr(multiply(*(raise_to(f, number(n)) for f, n in rest)))
            pieces.append((Fraction(1), call("log", inner)))
        for _, kernel in pieces:
            self.plain[kernel] = None
        self._collect(linear)
        self.parts[e] = ("log", pieces, linear)

    def _collect_angle(self, e: Expr) -> None:
        exact = _exact_angle(e)
        if exact is not None:
            self._collect(exact)
            self.parts[e] = ("same", exact)
            return
        split = _linear(e.args[0])
        if len(split) == 1:
            ((m, c),) = split.items()
        else:
            m, c = normal_expr(e.args[0]), Fraction(1)
            if _leading(m) < 0:
                m, c = normal_expr(-m), Fraction(-1)
        self.angles.setdefault(m, []).append(c)
        self.parts[e] = ("angle", e.head, m, c)

    # second pass

    def _ring(self) -> None:
        kernels: dict[Expr, None] = dict(self.plain)
        self.exp_unit, self.angle_unit = {}, {}
        for m, coefficients in self.exponents.items():
            unit = _common(coefficients)
            self.exp_unit[m] = unit
            kernels[call("exp", multiply(number(unit), m))] = None
        for m, coefficients in self.angles.items():
            unit = _common(coefficients)
            self.angle_unit[m] = unit
            v = multiply(number(unit), m)
            kernels[call("sin", v)] = None
            kernels[call("cos", v)] = None
        self.leaves = {base for base in self.roots if base in kernels}
        for base, degree in self.roots.items():
            kernels[raise_to(base, number(Fraction(1, degree)))] = None
            kernels.pop(base, None)  # a kernel under a root is a power of the root
        for v in self.tails:  # the tail at infinity, which is small there
            kernels[call("Phi", normal_expr(-v))] = None
        for part in self.parts.values():
            if part[0] == "gamma":
                _, head, order, rest, _ = part
                base = rest + number(min(self.gammas[rest]))
                kernels[call(head, order, base) if head == "polygamma" else call(head, base)] = None
                if head == "loggamma":
                    low = min(self.gammas[rest])
                    for i in range(int(max(self.gammas[rest]) - low)):
                        kernels[call("log", normal_expr(rest + number(low + i)))] = None
                for inner in rest.args if rest.head == "+" else (rest,):
                    _variables_of(inner, kernels, self.roots)
        for base in self.roots:
            _variables_of(base, kernels, self.roots)
        self.kernels = tuple(kernels)
        names = tuple(f"k{i}" for i in range(len(self.kernels))) or ("k",)
        self.ctx = fmpq_mpoly_ctx.get(names, Ordering.degrevlex)
        gens = self.ctx.gens()
        self.gen = dict(zip(self.kernels, gens, strict=False))
        self.one = self.ctx.constant(1)
        self.memo: dict[Expr, tuple[Any, Any]] = {}
        self.relations: list[tuple[int, int, Any, Any]] = []
        for base, degree in self.roots.items():
            kernel = raise_to(base, number(Fraction(1, degree)))
            index = self.kernels.index(kernel)
            if base in self.leaves:
                continue
            num, den = self.form(base)
            self.relations.append((index, degree, num, den))
        for m in self.angles:
            v = multiply(number(self.angle_unit[m]), m)
            cosine, sine = call("cos", v), self._generator(call("sin", v))
            degree = self.roots.get(cosine, 1) if cosine in self.leaves else 1
            kernel = cosine if degree == 1 else raise_to(cosine, number(Fraction(1, degree)))
            index = self.kernels.index(kernel)
            self.relations.append((index, 2 * degree, self.one - sine * sine, self.one))

    def _generator(self, kernel: Expr) -> Any:
        if kernel in self.leaves:
            degree = self.roots[kernel]
            return self.gen[raise_to(kernel, number(Fraction(1, degree)))] ** degree
        return self.gen[kernel]

    def form(self, e: Expr) -> tuple[Any, Any]:
        """An expression whose kernels are collected, as a quotient."""
        if e in self.memo:
            return self.memo[e]
        result = self._reduced(*self._form(e))
        if len(result[0]) + len(result[1]) > _MOST_TERMS:
            raise TooLarge
        self.memo[e] = result
        return result

    def _form(self, e: Expr) -> tuple[Any, Any]:
        if e.head == "number":
            return self.ctx.constant(fmpq(e.value.numerator, e.value.denominator)), self.one
        part = self.parts.get(e, ("node",))
        kind = part[0]
        if kind == "node":
            if e.head == "+":
                total = (self.ctx.constant(0), self.one)
                for term in e.args:
                    total = _added(total, self.form(term))
                return total
            if e.head == "*":
                total = (self.one, self.one)
                for factor in e.args:
                    total = _multiplied(total, self.form(factor))
                return total
            if e.head == "^" and e.args[1].is_number and e.args[1].value.denominator == 1:
                return self._power(self.form(e.args[0]), int(e.args[1].value))
            return self._generator(e), self.one
        if kind == "same":
            return self.form(part[1])
        if kind == "kernel":
            return self._generator(part[1]), self.one
        if kind == "exp":
            total = (self.one, self.one)
            for m, c in part[1].items():
                unit = self.exp_unit[m]
                generator = self._generator(call("exp", multiply(number(unit), m)))
                total = _multiplied(total, self._power((generator, self.one), int(c / unit)))
            return total
        if kind == "roots":
            total = (self.one, self.one)
            for base, power in part[1]:
                degree = self.roots.get(base, 1)
                if degree == 1:
                    total = _multiplied(total, self._power(self.form(base), int(power)))
                    continue
                generator = self.gen[raise_to(base, number(Fraction(1, degree)))]
                total = _multiplied(total, self._power((generator, self.one), int(power * degree)))
            return total
        if kind == "log":
            total = self.form(part[2])
            for c, kernel in part[1]:
                scale = self.ctx.constant(fmpq(c.numerator, c.denominator))
                total = _added(total, (scale * self._generator(kernel), self.one))
            return total
        if kind == "angle":
            _, head, m, c = part
            unit = self.angle_unit[m]
            v = multiply(number(unit), m)
            return _multiple_angle(
                head,
                int(c / unit),
                self._generator(call("sin", v)),
                self._generator(call("cos", v)),
            ), self.one
        if kind == "Phi":
            _, v, sign = part
            tail = self._generator(call("Phi", normal_expr(-v)))
            return (tail, self.one) if sign < 0 else (self.one - tail, self.one)
        _, head, order, rest, whole = part
        low = int(min(self.gammas[rest]))
        base = rest + number(low)
        kernel = call(head, order, base) if head == "polygamma" else call(head, base)
        start = (self._generator(kernel), self.one)
        for i in range(low, whole):
            at = self.form(rest + number(i))
            if head == "gamma":
                start = _multiplied(start, at)
            elif head == "loggamma":
                start = _added(
                    start, (self._generator(call("log", normal_expr(rest + number(i)))), self.one)
                )
            else:
                n = 0 if head == "digamma" else int(order.value)
                factor = self.ctx.constant(fmpz((-1) ** n * math.factorial(n)))
                start = _added(start, _multiplied((factor, self.one), self._power(at, -n - 1)))
        return start

    def _power(self, value: tuple[Any, Any], n: int) -> tuple[Any, Any]:
        num, den = value
        if n < 0:
            num, den, n = den, num, -n
            if den == 0:
                raise ZeroDivisionError
        tick()
        if n > 64 or (n > 1 and len(num) ** min(n, 6) > 200 * _MOST_TERMS):
            raise TooLarge
        return num**n, den**n

    def _reduced(self, num: Any, den: Any) -> tuple[Any, Any]:
        """Lowest terms, after the relations."""
        tick()
        relations = getattr(self, "relations", ())
        for index, degree, top, bottom in relations:
            tick()
            num, num_den = _lowered(num, index, degree, top, bottom, self.ctx)
            den, den_den = _lowered(den, index, degree, top, bottom, self.ctx)
            if max(len(num) * len(den_den), len(den) * len(num_den)) > 100 * _MOST_TERMS:
                raise TooLarge
            num, den = num * den_den, den * num_den
        if den == 0:
            raise ZeroDivisionError
        if num == 0:
            return num, self.one
        if den != 1:
            common = num.gcd(den)
            if common != 1:
                num, den = num / common, den / common
            lead = den.leading_coefficient()
            num, den = num / lead, den / lead
        return num, den


def _added(a: tuple[Any, Any], b: tuple[Any, Any]) -> tuple[Any, Any]:
    if a[1] == b[1]:
        return a[0] + b[0], a[1]
    return a[0] * b[1] + b[0] * a[1], a[1] * b[1]


def _multiplied(a: tuple[Any, Any], b: tuple[Any, Any]) -> tuple[Any, Any]:
    return a[0] * b[0], a[1] * b[1]


def _terms(poly: Any, power: int) -> int:
    """How many terms a power of a polynomial has at most."""
    if power > 64 and len(poly) > 1:
        raise TooLarge
    return math.comb(len(poly) + power - 1, power) if len(poly) else 1


def _lowered(
    poly: Any, index: int, degree: int, top: Any, bottom: Any, ctx: Any
) -> tuple[Any, Any]:
    """The polynomial with K^degree = top/bottom put in; numerator and denominator."""
    if len(poly) > 10 * _MOST_TERMS:
        raise TooLarge
    known = poly.to_dict()
    highest = max((powers[index] for powers in known), default=0) // degree
    if highest == 0:
        return poly, ctx.constant(1)
    groups: dict[int, dict[Any, Any]] = {}
    for powers, coefficient in known.items():
        quotient, rest = divmod(powers[index], degree)
        key = (*powers[:index], rest, *powers[index + 1 :])
        groups.setdefault(quotient, {})[key] = coefficient
    total = ctx.constant(0)
    for quotient, part in groups.items():
        tick()
        terms = len(part) * _terms(top, quotient) * _terms(bottom, highest - quotient)
        if terms > 10 * _MOST_TERMS:
            raise TooLarge
        total += ctx.from_dict(part) * top**quotient * bottom ** (highest - quotient)
    return total, bottom**highest


def _multiple_angle(head: str, n: int, s: Any, c: Any) -> Any:
    """Sin(n v) or cos(n v) in s = sin v and c = cos v."""
    sign = -1 if n < 0 and head == "sin" else 1
    n = abs(n)
    if n > 40:
        raise TooLarge
    sines, cosines = s * 0, s * 0 + 1
    for _ in range(n):
        sines, cosines = sines * c + cosines * s, cosines * c - sines * s
    return sign * (sines if head == "sin" else cosines)


def _known_gamma(head: str, order: Expr, u: Expr) -> Expr | None:
    """The values of Γ, log Γ, ψ and ψ' at 1/2, 1, 3/2, 2, ..."""
    if not u.is_number or (2 * u.value).denominator > 1 or not 0 < u.value <= 30:
        return None
    steps = math.ceil(u.value) - 1
    half = u.value.denominator == 2
    start = Fraction(1, 2) if half else Fraction(1)
    passed = [number(start + i) for i in range(steps)]
    if head in ("gamma", "loggamma"):
        value = multiply(*passed, *([raise_to(PI, HALF)] if half else []))
        return value if head == "gamma" else call("log", value)
    if head == "digamma":
        base = -Expr("euler_gamma") - (2 * call("log", number(2)) if half else ZERO)
        return add(base, *(1 / p for p in passed))
    if order is ONE:
        base = PI * PI / (2 if half else 6)
        return add(base, *(-1 / (p * p) for p in passed))
    return None


def _exact_angle(e: Expr) -> Expr | None:
    """Sin or cos of a rational multiple of π with a denominator of 1, 2, 3, 4 or 6."""
    form = normal(e.args[0])
    if form.is_zero:
        return ZERO if e.head == "sin" else ONE
    if form.kernels != (PI,) or form.den != 1 or len(form.num) != 1 or form.num.degrees() != (1,):
        return None
    turn = _fraction(form.num.leading_coefficient())
    if 12 % turn.denominator:
        return None
    if e.head == "cos":
        turn += Fraction(1, 2)
    turn %= 2
    sign = 1
    if turn >= 1:
        turn, sign = turn - 1, -1
    turn = min(turn, 1 - turn)
    table = {
        Fraction(0): ZERO,
        Fraction(1, 6): HALF,
        Fraction(1, 4): _SQRT2 / 2,
        Fraction(1, 3): raise_to(number(3), HALF) / 2,
        Fraction(1, 2): ONE,
    }
    value = table.get(turn)
    return None if value is None else number(sign) * value


def _primes(q: Fraction) -> list[tuple[int, int]]:
    found = []
    for part, sign in ((q.numerator, 1), (q.denominator, -1)):
        if part > 1:
            if part.bit_length() > 200:
                found.append((part, sign))
                continue
            found += [(int(p), sign * int(n)) for p, n in fmpz(part).factor()]
    return found


def _common(coefficients: list[Fraction]) -> Fraction:
    """The greatest rational number of which all are whole multiples."""
    bottom = math.lcm(*(c.denominator for c in coefficients))
    return Fraction(math.gcd(*(int(c * bottom) for c in coefficients)), bottom)


def _leading(u: Expr) -> int:
    """The sign of the first term of a sum in normal form that is not a number."""
    terms = u.args if u.head == "+" else (u,)
    for term in sorted(terms, key=lambda t: (t.is_number, _order(t))):
        if term.is_number:
            return -1 if term.value < 0 else 1
        first = term.args[0] if term.head == "*" else term
        return -1 if first.is_number and first.value < 0 else 1
    return 1


@lru_cache(maxsize=50_000)
def _order(e: Expr) -> str:
    """A key that does not depend on signs of numbers, to sort by."""
    if e.is_number:
        return str(abs(e.value))
    if e.head == "*" and e.args[0].is_number:
        return _order(multiply(*e.args[1:]))
    return f"{e.head}({','.join(a if isinstance(a, str) else _order(a) for a in e.args)})"


def _linear(u: Expr) -> dict[Expr, Fraction]:
    """An exponent as rational multiples of monomials."""
    form = normal(u)
    if form.is_zero:
        return {}
    scale = form.den.to_dict()
    if len(scale) == 1:
        ((powers, bottom),) = scale.items()
        split: dict[Expr, Fraction] = {}
        for exponents, c in form.num.to_dict().items():
            factors = [
                _kernel_power(k, int(a) - int(b))
                for k, a, b in zip(form.kernels, exponents, powers, strict=False)
                if a != b
            ]
            split[_merged(factors) if factors else ONE] = _fraction(c) / _fraction(bottom)
        return split
    content, poly = _primitive(form.num)
    base = _poly_expr(poly, form.kernels) / _poly_expr(form.den, form.kernels)
    return {base: content}


def _positive_factors(factors: list[tuple[Expr, int]]) -> bool:
    return all(_surely_positive(f) for f, _ in factors)


def _surely_positive(f: Expr) -> bool:
    """Positive wherever it is defined, by its form."""
    if f.is_number:
        return f.value > 0
    if f.head in ("exp", "pi", "Phi", "euler_gamma", "cosh"):
        return True
    if f.head == "^":
        q = f.args[1]
        return q.is_number and (q.value.denominator > 1 or _surely_positive(f.args[0]))
    if f.head in ("+", "*"):
        return all(
            _surely_positive(part) or (_square(part) and f.head == "+") for part in f.args
        ) and any(_surely_positive(part) for part in f.args)
    return False


def _square(f: Expr) -> bool:
    if f.head == "*":
        return all(
            (part.is_number and part.value > 0) or _square(part) or _surely_positive(part)
            for part in f.args
        )
    return (
        f.head == "^"
        and f.args[1].is_number
        and f.args[1].value.denominator == 1
        and f.args[1].value % 2 == 0
    )


def _variables_of(e: Expr, kernels: dict[Expr, None], roots: dict[Expr, int]) -> None:
    """Every leaf of an argument is a kernel, too: relations bring arguments into the ring."""
    for kernel in normal(e).kernels:
        if kernel not in roots:
            kernels.setdefault(kernel, None)


_CACHE: OrderedDict[Expr, Form] = OrderedDict()


def normal(e: Expr) -> Form:
    """The normal form of an expression.

    Raises:
        TooLarge: it has thousands of terms.
        ZeroDivisionError: a denominator is 0.
    """
    if e in _CACHE:
        _CACHE.move_to_end(e)
        return _CACHE[e]
    builder = _Builder([e])
    num, den = builder.form(builder.expressions[0])
    used = [i for i in range(len(builder.kernels)) if _uses(num, i) or _uses(den, i)]
    form = Form(*_compacted(builder, num, den, used))
    _CACHE[e] = form
    if len(_CACHE) > 50_000:
        _CACHE.popitem(last=False)
    return form


def _uses(poly: Any, index: int) -> bool:
    return any(powers[index] for powers in poly.monoms())


def _compacted(builder: _Builder, num: Any, den: Any, used: list[int]) -> tuple[Any, Any, Any]:
    kernels = tuple(builder.kernels[i] for i in used)
    names = tuple(f"k{i}" for i in range(len(used))) or ("k",)
    ctx = fmpq_mpoly_ctx.get(names, Ordering.degrevlex)

    def moved(poly: Any) -> Any:
        if not used:
            return ctx.constant(poly.leading_coefficient() if poly != 0 else 0)
        return ctx.from_dict({tuple(p[i] for i in used): c for p, c in poly.to_dict().items()})

    return kernels, moved(num), moved(den)


def normal_expr(e: Expr) -> Expr:
    """The expression in normal form."""
    if e.head in ("number", "variable"):
        return e
    return normal(e).expr()


def is_zero(e: Expr) -> bool:
    """Whether the normal form is 0; that it is not proves nothing."""
    try:
        return normal(e).is_zero
    except (TooLarge, ZeroDivisionError):
        return False


def at_point(e: Expr, name: str, value: Expr) -> Expr:
    """The expression with a value in place of one variable."""
    return substitute(e, {name: value})
