"""Coins: the same sequence however it is drawn, and fair."""

import math
import pickle

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bounds.estimation.coins import Coins


@given(st.lists(st.integers(min_value=0, max_value=200), max_size=12), st.integers(0, 2**32))
def test_blocks_do_not_matter(blocks: list[int], seed: int) -> None:
    stream, once = Coins(seed), Coins(seed).toss(sum(blocks))
    tossed = [stream.toss(size) for size in blocks]
    assert [part.size for part in tossed] == blocks
    assert np.concatenate([np.empty(0, bool), *tossed]).tolist() == once.tolist()


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 2**32))
def test_they_go_on_from_any_place(before: int, number: int, seed: int) -> None:
    later = Coins(seed, before)
    assert later.toss(number).tolist() == Coins(seed).toss(before + number)[before:].tolist()
    assert later.tossed == before + number


def test_a_seed_gives_the_same_coins_on_every_machine() -> None:
    assert np.packbits(Coins(0).toss(64)).tolist() == list(np.random.default_rng(0).bytes(8))


@given(st.lists(st.integers(min_value=0, max_value=200), max_size=6))
def test_secret_coins_are_as_many_as_are_asked_for(blocks: list[int]) -> None:
    secret = Coins()
    assert [secret.toss(size).size for size in blocks] == blocks
    assert secret.toss(400).tolist() != Coins().toss(400).tolist()


def test_they_are_fair_and_independent_of_their_neighbours() -> None:
    n = 400_000
    coins = Coins(1).toss(n)
    assert abs(2 * int(Coins().toss(n).sum()) - n) < 6 * math.sqrt(n)
    for away in (0, 1, 2, 7, 8, 31, 32, 64):
        sides = coins if not away else coins[:-away] ^ coins[away:]
        assert abs(2 * int(sides.sum()) - sides.size) < 5 * math.sqrt(n)
    assert coins.tolist() != Coins(2).toss(n).tolist()


def test_they_go_on_after_a_pickle() -> None:
    coins = Coins(3)
    coins.toss(5)
    again = pickle.loads(pickle.dumps(coins))
    assert coins.toss(100).tolist() == again.toss(100).tolist()
