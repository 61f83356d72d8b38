"""The checker's verdicts on honest certificates, which several tests ask for: each is made once."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from bounds.certify.checker.verdict import Verdict
from bounds.checker import check


def verdict_on(certificate: dict[str, Any]) -> Verdict:
    """What the checker says of a certificate, as it says it of this very text in this process."""
    return _verdict(json.dumps(certificate, sort_keys=True))


@cache
def _verdict(text: str) -> Verdict:
    return check(json.loads(text))
