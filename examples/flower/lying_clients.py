"""Flower's simulation with clients who lie: one number a client, then a vector a client.

    python examples/flower/lying_clients.py 300

Three groups of clients, 20 standard deviations apart; one client in ten lies. In the first run
liars report the number 2 beside the mean of the first group, or no number at all; in the second
each adds 1 to every coordinate of its sample. Printed is the mean squared error of the honest
clients: of their own samples, of one average for all (as FedAvg makes it), of the average of a
client's own group, if the server knew the groups and averaged the liars in, and of `OwnMeans`.

Everything runs on this machine, and reaches itself through the loopback interface alone.
"""

import os
import sys
from collections.abc import Iterable

os.environ.setdefault("FLWR_TELEMETRY_ENABLED", "0")
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
os.environ.setdefault("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")

import numpy as np
from flwr.app import Array, ArrayRecord, Context, Message, MetricRecord, RecordDict
from flwr.clientapp import ClientApp
from flwr.serverapp import Grid, ServerApp
from flwr.simulation import run_simulation
from strategy import ARRAYS, OwnMeans

from bounds.estimation import PossibleMeans, VectorMeans

GROUPS, APART, LIARS = 3, 20, 10
WIDTH = 50


def group_of(number: int) -> int:
    """The group of a client."""
    return number // LIARS % GROUPS


def drawn(number: int, width: int) -> tuple[np.ndarray, np.ndarray, bool]:
    """The mean of a client's group, its own sample, and whether it lies."""
    rng = np.random.default_rng([5, number])
    mean, group = np.zeros(width), group_of(number)
    mean[group % width] = APART * (group if width == 1 else 1 / np.sqrt(2))
    return mean, mean + rng.standard_normal(width), number % LIARS == 0


def report(number: int, width: int) -> np.ndarray:
    """What a client sends: its sample, or a lie."""
    _, own, lies = drawn(number, width)
    if not lies:
        return own
    if width > 1:
        return own + 1.0
    return np.full(1, np.nan if number % (4 * LIARS) == 0 else 2.0)


def client_app(width: int) -> ClientApp:
    """A client draws its sample by its number; it says how far off its estimate is."""
    app = ClientApp()

    @app.train()
    def train(message: Message, context: Context) -> Message:
        number = int(context.node_config["partition-id"])
        arrays = ArrayRecord({"mean": Array(report(number, width))})
        return Message(RecordDict({ARRAYS: arrays}), reply_to=message)

    @app.evaluate()
    def evaluate(message: Message, context: Context) -> Message:
        number = int(context.node_config["partition-id"])
        mean, own, lies = drawn(number, width)
        told = message.content[ARRAYS]["mean"].numpy()
        errors = {
            "number": number,
            "lies": int(lies),
            "own": float(np.sum((own - mean) ** 2)),
            "error": float(np.sum((told - mean) ** 2)),
        }
        return Message(RecordDict({"errors": MetricRecord(errors)}), reply_to=message)

    return app


class Watched(OwnMeans):
    """Also keeps what honest clients say of their errors: a simulation knows who they are."""

    errors: tuple[dict[str, float], ...] = ()

    def aggregate_evaluate(
        self, server_round: int, replies: Iterable[Message]
    ) -> MetricRecord | None:
        """Keep them, and go on."""
        kept = list(replies)
        said = [dict(reply.content["errors"]) for reply in kept if not reply.has_error()]
        self.errors = tuple(one for one in said if not one["lies"])
        return super().aggregate_evaluate(server_round, kept)


def run(clients: int, width: int) -> Watched:
    """One round of the simulation."""
    model = PossibleMeans if width == 1 else VectorMeans
    strategy = Watched(model(GROUPS, share=f"1/{LIARS}", separation=APART), clients)
    server = ServerApp()

    @server.main()
    def main(grid: Grid, _: Context) -> None:
        strategy.start(grid, ArrayRecord({"mean": Array(np.zeros(width))}), num_rounds=1)

    on_loopback = {"init_args": {"_node_ip_address": "127.0.0.1", "include_dashboard": False}}
    resources = {"client_resources": {"num_cpus": 1, "num_gpus": 0.0}}
    run_simulation(server, client_app(width), clients, backend_config={**on_loopback, **resources})
    return strategy


def averages(clients: int, width: int) -> tuple[float, float]:
    """The errors of one average, and of the average of each group."""
    told = np.array([report(number, width) for number in range(clients)])
    groups = np.array([group_of(number) for number in range(clients)])
    one = np.nanmean(told, axis=0)
    each = [np.nanmean(told[groups == group], axis=0) for group in range(GROUPS)]
    errors = []
    for number in range(clients):
        mean, _, lies = drawn(number, width)
        if not lies:
            mine = each[groups[number]]
            errors.append([np.sum((one - mean) ** 2), np.sum((mine - mean) ** 2)])
    together, apart = np.mean(errors, axis=0)
    return float(together), float(apart)


def main(clients: int) -> None:
    """Both runs."""
    for width in (1, WIDTH):
        strategy = run(clients, width)
        together, apart = averages(clients, width)
        own, error = (
            np.mean([said[name] for said in strategy.errors]) for name in ("own", "error")
        )
        print(
            f"{width} numbers a client, {clients} clients, {len(strategy.errors)} of them honest:"
            f" own sample {own:.3g}, one average {together:.3g}, average of the group {apart:.3g},"
            f" OwnMeans {error:.3g}",
            flush=True,
        )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python examples/flower/lying_clients.py CLIENTS, e.g. 300")
    main(int(sys.argv[1]))
