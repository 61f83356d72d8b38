"""The chain to C₂, line 5: Φ⁻¹(½ + t) ≤ t/φ(·), where the argument of φ matters."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import PI, density, number, prove_less
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_5.early_turn import LEAST_DELTA, STATEMENT, V_TOP, cosh
from proofs_check.claims.sb_lemma_6.small_mass import LINES, Line, at_the_quantile, decide_line
from proofs_check.claims.shared.every_delta import decided_everywhere

CORRECTION = "phi is taken at Q(1/2 + C_bar eps_cr^(1/9)), the quantile, and not at its argument"


def check(right: Line = LINES[5], mended: Line = at_the_quantile) -> Decision:
    """Decide line 5 against line 4."""
    most = number(Fraction(9, 5))
    v = number(V_TOP)
    small = prove_less(density(LEAST_DELTA) / LEAST_DELTA * (2 * (cosh(v) - 1) + v), Fraction(1, 5))
    room = prove_less(1 / (4 * PI) + most**2 / 40, Fraction(1, 6))
    return decide_line(
        LINES[4],
        right,
        (
            "Q(1/2 + t) = t/phi(z) with z between 0 and Q(1/2 + t), which is greater than t",
            "at c/k = eps_cr, t = C_bar eps_cr^(1/9), it says q <= t/phi(t), q = Q(1/2 + t): false"
            " while q < 9/5, as sqrt(2 pi) t <= q - q^3/6 + q^5/40 < q(1 - q^2/(4 pi)) <="
            " sqrt(2 pi) q phi(t); the middle step is 1/(4 pi) + q^2/40 < 1/6",
            "and q < 9/5, as t < 1/10: 2t = e' + phi(Delta)(e'/C)^(1/3) <= e' + phi(Delta) l(e') <"
            " 1/5, e' = eps_cr + l(eps_cr) phi(Delta), by the bounds of lines 1 and 3",
            "corrected: t >= q phi(q) >= q phi(q_cr), q_cr the quantile at eps_cr, since phi falls",
            STATEMENT,
            f"second route: {decided_everywhere('chain to C2, line 5')}",
        ),
        (Fraction(1), Fraction(1, 1000)),
        (mended, CORRECTION),
        (room.certificate(), small.certificate()),
    )


CLAIM = Claim(
    id="c2-chain-5",
    where="Appendix B, chain to C₂",
    printed="Q(½ + C̄κ^{1/9})² ≤ (C̄κ^{1/9}/φ(C̄ε_cr^{1/9}))²",
    latex=r"\Phi^{-1}\left(\tfrac12 + \bar C\sqrt[9]{\kappa}\right)^2 \le \left(\frac{\bar C"
    r"\sqrt[9]{\kappa}}{\varphi(\bar C\sqrt[9]{\varepsilon_{cr}})}\right)^2",
    hypotheses="Δ ≥ 3/2, 0 < κ = c/k ≤ ε_cr, printed or true",
    method="exact points; balls over a range of t; the mean value theorem",
    check=check,
    seeded=(
        Seeded("phi at the quantile", lambda: check(at_the_quantile)),
        Seeded("phi at the argument in the correction", lambda: check(mended=LINES[5])),
    ),
    rests_on=("c2-chain-4",),
)
