"""ε_cr by two independent routes, at the ends of the domain, and what a user may pass."""

import concurrent.futures
import multiprocessing
import pickle
import warnings
from decimal import Decimal
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from flint import arb, arb_series, ctx
from marks import heavy

import bounds
from bounds.certify.errors import Notice
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical import critical, regimes, seeds
from bounds.critical.seeds import GUESS_BITS, guess

TEN = ["0.95", "1", "1.2", "1.5", "2", "3", "5", "8", "20", "40"]


def second_derivative(eps: Fraction, delta: str) -> arb:
    """loss″ by Taylor arithmetic, with no formula for l′ or g′."""
    with working_precision(400):
        return bounds.loss(arb_series([to_ball(eps), 1], prec=3), arb(delta))[2]


@pytest.mark.parametrize("delta", TEN)
def test_a_second_derivative_without_our_formulas_changes_sign_there(delta: str) -> None:
    """Thirty digits: just below loss″ < 0, just above loss″ > 0, both proved."""
    low, high = (Fraction(end) for end in bounds.eps_cr(delta, 30).eps.decimals(30))
    assert high - low <= 2 * Fraction(10) ** -29 * high
    assert second_derivative(low, delta) < 0
    assert second_derivative(high, delta) > 0


def mp_second_derivative(eps: Any, delta: Any) -> Any:
    """loss″ by mpmath's numerical differentiation of mpmath's loss."""
    return mpmath.diff(lambda e: bounds.loss(e, delta), eps, 2)


@pytest.mark.parametrize("delta", ["1.5", "3"])
def test_mpmaths_differentiation_agrees(delta: str) -> None:
    low, high = bounds.eps_cr(delta, 20).eps.decimals(20)
    with mpmath.workdps(70):
        assert mp_second_derivative(mpmath.mpf(low), mpmath.mpf(delta)) < 0
        assert mp_second_derivative(mpmath.mpf(high), mpmath.mpf(delta)) > 0


@pytest.mark.parametrize("delta", TEN)
def test_the_values_at_the_root_fit_the_definitions(delta: str) -> None:
    value = bounds.eps_cr(delta, 25)
    with working_precision(200):
        d, eps = arb(delta), value.eps.ball()
        assert bounds.filter_radius(eps, d).overlaps(value.radius.ball())
        estimate = bounds.mass_estimate(eps, d)
        assert estimate.overlaps(value.estimate.ball())
        assert bounds.filter_radius(estimate, d).overlaps(value.radius_of_estimate.ball())
        assert bounds.median_shift(estimate, d).overlaps(value.shift.ball())
        assert bounds.loss(eps, d).overlaps(value.loss.ball())
        assert bounds.functions.curvature_criterion(eps, d).contains(0)


@pytest.mark.parametrize("delta", ["1/20", "0.1", "0.5", "0.8"])
def test_small_delta_has_none_and_says_so(delta: str) -> None:
    with pytest.raises(bounds.NoCriticalValue, match="concave on its whole domain"):
        bounds.eps_cr(delta)


@pytest.mark.step("turns to convex are counted")
@pytest.mark.parametrize("guessed", [True, False])
@pytest.mark.parametrize(("delta", "turns"), [("1", 1), ("1.2", 2), ("1.45", 2), ("1.5", 1)])
def test_several_turns_are_counted(
    delta: str, turns: int, guessed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not guessed:
        monkeypatch.setattr(critical, "_from_guesses", lambda *_: None)
    value = bounds.eps_cr(delta)
    assert value.turns == turns
    assert value.turn == "concave to convex"
    others = bounds.inflections(delta).turns_to_convex
    assert len(others) == turns
    assert all(value.eps.low.fraction() <= other.eps.high.fraction() for other in others)


@pytest.mark.parametrize("digits", [5, 17, 50, 400, 3000])
def test_more_digits_refine_the_same_number(digits: int) -> None:
    coarse, fine = bounds.eps_cr(2, digits).eps, bounds.eps_cr(2, digits + 40).eps
    assert coarse.low.fraction() <= fine.low.fraction() <= fine.high.fraction()
    assert fine.high.fraction() <= coarse.high.fraction()
    bottom, top = (Decimal(text) for text in coarse.decimals())
    with_unit = Decimal(1).scaleb(bottom.adjusted() - digits + 1)
    assert Fraction(top) - Fraction(bottom) <= 2 * Fraction(with_unit)


@pytest.mark.parametrize("delta", ["1/20", "100"])
def test_the_range_that_is_promised(delta: str) -> None:
    if delta == "100":
        assert bounds.eps_cr(delta, 30).turns == 1
    else:
        with pytest.raises(bounds.NoCriticalValue):
            bounds.eps_cr(delta, 30)


@pytest.mark.parametrize(
    "delta",
    [2, "2", "2.0", "4/2", Fraction(2), Decimal(2), 2.0, arb(2), mpmath.mpf(2)],
    ids=lambda value: type(value).__name__,
)
def test_every_exact_type_gives_the_same(delta: Any) -> None:
    assert bounds.eps_cr(delta, 25).eps == bounds.eps_cr(Fraction(2), 25).eps


def test_a_float_is_the_binary_number_that_it_is() -> None:
    assert bounds.eps_cr(2.7, 25).eps == bounds.eps_cr(Fraction(2.7), 25).eps
    assert bounds.eps_cr(2.7, 25).eps != bounds.eps_cr("2.7", 25).eps


def test_a_ball_gives_a_value_for_all_of_its_points() -> None:
    with working_precision(100):
        ball = arb.pi()
    wide = bounds.eps_cr(ball, 30).eps
    fine = bounds.eps_cr(
        Fraction("3.14159265358979323846264338327950288419716939937510582"), 40
    ).eps
    assert wide.low.fraction() < fine.low.fraction() < wide.high.fraction()
    coarse = bounds.eps_cr(arb(3, 1e-6), 30).eps
    assert coarse.digits < 7
    assert bounds.eps_cr(3).eps.low.fraction() in coarse


@pytest.mark.parametrize(
    "delta",
    [
        *("abc", "", "nan", "inf", "-inf", "0", "-1", "1e-9", "2000", "1/0", "1e999999999"),
        *(float("nan"), float("inf"), 0, -2, None, True, [2], 2j, arb("nan"), arb(0, 1)),
        *(mpmath.mpf("nan"), mpmath.mpf("-inf"), b"2"),
    ],
    ids=repr,
)
def test_bad_delta_is_a_clear_error(delta: Any) -> None:
    with pytest.raises(bounds.InputError, match="Delta"):
        bounds.eps_cr(delta)


def test_the_callers_precisions_neither_matter_nor_change() -> None:
    reference = bounds.eps_cr(3, 40)
    for bits in (10, 53, 1000):
        ctx.prec, mpmath.mp.prec = bits, bits
        try:
            value = bounds.eps_cr(3, 40)
            assert (ctx.prec, mpmath.mp.prec) == (bits, bits)
        finally:
            ctx.prec, mpmath.mp.prec = 53, 53
        assert value == reference


def test_threads_do_not_disturb_one_another() -> None:
    jobs = [(delta, digits) for delta in ("2", "3", "1.2") for digits in (20, 300)]
    alone = [bounds.eps_cr(*job) for job in jobs]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda job: bounds.eps_cr(*job), jobs * 2))
    assert together == alone * 2


@pytest.mark.heavy
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_worker_processes_give_the_same_and_results_travel(method: str) -> None:
    context = multiprocessing.get_context(method)
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        value = pool.submit(bounds.eps_cr, "3", 40).result()
    assert value == bounds.eps_cr("3", 40)
    assert pickle.loads(pickle.dumps(value)) == value


@pytest.mark.parametrize("delta", ["0.83399", "0.9", "1.09", "1.0911", "1.3", "1.4772", "1.48"])
@pytest.mark.parametrize("times", ["1", "1.7", "5", "80", "690"])
def test_the_stored_guesses_are_good(delta: str, times: str) -> None:
    exact = Fraction(delta) * Fraction(times)
    regime = regimes.regime_of(exact)
    assert regime is not None
    whole = bounds.inflections(exact, 40)
    with working_precision(200):
        for branch, point in zip(regime.branches, whole.points, strict=True):
            found = (point.radius, point.radius_of_estimate, point.shift)
            for enclosure, seed in zip(found, guess(branch, exact), strict=True):
                assert abs(enclosure.ball() / seed - 1) < arb(2) ** -GUESS_BITS[branch]


@pytest.mark.parametrize("radius", ["1e-3", "0.1", "1"])
@pytest.mark.parametrize("function", [bounds.eps_cr, bounds.inflections])
def test_a_ball_too_wide_is_undecided_and_told_why(function: Any, radius: str) -> None:
    with pytest.raises(bounds.Inconclusive, match="pass a narrower one"):
        function(arb("2", radius))


def test_a_narrow_ball_gives_the_digits_that_it_has() -> None:
    wide, exact = bounds.eps_cr(arb("2", "1e-9")).eps, bounds.eps_cr(2).eps
    assert wide.low.fraction() < exact.low.fraction() < exact.high.fraction() < wide.high.fraction()
    assert wide.digits < 10


def _panels(x: str, variable: str = "inverse square") -> str:
    panel = f'{{"from": 1, "variable": "{variable}", "fold": 0, "middle": "0", "half": "1"'
    return f'{{"folds": ["1"], "branches": [[{panel}, "x": {x}, "y": {x}, "g": {x}}}]]}}'


FALSE_SEEDS = {
    "no JSON": "{",
    "another shape": '["x"]',
    "no branches": '{"folds": [], "branches": []}',
    "no panels": '{"folds": [], "branches": [[]]}',
    "no numbers": _panels('["a"]'),
    "no lists": _panels("1"),
    "nothing": _panels("[]"),
    "another root": _panels(f"[{9 << 128}]"),
    "zeros": _panels("[0]"),
    "infinite": _panels("[Infinity]"),
    "negative": _panels(f"[{-1 << 128}]"),
    "another variable": _panels(f"[{1 << 126}]", "below"),
    "a nested list": _panels("[[1]]"),
}


@pytest.mark.parametrize("text", FALSE_SEEDS.values(), ids=FALSE_SEEDS)
def test_whatever_the_stored_guesses_hold_the_value_is_the_same(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = bounds.eps_cr("2.5", 20)
    monkeypatch.setattr(seeds, "_text", lambda: text)
    seeds.forget()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Notice)  # of those that cannot be read
            again = bounds.eps_cr("2.5", 20)
    finally:
        seeds.forget()
    assert again.eps.decimals() == honest.eps.decimals()
    assert again.turns == 1


def test_without_stored_guesses_the_values_are_the_same_and_a_notice_says_it_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    honest = bounds.eps_cr(3, 20), bounds.inflections("1.2", 12)

    def missing() -> str:
        raise FileNotFoundError("no such file")

    monkeypatch.setattr(seeds, "_text", missing)
    seeds.forget()
    try:
        with pytest.warns(Notice, match=r"no such file.*python -m bounds.critical.sowing") as told:
            again = bounds.eps_cr(3, 20), bounds.inflections("1.2", 12)
    finally:
        seeds.forget()
    assert len(told) == 1
    assert [str(one) for one in again[0].eps.decimals()] == [*honest[0].eps.decimals()]
    assert again[1].shape == honest[1].shape
    for one, other in zip(again[1].points, honest[1].points, strict=True):
        assert one.eps.decimals() == other.eps.decimals()


@pytest.mark.parametrize("delta", ["1.6", "3", heavy("3.1"), heavy("40")])
def test_many_digits_agree_with_fewer_and_with_the_definitions(delta: str) -> None:
    """From about 1200 digits on the last step is of third order."""
    few, many = bounds.eps_cr(delta, 900), bounds.eps_cr(delta, 2500)
    for name in ("eps", "radius", "radius_of_estimate", "estimate", "shift", "loss"):
        wide, narrow = getattr(few, name), getattr(many, name)
        assert wide.low.fraction() < narrow.low.fraction() <= narrow.high.fraction()
        assert narrow.high.fraction() < wide.high.fraction()
    with working_precision(9000):
        ball = to_ball(Fraction(delta))
        eps = bounds.functions.mass_deficit(many.radius.ball(), ball)
        estimate = bounds.functions.mass_deficit(many.radius_of_estimate.ball(), ball)
        assert eps.overlaps(many.eps.ball())
        assert estimate.overlaps(many.estimate.ball())
        sign = bounds.functions.curvature_criterion
        apart = (many.eps.ball().mid() * (1 - arb(10) ** -2490)).mid()
        beyond = (many.eps.ball().mid() * (1 + arb(10) ** -2490)).mid()
        assert sign(apart, ball) < 0 < sign(beyond, ball)
