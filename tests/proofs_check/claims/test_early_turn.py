"""What the early turn rests on, against mpmath."""

from fractions import Fraction

import mpmath
import pytest
from flint import arb

from bounds.certify.inequalities import number, variable
from bounds.certify.numbers.precision import working_precision
from proofs_check.claims.sb_lemma_5 import early_turn


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


@pytest.mark.parametrize("delta", ["3/2", "2", "5"])
@pytest.mark.parametrize("u", ["1/4", "1/2"])
def test_the_bracket_is_exact(delta: str, u: str) -> None:
    """(1 − g²)² − (1 + g²)·2gφ(g)(Δ/φ(Δ))·[…] is L″ by differences, times g(1 + g²)/(g′ε̂′L′)."""
    with mpmath.workdps(60):
        d, start = (mpmath.mpf(str(Fraction(text).numerator)) / Fraction(text).denominator
                    for text in (delta, u))  # fmt: skip
        pdf, cdf = mpmath.npdf, mpmath.ncdf

        def solved(mass: mpmath.mpf, guess: mpmath.mpf) -> mpmath.mpf:  # l
            def excess(x: mpmath.mpf) -> mpmath.mpf:
                return cdf(d) - cdf(-d) - (cdf(x + d) - cdf(x - d)) - mass

            return mpmath.findroot(excess, guess)

        x = start / d
        eps = cdf(d) - cdf(-d) - (cdf(x + d) - cdf(x - d))

        def hat(e: mpmath.mpf) -> mpmath.mpf:
            return e + pdf(d) * solved(e, x)

        y = solved(hat(eps), x + mpmath.mpf("0.2"))

        def shift(mass: mpmath.mpf) -> mpmath.mpf:  # g
            radius = solved(mass, y)
            return mpmath.sqrt(2) * mpmath.erfinv(mass + cdf(radius + d) - cdf(d))

        def loss(e: mpmath.mpf) -> mpmath.mpf:
            square = shift(hat(e)) ** 2
            return square / (1 + square)

        slope, bend = (mpmath.diff(loss, eps, order) for order in (1, 2))
        g, slopes = shift(hat(eps)), mpmath.diff(shift, hat(eps)) * mpmath.diff(hat, eps)
        truth = bend / slope * g * (1 + g * g) / slopes
        scale = 2 * g * pdf(g) * d / pdf(d)
        wanted = ((1 - g * g) ** 2 - truth) / ((1 + g * g) * scale)
        v, h = mpmath.nstr(y * d, 25), Fraction(delta) ** -2
    with working_precision(96):
        found = early_turn.bracket(number(u), variable("v"), number(h)).at({"v": arb(v)})
        assert abs(found - arb(mpmath.nstr(wanted, 25))) < arb("1e-14") * abs(found)


def test_the_certificates_state_the_four_inequalities() -> None:
    first, second, third, fourth = (step["statement"] for step in early_turn.proof())
    assert third["text"] == "density(1.5)/1.5*(exp(0.88) - 1) < 2*cdf(0.16) - 1"
    assert first["text"].startswith("0.5 + 2*(")  # u + 2Σ(u) < 2Σ(22/25)
    assert " < 2*(" in first["text"]
    assert second["text"].startswith("2*(")  # 2Σ(21/25) < u + 2Σ(u)
    assert " < 0.5 + 2*(" in second["text"]
    assert first["variables"] == second["variables"] == {"h": ["0", "4/9"]}
    assert fourth["variables"] == {"h": ["0", "4/9"], "v": ["0.84", "0.88"]}
    assert "< (1 - 0.16^2)^2 for h in" in fourth["text"]
    assert fourth["text"].startswith("(1 + 0.16^2)*(exp(v) - 1)*(")
