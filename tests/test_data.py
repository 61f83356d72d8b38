"""What is stored is what its command writes."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from itertools import pairwise

import pytest

from bounds.critical import folds, regimes, sowing
from bounds.critical.model import build, stored
from bounds.lower import chains


@pytest.mark.heavy
def test_seeds_are_what_their_command_writes() -> None:
    stored = files("bounds.critical").joinpath("seeds.json").read_text(encoding="utf-8")
    assert sowing.text(sowing.rebuilt()) == stored


@pytest.mark.heavy
def test_panels_are_what_their_command_writes() -> None:
    assert stored.text(build.certificates()) == stored.STORED.read_text(encoding="utf-8")


def test_chains_are_what_their_command_writes() -> None:
    assert chains.text(chains.rebuilt()) == chains.STORED.read_text(encoding="utf-8")
    assert chains.rebuilt() == chains.chains()


def test_the_ranges_of_delta_end_at_the_folds_rounded() -> None:
    ends = [(before.high, after.low) for before, after in pairwise(regimes.REGIMES)]
    assert regimes.ends_at_folds() == ends
    for fold, (below, above) in zip(folds(10), ends, strict=True):
        assert below < fold.delta.low.fraction() < fold.delta.high.fraction() < above


def test_the_command_tells_the_ends() -> None:
    command = [sys.executable, "-m", "bounds.critical.regimes"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0] == "0.83397 0.83398"
