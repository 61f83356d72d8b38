"""Certificates altered at random and sealed again: the checker accepts none that is false.

    python -m campaigns.tampering [--rounds N] [--seed S]

Certificates of every kind are taken, one to three of their fields altered (a last digit, a sign, an
order, a value from elsewhere, something missing, nonsense) and the right hash put on. The checker
must answer without an exception. What it accepts must still be true: that is decided by the main
engine, in another arithmetic: roots and shapes from all inflections at that Δ, inequalities over
their box, zeros by the values over theirs. The exit status is 1 if a false statement is accepted or
an exception escapes.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

from flint import arb

import bounds
from bounds.certify.certificates.seal import sealed
from bounds.certify.errors import BoundsError, Inconclusive
from bounds.certify.exact import read_exact, to_ball
from bounds.certify.inequalities import Counterexample, Term, cdf, decide_less, variable
from bounds.certify.numbers.precision import working_precision
from bounds.checker import check
from bounds.critical.certificates import (
    eps_cr_certificate,
    family_certificate,
    passage_certificate,
    root_certificate,
    shape_certificate,
    small_delta_certificate,
)
from bounds.critical.family import slice_of
from bounds.critical.fold import fold_certificate
from bounds.critical.large_delta import (
    critical_slices,
    critical_slices_certificate,
    limit_certificate,
    shape_certificate_from,
)
from bounds.critical.model.certificates import panel_certificate
from bounds.critical.model.panel import UNKNOWNS
from bounds.critical.model.stored import panels
from bounds.critical.regimes import REGIMES
from bounds.functions import density
from bounds.functions import loss as loss_term
from bounds.lower.slope_certificates import any_set_certificate
from campaigns.fuzz import TooLong, time_limit

Certificate = dict[str, Any]
SECONDS = 60
NONSENSE = (
    None,
    True,
    0,
    -1,
    10**30,
    "",
    "nan",
    "1e9",
    "0",
    "-1",
    "1/0",
    "ε",
    [],
    {},
    "pi",
    ["pi"],
)


@cache
def honest() -> tuple[Certificate, ...]:
    """Certificates of every kind."""
    x, kappa = variable("x"), variable("kappa")
    ends = [Fraction(3), Fraction("3.005"), Fraction("3.01")]
    parts = [slice_of(low, high) for low, high in pairwise(ends)]
    return (
        *map(root_certificate, bounds.inflections("5/2", 12).points),
        shape_certificate(Fraction(2)),
        eps_cr_certificate(bounds.eps_cr("1.2", 12)),
        small_delta_certificate(),
        passage_certificate(bounds.folds(12)[0], REGIMES[0].high, REGIMES[1].low),
        family_certificate(parts),
        critical_slices_certificate(critical_slices()[-3:]),
        shape_certificate_from(Fraction(10)),
        any_set_certificate(),
        _proof(decide_less(cdf(-x) * x * x, "0.2", {"x": ("0.5", "3")})),
        _proof(decide_less(loss_term(kappa, 2), "0.8", {"kappa": ("0.001", "0.1")})),
        _proof(decide_less("0.00397", bounds.eps_cr(2, 6).eps.decimals()[0])),
        limit_certificate(12),
        fold_certificate(bounds.folds(12)[0]),
        panel_certificate(panels()[4]),
        bounds.decide("x*phi(x)/(1 + x^2) < Phi(-x)", "x > 0").certificate(),
    )


def _proof(outcome: Any) -> Certificate:
    return outcome.certificate()


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to everything inside a JSON value."""
    inside = enumerate(value) if isinstance(value, list) else ()
    if isinstance(value, dict):
        inside = value.items()
    below = [place for key, item in inside for place in _places(item, (*path, key))]
    return [path, *below] if path else below


def _altered(value: Any, others: list[Any], rng: random.Random) -> Any:
    """Another value in place of one."""
    if isinstance(value, str) and value and rng.random() < 0.6:
        digits = [at for at, letter in enumerate(value) if letter.isdigit()]
        if digits and rng.random() < 0.7:
            at = digits[-1] if rng.random() < 0.5 else rng.choice(digits)
            return value[:at] + rng.choice("0123456789") + value[at + 1 :]
        return rng.choice([value[1:] if value[0] == "-" else "-" + value, value[:-1], value + "0"])
    if isinstance(value, list) and value and rng.random() < 0.6:
        listed = list(value)
        rng.choice([listed.reverse, listed.pop, lambda: listed.append(listed[-1])])()
        return listed
    if isinstance(value, int) and rng.random() < 0.5:
        return (not value) if isinstance(value, bool) else value + rng.choice([-1, 1, 64])
    return rng.choice(NONSENSE) if rng.random() < 0.4 else copy.deepcopy(rng.choice(others))


def tampered(certificate: Certificate, rng: random.Random) -> Certificate:
    """A copy with one to three alterations, under a right hash."""
    body = {key: copy.deepcopy(certificate[key]) for key in ("kind", "statement", "evidence")}
    for _ in range(rng.choice([1, 1, 2, 3])):
        body = altered_once(body, rng)
    return sealed(body["kind"], body["statement"], body["evidence"])


def altered_once(body: Any, rng: random.Random) -> Any:
    """A JSON value with one value in it altered, or taken away."""
    places = _places(body)
    *path, last = rng.choice(places)
    holder: Any = body
    for key in path:
        holder = holder[key]
    if isinstance(holder, dict) and path and rng.random() < 0.05:
        del holder[last]
        return body
    values = [_at(body, place) for place in rng.sample(places, min(5, len(places)))]
    holder[last] = _altered(holder[last], values, rng)
    return body


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def is_false(certificate: Certificate) -> bool:
    """Whether the main engine disproves the statement of a certificate."""
    statement = certificate["statement"]
    return {
        "root": _root_is_false,
        "shape": _shape_is_false,
        "sign": _sign_is_false,
        "zero": _zero_is_false,
        "eps_cr": _eps_cr_is_false,
        "small_delta": _small_delta_is_false,
        "passage": _passage_is_false,
        "critical_slices": _slices_are_false,
        "large_delta": _large_delta_is_false,
        "any_set": _any_set_is_false,
        "eps_cr_panel": _panel_is_false,
        "proof": _claim_is_false,
    }[certificate["kind"]](statement)


def _number(text: str) -> Fraction:
    mantissa, _, power = text.partition("*2^")
    exact = read_exact(mantissa, "a number")
    assert isinstance(exact, Fraction)
    return exact * Fraction(2) ** int(power or 0)


def _root_is_false(statement: Any) -> bool:
    low, high = map(_number, statement["eps"])
    points = bounds.inflections(_number(statement["delta"]), 30).points
    return not any(
        point.turn == statement["turn"]
        and low <= point.eps.high.fraction()
        and point.eps.low.fraction() <= high
        for point in points
    )


def _shape_is_false(statement: Any) -> bool:
    low, high = map(_number, statement["delta"])
    deltas = {low, (low + high) / 2, high}
    return any(list(bounds.inflections(d, 6).shape) != statement["shape"] for d in deltas)


def _eps_cr_is_false(statement: Any) -> bool:
    delta = _number(statement["delta"])
    low, high = map(_number, statement["eps"])
    found = bounds.inflections(delta, 30)
    if list(found.shape) != statement["shape"] or not found.points:
        return True
    eps = found.points[0].eps
    return not (low <= eps.high.fraction() and eps.low.fraction() <= high)


def _small_delta_is_false(statement: Any) -> bool:
    top = _number(statement["delta"])
    return top <= 0 or bounds.inflections(top, 6).shape != ("concave",)


def _passage_is_false(statement: Any) -> bool:
    """Whether a shape at an end is another, or the range holds no fold."""
    ends = map(_number, statement["delta"])
    found = [list(bounds.inflections(end, 6).shape) for end in ends]
    return found != [statement["before"], statement["after"]] or found[0] == found[1]


def _slices_are_false(statement: Any) -> bool:
    """Whether ε_cr is elsewhere at an end of a slice; 30 stands for a Δ without end."""
    return any(_slice_is_false(part) for part in statement["slices"])


def _slice_is_false(part: Any) -> bool:
    low, high = map(_number, part["mass"])
    for end in part["delta"]:
        delta = Fraction(30) if end is None else _number(end)
        with working_precision(96):
            ball = to_ball(delta)
            value = bounds.eps_cr(delta, 12).eps.ball() * ball / density(ball)
            if not (value > to_ball(low) and value < to_ball(high)):
                return True
    return False


def _large_delta_is_false(statement: Any) -> bool:
    delta = _number(statement["delta"])
    return bounds.inflections(delta, 6).shape != ("concave", "convex", "concave")


def _any_set_is_false(statement: Any) -> bool:
    """Whether the ratio is above r*; the rest of the statement does not vary."""
    return _number(statement["ratio"]) > bounds.lower.risk_to_mass(30).ratio.high.fraction()


def _claim_is_false(statement: Any) -> bool:
    """Whether there is a point where the claim fails, or is not defined."""
    outcome = bounds.decide(statement["claim"], statement["domain"], seconds=5)
    return outcome.outcome != "undecided" and not outcome.holds_everywhere


def _panel_is_false(statement: Any) -> bool:
    """Whether a polynomial is farther from its unknown at ε_cr than its radius, at five Δ."""
    low, high = map(_number, statement["delta"])
    rows = [statement["polynomials"][name] for name in UNKNOWNS]
    for t in (-1, Fraction(-1, 3), 0, Fraction(1, 2), 1):
        delta = (low + high) / 2 + (high - low) / 2 * t
        point = bounds.eps_cr(delta, 60)
        numbers = (point.radius, point.radius_of_estimate, point.eps, point.shift)
        with working_precision(256):
            scale = density(to_ball(delta))
            for place, (number, row) in enumerate(zip(numbers, rows, strict=True)):
                value = sum(int(n) * Fraction(t) ** k for k, n in enumerate(_terms(row)))
                told = to_ball(Fraction(value) / 10 ** statement["places"])
                gap = abs(number.ball() / (scale if place > 1 else 1) - told)
                if gap > arb(2) ** -int(row["radius"].removeprefix("2^-")):
                    return True
    return False


def _terms(row: Any) -> list[str]:
    return str(row["coefficients"]).split(" ")


def _sign_is_false(statement: Any) -> bool:
    box = {name: tuple(map(_number, ends)) for name, ends in statement["variables"].items()}
    sides = [_term(statement[side]) for side in ("lesser", "greater")]
    used = sides[0].variables() | sides[1].variables()
    outcome = decide_less(*sides, {name: ends for name, ends in box.items() if name in used})
    return isinstance(outcome, Counterexample)


def _zero_is_false(statement: Any) -> bool:
    ranges = {**statement["unknowns"], **statement["parameters"]}
    with working_precision(256):
        place = {}
        for name, ends in ranges.items():
            low, high = (to_ball(_number(end)) for end in ends)
            place[name] = low.union(high)
        values: list[arb] = [_term(term).at(place) for term in statement["system"]]
    return any(value > 0 or value < 0 for value in values)


def _term(json: Any) -> Term:
    if isinstance(json, list):
        return Term(json[0], *map(_term, json[1:]))
    return variable(json) if json[:1].isalpha() else Term(_number(json))


def round_of(seed: int, number: int) -> tuple[str, str]:
    """The kind of a tampered certificate, and what became of it; depends on the seed alone."""
    rng = random.Random(f"{seed}-{number}")
    chosen = rng.choice(honest())
    kind, certificate = chosen["kind"], tampered(chosen, rng)
    try:
        with time_limit(SECONDS):
            verdict = check(certificate)
        if not verdict.accepted:
            broke = verdict.reason.startswith("the check broke off")
            return kind, f"WRONG: {verdict.reason}" if broke else "rejected"
        with time_limit(SECONDS):
            return kind, "WRONG: a false statement" if is_false(
                certificate
            ) else "accepted, and true"
    except Inconclusive:
        return kind, "accepted, and not decided by the main engine"
    except BoundsError as reason:
        return kind, f"accepted, and out of the main engine's reach: {reason}"
    except TooLong:
        return kind, "too long"
    except Exception as error:
        return kind, f"WRONG: {type(error).__name__}: {error}"


def main(words: list[str] | None = None) -> int:
    """Run the campaign and print what it found."""
    parser = argparse.ArgumentParser(
        prog="python -m campaigns.tampering",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rounds", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(words)
    tally: Counter[str] = Counter()
    for number in range(arguments.rounds):
        kind, found = round_of(arguments.seed, number)
        tally[f"{kind}: {found}"] += 1
        if "WRONG" in found or found == "too long":
            print(f"round {number}: {kind}: {found}", flush=True)
    wrong = sum(count for found, count in tally.items() if "WRONG" in found)
    print(f"{arguments.rounds:,} rounds, seed {arguments.seed}: {wrong} wrong outcomes")
    for found, count in sorted(tally.items()):
        print(f"  {count:,} x {found}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
