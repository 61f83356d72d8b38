"""Certificates as JSON objects that carry the hash of their own content."""

from __future__ import annotations

import hashlib
import json
from typing import Any

SCHEMA = "bounds-certificate/2"


def sealed(kind: str, statement: dict[str, Any], evidence: dict[str, Any]) -> dict[str, Any]:
    """A certificate with the hash of its canonical JSON.

    Args:
        kind: which proof the checker is to repeat: "sign", "zero", or one of a paper's own.
        statement: what is proved, with exact numbers in strings.
        evidence: what repeats the proof.
    """
    body = {"schema": SCHEMA, "kind": kind, "statement": statement, "evidence": evidence}
    return {**body, "sha256": content_hash(body)}


def content_hash(body: dict[str, Any]) -> str:
    """The SHA-256 of the canonical JSON of a body, without its own hash."""
    content = {name: value for name, value in body.items() if name != "sha256"}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
