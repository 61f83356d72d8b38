"""The paper's order."""

import pytest
from fake_claims import fake, outcome

from proofs_check import PAPER, find_claims
from proofs_check.audit.graph import title
from proofs_check.audit.report.sections import by_section, in_order


@pytest.mark.heavy
@pytest.mark.parametrize("claim", find_claims(), ids=lambda claim: claim.id)
def test_every_claim_stands_in_a_section(claim) -> None:
    section = PAPER.section_of(claim.where)
    assert section in PAPER.headings
    assert PAPER.is_own(claim.id) == (section in PAPER.beyond)


def test_a_place_in_no_section_is_refused() -> None:
    with pytest.raises(ValueError, match="begins with no section of the paper"):
        PAPER.section_of("VII, after all")


def test_claims_of_our_own_come_last() -> None:
    own = [PAPER.is_own(name) for name in PAPER.ids]
    assert own == sorted(own)
    assert 0 < sum(own) < len(own)


def test_claims_come_by_section_and_lemma() -> None:
    places = {
        "own": "beyond the paper",
        "late": "Appendix B",
        "second": "B, Lemma 2",
        "first": "B, Lemma 1",
        "early": "I",
    }
    found = []
    for name, where in places.items():
        claim = fake(name)
        object.__setattr__(claim, "where", where)
        found.append(outcome(claim))
    order = {name: [o.claim.id for o in group] for name, group in by_section(found, PAPER).items()}
    assert order == {"I": ["early"], "B": ["first", "second", "late"], "beyond": ["own"]}


def test_statements_have_the_papers_number() -> None:
    assert title("separation", PAPER) == "lemma-1 (separation)"
    assert title("theorem-2", PAPER) == "theorem-2"


def test_one_list_in_the_papers_order() -> None:
    claims = in_order(find_claims(), PAPER)
    assert sorted(claim.id for claim in claims) == sorted(PAPER.ids)
    sections = list(PAPER.headings)
    places = [sections.index(PAPER.section_of(claim.where)) for claim in claims]
    assert places == sorted(places)
    assert claims[0].where.startswith("Abstract")
