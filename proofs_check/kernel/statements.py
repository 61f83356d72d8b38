"""The theorems of kernel/claims and kernel/measure, as their source files state them.

A theorem that stands for a claim has a comment above it: the claim's id, the paper's line, what of
the claim's verdict it proves, and an error that, put into the statement, must make it fail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from bounds.certify.errors import InputError
from bounds.kernel.coq import sources as library_sources

Part: TypeAlias = Literal["whole claim", "printed refuted", "repaired statement", "part"]
"""What a theorem may prove of a verdict; "part" is less than any of the others."""

Theory: TypeAlias = Literal["claims", "measure"]
"""A folder of theorems: `claims` stands on the library, `measure` on mathcomp-analysis too."""

PREFIX: dict[Theory, str] = {"claims": "Claims", "measure": "Measure"}
"""That of the names of their modules."""

AXIOMS: dict[Theory, frozenset[str]] = {
    "claims": frozenset(),
    "measure": frozenset(
        {
            "boolp.propositional_extensionality",
            "boolp.functional_extensionality_dep",
            "boolp.constructive_indefinite_description",
            "Epsilon.epsilon_statement",
        }
    ),
}
"""What each may rest on beyond the white list of the library."""

_PACKED: dict[Theory, str] = {"claims": "coq", "measure": "coq_measure"}

_THEOREM = re.compile(
    r"^\(\*\* claim: (?P<claim>\S+)\n"
    r"\s+paper: (?P<paper>[^\n]*)\n"
    r"\s+proves: (?P<proves>[^\n]*)\n"
    r"\s+seeded: (?P<old>[^\n]*?) ==> (?P<new>[^\n]*?) \*\)\n"
    r"(?P<text>Theorem (?P<name>\w+).*?\bQed\.)$",
    re.MULTILINE | re.DOTALL,
)
_IMPORT = re.compile(
    r"^From (Bounds|Claims|Measure) Require (?:(?:Import|Export) )?([^.]*)\.", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A theorem about a claim.

    Attributes:
        claim: the claim's id.
        theorem: its name in Coq.
        file: the name of its source, without ending.
        lines: first and last line of statement and proof.
        paper: where the paper says it.
        proves: what of the verdict it proves, in words.
        old: a piece of the statement.
        new: what to put there, so that the theorem fails.
        text: statement and proof.
    """

    claim: str
    theorem: str
    file: str
    lines: tuple[int, int]
    paper: str
    proves: str
    old: str
    new: str
    text: str

    @property
    def parts(self) -> tuple[Part, ...]:
        """What of the verdict it proves: each piece of `proves` begins with one of four words."""
        pieces = [piece.strip() for piece in self.proves.split(";")]
        return tuple(part for part in get_args(Part) if any(p.startswith(part) for p in pieces))

    @property
    def seeded(self) -> str:
        """Statement and proof with the error in the statement."""
        statement, proof = self.text.split("Proof.", 1)
        return f"{statement.replace(self.old, self.new, 1)}Proof.{proof}"


def sources(theory: Theory = "claims") -> Path:
    """The folder of a theory's files: in the package, or in a clone."""
    here = Path(__file__).resolve().parent
    packed = here / _PACKED[theory]
    return packed if packed.is_dir() else here.parents[1] / "kernel" / theory


def files(theory: Theory = "claims") -> list[str]:
    """The names of a theory's files, each after those that it needs."""
    return (sources(theory) / "ORDER").read_text(encoding="ascii").split()


def theory_of(file: str) -> Theory:
    """Where a file is; no name is in two."""
    return "measure" if file in files("measure") else "claims"


def place(file: str) -> Path:
    """The path of a file."""
    return sources(theory_of(file)) / f"{file}.v"


def source(file: str) -> str:
    """The text of a file."""
    return place(file).read_text(encoding="utf-8")


def needs(file: str) -> list[str]:
    """The files of its theory that a file imports."""
    own, imported = PREFIX[theory_of(file)], _IMPORT.findall(source(file))
    return [name for room, names in imported if room == own for name in names.split()]


def statements(file: str) -> list[Statement]:
    """The theorems of a file that stand for claims.

    Raises:
        InputError: a comment that names a claim is not of the form that is read here.
    """
    text = source(file)
    found = [_statement(file, text, match) for match in _THEOREM.finditer(text)]
    if len(found) != text.count("(** claim: "):
        raise InputError(f"{file}.v: a comment that names a claim cannot be read")
    for one in found:
        if one.old not in one.text.split("Proof.", 1)[0] or not one.parts:
            raise InputError(
                f"{file}.v: {one.theorem}: no such piece, or nothing is said to be proved"
            )
    return found


def _statement(file: str, text: str, match: re.Match[str]) -> Statement:
    first = text.count("\n", 0, match.start("text")) + 1
    return Statement(
        claim=match["claim"],
        theorem=match["name"],
        file=file,
        lines=(first, first + match["text"].count("\n")),
        paper=match["paper"],
        proves=match["proves"],
        old=match["old"],
        new=match["new"],
        text=match["text"],
    )


def preamble(file: str) -> str:
    """The imports of a file, and what its statements are read in."""
    words = ("From ", "Import ", "Open Scope", "Local Open Scope", "Delimit Scope")
    return "\n".join(line for line in source(file).splitlines() if line.startswith(words))


def digest(file: str) -> str:
    """SHA-256 of a file and of all files of the project that it needs.

    The same wherever the folders lie: the library last, each folder by name.
    """

    def in_turn(path: Path) -> tuple[bool, str]:
        return path.parent == library_sources(), path.name

    whole = sha256()
    for path in sorted(_needed(place(file), set()), key=in_turn):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def _needed(path: Path, seen: set[Path]) -> set[Path]:
    if path not in seen:
        seen.add(path)
        for room, names in _IMPORT.findall(path.read_text(encoding="utf-8")):
            for name in names.split():
                library = room == "Bounds"
                _needed(library_sources() / f"{name}.v" if library else place(name), seen)
    return seen
