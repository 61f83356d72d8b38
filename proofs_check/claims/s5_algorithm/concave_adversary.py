"""Section V: below ε_cr the adversary's best strategy is to attack all components equally."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import cdf, number, prove_less
from bounds.functions.terms import loss, mass_estimate
from bounds.upper import contact_certificate, envelope
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved, less
from proofs_check.audit.verdict import REPAIRED, Decision
from proofs_check.claims.shared.every_delta import decided_everywhere
from proofs_check.claims.shared.upper_bound import PAPER, contact, critical_between


def check(kappa: str = "1/1000", lost: str = "0.82", delta: Fraction = Fraction(2)) -> Decision:
    """Compare the equal attack with one that loses the share κ/lost of the components."""
    below = critical_between(delta)[0]
    better = prove_less(loss(kappa, delta), number(kappa) / lost)
    full = prove_less(cdf(delta), mass_estimate(lost, delta))
    shapes = {value: envelope(value, 10) for value in PAPER}
    return Decision(
        REPAIRED,
        "local concavity does not make spreading optimal, for no Delta >= 3/2 (c/k next below"
        " eps_cr):"
        " at Delta = 2, 3, 4 and for k -> infinity it is so exactly for"
        " kappa <= eps_t, where the chord from (eps_c, 1) touches the loss, far below eps_cr",
        (
            Proved(
                f"witness: c/k = {kappa} at Delta = {delta}, below eps_cr: losing the share"
                f" c/k/{lost} of the components, and not touching the others, does more than the"
                f" equal attack: {better}; a component with mass {lost} has loss 1: {full}",
                better,
                full,
                less(Fraction(kappa), below),
            ),
            decided_everywhere("equal attack optimal"),
            contact(shapes),
        ),
        certificates=(
            better.certificate(),
            full.certificate(),
            *(contact_certificate(shape) for shape in shapes.values()),
        ),
    )


CLAIM = Claim(
    id="concave-adversary",
    where="V, B",
    printed="for c/k < ε_cr the best strategy is ε_i = c/k for all i",
    latex=r"\tfrac{c}{k} < \varepsilon_{cr} \implies \varepsilon_i = \tfrac{c}{k}\ \forall i"
    r"\ \text{is optimal}",
    hypotheses="the one-component bound g²/(1 + g²), extended past ε̂ = ρ; the true ε_cr",
    method="an exact allocation that does better, one for every Δ ≥ 3/2 on slices of Δ; the"
    " point of"
    " contact of the envelope, with proof",
    check=check,
    beside="convex-adversary",
    seeded=(
        Seeded("a kappa below the point of contact", lambda: check("1e-6")),
        Seeded("a mass with loss below 1", lambda: check(lost="0.81")),
    ),
    rests_on=("lemma-5-criterion",),
)
