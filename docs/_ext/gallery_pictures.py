"""The gallery in the figures' style: SVG for both themes, and a sentence on each card."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx_gallery.scrapers import matplotlib_scraper
from themes import for_both_themes

from bounds.figures.style import COLOURS, DASHES, LOOKS

_SMALL = {name: value for name, value in LOOKS.items() if not name.startswith("pdf")}
_CARD = re.compile(
    r"""(tooltip="(?P<told>[^"]*)">.*?<div class="sphx-glr-thumbnail-title">[^<]*</div>)""",
    re.DOTALL,
)
_SENTENCE = re.compile(r".*?[.:](?= |$)")


def house_style(_conf: dict[str, Any], _file: str) -> None:
    """What Matplotlib is told before each example: the look of `bounds figure`."""
    import matplotlib
    from cycler import cycler

    matplotlib.rcdefaults()
    matplotlib.use("agg")
    matplotlib.rcParams.update(_SMALL)
    matplotlib.rcParams.update(
        {
            "axes.prop_cycle": cycler(color=COLOURS[:3]) + cycler(linestyle=DASHES[:3]),
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": "#dddddd",
            "grid.linewidth": 0.6,
            "font.size": 10,
            "axes.titlesize": 10,
            "axes.labelsize": 10,
            "xtick.labelsize": 9,
            "ytick.labelsize": 9,
            "legend.fontsize": 9,
        }
    )


def scrape(block: Any, block_vars: dict[str, Any], gallery_conf: dict[str, Any]) -> str:
    """Save the pictures of a block of an example for both themes."""
    paths = block_vars["image_path_iterator"]
    first = len(paths)
    told: str = matplotlib_scraper(block, block_vars, gallery_conf, format="svg")
    for name in paths.paths[first:]:
        path = Path(name).with_suffix(".svg")
        path.write_bytes(for_both_themes(path.read_bytes()))
    return told


def _with_sentence(card: re.Match[str]) -> str:
    """A card of the gallery with the first sentence of its example."""
    sentence = _SENTENCE.match(card["told"])
    assert sentence is not None
    told = re.sub(r"([α-ω])_([a-z]+)", r"\1<sub>\2</sub>", sentence[0].rstrip(":.") + ".")
    return f'{card[1]}\n      <div class="card-sentence">{told}</div>'


def _add_sentences(_app: Sphinx, docname: str, source: list[str]) -> None:
    if docname == "gallery/index":
        source[0] = _CARD.sub(_with_sentence, source[0])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the sentences; conf.py names the style and the pictures."""
    app.connect("source-read", _add_sentences)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
