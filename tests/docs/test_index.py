"""The doors: the same four visitors in README and on the site, and five groups in the side bar."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"README": DOCS.parent / "README.md", "index": DOCS / "index.md"}
VISITORS = [
    "You have an inequality to prove",
    "You have a paper to check",
    "You have clients, and some may lie",
    "You want the paper's bounds for your own numbers",
]
GROUPS = ["Start", "Do", "The paper", "Look up", "For developers"]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_each_visitor_has_a_command_with_its_output(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert list(sections)[:4] == VISITORS
    for visitor in VISITORS:
        assert re.search(r"```console\n\$ bounds .*\n\S", sections[visitor]), visitor


def trees() -> dict[str, list[str]]:
    text = PAGES["index"].read_text(encoding="utf-8")
    found = re.findall(r"```\{toctree\}\n:hidden:\n:caption: ([^\n]*)\n\n(.*?)```", text, re.DOTALL)
    return {caption: pages.split() for caption, pages in found}


def test_the_side_bar_has_five_groups() -> None:
    assert list(trees()) == GROUPS
    assert {"design", "proof-steps", "schemas"} <= set(trees()["For developers"])
    assert trees()["Start"][0] == "explorer"


def test_every_page_is_in_a_group() -> None:
    listed = [page for pages in trees().values() for page in pages]
    assert len(set(listed)) == len(listed)
    pages = {path.stem for path in DOCS.glob("*.md")} - {"index"}
    assert pages <= set(listed)


def test_exit_codes_are_on_one_page() -> None:
    texts = {page.name: page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md")}
    tables = [name for name, text in texts.items() if "| code | `decide`" in text]
    assert tables == ["commands.md"]
