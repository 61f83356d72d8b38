"""What is behind a claim: its check in Python, its theorems in Coq, its arguments on paper."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from docutils import nodes

import proofs_check
from proofs_check import Argued, Claim
from proofs_check.audit.claim import function_of
from proofs_check.audit.paper import Theorem

ROOT = Path(proofs_check.__file__).parents[1]


def anchor(module: str, number: int) -> str:
    """The address of a step on the page of arguments."""
    return nodes.make_id(f"{module}-step-{number}")


def link_to_step(fact: Argued) -> nodes.reference:
    """The place of an argument, on a claim's page, as a link to its first step."""
    address = f"../arguments.html#{anchor(fact.module, fact.numbers[0])}"
    return nodes.reference("", "", nodes.literal("", fact.where), refuri=address)


def check_source(claim: Claim) -> list[nodes.Node]:
    """The file that decides the claim, folded."""
    path = Path(inspect.getsourcefile(function_of(claim)) or "")
    name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name
    source = path.read_text(encoding="utf-8")
    return _folded("code", f"The check: {name}", [(source, "python")])


def theorem_sources(theorems: Iterable[Theorem]) -> list[nodes.Node]:
    """The statements of the theorems, each with the comment above it, folded."""
    found = [(_statement(each), "coq") for each in theorems]
    return _folded("kernel", "The theorems in Coq", found) if found else []


def _statement(theorem: Theorem) -> str:
    """From the comment above a theorem up to its proof.

    Raises:
        ValueError: the file has no theorem of this name.
    """
    text = (ROOT / theorem.file).read_text(encoding="utf-8")
    match = re.search(
        rf"^(?:Theorem|Lemma|Corollary) {theorem.name}\b.*?(?=^Proof)", text, re.M | re.S
    )
    if match is None:
        raise ValueError(f"{theorem.file} has no theorem {theorem.name}")
    comment = text.rfind("(**", 0, match.start())
    closed = text.rfind("*)", 0, match.start())
    above = text[comment : match.start()] if 0 <= comment < closed else ""
    return above + match[0].rstrip() if above.count("\n") < 15 else match[0].rstrip()


def _folded(name: str, title: str, sources: Iterable[tuple[str, str]]) -> list[nodes.Node]:
    head = f'<details id="{name}" class="source"><summary>{escape(title)}</summary>'
    blocks = [nodes.literal_block(text, text, language=language) for text, language in sources]
    return [nodes.raw("", head, format="html"), *blocks, nodes.raw("", "</details>", format="html")]
