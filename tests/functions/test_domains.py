"""Outside a domain: a DomainError that names the domain, and never a number."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from flint import arb, arb_series, ctx

import bounds.functions as functions
from bounds.certify.errors import BoundsError, DomainError

NAMES = list(functions.__all__)
OF_DELTA = [name for name in NAMES if name not in ("density", "cdf", "quantile")]
OF_TWO = [name for name in OF_DELTA if name != "central_mass"]
OF_EPS = [n for n in OF_TWO if n not in ("window_mass", "mass_deficit", "window_mass_inverse")]
OPEN = [name for name in OF_EPS if name.endswith(("slope", "curvature", "criterion"))]
CLOSED = [name for name in OF_EPS if name not in OPEN]
OF_LOSS = ["loss", "curvature_criterion", "printed_criterion"]

KINDS = ["float", "array", "mpf", "ball", "exact", "symbol", "series"]

DELTA_ERROR = r"Delta must be positive"
EPS_ERROR = r"eps must lie in [\[(]0, rho\(Delta\)\)"
LOSS_ERROR = r"eps must lie below eps_max\(Delta\)"
MASS_ERROR = r"the mass must lie in \(0, rho\(Delta\)\]"
CHANCE_ERROR = r"p must lie in \(0, 1\)"


def as_kind(kind: str, number: str) -> Any:
    """The decimal number in one of the arithmetics."""
    exact = Fraction(number)
    return {
        "float": lambda: float(exact),
        "array": lambda: np.array([float(exact)]),
        "mpf": lambda: mpmath.mpf(number),
        "ball": lambda: arb(number),
        "exact": lambda: number,
        "symbol": lambda: sympy.Rational(exact.numerator, exact.denominator),
        "series": lambda: arb_series([arb(number), 1], prec=3),
    }[kind]()


def call(name: str, kind: str, *numbers: str) -> Any:
    """The function at the numbers; only the first is a series, since Δ may not be."""
    first, *rest = numbers
    other = "ball" if kind == "series" else kind
    function = getattr(functions, name)
    return function(as_kind(kind, first), *(as_kind(other, number) for number in rest))


def refuses(message: str, name: str, kind: str, *numbers: str) -> None:
    """Assert that the function raises DomainError with the message."""
    with pytest.raises(DomainError, match=message):
        print(f"{name}{numbers} on {kind}:", call(name, kind, *numbers))


@pytest.mark.parametrize("name", OF_DELTA)
def test_delta_must_be_positive(name: str) -> None:
    for kind in KINDS:
        for delta in ("0", "-1", "-1e-300"):
            numbers = [delta] if name == "central_mass" else ["0.01", delta]
            refuses(DELTA_ERROR, name, kind, *numbers)


@pytest.mark.parametrize("name", OF_EPS)
def test_eps_must_be_below_rho(name: str) -> None:
    for kind in KINDS:
        for eps in ("-1e-300", "-0.1", "0.955", "1", "20"):  # ρ(2) = 0.9545
            refuses(EPS_ERROR, name, kind, eps, "2")


@pytest.mark.parametrize("name", OPEN)
def test_derivatives_exclude_zero(name: str) -> None:
    for kind in KINDS:
        refuses(EPS_ERROR, name, kind, "0", "2")


@pytest.mark.parametrize("name", CLOSED)
def test_values_include_zero(name: str) -> None:
    for kind in KINDS[:-1]:
        assert call(name, kind, "0", "2") == 0
    with pytest.raises(BoundsError):  # a power series does not exist there: the slope is infinite
        call(name, "series", "0", "2")


@pytest.mark.parametrize("name", OF_LOSS)
def test_the_loss_ends_at_eps_max(name: str) -> None:
    for kind in KINDS:
        for eps in ("0.85", "0.95"):  # ε_max(2) = 0.79
            refuses(LOSS_ERROR, name, kind, eps, "2")


@pytest.mark.parametrize("kind", KINDS)
def test_ranges_of_the_inverses(kind: str) -> None:
    for mass in ("0", "-0.1", "0.955", "1"):
        refuses(MASS_ERROR, "window_mass_inverse", kind, mass, "2")
    for chance in ("0", "1", "-0.1", "1.1"):
        refuses(CHANCE_ERROR, "quantile", kind, chance)


def test_balls_across_an_edge_are_refused() -> None:
    rho = functions.central_mass(arb(2))
    for name in OF_EPS:
        function = getattr(functions, name)
        with pytest.raises(DomainError, match=EPS_ERROR):
            function(arb(0, 1e-30), arb(2))
        with pytest.raises(DomainError, match=EPS_ERROR):
            function(rho, arb(2))
    for name in OF_DELTA:
        arguments = [] if name == "central_mass" else [arb("0.01")]
        with pytest.raises(DomainError, match=DELTA_ERROR):
            getattr(functions, name)(*arguments, arb(1, 1))
    for name in OF_LOSS:
        with pytest.raises(DomainError, match=LOSS_ERROR):
            getattr(functions, name)(arb("0.77", "0.05"), arb(2))
        with pytest.raises(DomainError):
            getattr(functions, name)(arb("0.77"), arb(2, "0.1"))
    for mass in (arb(0, 1e-30), rho):
        with pytest.raises(DomainError, match=MASS_ERROR):
            functions.window_mass_inverse(mass, arb(2))
    for chance in (arb(0, 1e-30), arb(1, 1e-30)):
        with pytest.raises(DomainError, match=CHANCE_ERROR):
            functions.quantile(chance)


def test_one_bad_element_refuses_the_array() -> None:
    with pytest.raises(DomainError, match=EPS_ERROR):
        functions.filter_radius(np.array([0.1, 0.2, 0.99]), 2.0)
    with pytest.raises(DomainError, match=DELTA_ERROR):
        functions.filter_radius(0.1, np.array([2.0, 0.0]))


def test_the_largest_delta_of_doubles() -> None:
    with pytest.raises(DomainError, match="pass an mpf or a ball"):
        functions.mass_deficit(1.0, 40.0)
    with pytest.raises(DomainError, match="pass an mpf or a ball"):
        functions.filter_radius(1e-10, 40.0)


def is_number(value: Any) -> bool:
    """Whether a result could be mistaken for a number."""
    if isinstance(value, arb):
        return value.is_finite()
    if isinstance(value, arb_series):
        return value[0].is_finite()
    if isinstance(value, sympy.Basic):
        return value is not sympy.nan
    return bool(np.all(np.isfinite(np.asarray(value, dtype=float))))


NANS = {
    "float": math.nan,
    "array": np.array([0.1, math.nan]),
    "mpf": mpmath.nan,
    "ball": arb("nan"),
    "symbol": sympy.nan,
    "series": arb_series([arb("nan"), 1], prec=3),
}


@pytest.mark.parametrize("kind", NANS)
def test_nan_never_becomes_a_number(kind: str) -> None:
    nan = NANS[kind]
    for name in NAMES:
        calls = [(nan,)] if name not in OF_TWO else [(nan, 1), (nan, 1.0)]
        if name in OF_TWO and kind != "series":
            calls += [(as_kind(kind, "0.01"), nan), ("0.01", nan)]
        for arguments in calls:
            try:
                value = getattr(functions, name)(*arguments)
            except BoundsError:
                continue
            assert not is_number(value), (name, arguments)


@pytest.mark.parametrize(
    "infinite", [math.inf, np.array([math.inf]), mpmath.inf, arb("inf"), sympy.oo], ids=repr
)
def test_an_infinite_delta_is_refused(infinite: Any) -> None:
    for name in OF_DELTA:
        first = [] if name == "central_mass" else ["0.01"]
        with pytest.raises(BoundsError):
            print(name, getattr(functions, name)(*first, infinite))


@pytest.mark.parametrize("name", ["window_mass", "mass_deficit"])
@pytest.mark.parametrize("place", [math.inf, -math.inf, math.nan, mpmath.inf, arb("inf")], ids=repr)
def test_a_place_that_is_not_finite_is_refused(name: str, place: Any) -> None:
    with pytest.raises(DomainError, match="x must be finite"):
        getattr(functions, name)(place, 2)


@pytest.mark.parametrize("name", OF_EPS)
def test_refused_just_outside_and_accepted_just_inside(name: str) -> None:
    function, delta = getattr(functions, name), arb(3)
    with ctx.workprec(300):
        near = arb(10) ** -60
        rho = functions.central_mass(delta)
        with pytest.raises(DomainError):
            function((rho + near).mid(), delta)
        with pytest.raises(DomainError):
            function(-near, delta)
        assert function(near, delta).is_finite()
        if name not in OF_LOSS:
            assert function((rho - near).mid(), delta).is_finite()
