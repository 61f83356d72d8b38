"""One mutant's trial: do the tests that mirror its file notice it?

Runs in a process of its own, in a copy of the repository.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

KILLED, SURVIVED = 1, 0


def trial(tree: str, tests: list[str], claims: list[str], log: str) -> None:
    """End this process with `KILLED` or `SURVIVED`.

    Args:
        tree: the copy of the repository, with the mutant in it.
        tests: test files and folders, in the order in which to run them.
        claims: ids of claims to decide, with their seeded errors and certificates.
        log: a file that takes what the tests print.
    """
    code = KILLED
    try:
        _enter(tree, log)
        if _claims_hold(claims) and (not tests or _tests_pass(tests)):
            code = SURVIVED
    except BaseException as reason:  # whatever goes wrong, the mutant is noticed
        print(f"{type(reason).__name__}: {reason}", flush=True)
    os._exit(code)


def _enter(tree: str, log: str) -> None:
    """Import the project from the tree from here on, and write nothing there."""
    with open(log, "w") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.chdir(tree)
    sys.dont_write_bytecode = True
    sys.path[:] = [tree, *(place for place in sys.path if place not in ("", "."))]
    purge()


def purge() -> None:
    """Forget the project's modules: what is imported next is read anew."""
    for name in list(sys.modules):
        if name.split(".")[0] in ("bounds", "proofs_check", "campaigns"):
            del sys.modules[name]


def _claims_hold(ids: list[str]) -> bool:
    """What the tests ask of each claim: verdict, errata, certificates, and seeded errors."""
    if not ids:
        return True
    from bounds.certify.errors import Inconclusive
    from bounds.checker import check
    from proofs_check import PAPER, decide, find_claims, recorded
    from proofs_check.audit.report import render
    from proofs_check.audit.runner import Outcome

    on_record = recorded()
    errata = set(Path("ERRATA.md").read_text(encoding="utf-8").splitlines())
    for claim in find_claims(ids):
        decision = decide(claim)
        if decision.verdict.value != on_record[claim.id]:
            print(f"{claim.id}: {decision.verdict.value}: {decision.finding}")
            return False
        document = render("errata", [Outcome(claim, decision, on_record[claim.id], 0.0)], PAPER)
        _, _, entry = document.partition("### ")  # what stands above is about all claims
        if missing := set(entry.splitlines()[1:]) - errata:
            print(f"{claim.id}: not in the errata: {min(missing)}")
            return False
        if not all(check(certificate).accepted for certificate in decision.written()):
            print(f"{claim.id}: a certificate is rejected")
            return False
        for error in claim.seeded:
            try:
                verdict = error.run().verdict.value
            except Inconclusive:
                verdict = "inconclusive"
            if verdict == on_record[claim.id]:
                print(f"{claim.id}: not noticed: {error.what}")
                return False
    return True


OPTIONS = ["-q", "-x", "-n", "0", "--tb=line", "-p", "no:cacheprovider"]
OPTIONS += ["-W", "ignore:Module already imported"]  # pytest would rather import it first
"""How pytest is run: one test after another, until one fails."""


def settle() -> None:
    """Make Hypothesis take the same examples each time, and spend no time on shrinking."""
    import hypothesis

    settings, phases = hypothesis.settings, hypothesis.Phase
    settings.register_profile(
        "mutants",
        database=None,
        deadline=None,
        derandomize=True,
        phases=[phases.explicit, phases.generate],
    )
    settings.load_profile("mutants")


def _tests_pass(tests: list[str]) -> bool:
    import pytest

    settle()
    by_name = ["-m", ""] if all("::" in test for test in tests) else []  # whatever their marks
    return pytest.main([*OPTIONS, *by_name, *tests]) == pytest.ExitCode.OK
