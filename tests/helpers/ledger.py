"""The ids of the ledger of claims; a chain stands for its numbered lines."""

import re

_ROWS = """
    density-integral attack-density reported-mixture min-fisher van-trees no-collaboration
    gap-factor h-inflection h-derivative kkt hessian-formula hessian-sign local-maxima
    equal-split-value integer-relaxation theorem-1 non-clique-cost separation filter-radius
    median-quantiles worst-truncation genuine-count eps-hat-chain lemma-3 lemma-4 weights-optimal
    algorithm-1-count algorithm-2-domain l-prime g-prime g-second loss-derivatives lemma-5-chain
    lemma-5-criterion lemma-5-monotone lemma-5-convexity eps-cr-2 eps-cr-3 eps-cr-4 taylor-f lemma-6
    c2-chain c2-bound c2-small full-investment c0-limit c1-small concave-adversary convex-adversary
    upper-majorant far-sample far-term collaboration-helps figure-1a figure-1b theorem-2
"""
ROWS = frozenset(_ROWS.split())


def row_of(name: str) -> str:
    """The row of a claim: lemma-5-chain for lemma-5-chain-3."""
    chain = re.sub(r"(-chain)-\w+$", r"\1", name)
    return chain if chain in ROWS else name
