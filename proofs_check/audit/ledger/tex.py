r"""Numbers in a LaTeX file that name the claim they come from: \certified{id}{0.66104}.

The macro prints the number. `check_tex` proves each one again: of a constant, a root or a supremum,
that it is the value, rounded as the ledger says; of an inequality or an identity, that the number
occurs in the statement, and that the statement is proved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

from bounds.certify.errors import BoundsError, Inconclusive, InputError
from bounds.certify.io.files import make_folder, write_whole
from bounds.certify.lines import counted
from bounds.certify.quantities.table_files import Decimal, read_decimal
from proofs_check.audit.ledger.decide import decide_entry
from proofs_check.audit.ledger.entry import Entry
from proofs_check.audit.ledger.paper import LedgerAudit
from proofs_check.audit.paper import Audit
from proofs_check.audit.verdict import CERTIFIED, INCONCLUSIVE, REFUTED, REPAIRED, Decision

STYLE = "certified.sty"
_LONGEST = 20_000_000
_USE = re.compile(r"\\certified\s*\{\s*([^{}\\#]*?)\s*\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_NAME = re.compile(r"\\certified(?![A-Za-z])")
_DEFINES = re.compile(r"\\(?:re)?newcommand\*?\s*\{?\s*\\certified\b|\\def\s*\\certified\b")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%.*")
_NUMERAL = re.compile(r"(?<![A-Za-z_\d.])(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


@dataclass(frozen=True)
class Use:
    """One number of a file: its line, the claim that it names, and its text."""

    line: int
    id: str
    number: str


def write_style(folder: Path) -> Path:
    """Write the macro's file.

    Args:
        folder: where LaTeX finds it, beside the paper.

    Raises:
        InputError: the folder cannot be made.
    """
    file = make_folder(str(folder)) / STYLE
    text = files("proofs_check.audit.ledger").joinpath(STYLE).read_text(encoding="utf-8")
    write_whole(file, text)
    return file


def uses_in(text: str, where: str) -> Iterator[Use]:
    r"""Every \certified of a LaTeX text, outside its comments.

    Raises:
        InputError: one has not two arguments in braces.
    """
    bare = "\n".join(_COMMENT.sub(r"\1", line) for line in text.split("\n"))
    bare = _DEFINES.sub(lambda found: " " * len(found[0]), bare)
    found = {use.start(): use for use in _USE.finditer(bare)}
    for name in _NAME.finditer(bare):
        line = bare.count("\n", 0, name.start()) + 1
        use = found.get(name.start())
        if use is None:
            raise InputError(
                rf"{where}, line {line}: write \certified{{id}}{{number}}, both in braces"
            )
        yield Use(line, use[1], use[2].strip())


def check_tex(paper: Audit, file: str | Path) -> int:
    r"""Prove every number of a LaTeX file again, and print the verdicts line by line.

    Args:
        paper: the audit of a ledger.
        file: the LaTeX file.

    Returns:
        0 if all are right, 1 if one is wrong, 3 if one is undecided.

    Raises:
        InputError: the file is not read, has no \certified, or names a claim without a number.
    """
    if not isinstance(paper, LedgerAudit):
        raise InputError("numbers come from claims of a ledger: this audit has none")
    where = str(file)[:200]
    uses = list(uses_in(_text_of(file), where))
    if not uses:
        raise InputError(rf"{where} has no \certified: write \certified{{id}}{{0.66104}} there")
    for use in uses:  # told before the work, not after it
        _entry_of(paper, use, where)
    codes = []
    known: dict[tuple[str, str], Decision] = {}
    for use in uses:
        entry = _entry_of(paper, use, where)
        key = (use.id, use.number)
        if key not in known:
            known[key] = _decided(entry, use, where)
        code, told = _told(known[key])
        codes.append(code)
        print(rf"{where}, line {use.line}: \certified{{{use.id}}}{{{use.number}}}: {told}")
    counts = [
        (codes.count(code), word) for code, word in ((0, "right"), (1, "wrong"), (3, "undecided"))
    ]
    ending = ", ".join(f"{number} {word}" for number, word in counts if number)
    print(f"{counted(len(uses), 'number')}: {ending}")
    return 1 if 1 in codes else max(codes)


def _text_of(file: str | Path) -> str:
    path = Path(file)
    if "\0" in str(file) or not path.is_file() or path.stat().st_size > _LONGEST:
        raise InputError(f"{str(file)[:200]!r} is no LaTeX file that can be read")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{str(file)[:200]!r} is no text in UTF-8: save it as such") from None


def _entry_of(paper: LedgerAudit, use: Use, where: str) -> Entry:
    """The claim that a number names.

    Raises:
        InputError: there is none, or it has no number.
    """
    place = f"{where}, line {use.line}"
    entry = (paper.entries or {}).get(use.id)
    if entry is None:
        raise InputError(f"{place}: no claim is called {use.id[:60]!r}: name one of the ledger")
    if entry.kind not in ("constant", "root", "supremum", "inequality", "identity"):
        raise InputError(
            f"{place}: {use.id} is of kind {entry.kind}, which has no one number: name a constant,"
            " root, supremum, inequality or identity"
        )
    _number(use, place)
    return entry


def _number(use: Use, place: str) -> Decimal:
    """The printed number.

    Raises:
        InputError: it is no decimal.
    """
    found = read_decimal(use.number, place)
    if found is None:
        raise InputError(f"{place}: {use.number[:40]!r} is no decimal, such as 0.66104")
    return found


def _decided(entry: Entry, use: Use, where: str) -> Decision:
    """The decision on the claim with the number of the file in place of its own."""
    printed = _number(use, f"{where}, line {use.line}")
    try:
        if entry.kind in ("inequality", "identity"):
            return _in_statement(entry, printed)
        return decide_entry(_with_number(entry, printed), repair=False)
    except Inconclusive as reason:
        return Decision(INCONCLUSIVE, str(reason), (str(reason),))


def _with_number(entry: Entry, printed: Decimal) -> Entry:
    """The claim that the value is what the file prints; of several roots, the nearest."""
    text = printed.text
    if entry.kind == "root" and "printed" in entry.data and len(entry.printed) > 1:
        nearest = min(entry.printed, key=lambda one: abs(one.value - printed.value))
        text = ", ".join(text if one is nearest else one.text for one in entry.printed)
    others = {key: value for key, value in entry.data.items() if key != "value"}
    return Entry(entry.source, entry.table, entry.words, {**others, "printed": text})


def _in_statement(entry: Entry, printed: Decimal) -> Decision:
    """The decision on a statement, if the number occurs in it."""
    text = entry.words.expanded(entry["statement"])
    values = {_value(numeral) for numeral in _NUMERAL.findall(text)}
    if abs(printed.value) not in values:
        line = f"the statement has no number {printed.text}: {entry['statement']}"
        return Decision(INCONCLUSIVE, line, (line, _NOT_THERE))
    return decide_entry(entry, repair=False)


_NOT_THERE = "the number is not in the statement"


def _value(numeral: str) -> Fraction | None:
    try:
        found = read_decimal(numeral)
    except BoundsError:
        return None
    return None if found is None else found.value


def _told(decision: Decision) -> tuple[int, str]:
    """The exit code, and the verdict in words."""
    if decision.verdict is CERTIFIED:
        return 0, "right"
    if decision.verdict in (REFUTED, REPAIRED):
        return 1, f"wrong: {decision.finding}"
    if _NOT_THERE in decision.evidence:
        return 1, f"wrong: {decision.finding}"
    return 3, f"undecided: {decision.finding}"
