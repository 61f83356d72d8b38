r"""Where the shape of the loss changes with Δ: two inflections are born or die at a fold.

Along the curve y ↦ (x, y, g) at fixed Δ, the criterion K and its derivative K_y vanish together.
With the curve's two equations that makes four equations for (x, y, g, Δ), a regular zero of which
is isolated by the Krawczyk test. There K_yy ≠ 0 and the derivative of K in Δ ≠ 0 are proved, too:
so next to the fold there are two inflections on one side of Δ and none on the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from flint import arb, arb_series

from bounds.certify.arithmetic import common
from bounds.certify.errors import Inconclusive
from bounds.certify.inequalities import variable, zero_certificate
from bounds.certify.numbers.digits import to_digits
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import read_digits, working_precision
from bounds.certify.results import Result
from bounds.certify.roots.krawczyk import RootProof, certified_root
from bounds.critical.curve import require_on_curve, sinh_moment
from bounds.functions.criterion import curvature_criterion_gradient_at
from bounds.functions.normal import density
from bounds.functions.primitives import primitives
from bounds.functions.window import mass_deficit, relative_steepness

UNKNOWNS = ("l(eps)", "l(eps_hat)", "g(eps_hat)", "Delta")

_STARTS = (("3.139", "3.166", "1.248", "0.83397"),
           ("0.614", "1.039", "0.4422", "1.09093"),
           ("2.048", "2.0506", "0.9288", "1.47735"))  # fmt: skip
_SIGN_BITS = 96


@dataclass(frozen=True, repr=False)
class Fold(Result):
    """A value of Δ at which the number of inflections changes by two, with proof.

    Attributes:
        delta: Δ, in standard deviations.
        change: whether two inflections appear or vanish as Δ grows through it.
        eps: where on the domain they meet.
        radius: l(ε) there.
        radius_of_estimate: l(ε̂) there.
        shift: g(ε̂) there.
        proof: existence and uniqueness in a box of (l(ε), l(ε̂), g(ε̂), Δ).
    """

    delta: Enclosure
    change: Literal["appear", "vanish"]
    eps: Enclosure
    radius: Enclosure
    radius_of_estimate: Enclosure
    shift: Enclosure
    proof: RootProof


def folds(digits: int = 30) -> tuple[Fold, ...]:
    """The three values of Δ where the number of inflections changes; there are no others.

    Args:
        digits: significant decimal digits of every number, 1 to 1,000,000.

    Returns:
        The folds in increasing Δ: from 0 inflections to 2, from 2 to 4, from 4 to 2. That the
        shape is the same between two neighbours, and outside, is the theorem of `regimes`.

    Raises:
        InputError: digits is not a count.
        Inconclusive: no box contracts (not seen).
    """
    return tuple(_fold(start, read_digits(digits)) for start in _STARTS)


def _fold(start: Sequence[str], digits: int) -> Fold:
    statement = "loss'' and its derivative vanish together at exactly one point of this box"
    guess = [arb(text) for text in start]

    def at(bits: int) -> tuple[dict[str, arb], tuple[list[list[arb]], RootProof]]:
        # step: K and K_y vanish together once [value 4/6: 60]
        root, slopes, proof = certified_root(_residual, _jacobian, guess, bits, UNKNOWNS, statement)
        # step: the fold lies on the curve [drop]
        require_on_curve("a fold", root)
        with working_precision(bits + 24):
            x, y, g, delta = root
            values = {"delta": delta, "eps": mass_deficit(x, delta), "radius": x}
            return {**values, "radius_of_estimate": y, "shift": g}, (slopes, proof)

    faces, (slopes, proof) = to_digits(at, digits, first=32)
    with working_precision(_SIGN_BITS):
        change = _change(slopes)
    return Fold(change=change, proof=proof, **faces)


def fold_certificate(fold: Fold) -> dict[str, Any]:
    """That K and its derivative along the curve vanish together exactly once in the fold's box."""
    x, y, g, delta = (variable(name) for name in ("x", "y", "g", "delta"))
    text = "on the curve of the loss, loss'' and its derivative vanish together once in the box"
    return zero_certificate(("x", "y", "g", "delta"), _residual((x, y, g, delta)), fold.proof, text)


def _steep_terms(x: Any, y: Any, g: Any, delta: Any) -> tuple[Any, Any]:
    """K, and dK/dy along the curve in units of K's scale."""
    value, _, (by_x, by_y, by_g) = curvature_criterion_gradient_at(x, y, g, delta)
    x_rate = relative_steepness(y, delta) / (1 + relative_steepness(x, delta))
    g_rate = density(y - delta) / (2 * density(g))
    return value, by_x * x_rate + by_y + by_g * g_rate


def _residual(point: Sequence[Any]) -> list[Any]:
    """The left-hand sides, at balls or as terms."""
    a, x, y, g, delta = common(*point)
    area = primitives(a).sinh_integral
    estimate = x + 2 * (area(x, delta) - area(y, delta))
    masses = a.interval_mass(-g, 2 * g) - a.interval_mass(-delta, y)
    return [estimate, masses, *_steep_terms(x, y, g, delta)]


def _jacobian(point: Sequence[arb]) -> list[list[arb]]:
    x, y, g, delta = point
    moved = 2 * (sinh_moment(x, delta) - sinh_moment(y, delta))
    far = density(y - delta)
    rows = [
        [1 + relative_steepness(x, delta), -relative_steepness(y, delta), arb(0), moved],
        [arb(0), -far, 2 * density(g), far - density(delta)],
    ]
    columns = []
    for direction in range(4):
        along = [arb_series([value, int(i == direction)], prec=2) for i, value in enumerate(point)]
        columns.append([term[1] for term in _steep_terms(*along)])
    return [*rows, [column[0] for column in columns], [column[1] for column in columns]]


def _change(slopes: list[list[arb]]) -> Literal["appear", "vanish"]:
    """On which side of Δ there are two zeros of K: where K_yy and K differ in sign.

    Both derivatives come from the Jacobian over the box of the proof.
    """
    first, second, value, trend = slopes
    x_by_y, g_by_y = -first[1] / first[0], -second[1] / second[2]
    x_by_delta, g_by_delta = -first[3] / first[0], -second[3] / second[2]
    bend = trend[0] * x_by_y + trend[1] + trend[2] * g_by_y
    drift = value[0] * x_by_delta + value[3] + value[2] * g_by_delta
    turn = bend * drift
    # step: the side on which two inflections are [true]
    if turn < 0:
        return "appear"
    # step: or are not [true]
    if turn > 0:
        return "vanish"
    raise Inconclusive(f"the direction {turn.str(5)} of a fold has no proved sign")
