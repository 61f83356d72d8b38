"""The letters of Lemma 5 at an actual point (ε, Δ): values, the second route, certificates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from flint import arb, arb_series

from bounds.certify.exact import show_exact, to_ball
from bounds.certify.inequalities import Term, decide_less, density, exp, variable
from bounds.certify.inequalities.decide import Counterexample
from bounds.certify.numbers.precision import working_precision
from bounds.functions import loss
from bounds.functions.terms import filter_radius, mass_estimate, median_shift
from proofs_check.audit.algebra import to_term

_BITS = 128


def _roots() -> dict[str, Term]:
    """The letters that solve equations, as terms in eps and Delta."""
    eps, delta = variable("eps"), variable("Delta")
    estimate = mass_estimate(eps, delta)
    return {
        "Delta": delta,
        "eps_hat": estimate,
        "l": filter_radius(eps, delta),
        "l_hat": filter_radius(estimate, delta),
        "g": median_shift(estimate, delta),
    }


def _formulas() -> dict[str, Term]:
    """The other letters, as terms in those."""
    near, far, g, delta = map(variable, ("l", "l_hat", "g", "Delta"))
    big = exp(far * delta)
    return {
        "phi": density(delta),
        "U": exp(near * delta),
        "V": big,
        "dl": 1 / (density(near - delta) - density(near + delta)),
        "dl_hat": 1 / (density(far - delta) - density(far + delta)),
        "dg": big * big / (2 * density(g) * (big * big - 1)),
    }


def _placed(term: Term, values: dict[str, Term]) -> Term:
    if isinstance(term.head, str) and not term.arguments:
        return values.get(term.head, term)
    return Term(term.head, *(_placed(part, values) for part in term.arguments))


_term = cache(to_term)


@cache
def _values(eps: Fraction, delta: Fraction) -> dict[str, arb]:
    box = {"eps": to_ball(eps), "Delta": to_ball(delta)}
    roots = {name: term.at(box) for name, term in _roots().items()}
    return {**roots, **{name: term.at(roots) for name, term in _formulas().items()}}


@cache
def _taylor(eps: Fraction, delta: Fraction, function: Callable[..., Any], order: int) -> arb:
    with working_precision(_BITS):
        curve = arb_series([to_ball(eps), 1], prec=order + 1)
        coefficient: arb = function(curve, to_ball(delta))[order]
        return order * coefficient


@dataclass(frozen=True)
class Point:
    """One ε and one Δ, exact."""

    eps: Fraction
    delta: Fraction

    def __str__(self) -> str:
        return f"Delta = {show_exact(self.delta)}, eps = {show_exact(self.eps)}"

    @property
    def _box(self) -> dict[str, Fraction]:
        return {"eps": self.eps, "Delta": self.delta}

    def value(self, expression: Any) -> arb:
        """The value of a SymPy expression in the letters, enclosed."""
        with working_precision(_BITS):
            return _term(expression).at(_values(self.eps, self.delta))

    def taylor(self, function: Callable[[Any, arb], Any] = loss, order: int = 2) -> arb:
        """A derivative in ε by Taylor arithmetic through the definition: no formula for l′ or g′.

        Args:
            function: a function of (ε, Δ).
            order: 1 or 2.
        """
        return _taylor(self.eps, self.delta, function, order)

    def sign_certificate(self, expression: Any) -> dict[str, Any]:
        """A certificate of the sign that the expression has here.

        Raises:
            Inconclusive: it is not told apart from 0.
        """
        term = _placed(_placed(_term(expression), _formulas()), _roots())
        box = {name: value for name, value in self._box.items() if name in term.variables()}
        outcome = decide_less(term, 0, box)
        proof = outcome.proof if isinstance(outcome, Counterexample) else outcome
        return proof.certificate()
