"""Signs of polynomials with rational coefficients on an open interval, by Sturm's theorem.

A polynomial is the list of its coefficients, the lowest degree first, without zeros at its end.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.precision import Rational, Work
from bounds.certify.checker.verdict import Undecided

Poly: TypeAlias = "list[Rational]"

Compare: TypeAlias = Callable[[Rational], int]
"""Where an end lies from a rational number r: the sign of end − r, which is certain."""

MOST_DEGREE = 200
_MOST_HALVINGS = 2_000


class End:
    """An end of an interval: a rational number, a constant that is compared with rationals, or ±∞.

    Attributes:
        rational: the number, where it is rational.
        infinite: 1 or −1 for ±∞, else 0.
        compare: the sign of the end minus a rational.
        vanishes: whether a polynomial is 0 at the end by algebra; False proves nothing.
    """

    __slots__ = ("compare", "infinite", "rational", "vanishes")

    def __init__(
        self,
        rational: Rational | None = None,
        infinite: int = 0,
        compare: Compare | None = None,
        vanishes: Callable[[Poly], bool] | None = None,
    ) -> None:
        self.rational, self.infinite = rational, infinite
        self.vanishes = vanishes or (lambda _: False)
        if compare is not None:
            self.compare: Compare = compare
        elif infinite:
            self.compare = lambda _: infinite
        else:
            self.compare = lambda r: _sign_of(rational - r)


def _sign_of(value: Rational) -> int:
    return (value > 0) - (value < 0)


def trimmed(poly: Poly) -> Poly:
    """Without zeros at the end."""
    size = len(poly)
    while size and not poly[size - 1]:
        size -= 1
    return poly[:size]


def value_at(poly: Poly, x: Rational) -> Rational:
    """p(x)."""
    total = gmpy2.mpq(0)
    for c in reversed(poly):
        total = total * x + c
    return total


def slope(poly: Poly) -> Poly:
    """p′."""
    return [k * c for k, c in enumerate(poly)][1:]


def _primitive(poly: Poly) -> Poly:
    """A positive multiple with whole coefficients that have no common factor."""
    if not poly:
        return poly
    scale, content = gmpy2.mpz(1), gmpy2.mpz(0)
    for c in poly:
        scale = gmpy2.lcm(scale, c.denominator)
    whole = [(c * scale).numerator for c in poly]
    for c in whole:
        content = gmpy2.gcd(content, c)
    return [gmpy2.mpq(c, content) for c in whole]


def divided(top: Poly, bottom: Poly) -> tuple[Poly, Poly]:
    """Quotient and remainder."""
    rest = list(top)
    quotient = [gmpy2.mpq(0)] * max(0, len(top) - len(bottom) + 1)
    for shift in range(len(top) - len(bottom), -1, -1):
        scale = rest[shift + len(bottom) - 1] / bottom[-1]
        quotient[shift] = scale
        if scale:
            for k, c in enumerate(bottom):
                rest[shift + k] -= scale * c
    return trimmed(quotient), trimmed(rest[: len(bottom) - 1])


def gcd(a: Poly, b: Poly) -> Poly:
    """A greatest common divisor."""
    while b:
        a, b = b, _primitive(divided(a, b)[1])
    return _primitive(a)


def square_free(poly: Poly) -> list[tuple[Poly, int]]:
    """Square-free factors with their powers: their product is the polynomial, up to a constant."""
    found: list[tuple[Poly, int]] = []
    common = gcd(poly, slope(poly))
    left = divided(poly, common)[0]
    power = 1
    while len(left) > 1:
        shared = gcd(left, common)
        factor = divided(left, shared)[0]
        if len(factor) > 1:
            found.append((_primitive(factor), power))
        left, common = shared, divided(common, shared)[0]
        power += 1
    return found


class Roots:
    """The real zeros of a square-free polynomial."""

    def __init__(self, poly: Poly, work: Work) -> None:
        self.work, self.chain = work, [_primitive(poly), _primitive(slope(poly))]
        while len(self.chain[-1]) > 1:
            rest = divided(self.chain[-2], self.chain[-1])[1]
            if not rest:
                break
            size = sum(int(c.numerator.bit_length()) for c in rest)
            work.spend(20 * len(rest) ** 2 + size)
            self.chain.append(_primitive([-c for c in rest]))
        self.poly = self.chain[0]
        top = max((abs(c) for c in self.poly[:-1]), default=gmpy2.mpq(0))
        self.bound = gmpy2.mpq(2) ** int((1 + top / abs(self.poly[-1])).numerator.bit_length() + 1)

    def changes(self, x: Rational) -> int:
        """Sign changes of the chain at x."""
        self.work.spend(2 * sum(map(len, self.chain)))
        signs = [s for s in (_sign_of(value_at(p, x)) for p in self.chain) if s]
        return sum(a != b for a, b in itertools.pairwise(signs))

    def count(self, low: Rational, high: Rational) -> int:
        """How many zeros lie in (low, high]."""
        return self.changes(low) - self.changes(high)

    def isolated(self) -> list[tuple[Rational, Rational]]:
        """(low, high], one for each zero, in order; low = high is a zero that is a number."""
        found: list[tuple[Rational, Rational]] = []
        waiting = [(-self.bound, self.bound, self.count(-self.bound, self.bound))]
        steps = 0
        while waiting:
            low, high, count = waiting.pop()
            if count == 1:
                found.append((low, high))
            elif count > 1:
                steps += 1
                if steps > _MOST_HALVINGS:
                    raise Undecided("the zeros of a polynomial lie too close")
                middle = (low + high) / 2
                left = self.count(low, middle)
                waiting.append((middle, high, count - left))
                waiting.append((low, middle, left))
        return sorted(found)

    def halved(self, place: tuple[Rational, Rational]) -> tuple[Rational, Rational]:
        """The half of an isolating interval in which the zero lies."""
        low, high = place
        if low == high:
            return place
        middle = (low + high) / 2
        if value_at(self.poly, middle) == 0:
            return (middle, middle)
        if value_at(self.poly, high) == 0:
            return (high, high)
        return (low, middle) if self.count(low, middle) else (middle, high)


def _zeros_inside(
    poly: Poly, low: End, high: End, work: Work
) -> tuple[Roots, list[tuple[Rational, Rational]]]:
    """The zeros of a square-free polynomial in the open interval, isolated in places inside it."""
    roots = Roots(poly, work)
    inside = []
    for isolated in roots.isolated():
        place = isolated
        for step in range(_MOST_HALVINGS):
            outside = _outside(place, low, high, roots)
            if outside is not None:
                break
            if step == _MOST_HALVINGS - 1:
                raise Undecided("a zero of a polynomial is not separated from an end")
            place = roots.halved(place)
        if not outside:
            inside.append(place)
    return roots, inside


def _outside(place: tuple[Rational, Rational], low: End, high: End, roots: Roots) -> bool | None:
    """Whether the zero in a place lies outside the open interval; None where it is not known."""
    left, right = place
    for end, sign in ((low, 1), (high, -1)):
        if end.infinite:
            continue
        if left == right:
            if sign * end.compare(left) >= 0:
                return True
            continue
        before, beyond = end.compare(left), end.compare(right)
        if sign == 1:
            if before <= 0:  # the end ≤ left < the zero
                continue
            if beyond > 0:
                return True
        else:
            if before <= 0:
                return True
            if beyond > 0:  # the zero ≤ right < the end
                continue
        if end.rational is not None:
            if value_at(roots.poly, end.rational) == 0:
                return True
        elif end.vanishes(roots.poly):  # the only zero in the place is the end
            return True
        return None
    return False


def pattern(
    numerator: Poly, denominator: Poly, low: End, high: End, work: Work | None = None
) -> list[int]:
    """The signs that N/D takes on the open interval, in order.

    Two equal signs beside each other are a zero at which the sign does not change.

    Raises:
        Undecided: the denominator has a zero inside, N is 0, or a limit is reached.
    """
    work = work or Work()
    numerator, denominator = trimmed(numerator), trimmed(denominator)
    if not numerator or not denominator:
        raise Undecided("a rational function is 0 or not defined")
    if max(len(numerator), len(denominator)) > MOST_DEGREE:
        raise Undecided(f"a polynomial has a degree of more than {MOST_DEGREE}")
    common = gcd(numerator, denominator)
    if len(common) > 1:
        numerator, denominator = divided(numerator, common)[0], divided(denominator, common)[0]
    for factor, _ in square_free(denominator):
        # step: a denominator has no zeros inside [false]
        if _zeros_inside(factor, low, high, work)[1]:
            raise Undecided("a denominator has a zero inside the interval")
    zeros: list[tuple[Roots, tuple[Rational, Rational], int]] = []
    for factor, power in square_free(numerator):
        roots, inside = _zeros_inside(factor, low, high, work)
        zeros += [(roots, place, power) for place in inside]
    zeros = _apart(zeros)
    start = _point_before(zeros, low, high)
    sign = _sign_of(value_at(numerator, start)) * _sign_of(value_at(denominator, start))
    if not sign:
        raise Undecided("a sign is not found")
    signs = [sign]
    for _, _, power in zeros:
        # step: a zero of even order does not change the sign [true]
        sign = -sign if power % 2 else sign
        signs.append(sign)
    return signs


def _apart(
    zeros: list[tuple[Roots, tuple[Rational, Rational], int]],
) -> list[tuple[Roots, tuple[Rational, Rational], int]]:
    """The zeros in order, their places disjoint: those of different factors are different."""
    for _ in range(_MOST_HALVINGS):
        zeros.sort(key=lambda zero: zero[1])
        clash = next(
            (k for k in range(len(zeros) - 1) if zeros[k][1][1] >= zeros[k + 1][1][0]), None
        )
        if clash is None:
            return zeros
        for k in (clash, clash + 1):
            roots, place, power = zeros[k]
            zeros[k] = (roots, roots.halved(place), power)
    raise Undecided("the zeros of a polynomial lie too close")


def _point_before(
    zeros: list[tuple[Roots, tuple[Rational, Rational], int]], low: End, high: End
) -> Rational:
    """A rational number of the interval before the first zero in it."""
    if zeros:
        roots, place, _ = zeros[0]
        for _ in range(_MOST_HALVINGS):
            left, right = place
            if left != right and low.compare(left) < 0:
                return left
            if left == right:
                return between(low, End(left))
            place = roots.halved(place)
        raise Undecided("a zero of a polynomial is not separated from an end")
    return between(low, high)


def between(low: End, high: End) -> Rational:
    """A rational number strictly between two ends."""
    if low.infinite and high.infinite:
        return gmpy2.mpq(0)
    if low.infinite or high.infinite:
        end, sign = (high, -1) if low.infinite else (low, 1)
        point = gmpy2.mpq(sign)
        for _ in range(_MOST_HALVINGS):
            if end.compare(point) == -sign:
                return point
            point *= 2
        raise Undecided("no number is found beyond an end")
    if low.rational is not None and high.rational is not None:
        return (low.rational + high.rational) / 2
    scale = gmpy2.mpq(1)
    for _ in range(200):
        # the greatest multiple of the scale that is not above the lower end, and the next two
        point = _floor_multiple(low, scale) + scale
        for candidate in (point, point + scale / 2):
            if low.compare(candidate) < 0 < high.compare(candidate):
                return candidate
        scale /= 4
    raise Undecided("no number is found between two ends")


def _floor_multiple(end: End, scale: Rational) -> Rational:
    low, high = gmpy2.mpz(-1), gmpy2.mpz(1)
    for _ in range(_MOST_HALVINGS):
        if end.compare(low * scale) >= 0:
            break
        low *= 2
    for _ in range(_MOST_HALVINGS):
        if end.compare(high * scale) < 0:
            break
        high *= 2
    while high - low > 1:
        middle = (low + high) // 2
        if end.compare(middle * scale) >= 0:
            low = middle
        else:
            high = middle
    return low * scale
