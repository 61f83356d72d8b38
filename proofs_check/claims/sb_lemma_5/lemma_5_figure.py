"""A picture of Lemma 5: the reduction's last line as printed, and as derived, along ε."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.errors import Inconclusive
from bounds.critical import eps_cr
from proofs_check.audit.figures import Curve, Mark, line_plot, sample
from proofs_check.claims.sb_lemma_5.lemma_5_lines import Line

_DELTA = Fraction(2)
_ENDS = (1e-4, 0.015)


def draw_last_line(printed: Line, derived: Line) -> str:
    """Both expressions for Δ = 2, as an SVG: only the derived one changes sign at ε_cr."""
    from proofs_check.claims.sb_lemma_5.lemma_5 import read
    from proofs_check.claims.sb_lemma_5.lemma_5_point import Point

    def curve(label: str, line: Line) -> Curve:
        expression = read(line.text)

        def height(eps: float) -> float:
            value = Point(Fraction(eps), _DELTA).value(expression)
            if not value.rad() < 1e-6:  # far less than the width of the line
                raise Inconclusive(f"the line at eps = {eps} is {value.str(3)}")
            return float(value.mid())

        return Curve(label, sample(height, *_ENDS, count=25))

    return line_plot(
        "Δ = 2: the last line of the reduction, as printed and as derived. The loss is convex where"
        " the derived one is above 0. Points are middles of certified enclosures thinner than the"
        " line.",
        "ε",
        "criterion",
        [curve("printed", printed), curve("derived", derived)],
        [Mark("true ε_cr", float(eps_cr(_DELTA, 10).eps))],
        log_x=True,
    )
