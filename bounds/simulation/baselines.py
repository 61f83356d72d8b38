"""The estimators that a run compares, one registry: Algorithms 1 and 2, and the usual baselines.

Each takes one draw of the clients and a random generator, and returns the risk of this draw.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeAlias

import numpy as np

from bounds.certify.errors import InputError
from bounds.estimation.summary import Lists, Summary
from bounds.simulation.by_groups import Step, centres, em_step, median_step, trimmed_step
from bounds.simulation.client import combine_estimates
from bounds.simulation.clients import Clients
from bounds.simulation.corrections import AS_MEANT, AS_PRINTED, Corrections
from bounds.simulation.problem import Doubles
from bounds.simulation.rule import OWN_SAMPLE, estimates_risk, nearest, risk
from bounds.simulation.server import clustered
from bounds.simulation.split import shares

Estimator: TypeAlias = Callable[[Clients, np.random.Generator], float]

TRIMMED = 0.1
_KMEANS_SAMPLE = 100_000


def algorithm(
    clients: Clients, rng: np.random.Generator, corrections: Corrections = AS_MEANT
) -> float:
    """Algorithms 1 and 2."""
    parts = clients.split(*shares(clients.reports.size, clients.problem), rng)
    clusters = clustered(clients.reports, parts, clients.problem, corrections)
    return risk(combine_estimates(clusters, clients.problem, corrections), clients)


def listed_means(clients: Clients, _: np.random.Generator) -> float:
    """Lists of possible means, `bounds.estimation.PossibleMeans`: it knows k, c and D."""
    return estimates_risk(_lists(clients).estimate(clients.reports, listed=True), clients)


def listed_by_cases(clients: Clients, _: np.random.Generator) -> float:
    """The same lists with the rules of the cases alone, which use no robust centre."""
    lists = _lists(clients)
    lists = replace(lists, clusters=lists.clusters.by_cases())
    return estimates_risk(lists.estimate(clients.reports, listed=True), clients)


def _lists(clients: Clients) -> Lists:
    """What `PossibleMeans` makes of the reports, without its warnings."""
    problem = clients.problem
    empty = Summary.empty(problem.k, problem.c, problem.separation)
    return empty.with_reports(clients.reports).lists


def own_sample(clients: Clients, _: np.random.Generator) -> float:
    """No collaboration: each client keeps its own sample."""
    return risk(OWN_SAMPLE, clients)


def pooled_median(clients: Clients, _: np.random.Generator) -> float:
    """Everyone takes the median of all reports."""
    return _everyone_takes(np.median(clients.reports, keepdims=True), clients)


def trimmed_mean(clients: Clients, _: np.random.Generator) -> float:
    """Everyone takes the mean of all reports without the lowest and the highest tenth."""
    from scipy.stats import trim_mean  # a second to import

    return _everyone_takes(np.asarray([trim_mean(clients.reports, TRIMMED)]), clients)


def k_means(clients: Clients, rng: np.random.Generator) -> float:
    """Everyone takes the nearest of k centres, found by k-means on at most 100,000 reports.

    Raises:
        InputError: scikit-learn is not installed.
    """
    try:
        from sklearn.cluster import KMeans
    except ImportError:
        raise InputError(
            'the estimator "k-means" needs scikit-learn: install the extra, as in'
            " pip install .[sklearn]"
        ) from None
    size = min(clients.reports.size, _KMEANS_SAMPLE)
    sample = rng.choice(clients.reports, size, replace=False, shuffle=False)
    seed = int(rng.integers(1 << 31))
    fitted = KMeans(clients.problem.k, n_init=1, random_state=seed).fit(sample[:, np.newaxis])
    return _everyone_takes(fitted.cluster_centers_[:, 0], clients)


def em(clients: Clients, _: np.random.Generator) -> float:
    """Everyone takes the nearest centre of k normal laws and a uniform one, fitted by EM."""
    return _everyone_takes(_centres(clients, em_step(max(_share(clients), 0.01))), clients)


def trimmed_k_means(clients: Clients, _: np.random.Generator) -> float:
    """Everyone takes the nearest of k centres by trimmed k-means, with the share that c says."""
    return _everyone_takes(_centres(clients, trimmed_step(_share(clients))), clients)


def cluster_median(clients: Clients, _: np.random.Generator) -> float:
    """Everyone takes the median of its cluster, of k."""
    return _everyone_takes(_centres(clients, median_step), clients)


def _share(clients: Clients) -> float:
    problem = clients.problem
    return float(problem.c / (problem.k + problem.c))


def _centres(clients: Clients, step: Step) -> Doubles:
    return centres(clients.reports, clients.problem, step)


def oracle(clients: Clients, _: np.random.Generator) -> float:
    """Each client takes the mean of its component's genuine samples: what no server can know."""
    squares = (block.size * (block.mean() - mean) ** 2 for mean, block in _populated(clients))
    return float(sum(squares)) / clients.ends[-1]


def _populated(clients: Clients) -> list[tuple[float, Doubles]]:
    return [(mean, block) for mean, block in clients.components() if block.size]


def _everyone_takes(centres: Doubles, clients: Clients) -> float:
    return risk(nearest(centres, np.ones(centres.size), np.inf), clients)


ESTIMATORS: dict[str, Estimator] = {
    "algorithm": algorithm,
    "printed": partial(algorithm, corrections=AS_PRINTED),
    "possible-means": listed_means,
    "possible-means-cases": listed_by_cases,
    "own": own_sample,
    "median": pooled_median,
    "trimmed": trimmed_mean,
    "k-means": k_means,
    "em": em,
    "trimmed-k-means": trimmed_k_means,
    "cluster-median": cluster_median,
    "oracle": oracle,
}
"""By the name that the command line knows."""
