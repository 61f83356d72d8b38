"""What is known of some reports: counts of both halves, and where their coins came from.

A summary never changes; more reports, or those of another machine, make another one. So the lists
and the bound that belong to it can never be those of other reports.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from bounds.certify.errors import InputError, shown
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.estimation.clusters import Clusters
from bounds.estimation.counts import MOST_REPORTS, Counts, Doubles, Integers, Truths
from bounds.estimation.listing import filled, possible_means
from bounds.estimation.samples import Samples
from bounds.estimation.spread import spread_of_counts
from bounds.functions.normal import cdf
from bounds.upper.sample_size import (
    ALONE,
    FARTHEST_MEAN,
    FINEST_CELL,
    SampleSizeBound,
    failure,
    least_sample_size,
    read_sizes,
    two_lists_bound,
)

_SEED = "seed "
_WIDE = Fraction(64)
_BLOCK = 1 << 16  # clients
_OFF = 1.25
"""A spread that is off by this factor is told: attacks within the budget move it by 1.13."""


def new_stream(seed: int | None) -> str:
    """A name for the reports that one sequence of coins splits: of its own, or of its seed.

    All streams of one seed have one name, since their coins are the same.
    """
    # step: coins of one seed are the same coins [true]
    return secrets.token_hex(16) if seed is None else f"{_SEED}{seed}"


@dataclass(frozen=True, eq=False)
class Summary:
    """The reports of some clients, counted.

    Attributes:
        k, c, distance: the parameters of their mixture.
        halves: the counts of half 0 and of half 1, on cells of `FINEST_CELL`.
        streams: the names of the streams that they came in.
        unit: standard deviation of a report, in the unit that it came in.
        outside: why no theorem covers these reports, whatever their number; None if one may.
        samples: the reports as they came, where clients have unequal numbers of samples: the
            halves are of reports with noise then.
    """

    k: int
    c: Fraction
    distance: Fraction
    halves: tuple[Counts, Counts]
    streams: frozenset[str]
    unit: Fraction = Fraction(1)
    outside: str | None = None
    samples: Samples | None = None

    def __post_init__(self) -> None:
        if self.number > MOST_REPORTS:
            raise InputError(f"at most {MOST_REPORTS:,} reports are counted, not {self.number:,}")

    @classmethod
    def empty(
        cls,
        k: Any,
        c: Any,
        distance: Any,
        seed: int | None,
        unit: Fraction = Fraction(1),
        outside: str | None = None,
    ) -> Summary:
        """No report yet of a stream whose coins have that seed, or are secret.

        Raises:
            InputError: a parameter is malformed.
        """
        components, mass, apart, _ = read_sizes(k, c, distance, 1)
        none = Counts.none(FINEST_CELL)
        streams = frozenset([new_stream(seed)])
        return cls(components, mass, apart, (none, none), streams, unit, outside)

    @property
    def sizes(self) -> tuple[int, Fraction, Fraction]:
        """k, c and D."""
        return self.k, self.c, self.distance

    @cached_property
    def number(self) -> int:
        """How many reports were counted."""
        return sum(counts.total for counts in self.halves)

    def with_reports(self, reports: Doubles, second: Truths) -> Summary:
        """The summary of these and of more reports of the same stream.

        Args:
            reports: shape (n,), in standard deviations.
            second: shape (n,), True for the reports of half 1.
        """
        return self._with(Counts.of_halves(reports, second, FINEST_CELL), frozenset())

    def merged(self, other: Summary) -> Summary:
        """The summary of both.

        Raises:
            InputError: the parameters differ; or a report would be counted twice, or two streams
                were split by the same coins, which are not independent then.
        """
        if self.samples is not None or other.samples is not None:
            raise InputError(
                "reports of unequal numbers of samples do not merge: fit all of them at once"
            )
        if self.unit != other.unit:
            raise InputError("summaries of reports with other standard deviations do not merge")
        if self.sizes != other.sizes:
            raise InputError(
                f"summaries of k, c, D = {_listed(self.sizes)} and of {_listed(other.sizes)} do not"
                " merge: use one set"
            )
        # step: no report is counted twice [call: []]
        for stream in sorted(self.streams & other.streams):
            raise InputError(
                f"both have reports that were split by the coins of {stream}, which are the same:"
                " use another random_state on each machine, or none"
                if stream.startswith(_SEED)
                else "both have reports of one stream, which would be counted twice: merge every"
                " stream once, and no copy of it"
            )
        return self._with(other.halves, other.streams)

    def _with(self, halves: tuple[Counts, Counts], streams: frozenset[str]) -> Summary:
        first, last = (mine + more for mine, more in zip(self.halves, halves, strict=True))
        # step: a summary knows the streams of what it took in [first call 2/2]
        return replace(self, halves=(first, last), streams=self.streams.union(streams))

    @property
    def farthest_mean(self) -> int:
        """How far out means may lie: nearer where reports are divided by sd, and rounded again."""
        # step: reports that are divided by sd are rounded again [first product]
        return FARTHEST_MEAN if self.unit == 1 else FARTHEST_MEAN // 4

    @cached_property
    def lists(self) -> Lists:
        """What they say: the possible means, and the guarantee."""
        total = self.k + self.c
        apart = max(self.distance, ALONE) if self.k == 1 else self.distance
        first, last = (counts.total for counts in self.halves)
        guarantee = two_lists_bound(self.k, self.c, apart, (first, last))
        one, other = self.halves
        everyone, tuning = one + other, guarantee.tuning
        heavy = None if self.samples is None else self.samples.halves
        weights = None if heavy is None else heavy[0] + heavy[1]

        def joined(means: Doubles, counts: Counts, mine: Counts | None) -> Clusters:
            weighed = None if mine is None or weights is None else (mine, weights)
            return Clusters.of(means, tuning, guarantee.distance, counts, everyone, weighed)

        if guarantee.says_something:
            # step: m′ is of the reports that the half has [product: self.number / total / 2]
            of_first, of_last = (
                joined(
                    possible_means(counts, float(counts.total / total), tuning),
                    counts,
                    None if heavy is None else heavy[half],
                )
                for half, counts in enumerate(self.halves)
            )
        else:  # nothing is claimed, and one list of all reports is the better one
            scale = float(everyone.total / total)
            means = possible_means(everyone, scale, tuning)
            means = filled(means, everyone, scale, self.k, guarantee.distance, tuning)
            of_first = of_last = joined(means, everyone, weights)
        lists = Lists((of_first, of_last), guarantee, None, self.unit)
        return replace(lists, why=self._why_void(lists))

    def _why_void(self, lists: Lists) -> str | None:
        """Why nothing is proved of these lists; None if it is."""
        guarantee = lists.guarantee
        # step: what leaves the theorem has no bound [false]
        if self.outside is not None:
            return self.outside
        # step: where the proof says nothing there is no bound [true 2/2]
        if not guarantee.says_something:
            return (
                f"the proof says nothing at k, c, D = {_listed(self.sizes)} and"
                f" m = {float(guarantee.m):.6g}"
            )
        # step: coins of a seed are known [false]
        seeds = sorted(stream for stream in self.streams if stream.startswith(_SEED))
        if seeds:
            return (
                f"the coins came from {seeds[0]}, and who knows it can put all corrupted reports"
                " into one half: leave random_state out, for secret coins"
            )
        # step: a half has (½ − δ)m′ reports beyond, if a mean is there [first sum 1/2]
        possible = float((Fraction(1, 2) - guarantee.tuning.slack) / (self.k + self.c))
        # step: means are near enough to 0 for floats [false 2/2]
        if any(
            counts.beyond(self.farthest_mean) >= possible * counts.total for counts in self.halves
        ):
            return (
                f"so many reports are farther than {self.farthest_mean:,} from 0 that a mean may"
                " be: take a number near the means off all of them"
            )
        # step: no rule is worse than allowed [true 2/3]
        if not all(rule.holds for clusters in lists.clusters for rule in clusters.rules):
            return "the risk of a rule is above what the proof allows"
        # step: reports without a cluster are not the theorem's [true 2/3]
        if not all(clusters.means.size for clusters in lists.clusters):
            return "no cluster was found: that hardly happens to reports that the theorem is about"
        return None

    def notes(self) -> Iterator[str]:
        """What a user should look at, a sentence each."""
        yield from self.surprises()
        why = self.lists.why
        if why is not None and not self._is_unexpected:
            yield f"no bound is stated: {why}"
            if self.outside is None and not self.lists.guarantee.says_something:
                yield self._from_which_size

    def surprises(self) -> Iterator[str]:
        """Of these, what the user has not asked for.

        Who passes a seed, `sd="estimate"` or `min_group` knows that no bound is stated then.
        """
        lists, (one, other) = self.lists, self.halves
        if not any(clusters.means.size for clusters in lists.clusters):
            yield (
                "no cluster was found, and every client keeps its own report: check k (or"
                " min_group), sd and the distance"
            )
        spread = spread_of_counts(one + other, self.k, float(min(self.distance, _WIDE)))
        if not 1 / _OFF < spread < _OFF:
            yield (
                f"the reports spread by about {spread * float(self.unit):.3g} around their means,"
                f" not by sd = {float(self.unit):.3g}: nothing that is said holds for another sd"
            )
        if self._is_unexpected:
            yield f"no bound is stated: {lists.why}"
            if not lists.guarantee.says_something:
                yield self._from_which_size

    @property
    def _is_unexpected(self) -> bool:
        """Whether there is no bound, though the user has not asked for what has none."""
        seeded = any(stream.startswith(_SEED) for stream in self.streams)
        return self.lists.why is not None and self.outside is None and not seeded

    @property
    def _from_which_size(self) -> str:
        least = _least(self.k, self.c, self.lists.guarantee.distance)
        if least is None:
            return "no number of reports was found from which on there is a proof"
        return f"there is a proof from about {math.ceil(least * (self.k + self.c)):,} reports on"

    def state(self) -> dict[str, Any]:
        """All of it, to be written somewhere; `read_summary` reads it."""
        return {
            "sizes": self.sizes,
            "cell": FINEST_CELL,
            "halves": [(counts.index, counts.number) for counts in self.halves],
            "streams": sorted(self.streams),
            "unit": self.unit,
            "outside": self.outside,
            "samples": None if self.samples is None else self.samples.state(),
        }


@dataclass(frozen=True, eq=False)
class Lists:
    """What a summary says.

    Attributes:
        clusters: the possible means of half 0, which serve clients of half 1, and the others.
        guarantee: what is proved at this size, with secret coins.
        why: why it is void here; None if it holds.
        unit: standard deviation of a report, in the user's unit.
    """

    clusters: tuple[Clusters, Clusters]
    guarantee: SampleSizeBound
    why: str | None
    unit: Fraction = Fraction(1)

    @property
    def risk_bound(self) -> float | None:
        """The proved bound, a float that is not below it; None where nothing is proved."""
        if self.why is not None:
            return None
        # step: a bound is in the square of the unit [first product 1/2]
        high = Fraction(self.guarantee.value.decimals()[1]) * self.unit**2
        near = float(high)
        # step: the float is not below the bound [true]
        return near if Fraction(near) >= high else float(np.nextafter(near, np.inf))

    def estimate(
        self,
        x: Doubles,
        second: Truths | None = None,
        shares: tuple[Doubles, Integers] | None = None,
    ) -> Doubles:
        """What clients with samples x make of them: new ones, or of the halves given.

        All in the user's unit; what is no number stays none. Shares: see `Clusters.estimate`.
        """
        counted = second is not None

        def answer(clusters: Clusters, own: Doubles, here: slice | Integers) -> Doubles:
            part = None if shares is None else (shares[0][here], shares[1][here])
            return clusters.estimate(own, counted=counted, shares=part)

        told: Doubles = self._served(answer, x, second)
        if self.unit != 1:
            told *= float(self.unit)
        return told

    def labels(self, x: Doubles, second: Truths | None = None) -> Integers:
        """The number of the cluster that each sample lies in, −1 for none."""
        return self._served(lambda clusters, own, _: clusters.labels(own), x, second)

    def intervals(self, x: Doubles, second: Truths | None = None) -> Doubles:
        """The clusters of the samples, widened; NaN where nothing is proved; shape (n, 2)."""
        if self.why is not None:
            return np.full((x.size, 2), np.nan)
        return self.flags_and_intervals(x, second)[1]

    def flags_and_intervals(
        self, x: Doubles, second: Truths | None = None
    ) -> tuple[Truths, Doubles]:
        """Which samples lie in no cluster, and what `intervals` says, in one pass."""
        ends = self._served(lambda clusters, own, _: clusters.intervals(own), x, second)
        flags: Truths = np.isnan(ends[:, 0])
        if self.why is not None:
            ends[:] = np.nan
        elif self.unit != 1:
            ends *= float(self.unit)
        return flags, ends

    @property
    def level(self) -> float | None:
        """The chance of an interval to hold its client's mean, 1 − P − 2Φ(−(t − η)), at least.

        The cluster that a client takes holds its mean but for the event of step 1 of the theorem,
        and for |Z| ≥ t − η (step 4). None where nothing is proved.
        """
        guarantee = self.guarantee
        if self.why is not None or guarantee.design is None:
            return None
        design = guarantee.design
        with working_precision(96):
            missed = failure(guarantee.k, guarantee.c, guarantee.sizes, design)
            # step: an interval misses where the list does [first sum 2/3]
            # step: and where the client is fooled, on either side [last product]
            level = 1 - missed - 2 * cdf(to_ball(design.widening - design.reach))
            return max(0.0, float(np.nextafter(float(level.lower()), -np.inf)))

    def _served(
        self,
        answer: Callable[[Clusters, Doubles, slice | Integers], Any],
        x: Doubles,
        second: Truths | None,
    ) -> Any:
        """What the lists answer the clients, in blocks: little memory, and that in the cache.

        Args:
            answer: of a list for samples, and at which places of x these are.
            x: the samples, in the user's unit.
            second: the halves of their reports; None for new clients.
        """
        told: Any = None
        for start in range(0, x.size, _BLOCK):
            here = slice(start, start + _BLOCK)
            own = x[here] if self.unit == 1 else x[here] / float(self.unit)
            if second is None:
                parts: list[tuple[Clusters, slice | Integers, Doubles]] = [
                    (self.clusters[0], here, own)
                ]
            else:
                halves = np.flatnonzero(second[here]), np.flatnonzero(~second[here])
                parts = [
                    (clusters, start + half, own[half])
                    for clusters, half in zip(self.clusters, halves, strict=True)
                ]
            for clusters, places, mine in parts:
                part = answer(clusters, mine, places)
                if told is None:
                    told = np.empty((x.size, *part.shape[1:]), part.dtype)
                told[places] = part
        return told


@lru_cache(maxsize=256)
def _least(k: int, c: Fraction, distance: Fraction) -> int | None:
    return least_sample_size(k, c, distance, two_lists=True)


def read_summary(state: Any) -> Summary:
    """A summary that was written, as far as it can be one.

    Raises:
        InputError: something in it cannot be.
    """
    try:
        k, c, distance = state["sizes"]
        k, c, distance, _ = read_sizes(k, c, distance, 1)
        cell, streams = state["cell"], frozenset(state["streams"])
        unit, outside = state["unit"], state["outside"]
        samples = state["samples"]
        if samples is not None:
            samples = Samples.read(samples, FINEST_CELL)
        first, last = (Counts.read(index, number, FINEST_CELL) for index, number in state["halves"])
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"this is no summary of reports: {error}") from None
    # step: what is read back are counts on these cells [false]
    if cell != FINEST_CELL:
        raise InputError(f"reports are counted on cells of {FINEST_CELL}, not of {shown(cell)}")
    if not streams or not all(isinstance(name, str) and name for name in streams):
        raise InputError("a summary names the streams that its reports came in: this one does not")
    if type(unit) is not Fraction or unit <= 0 or not (outside is None or type(outside) is str):
        raise InputError("the standard deviation in this summary is none")
    return Summary(k, c, distance, (first, last), streams, unit, outside, samples)


def _listed(sizes: tuple[int, Fraction, Fraction]) -> str:
    return ", ".join(str(size) for size in sizes)
