"""The client's error in closed form against quadrature."""

from fractions import Fraction
from typing import Any

import mpmath
import pytest

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import show_exact
from bounds.certify.inequalities import number
from bounds.certify.numbers.precision import working_precision
from proofs_check.claims.sb_lemma_4 import client_error
from proofs_check.claims.sb_lemma_4.client_error import (
    as_the_algorithm_does,
    as_the_proof_says,
    decoy,
    decoy_stands_alone,
    moments_are_right,
    truncated_variance_below_one,
)


def by_quadrature(shift: float, weight: float, reach: float, keeps: bool) -> float:
    def squared(z: float) -> float:
        combines = not keeps or abs(shift - z) < reach
        error = (shift + weight * z) / (1 + weight) if combines else z
        return error**2 * mpmath.npdf(z)

    turn = max(shift - reach, -reach)
    whole = mpmath.quad(squared, [-reach, turn]) + mpmath.quad(squared, [turn, 0, reach])
    return whole / mpmath.quad(mpmath.npdf, [-reach, reach])


@pytest.mark.parametrize("shift", ["1/100", "1/2", "2"])
@pytest.mark.parametrize("weight", ["1/1000", "3"])
def test_closed_forms(shift: str, weight: str) -> None:
    s, w, reach = Fraction(shift), Fraction(weight), Fraction(3)
    for form, keeps in ((as_the_proof_says, False), (as_the_algorithm_does, True)):
        with working_precision(128):
            value = float(form(number(s), number(w), reach).at({}).mid())
        wanted = by_quadrature(float(s), float(w), 3.0, keeps)
        assert value == pytest.approx(float(wanted), rel=1e-9)


def test_moments() -> None:
    assert len(moments_are_right()[0].residuals) == 3
    assert len(truncated_variance_below_one()) == 2


def test_every_moment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = client_error.has_slope
    for failing in range(3):
        count = iter(range(3))

        def altered(e: Any, q: Any, slope: Any, count=count, failing=failing) -> Any:
            return honest(e, q, 2 * slope if next(count) == failing else slope)

        monkeypatch.setattr(client_error, "has_slope", altered)
        with pytest.raises(Inconclusive):
            moments_are_right()


def test_the_decoy_is_close_enough_to_lure_and_too_far_to_join() -> None:
    layout, centre, lure = decoy()
    assert centre >= 3 * layout.delta + Fraction(1, 10)
    assert lure / 2 < Fraction(3, 2) * layout.delta
    assert lure - layout.delta > layout.delta
    assert len(decoy_stands_alone()) == 4


def test_the_decoy_is_what_its_proof_says() -> None:
    """Mass within 2 of h, by mpmath: only next to the mean and to 6.1 it reaches ρ(2)."""
    layout, centre, lure = decoy()
    rho = mpmath.ncdf(2) - mpmath.ncdf(-2)
    for step in range(300, 1200):
        h = Fraction(step, 100)
        mass = layout.adversarial(h) + mpmath.ncdf(h + 2) - mpmath.ncdf(h - 2)
        assert (mass >= rho) == (h == centre)
    (near, first), (far, second) = layout.atoms
    assert near == lure
    stated = [proof.certificate()["statement"]["text"] for proof in decoy_stands_alone()]
    assert stated[1:] == [
        f"{show_exact(first)} + window_mass({show_exact(near - 2)}, 2) < central_mass(2)",
        f"{show_exact(second)} + window_mass({show_exact(far - 2)}, 2) < central_mass(2)",
        f"{show_exact(second)} + window_mass({show_exact(centre)}, 2) < {show_exact(first)}",
    ]
