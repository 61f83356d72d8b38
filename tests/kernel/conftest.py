"""What the tests in this folder share."""

from pathlib import Path

import pytest


@pytest.fixture
def certificates(tmp_path: Path) -> Path:
    """A folder for certificates."""
    return tmp_path / "certificates"
