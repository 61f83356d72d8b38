r"""ε_cr for large Δ: the limit of ε_cr Δ/φ(Δ), an expansion in 1/Δ², and its error bound.

In the units of `scaled` the equations are analytic in τ = 1/Δ², down to τ = 0, but for ω, which is
of the order of (φ(Δ)/Δ)². So with E(τ) = ε_cr Δ/φ(Δ) at ω = 0,

    |ε_cr Δ/φ(Δ) − Σ_{k<K} E_k/Δ^{2k}| ≤ R/Δ^{2K} + Q (φ(Δ)/Δ)²    for all Δ ≥ Δ₀.

E_k are Taylor coefficients at τ = 0, R bounds those of order K over all τ in [0, 1/Δ₀²], and Q
bounds the derivative in ω times what ω can be. On every part of that range one Krawczyk test, with
τ and ω as balls, proves that the root exists and is unique in a box; `first_turn` proves that the
criterion is negative before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from flint import arb, arb_series, ctx

from bounds.certify.errors import DomainError, Inconclusive, InputError, shown
from bounds.certify.exact import read_positive, show_exact, to_ball
from bounds.certify.inequalities import exp, variable, zero_certificate
from bounds.certify.numbers.digits import enclosed_number
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, series_terms, working_precision
from bounds.certify.results import Result
from bounds.certify.roots.krawczyk import RootProof, Vector, box_for_all, certified_root
from bounds.critical.domain import read_delta
from bounds.critical.large_delta.scaled import criterion, curve, sinh_integral, steepness
from bounds.functions.normal import density

LEAST_START = 4
MOST_TERMS = 60

_BOUND_BITS = 128
_PARTS = 32
START = (arb("0.38432"), arb("0.71530"))
"""(u, v) next to the limit: where Newton's method may begin."""


@dataclass(frozen=True, repr=False)
class Expansion(Result):
    """ε_cr(Δ) for all Δ ≥ Δ₀, without a root finder.

    Attributes:
        start: Δ₀.
        coefficients: enclosures of E_0, …, E_{K−1}; E_0 is the limit of ε_cr Δ/φ(Δ).
        remainder: R, rounded up.
        spill: Q, rounded up.
    """

    start: Fraction
    coefficients: tuple[Enclosure, ...]
    remainder: Enclosure
    spill: Enclosure

    @property
    def limit(self) -> Enclosure:
        """The limit of ε_cr Δ/φ(Δ) as Δ → ∞."""
        return self.coefficients[0]

    def eps_cr(self, delta: Any) -> Enclosure:
        """ε_cr(Δ) to as many digits as the expansion gives at this Δ.

        Args:
            delta: Δ ≥ Δ₀, exact, at most 1024.

        Raises:
            InputError: Δ is not such a number.
            DomainError: Δ is below Δ₀.
            Inconclusive: the expansion gives no digit there.
        """
        exact = read_delta(delta)
        if not to_ball(exact) >= to_ball(self.start):
            raise DomainError(
                f"this expansion serves Delta of {show_exact(self.start)} or more: ask for one with"
                " a smaller start, or use eps_cr"
            )
        digits = self.coefficients[0].digits
        with working_precision(bits_for(digits) + 64):
            ball = to_ball(exact)
            tau, unit = 1 / (ball * ball), density(ball) / ball
            total = arb(0)
            for coefficient in reversed(self.coefficients):
                total = total * tau + coefficient.ball()
            # step: the remainder is added [product 1/2: arb(0)]
            error = self.remainder.ball() * tau ** len(self.coefficients)
            error = error + self.spill.ball() * unit * unit
            value = (total + arb(0, error.upper())) * unit
            known = (int(value.rel_accuracy_bits()) - 8) * 30103 // 100000
            if known < 1:
                raise Inconclusive("the expansion gives no digit there: take more terms")
            return Enclosure.of(value, min(digits, known))


def eps_cr_expansion(terms: int = 12, digits: int = 30, start: Any = 10) -> Expansion:
    """The expansion of ε_cr Δ/φ(Δ) in powers of 1/Δ², with an error bound for all Δ ≥ Δ₀.

    Args:
        terms: K, the number of coefficients, 1 to 60.
        digits: significant decimal digits of the coefficients.
        start: Δ₀ ≥ 4, exact, in standard deviations.

    Returns:
        Coefficients and error bound; its first coefficient is the limit as Δ → ∞.

    Raises:
        InputError: an argument is out of range.
        Inconclusive: a box does not contract (Δ₀ too small for so many terms).
    """
    if isinstance(terms, bool) or not isinstance(terms, int) or not 1 <= terms <= MOST_TERMS:
        raise InputError(f"terms must be a number from 1 to {MOST_TERMS}, not {shown(terms)}")
    first = read_positive(start, "the start")
    if not (isinstance(first, Fraction) and first >= LEAST_START):
        told = show_exact(first)
        raise InputError(f"the start must be exact, {LEAST_START} or more, not {told:.60}")
    return _expansion(terms, read_digits(digits), first)


@cache
def _expansion(terms: int, digits: int, start: Fraction) -> Expansion:
    wanted = bits_for(digits) + 4 * terms + 32
    root, _ = _limit_root(wanted)
    with working_precision(wanted + 24):
        exact = taylor(root, arb(0), arb(0), terms)
        coefficients = tuple(Enclosure.of(exact[k], digits) for k in range(terms))
    remainder = spill = arb(0)
    for part in parts(start):
        with working_precision(_BOUND_BITS):
            series = taylor(list(part.box), part.tau, part.omega, terms + 1)
            # step: the greatest remainder of all parts [first call 2/3]
            remainder = remainder.max(series[terms].abs_upper()).upper()
            spill = spill.max(part.spill()).upper()
    with working_precision(_BOUND_BITS):
        ceilings = [Enclosure.of(bound, 6) for bound in (remainder, spill)]
    return Expansion(start, coefficients, *ceilings)


def limit_certificate(digits: int = 30) -> dict[str, Any]:
    """That the limiting equations have exactly one zero (u, v) in a box, as a certificate.

    Args:
        digits: significant decimal digits that the box holds.

    Raises:
        InputError: digits is not a count.
    """
    u, v = variable("u"), variable("v")
    share, rise = 1 - exp(-2 * v), exp(u) - exp(-u)
    bracket = share * (exp(u) + exp(-u)) / rise / (1 + rise) ** 2 + 2 * exp(-3 * v) / share
    system = [u + exp(u) + exp(-u) - exp(v) - exp(-v), 1 - (exp(v) - 1) * bracket]
    text = "as Delta grows, eps_cr Delta/phi(Delta) tends to exp(u) + exp(-u) - 2 at this zero"
    _, proof = _limit_root(2 * bits_for(read_digits(digits)))
    return zero_certificate(("u", "v"), system, proof, text)


def _limit_root(bits: int) -> tuple[list[arb], RootProof]:
    """(u, v) at τ = 0 and ω = 0."""
    system = Scaled(arb(0), arb(0))
    root, _, proof = certified_root(
        system.residual, system.jacobian, START, bits, ("u", "v"), "tau = 0"
    )
    return root, proof


def eps_cr_limit(digits: int = 30) -> Enclosure:
    """The limit of ε_cr(Δ) Δ/φ(Δ) as Δ → ∞, about 0.1495.

    It is 2(cosh u − 1) at the root of u + 2(cosh u − 1) = 2(cosh v − 1) and of the criterion's
    limit, 1 = (e^v − 1)[q(v) coth u/(1 + 2 sinh u)² + 2e^{−3v}/q(v)], q(v) = 1 − e^{−2v}.

    Args:
        digits: significant decimal digits, 1 to 1,000,000.

    Raises:
        InputError: digits is not a count.
    """

    def limit() -> arb:
        (u, _), _ = _limit_root(ctx.prec)
        return 2 * sinh_integral(u, arb(0))

    return enclosed_number(limit, read_digits(digits), first=48)


@dataclass(frozen=True)
class Scaled:
    """The two equations for (u, v) at τ and ω, numbers or balls."""

    tau: arb
    omega: arb

    def residual(self, point: Sequence[Any]) -> list[Any]:
        """The left-hand sides at (u, v)."""
        u, v = point
        return [curve(u, v, self.tau), criterion(u, v, self.tau, self.omega)[0]]

    def jacobian(self, point: Sequence[arb]) -> list[list[arb]]:
        """Their derivatives in u and v."""
        u, v = point
        _, by_u, by_v = criterion(u, v, self.tau, self.omega)
        return [[1 + steepness(u, self.tau), -steepness(v, self.tau)], [by_u, by_v]]


@dataclass(frozen=True)
class Part:
    """A range of τ, with a box in which (u, v) exists and is unique for each τ and ω of it.

    φ(Δ)/Δ is at most `unit` there, and g at most `weight` times that.
    """

    tau: arb
    omega: arb
    unit: arb
    weight: arb
    box: Vector
    slopes: list[Vector]

    def spill(self) -> arb:
        """An upper bound of |dE/dω| · |ω| in units of (φ(Δ)/Δ)²; |ω| ≤ 3g² ≤ 3(weight φ(Δ)/Δ)²."""
        (a, b), (c, d) = self.slopes
        u_rate = b / (a * d - b * c)  # F(u, v) = −(0, ω) by Cramer's rule
        rise = steepness(self.box[0], self.tau) * u_rate
        # step: what ω can do [product 1/3: rise.abs_upper()]
        return (3 * rise.abs_upper() * self.weight * self.weight).upper()


def parts(start: Fraction) -> Iterator[Part]:
    """The range 0 ≤ τ ≤ 1/Δ₀², in parts, each with its proof of existence and uniqueness."""
    with working_precision(_BOUND_BITS):
        unit = density(to_ball(start)) / to_ball(start)
        # g ≤ M φ(Δ)/(2Δφ(g)) and M(v, τ) ≤ e^v − 1 < 3/2 for v < 0.9: so g < 1 and φ(g) > φ(1)
        weight = (arb("1.5") / (2 * density(arb(1)))).upper()
        top = weight * unit
        # step: g < 1 for large Δ [true 2/2]
        if not top < 1:
            raise Inconclusive("the median shift is not proved small: take a greater start")
        # step: ω on both sides [last product 2/2]
        omega = arb(0, (3 * top * top).upper())
        width = 1 / (start * start * _PARTS)
    for number in range(_PARTS):
        with working_precision(_BOUND_BITS):
            # step: parts of τ join [first call 1/3]
            tau = to_ball(number * width).union(to_ball((number + 1) * width))
            told = f"1/Delta^2 in {tau.str(5)}"
            box, slopes = box_for_all(Scaled(tau.mid(), arb(0)), Scaled(tau, omega), START, told)
            # step: v < 0.9 [true 2/2]
            if not box[1] < arb("0.9"):
                raise Inconclusive("l(eps_hat) Delta is not proved to be below 0.9")
        yield Part(tau, omega, unit, weight, box, slopes)


def taylor(base: Sequence[arb], tau: arb, omega: arb, terms: int) -> arb_series:
    """The Taylor coefficients of E = 2Ŝ(u, τ) in τ at every τ of a ball, given (u, v) there.

    (u, v) as power series in τ come from Newton's method, which doubles the right coefficients.
    """
    columns = [[entry] for entry in base]
    with series_terms(terms):
        while len(columns[0]) < terms:
            order = min(2 * len(columns[0]), terms)
            u, v = (arb_series(column, prec=order) for column in columns)
            line = arb_series([tau, 1], prec=order)
            first, (second, c, d) = curve(u, v, line), criterion(u, v, line, omega)
            a, b = 1 + steepness(u, line), -steepness(v, line)
            determinant = a * d - b * c
            moved = (
                u - (d * first - b * second) / determinant,
                v - (a * second - c * first) / determinant,
            )
            for column, series in zip(columns, moved, strict=True):
                column += [series[k] for k in range(len(column), order)]
        root = arb_series(columns[0], prec=terms)
        return 2 * sinh_integral(root, arb_series([tau, 1], prec=terms))
