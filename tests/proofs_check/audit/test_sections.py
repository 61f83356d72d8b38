"""The paper's order."""

import pytest
from fake_claims import fake, outcome

from proofs_check import find_claims
from proofs_check.audit.graph import title
from proofs_check.audit.report.sections import SECTIONS, by_section, section_of


@pytest.mark.parametrize("claim", find_claims(), ids=lambda claim: claim.id)
def test_every_claim_stands_in_a_section(claim) -> None:
    assert section_of(claim.where) in SECTIONS


def test_a_place_in_no_section_is_refused() -> None:
    with pytest.raises(ValueError, match="begins with no section of the paper"):
        section_of("VII, after all")


def test_claims_come_by_section_and_lemma() -> None:
    places = {"late": "Appendix B", "second": "B, Lemma 2", "first": "B, Lemma 1", "early": "I"}
    found = []
    for name, where in places.items():
        claim = fake(name)
        object.__setattr__(claim, "where", where)
        found.append(outcome(claim))
    order = {name: [o.claim.id for o in group] for name, group in by_section(found).items()}
    assert order == {"I": ["early"], "B": ["first", "second", "late"]}


def test_statements_have_the_papers_number() -> None:
    assert title("separation") == "lemma-1 (separation)"
    assert title("theorem-2") == "theorem-2"
