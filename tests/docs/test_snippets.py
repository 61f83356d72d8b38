"""The code on the pages runs, and the commands print what the pages show."""

from __future__ import annotations

import doctest
import io
import random
import re
import shlex
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from marks import heavy

from bounds.cli import _COMMANDS, _parser, main

DOCS = Path(__file__).parents[2] / "docs"
README = DOCS.parent / "README.md"
PAGES = [
    README,
    *sorted(path for path in DOCS.rglob("*.md") if path.parent.name not in ("_build", "claims")),
]
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWS_CODE = '; echo "exit code $?"'
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL


def blocks(page: Path, *languages: str) -> list[str]:
    """The fenced blocks in one of the languages."""
    found = FENCED.findall(page.read_text(encoding="utf-8"))
    return [text for language, text in found if language in languages]


def with_blocks(*languages: str) -> list[Path]:
    return [page for page in PAGES if blocks(page, *languages)]


def name(page: Path) -> str:
    return page.relative_to(DOCS.parent).as_posix()


def printed_by(line: str) -> str:
    """What a command prints; its exit code is 0 unless the line prints the code, too."""
    out = io.StringIO()
    program, *words = shlex.split(line.removesuffix(SHOWS_CODE))
    assert program == "bounds"
    with redirect_stdout(out):
        code = main(words)
    if line.endswith(SHOWS_CODE):
        return f"{out.getvalue()}exit code {code}\n"
    assert code == 0, line
    return out.getvalue()


def write_reports(path: Path) -> None:
    """A file of a user: three groups 60 apart, reports that spread by 3."""
    draw = random.Random(1)
    rows = [f"{i},{60 * (i % 3) + draw.gauss(0, 3)!r}" for i in range(12_000)]
    path.write_text("\n".join(["id,report", *rows, "12000,", "12001,nan"]), encoding="utf-8")


def write_files(page: Path, folder: Path) -> None:
    """What the page shows as files: blocks whose first line is a comment with the name."""
    for text in blocks(page, "toml", "latex"):
        if named := re.match(r"[#%] (\S+)\n", text):
            path = folder / named[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def in_time(pages: list[Path], *slow: str) -> list[Any]:
    """The pages, of which some are slow."""
    return [heavy(page) if page.stem in slow else page for page in pages]


@pytest.mark.parametrize(
    "page",
    in_time(
        with_blocks("console"),
        "simulate",
        "your-own-delta",
        "decide",
        "advise",
        "audit",
        "prove",
        "estimate",
        "audit-your-own-paper",
        "index",  # the commands of the README
    ),
    ids=name,
)
def test_commands_print_what_the_page_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_reports(tmp_path / "reports.csv")
    write_files(page, tmp_path)
    checker = doctest.OutputChecker()
    for block in blocks(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, shown = part.split("\n", 1)
            got = printed_by(command)
            assert checker.check_output(shown, got, FLAGS), f"$ {command}\n{got}"


@pytest.mark.parametrize(
    "page",
    in_time(
        with_blocks("pycon", "python"), "simulate", "property-tests", "your-own-delta", "advise"
    ),
    ids=name,
)
def test_code_does_what_the_page_shows(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page says to put into a file of the examples finds its folder."""
    monkeypatch.syspath_prepend(DOCS.parent / "examples")
    names: dict[str, object] = {}
    for number, block in enumerate(blocks(page, "pycon", "python")):
        if ">>> " not in block:
            exec(compile(block, f"{name(page)}, block {number}", "exec"), names)
            continue
        test = doctest.DocTestParser().get_doctest(block, names, name(page), str(page), 0)
        told: list[str] = []
        doctest.DocTestRunner(optionflags=FLAGS).run(test, out=told.append, clear_globs=False)
        assert not told, "".join(told)
        names = test.globs


def typed(page: Path) -> list[list[str]]:
    """The words of each `bounds` command that a page tells its readers to type, not run here."""
    lines = [line for text in blocks(page, "sh") for line in text.splitlines()]
    commands = [part.strip() for line in lines for part in re.split(r" && |; ", line)]
    return [
        shlex.split(command, comments=True)[1:]
        for command in commands
        if command.startswith("bounds ") and not re.search(r"[|>]", command)
    ]


@pytest.mark.parametrize("page", with_blocks("sh"), ids=name)
def test_what_a_page_says_to_type_is_a_command_with_its_options(page: Path) -> None:
    for words in typed(page):
        if words[0].startswith("--"):
            continue
        assert words[0] in _COMMANDS, words
        _, unknown = _parser(words[0]).parse_known_args(words)
        assert unknown == [], words


def test_pages_have_commands_and_code() -> None:
    assert len(with_blocks("console")) >= 3
    assert len(with_blocks("pycon")) >= 3


def test_the_readme_is_short_and_its_links_lead_somewhere() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 140
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert len(links) >= 10
    assert [link for link in links if not (DOCS.parent / link).exists()] == []


def test_the_readme_keeps_what_the_program_prints_in_blocks_that_are_run() -> None:
    languages = {language for language, _ in FENCED.findall(README.read_text(encoding="utf-8"))}
    assert languages == {"sh", "console", "pycon"}
