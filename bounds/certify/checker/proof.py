"""Certificates of statements in the common language, each comparison with a tree of rules.

    statement: {"claim": "x < exp(x)", "domain": "x in (0, inf)", "given": [...]}
    evidence: {"version": 1, "proofs": [one for each comparison, in the order of reading]}

`check_proof`, `check_goal` and `check_pattern` do the same without a file, for a search that wants
to know whether what it found is a proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import (  # they add rules
    extents,  # noqa: F401
    gram,  # noqa: F401
    moves,
    periods,  # noqa: F401
    pieces,  # noqa: F401
    reading,
)
from bounds.certify.checker.conditions import require_whole_ends
from bounds.certify.checker.constants import Constants
from bounds.certify.checker.enclose import ADDED, add_enclosure
from bounds.certify.checker.expression import Node, substitute, told
from bounds.certify.checker.goal import Goal
from bounds.certify.checker.grammar import (
    Comparison,
    read_claim_text,
    read_expression,
    read_name,
)
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.interval_text import (
    Domain,
    constraint_of,
    read_domain,
    read_interval,
)
from bounds.certify.checker.kinds import Kind, register_kind
from bounds.certify.checker.number import cut, shown
from bounds.certify.checker.pattern import Line
from bounds.certify.checker.precision import Work, library_fault
from bounds.certify.checker.region import Region
from bounds.certify.checker.verdict import BeyondLimit, Rejected, Verdict

VERSION = 1
MOST_COMPARISONS, MOST_LEMMAS = 64, 64
_NAME = 80


@dataclass(frozen=True, slots=True)
class Lemma:
    """A statement that is taken as given.

    Attributes:
        name: how proofs call it.
        claim, domain: its text.
        sha256: the hash of the certificate that proves it.
    """

    name: str
    claim: str
    domain: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ProofClaim:
    """Comparisons that hold on a domain, with their proofs as they were read from JSON."""

    claim: tuple[Comparison, ...]
    domain: str
    given: tuple[Lemma, ...]
    proofs: tuple[Any, ...]


def read_proof(statement: Any, evidence: Any) -> ProofClaim:
    """The claim of a proof.

    Raises:
        Rejected: it is malformed.
    """
    claim, domain, given = reading.fields(statement, "a statement", "claim", "domain", "given")
    version, proofs = reading.fields(evidence, "the evidence of a proof", "version", "proofs")
    if version != VERSION or type(version) is not int:
        raise Rejected(f"the version {shown(version)} of a proof is not known")
    if not isinstance(domain, str):
        raise Rejected(f"{shown(domain)} is not a domain in a string")
    comparisons = read_claim_text(claim)
    if len(comparisons) > MOST_COMPARISONS:
        raise Rejected(f"a statement makes at most {MOST_COMPARISONS} comparisons")
    if not isinstance(proofs, list) or len(proofs) != len(comparisons):
        raise Rejected(f"there are {len(comparisons)} comparisons, each with a proof")
    return ProofClaim(comparisons, domain, _lemmas(given), tuple(proofs))


def _lemmas(given: Any) -> tuple[Lemma, ...]:
    if not isinstance(given, list) or len(given) > MOST_LEMMAS:
        raise Rejected(f'"given" is a list of at most {MOST_LEMMAS} statements')
    found = []
    for entry in given:
        values = reading.fields(entry, "a given statement", "name", "claim", "domain", "sha256")
        if not all(isinstance(value, str) for value in values) or len(values[0]) > _NAME:
            raise Rejected("a given statement consists of texts")
        found.append(Lemma(*values))
    if len({lemma.name for lemma in found}) != len(found):
        raise Rejected("two given statements have one name")
    return tuple(found)


def replay_proof(claim: ProofClaim, work: Work | None = None) -> Iterator[tuple[int, int]]:
    """Prove the comparisons again, one after the other.

    Raises:
        Rejected: a step is not proved.
        BeyondLimit: the work allowed is done.
    """
    constants = Constants(work)
    domain = read_domain(claim.domain, constants)
    lemmas = {lemma.name: _readied(lemma, constants) for lemma in claim.given}
    integers = domain.region.integers
    for comparison in claim.claim:
        for side in (comparison.left, comparison.right):
            if side.free - domain.region.spans.keys():
                raise Rejected(f"the domain does not say where {min(side.free)} is")
            require_whole_ends(side, integers)
    for constraint, _ in domain.region.constraints:
        require_whole_ends(constraint, integers)
    if domain.exists:
        yield from _replay_exists(claim, domain, lemmas)
        return
    total = len(claim.proofs)
    for done, (comparison, proof) in enumerate(zip(claim.claim, claim.proofs, strict=True), 1):
        f, relation = constraint_of(comparison)
        Goal(f, relation, domain.region, 0, lemmas).prove(proof)
        yield done, total


def _readied(lemma: Lemma, constants: Constants) -> tuple[list[tuple[Node, str]], Region]:
    domain = read_domain(lemma.domain, constants)
    # step: a lemma holds for all values of its variables [false]
    if domain.exists:
        raise Rejected("a given statement holds for all values of its variables")
    comparisons = read_claim_text(lemma.claim)
    for comparison in comparisons:
        if (comparison.left.free | comparison.right.free) - domain.region.spans.keys():
            raise Rejected("a given statement has a variable that its domain does not mention")
    return [constraint_of(comparison) for comparison in comparisons], domain.region


def _replay_exists(
    claim: ProofClaim, domain: Domain, lemmas: dict[str, Any]
) -> Iterator[tuple[int, int]]:
    """One choice of the variables that exist, for all comparisons: {"with", "inside", "proof"}."""
    region = domain.region
    bound = region.with_spans(dict.fromkeys(domain.exists))
    chosen: Any = None
    total = len(claim.proofs)
    for done, (comparison, proof) in enumerate(zip(claim.claim, claim.proofs, strict=True), 1):
        if not isinstance(proof, dict) or proof.get("rule") != "exists":
            raise Rejected("what exists is given by the rule exists")
        _, given, inside, inner = reading.fields(proof, "exists", "rule", "with", "inside", "proof")
        if not isinstance(given, dict) or given.keys() != set(domain.exists):
            raise Rejected("there is an expression for each variable that exists")
        # step: one choice serves all comparisons [false 1/3]
        if chosen is not None and given != chosen:
            raise Rejected("all comparisons need the same choice")
        chosen = given
        f, relation = constraint_of(comparison)
        outer = Goal(f, relation, bound, 0, lemmas)
        place = {name: outer.defined(text) for name, text in given.items()}
        needs = []
        for name in domain.exists:
            span = region.spans[name]
            # step: a whole number is chosen where one is asked for [false 1/4]
            if span.integer and not moves.whole(outer, place[name]):
                raise Rejected(f"what is chosen for {name} is not a whole number")
            if span.low is not None:
                # step: strictly, at an open end [true]
                needs.append((place[name] - span.low, ">=" if span.low_closed else ">"))
            if span.high is not None:
                needs.append((span.high - place[name], ">=" if span.high_closed else ">"))
        # step: the choice fulfils the constraints [true 2/2]
        needs += [
            (substitute(c, place), kind)
            for c, kind in region.constraints
            if not c.free.isdisjoint(domain.exists)
        ]
        if not isinstance(inside, list) or len(inside) != len(needs):
            raise Rejected(f"{len(needs)} goals prove that the choice is allowed")
        for (node, kind), part in zip(needs, inside, strict=True):
            # step: what is said to exist lies where it is said [drop]
            outer.of(node, kind).prove(part)
        outer.of(substitute(f, place)).prove(inner)
        yield done, total


def told_proof(claim: ProofClaim) -> str:
    """What is proved, in the checker's words."""
    constants = Constants(Work(10_000_000))
    domain = read_domain(claim.domain, constants)
    parts = [f"{told(c.left)} {c.relation} {told(c.right)}" for c in claim.claim]
    text = " and ".join(parts)
    if domain.text:
        text = f"for all {domain.text}: {text}"
    if claim.given:
        names = ", ".join(
            f"{lemma.name} ({lemma.claim}, {lemma.domain}; certificate {lemma.sha256[:12]})"
            for lemma in claim.given
        )
        text += f"; given: {names}"
    if used := engine_functions(claim):
        text += f"; with enclosures of {', '.join(sorted(used))} that the checker was given"
    return text


def engine_functions(claim: ProofClaim) -> frozenset[str]:
    """The functions of the claim whose enclosures the checker was given, and did not compute."""
    heads = set(ADDED)
    found: set[str] = set()
    for comparison in claim.claim:
        for side in (comparison.left, comparison.right):
            found |= heads & _heads(side)
    return frozenset(found)


def _heads(node: Node) -> set[str]:
    found, waiting = set(), [node]
    while waiting:
        part = waiting.pop()
        found.add(part.head)
        if part.head not in ("number", "variable"):
            waiting.extend(part.args)
    return found


register_kind("proof", Kind(read_proof, replay_proof, told_proof))


# Without a file


def check_proof(
    claim: str,
    domain: str,
    given: Sequence[Mapping[str, str]],
    proofs: Sequence[Any],
    *,
    seconds: float = 60,
    functions: Mapping[str, Callable[..., Interval]] | None = None,
) -> Verdict:
    """Prove a statement again, as from a certificate.

    Args:
        claim: the comparisons, as text.
        domain: where they hold, as text.
        given: statements that may be used: name, claim, domain and sha256 of each.
        proofs: one for each comparison, as plain data.
        seconds: how much work is allowed, in seconds of one core or less.
        functions: enclosures of functions that the checker has not.

    Returns:
        The verdict; it is accepted only if every comparison is proved on the whole domain.
    """
    for name, function in (functions or {}).items():
        add_enclosure(name, function)

    def replay() -> str:
        statement = {"claim": claim, "domain": domain, "given": [dict(entry) for entry in given]}
        read = read_proof(statement, {"version": VERSION, "proofs": list(proofs)})
        for _ in replay_proof(read, Work(seconds * 1_000_000)):
            pass
        return f"proved: {told_proof(read)}"

    return _judged(replay)


def _judged(replay: Callable[[], str]) -> Verdict:
    began = perf_counter()
    try:
        if fault := library_fault():
            raise BeyondLimit(fault)
        with gmpy2.context():
            told_of = replay()
        return Verdict("accepted", told_of, None, perf_counter() - began)
    except Rejected as error:
        return Verdict("rejected", str(error), error.piece, perf_counter() - began)
    except BeyondLimit as error:
        return Verdict("undecided", f"undecided: {error}", None, perf_counter() - began)
    except (RecursionError, MemoryError) as error:
        reason = f"undecided: the check needs more memory than it has ({type(error).__name__})"
        return Verdict("undecided", reason, None, perf_counter() - began)
    except Exception as error:  # what was not foreseen proves nothing, either
        reason = f"the check broke off with {type(error).__name__}: {cut(str(error), 300)}"
        return Verdict("rejected", reason, None, perf_counter() - began)


def check_goal(
    text: str,
    relation: str,
    domain: str,
    proof: Any,
    *,
    seconds: float = 60,
    given: Sequence[Mapping[str, str]] = (),
) -> Verdict:
    """Prove one goal f relation 0 on a domain; see `check_proof`."""

    def replay() -> str:
        constants = Constants(Work(seconds * 1_000_000))
        lemmas = {
            lemma.name: _readied(lemma, constants) for lemma in _lemmas([dict(g) for g in given])
        }
        region = read_domain(domain, constants).region
        Goal(read_expression(text), relation, region, 0, lemmas).prove(proof)
        return "proved"

    return _judged(replay)


def check_pattern(
    text: str, variable: str, low: str, high: str, proof: Any, *, seconds: float = 60
) -> list[int]:
    """The signs of an expression on an open interval, by a proof of its pattern.

    Args:
        text: the expression.
        variable: its variable.
        low: the lower end, a constant or -inf.
        high: the upper end, a constant or inf.
        proof: the node.
        seconds: how much work is allowed.

    Returns:
        The signs, from left to right.

    Raises:
        Rejected: a step is not proved.
        BeyondLimit: a limit is reached.
    """
    with gmpy2.context():
        constants = Constants(Work(seconds * 1_000_000))
        name = str(read_name(variable).args[0])
        span = read_interval(f"({low}, {high})", constants)
        line = Line(name, Region({name: span}, constants=constants))
        _, signs = line.prove(text, proof)
        return signs
