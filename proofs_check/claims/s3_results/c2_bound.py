"""Appendix B: g(ε̂)²/(1 + g(ε̂)²) ≤ C₂κ^{2/9} for κ ≤ ε_cr.

In words:

1. For κ ≤ ε_cr the loss over κ^{2/9} is at most an expression that increases with κ, by Jensen's
   inequality (`bounds.upper.over_slices`): its value at κ = ε_cr serves for all smaller κ, and
   there it is below C₂ on every slice of Δ.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import show_exact
from bounds.certify.inequalities import Counterexample, decide_less, number
from bounds.functions.terms import loss
from bounds.upper import constants
from bounds.upper.constant import PRINTED_EPS_CR
from bounds.upper.over_slices import c2_share, loss_share
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Fact, Proved, less
from proofs_check.audit.verdict import (
    CERTIFIED,
    REFUTED,
    REPAIRED,
    Decision,
    Reading,
)
from proofs_check.claims.shared.every_delta import below_everywhere, covered, decided_everywhere
from proofs_check.claims.shared.upper_bound import PAPER, root, small_term


def check(critical: Mapping[Fraction, Fraction] = PRINTED_EPS_CR) -> Decision:
    """Decide the bound with the given ε_cr, and with the true one."""
    at_end = {
        delta: decide_less(
            small_term(eps, delta) * root(number(eps), Fraction(2, 9)), loss(eps, delta)
        )
        for delta, eps in critical.items()
    }
    proofs = [o.proof if isinstance(o, Counterexample) else o for o in at_end.values()]
    failing = [outcome for outcome in at_end.values() if outcome.holds]
    lines: list[Fact] = [
        Proved(
            f"witness: kappa = eps_cr = {show_exact(critical[delta])}, Delta = {delta}: C2"
            f" kappa^(2/9) is {'below' if outcome.holds else 'above'} the loss",
            proof,
        )
        for (delta, outcome), proof in zip(at_end.items(), proofs, strict=True)
    ]
    true: tuple[Fact | str, ...] = (
        covered(),
        Argued(
            "the loss over kappa^(2/9) is bounded by what increases with kappa",
            f"{__name__}, step 1",
        ),
        Proved(
            "and at eps_cr this is below C2, on every slice", below_everywhere(loss_share, c2_share)
        ),
        *(_second_route(delta) for delta in (Fraction(3, 2), *PAPER)),
        "it bounds the loss of the equal attack only; against the adversary's optimum:"
        f" {decided_everywhere('C2 (c/k)^(2/9) >= optimum').statement}",
    )
    if not failing:
        return Decision(CERTIFIED, "holds with these eps_cr", (*lines, *true))
    if len(failing) < len(PAPER):
        raise Inconclusive("it fails for some of these eps_cr only")
    return Decision(
        REPAIRED,
        "true for every Delta >= 3/2 with the true eps_cr; false at kappa = eps_cr with each"
        " printed one, Delta = 2, 3, 4",
        (*lines, *true),
        readings=(
            Reading("with the true eps_cr", CERTIFIED, "true for every Delta >= 3/2", True),
            Reading("with the printed eps_cr", REFUTED, "fails at kappa = eps_cr"),
        ),
        certificates=tuple(proof.certificate() for proof in proofs),
    )


def _second_route(delta: Fraction) -> Proved:
    """The least factor at one Δ, against C₂."""
    numbers = constants(delta, 10)
    best, regime = numbers.best_c2, numbers.true
    if best is None or regime is None:
        raise AssertionError("these Delta have an eps_cr")
    return Proved(
        f"second route, Delta = {delta}: the loss over kappa^(2/9) increases up to the true"
        f" eps_cr (its elasticity is proved above 2/9), so the least factor is {best}; C2 in"
        f" {regime.c2}",
        less(best, regime.c2),
    )


CLAIM = Claim(
    id="c2-bound",
    where="III, B",
    printed="g(ε̂(κ))²/(1 + g(ε̂(κ))²) ≤ C₂κ^{2/9} for κ ≤ ε_cr",
    latex=r"\frac{g(\hat\varepsilon)^2}{1 + g(\hat\varepsilon)^2} \le C_2\,\kappa^{2/9},"
    r"\quad \kappa \le \varepsilon_{cr}",
    hypotheses="C₂ as displayed, from the true ε_cr (every Δ ≥ 3/2) and the printed ones",
    method="exact points for the refutation; a bound that increases with κ, over slices of Δ",
    check=check,
    seeded=(
        Seeded(
            "the true eps_cr in place of the printed ones",
            lambda: check(
                {
                    Fraction(2): Fraction("3.9e-3"),
                    Fraction(3): Fraction("2.1e-4"),
                    Fraction(4): Fraction("4.9e-6"),
                }
            ),
        ),
    ),
    rests_on=("c2-chain-6", "concave-adversary"),
)
