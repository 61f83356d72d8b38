"""The HTML report in headless Chromium: it filters, fits a phone, and prints."""

import json
import re
from pathlib import Path

import pytest
from accessibility import BROWSER, axe_core, browse, violations
from fake_claims import every_verdict

from proofs_check import PAPER, find_claims
from proofs_check.audit.report import render
from proofs_check.audit.runner import audit

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")

# a headless window is never narrower than 500 px, so the phone is a frame in a page
PHONE = """<!DOCTYPE html>
<iframe src="report.html#verdict=repaired" style="width:375px;height:800px;border:0"></iframe>
<script>
addEventListener("message", (event) => { document.body.dataset.seen = event.data; });
</script>
"""

# uses the page as a reader would, step by step, and tells what it saw
PROBE = """
<script>
const seen = {};
const visible = () => [...document.querySelectorAll(".claim")]
  .filter((claim) => claim.checkVisibility()).map((claim) => claim.id);
const controls = document.getElementById("controls");
const set = (name, value) => {
  controls.elements[name].value = value;
  controls.dispatchEvent(new Event("input"));
};
seen.width = [innerWidth, document.documentElement.scrollWidth];
seen.opened = visible();
set("verdict", "all");
seen.all = visible();
seen.formula = document.querySelector("math mfrac").getBoundingClientRect().height;
seen.fullWidth = document.documentElement.scrollWidth;
set("search", "EPS-CR-3 witness");
seen.found = visible();
seen.status = document.getElementById("shown").textContent;
seen.folded = ["eps_cr", "ε_cr", "EPS-CR", "εcr", "epsilon_cr"].map((words) => {
  set("search", words);
  return visible();
});
set("search", "");
set("severity", "gap");
seen.gaps = visible();
set("severity", "all");
const stops = [...document.querySelectorAll("a, input, summary, [tabindex]")]
  .filter((stop) => stop.checkVisibility());
seen.first = stops[0].className;
seen.lost = stops.filter((stop) => {
  stop.focus();
  return stop.tabIndex < 0 || document.activeElement !== stop;
}).map((stop) => stop.outerHTML);
seen.bar = getComputedStyle(document.getElementById("contents")).position;
seen.cut = [...document.querySelectorAll(".formula")]
  .filter((formula) => formula.scrollWidth > formula.clientWidth + 1).length;
seen.inline = document.querySelectorAll(".finding math.inline").length;
seen.outside = [...document.querySelectorAll("math.inline")].filter((formula) =>
  formula.getBoundingClientRect().right > document.documentElement.clientWidth).length;
set("search", "EPS-CR-3 witness");
seen.figure = document.querySelector("#eps-cr-3 svg").getBoundingClientRect().width;
location.hash = "#claim-1";
addEventListener("hashchange", () => {
  seen.linked = visible();
  parent.postMessage(JSON.stringify(seen), "*");
});
</script>
"""


@pytest.fixture(scope="module")
def report() -> str:
    return render("html", [*every_verdict(), *audit(PAPER, find_claims(["eps-cr-3"]))], PAPER)


@pytest.mark.heavy
def test_it_filters_and_fits_a_phone(report: str, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(report + PROBE, encoding="utf-8")
    phone = tmp_path / "phone.html"
    phone.write_text(PHONE, encoding="utf-8")
    dom = browse(
        *("--virtual-time-budget=3000", "--dump-dom", phone.as_uri()), profile=tmp_path / "profile"
    )
    told = re.search(r'data-seen="([^"]*)"', dom)
    assert told is not None, "the script of the page stopped early"
    seen = json.loads(told[1].replace("&quot;", '"'))
    assert seen["width"] == [375, 375]
    assert seen["fullWidth"] == 375
    assert seen["opened"] == ["eps-cr-3", "claim-2"]  # the paper's order
    assert len(seen["all"]) == 7
    assert seen["found"] == ["eps-cr-3"]
    assert seen["status"] == "1 of 7 shown"
    assert seen["folded"] == [["eps-cr-3"]] * 5
    assert seen["gaps"] == ["claim-3"]
    assert seen["first"] == "skip"  # by keyboard, one goes past the contents at once
    assert seen["lost"] == []
    assert seen["bar"] == "sticky"
    assert seen["cut"] == 0  # formulas are broken or set smaller, never cut
    assert seen["inline"] > 0  # corrections are typeset as the printed formulas are
    assert seen["outside"] == 0
    assert seen["formula"] > 20  # a fraction is two lines high where MathML is typeset
    assert 200 < seen["figure"] <= 375
    assert "claim-1" in seen["linked"]  # a link to a hidden claim shows it again


@pytest.mark.heavy
def test_it_prints(report: str, tmp_path: Path) -> None:
    path, printed = tmp_path / "report.html", tmp_path / "report.pdf"
    path.write_text(report, encoding="utf-8")
    browse(f"--print-to-pdf={printed}", path.as_uri(), profile=tmp_path / "profile")
    assert printed.read_bytes().startswith(b"%PDF")


@pytest.mark.heavy
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(
    report: str, dark: bool, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    axe = axe_core(pytestconfig.cache.mkdir("axe"))
    assert violations(report, axe, tmp_path, dark=dark) == []


@pytest.mark.heavy
def test_axe_sees_what_is_wrong(report: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    axe = axe_core(pytestconfig.cache.mkdir("axe"))
    pale = report.replace("--soft: #57606a", "--soft: #c7c7c7")
    assert "color-contrast" in {rule for rule, _ in violations(pale, axe, tmp_path)}
