"""Lemma 5: there is an ε_cr beyond which the second derivative is positive."""

from __future__ import annotations

from fractions import Fraction

from bounds.critical import NoCriticalValue
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.sb_lemma_5.domain_end import decide_convexity, first_turn, shape

_NONE = Fraction(1, 2)
"""A Δ without any ε_cr."""


def check(delta: Fraction = Fraction(2)) -> Decision:
    """Decide whether the second derivative is positive from some ε_cr on, with Δ of the witness."""
    try:
        turn = first_turn(delta)
    except NoCriticalValue as reason:
        none = Proved(str(reason), less(len(shape(delta).points), 1))
        return Decision(REFUTED, str(reason), (none,))
    to_the_end = decide_convexity(delta, anew=False)
    evidence = (turn, *to_the_end.lines)
    try:
        first_turn(_NONE)
    except NoCriticalValue as reason:
        evidence = (*evidence, str(reason))
    readings = (
        Reading(
            "an eps_cr < eps_max, and positive from there to eps_max",
            REFUTED,
            "the second derivative is negative next to eps_max",
            needed=True,
        ),
        Reading(
            "an eps_cr < rho, as printed",
            CERTIFIED,
            "empty: any eps_cr in [eps_max, rho) will do, as no eps beyond it has a loss",
        ),
    )
    finding = (
        "for every Delta >= 1.47736: positive from eps_cr to the second inflection, and negative"
        " from there to eps_max"
    )
    return Decision(REPAIRED, finding, evidence, readings, to_the_end.certificates)


CLAIM = Claim(
    id="lemma-5-existence",
    where="Appendix B, proof of Lemma 5",
    printed="there exists 0 < ε_cr < ρ such that the second derivative is positive for ε > ε_cr",
    latex=r"\exists\, 0 < \varepsilon_{cr} < \rho: \varepsilon > \varepsilon_{cr} \implies"
    r" \frac{d^2}{d\varepsilon^2} \frac{g(\hat\varepsilon)^2}{1 + g(\hat\varepsilon)^2} > 0",
    hypotheses="any Δ > 0, as in the lemma; ε < ε_max, where the loss is defined",
    method="all inflections, proved complete; chords at exact points next to ε_max",
    check=check,
    seeded=(Seeded("Delta = 1/2 in place of 2", lambda: check(_NONE)),),
    rests_on=("lemma-5-monotone", "lemma-5-first-term", "lemma-5-last-line"),
)
