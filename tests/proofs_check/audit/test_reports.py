"""The formats of the audit, on claims made up to be hard to show."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest
from fake_claims import NASTY, every_verdict, fake, outcome

from proofs_check import PAPER, REFUTED, Verdict
from proofs_check.audit.report import FORMATS, render, summary

OUTCOMES = every_verdict()


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_ends_with_one_newline_and_is_repeatable(kind: str) -> None:
    document = render(kind, OUTCOMES, PAPER)
    assert document.endswith("\n")
    assert not document.endswith("\n\n\n")
    assert document == render(kind, OUTCOMES, PAPER)


def test_the_summary_counts_every_verdict() -> None:
    assert summary(OUTCOMES) == (
        "6 claims decided: 1 certified, 1 refuted, 1 repaired, 1 gap, 1 inconclusive,"
        " 1 not machine-checkable; 4 decided by machine, 0 resting on words"
    )
    assert summary([outcome(fake("a"))]) == (
        "1 claim decided: 1 certified; 1 decided by machine, 0 resting on words"
    )


def test_claims_of_our_own_are_told_apart() -> None:
    own = replace(outcome(fake("ours")), own=True)
    assert summary([*OUTCOMES, own]) == f"{summary(OUTCOMES)}; and 1 of our own: 1 certified"
    assert summary([own]) == (
        "1 claim of our own decided: 1 certified; 1 decided by machine, 0 resting on words"
    )
    document = json.loads(render("json", [*OUTCOMES, own], PAPER))
    assert document["own"] == ["ours"]
    assert sum(document["counts"].values()) == len(OUTCOMES)
    assert "6 claims of the paper" in render("html", [*OUTCOMES, own], PAPER)
    for kind in ("html", "markdown"):
        assert render(kind, [*OUTCOMES, own], PAPER).count("As stated") == 1


def test_nothing_undecided_is_called_certified() -> None:
    for line in render("text", OUTCOMES, PAPER).splitlines():
        if " certified  finding:" in line:
            assert "inconclusive" not in line
    assert render("text", OUTCOMES, PAPER).count("  certified  finding:") == 3


def test_json_holds_everything_under_stable_keys() -> None:
    document = json.loads(render("json", OUTCOMES, PAPER))
    assert list(document) == [
        *("schema", "paper", "counts", "bases", "own", "conclusions", "claims")
    ]
    assert document["schema"] == "bounds-audit/2"
    assert sum(document["counts"].values()) == len(document["claims"]) == len(Verdict)
    entry = document["claims"][1]
    assert list(entry) == [
        *("id", "where", "printed", "latex", "hypotheses", "method", "verdict", "basis"),
        *("told", "recorded", "finding", "evidence", "facts", "arguments", "theorems"),
        *("readings", "rests_on", "standing", "broken_premises", "unexamined_premises"),
        *("seconds", "certificates"),
    ]
    assert entry["printed"] == f"printed: {NASTY}"
    assert entry["readings"][0]["needed"] is True
    assert entry["certificates"][1] == {"file": "claim-1-2.json", "sha256": "cd" * 32}
    assert document["claims"][2]["broken_premises"] == ["claim-1"]


@pytest.mark.parametrize("kind", ["markdown", "errata"])
def test_markdown_shows_text_as_it_is(kind: str) -> None:
    document = render(kind, OUTCOMES, PAPER)
    assert re.search(r"(?<!\\)<\w", document) is None
    assert r"\</script> & a|b \*c* \`d\` \$e\$ \_f\_" in document
    assert "ε_cr in [1, 2]" in render(
        kind, [outcome(fake("a", REFUTED, (), "eps_cr in [1, 2]"))], PAPER
    )


def test_a_table_row_has_as_many_cells_as_its_head() -> None:
    rows = [
        line for line in render("markdown", OUTCOMES, PAPER).splitlines() if line.startswith("|")
    ]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}


def test_errata_hold_what_is_wrong_and_nothing_else() -> None:
    document = render("errata", OUTCOMES, PAPER)
    assert re.findall(r"^### ([\w-]+)", document, re.MULTILINE) == ["claim-1", "claim-2", "claim-3"]
    assert document.count("- Witness: ") == 3
    assert "Holds instead" in document


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "mspace", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def values(self, attribute: str) -> list[str]:
        return [value for _, given in self.tags if (value := given.get(attribute)) is not None]


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(render("html", OUTCOMES, PAPER))


def test_html_is_nested_and_escaped(page: Page) -> None:
    assert page.open == []
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert page.words.count(NASTY) > 20


def test_html_needs_no_network(page: Page) -> None:
    assert page.values("src") == []
    assert all(link.startswith("#") for link in page.values("href"))
    assert not {"link", "img", "iframe", "base", "object"} & {tag for tag, _ in page.tags}
    for asset in ("page.css", "page.js"):
        text = files("proofs_check.audit.report").joinpath(asset).read_text(encoding="utf-8")
        assert not re.search(r"url\(|@import|fetch|https?:", text)
    assert any("default-src 'none'" in (given.get("content") or "") for _, given in page.tags)


def test_ids_are_unique_and_links_lead_somewhere(page: Page) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.values("href")} <= set(ids)
    for names in page.values("aria-labelledby"):
        assert set(names.split()) <= set(ids)


def test_without_scripts_the_page_is_the_full_list(page: Page) -> None:
    articles = [given for tag, given in page.tags if tag == "article"]
    assert len(articles) == len(OUTCOMES)
    assert not any("hidden" in given for given in articles)
    (controls,) = (given for _, given in page.tags if given.get("id") == "controls")
    assert "hidden" in controls  # they would do nothing


def test_headings_go_down_by_one_level_at_a_time(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert dict(page.tags)["html"] == {"lang": "en"}


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_text_colour_has_contrast_on_its_page() -> None:
    css = files("proofs_check.audit.report").joinpath("page.css").read_text(encoding="utf-8")
    themes = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    ]
    assert len(themes) == 3
    for theme in themes:
        paper = luminance(theme.pop("paper"))
        theme.pop("line")  # a decoration
        assert len(theme) >= 6
        for name, colour in theme.items():
            low, high = sorted((paper, luminance(colour)))
            assert (high + 0.05) / (low + 0.05) >= 4.5, name
