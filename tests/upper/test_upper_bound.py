"""The three bounds side by side, at the ends of their regimes, and what a user may pass."""

import itertools
from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from marks import heavy

from bounds.certify.errors import InputError
from bounds.certify.numbers.precision import working_precision
from bounds.upper import (
    certificates_of_bound,
    constants,
    delta_where,
    helps_below,
    upper_bound,
)
from bounds.upper.bound import Method
from bounds.upper.sample_size import sample_size_bound


@settings(max_examples=10)
@given(st.sampled_from(["1.5", "2", "3"]), st.fractions(min_value=0, max_value=2))
def test_sharp_is_nowhere_above_repaired(delta: str, kappa: Fraction) -> None:
    sharp, repaired = (upper_bound(delta, kappa, method, 12) for method in ("sharp", "repaired"))
    assert sharp.value.low.fraction() <= repaired.value.high.fraction()


@pytest.mark.parametrize("method", ["printed", "repaired", "sharp", "proved"])
def test_it_grows_with_contamination(method: Method) -> None:
    values = [upper_bound("3", k, method, 12).value for k in ("1e-3", "0.1", "0.5", "0.9", "0.99")]
    assert all(a.high.fraction() < b.low.fraction() for a, b in itertools.pairwise(values))


@pytest.mark.parametrize("method", ["printed", "repaired", "sharp"])
@pytest.mark.parametrize("delta", ["1.5", "2", "3"])
def test_it_helps_up_to_the_threshold_and_not_beyond(delta: str, method: Method) -> None:
    threshold = helps_below(delta, method, 12)
    assert threshold is not None
    inside = threshold.low.fraction() - Fraction(1, 10**8)
    outside = threshold.high.fraction() + Fraction(1, 10**8)
    assert upper_bound(delta, inside, method, 12).value.high.fraction() < 1
    assert upper_bound(delta, outside, method, 12).value.low.fraction() > 1


def test_where_far_clients_cost_too_much_nothing_helps() -> None:
    assert helps_below("1", "repaired") is None
    assert helps_below("1", "sharp") is None


@pytest.mark.parametrize("method", ["repaired", "sharp"])
def test_without_contamination_the_far_term_is_left(method: Method) -> None:
    bound = upper_bound("2", 0, method, 20)
    with working_precision(128):
        assert bound.value.ball().overlaps(bound.constants["far"].ball())


def test_the_steps_tell_what_is_not_proved() -> None:
    printed = upper_bound("3", "0.1", "printed")
    assert set(printed.rests_on("refuted")) >= {
        "C0",
        "upper majorant",
        "far clients",
        "eps_cr",
    }
    for method in ("repaired", "sharp"):
        bound = upper_bound("3", "0.1", method)
        assert not bound.rests_on("refuted")
        assert bound.rests_on("assumed")
        assert "adversary's optimum" in bound.rests_on("certified")


@pytest.mark.parametrize("method", ["printed", "repaired", "sharp", "proved"])
def test_more_digits_lie_within_fewer(method: Method) -> None:
    few, many = (upper_bound("2.3", "0.2", method, digits) for digits in (6, 60))
    assert few.value.ball().overlaps(many.value.ball())
    assert many.value.digits == 60


@pytest.mark.parametrize(
    "words",
    [
        ("x", "0.1", "sharp", 10),
        ("65", "0.1", "sharp", 10),
        ("2", "-0.1", "sharp", 10),
        ("2", "nan", "sharp", 10),
        ("2", "0.1", "best", 10),
        ("2", "0.1", "sharp", 0),
    ],
)
def test_bad_input_is_refused(words: tuple[str, str, Method, int]) -> None:
    with pytest.raises(InputError):
        upper_bound(*words)


@pytest.mark.parametrize("level", ["0.9999", "0.99", "0.95"])
def test_where_far_clients_leave_little_it_helps_a_little(level: str) -> None:
    """Here the bound reaches 1 on the curved part, below ε_t."""
    delta = delta_where("far", level, 12).high.fraction()
    threshold = helps_below(delta, "repaired", 12)
    assert threshold is not None
    below, above = (threshold.low.fraction() * Fraction(n, 10**6) for n in (999999, 1000001))
    assert upper_bound(delta, below, "repaired", digits=12).value.high.fraction() < 1
    assert upper_bound(delta, above, "repaired", digits=12).value.low.fraction() > 1


@pytest.mark.parametrize("delta", ["0.9", "1", "1.1", "2"])
def test_the_printed_bound_is_below_1_in_both_cases(delta: str) -> None:
    threshold = helps_below(delta, "printed", 12)
    assert threshold is not None
    for share in ("1e-9", "1e-3", "0.1", "0.5", "0.999999"):
        kappa = threshold.low.fraction() * Fraction(share)
        assert upper_bound(delta, kappa, "printed", 12).value.high.fraction() < 1


@pytest.mark.parametrize("delta", ["2", "3", "4"])
def test_the_printed_eps_cr_gives_its_own_constants(delta: str) -> None:
    found = constants(delta, 15)
    for which, regime in (("printed", found.printed), ("true", found.true)):
        bound = upper_bound(delta, "1e-15", "printed", 12, eps_cr=which)  # type: ignore[arg-type]
        assert regime is not None
        for name, number in (("eps_cr", regime.eps_cr), ("C1", regime.c1), ("C2", regime.c2)):
            assert bound.constants[name].ball().overlaps(number.ball())
    with working_precision(128):
        at_it = upper_bound(delta, found.printed.eps_cr.low.fraction(), "printed", 12)  # type: ignore[union-attr]
        assert at_it.regime.startswith("c/k <= eps_cr")
    assert "small c/k" in upper_bound(delta, 0, "printed", eps_cr="printed").rests_on("refuted")


@pytest.mark.parametrize("k", [1, 2, heavy(10), heavy(200)])
def test_a_given_k_is_between_the_far_term_and_many_components(k: int) -> None:
    many, given = upper_bound("2", "1/10", "repaired"), upper_bound("2", "1/10", k=k)
    assert given.k == k
    assert given.value.high.fraction() <= many.value.high.fraction()
    assert given.value.high.fraction() >= many.value.low.fraction() - Fraction(1, k)
    assert "allocation over k" in given.rests_on("certified")


@pytest.mark.parametrize(
    "words",
    [
        {"k": 3, "method": "sharp"},
        {"k": 0},
        {"k": 3, "method": "proved"},
        {"m": 100, "method": "proved"},
        {"m": 100, "k": 3, "method": "repaired"},
        {"m": 0, "k": 3, "method": "proved"},
        {"m": 100, "k": 3, "method": "proved", "c_over_k": arb("0.1")},
        {"eps_cr": "printed"},
        {"eps_cr": "printed", "method": "printed", "delta": "2.5"},
        {"eps_cr": "other", "method": "printed"},
    ],
)
def test_options_that_do_not_belong_are_refused(words: dict[str, object]) -> None:
    with pytest.raises(InputError):
        upper_bound(**{"delta": "2", "c_over_k": "0.1", **words})  # type: ignore[arg-type]


def test_at_a_given_m_it_falls_towards_the_limit() -> None:
    limit = upper_bound("3", "1/10", "proved").value
    given = [upper_bound("3", "1/10", "proved", k=50, m=10**e) for e in (2, 5, 7, 9)]
    highs = [bound.value.high.fraction() for bound in given]
    assert highs == sorted(highs, reverse=True)
    assert highs[-1] >= limit.low.fraction()
    assert highs[0] == 1
    assert "the proof says nothing" in given[0].regime
    assert given[0].reach is None
    whole = sample_size_bound(50, 5, 27, 10**7, 15)
    assert given[2].value == whole.value
    parts = sum((given[2].constants[name].ball() for name in whole.parts), arb(0))
    assert parts.overlaps(whole.value.ball())
    assert not given[2].rests_on("assumed")


def test_a_bound_at_a_given_m_has_those_of_its_conditions() -> None:
    files = certificates_of_bound(upper_bound("3", "1/10", "proved", k=50, m=10**7))
    assert {"one-point", "slack", "bound", "any-set", "ratio-at-most"} <= set(files)
    told = upper_bound("3", "1/10", "proved", 12, 50, m=10**7).value.decimals()[1]
    assert files["bound"]["statement"]["greater"] == told
    assert certificates_of_bound(upper_bound("3", "1/10", "proved", k=50, m=10**2)) == {}


@pytest.mark.parametrize("method", ["printed", "repaired", "sharp", "proved"])
def test_a_ball_of_delta_holds_the_exact_one(method: Method) -> None:
    wide = upper_bound(arb("2", "1e-12"), "0.1", method)
    assert wide.value.ball().contains(upper_bound("2", "0.1", method, 30).value.ball())
