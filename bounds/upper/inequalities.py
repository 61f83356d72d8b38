r"""For which c/k the printed inequalities behind Theorem 2 hold at your Δ, with certified ends.

On [ε_t, ε_c] the adversary's optimum is a chord, and 1 beyond: against it the line C₀κ + C₁ fails
on one interval of κ, whose ends are where the lines cross. Likewise for the far term, which stands
in one case only: clients with |x| ≥ t = 3Δ/2 that keep their own sample lose 2[tφ(t) + Φ(−t)] of
the average without any attack, so C₀κ + C₁ is no bound while it is below that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import Exact, show_exact, to_ball
from bounds.certify.numbers.digits import shown_digits
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.certify.results import Result
from bounds.critical import NoCriticalValue
from bounds.upper.arguments import read_upper_delta
from bounds.upper.constant import constants
from bounds.upper.far import far_loss
from bounds.upper.optimum import envelope


@dataclass(frozen=True, repr=False)
class Inequality(Result):
    """One printed inequality at one Δ.

    Attributes:
        name: which.
        verdict: "certified" if it holds for every κ that it is claimed for, "refuted" if not.
        fails: the ends of the open interval of κ on which it fails; None if it holds, or if it
            does not speak of κ.
        note: why, in a few words.
    """

    name: str
    verdict: Literal["certified", "refuted"]
    fails: tuple[Enclosure, Enclosure] | None
    note: str


def printed_inequalities(delta: Any, digits: int = 10) -> tuple[Inequality, ...]:
    """The printed inequalities behind Theorem 2 at one Δ, with the true ε_cr.

    Args:
        delta: Δ, 1/64 to 64, in standard deviations.
        digits: significant decimal digits of the ends.

    Raises:
        InputError: Δ is not such a number, or digits is not a count.
        NoCriticalValue: the loss has no ε_cr at this Δ, and so Theorem 2 no constants.
        Inconclusive: an end is not distinguished from another.

    Paper: Section III and Appendix B; for every Δ see `printed_inequalities_over_delta`.
    """
    exact, digits = read_upper_delta(delta), read_digits(digits)
    with working_precision(64):  # C₀ and σ differ by a multiple of φ(Δ) > 10^(−Δ²/4 − 1)
        inner = 2 * digits + 20 + int(float(to_ball(exact).upper()) ** 2 / 2)
    found, shape = constants(exact, inner), envelope(exact, inner)
    regime, least = found.true, found.best_c2
    if regime is None or least is None:
        raise NoCriticalValue(f"Delta = {show_exact(exact)} has no eps_cr, and so no C1 and C2")
    with working_precision(2 * bits_for(inner) + 64):
        critical, c0, c1 = regime.eps_cr.ball(), found.c0.ball(), regime.c1.ball()
        sigma, height = shape.slope.ball(), shape.intercept.ball()
        lone = far_loss(to_ball(exact))
        cross = (c1 - height) / (sigma - c0)
        if not shape.tangent.ball() < critical:
            raise Inconclusive("eps_t is not proved to lie below eps_cr")
        corner = shape.corner.ball()
        if c0 * corner + c1 < 1:
            majorant = _between(critical.max(cross), (1 - c1) / c0, exact, digits)
        else:
            _require_above(c0 - sigma, c1 - height, (critical, corner))
            majorant = None
        missing = _between(critical, (lone - c1) / c0, exact, digits)
        small = _decided(least.ball() < regime.c2.ball())
    return (
        _told("C0 c/k + C1 >= optimum", majorant, "the optimum is a chord, and 1 beyond eps_c"),
        _told("C0 c/k + C1 >= far clients", missing, "the far term is missing above eps_cr"),
        Inequality("C2 (c/k)^(2/9) >= loss", small, None, "with the true eps_cr, up to it"),
        Inequality("E <= 3.25 Delta^2", "refuted", None, "E is above 9 Delta^2 for every Delta"),
    )


Ends = tuple[Enclosure, Enclosure]


def _between(low: arb, high: arb, delta: Exact, digits: int) -> Ends | None:
    """The interval of κ, or None if it is empty."""
    if high < low:
        return None
    if not low < high:
        raise Inconclusive("the ends of an interval of c/k are not distinguished")
    return (
        Enclosure.of(low, shown_digits(low, digits, delta)),
        Enclosure.of(high, shown_digits(high, digits, delta)),
    )


def _require_above(slope: arb, height: arb, ends: tuple[arb, arb]) -> None:
    """Prove the line with this slope and height above 0 at both ends, and so between."""
    if not all(slope * end + height > 0 for end in ends):
        raise Inconclusive("the line is not distinguished from the chord at an end")


def _decided(holds: bool) -> Literal["certified"]:
    if not holds:
        raise Inconclusive("C2 is not proved to be above the least factor")
    return "certified"


def _told(name: str, fails: Ends | None, note: str) -> Inequality:
    return Inequality(name, "certified" if fails is None else "refuted", fails, note)
