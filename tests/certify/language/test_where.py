"""Domains: what people write about where variables lie."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_expressions import NAMES

from bounds.certify.errors import InputError
from bounds.certify.language.domain import Comparison, Domain, Range, parse_domain
from bounds.certify.language.expression import number, variable
from bounds.certify.language.latex import to_latex


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("x > 0", "x in (0, inf)"),
        ("x in (0, 1]", "x in (0, 1]"),
        ("x in ]0, 1[", "x in (0, 1)"),
        ("x ∈ [0, ∞)", "x in [0, inf)"),
        ("x in [0, inf), y in (0, 1), y < x", "x in [0, inf), y in (0, 1), y < x"),
        ("n integer, n >= 1", "n integer, n in [1, inf)"),
        ("n integer, 0 < n < 7/2", "n integer, n in [1, 3]"),
        ("n integer", "n integer"),
        ("-1/2 <= x <= pi", "x in [-1/2, pi]"),
        ("x real", "x real"),
        ("x in R", "x real"),
        ("-inf < x < inf", "x real"),
        ("x = 2", "x in [2, 2]"),
        ("x > 0, x < 1, x <= 2, x > 1/2", "x in (1/2, 1)"),
        ("x >= 0, x > 0", "x in (0, inf)"),
        ("x < pi, x < 22/7", "x in (-inf, pi)"),
        ("x < 3, x < pi", "x in (-inf, 3)"),
        ("x < besseli(0, 1), x < 2", "x in (-inf, besseli(0, 1)), x < 2"),
        ("0 < y < x < 1", "y in (0, inf), x in (-inf, 1), y < x"),
        ("x, y in (0, 1), x + y <= 1", "x in (0, 1), y in (0, 1), x + y <= 1"),
        ("x, y > 0", "x in (0, inf), y in (0, inf)"),
        ("s^2 + c^2 = 1", "c real, s real, s^2 + c^2 = 1"),
        ("for all 0 < p < 1/2", "p in (0, 1/2)"),
        ("for x > 0 and for all y real", "x in (0, inf), y real"),
        ("x > 0, x != 1", "x in (0, inf), x != 1"),
        ("exists t in [0, 1], t < x, x > 0", "x in (0, inf), t < x, exists t in [0, 1]"),
        ("x > 0, exists n integer, n > x", "x in (0, inf), n > x, exists n integer"),
        ("", ""),
    ],
)
def test_a_domain_has_one_text(text: str, canonical: str) -> None:
    found = parse_domain(text)
    assert str(found) == canonical
    assert parse_domain(str(found)) == found
    assert hash(parse_domain(str(found))) == hash(found)
    assert parse_domain(found) is found
    assert list(parse_domain(str(found)).ranges) == list(found.ranges)
    assert "None" not in to_latex(found)


ends = st.one_of(st.none(), st.builds(Fraction, st.integers(-9, 9), st.integers(1, 4)).map(number))


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    low, high = draw(ends), draw(ends)
    if low is not None and high is not None and low.value > high.value:
        low, high = high, low
    left = low is None or (draw(st.booleans()) and low is not high)
    right = high is None or (draw(st.booleans()) and low is not high)
    return Range(low, high, left, right)


@pytest.mark.heavy
@given(st.dictionaries(st.sampled_from(NAMES), ranges(), max_size=4), st.booleans())
def test_every_domain_is_read_back(found: dict[str, Range], last_exists: bool) -> None:
    names = list(found)
    exists = tuple(names[-1:]) if last_exists else ()
    constraints = ()
    if len(names) > 1:
        constraints = (Comparison(variable(names[0]), "<", variable(names[1])),)
    domain = Domain(found, constraints, exists)
    assert parse_domain(str(domain)) == domain


def test_a_mapping_is_a_domain() -> None:
    given_ranges = {
        "x": (0, 1),
        "y": "(0, 1]",
        "z": "> 0",
        "n": "integer",
        "w": (0, float("inf")),
        "v": ("-inf", "0.1"),
        "r": "real",
    }
    assert str(parse_domain(given_ranges)) == (
        "x in [0, 1], y in (0, 1], z in (0, inf), n integer, w in [0, inf), v in (-inf, 1/10],"
        " r real"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x in (1, 0)", "did you mean the ends 0, 1"),
        ("x in (pi, 3)", "did you mean the ends 3, pi"),
        ("x > 0, x < 0", "no number is in"),
        ("x in (1, 1]", "no number is in"),
        ("n integer, 0 < n < 1", "no whole number"),
        ("x in [0, inf]", "an infinite end is open"),
        ("x in [-inf, 0]", "an infinite end is open"),
        ("x in (inf, 0)", "wrong side"),
        ("x in (0, y)", "write a constraint"),
        ("x in 0, 1", "an interval is missing"),
        ("x in (0 1)", "a sign is missing"),
        ("x in (0, 1", "not closed"),
        ("x in (0)", "two ends"),
        ("x", "did you mean x in"),
        ("x + 1", "says nothing"),
        ("0 < 1", "a variable is missing"),
        ("x, y > z", "x has no range"),
        ("inf > 3", "only be an end"),
        ("x > inf", "only be an end"),
        ("x + 1 < inf", "only be an end"),
        ("x in (sqrt(-1), 3)", "no real number"),
        ("x > log(0)", "no real number"),
        ("sin > 0", "needs brackets"),
        ("sin in (0, 1)", "cannot be the name"),
        ("pi in (0, 4)", "cannot be the name"),
        ("x > 0,", "text ends"),
        ("x > 0 y > 0", "a comma is missing before y"),
        ("x > 2x", r"did you mean 2\*x"),
        ("x in (0; 1)", "not read"),
    ],
)
def test_what_is_no_domain_is_told(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse_domain(text)


@pytest.mark.parametrize("allowed", [(0, 1, 2), 3, "near 0", (0, None), (0, float("nan"))])
def test_what_is_no_range_is_told(allowed: object) -> None:
    with pytest.raises(InputError, match="x"):
        parse_domain({"x": allowed})


def test_a_comparison_has_no_truth_value() -> None:
    x = variable("x")
    comparison = Comparison(x, "<", number(1))
    with pytest.raises(InputError, match="decide"):
        bool(comparison)
    assert str(comparison.turned) == "1 > x"
    assert str(comparison.negated) == "x >= 1"
    assert str(comparison.at({"x": number(2)})) == "2 < 1"


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("x > 0, y = root of y^3 + y = x", "x > 0, y real, y^3 + y = x"),
        ("y = root of cos(y) - y in [0, 1]", "y in [0, 1], cos(y) - y = 0"),
        ("n = root of n^2 = 4 in integers, x > n", "n integer, n^2 = 4, x > n"),
        ("y = root of y*exp(y) = x in [0, inf), x in (1, 2)", "y >= 0, x in (1, 2), y*exp(y) = x"),
    ],
)
def test_a_root_is_a_variable_with_its_equation(text: str, same: str) -> None:
    found, wanted = parse_domain(text), parse_domain(same)
    assert set(found.ranges.items()) == set(wanted.ranges.items())
    assert found.constraints == wanted.constraints
    assert parse_domain(str(found)) == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("y = root of x = 1", "does not occur"),
        ("exists y = root of y = 1", "defined, not chosen"),
        ("y = root of y^2 = x in 3", "interval is missing"),
        ("y = root of", "text ends|missing"),
    ],
)
def test_a_root_that_is_not_one_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse_domain(text)
