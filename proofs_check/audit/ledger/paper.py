"""A ledger as an `Audit`: its claims for the runner and the reports, and those of other audits.

A claim may rest on one of another audit, `other:lemma-2`, where `[uses]` says where `other` is.
That claim, and all that it rests on, is then decided in the same run: its verdict is used, and no
record of it is believed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

from bounds.certify.errors import InputError
from bounds.certify.language.latex import to_latex
from bounds.certify.lines import counted
from proofs_check.audit.claim import Claim
from proofs_check.audit.graph import find_cycle
from proofs_check.audit.ledger.abbreviations import read_abbreviations
from proofs_check.audit.ledger.decide import METHODS, decide_entry, find_check
from proofs_check.audit.ledger.entry import Entry, read_entry
from proofs_check.audit.ledger.seeds import seeded_of
from proofs_check.audit.ledger.source import FILE, Source, read_source
from proofs_check.audit.paper import Audit, Found, load_folder

_PAPER_KEYS = ("title", "authors", "identifier", "version", "link", "sections")


@dataclass(frozen=True, eq=False)
class LedgerAudit(Audit):
    """The audit that a ledger defines.

    Attributes:
        source: the ledger.
        entries: its own claims as data, by id, in its order.
    """

    source: Source | None = None
    entries: Mapping[str, Entry] | None = None
    _elsewhere: Mapping[str, str] = field(default_factory=dict, init=False, repr=False)
    _groups: Mapping[str, str] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def _found(self) -> dict[str, Found]:
        """Every claim: those of the ledger, and those of others that they rest on."""
        walk = _Walk(self)
        for name in self._own:
            walk.take(self, name)
        _require_no_circle(self, walk.found)
        object.__setattr__(self, "_elsewhere", walk.titles)
        object.__setattr__(self, "_groups", {name: walk.group_of(name) for name in walk.found})
        return walk.found

    def group_of(self, name: str) -> str:
        """Claims that rest on one another are decided by one worker."""
        assert self._found
        return self._groups[name]

    @property
    def _own(self) -> Mapping[str, Entry]:
        return self.entries or {}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the ledger, in its order, and then those of other audits."""
        return tuple(self._found)

    def is_own(self, name: str) -> bool:
        """Whether the claim is of another audit."""
        return ":" in name

    @property
    def headings(self) -> dict[str, str]:
        """The name of every section, this paper's first."""
        assert self._found
        return {**self.sections, **self._elsewhere}

    def section_of(self, where: str) -> str:
        """The section in which a place begins: 4.5.1 is in 4.5, if there is such a section."""
        fitting = [name for name in self.headings if begins_in(where, name)]
        if not fitting:
            told = ", ".join(self.sections)
            raise ValueError(f"{where!r} begins with no section of the paper: {told}")
        return max(fitting, key=len)


class _Walk:
    """From the claims of a ledger to all that they rest on, in other audits, too.

    Attributes:
        found: every claim, under the name that it has in this run.
        titles: the headings of other audits, by what the places of their claims begin with.
        groups: for a claim another one of its group, up to the one that stands for it.
    """

    def __init__(self, top: LedgerAudit) -> None:
        self.found: dict[str, Found] = {}
        self.titles: dict[str, str] = {}
        self.groups: dict[str, str] = {}
        self.prefixes = {Path(top.module): ""}
        self.audits: dict[Path, Audit] = {Path(top.module): top}

    def take(self, audit: Audit, inner: str) -> str:
        """Take in a claim of an audit and what it rests on; return its name in this run."""
        place = _place(audit)
        prefix = self.prefixes[place]
        name = f"{prefix}{inner}"
        if name in self.found:
            return name
        if isinstance(audit, LedgerAudit):
            claim = claim_of(audit._own[inner])
        else:
            (claim,) = audit.find_claims([inner])
        self.found[name] = Found(claim, f"{place}#{inner}")
        below = tuple(self._premise(audit, inner, each) for each in claim.rests_on)
        for premise in below:
            self.join(name, premise)
        where = f"{prefix} {claim.where}" if prefix else claim.where
        named = replace(claim, id=name, rests_on=below, where=where, beside=None)
        self.found[name] = Found(named, f"{place}#{inner}")
        return name

    def _premise(self, audit: Audit, above: str, name: str) -> str:
        """The claim that another one rests on, taken in."""
        if not isinstance(audit, LedgerAudit):
            return self.take(audit, name)
        entry = audit._own[above]
        alias, colon, inner = name.partition(":")
        if not colon:
            if name not in audit._own:
                raise entry.error(
                    f"it rests on {name[:60]!r}, which is no claim here: name one of"
                    f" its ids, or one of another audit, as other:{name[:40]}",
                    "rests_on",
                )
            entry.premises[name] = audit._own[name]
            return self.take(audit, name)
        other = self._other(entry, alias)
        known = other._own if isinstance(other, LedgerAudit) else other.ids
        if inner not in known:
            raise entry.error(f"{alias} has no claim {inner[:60]!r}", "rests_on")
        if (place := _place(other)) not in self.prefixes:
            prefix = f"{self.prefixes[_place(audit)]}{alias}:"
            self.prefixes[place] = prefix
            self.titles[prefix] = f"Claims of {other.title}"
        if isinstance(other, LedgerAudit):
            entry.premises[name] = other._own[inner]
        return self.take(other, inner)

    def join(self, one: str, other: str) -> None:
        """Put two claims into one group: what the one proves, the other uses."""
        first, second = self.group_of(one), self.group_of(other)
        self.groups[first] = second

    def group_of(self, name: str) -> str:
        """The claim that stands for the group of a claim."""
        while (above := self.groups.get(name, name)) != name:
            name = above
        return name

    def _other(self, entry: Entry, alias: str) -> Audit:
        """The audit that a ledger calls by an alias."""
        source = entry.source
        told = source.uses.data.get(alias)
        if told is None:
            raise entry.error(
                f'{alias[:40]!r} is no other audit: add `{alias[:40]} = "../folder"` under [uses]',
                "rests_on",
            )
        path = (source.folder / told).resolve()
        file = path / FILE if path.is_dir() else path
        if file in self.audits:
            return self.audits[file]
        try:
            found = read_ledger(file) if file.is_file() else load_folder(path)
        except InputError as wrong:
            raise source.error(f"{alias}: {wrong}", source.uses, alias) from None
        return self.audits.setdefault(_place(found), found)


def _place(audit: Audit) -> Path:
    """Where an audit is: the file of its ledger, or the folder of its Python."""
    return Path(audit.module) if isinstance(audit, LedgerAudit) else audit.record.parent


def _require_no_circle(paper: LedgerAudit, found: Mapping[str, Found]) -> None:
    """Refuse an argument that leads back to its claim.

    Raises:
        LedgerError: there is one.
    """
    circle = find_cycle(one.claim for one in found.values())
    if circle:
        own = [name for name in circle if name in paper._own]
        told = f"the argument is circular: {' rests on '.join(reversed(circle))}"
        if not own:
            raise InputError(told)
        raise paper._own[own[0]].error(f"{told}: leave one of these out", "rests_on")


def begins_in(where: str, section: str) -> bool:
    """Whether a place begins with a section: 4.5.1 with 4.5, and 4.51 not."""
    rest = where.removeprefix("Appendix ").removeprefix("Section ")
    return any(
        text.startswith(section)
        and (section.endswith(":") or not re.match(r"\w", text[len(section) :]))
        for text in (where, rest)
    )


def load_ledger(path: str | Path) -> LedgerAudit:
    """The audit that a ledger defines, all claims of which are there.

    Args:
        path: the file, or its folder.

    Raises:
        InputError: it is not read; the message has the line and the remedy.
    """
    paper = read_ledger(path)
    assert paper.ids
    return paper


def read_ledger(path: str | Path) -> LedgerAudit:
    """The same without a look at claims of other audits."""
    file = Path(path)
    file = (file / FILE if file.is_dir() else file).resolve()
    source = read_source(file)
    words = read_abbreviations(source)
    entries: dict[str, Entry] = {}
    sections = _read_paper(source)
    if not source.claims:
        raise source.error("there is no claim: begin one with a line [[claim]]", source.paper)
    for table in source.claims:
        entry = read_entry(source, table, words)
        if entry.id in entries:
            first = entries[entry.id].table.line
            raise entry.error(f"a claim of this id is in line {first}: rename one", "id")
        if not any(begins_in(entry["where"], name) for name in sections):
            known = ", ".join(sections)
            raise entry.error(f"where begins with a section of the paper, one of {known}", "where")
        if entry.kind == "check":
            find_check(entry)
        entries[entry.id] = entry
    paper = source.paper.data
    cited = [paper[key] for key in ("identifier", "version") if key in paper]
    return LedgerAudit(
        module=str(file),
        title=paper["title"],
        claims=str(file),
        sections=sections,
        record=source.folder / "recorded.json",
        command=f"bounds audit {_told(source.folder)}",
        authors=paper.get("authors", ""),
        identifier=", ".join(cited),
        link=paper.get("link", ""),
        titles={entry.id: entry["title"] for entry in entries.values() if "title" in entry.data},
        makes_errors=True,
        source=source,
        entries=entries,
    )


def _told(folder: Path) -> str:
    try:
        return str(folder.relative_to(Path.cwd()))
    except ValueError:
        return str(folder)


def _read_paper(source: Source) -> dict[str, str]:
    """The sections, after a look at what [paper] says.

    Raises:
        LedgerError: a key is missing, not known, or no text.
    """
    table, paper = source.paper, source.paper.data
    for key, value in paper.items():
        if key not in _PAPER_KEYS:
            raise source.error(
                f"[paper] has no key {key!r}: it has {', '.join(_PAPER_KEYS)}", table, key
            )
        if key != "sections" and not isinstance(value, str):
            raise source.error(f"{key} is a text in quotes", table, key)
    for key in ("title", "sections"):
        if not paper.get(key):
            raise source.error(f"[paper] needs {key}", table, key)
    sections = paper["sections"]
    if not isinstance(sections, dict) or not all(isinstance(v, str) for v in sections.values()):
        raise source.error(
            'sections are names by number, as in { "2" = "Basic facts" }', table, "sections"
        )
    for alias, place in source.uses.data.items():
        if not isinstance(place, str) or not re.fullmatch(r"[a-z0-9-]+", alias):
            raise source.error(
                f'{alias[:40]!r}: write other = "../folder", in lower case', source.uses, alias
            )
    return dict(sections)


def claim_of(entry: Entry) -> Claim:
    """The claim of an entry for the runner and the reports."""
    honest = cache(lambda: decide_entry(entry))
    note = f"; {entry['note']}" if "note" in entry.data else ""
    return Claim(
        id=entry.id,
        where=entry["where"],
        printed=printed_of(entry),
        latex=entry.get("latex") or latex_of(entry),
        hypotheses=entry.get("for", "none"),
        method=f"{METHODS[entry.kind]}{note}",
        check=honest,
        seeded=seeded_of(entry),
        rests_on=entry.rests_on,
        seconds=None if entry.kind in ("words", "check") else entry.seconds,
    )


def printed_of(entry: Entry) -> str:
    """What a claim says, in one line of plain text."""
    where = f" for {entry['for']}" if "for" in entry.data else ""
    return f"{_said(entry)}{where}"


def _said(entry: Entry) -> str:
    get, kind = entry.get, entry.kind
    if kind in ("inequality", "identity"):
        return str(entry["statement"])
    if kind == "constant":
        return f"{entry['expression']} = {entry['printed']}, rounded ({entry.rounding})"
    if kind == "table":
        what = get("statement") or f"the entries, rounded ({entry.rounding})"
        return f"the table {get('file', 'of the claim')}: {what}"
    if kind in ("monotone", "convex"):
        word = get("direction") or entry["shape"]
        strictly = "strictly " if get("strict") else ""
        return f"{entry['expression']} is {strictly}{word} in {entry['variable']}"
    if kind == "root":
        count = get("count", len(entry.printed) if "printed" in entry.data else 1)
        at = f" {entry['printed']}" if "printed" in entry.data else ""
        return f"{entry['equation']} has {counted(count, 'root')}{at}"
    if kind == "supremum":
        value = get("value") or f"{entry['printed']}, rounded ({entry.rounding})"
        attained = {True: ", attained", False: ", not attained", None: ""}[get("attained")]
        return f"the {entry['of']} of {entry['expression']} is {value}{attained}"
    if kind == "definition":
        return f"{entry['expression']} is defined"
    return str(get("statement") or get("title") or entry["where"])


def latex_of(entry: Entry) -> str:
    """What a claim says, as LaTeX, where the ledger does not give it."""
    kind = entry.kind
    if kind in ("inequality", "identity", "root"):
        return entry.statement.latex()
    if kind in ("constant", "monotone", "convex", "supremum", "definition"):
        return to_latex(entry.expression)
    words = re.sub(r"([#$%&_{}])", r"\\\1", re.sub(r"[\\~^]", " ", _said(entry)))
    return rf"\text{{{words}}}"
