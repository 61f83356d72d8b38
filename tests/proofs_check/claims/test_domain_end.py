"""The chords next to ε_max lie where they are said to lie."""

from fractions import Fraction

import pytest

from bounds import Inconclusive
from proofs_check import CERTIFIED
from proofs_check.claims.sb_lemma_5.domain_end import CHORDS, chord, decide_convexity, shape


@pytest.mark.parametrize("delta", CHORDS)
def test_each_chord_is_between_the_last_inflection_and_the_end(delta: Fraction) -> None:
    low, middle, high = CHORDS[delta]
    found = shape(delta)
    assert found.points[-1].eps.high.fraction() < low < high < found.eps_max.low.fraction()
    assert low + high == 2 * middle
    assert chord(delta)[0].proofs


def test_a_chord_in_the_convex_stretch_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = (Fraction(1, 100), Fraction(1, 50), Fraction(3, 100))
    monkeypatch.setitem(CHORDS, Fraction(2), inner)
    with pytest.raises(Inconclusive):
        chord(Fraction(2))
    with pytest.raises(Inconclusive):
        decide_convexity()


def test_up_to_a_point_before_the_second_inflection_the_loss_is_convex() -> None:
    assert decide_convexity(top=Fraction(79, 100)).verdict is CERTIFIED
    with pytest.raises(Inconclusive):
        decide_convexity(top=Fraction(793129366525266266703793, 10**24))
