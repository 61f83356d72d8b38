"""The site is built without network and without a warning, and says what the checks say."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import bounds
from bounds.cli import _COMMANDS
from proofs_check import PAPER, Verdict, find_claims, recorded
from proofs_check.audit.verdict import NAMES, ON_PAPER

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.heavy

# an unused address: a build that asks the network for anything fails
NO_NETWORK = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}


class Page(HTMLParser):
    """The links, the loaded addresses and the anchors of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.text = path.read_text(encoding="utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors.update(given[name] for name in ("id", "name") if name in given)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "link" and "href" in given:
            self.loaded.append(given["href"])
        self.loaded += [
            given[name] for name in ("src", "srcset", "poster", "data") if name in given
        ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built from a copy: the build writes pages of claims next to its sources."""
    home = tmp_path_factory.mktemp("site")
    source = home / "docs"
    ignored = shutil.ignore_patterns("_build", "gallery", "__pycache__")
    shutil.copytree(ROOT / "docs", source, ignore=ignored)
    for path in source.glob("claims/*.md"):
        if path.name not in ("index.md", "graph.md"):
            path.unlink()
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", source, home / "html"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **NO_NETWORK},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return home / "html"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in site.rglob("*.html")}


def test_every_claim_has_a_page_with_its_recorded_verdict(
    site: Path, pages: dict[Path, Page]
) -> None:
    index = pages[site / "claims" / "index.html"]
    for claim in find_claims():
        path = site / "claims" / f"{claim.id}.html"
        head = re.search(r'class="verdict [\w-]+">([\w, -]+)<', pages[path].text)
        assert head is not None
        verdict = recorded()[claim.id]
        known = NAMES[Verdict(verdict)]
        on_paper = ON_PAPER if verdict == "certified" else f"{known}, on paper"
        assert head[1] in (known, on_paper)
        assert ("The argument on paper" in pages[path].text) == (head[1] == on_paper)
        assert path.name in index.links


def test_a_claim_names_what_the_kernel_accepts_of_it(site: Path, pages: dict[Path, Page]) -> None:
    for claim in find_claims():
        told = pages[site / "claims" / f"{claim.id}.html"].text
        assert all(each.file in told for each in PAPER.kernel(claim.id))


def test_formulas_are_mathml(site: Path, pages: dict[Path, Page]) -> None:
    assert "<math" in pages[site / "claims" / "eps-cr-2.html"].text
    assert "<math" in pages[site / "design.html"].text


def test_every_public_name_and_every_command_is_told(site: Path, pages: dict[Path, Page]) -> None:
    api, commands = pages[site / "api" / "bounds.html"], pages[site / "commands.html"]
    assert {f"bounds.{name}" for name in bounds.__all__} <= api.anchors
    assert {f"bounds-{command}" for command in _COMMANDS} <= commands.anchors


def test_the_gallery_has_a_picture_for_each_example(site: Path, pages: dict[Path, Page]) -> None:
    examples = sorted(path.stem for path in (ROOT / "docs" / "examples").glob("plot_*.py"))
    assert len(examples) == 11
    gallery = pages[site / "gallery" / "index.html"]
    for example in examples:
        assert any(f"{example}_thumb" in address for address in gallery.loaded)
        assert "sphx-glr-script-out" in pages[site / "gallery" / f"{example}.html"].text


def test_the_explorer_is_the_first_page_after_the_index(
    site: Path, pages: dict[Path, Page]
) -> None:
    inner = [link for link in pages[site / "index.html"].links if not link.startswith("#")]
    assert "explorer.html" in inner[:3]
    assert "explore.html" in pages[site / "explorer.html"].loaded
    assert (site / "explore.html").stat().st_size < 2_000_000


def test_every_notebook_is_there_to_download(site: Path, pages: dict[Path, Page]) -> None:
    sources = sorted((ROOT / "notebooks").glob("*.py"))
    assert len(sources) == 6
    for path in sources:
        assert f"notebooks/{path.stem}.ipynb" in pages[site / "notebooks.html"].links
        notebook = json.loads((site / "notebooks" / f"{path.stem}.ipynb").read_text("utf-8"))
        assert notebook["cells"][0]["cell_type"] == "markdown"


IN_STYLE = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")


def loaded_from_styles(site: Path) -> Iterator[str]:
    for path in site.rglob("*.css"):
        for match in IN_STYLE.finditer(path.read_text(encoding="utf-8")):
            yield match[1] or match[2]


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    addresses = [address for page in pages.values() for address in page.loaded]
    addresses += loaded_from_styles(site)
    assert addresses
    assert [a for a in addresses if re.match(r"(https?:)?//", a)] == []


def test_every_internal_link_resolves(site: Path, pages: dict[Path, Page]) -> None:
    broken = []
    for path, page in pages.items():
        for link in page.links + page.loaded:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            known = not anchor or target not in pages or anchor in pages[target].anchors
            if not target.exists() or not known:
                broken.append(f"{path.relative_to(site)}: {link}")
    assert broken == []


def test_the_results_say_what_decided_them_and_keep_their_stars(
    site: Path, pages: dict[Path, Page]
) -> None:
    text = pages[site / "results.html"].text
    badges = set(re.findall(r'class="verdict [\w-]+">([^<]*)<', text))
    assert {"proved on paper", "false as printed but repaired, by machine; kernel"} <= badges
    assert not any("certified" in badge and "machine" not in badge for badge in badges)
    assert set(re.findall(r"<em>(.*?)</em>", text)) == {"machine", "on paper", "kernel"}
