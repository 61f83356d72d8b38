"""Tails of the binomial distribution, as balls."""

from __future__ import annotations

from functools import lru_cache

from flint import arb, arb_poly, ctx


def binomial_tail(trials: int, chance: arb, least: int, bits: int = 30) -> arb:
    """P(Binomial(trials, chance) ≥ least): terms until they are negligible, then a geometric rest.

    The rest is looked at after one term a bit, then after twice as many, and so on. Beyond the mean
    the quotient of successive terms is below 1 and falls.

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
    unit = chance**least * (1 - chance) ** (trials - least)
    count = max(1, bits)
    while True:
        count = min(count, trials - least + 1)
        series = _series(trials, least, count, ctx.prec)
        total: arb = unit * series(odds)
        last = least + count - 1
        if last == trials:
            return total
        term = unit * series[count - 1] * odds ** (count - 1)
        quotient = odds * (trials - last) / (last + 1)
        if term < unit * series[0] * arb(2) ** -bits * (1 - quotient):
            # step: the rest of a binomial tail [first sum 1/2]
            return total + (term * quotient / (1 - quotient)).union(arb(0))
        count *= 2


@lru_cache(maxsize=256)
def _series(trials: int, least: int, count: int, _precision: int) -> arb_poly:
    """The chances of `least` successes and more, over that power of the odds: for every chance."""
    term = arb.bin_uiui(trials, least)
    terms = [term]
    for successes in range(least, least + count - 1):
        term = term * (trials - successes) / (successes + 1)
        terms.append(term)
    return arb_poly(terms)
