"""The claims of a ledger decided, each kind by calls of the engine."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import ModuleType

from bounds.certify.errors import BoundsError, Inconclusive
from bounds.certify.language.comparison import Comparison
from bounds.certify.language.statement import Statement
from proofs_check.audit.facts import Proved, Run
from proofs_check.audit.ledger.entry import Entry
from proofs_check.audit.ledger.numbers import decide_constant, decide_root, decide_supremum
from proofs_check.audit.ledger.premises import settled
from proofs_check.audit.ledger.repairs import best_constant, repairs_of, told_constant
from proofs_check.audit.ledger.shapes import decide_shape, repaired_shape
from proofs_check.audit.ledger.statements import (
    OnPieces,
    certificates,
    certified,
    fact,
    left_open,
    on_pieces,
    refuted,
    replayed,
    with_lines,
    witness_of,
)
from proofs_check.audit.ledger.tables import decide_table
from proofs_check.audit.verdict import (
    CERTIFIED,
    NOT_MACHINE_CHECKABLE,
    REFUTED,
    REPAIRED,
    Decision,
)

METHODS = {
    "inequality": "a proof on the stated domain, or an exact point where it fails",
    "identity": "algebra, or an exact point where it fails",
    "constant": "an enclosure of the value, and the numbers that round to the decimal",
    "table": "each entry, or each row, as a statement about constants",
    "monotone": "the sign of the derivative, or two exact points",
    "convex": "the sign of the second derivative, or three exact points",
    "root": "signs and slope around each root, and the sign of the difference elsewhere",
    "supremum": "a bound on the whole domain, and where it is attained or approached",
    "definition": "every condition under which the expression has a value",
    "words": "an argument on paper, which no machine has read",
    "check": "Python beside the ledger",
}
"""How each kind is decided, for the reports."""

NO_MACHINE = "not decided by machine"


def decide_entry(entry: Entry, *, repair: bool = True) -> Decision:
    """The verdict on a claim of a ledger.

    Args:
        entry: the claim.
        repair: also look for what holds in place of a false inequality, and for the best constant.

    Raises:
        Inconclusive: it is not decided.
    """
    if entry.kind in ("inequality", "identity"):
        return _of_statement(entry, repair=repair)
    decision = _BY_KIND[entry.kind](entry)
    if repair and entry.kind in ("monotone", "convex") and decision.verdict is REFUTED:
        return repaired_shape(entry, decision)
    return decision


def _of_statement(entry: Entry, *, repair: bool) -> Decision:
    statement, found = entry.statement, settled(entry)
    if found.against is not None:
        return _false(entry, found, repair=repair)
    if not found.holds:
        return left_open(found)
    decision = certified(found, str(statement))
    return _with_best(entry, decision) if repair and "sharpen" in entry.data else decision


def _false(entry: Entry, found: OnPieces, *, repair: bool) -> Decision:
    """The decision on a false statement, with what holds instead where that is found."""
    against = found.against
    assert against is not None
    try:
        witness = witness_of(against)
    except Inconclusive:
        if not found.statement.domain.exists:
            raise
        line = Proved(f"witness: {against.reason}", Run("bounds.decide", 1))
        return Decision(REFUTED, against.reason, (line,))
    decision = refuted(witness)
    instead = repairs_of(entry, found.statement, 0.5 * entry.seconds) if repair else []
    if not instead:
        return decision
    lines = []
    for one in instead:
        word = "holds on a part" if one.on_a_part else "holds instead"
        lines.append(fact(f"{word}: {one.finding}", *one.outcomes))
    outcomes = [outcome for one in instead for outcome in one.outcomes]
    in_place = [one.finding for one in instead if not one.on_a_part]
    finding = f"{decision.finding}; it holds on a part: {instead[0].finding}"
    if in_place:
        finding = f"{in_place[0]}; not as printed: {decision.finding}"
    return Decision(
        REPAIRED if in_place else REFUTED,
        finding,
        (*decision.lines, *lines),
        certificates=(*decision.certificates, *certificates(*outcomes)),
    )


def _with_best(entry: Entry, decision: Decision) -> Decision:
    """The same with the best constant, where one is asked for."""
    try:
        found = best_constant(entry.sharpened, entry.domain, 0.5 * entry.seconds)
    except BoundsError as reason:
        return with_lines(decision, [f"the best constant is not found: {reason}"])
    told = told_constant(found)
    if found.outcome != "sharp" or found.proof is None:
        return with_lines(decision, [told])
    return with_lines(
        decision, [Proved(told, replayed(found.proof), Run("bounds.sharpen", 1))], [found.proof]
    )


def _definition(entry: Entry) -> Decision:
    e = entry.expression
    found = on_pieces(Statement((Comparison(e, "=", e),), entry.domain), entry.seconds)
    if found.against is not None:
        return refuted(witness_of(found.against))
    if not found.holds:
        return left_open(found)
    where = f" for {entry.domain}" if str(entry.domain) else ""
    sentence = f"{e} is defined{where}"
    return Decision(
        CERTIFIED,
        sentence,
        (fact(sentence, *found.outcomes),),
        certificates=certificates(*found.outcomes),
    )


def _words(entry: Entry) -> Decision:
    """No verdict: what an argument on paper says is shown, and not counted as proved."""
    return Decision(NOT_MACHINE_CHECKABLE, NO_MACHINE, (f"on paper: {entry['argument']}",))


def _check(entry: Entry) -> Decision:
    decision: object = find_check(entry)()
    if not isinstance(decision, Decision):
        raise TypeError(f"{entry['check']} returns no Decision, but {type(decision).__name__}")
    return decision


def find_check(entry: Entry) -> Callable[[], Decision]:
    """The function that decides a claim in Python, found by import from the ledger's folder.

    Raises:
        LedgerError: the module cannot be imported, or has no such function.
    """
    name, _, function = entry["check"].partition(":")
    try:
        module = _module(entry.source.folder, name)
    except Exception as reason:
        told = f"{type(reason).__name__}: {reason}"
        raise entry.error(f"{name} cannot be imported ({told:.200})", "check") from reason
    found = getattr(module, function, None)
    if not callable(found):
        raise entry.error(f"{name} has no function {function}: define it there", "check")
    return found


def _module(folder: Path, name: str) -> ModuleType:
    """A module of a folder, under a name of its own: two ledgers may each have a `checks.py`."""
    file = folder.joinpath(*name.split(".")).with_suffix(".py")
    own = f"_ledger_{sha256(str(folder.resolve()).encode()).hexdigest()[:12]}.{name}"
    if own in sys.modules:
        return sys.modules[own]
    spec = importlib.util.spec_from_file_location(own, file)
    if spec is None or spec.loader is None or not file.is_file():
        raise ImportError(f"there is no {file.name} beside the ledger")
    module = importlib.util.module_from_spec(spec)
    sys.modules[own] = module
    try:
        with _importable(folder):
            spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[own]
        raise
    return module


@contextmanager
def _importable(folder: Path) -> Iterator[None]:
    """Let a module import its neighbours."""
    sys.path.insert(0, str(folder.resolve()))
    try:
        yield
    finally:
        sys.path.remove(str(folder.resolve()))


_BY_KIND: dict[str, Callable[[Entry], Decision]] = {
    "constant": decide_constant,
    "table": decide_table,
    "monotone": decide_shape,
    "convex": decide_shape,
    "root": decide_root,
    "supremum": decide_supremum,
    "definition": _definition,
    "words": _words,
    "check": _check,
}
