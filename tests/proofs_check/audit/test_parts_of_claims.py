"""What a theorem of the kernel proves of a claim: the verdict, or a part."""

import pytest

from proofs_check.audit.paper import Theorem
from proofs_check.kernel.table import rows


@pytest.mark.parametrize(
    ("part", "full"),
    [
        ("whole claim", True),
        ("printed refuted (eps = 0); part: the bound in the limit", True),
        ("repaired statement, in expectation", True),
        ("part: the first inequality; not that it is sharp", False),
        ("part: printed refuted for one component alone is not shown", False),
    ],
)
def test_a_part_is_not_the_verdict(part: str, full: bool) -> None:
    assert Theorem("name", "File", part).in_full is full


def test_both_kinds_occur_in_the_table() -> None:
    kinds = {Theorem(row.theorem, row.file, row.proves).in_full for row in rows().values()}
    assert kinds == {True, False}
