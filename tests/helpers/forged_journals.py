"""Journals altered by someone who knows how their hashes are made."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def forge(path: Path, change: Callable[[Any], Any], number: int = 0) -> bool:
    """Change one entry in place and put right the hashes of this and all later lines.

    Returns:
        Whether the entry is another now.
    """
    head, *lines = path.read_bytes().split(b"\n")[:-1]
    last, written, differs = hashlib.sha256(head).hexdigest(), [head.decode()], False
    for place, line in enumerate(lines):
        content = line.split(b" ", 1)[1].decode()
        if place == number:
            entry = json.loads(content)
            change(entry)
            differs = json.dumps(entry) != content
            content = json.dumps(entry)
        last = hashlib.sha256(f"{last} {content}".encode()).hexdigest()
        written.append(f"{last} {content}")
    path.write_text("\n".join([*written, ""]), encoding="utf-8")
    return differs
