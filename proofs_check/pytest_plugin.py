"""A pytest plugin: run the lemmas of the paper, or your own, at a Δ of your choice.

    pytest -p proofs_check.pytest_plugin --pyargs proofs_check --delta 2.7
    pytest -p proofs_check.pytest_plugin --pyargs proofs_check --delta 2.7 --as-printed
    pytest -p proofs_check.pytest_plugin my_lemma.py --delta 2 --delta 17/6

A lemma of your own:

    @pytest.mark.lemma
    def test_mine(delta, holds):
        '''The shift is below the radius.'''
        holds(lambda eps, delta: bounds.filter_radius(eps, delta) - bounds.median_shift(eps, delta),
              eps=epsilons(delta))

A statement that is proved on its whole domain (see `proofs_check.audit.proved_plugin`):

    @pytest.mark.proved("1 + x <= e^x", "x real")
    def test_that_uses_it(): ...
"""

from __future__ import annotations

import pytest

from proofs_check.audit.proved_plugin import ProvedPlugin
from proofs_check.audit.pytest_plugin import LemmaPlugin
from proofs_check.paper import PAPER


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Register the plugin, which adds its options."""
    pluginmanager.register(LemmaPlugin(PAPER), "lemmas of the paper")
    pluginmanager.register(ProvedPlugin(), "statements that are proved")
