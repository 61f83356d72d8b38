"""Plain advice: whether clients gain by collaborating, for people with no paper at hand.

Clients, groups and a corrupted share become k, c, D and m; proved bounds say what no method can
avoid and what one method surely attains, both from `bounds.bracket`; a simulation says what usual
methods did.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from bounds.bracket.bracket import (
    LEAST_BUDGET,
    MOST_COMPONENTS,
    MOST_DISTANCE,
    RiskBracket,
    least_clients,
    risk_bracket,
    upper_side,
)
from bounds.bracket.side import Side
from bounds.certify.errors import InputError
from bounds.certify.exact import read_positive_rational, read_share, read_whole
from bounds.certify.lines import counted
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.results import NoTruthValue
from bounds.lower.bound import MOST_CLIENTS
from bounds.simulation.estimate import Estimate
from bounds.simulation.worst import worst_of

Answer = Literal["collaborate", "do not", "not at this size"]

METHODS = ("possible-means", "em", "trimmed-k-means", "cluster-median", "own")
_SHARES = (Fraction(1, 100), Fraction(1, 20), Fraction(1, 10), Fraction(1, 4), Fraction(2, 5))
_SIZES = (1, 10, 100, 1000)
_DIGITS = 3
_MOST_SIMULATED = 200_000
_MOST_GUESSED = 5_000
_GROUPS = (2, 5, 10, 20, 50)
_DISTANCES = (6, 9, 12, 20, 36)  # standard deviations of a report
_MOST_GROUPS_OF_EM = 300  # its time grows with the square of their number


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
        answer: "collaborate" if a method is proved to do better than clients alone at this size;
            "not at this size" if one is proved to with more clients, be it in the limit of
            infinitely many; "do not" if every proved bound stays at a client's own error, however
            many clients there are.
        situation: the translation.
        bracket: what is proved at this size: the bound that no method beats, and the method that is
            proved to attain the least.
        limit: the least proved bound in the limit of infinitely many clients.
        enough: clients from which some method is proved to help; None if a search found no number.
        simulated: with how many clients; at most 200,000, however many were asked for.
        measured: the worst measured error of each method, with the adversary: evidence.
        by_share: for other corrupted shares: what is proved at this size.
        by_size: for other numbers of clients.
    """

    answer: Answer
    situation: Situation
    bracket: RiskBracket
    limit: Side
    enough: int | None
    simulated: int
    measured: dict[str, tuple[str, Estimate]]
    by_share: dict[Fraction, RiskBracket]
    by_size: dict[int, RiskBracket]
    ask = "read .answer"

    @property
    def floor(self) -> Enclosure:
        """What no method beats, in units of one client's own error; the lower end is proved."""
        return self.bracket.low.value

    @property
    def ceiling(self) -> Side | None:
        """The least proved bound of a method at this size; None if none is below 1."""
        return ceiling_of(self.bracket)

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
        InputError: an argument is malformed, or the groups are so near that no bound of this
            library says that collaboration helps, were nobody corrupted.
    """
    situation = translate(clients, groups, corrupted, distance, sd, samples)
    k, c = situation.k, situation.c
    here = _proved(situation, c, situation.clients)
    limit = upper_side(k, c, situation.distance, None, _DIGITS)
    enough = least_clients(k, c, situation.distance)
    answer: Answer = "do not"
    if ceiling_of(here) is not None:
        answer = "collaborate"
    elif enough is not None or _is_below_1(limit):
        answer = "not at this size"
    return Advice(
        answer,
        situation,
        here,
        limit,
        enough,
        round((k + c) * _simulated(situation)),
        _measure(situation, reps, seed, each) if reps else {},
        {
            share: _proved(situation, k * share / (1 - share), situation.clients)
            for share in _SHARES
        },
        {
            situation.clients * factor: _proved(situation, c, situation.clients * factor)
            for factor in _SIZES
            if situation.clients * factor <= MOST_CLIENTS
        },
    )


@dataclass(frozen=True)
class Guess:
    """What would hold if what is not known were as guessed.

    Attributes:
        guessed: the guesses, in words.
        bracket: what is proved at this size; None where the groups would be too near or too small.
        enough: clients from which some method is proved to help; None if a search found no number.
        measured: the worst measured error of possible means: evidence; None if not measured.
    """

    guessed: str
    bracket: RiskBracket | None
    enough: int | None
    measured: Estimate | None

    def __str__(self) -> str:
        if self.bracket is None:
            return f"{self.guessed}: no bound here helps, with groups so near or so small"
        told = f"{self.guessed}: {_span(self.bracket)}"
        if self.measured is not None:
            told += f"; measured {self.measured.mean:.2g}"
        if ceiling_of(self.bracket) is not None:
            return told
        if self.enough is None:
            return f"{told}; no number of clients with a proof was found"
        return f"{told}; a proof from about {self.enough:,} clients on"


@dataclass(frozen=True)
class Guesses(NoTruthValue):
    """Advice where something is not known: what changes with it.

    Attributes:
        clients: how many there are.
        rows: a guess each.
    """

    clients: int
    rows: tuple[Guess, ...]
    ask = "read .rows"

    def __str__(self) -> str:
        return "\n".join(
            [
                f"Here is what changes, with {counted(self.clients, 'client')}.",
                "  Errors are mean squared errors of the average genuine client under the worst"
                " attack; its own sample has 1.",
                "  A row says what no method beats .. what one is proved to attain, and what"
                " possible means had under the worst attack tried (evidence, not certified).",
                *(f"  {row}" for row in self.rows),
                "  A share or a number of groups that is too small, or too large a distance, voids"
                " what is proved; otherwise it costs something. Of unequal groups say how large the"
                " least is: min_group of PossibleMeans.",
            ]
        )


def guess(
    clients: Any,
    groups: Any = None,
    corrupted: Any = None,
    distance: Any = None,
    *,
    sd: Any = 1,
    samples: Any = 1,
    reps: int = 2,
    seed: int = 0,
) -> Guesses:
    """What changes with what is not known of the groups.

    Args:
        clients: as for `advise`.
        groups: as for `advise`; None if unknown.
        corrupted: the same.
        distance: the same.
        sd: as for `advise`.
        samples: as for `advise`.
        reps: simulated rounds for each adversary, with at most 5,000 clients, from 2; 0 measures
            nothing.
        seed: of the simulation.

    Raises:
        InputError: an argument is malformed, or nothing is unknown.
    """
    n = read_whole(clients, "clients")
    if groups is not None and corrupted is not None and distance is not None:
        raise InputError("nothing is unknown: call advise")
    spread = _root_below(
        Fraction(read_positive_rational(sd, "sd")) ** 2 / read_whole(samples, "samples")
    )
    one = [groups, corrupted, distance].count(None) == 1
    step = 1 if one else 2
    rows = []
    numbers: tuple[Any, ...] = _GROUPS[::step] if groups is None else (groups,)
    shares: tuple[Any, ...] = _SHARES[::step] if corrupted is None else (corrupted,)
    far: tuple[Any, ...] = (distance,)
    if distance is None:
        far = tuple(spread * times for times in _DISTANCES[::step])
    for k, share, apart in itertools.product(numbers, shares, far):
        words = [
            f"{k} groups" if groups is None else "",
            f"{float(share):.0%} corrupted" if corrupted is None else "",
            f"{float(apart):.4g} apart" if distance is None else "",
        ]
        name = ", ".join(word for word in words if word)
        try:
            situation = translate(n, k, share, apart, sd, samples)
        except InputError:
            if corrupted is not None:
                read_share(corrupted)
            if groups is not None:
                read_whole(groups, "groups")
            if distance is not None:
                read_positive_rational(distance, "the distance")
            rows.append(Guess(name, None, None, None))
            continue
        found = _measure(situation, reps, seed, None, METHODS[:1], _MOST_GUESSED) if reps else {}
        rows.append(
            Guess(
                name,
                _proved(situation, situation.c, n),
                least_clients(situation.k, situation.c, situation.distance),
                found[METHODS[0]][1] if found else None,
            )
        )
    return Guesses(n, tuple(rows))


def translate(
    clients: Any, groups: Any, corrupted: Any, distance: Any, sd: Any = 1, samples: Any = 1
) -> Situation:
    """The user's words in the paper's letters.

    Raises:
        InputError: an argument is malformed, a group has less than one genuine client on average,
            or the groups are so near that no bound of this library says that collaboration helps,
            were nobody corrupted.
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
    wide = min(wide, MOST_DISTANCE)
    if not _is_below_1(upper_side(k, 0, wide, None, _DIGITS)):
        raise InputError(
            f"the groups are {float(wide):.3g} standard deviations of a report apart, and no bound"
            " here helps so near, were nobody corrupted: pass the distance of the groups' means, D"
            " (the paper's is 9 Delta), or more --samples a client"
        )
    c = k * share / (1 - share)
    if c != 0 and not LEAST_BUDGET <= c <= k * 10**9:
        raise InputError("the corrupted share must be 0%, or not so near to 0% or 100%")
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


def _proved(situation: Situation, c: Fraction, clients: int) -> RiskBracket:
    m = clients / (situation.k + c)
    return risk_bracket(situation.k, c, situation.distance, m, _DIGITS)


def _is_below_1(side: Side) -> bool:
    return side.value.high.fraction() < 1


def ceiling_of(bracket: RiskBracket) -> Side | None:
    """The least upper bound, if it is below a client's own error."""
    return bracket.high if _is_below_1(bracket.high) else None


def _simulated(situation: Situation, clients: int = _MOST_SIMULATED) -> int:
    """The m of the simulation."""
    most = clients / (situation.k + situation.c)
    return max(1, round(min(situation.m, most)))


def _measure(
    situation: Situation,
    reps: int,
    seed: int,
    each: Callable[[int], object] | None,
    methods: tuple[str, ...] = METHODS,
    clients: int = _MOST_SIMULATED,
) -> dict[str, tuple[str, Estimate]]:
    m = _simulated(situation, clients)
    delta = min(max(situation.distance / 9, Fraction(1, 64)), Fraction(32)).limit_denominator(64)
    return worst_of(
        situation.k,
        situation.c,
        m,
        delta,
        separation=situation.distance,
        estimators=[name for name in methods if name != "em" or situation.k <= _MOST_GROUPS_OF_EM],
        reps=reps,
        seed=seed,
        each=each,
    ).worst


def _verdict(advice: Advice) -> str:
    """The answer in one line: what is proved, then what was measured."""
    asked = advice.situation
    if advice.ceiling is not None:
        return (
            f"Yes. The method {advice.ceiling.method} has an error of at most"
            f" {advice.ceiling.value.decimals()[1]} under every attack; your own sample has 1."
        )
    proof = (
        f"There is no proof at {counted(asked.clients, 'client')}: it starts at about"
        f" {advice.enough:,}."
        if advice.enough is not None
        else "There is no proof for any number of clients that was tried."
    )
    methods = {name: risk for name, (_, risk) in advice.measured.items() if name != "own"}
    if not methods:
        if advice.answer == "do not":
            return f"Do not rely on it. {proof}"
        return f"Unknown at this size: nothing was simulated. {proof}"
    best = min(methods, key=lambda name: methods[name].mean)
    risk = methods[best]
    found = (
        f"In simulations the best method, {best}, had error {risk.mean:.2g} under the worst attack"
        " that was tried; your own sample has 1."
    )
    helps = "Probably yes." if risk.high < 1 else "Probably no." if risk.low > 1 else "Unclear."
    return f"{helps} {found} {proof}"


def _lines(advice: Advice) -> list[str]:
    asked = advice.situation
    share = 100 * float(asked.c / (asked.k + asked.c))
    lines = [
        _verdict(advice),
        f"  {counted(asked.clients, 'client')} in {counted(asked.k, 'group')}, {share:.3g} % of"
        f" them corrupted; groups {float(asked.distance):.4g} standard deviations apart.",
        "  Errors are mean squared errors of the average genuine client; its own sample has 1.",
        f"  No method does better than {advice.floor.decimals()[0]} under the worst attack"
        " (proved on paper, constants checked by machine).",
        *_ceiling_lines(advice.ceiling),
    ]
    if advice.answer != "collaborate":
        lines.append(
            f"  With {advice.enough:,} clients there is a proof that one does."
            if advice.enough is not None
            else "  No number of clients was found at which there is a proof."
        )
        lines.append(
            "  In the limit of infinitely many clients an error of at most"
            f" {advice.limit.value.decimals()[1]} is proved ({advice.limit.method})."
            if _is_below_1(advice.limit)
            else "  Nor is there one in the limit of infinitely many clients."
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
        if "em" not in advice.measured:
            lines.append(
                f"    em was left out: it takes long for more than {_MOST_GROUPS_OF_EM} groups"
            )
    lines.append("  If another share were corrupted (floor, proved ceiling):")
    lines += [f"    {float(part):>5.0%}  {_span(found)}" for part, found in advice.by_share.items()]
    lines.append("  With more clients:")
    lines += [f"    {count:>13,}  {_span(found)}" for count, found in advice.by_size.items()]
    lines.append(
        f"  In the paper's letters: k = {asked.k}, c = {float(asked.c):.4g}, m ="
        f" {float(asked.m):.4g}, D = {float(asked.distance):.4g}, Delta = D/9 ="
        f" {float(asked.distance / 9):.4g}."
    )
    lines.append(f"  An error of 1 is {float(asked.unit):.4g} in the square of your unit.")
    return lines


def _ceiling_lines(ceiling: Side | None) -> list[str]:
    if ceiling is None:
        return ["  No method is proved here to beat the own sample at this size."]
    return [
        f"  One method has an error of at most {ceiling.value.decimals()[1]} under every attack"
        " (proved on paper, constants checked by machine):",
        f"    {ceiling.method}, {ceiling.detail}.",
    ]


def _span(found: RiskBracket) -> str:
    ceiling = ceiling_of(found)
    high = ceiling.value.decimals()[1] if ceiling is not None else "none proved"
    return f"{found.low.value.decimals()[0]} .. {high}"
