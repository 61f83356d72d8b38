r"""Theorem 2: the upper bound on K∞ for your own Δ and κ = c/k.

- "printed": the two cases exactly as Theorem 2 has them, with C₀ from the main text's price.
- "repaired": the concave envelope of the one-component loss of Lemmas 2 to 4 on its whole,
  extended domain, plus the exact far term, in both cases.
- "sharp": the same with the exact count in place of Lemma 3 (see `sharp`): κ/ε₁ plus the far term.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, get_args

from flint import arb

from bounds.certified.enclosure import Enclosure
from bounds.certified.precision import bits_for, read_digits, working_precision
from bounds.convexity import eps_cr
from bounds.convexity.domain import read_delta
from bounds.convexity.point import shown_digits
from bounds.errors import Inconclusive, InputError
from bounds.exact import Exact, read_exact, show_exact, to_ball
from bounds.functions.loss import loss
from bounds.functions.radius import filter_radius
from bounds.names import read_name
from bounds.theorems.upper.constant import PRINTED_EPS_CR
from bounds.theorems.upper.far import far_expectation, far_term, printed_far_term
from bounds.theorems.upper.optimum import envelope
from bounds.theorems.upper.prices import destruction_price, elongation_price, full_price
from bounds.theorems.upper.printed import small_constant
from bounds.theorems.upper.sharp import prove_line

Method = Literal["printed", "repaired", "sharp"]
Status = Literal["certified", "assumed", "refuted"]

_SPARE = 10
MOST_DELTA = Fraction(64)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the argument behind a bound, and how it stands."""

    name: str
    status: Status
    note: str


@dataclass(frozen=True)
class UpperBound:
    """An upper bound on the mean squared error of the average client, as m → ∞.

    Attributes:
        delta: Δ, exact or a ball.
        c_over_k: κ, exact or a ball.
        method: which bound it is.
        value: the bound, enclosed. Above 1 it says less than a client's own sample does.
        regime: which case of the bound applies at κ.
        constants: the constants that it is made of, enclosed, by name.
        steps: the steps of the argument; what is "assumed" or "refuted" is not proved here.
    """

    delta: Exact
    c_over_k: Exact
    method: Method
    value: Enclosure
    regime: str
    constants: dict[str, Enclosure]
    steps: tuple[Step, ...]

    def rests_on(self, status: Status) -> tuple[str, ...]:
        """The names of the steps that stand so: what is "assumed", what is "refuted"."""
        return tuple(step.name for step in self.steps if step.status == status)


_ALONE = Step(
    "one component at a time",
    "assumed",
    "Lemma 1: no adversarial mass serves against two components (so it is for D >= 14 Delta;"
    " at D = 9 Delta neighbours can share the price of destruction)",
)
_OWN = Step(
    "near clients use their own component's estimate",
    "assumed",
    "Lemma 4; false against counterfeit clusters (see `counterfeit`), which ask for 4 Delta in"
    " line 8 of Algorithm 1, and false for clients whose sample lies within the median's shift of"
    " the edge 3 Delta/2",
)
_FAR = Step("far clients", "certified", "probability times exact conditional expectation")


def upper_bound(
    delta: Any, c_over_k: Any, method: Method = "repaired", digits: int = 15
) -> UpperBound:
    """The upper bound of Theorem 2 at Δ and κ = c/k, for k → ∞ and m → ∞.

    Args:
        delta: Δ, 1/64 to 64, in standard deviations: int, str, Fraction, Decimal, mpf or ball; a
            float counts as the exact binary number that it is.
        c_over_k: κ ≥ 0, the ratio of corrupted clients to components' worth of clients.
        method: "printed", "repaired" or "sharp".
        digits: significant decimal digits of every number in the result.

    Returns:
        The bound enclosed, its regime, its constants, and how each step of its argument stands.

    Raises:
        InputError: an argument is malformed or out of range.
        DomainError: "printed", and the loss has no ε_cr at this Δ.
        Inconclusive: a step that should be certified is not.

    Paper: Theorem 2.
    """
    exact, kappa, digits = read_reach(delta), read_mass(c_over_k), read_digits(digits)
    read_name(method, get_args(Method), "method")
    make = {"printed": _printed, "repaired": _repaired, "sharp": _sharp}[method]
    with working_precision(2 * bits_for(digits + _SPARE) + 64):
        value, regime, named, steps = make(exact, kappa, digits)
        faces = {
            name: Enclosure.of(number, shown_digits(number, digits, exact))
            for name, number in named.items()
        }
        known = kappa if isinstance(kappa, arb) else exact
        return UpperBound(
            delta=exact,
            c_over_k=kappa,
            method=method,
            value=Enclosure.of(value, shown_digits(value, digits, known)),
            regime=regime,
            constants=faces,
            steps=steps,
        )


def read_reach(delta: Any) -> Exact:
    """Δ within reach of the bounds.

    Raises:
        InputError: not a number between 1/64 and 64.
    """
    exact = read_delta(delta)
    if not to_ball(exact) <= to_ball(MOST_DELTA):
        raise InputError(
            f"Delta must be at most {MOST_DELTA} here, not {show_exact(exact):.60}: beyond it the"
            " sharp bound differs from c/k by less than 10^-880"
        )
    return exact


def read_mass(c_over_k: Any) -> Exact:
    """κ = c/k as an exact number or ball.

    Raises:
        InputError: it is not a finite number, or is not surely at least 0.
    """
    kappa = read_exact(c_over_k, "c/k")
    if not kappa >= 0:
        raise InputError(f"c/k must be at least 0, not {c_over_k!r:.60}")
    return kappa


Parts = tuple[arb, str, dict[str, arb], tuple[Step, ...]]


def _printed(delta: Exact, kappa: Exact, digits: int) -> Parts:
    ball, mass = to_ball(delta), to_ball(kappa)
    critical = eps_cr(delta, 2 * (digits + _SPARE)).eps.ball()
    c0, c1 = 1 / elongation_price(ball), loss(critical, ball)
    c2 = small_constant(critical, filter_radius(critical, ball), ball)
    far = printed_far_term(ball)
    named = {"eps_cr": critical, "C0": c0, "C1": c1, "C2": c2, "far": far}
    steps: tuple[Step, ...] = (
        Step(
            "C0", "refuted", "f^-1(rho - 3 Delta) exists for no Delta; the main text's price used"
        ),
        _majorant(c0 * full_price(ball) + c1),
        Step("far clients", "refuted", "E >= 9 Delta^2 for every Delta; absent above eps_cr"),
        _ALONE,
        Step(_OWN.name, "refuted", _OWN.note),
    )
    if delta in PRINTED_EPS_CR:
        steps = (Step("eps_cr", "refuted", "the true value is used here"), *steps)
    if mass > critical:
        return c0 * mass + c1, "c/k > eps_cr: C0 c/k + C1", named, steps
    if not mass < critical:
        raise Inconclusive("c/k is not told apart from eps_cr: raise the digits")
    ninth = mass.root(9) if mass > 0 else arb(0)
    value = c2 * ninth * ninth + far
    return value, "c/k <= eps_cr: C2 (c/k)^(2/9) + far term", named, steps


def _majorant(at_full: arb) -> Step:
    name = "upper majorant"
    if at_full < 1:
        return Step(name, "refuted", "C0 c/k + C1 is below 1 where the one-component bound is 1")
    return Step(name, "assumed", "C0 c/k + C1 is at least the adversary's optimum")


def _repaired(delta: Exact, kappa: Exact, digits: int) -> Parts:
    shape = envelope(delta, digits + _SPARE)
    ball, mass = to_ball(delta), to_ball(kappa)
    far = far_term(ball)
    tangent, corner = shape.tangent.ball(), shape.corner.ball()
    named = {
        "C0": shape.slope.ball(),
        "C1": shape.intercept.ball(),
        "eps_t": tangent,
        "eps_c": corner,
        "C3": far_expectation(ball) / (ball * ball),
        "far": far,
    }
    if mass < tangent:
        regime = "c/k < eps_t: every component alike"
    elif mass < corner:
        regime = "eps_t <= c/k < eps_c: a share of the components is lost, the others at eps_t"
    else:
        regime = "c/k >= eps_c: every component is lost"
    steps = (
        _ALONE,
        _OWN,
        Step(
            "loss of one component",
            "assumed",
            "Lemmas 2 to 4: at most g(eps_hat)^2/(1 + g(eps_hat)^2), extended to eps_hat >= rho",
        ),
        Step(
            "adversary's optimum",
            "certified",
            f"concave envelope: one point of contact, chord above the loss on {shape.pieces}"
            f" pieces; a component is lost by {shape.lost_by}",
        ),
        _FAR,
    )
    return shape.at(mass) + far, regime, named, steps


def _sharp(delta: Exact, kappa: Exact, _: int) -> Parts:
    pieces = prove_line(delta)
    ball, mass = to_ball(delta), to_ball(kappa)
    price, far = destruction_price(ball), far_term(ball)
    named = {
        "C0": 1 / price,
        "eps_c": price,
        "C3": far_expectation(ball) / (ball * ball),
        "far": far,
    }
    steps = (
        _ALONE,
        _OWN,
        Step("shift of the median", "assumed", "Lemma 2: at most g(eps)"),
        Step(
            "count",
            "certified",
            "the exact largest estimate in place of Lemma 3, for a window that is an interval",
        ),
        Step(
            "adversary's optimum",
            "certified",
            f"the loss lies below the line to (eps_1, 1), proved on {pieces} pieces",
        ),
        _FAR,
    )
    lost = mass / price
    if mass < price:
        return lost + far, "c/k < eps_1: the share c/(k eps_1) is destroyed", named, steps
    if mass > price:
        return 1 + far, "c/k >= eps_1: every component is destroyed", named, steps
    return lost.min(arb(1)).union(arb(1)) + far, "c/k = eps_1, within its rounding", named, steps


def helps_below(delta: Any, method: Method = "repaired", digits: int = 15) -> Enclosure | None:
    """The κ below which the bound is less than 1, so that collaboration provably helps.

    Args:
        delta: Δ, 1/64 to 64, in standard deviations.
        method: "printed", "repaired" or "sharp", with the same assumptions as `upper_bound`.
        digits: significant decimal digits.

    Returns:
        The threshold; None where the bound is 1 or more for every κ > 0 that it is asked about.

    Raises:
        InputError: an argument is malformed or out of range.
        Inconclusive: a step that should be certified is not.

    Paper: Section III claims c/k < 1/C₀(Δ); C₁ and the far term lower that.
    """
    exact, digits = read_reach(delta), read_digits(digits)
    read_name(method, get_args(Method), "method")
    bound = upper_bound(exact, 0 if method == "sharp" else "1/2", method, digits + _SPARE)
    with working_precision(2 * bits_for(digits + _SPARE) + 64):
        named = {name: number.ball() for name, number in bound.constants.items()}
        far = arb(0) if method == "printed" else named["far"]
        rest = 1 - far - named.get("C1", arb(0))
        if not rest > 0:
            return None
        least = named.get("eps_t", named.get("eps_cr", arb(0)))
        threshold = rest / named["C0"]
        if not threshold > least:
            return None
        return Enclosure.of(threshold, shown_digits(threshold, digits, exact))
