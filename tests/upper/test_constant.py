"""The constants of Theorem 2: definitions, the printed ones, and their limits."""

from fractions import Fraction

import mpmath
import pytest
from flint import arb

import bounds
from bounds.certify.errors import InputError
from bounds.certify.numbers.precision import working_precision
from bounds.upper import SmallRegime, constants
from bounds.upper.constant import PRINTED_EPS_CR
from proofs_check.claims.s3_results import eps_cr_2, eps_cr_3, eps_cr_4


@pytest.mark.parametrize("delta", ["2", "3", "4"])
@pytest.mark.parametrize("which", ["printed", "true"])
def test_they_are_the_papers_formulas(delta: str, which: str) -> None:
    """Second route: mpmath, from the text of the appendix."""
    found = getattr(constants(delta, 15), which)
    assert isinstance(found, SmallRegime)
    with mpmath.workdps(40):
        d = mpmath.mpf(delta)
        e = mpmath.mpf(found.eps_cr.ball().mid().str(30, radius=False))
        phi = mpmath.npdf(d)
        c = e / bounds.filter_radius(e, d) ** 3
        both = e ** mpmath.mpf("2/3") + phi / mpmath.cbrt(c)
        bar = both * e ** (mpmath.mpf(2) / 9) / 2 + phi / (2 * mpmath.cbrt(c)) * mpmath.cbrt(both)
        c2 = bar**2 / mpmath.npdf(bar * e ** (mpmath.mpf(1) / 9)) ** 2
        c1 = bounds.loss(e, d)
        for value, enclosure in ((c, found.c), (bar, found.c_bar), (c2, found.c2), (c1, found.c1)):
            assert abs(value / mpmath.mpf(float(enclosure)) - 1) < 1e-13


def test_the_price_in_c0_is_that_of_the_main_text() -> None:
    with working_precision(100):
        d = arb(2)
        price = bounds.functions.central_mass(d) - bounds.window_mass(3 * d, d)
        assert constants("2", 20).c0.ball().overlaps(1 / price)


@pytest.mark.parametrize("delta", ["0.1", "1", "2", "7"])
def test_the_appendix_price_exists_for_no_delta(delta: str) -> None:
    with working_precision(100):
        assert bounds.functions.central_mass(arb(delta)) - 3 * arb(delta) < 0


def test_without_a_critical_value_there_is_no_small_regime() -> None:
    found = constants("0.5", 10)
    assert found.true is None
    assert found.printed is None
    assert found.best_c2 is None


def test_c0_falls_to_one() -> None:
    """1 < C₀ ≤ 1/(1 − 2Φ(−Δ) − Φ(−2Δ)), and it decreases."""
    before = None
    for delta in ("1", "1.5", "2", "3", "5", "9"):
        with working_precision(300):
            c0, d = constants(delta, 60).c0.ball(), arb(delta)
            assert c0 > 1
            assert not c0 > 1 / (1 - 2 * bounds.functions.cdf(-d) - bounds.functions.cdf(-2 * d))
            assert before is None or c0 < before
            before = c0


def test_more_digits_lie_within_fewer() -> None:
    few, many = constants("2.7", 6), constants("2.7", 30)
    for name in ("c0", "far", "c3", "full", "destruction", "best_c2"):
        assert getattr(few, name).ball().overlaps(getattr(many, name).ball())


@pytest.mark.parametrize("delta", ["0", "-2", "x", "nan"])
def test_bad_delta_is_refused(delta: str) -> None:
    with pytest.raises(InputError):
        constants(delta)


def test_the_printed_values_are_those_of_the_claims() -> None:
    claims = {2: eps_cr_2.PRINTED, 3: eps_cr_3.PRINTED, 4: eps_cr_4.PRINTED}
    assert {int(d): value for d, value in PRINTED_EPS_CR.items()} == {
        d: Fraction(text) for d, text in claims.items()
    }
