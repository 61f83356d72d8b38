"""mpf: good to the working precision, which stays the caller's, in every thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import mpmath
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st
from marks import heavy
from mpmath import mpf
from samples import end_of_loss

import bounds.functions as functions
from benchmarks.accuracy import reference
from bounds.certify.arithmetic.mp import MP
from bounds.certify.errors import DomainError

DELTAS = (0.05, 0.5, 2.0, 8.0, 30.0, 100.0)
OF_OFFSET = ["window_mass", "mass_deficit"]
NAMES = [name for name in functions.__all__ if name not in ("density", "cdf", "quantile")]


def points(name: str) -> list[tuple[float, ...]]:
    """Inputs from tiny to close to the end of the domain."""
    if name == "central_mass":
        return [(delta,) for delta in DELTAS]
    found: list[tuple[float, ...]] = []
    for delta in DELTAS:
        if name in OF_OFFSET:
            end = delta + 5
        elif name in ("loss", "curvature_criterion", "printed_criterion"):
            end = float(functions.mass_deficit(end_of_loss(delta), arb(delta)))
        else:
            end = float(functions.central_mass(arb(delta)))
        found += [(end * share, delta) for share in (1e-290, 1e-12, 0.3, 1 - 1e-9)]
    return found


@pytest.mark.heavy
@pytest.mark.parametrize(
    "name", [heavy(name) if name == "printed_criterion" else name for name in NAMES]
)
@pytest.mark.parametrize("precisions", [(53, 200), heavy((100,))], ids=str)
def test_good_to_the_working_precision(name: str, precisions: tuple[int, ...]) -> None:
    function = getattr(functions, name)
    for point in points(name):
        _, condition = reference(name, list(point))
        for bits in precisions:
            with mpmath.workprec(bits), ctx.workprec(2 * bits + 200):
                value = function(*map(mpf, point))
                truth = function(*map(arb, point))
                assert isinstance(value, mpf)
                error = abs(arb(value) / truth - 1)
                # l is rounded on the way, and e^{lΔ} follows it
                limit = arb(2) ** (6 - bits) * (1 + arb(condition) + arb(point[-1]) ** 2)
                assert error < limit, (point, bits)


@pytest.mark.parametrize("name", ["density", "cdf"])
def test_good_to_the_working_precision_of_one(name: str) -> None:
    function = getattr(functions, name)
    for t in (-30.0, -0.5, 0.0, 3.0, 50.0):
        for bits in (53, 100, 200):
            with mpmath.workprec(bits), ctx.workprec(2 * bits):
                error = abs(arb(function(mpf(t))) / function(arb(t)) - 1)
                assert error < arb(2) ** (3 - bits) * (1 + t * t), (t, bits)


@settings(max_examples=40)
@given(st.floats(1e-300, 1 - 1e-6), st.integers(30, 300))
def test_quantile(chance: float, bits: int) -> None:
    with mpmath.workprec(bits), ctx.workprec(2 * bits + 100):
        value = functions.quantile(mpf(chance))
        truth = functions.quantile(arb(mpf(chance)))  # as rounded to the working precision
        assert abs(arb(value) - truth) <= abs(truth) * arb(2) ** (4 - bits)


def test_the_precision_survives_success_and_failure() -> None:
    before = mpmath.mp.prec
    functions.loss(mpf("0.1"), mpf(2))
    assert mpmath.mp.prec == before
    with mpmath.workprec(171):
        for bad in (mpf(2), mpf(-1), mpf("nan")):
            with pytest.raises(DomainError):
                functions.loss(bad, mpf(2))
            assert mpmath.mp.prec == 171
    with pytest.raises(ZeroDivisionError):
        MP.guarded(lambda c, t: setattr(c, "prec", 999) or c.mpf(1) / t, mpf(0))
    assert mpmath.mp.prec == before
    assert functions.loss(mpf("0.1"), mpf(2)).context is mpmath.mp


def test_precisions_do_not_leak_into_each_other() -> None:
    def at(bits: int) -> Any:
        with mpmath.workprec(bits):
            return functions.median_shift(mpf(1) / 8, mpf(2))

    high = at(300)
    low = at(53)
    assert at(300) == high
    with mpmath.workprec(53):
        assert mpmath.almosteq(high, low, 1e-15)


def test_threads_agree() -> None:
    before = mpmath.mp.prec
    work = [partial(functions.loss, mpf(k) / 64, mpf(2)) for k in range(1, 25)]
    alone = [job() for job in work]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda job: job(), work * 2))
        refused = pool.submit(functions.loss, mpf(3), mpf(2)).exception()
    assert together == alone * 2
    assert isinstance(refused, DomainError)
    assert mpmath.mp.prec == before


@pytest.mark.parametrize("name", ["filter_radius", "median_shift", "loss", "mass_deficit"])
def test_far_windows_are_refused_and_near_ones_are_right(name: str) -> None:
    function = getattr(functions, name)
    with pytest.raises(DomainError, match="above 10\\^6"):
        function(mpf("0.01"), mpf(10) ** 20)
    value = function(mpf("0.01"), 10**6)
    with ctx.workprec(400):
        exact = function(arb("0.01"), arb(10) ** 6)
    assert value == pytest.approx(float(exact), rel=1e-9)
