"""A stretch of the tampering, and that a false statement is known as one."""

import pytest
from verdicts import verdict_on

from bounds.certify.certificates.seal import sealed
from bounds.certify.checker.kinds import KINDS
from campaigns import tampering


@pytest.mark.heavy
def test_a_stretch() -> None:
    outcomes = [tampering.round_of(1, number)[1] for number in range(50)]
    assert not [outcome for outcome in outcomes if "WRONG" in outcome]
    assert outcomes.count("rejected") > 25


@pytest.mark.heavy
def test_honest_certificates_are_accepted_and_not_false() -> None:
    kinds = set()
    for certificate in tampering.honest():
        assert verdict_on(certificate).accepted
        assert not tampering.is_false(certificate)
        kinds.add(certificate["kind"])
    assert kinds == set(KINDS)


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("root", "turn", "convex to concave"),
        ("root", "eps", ["0.1", "0.2"]),
        ("shape", "shape", ["concave"]),
        ("sign", "greater", "0.01"),
        ("zero", "system", ["1", "1"]),
        ("eps_cr", "eps", ["0.1", "0.2"]),
        ("eps_cr", "shape", ["concave", "convex", "concave"]),
        ("small_delta", "delta", "2"),
        ("passage", "after", ["concave"]),
    ],
)
def test_a_false_statement_is_known_as_one(kind: str, field: str, value: object) -> None:
    certificate = next(c for c in tampering.honest() if c["kind"] == kind)
    statement = {**certificate["statement"], field: value}
    assert tampering.is_false(sealed(kind, statement, certificate["evidence"]))


@pytest.mark.heavy
def test_a_checker_that_accepts_all_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    class Accepted:
        accepted = True

    monkeypatch.setattr(tampering, "check", lambda _: Accepted())
    assert any("WRONG" in tampering.round_of(1, number)[1] for number in range(30))
