"""A prover that answers what a test wants, for tests of the doors to it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from bounds.certify.language.expression import number
from bounds.certify.language.statement import Statement
from bounds.certify.rules.outcome import Outcome


class CannedProver:
    """It calls x < 2 refuted, `x < 3` undefined, what has an `oo` in a name undecided.

    A claim with `stop` in a name is interrupted; all else is proved.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, float, int, tuple[Any, ...]]] = []

    def __call__(
        self,
        statement: Statement,
        *,
        seconds: float = 60,
        jobs: int = 1,
        executor: Any = None,
        lemmas: Any = (),
        progress: Callable[[str], None] | None = None,
    ) -> Outcome:
        assert executor is None
        self.asked.append((str(statement), seconds, jobs, tuple(lemmas)))
        if progress is not None:
            progress("the table of variations")
        claim = statement.claim
        if "stop" in claim:
            raise KeyboardInterrupt
        if "oo" in claim:
            return Outcome(statement, "undecided", "nothing was found", tried=("cells",))
        if claim == "x < 2":
            return Outcome(statement, "refuted", "x < 2 is false at x = 5", {"x": number(5)})
        if claim == "x < 3":
            return Outcome(statement, "undefined", "log(0) at x = 0", {"x": number(0)})
        proof = {"rule": "signs", "pattern": {"rule": "obvious"}}
        return Outcome(statement, "proved", "replayed", proofs=(proof,), seconds=0.125)


def install(monkeypatch: pytest.MonkeyPatch) -> CannedProver:
    """Put it in place of the prover."""
    prover = CannedProver()
    module = ModuleType("bounds.certify.rules.decide")
    setattr(module, "decide", prover)  # noqa: B010 - a module is no class with that attribute
    monkeypatch.setitem(sys.modules, "bounds.certify.rules.decide", module)
    return prover
