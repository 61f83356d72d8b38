"""How one line of the reduction in Lemma 5 is decided: exact algebra, then values at a point.

A line is right when a positive factor makes loss″ of it; it follows when it is the line before, up
to the same factors. An error is shown by the signs at an actual (ε, Δ).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from proofs_check.audit.verdict import CERTIFIED, INCONCLUSIVE, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.sb_lemma_5.lemma_5_lines import LINES, MENDED, Line

if TYPE_CHECKING:
    from proofs_check.claims.sb_lemma_5.lemma_5_point import Point

_POINTS = ((Fraction(1, 2), Fraction(2)), (Fraction(1, 10), Fraction(2)),
           (Fraction(1, 1000), Fraction(2)))  # fmt: skip


@cache
def _scaled(line: Line) -> Any:
    from proofs_check.claims.sb_lemma_5.lemma_5 import read

    return read(f"({line.scale})*({line.text})")


@cache
def is_right(line: Line) -> bool:
    """Whether the line, times its scale, is the second derivative of the loss."""
    from proofs_check.audit.fraction import same_function
    from proofs_check.claims.sb_lemma_5.lemma_5 import second_derivative

    return same_function(_scaled(line), second_derivative())


@cache
def follows(line: Line, before: Line) -> bool:
    """Whether the line equals the one before, or is a positive multiple of it."""
    from proofs_check.audit.fraction import same_function

    return same_function(_scaled(line), _scaled(before))


@cache
def agrees(line: Line) -> tuple[bool, str]:
    """The second route: loss″ at points, by Taylor arithmetic through the definition."""
    from proofs_check.claims.sb_lemma_5.lemma_5_point import Point

    values = []
    for eps, delta in _POINTS:
        point = Point(eps, delta)
        taylor, value = point.taylor(), point.value(_scaled(line))
        if not (taylor.is_finite() and value.is_finite() and taylor.overlaps(value)):
            return False, f"the line disagrees with loss'' at {point}"
        values.append(f"{taylor.str(5, radius=False)} at {point}")
    return True, f"second route: loss'' by Taylor arithmetic is the line too: {'; '.join(values)}"


def values_beside(expression: Any, order: int) -> tuple[bool, bool, str]:
    """An expression beside a derivative of the loss: may be the same, surely apart, shown."""
    from proofs_check.claims.sb_lemma_5.lemma_5_point import Point

    point = Point(*_POINTS[1])
    value, taylor = point.value(expression), point.taylor(order=order)
    shown = f"{value.str(5, radius=False)} beside {taylor.str(5, radius=False)} at {point}"
    finite = value.is_finite() and taylor.is_finite()
    return finite and value.overlaps(taylor), bool(value < taylor or value > taylor), shown


def sign_witness(line: Line) -> tuple[Point, str] | None:
    """A point where the line has the opposite sign of loss″, and what they are there."""
    from proofs_check.claims.sb_lemma_5.lemma_5 import read
    from proofs_check.claims.sb_lemma_5.lemma_5_point import Point

    expression = read(line.text)
    for eps, delta in _POINTS:
        point = Point(eps, delta)
        taylor, value = point.taylor(), point.value(expression)
        if (taylor > 0 and value < 0) or (taylor < 0 and value > 0):
            return point, (
                f"witness {point}: the expression is {value.str(5, radius=False)} but loss'' ="
                f" {taylor.str(5, radius=False)} (Taylor arithmetic through the definition)"
            )
    return None


def difference(line: Line, other: Line) -> str:
    """A point where the two lines, times their scales, are proved to differ; empty if none is."""
    from proofs_check.claims.sb_lemma_5.lemma_5_point import Point

    for eps, delta in _POINTS:
        point = Point(eps, delta)
        one, two = point.value(_scaled(line)), point.value(_scaled(other))
        if one < two or one > two:
            values = f"{one.str(5, radius=False)} and {two.str(5, radius=False)}"
            return f"the two lines, as parts of loss'', are {values} at {point}"
    return ""


def decide_step(number: int, printed: str | None = None, mended: str | None = None) -> Decision:
    """Decide line `number` of the chain as a step from the line before.

    Args:
        number: 1 to 11.
        printed: the line, if not as printed.
        mended: the correction, if not as in MENDED.
    """
    line = LINES[number] if printed is None else Line(printed, LINES[number].scale)
    before, step = LINES[number - 1], follows(line, LINES[number - 1])
    if is_right(line):
        return _right(line, step, MENDED.get(number - 1))
    if step:
        same = "equal to the line before as printed (exact algebra), whose error it shares"
        return Decision(CERTIFIED, same, (same, "so it is not loss'' up to a positive factor"))
    apart = difference(line, before)
    if not apart:
        return Decision(INCONCLUSIVE, "neither proved nor refuted", ("no point tells them apart",))
    correction = MENDED.get(number) if mended is None else Line(mended, line.scale)
    if correction is None:
        return Decision(REFUTED, "it is not the line before", (apart,))
    return decide_sign(line, correction, (apart,))


def decide_sign(line: Line, correction: Line, evidence: tuple[str, ...] = ()) -> Decision:
    """Decide whether an expression has the sign of loss″, with the right one beside it."""
    from proofs_check.claims.sb_lemma_5.lemma_5 import read

    if is_right(line):
        return _right(line, True, None)
    found = sign_witness(line)
    if found is None:
        return Decision(INCONCLUSIVE, "no witness among the points", (*evidence, line.text))
    point, witness = found
    evidence, certificates = (*evidence, witness), (point.sign_certificate(read(line.text)),)
    if not is_right(correction):
        finding = "it has not the sign of loss''"
        return Decision(REFUTED, finding, evidence, certificates=certificates)
    agreed, route = agrees(correction)
    if not agreed:
        return Decision(INCONCLUSIVE, route, (*evidence, route))
    return Decision(
        REPAIRED,
        f"{correction.shown or correction.text}, which times a positive factor is loss''"
        " identically",
        (*evidence, "the correction is proved by exact algebra", route),
        certificates=(*certificates, point.sign_certificate(read(correction.text))),
    )


def _right(line: Line, step: bool, mended: Line | None) -> Decision:
    agreed, route = agrees(line)
    if not agreed:
        return Decision(INCONCLUSIVE, route, (route,))
    evidence = ("times a positive factor it is loss'' identically (exact algebra)", route)
    if step:
        return Decision(CERTIFIED, "it is loss'' up to a positive factor", evidence)
    if mended is None or not follows(line, mended):
        return Decision(INCONCLUSIVE, "it does not follow from the line before", evidence)
    return Decision(
        CERTIFIED,
        "it follows from the line before once that is corrected",
        evidence,
        (
            Reading("from the line before as printed", REFUTED, "not equal: that line is wrong"),
            Reading("from the line before as corrected", CERTIFIED, "equal", needed=True),
        ),
    )
