"""Maxima, minima and suprema: literature values, ends, uniqueness, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

import bounds
from bounds.certify.checker.replay import check
from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.language.domain import parse_domain
from bounds.certify.language.grammar import parse_expression
from bounds.certify.quantities import peaks
from bounds.certify.quantities.peaks import Proved, end_peaks, highest, interior_peaks
from bounds.certify.quantities.samples import sampled
from bounds.certify.rules.goal import Deadline

SIN_OVER_X = "0.12837455352589913"  # the second maximum of sin(x)/x, at 7.7252518369377071...
LEAST_GAMMA = "0.88560319441088870027881590058258873"
LEAST_GAMMA_AT = "1.46163214496836234126265954232572133"


def test_the_maximum_of_x_exp_minus_x_is_1_over_e_at_1() -> None:
    found = bounds.maximum("x*exp(-x)", "x >= 0")
    assert (found.outcome, str(found.exact), found.complete) == ("attained", "exp(-1)", True)
    (place,) = found.places
    assert place.unique
    assert str(place.exact["x"]) == "1"
    assert found.value.decimals() == ("0.367879441171442", "0.367879441171443")


def test_a_thousand_digits() -> None:
    found = bounds.maximum("sin(x)/x", "x in [5, 10]", digits=1000)
    low, high = found.value.decimals()
    assert low[:990] == high[:990]
    assert low.startswith(SIN_OVER_X)


@pytest.mark.heavy
def test_the_least_value_of_gamma() -> None:
    found = bounds.minimum("gamma(x)", "x > 0", digits=30)
    assert found.value.decimals()[0] == LEAST_GAMMA[:32]
    assert found.places[0].at["x"].decimals()[0] == LEAST_GAMMA_AT[:31]


@pytest.mark.parametrize(
    ("expression", "domain", "value", "end"),
    [("sqrt(x)", "0 <= x <= 2", "sqrt(2)", "2"), ("-x", "1 <= x <= 2", "-1", "1")],
)
def test_a_maximum_at_an_end(expression: str, domain: str, value: str, end: str) -> None:
    found = bounds.maximum(expression, domain)
    assert (str(found.exact), found.places[0].kind) == (value, "end")
    assert str(found.places[0].exact["x"]) == end


def test_several_places_are_all_told() -> None:
    found = bounds.maximum("cos(x)", "x in [0, 13]")
    assert len(found.places) == 3
    assert found.complete
    assert 1 in found.value


def test_a_supremum_is_no_maximum() -> None:
    found = bounds.maximum("x/(1 + x)", "x >= 0")
    assert (found.outcome, str(found.exact)) == ("not attained", "1")
    assert found.approached == "x -> inf"
    assert found.places == ()


def test_an_unbounded_function_is_told() -> None:
    assert bounds.maximum("log(x)", "x > 0").outcome == "unbounded"


def test_a_degenerate_place_is_not_called_unique() -> None:
    found = bounds.maximum("-(x - 1)^4", "x real")
    assert (found.outcome, str(found.exact)) == ("attained", "0")
    assert not found.places[0].unique
    assert not found.complete


def test_two_variables() -> None:
    found = bounds.maximum("x*(1 - x)*y", "x, y in [0, 1]")
    assert str(found.exact) == "1/4"
    assert not found.complete


def test_the_certificate_is_replayed_and_a_smaller_bound_is_not() -> None:
    found = bounds.maximum("x*exp(-x)", "x >= 0", proof=True)
    certificate = found.certificate()
    assert check(certificate).accepted
    certificate["statement"]["claim"] = certificate["statement"]["claim"].replace("exp(-1)", "1/3")
    assert not check(certificate).accepted


def test_without_a_proof_there_is_no_certificate() -> None:
    with pytest.raises(Inconclusive, match="proof=True"):
        bounds.maximum("x*(1 - x)", "0 <= x <= 1").certificate()


def test_an_outcome_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match="no truth value"):
        bool(bounds.maximum("x*(1 - x)", "0 <= x <= 1"))


@pytest.mark.parametrize(
    ("expression", "domain", "told"),
    [("x*", "x > 0", "ends where"), ("x*y", "x > 0", "y lies"), ("x", "exists x > 0", "exists")],
)
def test_mistakes_are_told(expression: str, domain: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        bounds.maximum(expression, domain)


# Each step of the proof: without it a lower local maximum would be called the maximum


def local(text: str, domain: str) -> tuple[object, ...]:
    f = parse_expression(text)
    ((name, allowed),) = parse_domain(domain).ranges.items()
    samples = sampled(f, name, allowed)
    return f, name, allowed, samples


def test_a_lower_peak_alone_is_refused_by_the_pieces() -> None:
    f, name, allowed, samples = local("sin(x)/x", "x in [1, 10]")
    (lower,) = interior_peaks(f, name, samples, 15)
    found = highest(f, name, allowed, [lower], [], Deadline(10), minimum=False)
    assert not isinstance(found, Proved)  # the end x = 1 is higher


def test_a_lower_peak_alone_is_refused_by_the_samples() -> None:
    f, name, allowed, samples = local("sin(x)/x", "x in [1, 10]")
    (lower,) = interior_peaks(f, name, samples, 15)
    found = highest(f, name, allowed, [lower], samples, Deadline(10), minimum=False)
    assert isinstance(found, tuple)


def test_the_end_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    f, name, allowed, samples = local("sin(x)/x", "x in [1, 10]")
    ends = end_peaks(f, name, allowed, 15, Deadline(5))
    assert [str(peak.place.exact["x"]) for peak in ends] == ["1"]
    monkeypatch.setattr(peaks, "outside", lambda *_: [])
    wrong = highest(
        f, name, allowed, interior_peaks(f, name, samples, 15), [], Deadline(5), minimum=False
    )
    assert isinstance(wrong, Proved)  # without the pieces a falsehood would be accepted
    assert not Fraction(84, 100) < Fraction(float(wrong.value.mid()))


def test_a_minimum_is_no_peak() -> None:
    f, name, _, samples = local("cos(x)", "x in [1, 5]")
    assert interior_peaks(f, name, samples, 15) == []


@pytest.mark.parametrize(
    ("word", "expression", "domain", "limit"),
    [
        ("minimum", "exp(-x)", "x > 0", "0"),
        ("minimum", "exp(-x^2)", "x real", "0"),
        ("maximum", "1/(1 + exp(-x))", "x real", "1"),
        ("maximum", "-exp(x)", "x real", "0"),
    ],
)
def test_what_vanishes_fast_is_no_number_of_a_million_digits(
    word: str, expression: str, domain: str, limit: str
) -> None:
    """Values such as exp(-10^30) on the way to an end once became fractions."""
    found = getattr(bounds, word)(expression, domain)
    assert (found.outcome, str(found.exact)) == ("not attained", limit)
