"""The SVG plots: well formed, escaped, inside their frame."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs_check import find_claims
from proofs_check.audit.figures import Curve, Mark, line_plot, sample

SVG = "{http://www.w3.org/2000/svg}"
positive = st.floats(1e-30, 1e10)


def numbers(svg: str) -> list[tuple[float, float]]:
    """All points of all curves, in picture coordinates."""
    lines = ElementTree.fromstring(svg).iter(f"{SVG}polyline")
    return [
        (float(x), float(y))
        for line in lines
        for x, y in (point.split(",") for point in line.attrib["points"].split())
    ]


@given(
    st.lists(st.tuples(positive, positive), min_size=2, max_size=9).filter(
        lambda points: all(
            max(values) > 1.001 * min(values) for values in zip(*points, strict=True)
        )
    ),
    st.booleans(),
    st.booleans(),
)
def test_every_point_is_inside_the_frame(
    points: list[tuple[float, float]], log_x: bool, log_y: bool
) -> None:
    svg = line_plot("caption", "x", "y", [Curve("", points)], log_x=log_x, log_y=log_y)
    for x, y in numbers(svg):
        assert 46 <= x <= 332
        assert 12 <= y <= 182


def test_labels_are_escaped_and_the_picture_has_a_name() -> None:
    svg = line_plot("a < b & <c>", "<x>", "&y", [Curve("<1>", [(0, 0), (1, 1)])], [Mark("<2>", 1)])
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == "a < b & <c>"
    assert {"<x>", "&y", "<1>", "<2>"} <= {text.text for text in root.iter(f"{SVG}text")}


def test_decades_are_labelled_as_powers() -> None:
    svg = line_plot("", "", "", [Curve("", [(1e-8, -1.0), (1e-3, 1.0)])], log_x=True)
    labels = [text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert {"10⁻⁸", "10⁻³", "−1.0", "0.0"} <= set(labels)


def test_samples_are_even_on_a_logarithmic_axis() -> None:
    points = sample(lambda x: 2 * x, 1e-6, 1e-2, 5)
    assert [y / x for x, y in points] == [2] * 5
    assert [b / a for (a, _), (b, _) in pairwise(points)] == pytest.approx([10] * 4)
    assert points[-1][0] == pytest.approx(1e-2)


@pytest.mark.heavy
def test_figures_of_claims_are_well_formed() -> None:
    drawn = [claim.figure() for claim in find_claims() if claim.figure is not None]
    assert drawn
    for svg in drawn:
        assert ElementTree.fromstring(svg).tag == f"{SVG}svg"


def test_the_curve_crosses_zero_at_the_true_value_and_not_at_the_printed_one() -> None:
    """In picture coordinates: the zero line, the second mark and the curve meet."""
    (claim,) = find_claims(["eps-cr-3"])
    assert claim.figure is not None
    svg = claim.figure()
    marks = [
        float(line.attrib["x1"])
        for line in ElementTree.fromstring(svg).iter(f"{SVG}line")
        if "stroke-dasharray" in line.attrib
    ]
    (zero,) = (
        float(text.attrib["y"]) - 3.5
        for text in ElementTree.fromstring(svg).iter(f"{SVG}text")
        if text.text == "0.0"
    )
    printed, true = marks
    curve = numbers(svg)
    crossing = next(x for (x, y), (_, after) in pairwise(curve) if y > zero >= after)
    assert abs(crossing - true) < 15
    assert abs(crossing - printed) > 150


def test_names_that_would_meet_stand_in_the_order_of_their_curves() -> None:
    names = {"low": 1.0, "high": 1.2, "middle": 1.1}
    curves = [Curve(name, [(0.0, 0.0), (1.0, y)]) for name, y in names.items()]
    picture = line_plot("c", "x", "y", [*curves, Curve("", [(0.0, 9.0), (1.0, 9.0)])])
    heights = {name: float(re.search(rf'y="([0-9.]+)"[^>]*>{name}<', picture)[1]) for name in names}
    assert heights["high"] + 12 <= heights["middle"] <= heights["low"] - 12
