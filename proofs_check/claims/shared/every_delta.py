r"""What holds for every Δ ≥ 3/2 at once: an inequality proved on each of `critical_slices`.

In the units of `bounds.critical.large_delta.slices`, κ₁ = φ(Δ)/Δ: ε_cr = Eκ₁.

Theorem 2's bound for small κ against the lower bound B(t)/k. Let c ≥ 2Φ(t) − 1 with B(t) ≥ rc. The
k next above c/ε_cr has κ = c/k in (ε_cr(1 − ε_cr/c), ε_cr]. There B(t)/k ≥ rκ, and the printed one
is at most C₂ε_cr^{2/9} + 2Φ(−3Δ/2)·C₃Δ² with Φ(−s) ≤ φ(s)/s. In units of κ₁ these are

    rE(1 − ε_cr/c),    (C₂/κ₁^{16/9}) E^{2/9} κ₁ + (4/3)C₃Δ² e^{−5Δ²/8},

and Δ²e^{−5Δ²/8} decreases for Δ ≥ 3/2.

The printed bound for large κ against the proved one at D = 9Δ and t = 3Δ/2
(`upper.possible_means`), where σ = 1/(1 − 3Φ(−3Δ/2)) < C₀ for Δ ≥ 7/4: it is enough that C₁ is
above R = 2σΦ(−3Δ) + F. By Φ(−s) ≤ φ(s)/s,

    R ≤ 2φ(3Δ)(12Δ + (1 + σ)/(3Δ)),

which decreases, also in units of κ₁².
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import takewhile
from typing import TypeAlias

from flint import arb

from bounds.certify.exact import show_exact, to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical import eps_cr
from bounds.critical.large_delta import CriticalSlice, critical_slices, parts_of
from bounds.functions.normal import cdf
from bounds.upper import (
    InequalityRange,
    over_slices,
    printed_inequalities_over_delta,
)
from bounds.upper.constant import PRINTED_EPS_CR
from proofs_check.audit.facts import Less, Proved, Run, less
from proofs_check.claims.sb_lemma_5.early_turn import U_TOP, V_TOP

Measure: TypeAlias = Callable[[CriticalSlice], arb]

_BITS = 96
_PARTS = 256  # of a slice that does not decide


def below_everywhere(measure: Measure, limit: Fraction | Measure) -> tuple[Less, ...]:
    """That measure < limit, slice by slice: where it is so on each, it is so for every Δ ≥ 3/2."""
    with working_precision(_BITS):
        return tuple(_below(part, measure, limit) for part in critical_slices())


def _below(part: CriticalSlice, measure: Measure, limit: Fraction | Measure) -> Less:
    return less(measure(part), limit(part) if callable(limit) else limit)


def above_on(
    measure: Measure, limit: Measure, low: Fraction, high: Fraction | None = None
) -> tuple[Less, ...]:
    """That measure > limit on each slice from `low` on, up to `high`.

    On the slice that holds `low` inside, that is proved on its parts from there.
    """
    with working_precision(_BITS):
        found = []
        for part in critical_slices():
            if (part.high or low + 1) <= low or (high is not None and part.low >= high):
                continue
            pieces = [part]
            if part.high is not None and part.low < low and not _above(part, measure, limit):
                upper = parts_of(part, _PARTS, downwards=True)
                pieces = [*takewhile(lambda piece: piece.high is None or piece.high > low, upper)]
            found += [less(limit(piece), measure(piece)) for piece in reversed(pieces)]
        return tuple(found)


def above_somewhere(measure: Measure, limit: Fraction) -> Proved | None:
    """A slice on all of which measure > limit is proved; None if there is none."""
    with working_precision(_BITS):
        for part in critical_slices():
            above = less(limit, measure(part))
            if above.holds:
                top = show_exact(part.high) if part.high is not None else "infinity"
                return Proved(f"Delta from {show_exact(part.low)} to {top}", above)
    return None


def above_from(measure: Measure, limit: Measure) -> Fraction | None:
    """The Δ from which on measure > limit is proved, on all slices; None if on no last one.

    Of the first slice on which it is not, the upper parts may be added.
    """
    start: Fraction | None = None
    with working_precision(_BITS):
        for part in reversed(critical_slices()):
            if not _above(part, measure, limit):
                for piece in parts_of(part, _PARTS, downwards=True):
                    if not _above(piece, measure, limit):
                        return start
                    start = piece.low
                return start
            start = part.low
    return start


def _above(part: CriticalSlice, measure: Measure, limit: Measure) -> bool:
    value, most = measure(part), limit(part)
    return bool(value.is_finite() and most.is_finite() and value > most)


def decided_everywhere(name: str) -> Proved:
    """How a printed inequality stands for every Δ ≥ 3/2.

    Raises:
        Inconclusive: it is not decided.
    """
    rows = [row for row in ranges() if row.name.startswith(name)]
    told = []
    for row in rows:
        low = "3/2" if row.low.low == row.low.high else str(row.low)
        end = f" to {row.high}" if row.high is not None else " on"
        told.append(f"{row.verdict} for every Delta from {low}{end}: {row.note}")
    return Proved(
        f"proved on all slices of Delta (`bounds constants --ranges`): {'; '.join(told)}",
        *(_slices("bounds.upper.printed_inequalities_over_delta") for _ in rows),
    )


def _slices(function: str) -> Run:
    return Run(function, len(critical_slices()))


@cache
def ranges() -> tuple[InequalityRange, ...]:
    """How the printed inequalities stand for every Δ ≥ 3/2, proved once in a process."""
    return printed_inequalities_over_delta(8)


def covered() -> Proved:
    """That ε_cr is enclosed for every Δ ≥ 3/2."""
    return Proved(
        f"eps_cr is enclosed on {len(critical_slices())} slices that cover Delta >= 3/2, on each of"
        " which the root is proved to exist, to be unique in its box and to be eps_cr",
        _slices("bounds.critical.large_delta.critical_slices"),
    )


def turn_is_early() -> Proved:
    """That ε_cr lies early, for every Δ ≥ 3/2: l(ε_cr)Δ < 1/2 and l(ε̂_cr)Δ < 22/25."""
    printed = (less(printed, eps_cr(delta, 6).eps) for delta, printed in PRINTED_EPS_CR.items())
    return Proved(
        "for every Delta >= 3/2 l(eps_cr) Delta < 1/2 and l(eps_hat_cr) Delta < 22/25, on every"
        " slice of Delta (second route: early_turn); the printed values are below the true ones,"
        " and l increases, so it holds for them",
        below_everywhere(lambda part: part.u, U_TOP),
        below_everywhere(lambda part: part.v, V_TOP),
        printed,
    )


def hidden_share(rate: Fraction, budget: Fraction) -> Measure:
    """What two hidden means cost at κ = c/k next below ε_cr, from below, in units of κ₁.

    Args:
        rate: r with B(t) ≥ rc.
        budget: c ≥ 2Φ(t) − 1.
    """

    def share(part: CriticalSlice) -> arb:
        value: arb = to_ball(rate) * part.mass * (1 - part.mass * part.unit / to_ball(budget))
        return value

    return share


def small_case_share(far_factor: Fraction) -> Measure:
    """The printed bound at ε_cr with C₃ = far_factor, from above, in units of κ₁."""
    return lambda part: over_slices.small_case_share(part, far_factor)


def _slope(part: CriticalSlice) -> arb:
    """σ = 1/(1 − 3Φ(−3Δ/2)), at the least Δ: from above."""
    slope: arb = 1 / (1 - 3 * cdf(-3 * to_ball(part.low) / 2))
    return slope


def _rest(part: CriticalSlice) -> arb:
    """Δ(12Δ + (1 + σ)/(3Δ)), at the least Δ."""
    square = to_ball(part.low * part.low)
    return 12 * square + (1 + _slope(part)) / 3


def rest_share(part: CriticalSlice) -> arb:
    """R in units of κ₁², from above."""
    square = to_ball(part.low * part.low)
    decay = (-7 * square / 2).exp() * (2 * arb.pi()).sqrt()
    value: arb = 2 * decay * to_ball(part.low) * _rest(part)
    return value
