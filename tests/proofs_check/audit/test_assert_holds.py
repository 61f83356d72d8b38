from fractions import Fraction
from functools import partial
from typing import Any

import mpmath
import pytest
from flint import arb, fmpq
from hypothesis import strategies as st
from marks import heavy

import bounds
from bounds.certify.errors import DomainError, Inconclusive, InputError
from proofs_check import find_claims
from proofs_check.audit.assert_holds import Counterexample, assert_holds
from proofs_check.lemmas.strategies import deltas, epsilons, points


def far_sample(delta: fmpq) -> arb:
    """The last display of the paper, its left side by its own integrals."""
    mills = bounds.functions.density(3 * delta / 2) / bounds.functions.cdf(-3 * delta / 2)
    return 13 * delta**2 / 4 - (1 + 9 * delta**2 / 4 + 9 * delta / 2 * mills)


@pytest.mark.heavy
def test_a_defect_of_the_paper_is_found_shrunk_and_proved() -> None:
    """E[(x + 1.5Δ)² given x ≥ 1.5Δ] ≤ 3.25Δ² fails; an integral by mpmath agrees."""
    with pytest.raises(
        Counterexample, match=r"fails at delta = 2: the margin is at most -26\.5478"
    ) as told:
        assert_holds(far_sample, delta=deltas(low=2))
    delta = mpmath.mpf(int(told.value.parameters["delta"]))
    start = 1.5 * delta
    tail = mpmath.quad(mpmath.npdf, [start, mpmath.inf])
    moment = mpmath.quad(lambda x: (x + start) ** 2 * mpmath.npdf(x), [start, mpmath.inf]) / tail
    assert float(told.value.margin) == pytest.approx(float(3.25 * delta**2 - moment), rel=1e-5)


@pytest.mark.heavy
def test_the_printed_criterion_of_lemma_5_has_another_sign() -> None:
    def same_sign(point: Any) -> arb:
        eps, delta = point
        return bounds.functions.printed_criterion(
            eps, delta
        ) * bounds.functions.curvature_criterion(eps, delta)

    with pytest.raises(Counterexample) as told:
        assert_holds(same_sign, point=points("3/2", 4, estimate=True), max_examples=40)
    eps, delta = told.value.parameters["point"]
    with mpmath.workdps(60):
        at = mpmath.mpf(eps.numerator) / eps.denominator, mpmath.mpf(float(delta))
        assert (
            bounds.functions.printed_criterion(*at) * bounds.functions.curvature_criterion(*at) < 0
        )


def moments(low: arb, high: arb) -> tuple[arb, arb, arb]:
    """∫ zⁿ φ(z) dz over [low, high] for n = 0, 1, 2."""
    mass = bounds.functions.cdf(high) - bounds.functions.cdf(low)
    first = bounds.functions.density(low) - bounds.functions.density(high)
    return (
        mass,
        first,
        mass + low * bounds.functions.density(low) - high * bounds.functions.density(high),
    )


def lemma_4(point: Any) -> arb:
    """2g²/(1 + g²) minus the conditional risk in the limit of Lemma 2's worst case, where ε̃ = ε.

    The server's median is g off, and Algorithm 2 keeps x_v where |x_v − μ̃| ≥ 3Δ/2.
    """
    eps, delta = point
    g = bounds.median_shift(eps, delta)
    weight, reach = 1 / (1 + g * g), arb(3 * delta / 2)
    mass, first, second = moments(g - reach, reach)
    mixed = (weight * g) ** 2 * mass + 2 * weight * (1 - weight) * g * first
    mixed += (1 - weight) ** 2 * second
    risk = (mixed + moments(-reach, g - reach)[2]) / moments(-reach, reach)[0]
    return 2 * g * g / (1 + g * g) - risk


def test_lemma_4_fails_for_algorithm_2_as_printed() -> None:
    """An integral by mpmath agrees at the counterexample."""
    with pytest.raises(Counterexample) as told:
        assert_holds(lemma_4, point=points("3/2", 3))
    eps, delta = (mpmath.mpf(float(value)) for value in told.value.parameters["point"])
    g, reach = bounds.median_shift(eps, delta), 1.5 * delta

    def error(z: Any) -> Any:
        return (g + g * g * z) / (1 + g * g) if abs(z - g) < reach else z

    kinks = [-reach, g - reach, 0, reach]
    total = mpmath.quad(lambda z: mpmath.npdf(z) * error(z) ** 2, kinks)
    risk = total / (mpmath.ncdf(reach) - mpmath.ncdf(-reach))
    assert float(told.value.margin) == pytest.approx(
        float(2 * g * g / (1 + g * g) - risk), rel=1e-4
    )


def test_a_true_inequality_passes_on_the_whole_domain() -> None:
    def lemma_3(point: Any) -> arb:
        return bounds.mass_estimate(*point) - point[0]

    assert_holds(lemma_3, point=points(1, 8), max_examples=60)


@pytest.mark.heavy
def test_a_float_artefact_is_no_counterexample() -> None:
    """1 − ρ(Δ) rounds to 0 in floats and has no sign in 64 bits; more bits show that it is > 0."""
    assert float(bounds.functions.central_mass(30.0)) >= 1
    assert_holds(
        lambda delta: 1 - bounds.functions.central_mass(delta) - arb(2) ** -800, delta=deltas(1, 30)
    )
    with pytest.raises(Counterexample):
        assert_holds(
            lambda delta: 1 - bounds.functions.central_mass(delta) - arb(10) ** -160,
            delta=deltas(1, 30),
        )


@pytest.mark.heavy
def test_a_seeded_error_is_found() -> None:
    """Mills: φ(x)/Φ(−x) ≥ x, and not ≥ 1.01x, nor ≥ x + 1/31 up to x = 32."""

    def mills(x: fmpq) -> arb:
        return bounds.functions.density(x) / bounds.functions.cdf(-x)

    assert_holds(lambda x: mills(x) - x, x=deltas())
    with pytest.raises(Counterexample):
        assert_holds(lambda x: mills(x) - 101 * x / 100, x=deltas())
    with pytest.raises(Counterexample):
        assert_holds(lambda x: mills(x) - x - fmpq(1, 31), x=deltas())


def test_the_counterexample_is_the_simplest() -> None:
    with pytest.raises(Counterexample) as told:
        assert_holds(lambda delta: 5 - delta, delta=deltas())
    assert told.value.parameters == {"delta": Fraction(6)}
    assert told.value.margin == "-1.00000"


def test_undecided_is_neither_a_pass_nor_a_failure() -> None:
    with pytest.raises(Inconclusive, match=r"stay undecided at 4096 bits, such as delta = "):
        assert_holds(
            lambda delta: bounds.functions.cdf(delta) + bounds.functions.cdf(-delta) - 1,
            delta=deltas(1, 4),
            max_examples=5,
        )
    with pytest.raises(Inconclusive):
        assert_holds(lambda delta: arb("nan"), delta=deltas(1, 4), max_examples=3)  # noqa: ARG005


def test_equality_of_exact_numbers_holds() -> None:
    assert_holds(lambda x: (x + 1) ** 2 - x * x - 2 * x - 1, x=deltas(1, 2), max_examples=20)
    assert_holds(lambda n: n * n - n, n=st.integers(), max_examples=20)


def test_points_outside_the_hypotheses_are_left_out() -> None:
    seen = []

    def positive(eps: fmpq) -> arb:
        seen.append(eps)
        if eps > fmpq(1, 2):
            raise DomainError("outside")
        return arb(1)

    assert_holds(positive, eps=epsilons(2), max_examples=30)
    assert any(eps > fmpq(1, 2) for eps in seen)


@pytest.mark.heavy
@pytest.mark.parametrize("value", [True, heavy(0.5), heavy(None)])
def test_what_proves_nothing_is_refused(value: object) -> None:
    with pytest.raises(InputError, match="return the ball"):
        assert_holds(lambda delta: value, delta=deltas(1, 4))  # type: ignore[arg-type, return-value] # noqa: ARG005


@pytest.mark.heavy
def test_the_search_goes_on_where_the_margin_is_small() -> None:
    """False only where |Δ − c| + |ε − 1/3| < 1/4: points drawn blindly find it hardly ever."""

    def away(point: Any, centre: str) -> arb:
        eps, delta = point
        return abs(arb(delta) - arb(centre)) + abs(arb(eps) - arb(1) / 3) - arb("0.25")

    found = 0
    for centre in ("3.3", "7.7", "12.2", "17.35", "21.9", "29.1"):
        try:
            assert_holds(partial(away, centre=centre), point=points())
        except Counterexample:
            found += 1
    assert found >= 3


@pytest.mark.heavy
def test_true_with_equality_somewhere_is_undecided_and_not_false() -> None:
    with pytest.raises(Inconclusive, match="such as delta = 2"):
        assert_holds(lambda delta: (arb(delta).exp() - arb(2).exp()) ** 2, delta=deltas(2, 2))


def test_an_enormous_margin_is_no_trouble() -> None:
    assert_holds(lambda n: arb(10) ** (400 + abs(n)), n=st.integers(), max_examples=10)


@pytest.mark.heavy
def test_an_error_of_the_users_own_code_is_shown_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError):
        assert_holds(lambda delta: 1 / (delta - delta), delta=deltas())


def nowhere(delta: fmpq) -> arb:  # noqa: ARG001
    raise DomainError("never")


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("statement", "options", "told"),
    [
        (nowhere, {"delta": deltas(), "max_examples": 10}, "DomainError at every point"),
        (lambda d: d, {"delta": deltas()}, "missing a required argument: 'd'"),
        (lambda delta: delta, {"delta": 2}, "needs a strategy"),
        (lambda: 1, {}, "a strategy for each parameter"),
        (lambda delta: delta, {"delta": deltas(), "max_examples": 0}, "from 1"),
        ("eps-cr-2", {"delta": deltas()}, "a function or a claim"),
        (2.5, {}, "a function or a claim"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(
    statement: Any, options: dict[str, Any], told: str
) -> None:
    with pytest.raises(InputError, match=told) as reason:
        assert_holds(statement, **options)
    assert "\n" not in str(reason.value)


def test_a_claim_of_the_paper_is_decided_by_its_own_check() -> None:
    with pytest.raises(AssertionError, match="eps-cr-2 is re"):
        assert_holds(*find_claims(["eps-cr-2"]))
    with pytest.raises(AssertionError, match="eps-cr-3 is re"):
        assert_holds(find_claims(["eps-cr-3"])[0])
    with pytest.raises(InputError, match="a function or a claim"):
        assert_holds("lemma-99")
