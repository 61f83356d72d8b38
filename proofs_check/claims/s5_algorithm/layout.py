"""Attacks on the clustering, in the limit of many clients: means, and atoms of adversarial mass.

A hypothesis h passes the filter of Algorithm 1 (line 7, δ → 0) where the mass within Δ of it is
more than ρ: genuine mass f(h − μ_i) from every component, and the adversary's atoms. Hypotheses
closer than 3Δ are joined (line 8); a cluster is a clique where its whole span is below 3Δ. Every
place has hypotheses in the limit, m_h → ∞: from genuine tails, or from a trace of mass put there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import add

from bounds.certify.inequalities import Proved, Term, number, prove_less
from bounds.functions.terms import central_mass, window_mass

EDGE = 3
"""Two hypotheses are joined below this distance, in units of Δ (line 8)."""


@dataclass(frozen=True)
class Layout:
    """Where the components are and where the adversary puts mass.

    Attributes:
        delta: Δ, in standard deviations.
        means: the component means.
        atoms: pairs (place, mass relative to one component).
    """

    delta: Fraction
    means: tuple[Fraction, ...]
    atoms: tuple[tuple[Fraction, Fraction], ...] = ()

    @property
    def spent(self) -> Fraction:
        """The adversary's whole mass."""
        return sum((mass for _, mass in self.atoms), Fraction(0))

    def adversarial(self, h: Fraction) -> Fraction:
        """Adversarial mass less than Δ from h."""
        near = (mass for place, mass in self.atoms if abs(place - h) < self.delta)
        return sum(near, Fraction(0))

    def mass(self, h: Fraction) -> Term:
        """All mass less than Δ from h."""
        windows = [window_mass(h - mean, self.delta) for mean in self.means]
        extra = self.adversarial(h)
        return reduce(add, ([number(extra)] if extra else []) + windows)

    def passes(self, h: Fraction) -> Proved:
        """Proof that a hypothesis at h passes the filter.

        Raises:
            Inconclusive: it does not, or that is not proved.
        """
        return prove_less(central_mass(self.delta), self.mass(h))

    def fails(self, h: Fraction) -> Proved:
        """Proof that a hypothesis at h is filtered out."""
        return prove_less(self.mass(h), central_mass(self.delta))


def clusters(points: Sequence[Fraction], delta: Fraction) -> list[list[Fraction]]:
    """The connected components of the graph of line 8, each in order."""
    groups: list[list[Fraction]] = []
    for point in sorted(points):
        if groups and point - groups[-1][-1] < EDGE * delta:
            groups[-1].append(point)
        else:
            groups.append([point])
    return groups


def is_clique(cluster: Sequence[Fraction], delta: Fraction) -> bool:
    """Whether all points of a cluster are joined: its span is below 3Δ."""
    return cluster[-1] - cluster[0] < EDGE * delta


def mirrored(spacing: Fraction, half: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The points of one half and their mirror images about spacing/2, in order."""
    return tuple(sorted({*half, *(spacing - point for point in half)}))


def bridge(
    delta: Fraction,
    spacing: Fraction,
    inner: Sequence[tuple[Fraction, Fraction]],
    blob: Fraction,
) -> Layout:
    """Two components that one blob of mass half-way between them joins into one cluster.

    Args:
        delta: Δ.
        spacing: D, the distance of the two means 0 and D.
        inner: atoms near the mean 0; their mirror images lie near the mean D.
        blob: the mass at D/2.
    """
    outer = [(spacing - place, mass) for place, mass in inner]
    atoms = (*inner, (spacing / 2, blob), *outer)
    return Layout(delta, (Fraction(0), spacing), atoms)
