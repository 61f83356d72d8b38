"""Certificate in, verdict out."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path
from time import perf_counter

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.claims import ShapeClaim, read_claim
from bounds.certify.checker.document import Source, read_document
from bounds.certify.checker.number import cut
from bounds.certify.checker.sign import SignClaim, replay_sign
from bounds.certify.checker.verdict import Rejected, Verdict
from bounds.certify.checker.zero import ZeroClaim, replay_zero
from bounds.checker.root import replay_root
from bounds.checker.shape import replay_shape

OnPiece = Callable[[int, int], None]


def check(certificate: Source, on_piece: OnPiece | None = None) -> Verdict:
    """Prove the statement of a certificate again.

    Args:
        certificate: a dict, its JSON text (str or bytes), or the Path of a file.
        on_piece: called after each piece of the proof with the number done and the number of all.

    Returns:
        The verdict. A certificate that is malformed, altered or wrong is rejected with the reason;
        nothing in it raises an exception.
    """
    began = perf_counter()
    steps = _replay(certificate)
    while True:
        try:
            with gmpy2.context():  # whatever the caller's own context is, and leave it alone
                done, total = next(steps)
        except StopIteration as end:
            return Verdict(True, end.value, None, perf_counter() - began)
        except Rejected as error:
            return Verdict(False, str(error), error.piece, perf_counter() - began)
        except Exception as error:  # what was not foreseen proves nothing, either
            reason = f"the check broke off with {type(error).__name__}: {error}"
            return Verdict(False, reason, None, perf_counter() - began)
        if on_piece is not None:
            on_piece(done, total)


def check_file(path: str | os.PathLike[str], on_piece: OnPiece | None = None) -> Verdict:
    """Prove the statement of the certificate in a file again; see `check`."""
    return check(Path(path), on_piece)


def _replay(certificate: Source) -> Generator[tuple[int, int], None, str]:
    """The steps of a check; what was proved, at their end."""
    claim = read_claim(read_document(certificate))
    if isinstance(claim, ShapeClaim):
        yield from replay_shape(claim)
        low, high = (cut(str(end)) for end in claim.delta)
        place = f"Delta = {low}" if low == high else f"every Delta from {low} to {high}"
        return f"proved for {place}: the loss is {', '.join(claim.shape)}"
    if isinstance(claim, SignClaim):
        yield from replay_sign(claim)
        return "proved: the inequality holds for all values of its variables"
    if isinstance(claim, ZeroClaim):
        yield from replay_zero(claim)
        return "proved: the system has exactly one zero in the box"
    yield from replay_root(claim)
    return f"proved: exactly one inflection in the box, {claim.turn}, with eps between its ends"
