"""The directive `paper-arguments`: each step that is proved on paper, with its own address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from importlib import import_module

from claim_pages import _link, _outcomes, symbols
from claim_sources import anchor
from docutils import nodes
from plain_docstrings import with_code
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class PaperArguments(SphinxDirective):
    """The modules that argue, the steps that verdicts rest on, and the claims that rest on each."""

    def run(self) -> list[nodes.Node]:
        """A section for each module."""
        steps: dict[str, dict[int, str]] = defaultdict(dict)
        users: dict[tuple[str, int], list[str]] = defaultdict(list)
        for name, outcome in _outcomes().items():
            for fact in outcome.decision.arguments:
                for number, step in zip(fact.numbers, fact.steps, strict=True):
                    steps[fact.module][number] = step
                    if name not in users[fact.module, number]:
                        users[fact.module, number].append(name)
        return [self._section(module, steps[module], users) for module in sorted(steps)]

    def _section(
        self, module: str, steps: dict[int, str], users: dict[tuple[str, int], list[str]]
    ) -> nodes.section:
        told = (import_module(module).__doc__ or module).strip().splitlines()[0].rstrip(".")
        section = nodes.section(ids=[nodes.make_id(module)])
        section += nodes.title("", "", *with_code(symbols(told)).children)
        section += nodes.paragraph("", "", nodes.literal("", module))
        entries = nodes.definition_list()
        for number, step in sorted(steps.items()):
            term = nodes.term("", f"Step {number}", ids=[anchor(module, number)])
            said = nodes.definition("", with_code(symbols(step)))
            said += self._users(users[module, number])
            entries += nodes.definition_list_item("", term, said)
        section += entries
        return section

    def _users(self, names: Iterable[str]) -> nodes.paragraph:
        line = nodes.paragraph("", "Used by ", classes=["plain"])
        for place, name in enumerate(names):
            line += [nodes.Text(", "), _link(name, self.env.docname)][not place :]
        line += nodes.Text(".")
        return line


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("paper-arguments", PaperArguments)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
