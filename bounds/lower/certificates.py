r"""A lower bound as certificates: explicit inequalities that `bounds check` replays.

For each attack of the plan: what it costs, and what it earns. The Bayes risk of a prior on the
means ±θⱼ is at least a finite trapezoidal sum of its positive integrand s₂ − s₁²/m (sᵢ = Σ pθⁱφ(x
− θ), m = s₀) less the error bound 12A² e^{d²/2}/(e^{2πd/h} − 1), Ad ≤ 7/5, of `quadrature` and
`bayes`. The sum is cut into parts, each with a rational number below it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bounds.certify.errors import InputError
from bounds.certify.inequalities import PI, Proved, Term, cdf, exp, number, prove_less, sqrt
from bounds.certify.numbers.enclosure import dyadic_ends
from bounds.certify.numbers.precision import working_precision
from bounds.certify.results import Result
from bounds.lower.attacks import Attack, Chain, Plateau, TwoPoints
from bounds.lower.bound import LowerBound
from bounds.lower.quadrature import ANGLE

_BITS = 96
_KEPT = 44  # bits of the rational numbers in the certificates
_NATS = 36
_LEAST_BUDGET = Fraction(1, 10**300)
_TINY = Fraction(1, 2**30)
_PARTS = 1200  # of the 2000 that a term may have


@dataclass(frozen=True, repr=False)
class CertifiedBound(Result):
    """A lower bound that follows from certificates by rational arithmetic.

    Attributes:
        value: the bound, about 10⁻⁹ below the enclosure's lower end in relative terms.
        certificates: what it follows from, for `bounds check`.
    """

    value: Fraction
    certificates: tuple[dict[str, Any], ...]


def _scale(value: Fraction) -> Fraction:
    """The power of 2 that makes a positive number, however small, about 2⁴⁴."""
    size = value.numerator.bit_length() - value.denominator.bit_length()
    return Fraction(2) ** (_KEPT - size)


def _below(term: Term) -> tuple[Fraction, Proved]:
    """A short rational number just below a positive term, with the proof."""
    with working_precision(_BITS):
        low = dyadic_ends(term.at({}))[0].fraction()
    scale = _scale(low)
    near = Fraction(math.floor(low * scale) - 1) / scale
    return near, prove_less(near, term)


def _sum(terms: list[Term]) -> Term:
    """The sum as a balanced tree."""
    if len(terms) == 1:
        return terms[0]
    half = len(terms) // 2
    return _sum(terms[:half]) + _sum(terms[half:])


def _integrand(prior: list[tuple[Fraction, Fraction]], x: Fraction) -> Term:
    """√(2π)(s₂ − s₁²/m) at x."""

    def moment(power: int) -> Term:
        weights = [(p * mean**power, mean) for mean, p in prior]
        return _sum([w * exp(number(-((x - mean) ** 2) / 2)) for w, mean in weights if w])

    first = moment(1)
    return moment(2) - first * first / moment(0)


def _risk(prior: list[tuple[Fraction, Fraction]]) -> tuple[Fraction, list[Proved]]:
    """A lower bound on the Bayes risk of a symmetric prior, with its proofs."""
    widest = max(mean for mean, _ in prior)
    strip = min((ANGLE / widest).limit_denominator(1000) - Fraction(1, 1000), Fraction(6))
    step = Fraction(round(1000 * 2 * math.pi * float(strip) / (_NATS + float(strip) ** 2)), 1000)
    nodes = [step * j for j in range(math.ceil((float(widest) + 7) / step) + 1)]
    at_once = max(1, _PARTS // (27 * len(prior)))
    proofs, total = [], Fraction(0)
    for start in range(0, len(nodes), at_once):
        chunk = [
            (1 if x == 0 else 2) * _integrand(prior, x) for x in nodes[start : start + at_once]
        ]
        low, proof = _below(step * _sum(chunk) / sqrt(2 * PI))
        proofs.append(proof)
        total += low
    error = 12 * widest**2 * exp(number(strip**2 / 2)) / (exp(2 * PI * (strip / step)) - 1)
    slack = widest**2 / 10**12
    proofs.append(prove_less(error, slack))
    return total - slack, proofs


def _attack(attack: Attack) -> tuple[Fraction, list[Proved]]:
    """What one attack earns at least, with the proofs of that and of its cost."""
    if isinstance(attack, Plateau):
        square = attack.mass * attack.mass
        low, proof = _below(number(square) / (square + 2 * PI))
        return low, [proof]
    if isinstance(attack, TwoPoints):
        with working_precision(_BITS):
            t = dyadic_ends(attack.width() / 2)[0].fraction()
        t = math.floor(t * _scale(t)) / _scale(t)
        cost = prove_less(_mass(t), attack.mass)
        earned, proofs = _risk([(-t, Fraction(1, 2)), (t, Fraction(1, 2))])
        return earned, [cost, *proofs]
    return _chain(attack)


def _mass(t: Fraction) -> Term:
    """2Φ(t) − 1; for tiny t, where that cancels, t√(2/π), which is larger because φ ≤ φ(0)."""
    return t * sqrt(2 / PI) if t < _TINY else 2 * cdf(number(t)) - 1


def _chain(attack: Chain) -> tuple[Fraction, list[Proved]]:
    count, total = len(attack.weights), sum(attack.weights)
    cost = prove_less((count - 1) * (2 * cdf(number(attack.spacing / 2)) - 1), attack.mass)
    prior = [
        (attack.spacing * (j - Fraction(count - 1, 2)), Fraction(weight, total))
        for j, weight in enumerate(attack.weights)
    ]
    earned, proofs = _risk(prior)
    return earned, [cost, *proofs]


def certified_bound(bound: LowerBound) -> CertifiedBound:
    """The constants of the bound from certificates alone; the argument around them is in words.

    Args:
        bound: a corrected or sharp bound for large m.

    Raises:
        InputError: it is no lower bound, or the printed one, or one for a given m; or c is below
            10⁻³⁰⁰.
    """
    if not isinstance(bound, LowerBound):
        raise InputError(f"pass the result of lower_bound, not {type(bound).__name__}")
    if not bound.plan or bound.m is not None:
        raise InputError(
            "certificates are written for corrected and sharp bounds in the limit of large m"
        )
    if bound.c < _LEAST_BUDGET:
        raise InputError(
            "certificates are written for c from 10^-300 on: smaller numbers are too long"
        )
    total, proofs = Fraction(0), []
    for count, attack in bound.plan:
        earned, own = _attack(attack)
        total += count * earned
        proofs += own
    return CertifiedBound(total / bound.k, tuple(proof.certificate() for proof in proofs))
