"""Section II: the objective K(m), an average over the uncorrupted clients."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading


def check(c: Fraction = Fraction(1), clients: int = 2) -> Decision:
    """Decide whether |U| > 0 always, for k = 1 and the given c and number of clients."""
    empty = (c / (1 + c)) ** clients
    if empty == 0:
        return Decision(CERTIFIED, "no client is corrupted", (Exact("U is everyone", empty),))
    return Decision(
        REPAIRED,
        "the average needs a value where U is empty, which has the probability (c/(k +"
        " c))^((k+c)m): count it as 0, or condition on U not being empty; in the limit of large m"
        " both are the same. In the sum mu_i is the mean of the component of client i, and (k + c)m"
        " must be a whole number",
        (
            Proved(
                f"witness: k = 1, c = {c}, {clients} clients: U is empty with probability {empty},"
                " and 1/|U| does not exist",
                less(0, empty),
            ),
            Proved(
                "c/(k + c) < 1, so the probability tends to 0 as m grows", less(c / (1 + c), 1)
            ),
        ),
        readings=(
            Reading("as printed, for every m", REFUTED, "the average over no client"),
            Reading("0 where U is empty, or given that it is not", CERTIFIED, "defined",
                    needed=True),
        ),
    )  # fmt: skip


CLAIM = Claim(
    id="objective",
    where="II",
    printed="K(m) = min max E[(1/|U|) Σ_{i ∈ U} (μ_i − C(X_i, S({X_i})))²]",
    latex=r"K(m) := \min_{\mathcal{S}, \mathcal{C}} \max_{\mathcal{A}, \{\mu_i\}}"
    r" \mathbb{E}\left[\frac{1}{|U|} \sum_{i \in U} (\mu_i - \mathcal{C}(X_i,"
    r" \mathcal{S}))^2\right]",
    hypotheses="each of (k + c)m clients is corrupted with probability c/(k + c), independently; c"
    " > 0",
    method="exact probability of an empty U",
    check=check,
    seeded=(Seeded("c = 0", lambda: check(Fraction(0))),),
)
