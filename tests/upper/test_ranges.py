"""Where a constant comes down to a level: below before, above after."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from flint import arb

from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical.large_delta import critical_slices
from bounds.upper import constants, delta_where, ranges
from bounds.upper.far import far_term
from bounds.upper.ranges import Quantity, sign_change


@pytest.mark.parametrize("level", ["1.5", "1.05", "1.0001"])
def test_c0_crosses_the_level_there(level: str) -> None:
    place = delta_where("C0", level, 12)
    step = Fraction(1, 10**10)
    before = constants(place.low.fraction() - step, 20).c0
    after = constants(place.high.fraction() + step, 20).c0
    assert before.low.fraction() > Fraction(level) > after.high.fraction()


@pytest.mark.parametrize("level", ["1", "0.1", "1e-9"])
def test_the_far_term_crosses_the_level_there(level: str) -> None:
    place = delta_where("far", level, 12)
    step = Fraction(1, 10**10)
    with working_precision(120):
        assert far_term(to_ball(place.low.fraction() - step)) > arb(level)
        assert far_term(to_ball(place.high.fraction() + step)) < arb(level)


@pytest.mark.parametrize(
    ("quantity", "level"),
    [
        ("C0", "1"),
        ("C0", "0.5"),
        ("far", "3"),
        ("far", "-1"),
        ("C1", "1"),
        ("C1", "1e-60"),
        ("eps_cr", "0.1"),
        ("eps_cr", "1e-99999"),
        ("C2", "0.1"),
        ([], "0.1"),
    ],
)
def test_levels_out_of_reach_are_refused(quantity: Quantity, level: str) -> None:
    with pytest.raises(InputError):
        delta_where(quantity, level)


@pytest.mark.parametrize(
    ("quantity", "level"),
    [("eps_cr", "0.001"), ("eps_cr", "1e-50"), ("C1", "0.01"), ("C1", "1e-30")],
)
@pytest.mark.parametrize("digits", [4, 30])
def test_what_hangs_on_eps_cr_crosses_the_level_there(
    quantity: Quantity, level: str, digits: int
) -> None:
    place = delta_where(quantity, level, digits)
    step = Fraction(1, 10**10)
    sides = []
    for delta in (place.low.fraction() - step, place.high.fraction() + step):
        regime = constants(delta, 20).true
        assert regime is not None
        sides.append({"eps_cr": regime.eps_cr, "C1": regime.c1}[quantity])
    assert sides[0].low.fraction() > Fraction(level) > sides[1].high.fraction()


@pytest.mark.parametrize("field", ["mass_rate", "g_rate"])
def test_a_rise_on_one_slice_is_noticed(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    slices = list(critical_slices())
    slices[40] = replace(slices[40], **{field: arb(-10)})
    monkeypatch.setattr(ranges, "critical_slices", lambda: tuple(slices))
    with pytest.raises(Inconclusive, match="not proved to fall"):
        ranges._prove_both_fall.__wrapped__()


@pytest.mark.parametrize("secants", [True, False])
@pytest.mark.parametrize(
    "value",
    [
        lambda t: t * t - 2,
        lambda t: (t - arb(2).sqrt()).tanh(),
        lambda t: (t - arb(2).sqrt()) ** 3,
        lambda t: t.floor() * 0 + (1 if t * t > 2 else -1),
    ],
)
def test_a_change_of_sign_is_enclosed_whatever_the_shape(
    value: Callable[[arb], arb], secants: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not secants:
        monkeypatch.setattr(ranges, "_by_secants", lambda *_: None)
    with working_precision(400):
        place = sign_change(lambda t: value(to_ball(t)), Fraction(1), Fraction(2), 60)
        assert place.contains(arb(2).sqrt())
        assert place.rad() < arb(2) ** -56


@pytest.mark.parametrize("share", [Fraction(1, 10**9), 1 - Fraction(1, 10**9)])
def test_a_guess_beside_the_zero_is_not_believed(
    share: Fraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    def guess(_: object, low: Fraction, high: Fraction, __: object) -> Fraction:
        return low + share * (high - low)

    monkeypatch.setattr(ranges, "_by_secants", guess)
    with working_precision(200):
        place = sign_change(lambda t: to_ball(t * t - 2), Fraction(1), Fraction(2), 60)
        assert place.contains(arb(2).sqrt())


def test_an_undecided_sign_is_told() -> None:
    with working_precision(64), pytest.raises(Inconclusive, match="not decided"):
        sign_change(lambda _: arb(0, 1), Fraction(1), Fraction(2), 60)
