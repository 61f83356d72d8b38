"""Results show themselves: readable, short, and as tables."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from flint import arb

import bounds
from bounds.certify.numbers.enclosure import Dyadic, Enclosure
from bounds.certify.results import Result
from bounds.critical.large_delta import eps_cr_expansion
from bounds.lower import any_set, bounded_mean, median_risk
from bounds.upper import counterfeit, small_contamination

RESULTS = [
    lambda: bounds.eps_cr(2, 60),
    lambda: bounds.inflections("5/2", 8),
    lambda: bounds.folds(6)[0],
    lambda: eps_cr_expansion(3, 8),
    lambda: bounds.lower_bound(10, "1/2", digits=8),
    lambda: bounds.risk_to_mass(8),
    lambda: bounds.upper_bound(2, "1/10", digits=8),
    lambda: bounds.constants(2, 8),
    lambda: bounds.sweep("2,3", digits=8),
    lambda: bounded_mean(1, 8),
    lambda: median_risk("1/100", 100, 4),
    lambda: small_contamination(2, 8),
    lambda: counterfeit(2, 8),
    lambda: any_set.prove_no_set_beats_two_points(),
    lambda: bounds.decide_less(0, "1/2"),
    lambda: bounds.eps_cr(2, 8).proof,
    lambda: bounds.eps_cr(2, 8).eps,
]


@pytest.mark.parametrize("make", RESULTS)
def test_a_result_is_readable(make: Any) -> None:
    result = make()
    assert "mantissa" not in str(result) + repr(result)
    assert len(repr(result)) < 240
    assert "\n" not in repr(result)
    assert max(map(len, str(result).splitlines())) < 400


def test_all_digits_are_in_the_text_and_few_in_the_repr() -> None:
    value = bounds.eps_cr(2, 60)
    low, high = value.eps.decimals()
    assert f"eps: [{low}, {high}]" in str(value)
    assert low not in repr(value)
    shown = repr(value.eps).split("[")[1].split("]")[0].split(", ")
    assert Fraction(shown[0]) <= value.eps.low.fraction() < value.eps.high.fraction()
    assert value.eps.high.fraction() <= Fraction(shown[1])


@dataclass(frozen=True, repr=False)
class Sample(Result):
    name: str
    number: Any
    parts: tuple[Any, ...]
    named: dict[str, Any]


def test_what_is_composed_stands_below_its_name() -> None:
    inner = Sample("<b>", arb("0.5"), (), {})
    text = str(Sample("outer", None, (inner,), {"half": Fraction(1, 2)}))
    assert text.splitlines() == [
        "Sample",
        "  name: outer",
        "  number: none",
        "  parts:",
        "    1:",
        "      name: <b>",
        "      number: 0.500000000000",
        "      parts: none",
        "      named:",
        "  named:",
        "    half: 0.5",
    ]


def test_html_is_escaped() -> None:
    html = Sample("<b>", 1, (Fraction(1, 2), "x" * 60), {"&": 2})._repr_html_()
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
    assert "&amp;: 2" in html


def test_a_dyadic_is_told_as_about() -> None:
    assert repr(Dyadic(3, -1)) == "<Dyadic about 1.5000000000000000>"
    assert Enclosure(Dyadic(3, -1), Dyadic(3, -1), 3)._repr_html_() == "<code>[1.50, 1.50]</code>"
