"""Balle and Wang, Theorem 8: the exact condition, and what it says at its ends.

In words:

1. With sensitivity 1 the worst pair of outputs is N(0, σ²) and N(1, σ²). (ε, δ)-privacy says that
   P(A) − e^ε Q(A) ≤ δ for every event A, and the greatest value is at the event that the density
   of P is above e^ε times that of Q: the half line beyond 1/2 + εσ² for P = N(1, σ²).
2. The two probabilities of that half line are Φ(1/(2σ) − εσ) and Φ(−1/(2σ) − εσ).
"""

from typing import Any

import sympy as sp

from bounds.certify.inequalities import prove_less
from gaussian_mechanism.condition import EPS, SIGMA, SPENT
from proofs_check import CERTIFIED, REFUTED, Argued, Claim, Decision, Exact, Proved, Seeded
from proofs_check.audit.algebra import DENSITY, PHI, same, to_term
from proofs_check.audit.calculus import decide_order, equal, has_slope, manifest

_X = sp.Symbol("x", real=True)
_LOSS = (2 * _X - 1) / (2 * SIGMA**2)
_FALL = -DENSITY(1 / (2 * SIGMA) - EPS * SIGMA) / SIGMA**2
_FALL_IN_EPS = -sp.exp(EPS) * PHI(-1 / (2 * SIGMA) - EPS * SIGMA)
_VARIATION = 2 * PHI(1 / (2 * SIGMA)) - 1
_PLACE = {"sigma": 2, "eps": 1, "x": 1, "S": 3}


def loss_form(loss: Any = _LOSS) -> Decision:
    """Decide the privacy loss, log φ((x − 1)/σ) − log φ(x/σ)."""
    truth = (_X**2 - (_X - 1) ** 2) / (2 * SIGMA**2)
    if not same(loss, truth):
        return decide_order(loss, truth, _PLACE)
    mean = 1 / (2 * SIGMA**2)
    return Decision(
        CERTIFIED,
        "the privacy loss is (2x - 1)/(2 sigma^2): under N(1, sigma^2) it is normal with mean"
        " 1/(2 sigma^2) and variance 1/sigma^2, twice the mean",
        (
            Exact("the difference of the exponents", equal(loss, truth)),
            Exact("at x = 1, the mean, it is 1/(2 sigma^2)", equal(loss.subs(_X, 1), mean)),
            Exact(
                "its slope is 1/sigma^2, so its variance is sigma^2/sigma^4, twice the mean",
                equal(sp.diff(loss, _X) ** 2 * SIGMA**2, 2 * mean),
            ),
        ),
    )


def exact_form(sign: int = -1) -> Decision:
    """Decide the condition from the two probabilities of the half line."""
    start = sp.Rational(1, 2) + EPS * SIGMA**2
    printed = PHI(1 / (2 * SIGMA) + sign * EPS * SIGMA)
    mine = PHI((1 - start) / SIGMA)
    if not same(printed, mine):
        return decide_order(printed, mine, _PLACE)
    return Decision(
        CERTIFIED,
        "(eps, delta)-private exactly if Phi(1/(2 sigma) - eps sigma) - e^eps Phi(-1/(2 sigma) -"
        " eps sigma) <= delta",
        (
            Argued("the worst event is a half line", f"{__name__}, step 1"),
            Exact("it starts where the privacy loss is eps", equal(_LOSS.subs(_X, start), EPS)),
            Exact(
                "its probabilities under the two outputs",
                equal(printed, mine),
                equal(PHI(-1 / (2 * SIGMA) - EPS * SIGMA), PHI(-start / SIGMA)),
            ),
            Argued("so this is the greatest difference", f"{__name__}, step 2"),
        ),
    )


def falls(slope: Any = _FALL) -> Decision:
    """Decide that more noise spends less."""
    return Decision(
        CERTIFIED,
        "what is spent falls with sigma, so there is one smallest sigma for each eps and delta",
        (
            Exact(
                "its slope in sigma is -phi(1/(2 sigma) - eps sigma)/sigma^2",
                has_slope(SPENT, SIGMA, slope),
                manifest(-slope),
            ),
        ),
    )


def falls_in_eps(slope: Any = _FALL_IN_EPS) -> Decision:
    """Decide that a larger ε spends less."""
    return Decision(
        CERTIFIED,
        "what is spent falls with eps: its slope is -e^eps Phi(-1/(2 sigma) - eps sigma)",
        (Exact("the slope in eps, exactly", has_slope(SPENT, EPS, slope)),),
    )


def at_zero(claimed: Any = _VARIATION) -> Decision:
    """Decide the condition at ε = 0: the total variation of the two outputs."""
    truth = SPENT.subs(EPS, 0)
    if not same(truth, claimed):
        return decide_order(truth, claimed, _PLACE)
    return Decision(
        CERTIFIED,
        "at eps = 0 it is 2 Phi(1/(2 sigma)) - 1, the total variation",
        (Exact("Phi(t) - Phi(-t) = 2 Phi(t) - 1", equal(truth, claimed)),),
    )


def scaling(power: int = 1) -> Decision:
    """Decide that sensitivity S is the case S = 1 with σ/S."""
    size = sp.Symbol("S", positive=True)
    general = PHI(size / (2 * SIGMA) - EPS * SIGMA / size)
    scaled = PHI(1 / (2 * SIGMA) - EPS * SIGMA).subs(SIGMA, SIGMA / size**power)
    if not same(general, scaled):
        low, high = (to_term(e.subs({size: 3, SIGMA: 2, EPS: 1})) for e in (scaled, general))
        proof = prove_less(low, high)
        told = Proved(f"witness S = 3: {proof}", proof)
        return Decision(REFUTED, "another scaling", (told,))
    return Decision(
        CERTIFIED,
        "sensitivity S is the case S = 1 with sigma/S in place of sigma",
        (Exact("the argument of Phi is the same", equal(general, scaled)),),
    )


CLAIMS = (
    Claim(
        id="privacy-loss",
        where="BW, Section 3",
        printed="the privacy loss of the Gaussian mechanism is normal with variance twice its mean",
        latex=r"L \sim \mathcal{N}(\eta, 2\eta), \quad \eta = \frac{1}{2\sigma^2}",
        hypotheses="sensitivity 1, σ > 0",
        method="exact algebra",
        check=loss_form,
        seeded=(Seeded("2x + 1 for 2x - 1", lambda: loss_form((2 * _X + 1) / (2 * SIGMA**2))),),
    ),
    Claim(
        id="exact-condition",
        where="BW, Theorem 8",
        printed="(ε, δ)-private if and only if Φ(1/(2σ) − εσ) − e^ε Φ(−1/(2σ) − εσ) ≤ δ",
        latex=r"\Phi\left(\tfrac{1}{2\sigma} - \varepsilon\sigma\right) - e^{\varepsilon}"
        r" \Phi\left(-\tfrac{1}{2\sigma} - \varepsilon\sigma\right) \le \delta",
        hypotheses="sensitivity 1, σ > 0, ε ≥ 0",
        method="the worst event in words; its probabilities by exact algebra",
        check=exact_form,
        seeded=(Seeded("a sign before eps sigma", lambda: exact_form(1)),),
        rests_on=("privacy-loss",),
    ),
    Claim(
        id="more-noise-spends-less",
        where="BW, Section 4",
        printed="what is spent decreases with σ",
        latex=r"\frac{\partial \delta}{\partial \sigma} < 0",
        hypotheses="σ > 0, ε ≥ 0",
        method="exact slope",
        check=falls,
        seeded=(Seeded("1/sigma for 1/sigma^2", lambda: falls(-DENSITY(1 / (2 * SIGMA)) / SIGMA)),),
        rests_on=("exact-condition",),
    ),
    Claim(
        id="larger-eps-spends-less",
        where="BW, Section 4",
        printed="what is spent decreases with ε",
        latex=r"\frac{\partial \delta}{\partial \varepsilon} < 0",
        hypotheses="σ > 0, ε ≥ 0",
        method="exact slope",
        check=falls_in_eps,
        seeded=(Seeded("e^eps dropped", lambda: falls_in_eps(-PHI(-1 / (2 * SIGMA)))),),
        rests_on=("exact-condition",),
    ),
    Claim(
        id="total-variation",
        where="BW, Section 3",
        printed="at ε = 0 the condition is 2Φ(1/(2σ)) − 1 ≤ δ",
        latex=r"2\Phi\left(\tfrac{1}{2\sigma}\right) - 1 \le \delta",
        hypotheses="ε = 0",
        method="exact algebra",
        check=at_zero,
        seeded=(Seeded("1/sigma for 1/(2 sigma)", lambda: at_zero(2 * PHI(1 / SIGMA) - 1)),),
        rests_on=("exact-condition",),
    ),
    Claim(
        id="sensitivity",
        where="BW, Theorem 8",
        printed="sensitivity S: Φ(S/(2σ) − εσ/S) and Φ(−S/(2σ) − εσ/S)",
        latex=r"\Phi\left(\tfrac{S}{2\sigma} - \tfrac{\varepsilon\sigma}{S}\right)",
        hypotheses="S > 0",
        method="exact algebra",
        check=scaling,
        seeded=(Seeded("sigma/S^2", lambda: scaling(2)),),
        rests_on=("exact-condition",),
    ),
)
