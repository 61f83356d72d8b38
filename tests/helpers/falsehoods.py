"""Falsehoods that the checker of proofs would accept without one of its steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dropped_steps import dropped

from bounds.certify.checker.conditions import conditions
from bounds.certify.checker.constants import Constants
from bounds.certify.checker.differentiate import derivative
from bounds.certify.checker.germ import Germ, Side, germ
from bounds.certify.checker.grammar import read_expression
from bounds.certify.checker.precision import Work
from bounds.certify.checker.program import compiled
from bounds.certify.checker.proof import check_pattern, check_proof
from bounds.certify.checker.verdict import BeyondLimit, Rejected, Undecided

Falsehood = Callable[[], bool]
"""Whether a falsehood is accepted."""

Step = tuple[str, Falsehood]
"""The name of a step, and what is accepted without it."""


def proves(claim: str, domain: str, proof: Any, given: Any = ()) -> Falsehood:
    """That a claim is accepted."""
    proofs = proof if isinstance(proof, list) else [proof]
    return lambda: check_proof(claim, domain, list(given), proofs, seconds=5).accepted


def table(text: str, low: str, high: str, proof: Any, signs: list[int]) -> Falsehood:
    """That an expression of x is said to have these signs between two ends."""
    return lambda: got(lambda: check_pattern(text, "x", low, high, proof, seconds=5)) == signs


def near(text: str, point: str | None, side: int, found: Germ) -> Falsehood:
    """That an expression of x is said to be so near an end."""

    def call() -> Germ:
        end = Side(None if point is None else read_expression(point), side)
        return germ(read_expression(text), "x", end, Constants(Work(5_000_000)))

    return lambda: got(call) == found


def got(call: Callable[[], Any]) -> Any:
    """What a call returns; the word "refused" where it is refused."""
    try:
        return call()
    except (Rejected, Undecided, BeyondLimit):
        return "refused"


def lemma(claim: str, domain: str) -> dict[str, str]:
    """A given statement of the name L."""
    return {"name": "L", "claim": claim, "domain": domain, "sha256": "0" * 64}


def forget() -> None:
    """Forget what was worked out with other steps."""
    for memory in (derivative, conditions, compiled):
        memory.cache_clear()


def is_needed(step: Step) -> None:
    """The falsehood is refused, and accepted without the step."""
    name, falsehood = step
    assert not falsehood()
    forget()
    try:
        with dropped(name):
            assert falsehood()
    finally:
        forget()
