"""Terms over boxes at every run, and that a value left out is noticed."""

import random
from collections import Counter
from fractions import Fraction

import mpmath
import pytest
from marks import heavy

from bounds.certify.inequalities import cdf, exp, log, number, sqrt, variable
from bounds.certify.inequalities.term import Term
from campaigns import differential
from campaigns.differential import Undefined, chunk, compare, reference, slope

X = variable("x")


@pytest.mark.heavy
@pytest.mark.parametrize("number", range(8))
def test_no_value_is_left_out(number: int) -> None:
    """2,000 terms, others at every run; the seed is in the message."""
    seed = random.SystemRandom().randrange(10**9)
    found = chunk((seed, number))
    assert found["failures"] == [], f"seed {seed}, chunk {number}"
    assert found["counts"]["terms"] == differential.CHUNK
    assert found["counts"]["comparisons"] > 2 * differential.CHUNK
    assert found["counts"]["comparisons of slopes"] > differential.CHUNK // 2


@pytest.mark.heavy
def test_a_slope_that_the_reference_cannot_see_is_no_failure() -> None:
    """A slope of 10^-69 in a difference of parts of size 1, known to 80 digits, was such a one."""
    assert chunk((363464808, 3))["failures"] == []


@pytest.mark.parametrize("seed", range(3))
def test_every_operation_and_kind_of_range_is_drawn(seed: int) -> None:
    rng = random.Random(seed)
    heads: Counter[object] = Counter()
    for _ in range(3000):
        term = differential.draw_term(rng, 4)
        stack = [term]
        while stack:
            part = stack.pop()
            stack += part.arguments
            if part.arguments:
                heads[part.head] += 1
    assert set(heads) == set(differential.MEANING)
    ranges = [differential.draw_range(rng) for _ in range(300)]
    assert any(low < 0 < high for low, high in ranges)
    assert any(high - low >= 50 for low, high in ranges)
    assert any(low == 0 for low, high in ranges)
    assert any(low == high for low, high in ranges)


@pytest.mark.heavy
@pytest.mark.parametrize("engine", ["by_engine", "by_checker"])
def test_a_function_taken_as_monotone_is_noticed(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault that the first such run found: the ends of a range, and nothing between."""

    def from_the_ends(term: Term, box: differential.Box, name: str | None = None) -> object:
        if name is not None or not isinstance(term.head, str) or not box:
            return None
        values = []
        for side in (0, 1):
            try:
                values += reference(term, {n: ends[side] for n, ends in box.items()})
            except (Undefined, differential.OutOfReach):
                return None
        return min(values), max(values)

    monkeypatch.setattr(differential, engine, from_the_ends)
    rng = random.Random(5)
    told = [failure for _ in range(150) for failure in compare(rng)[1]]
    assert any("leaves out a value" in failure for failure in told)


@pytest.mark.heavy
def test_an_answer_where_there_is_no_value_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differential, "by_engine", lambda *_: (Fraction(-9), Fraction(9)))
    rng = random.Random(5)
    told = [failure for _ in range(150) for failure in compare(rng)[1]]
    assert any("encloses what is undefined" in failure for failure in told)


def test_a_slope_of_what_rounds_to_nothing_is_not_told() -> None:
    """The cdf at 29.9 rounds to 1, its logarithm to 0: so does no difference of the two."""
    with pytest.raises(differential.OutOfReach):
        slope(log(cdf(X * X)), {"x": Fraction("5.469")}, "x")


@pytest.mark.heavy
@pytest.mark.parametrize("t", [heavy("3/10"), "2", heavy("6")])
def test_means_are_those_of_a_quadrature(t: str) -> None:
    place = Fraction(t)
    for power, name in ((0, "sech_mean"), (2, "sech_square_mean")):
        low, high = reference(Term(name, X), {"x": place})
        with mpmath.workdps(30):
            value = mpmath.quad(
                lambda z, power=power: z**power * mpmath.npdf(z) * mpmath.sech(float(place) * z),
                mpmath.linspace(-14, 14, 57),
            )
        assert float(low) == pytest.approx(float(value), rel=1e-15)
        assert high - low < Fraction(1, 10**20)


def test_the_reference_is_the_definition() -> None:
    low, high = reference(exp(X) - log(X) / sqrt(number(2)), {"x": Fraction(3)})
    assert low < Fraction("19.308700723975576") + Fraction(1, 10**12)
    assert high > Fraction("19.308700723975576") - Fraction(1, 10**12)
    assert high - low < Fraction(1, 10**20)
    for term in (log(X), 1 / X, sqrt(X - 1)):
        with pytest.raises(Undefined):
            reference(term, {"x": Fraction(0)})
    low, high = slope(X**3, {"x": Fraction(2)}, "x")
    assert low < 12 < high
