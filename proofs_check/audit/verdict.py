"""How a claim may end, and what a decision consists of.

A verdict has no truth value: "undecided" is not "false", and "repaired" is neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NoReturn, TypeAlias

from bounds.certify.results import NoTruthValue
from proofs_check.audit.facts import Argued, Basis, Fact, Proved, basis_of


class Verdict(Enum):
    """The six ways a claim may end."""

    CERTIFIED = "certified"
    """True over the whole range stated: decided by machine, or proved on paper."""

    REFUTED = "refuted"
    """The negation is proved at an exact witness."""

    REPAIRED = "repaired"
    """Refuted or ill-typed as printed; the nearest statement that serves is proved."""

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
class Reading(NoTruthValue):
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
    ask = "compare its verdict"


Certificate: TypeAlias = dict[str, Any]
"""A proof that `bounds check` replays."""

ON_PAPER = "proved on paper"
"""What a true statement is called if a decisive step of its proof is an argument to be read."""


@dataclass(frozen=True)
class Decision(NoTruthValue):
    """A verdict with what it rests on.

    Attributes:
        verdict: how the claim ended.
        finding: the statement that stands in place of the printed one (or confirms it).
        lines: the facts that the verdict needs, and remarks beside them, which are plain text.
        readings: each sensible reading, where the printed form has several.
        certificates: proofs that `bounds check` replays, or functions of a module that
            make them where they are asked for (see `written`).
        off_by: how far a printed number is off, proved; one of the lines, for the first screen.
        stored: what it takes from a file beside the code, and was not proved in this run.
    """

    verdict: Verdict
    finding: str
    lines: tuple[Fact | str, ...]
    readings: tuple[Reading, ...] = ()
    certificates: tuple[Certificate | Callable[[], Certificate], ...] = field(
        default=(), compare=False
    )
    off_by: Proved | None = None
    stored: str = ""
    ask = "compare its verdict, as in decision.verdict is CERTIFIED"

    def __post_init__(self) -> None:
        """Refuse a verdict that rests on nothing."""
        if self.verdict in DECIDED and not self.facts:
            raise TypeError(f"a verdict needs a fact that proves it: {self.finding:.60}")
        if self.off_by is not None and self.off_by not in self.lines:
            raise TypeError(f"how far it is off must be one of the facts: {self.finding:.60}")

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that the verdict rests on."""
        return tuple(line for line in self.lines if not isinstance(line, str))

    def written(self) -> list[Certificate]:
        """The certificates, made."""
        return [each if isinstance(each, dict) else each() for each in self.certificates]

    @property
    def evidence(self) -> tuple[str, ...]:
        """Every line as text: what was proved, with exact witnesses and outward-rounded numbers."""
        return tuple(line if isinstance(line, str) else line.statement for line in self.lines)

    @property
    def arguments(self) -> tuple[Argued, ...]:
        """The arguments on paper that the verdict rests on."""
        return tuple(fact for fact in self.facts if isinstance(fact, Argued))

    @property
    def told(self) -> str:
        """The verdict as readers see it, with what decided it: "certified" is for machines only."""
        name = NAMES[self.verdict]
        if self.basis != "words":
            return name
        return ON_PAPER if self.verdict is CERTIFIED else f"{name}, on paper"

    def told_of(self, reading: Reading) -> str:
        """How one of its readings ended: certified only where the whole decision is."""
        words = self.basis == "words" and reading.verdict is CERTIFIED
        return ON_PAPER if words else NAMES[reading.verdict].replace(" as printed", "")

    @property
    def basis(self) -> Basis:
        """Whether machines decided it or an argument on paper; none where nothing is decided."""
        return basis_of(self.facts) if self.verdict in DECIDED else "none"


CERTIFIED, REFUTED, REPAIRED = Verdict.CERTIFIED, Verdict.REFUTED, Verdict.REPAIRED
GAP, INCONCLUSIVE = Verdict.GAP, Verdict.INCONCLUSIVE
NOT_MACHINE_CHECKABLE = Verdict.NOT_MACHINE_CHECKABLE
NAMES = {
    **{verdict: verdict.value for verdict in Verdict},
    REFUTED: "false as printed",
    REPAIRED: "false as printed but repaired",
}
"""What readers see for a verdict: one name on every page. The values are for files."""
DECIDED = (CERTIFIED, REFUTED, REPAIRED, GAP)
"""The verdicts that say something about the claim."""
