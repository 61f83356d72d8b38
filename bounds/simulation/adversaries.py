"""Adversaries, one registry. Each knows the problem and the means, and none of the samples.

A function takes the problem, how many clients are corrupted, and a random generator, and returns
what they report. `share` is always mass relative to one component: ε = c/k′ on k′ components.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from scipy.special import ndtri

from bounds.certify.errors import InputError
from bounds.functions import filter_radius, window_mass
from bounds.simulation.clients import Adversary
from bounds.simulation.problem import Doubles, Problem

_BATCH = 1 << 16

Generator: TypeAlias = np.random.Generator


def targets(problem: Problem, wanted: float) -> tuple[int, float]:
    """The number k′ of components to attack, a whole number from 1 to k, and the share c/k′."""
    components = min(max(int(wanted), 1), problem.k)
    return components, float(problem.c) / components


def thinned(
    count: int, rng: Generator, propose: Callable[[int], tuple[Doubles, Doubles]]
) -> Doubles:
    """`count` exact samples by rejection: `propose` gives samples and the chance to keep each."""
    parts: list[Doubles] = []
    missing = count
    while missing > 0:
        x, chance = propose(_BATCH)
        parts.append(x[rng.random(x.size) < chance][:missing])
        missing -= parts[-1].size
    return np.concatenate(parts)


def squared_cosine(count: int, rng: Generator) -> Doubles:
    """Samples on [0, 1] from the prior of least Fisher information, 2 sin²(πp)."""

    def propose(size: int) -> tuple[Doubles, Doubles]:
        p = rng.random(size)
        return p, np.square(np.sin(np.pi * p))

    return thinned(count, rng, propose)


def honest(problem: Problem, count: int, rng: Generator) -> Doubles:
    """No attack: corrupted clients report samples of the mixture, like everyone.

    The risk still grows with c/k: the server knows c and k, sees (1 + c/k)m reports of a component
    where it expects m, and must take the surplus for an attack: ε̃ is about c/k, and clients rely
    the less on a median that is in fact nearly exact.
    """
    return rng.choice(problem.means, count) + rng.standard_normal(count)


def one_interval(
    problem: Problem, count: int, rng: Generator, share: float = np.sqrt(2 * np.pi)
) -> Doubles:
    """Fig. 2: ψ = (f_ε(· − μ′) − φ(· − μ))/ε on components of ε ≈ √(2π), the lower bound's choice.

    The plateau is √(2π)ε wide; where μ lies in it has the squared cosine law of the lower bound.
    """
    components, eps = targets(problem, round(problem.c / share))
    width = np.sqrt(2 * np.pi) * eps
    place = width * squared_cosine(components, rng)  # μ − μ′

    def propose(size: int) -> tuple[Doubles, Doubles]:
        i = rng.integers(components, size=size)
        z = rng.standard_normal(size)  # x − μ′ of a sample of f_ε/(1 + ε)
        x = np.where(z > 0, z + width, z)
        plateau = rng.random(size) < eps / (1 + eps)
        x[plateau] = width * rng.random(int(plateau.sum()))
        off = np.maximum(0, np.maximum(-x, x - width))  # f_ε(x) = φ(off)
        chance = -np.expm1((np.square(off) - np.square(x - place[i])) / 2)
        return problem.means[i] - place[i] + x, chance

    return thinned(count, rng, propose)


def two_point(problem: Problem, count: int, rng: Generator, share: float = 0.6827) -> Doubles:
    """Two means ±t that look alike: mass max(φ(x − t), φ(x + t)) − φ(x − own), ε = 2Φ(t) − 1.

    The default share belongs to t ≈ 1; more than c components are attacked in any case (ε < 1).
    Which of the two is the true mean is a fair coin.

    Raises:
        InputError: c ≥ k, where no t is large enough.
    """
    components, eps = targets(problem, max(round(problem.c / share), int(problem.c) + 1))
    if eps >= 1:
        raise InputError("the two-point attack needs c < k: its mass is 2Φ(t) − 1 per component")
    apart = 2 * ndtri((1 + eps) / 2) * rng.choice([-1.0, 1.0], components)  # other mean − own

    def propose(size: int) -> tuple[Doubles, Doubles]:
        i = rng.integers(components, size=size)
        z = rng.standard_normal(size)
        x = apart[i] + z
        return problem.means[i] + x, -np.expm1(np.minimum(0, (z * z - x * x) / 2))

    return thinned(count, rng, propose)


def even_spread(problem: Problem, count: int, rng: Generator) -> Doubles:
    """c/k at every component, uniform on the right half of its window."""
    return rng.choice(problem.means, count) + problem.window * rng.random(count)


def worst_place(problem: Problem, eps: float) -> float:
    """Where ε of mass makes the filter accept points up to l(ε) on one side, and on that side only.

    Within Δ of l(ε), so that it counts there; at least Δ from the mean, so that it does not count
    on the other side, where an accepted point would make up for the skew; less than 3Δ from it, so
    that it joins the cluster.
    """
    short_of_all = float(np.nextafter(problem.central_mass, 0))  # l(ε) is finite below ρ
    paid = min(eps, full_price(problem), short_of_all)
    radius = float(filter_radius(paid, problem.window))
    return problem.window * min(max(1, radius / problem.window + 0.5), 2.5)


def worst_shift(problem: Problem, count: int, rng: Generator) -> Doubles:
    """Lemma 2's worst shift of every component: the window to l(ε), and all mass at its far end."""
    return rng.choice(problem.means, count) + worst_place(problem, float(problem.c) / problem.k)


def full_price(problem: Problem) -> float:
    """ρ − f(3Δ): the mass that makes the filter accept a point 3Δ from the mean."""
    return problem.central_mass - float(window_mass(3 * problem.window, problem.window))


def concentrate(problem: Problem, count: int, rng: Generator) -> Doubles:
    """The worst shift of few components, about ρ − f(3Δ) of mass on each."""
    components, eps = targets(problem, problem.c / full_price(problem))
    return rng.choice(problem.means[:components], count) + worst_place(problem, eps)


def elongation(problem: Problem, count: int, rng: Generator) -> Doubles:
    """Stretch clusters past 3Δ, so that they are no cliques: most mass at 2.5Δ, some at 3.1Δ."""
    components, _ = targets(problem, problem.c / full_price(problem))
    steps = np.where(rng.random(count) < 0.98, 2.5, 3.1)
    return rng.choice(problem.means[:components], count) + problem.window * steps


def chaining(problem: Problem, count: int, rng: Generator) -> Doubles:
    """Join neighbouring components by stepping stones less than 3Δ apart, mass ρ on each.

    Raises:
        InputError: there is one component only.
    """
    if problem.k < 2:
        raise InputError("chaining joins components: pass k of at least 2")
    stones = int(problem.separation / (3 * problem.delta))
    if stones == 0:
        raise InputError("chaining needs a separation of at least 3 Delta: nearer means are joined")
    bridges, _ = targets(problem, problem.c / (stones * problem.central_mass))
    start = rng.choice(problem.means[: min(bridges, problem.k - 1)], count)
    step = float(problem.separation) / (stones + 1)
    return np.asarray(start + step * rng.integers(1, stones + 1, size=count))


def fake_clusters(problem: Problem, count: int, rng: Generator) -> Doubles:
    """Clusters of mass ρ where no component is: halfway to the next one."""
    clusters, _ = targets(problem, problem.c / problem.central_mass)
    return rng.choice(problem.means[:clusters], count) + float(problem.separation) / 2


def added_laws(problem: Problem, offsets: tuple[float, ...], count: int, rng: Generator) -> Doubles:
    """Laws of means that do not exist, at so many offsets from as many components as c pays for.

    Each is (φ(x − s) − φ(x − μ))₊: what the reports lack of N(s, 1) beside the component itself.
    """
    components, _ = targets(problem, float(problem.c) / len(offsets))
    shifts = np.asarray(offsets)

    def propose(size: int) -> tuple[Doubles, Doubles]:
        shift = rng.choice(shifts, size)
        z = rng.standard_normal(size)
        x = shift + z
        own = problem.means[rng.integers(components, size=size)]
        return own + x, -np.expm1(np.minimum(0, (z * z - x * x) / 2))

    return thinned(count, rng, propose)


def counterfeits(problem: Problem, count: int, rng: Generator) -> Doubles:
    """Against lists of possible means: a counterfeit just over 2t = D/3 away from a mean."""
    return added_laws(problem, (1.02 * float(problem.separation) / 3,), count, rng)


def joined(problem: Problem, count: int, rng: Generator) -> Doubles:
    """Against lists of possible means: two laws between neighbours, a little less than D/3 apart.

    The cluster that they make reaches from one mean to the next, and may hold either.

    Raises:
        InputError: there is one component only.
    """
    if problem.k < 2:
        raise InputError("joining needs two components: pass k of at least 2")
    apart = float(problem.separation)
    pairs = min(max(int(problem.c / 2), 1), problem.k // 2)
    starts = problem.means[0 : 2 * pairs : 2]
    places = rng.choice(starts, count) + apart * rng.choice([0.335, 0.665], count)
    return np.asarray(places + rng.standard_normal(count))


_STRONGEST = 4.685 / np.sqrt(5)
"""Where one report pulls Tukey's biweight most."""


def pull(problem: Problem, count: int, rng: Generator) -> Doubles:
    """Against the robust centre: c/k at every component, where a report pulls the biweight most."""
    return rng.choice(problem.means, count) + _STRONGEST


def mirror(problem: Problem, count: int, rng: Generator) -> Doubles:
    """Against the robust centre: beside few means a whole law with more reports than their own.

    The centre is on the wrong one then, 2.5 away, where both are in one cluster.
    """
    components, _ = targets(problem, float(problem.c) / 1.25)
    return rng.choice(problem.means[:components], count) + 2.5 + rng.standard_normal(count)


def disguise(
    problem: Problem, count: int, rng: Generator, share: float = 0.5, shift: float = 0.7
) -> Doubles:
    """Against the trust in a robust centre: the reports of few groups look normal beside the mean.

    Each gets what (1 + ε)φ(x − s) has more than φ(x − own), so that the two together are nearly a
    normal law around the wrong mean s.
    """
    components, eps = targets(problem, max(round(problem.c / share), 1))

    def propose(size: int) -> tuple[Doubles, Doubles]:
        z = rng.standard_normal(size)
        x = shift + z
        own = problem.means[rng.integers(components, size=size)]
        chance = 1 - np.exp((z * z - x * x) / 2) / (1 + eps)
        return own + x, np.maximum(chance, 0)

    return thinned(count, rng, propose)


ADVERSARIES: dict[str, Adversary] = {
    "none": honest,
    "interval": one_interval,
    "two-point": two_point,
    "even-spread": even_spread,
    "worst-shift": worst_shift,
    "concentrate": concentrate,
    "elongation": elongation,
    "chaining": chaining,
    "fake-clusters": fake_clusters,
    "counterfeits": counterfeits,
    "joined": joined,
    "pull": pull,
    "mirror": mirror,
    "disguise": disguise,
}
"""By the name that the command line knows."""
