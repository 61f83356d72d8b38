"""Tails of the binomial distribution, as balls."""

from __future__ import annotations

from flint import arb

_RUN = 16
"""Terms that are added between two looks at the rest."""


def binomial_tail(trials: int, chance: arb, least: int, bits: int = 30) -> arb:
    """P(Binomial(trials, chance) ≥ least): terms until they are negligible, then a geometric rest.

    Beyond the mean the quotient of successive terms is below 1 and falls.

    Args:
        trials: n, a whole number.
        chance: the chance of success in one trial, strictly between 0 and 1.
        least: from how many successes on.
        bits: terms below 2^-bits of the first are negligible.
    """
    if least <= 0:
        return arb(1)
    if least > trials:
        return arb(0)
    if least <= trials * float(chance):
        return 1 - binomial_tail(trials, 1 - chance, trials - least + 1, bits)
    odds = chance / (1 - chance)
    term = arb.bin_uiui(trials, least) * chance**least * (1 - chance) ** (trials - least)
    total, negligible = term, term * arb(2) ** -bits
    for start in range(least, trials, _RUN):
        quotient = odds * (trials - start) / (start + 1)
        if term < negligible * (1 - quotient):
            return total + (term * quotient / (1 - quotient)).union(arb(0))
        for j in range(start, min(start + _RUN, trials)):
            term = term * odds * (trials - j) / (j + 1)
            total += term
    return total
