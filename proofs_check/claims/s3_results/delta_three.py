"""Section III: there is little difference in the bound for Δ ≥ 3."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import Proved, decide_less, density, exp, number
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, INCONCLUSIVE, Decision, Reading
from proofs_check.claims.s3_results.figure_1b import far_bound
from proofs_check.claims.sb_lemma_5.early_turn import STATEMENT, V_TOP, proof
from proofs_check.claims.shared.upper_bound import price_term


def check(little: Fraction = Fraction(3, 1000), start: Fraction = Fraction(3)) -> Decision:
    """Decide 0 < C₀κ + C₁ − κ < little for all κ ≤ 1 and all Δ ≥ start.

    C₀ decreases. C₁ ≤ g², and g ≤ (φ(Δ)/Δ)(e^v − 1)/(2φ(g)) with v < 22/25 and g < 4/25
    (`proofs_check.claims.sb_lemma_5.early_turn`), which decreases too.
    """
    g = density(start) / start * (exp(number(V_TOP)) - 1) / (2 * density(Fraction(4, 25)))
    drawn = decide_less(1 / price_term(start) - 1 + g**2, number(little))
    far = decide_less(far_bound(start), Fraction(1, 1000))
    if not (isinstance(drawn, Proved) and isinstance(far, Proved)):
        return Decision(INCONCLUSIVE, "not proved with these numbers", (str(drawn), str(far)))
    return Decision(
        CERTIFIED,
        f"for every Delta >= {start} and 0 < c/k <= 1 the bound C0 c/k + C1 is between c/k and c/k"
        f" + {little}; with the far term that both cases need, at most 1/1000 more",
        (
            f"at Delta = {start}, and C0 and the bound on C1 decrease: {drawn}",
            f"C1 <= g^2 <= ((phi(Delta)/Delta)(e^(22/25) - 1)/(2 phi(4/25)))^2: {STATEMENT}",
            f"the far term at t = 3 Delta/2 decreases (figure-1b): {far}",
        ),
        (
            Reading("C0 c/k + C1, as printed", CERTIFIED, f"within {little} of c/k"),
            Reading("with the far term", CERTIFIED, "within 4/1000 of c/k", needed=True),
        ),
        (drawn.certificate(), far.certificate(), *proof()),
    )


CLAIM = Claim(
    id="delta-three",
    where="III",
    printed="there is little difference in the bound for Δ ≥ 3 (decided with: less than 3/1000)",
    latex=r"\left|C_0(\Delta)\tfrac ck + C_1(\Delta) - \tfrac ck\right| < \tfrac{3}{1000}"
    r"\quad (\Delta \ge 3)",
    hypotheses="0 < c/k ≤ 1, C₀ from the main text's price; the printed or the true ε_cr",
    method="monotone in Δ; one exact comparison at Δ = 3",
    check=check,
    seeded=(
        Seeded("less than 2/1000", lambda: check(little=Fraction(2, 1000))),
        Seeded("Delta >= 2", lambda: check(start=Fraction(2))),
    ),
    rests_on=("c0-limit", "c1-small", "far-term"),
)
