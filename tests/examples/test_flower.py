"""The strategy for Flower, which is no dependency: skipped where `flwr` is not installed."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bounds.certify.errors import InputError
from bounds.estimation import PossibleMeans, VectorMeans

FOLDER = Path(__file__).parents[2] / "examples" / "flower"
RNG = np.random.default_rng(2)


@pytest.fixture
def strategy(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module of the strategy."""
    pytest.importorskip("flwr", reason="flwr is not installed: see examples/flower")
    from flwr.supercore.task_identity import TaskIdentity

    for name in ("task_id", "run_id", "node_id"):  # a server's run has them
        monkeypatch.setattr(TaskIdentity, f"_{name}", 1)
    monkeypatch.syspath_prepend(FOLDER)
    import strategy

    return strategy


class Grid:
    """What a strategy asks of Flower's: the nodes that are connected."""

    def __init__(self, number: int) -> None:
        self.nodes = list(range(1, number + 1))

    def get_node_ids(self) -> list[int]:
        return self.nodes


def replies_of(asked: Any, rows: Any) -> list[Any]:
    """Each client's answer: an array, other bytes, or an error."""
    from flwr.app import Array, ArrayRecord, Error, Message, RecordDict

    replies = []
    for message, row in zip(asked, rows, strict=True):
        if isinstance(row, Error):
            replies.append(Message(row, reply_to=message))
            continue
        content = row
        if not isinstance(row, RecordDict):
            array = row if isinstance(row, Array) else Array(np.asarray(row))
            content = RecordDict({"arrays": ArrayRecord({"mean": array})})
        replies.append(Message(content, reply_to=message))
    return replies


def test_clients_get_the_means_of_their_groups(strategy: Any) -> None:
    from flwr.app import Array, ArrayRecord, ConfigRecord

    means = np.repeat([0.0, 20.0, 40.0], 40)
    ours = strategy.OwnMeans(PossibleMeans(3, share="10%", separation=20), 120)
    start = ArrayRecord({"mean": Array(np.zeros(1))})
    for number in (1, 2):
        asked = ours.configure_train(number, start, ConfigRecord({"lr": 1}), Grid(120))
        assert [message.metadata.dst_node_id for message in asked] == list(range(1, 121))
        assert asked[0].content["config"] == {"lr": 1, "server-round": number}
        begun = [message.content["arrays"]["mean"].numpy()[0] for message in asked]
        assert begun == pytest.approx(np.zeros(120) if number == 1 else means, abs=1)
        reports = (means + RNG.standard_normal(120))[:, np.newaxis]
        arrays, metrics = ours.aggregate_train(number, replies_of(asked, reports))
        assert arrays is None
        assert metrics == {"reports": 120, "unread": 0, "groups": 3}
        told = np.array([ours.estimates[node][0] for node in range(1, 121)])
        assert np.mean((told - means) ** 2) < 0.1
    sent = list(ours.configure_evaluate(2, start, ConfigRecord(), Grid(100)))
    assert len(sent) == 100  # twenty have left
    assert sent[7].content["arrays"]["mean"].numpy() == pytest.approx(told[7])


def test_what_cannot_be_read_is_a_lie(strategy: Any) -> None:
    from flwr.app import Array, ArrayRecord, ConfigRecord, Error, RecordDict

    good = RNG.standard_normal((40, 2, 3))
    whole = Array(good[0])
    cut = Array(dtype="float64", shape=(2, 3), stype="numpy.ndarray", data=whole.data[:-20])
    long = Array(dtype="float64", shape=(2, 3), stype="numpy.ndarray", data=b"x" * 10**5)
    odd = [
        Error(1, "broken"), RecordDict(), RecordDict({"arrays": ArrayRecord({"other": whole})}),
        cut, long, np.zeros((3, 2)), np.full((2, 3), np.nan), np.full((2, 3), np.inf),
        np.full((2, 3), "x"), np.full((2, 3), True), np.full((2, 3), 1e300),
    ]  # fmt: skip
    ours = strategy.OwnMeans(VectorMeans(1, share="1/4", separation=20), 52)
    start = ArrayRecord({"mean": Array(np.zeros((2, 3)))})
    asked = ours.configure_train(1, start, ConfigRecord(), Grid(52))
    replies = replies_of(asked[:51], [*good, *odd])  # the last one says nothing
    _, metrics = ours.aggregate_train(1, replies)
    assert metrics == {"reports": 52, "unread": 11, "groups": 1}
    assert set(ours.estimates) == {*range(1, 41), 51}
    told = np.array([ours.estimates[node] for node in range(1, 41)])
    assert np.abs(told).max() < 1
    (sent, *_) = ours.configure_evaluate(1, start, ConfigRecord(), Grid(52))
    assert sent.content["arrays"]["mean"].numpy().shape == (2, 3)


def test_a_bound_is_told_where_it_holds(strategy: Any) -> None:
    from flwr.app import Array, ArrayRecord, ConfigRecord

    reports = RNG.standard_normal((8000, 1))
    ours = strategy.OwnMeans(PossibleMeans(1, "1/20", 60), 8000)
    start = ArrayRecord({"mean": Array(np.zeros(1))})
    asked = ours.configure_train(1, start, ConfigRecord(), Grid(8000))
    replies = replies_of(asked, reports)
    _, first = ours.aggregate_train(1, replies)
    assert 0 < first["proved-risk"] < 1
    _, second = ours.aggregate_train(2, replies)
    assert "proved-risk" not in second


def test_what_clients_say_of_their_estimates_is_a_median(strategy: Any) -> None:
    from flwr.app import Array, ArrayRecord, ConfigRecord, Error, MetricRecord, RecordDict

    ours = strategy.OwnMeans(PossibleMeans(), 4)
    asked = ours.configure_train(
        1, ArrayRecord({"mean": Array(np.zeros(1))}), ConfigRecord(), Grid(4)
    )
    said = [RecordDict({"m": MetricRecord({"loss": loss})}) for loss in (1.0, 3.0, 1e9)]
    told = ours.aggregate_evaluate(1, replies_of(asked, [*said, Error(1, "broken")]))
    assert told == {"loss": 3.0}


def test_one_number_a_client_is_what_possible_means_takes(strategy: Any) -> None:
    from flwr.app import Array, ArrayRecord, ConfigRecord

    ours = strategy.OwnMeans(PossibleMeans(), 2)
    with pytest.raises(InputError, match="one number a client, not 2: use VectorMeans"):
        ours.configure_train(1, ArrayRecord({"mean": Array(np.zeros(2))}), ConfigRecord(), Grid(2))


@pytest.mark.heavy
def test_flowers_simulation_with_clients_who_lie() -> None:
    """On the loopback interface, in processes of its own."""
    pytest.importorskip("flwr", reason="flwr is not installed: see examples/flower")
    pytest.importorskip("ray", reason="Flower's simulation needs ray: see examples/flower")
    done = subprocess.run(
        [sys.executable, str(FOLDER / "lying_clients.py"), "90"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = re.findall(r"own sample (\S+), one average (\S+), .*OwnMeans (\S+)\n", done.stdout)
    assert len(found) == 2
    for width, numbers in zip((1, 50), found, strict=True):
        own, average, ours = map(float, numbers)
        assert 0.6 * width < own < 1.4 * width
        assert average > own
        assert ours < own / 6
