"""Lemma 5 up to the end of the domain, ε → ε_max, where l(ε̂) grows without bound.

The shape of the loss is a theorem for every Δ ≥ 1.47736: up to 10 by `bounds prove` (all of it is a
campaign), from 5 on by `prove_shape`, which is run here. Chords show it at exact points.

In words, beside the proof:

1. Next to ε_max the loss is concave for every Δ > 0: in the criterion, divided by the positive
   (1 + g²) 2gφ(g)/φ(Δ), every term stays bounded as y = l(ε̂) → ∞ (g and l(ε) converge) except
   −2Δ e^{y²/2 − 3yΔ}/(1 − e^{−2yΔ}), which goes to −∞.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import show_exact
from bounds.certify.inequalities import Proved as Inequality
from bounds.certify.inequalities import Term, prove_less
from bounds.certify.numbers.precision import working_precision
from bounds.critical import Inflections, eps_cr, inflections
from bounds.critical.large_delta import prove_shape, shape_certificate_from
from bounds.critical.regimes import FAR, REGIMES, Regime
from bounds.functions.terms import loss
from proofs_check.audit.facts import Proved, Run, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.s3_results.critical_value import second_derivative

_UNIT = Fraction(1, 10**24)
CHORDS: dict[Fraction, tuple[Fraction, Fraction, Fraction]] = {
    Fraction(1): (Fraction("0.344902"), Fraction("0.344905"), Fraction("0.344908")),
    Fraction(2): (
        793129366525266266703800 * _UNIT,
        793129366525266266703820 * _UNIT,
        793129366525266266703840 * _UNIT,
    ),
}
"""Two ends and their middle, between the last inflection and ε_max."""


@cache
def shape(delta: Fraction) -> Inflections:
    """Every inflection for this Δ, proved complete."""
    return inflections(delta, 30)


def chord(delta: Fraction) -> tuple[Proved, Inequality]:
    """That the loss lies above a chord near ε_max, and the inequality that shows it.

    The second route is loss″ at the middle, by Taylor arithmetic.

    Raises:
        Inconclusive: it is not so.
    """
    low, middle, high = CHORDS[delta]
    above: Term = 2 * loss(middle, delta)
    proof = prove_less(loss(low, delta) + loss(high, delta), above)
    with working_precision(256):
        bend = second_derivative(middle, delta)
    text = (
        f"witness Delta = {show_exact(delta)}, eps = {show_exact(middle)}: there loss'' ="
        f" {bend.str(4, radius=False)} (Taylor arithmetic), and the loss lies above its chord from"
        f" {show_exact(low)} to {show_exact(high)}"
    )
    return Proved(text, proof, less(bend, 0)), proof


def _regime(regime: Regime) -> Proved:
    return Proved(
        f"theorem (`bounds prove`): for every Delta in [{show_exact(regime.low)},"
        f" {show_exact(regime.high)}] the loss is {', '.join(regime.shape)} up to eps_max",
        Run("bounds.critical.regimes", len(regime.shape)),
    )


@cache
def _far(*, anew: bool) -> Proved:
    """The theorem on all large Δ, proved in this run or cited.

    Raises:
        Inconclusive: it is not proved.
    """
    boxes = prove_shape(FAR.low) if anew else 1
    source = f"proved on {boxes} boxes" if anew else "lemma-5-convexity"
    return Proved(
        f"theorem ({source}): for every Delta >= {show_exact(FAR.low)} the loss is"
        f" {', '.join(FAR.shape)} up to eps_max",
        Run("bounds.critical.large_delta.prove_shape", boxes),
    )


def decide_convexity(
    delta: Fraction = Fraction(2), top: Fraction | None = None, *, anew: bool = True
) -> Decision:
    """Decide whether the loss is convex for ε_cr < ε < top.

    Args:
        delta: Δ of the witness.
        top: where the stretch ends; by default at ε_max, the end of the domain.
        anew: whether to run the proof for all large Δ, rather than to cite it.

    Raises:
        Inconclusive: a witness is not decided.
    """
    found = shape(delta)
    turn, last = found.points[0].eps, found.points[-1].eps
    if found.shape != ("concave", "convex", "concave"):
        raise Inconclusive(f"the loss is {', '.join(found.shape)}")
    stretch = Proved(
        f"Delta = {show_exact(delta)}: the loss is concave, convex, concave on (0, eps_max), with"
        f" inflections in {turn} and {last}, the last before eps_max by {found.distances[-1]}",
        Run("bounds.inflections", len(found.points)),
        less(turn, last),
    )
    if top is not None:
        inside = Proved(f"{show_exact(top)} is before the last", less(top, last))
        return Decision(CERTIFIED, f"convex from eps_cr to {show_exact(top)}", (stretch, inside))
    witnesses = [chord(at) for at in (delta, Fraction(1))]
    readings = (
        Reading(
            "up to eps_max, where l(eps_hat) ceases to exist",
            REFUTED,
            "the loss is concave next to eps_max",
            needed=True,
        ),
        Reading(
            "beyond, with l infinite where eps_hat >= rho",
            REFUTED,
            "the loss rises to 1 at eps_hat = Phi(Delta) and stays there: no convex function does",
        ),
    )
    return Decision(
        REPAIRED,
        "the loss is defined for eps < eps_max < rho; for every Delta >= 1.47736, and so for every"
        " one of Theorem 2, it is convex from eps_cr to its second inflection, and concave from"
        " there to eps_max",
        (
            stretch,
            *(fact for fact, _ in witnesses),
            *map(_regime, REGIMES),
            _far(anew=anew),
            "for every Delta > 0 the criterion tends to minus infinity at eps_max, by the limit in"
            " proofs_check.claims.sb_lemma_5.domain_end (an argument on paper)",
        ),
        readings,
        certificates=(
            *(proof.certificate() for _, proof in witnesses),
            *((shape_certificate_from(FAR.low),) if anew else ()),
        ),
    )


def first_turn(delta: Fraction) -> Proved:
    """Where the loss first turns convex.

    Raises:
        NoCriticalValue: nowhere.
    """
    value = eps_cr(delta, 10)
    return Proved(
        f"Delta = {show_exact(delta)}: the first turn to convexity is in {value.eps}",
        Run("bounds.eps_cr", value.turns),
    )
