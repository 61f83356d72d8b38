"""How loose each lemma is: the one-component loss at one mass ε after each step of the argument."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import arb

from bounds.certify.exact import read_positive, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import read_digits, working_precision
from bounds.certify.results import Result
from bounds.critical.domain import read_delta
from bounds.functions.estimate import mass_estimate
from bounds.functions.loss import loss_of_shift
from bounds.functions.radius import filter_radius
from bounds.upper.extended import loss_above, shift_of_mass
from bounds.upper.joint import bits_at, worst_case
from bounds.upper.sharp import count_excess, sharp_loss_at


@dataclass(frozen=True, repr=False)
class Ladder(Result):
    """The one-component loss at one mass ε, from what an attack attains to Lemma 4 as printed.

    Attributes:
        attack: what the one-sided attack (points from 0 to l pass, all mass right of the mean by Δ
            or more) achieves on clients within 3Δ/2 of their mean: a lower bound.
        joint: an upper bound over all adversaries, extents, counts and median jointly: the same
            number as `attack` wherever that is proved the worst (see `worst_case`).
        sharp: H(ε), with the worst shift and the worst count each alone, and E[x²] = 1.
        exact_lemma_3: g²/(1 + g²) at the exact largest ε̃.
        lemma_3: g²/(1 + g²) at ε̂ = ε + φ(Δ) l(ε): the loss as the paper's appendix has it.
        lemma_4: twice that, as Lemma 4 of the main text has it.
    """

    attack: Enclosure
    joint: Enclosure
    sharp: Enclosure
    exact_lemma_3: Enclosure
    lemma_3: Enclosure
    lemma_4: Enclosure


def ladder(eps: Any, delta: Any, digits: int = 12) -> Ladder:
    """The one-component loss at ε after each lemma, certified.

    Args:
        eps: adversarial mass relative to one component, 0 < ε < the price of destruction.
        delta: Δ, 1/64 to 64, in standard deviations.
        digits: significant decimal digits.

    Raises:
        InputError: a number is malformed.
        DomainError: ε is at or above the price of destruction.
    """
    exact, digits = read_delta(delta), read_digits(digits)
    mass = read_positive(eps, "eps")
    worst = worst_case(mass, exact, "near", digits)
    with working_precision(bits_at(exact, mass, digits)):
        ball, e = to_ball(exact), to_ball(mass)
        x = filter_radius(e, ball)
        largest = shift_of_mass(e + count_excess(x, ball), ball)
        whole = loss_above(mass_estimate(e, ball), ball)
        values = {
            "sharp": sharp_loss_at(x, ball),
            "exact_lemma_3": loss_of_shift(largest) if largest.is_finite() else arb(1),
            "lemma_3": whole,
            "lemma_4": 2 * whole,
        }
    faces = {name: Enclosure.of(value, digits) for name, value in values.items()}
    joint = worst.at_most if worst.at_most is not None else faces["sharp"]
    return Ladder(attack=worst.attained, joint=joint, **faces)
