"""Lower bounds as certificates: they replay, they fit the bound, and they can fail."""

from fractions import Fraction
from pathlib import Path

import pytest

import bounds
from bounds.certify.certificates.seal import sealed
from bounds.checker import check as replay
from bounds.cli import main


@pytest.mark.parametrize(
    ("k", "c", "method"),
    [
        (10, "1", "corrected"),
        (10, "1", "sharp"),
        (1, "1e-20", "sharp"),
        (1, "1e-300", "sharp"),
        (10, "9", "sharp"),
    ],
)
def test_they_replay_and_give_nearly_the_bound(k: int, c: str, method: str) -> None:
    bound = bounds.lower_bound(k, c, method, 12)
    certified = bounds.lower.certified_bound(bound)
    low = bound.value.low.fraction()
    assert (1 - Fraction(1, 10**8)) * low < certified.value < low
    for certificate in certified.certificates:
        verdict = replay(certificate)
        assert verdict.accepted, verdict.reason


def test_numbers_too_long_for_the_checker_are_refused() -> None:
    with pytest.raises(bounds.InputError, match="10\\^-300"):
        bounds.lower.certified_bound(bounds.lower_bound(1, "1e-301"))


def test_a_larger_claim_is_rejected() -> None:
    """The lesser side of a certificate raised by a millionth part, sealed anew."""
    certified = bounds.lower.certified_bound(bounds.lower_bound(10, 1, digits=12))
    for certificate in certified.certificates[:-1]:  # the last, on the error, has room
        statement, evidence = certificate["statement"], certificate["evidence"]
        assert replay(sealed("sign", statement, evidence)).accepted
        raised = {**statement, "lesser": ["*", "1.000001", statement["lesser"]]}
        verdict = replay(sealed("sign", raised, evidence))
        assert not verdict.accepted
        assert "not proved" in str(verdict.reason)


@pytest.mark.heavy
def test_the_command_writes_what_check_accepts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lower", "2", "1/2", "--certificates", str(tmp_path / "out")]) == 0
    files = [str(path) for path in sorted((tmp_path / "out").iterdir())]
    assert len(files) > 2
    assert main(["check", *files]) == 0
    capsys.readouterr()


@pytest.mark.parametrize("options", [{"method": "printed"}, {"m": 10}])
def test_what_has_no_certificates_says_so(options: dict[str, object]) -> None:
    bound = bounds.lower_bound(2, 1, **options)  # type: ignore[arg-type]
    with pytest.raises(bounds.InputError, match="corrected and sharp"):
        bounds.lower.certified_bound(bound)
