"""What an audit must be told of its paper: title, sections, symbols, and where its claims live.

A paper is one `Audit` object, in a module of its own under the name PAPER. Everything else here is
handed that object, and knows no paper by itself.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

from bounds.certify.errors import InputError, shown
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

    @property
    def in_full(self) -> bool:
        """Whether it proves the verdict, or one whole reading of it, and not a part only."""
        return any(piece.strip().startswith(_FULL) for piece in self.part.split(";"))


_FULL = ("whole claim", "printed refuted", "repaired statement")
"""How `part` begins, or one of its pieces between semicolons, where no more is left out."""


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


@dataclass(frozen=True)
class Found:
    """A claim and its home: the module that defines it, or its place in a ledger."""

    claim: Claim
    home: str


@dataclass(frozen=True, eq=False)
class Audit:
    """One paper, for the audit of its claims.

    Attributes:
        module: the dotted name of the module that defines this object as PAPER.
        title: the title of the paper.
        claims: the package whose files hold the claims, `CLAIM` or `CLAIMS` in each.
        sections: the name of each section, by the word that `Claim.where` begins with, in order.
        record: the file with the verdicts on record; a relative path counts from the folder of
            `module`, wherever the audit is run.
        stands_in: other beginnings of `Claim.where`, and the section that they stand in.
        beyond: sections of claims that are not the paper's but the audit's own, by the word that
            `Claim.where` begins with, which is also the name of their shelf in `claims`. They come
            after the paper's sections and are not counted among its claims.
        numbered: numbered statements of the paper whose claim has another id.
        notation: how the paper writes what checks write in ASCII.
        errata: the file with the errata, where there is one; a relative path counts likewise.
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
        makes_errors: the tool makes the seeded errors, so that some alter nothing that matters.
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
    makes_errors: bool = False

    def __post_init__(self) -> None:
        """Look for the files beside the paper."""
        for name in ("record", "errata"):
            path = getattr(self, name)
            if path is not None and not path.is_absolute():
                object.__setattr__(self, name, _folder_of(self.module) / path)

    @cached_property
    def _found(self) -> dict[str, Found]:
        """Every claim, by its id: each module of the package is imported.

        Raises:
            InputError: a module cannot be imported, there is no claim, two claims have one id, a
                claim has another name than CLAIM or CLAIMS, or rests on, or is beside, one that is
                not there.
        """
        package, found = _imported(self.claims), dict[str, Found]()
        homes = [_imported(name) for name in _modules(package)]
        for home in homes:
            for claim in _claims_of(home):
                if claim.id in found:
                    told = f"{found[claim.id].home} and {home.__name__}"
                    raise InputError(f"two claims are called {claim.id!r}, in {told}: rename one")
                found[claim.id] = Found(claim, home.__name__)
        if not found:
            raise InputError(f"{self.claims} holds no claim: define CLAIM in a module of it")
        listed = {id(one.claim) for one in found.values()}
        for home in homes:
            _require_listed(home, listed)
        for one in found.values():
            for name in (*one.claim.rests_on, *filter(None, [one.claim.beside])):
                if name not in found:
                    raise InputError(f"{one.claim.id} names the claim {name!r}, which is not there")
        return found

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all claims, the paper's first; 2 comes before 10."""
        return tuple(sorted(self._found, key=lambda name: (self.is_own(name), _natural(name))))

    def is_own(self, name: str) -> bool:
        """Whether the claim is not the paper's but the audit's own."""
        if name not in self._found:  # a claim made up on the spot
            return False
        home = self.home_of(name)
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
        return self._found[name].home

    def group_of(self, name: str) -> str:
        """What claims have in common that one worker decides, so that what is proved is kept."""
        return self.home_of(name)

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
        return [self._found[name].claim for name in dict.fromkeys(chosen)]  # each once

    def _near(self, name: str) -> list[str]:
        """Ids that may be meant: spelt otherwise, those that it begins, or similar ones."""
        begun = [other for other in self.ids if name and other.startswith(f"{name}-")]
        if name in self.ids:
            return [name]
        near = begun or get_close_matches(name, self.ids, 4)
        return list(dict.fromkeys([*filter(None, [self.numbered.get(name)]), *near]))[:4]

    def recorded(self) -> dict[str, str]:
        """The recorded verdict of each claim, none where there is no record.

        Nothing is decided by it: it shows which verdicts have changed.

        Raises:
            InputError: the file does not hold verdicts.
        """
        if not self.record.exists():
            return {}
        try:
            return read_recorded(self.record.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            raise InputError(
                f"{self.record.name} holds no verdicts: write it by `{self.command} --record`"
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


def _imported(name: str) -> ModuleType:
    """The module.

    Raises:
        InputError: it cannot be imported: what it claims is not known.
    """
    try:
        return import_module(name)
    except Exception as reason:
        told = f"{type(reason).__name__}: {reason}"
        raise InputError(f"{name[:200]} cannot be imported ({told:.200})") from reason


def _folder_of(module: str) -> Path:
    """The folder of a module's file."""
    place = getattr(sys.modules.get(module), "__file__", None)
    if place is None:
        with suppress(ImportError, ValueError):  # it is none, or the one that is run
            spec = find_spec(module)
            place = spec.origin if spec is not None and spec.has_location else None
    if not place:
        raise InputError(f"{module} has no file: pass the record of its paper as an absolute path")
    return Path(place).resolve().parent


def _modules(package: ModuleType) -> list[str]:
    """The package and every module below it, by name; folders need no `__init__.py`."""
    names = {package.__name__}
    for place in map(Path, getattr(package, "__path__", ())):
        for path in place.rglob("*.py"):
            parts = path.relative_to(place).with_suffix("").parts
            inner = parts[:-1] if parts[-1] == "__init__" else parts
            names.add(".".join((package.__name__, *inner)))
    return sorted(names)


def _claims_of(home: ModuleType) -> list[Claim]:
    """What a module lists as CLAIM and CLAIMS.

    Raises:
        InputError: it is no claim.
    """
    one, many = vars(home).get("CLAIM"), vars(home).get("CLAIMS", ())
    alone = [] if one is None else [one]
    listed = [*alone, *(many if isinstance(many, tuple | list) else [many])]
    for claim in listed:
        if not isinstance(claim, Claim):
            raise InputError(
                f"{home.__name__}: CLAIM is a Claim, and CLAIMS a tuple of them, not {shown(claim)}"
            )
    return list({id(claim): claim for claim in listed}.values())


def _require_listed(home: ModuleType, listed: set[int]) -> None:
    """Refuse a claim that a module holds under a name that nobody looks for.

    Raises:
        InputError: there is one.
    """
    for name, value in vars(home).items():
        held = value if isinstance(value, tuple | list) else (value,)
        for claim in held:
            if isinstance(claim, Claim) and id(claim) not in listed:
                raise InputError(
                    f"{home.__name__} holds the claim {claim.id!r} as {name}: list it in CLAIMS"
                )


def load(module: str) -> Audit:
    """The paper that a module defines as PAPER, or that a file in TOML holds.

    Raises:
        InputError: it cannot be imported, or defines none; the ledger is not read.
    """
    if module.endswith(".toml"):
        from proofs_check.audit.ledger.paper import load_ledger

        return load_ledger(module)
    paper = getattr(_imported(module), "PAPER", None)
    if not isinstance(paper, Audit):
        raise InputError(f"{module} defines no PAPER: let it be an Audit object")
    return paper


def load_folder(folder: str | Path) -> Audit:
    """The paper in a folder with a ledger, or with a file `paper.py` that defines PAPER.

    Args:
        folder: such as examples/gaussian_mechanism; or a ledger itself.

    Raises:
        InputError: there is no such file, it defines no PAPER, or another package of the folder's
            name is loaded.
    """
    if "\0" in str(folder):
        raise InputError("a path has no zero byte")
    path = Path(folder).resolve()
    if path.suffix == ".toml" or (path / "ledger.toml").is_file():
        return load(str(path if path.suffix == ".toml" else path / "ledger.toml"))
    if not (path / "paper.py").is_file() or not path.name.isidentifier():
        raise InputError(
            f"{str(folder)[:200]} is no audit: a folder with a ledger.toml is one, or with a"
            " paper.py (`bounds audit --new FOLDER` writes a ledger)"
        )
    if str(path.parent) not in sys.path:
        sys.path.insert(0, str(path.parent))
    paper = load(f"{path.name}.paper")
    if _folder_of(f"{path.name}.paper") != path:
        raise InputError(f"another package is called {path.name}: rename the folder {path!s:.200}")
    if paper.command == Audit.command:  # that of the first paper, which is no folder
        object.__setattr__(paper, "command", f"bounds audit {folder}")
    return paper


def read_recorded(text: str) -> dict[str, str]:
    """Verdicts by claim, from JSON.

    Raises:
        ValueError: it is something else.
    """
    verdicts = json.loads(text)
    if not isinstance(verdicts, dict) or not all(isinstance(v, str) for v in verdicts.values()):
        raise ValueError("an object of texts was expected")
    return verdicts
