"""From a file, a text or a dict to a JSON object whose hash is right."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from bounds.certify.checker.verdict import Rejected

Source: TypeAlias = "dict[str, Any] | str | bytes | os.PathLike[str]"

SCHEMA = "bounds-certificate/1"
MOST_BYTES = 64 * 2**20


def canonical_hash(certificate: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a certificate without its hash, in hexadecimal."""
    rest = {key: value for key, value in certificate.items() if key != "sha256"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def read_document(source: Source) -> dict[str, Any]:
    """The JSON object of a certificate, with its schema and its hash verified.

    Raises:
        Rejected: it cannot be read, is not such JSON, or has another hash.
    """
    document = _parsed(_text(source))
    if not isinstance(document, dict):
        raise Rejected("a certificate is a JSON object")
    if document.get("schema") != SCHEMA:
        raise Rejected(f'the "schema" is not {SCHEMA!r}')
    if document.get("sha256") != canonical_hash(document):
        raise Rejected("the sha256 does not match: the certificate was altered or cut")
    return document


def _text(source: Source) -> str | bytes:
    if isinstance(source, (str, bytes)):
        text = source
    elif isinstance(source, dict):
        try:
            text = json.dumps(source, allow_nan=False)  # what is left is what JSON can say
        except (TypeError, ValueError, RecursionError) as error:
            raise Rejected(f"the dict is not JSON: {error}") from None
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
        raise Rejected(f"a certificate has at most {MOST_BYTES} bytes")
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
        raise Rejected("the JSON is nested too deeply") from None
    except ValueError as error:
        hint = "" if isinstance(text, bytes) else ": pass a Path for a file"
        raise Rejected(f"not JSON ({error}){hint}") from None


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
