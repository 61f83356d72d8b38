"""The point of contact as a certificate that the independent checker accepts, or not."""

import copy

import pytest

from bounds.certified.seal import sealed
from bounds.checker import check
from bounds.errors import InputError
from bounds.theorems.upper import contact_certificate, envelope


@pytest.mark.parametrize("delta", ["1", "2", "4"])
def test_the_checker_finds_the_same_contact(delta: str) -> None:
    verdict = check(contact_certificate(envelope(delta, 10)))
    assert verdict.accepted, verdict.reason


def test_a_slipped_number_is_rejected() -> None:
    """Seeded error: the system of Δ = 2 with the box of Δ = 2.001."""
    honest, other = (contact_certificate(envelope(delta, 10)) for delta in ("2", "2.001"))
    statement = copy.deepcopy(honest["statement"])
    statement["unknowns"] = other["statement"]["unknowns"]
    assert not check(sealed("zero", statement, honest["evidence"])).accepted


def test_where_a_component_is_destroyed_there_is_none() -> None:
    with pytest.raises(InputError, match="eps_full"):
        contact_certificate(envelope("0.5", 10))
