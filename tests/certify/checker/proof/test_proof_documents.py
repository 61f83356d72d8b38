"""The kind of certificate "proof": read strictly, replayed, and told in the checker's own words."""

import copy
import json

import pytest

from bounds.certify.checker.document import canonical_hash
from bounds.certify.checker.replay import check

STEP = {
    "rule": "step",
    "divide": "1",
    "by": {"rule": "constant"},
    "of": "exp(x) - 1 - x",
    "derivative": {"rule": "obvious"},
    "cuts": [],
}
CERTIFICATE = {
    "schema": "bounds-certificate/1",
    "kind": "proof",
    "statement": {"claim": "1 + x < exp(x) and x > 0", "domain": "x > 0", "given": []},
    "evidence": {
        "version": 1,
        "proofs": [{"rule": "signs", "variable": "x", "pattern": STEP}, {"rule": "constraint"}],
    },
}


def sealed(certificate):
    certificate = {key: value for key, value in certificate.items() if key != "sha256"}
    return {**certificate, "sha256": canonical_hash(certificate)}


def changed(path, value):
    certificate = copy.deepcopy(CERTIFICATE)
    place = certificate
    for key in path[:-1]:
        place = place[key]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return sealed(certificate)


def test_a_certificate_is_replayed_and_told():
    steps = []
    verdict = check(
        json.dumps(sealed(CERTIFICATE)), lambda done, total: steps.append((done, total))
    )
    assert verdict.accepted, verdict.reason
    assert verdict.reason == "proved: for all x in (0, inf): x + 1 < exp(x) and x > 0"
    assert steps == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("statement", "text"), "x", "exactly the fields"),
        (("statement", "given"), None, "exactly the fields"),
        (("statement", "given"), {}, "list"),
        (("statement", "given"), [{"name": "a"}], "exactly the fields"),
        (
            ("statement", "given"),
            [{"name": "a", "claim": "1 < 2", "domain": "", "sha256": 1}],
            "texts",
        ),
        (
            ("statement", "given"),
            [{"name": "a", "claim": "1 < 2", "domain": "", "sha256": ""}] * 2,
            "one name",
        ),
        (("statement", "claim"), "1 + x < exp(x)", "each with a proof"),
        (("statement", "claim"), "1 + x < exp(x), x > 1", "no constraint"),
        (("statement", "claim"), "1 + y < exp(y), x > 0", "where y is"),
        (("statement", "claim"), 3, "string"),
        (("statement", "domain"), "x real", "obvious"),
        (("statement", "domain"), 3, "string"),
        (("evidence", "version"), 2, "version"),
        (("evidence", "version"), True, "version"),
        (("evidence", "proofs"), [{"rule": "constraint"}], "each with a proof"),
        (("evidence", "proofs"), {}, "each with a proof"),
        (("evidence", "more"), 1, "exactly the fields"),
        (("evidence", "proofs", 1), 7, "object"),
    ],
)
def test_what_is_altered_is_rejected(path, value, reason):
    verdict = check(changed(path, value))
    assert verdict.outcome == "rejected"
    assert reason in verdict.reason


def test_the_checks_own_words_hold_no_text_of_the_file():
    verdict = check(changed(("statement", "claim"), "1  +  x<exp( x )and x>0"))
    assert verdict.reason == "proved: for all x in (0, inf): x + 1 < exp(x) and x > 0"


def test_work_that_is_not_allowed_leaves_it_undecided():
    assert check(sealed(CERTIFICATE), work=0.0001).outcome == "undecided"
