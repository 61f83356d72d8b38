"""From a file, a text or a dict to a JSON object whose hash is right."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from bounds.certify.checker.number import cut
from bounds.certify.checker.verdict import BeyondLimit, Rejected

Source: TypeAlias = "dict[str, Any] | str | bytes | os.PathLike[str]"

SCHEMAS = ("bounds-certificate/1", "bounds-certificate/2")
"""The forms that are read: in the second, pieces may have witnesses (see `bounds.checker`)."""

MOST_BYTES = 32 * 2**20
MOST_VALUES = 2_000_000
"""The most brackets, commas and colons in a file, counted before it is read."""

_TOO_DEEP = "the JSON is nested too deeply to be read"


def canonical_hash(certificate: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a certificate without its hash, in hexadecimal."""
    rest = {key: value for key, value in certificate.items() if key != "sha256"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def read_document(source: Source) -> tuple[dict[str, Any], int]:
    """The JSON object of a certificate, with its schema and its hash verified, and its length.

    Raises:
        Rejected: it cannot be read, is not such JSON, or has another hash.
        BeyondLimit: it is too long, has too many values, or they are nested too deeply.
    """
    text = _text(source)
    document = _parsed(text)
    if not isinstance(document, dict):
        raise Rejected("a certificate is a JSON object")
    if document.get("schema") not in SCHEMAS:
        raise Rejected(f'the "schema" is none of {", ".join(map(repr, SCHEMAS))}')
    if document.get("sha256") != canonical_hash(document):
        raise Rejected("the sha256 does not match: the certificate was altered or cut")
    return document, len(text)


def _text(source: Source) -> str | bytes:
    if isinstance(source, (str, bytes)):
        text = source
    elif isinstance(source, dict):
        try:
            text = json.dumps(source, allow_nan=False)  # what is left is what JSON can say
        except RecursionError:
            raise BeyondLimit(_TOO_DEEP) from None
        except (TypeError, ValueError) as error:
            raise Rejected(f"the dict is not JSON: {cut(str(error), 300)}") from None
    elif isinstance(source, os.PathLike):
        try:
            with Path(source).open("rb") as file:
                text = file.read(MOST_BYTES + 1)
        except (OSError, ValueError) as error:
            raise Rejected(f"the file cannot be read: {error}") from None
    else:
        raise Rejected(
            f"a {type(source).__name__} is not a certificate: pass a dict, JSON or a Path"
        )
    if len(text) > MOST_BYTES:
        raise BeyondLimit(f"no file of more than {MOST_BYTES:,} bytes is read")
    marks = ("[", "{", ",", ":") if isinstance(text, str) else (b"[", b"{", b",", b":")
    if sum(text.count(mark) for mark in marks) > MOST_VALUES:  # type: ignore[arg-type, misc]
        raise BeyondLimit(f"no file of more than {MOST_VALUES:,} values is read")
    return text


def _parsed(text: str | bytes) -> Any:
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_count,
            parse_float=_refused,
            parse_constant=_refused,
        )
    except RecursionError:
        raise BeyondLimit(_TOO_DEEP) from None
    except ValueError as error:
        hint = "" if isinstance(text, bytes) else ": pass a Path for a file"
        raise Rejected(f"not JSON ({cut(str(error), 300)}){hint}") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; one that says two things under one name says nothing."""
    result = dict(pairs)
    if len(result) != len(pairs):
        raise Rejected("a name occurs twice in a JSON object")
    return result


def _count(digits: str) -> int:
    if len(digits) > 1000:
        raise Rejected(f"{digits:.12}... is too large a count: write exact numbers in a string")
    return int(digits)


def _refused(number: str) -> NoReturn:
    raise Rejected(f"{number:.40} is not an exact number: write it in a string")
