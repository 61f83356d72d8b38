"""Theorem 2 at finite m: every condition of the proof, and the combinatorial core by search."""

import itertools
import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from possible_sets import clusters
from scipy.stats import binom, norm

import bounds.upper.sample_size as module
from bounds.bracket import risk_bracket
from bounds.certify.errors import DomainError, Inconclusive, InputError
from bounds.certify.numbers.precision import working_precision
from bounds.estimation.rules import best_rule
from bounds.lower import lower_bound
from bounds.lower.any_set import SEAM
from bounds.upper import upper_bound
from bounds.upper.sample_size import (
    FINEST_CELL,
    SLABS,
    Design,
    choose_design,
    failure,
    least_sample_size,
    sample_size_bound,
    tail_square,
)

K, C, D, M = 50, Fraction(5), Fraction(36), Fraction(10**5)


def parts(design: Design, k: int = K, c: Fraction = C, d: Fraction = D, m: Fraction = M) -> Any:
    with working_precision(96):
        return module._parts(k, c, d, m, design)


@pytest.fixture(scope="module")
def good() -> Design:
    design = choose_design(K, C, D, M)
    assert design is not None
    return design


def test_the_design_found_is_proved(good: Design) -> None:
    assert parts(good) is not None


SPOILT: dict[str, Callable[[Design], dict[str, Any]]] = {
    "slack that does not hold a law": lambda d: {"slack": d.slack - Fraction(1, 10**6)},
    "no spare for floats": lambda d: {"slack": d.slack - Fraction(3, 10**9)},
    "reach above D/6": lambda _: {"reach": Fraction(6) + Fraction(1, 10**6)},
    "halves larger than half": lambda _: {"least_half": 10**7},
    "deviation below the one-sided inequality's range": lambda d: {
        "missed": d.shortfall + Fraction(1, 2000), "anchors": 10**6,
    },
    "no deviation at all": lambda d: {"missed": d.shortfall / 2},
    "slope below what long clusters cost": lambda _: {"slope": Fraction(33, 100)},
    "slope that leaves nothing for the fooled": lambda _: {"slope": Fraction(67, 100)},
    "base below one point's": lambda d: {"base": d.base - Fraction(1, 10**5)},
    "one point for too long a hull": lambda d: {"narrow": d.narrow + Fraction(1, 100)},
    "two points for too short a hull": lambda d: {"narrow": d.narrow - Fraction(1, 20)},
    "two points for a hull beyond 21/10": lambda _: {
        "narrow": Fraction(22, 10), "base": Fraction(9),
    },
    "cells too wide for the slack": lambda d: {"cell": d.cell * 8},
    "cells on which nothing is counted": lambda _: {"cell": FINEST_CELL / 2},
    "cells that finer ones do not make up": lambda d: {"cell": d.cell * Fraction(3, 4)},
}  # fmt: skip


@pytest.mark.step(
    "(c) one point of a cluster",
    "(d) both ends of a cluster",
    "both ends serve up to a hull of 21/10 alone",
    "the algorithm can count on the cells",
    "which are no narrower than its own",
    "and made up of these",
    "the slack holds the law of a mean",
    "the one-sided inequality applies",
    "n₀ is at most n/2",
)
@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_design_that_breaks_one_condition_is_refused(
    good: Design, spoil: Callable[[Design], dict[str, Any]]
) -> None:
    assert parts(replace(good, **spoil(good))) is None


@pytest.mark.step("2t is beyond that hull")
def test_each_condition_is_there() -> None:
    """Each of the conditions (a) to (d) alone refuses some design that all the others allow."""
    t, far = Fraction(3, 2), Fraction(10**6)
    base = Design(
        Fraction(1, 2**10), Fraction(1, 50), t, 10**12, Fraction(1, 1000), Fraction(3, 1000), 4000,
        Fraction(30), Fraction(30), Fraction(1, 2),
    )  # fmt: skip
    scale = Fraction(10**12)

    def holds(distance: Fraction, **changes: Any) -> bool:
        return parts(replace(base, **changes), 2, Fraction(1), distance, scale) is not None

    assert holds(far)
    assert not holds(6 * t - Fraction(1, 1000))  # (a): D ≥ 6t
    assert not holds(Fraction(7), reach=Fraction(1))  # 2t below the seam
    assert holds(Fraction(9), reach=t)
    assert not holds(far, slope=Fraction(1))  # (b): E + σp is about 2 at t = 3/2


@pytest.mark.step(
    "D ≥ 6t",
    "(a) long clusters pay for their components",
    "(b) a counterfeit pays for its two cuts",
    "(b) length pays for cuts and slack",
    "(d) from 2t on",
    "cells are small beside t",
)
def test_each_condition_alone_refuses_a_design(good: Design) -> None:
    """A design that only the condition named allows no more, beside one that it still allows."""
    far = Fraction(10**6)
    delta = float(good.slack)

    def holds(distance: Fraction, **changes: Any) -> bool:
        return parts(replace(good, **changes), d=distance) is not None

    # (a): σ(Q̃ − 1) ≥ 2 where D = 6t
    six = {"reach": Fraction(6), "base": Fraction(9)}
    assert holds(D, slope=Fraction(6, 5), **six)
    assert not holds(D - Fraction(1, 100), slope=Fraction(6, 5), **six)  # D ≥ 6t
    assert not holds(D, slope=Fraction(19, 20), **six)
    assert holds(far, slope=Fraction(19, 20), **six)
    # (b): both halves
    near = {"reach": Fraction(3, 2), "base": Fraction(30)}
    assert holds(far, slope=Fraction(5), **near)
    assert not holds(far, slope=Fraction(4), **near)
    assert not holds(far, slope=Fraction(67, 100), **six)
    # (d): at 2t with six points
    slope = 0.66104641 / (1 - 2.1 * delta)
    wide = {"reach": Fraction(6), "slope": Fraction(slope), "narrow": Fraction(1, 100)}
    assert holds(far, base=Fraction(4.5 * slope * delta), **wide)
    assert not holds(far, base=Fraction(3 * slope * delta), **wide)
    # cells that are no small part of t
    coarse = {
        "cell": Fraction(1, 2), "slack": good.slack + Fraction(1, 5), "slope": Fraction(60),
        "base": Fraction(99), "narrow": Fraction(1, 2),
    }  # fmt: skip
    assert holds(far, reach=Fraction(3), **coarse)
    assert not holds(far, reach=Fraction(9, 4), **coarse)


@pytest.mark.step(
    "what wide cuts share, η counted", "far clients, η counted", "what the event costs"
)
def test_the_parts_are_those_of_the_theorem(good: Design) -> None:
    """By sums in floats, at a cell so wide that η matters."""
    wide = {
        "cell": Fraction(1, 4), "slack": good.slack + Fraction(1, 5), "slope": Fraction(60),
        "base": Fraction(99), "reach": Fraction(2),
    }  # fmt: skip
    found = parts(replace(good, **wide), d=Fraction(1000))
    assert found is not None
    assert float(found["attack"]) == pytest.approx(60 * (0.1 + 2 * norm.sf(4 - 1)), rel=1e-9)
    z = np.linspace(4 - 5 / 4, 20, 400_001)
    far = 2 * np.trapezoid((z + 4) ** 2 * norm.pdf(z), z)
    assert float(found["far"]) == pytest.approx(far, rel=1e-6)
    with working_precision(96):
        chance = float(failure(K, C, M, replace(good, **wide)))
    z = np.linspace(-20, 20, 400_001)
    lost = np.trapezoid((abs(z) + 4) ** 2 * norm.pdf(z), z)
    assert float(found["failure"]) == pytest.approx(chance * lost, rel=1e-6)


@pytest.mark.step("a bound that is not below 1 is none")
def test_a_bound_that_is_not_below_1_says_nothing(
    good: Design, monkeypatch: pytest.MonkeyPatch
) -> None:
    poor = replace(good, base=Fraction(2))
    monkeypatch.setattr(module, "choose_design", lambda *_: poor)
    assert not sample_size_bound(K, C, D, M).says_something
    monkeypatch.setattr(module, "choose_design", lambda *_: good)
    assert sample_size_bound(K, C, D, M).says_something


@pytest.mark.step("no set beats two points, for finite m")
def test_without_the_theorem_on_sets_there_is_no_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise Inconclusive("not proved")

    monkeypatch.setattr(module, "prove_no_set_beats_two_points", refuse)
    with pytest.raises(Inconclusive):
        sample_size_bound(K, C, D, M)


def test_few_long_hulls_ask_for_a_steeper_slope() -> None:
    """(a): at D = 6t the slope of long clusters is about 2/(Q − 1) with Q = 3."""
    tight = choose_design(10, Fraction(1, 2), Fraction(20), Fraction(10**6))
    assert tight is not None
    assert parts(tight, 10, Fraction(1, 2), Fraction(20), Fraction(10**6)) is not None
    # a smaller D with everything else as it was: σ(Q̃ − 1) falls below 2
    near = Fraction(17, 10) * 2 * tight.reach
    assert parts(tight, 10, Fraction(1, 2), near, Fraction(10**6)) is None


def test_the_seam_is_that_of_the_theorem_on_sets() -> None:
    assert module.NARROW == 2 * SEAM


# ---- the core: what T may cost its clients, against the mass that it needs


def least_mass(points: list[float], delta: float) -> float:
    """The largest 1 + Σ q(g) − Nδ₁ over subsets of T: the mass that T needs at least."""
    best = [1 - delta] * len(points)
    for j, i in itertools.product(range(len(points)), repeat=2):
        if i < j:
            gain = math.erf((points[j] - points[i]) / math.sqrt(8)) - delta
            best[j] = max(best[j], best[i] + gain)
    return max(best)


def lost(points: list[float], means: set[float], d: float, t: float, eta: float) -> float:
    """The most that clients within 2t − 5η of their means lose."""
    found = clusters(points, 2 * t)
    with working_precision(64):
        fooled = float(tail_square(arb(t - eta), arb(t)))
    total = 0.0
    for number, cluster in enumerate(found):
        held = sorted(means & set(cluster))
        if cluster[-1] - cluster[0] >= d - 2 * eta:
            total += len(held)
        else:
            assert len(held) <= 1
            gap = max((b - a for a, b in itertools.pairwise(cluster)), default=0.0)
            rule = best_rule(cluster[0] - eta, cluster[-1] + eta, max(gap - 2 * eta, 0))
            total += len(held) * rule.risk
        for mean in held:
            near = [found[number - 1][-1]] if number else []
            near += [found[number + 1][0]] if number + 1 < len(found) else []
            total += fooled * sum(abs(point - mean) < 4 * t - 8 * eta for point in near)
    return total


@settings(max_examples=60)
@given(
    st.sampled_from([(10, "0.5", 20, 10**5), (50, 5, 36, 10**4), (8, "0.8", 27, 10**6)]),
    st.lists(st.floats(min_value=1, max_value=1.7), min_size=0, max_size=3),
    st.lists(st.floats(min_value=-0.4, max_value=3.4), min_size=0, max_size=12),
    st.booleans(),
)
def test_no_list_costs_more_than_it_pays_for(
    sizes: tuple[Any, ...], gaps: list[float], extra: list[float], clustered: bool
) -> None:
    k, c, d, m = sizes
    design = sample_size_bound(k, c, d, m).design
    assert design is not None
    eta, t, sigma = float(design.cell), float(design.reach), float(design.slope)
    delta, x = float(design.slack), float(design.base)

    def at(place: float) -> float:
        return round(place / (2 * eta)) * 2 * eta

    means = [at(d * place) for place in itertools.accumulate(gaps, initial=0.0)]
    spread = 0.12 if clustered else 1.0
    points = sorted({*means, *(at(d * place * spread) for place in extra)})
    needed = least_mass(points, delta) - len(means)
    shared = 2 * norm.sf(2 * t - 4 * eta)
    allowed = sigma * (needed + len(means) * shared) + len(means) * x
    assert lost(points, set(means), d, t, eta) <= allowed + 1e-9


def test_one_mean_beside_which_nothing_is_listed_still_costs_the_slack() -> None:
    """Without x the sum would claim less than nothing for a mean whose cluster is one point."""
    design = sample_size_bound(K, C, D, M).design
    assert design is not None
    assert float(design.slope) * (least_mass([0.0], float(design.slack)) - 1) < 0
    assert design.base > design.slope * design.slack


# ---- the event


@pytest.mark.parametrize(("n", "p"), [(2000, 0.1), (10**5, 0.01), (50, 0.5)])
def test_few_reports_are_no_more_likely_than_the_part_says(n: int, p: float) -> None:
    for tau in (0.05, 0.2, 0.4):
        mean = n * p
        bound = math.exp(-mean * ((1 - tau) * math.log(1 - tau) + tau))
        assert binom.cdf(math.ceil((1 - tau) * mean) - 1, n, p) <= bound


def test_laws_miss_no_more_often_than_the_part_says() -> None:
    """sup over intervals of Φ(I) − Φ̂(I) ≥ v + 1/J, by simulation."""
    rng, n, rounds = np.random.default_rng(3), 200, 4000
    u = np.sort(rng.random((rounds, n)), axis=1)
    ranks = np.arange(n + 1) / n
    rise = np.concatenate([u, np.ones((rounds, 1))], 1) - ranks  # just before each point
    start = np.concatenate([np.zeros((rounds, 1)), u - ranks[1:]], 1)  # just after each point
    missed = (rise - np.minimum.accumulate(start, axis=1)).max(axis=1)
    for v, anchors in ((0.1, 20), (0.12, 40), (0.15, 60)):
        bound = anchors * math.exp(-2 * n * v * v)
        seen = float((missed >= v + 1 / anchors).mean())
        assert seen <= bound + 4 * math.sqrt(max(bound * (1 - min(bound, 1)), 1e-6) / rounds)
    assert float((missed >= 0.1).mean()) > math.exp(-2 * n * 0.1 * 0.1)  # one anchor is too few


@pytest.mark.step(
    "every slab has a deviation of its own",
    "of a slab the smallest number counts",
    "both halves and every label may fail",
)
def test_the_part_of_the_event_is_the_sum_of_its_chances(good: Design) -> None:
    n = float((K + C) * M)
    spare, half = n / 2 - good.least_half, good.least_half / float(K + C)
    tau, missed, anchors = float(good.shortfall), float(good.missed), good.anchors

    def few(t: float) -> float:
        return math.exp(-half * ((1 - t) * math.log(1 - t) + t))

    expected = few(tau)
    for i in range(SLABS):
        end = tau * (i + 1) / SLABS
        v = (missed - end) / (1 - end + 1 / half) - 1 / anchors
        expected += few(tau * i / SLABS) * anchors * math.exp(-2 * (1 - end) * half * v * v)
    expected = 2 * (math.exp(-2 * spare**2 / n) + K * expected)
    with working_precision(96):
        assert float(failure(K, C, M, good)) == pytest.approx(expected, rel=1e-9)


def test_reports_of_a_label_fall_short_no_more_often_than_the_slabs_say() -> None:
    """A binomial number of draws of a uniform law: sup over intervals of Φ(I) − ν(I), simulated."""
    rng, n, share, rounds = np.random.default_rng(3), 800, 0.25, 3000
    mean, tau, anchors = n * share, 0.2, 100
    found = []
    for number in rng.binomial(n, share, rounds):
        u = np.sort(rng.random(number))
        rise = np.append(u, 1.0) - np.arange(number + 1) / mean
        start = np.append(0.0, u - np.arange(1, number + 1) / mean)
        found.append((rise - np.minimum.accumulate(start)).max())
    for missed in (0.28, 0.3, 0.33):
        design = replace(design_of(), shortfall=Fraction(tau), missed=Fraction(missed))
        chance = math.exp(-mean * ((1 - tau) * math.log(1 - tau) + tau))
        for a, b, v in replace(design, anchors=anchors).slabs(Fraction(mean)):
            few = 1.0 if not a else math.exp(-mean * ((1 - a) * math.log(1 - a) + a))
            chance += few * anchors * math.exp(-2 * (1 - b) * mean * v * v)
        seen = float(np.mean(np.array(found) >= missed))
        assert seen <= chance + 4 * math.sqrt(seen / rounds)
        assert chance < 3


def design_of() -> Design:
    design = choose_design(K, C, D, M)
    assert design is not None
    return design


# ---- the bound


@pytest.mark.parametrize("start", [0.5, 2.0, 5.0])
def test_the_tail_is_the_integral(start: float) -> None:
    z = np.linspace(start, start + 14, 400_001)
    with working_precision(64):
        value = float(tail_square(arb(start), arb(1.25)))
    assert value == pytest.approx(np.trapezoid((z + 2.5) ** 2 * norm.pdf(z), z), rel=1e-6)


@pytest.mark.parametrize(
    ("k", "c", "d", "most", "twice"), [(10, "0.5", 20, 5000, 10**6), (50, 5, 36, 5000, 2 * 10**5)]
)
def test_from_which_size_on_it_says_something(
    k: int, c: Any, d: int, most: int, twice: int
) -> None:
    m = least_sample_size(k, c, d)
    assert m is not None
    assert m <= most
    assert sample_size_bound(k, c, d, m).says_something
    assert (
        sample_size_bound(k, c, d, twice).value.ball() < 0.0661 * 2 * float(Fraction(c)) / k * 10.2
    )


def test_it_falls_towards_the_limit_and_lies_above_the_lower_bound() -> None:
    found = [sample_size_bound(8, "0.8", 27, 10**e).value.ball() for e in (4, 5, 6, 8, 10)]
    assert all(bool(a > b) for a, b in itertools.pairwise(found))
    assert found[-1] < 0.0721  # cells of a thousandth cost 2 % of the limit, 0.0703
    assert found[-1] > lower_bound(8, "0.8").value.ball()


def test_below_it_the_own_sample_is_told() -> None:
    bound = sample_size_bound(50, 5, 36, 100)
    assert not bound.says_something
    assert bound.value.ball() == 1
    assert not bound.parts
    assert least_sample_size(5, 4, 3) is None  # D too small for any t
    some = least_sample_size(10, "1/19", 20)
    assert some is not None
    assert some % 19 == 0
    assert sample_size_bound(10, "1/19", 20, some).says_something
    assert least_sample_size(10, Fraction(1, 10**10), 20) is None  # no such m is searched
    assert least_sample_size(10**9, 10**8, 36) is not None  # few clients each, as there are so many


@pytest.mark.parametrize("m", [1011, "1/3", "0.5", 10**17 + 1])
def test_a_number_of_clients_that_is_not_whole_is_refused_as_by_the_bracket(m: Any) -> None:
    for answer in (
        lambda: sample_size_bound(1, "1/20", 20, m),
        lambda: risk_bracket(1, "1/20", 20, m),
        lambda: upper_bound("20/9", "1/20", "proved", k=1, m=m),
    ):
        with pytest.raises(
            DomainError, match=r"\(k \+ c\)m = .* must be a whole number of clients"
        ):
            answer()


@pytest.mark.parametrize(
    "wrong", [(0, 1, 9, 10), (1.5, 1, 9, 10), (1, -1, 9, 10), (1, 1, 0, 10), (1, 1, 9, 0),
              (1, 1, 9, 10**18), ("k", 1, 9, 10), (2, "nan", 9, 10)],
)  # fmt: skip
def test_bad_arguments_are_told(wrong: tuple[Any, ...]) -> None:
    with pytest.raises(InputError):
        sample_size_bound(*wrong)
