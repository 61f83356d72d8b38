"""The formats of the audit, on claims made up to be hard to show."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest
from fake_claims import NASTY, every_verdict, fake, outcome

from proofs_check import PAPER, REFUTED, REPAIRED, Argued, Decision, Proved, Verdict, less
from proofs_check.audit.paper import Theorem
from proofs_check.audit.report import FORMATS, render, summary
from proofs_check.audit.report.palette import PALETTE, name_of

OUTCOMES = every_verdict()


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_ends_with_one_newline_and_is_repeatable(kind: str) -> None:
    document = render(kind, OUTCOMES, PAPER)
    assert document.endswith("\n")
    assert not document.endswith("\n\n\n")
    assert document == render(kind, OUTCOMES, PAPER)


def test_the_summary_counts_every_verdict() -> None:
    assert summary(OUTCOMES) == (
        "6 claims decided: 1 certified, 1 false as printed, 1 false as printed but repaired, 1 gap,"
        " 1 inconclusive, 1 not machine-checkable; 4 decided by machine, 0 proved on paper"
    )
    assert summary([outcome(fake("a"))]) == (
        "1 claim decided: 1 certified; 1 decided by machine, 0 proved on paper"
    )


def test_claims_of_our_own_are_told_apart() -> None:
    own = replace(outcome(fake("ours")), own=True)
    assert summary([*OUTCOMES, own]) == f"{summary(OUTCOMES)}; and 1 of our own: 1 certified"
    assert summary([own]) == (
        "1 claim of our own decided: 1 certified; 1 decided by machine, 0 proved on paper"
    )
    document = json.loads(render("json", [*OUTCOMES, own], PAPER))
    assert document["own"] == ["ours"]
    assert sum(document["counts"].values()) == len(OUTCOMES)
    assert "6 claims of the paper" in render("html", [*OUTCOMES, own], PAPER)
    for kind in ("html", "markdown"):
        assert render(kind, [*OUTCOMES, own], PAPER).count("As stated") == 1


def test_nothing_undecided_is_called_certified() -> None:
    for line in render("text", OUTCOMES, PAPER).splitlines():
        if " certified      finding:" in line:
            assert "inconclusive" not in line
    told = render("text", OUTCOMES, PAPER)
    assert told.count("  certified      finding:") == 1
    assert told.count("  holds instead  finding:") == 1
    assert told.count("  why it fails   finding:") == 1


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
    assert document.count("- Witness: ") == 1  # of what is refuted
    assert document.count("- Why it fails: ") == 3
    assert document.count("- Holds instead: ") == 1


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
    assert sum(tag == "script" for tag, _ in page.tags) == 3  # the page's, the graph's and its data
    assert page.words.count(NASTY) > 20


def test_html_needs_no_network(page: Page) -> None:
    assert page.values("src") == []
    assert {link for link in page.values("href") if not link.startswith("#")} == {PAPER.link}
    assert not {"link", "img", "iframe", "base", "object"} & {tag for tag, _ in page.tags}
    for asset in ("page.css", "page.js"):
        text = files("proofs_check.audit.report").joinpath(asset).read_text(encoding="utf-8")
        assert not re.search(r"url\(|@import|fetch|https?:", text)
    assert any("default-src 'none'" in (given.get("content") or "") for _, given in page.tags)


def test_ids_are_unique_and_links_lead_somewhere(page: Page) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    inside = {link[1:] for link in page.values("href") if link.startswith("#")}
    filters = {link for link in inside if "=" in link}
    assert filters == {f"verdict={name_of(verdict)}" for verdict in Verdict}
    assert inside - filters <= set(ids)
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
    for theme, kind in zip(themes, ("light", "dark", "light"), strict=True):
        paper = luminance(theme.pop("paper"))
        theme.pop("line")  # a decoration
        looks = {verdict.value: getattr(look, kind) for verdict, look in PALETTE.items()}
        for name, colour in (theme | looks).items():
            low, high = sorted((paper, luminance(colour)))
            assert (high + 0.05) / (low + 0.05) >= 4.5, name


def test_the_page_has_the_colours_of_the_palette() -> None:
    document = render("html", OUTCOMES, PAPER)
    for verdict, look in PALETTE.items():
        assert f"--{name_of(verdict)}: {look.light};" in document
        assert f"--{name_of(verdict)}: {look.dark};" in document


def test_the_first_screen_tells_how_far_a_printed_number_is_off() -> None:
    fact = Proved("too small by a factor above 2", less(1, 2))
    decision = Decision(REPAIRED, "found", (fact,), off_by=fact)
    claim = replace(fake("a-number"), check=lambda: decision)
    document = render("html", [*OUTCOMES, outcome(claim)], PAPER)
    assert "too small by a factor above 2" in document.split('id="summary"')[1].split("<p>")[0]


def test_how_far_it_is_off_must_be_one_of_the_facts() -> None:
    fact = Proved("one", less(1, 2))
    with pytest.raises(TypeError, match="one of the facts"):
        Decision(REPAIRED, "found", (Proved("two", less(1, 2)),), off_by=fact)


def test_claims_stand_in_the_papers_order_under_its_headings() -> None:
    first = replace(fake("in-two"), where="II")
    document = render("html", [*OUTCOMES, outcome(first)], PAPER)
    assert document.index('id="section-II"') < document.index('id="in-two"')
    assert document.index('id="in-two"') < document.index('id="section-B"')


def test_each_claim_tells_what_it_rests_on_and_what_rests_on_it() -> None:
    entry = render("html", OUTCOMES, PAPER).split('id="claim-1"')[1].split("</article>")[0]
    assert '<dt>Rests on</dt><dd><a href="#claim-0">' in entry
    assert '<dt>Rests on it</dt><dd><a href="#claim-2">' in entry


def test_what_is_proved_in_words_is_counted_apart_from_what_is_certified() -> None:
    argued = Argued("so", "proofs_check.claims.sb_lemma_6.small_mass, step 1")
    in_words = replace(fake("b"), check=lambda: Decision(Verdict.CERTIFIED, "so", (argued,)))
    text = render("html", [outcome(fake("a")), outcome(in_words)], PAPER)
    tally = text[text.index('<ul class="tally">') : text.index("Of what does not hold")]
    assert re.findall(r"</span> ([a-z ]+)</span></a> <strong>(\d+)", tally) == [
        ("certified", "1"),
        ("proved on paper", "1"),
    ]
    assert "certified or proved on paper (2)" in text


def test_what_the_kernel_accepts_is_typeset_beside_the_other_evidence() -> None:
    theorem = Theorem("nearly", "kernel/claims/Near.v", "part: for every Delta >= 3/2")
    text = render("html", [replace(outcome(fake("a")), theorems=(theorem,))], PAPER)
    assert (
        "<code>nearly</code> in <code>kernel/claims/Near.v</code>: part: for every Δ ≥ 3/2" in text
    )
    assert '<span class="kind">proved:</span> witness: a fact' in text
