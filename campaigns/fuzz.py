"""Random and nasty input to every public function and command: a right answer, or one clear line.

    python -m campaigns.fuzz [--runs N] [--seed S]

Half of the runs call a public function of `bounds`, or of `bounds.certify.inequalities`,
`bounds.checker`, `bounds.simulation`, `proofs_check` and its strategies; half a command.
Allowed are a value, or a `BoundsError` of one line; at the command line the exit codes 0 to 3, and
bad input told in one
line. A formula's value at valid arguments is compared with ball arithmetic at 400 bits, all
enclosures of a certified result with those of one of more digits. A call that takes longer than
thirty seconds is told, too. The exit status is 1 if anything else happens.
"""

from __future__ import annotations

import argparse
import contextlib
import inspect
import io
import math
import os
import random
import signal
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import sympy
from flint import arb, arb_series, fmpq, fmpz
from hypothesis.strategies import none

import bounds
import bounds.certify.inequalities as terms
import bounds.functions.terms as paper
from bounds.certify.errors import BoundsError
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.checker import check
from bounds.cli import main as command
from bounds.critical import large_delta
from proofs_check import find_claims
from proofs_check.audit.assert_holds import Counterexample, assert_holds
from proofs_check.lemmas import strategies

SECONDS = 30
ROOMS = (
    bounds,
    bounds.bracket,
    bounds.functions,
    bounds.critical,
    large_delta,
    bounds.lower,
    bounds.upper,
)
PUBLIC: dict[str, Any] = {name: getattr(room, name) for room in ROOMS for name in room.__all__}
PUBLIC["Estimate"] = bounds.simulation.Estimate
"""The public names, at the top and in the rooms."""

NASTY: tuple[Any, ...] = (
    None, True, False, "", " ", "abc", "2.5.1", "--", "nan", "inf", "-inf", "1e-9999", "1e99999",
    "-1", "0", "1/0", "٣", "½", "2\n3", "\0", "ε", "9" * 5000, "0." + "3" * 3000, "1" + "0" * 11000,
    b"2", bytearray(b"2"), [], [2], (2, 3), {}, {"x": 1}, set(), object(), int, len, 1 + 2j, ...,
    0, -1, 10**400, -(10**30), Fraction(0), Fraction(-1, 3), Fraction(1, 10**500),
    Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"), Decimal("1E+99999"), Decimal("1E-400"),
    0.0, -0.0, math.nan, math.inf, -math.inf, 5e-324, 1.7e308, -2.5, 1e-300,
    mpmath.mpf("nan"), mpmath.mpf("inf"), mpmath.mpf(0), mpmath.mpf(-1), mpmath.mpc(1, 1),
    mpmath.mpf(10) ** 1000, arb("nan"), arb(0, math.inf), arb("inf"), arb(0), arb(0, 1), arb(2, 5),
    arb(2, 0.5), arb(-3), arb(10) ** 400, arb(1, 1e-30), fmpq(-1, 2), fmpz(0), arb_series([1, 1]),
    np.float32(2), np.int64(-1), np.bool_(True), np.float64("nan"), np.array([]), np.array([1, -1]),
    np.array([0.1, np.nan]), np.array(["a"]), np.array([None]), np.zeros((2, 3)), np.ones((3, 2)),
    np.array([1 + 1j]), np.datetime64("2020-01-01"), sympy.Symbol("x"), sympy.nan, sympy.oo,
    sympy.Integer(-1), sympy.Rational(1, 3), sympy.I, terms.variable("x"), terms.number(-1),
)  # fmt: skip
WORDS = (
    "", " ", "nan", "inf", "-1", "0", "1e-9999", "1e99999", "1/0", "2.5", "3", "5/2", "abc", "٣",
    "\0", "ε", "9" * 5000, "2:1", "2:2.001", "1:2:0.5", "2,3", "1:9:1e-9", ":", "::", ",", "--",
    "-", "-h", "--json", "/dev/null/x", ".", "out.csv", "out.json", "out.html", "x" * 300, "1.2",
    "40", "1025", "1/65", "1a", "1b", "sharp", "printed", "x.svg", "x.pdf", "eps-cr-2", "eps_cr",
    "1.5", "20", "--digits=5", "--digits=x", "--bogus", "#",
)  # fmt: skip
OPTIONS = {
    "eps-cr": ("--digits", "--json", "--certificates"),
    "inflections": ("--digits", "--json", "--certificates"),
    "folds": ("--digits", "--json", "--certificates"),
    "large-delta": ("--terms", "--digits", "--start", "--json", "--certificates"),
    "decide": ("--for", "--time", "--jobs", "--given", "--certificate", "--explain", "--latex",
               "--json", "--kernel", "--export", "-o"),
    **dict.fromkeys(
        ("evaluate", "maximum", "minimum", "solve"),
        ("--for", "--digits", "--time", "--certificate", "--explain", "--latex", "--json"),
    ),
    "integrate": ("--digits", "--time", "--certificate", "--explain", "--latex", "--json"),
    "sharpen": ("--printed", "--for", "--digits", "--time", "--certificate", "--explain",
                "--latex", "--json"),
    "table": ("--for", "--digits", "--rounding", "--two-way", "--check", "--certificate",
              "--explain", "--csv", "--latex", "--json"),
    "estimate": ("--column", "--groups", "--min-group", "--corrupted", "--distance", "--sd",
                 "--samples",
                 "--json", "--plot", "-o"),
    "lower": ("--method", "--m", "--digits", "--certificates", "--json"),
    "upper": ("--method", "--k", "--m", "--eps-cr", "--separation", "--digits", "--certificates",
              "--json"),
    "bracket": ("--m", "--dimension", "--digits", "--all", "--json"),
    "mixture": ("--variances", "--distance", "--dimension", "--digits", "--json"),
    "constants": ("--latex", "--digits", "--json", "--ranges"),
    "figure": ("--json", "-o", "--data", "--delta", "--eps", "--width"),
    "prove": ("--json", "-o", "--output"),
    "sweep": ("--json", "--delta", "-o", "--columns", "--digits", "--format", "--jobs",
              "--certificates"),
    "check": ("--work", "--jobs", "--kernel", "--coverage", "--json"),
    "export": ("--json", "--kernel", "-o"),
    "simulate": ("--delta", "--k", "--c", "--m", "--adversary", "--estimators", "--without",
                 "--separation", "--backoff", "--reps", "--seed", "--jobs", "--json", "-o"),
    "advise": ("--clients", "--groups", "--corrupted", "--distance", "--sd", "--samples", "--reps",
               "--seed", "--json"),
    "explore": ("--json", "-o"),
    "verify": ("--graph", "--format", "--json", "-o", "--certificates", "--jobs", "--why",
               "--seeded", "--from-scratch", "--record"),
    "audit": ("--graph", "--format", "--json", "-o", "--certificates", "--jobs", "--why",
              "--seeded", "--from-scratch", "--record", "--new", "--diff", "--latex", "--tex"),
}  # fmt: skip
SECOND = Path(__file__).parents[1] / "examples" / "gaussian_mechanism"
PLAIN = {
    "eps-cr": ("2.5",), "inflections": ("1.2",), "large-delta": ("12",), "lower": ("3", "1"),
    "upper": ("2", "0.1"), "constants": ("2",), "bracket": ("3", "1", "20"),
    "evaluate": ("exp(1)", "--time", "1"), "maximum": ("x*(1 - x)", "--for", "x in [0, 1]"),
    "integrate": ("exp(x)", "x", "0", "1"), "table": ("Phi(x)", "--for", "x = 0..1 by 1/4"),
    "mixture": ("1/10", "3", "2"), "decide": ("x < x + 1", "--for", "x > 0", "--time", "1"),
    "figure": ("2", "--data"), "prove": ("2:2.01",),
    "simulate": ("--delta", "2", "--k", "3", "--c", "1", "--m", "2000", "--reps", "2"),
    "sweep": ("--delta", "2,3"),
    "advise": ("--clients", "200", "--groups", "2", "--corrupted", "5%", "--distance", "20",
               "--reps", "0"),
}  # fmt: skip
"""What makes a command good, so that the words after it are read."""

ONE = ("cdf", "density", "quantile", "central_mass", "information_bound")


class TooLong(BaseException):
    """The time budget is spent. Not an Exception, so that nothing takes it for its own."""


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooLong in the block after so many seconds."""

    def stop(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def complaint(call: Callable[[], Any], judge: Callable[[Any], str | None] | None = None) -> str:
    """What is wrong with the outcome of a call; empty if nothing is."""
    try:
        with time_limit(SECONDS), warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", "overflow", RuntimeWarning)  # NumPy, at 1e308
            value = call()
            return (judge(value) or "") if judge else ""
    except BoundsError as refusal:
        told = str(refusal)
        lines = 1 + 2 * hasattr(refusal, "marked")  # the text, and a mark under the place
        fits = told and told.count("\n") < lines
        return "" if fits else f"the message is not one line: {told!r:.200}"
    except TooLong:
        return "too long"
    except BaseException as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__}: {error}"
        return f"{told!r:.160} at {Path(place.filename).name}:{place.lineno}"


def valid_arguments(name: str, rng: random.Random) -> list[Fraction]:
    """Exact arguments in the domain of a formula."""
    if name == "quantile":
        return [Fraction(rng.choice([10 ** rng.uniform(-20, -0.01), rng.uniform(0.01, 0.99)]))]
    if name == "information_bound":
        return [Fraction(10 ** rng.uniform(-20, 2))]
    if name in ("cdf", "density"):
        return [Fraction(rng.choice([rng.uniform(-9, 9), 10 ** rng.uniform(-20, 1)]))]
    delta = Fraction(math.exp(rng.uniform(math.log(0.1), math.log(30))))
    share = Fraction(rng.choice([rng.uniform(0.001, 0.55), 10 ** rng.uniform(-9, -1)]))
    rho = Fraction(math.erf(float(delta) / math.sqrt(2)))
    first = {"window_mass": Fraction(5), "mass_deficit": Fraction(5)}.get(name, rho) * share
    return [delta] if name == "central_mass" else [first, delta]


DRESS: dict[str, Callable[[Fraction], Any]] = {
    "Fraction": lambda t: t,
    "text": str,
    "float": float,
    "array": lambda t: np.array([float(t)] * 2),
    "mpf": lambda t: mpmath.mpf(t.numerator) / t.denominator,
    "ball": to_ball,
    "wide ball": lambda t: to_ball(t) * arb(1, 1e-12),
}


def wrong_number(name: str, exact: Sequence[Fraction], dress: str, value: Any) -> str | None:
    """Whether a formula's value at arguments so dressed disagrees with balls at 400 bits."""
    with working_precision(400):
        truth = PUBLIC[name](*map(to_ball, exact))
        if dress in ("Fraction", "text", "ball", "wide ball"):
            fits = value.is_finite() and value.overlaps(truth)
            narrow = dress == "wide ball" or value.rel_accuracy_bits() > 15
            return None if fits and narrow else f"{value} where {truth.str(20)} is right"
        slack = arb("1e-9") if dress in ("float", "array") else arb("1e-12")
        for entry in np.atleast_1d(np.asarray(value, dtype=object)):
            ball = arb(float(entry)) if dress != "mpf" else arb(mpmath.nstr(entry, 30))
            if not abs(ball - truth) <= slack * abs(truth) + arb("1e-300"):
                return f"{entry} where {truth.str(20)} is right"
    return None


def formula(rng: random.Random) -> str:
    """One formula, at nasty or at valid arguments."""
    name = rng.choice(FORMULAS)
    function = PUBLIC[name]
    if rng.random() < 0.6:
        given = [pick(rng) for _ in range(1 if name in ONE else 2)]
        found = complaint(lambda: function(*given))
        return found and f"{name}({', '.join(map(shown, given))}): {found}"
    exact, dress = valid_arguments(name, rng), rng.choice(list(DRESS))
    if name == "printed_criterion" and dress == "wide ball":
        return ""
    given = [DRESS[dress](t) for t in exact]
    found = complaint(
        lambda: function(*given), lambda value: wrong_number(name, exact, dress, value)
    )
    return found and f"{name}({', '.join(map(shown, given))}): {found}"


def pick(rng: random.Random) -> Any:
    """A nasty value, or now and then a plain one, so that the other arguments are read."""
    return rng.choice(NASTY) if rng.random() < 0.7 else rng.choice((2, "2.5", Fraction(1, 100), 30))


def shown(value: Any) -> str:
    """A value for the report, on one line."""
    try:
        return " ".join(f"{type(value).__name__} {value!s:.40}".split())
    except ValueError:  # Python's limit on the digits of an int
        return f"a huge {type(value).__name__}"


def a_delta(rng: random.Random) -> Fraction:
    """Some Δ from 0.5 to 25."""
    return Fraction(round(math.exp(rng.uniform(-0.7, 3.2)), rng.randrange(6))) or Fraction(2)


def a_mass(rng: random.Random, most: float = 1.0) -> Fraction:
    """Some mass, often tiny."""
    return Fraction(rng.randrange(1, 1000), 10 ** rng.choice([3, 3, 4, 7, 20])) * Fraction(most)


def a_method(rng: random.Random) -> str:
    """A method of the upper bound."""
    return rng.choice(["printed", "repaired", "sharp", "proved"])


def some_points(rng: random.Random) -> list[Fraction]:
    """Distinct means, in ascending order."""
    places = {Fraction(rng.randrange(-400, 400), 100) for _ in range(rng.randrange(1, 6))}
    return sorted(places)


def a_lower_bound(rng: random.Random) -> bounds.lower.LowerBound:
    """A lower bound, perhaps one without certificates."""
    k = rng.randrange(1, 12)
    return bounds.lower_bound(k, a_mass(rng, k), rng.choice(["printed", "corrected", "sharp"]))


def a_median_game(rng: random.Random) -> dict[str, Any]:
    """Any c ≤ 1/2, and m with (1 + c)m odd and whole."""
    c = a_mass(rng, 0.5)
    return {"c": c, "m": (2 * rng.randrange(50, 5000) + 1) / (1 + c)}


def a_window_game(rng: random.Random) -> dict[str, Any]:
    """k, c and m with (k + c)m whole, and many corrupted clients."""
    k, c = rng.randrange(1, 6), a_mass(rng, 0.5)
    clients = math.ceil(1000 * (k + c) / c) * rng.randrange(1, 9)
    return {"k": k, "c": c, "m": clients / (k + c), "dimension": rng.choice([1, 4])}


def an_allocation(rng: random.Random) -> dict[str, Any]:
    """k, c, a method and perhaps m with (k + c)m whole."""
    k = rng.randrange(1, 40)
    c = a_mass(rng, rng.choice([1, k]))
    m = rng.choice([None, Fraction(rng.randrange(1, 10**6)) / (k + c)])
    return {"k": k, "c": c, "m": m, "method": rng.choice(["printed", "corrected", "sharp"])}


def a_bracket(rng: random.Random) -> dict[str, Any]:
    """k, c, D and perhaps m with (k + c)m whole."""
    given = an_allocation(rng)
    return {**{name: given[name] for name in ("k", "c", "m")}, "distance": rng.choice([0, 5, 18])}


def some_masses(rng: random.Random) -> dict[str, Any]:
    """A prior on finitely many means."""
    points = some_points(rng)
    return {"points": points, "weights": [a_mass(rng) for _ in points]}


def an_upper_bound(rng: random.Random) -> dict[str, Any]:
    """Δ, c/k and a method, perhaps for a given k or with the printed ε_cr."""
    method = a_method(rng)
    chosen = {"delta": a_delta(rng), "c_over_k": a_mass(rng, 1.2), "method": method}
    if method == "repaired":
        chosen["k"] = rng.choice([None, rng.randrange(1, 60)])
    if method == "proved" and rng.random() < 0.5:
        chosen |= {"k": rng.randrange(1, 60), "m": rng.randrange(1, 10**7)}
    if method == "printed" and rng.random() < 0.5:
        chosen |= {"delta": rng.choice([2, 3, 4]), "eps_cr": "printed"}
    return chosen


CERTIFIED: dict[str, Callable[[random.Random], dict[str, Any]]] = {
    "attack_mass": lambda rng: {"points": some_points(rng)},
    "bayes_risk": some_masses,
    "best_allocation": lambda rng: {
        "components": rng.randrange(1, 60), "delta": a_delta(rng), "c_over_k": a_mass(rng, 1.2)
    },
    "bounded_mean": lambda rng: {"tau": a_mass(rng, 6)},
    "bounded_mean_table": lambda rng: {"masses": [a_mass(rng, 3) for _ in range(2)]},
    "bridge": lambda rng: {"delta": a_delta(rng)},
    "certified_bound": lambda rng: {"bound": a_lower_bound(rng)},
    "constants": lambda rng: {"delta": a_delta(rng)},
    "counterfeit": lambda rng: {"delta": a_delta(rng)},
    "delta_where": lambda rng: {
        "quantity": rng.choice(["C0", "far", "eps_cr", "C1"]),
        "level": rng.choice([0, 1]) + a_mass(rng, rng.choice([1, 3])),
    },
    "eps_cr": lambda rng: {"delta": a_delta(rng)},
    "eps_cr_expansion": lambda rng: {"terms": rng.randrange(1, 14), "start": rng.choice([10, 12])},
    "eps_cr_limit": lambda _: {},
    "folds": lambda _: {},
    "helps_below": lambda rng: {"delta": a_delta(rng), "method": a_method(rng)},
    "inflections": lambda rng: {"delta": a_delta(rng)},
    "ladder": lambda rng: {"eps": a_mass(rng, 0.9), "delta": a_delta(rng)},
    "lower_bound": an_allocation,
    "median_risk": a_median_game,
    "mixture_bound": lambda rng: {
        "weights": [1 + a_mass(rng, 3) for _ in range(3)], "ratio": 1 + a_mass(rng, 1),
        "distance": a_mass(rng, 60), "dimension": rng.choice([1, 2, 9]),
    },
    "printed_threshold": lambda _: {},
    "printed_inequalities": lambda rng: {"delta": a_delta(rng)},
    "printed_inequalities_over_delta": lambda _: {},
    "prove_no_set_beats_two_points": lambda _: {},
    "risk_bracket": a_bracket,
    "risk_to_mass": lambda _: {},
    "small_contamination": lambda rng: {"delta": a_delta(rng)},
    "two_point_risk": lambda rng: {"separation": a_mass(rng, 9)},
    "upper_bound": an_upper_bound,
    "window_median_risk": a_window_game,
    "worst_case": lambda rng: {
        "eps": a_mass(rng, 0.9), "delta": a_delta(rng), "clients": rng.choice(["all", "near"])
    },
}  # fmt: skip
"""Every function with an enclosure or a proof as result, and arguments in its domain."""

NO_DIGITS = ("certified_bound", "prove_no_set_beats_two_points")
FORMULAS = sorted({*bounds.functions.__all__, "information_bound"})


OTHER = (
    *("advise", "decide", "decide_less", "prove", "sweep", "simulate", "Enclosure", "Estimate"),
    *("check_table", "evaluate", "integrate", "maximum", "minimum", "sharpen", "solve", "table"),
)
"""What `other` calls."""
FOR_EXPERTS = {
    "certificates_of_bound": "takes a result",
    "contact_certificate": "takes a result",
    "critical_slices": "takes nothing",
    "critical_slices_certificate": "takes slices that are proved",
    "envelope": "called by upper_bound, with the same arguments",
    "limit_certificate": "takes digits alone",
    "prove_first_turn": "a proof of minutes",
    "prove_one_component_is_best": "a proof that takes a number of pieces",
    "prove_shape": "a proof of minutes",
    "parts_of": "takes a slice that is proved",
    "price": "called by risk_bracket",
    "least_clients": "a search; what it finds is a bound of risk_bracket",
    "lower_side": "a side of risk_bracket",
    "upper_side": "a side of risk_bracket",
    "price_envelope": "proofs of seconds",
    "prove_rate": "takes two numbers of pieces",
    "remainder": "called by tests of small contamination",
    "shape_certificate_from": "a proof of a minute",
}
"""Functions of the rooms that are not fuzzed, each with the reason."""

LEFT_OUT = {
    "EnvelopeBounds": "the result of price_envelope",
    "CriticalSlice": "a part of critical_slices",
    "Envelope": "the result of envelope",
    "SmallRegime": "a part of the result of constants",
    "Step": "a part of the result of upper_bound",
    "BoundsError": "raised, not called",
    "DomainError": "raised, not called",
    "Inconclusive": "raised, not called",
    "InputError": "raised, not called",
    "NoCriticalValue": "raised, not called",
    "Allocation": "the result of best_allocation",
    "Bridge": "the result of bridge",
    "BoundedMean": "the result of bounded_mean",
    "CertifiedBound": "the result of certified_bound",
    "Constants": "the result of constants",
    "Counterfeit": "the result of counterfeit",
    "CriticalValue": "the result of eps_cr",
    "Expansion": "the result of eps_cr_expansion",
    "Fold": "a result of folds",
    "Inflection": "a part of the result of inflections",
    "Inflections": "the result of inflections",
    "Inequality": "a part of the result of printed_inequalities",
    "InequalityRange": "a part of the result of printed_inequalities_over_delta",
    "Ladder": "the result of ladder",
    "LowerBound": "the result of lower_bound; certified_bound reads it, and is fuzzed",
    "MedianRisk": "the result of median_risk",
    "RiskBracket": "the result of risk_bracket",
    "RiskToMass": "the result of risk_to_mass",
    "SmallContamination": "the result of small_contamination",
    "MixtureBound": "the result of mixture_bound",
    "Price": "the result of price",
    "Side": "a part of the result of risk_bracket",
    "UpperBound": "the result of upper_bound",
    "WindowMedianRisk": "the result of window_median_risk",
    "WorstCase": "the result of worst_case",
}
"""Public names that are not fuzzed, each with the reason."""


def enclosures(value: Any) -> Iterator[bounds.Enclosure]:
    """All enclosures in a result, in a fixed order."""
    if isinstance(value, bounds.Enclosure):
        yield value
    elif isinstance(value, bounds.lower.BoundedMean):  # ends of one enclosure: they may well differ
        yield from (value.van_trees, value.linear)
        yield bounds.Enclosure(value.low.low, value.high.high, value.low.digits)
    elif isinstance(
        value, bounds.upper.Allocation | bounds.upper.WorstCase
    ):  # both sides of one number
        high = value.at_most or value.attained
        yield bounds.Enclosure(value.attained.low, high.high, value.attained.digits)
    elif isinstance(value, Mapping):
        yield from enclosures(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from enclosures(part)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from enclosures(tuple(getattr(value, field.name) for field in fields(value)))


def disagreement(one: Any, other: Any) -> str | None:
    """Whether an enclosure in a result and the same of another result exclude each other."""
    for a, b in zip(enclosures(one), enclosures(other), strict=True):
        if a.high.fraction() < b.low.fraction() or b.high.fraction() < a.low.fraction():
            return f"{a} and {b} exclude each other"
    return None


def certified(rng: random.Random) -> str:
    """One certified result, from nasty arguments, or twice from good ones."""
    name = rng.choice(list(CERTIFIED))
    function, given = PUBLIC[name], CERTIFIED[name](rng)
    if rng.random() < 0.5:
        more = {} if name in NO_DIGITS else {"digits": rng.randrange(1, 24)}
        finer = {key: digits + 11 for key, digits in more.items()}
        found = complaint(
            lambda: function(**given, **more),
            lambda value: disagreement(value, function(**given, **finer)),
        )
        given |= more
    else:
        keys = list(inspect.signature(function).parameters)
        given |= {key: pick(rng) for key in keys if rng.random() < 0.5}
        found = complaint(lambda: function(**given))
    return found and f"{name}({ {key: shown(v) for key, v in given.items()} }): {found}"


def search(margin: Any, value: Any) -> None:
    """A property test; a counterexample is a right answer."""
    with contextlib.suppress(Counterexample):
        assert_holds(lambda **_: margin, t=none().map(lambda _: value), max_examples=2)


def other(rng: random.Random) -> str:
    """The remaining functions, at nasty arguments."""
    a, b, c = (pick(rng) for _ in range(3))
    small = {"k": 3, "c": 1, "m": 2000, "delta": 2, "reps": 2}
    key = rng.choice(["k", "c", "m", "delta", "reps", "seed", "level", "adversary", "estimators",
                      "separation", "backoff"])  # fmt: skip
    calls: dict[str, Callable[[], Any]] = {
        "advise": lambda: bounds.advise(a, b, c, 20, reps=0),
        "advise distance": lambda: bounds.advise(200, 2, "5%", a, sd=b, samples=c, reps=0),
        "decide": lambda: bounds.decide(a, b, seconds=1),
        "decide seconds": lambda: bounds.decide("1 < 2", seconds=a, jobs=b),
        "evaluate": lambda: bounds.evaluate(a, b, digits=c, seconds=1),
        "integrate": lambda: bounds.integrate(a, "x", b, c, seconds=1),
        "maximum": lambda: bounds.maximum(a, b, digits=c, seconds=1),
        "minimum": lambda: bounds.minimum("x*exp(-x)", a, digits=b, seconds=c),
        "sharpen": lambda: bounds.sharpen(a, b, digits=c, seconds=1),
        "solve": lambda: bounds.solve(a, b, digits=c, seconds=1),
        "table": lambda: bounds.table(a, b, digits=c),
        "check_table": lambda: bounds.check_table(a),
        "prove": lambda: bounds.prove("x < x + 1", a, seconds=1),
        "decide_less": lambda: bounds.decide_less(a, b, {"x": c}, most=50),
        "decide_less in a box": lambda: bounds.decide_less(terms.variable("x"), a, {"x": (b, c)}),
        "decide_less over": lambda: bounds.decide_less(1, 2, a),
        "prove_less": lambda: terms.prove_less(a, b),
        "number": lambda: terms.number(a),
        "variable": lambda: terms.variable(a),
        "term": lambda: getattr(terms, rng.choice(["exp", "log", "sqrt", "cdf", "density"]))(a),
        "term of two": lambda: paper.loss(a, b),
        "operator": lambda: terms.variable("x") * a,
        "power": lambda: terms.variable("x") ** a,
        "sweep": lambda: bounds.sweep(a),
        "sweep columns": lambda: bounds.sweep(2, columns=a),
        "sweep digits": lambda: bounds.sweep(2, digits=a),
        "sweep output": lambda: bounds.sweep(2, output=a),
        # an adversary may be the user's own function: what that raises is the user's to read
        "simulate": lambda: bounds.simulate(**{**small, key: None if callable(a) else a}),
        "Enclosure.of": lambda: bounds.Enclosure.of(rng.choice([a, arb(2, 1e-9)]), 5),
        "Estimate.of": lambda: bounds.simulation.Estimate.of(a, rng.choice([b, 0.95])),
        "deltas": lambda: strategies.deltas(a, b),
        "epsilons": lambda: strategies.epsilons(a),
        "assert_holds": lambda: search(a, b),
        "assert_holds of a claim": lambda: assert_holds(a),
        "find_claims": lambda: find_claims(rng.choice([a, [a]])),
    }
    name = rng.choice([*calls, "check"])
    if name == "check":
        verdicts: list[Any] = []
        found = complaint(lambda: verdicts.append(check(a)))
        if not found and verdicts[0].accepted:
            found = "accepted"
    else:
        found = complaint(calls[name])
    return found and f"{name}({shown(a)}, {shown(b)}, {shown(c)}; {key}): {found}"


def line(rng: random.Random) -> str:
    """One command with random words."""
    name = rng.choice(list(OPTIONS))
    words = [name]
    for _ in range(rng.randrange(5)):
        if OPTIONS[name] and rng.random() < 0.6:
            words.append(rng.choice(OPTIONS[name]))
        words.append(rng.choice(WORDS))
    if name == "audit":  # the second paper, or no paper
        words.insert(1, rng.choice([str(SECOND), ".", "nowhere"]))
        words.insert(2, rng.choice(["sensitivity", "tail-bound", "no-claim"]))
    if name == "verify":  # a whole audit takes longer than a run may
        words.insert(1, rng.choice(["eps-cr-2", "budget", "eps-cr-22"]))
    if name in PLAIN and rng.random() < 0.6:
        words[1:1] = PLAIN[name]
    if rng.random() < 0.1:
        words = [rng.choice(WORDS) for _ in range(rng.randrange(4))]
    out, err = io.StringIO(), io.StringIO()
    codes: list[int] = []

    def run() -> None:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            codes.append(command(words))

    found = complaint(run)
    if not found:
        code, told = codes[0], err.getvalue()
        if code not in (0, 1, 2, 3):
            found = f"exit code {code}"
        elif "Traceback" in told or (code == 2 and told.count("\n") not in (1, 3)):
            found = f"exit code {code}, told {told!r:.200}"
        elif code == 0 and told:
            found = f"exit code 0, told {told!r:.200}"
    return found and f"bounds {' '.join(repr(word[:40]) for word in words)}: {found}"


KINDS: dict[str, tuple[Callable[[random.Random], str], int]] = {
    "formula": (formula, 15),
    "certified": (certified, 20),
    "other": (other, 15),
    "command": (line, 50),
}


def one(seed: int, number: int) -> tuple[str, str]:
    """The kind of a run, and what was wrong with it; a run depends on its seed alone."""
    rng = random.Random(f"{seed}-{number}")
    kind = rng.choices(list(KINDS), [weight for _, weight in KINDS.values()])[0]
    return kind, KINDS[kind][0](rng)


def main(words: list[str] | None = None) -> int:
    """Run the campaign in an empty folder and print what it found."""
    parser = argparse.ArgumentParser(
        prog="python -m campaigns.fuzz",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(words)
    tally: Counter[str] = Counter()
    failures = 0
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            for number in range(arguments.runs):
                kind, found = one(arguments.seed, number)
                slow = found.endswith("too long")
                tally[f"{kind}: {'too long' if slow else 'wrong' if found else 'fine'}"] += 1
                failures += bool(found) and not slow
                if found:
                    print(f"run {number}: {found}", flush=True)
        finally:
            os.chdir(before)
    print(f"{arguments.runs:,} runs, seed {arguments.seed}: {failures} wrong outcomes")
    for kind, count in sorted(tally.items()):
        print(f"  {count:,} x {kind}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
