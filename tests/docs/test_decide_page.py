"""The page that decides in the browser: what it stores is proved, and its box does what it says."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copy
from threading import Event, Thread
from typing import Any
from zipfile import ZipFile

import pytest
from accessibility import BROWSER, axe_core, browse, violations

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs" / "_ext"))

from decide_page import _BOX, ARCHIVE, EXAMPLES, pack, stored  # noqa: E402

from bounds import checker  # noqa: E402

pytestmark = pytest.mark.heavy

# stands for Pyodide: it records what is asked of it, and answers as the real one would
FAKE = """
export const loadPyodide = async () => {
  const asked = [];
  return {
    loadPackage: async (names) => asked.push(...names),
    pyimport: (name) => ({ install: async (what) => asked.push(`${name}: ${what}`) }),
    unpackArchive: (bytes, kind) => asked.push(`${kind} of ${bytes.byteLength} bytes`),
    runPython: (code) => asked.push(code.trim().split("(")[0]),
    globals: { get: () => (claim, domain, seconds) => {
      const outcome = claim.includes("<") ? "proved" : "error";
      const told = [...asked, seconds, `${outcome}: ${claim} for ${domain}`].join("\\n");
      return { toJs: () => [outcome, told], destroy: () => {} };
    } },
  };
};
"""
PROBE = """
<script>
const box = document.getElementById("decide-box");
const form = box.querySelector("form");
const seen = { command: box.querySelector(".decide-command").textContent };
const settled = (then) => {
  const timer = setInterval(() => {
    if (form.elements.run.disabled) return;
    clearInterval(timer);
    then(...["status", "result"].map((name) => box.querySelector(`.decide-${name}`).textContent));
  }, 50);
};
form.requestSubmit();
settled((status, result) => {
  seen.first = [status, result];
  form.elements.claim.value = "x's";
  form.dispatchEvent(new Event("input"));
  seen.quoted = box.querySelector(".decide-command").textContent;
  form.requestSubmit();
  settled((second) => {
    seen.second = second;
    document.body.dataset.seen = JSON.stringify(seen);
    fetch("done");
  });
});
</script>
<img src="wait" alt="">
"""
_PATIENCE = 60


class Handler(SimpleHTTPRequestHandler):
    """Serves files, and an image that comes when the script has asked for `done`.

    The browser prints a page once all of it is loaded: so it prints it when the script has ended,
    however slow the machine is.
    """

    done: Event

    def do_GET(self) -> None:
        if self.path == "/done":
            self.done.set()
        if self.path == "/wait":
            self.done.wait(_PATIENCE)
        if self.path in ("/done", "/wait"):
            self.send_response(204)
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def page() -> str:
    _, claim, domain = EXAMPLES[0]
    box = _BOX.format(archive=ARCHIVE, claim=claim, domain=domain)
    return (
        '<!DOCTYPE html><html lang="en"><head><title>Decide</title></head><body><main>'
        f'<h1>Decide</h1>{box}<script src="_static/decide.js"></script></main></body></html>'
    )


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder with the files of the page, and its address."""
    (tmp_path / "_static").mkdir()
    for name in ("decide.js", "decide-worker.js"):
        copy(ROOT / "docs" / "_static" / name, tmp_path / "_static")
    (tmp_path / ARCHIVE).write_bytes(b"archive")
    (tmp_path / "pyodide.mjs").write_text(FAKE, encoding="utf-8")
    handler = type("Handler", (Handler,), {"done": Event()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def seen_on(html_page: str, folder: Path, address: str) -> dict[str, Any]:
    (folder / "page.html").write_text(html_page + PROBE, encoding="utf-8")
    dom = browse("--dump-dom", f"{address}page.html", profile=folder / "profile")
    told = re.search(r'data-seen="([^"]*)"', dom)
    assert told is not None, "the script of the page stopped early"
    found: dict[str, Any] = json.loads(html.unescape(told[1]))
    return found


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")
def test_the_box_runs_what_it_says_when_it_is_asked(served: tuple[Path, str]) -> None:
    folder, address = served
    local = page().replace('id="decide-box"', f'id="decide-box" data-pyodide="{address}"')
    seen = seen_on(local, folder, address)
    assert seen["command"] == "bounds decide '1 + x <= e^x' --for 'x real' --explain"
    status, result = seen["first"]
    assert status == "Decided here, in your browser."
    assert result.splitlines() == [
        *("micropip", "numpy", "scipy", "gmpy2", "micropip: python-flint==0.9.0"),
        *("zip of 7 bytes", "def decide_here", "30", "proved: 1 + x <= e^x for x real"),
    ]
    assert "'x'\\''s'" in seen["quoted"]
    assert seen["second"] == "This is not a statement that can be decided."


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")
def test_without_a_network_it_says_what_to_do(served: tuple[Path, str]) -> None:
    folder, address = served
    nowhere = page().replace(
        'id="decide-box"', 'id="decide-box" data-pyodide="http://127.0.0.1:9/"'
    )
    status, result = seen_on(nowhere, folder, address)["first"]
    assert status.startswith("This browser could not run it")
    assert "Use the command below" in status
    assert result == ""


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")
def test_axe_finds_nothing(served: tuple[Path, str], pytestconfig: pytest.Config) -> None:
    axe = axe_core(pytestconfig.cache.mkdir("axe"))
    shown = page().replace(" hidden>\n<form>", ">\n<form>")
    assert violations(shown, axe, served[0]) == []


def test_the_stored_outcomes_are_proofs_that_the_checker_accepts() -> None:
    outcomes = {name: outcome.outcome for name, outcome in stored().items()}
    assert set(outcomes.values()) == {"proved", "refuted"}
    for outcome in stored().values():
        if outcome.holds_everywhere:
            assert checker.check(outcome.certificate()).accepted


def test_the_archive_is_all_that_deciding_needs(tmp_path: Path) -> None:
    pack(tmp_path / ARCHIVE)
    first = (tmp_path / ARCHIVE).read_bytes()
    pack(tmp_path / ARCHIVE)
    assert (tmp_path / ARCHIVE).read_bytes() == first
    with ZipFile(tmp_path / ARCHIVE) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "for name in ('sympy', 'mpmath', 'rich', 'latex2mathml'): sys.modules[name] = None\n"
        "import bounds\n"
        "assert bounds.__file__.startswith(sys.argv[1])\n"
        "print(bounds.decide('1 + x <= e^x', 'x real', jobs=1).outcome)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, str(tmp_path / "site")],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.stdout == "proved\n", done.stderr
