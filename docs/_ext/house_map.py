"""The directive `house-map`: the rooms of `bounds` and what they import, drawn from the imports.

    python docs/_ext/house_map.py

prints the same as text.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import bounds

BOUNDS = Path(bounds.__file__).parent
_WIDTH, _HEIGHT, _ACROSS, _DOWN = 130, 34, 160, 86


def arrows(root: Path = BOUNDS) -> dict[str, set[str]]:
    """For each room the rooms that it imports from."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in root.rglob("*.py"):
        room = path.relative_to(root).parts[0].removesuffix(".py")
        if room.startswith("__"):
            continue  # the door to all rooms is none itself
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            parts = [name.split(".") for name in names if name.startswith("bounds.")]
            found[room] |= {part[1] for part in parts} - {room}
    return {room: others & found.keys() for room, others in found.items()}


def levels(imports: dict[str, set[str]]) -> list[list[str]]:
    """The rooms by level: each imports from lower levels alone, or from its own circle."""
    placed: list[list[str]] = []
    below: set[str] = set()
    while len(below) < len(imports):
        left = {room: reach(imports, room) - below for room in imports if room not in below}
        level = sorted(a for a in left if all(a in reach(imports, b) for b in left[a] - {a}))
        if not level:
            raise ValueError(f"no level for {', '.join(sorted(left))}: a room is not listed")
        placed.append(level)
        below |= set(level)
    return placed


def as_text(imports: dict[str, set[str]]) -> str:
    """One line a level, the highest first, then who imports whom."""
    lines = ["  ".join(level) for level in reversed(levels(imports))]
    return "\n".join(
        [*lines, "", *(f"{a}: {', '.join(sorted(imports[a]))}" for a in sorted(imports))]
    )


def as_svg(imports: dict[str, set[str]]) -> str:
    """The rooms as boxes, an arrow from each to those it imports from the next levels below."""
    rows = list(reversed(levels(imports)))
    widest = max(map(len, rows)) * _ACROSS
    centre = {
        room: (widest * (i + 0.5) / len(row), _DOWN * j + _HEIGHT)
        for j, row in enumerate(rows)
        for i, room in enumerate(row)
    }
    lines = [
        f'<line x1="{centre[a][0]:.0f}" y1="{centre[a][1] + _HEIGHT / 2:.0f}"'
        f' x2="{centre[b][0]:.0f}" y2="{centre[b][1] - _HEIGHT / 2:.0f}"/>'
        for a in sorted(imports)
        for b in sorted(_nearest(imports, a))
    ]
    boxes = [
        f'<rect x="{x - _WIDTH / 2:.0f}" y="{y - _HEIGHT / 2:.0f}" width="{_WIDTH}"'
        f' height="{_HEIGHT}" rx="5" fill="none"/>'
        f'<text x="{x:.0f}" y="{y + 5:.0f}" text-anchor="middle" fill="currentColor"'
        f' stroke="none">{room}</text>'
        for room, (x, y) in sorted(centre.items())
    ]
    height = _DOWN * (len(rows) - 1) + 2 * _HEIGHT
    body = "".join(lines + boxes)
    return (
        f'<svg viewBox="0 0 {widest} {height}" role="img" stroke="currentColor"'
        f' style="max-width:{widest}px" font-size="15"><title>Rooms of bounds, from the highest'
        f" level to the engine; lines lead to what a room imports</title>{body}</svg>"
    )


def _nearest(imports: dict[str, set[str]], room: str) -> set[str]:
    """What a room imports and does not reach through another import as well."""
    direct = imports[room]
    return {low for low in direct if not any(low in reach(imports, mid) for mid in direct - {low})}


def reach(imports: dict[str, set[str]], room: str) -> set[str]:
    """All rooms that a room imports, directly or not."""
    found: set[str] = set()
    waiting = [room]
    while waiting:
        more = imports.get(waiting.pop(), set()) - found
        found |= more
        waiting += more
    return found


class HouseMap(SphinxDirective):
    """The map, as a picture."""

    def run(self) -> list[nodes.Node]:
        """The picture, and for readers without pictures its text."""
        imports = arrows()
        picture = nodes.raw("", as_svg(imports), format="html")
        return [picture, nodes.literal_block(as_text(imports), as_text(imports), language="text")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("house-map", HouseMap)
    return {"parallel_read_safe": True}


if __name__ == "__main__":
    print(as_text(arrows()))
