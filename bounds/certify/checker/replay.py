"""Certificate in, verdict out.

Limits, beyond which a certificate is undecided and not rejected: files of more than 32 MiB, more
than 2,000,000 values in one, lists nested more deeply than Python's own reader goes, and the work.
A certificate is allowed 5 units of work and one for each 1,000 bytes, at most 3,600 of them: a unit
is about a second of one core at most. Work is counted, not timed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from time import perf_counter

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import proof, sign, zero  # noqa: F401 - they make the general kinds known
from bounds.certify.checker.document import Source, read_document
from bounds.certify.checker.kinds import read_claim
from bounds.certify.checker.number import cut
from bounds.certify.checker.precision import Work, library_fault
from bounds.certify.checker.verdict import BeyondLimit, Rejected, Verdict

OnPiece = Callable[[int, int], None]

LEAST_WORK, BYTES_A_UNIT, MOST_WORK = 5, 1_000, 3_600
_UNIT = 1_000_000


def check(
    certificate: Source,
    on_piece: OnPiece | None = None,
    work: float | None = None,
    share: tuple[int, int] = (0, 1),
) -> Verdict:
    """Prove the statement of a certificate again.

    Args:
        certificate: a dict, its JSON text (str or bytes), or the Path of a file.
        on_piece: called after each piece of the proof with the number done and the number of all.
        work: the units of work that it may take, about a second of one core each; by default as
            many as its size allows it.
        share: (k, n): prove only the pieces that fall to the k-th of n processes, counted from 0.
            The certificate is proved where all n shares of it are accepted (see `together`).

    Returns:
        The verdict. A certificate that is malformed, altered or wrong is rejected with the reason;
        one that is beyond a limit is undecided. Nothing in it raises an exception.
    """
    began = perf_counter()
    steps = _replay(certificate, work, share)
    while True:
        try:
            with gmpy2.context():  # whatever the caller's own context is, and leave it alone
                done, total = next(steps)
        except StopIteration as end:
            return Verdict("accepted", end.value, None, perf_counter() - began)
        except Rejected as error:
            return Verdict("rejected", str(error), error.piece, perf_counter() - began)
        except BeyondLimit as error:
            return Verdict("undecided", f"undecided: {error}", None, perf_counter() - began)
        except (RecursionError, MemoryError) as error:
            reason = f"undecided: the check needs more memory than it has ({type(error).__name__})"
            return Verdict("undecided", reason, None, perf_counter() - began)
        except Exception as error:  # what was not foreseen proves nothing, either
            reason = f"the check broke off with {type(error).__name__}: {cut(str(error), 300)}"
            return Verdict("rejected", reason, None, perf_counter() - began)
        if on_piece is not None:
            on_piece(done, total)


def check_file(
    path: str | os.PathLike[str],
    on_piece: OnPiece | None = None,
    work: float | None = None,
    share: tuple[int, int] = (0, 1),
) -> Verdict:
    """Prove the statement of the certificate in a file again; see `check`."""
    return check(Path(path), on_piece, work, share)


def together(shares: Sequence[Verdict]) -> Verdict:
    """The verdict on a certificate from those on all of its shares: the worst of them."""
    worst = {"rejected": 0, "undecided": 1, "accepted": 2}
    # step: of several processes the worst verdict counts [function: max]
    return min(shares, key=lambda verdict: worst[verdict.outcome])


def _replay(
    certificate: Source, work: float | None, share: tuple[int, int]
) -> Generator[tuple[int, int], None, str]:
    """The steps of a check; what was proved, at their end."""
    if fault := library_fault():
        raise BeyondLimit(fault)
    document, size = read_document(certificate)
    allowed = min(LEAST_WORK + size / BYTES_A_UNIT, MOST_WORK) if work is None else work
    kind, claim = read_claim(document)
    if kind.shared:
        yield from kind.replay(claim, Work(allowed * _UNIT, share))
    # step: what is not cut into pieces is proved by one process [false]
    elif share[0] == 0:  # the first proves what is not cut into pieces
        yield from kind.replay(claim, Work(allowed * _UNIT))
    return f"proved: {kind.told(claim)}"
