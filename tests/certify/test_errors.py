"""Messages are one line and short, whatever was passed."""

from fractions import Fraction
from typing import Any

import pytest

import bounds
from bounds.certify.errors import InputError, shortened, shown

HUGE = [-(10**5000), 10**5000, Fraction(-(10**5000), 3), "-" + "9" * 5000, "x" * 9000]


class Silent:
    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize("value", HUGE, ids=lambda value: type(value).__name__)
def test_numbers_of_great_length_are_refused_in_a_short_line(value: Any) -> None:
    for call in (
        lambda: bounds.eps_cr(value),
        lambda: bounds.eps_cr(2, value),
        lambda: bounds.lower_bound(value, value),
        lambda: bounds.upper_bound(value, value),
        lambda: bounds.sweep([2], in_flight=value if value != 10**5000 else 0),
        lambda: bounds.sweep(value),
    ):
        with pytest.raises(InputError) as refused:
            call()
        assert len(str(refused.value)) < 400


def test_a_value_is_shown_whatever_it_is() -> None:
    assert shown(2.5) == "2.5"
    assert shown("x" * 99, 10) == "'xxxxxx..."
    assert shown(-(10**5000)) == "a value of type int"
    assert shown(Silent()) == "a value of type Silent"


def test_long_words_lose_their_middle_and_lines_are_one() -> None:
    assert shortened("a\nb") == "a b"
    assert shortened("x" * 160) == "x" * 160
    told = shortened(f"no {'9' * 10_000} here")
    assert told.startswith("no 999")
    assert told.endswith("999 here")
    assert len(told) < 140


@pytest.mark.parametrize("wrong", [{"executor": 3}, {"executor": "pool"}, {"progress": 1}], ids=str)
def test_what_is_no_executor_or_function_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="must be"):
        bounds.sweep([2], **wrong)
