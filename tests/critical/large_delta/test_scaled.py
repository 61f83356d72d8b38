"""The scaled equations are the library's own, in other units."""

from fractions import Fraction

import mpmath
import pytest
from flint import arb, arb_series
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds.certify.arithmetic.ball import BALL
from bounds.certify.errors import Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import series_terms, working_precision
from bounds.critical.large_delta import scaled
from bounds.functions.criterion import curvature_criterion_at
from bounds.functions.normal import density
from bounds.functions.shift import median_shift_at
from bounds.functions.window import mass_deficit, relative_steepness

U = st.fractions(Fraction(1, 20), Fraction(6, 5), max_denominator=200)
DELTA = st.fractions(Fraction(2), Fraction(12), max_denominator=50)


@pytest.mark.heavy
@settings(max_examples=40)
@given(U, DELTA)
def test_integrals_and_slopes_in_the_old_units(u: Fraction, delta: Fraction) -> None:
    with working_precision(160):
        w, d = to_ball(u), to_ball(delta)
        tau = 1 / (d * d)
        unit = density(d) / d
        assert (2 * scaled.sinh_integral(w, tau) * unit).overlaps(mass_deficit(w / d, d))
        mass = BALL.interval_mass(-d, w / d)
        assert (scaled.window_integral(w, tau) * unit).overlaps(mass)
        assert scaled.steepness(w, tau).overlaps(relative_steepness(w / d, d))
        assert scaled.window_integral(w, tau).rel_accuracy_bits() > 140


@settings(max_examples=40)
@given(U, U, DELTA)
def test_the_criterion_is_a_positive_multiple_of_the_librarys(
    u: Fraction, v: Fraction, delta: Fraction
) -> None:
    """K (1 + g²)⁻¹ P = scaled criterion, with ω as its definition says."""
    with working_precision(160):
        a, b, d = to_ball(u), to_ball(v), to_ball(delta)
        tau, g = 1 / (d * d), median_shift_at(b / d, d)
        ratio = BALL.interval_mass(-g, 2 * g) / (2 * g * density(g))
        square = g * g
        omega = (1 - square) * (1 - square) * ratio / (1 + square) - 1
        assert not omega > square
        assert not omega < -3 * square
        own, _, _ = scaled.criterion(a, b, tau, omega)
        old = curvature_criterion_at(a / d, b / d, g, d) * ratio / (1 + square)
        assert own.overlaps(old)
        assert own.rel_accuracy_bits() > 100 or abs(own) < arb("1e-9")


@settings(max_examples=20)
@given(U, U, DELTA)
def test_partial_derivatives_are_those_of_taylor_arithmetic(
    u: Fraction, v: Fraction, delta: Fraction
) -> None:
    with working_precision(128):
        a, b, tau = to_ball(u), to_ball(v), 1 / (to_ball(delta) * to_ball(delta))
        _, by_u, by_v = scaled.criterion(a, b, tau, arb(0))
        still = arb_series([tau], prec=2)
        along_u = scaled.criterion(arb_series([a, 1], prec=2), arb_series([b], prec=2), still, 0)
        along_v = scaled.criterion(arb_series([a], prec=2), arb_series([b, 1], prec=2), still, 0)
        assert by_u.overlaps(along_u[0][1])
        assert by_v.overlaps(along_v[0][1])


def test_series_agree_with_mpmath_beyond_the_cap_of_flint() -> None:
    """Coefficient k in τ is (−½)ᵏ/k! ∫ w^{2k} e^{w − w²τ/2} dw; that of v is the integrand."""
    with working_precision(160), series_terms(14), mpmath.workdps(30):
        v, tau = mpmath.mpf("0.7"), mpmath.mpf("0.01")
        ours = scaled.window_integral(arb("0.7"), arb_series([arb("0.01"), 1], prec=14))
        for k in range(14):
            moment = mpmath.quad(
                lambda w, k=k: w ** (2 * k) * mpmath.exp(w - w * w * tau / 2), [0, v]
            )
            close = arb(mpmath.nstr(moment / (-2) ** k / mpmath.factorial(k), 25))
            assert abs(ours[k] - close) < arb("1e-18") * abs(close) + arb("1e-25")
        along = scaled.window_integral(arb_series([arb("0.7"), 1], prec=14), arb("0.01"))
        rate = arb_series([arb("0.7"), 1], prec=14)
        rate = (rate - rate * rate / 200).exp()
        for k in range(13):
            assert abs(along[k + 1] * (k + 1) - rate[k]) < arb("1e-30")


@pytest.mark.parametrize(
    ("v", "tau"), [("0.7", "0.3"), ("1e-200", "1"), ("1e-400", "0"), ("0", "1")]
)
def test_with_many_digits_as_with_few(v: str, tau: str) -> None:
    """To the last of them, also where weights are not kept, and at a v that is no double."""
    for integral in (scaled.sinh_integral, scaled.window_integral):
        with working_precision(500):
            kept = integral(arb(v), arb(tau))
        with working_precision(900):
            fine = integral(arb(v), arb(tau))
            assert kept.overlaps(fine)
            assert fine.rad() <= abs(fine).upper() * arb(2) ** -880
        assert kept.rad() <= abs(fine).upper() * arb(2) ** -480


@pytest.mark.step("both bounds serve v and τ of size below 2")
def test_what_is_out_of_reach_is_refused() -> None:
    with pytest.raises(Inconclusive, match="serve"):
        scaled.window_integral(arb(3), arb(0))


@pytest.mark.step("what is left out of P")
@pytest.mark.parametrize("text", ["1e-9", "0.3", "0.999", "0.999999999"])
def test_the_spread_is_that_of_the_error_function_to_all_digits(text: str) -> None:
    """P = √(π/2h) e^{h/2} erf √(h/2), at a precision where the terms left out matter."""
    with mpmath.workdps(120):
        h = mpmath.mpf(text)
        value = (
            mpmath.sqrt(mpmath.pi / (2 * h)) * mpmath.exp(h / 2) * mpmath.erf(mpmath.sqrt(h / 2))
        )
        slope = value / 2 - value / (2 * h) + 1 / (2 * h)
        told = [mpmath.nstr(number, 100) for number in (value, slope)]
    with working_precision(300):
        found = scaled.spread(arb(text))
        for ball, number in zip(found, told, strict=True):
            assert ball.overlaps(arb(number))
            assert ball.rad() < arb(10) ** -50


@pytest.mark.step("what is left out of the inner sum", "and of the outer one")
@pytest.mark.heavy
@pytest.mark.parametrize("terms", [(1, 1), (2, 60), (60, 1), (60, 2), (6, 6), (60, 6)])
@pytest.mark.parametrize(
    ("v", "tau"),
    [
        ("0.7", "0.3"),
        ("1.9", "0.1"),
        ("1.9", "1.9"),
        ("0.05", "0.3"),
        ("-0.05", "1"),
        ("1.9", "-1.9"),
    ],
)
def test_what_is_cut_off_is_held(
    terms: tuple[int, int], v: str, tau: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few terms are summed, the enclosure holds the integral; fewer, the wider."""
    with mpmath.workdps(40), working_precision(128):
        t = mpmath.mpf(tau)
        for integral, growth in (
            (scaled.sinh_integral, mpmath.sinh),
            (scaled.window_integral, mpmath.exp),
        ):
            exact = mpmath.quad(lambda w, f=growth: mpmath.exp(-w * w * t / 2) * f(w), [0, v])
            counts = iter(terms)  # of the inner and of the outer sum
            monkeypatch.setattr(scaled, "_enough_terms", lambda *_, n=counts: next(n))
            few = integral(arb(v), arb(tau))
            monkeypatch.undo()
            full = integral(arb(v), arb(tau))
            assert few.overlaps(arb(mpmath.nstr(exact, 30)))
            assert full.overlaps(arb(mpmath.nstr(exact, 38)) + arb(0, 1e-30))
            assert full.rad() < few.rad()
