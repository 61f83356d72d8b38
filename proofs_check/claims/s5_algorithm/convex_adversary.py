"""Section V: above ε_cr the adversary concentrates, and leaves the others at ε_cr or below."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import cdf, number, prove_less
from bounds.functions.terms import loss, mass_estimate
from bounds.upper import contact_certificate, envelope
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved
from proofs_check.audit.verdict import REPAIRED, Decision
from proofs_check.claims.shared.every_delta import decided_everywhere
from proofs_check.claims.shared.upper_bound import PAPER, contact, critical_between, listed


def check(
    small: Fraction | None = None, lost: str = "0.82", delta: Fraction = Fraction(2)
) -> Decision:
    """Compare leaving components at ε_cr with leaving them at 0, the rest spent on lost ones.

    A mix of masses a (loss L(a)) and `lost` (loss 1) has its mean loss on the chord between them.
    The chord from (0, 0) is above the one from (a, L(a)) when L(a) < a/lost.
    """
    place = critical_between(delta)[0] if small is None else small
    better = prove_less(loss(place, delta), number(place) / lost)
    full = prove_less(cdf(delta), mass_estimate(lost, delta))
    shapes = {value: envelope(value, 10) for value in PAPER}
    return Decision(
        REPAIRED,
        "leaving the others at eps_cr is optimal for no Delta >= 3/2; at Delta = 2, 3, 4 and for"
        " eps_t < kappa < eps_c the optimum (k -> infinity) gives up some components at eps_c"
        " and leaves the others at eps_t, not at eps_cr; it needs no convexity beyond eps_cr, which"
        " fails next to eps_max",
        (
            Proved(
                f"witness: Delta = {delta}: leaving the others at eps_cr does less than not"
                f" touching them, with the mass saved spent on lost components: {better}; a"
                f" component with mass {lost} has loss 1: {full}",
                better,
                full,
            ),
            decided_everywhere("others left at eps_cr optimal"),
            contact(shapes),
            listed("loss at eps_t", {v: shape.loss_at_tangent for v, shape in shapes.items()}),
        ),
        certificates=(
            better.certificate(),
            full.certificate(),
            *(contact_certificate(shape) for shape in shapes.values()),
        ),
    )


CLAIM = Claim(
    id="convex-adversary",
    where="V, B",
    printed="for c/k > ε_cr the best strategy is to focus on a few components, the others at ε_cr",
    latex=r"\tfrac{c}{k} > \varepsilon_{cr} \implies \text{few components at full price, the"
    r" others at } \varepsilon_{cr}",
    hypotheses="the one-component bound g²/(1 + g²), extended past ε̂ = ρ; the true ε_cr",
    method="the concave envelope with proof; an exact comparison at ε_cr, for every Δ ≥ 3/2 on"
    " slices",
    check=check,
    seeded=(
        Seeded("components left next to eps_t", lambda: check(Fraction("1.36e-5"))),
        Seeded("a mass with loss below 1", lambda: check(lost="0.81")),
    ),
    rests_on=("concave-adversary", "lemma-5-convexity"),
)
