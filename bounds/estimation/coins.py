"""Fair coins that split the reports, cheap, and the same however a stream comes in blocks.

The theorem's coins are secret: whoever can predict them puts all corrupted reports into one half.
So they come from the operating system, and from a seed only where a run has to be repeated.
"""

from __future__ import annotations

import os
from numbers import Integral
from typing import Any

import numpy as np

from bounds.certify.errors import InputError, shown
from bounds.estimation.counts import Truths

_WORD = 32  # bits; a generator gives whole words
_STEP = 64  # bits of a step of the generator
_LARGEST = 2**128


class Coins:
    """A sequence of fair coins.

    Args:
        seed: None for secret coins, drawn from the operating system; or a whole number, and the
            coins are one bit of a generator each, for tests and simulations.
        tossed: how many have been tossed before; they are passed over.

    Raises:
        InputError: the seed is something else.
    """

    def __init__(self, seed: Any = None, tossed: int = 0) -> None:
        self.seed = read_seed(seed)
        self.tossed = tossed
        self._generator = None
        self._left = np.empty(0, bool)
        if self.seed is not None:
            bits = np.random.PCG64(self.seed)
            bits.advance(tossed // _STEP)
            self._generator = np.random.Generator(bits)
            self.tossed -= tossed % _STEP
            self.toss(tossed % _STEP)

    def toss(self, number: int) -> Truths:
        """The next coins; shape (number,)."""
        self.tossed += number
        if self._generator is None:  # nothing is left over that a copy could toss once more
            return _bits(os.urandom(-(-number // 8)))[:number]
        coins = self._left
        if number > coins.size:  # no bytes at all are not asked for: that, too, would draw a word
            words = -(-(number - coins.size) // _WORD)
            coins = np.concatenate([coins, _bits(self._generator.bytes(words * _WORD // 8))])
        self._left = coins[number:].copy()
        return coins[:number]


def read_seed(value: Any) -> int | None:
    """A seed: None, or a whole number from 0 to below 2^128.

    Raises:
        InputError: it is something else; a truth value, text or generator is no seed.
    """
    if value is None:
        return None
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not whole or not 0 <= int(value) < _LARGEST:
        raise InputError(
            "random_state must be None, for secret coins, or a whole number from 0 to below 2^128,"
            f" not {shown(value)}"
        )
    return int(value)


def _bits(drawn: bytes) -> Truths:
    return np.unpackbits(np.frombuffer(drawn, np.uint8)).view(bool)
