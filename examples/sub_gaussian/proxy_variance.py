"""The optimal variance proxy of a distribution, between two certified ends.

A variable X with mean μ is sub-Gaussian with variance proxy s if E exp(t(X - μ)) <= exp(s t²/2) for
all real t. The optimal proxy is the least such s: the supremum over t != 0 of

    2 (log E exp(tX) - t μ)/t²,

whose limit at t = 0 is the variance. Its value at any point is a lower end, enclosed by balls. An
upper end is a number s for which the inequality is proved for all t, and replayed by the checker.
A search finds the point; it proves nothing.

Run `python proxy_variance.py` for a table.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import bounds
from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.rules.outcome import Outcome


@dataclass(frozen=True)
class Law:
    """A distribution, as far as its variance proxy needs it.

    Attributes:
        name: what it is called.
        transform, factor: texts in t with the quotient E exp(tX); the factor is positive (t != 0).
        mean: the mean.
        variance: the variance.
    """

    name: str
    transform: str
    factor: str
    mean: Fraction
    variance: Fraction


@dataclass(frozen=True)
class Proxy:
    """The optimal variance proxy.

    Attributes:
        lower, upper: its ends.
        at: the point t whose value is the lower end; None if that is the variance, the limit at 0.
        proofs: of the inequality with the upper end for t > 0 and t < 0, replayed by the checker.
    """

    lower: Fraction
    upper: Fraction
    at: Fraction | None
    proofs: tuple[Outcome, ...]

    def __str__(self) -> str:
        return f"[{_decimal(self.lower, math.floor)}, {_decimal(self.upper, math.ceil)}]"


_SHOWN = 10**9


def _decimal(value: Fraction, towards: Callable[[Fraction], int]) -> str:
    return f"{towards(value * _SHOWN) / _SHOWN:.9f}"


def three_mass(p1: Fraction, p2: Fraction) -> Law:
    """-1, 0 and 1 with the masses p1, 1 - p1 - p2 and p2."""
    _require(p1 > 0 and p2 > 0 and p1 + p2 < 1, "p1 and p2 are positive, with a sum below 1")
    mean = p2 - p1
    text = f"({p1})*exp(-t) + ({p2})*exp(t) + {1 - p1 - p2}"
    return Law(f"masses {p1}, {1 - p1 - p2}, {p2} at -1, 0, 1", text, "1", mean, p1 + p2 - mean**2)


def bernoulli(p: Fraction) -> Law:
    """1 with mass p, else 0."""
    _require(0 < p < 1, "p lies between 0 and 1")
    return Law(f"Bernoulli({p})", f"{1 - p} + ({p})*exp(t)", "1", p, p * (1 - p))


def discrete_uniform(count: int) -> Law:
    """1, 2, ..., count, with equal masses."""
    _require(count >= 2, "there are at least two points")
    text = " + ".join(f"exp({k}*t)" for k in range(1, count + 1))
    return Law(f"uniform on 1, ..., {count}", text, f"{count}", Fraction(count + 1, 2),
               Fraction(count**2 - 1, 12))  # fmt: skip


def triangular(a: Fraction, b: Fraction) -> Law:
    """The density that rises on (-a, 0) and falls on (0, b)."""
    _require(a > 0 and b > 0, "a and b are positive")
    text = f"2*(({a})*exp(({b})*t) + ({b})*exp(-({a})*t) - ({a + b}))"
    return Law(f"triangular on (-{a}, {b})", text, f"({a * b * (a + b)})*t^2", (b - a) / 3,
               (a * a + a * b + b * b) / 18)  # fmt: skip


def beta(a: int, b: int) -> Law:
    """Beta with whole numbers a, b >= 1: the density is a polynomial."""
    _require(a >= 1 and b >= 1, "the parameters are whole numbers from 1")
    total = a + b - 1
    constant = math.factorial(total) // (math.factorial(a - 1) * math.factorial(b - 1))
    at_zero = [Fraction(0)] * total  # the derivatives of the density at 0 and at 1
    at_one = [Fraction(0)] * total
    for k in range(b):
        power = a - 1 + k
        term = Fraction((-1) ** k * math.comb(b - 1, k) * constant)
        at_zero[power] += term * math.factorial(power)
        for j in range(power + 1):
            at_one[j] += term * Fraction(math.factorial(power), math.factorial(power - j))
    ends = []
    for j in range(total):  # by parts: the sum of (-1)^j (f^(j)(1) exp(t) - f^(j)(0))/t^(j+1)
        sign = (-1) ** j
        ends.append(f"(({sign * at_one[j]})*exp(t) - ({sign * at_zero[j]}))*t^{total - 1 - j}")
    mean = Fraction(a, a + b)
    variance = Fraction(a * b, (a + b) ** 2 * (a + b + 1))
    transform, even = " + ".join(ends), total + total % 2
    if even != total:  # so that the factor is positive
        transform = f"t*({transform})"
    return Law(f"Beta({a}, {b})", transform, f"t^{even}", mean, variance)


def proxy_variance(law: Law, digits: int = 6, seconds: float = 10) -> Proxy:
    """The optimal variance proxy of a law.

    Args:
        law: the distribution.
        digits: how many decimals the ends are to share, but for the last.
        seconds: how long each inequality is tried.

    Raises:
        Inconclusive: no inequality was proved.
    """
    at, lower = _lower(law)
    for places in range(digits, 1, -1):
        unit = Fraction(1, 10**places)
        upper = (lower / unit).__ceil__() * unit
        for candidate in (upper, upper + unit):
            if proofs := _proved(law, candidate, seconds):
                return Proxy(lower, candidate, at, proofs)
    raise Inconclusive(f"no upper end was proved for {law.name}: more seconds may help")


def _lower(law: Law) -> tuple[Fraction | None, Fraction]:
    """A point with a great value and a lower bound of it; the variance if nothing is greater."""
    best: tuple[Fraction | None, Fraction] = (None, law.variance)
    for t in _points(law):
        low = bounds.evaluate(_height(law), {"t": t}, digits=20).value.low.fraction()
        if low > best[1]:
            best = t, low
    return best


def _height(law: Law) -> str:
    return f"2*(log(({law.transform})/({law.factor})) - ({law.mean})*t)/t^2"


def _points(law: Law) -> Iterator[Fraction]:
    """A point on each side at which the value is great."""
    height = _height(law)

    def found(t: float) -> float:
        return float(bounds.evaluate(height, {"t": Fraction(t)}, digits=8).value)

    for side in (-1, 1):
        grid = [side * 1.03**k for k in range(-30, 120, 3)]
        top = max(grid, key=found)
        low, high = sorted((top / 1.1, top * 1.1))
        for _ in range(30):
            one, two = low + (high - low) / 3, high - (high - low) / 3
            low, high = (one, high) if found(one) < found(two) else (low, two)
        yield Fraction((low + high) / 2).limit_denominator(10**6)


def _proved(law: Law, s: Fraction, seconds: float) -> tuple[Outcome, ...]:
    """The inequality on both half-lines, after the logarithm or without it; empty if not proved.

    At t = 0 both sides are equal.
    """
    right = f"({law.mean})*t + ({s / 2})*t^2"
    claims = (
        f"log(({law.transform})/({law.factor})) <= {right}",
        f"{law.transform} <= ({law.factor})*exp({right})",
    )
    found = []
    for domain in ("t > 0", "t < 0"):
        outcomes = (bounds.decide(claim, domain, seconds=seconds) for claim in claims)
        proof = next((one for one in outcomes if one.outcome == "proved"), None)
        if proof is None:
            return ()
        found.append(proof)
    return tuple(found)


def _require(holds: bool, told: str) -> None:
    if not holds:
        raise InputError(told)


EXAMPLES = (
    bernoulli(Fraction(1, 10)),
    three_mass(Fraction(1, 20), Fraction(1, 20)),
    three_mass(Fraction(1, 100), Fraction(1, 20)),
    three_mass(Fraction(1, 1000), Fraction(7, 10)),
    discrete_uniform(4),
    triangular(Fraction(1), Fraction(2)),
    beta(2, 1),
    beta(2, 3),
    beta(1, 3),
)


def main() -> None:
    """Print the ends for the examples."""
    for law in EXAMPLES:
        found = proxy_variance(law)
        where = "the limit at 0" if found.at is None else f"t = {float(found.at):.6g}"
        print(f"{law.name:40} {found!s:28} {where}", flush=True)


if __name__ == "__main__":
    main()
