"""One proved statement for a proof assistant: as a file, and as Coq's verdict on it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from bounds.certify.checker.kinds import read_claim
from bounds.certify.checker.proof import ProofClaim
from bounds.certify.errors import Inconclusive
from bounds.kernel.coq import Verdict, require_coq
from bounds.kernel.decided import decided_file
from bounds.kernel.export import Export
from bounds.kernel.judge import judged
from bounds.kernel.lean import lean_file


def _claim(certificate: dict[str, Any]) -> ProofClaim:
    _, claim = read_claim(certificate)
    if not isinstance(claim, ProofClaim):
        raise Inconclusive("this is no proof of a statement")
    return claim


def exported(certificate: dict[str, Any], to: str) -> str:
    """The text of a file for "coq" or "lean".

    Raises:
        Inconclusive: a function or a rule is not in the kernel's library.
    """
    claim = _claim(certificate)
    return decided_file(claim) if to == "coq" else lean_file(claim)


def checked(certificate: dict[str, Any]) -> Verdict:
    """Coq's verdict; where no file can be made, it is undecided, with the reason.

    Raises:
        Inconclusive: Coq is not installed, or its libraries are missing.
    """
    require_coq()
    try:
        claim = _claim(certificate)
        made = Export(decided_file(claim), "statement", "", decided_file(claim, by_rules=False))
    except Inconclusive as reason:
        return Verdict("undecided", str(reason))
    with tempfile.TemporaryDirectory(prefix="bounds-kernel-") as folder:
        return judged(made, Path(folder))
