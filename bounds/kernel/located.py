"""Where a decimal ε lies on the curve of one Δ, finely enough to show the sign of the criterion."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mpmath.ctx_iv import MPIntervalContext

from bounds.certify.errors import Inconclusive
from bounds.kernel.formulas import Formulas, Number
from bounds.kernel.guess import Curve
from bounds.kernel.plan import decimal, sign_of
from bounds.kernel.text import lemma, numbers

_SPARE_BITS = 25
_BITS_A_DIGIT = 3.33
_LEAST_DEGREE = 10
_GUARDS = (4, 8, 16, 32)

Ends = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Located:
    """Decimals around x, y and g at a decimal ε."""

    delta: Fraction
    eps: Fraction
    x: Ends
    y: Ends
    g: Ends
    digits: int

    @property
    def bits(self) -> int:
        """Precision that such decimals need."""
        return int(self.digits * _BITS_A_DIGIT) + _SPARE_BITS + int(0.75 * float(self.delta) ** 2)

    @property
    def degree(self) -> int:
        """Degree of Taylor models that such a precision needs."""
        return max(_LEAST_DEGREE, self.digits // 2)

    def sign(self) -> int:
        """The sign of the criterion that the box shows, 0 if none."""
        iv = MPIntervalContext()
        iv.prec = self.bits
        box = [
            iv.mpf([_end(low, iv).a, _end(high, iv).b]) for low, high in (self.x, self.y, self.g)
        ]
        return sign_of(Formulas(iv).criterion(_end(self.delta, iv), *box))


def _end(value: Fraction, iv: MPIntervalContext) -> Number:
    return iv.mpf(value.numerator) / value.denominator


def locate(delta: Fraction, eps: Fraction, sign: int, near: Fraction) -> Located:
    """Decimals around the point of ε that show this sign of the criterion.

    Args:
        delta: Δ > 0.
        eps: a decimal in (0, ε_max).
        sign: 1 or −1.
        near: how far a zero of the criterion may be from ε.

    Raises:
        Inconclusive: ε is not in the domain, or the sign is not seen.
    """
    wanted = len(str(int(eps / near)))
    for guard in _GUARDS:
        found = _around(delta, eps, wanted + guard)
        if found.sign() == sign:
            return found
    raise Inconclusive(f"the sign of the criterion at eps = {float(eps):.10g} is not seen")


def _around(delta: Fraction, eps: Fraction, digits: int) -> Located:
    curve = Curve(delta, digits)
    whole = curve.mp.ncdf(curve.delta) - curve.mp.ncdf(-curve.delta)
    x = curve.radius_of_mass(eps) if curve.number(eps) < whole else curve.mp.inf
    if not x < curve.last_radius():
        raise Inconclusive(f"eps = {float(eps):.10g} is not seen to lie below eps_max")
    low, high = decimal(x, digits, -1), decimal(x, digits, 1)
    ends = [
        decimal(curve.reach_of_radius(curve.number(end)), digits, way)
        for end, way in ((low, -1), (high, 1))
    ]
    shifts = [
        decimal(curve.shift_at(curve.number(end)), digits, way)
        for end, way in zip(ends, (-1, 1), strict=True)
    ]
    return Located(delta, eps, (low, high), (ends[0], ends[1]), (shifts[0], shifts[1]), digits)


def located(name: str, point: Located, sign: int) -> str:
    """The lemmas that ε is there, and that the loss bends so."""
    at = numbers(point.delta, point.eps)
    return "\n".join(
        (
            lemma(
                f"located_{name}",
                f"located {at} {numbers(*point.x, *point.y, *point.g)}",
                "apply located_intro; try lra; by_integral.",
            ),
            lemma(
                f"sign_{name}",
                f"0 < ({sign}) * loss_curvature {at}",
                f"eapply located_sign; [lra | exact located_{name} | by_box].",
            ),
        )
    )
