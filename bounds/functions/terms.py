"""Terms: the formulas as expressions for certificates, spelt in the operations of the checker."""

from __future__ import annotations

from typing import Any, NoReturn

from bounds.certify.errors import InputError
from bounds.certify.inequalities.term import (
    PI,
    Term,
    cdf,
    density,
    exp,
    expm1,
    filter_radius,
    mass_deficit,
    number,
    quantile,
    sqrt,
)


class TermArithmetic:
    """See `bounds.certify.arithmetic.Arithmetic`. Domains are the checker's business, not ours."""

    name = "term"

    def coerce(self, value: Any) -> Term:
        return value if isinstance(value, Term) else number(value)

    def point(self, value: Term) -> Any:
        return _Anything()

    def finite(self, value: Term) -> bool:
        return True

    def require(self, condition: Any, message: str) -> None:
        return None

    def exp(self, t: Term) -> Term:
        return exp(t)

    def expm1(self, t: Term) -> Term:
        return expm1(t)

    def sqrt(self, t: Term) -> Term:
        return sqrt(t)

    def pi(self) -> Term:
        return PI

    def cdf(self, t: Term) -> Term:
        return cdf(t)

    def quantile(self, p: Term) -> Term:
        return quantile(p)

    def interval_mass(self, start: Term, width: Term) -> Term:
        return cdf(start + width) - cdf(start)

    def central_quantile(self, mass: Term, tail: Term) -> Term:
        return quantile((1 + mass) / 2)

    def sinh_integral(self, x: Term, delta: Term) -> Term:
        return mass_deficit(x, delta) / (2 * density(delta))

    def solve_deficit(self, eps: Term, delta: Term) -> Term:
        return filter_radius(eps, delta)

    def solve_window(self, mass: Term, delta: Term) -> NoReturn:
        raise InputError("the inverse window mass has no term: write it as a filter radius")


class _Anything:
    """Stands for a value whose place is not known: no comparison is refused."""

    def __lt__(self, other: Any) -> bool:
        return True

    __gt__ = __le__ = __ge__ = __lt__


TERM = TermArithmetic()
"""The one instance."""
