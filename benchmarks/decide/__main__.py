"""The command of the benchmark.

python -m benchmarks.decide [--only CLASS] [--time 60] [--solver NAME]... [-o results.json]
python -m benchmarks.decide --page docs/decide-benchmark.md
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.decide.problems import load
from benchmarks.decide.run import Results, run
from benchmarks.decide.solvers import MODULES
from benchmarks.decide.table import page, stored, summary


def main() -> None:
    """Run, store, and print the summary; or write the page from stored results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decide", description=__doc__)
    parser.add_argument("--only", action="append", metavar="CLASS", help="problems of this class")
    parser.add_argument("--problem", action="append", metavar="ID", help="this problem")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each N-th problem")
    parser.add_argument("--time", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--solver", action="append", choices=list(MODULES), metavar="NAME")
    parser.add_argument("--python", default=sys.executable, help="the interpreter of the solvers")
    parser.add_argument("--again", action="store_true", help="ask what ran out of less time")
    parser.add_argument("-o", "--output", type=Path, help="results, continued if the file exists")
    parser.add_argument("--page", type=Path, help="write the page of the stored results")
    options = parser.parse_args()
    problems = load()
    if options.only:
        problems = [p for p in problems if p.kind in options.only]
    if options.problem:
        problems = [p for p in problems if p.id in options.problem]
    problems = problems[:: options.every]
    if options.page:
        options.page.write_text(page(problems, stored()), encoding="utf-8")
        return
    results: Results = {}
    if options.output and options.output.exists():
        results = json.loads(options.output.read_text(encoding="utf-8"))

    def save(found: Results) -> None:
        if options.output:
            text = json.dumps(found, indent=0, ensure_ascii=False)
            options.output.write_text(text + "\n", encoding="utf-8")

    names = options.solver or list(MODULES)
    run(names, problems, options.time, options.python, results, save, again=options.again)
    save(results)
    print(summary(problems, results))


if __name__ == "__main__":
    main()
