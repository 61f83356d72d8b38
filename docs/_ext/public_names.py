"""The directive `public-names MODULE`: everything in its `__all__`, grouped by where it lives."""

from __future__ import annotations

import inspect
from collections import defaultdict
from importlib import import_module
from types import ModuleType
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


def groups(module: ModuleType) -> dict[str, list[str]]:
    """The public names by the module that defines them, in the order of the first name."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in module.__all__:
        home = getattr(getattr(module, name), "__module__", module.__name__)
        found[home if home.startswith(("bounds", "proofs_check")) else module.__name__].append(name)
    return dict(sorted(found.items()))


def _entry(module: str, name: str, value: Any) -> list[str]:
    if inspect.isclass(value):
        family = ["   :show-inheritance:"] if issubclass(value, Exception) else []
        return [f".. autoclass:: {module}.{name}", "   :members:", *family, ""]
    if callable(value):
        return [f".. autofunction:: {module}.{name}", ""]
    return [f".. autodata:: {module}.{name}", "   :no-value:", ""]


class PublicNames(SphinxDirective):
    """Sections of autodoc directives, one for each defining module."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The sections."""
        module = import_module(self.arguments[0])
        parts: list[nodes.Node] = []
        for home, names in groups(module).items():
            title = (import_module(home).__doc__ or home).strip().splitlines()[0].rstrip(".")
            section = nodes.section(ids=[nodes.make_id(f"{module.__name__}-{home}")])
            section += nodes.title("", "", *self.parse_inline(title)[0])
            section += nodes.paragraph("", "", nodes.literal("", home), classes=["home"])
            lines = [
                line
                for name in names
                for line in _entry(module.__name__, name, getattr(module, name))
            ]
            told = ["```{eval-rst}", *lines, "```"]
            self.state.nested_parse(StringList(told, source="public names"), 0, section)
            parts.append(section)
        return parts


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("public-names", PublicNames)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
