"""Section IV: K(m) is at least the best split of the budget among the components.

In words:

1. Own samples, and 0 where U is empty, give K(m) ≤ P(U is not empty): each client errs by 1 on
   average.
2. Labels given away: a minimum over more algorithms is at most that over fewer; the labels split
   the problem into components, whose means may lie anywhere.
3. A client of component i that knows ε_i and μ′_i has only its own sample and the interval: its
   worst error is at least R(ε_i) ≥ h(ε_i) (van-trees). In the limit |U|/m tends to k, so the
   factor 1/|U| costs nothing; at a given m it costs what `bounds.lower.finite` takes off.
"""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import PI, number, prove_less
from bounds.lower import lower_bound
from proofs_check.audit.calculus import shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved
from proofs_check.audit.verdict import (
    CERTIFIED,
    GAP,
    REFUTED,
    REPAIRED,
    Decision,
    Reading,
)

_LARGE = 10**6


def check(c: Fraction = Fraction(2), clients: int = 1) -> Decision:
    """Decide K(m) ≥ max (1/k) Σ h(ε_i) for k = 1 and the given number of clients."""
    value = number(c * c) / (c * c + 2 * PI)  # h(c), the only split
    most = number(1 - (c / (1 + c)) ** clients)  # own samples; 0 where U is empty
    proof = prove_less(most, value)
    at_large = lower_bound(1, c, "corrected", 6, m=_LARGE)
    limit = lower_bound(1, c, "corrected", 6)
    return Decision(
        REPAIRED,
        "lim inf K(m) >= max (1/k) sum h(eps_i); at a given m the factor 1/|U| costs what"
        " bounds.lower_bound(k, c, m=m) takes off: |U| depends on the same coin tosses as the"
        " reports",
        (
            Proved(
                f"witness: k = 1, c = {c}, {clients} client (m = {clients / (1 + c)}), the"
                f" objective 0 where U is empty: P(U not empty) is below h(c): {shown(proof)}",
                proof,
            ),
            Argued("own samples give K(m) <= P(U not empty)", f"{__name__}, step 1"),
            Argued(
                "labels given away: a minimum over more algorithms is at most that over fewer; the"
                " labels split the problem into components, whose means may lie anywhere",
                f"{__name__}, step 2",
            ),
            Argued(
                "a client of component i that knows eps_i and mu_i' has only its own sample and the"
                " interval: its worst error is at least R(eps_i) >= h(eps_i) (van-trees)",
                f"{__name__}, step 3",
            ),
            f"second route, k = 1, c = {c}: K(m) >= {at_large.value} at m = {_LARGE}, with the"
            f" factor 1/|U|, and {limit.value} in the limit",
        ),
        (
            Reading("for every m, 0 where U is empty", REFUTED, "false for one client"),
            Reading("for every m, given that U is not empty", GAP,
                    "the reports given |U| are not draws from the mixture that hides the means"
                    " (reported-mixture); not decided"),
            Reading("in the limit of large m", CERTIFIED, "true", needed=True),
        ),
        (proof.certificate(),),
    )  # fmt: skip


CLAIM = Claim(
    id="lower-bound-reduction",
    where="IV; Appendix A",
    printed="K(m) ≥ max over ε_i ≥ 0, Σ ε_i ≤ c of (1/k) Σ h(ε_i)",
    latex=r"K(m) \ge \max_{\{\varepsilon_i \ge 0\}: \sum \varepsilon_i \le c} \frac1k"
    r" \sum_{i \in [k]} h(\varepsilon_i)",
    hypotheses="the problem of Section II; the adversary of Section IV",
    method="an exact witness with one client; the bound at a given m, certified",
    check=check,
    seeded=(Seeded("two clients in the witness", lambda: check(clients=2)),),
    rests_on=("objective", "reported-mixture", "van-trees"),
)
