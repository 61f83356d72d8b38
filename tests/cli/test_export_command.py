"""Certificates as files for Coq: what is written, and what is said of those that are not."""

import json
from pathlib import Path

import pytest

from bounds.cli import main
from bounds.kernel.coq import library_files


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificates")
    assert main(["eps-cr", "2", "--digits", "10", "--certificates", str(folder)]) == 0
    return folder


@pytest.mark.heavy
def test_each_certificate_is_a_file_beside_the_library(
    certificates: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = sorted(map(str, certificates.glob("*.json")))
    assert main(["export", "--kernel", *paths, "-o", str(tmp_path)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == len(paths)
    assert {path.name for path in (tmp_path / "lib").iterdir()} == {
        path.name for path in library_files()
    }
    theorems = {path.read_text(encoding="utf-8").splitlines()[-1] for path in tmp_path.glob("C*.v")}
    assert theorems == {f"Print Assumptions {name}." for name in ("critical", "root", "shape")}


def test_an_altered_certificate_is_rejected(
    certificates: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = next(certificates.glob("*shape.json"))
    altered = tmp_path / "altered.json"
    altered.write_text(whole.read_text().replace('"convex"', '"concave"', 1))
    assert main(["export", "--kernel", str(altered), "-o", str(tmp_path / "coq")]) == 1
    assert "sha256" in capsys.readouterr().out


def test_another_shape_is_undecided(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "certificates"
    assert main(["inflections", "1/2", "--certificates", str(folder)]) == 0
    (shape,) = folder.glob("*shape.json")
    assert json.loads(shape.read_text())["statement"]["shape"] != ["concave", "convex", "concave"]
    assert main(["export", "--kernel", str(shape), "-o", str(tmp_path / "coq")]) == 3
    assert "undecided" in capsys.readouterr().out


def test_bad_usage(tmp_path: Path) -> None:
    assert main(["export", "--kernel", str(tmp_path / "none.json"), "-o", str(tmp_path)]) == 2
    assert main(["export", str(tmp_path / "none.json"), "-o", str(tmp_path)]) == 2
