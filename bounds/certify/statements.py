"""Decide what people write: one statement, a file of them, or one that uses lemmas."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.language.domain import DomainLike
from bounds.certify.language.statement import ClaimLike, Statement

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from bounds.certify.rules.outcome import Outcome

SECONDS = 60
"""How long one statement is tried, if nothing else is said."""

MOST_LINES = 10_000

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NAMED = re.compile(rf"({_NAME.pattern})\s*:")

Lemma = dict[str, Any]
"""A proved statement: its name, claim, domain, and the hash of its certificate."""


def decide(
    claim: ClaimLike,
    domain: DomainLike | None = None,
    *,
    seconds: float = SECONDS,
    jobs: int = 1,
    executor: Executor | None = None,
    given: Mapping[str, Outcome] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Outcome:
    """Decide a statement: by a proof on its whole domain, or by an exact point where it fails.

    Args:
        claim: text such as `"1 + x <= e^x"`, LaTeX, a SymPy relational, or a statement.
        domain: text such as `"x > 0"` or `"x in (0, 1], n integer, n >= 1"`, or a mapping such as
            `{"x": (0, 1)}`. None where the claim has no variable, or says it, as in
            `"x^2 >= 0 for x real"`.
        seconds: how long to try.
        jobs: how many parts of a box in several variables are looked at side by side.
        executor: runs these parts, such as a dask client's; None for processes of this machine.
        given: proved outcomes by name, which the proof may use as lemmas.
        progress: is told what is tried.

    Returns:
        An outcome, whose `outcome` is "proved", "equal", "refuted", "undefined" or "undecided".
        "proved" says that the independent checker has replayed the proof.

    Raises:
        InputError: the claim or the domain is not read; the message shows the place.
    """
    from bounds.certify.rules.decide import decide as decided

    statement = Statement.read(claim, domain)
    lemmas = [lemma_of(name, outcome) for name, outcome in (given or {}).items()]
    return decided(
        statement,
        seconds=seconds,
        jobs=jobs,
        executor=executor,
        lemmas=lemmas,
        progress=progress,
    )


def prove(
    claim: ClaimLike,
    domain: DomainLike | None = None,
    *,
    seconds: float = SECONDS,
    jobs: int = 1,
    executor: Executor | None = None,
    given: Mapping[str, Outcome] | None = None,
) -> Outcome:
    """Like `decide`, where only a proof will do.

    Returns:
        An outcome that is "proved" or "equal".

    Raises:
        Inconclusive: there is a counterexample, or the time is spent; the message says which.
        InputError: the claim or the domain is not read.
    """
    outcome = decide(claim, domain, seconds=seconds, jobs=jobs, executor=executor, given=given)
    if not is_proved(outcome):
        raise Inconclusive(str(outcome))
    return outcome


def is_proved(outcome: Outcome) -> bool:
    """Whether the statement holds on its whole domain, by a proof."""
    return outcome.holds_everywhere


def lemma_of(name: str, outcome: Outcome) -> Lemma:
    """A proved statement under a name, for others to use.

    Raises:
        InputError: it is not proved, or the name is none.
    """
    if not _NAME.fullmatch(name):
        raise InputError(f"{name[:40]!r} is no name of a lemma: use letters, digits, _ and -")
    if not is_proved(outcome):
        raise InputError(f"the lemma {name} is {outcome.outcome}: only what is proved can be used")
    certificate = outcome.certificate()
    return {
        "name": name,
        "claim": outcome.statement.claim,
        "domain": str(outcome.statement.domain),
        "sha256": certificate["sha256"],
    }


@dataclass(frozen=True)
class Line:
    """A statement of a file, with its line and its name, if it has one."""

    number: int
    name: str | None
    statement: Statement


def read_lines(text: str, where: str = "the file") -> list[Line]:
    """The statements of a text, one a line.

    A line is `claim for domain`, with an optional `name:` before it. What follows # is a comment,
    and empty lines are passed over.

    Args:
        text: the lines.
        where: what the text is called in an error.

    Raises:
        InputError: a line is not read, two have one name, or there is none.
    """
    lines: list[Line] = []
    names: set[str] = set()
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.partition("#")[0].strip()
        if not line:
            continue
        named = _NAMED.match(line)
        name = named.group(1) if named else None
        try:
            statement = Statement.read(line[named.end() :].strip() if named else line)
        except InputError as wrong:
            wrong.add_note(f"{where}, line {number}")
            raise
        if name is not None and name in names:
            raise InputError(f"{where}, line {number}: the name {name} is used twice")
        names |= {name} - {None} if name else set()
        lines.append(Line(number, name, statement))
        if len(lines) > MOST_LINES:
            raise InputError(f"{where} has more than {MOST_LINES} statements: split it")
    if not lines:
        raise InputError(f"{where} has no statement: write one a line, `claim for domain`")
    return lines


def prove_lemmas(
    text: str, where: str = "the file", *, seconds: float = SECONDS, jobs: int = 1
) -> dict[str, Outcome]:
    """The lemmas of a text, each proved, with those before it as lemmas.

    Raises:
        InputError: a line is not read, or has no name.
        Inconclusive: one is not proved.
    """
    proved: dict[str, Outcome] = {}
    for line in read_lines(text, where):
        if line.name is None:
            raise InputError(
                f"{where}, line {line.number}: a lemma needs a name, `name: claim ...`"
            )
        proved[line.name] = prove(line.statement, seconds=seconds, jobs=jobs, given=proved)
    return proved
