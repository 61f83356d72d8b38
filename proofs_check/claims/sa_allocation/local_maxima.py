"""Appendix A: which stationary points are local maxima.

In words:

1. x and y, on different branches, in one point: moving mass between them gains, h″(x) + h″(y) >
   0. Two or more shares below √(2π/3): moving mass between them gains, 2h″ > 0.
2. n equal shares above it: h″ < 0 at them and h′(0) = 0 < α at the others, so a strict local
   maximum; exactly at it only if c/n = √(2π/3), so never for rational c.
3. One share, on either branch: no direction among non-zero shares is left, and h′(0) = 0 < α: a
   strict local maximum.
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import prove_less
from proofs_check.audit.algebra import to_term
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REPAIRED, Decision
from proofs_check.claims.s4_lower_bound.lower_bound import EPS, H, h
from proofs_check.claims.sa_allocation import hessian_sign


def check(budget: Fraction = Fraction(1), exempt_one: bool = False) -> Decision:
    """Decide the claim, with k = 2 and ε = (budget, 0) as the possible exception.

    Args:
        budget: c of the witness: the point (c, 0) must lie on the ε₋ branch.
        exempt_one: state the claim for k′ ≥ 2 only.
    """
    rule = (
        *hessian_sign.check().facts,
        Exact("h'(0) = 0", sp.diff(H, EPS).subs(EPS, 0)),
        Argued("unequal shares, or two below sqrt(2 pi/3): mass moves", f"{__name__}, step 1"),
        Argued("n equal shares above it are a strict local maximum", f"{__name__}, step 2"),
        Argued("one share, on either branch, is a strict local maximum", f"{__name__}, step 3"),
    )
    if exempt_one:
        return Decision(CERTIFIED, "so it is for two or more non-zero shares", rule)
    c = sp.Rational(budget.numerator, budget.denominator)
    branch = prove_less(to_term(c), to_term(sp.sqrt(2 * sp.pi / 3)))
    rises = prove_less(0, to_term(sp.diff(H, EPS).subs(EPS, c)))
    half = prove_less(to_term(2 * h(c / 2)), to_term(h(c)))
    return Decision(
        REPAIRED,
        "local maxima: n >= 2 equal shares c/n on the eps_+ branch, or one share on either branch",
        (
            *rule,
            Proved(
                f"witness k = 2, eps = ({budget}, 0): on the eps_- branch ({branch}); its slopes"
                f" are h'({budget}) > 0 = h'(0) ({rises}), so it is a strict local maximum; it is"
                f" even better than the equal split ({half})",
                branch,
                rises,
                half,
            ),
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
    beside="hessian-formula",
    seeded=(
        Seeded("a witness on the eps_+ branch", lambda: check(Fraction(3, 2))),
        Seeded("the claim for two or more shares only", lambda: check(exempt_one=True)),
    ),
    rests_on=("kkt", "hessian-sign", "h-inflection"),
)
