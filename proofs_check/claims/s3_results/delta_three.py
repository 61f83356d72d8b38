"""Section III: there is little difference in the bound for Δ ≥ 3."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.exact import to_ball
from bounds.certify.inequalities import density, exp, number, prove_less
from bounds.certify.numbers.precision import working_precision
from bounds.critical import eps_cr
from bounds.critical.large_delta import critical_slices
from bounds.upper.constant import PRINTED_EPS_CR
from bounds.upper.over_slices import c1
from bounds.upper.prices import elongation_price
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved, less
from proofs_check.audit.verdict import CERTIFIED, Decision, Reading
from proofs_check.claims.s3_results.figure_1b import far_bound
from proofs_check.claims.sb_lemma_5.early_turn import V_TOP, proof
from proofs_check.claims.shared.upper_bound import far_term_falls, price_grows, price_term


def check(little: Fraction = Fraction(3, 1000), start: Fraction = Fraction(3)) -> Decision:
    """Decide 0 < C₀κ + C₁ − κ < little for all κ ≤ 1 and all Δ ≥ start.

    C₀ decreases, and C₁ ≤ g² ≤ (φ(start)/start)²G² with a bound of G on slices: by early_turn
    g ≤ (φ(Δ)/Δ)(e^v − 1)/(2φ(g)) with v < 22/25 and g < 4/25.
    """
    g = density(start) / start * (exp(number(V_TOP)) - 1) / (2 * density(Fraction(4, 25)))
    drawn = prove_less(1 / price_term(start) - 1 + g**2, number(little))
    far = prove_less(far_bound(start), Fraction(1, 1000))
    with working_precision(96):
        most = 1 / elongation_price(to_ball(start)) - 1
        late = [part for part in critical_slices() if part.high is None or part.high > start]
        below = [less(most + c1(part), little) for part in late]
    return Decision(
        CERTIFIED,
        f"for every Delta >= {start} and 0 < c/k <= 1 the bound C0 c/k + C1 is between c/k and c/k"
        f" + {little}; with the far term that both cases need, at most 1/1000 more",
        (
            price_grows(),
            Proved(
                f"C0 - 1 at Delta = {start}, where it is greatest, and C1 add up to less than"
                f" {little} on every slice of Delta from {start} on, with the true eps_cr; the"
                " printed ones are smaller, and the loss increases",
                below,
                (less(printed, eps_cr(d, 6).eps) for d, printed in PRINTED_EPS_CR.items()),
            ),
            Proved(
                f"second route: C1 <= g^2 <= ((phi(Delta)/Delta)(e^(22/25) - 1)/(2 phi(4/25)))^2,"
                f" by early_turn: {drawn}",
                drawn,
            ),
            far_term_falls(),
            Proved(f"the far term at Delta = {start}: {far}", far),
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
    beside="figure-1b",
    seeded=(
        Seeded("less than 2/1000", lambda: check(little=Fraction(2, 1000))),
        Seeded("Delta >= 2", lambda: check(start=Fraction(2))),
    ),
    rests_on=("c0-limit", "c1-small", "far-term"),
)
