"""One proved bound on K(m): its value, how it was found, what it rests on, and its range."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from bounds.certify.exact import show_exact
from bounds.certify.numbers.enclosure import Enclosure

Basis = Literal["machine", "words"]


@dataclass(frozen=True)
class Problem:
    """What is asked: the error of the best algorithm against every adversary.

    Attributes:
        k: the number of components, equally likely.
        c: the adversary's budget, relative to the mass of one component; c/k is the ratio of
            corrupted to genuine clients.
        distance: D ≥ 0: the means are at least so far apart, in standard deviations.
        m: the scale, with (k + c)m clients; None for the limit of large m.
    """

    k: int
    c: Fraction
    distance: Fraction
    m: Fraction | None

    def means(self) -> str:
        """Which means the maximum goes over."""
        if self.k == 1:
            return "one mean"
        return f"{self.k} means at least {show_exact(self.distance)} apart"


@dataclass(frozen=True)
class Side:
    """A bound on K(m) with its range.

    Attributes:
        value: the bound, enclosed: of a lower bound the lower end is what is proved, of an upper
            bound the upper end.
        method: how it was found.
        argued: the module whose docstring has the argument that leads from certified numbers to
            this statement about algorithms; None if none is needed.
        m: the scale for which it holds; None: for the limit of large m alone.
        holds: the same in words, with what else is needed.
        detail: the attack, or the parameters of the algorithm.
    """

    value: Enclosure
    method: str
    argued: str | None
    m: Fraction | None
    holds: str
    detail: str

    @property
    def basis(self) -> Basis:
        """Whether the machine decides it all, or an argument in words with certified constants."""
        return "machine" if self.argued is None else "words"


def in_the_limit(below: bool) -> str:
    """The range of a statement on the limit."""
    limit = "lim inf" if below else "lim sup"
    return f"in the limit m -> infinity ({limit} K(m)), not for a fixed m"


def at_scale(m: Fraction) -> str:
    """The range of a statement on K(m)."""
    return f"at m = {show_exact(m)}"
