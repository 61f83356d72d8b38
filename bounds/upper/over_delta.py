r"""For which Δ ≥ 3/2 the printed inequalities behind Theorem 2 hold: decided for every Δ at once.

Each comparison is strict on every slice of `critical_slices`, which leave no Δ out. In units of
κ₁ = φ(Δ)/Δ, with τ = 1/Δ², t = 3Δ/2 and 1/(1 + τ) ≤ Φ(−Δ)/κ₁ ≤ 1, Φ(−nΔ)/κ₁ ≤ e^{−(n²−1)Δ²/2}/n:

- The mass w = d(2Δ) = 1 − 3Φ(−Δ) + Φ(−3Δ) has loss 1, for Δ ≥ 1: ŵ ≥ Φ(Δ) says
  2Φ(−Δ) − Φ(−3Δ) ≤ 2Δφ(Δ). It is below the price d(3Δ) by
  Φ(−Δ) − Φ(−2Δ) − Φ(−3Δ) + Φ(−4Δ); where that is above C₁, C₀w + C₁ < 1.
- With C₁ < ε_cr the chord from (0, 0) to any (m, 1), m ≤ 1, is above the loss at ε_cr. So losing
  the share κ/w of the components does more than the equal attack for all κ next below ε_cr, and
  leaving the others alone does more than leaving them at ε_cr. Where C₂ε_cr^{2/9} < ε_cr/w, it
  does more than C₂κ^{2/9} next below ε_cr. The printed far term, 2Φ(−t)·3.25Δ², is in units of κ₁
  at most (13/3)Δ²e^{−5Δ²/8}, which falls.
- Far clients lose F = 2[tφ(t) + Φ(−t)] without any attack, dF/dΔ = −3t²φ(t). D = C₀ε_cr + C₁ − F
  increases as far as it is not proved positive by F/κ₁ < (3Δ² + 4/3)e^{−5Δ²/8}, which falls from
  Δ = 3/2 on: so D changes its sign once, at one Δ, which is enclosed.
- Line 3 of the chain to C₂ at κ = ε_cr says l(e′)³/e′ ≤ l(ε_cr)³/ε_cr with e′ = ε̂_cr, that is
  v³E ≤ u³(E + u); line 5 says Φ⁻¹(½ + s) ≤ s/φ(s) at s = C̄ε_cr^{1/9}. But q = Φ⁻¹(½ + s) is at
  least √(2π)s, so dq/ds = 1/φ(q) ≥ √(2π)e^{πs²}, which is above (s/φ(s))′ = √(2π)(1 + s²)e^{s²/2}
  for every s > 0.
- Line 6 of Lemma 3's display says 1 − e^{−lΔ − l²/2} ≤ ½, that is l ≤ √(Δ² + 2 log 2) − Δ. Clusters
  are as long as 3Δ, and that is greater for every Δ ≥ 1/3, as 15Δ²/2 > 5/6 > log 2.
- Lemma 6 holds where d(x)/x³ falls, as far as xΔ ≤ 5/2: xd′/d ≤ u coth(u/2) < 3.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Literal, TypeAlias

from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import show_exact, to_ball
from bounds.certify.numbers.digits import enclosed_number
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.certify.results import Result
from bounds.critical import eps_cr
from bounds.critical.large_delta import CriticalSlice, critical_slices
from bounds.critical.large_delta.slices import LEAST
from bounds.functions.normal import density
from bounds.upper.far import PRINTED_FAR_FACTOR, far_loss
from bounds.upper.over_slices import (
    c1,
    c1_share,
    c2,
    c2_share,
    chain_top,
    loss_share,
    small_case_share,
)
from bounds.upper.prices import elongation_price
from bounds.upper.ranges import delta_where, sign_change

Test: TypeAlias = Callable[[CriticalSlice], bool]

_BITS = 96
_FAR_TERM_IS_LITTLE = Fraction(31, 10)
_LEAST_FAR_FACTOR = 9  # E ≥ 1 + 9Δ², see `far`


@dataclass(frozen=True, repr=False)
class InequalityRange(Result):
    """One printed inequality on one range of Δ.

    Attributes:
        name: which.
        verdict: "certified" if it holds for every Δ of the range, wherever it is claimed;
            "refuted" if it fails for every Δ of the range.
        low: the least Δ of the range, in standard deviations.
        high: the greatest; None if the range has no end.
        note: where it fails, or why it holds, in a few words.
    """

    name: str
    verdict: Literal["certified", "refuted"]
    low: Enclosure
    high: Enclosure | None
    note: str


def printed_inequalities_over_delta(digits: Any = 10) -> tuple[InequalityRange, ...]:
    """The printed inequalities behind Theorem 2 for every Δ ≥ 3/2, with the true ε_cr.

    Args:
        digits: significant decimal digits of the Δ at which the truth of one changes.

    Returns:
        For each inequality one range of Δ, [3/2, ∞), or two that meet where its truth changes.

    Raises:
        InputError: digits is not a count.
        Inconclusive: one of them is not decided (not seen).

    Paper: Section III and Appendix B; for the c/k at one Δ see `printed_inequalities`.
    """
    digits = read_digits(digits)
    start = _start(digits)
    rows: list[InequalityRange] = []
    for name, verdict, test, note in _WHOLE:
        _require(name, test)
        rows.append(InequalityRange(name, verdict, start, None, note))
    rows += _two(
        "C0 c/k + C1 >= far clients, c/k > eps_cr",
        start,
        far_term_serves_from(digits),
        ("refuted", "the far term is missing: fails next above c/k = eps_cr"),
        ("certified", "C0 eps_cr + C1 is above what they lose unattacked"),
    )
    rows += _two(
        "C0 < 1.05",
        start,
        delta_where("C0", "1.05", digits),
        ("refuted", "C0 = 1/(rho - f(3 Delta)) decreases"),
        ("certified", "and tends to 1"),
    )
    return tuple(rows)


Told: TypeAlias = tuple[Literal["certified", "refuted"], str]


def _two(
    name: str, start: Enclosure, change: Enclosure, before: Told, after: Told
) -> Sequence[InequalityRange]:
    return (
        InequalityRange(name, before[0], start, change, before[1]),
        InequalityRange(name, after[0], change, None, after[1]),
    )


def _start(digits: int) -> Enclosure:
    return enclosed_number(lambda: to_ball(LEAST), digits)


def _require(name: str, test: Test) -> None:
    """Prove the test on every slice.

    Raises:
        Inconclusive: on some slice it is not proved.
    """
    with working_precision(_BITS):
        for part in critical_slices():
            # step: each inequality on every slice [true 2/2]
            if not test(part):
                raise Inconclusive(f"{name}: not decided for Delta from {show_exact(part.low)} on")


def _price_exceeds(part: CriticalSlice) -> arb:
    """A lower bound of (d(3Δ) − w)/κ₁."""
    square = to_ball(part.low * part.low)
    return 1 / (1 + part.tau) - (-3 * square / 2).exp() / 2 - (-4 * square).exp() / 3


def _lost_mass(part: CriticalSlice) -> arb:
    """An upper bound of w."""
    square = to_ball(part.low * part.low)
    return 1 - part.unit * (3 / (1 + part.tau) - (-4 * square).exp() / 3)


def _above_line(part: CriticalSlice) -> bool:
    """C₀w + C₁ < 1, and w > ε_cr."""
    # step: w is below the price [true 2/2]
    above_w = bool(c1_share(part) * part.unit < _price_exceeds(part))
    # step: w is above ε_cr [true 4/4]
    return above_w and bool(part.mass * part.unit + 3 * part.unit < 1)  # w > 1 − 3Φ(−Δ)


def _short_of_one(part: CriticalSlice) -> bool:
    """C₁ > 0, and (1 − C₁)/C₀ > ε_cr; the price increases."""
    price = elongation_price(to_ball(part.low))
    # step: C₁ > 0 [true 3/5]
    # step: (1 − C₁)/C₀ > ε_cr [true 5/5]
    return bool(c1_share(part) > 0) and bool((1 - c1(part)) * price > part.mass * part.unit)


def _loses_more(part: CriticalSlice) -> bool:
    """C₁ < ε_cr."""
    # step: C₁ < ε_cr [true 2/2]
    return bool(c1_share(part) * part.unit < part.mass)


def _beyond_c2(part: CriticalSlice) -> bool:
    """C₂ε_cr^{2/9} < ε_cr/w in units of κ₁; from 31/10 on with the printed far term beside C₂."""
    little = part.high is None or part.high > _FAR_TERM_IS_LITTLE
    printed = small_case_share(part, PRINTED_FAR_FACTOR if little else Fraction(0))
    # step: C₂ε_cr^{2/9} < ε_cr/w [true 2/2]
    return bool(printed * _lost_mass(part) < part.mass)


def _third_line_fails(part: CriticalSlice) -> bool:
    """v³E > u³(E + u)."""
    u, v, e = part.u, part.v, part.mass
    # step: v³E > u³(E + u) [true 2/2]
    return bool(v * v * v * e > u * u * u * (e + u))


def _passes_the_sixth_line(part: CriticalSlice) -> bool:
    """√(Δ² + 2 log 2) − Δ < 3Δ."""
    return bool(2 * arb(2).log() < 15 * to_ball(part.low * part.low))


_WHOLE: tuple[tuple[str, Literal["certified", "refuted"], Test, str], ...] = (
    (
        "C0 c/k + C1 >= optimum, c/k > eps_cr",
        "refuted",
        _above_line,
        "fails at c/k = 1 - 3 Phi(-Delta) + Phi(-3 Delta), where the optimum is 1",
    ),
    (
        "C0 c/k + C1 < 1 for c/k < 1/C0",
        "refuted",
        _short_of_one,
        "fails for c/k from (1 - C1)/C0 to 1/C0, and only there",
    ),
    (
        "C2 (c/k)^(2/9) >= loss, c/k <= eps_cr",
        "certified",
        lambda part: bool(loss_share(part) < c2_share(part)),
        "the loss of the equal attack",
    ),
    (
        "C2 (c/k)^(2/9) >= optimum, c/k <= eps_cr",
        "refuted",
        _beyond_c2,
        "fails next below c/k = eps_cr; from Delta = 3.1 on also with the printed far term",
    ),
    (
        "equal attack optimal, c/k < eps_cr",
        "refuted",
        _loses_more,
        "fails next below c/k = eps_cr: losing a few components does more",
    ),
    (
        "others left at eps_cr optimal, c/k > eps_cr",
        "refuted",
        _loses_more,
        "leaving them alone, with the mass saved spent on lost ones, does more",
    ),
    (
        "rho - f(3 Delta) the least mass with loss 1",
        "refuted",
        lambda part: bool(_price_exceeds(part) > 0),
        "1 - 3 Phi(-Delta) + Phi(-3 Delta) is less, with loss 1",
    ),
    (
        "E <= 3.25 Delta^2",
        "refuted",
        lambda _: to_ball(PRINTED_FAR_FACTOR) < _LEAST_FAR_FACTOR,
        "E is above 9 Delta^2",
    ),
    (
        "l(eps) <= (eps/C)^(1/3), eps <= eps_cr",
        "certified",
        lambda part: bool(part.u < 2.5),
        "Lemma 6: d(x)/x^3 falls up to x Delta = 5/2",
    ),
    (
        "Lemma 3, display, line 6",
        "refuted",
        _passes_the_sixth_line,
        "fails for l above sqrt(Delta^2 + 2 log 2) - Delta, which is below 3 Delta",
    ),
    (
        "chain to C2, line 3",
        "refuted",
        _third_line_fails,
        "fails at c/k = eps_cr",
    ),
    (
        "chain to C2, line 5",
        "refuted",
        lambda part: bool(chain_top(part) < 0.5),
        "fails at c/k = eps_cr",
    ),
    ("C1 < 1/50", "certified", lambda part: bool(c1(part) < to_ball(Fraction(1, 50))), "C1 -> 0"),
    ("C2 < 1/20", "certified", lambda part: bool(c2(part) < to_ball(Fraction(1, 20))), "C2 -> 0"),
    (
        "eps_cr decreases",
        "certified",
        lambda part: bool(part.elasticity() < 1),
        "faster than exp(-Delta^2/2)",
    ),
)


def lead(delta: Fraction, digits: int) -> arb:
    """D = C₀ε_cr + C₁ − F at one Δ, from ε_cr to so many digits."""
    value = eps_cr(delta, digits)
    ball = to_ball(delta)
    return value.eps.ball() / elongation_price(ball) + value.loss.ball() - far_loss(ball)


def _lead_rate(part: CriticalSlice) -> arb:
    """dD/dΔ over a slice; nan for the one without end."""
    if part.high is None:
        return arb.nan()
    delta = to_ball(part.low).union(to_ball(part.high))
    t = 3 * delta / 2
    price = elongation_price(to_ball(part.low)).union(elongation_price(to_ball(part.high)))
    price_rate = 2 * density(delta) + 2 * density(2 * delta) - 4 * density(4 * delta)
    eps = part.mass * part.unit
    eps_rate = eps * ((part.elasticity() - 1) / delta - delta)
    square = 1 + part.g * part.g
    shift_rate = -2 * part.tau / delta * part.g_rate  # dτ/dΔ = −2/Δ³
    return (
        eps_rate / price
        - eps * price_rate / (price * price)
        + 2 * part.g * shift_rate / (square * square)
        + 3 * t * t * density(t)
    )


def _far_share(delta: Fraction) -> arb:
    """An upper bound of F/κ₁ at Δ, which falls."""
    square = to_ball(delta * delta)
    return (3 * square + arb(4) / 3) * (-5 * square / 8).exp()


def _lead_changes_once() -> None:
    """Prove that D increases up to some Δ, and is positive from there on."""
    with working_precision(_BITS):
        rising = True
        for part in critical_slices():
            # step: the lead rises, as far as it does [true 4/4]
            rising = rising and bool(_lead_rate(part) > 0)
            # step: or is positive [true 4/4]
            if not (rising or _far_share(part.low) < part.mass):
                raise Inconclusive(
                    f"the far term is not decided for Delta from {show_exact(part.low)} on"
                )


@cache
def far_term_serves_from(digits: int) -> Enclosure:
    """The Δ below which C₀ε_cr + C₁ is below what far clients lose, and above which it is above.

    Raises:
        Inconclusive: its sign is not decided where it should be (not seen).
    """
    _lead_changes_once()
    bits = bits_for(digits) + 8
    with working_precision(2 * bits + 64):
        low, high = Fraction(2), Fraction(3)
        # step: it is negative at 2 [true 3/4]
        # step: and positive at 3 [true 4/4]
        if not (lead(low, digits + 12) < 0 and lead(high, digits + 12) > 0):
            raise Inconclusive("the Delta from which the far term serves is not isolated")
        place = sign_change(lambda delta: lead(delta, digits + 12), low, high, bits)
        return Enclosure.of(place, digits)
