"""The estimator: a list of possible means for each half of the reports, and what clients do.

It follows scikit-learn's conventions, and needs scikit-learn only to take part in its tools.
"""

from __future__ import annotations

import warnings
from dataclasses import replace
from fractions import Fraction
from typing import Any, Self

import numpy as np

from bounds.certify.errors import InputError, shown
from bounds.certify.exact import read_positive_rational, read_whole
from bounds.estimation.clusters import Clusters
from bounds.estimation.coins import Coins, read_seed
from bounds.estimation.conventions import (
    Conventions,
    EstimateWarning,
    not_fitted,
    read_corrupted,
)
from bounds.estimation.counts import Doubles, Integers, Truths
from bounds.estimation.samples import Samples, noise_of, read_numbers, root_of
from bounds.estimation.spread import spread_of
from bounds.estimation.summary import Lists, Summary, new_stream, read_summary
from bounds.upper.sample_size import FINEST_CELL, SampleSizeBound

_FORMAT = 3


class PossibleMeans(Conventions):
    """Robust personalised mean estimation by lists of possible means.

    Reports come from a mixture of k unit-variance normal laws with equal weights, and from
    corrupted clients. Each half of the reports gives a list of the means that it allows; clients of
    the other half take the cluster of possible means nearest to their own sample, and play the rule
    that is best for the worst mean in it, or keep their sample. See `bounds.upper.sample_size` for
    the algorithm and for what it is proved to attain.

    The corrupted clients may know the means, the algorithm, its parameters and who reports when;
    neither the coins nor the samples of genuine clients, nor estimates while they still report. So
    the coins come from the operating system. With a seed all of a run can be repeated, and
    predicted: no bound is stated then.

    Args:
        n_components: k ≥ 1.
        contamination: c ≥ 0, corrupted mass in the unit of one component's genuine clients:
            c/(k + c) is the chance that a client is corrupted. No share: see `share`.
        separation: D > 0, the means are at least so far apart, in the unit of the reports.
        random_state: None for secret coins; or a seed, a whole number from 0 to below 2^128, for
            tests and simulations.
        sd: standard deviation of a genuine report around its mean, exact; or "estimate", by
            `fit`, and then nothing is proved.
        share: in place of c, the share of corrupted clients: "5%", "0.05" or Fraction(1, 20).
        min_group: in place of k, how many genuine clients the least group has, for `fit`; nothing
            is proved then.

    Attributes:
        halves_: of `fit`: shape (n,), True for the reports of half 1.
        flags_: of `fit`: shape (n,), True for the reports that lie in no cluster: farther than 2t
            from all, or no number. It does not say that a client is corrupted.
        intervals_: of `fit`: shape (n, 2), for each report the interval that holds its mean with a
            chance of `interval_level_`, at least; NaN where nothing is proved.

    Threads may share an estimator: reports are counted by one of them at a time. A copy, by
    `pickle` or `copy`, holds the same reports as its original, and the two do not merge.

    Paper: in place of Algorithms 1 and 2; Theorem 2.
    """

    n_components: Any
    contamination: Any
    separation: Any
    random_state: Any
    sd: Any
    share: Any
    min_group: Any
    halves_: Truths
    flags_: Truths
    intervals_: Doubles
    _coins: Coins
    _summary: Summary

    def __init__(
        self,
        n_components: Any = 1,
        contamination: Any = 0,
        separation: Any = 18,
        random_state: Any = None,
        sd: Any = 1,
        share: Any = None,
        min_group: Any = None,
    ) -> None:
        self.n_components = n_components
        self.contamination = contamination
        self.separation = separation
        self.random_state = random_state
        self.sd = sd
        self.share = share
        self.min_group = min_group

    def fit(self, reports: Any, y: Any = None, counts: Any = None) -> Self:  # noqa: ARG002 - theirs
        """Make the lists from the reports of all clients.

        Args:
            reports: shape (n,) or (n, 1), in the unit in which sd is given. What is infinite or no
                number counts as a report that supports no mean.
            y: ignored.
            counts: how many samples each report is the mean of: one number, or one a client; sd is
                then that of one sample. See `bounds.estimation.samples` for unequal ones.

        Warns:
            EstimateWarning: no cluster was found, the reports do not spread by sd, or no bound is
                stated: for their number, and from which number on there is one. Not where the user
                has asked for what has none: a seed, `sd="estimate"` or `min_group`.

        Raises:
            InputError: the reports have another shape or type, there is none, or a parameter is
                malformed.
        """
        summary, _ = self._fit(self._read(reports, fitting=True), counts)
        _warn(summary)
        return self

    def partial_fit(self, reports: Any, y: Any = None) -> Self:  # noqa: ARG002
        """Count some more reports; the lists are those of all reports seen so far.

        Args:
            reports: as for `fit`.
            y: ignored.

        Raises:
            InputError: as for `fit`; or a parameter has changed since the first report.
        """
        numbers = self._read(reports, fitting=True)
        with self._lock:
            summary, coins = self._begun()
            self._summary = summary.with_reports(
                _in_units(numbers, summary), coins.toss(numbers.size)
            )
            self._coins = coins
            self._forget()
        return self

    def merge(self, other: PossibleMeans) -> Self:
        """Take in the reports that another estimator has counted, on this machine or another.

        Args:
            other: with the same k, c and D, and with coins of its own: secret ones, or of another
                seed.

        Raises:
            InputError: the parameters differ, the other has counted nothing; or it has reports that
                are counted here already, or were split by the same coins.
        """
        if not isinstance(other, PossibleMeans):
            raise InputError(f"another PossibleMeans is merged, not {shown(other)}")
        more = getattr(other, "_summary", None)
        if more is None:
            raise InputError(
                "the other estimator has counted no report: call its partial_fit first"
            )
        with self._lock:
            summary, coins = self._begun()
            self._summary = summary.merged(more)
            self._coins = coins
            self.n_features_in_ = 1
            self._forget()
        return self

    def predict(self, own_samples: Any, halves: Any = None, counts: Any = None) -> Doubles:
        """What clients estimate, given their own samples.

        Args:
            own_samples: shape (n,) or (n, 1), in the unit of the reports; NaN stays NaN.
            halves: shape (n,), truth values, the half that the report of each client is in, as in
                `halves_`; by default the samples were not among the reports, and the list of half 0
                serves them.
            counts: of how many samples each is the mean, where `fit` was told unequal numbers; by
                default the least.

        Returns:
            The estimates of the clients' means; shape (n,).

        Raises:
            InputError: an argument has another shape or type, or a sample is infinite.
            NotFitted: no report has been seen.
        """
        seen = self._seen
        x = self._read(own_samples, fitting=False)
        second = None if halves is None else _read_halves(halves, x)
        if seen.samples is None and counts is not None:
            raise InputError("fit was given no unequal counts, and all clients are alike")
        if seen.samples is not None and second is not None and counts is None:
            raise InputError("pass the counts of the clients, too: their reports were counted so")
        return seen.lists.estimate(x, second, _shares(seen, counts, x))

    def fit_predict(self, reports: Any, y: Any = None, counts: Any = None) -> Doubles:  # noqa: ARG002
        """Make the lists, and estimate for the clients who reported: each from the other half.

        Args:
            reports: shape (n,) or (n, 1); NaN stays NaN.
            y: ignored.
            counts: as for `fit`.

        Warns:
            EstimateWarning: as for `fit`.

        Raises:
            InputError: as for `fit`, or a report is infinite.
        """
        x = self._read(reports, fitting=False)
        summary, halves = self._fit(x, counts)
        _warn(summary)
        return summary.lists.estimate(x, halves, _shares(summary, counts, x))

    def predict_intervals(self, own_samples: Any, halves: Any = None) -> Doubles:
        """Intervals that hold the clients' means; arguments as for `predict`.

        Returns:
            Shape (n, 2); NaN where no cluster is near, and where nothing is proved.
        """
        lists = self._lists
        x = self._read(own_samples, fitting=False)
        return lists.intervals(x, None if halves is None else _read_halves(halves, x))

    def predict_flags(self, own_samples: Any, halves: Any = None) -> Truths:
        """Which samples lie in no cluster; arguments as for `predict`; shape (n,)."""
        lists = self._lists
        x = self._read(own_samples, fitting=False)
        flags: Truths = lists.labels(x, None if halves is None else _read_halves(halves, x)) < 0
        return flags

    @property
    def n_groups_(self) -> int:
        """How many clusters may be a group, are not long; the lesser number of the two lists."""
        return min(int((~clusters.long).sum()) for clusters in self._lists.clusters)

    @property
    def interval_level_(self) -> float | None:
        """The chance of an interval to hold its mean, a lower end; None where nothing is proved."""
        return self._lists.level

    @property
    def notes_(self) -> tuple[str, ...]:
        """What a user should look at: no cluster, another spread than sd, no bound at this size."""
        return tuple(self._seen.notes())

    @property
    def n_reports_(self) -> int:
        """How many reports were seen."""
        return self._seen.number

    @property
    def clusters_(self) -> tuple[Clusters, Clusters]:
        """The two lists; the first is that of half 0, which serves clients of half 1."""
        return self._lists.clusters

    @property
    def guarantee_(self) -> SampleSizeBound:
        """What is proved for this k, c, D and number of reports, with secret coins."""
        return self._lists.guarantee

    @property
    def risk_bound_(self) -> float | None:
        """The proved bound on the mean squared error of the average genuine client, an upper end.

        It is None where nothing is proved, and `why_no_bound_` says why. The bound, the lists and
        the estimates are always those of all reports seen so far.
        """
        return self._lists.risk_bound

    @property
    def why_no_bound_(self) -> str | None:
        """Why `risk_bound_` is None: the size, or coins that are not secret; None if it is not."""
        return self._lists.why

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "_summary")

    def __getstate__(self) -> dict[str, Any]:
        with self._lock:
            known = dict(vars(self))
            for name in ("flags_", "intervals_"):
                known.pop(name, None)
            summary, coins = known.pop("_summary", None), known.pop("_coins", None)
            written = coins and {"seed": coins.seed, "tossed": coins.tossed}
        return {
            "format": _FORMAT,
            "summary": summary and summary.state(),
            "coins": written,
            "known": known,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Read what was written; nothing of it is believed that the reports do not say.

        Raises:
            InputError: it is not what this class writes.
        """
        if not isinstance(state, dict) or state.get("format") != _FORMAT:
            raise InputError("this was written by another version: count the reports once more")
        known = state.get("known")
        if not isinstance(known, dict) or not set(self._names()) <= set(known):
            raise InputError("these are not the attributes of a PossibleMeans")
        vars(self).update(known)
        if state.get("summary") is not None:
            self._summary = read_summary(state["summary"])
            self._coins = _read_coins(state.get("coins"), self._summary)

    @property
    def _seen(self) -> Summary:
        summary: Summary | None = getattr(self, "_summary", None)
        if summary is None:
            raise not_fitted("this PossibleMeans has seen no report: call fit or partial_fit first")
        return summary

    @property
    def _lists(self) -> Lists:
        return self._seen.lists

    def _new(
        self, reports: Doubles | None = None, numbers: Integers | None = None
    ) -> tuple[Summary, Coins]:
        """An empty summary; some parameters can be read with all reports at hand only."""
        coins = Coins(self.random_state)
        k, outside = self.n_components, None
        c = read_corrupted(self.contamination, self.share, k)
        if self.min_group is not None:
            k, c, outside = _groups_of(reports, self.min_group)
        if isinstance(self.sd, str) and self.sd.strip() == "estimate":
            if reports is None:
                raise InputError('sd="estimate" asks for all reports at once: call fit')
            if numbers is not None and numbers.min() != numbers.max():
                raise InputError("with unequal counts sd must be a number, that of one sample")
            distance = read_positive_rational(self.separation, "the distance")
            unit = Fraction(spread_of(reports, read_whole(k, "k"), float(distance)))
            outside = "the standard deviation is estimated, and no theorem here covers that"
        else:
            unit = read_positive_rational(self.sd, "sd")
            if numbers is not None:
                unit = unit / root_of(int(numbers.min()))
        if unit != 1:
            if not 1e-150 < float(unit) < 1e150:
                raise InputError("sd must be from 1e-150 to 1e150: use another unit")
            apart = read_positive_rational(self.separation, "the distance") / unit
        else:
            apart = self.separation
        return Summary.empty(k, c, apart, coins.seed, unit, outside), coins

    def _forget(self) -> None:
        """What belongs to the reports of a fit alone."""
        for name in ("flags_", "intervals_"):
            vars(self).pop(name, None)

    def _begun(self) -> tuple[Summary, Coins]:
        """What has been counted so far, or nothing of a new stream."""
        new, coins = self._new()
        summary: Summary | None = getattr(self, "_summary", None)
        if summary is None:
            return new, coins
        if summary.samples is not None:
            raise InputError(
                "reports of unequal numbers of samples do not merge: fit all of them at once"
            )
        known = summary.sizes, summary.unit, self._coins.seed
        if (new.sizes, new.unit, coins.seed) != known:
            raise InputError(
                "a parameter has changed since the first report: call fit, which begins once more"
            )
        return summary, self._coins

    def _fit(self, reports: Doubles, counts: Any) -> tuple[Summary, Truths]:
        numbers = None if counts is None else read_numbers(counts, reports.size)
        with self._lock:
            empty, coins = self._new(reports, numbers)
            halves = coins.toss(reports.size)
            summary = _counted(empty, reports, halves, numbers, coins.seed)
            lists = summary.lists
            self._summary, self._coins, self.halves_ = summary, coins, halves
            self.flags_, self.intervals_ = lists.flags_and_intervals(reports, halves)
        return summary, halves


def _warn(summary: Summary) -> None:
    """Warn the caller of a public method."""
    for surprise in summary.surprises():
        warnings.warn(f"possible means: {surprise}", EstimateWarning, stacklevel=3)


def _in_units(reports: Doubles, summary: Summary) -> Doubles:
    return reports if summary.unit == 1 else reports / float(summary.unit)


def _groups_of(reports: Doubles | None, least: Any) -> tuple[int, Fraction, str]:
    """Numbers k and c with n/(k + c) the least number of genuine clients in a group."""
    group = read_whole(least, "min_group")
    if reports is None:
        raise InputError("min_group asks for all reports at once: call fit")
    if group > reports.size:
        raise InputError(f"min_group must be at most {reports.size}, the number of reports")
    k = reports.size // group
    why = "groups may be of unequal size (min_group), and no theorem here covers that"
    return k, Fraction(reports.size, group) - k, why


def _counted(
    empty: Summary, reports: Doubles, halves: Truths, numbers: Integers | None, seed: int | None
) -> Summary:
    """The summary of reports; with noise and with weights, where clients have unequal numbers."""
    own = _in_units(reports, empty)
    if numbers is None or numbers.min() == numbers.max():
        return empty.with_reports(own, halves)
    samples = Samples.of(numbers, FINEST_CELL)
    summary = empty.with_reports(own + noise_of(numbers, samples.least, seed), halves)
    return replace(summary, samples=samples.with_reports(own, numbers, halves))


def _shares(summary: Summary, counts: Any, x: Doubles) -> tuple[Doubles, Integers] | None:
    """Variances and weights of clients, where those who reported have unequal numbers."""
    if summary.samples is None:
        return None
    least = summary.samples.least if counts is None else counts
    return summary.samples.shares(least, x.size)


def _read_coins(written: Any, summary: Summary) -> Coins:
    """The coins of a summary's own stream, as far as they can be: made once more from the seed."""
    try:
        seed, tossed = read_seed(written["seed"]), written["tossed"]
    except (KeyError, TypeError):
        raise InputError("the coins of the stream are missing") from None
    stream_known = seed is None or new_stream(seed) in summary.streams
    if type(tossed) is not int or not 0 <= tossed <= summary.number or not stream_known:
        raise InputError("these are not the coins that split the reports")
    return Coins(seed, tossed)


def _read_halves(halves: Any, x: Doubles) -> Truths:
    if np.ma.is_masked(halves):
        raise InputError("some of the halves are masked: pass those of all samples")
    second = np.asarray(halves)
    if second.shape != x.shape:
        raise InputError(f"halves must have the shape {x.shape} of the samples")
    if second.dtype != np.bool_:
        raise InputError(f"halves are truth values, as in halves_, not of the type {second.dtype}")
    return second
