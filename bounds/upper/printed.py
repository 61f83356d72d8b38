"""The constants of Theorem 2 exactly as Appendix B defines them, for whatever ε_cr is put in.

Nothing that is repaired or sharp rests on them: they are here to be compared.
"""

from __future__ import annotations

from flint import arb

from bounds.functions.normal import density


def lemma_6_constant(eps_cr: arb, radius: arb) -> arb:  # C
    """C = ε_cr/l(ε_cr)³.

    Args:
        eps_cr: ε_cr, as mass relative to one component.
        radius: l(ε_cr), in standard deviations.

    Paper: Lemma 6.
    """
    return eps_cr / (radius * radius * radius)


def chain_constant(eps_cr: arb, radius: arb, delta: arb) -> arb:  # C̄
    """C̄ = (ε_cr^{2/3} + φ/C^{1/3}) ε_cr^{2/9}/2 + (φ/(2C^{1/3})) (ε_cr^{2/3} + φ/C^{1/3})^{1/3}.

    Args:
        eps_cr: ε_cr, as mass relative to one component.
        radius: l(ε_cr), in standard deviations.
        delta: Δ > 0, in standard deviations; φ = φ(Δ).

    Paper: the displays after Lemma 6.
    """
    ninth = eps_cr.root(9)
    pull: arb = density(delta) / lemma_6_constant(eps_cr, radius).root(3)
    both = ninth**6 + pull
    return (both * ninth**2 + pull * both.root(3)) / 2


def small_constant(eps_cr: arb, radius: arb, delta: arb) -> arb:  # C₂
    """C₂ = C̄²/φ(C̄ ε_cr^{1/9})².

    Args:
        eps_cr: ε_cr, as mass relative to one component.
        radius: l(ε_cr), in standard deviations.
        delta: Δ > 0, in standard deviations.

    Paper: the last display before the case c/k > ε_cr.
    """
    chain = chain_constant(eps_cr, radius, delta)
    share: arb = chain / density(chain * eps_cr.root(9))
    return share * share
