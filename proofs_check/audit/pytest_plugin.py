"""A pytest plugin: run the lemmas of the paper, or your own, at a Δ of your choice.

    pytest -p proofs_check.audit.pytest_plugin --pyargs proofs_check --delta 2.7
    pytest -p proofs_check.audit.pytest_plugin --pyargs proofs_check --delta 2.7 --as-printed
    pytest -p proofs_check.audit.pytest_plugin my_lemma.py --delta 2 --delta 17/6

Only a run that asks for it by -p has it, and its options (a project may put -p into its own
`addopts`): installing the package changes nobody's pytest. A lemma is a test with the marker
`lemma`. It takes `delta`, an exact Δ, and `holds`, which searches for a counterexample and proves
it by balls:

    @pytest.mark.lemma
    def test_mine(delta, holds):
        '''The shift is below the radius.'''
        holds(lambda eps, delta: bounds.filter_radius(eps, delta) - bounds.median_shift(eps, delta),
              eps=epsilons(delta))

Nothing of the project is imported here before a lemma runs.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from fractions import Fraction

DEFAULT_DELTAS = ("1.5", "2", "3", "8")
LEAST_DELTA, MOST_DELTA = "1/64", 32

Holds: TypeAlias = Callable[..., None]
"""The type of the fixture `holds`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --delta, --as-printed and --lemma-examples."""
    group = parser.getgroup("lemmas", "lemmas of the paper (proofs_check)")
    group.addoption(
        "--delta",
        action="append",
        metavar="DELTA",
        help=f"run the lemmas at this Delta, in [{LEAST_DELTA}, {MOST_DELTA}] standard deviations:"
        f" a decimal or fraction, repeatable (default: {', '.join(DEFAULT_DELTAS)})",
    )
    group.addoption(
        "--as-printed",
        action="store_true",
        help="also run the statements that are false as printed, and show the counterexamples",
    )
    group.addoption(
        "--lemma-examples",
        type=int,
        default=8,
        metavar="N",
        help="points that each lemma is tried at (default: 8; 100 for --as-printed)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and refuse a bad option in one line."""
    config.addinivalue_line(
        "markers",
        "lemma(printed=False, low=None): a statement that runs at every --delta from `low` on;"
        " with printed=True only with --as-printed",
    )
    if any(name.startswith("proofs_check") for name in config.args) and not find_spec("hypothesis"):
        raise pytest.UsageError("the lemmas need hypothesis: pip install hypothesis")
    if config.getoption("lemma_examples") < 1:
        raise pytest.UsageError("--lemma-examples: at least 1")
    if config.getoption("delta"):
        _deltas(config)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a lemma once for each Δ."""
    mark = metafunc.definition.get_closest_marker("lemma")
    if mark is None or "delta" not in metafunc.fixturenames:
        return
    low = mark.kwargs.get("low")
    values = _deltas(metafunc.config)
    metafunc.parametrize(
        "delta",
        [_parameter(value, low) for value in values.values()],
        ids=[f"delta={text}" for text in values],
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is false as printed, unless it is asked for."""
    if config.getoption("as_printed"):
        return
    printed = [item for item in items if _is_printed(item)]
    if printed:
        config.hook.pytest_deselected(items=printed)
        items[:] = [item for item in items if not _is_printed(item)]


@pytest.fixture
def holds(request: pytest.FixtureRequest) -> Holds:
    """A search for a counterexample of margin(**parameters, delta) ≥ 0.

    It is `assert_holds` at the Δ of this run, with as many points as --lemma-examples
    says, and a report of one line.
    """
    from proofs_check.audit.assert_holds import assert_holds

    count = request.config.getoption("lemma_examples")
    count = max(count, 100) if _is_printed(request.node) else count
    fixed = {"delta": _just(request.getfixturevalue("delta"))} if _has_delta(request) else {}

    def search(margin: Callable[..., Any], **parameters: Any) -> None:
        from bounds.certify.errors import Inconclusive
        from proofs_check.audit.assert_holds import Counterexample

        try:
            assert_holds(margin, max_examples=count, **parameters, **fixed)
            return
        except (Counterexample, Inconclusive) as reason:
            found = str(reason)
        statement = (request.function.__doc__ or request.node.name).strip().splitlines()[0]
        pytest.fail(f"{found}\n{statement}", pytrace=False)

    return search


def _deltas(config: pytest.Config) -> dict[str, Fraction]:
    """The Δ to run at, as typed and as exact numbers."""
    from fractions import Fraction

    from bounds.certify.errors import BoundsError
    from bounds.certify.exact import read_positive

    values: dict[str, Fraction] = {}
    for text in config.getoption("delta") or DEFAULT_DELTAS:
        try:
            value = read_positive(text, "Delta")
        except BoundsError as reason:
            raise pytest.UsageError(f"--delta: {reason}") from None
        if not isinstance(value, Fraction) or not Fraction(LEAST_DELTA) <= value <= MOST_DELTA:
            raise pytest.UsageError(
                f"--delta {text}: the lemmas run at a rational Delta from {LEAST_DELTA} to"
                f" {MOST_DELTA}"
            )
        values[text] = value
    return values


def _parameter(value: Fraction, low: Any) -> Any:
    from fractions import Fraction

    if low is None or value >= Fraction(low):
        return value
    return pytest.param(value, marks=pytest.mark.skip(reason=f"it supposes Delta >= {low}"))


def _is_printed(item: Any) -> bool:
    mark = item.get_closest_marker("lemma")
    return mark is not None and bool(mark.kwargs.get("printed"))


def _has_delta(request: pytest.FixtureRequest) -> bool:
    return request.node.get_closest_marker("lemma") is not None and (
        "delta" in request.fixturenames
    )


def _just(value: Any) -> Any:
    from hypothesis.strategies import just

    return just(value)
