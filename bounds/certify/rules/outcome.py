"""What a decision ends in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal, NoReturn, TypeAlias

from bounds.certify.certificates.seal import sealed
from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.language.expression import Expr
from bounds.certify.language.statement import Statement
from bounds.certify.rules.goal import Node

Word: TypeAlias = Literal["proved", "refuted", "equal", "undefined", "undecided"]
VERSION = 1

WEAKER, HELP = "proved, but weaker:", "would help:"
"""How sentences begin that are found of an undecided statement besides what was tried."""


@dataclass(frozen=True)
class Outcome:
    """What is known of a statement, and why.

    Attributes:
        statement: what was asked.
        outcome: "proved": for all points of the domain, the checker replayed the proof; "equal":
            the two sides are equal, which proves an equation and refutes a strict inequality;
            "refuted": it fails at the witness; "undefined": a function in it is not defined at the
            witness; "undecided": nothing is known.
        witness: the point of a refutation, or where a function is undefined.
        reason: one sentence: what was proved, how it fails, or what stopped the search.
        proofs: the rules of the proof, one tree for each comparison.
        missing: functions whose enclosures come from the engine only; the independent checker has
            none of its own.
        seconds: how long it took.
        tried: what was tried, of an undecided statement, what weaker statement is proved, and what
            would help.
        given: the lemmas that the proof uses.
        weaker: the weaker statements that `tried` names; each was proved.
    """

    statement: Statement
    outcome: Word
    reason: str
    witness: Mapping[str, Expr] | None = None
    proofs: tuple[Node, ...] = ()
    missing: tuple[str, ...] = ()
    seconds: float = 0.0
    tried: tuple[str, ...] = field(default=())
    given: tuple[Mapping[str, Any], ...] = ()
    weaker: tuple[Statement, ...] = ()

    @property
    def holds_everywhere(self) -> bool:
        """Whether the statement is proved on its whole domain.

        It is not enough that both sides are equal: x < x holds nowhere, though its outcome is
        "equal".
        """
        if self.outcome == "proved":
            return True
        weak = all(c.relation in ("=", "<=", ">=") for c in self.statement.comparisons)
        return self.outcome == "equal" and weak

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was tried of an undecided statement, and what was found besides: a line each."""
        said = (WEAKER, HELP)  # these say by themselves what they are
        return tuple(t if t.startswith(said) else f"tried: {t}" for t in self.tried)

    @property
    def basis(self) -> str:
        """What decided it: "machine", "engine only: ...", or "none" for an undecided statement."""
        if self.outcome == "undecided":
            return "none"
        return f"engine only: {', '.join(self.missing)}" if self.missing else "machine"

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules that the proof uses, in the order of first use."""
        found: dict[str, None] = {}
        for proof in self.proofs:
            for rule in rules_of(proof):
                found[rule] = None
        return tuple(found)

    def certificate(self) -> dict[str, Any]:
        """The proof as a certificate for `bounds check`.

        Raises:
            Inconclusive: nothing was proved.
        """
        if not self.holds_everywhere:
            raise Inconclusive(
                f"the statement is {self.outcome}, and not proved: only a proof has a certificate"
            )
        return sealed(
            "proof",
            {
                "claim": self.statement.claim,
                "domain": str(self.statement.domain),
                "given": [dict(lemma) for lemma in self.given],
            },
            {"version": VERSION, "proofs": list(self.proofs)},
        )

    def explain(self) -> str:
        """The proof as a person would write it, in plain text."""
        from bounds.certify.rules.explain import explained

        return explained(self)

    def latex(self) -> str:
        """The proof for an appendix, as LaTeX."""
        from bounds.certify.rules.explain import explained_latex

        return explained_latex(self)

    def json(self) -> dict[str, Any]:
        """The outcome as plain data."""
        return {
            "outcome": self.outcome,
            "statement": self.statement.claim,
            "domain": str(self.statement.domain),
            "witness": None
            if self.witness is None
            else {name: str(value) for name, value in self.witness.items()},
            "basis": self.basis,
            "rules": list(self.rules),
            "reason": self.reason,
            "tried": list(self.tried),
            "seconds": round(self.seconds, 3),
        }

    def __bool__(self) -> NoReturn:
        raise InputError("an outcome has no truth value: compare .outcome with 'proved'")

    def __str__(self) -> str:
        lines = [f"{self.outcome}: {self.statement}", f"  {self.reason}"]
        lines += [f"  {text}" for text in self.remarks]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Outcome {self.outcome}: {self.statement}>"

    def _repr_latex_(self) -> str:
        return f"$\\textbf{{{self.outcome}}}:\\quad {self.statement.latex()}$"

    def _repr_html_(self) -> str:
        body = escape(self.explain() if self.proofs else self.reason)
        return f"<p><b>{self.outcome}</b>: {escape(str(self.statement))}</p><pre>{body}</pre>"


def rules_of(node: Any) -> list[str]:
    """The names of all rules in a proof, from the top."""
    if isinstance(node, dict):
        own = [node["rule"]] if isinstance(node.get("rule"), str) else []
        return own + [name for value in node.values() for name in rules_of(value)]
    if isinstance(node, list):
        return [name for value in node for name in rules_of(value)]
    return []


def place_text(witness: Mapping[str, Expr]) -> str:
    """A point in words."""
    return ", ".join(f"{name} = {value}" for name, value in witness.items()) or "as it is written"
