"""Fair coins that split the reports, cheap, and the same however a stream comes in blocks."""

from __future__ import annotations

from typing import Any

import numpy as np

from bounds.estimation.counts import Truths

_WORD = 32  # bits; a generator gives whole words


class Coins:
    """A sequence of fair coins, one bit of a generator each.

    Args:
        seed: a whole number, or whatever else `numpy.random.default_rng` takes.
    """

    def __init__(self, seed: Any) -> None:
        self._generator = np.random.default_rng(seed)
        self._left = np.empty(0, bool)

    def toss(self, number: int) -> Truths:
        """The next coins; shape (number,)."""
        coins = self._left
        if number > coins.size:  # no bytes at all are not asked for: that, too, would draw a word
            words = -(-(number - coins.size) // _WORD)
            drawn = np.frombuffer(self._generator.bytes(words * _WORD // 8), np.uint8)
            coins = np.concatenate([coins, np.unpackbits(drawn).view(bool)])
        self._left = coins[number:].copy()
        return coins[:number]
