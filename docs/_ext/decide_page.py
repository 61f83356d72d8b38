"""The page that decides an inequality: a box that runs in the browser, and stored proofs.

`bounds` itself is packed into one file beside the page. Nothing is loaded from elsewhere before the
reader asks: then Pyodide and python-flint come from their own networks (decide-worker.js).
"""

from __future__ import annotations

import json
from functools import cache
from html import escape
from pathlib import Path
from shlex import quote
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import bounds

ARCHIVE = "bounds-for-the-browser.zip"
PROOFS = "proofs"
EXAMPLES = (
    ("tangent", "1 + x <= e^x", "x real"),
    ("mills-ratio", "x*phi(x)/(1 + x^2) < Phi(-x)", "x > 0"),
    ("too-good", "x*phi(x)/(1/2 + x^2) < Phi(-x)", "x > 0"),
    ("cusa", "sin(x)/x < (2 + cos(x))/3", "x in (0, pi/2]"),
    ("two-means", "sqrt(x*y) <= (x + y)/2", "x >= 0, y >= 0"),
    ("entropy", "4*x*(1 - x) <= -(x*log(x) + (1 - x)*log(1 - x))/log(2)", "x in (0, 1)"),
)
_LEFT_OUT = ("__pycache__", "figures", "kernel", "cli", "simulation", "estimation")
_BOX = """\
<div id="decide-box" data-worker="_static/decide-worker.js" data-archive="{archive}" hidden>
<form>
<label for="decide-claim">Inequality</label>
<input id="decide-claim" name="claim" value="{claim}" required spellcheck="false"
 autocomplete="off">
<label for="decide-domain">For</label>
<input id="decide-domain" name="domain" value="{domain}" spellcheck="false" autocomplete="off">
<label for="decide-seconds">Seconds</label>
<input id="decide-seconds" name="seconds" type="number" min="1" max="600" value="30">
<p><button name="run">Decide it here</button> <button type="button" name="stop" hidden>Stop</button>
<span class="decide-status" role="status"></span></p>
</form>
<pre class="decide-result" tabindex="0" aria-label="Result" hidden></pre>
<p>The same on your own machine, and faster:</p>
<pre class="decide-command" tabindex="0" aria-label="Command"></pre>
</div>
<noscript><p>The box needs JavaScript. The commands below need only a terminal.</p></noscript>
"""


@cache
def stored() -> dict[str, Any]:
    """The outcome of each example, decided when the site is built."""
    return {name: bounds.decide(claim, domain, jobs=1) for name, claim, domain in EXAMPLES}


class DecideBox(SphinxDirective):
    """The box."""

    def run(self) -> list[nodes.Node]:
        """The form, which a script shows, and the script."""
        _, claim, domain = EXAMPLES[1]
        box = _BOX.format(archive=ARCHIVE, claim=escape(claim), domain=escape(domain))
        return [nodes.raw("", box, format="html")]


class StoredProofs(SphinxDirective):
    """The examples with their outcomes, each with its command and its certificate."""

    def run(self) -> list[nodes.Node]:
        """A part of the page for each, and the script of the box."""
        parts: list[nodes.Node] = []
        for name, claim, domain in EXAMPLES:
            outcome = stored()[name]
            section = nodes.section("", nodes.title("", "", nodes.literal("", claim)), ids=[name])
            button = (
                f'<button type="button" data-claim="{escape(claim)}" data-domain="{escape(domain)}"'
                " hidden>Put it into the box</button>"
            )
            section += nodes.raw("", f"<p>{button}</p>", format="html")
            command = f"$ bounds decide {quote(claim)} --for {quote(domain)}\n{outcome}"
            section += nodes.literal_block(command, command, language="console")
            section += _folded(outcome.explain())
            if outcome.holds_everywhere:
                section += self._certificate(name)
            parts.append(section)
        return [*parts, nodes.raw("", '<script src="_static/decide.js"></script>', format="html")]

    def _certificate(self, name: str) -> nodes.paragraph:
        link = nodes.reference("", "its certificate", refuri=f"{PROOFS}/{name}.json")
        line = nodes.paragraph("", "Download ")
        line += [
            link,
            nodes.Text(", and replay it: "),
            nodes.literal("", f"bounds check {name}.json"),
        ]
        return line


def _folded(proof: str) -> list[nodes.Node]:
    head = '<details class="source"><summary>The proof, or the point where it fails</summary>'
    return [
        nodes.raw("", head, format="html"),
        nodes.literal_block(proof, proof, language="text"),
        nodes.raw("", "</details>", format="html"),
    ]


def pack(target: Path) -> None:
    """Write `bounds` as a zip file without what a browser cannot use; the same at every build."""
    root = Path(bounds.__file__).parent
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for path in sorted(root.rglob("*")):
            inside = path.relative_to(root.parent)
            if path.is_file() and not set(inside.parts) & set(_LEFT_OUT):
                archive.writestr(ZipInfo(inside.as_posix()), path.read_bytes(), ZIP_DEFLATED)


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    pack(out / ARCHIVE)
    (out / PROOFS).mkdir(exist_ok=True)
    for name, outcome in stored().items():
        if outcome.holds_everywhere:
            told = json.dumps(outcome.certificate(), indent=1, ensure_ascii=False) + "\n"
            (out / PROOFS / f"{name}.json").write_text(told, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directives."""
    app.add_directive("decide-box", DecideBox)
    app.add_directive("stored-proofs", StoredProofs)
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
