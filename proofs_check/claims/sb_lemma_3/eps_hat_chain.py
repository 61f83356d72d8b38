"""The display in the proof of Lemma 3, σ = 1: from the server's count to ε + l(ε) φ(Δ).

The paper calls the server's estimate ε̂ there; here it is ε̃, and ε̂ its upper bound, as in Lemma 3.
The cluster spans L, written l in the display; m̃/m = ε + G with G the genuine mass counted.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import Counterexample, decide_less, log, number, prove_less
from bounds.functions.terms import filter_radius
from proofs_check.audit.algebra import DENSITY, PHI, same, to_term
from proofs_check.audit.calculus import (
    decide_equal,
    decide_order,
    equal,
    grows,
    manifest,
    positive_from,
    shown,
)
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision

eps, span, delta, genuine = sp.symbols("eps L Delta G", positive=True)

LEAST = PHI(span + delta) - PHI(-delta)
"""Least genuine mass in an interval of length L + 2Δ around the mean: it starts at −Δ."""

MOST = PHI(span / 2 + delta) - PHI(-(span / 2 + delta))
"""Most genuine mass: the interval is centred."""

COUNT = eps + genuine
"""m̃/m."""

ESTIMATE = COUNT - LEAST
"""ε̃ = m̃/m − (Φ(L + Δ) − Φ(−Δ))."""

ABOVE = eps - LEAST + MOST
"""Line 2 of the display."""

SPLIT = eps - (PHI(span + delta) - PHI(span / 2 + delta)) - (PHI(-(span / 2 + delta)) - PHI(-delta))
"""Line 3."""

FLIPPED = eps - (PHI(span + delta) - PHI(span / 2 + delta)) + (PHI(span / 2 + delta) - PHI(delta))
"""Line 4."""

_DROP = sp.exp(-(delta**2) / 2) - sp.exp(-((span + delta) ** 2) / 2)

SECANT = eps + span * _DROP / sp.sqrt(2 * sp.pi)
"""Line 5, as printed."""

SECANT_HALF = eps + span * _DROP / sp.sqrt(8 * sp.pi)
"""Line 5 with half of the second term, which is what the two brackets give."""

TANGENT = eps + span * DENSITY(delta) / 2
"""Line 6: ε + L e^{−Δ²/2}/√(8π)."""

PLACE: dict[str, Fraction | int] = {"eps": Fraction(1, 10), "Delta": 2, "L": 1, "G": 1}
"""Where a false line shows."""


def bracket_slopes(t: Any) -> tuple[Any, Any, Any]:
    """What bounds Φ over a step from Δ: the excess of the tangent, its slope, and the same falling.

    Returns:
        tφ(Δ) − (Φ(Δ + t) − Φ(Δ)); its slope φ(Δ) − φ(Δ + t) in a manifestly positive form; and
        Φ(Δ + L/2 + t) − Φ(Δ + L/2) − tφ(Δ + L/2 + t), which is positive too.
    """
    excess = t * DENSITY(delta) - (PHI(delta + t) - PHI(delta))
    turn = t * (t + 2 * delta) / 4
    slope = 2 * DENSITY(delta) * sp.exp(-turn) * sp.sinh(turn)
    start = delta + span / 2
    falling = PHI(start + t) - PHI(start) - t * DENSITY(start + t)
    return excess, slope, falling


def line_1(upper: Any = COUNT - LEAST, lower: Any = COUNT - MOST) -> Decision:
    """Decide lower <= ε <= upper, given LEAST <= G <= MOST."""
    sides = ((upper - eps, genuine - LEAST), (eps - lower, MOST - genuine))
    for side, slack in sides:
        if not same(side, slack):
            return decide_order(side, slack, PLACE)
    return Decision(
        CERTIFIED,
        "eps is between m~/m - (Phi(l/2 + Delta) - Phi(-(l/2 + Delta))) and m~/m - (Phi(l + Delta)"
        " - Phi(-Delta)), where G is within the bounds of genuine-count",
        (
            Exact(
                "the slack is G minus its least value on one side, its greatest value minus G on"
                " the other",
                *(equal(side, slack) for side, slack in sides),
            ),
        ),
    )


def price(x: Any) -> Any:
    """What lets in a point x from the mean: ρ − f(x)."""
    return 2 * PHI(delta) - 1 - PHI(x + delta) + PHI(x - delta)


PRINTED_2 = price(span / 2)
"""The least ε, as printed."""


def line_2(printed: Any = PRINTED_2) -> Decision:
    """Decide the least ε of a cluster of span L: its far end is b >= L/2 from the mean."""
    if not same(printed, price(span / 2)):
        return decide_order(printed, price(span / 2), PLACE)
    u = sp.Symbol("u", positive=True)
    b = span / 2 + u
    rise = 2 * DENSITY(b) * sp.exp(-(delta**2) / 2) * sp.sinh(b * delta)
    return Decision(
        CERTIFIED,
        "eps >= rho - f(l/2); equality is reached by a centred cluster with l/2 < Delta, whose two"
        " ends the same mass lets in",
        (
            Exact("a point at the mean needs none", price(sp.Integer(0))),
            Exact(
                "one end is l/2 + u from the mean, u >= 0, and its price grows with u: slope 2"
                " phi(b) e^(-Delta^2/2) sinh(b Delta) > 0",
                grows(price(b), u, rise),
            ),
        ),
    )


def line_3(factor: int = 2) -> Decision:
    """Decide whether ε >= ρ − f(l/2) gives l <= factor · f⁻¹(ρ − ε)."""
    if factor < 2:
        tenth = Fraction(1, 10)
        longer = prove_less(factor * filter_radius(tenth, 2), 2 * filter_radius(tenth, 2))
        return Decision(
            REFUTED,
            "l = 2 f^-1(rho - eps) satisfies the premise with equality",
            (Proved(f"witness: {shown(longer)}", longer),),
            certificates=(longer.certificate(),),
        )
    x = sp.Symbol("x", positive=True)
    fall = 2 * DENSITY(x) * sp.exp(-(delta**2) / 2) * sp.sinh(x * delta)
    return Decision(
        CERTIFIED,
        "the step holds for 0 <= eps < rho, with f^-1 on x >= 0, and is attained; the signs are"
        " right",
        (
            Exact(
                "f falls on x >= 0 (f' = -2 phi(x) e^(-Delta^2/2) sinh(x Delta)), so f(l/2) >= rho"
                " - eps gives l/2 <= f^-1(rho - eps)",
                grows(PHI(x - delta) - PHI(x + delta), x, fall),
            ),
        ),
    )


def line_4(estimate: Any = ESTIMATE) -> Decision:
    """Decide whether the estimate exceeds ε by G − LEAST >= 0."""
    return decide_equal(
        estimate - eps,
        genuine - LEAST,
        PLACE,
        "eps <= eps~ = m~/m - (Phi(l + Delta) - Phi(-Delta)) (the paper writes eps^ for eps~ here;"
        " Algorithm 1 adds delta, and must divide by m2)",
        "eps~ - eps = G - (Phi(l + Delta) - Phi(-Delta)), at least 0 by genuine-count: exact",
    )


def line_5(line: Any = ABOVE) -> Decision:
    """Decide whether line 2 exceeds the estimate by MOST − G >= 0."""
    return decide_equal(
        line - ESTIMATE,
        MOST - genuine,
        PLACE,
        "line 1 <= line 2, with equality for a centred interval",
        "line 2 - line 1 = (Phi(l/2 + Delta) - Phi(-(l/2 + Delta))) - G, at least 0 by"
        " genuine-count: exact",
    )


def line_6(line: Any = SPLIT) -> Decision:
    """Decide whether line 2 = line 3."""
    return decide_equal(ABOVE, line, PLACE, "line 2 = line 3", "exact")


def line_7(line: Any = FLIPPED) -> Decision:
    """Decide whether line 3 = line 4."""
    return decide_equal(
        SPLIT, line, PLACE, "line 3 = line 4", "Phi(-t) = 1 - Phi(t) in the last bracket: exact"
    )


def line_8(line: Any = SECANT) -> Decision:
    """Decide line 4 <= line 5, by tangents of Φ at Δ and at l + Δ."""
    at = decide_less(to_term(FLIPPED), to_term(line), {n: PLACE[n] for n in ("eps", "Delta", "L")})
    if isinstance(at, Counterexample):
        above = Proved(shown(at.proof), at.proof)
        return Decision(REFUTED, "line 4 > line 5", (above,), (), (at.proof.certificate(),))
    t = sp.Symbol("t", positive=True)
    excess, slope, falling = bracket_slopes(t)
    start = delta + span / 2
    turn = span * (span + 2 * delta) / 4
    surplus = span * DENSITY(delta) * sp.exp(-turn) * sp.sinh(turn)
    return Decision(
        CERTIFIED,
        "line 4 <= line 5; half of the second term of line 5 is enough, and then the next line"
        " follows",
        (
            Exact(
                "t phi(Delta) - (Phi(Delta + t) - Phi(Delta)) is 0 at t = 0 and grows",
                positive_from(0, excess, t, slope),
            ),
            Exact(
                "Phi(s + t) - Phi(s) - t phi(s + t), s = Delta + l/2, is 0 at t = 0 and grows, with"
                " slope t (s + t) phi(s + t)",
                positive_from(0, falling, t, t * (start + t) * DENSITY(start + t)),
            ),
            Exact(
                "line 5 with half of its second term exceeds line 4 by their sum at t = l/2",
                equal(SECANT_HALF - FLIPPED, excess.subs(t, span / 2) + falling.subs(t, span / 2)),
            ),
            Exact(
                "the other half is positive: l phi(Delta) e^(-u) sinh u, u = l(l + 2 Delta)/4",
                equal(line - SECANT_HALF, surplus),
                manifest(surplus),
            ),
        ),
        certificates=(at.certificate(),),
    )


def line_9(line: Any = SECANT, following: Any = TANGENT) -> Decision:
    """Decide line 5 <= line 6, and where it fails line 4 <= line 6."""
    end = span * DENSITY(span + delta) / 2
    if same(following - line, end):
        rest = Exact("the difference is l phi(l + Delta)/2", equal(following - line, end))
        return Decision(CERTIFIED, "line 5 <= line 6", (rest,))
    above = prove_less(
        to_term(following), to_term(line), {n: PLACE[n] for n in ("eps", "Delta", "L")}
    )
    t = sp.Symbol("t", positive=True)
    excess, slope, falling = bracket_slopes(t)
    gain = span * DENSITY(delta) * (sp.Rational(1, 2) - sp.exp(-span * delta - span**2 / 2))
    edge = prove_less(2 * log(number(2)), Fraction(15, 9))  # (4Δ)² − Δ² at Δ = 1/3
    return Decision(
        REPAIRED,
        "it fails for every Delta >= 1/3, exactly for l > sqrt(Delta^2 + 2 log 2) - Delta; line"
        " 5 with"
        " half of its second term (sqrt(8 pi) for sqrt(2 pi)) is between line 4 and"
        " line 6, so line 4 <= line 6 holds",
        (
            Proved(f"witness that line 5 > line 6: {above}", above),
            Proved(
                "second route: there it says 1 - e^(-5/2) <= 1/2, that is e^(5/2) <= 2, but"
                " e^(5/2) > 1 + 5/2",
                less(2, Fraction(7, 2)),
            ),
            Exact(
                "every Delta: line 5 - line 6 is l phi(Delta)(1/2 - e^(-l Delta - l^2/2)), positive"
                " exactly for l > sqrt(Delta^2 + 2 log 2) - Delta",
                equal(line - following, gain),
            ),
            Proved(
                "which is below 3 Delta, the greatest l, for Delta >= 1/3: 2 log 2 < 15 Delta^2",
                edge,
            ),
            Exact(
                "half of line 5's second term is below line 6 by l phi(l + Delta)/2",
                equal(following - SECANT_HALF, end),
            ),
            Exact(
                "and not below line 4 (see line 5); directly: line 6 - line 4 is the excess of the"
                " tangent at Delta over l/2, positive, plus Phi(l + Delta) - Phi(l/2 + Delta)",
                positive_from(0, excess, t, slope),
                equal(
                    following - FLIPPED,
                    excess.subs(t, span / 2) + falling.subs(t, span / 2) + end,
                ),
            ),
        ),
        certificates=(above.certificate(),),
    )


radius = sp.Symbol("x", positive=True)
"""l(ε) = f⁻¹(ρ − ε)."""


PRINTED_10 = eps + radius * DENSITY(delta)
"""Line 7, as printed."""


def line_10(line: Any = PRINTED_10) -> Decision:
    """Decide whether line 7 exceeds line 6 by (2l(ε) − l) φ(Δ)/2, which is >= 0."""
    return decide_equal(
        line - TANGENT,
        (2 * radius - span) * DENSITY(delta) / 2,
        {**PLACE, "x": 1},
        "line 6 <= line 7, for 0 <= eps < rho",
        "line 7 - line 6 = (2 f^-1(rho - eps) - l) phi(Delta)/2, at least 0 by eps-hat-chain-3:"
        " exact",
    )


CLAIMS = (
    Claim(
        id="eps-hat-chain-1",
        where="Appendix B, proof of Lemma 3",
        printed="m̃ − m(Φ(l+Δ) − Φ(−Δ)) ≥ εm ≥ m̃ − m(Φ(l/2+Δ) − Φ(−(l/2+Δ)))",
        latex=r"\tilde m - m(\Phi(l+\Delta)-\Phi(-\Delta)) \ge \varepsilon m \ge \tilde m -"
        r" m(\Phi(\tfrac l2+\Delta)-\Phi(-(\tfrac l2+\Delta)))",
        hypotheses="m̃ = εm + Gm, the genuine mass G within its bounds; points in an interval",
        method="exact algebra",
        check=line_1,
        seeded=(Seeded("the two sides interchanged", lambda: line_1(COUNT - MOST, COUNT - LEAST)),),
        rests_on=("genuine-count", "cluster-interval", "foreign-points"),
    ),
    Claim(
        id="eps-hat-chain-2",
        where="Appendix B, proof of Lemma 3",
        printed="ε ≥ ρ − f(l/2)",
        latex=r"\varepsilon \ge \rho - f(l/2)",
        hypotheses="the cluster spans l and reaches both sides of the mean; ε counts all points not"
        " of the component",
        method="exact slope of the price",
        check=line_2,
        seeded=(Seeded("l in place of l/2", lambda: line_2(price(span))),),
        rests_on=("filter-radius",),
    ),
    Claim(
        id="eps-hat-chain-3",
        where="Appendix B, proof of Lemma 3",
        printed="ε ≥ ρ − f(l/2) ⟹ l ≤ 2f⁻¹(ρ − ε)",
        latex=r"\varepsilon \ge \rho - f(l/2) \implies l \le 2 f^{-1}(\rho - \varepsilon)",
        hypotheses="0 ≤ ε < ρ; f⁻¹ on x ≥ 0",
        method="f is strictly decreasing, exactly",
        check=line_3,
        seeded=(Seeded("the factor 2 dropped", lambda: line_3(1)),),
        rests_on=("eps-hat-chain-2", "f-inverse"),
    ),
    Claim(
        id="eps-hat-chain-4",
        where="Appendix B, proof of Lemma 3",
        printed="ε ≤ ε̂ = m̃/m − (Φ(l+Δ) − Φ(−Δ))",
        latex=r"\varepsilon \le \hat\varepsilon = \tfrac{\tilde m}{m} -"
        r" (\Phi(l+\Delta)-\Phi(-\Delta))",
        hypotheses="points in an interval of length l + 2Δ around the mean",
        method="exact algebra",
        check=line_4,
        seeded=(Seeded("the greatest mass subtracted", lambda: line_4(ESTIMATE + LEAST - MOST)),),
        rests_on=("eps-hat-chain-1",),
    ),
    Claim(
        id="eps-hat-chain-5",
        where="Appendix B, proof of Lemma 3",
        printed="≤ ε − (Φ(l+Δ) − Φ(−Δ)) + (Φ(l/2+Δ) − Φ(−(l/2+Δ)))",
        latex=r"\le \varepsilon - (\Phi(l+\Delta)-\Phi(-\Delta)) + (\Phi(\tfrac"
        r" l2+\Delta)-\Phi(-(\tfrac l2+\Delta)))",
        hypotheses="points in an interval of length l + 2Δ around the mean",
        method="exact algebra",
        check=line_5,
        seeded=(Seeded("minus before the last bracket", lambda: line_5(ABOVE - 2 * MOST)),),
        rests_on=("genuine-count", "eps-hat-chain-4"),
    ),
    Claim(
        id="eps-hat-chain-6",
        where="Appendix B, proof of Lemma 3",
        printed="= ε − (Φ(l+Δ) − Φ(l/2+Δ)) − (Φ(−(l/2+Δ)) − Φ(−Δ))",
        latex=r"= \varepsilon - (\Phi(l+\Delta)-\Phi(\tfrac l2+\Delta)) - (\Phi(-(\tfrac"
        r" l2+\Delta))-\Phi(-\Delta))",
        hypotheses="none",
        method="exact algebra",
        check=line_6,
        seeded=(
            Seeded(
                "plus before the last bracket",
                lambda: line_6(SPLIT + 2 * (PHI(-(span / 2 + delta)) - PHI(-delta))),
            ),
        ),
        rests_on=("eps-hat-chain-5",),
    ),
    Claim(
        id="eps-hat-chain-7",
        where="Appendix B, proof of Lemma 3",
        printed="= ε − (Φ(l+Δ) − Φ(l/2+Δ)) + (Φ(l/2+Δ) − Φ(Δ))",
        latex=r"= \varepsilon - (\Phi(l+\Delta)-\Phi(\tfrac l2+\Delta)) + (\Phi(\tfrac"
        r" l2+\Delta)-\Phi(\Delta))",
        hypotheses="none",
        method="exact algebra",
        check=line_7,
        seeded=(
            Seeded(
                "minus before the last bracket",
                lambda: line_7(FLIPPED - 2 * (PHI(span / 2 + delta) - PHI(delta))),
            ),
        ),
        rests_on=("eps-hat-chain-6",),
    ),
    Claim(
        id="eps-hat-chain-8",
        where="Appendix B, proof of Lemma 3",
        printed="≤ ε + (1/√(2π)) l (e^{−Δ²/2} − e^{−(l+Δ)²/2})",
        latex=r"\le \varepsilon + \tfrac{1}{\sqrt{2\pi}} l \left(e^{-\Delta^2/2} -"
        r" e^{-(l+\Delta)^2/2}\right)",
        hypotheses="l ≥ 0, Δ > 0",
        method="tangents of Φ, with exact slopes",
        check=line_8,
        seeded=(Seeded("minus before the second term", lambda: line_8(2 * eps - SECANT)),),
        rests_on=("eps-hat-chain-7",),
    ),
    Claim(
        id="eps-hat-chain-9",
        where="Appendix B, proof of Lemma 3",
        printed="≤ ε + l e^{−Δ²/(2σ²)}/√(8πσ²)",
        latex=r"\le \varepsilon + \frac{l}{\sqrt{8\pi\sigma^2}} e^{-\frac{\Delta^2}{2\sigma^2}}",
        hypotheses="line 5 as printed; σ, which is not defined, is 1, the variance of Section II",
        method="exact witness; exact algebra for the repair",
        check=line_9,
        seeded=(Seeded("half of the second term in line 5", lambda: line_9(SECANT_HALF)),),
        rests_on=("eps-hat-chain-8",),
    ),
    Claim(
        id="eps-hat-chain-10",
        where="Appendix B, proof of Lemma 3",
        printed="≤ ε + f⁻¹(ρ − ε)φ(Δ)",
        latex=r"\le \varepsilon + f^{-1}(\rho-\varepsilon)\varphi(\Delta)",
        hypotheses="l ≤ 2f⁻¹(ρ − ε)",
        method="exact algebra",
        check=line_10,
        seeded=(
            Seeded("2 f^-1 in place of f^-1", lambda: line_10(eps + 2 * radius * DENSITY(delta))),
        ),
        rests_on=("eps-hat-chain-3", "eps-hat-chain-9"),
    ),
)
