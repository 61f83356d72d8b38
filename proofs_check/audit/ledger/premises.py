"""What a claim rests on, given to the engine as lemmas.

A premise is decided in the same run. What is proved of it may be used in the proof of the claim,
whose certificate names it with its hash; the certificates of the whole chain come with it, and a
fact is made only where the checker accepts each of them. A premise that is not proved is no lemma:
the claim then holds if the premise does, and is not counted as proved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bounds.certify.errors import BoundsError
from bounds.certify.language.statement import Statement
from bounds.certify.rules.outcome import Outcome
from bounds.certify.statements import lemma_of
from proofs_check.audit.ledger.entry import Entry
from proofs_check.audit.ledger.statements import OnPieces, certificates, on_pieces
from proofs_check.audit.verdict import Certificate

_ALONE = 0.3
"""The share of the time for a proof without lemmas, where there are some."""

_STATED = ("inequality", "identity", "words")


@dataclass(frozen=True)
class Premise:
    """A claim that another one rests on.

    Attributes:
        name: its id.
        statement: what it says.
        found: what is known of it; None for an argument in words.
    """

    name: str
    statement: Statement
    found: OnPieces | None

    @property
    def proved(self) -> tuple[Outcome, ...]:
        """The statements that are lemmas, if it is proved as a whole."""
        return self.found.outcomes if self.found is not None and self.found.holds else ()

    @property
    def told(self) -> str:
        """Its name, and why it is no lemma."""
        if self.found is None:
            return f"{self.name} is in words"
        false = self.found.against is not None
        return f"{self.name} is {'false as printed' if false else 'undecided'}"


@lru_cache(maxsize=4096)
def settled(entry: Entry) -> OnPieces:
    """What is known of an inequality or an identity, once its premises are settled."""
    seconds = entry.seconds
    if not any(_stated(entry)):
        return on_pieces(entry.statement, seconds, entry.cuts)
    found = on_pieces(entry.statement, _ALONE * seconds, entry.cuts)
    if found.holds or found.against is not None:
        return found
    premises = list(_premises(entry))
    lemmas = {name: one for each in premises for name, one in _lemmas(each)}
    if lemmas:
        again = on_pieces(entry.statement, seconds, entry.cuts, _given(lemmas))
        used = _used(again)
        under = [c for each in premises if each.proved for c in _chain(each)]
        if again.holds or again.against is not None:
            return replace(again, under=_needed(used, under))
    left = {_lemma_name(each.name): each for each in premises if not each.proved}
    if not left:
        return found
    assumed = [
        {"name": name, "claim": one.statement.claim, "domain": str(one.statement.domain),
         "sha256": ""}
        for name, one in left.items()
    ]  # fmt: skip
    again = on_pieces(entry.statement, seconds, entry.cuts, [*_given(lemmas), *assumed])
    if not again.holds:
        return found
    told = [left[name] for name in sorted(_used(again)) if name in left]
    names = " and ".join(one.name for one in told)
    verb = "do" if len(told) > 1 else "does"
    condition = f"holds if {names} {verb}; {'; '.join(one.told for one in told)}"
    return replace(found, condition=condition)


def _stated(entry: Entry) -> Iterator[tuple[str, Entry, Statement]]:
    """The premises that make a statement in the engine's language, with it."""
    for name, one in entry.premises.items():
        if one.kind not in _STATED or "statement" not in one.data:
            continue
        try:
            statement = one.statement
        except BoundsError:  # the statement of an argument in words is any text
            continue
        if not statement.domain.exists:
            yield name, one, statement


def _premises(entry: Entry) -> Iterator[Premise]:
    """The same, settled."""
    for name, one, statement in _stated(entry):
        yield Premise(name, statement, None if one.kind == "words" else settled(one))


def _lemma_name(name: str, place: int = 0) -> str:
    """A name as the engine has it, of a claim or of a part of it."""
    plain = re.sub(r"[^a-z0-9-]", "_", name)
    part = f"_{place + 1}" if place else ""
    return f"{plain if plain[0].isalpha() else f'claim-{plain}'}"[:60] + part


def _lemmas(premise: Premise) -> Iterator[tuple[str, Outcome]]:
    for place, outcome in enumerate(premise.proved):
        yield _lemma_name(premise.name, place), outcome


def _given(lemmas: Mapping[str, Outcome]) -> list[Mapping[str, str]]:
    return [lemma_of(name, outcome) for name, outcome in lemmas.items()]


def _used(found: OnPieces) -> set[str]:
    """The names of the lemmas that the proofs use."""
    return {lemma["name"] for one in found.outcomes for lemma in one.given}


def _chain(premise: Premise) -> tuple[Certificate, ...]:
    """The certificates of a premise and of what is under it."""
    assert premise.found is not None
    return (*certificates(*premise.found.outcomes), *premise.found.under)


def _needed(used: set[str], under: list[Certificate]) -> tuple[Certificate, ...]:
    """The certificates of a chain, each once, where any lemma is used."""
    return tuple({each["sha256"]: each for each in under}.values()) if used else ()
