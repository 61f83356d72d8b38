"""The audit: claims decided one after another, in worker processes where there are many."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from time import perf_counter
from typing import TypeVar

from bounds.certify.errors import Inconclusive
from proofs_check.audit.registry import Claim, decide, find_claims, recorded
from proofs_check.audit.verdict import INCONCLUSIVE, Decision

_Result = TypeVar("_Result")
_FEW = 4  # starting workers costs more than deciding so few claims


@dataclass(frozen=True)
class Outcome:
    """A claim with what came out.

    Attributes:
        claim: the claim.
        decision: how it ended, and why.
        recorded: the verdict on record, if there is one.
        seconds: the time that the check took.
    """

    claim: Claim
    decision: Decision
    recorded: str | None
    seconds: float

    @property
    def changed(self) -> bool:
        """Whether the verdict differs from the recorded one."""
        return self.decision.verdict.value != self.recorded

    @property
    def certificates(self) -> list[tuple[str, dict[str, object]]]:
        """Each certificate with its file name."""
        return [
            (f"{self.claim.id}-{number}.json", certificate)
            for number, certificate in enumerate(self.decision.certificates, start=1)
        ]


@dataclass(frozen=True)
class SeededResult:
    """What came out of a claim with an error put into it.

    Attributes:
        what: the error.
        outcome: the verdict, or why there is none.
        noticed: whether the verdict differs from the recorded one.
    """

    what: str
    outcome: str
    noticed: bool


def default_jobs(count: int) -> int:
    """How many worker processes `count` claims get: one or two."""
    return 1 if count <= _FEW else min(2, os.cpu_count() or 1)


def audit(claims: Sequence[Claim], jobs: int | None = None) -> Iterator[Outcome]:
    """Decide the claims; outcomes come in the order of the claims, each as soon as it is there.

    A check that stops with an error leaves its claim undecided, and the audit goes on.

    Args:
        claims: what to decide.
        jobs: worker processes; 1 decides in this process.
    """
    on_record = recorded()
    results = _in_order(_timed, claims, jobs or default_jobs(len(claims)), lambda: (_lost(), 0.0))
    for claim, (decision, seconds) in zip(claims, results, strict=True):
        yield Outcome(claim, decision, on_record.get(claim.id), seconds)


def try_seeded(claims: Sequence[Claim], jobs: int | None = None) -> Iterator[list[SeededResult]]:
    """For each claim, what its seeded errors lead to, in their order."""
    return _in_order(_altered, claims, jobs or default_jobs(len(claims)), list)


def stopped(reason: Exception) -> Decision:
    """What is left of a check that stopped with an error: undecided, with the error in one line."""
    told = str(reason).strip().splitlines()
    line = f"the check stopped: {type(reason).__name__}{': ' + told[0] if told else ''}"
    return Decision(INCONCLUSIVE, f"undecided: {line}", (line,))


def _lost() -> Decision:
    line = "a worker process died: decide this claim alone to see why"
    return Decision(INCONCLUSIVE, f"undecided: {line}", (line,))


def _timed(claim: Claim) -> tuple[Decision, float]:
    start = perf_counter()
    try:
        decision = decide(claim)
    except Exception as reason:  # whatever it is, the other claims are to be decided
        decision = stopped(reason)
    return decision, perf_counter() - start


def _altered(claim: Claim) -> list[SeededResult]:
    honest = recorded().get(claim.id)
    results = []
    for error in claim.seeded:
        try:
            verdict = error.run().verdict.value
        except Inconclusive:
            verdict = INCONCLUSIVE.value
        except Exception as reason:  # a crash shows nothing
            results.append(SeededResult(error.what, stopped(reason).evidence[0], False))
            continue
        results.append(SeededResult(error.what, verdict, verdict != honest))
    return results


def _by_id(work: Callable[[Claim], _Result], name: str) -> _Result:
    """Claims hold functions and do not pickle: a worker gets the id and finds the claim."""
    (claim,) = find_claims([name])
    return work(claim)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _in_order(
    work: Callable[[Claim], _Result],
    claims: Sequence[Claim],
    jobs: int,
    lost: Callable[[], _Result],
) -> Iterator[_Result]:
    if jobs == 1:
        yield from map(work, claims)
        return
    # spawn, not fork: safe beside threads and the same on every system
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _leave_interrupts_to_the_parent)
    try:
        futures = [pool.submit(_by_id, work, claim.id) for claim in claims]
        for future in futures:
            try:
                yield future.result()
            except BrokenProcessPool:
                yield lost()
    finally:
        pool.shutdown(cancel_futures=True)
