"""The paper's functions as operations: values, derivatives, and where they are not defined."""

import gmpy2
import mpmath
import pytest
from exact_values import of

from bounds.certify.checker.derivative import derivative
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.operations import OPERATIONS
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.term import evaluate, read_term
from bounds.certify.checker.verdict import Undecided
from bounds.checker.operations import PAPER

AT = Precision(140)
VARIABLES = {"x": None, "d": None}


def box(low, high):
    return Interval.enclosing(AT, gmpy2.mpq(low), gmpy2.mpq(high))


def value(term, x, d):
    place = {"x": x if isinstance(x, Interval) else box(x, x),
             "d": d if isinstance(d, Interval) else box(d, d)}  # fmt: skip
    return evaluate(term, place, AT)


def mass(low, high):
    return mpmath.ncdf(high) - mpmath.ncdf(low)


FORMULAS = {
    "central_mass": (["central_mass", "d"], lambda x, d: mass(-d, d)),  # noqa: ARG005
    "window_mass": (["window_mass", "x", "d"], lambda x, d: mass(x - d, x + d)),
    "mass_deficit": (["mass_deficit", "x", "d"], lambda x, d: mass(-d, d) - mass(x - d, x + d)),
}


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize(("x", "d"), [("0.375", "1.25"), ("2.5", "1.5"), ("3", "0.25")])
def test_values_and_derivatives(name, x, d):
    written, formula = FORMULAS[name]
    term = read_term(written, VARIABLES)
    with mpmath.workdps(60):
        place = mpmath.mpf(x), mpmath.mpf(d)
        near = mpmath.mpf(10) ** -25
        assert abs(of(value(term, x, d).lo) - formula(*place)) < near
        for variable, order in (("x", (1, 0)), ("d", (0, 1))):
            slope = value(derivative(term, variable), x, d)
            assert abs(of(slope.lo) - mpmath.diff(formula, place, order)) < mpmath.mpf(10) ** -15


@pytest.mark.parametrize("name", sorted(PAPER))
def test_delta_has_to_be_positive(name):
    count = OPERATIONS[name].count
    term = read_term([name, *["x", "d"][2 - count :]], VARIABLES)
    assert value(term, "0.125", "1.5") > 0
    for ends in (("-1", "1"), ("0", "1"), ("-2", "-1")):
        with pytest.raises(Undecided):
            value(term, "0.125", box(*ends))


@pytest.mark.parametrize("name", ["filter_radius", "median_shift", "mass_estimate", "loss"])
@pytest.mark.parametrize("ends", [("-0.1", "0.1"), ("0", "0.1"), ("0.5", "0.99"), ("0.9", "0.99")])
def test_eps_has_to_lie_between_0_and_rho(name, ends):
    term = read_term([name, "x", "d"], VARIABLES)
    with pytest.raises(Undecided):
        value(term, box(*ends), "1.5")  # rho(1.5) = 0.866


@pytest.mark.parametrize("ends", [("-1", "1"), ("-2", "-1"), ("0", "1")])
def test_the_deficit_has_positive_arguments(ends):
    term = read_term(["mass_deficit", "x", "d"], VARIABLES)
    with pytest.raises(Undecided):
        value(term, box(*ends), "1.5")
