"""A mean with its error bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from bounds.certify.errors import InputError, shown
from bounds.certify.results import Result


@dataclass(frozen=True, repr=False)
class Estimate(Result):
    """A mean over independent rounds with a Student t interval: evidence, not certified.

    Attributes:
        mean: the sample mean.
        low, high: the ends of the confidence interval.
        level: its level, asymptotic in the number of rounds (exact for normal rounds).
        values: the rounds.
    """

    mean: float
    low: float
    high: float
    level: float
    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[float], level: float = 0.95) -> Estimate:
        """The estimate from independent rounds.

        Args:
            values: one number for each round, at least two.
            level: of the two-sided interval, between 0 and 1.

        Raises:
            InputError: fewer than two finite numbers, or a level outside (0, 1).
        """
        try:
            rounds = np.asarray(values)
            rounds = rounds.astype(
                np.float64, casting="unsafe" if rounds.dtype == object else "safe"
            )
        except (TypeError, ValueError, OverflowError):
            raise InputError("the rounds must be real numbers in a list: pass [0.1, 0.2]") from None
        if rounds.ndim != 1 or not np.all(np.isfinite(rounds)):
            raise InputError("the rounds must be finite numbers in one list: pass [0.1, 0.2]")
        if rounds.size < 2:
            raise InputError("an error bar needs at least 2 rounds: pass more")
        if not (isinstance(level, int | float) and 0 < level < 1):
            raise InputError(f"the level must lie between 0 and 1, not {shown(level)}: pass 0.95")
        mean = float(rounds.mean())
        factor = float(stdtrit(rounds.size - 1, (1 + level) / 2))
        half = factor * float(rounds.std(ddof=1)) / rounds.size**0.5
        return cls(mean, mean - half, mean + half, level, tuple(rounds.tolist()))

    def __contains__(self, number: float) -> bool:
        return self.low <= number <= self.high
