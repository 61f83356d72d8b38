"""Coq at work: the library compiled once, files checked against it, and their axioms read."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn, TypeAlias

from bounds.certify.errors import Inconclusive

Outcome: TypeAlias = Literal["accepted", "rejected", "undecided"]

INSTALL = (
    "Coq with its libraries Interval and Coquelicot is needed"
    " (Debian and Ubuntu: apt-get install coq libcoq-interval libcoq-coquelicot;"
    " with opam: opam install coq coq-interval coq-coquelicot)"
)
LIMIT_SECONDS = 3600
"""The most that one file may take; each inequality in it has a limit of its own."""

_REALS = frozenset(
    {
        "ClassicalDedekindReals.sig_forall_dec",
        "ClassicalDedekindReals.sig_not_dec",
        "FunctionalExtensionality.functional_extensionality_dep",
        "Classical_Prop.classic",
    }
)
_INTEGERS = re.compile(r"(PrimInt63|Uint63|Uint63Axioms)\.\w+", re.ASCII)
_UNPROVED = re.compile(
    r"\b(Admitted|admit|Axioms?|Parameters?|Conjectures?|Hypothes[ei]s|Variables?|Unset|bypass_check)\b"
)
LIBRARY = "Bounds"
"""The prefix of its modules."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the kernel said about one theorem.

    Attributes:
        outcome: whether Coq accepts the theorem with no axiom beyond those of the white list;
            "undecided" where it did not compile: then nothing is refuted.
        reason: one line.
        axioms: what the theorem rests on, by name.
    """

    outcome: Outcome
    reason: str
    axioms: tuple[str, ...] = ()

    def __bool__(self) -> NoReturn:
        raise TypeError("a Verdict has no truth value: compare its outcome")


def sources() -> Path:
    """The folder of the Coq library: in the package, or beside it in a clone."""
    here = Path(__file__).resolve().parent
    packed = here / "library"
    return packed if packed.is_dir() else here.parents[1] / "kernel" / "lib"


def library_files() -> list[Path]:
    """The library, each file after those that it needs."""
    order = (sources() / "ORDER").read_text(encoding="ascii").split()
    return [sources() / f"{name}.v" for name in order]


def coqc() -> str | None:
    """The compiler, if there is one."""
    return shutil.which("coqc")


def coq_version() -> str:
    """Its version, as 8.20.1.

    Raises:
        Inconclusive: Coq is not installed.
    """
    told = subprocess.run(
        [require_coq(), "--print-version"], capture_output=True, text=True, check=True
    )
    return told.stdout.split()[0]


def require_coq() -> str:
    """The compiler.

    Raises:
        Inconclusive: Coq is not installed.
    """
    found = coqc()
    if found is None:
        raise Inconclusive(f"coqc was not found: {INSTALL}")
    return found


def compile_library(folder: Path) -> None:
    """Compile the library, but for what was compiled in the folder before.

    Raises:
        Inconclusive: Coq is not installed, or its libraries are missing.
    """
    compile_files(library_files(), folder)


def compile_files(files: Sequence[Path], folder: Path) -> None:
    """Compile files of the library, each after those that it needs.

    Raises:
        Inconclusive: Coq is not installed, or its libraries are missing.
    """
    compiler = require_coq()
    folder.mkdir(parents=True, exist_ok=True)
    for source in files:
        copy = Path(shutil.copy2(source, folder))
        if _newer(copy.with_suffix(".vo"), copy):
            continue
        done = run_coq([compiler, str(copy)], {LIBRARY: folder}, folder)
        if done.returncode != 0:
            raise Inconclusive(f"the library does not compile: {_told(done)}: {INSTALL}")


def run_coq(
    words: list[str], rooms: dict[str, Path], folder: Path, told: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a tool of Coq in a folder; `rooms` says where modules of which prefix lie.

    Raises:
        subprocess.TimeoutExpired: it did not end.
    """
    found = [word for name, room in rooms.items() for word in ("-R", str(room), name)]
    return subprocess.run(
        [words[0], "-w", "none", *found, *words[1:]],
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
        cwd=folder,
        input=told,
    )


class Kernel:
    """The library compiled in a folder, and the check of files against it.

    Args:
        folder: where to compile files. What was compiled there before is kept, so it is either
            empty or filled by earlier runs on the same library.
        library: where the library is, or is to be, compiled; a folder in `folder` if not given.
        ready: whether what is needed of it is compiled there already.

    Raises:
        Inconclusive: Coq is not installed, or its libraries are missing.
    """

    def __init__(self, folder: Path, library: Path | None = None, *, ready: bool = False) -> None:
        self._coqc, self._files = require_coq(), folder.resolve() / "files"
        self._library = (library or folder / "lib").resolve()
        self._files.mkdir(parents=True, exist_ok=True)
        if not ready:
            compile_library(self._library)

    def check(self, text: str, theorem: str) -> Verdict:
        """Compile a file and read what its theorem rests on."""
        if (word := unproved(text)) is not None:
            return Verdict("rejected", f"the file says {word}")
        name = self._fresh()
        _, trouble = self.answer(name, text)
        if trouble is not None:
            return Verdict("undecided", f"Coq gives up: {trouble}")
        question = f"Require {name}.\nPrint Assumptions {name}.{theorem}.\n"
        told, trouble = self.answer(f"{name}Axioms", question)
        if trouble is not None:
            return Verdict("undecided", f"Coq does not list the axioms: {trouble}")
        return verdict(axioms(told))

    def compiles(self, text: str) -> str | None:
        """None if a file compiles, else what Coq says."""
        return self.answer(self._fresh(), text)[1]

    def recheck(self, without: tuple[str, ...] = ()) -> str | None:
        """Have Coq's independent checker read the compiled library; None if it accepts it."""
        names = [path.stem for path in library_files() if path.stem not in without]
        words = ["coqchk", "-silent", "-R", str(self._library), LIBRARY, "-norec"]
        words += [word for name in names for word in ("-norec", f"{LIBRARY}.{name}")][1:]
        done = subprocess.run(
            words, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False
        )
        return None if done.returncode == 0 else _told(done)

    def answer(self, name: str, text: str) -> tuple[str, str | None]:
        """What Coq prints on a file of this name, and what keeps it from compiling, if anything."""
        path = self._files / f"{name}.v"
        path.write_text(text, encoding="utf-8")
        try:
            done = self._run(path)
        except subprocess.TimeoutExpired:
            return "", f"not done after {LIMIT_SECONDS} seconds"
        return done.stdout, None if done.returncode == 0 else _told(done)

    def has(self, name: str, text: str) -> bool:
        """Whether a file of this name was compiled from this text."""
        path = self._files / f"{name}.v"
        same = path.is_file() and path.read_text(encoding="utf-8") == text
        return same and _newer(path.with_suffix(".vo"), path)

    def _fresh(self) -> str:
        return f"Certificate{sum(1 for _ in self._files.glob('*.v'))}"

    def _run(self, path: Path) -> subprocess.CompletedProcess[str]:
        rooms = {LIBRARY: self._library, "": self._files}
        return run_coq([self._coqc, str(path)], rooms, self._files)


def unproved(text: str) -> str | None:
    """A word by which a file could state what it does not prove, if there is one."""
    found = _UNPROVED.search(re.sub(r"\(\*.*?\*\)", "", text, flags=re.DOTALL))
    return found[0] if found else None


def axioms(told: str) -> tuple[str, ...] | None:
    """The names in the answer of `Print Assumptions`; None if it is no such answer."""
    if told.strip() == "Closed under the global context":
        return ()
    head, _, rest = told.partition("Axioms:\n")
    if head.strip() or not rest:
        return None
    return tuple(sorted({line.split()[0] for line in rest.splitlines() if line[:1].strip()}))


def verdict(found: tuple[str, ...] | None, beyond: frozenset[str] = frozenset()) -> Verdict:
    """Whether axioms are all on the white list, to which `beyond` adds names for one part."""
    if found is None:
        return Verdict("undecided", "the axioms could not be read")
    apart = [name for name in found if not _INTEGERS.fullmatch(name)]
    strange = [name for name in apart if name not in _REALS | beyond]
    if strange:
        return Verdict("rejected", f"it rests on {', '.join(strange[:3])}", found)
    return Verdict("accepted", _rests_on(found, apart), found)


def _rests_on(found: tuple[str, ...], apart: list[str]) -> str:
    named = [name.rpartition(".")[2] for name in apart]
    if len(named) < len(found):
        named.append("Coq's 63-bit integers")
    return f"axioms: {', '.join(named)}" if named else "no axioms"


def _newer(compiled: Path, source: Path) -> bool:
    """Whether a file was compiled after its source was written."""
    return compiled.is_file() and compiled.stat().st_mtime >= source.stat().st_mtime


def _told(done: subprocess.CompletedProcess[str]) -> str:
    """The last words of an error, on one line."""
    words = " ".join((done.stderr or done.stdout).split())
    _, _, error = words.rpartition("Error:")
    return (error or words).strip()[:200] or f"exit code {done.returncode}"
