"""The names of `bounds` by the task that they serve, and the directive `names-by-task`."""

from __future__ import annotations

import inspect
from typing import Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from plain_docstrings import with_code
from public_names import entry
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import bounds

TASKS = {
    "Prove an inequality": ("decide", "prove", "decide_less"),
    "Prove a number": ("evaluate", "integrate", "maximum", "minimum", "solve", "sharpen"),
    "Print or check a table": ("table", "check_table"),
    "Advise clients": ("advise", "simulate"),
    "Bound the error of the best algorithm": (
        "risk_bracket",
        "lower_bound",
        "upper_bound",
        "risk_to_mass",
        "helps_below",
    ),
    "Take the paper's numbers for your own Δ": (
        "eps_cr",
        "CriticalValue",
        "NoCriticalValue",
        "constants",
        "inflections",
        "folds",
        "sweep",
    ),
    "Evaluate the paper's formulas": (
        "loss",
        "window_mass",
        "filter_radius",
        "median_shift",
        "mass_estimate",
    ),
    "Read results and errors": (
        "Enclosure",
        "BoundsError",
        "InputError",
        "DomainError",
        "Inconclusive",
    ),
}
"""Every public name of `bounds`, once."""


def summary(name: str) -> str:
    """The first line of a name's docstring."""
    told = inspect.getdoc(getattr(bounds, name)) or ""
    return told.partition("\n\n")[0].replace("\n", " ")


def _check() -> None:
    listed = [name for names in TASKS.values() for name in names]
    if sorted(listed) != sorted(bounds.__all__):
        wrong = set(listed) ^ set(bounds.__all__)
        raise ValueError(f"docs/_ext/tasks.py lists each name of bounds once: see {sorted(wrong)}")


class NamesByTask(SphinxDirective):
    """A table of tasks and names, or with the option `full` a section for each task."""

    option_spec: ClassVar[dict[str, Any]] = {"full": lambda _: True}

    def run(self) -> list[nodes.Node]:
        """The table, or the sections."""
        _check()
        if "full" not in self.options:
            return [self._table()]
        return [self._section(task, names) for task, names in TASKS.items()]

    def _section(self, task: str, names: tuple[str, ...]) -> nodes.section:
        section = nodes.section("", nodes.title("", task), ids=[nodes.make_id(task)])
        lines = [line for name in names for line in entry(bounds, name)]
        source = StringList(["```{eval-rst}", *lines, "```"], source="bounds")
        self.state.nested_parse(source, 0, section)
        return section

    def _table(self) -> nodes.table:
        group = nodes.tgroup("", nodes.colspec(colwidth=1), nodes.colspec(colwidth=3), cols=2)
        body = nodes.tbody()
        for task, names in TASKS.items():
            listed = nodes.bullet_list()
            for name in names:
                line = nodes.paragraph("", "", self._link(name), nodes.Text(": "))
                line += with_code(summary(name)).children
                listed += nodes.list_item("", line)
            head = nodes.entry("", nodes.paragraph("", "", nodes.strong("", task)))
            body += nodes.row("", head, nodes.entry("", listed))
        titles = (nodes.entry("", nodes.paragraph("", each)) for each in ("Task", "Names"))
        group += [nodes.thead("", nodes.row("", *titles)), body]
        return nodes.table("", group, classes=["tasks"])

    def _link(self, name: str) -> pending_xref:
        link = pending_xref(
            "", refdomain="py", reftype="obj", reftarget=f"bounds.{name}", refexplicit=True
        )
        link["refdoc"] = self.env.docname
        link += nodes.literal("", name)
        return link


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("names-by-task", NamesByTask)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
