"""The kernel's verdicts on certificates, one after the other."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bounds.certify.checker.verdict import BeyondLimit, Rejected
from bounds.certify.errors import Inconclusive
from bounds.kernel.cache import compiled_library
from bounds.kernel.coq import Kernel, Verdict, require_coq
from bounds.kernel.export import Export, export


def exports(paths: Sequence[str]) -> Iterator[tuple[str, Export | Verdict]]:
    """Each certificate with its Coq file, or with the verdict that says why there is none."""
    for path in paths:
        try:
            yield path, export(Path(path))
        except Rejected as reason:
            yield path, Verdict("rejected", str(reason))
        except (BeyondLimit, Inconclusive) as reason:
            yield path, Verdict("undecided", str(reason))
        except (ArithmeticError, RecursionError, MemoryError) as fault:  # a guess that broke off
            told = f"no proof was found: the guess broke off ({type(fault).__name__})"
            yield path, Verdict("undecided", told)


def verdicts(paths: Sequence[str]) -> Iterator[tuple[str, Verdict, str]]:
    """Each certificate with the kernel's verdict, and what its theorem says.

    Raises:
        Inconclusive: Coq is not installed, or its libraries are missing.
    """
    require_coq()
    with tempfile.TemporaryDirectory(prefix="bounds-kernel-") as folder:
        for number, (path, made) in enumerate(exports(paths)):
            if isinstance(made, Verdict):
                yield path, made, ""
                continue
            yield path, judged(made, Path(folder) / str(number)), made.says


def judged(made: Export, folder: Path) -> Verdict:
    """Coq's verdict on one file, on the library that is compiled once and kept.

    Raises:
        Inconclusive: Coq is not installed, or its libraries are missing.
    """
    kernel = Kernel(folder, compiled_library(made.text), ready=True)
    verdict = kernel.check(made.text, made.theorem)
    if verdict.outcome == "undecided" and made.other not in (None, made.text):
        assert made.other is not None
        second = kernel.check(made.other, made.theorem)
        return verdict if second.outcome == "undecided" else second
    return verdict
