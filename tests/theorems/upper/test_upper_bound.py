"""The three bounds side by side, at the ends of their regimes, and what a user may pass."""

import itertools
from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds.certified.precision import working_precision
from bounds.errors import InputError
from bounds.theorems.upper import helps_below, upper_bound, upper_bound_for
from bounds.theorems.upper.bound import Method


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(["1.5", "2", "3"]), st.fractions(min_value=0, max_value=2))
def test_sharp_is_nowhere_above_repaired(delta: str, kappa: Fraction) -> None:
    sharp, repaired = (upper_bound(delta, kappa, method, 12) for method in ("sharp", "repaired"))
    assert sharp.value.low.fraction() <= repaired.value.high.fraction()


@pytest.mark.parametrize("method", ["printed", "repaired", "sharp"])
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


@pytest.mark.parametrize("method", ["printed", "repaired", "sharp"])
def test_more_digits_lie_within_fewer(method: Method) -> None:
    few, many = (upper_bound("2.3", "0.2", method, digits) for digits in (6, 60))
    assert few.value.ball().overlaps(many.value.ball())
    assert many.value.digits == 60


@pytest.mark.parametrize("components", [1, 2, 3, 10, 200])
@pytest.mark.parametrize("kappa", ["1/1000000", "1/10", "1/2", "3"])
def test_finitely_many_components_are_within_one_share(components: int, kappa: str) -> None:
    found = upper_bound_for(components, "2", kappa, 12)
    gap = found.at_most.high.fraction() - found.attained.low.fraction()
    assert 0 <= gap <= Fraction(1, components) + Fraction(1, 10**9)
    if kappa in ("1/1000000", "3"):  # all alike below ε_t; all lost beyond ε_c
        assert gap < Fraction(1, 10**9)


def test_one_component_takes_it_all() -> None:
    import bounds

    with working_precision(128):
        loss = bounds.loss(arb("0.5"), arb(2))
        assert upper_bound_for(1, "2", "1/2", 12).attained.ball().overlaps(loss)


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


@pytest.mark.parametrize("components", [0, -1, True, 1.5])
def test_the_number_of_components_is_a_count(components: object) -> None:
    with pytest.raises(InputError):
        upper_bound_for(components, "2", "0.1")  # type: ignore[arg-type]
