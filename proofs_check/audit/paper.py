"""What an audit must be told of its paper: title, sections, symbols, and where its claims live.

A paper is one `Audit` object, in a module of its own under the name PAPER. Everything else here is
handed that object, and knows no paper by itself.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from bounds.certify.errors import InputError
from bounds.certify.exact import read_list
from bounds.certify.names import read_name
from proofs_check.audit.claim import Claim
from proofs_check.audit.report.symbols import Notation, Typesetter


@dataclass(frozen=True)
class Theorem:
    """A theorem that a proof assistant's kernel accepts, for one claim.

    Attributes:
        name: its name there.
        file: the file that proves it.
        part: what of the verdict it proves: "whole claim", "printed refuted", ...
    """

    name: str
    file: str
    part: str


@dataclass(frozen=True)
class Parameter:
    """What the lemmas of a paper are run at, an exact positive number.

    Attributes:
        name: the argument of a lemma, and its option on the command line.
        told: its name in messages.
        unit: in words.
        defaults: values, as they are typed.
        least: its least value.
        most: its greatest value.
    """

    name: str
    told: str
    unit: str
    defaults: tuple[str, ...]
    least: str
    most: str


Kernel: TypeAlias = Callable[[str], tuple[Theorem, ...]]


def no_kernel(_: str) -> tuple[Theorem, ...]:
    """No claim has a theorem of a proof assistant."""
    return ()


_ID = re.compile(r'^ +id="([a-z0-9-]+)",$', re.MULTILINE)


@dataclass(frozen=True, eq=False)
class Audit:
    """One paper, for the audit of its claims.

    Attributes:
        module: the dotted name of the module that defines this object as PAPER.
        title: the title of the paper.
        claims: the package whose files hold the claims, `CLAIM` or `CLAIMS` in each.
        sections: the name of each section, by the word that `Claim.where` begins with, in order.
        record: the file with the verdicts on record.
        stands_in: other beginnings of `Claim.where`, and the section that they stand in.
        beyond: sections of claims that are not the paper's but the audit's own, by the word that
            `Claim.where` begins with, which is also the name of their shelf in `claims`. They come
            after the paper's sections and are not counted among its claims.
        numbered: numbered statements of the paper whose claim has another id.
        notation: how the paper writes what checks write in ASCII.
        errata: the file with the errata, where there is one.
        kernel: theorems of a proof assistant for a claim.
        command: the words that run this audit.
        parameter: what its lemmas are run at, where it has such.
        authors: who wrote the paper.
        identifier: what it is cited by, such as arXiv 2504.19955, and which version is read.
        link: an address where it can be read.
        titles: titles of claims in words; one that ends in a space serves all ids that begin as its
            key does, with their number.
        slips: claims whose failure is a slip of the pen (see `proofs_check.audit.severity`).
        wordings: claims whose failure is a matter of words.
        glossary: symbols and what they stand for.
        common: proves what claims of many files need; it is run before workers start by fork, which
            have it then.
    """

    module: str
    title: str
    claims: str
    sections: Mapping[str, str]
    record: Path
    stands_in: Mapping[str, str] = field(default_factory=dict)
    beyond: Mapping[str, str] = field(default_factory=dict)
    numbered: Mapping[str, str] = field(default_factory=dict)
    notation: Notation = field(default_factory=Notation)
    errata: Path | None = None
    kernel: Kernel = no_kernel
    command: str = "bounds verify"
    parameter: Parameter | None = None
    authors: str = ""
    identifier: str = ""
    link: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    slips: frozenset[str] = frozenset()
    wordings: frozenset[str] = frozenset()
    glossary: Mapping[str, str] = field(default_factory=dict)
    common: Callable[[], object] | None = None

    @cached_property
    def _homes(self) -> dict[str, str]:
        """The module of each claim, from the text of the files: nothing is imported."""
        shelves = Path(import_module(self.claims).__path__[0])
        found = {}
        for path in shelves.rglob("*.py"):
            for name in _ID.findall(path.read_text(encoding="utf-8")):
                module = ".".join(path.relative_to(shelves).with_suffix("").parts)
                found[name] = f"{self.claims}.{module}"
        return found

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all claims, the paper's first; nothing is imported. 2 comes before 10."""
        return tuple(sorted(self._homes, key=lambda name: (self.is_own(name), _natural(name))))

    def is_own(self, name: str) -> bool:
        """Whether the claim is not the paper's but the audit's own."""
        home = self._homes.get(name, "")  # a claim made up on the spot has none
        return home.removeprefix(f"{self.claims}.").split(".")[0] in self.beyond

    @property
    def headings(self) -> dict[str, str]:
        """The name of every section, the paper's first."""
        return {**self.sections, **self.beyond}

    @cached_property
    def typesetter(self) -> Typesetter:
        """Writes evidence in the paper's symbols."""
        return Typesetter(self.notation, self.ids)

    def title_of(self, name: str) -> str:
        """A claim's title: its own, that of its chain with the line, or the id in words."""
        if name in self.titles:
            return self.titles[name]
        chain, number = re.fullmatch(r"(.*?)(\d*)", name, re.DOTALL).groups()  # type: ignore[union-attr]
        if self.titles.get(chain, "").endswith(" "):
            return f"{self.titles[chain]}{number}"
        return name.replace("-", " ").capitalize()

    def home_of(self, name: str) -> str:
        """The module that defines the claim."""
        return self._homes[name]

    def find_claims(self, ids: Iterable[str] | None = None) -> list[Claim]:
        """The claims with the given ids, or all of them.

        Args:
            ids: such as ["eps-cr-2", "lemma-3"].

        Raises:
            InputError: no claim has such an id.
        """
        chosen = self.ids if ids is None else read_list(ids, "the ids")
        for name in chosen:
            if isinstance(name, str) and name not in self.ids:
                near = self._near(name[:60].lower().replace("_", "-"))
                listed = f"`{self.command}` lists all"
                told = f"did you mean {' or '.join(near)}?" if near else listed
                raise InputError(f"no claim is called {name[:60]!r}: {told}")
            read_name(name, self.ids, "claim")
        return [self._load(name) for name in dict.fromkeys(chosen)]  # each once

    def _load(self, name: str) -> Claim:
        home = import_module(self.home_of(name))
        claims: tuple[Claim, ...] = getattr(home, "CLAIMS", ()) or (home.CLAIM,)
        (claim,) = (claim for claim in claims if claim.id == name)
        return claim

    def _near(self, name: str) -> list[str]:
        """Ids that may be meant: spelt otherwise, those that it begins, or similar ones."""
        begun = [other for other in self.ids if name and other.startswith(f"{name}-")]
        if name in self.ids:
            return [name]
        near = begun or get_close_matches(name, self.ids, 4)
        return list(dict.fromkeys([*filter(None, [self.numbered.get(name)]), *near]))[:4]

    def recorded(self) -> dict[str, str]:
        """The recorded verdict of each claim: a change of any shows as a failing test.

        Raises:
            InputError: the file does not hold verdicts.
        """
        if not self.record.exists():
            return {}
        try:
            return read_recorded(self.record.read_text(encoding="utf-8"))
        except ValueError:
            raise InputError(
                f"{self.record.name} is damaged: write it anew by `python -m"
                " proofs_check.audit.record`"
            ) from None

    def section_of(self, where: str) -> str:
        """The section of the paper in which the place begins: "III; Lemma 5" is in III.

        Raises:
            ValueError: the place begins with no section of the paper, or of the claims beyond it.
        """
        for name, section in self.stands_in.items():
            if where.startswith(name):
                return section
        word = re.split(r"[,;: ]+", where.removeprefix("Appendix "))[0]
        if word not in self.headings:
            told = ", ".join(self.sections)
            raise ValueError(f"{where!r} begins with no section of the paper: {told}")
        return word


def _natural(name: str) -> list[tuple[str, int]]:
    return [(word, int(number or 0)) for word, number in re.findall(r"(\D+)(\d*)", name)]


def load(module: str) -> Audit:
    """The paper that a module defines as PAPER.

    Raises:
        InputError: it defines none.
    """
    paper = getattr(import_module(module), "PAPER", None)
    if not isinstance(paper, Audit):
        raise InputError(f"{module} defines no PAPER: let it be an Audit object")
    return paper


def load_folder(folder: str | Path) -> Audit:
    """The paper in a folder with a file `paper.py` that defines PAPER.

    Args:
        folder: a package, such as examples/gaussian_mechanism.

    Raises:
        InputError: there is no such file, or it defines no PAPER.
    """
    path = Path(folder).resolve()
    if not (path / "paper.py").is_file() or not path.name.isidentifier():
        raise InputError(f"{str(folder)[:200]} is no audit: a folder with a file paper.py is one")
    if str(path.parent) not in sys.path:
        sys.path.insert(0, str(path.parent))
    return load(f"{path.name}.paper")


def read_recorded(text: str) -> dict[str, str]:
    """Verdicts by claim, from JSON.

    Raises:
        ValueError: it is something else.
    """
    verdicts = json.loads(text)
    if not isinstance(verdicts, dict) or not all(isinstance(v, str) for v in verdicts.values()):
        raise ValueError("an object of texts was expected")
    return verdicts
