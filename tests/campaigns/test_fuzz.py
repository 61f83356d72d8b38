"""A stretch of the fuzzing, and that it notices what it looks for."""

import inspect
import random
import time
import warnings
from fractions import Fraction
from pathlib import Path

import pytest
from flint import arb

import bounds
from campaigns import fuzz


def test_a_stretch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [found for number in range(40) if (found := fuzz.one(2, number)[1])] == []


def test_every_public_function_is_called() -> None:
    called = {*fuzz.FORMULAS, *fuzz.CERTIFIED, "decide_less", "sweep", "simulate"}
    public = {
        name
        for name in bounds.__all__
        if inspect.isfunction(getattr(bounds, name))
        and not getattr(bounds, name).__module__.startswith("bounds.theorems")
    }
    assert public <= called


def fails(error: BaseException) -> str:
    def call() -> None:
        raise error

    return fuzz.complaint(call)


def test_outcomes() -> None:
    assert fails(bounds.InputError("one line\nin fact")) == ""
    assert "not one line" in fails(bounds.InputError(""))
    assert "TypeError: no" in fails(TypeError("no"))
    assert "SystemExit" in fails(SystemExit(2))
    assert "UserWarning" in fuzz.complaint(lambda: warnings.warn("x", stacklevel=1))


def test_time_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "SECONDS", 0.02)
    assert fuzz.complaint(lambda: time.sleep(5)) == "too long"


@pytest.mark.parametrize("dress", fuzz.DRESS)
def test_a_wrong_number_is_noticed(dress: str) -> None:
    exact = [Fraction(1, 100), Fraction(2)]
    right = bounds.loss(*map(fuzz.DRESS[dress], exact))
    assert fuzz.wrong_number("loss", exact, dress, right) is None
    assert "is right" in str(fuzz.wrong_number("loss", exact, dress, right * 2))
    if isinstance(right, arb):
        assert "is right" in str(fuzz.wrong_number("loss", exact, dress, arb("nan")))


def test_a_command_without_manners_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "command", lambda _: 5)
    assert "exit code 5" in fuzz.line(random.Random(1))
    monkeypatch.setattr(fuzz, "command", lambda _: 2)
    assert "told ''" in fuzz.line(random.Random(1))
