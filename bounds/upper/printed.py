"""The constants of Theorem 2 exactly as Appendix B defines them, for whatever ε_cr is put in.

Nothing that is repaired or sharp rests on them: they are here to be compared.
"""

from __future__ import annotations

from bounds.certify.arithmetic import Value, common
from bounds.functions.normal import density


def lemma_6_constant(eps_cr: Value, radius: Value) -> Value:  # C
    """C = ε_cr/l(ε_cr)³.

    Args:
        eps_cr: ε_cr, as mass relative to one component.
        radius: l(ε_cr), in standard deviations.

    Paper: Lemma 6.
    """
    return eps_cr / (radius * radius * radius)


def chain_constant(eps_cr: Value, radius: Value, delta: Value) -> Value:  # C̄
    """C̄ = (ε_cr^{2/3} + φ/C^{1/3}) ε_cr^{2/9}/2 + (φ/(2C^{1/3})) (ε_cr^{2/3} + φ/C^{1/3})^{1/3}.

    Args:
        eps_cr: ε_cr, as mass relative to one component.
        radius: l(ε_cr), in standard deviations.
        delta: Δ > 0, in standard deviations; φ = φ(Δ).

    Paper: the displays after Lemma 6.
    """
    a, eps_cr, radius, delta = common(eps_cr, radius, delta)
    ninth = a.root(eps_cr, 9)
    pull = density(delta) / a.root(lemma_6_constant(eps_cr, radius), 3)
    both = ninth**6 + pull
    return (both * ninth**2 + pull * a.root(both, 3)) / 2


def small_constant(eps_cr: Value, radius: Value, delta: Value) -> Value:  # C₂
    """C₂ = C̄²/φ(C̄ ε_cr^{1/9})².

    Args:
        eps_cr: ε_cr, as mass relative to one component.
        radius: l(ε_cr), in standard deviations.
        delta: Δ > 0, in standard deviations.

    Paper: the last display before the case c/k > ε_cr.
    """
    a, eps_cr, radius, delta = common(eps_cr, radius, delta)
    chain = chain_constant(eps_cr, radius, delta)
    share = chain / density(chain * a.root(eps_cr, 9))
    return share * share
