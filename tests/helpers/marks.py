"""Rows of a test that take long: left out by default, run by .ci/run or on request."""

from collections.abc import Container, Iterable
from typing import Any

import pytest


def heavy(*values: Any) -> Any:
    """A row that is marked; a test takes `@pytest.mark.heavy`, or it would not be run at all."""
    assert not any(getattr(value, "__name__", "").startswith("test_") for value in values)
    return pytest.param(*values, marks=pytest.mark.heavy)


def campaign_but(quick: Container[Any], rows: Iterable[Any]) -> list[Any]:
    """Rows of one value each, of which only these are run by .ci/run; the others on request."""
    return [row if row in quick else pytest.param(row, marks=pytest.mark.campaign) for row in rows]


def all_heavy_but(quick: Container[Any], rows: Iterable[Any]) -> list[Any]:
    """Rows of one value each, of which only these are run by default."""
    return [row if row in quick else heavy(row) for row in rows]
