"""The primitives of the arithmetics that are never certified, one by one, against balls."""

from __future__ import annotations

import itertools
import math
import sys
import threading
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from flint import arb, ctx
from mpmath import mpf

from bounds.certify.arithmetic import double, mp
from bounds.certify.arithmetic.ball import BALL
from bounds.certify.arithmetic.double import DOUBLE, by_case, in_blocks, quadrature
from bounds.certify.arithmetic.mp import MP
from bounds.certify.arithmetic.symbol import SYMBOL
from bounds.certify.errors import DomainError, InputError

STARTS = (-39.0, -3.0, -1.25, -0.5, -1e-9, 0.0, 1e-9, 0.25, 1.0, 2.5, 12.0, 37.0)
WIDTHS = (1e-250, 1e-12, 0.01, 0.25, 0.999, 1.0, 1.001, 2.0, 3.1, 6.0, 20.0)
PAIRS = list(itertools.product(STARTS, WIDTHS))
OF_ONE = [
    ("exp", (-1.5, 0.0, 2.0)),
    ("expm1", (-1.5, 1e-9, 2.0)),
    ("sqrt", (0.25, 2.0, 9.5)),
    ("density", (-3.0, 0.0, 0.5, 7.0)),
    ("cdf", (-30.0, -1.0, 0.0, 0.5, 3.0)),
    ("quantile", (1e-30, 0.01, 0.15, 0.3, 0.45, 0.5, 0.55, 0.7, 0.95, 1 - 2.0**-40)),
]
CENTRAL = [2.0**-60, 0.125, 0.375, 0.4375, 0.5, 0.5625, 0.75, 1 - 2.0**-45]


def _close(told: Any, truth: arb, bits: int) -> bool:
    error = abs(arb(told) - truth)
    return bool(error <= abs(truth) * arb(2) ** -bits) or bool(error == 0)


@pytest.mark.parametrize(("name", "places"), OF_ONE)
def test_of_one_number(name: str, places: tuple[float, ...]) -> None:
    for t in places:
        with ctx.workprec(500):
            truth = getattr(BALL, name)(arb(t))
        for many in (1, 1500):
            told = getattr(DOUBLE, name)(np.full(many, t))
            assert told.shape == (many,)
            assert all(_close(float(told[place]), truth, 42) for place in (0, -1)), (name, t)
        for bits in (53, 150):
            with mpmath.workprec(bits), ctx.workprec(500):
                told = getattr(MP, name)(mpf(t))
                assert told.context is mpmath.mp
                assert _close(told, truth, bits - 3 - int(math.log2(1 + t * t))), (name, t, bits)
        if name in ("cdf", "quantile") and not 0.01 <= abs(t) <= 3:
            continue  # SymPy's own digits end there
        with mpmath.workdps(40), ctx.workprec(500):
            number = getattr(SYMBOL, name)(sympy.Rational(Fraction(t))).evalf(30)
            assert _close(mpmath.mpf(sympy.Float(number, 30)._mpf_), truth, 80), (name, t)


def test_roots_and_pi() -> None:
    for degree, t in ((3, 27), (5, 32), (9, 512)):
        assert float(DOUBLE.root(np.asarray(float(t)), degree)) == pytest.approx(t ** (1 / degree))
        assert abs(MP.root(mpf(t), degree) ** degree - t) < 1e-11
        assert SYMBOL.root(sympy.Integer(t), degree) ** degree == t
    with mpmath.workprec(200), ctx.workprec(300):
        assert _close(MP.pi(), arb.pi(), 195)
    assert DOUBLE.pi() == math.pi
    assert SYMBOL.pi() == sympy.pi


@pytest.mark.parametrize("chunk", range(4))
def test_the_mass_of_an_interval(chunk: int) -> None:
    """Around 0, beside it and narrow: at the places where one case follows another, too."""
    for start, width in PAIRS[chunk::4]:
        with ctx.workprec(2500):
            truth = BALL.interval_mass(arb(start), arb(width))
        if truth > sys.float_info.min:
            told = float(DOUBLE.interval_mass(np.asarray(start), np.asarray(width)))
            assert _close(told, truth, 41), (start, width)
        for bits in (53, 150):
            with mpmath.workprec(bits), ctx.workprec(300):
                mass = MP.interval_mass(mpf(start), mpf(width))
                assert _close(mass, truth, bits - 13), (start, width)
    assert float(DOUBLE.interval_mass(np.asarray(-40.0), np.asarray(80.0))) == 1
    assert MP.interval_mass(mpf(3), mpf(0)) == 0 == DOUBLE.interval_mass(np.ones(1), np.zeros(1))


def test_the_mass_of_an_interval_between_nodes() -> None:
    """Each case of float64 up to where it ends, half and centre near 1/2 and 3/2."""
    rng = np.random.default_rng(3)
    half = np.concatenate([rng.uniform(0.4, 0.6, 60), rng.uniform(1e-3, 6, 60)])
    centre = np.concatenate([rng.uniform(0, 4, 60), half[60:] * rng.uniform(0.5, 1.5, 60)])
    told = DOUBLE.interval_mass(centre - half, 2 * half)
    with ctx.workprec(200):
        for place, (c, h) in enumerate(zip(centre - half, half, strict=True)):
            truth = BALL.interval_mass(arb(float(c)), arb(float(2 * h)))
            assert _close(float(told[place]), truth, 42), (c, h)


def test_the_mass_of_an_interval_in_symbols() -> None:
    start, width = sympy.Rational(1, 3), sympy.Rational(3, 4)
    with mpmath.workdps(40), ctx.workprec(300):
        number = SYMBOL.interval_mass(start, width).evalf(30)
        truth = BALL.interval_mass(arb(1) / 3, arb("0.75"))
        assert _close(mpmath.mpf(number._mpf_), truth, 80)


def test_the_central_quantile() -> None:
    """From the mass where it is small and from the tail where that is: all digits of either."""
    for mass in CENTRAL:
        with ctx.workprec(400):
            truth = BALL.central_quantile(arb(mass), 1 - arb(mass))
        masses, tails = np.array([mass, 0.25]), np.array([1 - mass, 0.75])
        assert _close(float(DOUBLE.central_quantile(masses, tails)[0]), truth, 43), mass
        for bits in (53, 60, 150, 151):
            with mpmath.workprec(bits), ctx.workprec(400):
                told = MP.central_quantile(mpf(mass), mpf(1 - mass))
                assert _close(told, truth, bits - 3), (mass, bits)
        with mpmath.workdps(40), ctx.workprec(400):
            number = SYMBOL.central_quantile(sympy.Rational(Fraction(mass)), None).evalf(30)
            assert _close(mpmath.mpf(number._mpf_), truth, 80), mass


def test_a_tail_that_its_mass_does_not_show() -> None:
    with ctx.workprec(300), mpmath.workprec(80):
        truth = -BALL.quantile(arb(2) ** -101)
        assert _close(
            float(DOUBLE.central_quantile(np.ones(1), np.full(1, 2.0**-100))[0]), truth, 45
        )
        assert _close(MP.central_quantile(mpf(1), mpf(2) ** -100), truth, 76)


def test_large_arrays_keep_their_places() -> None:
    """A block, one more, and several; beside an array of one element; in two dimensions."""
    for size in (double._BLOCK, double._BLOCK + 1, 3 * double._BLOCK):
        row = np.arange(size, dtype=float)
        assert np.array_equal(in_blocks(np.add, row, 2 * row), 3 * row)
        assert np.array_equal(in_blocks(np.add, row, np.array([7.0])), row + 7)
        assert np.array_equal(in_blocks(np.subtract, np.array(1.0), row), 1 - row)
        wide = row.reshape(1, -1)
        tall = np.array([[1.0], [2.0]])
        assert np.array_equal(in_blocks(np.multiply, wide, tall), wide * tall)
    sizes: list[int] = []

    def seen(array: Any) -> Any:
        sizes.append(array.size)
        return array

    in_blocks(seen, np.zeros(2 * double._BLOCK + 5))
    assert sizes == [double._BLOCK, double._BLOCK, 5]


def test_each_element_is_of_its_case() -> None:
    values = np.array([1.0, 2.0, 3.0])
    whole = np.broadcast_to(values, (2, 3))
    cases = [(whole < 2, lambda v, w: v + w), (whole > 2, lambda v, w: v - w)]
    told = by_case(cases, values, np.array([[10.0], [20.0]]))
    assert np.array_equal(told[:, [0, 2]], [[11, -7], [21, -17]])
    assert np.isnan(told[:, 1]).all()
    only = by_case([(values < 0, lambda v: v / 0), (values > 0, lambda v: -v)], values)
    assert np.array_equal(only, -values)


@pytest.mark.parametrize("count", [1, double._FEW, double._FEW + 1])
def test_gauss_rules_are_of_the_interval_from_0_to_1(count: int) -> None:
    """Exact for s^(2n − 1), and not an array for all nodes at once where it is large."""
    shapes: set[int] = set()

    def power(s: Any) -> Any:
        shapes.add(np.size(s * np.ones(count)))
        return s**15 * np.ones(count)

    assert quadrature(power, (count,), 8) == pytest.approx(np.full(count, 1 / 16), rel=1e-13)
    assert shapes == {8 * count if count <= double._FEW else count}


@pytest.mark.parametrize("size", [7, 8, 9, 12, 64])
def test_each_rule_has_the_nodes_that_its_name_says(size: int) -> None:
    exact, beyond = 2 * size - 1, 2 * size
    told = float(quadrature(lambda s: s**exact, (), size))
    assert told == pytest.approx(1 / (exact + 1), rel=1e-12)
    error = math.factorial(size) ** 4 / ((2 * size + 1) * math.factorial(2 * size) ** 2)
    if size < 13:  # of the next power, as far as doubles show it
        found = 1 / (beyond + 1) - float(quadrature(lambda s: s**beyond, (), size))
        assert found == pytest.approx(error, rel=1e-2, abs=5e-16)


def test_what_float64_cannot_hold() -> None:
    assert DOUBLE.exp(np.array([1e3, -1e3])).tolist() == [math.inf, 0]
    assert DOUBLE.finite(np.array([1.0, math.inf, math.nan])).tolist() == [True, False, False]
    assert float(DOUBLE.point(np.asarray(3.0))) == 3
    with pytest.raises(DomainError, match="why"):
        DOUBLE.require(np.array([True, False]), "why")
    DOUBLE.require(np.array([True, True]), "why")
    for bad in (np.array([True]), np.array([1j]), np.array(["1"])):
        with pytest.raises(InputError, match="not numeric"):
            DOUBLE.coerce(bad)
    single = DOUBLE.coerce(np.array([1, 2], dtype=np.uint8))
    assert single.dtype == np.float64
    same = np.array([1.0])
    assert DOUBLE.coerce(same) is same
    assert DOUBLE.coerce(np.float32(0.5)).dtype == np.float64
    with pytest.raises(InputError, match="beyond float64"):
        DOUBLE.coerce(10**400)


def test_mpf_reads_and_judges() -> None:
    number = mpf(3)
    assert MP.coerce(number) is number
    assert MP.coerce("1/4") == mpf("0.25")
    assert MP.point(number) is number
    assert [MP.finite(t) for t in (mpf(1), mpf("inf"), mpf("nan"))] == [True, False, False]
    with pytest.raises(DomainError, match="why"):
        MP.require(False, "why")
    MP.require(True, "why")
    context = mp._private(77)
    assert context is mp._private(99)
    assert context is not mpmath.mp
    assert context.prec == 99
    others: list[Any] = []
    thread = threading.Thread(target=lambda: others.append(mp._private(60)))
    thread.start()
    thread.join()
    assert others[0] is not context
    assert context.prec == 99


def test_mpf_primitives_have_bits_to_spare() -> None:
    seen: list[int] = []
    with mpmath.workprec(90):
        MP.guarded(lambda c, t: seen.append(c.prec) or t, mpf(1))
    assert seen == [90 + mp.GUARD]
    c = mp._private(100)
    for first, step in ((0.25, 2.0**-30), (-0.25, 2.0**-9), (1.0, 1.0), (-2.0, 1.5), (-1.0, 3.0)):
        with ctx.workprec(300):
            truth = BALL.interval_mass(arb(first), arb(step))
            assert _close(mp.interval_mass(c, c.mpf(first), c.mpf(step)), truth, 103), (first, step)
    for start, width in ((mpf(1), mpf(1)), (mpf(-1), mpf("1e-9")), (mpf(3), mpf("1e-90"))):
        mp.interval_mass(c, start, width)
        assert c.prec == 100
    assert mp.magnitude(c, mpf(0)) == -math.inf
    assert abs(mp.magnitude(c, mpf(1024)) - 10) <= 1


def test_symbols_of_which_size() -> None:
    for text in ("0", "1e-400", "-1e-400", "1e100", "-1e100"):
        assert SYMBOL.coerce(text) == sympy.Rational(text)
        assert SYMBOL.coerce(sympy.Rational(text)) == sympy.Rational(text)
    for text in ("9.99e-401", "-9.99e-401", "1.001e100", "-1.001e100"):
        for number in (text, sympy.Rational(text)):
            with pytest.raises(InputError, match="from 1e-400 to 1e100"):
                SYMBOL.coerce(number)
    for bad in (sympy.nan, sympy.zoo, sympy.oo, sympy.I, sympy.Symbol("i", imaginary=True)):
        with pytest.raises(InputError, match="finite real"):
            SYMBOL.coerce(bad)
    free = sympy.Symbol("t")
    assert SYMBOL.coerce(free) is free is SYMBOL.point(free)
    assert SYMBOL.coerce(Fraction(2, 3)) == sympy.Rational(2, 3)


def test_symbols_are_judged_only_where_they_are_decided() -> None:
    free = sympy.Symbol("t")
    assert SYMBOL.finite(free)
    assert SYMBOL.finite(sympy.Integer(1))
    for bad in (sympy.nan, sympy.oo, sympy.zoo):
        assert not SYMBOL.finite(bad)
    for wrong in (False, sympy.false):
        with pytest.raises(DomainError, match="why"):
            SYMBOL.require(wrong, "why")
    for right in (True, sympy.true, free > 0):
        SYMBOL.require(right, "why")


def test_a_ball_is_no_symbol() -> None:
    with pytest.raises(InputError, match="is not exact"):
        SYMBOL.coerce(arb(0, 1))
