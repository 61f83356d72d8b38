"""The random split of the clients: its law, by exact enumeration of small cases, and its coins."""

import math
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest

from bounds.simulation.clients import Clients
from bounds.simulation.problem import Problem
from bounds.simulation.split import fates_of, split

CHANCES = Fraction(1, 5), Fraction(1, 2), Fraction(3, 10)
FLOATS = float(CHANCES[0]), float(CHANCES[1])


class Told:
    """A generator that gives what it is told to."""

    def __init__(self, counts: list[list[int]]) -> None:
        self.counts = counts

    def multinomial(self, sizes: np.ndarray, chances: list[float]) -> np.ndarray:
        assert sizes.tolist() == [sum(row) for row in self.counts]
        assert chances == pytest.approx([float(chance) for chance in CHANCES])
        return np.array(self.counts)

    def bytes(self, number: int) -> bytes:
        assert number == 0
        return b""

    def random(self, number: int) -> np.ndarray:
        return np.zeros(number)


def counts_of(size: int) -> Iterator[tuple[list[int], Fraction]]:
    """The multinomial law: every count of H, T₁ and T₂, with its chance."""
    for h, first in product(range(size + 1), repeat=2):
        if h + first <= size:
            rest = size - h - first
            ways = math.comb(size, h) * math.comb(size - h, first)
            yield (
                [h, first, rest],
                ways * math.prod(p**n for p, n in zip(CHANCES, (h, first, rest), strict=True)),
            )


def test_genuine_clients_are_split_as_by_a_coin_each() -> None:
    """The law of the sets H, T₁ and T₂, for samples that are as likely in any order: exactly."""
    problem = Problem.read(2, 1, 1000, 2)
    blocks = [1.0, 2.0, 3.0], [4.0, 5.0]
    coins: Counter[tuple[frozenset[float], ...]] = Counter()
    for fates in product(range(3), repeat=5):
        chance = math.prod(CHANCES[fate] for fate in fates)
        samples = [*blocks[0], *blocks[1]]
        sets = (
            frozenset(x for x, fate in zip(samples, fates, strict=True) if fate == part)
            for part in range(3)
        )
        coins[tuple(sets)] += chance
    ours: Counter[tuple[frozenset[float], ...]] = Counter()
    orders = [*product(permutations(blocks[0]), permutations(blocks[1]))]
    for (one, other), (counts, p), (more, q) in product(orders, counts_of(3), counts_of(2)):
        clients = Clients(problem, np.array([*one, *other]), (3, 5))
        parts = clients.split(*FLOATS, Told([counts, more]))
        sets = (frozenset(x for piece in part for x in piece.tolist()) for part in parts)
        ours[tuple(sets)] += p * q / len(orders)
    assert ours == coins
    assert sum(ours.values()) == 1


class Bytes:
    """A generator whose bytes are all of them, and whose coins all lie at one place."""

    def __init__(self, place: float) -> None:
        self.place = place

    def bytes(self, number: int) -> bytes:
        assert number == 256
        return bytes(range(256))

    def random(self, number: int) -> np.ndarray:
        return np.full(number, self.place)


@pytest.mark.parametrize("place", [0.0, 0.2, 0.5, 0.999])
@pytest.mark.parametrize("chances", [FLOATS, (1 / 3, 1 / 3), (0.25, 0.5), (1e-4, 1e-4), (0.9, 0.1)])
def test_a_byte_and_what_follows_it_are_one_coin(
    place: float, chances: tuple[float, float]
) -> None:
    """Whatever the byte is, the fate is that of the coin (byte + place)/256, which is uniform."""
    coins = (np.arange(256) + place) / 256
    exact = (coins >= chances[0]).astype(int) + (coins >= chances[0] + chances[1])
    assert fates_of(256, *chances, Bytes(place)).tolist() == exact.tolist()


def test_the_split_is_random_complete_and_in_order() -> None:
    reports = np.arange(300_000.0)
    parts = [np.concatenate(part) for part in split(reports, 0.2, 0.5, np.random.default_rng(3))]
    assert all(np.all(np.diff(part) > 0) for part in parts)
    assert np.array_equal(np.sort(np.concatenate(parts)), reports)
    for part, share in zip(parts, (0.2, 0.5, 0.3), strict=True):
        deviation = math.sqrt(share * (1 - share) * reports.size)
        assert abs(part.size - share * reports.size) < 4 * deviation
        assert abs(part.mean() - reports.mean()) < 4 * reports.std() / math.sqrt(part.size)


def test_what_the_adversary_reports_is_split_whatever_its_order() -> None:
    problem = Problem.read(1, 1, 50_000, 2)
    reports = np.concatenate([np.full(50_000, -1.0), np.arange(50_000.0)])
    clients = Clients(problem, reports, (50_000,))
    parts = [np.concatenate(part) for part in clients.split(0.2, 0.5, np.random.default_rng(3))]
    assert np.array_equal(np.sort(np.concatenate(parts)), reports)
    for part, share in zip(parts, (0.2, 0.5, 0.3), strict=True):
        corrupted = part[part >= 0]
        for size in (corrupted.size, part.size - corrupted.size):
            assert abs(size - share * 50_000) < 4 * math.sqrt(share * (1 - share) * 50_000)
        assert abs(corrupted.mean() - 25_000) < 4 * 14_434 / math.sqrt(corrupted.size)
