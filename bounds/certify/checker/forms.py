"""Normal forms: quotients of polynomials over Q in generators.

A generator is a variable, a constant, or a value of a function (a kernel). A monomial is a product
of powers of generators, and the powers may be negative or fractions. A form is a polynomial (a sum
of monomials with rational coefficients) over a product of powers of polynomials. Some generators
are bound by a relation: a power of them (the period) is a form in others: i² = −1, (√2)² = 2,
√P·√P = P, |u|² = u². Their exponents lie between 0 and the period.

A form whose polynomial is empty is 0 wherever all that it was made of is defined. The converse
holds only where the generators have no other relations, so a form that is not empty proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.expression import Node, add, multiply, number, raise_to
from bounds.certify.checker.precision import Rational, Work
from bounds.certify.checker.verdict import Undecided

Monomial: TypeAlias = "tuple[tuple[int, Rational], ...]"
"""(generator, exponent) in the order of the generators' numbers; exponents are not 0."""

Poly: TypeAlias = "dict[Monomial, Rational]"
Key: TypeAlias = "tuple[tuple[Monomial, Rational], ...]"
"""A polynomial as a sorted tuple, to be compared and hashed."""

MOST_TERMS, MOST_PRODUCT, MOST_POWER = 3_000, 300_000, 400

_ZERO, _ONE = gmpy2.mpq(0), gmpy2.mpq(1)
UNIT: Monomial = ()


class Generator:
    """One generator.

    Attributes:
        index: its number.
        node: the expression whose value it is; None for i and for e^(i…).
        head: what it is: "variable", "i", "prime", "constant", "exp", "root", or a function.
        data: forms or numbers that it was made of.
        positive: whether it is known to be positive.
        period, value: the power of it that is a form in others; None where there is none.
    """

    __slots__ = ("data", "head", "index", "node", "period", "positive", "value")

    def __init__(
        self,
        index: int,
        head: str,
        node: Node | None,
        data: tuple[Any, ...],
        positive: bool,
        period: Rational | None,
        value: Form | None,
    ) -> None:
        self.index, self.head, self.node, self.data = index, head, node, data
        self.positive, self.period, self.value = positive, period, value


class Form:
    """A polynomial over a product of powers of polynomials."""

    __slots__ = ("_key", "den", "num")

    def __init__(self, num: Poly, den: dict[Key, int] | None = None) -> None:
        self.num: Poly = num
        self.den: dict[Key, int] = (den or {}) if num else {}
        self._key: Any = None

    @property
    def is_zero(self) -> bool:
        """Whether it is 0; a form that is not may still be 0."""
        return not self.num

    @property
    def key(self) -> Any:
        """Itself as a value that can be hashed."""
        if self._key is None:
            self._key = (poly_key(self.num), tuple(sorted(self.den.items())))
        return self._key

    @property
    def rational(self) -> Rational | None:
        """The rational number that it is, or None."""
        if self.den:
            return None
        if not self.num:
            return _ZERO
        if len(self.num) == 1 and UNIT in self.num:
            return self.num[UNIT]
        return None

    @property
    def single(self) -> tuple[Monomial, Rational] | None:
        """The monomial and coefficient that it is, or None."""
        if self.den or len(self.num) != 1:
            return None
        return next(iter(self.num.items()))


def poly_key(poly: Poly) -> Key:
    """A polynomial as a sorted tuple."""
    return tuple(sorted(poly.items()))


def leading(poly: Poly) -> tuple[Monomial, Rational]:
    """The term whose monomial is the greatest in a fixed order."""
    monomial = max(poly)
    return monomial, poly[monomial]


class Field:
    """All forms in a growing list of generators.

    Args:
        sign: 2 where an expression is positive wherever the forms are used, 1 where it is at least
            0; 0 proves nothing.
        work: what the arithmetic may spend.
    """

    def __init__(self, sign: Callable[[Node], int] | None = None, work: Work | None = None) -> None:
        self.sign_of = sign or (lambda _: 0)
        self.work = work or Work()
        self.generators: list[Generator] = []
        self._by_key: dict[Any, Generator] = {}
        self._by_head: dict[str, list[Generator]] = {}
        self._signs: dict[Any, int] = {}
        self.zero, self.one = Form({}), Form({UNIT: _ONE})
        self.minus_one = Form({UNIT: -_ONE})
        self.imaginary = self.generator("i", None, (), period=2, value=self.minus_one)

    # Generators

    def generator(
        self,
        head: str,
        node: Node | None,
        data: tuple[Any, ...],
        *,
        positive: bool = False,
        period: int | None = None,
        value: Form | None = None,
    ) -> Form:
        """The generator of this head and these data, as a form: a known one where it is the same.

        Data are forms, texts or numbers. Two forms that differ by 0 are the same.
        """
        key = (head, *(part.key if isinstance(part, Form) else part for part in data))
        found = self._by_key.get(key)
        if found is None:
            for other in self._by_head.get(head, [])[:12] if data else []:
                if self._same(other.data, data):
                    found = other
        if found is None:
            found = Generator(
                len(self.generators), head, node, data, positive,
                None if period is None else gmpy2.mpq(period), value,
            )  # fmt: skip
            self.generators.append(found)
            self._by_head.setdefault(head, []).append(found)
        self._by_key[key] = found
        return Form({((found.index, _ONE),): _ONE})

    def _same(self, data: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
        if len(data) != len(others):
            return False
        for one, other in zip(data, others, strict=True):
            if isinstance(one, Form) and isinstance(other, Form):
                # step: two forms are equal if their difference is 0 [first condition 1/4]
                if not (one.den or other.den) or not self.minus(one, other).is_zero:
                    return False
            elif type(one) is not type(other) or one != other:
                return False
        return True

    # Arithmetic

    def rational(self, value: Rational | int) -> Form:
        """A rational number."""
        return Form({UNIT: gmpy2.mpq(value)} if value else {})

    def plus(self, a: Form, b: Form) -> Form:
        """A + b."""
        if a.is_zero or b.is_zero:
            return b if a.is_zero else a
        if a.den == b.den:
            return Form(_sum(a.num, b.num), a.den)
        den = dict(a.den)
        for factor, power in b.den.items():
            den[factor] = max(power, den.get(factor, 0))
        left, right = self._raised(a, den), self._raised(b, den)
        total = self.plus(left, right) if left.den or right.den else Form(_sum(left.num, right.num))
        return self._over(total, den)

    def _raised(self, form: Form, den: dict[Key, int]) -> Form:
        """The numerator over a multiple of its denominator."""
        result = Form(form.num)
        for factor, power in den.items():
            for _ in range(power - form.den.get(factor, 0)):
                result = self.times(result, Form(dict(factor)))
        return result

    def _over(self, form: Form, den: dict[Key, int]) -> Form:
        joined = dict(form.den)
        for factor, power in den.items():
            joined[factor] = joined.get(factor, 0) + power
        return Form(form.num, joined)

    def minus(self, a: Form, b: Form) -> Form:
        """A − b."""
        return self.plus(a, self.scaled(b, -1))

    def scaled(self, a: Form, by: Rational | int) -> Form:
        """A rational multiple."""
        if not by:
            return self.zero
        return Form({monomial: value * by for monomial, value in a.num.items()}, a.den)

    def times(self, a: Form, b: Form) -> Form:
        """a·b; factors of a denominator that a numerator is are taken away."""
        if a.is_zero or b.is_zero:
            return self.zero
        result = self._product(a.num, b.num)
        den = dict(a.den)
        for factor, power in b.den.items():
            den[factor] = den.get(factor, 0) + power
        return self._over(result, den) if den else result

    def _product(self, p: Poly, q: Poly) -> Form:
        size = len(p) * len(q)
        if size > MOST_PRODUCT:
            raise Undecided("a normal form grows too large")
        self.work.spend(2 + 2 * size)
        plain: Poly = {}
        bent: Form | None = None
        for m, c in p.items():
            for n, d in q.items():
                monomial, extra = self._joined(m, n)
                if extra is None:
                    value = plain.get(monomial, _ZERO) + c * d
                    if value:
                        plain[monomial] = value
                    else:
                        plain.pop(monomial, None)
                else:
                    term = self.times(Form({monomial: c * d}), extra)
                    bent = term if bent is None else self.plus(bent, term)
        if len(plain) > MOST_TERMS:
            raise Undecided("a normal form grows too large")
        result = Form(plain)
        return result if bent is None else self.plus(result, bent)

    def _joined(self, m: Monomial, n: Monomial) -> tuple[Monomial, Form | None]:
        """The product of two monomials: a monomial, and a form where a relation was used."""
        if not m or not n:
            return m or n, None
        powers = dict(m)
        bound = False
        for index, exponent in n:
            if index in powers:
                total = powers[index] + exponent
                if total:
                    powers[index] = total
                    period = self.generators[index].period
                    bound = bound or (period is not None and not 0 <= total < period)
                else:
                    del powers[index]
            else:
                powers[index] = exponent
        if not bound:
            return tuple(sorted(powers.items())), None
        return self._within_periods(powers)

    def _within_periods(self, powers: dict[int, Rational]) -> tuple[Monomial, Form | None]:
        extra: Form | None = None
        for index in list(powers):
            generator = self.generators[index]
            period, value = generator.period, generator.value
            if period is None or value is None or 0 <= powers[index] < period:
                continue
            times = _floor(powers[index] / period)
            powers[index] -= times * period
            if not powers[index]:
                del powers[index]
            factor = self.power(value, int(times))
            extra = factor if extra is None else self.times(extra, factor)
        return tuple(sorted(powers.items())), extra

    def monomial(self, powers: dict[int, Rational], coefficient: Rational = _ONE) -> Form:
        """A product of powers of generators, within the periods."""
        monomial, extra = self._within_periods({i: e for i, e in powers.items() if e})
        form = Form({monomial: coefficient})
        return form if extra is None else self.times(form, extra)

    def inverse(self, a: Form) -> Form:
        """1/a.

        Raises:
            Undecided: a is 0.
        """
        if a.is_zero:
            raise Undecided("a denominator is 0")
        if len(a.num) == 1:
            ((monomial, value),) = a.num.items()
            result = self.monomial({i: -e for i, e in monomial}, 1 / value)
        else:
            (monomial, value), rest = self.split(a.num)
            result = self.monomial({i: -e for i, e in monomial}, 1 / value)
            result = self._over(result, {poly_key(rest): 1})
        for factor, power in a.den.items():
            for _ in range(power):
                result = self.times(result, Form(dict(factor)))
        return result

    def split(self, poly: Poly, *, signed: bool = True) -> tuple[tuple[Monomial, Rational], Poly]:
        """coefficient·monomial·rest: what all terms have in common, and what is left.

        The monomial has the generators without a period, and those that are known to be at least
        0; the leading coefficient of the rest is 1. Unless `signed`, the coefficient is positive
        and the monomial has only generators that are known to be at least 0.
        """
        exponents = [dict(monomial) for monomial in poly]
        common = {}
        for index in {index for powers in exponents for index in powers}:
            least = min(powers.get(index, _ZERO) for powers in exponents)
            # step: a power is taken out of a root where its base is at least 0 [last condition 1/2]
            free = signed and self.generators[index].period is None
            if least and (free or self.not_negative(index)):
                common[index] = least
        coefficient = leading(poly)[1]
        if not signed:
            coefficient = abs(coefficient)
        rest = {}
        for powers, value in zip(exponents, poly.values(), strict=True):
            for index, least in common.items():
                powers[index] = powers.get(index, _ZERO) - least
            rest[tuple(sorted((i, e) for i, e in powers.items() if e))] = value / coefficient
        return (tuple(sorted(common.items())), coefficient), rest

    def reduced(self, a: Form) -> Form:
        """The same form without the factors of its denominator that divide its polynomial."""
        for factor, power in a.den.items():
            if len(factor) > 12 or any(
                self.generators[index].period is not None for term in factor for index, _ in term[0]
            ):
                continue
            num, left = a.num, power
            while left:
                quotient = _divided(num, dict(factor))
                if quotient is None:
                    break
                num, left = quotient, left - 1
            if left < power:
                den = {**a.den, factor: left}
                a = Form(num, {key: value for key, value in den.items() if value})
        return a

    def whole_part(self, a: Form) -> tuple[Form, Form]:
        """A polynomial and the rest, whose numerator has a lower degree than its denominator.

        This is done where the denominator is a polynomial in one variable; elsewhere it is (0, a).
        """
        names = {i for factor in a.den for monomial, _ in factor for i, _ in monomial}
        if len(names) != 1:
            return self.zero, a
        (name,) = names
        if self.generators[name].period is not None or any(
            e.denominator != 1 for factor in a.den for monomial, _ in factor for _, e in monomial
        ):
            return self.zero, a
        bottom = self._raised(Form({UNIT: _ONE}), a.den)
        divisor = {int(dict(m).get(name, 0)): c for m, c in bottom.num.items()}
        groups: dict[Monomial, dict[int, Rational]] = {}
        for monomial, value in a.num.items():
            power = dict(monomial).get(name, _ZERO)
            if power.denominator != 1 or power < 0:
                return self.zero, a
            rest = tuple(pair for pair in monomial if pair[0] != name)
            groups.setdefault(rest, {})[int(power)] = value
        whole, left = self.zero, self.zero
        for rest, powers in groups.items():
            quotient, remainder = _long_division(powers, divisor)
            for target, poly in ((0, quotient), (1, remainder)):
                form = Form(
                    {
                        tuple(sorted((*rest, (name, gmpy2.mpq(k))) if k else rest)): c
                        for k, c in poly.items()
                    }
                )
                if target:
                    left = self.plus(left, form)
                else:
                    whole = self.plus(whole, form)
        return whole, Form(left.num, a.den)

    def over(self, a: Form, b: Form) -> Form:
        """a/b."""
        return self.times(a, self.inverse(b))

    def power(self, a: Form, exponent: int) -> Form:
        """a^n for a whole n."""
        if exponent < 0:
            return self.inverse(self.power(a, -exponent))
        if exponent == 0:
            return self.one
        single = a.single
        if single is not None:
            monomial, value = single
            length = max(value.numerator.bit_length(), value.denominator.bit_length())
            if length * exponent > 100_000:
                raise Undecided("a normal form grows too large")
            return self.monomial({i: e * exponent for i, e in monomial}, value**exponent)
        if exponent > MOST_POWER:
            raise Undecided("a normal form grows too large")
        result, base, left = self.one, a, exponent
        while left:
            if left & 1:
                result = self.times(result, base)
            left >>= 1
            if left:
                base = self.times(base, base)
        return result

    # Signs and expressions

    def _known(self, index: int) -> int:
        """2 where a generator is known to be positive, 1 where it is at least 0, else 0."""
        generator = self.generators[index]
        if generator.positive:
            return 2
        if generator.node is None:
            return 0
        if index not in self._signs:
            self._signs[index] = self.sign_of(generator.node)
        return self._signs[index]

    def not_negative(self, index: int) -> bool:
        """Whether a generator is known to be at least 0."""
        return self._known(index) > 0

    def _sign(self, form: Form) -> int:
        if form.is_zero:
            return 1
        key = form.key
        if key not in self._signs:
            found = 0
            single = form.single
            if single is not None and single[1] > 0:
                found = min((self._known(index) for index, _ in single[0]), default=2)
            if not found:
                node = self.node(form)
                found = 0 if node is None else self.sign_of(node)
            self._signs[key] = found
        return self._signs[key]

    def known_positive(self, form: Form) -> bool:
        """Whether a form is known to be positive."""
        return self._sign(form) == 2

    def known_not_negative(self, form: Form) -> bool:
        """Whether a form is known to be at least 0."""
        # step: a factor is at most 0 or at least 0 by proof [true]
        return self._sign(form) > 0

    def node(self, form: Form) -> Node | None:
        """An expression with the value of a form; None where i occurs in it."""
        top = self._poly_node(form.num)
        if top is None:
            return None
        parts = [top]
        for factor, power in form.den.items():
            bottom = self._poly_node(dict(factor))
            if bottom is None:
                return None
            parts.append(raise_to(bottom, number(-power)))
        return multiply(*parts)

    def _poly_node(self, poly: Poly) -> Node | None:
        terms = []
        for monomial, value in sorted(poly.items(), reverse=True):
            factors = [number(value)]
            for index, exponent in monomial:
                node = self.generators[index].node
                if node is None:
                    return None
                factors.append(raise_to(node, number(exponent)))
            terms.append(multiply(*factors))
        return add(*terms)


def _sum(p: Poly, q: Poly) -> Poly:
    if len(p) < len(q):
        p, q = q, p
    total = dict(p)
    for monomial, value in q.items():
        new = total.get(monomial, _ZERO) + value
        if new:
            total[monomial] = new
        else:
            del total[monomial]
    return total


def _floor(value: Rational) -> Rational:
    return value.numerator // value.denominator


def _divided(num: Poly, by: Poly) -> Poly | None:
    """The exact quotient of two polynomials, or None."""
    names = sorted({i for poly in (num, by) for monomial in poly for i, _ in monomial})

    def dense(poly: Poly) -> dict[tuple[Rational, ...], Rational]:
        result = {}
        for monomial, value in poly.items():
            powers = dict(monomial)
            result[tuple(powers.get(name, _ZERO) for name in names)] = value
        return result

    left, divisor = dense(num), dense(by)
    top = max(divisor)
    quotient: Poly = {}
    for _ in range(len(num) + 60):
        if not left:
            return quotient
        first = max(left)
        shift = tuple(a - b for a, b in zip(first, top, strict=True))
        scale = left[first] / divisor[top]
        quotient[tuple((n, e) for n, e in zip(names, shift, strict=True) if e)] = scale
        for powers, value in divisor.items():
            place = tuple(a + b for a, b in zip(powers, shift, strict=True))
            new = left.get(place, _ZERO) - scale * value
            if new:
                left[place] = new
            else:
                left.pop(place, None)
    return None


def _long_division(
    num: dict[int, Rational], by: dict[int, Rational]
) -> tuple[dict[int, Rational], dict[int, Rational]]:
    """Quotient and remainder of polynomials in one variable."""
    left, quotient = dict(num), {}
    degree = max(by)
    while left and max(left) >= degree:
        shift = max(left) - degree
        scale = left[max(left)] / by[degree]
        quotient[shift] = scale
        for power, value in by.items():
            new = left.get(power + shift, _ZERO) - scale * value
            if new:
                left[power + shift] = new
            else:
                left.pop(power + shift, None)
    return quotient, left
