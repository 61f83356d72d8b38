"""The directive `schemas`: what each command writes as JSON, from the schemas of the package."""

from __future__ import annotations

import json
import shutil
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from docutils import nodes
from plain_docstrings import with_code
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

FOLDER = files("bounds.cli").joinpath("schemas")
_NAMES = {"array": "list", "integer": "whole number", "boolean": "true or false", "string": "text"}


def read(name: str) -> dict[str, Any]:
    """A schema of the package, by its file's name."""
    found: dict[str, Any] = json.loads(FOLDER.joinpath(name).read_text(encoding="utf-8"))
    return found


def kind(schema: dict[str, Any]) -> str:
    """What a value is, in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        return " or ".join(kind(each) for each in schema["anyOf"])
    if "items" in schema:
        return f"list of {kind(schema['items'])}"
    told = schema.get("type", "object")
    if isinstance(told, list):
        return " or ".join(_NAMES.get(each, each) for each in told)
    return _NAMES.get(told, told)


def parts(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects with named fields that a value is, or is made of."""
    if "properties" in schema:
        return [schema]
    inner = [*schema.get("anyOf", []), *schema.get("$defs", {}).values()]
    inner += [schema[key] for key in ("items", "additionalProperties") if key in schema]
    return [part for each in inner if isinstance(each, dict) for part in parts(each)]


def fields(schema: dict[str, Any]) -> list[nodes.Node]:
    """The fields of a value, each with what it is, and below it its own."""
    made: list[nodes.Node] = []
    for part in parts(schema):
        if part is not schema and "description" in part:
            made.append(nodes.paragraph("", "", nodes.emphasis("", part["description"])))
        entries = nodes.definition_list()
        for name, value in part["properties"].items():
            term = nodes.term("", "", nodes.literal("", name), nodes.Text(f"  {kind(value)}"))
            told = with_code(value.get("description", ""))
            entries += nodes.definition_list_item(
                "", term, nodes.definition("", told, *fields(value))
            )
        made.append(entries)
    return made


def section_of(name: str) -> nodes.section:
    """One schema."""
    schema = read(name)
    section = nodes.section(ids=[nodes.make_id(f"schema {name}")], names=[name])
    section += nodes.title("", "", nodes.literal("", schema["title"]))
    if "description" in schema:
        section += with_code(schema["description"])
    link = nodes.reference("", name, refuri=f"schemas/{name}", internal=True)
    section += nodes.paragraph("", "The schema: ", link, nodes.Text("."))
    own = schema.get("$defs", {}) if "properties" in schema else {}
    section += fields(schema)
    for defined, value in own.items():
        section += nodes.paragraph("", "", nodes.strong("", defined))
        section += fields(value)
    return section


def shared() -> nodes.section:
    """What the schemas share."""
    schema = read("common.json")
    section = nodes.section(ids=["schema-common"], names=["common"])
    section += nodes.title("", schema["title"])
    entries = nodes.definition_list()
    for name, value in schema["$defs"].items():
        told = with_code(value.get("description", kind(value)))
        entries += nodes.definition_list_item(
            "",
            nodes.term("", "", nodes.literal("", name)),
            nodes.definition("", told, *fields(value)),
        )
    section += entries
    return section


class Schemas(SphinxDirective):
    """One section for each schema, what they share first."""

    def run(self) -> list[nodes.Node]:
        """The sections."""
        names = sorted(path.name for path in FOLDER.iterdir() if path.name != "common.json")
        return [shared(), *map(section_of, names)]


def _copy(app: Sphinx, failure: Exception | None) -> None:
    if failure is None and app.builder.format == "html":
        with as_file(FOLDER) as folder:
            shutil.copytree(folder, Path(app.outdir) / "schemas", dirs_exist_ok=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive; the schemas themselves go with the pages."""
    app.add_directive("schemas", Schemas)
    app.connect("build-finished", _copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
