"""A theorem counts only while its source is the one that was compiled, and stands in the audit."""

from dataclasses import replace

import pytest

from bounds.certify.errors import InputError, Notice
from proofs_check import PAPER, find_claims, kernel
from proofs_check.audit.paper import Theorem
from proofs_check.audit.runner import audit


@pytest.mark.parametrize("fault", [InputError, PermissionError])
def test_without_a_table_there_is_no_theorem_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def none() -> dict[str, kernel.Row]:
        raise fault("table.json cannot be read")

    monkeypatch.setattr(kernel, "rows", none)
    kernel._counting.cache_clear()
    with pytest.warns(Notice, match="no theorem of Coq counts here: table.json cannot be read"):
        assert kernel.theorems_of("kkt") == ()
    assert kernel.theorems_of("c1-large") == ()  # and once only
    kernel._counting.cache_clear()


@pytest.mark.heavy
def test_every_row_that_counts_is_a_theorem_of_its_claim() -> None:
    try:
        counting = kernel.rows()
    except InputError:
        counting = {}
    for claim, row in counting.items():
        assert PAPER.kernel(claim) == (Theorem(row.theorem, row.file, row.proves),)


def test_it_is_shown_beside_what_decided() -> None:
    theorem = Theorem("kkt", "kkt.v", "whole claim")
    paper = replace(PAPER, kernel=lambda _: (theorem,))
    (outcome,) = audit(paper, find_claims(["kkt"]), jobs=1)
    assert outcome.theorems == (theorem,)
    assert outcome.basis == "kernel, machine"
