"""float64: the contract of benchmarks.accuracy, and NumPy's manners."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest
from flint import arb

import bounds.functions as functions
from benchmarks.accuracy import MEASURED, TOLERANCE, main, measure, table
from bounds.certify.errors import InputError

OF_ONE = ["density", "cdf", "quantile", "central_mass"]
OF_TWO = [name for name in functions.__all__ if name not in OF_ONE]


@pytest.mark.heavy
def test_the_contract() -> None:
    rows = measure(1500, seed=1)
    assert [row.name for row in rows] == list(MEASURED)
    for row in rows:
        assert row.inside >= 50, row
        assert row.error <= TOLERANCE, row
        assert not row.broken, row
        assert row.outside <= 2, row


def test_the_contract_covers_every_function_of_delta() -> None:
    assert set(MEASURED) == set(functions.__all__) - {"density", "cdf", "quantile"}


@pytest.mark.heavy
def test_a_breach_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    exact = functions.loss

    def worse(eps: Any, delta: Any) -> Any:
        value = exact(eps, delta)
        return value * (1 + 1e-9) if isinstance(value, (float, np.ndarray)) else value

    assert main(["--points", "45", "--workers", "1"]) == 0
    assert "0 points" in capsys.readouterr().out
    monkeypatch.setattr(functions, "loss", worse)
    assert main(["--points", "45", "--workers", "1"]) == 1
    rows = measure(45)
    assert {row.name for row in rows if row.broken} == {"loss"}
    assert "1.0e-09" in table(rows)


@pytest.mark.parametrize("name", OF_TWO)
def test_scalars_arrays_and_broadcasting(name: str) -> None:
    function = getattr(functions, name)
    first, delta = np.array([0.001, 0.01, 0.02]), np.array([[0.5], [2.0]])
    grid = function(first, delta)
    assert grid.shape == (2, 3)
    assert grid.dtype == np.float64
    for i in range(2):
        for j in range(3):
            alone = function(first[j], delta[i, 0])
            assert np.ndim(alone) == 0
            assert float(alone) == pytest.approx(grid[i, j], rel=1e-13)
    assert function(0.01, 2.0) == function(np.float64(0.01), 2) == function(0.01, np.array(2))


@pytest.mark.parametrize("name", OF_TWO)
def test_empty_arrays(name: str) -> None:
    function = getattr(functions, name)
    assert function(np.empty(0), 2.0).shape == (0,)
    assert function(np.empty((0, 3)), np.ones((4, 1, 1))).shape == (4, 0, 3)


def test_functions_of_one() -> None:
    for name in OF_ONE:
        function = getattr(functions, name)
        values = function(np.array([[0.25, 0.5]]))
        assert values.shape == (1, 2)
        assert np.ndim(function(0.25)) == 0
        assert float(function(0.25)) == values[0, 0]
        assert function(np.empty(0)).shape == (0,)


def test_integers_are_numbers_and_the_rest_is_not() -> None:
    whole = functions.window_mass(np.array([1, 2]), np.array([1, 2], dtype=np.int32))
    assert np.array_equal(whole, functions.window_mass(np.array([1.0, 2.0]), np.array([1.0, 2.0])))
    assert functions.density(np.array([1, 2])).dtype == np.float64
    assert float(functions.window_mass(2**70, 1.0)) == 0
    for bad in (
        np.array([True]),
        np.array([1j]),
        np.array(["1"]),
        np.array([None]),
        np.array(["2020-01-01"], dtype="datetime64[D]"),
    ):
        with pytest.raises(InputError):
            functions.window_mass(bad, 1.0)
        with pytest.raises(InputError):
            functions.window_mass(1.0, bad)
    with pytest.raises(InputError):
        functions.window_mass("1e400", 1.0)


def test_inputs_are_not_changed() -> None:
    eps, delta = np.array([0.0, 0.1, 0.5]), np.array([2.0, 2.0, 2.0])
    for name in ("filter_radius", "median_shift", "loss"):
        getattr(functions, name)(eps, delta)
    assert np.array_equal(eps, [0.0, 0.1, 0.5])
    assert np.array_equal(delta, [2.0, 2.0, 2.0])


def test_large_arrays_take_the_same_way() -> None:
    share = np.linspace(1e-6, 0.99, 5000)
    eps = share * functions.central_mass(0.5)
    whole = functions.filter_radius(eps, 0.5)
    parts = np.concatenate([functions.filter_radius(part, 0.5) for part in np.split(eps, 50)])
    assert np.allclose(whole, parts, rtol=1e-12, atol=0)
    assert np.all(np.diff(whole) > 0)


def test_the_least_normal_mass() -> None:
    # just above 2.2e-308, where erfc of the far edge is 0 already
    for x, delta in ((37.61455858230384, 0.1), (38.0, 0.5), (40.0, 2.5)):
        truth = functions.window_mass(arb(x), arb(delta))
        assert truth > sys.float_info.min
        assert abs(arb(float(functions.window_mass(x, delta))) / truth - 1) < TOLERANCE


@pytest.mark.parametrize("eps", [5e-324, 1e-310, 2.3e-308, 1e-305])
def test_the_least_doubles_give_numbers(eps: float) -> None:
    for delta in (0.05, 2.0, 30.0):
        assert 0 < float(functions.filter_radius(eps, delta)) < 1e-50
        assert 0 <= float(functions.loss(eps, delta)) < 1
    assert float(functions.filter_radius(-0.0, 2.0)) == 0


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["window_mass", "mass_deficit", "filter_radius", "median_shift"])
@pytest.mark.parametrize("delta", [0.1, 2.0, 30.0, None])
def test_large_arrays_are_many_numbers(name: str, delta: float | None) -> None:
    """In blocks, by cases: the same as one number at a time, for a Δ and for one Δ each."""
    rng = np.random.default_rng(7)
    size = 20_000
    each = np.exp(rng.uniform(np.log(0.1), np.log(30), size)) if delta is None else delta
    first = np.exp(rng.uniform(-30, -0.02, size)) * functions.central_mass(each)
    if name in ("window_mass", "mass_deficit"):
        first = np.exp(rng.uniform(-30, 3, size))
    function = getattr(functions, name)
    whole = function(first.reshape(4, -1), each if delta else np.reshape(each, (4, -1))).ravel()
    for place in range(0, size, 397):
        alone = function(first[place], each if delta else each[place])
        assert float(alone) == pytest.approx(whole[place], rel=1e-11, abs=0)
