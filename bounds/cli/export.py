"""Write the claim of a certificate, and its proof, as a Coq file.

The library that the file needs is written beside it.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from bounds.certify.errors import InputError
from bounds.cli.certificates import folder_for
from bounds.cli.output import emit_files, tell

EXAMPLES = """\
examples:
  bounds eps-cr 3 --certificates out && bounds export --kernel out/*.json -o coq
  cd coq && make"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds export`."""
    parser.add_argument("--kernel", action="store_true", required=True, help="for Coq's kernel")
    parser.add_argument("file", nargs="+", metavar="FILE", help="certificates")
    parser.add_argument("-o", dest="folder", metavar="DIR", required=True, help="where to write")
    parser.add_argument("--json", action="store_true", help="print what was written as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Write one Coq file for each certificate; the exit code is 3 where one is not reached."""
    from bounds.checker.__main__ import missing
    from bounds.kernel.coq import Verdict, library_files
    from bounds.kernel.judge import exports

    absent = missing(arguments.file)
    if absent is not None:
        raise InputError(f"there is no file {absent[:200]}: pass certificates")
    folder = folder_for(arguments.folder)
    assert folder is not None
    library = folder / "lib"
    library.mkdir(exist_ok=True)
    for source in library_files():
        shutil.copy(source, library)
    names: list[str] = []
    outcomes = {"accepted"}
    entries: list[tuple[str | None, str, str]] = []
    for path, made in exports(arguments.file):
        if isinstance(made, Verdict):
            outcomes.add(made.outcome)
            entries.append((None, made.outcome, f"{path}: {made.reason}"))
            if not arguments.json:
                tell(f"{path}: {made.outcome}: {made.reason}")
            continue
        names.append(module_name(path, len(names)))
        target = folder / f"{names[-1]}.v"
        target.write_text(f"{made.text}\nPrint Assumptions {made.theorem}.\n", encoding="utf-8")
        entries.append((str(target), "written", made.says))
        if not arguments.json:
            tell(f"{target}: {made.says}")
    makefile = _MAKEFILE.format(
        library=" ".join(source.stem for source in library_files()), files=" ".join(names)
    )
    (folder / "Makefile").write_text(makefile, encoding="ascii")
    if arguments.json:
        emit_files(*entries)
    return 1 if "rejected" in outcomes else 3 if "undecided" in outcomes else 0


def module_name(path: str, number: int) -> str:
    """A name for the Coq file of a certificate."""
    stem = "".join(
        letter if letter.isascii() and letter.isalnum() else "_" for letter in Path(path).stem
    )
    return f"C{number}_{stem}"


_MAKEFILE = """\
# Compiles the library, then each certificate; what a theorem rests on is printed at its end.
all:
\tfor f in {library}; do coqc -w none -R lib Bounds lib/$$f.v || exit 1; done
\tfor f in {files}; do coqc -w none -R lib Bounds $$f.v || exit 1; done
"""
