"""A stretch of the fuzzing, and that it notices what it looks for."""

import argparse
import contextlib
import inspect
import random
import time
import warnings
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import pytest
from flint import arb

import bounds
from bounds.cli import _COMMANDS
from campaigns import fuzz


@pytest.mark.heavy
def test_a_stretch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [found for number in range(40) if (found := fuzz.one(2, number)[1])] == []


def test_every_public_name_is_called_or_left_out_with_a_reason() -> None:
    called = {*fuzz.FORMULAS, *fuzz.CERTIFIED, *fuzz.OTHER}
    assert called | {*fuzz.LEFT_OUT, *fuzz.FOR_EXPERTS} == set(fuzz.PUBLIC)
    assert not called & set(fuzz.LEFT_OUT)
    assert not [name for name in fuzz.LEFT_OUT if inspect.isfunction(fuzz.PUBLIC[name])]


def test_every_command_with_all_its_options_is_called() -> None:
    assert set(fuzz.OPTIONS) == set(_COMMANDS)
    for name, options in fuzz.OPTIONS.items():
        parser = argparse.ArgumentParser()
        import_module(_COMMANDS[name][0]).add_arguments(parser)
        known = {word for action in parser._actions for word in action.option_strings}
        assert known - {"-h", "--help"} - set(options) <= {"--output"}, name


@pytest.mark.heavy
@pytest.mark.parametrize("name", fuzz.CERTIFIED)
def test_what_is_meant_to_be_good_input_is(name: str) -> None:
    rng = random.Random(3)
    more = {} if name in fuzz.NO_DIGITS else {"digits": 3}
    good = 0
    for _ in range(6):
        with contextlib.suppress(bounds.BoundsError):
            good += bool(fuzz.PUBLIC[name](**fuzz.CERTIFIED[name](rng), **more) is not None)
    assert good


def test_results_that_exclude_each_other_are_noticed() -> None:
    one, other = bounds.eps_cr(2, 5), bounds.eps_cr("2.00001", 15)
    assert fuzz.disagreement(one, bounds.eps_cr(2, 15)) is None
    assert "exclude each other" in str(fuzz.disagreement(one, other))
    assert "exclude each other" in str(fuzz.disagreement((one.eps,), [other.eps]))


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
