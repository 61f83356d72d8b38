"""Stored files altered, without and with right hashes: no false line, and no traceback.

    python -m campaigns.stored [--rounds N] [--seed S] [--files NAME...]

Every file that the package reads beside its code is taken in turn, and so are the journals of runs
that were stopped. A copy is damaged as a whole (missing, cut off, a folder, not UTF-8, other JSON),
or one of its values is altered (a digit, a sign, an order, a value from elsewhere, nonsense); where
the file has hashes, in half of the rounds they are made again. Readers are led to the copy. What
they answer must be what they answer with the honest file, or another bound that is proved; else
they refuse in one line. The exit status is 1 if an answer is false or an exception escapes.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import random
import shutil
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import bounds
from bounds.certify.certificates import kept
from bounds.certify.certificates.seal import content_hash, sealed
from bounds.certify.errors import BoundsError, Inconclusive, Notice
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.cli import main as command
from bounds.critical import seeds
from bounds.critical.model import build, rows, stored
from bounds.lower import chains, set_cases, support_lines
from bounds.lower.attacks import CHAINS, chains_by_mass
from bounds.lower.envelope import above
from bounds.lower.support_lines import LINES
from campaigns.fuzz import TooLong, time_limit
from campaigns.tampering import altered_once
from proofs_check import PAPER, decide, kernel
from proofs_check.kernel import statements, table

SECONDS = 60
_FEW = 8  # lines whose cases are proved in a fraction of a second
_SAME, _REFUSED, _OTHER = "as ever", "refused", "another bound, proved"

Probe = Callable[[Path, random.Random], str]
"""Reads the copy, and says what came out: one of the words above, or what is WRONG."""


class Wrong(Exception):
    """An answer is false."""


@dataclass(frozen=True)
class Target:
    """A stored file.

    Attributes:
        path: the honest file.
        probe: see above.
        sealed: puts right the hashes of altered content, or its sums; None where there are none.
    """

    path: Path
    probe: Probe
    sealed: Callable[[Any], Any] | None = None


@contextmanager
def forgotten(*functions: Any) -> Iterator[None]:
    """What these have read is forgotten before and after."""
    for function in functions:
        function.cache_clear()
    try:
        yield
    finally:
        for function in functions:
            function.cache_clear()


def require(holds: bool, why: str) -> None:
    """Note an answer that is false."""
    if not holds:
        raise Wrong(why)


# What each file is asked


def weights(path: Path, rng: random.Random) -> str:
    """chains.json: what a chain costs is at most its mass; what it earns is below a proved line."""
    with patch.object(chains, "STORED", path):
        found = chains_by_mass()
    if found == CHAINS:
        return _SAME
    changed = [chain for chain in found if chain not in CHAINS]
    with working_precision(64):
        for chain in rng.sample(changed, min(4, len(changed))):
            require(chain.cost() <= to_ball(chain.mass), "a chain costs more than its mass")
            most = to_ball(above(chain.mass)[0])
            require(chain.risk() < most, "a chain earns more than any set")
    return _OTHER


def guides(path: Path, rng: random.Random) -> str:
    """set_cases.json: the cases of a line are proved; no guide proves a line that is too low."""
    number = rng.randrange(_FEW)
    line = LINES[number]
    low = replace(line, alpha=line.alpha - Fraction(1, 100))

    def searched(*_: Any) -> str:
        raise Inconclusive("searched for")

    patches = (
        patch.object(set_cases, "STORED", path),
        patch.object(support_lines, "found_guide", searched),
        forgotten(set_cases.stored_guides),
    )
    with ExitStack() as stack:
        for one in patches:
            stack.enter_context(one)
        try:
            counts = list(support_lines._all_cases(low, support_lines._guides_for(low)))
            require(False, f"a line that is too low is proved, with {counts} cases")
        except Inconclusive:
            pass
        try:
            counts = list(support_lines._all_cases(line, support_lines._guides_for(line)))
        except Inconclusive as why:
            require("searched for" in str(why), f"a line is not searched for: {why}")
            return _REFUSED
    return _SAME if counts == _counts()[number] else _OTHER


@cache
def _counts() -> list[list[int]]:
    """The numbers of cases of the first lines, each proved."""
    return [list(support_lines._all_cases(line, set_cases.stored_guides()[line.key()]))
            for line in LINES[:_FEW]]  # fmt: skip


def kept_lines(path: Path, rng: random.Random) -> str:
    """support_lines.json: it is refused, or says what is so, and how much was taken from it."""
    number = rng.randrange(_FEW)
    line = LINES[number]
    with patch.object(kept.Kept, "path", path), forgotten(support_lines._kept):
        counts = support_lines._kept_cases(line)
    if counts is None:
        return _REFUSED
    require(counts == _counts()[number], "another number of cases")
    return _SAME


def guesses(path: Path, rng: random.Random) -> str:
    """seeds.json: the values are the same, to the letter."""
    delta = rng.choice(_DELTAS)
    honest = _inflections(delta)
    with patch.object(seeds, "_text", lambda: path.read_text(encoding="utf-8")):
        seeds.forget()
        try:
            found = _told(bounds.inflections(delta, 12)), _eps_cr(delta)
        finally:
            seeds.forget()
    require(found == honest, f"other inflections at Delta = {delta}")
    return _SAME


_DELTAS = ("0.9", "1.1", "1.3", "1.46", "2", "3", "7", "30", "500")


@cache
def _inflections(delta: str) -> tuple[Any, ...]:
    return _told(bounds.inflections(delta, 12)), _eps_cr(delta)


def _eps_cr(delta: str) -> tuple[str, str]:
    return bounds.eps_cr(delta, 12).eps.decimals(12)


def _told(found: Any) -> list[Any]:
    return [found.shape, *(point.eps.decimals(12) for point in found.points)]


def panels(path: Path, rng: random.Random) -> str:
    """model.json: a row is as `eps_cr` gives it, or is left to that."""
    names = {"eps": "eps", "loss": "loss"}
    place = rng.randrange(len(build.ENDS) - 1)
    low, high = build.ENDS[place : place + 2]
    deltas = [low + (high - low) * Fraction(n, 7) for n in (1, 3, 6)]
    patches = (
        patch.object(stored, "STORED", path),
        patch.object(stored, "WORTH", 0),
        forgotten(stored._shelf),
    )
    with ExitStack() as stack:
        for one in patches:
            stack.enter_context(one)
        found = rows.rows(deltas, 20, names)
    for delta, row in zip(deltas, found, strict=True):
        if row is not None:
            value = bounds.eps_cr(delta, 20)
            told = {name: getattr(value, name).decimals(20) for name in names}
            require(row == told, f"another row at Delta = {delta}")
    return _SAME if all(found) else _REFUSED


def verdicts(path: Path, rng: random.Random) -> str:
    """recorded.json: no verdict rests on it; a change shows as one that differs."""
    del rng
    paper = replace(PAPER, record=path)
    recorded = paper.recorded()
    (claim,) = PAPER.find_claims(["kkt"])
    require(decide(claim) == _decision(), "another verdict")
    return _SAME if recorded == PAPER.recorded() else _OTHER


@cache
def _decision() -> Any:
    return decide(*PAPER.find_claims(["kkt"]))


def theorems(path: Path, rng: random.Random) -> str:
    """kernel/claims/table.json: a row counts as it was written, or it does not count."""
    del rng
    honest = _rows()
    folder = path.parent
    for file in statements.sources().iterdir():
        if file.suffix == ".v" or (file.name == "ORDER" and path.name != "ORDER"):
            shutil.copy(file, folder)
    if path.name == "ORDER":
        shutil.copy(statements.sources() / table.TABLE, folder)
    sources = statements.sources

    def there(theory: statements.Theory = "claims") -> Path:
        return folder if theory == "claims" else sources(theory)

    with (
        patch.object(statements, "sources", there),
        patch.object(table, "sources", there),
        forgotten(kernel._counting),
    ):
        found = kernel._counting()
    for claim, row in found.items():
        asked = honest.get(claim)
        same = asked is not None and _is_told(row) == _is_told(asked)
        require(same, f"a theorem of {claim} counts that was not told so")
    return _SAME if found.keys() == honest.keys() else _REFUSED


def _is_told(row: table.Row) -> tuple[Any, ...]:
    """What a report says of a row."""
    return row.theorem, row.file, row.lines, row.parts, row.proves


@cache
def _rows() -> dict[str, table.Row]:
    return table.rows()


def sweep_again(path: Path, rng: random.Random) -> str:
    """The journal of a sweep: the table is the same."""
    del rng
    output = path.with_suffix("")
    words = {"delta": "0.95:1.15:0.05", "columns": "eps_cr,inflections", "digits": 8}
    table = bounds.sweep(**words, output=output)
    require(table.rows == bounds.sweep(**words).rows, "other rows")
    return _SAME


def prove_again(path: Path, rng: random.Random) -> str:
    """The journal of a proof: the theorem is the same."""
    del rng
    output = path.with_suffix("")
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        code = command(["prove", "2:2.02", "-o", str(output)])
    if code == 2:
        return _REFUSED
    require(code == 0, f"exit code {code}")
    statement = json.loads(output.read_text(encoding="utf-8"))["statement"]
    require([*map(Fraction, statement["delta"])] == [2, Fraction("2.02")], "another range")
    require(statement["shape"] == ["concave", "convex", "concave"], "another shape")
    return _SAME


# The files


def seal_weights(content: Any) -> Any:
    """Weights that add up to 10,000 again, where these are whole numbers."""
    if isinstance(content, list):
        for row in content:
            if isinstance(row, list) and all(type(weight) is int for weight in row) and row:
                row[-1] += 10_000 - sum(row)
    return content


def seal_panels(content: Any) -> Any:
    """Panels under hashes of their own."""
    if not isinstance(content, list):
        return content
    return [
        sealed(entry["kind"], entry["statement"], {"code": stored._code()})
        if isinstance(entry, dict) and {"kind", "statement"} <= entry.keys()
        else entry
        for entry in content
    ]


def seal(content: Any) -> Any:
    """An object under a hash of its own."""
    return {**content, "sha256": content_hash(content)} if isinstance(content, dict) else content


@contextmanager
def targets() -> Iterator[dict[str, Target]]:
    """The stored files by name; the journals are made for the time of the block."""
    beside = Path(chains.__file__).parent
    with tempfile.TemporaryDirectory(prefix="bounds-stored-") as folder:
        yield {
            "chains.json": Target(beside / "chains.json", weights, seal_weights),
            "set_cases.json": Target(beside / "set_cases.json", guides),
            "support_lines.json": Target(beside / "support_lines.json", kept_lines, seal),
            "seeds.json": Target(Path(seeds.__file__).with_name("seeds.json"), guesses),
            "model.json": Target(stored.STORED, panels, seal_panels),
            "recorded.json": Target(PAPER.record, verdicts),
            "table.json": Target(statements.sources() / table.TABLE, theorems),
            "ORDER": Target(statements.sources() / "ORDER", theorems),
            "t.csv.partial": Target(_stopped_sweep(Path(folder)), sweep_again, _chained),
            "p.json.partial": Target(_stopped_proof(Path(folder)), prove_again, _chained),
        }


class _Stop(Exception):
    """A run that is stopped."""


def _stopped_sweep(folder: Path) -> Path:
    def stop(done: int, _: int) -> None:
        if done:
            raise _Stop

    with suppress(_Stop):
        bounds.sweep("0.95:1.15:0.05", columns="eps_cr,inflections", digits=8,
                     output=folder / "t.csv", progress=stop)  # fmt: skip
    return folder / "t.csv.partial"


def _stopped_proof(folder: Path) -> Path:
    def stop(*_: Any) -> Any:
        raise _Stop

    with patch("bounds.cli.prove.family_certificate", stop), suppress(_Stop):
        command(["prove", "2:2.02", "-o", str(folder / "p.json")])
    return folder / "p.json.partial"


def _chained(lines: Any) -> Any:
    """A journal's lines with the chain of hashes made again."""
    head, *entries = lines
    last, found = hashlib.sha256(json.dumps(head).encode()).hexdigest(), [head]
    for entry in entries:
        content = entry[1] if isinstance(entry, list) and len(entry) == 2 else entry
        last = hashlib.sha256(f"{last} {json.dumps(content)}".encode()).hexdigest()
        found.append([last, content])
    return found


def _read(path: Path) -> Any:
    """The content, as something to alter: JSON, the lines of a journal, or words."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return json.loads(text)
    if path.suffix == ".partial":
        head, *lines = text.splitlines()
        pairs = (line.split(" ", 1) for line in lines)
        return [json.loads(head), *([seen, json.loads(content)] for seen, content in pairs)]
    return text.split()


def _text(path: Path, content: Any) -> str:
    if path.suffix == ".json":
        return json.dumps(content)
    if path.suffix == ".partial" and isinstance(content, list) and content:
        head, *entries = content
        lines = [json.dumps(head)]
        for entry in entries:
            pair = isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str)
            lines.append(f"{entry[0]} {json.dumps(entry[1])}" if pair else json.dumps(entry))
        return "\n".join(lines) + "\n"
    return " ".join(map(str, content)) if isinstance(content, list) else str(content)


DAMAGES = ("missing", "a folder", "empty", "cut off", "a byte", "not UTF-8", "other JSON")
_OTHERS = (b"null", b"7", b"[]", b"{}", b'"x"', b"[7]", b"[" * 100_000, b"[NaN, 1e999, -Infinity]",
           b"9" * 5000)  # fmt: skip


def damage(path: Path, honest: bytes, what: str, rng: random.Random) -> None:
    """Write a copy that is damaged as a whole."""
    place = rng.randrange(len(honest))
    if what == "a folder":
        path.mkdir()
    elif what != "missing":
        path.write_bytes(
            {
                "empty": b"",
                "cut off": honest[:place],
                "a byte": honest[:place] + bytes([rng.randrange(256)]) + honest[place + 1 :],
                "not UTF-8": honest[:place] + b"\xff" + honest[place:],
                "other JSON": rng.choice(_OTHERS),
            }[what]
        )


def damaged(target: Target, path: Path, rng: random.Random) -> str:
    """Write an altered copy to the path; what was done."""
    if rng.random() < 0.3:
        what = rng.choice(DAMAGES)
        damage(path, target.path.read_bytes(), what, rng)
        return what
    content = altered_once(copy.deepcopy(_read(target.path)), rng)
    resealed = target.sealed is not None and rng.random() < 0.5
    if resealed and target.sealed is not None:
        content = target.sealed(content)
    path.write_text(_text(target.path, content), encoding="utf-8")
    return "a value altered, hashes right" if resealed else "a value altered"


def round_of(name: str, target: Target, seed: int, number: int) -> tuple[str, str]:
    """What was done to a file, and what became of it; depends on the seed alone."""
    rng = random.Random(f"{seed}-{name}-{number}")
    with (
        tempfile.TemporaryDirectory(prefix="bounds-stored-") as folder,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore", Notice)
        path = Path(folder) / target.path.name
        what = damaged(target, path, rng)
        try:
            with time_limit(SECONDS):
                return what, target.probe(path, rng)
        except Wrong as why:
            return what, f"WRONG: {why}"
        except BoundsError as refusal:
            told = str(refusal)
            one_line = told and "\n" not in told
            return what, _REFUSED if one_line else f"WRONG: the message is not one line: {told!r}"
        except TooLong:
            return what, "WRONG: too long"
        except Exception as error:
            return what, f"WRONG: {type(error).__name__}: {error}"


def main(words: list[str] | None = None) -> int:
    """Run the campaign and print what it found."""
    parser = argparse.ArgumentParser(
        prog="python -m campaigns.stored",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rounds", type=int, default=200, help="for each file (default: 200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", nargs="*", metavar="NAME")
    arguments = parser.parse_args(words)
    tally: Counter[str] = Counter()
    with targets() as every:
        for name in arguments.files or every:
            for number in range(arguments.rounds):
                what, found = round_of(name, every[name], arguments.seed, number)
                tally[f"{name}: {found.split(':')[0]}"] += 1
                if "WRONG" in found:
                    print(f"round {number}: {name}: {what}: {found:.300}", flush=True)
    wrong = sum(count for found, count in tally.items() if "WRONG" in found)
    print(f"{arguments.rounds:,} rounds a file, seed {arguments.seed}: {wrong} wrong outcomes")
    for found, count in sorted(tally.items()):
        print(f"  {count:,} x {found}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
