r"""What a client makes of its sample within one cluster of possible means.

In the letters of `lower.any_set`, with the middle of the cluster at 0: the means lie in
a − w ≤ |θ| ≤ a, where 2a is the hull and 2a − w its largest gap (in [−a, a] where that is less than
a). Four rules: the own sample, linear, s·tanh(sx), ±(a − w/2) by the sign. The worst risk of each
is known from its shape; of these the least is at most r* times the cases' bound of the mass M.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from scipy.special import ndtr

from bounds.estimation.counts import Doubles
from bounds.lower.any_set import SEAM
from bounds.upper.guides import RATIO, gap_mass
from bounds.upper.sample_size import RULE_TOLERANCE

Kind = Literal["own sample", "linear", "tanh", "sign"]

_STEP = 1 / 64
_NODES = np.arange(-9.0, 9.0 + _STEP / 2, _STEP)
_WEIGHTS = _STEP * np.exp(-np.square(_NODES) / 2) / math.sqrt(2 * math.pi)
_LARGEST_TANH = 5.0
_FEW_STEP = 1 / 8
_FEW_NODES = np.arange(-6.0, 6.0 + _FEW_STEP / 2, _FEW_STEP)
_FEW_WEIGHTS = _FEW_STEP * np.exp(-np.square(_FEW_NODES) / 2) / math.sqrt(2 * math.pi)
_PULLS = np.linspace(0, 0.5, 41)


@dataclass(frozen=True)
class ClusterRule:
    """A rule on one cluster.

    Attributes:
        kind: which of the four.
        middle: the middle of the hull.
        size: s for "tanh", the weight a²/(1 + a²) for "linear", a − w/2 for "sign"; 0 else.
        risk: its worst risk over the cluster, in floats (trapezoidal sums, error below 10⁻⁹).
        allowed: the most that the proof allows this rule by itself, r*m; infinite for a long
            cluster.
        budget: B(C), what the proof allows a rule that is mixed; infinite where nothing is proved,
            and −∞ where nothing is mixed.
    """

    kind: Kind
    middle: float
    size: float
    risk: float
    allowed: float
    budget: float = -math.inf

    @property
    def holds(self) -> bool:
        """Whether its risk is what the proof allows: true of every cluster, and checked."""
        return self.risk <= self.allowed + float(RULE_TOLERANCE)

    def mixed(self, farthest: Doubles, trust: Doubles) -> tuple[Doubles, Doubles]:
        """The rule λ(p + w(X − p)) + (1 − λ)·this one, as near to p as the risk B(C) lets it.

        p + w(X − p) has a risk of at most w² + (1 − w)²B², and w is the least with which that is in
        the budget. Where none is, w makes it least, and λ is the largest share: the risk of a mixed
        rule is at most the mixed risk, for the square is convex.

        Where the centre is not trusted the share is lowered, which the proof allows.

        Args:
            farthest: B ≥ 0 of each client; shape (n,).
            trust: from 1 to 0; shape (n,). Both know nothing of the client's sample.

        Returns:
            w and λ. Where B(C) is below the risk of this rule λ is 0: r*m allows it.
        """
        square = farthest * farthest
        least, budget = square / (1 + square), self.budget
        if budget == math.inf:
            return np.zeros_like(farthest), trust.copy()
        # step: the mean may be as far as B from the centre [sum 1/2: square * square]
        root = np.sqrt(np.maximum(budget * (1 + square) - square, 0))
        weight = np.where(budget >= square, 0, np.where(budget >= least, square - root, square))
        # step: where no mixture is allowed, the rule of the cases is [true]
        allowed = budget > self.risk
        # step: the share keeps to the budget [call 1/2: np.ones_like(square)]
        part = np.divide(
            budget - self.risk, least - self.risk, out=np.zeros_like(square), where=least > budget
        )
        share = np.where(budget >= least, 1.0, part if allowed else 0.0)
        return weight / (1 + square), share * trust

    def mixed_risk(self, farthest: Doubles, weight: Doubles, share: Doubles) -> Doubles:
        """What a mixed rule may err, λ(w² + (1 − w)²B²) + (1 − λ)·risk."""
        pulled = np.square(weight) + np.square((1 - weight) * farthest)
        risk: Doubles = share * pulled + (1 - share) * self.risk
        return risk


OWN_SAMPLE = ClusterRule("own sample", 0.0, 0.0, 1.0, math.inf)

PLAYS: dict[Kind, Callable[[Doubles, Doubles], Doubles]] = {
    "linear": lambda away, size: size * away,
    "tanh": lambda away, size: size * np.tanh(size * away),
    "sign": lambda away, size: size * np.where(away < 0, -1.0, 1.0),
}
"""Own sample and estimate, both from the middle of the cluster; sizes as in `ClusterRule`."""


def averaged(kind: Kind, away: Doubles, size: Doubles, noise: Doubles) -> Doubles:
    """What a rule says on average of an own sample with normal noise; never worse than with it.

    Args:
        kind: "linear", "tanh" or "sign".
        away: samples, from the middle of the cluster; shape (n,).
        size: as for the rule; shape (n,).
        noise: standard deviations, from 0 to 1; shape (n,).

    Returns:
        For each sample x the mean of the rule at x + noise·Z; shape (n,). By sums that err by less
        than 10⁻⁷.
    """
    if kind == "linear":
        return size * away
    if kind == "sign":
        quotient = np.divide(away, noise, out=np.where(away < 0, -np.inf, np.inf), where=noise > 0)
        return size * (2 * ndtr(quotient) - 1)
    told = np.zeros_like(away)
    for place, weight in zip(_FEW_NODES, _FEW_WEIGHTS, strict=True):
        told += weight * np.tanh(size * (away + place * noise))
    return size * told


def tanh_risk(size: float, theta: float) -> float:
    """E(s tanh(sX) − θ)², X ~ N(θ, 1), by the trapezoidal rule, which errs by below 10⁻¹⁴ here."""
    error = size * np.tanh(size * (_NODES + theta)) - theta
    return float(_WEIGHTS @ np.square(error))


def best_rule(low: float, high: float, gap: float) -> ClusterRule:
    """The rule of least worst risk on a cluster.

    Args:
        low: its first point.
        high: its last point, at least low.
        gap: its largest gap, from 0 to high − low.
    """
    hull, gap = round(high - low, 12), round(gap, 12)
    kind, size, risk = _best(hull, gap)
    return ClusterRule(kind, (low + high) / 2, size, risk, allowed_risk(hull, gap))


def allowed_risk(hull: float, gap: float) -> float:
    """r*m of the case that serves a cluster of that hull and largest gap."""
    a = hull / 2
    if a <= float(SEAM):
        return RATIO * gap_mass(hull)
    if gap < a:
        return 2 * RATIO * gap_mass(a)
    return RATIO * (gap_mass(gap) + gap_mass(hull - gap))


@lru_cache(maxsize=4096)
def _best(hull: float, gap: float) -> tuple[Kind, float, float]:
    a = hull / 2
    w = min(hull - gap, a)
    found: list[tuple[float, Kind, float]] = [(1.0, "own sample", 0.0)]
    found.append((a * a / (1 + a * a), "linear", a * a / (1 + a * a)))
    if a > 0:
        sign = w * w / 4 + 4 * a * a * float(ndtr(w - a))
        found.append((sign, "sign", a - w / 2))
    if 0 < a <= _LARGEST_TANH:
        for size in a - _PULLS * w:
            worst = max(tanh_risk(size, a - w), tanh_risk(size, a))
            found.append((worst, "tanh", float(size)))
    risk, kind, size = min(found)
    return kind, size, risk
