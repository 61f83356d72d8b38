r"""No client knows its label: a lower bound that sees the separation, for c = 0 too and any m.

Theorem. For every k ≥ 2, c ≥ 0, m and g ≥ D, with n = (k + c)m clients,

    K(m) ≥ (1 − (c/(k + c))ⁿ) Rₖ(g),

Rₖ(g) the Bayes risk E var(θ|X) of θ uniform on k means g apart, X ~ N(θ, 1). Moreover

    k Rₖ(g) ≥ Σ_{d = 1}^{k−1} (k − d) Pd(g),   Pd(g) = (dg)² ∫ φ(x)φ(x − dg)/Σⱼφ(x − jg) dx,

j over all whole numbers; the parts d ≤ 4 are used. With k = 2 the first is B(g/2) (see
`two_point`), and in a long chain the bound tends to P₁ + P₂ + …, about 2B(g/2) for large g: each
component within it has two neighbours.

Proof.
1. Let the means be 0, g, …, (k − 1)g, which are D or more apart, and known to all. Who is
genuine, the adversary's reports and the other genuine samples are independent of the label and the
sample of a genuine client. So whatever it is told of them, it errs by E var(θ|X) = Rₖ(g) or more
in the mean square, and so does the mean over U, unless U is empty: then the objective counts as 0.
2. k Rₖ = ∫ Σ_{i<j} (θᵢ − θⱼ)² φᵢφⱼ/Σφ dx, φᵢ = φ(x − θᵢ). The denominator is below the sum over
all whole j; there are k − d pairs at the distance dg; and all summands are positive. (Strict: for
k = 2, g = 4 the loss is below 10⁻⁵.)
3. Components in pairs, for which each client is told its pair, give no more: k Rₖ is superadditive
in k, since a client who is told in which part of the chain it is has no larger Bayes risk. So odd
k needs no other argument.

With hiding. Let component j be attacked by the set Sⱼ and a prior on it, the sets placed so that
their hulls are g ≥ D apart (for near means a larger g is better), and the mean of the component
drawn from that prior: whatever is drawn, the means are D apart. The reports do not depend on what
is drawn, so a genuine client errs by E var(θ|X) for the mixture of the priors, or more: both kinds
of doubt count. A client who is told in which block of components it is errs less, so the sum over
blocks is a lower bound too. For a given m the clients of components left alone, if they are told
so, lose what step 1 says, whatever the others do; for the attacked blocks step 4 of `finite` cuts
the risk, where no client need err by more than the hull of its block.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from flint import arb, ctx

from bounds.certify.exact import to_ball
from bounds.lower.attacks import Attack, Chain, TwoPoints
from bounds.lower.bayes import bayes_risk_ball
from bounds.lower.finite import cut_to_finite
from bounds.lower.lattice import shared
from bounds.lower.plans import Plan

MOST_SEPARATION = Fraction(48)
"""Beyond it the label is sure but for 10⁻¹²⁰, and nothing is claimed."""

_LEAST_SPACING = Fraction(1)
_TURN = Fraction(5, 2)  # from about here on Rₖ falls with g
_DISTANCES = 4
_POINTS = 8  # means in a block, about
_WIDER = tuple(Fraction(half, 2) for half in (3, 4, 5, 6))
"""Spacings that are tried beside D where it is smaller: any one from D on gives a bound."""
_MOST_JOINT = Fraction(16)  # beyond it a label is worth less than 10⁻¹²


@dataclass(frozen=True)
class LabelRisk:
    """What not knowing the labels costs.

    Attributes:
        value: a ball, whose lower end is at most Rₖ(g).
        spacing: g, at least D.
    """

    value: arb
    spacing: Fraction


def label_risk(k: int, separation: Fraction) -> LabelRisk:
    """Lower bound of the error of every client who does not know its label, c = 0 included.

    Args:
        k: the number of components.
        separation: D ≥ 0, in standard deviations.

    Returns:
        The bound at the working precision, and the spacing that gives it: the best one found.
    """
    if k < 2 or separation > MOST_SEPARATION:
        return LabelRisk(arb(0), separation)
    spacing = _spacing(min(k, 1000), max(separation, _LEAST_SPACING))
    return LabelRisk(_chain_risk(k, spacing), spacing)


def _chain_risk(k: int, spacing: Fraction) -> arb:
    total = arb(0)
    for distance in range(1, min(k, _DISTANCES + 1)):
        if _is_little(spacing, distance, total):
            break  # and so are those that are farther apart
        total += (k - distance) * _pair(spacing, distance, ctx.prec)
    return total / k


def _is_little(spacing: Fraction, distance: int, beside: arb) -> bool:
    """Whether a pair adds less than the working precision sees.

    Pd ≤ (dg)² ∫ min(φ(x), φ(x − dg)) dx = 2(dg)² Φ(−dg/2) ≤ (dg)² e^{−(dg)²/8}.
    """
    apart = distance * to_ball(spacing)
    most = apart * apart * (-(apart * apart) / 8).exp()
    return bool(most * arb(2) ** ctx.prec < beside)


def _pair(spacing: Fraction, distance: int, bits: int) -> arb:
    """Pd(g) = (dg)² e^{−h²}/√(2π) I: about the middle of the pair, h = dg/2 from both means."""
    apart = to_ball(distance * spacing)
    area = shared(spacing, distance % 2 == 1, bits)
    value: arb = apart * apart * (-(apart * apart) / 4).exp() * area / (2 * arb.pi()).sqrt()
    return value


@cache
def _spacing(k: int, least: Fraction) -> Fraction:
    """A good g from `least` on, in floats: any g gives a bound."""
    if least >= _TURN:
        return least
    trials = [least + (_TURN - least) * step / 12 for step in range(13)]
    return max(trials, key=lambda g: _rough(k, float(g)))


def _rough(k: int, g: float) -> float:
    import numpy as np

    x = np.linspace(-8, 8 + 4 * g, 1200)
    densities = np.exp(-((x[:, None] - g * np.arange(-40, 45)) ** 2) / 2)
    total, step = densities.sum(axis=1), x[1] - x[0]
    pairs = 0.0
    for d in range(1, min(k, _DISTANCES + 1)):
        shared = densities[:, 40] * densities[:, 40 + d] / total
        pairs += (k - d) * (d * g) ** 2 * float(shared.sum()) * step
    return pairs / k


def labels_and_hiding(
    k: int, c: Fraction, plan: Plan, separation: Fraction, m: Fraction | None
) -> arb:
    """Lower bound of K(m), or of its limit, by doubt about labels and about means at once.

    Args:
        k: the number of components.
        c: the adversary's budget.
        plan: which components are attacked, and how; its mass is at most c.
        separation: D ≥ 0, in standard deviations.
        m: the scale; None for the limit.

    Returns:
        The bound at the working precision; 0 where D is so large that labels are as good as known.
    """
    if separation > _MOST_JOINT:
        return arb(0)
    best = _hulls_apart(k, c, plan, separation, m)
    for wider in _WIDER:
        if wider > separation:
            best = best.max(_hulls_apart(k, c, plan, wider, m))
    return best


def _hulls_apart(k: int, c: Fraction, plan: Plan, separation: Fraction, m: Fraction | None) -> arb:
    """The bound with the hulls of the sets exactly so far apart."""
    together = _together(k, plan, separation)
    if together:
        earned = [block.risk if m is None else block.at(k, c, plan, m) for block in together]
        return earned[0].max(earned[-1])
    rest, hidden, cap = k, arb(0), arb(0)
    for count, attack in plan:
        rest -= count
        size = min(count, max(1, _POINTS // len(_points(attack))))
        for blocks, parts in ((count // size, size), (1, count % size)):
            if blocks and parts:
                block = _block([attack] * parts, separation)
                hidden += blocks * parts * block.risk
                cap = cap.max(block.hull)
    alone = label_risk(rest, separation).value * rest / k
    hidden /= k
    if m is None:
        return alone + hidden
    return some_genuine(k, c, m) * alone + cut_to_finite(hidden, cap, plan, k, c, m).max(arb(0))


def some_genuine(k: int, c: Fraction, m: Fraction) -> arb:
    """The chance that some client is genuine, 1 − (c/(k + c))ⁿ."""
    chance: arb = 1 - to_ball(c / (k + c)) ** int((k + c) * m)
    return chance


@dataclass(frozen=True)
class _Block:
    """Components next to each other.

    Attributes:
        risk: the Bayes risk of a client who knows that it is in the block.
        hull: how far the outer means are apart.
    """

    risk: arb
    hull: arb

    def at(self, k: int, c: Fraction, plan: Plan, m: Fraction) -> arb:
        """The bound for a given m, where the block is all there is."""
        return cut_to_finite(self.risk, self.hull, plan, k, c, m)


def _together(k: int, plan: Plan, separation: Fraction) -> list[_Block]:
    """All components as one block, those left alone on both sides or on one; none if too many."""
    attacks: list[Attack | None] = []
    if k < 2 or k > _POINTS or sum(count for count, _ in plan) > _POINTS:
        return []
    for count, attack in plan:
        attacks += [attack] * count
    rest = k - len(attacks)
    if sum(len(_points(attack)) for attack in attacks) + rest > _POINTS + 2:
        return []
    before = {rest // 2, 0}
    lines = ([None] * some + attacks + [None] * (rest - some) for some in before)
    return [_block(line, separation) for line in lines]


def _points(attack: Attack | None) -> tuple[int, ...]:
    """The weights of its means."""
    if isinstance(attack, TwoPoints):
        return (1, 1)
    return attack.weights if isinstance(attack, Chain) else (1,)


def _block(line: list[Attack] | list[Attack | None], separation: Fraction) -> _Block:
    """Components in a row, the hulls of their sets D apart.

    Of a plateau one mean is taken: its doubt is then that of the label alone.
    """
    means, chances, place = [], [], arb(0)
    for attack in line:
        weights, width = _points(attack), arb(0)
        if isinstance(attack, (TwoPoints, Chain)):
            width = attack.width()
        for number, weight in enumerate(weights):
            means.append(place + width * number / max(1, len(weights) - 1))
            chances.append(to_ball(Fraction(weight, sum(weights) * len(line))))
        place += width + to_ball(separation)
    if len(means) < 2:
        return _Block(arb(0), arb(0))
    balanced = all(_points(attack) == _points(attack)[::-1] for attack in line)
    risk = bayes_risk_ball(means, chances, symmetric=balanced and line == line[::-1])
    return _Block(risk, means[-1] - means[0])
