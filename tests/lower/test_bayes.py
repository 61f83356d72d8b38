"""Bayes risks of finite priors, and the quadrature under them."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from flint import acb, arb
from hypothesis import given, settings
from hypothesis import strategies as st

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.functions import density
from bounds.lower import bayes
from bounds.lower.bayes import _confusion, bayes_risk_ball
from bounds.lower.quadrature import line_integral, strip_for


def at_nodes(f: Callable[[arb], list[arb]]) -> Callable[[arb, int], list[arb]]:
    """The sums of some functions over the nodes of the rule, one node at a time."""

    def sums(step: arb, count: int) -> list[arb]:
        values = [f(j * step) for j in range(-count, count + 1)]
        return [sum(column, arb(0)) for column in zip(*values, strict=True)]

    return sums


@pytest.mark.heavy
@pytest.mark.parametrize("bits", [40, 200, 1000])
def test_the_density_integrates_to_one_and_no_closer_than_promised(bits: int) -> None:
    with working_precision(bits):
        plain, square = line_integral(
            at_nodes(lambda x: [density(x), density(x) / (1 + x * x)]),
            strip=arb(0.5),
            spread=arb(0),
            height=arb(2),
        )
        assert plain.contains(1)
        assert plain.rad() < arb(2) ** (18 - bits)
        known = (arb.pi() / 2).sqrt() * arb(0.5).exp() * arb(0.5).sqrt().erfc()  # E 1/(1 + Z²)
        assert square.overlaps(known)


def test_a_false_strip_is_visible() -> None:
    """1/(1 + x²) has poles at ±i: with a strip that reaches beyond them the enclosure is wrong."""
    with working_precision(60):
        (wrong,) = line_integral(
            at_nodes(lambda x: [density(x) / (1 + 400 * x * x)]),
            strip=arb(4),
            spread=arb(0),
            height=arb(2),
        )
        known = (arb.pi() / 2).sqrt() / 20 * arb(1 / 800).exp() * arb(1 / 800).sqrt().erfc()
        assert not wrong.overlaps(known)


def test_strips_stay_below_the_angle() -> None:
    with working_precision(100):
        for spread in (arb(0), arb("0.001"), arb(1), arb(60)):
            assert strip_for(spread, 100) * spread < 1.41
            assert strip_for(spread, 100) > 0


def one_node_at_a_time(means: list[arb], chances: list[arb]) -> arb:
    """The Bayes risk from its definition as a sum over pairs, by the same rule."""
    middle, spread = (means[0] + means[-1]) / 2, (means[-1] - means[0]) / 2
    centred = [mean - middle for mean in means]

    def at(x: arb) -> list[arb]:
        weighted = [p * density(x - mean) for mean, p in zip(centred, chances, strict=True)]
        pairs = [
            (centred[i] - centred[j]) ** 2 * weighted[i] * weighted[j]
            for j in range(len(centred))
            for i in range(j)
        ]
        return [sum(pairs, arb(0)) / sum(weighted, arb(0))]

    strip = strip_for(spread, 64)
    sums = at_nodes(at)
    return line_integral(sums, strip=strip, spread=spread, height=6 * spread * spread)[0]


@pytest.mark.heavy
@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.floats(0.01, 4), st.integers(1, 9)), min_size=2, max_size=6),
    st.booleans(),
)
def test_products_at_many_nodes_give_what_single_nodes_give(
    gaps: list[tuple[float, int]], even: bool
) -> None:
    with working_precision(64):
        if even:
            gaps = [*gaps, *((gap, weight) for (gap, _), (_, weight) in mirrored(gaps))]
        means, place = [], arb(0)
        for gap, _ in gaps:
            place += arb(gap)
            means.append(place)
        total = sum(weight for _, weight in gaps)
        chances = [arb(weight) / total for _, weight in gaps]
        found = bayes_risk_ball(means, chances, symmetric=even)
        assert found.overlaps(one_node_at_a_time(means, chances))
        assert found.rad() < arb(2) ** -45


def mirrored(gaps: list[tuple[float, int]]) -> list[tuple[tuple[float, int], tuple[float, int]]]:
    """For the second half of a prior that is its own mirror image: gap and weight of each mean."""
    back = [(1.0, 0), *((gap, 0) for gap, _ in gaps[:0:-1])]
    return list(zip(back, reversed(gaps), strict=True))


def test_half_of_a_prior_that_is_no_mirror_image_is_not_enough() -> None:
    with working_precision(64):
        means, chances = [arb(0), arb(1), arb(4)], [arb(1) / 2, arb(1) / 4, arb(1) / 4]
        whole, half = (bayes_risk_ball(means, chances, symmetric=even) for even in (False, True))
        assert not whole.overlaps(half)


def test_shifts_do_not_matter_and_symmetric_pairs_agree() -> None:
    shifted = bounds.lower.bayes_risk([5, 7], [3, 3], 25)
    assert shifted.decimals() == bounds.lower.two_point_risk(1, 25).decimals()


def test_a_third_point_between_two_is_worth_something_only_when_they_are_far() -> None:
    near = [float(bounds.lower.bayes_risk([-1, 0, 1], [1, w, 1], 10)) for w in ("1/100", "1/10")]
    far = [
        float(bounds.lower.bayes_risk([-2, 0, 2], [1, w, 1], 10)) for w in ("1/100", "1/10", "1")
    ]
    assert near[1] < near[0] < float(bounds.lower.two_point_risk(1))
    assert far[2] > far[1] > far[0] > float(bounds.lower.two_point_risk(2))


@pytest.mark.parametrize(
    ("points", "weights"),
    [([], []), ([1], [1]), ([1, 1], [1, 1]), ([1, 2], [1]), ([1, 2], [1, 0]), ([0, 200], [1, 1])],
)
def test_bad_priors_are_refused(points: Any, weights: Any) -> None:
    with pytest.raises(bounds.InputError):
        bounds.lower.bayes_risk(points, weights)


@pytest.mark.step("in the strip the mixture may be a seventh as large")
@pytest.mark.parametrize(
    ("means", "weights"),
    [((0, 1), (1, 1)), ((0, 6), (1, 1)), ((0, 2, 4), (1, 3, 1)), ((0, 1, 9), (5, 1, 2))],
)
def test_the_integrand_in_the_strip_is_no_higher_than_the_rule_is_told(
    means: tuple[int, ...], weights: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """|f(x + iy)| ≤ C e^{y²/2} m(x) on the edge, with the C and the strip that the rule is given.

    Two equal means far apart come near to it: there m is small on the edge, by cos(7/5).
    """
    told: dict[str, arb] = {}

    def rule(_: object, *, strip: arb, spread: arb, height: arb) -> list[arb]:
        told.update(strip=strip, spread=spread, height=height)
        return [arb(0)]

    monkeypatch.setattr(bayes, "line_integral", rule)
    chances = [arb(weight) / sum(weights) for weight in weights]
    highest = arb(0)
    with working_precision(120):
        bayes_risk_ball([arb(mean) for mean in means], chances)
        middle = arb(means[0] + means[-1]) / 2
        centred = [arb(mean) - middle for mean in means]
        assert told["spread"].overlaps(centred[-1])
        for number in range(-40, 41):
            x = (centred[-1] + 2) * number / 40
            z = acb(x, told["strip"])
            laws = [p * (-((z - t) ** 2) / 2).exp() for p, t in zip(chances, centred, strict=True)]
            real = [p * (-((x - t) ** 2) / 2).exp() for p, t in zip(chances, centred, strict=True)]
            pairs = [
                laws[i] * laws[j] * (centred[i] - centred[j]) ** 2
                for j in range(len(means))
                for i in range(j)
            ]
            value = abs(sum(pairs, acb(0)) / sum(laws, acb(0)))
            least = (told["strip"] ** 2 / 2).exp() * sum(real, arb(0))
            assert value < told["height"] * least
            highest = highest.max(value / least / told["spread"] ** 2)
    if means == (0, 1):
        assert highest > 5


@pytest.mark.step("and those beyond it, by their chances")
@pytest.mark.parametrize("count", [2, 4, 9])
def test_means_beyond_the_widest_gap_are_weighed(count: int) -> None:
    """|E e^{iyθ}| > 1/7 for all y of the strip: many means close together, or two heavy ones apart.

    Two heavy means 2(count + 1) apart, light ones between, 2 from each other: the widest gap is 2.
    And a row so dense that the gap is nothing: the client's own noise is what it takes for another.
    """
    row = [Fraction(j, 20) for j in range(61)]
    apart = [Fraction(2 * j) for j in range(count + 2)]
    priors = [
        (row, [Fraction(1, len(row))] * len(row)),
        (apart, [Fraction(1), *[Fraction(1, 10**12)] * count, Fraction(1)]),
    ]
    with working_precision(200):
        for means, weights in priors:
            points = [to_ball(mean) for mean in means]
            chances = [to_ball(weight / sum(weights)) for weight in weights]
            reach = _confusion(points, chances)
            x = points[-1] / 2
            laws = [p * (-((x - t) ** 2) / 2).exp() for p, t in zip(chances, points, strict=True)]
            for part in range(1, 29):
                y = arb(part) / 20 / reach
                turned = [law * acb(0, y * t).exp() for law, t in zip(laws, points, strict=True)]
                assert abs(sum(turned, acb(0))) * 7 > sum(laws, arb(0))


@pytest.mark.step(
    "the strip is no wider than the widest gap allows",
    "nor than the least chance allows",
    "means within the widest gap may be taken for the own one",
)
@pytest.mark.parametrize("shares", [(1, 1, 1), (1, 50, 1), (1, 1, 1000), (10**9, 1, 10**9)])
@pytest.mark.parametrize(
    "gaps", [("1/2", "1/2"), ("2", "12"), ("4", "4"), ("14", "14"), ("1/10", "30")]
)
def test_the_mixture_is_not_small_in_the_strip(
    shares: tuple[int, ...], gaps: tuple[str, ...]
) -> None:
    """|E e^{iyθ}| > 1/7 where Ry ≤ 7/5, at clients between and beyond the means."""
    means = [arb(0), to_ball(Fraction(gaps[0])), to_ball(Fraction(gaps[0]) + Fraction(gaps[1]))]
    chances = [to_ball(Fraction(share, sum(shares))) for share in shares]
    with working_precision(200):
        reach = _confusion(means, chances)
        for number in range(-60, 261):
            x = means[-1] * number / 200
            weights = [
                chance * (-(x - mean) * (x - mean) / 2).exp()
                for mean, chance in zip(means, chances, strict=True)
            ]
            for part in (Fraction(7, 5), Fraction(7, 10)):
                y = to_ball(part) / reach
                turned = [
                    weight * acb(0, y * mean).exp()
                    for mean, weight in zip(means, weights, strict=True)
                ]
                assert abs(sum(turned, acb(0))) * 7 > sum(weights, arb(0))


def test_from_both_ends_the_same_is_half_the_work() -> None:
    with working_precision(120):
        means, chances = [arb(m) for m in (-9, -7, 7, 9)], [arb(1) / 4] * 4
        half = bayes_risk_ball(means, chances, symmetric=True)
        assert half.overlaps(bayes_risk_ball(means, chances))
        assert half.rel_accuracy_bits() > 90
