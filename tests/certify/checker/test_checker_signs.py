"""Certificates of signs: whatever is altered in one is noticed, or proves itself anew."""

import mpmath
import pytest
from certificate_builder import replaced, sealed

import bounds
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision, exact
from bounds.certify.inequalities import decide_less, variable
from bounds.certify.inequalities import loss as loss_term
from bounds.checker import check
from bounds.checker.implicit import cdf, filter_radius, loss, median_shift, quantile

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
        rho = bounds.central_mass(wide)
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
        value = bounds.quantile(mpmath.mpf(int(p.numerator)) / int(p.denominator))
        assert agrees(quantile(at), value)
    back = cdf(quantile(at))
    assert not back < at
    assert not back > at
