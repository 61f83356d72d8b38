"""Decide the paper's claims: the printed statement, the verdict, and what is certified.

With -o the report is written to a file. Its format is that of its ending (.json, .md, .html), or
that of --format.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bounds.certify.certificates.kept import from_scratch
from bounds.certify.errors import InputError
from bounds.certify.lines import counted
from bounds.cli import DECIDED, DIFFERS, UNDECIDED
from bounds.cli.output import json_text, tell
from bounds.cli.progress import waiting

if TYPE_CHECKING:
    from proofs_check.audit.claim import Claim
    from proofs_check.audit.paper import Audit
    from proofs_check.audit.runner import Outcome

EXAMPLES = """\
examples:
  bounds verify                    every claim
  bounds verify eps-cr-3           one claim, with its evidence
  bounds verify --why eps-cr-3     what the paper's argument for it rests on, and where it breaks
  bounds verify -o report.html     the whole audit as one page, with mathematics and figures
  bounds verify --graph claims.svg which claim rests on which (or .dot, for Graphviz)
  bounds verify --certificates out && bounds check out/*.json
  bounds verify --from-scratch     read none of the proofs that are stored beside the code
  bounds verify --seeded           put an error into each claim: how many verdicts change?"""

_OBJECTS = 100_000  # new ones between two collections; Python's own number is 700
_ENDINGS = {".json": "json", ".md": "markdown", ".html": "html", ".txt": "text", "": "text"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds verify`."""
    from proofs_check.audit.report import FORMATS

    parser.add_argument("id", nargs="*", metavar="ID", help="claims to decide (default: all)")
    parser.add_argument("--format", choices=FORMATS, help="format of the report (default: text)")
    parser.add_argument(
        "--json", dest="format", action="store_const", const="json", help="short for --format json"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the report there")
    parser.add_argument(
        "--certificates", metavar="DIR", help="write the proofs there, for `bounds check`"
    )
    parser.add_argument(
        "--graph", type=Path, metavar="FILE", help="write the graph of claims there: .svg or .dot"
    )
    parser.add_argument("--jobs", metavar="N", help="worker processes (default: 2 for many claims)")
    parser.add_argument(
        "--from-scratch",
        action="store_true",
        help="prove in full what is stored beside the code; otherwise some parts of it are drawn",
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--why", metavar="ID", help="print the premises of one claim, and where its argument breaks"
    )
    instead.add_argument(
        "--seeded", action="store_true", help="decide each claim with errors put into it"
    )
    instead.add_argument(
        "--record", action="store_true", help="write the verdicts of all claims as those on record"
    )


def run(arguments: argparse.Namespace) -> int:
    """Decide the claims and report; the exit code says what came out."""
    from proofs_check.paper import PAPER

    return run_on(PAPER, arguments)


def run_on(paper: Audit, arguments: argparse.Namespace) -> int:
    """The same for the claims of any paper."""
    with from_scratch() if arguments.from_scratch else nullcontext(), _rare_collections():
        return _run_on(paper, arguments)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Look seldom for objects that refer to each other alone: an audit makes hardly any.

    Each look goes through all of SymPy's objects, and takes a fifteenth of the whole time.
    """
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _run_on(paper: Audit, arguments: argparse.Namespace) -> int:
    jobs = _jobs(arguments.jobs)
    instead = arguments.why is not None or arguments.seeded or arguments.record
    if instead and (
        arguments.format or arguments.output or arguments.certificates or arguments.graph
    ):
        raise InputError(
            "--why, --seeded and --record print only text: leave out -o, --format, ..."
        )
    if arguments.record:
        return _record(paper, arguments.id, jobs)
    if arguments.why is not None:
        if arguments.id:
            raise InputError("--why takes one ID and no others: leave them out")
        return _why(paper, arguments.why, jobs)
    chosen = paper.find_claims(arguments.id or None)
    if not arguments.id:
        from proofs_check.audit.report.sections import in_order

        chosen = in_order(chosen, paper)
    if arguments.seeded:
        return _seeded(paper, chosen, jobs)
    return _report(paper, chosen, arguments, jobs)


def _jobs(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 64):
        raise InputError(f"--jobs must be a whole number from 1 to 64, not {text[:40]!r}")
    return int(text)


def _report(
    paper: Audit, chosen: Sequence[Claim], arguments: argparse.Namespace, jobs: int | None
) -> int:
    from bounds.certify.io.files import make_folder, write_whole
    from proofs_check.audit.report import render
    from proofs_check.audit.runner import audit

    output: Path | None = arguments.output
    graph: Path | None = arguments.graph
    kind = arguments.format or _kind_of(output)
    for file in filter(None, (output, graph)):  # told before the work, not after it
        if os.path.isdir(file) or not os.path.isdir(file.parent):
            raise InputError(f"cannot write {file}: name a file in a folder that exists")
    if graph is not None and graph.suffix.lower() not in (".svg", ".dot"):
        raise InputError("the graph of claims is written as .svg or .dot: end its name so")
    folder = None if arguments.certificates is None else make_folder(arguments.certificates)
    table = kind == "text" or output is not None  # else standard output is for the report
    decided = audit(paper, chosen, jobs)
    outcomes = _follow(paper, decided, chosen, table=table, full=bool(arguments.id))
    if folder is not None:
        for outcome in outcomes:
            for name, certificate in outcome.certificates:
                write_whole(folder / name, json_text(certificate, 1) + "\n")
    if graph is not None:
        write_whole(graph, _graph(graph, outcomes, paper))
        print(f"written to {graph}", file=sys.stdout if table else sys.stderr)
    if output is not None:
        write_whole(output, render(kind, outcomes, paper))
        print(f"written to {output}")
    elif kind != "text":
        print(render(kind, outcomes, paper), end="")
    every = frozenset(paper.ids if not arguments.id else ())
    return _conclude(paper, outcomes, every, table=table)


def _graph(file: Path, outcomes: Sequence[Outcome], paper: Audit) -> str:
    from proofs_check.audit.report.claim_graph import as_dot, as_svg

    if file.suffix.lower() == ".dot":
        return as_dot(outcomes, paper)
    drawn = as_svg(outcomes, paper, alone=True)
    if not drawn:
        raise InputError("none of these claims rests on another: there is no graph to draw")
    return drawn + "\n"


def _kind_of(output: Path | None) -> str:
    """The format that the name of the file tells."""
    suffix = output.suffix.lower() if output else ""
    if suffix not in _ENDINGS:
        endings = ", ".join(filter(None, _ENDINGS))
        raise InputError(f"{suffix} names no format: end the name in {endings}, or pass --format")
    return _ENDINGS[suffix]


def _follow(
    paper: Audit,
    decided: Iterable[Outcome],
    chosen: Sequence[Claim],
    *,
    table: bool,
    full: bool,
) -> list[Outcome]:
    """The outcomes, shown while they come: on a terminal with colours and a bar."""
    from proofs_check.audit.report.as_text import lines

    width = max(len(claim.id) for claim in chosen)
    if (sys.stdout if table else sys.stderr).isatty():
        from proofs_check.audit.report.live import follow

        return follow(decided, len(chosen), width, paper, table=table, full=full)
    outcomes = []
    with waiting("deciding", len(chosen)) as step:
        for outcome in decided:
            outcomes.append(outcome)
            if table:
                print("\n".join(lines(outcome, width, paper, full=full)), flush=True)
            step()
    return outcomes


def _conclude(
    paper: Audit, outcomes: Sequence[Outcome], every: frozenset[str] = frozenset(), *, table: bool
) -> int:
    """The summary line and the exit code; what is amiss is told wherever the report goes.

    Args:
        paper: whose claims they are.
        outcomes: what was decided.
        every: where all claims were to be decided, their ids.
        table: a table was printed.
    """
    from proofs_check.audit.report import summary
    from proofs_check.audit.verdict import INCONCLUSIVE

    if table:
        tell(summary(outcomes))
    stream = sys.stdout if table else sys.stderr
    on_record, ids = paper.recorded(), [outcome.claim.id for outcome in outcomes]
    undecided = [
        outcome
        for outcome in outcomes
        if outcome.stopped
        or (outcome.decision.verdict is INCONCLUSIVE and outcome.recorded != INCONCLUSIVE.value)
    ]
    differing = [each for each in outcomes if each.changed and each not in undecided]
    told = {
        "differs from the recorded verdict": [outcome.claim.id for outcome in differing],
        "decided twice": sorted({name for name in ids if ids.count(name) > 1}),
        "not decided": sorted(every.difference(ids)),
        "on record, but no claim": sorted(set(on_record) - every) if every else [],
        "undecided": [outcome.claim.id for outcome in undecided],
    }
    for outcome in outcomes:
        if outcome.decision.stored:
            stored = f"{outcome.claim.id}: {outcome.decision.stored}"
            print(f"taken from the store: {stored}", file=stream)
    if accepted := sum(bool(outcome.theorems) for outcome in outcomes):
        print(
            f"taken from the store: that Coq accepted the theorems of {counted(accepted, 'claim')}:"
            " kernel/*/table.json says so, and no verdict rests on it (to compile them: python -m"
            " proofs_check.kernel)",
            file=stream,
        )
    for what, names in told.items():
        if names:
            print(f"{what}: {', '.join(names)}", file=stream)
    without = [outcome for outcome in outcomes if outcome.recorded is None]
    if without:
        what = counted(len(without), "verdict") if on_record else "no verdict"
        print(f"{what} {'not ' if on_record else ''}on record: `{paper.command} --record` records"
              " them", file=stream)  # fmt: skip
    if paper.makes_errors:
        _tell_broken(outcomes, stream)
    if told.pop("undecided"):
        return UNDECIDED
    return DIFFERS if any(told.values()) else DECIDED


def _tell_broken(outcomes: Sequence[Outcome], stream: TextIO) -> None:
    """Which claims rest, at any depth, on each one whose printed form fails."""
    from proofs_check.audit.graph import BREAKS, users

    claims = [outcome.claim for outcome in outcomes]
    for outcome in outcomes:
        if outcome.decision.verdict in BREAKS and (above := users(outcome.claim.id, claims)):
            print(f"on {outcome.claim.id}, which fails as printed, rest: {', '.join(above)}",
                  file=stream)  # fmt: skip


def _record(paper: Audit, names: Sequence[str], jobs: int | None) -> int:
    """Decide all claims, and write the verdicts to the record, and the errata where there are."""
    from proofs_check.audit.record import record, told_time

    if names:
        raise InputError("--record writes the verdicts of all claims: leave out the ids")
    outcomes = record(paper, jobs, lambda outcome: tell(told_time(outcome)))
    written = [paper.record, *filter(None, [paper.errata])]
    tell(f"{counted(len(outcomes), 'verdict')} written to {' and '.join(map(str, written))}")
    return DECIDED


def _why(paper: Audit, name: str, jobs: int | None) -> int:
    from proofs_check.audit.graph import why, with_premises
    from proofs_check.audit.runner import audit

    premises = with_premises(paper, name)
    outcomes = {}
    with waiting("deciding", len(premises)) as step:
        for outcome in audit(paper, premises, jobs):
            outcomes[outcome.claim.id] = outcome
            step()
    tell("\n".join(map(paper.typesetter.plain, why(name, outcomes))))
    return _conclude(paper, list(outcomes.values()), table=False)


def _seeded(paper: Audit, chosen: Sequence[Claim], jobs: int | None) -> int:
    """Run every seeded error; those that leave a verdict as it is are listed."""
    from proofs_check.audit.runner import try_seeded

    noticed = total = 0
    missing, failing = list[str](), list[str]()
    with waiting("trying seeded errors", len(chosen)) as step:
        for claim, results in zip(chosen, try_seeded(paper, chosen, jobs), strict=True):
            for result in results:
                if not result.noticed:
                    tell(f"{claim.id}: {result.what}: not noticed: {result.outcome}")
            if results and not any(result.noticed for result in results):
                missing.append(claim.id)
            if claim.seeded and not results:
                failing.append(claim.id)
            total += len(results)
            noticed += sum(result.noticed for result in results)
            step()
    change = "changes" if total == 1 else "change"
    print(f"{noticed} of {counted(total, 'seeded error')} {change} the verdict")
    if paper.makes_errors:  # some alter nothing that matters: one a claim is enough
        if failing:
            print(f"not certified, so no error was put into: {', '.join(failing)}")
        if missing:
            print(f"no seeded error changes the verdict: {', '.join(missing)}")
        return DIFFERS if missing else DECIDED
    return DECIDED if noticed == total else DIFFERS
