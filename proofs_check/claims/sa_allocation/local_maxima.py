"""Appendix A: which stationary points are local maxima."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.errors import Inconclusive
from bounds.certify.inequalities import prove_less
from proofs_check.audit.algebra import to_term, vanishes
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, INCONCLUSIVE, REPAIRED, Decision
from proofs_check.claims.s4_lower_bound.lower_bound import EPS, H, h
from proofs_check.claims.sa_allocation import hessian_sign


def check(budget: Fraction = Fraction(1), exempt_one: bool = False) -> Decision:
    """Decide the claim, with k = 2 and ε = (budget, 0) as the possible exception.

    Args:
        budget: c of the witness: the point (c, 0) must lie on the ε₋ branch.
        exempt_one: state the claim for k′ ≥ 2 only.
    """
    if hessian_sign.check().verdict is not CERTIFIED:
        return Decision(INCONCLUSIVE, "the sign of the Hessian is not proved", ("hessian-sign",))
    rule = (
        "x and y in one point: moving mass between them gains, h''(x) + h''(y) > 0",
        "two or more shares below sqrt(2 pi/3): moving mass between them gains, 2h'' > 0",
        "n equal shares above it: h'' < 0 at them and h'(0) = 0 < alpha at the others, so a strict"
        " local maximum; exactly at it only if c/n = sqrt(2 pi/3), so never for rational c",
        "one share, on either branch: no direction among non-zero shares is left, and"
        " h'(0) = 0 < alpha: a strict local maximum",
    )
    if not vanishes(sp.diff(H, EPS).subs(EPS, 0)):
        return Decision(INCONCLUSIVE, "h'(0) is not 0", ("h'(0)",))
    if exempt_one:
        return Decision(CERTIFIED, "so it is for two or more non-zero shares", rule)
    c = sp.Rational(budget.numerator, budget.denominator)
    try:
        branch = prove_less(to_term(c), to_term(sp.sqrt(2 * sp.pi / 3)))
        rises = prove_less(0, to_term(sp.diff(H, EPS).subs(EPS, c)))
        half = prove_less(to_term(2 * h(c / 2)), to_term(h(c)))
    except Inconclusive as reason:
        return Decision(INCONCLUSIVE, "the point is no exception", (str(reason),))
    return Decision(
        REPAIRED,
        "local maxima: n >= 2 equal shares c/n on the eps_+ branch, or one share on either branch",
        (
            *rule,
            f"witness k = 2, eps = ({budget}, 0): on the eps_- branch ({branch}); its slopes are"
            f" h'({budget}) > 0 = h'(0) ({rises}), so it is a strict local maximum; it is even"
            f" better than the equal split ({half})",
        ),
        certificates=tuple(proof.certificate() for proof in (branch, rises, half)),
    )


CLAIM = Claim(
    id="local-maxima",
    where="Appendix A",
    printed="the only local maxima have all non-zero ε_i equal, on the ε₊ branch",
    latex=r"\varepsilon_i = h_+'^{-1}(\alpha) \quad \forall i \in [k']",
    hypotheses="maximise Σ h(ε_i) over ε_i ≥ 0, Σ ε_i ≤ c, for any c > 0",
    method="second-order conditions from hessian-sign; an exact witness for one share",
    check=check,
    seeded=(
        Seeded("a witness on the eps_+ branch", lambda: check(Fraction(3, 2))),
        Seeded("the claim for two or more shares only", lambda: check(exempt_one=True)),
    ),
    rests_on=("kkt", "hessian-sign", "h-inflection"),
)
