"""How the printed values of ε_cr are decided: derive, compare, and confirm by another route."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, arb_series

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import show_exact, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import working_precision
from bounds.critical import eps_cr
from bounds.critical.certificates import eps_cr_certificate
from bounds.functions import loss, printed_criterion
from proofs_check.audit.facts import Fact, Proved, Run, less
from proofs_check.audit.figures import Curve, Mark, line_plot, sample
from proofs_check.audit.rounding import rounding_cell
from proofs_check.audit.verdict import CERTIFIED, REPAIRED, Decision

_DIGITS = 30


def second_derivative(eps: Fraction, delta: Fraction) -> arb:
    """loss″(ε) by Taylor arithmetic through the definition of the loss: no formula for l′ or g′."""
    curve = arb_series([to_ball(eps), 1], prec=3)
    coefficient: arb = loss(curve, to_ball(delta))[2]
    return 2 * coefficient


def neighbours(value: Enclosure, digits: int = 4) -> tuple[Fraction, Fraction]:
    """Short decimals just below and just above an enclosure."""
    low, high = value.decimals(digits)
    return Fraction(low), Fraction(high)


def decide_critical_value(delta: Fraction, printed: str) -> Decision:
    """Whether ε_cr(Δ) rounds to the printed decimal.

    The root of the derived criterion is enclosed and compared with the rounding cell. The second
    route evaluates loss″ itself, by Taylor arithmetic, on both sides of the root and at the printed
    value.

    Raises:
        Inconclusive: the second route contradicts the first, or the cell is not decided.
    """
    low, high = rounding_cell(printed)
    value = eps_cr(delta, _DIGITS)
    below, above = neighbours(value.eps)
    with working_precision(128):
        before, after = second_derivative(below, delta), second_derivative(above, delta)
        at_printed = second_derivative(Fraction(printed), delta)
        cell = to_ball(low).union(to_ball(high))
        paper = printed_criterion(cell, to_ball(delta))
    lines: list[Fact | str] = [
        Proved(
            f"eps_cr({show_exact(delta)}) in {value.eps}: one root in its box, {value.bits} bits,"
            f" and {value.turns} turn to convexity on the whole domain",
            Run("bounds.eps_cr", value.turns),
            less(value.turns, 2),
        ),
        Proved(
            f"second route: loss'' < 0 at eps = {show_exact(below)} and > 0 at {show_exact(above)},"
            f" by Taylor arithmetic ({before.str(5)} and {after.str(5)})",
            less(before, 0),
            less(0, after),
        ),
        f"at the printed value loss'' = {at_printed.str(5)}",
    ]
    if paper.is_finite() and (paper < 0 or paper > 0):
        lines.append(
            "the criterion as printed has no zero in the rounding cell of the printed value"
            f" either: it is {paper.str(3)} there"
        )
    finding = f"eps_cr({show_exact(delta)}) in {value.eps}"
    certificates = (eps_cr_certificate(value),)
    inside, beyond = less(low, value.eps), less(high, value.eps)
    if inside.holds and less(value.eps, high).holds:
        cell_holds = Proved("it lies in the rounding cell", inside, less(value.eps, high))
        return Decision(CERTIFIED, finding, (*lines, cell_holds), certificates=certificates)
    witness = below if beyond.holds else above
    apart = beyond if beyond.holds else less(value.eps, low)
    lines.append(
        Proved(
            f"witness: eps = {show_exact(witness)}, where loss'' has the sign that the printed"
            " value rules out",
            apart,
        )
    )
    off_by = _too_small(Fraction(printed), value.eps)
    if off_by is not None:
        lines.append(off_by)
    return Decision(REPAIRED, finding, tuple(lines), certificates=certificates, off_by=off_by)


def _too_small(printed: Fraction, value: Enclosure) -> Proved | None:
    """By what factor, of two digits and rounded down, the printed value is too small."""
    ratio = value.low.fraction() / printed
    if ratio <= 2:
        return None
    unit = Fraction(10) ** (len(str(int(ratio))) - 2)
    factor = int(int(ratio / unit) * unit)
    told = f"{factor:,}" if factor < 10**6 else f"{factor:.1e}".replace("e+0", "e")
    return Proved(
        f"the printed value is too small by a factor above {told}",
        less(factor * printed, value),
    )


def draw_critical_value(delta: Fraction, printed: str) -> str:
    """The curvature of the loss across the printed and the true ε_cr(Δ), as an SVG.

    Drawn is ε²·loss″/loss: it has the sign of loss″ and no unit, and keeps its size over the many
    powers of ten that lie between the two values.
    """
    value, stated = eps_cr(delta, _DIGITS).eps, float(printed)
    ends = sorted((stated, float(value)))

    def curvature(eps: float) -> float:
        exact = Fraction(eps)
        with working_precision(96):
            ball = to_ball(exact)
            relative = ball * ball * second_derivative(exact, delta) / loss(ball, to_ball(delta))
        if not relative.rad() < 1e-3:  # less than the width of the line
            raise Inconclusive(f"the curvature at eps = {eps} is {relative.str(3)}")
        return float(relative.mid())

    low, high = value.decimals(3)
    return line_plot(
        f"The loss for Δ = {show_exact(delta)} is concave where the curve is below 0 and convex"
        " where it is above. Points are middles of certified enclosures thinner than the line.",
        "ε",
        "ε² loss″(ε) / loss(ε)",
        [Curve("", sample(curvature, ends[0] / 10, ends[1] * 10))],
        [Mark(f"printed: {printed}", stated), Mark(f"true: {low} to {high}", float(value))],
        log_x=True,
    )
