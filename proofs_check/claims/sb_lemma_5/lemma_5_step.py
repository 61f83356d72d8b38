"""How one line of the reduction in Lemma 5 is decided: exact algebra, then values at a point.

A line is right when a positive factor makes loss″ of it; it follows when it is the line before, up
to the same factors. An error is shown by the signs at an actual (ε, Δ).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from bounds.certify.errors import Inconclusive
from proofs_check.audit.calculus import functions_equal
from proofs_check.audit.facts import Exact, Fact, Identity, Less, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
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
    return right(line).holds


def right(line: Line) -> Identity:
    """That the line, times its scale, is the second derivative of the loss."""
    from proofs_check.claims.sb_lemma_5.lemma_5 import second_derivative

    return functions_equal(_scaled(line), second_derivative())


@cache
def follows(line: Line, before: Line) -> bool:
    """Whether the line equals the one before, or is a positive multiple of it."""
    return functions_equal(_scaled(line), _scaled(before)).holds


@cache
def agrees(line: Line) -> Proved:
    """The second route: loss″ at points, by Taylor arithmetic through the definition.

    Raises:
        Inconclusive: it disagrees.
    """
    from proofs_check.claims.sb_lemma_5.lemma_5_point import Point

    values, near = [], []
    for eps, delta in _POINTS:
        point = Point(eps, delta)
        taylor, value = point.taylor(), point.value(_scaled(line))
        near.append(less(abs(taylor - value), Fraction(1, 10**15)))
        values.append(f"{taylor.str(5, radius=False)} at {point}")
    return Proved(
        f"second route: loss'' by Taylor arithmetic is the line too: {'; '.join(values)}", near
    )


def values_beside(expression: Any, order: int) -> tuple[Less | None, str]:
    """An expression beside a derivative of the loss: what tells them apart, if anything; shown."""
    from proofs_check.claims.sb_lemma_5.lemma_5_point import Point

    point = Point(*_POINTS[1])
    value, taylor = point.value(expression), point.taylor(order=order)
    shown = f"{value.str(5, radius=False)} beside {taylor.str(5, radius=False)} at {point}"
    for apart in (less(value, taylor), less(taylor, value)):
        if apart.holds:
            return apart, shown
    return None, shown


def sign_witness(line: Line) -> tuple[Point, Proved] | None:
    """A point where the line has the opposite sign of loss″, and what they are there."""
    from proofs_check.claims.sb_lemma_5.lemma_5 import read
    from proofs_check.claims.sb_lemma_5.lemma_5_point import Point

    expression = read(line.text)
    for eps, delta in _POINTS:
        point = Point(eps, delta)
        taylor, value = point.taylor(), point.value(expression)
        if (taylor > 0 and value < 0) or (taylor < 0 and value > 0):
            low, high = (value, taylor) if value < 0 else (taylor, value)
            return point, Proved(
                f"witness {point}: the expression is {value.str(5, radius=False)} but loss'' ="
                f" {taylor.str(5, radius=False)} (Taylor arithmetic through the definition)",
                less(low, 0),
                less(0, high),
            )
    return None


def difference(line: Line, other: Line) -> Proved:
    """A point where the two lines, times their scales, are proved to differ.

    Raises:
        Inconclusive: none of the points shows it.
    """
    from proofs_check.claims.sb_lemma_5.lemma_5_point import Point

    for eps, delta in _POINTS:
        point = Point(eps, delta)
        one, two = point.value(_scaled(line)), point.value(_scaled(other))
        if one < two or one > two:
            values = f"{one.str(5, radius=False)} and {two.str(5, radius=False)}"
            return Proved(
                f"the two lines, as parts of loss'', are {values} at {point}",
                less(one, two) if one < two else less(two, one),
            )
    raise Inconclusive("neither proved nor refuted: no point distinguishes the lines")


def decide_step(number: int, printed: str | None = None, mended: str | None = None) -> Decision:
    """Decide line `number` of the chain as a step from the line before.

    Args:
        number: 1 to 11.
        printed: the line, if not as printed.
        mended: the correction, if not as in MENDED.
    """
    line = LINES[number] if printed is None else Line(printed, LINES[number].scale)
    before = LINES[number - 1]
    step = follows(line, before)
    if is_right(line):
        return _right(line, step, MENDED.get(number - 1))
    if step:
        told = "equal to the line before as printed (exact algebra), whose error it shares"
        same = Exact(told, functions_equal(_scaled(line), _scaled(before)))
        return Decision(CERTIFIED, told, (same, "so it is not loss'' up to a positive factor"))
    apart = difference(line, before)
    correction = MENDED.get(number) if mended is None else Line(mended, line.scale)
    if correction is None:
        return Decision(REFUTED, "it is not the line before", (apart,))
    return decide_sign(line, correction, (apart,))


def decide_sign(line: Line, correction: Line, facts: tuple[Fact, ...] = ()) -> Decision:
    """Decide whether an expression has the sign of loss″, with the right one beside it."""
    from proofs_check.claims.sb_lemma_5.lemma_5 import read

    if is_right(line):
        return _right(line, True, None)
    found = sign_witness(line)
    if found is None:
        raise Inconclusive(f"no witness among the points: {line.text}")
    point, witness = found
    facts, certificates = (*facts, witness), (point.sign_certificate(read(line.text)),)
    if not is_right(correction):
        finding = "it has not the sign of loss''"
        return Decision(REFUTED, finding, facts, certificates=certificates)
    return Decision(
        REPAIRED,
        f"{correction.shown or correction.text}, which times a positive factor is loss''"
        " identically",
        (
            *facts,
            Exact("the correction is proved by exact algebra", right(correction)),
            agrees(correction),
        ),
        certificates=(*certificates, point.sign_certificate(read(correction.text))),
    )


def _right(line: Line, step: bool, mended: Line | None) -> Decision:
    facts: tuple[Fact, ...] = (
        Exact("times a positive factor it is loss'' identically (exact algebra)", right(line)),
        agrees(line),
    )
    if step:
        return Decision(CERTIFIED, "it is loss'' up to a positive factor", facts)
    if mended is None:
        raise Inconclusive("it does not follow from the line before")
    after = Exact(
        "it is the line before as corrected", functions_equal(_scaled(line), _scaled(mended))
    )
    return Decision(
        CERTIFIED,
        "it follows from the line before once that is corrected",
        (*facts, after),
        (
            Reading("from the line before as printed", REFUTED, "not equal: that line is wrong"),
            Reading("from the line before as corrected", CERTIFIED, "equal", needed=True),
        ),
    )
