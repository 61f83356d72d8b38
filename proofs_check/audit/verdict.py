"""How a claim may end, and what a decision consists of.

A verdict has no truth value: "undecided" is not "false", and "repaired" is neither.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NoReturn


class Verdict(Enum):
    """The six ways a claim may end."""

    CERTIFIED = "certified"
    """Proved over the whole range stated."""

    REFUTED = "refuted"
    """The negation is proved at an exact witness."""

    REPAIRED = "repaired"
    """Refuted or ill-typed as printed; the nearest statement that serves is certified."""

    GAP = "gap"
    """The conclusion may hold, but the printed step does not give it."""

    INCONCLUSIVE = "inconclusive"
    """Undecided within the budget. Never rounded to yes or no."""

    NOT_MACHINE_CHECKABLE = "not machine-checkable"
    """A matter of words."""

    def __bool__(self) -> NoReturn:
        raise TypeError(
            f"a verdict has no truth value: compare it, as in verdict is Verdict.{self.name}"
        )


@dataclass(frozen=True)
class Reading:
    """One of several ways to read a statement whose printed form is ambiguous.

    Attributes:
        text: the reading.
        verdict: how it ended.
        finding: what was proved of it.
        needed: whether the paper's later steps need this one.
    """

    text: str
    verdict: Verdict
    finding: str
    needed: bool = False


@dataclass(frozen=True)
class Decision:
    """A verdict with what it rests on.

    Attributes:
        verdict: how the claim ended.
        finding: the certified statement that stands in place of the printed one (or confirms it).
        evidence: what was proved, line by line, with exact witnesses and outward-rounded numbers.
        readings: each sensible reading, where the printed form has several.
        certificates: proofs that `bounds check` replays.
    """

    verdict: Verdict
    finding: str
    evidence: tuple[str, ...]
    readings: tuple[Reading, ...] = ()
    certificates: tuple[dict[str, Any], ...] = field(default=(), compare=False)


CERTIFIED, REFUTED, REPAIRED = Verdict.CERTIFIED, Verdict.REFUTED, Verdict.REPAIRED
GAP, INCONCLUSIVE = Verdict.GAP, Verdict.INCONCLUSIVE
NOT_MACHINE_CHECKABLE = Verdict.NOT_MACHINE_CHECKABLE
