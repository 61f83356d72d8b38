"""Second routes and samples live beside the tests of the functions, the contract in benchmarks."""

import sys
from pathlib import Path

_TESTS = Path(__file__).absolute().parents[1]
sys.path[:0] = [str(_TESTS / "functions"), str(_TESTS.parent)]
