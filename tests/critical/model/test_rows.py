"""Rows from panels are those of `eps_cr`, to the letter, or there are none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.digits import least_bits
from bounds.certify.numbers.enclosure import placed
from bounds.certify.numbers.precision import working_precision
from bounds.critical.model import rows as room
from bounds.critical.model import stored
from bounds.critical.model.build import ENDS
from bounds.critical.model.rows import MOST_DIGITS, rows

NAMES = {
    name: name for name in ("eps", "radius", "radius_of_estimate", "estimate", "shift", "loss")
}


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A panel serves from its first row on."""
    monkeypatch.setattr(stored, "WORTH", 0)


def direct(delta: Fraction, digits: int) -> dict[str, tuple[str, str]]:
    value = bounds.eps_cr(delta, digits)
    return {name: getattr(value, name).decimals() for name in NAMES}


@pytest.mark.heavy
@given(
    st.fractions(ENDS[0], ENDS[-1], max_denominator=10**6),
    st.integers(1, MOST_DIGITS),
)
def test_they_are_what_one_call_says(delta: Fraction, digits: int) -> None:
    (row,) = rows([delta], digits, NAMES)
    assert row is None or row == direct(delta, digits)


def test_there_are_few_that_are_not_decided() -> None:
    deltas = [Fraction(3, 2) + Fraction(k, 41) for k in range(400)]
    assert sum(row is None for row in rows(deltas, 30, NAMES)) < 8


@pytest.mark.parametrize("name", NAMES)
def test_one_number_needs_no_other(name: str) -> None:
    delta = Fraction("2.345")
    assert rows([delta], 20, {"wanted": name}) == [{"wanted": direct(delta, 20)[name]}]


@pytest.mark.parametrize("delta", ["1/64", "1", "1.4773", "100.5", "1024"])
def test_outside_all_panels_there_is_none(delta: str) -> None:
    assert rows([Fraction(delta)], 10, NAMES) == [None]


def test_more_digits_are_left_to_one_call() -> None:
    assert rows([Fraction(2)], MOST_DIGITS + 1, NAMES) == [None]


@pytest.mark.step("Δ is in the panel")
def test_a_number_outside_its_panel_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    others = stored.panels_for([Fraction(3)]) * 3
    monkeypatch.setattr(room, "panels_for", lambda _: others)
    inside, low, high = rows(list(map(Fraction, ("3", "2.9", "3.6"))), 10, NAMES)
    assert inside is not None
    assert (low, high) == (None, None)


def test_where_one_number_is_not_decided_there_is_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_face", lambda *_: None)
    assert rows([Fraction(2)], 10, NAMES) == [None]


@pytest.mark.step("one call may say less")
@pytest.mark.parametrize("digits", [1, 5, 12, 30])
@pytest.mark.parametrize("share", [-1, Fraction(-1, 2), 0, Fraction(1, 2), 1])
def test_next_to_a_decimal_nothing_is_decided(digits: int, share: Fraction) -> None:
    """There the enclosure of one call may reach across it, by 2^(1 − b) of the number at most."""
    decimal = int("7" * digits)
    reach = 2 * Fraction(1, 2) ** least_bits(digits)
    with working_precision(4 * stored.BITS):
        near, off = (to_ball(decimal * (1 + share * reach + move)) for move in (0, 9 * reach))
    with working_precision(stored.BITS):
        assert room._face(near, digits, digits - 1) is None
        assert room._face(off, digits, digits - 1) == (
            digits - 1,
            (str(decimal), str(decimal + 1)),
        )


@pytest.mark.step("as many digits as one call shows")
def test_a_wrong_guess_of_the_first_digit_is_put_right() -> None:
    with working_precision(stored.BITS):
        for text in ("0.00123", "0.123", "12.3", "9.87e-900", "4.56e12"):
            value = to_ball(Fraction(text)) * (1 + arb(2) ** -20)
            found = {room._face(value, 5, lead) for lead in (-901, -3, 0, 2, 13, 50)}
            assert len(found) == 1
            (face,) = found
            assert face is not None
            (_, (low, high)) = face
            assert Fraction(low) < Fraction(text) * (1 + Fraction(1, 2**20)) < Fraction(high)


@pytest.mark.heavy
@given(st.integers(1, 40), st.integers(-60, 60), st.data())
def test_digits_are_laid_out_as_ends_of_enclosures_are(
    digits: int, last: int, data: st.DataObject
) -> None:
    whole = str(data.draw(st.integers(10 ** (digits - 1), 10**digits)))
    assert room._laid_out(whole, digits, last) == placed(whole, last)
