"""Appendix B, after Lemma 5: below ε_cr the limit of K(m) is at most the loss at c/k."""

from __future__ import annotations

from fractions import Fraction

from bounds.inequalities import Proved, decide_less, loss
from proofs_check.calculus import shown
from proofs_check.registry import Claim, Seeded
from proofs_check.upper_bound import critical_between, lone_far_term
from proofs_check.verdict import GAP, INCONCLUSIVE, Decision


def check(kappa: Fraction = Fraction(1, 10**6), delta: Fraction = Fraction(2)) -> Decision:
    """Compare the loss at κ < ε_cr with what far clients lose when nobody attacks."""
    outcome = decide_less(loss(kappa, delta), lone_far_term(delta))
    if not (isinstance(outcome, Proved) and kappa < critical_between(delta)[0]):
        return Decision(INCONCLUSIVE, "no witness", (str(outcome),))
    return Decision(
        GAP,
        "the argument bounds the error of near clients alone: far clients of Algorithms 1 and 2"
        " lose more than this bound even without an attack. Theorem 2 adds a term for them here,"
        " and none above eps_cr (far-term); and the even split is not the best attack up to eps_cr"
        " (concave-adversary). K_infinity itself is a minimum over all algorithms, and not decided",
        (
            f"witness: Delta = {delta}, c/k = {kappa}: the loss is below E[z^2; |z| >= 3 Delta/2]:"
            f" {shown(outcome)}",
        ),
        certificates=(outcome.certificate(),),
    )


CLAIM = Claim(
    id="even-attack-bound",
    where="Appendix B, after Lemma 5",
    printed="lim K(m) ≤ g(c/k + l(c/k)φ(Δ))²/(1 + g(c/k + l(c/k)φ(Δ))²) for c/k < ε_cr",
    latex=r"\lim_{m \to \infty} K(m) \le \frac{g\left(\frac ck + l(\frac"
    r" ck)\varphi(\Delta)\right)^2}{1 + g\left(\frac ck + l(\frac ck)\varphi(\Delta)\right)^2}",
    hypotheses="D ≥ 9Δ, Δ > 1.5, c/k < ε_cr, the true one",
    method="the loss of far clients without attack, at an exact point",
    check=check,
    seeded=(Seeded("c/k above eps_cr", lambda: check(Fraction(1, 2))),),
    rests_on=("combined-bound", "concave-adversary"),
)
