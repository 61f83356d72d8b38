"""True statements by construction: known inequalities, changed in ways that keep them true.

A `Fact` says low < high (or <=) on ranges of its variables, and remembers a point of equality where
it has one. The tables have what textbooks prove: tangents, chords and means of convex functions,
series with remainders, monotone functions, sums of squares, handbook inequalities with parameters.
`draw_fact` takes one and puts increasing maps into it, adds, multiplies by what is positive, applies
monotone functions, joins two, and narrows the domain. No engine is asked.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import factorial

from campaigns.values import Unclear, Undefined, compare

Place = Mapping[str, str]


@dataclass(frozen=True)
class Range:
    """Where a variable is; None is an infinite end."""

    low: str | None
    high: str | None
    low_open: bool = True
    high_open: bool = True
    integer: bool = False

    def text(self, name: str) -> str:
        """As an item of a domain."""
        if self.integer:
            items = [f"{name} integer"]
            items += [] if self.low is None else [f"{name} >= {self.low}"]
            items += [] if self.high is None else [f"{name} <= {self.high}"]
            return ", ".join(items)
        if self.low is None and self.high is None:
            return f"{name} real"
        left = "(-inf" if self.low is None else f"{'(' if self.low_open else '['}{self.low}"
        right = "inf)" if self.high is None else f"{self.high}{')' if self.high_open else ']'}"
        return f"{name} in {left}, {right}"

    def has(self, at: str) -> bool:
        """Whether a number is in it for certain."""
        if self.integer and not re.fullmatch(r"-?\d+", at):
            return False
        for low, high, is_open in ((self.low, at, self.low_open), (at, self.high, self.high_open)):
            if low is not None and high is not None:
                order = compare(low, high, {})
                doubtful = is_open or not (low == high or _is_rational(low, high))
                if order < 0 or (order == 0 and doubtful):
                    return False
        return True


def _is_rational(*texts: str) -> bool:
    return not any(re.search("[a-z]", text) for text in texts)


def span(text: str) -> Range:
    """A range from "R", "(0, inf)", "[0, pi/2)"."""
    if text == "R":
        return Range(None, None)
    low, high = text[1:-1].split(",")
    low, high = low.strip(), high.strip()
    return Range(
        None if low == "-inf" else low,
        None if high == "inf" else high,
        text[0] == "(",
        text[-1] == ")",
    )


@dataclass(frozen=True)
class Fact:
    """low < high if strict, else low <= high, for all points of the ranges and constraints.

    Attributes:
        low, high: the two sides.
        strict: whether low = high is excluded.
        ranges: of each variable.
        constraints: comparisons (left, relation, right) between variables.
        equal: a point of the domain where the sides are equal; None where none is known.
        origin: what it was made from.
    """

    low: str
    high: str
    strict: bool
    ranges: dict[str, Range]
    constraints: tuple[tuple[str, str, str], ...] = ()
    equal: Place | None = None
    origin: tuple[str, ...] = field(default=())

    @property
    def domain(self) -> str:
        """The domain as text."""
        items = [allowed.text(name) for name, allowed in self.ranges.items()]
        return ", ".join([*items, *(" ".join(c) for c in self.constraints)])

    def has(self, place: Place) -> bool:
        """Whether a point is in the domain for certain."""
        if not all(allowed.has(place[name]) for name, allowed in self.ranges.items()):
            return False
        wanted = {"<": (1,), "<=": (1, 0), ">": (-1,), ">=": (-1, 0)}
        return all(compare(a, b, place) in wanted[rel] for a, rel, b in self.constraints)


def put(text: str, **values: str) -> str:
    """A text with expressions in the place of names."""
    pattern = r"\b(?:" + "|".join(map(re.escape, values)) + r")\b(?!\s*\()"
    return re.sub(pattern, lambda found: f"({values[found[0]]})", text)


# --- tables --------------------------------------------------------------------------------------

CONVEX: tuple[tuple[str, str, str], ...] = (
    ("exp(t)", "exp(t)", "R"), ("t^2", "2*t", "R"), ("t^4", "4*t^3", "R"),
    ("-log(t)", "-1/t", "(0, inf)"), ("t*log(t)", "log(t) + 1", "(0, inf)"),
    ("1/t", "-1/t^2", "(0, inf)"), ("t^(3/2)", "3/2*t^(1/2)", "(0, inf)"),
    ("-sqrt(t)", "-1/(2*sqrt(t))", "(0, inf)"), ("1/sqrt(t)", "-1/2*t^(-3/2)", "(0, inf)"),
    ("cosh(t)", "sinh(t)", "R"), ("log(1 + exp(t))", "1/(1 + exp(-t))", "R"),
    ("-sin(t)", "-cos(t)", "[0, pi]"), ("tan(t)", "1/cos(t)^2", "[0, pi/2)"),
    ("sqrt(1 + t^2)", "t/sqrt(1 + t^2)", "R"), ("-cos(t)", "sin(t)", "[-pi/2, pi/2]"),
    ("-atan(t)", "-1/(1 + t^2)", "[0, inf)"), ("-tanh(t)", "-1/cosh(t)^2", "[0, inf)"),
    ("exp(-t)", "-exp(-t)", "R"), ("loggamma(t)", "digamma(t)", "(0, inf)"),
    ("-log(Phi(t))", "-phi(t)/Phi(t)", "R"), ("-Phi(t)", "-phi(t)", "[0, inf)"),
    ("erfc(t)", "-2*exp(-t^2)/sqrt(pi)", "[0, inf)"), ("exp(t^2)", "2*t*exp(t^2)", "R"),
    ("mills(t)", "t*mills(t) - 1", "R"), ("sinh(t)", "cosh(t)", "[0, inf)"),
    ("-log1p(t)", "-1/(1 + t)", "(-1, inf)"), ("1/(1 + t)", "-1/(1 + t)^2", "(-1, inf)"),
    ("t^t", "t^t*(log(t) + 1)", "(0, inf)"), ("-asinh(t)", "-1/sqrt(1 + t^2)", "[0, inf)"),
    ("atanh(t)", "1/(1 - t^2)", "[0, 1)"), ("-lambertw(t)", "-1/(t + exp(lambertw(t)))", "[0, inf)"),
    ("besseli(0, t)", "besseli(1, t)", "[0, inf)"), ("expm1(t)", "exp(t)", "R"),
)  # fmt: skip
"""Strictly convex functions, their derivatives, and where."""

INCREASING: tuple[tuple[str, str], ...] = (
    ("exp(t)", "R"), ("log(t)", "(0, inf)"), ("atan(t)", "R"), ("tanh(t)", "R"), ("sinh(t)", "R"),
    ("t^3", "R"), ("sqrt(t)", "[0, inf)"), ("Phi(t)", "R"), ("erf(t)", "R"), ("-mills(t)", "R"),
    ("-erfcx(t)", "R"), ("sin(t)", "[-pi/2, pi/2]"), ("-cos(t)", "[0, pi]"), ("asinh(t)", "R"),
    ("tan(t)", "(-pi/2, pi/2)"), ("digamma(t)", "(0, inf)"), ("t/(1 + t)", "(-1, inf)"),
    ("lambertw(t)", "[0, inf)"), ("quantile(t)", "(0, 1)"), ("expm1(t)", "R"), ("-1/t", "(0, inf)"),
    ("log1p(t)", "(-1, inf)"), ("cbrt(t)", "R"), ("t*exp(t)", "[-1, inf)"), ("t^3 + t", "R"),
    ("asin(t)", "[-1, 1]"), ("atanh(t)", "(-1, 1)"), ("t + sin(t)", "R"), ("cosh(t)", "[0, inf)"),
    ("-zeta(t)", "(1, inf)"), ("gamma(t)", "[2, inf)"), ("t/sqrt(1 + t^2)", "R"),
    ("t^t", "[1/2, inf)"), ("log(t)/t", "(0, 5/2)"), ("-sin(t)/t", "(0, pi]"),
    ("tan(t)/t", "(0, pi/2)"), ("(exp(t) - 1)/t", "(0, inf)"), ("-log(1 + t)/t", "(0, inf)"),
)  # fmt: skip
"""Strictly increasing functions, and where."""

NO: Place | None = None
INEQUALITIES: tuple[tuple[str, str, str, dict[str, str], Place | None], ...] = (
    ("t/(1 + t^2)", "<", "mills(t)", {"t": "(0, inf)"}, NO),
    ("mills(t)", "<", "1/t", {"t": "(0, inf)"}, NO),
    ("2/(t + sqrt(t^2 + 4))", "<", "mills(t)", {"t": "(0, inf)"}, NO),
    ("mills(t)", "<", "2/(t + sqrt(t^2 + 2))", {"t": "(0, inf)"}, NO),
    ("t*phi(t)/(1 + t^2)", "<", "Phi(-t)", {"t": "(0, inf)"}, NO),
    ("Phi(-t)", "<=", "exp(-t^2/2)/2", {"t": "[0, inf)"}, {"t": "0"}),
    ("mills(t)", "<=", "sqrt(pi/2)", {"t": "[0, inf)"}, {"t": "0"}),
    ("log(t) - 1/t", "<", "digamma(t)", {"t": "(0, inf)"}, NO),
    ("digamma(t)", "<", "log(t) - 1/(2*t)", {"t": "(0, inf)"}, NO),
    ("(t - 1/2)*log(t) - t + log(2*pi)/2", "<", "loggamma(t)", {"t": "(0, inf)"}, NO),
    ("loggamma(t)", "<", "(t - 1/2)*log(t) - t + log(2*pi)/2 + 1/(12*t)", {"t": "(0, inf)"}, NO),
    ("gamma(t + 1/2)/gamma(t)", "<", "sqrt(t)", {"t": "(0, inf)"}, NO),
    ("u^3/3 + 2/3*v^(3/2)", ">=", "u*v", {"u": "(0, inf)", "v": "(0, inf)"}, {"u": "1", "v": "1"}),
    ("u*v*w", "<=", "(u^3 + v^3 + w^3)/3", {"u": "[0, inf)", "v": "[0, inf)", "w": "[0, inf)"},
     {"u": "1", "v": "1", "w": "1"}),
    ("u*v + v*w + w*u", "<=", "u^2 + v^2 + w^2", {"u": "R", "v": "R", "w": "R"},
     {"u": "2", "v": "2", "w": "2"}),
    ("2*(u - v)^2", "<=", "u*log(u/v) + (1 - u)*log((1 - u)/(1 - v))",
     {"u": "(0, 1)", "v": "(0, 1)"}, {"u": "1/2", "v": "1/2"}),
    ("0", "<=", "u*log(u/v) - u + v", {"u": "(0, inf)", "v": "(0, inf)"}, {"u": "3", "v": "3"}),
    ("3*t", "<", "2*sin(t) + tan(t)", {"t": "(0, pi/2)"}, NO),
    ("sin(t)/t", "<", "(2 + cos(t))/3", {"t": "(0, pi/2)"}, NO),
    ("2", "<", "(sin(t)/t)^2 + tan(t)/t", {"t": "(0, pi/2)"}, NO),
    ("2*t/pi", "<=", "sin(t)", {"t": "[0, pi/2]"}, {"t": "0"}),
    ("1 - 2*t/pi", "<=", "cos(t)", {"t": "[0, pi/2]"}, {"t": "0"}),
    ("cos(t)", "<", "sin(t)^3/t^3", {"t": "(0, pi/2)"}, NO),
    ("3*t/(1 + 2*sqrt(1 + t^2))", "<", "atan(t)", {"t": "(0, inf)"}, NO),
    ("t - t^3/3", "<", "tanh(t)", {"t": "(0, inf)"}, NO),
    ("tanh(t)", "<=", "t", {"t": "[0, inf)"}, {"t": "0"}),
    ("2*(t - 1)/(t + 1)", "<=", "log(t)", {"t": "[1, inf)"}, {"t": "1"}),
    ("log(t)", "<=", "(t - 1)/sqrt(t)", {"t": "[1, inf)"}, {"t": "1"}),
    ("cosh(t)", "<", "(sinh(t)/t)^3", {"t": "(0, inf)"}, NO),
    ("cosh(t)", "<=", "exp(t^2/2)", {"t": "R"}, {"t": "0"}),
    ("u*exp((1 - u)*v) + (1 - u)*exp(-u*v)", "<=", "exp(v^2/8)", {"u": "[0, 1]", "v": "R"},
     {"u": "1/3", "v": "0"}),
    ("-t*log(t) - (1 - t)*log(1 - t)", "<=", "log(2)", {"t": "(0, 1)"}, {"t": "1/2"}),
    ("4*log(2)*t*(1 - t)", "<=", "-t*log(t) - (1 - t)*log(1 - t)", {"t": "(0, 1)"}, {"t": "1/2"}),
    ("erf(t)", "<=", "2*t/sqrt(pi)", {"t": "[0, inf)"}, {"t": "0"}),
    ("erf(t)^2", "<=", "1 - exp(-4*t^2/pi)", {"t": "R"}, {"t": "0"}),
    ("erf(t)", "<", "1", {"t": "R"}, NO),
    ("lambertw(t)", "<=", "log(1 + t)", {"t": "[0, inf)"}, {"t": "0"}),
    ("besseli(0, t)", "<=", "cosh(t)", {"t": "R"}, {"t": "0"}),
    ("1/(t - 1)", "<", "zeta(t)", {"t": "(1, inf)"}, NO),
    ("zeta(t)", "<", "t/(t - 1)", {"t": "(1, inf)"}, NO),
    ("exp(-1/e)", "<=", "t^t", {"t": "(0, inf)"}, {"t": "exp(-1)"}),
    ("t^(1/t)", "<=", "exp(1/e)", {"t": "(0, inf)"}, {"t": "e"}),
    ("(1 + 1/t)^t", "<", "e", {"t": "(0, inf)"}, NO),
    ("e", "<", "(1 + 1/t)^(t + 1)", {"t": "(0, inf)"}, NO),
    ("abs(sin(t))", "<=", "abs(t)", {"t": "R"}, {"t": "0"}),
    ("abs(u + v)", "<=", "abs(u) + abs(v)", {"u": "R", "v": "R"}, {"u": "1", "v": "2"}),
    ("max(t, 1 - t)", ">=", "1/2", {"t": "R"}, {"t": "1/2"}),
    ("min(t, 1/t)", "<=", "1", {"t": "(0, inf)"}, {"t": "1"}),
    ("floor(t)", "<=", "t", {"t": "[-2, 3]"}, {"t": "1"}),
    ("sqrt(u*v)", "<=", "(u + v)/2", {"u": "[0, inf)", "v": "[0, inf)"}, {"u": "2", "v": "2"}),
    ("sqrt(u + v)", "<=", "sqrt(u) + sqrt(v)", {"u": "[0, inf)", "v": "[0, inf)"},
     {"u": "0", "v": "3"}),
    ("abs(sin(u) - sin(v))", "<=", "abs(u - v)", {"u": "R", "v": "R"}, {"u": "1", "v": "1"}),
    ("(u + v)^3", "<=", "4*(u^3 + v^3)", {"u": "[0, inf)", "v": "[0, inf)"}, {"u": "1", "v": "1"}),
    ("2/(1/u + 1/v)", "<=", "sqrt(u*v)", {"u": "(0, inf)", "v": "(0, inf)"}, {"u": "3", "v": "3"}),
    ("1 - t", "<=", "exp(-t)", {"t": "R"}, {"t": "0"}),
    ("exp(t)", "<=", "1/(1 - t)", {"t": "[0, 1)"}, {"t": "0"}),
    ("exp(t)", "<=", "1 + t + t^2", {"t": "(-inf, 1]"}, {"t": "0"}),
    ("sin(t)^2", "<=", "t^2", {"t": "R"}, {"t": "0"}),
    ("t^2/(1 + t^4)", "<=", "1/2", {"t": "R"}, {"t": "1"}),
    ("sin(t) + cos(t)", "<=", "sqrt(2)", {"t": "R"}, {"t": "pi/4"}),
    ("t*exp(-t)", "<=", "exp(-1)", {"t": "R"}, {"t": "1"}),
    ("-1/8", "<=", "cos(t) + 1/2*cos(2*t) + 5/8", {"t": "R"}, {"t": "2*pi/3"}),
)  # fmt: skip
"""What handbooks prove: left, relation, right, ranges, a point of equality."""

WHOLE: tuple[tuple[str, str, str, str, Place | None], ...] = (
    ("n + 1", "<=", "2^n", "0", {"n": "1"}),
    ("n^2", "<=", "2^n", "4", {"n": "4"}),
    ("2^(n - 1)", "<=", "gamma(n + 1)", "1", {"n": "2"}),
    ("gamma(n + 1)", "<=", "n^n", "1", {"n": "1"}),
    ("(1 + 1/n)^n", "<", "e", "1", NO),
    ("binomial(2*n, n)", "<", "4^n", "1", NO),
    ("4^n/(2*sqrt(n))", "<=", "binomial(2*n, n)", "1", {"n": "1"}),
    ("2*n", "<=", "n^2 + 1", "-5", {"n": "1"}),
    ("n", "<=", "n^2", "-20", {"n": "0"}),
    ("2/9", "<=", "(n - 1/3)*(n - 2/3)", "-9", {"n": "0"}),
    ("abs(n - 1/2)", ">=", "1/2", "-30", {"n": "1"}),
)
"""Of whole numbers from the last but one on."""

IDENTITIES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("sin(u + v)", "sin(u)*cos(v) + cos(u)*sin(v)", {"u": "R", "v": "R"}),
    ("cos(u - v)", "cos(u)*cos(v) + sin(u)*sin(v)", {"u": "R", "v": "R"}),
    ("sin(t)^2 + cos(t)^2", "1", {"t": "R"}),
    ("cosh(t)^2 - sinh(t)^2", "1", {"t": "R"}),
    ("exp(u + v)", "exp(u)*exp(v)", {"u": "R", "v": "R"}),
    ("log(u*v)", "log(u) + log(v)", {"u": "(0, inf)", "v": "(0, inf)"}),
    ("log(u^3/v)", "3*log(u) - log(v)", {"u": "(0, inf)", "v": "(0, inf)"}),
    ("(u + v)^3", "u^3 + 3*u^2*v + 3*u*v^2 + v^3", {"u": "R", "v": "R"}),
    ("u^3 - v^3", "(u - v)*(u^2 + u*v + v^2)", {"u": "R", "v": "R"}),
    ("gamma(t + 1)", "t*gamma(t)", {"t": "(0, inf)"}),
    ("digamma(t + 1)", "digamma(t) + 1/t", {"t": "(0, inf)"}),
    ("loggamma(t + 2)", "loggamma(t) + log(t) + log(t + 1)", {"t": "(0, inf)"}),
    ("Phi(t) + Phi(-t)", "1", {"t": "R"}),
    ("erfc(t)", "1 - erf(t)", {"t": "R"}),
    ("erfcx(t)", "exp(t^2)*erfc(t)", {"t": "R"}),
    ("mills(t)", "Phi(-t)/phi(t)", {"t": "R"}),
    ("Phi(t)", "(1 + erf(t/sqrt(2)))/2", {"t": "R"}),
    ("tanh(t)", "(exp(2*t) - 1)/(exp(2*t) + 1)", {"t": "R"}),
    ("tan(t)*cos(t)", "sin(t)", {"t": "(-pi/2, pi/2)"}),
    ("sin(3*t)", "3*sin(t) - 4*sin(t)^3", {"t": "R"}),
    ("cos(4*t)", "8*cos(t)^4 - 8*cos(t)^2 + 1", {"t": "R"}),
    ("sqrt(t^2)", "abs(t)", {"t": "R"}),
    ("sqrt(u)*sqrt(v)", "sqrt(u*v)", {"u": "[0, inf)", "v": "[0, inf)"}),
    ("max(u, v) + min(u, v)", "u + v", {"u": "R", "v": "R"}),
    ("abs(u - v)", "2*max(u, v) - u - v", {"u": "R", "v": "R"}),
    ("u^v", "exp(v*log(u))", {"u": "(0, inf)", "v": "R"}),
    ("expm1(t) + 1", "exp(t)", {"t": "R"}),
    ("asin(t) + acos(t)", "pi/2", {"t": "[-1, 1]"}),
    ("atan(t) + atan(1/t)", "pi/2", {"t": "(0, inf)"}),
    ("lambertw(t)*exp(lambertw(t))", "t", {"t": "[0, inf)"}),
    ("asinh(t)", "log(t + sqrt(t^2 + 1))", {"t": "R"}),
    ("2^t*3^t", "6^t", {"t": "R"}),
)
"""Equal sides, and where."""

MAPS: tuple[tuple[str, str, dict[str, str], str | None], ...] = (
    ("R", "log(x)", {"x": "(0, inf)"}, "exp(t)"), ("R", "x^3", {"x": "R"}, None),
    ("R", "x - 1/x", {"x": "(0, inf)"}, None), ("R", "sinh(x)", {"x": "R"}, "asinh(t)"),
    ("R", "tan(x)", {"x": "(-pi/2, pi/2)"}, "atan(t)"), ("R", "x*y", {"x": "R", "y": "R"}, None),
    ("R", "x^2 - y", {"x": "R", "y": "R"}, None), ("R", "x + y", {"x": "R", "y": "R"}, None),
    ("R", "2*x - 3", {"x": "R"}, "(t + 3)/2"), ("R", "1 - x", {"x": "R"}, "1 - t"),
    ("R", "sin(x)", {"x": "R"}, None), ("R", "x - floor(x)", {"x": "[-1, 2]"}, None),
    ("R", "quantile(x)", {"x": "(0, 1)"}, None), ("R", "x/(1 - abs(x))", {"x": "(-1, 1)"}, None),
    ("(0, inf)", "exp(x)", {"x": "R"}, "log(t)"), ("(0, inf)", "x^2", {"x": "(0, inf)"}, "sqrt(t)"),
    ("(0, inf)", "1/x", {"x": "(0, inf)"}, "1/t"), ("(0, inf)", "x - 2", {"x": "(2, inf)"}, "t + 2"),
    ("(0, inf)", "x/(1 - x)", {"x": "(0, 1)"}, "t/(1 + t)"), ("(0, inf)", "log(x)", {"x": "(1, inf)"}, "exp(t)"),
    ("(0, inf)", "sqrt(x)", {"x": "(0, inf)"}, "t^2"), ("(0, inf)", "x*y", {"x": "(0, inf)", "y": "(0, inf)"}, None),
    ("(0, inf)", "x + y", {"x": "(0, inf)", "y": "[0, inf)"}, None), ("(0, inf)", "x/y", {"x": "(0, inf)", "y": "(0, inf)"}, None),
    ("(0, inf)", "-log(x)", {"x": "(0, 1)"}, "exp(-t)"), ("(0, inf)", "x^2 + 1/3", {"x": "R"}, None),
    ("(0, inf)", "mills(x)", {"x": "R"}, None), ("(0, inf)", "3*x", {"x": "(0, inf)"}, "t/3"),
    ("[0, inf)", "x^2", {"x": "R"}, "sqrt(t)"), ("[0, inf)", "abs(x)", {"x": "R"}, "t"),
    ("[0, inf)", "x - 1", {"x": "[1, inf)"}, "t + 1"), ("[0, inf)", "expm1(x)", {"x": "[0, inf)"}, "log(1 + t)"),
    ("[0, inf)", "log(x)", {"x": "[1, inf)"}, "exp(t)"), ("[0, inf)", "sqrt(x)", {"x": "[0, inf)"}, "t^2"),
    ("[0, inf)", "x/2", {"x": "[0, inf)"}, "2*t"), ("[0, inf)", "1 - x", {"x": "(-inf, 1]"}, "1 - t"),
    ("(0, 1)", "x/(1 + x)", {"x": "(0, inf)"}, "t/(1 - t)"), ("(0, 1)", "exp(-x)", {"x": "(0, inf)"}, "-log(t)"),
    ("(0, 1)", "Phi(x)", {"x": "R"}, None), ("(0, 1)", "tanh(x)", {"x": "(0, inf)"}, "atanh(t)"),
    ("(0, 1)", "1 - x", {"x": "(0, 1)"}, "1 - t"), ("(0, 1)", "1/x", {"x": "(1, inf)"}, "1/t"),
    ("(0, 1)", "1/(1 + exp(x))", {"x": "R"}, "log(1/t - 1)"), ("[0, 1)", "x^2", {"x": "(-1, 1)"}, "sqrt(t)"),
    ("(1, inf)", "x + 1", {"x": "(0, inf)"}, "t - 1"), ("(1, inf)", "1/x", {"x": "(0, 1)"}, "1/t"),
    ("[1, inf)", "exp(x)", {"x": "[0, inf)"}, "log(t)"), ("[1, inf)", "x^2 + 1", {"x": "R"}, "sqrt(t - 1)"),
    ("(-1, inf)", "expm1(x)", {"x": "R"}, "log(1 + t)"), ("(-1, inf)", "x^2 - 1", {"x": "(0, inf)"}, "sqrt(t + 1)"),
    ("(0, pi/2)", "atan(x)", {"x": "(0, inf)"}, "tan(t)"), ("(0, pi/2)", "pi/2 - x", {"x": "(0, pi/2)"}, "pi/2 - t"),
    ("[0, pi/2]", "pi*x/2", {"x": "[0, 1]"}, "2*t/pi"), ("[0, pi]", "acos(x)", {"x": "[-1, 1]"}, "cos(t)"),
    ("[-1, 1]", "sin(x)", {"x": "R"}, None), ("[-1, 1]", "cos(x)", {"x": "R"}, None),
    ("[0, 1]", "sin(x)^2", {"x": "R"}, None), ("[0, 1]", "1 - x", {"x": "[0, 1]"}, "1 - t"),
)  # fmt: skip
"""A range, a map into it, where from, and the map back if it has one."""

MONOTONE = ("exp(t)", "atan(t)", "tanh(t)", "sinh(t)", "Phi(t)", "t^3", "t + exp(t)", "expm1(t)",
            "log(1 + exp(t))", "-exp(-t)", "-Phi(-t)", "2*t - 1", "-mills(t)", "erf(t)")  # fmt: skip
"""Strictly increasing on the line."""

ADDED = ("x", "x^2", "-3*x", "sin(x)", "exp(x)", "atan(x)/2", "1/7", "-pi", "phi(x)", "cos(2*x)",
         "abs(x)", "x^3 - x", "exp(-x^2)", "cosh(x)", "Phi(x)", "floor(x)")  # fmt: skip
POSITIVE = ("2", "1/3", "exp(x)", "(1 + x^2)", "(2 + sin(x))", "Phi(x)", "cosh(x)", "exp(-x)", "mills(x)",
            "1/(1 + exp(x))", "1/(3 + x^4)", "pi", "(2 + cos(x))^2", "phi(x)")  # fmt: skip
"""Defined, and positive, on the line."""


def rational(rng: random.Random, low: int = -3, high: int = 3) -> str:
    """A small fraction."""
    return str(Fraction(rng.randint(low * 12, high * 12), rng.choice((1, 2, 3, 4, 6, 12)) * 2))


def above_zero(rng: random.Random) -> str:
    """A small positive fraction."""
    return str(Fraction(rng.randint(1, 30), rng.choice((2, 3, 5, 8, 10))))


def _inside(rng: random.Random, allowed: Range) -> str:
    """A rational number in a range."""
    for _ in range(100):
        at = rational(rng)
        if allowed.has(at):
            return at
    return above_zero(rng)


# --- families ------------------------------------------------------------------------------------


def tangent(rng: random.Random) -> Fact:
    """A convex function is above its tangents."""
    f, slope, where = rng.choice(CONVEX)
    allowed = span(where)
    for _ in range(100):
        at = _inside(rng, allowed)
        if allowed.has(at):
            break
    else:
        at = "1/2"
    line = f"{put(f, t=at)} + ({put(slope, t=at)})*(t - ({at}))"
    return Fact(line, f, False, {"t": allowed}, equal={"t": at}, origin=("tangent",))


def chord(rng: random.Random) -> Fact:
    """It is below its chords."""
    f, _, where = rng.choice(CONVEX)
    allowed = span(where)
    a, b = sorted((_inside(rng, allowed) for _ in range(2)), key=Fraction)
    if a == b or not (allowed.has(a) and allowed.has(b)):
        a, b = "1/4", "3/4"
    line = f"(({b} - t)*{put('(' + f + ')', t=a)} + (t - ({a}))*{put('(' + f + ')', t=b)})/({b} - ({a}))"
    closed = rng.random() < 0.7
    within = Range(a, b, not closed, not closed)
    return Fact(f, line, not closed, {"t": within}, equal={"t": a} if closed else None,
                origin=("chord",))  # fmt: skip


def jensen(rng: random.Random) -> Fact:
    """Of two points with weights."""
    f, _, where = rng.choice(CONVEX)
    allowed = span(where)
    weight = Fraction(rng.randint(1, 5), 6)
    middle = put(f, t=f"{weight}*u + {1 - weight}*v")
    mean = f"{weight}*({put(f, t='u')}) + {1 - weight}*({put(f, t='v')})"
    at = _inside(rng, allowed)
    equal = {"u": at, "v": at} if allowed.has(at) else None
    return Fact(middle, mean, False, {"u": allowed, "v": allowed}, equal=equal, origin=("mean",))


def monotone(rng: random.Random) -> Fact:
    """Of two points in order, or of one and a number."""
    f, where = rng.choice(INCREASING)
    allowed = span(where)
    strict = rng.random() < 0.5
    if rng.random() < 0.5:
        relation = "<" if strict else "<="
        at = _inside(rng, allowed)
        equal = {"u": at, "v": at} if not strict and allowed.has(at) else None
        return Fact(put(f, t="u"), put(f, t="v"), strict, {"u": allowed, "v": allowed},
                    (("u", relation, "v"),), equal, ("monotone",))  # fmt: skip
    at = _inside(rng, allowed)
    if not allowed.has(at):
        at = "1/2"
        if not allowed.has(at):
            at = "2"
    above = replace(allowed, low=at, low_open=strict)
    equal = None if strict else {"t": at}
    return Fact(put(f, t=at), f, strict, {"t": above}, equal=equal, origin=("monotone",))


def series(rng: random.Random) -> Fact:
    """A function and its series, cut at some power."""
    n = rng.randint(1, 6)
    half = span("(0, inf)")

    def whole(terms: list[str]) -> str:
        return " + ".join(terms).replace("+ -", "- ")

    def between(f: str, terms: list[str], where: Range = half) -> Fact:
        """An alternating one."""
        cut = whole(terms)
        low, high = (f, cut) if len(terms) % 2 else (cut, f)
        return Fact(low, high, True, {"t": where}, origin=("series",))

    def sign(k: int) -> str:
        return "-" if k % 2 else ""

    kind = rng.randrange(10)
    if kind == 0:
        cut = whole([f"t^{k}/{factorial(k)}" for k in range(n + 1)]).replace("t^0/1", "1")
        if n % 2:
            return Fact(
                cut, "exp(t)", False, {"t": span("R")}, equal={"t": "0"}, origin=("series",)
            )
        if rng.random() < 0.5:
            return Fact(cut, "exp(t)", True, {"t": half}, origin=("series",))
        return Fact("exp(t)", cut, True, {"t": span("(-inf, 0)")}, origin=("series",))
    if kind == 1:
        f = rng.choice(("log(1 + t)", "log1p(t)"))
        return between(f, [f"{sign(k - 1)}t^{k}/{k}" for k in range(1, n + 1)])
    if kind == 2:
        n = min(n, 4)
        return between(
            "sin(t)", [f"{sign(k)}t^{2 * k + 1}/{factorial(2 * k + 1)}" for k in range(n)]
        )
    if kind == 3:
        n = min(n, 4)
        cut = whole(["1", *(f"{sign(k)}t^{2 * k}/{factorial(2 * k)}" for k in range(1, n))])
        low, high = ("cos(t)", cut) if n % 2 else (cut, "cos(t)")
        return Fact(low, high, False, {"t": span("R")}, equal={"t": "0"}, origin=("series",))
    if kind == 4:
        return between("atan(t)", [f"{sign(k)}t^{2 * k + 1}/{2 * k + 1}" for k in range(n)])
    if kind == 5:
        terms = [f"{sign(k)}t^{2 * k + 1}/{factorial(k) * (2 * k + 1)}" for k in range(n)]
        return between("sqrt(pi)/2*erf(t)", terms)
    if kind == 6:
        cut = whole([f"t^{k}/{k}" for k in range(1, n + 1)])
        return Fact(cut, "-log(1 - t)", True, {"t": span("(0, 1)")}, origin=("series",))
    if kind == 7:
        n = min(n, 4)
        cut = whole([f"t^{2 * k + 1}/{factorial(2 * k + 1)}" for k in range(n)])
        return Fact(cut, "sinh(t)", True, {"t": half}, origin=("series",))
    if kind == 8:
        n = min(n, 4)
        cut = whole(["1", *(f"t^{2 * k}/{factorial(2 * k)}" for k in range(1, n))])
        return Fact(cut, "cosh(t)", False, {"t": span("R")}, equal={"t": "0"}, origin=("series",))
    return between("1/(1 + t)", [f"{sign(k)}t^{k}" if k else "1" for k in range(n)])


def power(rng: random.Random) -> Fact:
    """Bernoulli's, Young's, the means', with a random exponent."""
    p = Fraction(rng.randint(1, 19), 20)
    kind = rng.randrange(6)
    if kind == 0:
        r = 1 + Fraction(rng.randint(1, 30), rng.choice((2, 3, 5)))
        return Fact(f"1 + {r}*t", f"(1 + t)^({r})", False, {"t": span("(-1, inf)")},
                    equal={"t": "0"}, origin=("Bernoulli",))  # fmt: skip
    if kind == 1:
        return Fact(f"(1 + t)^({p})", f"1 + {p}*t", False, {"t": span("(-1, inf)")},
                    equal={"t": "0"}, origin=("Bernoulli",))  # fmt: skip
    both = {"u": span("(0, inf)"), "v": span("(0, inf)")}
    at = above_zero(rng)
    if kind == 2:
        return Fact(f"u^({p})*v^({1 - p})", f"{p}*u + {1 - p}*v", False, both,
                    equal={"u": at, "v": at}, origin=("means",))  # fmt: skip
    if kind == 3:
        q = 1 / p
        r = q / (q - 1)
        return Fact("u*v", f"u^({q})/({q}) + v^({r})/({r})", False, both,
                    equal={"u": "1", "v": "1"}, origin=("Young",))  # fmt: skip
    if kind == 4:
        return Fact(f"t^({p})", f"gamma(t + 1)/gamma(t + {1 - p})", True, {"t": span("(0, inf)")},
                    origin=("Gautschi",))  # fmt: skip
    return Fact(f"gamma(t + 1)/gamma(t + {1 - p})", f"(t + 1)^({p})", True, {"t": span("(0, inf)")},
                origin=("Gautschi",))  # fmt: skip


Polynomial = dict[tuple[int, ...], Fraction]


def squares(rng: random.Random) -> Fact:
    """A sum of squares that all vanish at one point, multiplied out."""
    names = ("t", "u", "v")[: rng.choice((1, 1, 2, 2, 3))]
    point = {name: Fraction(rational(rng)) for name in names}
    total: Polynomial = {}
    for _ in range(rng.randint(1, 3)):
        p: Polynomial = {}
        for _ in range(rng.randint(1, 3)):
            key = tuple(rng.choice((0, 0, 1, 1, 2)) for _ in names)
            p[key] = p.get(key, Fraction(0)) + rng.randint(-4, 4)
        at_point = sum(
            (c * _monomial(key, tuple(point.values())) for key, c in p.items()), Fraction(0)
        )
        zero = (0,) * len(names)
        p[zero] = p.get(zero, Fraction(0)) - at_point
        for a, ca in p.items():
            for b, cb in p.items():
                key = tuple(i + j for i, j in zip(a, b, strict=True))
                total[key] = total.get(key, Fraction(0)) + ca * cb
    terms = [
        "*".join([f"({c})", *(f"{n}^{k}" for n, k in zip(names, key, strict=True) if k)])
        for key, c in total.items()
        if c
    ]
    return Fact("0", " + ".join(terms) or "0", False, {name: span("R") for name in names},
                equal={name: str(at) for name, at in point.items()}, origin=("squares",))  # fmt: skip


def _monomial(key: tuple[int, ...], at: tuple[Fraction, ...]) -> Fraction:
    product = Fraction(1)
    for k, x in zip(key, at, strict=True):
        product *= x**k
    return product


def handbook(rng: random.Random) -> Fact:
    """One of the table."""
    left, relation, right, where, equal = rng.choice(INEQUALITIES)
    low, high = (right, left) if relation.startswith(">") else (left, right)
    ranges = {name: span(text) for name, text in where.items()}
    return Fact(low, high, "=" not in relation, ranges, equal=equal, origin=("handbook",))


def whole_number(rng: random.Random) -> Fact:
    """One of whole numbers."""
    left, relation, right, first, equal = rng.choice(WHOLE)
    low, high = (right, left) if relation.startswith(">") else (left, right)
    ranges = {"n": Range(first, None, low_open=False, high_open=False, integer=True)}
    return Fact(low, high, "=" not in relation, ranges, equal=equal, origin=("whole",))


FAMILIES: tuple[tuple[Callable[[random.Random], Fact], int], ...] = (
    (tangent, 5), (chord, 3), (jensen, 2), (monotone, 4), (series, 5), (power, 4), (squares, 3),
    (handbook, 8), (whole_number, 2),
)  # fmt: skip


# --- changes that keep a fact true ---------------------------------------------------------------


def substituted(rng: random.Random, fact: Fact) -> Fact | None:
    """An expression for a variable, whose values lie in the variable's range."""
    name = rng.choice(list(fact.ranges))
    allowed = fact.ranges[name]
    fitting = [row for row in MAPS if _same(span(row[0]), allowed)]
    if not fitting or any("floor" in text for text in (fact.low, fact.high)):
        return None
    _, inner, where, back = rng.choice(fitting)
    # x, y are new names: nothing is captured
    fresh = {"x": name, "y": next(n for n in "abcd" if n not in fact.ranges)}
    inner = put(inner, **fresh).replace(f"({name})", name)
    ranges = {n: r for n, r in fact.ranges.items() if n != name}
    ranges |= {fresh[n]: span(text) for n, text in where.items()}
    equal = None
    if fact.equal is not None and back is not None and len(where) == 1:
        equal = {**fact.equal, name: put(back, t=fact.equal[name])}
    constraints = tuple((put(a, **{name: inner}), r, put(b, **{name: inner}))
                        for a, r, b in fact.constraints)  # fmt: skip
    return replace(fact, low=put(fact.low, **{name: inner}), high=put(fact.high, **{name: inner}),
                   ranges=ranges, constraints=constraints, equal=equal,
                   origin=(*fact.origin, "substituted"))  # fmt: skip


def _same(a: Range, b: Range) -> bool:
    return (a.low, a.high, a.low_open and a.low is not None, a.high_open and a.high is not None) == (
        b.low, b.high, b.low_open and b.low is not None, b.high_open and b.high is not None
    ) and a.integer == b.integer  # fmt: skip


def added(rng: random.Random, fact: Fact) -> Fact:
    """The same on both sides."""
    more = put(rng.choice(ADDED), x=rng.choice(list(fact.ranges)))
    return replace(fact, low=f"{fact.low} + {more}", high=f"{fact.high} + {more}",
                   origin=(*fact.origin, "added"))  # fmt: skip


def multiplied(rng: random.Random, fact: Fact) -> Fact:
    """By what is positive."""
    factor = put(rng.choice(POSITIVE), x=rng.choice(list(fact.ranges)))
    if rng.random() < 0.2:
        return replace(fact, low=f"({fact.low})/({factor})", high=f"({fact.high})/({factor})",
                       origin=(*fact.origin, "multiplied"))  # fmt: skip
    return replace(fact, low=f"{factor}*({fact.low})", high=f"{factor}*({fact.high})",
                   origin=(*fact.origin, "multiplied"))  # fmt: skip


def negated(_: random.Random, fact: Fact) -> Fact:
    """The sides with other signs, in the other order."""
    return replace(fact, low=f"-({fact.high})", high=f"-({fact.low})")


def mapped(rng: random.Random, fact: Fact) -> Fact:
    """An increasing function of both sides."""
    f = rng.choice(MONOTONE)
    return replace(fact, low=put(f, t=fact.low), high=put(f, t=fact.high),
                   origin=(*fact.origin, "mapped"))  # fmt: skip


def weakened(rng: random.Random, fact: Fact) -> Fact:
    """By a positive amount: strict, without equality."""
    more = rng.choice((f"10^-{rng.randint(1, 9)}", above_zero(rng)))
    return replace(fact, high=f"{fact.high} + {more}", strict=True, equal=None,
                   origin=(*fact.origin, "weakened"))  # fmt: skip


def narrowed(rng: random.Random, fact: Fact) -> Fact | None:
    """One range made smaller."""
    name = rng.choice(list(fact.ranges))
    allowed = fact.ranges[name]
    at = str(rng.randint(-3, 9)) if allowed.integer else rational(rng)
    if not allowed.has(at):
        return None
    is_open = rng.random() < 0.5 and not allowed.integer
    if rng.random() < 0.5:
        smaller = replace(allowed, low=at, low_open=is_open)
    else:
        smaller = replace(allowed, high=at, high_open=is_open)
    if smaller.low == smaller.high and not smaller.has(at):
        return None  # nothing is left
    inner = replace(fact, ranges={**fact.ranges, name: smaller}, origin=(*fact.origin, "narrowed"))
    if fact.equal is not None:
        try:
            kept = smaller.has(fact.equal[name])
        except (Undefined, Unclear):
            kept = False
        inner = replace(inner, equal=fact.equal if kept else None)
    return inner


def constrained(rng: random.Random, fact: Fact) -> Fact | None:
    """Two variables put in order."""
    if len(fact.ranges) < 2 or fact.constraints:
        return None
    a, b = rng.sample(list(fact.ranges), 2)
    relation = rng.choice(("<", "<="))
    equal = fact.equal
    if equal is not None and compare(equal[a], equal[b], {}) not in (
        (1, 0) if "=" in relation else (1,)
    ):
        equal = None
    return replace(fact, constraints=((a, relation, b),), equal=equal,
                   origin=(*fact.origin, "constrained"))  # fmt: skip


def joined(rng: random.Random, fact: Fact) -> Fact | None:
    """The sum of two, or the product of two differences, or twice the same variable."""
    other = draw_base(rng)
    if set(other.ranges) != set(fact.ranges) or fact.constraints or other.constraints:
        return None
    if any(fact.ranges[name].integer or other.ranges[name].integer for name in fact.ranges):
        return None
    ranges = {}
    for name, allowed in fact.ranges.items():
        both = _meet(allowed, other.ranges[name])
        if both is None:
            return None
        ranges[name] = both
    origin = (*fact.origin, *other.origin, "joined")
    same = fact.equal == other.equal and fact.equal is not None
    equal = fact.equal if same else None
    if rng.random() < 0.6:
        return Fact(f"{fact.low} + {other.low}", f"{fact.high} + {other.high}",
                    fact.strict or other.strict, ranges, equal=equal, origin=origin)  # fmt: skip
    product = f"({fact.high} - ({fact.low}))*({other.high} - ({other.low}))"
    return Fact("0", product, fact.strict and other.strict, ranges, equal=equal, origin=origin)


def _meet(a: Range, b: Range) -> Range | None:
    low, low_open, high, high_open = a.low, a.low_open, a.high, a.high_open
    if b.low is not None:
        order = 1 if low is None else compare(low, b.low, {})
        if order > 0 or (order == 0 and b.low_open):
            low, low_open = b.low, b.low_open
    if b.high is not None:
        order = 1 if high is None else compare(b.high, high, {})
        if order > 0 or (order == 0 and b.high_open):
            high, high_open = b.high, b.high_open
    if low is not None and high is not None and compare(low, high, {}) <= 0:
        return None
    return Range(low, high, low_open, high_open)


CHANGES: tuple[tuple[Callable[[random.Random, Fact], Fact | None], int], ...] = (
    (substituted, 6), (added, 3), (multiplied, 3), (negated, 1), (mapped, 2), (weakened, 1),
    (narrowed, 3), (constrained, 2), (joined, 3),
)  # fmt: skip
_LONGEST = 300


def draw_base(rng: random.Random) -> Fact:
    """One of a family, as it is."""
    return rng.choices([f for f, _ in FAMILIES], [n for _, n in FAMILIES])[0](rng)


def draw_fact(rng: random.Random) -> Fact:
    """A fact, changed a few times."""
    fact = draw_base(rng)
    for _ in range(rng.choice((0, 0, 1, 1, 1, 2, 2, 3))):
        change = rng.choices([f for f, _ in CHANGES], [n for _, n in CHANGES])[0]
        other = change(rng, fact)
        if other is not None and len(other.low) + len(other.high) < _LONGEST:
            fact = other
    return fact
