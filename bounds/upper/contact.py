r"""The point of contact of chord and loss as a certificate, for the independent checker.

Where a component is lost by full confusion, the corner is ε_c = Φ(Δ) − φ(Δ) z with z = l(ε_full).
With z as a fourth unknown the system is explicit, and its zero is isolated by one Krawczyk test.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import arb

from bounds.certify.arithmetic import Value, common
from bounds.certify.errors import InputError
from bounds.certify.exact import show_exact, to_ball
from bounds.certify.inequalities import variable, zero_certificate
from bounds.certify.roots.krawczyk import certified_root
from bounds.functions.normal import cdf, density
from bounds.functions.window import mass_deficit, relative_steepness, window_mass
from bounds.upper.optimum import Envelope
from bounds.upper.prices import full_radius
from bounds.upper.tangent import TangentSystem, aim_at

_BITS = 96
_UNKNOWNS = ("x", "y", "g", "z")


def contact_certificate(shape: Envelope) -> dict[str, Any]:
    """That chord and loss touch at exactly one point of a box, as a certificate.

    Args:
        shape: the envelope at an exact Δ, where a component is lost by full confusion.

    Raises:
        InputError: Δ is a ball, or a component is lost by destruction there.
    """
    delta = shape.delta
    if not isinstance(delta, Fraction) or shape.lost_by != "full confusion":
        raise InputError("this certificate needs an exact Delta at which eps_full < eps_1")

    def residual(point: Sequence[arb]) -> list[arb]:
        return _system(point, to_ball(delta))

    def jacobian(point: Sequence[arb]) -> list[list[arb]]:
        x, y, g, z = point
        ball = to_ball(delta)
        unit = density(ball)
        corner = cdf(ball) - unit * z
        rows = TangentSystem(delta, lambda _: corner).jacobian([x, y, g])
        by_corner = aim_at(x, y, g, ball, corner) / (corner - mass_deficit(x, ball))
        columns = [arb(0), arb(0), -unit * by_corner]
        last = [arb(0), arb(0), arb(0), -unit * relative_steepness(z, ball) - unit]
        return [*([*row, entry] for row, entry in zip(rows, columns, strict=True)), last]

    start = [*(place.ball() for place in shape.contact), full_radius(to_ball(delta))]
    text = (
        f"at Delta = {show_exact(delta)} the chord from (eps_full, 1) touches the loss at exactly"
        " one point with (l(eps), l(eps_hat), g(eps_hat), l(eps_full)) in the box"
    )
    _, _, proof = certified_root(residual, jacobian, start, _BITS, _UNKNOWNS, text)
    return zero_certificate(
        _UNKNOWNS, _system([variable(name) for name in _UNKNOWNS], delta), proof, text
    )


def _system(point: Sequence[Value], delta: Value) -> list[Value]:
    a, x, y, g, z, delta = common(*point, delta)
    unit = density(delta)
    corner = cdf(delta) - unit * z
    return [
        x + (mass_deficit(x, delta) - mass_deficit(y, delta)) / unit,
        (a.interval_mass(-g, 2 * g) - a.interval_mass(-delta, y)) / unit,
        aim_at(x, y, g, delta, corner) - (1 + g * g),
        window_mass(z, delta) + cdf(-delta) - unit * z,
    ]
