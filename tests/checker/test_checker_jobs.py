"""Several processes: every piece is proved by one of them, and the worst verdict counts."""

import json
import shlex
import signal
import subprocess
import sys
import time
from fractions import Fraction
from itertools import pairwise

import pytest
from certificate_builder import root_certificate, sealed, shape_certificate
from in_bash import in_bash
from marks import all_heavy_but, heavy

import bounds
from bounds.certify.checker.precision import Work
from bounds.certify.checker.replay import together
from bounds.certify.checker.verdict import Verdict
from bounds.checker import check, jobs
from bounds.checker.__main__ import main
from bounds.cli import main as bounds_main
from bounds.critical.certificates import (
    eps_cr_certificate,
    passage_certificate,
    small_delta_certificate,
)
from bounds.critical.large_delta import (
    critical_slices,
    critical_slices_certificate,
    shape_certificate_from,
)
from bounds.critical.regimes import REGIMES

SHARES = (1, 2, 3, 5)


def shared(certificate, count, work=None):
    return together([check(certificate, share=(own, count), work=work) for own in range(count)])


def sign(greater):
    statement = {"variables": {"x": ["0", "1"]}, "lesser": "x", "greater": greater, "text": ""}
    body = {"schema": "bounds-certificate/1", "kind": "sign", "statement": statement}
    return sealed({**body, "evidence": {"bits": 64, "splits": "00..0.."}})


def honest():
    gap = (bounds.folds(12)[0], REGIMES[0].high, REGIMES[1].low)
    return {
        "root": root_certificate("3"),
        "shape": shape_certificate("3", "3.005", "3.01"),
        "eps_cr": eps_cr_certificate(bounds.eps_cr("1.2", 12)),
        "sign": sign("1.01"),
        "small_delta": small_delta_certificate(),
        "passage": passage_certificate(*gap),
        "critical_slices": critical_slices_certificate(critical_slices()[-3:]),
        "large_delta": shape_certificate_from(Fraction(10)),
    }


@pytest.mark.heavy
@pytest.mark.parametrize("count", all_heavy_but({2}, SHARES))
def test_all_shares_of_an_honest_file_are_accepted(count):
    for kind, certificate in honest().items():
        assert certificate["kind"] == kind
        verdict = shared(certificate, count)
        assert verdict.accepted, (kind, verdict)
        assert verdict.reason == check(certificate).reason


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("count", "every"), [(2, 3), heavy(1, 1), heavy(2, 1), heavy(3, 1), heavy(5, 1)]
)
def test_a_fault_in_any_one_piece_is_seen_by_one_share(count, every):
    shape = shape_certificate("3")
    pieces = shape["evidence"]["slices"][0]["pieces"]
    for number in range(0, len(pieces), every):
        part = {**shape["evidence"]["slices"][0], "witnesses": [None] * len(pieces)}
        part["witnesses"][number] = {"x": ["1/1000", "1/900"], "g": ["1/1000", "1/900"]}
        forged = sealed({**shape, "evidence": {"bits": 64, "slices": [part]}})
        verdicts = [check(forged, share=(own, count)).accepted for own in range(count)]
        assert verdicts.count(False) == 1, number
    for greater in ("0.2", "0.4", "0.6", "0.9"):  # fails on the last part first, then on others
        assert shared(sign(greater), count).outcome == "rejected"


@pytest.mark.heavy
def test_what_is_at_the_ends_of_a_shape_falls_to_someone(monkeypatch):
    certificate = shape_certificate("3")
    for name in ("negative_up_to", "negative_from"):
        with monkeypatch.context() as patch:
            patch.setattr(f"bounds.checker.shape.{name}", lambda *_: False)
            for count in SHARES:
                assert shared(certificate, count).outcome == "rejected"


def test_what_is_not_cut_into_pieces_is_proved_by_the_first():
    false = root_certificate("3")
    false["statement"]["eps"] = ["1/10", "1/5"]
    found = [check(sealed(false), share=(own, 3)).outcome for own in range(3)]
    assert found == ["rejected", "accepted", "accepted"]


def test_each_number_falls_to_exactly_one():
    for count in range(1, 7):
        shares = [Work(1, (own, count)) for own in range(count)]
        for number in range(30):
            assert sum(work.mine(number) for work in shares) == 1


def test_the_worst_verdict_counts():
    verdicts = {
        outcome: Verdict(outcome, outcome, None, 0)
        for outcome in ("accepted", "undecided", "rejected")
    }
    order = ["rejected", "undecided", "accepted"]
    for one in order:
        for other in order:
            worst = min(one, other, key=order.index)
            assert together([verdicts[one], verdicts[other]]).outcome == worst


# In processes


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    contents = {
        "good": json.dumps(shape_certificate("3")),
        "false": json.dumps(sign("0.9")),
        "bad": "{}",
        "deep": "[" * 100_000,
    }
    for name, text in contents.items():
        (folder / name).write_text(text)
    return folder


@pytest.mark.heavy
def test_verdicts_come_in_the_order_of_the_files(files, capsys):
    names = ["deep", "good", "false", "good"]
    paths = [str(files / name) for name in names]
    assert main(["--jobs", "2", *paths]) == 1
    told = capsys.readouterr().out
    assert main(paths) == 1
    assert capsys.readouterr().out == told
    assert bounds_main(["check", "--jobs", "2", str(files / "good")]) == 0
    assert bounds_main(["check", "--jobs", "2", "--work", "0", str(files / "good")]) == 3
    assert main(["--jobs", "3", str(files / "false")]) == 1
    capsys.readouterr()


@pytest.mark.heavy
def test_all_shares_of_a_file_are_asked_for(files, monkeypatch):
    asked = []

    class Here:
        """Runs what is submitted at once."""

        def __init__(self, count, **_):
            self.count = count

        def submit(self, function, *arguments):
            asked.append(arguments)
            done = jobs.Future()
            done.set_result(function(*arguments))
            return done

        def shutdown(self, **_):
            pass

    monkeypatch.setattr(jobs, "ProcessPoolExecutor", Here)
    good = str(files / "good")
    assert [v.outcome for v in jobs.verdicts([good], jobs=3)] == ["accepted"]
    assert [share for *_, share in asked] == [(0, 3), (1, 3), (2, 3)]
    asked.clear()
    assert [v.outcome for v in jobs.verdicts([good] * 4, jobs=3)] == ["accepted"] * 4
    assert [share for *_, share in asked] == [(0, 1)] * 4
    asked.clear()
    assert len(list(jobs.verdicts([good] * 2, jobs=3))) == 2
    assert [share for *_, share in asked] == [(0, 2), (1, 2)] * 2
    assert list(jobs.verdicts([], jobs=3)) == []


def test_a_process_that_is_lost_leaves_a_file_undecided(files, monkeypatch):
    monkeypatch.setattr(jobs.ProcessPoolExecutor, "submit", lambda *_: _broken())
    (verdict,) = jobs.verdicts([str(files / "good")], jobs=2)
    assert verdict.outcome == "undecided"
    assert "a process" in verdict.reason


def _broken():
    lost = jobs.Future()
    lost.set_exception(jobs.BrokenExecutor())
    return lost


@pytest.mark.parametrize("number", ["0", "-1", "65", "x", "1.5", "²", "9" * 30])
def test_jobs_that_are_none_are_refused(files, number, capsys):
    assert main(["--jobs", number, str(files / "good")]) == 2
    assert bounds_main(["check", "--jobs", number, str(files / "good")]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert err.count("\n") == 2


ALONE = [sys.executable, "-m", "bounds.checker", "--jobs", "2"]


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("sink", "names", "code"),
    [
        ("| true", "good bad", 1),
        ("> /dev/full", "good good", 0),
        heavy(">&- 2>&-", "good bad", 1),
        heavy("| true", "good good", 0),
        heavy("> /dev/full", "good bad", 1),
        heavy(">&- 2>&-", "good good", 0),
    ],
)
def test_a_closed_or_full_output_changes_no_verdict(files, sink, names, code):
    ran = in_bash(f"{shlex.join(ALONE)} {names} {sink}", files)
    assert ran.stderr.count("\n") <= 1
    assert ran.returncode == (code if sink == "| true" or code == 1 else 2)


@pytest.mark.heavy
def test_interrupted_it_says_so_and_leaves_no_process(tmp_path):
    file = tmp_path / "long.json"
    ends = [str(Fraction(3) + Fraction(step, 200)) for step in range(7)]
    slices = [
        {**shape_certificate(low, high)["evidence"]["slices"][0]} for low, high in pairwise(ends)
    ]
    whole = shape_certificate("3", "3.005")
    whole["statement"]["delta"] = [ends[0], ends[-1]]
    whole["evidence"] = {"bits": 2000, "slices": slices}
    file.write_text(json.dumps(sealed(whole)))
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    code += "from bounds.checker.__main__ import main; import sys;"
    code += f"sys.exit(main(['--jobs', '2', {str(file)!r}]))"
    program = tmp_path / "program.py"
    program.write_text(f"if __name__ == '__main__':\n    {code}\n")
    run = subprocess.Popen(
        [sys.executable, program], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    time.sleep(2.5)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert err == "interrupted\n"


class Pool:
    """Stands in for processes: notes what is asked of them, and answers at once."""

    def __init__(self, fault=None):
        self.fault, self.made, self.asked, self.ended = fault, [], [], []

    def __call__(self, count, **settings):
        self.made.append((count, settings["initializer"], settings["mp_context"]))
        return self

    def submit(self, function, path, work, share):
        assert function is jobs._share
        self.asked.append((path, work, share))
        done = jobs.Future()
        if self.fault is None:
            done.set_result(jobs.Verdict("accepted", path, None, share[0]))
        else:
            done.set_exception(self.fault)
        return done

    def shutdown(self, **settings):
        self.ended.append(settings)


@pytest.mark.parametrize(
    ("paths", "count", "shares"),
    [("abc", 2, 1), ("abc", 3, 1), ("abc", 4, 2), ("abc", 7, 3), ("a", 5, 5), ("", 2, 0)],
)
def test_as_many_shares_as_there_are_processes(paths, count, shares, monkeypatch):
    pool = Pool()
    monkeypatch.setattr(jobs, "ProcessPoolExecutor", pool)
    found = [*jobs.verdicts([*paths], work=9, jobs=count)]
    assert [verdict.reason for verdict in found] == [*paths]
    assert pool.asked == [(path, 9, (own, shares)) for path in paths for own in range(shares)]
    ((made, settle, context),) = pool.made
    assert (made, settle) == (count, jobs._settle)
    assert context.get_start_method() == "spawn"
    assert pool.ended == [{"cancel_futures": True}]


def test_alone_no_process_is_started(monkeypatch):
    monkeypatch.setattr(jobs, "check_file", lambda path, work: (path, work))
    monkeypatch.setattr(jobs, "ProcessPoolExecutor", None)
    assert [*jobs.verdicts(["a", "b"], 7)] == [("a", 7), ("b", 7)]


def test_a_fault_ends_the_processes_that_were_started(monkeypatch):
    ended, others = [], []

    class Child:
        def __init__(self, name):
            self.name = name

        def terminate(self):
            ended.append(self.name)

    before, own = Child("before"), Child("own")
    others += [before]
    monkeypatch.setattr(jobs.multiprocessing, "active_children", lambda: list(others))
    pool = Pool(KeyboardInterrupt())
    monkeypatch.setattr(jobs, "ProcessPoolExecutor", pool)
    told = jobs.verdicts(["a"], jobs=2)
    submit = pool.submit
    monkeypatch.setattr(pool, "submit", lambda *given: others.append(own) or submit(*given))
    with pytest.raises(KeyboardInterrupt):
        next(told)
    assert set(ended) == {"own"}
    assert pool.ended
    lost = Pool(jobs.BrokenExecutor())
    monkeypatch.setattr(jobs, "ProcessPoolExecutor", lost)
    assert [verdict.outcome for verdict in jobs.verdicts(["a"], jobs=2)] == ["undecided"]


def test_a_process_leaves_interrupts_to_its_parent_and_ends_with_it(monkeypatch):
    signals, threads, steps = [], [], []
    monkeypatch.setattr(jobs.signal, "signal", lambda *given: signals.append(given))

    class Thread:
        def __init__(self, *, target, daemon):
            threads.append((target, daemon))

        def start(self):
            threads.append("started")

    class Parent:
        def join(self):
            steps.append("joined")

    monkeypatch.setattr(jobs.threading, "Thread", Thread)
    jobs._settle()
    assert signals == [(jobs.signal.SIGINT, jobs.signal.SIG_IGN)]
    assert threads == [(jobs._end_with_parent, True), "started"]
    monkeypatch.setattr(jobs.os, "_exit", steps.append)
    for parent, wanted in ((None, []), (Parent(), ["joined", 1])):
        steps.clear()
        monkeypatch.setattr(jobs.multiprocessing, "parent_process", lambda parent=parent: parent)
        jobs._end_with_parent()
        assert steps == wanted
