"""What is known of some reports: counts of both halves, and where their coins came from.

A summary never changes; more reports, or those of another machine, make another one. So the lists
and the bound that belong to it can never be those of other reports.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from bounds.certify.errors import InputError, shown
from bounds.estimation.clusters import Clusters
from bounds.estimation.counts import MOST_REPORTS, Counts, Doubles, Truths
from bounds.estimation.listing import possible_means
from bounds.upper.sample_size import (
    ALONE,
    FARTHEST_MEAN,
    FINEST_CELL,
    SampleSizeBound,
    read_sizes,
    sample_size_bound,
)

_SEED = "seed "


def new_stream(seed: int | None) -> str:
    """A name for the reports that one sequence of coins splits: of its own, or of its seed.

    All streams of one seed have one name, since their coins are the same.
    """
    return secrets.token_hex(16) if seed is None else f"{_SEED}{seed}"


@dataclass(frozen=True, eq=False)
class Summary:
    """The reports of some clients, counted.

    Attributes:
        k, c, distance: the parameters of their mixture.
        halves: the counts of half 0 and of half 1, on cells of `FINEST_CELL`.
        streams: the names of the streams that they came in.
    """

    k: int
    c: Fraction
    distance: Fraction
    halves: tuple[Counts, Counts]
    streams: frozenset[str]

    def __post_init__(self) -> None:
        if self.number > MOST_REPORTS:
            raise InputError(f"at most {MOST_REPORTS:,} reports are counted, not {self.number:,}")

    @classmethod
    def empty(cls, k: Any, c: Any, distance: Any, seed: int | None) -> Summary:
        """No report yet of a stream whose coins have that seed, or are secret.

        Raises:
            InputError: a parameter is malformed.
        """
        components, mass, apart, _ = read_sizes(k, c, distance, 1)
        none = Counts.none(FINEST_CELL)
        return cls(components, mass, apart, (none, none), frozenset([new_stream(seed)]))

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
        if self.sizes != other.sizes:
            raise InputError(
                f"summaries of k, c, D = {_listed(self.sizes)} and of {_listed(other.sizes)} do not"
                " merge: use one set"
            )
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
        return replace(self, halves=(first, last), streams=self.streams.union(streams))

    @cached_property
    def lists(self) -> Lists:
        """What they say: the possible means, and the guarantee."""
        total = self.k + self.c
        apart = max(self.distance, ALONE) if self.k == 1 else self.distance
        guarantee = sample_size_bound(self.k, self.c, apart, self.number / total)
        first, last = (
            Clusters.of(
                possible_means(counts, float(counts.total / total), guarantee.tuning),
                guarantee.tuning,
                guarantee.distance,
                counts,
            )
            for counts in self.halves
        )
        lists = Lists((first, last), guarantee, None)
        return replace(lists, why=self._why_void(lists))

    def _why_void(self, lists: Lists) -> str | None:
        """Why nothing is proved of these lists; None if it is."""
        guarantee = lists.guarantee
        if not guarantee.says_something:
            return (
                f"the proof says nothing at k, c, D = {_listed(self.sizes)} and"
                f" m = {float(guarantee.m):.6g}"
            )
        seeds = sorted(stream for stream in self.streams if stream.startswith(_SEED))
        if seeds:
            return (
                f"the coins came from {seeds[0]}, and who knows it can put all corrupted reports"
                " into one half: leave random_state out, for secret coins"
            )
        possible = float((Fraction(1, 2) - guarantee.tuning.slack) / (self.k + self.c))
        if any(counts.beyond(FARTHEST_MEAN) >= possible * counts.total for counts in self.halves):
            return (
                f"so many reports are farther than {FARTHEST_MEAN:,} from 0 that a mean may be:"
                " take a number near the means off all of them"
            )
        if not all(rule.holds for clusters in lists.clusters for rule in clusters.rules):
            return "the risk of a rule is above what the proof allows"
        return None

    def state(self) -> dict[str, Any]:
        """All of it, to be written somewhere; `read_summary` reads it."""
        return {
            "sizes": self.sizes,
            "cell": FINEST_CELL,
            "halves": [(counts.index, counts.number) for counts in self.halves],
            "streams": sorted(self.streams),
        }


@dataclass(frozen=True, eq=False)
class Lists:
    """What a summary says.

    Attributes:
        clusters: the possible means of half 0, which serve clients of half 1, and the others.
        guarantee: what is proved at this size, with secret coins.
        why: why it is void here; None if it holds.
    """

    clusters: tuple[Clusters, Clusters]
    guarantee: SampleSizeBound
    why: str | None

    @property
    def risk_bound(self) -> float | None:
        """The proved bound, a float that is not below it; None where nothing is proved."""
        if self.why is not None:
            return None
        high = Fraction(self.guarantee.value.decimals()[1])
        near = float(high)
        return near if Fraction(near) >= high else float(np.nextafter(near, np.inf))

    def estimate(self, x: Doubles, second: Truths | None = None) -> Doubles:
        """What clients with samples x make of them: new ones, or of the halves given."""
        if second is None:
            return self.clusters[0].estimate(x)
        told = np.empty(x.shape)
        for clusters, here in zip(self.clusters, (second, ~second), strict=True):
            told[here] = clusters.estimate(x[here])
        return told


def read_summary(state: Any) -> Summary:
    """A summary that was written, as far as it can be one.

    Raises:
        InputError: something in it cannot be.
    """
    try:
        k, c, distance = state["sizes"]
        k, c, distance, _ = read_sizes(k, c, distance, 1)
        cell, streams = state["cell"], frozenset(state["streams"])
        first, last = (Counts.read(index, number, FINEST_CELL) for index, number in state["halves"])
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"this is no summary of reports: {error}") from None
    if cell != FINEST_CELL:
        raise InputError(f"reports are counted on cells of {FINEST_CELL}, not of {shown(cell)}")
    if not streams or not all(isinstance(name, str) and name for name in streams):
        raise InputError("a summary names the streams that its reports came in: this one does not")
    return Summary(k, c, distance, (first, last), streams)


def _listed(sizes: tuple[int, Fraction, Fraction]) -> str:
    return ", ".join(str(size) for size in sizes)
