"""Random statements, true and false by construction: does the decider ever prove a falsehood?

    python -m campaigns.statements [--count 100000] [--jobs 2] [--seed 0]

A true statement is a known inequality or identity, changed in ways that keep it true (see
`campaigns.facts`). A false one is made from it: by a margin at a known point, by strictness at a
known point of equality, by the other relation, by another number or function, on a larger domain;
an undefined one gets a term that has no value at a known point. A false or undefined statement has
a witness, where mpmath and fractions find it so at 80 digits. It is a failure if a statement that
is not true is proved, if a true one is refuted, if the witness of a refutation is none, or if the
checker accepts for a false statement a proof that was forged: the proof of the true one, with
numbers changed as in the statement, with rules, signs, cuts and orders altered, nodes left out, or
what the prover thinks a proof of the false one. Statements are drawn chunk by chunk, each from its
own seed; finished chunks are kept in campaigns-statements.partial, and a run that was killed goes
on from there. The exit status is 1 if there is a failure.
"""

from __future__ import annotations

import argparse
import copy
import json
import multiprocessing
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

from bounds.certify.checker.proof import check_proof
from bounds.certify.errors import BoundsError
from bounds.certify.io.journal import journal
from bounds.certify.language.statement import Statement
from bounds.certify.rules.decide import candidates, decide
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.outcome import Outcome
from bounds.certify.rules.single import comparison_goal
from campaigns.facts import IDENTITIES, MAPS, Fact, Place, draw_fact, put, rational, span
from campaigns.values import Unclear, Undefined, compare, holds, value

CHUNK = 25
SECONDS = 0.6
"""How long the decider may try each statement."""

Trial = tuple[Counter[str], list[str]]
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True)
class Known:
    """A statement of one comparison, and whether it is true.

    Attributes:
        left, relation, right: what is claimed.
        fact: its domain, and what it was made from.
        truth: "true", "false" or "undefined".
        witness: where it is false or undefined.
        how: what was done to make it so.
        edits: texts that were replaced in the statement, with what took their place.
    """

    left: str
    relation: str
    right: str
    fact: Fact
    truth: str
    how: str
    witness: Place | None = None
    edits: tuple[tuple[str, str], ...] = ()

    @property
    def claim(self) -> str:
        """The comparison as text."""
        return f"{self.left} {self.relation} {self.right}"

    def __str__(self) -> str:
        at = "" if self.witness is None else f" at {told(self.witness)}"
        made = "+".join(self.fact.origin)
        return f"{self.claim} for {self.fact.domain} ({self.truth}{at}; {made}: {self.how})"


def told(place: Place) -> str:
    """A point in words."""
    return ", ".join(f"{name} = {at}" for name, at in place.items())


# --- true statements -----------------------------------------------------------------------------


def true_statement(rng: random.Random, fact: Fact) -> Known:
    """A fact in one of the forms in which people write it."""
    strict = fact.strict and rng.random() < 0.8
    relation = "<" if strict else "<="
    if fact.strict and rng.random() < 0.05:
        relation = "!="
    left, right = fact.low, fact.high
    form = rng.randrange(4)
    if form == 1:
        left, right, relation = right, left, _TURNED[relation]
    elif form == 2:
        left, right = "0", f"{right} - ({left})"
    elif form == 3:
        left, right, relation = f"{right} - ({left})", "0", _TURNED[relation]
    return Known(left, relation, right, fact, "true", "as it is")


def identity(rng: random.Random) -> tuple[Known, Known | None]:
    """An equation that holds, and one that does not."""
    left, right, where = rng.choice(IDENTITIES)
    ranges = {name: span(text) for name, text in where.items()}
    fact = Fact(left, right, False, ranges, origin=("identity",))
    if len(ranges) == 1 and rng.random() < 0.5:
        fitting = [row for row in MAPS if row[0] == next(iter(where.values())) and len(row[2]) == 1]
        if fitting:
            _, inner, inside, _ = rng.choice(fitting)
            inner = put(inner, x="t")
            fact = replace(fact, low=put(left, t=inner), high=put(right, t=inner),
                           ranges={"t": span(inside["x"])})  # fmt: skip
    relation = rng.choice(("=", "=", "<=", ">="))
    true = Known(fact.low, relation, fact.high, fact, "true", "as it is")
    kind = rng.randrange(3)
    if kind == 0:
        return true, _with_witness(rng, replace(true, relation=rng.choice(("<", ">", "!="))))
    if kind == 1:
        return true, _edited(rng, true)
    amount = f"10^-{rng.randint(1, 15)}"
    if rng.random() < 0.3:
        amount += f"*{next(iter(ranges))}^{rng.randint(1, 4)}"
    more = f"{fact.high} + {amount}" if relation != "<=" else f"{fact.high} - {amount}"
    return true, _with_witness(rng, replace(true, right=more, how="a margin"))


# --- false statements ----------------------------------------------------------------------------


def points(rng: random.Random, fact: Fact, most: int = 40) -> Iterator[Place]:
    """Points of the domain: ends, near the ends and a point of equality, far away, simple ones."""
    if fact.equal is not None and _in(fact, fact.equal):
        yield fact.equal
    pools = {}
    for name, allowed in fact.ranges.items():
        pool = ["0", "1", "-1", "2", "1/2", "-1/2", "1/3", "3", "-7/3", "10", "-20", "1000",
                "1/1000", "-1/1000", "10^-6", rational(rng), rational(rng)]  # fmt: skip
        for end, way in ((allowed.low, "+"), (allowed.high, "-")):
            if end is not None:
                pool += [end, *(f"{end} {way} {d}" for d in ("10^-6", "1/1000", "1/10", "1", "5"))]
        if fact.equal is not None and not allowed.integer:
            pool += [f"{fact.equal[name]} {s}" for s in ("+ 1/1000", "- 1/1000", "+ 1/10", "- 1/2")]
        pools[name] = [at for at in map(_simplest, pool) if _has(allowed, at)]
    if not all(pools.values()):
        return
    tries = 1 if not pools else most if len(pools) > 1 else max(map(len, pools.values()))
    for i in range(tries):
        place = {
            name: pool[i % len(pool)] if len(pools) == 1 else rng.choice(pool)
            for name, pool in pools.items()
        }
        if _in(fact, place):
            yield place


def _simplest(at: str) -> str:
    if re.search("[a-z]", at):
        return at
    return str(value(at, {}))


def _has(allowed: Any, at: str) -> bool:
    try:
        return bool(allowed.has(at))
    except (Undefined, Unclear):
        return False


def _in(fact: Fact, place: Place) -> bool:
    try:
        return fact.has(place)
    except (Undefined, Unclear):
        return False


def _fails(known: Known, place: Place) -> str | None:
    """What a statement certainly is at a point: false or undefined; None if neither is certain."""
    try:
        order = compare(known.left, known.right, place)
    except Undefined:
        return "undefined"
    except Unclear:
        return None
    if order == 0 and not _same(known, place):
        return None
    return None if holds(known.left, known.relation, known.right, place) else "false"


def _same(known: Known, place: Place) -> bool:
    """Whether the sides are known to be equal, not only near."""
    if place == known.fact.equal or "identity" in known.fact.origin:
        return True
    a, b = value(known.left, place), value(known.right, place)
    return isinstance(a, Fraction) and isinstance(b, Fraction)


def _with_witness(rng: random.Random, known: Known) -> Known | None:
    for place in points(rng, known.fact):
        if (truth := _fails(known, place)) is not None:
            return replace(known, truth=truth, witness=place)
    return None


_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")
_NAME = re.compile(r"\b(?:exp|expm1|log|log1p|sin|cos|tan|atan|sinh|cosh|tanh|erf|Phi|mills|abs)\b")
_NAMES = (
    "exp",
    "expm1",
    "sin",
    "cos",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "erf",
    "Phi",
    "mills",
    "abs",
)


def _edited(rng: random.Random, known: Known) -> Known | None:
    """With another number, or another function, where that makes it false."""
    for _ in range(4):
        side = rng.choice(("left", "right"))
        text = getattr(known, side)
        numbers = [(found.start(), found.end()) for found in _NUMBER.finditer(text)]
        names = [(found.start(), found.end()) for found in _NAME.finditer(text)]
        if rng.random() < 0.75 and numbers:
            start, end = rng.choice(numbers)
            old = text[start:end]
            new = rng.choice((str(int(old) + 1), str(max(0, int(old) - 1)), f"({old} + 1/1000)",
                              f"({old} - 1/1000)", f"({old} + 10^-9)"))  # fmt: skip
        elif names:
            start, end = rng.choice(names)
            old, new = text[start:end], rng.choice(_NAMES)
        else:
            continue
        other = text[:start] + new + text[end:]
        edited = replace(known, how=f"{old} is {new}", edits=((old, new),))
        edited = replace(edited, **{side: other})
        if (found := _with_witness(rng, edited)) is not None:
            return found
    return None


def _larger(rng: random.Random, known: Known) -> Known | None:
    """On a larger domain: an end is closed, moved or left out, or a constraint is dropped."""
    fact = known.fact
    name = rng.choice(list(fact.ranges))
    allowed = fact.ranges[name]
    kind = rng.randrange(5)
    if kind == 0 and fact.constraints:
        fact = replace(fact, constraints=())
    elif kind == 1 and not allowed.integer:
        allowed = replace(allowed, low_open=False, high_open=False)
    elif kind == 2 and allowed.low is not None:
        allowed = replace(allowed, low=None)
    elif kind == 3 and allowed.high is not None:
        allowed = replace(allowed, high=None)
    elif allowed.low is not None:
        further = rng.choice(("1", "2", "10")) if allowed.integer else rng.choice(
            ("1", "1/10", "1/1000", "5"))  # fmt: skip
        allowed = replace(allowed, low=_simplest(f"{allowed.low} - {further}"))
    fact = replace(fact, ranges={**fact.ranges, name: allowed})
    return _with_witness(rng, replace(known, fact=fact, how="a larger domain"))


def _with_margin(rng: random.Random, known: Known) -> Known | None:
    """The low side is raised by a little more than is possible at some point."""
    fact = known.fact
    places = list(points(rng, fact, 12))
    if not places:
        return None
    place = fact.equal if fact.equal is not None and rng.random() < 0.5 else rng.choice(places)
    digits = rng.randint(1, 14)
    try:
        gap = value(f"{fact.high} - ({fact.low})", place)
        margin = Fraction(str(gap)) if not isinstance(gap, Fraction) else gap
    except (Undefined, Unclear, ValueError):
        return None
    if abs(margin) > 10**6 or (margin and abs(margin) < Fraction(1, 10**30)):
        return None
    step = Fraction(1, 10**digits)
    raised = (margin // step + 1) * step
    low = f"{fact.low} + {raised}"
    how = f"a margin of 10^-{digits}"
    return _with_witness(
        rng,
        replace(known, left=low, relation="<=", right=fact.high, how=how,
                fact=replace(fact, equal=place)),
    )  # fmt: skip


def _turned(rng: random.Random, known: Known) -> Known | None:
    relation = rng.choice((_TURNED[known.relation], "="))
    if relation == known.relation:
        return None
    return _with_witness(rng, replace(known, relation=relation, how="the other relation"))


def _strict(rng: random.Random, known: Known) -> Known | None:
    if known.relation not in ("<=", ">=") or known.fact.equal is None:
        return None
    relation = rng.choice((known.relation[0], known.relation[0], "!="))
    return _with_witness(rng, replace(known, relation=relation, how="strict"))


def _undefined(rng: random.Random, known: Known) -> Known | None:
    """With a term on both sides that has no value at a point of the domain."""
    places = list(points(rng, known.fact, 8))
    if not places:
        return None
    place = rng.choice(places)
    name = rng.choice(list(place))
    at = f"{name} - ({place[name]})"
    term = rng.choice((f"1/({at})", f"log(abs({at}))", f"({at})^-2", f"log(({at})^2)",
                       f"1/sin({at})", f"sqrt(-10^-6 + abs({at}))", f"asin(1 + 10^-9*cos({at}))",
                       f"exp(-1/({at})^2)", f"quantile(abs({at})/(1 + abs({at})))"))  # fmt: skip
    spoiled = replace(known, left=f"{known.left} + {term}", right=f"{known.right} + {term}",
                      how="an undefined term")  # fmt: skip
    if rng.random() < 0.3:
        spoiled = replace(known, left=f"{known.left} + 0*{term}", how="an undefined term")
    if _fails(spoiled, place) != "undefined":
        return None
    return replace(spoiled, truth="undefined", witness=place)


_WAYS = ((_edited, 4), (_larger, 5), (_with_margin, 5), (_turned, 2), (_strict, 4), (_undefined, 2))


def false_statement(rng: random.Random, true: Known) -> Known | None:
    """A statement that is false or undefined at its witness; None where none was found."""
    for _ in range(6):
        way = rng.choices([f for f, _ in _WAYS], [n for _, n in _WAYS])[0]
        found = way(rng, true)
        if found is not None:
            return found
    return None


# --- what the decider says of them ---------------------------------------------------------------


def judged(known: Known, outcome: Outcome) -> str | None:
    """What is wrong with an outcome; None if nothing is."""
    word = outcome.outcome
    if outcome.holds_everywhere and known.truth != "true":
        return f"{word}, though it is {known.truth}"
    if word in ("undecided", "proved"):
        return None
    if known.truth == "true":
        return None if outcome.holds_everywhere else f"{word}, though it is true"
    if outcome.witness is None:
        return None if word == "equal" else f"{word} without a witness"
    return _judged_witness(known, word, {n: str(at) for n, at in outcome.witness.items()})


def _judged_witness(known: Known, word: str, place: Place) -> str | None:
    at = f"the witness {told(place)}"
    fact = known.fact
    try:
        for name, allowed in fact.ranges.items():
            if not _may_have(allowed, place[name]):
                return f"{at} is not in the domain"
        for a, relation, b in fact.constraints:
            if not holds(a, relation, b, place):
                return f"{at} breaks {a} {relation} {b}"
    except (Undefined, Unclear):
        return None
    try:
        wrong = holds(known.left, known.relation, known.right, place)
    except Undefined:
        return None if word == "undefined" else f"{at} is where it is undefined"
    except Unclear:
        return None
    if word == "undefined":
        return f"{at} has a value"
    if wrong and compare(known.left, known.right, place) != 0:
        return f"it holds at {at}"
    return None


def _may_have(allowed: Any, at: str) -> bool:
    """Whether a number is in a range, if ends that are not told apart are."""
    if allowed.integer and value(at, {}) != int(value(at, {})):
        return False
    for low, high, is_open in (
        (allowed.low, at, allowed.low_open),
        (at, allowed.high, allowed.high_open),
    ):
        if low is None or high is None:
            continue
        order = compare(low, high, {})
        if order < 0 or (order == 0 and is_open and low == high):
            return False
    return True


# --- forgeries -----------------------------------------------------------------------------------

_RULES = (
    "obvious",
    "range",
    "rational",
    "constant",
    "equal",
    "point",
    "empty",
    "wave",
    "far",
    "root",
)


def forged(rng: random.Random, proof: Any) -> Any:
    """A proof with a few nodes, signs, numbers, cuts or orders altered."""
    proof = copy.deepcopy(proof)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        places = list(_places(proof))
        if not places:
            return {"rule": rng.choice(_RULES)}
        inside, key = rng.choice(places)
        inside[key] = _altered(rng, inside[key])
        if isinstance(inside, list) and rng.random() < 0.2:
            rng.shuffle(inside)
        elif (isinstance(inside, list) and rng.random() < 0.2) or (
            isinstance(inside, dict) and rng.random() < 0.05
        ):
            del inside[key]
    return proof


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    items: Any = ()
    if isinstance(node, dict):
        items = node.items()
    elif isinstance(node, list):
        items = enumerate(node)
    for key, part in items:
        yield node, key
        yield from _places(part)


def _altered(rng: random.Random, part: Any) -> Any:
    if isinstance(part, bool):
        return not part
    if isinstance(part, int):
        return part + rng.choice((-1, 1, 2))
    if part is None:
        return {"in": ["1/2", "1"]}
    if isinstance(part, dict):
        if "in" in part and rng.random() < 0.5:
            return None
        return {"rule": rng.choice(_RULES)}
    if isinstance(part, list):
        return part[::-1] if rng.random() < 0.5 else part[:-1]
    if isinstance(part, str):
        if part in (">", ">=", "<", "<=", "!="):
            return rng.choice((">", ">=", "<", "<="))
        if set(part) <= {"s", "."} and part:
            return "."
        if part in _RULES:
            return rng.choice(_RULES)
        if _NUMBER.search(part) and rng.random() < 0.6:
            return _NUMBER.sub(lambda n: str(int(n[0]) + rng.choice((0, 0, 1))), part)
        return rng.choice((f"-({part})", f"{part} + 1", "1", "0"))
    return part


def edited_proof(proof: Any, edits: Sequence[tuple[str, str]]) -> Any:
    """A proof in which the same texts are replaced as in the statement."""
    text = json.dumps(proof)
    for old, new in edits:
        text = re.sub(rf'(?<![\w."\d]){re.escape(old)}(?![\w.])', new.replace("\\", ""), text)
    try:
        return json.loads(text)
    except ValueError:
        return proof


def forgeries(rng: random.Random, false: Known, proofs: Sequence[Any]) -> Iterator[Any]:
    """Proofs of a false statement, made from those of a true one."""
    for proof in proofs:
        yield proof
        if false.edits:
            proof = edited_proof(proof, false.edits)
            yield proof
        for _ in range(3):
            yield forged(rng, proof)


def guessed(false: Known) -> list[Any]:
    """What the prover thinks might prove a false statement."""
    statement = Statement.read(false.claim, false.fact.domain)
    goal = comparison_goal(statement.comparisons[0], statement.domain)
    found: list[Any] = []
    with suppress(Exception):  # `ask` tells what breaks off; here the guesses are what matters
        found.extend(islice(candidates(goal, Deadline(0.3)), 3))
    return found


# --- the campaign --------------------------------------------------------------------------------


def ask(known: Known, seconds: float) -> tuple[Outcome | None, str | None]:
    """The decider's outcome, and what is wrong with it."""
    try:
        outcome = decide(Statement.read(known.claim, known.fact.domain), seconds=seconds)
    except BoundsError as reason:
        return None, None if "cannot" in str(reason) else f"not read: {reason}"
    except Exception as reason:  # a traceback is told, and the campaign goes on
        return None, f"broke off with {type(reason).__name__}: {reason}"
    return outcome, judged(known, outcome)


def _word(outcome: Outcome | None) -> str:
    return "not read" if outcome is None else outcome.outcome


def _sound(known: Known, rng: random.Random) -> str | None:
    """Whether a statement that should be true is so at points: the tables are checked, too."""
    for place in islice(points(rng, known.fact, 6), 12):
        try:
            if not holds(known.left, known.relation, known.right, place):
                order = compare(known.left, known.right, place)
                if order != 0:
                    return f"the campaign calls it true, but it fails at {told(place)}"
        except Undefined:
            return f"the campaign calls it true, but it is undefined at {told(place)}"
        except Unclear:
            continue
    return None


def trial(rng: random.Random, seconds: float = SECONDS) -> Trial:
    """One true statement and false ones made from it: counts, and failures."""
    counts: Counter[str] = Counter()
    failures: list[str] = []
    if rng.random() < 0.12:
        true, false = identity(rng)
        falses = [false]
    else:
        true = true_statement(rng, draw_fact(rng))
        falses = [false_statement(rng, true) for _ in range(3)]
    if wrong := _sound(true, rng):
        return Counter({"statements of the campaign that are wrong": 1}), [f"{wrong}: {true}"]

    def told_of(known: Known, wrong: str, proofs: Any = ()) -> None:
        failures.append(f"{wrong}: {known}" + (f"\n    {json.dumps(proofs)}" if proofs else ""))

    outcome, fault = ask(true, seconds)
    counts[f"true: {_word(outcome)}"] += 1
    if fault:
        told_of(true, fault)
    proofs = [] if outcome is None else list(outcome.proofs)
    first = True
    for false in falses:
        if false is None:
            continue
        if first:  # one of them is decided; all of them are forged
            first = False
            outcome, fault = ask(false, seconds)
            counts[f"{false.truth}: {_word(outcome)}"] += 1
            if fault:
                told_of(false, fault, None if outcome is None else outcome.proofs)
            more = guessed(false) if outcome is not None and rng.random() < 0.15 else []
        else:
            more = []
        for forgery in forgeries(rng, false, [*proofs, *more]):
            counts["forgeries"] += 1
            verdict = check_proof(false.claim, false.fact.domain, [], [forgery], seconds=2)
            if verdict.accepted:
                told_of(false, "a forged proof is accepted", forgery)
    return counts, failures


def chunk(task: tuple[int, int]) -> dict[str, Any]:
    """The counts and the failures of one chunk of statements."""
    seed, number = task
    rng = random.Random(f"{seed}-{number}")
    counts: Counter[str] = Counter()
    failures: list[str] = []
    while statements(counts) < CHUNK:
        found, wrong = trial(rng)
        counts += found
        failures += wrong
        if wrong and "statements of the campaign that are wrong" in found:
            break
    return {"counts": dict(counts), "failures": failures}


def statements(counts: Mapping[str, int]) -> int:
    """How many statements were decided."""
    return sum(number for what, number in counts.items() if ": " in what)


def main(words: list[str] | None = None) -> int:
    """Run the campaign and print what it found."""
    parser = argparse.ArgumentParser(
        prog="python -m campaigns.statements",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args(words)
    chunks = -(-arguments.count // CHUNK)
    job = {"seed": arguments.seed, "chunks": chunks}
    counts: Counter[str] = Counter()
    failures: list[str] = []
    with journal(Path("campaigns-statements.partial"), job) as (kept, append):
        tasks = [(arguments.seed, number) for number in range(len(kept), chunks)]
        for entry in kept:
            counts.update(entry["counts"])
            failures += entry["failures"]
        with multiprocessing.get_context("spawn").Pool(arguments.jobs) as pool:
            for done, entry in enumerate(pool.imap(chunk, tasks), len(kept) + 1):
                append(entry)
                counts.update(entry["counts"])
                failures += entry["failures"]
                for failure in entry["failures"]:
                    print(failure, file=sys.stderr, flush=True)
                if done % 40 == 0:
                    print(f"{done * CHUNK:,} statements", file=sys.stderr, flush=True)
    print(f"seed {arguments.seed}: {statements(counts):,} statements, {len(failures)} failures")
    for what, number in sorted(counts.items()):
        print(f"  {number:,} x {what}")
    for failure in failures:
        print(f"  {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
