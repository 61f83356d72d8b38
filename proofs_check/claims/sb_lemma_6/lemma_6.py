"""Lemma 6: l(ε) ≤ (ε/C)^{1/3} up to ε_cr."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_6.small_mass import decide_line, lemma_6, ratio_certificate, root


def check(parts: int = 3) -> Decision:
    """Decide l(ε) ≤ (ε/C)^{1/parts}, C = ε_cr/l(ε_cr)^parts."""
    return decide_line(
        lambda s: s.radius(s.k),
        lambda s: root(s.k / s.e, parts) * s.radius(s.e),
        lemma_6(),
        (Fraction(1, 2), Fraction(1, 1000)),
        certificates=(ratio_certificate(),),
    )


CLAIM = Claim(
    id="lemma-6",
    where="Appendix B, Lemma 6",
    printed="l(ε) ≤ (ε/C)^{1/3} for all ε ≤ ε_cr, C = ε_cr/f⁻¹(ρ − ε_cr)³",
    latex=r"l(\varepsilon) \le \sqrt[3]{\varepsilon/C} \;\forall \varepsilon \le \varepsilon_{cr},"
    r" \quad C = \frac{\varepsilon_{cr}}{f^{-1}(\rho - \varepsilon_{cr})^3}",
    hypotheses="Δ ≥ 3/2; ε_cr as printed or the true one",
    method="d(x)/x³ falls, by a power series; a bound of l(ε_cr)Δ for all Δ ≥ 3/2; points",
    check=check,
    seeded=(Seeded("square root in place of the cube root", lambda: check(2)),),
    rests_on=("lemma-6-choice",),
)
