import gmpy2
import mpmath
import pytest
from curve_oracle import criterion as criterion_of_loss
from exact_values import of
from marks import heavy

from bounds.certify.checker.dual import Dual
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision
from bounds.checker.criterion import coth, criterion, decay, steepness, weight
from bounds.checker.curve import radius, shift

AT = Precision(96)


def point(text):
    return Interval.enclosing(AT, gmpy2.mpq(text), gmpy2.mpq(text))


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("y", "delta"),
    [("1/4", "3"), ("1/2", "3/2"), heavy("1", "6/5"), heavy("9/5", "6/5"), ("3", "6/5")],
)
def test_it_is_the_second_derivative_of_the_loss(y, delta):
    v, d = point(y), point(delta)
    box = criterion(radius(v, d), v, shift(v, d), d)
    with mpmath.workprec(160):
        top, _, bottom = delta.partition("/")
        truth = criterion_of_loss(of(v.lo), mpmath.mpf(top) / mpmath.mpf(bottom or 1))
        assert abs(of(box.lo) - truth) < mpmath.mpf(2) ** -30
        assert of(box.hi) - of(box.lo) < mpmath.mpf(2) ** -60


@pytest.mark.parametrize("t", ["1/1000", "1", "30"])
def test_parts(t):
    with mpmath.workprec(200):
        box, top = point(t), mpmath.mpf(t.partition("/")[0]) / mpmath.mpf(t.partition("/")[2] or 1)
        tiny = mpmath.mpf(2) ** -80
        for part, truth in (
            (decay(box), 1 - mpmath.exp(-2 * top)),
            (coth(box), mpmath.coth(top)),
            (steepness(box, point("2")), 2 * mpmath.exp(-top * top / 2) * mpmath.sinh(2 * top)),
            (weight(box, point("2")), 2 * top * mpmath.npdf(top) / mpmath.npdf(2)),
        ):
            assert abs(of(part.lo) - truth) < tiny * max(1, truth)
            assert abs(of(part.hi) - truth) < tiny * max(1, truth)


def test_dual_values_agree_with_intervals():
    x, y, g, delta = (point(t) for t in ("1/3", "1/2", "1/5", "3/2"))
    plain = criterion(x, y, g, delta)
    dual = criterion(Dual(x, point("1")), Dual(y), Dual(g), Dual(delta))
    assert max(plain.lo, dual.value.lo) <= min(plain.hi, dual.value.hi)
    assert len(dual.slopes) == 1
