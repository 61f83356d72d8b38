"""Section I: a small fraction of corrupted clients can outnumber a component of the mixture."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved, less
from proofs_check.audit.verdict import CERTIFIED, Decision


def check(k: int = 100, c: Fraction = Fraction(2)) -> Decision:
    """Decide it for k components of m clients each and cm corrupted ones, in expectation."""
    share = c / (k + c)
    return Decision(
        CERTIFIED,
        "true exactly where c > 1: cm corrupted clients against m of each component, a share"
        " c/(k + c) of all that may be close to 1/k",
        (
            Proved(
                f"k = {k}, c = {c}: share {share} < 1/20, and c m > m",
                less(share, Fraction(1, 20)),
                less(1, c),
            ),
        ),
    )


CLAIM = Claim(
    id="corrupted-outnumber",
    where="I; V",
    printed="even when the corrupted clients are a small fraction of all clients, they can be more"
    " numerous than one of the components",
    latex=r"\tfrac{c}{k+c} \ll 1 \quad\text{and}\quad cm > m",
    hypotheses="(k + c)m clients, each corrupted with probability c/(k + c); expected numbers",
    method="exact arithmetic",
    check=check,
    seeded=(Seeded("c = 1/2", lambda: check(c=Fraction(1, 2))),),
)
