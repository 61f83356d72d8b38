"""Lower bounds on the error of every algorithm: by hiding means, by labels, and by both."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import arb

from bounds.bracket.side import Problem, Side, at_scale, in_the_limit
from bounds.certify.exact import show_exact
from bounds.certify.numbers.enclosure import Enclosure
from bounds.lower.bound import lower_bound, sharp_plan
from bounds.lower.finite import finite_bound
from bounds.lower.labels import label_risk, labels_and_hiding, some_genuine
from bounds.lower.plans import Plan

_NOBODY = "no attack, labels known"

_SHARES_TRIED = (Fraction(1), Fraction(3, 4), Fraction(1, 2), Fraction(1, 4))
"""Shares of the budget that are spent: where labels are unknown, hiding less can earn more."""


def lower_sides(problem: Problem, digits: int) -> Iterator[Side]:
    """Every lower bound above 0 that the library proves, at the working precision."""
    holds = in_the_limit(below=True) if problem.m is None else at_scale(problem.m)

    def side(value: arb, method: str, argued: str, detail: str) -> Iterator[Side]:
        if value > 0:
            face = Enclosure.of(value, digits)
            yield Side(face, method, argued, problem.m, holds, detail)

    k, c, m = problem.k, problem.c, problem.m
    plan: Plan = ()
    if c > 0:
        found, plan = lower_bound(k, c, "sharp", digits, m), sharp_plan(k, c)
        argued = "bounds.lower.limit" if m is None else "bounds.lower.finite"
        told = ", ".join(f"on {count} of {k}: {attack}" for count, attack in found.plan)
        method = "hidden means" if found.plan else "unknown place"
        yield Side(found.value, method, argued, m, holds, told or _NOBODY)
    elif m is not None:
        unknown = finite_bound((), k, c, m)
        yield from side(unknown, "unknown place", "bounds.lower.finite", _NOBODY)
    labels = label_risk(k, problem.distance)
    # step: labels cost something where somebody is genuine [first product]
    value = labels.value if m is None else labels.value * some_genuine(k, c, m)
    apart = f"{k} means {show_exact(labels.spacing)} apart, labels unknown"
    yield from side(value, "labels", "bounds.lower.labels", apart)
    if plan and k > 1:
        both = arb(0)
        for share in _SHARES_TRIED:
            part = plan if share == 1 else sharp_plan(k, share * c)
            both = both.max(labels_and_hiding(k, c, part, problem.distance, m))
        told = "the attack of the hidden means, on components that far apart, labels unknown"
        yield from side(both, "labels and hidden means", "bounds.lower.labels", told)
