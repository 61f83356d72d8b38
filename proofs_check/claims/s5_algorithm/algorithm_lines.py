"""Lemmas 3 and 4: ε̃ is set in Algorithm 1, lines 10-12."""

from __future__ import annotations

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved, less
from proofs_check.audit.verdict import CERTIFIED, REPAIRED, Decision
from proofs_check.claims.s5_algorithm.listing import SETS


def check(first: int = 10, last: int = 12) -> Decision:
    """Decide whether the lines cited set the estimate."""
    sets = [SETS[line] for line in range(first, last + 1) if line in SETS]
    (home,) = (line for line, name in SETS.items() if name == "eps~_c")
    told = f"lines {first} to {last} set {', '.join(sets)}"
    inside = first <= home <= last
    place = less(first - 1, home) if inside else less(last, home)
    return Decision(
        CERTIFIED if inside else REPAIRED,
        "the estimate is set in line 15, from lines 11 to 13",
        (Proved(told, place),),
    )


CLAIM = Claim(
    id="algorithm-lines",
    where="V, Lemmas 3 and 4",
    printed="ε̃_i is the server's estimate (see Algorithm 1, lines 10-12)",
    latex=r"\tilde\varepsilon_i \text{ (see Algorithm 1, lines 10–12)}",
    hypotheses="the lines as numbered in the paper",
    method="the listing",
    check=check,
    seeded=(Seeded("lines 11-15", lambda: check(11, 15)),),
)
