"""Lemma 5: the first and the second derivative of g²/(1 + g²) along ε̂, as displayed."""

from __future__ import annotations

from proofs_check.audit.calculus import functions_equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Fact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision
from proofs_check.claims.sb_lemma_5.lemma_5_lines import LINES

FIRST = ("outer*dG", "dG/(1 + g**2)**2")
"""`outer` is the derivative of 1 − 1/(1 + t) at t = g²."""

SECOND = LINES[0].text


def check(first: tuple[str, ...] = FIRST, second: str = SECOND) -> Decision:
    """Decide whether the displayed expressions are the two derivatives along ε."""
    import sympy as sp

    from proofs_check.claims.sb_lemma_5.lemma_5 import G, along, read
    from proofs_check.claims.sb_lemma_5.lemma_5_step import values_beside

    t = sp.Symbol("t", positive=True)
    outer = sp.diff(1 - 1 / (1 + t), t).subs(t, G**2)
    slope = along(G**2 / (1 + G**2))
    evidence: list[Fact] = []
    for order, text in (*((1, form) for form in first), (2, second)):
        expression = read(text).subs(sp.Symbol("outer"), outer)
        apart, shown = values_beside(expression, order)
        if apart is not None:
            differs = Proved(shown, apart)
            return Decision(REFUTED, f"{text} is not derivative {order}", (differs,))
        evidence.append(
            Exact(
                f"{text} is derivative {order} identically (chain rule); {shown}",
                functions_equal(expression, slope if order == 1 else along(slope)),
            )
        )
    return Decision(CERTIFIED, "both derivatives are as displayed", tuple(evidence))


CLAIM = Claim(
    id="loss-derivatives",
    where="Appendix B, proof of Lemma 5",
    printed="(g²/(1+g²))′ = d/d(g²)[1 − 1/(1+g²)]·(g²)′ = (g²)′/(1+g²)²; "
    "(g²/(1+g²))″ = ((1+g²)(g²)″ − 2((g²)′)²)/(1+g²)³, g = g(ε̂), primes along ε",
    latex=r"\frac{d}{d\varepsilon}\frac{g^2}{1+g^2} = \frac{d}{d(g^2)}\left[1 - \frac{1}{1+g^2}"
    r"\right](g^2)' = \frac{(g^2)'}{(1+g^2)^2}, \quad"
    r" \frac{d}{d\varepsilon}\frac{(g^2)'}{(1+g^2)^2} ="
    r" \frac{(1+g^2)(g^2)'' - 2(g^2)'^2}{(1+g^2)^3}",
    hypotheses="0 < ε < ε_max; primes of g(ε̂)² are derivatives in ε",
    method="exact algebra over the chain rule; Taylor arithmetic at points",
    check=check,
    seeded=(
        Seeded("a dropped square in the first", lambda: check((FIRST[1].replace(")**2", ")"),))),
        Seeded(
            "a dropped square in the second", lambda: check(second=SECOND.replace("dG**2", "dG"))
        ),
    ),
    rests_on=("l-prime", "g-prime", "g-second"),
)
