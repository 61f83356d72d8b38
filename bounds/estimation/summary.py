"""What is known of some reports: their counts, and the streams that they came in.

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
from flint import arb

from bounds.certify.errors import InputError, shown
from bounds.certify.exact import to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import working_precision
from bounds.estimation.clusters import Clusters, Near
from bounds.estimation.counts import MOST_REPORTS, Counts, Doubles, Integers, Truths
from bounds.estimation.listing import Removals, filled, possible_means, removals
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
    sample_size_bound,
)

_WIDE = Fraction(64)
WORTH = Fraction(4, 5)
"""The proof is used where its bound is below: a larger one asks so much of the rules that what is
measured is worse than without."""
_BLOCK = 1 << 16  # clients
_OFF = 1.25
"""A spread that is off by this factor is told: attacks within the budget move it by 1.13."""


def is_used(bound: SampleSizeBound) -> bool:
    """Whether the estimator takes its numbers from that proof, and states its bound."""
    return bound.says_something and bool(bound.value.ball() < to_ball(WORTH))


def new_stream() -> str:
    """A name of its own for the reports that one estimator counts."""
    return secrets.token_hex(16)


@dataclass(frozen=True, eq=False)
class Summary:
    """The reports of some clients, counted.

    Attributes:
        k, c, distance: the parameters of their mixture.
        counts: of the reports, on cells of `FINEST_CELL`.
        streams: the names of the streams that they came in.
        unit: standard deviation of a report, in the unit that it came in.
        outside: why no theorem covers these reports, whatever their number; None if one may.
        samples: the reports as they came, where clients have unequal numbers of samples: what is
            counted are reports with noise then.
        seeded: whether that noise has a seed, and can be predicted.
    """

    k: int
    c: Fraction
    distance: Fraction
    counts: Counts
    streams: frozenset[str]
    unit: Fraction = Fraction(1)
    outside: str | None = None
    samples: Samples | None = None
    seeded: bool = False

    def __post_init__(self) -> None:
        if self.number > MOST_REPORTS:
            raise InputError(f"at most {MOST_REPORTS:,} reports are counted, not {self.number:,}")

    @classmethod
    def empty(
        cls,
        k: Any,
        c: Any,
        distance: Any,
        unit: Fraction = Fraction(1),
        outside: str | None = None,
    ) -> Summary:
        """No report yet of a new stream.

        Raises:
            InputError: a parameter is malformed.
        """
        components, mass, apart, _ = read_sizes(k, c, distance, 1)
        streams = frozenset([new_stream()])
        return cls(components, mass, apart, Counts.none(FINEST_CELL), streams, unit, outside)

    @property
    def sizes(self) -> tuple[int, Fraction, Fraction]:
        """k, c and D."""
        return self.k, self.c, self.distance

    @cached_property
    def number(self) -> int:
        """How many reports were counted."""
        return self.counts.total

    def with_reports(self, reports: Doubles) -> Summary:
        """The summary of these and of more reports of the same stream.

        Args:
            reports: shape (n,), in standard deviations.
        """
        return self._with(Counts.of(reports, FINEST_CELL), frozenset())

    def merged(self, other: Summary) -> Summary:
        """The summary of both.

        Raises:
            InputError: the parameters differ; or a report would be counted twice.
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
        for _ in self.streams.intersection(other.streams):
            raise InputError(
                "both have reports of one stream, which would be counted twice: merge every stream"
                " once, and no copy of it"
            )
        return self._with(other.counts, other.streams)

    def _with(self, more: Counts, streams: frozenset[str]) -> Summary:
        # step: a summary knows the streams of what it took in [first call 2/2]
        return replace(self, counts=self.counts + more, streams=self.streams.union(streams))

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
        guarantee = sample_size_bound(self.k, self.c, apart, self.number / total)
        # step: a bound that is not used is not stated [false 1/2]
        if not is_used(guarantee):
            guarantee = replace(guarantee, design=None, value=Enclosure.of(arb(1), 6), parts={})
        tuning, proved = guarantee.tuning, guarantee.says_something
        # step: m′ is of the others' reports [product: self.number / total]
        scale = float((self.number - proved) / total)
        means = possible_means(self.counts, scale, tuning)
        if proved:
            leaving = removals(self.counts, means, scale, tuning)
        else:  # nothing is claimed, and heavy places are better than no list
            apart = guarantee.distance
            means = filled(means, self.counts, scale, self.k, apart, tuning)
            leaving = Removals.none()
        weighed = None if self.samples is None else self.samples.counts.coarsened(tuning.cell)
        near = Near(self.counts.coarsened(tuning.cell), weighed, scale)
        clusters = Clusters.of(means, tuning, guarantee.distance, near, leaving)
        lists = Lists(clusters, guarantee, None, self.unit)
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
                f"the proof says too little at k, c, D = {_listed(self.sizes)} and"
                f" m = {float(guarantee.m):.6g}"
            )
        # step: noise of a seed is known [false]
        if self.seeded:
            return "the noise came from a seed: leave random_state out, for a secret one"
        # step: (½ − δ)m′ reports are beyond, if a mean is there [first sum 1/2]
        possible = float((Fraction(1, 2) - guarantee.tuning.slack) / (self.k + self.c))
        # step: means are near enough to 0 for floats [false]
        if self.counts.beyond(self.farthest_mean) >= possible * (self.number - 1):
            return (
                f"so many reports are farther than {self.farthest_mean:,} from 0 that a mean may"
                " be: take a number near the means off all of them"
            )
        # step: no rule is worse than allowed [true 2/3]
        if not all(rule.holds for rule in lists.clusters.every_rule):
            return "the risk of a rule is above what the proof allows"
        # step: reports without a cluster are not the theorem's [true 2/2]
        if not lists.clusters.means.size:
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
        lists = self.lists
        if not lists.clusters.means.size:
            yield (
                "no cluster was found, and every client keeps its own report: check k (or"
                " min_group), sd and the distance"
            )
        spread = spread_of_counts(self.counts, self.k, float(min(self.distance, _WIDE)))
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
        return self.lists.why is not None and self.outside is None and not self.seeded

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
            "counts": (self.counts.index, self.counts.number),
            "streams": sorted(self.streams),
            "unit": self.unit,
            "outside": self.outside,
            "samples": None if self.samples is None else self.samples.state(),
            "seeded": self.seeded,
        }


@dataclass(frozen=True, eq=False)
class Lists:
    """What a summary says.

    Attributes:
        clusters: the possible means; each client leaves its own report out.
        guarantee: what is proved at this size.
        why: why it is void here; None if it holds.
        unit: standard deviation of a report, in the user's unit.
    """

    clusters: Clusters
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
        listed: Doubles | bool = False,
        shares: tuple[Doubles, Integers] | None = None,
    ) -> Doubles:
        """What clients with samples x make of them, in the user's unit; NaN stays NaN.

        Args:
            x: the samples; shape (n,).
            listed: True where they are the reports that were counted, each to be left out of its
                own client's list; or these reports, in standard deviations, where they were counted
                with noise. False for clients whose reports were not counted.
            shares: see `Clusters.estimate`.
        """

        def answer(own: Doubles, mine: Doubles | None, here: slice) -> Doubles:
            part = None if shares is None else (shares[0][here], shares[1][here])
            return self.clusters.estimate(own, listed=mine, shares=part)

        told: Doubles = self._served(answer, x, listed)
        if self.unit != 1:
            told *= float(self.unit)
        return told

    def labels(self, x: Doubles, listed: Doubles | bool = False) -> Integers:
        """The number of the cluster that each sample lies in, −1 for none."""
        return self._served(lambda own, mine, _: self.clusters.labels(own, mine), x, listed)

    def intervals(self, x: Doubles, listed: Doubles | bool = False) -> Doubles:
        """The clusters of the samples, widened; NaN where nothing is proved; shape (n, 2)."""
        if self.why is not None:
            return np.full((x.size, 2), np.nan)
        return self.flags_and_intervals(x, listed)[1]

    def flags_and_intervals(
        self, x: Doubles, listed: Doubles | bool = False
    ) -> tuple[Truths, Doubles]:
        """Which samples lie in no cluster, and what `intervals` says, in one pass."""
        ends = self._served(lambda own, mine, _: self.clusters.intervals(own, mine), x, listed)
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
            missed = failure(guarantee.k, guarantee.sizes, design)
            # step: an interval misses where the list does [first sum 2/3]
            # step: and where the client is fooled, on either side [last product]
            level = 1 - missed - 2 * cdf(to_ball(design.widening - design.reach))
            return max(0.0, float(np.nextafter(float(level.lower()), -np.inf)))

    def _served(
        self,
        answer: Callable[[Doubles, Doubles | None, slice], Any],
        x: Doubles,
        listed: Doubles | bool,
    ) -> Any:
        """What the lists answer the clients, in blocks: little memory, and that in the cache.

        Args:
            answer: for samples, the reports that are left out, and at which places of x these are.
            x: the samples, in the user's unit.
            listed: as for `estimate`.
        """
        told: Any = None
        for start in range(0, max(x.size, 1), _BLOCK):
            here = slice(start, start + _BLOCK)
            own = x[here] if self.unit == 1 else x[here] / float(self.unit)
            # step: who has reported is left out [choice 2/2: None]
            mine = (own if listed else None) if isinstance(listed, bool) else listed[here]
            part = answer(own, mine, here)
            if told is None:
                told = np.empty((x.size, *part.shape[1:]), part.dtype)
            told[here] = part
        return told


@lru_cache(maxsize=256)
def _least(k: int, c: Fraction, distance: Fraction) -> int | None:
    return least_sample_size(k, c, distance, WORTH)


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
        samples, seeded = state["samples"], state["seeded"]
        if samples is not None:
            samples = Samples.read(samples, FINEST_CELL)
        index, number = state["counts"]
        counts = Counts.read(index, number, FINEST_CELL)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"this is no summary of reports: {error}") from None
    # step: what is read back are counts on these cells [false]
    if cell != FINEST_CELL:
        raise InputError(f"reports are counted on cells of {FINEST_CELL}, not of {shown(cell)}")
    if not streams or not all(isinstance(name, str) and name for name in streams):
        raise InputError("a summary names the streams that its reports came in: this one does not")
    if type(unit) is not Fraction or unit <= 0 or not (outside is None or type(outside) is str):
        raise InputError("the standard deviation in this summary is none")
    if type(seeded) is not bool:
        raise InputError("this summary does not say where its noise came from")
    return Summary(k, c, distance, counts, streams, unit, outside, samples, seeded)


def _listed(sizes: tuple[int, Fraction, Fraction]) -> str:
    return ", ".join(str(size) for size in sizes)
