"""What a user reads is plain: short sentences, and none of the words that readers stumble over."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest
import readability

from bounds.cli import _COMMANDS, main

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
MADE = ("kernel-claims.md", "decide-benchmark.md", "proof-steps.md")
"""Pages that commands write; their words are those of their generators."""
PLAIN = [
    ROOT / "README.md",
    *(DOCS / f"{page}.md" for page in ("index", "install", "glossary", "tutorial", "trust")),
    *(DOCS / f"{page}.md" for page in ("results", "reliability", "performance", "design")),
    ROOT / "CHANGELOG.md",
    *sorted((DOCS / "tutorials").glob("*.md")),
    *sorted((DOCS / "how-to").glob("*.md")),
]
"""The pages whose sentences are measured."""
EVERY = [
    *(ROOT / page for page in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *(ROOT / room / "README.md" for room in ("notebooks", "kernel")),
    DOCS / "claims" / "index.md",
    *sorted((ROOT / "examples").rglob("README.md")),
    *sorted(page for page in DOCS.glob("*.md") if page.name not in MADE),
    *sorted((DOCS / "tutorials").glob("*.md")),
    *sorted((DOCS / "how-to").glob("*.md")),
]
LONGEST = 18.0
"""Words of the average sentence, at most."""
SHORT = 3
"""Pages with fewer sentences have no average."""


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PLAIN, ids=name)
def test_the_sentences_of_a_page_are_short(page: Path) -> None:
    found = readability.prose(page.read_text(encoding="utf-8"))
    if len(found) >= SHORT:
        longest = max(found, key=lambda each: readability.average_length([each]))
        assert readability.average_length(found) < LONGEST, longest


@pytest.mark.parametrize("page", EVERY, ids=name)
def test_a_page_uses_common_words(page: Path) -> None:
    found = readability.prose(page.read_text(encoding="utf-8"))
    assert readability.avoided("\n".join(found)) == []


@pytest.mark.parametrize("command", [None, *_COMMANDS])
def test_the_help_is_plain(command: str | None) -> None:
    out = io.StringIO()
    with redirect_stdout(out):
        assert main([*filter(None, [command]), "--help"]) == 0
    shown = out.getvalue()
    assert readability.avoided(shown) == []
    about = re.split(r"\n(?:positional arguments|options|examples):", shown)[0]
    found = list(readability.sentences(about.partition("\n\n")[2]))
    if command is not None:
        assert readability.average_length(found) < LONGEST, found


@pytest.mark.heavy
def test_what_commands_print_and_what_errors_say_uses_common_words() -> None:
    """Every text of more than one word in the packages, found in their syntax trees."""
    found = [
        f"{path}:{line}: {place}"
        for room in ("bounds", "proofs_check")
        for path in sorted((ROOT / room).rglob("*.py"))
        if readability.AVOIDED_WORDS.search(path.read_text(encoding="utf-8"))
        for line, text in readability.shown_strings(path)
        if " " in text.strip()
        for place in readability.avoided(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The proof goes on.", ["goes"]),
        ("He tells nothing else.", ["tells", "else"]),
        ("Something else happens in the mean squared error.", []),
        ("The *kept* proof stands.", ["kept", "stands"]),
    ],
)
def test_the_check_sees_the_words(text: str, words: list[str]) -> None:
    found = [each.group() for each in readability.AVOIDED_WORDS.finditer(text)]
    assert found == words


def test_the_check_measures_sentences() -> None:
    page = "# A title\n\nOne two three. Four five\nsix [seven](x.md).\n\n```sh\nx y\n```\n"
    assert readability.prose(page) == ["One two three.", "Four five six seven."]
    assert readability.average_length(readability.prose(page)) == 3.5
