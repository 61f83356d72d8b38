"""The chain from the loss to C₂κ^{2/9}, line by line."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.exact import show_exact
from bounds.certify.inequalities import PI, density, number, prove_less, variable
from bounds.functions.terms import filter_radius, mass_estimate
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved
from proofs_check.audit.verdict import CERTIFIED, Decision
from proofs_check.claims.sb_lemma_5.early_turn import LEAST_DELTA, V_TOP, cosh
from proofs_check.claims.sb_lemma_6.small_mass import (
    ARGUMENT,
    LINES,
    Line,
    after,
    after_c_of_estimate,
    at_the_quantile,
    c2_values,
    decide_line,
    defined_as,
    lemma_6,
    ratio_certificate,
    root,
    true_range,
)
from proofs_check.claims.shared.every_delta import decided_everywhere, turn_is_early


def line_1(right: Line = LINES[1]) -> Decision:
    """Decide line 1 against the loss."""
    v = number(V_TOP)
    defined = prove_less(density(LEAST_DELTA) / LEAST_DELTA * (2 * (cosh(v) - 1) + v), 1)
    return decide_line(
        LINES[0],
        right,
        (
            Argued(
                "g^2/(1 + g^2) <= g^2; Phi(y + Delta) - Phi(Delta) <= y phi(Delta), y = l(c/k +"
                " l(c/k) phi(Delta)): phi falls on y >= 0; the quantile increases, and exists: its"
                " argument is below 1",
                f"{ARGUMENT}, step 3",
            ),
            Proved(
                "(phi(Delta)/Delta)(2(cosh v - 1) + v) < 1 at v = 22/25 and Delta = 3/2", defined
            ),
            turn_is_early(),
        ),
        certificates=(defined.certificate(),),
    )


def line_2(right: Line = LINES[2]) -> Decision:
    """Decide line 2 against line 1."""
    return decide_line(
        LINES[1],
        right,
        (
            Argued(
                "c/k + l(c/k) phi(Delta) <= A (c/k)^(1/3) by the claims c2-mass-step and lemma-6; l"
                " and the quantile increase; at c/k = eps_cr both sides are equal: A eps_cr^(1/3) ="
                " eps_cr + phi(Delta) l(eps_cr), so everything is defined up to there",
                f"{ARGUMENT}, step 4",
            ),
            *lemma_6(),
        ),
        (Fraction(1, 2), Fraction(1, 1000)),
        certificates=(ratio_certificate(),),
    )


CORRECTION_3 = (
    "C' = e'/l(e')^3, e' = eps_cr + l(eps_cr) phi(Delta), in place of C beside A^(1/3), where"
    " Lemma 6 is used up to e'"
)


def line_3(right: Line = LINES[3], mended: Line = after_c_of_estimate) -> Decision:
    """Decide line 3 against line 2."""
    e, delta = variable("e"), Fraction(2)
    low, high = true_range(delta)
    top = mass_estimate(e, delta)
    # both first addends are equal at κ = e, so there the line says l(e′) ≤ (e′/C)^{1/3}
    at_true = prove_less(
        root(top / e, 3) * filter_radius(e, delta), filter_radius(top, delta), {"e": (low, high)}
    )
    return decide_line(
        LINES[2],
        right,
        (
            Argued(
                "Lemma 6 holds up to eps_cr, but the line uses it at A (c/k)^(1/3), which reaches"
                " e' = eps_cr + l(eps_cr) phi(Delta) > eps_cr; at c/k = eps_cr the line says l(e')"
                " <= (e'/C)^(1/3), that is d(y)/y^3 >= d(x)/x^3 for y = l(e') > x = l(eps_cr):"
                " false for every Delta >= 3/2",
                f"{ARGUMENT}, step 5",
            ),
            Proved(
                f"witness Delta = 2, for every eps_cr in [{show_exact(low)}, {show_exact(high)}],"
                " the true one among them: l(e') > (e'/C)^(1/3)",
                at_true,
            ),
            Argued(
                "with C' Lemma 6 reaches e', as l(e') Delta < 22/25 <= 5/2, and c/k^(1/3) <="
                " eps_cr^(2/9) (c/k)^(1/9)",
                f"{ARGUMENT}, step 6",
            ),
            *lemma_6(),
            decided_everywhere("chain to C2, line 3"),
        ),
        (Fraction(1, 2), Fraction(1, 1000)),
        (mended, CORRECTION_3),
        (ratio_certificate(), at_true.certificate()),
    )


C_BAR = "a*e2/2 + phi/(2*c)*a_root"


def line_4(c_bar: str = C_BAR) -> Decision:
    """Decide whether ½ + C̄κ^{1/9} is the argument of the quantile in line 3."""
    return defined_as("(1 + a*e2*k + phi/c*a_root*k)/2", f"1/2 + ({c_bar})*k")


CORRECTION_5 = "phi is taken at Q(1/2 + C_bar eps_cr^(1/9)), the quantile, and not at its argument"


def line_5(right: Line = LINES[5], mended: Line = at_the_quantile) -> Decision:
    """Decide line 5 against line 4."""
    most = number(Fraction(9, 5))
    v = number(V_TOP)
    small = prove_less(density(LEAST_DELTA) / LEAST_DELTA * (2 * (cosh(v) - 1) + v), Fraction(1, 5))
    room = prove_less(1 / (4 * PI) + most**2 / 40, Fraction(1, 6))
    return decide_line(
        LINES[4],
        right,
        (
            Argued(
                "Q(1/2 + t) = t/phi(z) with z between 0 and Q(1/2 + t), which is greater than t; at"
                " c/k = eps_cr, t = C_bar eps_cr^(1/9), it says q <= t/phi(t), q = Q(1/2 + t):"
                " false while q < 9/5, and q < 9/5, as t < 1/10",
                f"{ARGUMENT}, step 7",
            ),
            Proved("1/(4 pi) + q^2/40 < 1/6 at q = 9/5", room),
            Proved("2t < 1/5, by (phi(Delta)/Delta)(2(cosh v - 1) + v), v = 22/25", small),
            Argued(
                "corrected: t >= q phi(q) >= q phi(q_cr), q_cr the quantile at eps_cr, since phi"
                " falls",
                f"{ARGUMENT}, step 8",
            ),
            turn_is_early(),
            decided_everywhere("chain to C2, line 5"),
        ),
        (Fraction(1), Fraction(1, 1000)),
        (mended, CORRECTION_5),
        (room.certificate(), small.certificate()),
    )


def line_6(c2: str = "c_bar**2/phi_at**2") -> Decision:
    """Decide whether line 5 is C₂κ^{2/9}, and give the values of C₂."""
    decision = defined_as("(c_bar*k/phi_at)**2", f"({c2})*k**2")
    if decision.verdict is not CERTIFIED:
        return decision
    return Decision(CERTIFIED, decision.finding, (*decision.lines, *c2_values()))


CLAIMS = (
    Claim(
        id="c2-chain-1",
        where="Appendix B, chain to C₂",
        printed="g(κ̂)²/(1 + g(κ̂)²) ≤ Q(½(1 + κ + l(κ)φ(Δ) + l(κ + l(κ)φ(Δ))φ(Δ)))², κ̂ = κ +"
        " l(κ)φ(Δ)",
        latex=r"\frac{g(\hat\kappa)^2}{1 + g(\hat\kappa)^2} \le \Phi^{-1}\left(\tfrac12\left(1 +"
        r" \kappa + l(\kappa)\varphi(\Delta) + l(\kappa + l(\kappa)\varphi(\Delta))"
        r"\varphi(\Delta)\right)\right)^2",
        hypotheses="Δ ≥ 3/2, 0 < κ = c/k ≤ ε_cr, printed or true",
        method="monotonicity step by step; the domain by a bound of l(ε̂_cr)Δ; points",
        check=line_1,
        seeded=(
            Seeded(
                "a sign before the last term",
                lambda: line_1(after(lambda s: s.estimate - s.radius(s.estimate) * s.phi)),
            ),
        ),
    ),
    Claim(
        id="c2-chain-2",
        where="Appendix B, chain to C₂",
        printed="≤ Q(½(1 + A κ^{1/3} + l(A κ^{1/3})φ(Δ)))², A = ε_cr^{2/3} + φ(Δ)/C^{1/3}",
        latex=r"\le \Phi^{-1}\left(\tfrac12\left(1 + A\sqrt[3]{\kappa} + l(A\sqrt[3]{\kappa})"
        r"\varphi(\Delta)\right)\right)^2, \quad A = \varepsilon_{cr}^{2/3} +"
        r" \frac{\varphi(\Delta)}{\sqrt[3]{C}}",
        hypotheses="Δ ≥ 3/2, 0 < κ = c/k ≤ ε_cr, printed or true",
        method="monotonicity step by step; points",
        check=line_2,
        seeded=(
            Seeded(
                "the addend eps_cr^(2/3) of A dropped under l",
                lambda: line_2(
                    after(
                        lambda s: (
                            s.a * root(s.k, 3)
                            + s.radius(s.phi / s.c_root * root(s.k, 3)) * s.phi / 2
                        )
                    )
                ),
            ),
        ),
        rests_on=("c2-chain-1", "lemma-6", "lemma-6-cube-root", "c2-mass-step"),
    ),
    Claim(
        id="c2-chain-3",
        where="Appendix B, chain to C₂",
        printed="≤ Q(½(1 + A ε_cr^{2/9} κ^{1/9} + (φ(Δ)/C^{1/3}) A^{1/3} κ^{1/9}))²,"
        " A = ε_cr^{2/3} + φ(Δ)/C^{1/3}",
        latex=r"\le \Phi^{-1}\left(\tfrac12\left(1 + A\varepsilon_{cr}^{2/9}\sqrt[9]{\kappa} +"
        r" \frac{\varphi(\Delta)}{\sqrt[3]{C}}A^{1/3}\sqrt[9]{\kappa}\right)\right)^2",
        hypotheses="Δ ≥ 3/2, 0 < κ = c/k ≤ ε_cr, printed or true",
        method="exact points; d(x)/x³ falls; balls over an interval that holds ε_cr(2)",
        check=line_3,
        seeded=(
            Seeded("the corrected line in its place", lambda: line_3(after_c_of_estimate)),
            Seeded("C not corrected in the correction", lambda: line_3(mended=LINES[3])),
        ),
        rests_on=("c2-chain-2", "lemma-6"),
    ),
    Claim(
        id="c2-chain-4",
        where="Appendix B, chain to C₂",
        printed="=: Q(½ + C̄ κ^{1/9})², C̄ = A ε_cr^{2/9}/2 + φ(Δ) A^{1/3}/(2C^{1/3})",
        latex=r"=: \Phi^{-1}\left(\tfrac12 + \bar C\sqrt[9]{\kappa}\right)^2, \quad \bar C ="
        r" A\frac{\varepsilon_{cr}^{2/9}}{2} + \frac{\varphi(\Delta)}{2\sqrt[3]{C}}A^{1/3}",
        hypotheses="0 < κ = c/k ≤ ε_cr",
        method="exact algebra in the roots",
        check=line_4,
        seeded=(
            Seeded("a factor 1/2 dropped", lambda: line_4(C_BAR.replace("(2*c)", "c"))),
            Seeded("a sign", lambda: line_4(C_BAR.replace("+", "-"))),
        ),
        rests_on=("c2-chain-3",),
    ),
    Claim(
        id="c2-chain-5",
        where="Appendix B, chain to C₂",
        printed="Q(½ + C̄κ^{1/9})² ≤ (C̄κ^{1/9}/φ(C̄ε_cr^{1/9}))²",
        latex=r"\Phi^{-1}\left(\tfrac12 + \bar C\sqrt[9]{\kappa}\right)^2 \le \left(\frac{\bar C"
        r"\sqrt[9]{\kappa}}{\varphi(\bar C\sqrt[9]{\varepsilon_{cr}})}\right)^2",
        hypotheses="Δ ≥ 3/2, 0 < κ = c/k ≤ ε_cr, printed or true",
        method="exact points; balls over a range of t; the mean value theorem",
        check=line_5,
        seeded=(
            Seeded("phi at the quantile", lambda: line_5(at_the_quantile)),
            Seeded("phi at the argument in the correction", lambda: line_5(mended=LINES[5])),
        ),
        rests_on=("c2-chain-4",),
    ),
    Claim(
        id="c2-chain-6",
        where="Appendix B, chain to C₂",
        printed="= C̄²/φ(C̄ε_cr^{1/9})² κ^{2/9} =: C₂ κ^{2/9}",
        latex=r"= \frac{\bar C^2}{\varphi(\bar C\sqrt[9]{\varepsilon_{cr}})^2}\kappa^{2/9} =:"
        r" C_2(\Delta)\kappa^{2/9}",
        hypotheses="0 < κ = c/k ≤ ε_cr",
        method="exact algebra in the roots; values of C₂ by balls",
        check=line_6,
        seeded=(Seeded("a dropped square", lambda: line_6("c_bar**2/phi_at")),),
        rests_on=("c2-chain-5",),
    ),
)
