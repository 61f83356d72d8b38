"""The estimator: a list of possible means for each half of the reports, and what clients do.

It follows scikit-learn's conventions, and needs scikit-learn only to take part in its tools.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Self

import numpy as np

from bounds.certify.errors import InputError
from bounds.estimation.clusters import Clusters
from bounds.estimation.coins import Coins
from bounds.estimation.conventions import Conventions, not_fitted
from bounds.estimation.counts import Counts, Doubles, Truths
from bounds.estimation.listing import possible_means
from bounds.upper.sample_size import (
    SampleSizeBound,
    design_without_guarantee,
    read_sizes,
    sample_size_bound,
)

FINEST = Fraction(1, 2**10)
"""Cells on which a stream is counted; its list is made on cells as wide or wider."""


class PossibleMeans(Conventions):
    """Robust personalised mean estimation by lists of possible means.

    Reports come from a mixture of k unit-variance normal laws with equal weights, and from
    corrupted clients. Each half of the reports gives a list of the means that it allows; clients of
    the other half take the cluster of possible means nearest to their own sample, and play the rule
    that is best for the worst mean in it, or keep their sample. See `bounds.upper.sample_size` for
    the algorithm and for what it is proved to attain.

    Args:
        n_components: k ≥ 1.
        contamination: c ≥ 0, corrupted mass in components' worth of clients: c/(k + c) is the
            chance that a client is corrupted.
        separation: D > 0, the means are at least so far apart, in standard deviations.
        random_state: seed of the coins that split the reports, a whole number.

    Attributes:
        clusters_: two `Clusters`; the first is the list of half 0, which serves clients of half 1.
        halves_: of `fit`: shape (n,), True for the reports of half 1.
        n_reports_: how many reports were seen.
        guarantee_: a `SampleSizeBound` for this k, c, D and number of reports.
        risk_bound_: the proved bound on the mean squared error of the average genuine client, an
            upper end; None where the proof says nothing at this size.

    Paper: in place of Algorithms 1 and 2; Theorem 2.
    """

    n_components: Any
    contamination: Any
    separation: Any
    random_state: Any
    _counts: list[Counts]

    def __init__(
        self,
        n_components: Any = 1,
        contamination: Any = 0,
        separation: Any = 18,
        random_state: Any = 0,
    ) -> None:
        self.n_components = n_components
        self.contamination = contamination
        self.separation = separation
        self.random_state = random_state

    def fit(self, reports: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Make the lists from the reports of all clients.

        Args:
            reports: shape (n,) or (n, 1), in standard deviations. What is infinite or no number
                counts as a report that supports no mean.
            y: ignored.

        Raises:
            InputError: the reports have another shape, there is none, or a parameter is malformed.
        """
        self._reset()
        self.halves_ = self._add(self._read(reports, fitting=True))
        self._list()
        return self

    def partial_fit(self, reports: Any, y: Any = None) -> Self:  # noqa: ARG002
        """Count some more reports; the lists are those of all reports seen so far.

        Args:
            reports: as for `fit`.
            y: ignored.
        """
        if not hasattr(self, "_counts"):
            self._reset()
        self._add(self._read(reports, fitting=True))
        self._stale = True
        return self

    def merge(self, other: PossibleMeans) -> Self:
        """Take in the reports that another estimator has counted, on this machine or another.

        Args:
            other: with the same parameters but for the seed, which must differ: one seed would
                split both streams by the same coins, which does no harm, yet tells of a mistake.

        Raises:
            InputError: the parameters differ, or either has counted nothing.
        """
        mine, theirs = (
            (est.n_components, est.contamination, est.separation) for est in (self, other)
        )
        if mine != theirs:
            raise InputError(f"summaries of {mine} and {theirs} do not merge: use one set")
        if not hasattr(other, "_counts"):
            raise InputError(
                "the other estimator has counted no report: call its partial_fit first"
            )
        if not hasattr(self, "_counts"):
            self._reset()
        self._counts = [a + b for a, b in zip(self._counts, other._counts, strict=True)]
        self.n_reports_ = sum(counts.total for counts in self._counts)
        self._stale = True
        return self

    def predict(self, own_samples: Any, halves: Any = None) -> Doubles:
        """What clients estimate, given their own samples.

        Args:
            own_samples: shape (n,) or (n, 1), finite, in standard deviations.
            halves: shape (n,), the half that the report of each client is in, as in `halves_`; by
                default the samples were not among the reports, and the list of half 0 serves them.

        Returns:
            The estimates of the clients' means; shape (n,).

        Raises:
            InputError: an argument has another shape, or a sample is not finite.
            NotFitted: no report has been seen.
        """
        if not hasattr(self, "_counts"):
            raise not_fitted("this PossibleMeans has seen no report: call fit or partial_fit first")
        x = self._read(own_samples, fitting=False)
        if getattr(self, "_stale", False):
            self._list()
        if halves is None:
            return self.clusters_[0].estimate(x)
        second = np.asarray(halves, bool)
        if second.shape != x.shape:
            raise InputError(f"halves must have the shape {x.shape} of the samples")
        told = np.empty(x.shape)
        for clusters, here in zip(self.clusters_, (second, ~second), strict=True):
            told[here] = clusters.estimate(x[here])
        return told

    def fit_predict(self, reports: Any, y: Any = None) -> Doubles:  # noqa: ARG002
        """Make the lists, and estimate for the clients who reported: each from the other half.

        Args:
            reports: shape (n,) or (n, 1), finite.
            y: ignored.
        """
        return self.fit(reports).predict(reports, self.halves_)

    def _reset(self) -> None:
        self._counts = [Counts.none(FINEST), Counts.none(FINEST)]
        self._coins = Coins(self.random_state)
        self.n_reports_ = 0

    def _add(self, reports: Doubles) -> Truths:
        halves = self._coins.toss(reports.size)
        found = Counts.of_halves(reports, halves, FINEST)
        self._counts = [counts + more for counts, more in zip(self._counts, found, strict=True)]
        self.n_reports_ += reports.size
        return halves

    def _list(self) -> None:
        k, c, _, _ = read_sizes(self.n_components, self.contamination, self.separation, 1)
        guarantee = self._guarantee(Fraction(self.n_reports_) / (k + c))
        design = guarantee.design or design_without_guarantee(guarantee.distance, guarantee.m)
        cell, eta = max(design.cell, FINEST), float(design.cell)
        longest = float(guarantee.distance) - 2 * eta
        total = float(guarantee.k + guarantee.c)
        self.clusters_ = tuple(
            Clusters.of(
                possible_means(counts.coarsened(cell), counts.total / total, float(design.slack)),
                float(design.reach),
                longest,
                eta,
            )
            for counts in self._counts
        )
        sound = all(rule.holds for clusters in self.clusters_ for rule in clusters.rules)
        self.guarantee_ = guarantee
        proved = sound and guarantee.says_something
        self.risk_bound_ = float(guarantee.value.decimals()[1]) if proved else None
        self._stale = False

    def _guarantee(self, m: Fraction) -> SampleSizeBound:
        return sample_size_bound(self.n_components, self.contamination, self.separation, m)
