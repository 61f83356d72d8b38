"""What Algorithm 2 does to a client whose own sample is z off its mean, z ~ N(0, 1) (Lemma 4).

The server's estimate is s off the mean; the weights are 1/(1 + G) and G/(1 + G), G = g(ε̃)².
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import Proved, Term, cdf, density, prove_less
from bounds.functions.terms import central_mass, window_mass
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import equal, has_slope
from proofs_check.audit.facts import Exact
from proofs_check.claims.s5_algorithm.layout import Layout

THRESHOLD = Fraction(3, 2)
"""A client uses an estimate that is nearer than this to its sample, in units of Δ (line 3)."""


def moments(p: Any, q: Any) -> tuple[Term, Term, Term]:
    """Integrals of 1, z and z² against φ from p to q (terms)."""
    mass = cdf(q) - cdf(p)
    return mass, density(p) - density(q), mass + p * density(p) - q * density(q)


def moments_are_right() -> tuple[Exact, ...]:
    """That the slopes of the integrals in q are φ, qφ and q²φ."""
    q = sp.Symbol("q", positive=True)
    integrals = ((PHI(q), 0), (-DENSITY(q), 1), (PHI(q) - q * DENSITY(q), 2))
    return (
        Exact(
            "the integrals of 1, z, z^2 against phi have the slopes phi, z phi and z^2 phi",
            *(has_slope(integral, q, q**n * DENSITY(q)) for integral, n in integrals),
        ),
    )


def truncated_variance_below_one() -> tuple[Exact, ...]:
    """That ∫ z² φ = ∫ φ − 2aφ(a) over (−a, a), and ∫ z φ = 0 there."""
    a = sp.Symbol("a", positive=True)
    second = (PHI(a) - a * DENSITY(a)) - (PHI(-a) + a * DENSITY(-a))
    return (
        Exact(
            "the integral of z^2 phi over (-a, a) is that of phi less 2 a phi(a)",
            equal(second, PHI(a) - PHI(-a) - 2 * a * DENSITY(a)),
        ),
        Exact(
            "over a symmetric range the cross term is 0: the integral of z is phi(a) - phi(-a)",
            equal(DENSITY(a), DENSITY(-a)),
        ),
    )


def as_the_proof_says(shift: Term, weight: Term, threshold: Fraction) -> Term:
    """The first line of the proof's display: the client combines whenever |z| < threshold."""
    mass, _, second = moments(-threshold, threshold)
    own = second / mass
    return (shift * shift + weight * weight * own) / (1 + weight) ** 2


def as_the_algorithm_does(shift: Term, weight: Term, threshold: Fraction) -> Term:
    """E[error² given |z| < threshold], shift in (0, threshold): beyond it the sample is kept."""
    turn = shift - threshold
    mass, first, second = moments(turn, threshold)
    combined = shift * shift * mass + 2 * weight * shift * first + weight * weight * second
    kept = moments(-threshold, turn)[2]
    return (combined / (1 + weight) ** 2 + kept) / moments(-threshold, threshold)[0]


def decoy() -> tuple[Layout, Fraction, Fraction]:
    """Δ = 2: a cluster of the adversary's own, next to a component that it leaves untouched.

    Returns:
        the layout, its hypothesis, and its median: 0.48 of 0.9546 and a tail lies there.
    """
    near = Fraction("4.11")
    atoms = ((near, Fraction("0.48")), (Fraction("8.09"), Fraction("0.4746")))
    return Layout(Fraction(2), (Fraction(0),), atoms), Fraction("6.1"), near


def decoy_stands_alone() -> list[Proved]:
    """Proof that of all points off the mean only those between 6.09 and 6.11 pass.

    A window without the second atom holds at most 0.48 + f(2.11), one without the first at most
    0.4746 + f(6.09); and the median of the decoy's points is the first atom.
    """
    layout, centre, _ = decoy()
    (near, first), (far, second) = layout.atoms
    delta = layout.delta
    return [
        layout.passes(centre),
        prove_less(first + window_mass(near - delta, delta), central_mass(delta)),
        prove_less(second + window_mass(far - delta, delta), central_mass(delta)),
        prove_less(second + window_mass(centre, delta), first),
    ]
