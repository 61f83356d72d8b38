from fractions import Fraction
from itertools import pairwise

import pytest
from flint import fmpq
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

import bounds
from bounds.certify.errors import InputError
from bounds.certify.numbers.precision import working_precision
from bounds.simulation import ADVERSARIES
from proofs_check.lemmas.strategies import adversaries, budgets, deltas, epsilons, mixtures, points

PATIENT = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@PATIENT
@given(delta=deltas("0.3", "17/3"))
def test_delta_stays_in_its_range(delta: Fraction) -> None:
    assert Fraction(3, 10) <= delta <= Fraction(17, 3)


@pytest.mark.heavy
@PATIENT
@given(point=points(estimate=True))
def test_epsilon_is_in_the_domain_of_the_loss(point: tuple[Fraction, Fraction]) -> None:
    with working_precision(2400):  # refused unless surely inside
        assert bounds.loss(*point) < 1


@pytest.mark.heavy
@PATIENT
@given(point=points())
def test_epsilon_is_in_the_domain_of_the_radius(point: tuple[Fraction, Fraction]) -> None:
    with working_precision(2400):
        assert bounds.filter_radius(*point) > 0


@pytest.mark.parametrize("estimate", [False, True])
def test_both_ends_of_the_domain_are_visited(estimate: bool) -> None:
    drawn = epsilons(2, estimate=estimate)
    assert find(drawn, lambda eps: eps < Fraction(1, 10**50)) > 0
    function = bounds.loss if estimate else bounds.median_shift

    def beyond(eps: Fraction) -> bool:
        """A step of 10⁻²⁰ leaves the domain."""
        with working_precision(256):
            try:
                function(eps + Fraction(1, 10**20), fmpq(2))
            except bounds.DomainError:
                return True
        return False

    assert find(drawn, beyond) < 1


@PATIENT
@given(data=st.data(), components=st.integers(1, 8))
def test_budgets_and_mixtures_are_exact(data: st.DataObject, components: int) -> None:
    shares = data.draw(budgets(components, "1/3"))
    assert len(shares) == components
    assert sum(shares) == Fraction(1, 3)
    assert min(shares) >= 0
    means = data.draw(mixtures(components, "13.5"))
    assert len(means) == components
    assert all(b - a >= Fraction(27, 2) for a, b in pairwise(means))


@PATIENT
@given(name=adversaries())
def test_adversaries_are_those_of_the_simulator(name: str) -> None:
    assert name in ADVERSARIES


@pytest.mark.parametrize(
    "make",
    [
        lambda: deltas(3, 2),
        lambda: deltas(0, 2),
        lambda: deltas(1, "x"),
        lambda: epsilons(-1),
        lambda: epsilons("9" * 5000),
        lambda: epsilons(float("nan")),
        lambda: find(budgets(0, 1), bool),
        lambda: find(mixtures(True, 1), bool),
        lambda: find(mixtures(2, 0), bool),
    ],
)
def test_bad_ranges_are_refused(make: object) -> None:
    with pytest.raises(InputError):
        make()  # type: ignore[operator]
