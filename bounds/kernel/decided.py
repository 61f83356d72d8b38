"""A proof certificate of `bounds decide` as a Coq file: the reader's statement, and its proof.

The theorem says what the reader wrote: for all values of the domain everything in the claim is
defined, and the comparisons hold. Each rule of the certificate is a lemma before it.
"""

from __future__ import annotations

from bounds.certify.checker.conditions import Condition
from bounds.certify.checker.constants import Constants
from bounds.certify.checker.expression import BINDERS, Node, parts_of, told
from bounds.certify.checker.goal import Goal
from bounds.certify.checker.interval_text import Domain, constraint_of, read_domain
from bounds.certify.checker.precision import Work
from bounds.certify.checker.proof import ProofClaim
from bounds.certify.checker.verdict import BeyondLimit, Rejected, Undecided
from bounds.certify.errors import Inconclusive
from bounds.kernel.facts import intervals
from bounds.kernel.goals import Goals, hypotheses
from bounds.kernel.script import Script
from bounds.kernel.terms import coq, name, needs, relation
from bounds.kernel.variations import by_integrals

_WORK = 120_000_000


def decided_file(claim: ProofClaim, *, by_rules: bool = True) -> str:
    """A Coq file that ends in the theorem `statement`.

    Args:
        claim: the statement and its proof.
        by_rules: whether the certificate's rules are followed; else Coq's own means are tried.

    Raises:
        Inconclusive: a function or a rule is not in the kernel's library.
    """
    if claim.given:
        raise Inconclusive("the kernel's library does not take statements as given")
    constants = Constants(Work(_WORK))
    try:
        domain = read_domain(claim.domain, constants)
        if domain.exists:
            raise Inconclusive("the kernel's library does not reach what exists")
        return _file(claim, domain, by_rules)
    except (Rejected, Undecided, BeyondLimit) as reason:
        raise Inconclusive(f"no proof for Coq was found: {reason}") from None
    except (KeyError, TypeError, AttributeError, IndexError, ZeroDivisionError) as reason:
        raise Inconclusive(f"the certificate's proof was not understood: {reason}") from None


def stated(claim: ProofClaim, domain: Domain) -> str:
    """The theorem's statement."""
    names = " ".join(map(name, domain.region.spans))
    given = "".join(f"{text} ->\n  " for text in hypotheses_as_written(domain))
    parts = [relation(c.node, c.relation) for c in conditions_of(claim)]
    parts += [
        f"{coq(c.left)} {'<>' if c.relation == '!=' else c.relation} {coq(c.right)}"
        for c in claim.claim
    ]
    every = f"forall {names} : R,\n  " if names else ""
    return every + given + " /\\ ".join(parts)


def hypotheses_as_written(domain: Domain) -> list[str]:
    """The domain, each comparison by itself; what constraints need to be defined is part of it."""
    for node, _ in domain.region.constraints:
        _refuse(node)
    more = [
        relation(c.node, c.relation) for node, _ in domain.region.constraints for c in needs(node)
    ]
    return list(dict.fromkeys([*more, *hypotheses(domain.region)]))


def conditions_of(claim: ProofClaim) -> list[Condition]:
    """What must hold for the claim to be defined."""
    found = []
    for comparison in claim.claim:
        for side in (comparison.left, comparison.right):
            _refuse(side)
            found += needs(side)
    return list(dict.fromkeys(found))


def _refuse(node: Node) -> None:
    for part in parts_of(node):
        if part.head in BINDERS:
            raise Inconclusive(f"the kernel's library has no {part.head}")
        if part.head == "variable":
            continue
        if part.head not in ("number",):
            coq(part)


def _file(claim: ProofClaim, domain: Domain, by_rules: bool) -> str:
    script = Script()
    goals = Goals(script)
    statement = stated(claim, domain)
    names = " ".join(map(name, domain.region.spans))
    given = hypotheses_as_written(domain)
    hyps = " ".join(f"Given{k}" for k in range(len(given)))
    opened = "unfold_all"
    lines = [f"intros {names} {hyps}." if names or hyps else "idtac.", f"{opened}."]
    region = domain.region
    top = Goal(claim.claim[0].left, ">", region)
    conditions = conditions_of(claim)
    lines += goals.facts(top, *(c.node for c in conditions))
    for condition in conditions:
        tries = ["by_sign", "lra", "timeout 10 nra", *intervals(condition.node)]
        every = " | ".join(f"solve [{one}]" for one in tries)
        text = relation(condition.node, condition.relation, opened=True)
        lines.append(f"assert ({text}) by (first [{every}]).")
    for k, (comparison, proof) in enumerate(zip(claim.claim, claim.proofs, strict=True)):
        f, sign = constraint_of(comparison)
        goal = Goal(f, sign, region)
        text = relation(f, sign, opened=True)
        mark = len(script.lines)
        try:
            if not by_rules:
                raise Inconclusive("they are left out")
            label = goals.prove(goal, proof)
        except (Inconclusive, Rejected, Undecided, BeyondLimit) as reason:
            del script.lines[mark:]
            label = _by_coq(goals, goal, reason)
        args = " ".join(map(name, region.spans))
        use = f"apply ({label} {args}); hyp" if args else f"exact {label}"
        lines.append(f"assert (Claim{k} : {text}) by ({use}).")
    lines.append("repeat split; first [assumption | finish].")
    body = "\n".join(f"  {line}" for line in lines)
    said = " and ".join(f"{told(c.left)} {c.relation} {told(c.right)}" for c in claim.claim)
    where = domain.text or "all"
    lemmas = "\n".join(script.lines)
    return f"""(** {_comment(said)}
    for {_comment(where)}

    Generated by `bounds decide --kernel`. Python only guesses here; Coq proves. *)
From Bounds Require Import Decided.
Open Scope R_scope.

{lemmas}
(* The statement: what must be defined is, and the claim holds. *)
Theorem statement : {statement}.
Proof.
{body}
Qed.
"""


def _by_coq(goals: Goals, goal: Goal, reason: Exception) -> str:
    """A goal by Coq's intervals alone, where the certificate's rules have no lemma."""
    f = goal.f
    names = [name(v) for v in sorted(f.free)]
    both = "".join(f", i_bisect {v}" for v in names)
    depth = ", i_depth 20" if names else ""
    tries = [
        "by_sign", "lra", *goals.by_polynomial(goal), "timeout 30 nra",
        f"timeout 60 (interval with (i_prec 80{both}{depth}))", *intervals(f), *by_integrals(f),
    ]  # fmt: skip
    every = " | ".join(f"solve [{one}]" for one in tries)
    why = f"by Coq's own means, as the certificate's are not reached: {reason}"
    return goals.lemma(goal, [*goals.facts(goal, f), f"first [{every}]."], _comment(why))


def _comment(text: str) -> str:
    return text.replace("(*", "( *").replace("*)", "* )")
