"""The limit and the expansion, against the root finder and against seeded errors."""

from fractions import Fraction
from typing import Any

import mpmath
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

import bounds
from bounds.certify.errors import InputError
from bounds.certify.inequalities import Term
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import working_precision
from bounds.checker import check
from bounds.critical.large_delta import (
    eps_cr_expansion,
    eps_cr_limit,
    limit_certificate,
    prove_first_turn,
)
from bounds.critical.large_delta import expansion as module
from bounds.functions.normal import density


def meet(one: Enclosure, other: Enclosure) -> bool:
    return (
        one.low.fraction() <= other.high.fraction() and other.low.fraction() <= one.high.fraction()
    )


@pytest.mark.step("the greatest remainder of all parts", "the remainder is added")
@pytest.mark.heavy
@pytest.mark.parametrize("start", [Fraction(4), Fraction(10)])
@pytest.mark.parametrize("terms", [4, 8])
def test_it_encloses_what_the_root_finder_finds(start: Fraction, terms: int) -> None:
    expansion = eps_cr_expansion(terms, 30, start)
    for delta in (start, start + Fraction(1, 7), 20, 40, 333, 1024):
        assert meet(expansion.eps_cr(delta), bounds.eps_cr(delta, 30).eps)


@settings(max_examples=10)
@given(st.fractions(10, 12, max_denominator=99))
def test_any_delta_of_its_range(delta: Fraction) -> None:
    assert meet(eps_cr_expansion(8).eps_cr(delta), bounds.eps_cr(delta, 20).eps)


def test_more_terms_give_more_digits() -> None:
    digits = [eps_cr_expansion(terms).eps_cr(10).digits for terms in (2, 4, 12)]
    assert digits == sorted(digits)
    assert digits[-1] >= 18


def test_the_limit_by_another_engine() -> None:
    """mpmath's secant method on the limiting equations, as they stand in the docstring."""
    with mpmath.workdps(60):

        def system(u, v):
            share = 1 - mpmath.exp(-2 * v)
            bracket = share * mpmath.coth(u) / (1 + 2 * mpmath.sinh(u)) ** 2
            return (
                u + 2 * mpmath.cosh(u) - 2 * mpmath.cosh(v),
                (mpmath.exp(v) - 1) * (bracket + 2 * mpmath.exp(-3 * v) / share) - 1,
            )

        u, _ = mpmath.findroot(system, (0.384, 0.715))
        value = 2 * (mpmath.cosh(u) - 1)
        low, high = (mpmath.mpf(text) for text in eps_cr_limit(50).decimals())
        assert low <= value <= high


def test_the_limit_to_many_digits() -> None:
    short, long = eps_cr_limit(20), eps_cr_limit(500)
    assert short.low.fraction() <= long.low.fraction()
    assert long.high.fraction() <= short.high.fraction()


@pytest.mark.heavy
def test_the_root_is_the_first_turn_for_every_delta_from_4_on() -> None:
    assert prove_first_turn(Fraction(4)) > 100


def test_a_sign_error_in_the_criterion_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = module.criterion
    monkeypatch.setattr(module, "criterion", lambda *at: (2 - honest(*at)[0], *honest(*at)[1:]))
    with pytest.raises(bounds.Inconclusive):
        prove_first_turn(Fraction(10))


def test_a_shifted_criterion_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """One part in a million more, and the expansion misses what the root finder finds."""
    honest = module.criterion
    slip = module.arb(2) ** -20
    monkeypatch.setattr(module, "criterion", lambda *at: (honest(*at)[0] + slip, *honest(*at)[1:]))
    altered = module._expansion.__wrapped__(8, 30, Fraction(10))
    assert not meet(altered.eps_cr(40), bounds.eps_cr(40, 30).eps)


def test_a_wrong_coefficient_is_noticed() -> None:
    """The second coefficient with another sign misses the root at Δ = 10."""
    expansion = eps_cr_expansion(8)
    second = expansion.coefficients[1]
    turned = Enclosure(
        type(second.low)(-second.high.mantissa, second.high.exponent),
        type(second.low)(-second.low.mantissa, second.low.exponent),
        second.digits,
    )
    coefficients = (expansion.coefficients[0], turned, *expansion.coefficients[2:])
    altered = module.Expansion(expansion.start, coefficients, expansion.remainder, expansion.spill)
    assert not meet(altered.eps_cr(10), bounds.eps_cr(10, 30).eps)


@pytest.mark.parametrize("terms", [0, 61, True, "3"])
def test_terms_are_counted(terms: object) -> None:
    with pytest.raises(bounds.InputError, match="terms"):
        eps_cr_expansion(terms)  # type: ignore[arg-type]


def test_where_it_does_not_serve() -> None:
    with pytest.raises(bounds.InputError, match="4 or more"):
        eps_cr_expansion(3, 30, Fraction(3))
    with pytest.raises(bounds.DomainError, match="smaller start"):
        eps_cr_expansion(3).eps_cr("9.99")


@pytest.mark.parametrize("start", [[10], float("nan"), "x", "3.9", arb(10, 1)], ids=str)
def test_a_start_that_is_none_is_refused(start: object) -> None:
    with pytest.raises(InputError):
        eps_cr_expansion(3, 30, start)
    with pytest.raises(InputError, match="terms must be"):
        eps_cr_expansion([3])  # type: ignore[arg-type]


@pytest.mark.parametrize(("remainder", "spill"), [("1e-4", "1e-30"), ("1e-30", "5"), ("1e-4", "5")])
def test_both_parts_of_the_error_widen_what_is_told(remainder: str, spill: str) -> None:
    """(2 ± (R/Δ² + Q (φ(Δ)/Δ)²)) φ(Δ)/Δ at Δ = 3, where both count; R and Q are wide."""
    with working_precision(128):
        sides = [
            Enclosure.of(arb(text) + arb(0, arb(text) / 900), 1) for text in (remainder, spill)
        ]
        altered = module.Expansion(Fraction(3), (Enclosure.of(arb(2), 9),), *sides)
        unit = density(arb(3)) / 3
        found = altered.eps_cr(3)
        error = sides[0].ball().upper() / 9 + sides[1].ball().upper() * unit * unit
        for sign in (-1, 1):
            assert found.ball().contains(((2 + sign * error) * unit).mid())
        assert found.high.fraction() - found.low.fraction() < 1
        assert altered.limit == altered.coefficients[0]


def test_the_first_coefficient_is_the_limit() -> None:
    expansion = eps_cr_expansion(4)
    assert expansion.limit == expansion.coefficients[0]
    assert meet(expansion.limit, eps_cr_limit(20))
    assert not meet(expansion.limit, expansion.coefficients[1])


def test_one_term_is_allowed_and_an_error_may_leave_no_digit() -> None:
    short = eps_cr_expansion(1, 10)
    assert len(short.coefficients) == 1
    wide = Enclosure.of(arb(10) ** 9, 1)
    altered = module.Expansion(short.start, short.coefficients, wide, wide)
    with pytest.raises(bounds.Inconclusive, match="no digit"):
        altered.eps_cr(10)


def test_the_limit_certificate_states_the_limiting_equations(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its two terms at places, against the equations in scaled units at τ = 0 and ω = 0."""
    seen: list[list[Term]] = []
    honest = module.zero_certificate

    def noted(names: Any, system: Any, proof: Any, text: str) -> Any:
        assert names == ("u", "v")
        seen.append(system)
        return honest(names, system, proof, text)

    monkeypatch.setattr(module, "zero_certificate", noted)
    certificate = limit_certificate(12)
    assert check(certificate).accepted
    with working_precision(128):
        for u, v in (("0.3", "0.5"), ("0.38", "0.71"), ("1.1", "0.9")):
            exact = module.Scaled(arb(0), arb(0)).residual([arb(u), arb(v)])
            for term, value in zip(seen[0], exact, strict=True):
                found = term.at({"u": arb(u), "v": arb(v)})
                assert found.overlaps(value)
                assert found.rel_accuracy_bits() > 90
