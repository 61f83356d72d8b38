"""The exact count: against the algorithm itself, against all extents, and the line it gives."""

import itertools
from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from population import client_error, run_server
from scipy.special import ndtr, ndtri

import bounds
from bounds.certify.errors import DomainError, Inconclusive
from bounds.certify.numbers.precision import working_precision
from bounds.upper import ladder, sharp, upper_bound
from bounds.upper.sharp import count_excess, prove_line, sharp_loss_at


@pytest.mark.parametrize(("eps", "delta"), [("0.05", "2"), ("0.3", "2"), ("0.1", "3")])
def test_the_one_sided_attack_does_to_the_algorithm_what_is_claimed(eps: str, delta: str) -> None:
    """Second route: the algorithms themselves, with the mass where no point left of 0 sees it."""
    with working_precision(64):
        d = arb(delta)
        g = bounds.median_shift(arb(eps), d)
    (cluster,) = run_server({float(delta) + 1e-6: float(eps)}, float(delta))
    assert cluster.median == pytest.approx(float(g), abs=2e-3)
    assert cluster.estimate == pytest.approx(float(eps), abs=2e-3)
    weight = float(g) ** 2
    error = client_error([cluster], float(delta), lambda _: weight)
    t = 1.5 * float(delta)
    near = 1 - 2 * float(ndtr(-t))
    claimed = float(ladder(eps, delta).attack)
    # far clients keep their sample; the window of the others is off centre by g
    assert error == pytest.approx(claimed * near, abs=0.05 if delta == "2" else 0.005)


@settings(max_examples=60)
@given(
    st.sampled_from([1.5, 2.0, 3.0]),
    st.floats(min_value=1e-3, max_value=0.8),
    st.floats(min_value=0, max_value=1),
    st.floats(min_value=0, max_value=1),
)
def test_no_extents_do_worse(delta: float, eps: float, left: float, right: float) -> None:
    """Every pair of extents a, b ≤ l that the mass can pay for, in floats."""
    with working_precision(64):
        d = arb(delta)
        x = bounds.filter_radius(arb(eps), d)
        bound = float(sharp_loss_at(x, d).upper())
        excess_bound = float(count_excess(x, d).upper())
    length = float(x)
    a, b = left * length, right * length
    if a + b >= 2 * delta:
        with working_precision(64):
            paid = bounds.functions.mass_deficit(arb(a), d) + bounds.functions.mass_deficit(
                arb(b), d
            )
            if paid > arb(eps):
                return
    count = ndtr(b + delta) - ndtr(-a - delta)
    estimate = eps + count - (ndtr(a + b + delta) - ndtr(-delta))
    assert estimate - eps <= excess_bound + 1e-12
    shift = max(0.0, float(ndtri((ndtr(b + delta) + ndtr(-a - delta) + eps) / 2)))
    rho = 2 * ndtr(delta) - 1
    if estimate >= rho:
        return
    with working_precision(64):
        square = float(bounds.median_shift(arb(float(estimate)), d)) ** 2
    assert (shift**2 + square**2) / (1 + square) ** 2 <= bound + 1e-9


@pytest.mark.parametrize("delta", ["1.5", "2", "3", "5"])
@pytest.mark.parametrize("eps", ["1e-8", "0.01", "0.2", "0.6"])
def test_each_lemma_only_adds(eps: str, delta: str) -> None:
    steps = ladder(eps, delta)
    values = [steps.attack, steps.sharp, steps.exact_lemma_3, steps.lemma_3, steps.lemma_4]
    assert all(a.low.fraction() < b.high.fraction() for a, b in itertools.pairwise(values))
    if delta == "3":
        with working_precision(64):
            assert steps.sharp.ball() < arb("1.001") * steps.attack.ball()


@pytest.mark.parametrize("delta", ["0.02", "0.5", "0.75", "1", "1.5", "2", "3.99"])
def test_the_line_through_the_origin_is_above(delta: str) -> None:
    pieces = prove_line(Fraction(delta))
    assert pieces is not None
    assert pieces < 20


@pytest.mark.parametrize("delta", ["4", "8", "64"])
def test_one_argument_serves_for_large_delta(delta: str) -> None:
    assert prove_line(Fraction(delta)) is None
    with working_precision(64):
        for less, more in sharp.inequalities_from(arb(delta)).values():
            assert less < more


def test_the_argument_for_large_delta_fails_too_early() -> None:
    with pytest.raises(Inconclusive, match="radius"):
        sharp.prove_line_from(Fraction(3))


@pytest.mark.parametrize("delta", ["4", "5", "9"])
def test_what_the_argument_says_of_each_quantity_is_so(delta: str) -> None:
    """At x = 2/Δ, and at places a of destruction, by the functions themselves."""
    with working_precision(256):
        d = arb(delta)
        k, x = bounds.functions.density(d) / d, 2 / d
        eps = bounds.functions.mass_deficit(x, d)
        largest = eps + count_excess(x, d)
        assert eps < 2 * k * (arb(2).cosh() - 1)
        assert count_excess(x, d) < 4 * k * (1 + 4 / (d * d))
        assert count_excess(3 * d, d) < bounds.functions.cdf(-d)
        assert bounds.filter_radius(largest, d) * d < 3
        assert bounds.median_shift(largest, d) < 0.1
        s = bounds.median_shift(eps, d)
        held = bounds.functions.cdf(s) - bounds.functions.cdf(-s)
        assert k * arb(2).expm1() * (-2 / (d * d)).exp() < held
        assert held < k * arb(2).expm1()
        price = sharp.destruction_price(d)
        assert 1 - price < 4 * bounds.functions.cdf(-d)
        assert sharp.sight(s) < price
        assert price < bounds.functions.central_mass(d)
        for share in (1, 4, 10):
            a = 3 * d * share / 30
            assert bounds.functions.mass_deficit(a, d) > bounds.functions.cdf(
                a - d
            ) - 2 * bounds.functions.cdf(-d)
            assert bounds.window_mass(3 * d - a, d) < bounds.functions.cdf(a - d)


@pytest.mark.parametrize("delta", ["0.75", "1.5", "2", "4", "6"])
def test_the_loss_is_below_the_line_at_points(delta: str) -> None:
    """Second route: the loss itself, up to next to the price."""
    with working_precision(400):
        d = arb(delta)
        price = sharp.destruction_price(d)
        top = bounds.filter_radius(price, d)
        for step in (1, 2, 5, 10, 30, 60, 90, 99):
            x = top * step / 100
            assert sharp_loss_at(x, d) * price < bounds.functions.mass_deficit(x, d)


@pytest.mark.parametrize("delta", ["1.5", "2", "4"])
def test_a_lower_line_is_not_proved(delta: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeded error: a price of destruction that is a third too high."""
    true_price = sharp.destruction_price
    monkeypatch.setattr(sharp, "destruction_price", lambda d: true_price(d) * 4 / 3)
    with pytest.raises((Inconclusive, DomainError)):
        sharp._proved(Fraction(delta))


def test_the_line_is_attained_by_destruction() -> None:
    """Sharp for the near part: destroying the share κ/ε₁ of the components costs κ."""
    bound = upper_bound("2", "1/2", "sharp", 20)
    with working_precision(128):
        near = bound.value.ball() - bound.constants["far"].ball()
        assert near.overlaps(arb("0.5") / bound.constants["eps_c"].ball())


def test_at_the_price_of_destruction_there_is_no_ladder() -> None:
    with pytest.raises(DomainError, match="price of destruction"):
        ladder("0.96", "2")
