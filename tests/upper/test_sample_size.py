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
from scipy.stats import norm, poisson

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
    STEPS,
    Design,
    choose_design,
    expected_lack,
    failure,
    fewest,
    lacks,
    least_sample_size,
    poisson_tail,
    sample_size_bound,
    tail_square,
)

K, C, D, M = 50, Fraction(5), Fraction(36), Fraction(10**5)


def parts(design: Design, k: int = K, c: Fraction = C, d: Fraction = D, m: Fraction = M) -> Any:
    with working_precision(96):
        return module._parts(k, c, d, size_of(k + c, m), design)


def size_of(total: Fraction, m: Fraction) -> tuple[Fraction, Fraction]:
    return m, m - 1 / total


@pytest.fixture(scope="module")
def good() -> Design:
    design = choose_design(K, C, D, size_of(K + C, M))
    assert design is not None
    return design


def test_the_design_found_is_proved(good: Design) -> None:
    assert parts(good) is not None


SPOILT: dict[str, Callable[[Design], dict[str, Any]]] = {
    "slack that does not hold a law": lambda d: {"slack": d.slack - Fraction(1, 10**6)},
    "no spare for floats": lambda d: {"slack": d.slack - Fraction(3, 10**9)},
    "reach above D/6": lambda _: {"reach": Fraction(6) + Fraction(1, 10**6)},
    "no deviation at all": lambda _: {"missed": Fraction(1)},
    "steps too short for the sum": lambda d: {"step": d.step / 50},
    "slope below what long clusters cost": lambda _: {"slope": Fraction(49, 100)},
    "slope that leaves nothing for the fooled": lambda _: {"slope": Fraction(67, 100)},
    "base below one point's": lambda d: {"base": d.base - Fraction(1, 10**5)},
    "one point for too long a hull": lambda d: {"narrow": d.narrow + Fraction(1, 100)},
    "two points for too short a hull": lambda d: {"narrow": d.narrow / 2},
    "one point for a hull beyond 11/10": lambda _: {
        "narrow": Fraction(12, 10), "base": Fraction(9),
    },
    "cells too wide for the slack": lambda d: {"cell": d.cell * 8},
    "cells on which nothing is counted": lambda _: {"cell": FINEST_CELL / 2},
    "cells that finer ones do not make up": lambda d: {
        "cell": d.cell * Fraction(3, 2), "slack": d.slack + Fraction(1, 1000),
        "base": d.base + Fraction(1, 20),
    },
}  # fmt: skip


@pytest.mark.step(
    "the algorithm can count on the cells",
    "which are no narrower than its own",
    "and made up of these",
)
@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_design_that_breaks_one_condition_is_refused(
    good: Design, spoil: Callable[[Design], dict[str, Any]]
) -> None:
    assert parts(replace(good, **spoil(good))) is None


def test_each_condition_alone_refuses_a_design(good: Design) -> None:
    """A design that only the condition named allows no more, beside one that it still allows."""
    far = Fraction(10**6)
    delta = float(good.slack)

    def holds(distance: Fraction, **changes: Any) -> bool:
        return parts(replace(good, **changes), d=distance) is not None

    six = {"reach": Fraction(6), "base": Fraction(1, 50)}
    assert holds(D, slope=Fraction(6, 5), **six)
    assert not holds(D - Fraction(1, 100), slope=Fraction(6, 5), **six)  # D ≥ 6t
    # (a): σ(Q̃ − 1 − 2δ₁) + 2x ≥ 2 where D = 6t; a larger x pays as well
    assert not holds(D, slope=Fraction(19, 20), **six)
    assert holds(D, slope=Fraction(19, 20), **{**six, "base": Fraction(1, 5)})
    assert holds(far, slope=Fraction(19, 20), **six)
    # (b): both halves, without the cases
    near = {"reach": Fraction(3, 2), "base": Fraction(30), "by_cases": False}
    assert holds(far, slope=Fraction(5), **near)
    assert not holds(far, slope=Fraction(4), **near)  # 2f ≤ σ(1 − δ₁)
    # σ ≥ 1/2
    wide = {"reach": Fraction(6), "base": Fraction(9), "by_cases": False}
    assert holds(far, slope=Fraction(1, 2), **wide)
    assert not holds(far, slope=Fraction(49, 100), **wide)
    # (e′): length, and at 2t with six points
    assert not holds(far, slope=Fraction(67, 100), **{**six, "base": Fraction(9)})
    slope = 0.66104641 / (1 - 2.1 * delta)
    tight = {"reach": Fraction(6), "slope": Fraction(slope)}
    assert holds(far, base=Fraction(4.5 * slope * delta), **tight)
    assert not holds(far, base=Fraction(3 * slope * delta), **tight)
    # cells that are no small part of t, or of 1
    coarse = {
        "cell": Fraction(1, 32), "slack": good.slack + Fraction(1, 50), "slope": Fraction(900),
        "base": Fraction(99), "by_cases": False,
    }  # fmt: skip
    assert holds(far, reach=Fraction(1), **coarse)
    assert not holds(far, reach=Fraction(5, 32), **coarse)
    coarse["cell"] = Fraction(1, 16)
    assert not holds(far, reach=Fraction(1), **coarse)


ALONE: dict[str, tuple[Any, ...]] = {
    "D ≥ 6t": (10, 223, 3499, 1343, 9000, 613, True, Fraction(10497, 500)),
    "η ≤ 1/20": (4, 87, 3689, 1401, 805, 239, True, 10**6),
    "σ ≥ 1/2": (8, 45, 4072, 435, 9000, 940, False, Fraction(4072, 125)),
    "(a)": (10, 271, 3603, 673, 931, 745, False, Fraction(1171, 50)),
    "(b) counterfeits": (6, 53, 1484, 3824, 9000, 146, True, Fraction(742, 25)),
    "(b) length": (6, 376, 2091, 3596, 9000, 1034, False, Fraction(2091, 50)),
    "(c)": (10, 57, 2008, 29678, 90, 947, True, Fraction(3263, 250)),
    "w₀ ≤ 11/10": (8, 43, 1824, 3222, 9000, 1200, True, 10**6),
    "(d)": (10, 42, 5610, 74737, 970, 116, False, Fraction(7293, 200)),
    "slack": (5, 30, 2903, 1469, 9000, 646, True, Fraction(2903, 125)),
    "(e') length": (10, 418, 3769, 1421, 9000, 415, True, Fraction(12249, 500)),
    "(e') six points": (5, 247, 2902, 21926, 9000, 679, True, Fraction(1451, 25)),
    "(e') w₁ ≤ 2t": (6, 82, 1034, 32651, 9000, 695, True, 10**6),
    "(e) both ends at 4t": (6, 42, 1892, 2895, 163, 116, False, Fraction(1892, 125)),
    "(e) chains": (6, 304, 4890, 1473, 643, 775, False, 10**6),
}
"""Found by a search: designs that break the condition named and no other one. The cell as a power
of ½, then δ, t, σ, x and w₀ in thousandths, whether by the cases, and D."""


@pytest.mark.step(
    "D ≥ 6t",
    "the linear rule is concave up to 3/5, η counted",
    "and σ large enough",
    "(a) long clusters pay for their components",
    "(b) a counterfeit pays for its two cuts",
    "(b) length pays for cuts and slack",
    "(c) one point of a cluster",
    "which serves up to a hull of 11/10",
    "(d) both ends of a cluster",
    "(e) both ends, by the linear rule, up to 4t",
    "(e) chains beyond",
    "(e′) length pays for cuts and slack, by the cases",
    "(e′) from 2t on",
    "(e′) 2t is beyond the seam of the cases",
    "the slack holds the law of a mean",
)
@pytest.mark.parametrize("numbers", ALONE.values(), ids=ALONE)
def test_a_design_that_breaks_no_other_condition_is_refused(
    good: Design, numbers: tuple[Any, ...]
) -> None:
    level, *thousandths, by_cases, distance = numbers
    slack, reach, slope, base, narrow = (Fraction(number, 1000) for number in thousandths)
    design = replace(
        good, cell=Fraction(1, 2**level), slack=slack, reach=reach, slope=slope, base=base,
        narrow=narrow, by_cases=by_cases,
    )  # fmt: skip
    assert parts(design, d=Fraction(distance)) is None


def h_of(design: Design, w: float) -> float:
    """h(w) of step 6: what both ends of a cluster pay more than the linear rule costs there."""
    t, eta, sigma, x = map(float, (design.reach, design.cell, design.slope, design.base))
    f = float(module.guides.tail_square(t - eta, t)) + sigma * 2 * norm.sf(t)
    a = w / 2 + eta
    paid = x + sigma * (module.guides.gap_mass(w) - 2 * float(design.slack))
    return paid - a * a / (1 + a * a) - f * w / (2 * t)


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0.5, 2.5), st.floats(0.0, 0.6), st.floats(2, 6), st.floats(0.02, 0.45),
    st.floats(0.01, 1.1),
)  # fmt: skip
def test_where_the_conditions_hold_both_ends_pay_for_every_hull(
    slope: float, base: float, reach: float, slack: float, narrow: float
) -> None:
    """(d) and (e) ask at three places; the grid looks at all."""
    design = replace(
        design_of(), slope=Fraction(slope), base=Fraction(base), reach=Fraction(reach),
        slack=Fraction(slack), narrow=Fraction(narrow), by_cases=False,
    )  # fmt: skip
    if parts(design, d=Fraction(10**6)) is None:
        return
    t = float(reach)
    assert min(h_of(design, w) for w in np.linspace(narrow, 4 * t, 400)) >= 0
    f = float(module.guides.tail_square(t, t)) + slope * 2 * norm.sf(t)
    mass = math.erf(2 * t / math.sqrt(8))
    for w in np.linspace(4 * t, 20 * t, 40):  # chains
        chain = slope * (w * mass / (2 * t) - (w / t + 2) * slack)
        assert base + chain >= 1 + f * w / (2 * t) - 1e-9
    assert base >= slope * module.guides.gap_mass(float(design.cell)) + narrow**2 / (4 + narrow**2)


@pytest.mark.step(
    "what wide cuts share, η counted",
    "far clients, η counted",
    "far clients may be moved by more than 2t",
    "what the event costs",
    "what the reports of a label lack on average is paid",
)
def test_the_parts_are_those_of_the_theorem(good: Design) -> None:
    """By sums in floats, at a cell so wide that η matters; u = 9/2."""
    wide = {
        "cell": Fraction(1, 32), "slack": good.slack + Fraction(1, 50), "slope": Fraction(60),
        "base": Fraction(99), "reach": Fraction(2), "by_cases": False,
    }  # fmt: skip
    found = parts(replace(good, **wide), d=Fraction(1000))
    assert found is not None
    assert float(found["attack"]) == pytest.approx(60 * (0.1 + 2 * norm.sf(4 - 1 / 8)), rel=1e-9)
    z = np.linspace(4 - 5 / 32, 20, 400_001)
    far = 2 * np.trapezoid((z + 4.5) ** 2 * norm.pdf(z), z)
    assert float(found["far"]) == pytest.approx(far, rel=1e-6)
    with working_precision(96):
        chance = float(failure(K, size_of(K + C, M), good))
        lack = expected_lack(size_of(K + C, M), good.step)
    z = np.linspace(-20, 20, 400_001)
    lost = np.trapezoid((abs(z) + 4.5) ** 2 * norm.pdf(z), z)
    assert float(found["failure"]) == pytest.approx(chance * lost, rel=1e-6)
    assert lack is not None
    assert float(found["lack"]) == pytest.approx(60 * float(lack), rel=1e-9)


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


def test_the_seam_is_that_of_the_theorem_on_sets() -> None:
    assert module.NARROW == 2 * SEAM


# ---- the core: what T may cost its clients, against the mass that it needs


def least_mass(points: list[float], delta: float, means: set[float], lack: float) -> float:
    """The largest 1 + Σ q(g) − Σ lacks over subsets of T: the mass that T needs at least."""
    lacks = [lack if point in means else delta for point in points]
    best = [1 - less for less in lacks]
    for j, i in itertools.product(range(len(points)), repeat=2):
        if i < j:
            gain = math.erf((points[j] - points[i]) / math.sqrt(8)) - lacks[j]
            best[j] = max(best[j], best[i] + gain)
    return max(best)


def lost(points: list[float], means: set[float], d: float, t: float, eta: float) -> float:
    """The most that clients within 2t − 5η of their means lose."""
    found = clusters(points, 2 * t)
    with working_precision(64):
        fooled = float(tail_square(arb(t - eta), arb(2 * t)))
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
    short = 0.3 * delta  # dⱼ, the same for all
    lack = short + module.guides.gap_mass(eta)
    needed = least_mass(points, delta, set(means), lack) - len(means)
    shared = 2 * norm.sf(2 * t - 4 * eta)
    allowed = sigma * (needed + len(means) * shared) + len(means) * (x + sigma * short)
    assert lost(points, set(means), d, t, eta) <= allowed + 1e-9


# ---- the event


@pytest.mark.step("no chance is below the tail of Poisson's law")
@pytest.mark.parametrize("mean", [70, 1000, Fraction(10**5, 3)])
def test_the_tail_is_above_that_of_poissons_law(mean: Fraction) -> None:
    root = math.sqrt(mean)
    for deviation in (0.5, 1.5, 3, 5, 7):
        most = math.floor(mean - deviation * root)
        exact = poisson.cdf(most, float(mean))
        with working_precision(64):
            found = float(poisson_tail(Fraction(mean), most))
        assert exact <= found <= exact * (1 + 1.2 / deviation**2 + 6 / root)


def fallen_short(u: np.ndarray, mean: float) -> float:
    """sup over intervals of Φ(I) − ν(I), for uniform numbers counted in `mean`."""
    u = np.sort(u)
    rise = np.append(u, 1.0) - np.arange(u.size + 1) / mean
    start = np.append(0.0, u - np.arange(1, u.size + 1) / mean)
    return float((rise - np.minimum.accumulate(start)).max())


@pytest.mark.parametrize(("n", "share"), [(800, 0.25), (300, 1.0), (4000, 0.02)])
def test_reports_of_a_label_fall_short_no_more_often_than_the_theorem_says(
    n: int, share: float
) -> None:
    """A binomial number of draws of a uniform law, by simulation; without one's own report."""
    rng, rounds = np.random.default_rng(3), 2000
    mean = n * share
    others = mean - share
    found = np.array(
        [fallen_short(rng.random(max(b - 1, 0)), others) for b in rng.binomial(n, share, rounds)]
    )
    for deviation in (2.0, 2.5, 3.0, 3.5):
        lack = deviation / math.sqrt(mean)
        most = math.floor(mean - others * lack + 5 / 3)
        bound = 8 * poisson.cdf(most, mean)
        seen = float((found >= lack).mean())
        assert seen <= bound + 4 * math.sqrt(max(seen, 1e-3) / rounds)
    step = Fraction(1, math.floor(8 * math.sqrt(others)))
    with working_precision(64):
        lack_bound = expected_lack((Fraction(mean), Fraction(others)), step)
    assert lack_bound is not None
    assert found.mean() < float(lack_bound) < 1.7 * found.mean() + 3 / mean
    if share < 0.1:  # one of the four is too few
        lack = 2.5 / math.sqrt(mean)
        assert (found >= lack).mean() > poisson.cdf(math.floor(mean - others * lack), mean)


@pytest.mark.parametrize("mean", [0.2, 0.999, 1.0, 2.7, 31.99, 400.5])
def test_medians_of_poissons_law_are_where_the_proof_has_them(mean: float) -> None:
    assert poisson.cdf(math.floor(mean + 1 / 3), mean) >= 0.5
    assert poisson.cdf(math.ceil(mean), math.ceil(mean)) >= 0.5


@pytest.mark.step("every label may fail, in every way that a lack begins and ends")
def test_the_part_of_the_event_is_the_sum_of_its_chances(good: Design) -> None:
    size = size_of(K + C, M)
    most = math.floor(size[0] - size[1] * good.missed + Fraction(5, 3))
    one = 8 * K * poisson.cdf(most, float(M))
    with working_precision(96):
        assert one < float(failure(K, size, good)) < 1.2 * one


@pytest.mark.step("what lacks more than all steps is counted")
def test_the_expected_lack_is_the_sum_of_chances(good: Design) -> None:
    size = size_of(K + C, M)
    ones, counts = lacks(*size, good.step)
    assert len(counts) == STEPS + 1 - ones
    chances = [8 * poisson.cdf(fewest(*size, i * good.step), float(M)) for i in range(STEPS + 1)]
    least = float(good.step) * sum(min(1, chance) for chance in chances[:-1]) + chances[-1]
    with working_precision(96):
        found = expected_lack(size, good.step)
    assert found is not None
    assert least < float(found) < 1.15 * least


@pytest.mark.step("one report and two thirds more")
def test_what_a_client_takes_out_and_medians_are_counted() -> None:
    """One report of its own, and a third twice."""
    assert fewest(Fraction(100), Fraction(99), Fraction(1, 3)) == 100 - 33 + 1
    assert fewest(Fraction(100), Fraction(99), Fraction(1, 9)) == 100 - 11 + 1
    assert fewest(Fraction(301, 3), Fraction(99), Fraction(1, 9)) == 91


def design_of() -> Design:
    design = choose_design(K, C, D, size_of(K + C, M))
    assert design is not None
    return design


# ---- the bound


@pytest.mark.parametrize("start", [0.5, 2.0, 5.0])
def test_the_tail_is_the_integral(start: float) -> None:
    z = np.linspace(start, start + 14, 400_001)
    with working_precision(64):
        value = float(tail_square(arb(start), arb(2.5)))
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
