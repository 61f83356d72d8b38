"""A Flower strategy: clients report one number or a vector each, and each gets its own estimate.

    pip install --require-hashes -r examples/flower/requirements.lock
    pip install --no-deps .

(In an environment of its own: Flower asks for older versions of what the tests here use.)

In a round every client is sent its arrays so far, and reports arrays of the same shapes, as clients
of FedAvg do. The server does not average them into one model. It gives them to an estimator of
`bounds.estimation`, which looks for groups in spite of clients who lie, and sends each client the
estimate of its own group's mean, to evaluate and to begin the next round with.

    strategy = OwnMeans(PossibleMeans(3, share="10%", separation=20))
    result = strategy.start(grid, ArrayRecord([np.zeros(1)]), num_rounds=1)

The bound of `PossibleMeans` is logged for the first round only: in later ones corrupted clients
have seen estimates. Nothing is proved of `VectorMeans`.

What a client sends is not trusted. A reply that is an error, has other shapes, or numbers that are
infinite or none, counts as the report of a corrupted client; so does no reply at all. The share of
corrupted clients has to cover those who are offline.
"""

import math
from collections.abc import Iterable
from logging import INFO

import numpy as np
from flwr.app import Array, ArrayRecord, ConfigRecord, Message, MetricRecord, RecordDict
from flwr.common.logger import log
from flwr.serverapp import Grid
from flwr.serverapp.strategy import Strategy
from flwr.serverapp.strategy.strategy_utils import sample_nodes

from bounds.certify.errors import InputError
from bounds.estimation import PossibleMeans, VectorMeans

ARRAYS, CONFIG = "arrays", "config"
_MOST_OVERHEAD = 4096  # bytes of an array's head


class OwnMeans(Strategy):
    """Robust personalised means in place of one global model.

    Args:
        estimator: `PossibleMeans` where a client's arrays hold one number, else `VectorMeans`. Its
            parameters are used, with fresh coins each round; it is not fitted itself.
        clients: how many to wait for in each round; all that are connected then take part.

    Attributes:
        fitted: the estimator of the last round.
        estimates: by the number of the node, what each client was told; none for a client whose
            report could not be read.
    """

    def __init__(self, estimator: PossibleMeans | VectorMeans, clients: int = 2) -> None:
        self.estimator = estimator
        self.clients = clients
        self.fitted: PossibleMeans | VectorMeans = estimator
        self.estimates: dict[int, np.ndarray] = {}
        self._shapes: dict[str, tuple[int, ...]] = {}
        self._asked: list[int] = []

    def configure_train(
        self, server_round: int, arrays: ArrayRecord, config: ConfigRecord, grid: Grid
    ) -> Iterable[Message]:
        """Ask every client for its report; each gets its own estimate of the round before."""
        if not self._shapes:
            self._shapes = {name: tuple(array.shape) for name, array in arrays.items()}
            if self._width != 1 and isinstance(self.estimator, PossibleMeans):
                raise InputError(
                    f"PossibleMeans takes one number a client, not {self._width}: use VectorMeans"
                )
        self._asked = sorted(sample_nodes(grid, self.clients, self.clients)[1])
        return [
            self._message("train", node, server_round, config, self.estimates.get(node), arrays)
            for node in self._asked
        ]

    def aggregate_train(
        self, server_round: int, replies: Iterable[Message]
    ) -> tuple[ArrayRecord | None, MetricRecord | None]:
        """Estimate for each client from the reports of all; there are no global arrays."""
        reports = {node: np.full(self._width, np.nan) for node in self._asked}
        for reply in replies:
            told = self._read(reply)
            if told is not None and reply.metadata.src_node_id in reports:
                reports[reply.metadata.src_node_id] = told
        rows = np.array(list(reports.values()))
        self.fitted = type(self.estimator)(**self.estimator.get_params())
        estimates = self.fitted.fit_predict(rows).reshape(rows.shape)
        self.estimates = {
            node: estimate
            for node, estimate in zip(reports, estimates, strict=True)
            if np.isfinite(estimate).all()
        }
        found = {"reports": len(self._asked), "unread": len(self._asked) - len(self.estimates)}
        if isinstance(self.fitted, VectorMeans):
            found["groups"] = len(self.fitted.means_)
            return None, MetricRecord(found)
        found["groups"] = self.fitted.n_groups_
        bound = self.fitted.risk_bound_
        if bound is not None and server_round == 1:
            return None, MetricRecord({**found, "proved-risk": bound})
        why = self.fitted.why_no_bound_ or "corrupted clients have seen estimates"
        log(INFO, "no bound on the error is proved: %s", why)
        return None, MetricRecord(found)

    def configure_evaluate(
        self, server_round: int, arrays: ArrayRecord, config: ConfigRecord, grid: Grid
    ) -> Iterable[Message]:
        """Send each client its estimate."""
        connected = set(grid.get_node_ids())
        return [
            self._message("evaluate", node, server_round, config, estimate, arrays)
            for node, estimate in self.estimates.items()
            if node in connected
        ]

    def aggregate_evaluate(
        self,
        server_round: int,  # noqa: ARG002 - theirs
        replies: Iterable[Message],
    ) -> MetricRecord | None:
        """The median of each number that clients say of their estimate: some of them lie."""
        said: dict[str, list[float]] = {}
        for reply in replies:
            if not reply.has_error():
                for record in reply.content.metric_records.values():
                    for name, value in record.items():
                        if isinstance(value, int | float) and math.isfinite(value):
                            said.setdefault(name, []).append(float(value))
        return MetricRecord({name: float(np.median(values)) for name, values in said.items()})

    def summary(self) -> None:
        """Log what is used."""
        log(INFO, "\t└──> %r", self.estimator)

    @property
    def _width(self) -> int:
        return sum(math.prod(shape) for shape in self._shapes.values())

    def _message(
        self,
        kind: str,
        node: int,
        server_round: int,
        config: ConfigRecord,
        estimate: np.ndarray | None,
        arrays: ArrayRecord,
    ) -> Message:
        """One client's arrays: its estimate in the shapes of the arrays, or these."""
        mine, start = ArrayRecord(), 0
        for name, shape in self._shapes.items():
            size = math.prod(shape)
            if estimate is None:
                mine[name] = arrays[name]
            else:
                mine[name] = Array(estimate[start : start + size].reshape(shape))
            start += size
        asked = ConfigRecord({**config, "server-round": server_round})
        content = RecordDict({ARRAYS: mine, CONFIG: asked})
        return Message(content=content, message_type=kind, dst_node_id=node)

    def _read(self, reply: Message) -> np.ndarray | None:
        """The numbers of a reply in one row; None where it is not what was asked for."""
        if reply.has_error() or len(reply.content.array_records) != 1:
            return None
        (told,) = reply.content.array_records.values()
        if set(told) != set(self._shapes):
            return None
        parts = []
        for name, shape in self._shapes.items():
            size = math.prod(shape)
            if len(told[name].data) > 16 * size + _MOST_OVERHEAD:
                return None
            try:
                part = told[name].numpy()
            except Exception:  # whatever a client's bytes do to the reader
                return None
            if part.shape != shape or part.dtype.kind not in "iuf":
                return None
            parts.append(part.ravel().astype(np.float64))
        row = np.concatenate(parts)
        return row if np.isfinite(row).all() else None
