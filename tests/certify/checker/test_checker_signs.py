"""Certificates of signs: whatever is altered in one is noticed, or proves itself anew."""

import mpmath
import pytest
from certificate_builder import replaced, sealed

import bounds
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.normal import cdf, quantile
from bounds.certify.checker.precision import Precision, exact
from bounds.certify.inequalities import decide_less, variable
from bounds.checker import check
from bounds.checker.implicit import filter_radius, loss, median_shift
from bounds.functions.terms import loss as loss_term

kappa = variable("kappa")
AT = Precision(128)


def certificate(text="0.6"):
    return decide_less(loss_term(kappa, 2) - kappa, text, {"kappa": ("0.001", "0.1")}).certificate()


def test_it_is_accepted_as_it_stands():
    assert check(certificate()).accepted


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("statement", "variables", "kappa"), ["0.001", "0.9"]),
        (("statement", "variables", "kappa"), ["0.1", "0.001"]),
        (("statement", "variables", "kappa"), ["0", "0.1"]),
        (("statement", "variables"), {"k": ["0.001", "0.1"]}),
        (("statement", "variables"), {"loss": ["0.001", "0.1"]}),
        (("statement", "variables"), []),
        (("statement", "lesser"), "1"),
        (("statement", "lesser"), ["loss", "kappa"]),
        (("statement", "lesser"), ["gain", "kappa", "2"]),
        (("statement", "lesser"), ["power", "kappa", "1"]),
        (("statement", "lesser"), ["power", "kappa", "kappa"]),
        (("statement", "lesser"), ["log", ["-", "0", "kappa"]]),
        (("statement", "lesser"), ["sqrt", ["-", "0", "kappa"]]),
        (("statement", "lesser"), ["quantile", ["+", "1", "kappa"]]),
        (("statement", "lesser"), ["/", "1", ["-", "kappa", "0.05"]]),
        (("statement", "lesser"), ["loss", "kappa", "-2"]),
        (("statement", "lesser"), ["mass_deficit", "-1", "2"]),
        (("statement", "lesser"), []),
        (("statement", "lesser"), 3),
        (("statement", "greater"), "-0.2"),
        (("statement", "greater"), "nan"),
        (("statement", "text"), 3),
        (("evidence", "splits"), ""),
        (("evidence", "splits"), "0."),
        (("evidence", "splits"), "1.."),
        (("evidence", "splits"), "x"),
        (("evidence", "splits"), "." * 5),
        (("evidence", "splits"), "0" * 300),
        (("evidence", "bits"), 0),
        (("evidence", "bits"), 10**9),
        (("kind",), "root"),
    ],
    ids=str,
)
def test_an_altered_field_is_noticed(path, value):
    assert not check(sealed(replaced(certificate(), path, value))).accepted


def test_a_term_that_is_too_deep_or_too_long():
    deep = "1"
    for _ in range(150):
        deep = ["exp", deep]
    assert "levels" in check(sealed(replaced(certificate(), ("statement", "lesser"), deep))).reason
    wide = ["+", "1", "1"]
    for _ in range(11):
        wide = ["+", wide, wide]
    assert "parts" in check(sealed(replaced(certificate(), ("statement", "lesser"), wide))).reason


def enclosed(text):
    import gmpy2

    return Interval.enclosing(AT, gmpy2.mpq(text), gmpy2.mpq(text))


def agrees(interval, value):
    low, high = (mpmath.mpf(int(e.numerator)) / int(e.denominator) for e in (
        exact(interval.lo), exact(interval.hi)))  # fmt: skip
    scale = max(abs(value), mpmath.mpf(10) ** -300)
    return (
        low - scale * mpmath.mpf(10) ** -30 <= value <= high + scale * mpmath.mpf(10) ** -30
        and (high - low) < scale * mpmath.mpf(10) ** -25
    )


@pytest.mark.parametrize("delta", ["1/2", "1", "2", "8", "20"])
@pytest.mark.parametrize("share", ["1/1000000000000", "1/100", "2/5", "1/2", "3/5", "99/100"])
def test_implicit_functions_agree_with_mpmath(delta, share):
    """Another engine at another precision: mpmath's own root finding, 60 digits."""
    import gmpy2

    with mpmath.workdps(60):
        wide = mpmath.mpf(int(gmpy2.mpq(delta).numerator)) / int(gmpy2.mpq(delta).denominator)
        rho = bounds.functions.central_mass(wide)
        ratio = mpmath.nstr(rho, 40)
        part = gmpy2.mpq(share) * gmpy2.mpq(ratio)
        eps = mpmath.mpf(int(part.numerator)) / int(part.denominator)
        at, d = enclosed(part), enclosed(delta)
        assert agrees(filter_radius(at, d), bounds.filter_radius(eps, wide))
        assert agrees(median_shift(at, d), bounds.median_shift(eps, wide))
        estimate = bounds.mass_estimate(eps, wide)
        if estimate < rho:
            assert agrees(loss(at, d), bounds.loss(eps, wide))


@pytest.mark.parametrize("text", ["1e-300", "0.01", "0.3", "0.4999", "0.5001", "0.75", "0.999999"])
def test_quantiles_agree_with_mpmath(text):
    import gmpy2

    p = gmpy2.mpq(text) if "e" not in text else gmpy2.mpq(1, 10**300)
    at = Interval.enclosing(AT, p, p)
    with mpmath.workdps(60):
        value = bounds.functions.quantile(mpmath.mpf(int(p.numerator)) / int(p.denominator))
        assert agrees(quantile(at), value)
    back = cdf(quantile(at))
    assert not back < at
    assert not back > at


def sign(lesser, greater, splits=".", **variables):
    statement = {"variables": variables, "lesser": lesser, "greater": greater, "text": ""}
    evidence = {"bits": 64, "splits": splits}
    return sealed(
        {
            "schema": "bounds-certificate/1",
            "kind": "sign",
            "statement": statement,
            "evidence": evidence,
        }
    )


def test_a_window_across_0_is_widest_inside():
    """f(0, 2) = 0.9545, while at both ends of [−1, 1] f is 0.8400."""
    across = {"x": ["-1", "1"]}
    assert not check(sign(["window_mass", "x", "2"], "0.9", **across)).accepted
    assert check(sign(["window_mass", "x", "2"], "0.955", **across)).accepted
    assert check(sign("0.839", ["window_mass", "x", "2"], **across)).accepted
    assert not check(sign("0.841", ["window_mass", "x", "2"], **across)).accepted


@pytest.mark.parametrize(
    ("lesser", "greater", "ends"),
    [
        (["*", "x", "x"], "0.9", ["-1", "1/2"]),
        ("1/2", ["power", "x", "2"], ["-1", "1"]),
        ("1/2", ["power", "x", "4"], ["-1", "1"]),
        (["power", "x", "3"], "-1/2", ["-1", "1"]),
        (["density", "x"], "0.3", ["-1", "1"]),
        (["density", ["-", "x", "1/2"]], "0.39", ["-1", "1"]),
        (["/", "1", "x"], "2", ["-1", "1"]),
        (["sqrt", "x"], "2", ["-1", "1"]),
        (["sqrt", ["-", "x", "1"]], "2", ["0", "1"]),
        (["log", "x"], "2", ["0", "1"]),
        (["log", "x"], "2", ["-1", "1"]),
        (["quantile", "x"], "9", ["0", "1/2"]),
        (["quantile", "x"], "9", ["1/2", "1"]),
        (["quantile", "x"], "9", ["-1", "2"]),
        (["mass_deficit", "x", "2"], "1", ["-1", "1"]),
        (["mass_deficit", "x", "2"], "1", ["0", "1"]),
        (["window_mass", "1", "x"], "1", ["-1", "1"]),
        (["window_mass", "1", "x"], "0.5", ["1/2", "3"]),
        (["central_mass", "x"], "1", ["-1", "1"]),
        (["filter_radius", "x", "2"], "9", ["0", "1/2"]),
        (["filter_radius", "x", "2"], "99", ["1/2", "1"]),
        (["median_shift", "x", "2"], "99", ["-1", "1/2"]),
        (["loss", "x", "2"], "1", ["0.1", "0.9"]),
        (["filter_radius", "1/10", "x"], "99", ["0.1", "2"]),
        (["*", "0", ["/", "1", "x"]], "1", ["-1", "1"]),
        (["-", ["/", "1", "x"], ["/", "1", "x"]], "1", ["-1", "1"]),
    ],
    ids=str,
)
def test_over_ranges_across_0_and_ends_of_domains(lesser, greater, ends):
    """Each is false or undefined somewhere in the range, and true at both ends or at one."""
    assert not check(sign(lesser, greater, x=ends)).accepted


WIDE = ["window_mass", "mass_deficit", "filter_radius", "median_shift", "mass_estimate", "loss"]


@pytest.mark.heavy
@pytest.mark.parametrize("name", WIDE)
@pytest.mark.parametrize("delta", [("1.9", "2"), ("1", "3"), ("0.2", "9")])
@pytest.mark.parametrize("first", [("0.05", "0.06"), ("0.01", "0.1"), ("-0.1", "0.1")])
def test_ranges_of_delta_hold_the_values_inside(name, delta, first):
    """Against mpmath at points inside: a range that is given holds every one of them."""
    import gmpy2

    from bounds.certify.checker.operations import OPERATIONS
    from bounds.certify.checker.verdict import Undecided

    def over(ends):
        return Interval.enclosing(AT, *map(gmpy2.mpq, ends))

    try:
        whole = OPERATIONS[name].over(over(first), over(delta))
    except Undecided:
        return
    slack = mpmath.mpf(10) ** -25
    with mpmath.workdps(30):
        for share in (0, 0.3, 0.5, 0.8, 1):
            for part in (0, 0.4, 0.5, 1):
                x, d = (
                    mpmath.mpf(a) + (mpmath.mpf(b) - mpmath.mpf(a)) * s
                    for (a, b), s in ((first, share), (delta, part))
                )
                value = getattr(bounds.functions, name)(x, d) if x or name != "window_mass" else (
                    bounds.functions.central_mass(d))  # fmt: skip
                low, high = (exact(end) for end in (whole.lo, whole.hi))
                assert mpmath.mpf(int(low.numerator)) / int(low.denominator) <= value + slack
                assert mpmath.mpf(int(high.numerator)) / int(high.denominator) >= value - slack
