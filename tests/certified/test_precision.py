import threading

import pytest
from flint import ctx

from bounds.certified.precision import MOST_DIGITS, bits_for, read_digits, working_precision
from bounds.errors import InputError


def test_the_callers_precision_comes_back() -> None:
    before = ctx.prec
    with working_precision(321):
        assert ctx.prec == 321
        with working_precision(77):
            assert ctx.prec == 77
        assert ctx.prec == 321
    assert ctx.prec == before


def test_it_comes_back_after_an_error() -> None:
    before = ctx.prec
    with pytest.raises(RuntimeError), working_precision(321):
        raise RuntimeError
    assert ctx.prec == before


def test_threads_take_turns() -> None:
    seen: list[bool] = []

    def work(bits: int) -> None:
        for _ in range(200):
            with working_precision(bits):
                seen.append(ctx.prec == bits)

    threads = [threading.Thread(target=work, args=(bits,)) for bits in (60, 90, 120)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 600
    assert all(seen)


@pytest.mark.parametrize("digits", [1, 5, 30, 100_000])
def test_bits_carry_the_digits(digits: int) -> None:
    assert 2 ** (bits_for(digits) - 12) > 10**digits


@pytest.mark.parametrize("digits", [0, -1, MOST_DIGITS + 1, 2.0, "5", True, None])
def test_digits_must_be_a_count(digits: object) -> None:
    with pytest.raises(InputError, match="digits must be"):
        read_digits(digits)
