"""Fig. 1b: all curves are flat for Δ > 2.5, so larger Δ are unnecessary."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import Counterexample, Term, decide_less, number
from bounds.upper import delta_where
from bounds.upper.far import far_term
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Fact, Proved
from proofs_check.audit.verdict import CERTIFIED, GAP, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.shared.upper_bound import far_term_falls, price_grows, price_term

_SHARE = Fraction(1, 20)
_FLAT_FROM = Fraction(16, 5)


def far_bound(delta: Fraction) -> Term:
    """What far clients may lose: 2[(1 + t²)Φ(−t) + 3tφ(t)] at t = 3Δ/2."""
    return far_term(number(delta))


def check(flat: str = "13/1000", rise: str = "1/5", settled: str = "1/100") -> Decision:
    """Decide how far above its limit c/k the bound is, from Δ = 2.5 on, as drawn and with far term.

    C₀ and the far term decrease in Δ, so their values at one Δ bound them at all greater ones.
    """
    start, later = Fraction(5, 2), _FLAT_FROM
    as_drawn = decide_less(1 / price_term(start) - 1, flat)
    with_far = decide_less(number(rise) * _SHARE, far_bound(start))
    from_later = decide_less(
        (1 / price_term(later) - 1) * _SHARE + far_bound(later), number(settled) * _SHARE
    )
    outcomes = [as_drawn, with_far, from_later]
    proofs = [o.proof if isinstance(o, Counterexample) else o for o in outcomes]
    evidence: list[Fact | str] = [
        price_grows(),
        far_term_falls(),
        Proved(f"as drawn, C0 c/k + C1, at Delta = 5/2: {as_drawn}", proofs[0]),
        Proved(
            f"{'witness: ' if with_far.holds else ''}at Delta = 5/2 and c/k = {_SHARE} the far term"
            f" by itself against {rise} of c/k: {with_far}",
            proofs[1],
        ),
        Proved(f"at Delta = {later}: {from_later}", proofs[2]),
        f"the far term is below 0.001 exactly from Delta in {delta_where('far', '0.001', 6)} on",
    ]
    certificates = tuple(proof.certificate() for proof in proofs)
    drawn = Reading(
        "as drawn, without the far term",
        CERTIFIED if as_drawn.holds else REFUTED,
        f"the slope is at most {flat} above its limit for all Delta >= 5/2",
    )
    if any(isinstance(outcome, Counterexample) for outcome in outcomes):
        finding = "the curves are not as flat, or not as steep, as stated"
        return Decision(GAP, finding, tuple(evidence), (drawn,), certificates)
    valid = Reading(
        "with the far term that both cases need",
        REPAIRED,
        f"at Delta = 5/2 and c/k = {_SHARE} the bound is above its limit by more than {rise} of it;"
        f" within {settled} of it from Delta = {_FLAT_FROM} on",
        needed=True,
    )
    return Decision(REPAIRED, valid.finding, tuple(evidence), (drawn, valid), certificates)


CLAIM = Claim(
    id="figure-1b",
    where="Fig. 1, caption",
    printed="all the curves are flat for Δ > 2.5; larger Δ are unnecessary",
    latex=r"C_0(\Delta)\tfrac{c}{k} + C_1(\Delta) \approx \tfrac{c}{k} \quad (\Delta > 2.5)",
    hypotheses="the printed bound, c/k > ε_cr; flat: how far above its limit as Δ → ∞",
    method="monotone in Δ; balls at Δ = 5/2 and 16/5 for c/k = 1/20",
    check=check,
    seeded=(
        Seeded("12/1000 in place of 13/1000", lambda: check(flat="12/1000")),
        Seeded("a rise of 1/4", lambda: check(rise="1/4")),
        Seeded("within 1/1000 from 16/5 on", lambda: check(settled="1/1000")),
    ),
    rests_on=("c0-limit", "c1-small", "far-term"),
)
