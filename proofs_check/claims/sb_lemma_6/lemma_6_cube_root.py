"""Theorem 2: Lemma 6 as it is used, l(c/k) ≤ ∛(c/kC)."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.verdict import Decision, Reading
from proofs_check.claims.sb_lemma_6.small_mass import decide_line, lemma_6, ratio_certificate, root

_PARTS = (Fraction(1, 2), Fraction(1, 1000))


def check(parts: int = 3) -> Decision:
    """Decide both readings of c/kC, with the root of the given order."""
    over = decide_line(
        lambda s: s.radius(s.k),
        lambda s: root(s.k, parts) / s.c_root,
        ("Lemma 6 at eps = c/k", *lemma_6()),
        _PARTS,
        certificates=(ratio_certificate(),),
    )
    times = decide_line(lambda s: s.radius(s.k), lambda s: root(s.k, parts) * s.c_root, (), _PARTS)
    readings = (
        Reading("c/(kC)", over.verdict, over.finding, needed=True),
        Reading("(c/k)C", times.verdict, times.evidence[0]),
    )
    return Decision(over.verdict, over.finding, over.lines, readings, over.certificates)


CLAIM = Claim(
    id="lemma-6-cube-root",
    where="Appendix B, before the chain to C₂",
    printed="l(c/k) ≤ ∛(c/kC)",
    latex=r"l(c/k) \le \sqrt[3]{c/kC}",
    hypotheses="Δ ≥ 3/2, c/k ≤ ε_cr, printed or true; both readings of c/kC",
    method="Lemma 6; points",
    check=check,
    seeded=(Seeded("square root in place of the cube root", lambda: check(2)),),
    rests_on=("lemma-6",),
)
