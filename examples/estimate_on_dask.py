"""Lists of possible means on a dask cluster: workers count, and their counts add up.

    pip install 'robust-mean-bounds[dask]'
    python examples/estimate_on_dask.py 8 20000

draws reports of 8 components with 20,000 genuine clients each, in blocks, in metres: sd is 1/2. A
worker counts one block and sends its summary in place of the reports; the summaries are merged. The
bound holds for these: their coins are secret. Then the merged summary goes to the workers, and each
serves new clients of its own, with estimates and intervals; that takes a constant amount of memory
beside the answers. To show that nothing depends on the cluster, the blocks are counted once more
with seeds, there and here: the lists are the same, number for number.

The cluster started here has two worker processes on this machine, reached through the loopback
interface alone. For one that runs elsewhere, connect with `Client("tcp://its-scheduler:8786")`
instead, and give every worker this package.
"""

import logging
import sys
from functools import reduce

import numpy as np
from distributed import Client, LocalCluster

from bounds.estimation import PossibleMeans

SD, APART, BLOCKS = 0.5, 13.5, 6


def drawn(block: int, k: int, clients: int) -> tuple[np.ndarray, np.ndarray]:
    """Genuine clients: the means of their components, and their samples."""
    rng = np.random.default_rng([7, block])
    means = APART * rng.integers(0, k, clients)
    return means, means + SD * rng.standard_normal(clients)


def reports_of(block: int, k: int, m: int) -> np.ndarray:
    """One block: genuine reports, and c/k = 1/20 of copies of a point beside a mean."""
    _, genuine = drawn(block, k, k * m // BLOCKS)
    return np.concatenate([genuine, np.full(genuine.size // 20, 0.75)])


def counted(block: int, k: int, m: int, seeded: bool = False) -> PossibleMeans:
    """The summary of one block. Its coins are secret, or have a seed of their own."""
    seed = block if seeded else None
    estimator = PossibleMeans(k, share="1/21", separation="27/2", sd="1/2", random_state=seed)
    return estimator.partial_fit(reports_of(block, k, m))


def served(estimator: PossibleMeans, block: int, k: int, m: int) -> tuple[float, float, float]:
    """New clients of a worker: the errors of estimate and sample, and how often intervals hold."""
    means, own = drawn(BLOCKS + block, k, m)
    told, ends = estimator.predict(own), estimator.predict_intervals(own)
    inside = (ends[:, 0] <= means) & (means <= ends[:, 1])
    return (
        float(np.mean((told - means) ** 2)),
        float(np.mean((own - means) ** 2)),
        float(np.mean(inside)),
    )


def merged(one: PossibleMeans, other: PossibleMeans) -> PossibleMeans:
    """The summary of both."""
    return one.merge(other)


def main(k: int, m: int) -> None:
    """Count on a cluster of two workers and on this machine, and compare the lists."""
    cluster = LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=logging.CRITICAL,  # else workers may grumble when the cluster is closed
    )
    with cluster, Client(cluster) as client:
        secret, seeded = (
            client.gather(client.map(counted, range(BLOCKS), k=k, m=m, seeded=seeded))
            for seeded in (False, True)
        )
        total, spread = reduce(merged, secret), reduce(merged, seeded)
        new = [client.submit(served, total, block, k=k, m=m) for block in range(BLOCKS)]
        error, alone, held = np.mean(client.gather(new), axis=0)
    straight = reduce(merged, (counted(block, k, m, seeded=True) for block in range(BLOCKS)))
    own = np.linspace(-5, APART * k, 2000)
    same = np.array_equal(spread.predict(own), straight.predict(own))
    lists = [clusters.means.size for clusters in total.clusters_]
    print(f"{total.n_reports_} reports on {cluster.scheduler_address}: lists of {lists} means")
    print(f"proved bound on the error: {total.risk_bound_}")
    print(f"error of {BLOCKS * m} new clients: {error:.2g}, of their own samples: {alone:.2g}")
    if total.interval_level_ is not None:
        print(f"intervals hold {held:.2%} of their means; proved: {total.interval_level_:.2%}")
    for note in total.notes_:
        print(f"note: {note}")
    print(f"with seeds, the same as on one machine: {'yes' if same else 'no'}")


if __name__ == "__main__":  # workers import this file: only the first process starts a cluster
    if len(sys.argv) != 3:
        sys.exit("usage: python examples/estimate_on_dask.py K M, e.g. 8 20000")
    main(int(sys.argv[1]), int(sys.argv[2]))
