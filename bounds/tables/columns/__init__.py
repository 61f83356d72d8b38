"""The columns that a user may pick: every file of this folder adds its own, in `COLUMNS`."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import import_module

from bounds.certify.errors import InputError
from bounds.certify.names import read_name
from bounds.tables.column import Column

DEFAULT = ("eps_cr", "l", "l_of_eps_hat", "eps_hat", "g", "loss", "turns")


@cache
def all_columns() -> dict[str, Column]:
    """Every column by its name."""
    found: dict[str, Column] = {}
    for module in sorted(part.name for part in pkgutil.iter_modules(__path__)):
        for column in import_module(f"{__name__}.{module}").COLUMNS:
            if column.name in found:
                raise AssertionError(f"two columns are called {column.name!r}: rename one")
            found[column.name] = column
    return found


def read_columns(names: str | Iterable[str]) -> tuple[Column, ...]:
    """The columns of these names: "eps_cr,g", or an iterable of names.

    Raises:
        InputError: a name is not known or comes twice, or there is none.
    """
    parts = names.split(",") if isinstance(names, str) else names
    if not isinstance(parts, Iterable):
        raise InputError(f"columns are names, such as 'eps_cr,g', not a {type(names).__name__}")
    listed = [str(name).strip() for name in parts]
    known = all_columns()
    for name in listed:
        read_name(name, known, "column")
    if not listed or len(set(listed)) < len(listed):
        raise InputError("name at least one column, and each of them once")
    return tuple(known[name] for name in listed)
