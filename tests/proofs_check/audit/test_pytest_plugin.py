"""Lemmas at a Δ of the user's choice, run as a user does: in a directory of one's own."""

import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from marks import heavy

from bounds.certify.errors import InputError
from proofs_check.audit.pytest_plugin import LemmaPlugin
from proofs_check.paper import PAPER

ROOT = Path(__file__).parents[3]
MINE = '''
import pytest
import bounds
from proofs_check.lemmas.strategies import epsilons


@pytest.mark.lemma
def test_true(delta, holds):
    """The shift is at most the radius."""
    radius, shift = bounds.filter_radius, bounds.median_shift
    holds(lambda eps, delta: radius(eps, delta) - shift(eps, delta), eps=epsilons(delta))


@pytest.mark.lemma
def test_false(delta, holds):
    """The shift is at most eps."""
    holds(lambda eps, delta: eps - bounds.median_shift(eps, delta), eps=epsilons(delta))


@pytest.mark.lemma
def test_open(delta, holds):
    """Φ(Δ) + Φ(−Δ) = 1."""
    holds(lambda delta: bounds.functions.cdf(delta) + bounds.functions.cdf(-delta) - 1)


@pytest.mark.lemma(low=2)
def test_hypothesis(delta, holds):
    """Δ ≥ 2."""
    holds(lambda delta: delta - 2)


def test_another_delta():
    assert True
'''


def run(place: Path, *arguments: str) -> tuple[int, str]:
    """Run pytest in `place`, which has no configuration of ours."""
    plugins = ("-p", "proofs_check.pytest_plugin", "-p", "no:cacheprovider")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "-q", *arguments],
        cwd=place,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{place}"},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.heavy
def test_a_users_own_lemmas(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(MINE, encoding="utf-8")
    code, out = run(
        tmp_path, "test_mine.py", "--delta", "1.9", "--delta", "17/6", "--lemma-examples", "4"
    )
    assert code == 1, out
    assert "5 passed" not in out
    assert re.search(r"4 failed, 4 passed, 1 skipped", out), out
    assert re.search(r"fails at eps = [\d.]+, delta = 1\.9: the margin is at most -\d", out), out
    assert "The shift is at most eps." in out
    assert "stay undecided at 4096 bits, such as delta = 17/6" in out
    assert "Traceback" not in out


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--delta", "two"),
        heavy("--delta", "0"),
        heavy("--delta", "nan"),
        heavy("--delta", "33"),
        ("--lemma-examples", "0"),
    ],
)
def test_bad_options_are_refused_in_one_line(tmp_path: Path, option: str, value: str) -> None:
    code, out = run(tmp_path, option, value)
    assert code == pytest.ExitCode.USAGE_ERROR
    (line,) = out.split("\n\n")[0].strip().splitlines()
    assert line.startswith(f"ERROR: {option}")


@pytest.mark.heavy
def test_without_hypothesis_the_remedy_is_told(tmp_path: Path) -> None:
    lines = "import sys\nsys.modules['hypothesis'] = None\n"
    (tmp_path / "without.py").write_text(lines, encoding="utf-8")
    hide = ("-p", "no:hypothesispytest", "-p", "without")
    code, out = run(tmp_path, *hide, "--pyargs", "proofs_check")
    assert code == pytest.ExitCode.USAGE_ERROR
    assert out.strip() == "ERROR: the lemmas need hypothesis: pip install hypothesis"


@pytest.mark.heavy
def test_every_statement_that_is_false_as_printed_fails_with_a_counterexample(
    tmp_path: Path,
) -> None:
    """These are the seeded errors of the lemmas: each property can fail, and says where."""
    chosen = ("--as-printed", "--delta", "2", "-m", "lemma(printed=True)")
    code, out = run(tmp_path, "--pyargs", "proofs_check", *chosen)
    assert code == 1, out
    failed = re.search(r"(\d+) failed", out)
    assert failed, out
    assert int(failed[1]) == len(re.findall(r"^fails at ", out, re.MULTILINE)) == 14
    assert "passed" not in out


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked as an installer does it."""
    place = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place))
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(place / "site")
    return place / "site"


def installed(site: Path, place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
    )


@pytest.mark.heavy
def test_an_installed_wheel_brings_the_lemmas_and_the_plugin(site: Path, tmp_path: Path) -> None:
    plugin = ("-p", "proofs_check.pytest_plugin", "--pyargs", "proofs_check")
    done = installed(site, tmp_path, *plugin, "-v", "--delta", "2.7", "-k", "test_lemma_3")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "test_genuine_count[delta=2.7] PASSED" in done.stdout
    assert "3 passed" in done.stdout


@pytest.mark.heavy
def test_installing_the_wheel_changes_nobodys_pytest(site: Path) -> None:
    """pytest loads what has an entry point for it, in every run; --delta is a common name."""
    (points,) = site.glob("*.dist-info/entry_points.txt")
    assert "pytest" not in points.read_text(encoding="utf-8")


@pytest.mark.heavy
def test_another_paper_has_another_parameter(tmp_path: Path) -> None:
    """The plugin is the audit's: the option, its range and its defaults are the paper's."""
    (tmp_path / "noise.py").write_text(
        "from dataclasses import replace\n"
        "from proofs_check.audit.paper import Parameter\n"
        "from proofs_check.audit.pytest_plugin import LemmaPlugin\n"
        "from proofs_check.paper import PAPER\n"
        "SIGMA = Parameter('sigma', 'sigma', 'units', ('1', '4'), '1', '9')\n"
        "def pytest_addoption(pluginmanager):\n"
        "    pluginmanager.register(LemmaPlugin(replace(PAPER, parameter=SIGMA)), 'lemmas')\n"
    )
    (tmp_path / "test_noise.py").write_text(
        "import pytest\n"
        "@pytest.mark.lemma\n"
        "def test_it(sigma, holds):\n"
        "    holds(lambda sigma: sigma - 3)\n"
    )
    plugins = [sys.executable, "-m", "pytest", "-q", "-p", "noise", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"}
    done = subprocess.run(plugins, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert "fails at sigma = 1:" in done.stdout
    done = subprocess.run(
        [*plugins, "--sigma", "10"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "--sigma 10: the lemmas run at a rational sigma from 1 to 9" in done.stderr


def test_a_paper_without_parameter_has_no_plugin() -> None:
    with pytest.raises(InputError, match="names no parameter"):
        LemmaPlugin(replace(PAPER, parameter=None))
