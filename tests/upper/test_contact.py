"""The point of contact as a certificate that the independent checker accepts, or not."""

import copy

import pytest
from flint import arb

from bounds import filter_radius
from bounds.certify.certificates.seal import sealed
from bounds.certify.errors import InputError
from bounds.certify.numbers.precision import working_precision
from bounds.checker import check
from bounds.functions import cdf, density
from bounds.upper import contact_certificate, envelope
from bounds.upper.prices import full_price


@pytest.mark.parametrize("delta", ["1", "2", "4"])
def test_the_checker_finds_the_same_contact(delta: str) -> None:
    shape = envelope(delta, 10)
    certificate = contact_certificate(shape)
    verdict = check(certificate)
    assert verdict.accepted, verdict.reason
    box = certificate["statement"]["unknowns"]
    with working_precision(160):
        found = {name: _ball(*ends) for name, ends in box.items()}
        for name, place in zip("xyg", shape.contact, strict=True):
            assert found[name].overlaps(place.ball())
        ball = arb(delta)
        assert found["z"].overlaps(filter_radius(full_price(ball), ball))
        assert (cdf(ball) - density(ball) * found["z"]).overlaps(shape.corner.ball())


def _ball(low: str, high: str) -> arb:
    ends = (arb(int(m)) * arb(2) ** int(e) for m, e in (end.split("*2^") for end in (low, high)))
    return next(ends).union(next(ends))


def test_a_slipped_number_is_rejected() -> None:
    """Seeded error: the system of Δ = 2 with the box of Δ = 2.001."""
    honest, other = (contact_certificate(envelope(delta, 10)) for delta in ("2", "2.001"))
    statement = copy.deepcopy(honest["statement"])
    statement["unknowns"] = other["statement"]["unknowns"]
    assert not check(sealed("zero", statement, honest["evidence"])).accepted


def test_where_a_component_is_destroyed_there_is_none() -> None:
    with pytest.raises(InputError, match="eps_full"):
        contact_certificate(envelope("0.5", 10))
