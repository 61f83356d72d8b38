"""A plugin for pytest: run the lemmas of a paper, or your own, at a parameter of your choice.

A paper names its parameter (`Audit.parameter`), and has a module that registers `LemmaPlugin`, such
as `proofs_check.pytest_plugin`. Only a run that asks for that module by -p has the plugin, and its
options (a project may put -p into its own `addopts`): installing changes nobody's pytest.

A lemma is a test with the marker `lemma`. It takes the parameter, an exact number, by its name, and
`holds`, which searches for a counterexample and proves it by balls.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from importlib.util import find_spec
from typing import Any, TypeAlias

import pytest

from bounds.certify.errors import BoundsError, Inconclusive, InputError
from bounds.certify.exact import read_positive
from proofs_check.audit.paper import Audit

Holds: TypeAlias = Callable[..., None]
"""The type of the fixture `holds`."""


class LemmaPlugin:
    """The hooks and the fixture for one paper.

    Args:
        paper: whose lemmas they are; it has a parameter.

    Raises:
        InputError: it has none.
    """

    def __init__(self, paper: Audit) -> None:
        if paper.parameter is None:
            raise InputError(f"{paper.module} names no parameter: set `Audit.parameter`")
        self.package = paper.module.partition(".")[0]
        self.parameter = paper.parameter

    def pytest_addoption(self, parser: pytest.Parser) -> None:
        """Add the parameter's option, --as-printed and --lemma-examples."""
        group = parser.getgroup("lemmas", f"lemmas of the paper ({self.package})")
        its = self.parameter
        group.addoption(
            f"--{its.name}",
            action="append",
            metavar=its.name.upper(),
            help=f"run the lemmas at this {its.told}, in [{its.least}, {its.most}] {its.unit}: a"
            f" decimal or fraction, repeatable (default: {', '.join(its.defaults)})",
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

    def pytest_configure(self, config: pytest.Config) -> None:
        """Register the marker, and refuse a bad option in one line."""
        config.addinivalue_line(
            "markers",
            "lemma(printed=False, low=None): a statement that runs at every"
            f" --{self.parameter.name} from `low` on; with printed=True only with --as-printed",
        )
        if not find_spec("hypothesis"):
            raise pytest.UsageError("the lemmas need hypothesis: pip install hypothesis")
        if config.getoption("lemma_examples") < 1:
            raise pytest.UsageError("--lemma-examples: at least 1")
        if config.getoption(self.parameter.name):
            self._values(config)

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Run a lemma once for each value of the parameter."""
        mark = metafunc.definition.get_closest_marker("lemma")
        name = self.parameter.name
        if mark is None or name not in metafunc.fixturenames:
            return
        low = mark.kwargs.get("low")
        values = self._values(metafunc.config)
        metafunc.parametrize(
            name,
            [self._case(value, low) for value in values.values()],
            ids=[f"{name}={text}" for text in values],
        )

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave out what is false as printed, unless it is asked for."""
        if config.getoption("as_printed"):
            return
        printed = [item for item in items if _is_printed(item)]
        if printed:
            config.hook.pytest_deselected(items=printed)
            items[:] = [item for item in items if not _is_printed(item)]

    @pytest.fixture
    def holds(self, request: pytest.FixtureRequest) -> Holds:
        """A search for a counterexample of a margin ≥ 0.

        It is `assert_holds` at the parameter of this run, with as many points as --lemma-examples
        says, and a report of one line.
        """
        from proofs_check.audit.assert_holds import assert_holds

        count = request.config.getoption("lemma_examples")
        count = max(count, 100) if _is_printed(request.node) else count
        fixed = self._fixed(request)

        def search(margin: Callable[..., Any], **parameters: Any) -> None:
            from proofs_check.audit.assert_holds import Counterexample

            try:
                assert_holds(margin, max_examples=count, **parameters, **fixed)
                return
            except (Counterexample, Inconclusive) as reason:
                found = str(reason)
            statement = (request.function.__doc__ or request.node.name).strip().splitlines()[0]
            pytest.fail(f"{found}\n{statement}", pytrace=False)

        return search

    def _values(self, config: pytest.Config) -> dict[str, Fraction]:
        """The values to run at, as typed and as exact numbers."""
        its, values = self.parameter, {}
        for text in config.getoption(its.name) or its.defaults:
            try:
                value = read_positive(text, its.told)
            except BoundsError as reason:
                raise pytest.UsageError(f"--{its.name}: {reason}") from None
            if not (
                isinstance(value, Fraction) and Fraction(its.least) <= value <= Fraction(its.most)
            ):
                raise pytest.UsageError(
                    f"--{its.name} {text}: the lemmas run at a rational {its.told} from"
                    f" {its.least} to {its.most}"
                )
            values[text] = value
        return values

    def _case(self, value: Fraction, low: Any) -> Any:
        if low is None or value >= Fraction(low):
            return value
        reason = f"it supposes {self.parameter.told} >= {low}"
        return pytest.param(value, marks=pytest.mark.skip(reason=reason))

    def _fixed(self, request: pytest.FixtureRequest) -> dict[str, Any]:
        """The parameter of this run as a strategy, where the test is a lemma that takes it."""
        from hypothesis.strategies import just

        name = self.parameter.name
        if request.node.get_closest_marker("lemma") is None or name not in request.fixturenames:
            return {}
        return {name: just(request.getfixturevalue(name))}


def _is_printed(item: Any) -> bool:
    mark = item.get_closest_marker("lemma")
    return mark is not None and bool(mark.kwargs.get("printed"))
