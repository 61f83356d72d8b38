"""The table of certificates in the design notes: it has every kind that the checker knows."""

import re
from pathlib import Path

import bounds.checker
from bounds.certify.checker.kinds import KINDS

DESIGN = Path(__file__).parents[2] / "docs" / "design.md"


def test_the_design_notes_tell_every_kind_of_certificate() -> None:
    assert "check" in bounds.checker.__all__  # its import registers the paper's kinds
    table = DESIGN.read_text("utf-8").partition("## Certificates")[2].partition("A slice of")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(KINDS)
