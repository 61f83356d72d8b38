"""The bounds of Σ(t) that the early turn rests on, against mpmath's quadrature."""

import mpmath
import pytest
from flint import arb

from bounds.certified.precision import working_precision
from bounds.inequalities import number
from proofs_check import early_turn


@pytest.mark.parametrize("t", ["1/4", "1/2", "21/25", "22/25"])
@pytest.mark.parametrize("h", ["1/100", "1/5", "4/9"])
def test_the_integral_lies_between_its_bounds(t: str, h: str) -> None:
    with mpmath.workdps(25):
        top, rate = (mpmath.fraction(*map(int, text.split("/"))) for text in (t, h))
        value = mpmath.quad(lambda w: mpmath.exp(-rate * w * w / 2) * mpmath.sinh(w), [0, top])
        slack = rate**3 / 48 * mpmath.quad(lambda w: w**6 * mpmath.sinh(w), [0, top])
    with working_precision(96):
        truth, rest = (arb(mpmath.nstr(part, 20)) for part in (value, slack))
        least, most = (bound(number(t), number(h)).at({}) for bound in
                       (early_turn._least, early_turn._most))  # fmt: skip
        assert least < truth < most
        assert most - truth < rest + arb("1e-18")  # the next term of the series
