"""What the chain to C₂ rests on, against certified values."""

import re
from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds import eps_cr
from bounds.certify.exact import to_ball
from bounds.certify.inequalities import number
from bounds.certify.numbers.precision import working_precision
from bounds.functions import mass_deficit
from proofs_check import CERTIFIED, REFUTED
from proofs_check.claims.sb_lemma_5.early_turn import U_TOP, V_TOP, cosh, proof, sinh
from proofs_check.claims.sb_lemma_6.small_mass import (
    LINES,
    Setting,
    c2_values,
    decide_line,
    defined_as,
    root,
    thresholds,
)


@pytest.mark.parametrize("delta", ["3/2", "2", "3", "8", "40", "500"])
def test_the_first_turn_is_as_early_as_proved(delta: str) -> None:
    value = eps_cr(delta, 10)
    scale = to_ball(Fraction(delta))
    assert value.radius.ball() * scale < to_ball(U_TOP)
    assert value.radius_of_estimate.ball() * scale < to_ball(V_TOP)


def test_the_turn_of_a_smaller_delta_is_later() -> None:
    assert eps_cr("1", 10).radius.ball() > to_ball(U_TOP)
    assert len(proof()) == 4


@settings(max_examples=25)
@given(
    st.fractions(Fraction(1, 20), 10, max_denominator=20),
    st.fractions(Fraction(1, 50), Fraction(5, 2), max_denominator=50),
)
def test_the_ratio_to_the_cube_falls(delta: Fraction, u: Fraction) -> None:
    near, far = u / delta * Fraction(9, 10), u / delta
    with working_precision(96):
        ratios = [mass_deficit(x, delta) / to_ball(x) ** 3 for x in (near, far)]
    assert ratios[1] < ratios[0]


def test_terms_have_their_values() -> None:
    with working_precision(64):
        assert root(number(32), 5, 3).at({}).overlaps(to_ball(8))
        one = number(1)
        assert (cosh(one) ** 2 - sinh(one) ** 2).at({}).overlaps(to_ball(1))


def test_the_true_thresholds_are_above_the_printed() -> None:
    pairs = thresholds()
    assert len(pairs) == 6
    for (delta, printed), (other, true) in zip(pairs[::2], pairs[1::2], strict=True):
        assert delta == other
        assert printed < true


def test_the_middle_lines_are_one_number() -> None:
    setting = Setting(Fraction(1, 1000), Fraction(1, 300), Fraction(2))
    with working_precision(96):
        third, fourth, fifth, sixth = (LINES[i](setting).at({}) for i in (3, 4, 5, 6))
    assert third.overlaps(fourth)
    assert fifth.overlaps(sixth)
    assert third.rel_accuracy_bits() > 60


def test_a_definition_is_decided_either_way() -> None:
    assert defined_as("(1 + a)/2", "1/2 + a/2").verdict is CERTIFIED
    assert defined_as("(1 + a)/2", "1/2 + a").verdict is REFUTED


def test_a_correction_that_fails_too_is_no_repair() -> None:
    decision = decide_line(
        LINES[0], lambda s: LINES[0](s) / 2, (), mended=(lambda s: LINES[0](s) / 3, "a third")
    )
    assert decision.verdict is REFUTED


@pytest.mark.heavy
def test_the_values_of_c2() -> None:
    """By mpmath, from the definitions: with the printed ε_cr and with the true one."""
    pdf, found = mpmath.npdf, []
    with mpmath.workdps(40):
        for delta, threshold in thresholds():
            d, e = int(delta), mpmath.mpf(threshold.numerator) / threshold.denominator
            phi = pdf(d)

            def radius(mass: mpmath.mpf, d: int = d) -> mpmath.mpf:  # l, by halving
                low, high = mpmath.mpf(0), mpmath.mpf(d)
                for _ in range(120):
                    x = (low + high) / 2
                    lost = 2 * pdf(d) * mpmath.quad(
                        lambda t: mpmath.exp(-t * t / 2) * mpmath.sinh(t * d), [0, x]
                    )  # fmt: skip
                    low, high = (x, high) if lost < mass else (low, x)
                return low

            near, later = e ** (mpmath.mpf(1) / 3) / radius(e), e + phi * radius(e)
            a = e ** (mpmath.mpf(2) / 3) + phi / near
            ninth, cube_root = e ** (mpmath.mpf(1) / 9), a ** (mpmath.mpf(1) / 3)
            printed_bar = a * ninth**2 / 2 + phi * cube_root / (2 * near)
            right_bar = a * ninth**2 / 2 + phi * cube_root / 2 * (
                radius(later) / later ** (mpmath.mpf(1) / 3)
            )
            shifted = mpmath.sqrt(2) * mpmath.erfinv(2 * right_bar * ninth)
            found.append(
                ((printed_bar / pdf(printed_bar * ninth)) ** 2, (right_bar / pdf(shifted)) ** 2)
            )
    lines = c2_values()
    assert len(lines) == len(found) == 6
    for line, pair in zip(lines, found, strict=True):
        shown = [float(word) for word in re.findall(r"C_2 is (\S+) .*, (\S+) with", line)[0]]
        assert shown == pytest.approx([float(value) for value in pair], rel=2e-4)
