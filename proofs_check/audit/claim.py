"""What a claim is, and how it is decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bounds.certify.errors import Inconclusive
from proofs_check.audit.verdict import INCONCLUSIVE, Decision


@dataclass(frozen=True)
class Seeded:
    """An error put into a claim or into the formula under it, on purpose.

    Attributes:
        what: what is altered, in a few words.
        run: decides the claim with the error in it; its verdict must differ from the honest one.
        sure: made by the tool: it is put into certified claims only, and a claim that is undecided
            with it, in the short time that it has, has not noticed it.
    """

    what: str
    run: Callable[[], Decision]
    sure: bool = False


@dataclass(frozen=True)
class Claim:
    """One statement of the paper, or of the audit's own beyond it.

    Attributes:
        id: its name in the ledger.
        where: section or lemma of the paper, or the section beyond it.
        printed: the statement as printed, in the ledger's notation, plain text.
        latex: the same in LaTeX, without dollar signs.
        hypotheses: what it assumes.
        method: how it is decided.
        check: decides it; seeded errors are passed to it as keyword arguments.
        seeded: at least one seeded error that changes the verdict.
        rests_on: ids of the claims that the paper's own argument for it uses.
        figure: draws an SVG that explains the verdict, where a picture does.
        beside: id of a claim that proves some of the same: one worker decides both, and what is
            proved is proved once.
        seconds: how long it is tried, in seconds of this process, where that is limited.
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
    beside: str | None = None
    seconds: float | None = None


def function_of(claim: Claim) -> Callable[..., Decision]:
    """The function that decides a claim, without what is filled in for it."""
    check: Callable[..., Decision] = claim.check
    while isinstance(check, partial):
        check = check.func
    return check


def decide(claim: Claim) -> Decision:
    """Run the check of a claim.

    Args:
        claim: any claim.

    Returns:
        Verdict, finding and facts; a check that runs out of budget, or whose facts are not proved,
        leaves it inconclusive.

    Raises:
        TypeError: the check returns no decision.
    """
    try:
        decision: object = claim.check()
        if not isinstance(decision, Decision):
            told = type(decision).__name__
            raise TypeError(f"the check of {claim.id} returns no Decision, but {told}")
        return decision
    except Inconclusive as reason:
        return Decision(INCONCLUSIVE, f"undecided: {reason}", (str(reason),))
