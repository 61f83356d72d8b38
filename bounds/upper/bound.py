r"""Theorem 2: the upper bound on K∞ for your own Δ and κ = c/k.

- "printed": the two cases exactly as Theorem 2 has them, with C₀ from the main text's price (the
  appendix's, f⁻¹(ρ − 3Δ), exists for no Δ), and with the true or the printed ε_cr.
- "repaired": the concave envelope of the one-component loss of Lemmas 2 to 4 on its whole,
  extended domain, plus the exact far term, in both cases; for a given k the exact best allocation.
- "sharp": the same with the exact count in place of Lemma 3 (see `sharp`): κ/ε₁ plus the far term,
  for every k.
- "proved", the default: the bound that is proved from end to end, for the best algorithm in place
  of the paper's (see `possible_means`): σ(κ + 2Φ(−2t)) plus a far term, t chosen, for means at
  least D apart. For a given k and m: of an algorithm that one can run (see `sample_size`).
"repaired" and "sharp" rest on assumptions that fail for Algorithms 1 and 2 and for their obvious
correction (see `attack` and `bridge`): they are not offered unless asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, get_args

from flint import arb

from bounds.certify.arithmetic.ball import BALL
from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.exact import Exact, show_exact, to_ball
from bounds.certify.lines import counted
from bounds.certify.names import read_name
from bounds.certify.numbers.digits import shown_digits
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.certify.results import Result
from bounds.critical import eps_cr as critical_value
from bounds.critical.curve import radius_of_estimate_inverse
from bounds.functions.loss import loss
from bounds.functions.normal import cdf, quantile
from bounds.functions.radius import filter_radius
from bounds.functions.window import mass_deficit
from bounds.upper.arguments import read_mass, read_separation, read_upper_delta
from bounds.upper.constant import PRINTED_EPS_CR
from bounds.upper.far import far_expectation, far_term, printed_far_term
from bounds.upper.finite import best_allocation
from bounds.upper.optimum import envelope
from bounds.upper.possible_means import PAPER_SEPARATION, best_reach, parts_at
from bounds.upper.prices import destruction_price, elongation_price, full_price
from bounds.upper.printed import small_constant
from bounds.upper.sample_size import sample_size_bound
from bounds.upper.sharp import LARGE, prove_line

Method = Literal["printed", "repaired", "sharp", "proved"]
Critical = Literal["true", "printed"]
Status = Literal["certified", "argued", "assumed", "refuted"]
"""Certified: decided by machine; argued: proved on paper, constants checked by machine."""

_SPARE = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the argument behind a bound, and how it stands."""

    name: str
    status: Status
    note: str

    @property
    def told(self) -> str:
        """Its status in words."""
        return "proved on paper" if self.status == "argued" else self.status

    def __str__(self) -> str:
        return f"{self.name} ({self.told}): {self.note}"


@dataclass(frozen=True, repr=False)
class UpperBound(Result):
    """An upper bound on the mean squared error of the average client, as m → ∞ or at one m.

    Attributes:
        delta: Δ, exact or a ball.
        c_over_k: κ, exact or a ball.
        method: which bound it is.
        k: the number of components; None for k → ∞.
        m: genuine clients a component, in the mean; None for m → ∞.
        separation: D/Δ, of "proved"; None for the others.
        reach: t/Δ, of "proved"; None for the others.
        value: the bound, enclosed. Above 1 it says less than a client's own sample does.
        regime: which case of the bound applies at κ.
        constants: the constants that it is made of, enclosed, by name.
        steps: the steps of the argument: "certified" by machine, "argued" on paper with certified
            constants; what is "assumed" or "refuted" is not proved here.
    """

    delta: Exact
    c_over_k: Exact
    method: Method
    k: int | None
    m: Fraction | None
    separation: Fraction | None
    reach: Fraction | None
    value: Enclosure
    regime: str
    constants: dict[str, Enclosure]
    steps: tuple[Step, ...]

    def rests_on(self, status: Status) -> tuple[str, ...]:
        """The names of the steps that stand so: what is "argued", "assumed", "refuted"."""
        return tuple(step.name for step in self.steps if step.status == status)


_ALONE = Step(
    "one component at a time",
    "assumed",
    "Lemma 1: no adversarial mass serves against two components (so it is for D >= 14 Delta;"
    " at D = 9 Delta neighbours can share the price of destruction, and with 4 Delta in line 8 of"
    " Algorithm 1 at D = 12 Delta, too: see `bridge`)",
)
_OWN = Step(
    "near clients use their own component's estimate",
    "assumed",
    "Lemma 4; false against counterfeit clusters (see `counterfeit`), which ask for 4 Delta in"
    " line 8 of Algorithm 1, and false for clients whose sample lies within the median's shift of"
    " the edge 3 Delta/2",
)
_FAR = Step("far clients", "certified", "probability times exact conditional expectation")


def default_method(k: int | None, m: Any) -> Method:
    """The method where none is asked for: the proved one wherever it takes the arguments."""
    return "proved" if k is None or m is not None else "repaired"


def upper_bound(
    delta: Any,
    c_over_k: Any,
    method: Method | None = None,
    digits: int = 15,
    k: int | None = None,
    eps_cr: Critical = "true",
    separation: Any = None,
    m: Any = None,
) -> UpperBound:
    """The upper bound of Theorem 2 at Δ and κ = c/k, for m → ∞; with "proved" also at a given m.

    Args:
        delta: Δ, 1/64 to 64, in standard deviations: int, str, Fraction, Decimal, mpf or ball; a
            float counts as the exact binary number that it is.
        c_over_k: κ ≥ 0, the ratio of corrupted clients to components' worth of clients.
        method: "printed", "repaired", "sharp" or "proved"; by default "proved", or "repaired" if k
            is given without m.
        digits: significant decimal digits of every number in the result.
        k: the number of components, 1 to 10⁶, for "repaired"; None for k → ∞, which bounds every k.
            For "proved", 1 to 10⁹, along with m.
        eps_cr: "true", or "printed" for the paper's ε_cr at Δ = 2, 3, 4, for the method "printed".
        separation: D/Δ for "proved", exact, above 3 and up to 10⁶: means are at least D apart; by
            default the paper's 9.
        m: for "proved": genuine clients a component, in the mean, exact; None for m → ∞.

    Returns:
        The bound enclosed, its regime, its constants, and how each step of its argument stands.

    Raises:
        InputError: an argument is malformed or out of range.
        DomainError: "printed", and the loss has no ε_cr at this Δ.
        Inconclusive: a step that should be certified is not.

    Paper: Theorem 2.
    """
    exact, kappa, digits = read_upper_delta(delta), read_mass(c_over_k), read_digits(digits)
    method = method or default_method(k, m)
    read_name(method, get_args(Method), "method")
    _require_sizes(method, k, m)
    _require_critical(exact, method, eps_cr)
    apart = read_separation(separation, PAPER_SEPARATION) if method == "proved" else None
    if separation is not None and apart is None:
        raise InputError(f"the separation belongs to the method proved, not to {method}")
    if apart is not None and m is not None:
        return _proved_at(exact, kappa, digits, apart, k, m)
    reach = None if apart is None else _reach(exact, apart, kappa)
    problem = Problem(exact, kappa, digits, k, eps_cr, apart or PAPER_SEPARATION, reach)
    with working_precision(2 * bits_for(digits + _SPARE) + 64):
        value, regime, named, steps = BOUNDS[method](problem)
        faces = {
            name: Enclosure.of(number, shown_digits(number, digits, exact))
            for name, number in named.items()
        }
        known = kappa if isinstance(kappa, arb) else exact
        return UpperBound(
            delta=exact,
            c_over_k=kappa,
            method=method,
            k=k,
            m=None,
            separation=apart,
            reach=reach,
            value=Enclosure.of(value, shown_digits(value, digits, known)),
            regime=regime,
            constants=faces,
            steps=steps,
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """What a method is asked, read and within its ranges."""

    delta: Exact
    kappa: Exact
    digits: int
    k: int | None
    eps_cr: Critical
    separation: Fraction
    reach: Fraction | None


def _require_sizes(method: Method, k: int | None, m: Any) -> None:
    if m is not None and method != "proved":
        raise InputError(f"m belongs to the method proved: the {method} bound is a limit")
    if m is not None and k is None:
        raise InputError("a bound at a given m is for a given k: pass k, too")
    if k is not None and m is None and method != "repaired":
        raise InputError(
            "k belongs to the method repaired, and to proved with m: the limit of the"
            f" {method} bound is one for every k"
        )


def _require_critical(delta: Exact, method: Method, which: Critical) -> None:
    read_name(which, get_args(Critical), "value of eps_cr")
    if which == "printed" and method != "printed":
        raise InputError("the printed eps_cr belongs to the method printed: leave it out")
    if which == "printed" and not (isinstance(delta, Fraction) and delta in PRINTED_EPS_CR):
        raise InputError("the paper prints eps_cr for Delta = 2, 3 and 4 only: take the true one")


Parts = tuple[arb, str, dict[str, arb], tuple[Step, ...]]


def _printed(delta: Exact, kappa: Exact, digits: int, which: Critical) -> Parts:
    ball, mass = to_ball(delta), to_ball(kappa)
    if which == "printed" and isinstance(delta, Fraction):
        critical = to_ball(PRINTED_EPS_CR[delta])
    else:
        critical = critical_value(delta, 2 * (digits + _SPARE)).eps.ball()
    c0, c1 = 1 / elongation_price(ball), loss(critical, ball)
    c2 = small_constant(critical, filter_radius(critical, ball), ball)
    far = printed_far_term(ball)
    named = {"eps_cr": critical, "C0": c0, "C1": c1, "C2": c2, "far": far}
    steps = (
        *_critical_steps(delta, which),
        Step(
            "C0",
            "refuted",
            "the appendix's price f^-1(rho - 3 Delta) exists for no Delta; used is the main text's,"
            " rho - f(3 Delta), which is not the least that a component costs",
        ),
        _majorant(c0 * full_price(ball) + c1),
        Step("far clients", "refuted", "E >= 9 Delta^2 for every Delta; absent above eps_cr"),
        _ALONE,
        Step(_OWN.name, "refuted", _OWN.note),
    )
    if mass > critical:
        return c0 * mass + c1, "c/k > eps_cr: C0 c/k + C1", named, steps
    if not mass <= critical:
        raise Inconclusive("c/k is not distinguished from eps_cr: raise the digits")
    ninth = mass.root(9) if mass > 0 else arb(0)
    value = c2 * ninth * ninth + far
    return value, "c/k <= eps_cr: C2 (c/k)^(2/9) + far term", named, steps


def _critical_steps(delta: Exact, which: Critical) -> tuple[Step, ...]:
    if which == "printed":
        return (
            Step("eps_cr", "refuted", "the printed value is used; the loss turns convex later"),
            Step("small c/k", "refuted", "C2 (c/k)^(2/9) is below the loss at c/k = eps_cr"),
        )
    if isinstance(delta, Fraction) and delta in PRINTED_EPS_CR:
        return (Step("eps_cr", "refuted", "the true value is used, not the printed one"),)
    return ()


def _majorant(at_full: arb) -> Step:
    name = "upper majorant"
    if at_full < 1:
        return Step(name, "refuted", "C0 c/k + C1 is below 1 where the one-component bound is 1")
    return Step(name, "assumed", "C0 c/k + C1 is at least the adversary's optimum")


def _repaired(delta: Exact, kappa: Exact, digits: int, k: int | None) -> Parts:
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
    if k is not None:
        return _given_components(k, delta, kappa, digits, (far, named, steps))
    return shape.at(mass) + far, regime, named, steps


def _given_components(
    k: int,
    delta: Exact,
    kappa: Exact,
    digits: int,
    rest: tuple[arb, dict[str, arb], tuple[Step, ...]],
) -> Parts:
    far, named, steps = rest
    best = best_allocation(k, delta, kappa, digits + _SPARE // 2)
    told = f"best allocation over {k}: {best.lost} lost at eps_c"
    if best.odd is not None:
        told += f", one at {best.odd.decimals(6)[0]}"
    if best.each is not None:
        told += f", {'each' if best.lost or best.odd else 'all'} of the others at"
        told += f" {best.each.decimals(6)[0]}"
    note = (
        "exact: at most one component strictly between the first turn and eps_c, and the best mass"
        " on it, proved"
        if best.exact
        else f"the envelope, at most 1/{k} too large; {best.attained} of it is attained"
    )
    step = Step("allocation over k", "certified", note)
    return best.at_most.ball() + far, told, named, (*steps, step)


def _sharp(delta: Exact, kappa: Exact) -> Parts:
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
        Step(
            "shift and count",
            "argued",
            "the median moves by at most g(eps), and the exact largest estimate is in place of"
            " Lemma 3, for windows that are intervals",
        ),
        Step(
            "adversary's optimum",
            "certified",
            "the loss lies below the line to (eps_1, 1), proved "
            + (
                f"for every Delta >= {LARGE} at once"
                if pieces is None
                else f"on {counted(pieces, 'piece')}"
            ),
        ),
        _FAR,
    )
    lost = mass / price
    if mass < price:
        return lost + far, "c/k < eps_1: the share c/(k eps_1) is destroyed", named, steps
    if mass > price:
        return 1 + far, "c/k >= eps_1: every component is destroyed", named, steps
    return lost.min(arb(1)).union(arb(1)) + far, "c/k = eps_1, within its rounding", named, steps


def _reach(delta: Exact, separation: Fraction, kappa: Exact | None) -> Fraction:
    """A good t/Δ for the method proved."""
    with working_precision(64):
        apart = float(to_ball(delta).mid()) * float(separation)
        mass = None if kappa is None else float(to_ball(kappa).mid())
    return separation * best_reach(apart, mass)


_CLUSTERS = (
    Step(
        "one cluster of possible means",
        "certified",
        "minimax risk at most r* times its mass, for every set of means",
    ),
    Step(
        "clusters that may hold several means",
        "argued",
        "their clients keep their sample; each such component costs 1/sigma or more",
    ),
    Step(
        "fooled clients",
        "argued",
        "within 2t of their mean only those that a counterfeit, or the end of another cluster,"
        " is near: and it costs more than they lose",
    ),
    _FAR,
)


def _proved_at(
    delta: Exact, kappa: Exact, digits: int, separation: Fraction, k: int | None, m: Any
) -> UpperBound:
    """The method proved with finitely many clients."""
    if not isinstance(delta, Fraction) or not isinstance(kappa, Fraction) or k is None:
        raise InputError("at a given m, Delta and c/k must be exact numbers, not balls")
    found = sample_size_bound(k, kappa * k, separation * delta, m, digits)
    design, named, reach = found.design, dict(found.parts), None
    told = f"D >= {show_exact(separation)} Delta, k = {k}, m = {show_exact(found.m)}"
    regime = f"own sample: the proof says nothing at {told}"
    if design is not None:
        reach = design.reach / delta
        named["t"] = Enclosure.of(to_ball(design.reach), digits)
        named["sigma"] = Enclosure.of(to_ball(design.slope), digits)
        told += f", t = {float(reach):.4g} Delta"
        regime = f"attack (sigma (c/k + shared)) + lack + sampling + far + failure, {told}"
    listed = Step(
        "possible means",
        "argued",
        "the others' reports hold the law of every true mean, but for what the part lack pays for"
        " and an event that the part failure pays for, and of no more means than their mass allows"
        " (this and the next three are argued in bounds.upper.sample_size, with certified"
        " constants)",
    )
    return UpperBound(
        delta=delta,
        c_over_k=kappa,
        method="proved",
        k=k,
        m=found.m,
        separation=separation,
        reach=reach,
        value=found.value,
        regime=regime,
        constants=named,
        steps=(listed, *_CLUSTERS),
    )


def _proved(
    delta: Exact, kappa: Exact, digits: int, separation: Fraction, reach: Fraction
) -> Parts:
    ball, mass = to_ball(delta), to_ball(kappa)
    t = to_ball(reach) * ball
    told = f"D >= {show_exact(separation)} Delta, t = {float(reach):.4g} Delta"
    listed = Step(
        "possible means",
        "argued",
        "the reports hold the law of every true mean, and of no more means than their mass"
        " allows (the argument: bounds.upper.possible_means,"
        " with certified constants)",
    )
    steps = (listed, *_CLUSTERS)
    parts = parts_at(to_ball(separation) * ball, t, digits + _SPARE)
    if parts is None:
        return arb(1), f"own sample: the proof says nothing at {told}", {"t": t}, steps
    value = parts.slope * (mass + parts.shared) + parts.far
    named = {"t": t, "sigma": parts.slope, "shared": parts.shared, "far": parts.far}
    if value < 1:
        return value, f"sigma (c/k + shared) + far, {told}", named, steps
    if value > 1:
        return arb(1), f"own sample: sigma (c/k + shared) + far is above 1, {told}", named, steps
    return value.min(arb(1)).union(arb(1)), f"at 1, within its rounding, {told}", named, steps


BOUNDS: dict[Method, Callable[[Problem], Parts]] = {
    "printed": lambda p: _printed(p.delta, p.kappa, p.digits, p.eps_cr),
    "repaired": lambda p: _repaired(p.delta, p.kappa, p.digits, p.k),
    "sharp": lambda p: _sharp(p.delta, p.kappa),
    "proved": lambda p: _proved(
        p.delta, p.kappa, p.digits, p.separation, p.reach or _reach(p.delta, p.separation, p.kappa)
    ),
}
"""The bound of each method: value, regime, named constants, steps."""


def helps_below(
    delta: Any,
    method: Method | None = None,
    digits: int = 15,
    eps_cr: Critical = "true",
    separation: Any = None,
) -> Enclosure | None:
    """The κ below which the bound is less than 1, so that collaboration provably helps.

    Args:
        delta: Δ, 1/64 to 64, in standard deviations.
        method: "printed", "repaired", "sharp" or "proved", the default, with the same assumptions
            as `upper_bound`.
        digits: significant decimal digits.
        eps_cr: "true", or "printed" for the paper's ε_cr, as in `upper_bound`.
        separation: D/Δ for "proved", as in `upper_bound`.

    Returns:
        The threshold; None where the bound is 1 or more for every κ > 0.

    Raises:
        InputError: an argument is malformed or out of range.
        DomainError: "printed", and the loss has no ε_cr at this Δ.
        Inconclusive: a step that should be certified is not.

    Paper: Section III claims c/k < 1/C₀(Δ); C₁ and the far term lower that.
    """
    exact, digits = read_upper_delta(delta), read_digits(digits)
    method = method or "proved"
    read_name(method, get_args(Method), "method")
    if method == "proved":
        return _proved_threshold(exact, digits, separation)
    if separation is not None:
        raise InputError(f"the separation belongs to the method proved, not to {method}")
    kappa = 0 if method == "sharp" else "1/2"
    bound = upper_bound(exact, kappa, method, digits + _SPARE, eps_cr=eps_cr)
    with working_precision(2 * bits_for(digits + _SPARE) + 64):
        named = {name: number.ball() for name, number in bound.constants.items()}
        spare = 1 - named["far"]
        if not spare > 0:
            return None
        threshold = _THRESHOLDS[method](named, spare, to_ball(exact))
        return Enclosure.of(threshold, shown_digits(threshold, digits, exact))


def _proved_threshold(delta: Exact, digits: int, separation: Any) -> Enclosure | None:
    apart = read_separation(separation, PAPER_SEPARATION)
    reach = _reach(delta, apart, None)
    with working_precision(2 * bits_for(digits + _SPARE) + 64):
        ball = to_ball(delta)
        parts = parts_at(to_ball(apart) * ball, to_ball(reach) * ball, digits + _SPARE)
        if parts is None:
            return None
        threshold = (1 - parts.far) / parts.slope - parts.shared
        if not threshold > 0:
            return None
        return Enclosure.of(threshold, shown_digits(threshold, digits, delta))


def _printed_threshold(named: dict[str, arb], spare: arb, _: arb) -> arb:
    """Where the printed bound, which need not be continuous at ε_cr, first is 1."""
    ninth = (spare / named["C2"]).sqrt()
    if ninth < named["eps_cr"].root(9):
        return ninth**9
    return named["eps_cr"].max((1 - named["C1"]) / named["C0"])


def _repaired_threshold(named: dict[str, arb], spare: arb, delta: arb) -> arb:
    on_chord = (spare - named["C1"]) / named["C0"]
    return on_chord if on_chord > named["eps_t"] else _mass_at(spare, delta)


_THRESHOLDS: dict[Method, Callable[[dict[str, arb], arb, arb], arb]] = {
    "printed": _printed_threshold,
    "repaired": _repaired_threshold,
    "sharp": lambda named, spare, _: spare * named["eps_c"],
}


def _mass_at(height: arb, delta: arb) -> arb:
    """The ε with loss g(ε̂)²/(1 + g(ε̂)²) = height, for heights below that at ε_max.

    2Φ(g) − 1 = Φ(y − Δ) − Φ(−Δ) gives y = l(ε̂), and y gives l(ε).
    """
    g = (height / (1 - height)).sqrt()
    y = delta + quantile(BALL.interval_mass(-g, 2 * g) + cdf(-delta))
    return mass_deficit(radius_of_estimate_inverse(y, delta), delta)
