"""What holds, what is false, and why."""

import pytest
from fake_claims import fake, outcome
from ledger import ROWS, row_of

from bounds import InputError
from proofs_check import (
    CERTIFIED,
    GAP,
    INCONCLUSIVE,
    NOT_MACHINE_CHECKABLE,
    PAPER,
    REFUTED,
    REPAIRED,
    find_claims,
)
from proofs_check.audit.graph import (
    broken_premises,
    conclusions,
    find_cycle,
    missing_premises,
    premises,
    standing,
    why,
    with_premises,
)

FAKES = [
    fake("theorem-2", REFUTED, ("bound", "lemma-3")),
    fake("bound", CERTIFIED, ("constant", "words", "elsewhere")),
    fake("lemma-3", GAP, ("constant",)),
    fake("constant", REPAIRED),
    fake("words", NOT_MACHINE_CHECKABLE, ("open-step",)),
    fake("open-step", INCONCLUSIVE),
]
OUTCOMES = {claim.id: outcome(claim) for claim in FAKES}


def test_a_conclusion_holds_by_its_own_verdict() -> None:
    told = {v: standing(v) for v in (CERTIFIED, REPAIRED, REFUTED, GAP, INCONCLUSIVE)}
    false = "false as printed"
    assert list(told.values()) == [
        *("holds as printed", f"{false} but repaired", false, "open", "open")
    ]


def test_premises_are_listed_once_at_any_depth() -> None:
    claims = {claim.id: claim for claim in FAKES}
    assert premises("theorem-2", claims) == [
        *("bound", "constant", "words", "open-step", "elsewhere", "lemma-3")
    ]
    assert premises("constant", claims) == []


def test_the_printed_argument_breaks_where_a_premise_fails() -> None:
    assert broken_premises("theorem-2", OUTCOMES) == ["constant", "lemma-3"]
    assert broken_premises("bound", OUTCOMES) == ["constant"]
    assert broken_premises("constant", OUTCOMES) == []


def test_why_draws_the_tree_and_says_what_follows() -> None:
    assert list(why("theorem-2", OUTCOMES)) == [
        "theorem-2: false as printed",
        "├─ bound: certified",
        "│  ├─ ✗ constant: false as printed but repaired: finding: a fact",
        "│  ├─ words: not machine-checkable",
        "│  │  └─ open-step: inconclusive",
        "│  └─ elsewhere: not examined",
        "└─ ✗ lemma-3: gap: finding: a fact",
        "   └─ constant: false as printed but repaired (see above)",
        "theorem-2: false as printed: finding: a fact",
        "the printed argument breaks at constant, lemma-3",
        "undecided premises: open-step, elsewhere",
    ]
    assert list(why("constant", OUTCOMES))[-1] == "it rests on no other claim"


def test_a_sound_argument_is_told_as_such() -> None:
    sound = [fake("a", CERTIFIED, ("b",)), fake("b")]
    told = list(why("a", {claim.id: outcome(claim) for claim in sound}))
    assert told[-1] == "no premise of the printed argument breaks"


def test_conclusions_are_theorems_lemmas_and_what_is_used_no_further() -> None:
    assert conclusions(FAKES, PAPER) == ["theorem-2", "lemma-3"]
    assert (
        conclusions([*FAKES, fake("corollary", rests_on=("theorem-2",))], PAPER)[-1] == "corollary"
    )


def test_a_circular_argument_is_found() -> None:
    circle = [fake("a", rests_on=("b",)), fake("b", rests_on=("c",)), fake("c", rests_on=("a",))]
    assert set(find_cycle(circle)) == {"a", "b", "c"}
    assert set(premises("a", {claim.id: claim for claim in circle})) == {"b", "c"}
    assert find_cycle(FAKES) == []


def test_a_premise_without_a_claim_is_found() -> None:
    assert missing_premises(FAKES) == {"elsewhere"}


def test_the_papers_argument_is_not_circular() -> None:
    assert find_cycle(find_claims()) == []


def test_every_premise_is_a_claim_or_a_row_of_the_ledger() -> None:
    """Once every row has its claim: nothing is missing."""
    claims = find_claims()
    missing = missing_premises(claims)
    assert {row_of(name) for name in missing} <= ROWS
    if {row_of(claim.id) for claim in claims} >= ROWS:
        assert missing == set()


def test_a_claim_brings_its_premises() -> None:
    assert with_premises(PAPER, "eps-cr-2")[0].id == "eps-cr-2"
    with pytest.raises(InputError, match="no claim is called"):
        with_premises(PAPER, "nonsense")
