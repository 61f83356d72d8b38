"""Attacks that destroy clusters, and what destroying costs at least (Lemma 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bounds.certify.inequalities import Proved as Inequality
from bounds.certify.inequalities import Term, cdf
from bounds.functions.terms import central_mass
from proofs_check.audit.facts import Proved, less
from proofs_check.audit.figures import Curve, line_plot
from proofs_check.claims.s5_algorithm.layout import (
    EDGE,
    Layout,
    bridge,
    clusters,
    is_clique,
    mirrored,
)

FIRST = Fraction(EDGE, 2)
"""Some hypothesis of a non-clique is at least so far from a mean in it, in units of Δ."""

WINDOW_END = FIRST + EDGE + 1
"""The first such hypothesis is less than FIRST + 3 away; its window ends 1 further."""


@dataclass(frozen=True)
class Destruction:
    """An attack with hypotheses that pass the filter and make one cluster that is no clique."""

    layout: Layout
    seen: tuple[Fraction, ...]

    def proofs(self) -> list[Inequality]:
        """Proof for each hypothesis that it passes."""
        return [self.layout.passes(h) for h in self.seen]

    def destroyed(self) -> int:
        """How many components have their mean in a cluster that is not a clique."""
        bad = [c for c in clusters(self.seen, self.layout.delta) if not self._clique(c)]
        return sum(c[0] <= mean <= c[-1] for c in bad for mean in self.layout.means)

    def shown(self, statement: str, count: int) -> Proved:
        """That it destroys `count` components: every hypothesis passes, and they join.

        Raises:
            Inconclusive: it does not.
        """
        destroyed = self.destroyed()
        return Proved(
            statement, self.proofs(), less(destroyed, count + 1), less(count - 1, destroyed)
        )

    def _clique(self, cluster: Sequence[Fraction]) -> bool:
        return is_clique(cluster, self.layout.delta)


def shared_blob() -> Destruction:
    """Δ = 2, D = 18 = 9Δ: one blob half-way, and a little mass next to both means."""
    spacing, near, joint = Fraction(18), Fraction("1.05"), Fraction("7.04")
    layout = bridge(Fraction(2), spacing, [(near, Fraction("0.13"))], Fraction("0.955"))
    return Destruction(layout, mirrored(spacing, [Fraction(0), near, joint]))


def shared_blob_wide() -> Destruction:
    """Δ = 4, D = 36 = 9Δ: the same, where the little mass is much less."""
    spacing, near, joint = Fraction(36), Fraction("2.1"), Fraction("14.04")
    layout = bridge(Fraction(4), spacing, [(near, Fraction("0.029"))], Fraction(1))
    return Destruction(layout, mirrored(spacing, [Fraction(0), near, joint]))


def single_atom() -> Destruction:
    """Δ = 2, any D: a trace at the mean and one atom just below 3Δ."""
    far, trace = Fraction("5.9995"), Fraction(1, 10**6)
    layout = Layout(
        Fraction(2), (Fraction(0),), ((Fraction(0), trace), (far, Fraction("0.954469")))
    )
    return Destruction(layout, (Fraction(-1, 1000), Fraction(1, 1000), far))


def least_price(delta: Fraction) -> Term:
    """Lower bound on the mass that destroys a component: 1 − 2Φ(−Δ) − Φ(−Δ/2) − 2Φ(−7Δ/2).

    It is below ρ − f(3Δ/2) − 2Φ(−7Δ/2), and every term of it increases with Δ.
    """
    return 1 - 2 * cdf(-delta) - cdf(-delta / 2) - 2 * cdf((WINDOW_END - 9) * delta)


def draw_shared_blob(pieces: int = 180) -> str:
    """What the filter sees between the two means of `shared_blob`, as an SVG."""
    layout = shared_blob().layout
    quiet = Layout(layout.delta, layout.means)
    end = layout.means[-1]
    places = [end * number / pieces for number in range(pieces + 1)]

    def curve(label: str, seen: Layout) -> Curve:
        return Curve(label, [(float(h), float(seen.mass(h).at({}).mid())) for h in places])

    rho = float(central_mass(layout.delta).at({}).mid())
    return line_plot(
        "Mass within Δ = 2 of a hypothesis h, two means D = 18 = 9Δ apart: with atoms 0.13 near"
        " each mean and 0.955 half-way, and without. Hypotheses pass where it is above ρ; gaps"
        " shorter than 3Δ = 6 are bridged, so one atom destroys both clusters.",
        "h",
        "mass within Δ",
        [
            curve("attack", layout),
            curve("no attack", quiet),
            Curve("ρ", [(0.0, rho), (float(end) / 4, rho), (float(end), rho)]),
        ],
    )
