"""A value brings its arithmetic, and all arithmetics tell the same."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from flint import arb, arb_series, ctx, fmpq, fmpz
from marks import heavy

import bounds.functions as functions
from bounds.certify.arithmetic import arithmetic_of, common
from bounds.certify.arithmetic.ball import BALL
from bounds.certify.errors import BoundsError, InputError

OF_ONE = ["density", "cdf", "quantile", "central_mass"]


@pytest.mark.parametrize(
    ("values", "name"),
    [
        (("2.5",), "ball"),
        ((1, Fraction(1, 3), Decimal("0.1"), "1/7", fmpq(1, 3), fmpz(2)), "ball"),
        ((arb(1), 2.0), "ball"),
        ((arb(1), mpmath.mpf(2), "3"), "ball"),
        ((mpmath.mpf(1), 2.0, 3), "mpf"),
        ((1.0, "2", 3), "double"),
        ((np.float32(1), 2), "double"),
        ((np.array([1, 2]), 2.0), "double"),
        ((arb_series([1, 1]), arb(1), 2.0), "series"),
        ((sympy.Symbol("x"), arb_series([1, 1]), 1.0), "symbol"),
        ((sympy.Float(1), mpmath.mpf(1)), "symbol"),
        ((sympy.Integer(1), 2), "symbol"),
    ],
)
def test_the_more_telling_one_wins(values: tuple[Any, ...], name: str) -> None:
    assert arithmetic_of(*values).name == name
    assert arithmetic_of(*reversed(values)).name == name


def test_common_coerces_all() -> None:
    arithmetic, *coerced = common("1/3", arb(2), 0.5)
    assert arithmetic is BALL
    assert [type(value) for value in coerced] == [arb, arb, arb]
    assert coerced[0].contains(fmpq(1, 3))
    assert coerced[2] == 0.5


BAD = [True, False, None, [1.0], (1,), {}, 1j, mpmath.mpc(1, 2), b"1", set(), "abc", "", "nan"]
BAD += [
    "inf",
    "1/0",
    "0x10",
    "1_000",
    "1e",
    "٣",
    Decimal("NaN"),
    Decimal("Infinity"),
    np.bool_(True),
]


@pytest.mark.parametrize("bad", BAD, ids=repr)
def test_what_is_not_a_number_is_refused(bad: Any) -> None:
    for beside in ("1", 1.0, mpmath.mpf(1), arb(1), sympy.Integer(1), arb_series([1, 1])):
        with pytest.raises(InputError):
            functions.window_mass(bad, beside)
        with pytest.raises(InputError):
            functions.window_mass(beside, bad)
    for name in OF_ONE:
        with pytest.raises(InputError):
            getattr(functions, name)(bad)


def test_errors_of_input_say_what_to_pass() -> None:
    with pytest.raises(InputError, match=r"pass a decimal such as 2\.5"):
        functions.density("two")
    with pytest.raises(InputError, match="list is not a number here"):
        functions.density([1.0])
    with pytest.raises(InputError, match="truth value"):
        functions.density(True)
    assert issubclass(InputError, BoundsError)
    assert issubclass(InputError, ValueError)


def test_arrays_do_not_mix_with_scalars_of_higher_precision() -> None:
    for beside in (arb(1), mpmath.mpf(1), arb_series([1, 1]), sympy.Symbol("x")):
        with pytest.raises(InputError):
            functions.window_mass(np.array([1.0]), beside)


@pytest.mark.heavy
@pytest.mark.parametrize("name", functions.__all__)
def test_all_arithmetics_agree(name: str) -> None:
    function = getattr(functions, name)
    for delta in (Fraction(1, 2), Fraction(2), Fraction(8), Fraction(20)):
        rho = Fraction(float(functions.central_mass(float(delta))))
        for share in (Fraction(1, 2**42), Fraction(1, 256), Fraction(3, 32)):
            first = Fraction(float(share * rho))
            agree_at(function, [first] if name in OF_ONE else [first, delta])


def agree_at(function: Any, point: list[Fraction]) -> None:
    """Assert that balls, doubles, mpf and series give the same value."""
    with ctx.workprec(200), mpmath.workprec(120):
        truth = function(*point)
        assert isinstance(truth, arb)
        assert truth.rel_accuracy_bits() > 100
        assert function(*(arb(fmpq(n.numerator, n.denominator)) for n in point)).overlaps(truth)
        in_doubles = float(function(*map(float, point)))
        assert abs(arb(in_doubles) / truth - 1) < 1e-10
        in_mpf = function(*(mpmath.mpf(n.numerator) / n.denominator for n in point))
        assert abs(arb(in_mpf) / truth - 1) < 1e-28
        assert series_value(function, point).overlaps(truth)


@pytest.mark.heavy
@pytest.mark.parametrize(
    "name",
    [heavy(name) if name == "printed_criterion" else name for name in functions.__all__],
)
def test_symbols_agree(name: str) -> None:
    function = getattr(functions, name)
    point = (Fraction(3, 100),) if name in OF_ONE else (Fraction(3, 100), Fraction(2))
    expression = function(*(sympy.Rational(n.numerator, n.denominator) for n in point))
    with ctx.workprec(200), mpmath.workprec(120):
        number = arb(mpmath.mpf(expression.evalf(25)._mpf_))
        assert abs(number / function(*point) - 1) < 1e-23


def series_value(function: Any, point: list[Fraction]) -> arb:
    """The constant term on a series, Δ being a ball."""
    first, *rest = (arb(fmpq(n.numerator, n.denominator)) for n in point)
    return function(arb_series([first, 1], prec=2), *rest)[0]


def test_exact_numbers_follow_the_values_beside_them() -> None:
    assert isinstance(functions.window_mass("0.5", 1), arb)
    assert isinstance(functions.window_mass("0.5", mpmath.mpf(1)), mpmath.mpf)
    assert isinstance(functions.window_mass(Fraction(1, 2), 1.0), (float, np.ndarray))
    assert isinstance(functions.window_mass(Decimal("0.5"), sympy.Symbol("D")), sympy.Basic)
    with ctx.workprec(300):
        assert functions.window_mass("0.1", 1).rel_accuracy_bits() > 280
        # the float 0.1 is the binary number that it is
        assert not functions.window_mass(arb(1), 0.1).overlaps(functions.window_mass(arb(1), "0.1"))
