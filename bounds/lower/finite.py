r"""From the limit to a given m: what the factor 1/|U| costs, and what an unknown place adds.

The objective averages over the |U| genuine ones of n = (k + c)m clients, and |U| depends on the
same coin tosses as the data. And no client knows where its component lies: even one who has all
labels errs by about 1/m in the mean square, as the others' samples are finitely many.

Let the server know all labels, and let component j be attacked by the set Sⱼ (Sⱼ = {0}: left
alone), with hull Wⱼ < 2, mass M(Sⱼ) and a prior of Bayes risk rⱼ. Its mean is θ = u + s, s from
that prior, u from the density 2cos²(πx/L)/L on an interval of length L, all independent; the
intervals lie as far apart as D asks for. Put p = k/(k + c), h = max over s of φ(x − s), and
J = ∫ h′²/h = 1 + Σ over the gaps g of (2Φ(g/2) − 1 − gφ(g/2)).

Theorem. For every whole N from 1 to n, with W the widest hull,

    K(m) ≥ (km/N)(R − (L + W)² P),      P = P(|U| > N given that client 1 is genuine),
    R = (1/k) Σⱼ (rⱼ + (1 − Wⱼ²/4)²/Iⱼ),   Iⱼ = (n − 1)J/(k + c) + 1 + 4π²/L².

Proof.
1. Given that client 1 is genuine with label j, and u, each other report is a draw of its
own, of label j with chance (1 + M)/(k + c) and then of the density h(x − u)/(1 + M): none depends
on s. So all that the client sees is Y = (X, the reports), X = u + s + Z.
2. var(θ|Y) = E[var(θ|Y,u)|Y] + var(E[θ|Y,u]|Y). The mean of the first is rⱼ. In the second
E[θ|Y,u] = u + e(X − u), where e′ is the variance of s given X − u, at most Wⱼ²/4: so it grows with
u at least at the rate 1 − Wⱼ²/4, and its variance is at least (1 − Wⱼ²/4)² var(u|Y).
3. E var(u|Y) ≥ 1/Iⱼ (van Trees): the reports have the information (n − 1)J/(k + c) on u, X at most
that of Z, 1, and the density of u has 4π²/L². (For Wⱼ ≥ 2 the second part is left out.)
4. The sum over U has the mean n p E[ℓ/|U|], ℓ the loss of client 1 given that it is genuine (it
counts as 0 where nobody is). Clamped to the hull of the possible means, ℓ ≤ (L + W)². And
E[ℓ/|U|] ≥ E[ℓ; |U| ≤ N]/N ≥ (R − (L + W)² P)/N. With np = km this is the bound.

Two bounds serve for P. Given that client 1 is genuine, |U| − 1 is Binomial(n − 1, p): the exact
tail, or exp(−(n − 1) KL(N/(n − 1), p)) for many clients. Or: given the reports and the means, the
others are genuine independently, with chances 1 − ρ, ρ = 1 − φ(x − s)/h(x) at their report x. By
Jensen's inequality E[1/|U|] there is at least one over 1 + Σ(1 − ρ), which may stand for |U| in
step 4. It is less spread: ρ ≥ 0 has the mean 1 − p, so the chance that Σρ falls a below its mean is
at most exp(−a²/(2(n − 1) E ρ²)), and E ρ² is known (`attacks`).

With c = 0 all are genuine, N = n = km, P = 0 and L is free: K(m) ≥ 1/(1 + (n − 1)/k) in the limit
of large L, which is 1/m for k = 1, the error of the mean of all samples.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from flint import arb, ctx

from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower.binomial import binomial_tail
from bounds.lower.plans import Plan

_LENGTHS = (None, *(Fraction(2) ** power for power in range(-8, 7)))  # None: u is known
_UNBOUNDED = Fraction(2) ** 200
_SPREADS = [Fraction(j, 4) for j in range(1, 49)]  # N − np, in standard deviations
_MOST_EXACT = 10**5  # clients: up to here binomial tails are summed


@dataclass(frozen=True)
class _Setting:
    """The attack in numbers: balls for what is proved, floats to choose N and L."""

    k: int
    c: Fraction
    m: Fraction
    plan: Plan

    @property
    def clients(self) -> int:
        return int((self.k + self.c) * self.m)

    @property
    def genuine(self) -> Fraction:
        return self.k * self.m

    def width(self) -> arb:
        widest = arb(0)
        for _, attack in self.plan:
            widest = widest.max(attack.width())
        return widest

    def square_surprise(self) -> arb:
        """(k + c) E ρ²: what is not spent on a component is known to be corrupted, ρ = 1."""
        left, total = self.c, arb(0)
        for count, attack in self.plan:
            left -= count * attack.mass
            total += count * attack.square_surprise()
        return total + to_ball(left)

    @cached_property
    def _parts(self) -> list[tuple[int, arb, arb, arb]]:
        """Of each attack its number, rⱼ, 1 − w²/4 and J, which serve for every length."""
        # step: step 2: the estimate follows the place but for a quarter of the hull squared
        #   [constant 2/2: 8]
        return [
            (count, attack.risk(), 1 - attack.width() * attack.width() / 4, attack.information())
            for count, attack in self.plan
        ]

    def risk(self, length: Fraction | None) -> arb:
        """R; with u known the parts rⱼ alone."""
        rest, total = self.k, arb(0)
        for count, risk, steady, information in self._parts:
            rest -= count
            total += count * risk
            if length is not None and steady > 0:
                total += count * steady * steady * self._place(information, length)
        if length is not None:
            total += rest * self._place(arb(1), length)
        return total / self.k

    def _place(self, information: arb, length: Fraction) -> arb:
        """1/I."""
        others = to_ball((self.clients - 1) / (self.k + self.c)) * information
        # step: step 3: the information of the place's own density [last product 2/2]
        rate = 2 * arb.pi() / to_ball(length)
        # step: and that of the own sample [first sum 2/2]
        return 1 / (others + 1 + rate * rate)


def finite_bound(plan: Plan, k: int, c: Fraction, m: Fraction) -> arb:
    """Lower bound on K(m), at the working precision, by an attack on labelled components.

    Args:
        plan: which components are attacked, and how; its mass is at most c.
        k: the number of components.
        c: the adversary's budget, at least 0.
        m: the scale: there are (k + c)m clients, a whole number.
    """
    setting = _Setting(k, c, m, plan)
    if c == 0:
        return setting.risk(_UNBOUNDED)
    width, square = setting.width(), setting.square_surprise()
    best = arb(0)
    for length in _LENGTHS:
        # step: step 4: a client errs by the hull of a set and the length at most [value 1/3:
        #   arb(0)]
        cap = width + (0 if length is None else to_ball(length))
        best = best.max(_cut(setting, square, setting.risk(length), cap))
    return best


def cut_to_finite(risk: arb, cap: arb, plan: Plan, k: int, c: Fraction, m: Fraction) -> arb:
    """Step 4 alone: what a mean loss of genuine clients leaves of K(m), at the working precision.

    Args:
        risk: R, a lower bound of the mean loss of a genuine client who sees reports that a plan
            makes independent of what is hidden; it may count some of the components alone.
        cap: no client need err by more.
        plan: that plan.
        k: the number of components.
        c: the adversary's budget, at least 0.
        m: the scale.
    """
    if c == 0:
        return risk
    setting = _Setting(k, c, m, plan)
    return _cut(setting, setting.square_surprise(), risk, cap)


def _cut(setting: _Setting, square: arb, risk: arb, cap: arb) -> arb:
    most, tail = max(
        _tails(setting, float(square)),
        key=lambda choice: _rough(setting, float(risk), float(cap), choice[0], choice[1]),
    )
    chance = _tail(setting, square, most, tail)
    # step: its square is lost where many are genuine [first product 4/4]
    # step: with the chance of that [first sum]
    # step: the objective divides by |U|, at most N [call: arb(1)]
    return to_ball(setting.genuine / most) * (risk - cap * cap * chance)


def _tails(setting: _Setting, square: float) -> Iterator[tuple[Fraction, float]]:
    """Trial values of N, each with about log P."""
    clients, chance = setting.clients, float(setting.genuine / setting.clients)
    yield Fraction(clients), -math.inf
    for spread in (
        math.sqrt(clients * chance * (1 - chance)),
        math.sqrt(max(0.0, clients * square / float(setting.k + setting.c))),
    ):
        for steps in _SPREADS:
            most = math.ceil(setting.genuine + steps * Fraction(spread))
            if most < clients:
                yield Fraction(most), _rough_tail(setting, square, most)


def _rough_tail(setting: _Setting, square: float, most: int) -> float:
    others = setting.clients - 1
    fall = float(others * setting.c / (setting.k + setting.c) - (setting.clients - most))
    jensen = 0.0
    if fall > 0:
        jensen = -fall * fall / (2 * others * square) * float(setting.k + setting.c)
    if most >= others:
        return jensen
    share = setting.genuine / setting.clients
    p, q = float(share), most / others
    over = float(most - others * share) / others  # q − p, also where they differ by rounding alone
    if not over < 1 - p:
        return jensen
    apart = others * (q * math.log1p(over / p) + (1 - q) * math.log1p(-over / (1 - p)))
    return min(jensen, -apart if q > p else 0.0)


def _apart(setting: _Setting, most: int) -> arb:
    """(n − 1) KL(N/(n − 1), p)."""
    others = setting.clients - 1
    with working_precision(ctx.prec + 2 * others.bit_length()):  # of q − p as many bits cancel
        p, q = to_ball(setting.genuine / setting.clients), to_ball(Fraction(most, others))
        # step: Chernoff's bound holds beyond the mean alone [true 2/2]
        if not q > p:
            return arb(0)
        return others * (q * (q / p).log() + (1 - q) * ((1 - q) / (1 - p)).log())


def _rough(setting: _Setting, risk: float, cap: float, most: Fraction, log_tail: float) -> float:
    tail = math.exp(max(-700.0, log_tail)) if log_tail > -math.inf else 0.0
    return float(setting.genuine / most) * (risk - cap * cap * tail)


def _tail(setting: _Setting, square: arb, most: Fraction, log_tail: float) -> arb:
    """The smaller of the bounds on P at N."""
    if log_tail == -math.inf:
        return arb(0)
    number, others = int(most), setting.clients - 1
    per_client = to_ball(1 / (setting.k + setting.c))
    chance = arb(1)
    fall = others * setting.c / (setting.k + setting.c) - (setting.clients - most)
    if fall > 0:
        # step: the thinner tail, by E ρ² [last product 5/5]
        chance = chance.min((-to_ball(fall * fall) / (2 * others * square * per_client)).exp())
    if others <= _MOST_EXACT:
        exact = binomial_tail(others, to_ball(setting.genuine / setting.clients), number, ctx.prec)
        return chance.min(exact)
    return chance.min((-_apart(setting, number)).exp()) if number < others else chance
