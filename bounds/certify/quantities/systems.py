"""All roots of a square system in a box: boxes are excluded by balls, or hold one root by Krawczyk.

For F: Rⁿ → Rⁿ, a box X around c and Y near F′(c)⁻¹, every root in X lies in

    K(X) = c − Y F(c) + (I − Y F′(X)) (X − c),

and if K(X) lies in the interior of X, there is exactly one (see `roots.krawczyk`). Both need that F
is defined on all of X and does not jump there. A box that is neither excluded nor proved to hold
one root is halved; what is left when it is very small is told as a cluster.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from flint import arb, arb_mat

from bounds.certify.errors import InputError, shown
from bounds.certify.language.derivative import NoDerivative, smooth_derivative
from bounds.certify.language.domain import Domain
from bounds.certify.language.expression import Expr, number, substitute
from bounds.certify.language.statement import Statement
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits
from bounds.certify.quantities.proving import (
    ball,
    box_ball,
    constant_ball,
    decided,
    enclosure,
    is_defined_on,
    is_zero,
    of_fractions,
    read_seconds,
    to_fraction,
)
from bounds.certify.quantities.results import counted, no_certificate, pair
from bounds.certify.quantities.system_statements import Held, system_statements
from bounds.certify.results import NoTruthValue
from bounds.certify.rules.conditions import conditions
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.numeric import precision, simplest_between
from bounds.certify.rules.outcome import Outcome

_BITS, _FINEST, _NARROW, _MOST_BOXES = 96, 22, 40, 60_000
_INFLATED = Fraction(9, 8)
_SIMPLE = 10**6

Box: TypeAlias = tuple[tuple[Fraction, Fraction], ...]


@dataclass(frozen=True, repr=False)
class Solution(NoTruthValue):
    """A root of a system.

    Attributes:
        at: the enclosures of its coordinates, by name; of a cluster, the box of it.
        exact: the numbers that they are, if algebra proves that; of a cluster, one root in it.
        kind: "simple": it is the only one in its box, and the Jacobian is not singular there;
            "cluster": not resolved; there may be no root, one, or several in the box.
        box: the box in which it is the only root.
    """

    at: Mapping[str, Enclosure]
    exact: Mapping[str, Fraction] | None
    kind: Literal["simple", "cluster"]
    box: Box

    ask = "compare its .at"

    def json(self) -> dict[str, Any]:
        """The root as plain data."""
        exact = None if self.exact is None else {n: str(q) for n, q in self.exact.items()}
        return {
            "at": {name: pair(value) for name, value in self.at.items()},
            "exact": exact,
            "kind": self.kind,
        }

    def __str__(self) -> str:
        parts = []
        for name, value in self.at.items():
            known = None if self.exact is None or self.kind == "cluster" else self.exact[name]
            parts.append(f"{name} in {value}" if known is None else f"{name} = {known}")
        told = ", ".join(parts)
        if self.kind == "simple":
            return f"{told}: simple"
        holds = ""
        if self.exact is not None:
            holds = f"; it holds the root {', '.join(f'{n} = {q}' for n, q in self.exact.items())}"
        return f"{told}: a cluster, not resolved{holds}"

    def __repr__(self) -> str:
        return f"<Solution {self.kind}: {self}>"


@dataclass(frozen=True, repr=False)
class Solutions(NoTruthValue):
    """All roots of a system in a box.

    Attributes:
        equations, domain: what was asked.
        outcome: "complete": each root is resolved, and there is none elsewhere; "clusters": there
            is none outside the roots and clusters; "undecided": of some places nothing is proved.
        roots: in the order of their coordinates.
        open: the places of which nothing is proved.
        basis: what it rests on.
        proofs: statements from which it follows, if they were asked for and are proved: see
            `system_statements`.
    """

    equations: tuple[str, ...]
    domain: Domain
    outcome: Literal["complete", "clusters", "undecided"]
    roots: tuple[Solution, ...]
    open: tuple[str, ...] = ()
    basis: str = "balls"
    proofs: tuple[Outcome, ...] = ()

    ask = "compare its .outcome, and read its .roots"

    def json(self) -> dict[str, Any]:
        """The result as plain data."""
        return {
            "equations": list(self.equations),
            "domain": str(self.domain),
            "outcome": self.outcome,
            "roots": [root.json() for root in self.roots],
            "open": list(self.open),
            "basis": self.basis,
            "statements": [str(proof.statement) for proof in self.proofs],
        }

    def certificates(self) -> list[dict[str, Any]]:
        """Certificates from which it follows that these are all roots, for each part of the box.

        Raises:
            Inconclusive: they were not asked for, were not proved, or there are clusters.
        """
        if not self.proofs:
            raise no_certificate("this list", "pass proof=True, more seconds or a smaller box")
        return [proof.certificate() for proof in self.proofs]

    def latex(self) -> str:
        """The result as LaTeX, without dollar signs."""
        from bounds.certify.quantities.as_latex import solutions_latex

        return solutions_latex(self)

    def __str__(self) -> str:
        word = counted(self.outcome, len(self.roots))
        lines = [f"{', '.join(self.equations)} for {self.domain}: {word}"]
        lines += [f"  {root}" for root in self.roots]
        lines += [f"  not decided: {text}" for text in self.open]
        return "\n".join([*lines, f"  by {self.basis}"])

    def __repr__(self) -> str:
        return f"<Solutions {self.outcome}: {len(self.roots)}>"


def solve_system(
    claim: Statement, asked: object, digits: int, seconds: float, *, proof: bool = False
) -> Solutions:
    """All roots of a system in a box, each enclosed, and proof that there is no other.

    Args:
        claim: as many equations as variables, each of which has a range with two ends.
        asked: what the caller wrote, for messages.
        digits: significant digits of each coordinate.
        seconds: how long to try.
        proof: also prove the statements for certificates.

    Raises:
        InputError: it is no such system.
    """
    domain = claim.domain
    if any(c.relation != "=" for c in claim.comparisons):
        raise InputError(f"{shown(asked)} is no system of equations: write each with =")
    names = tuple(domain.ranges)
    if len(names) != len(claim.comparisons) or domain.constraints or domain.exists:
        raise InputError(
            f"a system has as many equations as variables, here {len(claim.comparisons)} for"
            f" {len(names)}; the domain has a range for each variable, and no more"
        )
    if any(r.low is None or r.high is None or r.integer for r in domain.ranges.values()):
        raise InputError(
            "a system is solved in a box: give each variable a range with two ends, as in"
            " x in [-3, 3]"
        )
    functions = tuple(c.left - c.right for c in claim.comparisons)
    search = _Search(functions, names, domain, read_digits(digits), read_seconds(seconds))
    roots, still_open = search.run()
    clusters = any(root.kind == "cluster" for root in roots)
    resolved = not (still_open or clusters)
    return Solutions(
        tuple(map(str, claim.comparisons)),
        domain,
        "undecided" if still_open else "clusters" if clusters else "complete",
        tuple(roots),
        tuple(still_open),
        proofs=search.proofs(roots) if proof and resolved else (),
    )


class _Search:
    """Boxes that wait, and the roots found so far, each with the box in which it is alone."""

    def __init__(
        self,
        functions: tuple[Expr, ...],
        names: tuple[str, ...],
        domain: Domain,
        digits: int,
        seconds: float,
    ) -> None:
        self.f, self.names, self.domain = functions, names, domain
        self.digits, self.deadline = digits, Deadline(seconds)
        try:
            self.slopes = [[smooth_derivative(f, name) for name in names] for f in functions]
        except NoDerivative as reason:
            raise InputError(f"a system needs derivatives: {reason}") from None
        self.needs = [need for f in functions for need in conditions(f)]
        self.whole = tuple(_outward(domain, name) for name in names)
        self.unique: list[tuple[Box, list[arb]]] = []
        self.small: list[Box] = []

    def run(self) -> tuple[list[Solution], list[str]]:
        """The roots and clusters, and the places of which nothing is proved."""
        waiting, count = [self.whole], 0
        while waiting:
            count += 1
            if count > _MOST_BOXES or self.deadline.over():
                break
            box = waiting.pop()
            if any(_lies_in(box, held) for held, _ in self.unique):
                continue
            with precision(_BITS):
                waiting += self._parts(box)
        # step: a box that is not looked at stays open [list 2/2: []]
        roots, still_open = list[Solution](), [self._told(box) for box in waiting[:8]]
        if len(waiting) > 8:
            still_open.append(f"{len(waiting) - 8} more boxes")
        for held, point, unclear in self._different():
            solution, word = self._solution(held, point)
            if unclear:
                solution, word = None, f"whether there is one root or two near {solution}"
            if solution is not None:
                roots.append(solution)
            if word:
                still_open.append(word)
        outside = [box for box in self.small if not any(_lies_in(box, h) for h, _ in self.unique)]
        roots += [self._cluster(hull) for hull in _hulls(outside)]
        roots.sort(key=lambda one: [float(low) for low, _ in one.box])
        return roots, still_open

    def proofs(self, roots: Sequence[Solution]) -> tuple[Outcome, ...]:
        """The statements from which it follows that these are all roots; none if one is open."""
        held = [self._held(root) for root in roots]
        if None in held or len(held) != len(list(self._different())):
            return ()  # then one of them lies outside the domain
        with precision(_BITS):
            found = system_statements(
                self.f, self.slopes, self.names, self.whole, [h for h in held if h], self._sign_on
            )
        outcomes = list[Outcome]()
        for each in found or ():
            outcomes.append(decided(each, self.deadline, self.deadline.left()))
            if not outcomes[-1].holds_everywhere:
                return ()
        return tuple(outcomes)

    def _held(self, root: Solution) -> Held | None:
        """A root with what proves it."""
        centre = [ball((low + high) / 2) for low, high in root.box]
        with precision(_BITS):
            slopes = self._jacobian(dict(zip(self.names, centre, strict=True)))
            if slopes is None:
                return None
            inverse = slopes.mid().inv().mid()
            size = range(len(self.names))
            rows = tuple(
                tuple(to_fraction(inverse[i, j]).limit_denominator(1_000) for j in size)
                for i in size
            )
        near = tuple((v.low.fraction(), v.high.fraction()) for v in root.at.values())
        return Held(root.box, near, root.exact, rows)

    def _sign_on(self, box: Box) -> tuple[int, int] | None:
        """A function that has one sign on a box, and is defined there."""
        place = {name: box_ball(*side) for name, side in zip(self.names, box, strict=True)}
        if not is_defined_on(self.needs, place):
            return None
        for k, f in enumerate(self.f):
            value = evaluate(f, place)
            if value > 0 or value < 0:
                return k, 1 if value > 0 else -1
        return None

    def _parts(self, box: Box) -> list[Box]:
        """What is left to do in a box: nothing, a smaller box, or two halves."""
        place = {name: box_ball(*side) for name, side in zip(self.names, box, strict=True)}
        if self._excluded(place):
            return []
        sides = zip(box, self.whole, strict=True)
        wide = tuple(_inflated(*side, *longest) for side, longest in sides)
        image = self._krawczyk(wide)
        if image is not None:
            balls = [box_ball(*side) for side in wide]
            # step: a box that holds one root has its image inside it [true 1/2]
            if all(side.contains_interior(k) for side, k in zip(balls, image, strict=True)):
                self.unique.append((wide, image))
                return []
            cut = _meet(box, image)
            if cut is None:
                return []
            if _size(cut, self.whole) < _size(box, self.whole) * Fraction(3, 4):
                return [cut]
            box = cut
        shares = [
            (high - low) / (top - bottom) if top > bottom else Fraction(0)
            for (low, high), (bottom, top) in zip(box, self.whole, strict=True)
        ]
        widest = max(range(len(box)), key=lambda i: shares[i])
        if shares[widest] < Fraction(1, 2**_FINEST):
            # step: a small box that is not resolved is part of a cluster [drop]
            self.small.append(box)
            return []
        low, high = box[widest]
        middle = (low + high) / 2
        return [
            (*box[:widest], half, *box[widest + 1 :]) for half in ((low, middle), (middle, high))
        ]

    def _excluded(self, place: Mapping[str, arb]) -> bool:
        """Whether an equation has no solution in a box, or a function in it no value."""
        for _, argument, relation in self.needs:
            value = evaluate(argument, place)
            # step: a box is left out where a function has no value in all of it [true 4/4]
            if value.is_finite() and relation in (">", ">=") and value < 0:
                return True
        for f in self.f:
            value = evaluate(f, place)
            # step: or an equation has no solution in it [true 3/4]
            if value.is_finite() and not value.contains(0):
                return True
        return False

    def _krawczyk(self, box: Box) -> list[arb] | None:
        """K of a box; None where it has none."""
        centre = [ball((low + high) / 2) for low, high in box]
        sides = [box_ball(*side) for side in box]
        return self._image(centre, sides)

    def _image(self, centre: Sequence[arb], sides: Sequence[arb]) -> list[arb] | None:
        # step: a system is defined on all of a box [false 1/2]
        if not is_defined_on(self.needs, dict(zip(self.names, sides, strict=True))):
            return None
        at_centre = dict(zip(self.names, centre, strict=True))
        value = [evaluate(f, at_centre) for f in self.f]
        slopes = self._jacobian(dict(zip(self.names, sides, strict=True)))
        if slopes is None or not all(v.is_finite() for v in value):
            return None
        try:
            inverse = slopes.mid().inv().mid()
        except ZeroDivisionError:
            return None
        n = len(self.names)
        step = inverse * arb_mat(n, 1, value)
        one = arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
        spread = (one - inverse * slopes) * arb_mat(
            n, 1, [s - c for s, c in zip(sides, centre, strict=True)]
        )
        image = [c - step[i, 0] + spread[i, 0] for i, c in enumerate(centre)]
        return image if all(k.is_finite() for k in image) else None

    def _jacobian(self, place: Mapping[str, arb]) -> arb_mat | None:
        rows = [[evaluate(slope, place) for slope in row] for row in self.slopes]
        if not all(entry.is_finite() for row in rows for entry in row):
            return None
        return arb_mat(rows)

    # What was found

    def _different(self) -> Iterator[tuple[Box, list[arb], bool]]:
        """Each root once: two boxes may hold the same one; and whether that is not decided."""
        seen: list[tuple[Box, list[arb]]] = []
        for held, image in self.unique:
            point = self._refined(held, image)
            if not any(_inside(point, other) or _inside(p, held) for other, p in seen):
                near = any(
                    all(a.overlaps(b) for a, b in zip(point, p, strict=True)) for _, p in seen
                )
                seen.append((held, point))
                yield held, point, near

    def _refined(self, held: Box, image: list[arb]) -> list[arb]:
        """The root in a box to all digits: Newton's steps, and one Krawczyk step that proves it."""
        bits = bits_for(self.digits)
        with precision(2 * bits + 64):
            point = [k.mid() for k in image]
            for _ in range(bits.bit_length() + 6):
                slopes = self._jacobian(dict(zip(self.names, point, strict=True)))
                if slopes is None:
                    return image
                value = [evaluate(f, dict(zip(self.names, point, strict=True))) for f in self.f]
                try:
                    step = slopes.mid().inv() * arb_mat(len(point), 1, value)
                except ZeroDivisionError:
                    return image
                point = [(p - step[i, 0]).mid() for i, p in enumerate(point)]
            for radius in (bits + 8, bits // 2 + 8):
                small = [arb(2) ** -radius * (abs(p) + arb(2) ** -bits).upper() for p in point]
                sides = [arb(p, r) for p, r in zip(point, small, strict=True)]
                better = self._image(point, sides)
                proved = better is not None and all(
                    side.contains_interior(k) for side, k in zip(sides, better, strict=True)
                )
                # step: a sharper enclosure lies in the box that holds one root [true 4/4]
                # step: and is proved to hold it [true 3/4]
                if better is not None and proved and _inside(sides, held):
                    return better  # a root inside the box that holds only one
        return image

    def _solution(self, held: Box, point: list[arb]) -> tuple[Solution | None, str]:
        """A root that lies in the domain; or a sentence where that is not decided."""
        exact = self._exact(point)
        places = [
            self._placed(name, p, None if exact is None else exact[name])
            for name, p in zip(self.names, point, strict=True)
        ]
        if "outside" in places:
            return None, ""
        at = {
            name: enclosure(ball(exact[name]) if exact is not None else p, self.digits)
            for name, p in zip(self.names, point, strict=True)
        }
        solution = Solution(at, exact, "simple", held)
        if "open" in places:
            return None, f"whether the root {solution} lies in the domain"
        return solution, ""

    def _placed(self, name: str, point: arb, exact: Fraction | None) -> str:
        """Whether a coordinate lies in its range."""
        allowed = self.domain.ranges[name]
        for end, opened, sign in (
            (allowed.low, allowed.low_open, 1),
            (allowed.high, allowed.high_open, -1),
        ):
            assert end is not None
            gap = sign * ((ball(exact) if exact is not None else point) - constant_ball(end, 256))
            if exact is not None and is_zero(number(exact) - end):
                # step: a root at an open end is none [false]
                if opened:
                    return "outside"
                continue
            if gap < 0:
                return "outside"
            # step: a root that may lie outside the domain stays open [false 1/2]
            if not gap > 0:
                return "open"
        return "inside"

    def _exact(self, point: list[arb]) -> dict[str, Fraction] | None:
        """Rational numbers with small denominators that algebra proves to be the root."""
        found = {}
        with precision(2 * bits_for(self.digits) + 64):
            for name, p in zip(self.names, point, strict=True):
                if not p.is_finite():
                    return None
                middle, width = to_fraction(p), to_fraction(p.rad()) + Fraction(1, 10**12)
                q = simplest_between(middle - width, middle + width)
                if q.denominator > _SIMPLE or not p.overlaps(ball(q)):
                    return None
                found[name] = q
        place = {name: number(q) for name, q in found.items()}
        # step: algebra proves that exact numbers are a root [true 1/2]
        return found if all(is_zero(substitute(f, place)) for f in self.f) else None

    def _cluster(self, hull: Box) -> Solution:
        at = {name: of_fractions(*side, 6) for name, side in zip(self.names, hull, strict=True)}
        with precision(_BITS):
            exact = self._exact([box_ball(*side) for side in hull])
        return Solution(at, exact, "cluster", hull)

    def _told(self, box: Box) -> str:
        sides = (
            f"{name} in {of_fractions(*side, 6)}"
            for name, side in zip(self.names, box, strict=True)
        )
        return f"roots in {', '.join(sides)}"


def _outward(domain: Domain, name: str) -> tuple[Fraction, Fraction]:
    """A range with rational ends around that of a variable."""
    allowed = domain.ranges[name]
    assert allowed.low is not None
    assert allowed.high is not None
    low, high = constant_ball(allowed.low, 128), constant_ball(allowed.high, 128)
    return to_fraction(low) - to_fraction(low.rad()), to_fraction(high) + to_fraction(high.rad())


def _inflated(
    low: Fraction, high: Fraction, bottom: Fraction, top: Fraction
) -> tuple[Fraction, Fraction]:
    """A wider side, so that a root at its end, or in a very narrow one, lies inside."""
    middle = (low + high) / 2
    radius = (high - low) / 2 * _INFLATED + (top - bottom) / 2**_NARROW
    return middle - radius, middle + radius


def _lies_in(inner: Box, outer: Box) -> bool:
    return all(a >= c and b <= d for (a, b), (c, d) in zip(inner, outer, strict=True))


def _inside(point: Sequence[arb], box: Box) -> bool:
    return all(box_ball(*side).contains(p) for p, side in zip(point, box, strict=True))


def _meet(box: Box, image: Sequence[arb]) -> Box | None:
    """What a box has in common with an image, rounded outwards; None where that is nothing."""
    sides = []
    for (low, high), k in zip(box, image, strict=True):
        middle, radius = to_fraction(k), to_fraction(k.rad().upper())
        low, high = max(low, middle - radius), min(high, middle + radius)
        if low > high:
            return None
        sides.append((low, high))
    return tuple(sides)


def _size(box: Box, whole: Box) -> Fraction:
    """The sum of the sides as parts of those of the whole."""
    return sum(
        ((high - low) / (top - bottom) if top > bottom else Fraction(0))
        for (low, high), (bottom, top) in zip(box, whole, strict=True)
    ) or Fraction(0)


def _hulls(boxes: list[Box]) -> list[Box]:
    """Boxes that meet, joined to larger ones."""
    hulls: list[Box] = []
    for box in boxes:
        joined = box
        again = True
        while again:
            again = False
            for other in hulls:
                if all(a <= d and c <= b for (a, b), (c, d) in zip(joined, other, strict=True)):
                    joined = tuple(
                        (min(a, c), max(b, d)) for (a, b), (c, d) in zip(joined, other, strict=True)
                    )
                    hulls.remove(other)
                    again = True
                    break
        hulls.append(joined)
    return hulls
