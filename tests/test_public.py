"""What a user imports, and what a wheel holds."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import bounds

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", bounds.__all__)
def test_every_public_name_is_there_and_described(name: str) -> None:
    value = getattr(bounds, name)
    assert value.__doc__
    assert name in dir(bounds)
    assert name in (bounds.__doc__ or "")


def test_an_unknown_name_is_a_clear_error() -> None:
    with pytest.raises(AttributeError, match="its public names are"):
        _ = bounds.nonsense


@pytest.mark.heavy
def test_a_wheel_works_without_the_checkout(tmp_path: Path) -> None:
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"),
            *("--disable-pip-version-check", "-w", str(tmp_path), str(ROOT)),
        ],
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    code = (
        f"import sys; sys.path.insert(0, {str(unpacked)!r});"
        "import bounds, proofs_check; from bounds.cli import main;"
        f"assert bounds.__file__.startswith({str(unpacked)!r}), bounds.__file__;"
        f"assert proofs_check.__file__.startswith({str(unpacked)!r});"
        "sys.exit(main(['verify', 'eps-cr-2', 'eps-cr-3', '-o', 'report.html']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "2 claims decided" in done.stdout
    assert "2 with a theorem that Coq's kernel accepts" in done.stdout
    assert "<style>" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_top_shows_what_the_three_uses_need() -> None:
    assert 20 <= len(bounds.__all__) <= 36
    for room in ("functions", "critical", "lower", "upper"):
        names = getattr(bounds, room).__all__
        assert len(set(names)) == len(names)


def test_importing_bounds_loads_no_room() -> None:
    code = "import sys, bounds; print([m for m in sys.modules if m.startswith('bounds.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert bounds.__version__ == version("robust-mean-bounds")
