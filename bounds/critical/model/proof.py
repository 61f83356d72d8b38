r"""That a panel's polynomials lie within their radii of ε_cr, for every Δ of its range.

Let F be the system of `equations`, p(t) the four polynomials, Δ(t) = c + ht and |t| ≤ 1.

1.  R(t) = F(p(t), Δ(t)) is an entire function of t, as F is one of its arguments. So its Taylor
    coefficients from order N on are at most M/ρⁿ with M = max |R| over |t| = ρ, and all of these
    terms together at most M/(ρᴺ(1 − 1/ρ)) on [−1, 1]. As R is real on the real line, half of the
    circle bounds it on the other half.
2.  Its first N terms are computed as a power series over balls. In Chebyshev's polynomials
    they are Σ bₖ Tₖ(t), at most Σ |bₖ| on [−1, 1]. Together: |Rᵢ(t)| ≤ δᵢ.
3.  [−1, 1] is cut into pieces. On each, with any matrix Y, the slopes F′ over all boxes
    p(t) ± r of the piece, and all of its Δ: if |Y|δ + |I − YF′|r < r in every unknown, then for
    each t Krawczyk's operator sends the box p(t) ± r into its interior, and F has exactly one
    zero in it (`bounds.certify.roots.krawczyk`).
4.  In the box x, y, e and G are positive, so that the zero is a point of the curve that ε runs
    through; there the criterion vanishes, since its denominators do not.
5.  Over the same boxes H rises along the curve, on which (1 + s(x)) dx = s(y) dy and
    2φ(g) dG = W′(y) dy. So the criterion, which has the sign of H, turns from negative to
    positive: the loss turns from concave to convex.
6.  For all Δ of the range there is exactly one such turn (`bounds.critical.regimes`): it is ε_cr.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import comb

from flint import acb, acb_poly, arb, arb_mat, arb_poly, arb_series

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import show_exact, to_ball
from bounds.certify.numbers.precision import series_terms, working_precision
from bounds.critical.model.equations import left_hand_sides, slopes
from bounds.critical.model.panel import Panel
from bounds.critical.regimes import regime_of

_ORDER = 60
_CIRCLE = 5
_ARCS = 14
_PIECES = 8
_HALVINGS = 6
_BITS, _ROUGH_BITS, _CIRCLE_BITS = 160, 96, 53


def prove(panel: Panel) -> None:
    """Prove what the panel claims.

    Raises:
        Inconclusive: it is not proved.
    """
    # step: 6. is asked for [true 2/2]
    if not _one_turn(panel):
        raise _unproved(panel, "that the loss has one turn to convexity is not known there")
    bounds = residual(panel)
    with working_precision(_ROUGH_BITS):
        polynomials = panel.polynomials()
        # step: 3. of all of [−1, 1] [first sum 2/2]
        ends = [arb(2 * k) / _PIECES - 1 for k in range(_PIECES + 1)]
        todo = [(left, right, _HALVINGS) for left, right in pairwise(ends)]
        while todo:
            left, right, halvings = todo.pop()
            # step: 3. on every piece [true]
            if _proved_on(left.union(right), panel, polynomials, bounds):
                continue
            if not halvings:
                raise _unproved(panel, f"no box contracts at t = {left.str(5, radius=False)}")
            middle = (left + right) / 2
            # step: 3. both halves [first list 1/3]
            todo += [(left, middle, halvings - 1), (middle, right, halvings - 1)]


def _unproved(panel: Panel, why: str) -> Inconclusive:
    return Inconclusive(
        f"the polynomials for Delta from {show_exact(panel.low)} to {show_exact(panel.high)} are"
        f" not proved: {why}"
    )


def _one_turn(panel: Panel) -> bool:
    """Step 6: whether a proved range with one turn to convexity holds all of the panel."""
    regime = regime_of(panel.middle)
    # step: 6. a range of one shape [false 3/3]
    if regime is None or regime.turns != 1:
        return False
    # step: 6. from the least Δ [true 2/3]
    # step: 6. to the greatest [true 3/3]
    return regime.low <= panel.low and panel.high <= regime.high


def residual(panel: Panel) -> list[arb]:
    """Steps 1 and 2: upper bounds of |F(p(t), Δ(t))| for −1 ≤ t ≤ 1, row by row."""
    beyond = _beyond(panel)
    middle, half = panel.middle, panel.half_width
    growing = int(3 * middle * half)  # Δ² varies by 4ch, and e^{Δ²/2} is divided out again
    with working_precision(_BITS + growing), series_terms(_ORDER):
        line = arb_series([to_ball(middle), to_ball(half)], prec=_ORDER)
        point = [arb_series(p.coeffs(), prec=_ORDER) for p in panel.polynomials()]
        rows = left_hand_sides(point, line)
        # step: 2. no term of the series is lost [false]
        if min(row.prec for row in rows) < _ORDER:  # what lies beyond would read as 0
            raise _unproved(panel, "a power series has lost terms")
    with working_precision(_ROUGH_BITS):
        near = [_greatest([row[k] for k in range(_ORDER)]) for row in rows]
        # step: 1. the terms beyond the series [first sum]
        # step: 2. the terms of the series [last sum]
        return [(one + other).upper() for one, other in zip(near, beyond, strict=True)]


def _greatest(coefficients: Sequence[arb]) -> arb:
    """A bound on [−1, 1] of the polynomial with these coefficients: Σ |bₖ|."""
    size = len(coefficients)
    column = _to_chebyshev(size) * arb_mat([[entry] for entry in coefficients])
    total = arb(0)
    for (entry,) in column.tolist():
        total += entry.abs_upper()
    return total.upper()


@cache
def _to_chebyshev(size: int) -> arb_mat:
    """The bₖ of each power: tⁿ = 2^{1−n} Σ_{2j ≤ n} C(n, j) T_{n−2j}, with half of it for T₀."""
    rows = [[arb(0)] * size for _ in range(size)]
    for n in range(size):
        for j in range(n // 2 + 1):
            share = arb(comb(n, j)) / arb(2) ** n
            # step: 2. each by its Chebyshev coefficients [true]
            rows[n - 2 * j][n] = share if n == 2 * j else 2 * share
    return arb_mat(rows)


def _beyond(panel: Panel) -> list[arb]:
    """Step 1: bounds of what the terms from order N on add on [−1, 1]."""
    with working_precision(_CIRCLE_BITS):
        middle, half = acb(to_ball(panel.middle)), acb(to_ball(panel.half_width))
        polynomials = [acb_poly(p) for p in panel.polynomials()]
        most = [arb(0)] * len(polynomials)
        # step: 1. of the whole half circle [value: _ // 2]
        for k in range(_ARCS):
            # step: 1. over whole arcs [first call 1/3]
            angle = arb(k).union(arb(k + 1)) / _ARCS
            place = _CIRCLE * acb(angle).exp_pi_i()
            rows = left_hand_sides([p(place) for p in polynomials], middle + half * place)
            most = [m.max(row.abs_upper()) for m, row in zip(most, rows, strict=True)]
        # step: 1. all orders from N on [product 1/3: arb(_CIRCLE) ** (-_ORDER)]
        scale = arb(_CIRCLE) ** -_ORDER * _CIRCLE / (_CIRCLE - 1)
        return [(m * scale).upper() for m in most]


def _proved_on(
    piece: arb, panel: Panel, polynomials: Sequence[arb_poly], bounds: Sequence[arb]
) -> bool:
    """Steps 3 to 5 for the t of a piece."""
    # step: 3. and every Δ [value 5/5: _.mid()]
    delta = to_ball(panel.middle) + to_ball(panel.half_width) * piece
    errors = panel.errors()
    pairs = zip(polynomials, errors, strict=True)
    # step: 3. the slopes over the boxes [first sum]
    # step: 3. of every t [value 1/3: _.mid()]
    point = [p(piece) + arb(0, error) for p, error in pairs]
    # step: 4. the unknowns are positive [true 2/3]
    if not all(entry > 0 for entry in point):
        return False
    rows = slopes(point, delta)
    # step: 5. H rises [true 3/4]
    return _contracts(rows, bounds, errors) and bool(_rise(rows) > 0)


def _contracts(rows: list[list[arb]], bounds: Sequence[arb], errors: Sequence[arb]) -> bool:
    """Step 3: whether every box of these radii is sent into its interior."""
    size = len(rows)
    try:
        inverse = arb_mat([[entry.mid() for entry in row] for row in rows]).inv()
    except ZeroDivisionError:
        return False
    inverse = arb_mat([[entry.mid() for entry in row] for row in inverse.tolist()])
    identity = arb_mat(size, size, [int(i % (size + 1) == 0) for i in range(size * size)])
    rest = identity - inverse * arb_mat(rows)
    for i, error in enumerate(errors):
        reach = arb(0)
        for j in range(size):
            # step: 3. the residual moves the box [last sum]
            # step: 3. the spread of the slopes widens it [first sum]
            reach += inverse[i, j].abs_upper() * bounds[j] + rest[i, j].abs_upper() * errors[j]
        # step: 3. into the interior [true 4/4]
        # step: 3. what is no number [condition 2/4: not reach >= error]
        if not (reach.is_finite() and reach < error):
            return False
    return True


def _rise(rows: list[list[arb]]) -> arb:
    """Step 5: dH/dy along the curve."""
    (minus_s, *_), (_, minus_s_of_y, *_), (_, minus_tilt, _, held), (by_x, by_y, _, by_shift) = rows
    # step: 5. along the curve: x [zero product 1/4]
    # step: 5. along the curve: G [zero product 3/4]
    return by_y - by_x * minus_s_of_y / (1 - minus_s) - by_shift * minus_tilt / held
