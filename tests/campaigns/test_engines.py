"""A short stretch of the campaign, and that it notices an engine that lies."""

import random
from fractions import Fraction

import pytest

from bounds.checker import masses
from campaigns import engines


def test_a_stretch_of_points() -> None:
    rng = random.Random()
    notes = [note for _ in range(150) for note in engines.compare(*engines.draw(rng))]
    assert not [note for note in notes if note.startswith("disjoint")]
    assert len(notes) < 30


def test_an_engine_that_lies_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    lying = {**engines.FUNCTIONS, "window_mass": (masses.deficit, False)}
    monkeypatch.setattr(engines, "FUNCTIONS", lying)
    notes = engines.compare("window_mass", Fraction(1), Fraction(2))
    kinds = [note.split(":")[0] for note in notes]
    assert kinds == ["disjoint arb and mpfr", "disjoint mpfr and mpmath"]


def test_a_chunk_depends_on_its_seed_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "CHUNK", 5)
    assert engines.chunk((1, 0)) == engines.chunk((1, 0))
