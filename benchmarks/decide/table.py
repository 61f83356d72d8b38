"""The tables: what each solver can say, solved, got wrong, how fast, and problem by problem."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.decide.problems import Problem
from benchmarks.decide.run import Results

_SHORT = {
    "proved": "proved", "refuted": "refuted", "equal": "equal", "undefined": "undefined",
    "undecided": "–", "inexpressible": "·", "out of time": "–", "crashed": "×",
}  # fmt: skip


FOLDER = Path(__file__).parent


def stored() -> Results:
    """The results that are kept beside this file, ours first: results-*.json."""
    results: Results = {}
    for path in sorted(FOLDER.glob("results-*.json")):
        results |= json.loads(path.read_text(encoding="utf-8"))
    return dict(sorted(results.items(), key=lambda pair: pair[0] != "bounds"))


def _row(cells: Iterable[Any]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _lines(head: list[str], rows: Iterable[Iterable[Any]]) -> list[str]:
    return [_row(head), _row("---" for _ in head), *map(_row, rows)]


def _time(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 10 else f"{seconds:.2f} s"


def counts(name: str, problems: list[Problem], results: Results) -> dict[str, Any]:
    """The figures of one solver."""
    answers = results[name]["answers"]
    asked = [(p, answers[p.id]) for p in problems if p.id in answers]
    solved = [(p, a) for p, a in asked if a["outcome"] in p.answers()]
    seconds = [a["seconds"] for _, a in solved]
    return {
        "asked": len(asked),
        "expressible": sum(a["outcome"] != "inexpressible" for _, a in asked),
        "solved": len(solved),
        "replayable": sum(a["replayable"] for _, a in solved),
        "wrong": [p.id for p, a in asked if p.is_wrong(a["outcome"])],
        "median": median(seconds) if seconds else None,
        "worst": max(seconds, default=None),
        "start": results[name].get("start", 0.0),
    }


def summary(problems: list[Problem], results: Results) -> str:
    """One row a solver."""
    rows = []
    for name, kept in results.items():
        if not kept["answers"]:
            rows.append([name, "not installed", *[""] * 8])
            continue
        found = counts(name, problems, results)
        rows.append([
            name, kept.get("version", ""), found["asked"], found["expressible"],
            found["solved"], found["replayable"], len(found["wrong"]),
            "" if found["median"] is None else _time(found["median"]),
            "" if found["worst"] is None else _time(found["worst"]), _time(found["start"]),
        ])  # fmt: skip
    head = ["solver", "version", "asked", "expressible", "solved", "with a proof to replay",
            "wrong", "median", "worst", "start"]  # fmt: skip
    return "\n".join(_lines(head, rows))


def by_class(problems: list[Problem], results: Results) -> str:
    """Solved problems, class by class; the last column counts what some rival solves."""
    names = [name for name, kept in results.items() if kept["answers"]]
    kinds = sorted({p.kind for p in problems})
    rows = []
    for kind in kinds:
        inside = [p for p in problems if p.kind == kind]
        solved = [[p.id for p in inside if _solves(p, name, results)] for name in names]
        rivals = [ids for name, ids in zip(names, solved, strict=True) if name != "bounds"]
        rows.append([kind, len(inside), *map(len, solved), len(set().union(*rivals))])
    whole = [sum(row[k] for row in rows) for k in range(1, len(rows[0]))] if rows else []
    return "\n".join(_lines(["class", "problems", *names, "some rival"], [*rows, ["all", *whole]]))


def _solves(problem: Problem, name: str, results: Results) -> bool:
    answer = results[name]["answers"].get(problem.id)
    return answer is not None and answer["outcome"] in problem.answers()


def _cell(problem: Problem, answer: dict[str, Any] | None) -> str:
    if answer is None:
        return ""
    text = _SHORT[answer["outcome"]]
    if problem.is_wrong(answer["outcome"]):
        return f"**wrong: {text}**"
    if answer["outcome"] in problem.answers():
        return f"{_time(answer['seconds'])}{'' if answer['replayable'] else '*'}"
    return text


def problem_table(kind: str, problems: list[Problem], results: Results) -> str:
    """One class, problem by problem."""
    names = [name for name, kept in results.items() if kept["answers"]]
    rows = []
    for p in (p for p in problems if p.kind == kind):
        claim = p.claim if len(p.claim) < 120 else p.claim[:117] + "…"
        domain = p.domain if len(p.domain) < 60 else p.domain[:57] + "…"
        cells = [_cell(p, results[name]["answers"].get(p.id)) for name in names]
        rows.append([p.id, f"`{claim}`", f"`{domain}`" if domain else "", p.truth, *cells])
    return "\n".join(_lines(["problem", "claim", "domain", "truth", *names], rows))


def _wrong(problems: list[Problem], results: Results) -> Iterator[tuple[str, Problem, str]]:
    for name, kept in results.items():
        for p in problems:
            answer = kept["answers"].get(p.id)
            if answer is not None and p.is_wrong(answer["outcome"]):
                yield name, p, answer["outcome"]


_INTRO = """# The decider's benchmark

{count} inequalities that others wrote, from the test sets of provers (MetiTarski, coq-interval,
Flyspeck, dReal), handbooks (DLMF chapters 4 to 8, 10 and 13, Abramowitz and Stegun, Mitrinović)
and papers of statistics, privacy, information and learning theory. {false} are false, most of them
by a little: a constant perturbed, a domain enlarged, a strict sign at a point of equality.
The files are in `benchmarks/decide/problems`; each problem names its source. Each truth is checked
by dense sampling to many digits: no sampled point contradicts a true claim, and each false claim
has a stored point at which it fails. Sampling finds mistakes in the problems; it proves nothing.

```
python -m benchmarks.decide --time 60 -o results.json
```

Rules: one core, 2 GiB of memory, seconds measured inside the solver's process; the start of the
process is stated apart. Every solver reads the same text, with functions that it lacks written
with those it has. A rival may relax whole numbers to reals. A strict claim at an open end counts
as solved only if the strict claim is proved. "Both sides equal" answers an identity; it also
refutes a strict comparison of equal sides. To give up is never wrong.

To install the rivals: `apt-get install sollya coq libcoq-interval` and, in an environment of their
own, `pip install codac z3-solver alkahest leancert==0.3.2 mpmath`; name that environment's
interpreter with `--python`. A solver that is not installed is left out by name. dReal is not among
the rivals: its package needs a patched version of the library ibex that no distribution offers.
"""


def page(problems: list[Problem], results: Results) -> str:
    """The page of the documentation."""
    false = sum(p.truth == "false" for p in problems)
    parts = [_INTRO.format(count=len(problems), false=false), "## All problems\n"]
    parts += [summary(problems, results), "\n## Settings\n"]
    for name, kept in results.items():
        if kept["answers"]:
            proof = kept.get("proof") or "nothing that others can replay"
            limit = max(answer.get("limit", 0) for answer in kept["answers"].values())
            told = f"- **{name}**: {kept.get('settings', '')}. It leaves {proof}."
            parts.append(f"{told} A problem had {limit:g} seconds.")
    parts += ["\n## Solved, class by class\n", by_class(problems, results)]
    parts.append("\n## Wrong answers\n")
    parts += [
        f"- {name}: {p.id} ({outcome}, but {p.truth})"
        for name, p, outcome in _wrong(problems, results)
    ] or ["None."]
    parts.append(
        "\n## Problem by problem\n\nA time says solved; `*` without a proof that others can replay;"
        " `·` cannot be said; `–` undecided; `×` the solver broke down.\n"
    )
    for kind in sorted({p.kind for p in problems}):
        parts += [f"### {kind.capitalize()}\n", problem_table(kind, problems, results), ""]
    return "\n".join(parts).rstrip() + "\n"
