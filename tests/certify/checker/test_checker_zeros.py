"""Certificates of zeros: derivatives by the rules, and nothing altered passes."""

import gmpy2
import pytest
from certificate_builder import replaced, sealed

import bounds
from bounds.certify.checker.derivative import derivative
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.term import evaluate, read_term
from bounds.certify.checker.verdict import Rejected
from bounds.checker import check
from bounds.critical.fold import fold_certificate
from bounds.critical.large_delta.expansion import limit_certificate

AT = Precision(160)

TERMS = [
    ["+", "x", ["*", "x", "y"]],
    ["-", ["/", "x", "y"], ["/", "1", "x"]],
    ["power", ["+", "x", "y"], "3"],
    ["power", "x", "2"],
    ["sqrt", ["*", "x", "y"]],
    ["exp", ["*", "-1", ["*", "x", "x"]]],
    ["expm1", ["*", "-2", "x"]],
    ["log", ["+", "x", "y"]],
    ["density", ["-", "x", "y"]],
    ["cdf", ["-", ["*", "2", "x"], "y"]],
    ["quantile", ["/", "x", "4"]],
    ["window_mass", "x", "y"],
    ["mass_deficit", "x", "y"],
    ["central_mass", ["+", "x", "y"]],
    ["*", ["cdf", "x"], ["exp", ["-", "x", ["/", "y", "3"]]]],
]


def interval(low, high):
    return Interval.enclosing(AT, gmpy2.mpq(low), gmpy2.mpq(high))


@pytest.mark.parametrize("form", TERMS, ids=str)
@pytest.mark.parametrize("name", ["x", "y"])
def test_a_derivative_keeps_the_mean_value_theorem(form, name):
    """(F(b) − F(a))/(b − a) is a value of F′ between a and b: two routes to one number."""
    term = read_term(form, {"x": None, "y": None})
    ends = {"x": ("4/5", "4/5"), "y": ("13/10", "13/10")}
    start = gmpy2.mpq(ends[name][0])
    for width in (gmpy2.mpq(1, 1000), gmpy2.mpq(1, 10**12)):
        place = {key: interval(*value) for key, value in ends.items()}
        low = evaluate(term, place, AT)
        high = evaluate(term, place | {name: interval(start + width, start + width)}, AT)
        rate = (high - low) / interval(width, width)
        between = place | {name: interval(start, start + width)}
        slope = evaluate(derivative(term, name), between, AT)
        assert not slope < rate
        assert not slope > rate
        assert slope.high - slope.low < interval("1/10", "1/10")


def test_implicit_functions_have_no_derivative():
    term = read_term(["loss", "x", "2"], {"x": None})
    with pytest.raises(Rejected, match="no derivative"):
        derivative(term, "x")
    assert derivative(term, "y") == 0


def limit():
    return limit_certificate(20)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_folds_are_accepted(number):
    assert check(fold_certificate(bounds.folds(20)[number])).accepted


def test_the_limit_is_accepted_and_holds_the_limit():
    assert check(limit()).accepted


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("statement", "unknowns", "u"), ["0.3", "0.31"]),
        (("statement", "unknowns", "u"), ["0.3", "0.9"]),
        (("statement", "unknowns"), {}),
        (("statement", "unknowns"), {"u": ["0.3", "0.4"]}),
        (("statement", "unknowns"), []),
        (("statement", "parameters"), {"u": ["1", "1"]}),
        (("statement", "parameters"), 3),
        (("statement", "system", 0), "u"),
        (("statement", "system", 1), ["-", "1", "v"]),
        (("statement", "system"), ["u"]),
        (("statement", "system"), "u"),
        (("statement", "system", 0), ["loss", "u", "2"]),
        (("statement", "system", 0), ["log", ["-", "0", "u"]]),
        (("statement", "text"), None),
        (("evidence", "bits"), -1),
        (("evidence",), {}),
    ],
    ids=str,
)
def test_an_altered_field_is_noticed(path, value):
    assert not check(sealed(replaced(limit(), path, value))).accepted


def test_parameters_widen_the_claim_to_all_their_values():
    """x² = a has exactly one zero in [1, 1.5] for a in [1.5, 1.7], but not for a in [0.5, 2]."""
    statement = {
        "unknowns": {"x": ["1", "1.5"]},
        "parameters": {"a": ["1.5", "1.7"]},
        "system": [["-", ["power", "x", "2"], "a"]],
        "text": "",
    }
    certificate = {
        "schema": "bounds-certificate/1", "kind": "zero", "statement": statement,
        "evidence": {"bits": 64},
    }  # fmt: skip
    assert check(sealed(certificate)).accepted
    for ends in (["1.5", "3"], ["0.5", "2"]):
        wide = replaced(certificate, ("statement", "parameters", "a"), ends)
        assert not check(sealed(wide)).accepted


def zero(term, ends, parameters=None):
    statement = {
        "unknowns": {"x": ends}, "parameters": parameters or {}, "system": [term], "text": "",
    }  # fmt: skip
    return sealed(
        {
            "schema": "bounds-certificate/1",
            "kind": "zero",
            "statement": statement,
            "evidence": {"bits": 64},
        }
    )


HALF = ["-", "x", "1/2"]
NOWHERE = [
    ["/", "1", HALF],
    ["log", HALF],
    ["log", ["*", HALF, HALF]],
    ["sqrt", HALF],
    ["sqrt", ["-", "0", "x"]],
    ["quantile", ["+", "x", "1/2"]],
    ["quantile", "2"],
    ["log", "0"],
    ["/", "1", "0"],
    ["mass_deficit", HALF, "2"],
    ["loss", ["+", "x", "1"], "2"],
    ["filter_radius", "x", "-1"],
    ["central_mass", "-1"],
]


@pytest.mark.parametrize("part", NOWHERE, ids=str)
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_zero_lies_where_the_system_is_defined(part, side):
    """(x − ½) + 0·u has the derivative 1, and no zero at all where u is not defined at ½."""
    product = ["*", "0", part] if side == "left" else ["*", part, "0"]
    verdict = check(zero(["+", HALF, product], ["0.1", "0.8"]))
    assert not verdict.accepted
    assert check(zero(HALF, ["0.1", "0.8"])).accepted


def test_a_parameter_that_leaves_the_domain():
    term = ["+", HALF, ["*", "0", ["log", "a"]]]
    assert check(zero(term, ["0.1", "0.8"], {"a": ["0.1", "1"]})).accepted
    assert not check(zero(term, ["0.1", "0.8"], {"a": ["0", "1"]})).accepted


def test_a_window_across_0_has_two_zeros_or_none():
    """f(x, 2) = 0.9 at two points of [−1, 1]; f(x, 2) = 0.96 at none."""
    for level in ("0.9", "0.96"):
        assert not check(zero(["-", ["window_mass", "x", "2"], level], ["-1", "1"])).accepted
