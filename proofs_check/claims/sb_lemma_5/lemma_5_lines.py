"""The displayed lines of the reduction in the proof of Lemma 5, as printed, and their corrections.

In the letters of `lemma_5`. A line is right when its scale, a positive factor, times
the line is the second derivative of the loss.
"""

from __future__ import annotations

from dataclasses import dataclass

_NUMERATOR = "2/(1 + g**2)**3"
_BRACKET = "2*dg**2*dh**2/(1 + g**2)**3"
_SECOND = "1 + g*ddg/dg**2 + g/dg*ddh/dh**2"
_SQUARE = "(1 - g**2)**2 + (1 + g**2)"
_FADING = "exp(-l_hat*Delta)/sinh(l_hat*Delta)"


@dataclass(frozen=True)
class Line:
    """One displayed line.

    Attributes:
        text: the expression.
        scale: the positive factor that makes loss″ of a right line.
        shown: the expression in the notation of the paper, for a correction.
    """

    text: str
    scale: str
    shown: str = ""


LINES = (
    Line("((1 + g**2)*ddG - 2*dG**2)/(1 + g**2)**3", "1"),
    Line("1/2*(1 + g**2)*ddG - dG**2", _NUMERATOR),
    Line(
        "(1 + g**2)*((dg**2 + g*ddg)*dh**2 + g*dg*ddh - (2*g*dg*dh)**2)",
        _NUMERATOR,
    ),
    Line(f"dg**2*dh**2*((1 + g**2)*({_SECOND}) - 4*g**2)", _NUMERATOR),
    Line(f"(1 + g**2)*({_SECOND}) - 4*g**2", _BRACKET),
    Line(
        "(1 + g**2)*(1 + g/dg*(Delta*dl_hat + g*dg - coth(Delta*l_hat)*Delta*dl_hat)"
        " + g/dg*ddh/dh**2) - 4*g**2",
        _BRACKET,
    ),
    Line(
        "(1 + g**2)*(1 + g**2 + g/dg*(Delta*dl_hat - coth(Delta*l_hat)*Delta*dl_hat + ddh/dh**2))"
        " - 4*g**2",
        _BRACKET,
    ),
    Line(
        f"{_SQUARE}*(g/dg*(Delta*dl_hat - coth(Delta*l_hat)*Delta*dl_hat + ddh/dh**2))",
        _BRACKET,
    ),
    Line(f"{_SQUARE}*(g/dg*(Delta*dl_hat*(1 - coth(Delta*l_hat)) + ddh/dh**2))", _BRACKET),
    Line(
        f"{_SQUARE}*(g/dg*(ddh/dh**2"
        " - Delta*dl_hat*2*exp(-l_hat*Delta)/(exp(l_hat*Delta) - exp(-l_hat*Delta))))",
        _BRACKET,
    ),
    Line(
        f"{_SQUARE}*(g/dg*(dl_hat**2*Delta/dh**2*phi*(l_hat/Delta - coth(l_hat*Delta))"
        f" - Delta*dl_hat*{_FADING}))",
        _BRACKET,
    ),
    Line(
        f"{_SQUARE}*g/dg*Delta*dl_hat"
        f"*(dl_hat/dh**2*phi*(l_hat/Delta - coth(l_hat*Delta)) - {_FADING})",
        _BRACKET,
    ),
)
"""Line 0 is the second derivative as displayed above the chain; lines 1 to 11 are the chain."""

MENDED = {
    2: Line(
        "(1 + g**2)*((dg**2 + g*ddg)*dh**2 + g*dg*ddh) - (2*g*dg*dh)**2",
        _NUMERATOR,
        "(1 + g²)((g′² + g g″) ε̂′² + g g′ ε̂″) − (2 g g′ ε̂′)²",
    ),
    10: Line(
        f"{_SQUARE}*(g/dg*(dl**2*Delta/dh**2*phi*(l/Delta - coth(l*Delta))"
        f" - Delta*dl_hat*{_FADING}))",
        _BRACKET,
        "(1 − g²)² + (1 + g²)(g/g′)(l′(ε)² (Δ/ε̂′²) φ(Δ)(l(ε)/Δ − coth(l(ε)Δ))"
        " − Δ l′(ε̂) e^{−l(ε̂)Δ}/sinh(l(ε̂)Δ))",
    ),
    11: Line(
        f"{_SQUARE}*g/dg*Delta*dl_hat"
        f"*(dl**2/dl_hat/dh**2*phi*(l/Delta - coth(l*Delta)) - {_FADING})",
        _BRACKET,
        "(1 − g²)² + (1 + g²)(g/g′) Δ l′(ε̂) (l′(ε)²/(l′(ε̂) ε̂′²) φ(Δ)(l(ε)/Δ − coth(l(ε)Δ))"
        " − e^{−l(ε̂)Δ}/sinh(l(ε̂)Δ))",
    ),
}
"""Corrections: the bracket of line 2 closed before the square; l and l′ at ε in lines 10 and 11."""

CRITERION = Line(
    f"{_SQUARE}*g/dg*Delta*dl_hat*(dl/eps_hat**2*phi*(l/Delta - coth(l*Delta)) - {_FADING})",
    _BRACKET,
)
"""The criterion in the statement of Lemma 5, where the divisor is ε̂² and not ε̂′²."""

CRITERION_WITH_PRIME = Line(CRITERION.text.replace("eps_hat", "dh"), _BRACKET)
"""The same with the prime of the proof's last line."""
