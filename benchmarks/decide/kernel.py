"""How many proved problems Coq's kernel accepts, and how long it takes.

    python -m benchmarks.decide.kernel [--every 18] [-o kernel-sample.json]
    python -m benchmarks.decide.kernel --page docs/kernel.md

The sample is each N-th problem whose claim is true, over all classes in the order of the files.
Each is decided anew; what is proved goes to Coq on the library that is compiled before. Seconds
are those of Coq for one file, with its start.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import bounds
from benchmarks.decide.problems import Problem, load
from bounds.kernel.one import checked

STORED = Path(__file__).with_name("kernel-sample.json")
BEGIN, END = "<!-- figures of the benchmark -->", "<!-- end of the figures -->"
_DECIDE_SECONDS = 10


def measure(every: int, output: Path) -> None:
    """Ask Coq for each problem of the sample that is not in the file yet."""
    found: dict[str, Any] = {}
    if output.exists():
        found = json.loads(output.read_text(encoding="utf-8"))
    checked(bounds.decide("0 < 1").certificate())  # the library is compiled now
    for problem in sample(every):
        if problem.id in found:
            continue
        outcome = bounds.decide(problem.claim, problem.domain, seconds=_DECIDE_SECONDS)
        row: dict[str, Any] = {"class": problem.kind, "decided": outcome.outcome}
        if outcome.outcome == "proved":
            begun, worked = time.monotonic(), _children()
            verdict = checked(outcome.certificate())
            row |= {
                "kernel": verdict.outcome,
                "seconds": round(time.monotonic() - begun, 1),
                "processor": round(_children() - worked, 1),
                "reason": "" if verdict.outcome == "accepted" else verdict.reason[:120],
            }
        found[problem.id] = row
        output.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        print(problem.id, row, flush=True)


def _children() -> float:
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def sample(every: int) -> list[Problem]:
    """Each N-th problem whose claim is true."""
    return [p for p in load() if p.truth == "true"][::every]


def table(found: Mapping[str, Mapping[str, Any]], every: int) -> str:
    """The figures in Markdown."""
    missing = list(dict.fromkeys(p.kind for p in sample(every) if p.id not in found))
    rows = [row for row in found.values() if row["decided"] == "proved"]
    lines = ["| class | proved | accepted by Coq |", "| --- | ---: | ---: |"]
    proved = Counter(row["class"] for row in rows)
    accepted = Counter(row["class"] for row in rows if row["kernel"] == "accepted")
    lines += [f"| {kind} | {proved[kind]} | {accepted[kind]} |" for kind in sorted(proved)]
    good = [row for row in rows if row["kernel"] == "accepted"]
    lines.append(f"| all | {len(rows)} | {len(good)} |")
    share = 100 * len(good) / len(rows) if rows else 0
    median = statistics.median(row["seconds"] for row in good) if good else 0
    work = statistics.median(row["processor"] for row in good) if good else 0
    return "\n".join(
        [
            *lines, "",
            f"{len(found)} of the sample's {len(sample(every))} problems were run, in order;"
            f" the others are of the classes {', '.join(missing) or '(none)'}.",
            "",
            f"So Coq accepts {share:.0f} % of those that are proved, in {median:.1f} seconds in the"
            f" median ({work:.1f} seconds of the processor), with the library compiled before.",
        ]
    )  # fmt: skip


def main() -> None:
    """Measure, or write the table into a page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decide.kernel", description=__doc__)
    parser.add_argument("--every", type=int, default=18, metavar="N", help="each N-th true problem")
    parser.add_argument("-o", "--output", type=Path, default=STORED, help="results, continued")
    parser.add_argument("--page", type=Path, help="write the table into this page")
    options = parser.parse_args()
    if options.page:
        text = options.page.read_text(encoding="utf-8")
        head, rest = text.split(BEGIN)
        _, tail = rest.split(END)
        figures = table(json.loads(options.output.read_text(encoding="utf-8")), options.every)
        options.page.write_text(f"{head}{BEGIN}\n{figures}\n{END}{tail}", encoding="utf-8")
        return
    measure(options.every, options.output)


if __name__ == "__main__":
    main()
