"""φ, Φ and Φ⁻¹: published digits, symmetry, and each other."""

from __future__ import annotations

import mpmath
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st
from routes import agree, check_cdf, check_density, check_quantile
from samples import shares

from bounds.functions import cdf, density, quantile


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (lambda: density(0), "0.39894228040143267793994605993438"),
        (lambda: cdf("1.96"), "0.97500210485177956586"),
        (lambda: cdf(1), "0.84134474606854294858523254563"),
        (lambda: cdf(-10), "7.6198530241605260659733e-24"),
        (lambda: quantile("0.975"), "1.959963984540054235524594430520551528"),
        (lambda: quantile("0.75"), "0.674489750196081743202227014541307185"),
        # erf(t) = 2Φ(t√2) − 1, from the tables
        (lambda: 2 * cdf(1) - 1, "0.682689492137085897170465091264075844955825933453"),
        (
            lambda: 2 * cdf(arb("0.5") * arb(2).sqrt()) - 1,
            "0.5204998778130465376827466538919645287",
        ),
        (lambda: 2 * cdf(arb(2).sqrt()) - 1, "0.8427007929497148693412206350826092592960"),
        (lambda: 2 * cdf(2 * arb(2).sqrt()) - 1, "0.9953222650189527341620692563672529286108"),
        (lambda: 2 * cdf(-5 * arb(2).sqrt()), "1.53745979442803485018834348538338e-12"),
    ],
)
def test_published_digits(value, digits: str) -> None:  # type: ignore[no-untyped-def]
    with ctx.workprec(150):
        agree(value(), arb(digits), 19)


def test_second_routes() -> None:
    check_density(density)
    check_cdf(cdf)
    check_quantile(quantile)


def test_density_is_the_slope_of_cdf_and_integrates_to_one() -> None:
    with mpmath.workdps(30):
        for t in ("-2.5", "0.3", "4"):
            slope = mpmath.diff(cdf, mpmath.mpf(t))
            assert mpmath.almosteq(slope, density(mpmath.mpf(t)), 1e-25)
        area = mpmath.quad(density, [-20, -5, 0, 5, 20])
        assert mpmath.almosteq(area, 1, 1e-28)


@settings(max_examples=50)
@given(st.floats(-100, 100))
def test_symmetry(t: float) -> None:
    point = arb(t)
    assert density(point).overlaps(density(-point))
    assert (cdf(point) + cdf(-point)).contains(1)
    assert cdf(point).rel_accuracy_bits() > 35  # in both tails


@settings(max_examples=50)
@given(st.floats(-38, 38), st.floats(1e-6, 10))
def test_cdf_increases(t: float, step: float) -> None:
    with ctx.workprec(2000):
        assert cdf(arb(t)) < cdf(arb(t) + arb(step))


@settings(max_examples=50)
@given(shares())
def test_quantile_inverts_cdf(share: arb) -> None:
    with ctx.workprec(1100):
        chance = share.mid()
        point = quantile(chance)
        assert cdf(point).contains(chance)
        assert cdf(point).rel_accuracy_bits() > 100
        assert quantile(1 - chance).overlaps(-point)
        assert quantile(cdf(point)).overlaps(point)
