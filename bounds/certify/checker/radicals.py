"""Normal forms of powers, logarithms, exponentials and absolute values.

The rules: (ab)^q = a^q b^q and log ab = log a + log b where one of a, b is known to be ≥ 0;
e^(u + v) = e^u e^v; e^(c log b) = b^c; √(u²) = |u|; roots and logarithms of whole numbers by their
primes; e^(iπc) by roots of unity. A base of a fraction power is at least 0, and an argument of a
logarithm positive, as where they are defined.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.expression import (
    EULER_GAMMA,
    PI,
    E,
    Node,
    call,
    number,
)
from bounds.certify.checker.forms import UNIT, Field, Form, Key, Monomial, Poly, leading
from bounds.certify.checker.precision import Rational, Work
from bounds.certify.checker.verdict import Undecided

_ONE, _HALF = gmpy2.mpq(1), gmpy2.mpq(1, 2)
_SMALL_PRIMES = [p for p in range(2, 1000) if all(p % q for q in range(2, int(p**0.5) + 1))]
_MOST_BITS = 20_000


class Radicals(Field):
    """Forms with powers, logarithms, exponentials and absolute values of forms."""

    def __init__(self, sign: Callable[[Node], int] | None = None, work: Work | None = None) -> None:
        super().__init__(sign, work)
        self.pi = self.generator("constant", PI, ("pi",), positive=True)
        self.euler = self.generator("constant", EULER_GAMMA, ("euler",), positive=True)
        self.e = self.generator("exp", E, (self.one,), positive=True)
        self.i_index = self._index(self.imaginary)
        self.pi_index, self.e_index = self._index(self.pi), self._index(self.e)

    def _index(self, generator: Form) -> int:
        return next(iter(generator.num))[0][0]

    def is_real(self, form: Form) -> bool:
        """Whether neither i nor e^(i…) occurs."""
        polys: list[Poly] = [form.num, *(dict(factor) for factor in form.den)]
        return all(
            self.generators[index].node is not None
            for poly in polys
            for monomial in poly
            for index, _ in monomial
        )

    # Numbers

    def prime(self, p: int) -> Form:
        """A prime as a base of fraction powers."""
        return self.generator(
            "prime", number(p), (p,), positive=True, period=1, value=self.rational(p)
        )

    def number_root(self, base: Rational, exponent: Rational) -> Form:
        """c^q for c > 0."""
        powers: dict[int, Rational] = {}
        whole = _ONE
        for prime, times in factored(base):
            power = times * exponent
            part = power.numerator // power.denominator
            if abs(part) * prime.bit_length() > _MOST_BITS:
                raise Undecided("a normal form grows too large")
            whole *= gmpy2.mpq(prime) ** int(part)
            if power != part:
                powers[self._index(self.prime(prime))] = power - part
        return self.monomial(powers, whole)

    def number_log(self, value: Rational) -> Form:
        """Log c for c > 0."""
        total = self.zero
        for prime, times in factored(value):
            kernel = self.generator("log", call("log", prime), (self.rational(prime),))
            total = self.plus(total, self.scaled(kernel, times))
        return total

    # Powers

    def root(self, base: Form, exponent: Rational) -> Form:
        """b^q, where b is at least 0."""
        if exponent.denominator == 1:
            return self.power(base, int(exponent))
        if base.is_zero:
            if exponent < 0:
                raise Undecided("a denominator is 0")
            return self.zero
        if not self.is_real(base):
            return self._opaque_root(base, exponent)
        base = self.reduced(base)
        (common, content), rest = self.split(base.num, signed=False)
        result = self.number_root(content, exponent)
        result = self.times(result, self.monomial({i: e * exponent for i, e in common}))
        left: dict[Key, int] = {}
        for factor, power in base.den.items():
            # step: and of a quotient, where the denominator is [true]
            if self.known_not_negative(Form(dict(factor))):  # and not 0, below a bar
                part = self._poly_root(dict(factor), -power * exponent)
                result = self.times(result, part)
            else:
                left[factor] = power
        if left:
            return self.times(result, self._opaque_root(Form(rest, left), exponent))
        return self.times(result, self._poly_root(rest, exponent))

    def _poly_root(self, poly: Poly, exponent: Rational) -> Form:
        """P^q for a polynomial without content, known to be at least 0."""
        if exponent.denominator == 1:
            return self.power(Form(poly), int(exponent))
        if len(poly) == 1:
            ((monomial, sign),) = poly.items()
            if sign < 0 and monomial == UNIT:
                raise Undecided("a base is negative")
            if sign == 1 and not monomial:
                return self.one
            if sign == 1 and len(monomial) == 1:
                ((index, power),) = monomial
                # step: the root of x^2 is abs x [false 1/3]
                if power.denominator == 1 and power % 2 == 0:
                    return self._scaled_power(self.absolute_of(index), power * exponent)
                generator = self.generators[index]
                if generator.period is None or generator.head in ("abs", "root", "prime"):
                    return self.monomial({index: power * exponent})
        for part in self.parts(poly):
            rest = self.reduced(self.over(Form(poly), part))
            # step: a root of a product is a product of roots where one factor is at least 0 [last
            #   condition 1/3]
            if self.known_not_negative(part) and not rest.den:
                (common, content), remaining = self.split(rest.num, signed=False)
                result = self.times(
                    self._poly_root(part.num, exponent), self.number_root(content, exponent)
                )
                result = self.times(result, self.monomial({i: e * exponent for i, e in common}))
                return self.times(result, self._poly_root(remaining, exponent))
        return self._opaque_root(Form(poly), exponent)

    def _scaled_power(self, generator: Form, exponent: Rational) -> Form:
        single = generator.single
        if single is None:
            raise Undecided("not a generator")
        return self.monomial({i: e * exponent for i, e in single[0]})

    def _opaque_root(self, base: Form, exponent: Rational) -> Form:
        kernel = self.generator(
            "root", self.node(base), (base,), positive=self.known_positive(base), period=1,
            value=base,
        )  # fmt: skip
        return self._scaled_power(kernel, exponent)

    # Logarithms

    def log(self, value: Form) -> Form:
        """Log b, where b is positive."""
        known = value.rational
        if known is not None:
            if known <= 0:
                raise Undecided("the argument of a logarithm is not positive")
            return self.number_log(known)
        if not self.is_real(value):
            return self.generator("log", None, (value,))
        value = self.reduced(value)
        (common, content), rest = self.split(value.num, signed=False)
        total = self.number_log(content)
        for index, power in common:
            total = self.plus(total, self.scaled(self._log_of(index), power))
        left: dict[Key, int] = {}
        for factor, power in value.den.items():
            if self.known_not_negative(Form(dict(factor))):  # and not 0, below a bar
                total = self.minus(total, self.scaled(self._poly_log(dict(factor)), power))
            else:
                left[factor] = power
        if left:
            return self.plus(total, self._kernel_log(Form(rest, left)))
        return self.plus(total, self._poly_log(rest))

    def _poly_log(self, poly: Poly) -> Form:
        if len(poly) == 1:
            ((monomial, sign),) = poly.items()
            if sign == 1 and not monomial:
                return self.zero
            if sign == 1 and len(monomial) == 1:
                ((index, power),) = monomial
                # step: the logarithm of x^2 is that of abs x, twice [false 1/3]
                if power.denominator == 1 and power % 2 == 0:
                    size = self.absolute_of(index)
                    return self.scaled(self._kernel_log(size), power)
                return self.scaled(self._log_of(index), power)
        for part in self.parts(poly):
            rest = self.reduced(self.over(Form(poly), part))
            if self.known_not_negative(part) and not rest.den:
                return self.plus(self._poly_log(part.num), self.log(rest))
        return self._kernel_log(Form(poly))

    def _kernel_log(self, value: Form) -> Form:
        node = self.node(value)
        return self.generator("log", None if node is None else call("log", node), (value,))

    def _log_of(self, index: int) -> Form:
        """The logarithm of a positive generator."""
        generator = self.generators[index]
        if generator.head == "exp":
            return generator.data[0]
        if generator.head == "prime":
            return self.number_log(gmpy2.mpq(generator.data[0]))
        if generator.head == "root":
            return self.log(generator.data[0])
        if generator.head == "gamma" and self.known_positive(generator.data[0]):
            return self.log_gamma_kernel(generator.data[0])
        return self._kernel_log(Form({((index, _ONE),): _ONE}))

    def log_gamma_kernel(self, argument: Form) -> Form:
        """Log Γ(u) as a generator."""
        node = self.node(argument)
        return self.generator(
            "loggamma", None if node is None else call("loggamma", node), (argument,)
        )

    # Exponentials

    def exp(self, argument: Form) -> Form:
        """e^u."""
        argument = self.reduced(argument)
        result = self.one
        if argument.den:
            whole, argument = self.whole_part(argument)
            for monomial, scale in whole.num.items():
                result = self.times(result, self._exp_term(monomial, scale))
        for monomial, scale in argument.num.items():
            if argument.den:
                part = self._exp_kernel(Form({monomial: _ONE}, argument.den), scale)
            else:
                part = self._exp_term(monomial, scale)
            result = self.times(result, part)
        return result

    def _exp_term(self, monomial: Monomial, scale: Rational) -> Form:
        if monomial == UNIT:
            return self.monomial({self.e_index: scale})
        rest = tuple(pair for pair in monomial if pair[0] != self.i_index)
        turning = rest != monomial
        if turning and rest == ((self.pi_index, _ONE),):
            return self._unity(scale)
        if len(rest) == 1 and rest[0][1] == 1:
            special = self._exp_of_kernel(rest[0][0], scale, turning=turning)
            if special is not None:
                return special
        return self._exp_kernel(Form({monomial: _ONE}), scale)

    def _exp_of_kernel(self, index: int, scale: Rational, *, turning: bool) -> Form | None:
        """e^(c·k), or e^(i·c·k), for a kernel k that is an inverse of exp, sin, tan or t·e^t."""
        generator = self.generators[index]
        if not turning:
            if generator.head == "log":
                return self.root(generator.data[0], scale)
            if generator.head == "loggamma":
                return self.root(self.gamma_value(generator.data[0]), scale)
            if generator.head == "lambertw" and scale.denominator == 1:
                kernel = Form({((index, _ONE),): _ONE})
                return self.power(self.over(generator.data[0], kernel), int(scale))
        elif scale.denominator == 1 and abs(scale) <= 20 and generator.head in ("asin", "atan"):
            u = generator.data[0]
            square = self.times(u, u)
            turned = self.times(self.imaginary, u)
            if generator.head == "asin":
                side = self.root(self.minus(self.one, square), _HALF)
                return self.power(self.plus(side, turned), int(scale))
            length = self.root(self.plus(self.one, square), -_HALF)
            return self.power(self.times(self.plus(self.one, turned), length), int(scale))
        return None

    def gamma_value(self, argument: Form) -> Form:
        """Γ(u), by whatever rules there are."""
        return self.gamma_kernel(argument)

    def gamma_kernel(self, argument: Form) -> Form:
        """Γ(u) as a generator."""
        node = self.node(argument)
        return self.generator(
            "gamma", None if node is None else call("gamma", node), (argument,),
            positive=self.known_positive(argument),
        )  # fmt: skip

    def _exp_kernel(self, argument: Form, scale: Rational) -> Form:
        node = self.node(argument)
        kernel = self.generator(
            "exp", None if node is None else call("exp", node), (argument,),
            positive=node is not None,
        )  # fmt: skip
        return self._scaled_power(kernel, scale)

    def _unity(self, turns: Rational) -> Form:
        """e^(iπc)."""
        turns -= 2 * (turns.numerator // (2 * turns.denominator))
        sign = _ONE
        if turns >= 1:
            turns, sign = turns - 1, -_ONE
        if 12 % turns.denominator:
            unit = self.generator("unity", None, (), period=1, value=self.minus_one)
            return self.scaled(self._scaled_power(unit, turns), sign)
        times = int(turns * 12)
        i = self.imaginary
        third = self.plus(self.one, self.times(i, self.number_root(gmpy2.mpq(3), _HALF)))
        quarter = self.times(self.number_root(gmpy2.mpq(2), _HALF), self.plus(self.one, i))
        turned = self.times(
            self.power(self.scaled(third, _HALF), times),
            self.power(self.scaled(quarter, _HALF), -times),
        )
        return self.scaled(turned, sign)

    # Absolute values

    def absolute(self, value: Form) -> Form:
        """|u|."""
        known = value.rational
        if known is not None:
            return self.rational(abs(known))
        # step: abs u is u where u >= 0 [true]
        if self.known_not_negative(value):
            return value
        opposite = self.scaled(value, -1)
        if self.known_not_negative(opposite):
            return opposite
        single = value.single
        if single is not None and self.is_real(value):
            result = self.rational(abs(single[1]))
            for index, power in single[0]:
                result = self.times(result, self._scaled_power(self.absolute_of(index), power))
            return result
        if not self.is_real(value):
            return self._absolute_kernel(value if leading(value.num)[1] > 0 else opposite)
        (common, content), rest = self.split(self.reduced(value).num, signed=False)
        if rest and leading(rest)[1] < 0:
            rest = {monomial: -scale for monomial, scale in rest.items()}
        kernel = self._absolute_kernel(Form(rest, self.reduced(value).den))
        return self.times(kernel, self.monomial(dict(common), content))

    def absolute_of(self, index: int) -> Form:
        """The absolute value of a generator."""
        own = Form({((index, _ONE),): _ONE})
        generator = self.generators[index]
        # step: the absolute value of a kernel is another one [true 1/3]
        if self.not_negative(index) or generator.head in ("abs", "root", "prime"):
            return own
        return self._absolute_kernel(own)

    def _absolute_kernel(self, value: Form) -> Form:
        node = self.node(value)
        return self.generator(
            "abs", None if node is None else call("abs", node), (value,), period=2,
            value=self.power(value, 2),
        )  # fmt: skip

    # Factors

    def parts(self, poly: Poly) -> list[Form]:
        """Linear factors of a polynomial in one variable, from its rational zeros."""
        names = {index for monomial in poly for index, _ in monomial}
        if len(names) != 1 or len(poly) < 2:
            return []
        (index,) = names
        if self.generators[index].period is not None:
            return []
        powers = {int(dict(m).get(index, 0)): c for m, c in poly.items()}
        whole = all(dict(m).get(index, _ONE).denominator == 1 for m in poly)
        degree = max(powers)
        if not whole or not 2 <= degree <= 12 or min(powers) != 0:
            return []
        found = []
        for zero in rational_zeros([powers.get(k, gmpy2.mpq(0)) for k in range(degree + 1)]):
            factor: Poly = {((index, _ONE),): _ONE}
            if zero:
                factor[UNIT] = -zero
            found += [Form(factor), Form({m: -c for m, c in factor.items()})]
        return found


def factored(value: Rational) -> list[tuple[int, int]]:
    """A positive rational as a product of powers of whole numbers, primes where they are small."""
    found = [(p, k) for p, k in _factored(int(value.numerator))]
    return found + [(p, -k) for p, k in _factored(int(value.denominator))]


@cache
def _factored(value: int) -> tuple[tuple[int, int], ...]:
    found = []
    if value.bit_length() > _MOST_BITS:
        raise Undecided("a number is too long for its prime factors")
    for prime in _SMALL_PRIMES:
        if value == 1 or prime * prime > value:
            break
        times = 0
        while value % prime == 0:
            value //= prime
            times += 1
        if times:
            found.append((prime, times))
    if value > 1:
        for power in range(min(value.bit_length() // 10, 60), 1, -1):
            base, exact = gmpy2.iroot(gmpy2.mpz(value), power)
            if exact:
                return (*found, (int(base), power))
        found.append((value, 1))
    return tuple(found)


def rational_zeros(coefficients: list[Rational]) -> list[Rational]:
    """Rational zeros of a polynomial with small coefficients, lowest degree first."""
    scale = gmpy2.mpz(1)
    for c in coefficients:
        scale = gmpy2.lcm(scale, c.denominator)
    whole = [int(c * scale) for c in coefficients]
    if not whole[0] or abs(whole[0]) > 10_000 or abs(whole[-1]) > 10_000:
        return [gmpy2.mpq(0)] if not whole[0] else []
    found = []
    for p in _divisors(abs(whole[0])):
        for q in _divisors(abs(whole[-1])):
            for zero in (gmpy2.mpq(p, q), gmpy2.mpq(-p, q)):
                value = gmpy2.mpq(0)
                for c in reversed(whole):
                    value = value * zero + c
                if value == 0 and zero not in found:
                    found.append(zero)
    return found


@cache
def _divisors(value: int) -> list[int]:
    return [d for d in range(1, value + 1) if value % d == 0]
