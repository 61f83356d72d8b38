"""Lemma 6 and the chain of bounds to C₂κ^{2/9}: its lines as terms, and what they rest on.

The threshold e stands for ε_cr, printed or true. C = e/l(e)³, A = e^{2/3} + φ(Δ)/C^{1/3}, and
C̄ = A e^{2/9}/2 + φ(Δ) A^{1/3}/(2C^{1/3}); κ = c/k runs over (0, e].
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias

from bounds.certify.exact import show_exact
from bounds.certify.inequalities import (
    Counterexample,
    Term,
    decide_less,
    density,
    exp,
    log,
    number,
    prove_less,
    quantile,
)
from bounds.certify.numbers.precision import working_precision
from bounds.critical import eps_cr
from bounds.functions.terms import filter_radius, loss, mass_estimate
from bounds.upper.constant import PRINTED_EPS_CR
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision
from proofs_check.claims.sb_lemma_5.early_turn import proof


def root(t: Term, parts: int, times: int = 1) -> Term:
    """t^{times/parts}, t > 0."""
    return exp(Fraction(times, parts) * log(t))


@dataclass(frozen=True)
class Setting:
    """One κ, one threshold, one Δ; all exact."""

    kappa: Fraction
    threshold: Fraction
    delta: Fraction

    def __str__(self) -> str:
        return (
            f"Delta = {show_exact(self.delta)}, eps_cr = {show_exact(self.threshold)},"
            f" c/k = {show_exact(self.kappa)}"
        )

    @property
    def k(self) -> Term:
        """κ."""
        return number(self.kappa)

    @property
    def e(self) -> Term:
        """The threshold."""
        return number(self.threshold)

    @property
    def phi(self) -> Term:
        """φ(Δ)."""
        return density(self.delta)

    @property
    def estimate(self) -> Term:
        """κ̂ = κ + l(κ)φ(Δ)."""
        return mass_estimate(self.k, self.delta)

    def radius(self, mass: Term) -> Term:
        """The filter radius l at a mass."""
        return filter_radius(mass, self.delta)

    @property
    def c_root(self) -> Term:
        """C^{1/3} = e^{1/3}/l(e)."""
        return root(self.e, 3) / self.radius(self.e)

    @property
    def a(self) -> Term:
        """A = e^{2/3} + φ(Δ)/C^{1/3}."""
        return root(self.e, 3, 2) + self.phi / self.c_root

    @property
    def c_bar(self) -> Term:
        """C̄, with its factors 1/2."""
        return self.a * root(self.e, 9, 2) / 2 + self.phi / (2 * self.c_root) * root(self.a, 3)

    @property
    def t_top(self) -> Term:
        """C̄ e^{1/9}, the largest C̄ κ^{1/9}."""
        return self.c_bar * root(self.e, 9)


Line: TypeAlias = Callable[[Setting], Term]


def after(numerator: Callable[[Setting], Term]) -> Line:
    """Q(½(1 + numerator))²."""
    return lambda s: quantile((1 + numerator(s)) / 2) ** 2


LINES: tuple[Line, ...] = (
    lambda s: loss(s.k, s.delta),
    after(lambda s: s.estimate + s.radius(s.estimate) * s.phi),
    after(lambda s: s.a * root(s.k, 3) + s.radius(s.a * root(s.k, 3)) * s.phi),
    after(
        lambda s: (
            s.a * root(s.e, 9, 2) * root(s.k, 9) + s.phi / s.c_root * root(s.a, 3) * root(s.k, 9)
        )
    ),
    lambda s: quantile(Fraction(1, 2) + s.c_bar * root(s.k, 9)) ** 2,
    lambda s: (s.c_bar * root(s.k, 9) / density(s.t_top)) ** 2,
    lambda s: s.c_bar**2 / density(s.t_top) ** 2 * root(s.k, 9, 2),
)
"""The displayed lines as printed, from the loss to C₂κ^{2/9}."""


def after_c_of_estimate(s: Setting) -> Term:
    """Line 3 with l(ê)³/ê in place of l(e)³/e under the second l, ê = e + l(e)φ(Δ)."""
    top = mass_estimate(s.e, s.delta)
    near = root(top, 3) / s.radius(top)
    return quantile(
        (1 + s.a * root(s.e, 9, 2) * root(s.k, 9) + s.phi / near * root(s.a, 3) * root(s.k, 9)) / 2
    ) ** 2  # fmt: skip


def at_the_quantile(s: Setting) -> Term:
    """Line 5 with φ at Φ⁻¹(1/2 + C̄ e^{1/9}), where the mean value theorem needs it."""
    return (s.c_bar * root(s.k, 9) / density(quantile(Fraction(1, 2) + s.t_top))) ** 2


@cache
def thresholds() -> tuple[tuple[Fraction, Fraction], ...]:
    """(Δ, e) for the printed ε_cr, and for the true one rounded down to ten digits."""
    pairs = []
    for delta, printed in PRINTED_EPS_CR.items():
        true = Fraction(eps_cr(delta, 10).eps.decimals(10)[0])
        pairs += [(delta, printed), (delta, true)]
    return tuple(pairs)


def true_range(delta: Fraction) -> tuple[Fraction, Fraction]:
    """Short decimals below and above the true ε_cr(Δ)."""
    low, high = eps_cr(delta, 10).eps.decimals(3)
    return Fraction(low), Fraction(high)


def settings(*parts: Fraction) -> Iterator[Setting]:
    """κ as parts of the threshold, for every printed and true ε_cr."""
    for delta, threshold in thresholds():
        for part in parts:
            yield Setting(part * threshold, threshold, delta)


@cache
def ratio_falls() -> tuple[str, dict[str, Any]]:
    """That d(x)/x³ falls strictly while xΔ ≤ 5/2: evidence and certificate.

    x d′(x)/d(x) ≤ u coth(u/2), u = xΔ, since e^{−t²/2} falls; and u coth(u/2) < 3 there, since
    2t cosh t − 3 sinh t, t = u/2, is t(−1 + a series in t² with positive coefficients), negative
    up to 5/4 if it is so at 5/4.
    """
    u = number(Fraction(5, 2))
    step = prove_less(u * (exp(u) + 1), 3 * (exp(u) - 1))
    text = (
        "d(x)/x^3 falls strictly for 0 < x Delta <= 5/2: x d'(x)/d(x) <= u coth(u/2) < 3, u ="
        " x Delta, the last by the signs of its power series and its value at u = 5/2"
    )
    return text, step.certificate()


def decide_line(
    left: Line,
    right: Line,
    reasons: tuple[str, ...],
    parts: tuple[Fraction, ...] = (Fraction(1), Fraction(1, 2), Fraction(1, 1000)),
    mended: tuple[Line, str] | None = None,
    certificates: tuple[dict[str, Any], ...] = (),
) -> Decision:
    """Decide left ≤ right for all 0 < κ ≤ ε_cr and Δ ≥ 3/2.

    Args:
        left: the line before.
        right: the line.
        reasons: the proof, step by step, of the line or of its correction.
        parts: where in (0, ε_cr] both sides are compared, as fractions of ε_cr.
        mended: the corrected line and what it is.
        certificates: of the inequalities that the proof uses.
    """
    failures, checked = [], 0
    for setting in settings(*parts):
        outcome = decide_less(left(setting), right(setting))
        if isinstance(outcome, Counterexample):
            failures.append((setting, outcome))
        checked += 1
    if not failures:
        second = f"second route: strictly so at {checked} points, for the printed and true eps_cr"
        return Decision(
            CERTIFIED,
            "for every Delta >= 3/2 and 0 < c/k <= eps_cr, printed or true",
            (*reasons, second),
            certificates=(*proof(), *certificates),
        )
    where, failure = failures[0]
    evidence = [
        f"witness {where}: the line before is greater ({len(failures)} of {checked} points fail)"
    ]
    evidence += [f"likewise at {other}" for other, _ in failures[1:2]]
    found = (failure.proof.certificate(),)
    if mended is None:
        return Decision(REFUTED, "it fails", tuple(evidence), certificates=found)
    line, text = mended
    for setting in settings(*parts):
        if isinstance(decide_less(left(setting), line(setting)), Counterexample):
            reason = f"the correction fails too, at {setting}"
            return Decision(REFUTED, reason, (*evidence, reason), certificates=found)
    evidence += [f"corrected: {text}", *reasons, f"second route: strictly so at {checked} points"]
    return Decision(
        REPAIRED,
        f"it fails as printed, at c/k = eps_cr for every Delta >= 3/2; {text}",
        tuple(evidence),
        certificates=(*found, *proof(), *certificates),
    )


_LETTERS_OF_ROOTS = (
    "Here k = kappa^(1/9), e2 = eps_cr^(2/9), a = A, a_root = A^(1/3), c = C^(1/3), phi ="
    " phi(Delta), c_bar = C_bar and phi_at = phi(C_bar eps_cr^(1/9))"
)


def defined_as(left: str, right: str) -> Decision:
    """Decide a definition: whether both sides are the same rational function of the roots.

    Letters: k = κ^{1/9}, e2 = ε_cr^{2/9}, a = A, a_root = A^{1/3}, c = C^{1/3}, phi = φ(Δ),
    c_bar = C̄, phi_at the density in the divisor.
    """
    import sympy as sp

    from proofs_check.audit.fraction import same_function

    one, other = (sp.parse_expr(side) for side in (left, right))
    shown = f"{left} and {right}"
    if same_function(one, other):
        told = f"{shown}: the same function (exact). {_LETTERS_OF_ROOTS}"
        return Decision(CERTIFIED, "equal identically", (told,))
    at = {symbol: count for count, symbol in enumerate(sorted(one.free_symbols, key=str), 2)}
    values = f"{one.subs(at)} and {other.subs(at)}"
    return Decision(REFUTED, "not equal", (f"{shown} are {values} at {at}",))


def c2_values() -> list[str]:
    """C₂ as printed and with lines 3 and 5 corrected, for each threshold."""
    found = []
    for s in settings(Fraction(1)):
        top = mass_estimate(s.e, s.delta)
        near = root(top, 3) / s.radius(top)
        bar = s.a * root(s.e, 9, 2) / 2 + s.phi / (2 * near) * root(s.a, 3)
        right = (bar / density(quantile(Fraction(1, 2) + bar * root(s.e, 9)))) ** 2
        with working_precision(128):
            values = [t.at({}).str(5, radius=False)
                      for t in ((s.c_bar / density(s.t_top)) ** 2, right)]  # fmt: skip
        found.append(
            f"Delta = {show_exact(s.delta)}, eps_cr = {show_exact(s.threshold)}: C_2 is {values[0]}"
            f" as printed, {values[1]} with lines 3 and 5 corrected"
        )
    return found
