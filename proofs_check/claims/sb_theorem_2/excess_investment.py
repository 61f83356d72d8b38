"""Theorem 2: investing more than ρ − f(3Δ) in one component does not make sense.

In words:

1. ρ − f(3Δ) destroys the component's cluster from one side, and d(A + Δ) more sets up a
   counterfeit cluster with median A = Δ + l(ρ/2) on the other side (`bounds.upper.attack`): its
   clients within 3Δ/2 of A err by A², the others by x².
2. l(ρ − f(3Δ)) = 3Δ, so ε̂ = ρ − f(3Δ) + 3Δφ(Δ). Beyond Δ = 10 it is above Φ(Δ) as well, as
   f(3Δ) + 1 − Φ(Δ) ≤ 2Δφ(2Δ) + φ(Δ)/Δ < 3Δφ(Δ).
3. So ε̂ > ρ: l(ε̂) and the printed loss do not exist there; with l infinite beyond ρ (the window
   covers everything) g is infinite from ε̂ = Φ(Δ) on, and the loss 1.
"""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import (
    Counterexample,
    cdf,
    decide_less,
    density,
    prove_less,
    variable,
)
from bounds.upper import constants, counterfeit
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.shared.upper_bound import counterfeit_terms, price_term


def check(times: int = 3, delta: Fraction = Fraction(2)) -> Decision:
    """Decide whether the loss has reached its greatest value at ε = ρ − f(times Δ).

    Args:
        times: the multiple of Δ, for the one-component bound and Δ ≥ 3/2.
        delta: Δ of the attack that invests more.
    """
    d = variable("Delta")
    window = cdf((times + 1) * d) - cdf((times - 1) * d)  # f(times Δ)
    unit = times * d * density(d)  # φ(Δ) l(ε)
    whole = {"Delta": (Fraction(3, 2), Fraction(10))}
    full = decide_less(window + cdf(-d), unit, whole)
    if isinstance(full, Counterexample):
        return Decision(
            REFUTED,
            f"at eps = rho - f({times} Delta) the loss is still below 1",
            (Proved(f"witness: {full}", full.proof),),
            certificates=(full.proof.certificate(),),
        )
    price, gain = counterfeit_terms(delta)
    more = prove_less(price, price_term(delta) * gain)
    witness = (
        f"Delta = {delta}: rho - f(3 Delta) destroys the component's cluster from one side, and d(A"
        " + Delta) more sets up a counterfeit cluster with median A = Delta + l(rho/2) on the other"
        f" side: in all an error of {counterfeit(delta, 6).rate} for each unit of mass, against"
        f" {constants(delta, 6).c0} from only rho - f(3 Delta)"
    )
    return Decision(
        REPAIRED,
        f"the bound g^2/(1 + g^2) is 1, its greatest value, at eps = rho - f({times} Delta) and"
        " already before; but against Algorithms 1 and 2 more mass on one component pays, as the"
        " mean squared error of its clients is not limited to 1",
        (
            Proved(f"witness: {witness}", more),
            Argued("what the attack costs and gains", f"{__name__}, step 1"),
            Proved(
                f"eps_hat = rho - f({times} Delta) + {times} Delta phi(Delta) > Phi(Delta) for"
                " Delta in [3/2, 10]",
                full,
            ),
            Argued(
                "and for Delta >= 10 as f(3 Delta) + 1 - Phi(Delta) <= 2 Delta phi(2 Delta) +"
                " phi(Delta)/Delta",
                f"{__name__}, step 2",
            ),
            Argued(
                "so eps_hat > rho: l(eps_hat) and the printed loss do not exist there; with l"
                " infinite beyond rho (the window covers everything) g is infinite from eps_hat ="
                " Phi(Delta) on, and the loss 1",
                f"{__name__}, step 3",
            ),
        ),
        (
            Reading(
                "against Algorithms 1 and 2",
                REFUTED,
                "false: a counterfeit cluster beside a destroyed one costs its clients more than 1",
                needed=True,
            ),
            Reading(
                "against the bound of Lemmas 2 to 4, which is at most 1",
                CERTIFIED,
                f"reached at eps = rho - f({times} Delta), for every Delta >= 3/2",
            ),
        ),
        (full.certificate(), more.certificate()),
    )


CLAIM = Claim(
    id="excess-investment",
    where="Appendix B, after Lemma 5",
    printed="investing more than ρ − f(3Δ) points in any one component does not make sense for the"
    " adversary",
    latex=r"\varepsilon > \rho - f(3\Delta) \text{ gains nothing over }"
    r" \varepsilon = \rho - f(3\Delta)",
    hypotheses="Δ ≥ 3/2 for the bound, with l = ∞ beyond ρ; m → ∞, k large for the algorithms",
    method="balls over [3/2, 10] and a tail bound beyond; an exact attack that invests more",
    check=check,
    seeded=(
        Seeded("f(Delta) in place of f(3 Delta)", lambda: check(1)),
        Seeded("Delta = 5, where the attack does not pay", lambda: check(delta=Fraction(5))),
    ),
    rests_on=("full-investment",),
)
