"""The directive `public-names MODULE`: what the module says, and everything public in it."""

from __future__ import annotations

import inspect
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from docutils import nodes
from docutils.statemachine import StringList
from plain_docstrings import as_restructured, with_code
from sphinx.application import Sphinx
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

import bounds


def groups(module: ModuleType) -> dict[str, list[str]]:
    """The public names by the module that defines them."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in getattr(module, "__all__", None) or _own(module):
        home = getattr(getattr(module, name), "__module__", module.__name__)
        found[home if home.startswith(("bounds", "proofs_check")) else module.__name__].append(name)
    return dict(sorted(found.items()))


def _own(module: ModuleType) -> list[str]:
    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
    ]


def _told(docstring: str | None) -> Iterator[nodes.Node]:
    """The docstring of a module: paragraphs and lists; what is indented stays as it is."""
    for block in inspect.cleandoc(docstring or "").split("\n\n"):
        if block.startswith("- "):
            entries = ("\n" + block).split("\n- ")[1:]
            yield nodes.bullet_list("", *(nodes.list_item("", with_code(e)) for e in entries))
        elif any(line.startswith(" ") for line in block.splitlines()):
            yield nodes.literal_block(block, block, language="text")
        else:
            yield with_code(block)


def entry(module: ModuleType, name: str) -> list[str]:
    """The lines of a name for autodoc, in reStructuredText."""
    value, full = getattr(module, name), f"{module.__name__}.{name}"
    twice = module is not bounds and getattr(bounds, name, None) is value
    options = ["   :no-index:"] if twice else []  # its home is the page of `bounds`
    if inspect.isclass(value):
        options += ["   :show-inheritance:"] if issubclass(value, Exception) else []
        return [f".. autoclass:: {full}", "   :members:", *options, ""]
    if inspect.isroutine(value):
        return [f".. autofunction:: {full}", *options, ""]
    lines = map(as_restructured, _said_of(module, name))
    return [f".. py:data:: {full}", "", *(f"   {line}" for line in lines), ""]


def _said_of(module: ModuleType, name: str) -> list[str]:
    """What stands below the assignment of a constant, in whichever module below has it."""
    for home in sorted(sys.modules):
        if home.startswith(module.__name__) and hasattr(sys.modules[home], name):
            said = ModuleAnalyzer.for_module(home).find_attr_docs().get(("", name))
            if said:
                return said
    return []


class PublicNames(SphinxDirective):
    """The module's docstring; then autodoc, with a section for each defining module."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The text and the sections."""
        module = import_module(self.arguments[0])
        head = nodes.target("", "", ids=[f"module-{module.__name__}"])
        parts: list[nodes.Node] = [head, *_told(module.__doc__)]
        found = groups(module)
        for home, names in found.items():
            section = nodes.section(ids=[nodes.make_id(f"{module.__name__}-{home}")])
            if home != module.__name__ or len(found) > 1:
                title = (import_module(home).__doc__ or home).strip().splitlines()[0].rstrip(".")
                section += nodes.title("", "", *with_code(title).children)
                section += nodes.paragraph("", "", nodes.literal("", home))
            entries = (entry(module, name) for name in names)
            lines = ["```{eval-rst}", *(line for entry in entries for line in entry), "```"]
            self.state.nested_parse(StringList(lines, source=module.__name__), 0, section)
            parts += [section] if isinstance(section[0], nodes.title) else section.children
        return parts


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("public-names", PublicNames)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
