"""Plain advice: whether clients gain by collaborating, for people with no paper at hand.

Clients, groups and a corrupted share become k, c, D and m; proved bounds say what no method can
avoid and what one method surely attains; a simulation says what usual methods did.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, Literal

from bounds.bracket.bracket import MOST_COMPONENTS, MOST_DISTANCE, lower_side
from bounds.certify.errors import InputError
from bounds.certify.exact import read_positive_rational, read_rational, read_whole, show_exact
from bounds.certify.lines import counted
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.results import NoTruthValue
from bounds.lower.bound import MOST_CLIENTS
from bounds.simulation.estimate import Estimate
from bounds.simulation.worst import worst_of
from bounds.upper.sample_size import SampleSizeBound, least_sample_size, sample_size_bound

Answer = Literal["collaborate", "do not", "not at this size"]

METHODS = ("possible-means", "k-means", "median", "own")
_SHARES = (Fraction(1, 100), Fraction(1, 20), Fraction(1, 10), Fraction(1, 4), Fraction(2, 5))
_SIZES = (1, 10, 100, 1000)
_DIGITS = 3
_MOST_SIMULATED = 200_000
_LEAST_DISTANCE = 6
_HAS_K_MEANS = find_spec("sklearn") is not None
_MOST_GROUPS_OF_K_MEANS = 300  # its time grows with their number: a minute for 5,000


@dataclass(frozen=True)
class Situation:
    """What was asked, in the paper's letters.

    Attributes:
        clients: n, all of them.
        k: groups.
        c: corrupted mass, relative to one group.
        m: genuine clients a group, in the mean.
        distance: D, in standard deviations of what one client reports.
        unit: the variance of a client's report in the user's unit, sd²/samples.
    """

    clients: int
    k: int
    c: Fraction
    m: Fraction
    distance: Fraction
    unit: Fraction


@dataclass(frozen=True)
class Advice(NoTruthValue):
    """One screen of advice.

    Attributes:
        answer: "collaborate" if a method is proved to do better than clients alone at this size,
            or, with no proof at this size, "not at this size"; "do not" if the proved bound stays
            at a client's own error however many clients there are.
        situation: the translation.
        floor: the proved bound that no method beats, in units of one client's own error.
        ceiling: the proved bound of the method "possible-means" at this size.
        enough: genuine clients a group from which a proof says something; None if none was found.
        simulated: with how many clients; at most 200,000, however many were asked for.
        measured: the worst measured error of each method, with the adversary: evidence.
        by_share: for other corrupted shares: floor and ceiling at this size.
        by_size: for other numbers of clients: floor and ceiling.
    """

    answer: Answer
    situation: Situation
    floor: Enclosure
    ceiling: SampleSizeBound
    enough: int | None
    simulated: int
    measured: dict[str, tuple[str, Estimate]]
    by_share: dict[Fraction, tuple[Enclosure, SampleSizeBound]]
    by_size: dict[int, tuple[Enclosure, SampleSizeBound]]
    ask = "read .answer"

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def advise(
    clients: Any,
    groups: Any,
    corrupted: Any,
    distance: Any,
    *,
    sd: Any = 1,
    samples: Any = 1,
    reps: int = 4,
    seed: int = 0,
    each: Callable[[int], object] | None = None,
) -> Advice:
    """Whether clients should collaborate.

    Args:
        clients: how many there are, corrupted ones included.
        groups: k, in how many groups of equal size the genuine ones fall, unknown to them.
        corrupted: the share of clients that may be corrupted: "5%", "0.05" or Fraction(1, 20).
        distance: how far apart the groups' means are at least, in the unit of the reports (not Δ,
            the half-width of the paper's filter: the paper asks for a distance of 9Δ).
        sd: standard deviation of one sample, in the same unit.
        samples: how many samples each client has; their mean is its report.
        reps: simulated rounds for each adversary, from 2; 0 measures nothing.
        seed: of the simulation.
        each: called with the number of finished rounds.

    Returns:
        The advice; `str` of it is one screen.

    Raises:
        InputError: an argument is malformed, or the distance is below 6 standard deviations of a
            report, where no bound of this library says that collaboration helps.
    """
    situation = translate(clients, groups, corrupted, distance, sd, samples)
    k, c, m, d = situation.k, situation.c, situation.m, situation.distance
    ceiling = sample_size_bound(k, c, d, m, _DIGITS)
    enough = least_sample_size(k, _rounded_up(c), d)
    answer: Answer = "do not"
    if ceiling.says_something:
        answer = "collaborate"
    elif enough is not None:
        answer = "not at this size"
    return Advice(
        answer,
        situation,
        _floor(k, c, d, m),
        ceiling,
        enough,
        round((k + c) * _simulated(situation)),
        _measure(situation, reps, seed, each) if reps else {},
        {share: _both(situation, share, situation.clients) for share in _SHARES},
        {
            situation.clients * factor: _both(situation, c / (k + c), situation.clients * factor)
            for factor in _SIZES
            if situation.clients * factor <= MOST_CLIENTS
        },
    )


def _rounded_up(c: Fraction) -> Fraction:
    """A number of few digits at or above c: a whole number of corrupted clients needs few of m.

    A bound for more corruption holds for less.
    """
    if c.denominator <= 1000:
        return c
    scale = 10
    while c * scale < 10:
        scale *= 10
    return Fraction(-(-c.numerator * scale // c.denominator), scale)


def read_share(corrupted: Any) -> Fraction:
    """The corrupted share: "5%" is 1/20.

    Raises:
        InputError: it is no number, or not from 0 up to, but not including, 1.
    """
    text = corrupted.strip() if isinstance(corrupted, str) else corrupted
    percent = isinstance(text, str) and text.endswith("%")
    value = read_rational(text[:-1].strip() if percent else text, "the corrupted share")
    share = value / 100 if percent else value
    if not 0 <= share < 1:
        hint = f" (did you mean {show_exact(value)}%?)" if 1 <= value < 100 and not percent else ""
        raise InputError(
            f"the corrupted share must be from 0% to below 100%, not {show_exact(value):.40}"
            f"{'%' if percent else ''}{hint}"
        )
    return share


def translate(
    clients: Any, groups: Any, corrupted: Any, distance: Any, sd: Any = 1, samples: Any = 1
) -> Situation:
    """The user's words in the paper's letters.

    Raises:
        InputError: an argument is malformed, a group has less than one genuine client on average,
            or the distance is below 6 standard deviations.
    """
    n, k = read_whole(clients, "clients"), read_whole(groups, "groups")
    if n > MOST_CLIENTS or k > MOST_COMPONENTS:
        raise InputError("pass at most 10^18 clients, in at most 10^9 groups")
    count, share = read_whole(samples, "samples"), read_share(corrupted)
    apart = read_positive_rational(distance, "the distance")
    spread = read_positive_rational(sd, "sd")
    unit = spread * spread / count
    # D = distance·√samples/sd, a lower rational where the root is not one: less is claimed
    wide = _root_below(Fraction(apart * apart) / unit)
    if wide < _LEAST_DISTANCE:
        remedy = (
            "one group has no other to be mistaken for: pass a large distance, as 1000"
            if k == 1
            else "pass the distance of the groups' means, D (the paper's is 9 Delta), or more"
            " --samples a client"
        )
        raise InputError(
            f"the groups are {float(wide):.3g} standard deviations of a report apart, and no bound"
            f" here helps below {_LEAST_DISTANCE}: {remedy}"
        )
    c = k * share / (1 - share)
    m = Fraction(n) / (k + c)
    if m < 1:
        raise InputError(
            f"{counted(n, 'client')} in {counted(k, 'group')}: a group has less than one genuine"
            " client on average, and nobody to collaborate with; pass more clients, or fewer groups"
        )
    return Situation(n, k, c, m, wide, unit)


def _root_below(value: Fraction) -> Fraction:
    from math import isqrt

    scale = 10**9
    return Fraction(isqrt(int(value * scale * scale)), scale)


@lru_cache(maxsize=1024)
def _floor(k: int, c: Fraction, distance: Fraction, m: Fraction) -> Enclosure:
    """What no method beats at this m; 0 where nothing is proved."""
    from flint import arb

    try:
        return lower_side(k, c, min(distance, MOST_DISTANCE), m, _DIGITS).value
    except InputError:  # a share that is too near to 0 or 1
        return Enclosure.of(arb(0), _DIGITS)


def _both(situation: Situation, share: Fraction, clients: int) -> tuple[Enclosure, SampleSizeBound]:
    k = situation.k
    c = k * share / (1 - share)
    m = Fraction(clients) / (k + c)
    return _floor(k, c, situation.distance, m), sample_size_bound(
        k, c, situation.distance, m, _DIGITS
    )


def _simulated(situation: Situation) -> int:
    """The m of the simulation."""
    most = _MOST_SIMULATED / (situation.k + situation.c)
    return max(1, round(min(situation.m, most)))


def _measure(
    situation: Situation, reps: int, seed: int, each: Callable[[int], object] | None
) -> dict[str, tuple[str, Estimate]]:
    m = _simulated(situation)
    delta = min(max(situation.distance / 9, Fraction(1, 64)), Fraction(32)).limit_denominator(64)
    return worst_of(
        situation.k,
        situation.c,
        m,
        delta,
        separation=situation.distance,
        estimators=[name for name in METHODS if name != "k-means" or _tries_k_means(situation.k)],
        reps=reps,
        seed=seed,
        each=each,
    ).worst


def _tries_k_means(groups: int) -> bool:
    return _HAS_K_MEANS and groups <= _MOST_GROUPS_OF_K_MEANS


def _lines(advice: Advice) -> list[str]:
    asked = advice.situation
    ceiling, floor = advice.ceiling, advice.floor
    share = 100 * float(asked.c / (asked.k + asked.c))
    verdict = {
        "collaborate": "Collaborate.",
        "do not": "Do not rely on collaboration.",
        "not at this size": "Not at this size, as far as a proof goes.",
    }[advice.answer]
    lines = [
        verdict,
        f"  {counted(asked.clients, 'client')} in {counted(asked.k, 'group')}, {share:.3g} % of"
        f" them corrupted; groups {float(asked.distance):.4g} standard deviations apart.",
        "  Errors are mean squared errors of the average genuine client; its own sample has 1.",
        f"  No method does better than {floor.decimals()[0]} under the worst attack (proved in"
        " words, with certified constants).",
        _ceiling_line(ceiling),
    ]
    if advice.answer != "collaborate":
        lines.append(
            f"  A proof begins at about {advice.enough:,} genuine clients a group; here are"
            f" {float(asked.m):,.4g}."
            if advice.enough is not None
            else "  No number of clients was found at which a proof begins."
        )
    if advice.measured:
        lines.append(
            f"  Measured with {counted(advice.simulated, 'client')} under the worst attack tried"
            " (evidence, not certified):"
        )
        lines += [
            f"    {name:<15} {risk.mean:#.3g}  [{max(0.0, risk.low):#.3g}, {risk.high:#.3g}]"
            f"  under {adversary}"
            for name, (adversary, risk) in advice.measured.items()
        ]
        if "k-means" not in advice.measured:
            why = (
                f"it takes long for more than {_MOST_GROUPS_OF_K_MEANS} groups"
                if _HAS_K_MEANS
                else "it needs scikit-learn, pip install .[sklearn]"
            )
            lines.append(f"    k-means was left out: {why}")
    lines.append("  If another share were corrupted (floor, proved ceiling):")
    lines += [f"    {float(part):>5.0%}  {_span(*pair)}" for part, pair in advice.by_share.items()]
    lines.append("  With more clients:")
    lines += [f"    {count:>13,}  {_span(*pair)}" for count, pair in advice.by_size.items()]
    lines.append(
        f"  In the paper's letters: k = {asked.k}, c = {float(asked.c):.4g}, m ="
        f" {float(asked.m):.4g}, D = {float(asked.distance):.4g}, Delta = D/9 ="
        f" {float(asked.distance / 9):.4g}."
    )
    lines.append(f"  An error of 1 is {float(asked.unit):.4g} in the square of your unit.")
    return lines


def _ceiling_line(ceiling: SampleSizeBound) -> str:
    if ceiling.says_something:
        return (
            f"  The method possible-means errs by at most {ceiling.value.decimals()[1]}, whatever"
            " the attack (proved in words, with certified constants)."
        )
    return "  No method is proved here to beat the own sample at this size."


def _span(floor: Enclosure, ceiling: SampleSizeBound) -> str:
    high = ceiling.value.decimals()[1] if ceiling.says_something else "none proved"
    return f"{floor.decimals()[0]} .. {high}"
