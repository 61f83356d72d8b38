"""Statements decided as a whole: replayed proofs, witnesses, what is undefined or equal."""

import pytest
from marks import heavy

from bounds import decide
from bounds.certify.checker.proof import check_proof
from bounds.certify.checker.replay import check
from bounds.certify.errors import InputError

PROVED = [
    ("1 + x <= e^x", "x in [0, 1]"),
    ("x*phi(x)/(1 + x^2) < Phi(-x)", "0 <= x <= 10"),
    ("x/(1 + x) < log(1 + x) < x", "x > 0"),
    ("abs(log(1 + x) - x) <= x^2", "-1/2 <= x <= 1/2"),
    ("abs(sin(x)) <= abs(x)", "x real"),
    ("1 - x^2/2 <= cos(x)", "x real"),
    ("max(x, 1 - x) >= 1/2", "x real"),
    ("x^x >= exp(-1/e)", "x > 0"),
    ("gamma(x + 1/2)/gamma(x) < sqrt(x)", "x > 0"),
    ("sqrt(x + 1) + sqrt(x - 1) < 2*sqrt(x)", "x >= 1"),
    ("2^n >= n + 1", "n integer, n >= 0"),
    ("x^2 + y^2 >= 2*x*y", "x real, y real"),
    ("p*log(p/q) + (1 - p)*log((1 - p)/(1 - q)) >= 2*(p - q)^2", "p in (0, 1), q in (0, 1)"),
    ("t*exp(t) >= x", "x in [0, 1], exists t in [0, 2]"),
    ("y <= x", "x > 0, y = root of y^3 + y = x"),
    ("y <= 3/2", "y = root of cos(y) = y"),
    ("a < b", "a > 0, b > 0, a*exp(a) < b*exp(b)"),
]


@pytest.mark.parametrize(
    ("claim", "domain"),
    [
        heavy(*row) if row[0].startswith(("p*log", "x/(1 + x)", "abs(log")) else row
        for row in PROVED
    ],
)
def test_what_is_true_is_proved_and_replayed(claim, domain):
    outcome = decide(claim, domain)
    assert outcome.outcome == "proved", outcome
    assert outcome.basis == "machine"
    verdict = check(outcome.certificate())
    assert verdict.accepted, verdict.reason


REFUTED = [
    ("0 < x^2*((x - 0.7)^2 - 0.01)", "x in [0, 1]"),
    ("1 + x < e^x", "x in [0, 1]"),
    ("sin(x) < x", "x >= 0"),
    ("x^2 >= 2", "x integer"),
    ("x*y <= 1/4", "x + y = 1, x > 0, y > 0, x < 2/3, x*y <= 1/3, x > 0.49, y > 0.6"),
    ("exp(t) < 1 + t", "exists t in [-1, 1]"),
    ("sin(2*x) = 2*sin(x)*cos(x) + x^40/10^40", "x in [0, 3]"),
]


@pytest.mark.parametrize(("claim", "domain"), [*REFUTED[:4], *REFUTED[5:]])
def test_what_is_false_has_a_witness(claim, domain):
    outcome = decide(claim, domain)
    assert outcome.outcome == "refuted", outcome
    assert outcome.witness is not None


@pytest.mark.parametrize(
    ("claim", "domain"),
    [("sqrt(x) < 1/2", "x in [-4, 1/5]"), ("1/x > 0", "x in [0, 1]"), ("log(x) < x", "x real")],
)
def test_where_a_function_is_not_defined(claim, domain):
    assert decide(claim, domain).outcome == "undefined"


def test_an_identity_is_equal():
    assert decide("sin(2*x) = 2*sin(x)*cos(x)", "x real").outcome == "equal"


@pytest.mark.heavy
def test_a_strict_claim_between_equal_sides_is_told_as_such():
    outcome = decide("x < x", "x real")
    assert outcome.outcome == "equal"
    assert "holds nowhere" in outcome.reason


def test_an_outcome_has_no_truth_value():
    with pytest.raises(InputError, match="no truth value"):
        bool(decide("1 < 2"))


@pytest.mark.heavy
def test_the_time_is_kept():
    outcome = decide("gamma(x)^2 + gamma(1/x)^2 > 19/10", "x > 0", seconds=3)
    assert outcome.outcome in ("undecided", "proved")
    assert outcome.seconds < 20


def test_a_normal_form_that_grows_too_large_is_no_failure():
    """Powers such as (33/8)^(33/8), over powers of t far out, have a long one."""
    tangent = "(33/8)^(33/8) + (33/8)^(33/8)*(log(33/8) + 1)*(t - 33/8)"
    claim = f"log(2) <= log(1 + exp((t^t - ({tangent}))*(t^3 - (27/2)^3)))"
    assert decide(claim, "t in (27/2, inf)", seconds=1).outcome in ("proved", "undecided")


def test_a_lemma_is_used_and_named():
    lemma = decide("x*phi(x)/(1 + x^2) < Phi(-x)", "x > 0")
    outcome = decide("x*phi(x)/(1 + x^2) - y^2 < Phi(-x)", "x > 0, y real", given={"feller": lemma})
    assert outcome.outcome == "proved"
    assert [entry["name"] for entry in outcome.given] == ["feller"]
    statement = outcome.certificate()["statement"]
    assert statement["given"][0]["sha256"] == lemma.certificate()["sha256"]


@pytest.mark.heavy
@pytest.mark.parametrize(("claim", "domain"), PROVED[:8])
def test_a_proof_serves_its_own_statement_alone(claim, domain):
    proofs = decide(claim, domain).proofs
    for false in ("x >= 10", "x^2 < 0", "exp(x) < 1/2", "abs(x) > 100"):
        verdict = check_proof(false, domain, [], list(proofs)[:1])
        assert not verdict.accepted


def test_a_search_that_has_used_its_memory_ends_undecided(monkeypatch):
    from bounds.certify.rules import decide as rules

    held = iter([0] + [2**32] * 10**6)
    monkeypatch.setattr(rules, "_peak", lambda: next(held))
    outcome = decide("x*phi(x)/(1 + x^2) < Phi(-x)", "x > 0", seconds=30)
    assert outcome.outcome == "undecided"
    assert "2 GiB" in outcome.reason
    assert outcome.seconds < 5
