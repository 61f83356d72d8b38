"""Least favourable weights of chains: the priors of `attacks`; the weights are in chains.json.

Among the priors on given means the Bayes risk is a concave function of the weights, and its slope
in the weight of μ is the mean squared error at μ of the client that knows the prior. So the best
weights are those at which the errors at all means agree. They are found in floating point and
rounded to ten-thousandths, the middle taking the rest: a search. Nothing else is read from the
file: what a chain costs and earns is computed from its spacing and weights by balls, so other
weights give another bound, and never a false one.

    python -m bounds.lower.chains

writes chains.json, from the numbers of means and the spacings below.
"""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from flint import arb

from bounds.certify.errors import Notice
from bounds.certify.exact import to_ball
from bounds.certify.io.files import write_whole
from bounds.certify.numbers.precision import working_precision
from bounds.lower.any_set import gap_mass

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Doubles: TypeAlias = "NDArray[np.float64]"
"""NumPy is imported where something is computed with it: most commands need none."""

STORED = Path(__file__).with_name("chains.json")
SPACINGS = {
    3: "23/20 6/5 5/4 13/10 27/20 7/5 29/20 3/2 31/20 8/5 33/20 17/10 7/4 37/20 39/20 2 41/20"
    " 21/10 43/20 11/5 9/4 47/20",
    4: "31/20 33/20 7/4 37/20 39/20 2 41/20 21/10 43/20 11/5 9/4 47/20",
    5: "17/10 9/5 19/10 2 41/20 21/10 43/20 11/5 23/10",
    6: "9/5 19/10 39/20 2 21/10",
    7: "37/20 39/20 2 41/20",
    8: "37/20 39/20 2 41/20",
    9: "19/10 2 21/10",
    10: "19/10 2 21/10",
}
"""For each number of means the spacings, in standard deviations, that serve masses up to 6.4."""

_TOTAL = 10_000
_STEP = 0.1  # of the trapezoidal rule, which is exact to float64 here


@dataclass(frozen=True)
class Weighted:
    """Equally spaced means with weights.

    Attributes:
        spacing: the gap between neighbours, in standard deviations.
        weights: of the means, in ten-thousandths; they are positive and add up to 1.
    """

    spacing: Fraction
    weights: tuple[int, ...]

    def mass(self) -> Fraction:
        """What the chain costs, (n − 1)q(spacing), rounded up to four decimals."""
        with working_precision(64):
            # step: one gap fewer than means [constant: 2]
            cost: arb = (len(self.weights) - 1) * gap_mass(to_ball(self.spacing))
            # step: a chain's mass is rounded up [function 2/3: (cost * _TOTAL).lower().floor]
            whole = (cost * _TOTAL).upper().ceil().unique_fmpz()
        assert whole is not None  # an exact whole number
        return Fraction(int(whole), _TOTAL)


def _places() -> Iterator[tuple[int, Fraction]]:
    """The number of means and the spacing of each chain."""
    for count, spacings in SPACINGS.items():
        for spacing in spacings.split():
            yield count, Fraction(spacing)


def chains() -> list[Weighted]:
    """All chains, with the stored weights.

    Where the file is missing or does not hold weights, they are computed, which takes a second, and
    a `Notice` says so.
    """
    try:
        return read(json.loads(STORED.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError) as why:
        warnings.warn(
            f"{STORED.name} cannot be read ({why}): the weights of chains are computed; to write"
            f" it: python -m {__name__}",
            Notice,
            stacklevel=2,
        )
        return rebuilt()


def read(content: Any) -> list[Weighted]:
    """The chains whose weights are listed, in the order of `SPACINGS`.

    Raises:
        ValueError: these are no weights of as many means.
    """
    places = list(_places())
    if not isinstance(content, list) or len(content) != len(places):
        raise ValueError(f"{len(places)} lists of weights were expected")
    for weights, (count, spacing) in zip(content, places, strict=True):
        if not (
            isinstance(weights, list)
            and len(weights) == count
            and all(type(weight) is int and weight > 0 for weight in weights)
            and sum(weights) == _TOTAL
        ):
            raise ValueError(f"no {count} positive weights for means {spacing} apart")
    return [
        Weighted(spacing, tuple(weights))
        for weights, (_, spacing) in zip(content, places, strict=True)
    ]


def rebuilt() -> list[Weighted]:
    """The same, computed."""
    return [
        Weighted(spacing, tuple(least_favourable(count, float(spacing))))
        for count, spacing in _places()
    ]


def least_favourable(count: int, spacing: float) -> list[int]:
    """The weights, in ten-thousandths, that make the Bayes risk on the chain greatest."""
    import numpy as np
    from scipy.optimize import root

    half = (count + 1) // 2
    means: Doubles = spacing * (np.arange(count, dtype=np.float64) - (count - 1) / 2)

    def unequal(logs: Doubles) -> Doubles:
        weights = _mirrored(np.exp(logs), count)
        shares = np.asarray(weights / weights.sum(), dtype=np.float64)
        errors = _errors(means, shares)[:half]
        return np.append(np.diff(errors), weights.sum() - 1)

    found = root(unequal, np.full(half, -math.log(count)), tol=1e-13)
    outer = [round(float(weight) * _TOTAL) for weight in np.exp(found.x[:-1])]
    rest = _TOTAL - 2 * sum(outer)
    middle = [rest] if count % 2 else [rest // 2, rest // 2]
    return [*outer, *middle, *reversed(outer)]


def _mirrored(half: Doubles, count: int) -> Doubles:
    import numpy as np

    return np.concatenate([half, half[::-1][count % 2 :]])


def _errors(means: Doubles, weights: Doubles) -> Doubles:
    """The mean squared error at each mean, of the client that knows the weights."""
    import numpy as np

    x = np.arange(means[0] - 9, means[-1] + 9, _STEP)
    chances = np.exp(-((x[:, None] - means) ** 2) / 2) * _STEP / math.sqrt(2 * math.pi)
    estimate = (chances * weights) @ means / (chances @ weights)
    return np.asarray(((estimate[:, None] - means) ** 2 * chances).sum(axis=0))


def text(chains: list[Weighted]) -> str:
    """What chains.json holds of them: the weights."""
    return "[\n" + ",\n".join(json.dumps(chain.weights) for chain in chains) + "\n]\n"


if __name__ == "__main__":
    write_whole(STORED, text(rebuilt()))
