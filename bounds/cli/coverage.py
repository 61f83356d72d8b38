"""What of each claim the independent checker replays: `bounds check --coverage`.

It is derived from the certificates of the claims themselves, each of which is replayed. What stands
in no certificate is decided by the main engine alone, by exact algebra, or by an argument to read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bounds.certify.lines import counted

if TYPE_CHECKING:
    from proofs_check.audit.runner import Outcome


def coverage_lines(outcomes: Iterable[Outcome]) -> Iterable[str]:
    """One line for each claim as it is decided, and a summary at the end."""
    from bounds.checker import check

    tally: Counter[str] = Counter()
    for outcome in outcomes:
        kinds: Counter[str] = Counter()
        failed = []
        for name, certificate in outcome.certificates:
            kinds[str(certificate["kind"])] += 1
            verdict = check(dict(certificate))
            if not verdict.accepted:
                failed.append(f"{name}: {verdict.reason}")
        tally["none" if not kinds else "not" if failed else "all"] += 1
        yield f"{outcome.claim.id}: {_told(kinds, failed)}"
    yield (
        f"{counted(tally.total(), 'claim')}: {tally['all']} with certificates that were all"
        f" replayed,"
        f" {tally['not']} with one that was not, {tally['none']} with none"
    )


def _told(kinds: Counter[str], failed: list[str]) -> str:
    if not kinds:
        return "nothing is replayed: it has no certificate"
    if failed:
        return f"NOT replayed: {failed[0]}"
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return f"replayed: {counts}; what else it says is in no certificate"
