"""Clients with unequal numbers of samples: reports of unequal variance, made equal by noise.

Client i has n_i samples of variance σ² and reports their mean; n_i is public, and n the least one.
The server adds to each report a normal number of variance σ²(1/n − 1/n_i). Then all genuine reports
have the variance σ²/n, and a corrupted one is still whatever its client chose. The lists come from
these, so the theorem holds in the unit σ/√n; see step 9 in `bounds.upper.sample_size` for what
clients with more samples gain. The centres come from the reports as they are, with weight n_i, up
to four times the median number: nothing says that a corrupted client has the samples it claims.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isqrt
from numbers import Integral
from typing import Any

import numpy as np

from bounds.certify.errors import InputError, shown
from bounds.estimation.counts import Counts, Doubles, Integers

_MOST_WEIGHT = 4  # of a report, in medians
_MOST_SAMPLES = 10**9
_LARGEST_SEED = 2**128


@dataclass(frozen=True, eq=False)
class Samples:
    """Reports as they came, counted with their weights.

    Attributes:
        least: n, the least number of samples.
        cap: the largest weight.
        counts: on cells of the same width as the reports with noise.
    """

    least: int
    cap: int
    counts: Counts

    @classmethod
    def of(cls, numbers: Integers, cell: Fraction) -> Samples:
        """No report yet of clients with these numbers of samples, all of them; shape (n,)."""
        cap = _MOST_WEIGHT * int(np.median(numbers))
        return cls(int(numbers.min()), cap, Counts.none(cell))

    def with_reports(self, reports: Doubles, numbers: Integers) -> Samples:
        """These and more reports.

        Args:
            reports: shape (n,), in the unit σ/√n.
            numbers: shape (n,), n_i.
        """
        weights = np.minimum(numbers, self.cap)
        more = Counts.weighed(reports, weights, self.counts.cell)
        return replace(self, counts=self.counts + more)

    @classmethod
    def read(cls, state: Any, cell: Fraction) -> Samples:
        """What `state` wrote.

        Raises:
            InputError: it cannot be that.
        """
        least, cap, (index, number) = state
        if not (type(least) is int and type(cap) is int and 1 <= least <= cap):
            raise InputError("these are no numbers of samples")
        return cls(least, cap, Counts.read(index, number, cell))

    def state(self) -> tuple[int, int, tuple[Integers, Integers]]:
        """All of it, to be written."""
        return self.least, self.cap, (self.counts.index, self.counts.number)

    def shares(self, numbers: Any, clients: int) -> tuple[Doubles, Integers]:
        """The variances of clients, in units of σ²/n, and the weights of their reports.

        Raises:
            InputError: the numbers are no counts, or one is below n.
        """
        counts = read_numbers(numbers, clients)
        # step: no client has fewer samples [false]
        if counts.min() < self.least:
            raise InputError(
                f"the reports that were counted have {self.least} samples at least, and so must"
                f" those of every client, not {int(counts.min())}"
            )
        return self.least / counts, np.minimum(counts, self.cap)


def new_noise(seed: int | None) -> int:
    """Where the noise comes from: a secret number, or that of a seed, for tests and simulations."""
    # step: and the noise is secret [call: 0]
    return secrets.randbits(128) if seed is None else seed


def noise_of(numbers: Integers, least: int, rng: np.random.Generator) -> Doubles:
    """What is added to reports, in the unit σ/√n.

    Args:
        numbers: shape (clients,), n_i.
        least: n.
        rng: made from `new_noise`.
    """
    # step: all reports that are listed have one variance [sum: 0 * numbers]
    noise: Doubles = np.sqrt(1 - least / numbers) * rng.standard_normal(numbers.size)
    return noise


def read_numbers(counts: Any, clients: int) -> Integers:
    """How many samples each client has; shape (clients,).

    Raises:
        InputError: they are not whole numbers from 1 to 10⁹, or not one for each client.
    """
    numbers = np.asarray(counts)
    whole = numbers.dtype.kind in "iu" and numbers.ndim <= 1 and numbers.size > 0
    if not whole or numbers.min() < 1 or numbers.max() > _MOST_SAMPLES:
        raise InputError(
            "counts are whole numbers from 1 to 10^9, how many samples each client has, not"
            f" {shown(counts)}"
        )
    if numbers.ndim and numbers.size != clients:
        raise InputError(f"pass one count a report: {clients}, not {numbers.size}")
    return np.broadcast_to(numbers, (clients,)).astype(np.int64)


def root_of(number: int) -> Fraction:
    """√n, to 30 digits: the variance is 1 but for 10⁻³⁰ then."""
    scale = 10**30
    return Fraction(isqrt(number * scale * scale), scale)


def read_seed(value: Any) -> int | None:
    """A seed: None, or a whole number from 0 to below 2^128.

    Raises:
        InputError: it is something else; a truth value, text or generator is no seed.
    """
    if value is None:
        return None
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not whole or not 0 <= int(value) < _LARGEST_SEED:
        raise InputError(
            "random_state must be None, for secret noise, or a whole number from 0 to below 2^128,"
            f" not {shown(value)}"
        )
    return int(value)
