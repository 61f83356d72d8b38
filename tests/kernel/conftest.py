"""The library, compiled once in each worker; without Coq, what needs it is skipped by name."""

import shutil
from pathlib import Path

import pytest

from bounds.kernel import Kernel


@pytest.fixture(scope="session")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Kernel:
    """Coq with the library compiled."""
    if shutil.which("coqc") is None:
        pytest.skip("Coq is not installed: what its kernel checks is left out")
    return Kernel(tmp_path_factory.mktemp("kernel") / "build")


@pytest.fixture
def certificates(tmp_path: Path) -> Path:
    """A folder for certificates."""
    return tmp_path / "certificates"
