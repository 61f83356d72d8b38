"""A plugin for pytest: a lemma in a test suite is proved on its whole domain, and not sampled.

    pytest -p proofs_check.pytest_plugin

    @pytest.mark.proved("1 + x <= e^x", "x real")
    def test_that_uses_it(): ...

    def test_mills(prove):
        prove("x*phi(x)/(1 + x^2) < Phi(-x)", "x > 0")

A test fails whose statement is refuted, with the counterexample, or undecided, which says nothing
about its truth.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from bounds.certify.errors import BoundsError
from bounds.certify.rules.outcome import Outcome

Prove: TypeAlias = Callable[..., Outcome]
"""The type of the fixture `prove`."""


class ProvedPlugin:
    """The marker `proved` and the fixture `prove`."""

    def pytest_configure(self, config: pytest.Config) -> None:
        """Register the marker."""
        config.addinivalue_line(
            "markers",
            "proved(claim, domain=None, seconds=60): the claim is proved on the domain before the"
            " test runs, or the test fails",
        )

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> None:
        """Prove what the markers of a test say."""
        for mark in item.iter_markers("proved"):
            proved_or_failed(*mark.args, **mark.kwargs)

    @pytest.fixture
    def prove(self) -> Prove:
        """A function that proves a claim on a domain, or fails the test."""
        return proved_or_failed


def proved_or_failed(claim: Any, domain: Any = None, **options: Any) -> Outcome:
    """The outcome of a statement that is proved; else the test fails with what is known.

    Args:
        claim: see `bounds.decide`.
        domain: see `bounds.decide`.
        options: see `bounds.decide`.
    """
    from bounds.certify.statements import decide, is_proved

    __tracebackhide__ = True
    try:
        outcome = decide(claim, domain, **options)
    except BoundsError as mistake:
        pytest.fail(str(mistake), pytrace=False)
    if not is_proved(outcome):
        pytest.fail(str(outcome), pytrace=False)
    return outcome
