"""Inequalities: proved, or refuted at an exact point, or left open; never guessed."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds import Inconclusive, InputError
from bounds.certify.inequalities import (
    PI,
    Counterexample,
    Proved,
    Term,
    cdf,
    decide_less,
    density,
    exp,
    expm1,
    log,
    prove_less,
    quantile,
    sqrt,
    variable,
)
from bounds.checker import check
from bounds.functions.terms import (
    central_mass,
    filter_radius,
    loss,
    mass_deficit,
    mass_estimate,
    median_shift,
    window_mass,
)

x = variable("x")

TRUE = [
    (x * (1 - x), "1", {"x": (0, 1)}),
    (PI, "22/7", {}),
    ("333/106", PI, {}),
    (loss(x, 2), "1/2", {"x": ("0.001", "0.01")}),
    (cdf(x), 1 - density(x), {"x": (-3, 0)}),
    (quantile(x), "1.3", {"x": ("0.01", "0.9")}),
    ("-2.4", quantile(x), {"x": ("0.01", "0.9")}),
    (median_shift(x, 3), "1.3", {"x": ("0.01", "0.7")}),
    (filter_radius(x, 8), "8.5", {"x": ("1e-20", "0.6")}),
    (filter_radius("0.999999", 8), "13", {}),
    (window_mass(x, 8), "1", {"x": (-1, 10)}),
    (x, mass_estimate(x, 3), {"x": ("0.01", "0.3")}),
    (0, mass_deficit(x, 8), {"x": ("1e-10", 10)}),
    (central_mass(x), 1, {"x": ("0.1", 5)}),
    (1 + x, exp(x) + "1/1000", {"x": (-1, 1)}),
    (log(x), x - "999/1000", {"x": ("0.1", 3)}),
    (0, expm1(x), {"x": ("1e-9", 1)}),
    (sqrt(x), "1.01", {"x": ("0.5", 1)}),
    (x**3, x**2 + "0.01", {"x": (0, 1)}),
    (x * variable("y"), "1.01", {"x": (0, 1), "y": (-1, 1)}),
]


@pytest.mark.parametrize(("lesser", "greater", "box"), TRUE, ids=lambda part: str(part)[:30])
def test_a_proof_is_replayed_and_its_reverse_is_refuted(lesser, greater, box) -> None:
    proof = decide_less(lesser, greater, box)
    assert isinstance(proof, Proved)
    assert check(proof.certificate()).accepted
    reverse = decide_less(greater, lesser, box)
    assert isinstance(reverse, Counterexample)
    assert check(reverse.proof.certificate()).accepted
    for name, value in reverse.point.items():
        low, high = proof.box[name]
        assert low <= value <= high


@pytest.mark.heavy
@settings(max_examples=40)
@given(
    st.fractions(-3, 3, max_denominator=40),
    st.fractions(-3, 3, max_denominator=40),
    st.fractions(-2, 2, max_denominator=40),
)
def test_quadratics_are_decided_as_algebra_decides_them(
    b: Fraction, c: Fraction, low: Fraction
) -> None:
    """x² + bx + c > 0 on [low, low + 1], against the exact least value."""
    high = low + 1
    vertex = min(max(-b / 2, low), high)
    least = vertex * vertex + b * vertex + c
    try:
        outcome = decide_less(0, x**2 + b * x + c, {"x": (low, high)})
    except Inconclusive:
        assert abs(least) < Fraction(1, 10)
        return
    assert outcome.holds == (least > 0)


@pytest.mark.step("less is strict", "greater is strict", "a refutation is one")
def test_equality_is_never_decided() -> None:
    for box in ({"x": 1}, {"x": (0, 1)}):
        with pytest.raises(Inconclusive):
            decide_less(x, x, box)
    with pytest.raises(Inconclusive, match="within 50 parts"):
        decide_less(x**2 - x, 0, {"x": (0, 1)}, most=50)


@pytest.mark.parametrize("side", [1 / x, log(x), -log(x), 1 / x - 1 / x], ids=str)
def test_a_side_that_is_infinite_or_no_number_is_never_compared(side: Term) -> None:
    for box in ({"x": 0}, {"x": (0, 0)}):
        for sides in ((side, 1), (1, side)):
            with pytest.raises(Inconclusive):
                decide_less(*sides, box)


@pytest.mark.step("a part that is not decided is no proof")
def test_the_budget_is_kept() -> None:
    easy = decide_less(x * (1 - x), "0.26", {"x": (0, 1)})
    assert isinstance(easy, Proved)
    assert decide_less(x * (1 - x), "0.26", {"x": (0, 1)}, most=len(easy.splits)).holds
    with pytest.raises(Inconclusive, match="within 2 parts"):
        decide_less(x * (1 - x), "0.26", {"x": (0, 1)}, most=2)


@pytest.mark.step("a counterexample is no proof")
def test_prove_less_takes_no_counterexample() -> None:
    assert prove_less(x, 2, {"x": (0, 1)}).holds
    with pytest.raises(Inconclusive, match="not so"):
        prove_less(2, x, {"x": (0, 1)})


@pytest.mark.step("a range goes up")
@pytest.mark.parametrize(
    ("box", "words"),
    [
        ({}, "has no range"),
        ({"x": (1, 0)}, "go up"),
        ({"x": (0, 1, 2)}, "one exact number or a pair"),
        ({"x": 1, "y": 2}, "in neither side"),
        ({"x": "ten"}, "not a number"),
    ],
)
def test_boxes_that_are_refused(box, words: str) -> None:
    with pytest.raises(InputError, match=words):
        decide_less(x, 2, box)


@pytest.mark.parametrize("box", [1.5, "x", [("x", 1)]])
def test_a_box_that_is_none_is_refused(box: object) -> None:
    with pytest.raises(InputError, match="a box gives each variable its range"):
        decide_less(1, 2, box)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [3, None, b"x"])
def test_a_name_that_is_none_is_refused(name: object) -> None:
    with pytest.raises(InputError, match="a variable has a name"):
        variable(name)  # type: ignore[arg-type]
