"""The paper's one-component lower bound h(ε), from van Trees' inequality (Section IV)."""

from __future__ import annotations

from bounds.arithmetic import Value, common


def information_bound(eps: Value) -> Value:  # h
    """Lower bound on the risk at a component attacked with mass ε: h(ε) = ε²/(ε² + 2π).

    The plateau of the attack has the width L = √(2π) ε; the squared cosine on an interval of length
    L has the Fisher information 4π²/L² = 2π/ε².

    Args:
        eps: adversarial mass ε ≥ 0, relative to the mass of one component.

    Raises:
        DomainError: ε is not surely at least 0 and finite.
    """
    a, eps = common(eps)
    message = "eps must be at least 0 and finite: it is adversarial mass"
    a.require(a.finite(eps), message)
    a.require(a.point(eps) >= 0, message)
    return eps * eps / (eps * eps + 2 * a.pi())
