"""The site has the colours of verdicts that the report has."""

from __future__ import annotations

import re
from pathlib import Path

from proofs_check.audit.report.palette import PALETTE, name_of

STYLE = (Path(__file__).parents[2] / "docs" / "_static" / "site.css").read_text(encoding="utf-8")


def test_the_site_has_the_colours_of_the_palette() -> None:
    found = re.findall(
        r"^(.*)\.verdict\.([a-z-]+) \{ color: (#[0-9a-f]{6}); \}", STYLE, re.MULTILINE
    )
    assert len(found) == 12
    looks = {name_of(verdict): look for verdict, look in PALETTE.items()}
    for before, name, colour in found:
        assert colour == (looks[name].dark if before.strip() else looks[name].light)
