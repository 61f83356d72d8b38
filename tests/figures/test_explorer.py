"""The explorer: its tables hold what the library proves, and it shows nothing else."""

import html
import json
import re
from fractions import Fraction
from hashlib import sha256
from itertools import product
from pathlib import Path

import pytest
from accessibility import BROWSER, axe_core, browse, violations

from bounds import risk_bracket
from bounds.cli import main
from bounds.figures.explorer import Grid, default_grid, page, tables

GRID = Grid(
    (Fraction(3, 2), Fraction(2), Fraction(5, 2)),
    (Fraction(1, 20), Fraction(1, 10), Fraction(1, 2)),
    (2, 100),
    (None, Fraction(10**5)),
)


@pytest.fixture(scope="module")
def written() -> str:
    return page(GRID)


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return tables(GRID)


@pytest.mark.heavy
def test_the_tables_are_on_the_safe_side_of_the_bracket(made: dict[str, str]) -> None:
    upper, lower = json.loads(made["upper"]), json.loads(made["lower"])
    found = risk_bracket(100, 10, 18)
    high, low = Fraction(upper[1][1]), Fraction(lower[0][1][1])
    assert found.high.value.low.fraction() <= high <= found.high.value.high.fraction() * 101 / 100
    assert low <= found.low.value.high.fraction()
    assert low > Fraction(1, 20)
    given = risk_bracket(100, 10, Fraction(27, 2), 10**5, digits=8)
    assert Fraction(lower[1][1][1]) <= given.low.value.high.fraction()
    assert json.loads(made["given"])[1][1][0][1] == given.high.value.decimals(6)[1]
    assert json.loads(made["given"])[0] is None
    assert json.loads(made["grid"])["given"] == ["13.5"]
    two = risk_bracket(2, Fraction(1, 10), 27 * Fraction(5, 6), 10**5, digits=8)
    assert two.high.value.low.fraction() <= Fraction(json.loads(made["given"])[1][0][0][0]) < 1


@pytest.mark.heavy
def test_the_upper_table_is_the_bracket_for_every_k(made: dict[str, str]) -> None:
    upper = json.loads(made["upper"])
    for (i, delta), (j, kappa) in product(enumerate(GRID.deltas), enumerate(GRID.shares)):
        for k in (2, 100):
            found = risk_bracket(k, kappa * k, 9 * delta, digits=8)
            assert upper[i][j] == found.high.value.decimals(6)[1]


@pytest.mark.heavy
def test_unknown_labels_add_nothing_to_the_lower_table(made: dict[str, str]) -> None:
    """At the least D of the page the bracket has that of hidden means, to five digits."""
    lower = json.loads(made["lower"])
    for (i, k), (j, kappa) in product(enumerate((2, 100)), enumerate(GRID.shares)):
        found = risk_bracket(k, kappa * k, Fraction(27, 2), digits=8).low.value
        assert Fraction(lower[0][i][j]) >= found.high.fraction() * (1 - Fraction(1, 10**5))


@pytest.mark.heavy
def test_neighbours_are_bounds_between_points_of_the_grid(made: dict[str, str]) -> None:
    upper, lower = json.loads(made["upper"]), json.loads(made["lower"])
    inside = risk_bracket(100, 20, Fraction(81, 4))  # between D = 18 and 22.5, 1/10 and 1/2
    assert inside.high.value.low.fraction() <= Fraction(upper[1][2])
    assert Fraction(lower[0][1][1]) <= inside.low.value.high.fraction()


@pytest.mark.heavy
def test_tables_move_as_the_steps_between_points_need(made: dict[str, str]) -> None:
    upper, lower = json.loads(made["upper"]), json.loads(made["lower"])
    for row in upper:
        assert sorted(row, key=Fraction) == row
    for column in zip(*upper, strict=True):
        assert sorted(column, key=Fraction, reverse=True) == list(column)
    for row in lower[0]:
        assert sorted(row, key=Fraction) == row


def test_the_page_holds_its_tables_with_their_hashes_and_loads_nothing(written: str) -> None:
    blocks = re.findall(
        r'<script type="text/plain" id="table-(\w+)" data-sha256="(\w+)">(.*?)</script>',
        written,
        re.DOTALL,
    )
    assert {name for name, _, _ in blocks} == {
        "grid",
        "upper",
        "given",
        "lower",
        "printed",
        "sweep",
    }
    for _, stated, text in blocks:
        assert sha256(text.encode()).hexdigest() == stated
        assert html.unescape(text) == text  # nothing in it would be read as markup
    assert not re.search(r"""\b(src|href)=|url\(|@import|fetch\(|XMLHttp""", written)
    assert "default-src 'none'" in written


def test_the_full_grid_covers_the_figures() -> None:
    grid = default_grid()
    assert grid.deltas[0] == Fraction(3, 2)
    assert grid.deltas[-1] == 5
    assert grid.shares[-1] == 1
    assert list(grid.shares) == sorted(set(grid.shares))


@pytest.mark.parametrize("name", ["explore.txt", "missing/explore.html"])
def test_where_it_cannot_be_written_is_told_first(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explore", "-o", str(tmp_path / name)]) == 2
    assert "explore" in capsys.readouterr().err


# moves the sliders as a reader would, and tells what it saw
PROBE = """
<script>
const seen = {};
const answer = () => document.getElementById("answer").textContent;
const set = (name, value, kind = "input") => {
  const field = document.getElementById("choice").elements[name];
  field.value = value;
  field.dispatchEvent(new Event(kind));
};
seen.width = [innerWidth, document.documentElement.scrollWidth];
seen.opened = [answer(), document.getElementById("where").textContent];
set("D", 600);
seen.between = [answer(), document.getElementById("where").textContent];
set("m", 0);
seen.given = answer();
set("kappa", 1000);
seen.address = location.hash;
document.getElementById("csv").click();
seen.csv = document.getElementById("text").value;
document.getElementById("latex").click();
seen.latex = document.getElementById("text").value;
seen.curves = document.querySelectorAll("#plot-a path, #plot-b path").length;
const field = (name) => document.getElementById("choice").elements[name].value;
seen.fields = ["clients", "groups", "share", "distance"].map(field);
set("clients", 200000, "change");
set("groups", 10, "change");
set("share", 5, "change");
seen.yours = document.getElementById("yours").textContent;
seen.asked = answer();
set("share", 100, "change");
seen.refused = document.getElementById("yours").textContent;
seen.index = document.querySelector("#numbers sub").textContent;
setTimeout(() => {
  seen.hashes = document.getElementById("hashes").textContent;
  parent.postMessage(JSON.stringify(seen), "*");
}, 300);
</script>
"""
_WAIT = ("--virtual-time-budget=4000", "--dump-dom")
PHONE = """<!DOCTYPE html>
<iframe src="explore.html#D=18&kappa=0.1&k=100" style="width:400px;height:800px;border:0"></iframe>
<script>
addEventListener("message", ({ data }) => {
  if (data.explorerHeight) document.body.dataset.height = data.explorerHeight;
  else document.body.dataset.seen = data;
});
</script>
"""


@pytest.mark.heavy
@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")
def test_it_moves_on_a_phone(written: str, made: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "explore.html").write_text(written + PROBE, encoding="utf-8")
    phone = tmp_path / "phone.html"
    phone.write_text(PHONE, encoding="utf-8")
    dom = browse(*_WAIT, phone.as_uri(), profile=tmp_path / "profile")
    told = re.search(r'data-seen="([^"]*)"', dom)
    assert told is not None, "the script of the page stopped early"
    seen = json.loads(html.unescape(told[1]))
    upper, given, lower = (json.loads(made[name]) for name in ("upper", "given", "lower"))
    assert seen["width"] == [400, 400]
    assert seen["opened"][0] == f"{lower[0][1][1]} ≤ lim K(m) ≤ {upper[1][1]}"
    assert "A point of the grid" in seen["opened"][1]
    assert seen["between"][0] == seen["opened"][0]  # D = 18 serves what lies above it
    assert "Between points" in seen["between"][1]
    assert seen["given"] == f"{lower[1][1][1]} ≤ K(100000) ≤ {given[1][1][0][1]}"
    assert "kappa=0.5" in seen["address"]
    assert "m=100000" in seen["address"]
    assert seen["csv"].startswith("D,c_over_k,k,m,at_least,at_most\n")
    assert f"\\le K(100000) \\le {given[1][1][0][2]}" in seen["latex"]
    assert seen["curves"] == 8
    assert "ALTERED" not in seen["hashes"]
    assert "upper" in seen["hashes"]
    assert seen["fields"] == ["15000000", "100", "33.33", "18.9"]
    # 10,000 of 200,000 clients are corrupted: c = 10/19, and 19,000 genuine ones in a group
    assert seen["yours"].endswith("bounds bracket 10 10/19 18.9 --m 19000")
    assert seen["asked"].split(" ≤ ")[1] == "K(100000)"
    assert seen["refused"].startswith("Enter at least 2 groups")
    assert seen["index"] == "cr"
    assert re.search(r'data-height="\d{3,}', dom)


@pytest.mark.heavy
@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")
def test_it_opens_without_an_address_whatever_its_grid(
    written: str, made: dict[str, str], tmp_path: Path
) -> None:
    place = tmp_path / "explore.html"
    place.write_text(written, encoding="utf-8")
    dom = browse(*_WAIT, place.as_uri(), profile=tmp_path / "profile")
    upper, lower = json.loads(made["upper"]), json.loads(made["lower"])
    assert f"{lower[0][1][1]} ≤ lim K(m) ≤ {upper[1][1]}" in dom
    assert dom.count("<path") == 8


@pytest.mark.heavy
@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(
    written: str, dark: bool, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    axe = axe_core(pytestconfig.cache.mkdir("axe"))
    assert violations(written, axe, tmp_path, dark=dark) == []
