"""Trials of mutants in forked processes: imports and collection are paid for once.

A process collects the tests, and never runs them itself. First each test runs in a fork
of its own, which tells the lines that it reaches and how long it takes. Then, for each mutant, a
fork puts the altered code into the functions that have it, and runs the tests that reach the
altered statement, the most telling for their time first, until one fails. A constant of a module
is computed anew, as are those that depend on it in the same file, and put wherever it was imported;
what else was computed at import stays as it was. The few mutants in decorators, in bodies of
classes and in main programs are left to a process that imports all anew (`campaigns.trial`).
"""

from __future__ import annotations

import ast
import gc
import inspect
import os
import pickle
import resource
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, TypeAlias

import pytest

from bounds.certify.errors import InputError
from campaigns.mutation import Mutant, replaced
from campaigns.trial import OPTIONS, settle

ROOT = Path(__file__).parent.parent
_MEMORY = 6 << 30
_SECONDS = 0.4
_TIMES = 3.0
"""A test has so many seconds, and so many times what it takes where nothing is altered."""
_FUNCTION = inspect.CO_OPTIMIZED
_FRAMES = 300
"""So many calls of a function are traced line by line; thereafter every line of it counts."""


@dataclass(frozen=True)
class Told:
    """What came of a mutant.

    Attributes:
        number: which one of the list.
        outcome: "killed", "timed out", "survived", or "import" if it needs a process of its own.
        by: the test that failed, or "".
        tests: those that reach the altered statement; if it runs at import, those that reach the
            file.
        left: how many of them were not run, as the time for a mutant was over.
    """

    number: int
    outcome: str
    by: str
    tests: tuple[str, ...]
    left: int = 0


_Live: TypeAlias = dict[tuple[str, int, str], list[FunctionType]]


@dataclass
class _Test:
    item: pytest.Item
    seconds: float
    lines: dict[str, frozenset[int]]

    @property
    def name(self) -> str:
        return self.item.nodeid


def trials(todo: list[Mutant], tests: list[str], most: float) -> Iterator[Told]:
    """What comes of each mutant, one after another.

    Args:
        todo: the mutants.
        tests: files and folders of tests.
        most: after so many seconds of processor time no further test is begun for a mutant; a test
            that takes four times as long, and above two, is left out.

    Raises:
        InputError: a test fails though nothing is altered.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        with os.fdopen(writing, "wb") as pipe:

            def tell(told: Told | str) -> None:
                pickle.dump(told, pipe)
                pipe.flush()

            try:
                _Forks(todo, tell, most).run(tests)
            except BaseException as reason:
                tell(f"{type(reason).__name__}: {reason}")
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        for number in range(len(todo)):
            told = pickle.load(pipe)
            if isinstance(told, str):
                raise InputError(f"without any mutant, the tests do not pass: {told}")
            assert told.number == number
            yield told
    os.waitpid(child, 0)


class _Forks:
    """A pytest plugin that tries mutants in place of running the tests."""

    def __init__(self, todo: list[Mutant], tell: Callable[[Told], None], most: float) -> None:
        self._todo, self._tell, self._most = todo, tell, most
        self._files = {str(ROOT / m.file): m.file for m in todo}
        self._failed = ""
        self._kills: Counter[tuple[str, str]] = Counter()

    def run(self, tests: list[str]) -> None:
        """Collect the tests, and try every mutant."""
        os.chdir(ROOT)
        settle()
        code = pytest.main([*OPTIONS, *tests], plugins=[self])
        if self._failed or code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            raise InputError(self._failed or str(code))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try every mutant, in place of running the tests."""
        live = _live(set(self._files))
        gc.collect()
        gc.freeze()
        tests = []
        for item in session.items:
            if test := self._measured(item):
                tests.append(test)
            if self._failed:
                return True
        told = f"{len(tests)} tests, {len(session.items) - len(tests)} that take longer left out"
        print(told, file=sys.stderr, flush=True)
        for number, mutant in enumerate(self._todo):
            told = self._tried(number, mutant, tests, live)
            self._tell(told)
            for place in (mutant.file, f"{mutant.file} {mutant.within}"):
                self._kills[place, told.by] += 1
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the name of a test that fails."""
        if report.failed:
            self._failed = report.nodeid

    def _measured(self, item: pytest.Item) -> _Test | None:
        """A test with its time and the lines that it reaches; None if it takes too long."""

        def timed() -> tuple[str, float]:
            signal.setitimer(signal.ITIMER_PROF, min(max(4 * self._most, 2), 1e6))
            begun = time.process_time()
            self._protocol(item, None)
            return self._failed, time.process_time() - begun

        def traced() -> dict[str, frozenset[int]]:
            trace = _Lines(self._files)
            threading.settrace(trace.called)
            sys.settrace(trace.called)
            self._protocol(item, None)
            sys.settrace(None)
            return trace.found()

        ended, found = _in_fork(timed)
        if ended == signal.SIGPROF:
            return None
        if found is None or found[0]:
            self._failed = item.nodeid
            return None
        return _Test(item, found[1], _in_fork(traced)[1] or {})

    def _protocol(self, item: pytest.Item, following: pytest.Item | None) -> None:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

    def _tried(
        self,
        number: int,
        mutant: Mutant,
        tests: list[_Test],
        live: _Live,
    ) -> Told:
        def in_order(reaching: list[_Test]) -> list[_Test]:
            return sorted(reaching, key=lambda test: self._worth(mutant, test), reverse=True)

        lines = _statement(mutant)
        of_file = in_order([test for test in tests if mutant.file in test.lines])
        reaching = [test for test in of_file if not lines.isdisjoint(test.lines[mutant.file])]
        alter = _alteration(mutant, live)
        at_import = alter is None or isinstance(alter, _Constants)
        names = tuple(test.name for test in (reaching or of_file if at_import else reaching))
        if alter is None:
            return Told(number, "import", "", names)
        tried = in_order(tests) if at_import else reaching  # a test may read a constant alone
        ended, found = _in_fork(lambda: self._first_to_fail(alter, tried))
        if found is None:
            timed = ended in (signal.SIGPROF, signal.SIGALRM)
            return Told(number, "timed out" if timed else "killed", "", names)
        by, left = found
        outcome = by if by == "import" else "killed" if by else "survived"
        return Told(number, outcome, by, names, left)

    def _first_to_fail(self, alter: Callable[[], None], tests: list[_Test]) -> tuple[str, int]:
        """The first test to fail, if one does, and how many were not run for want of time."""
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        _allow(10)
        try:
            alter()
        except NameError:
            return "import", 0
        end = time.process_time() + self._most
        for number, test in enumerate(tests):
            if time.process_time() > end:
                return "", len(tests) - number
            _allow(_SECONDS + _TIMES * test.seconds)
            self._protocol(test.item, tests[number + 1].item if number + 1 < len(tests) else None)
            if self._failed:
                break
        return self._failed, 0

    def _worth(self, mutant: Mutant, test: _Test) -> float:
        near = self._kills[f"{mutant.file} {mutant.within}", test.name]
        return (1 + 9 * near + self._kills[mutant.file, test.name]) / (0.02 + test.seconds)


def _allow(seconds: float) -> None:
    """End this process after so many seconds of its own, or if it waits for ever."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, 15 * seconds)


def _in_fork(work: Callable[[], Any]) -> tuple[int, Any]:
    """The signal that ended the fork, or 0, and what the work in it returned, or None."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            null = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(null, stream)
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(work(), pipe)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        text = pipe.read()
    _, status = os.waitpid(child, 0)
    ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    return ended, pickle.loads(text) if text else None


class _Lines:
    """The lines of some files that run."""

    def __init__(self, files: dict[str, str]) -> None:
        self._files = files
        self._lines: dict[str, set[int]] = {}
        self._frames: Counter[CodeType] = Counter()

    def called(self, frame: FrameType, _event: str, _argument: object) -> Any:
        """The global trace function."""
        code = frame.f_code
        if code.co_filename not in self._files:
            return None
        self._frames[code] += 1
        if self._frames[code] > _FRAMES:
            return None
        lines = self._lines.setdefault(code.co_filename, set())
        lines.add(frame.f_lineno)

        def line(frame: FrameType, _event: str, _argument: object) -> Any:
            lines.add(frame.f_lineno)
            return line

        return line

    def found(self) -> dict[str, frozenset[int]]:
        """The lines of each file."""
        for code, count in self._frames.items():
            if count > _FRAMES:
                self._lines[code.co_filename] |= {at for _, _, at in code.co_lines() if at}
        return {self._files[path]: frozenset(lines) for path, lines in self._lines.items()}


def _statement(mutant: Mutant) -> frozenset[int]:
    """The lines of the innermost statement that is altered, without what stands in its body."""
    tree, place, _ = mutant.parts
    best: tuple[int, int] | None = None
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt) or not _holds(node, place):
            continue
        last = node.end_lineno or node.lineno
        body = getattr(node, "body", None)
        if node is not place and body and isinstance(body, list) and not isinstance(node, ast.Try):
            last = max(node.lineno, body[0].lineno - 1)
        if best is None or node.lineno >= best[0]:
            best = node.lineno, last
    assert best
    return frozenset(range(best[0], max(best[1], place.end_lineno or 0) + 1))


def _functions(code: CodeType) -> Iterator[CodeType]:
    """The code of functions of a module and of its classes, not of functions in functions."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_flags & _FUNCTION:
                yield inner
            else:
                yield from _functions(inner)


def _changed(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """The code of a function and of functions in it, where it is altered."""
    yield old, new
    inner = ([c for c in code.co_consts if isinstance(c, CodeType)] for code in (old, new))
    for before, after in zip(*inner, strict=False):
        if before != after and before.co_qualname == after.co_qualname:
            yield from _changed(before, after)


def _key(code: CodeType) -> tuple[str, int, str]:
    return code.co_filename, code.co_firstlineno, code.co_qualname


def _frame(code: CodeType) -> tuple[object, ...]:
    """What a module or class does besides the code of its functions."""

    def seen(constant: object) -> object:
        if not isinstance(constant, CodeType):
            return type(constant), constant
        return constant.co_qualname if constant.co_flags & _FUNCTION else _frame(constant)

    return code.co_code, code.co_names, [seen(constant) for constant in code.co_consts]


def _live(paths: set[str]) -> _Live:
    """The functions of some files, by path, line and name."""
    found: _Live = {}
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename in paths:
            found.setdefault(_key(thing.__code__), []).append(thing)
    return found


def _alteration(mutant: Mutant, live: _Live) -> Callable[[], None] | None:
    """What puts the error into the modules as they are loaded, if that can be done."""
    path = str(ROOT / mutant.file)
    tree, place, altered = mutant.parts
    if path.endswith("__main__.py"):
        return None  # its tests start processes
    honest = compile(tree, path, "exec", dont_inherit=True)
    ast.copy_location(altered, place)
    ast.fix_missing_locations(altered)
    with replaced(tree, place, altered):
        code = compile(tree, path, "exec", dont_inherit=True)
    if _frame(honest) != _frame(code):
        return _Constants.of(mutant, live)
    found: list[tuple[FunctionType, CodeType]] = []
    for old, new in zip(_functions(honest), _functions(code), strict=True):
        if old != new:
            if _key(old) not in live:
                return None
            for inside, altered_inside in _changed(old, new):
                functions = live.get(_key(inside), [])
                if functions and inside.co_freevars != altered_inside.co_freevars:
                    return None
                found += [(function, altered_inside) for function in functions]

    def alter() -> None:
        for function, new in found:
            function.__code__ = new

    return alter


@dataclass
class _Constants:
    """Computes constants of a module, or defaults of a function, anew, and puts them in place."""

    mutant: Mutant
    statement: ast.stmt
    functions: list[FunctionType]

    @classmethod
    def of(cls, mutant: Mutant, live: _Live) -> _Constants | None:
        """None if the error is elsewhere: in a decorator, say, or in the body of a class."""
        tree, place, _ = mutant.parts
        for node in ast.walk(tree):
            top = node in tree.body
            if top and isinstance(node, ast.Assign | ast.AnnAssign) and _holds(node, place):
                return cls(mutant, node, [])
            if isinstance(node, ast.FunctionDef) and _holds(node.args, place):
                path, name = str(ROOT / mutant.file), mutant.within
                functions = [
                    function
                    for (file, _, qualified), of_name in live.items()
                    if (file, qualified) == (path, name)
                    for function in of_name
                ]
                return cls(mutant, node, functions) if functions else None
        return None

    def __call__(self) -> None:
        tree, place, altered = self.mutant.parts
        module = ".".join(Path(self.mutant.file).with_suffix("").parts)
        names = dict(vars(sys.modules[module]))
        with replaced(tree, place, altered):
            if isinstance(self.statement, ast.FunctionDef):
                arguments = self.statement.args
                for function in self.functions:
                    function.__defaults__ = tuple(_value(e, names) for e in arguments.defaults)
                    function.__kwdefaults__ = {
                        argument.arg: _value(default, names)
                        for argument, default in zip(
                            arguments.kwonlyargs, arguments.kw_defaults, strict=True
                        )
                        if default
                    }
                return
            changed: set[str] = set()
            for node in tree.body[tree.body.index(self.statement) :]:
                if isinstance(node, ast.Assign | ast.AnnAssign) and (
                    node is self.statement or not changed.isdisjoint(_names(node, ast.Load))
                ):
                    exec(compile(ast.Module([node], []), "altered", "exec"), names)
                    changed |= _names(node, ast.Store)
        old = vars(sys.modules[module])
        before = {name: old[name] for name in changed if name in old}
        for other in list(sys.modules.values()):
            inside = getattr(other, "__dict__", {})
            for name, value in before.items():
                # small numbers are one object: another module may have such a constant of its own
                if inside.get(name) is value and (inside is old or name in _imported(other)):
                    inside[name] = names[name]


@cache
def _imported(module: ModuleType) -> frozenset[str]:
    """The names that a module takes from others."""
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError):
        return frozenset()
    taken = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return frozenset(alias.asname or alias.name for node in taken for alias in node.names)


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "altered", "eval"), names)


def _names(node: ast.AST, context: type) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, context)}


def _holds(node: ast.AST, place: ast.AST) -> bool:
    return any(inner is place for inner in ast.walk(node))
