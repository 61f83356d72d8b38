"""Claims, found by their files: each module in `proofs_check.claims` defines one `CLAIM`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import proofs_check.claims
from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.exact import read_list
from bounds.certify.names import read_name
from proofs_check.audit.verdict import INCONCLUSIVE, Decision


@dataclass(frozen=True)
class Seeded:
    """An error put into a claim or into the formula under it, on purpose.

    Attributes:
        what: what is altered, in a few words.
        run: decides the claim with the error in it; its verdict must differ from the honest one.
    """

    what: str
    run: Callable[[], Decision]


@dataclass(frozen=True)
class Claim:
    """One statement of the paper.

    Attributes:
        id: its name in the ledger.
        where: section or lemma of the paper.
        printed: the statement as printed, in the ledger's notation, plain text.
        latex: the same in LaTeX, without dollar signs.
        hypotheses: what it assumes.
        method: how it is decided.
        check: decides it; seeded errors are passed to it as keyword arguments.
        seeded: at least one seeded error that changes the verdict.
        rests_on: ids of the claims that the paper's own argument for it uses.
        figure: draws an SVG that explains the verdict, where a picture does.
    """

    id: str
    where: str
    printed: str
    latex: str
    hypotheses: str
    method: str
    check: Callable[[], Decision]
    seeded: tuple[Seeded, ...]
    rests_on: tuple[str, ...] = ()
    figure: Callable[[], str] | None = None


@cache
def _homes() -> dict[str, str]:
    """The module of each claim, from the text of the files on the shelves: nothing is imported."""
    shelves = Path(proofs_check.claims.__path__[0])
    found = {}
    for path in shelves.rglob("*.py"):
        for name in _ID.findall(path.read_text(encoding="utf-8")):
            module = ".".join(path.relative_to(shelves).with_suffix("").parts)
            found[name] = f"{proofs_check.claims.__name__}.{module}"
    return found


_ID = re.compile(r'^    id="([a-z0-9-]+)",$', re.MULTILINE)


@cache
def known_ids() -> tuple[str, ...]:
    """The ids of all claims; nothing is imported. 2 comes before 10."""
    return tuple(sorted(_homes(), key=_natural))


def home_of(name: str) -> str:
    """The module that defines the claim."""
    return _homes()[name]


def _natural(name: str) -> list[tuple[str, int]]:
    return [(word, int(number or 0)) for word, number in re.findall(r"(\D+)(\d*)", name)]


@cache
def _load(name: str) -> Claim:
    claim: Claim = import_module(home_of(name)).CLAIM
    if claim.id != name:
        raise AssertionError(f"claim {claim.id} must live in its own file, not that of {name}")
    return claim


def find_claims(ids: Iterable[str] | None = None) -> list[Claim]:
    """The claims with the given ids, or all of them.

    Args:
        ids: such as ["eps-cr-2", "lemma-3"].

    Raises:
        InputError: no claim has such an id.
    """
    known = known_ids()
    chosen = known if ids is None else read_list(ids, "the ids")
    for name in chosen:
        if isinstance(name, str) and name not in known:
            near = _near(name[:60].lower().replace("_", "-"))
            told = f"did you mean {' or '.join(near)}?" if near else "`bounds verify` lists all"
            raise InputError(f"no claim is called {name[:60]!r}: {told}")
        read_name(name, known, "claim")
    return [_load(name) for name in dict.fromkeys(chosen)]  # each once


STATED_IN = {"lemma-1": "separation", "lemma-5": "lemma-5-convexity"}
"""Numbered statements of the paper whose claim has another id."""


def _near(name: str) -> list[str]:
    """Ids that may be meant: the same spelt otherwise, those that it begins, or similar ones."""
    known = known_ids()
    begun = [other for other in known if name and other.startswith(f"{name}-")]
    if name in known:
        return [name]
    near = begun or get_close_matches(name, known, 4)
    return list(dict.fromkeys([*filter(None, [STATED_IN.get(name)]), *near]))[:4]


def decide(claim: Claim) -> Decision:
    """Run the check of a claim.

    Args:
        claim: one of `find_claims`.

    Returns:
        Verdict, finding and evidence; a check that runs out of budget leaves it inconclusive.
    """
    try:
        return claim.check()
    except Inconclusive as reason:
        return Decision(INCONCLUSIVE, f"undecided: {reason}", (str(reason),))


def recorded() -> dict[str, str]:
    """The recorded verdict of each claim: a change of any shows as a failing test."""
    text = files("proofs_check").joinpath("recorded.json").read_text(encoding="utf-8")
    verdicts: dict[str, str] = json.loads(text)
    return verdicts
