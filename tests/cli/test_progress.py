"""The bar of what takes long: shown late, and always taken away."""

from threading import Event

import pytest

from bounds.cli import progress


class Bar:
    def __init__(self) -> None:
        self.started, self.stopped = Event(), False

    def add_task(self, what: str, total: None) -> None:
        self.what, self.total = what, total

    def start(self) -> None:
        self.started.set()

    def stop(self) -> None:
        self.stopped = True


def test_it_appears_where_work_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    bar = Bar()
    monkeypatch.setattr(progress, "progress_bar", lambda: bar)
    with progress.waiting("proving", 0):
        assert bar.started.wait(60)
        assert not bar.stopped
    assert bar.what == "proving"
    assert bar.stopped


def test_it_is_taken_away_where_the_work_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    bar = Bar()
    monkeypatch.setattr(progress, "progress_bar", lambda: bar)

    def work() -> None:
        with progress.waiting("proving", 0):
            bar.started.wait(60)
            raise ValueError("in the work")

    with pytest.raises(ValueError, match="in the work"):
        work()
    assert bar.stopped


def test_short_work_shows_none(monkeypatch: pytest.MonkeyPatch) -> None:
    bar = Bar()
    monkeypatch.setattr(progress, "progress_bar", lambda: bar)
    with progress.waiting("proving", 10**6):
        pass
    assert not bar.started.is_set()
