"""What a verdict says is made of what was proved: a `text` cannot mislead."""

import pytest
from certificate_builder import replaced, sealed
from marks import all_heavy_but
from verdicts import verdict_on

import bounds
from bounds.certify.checker.kinds import KINDS
from bounds.certify.checker.operations import OPERATIONS
from bounds.certify.checker.term import read_term, told
from bounds.certify.inequalities import Term, variable
from bounds.checker import check
from bounds.lower import two_point
from campaigns.tampering import honest

LIE = "the Riemann hypothesis"

SAID = {
    "root": ["at Delta = 5/2", "exactly one inflection", "turns from", "eps in ["],
    "shape": ["Delta", "concave, convex, concave", "from eps = 0 to eps_max"],
    "sign": ["<"],
    "proof": ["for all x in (0, inf): x*phi(x)/(x^2 + 1) < Phi(-x)"],
    "zero": ["exactly one (", "= 0"],
    "eps_cr": ["at Delta = 6/5", "first turn, eps_cr, lies in [0."],
    "small_delta": ["every Delta > 0 up to 1/64", "concave"],
    "passage": ["between Delta = 83397/100000 and 41699/50000", "exactly one Delta*"],
    "critical_slices": ["for every Delta from", "eps_cr Delta/phi(Delta) lies in [0.14"],
    "large_delta": ["for every Delta from 10 on", "concave, convex, concave"],
    "any_set": ["no set S of means", "r* is above"],
    "eps_cr_panel": [
        "for every Delta from 219/100 to 63/25",
        "0.3061",
        "2^-120, 2^-120, 2^-122, 2^-118",
    ],
}


@pytest.mark.heavy
@pytest.mark.parametrize("number", all_heavy_but(range(9), range(17)))
def test_the_statement_is_the_checkers_own(number):
    certificate = honest()[number]
    if certificate["kind"] == "proof":  # it has no text for readers: its claim is one
        assert "text" not in certificate["statement"]
        lying = certificate
    else:
        lying = sealed(replaced(certificate, ("statement", "text"), LIE))
    verdict = check(lying)
    assert verdict.accepted
    assert verdict.reason == verdict_on(certificate).reason
    assert verdict.reason.startswith("proved: ")
    assert LIE not in verdict.reason
    assert all(part in verdict.reason for part in SAID[certificate["kind"]])


@pytest.mark.heavy
def test_every_kind_is_told():
    assert set(SAID) == set(KINDS) == {certificate["kind"] for certificate in honest()}


def test_another_statement_is_told_otherwise():
    """Each field of a statement that is proved changes what is said."""
    sign = next(c for c in honest() if c["kind"] == "sign" and "x" in c["statement"]["variables"])
    assert sign["kind"] == "sign"
    wider = sealed(replaced(sign, ("statement", "greater"), "0.9"))
    assert check(wider).accepted
    assert check(wider).reason != check(sign).reason


X, Y = variable("x"), variable("y")


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (X - (Y - 1), "x - (y - 1)"),
        (X - Y - 1, "x - y - 1"),
        (X / (Y * 2), "x / (y * 2)"),
        (X / Y * 2, "x / y * 2"),
        ((X + 1) * Y, "(x + 1) * y"),
        (X * X + Y, "x * x + y"),
        ((X + Y) ** 3, "(x + y)^3"),
        (X * "-1/2", "x * (-1/2)"),
        (Term("log", X / Y), "log(x / y)"),
        (Term("pi") * X, "pi * x"),
    ],
    ids=str,
)
def test_terms_are_told_with_the_brackets_that_they_need(term, text):
    assert told(read_term(term.json(), {"x": 0, "y": 0})) == text


def test_a_long_term_is_told_to_be_cut():
    term = ["+", "x", "1"]
    for _ in range(8):
        term = ["+", term, term]
    certificate = sealed(
        {
            "schema": "bounds-certificate/1",
            "kind": "sign",
            "statement": {
                "variables": {"x": ["0", "1"]},
                "lesser": term,
                "greater": "9999",
                "text": "",
            },
            "evidence": {"bits": 64, "splits": "."},
        }
    )
    verdict = check(certificate)
    assert verdict.accepted
    assert "the beginning of" in verdict.reason
    assert len(verdict.reason) < 3_000


def test_operations_are_named_as_in_the_library():
    names = set(OPERATIONS) - {"+", "-", "*", "/", "power", "pi", "sqrt", "exp", "expm1", "log"}
    rooms = (bounds.functions, two_point)
    assert all(any(hasattr(room, name) for room in rooms) for name in names)
