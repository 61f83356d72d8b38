r"""The criterion in units that do not fade as Δ grows, for ranges of Δ that may have no end.

With u = xΔ, v = yΔ, τ = 1/Δ², κ = φ(Δ)/Δ, and masses in units of κ:

    2Ŝ(u, τ) = 2∫₀ᵘ e^{−w²τ/2} sinh w dw = 2ΔS(x),        εΔ/φ(Δ) = 2Ŝ(u, τ),
    M(v, τ) = ∫₀ᵛ e^{w − w²τ/2} dw = [Φ(y − Δ) − Φ(−Δ)]/κ,
    s(u, τ) = 2e^{−u²τ/2} sinh u = e^{u − u²τ/2} q(u).

The curve is u + 2Ŝ(u, τ) = 2Ŝ(v, τ). Let m = κM be the mass of [−g, g], h = g² < 1, and
P = m/(2gφ(g)). As W = 2gφ(g)/φ(Δ) = M/(ΔP), the criterion K, times the positive P/(1 + h), is

    K̂ = 1 + ω + M [q(v)(uτ − coth u)/(1 + s(u, τ))² − 2e^{v²τ/2 − 3v}/q(v)],
    1 + ω = (1 − h)² P/(1 + h).

All of it is continuous down to τ = κ = 0, where 2Ŝ = 2(cosh u − 1), M = e^v − 1 and ω = 0.

Over ranges: 2Ŝ and M increase in u or v and decrease in τ, as their integrands do. On the curve u
increases with v and decreases with τ, as (1 + s(u)) ∂u/∂τ = −∫ᵤᵛ w² e^{−w²τ/2} sinh w dw. So their
values lie between those at two corners.

As dP/dg = (1 + hP − P)/g, P solves a linear equation whose series is Σ hⁿ/(2n + 1)!!. Term by term
P ≥ 1 increases in h and ⅓ ≤ dP/dh ≤ P/2. So

    dω/dh = (1 − h)²/(1 + h) · dP/dh − (1 − h)(3 + h)/(1 + h)² · P < 0,        dh/dm = g/φ(g):

ω decreases in m, and lies between its values at the ends of m.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bounds.certify.checker.dual import Dual
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.inverse import SlopeNear, zero_of_increasing
from bounds.certify.checker.normal import central_half_width, normal_density
from bounds.certify.checker.precision import Rational
from bounds.certify.checker.verdict import Undecided
from bounds.checker.criterion import coth, decay
from bounds.checker.curve import radius
from bounds.checker.masses import shifted_mass, sinh_integral


@dataclass(frozen=True)
class Region:
    """All Δ from one point to another, or from one point on.

    Attributes:
        near: the least Δ.
        far: the greatest; None where there is none.
    """

    near: Interval
    far: Interval | None

    def point(self, number: Rational) -> Interval:
        """A number, enclosed."""
        return Interval.enclosing(self.near.at, number, number)

    @cached_property
    def tau(self) -> Interval:
        """1/Δ², for all Δ."""
        least = self.near * 0 if self.far is None else 1 / self.far.squared()
        return least.hull(1 / self.near.squared())

    @cached_property
    def kappa(self) -> Interval:
        """φ(Δ)/Δ, for all Δ: it decreases."""
        least = self.near * 0 if self.far is None else normal_density(self.far) / self.far
        return least.hull(normal_density(self.near) / self.near)

    def doubled_integral(self, u: Interval) -> Interval:
        """2Ŝ(u, τ), for all u > 0 of an interval and all Δ."""
        # step: large units: masses at the greatest u and Delta [first call 1/3]
        return _doubled_at(u.low, self.near).hull(_doubled_at(u.high, self.far))

    def window(self, v: Interval) -> Interval:
        """M(v, τ), for all v > 0 of an interval and all Δ."""
        # step: large units: masses at the greatest v and Delta [first call 1/3]
        return _window_at(v.low, self.near).hull(_window_at(v.high, self.far))

    def radius(self, v: Interval) -> Interval:
        """The u of the curves, for all v > 0 of an interval and all Δ."""
        # step: large units: u at the greatest v and Delta [first call 1/3]
        # step: large units: u at the least v and Delta [last call 1/3]
        return _radius_at(v.low, self.near).hull(_radius_at(v.high, self.far))

    def shift(self, v: Interval) -> Interval:
        """g, for all v > 0 of an interval and all Δ.

        Raises:
            Undecided: g < 1 is not proved.
        """
        mass = self.kappa * self.window(v)
        return _centre(mass.low)[0].hull(_centre(mass.high)[0])

    def steepness(self, u: Interval) -> Interval:
        """s(u, τ)."""
        return (u - u.squared() * self.tau / 2).exp() * decay(u)

    def flow(self, v: Interval) -> Interval:
        """dM/dv = e^{v − v²τ/2}."""
        return (v - v.squared() * self.tau / 2).exp()

    def criterion(self, u: Dual, v: Dual) -> Dual:
        """K̂ at points (u, v) of a box, for all Δ, with its derivatives in the directions of both.

        Raises:
            Undecided: g < 1 is not proved.
        """
        tau, flow, window = self.tau, self.flow(v.value), self.window(v.value)
        omega, rate = remainder(self.kappa * window)
        mass = Dual(window, *(flow * slope for slope in v.slopes))
        rest = Dual(omega, *(rate * self.kappa * flow * slope for slope in v.slopes))
        fade = Dual(tau)
        rise = (u - u.squared() * fade / 2).exp() * decay(u)
        share = decay(v)
        bend = share * (u * fade - coth(u)) / (1 + rise).squared()
        pull = 2 * (v.squared() * fade / 2 - 3 * v).exp() / share
        return 1 + rest + mass * (bend - pull)

    def along(self, v: Interval) -> tuple[Interval, Interval]:
        """K̂ and its derivative in v along the curves, over a range of v, for all Δ."""
        u = self.radius(v)
        slope = self.steepness(v) / (1 + self.steepness(u))
        k = self.criterion(Dual(u, slope), Dual(v, v * 0 + 1))
        return k.value, k.slopes[0]


def remainder(mass: Interval) -> tuple[Interval, Interval]:
    """ω and dω/dm, for all masses m ≥ 0 of an interval.

    Raises:
        Undecided: g < 1 is not proved.
    """
    ends = [_centre(end) for end in (mass.low, mass.high)]
    (g_low, p_low), (g_high, p_high) = ends
    g, p = g_low.hull(g_high), p_low.hull(p_high)
    h = g.squared()
    if not h < 1:
        raise Undecided("g < 1 is not proved")
    values = [(1 - t.squared()).squared() * q / (1 + t.squared()) - 1 for t, q in ends]
    past = (1 - h) / (1 + h)
    p_rate = (1 / (p * 0 + 3)).hull(p / 2)
    rate = past * ((1 - h) * p_rate - (3 + h) / (1 + h) * p)
    # step: large units: omega at both ends [first call 1/2]
    # step: large units: the slope of omega [last product 2/2]
    return values[0].hull(values[1]), rate * g / normal_density(g)


def _centre(mass: Interval) -> tuple[Interval, Interval]:
    """Both g and P at one mass, which may be 0."""
    if not mass > 0:
        return mass * 0, mass * 0 + 1
    if not 3 * mass < 2:
        raise Undecided("g < 1 is not proved")
    g = central_half_width(mass, 4 * mass)
    return g, mass / (2 * g * normal_density(g))


def _doubled_at(u: Interval, delta: Interval | None) -> Interval:
    """2Ŝ(u, τ) at one u > 0 and one Δ; where there is none, 2(cosh u − 1) = (e^u − 1)²/e^u."""
    if delta is None:
        return u.expm1().squared() / u.exp()
    return 2 * delta * sinh_integral(u / delta, delta)


def _window_at(v: Interval, delta: Interval | None) -> Interval:
    """M(v, τ) at one v > 0 and one Δ, or at none."""
    if delta is None:
        return v.expm1()
    return shifted_mass(v / delta, delta) * delta / normal_density(delta)


def _radius_at(v: Interval, delta: Interval | None) -> Interval:
    """The u of the curve at one v > 0 and one Δ, or at none."""
    if delta is not None:
        return radius(v / delta, delta) * delta
    goal = _doubled_at(v, None)

    def balance(u: Interval) -> tuple[Interval, SlopeNear]:
        side = u + _doubled_at(u, None)

        def slope(near: Interval) -> Interval:
            return (1 + near.exp() * decay(near)) / (near + _doubled_at(near, None))

        return (side / goal).log(), slope

    return zero_of_increasing(balance, v / 2, v)
