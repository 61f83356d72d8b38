"""One inflection between two decimals, and ε_cr among all inflections, as Coq files."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from bounds.kernel import text
from bounds.kernel.located import Located, locate, located
from bounds.kernel.plan import plan
from bounds.kernel.shape import shape_lemmas, turn_lemmas
from bounds.kernel.text import number, numbers

_SHARE = 100
"""A zero is taken to be no nearer to an end than this part of the width."""


def root_file(delta: Fraction, low: Fraction, high: Fraction, *, back: bool) -> str:
    """A Coq file that ends in the theorem `root`: one inflection with ε in (low, high).

    Args:
        delta: Δ > 0.
        low: the lower end of ε.
        high: the upper end of ε.
        back: whether the loss turns from convex to concave there, not from concave to convex.

    Raises:
        Inconclusive: no proof was found.
    """
    sign = -1 if back else 1
    ends = numbers(delta, low, high)
    wide = "turn_back" if back else "turn"
    theorem = f"""Theorem root : inflection_between ({sign}) {ends}.
Proof.
  eapply inflection_intro; [lra | lra | exact {wide} | exact located_low | exact located_high
    | lra | lra | generalize sign_low; lra | generalize sign_high; lra].
Qed.
"""
    title = f"An inflection of the loss for Delta = {delta}."
    ends_lemmas = _ends(delta, low, high, sign)
    turns = turn_lemmas(plan(delta, delta), back=back)
    return "\n".join((text.header(title), *turns, *ends_lemmas, theorem))


def critical_file(delta: Fraction, low: Fraction, high: Fraction) -> str:
    """A Coq file that ends in the theorem `critical`: the first of all inflections, in (low, high).

    Raises:
        Inconclusive: no proof was found.
    """
    cut = plan(delta, delta)
    at = number(delta)
    theorem = f"""Theorem critical : exists eps1 eps2, turns_at {at} eps1 eps2 /\\
  {number(low)} < eps1 < {number(high)}.
Proof.
  eapply (critical_intro {at} {number(low)} {number(high)} {number(cut.back)});
    [lra | | exact located_low | exact located_high | lra
    | generalize sign_low; lra | generalize sign_high; lra].
  destruct (shape {at}) as [eps1 [eps2 [turns [_ far]]]]; [lra|].
  exists eps1, eps2. split; [exact turns | lra].
Qed.
"""
    title = f"The critical value of the loss for Delta = {delta}."
    return "\n".join((text.header(title), *shape_lemmas(cut), *_ends(delta, low, high, 1), theorem))


def _ends(delta: Fraction, low: Fraction, high: Fraction, sign: int) -> Iterator[str]:
    near = (high - low) / _SHARE
    for name, eps, bends in (("low", low, -sign), ("high", high, sign)):
        point: Located = locate(delta, eps, bends, near)
        yield text.precision(point.bits, point.degree)
        yield located(name, point, bends)
