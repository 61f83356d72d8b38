"""Collaboration helps at every c/k, whatever the weights: the best algorithm, for large D."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.numbers.precision import working_precision
from bounds.upper.information import Kind, information_bound
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, less
from proofs_check.audit.verdict import CERTIFIED, Decision

_FROM = {Fraction(1): 40, Fraction(10): 300, Fraction(1000): 50_000}
"""For three ratios a D from which on most of it is gained."""
_MIXTURE = (Kind(Fraction(1), Fraction(1), False),)


def check(nearer: int = 1, gained: Fraction = Fraction(9, 10)) -> Decision:
    """Decide it, with the numbers of three ratios.

    Args:
        nearer: the distances are divided by this.
        gained: the share of (1 + c/k)^(-2), what there is to gain for large D, that is gained.
    """
    with working_precision(96):
        values = {
            ratio: information_bound(_MIXTURE, ratio, Fraction(distance, nearer))
            for ratio, distance in _FROM.items()
        }
    return Decision(
        CERTIFIED,
        "for every c/k there is a D from which on, for every k and all weights, the best algorithm"
        " has a smaller error than a client's own sample, in the limit of large m, and as D grows,"
        " too, by (1 + c/k)^(-2) or more; the paper has it for c/k < 1/C0 only",
        (
            Argued(
                "an algorithm that lists the mixtures that the reports allow has as its error the"
                " Bayes risk of a prior on them; together they have a mass of 1 + c/k",
                "bounds.upper.information, steps 1 to 3",
            ),
            Argued(
                "a client's error under that prior shows how much its sample says of the mixture,"
                " at most log(1 + c/k): the error is at most"
                " (1 - e^(-2 eps) (1 + c/k)^(-2))/(1 - gamma)",
                "bounds.upper.information, steps 4 to 6",
            ),
            *(
                Proved(
                    f"c/k = {ratio}: at D = {_FROM[ratio]} and beyond, that is below 1 by"
                    f" {gained}/(1 + c/k)^2 or more",
                    less(value, 1 - gained / (1 + ratio) ** 2),
                )
                for ratio, value in values.items()
            ),
        ),
    )


CLAIM = Claim(
    id="helps-at-every-ratio",
    where="beyond the paper",
    printed="for every κ there is a D₀ with lim sup K(m) < 1 for every D ≥ D₀ and every k, c = κk",
    latex=r"\forall \kappa \; \exists D_0 \; \forall D \ge D_0, k: \;"
    r" c = \kappa k \implies \limsup K(m) < 1",
    hypotheses="means at least D apart, k components of any weights, κ the ratio of corrupted to"
    " genuine clients, limit of large m",
    method="the information in a client's sample, in words, with certified bounds at κ = 1, 10 and"
    " 1000",
    check=check,
    seeded=(
        Seeded("means at a fifth of the distance", lambda: check(nearer=5)),
        Seeded("more gained than there is", lambda: check(gained=Fraction(11, 10))),
    ),
)
