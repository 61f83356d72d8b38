"""Tables from turns, against broken lines whose signs are counted: never a false one."""

import itertools
import random
from fractions import Fraction

import pytest

from bounds.certify.checker.turns import Mark, walked
from bounds.certify.checker.verdict import Rejected


def sign(value):
    return (value > 0) - (value < 0)


def line(values, place):
    """The broken line through (k, values[k])."""
    k = min(int(place), len(values) - 2)
    return values[k] + (values[k + 1] - values[k]) * (place - k)


def truth(values):
    """Its signs between its zeros inside, from left to right."""
    zeros = []
    for k, (a, b) in enumerate(itertools.pairwise(values)):
        zero = k + Fraction(-a, b - a)
        if k <= zero < k + 1 and zero > 0:
            zeros.append(zero)
    cuts = [Fraction(0), *zeros, Fraction(len(values) - 1)]
    return [sign(line(values, (a + b) / 2)) for a, b in itertools.pairwise(cuts)]


def marks_of(values, rises):
    """Every mark that says what is so, wherever it is."""
    grid = [k + Fraction(q, 8) for k in range(len(rises)) for q in (1, 3, 5, 7)]
    found = [None]
    for low, high in itertools.combinations(grid, 2):
        inner = [line(values, k) for k in range(len(values)) if low < k < high]
        signs = {sign(v) for v in (line(values, low), line(values, high), *inner)}
        if len(signs) == 1 and 0 not in signs:
            found.append(Mark(low, high, rises[int(low)], rises[int(high)], signs.pop()))
    for k in range(1, len(rises)):
        if values[k] == 0 and rises[k - 1] != rises[k]:
            found.append(Mark(k - Fraction(1, 99), k + Fraction(1, 99), 0, 0, 0))
    return found


def own_mark(values, rises, k):
    """The mark of the turn at k."""
    if values[k] == 0:
        return Mark(k - Fraction(1, 99), k + Fraction(1, 99), 0, 0, 0)
    near = Fraction(1, 99)
    return Mark(k - near, k + near, rises[k - 1], rises[k], sign(values[k]))


def lines(pieces, seed, most):
    every = [
        v
        for v in itertools.product(range(-2, 3), repeat=pieces + 1)
        if all(a != b for a, b in itertools.pairwise(v))
    ]
    return random.Random(seed).sample(every, min(most, len(every)))


@pytest.mark.parametrize(
    ("pieces", "most", "tries"), [(1, 99, 1), (2, 60, 60), (3, 120, 60), (5, 40, 40)]
)
def test_no_choice_of_marks_makes_a_false_table(pieces, most, tries):
    draw = random.Random(pieces)
    for values in lines(pieces, pieces, most):
        rises = [sign(b - a) for a, b in itertools.pairwise(values)]
        turns = [k for k in range(1, pieces) if rises[k - 1] != rises[k]]
        ends = sign(line(values, Fraction(1, 99))), sign(line(values, pieces - Fraction(1, 99)))
        own = [own_mark(values, rises, k) for k in turns]
        if len(turns) == pieces - 1 and all(mark.sign for mark in own):
            assert walked(rises, *ends, own) == truth(values)
        possible = marks_of(values, rises)
        for _ in range(tries):
            chosen = [
                draw.choice((None, one, draw.choice(possible), draw.choice(possible)))
                for one in own
            ]
            known = [None if draw.random() < 0.3 else end for end in ends]
            try:
                found = walked(rises, *known, chosen)
            except Rejected:
                continue
            assert found == truth(values), (values, chosen)


@pytest.mark.step("beyond a turn with the other sign nothing is known of an end")
def test_the_sign_at_an_end_follows_only_further_from_0():
    assert walked([1], 1, None, []) == [1]
    assert walked([1], None, -1, []) == [-1]
    assert walked([-1, 1], None, None, [Mark(1, 2, -1, 1, 1)]) == [1]
    for ends in ((-1, None), (None, 1), (None, None)):
        with pytest.raises(Rejected, match="not known"):
            walked([1], *ends, [])
    with pytest.raises(Rejected, match="not known"):
        walked([-1, 1], None, None, [Mark(1, 2, -1, 1, -1)])


def test_a_sign_that_follows_from_a_neighbour_needs_no_mark():
    touch = Mark(Fraction(9, 10), Fraction(11, 10), 0, 0, 0)
    assert walked([1, -1], 1, -1, [None]) == [1, -1]
    assert walked([1, -1], -1, 1, [None]) == [-1, 1]
    assert walked([-1, 1], 1, 1, [touch]) == [1, 1]
    with pytest.raises(Rejected, match="near an end"):
        walked([1], -1, 0, [])
    with pytest.raises(Rejected, match="near an end"):
        walked([1], 0, 1, [])
