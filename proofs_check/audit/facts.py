"""What a verdict rests on: facts that carry their proof.

A fact is made where its proof is at hand, and making it checks the proof once more:

`Proved`   by balls: inequalities with their boxes, enclosures of roots, exact numbers. Each
           comparison is finite and strict, and is evaluated again when the fact is made.
`Exact`    by algebra: the expressions that vanish, and those that are manifestly positive.
`Argued`   in words: a sentence and the place of its argument, numbered steps of a docstring.

A fact whose proof fails is not made: `Inconclusive` is raised, and the claim stays undecided. What
a verdict rests on is therefore read off its facts (`basis_of`), and never written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import import_module
from inspect import cleandoc
from itertools import takewhile
from typing import Any, Literal, TypeAlias

from flint import arb

from bounds.certify.errors import BoundsError, Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.inequalities import Counterexample, Term
from bounds.certify.inequalities import Proved as Inequality
from bounds.certify.numbers.enclosure import Enclosure, dyadic_ends
from bounds.certify.numbers.precision import working_precision
from bounds.certify.results import NoTruthValue

Basis = Literal["machine", "words", "none"]
"""What decided a verdict: balls and exact algebra alone; an argument to be read; nothing."""

Ends: TypeAlias = tuple[Fraction, Fraction]


def _ends(value: Any) -> Ends:
    """The exact ends of a ball, of an enclosure, or of an exact number.

    Raises:
        Inconclusive: the ball is not finite.
    """
    if isinstance(value, Enclosure):
        return value.low.fraction(), value.high.fraction()
    if isinstance(value, arb):
        if not value.is_finite():
            raise Inconclusive("not proved: a ball is not finite")
        low, high = dyadic_ends(value)
        return low.fraction(), high.fraction()
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise TypeError(f"balls, enclosures and exact numbers compare, not {type(value).__name__}")
    return Fraction(value), Fraction(value)


@dataclass(frozen=True)
class Less(NoTruthValue):
    """One number is strictly less than another: the greatest it may be, and the least of the other.

    Attributes:
        lesser: the exact upper end of the lesser side.
        greater: the exact lower end of the greater side.
    """

    lesser: Fraction
    greater: Fraction
    ask = "read .holds"

    @property
    def holds(self) -> bool:
        """Whether it is so."""
        return self.lesser < self.greater


def less(lesser: Any, greater: Any) -> Less:
    """That lesser < greater, of balls, enclosures or exact numbers.

    Raises:
        Inconclusive: a ball is not finite.
    """
    return Less(_ends(lesser)[1], _ends(greater)[0])


@dataclass(frozen=True)
class Run(NoTruthValue):
    """A proof that a function of the engine made: it raises where it does not prove.

    Attributes:
        by: the function.
        pieces: the boxes or slices on each of which its comparisons hold.
    """

    by: str
    pieces: int
    ask = "read .holds"

    @property
    def holds(self) -> bool:
        """Whether there was anything to prove."""
        return self.pieces > 0


@dataclass(frozen=True)
class Replayed(NoTruthValue):
    """A statement in the engine's language, with the certificate that proves it.

    Attributes:
        statement: as text.
        certificate: what `bounds check` replays.
        under: the certificates of the lemmas that it uses, and of those that they use.
    """

    statement: str
    certificate: dict[str, Any] = field(compare=False, repr=False)
    under: tuple[dict[str, Any], ...] = field(default=(), compare=False, repr=False)
    ask = "read .holds"

    @property
    def holds(self) -> bool:
        """Whether the independent checker accepts the certificate, and that of each lemma in it."""
        known = {each["sha256"]: each for each in self.under}
        return _is_replayed(self.certificate, known)

    def __str__(self) -> str:
        return f"{self.statement}: replayed by the independent checker"


def _is_replayed(certificate: dict[str, Any], known: Mapping[str, dict[str, Any]]) -> bool:
    """Whether the checker accepts a certificate, and one for each lemma that it takes as given.

    A hash covers those of the lemmas below it, so no chain leads back to its begin.
    """
    from bounds.certify.checker.replay import check

    # step: a fact of the engine has a certificate that the checker accepts [false 1/2]
    if not check(certificate).accepted:
        return False
    for lemma in certificate["statement"].get("given", ()):
        below = known.get(lemma["sha256"])
        # step: a lemma says what its own certificate proves [false 3/4]
        if below is None or any(
            below["statement"].get(key) != lemma[key] for key in ("claim", "domain")
        ):
            return False
        # step: and the checker accepts that one, too [false 1/2]
        if not _is_replayed(below, known):
            return False
    return True


Proof: TypeAlias = Inequality | Counterexample | Less | Run | Replayed
_KINDS_OF_PROOF = (Inequality, Counterexample, Less, Run, Replayed)


def _parts(proof: Inequality) -> Iterator[dict[str, arb]]:
    """The parts of the box, as the proof divides it: each as balls."""
    names = list(proof.box)
    waiting = [dict(proof.box)]
    for mark in proof.splits:
        box = waiting.pop()
        if mark == ".":
            yield {name: to_ball(low).union(to_ball(high)) for name, (low, high) in box.items()}
            continue
        name = names[int(mark)]
        low, high = box[name]
        middle = (low + high) / 2
        waiting += [{**box, name: (middle, high)}, {**box, name: (low, middle)}]
    if waiting:
        raise Inconclusive("not proved: a part of the box was left out")


def _surely_less(lesser: Term, greater: Term, place: dict[str, arb]) -> bool:
    a, b = lesser.at(place), greater.at(place)
    return bool(a.is_finite() and b.is_finite() and a < b)


def _holds(proof: Proof) -> bool:
    """The comparison, evaluated again."""
    if isinstance(proof, Less | Run | Replayed):
        return proof.holds
    if not isinstance(proof, Inequality):
        return False
    try:
        with working_precision(proof.bits):
            parts = list(_parts(proof))
            return bool(parts) and all(
                _surely_less(proof.lesser, proof.greater, place) for place in parts
            )
    except BoundsError:
        return False


@dataclass(frozen=True, init=False)
class Proved:
    """A sentence proved by finite, strict comparisons.

    Attributes:
        statement: the sentence.
        proofs: the inequalities that prove it, each with its box or its ends.
    """

    statement: str
    proofs: tuple[Proof, ...] = field(compare=False)

    def __init__(self, statement: str, *proofs: Proof | Iterable[Proof]) -> None:
        """Check every proof again.

        Raises:
            Inconclusive: one fails.
            TypeError: there is none.
        """
        each = tuple(
            proof
            for given in proofs
            for proof in ((given,) if isinstance(given, _KINDS_OF_PROOF) else given)
        )
        if not each:
            raise TypeError(f"a proved fact carries its proofs: {statement:.60}")
        if not all(map(_holds, each)):
            raise Inconclusive(f"not proved: {statement}")
        object.__setattr__(self, "statement", statement)
        object.__setattr__(self, "proofs", each)


@dataclass(frozen=True)
class Identity(NoTruthValue):
    """What exact algebra has to show: expressions that are equal, and some that are positive.

    Attributes:
        equal: pairs of SymPy expressions, or of exact numbers.
        positive: expressions that must be positive by the assumptions on their symbols.
        rational: compare as rational functions of the symbols (FLINT) instead.
    """

    equal: tuple[tuple[Any, Any], ...]
    positive: tuple[Any, ...] = ()
    rational: bool = False
    ask = "read .holds"

    @property
    def residuals(self) -> tuple[str, ...]:
        """The differences that vanish, as text."""
        return tuple(f"{left} - ({right})" for left, right in self.equal)

    @property
    def holds(self) -> bool:
        """Whether it is proved."""
        from proofs_check.audit.algebra import positive, same
        from proofs_check.audit.fraction import same_function

        alike = same_function if self.rational else same
        return all(alike(left, right) for left, right in self.equal) and all(
            map(positive, self.positive)
        )


@dataclass(frozen=True, init=False)
class Exact:
    """A sentence proved by exact algebra.

    Attributes:
        statement: the sentence.
        residuals: what vanished, as text.
        positive: what is manifestly positive, as text.
    """

    statement: str
    residuals: tuple[str, ...]
    positive: tuple[str, ...]

    def __init__(self, statement: str, *parts: Any) -> None:
        """Check every part.

        Args:
            statement: the sentence.
            *parts: identities, or expressions and exact numbers that must be 0.

        Raises:
            Inconclusive: a part is not proved.
            TypeError: there is no part, or one is a truth value.
        """
        if not parts or any(isinstance(part, bool) for part in parts):
            raise TypeError(f"an exact fact carries what vanishes, no truth value: {statement:.60}")
        identities = [
            part if isinstance(part, Identity) else Identity(((part, 0),)) for part in parts
        ]
        if not all(identity.equal or identity.positive for identity in identities):
            raise TypeError(f"an identity of nothing proves nothing: {statement:.60}")
        if not all(identity.holds for identity in identities):
            raise Inconclusive(f"not proved: {statement}")
        told = tuple(text for identity in identities for text in identity.residuals)
        signs = tuple(str(e) for identity in identities for e in identity.positive)
        object.__setattr__(self, "statement", statement)
        object.__setattr__(self, "residuals", told)
        object.__setattr__(self, "positive", signs)


_PLACE = re.compile(r"([\w.]+), steps? (\d+)(?: to (\d+))?")


def steps_of(module: str) -> dict[int, str]:
    """The numbered steps of the argument in a module's docstring, with what is indented below each.

    Args:
        module: the dotted name.
    """
    text = cleandoc(import_module(module).__doc__ or "")
    found = re.split(r"^(\d+)\. ", text, flags=re.MULTILINE)
    steps = {}
    for number, body in zip(found[1::2], found[2::2], strict=True):
        first, *rest = body.split("\n\n")
        own = takewhile(lambda paragraph: paragraph.startswith(" "), rest)  # displays, and on
        steps[int(number)] = " ".join(" ".join([first, *own]).split())
    return steps


@dataclass(frozen=True)
class Argued:
    """A sentence that rests on an argument in words.

    Attributes:
        statement: the sentence.
        where: the place of the argument: "package.module, step 2", or "..., steps 1 to 3".
    """

    statement: str
    where: str

    def __post_init__(self) -> None:
        """Refuse a place where no argument stands."""
        steps = steps_of(self.module)
        if missing := [number for number in self.numbers if number not in steps]:
            raise ValueError(f"{self.module} has no step {missing[0]} in its docstring")

    def _parts(self) -> tuple[str, int, int]:
        match = _PLACE.fullmatch(self.where)
        if match is None:
            raise ValueError(f"{self.where!r} is no place such as 'package.module, step 2'")
        first = int(match[2])
        return match[1], first, int(match[3] or first)

    @property
    def module(self) -> str:
        """The module whose docstring argues."""
        return self._parts()[0]

    @property
    def numbers(self) -> range:
        """The numbers of the steps."""
        _, first, last = self._parts()
        return range(first, last + 1)

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps themselves."""
        every = steps_of(self.module)
        return tuple(every[number] for number in self.numbers)


Fact: TypeAlias = Proved | Exact | Argued

KINDS: dict[type, str] = {Proved: "proved", Exact: "exact", Argued: "argued", str: "remark"}
"""What a line of evidence is called; a remark is beside the proof, and no verdict rests on it."""


def basis_of(facts: Iterable[Fact]) -> Basis:
    """What facts rest on together: on words as soon as one of them does; on nothing without any."""
    kinds = {type(fact) for fact in facts}
    if Argued in kinds:
        return "words"
    return "machine" if kinds else "none"
