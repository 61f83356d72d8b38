"""Property tests with proof: search for an exact counterexample, shrink it, certify it by balls."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from inspect import signature
from math import isfinite
from typing import Any, TypeAlias

from flint import arb, fmpq
from hypothesis import HealthCheck, given, reject, settings, target
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy

from bounds.certify.errors import DomainError, Inconclusive, InputError
from bounds.certify.exact import show_exact, to_ball
from bounds.certify.numbers.enclosure import decimal_text, dyadic_ends
from bounds.certify.numbers.precision import working_precision
from proofs_check.audit.claim import Claim, decide
from proofs_check.audit.verdict import CERTIFIED, INCONCLUSIVE

Margin: TypeAlias = arb | fmpq | Fraction | int
"""What an inequality returns: right side minus left side. It holds where this is at least 0."""

LEAST_BITS, MOST_BITS = 64, 4096


class Counterexample(AssertionError):
    """An inequality fails at exact parameters, proved by a ball that is surely negative.

    Attributes:
        parameters: the exact parameters.
        margin: right side minus left side there is at most this, in decimals rounded up.
        bits: the precision of the proof.
    """

    def __init__(self, parameters: dict[str, Any], margin: str, bits: int) -> None:
        self.parameters, self.margin, self.bits = parameters, margin, bits
        super().__init__(
            f"fails at {_listed(parameters)}: the margin is at most {margin} ({bits} bits)"
        )


def assert_holds(
    statement: Claim | Callable[..., Margin],
    /,
    *,
    max_examples: int = 200,
    **parameters: SearchStrategy[Any],
) -> None:
    """Raise a shrunk, certified counterexample of an inequality if the search finds one.

    The search starts with corners and short numbers, and goes on where the margin is small.
    Passing is evidence, not proof. A ball that does not decide the sign is evaluated again with
    more bits, and is never counted as a failure.

    Args:
        statement: a function that returns the margin, right side minus left side, as a ball (or an
            exact rational), evaluated at the working precision; or a claim, which is then decided
            by its own check. Rational parameters arrive as `flint.fmpq`,
            which mixes with balls, whole numbers and the functions of `bounds`.
        max_examples: points to try.
        **parameters: a strategy for each parameter (see `proofs_check.audit.strategies`).
            Points at which the statement raises DomainError at every precision are outside its
            hypotheses.

    Example: the last display of the paper says E[(x + 1.5Δ)² given x ≥ 1.5Δ] ≤ 3.25Δ². By its own
    integrals the left side is 1 + 2.25Δ² + 4.5Δ φ(1.5Δ)/Φ(−1.5Δ), and

        def far_sample(delta):
            mills = bounds.functions.density(3 * delta / 2) / bounds.functions.cdf(-3 * delta / 2)
            return 13 * delta**2 / 4 - (1 + 9 * delta**2 / 4 + 9 * delta / 2 * mills)

        assert_holds(far_sample, delta=deltas(low=2))

    fails at delta = 2: the margin is at most -26.5478, certified.

    Raises:
        Counterexample: the inequality fails at exact parameters, and this is proved.
        AssertionError: the claim is not certified.
        Inconclusive: no counterexample, but the sign stayed undecided at some points.
        InputError: the statement returns a float or a truth value, which prove nothing; or it is
            within its hypotheses nowhere; or the parameters are not those of the statement, each
            with a strategy.
    """
    if isinstance(max_examples, bool) or not isinstance(max_examples, int) or max_examples < 1:
        raise InputError(f"max_examples must be a whole number from 1, not {max_examples!r:.40}")
    if isinstance(statement, Claim):
        if parameters:
            raise InputError("a claim is decided by its own check: pass it without strategies")
        _assert_claim(statement)
        return
    if not callable(statement):
        raise InputError(f"a statement is a function or a claim, not {statement!r:.40}")
    _check_parameters(statement, parameters)
    undecided: list[dict[str, Any]] = []

    @settings(
        max_examples=max_examples,
        derandomize=True,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(**parameters)
    def search(**point: Any) -> None:
        try:
            nearness = float(-judge(statement, point))
            if isfinite(nearness):
                target(nearness)
        except Inconclusive:
            undecided.append(point)
        except DomainError:
            reject()

    try:
        search()
    except Unsatisfiable:
        raise InputError(
            "the statement raises DomainError at every point: pass strategies for its hypotheses"
        ) from None
    except Counterexample as found:
        found.__notes__ = []  # Hypothesis tells the point once more
        raise
    if undecided:
        raise Inconclusive(
            f"no counterexample in {max_examples} points, but {len(undecided)} stay undecided at"
            f" {MOST_BITS} bits, such as {_listed(undecided[0])}"
        )


def judge(statement: Callable[..., Margin], point: dict[str, Any]) -> arb:
    """Decide the inequality at one exact point, with as many bits as it takes.

    Returns:
        The margin, which is surely not negative.

    Raises:
        Counterexample: it fails there.
        DomainError: the statement raises it at every precision.
        Inconclusive: the most bits do not decide it.
        InputError: the statement returns no ball and no exact number.
    """
    exact = {name: _mixable(value) for name, value in point.items()}
    bits = LEAST_BITS
    while bits <= MOST_BITS:
        with working_precision(bits):
            try:
                margin = _ball(statement(**exact))
            except DomainError:  # perhaps only not surely inside, at this precision
                if bits == MOST_BITS:
                    raise
                margin = arb("nan")
            if margin.is_finite():
                if margin < 0:
                    _, high = dyadic_ends(margin)
                    raise Counterexample(point, decimal_text(high, 6, up=True), bits)
                if margin >= 0:
                    return margin
        bits *= 2
    raise Inconclusive(f"undecided at {MOST_BITS} bits at {_listed(point)}")


def _check_parameters(
    statement: Callable[..., Margin], parameters: dict[str, SearchStrategy[Any]]
) -> None:
    """Refuse parameters that the statement does not take, or that have no strategy."""
    if not parameters:
        raise InputError("pass a strategy for each parameter, such as delta=deltas()")
    for name, given_ in parameters.items():
        if not isinstance(given_, SearchStrategy):
            raise InputError(f"{name} needs a strategy, not {given_!r:.40}: pass {name}=deltas()")
    try:
        taken = signature(statement)
    except (TypeError, ValueError):  # a built-in function may not tell
        return
    try:
        taken.bind(**parameters)
    except TypeError as reason:
        raise InputError(f"the strategies do not fit the statement: {reason}") from None


def _mixable(value: Any) -> Any:
    """Fractions as `fmpq`, also inside a tuple: a Fraction does not mix with balls."""
    if isinstance(value, tuple):
        return tuple(map(_mixable, value))
    if isinstance(value, Fraction):
        return fmpq(value.numerator, value.denominator)
    return value


def _ball(margin: object) -> arb:
    if isinstance(margin, arb):
        return margin
    if isinstance(margin, fmpq):
        return arb(margin)
    if isinstance(margin, (int, Fraction)) and not isinstance(margin, bool):
        return to_ball(Fraction(margin))
    raise InputError(
        f"the inequality returned {type(margin).__name__}: return the ball of right side minus"
        " left side; floats and truth values prove nothing (a comparison of balls that is False"
        " may be undecided)"
    )


def _assert_claim(claim: Claim) -> None:
    decision = decide(claim)
    if decision.verdict is INCONCLUSIVE:
        raise Inconclusive(f"{claim.id}: {decision.finding}")
    if decision.verdict is not CERTIFIED:
        raise AssertionError(f"{claim.id} is {decision.verdict.value}: {decision.finding}")


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(_shown, value))})"
    return show_exact(value) if isinstance(value, Fraction) else str(value)


def _listed(point: dict[str, Any]) -> str:
    return ", ".join(f"{name} = {_shown(value)}" for name, value in point.items())
