"""Appendix B: g(ε̂)²/(1 + g(ε̂)²) ≤ C₂κ^{2/9} for κ ≤ ε_cr."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from bounds.certify.exact import show_exact
from bounds.certify.inequalities import Proved, decide_less, number
from bounds.functions.terms import loss
from bounds.upper import constants
from bounds.upper.constant import PRINTED_EPS_CR
from bounds.upper.over_slices import c2_share, loss_share
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import (
    CERTIFIED,
    INCONCLUSIVE,
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
    found = {delta: constants(delta, 10) for delta in (Fraction(3, 2), *PAPER)}
    true_holds = below_everywhere(loss_share, c2_share)
    evidence = [
        f"witness: kappa = eps_cr = {show_exact(critical[delta])}, Delta = {delta}: C2 kappa^(2/9)"
        f" is {'below' if outcome.holds else 'above'} the loss"
        for delta, outcome in at_end.items()
    ]
    evidence += [
        covered(),
        "it bounds the loss of the equal attack only; against the adversary's optimum:"
        f" {decided_everywhere('C2 (c/k)^(2/9) >= optimum')}",
        "there the loss over kappa^(2/9) is bounded by what increases with kappa, and at eps_cr"
        " this is below C2",
    ]
    for delta, numbers in found.items():
        best, regime = numbers.best_c2, numbers.true
        if best is None or regime is None:
            raise AssertionError("these Delta have an eps_cr")
        true_holds = true_holds and best.high.fraction() < regime.c2.low.fraction()
        evidence.append(
            f"second route, Delta = {delta}: the loss over kappa^(2/9) increases up to the true"
            f" eps_cr (its elasticity is proved above 2/9), so the least factor is {best}; C2 in"
            f" {regime.c2}"
        )
    refuted = [outcome for outcome in at_end.values() if isinstance(outcome, Proved)]
    if not true_holds:
        return Decision(INCONCLUSIVE, "not proved with the true eps_cr", tuple(evidence))
    if len(refuted) == len(PAPER):
        return Decision(
            REPAIRED,
            "true for every Delta >= 3/2 with the true eps_cr; false at kappa = eps_cr with each"
            " printed one, Delta = 2, 3, 4",
            tuple(evidence),
            readings=(
                Reading("with the true eps_cr", CERTIFIED, "true for every Delta >= 3/2", True),
                Reading("with the printed eps_cr", REFUTED, "fails at kappa = eps_cr"),
            ),
            certificates=tuple(proof.certificate() for proof in refuted),
        )
    if not refuted:
        return Decision(CERTIFIED, "holds with these eps_cr", tuple(evidence))
    return Decision(INCONCLUSIVE, "fails for some of these eps_cr only", tuple(evidence))


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
