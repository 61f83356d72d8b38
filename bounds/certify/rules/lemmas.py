"""Proofs by lemmas: statements that are proved already, with expressions in place of variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache
from itertools import product

from bounds.certify.language.domain import Domain
from bounds.certify.language.expression import BINDERS, Expr, substitute, variable
from bounds.certify.language.statement import Statement
from bounds.certify.language.text import to_text
from bounds.certify.rules.goal import Deadline, Goal, Node, Prover
from bounds.certify.rules.normal import is_zero, normal_expr
from bounds.certify.rules.samples import looks
from bounds.certify.rules.single import comparison_goal

_MOST_TERMS, _MOST_PLACES = 10, 60

_GIVEN: ContextVar[tuple[Mapping[str, str], ...]] = ContextVar("given", default=())


def lemmas_given() -> tuple[Mapping[str, str], ...]:
    """The lemmas that a goal inside a proof may use."""
    return _GIVEN.get()


@contextmanager
def with_lemmas(lemmas: Sequence[Mapping[str, str]]) -> Iterator[None]:
    """Within it, goals inside a proof may use these lemmas, and no others."""
    token = _GIVEN.set(tuple(lemmas))
    try:
        yield
    finally:
        _GIVEN.reset(token)


def by_lemmas(
    goal: Goal, lemmas: Sequence[Mapping[str, str]], prove: Prover, deadline: Deadline
) -> Iterator[Node]:
    """Proofs of f rel 0 as a lemma, or as a lemma plus something that is not negative.

    Args:
        goal: what is claimed.
        lemmas: for each its name, claim and domain.
        prove: proves what is left, and that the lemma's domain is met.
        deadline: when to stop.
    """
    if goal.relation not in (">", ">="):
        return
    for lemma in lemmas:
        statement = _read(lemma["claim"], lemma["domain"])
        for comparison in statement.comparisons:
            known = comparison_goal(comparison, statement.domain)
            if known.relation not in (">", ">="):
                continue
            for place in _places(goal, statement.domain):
                deadline.check()
                others = [one for one in lemmas if one is not lemma]
                with with_lemmas(others):  # so that the search ends
                    node = _used(goal, known, place, lemma["name"], prove, deadline)
                if node is not None:
                    yield node


@lru_cache(maxsize=256)
def _read(claim: str, domain: str) -> Statement:
    return Statement.read(claim, domain)


def _used(
    goal: Goal, known: Goal, place: Mapping[str, Expr], name: str, prove: Prover, deadline: Deadline
) -> Node | None:
    value = substitute(known.f, place)
    rest = normal_expr(goal.f - value)
    exact = is_zero(rest)
    if not exact and looks(goal.of(rest, ">=")) == "false":
        return None
    inside = []
    for need in _needs(known.domain, place, goal):
        node = prove(need, deadline.within(0.3 * deadline.left()))
        if node is None:
            return None
        inside.append(node)
    given: Node = {
        "rule": "given",
        "name": name,
        "with": {key: to_text(e) for key, e in place.items()},
        "domain": inside,
    }
    if exact:
        return given if known.relation == ">" or goal.relation == ">=" else None
    strict = goal.relation == ">" and known.relation != ">"
    left = prove(goal.of(rest, ">" if strict else ">="), deadline.within(0.5 * deadline.left()))
    if left is None:
        return None
    return {
        "rule": "sum",
        "parts": [
            {"of": to_text(value), "sign": known.relation, "proof": given},
            {"of": to_text(rest), "sign": ">" if strict else ">=", "proof": left},
        ],
    }


def _needs(domain: Domain, place: Mapping[str, Expr], goal: Goal) -> Iterator[Goal]:
    """What the lemma's domain asks of the expressions, in the checker's order."""
    for key, allowed in domain.ranges.items():
        if allowed.low is not None:
            yield goal.of(place[key] - allowed.low, ">" if allowed.low_open else ">=")
        if allowed.high is not None:
            yield goal.of(allowed.high - place[key], ">" if allowed.high_open else ">=")
    for constraint in domain.constraints:
        need = comparison_goal(constraint, domain)
        yield replace(goal, f=substitute(need.f, place), relation=need.relation)


def _places(goal: Goal, domain: Domain) -> Iterator[Mapping[str, Expr]]:
    """What the lemma's variables may stand for: variables and arguments in the goal."""
    names = list(domain.ranges)
    if set(names) <= set(goal.domain.ranges):
        yield {name: variable(name) for name in names}
    terms = _terms(goal.f)[:_MOST_TERMS]
    if len(terms) ** len(names) <= _MOST_PLACES:
        for values in product(terms, repeat=len(names)):
            yield dict(zip(names, values, strict=True))


def _terms(f: Expr) -> list[Expr]:
    found: dict[Expr, None] = {}

    def go(e: Expr) -> None:
        if e.head in ("number", "variable") or e.head in BINDERS:
            return
        for part in e.args:
            if part.free and e.head not in ("+", "*"):
                found[part] = None
            go(part)

    go(f)
    for name in sorted(f.free):
        found.setdefault(variable(name), None)
    return sorted(found, key=lambda e: len(to_text(e)))


def lemma_names(node: object) -> set[str]:
    """The lemmas that a proof uses."""
    if isinstance(node, dict):
        own = {node["name"]} if node.get("rule") == "given" else set()
        return own.union(*(lemma_names(value) for value in node.values()))
    if isinstance(node, list):
        return set().union(*(lemma_names(value) for value in node))
    return set()
