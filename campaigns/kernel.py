"""The shape of the loss for a whole range of Delta, in Coq's kernel: slice by slice, then joined.

    python -m campaigns.kernel [--low 2] [--high 5/2] [--jobs 2] [--folder campaigns-kernel.partial]

Each slice is a Coq file with its theorem; the last file joins them, and its axioms are printed. A
file that was compiled from the same source, on the same library, is not compiled again, so that a
run that was killed goes on from there. Coq itself refuses compiled files that do not belong
together. The exit status is 1 if a file does not compile or rests on a strange axiom. As many files
are compiled at a time as there are processors, or as `--jobs` says.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

from bounds.certify.errors import Inconclusive
from bounds.cli.progress import progress_bar
from bounds.kernel import text
from bounds.kernel.coq import INSTALL, Kernel, axioms, coqc, library_files, unproved, verdict
from bounds.kernel.plan import Plan
from bounds.kernel.shape import joined, shape_lemmas, slices


def stamp() -> str:
    """What the library is, in a few letters."""
    whole = b"\n".join(path.read_bytes() for path in library_files())
    return hashlib.sha256(whole).hexdigest()[:12]


def main(words: list[str] | None = None) -> int:
    """Run the campaign and print what it found."""
    parser = argparse.ArgumentParser(prog="python -m campaigns.kernel", description=__doc__)
    parser.add_argument("--low", type=Fraction, default=Fraction(2))
    parser.add_argument("--high", type=Fraction, default=Fraction(5, 2))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--folder", type=Path, default=Path("campaigns-kernel.partial"))
    arguments = parser.parse_args(words)
    if coqc() is None:
        print(f"nothing is run: {INSTALL}")
        return 0
    try:
        return _run(arguments.low, arguments.high, arguments.folder / stamp(), arguments.jobs)
    except Inconclusive as reason:
        print(f"undecided: {reason}")
        return 1


def _run(low: Fraction, high: Fraction, folder: Path, jobs: int) -> int:
    kernel = Kernel(folder)
    cuts = list(slices(low, high))
    with progress_bar() as bar, ThreadPoolExecutor(jobs) as pool:
        task = bar.add_task("slices", total=len(cuts) + 1)
        compiled = [pool.submit(_compiled, kernel, index, cut) for index, cut in enumerate(cuts)]
        for one in compiled:
            if (trouble := one.result()) is not None:
                pool.shutdown(cancel_futures=True)
                print(trouble)
                return 1
            bar.advance(task)
        required = "".join(f"Require Slice{index}.\n" for index in range(len(cuts)))
        whole = "\n".join(
            (text.header("All slices."), required, joined([cut.family for cut in cuts]))
        )
        told, trouble = kernel.answer("Whole", f"{whole}\nPrint Assumptions shape.\n")
        bar.advance(task)
    if trouble is not None:
        print(f"the whole: {trouble}")
        return 1
    found = verdict(axioms(told))
    print(f"{len(cuts)} slices of [{low}, {high}]: {found.outcome}: {found.reason}")
    return 0 if found.outcome == "accepted" else 1


def _compiled(kernel: Kernel, index: int, cut: Plan) -> str | None:
    """None if a slice compiles, or was compiled from this source before."""
    title = f"Delta in [{cut.family.low}, {cut.family.high}]."
    source = "\n".join((text.header(title), *shape_lemmas(cut)))
    if (word := unproved(source)) is not None:
        return f"{title} the file says {word}"
    if kernel.has(f"Slice{index}", source):
        return None
    _, trouble = kernel.answer(f"Slice{index}", source)
    return None if trouble is None else f"{title} {trouble}"


if __name__ == "__main__":
    sys.exit(main())
