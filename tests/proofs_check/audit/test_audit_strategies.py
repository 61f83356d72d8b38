"""Exact numbers of any paper: in their range, and at its corners."""

from fractions import Fraction

import pytest
from hypothesis import find, given

from bounds.certify.errors import InputError
from proofs_check.audit.strategies import between, up_to


@given(number=between("0.3", "17/3"))
def test_numbers_stay_between_the_ends(number: Fraction) -> None:
    assert Fraction(3, 10) <= number <= Fraction(17, 3)


@given(number=up_to(Fraction(2, 7)))
def test_numbers_are_positive_up_to_the_end(number: Fraction) -> None:
    assert 0 < number <= Fraction(2, 7)


def test_both_ends_are_visited_and_what_lies_next_to_them() -> None:
    numbers = between(2, 3)
    assert find(numbers, lambda x: x == 2) == 2
    assert find(numbers, lambda x: x == 3) == 3
    assert find(numbers, lambda x: 0 < x - 2 < Fraction(1, 10**20)) > 2
    assert find(up_to(Fraction(1, 3)), lambda x: Fraction(1, 3) - x < Fraction(1, 10**20)) > 0


def test_a_malformed_range_is_refused() -> None:
    with pytest.raises(InputError, match="the span must go up, not from 3 to 2"):
        between(3, 2, "the span")
    with pytest.raises(InputError, match="low = 'two' is not a number"):
        between("two", 3)
