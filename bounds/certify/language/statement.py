"""A statement: comparisons that are claimed on a domain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

from bounds.certify.errors import InputError, shown
from bounds.certify.language.comparison import Comparison, chains
from bounds.certify.language.domain import Domain, DomainLike, chain_text, parse_domain
from bounds.certify.language.grammar import Misread, parse_claim
from bounds.certify.language.latex import comparisons_latex, to_latex

ClaimLike: TypeAlias = Any
"""Text, LaTeX, a SymPy relational, comparisons, or a statement."""

_FOR = re.compile(r"(?<![A-Za-z0-9_])for(?![A-Za-z0-9_])")


@dataclass(frozen=True)
class Statement:
    """For all points of the domain, all comparisons hold.

    Attributes:
        comparisons: what is claimed.
        domain: where; each variable of the comparisons has a range there.
    """

    comparisons: tuple[Comparison, ...]
    domain: Domain

    def __post_init__(self) -> None:
        if not self.comparisons:
            raise InputError("a statement claims at least one comparison")
        free = frozenset().union(*(comparison.free for comparison in self.comparisons))
        missing = sorted(free - set(self.domain.ranges))
        if missing:
            near = ", ".join(sorted(self.domain.ranges)) or "no variable"
            verb = "lies" if len(missing) == 1 else "lie"
            raise InputError(
                f"the domain does not say where {' and '.join(missing)} {verb} (it has {near}): add"
                f" for example `{missing[0]} > 0` or `{missing[0]} real`"
            )

    @classmethod
    def read(cls, claim: ClaimLike, domain: DomainLike | None = None) -> Statement:
        r"""The statement that someone wrote.

        Args:
            claim: text such as `"1 + x <= e^x"`, LaTeX such as `r"1 + x \\le e^{x}"`, a SymPy
                relational (or `And` of some), one comparison or a tuple of them, or a statement.
                Text may hold its domain: `"1 + x <= e^x for x real"`.
            domain: see `parse_domain`. None if the claim holds it, has no variable, or is a
                SymPy relational whose symbols say it (`positive=True`).

        Raises:
            InputError: it is not read, or a variable has no range.
        """
        if isinstance(claim, Statement):
            return claim if domain is None else cls(claim.comparisons, parse_domain(domain))
        if isinstance(claim, str):
            return cls._of_text(claim, domain)
        if isinstance(claim, Comparison):
            return cls((claim,), parse_domain(domain or ""))
        if isinstance(claim, tuple | list) and all(isinstance(c, Comparison) for c in claim):
            return cls(tuple(claim), parse_domain(domain or ""))
        if hasattr(claim, "free_symbols") or isinstance(claim, bool):
            from bounds.certify.language.sympy_form import comparisons_of, domain_of

            comparisons = comparisons_of(claim)
            found = parse_domain(domain) if domain is not None else parse_domain(domain_of(claim))
            return cls(comparisons, found)
        raise InputError(
            f"a claim is a text such as '1 + x <= e^x', or a SymPy relational, not {shown(claim)}"
        )

    @classmethod
    def _of_text(cls, claim: str, domain: DomainLike | None) -> Statement:
        if "\\" in claim:
            from bounds.certify.language.latex_reader import claim_from_latex

            return cls(claim_from_latex(claim), parse_domain(domain or ""))
        if domain is None and (word := _FOR.search(claim)):
            where = claim[word.end() :]
            try:
                found = parse_domain(where)
            except Misread as wrong:
                raise Misread(claim, word.end() + wrong.place, wrong.args[0]) from None
            return cls(parse_claim(claim[: word.start()]), found)
        return cls(parse_claim(claim), parse_domain(domain or ""))

    @property
    def claim(self) -> str:
        """The comparisons as text."""
        return ", ".join(map(chain_text, chains(self.comparisons)))

    def latex(self) -> str:
        """The statement as LaTeX, without dollar signs."""
        where = to_latex(self.domain)
        text = comparisons_latex(self.comparisons)
        return rf"{text} \qquad ({where})" if where else text

    def sympy(self) -> Any:
        """What is claimed, as SymPy's relational, or an `And` of them."""
        from bounds.certify.language.sympy_form import to_sympy

        return to_sympy(self.comparisons)

    def __bool__(self) -> NoReturn:
        raise InputError("a statement has no truth value: decide it")

    def __str__(self) -> str:
        where = str(self.domain)
        return f"{self.claim} for {where}" if where else self.claim


def read_statement(entry: Mapping[str, Any]) -> Statement:
    """A statement from plain data with the texts "claim" and "domain".

    Raises:
        InputError: one is missing or is not read.
    """
    claim, domain = entry.get("claim"), entry.get("domain")
    if not isinstance(claim, str) or not isinstance(domain, str):
        raise InputError('a statement as data has the texts "claim" and "domain"')
    return Statement.read(claim, domain)
