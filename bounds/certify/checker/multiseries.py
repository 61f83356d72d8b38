"""Asymptotic expansions as t → 0+, in the scale t^α L^β M^λ e^(−γ), L = log(1/t), M = log L.

An expansion is a finite sum of coefficients times elements of the scale, in falling order, and an
error O(an element), or none. γ is a finite sum of coefficients times elements t^a L^b M^l that grow
without bound, so that elements are compared by the sign of a leading coefficient. Coefficients are
exact: normal forms of constants, whose signs `Constants` proves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.constants import Constants
from bounds.certify.checker.expression import Node
from bounds.certify.checker.forms import Form
from bounds.certify.checker.precision import Rational
from bounds.certify.checker.verdict import Undecided

Powers: TypeAlias = "tuple[Rational, Rational, Rational]"
"""(α, −β, −λ) of t^α L^β M^λ: the element is smaller where this is greater."""

_ZERO = gmpy2.mpq(0)
FLAT: Powers = (_ZERO, _ZERO, _ZERO)


class More(Exception):
    """The terms that are kept do not decide: more are needed."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An element of the scale: powers, and γ as (coefficient, powers), the greatest first."""

    powers: Powers
    decay: tuple[tuple[Form, Powers], ...] = ()


UNIT = Scale(FLAT)
_LOG: Powers = (_ZERO, gmpy2.mpq(-1), _ZERO)
_LOG_LOG: Powers = (_ZERO, _ZERO, gmpy2.mpq(-1))


def _as_dict(terms: tuple[tuple[Form, Powers], ...]) -> dict[Powers, Form]:
    return {powers: form for form, powers in terms}


@dataclass(frozen=True, slots=True)
class Expansion:
    """Terms in falling order, and the error: O(this element), or None where it is exact."""

    terms: tuple[tuple[Form, Scale], ...]
    error: Scale | None = None


class Series:
    """Arithmetic on expansions that keep a number of terms.

    Args:
        constants: signs of coefficients.
        most: how many terms are kept.
    """

    def __init__(self, constants: Constants, most: int) -> None:
        self.constants, self.most = constants, most
        self.field = constants.algebra
        self._signs: dict[object, int] = {}
        self._orders: dict[tuple[Scale, Scale], int] = {}

    # Coefficients

    def coefficient(self, node: Node) -> Form:
        """The exact value of a constant."""
        form = self.field.form(node)
        if self.field.is_real(form):
            return form
        return self.field.generator("opaque", node, (node,))

    def sign(self, form: Form) -> int:
        """The sign of a coefficient."""
        known = form.rational
        if known is not None:
            return int(known > 0) - int(known < 0)
        key = form.key
        if key not in self._signs:
            node = self.field.node(form)
            if node is None:
                raise Undecided("a coefficient is not real")
            self._signs[key] = self.constants.sign(node)
        return self._signs[key]

    # The scale

    def order(self, a: Scale, b: Scale) -> int:
        """1 where a is greater than b as t → 0, −1 where it is smaller, 0 where it is the same."""
        if a is b:
            return 0
        if not a.decay and not b.decay:
            return (a.powers < b.powers) - (a.powers > b.powers)
        key = (a, b)
        if key not in self._orders:
            self._orders[key] = self._compared(a, b)
        return self._orders[key]

    def _compared(self, a: Scale, b: Scale) -> int:
        """The order of e^(−A) and e^(−B), where t^α = e^(−αL) and L^β = e^(βM) belong to A, B."""
        gaps = _as_dict(self._combined(b.decay, a.decay, -1))
        for place, powers in ((0, _LOG), (1, _LOG_LOG)):
            gap = b.powers[place] - a.powers[place]
            if gap:
                form = self.field.rational(gap)
                gaps[powers] = self.field.plus(gaps[powers], form) if powers in gaps else form
        for powers in sorted(gaps):
            sign = self.sign(gaps[powers])
            if sign:
                return sign
        return (a.powers[2] < b.powers[2]) - (a.powers[2] > b.powers[2])

    def _combined(
        self,
        a: tuple[tuple[Form, Powers], ...],
        b: tuple[tuple[Form, Powers], ...],
        times: Rational | int,
    ) -> tuple[tuple[Form, Powers], ...]:
        """The exponents a + times·b."""
        if not b:
            return a
        total = {powers: form for form, powers in a}
        for form, powers in b:
            more = self.field.scaled(form, times)
            total[powers] = self.field.plus(total[powers], more) if powers in total else more
        kept = [(form, powers) for powers, form in total.items() if self.sign(form)]
        return tuple(sorted(kept, key=lambda term: term[1]))

    def joined(self, a: Scale, b: Scale, times: Rational | int = 1) -> Scale:
        """a·b^times."""
        if b is UNIT:
            return a
        powers = tuple(p + times * q for p, q in zip(a.powers, b.powers, strict=True))
        return Scale(powers, self._combined(a.decay, b.decay, times))

    # Expansions

    def constant(self, form: Form) -> Expansion:
        """A constant."""
        return Expansion(() if form.is_zero else ((form, UNIT),))

    def number(self, value: Rational | int) -> Expansion:
        """A rational number."""
        return self.constant(self.field.rational(value))

    def tidy(
        self, terms: list[tuple[Form, Scale]], error: Scale | None, most: int | None = None
    ) -> Expansion:
        """Terms added up, in order, without those below the error or beyond the number kept."""
        groups: dict[Scale, Form] = {}
        for form, scale in terms:
            groups[scale] = self.field.plus(groups[scale], form) if scale in groups else form
        merged: list[tuple[Form, Scale]] = []
        for scale, form in groups.items():
            low = 0
            high = len(merged)
            same = False
            while low < high:
                middle = (low + high) // 2
                order = self.order(scale, merged[middle][1])
                if order == 0:
                    known = merged[middle]
                    merged[middle] = (self.field.plus(known[0], form), known[1])
                    same = True
                    break
                if order > 0:
                    high = middle
                else:
                    low = middle + 1
            if not same:
                merged.insert(low, (form, scale))
        kept: list[tuple[Form, Scale]] = []
        for form, scale in merged:
            # step: a term that is no greater than the error tells nothing [false 1/3]
            if error is not None and self.order(scale, error) <= 0:
                break
            if form.is_zero or not self.sign(form):
                continue
            if len(kept) == (most or self.most):
                error = scale
                break
            kept.append((form, scale))
        return Expansion(tuple(kept), error)

    def _greater(self, *errors: Scale | None) -> Scale | None:
        worst: Scale | None = None
        for error in errors:
            if error is not None and (worst is None or self.order(error, worst) > 0):
                worst = error
        return worst

    def plus(self, *parts: Expansion) -> Expansion:
        """A sum."""
        terms = [term for part in parts for term in part.terms]
        return self.tidy(terms, self._greater(*(part.error for part in parts)))

    def scaled(self, a: Expansion, by: Form) -> Expansion:
        """A constant multiple."""
        if by.is_zero or not self.sign(by):
            return Expansion(())
        return Expansion(tuple((self.field.times(f, by), s) for f, s in a.terms), a.error)

    def negated(self, a: Expansion) -> Expansion:
        """−a."""
        return self.scaled(a, self.field.minus_one)

    def times(self, a: Expansion, *others: Expansion) -> Expansion:
        """A product."""
        for b in others:
            a = self._times(a, b)
        return a

    def _times(self, a: Expansion, b: Expansion) -> Expansion:
        if any(not one.terms and one.error is None for one in (a, b)):
            return Expansion(())
        error: Scale | None = None
        for one, other in ((a, b), (b, a)):
            if one.error is not None:
                top = other.terms[0][1] if other.terms else other.error
                if top is not None:
                    # step: the error of a product is that of each times the other [call 1/2: error]
                    error = self._greater(error, self.joined(one.error, top))
        self.constants.work.spend(20 * (1 + len(a.terms) * len(b.terms)))
        terms = [
            (self.field.times(f, g), self.joined(s, r)) for f, s in a.terms for g, r in b.terms
        ]
        return self.tidy(terms, error)

    def leading(self, a: Expansion) -> tuple[Form, Scale] | None:
        """The leading term; None for 0.

        Raises:
            More: it is not among the terms that are kept.
        """
        if a.terms:
            return a.terms[0]
        # step: a bounded function is not 0 [true]
        if a.error is None:
            return None
        raise More

    def sign_of(self, a: Expansion) -> int:
        """The sign for all small t > 0."""
        first = self.leading(a)
        return 0 if first is None else self.sign(first[0])

    def limit(self, a: Expansion) -> tuple[str, Form | None]:
        """("finite", c), or ("infinite", None)."""
        order = self.order(a.terms[0][1], UNIT) if a.terms else -1
        if order > 0:
            return "infinite", None
        if order == 0:
            return "finite", a.terms[0][0]
        if a.error is not None and self.order(a.error, UNIT) >= 0:
            raise More
        return "finite", self.field.zero

    def power_series(self, coefficients: list[Form], small: Expansion) -> Expansion:
        """c0 + c1 δ + c2 δ² + … + O(δ^n) for δ → 0, n coefficients being given."""
        total = [self.constant(coefficients[0])]
        power = self.number(1)
        for c in coefficients[1:]:
            power = self.times(power, small)
            total.append(self.scaled(power, c))
        if small.terms or small.error is not None:
            top = small.terms[0][1] if small.terms else small.error
            assert top is not None
            error = UNIT
            for _ in coefficients:
                error = self.joined(error, top)
            total.append(Expansion((), error))
        return self.plus(*total)

    def normalised(self, a: Expansion) -> tuple[Form, Scale, Expansion]:
        """c, m and δ → 0 with a = c m (1 + δ)."""
        first = self.leading(a)
        if first is None:
            raise Undecided("a germ is 0 where it may not be")
        form, scale = first
        inverse = self.field.inverse(form)
        terms = [(self.field.times(f, inverse), self.joined(s, scale, -1)) for f, s in a.terms[1:]]
        error = None if a.error is None else self.joined(a.error, scale, -1)
        return form, scale, Expansion(tuple(terms), error)

    def power(self, a: Expansion, exponent: Rational) -> Expansion:
        """a^q; a > 0 near the end unless q is whole."""
        whole = exponent.denominator == 1
        if exponent == 0:
            return self.number(1)
        if not a.terms and a.error is None:
            if exponent > 0:
                return a
            raise Undecided("a germ is 0 in a denominator")
        form, scale, small = self.normalised(a)
        if whole:
            top = self.field.power(form, int(exponent))
        else:
            if self.sign(form) < 0:
                raise Undecided("a base is negative near an end")
            top = self.field.root(form, exponent)
        coefficients = [self.field.one]
        binomial = gmpy2.mpq(1)
        for k in range(self.most):
            binomial *= (exponent - k) / gmpy2.mpq(k + 1)
            if not binomial:
                break
            coefficients.append(self.field.rational(binomial))
        exact = whole and exponent > 0 and len(coefficients) == exponent + 1
        series = self._polynomial(coefficients, small) if exact else self.power_series(
            coefficients, small)  # fmt: skip
        powers = tuple(p * exponent for p in scale.powers)
        decay = tuple((self.field.scaled(f, exponent), p) for f, p in scale.decay)
        factor = Expansion(((top, Scale(powers, decay)),))
        return self.times(factor, series)

    def _polynomial(self, coefficients: list[Form], small: Expansion) -> Expansion:
        total, power = [self.constant(coefficients[0])], self.number(1)
        for c in coefficients[1:]:
            power = self.times(power, small)
            total.append(self.scaled(power, c))
        return self.plus(*total)

    def inverse(self, a: Expansion) -> Expansion:
        """1/a."""
        return self.power(a, gmpy2.mpq(-1))

    def parts(self, a: Expansion) -> tuple[list[tuple[Form, Scale]], Form, Expansion]:
        """The terms that grow, the constant one, and the rest, which tends to 0."""
        if a.error is not None and self.order(a.error, UNIT) >= 0:
            raise More
        big, constant, small = [], self.field.zero, []
        for form, scale in a.terms:
            order = self.order(scale, UNIT)
            if order > 0:
                big.append((form, scale))
            elif order == 0:
                constant = form
            else:
                small.append((form, scale))
        return big, constant, Expansion(tuple(small), a.error)

    def exp(self, a: Expansion) -> Expansion:
        """e^a."""
        big, constant, small = self.parts(a)
        powers = list(FLAT)
        decay: list[tuple[Form, Powers]] = []
        for form, scale in big:
            if scale.decay:
                raise Undecided("an exponential of an exponential")
            rational = form.rational
            if scale.powers == (0, -1, 0) and rational is not None:
                powers[0] -= rational  # e^(cL) = t^(−c)
            elif scale.powers == (0, 0, -1) and rational is not None:
                powers[1] -= rational  # e^(cM) = L^c
            else:
                decay.append((self.field.scaled(form, -1), scale.powers))
        top = self.field.exp(constant)
        if not self.field.is_real(top):
            raise Undecided("a coefficient is not real")
        coefficients, value = [self.field.one], gmpy2.mpq(1)
        for k in range(1, self.most + 1):
            value /= k
            coefficients.append(self.field.rational(value))
        element = Scale(tuple(powers), tuple(sorted(decay, key=lambda term: term[1])))
        return self.times(Expansion(((top, element),)), self.power_series(coefficients, small))

    def log(self, a: Expansion) -> Expansion:
        """The logarithm of a, for a > 0 near the end."""
        form, scale, small = self.normalised(a)
        if self.sign(form) < 0:
            raise Undecided("the argument of a logarithm is negative near an end")
        terms = [(self.field.scaled(f, -1), Scale(p)) for f, p in scale.decay]
        alpha, beta, lam = scale.powers
        if lam:
            raise Undecided("a logarithm of a logarithm of a logarithm")
        one = gmpy2.mpq(1)
        if alpha:
            terms.append((self.field.rational(-alpha), Scale((_ZERO, -one, _ZERO))))
        if beta:
            terms.append((self.field.rational(-beta), Scale((_ZERO, _ZERO, -one))))
        terms.append((self.field.log(form), UNIT))
        coefficients = [self.field.zero]
        for k in range(1, self.most + 1):
            coefficients.append(self.field.rational(gmpy2.mpq((-1) ** (k + 1), k)))
        return self.plus(self.tidy(terms, None, 100), self.power_series(coefficients, small))
