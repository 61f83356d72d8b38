"""Reports that are vectors: `VectorMeans` beside the usual centres, unattacked and attacked.

    python -m campaigns.vectors [--only DIMENSIONS] [--write]

Some methods have the groups that `VectorMeans` finds, and differ in the centre of a group: the
mean, medians and trimmed means by coordinate, the geometric median, Multi-Krum (P. Blanchard, E. El
Mhamdi, R. Guerraoui and J. Stainer, NeurIPS 2017: the mean of the reports with the nearest
neighbours, twice the share of the corrupted ones left out). Two find groups of their own, from the
best of three starts with reports far from one another: EM of k normal laws with a background, which
also starts with the groups of `VectorMeans`, and clustering as in IFCA (A. Ghosh, J. Chung, D. Yin
and K. Ramchandran, NeurIPS 2020: everyone joins the nearest of k centres, and these are averaged).
A client's own sample has the error d. The exit status is 1 if the error of `VectorMeans` is more
than 1.1 times that of the best other one without an attack, or, under its worst attack, of the best
other one under its own worst attack. With --write the table goes to
docs/how-to/your-own-reports.md.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import trim_mean

from bounds.estimation.vectors import VectorMeans
from campaigns.beside import Campaign, short

OURS = "this"
MOST_ABOVE = 1.1
_ROUNDS = 50
_TRIES, _STEPS = 3, 15

Rows = NDArray[np.float64]


@dataclass(frozen=True)
class Setting:
    """k groups of m genuine clients in d dimensions, D apart, and a share of corrupted ones."""

    d: int
    k: int
    m: int
    distance: float
    share: float
    rounds: int

    def drawn(self, attack: str, rng: np.random.Generator) -> tuple[Rows, Rows, Rows]:
        """The means of the genuine clients, their reports, and those of the corrupted ones."""
        frame = rng.standard_normal((max(self.d, self.k), self.k))
        means = np.linalg.qr(frame)[0].T * self.distance / np.sqrt(2)
        if self.k > self.d:  # in few dimensions on a line
            means = np.zeros((self.k, self.d))
            means[:, 0] = self.distance * np.arange(self.k)
        else:
            means = means[:, : self.d]
        own = np.repeat(means, self.m, axis=0)
        number = round(self.share / (1 - self.share) * self.k * self.m)
        lies = ATTACKS[attack](self, means, number, rng)
        return own, own + rng.standard_normal(own.shape), lies


Attack = Callable[[Setting, Rows, int, np.random.Generator], Rows]


def _one(setting: Setting, length: float) -> Rows:
    """A vector with equal coordinates."""
    vector: Rows = np.full(setting.d, length / np.sqrt(setting.d))
    return vector


def _beside(length: Callable[[Setting], float], noise: float = 1.0) -> Attack:
    """At every group, so far from its mean."""

    def attack(setting: Setting, means: Rows, number: int, rng: np.random.Generator) -> Rows:
        at = means[rng.integers(0, setting.k, number)] + _one(setting, length(setting))
        return at + noise * rng.standard_normal(at.shape)

    return attack


def _at_few(length: Callable[[Setting], float]) -> Attack:
    """At as few groups as get more corrupted than genuine reports."""

    def attack(setting: Setting, means: Rows, number: int, rng: np.random.Generator) -> Rows:
        few = max(1, int(number / (1.25 * setting.m)))
        at = means[rng.integers(0, few, number)] + _one(setting, length(setting))
        return at + rng.standard_normal(at.shape)

    return attack


def _many_ways(setting: Setting, means: Rows, number: int, rng: np.random.Generator) -> Rows:
    """In eight directions at once, each by as much as lengths hide."""
    ways = rng.standard_normal((8, setting.d))
    ways *= 1.5 * setting.d**0.25 / np.linalg.norm(ways, axis=1)[:, np.newaxis]
    at = means[rng.integers(0, setting.k, number)] + ways[rng.integers(0, 8, number)]
    return at + rng.standard_normal(at.shape)


ATTACKS: dict[str, Attack] = {
    "none": _beside(lambda _: 0.0),
    "pull": _beside(lambda _: 2.1),
    "point": _beside(lambda _: 2.1, noise=0.0),
    "hidden": _beside(lambda setting: 1.5 * setting.d**0.25),
    "every coordinate": _beside(lambda setting: setting.d**0.5),
    "far": _beside(lambda setting: 30 * setting.d**0.5),
    "mirror": _at_few(lambda _: 2.5),
    "fake group": _at_few(lambda setting: setting.distance / 2),
    "many ways": _many_ways,
}


def geometric_median(rows: Rows) -> Rows:
    """The place with the least sum of distances, by E. Weiszfeld's steps."""
    place: Rows = np.median(rows, axis=0)
    for _ in range(_ROUNDS):
        weight = 1 / np.maximum(np.linalg.norm(rows - place, axis=1), 1e-9)
        place = weight @ rows / weight.sum()
    return place


def multi_krum(rows: Rows, share: float) -> Rows:
    """The mean of the 1 − share of reports with the least squared distances to so many others."""
    number = rows.shape[0]
    kept = max(1, number - math.ceil(2 * share * number))
    squares = _squares(rows, rows)
    scores = np.sort(squares, axis=1)[:, 1 : max(2, kept - 1)].sum(axis=1)
    mean: Rows = rows[np.argsort(scores)[:kept]].mean(axis=0)
    return mean


CENTRES: dict[str, Callable[[Rows, float], Rows]] = {
    "mean": lambda rows, _: rows.mean(axis=0),
    "medians": lambda rows, _: np.median(rows, axis=0),
    "geometric median": lambda rows, _: geometric_median(rows),
    "trimmed means": lambda rows, _: np.asarray(trim_mean(rows, 0.15)),
    "Multi-Krum": multi_krum,
}


def _squares(rows: Rows, others: Rows) -> Rows:
    """Squared distances; shape (rows, others)."""
    lengths = [np.einsum("ij,ij->i", some, some) for some in (rows, others)]
    squares: Rows = lengths[0][:, np.newaxis] - 2 * rows @ others.T + lengths[1]
    return np.maximum(squares, 0)


def _in_their_span(rows: Rows) -> tuple[Rows, Rows]:
    """Rows with as many coordinates as there are rows, at most, as far apart; and how to go back.

    Returns:
        placed and frame, with rows = placed @ frame.
    """
    if rows.shape[1] <= rows.shape[0]:
        return rows, np.eye(rows.shape[1])
    frame, placed = np.linalg.qr(rows.T)
    return placed.T, frame.T


def _starts(rows: Rows, k: int, rng: np.random.Generator) -> Rows:
    """Reports far from one another, at random (D. Arthur and S. Vassilvitskii, SODA 2007)."""
    chosen = [int(rng.integers(rows.shape[0]))]
    away = _squares(rows, rows[chosen])[:, 0]
    while len(chosen) < k:
        chosen.append(int(rng.choice(rows.shape[0], p=away / away.sum())))
        away = np.minimum(away, _squares(rows, rows[chosen[-1:]])[:, 0])
    return rows[chosen]


def ifca(rows: Rows, setting: Setting, _: Rows, rng: np.random.Generator) -> Rows:
    """Everyone joins the nearest of k centres, and these are averaged."""
    best, least = rows[: setting.k], np.inf
    for _ in range(_TRIES):
        centres = _starts(rows, setting.k, rng)
        for _ in range(_STEPS):
            squares = _squares(rows, centres)
            near = squares.argmin(axis=1)
            joined = (near[:, np.newaxis] == np.arange(setting.k)).astype(float)
            number = joined.sum(axis=0)[:, np.newaxis]
            centres = np.where(number > 0, joined.T @ rows / np.maximum(number, 1), centres)
        loss = float(_squares(rows, centres).min(axis=1).sum())
        if loss < least:
            best, least = centres, loss
    return best


def em(rows: Rows, setting: Setting, found: Rows, rng: np.random.Generator) -> Rows:
    """Normal laws with variance 1 and a background that takes what no noise explains."""
    width = setting.d
    edge = width + 5 * np.sqrt(2 * width) + 10  # of a squared length
    background = -edge / 2 + np.log(max(setting.share, 0.01) * setting.k / (1 - setting.share))
    best, most = rows[: setting.k], -np.inf
    for start in (found, *(_starts(rows, setting.k, rng) for _ in range(_TRIES))):
        centres = start
        for step in range(_STEPS):
            # a report that begins is no mean: from it others are √(2d) away
            spread = 2.0 if step < 2 else 1.0
            laws = -_squares(rows, centres) / (2 * spread)
            whole = np.logaddexp(np.logaddexp.reduce(laws, axis=1), background)
            laws = np.exp(laws - whole[:, np.newaxis])
            number = laws.sum(axis=0)[:, np.newaxis]
            centres = np.where(number > 1e-9, laws.T @ rows / np.maximum(number, 1e-9), centres)
        fit = float(whole.sum())
        if fit > most:
            best, most = centres, fit
    return best


CLUSTERINGS: dict[str, Callable[[Rows, Setting, Rows, np.random.Generator], Rows]] = {
    "EM": em,
    "IFCA": ifca,
}
OTHERS = (*CENTRES, *CLUSTERINGS)

SETTINGS = (
    Setting(2, 3, 300, 12, 0.05, 12),
    Setting(20, 3, 300, 12, 0.1, 6),
    Setting(20, 10, 100, 15, 0.1, 4),
    Setting(200, 5, 200, 20, 0.1, 2),
    Setting(1000, 3, 300, 25, 0.1, 2),
    Setting(10_000, 3, 200, 40, 0.1, 1),
)


@dataclass(frozen=True)
class Row:
    """What was measured: evidence, not certified. Mean squared errors, by the method."""

    setting: Setting
    unattacked: dict[str, float]
    attacked: dict[str, float]
    adversary: str

    @property
    def failures(self) -> list[str]:
        """What is more than it may be."""
        return [
            f"{name}: {risks[OURS]:.3g}"
            for name, risks in (("unattacked", self.unattacked), ("attacked", self.attacked))
            if risks[OURS] > MOST_ABOVE * min(risks[other] for other in OTHERS)
        ]

    def __str__(self) -> str:
        asked, names = self.setting, (OURS, *OTHERS)
        sizes = f"| {asked.d} | {asked.k} | {asked.m} | {asked.distance:g} | {asked.share:.0%} | "
        free = short(self.unattacked[OURS])
        best = short(min(self.unattacked[other] for other in OTHERS))
        worst = " | ".join(short(self.attacked[name]) for name in names)
        return f"{sizes}{free} | {best} | {worst} |"


HEAD = (
    "| d | k | m | D | corrupted | no attack: this | best other | worst attack: this | "
    + " | ".join(OTHERS)
    + " |\n"
    + "| --- " * (8 + len(OTHERS))
    + "|\n"
)


def risks_of(setting: Setting, attack: str, seed: int = 0) -> dict[str, float]:
    """The mean squared error of genuine clients, by the method."""
    errors: dict[str, list[float]] = {name: [] for name in (OURS, *OTHERS)}
    for number in range(setting.rounds):
        rng = np.random.default_rng([seed, number, list(ATTACKS).index(attack)])
        own, genuine, lies = setting.drawn(attack, rng)
        reports = np.concatenate([genuine, lies])
        estimator = VectorMeans(
            setting.k, share=f"{setting.share}", separation=setting.distance, random_state=number
        )
        told = {OURS: estimator.fit_predict(reports)}
        for name, centre in CENTRES.items():
            told[name] = reports.copy()
            for label in range(estimator.means_.shape[0]):
                here = estimator.labels_ == label
                told[name][here] = centre(reports[here], setting.share)
        placed, frame = _in_their_span(reports)
        for name, clustering in CLUSTERINGS.items():
            centres = clustering(placed, setting, estimator.means_ @ frame.T, rng)
            told[name] = (centres @ frame)[_squares(placed, centres).argmin(axis=1)]
        for name, estimates in told.items():
            squares = np.square(estimates[: own.shape[0]] - own).sum(axis=1)
            errors[name].append(float(squares.mean()))
    return {name: float(np.mean(values)) for name, values in errors.items()}


def measure(setting: Setting, seed: int = 0) -> Row:
    """Every attack, every centre."""
    risks = {attack: risks_of(setting, attack, seed) for attack in ATTACKS}
    free = risks.pop("none")
    worst = {name: max(risk[name] for risk in risks.values()) for name in free}
    return Row(setting, free, worst, max(risks, key=lambda attack: risks[attack][OURS]))


CAMPAIGN = Campaign(
    "vectors", __doc__, SETTINGS, measure, lambda setting: setting.d, "dimensions", HEAD
)
main = CAMPAIGN.main


if __name__ == "__main__":
    sys.exit(main())
