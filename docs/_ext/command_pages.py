"""The directive `commands`: every command of `bounds`, from the parsers that run it."""

from __future__ import annotations

import argparse
import re

from docutils import nodes
from plain_docstrings import with_code
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from bounds.cli import _CODES, _COMMANDS, _parser


def parser_of(command: str) -> argparse.ArgumentParser:
    """The parser of one command, as `bounds COMMAND` builds it."""
    (subparsers,) = (
        action
        for action in _parser(command)._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    parser: argparse.ArgumentParser = subparsers.choices[command]
    return parser


def _usage(parser: argparse.ArgumentParser) -> nodes.paragraph:
    """How to call it; no line is broken within an option."""
    told = re.sub(r"\s+", " ", parser.format_usage()).strip().removeprefix("usage: ")
    block = nodes.paragraph(classes=["usage"])
    for word in re.findall(r"\[[^\[\]]*\]|\S+", told):
        block += nodes.inline("", word, classes=["word"])
        block += nodes.Text(" ")
    return block


def _arguments(parser: argparse.ArgumentParser) -> nodes.definition_list:
    entries = nodes.definition_list()
    for action in parser._actions:
        if action.help == argparse.SUPPRESS or action.dest == "help":
            continue
        name = action.metavar or ("" if action.nargs == 0 else action.dest.upper())
        if action.choices and not action.metavar:
            name = "{" + ",".join(map(str, action.choices)) + "}"
        signs = ", ".join(action.option_strings)
        told = f"{signs} {name}".strip()
        told_help = (action.help or "") % {**vars(action), "prog": parser.prog}
        entries += nodes.definition_list_item(
            "",
            nodes.term("", "", nodes.literal("", told)),
            nodes.definition("", with_code(told_help)),
        )
    return entries


class Commands(SphinxDirective):
    """One section for each command."""

    def run(self) -> list[nodes.Node]:
        """The sections, and the exit codes."""
        parts: list[nodes.Node] = []
        for command in _COMMANDS:
            parser = parser_of(command)
            name = f"bounds {command}"
            section = nodes.section(ids=[nodes.make_id(name)], names=[name])
            section += nodes.title("", "", nodes.literal("", name))
            for paragraph in (parser.description or "").strip().split("\n\n"):
                section += with_code(paragraph)
            section += _usage(parser)
            section += _arguments(parser)
            examples = (parser.epilog or "").removesuffix(_CODES).strip()
            section += nodes.literal_block("", examples, language="text")
            parts.append(section)
        codes = nodes.section(ids=["exit-codes"])
        codes += nodes.title("", "Exit codes")
        codes += nodes.paragraph("", " ".join(_CODES.split()).removeprefix("exit codes: "))
        return [*parts, codes]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("commands", Commands)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
