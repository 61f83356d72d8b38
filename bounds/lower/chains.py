"""Least favourable weights of chains: the priors of `attacks`, stored in chains.json.

Among the priors on given means the Bayes risk is a concave function of the weights, and its slope
in the weight of μ is the mean squared error at μ of the client that knows the prior. So the best
weights are those at which the errors at all means agree. They are found in floating point and
rounded to ten-thousandths, the middle taking the rest: a search; the Bayes risk of what it finds is
enclosed afterwards.

    python -m bounds.lower.chains

writes chains.json anew, from the numbers of means and the spacings below.
"""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from flint import arb

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


def stored() -> list[dict[str, Any]]:
    """The chains as they are stored: mass, spacing, weights."""
    chains: list[dict[str, Any]] = json.loads(STORED.read_text(encoding="utf-8"))
    return chains


def rebuilt() -> list[dict[str, Any]]:
    """The same, computed anew."""
    return [
        {
            "mass": mass_above(count, Fraction(spacing)),
            "spacing": spacing,
            "weights": least_favourable(count, float(Fraction(spacing))),
        }
        for count, spacings in SPACINGS.items()
        for spacing in spacings.split()
    ]


def mass_above(count: int, spacing: Fraction) -> str:
    """What the chain costs, rounded up to four decimals."""
    with working_precision(64):
        cost: arb = (count - 1) * gap_mass(to_ball(spacing))
        return f"{math.ceil(float((cost * _TOTAL).upper())) / _TOTAL:.4f}"


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


def text(chains: list[dict[str, Any]]) -> str:
    """The chains as chains.json holds them."""
    return "[\n" + ",\n".join(json.dumps(chain) for chain in chains) + "\n]\n"


if __name__ == "__main__":
    write_whole(STORED, text(rebuilt()))
