"""An algorithm that one can run, with its own guarantee at finite m.

A table of contents: counts (reports on a grid; they merge), listing (which means the reports allow,
and which leave where a client's own report is taken out), rules (what a client makes of its sample
in one cluster), centres (a robust estimate for a cluster), budget (what its rule may risk), spread
(an estimate of the standard deviation), samples (unequal numbers of them), clusters, summary (all
counts, where they came from, and what they say), possible_means (the estimator), conventions
(scikit-learn's); vectors, of which nothing is proved. The theorem, and the numbers that the
algorithm uses, are in `bounds.upper.sample_size`.

    >>> import numpy as np
    >>> from bounds.estimation import PossibleMeans
    >>> rng = np.random.default_rng(1)
    >>> means = np.repeat([0.0, 20.0, 40.0], 7000)
    >>> reports = means + rng.standard_normal(means.size)
    >>> estimates = PossibleMeans(3, "1/10", 20).fit_predict(reports)
    >>> bool(np.mean((estimates - means) ** 2) < 0.05)
    True
"""

from bounds.estimation.clusters import Clusters
from bounds.estimation.conventions import EstimateWarning, NotFitted
from bounds.estimation.counts import Counts
from bounds.estimation.possible_means import PossibleMeans
from bounds.estimation.rules import ClusterRule
from bounds.estimation.vectors import VectorMeans

__all__ = [
    "ClusterRule",
    "Clusters",
    "Counts",
    "EstimateWarning",
    "NotFitted",
    "PossibleMeans",
    "VectorMeans",
]
