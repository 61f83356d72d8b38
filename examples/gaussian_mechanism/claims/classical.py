"""Dwork and Roth, Appendix A: the choice σ = √(2 ln(1.25/δ))/ε, and where it is enough."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import PI, exp, log, number, prove_less, sqrt
from gaussian_mechanism.condition import (
    CLASSICAL,
    DELTAS,
    EPS,
    MILLS,
    X,
    classical,
    decimal,
    enough_up_to,
    smallest_sigma,
)
from proofs_check import (
    CERTIFIED,
    REFUTED,
    Argued,
    Claim,
    Decision,
    Exact,
    Proved,
    Reading,
    Seeded,
    less,
)
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import falls_to, has_slope, manifest
from proofs_check.audit.verdict import REPAIRED

_S = X + EPS / (2 * X)
_BOUND = DENSITY(X) / X
_EXACT = "gaussian_mechanism.claims.exact_condition, steps 1 to 2"


def condition() -> Argued:
    """That what is spent decides: the one argument in words under the claims on privacy."""
    return Argued("private exactly if at most delta is spent (exact-condition)", _EXACT)


def grows() -> Exact:
    """That the classical choice spends more for a larger ε."""
    slope = sp.exp(EPS) * (DENSITY(_S) / X - PHI(-_S))
    return Exact(
        "with sigma = x/eps, what is spent has the slope e^eps (phi(s)/x - Phi(-s)) in eps, s = x +"
        " eps/(2x) > x, positive by Mills' bound Phi(-s) < phi(s)/s < phi(s)/x: it grows",
        has_slope(CLASSICAL, EPS, slope),
        falls_to(0, MILLS, X, DENSITY(X) / X**2),
        manifest(_S - X),
    )


def mills(bound: Any = _BOUND) -> Decision:
    """Decide the tail bound that the appendix starts from."""
    return Decision(
        CERTIFIED,
        "Phi(-t) < phi(t)/t for every t > 0",
        (
            Exact(
                "the difference falls to 0: its slope is -phi(t)/t^2",
                falls_to(0, bound - PHI(-X), X, DENSITY(X) / X**2),
            ),
        ),
    )


def constant(most: str = "1.25") -> Decision:
    """Decide the step from √(2/π) e^{4/9} to the constant 1.25."""
    proof = prove_less(sqrt(2 / PI) * exp(number("4/9")), number(most))
    return Decision(
        CERTIFIED,
        "sqrt(2/pi) e^(4/9) = 1.244... is below 1.25: the constant has room",
        (Proved(str(proof), proof),),
        certificates=(proof.certificate(),),
    )


def up_to_one(factor: Fraction = Fraction(5, 4), eps: Fraction = Fraction(1)) -> Decision:
    """Decide the classical choice for all ε up to `eps`, at the three δ."""
    proofs = [prove_less(classical(delta, eps, factor), delta) for delta in DELTAS]
    return Decision(
        CERTIFIED,
        "at delta = 1e-3, 1e-5 and 1e-9 it is private for every 0 < eps <= 1",
        (condition(), grows(), *(Proved(f"at eps = {eps}: {proof}", proof) for proof in proofs)),
        certificates=tuple(proof.certificate() for proof in proofs),
    )


def everywhere(eps: Fraction = Fraction(10)) -> Decision:
    """Decide the choice without the condition ε < 1, as it is often quoted."""
    proofs = [prove_less(number(delta), classical(delta, eps)) for delta in DELTAS]
    return Decision(
        REFUTED,
        f"not for every eps: at eps = {eps} it spends more than delta at all three",
        (condition(), *(Proved(f"witness: {proof}", proof) for proof in proofs)),
        certificates=tuple(proof.certificate() for proof in proofs),
    )


def ends(find: Callable[..., Any] = enough_up_to, printed: Fraction = Fraction(1)) -> Decision:
    """Decide up to which ε the choice is really enough."""
    found = {delta: find(delta) for delta in DELTAS}
    facts = [
        Proved(
            f"delta = {float(delta):.0e}: enough up to eps = {float(low):.11f}..., and not from the"
            " next decimal on",
            proofs,
            less(printed, low),
        )
        for delta, (low, _, proofs) in found.items()
    ]
    told = ", ".join(f"{float(low):.6f}..." for low, _, _ in found.values())
    return Decision(
        REPAIRED,
        f"the condition eps < 1 is not sharp: the choice is enough exactly up to eps = {told} at"
        " delta = 1e-3, 1e-5, 1e-9",
        (condition(), grows(), *facts),
        (
            Reading("for eps < 1, as stated", CERTIFIED, "true, with room"),
            Reading("for eps < 1 only, as the condition is often read", REFUTED, "far beyond"),
        ),
        certificates=tuple(p.certificate() for _, _, proofs in found.values() for p in proofs),
    )


def not_smallest(share: Fraction = Fraction(78, 100)) -> Decision:
    """Decide how far the classical σ is from the smallest one, at ε = 1 and δ = 1e-5."""
    eps, delta = Fraction(1), DELTAS[1]
    low, high, proofs = smallest_sigma(eps, delta)
    ratio = prove_less(number(high), share * sqrt(2 * log(number(Fraction(5, 4) / delta))) / eps)
    return Decision(
        CERTIFIED,
        f"at eps = 1, delta = 1e-5 the smallest sigma is {float(low):.12f}..., below {share} of the"
        " classical one",
        (
            condition(),
            Proved(f"its ends, 30 digits: {decimal(low)} and one more in the last", proofs),
            Proved(f"and {ratio}", ratio),
        ),
        certificates=tuple(p.certificate() for p in (*proofs, ratio)),
    )


CLAIMS = (
    Claim(
        id="tail-bound",
        where="DR, Appendix A",
        printed="Φ(−t) ≤ φ(t)/t",
        latex=r"\Phi(-t) \le \frac{\varphi(t)}{t}",
        hypotheses="t > 0",
        method="exact slope, and the limit",
        check=mills,
        seeded=(Seeded("phi(t)/t^2 as the bound", lambda: mills(DENSITY(X) / X**2)),),
    ),
    Claim(
        id="constant-1-25",
        where="DR, Appendix A",
        printed="√(2/π) e^{4/9} < 1.25",
        latex=r"\sqrt{2/\pi}\, e^{4/9} < 1.25",
        hypotheses="none",
        method="balls",
        check=constant,
        seeded=(Seeded("1.24 for 1.25", lambda: constant("1.24")),),
        rests_on=("tail-bound",),
    ),
    Claim(
        id="classical-up-to-one",
        where="DR, Theorem A.1",
        printed="for ε in (0, 1), σ ≥ √(2 ln(1.25/δ))/ε is (ε, δ)-private",
        latex=r"\sigma \ge \frac{\sqrt{2 \ln(1.25/\delta)}}{\varepsilon}",
        hypotheses="sensitivity 1; δ = 1e-3, 1e-5, 1e-9",
        method="what it spends grows with ε; balls at ε = 1",
        check=up_to_one,
        seeded=(
            Seeded("0.01 for 1.25", lambda: up_to_one(Fraction(1, 100))),
            Seeded("up to eps = 8", lambda: up_to_one(eps=Fraction(8))),
        ),
        rests_on=("exact-condition", "constant-1-25"),
    ),
    Claim(
        id="classical-for-every-eps",
        where="DR, Theorem A.1, quoted without its condition",
        printed="σ = √(2 ln(1.25/δ))/ε is (ε, δ)-private, for every ε",
        latex=r"\sigma = \frac{\sqrt{2 \ln(1.25/\delta)}}{\varepsilon}",
        hypotheses="sensitivity 1; δ = 1e-3, 1e-5, 1e-9",
        method="balls at ε = 10",
        check=everywhere,
        seeded=(Seeded("eps = 7", lambda: everywhere(Fraction(7))),),
        rests_on=("classical-up-to-one",),
    ),
    Claim(
        id="classical-range",
        where="DR, Theorem A.1",
        printed="the classical choice needs ε < 1",
        latex=r"\varepsilon < 1",
        hypotheses="sensitivity 1; δ = 1e-3, 1e-5, 1e-9",
        method="what it spends grows with ε; the end enclosed by balls on both sides",
        check=ends,
        seeded=(Seeded("eps < 8 for eps < 1", lambda: ends(printed=Fraction(8))),),
        rests_on=("classical-up-to-one", "exact-condition"),
    ),
    Claim(
        id="smallest-sigma",
        where="BW, Section 4",
        printed="the calibrated σ is smaller than the classical one (decided with: by 22 % at ε ="
        " 1, δ = 1e-5)",
        latex=r"\sigma^* < \frac{\sqrt{2 \ln(1.25/\delta)}}{\varepsilon}",
        hypotheses="sensitivity 1, ε = 1, δ = 1e-5",
        method="30 digits by mpmath, proved by balls at both ends",
        check=not_smallest,
        seeded=(Seeded("by 23 %", lambda: not_smallest(Fraction(77, 100))),),
        rests_on=("more-noise-spends-less", "exact-condition"),
    ),
)
