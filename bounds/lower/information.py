"""The paper's one-component lower bound h(ε), from van Trees' inequality (Section IV)."""

from __future__ import annotations

from bounds.certify.arithmetic import Value, common


def information_bound(eps: Value) -> Value:  # h
    """Lower bound on the risk at a component attacked with mass ε: h(ε) = ε²/(ε² + 2π).

    The plateau of the attack has the width L = √(2π) ε; the squared cosine on an interval of length
    L has the Fisher information 4π²/L² = 2π/ε².

    Args:
        eps: adversarial mass, 0 ≤ ε ≤ 10¹⁰⁰, relative to the mass of one component.

    Raises:
        DomainError: ε is not surely in that range.
    """
    a, eps = common(eps)
    message = "eps must be from 0 to 10^100: it is adversarial mass"
    a.require(a.finite(eps), message)
    a.require(a.point(eps) >= 0, message)
    a.require(a.point(eps) <= 1e100, message)  # its square is a float64 then
    return eps * eps / (eps * eps + 2 * a.pi())
