"""A name from a list of names, or an error that tells the nearest ones."""

from __future__ import annotations

from collections.abc import Iterable

from bounds.certify.errors import InputError

_FEW = 20


def read_name(value: object, known: Iterable[str], what: str, hint: str = "") -> str:
    """The value, if it is one of the known names.

    Args:
        value: what the user passed.
        known: the names.
        what: what they are names of, as in "no figure is called".
        hint: what to tell if no name is near; by default all names.

    Raises:
        InputError: it is none of them.
    """
    names = tuple(known)
    if isinstance(value, str) and value in names:
        return value
    if not isinstance(value, str):
        raise InputError(f"the name of a {what} is a text, not {type(value).__name__}")
    from difflib import get_close_matches  # where there is a wrong name to tell of

    near = get_close_matches(value[:60], names, 4)
    if near and len(names) > _FEW:
        told = f"did you mean {' or '.join(near)}?"
    elif near:
        told = f"did you mean {near[0]}? They are {', '.join(names)}"
    else:
        told = hint or f"they are {', '.join(names)}"
    raise InputError(f"no {what} is called {value[:40]!r}: {told}")
