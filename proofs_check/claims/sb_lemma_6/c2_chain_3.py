"""The chain to C₂, line 3: Lemma 6 under the second l, where it does not reach."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.exact import show_exact
from bounds.certify.inequalities import prove_less, variable
from bounds.functions.terms import filter_radius, mass_estimate
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_5.early_turn import STATEMENT
from proofs_check.claims.sb_lemma_6.small_mass import (
    LINES,
    Line,
    after_c_of_estimate,
    decide_line,
    ratio_falls,
    root,
    true_range,
)
from proofs_check.claims.shared.every_delta import decided_everywhere

CORRECTION = (
    "C' = e'/l(e')^3, e' = eps_cr + l(eps_cr) phi(Delta), in place of C beside A^(1/3), where"
    " Lemma 6 is used up to e'"
)


def check(right: Line = LINES[3], mended: Line = after_c_of_estimate) -> Decision:
    """Decide line 3 against line 2."""
    text, certificate = ratio_falls()
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
            "Lemma 6 holds up to eps_cr, but the line uses it at A (c/k)^(1/3), which reaches e' ="
            " eps_cr + l(eps_cr) phi(Delta) > eps_cr",
            "at c/k = eps_cr the line says l(e') <= (e'/C)^(1/3), that is d(y)/y^3 >= d(x)/x^3 for"
            f" y = l(e') > x = l(eps_cr): false for every Delta >= 3/2, as {text}",
            f"witness Delta = 2, for every eps_cr in [{show_exact(low)}, {show_exact(high)}], the"
            " true one among them: l(e') > (e'/C)^(1/3)",
            "with C' Lemma 6 reaches e', as l(e') Delta < 22/25 <= 5/2, and c/k^(1/3) <="
            " eps_cr^(2/9) (c/k)^(1/9)",
            STATEMENT,
            f"second route: {decided_everywhere('chain to C2, line 3')}",
        ),
        (Fraction(1, 2), Fraction(1, 1000)),
        (mended, CORRECTION),
        (certificate, at_true.certificate()),
    )


CLAIM = Claim(
    id="c2-chain-3",
    where="Appendix B, chain to C₂",
    printed="≤ Q(½(1 + A ε_cr^{2/9} κ^{1/9} + (φ(Δ)/C^{1/3}) A^{1/3} κ^{1/9}))²,"
    " A = ε_cr^{2/3} + φ(Δ)/C^{1/3}",
    latex=r"\le \Phi^{-1}\left(\tfrac12\left(1 + A\varepsilon_{cr}^{2/9}\sqrt[9]{\kappa} +"
    r" \frac{\varphi(\Delta)}{\sqrt[3]{C}}A^{1/3}\sqrt[9]{\kappa}\right)\right)^2",
    hypotheses="Δ ≥ 3/2, 0 < κ = c/k ≤ ε_cr, printed or true",
    method="exact points; d(x)/x³ falls; balls over an interval that holds ε_cr(2)",
    check=check,
    seeded=(
        Seeded("the corrected line in its place", lambda: check(after_c_of_estimate)),
        Seeded("C not corrected in the correction", lambda: check(mended=LINES[3])),
    ),
    rests_on=("c2-chain-2", "lemma-6"),
)
