"""Proofs altered at random, of statements that are false: none is accepted.

A true statement A ≤ B on a domain makes a false one, B < A; its proof is altered in one to four
places. Besides, altered proofs of the true statement are accepted or rejected, and never break the
checker.
"""

import copy
import random

import pytest
from proof_samples import GOALS, PATTERNS

from bounds.certify.checker.expression import told
from bounds.certify.checker.grammar import read_claim_text
from bounds.certify.checker.proof import check_pattern, check_proof
from bounds.certify.checker.verdict import BeyondLimit, Rejected

TURNED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
WORDS = ["0", "1", "-1", "2", "x", "y", "w", "x^2", "-x", "1/x", "exp(x)", "0*x", "x - x", "1 - x",
         "inf", "(0, 1)", "[0, inf)", ">", "<", ">=", "<=", "!=", "low", "high", "."]  # fmt: skip
NUMBERS = [-2, -1, 0, 1, 2, 3, 4]
LEAVES = [{"rule": name} for name in
          ("obvious", "equal", "point", "constraint", "rational", "constant", "range", "wave",
           "empty")]  # fmt: skip


def places(value, path=()):
    """Every place in a tree of plain data."""
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, (*path, index))


def found(value, path):
    for key in path:
        value = value[key]
    return value


def altered(proof, rng):
    """The proof with one place changed."""
    proof = copy.deepcopy(proof)
    path = rng.choice([p for p in places(proof) if p])
    holder, key = found(proof, path[:-1]), path[-1]
    old = holder[key]
    if rng.random() < 0.12:
        del holder[key]
    elif isinstance(old, dict) and "rule" in old and rng.random() < 0.7:
        others = [found(proof, p) for p in places(proof)]
        pool = LEAVES + [o for o in others if isinstance(o, dict) and "rule" in o]
        holder[key] = copy.deepcopy(rng.choice(pool))
    elif isinstance(old, str):
        texts = [o for p in places(proof) if isinstance(o := found(proof, p), str)]
        holder[key] = rng.choice([*WORDS, *texts, f"-({old})", f"({old})^2", f"({old}) + 1"])
    elif isinstance(old, int):
        holder[key] = rng.choice(NUMBERS)
    elif isinstance(old, list) and old:
        rng.choice((lambda: old.reverse(), lambda: old.append(old[0]), lambda: old.pop()))()
    else:
        holder[key] = rng.choice([None, [], {}, "x", 0])
    return proof


def turned(claim):
    """The opposite of a comparison that holds everywhere: it holds nowhere."""
    (c,) = read_claim_text(claim)
    return f"{told(c.left)} {TURNED[c.relation]} {told(c.right)}"


def forge_goals(seed, count):
    rng = random.Random(seed)
    rows = [row for row in GOALS if "y < x" not in row[1]]  # no point: all is true there
    for _ in range(count):
        claim, domain, proof = rng.choice(rows)
        for _ in range(rng.randint(1, 4)):
            proof = altered({"root": proof}, rng).get("root", {})
        verdict = check_proof(turned(claim), domain, [], [proof], seconds=2)
        if "exists" not in domain:
            assert not verdict.accepted, (claim, domain, proof)
        assert "broke off" not in verdict.reason, (claim, domain, proof, verdict.reason)
        verdict = check_proof(claim, domain, [], [proof], seconds=2)
        assert "broke off" not in verdict.reason, (claim, domain, proof, verdict.reason)


def forge_patterns(seed, count):
    rng = random.Random(seed)
    for _ in range(count):
        text, low, high, proof, signs = rng.choice(PATTERNS)
        for _ in range(rng.randint(1, 3)):
            proof = altered({"root": proof}, rng).get("root", {})
        shift = rng.choice(["", "", "-", "2*"])
        try:
            got = check_pattern(f"{shift}({text})", "x", low, high, proof, seconds=2)
        except (Rejected, BeyondLimit):
            continue
        assert got == ([-s for s in signs] if shift == "-" else signs), (text, low, high, proof)


@pytest.mark.parametrize("seed", range(4))
def test_altered_proofs_of_false_statements(seed):
    forge_goals(seed, 120)


@pytest.mark.parametrize("seed", range(4))
def test_altered_tables_of_variations(seed):
    forge_patterns(seed, 150)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100, 110))
def test_many_altered_proofs(seed):
    forge_goals(seed, 5_000)
    forge_patterns(seed, 5_000)


def test_the_opposite_of_what_is_proved_is_not():
    for claim, domain, proof in GOALS:
        if "exists" not in domain and "y < x" not in domain:
            assert not check_proof(turned(claim), domain, [], [proof], seconds=5).accepted
