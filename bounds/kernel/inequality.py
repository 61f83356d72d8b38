"""Inequalities over a box, and zeros of one unknown, as Coq files."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.operations import Term
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.sign import SignClaim
from bounds.certify.checker.term import evaluate
from bounds.certify.checker.verdict import Undecided
from bounds.certify.checker.zero import ZeroClaim
from bounds.certify.errors import Inconclusive
from bounds.kernel import text
from bounds.kernel.text import number

_UNARY = {
    "sqrt": "(sqrt {})",
    "exp": "(exp {})",
    "expm1": "(exp {} - 1)",
    "log": "(ln {})",
    "density": "(density {})",
}
_DEEPEST = 60
_DEGREE = 10
_SPARE_BITS = 32


def sign_file(claim: SignClaim) -> str:
    """A Coq file that ends in the theorem `sign`: for all variables of the box, lesser < greater.

    What must hold for the terms to be defined is part of the theorem, as Coq's functions are total.

    Raises:
        Inconclusive: a term has an operation that intervals of Coq do not evaluate.
    """
    ranges = [(name, _fraction(low), _fraction(high)) for name, (low, high) in claim.variables]
    names = [name for name, *_ in ranges]
    given = "".join(f"{_within(*side)} -> " for side in ranges)
    conditions = _conditions(claim.lesser, claim.greater)
    parts = [*conditions, f"{_written(claim.lesser)} < {_written(claim.greater)}"]
    statement = given + " /\\ ".join(parts)
    splits = "".join(f", i_bisect {_variable(name)}" for name in names)
    depth = f", i_depth {_DEEPEST}" if names else ""
    settings = f"i_prec {claim.bits + _SPARE_BITS}{splits}{depth}"
    by = f"timeout {text.GOAL_SECONDS} (interval with ({settings}))"
    return f"""{text.header("An inequality over a box.")}
Theorem sign : {_for_all(names)}{statement}.
Proof.
  intros; repeat split; unfold density;
    first [lra | apply Rgt_not_eq; {by} | apply Rlt_not_eq; {by} | apply Rminus_lt; {by} | {by}].
Qed.
"""


def zero_file(claim: ZeroClaim, rising: bool) -> str:
    """A Coq file that ends in the theorem `zero`: the unknown has exactly one zero in its range.

    Raises:
        Inconclusive: there is more than one unknown or a parameter, or an operation that Coq's
            intervals do not evaluate.
    """
    if len(claim.unknowns) != 1 or claim.parameters:
        raise Inconclusive("the kernel's library reaches zeros of one unknown, without parameters")
    ((name, (low, high)),) = claim.unknowns
    sign, bits = 1 if rising else -1, claim.bits + _SPARE_BITS
    ends = f"{number(_fraction(low))} {number(_fraction(high))}"
    conditions, given, settled = _conditions(claim.system[0]), "", ""
    if conditions:
        within = _within(name, _fraction(low), _fraction(high))
        all_of_them = " /\\ ".join(conditions)
        given = f"(forall {_variable(name)} : R, {within} -> {all_of_them}) /\\ "
        settled = "split; [intros; repeat split; by_side_conditions by_interval|].\n  "
    return f"""{text.header("A zero.")}
{text.precision(bits, _DEGREE)}
Definition f ({_variable(name)} : R) : R := {_written(claim.system[0])}.

Theorem zero : {given}one_zero f {ends}.
Proof.
  {settled}apply (one_zero_intro ({sign})); unfold f, density; [lra | | by_interval | by_interval].
  intros; eexists; split.
  - auto_derive; [by_side_conditions by_interval | reflexivity].
  - by_interval.
Qed.
"""


def rises(claim: ZeroClaim) -> bool:
    """Whether the first term of a system is larger at the upper end of its unknown: a guess."""
    if len(claim.unknowns) > 1 or claim.parameters:
        return True  # `zero_file` refuses it
    ((name, (low, high)),) = claim.unknowns
    at = Precision(claim.bits)
    try:
        ends = [
            evaluate(claim.system[0], {name: Interval.enclosing(at, end, end)}, at)
            for end in (low, high)
        ]
    except Undecided:
        return True
    return bool(ends[0] < ends[1])


def _conditions(*terms: Term) -> list[str]:
    """What must hold for terms to be defined."""
    found: dict[str, None] = {}
    waiting = list(terms)
    while waiting:
        term = waiting.pop(0)
        if not isinstance(term, tuple):
            continue
        name, *parts = term
        if name == "/" and isinstance(parts[1], (str, tuple)):
            found[f"{_written(parts[1])} <> 0"] = None
        if name == "log":
            found[f"0 < {_written(parts[0])}"] = None
        if name == "sqrt":
            found[f"0 <= {_written(parts[0])}"] = None
        waiting += parts
    return list(found)


def _for_all(names: Iterable[str]) -> str:
    told = " ".join(map(_variable, names))
    return f"forall {told} : R, " if told else ""


def _within(name: str, low: Fraction, high: Fraction) -> str:
    return f"{number(low)} <= {_variable(name)} <= {number(high)}"


def _variable(name: str) -> str:
    return f"v_{name}"


def _written(term: Term) -> str:
    """A term as Coq reads it."""
    if isinstance(term, str):
        return _variable(term)
    if not isinstance(term, tuple):
        return number(_fraction(term))
    name, *arguments = term
    if name in ("+", "-", "*", "/"):
        first, second = map(_written, arguments)
        return f"({first} {name} {second})"
    if name == "power":
        if int(arguments[1]) < 0:
            raise Inconclusive("a power with a negative exponent is written as a quotient")
        return f"({_written(arguments[0])} ^ {int(arguments[1])})"
    if name == "pi":
        return "PI"
    if name in _UNARY:
        return _UNARY[name].format(_written(arguments[0]))
    raise Inconclusive(f"the intervals of Coq do not evaluate the operation {name}")


def _fraction(value: object) -> Fraction:
    return Fraction(int(value.numerator), int(value.denominator))  # type: ignore[attr-defined]
