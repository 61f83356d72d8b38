"""What of each claim the independent checker replays: `bounds check --coverage`.

It is derived from the certificates of the claims themselves, each of which is replayed. What stands
in no certificate is decided by the main engine alone, by exact algebra, or by an argument to read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bounds.certify.lines import counted

if TYPE_CHECKING:
    from proofs_check.audit.runner import Outcome


@dataclass(frozen=True)
class Coverage:
    """What of one claim the checker has replayed.

    Attributes:
        id: of the claim.
        kinds: how many certificates of each kind it has.
        failed: the certificates that were not accepted, with the reason.
    """

    id: str
    kinds: dict[str, int]
    failed: tuple[str, ...]

    def __str__(self) -> str:
        if not self.kinds:
            return f"{self.id}: nothing is replayed: it has no certificate"
        if self.failed:
            return f"{self.id}: NOT replayed: {self.failed[0]}"
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(self.kinds.items()))
        return f"{self.id}: replayed: {counts}; what else it says is in no certificate"

    def json(self) -> dict[str, Any]:
        """The same as plain data."""
        return {"id": self.id, "certificates": self.kinds, "failed": list(self.failed)}


def coverage(outcomes: Iterable[Outcome]) -> Iterator[Coverage]:
    """The coverage of each claim, as it is decided."""
    from bounds.checker import check

    for outcome in outcomes:
        kinds: Counter[str] = Counter()
        failed = []
        for name, certificate in outcome.certificates:
            kinds[str(certificate["kind"])] += 1
            verdict = check(dict(certificate))
            if not verdict.accepted:
                failed.append(f"{name}: {verdict.reason}")
        yield Coverage(outcome.claim.id, dict(kinds), tuple(failed))


def summary(found: Iterable[Coverage]) -> str:
    """One line: how many claims are replayed in full, in part, and not at all."""
    tally = Counter("none" if not each.kinds else "not" if each.failed else "all" for each in found)
    return (
        f"{counted(tally.total(), 'claim')}: {tally['all']} with certificates that were all"
        f" replayed, {tally['not']} with one that was not, {tally['none']} with none"
    )
