"""Pages in headless Chromium, judged by axe-core, which npm brings once."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

VERSION = "4.11.0"
BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--hide-scrollbars",
]
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_RUN = """
<script>
axe.run(document, { resultTypes: ["violations"] })
  .then((found) => found.violations.map((each) => [each.id, each.nodes.map((node) => node.html)]))
  .then((told) => { document.body.dataset.axe = JSON.stringify(told); });
</script>
"""


def browse(*words: str, profile: Path) -> str:
    """Run Chromium on a profile of its own, and return its standard output."""
    assert BROWSER is not None
    done = subprocess.run(
        [BROWSER, *_FLAGS, f"--user-data-dir={profile}", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def axe_core(cache: Path) -> str:
    """The script of axe-core; the test is skipped where neither the cache nor npm has it.

    Args:
        cache: a folder that outlives the run.
    """
    script = cache / "node_modules" / "axe-core" / "axe.min.js"
    npm = shutil.which("npm")
    if not script.exists() and npm is not None:
        command = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(cache)]
        subprocess.run([*command, f"axe-core@{VERSION}"], capture_output=True, check=False)
    if not script.exists():
        pytest.skip("axe-core is not here: npm is missing, or has no network")
    return script.read_text(encoding="utf-8")


def violations(page: str, axe: str, folder: Path, *, dark: bool = False) -> list[Any]:
    """What axe-core finds on a page: rules with the elements that break them.

    Args:
        page: the page; its policy, which forbids other scripts, is taken out.
        axe: the script of axe-core.
        folder: for files.
        dark: in the dark theme.
    """
    before, _, after = _POLICY.sub("", page).rpartition("</body>")
    script = "<script>" + axe.replace("</script", "<\\/script") + "</script>"
    path = folder / "axe.html"
    path.write_text(f"{before}{script}{_RUN}</body>{after}", encoding="utf-8")
    scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
    budget = "--virtual-time-budget=60000"
    dom = browse(scheme, budget, "--dump-dom", path.as_uri(), profile=folder / "profile")
    told = re.search(r'data-axe="([^"]*)"', dom)
    assert told is not None, "axe-core stopped early"
    found: list[Any] = json.loads(html.unescape(told[1]))
    return found
