"""What the functions of this room return: typed, with no truth value, and with what proves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from bounds.certify.errors import Inconclusive
from bounds.certify.language.domain import Domain
from bounds.certify.language.expression import Expr
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.results import NoTruthValue
from bounds.certify.rules.outcome import Outcome

Basis: TypeAlias = Literal["balls", "checker", "balls and checker", "none"]
"""What a number rests on.

"balls": the engine's ball arithmetic encloses it. "checker": statements that enclose it are proved,
and the independent checker has replayed them. "balls and checker": balls enclose the number near
where it is attained, and replayed statements exclude every other place.
"""


def no_certificate(what: str, remedy: str) -> Inconclusive:
    """The error where there is no certificate."""
    return Inconclusive(f"{what} has no certificate: {remedy}")


def counted(outcome: str, count: int) -> str:
    """How many roots a search has found, and what it says of others."""
    found = f"{count} root{'s' * (count != 1)}"
    return {
        "complete": f"{found}, and no other",
        "clusters": "roots and clusters, and no root elsewhere",
        "undecided": f"undecided: {found} found, others not excluded",
    }[outcome]


def pair(number: Enclosure | None) -> list[str] | None:
    """An enclosure as two decimals, rounded outwards."""
    return None if number is None else list(number.decimals())


def text_or_none(e: object) -> str | None:
    """The text of what may be missing."""
    return None if e is None else str(e)


@dataclass(frozen=True, repr=False)
class Number(NoTruthValue):
    """A constant expression, enclosed.

    Attributes:
        expression: what was asked for, with its values put in.
        value: its enclosure.
        exact: the rational number that it is, if algebra proves that.
        basis: what encloses it.
        proof: the statement `low <= expression <= high`, if it was asked for and is proved; of an
            improper integral, bounds near the ends and what they leave.
        proofs: the bounds near the ends of an improper integral, replayed by the checker.
        told: what it is, as text and as LaTeX, where that is no expression.
    """

    expression: Expr
    value: Enclosure
    exact: Fraction | None = None
    basis: Basis = "balls"
    proof: Outcome | None = None
    proofs: tuple[Outcome, ...] = ()
    told: tuple[str, str] | None = None

    ask = "compare its .value"

    @property
    def name(self) -> str:
        """What it is, as text."""
        return str(self.expression) if self.told is None else self.told[0]

    def certificate(self) -> dict[str, Any]:
        """The proved statement `low <= expression <= high`.

        Raises:
            Inconclusive: the statement was not asked for, or was not proved.
        """
        if self.proof is None:
            raise no_certificate("this value", "pass proof=True, more seconds or fewer digits")
        return self.proof.certificate()

    def json(self) -> dict[str, Any]:
        """The number as plain data."""
        return {
            "expression": self.name,
            "value": pair(self.value),
            "exact": text_or_none(self.exact),
            "basis": self.basis,
            "statement": None if self.proof is None else str(self.proof.statement),
        }

    def latex(self) -> str:
        """The result as LaTeX, without dollar signs."""
        from bounds.certify.quantities.as_latex import number_latex

        return number_latex(self)

    def __str__(self) -> str:
        exact = "" if self.exact is None else f" = {self.exact}"
        return f"{self.name}{exact}\n  {self.value}\n  by {self.basis}"

    def __repr__(self) -> str:
        return f"<Number {self.value!r} {self.basis}>"


@dataclass(frozen=True)
class Place:
    """A point, or a box that holds it.

    Attributes:
        at: the enclosures of the coordinates, by name.
        exact: the constants that they are, if that is known exactly.
        unique: whether it is proved that the box holds no other such point.
        kind: "interior", or "end" of the range.
    """

    at: Mapping[str, Enclosure]
    exact: Mapping[str, Expr] | None
    unique: bool
    kind: Literal["interior", "end"] = "interior"

    def json(self) -> dict[str, Any]:
        """The place as plain data."""
        return {
            "at": {name: pair(value) for name, value in self.at.items()},
            "exact": None
            if self.exact is None
            else {name: str(value) for name, value in self.exact.items()},
            "unique": self.unique,
            "kind": self.kind,
        }

    def __str__(self) -> str:
        parts = []
        for name, value in self.at.items():
            known = None if self.exact is None else self.exact.get(name)
            parts.append(f"{name} = {known}" if known is not None else f"{name} in {value}")
        told = "" if self.unique else ", not proved to be the only one there"
        return f"{', '.join(parts)}{told}"


@dataclass(frozen=True, repr=False)
class Extremum(NoTruthValue):
    """A maximum or minimum on a domain, or a supremum or infimum that is not attained.

    Attributes:
        word: "maximum" or "minimum".
        expression, domain: of what, and where.
        outcome: "attained"; "not attained", for a supremum or infimum that is approached at an open
            or infinite end; "enclosed", where it is not known which of the two; "unbounded"; or
            "undecided".
        value: its enclosure; None if it is unbounded or undecided.
        exact: the constant that it is, if that is proved.
        places: where it is attained. All points where it is attained lie in them, if `complete`.
        complete: whether it is proved that it is attained nowhere else.
        approached: of a supremum, the end: "x -> 0" or "x -> inf".
        basis: what it rests on.
        proofs: the statements that the checker has replayed.
        tried: what is known of an undecided one, and what would help.
        proof: the statement with the certificate, if it was asked for and is proved.
    """

    word: Literal["maximum", "minimum"]
    expression: Expr
    domain: Domain
    outcome: Literal["attained", "not attained", "enclosed", "unbounded", "undecided"]
    value: Enclosure | None
    basis: Basis
    exact: Expr | None = None
    places: tuple[Place, ...] = ()
    complete: bool = False
    approached: str | None = None
    proofs: tuple[Outcome, ...] = ()
    tried: tuple[str, ...] = ()
    proof: Outcome | None = field(default=None)

    ask = "compare its .outcome and .value"

    def certificate(self) -> dict[str, Any]:
        """The proved statement `expression <= high, expression at a point >= low`.

        Raises:
            Inconclusive: the statement was not asked for, or was not proved.
        """
        if self.proof is None:
            raise no_certificate(
                f"this {self.word}", "pass proof=True, more seconds or fewer digits"
            )
        return self.proof.certificate()

    @property
    def title(self) -> str:
        """What it is called: a supremum is no maximum."""
        if self.outcome not in ("not attained", "enclosed"):
            return self.word
        return "supremum" if self.word == "maximum" else "infimum"

    def json(self) -> dict[str, Any]:
        """The result as plain data."""
        return {
            "word": self.word,
            "expression": str(self.expression),
            "domain": str(self.domain),
            "outcome": self.outcome,
            "value": pair(self.value),
            "exact": text_or_none(self.exact),
            "places": [place.json() for place in self.places],
            "complete": self.complete,
            "approached": self.approached,
            "basis": self.basis,
            "proved": [str(each.statement) for each in self.proofs],
            "tried": list(self.tried),
            "statement": None if self.proof is None else str(self.proof.statement),
        }

    def latex(self) -> str:
        """The result as LaTeX, without dollar signs."""
        from bounds.certify.quantities.as_latex import extremum_latex

        return extremum_latex(self)

    def __str__(self) -> str:
        head = f"{self.title} of {self.expression} for {self.domain}"
        if self.outcome == "undecided":
            return "\n".join([f"undecided: {head}", *(f"  {text}" for text in self.tried)])
        if self.outcome == "unbounded":
            side = "above" if self.word == "maximum" else "below"
            return f"{head}: unbounded {side}\n  by {self.basis}"
        exact = "" if self.exact is None else f" = {self.exact}"
        lines = [f"{head}{exact}", f"  {self.value}"]
        if self.outcome == "not attained":
            lines.append(f"  not attained; approached as {self.approached}")
        if self.outcome == "enclosed":
            lines.append("  it is not proved where, or whether it is attained")
        if len(self.places) > 1:
            lines.append("  attained in one or more of these places:")
        lines += [f"  at {place}" for place in self.places]
        if self.outcome == "attained" and not self.complete:
            lines.append("  it is not proved that it is attained at no other place")
        return "\n".join([*lines, f"  by {self.basis}"])

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.word} {self.outcome}: {self.value}>"


@dataclass(frozen=True, repr=False)
class Root(NoTruthValue):
    """A root of an equation in one variable.

    Attributes:
        at: its enclosure; of a cluster, the interval in which nothing is proved.
        exact: the constant that it is, if that is proved.
        kind: "simple": it is the only one in its box, and the derivative is not 0 there;
            "multiple": it is exact, the only one near it, and the derivative is 0 there;
            "isolated": it is exact and the only one near it, where the derivative is not known;
            "cluster": not resolved; there may be no root, one, or several in the interval.
        box: the interval in which it is the only root.
        multiplicity: of a simple root 1, of a multiple one the order of the first derivative that
            is not 0 there; None where it is not proved.
    """

    at: Enclosure
    exact: Expr | None
    kind: Literal["simple", "multiple", "isolated", "cluster"]
    box: tuple[Fraction, Fraction]
    multiplicity: int | None = None

    ask = "compare its .at"

    def json(self) -> dict[str, Any]:
        """The root as plain data."""
        return {
            "at": pair(self.at),
            "exact": text_or_none(self.exact),
            "kind": self.kind,
            "multiplicity": self.multiplicity,
        }

    def told(self, name: str) -> str:
        """The root in words."""
        if self.kind == "cluster":
            return f"{name} in {self.at}: a cluster, not resolved"
        exact = f" = {self.exact}," if self.exact is not None else ""
        order = f", of multiplicity {self.multiplicity}" if self.kind == "multiple" else ""
        return f"{name}{exact} in {self.at}: {self.kind}{order if self.multiplicity else ''}"

    def __str__(self) -> str:
        return self.told("x")

    def __repr__(self) -> str:
        return f"<Root {self.kind} {self.at!r}>"


@dataclass(frozen=True, repr=False)
class Roots(NoTruthValue):
    """All roots of an equation in one variable on a range.

    Attributes:
        equation, domain: what was asked.
        name: the variable.
        outcome: "complete": each root is resolved, and there is none elsewhere; "clusters": there
            is none outside the roots and clusters; "undecided": on some pieces nothing is proved.
        roots: in order.
        basis: what it rests on.
        proofs: the statements that exclude roots elsewhere, replayed by the checker.
        open: the pieces on which nothing is proved.
        proof: the statement with the certificate, if it was asked for and is proved.
    """

    equation: str
    domain: Domain
    name: str
    outcome: Literal["complete", "clusters", "undecided"]
    roots: tuple[Root, ...]
    basis: Basis
    proofs: tuple[Outcome, ...] = ()
    open: tuple[str, ...] = ()
    proof: Outcome | None = None

    ask = "compare its .outcome, and read its .roots"

    def certificate(self) -> dict[str, Any]:
        """The proved statement from which it follows that these are the roots.

        Each piece and each box has a variable of its own: see `root_statements`.

        Raises:
            Inconclusive: it was not asked for, was not proved, or there are clusters.
        """
        if self.proof is None:
            raise no_certificate("this list", "pass proof=True, more seconds or a smaller range")
        return self.proof.certificate()

    def json(self) -> dict[str, Any]:
        """The result as plain data."""
        return {
            "equation": self.equation,
            "domain": str(self.domain),
            "outcome": self.outcome,
            "roots": [root.json() for root in self.roots],
            "basis": self.basis,
            "proved": [str(each.statement) for each in self.proofs],
            "open": list(self.open),
            "statement": None if self.proof is None else str(self.proof.statement),
        }

    def latex(self) -> str:
        """The result as LaTeX, without dollar signs."""
        from bounds.certify.quantities.as_latex import roots_latex

        return roots_latex(self)

    def __str__(self) -> str:
        word = counted(self.outcome, len(self.roots))
        lines = [f"{self.equation} for {self.domain}: {word}"]
        lines += [f"  {root.told(self.name)}" for root in self.roots]
        lines += [f"  not excluded: roots in {text}" for text in self.open]
        return "\n".join([*lines, f"  by {self.basis}"])

    def __repr__(self) -> str:
        return f"<Roots {self.outcome}: {len(self.roots)}>"


@dataclass(frozen=True, repr=False)
class SharpConstant(NoTruthValue):
    """The best constant ?C in a statement.

    Attributes:
        statement: with ?C in it.
        domain: where.
        outcome: "sharp": it is enclosed; "none": no constant serves; "undecided".
        direction: "least": the statement holds from this constant on; "greatest": up to it.
        value: the enclosure. The statement holds for the end on the side of `direction`, and fails
            for every constant beyond the other end.
        exact: the constant that it is, if that is proved.
        extremum: the quotient whose maximum or minimum it is, where ?C occurs linearly.
        printed: a constant that someone printed.
        holds: whether the statement holds with the printed constant; None if that is not decided.
        gap: the printed constant minus the best one, enclosed.
        basis: what it rests on.
        proofs: statements that the checker has replayed.
        tried: what is known where it is undecided.
    """

    statement: str
    domain: Domain
    outcome: Literal["sharp", "none", "undecided"]
    direction: Literal["least", "greatest"] | None
    value: Enclosure | None
    basis: Basis
    exact: Expr | None = None
    extremum: Extremum | None = None
    printed: Fraction | None = None
    holds: bool | None = None
    gap: Enclosure | None = None
    proofs: tuple[Outcome, ...] = ()
    tried: tuple[str, ...] = ()
    proof: Outcome | None = None

    ask = "compare its .outcome and .value"

    def certificate(self) -> dict[str, Any]:
        """The statement with the constant put in, rounded to the side where it holds.

        Raises:
            Inconclusive: it was not asked for, or was not proved.
        """
        if self.proof is None:
            raise no_certificate("this constant", "pass proof=True, more seconds or fewer digits")
        return self.proof.certificate()

    def json(self) -> dict[str, Any]:
        """The result as plain data."""
        return {
            "statement": self.statement,
            "domain": str(self.domain),
            "outcome": self.outcome,
            "direction": self.direction,
            "value": pair(self.value),
            "exact": text_or_none(self.exact),
            "attained": None if self.extremum is None else self.extremum.outcome,
            "places": [] if self.extremum is None else [p.json() for p in self.extremum.places],
            "approached": None if self.extremum is None else self.extremum.approached,
            "printed": text_or_none(self.printed),
            "holds": self.holds,
            "gap": pair(self.gap),
            "basis": self.basis,
            "proved": [str(each.statement) for each in self.proofs],
            "tried": list(self.tried),
            "proof": None if self.proof is None else str(self.proof.statement),
        }

    def latex(self) -> str:
        """The result as LaTeX, without dollar signs."""
        from bounds.certify.quantities.as_latex import constant_latex

        return constant_latex(self)

    def __str__(self) -> str:
        head = f"{self.statement} for {self.domain}"
        if self.outcome == "undecided":
            return "\n".join([f"undecided: {head}", *(f"  {text}" for text in self.tried)])
        if self.outcome == "none":
            return f"{head}\n  no constant serves, as it would have to exceed all numbers"
        exact = "" if self.exact is None else f" = {self.exact}"
        comma = "," if exact else ""
        lines = [head, f"  {self.direction} C{exact}{comma} in {self.value}"]
        if self.extremum is not None:
            if self.extremum.outcome == "not attained":
                lines.append(f"  both sides come together as {self.extremum.approached}")
            lines += [f"  both sides are equal at {place}" for place in self.extremum.places]
        if self.printed is not None:
            word = {True: "holds", False: "fails", None: "is not decided"}[self.holds]
            gives = f"; printed minus best in {self.gap}" if self.gap is not None else ""
            lines.append(f"  with the printed constant it {word}{gives}")
        return "\n".join([*lines, f"  by {self.basis}"])

    def __repr__(self) -> str:
        return f"<SharpConstant {self.direction} {self.value}>"
