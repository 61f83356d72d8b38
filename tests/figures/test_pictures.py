"""Figures: their numbers are those of the library, and files are made of them."""

import json
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Literal

import matplotlib
import pytest
from marks import all_heavy_but
from matplotlib import pyplot
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from refusals import refusal

import bounds
from bounds.certify.errors import InputError
from bounds.certify.numbers.enclosure import Enclosure
from bounds.cli import main
from bounds.figures import FIGURES, Picture, picture
from bounds.figures.series import Measured, Series
from bounds.figures.style import LOOKS

SIZES: dict[str, dict[str, int]] = {
    "1a": {"steps": 4},
    "1b": {"steps": 4},
    "2": {"steps": 40},
    "lemmas": {"steps": 4},
    "simulation": {"k": 40, "m": 60, "reps": 2, "steps": 4},
    "bounded-mean": {"steps": 6},
    "possible-means": {"m": 6000},
    "bracket": {"steps": 2},
    "printed-and-proved": {"steps": 3},
}


class Drawn(dict[str, Picture]):
    """Pictures by name, each made when it is first asked for."""

    def __missing__(self, name: str) -> Picture:
        self[name] = picture(name, **SIZES[name])
        return self[name]


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    return Drawn()


def test_every_figure_is_tried() -> None:
    assert set(SIZES) == set(FIGURES)


def test_the_counterfeit_is_a_possible_mean_and_misleads_its_neighbours(drawn: Drawn) -> None:
    _, means, estimates = drawn["possible-means"].series
    listed = means.points()[0]
    for place in (0, 20, 27, 40):
        assert any(abs(x - place) < 1 for x in listed)
    own, told = estimates.points()
    assert all(abs(y - 27) < 1 for x, y in zip(own, told, strict=True) if 24.5 < x < 30)


STARTS = {"svg": b"<?xml", "pdf": b"%PDF", "png": b"\x89PNG"}


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("name", "ending"),
    [
        (name, ending)
        if name == "2" or ending == "svg"
        else pytest.param(name, ending, marks=pytest.mark.campaign)
        for name in FIGURES
        for ending in STARTS
    ],
)
def test_files_of_every_format(drawn: dict[str, Picture], name: str, ending: str) -> None:
    image = drawn[name].image(ending)
    assert image.startswith(STARTS[ending])
    if ending == "svg":
        assert drawn[name].image(ending) == image


@pytest.mark.heavy
def test_fonts_are_type_42(drawn: dict[str, Picture]) -> None:
    """Publishers refuse Type 3."""
    content = drawn["2"].image("pdf")
    assert b"/CIDFontType2" in content
    assert b"/Type3" not in content


@pytest.mark.heavy
@pytest.mark.parametrize("name", all_heavy_but({"2", "lemmas", "possible-means"}, FIGURES))
@pytest.mark.parametrize(("width", "inches"), [("one", 3.4), ("two", 7)])
def test_nothing_of_a_figure_collides(
    drawn: dict[str, Picture], name: str, width: Literal["one", "two"], inches: float
) -> None:
    with matplotlib.rc_context(LOOKS):
        figure = drawn[name].figure(width)
        FigureCanvasAgg(figure).draw()
        assert figure.get_figwidth() == inches
        boxes = [ax.get_tightbbox() for ax in figure.axes]
        boxes += [legend.get_window_extent() for legend in figure.legends]
        boxes += [words.get_window_extent() for words in figure.texts]
    for box in boxes:
        assert min(box.x0, box.y0) >= -1, name
        assert box.x1 <= figure.bbox.x1 + 1, name
        assert box.y1 <= figure.bbox.y1 + 1, name
    for one, other in combinations(boxes, 2):
        apart_x = min(one.x1, other.x1) - max(one.x0, other.x0) <= 1
        assert apart_x or min(one.y1, other.y1) - max(one.y0, other.y0) <= 1, name


@pytest.mark.heavy
@pytest.mark.parametrize("name", FIGURES)
def test_a_panel_is_drawn_into_the_callers_axes(drawn: dict[str, Picture], name: str) -> None:
    for panel in drawn[name].panels:
        ax = Figure().subplots()
        assert drawn[name].draw(panel.name, ax) is ax
        assert ax.get_legend() is not None
        assert ax.get_xlabel()


@pytest.mark.heavy
def test_axes_are_made_where_none_are_given(
    drawn: dict[str, Picture], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MPLBACKEND", "agg")
    ax = drawn["1b"].draw("proved")
    assert ax.get_title() == "both bounds proved, for the best algorithm"
    pyplot.close(ax.figure)
    with pytest.raises(InputError, match="no panel is called"):
        drawn["1b"].draw("prvd")
    with pytest.raises(InputError, match="no width is called"):
        drawn["1b"].figure("three")  # type: ignore[arg-type]


@pytest.mark.heavy
def test_the_numbers_are_the_librarys(drawn: dict[str, Picture]) -> None:
    curve = next(c for c in drawn["1a"].series if c.name == "upper bound, sharp, Δ = 3")
    at = curve.places.index(Fraction(1, 2))
    value = bounds.upper_bound(3, "1/2", method="sharp", digits=8).value
    assert curve.heights[at] == value
    document = json.loads(drawn["1a"].data())
    told = next(c for c in document["series"] if c["name"] == curve.name)
    assert told["certified"] is True
    assert ["0.5", list(value.decimals())] in told["points"]


@pytest.mark.heavy
def test_upper_bounds_stand_above_lower_ones(drawn: dict[str, Picture]) -> None:
    for method, lower in (
        ("repaired", "corrected"),
        ("sharp", "sharp"),
        ("proved", "sharp"),
    ):
        low = next(c for c in drawn["1a"].series if c.name == f"lower bound, {lower}")
        for high in drawn["1a"].series:
            if not high.name.startswith(f"upper bound, {method}"):
                continue
            tops = dict(zip(high.places, high.heights, strict=True))
            for place, height in zip(low.places, low.heights, strict=True):
                top = tops.get(place)
                if top is not None and height is not None:
                    assert height.high.fraction() < top.low.fraction()


@pytest.mark.heavy
def test_the_printed_curve_breaks_where_it_jumps(drawn: dict[str, Picture]) -> None:
    for curve in drawn["1a"].series:
        if curve.name.startswith("upper bound"):
            gaps = [place for place, h in zip(curve.places, curve.heights, strict=True) if not h]
            assert len(gaps) == ("printed" in curve.name)


@pytest.mark.heavy
def test_each_lemma_is_looser_than_the_one_before(drawn: dict[str, Picture]) -> None:
    for heights in zip(*(curve.heights for curve in drawn["lemmas"].series), strict=True):
        ends = [height.low.fraction() for height in heights if isinstance(height, Enclosure)]
        assert len(ends) == 6
        assert ends == sorted(ends)


def test_the_attack_holds_the_mass_that_it_says(drawn: dict[str, Picture]) -> None:
    """The area between the reports and the lower mean is ε = 1/2, for both attacks."""
    for reports, genuine in (drawn["2"].series[:2], drawn["2"].series[3:5]):
        (x, top), (_, low) = reports.points(), genuine.points()
        gaps = [a - b for a, b in zip(top, low, strict=True)]
        area = sum((gaps[i] + gaps[i + 1]) / 2 * (x[i + 1] - x[i]) for i in range(len(x) - 1))
        assert abs(area - 0.5) < 0.01


@pytest.mark.heavy
def test_the_bounds_on_one_component_are_in_order(drawn: dict[str, Picture]) -> None:
    """van Trees, the minimax risk from both sides, linear; a few means earn more; 0.661 at most."""

    def ends(curve: Series) -> list[tuple[Fraction, Fraction]]:
        return [
            (height.low.fraction(), height.high.fraction())
            for place, height in zip(curve.places, curve.heights, strict=True)
            if isinstance(height, bounds.Enclosure) and place in compared
        ]

    series = drawn["bounded-mean"].series
    compared = set(series[1].places)
    assert all(curve.certified for curve in series)
    for trees, low, high, linear, sharp in zip(*map(ends, series[:5]), strict=True):
        assert trees[1] < low[0] <= high[1] < linear[0]
        assert sharp[0] > high[1]
    compared.update(series[9].places, series[10].places)
    best = bounds.risk_to_mass(8).ratio
    for curve in (*series[5:8], *series[9:11]):
        assert all(low < best.low.fraction() for low, _ in ends(curve))
    assert series[11].heights[0] == best


@pytest.mark.heavy
def test_what_is_measured_is_labelled(drawn: dict[str, Picture]) -> None:
    measured = [c for c in drawn["simulation"].series if c.status == "measured"]
    assert [curve.name.split(":")[0] for curve in measured] == ["measured"] * 8
    assert all(isinstance(height, Measured) for curve in measured for height in curve.heights)


@pytest.mark.heavy
def test_the_command_writes_pictures_and_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["figure", "2", "-o", str(tmp_path / "two.svg")]) == 0
    assert (tmp_path / "two.svg").stat().st_size > 5000
    capsys.readouterr()
    assert main(["figure", "2", "--eps", "0.3", "--data"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "The attack on one component"


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["figure", "3", "--data"], "no figure is called"),
        (["figure", "2"], "name a file"),
        (["figure", "2", "--data", "--width", "one"], "leave one of them out"),
        (["figure", "2", "--data", "-o", "x.svg"], "end the name of their file in .json"),
        (["figure", "2", "-o", "x.gif"], ".svg, .pdf or .png"),
        (["figure", "2", "-o", "none/x.svg"], "cannot write"),
        (["figure", "2", "--eps", "2", "--data"], "below 1"),
        (["figure", "2", "--delta", "2", "--data"], "belongs to the figure lemmas or simulation"),
        (["figure", "simulation", "--delta", "x", "--data"], "not a number"),
        (["figure", "lemmas", "--delta", "100", "--data"], "at most 64"),
    ],
)
def test_bad_input_is_one_line(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told in refusal(words, capsys)


@pytest.mark.heavy
def test_the_bracket_is_the_librarys(drawn: dict[str, Picture]) -> None:
    low, high = drawn["bracket"].series[4:6]
    assert (low.name, high.name) == ("lower bound, D = 30", "upper bound, D = 30")
    found = bounds.risk_bracket(1000, low.places[0] * 1000, 30, digits=8)
    assert (low.heights[0], high.heights[0]) == (found.low.value, found.high.value)


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["1a", "1b", "printed-and-proved", "simulation"])
def test_what_is_only_printed_is_not_called_certified(drawn: dict[str, Picture], name: str) -> None:
    for curve in json.loads(drawn[name].data())["series"]:
        assert ("printed" in curve["name"]) is (curve["status"] == "as printed"), curve["name"]
        assert curve["certified"] is (curve["status"] == "certified")
