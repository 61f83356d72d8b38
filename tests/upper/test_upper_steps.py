"""Each step behind the repaired and sharp upper bounds, at what only this step refuses."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from flint import arb

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.functions.window import mass_deficit
from bounds.upper import finite, joint, optimum, over_delta, prices, ranges, sharp
from bounds.upper.extended import estimate_at, loss_above
from bounds.upper.joint import OneSided, worst_case
from bounds.upper.optimum import Envelope, envelope

Inconclusive = bounds.Inconclusive


# The envelope


@pytest.mark.step("the contact lies on the concave stretch")
def test_the_contact_lies_on_the_concave_stretch(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = optimum._contact

    def nearer(*at: Any) -> Any:
        start, _ = honest(*at)
        return start, (start.y / 2).mid()

    monkeypatch.setattr(optimum, "_contact", nearer)
    with pytest.raises(Inconclusive, match="on the concave stretch"):
        optimum._proved(Fraction(2), 8)


@pytest.mark.step("the contact lies on the curve")
@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("factor", [-1, 0])
def test_the_contact_lies_on_the_curve(
    number: int, factor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system has roots at negative l(ε), which are none of its points."""
    honest = optimum.to_digits

    def other(*at: Any, **options: Any) -> Any:
        faces, (root, *rest) = honest(*at, **options)
        moved = [factor * entry if k == number else entry for k, entry in enumerate(root)]
        return faces, (moved, *rest)

    monkeypatch.setattr(optimum, "to_digits", other)
    with pytest.raises(
        Inconclusive, match="the point of contact is not proved to lie on the curve"
    ):
        optimum._proved(Fraction(2), 8)


def line_of(shape: Envelope) -> dict[str, arb]:
    return {"slope": shape.slope.ball(), "intercept": shape.intercept.ball(),
            "corner": shape.corner.ball()}  # fmt: skip


@pytest.mark.step("the loss at the end of a piece, the chord at its start")
@pytest.mark.parametrize("delta", ["1", "2", "4"])
def test_each_piece_compares_its_end_with_the_chord_at_its_start(
    delta: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The loss is taken ahead of where the chord is: what holds in between follows."""
    with working_precision(64):
        shape, d = envelope(delta, 12), arb(delta)
        line, ahead, here = line_of(shape), [], []
        honest_shift, honest_mass = optimum.shift_of_mass, optimum.mass_deficit
        monkeypatch.setattr(
            optimum, "shift_of_mass", lambda m, at: ahead.append(m) or honest_shift(m, at)
        )
        monkeypatch.setattr(
            optimum,
            "mass_deficit",
            lambda x, at: here.append((x, honest_mass(x, at))) or here[-1][1],
        )
        optimum._chord_above(d, line, optimum._contact(Fraction(delta), line["corner"])[1])
        del ahead[0]  # at the first start
        places = [x for x, _ in here[: len(ahead)]]
        assert all(mass > estimate_at(x, d) for mass, x in zip(ahead, places, strict=True))


@pytest.mark.step("up to the corner by sight")
def test_up_to_the_corner_the_line_of_sight_decides() -> None:
    """A chord that is steeper than sight allows is not proved to its corner."""
    with working_precision(64):
        shape = envelope("2", 12)
        line = line_of(shape)
        end = line["corner"]
        steep = {"slope": arb(40), "intercept": 1 - 40 * end, "corner": end}
        with pytest.raises(Inconclusive, match="not proved above"):
            optimum._chord_above(arb(2), steep, arb("0.05"))


# The sharp line


@pytest.mark.step("every Δ ≥ 4: each inequality is strict")
@pytest.mark.parametrize("name", sorted(sharp.inequalities_from(arb(4))))
@pytest.mark.parametrize("kind", ["turned", "nan", "equal"])
def test_every_inequality_for_large_delta_is_needed(
    name: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prove = sharp.prove_line_from.__wrapped__
    prove()
    honest = sharp.inequalities_from

    def altered(delta: arb) -> dict[str, tuple[arb, arb]]:
        found = honest(delta)
        less, more = found[name]
        other = {"turned": (more, less), "nan": (arb.nan(), more), "equal": (more, more)}
        return {**found, name: other[kind]}

    monkeypatch.setattr(sharp, "inequalities_from", altered)
    with pytest.raises(Inconclusive, match=f": {name},"):
        prove()


@pytest.mark.step("H/ε near 0 is bounded")
@pytest.mark.parametrize("delta", ["1", "2", "3.5"])
def test_near_zero_the_share_bounds_the_loss(delta: str) -> None:
    """H(ε)/ε at smaller x stays below the bound at x."""
    with working_precision(200):
        d = arb(delta)
        for x in ("0.3", "0.1", "0.01"):
            bound = sharp._share_near_zero(arb(x) / d, d)
            for part in (1, 2, 10, 1000):
                at = arb(x) / d / part
                assert sharp.sharp_loss_at(at, d) / mass_deficit(at, d) < bound


@pytest.mark.step("the line near 0")
def test_near_zero_the_line_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharp, "_share_near_zero", lambda *_: arb(2))
    with pytest.raises(Inconclusive, match="near 0"):
        sharp._proved(Fraction(2))


@pytest.mark.step("the line, piece by piece", "up to the price by sight")
@pytest.mark.parametrize("place", ["0.2", "0.35", "0.5"])
def test_every_piece_of_the_line_is_compared(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """H above the line from one x on, for a while."""
    honest = sharp.sharp_loss_at

    def higher(x: arb, delta: arb) -> arb:
        line = mass_deficit(x, delta) / prices.destruction_price(delta)
        return line * arb("1.01") if x > arb(place) and x < arb(place) * 4 else honest(x, delta)

    monkeypatch.setattr(sharp, "sharp_loss_at", higher)
    with pytest.raises(Inconclusive, match="not proved above"):
        sharp._proved(Fraction(2))


def test_the_last_piece_ends_where_sight_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last piece is one from where on the line of sight is below the price."""
    ends: list[arb] = []
    honest = sharp.sight
    monkeypatch.setattr(sharp, "sight", lambda g: ends.append(honest(g)) or ends[-1])
    sharp._proved(Fraction(2))
    with working_precision(64):
        assert ends[-1] < prices.destruction_price(arb(2))


@pytest.mark.step("the price of destruction is below ρ")
def test_the_price_lies_below_rho(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharp, "central_mass", lambda _: arb("0.5"))
    with pytest.raises(Inconclusive, match="below rho"):
        sharp._proved(Fraction(2))


# Prices


@pytest.mark.parametrize("delta", ["0.75", "0.8", "1", "2", "3"])
def test_the_cheapest_split_is_a_root_before_the_middle(delta: str) -> None:
    """Both neighbours cost more, and half of 3Δ, the other stationary point, too."""
    with working_precision(320):
        d = arb(delta)
        a = prices.cheapest_split(d)
        assert a < 3 * d / 2

        def cost(side: arb) -> arb:
            return mass_deficit(side, d) + mass_deficit(3 * d - side, d)

        step = a * arb(2) ** -20
        assert cost(a) < cost(a - step)
        assert cost(a) < cost(a + step)
        assert cost(a) < cost(3 * d / 2)


@pytest.mark.step("the middle is cheapest for small Δ")
@pytest.mark.parametrize("delta", ["0.3", "0.7", "0.73"])
def test_for_small_delta_the_middle_is_cheapest(delta: str) -> None:
    with working_precision(96):
        d = arb(delta)
        a = prices.cheapest_split(d)
        assert a.overlaps(3 * d / 2)
        for share in ("0.2", "0.9"):
            other = a * arb(share)
            assert mass_deficit(a, d) * 2 < mass_deficit(other, d) + mass_deficit(3 * d - other, d)


@pytest.mark.step("where that changes nothing is told")
def test_where_the_middle_stops_being_cheapest_nothing_is_told() -> None:
    with working_precision(64), pytest.raises(Inconclusive, match="too close"):
        prices.cheapest_split(arb("0.7325", "0.001"))


# A given k


ALTERED = [
    ("coth", lambda _: arb(9), "convex beyond"),
    ("sight", lambda _: arb(9), "two components between"),
]


def shape_and_turns() -> tuple[Envelope, Any, arb]:
    return envelope(Fraction(2), 14), finite.inflections(Fraction(2), 14), arb(2)


@pytest.mark.step(
    "the loss is convex beyond ε_max", "filling one up gains more than the other loses"
)
@pytest.mark.parametrize(("name", "value", "words"), ALTERED)
def test_that_one_at_most_lies_between_is_proved(
    name: str, value: Any, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with working_precision(160):
        given = shape_and_turns()
        assert finite._at_most_one(*given)[1]
        monkeypatch.setattr(finite, name, value)
        with pytest.raises(Inconclusive, match=words):
            finite._at_most_one(*given)


@pytest.mark.step("the other one stays above the first turn")
def test_the_slope_left_over_is_below_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slope far below, where the other one would lie, is to be below that at the end."""
    with working_precision(160):
        given, honest, calls = shape_and_turns(), finite._rate, []

        def rate(low: Any, high: Any, delta: arb) -> arb:
            calls.append(1)  # first the steepest, then that of the start, then of the last
            return arb(50) if len(calls) == 2 else honest(low, high, delta)

        monkeypatch.setattr(finite, "_rate", rate)
        with pytest.raises(Inconclusive, match="two components between"):
            finite._at_most_one(*given)


@pytest.mark.step("the loss has no other turns")
def test_another_shape_is_not_searched() -> None:
    with working_precision(160):
        shape, turns, delta = shape_and_turns()

        @dataclass
        class Turns:
            """The same ends, but other turns."""

            points: tuple[Any, ...]
            eps_max: Any = turns.eps_max
            radius_max: Any = turns.radius_max

        for points in (turns.points[:1], turns.points * 2, turns.points[::-1]):
            with pytest.raises(Inconclusive, match="another shape"):
                finite._at_most_one(shape, Turns(points), delta)  # type: ignore[arg-type]


# All adversaries of one component


@pytest.mark.step("the risk grows with mass and with b", "and with s beyond G₀")
@pytest.mark.parametrize("name", ["_outweighs", "_grows_with_shift"])
def test_without_growth_the_one_sided_attack_is_not_told_the_worst(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert worst_case("0.3", "2").exact
    monkeypatch.setattr(joint, name, lambda *_: False)
    found = worst_case("0.3", "2")
    assert not found.exact
    assert found.at_most is None


@pytest.mark.step("it falls at first")
def test_a_first_piece_that_does_not_fall_leaves_it_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joint, "_falls_at_first", lambda *_: False)
    assert not worst_case("0.3", "2").exact


@pytest.mark.step("every other piece is below", "by its worst bound", "the greatest counts")
def test_a_piece_that_is_not_below_leaves_it_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any bound of any piece: the greatest of them counts, and is told."""
    honest = joint._bounds

    def higher(side: OneSided, low: arb, high: arb) -> Any:
        yield from honest(side, low, high)
        if high > side.radius / 2:
            yield arb("0.7")

    monkeypatch.setattr(joint, "_bounds", higher)
    found = worst_case("0.3", "2")
    assert not found.exact
    assert found.at_most is not None
    assert found.at_most.high.fraction() >= Fraction("0.7")


@pytest.mark.step("for every G", "however large")
@pytest.mark.parametrize(("rate", "count"), [(0, 1), (-1, 1), (1, 0), (1, -1)])
def test_growth_with_the_shift_needs_both_terms(
    rate: int, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with working_precision(96):
        side = OneSided.of(arb("0.3"), arb(2), "all")
        assert joint._grows_with_shift(side, side.s)
        monkeypatch.setattr(OneSided, "by_shift", lambda *_: (arb(rate), arb(count)))
        assert not joint._grows_with_shift(side, side.s)


# For every Δ


@pytest.mark.step("a sign is proved at each halving")
def test_a_sign_change_needs_a_sign_on_both_sides() -> None:
    with working_precision(96):
        low, high = Fraction(1), Fraction(2)
        place = ranges.sign_change(lambda d: to_ball(d * d - 2), low, high, 40)
        assert place.contains(arb(2).sqrt().mid())
        with pytest.raises(Inconclusive, match="not decided"):
            ranges.sign_change(lambda _: arb(0, 1), low, high, 40)
        # a guess on one side of the zero is not believed
        step = ranges.sign_change(
            lambda d: arb(1) if d > Fraction(5, 4) else arb(-1) / 1000, low, high, 30
        )
        assert step.contains(arb("1.25"))


@pytest.mark.step("it is negative at 2", "and positive at 3")
def test_what_is_above_at_2_already_is_not_isolated(monkeypatch: pytest.MonkeyPatch) -> None:
    for sign in (1, -1):
        monkeypatch.setattr(over_delta, "lead", lambda *_, sign=sign: arb(sign))
        with pytest.raises(Inconclusive, match="not isolated"):
            over_delta.far_term_serves_from.__wrapped__(7)


def test_the_loss_beyond_eps_max_is_an_upper_bound() -> None:
    """Where ε̂ is not surely below ρ the second form is taken; beyond Φ(Δ) the loss is 1."""
    with working_precision(64):
        d = arb(2)
        for x in ("1", "2.5", "4"):
            mass = estimate_at(arb(x), d)
            assert loss_above(mass, d) >= loss_above(mass - arb(2) ** -30, d).lower()
        assert loss_above(arb("0.98"), d) == 1
        rho = bounds.functions.central_mass(d)
        over = loss_above(rho.union(rho + arb("0.001")), d)
        assert over.upper() >= loss_above(rho + arb("0.001"), d)


@pytest.mark.step("a guess is proved from below", "and from above")
@pytest.mark.parametrize("guess", [Fraction("1.415"), Fraction("1.413"), Fraction(3), None])
def test_a_wrong_guess_of_a_sign_change_is_not_believed(
    guess: Fraction | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranges, "_by_secants", lambda *_: guess)
    monkeypatch.setattr(ranges, "_ROUNDS", 2)
    with working_precision(96):
        place = ranges.sign_change(lambda d: to_ball(d * d - 2), Fraction(1), Fraction(2), 40)
        assert place.contains(arb(2).sqrt().mid())
