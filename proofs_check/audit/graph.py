"""Which claims a conclusion rests on, and what becomes of it when some of them break.

An arrow runs from a claim to each claim that the paper's own argument for it uses (`rests_on`). A
premise breaks where the printed statement fails: refuted, repaired, or a gap. Each claim is decided
here by itself, so a conclusion may hold although the printed argument for it breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from proofs_check.audit.claim import Claim
from proofs_check.audit.paper import Audit
from proofs_check.audit.runner import Outcome
from proofs_check.audit.verdict import (
    CERTIFIED,
    GAP,
    INCONCLUSIVE,
    NAMES,
    REFUTED,
    REPAIRED,
    Decision,
    Verdict,
)

_STANDING = {
    CERTIFIED: "holds as printed",
    REPAIRED: NAMES[REPAIRED],
    REFUTED: NAMES[REFUTED],
}
BREAKS = (REFUTED, REPAIRED, GAP)
"""The verdicts of claims whose printed form fails."""
_NUMBERED = re.compile(r"(theorem|lemma)-\d+")


def standing(verdict: Verdict) -> str:
    """What a verdict means for a conclusion, in words."""
    return _STANDING.get(verdict, "open")


def standing_of(decision: Decision) -> str:
    """The same with what decided it."""
    told = standing(decision.verdict)
    return f"{told}, on paper" if decision.basis == "words" else told


def is_numbered(name: str, paper: Audit) -> bool:
    """Whether the claim is one of the paper's numbered theorems and lemmas."""
    return bool(_NUMBERED.fullmatch(name)) or name in paper.numbered.values()


def title(name: str, paper: Audit) -> str:
    """The id, after the number that the paper gives the statement where that is another."""
    (lemma,) = [lemma for lemma, claim in paper.numbered.items() if claim == name] or [name]
    return name if lemma == name else f"{lemma} ({name})"


def premises(name: str, claims: Mapping[str, Claim]) -> list[str]:
    """The ids of all claims under `name`, each once, in the order of the argument."""
    found: dict[str, None] = {}

    def descend(above: str) -> None:
        for below in claims[above].rests_on if above in claims else ():
            if below not in found and below != name:
                found[below] = None
                descend(below)

    descend(name)
    return list(found)


def users(name: str, claims: Iterable[Claim]) -> list[str]:
    """The ids of all claims that rest on `name`, at any depth, in their order."""
    every = {claim.id: claim for claim in claims}
    return [above for above in every if name in premises(above, every)]


def with_premises(paper: Audit, name: str) -> list[Claim]:
    """The claim called `name` and all claims under it.

    Raises:
        InputError: no claim has this id.
    """
    found = {name: paper.find_claims([name])[0]}
    waiting = [name]
    while waiting:
        for below in found[waiting.pop()].rests_on:
            if below in paper.ids and below not in found:
                found[below] = paper.find_claims([below])[0]
                waiting.append(below)
    return list(found.values())


def unexamined_premises(name: str, outcomes: Mapping[str, Outcome]) -> list[str]:
    """The ids under `name` that were not decided in this run."""
    claims = {key: outcome.claim for key, outcome in outcomes.items()}
    return [below for below in premises(name, claims) if below not in outcomes]


def where_it_breaks(name: str, outcomes: Mapping[str, Outcome]) -> str:
    """Where the printed argument for a claim breaks, as far as it was examined, in words."""
    broken = broken_premises(name, outcomes)
    told = f"breaks at {', '.join(broken)}" if broken else ""
    if unseen := unexamined_premises(name, outcomes):
        told += f"{', ' if told else ''}not examined at {', '.join(unseen)}"
    return told


def broken_premises(name: str, outcomes: Mapping[str, Outcome]) -> list[str]:
    """The ids under `name` where the printed argument breaks."""
    claims = {key: outcome.claim for key, outcome in outcomes.items()}
    return [
        below
        for below in premises(name, claims)
        if below in outcomes and outcomes[below].decision.verdict in BREAKS
    ]


def conclusions(claims: Iterable[Claim], paper: Audit) -> list[str]:
    """The ids of the theorems and lemmas, and of what else is argued for and used no further."""
    every = list(claims)
    used = {below for claim in every for below in claim.rests_on}
    ends = [
        claim.id
        for claim in every
        if is_numbered(claim.id, paper) or (claim.rests_on and claim.id not in used)
    ]
    return sorted(
        ends,
        key=lambda name: (
            not name.startswith("theorem-"),
            not is_numbered(name, paper),
            title(name, paper),
        ),
    )


def missing_premises(claims: Iterable[Claim]) -> set[str]:
    """Ids that a claim rests on and that no claim has."""
    every = list(claims)
    return {below for claim in every for below in claim.rests_on} - {claim.id for claim in every}


def find_cycle(claims: Iterable[Claim]) -> list[str]:
    """Ids along a circular argument; empty where there is none."""
    try:
        TopologicalSorter({claim.id: claim.rests_on for claim in claims}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def why(name: str, outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """The tree of premises under a claim, line by line, and what follows for the claim.

    Args:
        name: the id of the claim.
        outcomes: the outcomes of the claim and of all premises that are claims.
    """
    decision = outcomes[name].decision
    yield f"{name}: {decision.told}"
    yield from _branches(name, outcomes, "", {name})
    yield f"{name}: {standing_of(decision)}: {decision.finding}"
    for argument in decision.arguments:
        place = f"{argument.statement} ({argument.where})"
        yield f"proved on paper, constants checked by machine: {place}"
    broken = broken_premises(name, outcomes)
    below = premises(name, {key: outcome.claim for key, outcome in outcomes.items()})
    undecided = [premise for premise in below if not _is_decided(premise, outcomes)]
    if broken:
        yield f"the printed argument breaks at {', '.join(broken)}"
    if undecided:
        yield f"undecided premises: {', '.join(undecided)}"
    if not broken and not undecided:
        yield "no premise of the printed argument breaks" if below else "it rests on no other claim"


def _is_decided(name: str, outcomes: Mapping[str, Outcome]) -> bool:
    return name in outcomes and outcomes[name].decision.verdict is not INCONCLUSIVE


def _branches(
    name: str, outcomes: Mapping[str, Outcome], margin: str, shown: set[str]
) -> Iterator[str]:
    below = outcomes[name].claim.rests_on
    for number, premise in enumerate(below, start=1):
        last = number == len(below)
        yield f"{margin}{'└─ ' if last else '├─ '}{_told(premise, outcomes, premise in shown)}"
        if premise in outcomes and premise not in shown:
            shown.add(premise)
            yield from _branches(premise, outcomes, margin + ("   " if last else "│  "), shown)


def _told(name: str, outcomes: Mapping[str, Outcome], again: bool) -> str:
    if name not in outcomes:
        return f"{name}: not examined"
    decision = outcomes[name].decision
    line = f"{name}: {decision.told}"
    if again:
        return f"{line} (see above)"
    return f"✗ {line}: {decision.finding}" if decision.verdict in BREAKS else line
