"""The same sweep on a dask cluster: `bounds.sweep` takes any `concurrent.futures.Executor`.

    pip install 'robust-mean-bounds[dask]'
    python examples/sweep_on_dask.py 1.5:8:0.01 table.csv

The cluster started here has two worker processes on this machine, reached through the loopback
interface alone. For one that runs elsewhere, connect with `Client("tcp://its-scheduler:8786")`
instead, and give every worker this package. The table is the same, byte for byte, as that of
`bounds sweep --delta 1.5:8:0.01 -o table.csv`: nothing depends on where a row is computed.
"""

import logging
import sys

from distributed import Client, LocalCluster

import bounds


def main(grid: str, output: str) -> None:
    """Sweep over `grid` on a cluster of two workers, and write the table to `output`."""
    cluster = LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=logging.CRITICAL,  # else workers may grumble when the cluster is closed
    )
    with cluster, Client(cluster) as client:
        # chunks in flight: a few for each worker, so that none waits for the next
        table = bounds.sweep(grid, output=output, executor=client.get_executor(), in_flight=8)
    print(f"{len(table)} values of Delta on {cluster.scheduler_address}; written to {output}")


if __name__ == "__main__":  # workers import this file: only the first process starts a cluster
    if len(sys.argv) != 3:
        sys.exit("usage: python examples/sweep_on_dask.py GRID FILE, e.g. 1.5:8:0.01 table.csv")
    main(*sys.argv[1:])
