"""Proof of Lemma 4, line 1: the error splits into the server's and the sample's."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import Counterexample, decide_less
from bounds.functions.terms import median_shift
from proofs_check.audit.calculus import settled
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.sb_lemma_4.client_error import (
    THRESHOLD,
    as_the_algorithm_does,
    as_the_proof_says,
    moments_are_right,
    truncated_variance_below_one,
)


def check(keeps: bool = True) -> Decision:
    """Decide line 1 for a client that keeps its sample beyond the threshold, or never does."""
    delta, eps = Fraction(2), Fraction(1, 1000)
    shift = median_shift(eps, delta)
    reach = THRESHOLD * delta
    says = as_the_proof_says(shift, shift * shift, reach)
    does = as_the_algorithm_does(shift, shift * shift, reach) if keeps else says + 0
    split = {
        "over a symmetric range the cross term is 0: the integral of z is phi(a) - phi(-a)": (
            truncated_variance_below_one()
        ),
    }
    if not keeps:
        return settled("line 1 holds for a client that always combines", split)
    more = decide_less(does, says)
    assert isinstance(more, Counterexample), "the witness stands"
    proof = more.proof
    return settled(
        "line 1 holds conditioned on |x_v - mu| < Delta - g/2 (g < Delta): there the client does"
        " combine with its own component's estimate, and the range is symmetric",
        {
            "witness: Delta = 2, eps = 1/1000, server off by g(eps) (worst-truncation): a client"
            " with z between -3 and g - 3 keeps its sample, as |mu~ - x_v| >= 3; the conditional"
            " error is above line 1": proof.holds,
            "the integrals of 1, z, z^2 against phi are exact": moments_are_right(),
            **split,
        },
        verdict=REPAIRED,
        readings=(
            Reading("Algorithm 2 as printed", REFUTED, "an equality that fails", needed=True),
            Reading("a client that combines whenever |x_v - mu| < 3 Delta/2", CERTIFIED, "true"),
        ),
        certificates=(proof.certificate(),),
    )


CLAIM = Claim(
    id="lemma-4-chain-1",
    where="Appendix B, proof of Lemma 4, line 1",
    printed="E[(μ̂ − μ)² | |x_v − μ| < 3Δ/2] = E[(μ̃ − μ)²]/(1 + g²)² + g⁴ E[(x_v − μ)² | …]/(1"
    " + g²)²",
    latex=r"\mathbb{E}[(\hat\mu-\mu)^2 \mid \cdot\,] ="
    r" \frac{\mathbb{E}[(\tilde\mu-\mu)^2]}{(1+g^2)^2} + \frac{g^4\,"
    r" \mathbb{E}[(x_v-\mu)^2 \mid \cdot\,]}{(1+g^2)^2}",
    hypotheses="limit m → ∞, so that x_v and the median are independent",
    method="exact integrals over the client's sample",
    check=check,
    seeded=(Seeded("a client that never keeps its sample", lambda: check(keeps=False)),),
    rests_on=("worst-truncation",),
)
