"""Certificates: the independent checker accepts true ones and rejects every altered one."""

import copy
import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from flint import arb
from marks import all_heavy_but, campaign_but
from verdicts import verdict_on

import bounds
from bounds.checker import check
from bounds.critical.certificates import (
    certificates_of,
    eps_cr_certificate,
    family_certificate,
    passage_certificate,
    root_certificate,
    sealed,
    shape_certificate,
    small_delta_certificate,
)
from bounds.critical.family import slice_of
from bounds.critical.regimes import REGIMES
from campaigns.tampering import honest, is_false


@pytest.mark.parametrize("delta", all_heavy_but({"1.2", "3"}, ["1.2", "1.5", "3", "8", "40"]))
def test_what_is_proved_is_accepted(delta: str) -> None:
    for certificate in certificates_of(bounds.eps_cr(delta, 30)):
        verdict = check(certificate)
        assert verdict.accepted, verdict


def test_every_inflection_has_a_certificate() -> None:
    from bounds.critical.certificates import root_certificate

    for point in bounds.inflections("3", 20).points:
        assert check(root_certificate(point)).accepted


@pytest.mark.heavy
def test_a_range_of_delta_is_accepted() -> None:
    parts = [slice_of(Fraction(2), Fraction("2.01")), slice_of(Fraction("2.01"), Fraction("2.02"))]
    certificate = family_certificate(parts)
    assert check(certificate).accepted
    assert certificate["statement"]["delta"] == ["2", "2.02"]
    for part, shown in zip(parts, certificate["evidence"]["slices"], strict=True):
        ends = shown["pieces"][0][0], shown["pieces"][-1][1]
        assert (shown["start"], shown["end"]) == ends
        assert len(shown["witnesses"]) == len(shown["pieces"]) == len(part.pieces)
        assert None not in shown["witnesses"]


def test_of_all_inflections_each_root_and_the_shape_are_certified() -> None:
    found = certificates_of(bounds.inflections(3, 10))
    assert [certificate["kind"] for certificate in found] == ["root", "root", "shape"]


def test_what_is_not_proved_for_small_deltas_is_not_written() -> None:
    with pytest.raises(bounds.Inconclusive):
        small_delta_certificate(Fraction(1, 39))


def test_a_ball_has_no_certificate() -> None:
    with pytest.raises(bounds.InputError, match="exact Delta"):
        shape_certificate(arb(3, 1e-9))


def leaves(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in items:
        if isinstance(value, (dict, list)):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key)


def altered(certificate: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    """A copy with one leaf changed: a number in its last digit, a flag, a word."""
    result = copy.deepcopy(certificate)
    node: Any = result
    for key in path[:-1]:
        node = node[key]
    value = node[path[-1]]
    if value is None:
        node[path[-1]] = 0
    elif isinstance(value, bool):
        node[path[-1]] = not value
    elif isinstance(value, int):
        node[path[-1]] = value + 1
    elif value and value[-1].isdigit():
        node[path[-1]] = value[:-1] + str((int(value[-1]) + 1) % 10)
    else:
        node[path[-1]] = value + "?"
    return result


OTHER_EVIDENCE_SERVES = (
    "small_delta",
    "passage",
    "critical_slices",
    "large_delta",
    "any_set",
    "eps_cr_panel",
    "proof",
)
"""Kinds whose evidence is a choice of places or cuts, of which others may prove the same."""


@pytest.mark.heavy
@pytest.mark.parametrize("number", all_heavy_but(set(range(9)) - {0, 6}, range(17)))
def test_any_one_field_altered_is_rejected(number: int) -> None:
    """Each field of roots, shapes at one Δ and for a range, signs, zeros (the limit, a fold)."""
    certificate = honest()[number]
    assert verdict_on(certificate).accepted
    for path in leaves(certificate):
        assert not check(altered(certificate, path)).accepted, path


def test_these_are_certificates_of_every_kind() -> None:
    assert len(honest()) == 17
    texts = {(c["kind"], c["statement"].get("text", c["statement"].get("claim"))) for c in honest()}
    assert [sum(kind == wanted for kind, _ in texts) for wanted in ("root", "shape", "zero")] == [
        1, 1, 2,
    ]  # fmt: skip


@pytest.mark.heavy
@pytest.mark.parametrize(
    "number",
    campaign_but(set(range(17)) - {9, 15}, range(17)),
)
def test_under_a_right_hash_what_is_accepted_is_true(number: int) -> None:
    """What is accepted says the same in other words or bits, or a statement not disproved."""
    certificate = honest()[number]
    places = [path for path in leaves(certificate) if path[0] in ("statement", "evidence")]
    harmless = {("statement", "text"), ("evidence", "bits")}
    most = 20 if certificate["kind"] in ("any_set", "eps_cr_panel") else 80  # some seconds each
    for path in places[:: 1 + len(places) // most]:
        other = altered(certificate, path)
        forged = sealed(other["kind"], other["statement"], other["evidence"])
        if check(forged).accepted and path not in harmless:
            serves = "witnesses" in path or certificate["kind"] in OTHER_EVIDENCE_SERVES
            assert path[0] == "statement" or serves
            assert not is_false(forged), path


@pytest.mark.parametrize("place", ["eps", "turn", "delta"])
def test_a_false_statement_under_a_right_hash_is_rejected(place: str) -> None:
    root = root_certificate(bounds.eps_cr("3", 30))
    statement = dict(root["statement"])
    if place == "eps":
        low, high = statement["eps"]
        unit = Fraction(high) - Fraction(low)
        statement["eps"] = [f"{Fraction(end) + 3 * unit}" for end in (low, high)]
    elif place == "turn":
        statement["turn"] = "convex to concave"
    else:
        statement["delta"] = "3.000000001"
    forged = sealed("root", statement, root["evidence"])
    assert not check(forged).accepted
    assert check(sealed("root", root["statement"], root["evidence"])).accepted


def test_a_forged_shape_is_rejected() -> None:
    shape = shape_certificate(Fraction("1.2"))
    statement = {**shape["statement"], "shape": ["concave", "convex", "concave"]}
    assert not check(sealed("shape", statement, shape["evidence"])).accepted


@pytest.mark.heavy
def test_the_second_turn_is_not_accepted_as_eps_cr() -> None:
    """At Δ = 1.2 the loss turns convex twice; both roots are proved, and one of them is ε_cr."""
    first, _, second, _ = bounds.inflections("1.2", 30).points
    honest_one = eps_cr_certificate(bounds.eps_cr("1.2", 30))
    assert check(honest_one).accepted
    forged = replaced_root(honest_one, second)
    assert check(root_certificate(second)).accepted
    verdict = check(forged)
    assert not verdict.accepted
    assert "first turn" in verdict.reason
    assert check(replaced_root(honest_one, first)).accepted


def replaced_root(certificate: dict[str, Any], point: Any) -> dict[str, Any]:
    """An ε_cr certificate with the root of another inflection."""
    root = root_certificate(point)
    statement = {**certificate["statement"], "eps": root["statement"]["eps"]}
    evidence = {**certificate["evidence"], **root["evidence"]}
    return sealed("eps_cr", statement, evidence)


@pytest.mark.heavy
def test_every_delta_up_to_10_is_replayed_at_its_seams() -> None:
    """Small Δ, and the passages through the folds: the regimes between are ranges of shapes."""
    assert check(small_delta_certificate()).accepted
    for fold, before, after in zip(bounds.folds(12), REGIMES, REGIMES[1:], strict=False):
        certificate = passage_certificate(fold, before.high, after.low)
        verdict = check(certificate)
        assert verdict.accepted, verdict
        statement = certificate["statement"]
        assert statement["before"] == list(before.shape)
        assert statement["after"] == list(after.shape)


def test_they_are_plain_json() -> None:
    for certificate in certificates_of(bounds.eps_cr("3", 30)):
        assert check(json.dumps(certificate)).accepted
        assert len(json.dumps(certificate)) < 10_000
