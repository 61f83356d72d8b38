"""The bar of what takes long: shown late, and always taken away."""

from threading import Event

import pytest

from bounds.cli import progress


class Bar:
    def __init__(self) -> None:
        self.started, self.stopped = Event(), False

    def add_task(self, what: str, total: int | None, completed: int) -> int:
        self.what, self.total, self.completed = what, total, completed
        return 7

    def update(self, task: int, completed: int = 0, description: str = "") -> None:
        assert task == 7
        self.completed, self.what = completed, description or self.what

    def start(self) -> None:
        self.started.set()

    def stop(self) -> None:
        self.stopped = True


def test_it_appears_where_work_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    bar = Bar()
    monkeypatch.setattr(progress, "progress_bar", lambda: bar)
    with progress.waiting("proving", after=0):
        assert bar.started.wait(60)
        assert not bar.stopped
    assert bar.what == "proving"
    assert bar.stopped


def test_it_is_taken_away_where_the_work_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    bar = Bar()
    monkeypatch.setattr(progress, "progress_bar", lambda: bar)

    def work() -> None:
        with progress.waiting("proving", after=0):
            bar.started.wait(60)
            raise ValueError("in the work")

    with pytest.raises(ValueError, match="in the work"):
        work()
    assert bar.stopped


def test_short_work_shows_none(monkeypatch: pytest.MonkeyPatch) -> None:
    bar = Bar()
    monkeypatch.setattr(progress, "progress_bar", lambda: bar)
    with progress.waiting("proving", after=10**6):
        pass
    assert not bar.started.is_set()


def test_it_counts_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    bar = Bar()
    monkeypatch.setattr(progress, "progress_bar", lambda: bar)
    with progress.waiting("proving", 3, after=0) as step:
        assert bar.started.wait(60)
        step()
        step()
    assert (bar.total, bar.completed) == (3, 2)


def test_it_says_what_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    bar = Bar()
    monkeypatch.setattr(progress, "progress_bar", lambda: bar)
    with progress.searching("deciding", after=0) as say:
        assert bar.started.wait(60)
        say("cells")
    assert bar.what == "deciding: cells"
    late = Bar()
    monkeypatch.setattr(progress, "progress_bar", lambda: late)
    with progress.searching("deciding", after=0.2) as say:
        say("the table of variations")
        assert late.started.wait(60)
    assert late.what == "deciding: the table of variations"
