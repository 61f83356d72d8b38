"""Every inflection on the whole domain, and the distance to its end."""

from fractions import Fraction
from types import SimpleNamespace

import pytest
from flint import arb, arb_series

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical import whole_domain
from bounds.critical.domain import read_delta, told_of_balls
from bounds.critical.whole_domain import end_of_domain, near_guesses


@pytest.mark.parametrize(
    ("delta", "shape"),
    [
        ("0.05", ("concave",)),
        ("0.95", ("concave", "convex", "concave")),
        ("1.2", ("concave", "convex", "concave", "convex", "concave")),
        ("1.5", ("concave", "convex", "concave")),
        ("8", ("concave", "convex", "concave")),
    ],
)
def test_the_shape(delta: str, shape: tuple[str, ...]) -> None:
    result = bounds.inflections(delta)
    assert result.shape == shape
    assert len(result.points) == len(result.distances) == len(shape) - 1
    ends = [point.eps.low.fraction() for point in result.points]
    assert ends == sorted(ends)


@pytest.mark.parametrize("delta", ["1", "1.45", "2", "3", "8"])
def test_each_point_by_a_second_route(delta: str) -> None:
    """loss″ by Taylor arithmetic, on both sides of each inflection, however close to the end."""
    result = bounds.inflections(delta, 20)
    with working_precision(3000):
        d = arb(delta)
        end = bounds.functions.central_mass(d)
        from bounds.critical.ends import largest_radius

        end = bounds.functions.mass_deficit(largest_radius(d), d)
        for point, distance in zip(result.points, result.distances, strict=True):
            low, high = (to_ball(Fraction(text)) for text in distance.decimals())
            before = bounds.loss(arb_series([end - high, 1], prec=3), d)[2]
            after = bounds.loss(arb_series([end - low, 1], prec=3), d)[2]
            rising = point.turn == "concave to convex"
            assert (before < 0 < after) if rising else (after < 0 < before)


@pytest.mark.parametrize("delta", ["1", "1.5", "3", "20"])
def test_the_end_of_the_domain(delta: str) -> None:
    result = bounds.inflections(delta, 40)
    with working_precision(300):
        d = arb(delta)
        x, eps = result.radius_max.ball(), result.eps_max.ball()
        assert bounds.functions.mass_deficit(x, d).overlaps(eps)
        assert (eps + bounds.functions.density(d) * x).overlaps(bounds.functions.central_mass(d))


def test_the_distance_at_delta_8_needs_hundreds_of_digits() -> None:
    distance = bounds.inflections(8, 10).distances[-1]
    assert distance.decimals(3) == ("1.24e-349", "1.25e-349")


def test_lemma_5_is_refuted_near_the_end() -> None:
    """Convex for every ε above ε_cr, says the paper; the loss is concave next to ε_max."""
    for delta in ("1.5", "2", "4"):
        assert bounds.inflections(delta, 10).points[-1].turn == "convex to concave"


def test_a_ball_across_a_change_of_shape_is_undecided() -> None:
    with pytest.raises(bounds.Inconclusive):
        bounds.inflections(arb("1.47", "0.01"), 10)


@pytest.mark.parametrize(
    ("below", "above", "counts"),
    [
        ("0.83397", "0.83398", (0, 2)),
        ("1.09093", "1.09094", (2, 4)),
        ("1.47735", "1.47736", (4, 2)),
    ],
)
def test_where_the_picture_changes(below: str, above: str, counts: tuple[int, int]) -> None:
    """The README names these three places."""
    assert tuple(len(bounds.inflections(delta, 10).points) for delta in (below, above)) == counts


@pytest.mark.parametrize("delta", ["0.5", "1.5", "8", "300"])
def test_the_end_alone_is_the_end_that_the_survey_finds(delta: str) -> None:
    eps_max, radius_max = end_of_domain(Fraction(delta), 40)
    whole = bounds.inflections(delta, 40)
    assert eps_max.ball().overlaps(whole.eps_max.ball())
    assert radius_max.ball().overlaps(whole.radius_max.ball())


@pytest.mark.parametrize(("nudge", "inside"), [(-1, True), (0, True), (1, False)])
def test_the_range_of_delta_is_exact_at_any_precision(nudge: int, inside: bool) -> None:
    delta = Fraction(1024) + Fraction(nudge, 10**40)
    for bits in (20, 53, 300):
        with working_precision(bits):
            if inside:
                assert read_delta(delta) == delta
            else:
                with pytest.raises(bounds.InputError, match="Delta must lie between"):
                    read_delta(delta)


@pytest.mark.parametrize(
    "delta",
    [Fraction(1, 64), Fraction(1024), arb(1) / 64, arb(1024), arb(2, "0.5")],
    ids=str,
)
def test_both_ends_of_the_range_are_served(delta: Fraction | arb) -> None:
    assert read_delta(delta) is not None


@pytest.mark.parametrize(
    "delta",
    [Fraction(1, 64) - Fraction(1, 10**40), arb("0.0156249"), arb("0.01"), arb("1024.1"),
     arb(1024, "1e-9"), arb(1, "0.99")],
    ids=str,
)  # fmt: skip
def test_no_delta_that_may_lie_beyond_is_served(delta: Fraction | arb) -> None:
    with pytest.raises(bounds.InputError, match="Delta must lie between"):
        read_delta(delta)


@pytest.mark.parametrize(
    ("delta", "told"),
    [(Fraction(2), False), (arb(2), False), (arb(2, "1e-9"), True)],
    ids=str,
)
def test_only_the_width_of_a_ball_is_blamed(delta: Fraction | arb, told: bool) -> None:
    with pytest.raises(bounds.Inconclusive) as caught, told_of_balls(delta):
        raise bounds.Inconclusive("no sign")
    assert str(caught.value).startswith("no sign")
    assert ("narrower" in str(caught.value)) is told


@pytest.mark.parametrize(
    ("places", "accepted"),
    [
        ([(8, 1, 8), (7, 2, 7)], True),  # only l(ε̂) tells the order
        ([(1, 8, 1), (2, 7, 2)], False),
        ([(1, 8, 1), (2, 8, 2)], False),
        ([(1, 5, 1), (9, 4, 9)], False),
        ([(1, 1, 1)], False),
        ([(1, 1, 1), (2, 2, 2), (3, 3, 3)], False),
        ([], False),
    ],
)
def test_guesses_lead_to_as_many_places_in_order(
    places: list[tuple[int, ...]], accepted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where each root turns as it should, their number and the order of l(ε̂) are to be right."""
    turns = ["concave to convex", "convex to concave", "concave to convex"]
    found = [
        ([arb(number) for number in place], SimpleNamespace(turn=turn))
        for place, turn in zip(places, turns, strict=False)
    ]
    answers = iter(found)
    monkeypatch.setattr(whole_domain, "locate", lambda *_: next(answers))
    monkeypatch.setattr(whole_domain, "_whole", lambda *at: at)
    shape, start = ("concave", "convex", "concave"), ([arb(1)] * 3, 0)
    if accepted:
        told = near_guesses(Fraction(2), 10, shape, [start] * len(places))
        assert told == (2, 10, found, shape, 0)  # type: ignore[comparison-overlap]
    else:
        with pytest.raises(bounds.Inconclusive):
            near_guesses(Fraction(2), 10, shape, [start] * len(places))


@pytest.mark.parametrize("wrong", [0, 1])
def test_each_guess_leads_to_the_turn_that_the_shape_has_there(
    wrong: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = ["concave to convex", "convex to concave"]
    turns[wrong] = turns[1 - wrong]
    answers = iter(([arb(k)] * 3, SimpleNamespace(turn=turn)) for k, turn in enumerate(turns, 1))
    monkeypatch.setattr(whole_domain, "locate", lambda *_: next(answers))
    monkeypatch.setattr(whole_domain, "_whole", lambda *_: pytest.fail("it was accepted"))
    with pytest.raises(bounds.Inconclusive, match="does not turn"):
        near_guesses(
            Fraction(2), 10, ("concave", "convex", "concave"), [([arb(1)] * 3, 0) for _ in turns]
        )


def test_where_the_shape_is_a_theorem_no_piece_is_proved_anew() -> None:
    assert bounds.inflections(2, 10).pieces == 0
    assert bounds.inflections(2, 10, anew=True).pieces > 10
