"""Lemma 6 and the chain of bounds to C₂κ^{2/9}: its lines as terms, and what they rest on.

The threshold e stands for ε_cr, printed or true. C = e/l(e)³, A = e^{2/3} + φ(Δ)/C^{1/3}, and
C̄ = A e^{2/9}/2 + φ(Δ) A^{1/3}/(2C^{1/3}); κ = c/k runs over (0, e].

In words:

1. d(x)/x³ falls strictly while xΔ ≤ 5/2: x d′(x)/d(x) ≤ u coth(u/2), u = xΔ, since e^{−t²/2}
   falls; and u coth(u/2) < 3 there, since 2t cosh t − 3 sinh t, t = u/2, is t(−1 + a series in t²
   with positive coefficients), negative up to 5/4 if it is so at 5/4.
2. Lemma 6: with x = l(ε) it says d(x)/x³ ≥ d(x_cr)/x_cr³, x_cr = l(ε_cr), with equality at ε_cr,
   and l(ε_cr)Δ < 1/2 ≤ 5/2.
3. Line 1: g²/(1 + g²) ≤ g²; Φ(y + Δ) − Φ(Δ) ≤ yφ(Δ), y = l(κ + l(κ)φ(Δ)), as φ falls on y ≥ 0;
   and the quantile increases. It exists: its argument is below 1, as the estimate plus yφ(Δ) is
   at most (φ(Δ)/Δ)(2(cosh v − 1) + v) < 1, v = yΔ < 22/25.
4. Line 2: κ + l(κ)φ(Δ) ≤ Aκ^{1/3} by c2-mass-step and lemma-6; l and the quantile increase. At κ
   = ε_cr both sides are equal: Aε_cr^{1/3} = ε_cr + φ(Δ)l(ε_cr), so everything is defined up to
   there.
5. Line 3: Lemma 6 holds up to ε_cr, but the line uses it at Aκ^{1/3}, which reaches
   e′ = ε_cr + l(ε_cr)φ(Δ) > ε_cr. At κ = ε_cr the line says l(e′) ≤ (e′/C)^{1/3}, that is
   d(y)/y³ ≥ d(x)/x³ for y = l(e′) > x = l(ε_cr): false for every Δ ≥ 3/2.
6. With C′ = e′/l(e′)³ Lemma 6 reaches e′, as l(e′)Δ < 22/25 ≤ 5/2, and κ^{1/3} ≤ ε_cr^{2/9}
   κ^{1/9}.
7. Line 5: Q(½ + t) = t/φ(z) with z between 0 and Q(½ + t), which is greater than t. At κ = ε_cr,
   t = C̄ε_cr^{1/9}, it says q ≤ t/φ(t), q = Q(½ + t): false while q < 9/5, as √(2π) t ≤ q − q³/6
   + q⁵/40 < q(1 − q²/(4π)) ≤ √(2π) qφ(t); the middle step is 1/(4π) + q²/40 < 1/6. And q < 9/5,
   as t < 1/10: 2t = e′ + φ(Δ)(e′/C)^{1/3} ≤ e′ + φ(Δ)l(e′) < 1/5, by the bounds of lines 1 and 3.
8. Line 5 corrected: t ≥ qφ(q) ≥ qφ(q_cr), q_cr the quantile at ε_cr, since φ falls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
from bounds.certify.inequalities import Proved as Inequality
from bounds.certify.numbers.precision import working_precision
from bounds.critical import eps_cr
from bounds.functions.terms import filter_radius, loss, mass_estimate
from bounds.upper.constant import PRINTED_EPS_CR
from proofs_check.audit.calculus import functions_equal
from proofs_check.audit.facts import Argued, Exact, Fact, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision
from proofs_check.claims.sb_lemma_5.early_turn import proof
from proofs_check.claims.shared.every_delta import turn_is_early

ARGUMENT = __name__
"""Where the steps in words of the chain stand."""


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


def lemma_6() -> tuple[Fact, ...]:
    """What Lemma 6 rests on."""
    return (
        Argued(
            "with x = l(eps) Lemma 6 says d(x)/x^3 >= d(x_cr)/x_cr^3, x_cr = l(eps_cr), equal at"
            " eps_cr",
            f"{ARGUMENT}, step 2",
        ),
        *ratio_falls(),
        turn_is_early(),
    )


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
def ratio_falls() -> tuple[Fact, ...]:
    """That d(x)/x³ falls strictly while xΔ ≤ 5/2."""
    u = number(Fraction(5, 2))
    step = prove_less(u * (exp(u) + 1), 3 * (exp(u) - 1))
    return (
        Argued(
            "d(x)/x^3 falls strictly for 0 < x Delta <= 5/2: x d'(x)/d(x) <= u coth(u/2) < 3, u ="
            " x Delta, the last by the signs of its power series and its value at u = 5/2",
            f"{__name__}, step 1",
        ),
        Proved("u coth(u/2) < 3 at u = 5/2", step),
    )


def ratio_certificate() -> dict[str, Any]:
    """The certificate of the value at u = 5/2."""
    return certificates_of(ratio_falls())[0]


def certificates_of(facts: Iterable[Fact | str]) -> tuple[dict[str, Any], ...]:
    """The certificates of the inequalities in proved facts."""
    return tuple(
        proof.certificate()
        for fact in facts
        if isinstance(fact, Proved)
        for proof in fact.proofs
        if isinstance(proof, Inequality)
    )


def decide_line(
    left: Line,
    right: Line,
    reasons: tuple[Fact | str, ...],
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
    failures, holding = [], []
    for setting in settings(*parts):
        outcome = decide_less(left(setting), right(setting))
        if isinstance(outcome, Counterexample):
            failures.append((setting, outcome.proof))
        else:
            holding.append(outcome)
    checked = len(failures) + len(holding)
    if not failures:
        second = Proved(
            f"second route: strictly so at {checked} points, for the printed and true eps_cr",
            holding,
        )
        return Decision(
            CERTIFIED,
            "for every Delta >= 3/2 and 0 < c/k <= eps_cr, printed or true",
            (*reasons, second),
            certificates=(*proof(), *certificates),
        )
    where, failure = failures[0]
    lines: list[Fact | str] = [
        Proved(
            f"witness {where}: the line before is greater ({len(failures)} of {checked} points"
            " fail)",
            failure,
        )
    ]
    lines += [Proved(f"likewise at {other}", again) for other, again in failures[1:2]]
    found = (failure.certificate(),)
    if mended is None:
        return Decision(REFUTED, "it fails", tuple(lines), certificates=found)
    line, text = mended
    corrected = []
    for setting in settings(*parts):
        outcome = decide_less(left(setting), line(setting))
        if isinstance(outcome, Counterexample):
            reason = f"the correction fails too, at {setting}"
            lines.append(Proved(reason, outcome.proof))
            return Decision(REFUTED, reason, tuple(lines), certificates=found)
        corrected.append(outcome)
    second = Proved(f"second route: strictly so at {checked} points", corrected)
    return Decision(
        REPAIRED,
        f"it fails as printed, at c/k = eps_cr for every Delta >= 3/2; {text}",
        (*lines, f"corrected: {text}", *reasons, second),
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

    one, other = (sp.parse_expr(side) for side in (left, right))
    shown = f"{left} and {right}"
    alike = functions_equal(one, other)
    if alike.holds:
        told = f"{shown}: the same function (exact). {_LETTERS_OF_ROOTS}"
        return Decision(CERTIFIED, "equal identically", (Exact(told, alike),))
    at = {symbol: count for count, symbol in enumerate(sorted(one.free_symbols, key=str), 2)}
    low, high = sorted(Fraction(str(side.subs(at))) for side in (one, other))
    values = f"{one.subs(at)} and {other.subs(at)}"
    apart = Proved(f"{shown} are {values} at {at}", less(low, high))
    return Decision(REFUTED, "not equal", (apart,))


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
