import os
import signal
import threading
from fractions import Fraction

import pytest
from flint import ctx
from marks import heavy

import bounds
from bounds.certify.errors import InputError
from bounds.certify.numbers.precision import MOST_DIGITS, bits_for, read_digits, working_precision
from bounds.critical.family import slice_of


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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_child_forked_while_a_thread_computes_is_not_locked_out() -> None:
    held, forked = threading.Event(), threading.Event()

    def compute() -> None:
        with working_precision(99):
            held.set()
            forked.wait()

    thread = threading.Thread(target=compute)
    thread.start()
    held.wait()
    child = os.fork()
    if child == 0:
        signal.alarm(20)  # ends the child if it waits for a lock that nobody will release
        with working_precision(50):
            os._exit(0)
    forked.set()
    thread.join()
    assert os.waitpid(child, 0) == (child, 0)


@pytest.mark.parametrize("digits", [1, 5, 30, 100_000])
def test_bits_carry_the_digits(digits: int) -> None:
    assert 2 ** (bits_for(digits) - 12) > 10**digits


@pytest.mark.parametrize("digits", [0, -1, MOST_DIGITS + 1, 2.0, "5", True, None])
def test_digits_must_be_a_count(digits: object) -> None:
    with pytest.raises(InputError, match="digits must be"):
        read_digits(digits)


@pytest.mark.heavy
@pytest.mark.parametrize("cap", [heavy(0), 1, heavy(2)])
def test_the_callers_cap_on_series_neither_matters_nor_changes(cap: int) -> None:
    """Beyond the cap a coefficient reads as 0: a slope of 0 would prove anything."""
    low, high = Fraction(3), Fraction("3.005")
    honest = slice_of(low, high)
    before = ctx.cap
    ctx.cap = cap
    try:
        capped = slice_of(low, high)
        fold = bounds.folds(10)[0]
        with pytest.raises(bounds.Inconclusive):
            slice_of(Fraction("1.09"), Fraction("1.0911"))
        assert ctx.cap == cap
    finally:
        ctx.cap = before
    assert fold.delta.decimals() == bounds.folds(10)[0].delta.decimals()
    assert [mark for mark, _, _ in capped.pieces] == [mark for mark, _, _ in honest.pieces]
