"""Claims, found by their files: each module in `proofs_check.claims` defines one `CLAIM`."""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files

import proofs_check.claims
from bounds.errors import Inconclusive, InputError
from proofs_check.verdict import INCONCLUSIVE, Decision


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
def _all() -> dict[str, Claim]:
    found = {}
    for module in pkgutil.iter_modules(proofs_check.claims.__path__):
        claim: Claim = import_module(f"proofs_check.claims.{module.name}").CLAIM
        if claim.id.replace("-", "_") != module.name:
            raise AssertionError(f"claim {claim.id} must live in its own file, not {module.name}")
        found[claim.id] = claim
    return found


def find_claims(ids: Iterable[str] | None = None) -> list[Claim]:
    """The claims with the given ids, or all of them.

    Raises:
        InputError: no claim has such an id.
    """
    known = _all()
    if ids is None:
        return list(known.values())
    chosen = list(ids)
    for name in chosen:
        if name not in known:
            raise InputError(f"no claim is called {name[:60]!r}: the claims are {', '.join(known)}")
    return [known[name] for name in chosen]


def decide(claim: Claim) -> Decision:
    """Run the check of a claim; a check that runs out of budget leaves it undecided."""
    try:
        return claim.check()
    except Inconclusive as reason:
        return Decision(INCONCLUSIVE, f"undecided: {reason}", (str(reason),))


def recorded() -> dict[str, str]:
    """The recorded verdict of each claim: a change of any shows as a failing test."""
    text = files("proofs_check").joinpath("recorded.json").read_text(encoding="utf-8")
    verdicts: dict[str, str] = json.loads(text)
    return verdicts
