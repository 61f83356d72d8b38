"""The audit: claims decided one after another, in worker processes where there are many."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from time import process_time
from typing import TypeAlias, TypeVar

from bounds.certify.errors import Inconclusive
from bounds.certify.results import NoTruthValue
from bounds.certify.rules.goal import by_processor_time
from proofs_check.audit.claim import Claim, decide
from proofs_check.audit.paper import Audit, Theorem, load
from proofs_check.audit.verdict import CERTIFIED, INCONCLUSIVE, Decision

_Result = TypeVar("_Result")
_Decided: TypeAlias = tuple[Decision, float, bool]
_FEW = 4  # starting workers costs more than deciding so few claims


@dataclass(frozen=True)
class Outcome(NoTruthValue):
    """A claim with what came out.

    Attributes:
        claim: the claim.
        decision: how it ended, and why.
        recorded: the verdict on record, if there is one.
        seconds: the time that the check took, of the process that ran it.
        theorems: what a proof assistant's kernel accepts of it.
        own: the claim is not the paper's but the audit's own.
        stopped: the check stopped with an error, so that there is no decision.
    """

    claim: Claim
    decision: Decision
    recorded: str | None
    seconds: float
    theorems: tuple[Theorem, ...] = ()
    own: bool = False
    stopped: bool = False
    ask = "compare outcome.decision.verdict"

    @property
    def basis(self) -> str:
        """What decided it: machine, words or none, with "kernel" where a theorem proves a part."""
        basis = self.decision.basis
        return f"kernel, {basis}" if self.theorems and basis != "none" else basis

    @property
    def changed(self) -> bool:
        """Whether the verdict differs from the recorded one, where there is one."""
        return self.recorded is not None and self.decision.verdict.value != self.recorded

    @property
    def certificates(self) -> list[tuple[str, dict[str, object]]]:
        """Each certificate with its file name."""
        name = self.claim.id.replace(":", ".")  # of another audit: some systems allow no colon
        return [
            (f"{name}-{number}.json", certificate)
            for number, certificate in enumerate(self.decision.written(), start=1)
        ]


@dataclass(frozen=True)
class SeededResult(NoTruthValue):
    """What came out of a claim with an error put into it.

    Attributes:
        what: the error.
        outcome: the verdict, or why there is none.
        noticed: whether the verdict differs from that without the error, which is decided too.
    """

    what: str
    outcome: str
    noticed: bool
    ask = "read .noticed"


def default_jobs(count: int) -> int:
    """How many worker processes `count` claims get: one or two."""
    return 1 if count <= _FEW else min(2, os.cpu_count() or 1)


def audit(paper: Audit, claims: Sequence[Claim], jobs: int | None = None) -> Iterator[Outcome]:
    """Decide the claims; outcomes come in the order of the claims, each as soon as it is there.

    A check that stops with an error leaves its claim undecided, and the audit goes on.

    Args:
        paper: where the claims are from.
        claims: what to decide.
        jobs: worker processes; 1 decides in this process.
    """
    each = jobs or default_jobs(len(claims))
    # workers start here, while no thread of a bar runs, so that they fork and import nothing
    return _outcomes(paper, claims, _in_order(paper, _timed, claims, each, _lost))


def _outcomes(
    paper: Audit, claims: Sequence[Claim], results: Iterator[_Decided]
) -> Iterator[Outcome]:
    on_record = paper.recorded()
    for claim, (decision, seconds, broke) in zip(claims, results, strict=True):
        theorems = paper.kernel(claim.id)
        own = paper.is_own(claim.id)
        yield Outcome(claim, decision, on_record.get(claim.id), seconds, theorems, own, broke)


def try_seeded(
    paper: Audit, claims: Sequence[Claim], jobs: int | None = None
) -> Iterator[list[SeededResult]]:
    """For each claim, what its seeded errors lead to, in their order.

    A claim that is not decided without them notices none.
    """
    each = jobs or default_jobs(len(claims))
    yield from _in_order(paper, _altered, claims, each, _nothing)


def stopped(reason: Exception) -> Decision:
    """What is left of a check that stopped with an error: undecided, with the error in one line."""
    told = str(reason).strip().splitlines()
    line = f"the check stopped: {type(reason).__name__}{': ' + told[0] if told else ''}"
    return Decision(INCONCLUSIVE, f"undecided: {line}", (line,))


def _lost() -> _Decided:
    line = "a worker process died: decide only this claim to see why"
    return Decision(INCONCLUSIVE, f"undecided: {line}", (line,)), 0.0, True


def _timed(claim: Claim) -> _Decided:
    """The decision, how long it took, and whether the check stopped with an error."""
    start, broke = process_time(), False
    try:
        with by_processor_time():
            decision = decide(claim)
    except Exception as reason:  # whatever it is, the other claims are to be decided
        decision, broke = stopped(reason), True
    return decision, process_time() - start, broke


def _nothing() -> list[SeededResult]:
    return []


def _altered(claim: Claim) -> list[SeededResult]:
    """What each seeded error leads to, beside the verdict without it.

    The tool's own errors are for claims that are certified: another one fails with them as without.
    """
    honest, _, _ = _timed(claim)
    results = []
    for error in claim.seeded:
        if error.sure and honest.verdict is not CERTIFIED:
            continue
        try:
            with by_processor_time():
                verdict = error.run().verdict
        except Inconclusive:
            verdict = INCONCLUSIVE
        except Exception as reason:  # a crash shows nothing
            results.append(SeededResult(error.what, stopped(reason).evidence[0], False))
            continue
        noticed = honest.verdict is not INCONCLUSIVE and verdict is not honest.verdict
        noticed = noticed and not (error.sure and verdict is INCONCLUSIVE)
        results.append(SeededResult(error.what, verdict.value, noticed))
    return results


def _by_id(module: str, work: Callable[[Claim], _Result], names: Sequence[str]) -> list[_Result]:
    """Claims hold functions and do not pickle: a worker gets the ids and finds the claims."""
    paper = load(module)
    return [work(claim) for name in names for claim in paper.find_claims([name])]


def _together(paper: Audit, claims: Sequence[Claim]) -> list[list[str]]:
    """The ids, those of one file and those beside them together: they share what they prove."""
    groups: dict[str, list[str]] = {}
    for claim in claims:
        groups.setdefault(paper.group_of(claim.beside or claim.id), []).append(claim.id)
    return list(groups.values())


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _start() -> str:
    """How workers start: by fork, which spares them all imports, where no other thread runs."""
    alone = threading.active_count() == 1 and sys.platform == "linux"
    return "fork" if alone else "spawn"


def _in_order(
    paper: Audit,
    work: Callable[[Claim], _Result],
    claims: Sequence[Claim],
    jobs: int,
    lost: Callable[[], _Result],
) -> Iterator[_Result]:
    if jobs == 1:
        return map(work, claims)
    start = _start()
    if start == "fork" and paper.common is not None and len(claims) == len(paper.ids):
        with suppress(Exception):  # what fails is asked for again by each claim that needs it
            paper.common()
    pool = ProcessPoolExecutor(jobs, get_context(start), _leave_interrupts_to_the_parent)
    groups = _together(paper, claims)
    futures = [pool.submit(_by_id, paper.module, work, names) for names in groups]
    where = {
        name: (future, place)
        for names, future in zip(groups, futures, strict=True)
        for place, name in enumerate(names)
    }
    return _as_they_come(pool, [where[claim.id] for claim in claims], lost)


def _as_they_come(
    pool: ProcessPoolExecutor,
    places: list[tuple[Future[list[_Result]], int]],
    lost: Callable[[], _Result],
) -> Iterator[_Result]:
    """The results, claim by claim; each place is a group's future, and which of its results."""
    try:
        for future, place in places:
            try:
                yield future.result()[place]
            except BrokenProcessPool:
                yield lost()
    finally:
        pool.shutdown(cancel_futures=True)
