"""A long stream of reports: what `partial_fit` costs beside sorting, and how much memory it takes.

    python -m campaigns.stream [--reports N] [--block N] [--seed S]

k = 50 components 20 apart, c = 5; the corrupted clients join components by two counterfeits.
Reports come in blocks. Each block is sorted by `numpy.sort` and counted by `partial_fit`, in turn,
and both are timed (processor time of this process, which other work on the machine does not
lengthen much). At the end the lists are made, once; that takes some seconds, however many reports
there are, and is told by itself. Then a block is fitted at once, and its clients are served by
`predict`, both beside sorting it. The exit status is 1 if counting, fitting but for its lists, or
`predict` took more than three times as long as sorting, if `predict` held more than 32 MiB beside
its answer, if the process ever held more than 1 GiB, or if the estimates of fresh clients are worse
than the proved bound.
"""

from __future__ import annotations

import argparse
import pickle
import resource
import sys
import time
import tracemalloc
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from bounds.estimation import PossibleMeans
from bounds.simulation import ADVERSARIES, Problem

COMPONENTS, CORRUPTED, APART = 50, 5, 20
MOST_TIMES, MOST_MEMORY, MOST_BESIDE = 3.0, 2**30, 2**25
_FRESH = 200_000


@dataclass(frozen=True)
class Stream:
    """What was measured: evidence, not certified.

    Attributes:
        reports: how many there were.
        sorting: seconds of sorting them, block by block.
        counting: seconds of `partial_fit`, block by block.
        listing: seconds of making the lists at the end, from the counts.
        memory: the most that the process held, in bytes.
        risk: the measured error of fresh clients, of every component.
        fitting: seconds of `fit` for the last block, but for making the lists, per second of
            sorting it.
        predicting: seconds of `predict` for its clients, per second of sorting them.
        beside: the most bytes that `predict` held beside its answer.
        bound: the one that is proved at this size for secret coins, which a seed's stand in for
            here; None where there is none.
    """

    reports: int
    sorting: float
    counting: float
    listing: float
    memory: int
    risk: float
    bound: float | None
    fitting: float
    predicting: float
    beside: int

    @property
    def times(self) -> float:
        """How many times as long as sorting counting took."""
        return self.counting / self.sorting

    @property
    def failures(self) -> list[str]:
        """What is not as it should be."""
        found = {
            f"more than {MOST_TIMES:g} times the cost of sorting": self.times > MOST_TIMES,
            f"fit takes more than {MOST_TIMES:g} times as long as sorting": self.fitting
            > MOST_TIMES,
            f"predict takes more than {MOST_TIMES:g} times as long as sorting": self.predicting
            > MOST_TIMES,
            "predict holds more than 32 MiB beside its answer": self.beside > MOST_BESIDE,
            "more than 1 GiB": self.memory > MOST_MEMORY,
            "a risk above the proved bound": self.risk > (1 if self.bound is None else self.bound),
        }
        return [told for told, failed in found.items() if failed]


def block_of(problem: Problem, size: int, rng: np.random.Generator) -> np.ndarray:
    """Reports of some clients, in random order of components, the corrupted ones last."""
    corrupted = int(rng.binomial(size, float(problem.c / (problem.k + problem.c))))
    labels = rng.integers(0, problem.k, size - corrupted)
    reports = np.empty(size)
    rng.standard_normal(out=reports[: labels.size])
    reports[: labels.size] += problem.means[labels]
    reports[labels.size :] = ADVERSARIES["joined"](problem, corrupted, rng)
    return reports


def run(reports: int, block: int, seed: int = 0) -> Stream:
    """Sort and count a stream, and measure."""
    rng = np.random.default_rng(seed)
    m = Fraction(reports, COMPONENTS + CORRUPTED)
    problem = Problem.read(COMPONENTS, CORRUPTED, max(1, int(m)), 2, APART, for_algorithm=False)
    estimator = PossibleMeans(COMPONENTS, CORRUPTED, APART, random_state=seed + 1)
    sorting = counting = 0.0
    for start in range(0, reports, block):
        part = block_of(problem, min(block, reports - start), rng)
        began = time.process_time()
        np.sort(part)
        between = time.process_time()
        estimator.partial_fit(part)
        counting += time.process_time() - between
        sorting += between - began
        if sys.stderr.isatty():
            print(f"{start + part.size:,} reports", end="\r", file=sys.stderr, flush=True)
    began = time.process_time()
    estimator.predict([0.0])  # it makes the lists
    listing = time.process_time() - began
    labels = rng.integers(0, COMPONENTS, _FRESH)
    means = problem.means[labels]
    error = estimator.predict(means + rng.standard_normal(_FRESH)) - means
    proved = estimator.guarantee_
    bound = float(proved.value.decimals()[1]) if proved.says_something else None
    memory, risk = _most_memory(), float(np.mean(error**2))
    at_once = _at_once(part, seed)
    return Stream(reports, sorting, counting, listing, memory, risk, bound, *at_once)


def _at_once(reports: np.ndarray, seed: int) -> tuple[float, float, int]:
    """`fit` and `predict` beside sorting, and what `predict` holds beside its answer."""
    seconds = []
    estimator = PossibleMeans(COMPONENTS, CORRUPTED, APART, random_state=seed + 1)
    for job in (
        lambda: np.sort(reports),
        lambda: estimator.fit(reports),
        lambda: estimator.predict(reports, estimator.halves_),
    ):
        began = time.process_time()
        job()
        seconds.append(time.process_time() - began)
    sorting, fitting, predicting = seconds
    began = time.process_time()  # the lists once more, from the counts
    pickle.loads(pickle.dumps(estimator)).predict([0.0])
    fitting -= time.process_time() - began
    tracemalloc.start()
    answer = estimator.predict(reports, estimator.halves_)
    beside = tracemalloc.get_traced_memory()[1] - answer.nbytes
    tracemalloc.stop()
    return fitting / sorting, predicting / sorting, beside


def _most_memory() -> int:
    """The most bytes that this process ever held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def main(words: list[str] | None = None) -> int:
    """Run the campaign and print what it found."""
    parser = argparse.ArgumentParser(
        prog="python -m campaigns.stream",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--reports", type=int, default=10**8)
    parser.add_argument("--block", type=int, default=4 * 10**6)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args(words)
    found = run(arguments.reports, arguments.block, arguments.seed)
    bound = "no bound is proved" if found.bound is None else f"at most {found.bound:.4g} is proved"
    print(
        f"{found.reports:,} reports in blocks of {arguments.block:,}, seed {arguments.seed}\n"
        f"  sorting {found.sorting:.2f} s; counting {found.counting:.2f} s:"
        f" {found.times:.2f} times\n"
        f"  listing, once: {found.listing:.2f} s\n"
        f"  {found.memory / 2**20:.0f} MiB at most\n"
        f"  a block at once: fit {found.fitting:.2f} times as long as sorting, but for its lists;"
        f" predict {found.predicting:.2f} times,\n"
        f"    with {found.beside / 2**20:.1f} MiB beside its answer\n"
        f"  error of fresh clients {found.risk:.4g}, {bound} (for the average client)"
    )
    for failure in found.failures:
        print(f"  failure: {failure}")
    return 1 if found.failures else 0


if __name__ == "__main__":
    sys.exit(main())
