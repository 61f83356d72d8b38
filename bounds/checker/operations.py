"""The paper's functions as operations of terms, with their ranges and derivatives.

In their first argument they are monotone: window_mass on either side of 0, the others where they
are defined. Δ is one number or a range of positive numbers.
"""

from __future__ import annotations

from collections.abc import Callable

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.operations import TWO, Operation, Term, monotone, register
from bounds.certify.checker.verdict import Undecided
from bounds.checker.implicit import filter_radius, loss, mass_estimate, median_shift
from bounds.checker.masses import deficit, window
from bounds.checker.sech import MEANS


def _positive(t: Interval, name: str) -> None:
    if not t > 0:
        raise Undecided(f"{name} is not proved positive")


def _window(x: Interval, delta: Interval) -> Interval:
    """f(x), which is even in x and falls with |x|."""
    _positive(delta, "Delta")
    # step: a window is even in x [first call 2/2]
    return window(x.absolute(), delta)


def _deficit(x: Interval, delta: Interval) -> Interval:
    _positive(delta, "Delta")
    _positive(x, "x")
    return deficit(x, delta)


def _central(delta: Interval) -> Interval:
    _positive(delta, "Delta")
    return window(delta * 0, delta)


def _of_eps(function: Callable[..., Interval]) -> Callable[..., Interval]:
    """A function that increases with ε, for each Δ."""
    over_eps = monotone(function)

    def over(eps: Interval, delta: Interval) -> Interval:
        _positive(delta, "Delta")
        return over_eps(eps, delta)

    return over


def _shifted(x: Term, delta: Term) -> tuple[Term, Term]:
    """φ(x − Δ) and φ(x + Δ)."""
    return ("density", ("-", x, delta)), ("density", ("+", x, delta))


def _window_rates(x: Term, delta: Term) -> list[Term]:
    near, far = _shifted(x, delta)
    return [("-", far, near), ("+", far, near)]


def _deficit_rates(x: Term, delta: Term) -> list[Term]:
    near, far = _shifted(x, delta)
    return [("-", near, far), ("-", ("-", ("*", TWO, ("density", delta)), near), far)]


def register_operations() -> None:
    """Let terms have the paper's functions, by the names of the library."""
    register(PAPER)


# step: a function of eps is taken at both ends [call 5/11: lambda eps, delta:
#   filter_radius(eps.low, delta)]
PAPER: dict[str, Operation] = {
    "central_mass": Operation(1, _central, lambda delta: [("*", TWO, ("density", delta))]),
    "window_mass": Operation(2, _window, _window_rates),
    "mass_deficit": Operation(2, _deficit, _deficit_rates),
    "filter_radius": Operation(2, _of_eps(filter_radius)),
    "median_shift": Operation(2, _of_eps(median_shift)),
    "mass_estimate": Operation(2, _of_eps(mass_estimate)),
    "loss": Operation(2, _of_eps(loss)),
    **MEANS,
}
