"""A short stream, and that a failure is told."""

import dataclasses

import pytest

from campaigns import stream
from campaigns.stream import Stream


def test_a_short_stream_is_measured() -> None:
    found = stream.run(120_000, 50_000)
    assert found.reports == 120_000
    assert min(found.sorting, found.counting, found.listing, found.memory) > 0
    assert found.risk < 1
    assert found.predicting > 0
    assert 0 < found.beside < stream.MOST_BESIDE


@pytest.mark.parametrize(
    ("change", "told"),
    [({"counting": 3.1}, "times the cost"), ({"memory": 2**30 + 1}, "1 GiB"),
     ({"fitting": 3.1}, "fit takes"), ({"predicting": 3.1}, "predict takes"),
     ({"beside": 2**25 + 1}, "32 MiB"),
     ({"risk": 0.3}, "proved bound"), ({"bound": None, "risk": 1.01}, "proved bound")],
)  # fmt: skip
def test_a_failure_is_told(
    change: dict[str, float],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    good = Stream(10**6, 1.0, 2.0, 0.5, 2**29, 0.1, 0.2, 2.0, 1.5, 2**20)
    monkeypatch.setattr(stream, "run", lambda *_: good)
    assert stream.main([]) == 0
    monkeypatch.setattr(stream, "run", lambda *_: dataclasses.replace(good, **change))
    assert stream.main([]) == 1
    assert told in capsys.readouterr().out.split("failure: ")[1]


@pytest.mark.campaign
def test_ten_million_reports() -> None:
    assert stream.main(["--reports", "10000000"]) == 0
