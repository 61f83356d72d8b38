"""Pictures for both themes: SVG files that carry the dark colours beside the light ones.

A picture in a page takes the theme of the page (its `color-scheme`), and by itself that of the
reader's system, and it has a ground of its own: it can be read wherever it stands.
"""

from __future__ import annotations

import re

DARK = {
    "#ffffff": "#131416",
    "#000000": "#e6e8ea",
    "#0072b2": "#56a8e0",
    "#d55e00": "#ff8c42",
    "#009e73": "#2fc79b",
    "#56b4e9": "#9bd4f7",
    "#7a3e9d": "#c79ae6",
    "#d6e6f1": "#1f3d55",
    "#f8e0d1": "#54351e",
    "#d3ede5": "#1d473a",
    "#e2f2fb": "#20405a",
    "#e0e0e0": "#3a424a",
    "#eeeeee": "#262b30",
    "#dddddd": "#33383d",
    "#f3d9c4": "#54351e",
    "#555555": "#a3adb8",
    "#777777": "#a3adb8",
    "#999999": "#8b949e",
    "#808080": "#a3adb8",
    "#cccccc": "#3a424a",
}
"""The colour on a dark ground for each colour of the figures and of the gallery."""

_COLOUR = re.compile(r"(fill|stroke): (#[0-9a-f]{6})")


def for_both_themes(svg: bytes) -> bytes:
    """The picture with its dark colours in a style sheet, as Matplotlib's SVG has them inline.

    Args:
        svg: a file that Matplotlib wrote.

    Raises:
        KeyError: it has a colour that `DARK` does not list.
    """
    text = svg.decode("utf-8")
    used = sorted({(match[1], match[2]) for match in _COLOUR.finditer(text)})
    rules = "\n".join(
        f'[style*="{what}: {colour}"] {{ {what}: {DARK[colour]} !important; }}'
        for what, colour in used
    )
    dark = f"@media (prefers-color-scheme: dark) {{ svg {{ fill: #e6e8ea; }}\n{rules} }}"
    style = f"<style>{dark}</style>"
    before, mark, after = text.partition("<defs>")
    return f"{before}{style}\n{mark}{after}".encode()
