r"""Means over a standard normal Z by the trapezoidal rule: of sech(tZ), Z² sech(tZ), and a risk.

Let F be analytic for |Im z| ≤ d with ∫ |F(x + iy)| dx ≤ C there. Then hΣ F(jh) over all whole j
differs from ∫F by at most 2C/(e^{2πd/h} − 1) (Trefethen and Weideman, SIAM Review 56, 2014, theorem
5.1). Here F = φ·f, with |φ(x + iy)| = φ(x)e^{y²/2}; and where |b| ≤ 7/5, cos b > 1/6, so that

    |sech(a + ib)|² = 1/(sinh²a + cos²b) < 36,    |tanh(a + ib)|² ≤ max(1, tan²b) < 36.

With |t|d ≤ 7/5, C/e^{d²/2} is 6 for sech, 6(1 + d²) for Z² sech, and (6s + θ)² for the risk
E(s tanh(s(θ + Z)) − θ)², s, θ ≥ 0, whose t is s. Beyond the last node X = nh the terms are at most
those of φ, x²φ (X² > 2) and (s + θ)²φ, which fall: on both sides less than T(X), 2Xφ(X) + T(X) and
(s + θ)²T(X), with T(X) = 2Φ(−X).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.normal import normal_density, two_tails
from bounds.certify.checker.operations import Operation, monotone
from bounds.certify.checker.precision import Rational
from bounds.certify.checker.verdict import Undecided

_ANGLE = gmpy2.mpq(7, 5)
_MOST_NODES = 20_000


@dataclass(frozen=True)
class Rule:
    """Nodes jh for |j| ≤ count, and a strip |Im z| ≤ d: exact numbers, whatever led to them."""

    strip: Rational
    step: Rational
    count: int


def rule_for(t: Interval) -> Rule:
    """A rule whose errors are about what the precision of t leaves, for functions of tZ, t > 0.

    Raises:
        Undecided: it would have too many nodes, or t is not proved to lie above 0.
    """
    if not t > 0:
        raise Undecided("the argument of a mean is not proved positive")
    nats = math.log(2) * t.at.bits
    widest, rate = math.sqrt(2 * nats), float(t.hi)
    strip = min(widest, float(_ANGLE) / rate * (1 - 2**-40))
    step = 2 * math.pi * strip / (nats + strip * strip / 2 + 4)
    count = math.ceil((widest + 1) / step)
    if not count <= _MOST_NODES:
        raise Undecided(f"a mean would take more than {_MOST_NODES:,} nodes")
    return Rule(gmpy2.mpq(strip), gmpy2.mpq(step), count)


def sech_mean(t: Interval) -> Interval:
    """E sech(tZ), t > 0, at one t."""
    rule = rule_for(t)
    nodes = _sum(rule, t, lambda x: _sech(t * x))
    (height, beyond) = _strip(rule, t), two_tails(_last(rule, t))
    return _with_errors(nodes, rule, 6 * height, beyond)


def sech_square_mean(t: Interval) -> Interval:
    """E Z² sech(tZ), t > 0, at one t."""
    rule = rule_for(t)
    nodes = _sum(rule, t, lambda x: x.squared() * _sech(t * x))
    last, d = _last(rule, t), _exact(rule.strip, t)
    if not last.squared() > 2:
        raise Undecided("the nodes end too early")
    beyond = 2 * last * normal_density(last) + two_tails(last)
    return _with_errors(nodes, rule, 6 * (1 + d.squared()) * _strip(rule, t), beyond)


def tanh_risk(s: Interval, theta: Interval) -> Interval:
    """E(s tanh(s(θ + Z)) − θ)², s > 0 and θ ≥ 0, at one s and one θ."""
    if not theta.lo >= 0:
        raise Undecided("the mean of a risk is not proved to be at least 0")
    rule = rule_for(s)

    def error(x: Interval) -> Interval:
        return (s * _tanh(s * (theta + x)) - theta).squared()

    nodes = _sum(rule, s, lambda x: (error(x) + error(-x)) / 2)
    size = (6 * s + theta).squared()
    beyond = (s + theta).squared() * two_tails(_last(rule, s))
    return _with_errors(nodes, rule, size * _strip(rule, s), beyond)


def _sech(t: Interval) -> Interval:
    """Where t ≥ 0."""
    fade = (-t).exp()
    return 2 * fade / (1 + fade.squared())


def _tanh(t: Interval) -> Interval:
    """Odd, and increasing: over a range across 0 from its ends."""
    if t.lo < 0:
        return -_tanh(-t) if t.hi <= 0 else _tanh(t.low).hull(_tanh(t.high))
    fade = (-2 * t).expm1()
    return -fade / (2 + fade)


def _exact(number: Rational, like: Interval) -> Interval:
    return Interval.enclosing(like.at, number, number)


def _last(rule: Rule, like: Interval) -> Interval:
    return _exact(rule.step * rule.count, like)


def _sum(rule: Rule, like: Interval, even: Callable[[Interval], Interval]) -> Interval:
    """The hΣ φ(jh) f(jh) of an even f, over all nodes."""
    step, total = _exact(rule.step, like), even(like * 0) / 2
    for j in range(1, rule.count + 1):
        x = j * step
        total += (-x.squared() / 2).exp() * even(x)
    return 2 * step * total / (2 * Interval.pi(like.at)).sqrt()


def _strip(rule: Rule, t: Interval) -> Interval:
    """The e^{d²/2} of a strip on which cos(ty) > 1/6.

    Raises:
        Undecided: the strip is not proved to be so narrow.
    """
    d = _exact(rule.strip, t)
    # step: means: the strip ends before a pole [true 2/2]
    if not (t * d).within(0, _ANGLE):
        raise Undecided("the strip of a mean is too wide")
    return (d.squared() / 2).exp()


def _with_errors(nodes: Interval, rule: Rule, height: Interval, beyond: Interval) -> Interval:
    """A sum with what lies between its nodes and beyond them."""
    pi, d, step = Interval.pi(nodes.at), _exact(rule.strip, nodes), _exact(rule.step, nodes)
    between = 2 * height / (2 * pi * d / step).expm1()
    # step: means: what lies between the nodes [last sum]
    # step: means: what lies beyond the last [first sum]
    error = (between + beyond).high
    return nodes + (-error).hull(error)


def _falling(mean: Callable[[Interval], Interval]) -> Operation:
    """An operation that falls with t > 0, as sech(tz) does for every z."""
    return Operation(1, monotone(mean))


# step: a mean that falls is taken at both ends [call 1/2: Operation(1, lambda t: sech_mean(t.low))]
MEANS = {"sech_mean": _falling(sech_mean), "sech_square_mean": _falling(sech_square_mean)}
