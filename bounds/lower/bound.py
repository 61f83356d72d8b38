r"""Lower bounds on the error of every algorithm: as printed, corrected, and sharper (Theorem 1).

Each is a lower bound on lim inf K(m), for any algorithm and any separation of the components; given
m, on K(m) itself, the error of an unknown place included (see `finite`).

How good they are: in the limit no attack on the labelled problem of Section IV (the server knows
the labels) gives more than r c/k, r the best ratio, or than a line above every set has at c/k
(`labelled_ceiling`), and for c ≤ 0.7062 the sharp bound, b(c)/k with b the two-point risk, is the
exact value there (see `limit`); with one component labels tell nothing, so b(c) is the limit of
K(m). The slope r is reached at multiples of the best mass, 0.65109… over k, for c/k up to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from flint import arb

from bounds.certify.arithmetic.ball import log2_of
from bounds.certify.errors import DomainError, InputError, shown
from bounds.certify.exact import read_positive_rational, show_exact, to_ball
from bounds.certify.names import read_name
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.certify.results import Result
from bounds.certify.roots.monotone import turning_point
from bounds.lower.allocation import best_split, equal_split_value
from bounds.lower.attacks import Plateau, TwoPoints
from bounds.lower.finite import finite_bound
from bounds.lower.limit import EXACT_UP_TO, printed_threshold
from bounds.lower.plans import Plan, best_plan
from bounds.lower.two_point import mass, ratio_turn, risk

if TYPE_CHECKING:
    from bounds.lower.line import Line

Method = Literal["printed", "corrected", "sharp"]
METHODS: tuple[Method, ...] = get_args(Method)
MOST_COMPONENTS = 10**9
MOST_CLIENTS = 10**18
_LINES_FROM = Fraction(65, 100)  # up to about here the line through 0 is the lowest


@dataclass(frozen=True, repr=False)
class RiskToMass(Result):
    """The best attack per unit of mass: two points ±t, with its proof in `two_point` and `any_set`.

    Attributes:
        separation: t, the only maximum of B(t)/(2Φ(t) − 1).
        mass: ε = 2Φ(t) − 1, what it costs relative to one component.
        risk: B(t), what it earns.
        ratio: r = B(t)/(2Φ(t) − 1); K(m) ≥ r c/k in the limit of many components and clients for
            c/k ≤ mass, at multiples of mass/k also for finite k; and no attack that makes a set of
            means indistinguishable gives a better slope.
        factor: 1/r, what is left between this bound and an upper bound of c/k; √(8π) = 5.01… in the
            paper.
    """

    separation: Enclosure
    mass: Enclosure
    risk: Enclosure
    ratio: Enclosure
    factor: Enclosure


@dataclass(frozen=True, repr=False)
class LowerBound(Result):
    """A lower bound on the error, and the attack that gives it.

    Attributes:
        k: the number of components.
        c: the adversary's budget, relative to the mass of one component.
        method: "printed", "corrected" or "sharp".
        value: the bound; its lower end is certified, except for "printed".
        factor: min(1, c/k)/value: what is left below an upper bound of c/k or a client's own
            sample; √(8π) for "printed".
        plan: the attack, as (number of components, attack on each) pairs. The corrected one is
            proved the best of its kind; the sharp one is the best found, and proved the best
            if `exact`. Empty for "printed"; and for a given m where the sharp bound is what an
            unknown place costs by itself, with nobody attacked.
        ceiling: the limit of the relaxed problem's error is at most this: no attack on the labelled
            problem gives more. It is the `labelled_ceiling`, and the value itself if `exact`.
        exact: the bound is the limit of the relaxed problem's error (sharp, c ≤ 0.7062); for
            k = 1 it is then the limit of K(m).
        caveat: what is not proved, or None.
        m: the scale for which the bound holds; None for the limit of large m.
        line: the line above every set of means that gives the ceiling, if one does.
    """

    k: int
    c: Fraction
    method: Method
    value: Enclosure
    factor: Enclosure
    plan: Plan
    ceiling: Enclosure
    exact: bool
    caveat: str | None
    m: Fraction | None
    line: Line | None = None

    @property
    def proved(self) -> bool:
        """Whether the bound is proved, and not only a formula as printed."""
        return self.method != "printed"

    @property
    def line_told(self) -> str:
        """The line of the ceiling in words; nothing where there is none."""
        if self.line is None:
            return ""
        return f"risk at most {float(self.line.alpha):g} + {float(self.line.beta):g} times the mass"


def risk_to_mass(digits: int = 30) -> RiskToMass:
    """The largest ratio of Bayes risk to adversarial mass, and where it is reached.

    Args:
        digits: significant decimal digits of every number.

    Returns:
        Enclosures; the maximum over the separation is proved to exist and to be the only one, and
        no prior on any set of means does better (`prove_no_set_beats_two_points`).

    Raises:
        InputError: digits is not a count.
    """
    return _risk_to_mass(read_digits(digits))


@cache
def _risk_to_mass(digits: int) -> RiskToMass:
    bits = bits_for(digits) + 24
    t = turning_point(ratio_turn, 0.93672070253, bits)
    with working_precision(bits + 32):
        earned, cost = risk(t), mass(t)
        ratio = earned / cost
        return RiskToMass(
            *(Enclosure.of(ball, digits) for ball in (t, cost, earned, ratio, 1 / ratio))
        )


def lower_bound(
    k: int, c: Any, method: Method = "sharp", digits: int = 30, m: Any = None
) -> LowerBound:
    """A lower bound on the mean squared error of every algorithm, for k components and budget c.

    Args:
        k: number of components, 1 to 10⁹.
        c: the adversary's budget, relative to the mass of one component (the ratio of corrupted to
            genuine clients is c/k): exact and positive, at most 10⁹ k.
        method: "printed" is Theorem 1 as it stands, c/(k√(8π)), which is false for small c; it
            carries a caveat. "corrected" is the exact maximum over integers that its proof needs.
            "sharp" hides sets of two or more means instead of intervals.
        digits: significant decimal digits.
        m: the scale, exact, if the bound is to hold for K(m) with this m: (k + c)m must be a whole
            number of clients, at most 10¹⁸. By default the bound is on the limit of large m.

    Returns:
        The enclosure of the bound with the attack that proves it.

    Raises:
        InputError: an argument is malformed or out of reach.
        DomainError: method "printed" with c/k at or above √(2π), where the theorem says nothing;
            (k + c)m is not a whole number.

    Paper: Theorem 1, Section IV and Appendix A.
    """
    if isinstance(k, bool) or not isinstance(k, int) or not 1 <= k <= MOST_COMPONENTS:
        raise InputError(f"k must be a whole number of components from 1 to 10^9, not {shown(k)}")
    read_name(method, METHODS, "method")
    budget, digits = read_positive_rational(c, "c"), read_digits(digits)
    if not Fraction(1, 10**1000) <= budget <= k * 10**9:
        raise InputError("c must be from 10^-1000 to 10^9 k: it is a mass relative to a component")
    scale = None if m is None else _read_scale(k, budget, m)
    return _lower_bound(k, budget, method, digits, scale)


@lru_cache(maxsize=64)  # a sweep over Δ, and a bracket for it, ask for one again and again
def _lower_bound(
    k: int, budget: Fraction, method: Method, digits: int, scale: Fraction | None
) -> LowerBound:
    value, plan, caveat = _BOUNDS[method](k, budget)
    exact = method == "sharp" and scale is None and budget <= EXACT_UP_TO
    with working_precision(bits_for(digits) + 24 + 2 * abs(int(log2_of(to_ball(budget / k))))):
        bound = value()
        ceiling, line = (bound, None) if exact else labelled_ceiling(budget / k, digits)
        if scale is not None and plan:
            bound = finite_bound(plan, k, budget, scale)
            if method == "sharp":
                unknown = finite_bound((), k, budget, scale)
                if unknown > bound:
                    bound, plan = unknown, ()
        return LowerBound(
            k,
            budget,
            method,
            Enclosure.of(bound, digits),
            Enclosure.of((to_ball(budget / k) if budget < k else arb(1)) / bound, digits),
            plan,
            Enclosure.of(ceiling, digits),
            exact,
            caveat,
            scale,
            line,
        )


def labelled_ceiling(kappa: Fraction, digits: int = 30) -> tuple[arb, Line | None]:
    """The most that any attack on the labelled problem gives as m → ∞, for every k with c = κk.

    It is the least of 1, r κ, and for larger κ the lowest line above every set at κ, which is
    proved here, with those that it rests on: each bounds V and its concave envelope, and
    (1/k) Σ V(εⱼ) is at most the envelope at κ (`limit`, `support_lines`).

    Args:
        kappa: κ > 0.
        digits: significant digits of r.

    Returns:
        A ball, whose upper end is proved, and the line where one is the least.
    """
    slope = risk_to_mass(digits).ratio.ball() * to_ball(kappa)
    least = slope if slope < 1 else arb(1)
    if kappa < _LINES_FROM:
        return least, None
    from bounds.lower.support_lines import best_line, prove_line  # with NumPy: only where needed

    line = best_line(kappa)
    height = to_ball(line.at(kappa))
    if not height < least:
        return least, None
    prove_line(line)
    return height, line


def sharp_plan(k: int, c: Fraction) -> Plan:
    """The attack of the sharp method, in the limit of large m.

    Args:
        k: components.
        c: the budget, positive.
    """
    return ((1, TwoPoints(c)),) if c <= EXACT_UP_TO else best_plan(k, c)


def _read_scale(k: int, c: Fraction, m: Any) -> Fraction:
    scale = read_positive_rational(m, "m")
    require_whole_clients(k + c, scale)
    return scale


def require_whole_clients(components: Fraction, scale: Fraction) -> None:
    """Refuse a scale at which no whole number of clients is there.

    Args:
        components: k + c.
        scale: m.

    Raises:
        DomainError: (k + c)m is no whole number from 1 to 10¹⁸.
    """
    clients = components * scale
    if clients.denominator != 1 or not 1 <= clients <= MOST_CLIENTS:
        raise DomainError(
            f"(k + c)m = {show_exact(clients):.60} must be a whole number of clients, at most 10^18"
            f": pass an m that is a multiple of {show_exact(1 / components):.60}"
        )


_Recipe = tuple[Callable[[], arb], Plan, str | None]


def _printed(k: int, c: Fraction) -> _Recipe:
    with working_precision(256):
        if not to_ball(c / k) < (2 * arb.pi()).sqrt():
            raise DomainError(
                f"Theorem 1 is stated for c/k below sqrt(2 pi) = 2.50..., not {show_exact(c / k)}:"
                ' use the method "corrected" or "sharp"'
            )
    caveat = (
        "Theorem 1 as printed is not proved for any rational c: the integer maximum in Appendix A"
        " is below the real one (they meet at c = n sqrt(2 pi), n < k, only)"
    )
    threshold = printed_threshold(30)
    if c < threshold.low.fraction():
        caveat += "; here, with c below 0.12920577..., it is false for large m"
        caveat += "" if k == 1 else " and components far apart"
    elif c > threshold.high.fraction():
        caveat += "; in the limit of large m it is true here, by other attacks"
    return lambda: to_ball(c / k) / (8 * arb.pi()).sqrt(), (), caveat


def _corrected(k: int, c: Fraction) -> _Recipe:
    split = best_split(k, c)
    share = c / split.parts
    return (
        lambda: equal_split_value(k, to_ball(c), split.parts),
        ((split.parts, Plateau(share)),),
        None,
    )


def _sharp(k: int, c: Fraction) -> _Recipe:
    plan = sharp_plan(k, c)

    def value() -> arb:
        total = arb(0)
        for count, attack in plan:
            total += count * attack.risk()
        return total / k

    return value, plan, None


_BOUNDS: dict[Method, Callable[[int, Fraction], _Recipe]] = {
    "printed": _printed,
    "corrected": _corrected,
    "sharp": _sharp,
}
